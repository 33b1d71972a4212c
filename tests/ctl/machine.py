# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine with tomoctl on it, and a published campaign within its reach."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile

from tap import run_steps
from terminal import run_on_terminal

OK, FAILED, USAGE, OFFLINE, UNTRUSTED, INVALID, PARTLY = range(7)


class Machine:
    """A machine that follows nothing yet."""

    def __init__(self, work, tomopress, tomoctl, source, clock=None):
        os.makedirs(work, exist_ok=True)
        self.work = work
        self.tomopress = tomopress
        self.tomoctl = tomoctl
        self.source = source
        self.clock = clock
        self.number = 0
        self.repo = os.path.join(work, 'repo')
        self.root = os.path.join(self.repo, 'metadata/1.root.json')
        self.environment = dict(os.environ, LANGUAGE='en', HOME=os.path.join(work, 'home'))
        self.begin()
        self.publish()

    def begin(self):
        """Forgets what the step before configured and stored."""
        self.number += 1
        self.config = os.path.join(self.work, f'config-{self.number}', 'tomoshibi.conf')
        self.store = os.path.join(self.work, f'store-{self.number}')
        self.environment.update(TOMOSHIBI_CONFIG=self.config, LC_ALL='C.UTF-8')

    def publish(self):
        keys = [os.path.join(self.work, f'key-{number}') for number in (1, 2)]
        for key in keys:
            self.run(OK, self.tomopress, 'key', 'new', '--no-passphrase', key)
        self.run(OK, self.tomopress, 'repo', 'init', self.repo, '--demo', '--campaign',
                 os.path.join(self.source, 'content/campaign.conf'))
        self.run(OK, self.tomopress, 'repo', 'add-partner', self.repo, 'jp', '--threshold', '2',
                 '--key', keys[0] + '.pub', '--key', keys[1] + '.pub')
        self.run(OK, self.tomopress, 'repo', 'stage', self.repo, 'jp', '--allow-draft',
                 os.path.join(self.source, 'content/partners/jp/packs/accounts'))
        for key in keys:
            self.run(OK, self.tomopress, 'repo', 'sign', self.repo, 'jp', '--key', key)
        self.run(OK, self.tomopress, 'repo', 'publish', self.repo)

    def run(self, code, *command):
        """Runs a command and insists on its exit code; a refusal is one line on standard error."""
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60,
                                env=self.environment, stdin=subprocess.DEVNULL, cwd=self.work)
        shown = ' '.join(os.path.basename(word) for word in command)
        said = result.stdout + result.stderr
        print('\n'.join('# ' + line for line in [*f'$ {shown}'.splitlines(), *said.splitlines()]))
        assert result.returncode == code, f'{shown}: exit code {result.returncode}, not {code}'
        return result

    def ctl(self, *command, code=OK, store=True):
        options = ['--store', self.store] if store else []
        return self.run(code, self.tomoctl, *command, *options)

    def refused(self, code, *command, says=(), store=True):
        """Refused with @code, on one line that names all of @says, with nothing on standard output."""
        result = self.ctl(*command, code=code, store=store)
        assert result.stdout == '', f'wrote to standard output: {result.stdout}'
        line = result.stderr.splitlines()[0]
        assert line.startswith('tomoctl: '), line
        for word in says:
            assert word in line, f'does not name {word}: {line}'

    def json(self, *command, code=OK, store=True):
        """Prints exactly one JSON document."""
        return json.loads(self.ctl(*command, '--json', code=code, store=store).stdout)

    def add(self, name='demo', *more, root=None):
        self.ctl('campaign', 'add', name, '--url', self.repo, '--root', root or self.root, *more,
                 store=False)

    def export(self, *options):
        """Another machine syncs and writes a stick; this one begins with nothing beside it."""
        self.begin()
        self.add()
        self.ctl('sync')
        stick = os.path.join(self.work, f'stick-{self.number}')
        os.makedirs(stick)
        self.ctl('export', stick, *options)
        self.begin()
        return stick

    def printed(self):
        """What the organiser prints."""
        return self.run(OK, self.tomopress, 'repo', 'fingerprint', self.repo).stdout.strip()

    def terminal(self, code, *command, answer=None, wait_for=None):
        """Runs a command on a terminal, answers when it says @wait_for; gives what it wrote."""
        ended, text = run_on_terminal([self.tomoctl, *command], [(wait_for, answer)] if answer else [],
                                      self.environment)
        print('\n'.join('# ' + line for line in text.replace('\033', '^').splitlines()))
        assert ended == code, f'{command}: exit code {ended}, not {code}'
        return text

    def fingerprint(self):
        with open(self.root, 'rb') as file:
            return hashlib.sha256(file.read()).hexdigest()


def begin_anew(step):
    def begin_and_run(machine):
        machine.begin()
        step(machine)
    return step.__name__.replace('_', ' '), begin_and_run


def run_on_machine(steps):
    """Each of @steps has a configuration and a store of its own; the published campaign is shared.

    The program was called with TOMOPRESS TOMOCTL SOURCE [CLOCK]. CLOCK is tests/support/clock.c as a library;
    without it what needs another date is left out.
    """
    with tempfile.TemporaryDirectory(prefix='test-tomo-ctl-') as work:
        machine = Machine(os.path.realpath(work), *map(os.path.abspath, sys.argv[1:]))
        return run_steps([begin_anew(step) for step in steps], machine)
