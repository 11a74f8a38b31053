# SPDX-License-Identifier: MIT
# Generated from spec/device/fs.yaml by ./vwr generate: do not edit.
"""VIRTIO 1.4; File System Device. A file system that takes FUSE requests."""

from . import Field, Group, Queue, Rule, Spec, Struct, Value

_GROUPS = (
    Group("features", "features", "File System Device / Feature bits", (
        Value("NOTIFICATION", 0, "VWR_FS_F_NOTIFICATION", "VIRTIO_FS_F_NOTIFICATION", since="1.2",
              brief="Device sends FUSE notify messages."),
    )),
    Group("queues", "queues", "File System Device", (
        Value("hiprio", 0, "VWR_FS_QUEUE_HIPRIO", "", since="1.2", brief="Requests that may not wait."),
        Value("notification", 1, "VWR_FS_QUEUE_NOTIFICATION", "", since="1.2", gate=("NOTIFICATION",),
              brief="FUSE notify messages."),
    )),
    Group("shared-memory", "shared-memory", "File System Device", (
        Value("DAX_WINDOW", 0, "VWR_FS_SHM_ID_DAX_WINDOW", "", since="1.2",
              brief="Window that the driver maps parts of files into."),
    )),
)

_STRUCTS = (
    Struct("req", "virtio_fs_req", "vwr_fs_req", 0, False, False, "1.2", "",
           "File System Device / Device Operation / Device Operation: Request Queues", (
        Field("in", 0, "u8", count="open", array=True, since="1.2", holds="struct fuse_in_header",
              brief="Header of the request."),
        Field("datain", None, "u8", count="open", array=True, since="1.2", brief="What the request has beyond that."),
        Field("out", None, "u8", count="open", array=True, dir="in", since="1.2", holds="struct fuse_out_header",
              brief="Header of the answer."),
        Field("dataout", None, "u8", count="trailing", array=True, dir="in", since="1.2",
              brief="What the answer has beyond that."),
    ), brief="A FUSE request and its answer."),
    Struct("read_req", "virtio_fs_read_req", "vwr_fs_read_req", 0, False, False, "1.2", "",
           "File System Device / Device Operation / Device Operation: Request Queues", (
        Field("in", 0, "u8", count="open", array=True, since="1.2", holds="struct fuse_in_header",
              brief="Header of the request."),
        Field("u", None, "union", anonymous=True,
              members=(Field("readin", None, "u8", count="open", array=True, since="1.2", holds="struct fuse_read_in", brief="What to read."), Field("datain", None, "u8", count="open", array=True, since="1.2", brief="The same as bytes.")),
              since="1.2", brief="What to read."),
        Field("out", None, "u8", count="open", array=True, dir="in", since="1.2", holds="struct fuse_out_header",
              brief="Header of the answer."),
        Field("dataout", None, "u8", count="trailing", array=True, dir="in", since="1.2",
              brief="What was read; out.len tells how much."),
    ), brief="FUSE_READ, as an example of a request."),
    Struct("notify", "virtio_fs_notify", "vwr_fs_notify", 0, False, False, "1.2", "",
           "File System Device / Device Operation / Device Operation: Notification Queue", (
        Field("out_hdr", 0, "u8", count="open", array=True, since="1.2", holds="struct fuse_out_header",
              brief="Header."),
        Field("outarg", None, "u8", count="trailing", array=True, since="1.2",
              brief="The message; notify_buf_size is room for both."),
    ), brief="A FUSE notify message."),
    Struct("config", "virtio_fs_config", "vwr_fs_config", 44, True, False, "1.2", "",
           "File System Device / Device configuration layout", (
        Field("tag", 0, "u8", count=36, array=True, size=36, since="1.2",
              brief="Name to mount by: UTF-8; filled up with NUL; none if it has 36 bytes."),
        Field("num_request_queues", 36, "le32", size=4, min=1, since="1.2", brief="Number of request queues."),
        Field("notify_buf_size", 40, "le32", size=4, gate=("NOTIFICATION",), since="1.2", unit="bytes",
              brief="Smallest buffer for the notification queue."),
    ), brief="Configuration space of the device."),
)

_QUEUES = (
    Queue("hiprio", 0, dir="both", since="1.2", brief="Requests that may not wait."),
    Queue("notification", 1, gate=("NOTIFICATION",), dir="in", since="1.2", brief="FUSE notify messages."),
    Queue("request", 2, field="num_request_queues", dir="both", since="1.2", brief="Requests."),
)

_RULES = (
)

_OFFERS = (
)

_MORE = {
    "request_queues": ["hiprio", "request"],
    "statuses": {},
}

SPEC = Spec("fs", "device", "spec/device/fs.yaml", "File System Device",
            "A file system that takes FUSE requests.", "1.2", 26,
            _GROUPS, _STRUCTS, _QUEUES, _RULES, _OFFERS, _MORE)
