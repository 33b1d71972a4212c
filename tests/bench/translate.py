#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What extracting, checking and merging 701 texts costs, against the start of tomopress itself.

usage: translate.py --build BUILD [--json FILE]

CPU time of the program and its children, the two sides in turn; medians. “Nothing new” is what a
translator meets; with “one text new” all texts are searched for one that is like it. msgmerge is
there to compare.
"""

import argparse
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile

N_TIPS = 140
N_RUNS = 11
BUDGET = 3.0

WORDS = """never share the code that came by message with anybody who calls you even if the caller
says that your bank needs it today because real staff do not ask for codes and you can hang up and
call the number on your card whenever you feel hurried or afraid of what may happen next""".split()

PACK = ('<pack xmlns="urn:tomoshibi:pack:1" id="big" xml:lang="en" revision="1" '
        'verified-on="2026-11-20" topic="scams" age="all" risk="medium" license="CC-BY-4.0">'
        '<title>Big</title>')


def sentence(chance):
    return ' '.join(chance.choice(WORDS) for _ in range(chance.randint(6, 18))).capitalize() + '.'


def write_pack(folder):
    chance = random.Random(5)
    os.makedirs(os.path.join(folder, 'po'))
    lines = [PACK]
    for number in range(N_TIPS):
        texts = [sentence(chance) for _ in range(5)]
        steps = ''.join(f'<step>{text}</step>' for text in texts[2:])
        lines.append(f'<tip id="t{number}"><title>{texts[0][:-1]}</title>'
                     f'<summary>{texts[1]}</summary><steps>{steps}</steps></tip>')
    lines.append('</pack>')
    with open(os.path.join(folder, 'pack.xml'), 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))
    with open(os.path.join(folder, 'po/LINGUAS'), 'w', encoding='utf-8') as file:
        file.write('de\n')


def translate(tomopress, folder):
    """Every text gets a translation, as long as the original."""
    po_file = os.path.join(folder, 'po/de.po')
    subprocess.run([tomopress, 'pack', 'update-po', folder], check=True, stdout=subprocess.DEVNULL)
    header, *messages = open(po_file, encoding='utf-8').read().split('\n\n')
    done = []
    for message in messages:
        before, _, text = message.partition('msgid ')
        original = text[:text.rindex('msgstr')]
        done.append(f'{before}msgid {original}msgstr {original.replace(" the ", " der ").rstrip()}')
    with open(po_file, 'w', encoding='utf-8') as file:
        file.write('\n\n'.join([header, *done]) + '\n')
    subprocess.run(['msgcat', '-o', po_file, po_file], check=True)


def cpu_ms(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def measure_changed(tomopress, folder):
    """One text is edited before each run."""
    path = os.path.join(folder, 'pack.xml')
    times = []
    for number in range(N_RUNS):
        text = open(path, encoding='utf-8').read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace('<summary>', f'<summary>{"Ab"[number % 2]} ', 1))
        times.append(cpu_ms([tomopress, 'pack', 'update-po', folder]))
    return statistics.median(times)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--json')
    arguments = parser.parse_args()
    tomopress = os.path.abspath(os.path.join(arguments.build, 'app/press/tomopress'))

    with tempfile.TemporaryDirectory(prefix='bench-translate-') as work:
        folder = os.path.join(work, 'big')
        pot = os.path.join(work, 'big.pot')
        write_pack(folder)
        translate(tomopress, folder)
        subprocess.run([tomopress, 'pack', 'pot', folder, '-o', pot], check=True)
        commands = {
            'start (--version)': [tomopress, '--version'],
            'pack pot': [tomopress, 'pack', 'pot', folder, '-o', os.path.join(work, 'x.pot')],
            'pack check, one language': [tomopress, 'pack', 'check', folder],
            'pack update-po, nothing new': [tomopress, 'pack', 'update-po', folder],
            'msgmerge alone': ['msgmerge', '--previous', '--no-location', '--quiet', '-o',
                               os.path.join(work, 'x.po'), os.path.join(folder, 'po/de.po'), pot],
        }
        times = {name: [] for name in commands}
        for _ in range(N_RUNS):
            for name, command in commands.items():
                times[name].append(cpu_ms(command))
        medians = {name: statistics.median(values) for name, values in times.items()}
        medians['pack update-po, one text new'] = measure_changed(tomopress, folder)

    start = medians['start (--version)']
    print('| What | CPU | of the start | Budget | Verdict |\n| --- | --- | --- | --- | --- |')
    for name, median in medians.items():
        has_budget = name.startswith('pack')
        verdict = ('met' if median <= BUDGET * start else 'MISSED') if has_budget else ''
        print(f'| {name} | {median:.1f} ms | {median / start:.1f} × | '
              f'{"3.0 ×" if has_budget else ""} | {verdict} |')
    if arguments.json:
        with open(arguments.json, 'w', encoding='utf-8') as file:
            json.dump(medians, file)
    return 0


sys.exit(main())
