/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/ids.h"
#include "vplan_monitor.h"

/* Pages of a balloon count as memory: what is between them would look like the end of an area. */
static uint64_t vplan_run(void *context, uint64_t addr, const void **host)
{
    const struct vwr_vdev *const v = context;
    const struct vwr_memory_region *const r = vwr_memory_find(&v->vm->memory, addr);

    if (r == NULL)
        return 0;
    *host = (const uint8_t *)r->host + (addr - r->addr);
    return r->bytes - (addr - r->addr);
}

void vwr_vplan_monitor_init(const struct vwr_vplan *plan, const struct vwr_vplan_monitor *row, void *memory,
                            vwr_monitor_report *report)
{
    struct vwr_vdev *const v = vwr_vplan_device(&plan->device[row->device], memory);
    struct vwr_monitor_setup s;

    vwr_zero(&s, sizeof(s));
    s.legacy = vwr_vdev_is_legacy(v);
    s.one_in = row->one_in;
    s.rules = v->kind->rules;
    s.rule_count = v->kind->rule_count;
    s.fields = v->kind->fields;
    s.field_count = v->kind->field_count;
    s.requests = row->requests;
    s.request_count = row->request_count;
    s.net = v->kind->id == VWR_ID_NET;
    s.feature_names = v->kind->feature_names;
    s.run = vplan_run;
    s.report = report;
    s.context = v;
    s.queue = vwr_vplan_member(memory, row->queue);
    s.queue_count = plan->device[row->device].queues;
    s.entry_count = (uint32_t)s.queue_count * plan->device[row->device].queue_size;
    s.entry = vwr_vplan_member(memory, row->entry);
    (void)!vwr_monitor_init(vwr_vplan_monitor(row, memory), &s); /* the plan has computed the sizes */
}
