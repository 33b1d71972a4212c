#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Says which languages have every word of the window: a visitor is offered no other.

usage: list-interface-languages.py OUTPUT.c SOURCE
       list-interface-languages.py --missing SOURCE [LANGUAGE]...

The words are those of app/ui and app/kiosk; what the terminal programs say does not count. PO files
carry no places, so the words are taken from the source and looked up in each PO file; one that is
fuzzy counts as missing. The second form names what is missing, and fails if anything is.
"""

import os
import re
import subprocess
import sys
import tempfile

FOLDERS = ('app/ui/', 'app/kiosk/')
KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
WORD = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[[0-9]+\])?)\s+)?"((?:[^"\\]|\\.)*)"$')


def run(command):
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding='utf-8',
                          env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE=''))


def read_lines(path):
    with open(path, encoding='utf-8') as lines:
        return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def make_template(source, output):
    names = [name for name in read_lines(os.path.join(source, 'po', 'POTFILES.in'))
             if name.startswith(FOLDERS)]
    command = ['xgettext', '--from-code=UTF-8', '--no-location', f'--directory={source}',
               f'--output={output}', '--keyword']
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    result = run(command + names)
    if result.returncode != 0:
        sys.exit(result.stderr)


def read_messages(path):
    """Gives the texts of each message in use: by context and msgid, the translations."""
    with open(path, encoding='utf-8') as text:
        blocks = re.split(r'\n\s*\n', text.read())
    messages = {}
    for block in blocks:
        fields = {}
        name = None
        for line in block.splitlines():
            found = WORD.match(line.strip())
            if found is None:
                continue
            name = found.group(1) or name
            fields[name] = fields.get(name, '') + found.group(2)
        if fields.get('msgid'):
            translations = [text for field, text in fields.items() if field.startswith('msgstr')]
            is_fuzzy = re.search(r'^#,.*\bfuzzy\b', block, re.MULTILINE) is not None
            messages[fields.get('msgctxt'), fields['msgid']] = [] if is_fuzzy else translations
    return messages


def find_missing(source, language, template):
    """Gives the messages that are not there; of a plural, all forms have to be."""
    known = read_messages(os.path.join(source, 'po', language + '.po'))
    return [message[1] for message in read_messages(template)
            if not known.get(message) or not all(known[message])]


def write_table(path, languages):
    rows = ''.join(f'  "{language}",\n' for language in languages)
    with open(path, 'w', encoding='utf-8') as output:
        output.write('/* Made by list-interface-languages.py. */\n\n'
                     '#include "ui/tomo-interface-languages.h"\n\n'
                     f'const char *const tomo_interface_languages[] = {{\n{rows}  NULL,\n}};\n')


def main():
    output, source, *asked = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        template = os.path.join(folder, 'interface.pot')
        make_template(source, template)
        languages = asked or read_lines(os.path.join(source, 'po', 'LINGUAS'))
        missing = {language: find_missing(source, language, template) for language in languages}

    if output == '--missing':
        for language, lines in missing.items():
            for line in lines:
                print(f'{language}: {line}')
            print(f'{language}: {len(lines)} texts of the window are missing')
        sys.exit(1 if any(missing.values()) else 0)
    write_table(output, [language for language, lines in missing.items() if not lines])


main()
