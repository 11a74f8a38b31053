/* SPDX-License-Identifier: MIT */
#include "monitored.h"

#include "vwr/gen/blk.h"
#include "vwr/gen/ids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct monitored_total total;
static unsigned sampled;

static void broken(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    char text[400];

    (void)context;
    if (vwr_rules[f->rule].level != NULL && strncmp(vwr_rules[f->rule].level, "SHOULD", 6) == 0)
        return;
    (void)vwr_monitor_explain(m, f, text, sizeof(text));
    fprintf(stderr, "the monitor: queue %d: %s\n", f->queue == VWR_MONITOR_NO_QUEUE ? -1 : f->queue, text);
    abort();
}

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    const struct monitored *const o = context;
    void *at;
    const uint64_t bytes = vwr_memory_run(&o->v->vm->memory, addr, &at);

    if (bytes != 0)
        *host = at;
    return bytes;
}

void monitored_sample(unsigned one_in)
{
    sampled = one_in;
}

void monitored_begin(struct monitored *o, struct vwr_vdev *v)
{
    const struct vwr_monitor_setup s = {
        .legacy = v->legacy,
        .one_in = (uint16_t)sampled,
        .rules = v->kind->rules,
        .rule_count = v->kind->rule_count,
        .fields = v->kind->fields,
        .field_count = v->kind->field_count,
        .requests = v->kind->id == VWR_ID_BLOCK ? vwr_blk_requests : NULL,
        .request_count = v->kind->id == VWR_ID_BLOCK ? VWR_BLK_REQUEST_COUNT : 0,
        .net = v->kind->id == VWR_ID_NET,
        .feature_names = v->kind->feature_names,
        .run = run,
        .report = broken,
        .context = o,
        .queue = o->queue,
        .queue_count = v->queues < MONITORED_QUEUES ? v->queues : MONITORED_QUEUES,
        .entry_count = VWR_COUNT(o->entry),
        .entry = o->entry,
    };

    o->v = v;
    o->reasons = 0;
    if (vwr_monitor_init(&o->m, &s) != VWR_OK)
        abort();
}

void monitored_driver(struct monitored *o)
{
    if (o->v != NULL)
        vwr_monitor_look(&o->m, VWR_BY_DRIVER);
}

void monitored_device(struct monitored *o)
{
    if (o->v == NULL)
        return;
    vwr_monitor_look(&o->m, VWR_BY_DEVICE);
    o->reasons = o->v->interrupt;
}

void monitored_access(struct monitored *o, uint64_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    if (o->v != NULL)
        vwr_monitor_access(&o->m, offset, bytes, is_write, value);
}

void monitored_pci_access(struct monitored *o, unsigned structure, uint64_t offset, unsigned bytes,
                          bool is_write, uint64_t value)
{
    if (o->v != NULL)
        vwr_monitor_pci_access(&o->m, structure, offset, bytes, is_write, value);
}

void monitored_space(struct monitored *o, unsigned offset, unsigned bytes, bool is_write, uint64_t value)
{
    if (o->v != NULL)
        vwr_monitor_pci_space(&o->m, offset, bytes, is_write, (uint32_t)value);
}

void monitored_message(struct monitored *o, uint32_t reasons)
{
    if (o->v != NULL)
        vwr_monitor_interrupt(&o->m, reasons);
}

void monitored_interrupt(struct monitored *o)
{
    if (o->v == NULL)
        return;
    vwr_monitor_interrupt(&o->m, o->v->interrupt & ~o->reasons);
    o->reasons = o->v->interrupt;
}

void monitored_end(struct monitored *o)
{
    if (o->v != NULL) {
        total.buffers += o->m.buffers;
        total.lost += o->m.lost;
    }
    o->v = NULL;
}

struct monitored_total monitored_total(void)
{
    return total;
}
