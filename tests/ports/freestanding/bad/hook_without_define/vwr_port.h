/* SPDX-License-Identifier: MIT */
/* The good port, with an optional hook whose macro is missing. */
#include "../../port/vwr_port.h"

static inline void vwr_port_relax(void)
{
}
