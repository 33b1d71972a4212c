#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turn the drawings of all icons into a table for tomo-icon.c. Usage: make-icons.py OUTPUT SVG…

Of SVG it takes what our icons are made of: filled paths in a square of 24. Anything else ends the
build, rather than being left out of the picture.
"""

import math
import os
import re
import sys
import xml.etree.ElementTree as ElementTree

SVG = '{http://www.w3.org/2000/svg}'
TAGS = {SVG + 'svg', SVG + 'g', SVG + 'path'}
KNOWN = {'width', 'height', 'viewBox', 'fill', 'fill-rule', 'd'}
VIEW_BOX = '0 0 24 24'
# How many numbers follow a letter of a path.
N_NUMBERS = {'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'A': 7, 'Z': 0}


class Path:
    """Follows a path, and notes it in the operations of cairo."""

    def __init__(self, data):
        self.steps = []
        self.at = self.start = self.control = (0.0, 0.0)
        tokens = re.findall(r'[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)', data)
        if ''.join(tokens) != re.sub(r'[\s,]', '', data):
            sys.exit(f'{sys.argv[0]}: cannot read the path ‘{data}’')
        letter = None
        while tokens:
            if tokens[0].isalpha():
                letter = tokens.pop(0)
            count = N_NUMBERS.get(letter.upper()) if letter else None
            if count is None or len(tokens) < count or (count == 0 and letter is None):
                sys.exit(f'{sys.argv[0]}: cannot read the path ‘{data}’ at ‘{letter}’')
            self.step(letter, [float(tokens.pop(0)) for _ in range(count)])
            # Numbers that go on after a move are lines; nothing goes on after the end of a path.
            letter = {'M': 'L', 'm': 'l', 'Z': None, 'z': None}.get(letter, letter)

    def point(self, letter, x, y):
        return (self.at[0] + x, self.at[1] + y) if letter.islower() else (x, y)

    def line(self, to):
        self.steps.append(('LINE', to))
        self.at = self.control = to

    def curve(self, first, second, to):
        self.steps.append(('CURVE', first, second, to))
        self.at, self.control = to, second

    def step(self, letter, numbers):
        kind = letter.upper()
        if kind == 'Z':
            self.steps.append(('CLOSE',))
            self.at = self.control = self.start
        elif kind == 'H':
            self.line((self.point(letter, numbers[0], 0)[0], self.at[1]))
        elif kind == 'V':
            self.line((self.at[0], self.point(letter, 0, numbers[0])[1]))
        elif kind == 'A':
            self.arc(numbers[:5], self.point(letter, *numbers[5:]))
        else:
            points = [self.point(letter, *numbers[i:i + 2]) for i in range(0, len(numbers), 2)]
            if kind == 'M':
                self.steps.append(('MOVE', *points))
                self.at = self.start = self.control = points[0]
            elif kind == 'L':
                self.line(*points)
            elif kind == 'C':
                self.curve(*points)
            else:
                mirrored = (2 * self.at[0] - self.control[0], 2 * self.at[1] - self.control[1])
                self.curve(mirrored, *points)

    def arc(self, how, to):
        """As curves of at most a quarter; SVG 1.1, appendix F.6.5."""
        radius_x, radius_y, rotation, is_large, is_clockwise = how
        if rotation != 0:
            sys.exit(f'{sys.argv[0]}: a turned ellipse is not among what our icons are made of')
        half_x, half_y = (self.at[0] - to[0]) / 2, (self.at[1] - to[1]) / 2
        excess = (half_x / radius_x) ** 2 + (half_y / radius_y) ** 2
        if excess > 1:
            radius_x, radius_y = radius_x * math.sqrt(excess), radius_y * math.sqrt(excess)
        across = (radius_x * half_y) ** 2 + (radius_y * half_x) ** 2
        factor = math.sqrt(max(0.0, (radius_x * radius_y) ** 2 / across - 1))
        if bool(is_large) == bool(is_clockwise):
            factor = -factor
        shift_x, shift_y = factor * radius_x * half_y / radius_y, -factor * radius_y * half_x / radius_x
        centre = ((self.at[0] + to[0]) / 2 + shift_x, (self.at[1] + to[1]) / 2 + shift_y)
        begin = math.atan2((half_y - shift_y) / radius_y, (half_x - shift_x) / radius_x)
        turn = math.atan2((-half_y - shift_y) / radius_y, (-half_x - shift_x) / radius_x) - begin
        if is_clockwise and turn < 0:
            turn += 2 * math.pi
        elif not is_clockwise and turn > 0:
            turn -= 2 * math.pi

        n_parts = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-6))
        reach = 4 / 3 * math.tan(turn / n_parts / 4)

        def place(angle, along):
            return (centre[0] + radius_x * (math.cos(angle) - along * math.sin(angle)),
                    centre[1] + radius_y * (math.sin(angle) + along * math.cos(angle)))

        for i in range(n_parts):
            first, last = begin + turn * i / n_parts, begin + turn * (i + 1) / n_parts
            end = to if i + 1 == n_parts else place(last, 0)
            self.curve(place(first, reach), place(last, -reach), end)
        self.control = self.at


def read_element(path, element, rule):
    """The steps of all paths in an element; the rule of filling is inherited."""
    rule = element.get('fill-rule', rule)
    if element.tag not in TAGS or not KNOWN.issuperset(element.keys()):
        sys.exit(f'{path}: icons are made of plain paths, not of {element.tag} {element.attrib}')
    steps = []
    if element.tag == SVG + 'path':
        steps = Path(element.get('d')).steps + [(f'FILL_{rule.upper()}',)]
    for child in element:
        steps += read_element(path, child, rule)
    return steps


def read_icon(path):
    """The steps of one icon."""
    root = ElementTree.parse(path).getroot()
    if root.get('viewBox') != VIEW_BOX:
        sys.exit(f'{path}: the viewBox must be ‘{VIEW_BOX}’')
    return read_element(path, root, 'nonzero')


def main():
    output, *icons = sys.argv[1:]
    numbers, rows = [], []
    for icon in sorted(icons):
        begin = sum(len(line) for line in numbers)
        for kind, *points in read_icon(icon):
            numbers.append([f'TOMO_ICON_{kind}',
                            *(f'{value:.3f}f' for point in points for value in point)])
        end = sum(len(line) for line in numbers)
        name = os.path.basename(icon).removesuffix('.svg')
        rows.append(f'  {{ "{name}", {begin}, {end} }},')
    lines = ['/* Made by make-icons.py from app/ui/icons. */', '', '#include "ui/tomo-icon-private.h"', '',
             'const float tomo_icon_steps[] = {',
             *(f'  {", ".join(line)},' for line in numbers), '};', '',
             'const TomoIconDrawing tomo_icon_drawings[] = {', *rows, '};', '',
             f'const unsigned int tomo_icon_n_drawings = {len(rows)};', '']
    with open(output, 'w', encoding='utf-8') as file:
        file.write('\n'.join(lines))


if __name__ == '__main__':
    main()
