#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference client of TUF as its documentation shows it: refresh, then target after target.

usage: python-tuf.py URL METADATA-DIR [TARGET-DIR]    the paths of targets come on standard input

METADATA-DIR holds a trusted root.json, and later what was fetched. It wants python-tuf 6 or later.
"""

import os
import sys

from tuf.ngclient import Updater


def main():
    url, metadata_dir, target_dir = (sys.argv[1:] + [None])[:3]
    with open(os.path.join(metadata_dir, 'root.json'), 'rb') as file:
        root = file.read()
    updater = Updater(metadata_dir, f'{url}/metadata', target_dir, f'{url}/targets', bootstrap=root)

    updater.refresh()
    if target_dir is not None:
        for path in sys.stdin.read().splitlines():
            target = updater.get_targetinfo(path)
            if target is None:
                raise SystemExit(f'{path}: not found')
            updater.download_target(target)


main()
