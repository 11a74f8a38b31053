# SPDX-License-Identifier: MIT
"""The kinds of devices that a plan can have: one row for each class of the runtime's device side."""

from typing import Any, NamedTuple

from vwr.description import specs


class Kind(NamedTuple):
    """A class: its word in a plan, its file of spec/, its structure, and the keys that are its own."""
    word: str
    spec: str
    struct: str
    keys: tuple[str, ...]


KINDS = {kind.word: kind for kind in (
    Kind("block", "blk", "vwr_vblk", ("disk", "first", "sectors", "read-only", "write-through", "id", "queues", "requests",
                                      "segments")),
    Kind("console", "console", "vwr_vconsole", ("ports", "columns", "rows", "emergency")),
    Kind("entropy", "entropy", "vwr_ventropy", ()),
)}
OWN_KEYS = {key: kind.word for kind in KINDS.values() for key in kind.keys}

_SPECS = specs()
DEVICES = sorted(name for name, spec in _SPECS.items() if spec.kind == "device")


def kind_of(word: str) -> Kind | None:
    """The kind that a plan's word means, or None; a device by its name in spec/ is the same."""
    return KINDS.get(word) or next((kind for kind in KINDS.values() if kind.spec == word), None)


def id_name(kind: Kind) -> str:
    """C name of the number that its DeviceID reads."""
    return _SPECS["ids"].group("ids").numbered(_SPECS[kind.spec].id).c


def queue_count(kind: Kind | None, device: dict[str, Any]) -> int:
    """How many queues a device has; the runtime's own macro says the same, and an assertion compares them."""
    word = kind.word if kind else ""
    if word == "block":
        return device.get("queues", 1)
    if word == "console":
        ports = len(device.get("ports", [1]))
        return 2 if ports == 1 else 2 * ports + 2
    return 1


def queue_size_max(kind: Kind | None) -> int | None:
    """The longest queue whose chains the class has room for, or None; VWR_VCONSOLE_SEGS and its like have some more."""
    return 64 if kind is not None and kind.word in ("console", "entropy") else None


def feature(name: str) -> tuple[str, int]:
    """(C name, number) of a feature of all devices."""
    value = _SPECS["features"].group("features").named(name)
    return value.c, value.value


def needs_modern(name: str) -> bool:
    """Whether the specification has the feature with VERSION_1 only."""
    return any(rule.feature == name and rule.any == ("VERSION_1",) for rule in _SPECS["features"].rules)
