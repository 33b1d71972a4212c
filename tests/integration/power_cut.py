# SPDX-License-Identifier: GPL-3.0-or-later
"""A disk that can lose its power.

It is told what a program did, from the log of tests/support/fault.c, and knows at every moment what
the disk must hold and what only the memory of the machine holds. A cut keeps any part of the latter:
POSIX promises no more, and file systems differ.
"""

import os
import shutil

# What only concerns modes and times leaves nothing half done.
HARMLESS = {'chmod', 'fchmod', 'fchmodat', 'utimensat', 'futimens'}


class Node:
    """A folder, a file or a link, whatever its name."""

    def __init__(self, kind, content=b''):
        self.kind = kind
        self.names = {}          # of a folder, as the program sees it
        self.durable_names = {}  # and as the disk holds it
        self.content = content   # of a file or link, in the same two ways
        self.durable_content = content


class Disk:
    """All below one folder."""

    def __init__(self, top):
        self.top = top
        self.root = self.load(top)
        self.waiting = []  # changes of names: lists of (folder, name, node or None)

    def load(self, path):
        """What is there when the story begins is on the disk."""
        if os.path.islink(path):
            return Node('link', os.readlink(path).encode())
        if os.path.isfile(path):
            with open(path, 'rb') as file:
                return Node('file', file.read())
        node = Node('folder')
        for name in os.listdir(path):
            node.names[name] = self.load(os.path.join(path, name))
        node.durable_names = dict(node.names)
        return node

    def find(self, path):
        node = self.root
        relative = os.path.relpath(path, self.top)
        for name in relative.split('/') if relative != '.' else []:
            node = node.names.get(name) if node else None
        return node

    def place(self, path):
        return self.find(os.path.dirname(path)), os.path.basename(path)

    def name(self, *changes):
        """Changes names, all of @changes or none."""
        for folder, name, node in changes:
            if node is None:
                folder.names.pop(name, None)
            else:
                folder.names[name] = node
        self.waiting.append(changes)

    # What programs do

    def apply(self, call, path, other, result, data):
        """Follows one call. An unknown one is a KeyError: then this file does not know enough."""
        if result < 0 or call in HARMLESS:
            return
        {'open': self.open, 'write': self.write, 'ftruncate': self.truncate,
         'ftruncate64': self.truncate, 'mkdir': self.mkdir, 'rmdir': self.remove,
         'unlink': self.remove, 'symlink': self.symlink, 'rename': self.rename, 'link': self.link,
         'fsync': self.sync, 'fdatasync': self.sync, 'syncfs': self.sync_all,
         }[call](path, other, data)

    def open(self, path, how, _data):
        node = self.find(path)
        if node is None and 'create' in how:
            self.name((*self.place(path), Node('file')))
        elif node is not None and 'truncate' in how:
            node.content = b''

    def write(self, path, offset, data):
        # An open file that has no name any more is of no consequence.
        node = self.find(path)
        if node is not None:
            start = int(offset)
            node.content = node.content[:start].ljust(start, b'\0') + data + \
                node.content[start + len(data):]

    def truncate(self, path, size, _data):
        node = self.find(path)
        node.content = node.content[:int(size)].ljust(int(size), b'\0')

    def mkdir(self, path, _mode, _data):
        self.name((*self.place(path), Node('folder')))

    def symlink(self, path, target, _data):
        self.name((*self.place(path), Node('link', target.encode())))

    def remove(self, path, _other, _data):
        self.name((*self.place(path), None))

    def rename(self, path, new, _data):
        node = self.find(path)
        self.name((*self.place(path), None), (*self.place(new), node))

    def link(self, path, new, _data):
        self.name((*self.place(new), self.find(path)))

    def sync(self, path, _other, _data):
        node = self.find(path)
        node.durable_content = node.content
        now = [changes for changes in self.waiting if any(change[0] is node for change in changes)]
        self.waiting = [changes for changes in self.waiting if changes not in now]
        for changes in now:
            commit(changes)

    def sync_all(self, _path, _other, _data):
        for changes in self.waiting:
            commit(changes)
        self.waiting = []
        each_node(self.root, lambda node: setattr(node, 'durable_content', node.content), set())

    # What is left of it

    def cut(self, random, folder):
        """Writes to @folder what may be there after the power has gone, as @random has it."""
        style = random.choice(['names in order', 'names at random', 'no names', 'all names'])
        end = random.randint(0, len(self.waiting))
        kept = {'names in order': self.waiting[:end], 'no names': [], 'all names': self.waiting,
                'names at random': [one for one in self.waiting if random.random() < 0.5]}[style]
        names = {}
        for changes in kept:
            for at, name, node in changes:
                table = names.setdefault(id(at), dict(at.durable_names))
                if node is None:
                    table.pop(name, None)
                else:
                    table[name] = node
        shutil.rmtree(folder, ignore_errors=True)
        write_out(self.root, folder, names, random)


def commit(changes):
    for folder, name, node in changes:
        if node is None:
            folder.durable_names.pop(name, None)
        else:
            folder.durable_names[name] = node


def each_node(node, func, seen):
    if id(node) in seen:
        return
    seen.add(id(node))
    func(node)
    for child in node.names.values():
        each_node(child, func, seen)


def spoil(node, random):
    """File systems allocate late: a name may be there long before its bytes."""
    before, after = node.durable_content, node.content
    if before == after:
        return after
    return random.choice([
        before, after, b'', after[:random.randint(0, len(after))], bytes(len(after)),
        random.randbytes(len(after))])


def write_out(node, path, names, random):
    if node.kind == 'link':
        os.symlink(node.content.decode(), path)
    elif node.kind == 'file':
        with open(path, 'wb') as file:
            file.write(spoil(node, random))
    else:
        os.mkdir(path)
        for name, child in names.get(id(node), node.durable_names).items():
            write_out(child, os.path.join(path, name), names, random)
        if os.path.basename(path) == 'private':
            os.chmod(path, 0o700)
