# SPDX-License-Identifier: GPL-3.0-or-later
"""What answers: nginx, and before it a line with a delay. Both on the loopback."""

import os
import shutil
import socket
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def free_port():
    with socket.socket() as listener:
        listener.bind(('127.0.0.1', 0))
        return listener.getsockname()[1]


def wait_for(condition, what):
    for _ in range(400):
        if condition():
            return
        time.sleep(0.025)
    raise SystemExit(f'{what} did not come up')


def answers(port):
    with socket.socket() as client:
        return client.connect_ex(('127.0.0.1', port)) == 0


def read_lines(path):
    """The lines of a log, once nothing more is being written to it."""
    lines = None
    for _ in range(40):
        with open(path, encoding='utf-8') as file:
            before, lines = lines, file.read().splitlines()
        if lines == before:
            break
        time.sleep(0.02)
    return lines


class Request:
    """One line of nginx's log."""

    def __init__(self, line):
        self.path, status, wire, body, self.connection, self.protocol = line.split()
        self.status, self.wire_bytes, self.body_bytes = int(status), int(wire), int(body)


class Server:
    """nginx, run by the calling user."""

    def __init__(self, folder, state):
        self.state = state
        os.makedirs(state)
        self.authorities = os.path.join(state, 'server.pem')
        subprocess.run(
            ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256',
             '-nodes', '-days', '30', '-subj', '/CN=127.0.0.1', '-addext',
             'subjectAltName=IP:127.0.0.1', '-keyout', os.path.join(state, 'server.key'),
             '-out', self.authorities], check=True, capture_output=True)
        self.port, self.tls_port = free_port(), free_port()
        with open(os.path.join(HERE, 'nginx.conf.in'), encoding='utf-8') as file:
            text = file.read()
        for name, value in (('USER', 'user root;' if os.geteuid() == 0 else ''), ('STATE', state),
                            ('ROOT', folder), ('PORT', self.port), ('TLS_PORT', self.tls_port)):
            text = text.replace(f'@{name}@', str(value))
        conf = os.path.join(state, 'nginx.conf')
        with open(conf, 'w', encoding='utf-8') as file:
            file.write(text)
        nginx = shutil.which('nginx', path=os.environ['PATH'] + ':/usr/sbin:/sbin')
        self.process = subprocess.Popen(
            [nginx, '-e', os.path.join(state, 'error.log'), '-p', state, '-c', conf,
             '-g', 'daemon off;'])
        wait_for(lambda: answers(self.tls_port), 'nginx')

    def address(self, port, name):
        return f'{self.scheme(port)}://127.0.0.1:{port}/{name}'

    def scheme(self, port):
        return 'https' if port == self.tls_port else 'http'

    def clear_log(self):
        self.requests()
        os.truncate(os.path.join(self.state, 'access.log'), 0)

    def requests(self):
        return [Request(line) for line in read_lines(os.path.join(self.state, 'access.log'))]

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Line:
    """delay-proxy.py before a port."""

    def __init__(self, log, port, delay_msecs):
        self.log = log
        self.process = subprocess.Popen(
            [sys.executable, os.path.join(HERE, 'delay-proxy.py'), '--delay', str(delay_msecs),
             '--log', log, str(port)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())

    def clear_log(self):
        read_lines(self.log)
        os.truncate(self.log, 0)

    def lines(self):
        return read_lines(self.log)

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.process.stdout.close()
