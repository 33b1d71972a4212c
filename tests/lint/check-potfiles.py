#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/POTFILES names exactly the files that have something to translate.

usage: check-potfiles.py SOURCE
"""

import re
import sys

from tree import Lint

IN_C = re.compile(r'\b(_|N_|C_|NC_|Q_|ngettext|g_dngettext|g_dpgettext2?|dngettext)\s*\(\s*"')
IN_XML = re.compile(r'translatable="(yes|true)"')
IN_DESKTOP = re.compile(r'^(Name|Comment|Keywords|GenericName)=', re.MULTILINE)


def has_strings(path, text):
    if path.endswith(('.c', '.h')):
        return IN_C.search(text)
    if path.endswith('.ui'):
        return IN_XML.search(text)
    if path.endswith('.desktop.in'):
        return IN_DESKTOP.search(text)
    return path.endswith('.metainfo.xml.in')


def main():
    lint = Lint(sys.argv[1])
    potfiles = next((name for name in ('po/POTFILES', 'po/POTFILES.in') if lint.exists(name)), None)
    listed = {}
    if potfiles:
        for number, line in enumerate(lint.read_lines(potfiles), 1):
            name = line.strip()
            if name and not name.startswith('#'):
                listed[name] = number
                if not lint.exists(name):
                    lint.complain(potfiles, number, f'{name} does not exist')

    suffixes = ('.c', '.h', '.ui', '.desktop.in', '.metainfo.xml.in')
    for path in lint.files('app', 'packaging', suffixes=suffixes):
        found = bool(has_strings(path, lint.read(path)))
        if found and path not in listed:
            lint.complain(path, 1, f'has strings to translate, but {potfiles or "po/POTFILES"} '
                                   'does not name it')
        elif not found and path in listed:
            lint.complain(potfiles, listed[path], f'{path} has nothing to translate')
    lint.end()


main()
