/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vconsole_common.h"

/* Saved state of a console: its ports, and how much of their output was consumed. Section: Device parts. */

/* The hook is informed later whether the guest's end is open. */
static const struct vwr_record_field vconsole_fields[] = {
    VWR_RECORD_FLAG(vwr_state_console, driver_ready, 1u, vwr_vconsole, driver_ready)};
static const struct vwr_record vconsole_head = VWR_RECORD(vwr_state_console, vconsole_fields);
static const struct vwr_record_field vconsole_port_fields[] = {
    VWR_RECORD_FLAG(vwr_state_port, flags, VWR_STATE_PORT_ADDED, vwr_vconsole_port, added),
    VWR_RECORD_FLAG(vwr_state_port, flags, VWR_STATE_PORT_READY, vwr_vconsole_port, ready),
    VWR_RECORD_FLAG(vwr_state_port, flags, VWR_STATE_PORT_GUEST_OPEN, vwr_vconsole_port, loaded_open),
    VWR_RECORD_ROW(0, vwr_state_port, flags, vwr_vconsole_port, guest_open, true, VWR_STATE_PORT_GUEST_OPEN),
    VWR_RECORD_FLAG(vwr_state_port, flags, VWR_STATE_PORT_HOST_OPEN, vwr_vconsole_port, host_open),
    VWR_RECORD_FLAG(vwr_state_port, flags, VWR_STATE_PORT_ABSENT, vwr_vconsole_port, absent),
    VWR_RECORD_FIELD(vwr_state_port, pending, vwr_vconsole_port, pending_events),
    VWR_RECORD_FIELD(vwr_state_port, cols, vwr_vconsole_port, cols),
    VWR_RECORD_FIELD(vwr_state_port, rows, vwr_vconsole_port, rows),
    VWR_RECORD_FIELD(vwr_state_port, done, vwr_vconsole_port, output.done)};
static const struct vwr_record vconsole_port = VWR_RECORD(vwr_state_port, vconsole_port_fields);

static void *vconsole_find_port(struct vwr_vdev *v, unsigned i)
{
    return i < vconsole_of(v)->ports ? &vconsole_of(v)->port[i] : NULL;
}

/* Control messages that are sent to the driver; the others are sent by the driver. */
static bool vconsole_may_pend(unsigned events)
{
    return (events &
            ~(unsigned)(vconsole_bit(VWR_CONSOLE_DEVICE_ADD) | vconsole_bit(VWR_CONSOLE_DEVICE_REMOVE) |
                        vconsole_bit(VWR_CONSOLE_CONSOLE_PORT) | vconsole_bit(VWR_CONSOLE_RESIZE) |
                        vconsole_bit(VWR_CONSOLE_PORT_OPEN) | vconsole_bit(VWR_CONSOLE_PORT_NAME))) == 0;
}

static bool vconsole_accept(struct vwr_vdev *v)
{
    const struct vwr_vconsole *const c = vconsole_of(v);
    bool good = true;

    for (unsigned i = 0; i < c->ports; i++) {
        const struct vwr_vconsole_port *const p = &c->port[i];

        good = good && vconsole_may_pend(p->pending_events) && !(p->absent && p->loaded_open) &&
               (p->name != NULL || (p->pending_events & vconsole_bit(VWR_CONSOLE_PORT_NAME)) == 0);
    }
    return good;
}

static void vconsole_start(struct vwr_vdev *v)
{
    struct vwr_vconsole *const c = vconsole_of(v);

    for (unsigned i = 0; i < c->ports; i++) {
        const bool open = c->port[i].loaded_open;

        c->port[i].loaded_open = false;
        if (open)
            vwr_vconsole_set_guest_open_(c, i, true);
    }
}

/* The size is part of the state, because the VMM may have changed it. A character in EMERG_WRITE was consumed
   when it was written.
 */
static const struct vwr_vstate_span vconsole_spans[] = {
    {VWR_CONSOLE_CONFIG_COLS, VWR_CONSOLE_CONFIG_ROWS + sizeof(vwr_le16)},
    {VWR_CONSOLE_CONFIG_EMERG_WR, sizeof(vwr_le32)}};

const struct vwr_vstate_class vwr_vconsole_state = {
    .id = VWR_CONSOLE_ID,
    .span = vconsole_spans,
    .spans = sizeof(vconsole_spans) / sizeof(vconsole_spans[0]),
    .head = &vconsole_head,
    .row = &vconsole_port,
    .find = vconsole_find_port,
    .accept = vconsole_accept,
    .start = vconsole_start,
};
