# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of this folder have in common: steps that are run in turn, and told as TAP."""

import subprocess
import sys


def run_steps(*steps):
    """Runs all of @steps, whatever fails, and ends the program."""
    failed = 0
    print(f'1..{len(steps)}')
    for number, step in enumerate(steps, 1):
        try:
            step()
            print(f'ok {number} {step.__name__}')
        except (AssertionError, subprocess.CalledProcessError) as problem:
            failed += 1
            print(f'not ok {number} {step.__name__}')
            print(''.join(f'# {line}\n' for line in str(problem).splitlines()), end='')
    sys.exit(failed > 0)
