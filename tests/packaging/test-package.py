#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages hold what is installed, and machines that show content nothing else.

usage: test-package.py SOURCE BUILD PREFIX TOMOPRESS PROGRAM…

Prints TAP. Building them takes minutes and is packaging/deb.sh's business; this is what can be seen
without. The PROGRAMs are those of machines that show content.
"""

import fnmatch
import glob
import json
import os
import re
import subprocess
import sys

from tap import run_steps

# What of these libraries and functions only those who make content may use: design.md, section 10.
MAKERS_LIBRARIES = re.compile(r'\[lib(xml2|icu\w+|rsvg-2|gettextpo)\.so')
SIGNING = re.compile(r'\b(EVP_DigestSign\w*|EVP_PKEY_sign\w*|PEM_read\w*PrivateKey|d2i_\w*PrivateKey\w*|'
                     r'EVP_PKEY_keygen\w*)\b')


def read(*path):
    with open(os.path.join(*path), encoding='utf-8') as file:
        return file.read()


def run(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, encoding='utf-8').stdout


class Package:
    def __init__(self, source, build, prefix, tomopress, *programs):
        self.debian = os.path.join(source, 'packaging/debian')
        self.source = source
        self.build = build
        self.prefix = prefix
        self.tomopress = tomopress
        self.programs = programs

    def lists(self):
        """Each package, and the patterns of what is in it, as below /usr."""
        found = {}
        for path in glob.glob(os.path.join(self.debian, '*.install')):
            package = os.path.basename(path).removesuffix('.install')
            found[package] = [line.split()[0] for line in read(path).splitlines()]
        return found

    def files_are_packed_once(self):
        """Whatever is installed is in exactly one package, and no list names what is not installed."""
        installed = json.loads(read(self.build, 'meson-info/intro-installed.json')).values()
        files = {'usr/' + os.path.relpath(path, self.prefix) for path in installed}
        assert len(files) > 20, files
        unused = {(package, pattern) for package, patterns in self.lists().items() for pattern in patterns}
        for file in sorted(files):
            holders = [(package, pattern) for package, patterns in self.lists().items()
                       for pattern in patterns
                       if fnmatch.fnmatch(file, pattern) or file.startswith(pattern + '/')]
            assert len(holders) == 1, f'{file} is in {holders}'
            unused -= set(holders)
        # Where systemd was not found, its files are not installed.
        if not any('/systemd/system/' in file for file in files):
            unused = {(package, pattern) for package, pattern in unused
                      if not re.search(r'systemd|\.d/|kiosk-session', pattern)}
        assert not unused, unused

    def packages_are_described(self):
        """Each list belongs to a package of debian/control, and the other way round."""
        described = re.findall(r'^Package: (.*)', read(self.debian, 'control'), re.M)
        assert sorted(described) == sorted(self.lists()), described

    def build_needs_the_same(self):
        """What the build needs on a developer's machine is what debian/control says."""
        section = read(self.source, 'packaging/packages-build.txt').split('# the build\n')[1]
        here = {line.split()[0] for line in section.split('\n\n')[0].splitlines()
                if not line.startswith('#')}
        control = re.search(r'^Build-Depends:\n((?: .*\n)+)', read(self.debian, 'control'), re.M)
        debian = {line.strip(' ,').split(' ')[0] for line in control.group(1).splitlines()}
        # Every Debian build has a compiler; debhelper brings what packing needs; meson brings ninja.
        assert here - debian == {'gcc', 'libc6-dev', 'ninja-build'}, here - debian
        assert debian - here == {'debhelper-compat', 'dh-sequence-installsysusers', 'python3',
                                 'systemd-dev'}, debian - here

    def kiosk_brings_what_it_starts(self):
        """What the unit and its script start, or talk to, is what the package depends on or suggests."""
        control = read(self.debian, 'control').partition('Package: tomoshibi-kiosk\n')[2]
        needs = set(re.findall(r'^ ([a-z0-9-]+)', control.partition('Description:')[0], re.M))
        unit = read(self.source, 'packaging/systemd/tomoshibi-kiosk@.service.in')
        script = read(self.source, 'packaging/systemd/tomoshibi-kiosk-session.in')
        for word, text, package in (('seatd.service', unit, 'seatd'), ('LIBSEAT_BACKEND=seatd', unit, 'seatd'),
                                    ('cage ', script, 'cage'), ('cage ', script, 'xwayland'),
                                    ('wlr-randr ', script, 'wlr-randr')):
            assert word in text and package in needs, (word, package, needs)

    def nothing_of_makers_is_carried(self):
        """No XML parser, ICU, SVG or PO reader of ours, and nothing that signs or reads private keys."""
        for pattern in (MAKERS_LIBRARIES, SIGNING):
            # It can be found where it belongs.
            assert pattern.search(self.linked(self.tomopress)), pattern
            for program in self.programs:
                found = pattern.search(self.linked(program))
                assert not found, f'{program}: {found.group()}'

    def linked(self, program):
        """The libraries and functions that @program is linked with by itself."""
        return run('readelf', '--wide', '--dynamic', '--dyn-syms', program)


def main():
    package = Package(*sys.argv[1:])
    return run_steps([package.files_are_packed_once, package.packages_are_described,
                      package.build_needs_the_same, package.kiosk_brings_what_it_starts,
                      package.nothing_of_makers_is_carried])


sys.exit(main())
