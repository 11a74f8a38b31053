/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VCONSOLE_COMMON_H
#define VWR_DEVICE_VCONSOLE_COMMON_H

#include "vwr/vconsole.h"

/* Shared by the files of a guest's console. The caller holds the device's lock. */

/*
 * vwr_vconsole_data.c: serves a buffer of a port's queue; calls input_wanted() for a port that accepts input
 */
uint16_t vwr_vconsole_serve_output_(struct vwr_vconsole *c, uint16_t queue);
uint16_t vwr_vconsole_serve_input_(struct vwr_vconsole *c, uint16_t queue);
void vwr_vconsole_want_input_(struct vwr_vconsole *c, unsigned port);

/*
 * vwr_vconsole_control.c: serves a buffer of a control queue; sends pending messages while the guest has
 * buffers
 */
uint16_t vwr_vconsole_serve_pending_(struct vwr_vconsole *c, uint16_t queue);
uint16_t vwr_vconsole_serve_control_(struct vwr_vconsole *c, uint16_t queue);
void vwr_vconsole_send_pending_(struct vwr_vconsole *c);
void vwr_vconsole_set_guest_open_(struct vwr_vconsole *c, unsigned port, bool open);

static inline struct vwr_vconsole *vconsole_of(struct vwr_vdev *v)
{
    return (struct vwr_vconsole *)(void *)v; /* first member */
}

static inline bool vconsole_has_ports(const struct vwr_vconsole *c)
{
    return vwr_vdev_has(&c->dev, VWR_CONSOLE_F_MULTIPORT);
}

/* Port 0 uses the first two queues, and the others use the pairs after the control queues. */
static inline bool vconsole_is_receiveq(unsigned queue)
{
    return (queue - VWR_CONSOLE_QUEUE_RECEIVEQ) % 2 == 0;
}

static inline unsigned vconsole_port_of(unsigned queue)
{
    return queue < VWR_CONSOLE_QUEUE_PORT_RECEIVEQ ? 0 : (queue - VWR_CONSOLE_QUEUE_PORT_RECEIVEQ) / 2 + 1;
}

static inline uint16_t vconsole_receiveq(unsigned port)
{
    return (uint16_t)(port == 0 ? VWR_CONSOLE_QUEUE_RECEIVEQ : vwr_console_queue_port_receiveq_at(port - 1));
}

static inline uint16_t vconsole_transmitq(unsigned port)
{
    return (uint16_t)(port == 0 ? VWR_CONSOLE_QUEUE_TRANSMITQ
                                : vwr_console_queue_port_transmitq_at(port - 1));
}

/* vwr_vconsole_ports.c: sets the size of port 0, including the one in the configuration */
void vwr_vconsole_set_size_(struct vwr_vconsole *c, uint16_t cols, uint16_t rows);

/* Bit of an event in the pending set. */
static inline uint8_t vconsole_bit(unsigned event)
{
    return (uint8_t)(1u << event);
}

#endif
