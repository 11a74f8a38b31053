# SPDX-License-Identifier: MIT
"""Feature bits: the reserved bits, and the bits of a device."""

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
    driver: (
        Annotated[
            list[Annotated[Literal["must-accept", "should-accept", "may-fail"], Words("Duty of a driver")]],
            DISTINCT,
        ]
        | None
    ) = key(
        "Duty of a driver. must-accept, should-accept: it must or should accept the feature if it is "
        "offered; may-fail: it may fail if the feature is not offered."
    )
    device: (
        Annotated[
            list[
                Annotated[
                    Literal["must-offer", "should-offer", "should-not-offer", "may-fail"],
                    Words("Duty of a device"),
                ]
            ],
            DISTINCT,
        ]
        | None
    ) = key(
        "Duty of a device, independent of the driver. must-offer, should-offer: it must or should offer "
        "the feature; should-not-offer: it should no longer offer it; may-fail: it may fail if the "
        "driver does not accept the feature."
    )
    transports: (
        Annotated[list[Annotated[Literal["pci", "mmio", "ccw"], Words("Transport")]], DISTINCT] | None
    ) = key("Transports that can have the feature. Default: all.")
    section: Section | None
    document: Document | None


class Ranges(Row):
    """Ranges of feature bits, by the files that may define them."""

    device: _Ranges = key("Bits that device files define.")
    reserved: _Ranges = key("Bits that this file defines.")
    unassigned: _Ranges | None = key("Bits that are not yet defined.")


class Conflict(Explained):
    """A combination that must not occur."""

    name: Kebab = key("Short name.")
    if_: Annotated[
        str,
        Logic(
            "The forbidden combination: features that are present, features that are absent, and the "
            "value of a configuration field.",
            all=16,
            also=frozenset({"not", "value"}),
            example="ZONED and DISCARD and zoned.model == HM",
        ),
    ]
    side: Side = key(
        "Side that prevents the combination. driver: it does not accept it; device: it does not offer "
        "it, or rejects FEATURES_OK."
    )


class OwnFeatures(Row):
    """Feature bits of the device."""

    section: Section | None
    conflicts: list[Conflict] | None = key(
        "Combinations of features and of a configuration field's value that must not occur."
    )
    requires: (
        Annotated[
            str,
            Logic(
                "Features that must be negotiated with every device of this type.",
                all=16,
                choices=16,
                most=3,
                example="CAN_CLASSIC or CAN_FD",
            ),
        ]
        | None
    )
    bits: list[Feature] = key("The bits in the specification's order.")
