#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole visit with nothing but a keyboard; the accessible tree tells where the focus is.

usage: test-keyboard.py TOMOSHIBI FILL-STORE

Tab, Shift and Tab, Return and the space bar: what an assistive keypad has as well. To be run by
tests/support/with-display.sh.
"""

import subprocess
import sys
import time

import pyatspi

from tap import run_steps
from visitor import SPEAKING, Machine, plain, role_of

# More than any page has to offer; a ring that never comes round is a trap.
MOST_STEPS = 40
# How often a key may scroll before it moves the focus, and how long either takes at most.
MOST_SCREENS = 8
SETTLING_SECS = 1


def is_focused(node):
    return node.getState().contains(pyatspi.STATE_FOCUSED) and role_of(node) in SPEAKING


class Keyboard:
    """Hands that know four keys."""

    def __init__(self, visit):
        self.visit = visit
        self.trail = []

    @staticmethod
    def key(name):
        subprocess.run(['xdotool', 'key', '--clearmodifiers', name], check=True)

    def focus(self):
        for node in self.visit.walk():
            if is_focused(node):
                return role_of(node), plain(node)
        return None

    def step(self, key='Tab'):
        """Moves the focus on; what it is on then has a name. On a page that goes on below, a key
        may show more of it first."""
        before = self.focus()
        for _ in range(MOST_SCREENS):
            self.key(key)
            after = self.wait_moved(before)
            if after:
                break
        else:
            raise AssertionError(f'{key} does not lead on from {before}')
        assert after[1], f'the focus is on a {after[0]} without a name'
        self.trail.append(after)

    def wait_moved(self, before):
        end = time.monotonic() + SETTLING_SECS
        while time.monotonic() < end:
            now = self.focus()
            if now and now != before:
                return now
            time.sleep(0.05)
        return None

    def go_to(self, start, role='button', key='Tab'):
        self.trail = []
        for _ in range(MOST_STEPS):
            at = self.focus()
            if at and at[0] == role and at[1].startswith(start):
                return
            self.step(key)
        raise AssertionError(f'{key} does not lead to the {role} ‘{start}’: {self.trail}')

    def press(self, start, role='button', key='Return'):
        self.go_to(start, role)
        self.key(key)

    def wait_heading(self, start):
        self.visit.wait_heading(lambda name: name.startswith(start), start)

    def begin(self):
        self.press('English')
        self.wait_heading('What would')

    def end(self):
        self.press('Start again')
        self.visit.wait(lambda: not self.visit.all('heading'), 'attract')


def find_choices(visit):
    return visit.all('radio button') or visit.all('check box')


def read_a_tip(machine):
    keyboard = Keyboard(machine.start('--kiosk', '--size', '1080x1920'))
    keyboard.begin()
    keyboard.press('Passwords')
    keyboard.press('Make it long')
    keyboard.wait_heading('Make it long')
    # What Tab passes, Shift and Tab passes again.
    keyboard.go_to('About this card')
    keyboard.go_to('Make it long', role='heading', key='shift+Tab')
    keyboard.press('High contrast')
    keyboard.go_to('Usual colours')
    keyboard.end()
    # Whoever comes next begins as the first did.
    keyboard.begin()


def play_a_round(machine):
    visit = machine.start('--kiosk', '--size', '1080x1920')
    keyboard = Keyboard(visit)
    keyboard.begin()
    keyboard.press('Quiz of the day')
    for number in range(5):
        first = visit.wait(lambda: find_choices(visit), 'the choices')[0]
        keyboard.press(plain(first), role=role_of(first), key='space')
        visit.wait(lambda: find_choices(visit)[0].getState().contains(pyatspi.STATE_CHECKED),
                   'the chosen answer')
        keyboard.press('Check my answer')
        onward = 'See the result' if number == 4 else 'Next question'
        visit.wait(lambda word=onward: visit.find('button', lambda name: name == word),
                   'the verdict')
        keyboard.press(onward)
        visit.wait(lambda word=onward: not visit.find('button', lambda name: name == word),
                   'the next page')
    visit.wait_heading(lambda name: name.endswith('of 5 right'), 'the result')
    keyboard.end()


def main():
    with Machine(*sys.argv[1:3]) as machine:
        return run_steps([('a tip, in high contrast', read_a_tip),
                          ('five questions and a result', play_a_round)], machine)


sys.exit(main())
