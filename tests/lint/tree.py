# SPDX-License-Identifier: GPL-3.0-or-later
"""What all lints share: which files belong to the project, and how a complaint is printed."""

import os
import sys

# Besides these, only what git knows would matter; but a tarball has no git.
NOT_OURS = ('.git', '_demo', '.cache', '__pycache__')


class Lint:
    """Collects complaints of the form FILE:LINE: TEXT."""

    def __init__(self, root):
        self.root = os.path.abspath(root)
        self.n_complaints = 0
        self.n_checked = 0

    def complain(self, path, line, text):
        self.n_complaints += 1
        print(f'{path}:{line}: {text}')

    def files(self, *under, suffixes=None):
        """Gives the paths of the project's files, relative to its root, in a stable order."""
        tops = under or ('.',)
        for top in tops:
            for folder, folders, names in os.walk(os.path.join(self.root, top)):
                folders[:] = sorted(name for name in folders
                                    if name not in NOT_OURS and not name.startswith('_build'))
                for name in sorted(names):
                    path = os.path.relpath(os.path.join(folder, name), self.root)
                    if suffixes is None or name.endswith(suffixes):
                        self.n_checked += 1
                        yield path

    def read(self, path):
        with open(os.path.join(self.root, path), encoding='utf-8', errors='replace') as file:
            return file.read()

    def read_lines(self, path):
        return self.read(path).splitlines()

    def exists(self, path):
        return os.path.exists(os.path.join(self.root, path))

    def end(self):
        """A lint that looked at nothing is broken, not content."""
        if self.n_checked == 0:
            print(f'nothing to check below {self.root}', file=sys.stderr)
            sys.exit(2)
        sys.exit(1 if self.n_complaints else 0)
