# SPDX-License-Identifier: MIT
# Generated from spec/device/rpmb.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; RPMB Device. Storage that resists tampering and replay: every access is authenticated."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("queues", "queues", "RPMB Device", (
        Value("requestq", 0, "VWR_RPMB_QUEUE_REQUESTQ", "", since="1.2", brief="Requests."),
    )),
    Group("response", "enums", "RPMB Device / Device Operation", (
        Value("PROGRAM_KEY", 0x100, "VWR_RPMB_RESP_PROGRAM_KEY", "VIRTIO_RPMB_RESP_PROGRAM_KEY", since="1.2",
              brief="How programming the key went."),
        Value("GET_COUNTER", 0x200, "VWR_RPMB_RESP_GET_COUNTER", "VIRTIO_RPMB_RESP_GET_COUNTER", since="1.2",
              brief="The write counter."),
        Value("DATA_WRITE", 0x300, "VWR_RPMB_RESP_DATA_WRITE", "VIRTIO_RPMB_RESP_DATA_WRITE", since="1.2",
              brief="How a write went."),
        Value("DATA_READ", 0x400, "VWR_RPMB_RESP_DATA_READ", "VIRTIO_RPMB_RESP_DATA_READ", since="1.2",
              brief="One block that was read."),
    )),
    Group("result", "enums", "RPMB Device / Device Operation / Device Operation: Request Queue", (
        Value("OK", 0x0, "VWR_RPMB_RES_OK", "VIRTIO_RPMB_RES_OK", since="1.2", brief="It went well."),
        Value("GENERAL_FAILURE", 0x1, "VWR_RPMB_RES_GENERAL_FAILURE", "VIRTIO_RPMB_RES_GENERAL_FAILURE", since="1.2",
              brief="Any failure that has no number of its own."),
        Value("AUTH_FAILURE", 0x2, "VWR_RPMB_RES_AUTH_FAILURE", "VIRTIO_RPMB_RES_AUTH_FAILURE", since="1.2",
              brief="The MAC is not the one that the device computed."),
        Value("COUNT_FAILURE", 0x3, "VWR_RPMB_RES_COUNT_FAILURE", "VIRTIO_RPMB_RES_COUNT_FAILURE", since="1.2",
              brief="The write counter is not the device's."),
        Value("ADDR_FAILURE", 0x4, "VWR_RPMB_RES_ADDR_FAILURE", "VIRTIO_RPMB_RES_ADDR_FAILURE", since="1.2",
              brief="The address is beyond the end."),
        Value("WRITE_FAILURE", 0x5, "VWR_RPMB_RES_WRITE_FAILURE", "VIRTIO_RPMB_RES_WRITE_FAILURE", since="1.2",
              brief="The data or the key could not be stored."),
        Value("READ_FAILURE", 0x6, "VWR_RPMB_RES_READ_FAILURE", "VIRTIO_RPMB_RES_READ_FAILURE", since="1.2",
              brief="The data could not be fetched."),
        Value("NO_AUTH_KEY", 0x7, "VWR_RPMB_RES_NO_AUTH_KEY", "VIRTIO_RPMB_RES_NO_AUTH_KEY", since="1.2",
              brief="No key has been programmed yet."),
        Value("WRITE_COUNTER_EXPIRED", 0x80, "VWR_RPMB_RES_WRITE_COUNTER_EXPIRED",
              "VIRTIO_RPMB_RES_WRITE_COUNTER_EXPIRED", since="1.2",
              brief="The write counter is at its end; nothing can be written."),
    )),
    Group("request", "messages", "RPMB Device / Device Operation", (
        Value("PROGRAM_KEY", 0x1, "VWR_RPMB_REQ_PROGRAM_KEY", "VIRTIO_RPMB_REQ_PROGRAM_KEY", since="1.2",
              brief="Program the key; can be done once.", out=("frame", "frame"), back=("frame",), sender="driver"),
        Value("GET_WRITE_COUNTER", 0x2, "VWR_RPMB_REQ_GET_WRITE_COUNTER", "VIRTIO_RPMB_REQ_GET_WRITE_COUNTER",
              since="1.2", brief="Read the write counter.", out=("frame",), back=("frame",), sender="driver"),
        Value("DATA_WRITE", 0x3, "VWR_RPMB_REQ_DATA_WRITE", "VIRTIO_RPMB_REQ_DATA_WRITE", since="1.2",
              brief="Write blocks; one frame each.", out=("frame", "frame"), back=("frame",), sender="driver"),
        Value("DATA_READ", 0x4, "VWR_RPMB_REQ_DATA_READ", "VIRTIO_RPMB_REQ_DATA_READ", since="1.2",
              brief="Read blocks; one frame comes back for each.", out=("frame",), back=("frame",), sender="driver"),
        Value("RESULT_READ", 0x5, "VWR_RPMB_REQ_RESULT_READ", "VIRTIO_RPMB_REQ_RESULT_READ", since="1.2",
              brief="Ask how the key programming or the write before it went.", out=("frame",), back=("frame",),
              sender="driver"),
    ), queue="requestq"),
)

_STRUCTS = (
    Struct("frame", "virtio_rpmb_frame", "vwr_rpmb_frame", 512, True, False, "1.2", "",
           "RPMB Device / Device Operation / Device Operation: Request Queue", (
        Field("stuff", 0, "u8", count=196, array=True, size=196, reserved=True, since="1.2"),
        Field("key_mac", 196, "u8", count=32, array=True, size=32, since="1.2",
              brief="The key when one is programmed, else the MAC of what follows."),
        Field("data", 228, "u8", count=256, array=True, size=256, since="1.2", brief="The block."),
        Field("nonce", 484, "u8", count=16, array=True, size=16, since="1.2",
              brief="Random bytes of the driver that the response repeats."),
        Field("write_counter", 500, "be32", size=4, since="1.2", brief="Authenticated writes so far."),
        Field("address", 504, "be16", size=2, since="1.2", unit="256-byte blocks", brief="First block."),
        Field("block_count", 506, "be16", size=2, since="1.2",
              brief="How many blocks; 1 if nothing is read or written."),
        Field("result", 508, "be16", size=2, values="result", since="1.2", brief="How it went."),
        Field("req_resp", 510, "be16", size=2, values="request or response", since="1.2",
              brief="Which request; in a response the response."),
    ), brief="Every request and every response."),
    Struct("config", "virtio_rpmb_config", "vwr_rpmb_config", 3, True, False, "1.2", "",
           "RPMB Device / Device configuration layout", (
        Field("capacity", 0, "u8", size=1, max=128, since="1.2", unit="units of 128 KiB", brief="Size of the storage."),
        Field("max_wr_cnt", 1, "u8", size=1, since="1.2", unit="256-byte blocks",
              brief="Most blocks in one write; 0 for no limit."),
        Field("max_rd_cnt", 2, "u8", size=1, since="1.2", unit="256-byte blocks",
              brief="Most blocks in one read; 0 for no limit."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("requestq", 0, dir="both", since="1.2", brief="Requests."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["requestq"],
    "statuses": {"requestq": "result"},
}

SPEC = Spec("rpmb", "device", "spec/device/rpmb.yaml", "RPMB Device",
            "Storage that resists tampering and replay: every access is authenticated.", "1.2", 28,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
