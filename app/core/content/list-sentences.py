#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists the sentences of the pages that a campaign can have read aloud.

usage: list-sentences.py OUTPUT.h SOURCE FILE...

FILEs are sources of pages, by their place in SOURCE. Taken is what they say to visitors as it
stands: nothing with a number or a name in it, nothing that is only put into another sentence, and
nothing that is heard by those only who use a screen reader, which brings its own voice.
tests/ui/test-listen.c walks through the pages and holds the list against what stands on them.
"""

import os
import re
import subprocess
import sys
import unicodedata

KEYWORDS = ['_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3']
INSIDE_OTHERS = ('whom to tell', 'month in a date', 'date', 'shape of a right answer')
ONLY_FOR_SCREEN_READERS = ('read aloud', 'what a screen reader says', 'not shown')
MAX_NAME = 40


def make_template(source, files):
    command = ['xgettext', '--from-code=UTF-8', '--add-comments=Translators', '--output=-',
               f'--directory={source}', '--keyword']
    command += [f'--keyword={keyword}' for keyword in KEYWORDS]
    result = subprocess.run(command + files, capture_output=True, text=True, check=False,
                            encoding='utf-8', env=dict(os.environ, LC_ALL='C.UTF-8'))
    if result.returncode != 0:
        sys.exit(result.stderr)
    return result.stdout


def read_field(block, name):
    found = re.search(rf'^{name} ((?:"(?:[^"\\]|\\.)*"\s*)+)', block, re.MULTILINE)
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', found.group(1))) if found else None


def is_said(block, context, text):
    comment = ' '.join(re.findall(r'^#\. (.*)$', block, re.MULTILINE))
    purpose = comment.removeprefix('Translators: ')
    return bool(text) and read_field(block, 'msgid_plural') is None \
        and not re.search(r'[{%]', text) and context not in INSIDE_OTHERS \
        and not purpose.startswith(ONLY_FOR_SCREEN_READERS)


def make_name(text, taken):
    """The first words, in letters that every file system has."""
    plain = unicodedata.normalize('NFKD', text).encode('ascii', 'ignore').decode().lower()
    name = re.sub(r'[^a-z0-9]+', '-', plain).strip('-')
    if len(name) > MAX_NAME:
        name = name[:MAX_NAME + 1].rpartition('-')[0]
    count = 2
    while name in taken:
        name = f'{name.rstrip("0123456789-")}-{count}'
        count += 1
    taken.add(name)
    return name


def main():
    output, source, *files = sys.argv[1:]
    rows = []
    names = set()
    texts = set()
    for block in re.split(r'\n\n+', make_template(source, files))[1:]:
        context = read_field(block, 'msgctxt')
        text = read_field(block, 'msgid')
        if not is_said(block, context, text):
            continue
        if text in texts:
            sys.exit(f'“{text}” is said with two meanings; a recording cannot tell them apart')
        texts.add(text)
        context_text = f'"{context}"' if context else 'NULL'
        rows.append(f'  {{ "{make_name(text, names)}", {context_text}, "{text}" }},\n')

    with open(output, 'w', encoding='utf-8') as table:
        table.write('/* Made by list-sentences.py. */\n\n'
                    f'static const TomoSentence sentences[] = {{\n{"".join(rows)}}};\n')


main()
