#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every string for translators is whole, and has a comment that says where it appears.

usage: check-pot.py SOURCE

The template is made here, into memory, as the build makes it.
"""

import os
import re
import subprocess
import sys

from tree import Lint

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'Q_:1g', 'ngettext:1,2', 'dngettext:2,3',
            'g_dngettext:2,3', 'g_dpgettext:2', 'g_dpgettext2:2c,3']


def make_template(root, potfiles):
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--sort-by-file',
               '--package-name=tomoshibi', f'--directory={root}', f'--files-from={potfiles}',
               '--output=-', '--keyword']
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    result = subprocess.run(command, capture_output=True, text=True, check=False,
                            encoding='utf-8', env=dict(os.environ, LC_ALL='C.UTF-8'))
    if result.returncode != 0:
        print(result.stderr, file=sys.stderr)
        sys.exit(2)
    return result.stdout


def entries(template):
    """Gives (first reference, extracted comment, msgid) of each entry."""
    for block in re.split(r'\n\n+', template):
        lines = block.splitlines()
        references = [word for line in lines if line.startswith('#: ') for word in line[3:].split()]
        comment = ' '.join(line[3:] for line in lines if line.startswith('#. '))
        texts = re.search(r'^msgid ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.MULTILINE)
        if texts is None or not references:
            continue
        msgid = ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', texts.group(1)))
        if msgid:
            yield references[0], comment, msgid


def main():
    lint = Lint(sys.argv[1])
    potfiles = next((name for name in ('po/POTFILES', 'po/POTFILES.in') if lint.exists(name)), None)
    if potfiles is None:
        print('po/POTFILES does not exist')
        sys.exit(1)

    template = make_template(lint.root, os.path.join(lint.root, potfiles))
    for reference, comment, msgid in entries(template):
        lint.n_checked += 1
        path, _, line = reference.rpartition(':')
        # xgettext gives the words of the metainfo file no comments; its own tags say what they are.
        if 'Translators:' not in comment and not path.endswith('.metainfo.xml.in'):
            lint.complain(path, line, f'no “Translators:” comment above “{msgid[:60]}”')
        # xgettext reads no macros: what follows G_GUINT64_FORMAT is not in the template.
        if re.search(r'(?<!%)(%%)*%$', msgid):
            lint.complain(path, line, f'“{msgid[:60]}” is cut at a macro; format the number first')
    lint.end()


main()
