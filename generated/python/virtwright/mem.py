# SPDX-License-Identifier: MIT
# Generated from spec/device/mem.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Memory Device. Memory in blocks that are plugged and unplugged while the guest runs."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "Memory Device / Feature bits", (
        Value("ACPI_PXM", 0, "VWR_MEM_F_ACPI_PXM", "VIRTIO_MEM_F_ACPI_PXM", since="1.2",
              brief="node_id is an ACPI proximity domain."),
        Value("UNPLUGGED_INACCESSIBLE", 1, "VWR_MEM_F_UNPLUGGED_INACCESSIBLE", "VIRTIO_MEM_F_UNPLUGGED_INACCESSIBLE",
              since="1.2", brief="Driver must not touch unplugged memory.", accept="should", insist=("device",)),
        Value("PERSISTENT_SUSPEND", 2, "VWR_MEM_F_PERSISTENT_SUSPEND", "VIRTIO_MEM_F_PERSISTENT_SUSPEND", since="1.4",
              brief="Plugged memory outlives a suspend of the guest."),
    )),
    Group("queues", "queues", "Memory Device", (
        Value("guest-request", 0, "VWR_MEM_QUEUE_GUEST_REQUEST", "", since="1.2", brief="Requests of the driver."),
    )),
    Group("response-type", "enums", "Memory Device / Device Operation", (
        Value("ACK", 0, "VWR_MEM_RESP_ACK", "VIRTIO_MEM_RESP_ACK", since="1.2", brief="It went well."),
        Value("NACK", 1, "VWR_MEM_RESP_NACK", "VIRTIO_MEM_RESP_NACK", since="1.2", brief="Device refuses."),
        Value("BUSY", 2, "VWR_MEM_RESP_BUSY", "VIRTIO_MEM_RESP_BUSY", since="1.2",
              brief="Device cannot now; try again later."),
        Value("ERROR", 3, "VWR_MEM_RESP_ERROR", "VIRTIO_MEM_RESP_ERROR", since="1.2", brief="The request is wrong."),
    )),
    Group("state-type", "enums", "Memory Device / Device Operation / STATE request", (
        Value("PLUGGED", 0, "VWR_MEM_STATE_PLUGGED", "VIRTIO_MEM_STATE_PLUGGED", since="1.2",
              brief="All blocks are plugged."),
        Value("UNPLUGGED", 1, "VWR_MEM_STATE_UNPLUGGED", "VIRTIO_MEM_STATE_UNPLUGGED", since="1.2",
              brief="All blocks are unplugged."),
        Value("MIXED", 2, "VWR_MEM_STATE_MIXED", "VIRTIO_MEM_STATE_MIXED", since="1.2",
              brief="Some are plugged and some are not."),
    )),
    Group("request-type", "messages", "Memory Device / Device Operation", (
        Value("PLUG", 0, "VWR_MEM_REQ_PLUG", "VIRTIO_MEM_REQ_PLUG", since="1.2", brief="Plug unplugged blocks.",
              out=("req",), back=("resp",), sender="driver"),
        Value("UNPLUG", 1, "VWR_MEM_REQ_UNPLUG", "VIRTIO_MEM_REQ_UNPLUG", since="1.2", brief="Unplug plugged blocks.",
              out=("req",), back=("resp",), sender="driver"),
        Value("UNPLUG_ALL", 2, "VWR_MEM_REQ_UNPLUG_ALL", "VIRTIO_MEM_REQ_UNPLUG_ALL", since="1.2",
              brief="Unplug all blocks.", out=("req",), back=("resp",), sender="driver"),
        Value("STATE", 3, "VWR_MEM_REQ_STATE", "VIRTIO_MEM_REQ_STATE", since="1.2",
              brief="Ask whether blocks are plugged.", out=("req",), back=("resp",), sender="driver"),
    ), queue="guest-request"),
)

_STRUCTS = (
    Struct("req_plug", "virtio_mem_req_plug", "vwr_mem_req_plug", 16, True, False, "1.2", "",
           "Memory Device / Device Operation / PLUG request", (
        Field("addr", 0, "le64", size=8, since="1.2", brief="Physical address of the first block."),
        Field("nb_blocks", 8, "le16", size=2, since="1.2", brief="How many blocks."),
        Field("padding", 10, "le16", count=3, array=True, size=6, reserved=True, since="1.2"),
    ), brief="Blocks to plug."),
    Struct("req_unplug", "virtio_mem_req_unplug", "vwr_mem_req_unplug", 16, True, False, "1.2", "",
           "Memory Device / Device Operation / UNPLUG request", (
        Field("addr", 0, "le64", size=8, since="1.2", brief="Physical address of the first block."),
        Field("nb_blocks", 8, "le16", size=2, since="1.2", brief="How many blocks."),
        Field("padding", 10, "le16", count=3, array=True, size=6, reserved=True, since="1.2"),
    ), brief="Blocks to unplug."),
    Struct("req_state", "virtio_mem_req_state", "vwr_mem_req_state", 16, True, False, "1.2", "",
           "Memory Device / Device Operation / STATE request", (
        Field("addr", 0, "le64", size=8, since="1.2", brief="Physical address of the first block."),
        Field("nb_blocks", 8, "le16", size=2, since="1.2", brief="How many blocks."),
        Field("padding", 10, "le16", count=3, array=True, size=6, reserved=True, since="1.2"),
    ), brief="Blocks to ask about."),
    Struct("req", "virtio_mem_req", "vwr_mem_req", 24, True, False, "1.2", "", "Memory Device / Device Operation", (
        Field("type", 0, "le16", size=2, values="request-type", since="1.2", brief="What to do."),
        Field("padding", 2, "le16", count=3, array=True, size=6, reserved=True, since="1.2"),
        Field("u", 8, "union", size=16,
              members=(Field("plug", 8, "req_plug", size=16, is_=("PLUG",), since="1.2", brief="Blocks to plug."), Field("unplug", 8, "req_unplug", size=16, is_=("UNPLUG",), since="1.2", brief="Blocks to unplug."), Field("state", 8, "req_state", size=16, is_=("STATE",), since="1.2", brief="Blocks to ask about.")),
              by="type", since="1.2", brief="Which blocks."),
    ), brief="A request."),
    Struct("resp_state", "virtio_mem_resp_state", "vwr_mem_resp_state", 2, True, False, "1.2", "",
           "Memory Device / Device Operation / STATE request", (
        Field("type", 0, "le16", size=2, values="state-type", since="1.2", brief="Whether the blocks are plugged."),
    ), brief="Answer to a STATE request."),
    Struct("resp", "virtio_mem_resp", "vwr_mem_resp", 10, True, False, "1.2", "", "Memory Device / Device Operation", (
        Field("type", 0, "le16", size=2, values="response-type", since="1.2", brief="How it went."),
        Field("padding", 2, "le16", count=3, array=True, size=6, reserved=True, since="1.2"),
        Field("u", 8, "union", size=2,
              members=(Field("state", 8, "resp_state", size=2, since="1.2", brief="Answer to STATE if it went well."),),
              since="1.2", brief="What was asked for."),
    ), brief="A response."),
    Struct("config", "virtio_mem_config", "vwr_mem_config", 56, True, False, "1.2", "",
           "Memory Device / Device configuration layout", (
        Field("block_size", 0, "le64", size=8, since="1.2", unit="bytes",
              brief="Size and alignment of a block; a power of 2."),
        Field("node_id", 8, "le16", size=2, gate=("ACPI_PXM",), since="1.2",
              brief="ACPI proximity domain of the memory."),
        Field("padding", 10, "u8", count=6, array=True, size=6, reserved=True, since="1.2"),
        Field("addr", 16, "le64", size=8, since="1.2", brief="Physical address at which the region begins."),
        Field("region_size", 24, "le64", size=8, since="1.2", unit="bytes", brief="Size of the region."),
        Field("usable_region_size", 32, "le64", size=8, since="1.2", unit="bytes",
              brief="How much of the region can be plugged; changes."),
        Field("plugged_size", 40, "le64", size=8, since="1.2", unit="bytes", brief="How much is plugged."),
        Field("requested_size", 48, "le64", size=8, since="1.2", unit="bytes",
              brief="How much the device wants plugged; changes."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("guest-request", 0, dir="both", since="1.2", brief="Requests of the driver."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["guest-request"],
    "statuses": {"guest-request": "response-type"},
}

SPEC = Spec("mem", "device", "spec/device/mem.yaml", "Memory Device",
            "Memory in blocks that are plugged and unplugged while the guest runs.", "1.2", 24,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
