#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What bash offers after Tab is what the programs know.

usage: test-completion.py SOURCE TOMOCTL TOMOPRESS TOMOSHIBI

Prints TAP. A real bash completes on a terminal, as for a person who types.
"""

import os
import re
import subprocess
import sys
import tempfile

from tap import run_steps
from terminal import run_on_terminal


PROMPT = '-ready-'


class Shell:
    def __init__(self, source, folder, programs):
        self.programs = {os.path.basename(program): os.path.abspath(program) for program in programs}
        self.script = os.path.join(source, 'packaging/completion/tomoshibi.bash')
        self.folder = folder
        folders = [os.path.dirname(program) for program in self.programs.values()]
        self.environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='ja', TERM='dumb', INPUTRC='/dev/null',
                                HOME=folder, PATH=':'.join([*folders, os.environ['PATH']]),
                                TOMOSHIBI_CONFIG=os.path.join(folder, 'tomoshibi.conf'),
                                ASAN_OPTIONS='detect_leaks=0')
        self.rc = os.path.join(self.folder, 'rc')
        with open(self.rc, 'w', encoding='utf-8') as file:
            file.write(f'PS1={PROMPT}; set +o history; bind "set enable-bracketed-paste off"; . {self.script}\n')

    def press_tab(self, typed):
        """What stands on the terminal after Tab; the line is then left, and the shell."""
        # Before the prompt the terminal is not bash's own yet: what is typed would be the kernel's to edit.
        return run_on_terminal(['bash', '--noprofile', '--rcfile', self.rc, '-i'],
                               [(PROMPT, typed + '\t\x01#\r'), ('\n' + PROMPT, 'exit\r')],
                               self.environment, self.folder)[1]

    def offers(self, typed):
        """What is offered for the last word of @typed: asked of the function, as bash would."""
        words = [word for word in re.split(r'(=)|\s', typed) if word]
        if typed.endswith(' '):
            words.append('')
        previous, current = words[-2:]
        script = (f'. {self.script}; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); '
                  f'_tomoshibi "$1" {current!r} {previous!r}; printf "%s\\n" "${{COMPREPLY[@]}}"')
        done = subprocess.run(['bash', '-c', script, 'bash', *words], env=self.environment, check=True,
                              cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, encoding='utf-8')
        assert not done.stderr, f'{typed}: {done.stderr}'
        return set(done.stdout.split())

    def help(self, name, *words):
        return subprocess.run([self.programs[name], *words, '--help'], check=True, stdout=subprocess.PIPE,
                              env=dict(self.environment, LANGUAGE='en'), encoding='utf-8').stdout

    def commands(self, name):
        return re.findall(r'^  ([a-z][a-z-]*(?: [a-z][a-z-]+)*)',
                          self.help(name).partition('Commands:')[2], re.M)

    def commands_are_offered(self):
        for name in ('tomoctl', 'tomopress'):
            commands = self.commands(name)
            firsts = {command.split(' ')[0] for command in commands}
            assert self.offers(name + ' ') == firsts | {'--help', '--version'}, name
            for first in firsts:
                seconds = {command.split(' ')[1] for command in commands if command.startswith(first + ' ')}
                if seconds:
                    assert self.offers(f'{name} {first} ') == seconds, first

    def options_are_offered(self):
        for name in self.programs:
            for command in self.commands(name) or ['']:
                said = self.help(name, *command.split())
                wanted = set(re.findall(r'^  (?:-\w, )?(--[a-z0-9-]+=?)', said, re.M))
                assert self.offers(f'{name} {command} --') == wanted, f'{name} {command}'

    def values_are_offered(self):
        os.mkdir(os.path.join(self.folder, 'store'))
        os.mkdir(os.path.join(self.folder, 'stick'))
        with open(self.environment['TOMOSHIBI_CONFIG'], 'w', encoding='utf-8') as file:
            file.write('[campaign demo]\nurls=http://127.0.0.1:1/\n[campaign other]\nurls=http://127.0.0.1:1/\n')
        assert self.offers('tomoctl sync --store st') == {'store', 'stick'}
        assert self.offers('tomoctl sync --store=sto') == {'store'}
        assert self.offers('tomoctl sync --campaign ') == {'demo', 'other'}
        assert self.offers('tomoctl campaign remove o') == {'other'}
        assert 'rc' in self.offers('tomopress key show ')
        assert self.offers('tomopress pack build x -o st') == {'store', 'stick'}
        # No arguments, an unknown command, a number: nothing is better than a guess.
        for typed in ('tomoctl sync ', 'tomoctl nothing ', 'tomoctl a/b ', 'tomoctl sync --splay '):
            assert self.offers(typed) == set(), typed

    def bash_agrees(self):
        """On a terminal, with bash's own idea of words, and the blank or slash after them."""
        for typed, wanted in {'tomoctl syn': 'tomoctl sync ',
                              'tomoctl campaign re': 'tomoctl campaign remove ',
                              'tomoctl sync --lim': 'tomoctl sync --limit-rate=',
                              'tomoctl sync --campaign=o': 'tomoctl sync --campaign=other ',
                              'tomoctl sync --store=sto': 'tomoctl sync --store=store/',
                              'tomoctl sync --store sto': 'tomoctl sync --store store/'}.items():
            said = self.press_tab(typed)
            assert f'#{wanted}\r' in said, repr(said)


def main():
    with tempfile.TemporaryDirectory(prefix='tomoshibi-completion.') as folder:
        shell = Shell(sys.argv[1], folder, sys.argv[2:])
        return run_steps([shell.commands_are_offered, shell.options_are_offered, shell.values_are_offered,
                          shell.bash_agrees])


sys.exit(main())
