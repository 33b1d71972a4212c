#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes tomo-language-table.inc from the CLDR data of Debian's unicode-cldr-core.

Usage: make-language-table.py [CLDR-FOLDER] > tomo-language-table.inc

The result is committed, because the package is large, changes once a year, and a kiosk's languages
must not depend on the day it was built. Run it again after adding a language to LANGUAGES.
"""

import pathlib
import re
import sys
import unicodedata
import xml.etree.ElementTree as ElementTree

DEFAULT_FOLDER = "/usr/share/unicode/cldr/common"

LANGUAGES = """
    am ar az bg bn ca ckb cs da de el en es et fa fi fil fr gu he hi hr hu hy id it ja ka kk km kn ko
    lo lt lv mk ml mn mr ms my nb ne nl pa pl ps pt pt-BR ro ru rw si sk sl so sq sr sv sw ta te th
    tr uk ur uz vi zh-Hans zh-Hant
""".split()

# PO files have names of their own where BCP 47 and POSIX disagree.
POSIX = {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}

# Where CLDR is terse, or says what nobody would look for in a list of languages.
AUTONYMS = {
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "nb": "Norsk bokmål",
    "pt-BR": "Português (Brasil)",
    "rw": "Ikinyarwanda",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}
ENGLISH = {
    "my": "Burmese",
    "nb": "Norwegian (Bokmål)",
    "pt-BR": "Portuguese (Brazil)",
    "zh-Hans": "Chinese (Simplified)",
    "zh-Hant": "Chinese (Traditional)",
}

# What CLDR files under inheritance, not under aliases.
ALIASES = [("no", "nb")]

# The order of lists: by script, in the order of CLDR's root collation, then by autonym.
SCRIPTS = """
    Latn Grek Cyrl Geor Armn Hebr Arab Ethi Deva Beng Guru Gujr Taml Telu Knda Mlym Sinh Thai Laoo
    Mymr Khmr Kore Jpan Hans Hant
""".split()
CASED_SCRIPTS = {"Latn", "Grek", "Cyrl", "Armn"}


def parse(folder, name):
    """Reads one file of CLDR."""
    return ElementTree.parse(folder / name).getroot()


def cldr_name(tag):
    """Turns pt-BR into pt_BR."""
    return tag.replace("-", "_")


def language_name(root, tag):
    """Finds the name that the locale of root gives to tag."""
    for element in root.iterfind("localeDisplayNames/languages/language"):
        if element.get("type") == cldr_name(tag) and element.get("alt") is None:
            return element.text
    return None


def title_case(name, script):
    """Buttons in a list begin with a capital, running text does not."""
    return name[0].upper() + name[1:] if script in CASED_SCRIPTS else name


def read_likely(folder):
    """Maps a locale to (language, script, region) of its likely subtags."""
    root = parse(folder, "supplemental/likelySubtags.xml")
    return {
        element.get("from"): element.get("to").split("_")
        for element in root.iter("likelySubtag")
    }


def read_parents(folder):
    """Maps a locale to its explicit parent."""
    root = parse(folder, "supplemental/supplementalData.xml")
    parents = {}
    for element in root.iterfind("parentLocales/parentLocale"):
        for child in element.get("locales").split():
            parents[child] = element.get("parent")
    return parents


def read_row(folder, tag, likely):
    """Collects what one language needs, but parent and rank."""
    base = tag.split("-")[0]
    own = language_name(parse(folder, f"main/{base}.xml"), tag)
    script = tag.split("-")[1] if tag.startswith("zh-") else likely[base][1]
    order = parse(folder, f"main/{base}.xml").find("layout/orientation/characterOrder")
    english = parse(folder, "main/en.xml")
    return {
        "tag": tag,
        "posix": POSIX.get(tag, cldr_name(tag)),
        "autonym": AUTONYMS.get(tag) or title_case(own, script),
        "english": ENGLISH.get(tag) or language_name(english, tag),
        "script": script,
        "is_rtl": order is not None and order.text == "right-to-left",
    }


def find_parent(row, rows, parents):
    """Follows CLDR's inheritance to the nearest row of the same script."""
    by_name = {cldr_name(other["tag"]): other for other in rows}
    name = cldr_name(row["tag"])
    while name and name != "root":
        name = parents.get(name) or name.rpartition("_")[0]
        parent = by_name.get(name)
        if parent and parent["script"] == row["script"]:
            return parent["tag"]
    return None


def sort_key(row):
    """Gives the place in lists."""
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKD", row["autonym"]).casefold()
        if not unicodedata.combining(char)
    )
    return SCRIPTS.index(row["script"]), plain


def read_aliases(folder, languages):
    """Other names of our languages: withdrawn codes, ISO 639-3, macrolanguages."""
    root = parse(folder, "supplemental/supplementalMetadata.xml")
    aliases = [
        (element.get("type"), element.get("replacement"))
        for element in root.iter("languageAlias")
        if re.fullmatch("[a-z]{2,3}", element.get("type"))
        and element.get("replacement") in languages
    ]
    return sorted(aliases + ALIASES)


def read_region_scripts(likely, languages):
    """Regions that write a language in another script than most do; '' is the default."""
    scripts = {("zh", "", likely["zh"][1])}
    for name, (language, script, _region) in likely.items():
        match = re.fullmatch("([a-z]{2,3})_([A-Z]{2})", name)
        if match and language in languages and script != likely[language][1]:
            scripts.add((language, match.group(2), script))
    return sorted(scripts)


def quote(text):
    """Writes a C string."""
    return "NULL" if text is None else '"' + text.replace('"', '\\"') + '"'


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else DEFAULT_FOLDER)
    likely = read_likely(folder)
    parents = read_parents(folder)
    rows = sorted((read_row(folder, tag, likely) for tag in LANGUAGES), key=sort_key)
    languages = {row["tag"].split("-")[0] for row in rows}

    print("/* SPDX-License-Identifier: GPL-3.0-or-later */")
    print()
    print("/* Generated by make-language-table.py from the CLDR data of unicode-cldr-core; do not")
    print(" * edit. The names are Unicode's: Copyright © 1991-2022 Unicode, Inc., licence")
    print(" * Unicode-DFS-2016. */")
    print()
    print("/* clang-format off */")
    print("static const TomoLanguage languages[] = {")
    for rank, row in enumerate(rows):
        fields = [row["tag"], row["posix"], row["autonym"], row["english"], row["script"]]
        fields.append(find_parent(row, rows, parents))
        print(
            "  { "
            + ", ".join(quote(field) for field in fields)
            + f", {'TRUE' if row['is_rtl'] else 'FALSE'}, {rank} }},"
        )
    print("};")
    print()
    print("static const struct { const char *alias; const char *language; } aliases[] = {")
    for alias, language in read_aliases(folder, languages):
        print(f"  {{ {quote(alias)}, {quote(language)} }},")
    print("};")
    print()
    print("/* An empty region is the default of the language. */")
    print("static const struct { const char *language; const char *region; const char *script; }")
    print("region_scripts[] = {")
    for language, region, script in read_region_scripts(likely, languages):
        print(f"  {{ {quote(language)}, {quote(region)}, {quote(script)} }},")
    print("};")
    print("/* clang-format on */")


if __name__ == "__main__":
    main()
