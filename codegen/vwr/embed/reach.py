# SPDX-License-Identifier: MIT
"""
The parts of the library that a pair contains, and in which of its two files: everything that the profile's
calls reach. README.md, "What is in a pair", has the rules.
"""

import functools
import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from vwr.c.bodies import head, values
from vwr.c.items import Item, items
from vwr.c.referring import referred, spelled_out
from vwr.c.tokens import code
from vwr.embed import example, tree
from vwr.embed.choice import Choice, described_devices
from vwr.embed.classes import comment_of
from vwr.embed.mentioned import TAG, Paster, mentions
from vwr.embed.tree import Library

# Headers whose inline functions are for the generated code, or for the library.
PLUMBING = ("vwr/gen/", "vwr/config.h", "vwr/base.h", "vwr/ring.h")
MEMORY = re.compile(r"_(?:SHARED|OWN)_BYTES$|_SLOT$|_SEGS$")  # macros for arrays of the caller
BYTE_ORDER = re.compile(r"vwr_(?:cpu_to_[lb]e\d+|[lb]e\d+_to_cpu)")  # for fields of messages
DEFAULT = re.compile(
    r"^(?:static inline .*\bvwr_port_|#define (?:vwr_port_|VWR_PORT_(?!MUST|MAY)))", re.MULTILINE
)
CHECKS = "vwr/base.h"
ID = re.compile(r"VWR_[A-Z0-9]+_ID")
MOST_OF_A_GROUP = 32  # constants that a documentation may bring by VWR_GROUP_*: the LEDs, not all keys
OWNERSHIP = "vwr/result.h"  # its functions tell who owns memory
MUST_HAVE = "VWR_PORT_MUST_HAVE"  # checks the hooks of a port
DMA_ALIGN = "VWR_PORT_DMA_ALIGN"
HOOK = re.compile(r"^VWR_PORT_MAY_HAVE\(\w+, (\w+), .*\);\n", re.MULTILINE)
VERSIONS = ("vwr/version.h", "vwr/edition.h")  # a program compares and prints them
RESULTS = "vwr_result"  # a program names results that no function of its copy returns now
# Features of a device that a part brings; without it, constants that are said to be "with" them are absent.
BRINGS = {"zoned": ("ZONED",), "ranges": ("DISCARD", "WRITE_ZEROES", "SECURE_ERASE", "LIFETIME")}


_OF_TAG = re.compile(r"\b(?:struct|union|enum)\s+(\w+)\s*(\*?)")


@functools.cache
def held(text: str) -> frozenset[str]:
    """The names in a structure, without tags to which it only has pointers."""
    found = _OF_TAG.findall(code(text))
    valued = {name for name, star in found if not star}
    return mentions(text) - {TAG + name for name, star in found if star and name not in valued}


@functools.cache
def without_private(code: str) -> str:
    """A structure without the members behind `private:`."""
    return re.sub(r"/\* private: \*/.*?(?=/\* public: \*/|\n\}|\Z)", "", code, flags=re.DOTALL)


class Enumerator(NamedTuple):
    """A value of an enumeration, with the comment after it."""

    name: str
    text: str
    explicit: bool
    heading: str  # a comment before this one and the following values


@functools.cache
def enumerators(text: str) -> tuple[Enumerator, ...]:
    """The values of an enumeration that has each on a line of its own; () for others."""
    found, heading, done = [], "", text.find("{") + 1
    for one in values(text) if done else ():
        begin = text.rfind("\n", 0, one.at) + 1
        if text[begin : one.at].strip() or text[one.end - 1] != "\n":
            return ()
        heading = text[done:begin].lstrip("\n") or heading
        found.append(Enumerator(one.name, text[begin : one.end], "=" in one.text, heading))
        done = one.end
    return tuple(found)


@functools.cache
def _of_type(text: str) -> tuple[str, frozenset[str]]:
    """(tag with TAG or '', enumerators) of a type."""
    m = re.match(r"\s*(?:VWR_\w+\s+)?(struct|union|enum)\s+(\w+)", code(text))
    is_enum = re.search(r"\benum\b[^{;]*\{", code(text))
    return (TAG + m[2] if m else ""), frozenset(one.name for one in values(text)) if is_enum else frozenset()


@functools.cache
def _in_block(text: str) -> frozenset[str]:
    """What a conditional block defines."""
    found = items(text, flat=True)
    macros = {one.name for one in found if one.kind == "macro"}
    return frozenset(macros).union(
        *(names(one) for one in found if one.kind not in ("comment", "directive", "prototype"))
    )


def names(item: Item) -> frozenset[str]:
    """What an item defines."""
    if item.kind == "block":
        return _in_block(item.text)
    if item.kind == "type":
        tag, values = _of_type(item.text)
        own = {tag} if tag and "{" in item.text else set()
        plain = {item.name} if item.text.lstrip().startswith("typedef") else set()
        return frozenset(own | plain | values)
    return frozenset([item.name] if item.name else [])


def is_forward(item: Item) -> bool:
    """The declaration of a structure without its members."""
    return item.kind == "type" and bool(re.fullmatch(r"\s*(?:struct|union)\s+\w+;\s*", code(item.text)))


def is_declaration(item: Item) -> bool:
    """A declaration of a function or an object that is defined elsewhere."""
    return (
        item.kind == "prototype" or item.kind == "object" and bool(re.match(r"\s*extern\b", code(item.text)))
    )


class Entry:
    """An item at its place in the library, with its comments."""

    def __init__(self, item: Item, where: str, number: int) -> None:
        self.item = item
        self.where = where  # public, inner or sources
        self.number = number
        self.section = tree.subject(item.origin)
        self.names = names(item)
        self.pasted: frozenset[str] = frozenset()  # names that macros make for it
        self.comments: list[str] = []  # directly before it
        self.with_others: list["Entry"] = [self]  # items that the comments are for
        self.divider: "Divider | None" = None

    @property
    def refs(self) -> frozenset[str]:
        """The names that it mentions. A hook that may be absent is only checked."""
        text = self.item.text
        return (mentions(HOOK.sub("", text) if MUST_HAVE in text else text) | self.pasted) - self.names

    @property
    def comment(self) -> str:
        """Its documentation."""
        return "".join(self.comments)


class Divider:
    """Comments that stand alone, and what follows them."""

    def __init__(self, texts: list[str], is_first: bool) -> None:
        self.texts = texts
        self.is_first = is_first  # before all items of its file
        self.written = False


def _is_licence(text: str) -> bool:
    return (
        "SPDX" in text
        or "do not edit" in text
        or text.strip() == "/* Copyright (c) 2026 The Virtwright authors */"
    )


def entries(library: Library) -> list[Entry]:
    """All items of the library, with their comments."""
    found: list[Entry] = []
    for where in ("public", "inner", "sources"):
        dividers: dict[str, Divider] = {}
        begun: set[str] = set()
        for group in _paragraphs(getattr(library, where)):
            origin = group[0].origin
            rows = [item for item in group if not (item.kind == "comment" and _is_licence(item.text))]
            if rows and all(item.kind == "comment" for item in rows):
                rows = [item for item in rows if not item.text.startswith(("/* ---- ", "/*\n * ---- "))]
                if not rows:  # parts of a file, whose order differs here
                    continue
                last = dividers.get(origin)
                texts = [item.text for item in rows]
                if last is not None and last.is_first and origin not in begun:
                    last.texts += texts
                else:
                    dividers[origin] = Divider(texts, origin not in begun)
                continue
            comments: list[str] = []
            for item in rows:
                begun.add(origin)
                if item.kind == "comment":
                    comments.append(item.text)
                    continue
                one = Entry(item, where, len(found))
                one.divider = dividers.get(origin)
                if comments or not found or found[-1].item not in rows:
                    one.comments, comments = comments, []
                else:  # the comments before the last one are also for this one
                    one.comments, one.with_others = found[-1].comments, found[-1].with_others
                    one.with_others.append(one)
                found.append(one)
    _spell_out(found)
    return found


def _spell_out(rows: list[Entry]) -> None:
    """A comment that leaves the rest to another function's has that text: the copy may lack the other function."""
    for one in rows:
        other = referred(one.comments[-1]) if one.where == "public" and one.comments else ""
        if other:
            one.comments[-1] = spelled_out(one.comments[-1], one.item.text, comment_of(other))


def _paragraphs(items: list[Item]) -> Iterator[list[Item]]:
    """Items in groups that stay together."""
    group: list[Item] = []
    for item in items:
        if group and (group[-1].origin, group[-1].paragraph) != (item.origin, item.paragraph):
            yield group
            group = []
        group.append(item)
    if group:
        yield group


def mentioned(text: str) -> set[str]:
    """The library's names in a text, also in comments; those that stand for several end with *."""
    found = set(re.findall(r"\b(?:vwr_\w+|VWR_\w+\*?)", text))
    tagged = {TAG + name for name in re.findall(r"\b(?:struct|enum|union) (vwr_\w+)", text)}
    return found | tagged


_FOR_OTHERS = re.compile(r"\(for |; control path only|\bprivate\b")


class Reach:
    """What is needed, and where."""

    def __init__(self, choice: Choice, library: Library) -> None:
        self.choice = choice
        self.entries = entries(library)
        paster = Paster(one.item for one in self.entries)
        for one in self.entries:
            one.pasted = paster.names(one.item.text)
        self.calls = set(choice.calls)
        self.texts = choice.caller_texts or tuple(example.files(choice).values())
        self.defined: dict[str, list[Entry]] = {}  # definitions
        self.declared: dict[str, list[Entry]] = {}
        for one in self.entries:
            if is_forward(one.item):
                continue
            table = self.declared if is_declaration(one.item) else self.defined
            for name in one.names:
                table.setdefault(name, []).append(one)
        self.outside = {
            one.item.name
            for one in self.entries
            if one.where == "sources" and one.item.kind in ("function", "object") and not one.item.static
        }
        self.extern = self._extern()
        self.public: set[str] = set()  # names for the caller
        self.header: set[Entry] = set()
        self.code: set[Entry] = set()
        self._find()
        self._place_rest()

    def _extern(self) -> set[str]:
        """Functions and objects of vwr.c that have external linkage."""
        found, todo, seen = self.calls & self.outside, list(self.calls - self.outside), set[str]()
        while todo:  # an inline function is a call: what it calls cannot be static
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            for one in self.defined.get(name, ()):
                if one.item.kind in ("function", "macro", "block"):
                    found |= one.refs & self.outside
                    todo += one.refs - self.outside
        return found

    # --- what a caller sees ---

    def _hidden(self, one: Entry) -> bool:
        """Whether an inline function needs a function of vwr.c that is static, or that the copy does not have."""
        seen, todo = set[str](), [one]
        while todo:
            for name in todo.pop().refs - seen:
                seen.add(name)
                if name in self.extern:
                    continue
                if name in self.outside or name in self.declared and name not in self.defined:
                    return True
                todo += [
                    other
                    for other in self.defined.get(name, ())
                    if other.item.kind in ("function", "macro", "block")
                ]
        return False

    def _wildcards(self, pattern: str) -> set[str]:
        """The constants of the profile's devices that VWR_NAME_* stands for."""
        prefix = pattern[:-1]
        device = prefix.removeprefix("VWR_").partition("_")[0].lower()
        if device == "id":
            return {name for name in self.defined if name.startswith(prefix) and self._is_of_a_device(name)}
        if device not in self.devices:
            found = {name for name in self.defined if name.startswith(prefix) and self.is_offered(name)}
            is_group = prefix.endswith("_") and prefix.count("_") > 1 and len(found) <= MOST_OF_A_GROUP
            return found if is_group and device not in described_devices() else set()
        return {name for name in self.defined if name.startswith(prefix) and self.is_offered(name)}

    @functools.cached_property
    def devices(self) -> set[str]:
        """The names of the profile's devices in constants."""
        found = {*self.choice.devices, *self.choice.drivers, *self.choice.classes}
        return found | {f"v{name}" for name in found} | {"snd", "fs", "9p"}

    def _is_of_a_device(self, name: str) -> bool:
        """Whether a constant has the device ID of one of the profile's devices."""
        value = re.search(r"= (\d+)", self._enumerator_text.get(name, ""))
        return value is not None and value[1] in self._ids

    @functools.cached_property
    def _ids(self) -> set[str]:
        """The device IDs of the profile's devices, in digits."""
        names = {*self.choice.devices, *self.choice.drivers, *self.choice.classes}
        return {
            digits
            for one in self.entries
            if one.item.origin in {f"vwr/gen/{name}.h" for name in names} and ID.fullmatch(one.item.name)
            for digits in re.findall(r"\b(\d+)u", code(one.item.text))
        }

    @functools.cached_property
    def _enumerator_text(self) -> dict[str, str]:
        return {
            row.name: row.text
            for one in self.entries
            if one.item.kind == "type"
            for row in enumerators(one.item.text)
        }

    def is_offered(self, name: str) -> bool:
        """Whether a constant has a use in this profile: its feature and its interface are not left out."""
        row = " ".join(re.sub(r"^\s*\*", "", self._enumerator_text.get(name, ""), flags=re.MULTILINE).split())
        if self.choice.interface == "modern" and "legacy only" in row:
            return False
        absent = {
            feature
            for part, features in BRINGS.items()
            if part not in self.choice.parts and "driver" == self.choice.side
            for feature in features
        }
        return not any(re.search(rf"with {feature}\b|_F_{feature}\b", row) for feature in absent)

    def _roots(self) -> set[str]:
        """The names that the caller's files mention, apart from the calls."""
        found = set().union(*map(mentioned, self.texts)) | {TAG + RESULTS}
        found |= {
            one.item.name
            for one in self.entries
            if one.item.origin == OWNERSHIP and one.item.kind == "function"
        }
        found |= {name for name in mentions(example.port(self.choice)) if name[:1] == TAG}
        for device in self.choice.devices:
            found |= {TAG + f"vwr_{device}_feature"}
        if not self.choice.callers:
            found |= set().union(*(one.names for one in self.entries if self._is_for_any_caller(one)))
        return found

    @functools.cached_property
    def _of_ends(self) -> set[str]:
        """The generated headers of devices with a generated client or service."""
        return {
            f"vwr/{room}/{name}.h"
            for name, end in self.choice.ends.items()
            for room in ("gen", "messages", end)
        }

    def _is_for_any_caller(self, one: Entry) -> bool:
        """Macros for the size of memory, beside the calls; of a device that the caller writes, all that is generated."""
        item = one.item
        if item.kind == "macro" and item.origin in VERSIONS:
            return True
        if item.kind == "macro" and MEMORY.search(item.name):
            ours = {
                *self.choice.headers,
                *(("vwr/client.h",) if "client" in self.choice.ends.values() else ()),
            }
            return item.origin in ours or item.name == "VWR_REQUEST_OWN_BYTES" and bool(self.choice.ends)
        if item.kind == "macro" and ID.fullmatch(item.name):  # what a search compares
            return item.origin in {f"vwr/gen/{name}.h" for name in self.choice.devices}
        if self.choice.ends and BYTE_ORDER.fullmatch(item.name):
            return True
        if item.origin in self._of_ends:
            return item.kind in ("macro", "type") or item.kind == "function" and not self._hidden(one)
        return False

    def _find(self) -> None:
        self.whole: set[str] = set()  # enumerations that stay whole
        todo = [(name, True) for name in sorted(self.calls | self.extern | self._roots())]
        public = self.public
        header: set[Entry] = set()
        seen: set[tuple[str, bool]] = set()
        while todo:
            name, for_caller = todo.pop()
            if name.endswith("*"):
                todo += [(one, for_caller) for one in self._wildcards(name)]
                continue
            if (name, for_caller) in seen or (name, True) in seen:
                continue
            seen.add((name, for_caller))
            if for_caller:
                public.add(name)
            for one in self.defined.get(name, []) + self.declared.get(name, []):
                todo += [
                    (ref, is_callers) for ref, is_callers in self._reached(one, name, for_caller, header)
                ]
        self.header = header
        self.code = self._code()

    def _reached(
        self, one: Entry, name: str, for_caller: bool, header: set[Entry]
    ) -> Iterator[tuple[str, bool]]:
        """(name, whether it is for the caller) of what an entry of the header needs there."""
        item = one.item
        if item.kind in ("function", "object", "prototype") and not is_declaration(item):
            if one.where != "public" or name in self.outside or self._hidden(one):
                return
        if is_declaration(item) and name not in self.extern:
            return
        if one.where != "public":
            return
        header.add(one)
        is_new = for_caller and one.where == "public"
        if item.kind == "type":
            tag, _ = _of_type(item.text)
            is_enum = "enum" in item.text.split("{")[0]
            if tag and is_enum and name == tag and not tag.endswith(("_fault", "_fault_kind")):
                self.whole.add(tag)  # of faults a copy has those that it reports
            public = without_private(item.text) if is_new else ""
            yield from (
                (ref, True) for ref in mentions(public) - one.names if not self._is_inside(ref, public)
            )
            yield from ((ref, False) for ref in held(item.text) - one.names)
        else:
            yield from ((ref, is_new and item.kind != "function") for ref in one.refs)
            if item.kind == "function":
                yield from ((ref, is_new) for ref in mentions(head(item.text)) - one.names)
                if re.search(r"->[\w.]+(?:\[[^\]]*\])?->", item.text):
                    yield from self._behind_pointers(one)
        if is_new:
            yield from ((ref, True) for ref in self._documented(one))
            if item.kind == "type":
                yield from ((ref, True) for ref in self._on(one))

    def _is_inside(self, name: str, members: str) -> bool:
        """Whether it is a structure for transports or classes, to which members only point."""
        if name[:1] != TAG or name in held(members):
            return False
        return any(_FOR_OTHERS.search(_brief(one)) for one in self.defined.get(name, ()))

    @functools.cached_property
    def _passed(self) -> set[str]:
        """The structures that a caller passes to calls, and those in their public members."""
        found, todo = set[str](), list[str]()
        for name in self.calls:
            for one in self.defined.get(name, []) + self.declared.get(name, []):
                todo += [ref for ref in mentions(head(one.item.text)) if ref[:1] == TAG]
        while todo:
            name = todo.pop()
            if name not in found:
                found.add(name)
                for one in self.defined.get(name, ()):
                    members = without_private(one.item.text)
                    todo += [ref for ref in held(members) & mentions(members) if ref[:1] == TAG]
        return found

    def _behind_pointers(self, one: Entry) -> Iterator[tuple[str, bool]]:
        """The structures to which those of a function, and the structures in these, point."""
        seen, todo = set[str](), [name for name in mentions(head(one.item.text)) if name[:1] == TAG]
        while todo:
            name = todo.pop()
            for other in self.defined.get(name, ()) if name not in seen else ():
                inside = held(other.item.text) - other.names
                todo += [ref for ref in inside if ref[:1] == TAG]
                yield from ((ref, False) for ref in other.refs if ref[:1] == TAG)
            seen.add(name)

    def _documented(self, one: Entry) -> set[str]:
        """Constants, macros and inline functions that its documentation mentions."""
        found = set()
        for name in mentioned(one.comment):
            if name.endswith("*"):
                found.add(name)
            for other in self.defined.get(name, ()):
                kinds = ("macro", "type", "block", "function")
                is_constant = other.item.kind in kinds and not (
                    other.item.kind == "function" and other.item.origin.startswith(PLUMBING)
                )
                if is_constant and other.where == "public" and not _FOR_OTHERS.search(_brief(other)):
                    found.add(name)
        return found - one.names

    def _on(self, one: Entry) -> set[str]:
        """The inline functions on a public structure, but for those that are for transports or classes."""
        tag, _ = _of_type(one.item.text)
        return self._functions_on.get(tag, set()) if tag in self._passed else set()

    @functools.cached_property
    def _functions_on(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for one in self.entries:
            item = one.item
            if one.where != "public" or item.kind != "function" or item.origin.startswith(PLUMBING):
                continue
            first = re.search(r"\((?:const )?struct (\w+) \*", head(item.text))
            is_kernel_doc = one.comment.startswith("/**")
            if first and is_kernel_doc and not _FOR_OTHERS.search(_brief(one)) and not self._hidden(one):
                found.setdefault(TAG + first[1], set()).add(item.name)
        return found

    # --- what the code needs ---

    def _code(self) -> set[Entry]:
        """The entries that the definitions of the calls need."""
        found: set[Entry] = set()
        seen: set[str] = set()
        todo = [name for one in self.header for name in one.refs] + list(self.extern) + [MUST_HAVE]
        todo += [name for one in self.header for name in one.names & self.outside]
        while todo:
            name = todo.pop()
            if name in seen:
                continue
            seen.add(name)
            for one in self.defined.get(name, ()):
                if one in found:
                    continue
                found.add(one)
                if one in self.header and one.item.kind == "function":
                    continue
                todo += one.refs
        return found

    def _place_rest(self) -> None:
        """Assertions, and blocks that define nothing."""
        for one in [one for one in self.code if one.item.kind == "block" and DEFAULT.search(one.item.text)]:
            self.header.add(one)  # next to the port, of which it is a part
        kept = self.header | self.code
        have = set().union(*(one.names for one in kept)) if kept else set()
        in_header = set().union(*(one.names for one in self.header)) if self.header else set()
        used = {one.item.origin for one in kept}
        for one in self.entries:
            if one.item.kind == "assertion" or one.item.kind == "block" and not one.names:
                known = {name for name in one.refs if name in self.defined}
                tools = {"VWR_STATIC_ASSERT", "VWR_CONFIG_TRIES"}
                is_check = one.item.origin == CHECKS  # of the port and the compiler
                if self.choice.side == "device" and DMA_ALIGN in one.refs:  # which it does not use
                    continue
                is_about_us = known - have <= tools and one.item.origin in used
                if not one.item.text.strip() or not (is_check or is_about_us):
                    continue
                about = {name for name in known if name[:1] == TAG}
                at_header = bool(about) and known - tools <= in_header
                (self.header if at_header else self.code).add(one)
                for name in known:
                    (self.header if at_header else self.code).update(
                        other for other in self.defined[name] if other not in self.header
                    )

    # --- enumerators ---

    def values(self, one: Entry, wanted: Set[str]) -> str:
        """The text of an enumeration with the values that something mentions."""
        text = one.item.text
        rows = enumerators(text)
        tag, _ = _of_type(text)
        if not rows or not all(row.explicit for row in rows):
            return text
        keep = [row for row in rows if row.name in wanted or tag in self.whole and self.is_offered(row.name)]
        if not keep or len(keep) == len(rows):
            return text
        begin, end = text.index("{") + 1, text.rindex(rows[-1].text) + len(rows[-1].text)
        begin += text[begin:].startswith("\n")
        made, heading = "", ""
        for row in keep:
            made += (row.heading if row.heading != heading else "") + row.text
            heading = row.heading
        return text[:begin] + made.rstrip("\n") + "\n" + text[end:]


def _brief(one: Entry) -> str:
    """The first sentence of a documentation."""
    m = re.search(r"/\*\*\s*(.*?)(?:\n \*\s*\n| \*/|\n \* @)", one.comment, re.DOTALL)
    return " ".join(m[1].replace("\n *", " ").split()) if m else ""
