# SPDX-License-Identifier: MIT
"""runtime/options.yaml: what a build of the runtime has and may leave out. Ours, and no part of the specification."""

from typing import Annotated, Literal

from vwr.grammar.row import DISTINCT, Items, Row, Text, Words, key
from vwr.grammar.words import Side

Name = Annotated[
    str,
    Text(
        "Name",
        "^[a-z0-9]+(_[a-z0-9]+)*$",
        "lower-case letters and digits, single underscores between",
        "A name in small letters.",
    ),
]
Names = Annotated[list[Name], Items(0, distinct=True, meaning="Names of options.")]
_Call = Annotated[str, Text("Call", "^vwr_[a-z0-9_]+$", "must begin with vwr_", "A function of the runtime.")]
Calls = Annotated[list[_Call], Items(distinct=True, meaning="Functions of the runtime.")]
Few = Annotated[
    str,
    Text(
        "Text",
        '^[^\\n"\\\\*|]*[^\\n"\\\\*|.]$',
        "one line without quotes, backslashes, * or |, and without a final full stop",
        "What it is, in a few words without a full stop.",
    ),
]


class DeviceCalls(Row):
    """Functions that it adds on the device side, by device; any: whichever device."""

    YAML = {"p9": "9p"}
    any: Calls | None
    blk: Calls | None
    console: Calls | None
    entropy: Calls | None
    net: Calls | None
    gpu: Calls | None
    input: Calls | None
    balloon: Calls | None
    p9: Calls | None


class Option(Row):
    """An option."""

    name: Name = key("What embed calls it; its macro is VWR_WITH_ and this in capitals.")
    macro: bool | None = key("Whether vwr/profile.h has a macro for it.")
    part: bool | None = key("Whether embed has it as a part; true.")
    sides: Annotated[list[Side], DISTINCT] = key("Whose it is: driver, device.")
    brief: Few
    feature: Annotated[
        str, Text("Name of a feature", "^[A-Z][A-Z0-9_]*$", "as in spec/core/features.yaml")
    ] | None = key("The reserved feature bit that it negotiates.")
    header: Annotated[str, Text("Header", "^vwr/[a-z0-9_]+\\.h$", "vwr/NAME.h")] | None = key(
        "The public header that declares its calls, if no other part needs it. Without `calls`: all that it declares."
    )
    calls: Calls | None = key("Functions that it adds on the driver side.")
    device_calls: DeviceCalls | None


class Preset(Row):
    """A preset."""

    name: Name = key("What ./vwr embed --preset takes.")
    brief: Few
    default_of: Annotated[
        list[Annotated[Literal["driver", "device", "both"], Words("Side")]], DISTINCT
    ] | None = key("Sides of embed that have it if no preset is named.")
    with_: Names | None = key("Its options.")
    without: Names | None = key("All options but these.")
    ONE_OF = ("with", "without")


class Supported(Row):
    """One side of a device."""

    header: Annotated[str, Text("Header", "^vwr/[a-z0-9_]+\\.h$", "vwr/NAME.h")] = key("Its public header.")
    transports: Annotated[list[Annotated[Literal["mmio", "pci"], Words("Transport")]], DISTINCT] = key(
        "On which it runs."
    )
    tested: Annotated[
        dict[str, Annotated[str, Text("Test", "^[a-z0-9]+\\.[a-z0-9_]+$", "tier.what, as CTest has it")]],
        Items(),
    ] = key("Against whom, and a test of CTest for each.")


class Device(Row):
    """What the runtime has of a device of spec/device."""

    name: Name = key("The device, as spec/device calls it.")
    driver: Supported | None = key("The driver side.")
    device: Supported | None = key("The device side.")


class Options(Row):
    """What a build has and may leave out. See codegen/README.md."""

    options: list[Option] = key("What may be left out.")
    presets: list[Preset] = key("Names for a choice of options.")
    devices: list[Device] | None = key("Devices that the runtime has.")
