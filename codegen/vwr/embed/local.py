# SPDX-License-Identifier: MIT
"""
Names that only one source has, or only the sources of one folder. In a pair they would collide with names of the
port; there each has the prefix of the library and the name of its file.
"""

import re
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from vwr.c.bodies import values
from vwr.c.items import Item
from vwr.c.tokens import replace_names

Names = Mapping[str, str]  # {name: new name}, "struct x" of a tag


def _subjects(file: str, folder: str) -> tuple[str, ...]:
    """What a name of this file may begin with: the first word of the file's name, or the folder's name."""
    first = re.sub(r"^vwr_(?:gen_)?", "", file).partition("_")[0].removesuffix(".c")
    return (first, folder, "p9") if first == "9p" else (first, folder)  # a name of C begins with a letter


def own_names(item: Item) -> list[str]:
    """The names of an item that have no prefix."""
    found = []
    if item.kind == "macro" and not item.name.startswith("VWR_"):
        found.append(item.name)
    elif item.name and not item.name.startswith("vwr_") and (item.static or item.kind == "type"):
        found.append(item.name)
    is_enum = item.kind == "type" and "enum" in item.text.split("{")[0]
    inside = values(item.text) if is_enum else ()
    return found + [one.name for one in inside if not one.name.startswith("VWR_")]


def new_name(name: str, path: Path, public: Set[str]) -> str:
    """The name in a pair. It depends on no other file, except that names of public headers are taken."""
    subjects = _subjects(path.name, path.parent.name)
    begins = name.lower().startswith(tuple(f"{one}_" for one in subjects))
    made = f"vwr_{name}" if begins else f"vwr_{subjects[0]}_{name}"
    made = made.upper() if name.isupper() else made
    return f"{made}_" if made in public else made


def names(found: Iterable[Item], path: Path, public: Set[str]) -> dict[str, str]:
    """New names for the items of a file."""
    made = {}
    for item in found:
        tag = re.findall(r"\A(?:struct|union|enum) |$", item.text)[0]  # a member may have the name of its tag
        for name in own_names(item):
            word = tag if item.kind != "macro" and name == item.name else ""
            made[f"{word}{name}"] = f"{word}{new_name(name, path, public)}"
    return made


def _in_types(found: Names, own: str) -> dict[str, str]:
    """The names that a type may mention. A member may have the name of a function."""
    return {name: new for name, new in found.items() if " " in name or name.isupper() or name == own}


def _in_comments(text: str, by_word: Mapping[str, Names]) -> str:
    """The text with the new names in its comments, of names that are no words of English."""
    if "/*" not in text:
        return text

    def new(word: re.Match[str]) -> str:
        return next(iter(by_word[word[0]].values())).rpartition(" ")[2] if word[0] in by_word else word[0]

    def inside(m: re.Match[str]) -> str:
        return re.sub(r"(?<!@)\b(?!vwr_|VWR_)[A-Za-z]\w*(?:_\w+\b|(?=\(\)))", new, m[0])

    return re.sub(r"/\*.*?\*/", inside, text, flags=re.DOTALL)


def mentioned(found: Iterable[Item], by_name: Names) -> list[Item]:
    """The same items of public headers, with the new names of what begins with its subject in their comments."""
    by_word = {old.rpartition(" ")[2]: {old: new} for old, new in by_name.items()}
    by_word = {word: row for word, row in by_word.items() if f"vwr_{word}" in " ".join(row.values())}
    out = list(found)
    for item in out:
        item.text = _in_comments(item.text, by_word)
    return out


def renamed(found: Iterable[Item], by_name: Names, origin: str | None) -> list[Item]:
    """The same items with other names."""
    by_word: dict[str, dict[str, str]] = {}
    for name, new in by_name.items():
        by_word.setdefault(name.rpartition(" ")[2], {})[name] = new
    out = []
    for item in found:
        text, words = _in_comments(item.text, by_word), item.refs & by_word.keys()
        if words or item.name in by_word:
            of_item = {
                name: new
                for word in sorted({*words, item.name})
                for name, new in by_word.get(word, {}).items()
            }
            text = replace_names(text, of_item if item.kind != "type" else _in_types(of_item, item.name))
        out.append(
            Item(
                item.kind,
                text,
                by_name.get(item.name, item.name),
                origin or item.origin,
                item.static,
                item.paragraph,
                (item.refs - words) | {by_name.get(word, word) for word in words} if words else item.refs,
            )
        )
    return out
