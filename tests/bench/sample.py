# SPDX-License-Identifier: GPL-3.0-or-later
"""The sample campaign of content/ as a store: pages with pictures, in the languages that it has."""

import os
import shutil
import subprocess

CONTENT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../content')
CAMPAIGN = 'demo'


class Sample:
    """Published with keys that are thrown away, and taken from a folder as from a stick."""

    def __init__(self, tomopress, tomoctl, folder, environment):
        self.tomopress, self.tomoctl = tomopress, tomoctl
        self.folder = folder
        self.environment = environment

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def run(self, *command, **extra):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              env=dict(self.environment, **extra), check=False)
        if done.returncode != 0:
            raise SystemExit(f'{" ".join(command)}: failed: {done.stdout}{done.stderr}')

    def repo(self, command, *arguments):
        self.run(self.tomopress, 'repo', command, self.path('repo'), *arguments)

    def publish(self):
        shutil.copytree(CONTENT, self.path('content'))
        self.repo('init', '--demo', '--campaign', self.path('content', 'campaign.conf'))
        for partner in sorted(os.listdir(self.path('content', 'partners'))):
            keys = [self.path(f'{partner}-{number}.key') for number in (1, 2)]
            public = []
            for key in keys:
                self.run(self.tomopress, 'key', 'new', '--no-passphrase', key)
                public += ['--key', f'{key}.pub']
            self.repo('add-partner', partner, '--threshold', '2', *public)
            packs = self.path('content', 'partners', partner, 'packs')
            self.repo('stage', partner, '--allow-draft',
                      *(os.path.join(packs, pack) for pack in sorted(os.listdir(packs))))
            for key in keys:
                self.repo('sign', partner, '--key', key)
        self.repo('publish')

    def make(self):
        """Returns the store."""
        os.makedirs(self.folder)
        self.publish()
        conf, store = self.path('tomoshibi.conf'), self.path('store')
        with open(conf, 'w', encoding='utf-8') as file:
            file.write(f'[campaign {CAMPAIGN}]\nurls=http://127.0.0.1:1/\n'
                       f'root={self.path("repo/metadata/1.root.json")}\n')
        self.run(self.tomoctl, 'sync', '--store', store, '--from', self.path('repo'),
                 TOMOSHIBI_CONFIG=conf)
        return store
