#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a display, what draws cards says what to do.

usage: test-no-display.py SOURCE TOMOPRESS
"""

import os
import subprocess
import sys
import tempfile


def main():
    source, tomopress = sys.argv[1:3]
    pack = os.path.join(source, 'tests/data/packs/basics')
    n_wrong = 0
    with tempfile.TemporaryDirectory(prefix='test-no-display-') as work:
        environment = {key: value for key, value in os.environ.items()
                       if key not in ('DISPLAY', 'WAYLAND_DISPLAY', 'G_DEBUG')}
        environment['XDG_RUNTIME_DIR'] = work
        for more in ({}, {'DISPLAY': 'nowhere.invalid:99'}):
            for command in (['screens', pack, '-o', os.path.join(work, 'out')], ['preview', pack]):
                result = subprocess.run([tomopress, 'pack', *command], capture_output=True,
                                        text=True, check=False, env={**environment, **more})
                told = [name for name in ('WAYLAND_DISPLAY', 'DISPLAY', 'xvfb-run -a')
                        if name in result.stderr]
                if result.returncode != 1 or len(told) != 3:
                    print(f'{command[0]} {more}: exit {result.returncode}\n{result.stderr}')
                    n_wrong += 1
    return 1 if n_wrong else 0


sys.exit(main())
