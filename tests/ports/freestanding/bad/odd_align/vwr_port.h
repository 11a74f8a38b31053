/* SPDX-License-Identifier: MIT */
/* The good port, with an invalid alignment. */
#include "../../port/vwr_port.h"
#define VWR_PORT_DMA_ALIGN 48u
