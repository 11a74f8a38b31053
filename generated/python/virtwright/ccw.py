# SPDX-License-Identifier: MIT
# Generated from spec/transport/ccw.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Virtio Over Channel I/O. How a virtio device shows itself on s390; a driver speaks to it by channel commands."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("constants", "constants", "Virtio Over Channel I/O", (
        Value("CU_TYPE", 0x3832, "VWR_CCW_CU_TYPE", "",
              brief="Control unit type of all virtio devices; the control unit model is the device id."),
        Value("CHPID_TYPE", 0x32, "VWR_CCW_CHPID_TYPE", "", brief="Type of the virtual channel path."),
        Value("DIAGNOSE", 0x500, "VWR_CCW_DIAGNOSE", "",
              brief="Number of the diagnose call that notifies a queue: register 1 has NOTIFY; 2 the subchannel; 3 the data; 4 the cookie that register 2 had after the call before."),
        Value("DIAGNOSE_NOTIFY", 0x3, "VWR_CCW_DIAGNOSE_NOTIFY", "", brief="Subcode of the diagnose call."),
        Value("SUMMARY", 0x1, "VWR_CCW_SUMMARY", "",
              brief="The summary indicator while a queue has used buffers; the driver clears it before it looks at the queues."),
        Value("CONFIG_INDICATOR", 0, "VWR_CCW_CONFIG_INDICATOR", "",
              brief="Number of the bit of the configuration indicators that says that the configuration has changed."),
    )),
    Group("basic-command", "enums", "Virtio Over Channel I/O / Basic Concepts", (
        Value("NO_OPERATION", 0x3, "VWR_CCW_BASIC_NO_OPERATION", "", brief="Nothing."),
        Value("SENSE", 0x4, "VWR_CCW_BASIC_SENSE", "", brief="What went wrong."),
        Value("TRANSFER_IN_CHANNEL", 0x8, "VWR_CCW_BASIC_TRANSFER_IN_CHANNEL", "", brief="Go on elsewhere."),
        Value("SENSE_ID", 0xe4, "VWR_CCW_BASIC_SENSE_ID", "", brief="What the device is (sense_id)."),
    )),
    Group("command", "enums", "Virtio Over Channel I/O / Basic Concepts/ Channel Commands for Virtio", (
        Value("WRITE_FEAT", 0x11, "VWR_CCW_CMD_WRITE_FEAT", "CCW_CMD_WRITE_FEAT",
              brief="Writes 32 bits of the features that the driver takes."),
        Value("READ_FEAT", 0x12, "VWR_CCW_CMD_READ_FEAT", "CCW_CMD_READ_FEAT",
              brief="Reads 32 bits of the features that the device offers."),
        Value("SET_VQ", 0x13, "VWR_CCW_CMD_SET_VQ", "CCW_CMD_SET_VQ", brief="Says where a queue is."),
        Value("WRITE_CONF", 0x21, "VWR_CCW_CMD_WRITE_CONF", "CCW_CMD_WRITE_CONF",
              brief="Writes the configuration space from its beginning."),
        Value("READ_CONF", 0x22, "VWR_CCW_CMD_READ_CONF", "CCW_CMD_READ_CONF",
              brief="Reads the configuration space from its beginning."),
        Value("WRITE_STATUS", 0x31, "VWR_CCW_CMD_WRITE_STATUS", "CCW_CMD_WRITE_STATUS",
              brief="Writes the device status; the device rejects what it cannot set."),
        Value("READ_VQ_CONF", 0x32, "VWR_CCW_CMD_READ_VQ_CONF", "CCW_CMD_READ_VQ_CONF",
              brief="Reads the largest size of a queue."),
        Value("VDEV_RESET", 0x33, "VWR_CCW_CMD_VDEV_RESET", "CCW_CMD_VDEV_RESET",
              brief="Resets the device; that is done when the command is."),
        Value("SET_IND", 0x43, "VWR_CCW_CMD_SET_IND", "CCW_CMD_SET_IND",
              brief="Says where the indicators of the queues are; 64 bits."),
        Value("SET_CONF_IND", 0x53, "VWR_CCW_CMD_SET_CONF_IND", "CCW_CMD_SET_CONF_IND",
              brief="Says where the indicators of the configuration are; 64 bits."),
        Value("READ_STATUS", 0x72, "VWR_CCW_CMD_READ_STATUS", "CCW_CMD_READ_STATUS", since="1.1",
              brief="Reads the device status."),
        Value("SET_IND_ADAPTER", 0x73, "VWR_CCW_CMD_SET_IND_ADAPTER", "CCW_CMD_SET_IND_ADAPTER",
              brief="Says where the two stages of indicators are."),
        Value("SET_VIRTIO_REV", 0x83, "VWR_CCW_CMD_SET_VIRTIO_REV", "CCW_CMD_SET_VIRTIO_REV",
              brief="Sets the revision of the transport."),
    )),
    Group("revision", "enums", "Virtio Over Channel I/O / Device Initialization / Setting the Virtio Revision", (
        Value("LEGACY", 0, "VWR_CCW_REVISION_LEGACY", "", since="legacy", only="legacy",
              brief="The legacy interface; also without a revision."),
        Value("VIRTIO_1", 1, "VWR_CCW_REVISION_VIRTIO_1", "", brief="The interface of the specification."),
        Value("READ_STATUS", 2, "VWR_CCW_REVISION_READ_STATUS", "", since="1.1", brief="READ_STATUS too."),
    )),
)

_STRUCTS = (
    Struct("sense_id", "What SENSE ID returns", "vwr_ccw_sense_id", 256, True, True, "1.0", "",
           "Virtio Over Channel I/O / Basic Concepts", (
        Field("reserved", 0, "u8", size=1, reserved=True),
        Field("cu_type", 1, "be16", size=2, brief="Control unit type; CU_TYPE."),
        Field("cu_model", 3, "u8", size=1, brief="Control unit model; the device id."),
        Field("dev_type", 4, "be16", size=2, brief="Device type; 0."),
        Field("dev_model", 6, "u8", size=1, brief="Device model; 0."),
        Field("extended", 7, "u8", count=249, array=True, size=249, brief="Extended data; 0."),
    ), brief="What SENSE ID reads."),
    Struct("rev_info", "virtio_rev_info", "vwr_ccw_rev_info", 4, False, False, "1.0", "",
           "Virtio Over Channel I/O / Device Initialization / Setting the Virtio Revision", (
        Field("revision", 0, "be16", size=2, values="revision", brief="Revision."),
        Field("length", 2, "be16", size=2, unit="bytes", brief="Length of data; 0 in all revisions that there are."),
        Field("data", 4, "u8", count="length", array=True, brief="What a revision needs beside its number."),
    ), brief="The revision of the transport that the driver sets."),
    Struct("vq_config_block", "vq_config_block", "vwr_ccw_vq_config_block", 4, True, False, "1.0", "",
           "Virtio Over Channel I/O / Device Initialization / Configuring a Virtqueue", (
        Field("index", 0, "be16", size=2, brief="Queue index."),
        Field("max_queue_size", 2, "be16", size=2, aka=("max_num",), brief="Most descriptors."),
    ), brief="How large a queue may be."),
    Struct("vq_info_block", "vq_info_block", "vwr_ccw_vq_info_block", 32, True, False, "1.0", "modern",
           "Virtio Over Channel I/O / Device Initialization / Configuring a Virtqueue", (
        Field("desc", 0, "be64", size=8, brief="Address of the descriptor area."),
        Field("res0", 8, "be32", size=4, reserved=True),
        Field("index", 12, "be16", size=2, brief="Queue index."),
        Field("size", 14, "be16", size=2, aka=("num",), brief="Number of descriptors."),
        Field("driver", 16, "be64", size=8, brief="Address of the driver area."),
        Field("device", 24, "be64", size=8, brief="Address of the device area."),
    ), brief="Where a queue is."),
    Struct("vq_info_block_legacy", "vq_info_block_legacy", "vwr_ccw_vq_info_block_legacy", 16, True, False, "legacy",
           "legacy",
           "Virtio Over Channel I/O / Device Initialization / Configuring a Virtqueue / Legacy Interface: A Note on Configuring a Virtqueue", (
        Field("queue", 0, "be64", size=8, since="legacy", brief="Address of the queue."),
        Field("align", 8, "be32", size=4, since="legacy", unit="bytes", brief="Alignment of the used ring."),
        Field("index", 12, "be16", size=2, since="legacy", brief="Queue index."),
        Field("size", 14, "be16", size=2, aka=("num",), since="legacy", brief="Number of descriptors."),
    ), brief="Where a queue is in the legacy interface."),
    Struct("feature_desc", "virtio_feature_desc", "vwr_ccw_feature_desc", 5, True, True, "1.0", "",
           "Virtio Over Channel I/O / Device Initialization / Handling Device Features", (
        Field("features", 0, "le32", size=4, brief="The bits."),
        Field("index", 4, "u8", size=1, brief="Which 32 bits: 0 has bits 0 to 31."),
    ), brief="32 bits of features."),
    Struct("thinint_area", "virtio_thinint_area", "vwr_ccw_thinint_area", 25, True, True, "1.0", "",
           "Virtio Over Channel I/O / Device Initialization / Setting Up Indicators / Setting Up Two-Stage Queue Indicators", (
        Field("summary_indicator", 0, "be64", size=8,
              brief="Address of the byte that is SUMMARY while there is something."),
        Field("indicator", 8, "be64", size=8, brief="Address of the indicators; a bit for each queue."),
        Field("bit_nr", 16, "be64", size=8,
              brief="Number of the first queue's bit; bit 0 is the highest of the first byte."),
        Field("isc", 24, "u8", size=1, brief="Interruption subclass of the adapter interrupt."),
    ), brief="Two stages of indicators for adapter interrupts."),
    Struct("notification_data", "Notification data", "vwr_ccw_notification_data", 4, True, False, "1.0", "",
           "Virtio Over Channel I/O / Device Operation / Guest->Host Notification", (
        Field("value", 0, "be32", size=4,
              bits=(("vq_index", 0, 16, False), ("next_off", 16, 15, False), ("next_wrap", 31, 1, False)),
              brief="The queue and where its next entry goes."),
    ), brief="What notifies a queue with NOTIFICATION_DATA; without it the queue index alone."),
)

_QUEUES = (
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "channel": [
        {"name": "SET_VIRTIO_REV", "dir": "W", "part": "rev_info", "legacy_part": "", "back": [], "revision": "",
         "first": True, "write_once": True, "excludes": [], "status": False, "resets": False, "only": "modern"},
        {"name": "VDEV_RESET", "dir": "none", "part": "", "legacy_part": "", "back": [], "revision": "", "first": False,
         "write_once": False, "excludes": [], "status": False, "resets": True, "only": None},
        {"name": "WRITE_STATUS", "dir": "W", "part": "u8", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": [], "status": True, "resets": False, "only": None},
        {"name": "READ_STATUS", "dir": "R", "part": "u8", "legacy_part": "", "back": [], "revision": "READ_STATUS",
         "first": False, "write_once": False, "excludes": [], "status": True, "resets": False, "only": None},
        {"name": "READ_FEAT", "dir": "RW", "part": "feature_desc", "legacy_part": "", "back": ["features"],
         "revision": "", "first": False, "write_once": False, "excludes": [], "status": False, "resets": False,
         "only": None},
        {"name": "WRITE_FEAT", "dir": "W", "part": "feature_desc", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": [], "status": False, "resets": False, "only": None},
        {"name": "READ_CONF", "dir": "R", "part": "config", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": [], "status": False, "resets": False, "only": None},
        {"name": "WRITE_CONF", "dir": "W", "part": "config", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": [], "status": False, "resets": False, "only": None},
        {"name": "READ_VQ_CONF", "dir": "RW", "part": "vq_config_block", "legacy_part": "", "back": ["max_queue_size"],
         "revision": "", "first": False, "write_once": False, "excludes": [], "status": False, "resets": False,
         "only": None},
        {"name": "SET_VQ", "dir": "W", "part": "vq_info_block", "legacy_part": "vq_info_block_legacy", "back": [],
         "revision": "", "first": False, "write_once": False, "excludes": [], "status": False, "resets": False,
         "only": None},
        {"name": "SET_IND", "dir": "W", "part": "be64", "legacy_part": "", "back": [], "revision": "", "first": False,
         "write_once": False, "excludes": ["SET_IND_ADAPTER"], "status": False, "resets": False, "only": None},
        {"name": "SET_CONF_IND", "dir": "W", "part": "be64", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": [], "status": False, "resets": False, "only": None},
        {"name": "SET_IND_ADAPTER", "dir": "W", "part": "thinint_area", "legacy_part": "", "back": [], "revision": "",
         "first": False, "write_once": False, "excludes": ["SET_IND"], "status": False, "resets": False, "only": None},
    ],
}

SPEC = Spec("ccw", "channel", "spec/transport/ccw.yaml", "Virtio Over Channel I/O",
            "How a virtio device shows itself on s390; a driver speaks to it by channel commands.", "1.0", None,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
