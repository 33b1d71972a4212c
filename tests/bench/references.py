# SPDX-License-Identifier: GPL-3.0-or-later
"""The clients of others that are measured beside ours, as far as they are there."""

import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


class Reference:
    """A client: COMMAND takes URL METADATA-DIR [TARGET-DIR] and paths of targets on standard input;
    IDLE is what it runs in, doing nothing."""

    def __init__(self, name, command, idle_name, idle):
        self.name = name
        self.command = command
        self.idle_name = idle_name
        self.idle = idle

    def run(self, bench, cost, state, name, port, *, targets):
        """One run; an empty state is a first run."""
        metadata, folder = os.path.join(state, 'metadata'), os.path.join(state, 'targets')
        if not os.path.isdir(metadata):
            os.makedirs(metadata)
            os.makedirs(folder)
            shutil.copy(bench.path(f'www/{name}/metadata/1.root.json'),
                        os.path.join(metadata, 'root.json'))
        url = f'http://127.0.0.1:{port}/{name}'
        if not targets:
            return bench.run(cost, *self.command, url, metadata)
        with open(bench.path(f'{name}.targets'), encoding='utf-8') as paths:
            return bench.run(cost, *self.command, url, metadata, folder, stdin=paths)


def find_tuf_js(build):
    """Installs it below BUILD the first time."""
    folder = os.path.join(build, 'tests/bench/tuf-js')
    if shutil.which('npm') is None:
        print('there is no npm to install tuf-js, whose figures are left out')
        return None
    shutil.copytree(os.path.join(HERE, 'tuf-js'), folder, dirs_exist_ok=True)
    if not os.path.isdir(os.path.join(folder, 'node_modules')):
        done = subprocess.run(['npm', 'ci'], cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            print(f'npm cannot install tuf-js, whose figures are left out: {done.stderr}')
            return None
    return Reference('tuf-js', ['node', os.path.join(folder, 'client.js')],
                     'node that does nothing', ['node', '-e', '0'])


def find_python_tuf():
    """The Python that runs this must have it: pip install tuf, or PYTHONPATH."""
    done = subprocess.run([sys.executable, '-c', 'import tuf.ngclient; print(tuf.__version__)'],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f'{sys.executable} has no python-tuf, whose figures are left out')
        return None
    return Reference(f'python-tuf {done.stdout.strip()}',
                     [sys.executable, os.path.join(HERE, 'python-tuf.py')],
                     'Python that does nothing', [sys.executable, '-c', '0'])


def find_references(build):
    return [found for found in (find_tuf_js(build), find_python_tuf()) if found is not None]
