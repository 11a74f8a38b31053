/* SPDX-License-Identifier: MIT */
#ifndef VWR_FS_H
#define VWR_FS_H

#include "vwr/bytes.h"
#include "vwr/client.h"
#include "vwr/fuse.h"
#include "vwr/gen/fs.h"

VWR_BEGIN_C

/**
 * DOC: File system device, driver side
 *
 * The driver reads and writes files on the host over the FUSE protocol. A node is a file that has been looked
 * up. vwr_fs_mount() returns the node of the root folder::
 *
 *     r = vwr_fs_open(p, d, options);
 *     r = vwr_fs_mount(p, &root);
 *     r = vwr_fs_lookup(p, &root, "motd", &node, NULL);
 *     r = vwr_fs_open_file(p, &node, VWR_P9_O_RDONLY, &file);
 *     n = vwr_fs_read(p, &file, 0, data, 512);           // bytes; or without waiting:
 *     r = vwr_fs_release(p, &file);
 *     r = vwr_fs_forget(p, &node);
 *
 *     struct vwr_fs_requestq *q = vwr_fs_get_requestq(p, 0);
 *     vwr_fs_fill_read(request, &file, offset, data, bytes);
 *     r = vwr_fs_submit(q, request);                     // for each of them
 *     vwr_fs_kick(q);                                    // once
 *     while ((n = vwr_fs_reap(q, done, 8)) >= 0)         // done[0 .. n) are completed, in any order
 *         ...
 *
 * Rules:
 *
 * - The device has one owner at a time. An interrupt handler may be the owner if it calls only
 *   functions that do not wait.
 * - If the server refuses a request, the call returns VWR_EIO. vwr_fs_error() then returns the Linux error
 *   number, enum vwr_p9_errno. For a submitted request, the error number is in the request.
 * - Each successful lookup, mkdir and create returns a node that the caller must forget once, with
 *   vwr_fs_forget(). Nodes and files are structures that the caller owns and may copy; the driver keeps no
 *   table of them.
 * - A reset ends the session: the server forgets all nodes and files. After a recovery they are stale, and
 *   calls that use them return VWR_EIO with the error VWR_P9_ESTALE and send nothing. The calls that forget
 *   nodes or release files return VWR_OK. The caller has to call vwr_fs_mount() and look up its files again.
 *   Requests that were in flight are returned with an error and are not resubmitted.
 * - Look up a file before you remove or rename it, as Linux does. QEMU's virtiofsd rejects a name whose node
 *   it does not know with VWR_P9_EIO.
 * - A name is a string without '/'. It is neither empty nor "." or "..", and has at most VWR_FUSE_NAME bytes.
 *   If the server sends a name that violates these rules, the call fails.
 * - Data are in flight during a call. vwr/result.h describes who owns them when a blocking call returns.
 *   Names and structures are copied.
 *
 * A device may have a DAX window: memory into which the server maps parts of files. The driver does not map
 * this memory itself. The caller finds the window (struct vwr_region), maps it as memory, sets
 * options.window_bytes, and divides the window among its files::
 *
 *     r = vwr_mmio_get_region(mmio, VWR_FS_SHM_ID_DAX_WINDOW, &window);
 *     ...                                                // options.window_bytes = window.bytes
 *     r = vwr_fs_map(p, &file, offset, bytes, VWR_FUSE_MAPPING_READ, place);
 *     ...                                                // read window.addr + place
 *     r = vwr_fs_unmap(p, place, bytes);
 *
 * - A range of the window shows a file from vwr_fs_map() until vwr_fs_unmap(), the end of the session, or the
 *   next mapping of the same range. Do not access unmapped parts of the window. The contents beyond the end
 *   of the file are undefined.
 * - The window and vwr_fs_read() and vwr_fs_write() are coherent: each shows what was written through the
 *   other. A write to the window does not change the size of the file. vwr_fs_fsync() makes it persistent.
 * - A mapping remains valid when its file is released.
 *
 * The driver uses the high-priority queue for FORGET, and the first request queue for everything else. It
 * does not support notifications.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: File System Device.
 */

/** VWR_FS_QUEUE - Number of descriptors of the request queue, a power of 2 */
#ifndef VWR_FS_QUEUE
#define VWR_FS_QUEUE 64u
#endif

/** VWR_FS_REQUESTS - Number of requests in flight */
#ifndef VWR_FS_REQUESTS
#define VWR_FS_REQUESTS 8u
#endif

/**
 * VWR_FS_IO_BYTES - Maximum size of the data of a request in bytes
 *
 * The default fits VWR_REQUEST_SEGMENTS pages of 4096 bytes at any address. The server may reduce
 * the size.
 */
#ifndef VWR_FS_IO_BYTES
#define VWR_FS_IO_BYTES 61440u
#endif

#define VWR_FS_HIPRIO 4u /* descriptors of the high-priority queue */
#define VWR_FS_TAG ((uint32_t)sizeof(((struct vwr_fs_config *)NULL)->tag)) /* longest tag */

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_FS_QUEUE), "VWR_FS_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_FS_REQUESTS > 0, "there is at least one request");
VWR_STATIC_ASSERT(VWR_FS_IO_BYTES >= VWR_FUSE_WRITE_MIN, "a server may want to write a page");

/* Largest messages without data, rounded up to 16 bytes: RENAME, CREATE. */
#define VWR_FS_OUT_BYTES ((VWR_FUSE_HEADER + 8u + 2u * (VWR_FUSE_NAME + 1u) + 15u) / 16u * 16u)
#define VWR_FS_IN_BYTES (VWR_FUSE_OUT_HEADER + VWR_FUSE_ENTRY + VWR_FUSE_OPEN_OUT)

/* A message and its answer in shared memory, both without data; private. */
struct vwr_fs_slot {
    uint8_t out[VWR_FS_OUT_BYTES];
    uint8_t in[VWR_FS_IN_BYTES];
};

#define VWR_FS_SLOT_BYTES VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_fs_slot), VWR_REQUEST_SEGMENTS)
#define VWR_FS_HIPRIO_BYTES VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_fs_slot), 1u)

/**
 * struct vwr_fs_shared - Shared memory of the queues (see struct vwr_queue_memory); it need not be
 *   initialised
 * @queue: Request queue.
 * @hiprio: High-priority queue.
 */
struct vwr_fs_shared {
    uint8_t queue[VWR_QUEUE_SHARED_BYTES_WITH(VWR_FS_QUEUE, VWR_FS_REQUESTS *VWR_FS_SLOT_BYTES)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t hiprio[VWR_QUEUE_SHARED_BYTES_WITH(VWR_FS_HIPRIO, VWR_FS_HIPRIO_BYTES)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
};

/** enum vwr_fs_fault - Faults of a file system device: see vwr/fault.h. A message is an enum vwr_fuse_opcode
 */
enum vwr_fs_fault {
    VWR_FAULT_FS_REFUSED = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO),         /* where: message; got: Linux error */
    VWR_FAULT_FS_ANSWER = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EPROTO),   /* where: message; got: bytes */
    VWR_FAULT_FS_COUNT = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO),    /* where: message; got: count */
    VWR_FAULT_FS_WRITE = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO),    /* where: message; got: max_write */
    VWR_FAULT_FS_VERSION = VWR_FAULT(VWR_FAULT_CLASS + 4, VWR_EUNSUPP), /* where: message; got: version */
    VWR_FAULT_FS_UNIT = VWR_FAULT(VWR_FAULT_CLASS + 5, VWR_EPROTO) /* where: message; got: map_alignment */
};

/**
 * struct vwr_fs_node - A node, which is a file that has been looked up; the caller may copy it
 */
struct vwr_fs_node {
    /* private: */
    uint64_t number;
    uint32_t session;
};

/**
 * struct vwr_fs_file - An open file or folder; the caller may copy it
 */
struct vwr_fs_file {
    /* private: */
    uint64_t number;
    uint64_t node;
    uint32_t session;
};

/**
 * struct vwr_fs_attr - Attributes of a file, as in Linux's struct stat
 * @id: Number of the file in its file system.
 * @bytes: Size in bytes.
 * @blocks: Allocated blocks of 512 bytes.
 * @accessed: Time of the last access.
 * @modified: Time of the last modification of the contents.
 * @changed: Time of the last attribute change.
 * @mode: Type (enum vwr_p9_mode) and permissions.
 * @links: Number of names.
 * @uid: Owner.
 * @gid: Group.
 * @device: Device number of a device file.
 * @block_bytes: Preferred size of reads and writes in bytes.
 */
struct vwr_fs_attr {
    uint64_t id;
    uint64_t bytes;
    uint64_t blocks;
    struct vwr_p9_time accessed;
    struct vwr_p9_time modified;
    struct vwr_p9_time changed;
    uint32_t mode;
    uint32_t links;
    uint32_t uid;
    uint32_t gid;
    uint32_t device;
    uint32_t block_bytes;
};

/**
 * struct vwr_fs_statfs - Attributes of a file system, as in Linux's struct statfs
 * @blocks: Number of blocks.
 * @free: Number of free blocks.
 * @available: Number of free blocks for users other than the superuser.
 * @files: Number of files.
 * @files_free: Number of free files.
 * @block_bytes: Block size in bytes.
 * @name_bytes: Maximum length of a name in bytes.
 */
struct vwr_fs_statfs {
    uint64_t blocks;
    uint64_t free;
    uint64_t available;
    uint64_t files;
    uint64_t files_free;
    uint32_t block_bytes;
    uint32_t name_bytes;
};

/**
 * struct vwr_fs_entry - An entry of a folder
 * @id: Number of the file, as in struct vwr_fs_attr.
 * @next: Offset of the next entry, for vwr_fs_readdir().
 * @type: Type, as in Linux's struct dirent; 0: unknown.
 * @name_bytes: Length of the name in bytes.
 * @name: Name, terminated; also "." and "..".
 */
struct vwr_fs_entry {
    uint64_t id;
    uint64_t next;
    uint8_t type;
    uint16_t name_bytes;
    char name[VWR_FUSE_NAME + 1u];
};

struct vwr_fs_row;

#define VWR_FS_NUMBERS 12u /* numbers of a message */

/**
 * struct vwr_fs_request - A request: a read, a write or an fsync
 * @req: Request of the engine. The caller may set req.token and read req.result.
 * @error: Linux error number of the server if req.result is VWR_EIO, otherwise 0.
 * @count: Number of bytes read or written, which may be fewer than requested. A read of 0 bytes means the end
 *   of the file.
 *
 * The caller must zero the request before its first use and keep it in private memory. The request and its
 * data are in flight from vwr_fs_submit() until vwr_fs_reap() or vwr_fs_wait() returns it.
 */
struct vwr_fs_request {
    struct vwr_req req;
    uint32_t error;
    uint32_t count;
    /* private: */
    const struct vwr_fs_row *row;
    struct vwr_vec data;
    const char *name[2];
    uint64_t node;
    uint64_t unique;
    uint64_t number[VWR_FS_NUMBERS];
    uint16_t name_bytes[2];
    uint16_t out_bytes;
    uint32_t session;
};

/**
 * struct vwr_fs_requestq - The request queue
 * @client: Queue. Any thread may read client.requests.stats and client.requests.queue.stats; the
 *   rest is private.
 */
struct vwr_fs_requestq {
    struct vwr_clientq client;
};

/**
 * struct vwr_fs_options - Options of vwr_fs_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 * @uid: User ID of all requests.
 * @gid: Group ID of all requests.
 * @window_bytes: Size of the DAX window in bytes; 0: there is none, or the caller does not use it.
 */
struct vwr_fs_options {
    struct vwr_fs_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
    uint32_t uid;
    uint32_t gid;
    uint64_t window_bytes;
};

/**
 * struct vwr_fs - A file system device
 * @bringup: Bring-up; the first member.
 * @info: Configuration, without the tag; see vwr_fs_read_tag().
 * @options: Options.
 * @requests: Request queue; see vwr_fs_get_requestq().
 * @hiprio: High-priority queue.
 * @io_bytes: Negotiated maximum size of the data of a request in bytes; 0: no session.
 * @map_unit: Mapping unit of the DAX window in bytes, a power of 2; 1: the server did not report one.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_fs {
    struct vwr_bringup bringup;
    struct vwr_fs_config_info info;
    struct vwr_fs_options options;
    struct vwr_fs_requestq requests;
    struct vwr_fs_requestq hiprio;
    uint32_t io_bytes;
    uint64_t map_unit;
    /* private: */
    uint32_t session;          /* number of sessions that have ended */
    struct vwr_fs_request own; /* request of the blocking call */
    uint8_t answer[VWR_FS_IN_BYTES];
    uint64_t own_queue[(VWR_REQUEST_OWN_BYTES(VWR_FS_QUEUE, VWR_FS_REQUESTS) + 7u) / 8u];
    uint64_t own_hiprio[(VWR_REQUEST_OWN_BYTES(VWR_FS_HIPRIO, 1u) + 7u) / 8u];
};

/**
 * vwr_fs_open() - Open a file system device
 * @p: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live; vwr_fs_mount() starts a session.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a file system device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_fs_open(struct vwr_fs *p, struct vwr_dev *d, const struct vwr_fs_options *options);

/**
 * vwr_fs_bringup - Class of file system devices, for vwr/bringup.h
 *
 * After a recovery, all nodes and files are stale.
 */
extern const struct vwr_bringup_class vwr_fs_bringup;

/**
 * vwr_fs_read_tag() - Read the tag, which identifies a device
 * @p: Device.
 * @tag: Filled in with the null-terminated tag.
 *
 * Return: Length of the tag in bytes.
 * * VWR_EFAILED: the device is not open.
 */
VWR_MUST_CHECK int vwr_fs_read_tag(struct vwr_fs *p, char tag[VWR_FS_TAG + 1u]);

/**
 * vwr_fs_error() - Get the reason why the server refused a request
 * @p: Device.
 *
 * Return: If the last blocking call returned VWR_EIO, a Linux error number (enum vwr_p9_errno); otherwise
 *   undefined.
 */
static inline uint32_t vwr_fs_error(const struct vwr_fs *p)
{
    return p->own.error;
}

/**
 * vwr_fs_mount() - Start a session
 * @p: Device.
 * @root: Filled in with the node of the root folder, which need not be forgotten. Nodes and files of an
 *   earlier session become stale.
 *
 * Return: VWR_OK.
 * * VWR_EBUSY: requests are in flight.
 * * VWR_EUNSUPP: the server does not support version 7.31.
 * * VWR_EIO: the server refused the request; see vwr_fs_error().
 * * VWR_EPROTO: the answer or its max_write is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_fs_mount(struct vwr_fs *p, struct vwr_fs_node *root);

/**
 * vwr_fs_unmount() - End a session
 * @p: Device.
 *
 * Return: VWR_OK: nodes and files are stale, and the server has released them.
 * * Errors: the same as vwr_fs_mount(). VWR_EFAILED: there is no session.
 */
VWR_MUST_CHECK int vwr_fs_unmount(struct vwr_fs *p);

/**
 * vwr_fs_lookup() - Look up a file
 * @p: Device.
 * @folder: Node of a folder.
 * @name: Name.
 * @node: Filled in with the node. The caller releases it with vwr_fs_forget().
 * @attr: Filled in with the attributes, unless it is NULL.
 *
 * Symbolic links are not followed.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the name is invalid.
 * * VWR_EFAILED: there is no session.
 * * VWR_EIO: the server refused the request, or the node is stale; see vwr_fs_error(). VWR_P9_ENOENT: there
 *   is no such file.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_fs_lookup(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                                 struct vwr_fs_node *node, struct vwr_fs_attr *attr);

/**
 * vwr_fs_forget() - Forget a node
 * @p: Device.
 * @node: Node from vwr_fs_lookup(), vwr_fs_mkdir() or vwr_fs_create(). Release its open files first, because
 *   messages for an open file contain its node.
 *
 * Return: VWR_OK. For a stale node nothing is sent.
 * * Errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_fs_forget(struct vwr_fs *p, const struct vwr_fs_node *node);

/**
 * vwr_fs_getattr() - Get the attributes of a file
 * @p: Device.
 * @node: Node.
 * @attr: Filled in with the attributes.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_getattr(struct vwr_fs *p, const struct vwr_fs_node *node, struct vwr_fs_attr *attr);

/**
 * vwr_fs_setattr() - Set attributes of a file
 * @p: Device.
 * @node: Node.
 * @set: Attributes to set, from enum vwr_fuse_set without VWR_FUSE_SET_FH.
 * @attr: New values. Only mode, uid, gid, bytes, accessed and modified are used. On return it contains all
 *   attributes of the file.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_setattr(struct vwr_fs *p, const struct vwr_fs_node *node, uint32_t set,
                                  struct vwr_fs_attr *attr);

/**
 * vwr_fs_open_file() - Open a file
 * @p: Device.
 * @node: Node.
 * @flags: Access mode and VWR_P9_O_APPEND, from enum vwr_p9_open.
 * @file: Filled in with the open file. The caller releases it with vwr_fs_release().
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_open_file(struct vwr_fs *p, const struct vwr_fs_node *node, uint32_t flags,
                                    struct vwr_fs_file *file);

/**
 * vwr_fs_open_folder() - Open a folder
 * @p: Device.
 * @node: Node.
 * @file: Filled in with the open folder. The caller releases it with vwr_fs_release_folder().
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_open_folder(struct vwr_fs *p, const struct vwr_fs_node *node,
                                      struct vwr_fs_file *file);

/**
 * vwr_fs_create() - Create a file and open it
 * @p: Device.
 * @folder: Node of a folder.
 * @name: Name.
 * @flags: enum vwr_p9_open.
 * @mode: Permissions.
 * @node: Filled in with the node, for vwr_fs_forget().
 * @file: Filled in with the open file, for vwr_fs_release().
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_create(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                                 uint32_t flags, uint32_t mode, struct vwr_fs_node *node,
                                 struct vwr_fs_file *file);

/**
 * vwr_fs_release() - Close a file
 * @p: Device.
 * @file: Open file. All its requests must have completed.
 *
 * Return: VWR_OK. For a stale file nothing is sent.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_release(struct vwr_fs *p, const struct vwr_fs_file *file);

/**
 * vwr_fs_release_folder() - Close a folder
 * @p: Device.
 * @file: Open folder.
 *
 * Return: The same as vwr_fs_release().
 */
VWR_MUST_CHECK int vwr_fs_release_folder(struct vwr_fs *p, const struct vwr_fs_file *file);

/**
 * vwr_fs_read() - Read from an open file
 * @p: Device.
 * @file: Open file.
 * @offset: Offset in bytes.
 * @data: Filled in with the data.
 * @bytes: Number of bytes, below 2^31.
 *
 * The driver sends as many messages as necessary, one after another.
 *
 * Return: The number of bytes, which is less than @bytes only at the end of the file, or if the
 *   server has refused after it had returned data.
 * * VWR_EINVAL: @bytes is too large.
 * * Other errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_read(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset, void *data,
                               uint32_t bytes);

/**
 * vwr_fs_write() - Write to an open file
 * @p: Device.
 * @file: Open file.
 * @offset: Offset in bytes.
 * @data: Data.
 * @bytes: Number of bytes, below 2^31.
 *
 * Return: The number of bytes, which is less than @bytes only if the server has refused the rest.
 * * Errors: the same as vwr_fs_read(). After an error, part of the data may have been written.
 */
VWR_MUST_CHECK int vwr_fs_write(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset,
                                const void *data, uint32_t bytes);

/**
 * vwr_fs_readdir() - Read entries of an open folder
 * @p: Device.
 * @file: Open folder.
 * @offset: 0, or @next of the last entry that was read.
 * @data: Filled in with encoded entries, for vwr_fs_next_entry().
 * @bytes: Size of @data in bytes. The server refuses the request if it is too small for a single entry.
 *
 * Return: The number of bytes; 0: there are no more entries.
 * * Errors: the same as vwr_fs_read().
 */
VWR_MUST_CHECK int vwr_fs_readdir(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset,
                                  void *data, uint32_t bytes);

/**
 * vwr_fs_next_entry() - Decode an entry of a folder
 * @data: Entries.
 * @bytes: Number of bytes that vwr_fs_readdir() returned.
 * @at: Position in @data, 0 at first; the call moves it to the next entry.
 * @entry: Filled in with a copy of the entry, which stays consistent even if the device changes @data
 *   meanwhile.
 *
 * Return: 1: @entry is valid. 0: there are no more.
 * * VWR_EPROTO: the entry is truncated, or its name is invalid.
 */
VWR_MUST_CHECK int vwr_fs_next_entry(const void *data, uint32_t bytes, uint32_t *at,
                                     struct vwr_fs_entry *entry);

/**
 * vwr_fs_flush() - Report that a descriptor of an open file was closed
 * @p: Device.
 * @file: Open file.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup(). VWR_P9_ENOSYS: the server does not need this message.
 */
VWR_MUST_CHECK int vwr_fs_flush(struct vwr_fs *p, const struct vwr_fs_file *file);

/**
 * vwr_fs_fsync() - Make the written data of an open file persistent
 * @p: Device.
 * @file: Open file.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_fsync(struct vwr_fs *p, const struct vwr_fs_file *file);

/**
 * vwr_fs_mkdir() - Create a folder
 * @p: Device.
 * @folder: Node of a folder.
 * @name: Name.
 * @mode: Permissions.
 * @node: Filled in with the node of the new folder, for vwr_fs_forget().
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_mkdir(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                                uint32_t mode, struct vwr_fs_node *node);

/**
 * vwr_fs_unlink() - Remove the name of a file
 * @p: Device.
 * @folder: Node of a folder.
 * @name: Name.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_unlink(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name);

/**
 * vwr_fs_rmdir() - Remove an empty folder
 * @p: Device.
 * @folder: Node of the folder that contains it.
 * @name: Name.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_rmdir(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name);

/**
 * vwr_fs_rename() - Move a file from one folder to another
 * @p: Device.
 * @folder: Node of the folder.
 * @name: Name in @folder.
 * @to: Node of the other folder; it may be @folder.
 * @new_name: Name in @to. A file that has this name is replaced.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_rename(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                                 const struct vwr_fs_node *to, const char *new_name);

/**
 * vwr_fs_statfs() - Get the attributes of the file system
 * @p: Device.
 * @node: Node of any file.
 * @statfs: Filled in with the attributes.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_fs_lookup().
 */
VWR_MUST_CHECK int vwr_fs_statfs(struct vwr_fs *p, const struct vwr_fs_node *node,
                                 struct vwr_fs_statfs *statfs);

/* ---- DAX window ---- */

/**
 * vwr_fs_map_unit() - Get the mapping unit of the DAX window
 * @p: Device.
 *
 * Return: Size in bytes; offsets of mappings must be multiples of it. 0: there is no session, or no window.
 */
static inline uint64_t vwr_fs_map_unit(const struct vwr_fs *p)
{
    return p->io_bytes != 0 && p->options.window_bytes != 0 ? p->map_unit : 0;
}

/**
 * vwr_fs_map() - Map a part of an open file into the DAX window
 * @p: Device.
 * @file: Open file.
 * @offset: Offset in the file in bytes, a multiple of vwr_fs_map_unit().
 * @bytes: Size in bytes, at least 1. The server maps whole units.
 * @flags: VWR_FUSE_MAPPING_READ, VWR_FUSE_MAPPING_WRITE or both.
 * @place: Offset in the window in bytes, a multiple of vwr_fs_map_unit(). The mapping replaces any earlier
 *   mappings in this range.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: @bytes or @flags is invalid, or @offset and @bytes are too large.
 * * VWR_EALIGN: @offset or @place is not a multiple of the unit.
 * * VWR_ERANGE: the mapping extends beyond the window, or there is no window.
 * * Other errors: the same as vwr_fs_lookup(). VWR_P9_ENOSYS: the server does not support mapping.
 * Section: File System Device / Device Operation / Device Operation: DAX Window.
 */
VWR_MUST_CHECK int vwr_fs_map(struct vwr_fs *p, const struct vwr_fs_file *file, uint64_t offset,
                              uint64_t bytes, uint32_t flags, uint64_t place);

/**
 * vwr_fs_unmap() - Remove the mappings in a part of the DAX window
 * @p: Device.
 * @place: Offset in the window in bytes, a multiple of vwr_fs_map_unit().
 * @bytes: Size in bytes, at least 1. The range may contain several mappings, parts of mappings, or none.
 *
 * Without a session, nothing is mapped and the call sends nothing.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL, VWR_EALIGN, VWR_ERANGE: see vwr_fs_map().
 * * Other errors: the same as vwr_fs_lookup().
 * Section: File System Device / Device Operation / Device Operation: DAX Window.
 */
VWR_MUST_CHECK int vwr_fs_unmap(struct vwr_fs *p, uint64_t place, uint64_t bytes);

/* ---- several requests in flight ---- */

/**
 * vwr_fs_get_requestq() - Get the request queue of a file system device
 * @p: Device.
 * @n: Index of the queue: 0.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_fs_requestq *vwr_fs_get_requestq(struct vwr_fs *p, unsigned n)
{
    return n == 0 ? &p->requests : NULL;
}

/**
 * vwr_fs_io_bytes() - Get the maximum size of the data of a request
 * @p: Device.
 *
 * Return: Size in bytes; 0: there is no session.
 */
static inline uint32_t vwr_fs_io_bytes(const struct vwr_fs *p)
{
    return p->io_bytes;
}

/**
 * vwr_fs_fill_read() - Prepare a read
 * @request: Request that is not in flight.
 * @file: Open file; it is copied.
 * @offset: Offset in bytes.
 * @data: Filled in with the data.
 * @bytes: Size in bytes, from 1 to vwr_fs_io_bytes().
 */
void vwr_fs_fill_read(struct vwr_fs_request *request, const struct vwr_fs_file *file, uint64_t offset,
                      void *data, uint32_t bytes);

/**
 * vwr_fs_fill_write() - Prepare a write
 * @request: Request that is not in flight.
 * @file: Open file; it is copied.
 * @offset: Offset in bytes.
 * @data: Data.
 * @bytes: Size in bytes, from 1 to vwr_fs_io_bytes().
 */
void vwr_fs_fill_write(struct vwr_fs_request *request, const struct vwr_fs_file *file, uint64_t offset,
                       const void *data, uint32_t bytes);

/**
 * vwr_fs_fill_fsync() - Prepare an fsync
 * @request: Request that is not in flight.
 * @file: Open file; it is copied.
 *
 * The server may process it before writes that were submitted earlier; wait for those first.
 */
void vwr_fs_fill_fsync(struct vwr_fs_request *request, const struct vwr_fs_file *file);

/**
 * vwr_fs_submit() - Submit a request
 * @q: Queue.
 * @request: Request that vwr_fs_fill_read() or a similar function has prepared. It may be submitted
 *   again.
 *
 * Return: VWR_OK: the request and its data are in flight.
 * * VWR_EINVAL: the size is invalid.
 * * VWR_EIO: the file is stale; request->error is VWR_P9_ESTALE. Nothing was sent.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_fs_submit(struct vwr_fs_requestq *q, struct vwr_fs_request *request);

/** vwr_fs_kick() - Notify the device of all requests since the last kick; see vwr_queue_kick() */
static inline bool vwr_fs_kick(struct vwr_fs_requestq *q)
{
    return vwr_request_kick(&q->client.requests);
}

/** vwr_fs_reap() - Return completed requests; see vwr_request_reap() */
VWR_MUST_CHECK static inline int vwr_fs_reap(struct vwr_fs_requestq *q, struct vwr_fs_request **done,
                                             unsigned max)
{
    return vwr_request_reap(&q->client.requests, (struct vwr_req **)(void *)done, max);
}

/**
 * vwr_fs_wait() - Wait until a request has completed
 * @q: Queue.
 * @request: Request, in flight or completed.
 *
 * Return: VWR_OK.
 * * VWR_EIO: the server refused the request; see request->error.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_fs_wait(struct vwr_fs_requestq *q, struct vwr_fs_request *request)
{
    return vwr_request_wait(&q->client.requests, &request->req);
}

/** vwr_fs_arm() - Enable the interrupt for completed requests; see vwr_request_arm() */
VWR_MUST_CHECK static inline bool vwr_fs_arm(struct vwr_fs_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/** vwr_fs_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
size_t vwr_fs_explain(const struct vwr_fs *p, char *text, size_t bytes);

/**
 * struct vwr_fs_open_own - Private memory of a file system device for vwr_open()
 * @fs: Device; the first member.
 *
 * The driver attaches as user 0; vwr_fs_mount() starts the session.
 */
struct vwr_fs_open_own {
    struct vwr_fs fs;
};

/**
 * struct vwr_fs_open_shared - Shared memory of a file system device for vwr_open()
 * @queue: Queue.
 */
struct vwr_fs_open_shared {
    struct vwr_fs_shared queue;
};

/** vwr_fs_open_default() - Open a file system device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_fs_open_default(void *own, void *shared, struct vwr_dev *d,
                                                     const struct vwr_features *avoid)
{
    struct vwr_fs_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_fs_shared *)shared;
    return vwr_fs_open((struct vwr_fs *)own, d, &options);
}

VWR_END_C

#endif
