# SPDX-License-Identifier: MIT
# Generated from spec/device/scmi.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; SCMI Device. A platform that takes messages of Arm's SCMI."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "SCMI Device / Feature bits",
        (
            Value(
                "P2A_CHANNELS",
                0,
                "VWR_SCMI_F_P2A_CHANNELS",
                "VIRTIO_SCMI_F_P2A_CHANNELS",
                since="1.2",
                brief="Device sends notifications or delayed responses.",
            ),
            Value(
                "SHARED_MEMORY",
                1,
                "VWR_SCMI_F_SHARED_MEMORY",
                "VIRTIO_SCMI_F_SHARED_MEMORY",
                since="1.2",
                brief="Device has statistics in shared memory.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "SCMI Device",
        (
            Value("cmdq", 0, "VWR_SCMI_QUEUE_CMDQ", "", since="1.2", brief="Commands and their responses."),
            Value(
                "eventq",
                1,
                "VWR_SCMI_QUEUE_EVENTQ",
                "",
                since="1.2",
                gate=("P2A_CHANNELS",),
                brief="Notifications and delayed responses.",
            ),
        ),
    ),
    Group(
        "shared-memory",
        "shared-memory",
        "SCMI Device",
        (
            Value(
                "POWER_STATE_STATISTICS",
                1,
                "VWR_SCMI_SHM_ID_POWER_STATE_STATISTICS",
                "",
                since="1.2",
                gate=("SHARED_MEMORY",),
                brief="Statistics of power states.",
            ),
            Value(
                "PERFORMANCE_DOMAIN_STATISTICS",
                2,
                "VWR_SCMI_SHM_ID_PERFORMANCE_DOMAIN_STATISTICS",
                "",
                since="1.2",
                gate=("SHARED_MEMORY",),
                brief="Statistics of performance domains.",
            ),
            Value(
                "SENSOR_VALUES",
                3,
                "VWR_SCMI_SHM_ID_SENSOR_VALUES",
                "",
                since="1.2",
                gate=("SHARED_MEMORY",),
                brief="Values of sensors.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "request",
        "virtio_scmi_request",
        "vwr_scmi_request",
        4,
        False,
        False,
        "1.2",
        "",
        "SCMI Device / Device Operation / cmdq Operation",
        (
            Field("hdr", 0, "le32", size=4, since="1.2", brief="Header of the SCMI message."),
            Field("params", 4, "u8", count="trailing", array=True, since="1.2", brief="Its parameters."),
        ),
        brief="A command.",
    ),
    Struct(
        "response",
        "virtio_scmi_response",
        "vwr_scmi_response",
        4,
        False,
        False,
        "1.2",
        "",
        "SCMI Device / Device Operation / cmdq Operation",
        (
            Field("hdr", 0, "le32", size=4, since="1.2", brief="Header of the SCMI message."),
            Field(
                "ret_values",
                4,
                "u8",
                count="trailing",
                array=True,
                since="1.2",
                brief="What it returns; SCMI's status goes first.",
            ),
        ),
        brief="What comes back from a command.",
    ),
    Struct(
        "event_msg",
        "virtio_scmi_event_msg",
        "vwr_scmi_event_msg",
        4,
        False,
        False,
        "1.2",
        "",
        "SCMI Device / Device Operation / eventq Operation",
        (
            Field("hdr", 0, "le32", size=4, since="1.2", brief="Header of the SCMI message."),
            Field("payload", 4, "u8", count="trailing", array=True, since="1.2", brief="The rest of it."),
        ),
        brief="A notification or delayed response.",
    ),
)

_QUEUES = (
    Queue("cmdq", 0, dir="both", since="1.2", brief="Commands and their responses."),
    Queue(
        "eventq",
        1,
        gate=("P2A_CHANNELS",),
        dir="in",
        since="1.2",
        brief="Notifications and delayed responses.",
    ),
)

_RULES = ()

_OFFERS = ()

_MORE = {
    "request_queues": ["cmdq"],
    "statuses": {},
}

SPEC = Spec(
    "scmi",
    "device",
    "spec/device/scmi.yaml",
    "SCMI Device",
    "A platform that takes messages of Arm's SCMI.",
    "1.2",
    32,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
