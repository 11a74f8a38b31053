/* SPDX-License-Identifier: MIT */
#include "queue_common.h"
#include "vwr/gen/mmio.h"

/* Doorbells that need more than a store of the queue's value. */

/* Contents of a notification with the position in the ring. */
static uint32_t doorbell_data(const struct vwr_queue *q)
{
    uint32_t position = (uint16_t)q->added;

    if (queue_is_packed(q)) {
        const struct vwr_packed_cursor next = packed_now(q);

        position = vwr_packed_position(&next);
    }
    return q->doorbell.value | position << VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT;
}

/* A probe never selects a kind that the build or the port does not support. */
void vwr_doorbell_ring_(const struct vwr_queue *q)
{
#if VWR_ACCESS_CALLS
    if (q->doorbell.kind == VWR_DOORBELL_CALL) {
        struct vwr_doorbell_call *const call = (struct vwr_doorbell_call *)(uintptr_t)q->doorbell.reg;

        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)call, sizeof(uint16_t), q->doorbell.value);
        call->ring(call, &q->doorbell, doorbell_data(q));
    }
#endif
    if (VWR_WITH_PACKED && q->doorbell.kind == VWR_DOORBELL_32_DATA)
        vwr_reg_write32(q->doorbell.reg, 0, doorbell_data(q));
    if (VWR_PORT_HAS_OUT16 && q->doorbell.kind == VWR_DOORBELL_PORT_16) {
        vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
        vwr_port_out16((uint16_t)(uintptr_t)q->doorbell.reg, q->doorbell.value);
    }
}
