/* SPDX-License-Identifier: MIT */
/* The good port, with a hook that is said to be there and is not. */
#include "../../port/vwr_port.h"
#define vwr_port_relax vwr_port_relax
