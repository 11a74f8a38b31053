/* SPDX-License-Identifier: MIT */
#ifndef VWR_PORT_DOORBELL_H
#define VWR_PORT_DOORBELL_H

/* A port for the unit tests: the test's own bus, with I/O ports. */
#include "../../../../runtime/port/host/vwr_port.h"

void fake_out16(uint16_t port, uint16_t value);

static inline void vwr_port_out16(uint16_t port, uint16_t value)
{
    fake_out16(port, value);
}
#define vwr_port_out16 vwr_port_out16

#endif
