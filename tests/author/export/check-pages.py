#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at the pages that `tomopress pack export --format html` writes: their outline, and, where
there is Chromium, whether they load without a complaint and print with the answers apart.

usage: check-pages.py TOMOPRESS SOURCE

Prints TAP.
"""

import functools
import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile

from tap import Skip, run_steps

PACKS = (('jp', 'accounts'), ('jp', 'screens'), ('th', 'money'))
LANGUAGES = (('en', 'ltr'), ('ja', 'ltr'), ('th', 'ltr'), ('ar', 'rtl'))
# One of each direction: a browser takes two seconds to start.
BROWSED = ('en', 'ar')
BROWSERS = ('chromium', 'chromium-browser', 'google-chrome')
VOID = {'meta', 'img', 'br', 'hr', 'input', 'link'}
BROWSER_SECS = 60


class Page(html.parser.HTMLParser):
    """What matters of a page: its language, its headings, its pictures, where it leads."""

    def __init__(self, text):
        super().__init__()
        self.attributes = {}
        self.levels = []
        self.mistakes = []
        self.open = []
        self.feed(text)
        if self.open:
            self.mistakes.append(f'never closed: {self.open}')

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == 'html':
            self.attributes = attributes
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch('h[1-6]', tag):
            self.levels.append(int(tag[1]))
        if tag == 'img' and not attributes.get('alt'):
            self.mistakes.append('a picture without a description')
        if tag in ('script', 'link', 'iframe', 'object', 'embed', 'form'):
            self.mistakes.append(f'<{tag}>')
        if 'src' in attributes and not attributes['src'].startswith('data:image/png;base64,'):
            self.mistakes.append(f'from elsewhere: {attributes["src"]}')
        if any(name.startswith('on') or name == 'style' for name in attributes):
            self.mistakes.append(f'<{tag}> with {sorted(attributes)}')
        href = attributes.get('href', 'https://')
        if not re.match(r'https://|[a-z0-9-]+\.html$', href):
            self.mistakes.append(f'leads to {href}')

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.mistakes.append(f'</{tag}> closes something else')


def check_outline(text, language, direction):
    page = Page(text)
    mistakes = list(page.mistakes)
    if (page.attributes.get('lang'), page.attributes.get('dir')) != (language, direction):
        mistakes.append(f'its language is {page.attributes}')
    if page.levels[:1] != [1] or page.levels.count(1) != 1:
        mistakes.append(f'headings: {page.levels}')
    if any(after > before + 1 for before, after in zip(page.levels, page.levels[1:])):
        mistakes.append(f'headings leave one out: {page.levels}')
    if 'url(' in text or '@import' in text:
        mistakes.append('the style sheet loads something')
    return mistakes


class Pages:
    """What is exported, and the browser that looks at it."""

    def __init__(self, tomopress, source, work):
        self.tomopress = tomopress
        self.source = source
        self.work = work
        self.kept = os.environ.get('TOMO_KEEP_PAGES') or work
        self.browser = next((found for found in map(shutil.which, BROWSERS) if found), None)

    def export(self, pack, language, folder):
        subprocess.run([self.tomopress, 'pack', 'export', '--format', 'html', pack, '-o', folder,
                        '--language', language], check=True, stdout=subprocess.DEVNULL)
        return sorted(os.listdir(folder))

    def run_browser(self, *arguments):
        """Returns the complaints of the console."""
        if self.browser is None:
            raise Skip('there is no Chromium')
        command = [self.browser, '--headless=new', '--no-sandbox', '--disable-gpu',
                   '--disable-dev-shm-usage', '--no-first-run', '--disable-extensions',
                   '--disable-background-networking', '--enable-logging=stderr', '--v=0',
                   '--host-resolver-rules=MAP * ~NOTFOUND', f'--user-data-dir={self.work}/profile', *arguments]
        result = subprocess.run(command, capture_output=True, text=True, check=False, errors='replace',
                                timeout=BROWSER_SECS, env=dict(os.environ, HOME=self.work))
        said = [line for line in result.stderr.splitlines() if 'CONSOLE' in line]
        return [f'the console says: {line}' for line in said]

    def browse(self, path, n_sheets=None):
        """Returns what is wrong with a page that is looked at and printed, onto @n_sheets of paper."""
        url = 'file://' + path
        pdf, png = path + '.pdf', path + '.png'
        mistakes = self.run_browser(f'--print-to-pdf={pdf}', '--no-pdf-header-footer', url)
        mistakes += self.run_browser(f'--screenshot={png}', '--window-size=800,1200', url)
        for made, begin in ((pdf, b'%PDF'), (png, b'\x89PNG')):
            if not os.path.exists(made):
                mistakes.append(f'no {made}')
                continue
            with open(made, 'rb') as file:
                content = file.read()
            if not content.startswith(begin) or len(content) < 2000:
                mistakes.append(f'{made} is no picture of a page')
            printed = len(re.findall(rb'/Type\s*/Page\b', content))
            if made == pdf and n_sheets and printed != n_sheets:
                mistakes.append(f'{printed} sheets of paper, not {n_sheets}')
        return mistakes

    def are_well_formed(self, partner, name, language, direction):
        pack = os.path.join(self.source, 'content', 'partners', partner, 'packs', name)
        folder = os.path.join(self.kept, name, language)
        pages = self.export(pack, language, folder)
        mistakes = [] if 'index.html' in pages else ['there is no index.html']
        for page in (page for page in pages if page.endswith('.html')):
            with open(os.path.join(folder, page), encoding='utf-8') as file:
                found = check_outline(file.read(), language, direction)
            mistakes += [f'{page}: {mistake}' for mistake in found]
        assert not mistakes, '\n'.join(mistakes)
        print(f'# {len(pages)} pages')

    def load_and_print(self, language):
        """The quiz and one tip of the first pack, which is exported by then."""
        folder = os.path.join(self.kept, PACKS[0][1], language)
        tips = sorted(page for page in os.listdir(folder) if re.match(r'tip-.*\.html$', page))
        mistakes = []
        for page in ('quiz.html', *tips[:1]):
            mistakes += self.browse(os.path.join(folder, page))
        assert not mistakes, '\n'.join(mistakes)

    def print_answers_apart(self):
        """One question fills no sheet: what is on the second are the answers."""
        pack, folder = os.path.join(self.work, 'first-pack'), os.path.join(self.work, 'first')
        subprocess.run([self.tomopress, 'pack', 'new', pack], check=True, stdout=subprocess.DEVNULL)
        self.export(pack, 'en', folder)
        mistakes = self.browse(os.path.join(folder, 'quiz.html'), 2)
        assert not mistakes, '\n'.join(mistakes)


def main():
    with tempfile.TemporaryDirectory(prefix='tomoshibi-pages-') as work:
        pages = Pages(*sys.argv[1:], work)
        steps = [(f'{name} in {language}', functools.partial(pages.are_well_formed, partner, name, language, direction))
                 for partner, name in PACKS for language, direction in LANGUAGES]
        steps += [(f'pages in {language} load and print', functools.partial(pages.load_and_print, language))
                  for language in BROWSED]
        return run_steps([*steps, ('the answers are printed on paper of their own', pages.print_answers_apart)])


sys.exit(main())
