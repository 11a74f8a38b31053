/* SPDX-License-Identifier: MIT */
#ifndef VWR_BALLOON_OPEN_H
#define VWR_BALLOON_OPEN_H

#include "vwr/balloon.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Memory balloon for vwr_open()
 *
 * This header defines the driver and the memory of a balloon for vwr_open(). The balloon accepts
 * pages and requests for statistics. A caller that reports free pages, or hints at them, opens the
 * balloon by vwr_balloon_open(). See vwr/balloon.h.
 */

/** VWR_BALLOON_OPEN_PAGES - Maximum number of pages in the balloon */
#ifndef VWR_BALLOON_OPEN_PAGES
#define VWR_BALLOON_OPEN_PAGES 4096u /* not the specification's */
#endif

/**
 * struct vwr_balloon_open_own - Private memory of a balloon
 * @balloon: Balloon; the first member.
 * @pages: List of the pages in the balloon.
 */
struct vwr_balloon_open_own {
    struct vwr_balloon balloon;
    uint32_t pages[VWR_BALLOON_OPEN_PAGES];
};

/**
 * struct vwr_balloon_open_shared - Shared memory of a balloon (see struct vwr_queue_memory)
 * @queues: Queues and messages.
 */
struct vwr_balloon_open_shared {
    struct vwr_balloon_shared queues;
};

extern const struct vwr_open_class vwr_balloon_open_class;

VWR_END_C

#endif
