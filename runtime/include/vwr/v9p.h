/* SPDX-License-Identifier: MIT */
#ifndef VWR_V9P_H
#define VWR_V9P_H

#include "vwr/service/9p.h"
#include "vwr/vfiles.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/**
 * DOC: 9P device, device side
 *
 * A server for the protocol 9P2000.L gives a guest access to a folder. The files come from a file system,
 * which is a table of functions: an in-memory tree (vwr/vfiles_memory.h), a folder of the host
 * (hosted/posix), or the VMM's own file system::
 *
 *     r = vwr_v9p_init(v, setup, own, options);   // options.files is the file system, options.tag its name
 *
 * Linux mounts it with `mount -t 9p -o trans=virtio,version=9p2000.L TAG /mnt`.
 *
 * The server implements the protocol: it checks each message, copies its fixed part once, and keeps the
 * guest's fids in a table in the VMM's memory. Data are not buffered in the server: only the file system
 * copies them. An invalid message is answered with a Linux error number. A message that is shorter than its
 * header, or that has no space for an error reply, is returned with 0 bytes. vwr/p9.h defines the protocol's
 * constants.
 *
 * Large reads and writes are split into parts that fit the byte budget (vwr/vdev.h), and a walk proceeds name
 * by name. The files of a session that ends are also released in parts: Tversion is answered after the last
 * file, and a reset releases the lock between parts. Each message is charged for its processing in addition
 * to its data. If a limit is reached, such as the number of fids or the capacity of the file system, only the
 * current message fails. Loops are bounded by the depth of the fid index, the budget (when a session ends),
 * the number of requests in flight, the number of names in a message and the number of segments in a chain.
 *
 * vwr_v9p_state saves the session and the path of each fid's file. A load calls @attach, @walk and @open to
 * find the files again; none of them may return VWR_LATER at that time (docs/state.md).
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Device Types.
 */

/* Limits of this implementation, in bytes unless stated otherwise. */
#define VWR_V9P_QUEUES 1u
#define VWR_V9P_TAG 32u         /* length of the mount tag */
#define VWR_V9P_MSIZE 524288u   /* default message size */
#define VWR_V9P_MSIZE_MIN 4096u /* minimum message size */
#define VWR_V9P_BODY 320u       /* reply without data */

/**
 * VWR_V9P_SEGS() - Number of segments for options->seg
 * @requests: Number of requests: options->message_count.
 *
 * Each request gets the 128 segments that Linux uses, and some more for boundaries between regions of guest
 * memory. If guest memory has many regions, use VWR_SERVICE_SEGS().
 */
#define VWR_V9P_SEGS(requests) VWR_SERVICE_SEGS(requests, 132u)

struct vwr_v9p;
/* A fid of the guest; private. Memory of the VMM. */
struct vwr_v9p_fid {
    struct vwr_vindex_node by_number; /* first: its key is the number */
    struct vwr_vindex_node *heads;    /* chain of fids whose number maps to this index */
    void *file;
    uint32_t next; /* next free one: index + 1 */
    uint32_t uid;
    uint32_t flags; /* flags with which it was opened */
    uint16_t users; /* number of requests that use it */
    uint8_t type;   /* type of its qid */
    uint8_t state;
};

/**
 * struct vwr_v9p_options - Options of vwr_v9p_init()
 * @files: File system.
 * @tag: Mount tag, by which the guest mounts the file system: 1 to VWR_V9P_TAG bytes.
 * @fid: Memory for fids.
 * @fid_count: Number of entries in @fid, at least 1. Linux needs a fid for each file that it caches
 *   (cache=loose) or uses, and another one for each open file.
 * @message: Memory for messages.
 * @message_count: Number of entries in @message: maximum number of requests in flight. 1 is enough if no
 *   function returns VWR_LATER.
 * @call: Memory for the requests' calls to the file system.
 * @call_count: Number of entries in @call, at least @message_count.
 * @seg: Memory for segments.
 * @seg_count: Number of entries in @seg: VWR_V9P_SEGS().
 * @msize: Maximum message size in bytes; 0: VWR_V9P_MSIZE. The negotiated size is also limited by the number
 *   of pages that a buffer in the queue can have.
 *
 * vwr_v9p_init() replaces @fid to @seg_count.
 */
struct vwr_v9p_options {
    struct vwr_vfiles *files;
    const char *tag;
    struct vwr_v9p_fid *fid;
    uint32_t fid_count;
    struct vwr_vmessage *message;
    uint16_t message_count;
    struct vwr_vfiles_call *call;
    uint16_t call_count;
    struct vwr_vseg *seg;
    uint32_t seg_count;
    uint32_t msize;
};

/**
 * struct vwr_v9p_stats - Counters
 * @requests: Requests.
 * @errors: Requests that were answered with an error.
 * @refused: Invalid messages, which are answered with an error or returned with 0 bytes.
 * @flushed: Requests that the guest flushed.
 * @read: Bytes read.
 * @written: Bytes written.
 * @fids_most: Maximum number of fids in use.
 */
struct vwr_v9p_stats {
    vwr_count requests;
    vwr_count errors;
    vwr_count refused;
    vwr_count flushed;
    vwr_count read;
    vwr_count written;
    vwr_count fids_most;
};

/**
 * struct vwr_v9p - A 9P device
 * @service: Service; the first member. vwr_v9p_dev() returns the device.
 * @stats: Counters.
 * @msize: Negotiated message size in bytes; 0: no session.
 * @fids_used: Number of fids in use.
 */
struct vwr_v9p {
    struct vwr_9p_vservice service;
    struct vwr_v9p_stats stats;
    uint32_t msize;
    uint32_t fids_used;
    /* private: */
    struct vwr_vfiles *files;
    struct vwr_v9p_fid *fid;
    uint32_t fids;
    uint32_t free; /* first free fid: index + 1 */
    uint32_t drop; /* number of fids still to be released after the end of a session */
    struct vwr_vfiles_call *call;
    uint16_t requests;
    uint32_t msize_max;
    uint16_t body_bytes;
    uint8_t body[VWR_V9P_BODY]; /* reply that is being built */
};

/**
 * vwr_v9p_init_with() - Initialise a 9P device with memory of any size
 * @v: Device. The caller keeps it while the guest can access it.
 * @setup: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * The device offers MOUNT_TAG.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no file system or tag, a required function is missing, there is only one lock
 *   hook, the tag is too long, or msize is below VWR_V9P_MSIZE_MIN.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_v9p_init_with(struct vwr_v9p *v, const struct vwr_vdev_setup *setup,
                                     const struct vwr_v9p_options *o);

/** VWR_V9P_QUEUE - Number of descriptors of the queue; fewer limit Linux's messages */
#ifndef VWR_V9P_QUEUE
#define VWR_V9P_QUEUE 128u
#endif

/** VWR_V9P_FIDS - Number of fids */
#ifndef VWR_V9P_FIDS
#define VWR_V9P_FIDS 256u
#endif

/** VWR_V9P_REQUESTS - Number of requests in flight */
#ifndef VWR_V9P_REQUESTS
#define VWR_V9P_REQUESTS 1u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_V9P_QUEUE), "VWR_V9P_QUEUE must be a power of 2");

/**
 * struct vwr_v9p_own - Memory of a 9P device that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @fid: Fids.
 * @message: Messages.
 * @call: Their calls to the file system.
 * @seg: Their segments.
 */
struct vwr_v9p_own {
    struct vwr_vqueue queue[VWR_V9P_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_V9P_QUEUES, VWR_V9P_QUEUE)];
    struct vwr_v9p_fid fid[VWR_V9P_FIDS];
    struct vwr_vmessage message[VWR_V9P_REQUESTS];
    struct vwr_vfiles_call call[VWR_V9P_REQUESTS];
    struct vwr_vseg seg[VWR_SERVICE_SEGS(VWR_V9P_REQUESTS, VWR_V9P_QUEUE + 4u)];
};

/** vwr_v9p_init() - Initialise a 9P device for a guest; see vwr_v9p_init_with() */
VWR_MUST_CHECK static inline int vwr_v9p_init(struct vwr_v9p *v, const struct vwr_vdev_setup *setup,
                                              struct vwr_v9p_own *own, const struct vwr_v9p_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_v9p_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_V9P_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.fid = own->fid;
    options.fid_count = VWR_COUNT(own->fid);
    options.message = own->message;
    options.message_count = VWR_COUNT(own->message);
    options.call = own->call;
    options.call_count = VWR_COUNT(own->call);
    options.seg = own->seg;
    options.seg_count = VWR_COUNT(own->seg);
    return vwr_v9p_init_with(v, &with, &options);
}

/**
 * vwr_v9p_dev() - Get the device to pass to vwr_vm_add()
 * @v: 9P device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_v9p_dev(struct vwr_v9p *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
