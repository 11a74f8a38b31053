/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/queue.h"
#include "vwr/ring.h"

/* Sizes of rings, and the parts of a ring in guest memory: vwr/gen/split_ring.h, vwr_queue.c, vwr_vqueue.c.
 */

/* The driver's ring: for each size, the parts need as much memory as the size function returns. */
void ring_bytes(void)
{
    PROVE_ANY(struct vwr_features, features);
    PROVE_ANY(uint16_t, size);
    PROVE_ANY(bool, legacy);
    size_t bytes;

    prove_assume(size != 0 && size <= VWR_SPLIT_RING_SIZE_MAX);
    bytes = vwr_queue_ring_bytes_(&features, legacy, size);
    if (vwr_layout_is_packed(vwr_layout_of(&features))) {
        prove_that(bytes == (size_t)16 * size + 8u);
        prove_that(bytes <= VWR_QUEUE_SHARED_BYTES(size));
        return;
    }
    prove_that(bytes >= (size_t)16 * size + 6u + (size_t)2 * size + 6u + (size_t)8 * size);
    prove_that(bytes <=
               (legacy ? VWR_QUEUE_SHARED_BYTES((size_t)size) : VWR_QUEUE_SHARED_BYTES((size_t)size)));
}

/* The driver uses no more entries than the device offers, and a valid ring size. */
void ring_fit(void)
{
    PROVE_ANY(struct vwr_features, features);
    PROVE_ANY(uint16_t, size);
    PROVE_ANY(uint32_t, most);
    uint16_t fit;

    prove_assume(size != 0 && size <= VWR_SPLIT_RING_SIZE_MAX && most != 0);
    fit = vwr_queue_fit_(&features, size, most);
    prove_that(fit != 0 && fit <= size && fit <= most);
    prove_that(vwr_layout_is_packed(vwr_layout_of(&features)) || (fit & (fit - 1u)) == 0);
}
