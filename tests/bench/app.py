#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Measures the window, on the display that it is started on, and writes rows for bench.py.

usage: app.py BUILD OUT.json SAMPLE CAMPAIGN STORE CAMPAIGN [STORE CAMPAIGN]

Pages are turned in the sample campaign, which has some of each kind. The next store is an ordinary
one; the last, a very large one, must start no slower.
"""

import json
import os
import statistics
import subprocess
import sys
import time

WIDTH, HEIGHT = 1920, 1080
RUNS_FRAME = 31
LANGUAGE_MSECS = 100
START = 'start'


class FirstFrame:
    """Starts of one program, up to its first frame."""

    def __init__(self, *command):
        self.command = command
        self.walls = []
        self.peaks = []

    def run(self, preload):
        read_end, write_end = os.pipe()
        environment = dict(os.environ, LD_PRELOAD=preload)
        environment['TOMO_BENCH_BEGUN_USECS'] = str(time.monotonic_ns() // 1000)
        with subprocess.Popen(['sh', '-c', f'exec "$@" 3>&{write_end} 2>/dev/null', 'sh', *self.command],
                              env=environment, pass_fds=[write_end],
                              stdout=subprocess.DEVNULL) as process:
            os.close(write_end)
            with os.fdopen(read_end, encoding='ascii') as report:
                words = report.read().split()
            if process.wait() != 0 or len(words) != 2:
                sys.exit(f'{" ".join(self.command)}: no first frame')
        self.walls.append(int(words[0]) / 1000)
        self.peaks.append(int(words[1]) / 1024)

    @property
    def wall(self):
        return statistics.median(self.walls)

    @property
    def peak(self):
        return statistics.median(self.peaks)

    def __str__(self):
        low, _, high = statistics.quantiles(self.walls, n=4)
        return f'{self.wall:.0f} ms ({low:.0f}–{high:.0f})'


def row(what, budget, measured, figures, unit='×'):
    return {'what': what, 'budget': budget, 'measured': measured, 'figures': figures, 'unit': unit}


def measure_first_frame(build, stores, text):
    """Label and program in turn, so that what else the machine does meets both."""
    preload = os.path.join(build, 'tests/bench/first-frame.so')
    label = FirstFrame(os.path.join(build, 'tests/bench/label-window'), str(WIDTH), str(HEIGHT), text)
    ours = [FirstFrame(os.path.join(build, 'app/kiosk/tomoshibi'), '--kiosk', '--store', store,
                       '--campaign', campaign) for store, campaign in stores]
    for _ in range(RUNS_FRAME):
        for program in (label, *ours):
            program.run(preload)

    app = ours[0]
    rows = [row('first frame / a window with one label', 1.35, app.wall / label.wall, f'{app} / {label}'),
            row('peak memory at the first frame / that window', 1.5, app.peak / label.peak,
                f'{app.peak:.1f} / {label.peak:.1f} MiB')]
    if len(ours) > 1:
        # “The same”, within what the machine can tell apart.
        rows += [row('first frame, 30 × 100 × 40 / an ordinary store', 1.1, ours[1].wall / app.wall,
                     f'{ours[1]} / {app}'),
                 row('peak memory, 30 × 100 × 40 / an ordinary store', 1.05, ours[1].peak / app.peak,
                     f'{ours[1].peak:.1f} / {app.peak:.1f} MiB')]
    return rows


def watched(what, budget, numbers):
    cpu, wall, n_frames = numbers
    return row(what, budget, round(100 * cpu / wall, 1), f'{n_frames} frames in {wall / 1e6:.0f} s', unit='%')


def changes(what, touched):
    """How many touches brought the other language soon enough, and which took the longest."""
    msecs = [touch[-1] for touch in touched]
    page, old, new, worst = max(touched, key=lambda touch: touch[-1])
    n_soon = sum(time <= LANGUAGE_MSECS for time in msecs)
    return row(what, LANGUAGE_MSECS, round(statistics.quantiles(msecs, n=20)[-1]),
               f'95 % of {len(msecs)} within that; {n_soon} within {LANGUAGE_MSECS} ms; median '
               f'{statistics.median(msecs):.0f} ms; the slowest {worst:.0f} ms, {old} → {new} on {page}',
               unit='ms')


def measure_pages(lines, touched):
    slide = [usecs / 1000 for usecs in lines['slide']]
    plain = [usecs / 1000 for usecs in lines['plain']]
    ground = [usecs / 1000 for usecs in lines['ground']]
    return [
        changes('change of language to the new frame, 1920×1080',
                [touch for touch in touched if touch[0] != START]),
        changes('start screen to home in the language touched, to the new frame',
                [touch for touch in touched if touch[0] == START]),
        row('sliding pages: painting / two plain labels', 2,
            statistics.median(slide) / statistics.median(plain),
            f'{statistics.median(slide):.1f} / {statistics.median(plain):.1f} ms, '
            f'{len(slide)} / {len(plain)} frames; two areas of one colour, as large, '
            f'{statistics.median(ground):.1f} ms'),
        watched('a still page: part of one core', 0, lines['still']),
        watched('the start screen, where greetings move: part of one core', 10, lines['attract']),
    ]


def main():
    build, out, *pairs = sys.argv[1:]
    sample, *stores = zip(pairs[::2], pairs[1::2])
    lines, touched, text = {}, [], ''
    for arguments in ((*stores[0], 'text'), sample):
        said = subprocess.run([os.path.join(build, 'tests/bench/pages'), *arguments], check=True,
                              env=dict(os.environ, TOMO_BUILD_ROOT=build), capture_output=True, text=True)
        for line in said.stdout.splitlines():
            name, _, rest = line.partition(' ')
            if name == 'text':
                text = rest
            elif name == 'language':
                *words, usecs = rest.split()
                touched.append((*words, int(usecs) / 1000))
            elif name in ('slide', 'plain', 'ground', 'still', 'attract'):
                lines[name] = [int(word) for word in rest.split()]
    rows = measure_first_frame(build, stores, text) + measure_pages(lines, touched)
    with open(out, 'w', encoding='utf-8') as file:
        json.dump(rows, file)


if __name__ == '__main__':
    main()
