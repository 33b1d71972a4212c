#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every lint accepts a small tree that is right and complains about one that is not.

usage: test-lints.py [check-NAME.py]...
"""

import functools
import json
import os
import subprocess
import sys
import tempfile

from tap import Skip, run_steps

HERE = os.path.dirname(os.path.abspath(__file__))
SPDX_C = '/* SPDX-License-Identifier: GPL-3.0-or-later */\n'
SPDX = '# SPDX-License-Identifier: GPL-3.0-or-later\n'
PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
# What a lint exits with that lacks the tool for it.
SKIPPED = 77
ZERO_WIDTH_SPACE = '\u200b'

# What is right, for all lints together.
GOOD = {
    'app/core/fetch/tomo-a.h': SPDX_C,
    'app/core/store/tomo-b.h': SPDX_C,
    'app/core/tomo-c.h': SPDX_C + '#include "core/fetch/tomo-a.h"\n#include "core/store/tomo-b.h"\n',
    'app/core/fetch/tomo-p-private.h': SPDX_C,
    'app/core/fetch/tomo-a.c': SPDX_C + '#include "config.h"\n#include "core/fetch/tomo-a.h"\n'
                                        '#include "core/fetch/tomo-p-private.h"\n',
    'app/ui/tomo-u.c': SPDX_C + '#include <gtk/gtk.h>\n#include "core/tomo-c.h"\n'
                                '/* Translators: on the button that opens */\nx = _("Open");\n',
    'app/ui/tomo-u.ui': '<!-- SPDX-License-Identifier: GPL-3.0-or-later -->\n<interface/>\n',
    'app/meson.build': SPDX,
    '.clang-format': 'BasedOnStyle: GNU\nColumnLimit: 100\nSortIncludes: false\n',
    'tests/run.sh': '#!/bin/bash\n' + SPDX,
    'po/POTFILES': SPDX + 'app/ui/tomo-u.c\n',
    'po/LINGUAS': 'ja\n',
    'po/ja.po': PO + '#, c-format\nmsgid "%d tips"\nmsgstr "%d"\n',
    'content/a/pack.xml': '<?xml version="1.0"?>\n<pack license="CC-BY-4.0"/>\n',
    'README.md': 'Put it under /usr/share, or below your home folder.\n',
}

# (lint, what is changed in the good tree, what the complaint says)
BAD = [
    ('check-format.py', {'app/ui/new.c': SPDX_C + 'int  x;\n'}, 'new.c:2: clang-format lays this out'),
    ('check-layers.py', {'app/core/fetch/tomo-a.c': '#include "ui/tomo-u.h"\n'}, 'may not include ui'),
    ('check-layers.py', {'app/core/fetch/tomo-a.c': '#include <gtk/gtk.h>\n'}, 'nothing of screens'),
    ('check-layers.py', {'app/ui/tomo-u.c': '#include <libxml/parser.h>\n'}, 'nothing of XML'),
    ('check-layers.py', {'app/ctl/x.c': '#include "author/y.h"\n'}, 'may not include author'),
    ('check-layers.py', {'app/core/fetch/tomo-a.c': '#include "core/tomo-c.h"\n'},
     'core/fetch must not know core/store'),
    ('check-layers.py', {'app/ui/tomo-u.c': '#include "core/fetch/tomo-p-private.h"\n'}, 'private to'),
    ('check-layers.py', {'app/ui/tomo-u.c': '#include "tomo-u.h"\n'}, 'write the path from app/'),
    ('check-layers.py', {'app/core/x.c': 'g_print ("x");\n'}, 'does not print'),
    ('check-layers.py', {'app/util/x.c': '\n'}, 'is no layer'),
    ('check-layers.py', {'compile_commands.json': json.dumps(
        [{'directory': '.', 'file': 'app/core/x.c', 'command': 'cc -I/usr/include/gtk-4.0'}])},
     'compiled with the flags of gtk-4.0'),
    ('check-potfiles.py', {'app/ui/new.c': 'x = _("New");\n'}, 'does not name it'),
    ('check-potfiles.py', {'app/ui/new.ui': '<p translatable="yes">A</p>\n'}, 'does not name it'),
    ('check-potfiles.py', {'po/POTFILES': 'app/ui/tomo-u.c\napp/ui/gone.c\n'}, 'does not exist'),
    ('check-potfiles.py', {'app/ui/tomo-u.c': SPDX_C}, 'nothing to translate'),
    ('check-pot.py', {'app/ui/tomo-u.c': 'x = _("Open");\n'}, 'no “Translators:” comment'),
    ('check-pot.py', {'app/ui/tomo-u.c': '/* Translators: a */\nx = _("%" G_GUINT64_FORMAT " tips");\n'},
     'is cut at a macro'),
    ('check-pot.py', {'app/ui/tomo-u.c': '/* Translators: a */\n\ny ();\nx = _("Open");\n'},
     'no “Translators:” comment'),
    ('check-spdx.py', {'app/ui/new.c': '\n'}, 'SPDX-License-Identifier'),
    ('check-spdx.py', {'packaging/new': '#!/bin/sh\n'}, 'SPDX-License-Identifier'),
    ('check-spdx.py', {'app/ui/new.c': '/* SPDX-License-Identifier: MIT */\n'}, 'not MIT'),
    ('check-spdx.py', {'content/a/pack.xml': '<pack/>\n'}, 'SPDX-License-Identifier'),
    ('check-po.py', {'po/ja.po': PO + f'msgid "a"\nmsgstr "b{ZERO_WIDTH_SPACE}c"\n'}, 'U+200B'),
    ('check-po.py', {'po/ja.po': PO + '#, c-format\nmsgid "%d tips"\nmsgstr "%s"\n'}, 'msgfmt'),
    ('check-po.py', {'po/ja.po': PO.replace('msgstr "', 'msgstr ""\n"Plural-Forms: nplurals=2; '
                                            'plural=(n != 1);\\n"\n"', 1)}, 'plural forms'),
    ('check-po.py', {'po/LINGUAS': 'ja\nth\n'}, 'no th.po'),
    ('check-po.py', {'po/LINGUAS': '\n'}, 'not named in LINGUAS'),
    ('check-po.py', {'po/LINGUAS': None}, 'is missing'),
    ('check-names.py', {'README.md': 'see /' + 'home/ann/tomoshibi\n'}, 'a home folder'),
    ('check-names.py', {'README.md': 'see /' + 'Users/ann/tomoshibi\n'}, 'a home folder'),
    ('check-names.py', {'README.md': 'see {root}/app\n'}, 'the folder it lies in here'),
]


def check(lint, changes, says):
    """@says is what the complaint holds, or None where there must be none."""
    with tempfile.TemporaryDirectory(prefix='test-lints-') as root:
        for path, text in {**GOOD, **changes}.items():
            if text is None:
                continue
            os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
            with open(os.path.join(root, path), 'w', encoding='utf-8') as file:
                file.write(text.replace('{root}', root))
        command = [sys.executable, os.path.join(HERE, lint), root]
        if 'compile_commands.json' in changes:
            with open(os.path.join(root, 'compile_commands.json'), 'w', encoding='utf-8') as file:
                commands = json.loads(changes['compile_commands.json'])
                file.write(json.dumps([{**entry, 'directory': root} for entry in commands]))
            command.append(root)
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        output = result.stdout + result.stderr
        if result.returncode == SKIPPED:
            raise Skip(output.strip())
        assert result.returncode == (0 if says is None else 1), f'exit {result.returncode}: {output}'
        assert says is None or says in output, output


def main():
    cases = [(lint, {}, None) for lint in sorted({case[0] for case in BAD})] + BAD
    return run_steps([(f'{lint}: {says or "accepts what is right"}', functools.partial(check, lint, changes, says))
                      for lint, changes, says in cases])


sys.exit(main())
