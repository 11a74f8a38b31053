/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_OPEN_H
#define VWR_CONSOLE_OPEN_H

#include "vwr/console.h"
#include "vwr/open.h"

VWR_BEGIN_C

/* A console for vwr_open. */

#ifndef VWR_CONSOLE_OPEN_PORTS
#define VWR_CONSOLE_OPEN_PORTS 1u /* with more MULTIPORT is taken */
#endif

/* In memory that the device cannot reach. */
struct vwr_console_open_own {
    struct vwr_console console; /* first */
    struct vwr_console_port port[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS) / 2u];
};

/* In memory as vwr_queue_memory.shared. */
struct vwr_console_open_shared {
    struct vwr_console_shared queue[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS)];
};

extern const struct vwr_open_class vwr_console_open_class;

VWR_END_C

#endif
