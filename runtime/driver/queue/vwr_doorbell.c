/* SPDX-License-Identifier: MIT */
#include "vwr/queue.h"
#include "vwr/gen/mmio.h"

/* Notifications that are no store of the queue's value: with how far the ring has got, or to an I/O port. */

/* Where the ring ends, as a notification has it. */
static uint16_t doorbell_position(const struct vwr_queue *q)
{
    struct vwr_packed_cursor next;

    if (!vwr_queue_is_packed(q))
        return (uint16_t)q->added;
    next.index = q->packed.ring.next;
    next.flags = (uint32_t)(q->packed.ring.flags >> VWR_PACKED_FLAGS_SHIFT);
    return vwr_packed_position(&next);
}

static void doorbell_32_data(const struct vwr_queue *q)
{
    volatile void *const reg = q->doorbell.reg;
    const uint32_t value = q->doorbell.value | (uint32_t)doorbell_position(q)
                                                   << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)reg, sizeof(value), value);
    vwr_port_write32(reg, vwr_cpu_to_le32(value));
}

/* Only one of the kinds is there where the port has no I/O ports, or the build no NOTIFICATION_DATA. */
void vwr_doorbell_other(const struct vwr_queue *q)
{
#if VWR_CFG_ACCESS
    if (q->doorbell.kind == VWR_DOORBELL_CFG) {
        vwr_doorbell_cfg(q);
        return;
    }
#endif
    if (!VWR_PORT_HAS_OUT16 || (VWR_WITH_NOTIFICATION_DATA && q->doorbell.kind == VWR_DOORBELL_32_DATA)) {
        doorbell_32_data(q);
        return;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
    vwr_port_out16((uint16_t)(uintptr_t)q->doorbell.reg, q->doorbell.value);
}
