# SPDX-License-Identifier: MIT
# Generated from spec/device/media.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; Media Device. A camera, codec or other video device that speaks V4L2."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("queues", "queues", "Media Device", (
        Value("commandq", 0, "VWR_MEDIA_QUEUE_COMMANDQ", "", since="1.4", brief="Commands and their answers."),
        Value("eventq", 1, "VWR_MEDIA_QUEUE_EVENTQ", "", since="1.4",
              brief="Buffers that the device fills with events."),
    )),
    Group("constants", "constants", "Media Device", (
        Value("MAX_PLANES", 8, "VWR_MEDIA_MAX_PLANES", "VIRTIO_MEDIA_MAX_PLANES", since="1.4",
              brief="Planes in an event that gives a buffer back."),
    )),
    Group("memory", "enums", "Media Device / Device Operation / Command Virtqueue / Device Operation: Memory Types", (
        Value("MMAP", 1, "VWR_MEDIA_MMAP", "VIRTIO_MEDIA_MMAP", since="1.4", brief="The device (V4L2_MEMORY_MMAP)."),
        Value("SHARED_PAGES", 2, "VWR_MEDIA_SHARED_PAGES", "VIRTIO_MEDIA_SHARED_PAGES", since="1.4",
              brief="The driver (V4L2_MEMORY_USERPTR)."),
        Value("OBJECT", 4, "VWR_MEDIA_OBJECT", "VIRTIO_MEDIA_OBJECT", since="1.4",
              brief="A virtio object named by a UUID (V4L2_MEMORY_DMABUF)."),
    )),
    Group("mmap-flags", "flags", "Media Device / Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP buffer", (
        Value("RW", 0x1, "VWR_MEDIA_MMAP_FLAG_RW", "VIRTIO_MEDIA_MMAP_FLAG_RW", since="1.4",
              brief="The driver may write too."),
    )),
    Group("command", "messages", "Media Device / Device Operation / Command Virtqueue / Device Operation: Command headers", (
        Value("OPEN", 1, "VWR_MEDIA_CMD_OPEN", "VIRTIO_MEDIA_CMD_OPEN", since="1.4", brief="Open a session.",
              out=("cmd_open",), back=("resp_open",), sender="driver"),
        Value("CLOSE", 2, "VWR_MEDIA_CMD_CLOSE", "VIRTIO_MEDIA_CMD_CLOSE", since="1.4",
              brief="Close a session; there is no answer.", out=("cmd_close",), sender="driver"),
        Value("IOCTL", 3, "VWR_MEDIA_CMD_IOCTL", "VIRTIO_MEDIA_CMD_IOCTL", since="1.4",
              brief="Run a V4L2 ioctl in a session.", out=("cmd_ioctl", "u8"), back=("resp_ioctl", "u8"),
              sender="driver"),
        Value("MMAP", 4, "VWR_MEDIA_CMD_MMAP", "VIRTIO_MEDIA_CMD_MMAP", since="1.4",
              brief="Map a buffer of the device.", out=("cmd_mmap",), back=("resp_mmap",), sender="driver"),
        Value("MUNMAP", 5, "VWR_MEDIA_CMD_MUNMAP", "VIRTIO_MEDIA_CMD_MUNMAP", since="1.4", brief="Undo a mapping.",
              out=("cmd_munmap",), back=("resp_munmap",), sender="driver"),
    ), queue="commandq"),
    Group("event", "messages", "Media Device / Device Operation / Event Virtqueue / Device Operation: Event header", (
        Value("ERROR", 0, "VWR_MEDIA_EVT_ERROR", "VIRTIO_MEDIA_EVT_ERROR", since="1.4", brief="A session is lost.",
              out=("event_error",), sender="device"),
        Value("DQBUF", 1, "VWR_MEDIA_EVT_DQBUF", "VIRTIO_MEDIA_EVT_DQBUF", since="1.4",
              brief="The device gives a buffer back.", out=("event_dqbuf",), sender="device"),
        Value("EVENT", 2, "VWR_MEDIA_EVT_EVENT", "VIRTIO_MEDIA_EVT_EVENT", since="1.4",
              brief="A V4L2 event has happened.", out=("event_event",), sender="device"),
    ), queue="eventq"),
    Group("shared-memory", "shared-memory", "Media Device", (
        Value("MMAP", 0, "VWR_MEDIA_SHM_ID_MMAP", "", since="1.4", brief="Where the device shows mapped buffers."),
    )),
)

_STRUCTS = (
    Struct("cmd_header", "virtio_media_cmd_header", "vwr_media_cmd_header", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Command headers", (
        Field("cmd", 0, "le32", size=4, values="command", since="1.4", brief="What to do."),
        Field("reserved", 4, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="Every command begins with it."),
    Struct("resp_header", "virtio_media_resp_header", "vwr_media_resp_header", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Command headers", (
        Field("status", 0, "le32", size=4, since="1.4", brief="0, or an error number of Linux."),
        Field("reserved", 4, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="Every answer begins with it."),
    Struct("cmd_open", "virtio_media_cmd_open", "vwr_media_cmd_open", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Open device", (
        Field("hdr", 0, "cmd_header", size=8, since="1.4", brief="CMD_OPEN."),
    ), brief="Opens a session."),
    Struct("resp_open", "virtio_media_resp_open", "vwr_media_resp_open", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Open device", (
        Field("hdr", 0, "resp_header", size=8, since="1.4", brief="How it went."),
        Field("session_id", 8, "le32", size=4, since="1.4", brief="Number of the new session."),
        Field("reserved", 12, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="Answer to CMD_OPEN."),
    Struct("cmd_close", "virtio_media_cmd_close", "vwr_media_cmd_close", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Close device", (
        Field("hdr", 0, "cmd_header", size=8, since="1.4", brief="CMD_CLOSE."),
        Field("session_id", 8, "le32", size=4, since="1.4", brief="Which session."),
        Field("reserved", 12, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="Closes a session."),
    Struct("cmd_ioctl", "virtio_media_cmd_ioctl", "vwr_media_cmd_ioctl", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls", (
        Field("hdr", 0, "cmd_header", size=8, since="1.4", brief="CMD_IOCTL."),
        Field("session_id", 8, "le32", size=4, since="1.4", brief="Which session."),
        Field("code", 12, "le32", size=4, since="1.4",
              brief="Number of the ioctl; the second argument of its _IO macro."),
    ), brief="Runs an ioctl; its argument follows if V4L2 has it go to the device."),
    Struct("resp_ioctl", "virtio_media_resp_ioctl", "vwr_media_resp_ioctl", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls", (
        Field("hdr", 0, "resp_header", size=8, since="1.4", brief="How it went."),
    ), brief="Answer to CMD_IOCTL; the argument follows if V4L2 has it come back."),
    Struct("sg_entry", "virtio_media_sg_entry", "vwr_media_sg_entry", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: V4L2 ioctls / Handling of pointers to userspace memory in ioctl payload", (
        Field("start", 0, "le64", size=8, since="1.4", brief="Guest physical address."),
        Field("len", 8, "le32", size=4, since="1.4", unit="bytes", brief="Length."),
        Field("reserved", 12, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="A part of the memory that a userspace pointer of V4L2 stands for."),
    Struct("cmd_mmap", "virtio_media_cmd_mmap", "vwr_media_cmd_mmap", 20, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP buffer", (
        Field("hdr", 0, "cmd_header", size=8, since="1.4", brief="CMD_MMAP."),
        Field("session_id", 8, "le32", size=4, since="1.4", brief="Session that has the buffer."),
        Field("flags", 12, "le32", size=4, values="mmap-flags", since="1.4", brief="How to map it."),
        Field("offset", 16, "le32", size=4, since="1.4", brief="The plane's mem_offset from VIDIOC_QUERYBUF."),
    ), brief="Maps a plane of a buffer into shared memory region 0."),
    Struct("resp_mmap", "virtio_media_resp_mmap", "vwr_media_resp_mmap", 24, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Mapping a MMAP buffer", (
        Field("hdr", 0, "resp_header", size=8, since="1.4", brief="How it went."),
        Field("driver_addr", 8, "le64", size=8, since="1.4", unit="bytes",
              brief="Offset of the mapping in shared memory region 0."),
        Field("len", 16, "le64", size=8, since="1.4", unit="bytes", brief="Length of the mapping."),
    ), brief="Answer to CMD_MMAP."),
    Struct("cmd_munmap", "virtio_media_cmd_munmap", "vwr_media_cmd_munmap", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Unmapping a MMAP buffer", (
        Field("hdr", 0, "cmd_header", size=8, since="1.4", brief="CMD_MUNMAP."),
        Field("driver_addr", 8, "le64", size=8, since="1.4", unit="bytes",
              brief="Offset that CMD_MMAP has answered with."),
    ), brief="Undoes a mapping."),
    Struct("resp_munmap", "virtio_media_resp_munmap", "vwr_media_resp_munmap", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Command Virtqueue / Device Operation: Unmapping a MMAP buffer", (
        Field("hdr", 0, "resp_header", size=8, since="1.4", brief="How it went."),
    ), brief="Answer to CMD_MUNMAP."),
    Struct("event_header", "virtio_media_event_header", "vwr_media_event_header", 8, True, False, "1.4", "",
           "Media Device / Device Operation / Event Virtqueue / Device Operation: Event header", (
        Field("event", 0, "le32", size=4, values="event", since="1.4", brief="What has happened."),
        Field("session_id", 4, "le32", size=4, since="1.4", brief="In which session."),
    ), brief="Every event begins with it."),
    Struct("event_error", "virtio_media_event_error", "vwr_media_event_error", 16, True, False, "1.4", "",
           "Media Device / Device Operation / Event Virtqueue / Device Operation: Device-side error", (
        Field("hdr", 0, "event_header", size=8, since="1.4", brief="EVT_ERROR."),
        Field("errno", 8, "le32", size=4, since="1.4", brief="Error number of Linux."),
        Field("reserved", 12, "le32", size=4, reserved=True, aka=("__reserved",), since="1.4"),
    ), brief="A session that the driver can only close now."),
    Struct("event_dqbuf", "virtio_media_event_dqbuf", "vwr_media_event_dqbuf", 608, True, False, "1.4", "",
           "Media Device / Device Operation / Event Virtqueue / Device Operation: Dequeue buffer", (
        Field("hdr", 0, "event_header", size=8, since="1.4", brief="EVT_DQBUF."),
        Field("buffer", 8, "u8", count=88, array=True, size=88, since="1.4", holds="struct v4l2_buffer",
              brief="The buffer."),
        Field("planes", 96, "u8", count=512, array=True, size=512, since="1.4", holds="struct v4l2_plane[8]",
              brief="Its planes if it has several."),
    ), brief="A queued buffer that the device is done with."),
    Struct("event_event", "virtio_media_event_event", "vwr_media_event_event", 144, True, False, "1.4", "",
           "Media Device / Device Operation / Event Virtqueue / Device Operation: Emit an event", (
        Field("hdr", 0, "event_header", size=8, since="1.4", brief="EVT_EVENT."),
        Field("event", 8, "u8", count=136, array=True, size=136, since="1.4", holds="struct v4l2_event",
              brief="The event."),
    ), brief="An event that the driver has subscribed to."),
    Struct("config", "virtio_media_config", "vwr_media_config", 40, True, False, "1.4", "",
           "Media Device / Device Configuration Layout", (
        Field("device_caps", 0, "le32", size=4, since="1.4", brief="Capability flags as in struct v4l2_capability."),
        Field("device_type", 4, "le32", size=4, since="1.4", brief="Kind of video device, as vfl_devnode_type."),
        Field("card", 8, "u8", count=32, array=True, size=32, since="1.4",
              brief="Name of the device in UTF-8, with a NUL if there is room."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("commandq", 0, dir="both", since="1.4", brief="Commands and their answers."),
    Queue("eventq", 1, dir="in", since="1.4", brief="Buffers that the device fills with events."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["commandq"],
    "statuses": {},
}

SPEC = Spec("media", "device", "spec/device/media.yaml", "Media Device",
            "A camera, codec or other video device that speaks V4L2.", "1.4", 48,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
