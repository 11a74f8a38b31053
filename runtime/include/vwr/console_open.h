/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONSOLE_OPEN_H
#define VWR_CONSOLE_OPEN_H

#include "vwr/console.h"
#include "vwr/open.h"

VWR_BEGIN_C

/**
 * DOC: Console for vwr_open()
 *
 * Driver and memory of a console for the table of vwr_open(). See vwr/console.h.
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
 * struct vwr_console_open_shared - Shared memory of a console, as in struct vwr_queue_memory
 * @queue: Shared memory of each queue.
 */
struct vwr_console_open_shared {
    struct vwr_console_shared queue[VWR_CONSOLE_QUEUES(VWR_CONSOLE_OPEN_PORTS)];
};

extern const struct vwr_open_class vwr_console_open_class;

/**
 * vwr_console_opened() - Get the console
 * @o: Open device.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The console; NULL if the device is not a console, or not open.
 */
static inline struct vwr_console *vwr_console_opened(const struct vwr_opened *o)
{
    return o->cls == &vwr_console_open_class ? (struct vwr_console *)(void *)o->bringup : NULL;
}

VWR_END_C

#endif
