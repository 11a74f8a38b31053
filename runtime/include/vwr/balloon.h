/* SPDX-License-Identifier: MIT */
#ifndef VWR_BALLOON_H
#define VWR_BALLOON_H

#include "vwr/bytes.h"
#include "vwr/bringup.h"
#include "vwr/client.h"
#include "vwr/message.h"
#include "vwr/messages/balloon.h"

VWR_BEGIN_C

/**
 * DOC: Memory balloon, driver side
 *
 * The device takes memory from this system and gives it back. The driver reports how many pages the device
 * wants. The caller, which controls the allocator, then inflates or deflates the balloon::
 *
 *     r = vwr_balloon_open(b, d, options);
 *     r = vwr_balloon_poll(b); // after an interrupt, or now and then
 *     if (vwr_balloon_surplus(b) != 0)
 *         n = vwr_balloon_deflate(b, pages, count); // pages that belong to the caller again
 *     if (vwr_balloon_wanted(b) != 0)
 *         n = vwr_balloon_inflate(b, pages, count); // free pages, which the balloon owns then
 *     if (vwr_balloon_wants_stats(b))
 *         r = vwr_balloon_send_stats(b, &stats);
 *
 * A page has VWR_BALLOON_PAGE bytes. A page number is the guest-physical address of the page divided by this
 * size. A system with larger pages passes each of them as several balloon pages.
 *
 * Rules:
 *
 * - The contents of a page in the balloon are lost, and nobody may access the page. The driver lists these
 *   pages in options->pages. The caller chooses the pages and must not put a page into the balloon twice; the
 *   driver does not check this.
 * - A page leaves the balloon only after the device has confirmed this, even without MUST_TELL_HOST. The
 *   first call of vwr_balloon_deflate() therefore returns 0, and a later call returns the pages. Until then,
 *   b->leaving and vwr_balloon_surplus() include them. Call vwr_balloon_deflate() until vwr_balloon_surplus()
 *   returns 0.
 * - Without options->deflate_on_oom, or if the device does not offer DEFLATE_ON_OOM, only surplus pages can
 *   leave.
 * - After a reset, all pages belong to the guest. A recovery keeps the list and puts the pages into the
 *   balloon again. Hinted pages may be used after a reset.
 * - The device has one owner at a time. It does not access options->shared or the pages in the balloon after
 *   vwr_close() has succeeded.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Traditional Memory Balloon Device.
 */

/** VWR_BALLOON_PAGE - Size of a page in bytes */
#define VWR_BALLOON_PAGE (1u << VWR_BALLOON_PFN_SHIFT)

/**
 * VWR_BALLOON_QUEUE - Number of descriptors of each queue, a power of 2
 *
 * On PCI's legacy interface it must be at least the size of the device's queue, which is 128 in QEMU 7.2 and
 * 1024 in QEMU 10.0.13.
 */
#ifndef VWR_BALLOON_QUEUE
#define VWR_BALLOON_QUEUE 128u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_BALLOON_QUEUE), "VWR_BALLOON_QUEUE must be a power of 2");

/** VWR_BALLOON_LIST - Maximum number of pages in a message */
#ifndef VWR_BALLOON_LIST
#define VWR_BALLOON_LIST 256u
#endif
VWR_STATIC_ASSERT(VWR_BALLOON_LIST > 0, "VWR_BALLOON_LIST must be at least 1");

/** VWR_BALLOON_STATS - Number of statistics, which is the number of tags in enum vwr_balloon_stat_tag */
#define VWR_BALLOON_STATS (VWR_BALLOON_S_HTLB_PGFAIL + 1u)

/* Number of queues if all features are negotiated. */
#define VWR_BALLOON_QUEUES 5u

/* Memory of a ring; private. */
struct vwr_balloon_ring {
    uint8_t bytes[VWR_CLIENT_SHARED_BYTES(VWR_BALLOON_QUEUE, 1u, 0u, VWR_REQUEST_SEGMENTS)];
} __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));

/* A message of pages; private. */
struct vwr_balloon_list {
    vwr_le32 page[VWR_BALLOON_LIST];
} __attribute__((aligned(VWR_PORT_DMA_ALIGN)));

/**
 * struct vwr_balloon_shared - Shared memory (see struct vwr_queue_memory); it need not be
 *   initialised
 * @ring: Rings.
 * @list: Pages that enter the balloon, and pages that leave it.
 * @stat: Statistics.
 * @command: Commands that start and end the hints.
 */
struct vwr_balloon_shared {
    struct vwr_balloon_ring ring[VWR_BALLOON_QUEUES];
    struct vwr_balloon_list list[2];
    struct vwr_balloon_stat stat[VWR_BALLOON_STATS] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    struct vwr_balloon_free_page_command_msg_form command __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_balloon_options - Options of vwr_balloon_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @pages: List of the pages in the balloon, in private memory. It must remain valid as long as @shared.
 * @page_count: Number of entries in @pages, at least 1: the maximum number of pages in the balloon.
 * @statistics: Accept STATS_VQ. The caller then sends statistics when the device requests them.
 * @hinting: Accept FREE_PAGE_HINT. The caller then hints free pages when the device requests it.
 * @reporting: Accept PAGE_REPORTING. The caller may then report free pages.
 * @deflate_on_oom: Accept DEFLATE_ON_OOM. The caller may then take out pages that the device wants to keep.
 * @poison: Accept PAGE_POISON. The caller fills free pages with @poison_val.
 * @poison_val: Fill value of free pages.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 * @avoid: Features that the driver must not accept.
 */
struct vwr_balloon_options {
    struct vwr_balloon_shared *shared;
    uint32_t *pages;
    uint32_t page_count;
    bool statistics;
    bool hinting;
    bool reporting;
    bool deflate_on_oom;
    bool poison;
    uint32_t poison_val;
    struct vwr_request_options request;
    struct vwr_features avoid;
};

/* A queue and its single request; private. */
struct vwr_balloon_lane {
    struct vwr_clientq client;
    struct vwr_req req;
    uint64_t own[(VWR_REQUEST_OWN_BYTES(VWR_BALLOON_QUEUE, 1u) + 7u) / 8u];
};

/**
 * struct vwr_balloon - A balloon
 * @bringup: Bring-up; the first member.
 * @info: Configuration, as read by the last vwr_balloon_poll().
 * @pages: Number of pages in the balloon: options->pages[0 .. pages). After vwr_close() they
 *   belong to the caller.
 * @known: Number of these pages that the device has confirmed; the unconfirmed ones follow in the list.
 * @leaving: Number of pages that are leaving: either the device has not confirmed them yet, or the caller has
 *   not fetched them with vwr_balloon_deflate(). In total, @pages + @leaving pages are not available to the
 *   caller.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_balloon {
    struct vwr_bringup bringup;
    struct vwr_balloon_config_info info;
    uint32_t pages;
    uint32_t known;
    uint32_t leaving;
    /* private: */
    uint32_t sent;    /* pages [known, sent) are in the message in flight */
    uint32_t command; /* the start of this command was sent to the device */
    uint32_t ended;   /* the end of this command was sent to the device */
    bool holds_hints;
    struct vwr_balloon_options options;
    struct vwr_balloon_lane queue[VWR_BALLOON_QUEUES];
    struct vwr_vec range[2][VWR_REQUEST_SEGMENTS]; /* hinted and reported pages */
};

/**
 * struct vwr_balloon_stats - Memory statistics of this system
 * @value: Values, by enum vwr_balloon_stat_tag.
 * @known: Mask of the values that this system provides: bit 1 << tag. It must not change.
 */
struct vwr_balloon_stats {
    uint64_t value[VWR_BALLOON_STATS];
    uint32_t known;
};

/**
 * vwr_balloon_open() - Open a balloon
 * @b: Balloon; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK. The device is live and the balloon is empty.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not a balloon.
 * * VWR_EINVAL: options.page_count is 2^31 or more.
 * * VWR_ENOMEM: an array is too small; vwr_dev_explain() names it.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_balloon_open(struct vwr_balloon *b, struct vwr_dev *d,
                                    const struct vwr_balloon_options *options);

/**
 * vwr_balloon_poll() - Read the device's target size, and send pending messages
 * @b: Balloon.
 *
 * Call it after an interrupt of the device, or periodically. vwr_balloon_wanted(), vwr_balloon_surplus(),
 * vwr_balloon_wants_stats() and vwr_balloon_wants_hints() then report what the caller has to do.
 *
 * Return: VWR_OK. If a queue is stopped, the same as vwr_request_reap(), vwr_request_submit() and
 *   vwr_bringup_read_info().
 */
VWR_MUST_CHECK int vwr_balloon_poll(struct vwr_balloon *b);

/**
 * vwr_balloon_arm() - Enable the interrupt for completed messages and for a request for statistics
 * @b: Balloon.
 *
 * The device reports a change of its configuration by an interrupt in any case.
 *
 * Return: true: the interrupt is enabled. false: the device may have used messages already; poll
 *   again.
 */
VWR_MUST_CHECK bool vwr_balloon_arm(struct vwr_balloon *b);

/**
 * vwr_balloon_wanted() - Get the number of pages that the device still wants
 * @b: Balloon.
 *
 * Return: The number of pages to put into the balloon, which may be 0.
 */
static inline uint32_t vwr_balloon_wanted(const struct vwr_balloon *b)
{
    return b->info.num_pages > b->pages ? b->info.num_pages - b->pages : 0;
}

/**
 * vwr_balloon_surplus() - Get the number of pages to take out of the balloon
 * @b: Balloon.
 *
 * Return: The number of pages in excess of the target, including those that are already leaving. It may be 0.
 */
static inline uint32_t vwr_balloon_surplus(const struct vwr_balloon *b)
{
    return b->leaving + (b->pages > b->info.num_pages ? b->pages - b->info.num_pages : 0);
}

/**
 * vwr_balloon_inflate() - Put pages into the balloon
 * @b: Balloon.
 * @pages: Numbers of the pages; they are copied.
 * @n: Number of pages.
 *
 * Return: The number of pages that the balloon now owns. These are the first pages of @pages. It is less than
 *   @n if options.page_count is reached; pages that vwr_balloon_deflate() has not returned yet count towards
 *   it. If a queue is stopped, the same as vwr_request_reap() and vwr_request_submit(); the balloon then owns
 *   none of the pages.
 */
VWR_MUST_CHECK int vwr_balloon_inflate(struct vwr_balloon *b, const uint32_t *pages, uint32_t n);

/**
 * vwr_balloon_deflate() - Take pages out of the balloon
 * @b: Balloon.
 * @pages: Filled in with the numbers of the pages.
 * @n: Size of @pages.
 *
 * Return: The number of pages that now belong to the caller. Pages that were put in last leave first. 0: the
 *   device has not confirmed any page yet, so call again after the interrupt or after vwr_balloon_flush().
 *   The call also returns 0 if the balloon is empty; vwr_balloon_surplus() distinguishes the two cases.
 * * VWR_EFEATURE: the device wants all of these pages, and DEFLATE_ON_OOM is not negotiated.
 * * If a queue is stopped, the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_balloon_deflate(struct vwr_balloon *b, uint32_t *pages, uint32_t n);

/**
 * vwr_balloon_flush() - Wait until the device has confirmed all pages
 * @b: Balloon.
 * @us: Time limit in microseconds.
 *
 * Context: The device's owner. Waits up to @us microseconds. Not from an interrupt handler.
 * Return: VWR_OK. After any result the balloon owns the same pages as before.
 * * VWR_ETIMEOUT: the device has not confirmed all pages yet; the unconfirmed ones stay in flight.
 * * If a queue is stopped, the same as vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_balloon_flush(struct vwr_balloon *b, uint32_t us);

/**
 * vwr_balloon_wants_stats() - Test whether the device has requested statistics
 * @b: Balloon.
 *
 * Return: true after the device is opened, after a recovery, and whenever the device requests new statistics.
 *   Always false without STATS_VQ.
 */
VWR_MUST_CHECK bool vwr_balloon_wants_stats(const struct vwr_balloon *b);

/**
 * vwr_balloon_send_stats() - Send statistics, which the device holds until it requests new ones
 * @b: Balloon.
 * @stats: Statistics; they are copied.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: STATS_VQ is not negotiated.
 * * VWR_EBUSY: the device has not requested new statistics.
 * * VWR_EINVAL: there are no statistics.
 * * VWR_EFAILED: the queue is stopped, or the balloon was never opened.
 * * Other errors: the same as vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_balloon_send_stats(struct vwr_balloon *b, const struct vwr_balloon_stats *stats);

/**
 * vwr_balloon_report() - Report free pages, whose contents the device may discard, and wait for the device
 * @b: Balloon.
 * @range: Ranges of whole pages; the array is copied. If vwr_port_dma_map() uses bounce buffers, the device
 *   sees the copies of the pages.
 * @count: Number of ranges, at most VWR_REQUEST_SEGMENTS.
 *
 * Afterwards a page contains its old data, or zeroes (with PAGE_POISON, poison_val).
 *
 * Return: VWR_OK. vwr/result.h describes who owns the pages after an error.
 * * VWR_EFEATURE: PAGE_REPORTING is not negotiated, or the device does not know the fill value of free pages.
 * * VWR_EALIGN, VWR_EINVAL: a range does not consist of whole pages, or there are no ranges.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_balloon_report(struct vwr_balloon *b, const struct vwr_vec *range, unsigned count);

/**
 * vwr_balloon_wants_hints() - Test whether the device has requested hints about free pages
 * @b: Balloon.
 *
 * Return: true from the device's command until vwr_balloon_end_hints(), or until the device ends
 *   the command. Always false without FREE_PAGE_HINT.
 */
VWR_MUST_CHECK bool vwr_balloon_wants_hints(const struct vwr_balloon *b);

/**
 * vwr_balloon_hint() - Hint free pages, which a migration can skip, and wait for the device
 * @b: Balloon.
 * @range: Ranges of whole pages, as for vwr_balloon_report(). Until vwr_balloon_holds_hints() returns false,
 *   the caller keeps the pages free, or writes to a page before it reads it.
 * @count: Number of ranges, at most VWR_REQUEST_SEGMENTS.
 *
 * Call vwr_balloon_poll() from time to time: the device may end the command.
 *
 * Return: VWR_OK. vwr/result.h describes who owns the pages after an error.
 * * VWR_EFEATURE: FREE_PAGE_HINT is not negotiated.
 * * VWR_EINVAL: the device has not requested hints, or there are no ranges.
 * * VWR_EALIGN: a range does not consist of whole pages.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_balloon_hint(struct vwr_balloon *b, const struct vwr_vec *range, unsigned count);

/**
 * vwr_balloon_end_hints() - Tell the device that there are no more hints for its command, and wait
 * @b: Balloon.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: FREE_PAGE_HINT is not negotiated.
 * * VWR_EINVAL: the device has not requested hints.
 * * Other errors: the same as vwr_request_do().
 */
VWR_MUST_CHECK int vwr_balloon_end_hints(struct vwr_balloon *b);

/**
 * vwr_balloon_holds_hints() - Test whether hinted pages must stay free
 * @b: Balloon.
 *
 * Return: true until the device has finished or was reset.
 */
VWR_MUST_CHECK static inline bool vwr_balloon_holds_hints(const struct vwr_balloon *b)
{
    return b->holds_hints;
}

/**
 * vwr_balloon_bringup - Class of balloons, for vwr/bringup.h
 *
 * A recovery writes poison_val again, puts the listed pages back into the balloon, and requests statistics
 * from the caller.
 */
extern const struct vwr_bringup_class vwr_balloon_bringup;

/** vwr_balloon_explain() - Describe the last fault of the device or its queues; see vwr_dev_explain() */
static inline size_t vwr_balloon_explain(const struct vwr_balloon *b, char *text, size_t bytes)
{
    return vwr_bringup_explain(&b->bringup, &vwr_request_messages, NULL, text, bytes);
}

/** VWR_BALLOON_OPEN_PAGES - Maximum number of pages in the balloon, for vwr_open() */
#ifndef VWR_BALLOON_OPEN_PAGES
#define VWR_BALLOON_OPEN_PAGES 4096u
#endif

/**
 * struct vwr_balloon_open_own - Private memory of a balloon for vwr_open()
 * @balloon: Balloon; the first member.
 * @pages: List of the pages in the balloon.
 *
 * This balloon can be inflated and deflated, and can send statistics. A caller that reports or hints free
 * pages must call vwr_balloon_open() itself.
 */
struct vwr_balloon_open_own {
    struct vwr_balloon balloon;
    uint32_t pages[VWR_BALLOON_OPEN_PAGES];
};

/**
 * struct vwr_balloon_open_shared - Shared memory of a balloon for vwr_open()
 * @queues: Queues and messages.
 */
struct vwr_balloon_open_shared {
    struct vwr_balloon_shared queues;
};

/** vwr_balloon_open_default() - Open a memory balloon for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_balloon_open_default(void *own, void *shared, struct vwr_dev *d,
                                                          const struct vwr_features *avoid)
{
    struct vwr_balloon_open_own *const o = (struct vwr_balloon_open_own *)own;
    struct vwr_balloon_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_balloon_shared *)shared;
    options.pages = o->pages;
    options.page_count = VWR_COUNT(o->pages);
    options.statistics = true;
    return vwr_balloon_open(&o->balloon, d, &options);
}

VWR_END_C

#endif
