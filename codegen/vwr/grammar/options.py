# SPDX-License-Identifier: MIT
"""runtime/options.yaml: the build options of the runtime. They are not part of the specification."""

from typing import Annotated, Literal

from vwr.grammar.row import DISTINCT, Items, Row, Text, Words, key
from vwr.grammar.words import Side

Name = Annotated[
    str,
    Text(
        "Name",
        "^[a-z0-9]+(_[a-z0-9]+)*$",
        "lower-case letters and digits, single underscores between",
        "A name in lower-case letters.",
    ),
]
Names = Annotated[
    list[Name], Items(0, distinct=True, meaning="Names of options; in `with` of a preset also of calls.")
]
_Call = Annotated[str, Text("Call", "^vwr_[a-z0-9_]+$", "must begin with vwr_", "A function of the runtime.")]
Calls = Annotated[list[_Call], Items(distinct=True, meaning="Functions of the runtime.")]
Few = Annotated[
    str,
    Text(
        "Text",
        '^[^\\n"\\\\*|]*[^\\n"\\\\*|.]$',
        "one line without quotes, backslashes, * or |, and without a final full stop",
        "A short description without a full stop.",
    ),
]


class DeviceCalls(Row):
    """Functions that the option adds on the device side, by device type; any: for all devices."""

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
    vsock: Calls | None
    crypto: Calls | None
    scsi: Calls | None
    fs: Calls | None
    i2c: Calls | None
    sound: Calls | None
    gpio: Calls | None
    pmem: Calls | None
    rtc: Calls | None
    iommu: Calls | None
    mem: Calls | None
    can: Calls | None
    spi: Calls | None
    scmi: Calls | None


class Option(Row):
    """A build option."""

    name: Name = key("Its name for embed. The macro is VWR_WITH_ followed by this name in upper case.")
    macro: bool | None = key("Whether vwr/profile.h has a macro for the option.")
    part: bool | None = key("Whether the option is a part for embed. Default: true.")
    sides: Annotated[list[Side], DISTINCT] = key("Sides that have the option: driver, device.")
    brief: Few
    feature: (
        Annotated[str, Text("Name of a feature", "^[A-Z][A-Z0-9_]*$", "as in spec/core/features.yaml")] | None
    ) = key("Reserved feature bit that the option negotiates.")
    header: Annotated[str, Text("Header", "^vwr/[a-z0-9_]+\\.h$", "vwr/NAME.h")] | None = key(
        "Public header that declares its calls, if no other part needs the header. Without `calls`: all "
        "calls that it declares."
    )
    calls: Calls | None = key("Functions that the option adds on the driver side.")
    device_calls: DeviceCalls | None


class Preset(Row):
    """A named set of options."""

    name: Name = key("Name for ./vwr embed --preset.")
    brief: Few
    default_of: (
        Annotated[list[Annotated[Literal["driver", "device", "both"], Words("Side")]], DISTINCT] | None
    ) = key("Sides for which embed uses it by default.")
    side: Annotated[Literal["driver", "device", "both"], Words("Side")] | None = key(
        "The side that embed assumes with it if no other is given."
    )
    interface: Annotated[Literal["legacy", "modern", "both"], Words("Interface")] | None = key(
        "The interface that embed assumes with it if no other is given."
    )
    with_: Names | None = key("Its options, and calls that are in no option.")
    without: Names | None = key("All options except these, besides those of `with`.")


class Supported(Row):
    """One side of a device."""

    header: Annotated[str, Text("Header", "^vwr/[a-z0-9_]+\\.h$", "vwr/NAME.h")] = key("Its public header.")
    transports: Annotated[list[Annotated[Literal["mmio", "pci"], Words("Transport")]], DISTINCT] = key(
        "Transports on which it runs."
    )
    tested: Annotated[
        dict[str, Annotated[str, Text("Test", "^[a-z0-9]+\\.[a-z0-9_]+$", "tier.what, as CTest has it")]],
        Items(),
    ] = key("Peers that it is tested against, with a CTest test for each.")


class Driver(Supported):
    """The driver side of a device."""

    messages: Annotated[str, Text("Object", "^vwr_[a-z0-9_]+_messages$", "vwr_NAME_messages")] = key(
        "Messages of its faults, for vwr_open."
    )
    feature_names: (
        Annotated[str, Text("Object", "^vwr_[a-z0-9_]+_feature_names$", "vwr_NAME_feature_names")] | None
    ) = key("Names of its features, for vwr_open.")


class RuntimeDevice(Row):
    """Support in the runtime for a device of spec/device."""

    name: Name = key("Name of the device in spec/device.")
    driver: Driver | None = key("The driver side.")
    device: Supported | None = key("The device side.")


class Options(Row):
    """Build options of the runtime. See codegen/README.md."""

    options: list[Option] = key("Options that a build may omit.")
    presets: list[Preset] = key("Named sets of options.")
    devices: list[RuntimeDevice] | None = key("Devices that the runtime supports.")
