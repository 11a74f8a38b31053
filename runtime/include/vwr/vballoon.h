/* SPDX-License-Identifier: MIT */
#ifndef VWR_VBALLOON_H
#define VWR_VBALLOON_H

#include "vwr/service/balloon.h"

VWR_BEGIN_C

/**
 * DOC: Memory balloon, device side
 *
 * A balloon lets the VMM take memory from a guest and return it::
 *
 *     r = vwr_vballoon_init(b, setup, own, options);
 *     r = vwr_vballoon_set_target(b, pages); // the guest starts to put pages into it: ops.release
 *     r = vwr_vballoon_set_target(b, 0);     // it takes them back: ops.claim
 *     r = vwr_vballoon_poll_stats(b);        // ops.stats, a little later
 *
 * The device keeps a bitmap of the pages in the balloon in the VMM's memory. Whatever the guest sends, a page
 * is released only if it is not in the balloon, and claimed only if it is. Redundant messages and addresses
 * outside of guest RAM, or in a block of a memory device that is not plugged (vwr/vmem.h), are ignored and
 * counted. A page has VWR_VBALLOON_PAGE bytes.
 *
 * Who may use the pages:
 *
 * - Without options.exclusive, the VMM may discard the contents of released pages, for example with
 *   madvise(MADV_DONTNEED). The pages remain guest memory. The VMM must not use them for anything else, since
 *   the guest's devices may still access them: a guest may release a page that contains its own rings, or let
 *   its disk read into it.
 * - With options.exclusive, the pages belong to the VMM, which may reuse them, from the call of @release
 *   until @claim or @reset has returned. The VM's devices cannot access them; a guest that passes such a page
 *   to a device breaks that device. Before a range is reused, vwr_vm_uses() (vwr/vm.h) must report that
 *   earlier accesses have ended; a page that contains a ring is in use until the queue is reset.
 * - After a reset of the device or of the guest, all pages belong to the guest (ops.reset).
 *
 * vwr_vballoon_state saves which pages are in the balloon; after a load, ops.release is called for them again
 * (docs/state.md).
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Traditional Memory Balloon Device.
 */

/** VWR_VBALLOON_PAGE - Page size in bytes */
#define VWR_VBALLOON_PAGE (1u << VWR_BALLOON_PFN_SHIFT)

/**
 * VWR_VBALLOON_WORDS() - Size of the bitmap in 32-bit words
 * @bytes: Size of guest RAM in bytes. If there are several regions, add up their words.
 */
#define VWR_VBALLOON_WORDS(bytes) (((bytes) / VWR_VBALLOON_PAGE + 31u) / 32u)

struct vwr_vballoon;

/**
 * struct vwr_vballoon_ops - Hooks of the VMM; each may be NULL
 * @release: The guest puts pages into the balloon. Their contents are lost.
 * @claim: The guest takes pages out of the balloon. If MUST_TELL_HOST is negotiated, the guest reports this
 *   before it uses the pages, otherwise shortly before or after. The pages may have any contents. With
 *   options.exclusive, the pages must be present and no longer used for anything else when the hook returns.
 * @reset: The device was reset, and all pages belong to the guest again. @bytes bytes, possibly 0, were in
 *   the balloon. With options.exclusive, the same conditions as for @claim apply to all of them.
 * @actual: The guest has reported the size of the balloon, which is in b->actual.
 * @stats: New statistics are in b->stats.
 * @report: The guest reports free pages (with PAGE_REPORTING). During the call, the VMM may discard their
 *   contents, for example with MADV_DONTNEED. The guest may reuse them afterwards without notifying the
 *   device. When the guest reads them, each 32-bit word must be unchanged or equal to b->poison (0 without
 *   PAGE_POISON). If the VMM cannot guarantee this, it must not touch the pages.
 * @hint: The guest reports pages that were free when it read the command of vwr_vballoon_hint() (with
 *   FREE_PAGE_HINT). A migration may skip those that have not been written since.
 * @hints_end: There are no more hints for the command. It stays current until vwr_vballoon_end_hints() is
 *   called with DONE.
 *
 * @r consists of whole pages within one region of guest memory. Adjacent pages of a message are passed as one
 * range. The hooks are called with the device's lock held, and must not call functions of this device.
 */
struct vwr_vballoon_ops {
    void (*release)(struct vwr_vballoon *b, const struct vwr_memory_region *r);
    void (*claim)(struct vwr_vballoon *b, const struct vwr_memory_region *r);
    void (*reset)(struct vwr_vballoon *b, uint64_t bytes);
    void (*actual)(struct vwr_vballoon *b);
    void (*stats)(struct vwr_vballoon *b);
    void (*report)(struct vwr_vballoon *b, const struct vwr_memory_region *r);
    void (*hint)(struct vwr_vballoon *b, const struct vwr_memory_region *r);
    void (*hints_end)(struct vwr_vballoon *b);
};

/*
 * A limit of this implementation: segments per chain, for 64 descriptors and some boundaries between regions.
 */
#ifndef VWR_VBALLOON_SEGS
#define VWR_VBALLOON_SEGS 68u
#endif
#define VWR_VBALLOON_QUEUES 5u   /* with all options: 2, plus statistics, hinting and reporting */
#define VWR_VBALLOON_MESSAGES 4u /* one for each queue that holds a buffer, plus one */
#define VWR_VBALLOON_STATS (VWR_BALLOON_S_HTLB_PGFAIL + 1u)

/**
 * struct vwr_vballoon_options - Options of vwr_vballoon_init()
 * @ops: Hooks.
 * @context: Stored in the balloon.
 * @map: Bitmap in memory that no guest can access; need not be initialised. It must stay valid while the
 *   device is in use.
 * @map_count: Number of entries in @map: the sum of VWR_VBALLOON_WORDS() over all regions of guest memory.
 *   @map is NULL for a VM whose memory is added later (vwr_vballoon_set_memory()).
 * @must_tell: Offer MUST_TELL_HOST. A guest that accepts it reports each page before using it again.
 * @statistics: Offer STATS_VQ.
 * @hinting: Offer FREE_PAGE_HINT.
 * @reporting: Offer PAGE_REPORTING.
 * @poison: Offer PAGE_POISON. A guest that fills free pages reports the pattern.
 * @deflate_on_oom: Offer DEFLATE_ON_OOM. A guest that runs out of memory may then take pages out of the
 *   balloon.
 * @exclusive: Pages in the balloon belong to the VMM alone. Requires @must_tell. If the guest does not accept
 *   MUST_TELL_HOST, no pages are released. A VM can have at most one such balloon.
 *
 * vwr_vballoon_init() replaces @map and @map_count.
 */
struct vwr_vballoon_options {
    const struct vwr_vballoon_ops *ops;
    void *context;
    uint32_t *map;
    uint32_t map_count;
    bool must_tell;
    bool statistics;
    bool hinting;
    bool reporting;
    bool poison;
    bool deflate_on_oom;
    bool exclusive;
};

/**
 * struct vwr_vballoon_stats - Memory statistics of the guest
 * @value: Values, indexed by enum vwr_balloon_stat_tag.
 * @known: Mask of the values that the guest reported.
 */
struct vwr_vballoon_stats {
    uint64_t value[VWR_VBALLOON_STATS];
    uint32_t known;
};

/**
 * struct vwr_vballoon - A balloon
 * @service: Service; the first member. vwr_vballoon_dev() returns the device.
 * @context: For the VMM.
 * @gone: Number of bytes in the balloon.
 * @target: Target size in pages, as set by vwr_vballoon_set_target().
 * @actual: Actual size in pages, as reported by the guest.
 * @poison: Pattern with which the guest fills free pages; 0 without PAGE_POISON.
 * @stats: Latest statistics.
 * @ignored: Number of pages that were ignored: they are not RAM, were already in the requested state, or were
 *   not released because options.exclusive is set and MUST_TELL_HOST is not negotiated.
 *
 * Read the members with the lock held or in a hook.
 */
struct vwr_vballoon {
    struct vwr_balloon_vservice service;
    void *context;
    uint64_t gone;
    uint32_t target;
    uint32_t actual;
    uint32_t poison;
    struct vwr_vballoon_stats stats;
    vwr_count ignored;
    /* private: */
    const struct vwr_vballoon_ops *ops;
    uint32_t *map;
    uint32_t words;
    uint32_t pages;   /* number of pages of guest RAM */
    uint32_t command; /* current command: enum vwr_balloon_cmd_id, or a number */
    uint32_t last_command;
    bool hints; /* arriving hints belong to the current command */
    bool known; /* the VMM has already received the statistics of the buffer that is served again */
    bool exclusive;
    struct vwr_memory_balloon map_of_pages;
    struct vwr_vmessage message[VWR_VBALLOON_MESSAGES];
    struct vwr_vseg seg[(VWR_VBALLOON_MESSAGES + 1u) * VWR_VBALLOON_SEGS];
};

/**
 * vwr_vballoon_init_with() - Initialise a balloon with memory of any size
 * @b: Balloon. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VBALLOON_SEGS descriptors, minus one for each boundary
 * between adjacent regions of guest memory. Linux reports free pages only if at least 32 descriptors remain.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks; or exclusive is set without must_tell, or in a build without
 *   VWR_WITH_EXCLUSIVE.
 * * VWR_ENOMEM: an array is too small. Two queues are needed, plus one each for statistics, hinting and
 *   reporting.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vballoon_init_with(struct vwr_vballoon *b, const struct vwr_vdev_setup *s,
                                          const struct vwr_vballoon_options *o);

/** VWR_VBALLOON_QUEUE - Number of descriptors of a queue */
#ifndef VWR_VBALLOON_QUEUE
#define VWR_VBALLOON_QUEUE 64u
#endif

/** VWR_VBALLOON_RAM - Maximum size of guest memory in bytes */
#ifndef VWR_VBALLOON_RAM
#define VWR_VBALLOON_RAM 0x10000000u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VBALLOON_QUEUE), "VWR_VBALLOON_QUEUE must be a power of 2");

/**
 * struct vwr_vballoon_own - Memory of a balloon that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 * @map: Bitmap of the pages.
 */
struct vwr_vballoon_own {
    struct vwr_vqueue queue[VWR_VBALLOON_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VBALLOON_QUEUES, VWR_VBALLOON_QUEUE)];
    uint32_t map[VWR_VBALLOON_WORDS(VWR_VBALLOON_RAM)];
};

/** vwr_vballoon_init() - Initialise a balloon for a guest; see vwr_vballoon_init_with() */
VWR_MUST_CHECK static inline int vwr_vballoon_init(struct vwr_vballoon *b, const struct vwr_vdev_setup *setup,
                                                   struct vwr_vballoon_own *own,
                                                   const struct vwr_vballoon_options *o)
{
    struct vwr_vdev_setup with;
    struct vwr_vballoon_options options;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VBALLOON_QUEUE);
    vwr_copy(&options, o, sizeof(options));
    options.map = own->map;
    options.map_count = VWR_COUNT(own->map);
    return vwr_vballoon_init_with(b, &with, &options);
}

/**
 * vwr_vballoon_dev() - Get the device to pass to vwr_vm_add()
 * @b: Balloon.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vballoon_dev(struct vwr_vballoon *b)
{
    return &b->service.service.dev;
}

/**
 * vwr_vballoon_set_target() - Set the number of pages that should be in the balloon
 * @b: Balloon.
 * @pages: Number of pages. The guest may comply later or not at all. The value survives a reset.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: the guest does not have that many pages.
 */
VWR_MUST_CHECK int vwr_vballoon_set_target(struct vwr_vballoon *b, uint32_t pages);

/**
 * vwr_vballoon_set_memory() - Update the balloon after memory regions of the VM were added or removed
 * @b: Balloon.
 * @map: Bitmap for the VM's current regions, which replaces options.map. The same rules apply. It may be the
 *   same memory.
 * @words: Size of @map: the sum of VWR_VBALLOON_WORDS() over all regions.
 *
 * All pages belong to the guest again, as after a reset (ops.reset). The balloon ignores later messages about
 * pages that were in it. The target is unchanged.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: the bitmap is too small. The balloon accepts no pages until it gets a larger one.
 */
VWR_MUST_CHECK int vwr_vballoon_set_memory(struct vwr_vballoon *b, uint32_t *map, uint32_t words);

/**
 * vwr_vballoon_poll_stats() - Request statistics from the guest; ops.stats reports them
 * @b: Balloon.
 *
 * Return: VWR_OK.
 * * VWR_EFULL: the guest has not answered the previous request, or the queue contains no buffer.
 * * VWR_EFEATURE: STATS_VQ is not negotiated.
 */
VWR_MUST_CHECK int vwr_vballoon_poll_stats(struct vwr_vballoon *b);

/**
 * vwr_vballoon_hint() - Request hints about free pages with a new command; ops.hint and
 *   ops.hints_end report them
 * @b: Balloon.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: FREE_PAGE_HINT is not negotiated.
 */
VWR_MUST_CHECK int vwr_vballoon_hint(struct vwr_vballoon *b);

/**
 * vwr_vballoon_end_hints() - Ignore further hints
 * @b: Balloon.
 * @command: VWR_BALLOON_CMD_ID_STOP: the guest still keeps the hinted pages free. VWR_BALLOON_CMD_ID_DONE:
 *   the guest takes them back, and the VMM must not modify them any more.
 */
void vwr_vballoon_end_hints(struct vwr_vballoon *b, enum vwr_balloon_cmd_id command);

VWR_END_C

#endif
