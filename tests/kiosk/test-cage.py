#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kill the kiosk in its compositor, in every way, and see the start screen come back.

usage: test-cage.py TOMOSHIBI FILL-STORE SESSION

What the unit does is done here by a loop: whatever ends the session, it is started again; and an
operator who leaves must be told from that. To be run by
tests/support/with-display.sh; skipped (77) where there is no cage, or nobody but root to run it as.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PATIENCE_SECS = 60
SKIPPED = 77
LEFT = 10


def unprivileged():
    """cage is not for root."""
    if os.geteuid() != 0:
        return [], os.geteuid()
    nobody = pwd.getpwnam('nobody')
    return ['setpriv', f'--reuid={nobody.pw_uid}', f'--regid={nobody.pw_gid}', '--clear-groups'], \
        nobody.pw_uid


def is_lit():
    """Whether anything but black stands on the screen."""
    with open(os.environ['TOMO_SCREEN_FILE'], 'rb') as file:
        pixels = file.read()[4096:]
    return len(set(pixels[::997])) > 8


def wait(look, what):
    end = time.monotonic() + PATIENCE_SECS
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f'{what} did not happen')


def find_below(parent, name):
    """The process of that name among all that come from one."""
    children = subprocess.run(['pgrep', '-P', str(parent)], check=False, capture_output=True,
                              text=True).stdout.split()
    for child in children:
        with open(f'/proc/{child}/comm', encoding='utf-8') as file:
            if file.read().strip() == name:
                return int(child)
        found = find_below(child, name)
        if found:
            return found
    return None


class Kiosk:
    def __init__(self, session, program, folder, turns='0'):
        prefix, uid = unprivileged()
        runtime = os.path.join(folder, 'run')
        os.makedirs(runtime, mode=0o700, exist_ok=True)
        os.chown(runtime, uid, -1)
        environment = dict(os.environ, WLR_BACKENDS='x11', WLR_RENDERER='pixman',
                           GSK_RENDERER='cairo', XDG_RUNTIME_DIR=runtime, HOME=runtime, G_DEBUG='',
                           RUNTIME_DIRECTORY=runtime, KIOSK_TURNS=turns,
                           DBUS_SESSION_BUS_ADDRESS='unix:path=/nonexistent')
        for name in ('GDK_BACKEND', 'GDK_DEBUG'):
            environment.pop(name, None)
        self.command = [*prefix, '/bin/sh', session, *program]
        self.environment = environment
        self.log = open(os.path.join(folder, 'log'), 'wb')
        self.session = None

    def run(self):
        self.session = subprocess.Popen(self.command, env=self.environment, stdout=self.log,
                                        stderr=self.log)

    def start(self):
        begun = time.monotonic()
        self.run()
        wait(is_lit, 'the start screen')
        return time.monotonic() - begun

    def end(self, victim, number):
        os.kill(victim, number)
        status = self.session.wait(timeout=PATIENCE_SECS)
        wait(lambda: not is_lit(), 'the end of the picture')
        return status


def main():
    program, fill_store, session = (os.path.abspath(path) for path in sys.argv[1:4])
    if not shutil.which('cage') or not shutil.which('Xwayland'):
        return SKIPPED
    folder = tempfile.mkdtemp(prefix='tomoshibi-cage.')
    os.chmod(folder, 0o755)
    try:
        config = os.path.join(folder, 'kiosk.conf')
        with open(config, 'w', encoding='utf-8') as file:
            file.write('[kiosk]\nidle-secs=60\n')
        os.environ['TOMOSHIBI_CONFIG'] = config
        store = os.path.join(folder, 'store')
        subprocess.run([fill_store, store], check=True)
        subprocess.run(['chmod', '-R', 'a+rX', store], check=True)
        # However the screen hangs, and whatever was written about that.
        for turns in ('0', '1', 'left'):
            leaving = Kiosk(session, ['/bin/sh', '-c', f'exit {LEFT}'], folder, turns)
            leaving.run()
            assert leaving.session.wait(timeout=PATIENCE_SECS) == LEFT, turns
        kiosk = Kiosk(session, [program, '--kiosk', '--store', store], folder)
        kiosk.start()
        for victim, number in (('tomoshibi', signal.SIGSEGV), ('tomoshibi', signal.SIGKILL),
                               ('cage', signal.SIGTERM), ('cage', signal.SIGKILL)):
            pid = wait(lambda: find_below(kiosk.session.pid, victim), f'the start of {victim}')
            status = kiosk.end(pid, number)
            seconds = kiosk.start()
            assert status != LEFT
            print(f'{victim} got {number.name}: the session ended with {status}, '
                  f'the start screen was back after {seconds:.1f} s', flush=True)
        kiosk.end(find_below(kiosk.session.pid, 'tomoshibi'), signal.SIGKILL)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


sys.exit(main())
