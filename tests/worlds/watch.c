/* SPDX-License-Identifier: MIT */
#include "watch.h"

#include <stdlib.h>
#include <string.h>

static uint64_t view(void *context, uint64_t addr, const void **host)
{
    const struct watch *const w = context;

    if (addr - w->at >= MEMORY_BYTES)
        return 0;
    *host = w->memory + (addr - w->at);
    return MEMORY_BYTES - (addr - w->at);
}

static void broken(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f)
{
    struct watch *const w = context;
    const char *const level = vwr_rules[f->rule].level;

    if (level != NULL && strncmp(level, "SHOULD", 6) == 0)
        return;
    if (w->text[0] == 0)
        (void)vwr_monitor_explain(m, f, w->text, sizeof(w->text));
}

void watch_begin(struct watch *w, const struct vwr_monitor_setup *tables, uint8_t *memory, uint64_t at)
{
    struct vwr_monitor_setup s = *tables;

    w->text[0] = 0;
    w->memory = memory;
    w->at = at;
    s.run = view;
    s.report = broken;
    s.context = w;
    s.queue = w->queue;
    s.queue_count = WATCH_QUEUES;
    s.entry = w->entry;
    s.entry_count = WATCH_ENTRIES;
    if (vwr_monitor_init(&w->m, &s) != VWR_OK)
        abort();
    w->runs = true;
}

void watch_access(struct watch *w, uint32_t place, uint32_t structure, uint32_t offset, uint32_t bytes,
                  bool is_write, uint64_t value)
{
    if (place == PLACE_MMIO)
        vwr_monitor_access(&w->m, offset, bytes, is_write, value);
    else if (place == PLACE_SPACE)
        vwr_monitor_pci_space(&w->m, offset, bytes, is_write, (uint32_t)value);
    else if (place == PLACE_STRUCTURE)
        vwr_monitor_pci_access(&w->m, structure, offset, bytes, is_write, value);
}
