# SPDX-License-Identifier: MIT
# Generated from spec/device/pmem.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; PMEM Device. Persistent memory that is mapped like RAM and flushed by request."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "features",
        "features",
        "PMEM Device / Feature bits",
        (
            Value(
                "SHMEM_REGION",
                0,
                "VWR_PMEM_F_SHMEM_REGION",
                "VIRTIO_PMEM_F_SHMEM_REGION",
                since="1.2",
                brief="Memory is a shared memory region; the configuration has no address.",
            ),
        ),
    ),
    Group(
        "queues",
        "queues",
        "PMEM Device",
        (Value("req_vq", 0, "VWR_PMEM_QUEUE_REQ_VQ", "", since="1.2", brief="Flush requests."),),
    ),
    Group(
        "request-type",
        "messages",
        "PMEM Device / Driver Operations",
        (
            Value(
                "FLUSH",
                0,
                "VWR_PMEM_REQ_TYPE_FLUSH",
                "VIRTIO_PMEM_REQ_TYPE_FLUSH",
                since="1.2",
                brief="Make what was written before last.",
                out=("req",),
                back=("resp",),
                sender="driver",
            ),
        ),
        queue="req_vq",
    ),
    Group(
        "shared-memory",
        "shared-memory",
        "PMEM Device",
        (
            Value(
                "PERSISTENT_REGION",
                0,
                "VWR_PMEM_SHM_ID_PERSISTENT_REGION",
                "",
                since="1.2",
                gate=("SHMEM_REGION",),
                brief="The persistent memory.",
            ),
        ),
    ),
)

_STRUCTS = (
    Struct(
        "req",
        "virtio_pmem_req",
        "vwr_pmem_req",
        4,
        True,
        False,
        "1.2",
        "",
        "PMEM Device / Driver Operations",
        (Field("type", 0, "le32", size=4, values="request-type", since="1.2", brief="What to do."),),
        brief="A request.",
    ),
    Struct(
        "resp",
        "virtio_pmem_resp",
        "vwr_pmem_resp",
        4,
        True,
        False,
        "1.2",
        "",
        "PMEM Device / Device Operations / Device Operations",
        (Field("ret", 0, "le32", size=4, since="1.2", brief="0 if it went well; 0xffffffff (-1) if not."),),
        brief="How a request went.",
    ),
    Struct(
        "config",
        "virtio_pmem_config",
        "vwr_pmem_config",
        16,
        True,
        False,
        "1.2",
        "",
        "PMEM Device / Device configuration layout",
        (
            Field(
                "start",
                0,
                "le64",
                size=8,
                unless=("SHMEM_REGION",),
                since="1.2",
                brief="Physical address of the memory.",
            ),
            Field(
                "size",
                8,
                "le64",
                size=8,
                unless=("SHMEM_REGION",),
                since="1.2",
                unit="bytes",
                brief="Size of the memory.",
            ),
        ),
        brief="Configuration space of the device.",
    ),
)

_QUEUES = (Queue("req_vq", 0, dir="both", since="1.2", brief="Flush requests."),)

_RULES = ()

_OFFERS = ()

_MORE = {
    "request_queues": ["req_vq"],
    "statuses": {},
}

SPEC = Spec(
    "pmem",
    "device",
    "spec/device/pmem.yaml",
    "PMEM Device",
    "Persistent memory that is mapped like RAM and flushed by request.",
    "1.2",
    27,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
