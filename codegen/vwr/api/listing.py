# SPDX-License-Identifier: MIT
"""
The public names of the library as lines of generated/api.txt, and the difference between two such files.

A name that ends in an underscore is private, and so is a member below `private`. Of a structure whose comment says
"private" only the name is public, as an embedder may have to allocate it. clang computes sizes of structures and
values of enumerators; all else is the text of the headers.
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import yaml

from vwr.docs.header import Item, Member, read
from vwr.stop import Stop

# Their structures depend on no C library, so that clang knows their sizes on any machine.
BARE = ("runtime/include/vwr", "monitor/include/vwr", "generated/include/vwr/profile.h")
HOSTED = ("hosted/engine", "hosted/posix", "hosted/vhost", "integrations/fdt")
INNER = re.compile(r"_hot$")  # headers for the inline functions of other headers
INCLUDE = ("runtime/include", "monitor/include", "generated/include", "runtime/port/template")
ALL = "-DVWR_ACCESS_CALLS=1"  # the one option that adds declarations
TARGETS = ("aarch64-none-elf", "armv7-none-eabi", "x86_64-none-elf")
PRIVATE = re.compile(r"\A[^@]*[;.]\s+(?:\*\s+)?private\b(?! memory)", re.IGNORECASE)  # before any parameter
NUMBER = re.compile(r"\(?[-~]?(?:0x[0-9a-f]+|\d+)[ul]*\)?", re.IGNORECASE)
HEAD = f"""# SPDX-License-Identifier: MIT
# The public interface, written by ./vwr api --write: do not edit. docs/versions.md says what each version may change.
# The names that spec/ describes are not here: ./vwr diff compares these.
# Bytes of a structure: {", ".join(TARGETS)}, with the port in runtime/port/template.
"""

Listing = dict[str, dict[str, str]]  # {section: {what is declared: how}}


class Change(NamedTuple):
    """`kind`: what it asks of a caller."""

    kind: str  # removed, changed, added, size, value
    text: str


def headers(root: Path) -> dict[str, Path]:
    """{as an #include names it: its path}."""
    found = {}
    for place in BARE:
        paths = [root / place] if place.endswith(".h") else (root / place).glob("*.h")
        found.update({f"vwr/{path.name}": path for path in paths if not INNER.search(path.stem)})
    for place in HOSTED:
        found.update({f"{place}/{path.name}": path for path in (root / place).glob("vwr_*.h")})
    return dict(sorted(found.items()))


def public(items: list[Item]) -> list[Item]:
    """Those that callers may use; a private structure has no members here."""
    return [
        replace(item, members=[]) if PRIVATE.search(item.comment) else item
        for item in items
        if item.kind != "text" and not item.name.endswith("_")
        if item.kind in ("struct", "function") or not PRIVATE.search(item.comment)
    ]


def _type(text: str, name: str) -> str:
    """A declaration without the name that it declares."""
    return re.sub(rf"\s*\b{name}\b\s*", " ", text, count=1).replace("(* )", "(*)").strip()


def _macro(item: Item) -> str:
    """Parameters, or the value if it is a plain number that no release changes by itself."""
    if item.text != item.name:
        return item.text.removeprefix(item.name)
    return item.value if NUMBER.fullmatch(item.value) and not item.name.startswith("VWR_VERSION_") else ""


def _members(outer: str, members: list[Member]) -> Iterator[tuple[str, str]]:
    for one in members:
        path = f"{outer}.{one.name}" if one.name else outer
        if one.members:
            yield from _members(path, one.members)
        else:
            yield path, _type(one.text, one.name)


def rows(item: Item, computed: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """(what is declared, how) of a declaration."""
    what = f"{item.kind} {item.name}".rstrip()
    if item.kind in ("struct", "union"):
        yield what, " ".join([*computed.get(what, []), "bytes"]) if what in computed else ""
        yield from _members(what, item.members)
    elif item.kind == "enum":
        for one in item.members:
            if not one.name.endswith("_"):
                said = one.text.partition("=")[2].strip()
                yield f"{what}.{one.name}" if item.name else f"enum {one.name}", computed.get(
                    one.name, [said]
                )[0]
    else:
        yield what, _macro(item) if item.kind == "macro" else _type(item.text, item.name)


def _probe(names: list[str], values: list[str]) -> str:
    lines = [f'#include "{name}"' for name in names]
    lines += [f"const long long value_{at} = (long long){value};" for at, value in enumerate(values)]
    return "\n".join(lines) + "\n"


def _computed(root: Path, read_headers: dict[str, list[Item]]) -> dict[str, list[str]]:
    """{structure or enumerator: its size or value, on each target}, as clang sees them."""
    items = [item for found in read_headers.values() for item in public(found)]
    what = [f"{item.kind} {item.name}" for item in items if item.kind in ("struct", "union")]
    constants = [one.name for item in items if item.kind == "enum" for one in item.members]
    text = _probe(list(read_headers), [f"sizeof({one})" for one in what] + constants)
    found: dict[str, list[str]] = {one: [] for one in what + constants}
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "probe.c"
        source.write_text(text, encoding="utf-8")
        for target in TARGETS:
            words = [
                "clang",
                f"--target={target}",
                "-std=c11",
                "-ffreestanding",
                ALL,
                "-w",
                "-S",
                "-emit-llvm",
            ]
            words += [*(f"-I{root / one}" for one in INCLUDE), "-o", "-", str(source)]
            try:
                done = subprocess.run(words, capture_output=True, text=True, check=False)
            except OSError:
                raise Stop(
                    "clang is missing: it knows the sizes of structures", "apt install clang"
                ) from None
            if done.returncode:
                raise Stop(f"the public headers do not compile for {target}:\n{done.stderr.strip()}")
            numbers = re.findall(r"^@value_\d+ = .*constant i64 (-?\d+)", done.stdout, re.MULTILINE)
            for one, number in zip(found, numbers, strict=True):
                found[one].append(number)
    return found


def options(root: Path) -> Listing:
    """What a build sets: CMake's variables, and the parts that ./vwr embed knows."""
    text = (root / "CMakeLists.txt").read_text(encoding="utf-8")
    names = re.findall(r"^option\((VWR_\w+)|^set\((VWR_\w+).* CACHE ", text, re.MULTILINE)
    data = yaml.safe_load((root / "runtime/options.yaml").read_text(encoding="utf-8"))
    return {
        "CMake": {f"option {option or cached}": "" for option, cached in names},
        "./vwr embed": {f"part {row['name']}": ", ".join(row["sides"]) for row in data["options"]},
    }


def listing(root: Path) -> Listing:
    """The public interface of a tree."""
    found: Listing = {}
    items = {name: read(path.read_text(encoding="utf-8")) for name, path in headers(root).items()}
    computed = _computed(root, {name: one for name, one in items.items() if name.startswith("vwr/")})
    for name, one in items.items():
        found[name] = {what: how for item in public(one) for what, how in rows(item, computed)}
    return found | options(root)


def written(found: Listing) -> str:
    """The text of generated/api.txt."""
    parts = [HEAD]
    for section, declared in found.items():
        parts.append(f"\n[{section}]\n")
        parts += [f"{what}: {how}\n" if how else f"{what}\n" for what, how in sorted(declared.items())]
    return "".join(parts)


def parsed(text: str) -> Listing:
    """The interface in a text that `written` wrote."""
    found: Listing = {}
    for line in text.splitlines():
        if match := re.fullmatch(r"\[(.*)\]", line):
            section = found.setdefault(match[1], {})
        elif line and not line.startswith("#"):
            what, _, how = line.partition(": ")
            section[what] = how
    return found


def _kind(what: str, was: str, now: str) -> str:
    if was.endswith(" bytes"):
        return "size"
    return "value" if what.startswith("macro ") and not (was + now).startswith("(") else "changed"


def changes(old: Listing, new: Listing) -> list[Change]:
    """What differs, section by section, in the order of the names."""
    found = []
    for section in sorted(old.keys() | new.keys()):
        was, now = old.get(section, {}), new.get(section, {})
        for what in sorted(was.keys() | now.keys()):
            name = f"{section}: {what}"
            if what not in now:
                found.append(Change("removed", f"- {name}: {was[what]}".removesuffix(": ")))
            elif what not in was:
                found.append(Change("added", f"+ {name}: {now[what]}".removesuffix(": ")))
            elif was[what] != now[what]:
                kind = _kind(what, was[what], now[what])
                found.append(Change(kind, f"! {name}\n    was {was[what]}\n    is  {now[what]}"))
    return found
