#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Walk through a whole visit by the accessible tree, as a screen reader would, on the real program.

usage: test-visit.py TOMOSHIBI FILL-STORE

Debian's own Python is named above, because the bindings of AT-SPI belong to it. To be run by
tests/support/with-display.sh, which brings a display and a session bus.
"""

import os
import sys

import pyatspi

from tap import run_steps
from visitor import Machine, offered, plain

NAMES = {'en': 'English', 'ja': '日本語', 'th': 'ไทย', 'ar': 'العربية'}


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


def reaches_home(machine):
    """The first of five steps of one visit."""
    go_to_quiz(machine.start('--kiosk', '--size', '1080x1920'), 'en')


def reads_a_tip(machine):
    visit = machine.visit
    visit.press_button('Passwords')
    visit.press_button('Make it long')
    visit.wait_heading(lambda name: name.startswith('Make it long'), 'the tip')
    visit.check_names('tip')
    visit.press_button('About this card')
    visit.wait_heading(lambda name: name == 'About this card', 'the page about the card')
    said = [plain(node) for node in visit.all('label')]
    assert any('demonstration keys' in line for line in said), said
    visit.check_names('about')


def changes_language(machine):
    visit = machine.visit
    for page in ('About this card', 'Make it long', 'Passwords'):
        visit.press_button('Back')
        visit.wait(lambda gone=page: not visit.find('heading', lambda name: name.startswith(gone)),
                   f'what is behind ‘{page}’')
    visit.press_button('Quiz of the day')
    visit.wait(lambda: visit.all('radio button') or visit.all('check box'), 'the quiz')
    visit.check_names('quiz')
    question = plain(visit.all('heading')[0])
    answer(visit)
    checked = choices_checked(visit)
    languages = offered(machine.program, ('ja', 'ar', 'th'))
    for language in languages:
        visit.press_language_button()
        visit.press_button(NAMES[language])
        visit.wait(lambda: (visit.all('radio button') or visit.all('check box'))
                   and plain(visit.all('heading')[0]) != question, f'the question in {language}')
        visit.wait(lambda: choices_checked(visit) == checked, f'the answer, in {language}')
        question = plain(visit.all('heading')[0])
        visit.check_names(f'quiz in {language}')
    # Where there is one language there is nothing to change.
    if languages:
        visit.press_language_button()
        visit.press_button(NAMES['en'])


def answers_five_questions(machine):
    visit = machine.visit
    for number in range(5):
        if number > 0:
            answer(visit)
        visit.press_button('Check my answer')
        visit.wait(lambda: visit.find('button', lambda name: name in ('Next question',
                                                                          'See the result')),
                   'the verdict')
        visit.check_names('answer')
        asked = plain(visit.all('heading')[0])
        visit.press_button('See the result' if number == 4 else 'Next question')
        visit.wait(lambda gone=asked: not visit.find('heading', lambda name: name == gone), 'what comes next')
    visit.wait_heading(lambda name: name.endswith('of 5 right'), 'the result')
    visit.check_names('result')


def starts_again(machine):
    visit = machine.visit
    visit.press_button('Start again')
    visit.wait(lambda: visit.find('button', lambda name: name == NAMES['en']), 'attract')
    assert not visit.all('heading')


def is_empty(machine):
    visit = machine.start('--size', '1024x600', store=os.path.join(machine.folder.name, 'nothing'))
    visit.wait(lambda: visit.find('label', lambda name: name.startswith('tomoctl')), 'the commands')
    visit.check_names('empty')


def hear_nothing(folder):
    """A loudspeaker that takes nothing: what is played plays until it is stopped."""
    pipe = os.path.join(folder, 'sink')
    os.mkfifo(pipe)
    config = os.path.join(folder, 'asound.conf')
    with open(config, 'w', encoding='utf-8') as file:
        file.write('pcm.nowhere { type null }\n'
                   f'pcm.!default {{ type file slave.pcm "nowhere" file "{pipe}" }}\n')
    os.environ['ALSA_CONFIG_PATH'] = config


def reads_aloud(machine):
    """The line is busy for as long as the page is read."""
    hear_nothing(machine.folder.name)
    visit = machine.start('--kiosk', '--size', '1080x1920')
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


def main():
    with Machine(*sys.argv[1:3]) as machine:
        return run_steps([('from attract to home', reaches_home),
                          ('a tip, and who published it', reads_a_tip),
                          ('the language changes in mid-quiz and the answer stays', changes_language),
                          ('five answers and a result', answers_five_questions),
                          ('back at the start', starts_again),
                          ('an empty machine says what to do', is_empty),
                          ('a line that reads says that it is busy', reads_aloud)], machine)


sys.exit(main())
