#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Try to get out of the kiosk, on the real program with real keys and touches.

usage: test-lock.py TOMOSHIBI FILL-STORE

A visitor presses every key that could lead out, one by one; an operator gets in by corners and by
keys, with the PIN; a crash leaves nothing of a visit. To be run by tests/support/with-display.sh.
"""

import hashlib
import os
import signal
import subprocess
import sys

from tap import run_steps
from visitor import Machine

WIDTH, HEIGHT = 1080, 1920
PIN, WRONG_PIN = '246813', '111111'
SALT = bytes(range(16))
HASH = hashlib.pbkdf2_hmac('sha256', PIN.encode(), SALT, 1000).hex()
CONFIG = f'''[kiosk]
pin=pbkdf2-sha256$1000${SALT.hex()}${HASH}
idle-secs=3600
'''
LEFT = 10

# Menus, inspectors, windows, consoles, printing, saving, searching, zooming, ending.
KEYS = (
    'alt+F4', 'alt+F2', 'alt+Tab', 'alt+Escape', 'alt+space', 'alt+Left', 'ctrl+q', 'ctrl+w',
    'ctrl+n', 'ctrl+t', 'ctrl+p', 'ctrl+s', 'ctrl+o', 'ctrl+f', 'ctrl+c', 'ctrl+z', 'ctrl+F1',
    'ctrl+shift+d', 'ctrl+shift+i', 'ctrl+question', 'ctrl+plus', 'ctrl+alt+Delete',
    'ctrl+alt+BackSpace', 'ctrl+alt+F2', 'ctrl+alt+t', 'ctrl+Escape', 'super', 'super+d', 'super+l',
    'super+r', 'F2', 'F3', 'F4', 'F5', 'F6', 'F10', 'F11', 'F12', 'shift+F10', 'Menu', 'Print',
    'Pause', 'Scroll_Lock', 'XF86PowerOff', 'XF86Sleep', 'XF86HomePage', 'XF86WWW', 'XF86Search',
)


def xdotool(*arguments):
    subprocess.run(['xdotool', *map(str, arguments)], check=True, stderr=subprocess.DEVNULL)


def tap(x, y):
    xdotool('mousemove', x, y, 'click', 1)


def hold(x, y):
    xdotool('mousemove', x, y, 'mousedown', 1, 'sleep', 1.6, 'mouseup', 1)


def open_by_corners():
    hold(8, 8)
    hold(WIDTH - 8, 8)
    hold(8, 8)


def open_by_keys():
    xdotool('key', '--delay', 60, 'F1', 'F1', 'F1', 'Escape', 'Escape', 'Escape', 'F1', 'F1', 'F1')


def type_pin(visit, pin):
    visit.wait_heading(lambda name: name == 'For the operator', 'the panel')
    xdotool('key', '--delay', 30, *pin)
    visit.wait(lambda: visit.find('label', lambda name: name == '●' * len(pin)), 'the dots')
    xdotool('key', 'KP_Enter')


def windows():
    """Everything that X shows: an inspector or a menu would be one more."""
    found = subprocess.run(['xdotool', 'search', '--onlyvisible', '--name', '.*'], check=False,
                           capture_output=True, text=True).stdout
    return sorted(found.split())


def is_home(visit):
    return len(visit.all('heading')) == 1 and len(visit.all('button')) > 6


def is_fresh(visit):
    """The same process, another program in it; the registry may know the old one for a while."""
    visit.window = visit.find_window()
    return visit.window and visit.find('button', lambda name: name == 'English') \
        and not visit.all('heading')


def begin(visit):
    visit.press_button('English')
    visit.wait(lambda: is_home(visit), 'home')


def start_again(visit):
    visit.press_button('Start again')
    visit.wait(lambda: visit.find('button', lambda name: name == 'English') and not visit.all('heading'),
               'attract')


def start(machine, *options):
    visit = machine.start('--kiosk', '--size', f'{WIDTH}x{HEIGHT}', *options)
    visit.wait(lambda: visit.find('button', lambda name: name == 'English'), 'attract')
    tap(WIDTH // 2, 20)
    return visit


def locked(machine):
    """a locked machine shows nothing unsigned, and speaks the language that was fixed"""
    machine.configure('[kiosk]\nlanguage=th\n')
    for options, says in ((['--preview', '/tmp'], '--preview'), (['--language', 'ja'], 'language=th')):
        ended = subprocess.run([machine.program, *options], check=False, capture_output=True, text=True,
                               timeout=60)
        assert ended.returncode == 1 and says in ended.stderr, ended


def locked_in_vain(machine):
    """locked to a language that the campaign lacks, it offers what there is"""
    machine.configure(CONFIG + 'language=ko\n')
    begin(start(machine))


def desk(machine):
    """on a desk the program is a window that begins in the desktop's language, and closes"""
    os.environ['LANGUAGE'] = 'ja'
    try:
        visit = machine.start('--size', '1024x600')
        visit.wait(lambda: visit.window.name == '小さな灯', 'the name of the campaign in Japanese')
    finally:
        os.environ['LANGUAGE'] = 'en'


def keys(machine):
    """no key leads out, from attract or from a page"""
    visit = start(machine)
    shown = windows()
    for go_on in (begin, start_again):
        for key in KEYS:
            xdotool('key', key)
            assert visit.process.poll() is None, f'{key} ended the program'
        # What has gone on has done with the keys.
        go_on(visit)
        assert windows() == shown, 'a window opened'


def menus(machine):
    """no touch opens a menu: second button, long touch, and what a pen has"""
    visit = start(machine)
    begin(visit)
    shown = windows()
    for x, y in ((200, 100), (540, 300), (540, 900), (100, HEIGHT - 60)):
        for button in (2, 3, 8, 9):
            xdotool('mousemove', x, y, 'click', button)
        xdotool('mousemove', x, y, 'mousedown', 3, 'sleep', 1.2, 'mouseup', 3)
    assert windows() == shown
    assert not visit.all('menu') and not visit.all('text')
    visit.wait(lambda: is_home(visit), 'home')


def no_pin(machine):
    """without a PIN the corners open nothing"""
    machine.configure('')
    visit = start(machine)
    open_by_corners()
    open_by_keys()
    # The same keys open the help; when it has gone, so would the panel have come.
    start_again(visit)
    assert not visit.find('heading', lambda name: name == 'For the operator')


def leaves(machine):
    """corners, a wrong PIN, the right PIN, and out"""
    visit = start(machine)
    open_by_corners()
    type_pin(visit, WRONG_PIN)
    visit.wait(lambda: visit.find('label', lambda name: 'not the PIN' in name), 'the refusal')
    type_pin(visit, PIN)
    visit.press_button('Leave the program')
    assert visit.process.wait(timeout=30) == LEFT


def restarts(machine):
    """keys alone, the right PIN, and the program begins anew without the visit"""
    visit = start(machine)
    begin(visit)
    visit.press_button('High contrast')
    open_by_keys()
    type_pin(visit, PIN)
    visit.press_button('Start the program again')
    visit.wait(lambda: is_fresh(visit), 'attract, in the new program')


def closes(machine):
    """Escape gives the screen back to the visitors"""
    visit = start(machine)
    open_by_corners()
    visit.wait_heading(lambda name: name == 'For the operator', 'the panel')
    xdotool('key', 'Escape')
    visit.wait(lambda: not visit.all('heading'), 'attract')


def crashes(machine):
    """after a crash the next start knows nothing of the visitor"""
    visit = start(machine)
    begin(visit)
    visit.press_button('High contrast')
    kept = snapshot(os.environ['HOME'])
    visit.process.send_signal(signal.SIGSEGV)
    assert visit.process.wait(timeout=30) == -signal.SIGSEGV
    assert snapshot(os.environ['HOME']) == kept, 'a visit left a file'
    visit = start(machine)
    assert not visit.all('heading')
    begin(visit)
    assert visit.find('button', lambda name: name == 'High contrast')


def snapshot(folder):
    """All files under a folder, with what they hold; a cache of fonts is no visitor's."""
    files = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)
            if os.path.islink(path):
                files[path] = os.readlink(path)
            elif 'fontconfig' not in path:
                with open(path, 'rb') as file:
                    files[path] = hashlib.sha256(file.read()).hexdigest()
    return files


def configure_and(step):
    def configure_and_run(machine):
        machine.configure(CONFIG)
        step(machine)
    return step.__doc__, configure_and_run


def main():
    with Machine(*sys.argv[1:3]) as machine:
        return run_steps([configure_and(step) for step in (
            locked, locked_in_vain, desk, keys, menus, no_pin, leaves, restarts, closes, crashes)], machine)


sys.exit(main())
