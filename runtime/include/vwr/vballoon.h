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
 *     r = vwr_vballoon_init(b, setup, options);
 *     r = vwr_vballoon_set_target(b, pages); // the guest starts to put pages into it: ops.release
 *     r = vwr_vballoon_set_target(b, 0);     // it takes them back: ops.claim
 *     r = vwr_vballoon_poll_stats(b);        // ops.stats, a little later
 *
 * The device keeps a bitmap of the pages in the balloon, in the VMM's memory. Regardless of what
 * the guest sends, a page is released once and claimed once. Redundant messages and addresses that
 * are not guest RAM are ignored and counted. Pages have VWR_VBALLOON_PAGE bytes.
 *
 * Who may use the pages:
 *
 * - Without options.exclusive, released pages may lose their content, for example by
 *   madvise(MADV_DONTNEED). They remain guest memory, which the VMM must not use for anything else,
 *   since the guest's devices may still access them: a guest may release a page that contains its
 *   own rings, or have its disk read into it.
 * - With options.exclusive, the pages belong to the VMM, which may reuse them, from @release until
 *   @claim or @reset has returned. The VM's devices cannot access them; a guest that passes such a
 *   page to a device breaks that device. Before a range is reused, vwr_vm_uses() (vwr/vm.h) must
 *   report that earlier accesses have ended; a page that contains a ring is in use until the queue
 *   is reset.
 * - After a reset of the device or of the guest, all pages belong to the guest: ops.reset.
 *
 * vwr_vballoon_state saves the pages in the balloon; after a load ops.release is called again for
 * them: docs/state.md.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Traditional Memory Balloon Device.
 */

/** VWR_VBALLOON_PAGE - Page size in bytes */
#define VWR_VBALLOON_PAGE (1u << VWR_BALLOON_PFN_SHIFT)

/**
 * VWR_VBALLOON_WORDS() - Size of the bitmap in 32-bit words
 * @bytes: Size of guest RAM in bytes. With several regions, add the words of all of them.
 */
#define VWR_VBALLOON_WORDS(bytes) (((bytes) / VWR_VBALLOON_PAGE + 31u) / 32u)

struct vwr_vballoon;

/**
 * struct vwr_vballoon_ops - Hooks of the VMM; each may be NULL
 * @release: The guest puts pages into the balloon. Their content is lost.
 * @claim: The guest takes pages out of the balloon. If MUST_TELL_HOST is negotiated, the guest
 *   reports this before it uses the pages, otherwise shortly before or after. The content does not
 *   matter. With options.exclusive the pages must be present, and not be used for anything else,
 *   when the hook returns.
 * @reset: The device was reset, and all pages belong to the guest again. @bytes bytes, possibly 0,
 *   were in the balloon. With options.exclusive the rules of @claim apply to all of them.
 * @actual: The guest reports the size of the balloon: b->actual.
 * @stats: New statistics: b->stats.
 * @report: The guest reports free pages (with PAGE_REPORTING). The VMM may take them within the
 *   call, for example by MADV_DONTNEED; the guest uses them again without a message. When the guest
 *   reads them, each 32-bit word must be unchanged, or b->poison (0 without PAGE_POISON). A VMM
 *   that cannot guarantee this does nothing.
 * @hint: The guest reports pages that were free when it read the command of vwr_vballoon_hint()
 *   (with FREE_PAGE_HINT). A migration may skip those pages that were not written since then.
 * @hints_end: There are no more hints for the command, which stays current until
 *   vwr_vballoon_end_hints() with DONE.
 *
 * @r is whole pages within a region of guest memory. Adjacent pages of a message are passed as one range. The
 * hooks are called with the device's lock held, and must not call functions of this device.
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

/* Not the specification's: segments of a chain: 64 descriptors, plus some boundaries between regions. */
#ifndef VWR_VBALLOON_SEGS
#define VWR_VBALLOON_SEGS 68u
#endif
#define VWR_VBALLOON_QUEUES 5u   /* with all options: 2, and one each for statistics, hinting and reporting */
#define VWR_VBALLOON_MESSAGES 4u /* one per queue that keeps its buffer, and one more */
#define VWR_VBALLOON_STATS (VWR_BALLOON_S_HTLB_PGFAIL + 1u)

/**
 * struct vwr_vballoon_options - Options of vwr_vballoon_init()
 * @ops: Hooks.
 * @context: Stored in the balloon.
 * @map: Bitmap in memory that no guest can access, with any content. The VMM keeps it while the
 *   device is in use.
 * @map_count: Number of entries in @map: VWR_VBALLOON_WORDS() for each region of guest memory. @map is NULL
 *   for a VM that gets its memory later: vwr_vballoon_set_memory().
 * @must_tell: Offer MUST_TELL_HOST: a guest that accepts it reports each page before it uses the
 *   page again.
 * @statistics: Offer STATS_VQ.
 * @hinting: Offer FREE_PAGE_HINT.
 * @reporting: Offer PAGE_REPORTING.
 * @poison: Offer PAGE_POISON: a guest that fills free pages reports the pattern.
 * @deflate_on_oom: Offer DEFLATE_ON_OOM: a guest that runs out of memory may take pages back
 *   itself.
 * @exclusive: Pages in the balloon belong to the VMM alone. Requires @must_tell. Pages of a guest
 *   that does not accept MUST_TELL_HOST are not released. A VM has at most one such balloon.
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
 * @value: Values, by enum vwr_balloon_stat_tag.
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
 * @gone: Bytes in the balloon.
 * @target: Pages, as set by vwr_vballoon_set_target().
 * @actual: Pages, as reported by the guest.
 * @poison: Pattern with which the guest fills free pages; 0 without PAGE_POISON.
 * @stats: Latest statistics.
 * @ignored: Counter of pages that are not RAM, are in the requested state already, or were not
 *   released because options.exclusive is set without MUST_TELL_HOST.
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
    bool hints; /* hints that arrive belong to the current command */
    bool known; /* the VMM has the statistics of a buffer that is served again */
    bool exclusive;
    struct vwr_memory_balloon map_of_pages;
    struct vwr_vmessage message[VWR_VBALLOON_MESSAGES];
    struct vwr_vseg seg[(VWR_VBALLOON_MESSAGES + 1u) * VWR_VBALLOON_SEGS];
};

/**
 * vwr_vballoon_init() - Initialise a balloon for a guest
 * @b: Balloon. The caller keeps it while the guest can access it.
 * @s: Setup; not used after the call, except for the memory.
 * @o: Options.
 *
 * Regardless of queue_size, a queue has at most VWR_VBALLOON_SEGS descriptors, minus one for each boundary
 * between adjacent regions of guest memory. Linux reports free pages only if at least 32 descriptors remain.
 *
 * Context: The VMM, before the device is in use. Does not wait. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EINVAL: there are no hooks, or exclusive is set without must_tell.
 * * VWR_ENOMEM: an array is too small. Two queues are needed, and one each for statistics, hinting and
 *   reporting.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_vballoon_init(struct vwr_vballoon *b, const struct vwr_vdev_setup *s,
                                     const struct vwr_vballoon_options *o);

/**
 * vwr_vballoon_dev() - Get the device to pass to vwr_vm_add()
 * @b: Balloon.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_vballoon_dev(struct vwr_vballoon *b)
{
    return &b->service.service.dev;
}

/**
 * vwr_vballoon_set_target() - Set the number of pages that should be in the balloon
 * @b: Balloon.
 * @pages: Number of pages. The guest may follow later or not at all. The value survives a reset.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock.
 * Return: VWR_OK.
 * * VWR_ERANGE: the guest does not have that many pages.
 */
VWR_MUST_CHECK int vwr_vballoon_set_target(struct vwr_vballoon *b, uint32_t pages);

/**
 * vwr_vballoon_set_memory() - Read the regions of the VM again, after some were added or removed
 * @b: Balloon.
 * @map: Bitmap for the regions that the VM has now, which replaces options.map under the same rules. It may
 *   be the same memory.
 * @words: Size of @map: VWR_VBALLOON_WORDS() for each region.
 *
 * All pages belong to the guest again, as after a reset: ops.reset. The balloon ignores later messages about
 * pages that were in it. The target is unchanged.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock.
 * Return: VWR_OK.
 * * VWR_ENOMEM: the bitmap is too small, and the balloon takes no pages until it has a larger one.
 */
VWR_MUST_CHECK int vwr_vballoon_set_memory(struct vwr_vballoon *b, uint32_t *map, uint32_t words);

/**
 * vwr_vballoon_poll_stats() - Request statistics from the guest; ops.stats reports them
 * @b: Balloon.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock.
 * Return: VWR_OK.
 * * VWR_EFULL: the guest has not answered the previous request, or has no buffer in the queue.
 * * VWR_EFEATURE: STATS_VQ is not negotiated.
 */
VWR_MUST_CHECK int vwr_vballoon_poll_stats(struct vwr_vballoon *b);

/**
 * vwr_vballoon_hint() - Request hints about free pages with a new command; ops.hint and
 *   ops.hints_end report them
 * @b: Balloon.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock.
 * Return: VWR_OK.
 * * VWR_EFEATURE: FREE_PAGE_HINT is not negotiated.
 */
VWR_MUST_CHECK int vwr_vballoon_hint(struct vwr_vballoon *b);

/**
 * vwr_vballoon_end_hints() - Ignore further hints
 * @b: Balloon.
 * @command: VWR_BALLOON_CMD_ID_STOP: the guest still keeps the hinted pages free.
 *   VWR_BALLOON_CMD_ID_DONE: it takes them back, and the VMM must not change them any more.
 *
 * Context: The device's owner, or any thread if the VM has locks. Takes the device's lock. Does not
 *   wait, except for the VM's lock.
 */
void vwr_vballoon_end_hints(struct vwr_vballoon *b, enum vwr_balloon_cmd_id command);

VWR_END_C

#endif
