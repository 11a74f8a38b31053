/* SPDX-License-Identifier: MIT */
#ifndef VWR_9P_H
#define VWR_9P_H

#include "vwr/bytes.h"
#include "vwr/client.h"
#include "vwr/gen/9p.h"
#include "vwr/p9.h"

VWR_BEGIN_C

/**
 * DOC: 9P device, driver side
 *
 * The driver reads and writes files on the host over the 9P2000.L protocol. A fid is a number that identifies
 * a file, like a file descriptor. vwr_9p_mount() returns the fid of the root folder::
 *
 *     r = vwr_9p_open(p, d, options);
 *     root = vwr_9p_mount(p);                            // a fid, or an error
 *     fid = vwr_9p_walk(p, root, "etc/motd");
 *     r = vwr_9p_lopen(p, fid, VWR_P9_O_RDONLY);
 *     n = vwr_9p_read(p, fid, 0, data, 512);    // bytes; or without waiting:
 *     r = vwr_9p_clunk(p, fid);
 *
 *     struct vwr_9p_requestq *q = vwr_9p_get_requestq(p, 0);
 *     vwr_9p_fill_read(request, fid, offset, data, bytes);
 *     r = vwr_9p_submit(q, request);                     // for each of them
 *     vwr_9p_kick(q);                                    // once
 *     while ((n = vwr_9p_reap(q, done, 8)) >= 0)         // done[0 .. n) are completed, in any order
 *         ...
 *
 * Rules:
 *
 * - The device has one owner at a time. An interrupt handler may be the owner if it calls only
 *   functions that do not wait.
 * - If the server refuses a request, the call returns VWR_EIO. vwr_9p_error() then returns the Linux
 *   error number, enum vwr_p9_errno. For a submitted request, the error number is in the request.
 * - A reset ends the session: the server forgets all fids. After a recovery each earlier fid is stale, and
 *   calls that use it return VWR_EIO with the error VWR_P9_ESTALE and send nothing. The caller clunks the
 *   stale fids, calls vwr_9p_mount(), and walks to its files again. Requests that were in flight are returned
 *   with an error and are not resubmitted.
 * - A name is a string without '/'. It is neither empty nor "." or "..", and has at most VWR_P9_NAME bytes. A
 *   path consists of names separated by '/'; in a path, a name may be "..". If the server sends a name that
 *   violates these rules, the call fails.
 * - Data buffers are in flight during a call. vwr/result.h describes who owns them when a blocking call
 *   returns. Names and structures are copied.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Device Types.
 */

/** VWR_9P_QUEUE - Number of descriptors, a power of 2 */
#ifndef VWR_9P_QUEUE
#define VWR_9P_QUEUE 64u
#endif

/** VWR_9P_REQUESTS - Number of requests in flight */
#ifndef VWR_9P_REQUESTS
#define VWR_9P_REQUESTS 8u
#endif

/** VWR_9P_FIDS - Number of fids */
#ifndef VWR_9P_FIDS
#define VWR_9P_FIDS 32u
#endif

/**
 * VWR_9P_MSIZE - Requested maximum size of a message in bytes
 *
 * A message of the default size needs at most VWR_REQUEST_SEGMENTS pages of 4096 bytes, whatever its
 * alignment. The server may reduce the size.
 */
#ifndef VWR_9P_MSIZE
#define VWR_9P_MSIZE 61440u
#endif

/** VWR_9P_MSIZE_MIN - Smallest allowed VWR_9P_MSIZE; QEMU's server accepts nothing smaller */
#define VWR_9P_MSIZE_MIN 4096u
VWR_STATIC_ASSERT(VWR_9P_MSIZE >= VWR_9P_MSIZE_MIN, "QEMU has no msize below 4096");

/** VWR_9P_TAG - Maximum length of a tag in bytes: the space that the smallest MMIO register block has for
 *   it */
#define VWR_9P_TAG 254u

VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_9P_QUEUE), "VWR_9P_QUEUE must be a power of 2");
VWR_STATIC_ASSERT(VWR_9P_REQUESTS > 0 && VWR_9P_FIDS > 1 && VWR_9P_FIDS <= 0x7fff,
                  "there is at least one request and a fid besides that of the root");

/* Largest messages without data, rounded up to 16 bytes: Trenameat, Rwalk. */
#define VWR_9P_OUT_BYTES ((VWR_P9_HEADER + 12u + 2u * VWR_P9_NAME + 15u) / 16u * 16u)
#define VWR_9P_IN_BYTES ((VWR_P9_HEADER + 2u + VWR_P9_NAMES * VWR_P9_QID + 15u) / 16u * 16u)

/* A message and its answer in shared memory, both without data; private. */
struct vwr_9p_slot {
    uint8_t out[VWR_9P_OUT_BYTES];
    uint8_t in[VWR_9P_IN_BYTES];
};

#define VWR_9P_SLOT_BYTES VWR_REQUEST_SLOT_BYTES(sizeof(struct vwr_9p_slot), VWR_REQUEST_SEGMENTS)

/**
 * struct vwr_9p_shared - Shared memory of the queue (see struct vwr_queue_memory); it need not be
 *   initialised
 * @queue: Queue.
 */
struct vwr_9p_shared {
    uint8_t queue[VWR_QUEUE_SHARED_BYTES_WITH(VWR_9P_QUEUE, VWR_9P_REQUESTS *VWR_9P_SLOT_BYTES)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/** enum vwr_9p_fault - Faults of a 9P device: see vwr/fault.h. A message is an enum vwr_p9_type */
enum vwr_9p_fault {
    VWR_FAULT_9P_REFUSED = VWR_FAULT(VWR_FAULT_CLASS, VWR_EIO),        /* where: message; got: Linux error */
    VWR_FAULT_9P_ANSWER = VWR_FAULT(VWR_FAULT_CLASS + 1, VWR_EPROTO),  /* where: message; got: bytes */
    VWR_FAULT_9P_COUNT = VWR_FAULT(VWR_FAULT_CLASS + 2, VWR_EPROTO),   /* where: message; got: count */
    VWR_FAULT_9P_MSIZE = VWR_FAULT(VWR_FAULT_CLASS + 3, VWR_EPROTO),   /* where: message; got: msize */
    VWR_FAULT_9P_VERSION = VWR_FAULT(VWR_FAULT_CLASS + 4, VWR_EUNSUPP) /* where: message; got: msize */
};

/**
 * struct vwr_9p_attr - Attributes of a file, as in Linux's struct stat
 * @qid: Identity.
 * @valid: Attributes that the server provided, as bits of VWR_P9_GET_BASIC; the others are undefined.
 * @mode: Type (enum vwr_p9_mode) and permissions.
 * @uid: Owner.
 * @gid: Group.
 * @links: Number of hard links.
 * @device: Device number of a device file.
 * @bytes: Size in bytes.
 * @block_bytes: Preferred size of reads and writes in bytes.
 * @blocks: Allocated blocks of 512 bytes.
 * @accessed: Time of the last access.
 * @modified: Time of the last modification of the contents.
 * @changed: Time of the last attribute change.
 */
struct vwr_9p_attr {
    struct vwr_p9_qid qid;
    uint64_t valid;
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint64_t links;
    uint64_t device;
    uint64_t bytes;
    uint64_t block_bytes;
    uint64_t blocks;
    struct vwr_p9_time accessed;
    struct vwr_p9_time modified;
    struct vwr_p9_time changed;
};

/**
 * struct vwr_9p_statfs - Attributes of a file system, as in Linux's struct statfs
 * @type: Type.
 * @block_bytes: Block size in bytes.
 * @blocks: Number of blocks.
 * @free: Number of free blocks.
 * @available: Number of free blocks for users other than the superuser.
 * @files: Number of files.
 * @files_free: Number of free files.
 * @id: ID.
 * @name_bytes: Maximum length of a name in bytes.
 */
struct vwr_9p_statfs {
    uint32_t type;
    uint32_t block_bytes;
    uint64_t blocks;
    uint64_t free;
    uint64_t available;
    uint64_t files;
    uint64_t files_free;
    uint64_t id;
    uint32_t name_bytes;
};

/**
 * struct vwr_9p_entry - An entry of a folder
 * @qid: Identity. QEMU fills in only the path.
 * @next: Offset of the next entry, for vwr_9p_readdir().
 * @type: Type, as in Linux's struct dirent. 0: unknown; call vwr_9p_getattr() to get it.
 * @name_bytes: Length of the name in bytes.
 * @name: Null-terminated name, which may also be "." or "..".
 */
struct vwr_9p_entry {
    struct vwr_p9_qid qid;
    uint64_t next;
    uint8_t type;
    uint16_t name_bytes;
    char name[VWR_P9_NAME + 1u];
};

struct vwr_9p_row;

#define VWR_9P_NUMBERS 10u /* numbers of a message */

/**
 * struct vwr_9p_request - A request: a read, a write or an fsync
 * @req: Request of the engine. The caller may set req.token and read req.result.
 * @error: Linux error number of the server if req.result is VWR_EIO, otherwise 0.
 * @count: Number of bytes read or written, which may be fewer than requested. A read of 0 bytes means the end
 *   of the file.
 *
 * The caller must zero the request before its first use and keep it in private memory. The request and its
 * data are in flight from vwr_9p_submit() until vwr_9p_reap() or vwr_9p_wait() returns the request.
 */
struct vwr_9p_request {
    struct vwr_req req;
    uint32_t error;
    uint32_t count;
    /* private: */
    const struct vwr_9p_row *row;
    struct vwr_vec data;
    const char *name[2]; /* of a walk, the first one is the path */
    uint64_t number[VWR_9P_NUMBERS];
    uint16_t name_bytes[2];
    uint16_t tag;
    uint16_t out_bytes;
};

/**
 * struct vwr_9p_requestq - The queue
 * @client: Queue. Any thread may read client.requests.stats and client.requests.queue.stats; the
 *   rest is private.
 */
struct vwr_9p_requestq {
    struct vwr_clientq client;
};

/**
 * struct vwr_9p_options - Options of vwr_9p_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 * @uid: User ID with which the driver attaches.
 * @gid: Group of new files.
 */
struct vwr_9p_options {
    struct vwr_9p_shared *shared;
    struct vwr_features avoid;
    struct vwr_request_options request;
    uint32_t uid;
    uint32_t gid;
};

/* A fid; private. */
struct vwr_9p_fid {
    uint32_t io_bytes; /* maximum size of a read or write */
    uint8_t state;
};

/**
 * struct vwr_9p - A 9P device
 * @bringup: Bring-up; the first member.
 * @info: Configuration.
 * @options: Options.
 * @requests: Queue; see vwr_9p_get_requestq().
 * @msize: Negotiated maximum size of a message in bytes; 0: no session.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_9p {
    struct vwr_bringup bringup;
    struct vwr_9p_config_info info;
    struct vwr_9p_options options;
    struct vwr_9p_requestq requests;
    uint32_t msize;
    /* private: */
    struct vwr_9p_request own; /* request of the blocking call */
    uint8_t answer[VWR_9P_IN_BYTES];
    struct vwr_9p_fid fid[VWR_9P_FIDS];
    uint64_t own_queue[(VWR_REQUEST_OWN_BYTES(VWR_9P_QUEUE, VWR_9P_REQUESTS) + 7u) / 8u];
};

/**
 * vwr_9p_open() - Open a 9P device
 * @p: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live; vwr_9p_mount() starts a session.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a 9P device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_9p_open(struct vwr_9p *p, struct vwr_dev *d, const struct vwr_9p_options *options);

/**
 * vwr_9p_bringup - Class of 9P devices, for vwr/bringup.h
 *
 * After a recovery, all fids are stale.
 */
extern const struct vwr_bringup_class vwr_9p_bringup;

/**
 * vwr_9p_read_tag() - Read the mount tag, which identifies a device
 * @p: Device.
 * @tag: Filled in with the null-terminated tag, or with an empty string without MOUNT_TAG. The driver reads
 *   at most VWR_9P_TAG bytes.
 * @bytes: Size of @tag in bytes, at least 1.
 *
 * Return: Length of the whole tag in bytes, which may exceed @bytes.
 * * VWR_EFAILED: the device is not open.
 * * VWR_ERANGE: the tag continues beyond the end of the configuration.
 */
VWR_MUST_CHECK int vwr_9p_read_tag(struct vwr_9p *p, char *tag, size_t bytes);

/**
 * vwr_9p_error() - Get the reason why the server refused a request
 * @p: Device.
 *
 * Return: If the last blocking call returned VWR_EIO, a Linux error number (enum vwr_p9_errno); otherwise
 *   undefined.
 */
static inline uint32_t vwr_9p_error(const struct vwr_9p *p)
{
    return p->own.error;
}

/**
 * vwr_9p_mount() - Start a session and attach to the root folder
 * @p: Device. Fids of an earlier session become stale.
 *
 * Return: The fid of the root folder, at least 0.
 * * VWR_EBUSY: requests are in flight.
 * * VWR_EFULL: all fids are in use.
 * * VWR_EUNSUPP: the server does not support 9P2000.L.
 * * VWR_EIO: the server refused the request; see vwr_9p_error().
 * * VWR_EPROTO: an answer or its msize is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_9p_mount(struct vwr_9p *p);

/**
 * vwr_9p_walk() - Look up a file
 * @p: Device.
 * @fid: Fid of a folder that is not open.
 * @path: Path relative to the folder; an empty path creates a second fid for the same file.
 *   Symbolic links are not followed.
 *
 * The driver sends one message for every VWR_P9_NAMES names of the path.
 *
 * Return: A new fid, at least 0. The caller releases it with vwr_9p_clunk().
 * * VWR_EINVAL: there is no such fid, or the path is invalid.
 * * VWR_EFULL: all fids are in use.
 * * VWR_EFAILED: there is no session.
 * * VWR_EIO: the server refused the request; see vwr_9p_error(). VWR_P9_ENOENT: there is no such file.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_9p_walk(struct vwr_9p *p, int fid, const char *path);

/**
 * vwr_9p_clunk() - Release a fid
 * @p: Device.
 * @fid: Fid. It is released even if the server refuses the request. All requests that use the fid must have
 *   completed.
 *
 * Return: VWR_OK. For a stale fid nothing is sent.
 * * VWR_EINVAL, VWR_EFAILED, VWR_EIO, VWR_EPROTO: for the same reasons as vwr_9p_walk().
 * * Other errors: the same as vwr_request_do(). If the queue is stopped, a recovery releases the fid; if
 *   nothing was sent, the recovery makes it stale instead.
 */
VWR_MUST_CHECK int vwr_9p_clunk(struct vwr_9p *p, int fid);

/**
 * vwr_9p_lopen() - Open a file or a folder
 * @p: Device.
 * @fid: Fid that is not open.
 * @flags: enum vwr_p9_open, without VWR_P9_O_CREAT.
 *
 * Return: VWR_OK: the fid is open.
 * * VWR_EINVAL, VWR_EFAILED, VWR_EIO, VWR_EPROTO: for the same reasons as vwr_9p_walk().
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_9p_lopen(struct vwr_9p *p, int fid, uint32_t flags);

/**
 * vwr_9p_create() - Create a file and open it
 * @p: Device.
 * @folder: Fid of a folder that is not open.
 * @name: Name.
 * @flags: enum vwr_p9_open.
 * @mode: Permissions.
 *
 * Context: The device's owner. Waits until the deadlines of three requests. Not from an interrupt
 *   handler.
 * Return: A new fid of the open file, at least 0.
 * * Errors: the same as vwr_9p_walk().
 */
VWR_MUST_CHECK int vwr_9p_create(struct vwr_9p *p, int folder, const char *name, uint32_t flags,
                                 uint32_t mode);

/**
 * vwr_9p_read() - Read from an open file
 * @p: Device.
 * @fid: Fid.
 * @offset: Offset in bytes.
 * @data: Filled in with the data.
 * @bytes: Number of bytes, below 2^31.
 *
 * The driver sends as many messages as necessary, one after another.
 *
 * Return: The number of bytes, which is less than @bytes only at the end of the file, or if the server
 *   refused a later part.
 * * VWR_EINVAL, VWR_EFAILED, VWR_EIO, VWR_EPROTO: for the same reasons as vwr_9p_walk().
 * * VWR_EINVAL: @bytes is too large.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_9p_read(struct vwr_9p *p, int fid, uint64_t offset, void *data, uint32_t bytes);

/**
 * vwr_9p_write() - Write to an open file
 * @p: Device.
 * @fid: Fid.
 * @offset: Offset in bytes.
 * @data: Data.
 * @bytes: Number of bytes, below 2^31.
 *
 * Return: The number of bytes, which is less than @bytes only if the server has refused the rest.
 * * Errors: the same as vwr_9p_read(). After an error, part of the data may have been written.
 */
VWR_MUST_CHECK int vwr_9p_write(struct vwr_9p *p, int fid, uint64_t offset, const void *data, uint32_t bytes);

/**
 * vwr_9p_readdir() - Read entries of an open folder
 * @p: Device.
 * @fid: Fid opened with VWR_P9_O_DIRECTORY, which some servers require (quirk 9p.folder-without-directory).
 * @offset: 0, or @next of the last entry that was read.
 * @data: Filled in with encoded entries, for vwr_9p_next_entry().
 * @bytes: Size of @data in bytes. The server refuses the request if it is too small for a single entry.
 *
 * Return: The number of bytes; 0: there are no more entries.
 * * Errors: the same as vwr_9p_read().
 */
VWR_MUST_CHECK int vwr_9p_readdir(struct vwr_9p *p, int fid, uint64_t offset, void *data, uint32_t bytes);

/**
 * vwr_9p_next_entry() - Decode an entry of a folder
 * @data: Entries.
 * @bytes: Number of bytes that vwr_9p_readdir() returned.
 * @at: Position in @data, 0 at first; the call moves it to the next entry.
 * @entry: Filled in with a copy of the entry, which stays consistent even if the device changes @data
 *   meanwhile.
 *
 * Return: 1: @entry is valid. 0: there are no more.
 * * VWR_EPROTO: the entry is truncated, or its name is invalid.
 */
VWR_MUST_CHECK int vwr_9p_next_entry(const void *data, uint32_t bytes, uint32_t *at,
                                     struct vwr_9p_entry *entry);

/**
 * vwr_9p_getattr() - Get the attributes of a file
 * @p: Device.
 * @fid: Fid.
 * @attr: Filled in with the attributes.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_lopen().
 */
VWR_MUST_CHECK int vwr_9p_getattr(struct vwr_9p *p, int fid, struct vwr_9p_attr *attr);

/**
 * vwr_9p_setattr() - Set attributes of a file
 * @p: Device.
 * @fid: Fid.
 * @set: Attributes to set, from enum vwr_p9_set.
 * @attr: New values. Only mode, uid, gid, bytes, accessed and modified are used.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_lopen().
 */
VWR_MUST_CHECK int vwr_9p_setattr(struct vwr_9p *p, int fid, uint32_t set, const struct vwr_9p_attr *attr);

/**
 * vwr_9p_mkdir() - Create a folder
 * @p: Device.
 * @folder: Fid of a folder.
 * @name: Name.
 * @mode: Permissions.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: the name is invalid.
 * * Other errors: the same as vwr_9p_lopen().
 */
VWR_MUST_CHECK int vwr_9p_mkdir(struct vwr_9p *p, int folder, const char *name, uint32_t mode);

/**
 * vwr_9p_unlinkat() - Remove a name
 * @p: Device.
 * @folder: Fid of a folder.
 * @name: Name.
 * @flags: enum vwr_p9_at: VWR_P9_AT_REMOVEDIR for a folder, otherwise 0.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_mkdir().
 */
VWR_MUST_CHECK int vwr_9p_unlinkat(struct vwr_9p *p, int folder, const char *name, uint32_t flags);

/**
 * vwr_9p_rename() - Move a file from one folder to another
 * @p: Device.
 * @folder: Fid of the folder.
 * @name: Name in @folder.
 * @to: Fid of the other folder; it may be @folder.
 * @new_name: Name in @to. An existing file with this name is replaced.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_mkdir().
 */
VWR_MUST_CHECK int vwr_9p_rename(struct vwr_9p *p, int folder, const char *name, int to,
                                 const char *new_name);

/**
 * vwr_9p_fsync() - Make the written data of an open file persistent
 * @p: Device.
 * @fid: Fid.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_lopen().
 */
VWR_MUST_CHECK int vwr_9p_fsync(struct vwr_9p *p, int fid);

/**
 * vwr_9p_statfs() - Get the attributes of the file system
 * @p: Device.
 * @fid: Fid of any file.
 * @statfs: Filled in with the attributes.
 *
 * Return: VWR_OK.
 * * Errors: the same as vwr_9p_lopen().
 */
VWR_MUST_CHECK int vwr_9p_statfs(struct vwr_9p *p, int fid, struct vwr_9p_statfs *statfs);

/* ---- several requests in flight ---- */

/**
 * vwr_9p_get_requestq() - Get the request queue of a 9P device
 * @p: Device.
 * @n: Index of the queue: 0.
 *
 * Return: The queue. NULL: the device has no such queue. Queue 0 always exists; it is stopped while
 *   the device is not open.
 */
static inline struct vwr_9p_requestq *vwr_9p_get_requestq(struct vwr_9p *p, unsigned n)
{
    return n == 0 ? &p->requests : NULL;
}

/**
 * vwr_9p_io_bytes() - Get the maximum size of the data of a request
 * @p: Device.
 * @fid: Fid of an open file or folder.
 *
 * Return: Size in bytes; 0: there is no session, or no such fid.
 */
uint32_t vwr_9p_io_bytes(const struct vwr_9p *p, int fid);

/**
 * vwr_9p_fill_read() - Prepare a read
 * @request: Request that is not in flight.
 * @fid: Fid of an open file.
 * @offset: Offset in bytes.
 * @data: Filled in with the data.
 * @bytes: Size in bytes, from 1 to vwr_9p_io_bytes().
 */
void vwr_9p_fill_read(struct vwr_9p_request *request, int fid, uint64_t offset, void *data, uint32_t bytes);

/**
 * vwr_9p_fill_write() - Prepare a write
 * @request: Request that is not in flight.
 * @fid: Fid of an open file.
 * @offset: Offset in bytes.
 * @data: Data.
 * @bytes: Size in bytes, from 1 to vwr_9p_io_bytes().
 */
void vwr_9p_fill_write(struct vwr_9p_request *request, int fid, uint64_t offset, const void *data,
                       uint32_t bytes);

/**
 * vwr_9p_fill_fsync() - Prepare an fsync
 * @request: Request that is not in flight.
 * @fid: Fid of an open file.
 *
 * The server may process it before writes that were submitted earlier, so wait for those writes first.
 */
void vwr_9p_fill_fsync(struct vwr_9p_request *request, int fid);

/**
 * vwr_9p_submit() - Submit a request
 * @q: Queue.
 * @request: Request that vwr_9p_fill_read() or a similar function has prepared. It may be submitted
 *   again.
 *
 * Return: VWR_OK: the request and its data are in flight.
 * * VWR_EINVAL: the fid or the size is invalid.
 * * VWR_EIO: the fid is stale; request->error is VWR_P9_ESTALE. Nothing was sent.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_9p_submit(struct vwr_9p_requestq *q, struct vwr_9p_request *request);

/** vwr_9p_kick() - Notify the device of all requests since the last kick; see vwr_queue_kick() */
static inline bool vwr_9p_kick(struct vwr_9p_requestq *q)
{
    return vwr_request_kick(&q->client.requests);
}

/** vwr_9p_reap() - Return completed requests; see vwr_request_reap() */
VWR_MUST_CHECK static inline int vwr_9p_reap(struct vwr_9p_requestq *q, struct vwr_9p_request **done,
                                             unsigned max)
{
    return vwr_request_reap(&q->client.requests, (struct vwr_req **)(void *)done, max);
}

/**
 * vwr_9p_wait() - Wait until a request has completed
 * @q: Queue.
 * @request: Request, in flight or completed.
 *
 * Return: VWR_OK.
 * * VWR_EIO: the server refused the request; see request->error.
 * * VWR_EPROTO: the answer is invalid.
 * * Other errors: the same as vwr_request_wait().
 */
VWR_MUST_CHECK static inline int vwr_9p_wait(struct vwr_9p_requestq *q, struct vwr_9p_request *request)
{
    return vwr_request_wait(&q->client.requests, &request->req);
}

/** vwr_9p_arm() - Enable the interrupt for completed requests; see vwr_request_arm() */
VWR_MUST_CHECK static inline bool vwr_9p_arm(struct vwr_9p_requestq *q, unsigned count)
{
    return vwr_request_arm(&q->client.requests, count);
}

/** vwr_9p_explain() - Describe the last fault of the device or its queue; see vwr_dev_explain() */
size_t vwr_9p_explain(const struct vwr_9p *p, char *text, size_t bytes);

/**
 * struct vwr_9p_open_own - Private memory of a 9P device for vwr_open()
 * @p9: Device; the first member.
 *
 * The driver attaches as user 0; vwr_9p_mount() starts the session.
 */
struct vwr_9p_open_own {
    struct vwr_9p p9;
};

/**
 * struct vwr_9p_open_shared - Shared memory of a 9P device for vwr_open()
 * @queue: Queue.
 */
struct vwr_9p_open_shared {
    struct vwr_9p_shared queue;
};

/** vwr_9p_open_default() - Open a 9P device for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_9p_open_default(void *own, void *shared, struct vwr_dev *d,
                                                     const struct vwr_features *avoid)
{
    struct vwr_9p_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_9p_shared *)shared;
    return vwr_9p_open((struct vwr_9p *)own, d, &options);
}

VWR_END_C

#endif
