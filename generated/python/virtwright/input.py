# SPDX-License-Identifier: MIT
# Generated from spec/device/input.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Input Device. A keyboard, mouse or tablet."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "queues",
        "queues",
        "Input Device",
        (
            Value("eventq", 0, "VWR_INPUT_QUEUE_EVENTQ", "", since="1.1", brief="Events of the device."),
            Value(
                "statusq",
                1,
                "VWR_INPUT_QUEUE_STATUSQ",
                "",
                since="1.1",
                brief="Feedback for the device: LEDs and the like.",
            ),
        ),
    ),
    Group(
        "config-select",
        "enums",
        "Input Device / Device configuration layout",
        (
            Value(
                "UNSET", 0x0, "VWR_INPUT_CFG_UNSET", "VIRTIO_INPUT_CFG_UNSET", since="1.1", brief="Nothing."
            ),
            Value(
                "ID_NAME",
                0x1,
                "VWR_INPUT_CFG_ID_NAME",
                "VIRTIO_INPUT_CFG_ID_NAME",
                since="1.1",
                brief="Name of the device.",
            ),
            Value(
                "ID_SERIAL",
                0x2,
                "VWR_INPUT_CFG_ID_SERIAL",
                "VIRTIO_INPUT_CFG_ID_SERIAL",
                since="1.1",
                brief="Serial number.",
            ),
            Value(
                "ID_DEVIDS",
                0x3,
                "VWR_INPUT_CFG_ID_DEVIDS",
                "VIRTIO_INPUT_CFG_ID_DEVIDS",
                since="1.1",
                brief="Numbers of bus and maker.",
            ),
            Value(
                "PROP_BITS",
                0x10,
                "VWR_INPUT_CFG_PROP_BITS",
                "VIRTIO_INPUT_CFG_PROP_BITS",
                since="1.1",
                brief="Which properties it has (INPUT_PROP of evdev).",
            ),
            Value(
                "EV_BITS",
                0x11,
                "VWR_INPUT_CFG_EV_BITS",
                "VIRTIO_INPUT_CFG_EV_BITS",
                since="1.1",
                brief="Which codes it has of an event type (EV of evdev).",
            ),
            Value(
                "ABS_INFO",
                0x12,
                "VWR_INPUT_CFG_ABS_INFO",
                "VIRTIO_INPUT_CFG_ABS_INFO",
                since="1.1",
                brief="Range of an absolute axis (ABS of evdev).",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "absinfo",
        "virtio_input_absinfo",
        "vwr_input_absinfo",
        20,
        True,
        False,
        "1.1",
        "",
        "Input Device / Device configuration layout",
        (
            Field("min", 0, "le32", size=4, since="1.1", brief="Smallest value."),
            Field("max", 4, "le32", size=4, since="1.1", brief="Largest value."),
            Field("fuzz", 8, "le32", size=4, since="1.1", brief="Changes up to this are noise."),
            Field("flat", 12, "le32", size=4, since="1.1", brief="Values up to this count as the middle."),
            Field("res", 16, "le32", size=4, since="1.1", brief="Resolution."),
        ),
        brief="An absolute axis as evdev describes it.",
    ),
    Struct(
        "devids",
        "virtio_input_devids",
        "vwr_input_devids",
        8,
        True,
        False,
        "1.1",
        "",
        "Input Device / Device configuration layout",
        (
            Field("bustype", 0, "le16", size=2, since="1.1", brief="Kind of bus."),
            Field("vendor", 2, "le16", size=2, since="1.1", brief="Vendor."),
            Field("product", 4, "le16", size=2, since="1.1", brief="Product."),
            Field("version", 6, "le16", size=2, since="1.1", brief="Version."),
        ),
        brief="What a device is; as evdev has it.",
    ),
    Struct(
        "event",
        "virtio_input_event",
        "vwr_input_event",
        8,
        True,
        False,
        "1.1",
        "",
        "Input Device / Device Operation",
        (
            Field("type", 0, "le16", size=2, since="1.1", brief="Kind of event."),
            Field("code", 2, "le16", size=2, since="1.1", brief="Which key, axis or LED."),
            Field("value", 4, "le32", size=4, since="1.1", brief="Its new state or how far it went."),
        ),
        brief="An event in either queue; the numbers are those of evdev.",
    ),
    Struct(
        "config",
        "virtio_input_config",
        "vwr_input_config",
        136,
        True,
        False,
        "1.1",
        "",
        "Input Device / Device configuration layout",
        (
            Field(
                "select",
                0,
                "u8",
                size=1,
                dir="RW",
                values="config-select",
                since="1.1",
                brief="What is asked for.",
            ),
            Field(
                "subsel",
                1,
                "u8",
                size=1,
                dir="RW",
                since="1.1",
                brief="Event type for EV_BITS, axis for ABS_INFO, else 0.",
            ),
            Field(
                "size",
                2,
                "u8",
                size=1,
                since="1.1",
                unit="bytes",
                brief="How much of u holds; 0 if there is no answer.",
            ),
            Field("reserved", 3, "u8", count=5, array=True, size=5, reserved=True, since="1.1"),
            Field(
                "u",
                8,
                "union",
                size=128,
                members=(
                    Field(
                        "string",
                        8,
                        "u8",
                        count=128,
                        array=True,
                        size=128,
                        is_=("ID_NAME", "ID_SERIAL"),
                        since="1.1",
                        brief="Text; not terminated.",
                    ),
                    Field(
                        "bitmap",
                        8,
                        "u8",
                        count=128,
                        array=True,
                        size=128,
                        is_=("PROP_BITS", "EV_BITS"),
                        since="1.1",
                        brief="A bit for each property or code.",
                    ),
                    Field("abs", 8, "absinfo", size=20, is_=("ABS_INFO",), since="1.1", brief="An axis."),
                    Field("ids", 8, "devids", size=8, is_=("ID_DEVIDS",), since="1.1", brief="Who made it."),
                ),
                by="select",
                since="1.1",
                brief="The answer.",
            ),
        ),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (
    Queue("eventq", 0, dir="in", since="1.1", brief="Events of the device."),
    Queue("statusq", 1, dir="out", since="1.1", brief="Feedback for the device: LEDs and the like."),
)

_RULES = ()

_OFFERS = ()

_MORE = {}

SPEC = Spec(
    "input",
    "device",
    "spec/device/input.yaml",
    "Input Device",
    "A keyboard, mouse or tablet.",
    "1.1",
    18,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
