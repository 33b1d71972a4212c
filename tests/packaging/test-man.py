#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The man pages are whole and say what the programs do.

usage: test-man.py SOURCE PAGES-FOLDER PROGRAM…

Prints TAP. What is compared is the page as a reader sees it, against the programs and the sources.
"""

import os
import re
import subprocess
import sys

from tap import run_steps

ENVIRONMENT = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en', ASAN_OPTIONS='detect_leaks=0',
                   MANWIDTH='500', MANOPT='', MANPAGER='cat')
WORD = re.compile(r'(?<![\w-])--[a-z][a-z0-9-]*')


def run(*command):
    done = subprocess.run(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, check=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding='utf-8')
    assert not done.stderr, f'{command} says: {done.stderr}'
    return done.stdout


def show(path):
    """The page as text, after man has had nothing to complain about."""
    text = run('man', '--warnings', '-E', 'UTF-8', '-l', '-Tutf8', path)
    return re.sub(r'.\x08|\x1b\[[0-9;]*m', '', text)


def section(page, heading):
    found = re.search(rf'^{heading}\n(.*?)(?=^\S|\Z)', page, re.S | re.M)
    assert found, f'there is no section {heading}'
    return found.group(1)


class Pages:
    def __init__(self, source, folder, programs):
        self.source = source
        self.programs = programs
        self.paths = {name: os.path.join(folder, name)
                      for name in sorted(os.listdir(folder)) if re.search(r'\.[15]$', name)}

    def read(self, path):
        with open(os.path.join(self.source, path), encoding='utf-8') as file:
            return file.read()

    def names(self):
        """Each program has a page, the configuration too, and mandb finds their names."""
        wanted = {os.path.basename(program) + '.1' for program in self.programs}
        assert set(self.paths) == wanted | {'tomoshibi.conf.5'}, list(self.paths)
        for name, path in self.paths.items():
            said = run('lexgrog', path)
            assert f': "{name[:-2]} - ' in said, said
            assert show(path).rstrip().splitlines()[-1].startswith('Tomoshibi '), name

    def commands(self):
        """Every command and every option is on the page of its program, and no other."""
        for program in self.programs:
            name = os.path.basename(program)
            page = show(self.paths[name + '.1'])
            wanted = {'--help', '--version'} | set(WORD.findall(run(program, '--help')))
            commands = re.findall(r'^  ([a-z][a-z-]*(?: [a-z][a-z-]+)*)',
                                  run(program, '--help').partition('Commands:')[2], re.M)
            for command in commands:
                assert re.search(rf'^ +{command}( |$)', page, re.M), f'{name}: no {command}'
                wanted |= set(WORD.findall(run(program, *command.split(' '), '--help')))
            # Examples name what belongs to other programs.
            said = set(WORD.findall(re.sub(r'^EXAMPLES\n.*?(?=^\S)', '', page, flags=re.S | re.M)))
            assert said == wanted, f'{name}: {said ^ wanted}'
            assert bool(commands) == ('COMMANDS' in page), name

    def exit_codes(self):
        """The codes of the terminal programs are those of the interface."""
        codes = set(re.findall(r'TOMO_EXIT_\w+ = (\d+)', self.read('app/cli/tomo-invocation.h')))
        assert len(codes) > 2
        for name in ('tomoctl.1', 'tomopress.1'):
            said = set(re.findall(r'^ {7}(\d+)', section(show(self.paths[name]), 'EXIT STATUS'), re.M))
            assert said == codes, f'{name}: {said ^ codes}'
        said = section(show(self.paths['tomoshibi.1']), 'EXIT STATUS')
        main = re.findall(r'#define EXIT_CODE_\w+ (\d+)', self.read('app/kiosk/main.c'))
        assert set(re.findall(r'^ {7}(\d+)', said, re.M)) == {'0', *main}, said

    def settings(self):
        """tomoshibi.conf(5), and the example that it is made of, have every key and none else."""
        tables = [self.read('app/core/tomo-config-campaign.c'), self.read('app/core/tomo-config-kiosk.c')]
        keys = {'path'}
        for table in tables:
            found = re.search(r'char \*const \w*keys\[\] = \{(.*?)\}', table, re.S).group(1)
            keys |= set(re.findall(r'"([a-z0-9-]+)"', found))
        page = re.sub(r'^EXAMPLES\n.*?(?=^\S)', '', show(self.paths['tomoshibi.conf.5']), flags=re.S | re.M)
        said = set(re.findall(r'^ {7}([a-z0-9-]+)=', page, re.M))
        assert said == keys, said ^ keys

    def variables(self):
        """What the programs read from the environment under our name is on a page."""
        sources = subprocess.run(['grep', '-rhoE', '"TOMOSHIBI_[A-Z]+"', os.path.join(self.source, 'app')],
                                 check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout
        pages = ''.join(map(show, self.paths.values()))
        assert set(re.findall('TOMOSHIBI_[A-Z]+', pages)) == set(re.findall('TOMOSHIBI_[A-Z]+', sources))


def main():
    pages = Pages(sys.argv[1], sys.argv[2], sys.argv[3:])
    return run_steps([pages.names, pages.commands, pages.exit_codes, pages.settings, pages.variables])


sys.exit(main())
