# SPDX-License-Identifier: MIT
"""The facts from a checkout of the specification: {(kind, name): Fact}."""

import re
from collections import namedtuple
from pathlib import Path

from vwr.oracle.layout import Layout
from vwr.oracle.listing import Code
from vwr.oracle.tex import Tex
from vwr.oracle.values import Unknown, Values
from vwr.stop import Stop

# value: number or text; place: file:line.
Fact = namedtuple("Fact", "kind name value place")

KINDS = (
    "register",
    "feature",
    "requires",
    "device-id",
    "status",
    "constant",
    "struct",
    "field",
    "size",
    "section",
    "clause",
)
FIRST = "content.tex"
CLONE = "git clone https://github.com/oasis-tcs/virtio-spec"
_NUMBER = re.compile(r"0[xX][0-9a-fA-F]+$|\d+$")
_NUMBERS = re.compile(r"\b(?:0[xX][0-9a-fA-F]+|[1-9]\d*|0)\b")
_NAME = re.compile(r"[A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+$")
_CONNECTIVE = re.compile(r"(\w+_F_\w+)|(,|\band\b|\balong with\b)|(\bor\b)")


def revision(folder):
    """(title and stage, "1.4" or "")."""
    words = [
        (folder / name).read_text(encoding="utf-8", errors="replace").strip()
        for name in ("REVISION", "REVISION-DATE")
        if (folder / name).is_file()
    ]
    words = [word for word in words if word]
    number = re.search(r"v(\d+\.\d+)", words[0]) if words else None
    return ", ".join(words) or "of no known revision", number.group(1) if number else ""


class Document:
    """All facts that are read from the document."""

    def __init__(self, folder):
        self.folder = Path(folder)
        if not (self.folder / FIRST).is_file():
            raise Stop(f"{folder}: no checkout of the specification: there is no {FIRST} in it", CLONE)
        self.revision, self.version = revision(self.folder)
        self.facts, self.unread = [], []
        self._values, self._structs = Values(), []
        self._listings = []
        self.files = [Tex(self.folder / name, name) for name in self._names()]
        if not any(tex.listings for tex in self.files):
            raise Stop(
                f"{folder}: no checkout of the specification: no listing in {FIRST} nor in what it includes",
                CLONE,
            )
        self._read()
        self._named = {}
        self._sections(self.files[0], [])
        for tex in self.files:
            for line, name in tex.normative():
                self._named.setdefault(("clause", name), Fact("clause", name, "", f"{tex.name}:{line}"))

    def _names(self):
        """The main file and the files that it includes, in order."""
        found, waiting = [], [FIRST]
        while waiting:
            name = waiting.pop(0)
            name += "" if name.endswith(".tex") else ".tex"
            if name not in found and (self.folder / name).is_file():
                found.append(name)
                waiting = Tex(self.folder / name, name).inputs + waiting
        return found

    def has(self, words):
        """Whether the specification contains these words, ignoring line breaks."""
        return any(" ".join(words.split()) in tex.words for tex in self.files)

    def _sections(self, tex, above):
        """Adds the sections of a file and of those that it includes; `above` are the last heading and its parents."""
        for one in tex.outline():
            if isinstance(one, str):
                name = one if one.endswith(".tex") else f"{one}.tex"
                for included in (other for other in self.files if other.name == name):
                    self._sections(included, above)
                continue
            above[:] = [parent for parent in above if parent.level < one.level] + [one]
            name = " / ".join(parent.title for parent in above if parent.level or parent is one)
            self._named.setdefault(("section", name), Fact("section", name, "", f"{tex.name}:{one.line}"))

    def titles(self):
        """The titles of all sections, in their order, as spec/sections.json has them."""
        return [name for kind, name in self._named if kind == "section"]

    def named(self, facts):
        """The sections that the facts name and that exist in the specification."""
        return [self._named[fact[:2]] for fact in facts if fact[:2] in self._named]

    def stated(self, fact, words):
        """The fact by the numbers in these words, if the specification contains them; or None."""
        numbers = [int(number, 0) for number in _NUMBERS.findall(words)]
        found = re.compile(r"\s+".join(map(re.escape, words.split())))
        for tex in self.files if numbers else ():
            line = tex.line(found)
            if line:
                value = fact.value if fact.value in numbers else numbers[0]
                return Fact(fact.kind, fact.name, value, f"{tex.name}:{line}")
        return None

    def _add(self, kind, name, value, tex, line):
        self.facts.append(Fact(kind, name, value, f"{tex.name}:{line}"))

    def _read(self):
        for tex in self.files:
            for one in tex.listings:
                code = Code(one.line, one.text)
                self._listings.append((tex, code))
                self.unread += [f"{tex.name}:{line}: not understood: {text}" for line, text in code.unread]
                for define in code.defines:
                    self._values.define(define.name, define.arguments, define.text)
        for tex, code in self._listings:
            self._constants(tex, code)
        for tex in self.files:
            self._items(tex)
            self._rows(tex)
            self._registers(tex)
            for line, feature, text in tex.requires():
                self._add("requires", feature, requirements(text), tex, line)
        self._layouts()

    def _constants(self, tex, code):
        for define in code.defines:
            if define.arguments is None:
                try:
                    value = self._values.number(define.text)
                except Unknown:
                    value = define.text
                self._add("constant", define.name, value, tex, define.line)
        for rows in code.enums:
            for line, name, value in self._values.enumerators(rows):
                self._add("constant", name, value, tex, line)

    def _layouts(self):
        structs = {}
        for _, code in self._listings:
            for struct in code.structs:
                structs.setdefault(struct.name, struct)
        layout = Layout(structs, self._values)
        for tex, code in self._listings:
            for struct in code.structs:
                self._add("struct", struct.name, "", tex, struct.line)
                size = layout.size(struct)
                self._add("size", struct.name, "not fixed" if size is None else size, tex, struct.line)
                for path, text, line in layout.fields(struct):
                    self._add("field", f"{struct.name}.{path}", text, tex, line)

    def _items(self, tex):
        for item in tex.items():
            if "Device Status" in item.title:
                self._add("status", item.name, item.number, tex, item.line)
            elif re.match(r"VIRTIO_(\w+_)?F_", item.name) or "Reserved Feature Bits" in item.title:
                self._add("feature", item.name, item.number, tex, item.line)
            elif _NAME.match(item.name):
                self._add("constant", item.name, item.number, tex, item.line)

    def _rows(self, tex):
        ids = {}
        for row in tex.rows():
            first, second = row.cells[0].split(), " ".join(row.cells[1].split())
            if first[-2:] == ["Device", "ID"]:
                ids[row.table] = "pci " if "PCI" in first else ""
            if len(first) != 1 or not _NUMBER.match(first[0]):
                continue
            number = int(first[0], 0) if first[0][:2].lower() == "0x" else int(first[0])
            if row.table in ids:
                self._add("device-id", f"{ids[row.table]}{first[0]}", title(second), tex, row.line)
            elif _NAME.match(second):
                self._add("constant", second, number, tex, row.line)

    def _registers(self, tex):
        for row in tex.registers():
            name = f"legacy {row.name}" if row.legacy else row.name
            self._add("register", name, f"{row.offset:#05x} {row.direction}", tex, row.line)


def title(text):
    """The name of a device in a form for comparison."""
    return "reserved" if text.startswith("reserved") else text.strip().casefold()


def requirements(text):
    """`A, B and C or D` is `A; B; C or D`."""
    groups, alternative = [], False
    for name, _, either in _CONNECTIVE.findall(text):
        if name and alternative and groups:
            groups[-1].append(name)
        elif name:
            groups.append([name])
        alternative = bool(either)
    return "; ".join(sorted(" or ".join(sorted(group)) for group in groups))
