/* SPDX-License-Identifier: MIT */
#include "vwr/console.h"

/* There are no console-specific faults, only those of the device and its queues. */

size_t vwr_console_explain(const struct vwr_console *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_dev_messages, vwr_console_feature_names, text, bytes);
}
