#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Looks at the pages that `tomopress pack export --format html` writes: their outline, and, where
there is Chromium, whether they load without a complaint and print with the answers apart.

usage: check-pages.py TOMOPRESS SOURCE
"""

import html.parser
import os
import re
import shutil
import subprocess
import sys
import tempfile

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


def run_browser(browser, home, *arguments):
    command = [browser, '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage',
               '--no-first-run', '--disable-extensions', '--disable-background-networking',
               '--enable-logging=stderr', '--v=0', '--host-resolver-rules=MAP * ~NOTFOUND',
               f'--user-data-dir={home}/profile', *arguments]
    result = subprocess.run(command, capture_output=True, text=True, check=False, errors='replace',
                            timeout=BROWSER_SECS, env=dict(os.environ, HOME=home))
    said = [line for line in result.stderr.splitlines() if 'CONSOLE' in line]
    return [f'the console says: {line}' for line in said]


def check_browser(browser, home, path, n_pages_wanted=None):
    url = 'file://' + path
    pdf, png = path + '.pdf', path + '.png'
    mistakes = run_browser(browser, home, f'--print-to-pdf={pdf}', '--no-pdf-header-footer', url)
    mistakes += run_browser(browser, home, f'--screenshot={png}', '--window-size=800,1200', url)
    for made, begin in ((pdf, b'%PDF'), (png, b'\x89PNG')):
        if not os.path.exists(made):
            mistakes.append(f'no {made}')
            continue
        with open(made, 'rb') as file:
            content = file.read()
        if not content.startswith(begin) or len(content) < 2000:
            mistakes.append(f'{made} is no picture of a page')
        n_pages = len(re.findall(rb'/Type\s*/Page\b', content))
        if made == pdf and n_pages_wanted and n_pages != n_pages_wanted:
            mistakes.append(f'{n_pages} sheets of paper, not {n_pages_wanted}')
    return mistakes


def export(tomopress, pack, language, folder):
    subprocess.run([tomopress, 'pack', 'export', '--format', 'html', pack, '-o', folder,
                    '--language', language], check=True, stdout=subprocess.DEVNULL)
    return sorted(os.listdir(folder))


def main():
    tomopress, source = sys.argv[1:]
    keep = os.environ.get('TOMO_KEEP_PAGES')
    browser = next((found for found in map(shutil.which, BROWSERS) if found), None)
    number = 0

    def report(mistakes, what):
        nonlocal number
        number += 1
        for mistake in mistakes:
            print(f'# {mistake}')
        print(f'{"not ok" if mistakes else "ok"} {number} - {what}', flush=True)

    with tempfile.TemporaryDirectory(prefix='tomoshibi-pages-') as work:
        for partner, name in PACKS:
            pack = os.path.join(source, 'content', 'partners', partner, 'packs', name)
            for language, direction in LANGUAGES:
                folder = os.path.join(keep or work, name, language)
                pages = export(tomopress, pack, language, folder)
                mistakes = [] if 'index.html' in pages else ['there is no index.html']
                for page in (page for page in pages if page.endswith('.html')):
                    with open(os.path.join(folder, page), encoding='utf-8') as file:
                        found = check_outline(file.read(), language, direction)
                    mistakes += [f'{page}: {mistake}' for mistake in found]
                report(mistakes, f'{name} in {language}: {len(pages)} pages')

        for language in BROWSED:
            folder = os.path.join(keep or work, PACKS[0][1], language)
            pages = ['quiz.html']
            pages += sorted(page for page in os.listdir(folder) if re.match(r'tip-.*\.html$', page))[:1]
            if browser is None:
                number += 1
                print(f'ok {number} - {len(pages)} pages in {language} # SKIP there is no Chromium')
                continue
            mistakes = []
            for page in pages:
                mistakes += check_browser(browser, work, os.path.join(folder, page))
            report(mistakes, f'{len(pages)} pages in {language} load and print')

        if browser is not None:
            # One question fills no sheet: what is on the second are the answers.
            pack, folder = os.path.join(work, 'first-pack'), os.path.join(work, 'first')
            subprocess.run([tomopress, 'pack', 'new', pack], check=True, stdout=subprocess.DEVNULL)
            export(tomopress, pack, 'en', folder)
            report(check_browser(browser, work, os.path.join(folder, 'quiz.html'), 2),
                   'the answers are printed on paper of their own')
    print(f'1..{number}')


main()
