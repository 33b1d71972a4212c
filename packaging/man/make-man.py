#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a man page of a hand-written template and of what the program says itself.

usage: make-man.py TEMPLATE OUTPUT [--program FILE] [--settings FILE] [NAME=VALUE]…

In the template a line that is `@commands@` becomes every command of FILE with its options, as
their --help has them; `@options@` the options of a program without commands; `@settings@` the keys
of a commented example of a configuration; and `@include NAME@` a file beside the template.
Elsewhere `@NAME@` becomes VALUE. What is left over is an error: a page is whole or not there.
"""

import argparse
import os
import re
import subprocess

# `campaign add NAME`: one or two words in small letters, then what the command takes.
COMMAND = re.compile(r'  ([a-z][a-z-]*(?: [a-z][a-z-]*)?)(?= |$)')
OPTION = re.compile(r'  ((?:-[a-z], )?--[a-z0-9-]+(?:=\S+)?) {2,}(\S.*)')
SETTING = re.compile(r'#?([a-z0-9-]+)=(.*)')
GROUP = re.compile(r'#?\[(.+)\]')


def escape(text):
    """Makes @text plain text for roff: a hyphen that may be typed, no control line."""
    text = text.replace('\\', '\\e').replace('-', '\\-')
    return '\\&' + text if text[:1] in ".'" else text


def emphasise(usage):
    """Sets what is typed in bold, and what stands for something else in italics."""
    words = re.split(r'((?<![\w-])--?[a-z][a-z0-9-]*|[A-Z][A-Z]+)', usage)
    return ''.join('\\fB' + escape(word) + '\\fR' if word.startswith('-') else
                   '\\fI' + word + '\\fR' if re.fullmatch('[A-Z]+', word) else
                   word.replace('\\', '\\e').replace('-', '\\-')
                   for word in words if word)


def end(sentence):
    return sentence if sentence.endswith(('.', '!', '?')) else sentence + '.'


class Program:
    """What a program says of itself, in the language of its source."""

    def __init__(self, path):
        self.path = os.path.abspath(path)

    def ask(self, *words):
        environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en',
                           ASAN_OPTIONS='detect_leaks=0')
        return subprocess.run([self.path, *words, '--help'], env=environment, check=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              encoding='utf-8').stdout

    def commands(self):
        lines = self.ask().splitlines()
        return [match.group(1) for match in map(COMMAND.match, lines) if match]

    def options(self, *words):
        """Each option and its help, but for --help itself."""
        found = [match.groups() for match in map(OPTION.match, self.ask(*words).splitlines()) if match]
        return [(option, text) for option, text in found if not option.startswith('-h, --help')]

    def usage(self, command):
        """What follows the name of @command, and what it is for."""
        _, line, _, summary = self.ask(*command.split(' ')).splitlines()[:4]
        return line.partition(command)[2].strip(), summary


def write_options(options):
    for option, text in options:
        yield '.TP'
        yield emphasise(option)
        yield escape(end(text))


def write_commands(program):
    commands = program.commands()
    if not commands:
        raise SystemExit(f'make-man.py: {program.path} --help lists no commands')
    for command in commands:
        usage, summary = program.usage(command)
        yield '.TP'
        yield ('\\fB' + escape(command) + '\\fR ' + emphasise(usage)).strip()
        yield escape(end(summary))
        yield '.RS'
        yield from write_options(program.options(*command.split(' ')))
        yield '.RE'


def write_settings(lines):
    """A block is comments and the keys they describe; without keys it belongs to its group."""
    comments, keys = [], []
    # The first block is about the file, which the page says in its own words.
    is_preface = True
    for line in [*lines, '']:
        group, setting = GROUP.fullmatch(line), SETTING.fullmatch(line)
        if group:
            is_preface = False
            yield f'.SH "[{escape(group.group(1))}]"'
        elif setting:
            yield '.TQ' if keys else '.TP'
            keys.append(setting.group(1))
            yield '\\fB{}\\fR=\\fI{}\\fR'.format(*map(escape, setting.groups()))
        elif line:
            comments.append(line.removeprefix('#').strip())
        if group or not line:
            if not is_preface:
                yield from map(escape, comments)
            comments, keys = [], []


def read_lines(path):
    with open(path, encoding='utf-8') as file:
        return file.read().splitlines()


def fill(line, options, values):
    include = re.fullmatch(r'@include (\S+)@', line)
    if include:
        path = os.path.join(os.path.dirname(options.template), include.group(1))
        for included in read_lines(path):
            yield from fill(included, options, values)
    elif line == '@commands@':
        yield from write_commands(Program(options.program))
    elif line == '@options@':
        yield from write_options(Program(options.program).options())
    elif line == '@settings@':
        yield from write_settings(read_lines(options.settings))
    else:
        yield re.sub('@([a-z]+)@', lambda match: values[match.group(1)], line)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('template')
    parser.add_argument('output')
    parser.add_argument('--program')
    parser.add_argument('--settings')
    parser.add_argument('values', nargs='*')
    options = parser.parse_intermixed_args()
    values = dict(value.split('=', 1) for value in options.values)

    page = [filled for line in read_lines(options.template)
            for filled in fill(line, options, values)]
    with open(options.output, 'w', encoding='utf-8') as file:
        file.write('\n'.join(page) + '\n')


if __name__ == '__main__':
    main()
