# SPDX-License-Identifier: MIT
"""What has a name and a number, and the features that open it."""

from dataclasses import dataclass

from vwr.spec.load import Place

Names = str | list[str]
NO_FEATURE = "VWR_FEATURE_NONE"  # in tables in C


def cells(features: list[str]) -> list[str]:
    """Three features of a row of a table in C."""
    return features + [NO_FEATURE] * (3 - len(features))


@dataclass(frozen=True)
class Node:
    """Something that may stand in spec/: `place` says where."""

    place: Place | None


@dataclass(frozen=True)
class Item(Node):
    """What has a name in the specification and one in C, and perhaps not in all versions."""

    name: str
    c: str
    brief: str
    since: str | None
    only: str | None


@dataclass(frozen=True)
class Gate:
    """The features that open something: any of `names`, in C any of `any`."""

    name: str
    names: list[str]
    c: str
    any: list[str]


@dataclass(frozen=True)
class GatedValue(Gate):
    """A value for what is absent, while these features are there."""

    value: int


@dataclass(frozen=True)
class Value(Item):
    """A number with a name; `if_text` and `gate`: the features that open it, as text and as the YAML has them."""

    value: int
    text: str
    shown: str
    document: str
    documents: list[str]
    aka: list[str]
    label: str
    remark: str
    section: str | None
    if_text: str | None
    gate: Names
    reserved: bool
    accept: str
    offer: str
    insist: list[str]
    requires: list[Names]
    needs: str
    offer_with: list[Names]
    transports: list[str]


@dataclass(frozen=True)
class Conflict(Node):
    """What must not be at once: `features` there, `without` not there, `field` of the configuration with this value. `side`: a driver
    does not accept it, a device does not offer it or fails FEATURES_OK."""

    name: str
    features: list[str]
    without: list[str]
    field: str
    value: Value | None
    side: str
    brief: str


@dataclass(frozen=True)
class IdValue(Value):
    """A device type."""

    transitional: int | None
    short: str


@dataclass(frozen=True)
class StatusValue(Value):
    """A bit of the status."""

    by: str


@dataclass(frozen=True)
class Enum(Node):
    """A C enum and its table of names; C has enumerators for `small` values, and none for `big` ones."""

    tag: str
    table: str
    rows: list[Value]
    small: list[Value]
    big: list[Value]
    link: str
    section: str
    brief: str
    what: str
    title: str
    name: str
    kind: str
    scoped: bool = False


@dataclass(frozen=True)
class Rule:
    """A feature and those of which it needs one."""

    feature: str
    name: str
    names: list[str]
    any: list[str]


@dataclass(frozen=True)
class RuleTable:
    """The rules of a file as a table."""

    c: str
    count_c: str
    rows: list[Rule]
    text: str


@dataclass(frozen=True)
class Word:
    """A constant for 32 feature bits."""

    c: str
    mask: str
    remark: str = ""


@dataclass(frozen=True)
class Barred:
    """The features that a transport cannot have."""

    name: str
    words: list[Word]


@dataclass(frozen=True)
class Bits(Node):
    """A part of a field or of a register; the mask is in place."""

    name: str
    c: str
    shift: int
    width: int
    mask: str
    if_text: str | None
    enum: str | None
    brief: str
    remark: str
    register: str = ""
