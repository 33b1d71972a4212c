# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts round trips in the log of delay-proxy.py."""


def count_round_trips(lines):
    """A round trip is a flight of bytes from the client that a flight from the server answers.

    With connections side by side what counts is how many such flights had to wait for one another:
    what a client sends is one round later than the latest answer it had got until then, on whichever
    connection; an answer is of the round of the latest bytes that had reached the server on its own
    connection. The highest round that was answered is the number of round trips. So eight
    connections that each ask once at a time are one round, however much they drift apart, and two
    requests on one connection are one round if the second did not wait for the first answer.

    The handshakes of TLS count, since they are bytes. Those of TCP do not, since the proxy cannot see
    them; how many connections there were is the second result.
    """
    got = 0
    sent = {}
    reached = {}
    answered = {}
    latest = 0
    for line in lines:
        _, connection, what, _ = line.split()
        if what == 'open':
            sent[connection], reached[connection] = [], 0
            answered[connection] = []
        elif what == 'client-sends':
            sent[connection].append(got + 1)
        elif what == 'server-gets':
            reached[connection] = max(reached[connection], sent[connection].pop(0))
        elif what == 'server-sends':
            answered[connection].append(reached[connection])
        elif what == 'client-gets':
            got = max(got, answered[connection].pop(0))
            latest = max(latest, got)
    return latest, len(sent)


def bytes_received(lines):
    """How many bytes came out of the line at the client's end."""
    return sum(int(line.split()[3]) for line in lines if line.split()[2] == 'client-gets')
