#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole chain over a real web server: build, sign, publish, fetch, verify, keep, show.

usage: test-chain.py TOMOPRESS TOMOCTL SOURCE

Prints TAP. The steps come one after the other and use what those before them left.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from tap import Skip, run_steps

OK, FAILED, USAGE, OFFLINE, UNTRUSTED, INVALID, PARTLY = range(7)

# ‘nobody’ on every Debian.
NOBODY = 65534

SMALL_DISK = 'size=256k,mode=777'

# An expired repository is one that was made so long ago; roles live for a year at most.
LONG_AGO = '2024-01-01T00:00:00Z'

PARTNERS = {'jp': ['accounts', 'screens'], 'th': ['money', 'out-and-about']}


class Chain:
    """The machines of the story: a hub with its partners, a web server, and a kiosk."""

    def __init__(self, work):
        self.work = work
        self.tomopress = self.path('tomopress')
        self.tomoctl = self.path('tomoctl')
        self.repo = self.path('repo')
        self.public = self.path('public')
        self.store = self.path('store')
        self.url = None
        self.environment = dict(
            os.environ, HOME=self.path('home'), TOMOSHIBI_CONFIG=self.path('home/tomoshibi.conf'),
            XDG_CONFIG_HOME=self.path('home/config'),
            XDG_DATA_HOME=self.path('home/data'), XDG_CACHE_HOME=self.path('home/cache'),
            XDG_CONFIG_DIRS=self.path('none'), LC_ALL='C.UTF-8', LANGUAGE='en',
            LSAN_OPTIONS='suppressions=' + self.path('lsan.supp'),
            no_proxy='127.0.0.1', NO_PROXY='127.0.0.1')

    def path(self, name):
        return os.path.join(self.work, name)

    # Running programs

    def run(self, code, *command, **options):
        """Runs a command, insists on its exit code, and returns what it said."""
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300,
                                env=self.environment, stdin=subprocess.DEVNULL, **options)
        said = result.stdout + result.stderr
        shown = ' '.join(os.path.basename(word) for word in command)
        print('\n'.join('# ' + line for line in [f'$ {shown}', *said.splitlines()]))
        assert result.returncode == code, f'{shown}: exit code {result.returncode}, not {code}'
        if code != OK:
            assert said.strip(), f'{shown}: failed without a word'
        return said

    def press(self, *command, code=OK):
        return self.run(code, self.tomopress, *command)

    def ctl(self, *command, code=OK, store=None):
        return self.run(code, self.tomoctl, *command, '--store', store or self.store)

    # The hub and its partners

    def key(self, partner, number):
        path = self.path(f'{partner}-{number}.key')
        if not os.path.exists(path):
            self.press('key', 'new', '--no-passphrase', path)
        return path

    def stage(self, repo, partner, *more):
        packs = [self.path(f'content/partners/{partner}/packs/{pack}') for pack in PARTNERS[partner]]
        self.press('repo', 'stage', repo, partner, '--allow-draft', *more, *packs)

    def sign(self, repo, partner, *more, numbers=(1, 3)):
        for number in numbers:
            self.press('repo', 'sign', repo, partner, '--key', self.key(partner, number), *more)

    def add_partner(self, repo, partner, *more):
        keys = []
        for number in (1, 2, 3):
            keys += ['--key', self.key(partner, number) + '.pub']
        self.press('repo', 'add-partner', repo, partner, '--threshold', '2', *keys, *more)

    def init(self, repo, *more):
        self.press('repo', 'init', repo, '--demo', '--campaign', self.path('content/campaign.conf'),
                   *more)

    def new_revision(self, partner, pack, date, *more):
        """Changes the date of the last review, and so every language of the pack."""
        path = self.path(f'content/partners/{partner}/packs/{pack}/pack.xml')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(re.sub(r'verified-on="[0-9-]*"', f'verified-on="{date}"', text))
        self.stage(self.repo, partner, *more)
        self.sign(self.repo, partner, *more)
        self.press('repo', 'publish', self.repo, *more)

    # The web server

    def serve(self, folder, state, *options):
        return self.run(OK, self.path('serve.sh'), *options, folder, self.path(state)).strip()

    def stop(self, state):
        self.run(OK, self.path('serve.sh'), '--stop', self.path(state))

    def requests(self):
        with open(self.path('nginx/access.log'), encoding='utf-8') as file:
            return [line.split('"')[1].split()[1] for line in file]

    def publish_folder(self, repo, public):
        os.makedirs(public, exist_ok=True)
        for name in ('metadata', 'targets'):
            link = os.path.join(public, name)
            if not os.path.lexists(link):
                os.symlink(os.path.join(repo, name), link)


def flip_byte(path):
    """Changes one bit, and gives back how to undo it."""
    with open(path, 'rb') as file:
        before = file.read()
    mode = os.stat(path).st_mode
    os.chmod(path, 0o644)
    with open(path, 'r+b') as file:
        file.seek(len(before) // 2)
        file.write(bytes([before[len(before) // 2] ^ 1]))

    def undo():
        with open(path, 'r+b') as file:
            file.write(before)
        os.chmod(path, mode)
    return undo


def files_below(folder):
    return sorted(os.path.join(top, name) for top, _, names in os.walk(folder) for name in names)


# --- the steps ------------------------------------------------------------------------------------

def publishes_when_enough_have_signed(chain):
    """A repository becomes public when two of three keys of each partner have signed, not before."""
    chain.init(chain.repo)
    for partner in PARTNERS:
        chain.add_partner(chain.repo, partner)
        chain.stage(chain.repo, partner)
    chain.sign(chain.repo, 'jp')
    chain.sign(chain.repo, 'th', numbers=(2,))
    result = subprocess.run([chain.tomopress, 'repo', 'publish', chain.repo], text=True, check=False,
                            capture_output=True, env=chain.environment)
    assert result.returncode not in (OK, USAGE), 'published with one signature of two'
    assert 'th' in result.stderr, f'does not name the role: {result.stderr}'
    assert not os.path.exists(os.path.join(chain.repo, 'metadata/timestamp.json'))

    chain.sign(chain.repo, 'th', numbers=(3,))
    chain.press('repo', 'publish', chain.repo)
    assert os.path.exists(os.path.join(chain.repo, 'metadata/timestamp.json'))
    chain.press('repo', 'status', chain.repo)
    chain.publish_folder(chain.repo, chain.public)


def names_mistakes_of_authors(chain):
    """A broken pack is refused with the name of the file and the line."""
    folder = chain.path('broken')
    shutil.copytree(chain.path('content/partners/jp/packs/accounts'), folder)
    with open(os.path.join(folder, 'pack.xml'), encoding='utf-8') as file:
        text = file.read()
    with open(os.path.join(folder, 'pack.xml'), 'w', encoding='utf-8') as file:
        file.write(text.replace('<title>', '<titel>', 1).replace('</title>', '</titel>', 1))
    said = chain.press('pack', 'check', folder, code=INVALID)
    assert re.search(r'pack\.xml:\d+: ', said)


def adds_campaign(chain):
    """A campaign is added once, from its root file."""
    chain.url = chain.serve(chain.public, 'nginx')
    root = os.path.join(chain.repo, 'metadata/1.root.json')
    chain.run(OK, chain.tomoctl, 'campaign', 'add', 'demo', '--url', chain.url, '--root', root)
    said = chain.run(OK, chain.tomoctl, 'campaign', 'list')
    assert 'demo' in said and chain.url in said


def fetches_all(chain):
    """The first sync brings every pack in every language."""
    chain.ctl('sync')
    for language in ('en', 'ja'):
        said = chain.ctl('list', '--language', language)
        for partner, packs in PARTNERS.items():
            for pack in packs:
                assert f'{partner}/{pack}' in said, f'{partner}/{pack} is missing in {language}'


def shows(chain):
    """A pack is shown in the language that was asked for, and one that is not there is named."""
    assert chain.ctl('show', 'jp/accounts', '--language', 'en') != \
        chain.ctl('show', 'jp/accounts', '--language', 'ja')
    said = chain.ctl('show', 'jp/nothing', code=FAILED)
    assert 'jp/nothing' in said


def speaks_json(chain):
    """What prints data prints it as JSON, too."""
    for command in (['list', '--language', 'en'], ['status'], ['verify'], ['sync'],
                    ['show', 'th/money', '--language', 'en']):
        result = subprocess.run([chain.tomoctl, *command, '--json', '--store', chain.store],
                                capture_output=True, text=True, check=False, env=chain.environment)
        assert result.returncode == OK, f'{command}: {result.stderr}'
        json.loads(result.stdout)


def asks_twice_when_nothing_is_new(chain):
    """A sync that finds nothing new makes two requests: the next root, and the timestamp."""
    before = len(chain.requests())
    chain.ctl('sync')
    asked = chain.requests()[before:]
    assert sorted(asked) == ['/metadata/2.root.json', '/metadata/timestamp.json'], asked


def fetches_only_what_changed(chain):
    """Of a new revision of one pack, only that pack is fetched."""
    shutil.copytree(chain.public, chain.path('older'))
    before = len(chain.requests())
    chain.new_revision('th', 'money', '2026-11-21')
    chain.ctl('sync')
    targets = [path for path in chain.requests()[before:] if path.startswith('/targets/')]
    assert targets and all('/th/packs/money/' in path for path in targets), targets


def refuses_changed_target(chain):
    """One changed bit in a file: its partner keeps what it had, named, and nothing else suffers."""
    shown = chain.ctl('show', 'th/money', '--language', 'en')
    before = set(files_below(os.path.join(chain.repo, 'targets')))
    chain.new_revision('th', 'money', '2026-11-22')
    new = sorted(set(files_below(os.path.join(chain.repo, 'targets'))) - before)
    undo = flip_byte(next(path for path in new if path.endswith('en.k1.gz')))
    try:
        said = chain.ctl('sync', code=PARTLY)
        assert 'th' in said and 'untrusted' in said, said
        assert chain.ctl('show', 'th/money', '--language', 'en') == shown
        chain.ctl('verify')
    finally:
        undo()
    chain.ctl('sync')
    assert chain.ctl('show', 'th/money', '--language', 'en') != shown


def refuses_changed_metadata(chain):
    """A year more in the metadata, or a bit that makes it no JSON, refuses the whole update."""
    path = os.path.join(chain.repo, 'metadata/timestamp.json')
    with open(path, encoding='utf-8') as file:
        before = file.read()
    changed = before.replace('"expires":"2', '"expires":"3').replace('"expires": "2', '"expires": "3')
    assert changed != before
    try:
        for text, code in ((changed, UNTRUSTED), ('{' + before, INVALID), ('', INVALID)):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
            assert 'timestamp.json' in chain.ctl('sync', code=code)
            chain.ctl('verify')
    finally:
        with open(path, 'w', encoding='utf-8') as file:
            file.write(before)
    chain.ctl('sync')


def knows_a_web_page(chain):
    """A network that wants somebody to log in first is named, and is “offline”."""
    url = chain.serve(chain.public, 'portal', '--portal')
    said = chain.ctl('sync', '--from', url, code=OFFLINE)
    chain.stop('portal')
    assert 'portal' in said, said


def refuses_foreign_keys(chain):
    """A repository signed by somebody else is not this campaign."""
    repo = chain.path('imposter')
    chain.init(repo)
    chain.press('repo', 'publish', repo)
    # A later version, as an attacker would offer it.
    for role in ('targets',):
        chain.press('repo', 'renew', repo, role)
        chain.press('repo', 'publish', repo)
    chain.publish_folder(repo, chain.path('imposter-public'))
    url = chain.serve(chain.path('imposter-public'), 'imposter-nginx')
    chain.ctl('sync', '--from', url, code=UNTRUSTED)
    chain.stop('imposter-nginx')
    chain.ctl('verify')


def keeps_what_is_newer(chain):
    """A stick that is older than this machine changes nothing, and is no error."""
    shown = chain.ctl('show', 'th/money', '--language', 'en')
    chain.ctl('sync', '--from', chain.path('older'))
    assert chain.ctl('show', 'th/money', '--language', 'en') == shown


def fetches_from_folder(chain):
    """A stick serves as well as a web server, with the same checks."""
    stick = chain.path('stick')
    shutil.copytree(chain.public, stick)
    chain.ctl('sync', '--from', stick, store=chain.path('store-of-stick'))
    assert 'jp/accounts' in chain.ctl('list', '--language', 'en', store=chain.path('store-of-stick'))


def refuses_expired(chain):
    """What has expired is not taken up, and says so."""
    repo = chain.path('expired')
    chain.init(repo, '--now', LONG_AGO)
    chain.add_partner(repo, 'jp', '--now', LONG_AGO)
    chain.stage(repo, 'jp', '--now', LONG_AGO)
    chain.sign(repo, 'jp', '--now', LONG_AGO)
    chain.press('repo', 'publish', repo, '--now', LONG_AGO)
    chain.publish_folder(repo, chain.path('expired-public'))
    chain.run(OK, chain.tomoctl, 'campaign', 'add', 'old', '--url', chain.url,
              '--root', os.path.join(repo, 'metadata/1.root.json'))
    stick = chain.path('expired-stick')
    shutil.copytree(chain.path('expired-public'), stick)
    said = chain.ctl('sync', '--campaign', 'old', '--from', stick, code=UNTRUSTED)
    assert 'expired' in said, said
    chain.run(OK, chain.tomoctl, 'campaign', 'remove', 'old')


def repairs_damage(chain):
    """A damaged file is found by verify and fetched again by sync."""
    objects = files_below(os.path.join(chain.store, 'objects'))
    # A picture is still shown; the smallest file may be one that only the past lists.
    picture = max(objects, key=os.path.getsize)
    for path in (min(objects, key=os.path.getsize), picture):
        flip_byte(path)
        said = chain.ctl('verify', code=INVALID)
        assert os.path.basename(path)[:8] in said, said
        chain.ctl('sync')
        chain.ctl('verify')

    os.remove(picture)
    chain.ctl('verify', code=INVALID)
    chain.ctl('sync')
    chain.ctl('verify')


def heals_its_cache(chain):
    """The metadata that a machine keeps is not trusted either: damaged, it is fetched again."""
    for path in files_below(os.path.join(chain.store, 'campaigns/demo/metadata')):
        if 'timestamp' in path or 'snapshot' in path:
            flip_byte(path)
    chain.ctl('sync')
    assert 'jp/accounts' in chain.ctl('list', '--language', 'en')


def waits_its_turn(chain):
    """Two writers at once: the second says so and leaves."""
    with open(os.path.join(chain.store, 'private/lock'), 'r+b') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        said = chain.ctl('sync', code=FAILED)
    assert 'another' in said or 'busy' in said, said
    chain.ctl('list', '--language', 'en')


def respects_permissions(chain):
    """Who may not write the store is told which folder it is, and can still read."""
    store = chain.path('guarded')
    shutil.copytree(chain.store, store, symlinks=True)
    folders = [top for top, _, _ in os.walk(store)]
    for folder in folders:
        os.chmod(folder, 0o555)
    try:
        said = chain.ctl('sync', store=store, code=FAILED)
        assert store in said, said
        assert 'jp/accounts' in chain.ctl('list', '--language', 'en', store=store)
        flip_byte(os.path.join(store, 'objects', sorted(os.listdir(os.path.join(store, 'objects')))[0]))
        said = chain.ctl('verify', store=store, code=INVALID)
        assert 'private/repair' in said and 'by the user who owns it' in said, said
    finally:
        for folder in folders:
            os.chmod(folder, 0o755)


def survives_a_full_disk(chain):
    """A full disk ends a sync with one line, and leaves no half of a generation."""
    small = chain.path('small')
    store = os.path.join(small, 'store')
    command = [chain.tomoctl, 'sync', '--store', store]
    if not os.path.ismount(small):
        # An ordinary user may mount a disk in a namespace of their own, where the kernel allows it.
        os.makedirs(small, exist_ok=True)
        namespace = ['unshare', '--user', '--map-root-user', '--mount']
        mount = ['mount', '-t', 'tmpfs', '-o', SMALL_DISK, 'tmpfs', small]
        if subprocess.run([*namespace, *mount], check=False, capture_output=True).returncode != 0:
            raise Skip('no small disk can be mounted here')
        script = f'{" ".join(mount)} && {" ".join(command)}; code=$?; ' \
                 f'test ! -e {store}/campaigns/demo/current || exit 78; exit $code'
        command = [*namespace, 'sh', '-c', script]
    said = chain.run(FAILED, *command)
    assert 'space' in said, said
    assert not os.path.lexists(os.path.join(store, 'campaigns/demo/current'))


def knows_that_it_is_offline(chain):
    """Without a server a sync soon says “offline”, and everything stays."""
    chain.stop('nginx')
    begun = time.monotonic()
    said = chain.ctl('sync', code=OFFLINE)
    print(f'# offline after {time.monotonic() - begun:.1f} seconds')
    assert chain.url in said
    chain.ctl('verify')
    assert 'jp/accounts' in chain.ctl('list', '--language', 'en')


STEPS = [
    publishes_when_enough_have_signed, names_mistakes_of_authors, adds_campaign, fetches_all, shows,
    speaks_json, asks_twice_when_nothing_is_new, fetches_only_what_changed, refuses_changed_target,
    refuses_changed_metadata, knows_a_web_page, refuses_foreign_keys, keeps_what_is_newer,
    fetches_from_folder, refuses_expired, repairs_damage, heals_its_cache, waits_its_turn,
    respects_permissions, survives_a_full_disk, knows_that_it_is_offline,
]


def prepare(tomopress, tomoctl, source, work):
    """Copies what is needed, because an ordinary user may not be allowed into the build folder."""
    files = [os.path.join(source, name) for name in ('tests/support/tap.py', 'tests/data/lsan.supp',
                                                     'packaging/serve.sh', 'packaging/nginx.conf.in')]
    for path in (tomopress, tomoctl, __file__, *files):
        shutil.copy(path, work)
    shutil.copytree(os.path.join(source, 'content'), os.path.join(work, 'content'))


def run_as_nobody(work):
    """Root may do everything, so that nothing it is refused would show; and what root adds goes
    into the system's own configuration. As root this goes on as somebody else."""
    for top, folders, names in os.walk(work):
        for path in [top] + [os.path.join(top, name) for name in folders + names]:
            os.chown(path, NOBODY, NOBODY)
    small = os.path.join(work, 'small')
    script = 'mkdir "$1"; mount -t tmpfs -o "$2" tmpfs "$1" || rmdir "$1"; small=$1; shift 2; ' \
             '"$@"; code=$?; umount "$small" 2>/dev/null; exit $code'
    # Out of sight of everybody else, where that can be: not in a root that is no mount point.
    namespace = ['unshare', '--mount']
    if subprocess.run([*namespace, 'true'], check=False, capture_output=True).returncode != 0:
        namespace = []
    return subprocess.run(
        [*namespace, 'sh', '-c', script, 'sh', small, SMALL_DISK,
         'setpriv', f'--reuid={NOBODY}', f'--regid={NOBODY}', '--clear-groups',
         '/usr/bin/python3', os.path.join(work, os.path.basename(__file__)), '--in', work],
        check=False).returncode


def run_chain(work):
    chain = Chain(work)
    try:
        return run_steps(STEPS, chain)
    finally:
        for state in ('nginx', 'portal', 'imposter-nginx'):
            chain.stop(state)


def main():
    if sys.argv[1] == '--in':
        return run_chain(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix='test-chain-') as work:
        prepare(*sys.argv[1:], work)
        os.chmod(work, 0o755)
        return run_as_nobody(work) if os.geteuid() == 0 else run_chain(work)


sys.exit(main())
