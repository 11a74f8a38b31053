# SPDX-License-Identifier: MIT
"""Feature bits: the reserved ones, and a device's own."""

from typing import Annotated, Literal

from vwr.grammar.common import Explained, Reservable
from vwr.grammar.row import DISTINCT, Integer, Items, Row, Words, key
from vwr.grammar.words import Aka, Document, Kebab, Line, Only, Rule, Section, Side, Since, Upper

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
        list[Annotated[Literal["must-accept", "should-accept", "may-fail"], Words("Duty of a driver")]], DISTINCT
    ] | None = key("What a driver does: where it is offered it must accept it, or should; where it is not offered it may fail.")
    device: Annotated[
        list[
            Annotated[
                Literal["must-offer", "should-offer", "should-not-offer", "may-fail"], Words("Duty of a device")
            ]
        ],
        DISTINCT,
    ] | None = key(
        "What a device does, whoever the driver is: it must offer it, should, or should not any more; where it is not "
        "accepted it may fail."
    )
    offer_with: Rule | None = key("A device offers it only together with these; a driver may take it alone.")
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


class FieldValue(Row):
    """A field of the configuration, and the value that it has."""

    field: Line = key("The field, dots between it and what it is in.")
    value: Upper = key("A value of the group that the field has.")


class Conflict(Explained):
    """All of this at once must not be."""

    name: Kebab = key("A word for it.")
    features: list[Upper] | None = key("Features that are there.")
    without: list[Upper] | None = key("Features that are not.")
    when: FieldValue | None
    side: Side = key("driver: it does not accept it; device: it does not offer it, or fails FEATURES_OK.")


class OwnFeatures(Row):
    """The device's own feature bits."""

    section: Section | None
    conflicts: list[Conflict] | None = key(
        "What must not be together: features, and what a field of the configuration says."
    )
    needs: Rule | None = key("What has to be negotiated: each of these; of a list in it one is enough.")
    bits: list[Feature] = key("The bits in the specification's order.")
