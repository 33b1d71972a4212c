#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the budgets of an update as ratios in one run, and prints a table.

usage: bench.py --build BUILD [--json FILE] [--work DIR] [ONLY]…

ONLY is any of: unchanged, first, delayed, change, many, app.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

from campaign import PARTNERS, Campaign, N_TARGETS
from references import find_references
from round_trips import bytes_received, count_round_trips
from sample import CAMPAIGN as SAMPLE, Sample
from servers import Line, Server

HERE = os.path.dirname(os.path.abspath(__file__))

# Each way. There and back is what a line to another continent takes.
DELAY_MSECS = 20

# What tomoctl opens at once: connections over HTTP/1.1, streams over HTTP/2.
CONNECTIONS = 8
STREAMS = 64

# What a first sync verifies: 3 of root, 3 of targets, 1 each of timestamp and snapshot, and 2 of each
# of 31 roles.
SIGNATURES = 70

RUNS_UNCHANGED = 41
RUNS_FIRST = 15
RUNS_DELAYED = 3
RUNS_CHANGE = 3
RUNS_MANY = 3


class Cost:
    """What several runs of one program cost."""

    def __init__(self):
        self.walls = []
        self.peaks = []

    def add(self, wall_usecs, peak_kib):
        self.walls.append(wall_usecs / 1000)
        self.peaks.append(peak_kib / 1024)

    @property
    def wall(self):
        return statistics.median(self.walls)

    @property
    def peak(self):
        return statistics.median(self.peaks)

    def spread(self):
        """The middle half of the wall times: the machine is never alone."""
        if len(self.walls) < 4:
            return f'{min(self.walls):.3g}–{max(self.walls):.3g}'
        low, _, high = statistics.quantiles(self.walls, n=4)
        return f'{low:.3g}–{high:.3g}'

    def __str__(self):
        return f'{self.wall:.3g} ms ({self.spread()}), {self.peak:.1f} MiB'

    def data(self):
        return {'wall_msecs': self.wall, 'peak_mib': self.peak, 'runs': len(self.walls),
                'walls_msecs': self.walls, 'peaks_mib': self.peaks}


class Table:
    """What was measured, what it may be, and what it was."""

    def __init__(self):
        self.rows = []

    def add(self, what, budget, measured, figures, unit='×', data=None):
        verdict = '' if budget is None else 'met' if measured <= budget else 'MISSED'
        self.rows.append({'what': what, 'budget': budget, 'measured': measured, 'unit': unit,
                          'figures': figures, 'verdict': verdict, 'data': data})
        print('  ' + self.line(self.rows[-1]), flush=True)

    def figure(self, what, figures, data=None):
        self.add(what, None, None, figures, data=data)

    @staticmethod
    def number(value, unit):
        if value is None:
            return ''
        return f'{value:.2f} ×' if unit == '×' else f'{value} {unit}'.strip()

    def line(self, row):
        return '| ' + ' | '.join([
            row['what'], self.number(row['budget'], row['unit']).replace('.00', ''),
            self.number(row['measured'], row['unit']), row['figures'], row['verdict']]) + ' |'

    def text(self):
        head = ['| What | Budget | Measured | Figures | Verdict |', '| --- | --- | --- | --- | --- |']
        return '\n'.join(head + [self.line(row) for row in self.rows]) + '\n'


class Bench:
    """The programs, a folder to work in, and what serves it."""

    def __init__(self, build, work):
        self.work = work
        self.build = build
        self.table = Table()
        self.tomoctl = os.path.join(build, 'app/ctl/tomoctl')
        self.tomopress = os.path.join(build, 'app/press/tomopress')
        self.own = os.path.join(build, 'tests/bench')
        self.environment = dict(os.environ, LC_ALL='C.UTF-8', HOME=self.path('home'),
                                XDG_CONFIG_HOME=self.path('home'), XDG_DATA_HOME=self.path('home'),
                                XDG_CACHE_HOME=self.path('home'),
                                no_proxy='127.0.0.1', NO_PROXY='127.0.0.1')
        for name in ('G_DEBUG', 'G_SLICE', 'MALLOC_CHECK_', 'MALLOC_PERTURB_', 'LANGUAGE'):
            self.environment.pop(name, None)
        for name in ('home', 'aside', 'www'):
            os.makedirs(self.path(name))
        self.n_aside = 0
        self.server = Server(self.path('www'), self.path('nginx'))
        self.references = find_references(build)

    def path(self, name):
        return os.path.join(self.work, name)

    def run(self, cost, *command, stdin=subprocess.DEVNULL, **extra):
        """Runs a program once, adds what it cost, and insists that it went well."""
        read_end, write_end = os.pipe()
        done = subprocess.Popen(
            ['sh', '-c', f'exec "$@" 3>&{write_end}', 'sh', os.path.join(self.own, 'measure'),
             *command], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env=dict(self.environment, **extra), pass_fds=[write_end])
        os.close(write_end)
        said = done.communicate()[0]
        with os.fdopen(read_end, encoding='ascii') as report:
            numbers = [int(word) for word in report.read().split()]
        if done.returncode != 0 or not numbers or numbers[4] != 0:
            raise SystemExit(f'{" ".join(command)}: failed: {said}')
        if cost is not None:
            cost.add(numbers[0], numbers[3])
        return said

    # tomoctl

    def sync(self, cost, store, name, port, scheme='http'):
        """One sync of the campaign below www/NAME."""
        conf = self.path(f'{name}-{port}.conf')
        root = os.path.realpath(self.path(f'www/{name}/metadata/1.root.json'))
        with open(conf, 'w', encoding='utf-8') as file:
            file.write(f'[campaign bench]\nurls={scheme}://127.0.0.1:{port}/{name}\nroot={root}\n')
        extra = {}
        if scheme == 'https':
            extra = {'SSL_CERT_FILE': self.server.authorities}
        return self.run(cost, self.tomoctl, 'sync', '--store', store, TOMOSHIBI_CONFIG=conf, **extra)

    def first_sync(self, cost, store, name, port, scheme='http'):
        self.settle(store)
        said = self.sync(cost, store, name, port, scheme)
        if 'kept as before' in said:
            raise SystemExit(f'the first sync left something out: {said}')

    def settle(self, folder):
        """Away with what was there, and nothing left to write: both sides begin alike. It is put
        aside rather than deleted, because ext4 is slow to make files right after others went."""
        if os.path.isdir(folder):
            self.n_aside += 1
            os.rename(folder, self.path(f'aside/{self.n_aside}'))
        os.sync()

    # The campaigns

    def publish(self, name, repo):
        """Serves a repository below www/NAME, and notes the paths of its targets."""
        os.makedirs(self.path(f'www/{name}'))
        for part in ('metadata', 'targets'):
            os.symlink(os.path.join(repo, part), self.path(f'www/{name}/{part}'))

    def note_targets(self, name, roles):
        paths = []
        for role in roles:
            with open(self.path(f'www/{name}/metadata/1.{role}.json'), encoding='utf-8') as file:
                paths += sorted(json.load(file)['signed']['targets'])
        with open(self.path(f'{name}.targets'), 'w', encoding='utf-8') as file:
            file.writelines(f'{path}\n' for path in paths)
        return len(paths)

    def make_small(self):
        print('making a campaign of 30 partners and 200 targets…', flush=True)
        campaign = Campaign(self.tomopress, self.path('small'))
        campaign.make()
        self.publish('small', campaign.repo)
        n_targets = self.note_targets('small', ('campaign', *PARTNERS))
        assert n_targets == N_TARGETS, n_targets
        shutil.copytree(campaign.folder, self.path('changed'))
        changed = Campaign(self.tomopress, self.path('changed'))
        changed.change_one_per_cent()
        self.publish('changed', changed.repo)
        self.first_sync(None, self.path('store'), 'small', self.server.port)


# --- the measurements -----------------------------------------------------------------------------

def measure_unchanged(bench):
    """A refresh that finds nothing new, beside a program that only starts the same libraries."""
    baseline, ours, secure = Cost(), Cost(), Cost()
    server = bench.server
    for _ in range(RUNS_UNCHANGED):
        bench.run(baseline, os.path.join(bench.own, 'baseline'))
        bench.sync(ours, bench.path('store'), 'small', server.port)

    server.clear_log()
    bench.sync(None, bench.path('store'), 'small', server.port)
    requests = server.requests()
    for _ in range(RUNS_UNCHANGED // 2):
        bench.sync(secure, bench.path('store'), 'small', server.tls_port, 'https')

    table = bench.table
    table.add('unchanged refresh: requests', 2, len(requests),
              ', '.join(os.path.basename(request.path) for request in requests), unit='')
    table.add('unchanged refresh: wall time / libraries only', 1.5, ours.wall / baseline.wall,
              f'{ours} / {baseline}', data=[ours.data(), baseline.data()])
    table.add('unchanged refresh: peak memory / libraries only', 1.2, ours.peak / baseline.peak,
              f'{ours.peak:.1f} / {baseline.peak:.1f} MiB')
    table.figure('unchanged refresh over HTTP/2 with TLS', str(secure), secure.data())
    for reference in bench.references:
        measure_unchanged_reference(bench, reference)


def measure_unchanged_reference(bench, reference):
    state = bench.path(f'unchanged {reference.name}')
    cost, idle = Cost(), Cost()
    reference.run(bench, None, state, 'small', bench.server.port, targets=False)
    for _ in range(RUNS_UNCHANGED // 4):
        reference.run(bench, cost, state, 'small', bench.server.port, targets=False)
        bench.run(idle, *reference.idle)
    bench.table.figure(f'unchanged refresh: {reference.name}', str(cost), cost.data())
    bench.table.figure(reference.idle_name, str(idle), idle.data())


def write_curl_urls(bench, port, scheme, requests):
    """What tomoctl asked for, as a list for curl."""
    conf = bench.path(f'urls-{scheme}')
    with open(conf, 'w', encoding='utf-8') as file:
        for number, request in enumerate(requests):
            file.write(f'url = "{scheme}://127.0.0.1:{port}{request.path}"\n'
                       f'output = "{bench.path("curl")}/{number}"\n')
    return conf


def run_curl(bench, cost, conf, scheme):
    options = '--http1.1' if scheme == 'http' else f'--http2 --cacert {bench.server.authorities}'
    n_parallel = CONNECTIONS if scheme == 'http' else STREAMS
    folder = bench.path('curl')
    bench.run(cost, 'sh', '-c',
              f'curl -s --parallel --parallel-max {n_parallel} {options} --config {conf}'
              f' && sync -f {folder}')


def run_floor(bench, cost, urls, scheme):
    """What remains of a first sync if nothing is checked, and no index is made."""
    folder = bench.path('floor')
    n_parallel = CONNECTIONS if scheme == 'http' else STREAMS
    bench.settle(folder)
    os.makedirs(folder)
    bench.run(cost, os.path.join(bench.own, 'floor'), urls, folder, str(n_parallel),
              str(SIGNATURES), SSL_CERT_FILE=bench.server.authorities)


def measure_first(bench):
    """A first sync, beside curl that fetches the same into a folder and syncs the file system."""
    server = bench.server
    store = bench.path('store-first')
    for scheme, port, name in (('http', server.port, f'HTTP/1.1, {CONNECTIONS} connections'),
                               ('https', server.tls_port, f'HTTP/2, {STREAMS} streams')):
        server.clear_log()
        bench.first_sync(None, store, 'small', port, scheme)
        requests = server.requests()
        conf = write_curl_urls(bench, port, scheme, requests)
        urls = bench.path(f'floor-{scheme}')
        with open(urls, 'w', encoding='utf-8') as file:
            file.writelines(f'{scheme}://127.0.0.1:{port}{request.path}\n' for request in requests
                            if request.status == 200)
        ours, curl, floor = Cost(), Cost(), Cost()
        for _ in range(RUNS_FIRST):
            run_floor(bench, floor, urls, scheme)
            bench.settle(bench.path('curl'))
            os.makedirs(bench.path('curl'))
            run_curl(bench, curl, conf, scheme)
            bench.first_sync(ours, store, 'small', port, scheme)
        n_bytes = sum(request.body_bytes for request in requests)
        bench.table.add(f'first sync, 30 partners, 200 targets / curl and sync ({name})', 1.5,
                        ours.wall / curl.wall,
                        f'{ours} / {curl}; {len(requests)} requests, {n_bytes / 1e6:.2f} MB',
                        data=[ours.data(), curl.data()])
        bench.table.figure(f'first sync: floor / curl and sync ({name})',
                           f'{floor.wall / curl.wall:.2f} ×, {floor}', floor.data())

    for reference in bench.references:
        cost = Cost()
        state = bench.path(f'first {reference.name}')
        for _ in range(RUNS_FIRST // 4):
            bench.settle(state)
            reference.run(bench, cost, state, 'small', server.port, targets=True)
        bench.table.figure(f'first sync: {reference.name} (HTTP/1.1)', str(cost), cost.data())


def measure_delayed(bench):
    """The same over a line of 40 ms, where round trips are what counts."""
    server = bench.server
    table = bench.table
    store = bench.path('store-delayed')
    for scheme, port, budget, name in (
            ('https', server.tls_port, 12, 'HTTP/2'),
            ('http', server.port, 35, f'HTTP/1.1, {CONNECTIONS} connections')):
        line = Line(bench.path(f'line-{scheme}.log'), port, DELAY_MSECS)
        try:
            cost, unchanged, curl, trips = Cost(), Cost(), Cost(), []
            for _ in range(RUNS_DELAYED):
                line.clear_log()
                bench.first_sync(cost, store, 'small', line.port, scheme)
                trips.append(count_round_trips(line.lines()))
            n_bytes = bytes_received(line.lines())
            server.clear_log()
            line.clear_log()
            bench.sync(unchanged, store, 'small', line.port, scheme)
            again = count_round_trips(line.lines())
            conf = write_curl_urls(bench, line.port, scheme, first_requests(bench))
            for _ in range(RUNS_DELAYED):
                bench.settle(bench.path('curl'))
                os.makedirs(bench.path('curl'))
                run_curl(bench, curl, conf, scheme)
            table.add(f'first sync at {2 * DELAY_MSECS} ms: round trips ({name})', budget,
                      max(count for count, _ in trips),
                      f'{cost}; {max(count for _, count in trips)} connections, '
                      f'{n_bytes / 1e6:.2f} MB; curl with the same list {curl.wall:.3g} ms', unit='',
                      data=cost.data())
            table.figure(f'unchanged refresh at {2 * DELAY_MSECS} ms ({name})',
                         f'{again[0]} round trips, {unchanged.wall:.3g} ms')
        finally:
            line.stop()

    for reference in bench.references:
        measure_delayed_reference(bench, reference)


def first_requests(bench):
    server = bench.server
    server.clear_log()
    bench.first_sync(None, bench.path('store-first'), 'small', server.port)
    return server.requests()


def measure_delayed_reference(bench, reference):
    server = bench.server
    state = bench.path(f'delayed {reference.name}')
    line = Line(bench.path('line-reference.log'), server.port, DELAY_MSECS)
    try:
        cost, again = Cost(), Cost()
        server.clear_log()
        line.clear_log()
        bench.settle(state)
        reference.run(bench, cost, state, 'small', line.port, targets=True)
        n_trips, n_connections = count_round_trips(line.lines())
        n_requests = len(server.requests())
        line.clear_log()
        reference.run(bench, again, state, 'small', line.port, targets=False)
        n_again = count_round_trips(line.lines())[0]
    finally:
        line.stop()
    bench.table.figure(
        f'first sync at {2 * DELAY_MSECS} ms: {reference.name} (HTTP/1.1)',
        f'{n_trips} round trips, {n_requests} requests, {n_connections} connections, '
        f'{cost.wall:.3g} ms, {cost.peak:.1f} MiB', cost.data())
    bench.table.figure(f'unchanged refresh at {2 * DELAY_MSECS} ms: {reference.name}',
                       f'{n_again} round trips, {again.wall:.3g} ms')


def files_of(bench, name):
    """The metadata and targets of a repository, with their sizes."""
    sizes = {}
    for part in ('metadata', 'targets'):
        top = os.path.realpath(bench.path(f'www/{name}/{part}'))
        for folder, _, names in os.walk(top):
            for file in names:
                path = os.path.join(folder, file)
                sizes[part + '/' + os.path.relpath(path, top)] = os.path.getsize(path)
    return sizes


def measure_change(bench):
    """One partner changed one per cent: what comes over the wire, beside what changed."""
    server = bench.server
    before, after = files_of(bench, 'small'), files_of(bench, 'changed')
    changed = {path: size for path, size in after.items() if path not in before}
    changed['metadata/timestamp.json'] = after['metadata/timestamp.json']
    n_changed = sum(changed.values())

    cost = Cost()
    store = bench.path('store-change')
    for _ in range(RUNS_CHANGE):
        bench.settle(store)
        shutil.copytree(bench.path('store'), store, symlinks=True)
        server.clear_log()
        bench.sync(cost, store, 'changed', server.port)
        requests = server.requests()
    body = sum(request.body_bytes for request in requests)
    wire = sum(request.wire_bytes for request in requests)
    bench.table.add('one partner changed 1 %: bytes / changed files and metadata', 1.1,
                    wire / n_changed,
                    f'{wire} with headers, {body} without / {n_changed} bytes in {len(changed)} files; '
                    f'{len(requests)} requests, {cost}', data=cost.data())


def measure_many(bench):
    """30 × 100 × 40 packs listed: a refresh that finds nothing new must not notice."""
    maker = os.path.join(bench.own, 'make-many')
    if not os.path.exists(maker):
        print('  make-many is not built: the large campaign is left out')
        return
    print('making a campaign of 30 × 100 × 40 packs…', flush=True)
    bench.run(None, maker, bench.path('many'), '30', '100', '40')
    bench.publish('many', bench.path('many/repo'))
    server = bench.server

    first, small, many = Cost(), Cost(), Cost()
    store = bench.path('store-many')
    server.clear_log()
    bench.first_sync(first, store, 'many', server.port)
    requests = server.requests()
    n_bytes = sum(request.body_bytes for request in requests)
    bench.table.figure('first sync, 30 × 100 × 40 packs',
                       f'{first.wall / 1000:.3g} s, {first.peak:.0f} MiB; {len(requests)} requests, '
                       f'{n_bytes / 1e6:.3g} MB', first.data())

    for _ in range(RUNS_UNCHANGED):
        bench.sync(small, bench.path('store'), 'small', server.port)
        bench.sync(many, store, 'many', server.port)
    server.clear_log()
    bench.sync(None, store, 'many', server.port)
    n_requests = len(server.requests())
    bench.table.add('unchanged refresh, 30 × 100 × 40: requests', 2, n_requests, '', unit='')
    # “The same”, within what the machine can tell apart.
    bench.table.add('unchanged refresh, 30 × 100 × 40 / 200 targets: wall time', 1.1,
                    many.wall / small.wall, f'{many} / {small}', data=[many.data(), small.data()])
    bench.table.add('unchanged refresh, 30 × 100 × 40 / 200 targets: peak memory', 1.05,
                    many.peak / small.peak, f'{many.peak:.1f} / {small.peak:.1f} MiB')


def measure_app(bench):
    """The window: how soon it is there, what it holds, and what turning its pages costs."""
    out = bench.path('app.json')
    sample = Sample(bench.tomopress, bench.tomoctl, bench.path('sample'), bench.environment)
    stores = [sample.make(), SAMPLE, bench.path('store'), 'bench']
    if os.path.isdir(bench.path('store-many')):
        stores += [bench.path('store-many'), 'bench']
    subprocess.run(
        [os.path.join(HERE, '../support/with-display.sh'), '--size', '1920x1080', 'python3',
         os.path.join(HERE, 'app.py'), bench.build, out, *stores],
        check=True, env=bench.environment)
    with open(out, encoding='utf-8') as file:
        for row in json.load(file):
            bench.table.add(row['what'], row['budget'], row['measured'], row['figures'],
                            unit=row['unit'])


MEASUREMENTS = {'unchanged': measure_unchanged, 'first': measure_first, 'delayed': measure_delayed,
                'change': measure_change, 'many': measure_many, 'app': measure_app}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--build', required=True)
    parser.add_argument('--json')
    parser.add_argument('--work')
    parser.add_argument('only', nargs='*')
    options = parser.parse_args()
    for name in options.only:
        if name not in MEASUREMENTS:
            parser.error(f'{name}: there are {", ".join(MEASUREMENTS)}')

    with tempfile.TemporaryDirectory(prefix='tomoshibi-bench-', dir=options.work) as work:
        bench = Bench(os.path.abspath(options.build), work)
        try:
            bench.make_small()
            for name, measure in MEASUREMENTS.items():
                if not options.only or name in options.only:
                    print(f'{name}: {measure.__doc__}', flush=True)
                    measure(bench)
        finally:
            bench.server.stop()

    print('\n' + bench.table.text(), end='')
    if options.json:
        with open(options.json, 'w', encoding='utf-8') as file:
            json.dump(bench.table.rows, file, indent=1)
    return 1 if any(row['verdict'] == 'MISSED' for row in bench.table.rows) else 0


sys.exit(main())
