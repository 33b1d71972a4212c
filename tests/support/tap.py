# SPDX-License-Identifier: GPL-3.0-or-later
"""Steps that are run in turn, and told as TAP."""

import time
import traceback


class Skip(Exception):
    """What a step needs is not here; the text says what."""


def _run_step(number, name, step, arguments):
    begun = time.monotonic()
    try:
        step(*arguments)
    except Skip as reason:
        print(f'ok {number} {name} # SKIP {reason}', flush=True)
        return True
    except Exception:  # pylint: disable=broad-except
        print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
        print(f'not ok {number} {name}', flush=True)
        return False
    print(f'# {time.monotonic() - begun:.1f} seconds\nok {number} {name}', flush=True)
    return True


def run_steps(steps, *arguments):
    """Runs each of @steps with @arguments, whatever fails; returns the program's exit code.

    A step is a function that raises what is wrong, or a pair of a name and such a function.
    """
    print(f'1..{len(steps)}', flush=True)
    named = [step if isinstance(step, tuple) else (step.__name__.replace('_', ' '), step) for step in steps]
    results = [_run_step(number, name, step, arguments) for number, (name, step) in enumerate(named, 1)]
    return 0 if all(results) else 1
