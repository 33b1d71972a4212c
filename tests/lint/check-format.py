#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""C files are laid out as clang-format 14 does it with .clang-format.

usage: check-format.py SOURCE [--write]

With --write it lays them out. Other versions of clang-format wrap differently: without 14, which is
Debian 12's, nothing is checked (exit code 77).
"""

import concurrent.futures
import os
import re
import shutil
import subprocess
import sys

from tree import Lint

NAMES = ('clang-format-14', 'clang-format')
SKIPPED = 77

# What looks like a call, and is none: g_autoptr(GError) error; _("a sentence").
NO_CALLS = (re.compile(r'\b(g_auto|g_autoptr|g_autolist|g_autoslist) \('),
            re.compile(r'\b(N?C?_) \((?=")'))


def find_formatter():
    for name in filter(shutil.which, NAMES):
        version = subprocess.run([name, '--version'], check=True, capture_output=True, text=True).stdout
        if re.search(r'version 14\.', version):
            return name
    return None


def lay_out(formatter, path):
    text = subprocess.run([formatter, '--style=file', path], check=True, capture_output=True,
                          encoding='utf-8').stdout
    for pattern in NO_CALLS:
        text = pattern.sub(r'\1(', text)
    return text


def check(lint, path, wanted, writes):
    found = lint.read(path)
    if found == wanted:
        return
    if writes:
        with open(os.path.join(lint.root, path), 'w', encoding='utf-8') as file:
            file.write(wanted)
        return
    pairs = zip(found.splitlines() + [''], wanted.splitlines() + [''])
    line = next((number for number, (has, wants) in enumerate(pairs, 1) if has != wants), 1)
    lint.complain(path, line, 'clang-format lays this out differently: tests/lint/check-format.py . --write')


def main():
    lint = Lint(sys.argv[1])
    formatter = find_formatter()
    if formatter is None:
        print('there is no clang-format 14')
        return SKIPPED
    paths = list(lint.files('app', 'tests', suffixes=('.c', '.h')))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        full = [os.path.join(lint.root, path) for path in paths]
        for path, wanted in zip(paths, pool.map(lambda path: lay_out(formatter, path), full)):
            check(lint, path, wanted, '--write' in sys.argv[2:])
    return lint.end()


sys.exit(main())
