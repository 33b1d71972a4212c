#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up what `meson test` wrote into its testlog.json files, subtest by subtest.

usage: sum-results.py SUMMARY

SUMMARY has lines "log LANE FILE" and "broken LANE: REASON". The last line printed is
"N passed, N failed, N skipped"; the exit code is 0 only if something ran and nothing failed.
"""

import json
import re
import sys

TAP_LINE = re.compile(r'^(not )?ok\b[ \t]*\d*[ \t]*-?[ \t]*(.*)$')
BAD = {'FAIL', 'ERROR', 'TIMEOUT', 'INTERRUPT', 'UNEXPECTEDPASS'}
TAIL_LINES = 40


def count_subtests(text):
    """Returns (passed, names of failed, names and reasons of skipped) of a TAP stream."""
    passed, failed, skipped = 0, [], []
    for line in text.splitlines():
        found = TAP_LINE.match(line)
        if found is None:
            if re.match(r'^1\.\.0\b', line):
                skipped.append(line.partition('#')[2].strip() or 'nothing to run')
            continue
        not_ok, name = found.groups()
        name, _, directive = name.partition('#')
        directive = directive.strip()
        if directive.upper().startswith('SKIP'):
            skipped.append(f'{name.strip()}: {directive[4:].strip()}')
        elif not_ok and not directive.upper().startswith('TODO'):
            failed.append(name.strip())
        else:
            passed += 1
    return passed, failed, skipped


def count_test(entry):
    """A test that is bad as a whole without a failed subtest (it crashed) counts as one failure."""
    result = entry['result']
    passed, failed, skipped = count_subtests(entry.get('stdout', ''))
    if result in BAD and not failed:
        failed = [result.lower()]
    elif not passed and not failed and not skipped:
        if result == 'SKIP':
            skipped = ['skipped']
        else:
            passed = 1
    return passed, failed, skipped


def print_failure(lane, entry, failed):
    print(f"\nFAILED ({lane}): {entry['name']}: {', '.join(failed)}")
    output = entry.get('stdout', '') + entry.get('stderr', '')
    lines = [line for line in output.splitlines() if 'g_set_user_dirs' not in line]
    for line in lines[-TAIL_LINES:]:
        print('    ' + line)


def main():
    n_passed = n_failed = 0
    all_skipped = []
    with open(sys.argv[1], encoding='utf-8') as summary:
        lines = summary.read().splitlines()

    for line in lines:
        kind, _, rest = line.partition(' ')
        if kind == 'broken':
            print(f'\nFAILED ({rest})')
            n_failed += 1
            continue
        lane, _, path = rest.partition(' ')
        with open(path, encoding='utf-8', errors='replace') as log:
            for text in log:
                entry = json.loads(text)
                passed, failed, skipped = count_test(entry)
                n_passed += passed
                n_failed += len(failed)
                all_skipped += [f"{lane}: {entry['name'].split(' / ')[-1]}: {what}"
                                for what in skipped]
                if failed:
                    print_failure(lane, entry, failed)

    if all_skipped:
        print('\nSkipped:')
        for what in sorted(set(all_skipped)):
            print('    ' + what)
    print(f'\n{n_passed} passed, {n_failed} failed, {len(all_skipped)} skipped')
    return 0 if n_passed > 0 and n_failed == 0 else 1


sys.exit(main())
