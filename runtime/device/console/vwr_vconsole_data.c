/* SPDX-License-Identifier: MIT */
#include "vconsole_common.h"

/*
 * Bytes from and to the guest. The device stores none of them: a buffer that the VMM does not consume
 * completely is put back into the ring (vwr/vstream.h).
 * Section: Console Device / Device Operation.
 */

/* ---- from the guest ---- */

/* A port that was unplugged accepts no more output; vwr_vconsole_serve_output_ drops the rest. */
static uint32_t vconsole_put_out(struct vwr_vdev *v, uint16_t queue, uint8_t *bytes, uint32_t n)
{
    struct vwr_vconsole *const c = vconsole_of(v);
    const unsigned port = vconsole_port_of(queue);

    return c->port[port].absent ? 0 : c->ops->output(c, port, bytes, n);
}

/*
 * Serves as many segments as fit the array; returns the number of buffers that were returned to the driver.
 */
static uint16_t vconsole_serve_part(struct vwr_vconsole *c, uint16_t queue, enum vwr_vstream_end *end)
{
    struct vwr_vconsole_port *const p = &c->port[vconsole_port_of(queue)];
    struct vwr_vchain chain;

    *end = VWR_VSTREAM_DONE;
    /*
     * Output has its own segment array: if the VMM sends input from within its output function, both arrays
     * are in use.
     */
    if (!vwr_vstream_pop(&c->dev, &p->output, queue, &chain, c->out_seg, VWR_VCONSOLE_SEGS))
        return 0;
    if (!p->absent)
        *end = vwr_vstream_take(&c->dev, &p->output, queue, &chain, vconsole_put_out);
    if (p->absent)
        *end = VWR_VSTREAM_DONE;
    return vwr_vstream_finish(&c->dev, &p->output, queue, &chain, *end, 0);
}

uint16_t vwr_vconsole_serve_output_(struct vwr_vconsole *c, uint16_t queue)
{
    enum vwr_vstream_end end;
    uint16_t n;

    do
        n = vconsole_serve_part(c, queue, &end);
    while (end == VWR_VSTREAM_MORE && c->dev.work != 0);
    return n;
}

void vwr_vconsole_resume(struct vwr_vconsole *c, unsigned port)
{
    if (port >= c->ports)
        return;
    vwr_vdev_lock(&c->dev);
    c->port[port].output.is_stopped = false;
    vwr_vdev_serve_locked(&c->dev, vconsole_transmitq(port));
    vwr_vdev_unlock(&c->dev);
}

/* ---- to the guest ---- */

/* Linux drops input for a port that no program has opened. */
static bool vconsole_takes_input(const struct vwr_vconsole *c, unsigned port)
{
    return vconsole_has_ports(c) ? c->port[port].guest_open : port == 0;
}

void vwr_vconsole_want_input_(struct vwr_vconsole *c, unsigned port)
{
    if (c->ops->input_wanted != NULL && vconsole_takes_input(c, port))
        c->ops->input_wanted(c, port);
}

uint16_t vwr_vconsole_serve_input_(struct vwr_vconsole *c, uint16_t queue)
{
    const unsigned port = vconsole_port_of(queue);
    struct vwr_vconsole_port *const p = &c->port[port];
    struct vwr_vchain chain;
    struct vwr_writer w;
    uint32_t n;

    if (p->input == NULL)
        vwr_vconsole_want_input_(c, port); /* the guest has notified, but there was no input */
    chain.seg = c->seg;
    chain.room = VWR_VCONSOLE_SEGS;
    if (p->input_left == 0 || !vwr_vstream_pop_from(&c->dev, queue, &chain, 0))
        return 0;
    vwr_vchain_writer(&chain, &w);
    n = vwr_vdev_write(&c->dev, &w, p->input, p->input_left);
    p->input += n;
    p->input_left -= n;
    vwr_vqueue_add_used(&c->dev.queue[queue], &chain, n);
    return 1;
}

uint32_t vwr_vconsole_input_locked(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n)
{
    struct vwr_vconsole_port *p;
    uint32_t given;

    if (port >= c->ports || n == 0 || !vconsole_takes_input(c, port))
        return 0;
    p = &c->port[port];
    p->input = bytes;
    p->input_left = n;
    vwr_vdev_serve_locked(&c->dev, vconsole_receiveq(port));
    given = n - p->input_left;
    p->input = NULL;
    p->input_left = 0;
    return given;
}

/* If there is no hook that resumes serving, continues here; otherwise input_wanted would be called again. */
uint32_t vwr_vconsole_input(struct vwr_vconsole *c, unsigned port, const void *bytes, uint32_t n)
{
    const uint8_t *const from = bytes;
    uint32_t given = 0;
    uint32_t some;
    bool unfinished;

    do {
        vwr_vdev_lock(&c->dev);
        some = vwr_vconsole_input_locked(c, port, from + given, n - given);
        unfinished = c->dev.unfinished;
        c->dev.unfinished = false;
        vwr_vdev_unlock(&c->dev);
        given += some;
    } while (unfinished && some != 0);
    return given;
}
