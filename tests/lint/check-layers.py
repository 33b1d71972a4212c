#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the arrows between the layers.

usage: check-layers.py SOURCE [BUILD]

With a build folder it also looks at the flags that the layers were compiled with.
"""

import json
import os
import re
import sys

from tree import Lint

# Who may include whom. The order is that of the README.
MAY_INCLUDE = {
    'core': {'core'},
    'author': {'author', 'core'},
    'cli': {'cli', 'core'},
    'ctl': {'ctl', 'cli', 'core'},
    'press': {'press', 'author', 'cli', 'core'},
    'play': {'play'},
    'ui': {'ui', 'core'},
    'kiosk': {'kiosk', 'ui', 'core'},
}

# These parts of core do not know each other; TomoUpdate and TomoLibrary join them.
SEPARATE = ('trust', 'fetch', 'store', 'content')

SCREEN = r'(gtk|gdk|gsk|pango|cairo|graphene)[/.-]'
MAY_NOT_USE = {
    'core': [(SCREEN, 'screens'), (r'(libxml|librsvg|unicode)/', 'XML, SVG or ICU'),
             (r'glib/gi18n|libintl', 'translation'), (r'gettext-po', 'PO files')],
    'author': [(r'(gtk|gdk|gsk)/', 'screens')],
    'cli': [(SCREEN, 'screens'), (r'(libxml|librsvg|unicode)/', 'XML, SVG or ICU')],
    'ctl': [(SCREEN, 'screens'), (r'(libxml|librsvg|unicode)/', 'XML, SVG or ICU')],
    'press': [(r'(gtk|gdk|gsk)/', 'screens')],
    'ui': [(r'(libxml|librsvg|unicode)/', 'XML, SVG or ICU'), (r'curl/', 'the network')],
    'kiosk': [(r'(libxml|librsvg|unicode)/', 'XML, SVG or ICU')],
}

FLAGS_NOT_FOR = {
    'core': ('gtk-4.0', 'libxml2', 'librsvg'),
    'cli': ('gtk-4.0', 'libxml2', 'librsvg'),
    'ctl': ('gtk-4.0', 'libxml2', 'librsvg'),
    'author': ('gtk-4.0',),
    'press': ('gtk-4.0',),
}

PRINTS = re.compile(r'\b(g_print|g_printerr|printf|puts|putchar|perror|exit)\s*\('
                    r'|\bfprintf\s*\(\s*std(out|err)')
INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
GENERATED = ('config.h',)


def includes_of(lint, path):
    for number, line in enumerate(lint.read_lines(path), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1) == '"', found.group(2)


def core_part(path):
    parts = path.split('/')
    return parts[1] if parts[0] == 'core' and len(parts) > 2 and parts[1] in SEPARATE else None


def reached_parts(lint, path, seen):
    """The parts of core that a file reaches, through whatever headers."""
    parts = set()
    for _, is_ours, name in includes_of(lint, os.path.join('app', path)):
        if not is_ours or name in seen or not lint.exists(os.path.join('app', name)):
            continue
        seen.add(name)
        if core_part(name):
            parts.add((core_part(name), name))
        parts |= reached_parts(lint, name, seen)
    return parts


def check_include(lint, path, layer, number, is_ours, name):
    inner = path[len('app/'):]
    for pattern, what in MAY_NOT_USE.get(layer, []):
        if not is_ours and re.match(pattern, name):
            lint.complain(path, number, f'{layer} knows nothing of {what}: <{name}>')
    if not is_ours or name in GENERATED:
        return

    if '/' not in name:
        lint.complain(path, number, f'write the path from app/, so that it shows the layer: "{name}"')
        return
    target = name.split('/')[0]
    if target in MAY_INCLUDE and target not in MAY_INCLUDE[layer]:
        lint.complain(path, number, f'{layer} may not include {target}: "{name}"')
    if name.endswith('-private.h') and os.path.dirname(name) != os.path.dirname(inner):
        lint.complain(path, number, f'private to {os.path.dirname(name)}: "{name}"')


def check_file(lint, path):
    inner = path[len('app/'):]
    layer = inner.split('/')[0]
    if layer not in MAY_INCLUDE:
        lint.complain(path, 1, f'“{layer}” is no layer')
        return

    for number, is_ours, name in includes_of(lint, path):
        check_include(lint, path, layer, number, is_ours, name)

    own = core_part(inner)
    if own:
        for part, name in sorted(reached_parts(lint, inner, set())):
            if part != own:
                lint.complain(path, 1, f'core/{own} must not know core/{part}, but reaches "{name}"')

    if layer in ('core', 'author'):
        for number, line in enumerate(lint.read_lines(path), 1):
            if PRINTS.search(line) and not line.lstrip().startswith(('*', '/*')):
                lint.complain(path, number, f'{layer} does not print or exit; return a GError')


def check_flags(lint, build):
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as file:
        commands = json.load(file)
    for entry in commands:
        source = os.path.relpath(os.path.join(entry['directory'], entry['file']), lint.root)
        parts = source.split('/')
        if parts[0] != 'app':
            continue
        for flag in FLAGS_NOT_FOR.get(parts[1], ()):
            if flag in entry['command']:
                lint.complain(source, 1, f'{parts[1]} is compiled with the flags of {flag}')


def main():
    lint = Lint(sys.argv[1])
    for path in lint.files('app', suffixes=('.c', '.h')):
        check_file(lint, path)
    if len(sys.argv) > 2:
        check_flags(lint, sys.argv[2])
    lint.end()


main()
