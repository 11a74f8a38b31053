# SPDX-License-Identifier: MIT
"""
The API reference: a page for each public header, in the header's order, and the list of headers by side.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from vwr import ROOT
from vwr.docs import contexts
from vwr.docs.header import Item, Member, read
from vwr.docs.kerneldoc import Doc, parse
from vwr.docs.restructured import Prose, directive, heading, literal

HEADERS = ROOT / "runtime" / "include" / "vwr"
MONITOR = ROOT / "monitor" / "include" / "vwr"
# Internals of other headers' inline functions.
INNER = re.compile(r"_hot$")
DEVICES = ROOT / "generated" / "docs" / "devices.md"
# An expression that Sphinx's C domain cannot parse.
SIZEOF_MEMBER = re.compile(r"sizeof\(\(\((?:struct|union) (\w+) \*\)0\)->(\w+)\)")
SIDES = {
    "driver": "Driver side",
    "device": "Device side",
    "both": "Both sides",
}


@dataclass
class Header:
    name: str  # without .h
    items: list[Item]

    @property
    def title(self) -> str:
        return f"vwr/{self.name}.h"

    def brief(self) -> str:
        """A one-line description of the header: the title of its manual, or its first sentence."""
        for item in self.items:
            doc = parse(item.comment)
            if doc.title:
                return doc.title
            if item.kind == "text" and doc.body:
                return first_sentence(" ".join(doc.body))
        return next(
            (first_sentence(" ".join(parse(item.comment).body)) for item in self.items if item.comment), ""
        )


def first_sentence(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return re.split(r"(?<=[a-z0-9)][.:;])\s", text)[0].rstrip(".:;")


def included(folder: Path, name: str, found: set[str]) -> set[str]:
    """A header and all headers that it includes, by name."""
    if name not in found and (folder / f"{name}.h").is_file():
        found.add(name)
        for one in re.findall(r'#include "vwr/(\w+)\.h"', (folder / f"{name}.h").read_text(encoding="utf-8")):
            included(folder, one, found)
    return found


def side(name: str, folder: Path = HEADERS) -> str:
    """The side of a header, from its includes or from the folder of its source."""
    reached = included(folder, name, set())
    device = {"vm", "vdev"} & reached or re.match(r"v(?!ersion)", name)
    driver = {"dev", "queue"} & reached or any((ROOT / "runtime/driver").rglob(f"vwr_{name}.c"))
    return "both" if bool(device) == bool(driver) else "device" if device else "driver"


def order(names: Iterable[str], devices: Path = DEVICES) -> list[str]:
    """Headers of device classes first, in the order of the table of devices, each with the headers that add to it."""
    classes = re.findall(r"`vwr/(\w+)\.h`", devices.read_text(encoding="utf-8"))
    place = {name: at for at, name in enumerate(classes)}
    base = lambda name: name if name in place else name.partition("_")[0]
    return sorted(names, key=lambda name: (place.get(base(name), len(place)), name))


def headers() -> list[Header]:
    paths = {
        path.stem: path
        for folder in (HEADERS, MONITOR)
        for path in folder.glob("*.h")
        if not INNER.search(path.stem)
    }
    return [Header(name, read(paths[name].read_text(encoding="utf-8"))) for name in order(paths)]


def kinds(all_headers: list[Header]) -> dict[str, str]:
    """Every name that the pages declare."""
    found: dict[str, str] = {}
    for header in all_headers:
        for item in header.items:
            if item.name and not (item.key[0] and item.name in found):
                found[item.name] = item.kind
            if item.kind == "enum":
                for member in item.members:
                    found.setdefault(member.name, "enumerator")
    return found


class Pages:
    """Writes the pages. A name that two headers declare appears at its first declaration."""

    def __init__(self, all_headers: list[Header], prose: Prose) -> None:
        self.headers, self.prose = all_headers, prose
        self.rows = contexts.rows()
        self.seen: set[tuple[bool, str]] = set()
        plain = {item.name for header in all_headers for item in header.items if not item.key[0]}
        # Sphinx has one namespace: a tag with the name of a function gets no entry in the index.
        self.twice = {
            item.name for header in all_headers for item in header.items if item.key[0] and item.name in plain
        }

    def page(self, header: Header) -> list[str]:
        out = [*heading(header.title, "=")]
        for _, group in groupby(header.items, key=lambda item: item.group):
            run: list[Item] = []
            for item in group:
                if run and (item.comment or item.kind != run[0].kind):
                    out += self.run(run)
                    run = []
                run.append(item)
            out += self.run(run)
        return out

    def run(self, items: list[Item]) -> list[str]:
        """Declarations that share a comment."""
        doc = parse(items[0].comment)
        if items[0].kind == "text":
            return [*([] if not doc.title else heading(doc.title, "-")), *self.described(doc), ""]
        fresh = [item for item in items if not item.name or item.key not in self.seen]
        self.seen.update(item.key for item in fresh)
        if not fresh:
            return []
        if fresh[0].kind in ("struct", "union", "enum"):
            return [line for n, item in enumerate(fresh) for line in self.type(item, Doc() if n else doc)]
        content = self.described(doc)
        if fresh[0].kind == "macro":
            content += self.value(fresh)
        if fresh[0].kind == "function":
            content += self.measured(fresh)
        domain = {"function": "c:function", "macro": "c:macro", "variable": "c:var", "type": "c:type"}
        return directive(domain[fresh[0].kind], [item.text for item in fresh], content)

    def described(self, doc: Doc) -> list[str]:
        out: list[str] = []
        if len(doc.what) == 1:
            out += [self.prose.inline(sentence(next(iter(doc.what.values())))), ""]
        else:
            out += [
                f"- {self.prose.name(name)}: {self.prose.inline(sentence(what))}"
                for name, what in doc.what.items()
            ]
            out += [""] if doc.what else []
        out += [*self.prose.text(doc.body), ""]
        fields = [
            f":param {name}: {self.prose.inline(' '.join(lines))}" for name, lines in doc.parameters.items()
        ]
        for name, lines in doc.parts.items():
            text = self.prose.text(lines)
            label = "returns" if name == "Return" else name
            if len(text) <= 1:
                fields.append(f":{label}: {''.join(text)}")
            else:
                fields += [f":{label}:", *("   " + line if line else "" for line in text)]
        return [*out, *fields, ""]

    def value(self, items: list[Item]) -> list[str]:
        """The values of macros that are short enough to be useful."""
        shown = [item for item in items if item.value and "(" not in item.text and len(item.value) < 60]
        if len(shown) == 1 and len(items) == 1:
            return [f"Value: {literal(shown[0].value)}", ""]
        return [*(f"- {literal(item.name)}: {literal(item.value)}" for item in shown), ""]

    def measured(self, items: list[Item]) -> list[str]:
        """The row of these functions in the table of contexts."""
        out: list[str] = []
        rows = [(item.name, self.rows[item.name]) for item in items if item.name in self.rows]
        for name, row in rows:
            prefix = f"{literal(name)}: " if len(items) > 1 else ""
            text = f"interrupt handler: {row.interrupt}; waits: {row.waits}; stack: {row.aarch64} bytes on aarch64, {row.x86_64} on x86-64; loops: {row.loops}."
            out += [".. rst-class:: measured", "", "   " + prefix + self.prose.inline(text), ""]
        return out

    def type(self, item: Item, doc: Doc) -> list[str]:
        """A structure with its public members, or an enumeration."""
        inside = doc.parameters
        doc.parameters = {}
        content = self.described(doc)
        index = item.name not in self.twice
        if item.kind == "enum":
            for member in item.members:
                if (False, member.name) not in self.seen:
                    self.seen.add((False, member.name))
                    content += directive("c:enumerator", [member.text], self.member_text(member, inside))
            return directive("c:enum", [item.name or f"@anonymous{item.group}"], content, index)
        for member in item.members:
            content += self.member(member, inside, index)
        if item.private:
            content += ["Other members are private.", ""]
        return directive(f"c:{item.kind}", [item.name], content, index)

    def member(self, member: Member, inside: dict[str, list[str]], index: bool) -> list[str]:
        text = self.member_text(member, inside)
        if not member.members:
            return directive("c:member", [SIZEOF_MEMBER.sub(r"sizeof(\1.\2)", member.text)], text, index)
        for one in member.members:
            text += self.member(one, inside, index)
        return directive(f"c:{member.text}", [member.name or f"@{member.members[0].name}"], text, index)

    def member_text(self, member: Member, inside: dict[str, list[str]]) -> list[str]:
        doc = parse(member.comment)
        text = doc.parameters.get(member.name) or inside.get(member.name)
        if text is not None:
            return [*self.prose.text(text + doc.body), ""]
        return self.described(doc)

    def index(self) -> list[str]:
        out = [*heading("API reference", "="), *INTRODUCTION]
        for key, title in SIDES.items():
            chosen = [header for header in self.headers if side(header.name) == key]
            out += [*heading(title, "-"), ".. list-table::", "   :widths: 25 75", ""]
            for header in chosen:
                out += [
                    f"   * - :doc:`{header.title} <{header.name}>`",
                    f"     - {self.prose.inline(header.brief())}",
                ]
            out += ["", ".. toctree::", "   :hidden:", f"   :caption: {title}", ""]
            out += [*(f"   {header.name}" for header in chosen), ""]
        return out


INTRODUCTION = [
    "The public headers, one page each, made from the comments in them. A function's last line is measured:",
    "whether an interrupt handler may call it, whether it waits, and the stack it takes, from",
    ":doc:`the table of contexts </generated/docs/contexts>`. :ref:`genindex` lists every name.",
    "",
]


def sentence(text: str) -> str:
    """A line as a sentence."""
    text = text.strip()
    return text if not text or text[-1] in ".:;?!" else text + "."


def written(all_headers: list[Header], pages: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(name, text) of each page."""
    prose = Prose(kinds(all_headers), pages)
    made = Pages(all_headers, prose)
    for header in all_headers:
        yield f"{header.name}.rst", "\n".join(made.page(header)) + "\n"
    yield "index.rst", "\n".join(made.index()) + "\n"
