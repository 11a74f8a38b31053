/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_OPEN_H
#define VWR_CONSOLE_OPEN_H

#include "vwr/console.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Console for vwr_open()
 *
 * This header defines the driver and the memory of a console for vwr_open(). See vwr/console.h.
 */

/** VWR_CONSOLE_OPEN_PORTS - Number of ports; more than 1 accepts MULTIPORT */
#ifndef VWR_CONSOLE_OPEN_PORTS
#define VWR_CONSOLE_OPEN_PORTS 1u
#endif

/**
 * struct vwr_console_open_own - Private memory of a console
 * @console: Console; the first member.
 * @port: Ports.
 */
struct vwr_console_open_own {
    struct vwr_console console;
    struct vwr_console_port port[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS) / 2u];
};

/**
 * struct vwr_console_open_shared - Shared memory of a console (see struct vwr_queue_memory)
 * @queue: Shared memory of each queue.
 */
struct vwr_console_open_shared {
    struct vwr_console_shared queue[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS)];
};

extern const struct vwr_open_class vwr_console_open_class;

VWR_END_C

#endif
