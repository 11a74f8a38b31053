/* SPDX-License-Identifier: MIT */
#ifndef VWR_V9P_H
#define VWR_V9P_H

#include "vwr/service/9p.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/*
 * A folder for a guest: a server of the protocol 9P2000.L, which Linux mounts with
 * `mount -t 9p -o trans=virtio,version=9p2000.L TAG /mnt`. The files are of a file system of the VMM's, a
 * table of functions: a tree in memory (v9p_memory.h), a folder of a host (runtime/adapt/posix), or your own.
 * The server has the protocol: it checks each message and copies what has a fixed form once, keeps the
 * guest's fids in a table of the VMM's, and hands what is read and written through: no data are copied but by
 * the file system.
 *
 * What the guest does wrong is an error of 9P with a number of Linux; a message of which not even that can be
 * said (shorter than its header, no room for an error) comes back with 0 bytes. Numbers of the protocol:
 * v9p_protocol.h. Large reads and writes are done in parts, each within the budget of bytes (vdev.h), a walk
 * name by name, and each message is charged what it costs beside its data. A limit that is reached (fids,
 * what a file system can hold) is an error of the one message.
 *
 * Context, if a call does not say otherwise: with the device's lock, as functions of the file system are
 * called. Nothing waits. Loops: over the levels of an index of the fids, all of them at the end of a session,
 * the requests in flight, the names of a message and the segments of a chain. Context, stack and loops of
 * each call: docs/contexts.md.
 */

/* Neither the protocol's nor the specification's. */
#define VWR_V9P_QUEUES 1u
#define VWR_V9P_TAG 32u      /* bytes of the name to mount by */
#define VWR_V9P_NAME 255u    /* bytes of a file's name */
#define VWR_V9P_TARGET 4095u /* bytes of a symbolic link's target */
#define VWR_V9P_SEGS \
    132u /* not the specification's: of a chain, Linux makes 128, and some borders of memory */
#define VWR_V9P_MSIZE 524288u   /* not the specification's: most bytes of a message, if options say 0 */
#define VWR_V9P_MSIZE_MIN 4096u /* not the specification's: less is an error */
#define VWR_V9P_BODY 320u       /* not the specification's: of an answer, without data */
#define VWR_V9P_QUEUE_SIZE 128u /* not the specification's: less makes Linux' messages small */

struct vwr_v9p;
struct vwr_v9p_files;
struct vwr_v9p_row;

/* What a file is: `path` is its own among all of the file system; `version` changes with its content. */
struct vwr_v9p_qid {
    uint64_t path;
    uint32_t version;
    uint8_t type; /* enum vwr_p9_qt */
};

struct vwr_v9p_time {
    uint64_t seconds;
    uint64_t nanoseconds;
};

/* What getattr answers, and what setattr sets: fields as Linux's struct stat has them. */
struct vwr_v9p_attr {
    uint32_t mode; /* type and permissions, as Linux has them */
    uint32_t uid;
    uint32_t gid;
    uint64_t links;
    uint64_t device; /* of a device file: its number, as Linux sends it */
    uint64_t bytes;
    uint64_t block_bytes; /* a good size of reads and writes */
    uint64_t blocks;      /* of 512 bytes, that it takes */
    struct vwr_v9p_time accessed;
    struct vwr_v9p_time modified;
    struct vwr_v9p_time changed;
};

struct vwr_v9p_statfs {
    uint32_t type;
    uint32_t block_bytes;
    uint64_t blocks;
    uint64_t free;
    uint64_t files;
    uint64_t files_free;
    uint64_t id;
};

/* A name as it came, with a NUL behind it; it has neither NUL nor '/', and is not empty, "." or "..", but
 * that of `walk` may be "..". */
struct vwr_v9p_name {
    uint16_t bytes;
    char text[VWR_V9P_NAME + 1u];
};

/* The name of the folder above. */
static inline bool vwr_v9p_is_up(const char *name, uint32_t bytes)
{
    return bytes == sizeof("..") - 1u && name[0] == '.' && name[1] == '.';
}

/*
 * One call of a file system's function: what is asked, and what it answers. Which fields a function reads and
 * writes stands at the function. It is the file system's from the call on until it has answered, or `cancel`
 * has taken it back.
 */
struct vwr_v9p_call {
    /* what is asked */
    void *file; /* a handle */
    void *to;   /* a second one: where something goes */
    struct vwr_v9p_name name;
    struct vwr_v9p_name second; /* the new name */
    uint32_t flags;             /* enum vwr_p9_open, or vwr_p9_at_removedir of unlinkat */
    uint32_t mode;
    uint32_t uid; /* of the one that attached */
    uint32_t gid; /* of what is made */
    uint64_t device;
    uint64_t offset;
    uint32_t bytes; /* of data */
    uint32_t set;   /* enum vwr_p9_set: what of attr is to be set */
    /* what is answered, if it goes well */
    void *made; /* a handle */
    struct vwr_v9p_qid qid;
    struct vwr_v9p_attr attr; /* both */
    struct vwr_v9p_statfs statfs;
    uint32_t done; /* bytes of data that were read, written: by the calls below */
    void *token;   /* the file system's, as long as it answers later */
    /* private */
    struct vwr_v9p *server;
    struct vwr_vmessage *message;
    int (*op)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    int (*next)(struct vwr_v9p_call *c, int result);
    const struct vwr_v9p_row *row;
    struct vwr_v9p_fid *fid;
    struct vwr_v9p_fid *other;
    struct vwr_writer head; /* of the answer */
    struct vwr_writer in;   /* data of the answer */
    struct vwr_reader out;  /* data of the message, */
    bool has_out;           /* if it has some */
    uint64_t number[9];     /* of the message */
    uint32_t left;          /* bytes of a request in parts that are still to be done */
    uint32_t moved;         /* and that were */
    uint32_t room;          /* of the answer */
    uint16_t tag;
    uint16_t walked;  /* names */
    uint16_t flushes; /* index of the request that this one waits for */
    uint8_t state;
    bool is_full;    /* an entry of a folder had no room */
    uint64_t ticket; /* of the answer that comes later; 0: none */
};

/*
 * What a file system does. Each answers 0; an error of Linux, positive (v9p_protocol.h has them by name); or
 * VWR_LATER: it takes a ticket, vwr_v9p_ticket, and answers by vwr_v9p_answer, from any thread, not within
 * the call. NULL: such a message is EOPNOTSUPP, if nothing else is said. Called with the device's lock held,
 * and that of struct vwr_v9p_files.
 *
 * A handle is what the file system makes it, not NULL; the server has it from the function that made it
 * (made) until `release`. Each fid of the guest has one of its own.
 */
struct vwr_v9p_files_ops {
    /* uid: made, qid: the root. Must be there, as walk, clone, release, getattr, open and read. */
    int (*attach)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, name: made, qid. ".." is the folder above; that of the root is the root. A symbolic link is not
     * followed. */
    int (*walk)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file: made, qid: a second handle of the same file, which is not open. Answers at once. */
    int (*clone)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* No call has the handle any more. */
    void (*release)(struct vwr_v9p_files *f, void *file);
    /* file: attr, qid. */
    int (*getattr)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, set, attr. Of attr: mode, uid, gid, bytes, accessed, modified. */
    int (*setattr)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, flags: qid. The handle is to be read, written from now on. A file that is no folder and no
     * regular file is never opened: the server refuses it by the qid. */
    int (*open)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file (a folder), name, flags, mode, uid, gid: made, which is open, qid. */
    int (*create)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, flags of its open, offset, bytes: as many as there are, by vwr_v9p_put. */
    int (*read)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, flags of its open, offset, bytes: by vwr_v9p_take. */
    int (*write)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file (a folder), offset: entries from there on, "." and ".." among them, by vwr_v9p_put_entry. */
    int (*readdir)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file: its target, by vwr_v9p_put. */
    int (*readlink)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file (a folder), name, uid, gid, and: mode; `bytes` of data, which are the target; mode and device:
     * qid. */
    int (*mkdir)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    int (*symlink)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    int (*mknod)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, to (a folder), name: another name of the file. */
    int (*link)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file, to (a folder), name: the file goes there. */
    int (*rename)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file and to (folders), name in the one, second in the other. */
    int (*renameat)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file: its name goes. */
    int (*remove)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file (a folder), name, flags: whether it is to be a folder. */
    int (*unlinkat)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file: what was written is kept from now on. NULL: it always is. */
    int (*sync)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /* file: statfs. */
    int (*statfs)(struct vwr_v9p_files *f, struct vwr_v9p_call *c);
    /*
     * The call is no longer wanted. `must`: the driver has reset the device; once this returns neither the
     * call nor memory of the guest is used any more, what was made is released, and it is not answered.
     * Otherwise the guest has flushed it: true: the same; false: it is answered as if nothing had happened.
     * NULL: no function answers VWR_LATER.
     */
    bool (*cancel)(struct vwr_v9p_files *f, struct vwr_v9p_call *c, bool must);
};

/*
 * A file system, first in a structure of its own. Several devices may have the same one; where they run in
 * several threads it has lock hooks, both or neither, which are taken around each function above, within the
 * device's lock.
 *
 * `work`: what a function did besides moving data, to which it adds: as many as bytes could have been copied
 * meanwhile. The server charges it to the guest's budget; a function for which a guest can make that much
 * sees to it that it is bounded: by vwr_v9p_may_go_on.
 */
struct vwr_v9p_files {
    const struct vwr_v9p_files_ops *ops;
    void (*lock)(struct vwr_v9p_files *f);
    void (*unlock)(struct vwr_v9p_files *f);
    uint32_t work;
};

/* A file that the guest has a number for. Private; the VMM gives the memory. */
struct vwr_v9p_fid {
    struct vwr_vindex_node by_number; /* first: its key is the number */
    struct vwr_vindex_node *heads;    /* those whose number leads to this index */
    void *file;
    uint32_t next; /* that is free: index + 1 */
    uint32_t uid;
    uint32_t flags; /* of its open */
    uint16_t users; /* requests that have it */
    uint8_t type;   /* of its qid */
    uint8_t state;
};

/*
 *   files     the file system
 *   tag       the name that the guest mounts by: 1 to VWR_V9P_TAG bytes
 *   fid       `fids` structures: files that the guest has at once; Linux has one for each file that it keeps
 * in mind (cache=loose) or uses, and one for each that it has opened message, call   `requests` of both:
 * requests that the device has at once; where no function of the file system answers VWR_LATER 1 is enough
 *   seg       (requests + 1) * segs structures; segs: VWR_V9P_SEGS, or more where guest memory has borders
 *   msize     most bytes of a message; 0: VWR_V9P_MSIZE. What the guest asks for and gets is no more than
 * pages of the queue's length hold.
 */
struct vwr_v9p_options {
    struct vwr_v9p_files *files;
    const char *tag;
    struct vwr_v9p_fid *fid;
    uint32_t fids;
    struct vwr_vmessage *message;
    struct vwr_v9p_call *call;
    struct vwr_vseg *seg;
    uint16_t requests;
    uint16_t segs;
    uint32_t msize;
};

struct vwr_v9p_stats {
    vwr_count requests;
    vwr_count errors;  /* that were answered with an error */
    vwr_count refused; /* of them, and of those with 0 bytes: no message of the protocol */
    vwr_count flushed; /* taken back by the guest */
    vwr_count read;    /* bytes */
    vwr_count written; /* bytes */
    vwr_count fids_most;
};

struct vwr_v9p {
    struct vwr_9p_vservice service; /* first; its device is service.service.dev */
    struct vwr_v9p_stats stats;
    uint32_t msize; /* negotiated; 0: no session */
    uint32_t fids_used;
    /* private */
    struct vwr_v9p_files *files;
    struct vwr_v9p_fid *fid;
    uint32_t fids;
    uint32_t free; /* index + 1 of the first that is free */
    struct vwr_v9p_call *call;
    uint16_t requests;
    uint32_t msize_max;
    uint16_t body_bytes;
    uint8_t body[VWR_V9P_BODY]; /* of the answer that is made */
};

/*
 * VWR_OK; VWR_EINVAL: no files, or one of the functions that must be there is not, one lock hook alone, no
 * tag or a long one, no fid, no request, msize below VWR_V9P_MSIZE_MIN; and as vwr_vdev_init.
 * `v` offers MOUNT_TAG.
 */
VWR_MUST_CHECK int vwr_v9p_init(struct vwr_v9p *v, const struct vwr_vdev_setup *setup,
                                const struct vwr_v9p_options *o);

static inline struct vwr_vdev *vwr_v9p_dev(struct vwr_v9p *v)
{
    return &v->service.service.dev;
}

/* For file systems, within a call that has data (c->bytes of them): bytes for the guest, bytes of the guest;
 * how many: fewer than n only where c->bytes ends. */
uint32_t vwr_v9p_put(struct vwr_v9p_call *c, const void *from, uint32_t n);
uint32_t vwr_v9p_take(struct vwr_v9p_call *c, void *to, uint32_t n);

/* The same without a copy: where the data that are left lie in memory of the guest, which may change it
 * meanwhile: the first segments, at most `room`: how many. And what was done of it. */
unsigned vwr_v9p_segments(const struct vwr_v9p_call *c, struct vwr_vseg *seg, unsigned room);
void vwr_v9p_advance(struct vwr_v9p_call *c, uint32_t n);

/* For read and write: whether the budget has some left. If not the function answers 0, with what was done of
 * c->bytes, which must be some: it is called again for the rest, with a new budget. */
bool vwr_v9p_may_go_on(const struct vwr_v9p_call *c);

/* For readdir: an entry; `next` is the offset of the one behind it, `type` is as Linux's struct dirent has
 * it. False: there is no room for it, or the budget is used up: the guest's next message is for it. */
VWR_MUST_CHECK bool vwr_v9p_put_entry(struct vwr_v9p_call *c, const struct vwr_v9p_qid *qid, uint64_t next,
                                      uint8_t type, const char *name, uint32_t bytes);

/**
 * vwr_v9p_ticket() - for a function that answers VWR_LATER: the ticket that its answer needs
 * @c: the call. Each call takes its own: a message may lead to several
 *
 * Context: within the function.
 * Return: the ticket, not 0. It is void once the call was answered or cancelled.
 */
uint64_t vwr_v9p_ticket(struct vwr_v9p_call *c);

/**
 * vwr_v9p_answer() - ends a call for which a function answered VWR_LATER
 * @c: the call
 * @ticket: of vwr_v9p_ticket. A void one, since a reset or a flush has taken the call away, for which
 * `cancel` was called: nothing happens, and stats.late of the device counts it
 * @error: 0 or an error of Linux
 *
 * Context: any thread, not within the call; takes the lock.
 */
void vwr_v9p_answer(struct vwr_v9p_call *c, uint64_t ticket, int error);

VWR_END_C

#endif
