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
 * A server for the protocol FUSE, version 7.31, gives a guest access to a folder. As for a 9P device, the
 * files come from a table of functions, struct vwr_vfiles (vwr/vfiles.h): an in-memory tree
 * (vwr/vfiles_memory.h), a folder of the host (hosted/posix), or the VMM's own file system. One file system
 * can serve devices of both kinds::
 *
 *     r = vwr_vfs_init(v, setup, own, options);   // options.files is the file system, options.tag its name
 *
 * Linux mounts it with `mount -t virtiofs TAG /mnt`.
 *
 * The server implements the protocol: it checks each message, copies its fixed part once, and keeps the
 * guest's nodes and open files in a table in the VMM's memory. Data are not buffered in the server: only the
 * file system copies them. An invalid message is answered with a Linux error number. A message that is
 * shorter than its header, that has no space for an error reply, or that arrives in the high-priority queue
 * is returned with 0 bytes.
 *
 * A node is a file that the guest has looked up. It exists until the guest has forgotten all look-ups, or
 * until the next INIT, DESTROY or reset. Node numbers are not reused within a session: a request with a
 * number that the guest has forgotten fails with ESTALE. INTERRUPT cancels a request that the file system has
 * not answered yet.
 *
 * The server implements LOOKUP, FORGET, BATCH_FORGET, GETATTR, SETATTR, READLINK, SYMLINK, MKNOD, MKDIR,
 * UNLINK, RMDIR, RENAME, RENAME2 (without flags), LINK, OPEN, READ, WRITE, STATFS, RELEASE, FSYNC, FLUSH,
 * INIT, OPENDIR, READDIR, RELEASEDIR, FSYNCDIR, CREATE, INTERRUPT and DESTROY, and, with a window,
 * SETUPMAPPING and REMOVEMAPPING. It answers all other requests with ENOSYS, which Linux remembers. It sends
 * no notifications.
 *
 * With options.window the device has a DAX window: guest memory in which the file system maps parts of files
 * at the guest's request (struct vwr_vfiles_ops, @map and @unmap). The VMM reserves a range of its address
 * space, maps it into the guest at the address of region 0 of the setup, and does not include it in
 * vm->memory.region. If the guest accesses an address where no file is mapped, or beyond the end of the file,
 * the host reports this to the VMM as for any mapping: with a signal or an exit of the CPU. The unit of
 * mappings limits the number of mappings in the host. The end of a session removes all mappings.
 *
 * Large reads, large writes, long lists of forgotten nodes and the end of a session are split into parts
 * that fit the byte budget (vwr/vdev.h). Each message is charged for its processing in addition to its data.
 * If a limit is reached, such as the number of nodes (ENFILE) or the capacity of the file system, only the
 * current message fails. Loops are bounded by the depth of the node index, the budget (when a session ends),
 * the number of requests in flight and the number of segments in a chain.
 *
 * vwr_vfs_state saves the session and the paths of its nodes' files and of all open files. A load calls
 * @attach, @walk and @open to find the files again; none of them may return VWR_LATER at that time
 * (docs/state.md). A device whose window is in use cannot be saved.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: File System Device.
 */

/* Limits of this implementation, in bytes unless stated otherwise. */
#define VWR_VFS_QUEUES 2u /* the high-priority queue, and at least one request queue */
#define VWR_VFS_TAG ((uint32_t)sizeof(((struct vwr_fs_config *)NULL)->tag)) /* length of the mount tag */
#define VWR_VFS_WRITE 524288u /* default maximum size of a write */
#define VWR_VFS_BODY 288u     /* reply without data */
#define VWR_VFS_RESERVE 8u    /* one in so many entries of options->node is for open files only */

/**
 * VWR_VFS_SEGS() - Number of segments for options->seg
 * @requests: Number of requests: options->message_count.
 *
 * Each request gets the 128 segments that Linux uses, and some more for boundaries between regions of guest
 * memory. If guest memory has many regions, use VWR_SERVICE_SEGS().
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
    uint32_t flags;      /* flags with which it was opened */
    uint16_t users;      /* number of requests that use it */
    uint8_t type;        /* type of its qid */
    uint8_t kind;
};

/* A request; private. Memory of the VMM. */
struct vwr_vfs_call {
    struct vwr_vfiles_call call; /* first */
    struct vwr_vfs *server;
    const struct vwr_vfs_row *row;
    struct vwr_vfs_node *node; /* node in the header */
    struct vwr_vfs_node *to;   /* second node */
    struct vwr_vfs_node *open;
    void *made;   /* handle of a file that is not a node yet */
    void *opened; /* handle of a file that is not in the table yet */
    uint64_t nodeid;
    uint64_t unique;
    uint64_t number[12]; /* numbers in the message */
};

/**
 * struct vwr_vfs_window - A DAX window
 * @at: Address of the window in the VMM, aligned as required by the file system's @map.
 * @bytes: Size in bytes, a multiple of @unit and equal to the size of region 0 of the setup; 0: no window.
 * @unit: Unit of mappings in bytes, a power of 2, at least VWR_FUSE_WRITE_MIN. Linux maps 2 MiB at a time. A
 *   guest can create one mapping per unit.
 */
struct vwr_vfs_window {
    void *at;
    uint64_t bytes;
    uint32_t unit;
};

/**
 * struct vwr_vfs_options - Options of vwr_vfs_init()
 * @files: File system.
 * @tag: Mount tag, by which the guest mounts the file system: 1 to VWR_VFS_TAG bytes.
 * @node: Memory for nodes and open files.
 * @node_count: Number of entries in @node, at least 2. Linux needs one for each file that it caches or
 *   uses, and another one for each open file. Nodes leave one in VWR_VFS_RESERVE entries to open files, so
 *   that a guest that never sends FORGET can still open the files that it knows.
 * @message: Memory for messages.
 * @message_count: Number of entries in @message: maximum number of requests in flight. 1 is enough if no
 *   function returns VWR_LATER. Otherwise, while all messages are in flight, FORGET and INTERRUPT have to
 *   wait too.
 * @call: Memory for the requests' calls to the file system.
 * @call_count: Number of entries in @call, at least @message_count.
 * @seg: Memory for segments.
 * @seg_count: Number of entries in @seg: VWR_VFS_SEGS().
 * @max_write: Maximum size of a write in bytes, a multiple of VWR_FUSE_WRITE_MIN; 0: VWR_VFS_WRITE.
 * @valid: Time in seconds for which the guest may cache a name and attributes. 0: the guest sees all changes
 *   that others make.
 * @window: DAX window.
 *
 * vwr_vfs_init() replaces @node to @seg_count.
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
    uint32_t drop; /* number of nodes still to be released after the end of a session */
    struct vwr_vfs_call *call;
    uint16_t requests;
    uint32_t max_write;
    uint32_t valid;
    struct vwr_vfs_window window;
    bool mapped; /* a file may be in the window */
    uint16_t body_bytes;
    uint8_t body[VWR_VFS_BODY]; /* reply that is being built */
};

/** VWR_VFS_QUEUE - Number of descriptors of a queue, a power of 2; fewer limit Linux's requests */
#ifndef VWR_VFS_QUEUE
#define VWR_VFS_QUEUE 128u
#endif

/** VWR_VFS_NODES - Number of nodes and open files: options.node_count */
#ifndef VWR_VFS_NODES
#define VWR_VFS_NODES 256u
#endif

/** VWR_VFS_REQUESTS - Maximum number of requests in flight: options.message_count */
#ifndef VWR_VFS_REQUESTS
#define VWR_VFS_REQUESTS 1u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VFS_QUEUE), "VWR_VFS_QUEUE must be a power of 2");

/**
 * struct vwr_vfs_own - Memory of a file system device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @node: Nodes and open files.
 * @message: Messages.
 * @call: Calls to the file system.
 * @seg: Segments.
 */
struct vwr_vfs_own {
    struct vwr_vqueue queue[VWR_VFS_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VFS_QUEUES, VWR_VFS_QUEUE)];
    struct vwr_vfs_node node[VWR_VFS_NODES];
    struct vwr_vmessage message[VWR_VFS_REQUESTS];
    struct vwr_vfs_call call[VWR_VFS_REQUESTS];
    struct vwr_vseg seg[VWR_VFS_SEGS(VWR_VFS_REQUESTS)];
};

/**
 * vwr_vfs_init_with() - Initialise a file system device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @setup: Setup; not used after the call, except for the memory. All queues except the first one are request
 *   queues.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no file system or tag, a required function is missing, there is only one lock hook,
 *   the tag is too long, max_write is not a multiple of VWR_FUSE_WRITE_MIN, or the options contain a window
 *   that violates the rules of struct vwr_vfs_window, has no region in the setup or belongs to a legacy
 *   device, or for which the file system has no @map.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vfs_init_with(struct vwr_vfs *v, const struct vwr_vdev_setup *setup,
                                     const struct vwr_vfs_options *o);

/** vwr_vfs_init() - Initialise a file system device in a structure of memory; see vwr_vfs_init_with() */
VWR_MUST_CHECK static inline int vwr_vfs_init(struct vwr_vfs *v, const struct vwr_vdev_setup *setup,
                                              struct vwr_vfs_own *own, const struct vwr_vfs_options *options)
{
    struct vwr_vfs_options sized;
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VFS_QUEUE);
    vwr_copy(&sized, options, sizeof(sized));
    sized.node = own->node;
    sized.node_count = VWR_COUNT(own->node);
    sized.message = own->message;
    sized.message_count = VWR_COUNT(own->message);
    sized.call = own->call;
    sized.call_count = VWR_COUNT(own->call);
    sized.seg = own->seg;
    sized.seg_count = VWR_COUNT(own->seg);
    return vwr_vfs_init_with(v, &with, &sized);
}

/**
 * vwr_vfs_dev() - Get the device to pass to vwr_vm_add()
 * @v: File system device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vfs_dev(struct vwr_vfs *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
