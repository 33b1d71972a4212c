#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""‘tomopress pack update-po’ writes what msgmerge would write.

usage: test-merge.py SOURCE TOMOPRESS

The packs of the tree are edited as authors and translators edit them: words and sentences come, go,
are changed and swapped, translations are lost, become fuzzy or get a note. Each time msgmerge is
the judge. It may choose another of two texts that are equally alike; nothing else may differ.
"""

import glob
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

N_ROUNDS = 4
MAX_FILES = 3

HEADER = re.compile(r'^msgid ""\nmsgstr ""\n(?:".*"\n)*', re.M)


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL,
                   env=dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en'))


def read(path):
    with open(path, encoding='utf-8') as file:
        return file.read()


def write(path, text):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def edit_pack(chance, text):
    """Texts that hold no markup, so that the pack stays valid."""
    texts = list(re.finditer(r'(?<=[a-z]>)[^<>&]{12,}(?=</(?:step|text|title))', text))
    for match in sorted(chance.sample(texts, min(6, len(texts))), key=lambda m: -m.start()):
        words = match.group().split(' ')
        place = chance.randrange(len(words))
        how = chance.randrange(5)
        if how == 0:
            words[place:place + 1] = []
        elif how == 1:
            words[place:place] = [chance.choice(['always', 'never', 'perhaps'])]
        elif how == 2:
            chance.shuffle(words)
        elif how == 3:
            words = ['Something', 'else', 'altogether', 'stands', 'here', 'now']
        else:
            words[place] = words[place][::-1]
        text = text[:match.start()] + (' '.join(words) or 'Nothing') + text[match.end():]
    return text


def edit_translation(chance, text):
    head, *messages = text.split('\n\n')
    for place in chance.sample(range(len(messages)), min(8, len(messages))):
        message = messages[place]
        how = chance.randrange(4)
        if message.startswith('#~') or '#, fuzzy' in message:
            continue
        if how == 0:
            messages[place] = re.sub(r'^msgstr .*(\n".*")*', 'msgstr ""', message, flags=re.M)
        elif how == 1:
            messages[place] = '# Ask the bank.\n' + message
        elif how == 2:
            messages[place] = re.sub(r'^(?=msg)', '#, fuzzy\n#| msgid "Some old text"\n', message,
                                     count=1, flags=re.M)
        else:
            messages[place] = re.sub(r'^(?=msg)', '#, fuzzy\n', message, count=1, flags=re.M)
    return '\n\n'.join([head, *messages])


def split(text):
    """Messages by text and context; the order of the living ones is part of what is compared."""
    _, *messages = text.strip().split('\n\n')
    return messages


def is_tie(one, other):
    """Both made something fuzzy of the same text."""
    def tell(message):
        return re.findall(r'^(?:msgctxt|msgid) .*(?:\n".*")*', message, flags=re.M)
    return '#, fuzzy' in one and '#, fuzzy' in other and tell(one) == tell(other)


def compare(ours, theirs):
    """How many messages differ, and how many of those because two texts are equally alike."""
    if HEADER.search(ours).group() != HEADER.search(theirs).group():
        print('headers differ')
        return 1, 0
    left, right = split(ours), split(theirs)
    living = [[m for m in side if not re.search('^#~', m, flags=re.M)] for side in (left, right)]
    if len(living[0]) != len(living[1]):
        print(f'{len(living[0])} messages, not {len(living[1])}')
        return 1, 0
    differing = [pair for pair in zip(*living) if pair[0] != pair[1]]
    ties = [pair for pair in differing if is_tie(*pair)]
    for pair in differing:
        print('--- ours\n%s\n--- msgmerge\n%s' % pair)
    dead = [[m for m in side if re.search('^#~', m, flags=re.M)] for side in (left, right)]
    if not ties and dead[0] != dead[1]:
        print('--- obsolete, ours\n%s\n--- msgmerge\n%s' % tuple('\n'.join(d) for d in dead))
        return len(differing) + 1, 0
    return len(differing), len(ties)


def try_pack(chance, tomopress, pack, work):
    copy = os.path.join(work, 'pack')
    shutil.copytree(pack, copy)
    files = sorted(glob.glob(os.path.join(copy, 'po/*.po')))[:MAX_FILES]
    names = [os.path.basename(name)[:-len('.po')] for name in files]
    write(os.path.join(copy, 'po/LINGUAS'), '\n'.join(names) + '\n')
    pot, judged = os.path.join(work, 'x.pot'), os.path.join(work, 'x.po')
    n_compared = n_wrong = n_ties = 0
    for _ in range(N_ROUNDS):
        source = os.path.join(copy, 'pack.xml')
        write(source, edit_pack(chance, read(source)))
        run(tomopress, 'pack', 'pot', copy, '-o', pot)
        verdicts = []
        for name in files:
            write(name, edit_translation(chance, read(name)))
            run('msgmerge', '--previous', '--no-location', '--quiet', '-o', judged, name, pot)
            verdicts.append(read(judged))
        run(tomopress, 'pack', 'update-po', copy)
        for name, theirs in zip(files, verdicts):
            wrong, ties = compare(read(name), theirs)
            n_compared += len(split(theirs))
            n_wrong += wrong - ties
            n_ties += ties
    shutil.rmtree(copy)
    return n_compared, n_wrong, n_ties


def main():
    source, tomopress = sys.argv[1], os.path.abspath(sys.argv[2])
    chance = random.Random(1121)
    packs = sorted(os.path.dirname(path) for path in glob.glob(
        os.path.join(source, 'content/partners/**/pack.xml'), recursive=True))
    packs = [pack for pack in packs if glob.glob(os.path.join(pack, 'po/*.po'))][:4]
    sums = [0, 0, 0]
    with tempfile.TemporaryDirectory(prefix='test-merge-') as work:
        for pack in packs:
            sums = [a + b for a, b in zip(sums, try_pack(chance, tomopress, pack, work))]
    print('%d messages compared, %d differ, %d more are ties' % tuple(sums))
    assert sums[0] > 500
    return 1 if sums[1] or sums[2] > sums[0] // 200 else 0


sys.exit(main())
