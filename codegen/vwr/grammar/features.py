# SPDX-License-Identifier: MIT
"""Feature bits: the reserved ones, and a device's own."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Reservable
from vwr.grammar.row import DISTINCT, Integer, Items, Logic, Row, Words, key
from vwr.grammar.words import Aka, Document, Kebab, Only, Rule, Section, Side, Since, Upper

BITS = 128
_Bit = Annotated[int, Integer("Feature bit", 0, BITS - 1)]
_Ranges = list[Annotated[list[_Bit], Items(2, 2)]]


class Feature(Reservable):
    """A feature bit."""

    name: Upper = key("Name without VIRTIO_F_ or VIRTIO_<DEVICE>_F_.")
    bit: _Bit = key("Number of the bit, 0 to 127.")
    since: Since | None
    only: Only | None
    aka: Aka | None
    requires: Rule | None
    driver: Annotated[
        list[Annotated[Literal["must-accept", "should-accept", "may-fail"], Words("Duty of a driver")]],
        DISTINCT,
    ] | None = key(
        "What a driver does: where it is offered it must accept it, or should; where it is not offered it may fail."
    )
    device: Annotated[
        list[
            Annotated[
                Literal["must-offer", "should-offer", "should-not-offer", "may-fail"],
                Words("Duty of a device"),
            ]
        ],
        DISTINCT,
    ] | None = key(
        "What a device does, whoever the driver is: it must offer it, should, or should not any more; where it is not "
        "accepted it may fail."
    )
    transports: Annotated[
        list[Annotated[Literal["pci", "mmio", "ccw"], Words("Transport")]], DISTINCT
    ] | None = key("The transports that can have it; without it all can.")
    section: Section | None
    document: Document | None


class Ranges(Row):
    """Who may define a bit."""

    device: _Ranges = key("Bits that device files define.")
    reserved: _Ranges = key("Bits that this file defines.")
    unassigned: _Ranges | None = key("Bits that nobody defines yet.")


class Conflict(Explained):
    """All of this at once must not be."""

    name: Kebab = key("A word for it.")
    if_: Annotated[
        str,
        Logic(
            "What must not be: features that are there and that are not, and what a field of the configuration says.",
            all=16,
            also=frozenset({"not", "value"}),
            example="ZONED and DISCARD and zoned.model == HM",
        ),
    ]
    side: Side = key("driver: it does not accept it; device: it does not offer it, or fails FEATURES_OK.")


class OwnFeatures(Row):
    """The device's own feature bits."""

    section: Section | None
    conflicts: list[Conflict] | None = key(
        "What must not be together: features, and what a field of the configuration says."
    )
    requires: Annotated[
        str,
        Logic(
            "What has to have been negotiated of a device of this kind, whatever it offers besides.",
            all=16,
            choices=16,
            most=3,
            example="CAN_CLASSIC or CAN_FD",
        ),
    ] | None
    bits: list[Feature] = key("The bits in the specification's order.")
