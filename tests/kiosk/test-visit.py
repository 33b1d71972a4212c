#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walk through a whole visit by the accessible tree, as a screen reader would, on the real program.

usage: test-visit.py TOMOSHIBI FILL-STORE

Debian's own Python is named above, because the bindings of AT-SPI belong to it. To be run by
tests/support/with-display.sh, which brings a display and a session bus.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time

import pyatspi

PATIENCE_SECS = 30
ISOLATES = dict.fromkeys(map(ord, '\u2066\u2067\u2068\u2069'))
# What only holds other things together; GTK 4.8 calls it by its class, and nobody reads it out.
STRUCTURE = ('filler', 'panel', 'scroll bar', 'scroll pane', 'viewport')
SPEAKING = ('button', 'radio button', 'check box', 'heading', 'list')
NAMES = {'en': 'English', 'ja': '日本語', 'th': 'ไทย', 'ar': 'العربية'}


def role_of(node):
    """What is called “push button” in Debian 12 is “button” in Debian 13."""
    return node.getRoleName().removeprefix('push ')


class Visit:
    """One run of the program, seen through the accessible tree."""

    def __init__(self, program, store, *options):
        self.process = subprocess.Popen([program, '--store', store, *options],
                                        env=dict(os.environ, G_DEBUG='fatal-criticals'))
        self.window = self.wait(self.find_window, 'the window')

    def wait(self, look, what):
        """Looks again until there is something; the tree tells of changes only after a while."""
        end = time.monotonic() + PATIENCE_SECS
        while time.monotonic() < end:
            assert self.process.poll() is None, 'the program has ended'
            try:
                found = look()
            except Exception:  # pylint: disable=broad-except; what goes while one looks at it
                found = None
            if found:
                return found
            time.sleep(0.05)
        self.dump()
        raise AssertionError(f'{what} did not appear')

    def find_window(self):
        desktop = pyatspi.Registry.getDesktop(0)
        desktop.clear_cache()
        for application in desktop:
            if application and application.get_process_id() == self.process.pid:
                for window in application:
                    return window
        return None

    def walk(self, node=None):
        node = node or self.window
        try:
            node.clear_cache()
            node.getRoleName()
            children = [child for child in node
                        if child and child.getState().contains(pyatspi.STATE_VISIBLE)]
        except Exception:  # pylint: disable=broad-except
            # The page that slides away goes while one looks at it.
            return
        yield node
        for child in children:
            yield from self.walk(child)

    def find(self, role, name=None):
        for node in self.walk():
            if role_of(node) == role and (name is None or name(plain(node))):
                return node
        return None

    def all(self, role):
        return [node for node in self.walk() if role_of(node) == role]

    def press(self, node):
        action = node.queryAction()
        assert action.nActions > 0, f'{plain(node)} cannot be pressed'
        action.doAction(0)

    def press_button(self, start):
        self.press(self.wait(lambda: self.find('button', lambda name: name.startswith(start)),
                             f'the button ‘{start}’'))

    def press_language_button(self):
        """The fifth from the end, in the bar of a tall screen; its name is in a language that changes."""
        self.press(self.wait(lambda: self.all('button')[-5:], 'the bar')[0])

    def wait_heading(self, look, what):
        return self.wait(lambda: self.find('heading', look), what)

    def dump(self):
        for node in self.walk():
            print(f'# {role_of(node)}: {plain(node)}')

    def check_names(self, page):
        # Looks until the whole tree held still: the page before may be sliding away.
        seen = self.wait(lambda: [(role_of(node), plain(node)) for node in self.walk()], page)
        for role, name in seen:
            assert role in STRUCTURE or not name.startswith(('Gtk', 'Tomo')), \
                f'{page}: a {role} is called {name}'
            assert name or role not in SPEAKING, f'{page}: a {role} without a name'

    def end(self):
        self.process.terminate()
        self.process.wait(timeout=PATIENCE_SECS)


def plain(node):
    return (node.name or '').translate(ISOLATES)


def passed(number, name):
    print(f'ok {number} - {name}', flush=True)


def go_to_quiz(visit, language):
    visit.check_names('attract')
    visit.press_button(NAMES[language])
    visit.wait(lambda: len(visit.all('heading')) == 1 and len(visit.all('button')) > 6, 'home')
    visit.check_names('home')


def answer(visit):
    """Chooses the first answer, checks it, and waits for the verdict."""
    choices = visit.wait(lambda: visit.all('radio button') or visit.all('check box'), 'the choices')
    visit.press(choices[0])
    visit.wait(lambda: choices_checked(visit)[0], 'the chosen answer')


def choices_checked(visit):
    nodes = visit.all('radio button') or visit.all('check box')
    return [node.getState().contains(pyatspi.STATE_CHECKED) for node in nodes]


def test_visit(program, store):
    """attract, home, topic, tip, quiz, language change, result, start again"""
    visit = Visit(program, store, '--kiosk', '--size', '1080x1920')
    go_to_quiz(visit, 'en')
    passed(1, 'from attract to home')

    visit.press_button('Passwords')
    visit.press_button('Make it long')
    visit.wait_heading(lambda name: name.startswith('Make it long'), 'the tip')
    visit.check_names('tip')
    visit.press_button('About this card')
    visit.wait_heading(lambda name: name == 'About this card', 'the page about the card')
    said = [plain(node) for node in visit.all('label')]
    assert any('demonstration keys' in line for line in said), said
    visit.check_names('about')
    passed(2, 'a tip, and who published it')

    for _ in range(3):
        visit.press_button('Back')
        time.sleep(0.4)
    visit.press_button('Quiz of the day')
    visit.wait(lambda: visit.all('radio button') or visit.all('check box'), 'the quiz')
    visit.check_names('quiz')
    question = plain(visit.all('heading')[0])
    answer(visit)
    checked = choices_checked(visit)
    for language in ('ja', 'ar', 'th'):
        visit.press_language_button()
        visit.press_button(NAMES[language])
        visit.wait(lambda: (visit.all('radio button') or visit.all('check box'))
                   and plain(visit.all('heading')[0]) != question, f'the question in {language}')
        visit.wait(lambda: choices_checked(visit) == checked, f'the answer, in {language}')
        question = plain(visit.all('heading')[0])
        visit.check_names(f'quiz in {language}')
    passed(3, 'the language changes in mid-quiz and the answer stays')

    visit.press_language_button()
    visit.press_button(NAMES['en'])
    for number in range(5):
        if number > 0:
            answer(visit)
        visit.press_button('Check my answer')
        visit.wait(lambda: visit.find('button', lambda name: name in ('Next question',
                                                                          'See the result')),
                   'the verdict')
        visit.check_names('answer')
        visit.press_button('See the result' if number == 4 else 'Next question')
        time.sleep(0.4)
    visit.wait_heading(lambda name: name.endswith('of 5 right'), 'the result')
    visit.check_names('result')
    passed(4, 'five answers and a result')

    visit.press_button('Start again')
    visit.wait(lambda: visit.find('button', lambda name: name == NAMES['th']), 'attract')
    assert not visit.all('heading')
    passed(5, 'back at the start')
    visit.end()


def test_empty(program, folder):
    """an empty machine says what to do"""
    visit = Visit(program, os.path.join(folder, 'nothing'), '--size', '1024x600')
    visit.wait(lambda: visit.find('label', lambda name: name.startswith('tomoctl')), 'the commands')
    visit.check_names('empty')
    passed(6, 'an empty machine says what to do')
    visit.end()


def main():
    program, fill_store = (os.path.abspath(path) for path in sys.argv[1:3])
    folder = tempfile.mkdtemp(prefix='tomoshibi-visit.')
    print('1..6', flush=True)
    try:
        os.environ.update(HOME=folder, XDG_CONFIG_HOME=os.path.join(folder, 'config'),
                          XDG_DATA_HOME=os.path.join(folder, 'data'))
        os.environ.pop('GTK_A11Y', None)
        # One page at a time: what slides away would be found beside what slides in.
        os.makedirs(os.path.join(folder, 'config', 'gtk-4.0'))
        with open(os.path.join(folder, 'config', 'gtk-4.0', 'settings.ini'), 'w',
                  encoding='utf-8') as settings:
            settings.write('[Settings]\ngtk-enable-animations=0\n')
        store = os.path.join(folder, 'store')
        subprocess.run([fill_store, store], check=True)
        test_visit(program, store)
        test_empty(program, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
