/* SPDX-License-Identifier: MIT */
/* The good port, with a hook that may be left out and is not said to be there. */
#include "../../port/vwr_port.h"

static inline void vwr_port_relax(void)
{
}
