/* SPDX-License-Identifier: MIT */
/* The good port, with a hook that is declared by its macro, but not defined. */
#include "../../port/vwr_port.h"
#define vwr_port_relax vwr_port_relax
