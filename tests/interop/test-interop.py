#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An independent implementation of TUF reads what we publish, and we read what it publishes.

usage: test-interop.py TOMOPRESS TUF_CLIENT SOURCE BUILD

Prints TAP. The other implementation is tuf-js, installed with npm into BUILD/node_modules; where that
cannot be, everything is skipped.
"""

import functools
import hashlib
import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.parse

from tap import run_steps

INSTALL_SECS = 120
HERE = os.path.dirname(os.path.abspath(__file__))
FILES = ('package.json', 'package-lock.json', '.npmrc', 'read.mjs', 'publish.mjs')
PARTNERS = {'jp': ['accounts', 'screens'], 'th': ['money', 'out-and-about']}


def install(build):
    """Returns why nothing can be run, or None."""
    if shutil.which('npm') is None or shutil.which('node') is None:
        return 'there is no npm'
    os.makedirs(build, exist_ok=True)
    lock, kept = os.path.join(HERE, 'package-lock.json'), os.path.join(build, 'installed.json')
    for name in FILES:
        shutil.copy(os.path.join(HERE, name), build)
    if os.path.exists(kept) and sha256(lock) == sha256(kept):
        return None
    command = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--fetch-retries', '1']
    try:
        result = subprocess.run(command, cwd=build, capture_output=True, text=True, check=False,
                                stdin=subprocess.DEVNULL, timeout=INSTALL_SECS)
    except subprocess.TimeoutExpired:
        return f'npm did not come to an end within {INSTALL_SECS} seconds'
    if result.returncode != 0:
        print('\n'.join('# ' + line for line in result.stderr.splitlines()))
        return 'npm cannot install tuf-js'
    shutil.copy(lock, kept)
    return None


def sha256(path):
    with open(path, 'rb') as file:
        return hashlib.sha256(file.read()).hexdigest()


class Server:
    """Serves files by their names after decoding, whatever is in them."""

    def __init__(self, files):
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = 'HTTP/1.1'
            wbufsize = -1  # head and body at once, or each answer waits for an acknowledgement

            def do_GET(self):  # pylint: disable=invalid-name
                path = files.get(urllib.parse.unquote(self.path).lstrip('/'))
                body = b''
                if path is not None:
                    with open(path, 'rb') as file:
                        body = file.read()
                self.send_response(200 if path is not None else 404)
                self.send_header('Content-Length', str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format, *args):  # pylint: disable=redefined-builtin
                pass

        self.server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self):
        self.thread.start()
        return f'http://127.0.0.1:{self.server.server_address[1]}'

    def __exit__(self, *_):
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def files_below(folder, decode):
    """Names in URLs to paths of files. Ours stand for themselves; those of publish.mjs are encoded."""
    found = {}
    for part in ('metadata', 'targets'):
        top = os.path.join(folder, part)
        for at, _, names in os.walk(top):
            for name in names:
                path = os.path.join(at, name)
                found[f'{part}/{decode(os.path.relpath(path, top))}'] = path
    return found


class Bench:
    """Where everything lies."""

    def __init__(self, work, tomopress, client, source, build):
        self.work, self.tomopress, self.client = work, tomopress, client
        self.source, self.build = source, build
        self.environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='en', HOME=work,
                                no_proxy='127.0.0.1', NO_PROXY='127.0.0.1')

    def path(self, name):
        return os.path.join(self.work, name)

    def run(self, *command, code=0):
        result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120,
                                env=self.environment, stdin=subprocess.DEVNULL)
        assert result.returncode == code, \
            f'{command}: exit code {result.returncode}: {result.stdout}{result.stderr}'
        return result.stdout

    def node(self, script, *arguments):
        return self.run('node', os.path.join(self.build, script), *arguments)

    def begin(self, name, root):
        """A client’s two folders, with the root it trusts."""
        folders = [self.path(f'{name}-metadata'), self.path(f'{name}-targets')]
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
            os.makedirs(folder)
        shutil.copy(root, os.path.join(folders[0], 'root.json'))
        return folders

    def read_with_tuf_js(self, url, root, expected):
        """tuf-js gives exactly what is expected: SHA-256s by name, None for what is not to be had."""
        folders = self.begin('theirs', root)
        for line in self.node('read.mjs', url, *folders, *expected).splitlines():
            said = json.loads(line)
            wanted = expected.pop(said['name'])
            assert 'error' not in said, said
            assert (said['path'] and sha256(said['path'])) == wanted, said
        assert not expected, f'said nothing of {expected}'

    def read_with_ours(self, url, root, expected):
        """So does our client."""
        folders = self.begin('ours', root)
        command = [self.client, '--metadata-url', url + '/metadata', '--metadata-dir', folders[0]]
        self.run(*command, 'refresh')
        command += ['--target-dir', folders[1], '--target-base-url', url + '/targets']
        for name, wanted in expected.items():
            self.run(*command, '--target-name', name, 'download', code=0 if wanted else 1)
            if wanted:
                got = os.path.join(folders[1], urllib.parse.quote(name, safe=''))
                assert sha256(got) == wanted, f'{name} is not what was published'
        for name in os.listdir(folders[0]):
            assert name.endswith('.json'), f'{name} is left among the metadata'


# --- they read ours -------------------------------------------------------------------------------

def make_repository(bench):
    """A hub with two partners, 2 of 3 keys each, a second version and a rotated root."""
    repo = bench.path('repo')
    press = functools.partial(bench.run, bench.tomopress)
    press('repo', 'init', repo, '--demo', '--campaign', os.path.join(bench.source, 'content/campaign.conf'))
    for partner in PARTNERS:
        keys = [bench.path(f'{partner}-{number}.key') for number in (1, 2, 3)]
        for key in keys:
            press('key', 'new', '--no-passphrase', key)
        press('repo', 'add-partner', repo, partner, '--threshold', '2',
              *[word for key in keys for word in ('--key', key + '.pub')])
        press('repo', 'stage', repo, partner, '--allow-draft',
              *[os.path.join(bench.source, f'content/partners/{partner}/packs/{pack}')
                for pack in PARTNERS[partner]])
        for key in keys[1:]:
            press('repo', 'sign', repo, partner, '--key', key)
    press('repo', 'publish', repo)
    for role in ('root', 'targets'):
        press('repo', 'renew', repo, role)
        press('repo', 'publish', repo)
    return repo


def list_published(repo):
    """Every target that the newest files list, with its SHA-256."""
    newest = {}
    for name in os.listdir(os.path.join(repo, 'metadata')):
        found = re.fullmatch(r'(\d+)\.(.+)\.json', name)
        if found and int(found[1]) > newest.get(found[2], 0):
            newest[found[2]] = int(found[1])
    listed = {}
    for role, version in newest.items():
        with open(os.path.join(repo, f'metadata/{version}.{role}.json'), encoding='utf-8') as file:
            signed = json.load(file)['signed']
        listed.update({name: target['hashes']['sha256']
                       for name, target in signed.get('targets', {}).items()})
    return listed


def they_read_ours(bench):
    """tuf-js follows our root chain and verifies and downloads every target of every role."""
    repo = make_repository(bench)
    expected = list_published(repo)
    for partner in (*PARTNERS, 'campaign'):
        assert any(name.startswith(partner + '/') for name in expected), f'nothing of {partner}'
    n_targets = len(expected)
    with Server(files_below(repo, str)) as url:
        bench.read_with_tuf_js(url, os.path.join(repo, 'metadata/1.root.json'),
                               {**expected, 'jp/nothing': None, 'th/../jp/x': None})
        bench.read_with_ours(url, os.path.join(repo, 'metadata/1.root.json'), expected)
    print(f'# {n_targets} targets')


def they_refuse_what_we_refuse(bench):
    """A changed bit in ours is found by tuf-js as well: it does read what it says it reads."""
    repo = bench.path('repo')
    files = files_below(repo, str)
    name = next(name for name in list_published(repo) if name.startswith('th/packs'))
    spoilt = bench.path('spoilt')
    path = next(path for path in files.values() if path.endswith(os.path.basename(name)) and '/th/' in path)
    with open(path, 'rb') as file:
        content = bytearray(file.read())
    content[len(content) // 2] ^= 1
    with open(spoilt, 'wb') as file:
        file.write(content)
    with Server({key: spoilt if value == path else value for key, value in files.items()}) as url:
        folders = bench.begin('theirs', os.path.join(repo, 'metadata/1.root.json'))
        wanted = urllib.parse.unquote(name)
        assert 'error' in json.loads(bench.node('read.mjs', url, *folders, wanted))
        folders = bench.begin('ours', os.path.join(repo, 'metadata/1.root.json'))
        bench.run(bench.client, '--metadata-url', url + '/metadata', '--metadata-dir', folders[0],
                  '--target-dir', folders[1], '--target-base-url', url + '/targets',
                  '--target-name', wanted, 'download', code=1)
        assert not os.listdir(folders[1])


# --- we read theirs -------------------------------------------------------------------------------

def we_read_theirs(kind, style, bench):
    """Delegations by path, by hash and by bins, rotated roots, unknown members, odd names of roles."""
    folder = bench.path(f'{kind}-{style}')
    bench.node('publish.mjs', folder, kind, style)
    with open(os.path.join(folder, 'expected.json'), encoding='utf-8') as file:
        expected = json.load(file)
    root = os.path.join(folder, '1.root.json')
    assert sum(1 for wanted in expected.values() if wanted) >= 19
    with Server(files_below(folder, urllib.parse.unquote)) as url:
        # tuf-js puts a target's name into the URL as it is.
        bench.read_with_tuf_js(url, root, {name: wanted for name, wanted in expected.items()
                                           if '%' not in name})
        bench.read_with_ours(url, root, expected)


def main():
    tomopress, client, source, build = sys.argv[1:]
    reason = install(build)
    if reason:
        print(f'1..0 # SKIP {reason}')
        return 0
    steps = [('tuf-js reads ours', they_read_ours),
             ('tuf-js refuses ours with one bit changed', they_refuse_what_we_refuse)]
    for kind in ('ed25519', 'ecdsa', 'rsa', 'mixed'):
        for style in ('consistent', 'plain'):
            steps.append((f'ours reads theirs: {kind} keys, {style}',
                          functools.partial(we_read_theirs, kind, style)))
    with tempfile.TemporaryDirectory(prefix='test-interop-') as work:
        return run_steps(steps, Bench(work, tomopress, client, source, build))


sys.exit(main())
