/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFS_H
#define VWR_VFS_H

#include "vwr/fuse.h"
#include "vwr/service/fs.h"
#include "vwr/vfiles.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/**
 * DOC: File system device, device side
 *
 * A server for the protocol FUSE, version 7.31, gives a guest access to a folder. The files come from
 * the same table of functions as those of a 9P device, struct vwr_vfiles of vwr/vfiles.h: a tree in
 * memory (vwr/v9p_memory.h), a folder of the host (hosted/posix), or a file system of the VMM's own.
 * One file system may serve devices of both kinds::
 *
 *     r = vwr_vfs_init(v, setup, options);   // options.files is the file system, options.tag its name
 *
 * Linux mounts it with `mount -t virtiofs TAG /mnt`.
 *
 * The server implements the protocol: it checks each message, copies its fixed part once, and keeps
 * the guest's nodes and open files in a table in the VMM's memory. Data are passed through: only the
 * file system copies them. An invalid message is answered with a Linux error number. A message that
 * is shorter than its header, or has no space for an error, is returned with 0 bytes, as are those
 * of the high-priority queue.
 *
 * A node is a file that the guest has looked up, and stays until the guest has forgotten all
 * look-ups, until the next INIT, DESTROY or reset. Its number is never used again in a session: a
 * number that the guest has forgotten is answered with ESTALE. INTERRUPT cancels a request that the
 * file system has not answered yet.
 *
 * The server implements LOOKUP, FORGET, BATCH_FORGET, GETATTR, SETATTR, READLINK, SYMLINK, MKNOD,
 * MKDIR, UNLINK, RMDIR, RENAME, RENAME2 (without flags), LINK, OPEN, READ, WRITE, STATFS, RELEASE,
 * FSYNC, FLUSH, INIT, OPENDIR, READDIR, RELEASEDIR, FSYNCDIR, CREATE, INTERRUPT and DESTROY, and with
 * a window SETUPMAPPING and REMOVEMAPPING. It answers all others with ENOSYS, which Linux remembers.
 * There is no notification.
 *
 * With options.window the device has a DAX window: guest memory in which the file system maps parts of files
 * at the guest's request (struct vwr_vfiles_ops, @map and @unmap). The VMM reserves that part of its address
 * space, gives it to the guest as memory at the address of region 0 of the setup, and leaves it out of
 * vm->memory.region. If the guest accesses an address where no file is mapped, or behind the end of the file,
 * the host reports this to the VMM as for any mapping: by a signal, or by an exit of the CPU. The unit of
 * mappings bounds the number of mappings that the host has. The end of a session removes all mappings.
 *
 * Large reads, writes, lists of forgotten nodes and the end of a session are done in parts within the
 * budget of bytes (vwr/vdev.h). Each message is charged for its processing in addition to its data. If a
 * limit is reached, such as the number of nodes or the capacity of the file system, only the current message
 * fails. Loops are bounded by the depth of the index of nodes, by the budget (at the end of a
 * session), and by the requests in flight and the segments of a chain.
 *
 * vwr_vfs_state saves the session and, by their paths, the files of its nodes and those that are open.
 * They are found again by the functions @attach, @walk and @open, none of which may return VWR_LATER
 * then: docs/state.md. A device whose window is in use is not saved.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: File System Device.
 */

/* Limits of this implementation, in bytes unless stated otherwise. */
#define VWR_VFS_QUEUES 2u /* high-priority, and at least one for requests */
#define VWR_VFS_TAG ((uint32_t)sizeof(((struct vwr_fs_config *)NULL)->tag)) /* name to mount by */
#define VWR_VFS_WRITE 524288u                                               /* default largest write */
#define VWR_VFS_BODY 288u                                                   /* answer without data */
#define VWR_VFS_QUEUE_SIZE 128u /* a smaller queue limits Linux's requests */

/**
 * VWR_VFS_SEGS() - Number of segments for options->seg
 * @requests: Number of requests: options->message_count.
 *
 * A request has 128 segments, as Linux uses, and some for boundaries between regions of guest memory. If
 * guest memory has many regions, use VWR_SERVICE_SEGS().
 */
#define VWR_VFS_SEGS(requests) VWR_SERVICE_SEGS(requests, 132u)

struct vwr_vfs;
struct vwr_vfs_row;

/* A node or an open file of the guest; private. Memory of the VMM. */
struct vwr_vfs_node {
    struct vwr_vindex_node by_path; /* first */
    uint64_t path;                  /* of its qid */
    uint64_t lookups;               /* 1 for an open file */
    void *file;
    uint32_t generation; /* upper half of its number */
    uint32_t next;       /* next free one: index + 1 */
    uint32_t flags;      /* flags of its open */
    uint16_t users;      /* requests that use it */
    uint8_t type;        /* type of its qid */
    uint8_t kind;
};

/* A request; private. Memory of the VMM. */
struct vwr_vfs_call {
    struct vwr_vfiles_call call; /* first */
    struct vwr_vfs *server;
    const struct vwr_vfs_row *row;
    struct vwr_vfs_node *node; /* of the header */
    struct vwr_vfs_node *to;   /* second one */
    struct vwr_vfs_node *open;
    void *made;   /* handle of a file that is no node yet */
    void *opened; /* handle of a file that is not in the table yet */
    uint64_t nodeid;
    uint64_t unique;
    uint64_t number[12]; /* numbers in the message */
};

/**
 * struct vwr_vfs_window - A DAX window
 * @at: Its address in the VMM, aligned as the file system's @map requires.
 * @bytes: Size in bytes, a multiple of @unit and that of region 0 of the setup; 0: no window.
 * @unit: Unit of mappings in bytes, a power of 2, at least VWR_FUSE_WRITE_MIN. Linux maps 2 MiB at a
 *   time. A guest can make one mapping of each unit.
 */
struct vwr_vfs_window {
    void *at;
    uint64_t bytes;
    uint32_t unit;
};

/**
 * struct vwr_vfs_options - Options of vwr_vfs_init()
 * @files: File system.
 * @tag: Name that the guest mounts by, 1 to VWR_VFS_TAG bytes.
 * @node: Memory for nodes and open files.
 * @node_count: Number of entries in @node, at least 2. Linux needs one for each file that it caches or
 *   uses, and another one for each open file.
 * @message: Memory for messages.
 * @message_count: Number of entries in @message: maximum number of requests in flight. 1 is enough if no
 *   function returns VWR_LATER. If one does, FORGET and INTERRUPT wait as well while all are in flight.
 * @call: Memory for the calls of the requests.
 * @call_count: Number of entries in @call, at least @message_count.
 * @seg: Memory for segments.
 * @seg_count: Number of entries in @seg: VWR_VFS_SEGS().
 * @max_write: Largest write in bytes, a multiple of VWR_FUSE_WRITE_MIN; 0: VWR_VFS_WRITE.
 * @valid: Time in seconds for which the guest may use a name and attributes without asking again. 0:
 *   it sees all changes that others make.
 * @window: DAX window.
 */
struct vwr_vfs_options {
    struct vwr_vfiles *files;
    const char *tag;
    struct vwr_vfs_node *node;
    uint32_t node_count;
    struct vwr_vmessage *message;
    uint16_t message_count;
    struct vwr_vfs_call *call;
    uint16_t call_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
    uint32_t max_write;
    uint32_t valid;
    struct vwr_vfs_window window;
};

/**
 * struct vwr_vfs_stats - Counters
 * @requests: Requests.
 * @errors: Requests that were answered with an error.
 * @refused: Invalid messages, which are answered with an error or returned with 0 bytes.
 * @interrupted: Requests that the guest interrupted.
 * @read: Bytes read.
 * @written: Bytes written.
 * @nodes_most: Maximum number of nodes and open files.
 */
struct vwr_vfs_stats {
    vwr_count requests;
    vwr_count errors;
    vwr_count refused;
    vwr_count interrupted;
    vwr_count read;
    vwr_count written;
    vwr_count nodes_most;
};

/**
 * struct vwr_vfs - A file system device
 * @service: Service; the first member. vwr_vfs_dev() returns the device.
 * @stats: Counters.
 * @session: The guest has sent INIT.
 * @nodes_used: Number of nodes and open files.
 */
struct vwr_vfs {
    struct vwr_fs_vservice service;
    struct vwr_vfs_stats stats;
    bool session;
    uint32_t nodes_used;
    /* private: */
    bool big; /* byte order of the driver */
    struct vwr_vfiles *files;
    struct vwr_vfs_node *node;
    struct vwr_vindex_node *paths; /* nodes by path */
    uint32_t nodes;
    uint32_t free; /* first free node: index + 1 */
    uint32_t drop; /* nodes that the end of a session has not processed yet */
    struct vwr_vfs_call *call;
    uint16_t requests;
    uint32_t max_write;
    uint32_t valid;
    struct vwr_vfs_window window;
    bool mapped; /* a file may be in the window */
    uint16_t body_bytes;
    uint8_t body[VWR_VFS_BODY]; /* answer that is being built */
};

/**
 * vwr_vfs_init() - Initialise a file system device for a guest
 * @v: Device. The caller keeps it while the guest can access it.
 * @setup: Setup; not used after the call, except for the memory. All its queues but the first are
 *   for requests.
 * @o: Options.
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no file system or tag, a required function is missing, there is only one lock hook,
 * the tag is too long, max_write is not a multiple of VWR_FUSE_WRITE_MIN, or the window is not one that
 * struct vwr_vfs_window describes, has no region in the setup, is that of a legacy device, or the file system
 * maps no files.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vfs_init(struct vwr_vfs *v, const struct vwr_vdev_setup *setup,
                                const struct vwr_vfs_options *o);

/**
 * vwr_vfs_dev() - Get the device to pass to vwr_vm_add()
 * @v: File system device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vfs_dev(struct vwr_vfs *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
