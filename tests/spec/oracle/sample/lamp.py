# SPDX-License-Identifier: MIT
"""The lamp of lamp.tex as ./vwr generate would describe it."""

from virtwright import Field, Group, Rule, Spec, Struct, Value

STATUS = Spec(
    "status",
    "status",
    "spec/status.yaml",
    "",
    "",
    "1.0",
    None,
    (
        Group(
            "bits",
            "bits",
            "",
            (Value("LIT", 1, "VWR_STATUS_LIT", ""), Value("OUT", 128, "VWR_STATUS_OUT", "")),
        ),
    ),
    (),
    (),
    (),
    (),
    {},
)

IDS = Spec(
    "ids",
    "ids",
    "spec/ids.yaml",
    "",
    "",
    "1.0",
    None,
    (Group("ids", "ids", "", (Value("LAMP", 50, "VWR_ID_LAMP", "VIRTIO_ID_LAMP", label="Lamp device"),)),),
    (),
    (),
    (),
    (),
    {"reserved": [0], "transitional": {}},
)

REGISTERS = Spec(
    "mmio",
    "registers",
    "spec/mmio.yaml",
    "",
    "",
    "1.0",
    None,
    (),
    (),
    (),
    (),
    (),
    {
        "registers": [
            {
                "name": "Colour",
                "offset": 0x10,
                "dir": "R",
                "versions": ["legacy", "modern"],
                "aka": ["Color"],
                "since": "1.0",
            },
            {"name": "MapLow", "offset": 0x20, "dir": "W", "versions": ["modern"], "aka": [], "since": "1.0"},
            {
                "name": "MapHigh",
                "offset": 0x24,
                "dir": "W",
                "versions": ["modern"],
                "aka": [],
                "since": "1.0",
            },
            {
                "name": "Config",
                "offset": 0x100,
                "dir": "RW",
                "versions": ["modern"],
                "aka": [],
                "since": "1.0",
            },
        ]
    },
)


def value(name, number):
    """A constant of the lamp."""
    return Value(name, number, f"VWR_LAMP_{name}", f"VIRTIO_LAMP_{name}")


def struct(name, size, fixed, *fields):
    """A struct of the lamp."""
    return Struct(name, f"virtio_lamp_{name}", f"vwr_lamp_{name}", size, fixed, False, "1.0", "", "", fields)


LAMP = Spec(
    "lamp",
    "device",
    "spec/lamp.yaml",
    "Lamp Device",
    "",
    "1.0",
    50,
    (
        Group(
            "features", "features", "Lamp Device / Feature bits", (value("F_DIM", 0), value("F_BLINK", 66))
        ),
        Group(
            "levels",
            "constants",
            "",
            (
                value("LEVELS", 4),
                value("FAST", 16),
                Value("GLOW", 30, "VWR_LAMP_GLOW", quote="glows for 30 seconds"),
            ),
        ),
        Group("request", "enum", "", (value("ON", 1), value("OFF", 2), value("MORSE", 0x205))),
        Group(
            "result",
            "enum",
            "Lamp Device / Requests / Driver Requirements: Requests",
            (value("OK", 0), value("DARK", 11)),
        ),
    ),
    (
        struct("spot", 8, True, Field("x", 0, "le32"), Field("y", 4, "le32")),
        struct(
            "config",
            16,
            True,
            Field("level", 0, "le16"),
            Field("names", 2, "u8", 4, True),
            Field("spot", 6, "spot"),
            Field("tint", 14, "le16", bits=(("warm", 0, 3, False), ("cold", 3, 13, False))),
        ),
        struct(
            "req",
            16,
            False,
            Field("type", 0, "le32"),
            Field("length", 4, "le32"),
            Field("u", 8, "union", members=(Field("morse", 8, "u8", 8, True), Field("seconds", 8, "le64"))),
            Field("text", 16, "u8", "length", True),
            Field("status", None, "u8"),
        ),
    ),
    (),
    (Rule("F_BLINK", ("F_DIM",)),),
    (),
    {},
)


def spec():
    """All of it, in place of virtwright.spec()."""
    return {one.name: one for one in (STATUS, IDS, REGISTERS, LAMP)}
