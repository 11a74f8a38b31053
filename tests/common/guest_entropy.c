/* SPDX-License-Identifier: MIT */
#include "guest_entropy.h"
#include "vwr/bytes.h"

int guest_entropy_open(struct guest_entropy *g, struct vwr_dev *d, struct guest_lane_memory *m,
                       const struct vwr_features *avoid)
{
    const struct vwr_features none = {{0, 0, 0, 0}};
    const struct vwr_feature_policy request = {&none, &none, avoid != NULL ? avoid : &none, NULL, 0, NULL};
    int r;

    vwr_zero(g, sizeof(*g));
    r = vwr_dev_negotiate(d, &request);
    if (r == VWR_OK)
        r = guest_lane_open(&g->lane, d, VWR_ENTROPY_QUEUE_REQUESTQ, m);
    return r == VWR_OK ? vwr_dev_start(d) : r;
}

int guest_entropy_ask(struct guest_entropy *g, uint32_t n)
{
    const int r = guest_lane_lend(&g->lane, n);

    (void)vwr_queue_kick(&g->lane.queue);
    return r;
}

int guest_entropy_take(struct guest_entropy *g, uint8_t *bytes, uint32_t *n)
{
    return guest_lane_take(&g->lane, bytes, n);
}
