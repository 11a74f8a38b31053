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
 * which is a table of functions: an in-memory tree (vwr/v9p_memory.h), a folder of the host (hosted/posix),
 * or the VMM's own file system::
 *
 *     r = vwr_v9p_init(v, setup, options);   // options.files is the file system, options.tag its name
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
#define VWR_V9P_QUEUE_SIZE 128u /* a smaller queue limits Linux's messages */

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
 * vwr_v9p_init() - Initialise a 9P device for a guest
 * @v: Device. The caller keeps it while the guest can access it.
 * @setup: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * The device offers MOUNT_TAG.
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no file system or tag, a required function is missing, there is only one lock
 *   hook, the tag is too long, or msize is below VWR_V9P_MSIZE_MIN.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_v9p_init(struct vwr_v9p *v, const struct vwr_vdev_setup *setup,
                                const struct vwr_v9p_options *o);

/**
 * vwr_v9p_dev() - Get the device to pass to vwr_vm_add()
 * @v: 9P device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_v9p_dev(struct vwr_v9p *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
