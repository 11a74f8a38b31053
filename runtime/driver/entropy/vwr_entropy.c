/* SPDX-License-Identifier: MIT */
#include "vwr/entropy.h"
#include "vwr/bytes.h"
#include "vwr/message.h"
#include "vwr/wait.h"

/* Entropy device: one queue of buffers, which the device fills. Section: Entropy Device. */

VWR_STATIC_ASSERT((VWR_ENTROPY_FEATURES_W0 | VWR_ENTROPY_FEATURES_W1 | VWR_ENTROPY_FEATURES_W2 |
                   VWR_ENTROPY_FEATURES_W3) == 0,
                  "an entropy device has features now: request them as optional");

static int entropy_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_entropy *const e = (void *)v;
    struct vwr_entropy_shared *const s = e->options.shared;
    const struct vwr_queue_memory m = {s->ring, sizeof(s->ring), e->own, sizeof(e->own), VWR_ENTROPY_QUEUE};
    const struct vwr_receive_memory in = {s->data, sizeof(s->data), e->buffer, VWR_ENTROPY_QUEUE};

    (void)n;
    return vwr_receive_setup(&e->receive, v, VWR_ENTROPY_QUEUE_REQUESTQ, &m, &in, 1);
}

/* The device has no device-specific features and no configuration. */
const struct vwr_bringup_class vwr_entropy_bringup = {
    .type = VWR_ENTROPY_ID,
    .bytes = sizeof(struct vwr_entropy),
    .set_up = entropy_set_up,
    .event = vwr_receive_all,
};

int vwr_entropy_open(struct vwr_entropy *e, struct vwr_dev *d, const struct vwr_entropy_options *options)
{
    const int r = vwr_bringup_begin(&e->bringup, &vwr_entropy_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&e->options, options, sizeof(*options));
    e->bringup.avoid = &e->options.avoid;
    return vwr_bringup_open(&e->bringup);
}

int vwr_entropy_fill(struct vwr_entropy *e, void *bytes, size_t n, uint32_t us)
{
    uint8_t *at = bytes;
    struct vwr_wait wait;
    bool more = true;
    int r;

    for (vwr_wait_begin(&wait, us);; more = vwr_wait_more(&wait)) {
        r = vwr_entropy_read(e, at, n);
        if (r < 0)
            return r;
        at += r;
        n -= (size_t)r;
        if (n == 0)
            return VWR_OK;
        if (!more)
            break;
    }
    r = vwr_dev_check(e->bringup.dev);
    return r == VWR_OK ? VWR_ETIMEOUT : r;
}
