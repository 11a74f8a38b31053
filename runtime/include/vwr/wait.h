/* SPDX-License-Identifier: MIT */
#ifndef VWR_WAIT_H
#define VWR_WAIT_H

#include "vwr/base.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A bounded wait: by the port's clock, or by counting turns where the port has none. A wait
 * begins when it is set up, so whoever looks once before waiting pays nothing for the clock.
 * Context: any; each wait has one owner.
 */
struct vwr_wait {
    uint64_t from;
    uint64_t passed; /* so far, in the unit of limit */
    uint64_t limit;  /* microseconds, or turns */
};

void vwr_wait_begin(struct vwr_wait *w, uint32_t us);

/* One turn of the loop. False when the time is over: look once more, then give up. */
bool vwr_wait_more(struct vwr_wait *w);

#ifdef __cplusplus
}
#endif

#endif
