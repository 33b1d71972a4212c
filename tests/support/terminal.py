# SPDX-License-Identifier: GPL-3.0-or-later
"""A program on a terminal, as for a person who reads and types."""

import os
import signal

# What no program of ours writes.
END = b'\0'


def _lead(line, command, environment, folder):
    """Leads the terminal's session: runs the program, says how it ended, and stays.

    When the leader goes the kernel hangs the terminal up, and may drop what nobody has read yet.
    """
    os.login_tty(line)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pid = os.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.chdir(folder)
        os.execvpe(command[0], command, environment)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.write(1, END + str(code).encode() + END)
    signal.pause()


def run_on_terminal(command, answers=(), environment=None, folder='.'):
    """Runs @command; returns its exit code, and everything that stood on its terminal.

    Each of @answers is a pair: what to wait for, after what was awaited before, and what is then typed.
    """
    terminal, line = os.openpty()
    leader = os.fork()
    if leader == 0:
        try:
            os.close(terminal)
            _lead(line, command, environment or os.environ, folder)
        finally:
            os._exit(127)
    os.close(line)
    said, begin, left = b'', 0, [(awaited.encode(), typed.encode()) for awaited, typed in answers]
    while said.count(END) < 2:
        said += os.read(terminal, 4096)
        while left and left[0][0] in said[begin:]:
            awaited, typed = left.pop(0)
            begin = said.index(awaited, begin) + len(awaited)
            os.write(terminal, typed)
    os.kill(leader, signal.SIGKILL)
    os.waitpid(leader, 0)
    os.close(terminal)
    text, code, _ = said.decode().split(END.decode())
    return int(code), text
