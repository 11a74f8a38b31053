/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/mmio.h"

#include <poll.h>

/* A device of a vhost-user back end: each session uses a separate connection. */

#define CONNECT_MS 10000
#define STEP_MS 10

static bool vhost_connect(struct session *s)
{
    const struct vwr_vhost_front_options o = {.path = s->path, .type = s->class->type, .ring_max = RING};
    const uint64_t end = vwr_host_time_us() + CONNECT_MS * UINT64_C(1000);
    int r = vwr_vhost_front_probe(&s->v, &o);

    /* the back end may be starting, or may not have closed the last connection yet */
    while (vwr_host_time_us() < end && (r == VWR_ENODEV || r == VWR_EGONE)) {
        (void)poll(NULL, 0, STEP_MS);
        r = vwr_vhost_front_probe(&s->v, &o);
    }
    if (r != VWR_OK) {
        (void)vwr_vhost_front_explain(&s->v, s->seen, sizeof(s->seen));
        return false;
    }
    s->dev = &s->v.dev;
    s->offered = s->v.features;
    s->has_config = (s->v.protocol_features & BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIG)) != 0;
    s->has_status = (s->v.protocol_features & BIT(VWR_VHOST_USER_PROTOCOL_F_STATUS)) != 0;
    s->knows_driver = session_offers(s, VWR_VHOST_USER_F_PROTOCOL_FEATURES);
    return true;
}

static void vhost_end(struct session *s)
{
    vwr_vhost_front_end(&s->v);
}

static void *vhost_memory(struct session *s, size_t bytes)
{
    return vwr_vhost_front_memory(&s->v, bytes);
}

static void vhost_kick(struct session *s)
{
    struct vwr_doorbell_call *const call = &s->v.ring[s->class->queue].call;
    const struct vwr_doorbell bell = {.index = s->class->queue, .value = s->class->queue};

    call->ring(call, &bell, bell.value);
}

static void vhost_step(struct session *s)
{
    struct pollfd p = {.fd = vwr_vhost_front_fd(&s->v), .events = POLLIN};

    if (poll(&p, 1, STEP_MS) > 0 && (vwr_dev_irq(s->dev) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        s->interrupts++;
}

static bool vhost_is_there(const struct session *s)
{
    return s->v.error == VWR_VHOST_FRONT_NONE;
}

const struct way vhost_way = {.connect = vhost_connect,
                              .end = vhost_end,
                              .memory = vhost_memory,
                              .kick = vhost_kick,
                              .step = vhost_step,
                              .is_there = vhost_is_there};
