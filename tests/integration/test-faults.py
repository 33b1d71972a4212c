#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a sync leaves behind when it is killed or refused at any of its calls, or the power goes.

usage: test-faults.py TOMOPRESS TOMOCTL SOURCE FAULT

FAULT is tests/support/fault.c as a library. Prints TAP. Two partners publish six files; three times
all of them change. The ordinary run strikes at every call with a kill, a full disk and an I/O error,
and at some with the rest; with TOMO_TEST_LONG=1 everything happens everywhere.
"""

import collections
import concurrent.futures
import functools
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zlib

from power_cut import Disk
from tap import Skip, run_steps

OK, FAILED, USAGE, OFFLINE, UNTRUSTED, INVALID, PARTLY = range(7)
KILLED = -9
IS_LONG = os.environ.get('TOMO_TEST_LONG') == '1'
TWO_DAYS = 2 * 24 * 60 * 60
# Of the sums behind the files of a generation.
BLOCK_BYTES = 16384
PARTNERS = ('aa', 'bb')
N_READS = 50

CAMPAIGN = '''[campaign]
id=faults
name=Faults
languages=en;ja;lo;
''' + ''.join(f'\n[partner {partner}]\nname={partner}\nterritory=JP\n' for partner in PARTNERS)

# What changes the file system, for strace. (Debian 12 and 13 know no other.)
CHANGES = '''open openat openat2 creat write pwrite64 writev pwritev pwritev2 copy_file_range sendfile splice
truncate ftruncate fallocate fsync fdatasync syncfs sync sync_file_range msync mkdir mkdirat rmdir unlink
unlinkat rename renameat renameat2 link linkat symlink symlinkat chmod fchmod fchmodat fchmodat2 chown
fchown lchown fchownat utime utimes utimensat futimesat mknod mknodat setxattr fsetxattr lsetxattr
removexattr io_uring_setup io_submit'''.split()


class Fleet:
    """A campaign in three states, and machines that follow it."""

    def __init__(self, work, tomopress, tomoctl, source, fault):
        self.work, self.tomopress, self.tomoctl, self.fault = work, tomopress, tomoctl, fault
        self.repo = self.path('repo')
        self.config = self.path('config/tomoshibi.conf')
        self.environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en', HOME=self.path('home'),
                                TOMOSHIBI_CONFIG=self.config, SOURCE_DATE_EPOCH='0')
        self.publish(source)
        self.prepare()

    def path(self, name):
        return os.path.join(self.work, name)

    def start(self, *command, **more):
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60,
                              stdin=subprocess.DEVNULL, env=dict(self.environment, **more))

    def run(self, *command, code=OK):
        result = self.start(*command)
        assert result.returncode == code, f'{command}: {result.returncode}: {result.stderr}'
        return result.stdout

    def publish(self, source):
        """Makes the folders repo-1 to repo-3, one a state."""
        key, conf, pack = self.path('key'), self.path('campaign.conf'), self.path('basics')
        with open(conf, 'w', encoding='utf-8') as file:
            file.write(CAMPAIGN)
        shutil.copytree(os.path.join(source, 'tests/data/packs/basics'), pack)
        self.run(self.tomopress, 'key', 'new', '--no-passphrase', key)
        self.run(self.tomopress, 'repo', 'init', self.repo, '--demo', '--campaign', conf)
        for partner in PARTNERS:
            self.run(self.tomopress, 'repo', 'add-partner', self.repo, partner, '--threshold', '1',
                     '--key', key + '.pub')
        for number in (1, 2, 3):
            title_packs(pack, f'State {number}')
            for partner in PARTNERS:
                self.run(self.tomopress, 'repo', 'stage', self.repo, partner, '--allow-draft', pack)
                self.run(self.tomopress, 'repo', 'sign', self.repo, partner, '--key', key)
            if number > 1:
                self.run(self.tomopress, 'repo', 'renew', self.repo, 'root')
            self.run(self.tomopress, 'repo', 'publish', self.repo)
            shutil.copytree(self.repo, f'{self.repo}-{number}')

    def prepare(self):
        """Learns what whole states look like, and where each story begins."""
        self.run(self.tomoctl, 'campaign', 'add', 'demo', '--url', self.repo,
                 '--root', os.path.join(self.repo, 'metadata/1.root.json'))
        store = self.path('before/store')
        os.makedirs(os.path.dirname(store))
        self.states = {}
        for number in (1, 2, 3):
            self.run(self.tomoctl, 'sync', '--store', store, '--from', f'{self.repo}-{number}')
            self.states[number] = read_state(store)
            self.states[f'words {number}'] = self.words(store)
            if number == 2:
                # A day later there is something to clear away, too.
                age(store)
                shutil.copytree(store, self.path('at-2'), symlinks=True)
        assert len({self.states[number] for number in (1, 2, 3)}) == 3

    def words(self, store):
        return self.start(self.tomoctl, 'list', '--store', store, '--language', 'en').stdout

    def sync(self, store, number=3, **fault):
        return self.start(self.tomoctl, 'sync', '--store', store, '--from', f'{self.repo}-{number}',
                          **fault)

    def strike(self, store, at=0, kind='none', is_for_ever=False, log=None):
        more = {'LD_PRELOAD': self.fault, 'TOMO_FAULT_PATH': store, 'TOMO_FAULT_AT': str(at),
                'TOMO_FAULT_KIND': kind}
        if is_for_ever:
            more['TOMO_FAULT_EVER'] = '1'
        if log:
            more['TOMO_FAULT_LOG'] = log
        return self.sync(store, **more)

    def begin_stopped(self, store, number):
        """A sync that stands still before one of its calls."""
        process = subprocess.Popen(
            [self.tomoctl, 'sync', '--store', store, '--from', f'{self.repo}-3'], text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
            env=dict(self.environment, LD_PRELOAD=self.fault, TOMO_FAULT_PATH=store,
                     TOMO_FAULT_AT=str(number), TOMO_FAULT_KIND='stop'))
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status), f'ended before call {number}'
        return process

    def begin(self, story, name):
        """A store at the beginning of @story, in a folder of its own."""
        folder = self.path(f'{story}-{name}')
        os.makedirs(folder)
        store = os.path.join(folder, 'store')
        if story == 'update':
            shutil.copytree(self.path('at-2'), store, symlinks=True)
        return store

    def check(self, story, store, note):
        """The old state or the new one, whole; then the next sync brings the new one."""
        old = self.states[2] if story == 'update' else None
        state = read_state(store)
        assert state in (old, self.states[3]), f'{note}: a mixture: {state}'
        # Readers come while nothing has been repaired yet. Who verifies asks for a repair; the next
        # sync has to do without, too.
        if zlib.crc32(note.encode()) % 2:
            self.verify_cut(store, state or (), note)
        if state:
            number = 3 if state == self.states[3] else 2
            assert self.words(store) == self.states[f'words {number}'], f'{note}: shows something else'
        result = self.sync(store)
        assert result.returncode == OK, f'{note}: cannot go on: {result.returncode} {result.stderr}'
        assert read_state(store) == self.states[3], f'{note}: not new after the next sync'
        assert self.start(self.tomoctl, 'verify', '--store', store).returncode == OK, note
        self.check_clean(story, store, note)

    def verify_cut(self, store, state, note):
        """What was being fetched may be damaged after a power cut, and in a new store after a kill; but
        nothing that is shown."""
        result = self.start(self.tomoctl, 'verify', '--store', store)
        allowed = (OK, INVALID) if 'power' in note or not state else (OK,)
        assert result.returncode in (allowed if state else (*allowed, FAILED)), \
            f'{note}: {result.returncode} {result.stderr}'
        damaged = set(re.findall('[0-9a-f]{64}', result.stdout + result.stderr))
        assert not damaged & {digest for _, digest in state}, f'{note}: {result.stderr}'

    def check_clean(self, story, store, note):
        """Nothing half done is left; and when a day has passed, nothing that nobody needs."""
        assert os.listdir(os.path.join(store, 'private/partial')) == [], f'{note}: pieces are left'
        assert set(os.listdir(store)) == {'format', 'private', 'objects', 'campaigns'}, note
        age(store)
        self.run(self.tomoctl, 'sync', '--store', store, '--from', f'{self.repo}-3', '--language', 'en')
        generations = generation_numbers(store)
        assert len(generations) == 2, f'{note}: {generations}'
        listed = set().union(*(read_objects(store, number) for number in generations))
        found = {name for _, _, names in os.walk(os.path.join(store, 'objects')) for name in names}
        assert found == listed, f'{note}: {found - listed} are left, {listed - found} are missing'


def title_packs(pack, title):
    """Another title and another revision in every language."""
    path = os.path.join(pack, 'pack.xml')
    with open(path, encoding='utf-8') as file:
        text = file.read()
    revision = int(re.search(r'revision="(\d+)"', text)[1])
    old = re.search(r'<title>([^<]*)</title>', text)[1]
    text = text.replace(f'<title>{old}<', f'<title>{title}<', 1)
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text.replace(f'revision="{revision}"', f'revision="{revision + 1}"'))
    for name in ('ja', 'lo'):
        path = os.path.join(pack, 'po', name + '.po')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace(f'msgid "{old}"', f'msgid "{title}"'))


def sha256(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_generation_file(store, number, name, digest):
    """A file of a generation: its bytes, then the SHA-256 of each of their blocks."""
    path = os.path.join(store, f'campaigns/demo/generations/{number}', name)
    with open(path, 'rb') as file:
        whole = file.read()
    n_blocks = -(-len(whole) // (BLOCK_BYTES + 32))
    size = len(whole) - n_blocks * 32
    sums = whole[size:]
    assert hashlib.sha256(sums).hexdigest() == digest, f'{path} is damaged'
    for i in range(n_blocks):
        block = whole[i * BLOCK_BYTES:min((i + 1) * BLOCK_BYTES, size)]
        assert hashlib.sha256(block).digest() == sums[i * 32:i * 32 + 32], f'{path} is damaged'
    return whole[:size]


def read_manifest(store, number):
    """What a generation says it consists of: pairs of a path and a SHA-256."""
    path = os.path.join(store, f'campaigns/demo/generations/{number}/manifest')
    with open(path, 'rb') as file:
        manifest = file.read()
    assert hashlib.sha256(manifest[32:]).digest() == manifest[:32], f'{path} is damaged'
    files = {name.decode(): digest.decode() for name, digest in
             re.findall(rb'(index/[!-~]+|objects)\0([0-9a-f]{64})\0', manifest)}
    objects = read_generation_file(store, number, 'objects', files['objects'])
    pairs = [(name.decode(), digest.decode()) for name, digest in
             re.findall(rb'([a-z]+/[!-~]+)\0([0-9a-f]{64})\0', objects)]
    assert len(pairs) >= 7, f'{path} lists {pairs}'
    return frozenset(pairs) | frozenset(files.items())


def is_file(path):
    return path.startswith('index/') or path == 'objects'


def read_objects(store, number):
    return {digest for path, digest in read_manifest(store, number) if not is_file(path)}


def read_state(store):
    """What the current generation consists of, after looking at all of it; None if there is none.

    This reads the files itself, not through the programs that are to be tested.
    """
    current = os.path.join(store, 'campaigns/demo/current')
    if not os.path.lexists(current):
        return None
    number = os.path.basename(os.readlink(current))
    state = read_manifest(store, number)
    for path, digest in state:
        if is_file(path):
            read_generation_file(store, number, path, digest)
        else:
            found = os.path.join(store, 'objects', digest)
            assert sha256(found) == digest, f'{path} is damaged'
    return state


def generation_numbers(store):
    return sorted(os.listdir(os.path.join(store, 'campaigns/demo/generations')), key=int)


def age(store):
    """Lets two days pass."""
    then = time.time() - TWO_DAYS
    for top, folders, names in os.walk(store):
        for name in folders + names:
            os.utime(os.path.join(top, name), (then, then), follow_symlinks=False)


def read_log(path):
    with open(path, encoding='utf-8') as file:
        for line in file:
            call, name, other, result, data = line.rstrip('\n').split('\t')
            yield call, name, other, int(result), bytes.fromhex(data)


def in_parallel(func, work):
    """All of it, even if something fails, so that one run tells everything."""
    failures = []
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for future in [pool.submit(func, *one) for one in work]:
            try:
                future.result()
            except AssertionError as error:
                failures.append(str(error))
    print(f'# {len(work)} times', flush=True)
    assert not failures, f'{len(failures)} of {len(work)}:\n' + '\n'.join(failures[:20])


def count_calls(fleet, story):
    """How many calls there are to strike at; they come in the same order each time."""
    store = fleet.begin(story, 'count')
    log = fleet.path(f'{story}.log')
    assert fleet.strike(store, log=log).returncode == OK
    fleet.check(story, store, 'untouched')
    calls = list(read_log(log))
    print(f'# {story}:', collections.Counter(call[0] for call in calls))
    return calls


def strike_once(fleet, story, kind, is_for_ever, number, name):
    """One fault in one store."""
    note = f'{story}, {kind} at {number} ({name})'
    store = fleet.begin(story, f'{kind}-{number}')
    result = fleet.strike(store, number, kind, is_for_ever)
    if kind in ('before', 'after'):
        assert result.returncode == KILLED, f'{note}: exit code {result.returncode}'
    elif kind == 'short':
        assert result.returncode == OK, f'{note}: {result.stderr}'
    else:
        assert result.returncode in (OK, FAILED), f'{note}: {result.returncode} {result.stderr}'
        if result.returncode == OK:
            assert read_state(store) == fleet.states[3], f'{note}: “ok”, and nothing has come'
        else:
            lines = result.stderr.splitlines()
            assert len(lines) >= 1 and store in result.stderr, f'{note}: names nothing: {lines}'
            assert kind != 'ENOSPC' or 'free some space' in result.stderr, f'{note}: {lines}'
    fleet.check(story, store, note)
    shutil.rmtree(os.path.dirname(store))


def strike_everywhere(story, kind, step, fleet, is_for_ever=False, only=None):
    calls = fleet.calls[story]
    numbers = [number for number, call in enumerate(calls, 1) if only in (None, call[0])]
    step = 1 if IS_LONG else step
    in_parallel(functools.partial(strike_once, fleet, story, kind, is_for_ever),
                [(number, calls[number - 1][0]) for number in numbers[::step]])


# --- the steps ------------------------------------------------------------------------------------

def sees_every_call(fleet):
    """What is counted is what the kernel sees: no call that changes something is forgotten."""
    if shutil.which('strace') is None:
        raise Skip('there is no strace')
    trace = fleet.path('trace')
    store = fleet.begin('update', 'trace')
    strace = ['strace', '-f', '-qq', '-y', '-o', trace, '-e',
              'trace=' + ','.join('?' + name for name in CHANGES)]
    if fleet.start(*strace, 'true').returncode != OK:
        raise Skip('strace may not trace here')
    log = fleet.path('traced.log')
    result = fleet.start(*strace, '-E', 'LD_PRELOAD=' + fleet.fault, '-E', 'TOMO_FAULT_PATH=' + store,
                         '-E', 'TOMO_FAULT_LOG=' + log, fleet.tomoctl, 'sync', '--store', store,
                         '--from', f'{fleet.repo}-3')
    assert result.returncode == OK, result.stderr
    seen = collections.Counter()
    with open(trace, encoding='utf-8', errors='replace') as file:
        for line in file:
            call = re.match(r'\d+ +(\w+)\((.*)', line)
            if call and store in call[2].split(' = ')[0] and \
                    (not call[1].startswith('open') or re.search(r'O_WRONLY|O_RDWR|O_CREAT', call[2])):
                seen[re.sub('at2?$', '', call[1])] += 1
    counted = collections.Counter(call[0] for call in read_log(log))
    for one in ('utimensat', 'fchmodat'):
        counted[re.sub('at2?$', '', one)] += counted.pop(one, 0)
    assert seen.total() > 50, f'strace says {seen}'
    assert +seen == +counted, f'the kernel saw {seen}, we counted {counted}'


def survives_power_cut(story, n_seeds, fleet):
    """The power goes after each call, and any part of what was not synced is lost."""
    work = []
    top = os.path.dirname(fleet.path(f'{story}-count/store'))
    start = fleet.begin(story, 'disk')
    disk = Disk(os.path.dirname(start))
    for number, (call, name, other, result, data) in enumerate(fleet.calls[story], 1):
        moved = [text.replace(top, disk.top) for text in (name, other)]
        disk.apply(call, *moved, result, data)
        for seed in range(n_seeds if not IS_LONG else 20 * n_seeds):
            folder = fleet.path(f'{story}-cut-{number}-{seed}')
            disk.cut(random.Random(f'{story} {number} {seed}'), folder)
            work.append((folder, f'{story}, power cut after {number} ({call}), seed {seed}'))

    def look(folder, note):
        fleet.check(story, os.path.join(folder, 'store'), note)
        shutil.rmtree(folder)
    in_parallel(look, work)


def lets_one_write(fleet):
    """While a sync stands still at any of its calls, a second one says who is in its way and leaves,
    and whoever reads sees the old state or the new one; then the first goes on as if nothing were."""
    def stop(number, name):
        note = f'stopped at {number} ({name})'
        store = fleet.begin('update', f'stop-{number}')
        process = fleet.begin_stopped(store, number)
        second = fleet.sync(store)
        # The first call opens the lock, and so comes before it.
        assert second.returncode == (OK if number == 1 else FAILED), f'{note}: {second.returncode}'
        assert number == 1 or 'another program' in second.stderr, f'{note}: {second.stderr}'
        state = read_state(store)
        assert state in (fleet.states[2], fleet.states[3]), f'{note}: a mixture'
        assert fleet.words(store) == fleet.states[f'words {3 if state == fleet.states[3] else 2}'], note
        shown = fleet.start(fleet.tomoctl, 'show', 'aa/basics', '--language', 'en', '--store', store)
        assert shown.returncode == OK, f'{note}: {shown.stderr}'
        process.send_signal(signal.SIGCONT)
        _, said = process.communicate(timeout=60)
        assert process.returncode == OK, f'{note}: {said}'
        fleet.check('update', store, note)
        shutil.rmtree(os.path.dirname(store))

    in_parallel(stop, [(number, call[0]) for number, call in enumerate(fleet.calls['update'], 1)])


def shows_readers_whole_states(fleet):
    """Who lists while syncs follow one another sees one whole state or the next, never a mixture."""
    store = fleet.begin('update', 'readers')
    wanted = {fleet.states['words 2'], fleet.states['words 3']}
    # Two states that both are newer than the last: a selection makes a generation, too.
    turns = [['--from', f'{fleet.repo}-3'], ['--from', f'{fleet.repo}-3', '--language', 'en']]
    seen = collections.Counter()
    done = False

    def read():
        while not done:
            words = fleet.words(store)
            shown = fleet.start(fleet.tomoctl, 'show', 'aa/basics', '--language', 'en', '--store', store)
            assert words in wanted, f'shown in the middle: {words}'
            assert shown.returncode == OK, shown.stderr
            seen[words] += 1

    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        try:
            for turn in range(N_READS):
                fleet.run(fleet.tomoctl, 'sync', '--store', store, *turns[turn % 2])
        finally:
            done = True
        for reader in readers:
            reader.result()
    print(f'# {N_READS} syncs, {sum(seen.values())} readings, generation {generation_numbers(store)[-1]}')
    assert int(generation_numbers(store)[-1]) >= N_READS
    assert sum(seen.values()) > 20


def finds_each_flipped_bit(fleet):
    """One bit in any object, or in any file of a generation, is found, named and repaired."""
    store = fleet.begin('update', 'flips')
    fleet.run(fleet.tomoctl, 'sync', '--store', store, '--from', f'{fleet.repo}-3')
    current = read_state(store)
    paths = [os.path.join(top, name) for folder in ('objects', 'campaigns/demo/current/index')
             for top, _, names in os.walk(os.path.join(store, folder)) for name in names]
    paths.append(os.path.join(store, 'campaigns/demo/current/objects'))

    def flip(number, path):
        own = os.path.join(fleet.path(f'flip-{number}'), 'store')
        shutil.copytree(store, own, symlinks=True)
        path = os.path.join(own, os.path.relpath(path, store))
        # An object is named by what it was, a file of a generation by where it is.
        name = sha256(path)[:8] if f'{own}/objects/' in path else path.partition('/current/')[2]
        with open(path, 'r+b') as file:
            content = file.read()
            at = random.Random(number).randrange(len(content))
            file.seek(at)
            file.write(bytes([content[at] ^ 0x10]))
        result = fleet.start(fleet.tomoctl, 'verify', '--store', own)
        assert result.returncode == INVALID, f'{path}: not found: {result.returncode}'
        assert name in result.stdout + result.stderr, f'{path}: not named: {result.stderr}'
        result = fleet.sync(own)
        assert result.returncode == OK, f'{path}: not repaired: {result.stderr}'
        assert fleet.start(fleet.tomoctl, 'verify', '--store', own).returncode == OK, path
        assert read_state(own) == current, path

    in_parallel(flip, list(enumerate(paths)))


def build_steps():
    steps = [('counts every call that the kernel sees', sees_every_call)]
    for story in ('first', 'update'):
        for name, kind, step, is_for_ever, only in (
                ('killed before each call', 'before', 1, False, None),
                ('killed after each call', 'after', 4, False, None),
                ('one call meets a full disk', 'ENOSPC', 1, False, None),
                ('one call meets an I/O error', 'EIO', 1, False, None),
                ('the disk stays full', 'ENOSPC', 4, True, None),
                ('the disk becomes read-only', 'EROFS', 4, True, None),
                ('the kernel takes half of what is written', 'short', 1, False, 'write')):
            steps.append((f'{story} sync: {name}', functools.partial(
                strike_everywhere, story, kind, step, is_for_ever=is_for_ever, only=only)))
        steps.append((f'{story} sync: power cut after each call',
                      functools.partial(survives_power_cut, story, 1)))
    return steps + [('a second sync, and readers, at each call', lets_one_write),
                    ('readers during fifty syncs', shows_readers_whole_states),
                    ('one flipped bit anywhere', finds_each_flipped_bit)]


def main():
    with tempfile.TemporaryDirectory(prefix='test-faults-') as work:
        fleet = Fleet(work, *sys.argv[1:])
        fleet.calls = {story: count_calls(fleet, story) for story in ('first', 'update')}
        return run_steps(build_steps(), fleet)


sys.exit(main())
