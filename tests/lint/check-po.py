#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""PO files are whole, and LINGUAS names them all.

usage: check-po.py SOURCE

The build compiles PO files without looking for lost placeholders, so that is done here.
"""

import os
import re
import subprocess
import sys

from tree import Lint

ZERO_WIDTH_SPACE = '\u200b'

# As PO editors have it: French and its neighbours have a third form in CLDR that nobody writes.
PLURAL_FORMS = {'ar': 6, 'id': 1, 'ja': 1, 'km': 1, 'ko': 1, 'lo': 1, 'ms': 1, 'my': 1, 'pl': 3,
                'ru': 3, 'th': 1, 'uk': 3, 'vi': 1, 'zh_CN': 1, 'zh_TW': 1}


def check_plural_forms(lint, path):
    """Another number of forms is the header of another language, copied."""
    text = '\n'.join(lint.read_lines(path))
    found = re.search(r'^"Plural-Forms: *nplurals=(\d)', text, re.MULTILINE)
    wanted = PLURAL_FORMS.get(os.path.basename(path)[:-len('.po')], 2)
    if found and int(found.group(1)) != wanted:
        line = text[:found.start()].count('\n') + 1
        lint.complain(path, line, f'has {found.group(1)} plural forms; this language has {wanted}')


def check_file(lint, path):
    check_plural_forms(lint, path)
    for number, line in enumerate(lint.read_lines(path), 1):
        if ZERO_WIDTH_SPACE in line:
            lint.complain(path, number, 'has U+200B; the build puts it in where it is needed')

    result = subprocess.run(['msgfmt', '-c', '-o', os.devnull, os.path.join(lint.root, path)],
                            capture_output=True, text=True, check=False,
                            env=dict(os.environ, LC_ALL='C.UTF-8'))
    if result.returncode != 0:
        lint.complain(path, 1, 'msgfmt -c: ' + result.stderr.strip().replace(lint.root + '/', ''))


def check_linguas(lint, folder, languages):
    linguas = os.path.join(folder, 'LINGUAS')
    if not lint.exists(linguas):
        lint.complain(linguas, 1, 'is missing')
        return
    listed = set()
    for number, line in enumerate(lint.read_lines(linguas), 1):
        for name in line.partition('#')[0].split():
            if name in listed:
                lint.complain(linguas, number, f'names {name} twice')
            listed.add(name)
            if name not in languages:
                lint.complain(linguas, number, f'names {name}, but there is no {name}.po')
    for name in sorted(languages - listed):
        lint.complain(os.path.join(folder, name + '.po'), 1, 'is not named in LINGUAS')


def main():
    lint = Lint(sys.argv[1])
    folders = {}
    tops = [top for top in ('po', 'content') if lint.exists(top)]
    for path in lint.files(*tops):
        folder, name = os.path.split(path)
        if name == 'LINGUAS':
            folders.setdefault(folder, set())
        elif name.endswith('.po'):
            folders.setdefault(folder, set()).add(name[:-len('.po')])
            check_file(lint, path)
    for folder, languages in sorted(folders.items()):
        check_linguas(lint, folder, languages)
    lint.end()


main()
