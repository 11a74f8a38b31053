/* SPDX-License-Identifier: MIT */
#ifndef VWR_RTC_OPEN_H
#define VWR_RTC_OPEN_H

#include "vwr/open.h"
#include "vwr/rtc.h"

VWR_BEGIN_C

/**
 * DOC: RTC device for vwr_open()
 *
 * This header defines the driver and the memory of an RTC device for vwr_open(). See vwr/rtc.h.
 */

/**
 * struct vwr_rtc_open_own - Private memory of an RTC device
 * @rtc: Device; the first member.
 */
struct vwr_rtc_open_own {
    struct vwr_rtc rtc;
};

/**
 * struct vwr_rtc_open_shared - Shared memory of an RTC device (see struct vwr_queue_memory)
 * @queues: Queues and buffers.
 */
struct vwr_rtc_open_shared {
    struct vwr_rtc_shared queues;
};

extern const struct vwr_open_class vwr_rtc_open_class;

VWR_END_C

#endif
