#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Machines without a network: what tomoctl writes on a stick, and takes from one.

usage: test-tomo-ctl-stick.py TOMOPRESS TOMOCTL SOURCE

Prints TAP.
"""

import json
import os
import shutil
import subprocess
import sys

from machine import FAILED, INVALID, OK, PARTLY, UNTRUSTED, USAGE, Machine, run_on_machine


def tree_of(stick):
    return os.path.join(stick, 'tomoshibi', 'demo')


def files_of(folder):
    return sorted(os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)


def flip_byte(path):
    with open(path, 'r+b') as file:
        content = bytearray(file.read())
        content[len(content) // 2] ^= 1
        file.seek(0)
        file.write(content)


def fills_a_machine_from_a_stick(machine):
    """Two languages of one partner, the fingerprint on paper, and no network at all."""
    stick = machine.export('--partner', 'jp', '--language', 'ja', '--language', 'th')
    packs = [name for name in files_of(tree_of(stick)) if '/packs/' in name]
    assert sorted(name.split('.')[-3] for name in packs) == ['en', 'ja', 'th'], packs
    assert not any(os.path.islink(name) for name in files_of(stick))

    groups = machine.printed()
    machine.ctl('campaign', 'add', 'here', '--from', stick, '--fingerprint',
                groups.lower().replace(' ', ''), store=False)
    result = machine.ctl('sync', '--from', stick)
    assert result.stdout == '' and result.stderr == '', 'sync is not quiet in a pipe'
    said = machine.ctl('sync', '--from', stick, '--verbose').stdout
    assert 'nothing is new' in said and 'jp in ja th' in said, said
    synced = machine.json('sync', '--from', stick)['campaigns'][0]
    assert synced['stick']['partners'] == ['jp'] and synced['stick']['languages'] == ['ja', 'th']
    machine.ctl('verify')
    for language in ('ja', 'th', 'en'):
        assert machine.json('show', 'jp/accounts', '--language', language)['items']
    machine.refused(FAILED, 'sync', '--from', stick, '--partner', 'th', says=['jp', 'th'])
    machine.refused(FAILED, 'sync', '--from', stick, '--language', 'vi', says=['ja, th', 'vi'])

    # A machine that was filled from a stick fills the next one with what it has.
    second = os.path.join(machine.work, 'second-stick')
    os.makedirs(second)
    exported = machine.json('export', second)['campaigns'][0]
    assert exported['languages'] == ['en', 'ja', 'th'] and exported['left-out'] == [], exported
    machine.refused(FAILED, 'export', second, '--language', 'vi', says=['vi', 'tomoctl sync'])


def sets_up_by_fingerprint_only(machine):
    """Nothing vouches for the root of a stick or a mirror but the paper, and a person."""
    stick = machine.export()
    groups = machine.printed()
    add = ('campaign', 'add', 'demo')
    for place in (['--from', stick], ['--url', machine.repo]):
        machine.refused(UNTRUSTED, *add, *place, says=['--fingerprint'], store=False)
        wrong = ('0000' if not groups.startswith('0000') else '1111') + groups[4:]
        machine.refused(UNTRUSTED, *add, *place, '--fingerprint', wrong, says=[groups], store=False)
        machine.refused(USAGE, *add, *place, '--fingerprint', groups[:20], says=['--fingerprint'],
                        store=False)
    bare = os.path.join(machine.work, 'bare')
    os.makedirs(bare)
    machine.refused(FAILED, *add, '--from', bare, '--fingerprint', groups, says=[bare, 'export'],
                    store=False)
    assert not os.path.exists(machine.config)

    ask = (*add, '--from', stick)
    said = machine.terminal(UNTRUSTED, *ask, answer='0000 0000\n', wait_for='groups:')
    assert groups in said and 'nothing was added' in said
    assert 'cancelled' in machine.terminal(FAILED, *ask, answer='\x03', wait_for='groups:')
    assert not os.path.exists(machine.config)
    machine.terminal(OK, *ask, answer=groups[:9].lower().replace(' ', '') + '\n', wait_for='groups:')
    assert machine.fingerprint() in open(machine.config, encoding='utf-8').read()
    machine.ctl('campaign', 'add', 'mirror', '--url', machine.repo, '--fingerprint', groups, store=False)
    machine.ctl('sync', '--campaign', 'mirror')


def names_a_tampered_stick(machine):
    """Whatever was changed on a stick is named, and the machine stays as it was."""
    stick = machine.export()
    tree = tree_of(stick)
    machine.add()
    machine.ctl('sync', '--from', stick)
    shown = machine.json('show', 'jp/accounts')
    pack = next(name for name in files_of(tree) if name.endswith('.ja.k1.gz'))

    def spoil(path, code, says, fresh=False):
        kept = machine.store
        machine.store = kept + '-fresh' if fresh else kept
        shutil.copy(path, path + '.kept')
        flip_byte(path)
        result = machine.ctl('sync', '--from', stick, code=code)
        for word in says:
            assert word in result.stderr, f'does not name {word}: {result.stderr}'
        os.replace(path + '.kept', path)
        shutil.rmtree(kept + '-fresh', ignore_errors=True)
        machine.store = kept

    spoil(pack, PARTLY, ['jp', 'ja.k1.gz'], fresh=True)
    spoil(os.path.join(tree, 'metadata/1.jp.json'), PARTLY, ['jp'], fresh=True)
    spoil(os.path.join(tree, 'metadata/timestamp.json'), INVALID, [tree, 'export to it again'])
    spoil(os.path.join(tree, 'stick.json'), INVALID, [tree])
    os.remove(os.path.join(tree, 'metadata/timestamp.json'))
    machine.refused(INVALID, 'sync', '--from', stick, says=[tree, 'export to it again'])
    machine.refused(FAILED, 'sync', '--from', stick + '-not', says=['mounted'])
    assert machine.json('show', 'jp/accounts') == shown
    machine.ctl('verify')


def repairs_from_a_stick(machine):
    """What verify finds, a sync from a stick brings back."""
    stick = machine.export()
    machine.add()
    machine.ctl('sync', '--from', stick)
    for path in files_of(os.path.join(machine.store, 'objects'))[:2]:
        flip_byte(path)
    machine.ctl('verify', code=INVALID)
    machine.ctl('sync', '--from', stick)
    assert machine.json('verify')['damaged'] == []


def takes_one_of_several_from_a_stick(machine):
    """A stick need not carry every campaign of a machine; what is missing of one it does carry is
    no reason to pass that over in silence."""
    other = Machine(os.path.join(machine.work, 'another'), machine.tomopress, machine.tomoctl,
                    machine.source)
    stick = machine.export()
    tree = os.path.join(stick, 'tomoshibi', 'demo')
    machine.ctl('campaign', 'add', 'another', '--url', other.repo, '--root', other.root, store=False)
    machine.refused(FAILED, 'sync', '--from', other.repo + '/targets', says=['no campaign'])
    machine.add()
    machine.refused(USAGE, 'sync', '--from', 'http://127.0.0.1:1/', says=['another, demo', '--campaign'])
    for place in (stick, tree, other.repo):
        row, = machine.json('sync', '--from', place)['campaigns']
        assert row['campaign'] == ('another' if place == other.repo else 'demo'), row
        assert row['outcome'] == ('unchanged' if place == tree else 'changed'), row

    machine.begin()
    machine.add()
    machine.ctl('campaign', 'add', 'another', '--url', other.repo, '--root', other.root, store=False)
    shutil.rmtree(os.path.join(tree, 'targets'))
    said = machine.ctl('sync', '--from', stick, code=FAILED).stderr
    assert 'campaign.k1.gz' in said, said
    machine.ctl('campaign', 'remove', 'demo', store=False)
    machine.ctl('campaign', 'add', 'third', '--url', other.repo, '--root', other.root, store=False)
    machine.refused(FAILED, 'sync', '--from', stick, says=['another, third', stick])


def leaves_the_files_of_others(machine):
    """An export changes nothing on a stick but its own folder, and refuses what it did not write."""
    stick = machine.export()
    photo = os.path.join(stick, 'photo.jpg')
    with open(photo, 'w', encoding='utf-8') as file:
        file.write('x')
    machine.add()
    machine.ctl('sync')
    machine.ctl('export', stick)
    assert machine.json('export', stick)['campaigns'][0]['written'] == 0
    with open(os.path.join(tree_of(stick), 'diary.txt'), 'w', encoding='utf-8') as file:
        file.write('x')
    machine.refused(FAILED, 'export', stick, says=[tree_of(stick), 'diary.txt'])
    assert os.path.exists(photo)

    os.makedirs(os.path.join(machine.work, 'usb/tomoshibi'))
    shutil.copytree(machine.repo, os.path.join(machine.work, 'usb/tomoshibi/demo'))
    machine.refused(FAILED, 'export', os.path.join(machine.work, 'usb'), says=['no export has written'])
    machine.refused(FAILED, 'export', '/nonexistent', says=['/nonexistent', 'mounted'])
    machine.refused(USAGE, 'export', says=['export'])
    machine.refused(USAGE, 'export', '', says=['export', 'empty'])


def takes_names_in_any_bytes(machine):
    """Whoever named a stick or a folder: it is found, also by a terminal that knows ASCII alone, and
    what is printed as JSON is JSON."""
    filled = os.path.join(machine.export(), 'tomoshibi')
    for name in (os.fsencode('スティック'), b'stick\xff'):
        stick = os.path.join(os.fsencode(machine.work), name)
        store = stick + b'-store'
        shutil.copytree(os.fsencode(filled), os.path.join(stick, b'tomoshibi'))
        machine.add()
        for locale in ('C.UTF-8', 'C'):
            machine.environment['LC_ALL'] = locale
            for command in ([b'sync', b'--from', stick], [b'status'], [b'doctor'],
                            [b'export', stick], [b'verify']):
                said = subprocess.run([machine.tomoctl, *command, b'--json', b'--store', store],
                                      capture_output=True, check=True, env=machine.environment).stdout
                document = json.dumps(json.loads(said), ensure_ascii=False)
                assert command == [b'verify'] or name.decode(errors='replace') in document, (command, said)
    machine.environment['LC_ALL'] = 'C.UTF-8'
    machine.refused(USAGE, 'campaign', 'add', 'bytes', '--url', '/stick\udcff', '--root', machine.root,
                    says=['UTF-8'], store=False)


sys.exit(run_on_machine([
    fills_a_machine_from_a_stick, sets_up_by_fingerprint_only, names_a_tampered_stick, repairs_from_a_stick,
    takes_one_of_several_from_a_stick, leaves_the_files_of_others, takes_names_in_any_bytes]))
