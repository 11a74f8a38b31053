/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_CONSOLE_H
#define VWR_VPLAN_CONSOLE_H

#include "vwr/vconsole.h"
#include "vwr/vplan.h"

VWR_BEGIN_C

/* A console of a plan; ops, context and port are set when it is built. */
struct vwr_vplan_console {
    struct vwr_vconsole_options options;
    const struct vwr_vconsole_port *port; /* names, and which are consoles: options.ports of them */
    size_t ports;                         /* bytes from the begin of the structure to its ports */
};

vwr_vplan_build vwr_vplan_build_console;

VWR_END_C

#endif
