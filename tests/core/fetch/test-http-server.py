#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many files from a real web server, nginx: how many connections carry them, and which protocol.

usage: test-http-server.py FETCH-FILES

Prints TAP.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time

from tap import run_steps

N_FILES = 200
MAX_CONNECTIONS = 8

CONFIGURATION = """
{user}
daemon on; worker_processes 1; pid {state}/nginx.pid; error_log {state}/error.log;
events {{ worker_connections 256; }}
http {{
  log_format short '$connection $server_protocol $status $ssl_session_reused';
  access_log {state}/access.log short;
  client_body_temp_path {state}/a; proxy_temp_path {state}/b; fastcgi_temp_path {state}/c;
  uwsgi_temp_path {state}/d; scgi_temp_path {state}/e;
  root {state}/www;
  ssl_certificate {state}/cert.pem; ssl_certificate_key {state}/key.pem;
  ssl_session_cache shared:test:1m;
  server {{ listen 127.0.0.1:{ports[0]} ssl http2; }}
  server {{ listen 127.0.0.1:{ports[1]} ssl; }}
  server {{ listen 127.0.0.1:{ports[2]}; }}
  server {{ listen 127.0.0.1:{ports[3]} ssl http2; keepalive_requests 10; }}
  server {{ listen 127.0.0.1:{ports[4]} ssl; keepalive_requests 10; }}
}}
"""


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(('127.0.0.1', 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


class Server:
    """nginx with a certificate of its own, in a folder of its own."""

    def __init__(self, state, fetch_files):
        self.state = state
        self.fetch_files = fetch_files
        self.ports = free_ports(5)
        os.makedirs(f'{state}/www/targets')
        for number in range(1, N_FILES + 1):
            with open(f'{state}/www/targets/{number}', 'wb') as file:
                file.write(os.urandom(1000 + 100 * number))
        subprocess.run(
            ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
             '-nodes', '-keyout', f'{state}/key.pem', '-out', f'{state}/cert.pem', '-days', '2',
             '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
            check=True, capture_output=True)
        with open(f'{state}/nginx.conf', 'w', encoding='utf-8') as file:
            user = 'user root;' if os.getuid() == 0 else ''
            file.write(CONFIGURATION.format(user=user, state=state, ports=self.ports))
        self.nginx('-c', f'{state}/nginx.conf')

    def nginx(self, *arguments):
        path = os.environ['PATH'] + ':/usr/sbin:/sbin'
        subprocess.run([shutil.which('nginx', path=path), '-e', f'{self.state}/error.log',
                        '-p', self.state, *arguments], check=True, capture_output=True)

    def stop(self):
        self.nginx('-c', f'{self.state}/nginx.conf', '-s', 'stop')

    def fetch(self, scheme, port, rate=0, first=1, last=N_FILES, trusted=True, host='localhost'):
        """Returns whether all came, what was said, and the lines of the server's log."""
        log = f'{self.state}/access.log'
        begin = os.path.getsize(log)
        environment = dict(os.environ, no_proxy='*')
        environment.pop('SSL_CERT_FILE', None)
        if trusted:
            environment['SSL_CERT_FILE'] = f'{self.state}/cert.pem'
        result = subprocess.run(
            [self.fetch_files, f'{scheme}://{host}:{self.ports[port]}', str(rate), str(first),
             str(last)], env=environment, capture_output=True, text=True, check=False, timeout=60)
        print('\n'.join('# ' + line for line in (result.stdout + result.stderr).splitlines()[-3:]))
        lines = self.read_log(log, begin, last - first + 1 if result.returncode == 0 else 0)
        return result.returncode == 0, result.stdout, lines

    def read_log(self, log, begin, wanted):
        """nginx writes a line after the answer; wait until all are there."""
        until = time.monotonic() + 10
        while True:
            with open(log, encoding='utf-8') as file:
                file.seek(begin)
                lines = [line.split() for line in file]
            if len(lines) >= wanted or time.monotonic() > until:
                return lines
            time.sleep(0.01)


def connections(lines):
    return {line[0] for line in lines}


def test_http2(server):
    """Over HTTP/2 one connection carries all files, and nobody opens a second one."""
    came, _, lines = server.fetch('https', 0)
    assert came
    assert len(lines) == N_FILES, len(lines)
    assert {line[1] for line in lines} == {'HTTP/2.0'}
    assert len(connections(lines)) == 1, connections(lines)


def test_http1_tls(server):
    """Without HTTP/2 there are eight connections, and later ones take up a TLS session of the first.

    With Debian 12's curl all do; Debian 13's takes each ticket once, as RFC 8446 C.4 asks, and nginx
    hands out two.
    """
    came, _, lines = server.fetch('https', 1)
    assert came
    assert {line[1] for line in lines} == {'HTTP/1.1'}
    assert 2 <= len(connections(lines)) <= MAX_CONNECTIONS, connections(lines)
    fresh = {line[0] for line in lines if line[3] != 'r'}
    assert len(fresh) <= len(connections(lines)) - 2, fresh


def test_http1(server):
    """Without TLS likewise."""
    came, _, lines = server.fetch('http', 2)
    assert came
    assert 2 <= len(connections(lines)) <= MAX_CONNECTIONS, connections(lines)


def test_http2_goaway(server):
    """A server that ends a connection after ten files, in the middle of all, fails none of them."""
    came, _, lines = server.fetch('https', 3)
    assert came
    assert len(connections(lines)) >= N_FILES / 10, connections(lines)


def test_http1_goaway(server):
    """The same over HTTP/1.1."""
    came, _, lines = server.fetch('https', 4)
    assert came
    assert len(connections(lines)) >= N_FILES / 10, connections(lines)


def test_limit_rate(server):
    """A limit of speed holds over either protocol: 200 files have 2.2 MB, the first sixty 243 kB."""
    for port in (0, 1):
        begun = time.monotonic()
        came, _, _ = server.fetch('https', port, rate=300_000, last=60)
        took = time.monotonic() - begun
        assert came
        # Headers count as well; a machine under load may be slower, but nothing may be faster.
        assert took >= 0.9 * 243 / 300, took


def test_untrusted(server):
    """A certificate that nobody vouches for is an error that says so, and so is a wrong name."""
    came, said, lines = server.fetch('https', 0, trusted=False)
    assert not came and not lines
    assert said.count('SSL_CERT_FILE') == N_FILES, said
    assert 'login page' in said, said

    came, said, lines = server.fetch('https', 0, host='127.0.0.1')
    assert not came and not lines
    assert 'login page' in said and 'subject name' in said, said


def main():
    with tempfile.TemporaryDirectory(prefix='test-http-server-') as state:
        server = Server(state, os.path.abspath(sys.argv[1]))
        try:
            return run_steps([test_http2, test_http1_tls, test_http1, test_http2_goaway, test_http1_goaway,
                              test_limit_rate, test_untrusted], server)
        finally:
            server.stop()


sys.exit(main())
