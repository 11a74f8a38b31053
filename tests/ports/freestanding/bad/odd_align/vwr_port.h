/* SPDX-License-Identifier: MIT */
/* The good port, with an alignment that is none. */
#include "../../port/vwr_port.h"
#define VWR_PORT_DMA_ALIGN 48u
