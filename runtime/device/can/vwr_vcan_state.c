/* SPDX-License-Identifier: MIT */
#include "vwr/vcan.h"
#include "vwr/vstate.h"

/* Saved state of a CAN controller. Frames that it keeps are saved as messages. Section: Device parts. */

static struct vwr_vcan *vcan_of_dev(struct vwr_vdev *v)
{
    return (struct vwr_vcan *)(void *)v;
}

/* Control requests are answered immediately. */
static struct vwr_vchain *vcan_add(struct vwr_vdev *v, uint16_t queue)
{
    return queue == VWR_CAN_QUEUE_TXQ ? vwr_service_add(v, queue) : NULL;
}

/* A controller that is bus off is not started. */
static bool vcan_accept(struct vwr_vdev *v)
{
    struct vwr_vcan *const c = vcan_of_dev(v);
    const struct vwr_can_config_info info = {.status = c->bus_off ? VWR_CAN_S_CTRL_BUSOFF : 0};

    vwr_can_config_write(&c->service.config, v->legacy, &info);
    return !c->started || !c->bus_off;
}

/* Without buffers the guest may be the one for which the VMM waits. */
static void vcan_loaded(struct vwr_vdev *v)
{
    struct vwr_vcan *const c = vcan_of_dev(v);

    c->starved = true;
    if (c->ops->mode != NULL)
        (void)c->ops->mode(c, c->started);
}

static const struct vwr_record vcan_head = VWR_STATE_CAN_RECORD(vwr_vcan);

const struct vwr_vstate_class vwr_vcan_state = {
    .id = VWR_CAN_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vcan_add,
    .head = &vcan_head,
    .accept = vcan_accept,
    .loaded = vcan_loaded,
};
