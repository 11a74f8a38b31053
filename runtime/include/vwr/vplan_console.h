/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_CONSOLE_H
#define VWR_VPLAN_CONSOLE_H

#include "vwr/vconsole.h"
#include "vwr/vplan.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A port of a console of a plan. */
struct vwr_vplan_port {
    const char *name;
    bool console;
};

/* A console of a plan: struct vwr_vconsole_options as a const row. */
struct vwr_vplan_console {
    const struct vwr_vplan_port *port;
    uint16_t ports;
    uint16_t cols;
    uint16_t rows;
    bool emergency;
    size_t at; /* bytes from the begin of the structure to its ports */
};

vwr_vplan_build vwr_vplan_build_console;

#ifdef __cplusplus
}
#endif

#endif
