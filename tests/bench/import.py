#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What it costs to import a quiz of Moodle's with pictures in it: 250, 500 and 1,000 questions.

usage: import.py --build FOLDER [--json FILE]

Ends with 1 if a budget was missed: time linear in the size, memory at most three times the file
and 32 MiB.
"""

import argparse
import base64
import json
import os
import random
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import zlib

SIZES = (250, 500, 1000)
RUNS = 7
# Noise of rows that nothing compresses: about 30 KiB, as a small screenshot has.
PICTURE_WIDTH, PICTURE_HEIGHT = 200, 150
MEBIBYTE = 1024 * 1024
MEMORY_FACTOR, MEMORY_SPARE = 3, 32 * MEBIBYTE
# “Linear” within what the machine can tell apart.
MAX_GROWTH = 1.15

QUESTION = '''<question type="multichoice">
  <name><text>Question {number}</text></name>
  <questiontext format="html">
    <text><![CDATA[<p>What is wrong with message&nbsp;{number}?</p><p><img src="@@PLUGINFILE@@/message%20{number}.png" alt="Message {number}"></p>]]></text>
    <file name="message {number}.png" path="/" encoding="base64">{picture}</file>
  </questiontext>
  <generalfeedback format="html"><text><![CDATA[<p>Look at the <em>address</em>, not at the name.</p>]]></text></generalfeedback>
  <single>true</single>
  <answer fraction="0" format="html"><text>The greet&shy;ing</text><feedback format="html"><text>Anybody can know your name.</text></feedback></answer>
  <answer fraction="100" format="html"><text>The address of the sender</text><feedback format="html"><text/></feedback></answer>
  <answer fraction="0" format="html"><text>The language</text><feedback format="html"><text>It was better than mine.</text></feedback></answer>
</question>
'''


def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))


def make_picture(noise):
    rows = b''.join(b'\0' + noise.randbytes(PICTURE_WIDTH) for _ in range(PICTURE_HEIGHT))
    header = struct.pack('>IIBBBBB', PICTURE_WIDTH, PICTURE_HEIGHT, 8, 0, 0, 0, 0)
    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', zlib.compress(rows, 1))
            + chunk(b'IEND', b''))


def make_quiz(path, n_questions):
    noise = random.Random(n_questions)
    with open(path, 'w', encoding='utf-8') as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n')
        for number in range(n_questions):
            picture = base64.encodebytes(make_picture(noise)).decode()
            file.write(QUESTION.format(number=number + 1, picture=picture))
        file.write('</quiz>\n')
    return os.path.getsize(path)


def run_import(build, quiz, pack):
    """One import: CPU milliseconds, wall milliseconds, peak bytes."""
    shutil.rmtree(pack, ignore_errors=True)
    read, write = os.pipe()
    command = [os.path.join(build, 'tests', 'bench', 'measure'),
               os.path.join(build, 'app', 'press', 'tomopress'),
               'pack', 'import', '--format', 'moodle-xml', quiz, '-o', pack,
               '--language', 'en', '--topic', 'passwords']
    # The report comes on descriptor 3.
    subprocess.run(['sh', '-c', f'exec "$@" 3>&{write}', 'sh', *command], pass_fds=[write],
                   check=True, stdout=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read, encoding='ascii') as report:
        wall, user, system, peak, code = map(int, report.read().split())
    assert code == 0, code
    return (user + system) / 1000, wall / 1000, peak * 1024


def measure(build, work):
    rows = []
    quizzes = {}
    for size in SIZES:
        quizzes[size] = os.path.join(work, f'quiz-{size}.xml')
        make_quiz(quizzes[size], size)
    costs = {size: [] for size in SIZES}
    for _ in range(RUNS):
        for size in SIZES:
            costs[size].append(run_import(build, quizzes[size], os.path.join(work, 'pack')))
    n_pictures = len(os.listdir(os.path.join(work, 'pack', 'media')))
    assert n_pictures == SIZES[-1], n_pictures
    subprocess.run([os.path.join(build, 'app', 'press', 'tomopress'), 'pack', 'check',
                    os.path.join(work, 'pack')], check=True, stdout=subprocess.DEVNULL)

    for size in SIZES:
        cpu, wall, peak = (statistics.median(column) for column in zip(*costs[size]))
        rows.append({'questions': size, 'bytes': os.path.getsize(quizzes[size]), 'cpu_ms': cpu,
                     'wall_ms': wall, 'peak': peak})
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--json')
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='tomoshibi-bench-') as work:
        rows = measure(os.path.abspath(options.build), work)

    missed = False
    for row in rows:
        budget = MEMORY_FACTOR * row['bytes'] + MEMORY_SPARE
        per_mebibyte = row['cpu_ms'] / (row['bytes'] / MEBIBYTE)
        growth = per_mebibyte / (rows[0]['cpu_ms'] / (rows[0]['bytes'] / MEBIBYTE))
        verdict = 'ok' if row['peak'] <= budget and growth <= MAX_GROWTH else 'MISSED'
        missed = missed or verdict != 'ok'
        row.update(verdict=verdict, growth=growth)
        print(f'{row["questions"]:5} questions, {row["bytes"] / MEBIBYTE:5.1f} MiB: '
              f'{row["cpu_ms"]:5.0f} ms of CPU ({per_mebibyte:.1f} a MiB, {growth:.2f} times the '
              f'smallest), {row["wall_ms"]:5.0f} ms; peak {row["peak"] / MEBIBYTE:5.1f} MiB of '
              f'{budget / MEBIBYTE:.1f} ({row["peak"] / row["bytes"]:.2f} times the file): {verdict}')
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as file:
            json.dump(rows, file, indent=1)
    return 1 if missed else 0


sys.exit(main())
