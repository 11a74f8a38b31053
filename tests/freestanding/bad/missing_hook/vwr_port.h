/* SPDX-License-Identifier: MIT */
/* The good port, in which vwr_port_rmb has another name: it is missing. */
#define vwr_port_rmb test_other_name
#include "../../port/vwr_port.h"
#undef vwr_port_rmb
