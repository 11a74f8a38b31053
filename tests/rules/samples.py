# SPDX-License-Identifier: MIT
"""
Words before and after, side by side: comments of public functions, first paragraphs of pages, messages and briefs, drawn by a seed
from those that both revisions have.

    python3 tests/rules/samples.py BEFORE [SEED]
    python3 tests/rules/samples.py passages REVISION [SEED]      60 pieces with masked identifiers, for blind readers
"""

import json
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

from tree import ROOT, of_revision

COUNTS = {"comments": 20, "pages": 10, "messages": 20, "briefs": 20}
_DECLARED = re.compile(
    r"/\*((?:(?!/\*).)*?)\*/\n(?:[A-Za-z_][^\n;{}]*\n?){1,3}?[^\n;{}]*?\b(vwr_\w+)\(", re.DOTALL
)
Texts = dict[str, str]


def texts(revision: str, folder: str, end: str) -> Texts:
    """{path: text} of a revision."""
    listed = of_revision(ROOT, revision, folder).items()
    return {path: raw.decode("utf-8", "replace") for path, raw in listed if path.endswith(end)}


def bare(comment: str) -> str:
    """A comment without its frame."""
    return re.sub(r"(?m)^[ \t]*\*+ ?", "", comment).strip()


def comments(revision: str) -> Texts:
    """{function: the comment above its declaration}."""
    found = Texts()
    for text in texts(revision, "runtime/include", ".h").values():
        for comment, name in _DECLARED.findall(text):
            found.setdefault(name, bare(comment))
    return found


def pages(revision: str) -> Texts:
    """{page: its first paragraph}."""
    found = Texts()
    for path, text in texts(revision, "docs", ".md").items():
        for part in text.split("\n\n"):
            if re.match(r"[A-Z`\[]", part.strip()):
                found[path] = part.strip()
                break
    return found


def messages(revision: str) -> Texts:
    """{bad file: its message}, from the files or from the list."""
    folder, found = "tests/spec/checks", Texts()
    for path, text in texts(revision, f"{folder}/bad", ".yaml").items():
        if old := re.match(r"# expect: (?:\S+: )?(.*\[VWR-\w+\].*)", text):
            found[Path(path).name] = old[1]
    for path, text in texts(revision, folder, "messages.txt").items():
        for name, said in re.findall(r"^(\S+)\n +\S+?:\d+:\d+: error: (.*)$", text, re.MULTILINE):
            found[name if name.endswith(".yaml") else f"{name}.yaml"] = said
    return {name: re.sub(r"^[\w.#-]+: ", "", text) for name, text in found.items()}


def briefs(revision: str) -> Texts:
    """{C name: brief} of what the description names."""
    found = Texts()
    for file in json.loads(texts(revision, "generated/virtwright.json", "")["generated/virtwright.json"])[
        "files"
    ]:
        rows = [row for group in file.get("groups", []) for row in group["values"]]
        for struct in file.get("structs", []):
            rows += [
                {**row, "c": f"{struct['c']}.{row['name']}"} for row in struct["fields"] if "name" in row
            ]
        found |= {row["c"]: row["brief"] for row in rows if "c" in row and "brief" in row}
    return found


KINDS: dict[str, Callable[[str], Texts]] = {
    "comments": comments,
    "pages": pages,
    "messages": messages,
    "briefs": briefs,
}


def side_by_side(before: str, seed: int) -> str:
    """A page with both."""
    out, draw = list[str](), random.Random(seed)
    for kind, read in KINDS.items():
        old, new = read(before), read("HEAD")
        both = sorted(old.keys() & new.keys())
        for name in sorted(draw.sample(both, min(COUNTS[kind], len(both)))):
            out.append(
                f"## {kind}: {name}\n\nBefore:\n\n{_quoted(old[name])}\n\nAfter:\n\n{_quoted(new[name])}"
            )
    return "\n\n".join(out) + "\n"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.splitlines())


def masked(text: str) -> str:
    """A passage whose identifiers tell nobody where it is from."""
    text = re.sub(r"https?://\S+|\bVirtwright\b|\blittlefs\b|\bLinux\b", "NAME", text)
    text = re.sub(r"`[^`]*`|\b\w*_\w*\b(?:\(\))?|\b[A-Z][A-Z0-9]{3,}\b|\b[a-z]+[A-Z]\w*\b", "NAME", text)
    return re.sub(r"\s+", " ", text).strip()


def passages(revision: str, seed: int, count: int) -> list[str]:
    """Comments, paragraphs and messages of ours in equal parts, of 15 to 120 words; messages of any length."""
    draw = random.Random(seed)
    paragraphs = [
        part
        for text in texts(revision, "docs", ".md").values()
        for part in re.sub(r"(?ms)^```.*?^```$", "", text).split("\n\n")
        if part[:1].isalpha()
    ]
    kinds = [sorted(comments(revision).values()), paragraphs, sorted(messages(revision).values())]
    fits = lambda text, least: least <= len(text.split()) <= 120 and "::" not in text and "|" not in text
    return [
        masked(text)
        for kind, least in zip(kinds, (15, 15, 6))
        for text in draw.sample([one for one in kind if fits(one, least)], count // 3)
    ]


def main(*words: str) -> str:
    """What is asked for."""
    of_one = words[0] == "passages"
    revision, seed = words[of_one], int(words[of_one + 1]) if len(words) > of_one + 1 else 39
    if of_one:
        return "\n\n".join(passages(revision, seed, 60)) + "\n"
    return side_by_side(revision, seed)


if __name__ == "__main__":
    sys.stdout.write(main(*sys.argv[1:]))
