# SPDX-License-Identifier: MIT
"""Items with a name and a number, and the features that enable them."""

from typing import Annotated, Any, ClassVar

from vwr.grammar.words import Side
from vwr.model.nodes import BRIEF, NAME, ONLY, SINCE, DataRow, Shown, key, maybe, node
from vwr.spec.load import Place

Names = str | list[str]
NO_FEATURE = "VWR_FEATURE_NONE"  # in tables in C


def cells(features: list[str]) -> list[str]:
    """Three features of a row of a table in C."""
    return features + [NO_FEATURE] * (3 - len(features))


@node(frozen=True)
class Node(Shown):
    """An item of spec/, if it comes from there: `place` is its position."""

    place: Place | None


@node(frozen=True)
class Item(Node):
    """An item with a name in the specification and in C, which some versions may lack."""

    name: Annotated[str, NAME]
    c: str
    brief: Annotated[str, BRIEF]
    since: Annotated[str | None, SINCE]
    only: Annotated[str | None, ONLY]


class Number(DataRow):
    """A named number."""

    name: str = NAME
    value: int = key("The number.")


@node(frozen=True)
class Gate:
    """The features that enable an item: any of `names`, in C any of `any`."""

    SHOWN: ClassVar[Any] = list[str]
    name: str
    names: list[str]
    c: str
    any: list[str]


@node(frozen=True)
class GatedValue(Gate):
    """A value for an absent item while these features are negotiated."""

    value: int


@node(frozen=True)
class Value(Item):
    """
    A number with a name; `if_text` and `gate` are the features that enable it, as text and from the YAML.
    """

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


@node(frozen=True)
class Conflict(Node):
    """
    A combination that must not occur.

    `value` is one of the values of `field`, a field of the configuration.
    """

    name: Annotated[str, key("Short name.")]
    features: Annotated[list[str], maybe("Features that are present.")]
    without: Annotated[list[str], maybe("Features that are absent.")]
    field: Annotated[str, maybe("A configuration field.")]
    value: Annotated[Value | None, maybe("Value of that field.", shown=Number)]
    side: Annotated[
        str,
        key(
            "Side that prevents the combination: a driver does not accept it; a device does not offer it, or rejects FEATURES_OK.",
            shown=Side,
        ),
    ]
    brief: Annotated[str, key("Description, in one sentence.")]


@node(frozen=True)
class IdValue(Value):
    """A device type."""

    transitional: int | None
    short: str


@node(frozen=True)
class StatusValue(Value):
    """A bit of the status."""

    by: str


@node(frozen=True)
class Enum(Node):
    """A C enum and its table of names. C has enumerators for `small` values, but none for `big` ones."""

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


@node(frozen=True)
class Rule:
    """A feature and those of which it requires one."""

    feature: str
    name: str
    names: list[str]
    any: list[str]


@node(frozen=True)
class RuleTable:
    """The rules of a file as a table."""

    c: str
    count_c: str
    rows: list[Rule]
    text: str


@node(frozen=True)
class Word:
    """A constant for 32 feature bits."""

    c: str
    mask: str
    remark: str = ""


@node(frozen=True)
class Barred:
    """The features that a transport cannot have; its name in the constants and in a sentence."""

    name: str
    text: str
    words: list[Word]


@node(frozen=True)
class Bits(Node):
    """A bit field of a field or of a register; the mask is shifted."""

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
