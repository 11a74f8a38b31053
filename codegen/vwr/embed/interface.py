# SPDX-License-Identifier: MIT
"""What a caller of a copy uses: functions, structures, constants of its headers; and what it must change after an update."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vwr.c.bodies import Member, bare, members, signature, values
from vwr.c.items import items, without_guard

MOST = 20  # constants in one row
_GUARD = re.compile(r"^#ifndef (VWR_H)\n#define \1\n(.*)^#endif\n", re.MULTILINE | re.DOTALL)  # of a pair
_INTERNAL = re.compile(r"_$|_H$|^VWR_(?:(?:WITH|PORT|GEN|VERSION)_|ONE_(?:CLASS|TRANSPORT)$)")


class Interface(NamedTuple):
    """The names of a copy's headers."""

    calls: dict[str, str]  # {function: its signature}
    members: dict[str, tuple[str, ...]]  # {structure: its public members}
    constants: frozenset[str]


def _member(one: Member) -> str:
    """A public member, with those inside of it."""
    inside = "; ".join(_member(part) for part in one.members if not part.private)
    return f"{one.text} {{{inside}}} {one.name}".strip() if one.members else one.text


def of(headers: Mapping[str, str]) -> Interface:
    """The interface of these headers."""
    calls, found, constants = dict[str, str](), dict[str, tuple[str, ...]](), set[str]()
    for text in headers.values():
        for item in items(without_guard(_GUARD.sub(r"\2", text))):
            if item.kind in ("prototype", "function") and item.name.startswith("vwr_"):
                calls[item.name] = signature(item.text)
            elif item.kind == "macro":
                constants.add(item.name)
            elif item.kind == "type" and bare(item.text).startswith("struct vwr_") and "{" in item.text:
                found[item.name] = tuple(_member(one) for one in members(item.text) if not one.private)
            elif item.kind == "type":
                constants.update(one.name for one in values(item.text) if one.name.startswith("VWR_"))
    return Interface(
        {name: text for name, text in calls.items() if not _INTERNAL.search(name)},
        found,
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
