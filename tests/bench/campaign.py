# SPDX-License-Identifier: GPL-3.0-or-later
"""The campaign that is measured: 30 partners and 200 targets, made as a hub makes it.

It is the same each time it is made, but for the keys. The texts are words that no language has,
as long and as often repeated as real ones, so that they pack as real ones do.
"""

import os
import random
import re
import subprocess

PARTNERS = ('jp th id vn my ph sg la kh mm bn in lk bd np mn kr tw au nz '
            'fj pg ws to ke ng gh za eg tr').split()

# The pack of one per cent of the campaign is one more, by the first partner, in two languages; with
# the pictures of the first packs and the campaign file all partners together list 200 targets.
LANGUAGES = ['ja', 'th', 'id', 'vi', 'ar']
SMALL_LANGUAGES = ['ja']
N_PICTURES = 17
N_TARGETS = 200

SCRIPTS = {
    'en': 'abcdefghijklmnopqrstuvwxyz', 'id': 'abdeghijklmnoprstuy', 'vi': 'abcdđeêghiklmnoôơpqrstuưvxy',
    'ja': 'あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわん',
    'th': 'กขคงจฉชซดตถทนบปผฝพฟมยรลวสหอ', 'ar': 'ابتثجحخدذرزسشصضطظعغفقكلمنهوي',
}

PO_HEAD = '''msgid ""
msgstr ""
"Project-Id-Version: {pack}\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"X-Reviewed: no\\n"
'''


class Words:
    """A language: 3,000 words, each as frequent as its rank says (Zipf)."""

    def __init__(self, seed, letters):
        self.random = random.Random(seed)
        self.words = [''.join(self.random.choices(letters, k=self.random.randint(2, 9)))
                      for _ in range(3000)]
        self.weights = [1 / rank for rank in range(1, 3001)]

    def sentence(self, n_words):
        chosen = self.random.choices(self.words, self.weights, k=n_words)
        return ' '.join(chosen).capitalize() + '.'


class Pack:
    """One pack in its source form."""

    def __init__(self, name, languages, n_items, has_picture):
        self.name = name
        self.languages = languages
        self.has_picture = has_picture
        self.messages = []
        self.words = Words(name, SCRIPTS['en'])
        self.random = random.Random(name)
        self.n_items = n_items

    def text(self, element, n_words, attributes=''):
        sentence = self.words.sentence(n_words)
        self.messages.append(sentence)
        return f'<{element}{attributes}>{sentence}</{element}>'

    def tip(self, number):
        picture = ' picture="scene"' if self.has_picture and number == 0 else ''
        steps = ''.join(self.text('step', self.random.randint(6, 14)) for _ in range(4))
        return (f'<tip id="tip-{number}"{picture}>{self.text("title", 4)}'
                f'{self.text("summary", 12)}<steps>{steps}</steps></tip>\n')

    def question(self, number):
        choices = ''.join(
            f'<choice id="{letter}"{correct}>{self.text("text", 8)}{self.text("feedback", 14)}</choice>'
            for letter, correct in (('a', ' correct="yes"'), ('b', ''), ('c', ''), ('d', '')))
        return (f'<question id="q-{number}" kind="single">{self.text("prompt", 14)}{choices}'
                f'{self.text("explanation", 20)}</question>\n')

    def source(self):
        picture = ''
        title = self.text('title', 3)
        if self.has_picture:
            alt = self.text('alt', 8)
            picture = f'<pictures><picture id="scene" src="media/scene.svg">{alt}</picture></pictures>\n'
        items = ''.join(self.tip(number) for number in range(self.n_items // 2))
        items += ''.join(self.question(number) for number in range(self.n_items // 2))
        return ('<?xml version="1.0" encoding="UTF-8"?>\n'
                f'<pack xmlns="urn:tomoshibi:pack:1" id="{self.name}" xml:lang="en" revision="1" '
                'verified-on="2026-11-20" topic="phishing" age="all" risk="medium" '
                f'license="CC-BY-4.0" sample="yes">\n{title}\n{picture}{items}</pack>\n')

    def drawing(self):
        """Circles enough for a PNG of some 30 KB."""
        shapes = []
        for _ in range(5):
            x, y, size = (self.random.randint(0, 400), self.random.randint(0, 300),
                          self.random.randint(10, 90))
            colour = f'#{self.random.randint(0, 0xffffff):06x}'
            shapes.append(f'<circle cx="{x}" cy="{y}" r="{size}" fill="{colour}"/>')
        return ('<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300" '
                f'viewBox="0 0 400 300">{"".join(shapes)}</svg>\n')

    def write(self, folder):
        os.makedirs(os.path.join(folder, 'po'))
        os.makedirs(os.path.join(folder, 'media'))
        write(os.path.join(folder, 'pack.xml'), self.source())
        if self.has_picture:
            write(os.path.join(folder, 'media/scene.svg'), self.drawing())
        write(os.path.join(folder, 'po/LINGUAS'), ''.join(f'{name}\n' for name in self.languages))
        for language in self.languages:
            words = Words(self.name + language, SCRIPTS[language])
            entries = [f'\nmsgid "{text}"\nmsgstr "{words.sentence(len(text.split()))}"\n'
                       for text in dict.fromkeys(self.messages)]
            write(os.path.join(folder, f'po/{language}.po'),
                  PO_HEAD.format(pack=self.name, language=language) + ''.join(entries))


def write(path, text):
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def campaign_conf():
    partners = ''.join(f'\n[partner {name}]\nname=Partner {name}\nterritory={name.upper()}\n'
                       for name in PARTNERS)
    languages = ''.join(f'{name};' for name in ['en'] + LANGUAGES)
    return (f'[campaign]\nid=bench\nname=What is measured\nlanguages={languages}\nurl=\n{partners}')


def packs_of(partner):
    """The folders of packs below this one, with how many items, languages and pictures."""
    number = PARTNERS.index(partner)
    n_items = random.Random(partner).choice((4, 6, 10, 16, 24, 40))
    packs = [Pack(f'{partner}-guide', LANGUAGES, n_items, number < N_PICTURES)]
    if number == 0:
        packs.append(Pack(f'{partner}-news', SMALL_LANGUAGES, 16, False))
    return packs


class Campaign:
    """A repository below a folder, with the keys and packs it is made of."""

    def __init__(self, tomopress, folder):
        self.tomopress = tomopress
        self.folder = folder
        self.repo = os.path.join(folder, 'repo')

    def press(self, *command):
        done = subprocess.run([self.tomopress, *command], capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f'tomopress {" ".join(command)}: {done.stdout}{done.stderr}')
        return done.stdout

    def key(self, partner, number):
        return os.path.join(self.folder, f'{partner}-{number}.pem')

    def stage_and_sign(self, partner):
        folders = [os.path.join(self.folder, 'packs', pack.name) for pack in packs_of(partner)]
        self.press('repo', 'stage', self.repo, partner, '--allow-draft', *folders)
        for number in (1, 2):
            self.press('repo', 'sign', self.repo, partner, '--key', self.key(partner, number))

    def make(self):
        os.makedirs(os.path.join(self.folder, 'packs'))
        conf = os.path.join(self.folder, 'campaign.conf')
        write(conf, campaign_conf())
        self.press('repo', 'init', self.repo, '--demo', '--campaign', conf)
        for partner in PARTNERS:
            keys = []
            for number in (1, 2, 3):
                self.press('key', 'new', '--no-passphrase', self.key(partner, number))
                keys += ['--key', self.key(partner, number) + '.pub']
            self.press('repo', 'add-partner', self.repo, partner, '--threshold', '2', *keys)
            for pack in packs_of(partner):
                pack.write(os.path.join(self.folder, 'packs', pack.name))
            self.stage_and_sign(partner)
        self.press('repo', 'publish', self.repo)

    def change_one_per_cent(self):
        """A new revision of the small pack: two of 200 targets."""
        path = os.path.join(self.folder, 'packs', f'{PARTNERS[0]}-news', 'pack.xml')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        write(path, re.sub(r'verified-on="[0-9-]*"', 'verified-on="2026-11-21"', text))
        self.stage_and_sign(PARTNERS[0])
        self.press('repo', 'publish', self.repo)
