/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/message.h"
#include "vwr/gen/mmio.h"

/*
 * Messages for findings. They are separate from the code that reports findings, so that a program that prints
 * no messages does not link them.
 */

static const struct vwr_message monitor_rows[] = {
    {0, 0, NULL},
};

static const struct vwr_message_type monitor_types[] = {
    {"register", NULL, vwr_mmio_register_names},
    {NULL, NULL, NULL},
};

static const struct vwr_messages monitor_messages = {monitor_rows, monitor_types, NULL, &vwr_message_base};

size_t vwr_monitor_explain(const struct vwr_monitor *m, const struct vwr_monitor_finding *f, char *text,
                           size_t bytes)
{
    const struct vwr_rule *const rule = &vwr_rules[f->rule < VWR_RULE_COUNT ? f->rule : 0];
    struct vwr_message_args args;
    struct vwr_text t;

    args.value[0] = f->a;
    args.value[1] = f->b;
    args.value[2] = f->queue;
    args.value[3] = f->place;
    args.value[4] = 0;
    args.letters = "abqp";
    args.messages = &monitor_messages;
    args.features = m->s.feature_names;
    args.dev = NULL;
    args.fault = NULL;
    args.vdev = NULL;
    vwr_text_begin(&t, text, bytes);
    vwr_text_str(&t, f->doubt == VWR_MONITOR_EITHER ? "driver or device, "
                     : rule->by == VWR_BY_DRIVER    ? "driver, "
                                                    : "device, ");
    vwr_text_str(&t, rule->clause != NULL ? rule->clause : rule->section);
    if (rule->level != NULL) {
        vwr_text_str(&t, " (");
        vwr_text_str(&t, rule->level);
        vwr_text_str(&t, ")");
    }
    vwr_text_str(&t, ": ");
    vwr_message_put(&t, rule->text, &args);
    if (f->doubt == VWR_MONITOR_EITHER)
        vwr_text_str(&t, "; the monitor did not see which side wrote it");
    else if (f->doubt == VWR_MONITOR_PARTIAL)
        vwr_text_str(&t, ", unless the copy of memory lacks a part");
    else if (f->doubt == VWR_MONITOR_ENDED)
        vwr_text_str(&t, ", as far as was observed");
    return t.length;
}
