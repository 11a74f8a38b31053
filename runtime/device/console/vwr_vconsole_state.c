/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vstate.h"
#include "vconsole_common.h"

/* Saved state of a console: its ports, and how much of their output was taken. Section: Device parts. */

static uint16_t vconsole_flags(const struct vwr_vconsole_port *p)
{
    return (uint16_t)((p->added ? VWR_STATE_PORT_ADDED : 0) | (p->ready ? VWR_STATE_PORT_READY : 0) |
                      (p->guest_open || p->loaded_open ? VWR_STATE_PORT_GUEST_OPEN : 0) |
                      (p->host_open ? VWR_STATE_PORT_HOST_OPEN : 0) |
                      (p->absent ? VWR_STATE_PORT_ABSENT : 0));
}

static void vconsole_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vconsole *const c = (const struct vwr_vconsole *)(const void *)v;
    const vwr_le32 ready = vwr_cpu_to_le32(c->driver_ready);

    vwr_vstate_put(s, &ready, sizeof(ready));
    for (unsigned i = 0; i < c->ports; i++) {
        const struct vwr_vconsole_port *const p = &c->port[i];
        struct vwr_state_port to;

        to.flags = vwr_cpu_to_le16(vconsole_flags(p));
        to.pending = vwr_cpu_to_le16(p->pending_events);
        to.cols = vwr_cpu_to_le16(p->cols);
        to.rows = vwr_cpu_to_le16(p->rows);
        to.done = vwr_cpu_to_le32(p->output.done);
        vwr_vstate_put(s, &to, sizeof(to));
    }
}

/* Control messages to the driver; the others come from it. */
static bool vconsole_may_pend(unsigned events)
{
    return (events &
            ~(unsigned)(vconsole_bit(VWR_CONSOLE_DEVICE_ADD) | vconsole_bit(VWR_CONSOLE_DEVICE_REMOVE) |
                        vconsole_bit(VWR_CONSOLE_CONSOLE_PORT) | vconsole_bit(VWR_CONSOLE_RESIZE) |
                        vconsole_bit(VWR_CONSOLE_PORT_OPEN) | vconsole_bit(VWR_CONSOLE_PORT_NAME))) == 0;
}

/* Whether the end of the guest is open its hook hears later, and what was stopped is tried again. */
static bool vconsole_load_port(struct vwr_vconsole_port *p, const struct vwr_state_port *from)
{
    const unsigned flags = vwr_le16_to_cpu(from->flags);
    const unsigned pending = vwr_le16_to_cpu(from->pending);

    p->added = (flags & VWR_STATE_PORT_ADDED) != 0;
    p->ready = (flags & VWR_STATE_PORT_READY) != 0;
    p->host_open = (flags & VWR_STATE_PORT_HOST_OPEN) != 0;
    p->absent = (flags & VWR_STATE_PORT_ABSENT) != 0;
    p->loaded_open = (flags & VWR_STATE_PORT_GUEST_OPEN) != 0;
    p->pending_events = (uint8_t)pending;
    p->cols = vwr_le16_to_cpu(from->cols);
    p->rows = vwr_le16_to_cpu(from->rows);
    p->output.done = vwr_le32_to_cpu(from->done);
    p->output.is_stopped = false;
    return vconsole_flags(p) == flags && vconsole_may_pend(pending) && !(p->absent && p->loaded_open) &&
           (p->name != NULL || (pending & vconsole_bit(VWR_CONSOLE_PORT_NAME)) == 0);
}

static bool vconsole_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vconsole *const c = vconsole_of(v);
    struct vwr_state_port port;
    vwr_le32 ready;
    bool good = true;

    if (bytes != sizeof(ready) + c->ports * sizeof(port))
        return false;
    vwr_copy(&ready, from, sizeof(ready));
    c->driver_ready = vwr_le32_to_cpu(ready) != 0;
    for (unsigned i = 0; i < c->ports; i++) {
        vwr_copy(&port, from + sizeof(ready) + i * sizeof(port), sizeof(port));
        good = vconsole_load_port(&c->port[i], &port) && good;
    }
    return good && vwr_le32_to_cpu(ready) <= 1;
}

static void vconsole_start(struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = vconsole_of(v);

    for (unsigned i = 0; i < c->ports; i++) {
        const bool open = c->port[i].loaded_open;

        c->port[i].loaded_open = false;
        if (open)
            vwr_vconsole_set_guest_open(c, i, true);
    }
}

/* The size is state: the VMM may have changed it. The character of EMERG_WRITE was taken when it was written.
 */
static const struct vwr_vstate_span vconsole_spans[] = {
    {VWR_CONSOLE_CONFIG_COLS, VWR_CONSOLE_CONFIG_ROWS + sizeof(vwr_le16)},
    {VWR_CONSOLE_CONFIG_EMERG_WR, sizeof(vwr_le32)}};

const struct vwr_vstate_class vwr_vconsole_state = {
    .id = VWR_CONSOLE_ID,
    .span = vconsole_spans,
    .spans = sizeof(vconsole_spans) / sizeof(vconsole_spans[0]),
    .save = vconsole_save,
    .load = vconsole_load,
    .start = vconsole_start,
};
