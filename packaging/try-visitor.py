#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses tomoshibi as a visitor would, through the accessibility tree, and looks at what happens.

usage: try-visitor.py wait-empty
       try-visitor.py wait-content
       try-visitor.py names
       try-visitor.py open-card LANGUAGE
       try-visitor.py leave LANGUAGE
       try-visitor.py tour LANGUAGE OTHER OUT

It speaks to the program that runs on the same session bus. The texts to expect come from the
catalogues below TOMOSHIBI_LOCALEDIR. A tour leaves pictures in the folder OUT; OTHER is the
language that is changed to in the middle of the quiz. Every step is checked by what it does to the
screen, and the first one that does nothing ends the program with its name and exit code 1.
"""

import gettext
import os
import re
import subprocess
import sys
import time
import zlib

import pyatspi

HERE = os.path.dirname(os.path.abspath(__file__))
SCREENSHOT = os.path.join(HERE, '../tests/support/screenshot.py')

WAIT_SECS = 20
POLL_SECS = 0.1

AUTONYMS = {'en': 'English', 'ja': '日本語', 'th': 'ไทย', 'ar': 'العربية',
            'id': 'Bahasa Indonesia', 'vi': 'Tiếng Việt'}

TOPICS = ['Fraud', 'Passwords', 'False messages', 'Updates', 'Public Wi-Fi', 'Devices at home',
          'Second step at sign-in', 'Copied voices and faces', 'Apps', 'Backups']

# By number: what is called “push button” in Debian 12 is “button” in Debian 13.
BUTTON = (pyatspi.ROLE_PUSH_BUTTON,)
CHOICE = (pyatspi.ROLE_RADIO_BUTTON, pyatspi.ROLE_CHECK_BOX, pyatspi.ROLE_TOGGLE_BUTTON)
HEADING = (pyatspi.ROLE_HEADING,)
ANYTHING = None


def fail(text):
    print(f'try-visitor.py: {text}', file=sys.stderr)
    sys.exit(1)


class Texts:
    """What the program says in one language."""

    def __init__(self, language):
        self.language = language
        folder = os.environ.get('TOMOSHIBI_LOCALEDIR')
        if language != 'en' and not gettext.find('tomoshibi', folder, [language]):
            fail(f'there is no catalogue of the program in {language} below {folder}')
        self.catalogue = gettext.translation('tomoshibi', folder, [language], fallback=True)

    def get(self, text, context=None):
        found = self.catalogue.pgettext(context, text) if context else self.catalogue.gettext(text)
        if found == text and self.language != 'en':
            fail(f'“{text}” is not translated into {self.language}')
        return found

    def pattern(self, text, context=None):
        """A regular expression for a text with {placeholders}."""
        parts = re.split(r'\{[a-z]+\}', self.get(text, context))
        return re.compile('^' + '.+'.join(re.escape(part) for part in parts))


class Screen:
    """What is on the screen, as a screen reader would find it."""

    def __init__(self):
        self.doing = 'finding the program'

    def application(self):
        desktop = pyatspi.Registry.getDesktop(0)
        # Without this a program that starts later is never seen.
        desktop.clear_cache()
        for application in desktop:
            if application is not None and application.name == 'tomoshibi':
                return application
        return None

    def walk(self, node):
        try:
            if not node.getState().contains(pyatspi.STATE_VISIBLE) and \
                    node.getRole() != pyatspi.ROLE_APPLICATION:
                return
            yield node
            children = list(node)
        except Exception:  # pylint: disable=broad-except
            # The page went away while it was looked at; the next look finds the new one.
            return
        for child in children:
            if child is not None:
                yield from self.walk(child)

    def nodes(self, roles=ANYTHING):
        application = self.application()
        if application is None:
            return
        for node in self.walk(application):
            try:
                if roles is ANYTHING or node.getRole() in roles:
                    yield node, node.name
            except Exception:  # pylint: disable=broad-except
                continue

    def look(self, matches, roles=ANYTHING):
        return [(node, name) for node, name in self.nodes(roles) if matches(name)]

    def wait(self, what, matches, roles=ANYTHING):
        """Waits until something matches; that it does not is what this program is there to find."""
        until = time.monotonic() + WAIT_SECS
        while time.monotonic() < until:
            found = self.look(matches, roles)
            if found:
                return found[0]
            time.sleep(POLL_SECS)
        shown = ' · '.join(name for _, name in self.nodes() if name)
        fail(f'{self.doing}: waited for {what} in vain. On the screen: {shown[:1500]}')
        return None

    def wait_text(self, text, roles=ANYTHING):
        return self.wait(f'“{text}”', lambda name: name.startswith(text), roles)

    def wait_pattern(self, pattern, roles=ANYTHING):
        return self.wait(f'“{pattern.pattern}”', pattern.search, roles)

    def press(self, node):
        action = node.queryAction()
        for index in range(action.nActions):
            if action.getName(index) in ('click', 'activate'):
                action.doAction(index)
                return
        fail(f'{self.doing}: “{node.name}” cannot be pressed')

    def press_text(self, text, roles=BUTTON):
        node, _ = self.wait_text(text, roles)
        self.press(node)

    def settle(self, most_secs=4):
        """Waits until nothing moves any more; pages slide, and a slow machine draws few frames."""
        until = time.monotonic() + most_secs
        seen = []
        while time.monotonic() < until and (len(seen) < 4 or len(set(seen[-4:])) > 1):
            time.sleep(0.1)
            with open(os.environ['TOMO_SCREEN_FILE'], 'rb') as file:
                seen.append(zlib.crc32(file.read()))

    def take_picture(self, path, settle_secs=4):
        self.settle(settle_secs)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        subprocess.run([sys.executable, SCREENSHOT, path], check=True)


def chosen(node):
    state = node.getState()
    return state.contains(pyatspi.STATE_CHECKED) or state.contains(pyatspi.STATE_PRESSED)


class Tour:
    """One visit, from the first touch to the result."""

    def __init__(self, screen, language, other, out):
        self.screen = screen
        self.language = language
        self.other = other
        self.out = out
        self.texts = Texts(language)

    def picture(self, name, settle_secs=4):
        if self.out is None:
            return
        self.screen.take_picture(os.path.join(self.out, f'{name}-{self.language}.png'), settle_secs)

    def now(self, doing):
        self.screen.doing = f'{doing} ({self.language})'

    def walk(self):
        self.attract()
        self.home()
        self.tip()
        self.trust()
        self.quiz()
        self.result()
        self.leave()

    def open_card(self):
        self.attract()
        self.home()
        self.tip()

    def attract(self):
        self.now('attract')
        self.screen.wait_text(AUTONYMS[self.language], BUTTON)
        # There the light moves for as long as nobody comes.
        self.picture('attract', settle_secs=1)
        self.screen.press_text(AUTONYMS[self.language])

    def home(self):
        self.now('home')
        self.screen.wait_text(self.texts.get('Quiz of the day'), BUTTON)
        self.picture('home')

    def open_topic(self):
        self.now('topic')
        names = [self.texts.get(topic, 'topic') for topic in TOPICS]
        tiles = self.screen.look(lambda name: name.startswith(tuple(names)), BUTTON)
        if not tiles:
            fail('home shows no topic')
        self.screen.press(tiles[0][0])
        self.screen.wait_text(self.texts.get('Quiz on this topic'), BUTTON)
        self.picture('topic')

    def tip(self):
        self.open_topic()
        self.now('tip')
        others = {self.texts.get(text) for text in
                  ('Back', 'Start again', 'Larger text', 'High contrast', 'Change the language',
                   'Help', 'Listen', 'Quiz on this topic')}
        tips = self.screen.look(
            lambda name: name and not name.startswith(tuple(others | set(AUTONYMS.values()))), BUTTON)
        if not tips:
            fail('the topic shows no tip')
        self.screen.press(tips[0][0])
        self.screen.wait_pattern(self.texts.pattern('About this card: {line}'), BUTTON)
        self.picture('tip')

    def trust(self):
        """Who signed it stands one touch deeper, and here it is demonstration keys."""
        self.now('who signed it')
        node, _ = self.screen.wait_pattern(self.texts.pattern('About this card: {line}'), BUTTON)
        self.screen.press(node)
        self.screen.wait_text(self.texts.get('Published by'))
        self.picture('trust')
        self.screen.press_text(self.texts.get('Back'))
        self.screen.wait_pattern(self.texts.pattern('About this card: {line}'), BUTTON)

    def change_language(self, now, then):
        self.screen.press_text(Texts(now).get('Change the language'))
        self.screen.press_text(AUTONYMS[then])
        self.screen.wait_pattern(Texts(then).pattern('Question {number} of {total}'))

    def prompt(self):
        headings = self.screen.look(lambda name: name, HEADING)
        if not headings:
            fail(f'{self.screen.doing}: no question on the screen')
        return headings[-1][1]

    def choose(self):
        choices = self.screen.look(lambda name: name, CHOICE)
        if len(choices) < 2:
            fail(f'{self.screen.doing}: {len(choices)} answers to choose from')
        self.screen.press(choices[0][0])
        return len(choices)

    def chosen(self):
        return [chosen(node) for node, _ in self.screen.look(lambda name: name, CHOICE)]

    def wait_chosen(self, wanted=None):
        """Waits until one answer is chosen, or just those that are wanted."""
        until = time.monotonic() + WAIT_SECS
        while time.monotonic() < until:
            now = self.chosen()
            if (now == wanted) if wanted else now.count(True) == 1:
                return now
            time.sleep(POLL_SECS)
        fail(f'{self.screen.doing}: the answer is not chosen: {self.chosen()}, not {wanted}')
        return None

    def wait_prompt(self, differs_from=None, wanted=None):
        until = time.monotonic() + WAIT_SECS
        while time.monotonic() < until:
            now = self.prompt()
            if now != differs_from and wanted in (None, now):
                return now
            time.sleep(POLL_SECS)
        fail(f'{self.screen.doing}: the question is “{self.prompt()}”, not {wanted or "another"}')
        return None

    def quiz(self):
        self.now('quiz')
        self.screen.press_text(self.texts.get('Quiz on this topic'))
        self.screen.wait_pattern(self.texts.pattern('Question {number} of {total}'))
        prompt = self.prompt()
        self.choose()
        before = self.wait_chosen()
        self.picture('quiz')

        self.now(f'changing the language to {self.other} in the middle of the quiz')
        self.change_language(self.language, self.other)
        self.wait_prompt(differs_from=prompt)
        self.wait_chosen(before)
        self.picture(f'quiz-in-{self.other}')
        self.change_language(self.other, self.language)
        self.wait_prompt(wanted=prompt)
        self.wait_chosen(before)

        self.now('answer')
        self.check()
        self.picture('answer')

    def check(self):
        verdicts = tuple(self.texts.get(text)
                         for text in ('That is right', 'Partly right', 'Not quite'))
        self.screen.press_text(self.texts.get('Check my answer'))
        self.screen.wait('a verdict', lambda name: name.startswith(verdicts))

    def result(self):
        """Answers what is left, and gets the result."""
        self.now('result')
        score = self.texts.pattern('{number} of {total} right')
        following = (self.texts.get('Next question'), self.texts.get('See the result'))
        for _ in range(10):
            self.screen.wait('the next question', lambda name: name in following, BUTTON)
            # On a slow machine the page before may still slide away, and stands before the new one.
            node, name = self.screen.look(lambda name: name in following, BUTTON)[-1]
            prompt = self.prompt()
            self.screen.press(node)
            if name == following[1]:
                break
            # The page before slides out while the new one slides in.
            self.wait_prompt(differs_from=prompt)
            self.screen.settle()
            self.choose()
            self.wait_chosen()
            self.check()
        self.screen.wait_pattern(score)
        self.picture('result')

    def leave(self):
        self.now('leaving')
        self.screen.press_text(self.texts.get('Start again'))
        self.screen.wait_text(AUTONYMS[self.other], BUTTON)


def main():
    screen = Screen()
    command = sys.argv[1]
    if command == 'wait-empty':
        screen.doing = 'the window before anything was fetched'
        screen.wait_text(Texts('en').get('Nothing to show yet'))
    elif command == 'wait-content':
        screen.doing = 'the window after the packs were fetched'
        for language in ('en', 'ja', 'th', 'ar'):
            screen.wait_text(AUTONYMS[language], BUTTON)
    elif command == 'names':
        print('\n'.join(f'{node.getRoleName()}: {name}' for node, name in screen.nodes() if name))
    elif command == 'open-card':
        Tour(screen, sys.argv[2], 'ja', None).open_card()
    elif command == 'leave':
        Tour(screen, sys.argv[2], 'ja', None).leave()
    elif command == 'tour':
        Tour(screen, *sys.argv[2:5]).walk()
    else:
        fail(f'there is no command {command}')


main()
