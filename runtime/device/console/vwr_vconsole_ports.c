/* SPDX-License-Identifier: MIT */
#include "vconsole_common.h"

/*
 * Functions with which the VMM plugs, unplugs, opens, closes and resizes ports.
 * Section: Console Device.
 */

void vwr_vconsole_plug(struct vwr_vconsole *c, unsigned port, bool there)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (!there && !p->absent) {
        p->pending_events = p->added ? vconsole_bit(VWR_CONSOLE_DEVICE_REMOVE) : 0;
        p->ready = false;
        p->absent = true;
        vwr_vstream_restart(&p->output);
        vwr_vconsole_set_guest_open_(c, port, false);
        vwr_vdev_serve_locked(&c->dev, vconsole_transmitq(port)); /* the guest may wait for this output */
    } else if (there && p->absent) {
        p->absent = false;
        if (c->driver_ready)
            p->pending_events |= vconsole_bit(VWR_CONSOLE_DEVICE_ADD);
    }
    vwr_vconsole_send_pending_(c);
    vwr_vdev_unlock(&c->dev);
}

void vwr_vconsole_open_port(struct vwr_vconsole *c, unsigned port, bool open)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (p->ready && p->host_open != open)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_PORT_OPEN);
    p->host_open = open;
    vwr_vconsole_send_pending_(c);
    vwr_vdev_unlock(&c->dev);
}

/*
 * Port 0 is a console; its size is also in the configuration. With MULTIPORT a driver may read the size
 * only from messages, as Linux does.
 */
void vwr_vconsole_set_size_(struct vwr_vconsole *c, uint16_t cols, uint16_t rows)
{
    const struct vwr_console_config_info info = {cols, rows, c->ports};

    c->port[0].cols = cols;
    c->port[0].rows = rows;
    vwr_console_config_write(&c->config, c->dev.legacy, &info);
}

void vwr_vconsole_resize(struct vwr_vconsole *c, unsigned port, uint16_t cols, uint16_t rows)
{
    struct vwr_vconsole_port *p;

    if (port >= c->ports)
        return;
    p = &c->port[port];
    vwr_vdev_lock(&c->dev);
    if (port == 0)
        vwr_vconsole_set_size_(c, cols, rows);
    if (port == 0 && vwr_vdev_has(&c->dev, VWR_CONSOLE_F_SIZE))
        vwr_vdev_config_changed(&c->dev);
    p->cols = cols;
    p->rows = rows;
    if (p->ready && p->console)
        p->pending_events |= vconsole_bit(VWR_CONSOLE_RESIZE);
    vwr_vconsole_send_pending_(c);
    vwr_vdev_unlock(&c->dev);
}
