# SPDX-License-Identifier: MIT
"""The library as items with references: the items that a call needs, and the names that stay internal."""

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.embed import csource, fold, generated
from vwr.embed.choice import Choice, ONE_OF, described_devices
from vwr.embed.csource import Item

RUNTIME = ROOT / "runtime"
# Folders of the runtime for each side, in the order of a copy. The files of the folders in one pair of
# brackets form one list.
ROOMS = {
    "driver": (("driver",),),
    "device": (("device", "parts", "monitor"),),
    "both": (("driver",), ("device", "parts", "monitor"), ("bridge",)),
}
# Replaced by the profile (profile.h), or included by the pair itself (the port).
SKIPPED = ("vwr/profile.h",)


class Library(NamedTuple):
    """Items of the public headers, of the headers that only sources include, and of the sources, in order."""

    public: list[csource.Item]
    inner: list[csource.Item]
    sources: list[csource.Item]


def sources_of(choice: Choice) -> list[Path]:
    """The candidate sources of this side."""
    lists = [
        [folder / "src" for folder in generated.folders()],
        *([RUNTIME / room for room in rooms] for rooms in (("base", "shared"), *ROOMS[choice.side])),
    ]
    ends = [
        generated.found(f"{end}/vwr_gen_{name}_{end}.c")
        for name, end in {**choice.ends, **dict.fromkeys(choice.services, "service")}.items()
    ]
    return [
        path
        for folders in lists
        for path in by_name(path for folder in folders for path in folder.rglob("*.c"))
    ] + ends


def by_name(paths: Iterable[Path]) -> list[Path]:
    """Sorted by name, so that a file that moves changes no copy."""
    return sorted(paths, key=lambda path: path.name)


@functools.cache
def _inner() -> dict[str, Path]:
    """Headers that only sources include, by name. The names are unique."""
    return {
        path.name: path
        for rooms in (("base", "shared"), *ROOMS["both"])
        for room in rooms
        for path in (RUNTIME / room).rglob("*.h")
    }


def bare(name: str) -> str:
    """The name in an #include, without the path to the folder of an internal header."""
    return name.rpartition("/")[2] if name.startswith("../") else name


def flat(text: str) -> str:
    """A source as it would be if all sources were in one folder."""
    return re.sub(r'^(\s*#\s*include\s+")\.\./[^"]*/', r"\1", text, flags=re.MULTILINE)


def find(name: str) -> Path:
    """The file of an #include."""
    by_hand = _inner().get(bare(name)) or RUNTIME / "include" / name
    return by_hand if by_hand.is_file() else generated.found(f"include/{name}")


OF_TESTS = "VWR_RING_MEMORY_HEADER"  # the explorer's memory, which no copy has


def read(path: Path, choice: Choice) -> str:
    """The text of a file, with the profile's conditions resolved."""
    text = path.read_text(encoding="utf-8")
    if OF_TESTS in text:
        text = csource.resolve(text, {OF_TESTS: False})
    if any(name in text for name in ONE_OF):
        text = csource.resolve(text, {name: name in choice.names for name in ONE_OF})
        text = csource.replace_names(text, choice.names)
    return re.sub(r"\bVWR_WORDS\((vwr_\w+)\)", r"\1" if "texts" in choice.parts else "NULL", text)


def _header(name: str, choice: Choice, seen: set[str]) -> Iterator[Item]:
    """Items of a header after those of the headers that it includes."""
    name = bare(name)
    if name in seen or name in SKIPPED:
        return
    seen.add(name)
    for item in csource.items(csource.without_guard(read(find(name), choice)), name):
        if item.kind == "include":
            yield from _header(item.name, choice, seen)
        elif "VWR_PORT_HEADER" not in item.text:
            yield item


def local_names(found: list[Item], stem: str) -> dict[str, str]:
    """
    New names for items that only one source has. In one file they would collide with each other, or with
    names of the port.
    """
    names, prefix = {}, f"vwr_in_{stem.removeprefix('vwr_')}_" if stem else "vwr_in_"
    for item in found:
        if item.kind == "macro" and not item.name.startswith("VWR_"):
            names[item.name] = f"{prefix.upper()}{item.name}"
        elif item.name and not item.name.startswith("vwr_") and (item.static or item.kind == "type"):
            tag = re.findall(r"\A(?:struct|union|enum) |$", item.text)[
                0
            ]  # a member may have the name of its tag
            names[f"{tag}{item.name}"] = f"{tag}{prefix}{item.name}"
        body = csource.code(item.text) if item.kind == "type" else ""
        enumerators = re.search(r"\benum\b[^{;]*\{([^}]*)\}", body)
        for name in re.findall(r"(?:^|,)\s*(\w+)", enumerators.group(1)) if enumerators else ():
            if not name.startswith("VWR_"):
                names[name] = f"{prefix.upper()}{name}"
    return names


def load(choice: Choice) -> Library:
    """The library for this profile: sources with a used item, and the headers that they include."""
    whole = _load(choice, None)
    needed = closure(choice.calls, graph(whole))
    return _load(
        choice,
        {
            item.origin
            for item in whole.sources
            if item.kind in ("function", "object") and item.name in needed
        },
    )


def _load(choice: Choice, used: set[str] | None) -> Library:
    """All sources, or these. The file's name becomes a part of names that only this file has."""
    library = _renamed_library(choice, used)
    known = dict(choice.macros)
    if 0 in (
        known.get("VWR_WITH_SPEED"),
        known.get("VWR_WITH_ASYNC"),
    ):  # base.h: the result depends on the compiler's options
        known["VWR_BINDS_CHAINS"] = 0
    for item in [*library.inner, *library.sources]:  # switches of a source itself: combinations of these
        m = item.kind == "macro" and re.fullmatch(
            r"#define \w+ \((VWR_WITH_\w+) \|\| (VWR_WITH_\w+)\)\s*", item.text
        )
        if m:
            known[item.name] = int(known[m.group(1)] or known[m.group(2)])
    predicates, plain = _predicates(library, known)
    for item in [*library.public, *library.inner, *library.sources]:
        if item.kind == "function" and (item.refs & known.keys() or item.refs & predicates.keys()):
            item.text = fold.function(item.text, known, predicates, plain)
            item.refs = csource.references(item.text) - {item.name}
    return library


def _predicates(library: Library, known: dict[str, int]) -> tuple[dict[str, int], set[str]]:
    """
    {name of a function of a header: its constant result} where the profile determines it, and the names of
    functions without side effects. Each may call those before it.
    """
    found: dict[str, int] = {}
    plain: set[str] = set()
    for item in [*library.public, *library.inner]:
        if item.kind != "function":
            continue
        value = fold.predicate(item.text, known, found)
        if value is not None:
            found[item.name] = value
        if fold.harmless(item.text, plain):
            plain.add(item.name)
    return found, plain


def _is_of_another(path: Path, choice: Choice) -> bool:
    """
    Whether it is a generated source of a device that is not chosen. Nothing refers to these, so they need not
    be read.
    """
    name = re.sub(r"^vwr_(gen|names)_", "", path.stem)
    return name not in choice.devices and name in described_devices()


def _renamed_library(choice: Choice, used: set[str] | None) -> Library:
    seen: set[str] = set()
    public = [item for name in choice.headers for item in _header(name, choice, seen)]
    inner, sources, common = [], [], {}
    for path in [
        path
        for path in sources_of(choice)
        if (used is None and not _is_of_another(path, choice)) or (used is not None and path.name in used)
    ]:
        found = csource.items(read(path, choice), path.name)
        for item in [item for item in found if item.kind == "include"]:
            found_inside = list(_header(item.name, choice, seen))
            if item.name.endswith("_common.h"):
                common.update(local_names(found_inside, ""))
            inner += found_inside
        sources.append((path, [item for item in found if item.kind != "include"]))
    renamed = [
        item
        for path, found in sources
        for item in _renamed(found, {**common, **local_names(found, path.stem)}, path.name)
    ]
    return Library(public, _renamed(inner, common, None), renamed)


def _in_types(names: dict[str, str], own: str) -> dict[str, str]:
    """The names that a type may mention. A member may have the name of a function."""
    return {name: new for name, new in names.items() if " " in name or name.isupper() or name == own}


def _renamed(found: list[Item], names: dict[str, str], origin: str | None) -> list[Item]:
    """The same items with other names."""
    by_word: dict[str, dict[str, str]] = {}
    for name, new in names.items():
        by_word.setdefault(name.rpartition(" ")[2], {})[name] = new
    out = []
    for item in found:
        text, words = item.text, item.refs & by_word.keys()
        if words or item.name in by_word:
            of_item = {
                name: new
                for word in sorted({*words, item.name})
                for name, new in by_word.get(word, {}).items()
            }
            text = csource.replaced(
                text, tuple((of_item if item.kind != "type" else _in_types(of_item, item.name)).items())
            )
        out.append(
            csource.Item(
                item.kind,
                text,
                names.get(item.name, item.name),
                origin or item.origin,
                item.static,
                item.paragraph,
                (item.refs - words) | {names.get(word, word) for word in words} if words else item.refs,
            )
        )
    return out


def graph(library: Library) -> dict[str, set[str]]:
    """{name: names that its definition mentions} of functions, objects and macros."""
    found: dict[str, set[str]] = {}
    for item in [*library.public, *library.inner, *library.sources]:
        if (
            item.kind in ("function", "macro")
            or item.kind == "object"
            and not re.match(r"\s*extern\b", csource.code(item.text))
        ):
            found.setdefault(item.name, set()).update(item.refs - csource.tags(item.text))
    return found


def closure(names: Iterable[str], edges: Mapping[str, Set[str]]) -> set[str]:
    """The names, and all names that they reach."""
    found, todo = set[str](), list(names)
    while todo:
        name = todo.pop()
        if name in edges and name not in found:
            found.add(name)
            todo += edges[name]
    return found


def missing(choice: Choice, library: Library) -> list[str]:
    """Calls of the profile that the library lacks: a bug of the table of parts."""
    names = {item.name for item in [*library.public, *library.sources]}
    return [call for call in choice.calls if call not in names]
