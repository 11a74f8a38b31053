/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include "vwr/dev.h"
#include "vwr/gen/mmio.h"
#include "vwr_vhost_front.h"

#include <poll.h>

/* A device of a vhost-user back end: each session uses a separate connection. */

#define CONNECT_MS 10000
#define STEP_MS 10

static const char *socket_path;
static struct vwr_vhost_front front;

void vhost_socket(const char *path)
{
    socket_path = path;
}

static bool vhost_connect(struct session *s)
{
    const struct vwr_vhost_front_options o = {.path = socket_path, .type = s->class->type, .ring_max = RING};
    const uint64_t end = vwr_host_time_us() + CONNECT_MS * UINT64_C(1000);
    int r = vwr_vhost_front_probe(&front, &o);

    /* the back end may be starting, or may not have closed the last connection yet */
    while (vwr_host_time_us() < end && (r == VWR_ENODEV || r == VWR_EGONE)) {
        (void)poll(NULL, 0, STEP_MS);
        r = vwr_vhost_front_probe(&front, &o);
    }
    if (r != VWR_OK) {
        (void)vwr_vhost_front_explain(&front, s->seen, sizeof(s->seen));
        return false;
    }
    s->dev = &front.dev;
    s->offered = front.features;
    s->has_config = (front.protocol_features & BIT(VWR_VHOST_USER_PROTOCOL_F_CONFIG)) != 0;
    s->has_status = (front.protocol_features & BIT(VWR_VHOST_USER_PROTOCOL_F_STATUS)) != 0;
    s->knows_driver = session_offers(s, VWR_VHOST_USER_F_PROTOCOL_FEATURES);
    return true;
}

static void vhost_end(struct session *s)
{
    (void)s;
    vwr_vhost_front_end(&front);
}

static void *vhost_memory(struct session *s, size_t bytes)
{
    (void)s;
    return vwr_vhost_front_memory(&front, bytes);
}

static void vhost_kick(struct session *s)
{
    struct vwr_doorbell_call *const call = &front.ring[s->number].call;
    const struct vwr_doorbell bell = {.index = s->number, .value = s->number};

    call->ring(call, &bell, bell.value);
}

static void vhost_step(struct session *s)
{
    struct pollfd p = {.fd = vwr_vhost_front_fd(&front), .events = POLLIN};

    if (poll(&p, 1, STEP_MS) > 0 && (vwr_dev_irq(s->dev) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        s->interrupts++;
}

static bool vhost_is_there(const struct session *s)
{
    (void)s;
    return front.error == VWR_VHOST_FRONT_NONE;
}

const struct way vhost_way = {.connect = vhost_connect,
                              .end = vhost_end,
                              .memory = vhost_memory,
                              .kick = vhost_kick,
                              .step = vhost_step,
                              .is_there = vhost_is_there,
                              .starts_by_kicks = true};
