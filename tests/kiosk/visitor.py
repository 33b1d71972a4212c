# SPDX-License-Identifier: GPL-3.0-or-later
"""The program, run and seen through the accessible tree, as by a screen reader."""

import os
import subprocess
import tempfile
import time

import pyatspi

PATIENCE_SECS = 60
ISOLATES = dict.fromkeys(map(ord, '\u2066\u2067\u2068\u2069'))
# What only holds other things together; GTK 4.8 calls it by its class, and nobody reads it out.
STRUCTURE = ('filler', 'panel', 'scroll bar', 'scroll pane', 'viewport')
SPEAKING = ('button', 'radio button', 'check box', 'heading', 'list')


def role_of(node):
    """What is called “push button” in Debian 12 is “button” in Debian 13."""
    return node.getRoleName().removeprefix('push ')


class Visit:
    """One run of the program, seen through the accessible tree."""

    def __init__(self, program, store, *options):
        self.process = subprocess.Popen([program, '--store', store, *options],
                                        env=dict(os.environ, G_DEBUG='fatal-criticals'))
        self.window = None
        try:
            self.window = self.wait(self.find_window, 'the window')
        except AssertionError:
            self.end()
            raise

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


class Machine:
    """A home and a store of its own, where one visit begins when the one before has ended."""

    def __init__(self, program, fill_store):
        self.program = os.path.abspath(program)
        self.folder = tempfile.TemporaryDirectory(prefix='tomoshibi-kiosk-')
        home = self.folder.name
        os.environ.update(HOME=home, XDG_CONFIG_HOME=f'{home}/config', XDG_DATA_HOME=f'{home}/data',
                          TOMOSHIBI_CONFIG=f'{home}/kiosk.conf')
        os.environ.pop('GTK_A11Y', None)
        self.configure('')
        # One page at a time: what slides away would be found beside what slides in.
        os.makedirs(f'{home}/config/gtk-4.0')
        with open(f'{home}/config/gtk-4.0/settings.ini', 'w', encoding='utf-8') as settings:
            settings.write('[Settings]\ngtk-enable-animations=0\n')
        self.store = f'{home}/store'
        subprocess.run([os.path.abspath(fill_store), self.store], check=True)
        self.visit = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.end()
        self.folder.cleanup()

    def configure(self, text):
        with open(os.environ['TOMOSHIBI_CONFIG'], 'w', encoding='utf-8') as config:
            config.write(text)

    def start(self, *options, store=None):
        self.end()
        self.visit = Visit(self.program, store or self.store, *options)
        return self.visit

    def end(self):
        """Also after a step that failed in the middle of its visit."""
        visit, self.visit = self.visit, None
        if visit:
            visit.end()


def offered(program, wanted):
    """Those of the languages that visitors are offered: the window has all its words in them."""
    version = subprocess.run([program, '--version'], check=True, capture_output=True, text=True)
    whole = version.stdout.split('languages:')[1].split()
    for language in wanted:
        if language not in whole:
            print(f'# SKIP {language}: the window lacks words in it', flush=True)
    return [language for language in wanted if language in whole]


def plain(node):
    return (node.name or '').translate(ISOLATES)
