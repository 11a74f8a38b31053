/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBALLOON_H
#define VWR_VBALLOON_H

#include "vwr/service/balloon.h"

VWR_BEGIN_C

/*
 * A balloon, by which the VMM takes memory of a guest and gives it back. Section: Traditional Memory Balloon
 * Device.
 *
 *     r = vwr_vballoon_init(b, setup, options);
 *     r = vwr_vballoon_set_target(b, pages); // the guest begins to give pages: ops.release
 *     r = vwr_vballoon_set_target(b, 0);     // it takes them back: ops.claim
 *     r = vwr_vballoon_poll_stats(b);        // ops.stats, a little later
 *
 * Which pages are in the balloon is known here, a bit each, in memory of the VMM's: a page is released once,
 * and claimed once, whatever the guest says; what says nothing new, or is not guest RAM, is ignored and
 * counted. Pages have 4096 bytes (VWR_VBALLOON_PAGE).
 *
 * What is released may lose its content: madvise(MADV_DONTNEED) of it, say. But it stays the guest's memory,
 * readable and writable for the VMM itself, and nobody else's: a guest may well give away the page that its
 * own rings are in, or have its disk read into it, and its devices still do.
 *
 * With options.exclusive the pages are the VMM's, which may hand them on: no device of the VM finds them any
 * more (their guest breaks a device that it shows one), from `release` until `claim` or `reset` has returned.
 * A range may be handed on once vwr_vm_uses() (vm.h) says that what began before is over; of a page under a
 * queue's ring that is when the queue is gone.
 *
 * After a reset of the device, or of the guest, all pages are the guest's again: ops.reset.
 *
 * Context: any thread; each call takes the lock of the device.
 * Context, stack and loops of each call: docs/contexts.md.
 */

#define VWR_VBALLOON_PAGE (1u << VWR_BALLOON_PFN_SHIFT)

/* Words of 32 bits that the map has for so many bytes of guest RAM; of several regions: for each of them. */
#define VWR_VBALLOON_WORDS(bytes) (((bytes) / VWR_VBALLOON_PAGE + 31u) / 32u)

struct vwr_vballoon;

/* Guest memory, in one region of it: `bytes` at the guest's address `addr`, at `host` for us. Whole pages. */
struct vwr_vballoon_range {
    uint64_t addr;
    uint64_t bytes;
    void *host;
};

/*
 * What the VMM does; each may be NULL. Called with the lock of the device held; may call nothing of this
 * device. Pages that follow one another in a message of the guest come as one range.
 */
struct vwr_vballoon_ops {
    /* The guest gives these pages away. What they hold is lost; whose they are: above. */
    void (*release)(struct vwr_vballoon *b, const struct vwr_vballoon_range *r);
    /*
     * The guest takes these pages out of the balloon, before it uses them if MUST_TELL_HOST was negotiated,
     * and else soon after or before. What they hold does not matter. With `exclusive`: they are there again,
     * and nobody else's, when this returns.
     */
    void (*claim)(struct vwr_vballoon *b, const struct vwr_vballoon_range *r);
    /* The device was reset: all pages are the guest's again, of which `bytes` were in the balloon. Also for
     * 0. With `exclusive` as claim, of all of them. */
    void (*reset)(struct vwr_vballoon *b, uint64_t bytes);
    /* The guest says how big the balloon is: b->actual. */
    void (*actual)(struct vwr_vballoon *b);
    /* New statistics: b->stats. */
    void (*stats)(struct vwr_vballoon *b);
    /*
     * With `reporting`: pages that are free now. They may be taken within this call, as by MADV_DONTNEED;
     * the guest uses them again without a word. Read by the guest afterwards, each 32-bit word has to be as
     * it is now or b->poison, which is 0 without PAGE_POISON: a VMM that cannot do so does nothing.
     */
    void (*report)(struct vwr_vballoon *b, const struct vwr_vballoon_range *r);
    /*
     * With `hinting`: pages that were free when the guest read the command, vwr_vballoon_hint. A migration
     * may skip what was not written since.
     */
    void (*hint)(struct vwr_vballoon *b, const struct vwr_vballoon_range *r);
    /* There are no more hints for the command, which is still valid until vwr_vballoon_hint_done. */
    void (*hints_end)(struct vwr_vballoon *b);
};

/* Not the specification's: segments of one chain, for queues of 64 and some borders of guest memory. */
#define VWR_VBALLOON_SEGS 68u
#define VWR_VBALLOON_QUEUES 5u   /* with all of the options; each of statistics, hinting, reporting is one */
#define VWR_VBALLOON_MESSAGES 4u /* one of each queue that is kept, and one */
#define VWR_VBALLOON_STATS (VWR_BALLOON_S_HTLB_PGFAIL + 1u)

struct vwr_vballoon_options {
    const struct vwr_vballoon_ops *ops;
    void *context;
    uint32_t *map;   /* the VMM's memory, that no guest can reach, any content */
    uint32_t words;  /* of it: VWR_VBALLOON_WORDS for each region of guest memory */
    bool must_tell;  /* offer MUST_TELL_HOST: the guest tells before it uses a page again, if it takes that */
    bool statistics; /* offer STATS_VQ */
    bool hinting;    /* offer FREE_PAGE_HINT */
    bool reporting;  /* offer PAGE_REPORTING */
    bool poison;     /* offer PAGE_POISON: a guest that fills free pages says with what */
    bool deflate_on_oom; /* offer DEFLATE_ON_OOM: a guest that has no memory left may take pages by itself */
    /* Pages in the balloon are the VMM's alone: above. Needs must_tell. Of a guest that does not take
     * MUST_TELL_HOST none are released: it may use pages again without a word. One balloon of a VM. */
    bool exclusive;
};

/* What the guest says of its memory; a bit of `known` for each that it did say: enum vwr_balloon_stat_tag. */
struct vwr_vballoon_stats {
    uint64_t value[VWR_VBALLOON_STATS];
    uint32_t known;
};

struct vwr_vballoon {
    struct vwr_balloon_vservice service; /* first: service.service.dev is the device */
    void *context;
    /* to be read, with the lock held or in ops */
    uint64_t gone;                   /* bytes that are in the balloon */
    uint32_t target;                 /* pages, as vwr_vballoon_set_target has said */
    uint32_t actual;                 /* pages, as the guest has said */
    uint32_t poison;                 /* with PAGE_POISON: what the guest fills free pages with; else 0 */
    struct vwr_vballoon_stats stats; /* the last ones */
    vwr_count ignored; /* pages that are not RAM, or are where they are to go; or not told of: exclusive */
    /* private */
    const struct vwr_vballoon_ops *ops;
    uint32_t *map;
    uint32_t words;
    uint32_t pages;   /* of guest RAM */
    uint32_t command; /* that is valid: enum vwr_balloon_cmd_id, or a number */
    uint32_t last_command;
    bool hints; /* those that come are for the command that is valid */
    bool exclusive;
    struct vwr_vm_away away;
    struct vwr_vmessage *held; /* the buffer of statistics */
    struct vwr_vmessage message[VWR_VBALLOON_MESSAGES];
    struct vwr_vseg seg[(VWR_VBALLOON_MESSAGES + 1u) * VWR_VBALLOON_SEGS];
};

/*
 * VWR_OK; VWR_EINVAL: no ops, or `exclusive` without `must_tell`; VWR_ENOMEM: the map is too small;
 * VWR_ENOQUEUE: fewer than two queues and one for each of statistics, hinting, reporting; and as
 * vwr_vdev_init. Its queues are no longer than VWR_VBALLOON_SEGS, less the borders of guest memory, whatever
 * queue_size is. Linux reports free pages if that leaves 32.
 */
VWR_MUST_CHECK int vwr_vballoon_init(struct vwr_vballoon *b, const struct vwr_vdev_setup *s,
                                     const struct vwr_vballoon_options *o);

/* The device as a VM has it: for vwr_vm_add. */
static inline struct vwr_vdev *vwr_vballoon_dev(struct vwr_vballoon *b)
{
    return &b->service.service.dev;
}

/*
 * How many pages the VMM wants in the balloon; the guest follows when it can, or does not. It stays over a
 * reset. VWR_OK; VWR_ERANGE: the guest has not as many. Takes the lock.
 */
VWR_MUST_CHECK int vwr_vballoon_set_target(struct vwr_vballoon *b, uint32_t pages);

/*
 * Asks the guest for statistics: ops.stats when they are there. VWR_OK; VWR_EFULL: the guest has not
 * answered the last time yet, or has no buffer there; VWR_EFEATURE: STATS_VQ is not negotiated. Takes the
 * lock.
 */
VWR_MUST_CHECK int vwr_vballoon_poll_stats(struct vwr_vballoon *b);

/*
 * Asks the guest for hints which pages are free, by a new command: ops.hint for them, ops.hints_end behind
 * the last. VWR_OK; VWR_EFEATURE: FREE_PAGE_HINT is not negotiated. stop: what comes from now on is ignored,
 * the guest keeps the pages aside. done: the guest may use all that it has hinted, none of which may be
 * changed from now on. Take the lock.
 */
VWR_MUST_CHECK int vwr_vballoon_hint(struct vwr_vballoon *b);
void vwr_vballoon_hint_stop(struct vwr_vballoon *b);
void vwr_vballoon_hint_done(struct vwr_vballoon *b);

VWR_END_C

#endif
