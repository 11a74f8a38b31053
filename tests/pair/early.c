/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "held_classes.h"

#include <stdio.h>
#include <string.h>

/*
 * The owner of one queue continues while the owner of all queues recovers the device step by step: the device
 * must not be notified before DRIVER_OK. Clause: init.drv.15.
 */

int main(void)
{
    static uint8_t frame[64];
    static struct vwr_net_packet packet;
    struct vwr_request_options request;
    int r = VWR_EBUSY;

    memset(&request, 0, sizeof(request));
    held_classes[HELD_NET].open(&request);
    held.silent = true;
    vwr_dev_fail(held_net.bringup.dev);
    while (r == VWR_EBUSY) {
        struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&held_net, 0);
        struct vwr_net_packet *done;

        r = vwr_recover(&held_net.bringup);
        vwr_net_fill(&packet, frame, sizeof(frame));
        if (packet.req.state == VWR_REQ_IDLE && vwr_net_submit(q, &packet) == VWR_OK)
            (void)vwr_net_kick(q);
        CHECK(vwr_net_reap(q, &done, 1) <= 1);
    }
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(held.early, 0);
    CHECK_NUMBER(held_classes[HELD_NET].close(), VWR_OK);
    return 0;
}
