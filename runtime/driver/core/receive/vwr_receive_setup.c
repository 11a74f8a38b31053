/* SPDX-License-Identifier: MIT */
#include "vwr/receive.h"

/* Sets up a receive queue of a device. */

int vwr_receive_setup(struct vwr_receiveq *r, struct vwr_bringup *v, unsigned index,
                      const struct vwr_queue_memory *m, const struct vwr_receive_memory *buffers,
                      uint32_t least)
{
    struct vwr_receiveq **at = &v->receives;
    int result;

    if (!vwr_receive_fits(&v->dev->shortage, buffers, least))
        return vwr_dev_give_up(v->dev, VWR_FAULT_QUEUE_BUFFERS, index, (uint32_t)v->dev->shortage.needed);
    result = vwr_dev_add_queue(v->dev, index, &r->queue, m, 0);
    if (result != VWR_OK)
        return result;
    while (*at != NULL && *at != r)
        at = &(*at)->next;
    if (*at == NULL) {
        result = vwr_receive_start(r, buffers, least);
        *at = r;
    } else {
        r->least = least; /* the negotiated features may have changed in the reset */
        result = vwr_receive_repost(r);
    }
    r->held = true; /* until VWR_BRINGUP_RUNS */
    return result;
}

void vwr_receive_all(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    for (struct vwr_receiveq *r = v->receives; r != NULL; r = r->next) {
        r->held = event != VWR_BRINGUP_RUNS;
        if (event == VWR_BRINGUP_RUNS)
            (void)vwr_receive_kick(r);
        else
            vwr_queue_stop(&r->queue, VWR_ERESET);
        if (event == VWR_BRINGUP_RELEASED)
            (void)vwr_receive_reclaim(r);
    }
}
