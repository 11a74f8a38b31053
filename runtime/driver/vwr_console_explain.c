/* SPDX-License-Identifier: MIT */
#include "vwr/console.h"
#include "vwr/message.h"

/* A console has no faults but those of its device and its queues. */

/* The first fault of its queues; NULL: none has one. */
static const struct vwr_fault *console_explain_find(const struct vwr_console *c)
{
    for (unsigned n = 0; n < c->pairs; n++) {
        const struct vwr_console_port *const p = &c->options.port[n];

        if (p->transmit.fault.kind != VWR_FAULT_NONE)
            return &p->transmit.fault;
        if (p->receive.fault.kind != VWR_FAULT_NONE)
            return &p->receive.fault;
    }
    return NULL;
}

size_t vwr_console_explain(const struct vwr_console *c, char *text, size_t bytes)
{
    const struct vwr_dev *const d = c->recovery.dev;
    const struct vwr_fault *const fault = console_explain_find(c);
    struct vwr_message_args a;

    vwr_message_begin(&a, &vwr_dev_messages, vwr_console_feature_names, d,
                      d->fault.kind == VWR_FAULT_NONE && fault != NULL ? fault : &d->fault);
    return vwr_message_explain(&a, text, bytes);
}
