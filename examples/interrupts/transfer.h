/* SPDX-License-Identifier: MIT */
#ifndef INTERRUPTS_TRANSFER_H
#define INTERRUPTS_TRANSFER_H

#include "vwr/blk.h"

#define TRANSFER_DEPTH 32u  /* requests in flight */
#define TRANSFER_SECTORS 8u /* per request: 4096 bytes */

/* Called with the sectors of a request: before they are written, or after they were read. */
typedef void transfer_use(uint64_t sector, uint8_t *p, uint32_t bytes);

/*
 * Reads (VWR_BLK_T_IN) or writes (VWR_BLK_T_OUT) [sector, end), with TRANSFER_DEPTH requests in flight, and
 * sleeps while there is nothing to do. `use` is called in the order of the sectors. VWR_OK, or the first
 * error: then requests may be in flight until the disk is closed.
 */
VWR_MUST_CHECK int transfer(struct vwr_blk *b, uint32_t type, uint64_t sector, uint64_t end,
                            transfer_use *use);

/* Number of polls after a sleep that found nothing, in all transfers. */
uint32_t transfer_empty_polls(void);

#endif
