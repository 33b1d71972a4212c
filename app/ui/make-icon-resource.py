#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Write the GResource list of all icons. Usage: make-icon-resource.py OUTPUT ICON…"""

import os
import sys

output, *icons = sys.argv[1:]
lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<gresources>',
         '  <gresource prefix="/org/tomoshibi/Tomoshibi/icons/scalable/actions">']
# Arrows point the other way where text runs from right to left; GTK looks for these names.
MIRRORED = {'tomo-back-symbolic.svg': 'tomo-next-symbolic-rtl.svg',
            'tomo-next-symbolic.svg': 'tomo-back-symbolic-rtl.svg'}
for icon in sorted(icons):
    name = os.path.basename(icon)
    lines.append(f'    <file alias="{name}" preprocess="xml-stripblanks">{name}</file>')
    if name in MIRRORED:
        lines.append(f'    <file alias="{MIRRORED[name]}" preprocess="xml-stripblanks">{name}</file>')
lines += ['  </gresource>', '</gresources>', '']
with open(output, 'w', encoding='utf-8') as file:
    file.write('\n'.join(lines))
