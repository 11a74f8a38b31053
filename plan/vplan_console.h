/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_CONSOLE_H
#define VWR_VPLAN_CONSOLE_H

#include "vwr/vconsole.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A console of a plan
 *
 * The rows that `./vwr plan` writes for a console (vwr/vconsole.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_console - A console of a plan
 * @options: Options; ops, context and port are set when the device is built.
 * @port: Names of the ports, and which of them are consoles: options.port_count entries.
 * @ports: Offset of the ports in the structure.
 */
struct vwr_vplan_console {
    struct vwr_vconsole_options options;
    const struct vwr_vconsole_port *port;
    size_t ports;
};

vwr_vplan_build vwr_vplan_build_console;

VWR_END_C

#endif
