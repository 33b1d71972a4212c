#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that is committed names the machine or the person it was made on.

usage: check-names.py SOURCE
"""

import re
import sys

from tree import Lint

# Written in pieces, so that this file does not accuse itself.
PATTERNS = [
    (re.compile('/' + r'home/[A-Za-z0-9_.-]+'), 'a home folder'),
    (re.compile('/' + r'Users/[A-Za-z0-9_.-]+'), 'a home folder'),
    (re.compile(r'[A-Z]:\\' + r'Users\\'), 'a home folder'),
    (re.compile(r'file:///(?:home|tmp)/'), 'a file on one machine'),
]

# Shorter paths than this (“/src”) are words that may stand anywhere.
SHORTEST_OWN_PATH = 8


def main():
    lint = Lint(sys.argv[1])
    patterns = list(PATTERNS)
    if len(lint.root) >= SHORTEST_OWN_PATH and lint.root.count('/') >= 2:
        patterns.append((re.compile(re.escape(lint.root) + r'\b'), 'the folder it lies in here'))

    for path in lint.files():
        with open(f'{lint.root}/{path}', 'rb') as file:
            content = file.read()
        if b'\0' in content[:8192]:
            continue
        for number, line in enumerate(content.decode('utf-8', 'replace').splitlines(), 1):
            for pattern, what in patterns:
                found = pattern.search(line)
                if found:
                    lint.complain(path, number, f'names {what}: {found.group(0)}')
    lint.end()


main()
