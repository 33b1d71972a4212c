#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What translate-toolkit writes, Weblate commits; nothing but what po/README.md names may differ.

usage: check-roundtrip.py SOURCE TOMOPRESS

Each PO file of a pack goes through that writer and then through ‘tomopress pack update-po’, each of
the programs through that writer and msgcat. Then the file must be what it was. Without the toolkit
(python3-translate) the test is skipped.
"""

import os
import shutil
import subprocess
import sys
import tempfile

# What a person or Weblate writes into a header is their business.
FREE_FIELDS = ('X-Generator:', 'PO-Revision-Date:', 'Plural-Forms:', 'Last-Translator:')
SKIPPED = 77


def rewrite(path):
    """As Weblate does when somebody saves one message."""
    with open(path, 'rb') as file:
        store = PoFile.parsestring(file.read())
    store.updateheader(X_Generator='Weblate 5.0')
    # The writer wraps lines anew where it has changed a message; so all of them are changed.
    for unit in store.units:
        if not unit.isheader() and unit.target:
            target = unit.target
            unit.target = str(target) + ' '
            unit.target = target
    with open(path, 'wb') as file:
        file.write(bytes(store))


def read(path):
    with open(path, encoding='utf-8') as file:
        return [line for line in file if not line.startswith(tuple('"' + f for f in FREE_FIELDS))]


def compare(name, before, after):
    if before == after:
        return 0
    number = next((i for i, pair in enumerate(zip(before, after)) if pair[0] != pair[1]),
                  min(len(before), len(after)))
    print(f'{name}:{number + 1}: was {before[number:number + 1]}, is {after[number:number + 1]}')
    return 1


def environment():
    return dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en')


def try_pack(source, tomopress, pack, work):
    copy = os.path.join(work, os.path.basename(pack))
    shutil.copytree(pack, copy)
    # Where another change of the repository waits to be merged, that comes first.
    subprocess.run([tomopress, 'pack', 'update-po', copy], check=True, stdout=subprocess.DEVNULL,
                   env=environment())
    folder = os.path.join(copy, 'po')
    names = sorted(name for name in os.listdir(folder) if name.endswith('.po'))
    before = {name: read(os.path.join(folder, name)) for name in names}
    for name in names:
        rewrite(os.path.join(folder, name))
    subprocess.run([tomopress, 'pack', 'update-po', copy], check=True, stdout=subprocess.DEVNULL,
                   env=environment())
    return sum(compare(os.path.relpath(os.path.join(pack, 'po', name), source), before[name],
                       read(os.path.join(folder, name))) for name in names), len(names)


def try_programs(source, work):
    n_wrong = n_files = 0
    for name in sorted(os.listdir(os.path.join(source, 'po'))):
        if not name.endswith('.po'):
            continue
        n_files += 1
        copy = os.path.join(work, name)
        subprocess.run(['msgcat', '-o', copy, os.path.join(source, 'po', name)], check=True,
                       env=environment())
        before = read(copy)
        rewrite(copy)
        subprocess.run(['msgcat', '-o', copy, copy], check=True, env=environment())
        n_wrong += compare(f'po/{name}', before, read(copy))
    return n_wrong, n_files


def main():
    source, tomopress = sys.argv[1:3]
    n_wrong = n_files = 0
    with tempfile.TemporaryDirectory(prefix='test-roundtrip-') as work:
        for folder, _, names in sorted(os.walk(os.path.join(source, 'content/partners'))):
            if 'pack.xml' in names:
                wrong, files = try_pack(source, os.path.abspath(tomopress), folder, work)
                n_wrong += wrong
                n_files += files
        wrong, files = try_programs(source, work)
        n_wrong += wrong
        n_files += files
    print(f'{n_files} files, {n_wrong} of them changed')
    assert n_files > 0
    return 1 if n_wrong else 0


try:
    from translate.storage.pypo import pofile as PoFile
except ImportError:
    print('translate-toolkit is not here (python3-translate)')
    sys.exit(SKIPPED)

sys.exit(main())
