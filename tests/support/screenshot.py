#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what is on the virtual screen of with-display.sh as a PNG.

usage: screenshot.py OUT.png

Xvfb keeps the screen in a file of the old XWD format; reading it needs no further program.
"""

import os
import struct
import sys
import zlib

N_HEADER_FIELDS = 25
HEADER_SIZE, WIDTH, HEIGHT, BITS_PER_PIXEL, BYTES_PER_LINE, N_COLOURS = 0, 4, 5, 11, 12, 19
BYTES_PER_COLOUR = 12


def read_screen(path):
    """Returns (width, height, rows of RGB bytes)."""
    with open(path, 'rb') as file:
        data = file.read()
    fields = struct.unpack(f'>{N_HEADER_FIELDS}I', data[:4 * N_HEADER_FIELDS])
    if fields[BITS_PER_PIXEL] != 32:
        sys.exit(f'screenshot.py: {fields[BITS_PER_PIXEL]} bits a pixel; with-display.sh sets 32')

    start = fields[HEADER_SIZE] + fields[N_COLOURS] * BYTES_PER_COLOUR
    rows = []
    for y in range(fields[HEIGHT]):
        first = start + y * fields[BYTES_PER_LINE]
        line = data[first:first + 4 * fields[WIDTH]]
        row = bytearray(3 * fields[WIDTH])
        row[0::3], row[1::3], row[2::3] = line[2::4], line[1::4], line[0::4]
        rows.append(bytes(row))
    return fields[WIDTH], fields[HEIGHT], rows


def write_png(path, width, height, rows):
    def chunk(kind, body):
        return (struct.pack('>I', len(body)) + kind + body
                + struct.pack('>I', zlib.crc32(kind + body)))

    header = struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(b''.join(b'\0' + row for row in rows), 6)
    with open(path, 'wb') as file:
        file.write(b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', header) + chunk(b'IDAT', packed)
                   + chunk(b'IEND', b''))


def count_colours(rows):
    """A screen of one colour is a screen without a picture."""
    return len({row[i:i + 3] for row in rows[::16] for i in range(0, len(row), 48)})


def main():
    width, height, rows = read_screen(os.environ['TOMO_SCREEN_FILE'])
    if count_colours(rows) < 3:
        sys.exit('screenshot.py: the screen is empty')
    write_png(sys.argv[1], width, height, rows)


if __name__ == '__main__':
    main()
