# SPDX-License-Identifier: MIT
# Generated from spec/device/gpio.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; GPIO Device. Lines for input and output."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "GPIO Device / Feature bits",
        (Value("IRQ", 0, "VWR_GPIO_F_IRQ", "VIRTIO_GPIO_F_IRQ", since="1.2", brief="Lines can interrupt."),),
    ),
    Group(
        "queues",
        "queues",
        "GPIO Device",
        (
            Value(
                "requestq", 0, "VWR_GPIO_QUEUE_REQUESTQ", "", since="1.2", brief="Messages and their answers."
            ),
            Value(
                "eventq",
                1,
                "VWR_GPIO_QUEUE_EVENTQ",
                "",
                since="1.2",
                gate=("IRQ",),
                brief="Interrupts: an irq_request out, its irq_response in.",
            ),
        ),
    ),
    Group(
        "status",
        "enums",
        "GPIO Device / Device Operation: requestq",
        (
            Value(
                "OK", 0x0, "VWR_GPIO_STATUS_OK", "VIRTIO_GPIO_STATUS_OK", since="1.2", brief="It went well."
            ),
            Value(
                "ERR", 0x1, "VWR_GPIO_STATUS_ERR", "VIRTIO_GPIO_STATUS_ERR", since="1.2", brief="It failed."
            ),
        ),
    ),
    Group(
        "direction",
        "enums",
        "GPIO Device / Device Operation: requestq",
        (
            Value(
                "NONE",
                0x0,
                "VWR_GPIO_DIRECTION_NONE",
                "VIRTIO_GPIO_DIRECTION_NONE",
                since="1.2",
                brief="The line is off.",
            ),
            Value(
                "OUT",
                0x1,
                "VWR_GPIO_DIRECTION_OUT",
                "VIRTIO_GPIO_DIRECTION_OUT",
                since="1.2",
                brief="Output.",
            ),
            Value(
                "IN", 0x2, "VWR_GPIO_DIRECTION_IN", "VIRTIO_GPIO_DIRECTION_IN", since="1.2", brief="Input."
            ),
        ),
    ),
    Group(
        "irq-type",
        "enums",
        "GPIO Device / Device Operation: requestq",
        (
            Value(
                "NONE",
                0x0,
                "VWR_GPIO_IRQ_TYPE_NONE",
                "VIRTIO_GPIO_IRQ_TYPE_NONE",
                since="1.2",
                brief="No interrupt.",
            ),
            Value(
                "EDGE_RISING",
                0x1,
                "VWR_GPIO_IRQ_TYPE_EDGE_RISING",
                "VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING",
                since="1.2",
                brief="On the rising edge.",
            ),
            Value(
                "EDGE_FALLING",
                0x2,
                "VWR_GPIO_IRQ_TYPE_EDGE_FALLING",
                "VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING",
                since="1.2",
                brief="On the falling edge.",
            ),
            Value(
                "EDGE_BOTH",
                0x3,
                "VWR_GPIO_IRQ_TYPE_EDGE_BOTH",
                "VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH",
                since="1.2",
                brief="On both edges.",
            ),
            Value(
                "LEVEL_HIGH",
                0x4,
                "VWR_GPIO_IRQ_TYPE_LEVEL_HIGH",
                "VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH",
                since="1.2",
                brief="While the line is high.",
            ),
            Value(
                "LEVEL_LOW",
                0x8,
                "VWR_GPIO_IRQ_TYPE_LEVEL_LOW",
                "VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW",
                since="1.2",
                brief="While the line is low.",
            ),
        ),
    ),
    Group(
        "irq-status",
        "enums",
        "GPIO Device / Device Operation: eventq",
        (
            Value(
                "INVALID",
                0x0,
                "VWR_GPIO_IRQ_STATUS_INVALID",
                "VIRTIO_GPIO_IRQ_STATUS_INVALID",
                since="1.2",
                brief="The interrupt was not enabled or is so no longer.",
            ),
            Value(
                "VALID",
                0x1,
                "VWR_GPIO_IRQ_STATUS_VALID",
                "VIRTIO_GPIO_IRQ_STATUS_VALID",
                since="1.2",
                brief="The line interrupts.",
            ),
        ),
    ),
    Group(
        "message",
        "messages",
        "GPIO Device / Device Operation: requestq",
        (
            Value(
                "GET_LINE_NAMES",
                0x1,
                "VWR_GPIO_MSG_GET_LINE_NAMES",
                "VIRTIO_GPIO_MSG_GET_LINE_NAMES",
                since="1.2",
                brief="Read the names of all lines.",
                out=("request",),
                back=("response_n",),
                sender="driver",
            ),
            Value(
                "GET_DIRECTION",
                0x2,
                "VWR_GPIO_MSG_GET_DIRECTION",
                "VIRTIO_GPIO_MSG_GET_DIRECTION",
                since="1.2",
                brief="Read the direction of a line.",
                out=("request",),
                back=("response",),
                sender="driver",
            ),
            Value(
                "SET_DIRECTION",
                0x3,
                "VWR_GPIO_MSG_SET_DIRECTION",
                "VIRTIO_GPIO_MSG_SET_DIRECTION",
                since="1.2",
                brief="Set the direction of a line.",
                out=("request",),
                back=("response",),
                sender="driver",
            ),
            Value(
                "GET_VALUE",
                0x4,
                "VWR_GPIO_MSG_GET_VALUE",
                "VIRTIO_GPIO_MSG_GET_VALUE",
                since="1.2",
                brief="Read if a line is high.",
                out=("request",),
                back=("response",),
                sender="driver",
            ),
            Value(
                "SET_VALUE",
                0x5,
                "VWR_GPIO_MSG_SET_VALUE",
                "VIRTIO_GPIO_MSG_SET_VALUE",
                since="1.2",
                brief="Drive a line high or low.",
                out=("request",),
                back=("response",),
                sender="driver",
            ),
            Value(
                "SET_IRQ_TYPE",
                0x6,
                "VWR_GPIO_MSG_SET_IRQ_TYPE",
                "VIRTIO_GPIO_MSG_SET_IRQ_TYPE",
                since="1.2",
                gate=("IRQ",),
                brief="Set when a line interrupts.",
                out=("request",),
                back=("response",),
                sender="driver",
            ),
        ),
        queue="requestq",
    ),
)

_STRUCTS = (
    Struct(
        "request",
        "virtio_gpio_request",
        "vwr_gpio_request",
        8,
        True,
        False,
        "1.2",
        "",
        "GPIO Device / Device Operation: requestq",
        (
            Field("type", 0, "le16", size=2, values="message", since="1.2", brief="What to do."),
            Field("gpio", 2, "le16", size=2, since="1.2", brief="Number of the line; 0 for GET_LINE_NAMES."),
            Field("value", 4, "le32", size=4, since="1.2", brief="What SET_ messages set; else 0."),
        ),
        brief="A message.",
    ),
    Struct(
        "response",
        "virtio_gpio_response",
        "vwr_gpio_response",
        2,
        True,
        False,
        "1.2",
        "",
        "GPIO Device / Device Operation: requestq",
        (
            Field("status", 0, "u8", size=1, values="status", since="1.2", brief="How it went."),
            Field("value", 1, "u8", size=1, since="1.2", brief="What GET_ messages get; else 0."),
        ),
        brief="Answer to a message.",
    ),
    Struct(
        "response_n",
        "virtio_gpio_response_N",
        "vwr_gpio_response_n",
        1,
        False,
        False,
        "1.2",
        "",
        "GPIO Device / Device Operation: requestq / requestq Operation: Get Line Names",
        (
            Field("status", 0, "u8", size=1, values="status", since="1.2", brief="How it went."),
            Field(
                "value",
                1,
                "u8",
                count="config.gpio_names_size",
                array=True,
                since="1.2",
                brief="Names in the order of lines, each with NUL behind.",
            ),
        ),
        brief="Answer to GET_LINE_NAMES.",
    ),
    Struct(
        "irq_request",
        "virtio_gpio_irq_request",
        "vwr_gpio_irq_request",
        2,
        True,
        False,
        "1.2",
        "",
        "GPIO Device / Device Operation: eventq",
        (Field("gpio", 0, "le16", size=2, since="1.2", brief="Number of the line."),),
        brief="Unmask the interrupt of a line.",
    ),
    Struct(
        "irq_response",
        "virtio_gpio_irq_response",
        "vwr_gpio_irq_response",
        1,
        True,
        False,
        "1.2",
        "",
        "GPIO Device / Device Operation: eventq",
        (
            Field(
                "status",
                0,
                "u8",
                size=1,
                values="irq-status",
                since="1.2",
                brief="If there was an interrupt.",
            ),
        ),
        brief="The line interrupts and is masked again.",
    ),
    Struct(
        "config",
        "virtio_gpio_config",
        "vwr_gpio_config",
        8,
        True,
        False,
        "1.2",
        "",
        "GPIO Device / Device configuration layout",
        (
            Field("ngpio", 0, "le16", size=2, since="1.2", brief="Number of lines."),
            Field("padding", 2, "u8", count=2, array=True, size=2, reserved=True, since="1.2"),
            Field(
                "gpio_names_size",
                4,
                "le32",
                size=4,
                since="1.2",
                unit="bytes",
                brief="Length of all names; 0 if lines have none.",
            ),
        ),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (
    Queue("requestq", 0, dir="both", since="1.2", brief="Messages and their answers."),
    Queue(
        "eventq",
        1,
        gate=("IRQ",),
        dir="both",
        since="1.2",
        brief="Interrupts: an irq_request out, its irq_response in.",
    ),
)

_RULES = ()

_OFFERS = ()

_MORE = {
    "request_queues": ["requestq", "eventq"],
    "statuses": {"requestq": "status", "eventq": "irq-status"},
}

SPEC = Spec(
    "gpio",
    "device",
    "spec/device/gpio.yaml",
    "GPIO Device",
    "Lines for input and output.",
    "1.2",
    41,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
