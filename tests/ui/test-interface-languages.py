#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which languages count as whole, tried on small trees of their own.

usage: test-interface-languages.py LIST-INTERFACE-LANGUAGES.PY
"""

import functools
import os
import subprocess
import sys
import tempfile

from tap import run_steps

WINDOW = '_("Back"); g_dngettext (D, "%u tip", "%u tips", n); C_("mark", "Sample");'
TERMINAL = '_("Fetch now");'
WHOLE = ('msgid "Back"', 'msgstr "B"', '', 'msgid "%u tip"', 'msgid_plural "%u tips"',
         'msgstr[0] "%u t"', 'msgstr[1] "%u t"', '', 'msgctxt "mark"', 'msgid "Sample"',
         'msgstr "S"', '')
HEADER = ('msgid ""', 'msgstr "Content-Type: text/plain; charset=UTF-8\\n"',
          '"Plural-Forms: nplurals=2; plural=n != 1;\\n"', '')

# What is done to a whole catalogue, and whether it is whole then.
CASES = (
    ('nothing; what the terminal says does not count', lambda text: text, True),
    ('a word is not translated', lambda text: text.replace('msgstr "B"', 'msgstr ""'), False),
    ('a word is fuzzy', lambda text: text.replace('msgid "Back"', '#, fuzzy\nmsgid "Back"'), False),
    ('a word is missing', lambda text: text.replace('msgid "Back"', 'msgid "Bach"'), False),
    ('a context is missing', lambda text: text.replace('msgctxt "mark"\n', ''), False),
    ('a plural is empty', lambda text: text.replace('msgstr[1] "%u t"', 'msgstr[1] ""'), False),
    ('a word is there that nobody uses',
     lambda text: text + '\nmsgid "Old"\nmsgstr ""\n', True),
)


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as output:
        output.write(text)
    return path


def run(*command):
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=False)


def check(script, change, is_whole):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, 'app/ui/window.c', WINDOW)
        write(folder, 'app/ctl/terminal.c', TERMINAL)
        write(folder, 'po/POTFILES.in', 'app/ctl/terminal.c\napp/ui/window.c\n')
        write(folder, 'po/LINGUAS', '# languages\neo\n')
        write(folder, 'po/eo.po', change('\n'.join(HEADER + WHOLE)))
        output = os.path.join(folder, 'table.c')
        made = run(script, output, folder)
        assert made.returncode == 0, made.stderr
        with open(output, encoding='utf-8') as table:
            is_listed = '"eo",' in table.read()
        missing = run(script, '--missing', folder, 'eo')
        assert (missing.returncode == 0) == is_listed, missing.stdout + missing.stderr
        assert is_listed == is_whole


def main():
    return run_steps([(name, functools.partial(check, sys.argv[1], change, is_whole))
                      for name, change, is_whole in CASES])


sys.exit(main())
