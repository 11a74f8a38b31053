# SPDX-License-Identifier: MIT
"""What a caller of a copy uses: functions, structures, constants of its headers; and what it must change after an update."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vwr.embed import csource

MOST = 20  # constants in one row
_GUARD = re.compile(r"^#ifndef (VWR_H)\n#define \1\n(.*)^#endif\n", re.MULTILINE | re.DOTALL)  # of a pair
_INTERNAL = re.compile(r"_$|_H$|^VWR_(?:(?:WITH|PORT|GEN|VERSION)_|ONE_(?:CLASS|TRANSPORT)$)")


class Interface(NamedTuple):
    """The names of a copy's headers."""

    calls: dict[str, str]  # {function: its signature}
    members: dict[str, tuple[str, ...]]  # {structure: its public members}
    constants: frozenset[str]


def _code(text: str) -> str:
    return " ".join(csource.code(text).split())


def _signature(text: str) -> str:
    words = re.sub(r"\b(?:static|inline|extern|VWR_\w+)\b", " ", _code(text.split("\n{\n", 1)[0]))
    return " ".join(words.split()).rstrip("; ").replace("( ", "(")


def _members(text: str) -> tuple[str, ...]:
    """The declarations of the members that a user may name."""
    public = re.sub(r"/\* private: .*?(?=/\* public: \*/|\n\}|\Z)", "", text, flags=re.DOTALL)
    m = re.search(r"\{(.*)\}", _code(public))
    return tuple(one.strip() for one in (m[1] if m else "").split(";") if one.strip())


def of(headers: Mapping[str, str]) -> Interface:
    """The interface of these headers."""
    calls, members, constants = dict[str, str](), dict[str, tuple[str, ...]](), set[str]()
    for name, text in headers.items():
        for item in csource.items(csource.without_guard(_GUARD.sub(r"\2", text)), name):
            if item.kind in ("prototype", "function") and item.name.startswith("vwr_"):
                calls[item.name] = _signature(item.text)
            elif item.kind == "macro":
                constants.add(item.name)
            elif item.kind == "type":
                m = re.match(r"struct (vwr_\w+) \{", _code(item.text))
                if m:
                    members[m[1]] = _members(item.text)
                constants.update(re.findall(r"\b(VWR_\w+)(?= = | ?,)", _code(item.text)))
    return Interface(
        {name: text for name, text in calls.items() if not _INTERNAL.search(name)},
        members,
        frozenset(name for name in constants if not _INTERNAL.search(name)),
    )


def changes(old: Interface, new: Interface) -> Iterator[str]:
    """A row for each change that a caller must follow. Functions that went are the caller's business to list."""
    for name, was in sorted(old.calls.items()):
        now = new.calls.get(name)
        if now is not None and now != was:
            yield f"{name}: was {was}, is {now}"
    for name, before in sorted(old.members.items()):
        after = new.members.get(name)
        if after is None or after == before:
            continue
        gone = [one for one in before if one not in after]
        fresh = [one for one in after if one not in before]
        words = [f"without {', '.join(gone)}" if gone else "", f"with {', '.join(fresh)}" if fresh else ""]
        if gone or fresh:
            yield f"struct {name}: now {' and '.join(filter(None, words))}"
    lost = sorted(old.constants - new.constants)
    if lost:
        more = f" and {len(lost) - MOST} more" if len(lost) > MOST else ""
        yield f"removed: {', '.join(lost[:MOST])}{more}"
