# SPDX-License-Identifier: MIT
# Generated from spec/device/console.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Console Device. A console; with MULTIPORT more ports for bytes in and out."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "Console Device / Feature bits", (
        Value("SIZE", 0, "VWR_CONSOLE_F_SIZE", "VIRTIO_CONSOLE_F_SIZE",
              brief="Configuration has the size of the console."),
        Value("MULTIPORT", 1, "VWR_CONSOLE_F_MULTIPORT", "VIRTIO_CONSOLE_F_MULTIPORT",
              brief="Device has more than one port and control queues."),
        Value("EMERG_WRITE", 2, "VWR_CONSOLE_F_EMERG_WRITE", "VIRTIO_CONSOLE_F_EMERG_WRITE",
              brief="A character can be written without a queue."),
    )),
    Group("queues", "queues", "Console Device", (
        Value("receiveq", 0, "VWR_CONSOLE_QUEUE_RECEIVEQ", "", brief="What port 0 receives."),
        Value("transmitq", 1, "VWR_CONSOLE_QUEUE_TRANSMITQ", "", brief="What port 0 sends."),
        Value("control_receiveq", 2, "VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ", "", gate=("MULTIPORT",),
              brief="Control messages of the device."),
        Value("control_transmitq", 3, "VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ", "", gate=("MULTIPORT",),
              brief="Control messages of the driver."),
        Value("port_receiveq", 4, "VWR_CONSOLE_QUEUE_PORT_RECEIVEQ", "", gate=("MULTIPORT",),
              brief="What the ports from 1 on receive."),
        Value("port_transmitq", 5, "VWR_CONSOLE_QUEUE_PORT_TRANSMITQ", "", gate=("MULTIPORT",),
              brief="What the ports from 1 on send."),
    )),
    Group("event", "messages", "Console Device / Device Operation / Multiport Device Operation", (
        Value("DEVICE_READY", 0, "VWR_CONSOLE_DEVICE_READY", "VIRTIO_CONSOLE_DEVICE_READY", gate=("MULTIPORT",),
              brief="Driver is ready: value 1; it failed: 0.", out=("control",), sender="driver"),
        Value("DEVICE_ADD", 1, "VWR_CONSOLE_DEVICE_ADD", "VIRTIO_CONSOLE_DEVICE_ADD", aka=("VIRTIO_CONSOLE_PORT_ADD",),
              gate=("MULTIPORT",), brief="A port is new.", out=("control",), sender="device"),
        Value("DEVICE_REMOVE", 2, "VWR_CONSOLE_DEVICE_REMOVE", "VIRTIO_CONSOLE_DEVICE_REMOVE",
              aka=("VIRTIO_CONSOLE_PORT_REMOVE",), gate=("MULTIPORT",), brief="A port is gone.", out=("control",),
              sender="device"),
        Value("PORT_READY", 3, "VWR_CONSOLE_PORT_READY", "VIRTIO_CONSOLE_PORT_READY", gate=("MULTIPORT",),
              brief="Driver has made the port: value 1; it failed: 0.", out=("control",), sender="driver"),
        Value("CONSOLE_PORT", 4, "VWR_CONSOLE_CONSOLE_PORT", "VIRTIO_CONSOLE_CONSOLE_PORT", gate=("MULTIPORT",),
              brief="The port is a console.", out=("control",), sender="device"),
        Value("RESIZE", 5, "VWR_CONSOLE_RESIZE", "VIRTIO_CONSOLE_RESIZE", gate=("MULTIPORT",),
              brief="The console has a new size.", out=("control", "resize"), sender="device"),
        Value("PORT_OPEN", 6, "VWR_CONSOLE_PORT_OPEN", "VIRTIO_CONSOLE_PORT_OPEN", gate=("MULTIPORT",),
              brief="The port is open: value 1; closed: 0.", out=("control",), sender="both"),
        Value("PORT_NAME", 7, "VWR_CONSOLE_PORT_NAME", "VIRTIO_CONSOLE_PORT_NAME", gate=("MULTIPORT",),
              brief="Name of the port: UTF-8, with no NUL behind.", out=("control", "u8"), sender="device"),
    )),
)

_STRUCTS = (
    Struct("control", "virtio_console_control", "vwr_console_control", 8, True, False, "1.0", "",
           "Console Device / Device Operation / Multiport Device Operation", (
        Field("id", 0, "le32", size=4, brief="Number of the port."),
        Field("event", 4, "le16", size=2, values="event", brief="What it is about."),
        Field("value", 6, "le16", size=2, brief="More of it; see the event."),
    ), brief="A control message."),
    Struct("resize", "virtio_console_resize", "vwr_console_resize", 4, True, False, "1.0", "",
           "Console Device / Device Operation / Multiport Device Operation", (
        Field("cols", 0, "le16", size=2, brief="Columns."),
        Field("rows", 2, "le16", size=2, brief="Rows."),
    ), brief="The new size of a console."),
    Struct("config", "virtio_console_config", "vwr_console_config", 12, True, False, "1.0", "",
           "Console Device / Device configuration layout", (
        Field("cols", 0, "le16", size=2, gate=("SIZE",), brief="Columns."),
        Field("rows", 2, "le16", size=2, gate=("SIZE",), brief="Rows."),
        Field("max_nr_ports", 4, "le32", size=4, gate=("MULTIPORT",), absent=1, brief="Most ports there can be."),
        Field("emerg_wr", 8, "le32", size=4, gate=("EMERG_WRITE",), dir="W", at_any_time=True,
              brief="Character to put out, at any time; it is enough that the feature is offered."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("receiveq", 0, dir="in", brief="What port 0 receives."),
    Queue("transmitq", 1, dir="out", brief="What port 0 sends."),
    Queue("control_receiveq", 2, gate=("MULTIPORT",), dir="in", brief="Control messages of the device."),
    Queue("control_transmitq", 3, gate=("MULTIPORT",), dir="out", brief="Control messages of the driver."),
    Queue("port_receiveq", 4, stride=2, field="max_nr_ports", less=1, gate=("MULTIPORT",), dir="in",
          brief="What the ports from 1 on receive."),
    Queue("port_transmitq", 5, stride=2, field="max_nr_ports", less=1, gate=("MULTIPORT",), dir="out",
          brief="What the ports from 1 on send."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {}

SPEC = Spec("console", "device", "spec/device/console.yaml", "Console Device",
            "A console; with MULTIPORT more ports for bytes in and out.", "1.0", 3,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
