# SPDX-License-Identifier: MIT
# Generated from spec/core/ids.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Device Types. Which number a device answers with when it is asked what it is."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group(
        "ids",
        "ids",
        "Device Types",
        (
            Value("NET", 1, "VWR_ID_NET", "VIRTIO_ID_NET", label="Network device", brief="Network device"),
            Value("BLOCK", 2, "VWR_ID_BLOCK", "VIRTIO_ID_BLOCK", label="Block device", brief="Block device"),
            Value("CONSOLE", 3, "VWR_ID_CONSOLE", "VIRTIO_ID_CONSOLE", label="Console", brief="Console"),
            Value("RNG", 4, "VWR_ID_RNG", "VIRTIO_ID_RNG", label="Entropy source", brief="Entropy source"),
            Value(
                "BALLOON",
                5,
                "VWR_ID_BALLOON",
                "VIRTIO_ID_BALLOON",
                label="Memory ballooning (traditional)",
                brief="Memory ballooning (traditional)",
            ),
            Value("IOMEM", 6, "VWR_ID_IOMEM", "VIRTIO_ID_IOMEM", label="IoMemory", brief="IoMemory"),
            Value("RPMSG", 7, "VWR_ID_RPMSG", "VIRTIO_ID_RPMSG", label="Rpmsg", brief="Rpmsg"),
            Value("SCSI", 8, "VWR_ID_SCSI", "VIRTIO_ID_SCSI", label="SCSI host", brief="SCSI host"),
            Value("9P", 9, "VWR_ID_9P", "VIRTIO_ID_9P", label="9P transport", brief="9P transport"),
            Value(
                "MAC80211_WLAN",
                10,
                "VWR_ID_MAC80211_WLAN",
                "VIRTIO_ID_MAC80211_WLAN",
                label="Mac80211 wlan",
                brief="Mac80211 wlan",
            ),
            Value(
                "RPROC_SERIAL",
                11,
                "VWR_ID_RPROC_SERIAL",
                "VIRTIO_ID_RPROC_SERIAL",
                label="Rproc serial",
                brief="Rproc serial",
            ),
            Value("CAIF", 12, "VWR_ID_CAIF", "VIRTIO_ID_CAIF", label="Virtio CAIF", brief="Virtio CAIF"),
            Value(
                "MEMORY_BALLOON",
                13,
                "VWR_ID_MEMORY_BALLOON",
                "VIRTIO_ID_MEMORY_BALLOON",
                label="Memory balloon",
                brief="Memory balloon",
            ),
            Value("GPU", 16, "VWR_ID_GPU", "VIRTIO_ID_GPU", label="GPU device", brief="GPU device"),
            Value(
                "CLOCK",
                17,
                "VWR_ID_CLOCK",
                "VIRTIO_ID_CLOCK",
                label="RTC (Real Time Clock) device",
                brief="RTC (Real Time Clock) device",
            ),
            Value("INPUT", 18, "VWR_ID_INPUT", "VIRTIO_ID_INPUT", label="Input device", brief="Input device"),
            Value(
                "VSOCK", 19, "VWR_ID_VSOCK", "VIRTIO_ID_VSOCK", label="Socket device", brief="Socket device"
            ),
            Value(
                "CRYPTO",
                20,
                "VWR_ID_CRYPTO",
                "VIRTIO_ID_CRYPTO",
                label="Crypto device",
                brief="Crypto device",
            ),
            Value(
                "SIGNAL_DIST",
                21,
                "VWR_ID_SIGNAL_DIST",
                "VIRTIO_ID_SIGNAL_DIST",
                label="Signal Distribution Module",
                brief="Signal Distribution Module",
            ),
            Value(
                "PSTORE",
                22,
                "VWR_ID_PSTORE",
                "VIRTIO_ID_PSTORE",
                label="Pstore device",
                brief="Pstore device",
            ),
            Value("IOMMU", 23, "VWR_ID_IOMMU", "VIRTIO_ID_IOMMU", label="IOMMU device", brief="IOMMU device"),
            Value("MEM", 24, "VWR_ID_MEM", "VIRTIO_ID_MEM", label="Memory device", brief="Memory device"),
            Value("SOUND", 25, "VWR_ID_SOUND", "VIRTIO_ID_SOUND", label="Sound device", brief="Sound device"),
            Value(
                "FS", 26, "VWR_ID_FS", "VIRTIO_ID_FS", label="File system device", brief="File system device"
            ),
            Value("PMEM", 27, "VWR_ID_PMEM", "VIRTIO_ID_PMEM", label="PMEM device", brief="PMEM device"),
            Value("RPMB", 28, "VWR_ID_RPMB", "VIRTIO_ID_RPMB", label="RPMB device", brief="RPMB device"),
            Value(
                "MAC80211_HWSIM",
                29,
                "VWR_ID_MAC80211_HWSIM",
                "VIRTIO_ID_MAC80211_HWSIM",
                label="Mac80211 hwsim wireless simulation device",
                brief="Mac80211 hwsim wireless simulation device",
            ),
            Value(
                "VIDEO_ENCODER",
                30,
                "VWR_ID_VIDEO_ENCODER",
                "VIRTIO_ID_VIDEO_ENCODER",
                label="Video encoder device",
                brief="Video encoder device",
            ),
            Value(
                "VIDEO_DECODER",
                31,
                "VWR_ID_VIDEO_DECODER",
                "VIRTIO_ID_VIDEO_DECODER",
                label="Video decoder device",
                brief="Video decoder device",
            ),
            Value("SCMI", 32, "VWR_ID_SCMI", "VIRTIO_ID_SCMI", label="SCMI device", brief="SCMI device"),
            Value(
                "NITRO_SEC_MOD",
                33,
                "VWR_ID_NITRO_SEC_MOD",
                "VIRTIO_ID_NITRO_SEC_MOD",
                label="NitroSecureModule",
                brief="NitroSecureModule",
            ),
            Value(
                "I2C_ADAPTER",
                34,
                "VWR_ID_I2C_ADAPTER",
                "VIRTIO_ID_I2C_ADAPTER",
                label="I2C adapter",
                brief="I2C adapter",
            ),
            Value(
                "WATCHDOG", 35, "VWR_ID_WATCHDOG", "VIRTIO_ID_WATCHDOG", label="Watchdog", brief="Watchdog"
            ),
            Value("CAN", 36, "VWR_ID_CAN", "VIRTIO_ID_CAN", label="CAN device", brief="CAN device"),
            Value(
                "PARAM_SERV",
                38,
                "VWR_ID_PARAM_SERV",
                "VIRTIO_ID_PARAM_SERV",
                label="Parameter Server",
                brief="Parameter Server",
            ),
            Value(
                "AUDIO_POLICY",
                39,
                "VWR_ID_AUDIO_POLICY",
                "VIRTIO_ID_AUDIO_POLICY",
                label="Audio policy device",
                brief="Audio policy device",
            ),
            Value("BT", 40, "VWR_ID_BT", "VIRTIO_ID_BT", label="Bluetooth device", brief="Bluetooth device"),
            Value("GPIO", 41, "VWR_ID_GPIO", "VIRTIO_ID_GPIO", label="GPIO device", brief="GPIO device"),
            Value("RDMA", 42, "VWR_ID_RDMA", "VIRTIO_ID_RDMA", label="RDMA device", brief="RDMA device"),
            Value(
                "CAMERA",
                43,
                "VWR_ID_CAMERA",
                "VIRTIO_ID_CAMERA",
                label="Camera device",
                brief="Camera device",
            ),
            Value("ISM", 44, "VWR_ID_ISM", "VIRTIO_ID_ISM", label="ISM device", brief="ISM device"),
            Value("SPI", 45, "VWR_ID_SPI", "VIRTIO_ID_SPI", label="SPI controller", brief="SPI controller"),
            Value("TEE", 46, "VWR_ID_TEE", "VIRTIO_ID_TEE", label="TEE device", brief="TEE device"),
            Value(
                "CPU_BALLOON",
                47,
                "VWR_ID_CPU_BALLOON",
                "VIRTIO_ID_CPU_BALLOON",
                label="CPU balloon device",
                brief="CPU balloon device",
            ),
            Value("MEDIA", 48, "VWR_ID_MEDIA", "VIRTIO_ID_MEDIA", label="Media device", brief="Media device"),
            Value("USB", 49, "VWR_ID_USB", "VIRTIO_ID_USB", label="USB controller", brief="USB controller"),
        ),
    ),
)

_STRUCTS = ()

_QUEUES = ()

_RULES = ()

_OFFERS = ()

_MORE = {
    "reserved": [0],
    "unassigned": [14, 15, 37],
    "transitional": {
        "NET": 0x1000,
        "BLOCK": 0x1001,
        "CONSOLE": 0x1003,
        "RNG": 0x1005,
        "BALLOON": 0x1002,
        "SCSI": 0x1004,
        "9P": 0x1009,
    },
}

SPEC = Spec(
    "ids",
    "ids",
    "spec/core/ids.yaml",
    "Device Types",
    "Which number a device answers with when it is asked what it is.",
    "1.0",
    None,
    _GROUPS,
    _STRUCTS,
    _QUEUES,
    _RULES,
    _OFFERS,
    _MORE,
)
