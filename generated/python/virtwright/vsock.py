# SPDX-License-Identifier: MIT
# Generated from spec/device/vsock.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Socket Device. Sockets between guest and host."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "Socket Device / Feature bits", (
        Value("STREAM", 0, "VWR_VSOCK_F_STREAM", "VIRTIO_VSOCK_F_STREAM", since="1.2",
              brief="There are stream sockets."),
        Value("SEQPACKET", 1, "VWR_VSOCK_F_SEQPACKET", "VIRTIO_VSOCK_F_SEQPACKET", since="1.2",
              brief="There are seqpacket sockets."),
        Value("NO_IMPLIED_STREAM", 2, "VWR_VSOCK_F_NO_IMPLIED_STREAM", "VIRTIO_VSOCK_F_NO_IMPLIED_STREAM", since="1.3",
              brief="Without STREAM there are no stream sockets.", accept="should", offer="should"),
    )),
    Group("queues", "queues", "Socket Device", (
        Value("rx", 0, "VWR_VSOCK_QUEUE_RX", "", since="1.1", brief="Empty buffers for incoming packets."),
        Value("tx", 1, "VWR_VSOCK_QUEUE_TX", "", since="1.1", brief="Outgoing packets."),
        Value("event", 2, "VWR_VSOCK_QUEUE_EVENT", "", since="1.1", brief="Empty buffers for events."),
    )),
    Group("cid", "enums", "Socket Device / Device configuration layout", (
        Value("RESERVED_0", 0, "VWR_VSOCK_CID_RESERVED_0", "", since="1.1", reserved=True),
        Value("RESERVED_1", 1, "VWR_VSOCK_CID_RESERVED_1", "", since="1.1", reserved=True),
        Value("HOST", 2, "VWR_VSOCK_CID_HOST", "", since="1.1", brief="The host."),
        Value("RESERVED_32", 0xffffffff, "VWR_VSOCK_CID_RESERVED_32", "", since="1.1", reserved=True),
        Value("RESERVED_64", 0xffffffffffffffff, "VWR_VSOCK_CID_RESERVED_64", "", since="1.1", reserved=True),
    )),
    Group("type", "enums", "Socket Device / Device Operation / Addressing", (
        Value("STREAM", 1, "VWR_VSOCK_TYPE_STREAM", "VIRTIO_VSOCK_TYPE_STREAM", since="1.2", brief="Stream of bytes."),
        Value("SEQPACKET", 2, "VWR_VSOCK_TYPE_SEQPACKET", "VIRTIO_VSOCK_TYPE_SEQPACKET", since="1.2",
              gate=("SEQPACKET",), brief="Messages with bounds."),
    )),
    Group("shutdown-flag", "enums", "Socket Device / Device Operation / Stream Sockets", (
        Value("RECEIVE", 0, "VWR_VSOCK_SHUTDOWN_F_RECEIVE", "VIRTIO_VSOCK_SHUTDOWN_F_RECEIVE", since="1.2",
              brief="Sender of the packet will receive no more."),
        Value("SEND", 1, "VWR_VSOCK_SHUTDOWN_F_SEND", "VIRTIO_VSOCK_SHUTDOWN_F_SEND", since="1.2",
              brief="Sender of the packet will send no more."),
    )),
    Group("seq-flags", "flags", "Socket Device / Device Operation / Seqpacket Sockets / Message and record boundaries", (
        Value("EOM", 1, "VWR_VSOCK_SEQ_EOM", "VIRTIO_VSOCK_SEQ_EOM", since="1.2", brief="Packet ends a message."),
        Value("EOR", 2, "VWR_VSOCK_SEQ_EOR", "VIRTIO_VSOCK_SEQ_EOR", since="1.2", brief="Packet ends a record."),
    )),
    Group("op", "messages", "Socket Device / Device Operation", (
        Value("INVALID", 0, "VWR_VSOCK_OP_INVALID", "VIRTIO_VSOCK_OP_INVALID", since="1.1", brief="No operation.",
              out=("hdr",), sender="both"),
        Value("REQUEST", 1, "VWR_VSOCK_OP_REQUEST", "VIRTIO_VSOCK_OP_REQUEST", since="1.1",
              brief="Asks for a connection.", out=("hdr",), sender="both"),
        Value("RESPONSE", 2, "VWR_VSOCK_OP_RESPONSE", "VIRTIO_VSOCK_OP_RESPONSE", since="1.1",
              brief="Connection is there.", out=("hdr",), sender="both"),
        Value("RST", 3, "VWR_VSOCK_OP_RST", "VIRTIO_VSOCK_OP_RST", since="1.1",
              brief="There is no connection any more.", out=("hdr",), sender="both"),
        Value("SHUTDOWN", 4, "VWR_VSOCK_OP_SHUTDOWN", "VIRTIO_VSOCK_OP_SHUTDOWN", since="1.1",
              brief="Sender will send or receive no more.", out=("hdr",), sender="both"),
        Value("RW", 5, "VWR_VSOCK_OP_RW", "VIRTIO_VSOCK_OP_RW", since="1.1", brief="Data.", out=("hdr", "u8"),
              sender="both"),
        Value("CREDIT_UPDATE", 6, "VWR_VSOCK_OP_CREDIT_UPDATE", "VIRTIO_VSOCK_OP_CREDIT_UPDATE", since="1.1",
              brief="Tells how much room there is.", out=("hdr",), sender="both"),
        Value("CREDIT_REQUEST", 7, "VWR_VSOCK_OP_CREDIT_REQUEST", "VIRTIO_VSOCK_OP_CREDIT_REQUEST", since="1.1",
              brief="Asks how much room there is.", out=("hdr",), sender="both"),
    )),
    Group("event-id", "messages", "Socket Device / Device Operation / Device Events", (
        Value("TRANSPORT_RESET", 0, "VWR_VSOCK_EVENT_TRANSPORT_RESET", "VIRTIO_VSOCK_EVENT_TRANSPORT_RESET",
              since="1.1", brief="All connections are lost and guest_cid may be another.", out=("event",),
              sender="device"),
    ), queue="event"),
)

_STRUCTS = (
    Struct("hdr", "virtio_vsock_hdr", "vwr_vsock_hdr", 44, True, True, "1.1", "", "Socket Device / Device Operation", (
        Field("src_cid", 0, "le64", size=8, values="cid", since="1.1", brief="Who sends; upper 32 bits are 0."),
        Field("dst_cid", 8, "le64", size=8, values="cid", since="1.1", brief="Who receives; upper 32 bits are 0."),
        Field("src_port", 16, "le32", size=4, since="1.1", brief="Port of the sender."),
        Field("dst_port", 20, "le32", size=4, since="1.1", brief="Port of the receiver."),
        Field("len", 24, "le32", size=4, since="1.1", unit="bytes", brief="Length of the data."),
        Field("type", 28, "le16", size=2, values="type", since="1.1", brief="Kind of socket."),
        Field("op", 30, "le16", size=2, values="op", since="1.1", brief="What it is."),
        Field("flags", 32, "le32", size=4, values="seq-flags", since="1.1", mask=True,
              brief="seq-flags of RW with SEQPACKET; shutdown-flag of SHUTDOWN."),
        Field("buf_alloc", 36, "le32", size=4, since="1.1", unit="bytes",
              brief="Room for data that the sender's socket has in all."),
        Field("fwd_cnt", 40, "le32", size=4, since="1.1", unit="bytes",
              brief="Data that the sender's socket has taken from it so far."),
    ), brief="What each packet begins with."),
    Struct("packet", "virtio_vsock_packet", "vwr_vsock_packet", 44, False, False, "1.1", "",
           "Socket Device / Device Operation / Receive and Transmit", (
        Field("hdr", 0, "hdr", size=44, since="1.1", brief="Header."),
        Field("data", 44, "u8", count="trailing", array=True, since="1.1", brief="Data."),
    ), brief="A packet."),
    Struct("event", "virtio_vsock_event", "vwr_vsock_event", 4, True, False, "1.1", "",
           "Socket Device / Device Operation / Device Events", (
        Field("id", 0, "le32", size=4, values="event-id", since="1.1", brief="What has happened."),
    ), brief="An event."),
    Struct("config", "virtio_vsock_config", "vwr_vsock_config", 8, True, False, "1.1", "",
           "Socket Device / Device configuration layout", (
        Field("guest_cid", 0, "le64", size=8, since="1.1",
              brief="The guest's address: its upper 32 bits are 0, and it is none of those in CID."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("rx", 0, dir="in", since="1.1", brief="Empty buffers for incoming packets."),
    Queue("tx", 1, dir="out", since="1.1", brief="Outgoing packets."),
    Queue("event", 2, dir="in", since="1.1", brief="Empty buffers for events."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {}

SPEC = Spec("vsock", "device", "spec/device/vsock.yaml", "Socket Device",
            "Sockets between guest and host.", "1.1", 19,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
