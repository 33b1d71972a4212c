#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every source file says its licence in its first lines.

usage: check-spdx.py SOURCE
"""

import os
import re
import sys

from tree import Lint

CODE = ('.c', '.h', '.py', '.sh', '.css', '.ui', 'meson.build', '.in', '.supp', '.service')
OTHER = ('.svg', '.rnc', '.rng', '.xml')
LINE = re.compile(r'SPDX-License-Identifier: (\S+)')

# Data that stands for foreign bytes has to be exactly what it is.
FOREIGN = ('tests/data/', 'tests/fuzz/corpus/')


def main():
    lint = Lint(sys.argv[1])
    for path in lint.files():
        name = os.path.basename(path)
        is_script = '.' not in name and lint.read(path).startswith('#!')
        if path.startswith(FOREIGN) and not path.endswith('.supp'):
            continue
        if not (is_script or name.endswith(CODE + OTHER)):
            continue

        head = '\n'.join(lint.read_lines(path)[:6])
        found = LINE.search(head)
        if path.startswith('content/'):
            # A pack says it itself, to whoever gets the file.
            wanted, by_itself = ('CC-BY-4.0', 'GPL-3.0-or-later'), 'license="CC-BY-4.0"' in head
        else:
            wanted, by_itself = ('GPL-3.0-or-later', 'CC0-1.0'), False
        if found is None and not by_itself:
            lint.complain(path, 1, 'the first line must be “SPDX-License-Identifier: …”')
        elif found is not None and found.group(1) not in wanted:
            lint.complain(path, 1, f'the licence here is {wanted[0]}, not {found.group(1)}')
    lint.end()


main()
