# SPDX-License-Identifier: MIT
"""The library as items with references: the items that a call needs, and the names that stay internal."""

import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import NamedTuple

from vwr import ROOT
from vwr.c import conditions, index
from vwr.c.items import Item, items
from vwr.c.tokens import code, replace_names, uses
from vwr.embed import fold, generated, layout, local
from vwr.embed.choice import Choice, ONE_OF, described_devices
from vwr.embed.mentioned import Paster

RUNTIME = ROOT / "runtime"
MONITOR = ROOT / "monitor"
# Folders for each side, in the order of a copy. The files of the folders in one pair of brackets form one list.
BASE = tuple(RUNTIME / room for room in ("base", "shared"))
DRIVER = (RUNTIME / "driver",)
DEVICE = (RUNTIME / "device", RUNTIME / "parts", MONITOR)
ROOMS = {
    "driver": (DRIVER,),
    "device": (DEVICE,),
    "both": (DRIVER, DEVICE, (RUNTIME / "bridge",)),
}
# Replaced by the profile (profile.h), or included by the pair itself (the port).
SKIPPED = ("vwr/profile.h",)


class Library(NamedTuple):
    """Items of the public headers, of the headers that only sources include, and of the sources, in order."""

    public: list[Item]
    inner: list[Item]
    sources: list[Item]


def sources_of(choice: Choice) -> list[Path]:
    """The candidate sources of this side."""
    lists = [
        [folder / "src" for folder in generated.folders()],
        BASE,
        *ROOMS[choice.side],
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
        path.name: path for rooms in (BASE, *ROOMS["both"]) for room in rooms for path in room.rglob("*.h")
    }


@functools.cache
def _folders_of_files() -> dict[str, str]:
    """{source or internal header: its folder}."""
    return {
        path.name: path.parent.name
        for rooms in (BASE, *ROOMS["both"])
        for room in rooms
        for path in room.rglob("*.[ch]")
    }


@functools.cache
def subject(origin: str) -> str:
    """The folder that a file belongs to, by its place or, for a public or generated header, by its name."""
    folders = _folders_of_files()
    if origin in folders:
        return folders[origin]
    name = re.sub(r"^vwr/(?:gen/)?|^vwr_gen_|^vwr_names_|(?:_v?(?:client|service))?\.[ch]$", "", origin)
    name = {
        "split_ring": "queue",
        "packed_ring": "queue",
        "features": "dev",
        "status": "dev",
    }.get(name, name)
    known = set(folders.values())
    if name in known or origin.startswith("vwr_"):
        return name
    return name[1:] if name[:1] == "v" and name[1:] in known else "base"


def bare(name: str) -> str:
    """The name in an #include, without the path to the folder of an internal header."""
    return name.rpartition("/")[2] if name.startswith("../") else name


def flat(text: str) -> str:
    """A source in the form that it has if all sources are in one folder."""
    return re.sub(r'^(\s*#\s*include\s+")\.\./[^"]*/', r"\1", text, flags=re.MULTILINE)


def find(name: str) -> Path:
    """The file of an #include."""
    return _found(name, generated.folders())


@functools.cache
def _found(name: str, folders: tuple[Path, ...]) -> Path:
    del folders  # where it looks
    for one in (_inner().get(bare(name)), *(place / "include" / name for place in (RUNTIME, MONITOR))):
        if one and one.is_file():
            return one
    return generated.found(f"include/{name}")


OF_TESTS = "VWR_RING_MEMORY_HEADER"  # the explorer's memory, which no copy contains


def _without(item: Item, known: conditions.Values) -> list[Item]:
    """The items of a conditional that the profile decides, or an item with those inside it resolved."""
    if "#" not in item.text or not item.refs & known.keys():
        return [item]
    text = conditions.resolve(item.text, known)
    if item.kind != "block" or text == item.text:
        item.changed(text)
        return [item]
    inside = items(text)
    for one in inside:
        one.origin = item.origin
    return inside


def _resolved(found: list[Item], known: conditions.Values) -> list[Item]:
    """The items of a file with the conditionals resolved that the profile decides."""
    out: list[Item] = []
    paragraph, last = 0, 0  # of the result, of the item before
    for item in found:
        paragraph += item.paragraph != last
        last = item.paragraph
        inside = _without(item, known)
        if not inside and out and out[-1].kind == "comment" and out[-1].paragraph == paragraph:
            out.pop()  # its subject is absent
        before = 0 if inside != [item] else item.paragraph  # it may begin with an empty line
        for one in inside:
            paragraph += one.paragraph != before
            before, one.paragraph = one.paragraph, paragraph
        out += inside
    return out


@functools.cache
def _generator_interface() -> int:
    """VWR_GEN_ABI, with which the generated files were made."""
    text = (RUNTIME / "include" / "vwr" / "version.h").read_text(encoding="utf-8")
    return int(re.findall(r"^#define VWR_GEN_ABI (\d+)", text, re.MULTILINE)[0])


@functools.cache  # each file needs them
def constants(choice: Choice) -> dict[str, int | None]:
    """
    {macro: its value, or None: not defined} of all that a pair decides. Of the calls of a profile, only those of parts
    bell, ccw and rproc need VWR_ACCESS_CALLS, which is also for a program with a transport of its own.
    """
    found: dict[str, int | None] = {
        "VWR_ACCESS_CALLS": 0,
        **choice.macros,
        "VWR_GEN_ABI": _generator_interface(),
    }
    if "trace" not in choice.parts:
        found["vwr_port_trace"] = None
    return found


def _is_decided(text: str, choice: Choice) -> str:
    """A text in which values that the profile decides are written out."""
    if choice.side == "device":  # which calls few hooks of a port: those that it does not call may be absent
        text = re.sub(r"^VWR_PORT_MUST_HAVE\(", "VWR_PORT_MAY_HAVE(", text, flags=re.MULTILINE)
    if "texts" not in choice.parts:
        text = re.sub(r"(?<!define )\bVWR_WORDS\([^()]*\)", "NULL", text)
    text = re.sub(r"\bvwr_\w+_(legacy|modern)\.legacy\b", lambda m: str(int(m[1] == "legacy")), text)
    if "VWR_ACCESS_CALLS" in choice.macros:
        return text
    return re.sub(r"\bVWR_CONFIG_ACCESS\(\w+\) != NULL", "VWR_ACCESS_CALLS", text)  # NULL without it


_DECIDED = ("VWR_PORT_MUST_HAVE", "VWR_WORDS", ".legacy", "VWR_CONFIG_ACCESS")  # what that looks for


def read(path: Path, choice: Choice, fixed: bool = False) -> list[Item]:
    """The items of a file; `fixed`: without the preprocessor's conditionals that the profile decides."""
    known: dict[str, int | None] = {OF_TESTS: None}
    known.update({name: 1 if name in choice.names else None for name in ONE_OF})
    if fixed:
        known.update(constants(choice))
    found = _resolved(index.read(path), known)
    for item in found:
        if not item.refs.isdisjoint(choice.names):
            item.changed(replace_names(item.text, choice.names))
        if "VWR_WORDS" in item.text:
            words = r"\1" if "texts" in choice.parts else "NULL"
            item.changed(re.sub(r"\bVWR_WORDS\((&?vwr_\w+)\)", words, item.text))
        if fixed and any(word in item.text for word in _DECIDED):
            item.changed(_is_decided(item.text, choice))
    return found


def _header(name: str, choice: Choice, seen: set[str], fixed: bool) -> Iterator[Item]:
    """Items of a header after those of the headers that it includes."""
    name = bare(name)
    if name in seen or name in SKIPPED:
        return
    seen.add(name)
    for item in read(find(name), choice, fixed):
        item.origin = name
        if item.kind == "include":
            yield from _header(item.name, choice, seen, fixed)
        elif "VWR_PORT_HEADER" not in item.text:
            yield item


def load(choice: Choice, fixed: bool = False) -> Library:
    """
    The library for this profile: sources with a used item, and the headers that they include. `fixed`: what the
    profile decides is decided in the text.
    """
    whole = _load(choice, None, fixed)
    if fixed:  # the decisions depend on all of it
        return whole
    needed = closure(choice.calls, graph(whole))
    return _load(
        choice,
        {
            item.origin
            for item in whole.sources
            if item.kind in ("function", "object") and item.name in needed
        },
        fixed,
    )


def _load(choice: Choice, used: set[str] | None, fixed: bool) -> Library:
    """All sources, or these. Names that only one file has get a prefix."""
    library = _renamed_library(choice, used, fixed)
    known = dict(choice.macros)
    # base.h: these also depend on the compiler's options, unless the profile decides them.
    if known.get("VWR_WITH_SPEED") == 0:
        known["VWR_IS_FAST"] = known["VWR_BINDS_CHAINS"] = 0
    elif known.get("VWR_WITH_ASYNC") == 0:
        known["VWR_BINDS_CHAINS"] = 0
    for item in [*library.inner, *library.sources]:  # switches of a source itself: combinations of these
        m = item.kind == "macro" and re.fullmatch(
            r"#define \w+ \((VWR_WITH_\w+) \|\| (VWR_WITH_\w+)\)\s*", item.text
        )
        if m:
            known[item.name] = int(known[m.group(1)] or known[m.group(2)])
    if fixed:
        known.setdefault("VWR_ACCESS_CALLS", 0)
        _fix(library, known)
    every = [*library.public, *library.inner, *library.sources]
    functions = [item for item in every if item.kind == "function"]
    if fixed:
        while settle(functions, known):
            pass
        return library
    predicates, plain = _predicates([item for item in functions if item.origin.endswith(".h")], known)
    for item in functions:
        if item.refs & known.keys() or item.refs & predicates.keys():
            _replace(item, fold.function(item.text, known, predicates, plain))
    return library


def settle(functions: list[Item], known: dict[str, int]) -> bool:
    """Resolves once what constants, and functions with a constant result, decide. Returns whether anything changed."""
    predicates, plain = _predicates(functions, known)
    changed = False
    for item in functions:
        changed |= _replace(item, fold.function(item.text, known, predicates, plain))
    for item in functions:
        if item.refs & known.keys():
            changed |= _replace(item, fold.numbers(item.text, known))
    changed |= _drop_calls(functions, plain)
    answers = {item.name: found for item in functions if (found := fold.trivial(item.text)) is not None}
    for item in functions:
        changed |= _replace(item, fold.inlined(item.text, answers, plain))
    return changed


def _replace(item: Item, text: str) -> bool:
    """Replaces the text of an item. Returns whether it differs."""
    if text == item.text:
        return False
    item.changed(text)
    return True


def _fix(library: Library, known: dict[str, int]) -> None:
    """Resolves the expressions that the profile decides."""
    alternatives = {"VWR_ASYNC": known.get("VWR_WITH_ASYNC"), "VWR_RECOVERY": known.get("VWR_WITH_RECOVERY")}
    decided = {name: value for name, value in alternatives.items() if value is not None}
    for item in [*library.public, *library.inner, *library.sources]:
        if item.kind == "block":
            text = re.sub(r"(?<!define )\b[A-Z]\w+\b", lambda m: str(known.get(m[0], m[0])), item.text)
            item.text = text if not item.name or item.name not in known else item.text
        if item.kind not in ("function", "object", "macro", "type", "assertion") or item.name in decided:
            continue
        if not item.refs & (known.keys() | decided.keys()) or item.name in known:
            continue
        if item.kind == "function":
            item.text = fold.chosen(item.text, known, decided)
        else:
            item.text = layout.joined(item.text) if item.kind == "macro" else item.text
            item.text = fold.constants(item.text, known, decided)
            item.text = layout.macro(item.text) if item.kind == "macro" else item.text
        item.changed(item.text)


def _drop_calls(functions: list[Item], plain: set[str]) -> bool:
    """Removes calls of functions that do nothing in this profile. Returns whether there were any."""
    hooks = "vwr_port_"
    empty = {
        item.name for item in functions if not item.name.startswith(hooks) and fold.does_nothing(item.text)
    }
    changed = False
    for item in functions:
        if item.refs & empty:
            changed |= _replace(item, fold.without_calls(item.text, empty, plain))
    return changed


def _predicates(functions: list[Item], known: dict[str, int]) -> tuple[dict[str, int], set[str]]:
    """
    {name of a function: its constant result} where the profile determines it, and the names of functions without
    side effects. Each may call those before it.
    """
    found: dict[str, int] = {}
    plain: set[str] = set()
    for item in functions:
        value = fold.predicate(item.text, known, found)
        if value is not None:
            found[item.name] = value
        if fold.harmless(item.text, plain):
            plain.add(item.name)
    return found, plain


def _is_of_another(path: Path, choice: Choice) -> bool:
    """
    Whether it is a source of a device, generated or by hand, that this profile does not have. Nothing that it has
    refers to these, so they need not be read.
    """
    chosen = {"driver": choice.drivers, "device": choice.classes}.get(path.parent.parent.name)
    if chosen is not None and path.parent.name in described_devices():
        return path.parent.name not in chosen
    name = re.sub(r"^vwr_(gen|names)_", "", path.stem)
    return name not in {*choice.devices, *choice.drivers} and name in described_devices()


@functools.cache
def public_names() -> frozenset[str]:
    """The names in all public headers of the runtime."""
    paths = [path for place in (RUNTIME, MONITOR) for path in (place / "include" / "vwr").glob("*.h")]
    return frozenset(
        name for path in paths for name in re.findall(r"\b(?:vwr|VWR)_\w+", path.read_text(encoding="utf-8"))
    )


_DEFINED = ("function", "object")


def _of_names(found: list[Item], needed: Set[str]) -> list[Item]:
    """The items of a file without the other functions and objects, and without the comments on these."""
    out, alone = list[Item](), list[Item]()  # comments that stand alone, on what follows them
    passed = False  # something that is not kept, since then
    for _, group in itertools.groupby(found, key=lambda item: item.paragraph):
        rows = list(group)
        code_rows = [item for item in rows if item.kind != "comment"]
        if not code_rows:
            alone = rows if passed else [*alone, *rows]
            passed = False
            continue
        kept = [item for item in code_rows if item.kind not in _DEFINED or item.name in needed]
        if kept:
            out += [*alone, *(item for item in rows if item.kind == "comment" or item in kept)]
            alone = []
        passed = passed or not kept
    return out


def _selected(
    choice: Choice, headers: list[Item], sources: list[tuple[Path, list[Item]]]
) -> list[tuple[Path, list[Item]]]:
    """The sources without functions and objects that no call can reach, whatever the profile decides in them."""
    every = [*headers, *(item for _, found in sources for item in found)]
    paster = Paster(every)
    edges: dict[str, set[str]] = {}
    for item in every:
        if item.kind in ("function", "object", "macro", "block"):
            names = item.refs if item.refs.isdisjoint(paster.macros) else item.refs | paster.names(item.text)
            for name in [item.name] if item.name else item.refs:
                edges.setdefault(name, set()).update(names)
    roots = [*choice.calls, *choice.names.values(), *(ref for item in headers for ref in item.refs)]
    needed = closure(roots, edges)
    kept = [(path, _of_names(found, needed)) for path, found in sources]
    return [(path, found) for path, found in kept if any(item.kind in _DEFINED for item in found)]


def _renamed_library(choice: Choice, used: set[str] | None, fixed: bool) -> Library:
    seen: set[str] = set()
    public = [item for name in choice.headers for item in _header(name, choice, seen, fixed)]
    inner, sources, common = [], [], {}
    for path in [
        path
        for path in sources_of(choice)
        if (used is None and not _is_of_another(path, choice)) or (used is not None and path.name in used)
    ]:
        found = read(path, choice, fixed)
        for item in [item for item in found if item.kind == "include"]:
            for one in _header(item.name, choice, seen, fixed):
                common.update(local.names([one], find(one.origin), public_names()))
                inner.append(one)
        sources.append((path, [item for item in found if item.kind != "include"]))
    new = {path: local.names(found, path, public_names()) for path, found in sources}
    every = {**common, **{name: other for path, _ in sources for name, other in new[path].items()}}
    if fixed:
        sources = _selected(choice, [*public, *inner], sources)
    renamed = [
        item for path, found in sources for item in local.renamed(found, {**common, **new[path]}, path.name)
    ]
    return Library(local.mentioned(public, every), local.renamed(inner, common, None), renamed)


def graph(library: Library) -> dict[str, set[str]]:
    """{name: names that its definition mentions} of functions, objects and macros."""
    found: dict[str, set[str]] = {}
    for item in [*library.public, *library.inner, *library.sources]:
        if (
            item.kind in ("function", "macro")
            or item.kind == "object"
            and not re.match(r"\s*extern\b", code(item.text))
        ):
            found.setdefault(item.name, set()).update(
                item.refs - (uses(item.text).tags - uses(item.text).plain)
            )
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
