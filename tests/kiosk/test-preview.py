#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Translate a sentence and see it: the card opens, and each saved file is on it at once; all cards
become pictures.

usage: test-preview.py TOMOPRESS TOMOSHIBI

To be run by tests/support/with-display.sh. How long it takes from the saved file to the first new
pixel is printed and asserted by nobody; tests/bench/README.md has the figures.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zlib

import pyatspi

PATIENCE_SECS = 60
ISOLATES = dict.fromkeys(map(ord, '\u2066\u2067\u2068\u2069'))
TITLE = '長くして、使い回さない'


class Preview:
    """tomopress with the window that it opens."""

    def __init__(self, tomopress, tomoshibi, *arguments):
        self.process = subprocess.Popen(
            [tomopress, 'pack', 'preview', *arguments], stderr=subprocess.PIPE, text=True,
            encoding='utf-8',
            env=dict(os.environ, TOMOSHIBI_PROGRAM=tomoshibi, G_DEBUG='fatal-criticals'))
        self.lines = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.lines.append(line.rstrip('\n'))

    def wait(self, look, what):
        end = time.monotonic() + PATIENCE_SECS
        while time.monotonic() < end:
            assert self.process.poll() is None, f'tomopress has ended: {self.lines}'
            try:
                found = look()
            except Exception:  # pylint: disable=broad-except; what goes while one looks at it
                found = None
            if found:
                return found
            time.sleep(0.02)
        raise AssertionError(f'{what} did not appear; there is {self.texts()}')

    def walk(self, node):
        node.clear_cache()
        yield node
        for child in node:
            if child and child.getState().contains(pyatspi.STATE_VISIBLE):
                yield from self.walk(child)

    def texts(self):
        """What every visible thing on the window says."""
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.clear_cache()
        return [node.name.translate(ISOLATES)
                for application in desktop if application and application.name == 'tomoshibi'
                for window in application for node in self.walk(window) if node.name]

    def wait_text(self, text):
        self.wait(lambda: any(text in shown for shown in self.texts()), text)

    def wait_line(self, part):
        return self.wait(lambda: next((line for line in self.lines if part in line), None), part)

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECS)


def replace(path, old, new):
    """As editors save: a new file in place of the old one."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    assert old in text, f'{path} lacks {old}'
    with open(path + '.new', 'w', encoding='utf-8') as file:
        file.write(text.replace(old, new, 1))
    os.replace(path + '.new', path)


def screen_sum():
    with open(os.environ['TOMO_SCREEN_FILE'], 'rb') as file:
        return zlib.crc32(file.read())


def wait_pixels():
    """Waits until the picture has held still, for its sum."""
    before = None
    for _ in range(100):
        now = screen_sum()
        if now == before:
            return now
        before = now
        time.sleep(0.2)
    raise AssertionError('the picture does not hold still')


def try_saving(preview, po_file):
    """Right sentences come, wrong ones are named with their line, and the card stays."""
    spent = []
    last = TITLE
    for number in range(5):
        title = f'新しい題名その{number}'
        before = wait_pixels()
        replace(po_file, last, title)
        start = time.monotonic()
        preview.wait(lambda seen=before: screen_sum() != seen, 'a new picture')
        spent.append(round((time.monotonic() - start) * 1000))
        preview.wait_text(title)
        last = title
    print(f'# from the saved file to the first new pixel: {sorted(spent)} ms')

    with open(po_file, encoding='utf-8') as file:
        line = next(number for number, text in enumerate(file, 1) if last in text)
    replace(po_file, last, '壊れた<em>題名</em>')
    found = preview.wait_line('adds <em>')
    assert f'ja.po:{line}: error:' in found, found
    # It counts as not translated, so that the original stands there.
    preview.wait_text('Make it long, for one account')
    replace(po_file, '壊れた<em>題名</em>', TITLE)
    preview.wait_text(TITLE)


def try_other_card(preview, po_file):
    """Whoever goes on to another card is followed there, with the answer that shows the words."""
    replace(po_file, '関係のない単語の組み合わせは', '無関係の単語の組み合わせは')
    preview.wait_text('無関係の単語の組み合わせは')


def try_screens(tomopress, tomoshibi, pack, output):
    """Every card of the one language that was asked for becomes a picture; questions become two."""
    subprocess.run([tomopress, 'pack', 'screens', pack, '-o', output, '--language', 'ja', '--size',
                    '800x600'], check=True, timeout=200,
                   env=dict(os.environ, TOMOSHIBI_PROGRAM=tomoshibi, G_DEBUG='fatal-criticals'))
    assert os.listdir(output) == ['ja'], os.listdir(output)
    names = set(os.listdir(os.path.join(output, 'ja')))
    assert {'long-passphrase.png', 'strongest-password.png',
            'strongest-password-answered.png'} <= names, names
    assert 'long-passphrase-answered.png' not in names, names
    with open(os.path.join(output, 'ja/long-passphrase.png'), 'rb') as file:
        header = file.read(24)
    assert header[16:24] == (800).to_bytes(4, 'big') + (600).to_bytes(4, 'big'), header


def main():
    tomopress, tomoshibi = sys.argv[1:3]
    source = os.path.join(os.environ['TOMO_SOURCE_ROOT'],
                          'content/partners/jp/packs/accounts')
    with tempfile.TemporaryDirectory() as folder:
        pack = os.path.join(folder, 'accounts')
        po_file = os.path.join(pack, 'po/ja.po')
        shutil.copytree(source, pack)
        preview = Preview(tomopress, tomoshibi, pack, '--po', po_file, '--find', 'MAKE it long')
        try:
            preview.wait_text(TITLE)
            try_saving(preview, po_file)
            try_other_card(preview, po_file)
        finally:
            preview.end()
        try_screens(tomopress, tomoshibi, pack, os.path.join(folder, 'screens'))


main()
