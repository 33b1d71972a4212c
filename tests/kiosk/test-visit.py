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

from visitor import Visit, offered, plain

NAMES = {'en': 'English', 'ja': '日本語', 'th': 'ไทย', 'ar': 'العربية'}


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
    languages = offered(program, ('ja', 'ar', 'th'))
    for language in languages:
        visit.press_language_button()
        visit.press_button(NAMES[language])
        visit.wait(lambda: (visit.all('radio button') or visit.all('check box'))
                   and plain(visit.all('heading')[0]) != question, f'the question in {language}')
        visit.wait(lambda: choices_checked(visit) == checked, f'the answer, in {language}')
        question = plain(visit.all('heading')[0])
        visit.check_names(f'quiz in {language}')
    passed(3, 'the language changes in mid-quiz and the answer stays')

    # Where there is one language there is nothing to change.
    if languages:
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
    visit.wait(lambda: visit.find('button', lambda name: name == NAMES['en']), 'attract')
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


def hear_nothing(folder):
    """A loudspeaker that takes nothing: what is played plays until it is stopped."""
    pipe = os.path.join(folder, 'sink')
    os.mkfifo(pipe)
    config = os.path.join(folder, 'asound.conf')
    with open(config, 'w', encoding='utf-8') as file:
        file.write('pcm.nowhere { type null }\n'
                   f'pcm.!default {{ type file slave.pcm "nowhere" file "{pipe}" }}\n')
    os.environ['ALSA_CONFIG_PATH'] = config


def test_listen(program, store):
    """the line is busy for as long as the page is read"""
    visit = Visit(program, store, '--kiosk', '--size', '1080x1920')
    visit.press_button(NAMES['en'])
    visit.press_button('It has happened to me')
    visit.press_button('Somebody threatens me')
    # The menu before has a line that reads, too.
    visit.wait_heading(lambda name: name == 'Somebody threatens me', 'what to do')

    def is_busy(word):
        button = visit.find('button', lambda name: name == word)
        return button and button.parent.getState().contains(pyatspi.STATE_BUSY)

    visit.wait(lambda: is_busy('Listen') is False, 'a line that waits')
    visit.press_button('Listen')
    visit.wait(lambda: is_busy('Stop'), 'a line that is busy')
    visit.press_button('Stop')
    visit.wait(lambda: is_busy('Listen') is False, 'a line that waits again')
    visit.press_button('Listen')
    visit.wait(lambda: is_busy('Stop'), 'a line that is busy again')
    visit.press_button('Back')
    visit.wait(lambda: visit.find('button', lambda name: name.startswith('I sent money')), 'a menu')
    assert not visit.find('button', lambda name: name == 'Stop'), 'what was read is read on'
    passed(7, 'a line that reads says that it is busy')
    visit.end()


def main():
    program, fill_store = (os.path.abspath(path) for path in sys.argv[1:3])
    folder = tempfile.mkdtemp(prefix='tomoshibi-visit.')
    print('1..7', flush=True)
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
        hear_nothing(folder)
        test_listen(program, store)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
