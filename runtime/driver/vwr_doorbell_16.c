/* SPDX-License-Identifier: MIT */
#include "vwr/queue.h"

/* Notifications of 16 bits. */

void vwr_doorbell_16(const struct vwr_queue *q)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
    vwr_port_write16(q->doorbell.reg, vwr_cpu_to_le16(q->doorbell.value));
}

#if VWR_PORT_HAS_OUT16
void vwr_doorbell_port_16(const struct vwr_queue *q)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)q->doorbell.reg, sizeof(uint16_t), q->doorbell.value);
    vwr_port_out16((uint16_t)(uintptr_t)q->doorbell.reg, q->doorbell.value);
}
#endif
