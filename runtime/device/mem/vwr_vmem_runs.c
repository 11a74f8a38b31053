/* SPDX-License-Identifier: MIT */
#include "vmem_common.h"
#include "vwr/ring.h"

/*
 * Runs of plugged blocks. The other devices of the VM search the current table while it is replaced. Section:
 * Memory Device / Device Operation.
 */

/* The table that is written. */
struct vmem_copy {
    struct vwr_memory_span *to;
    uint32_t count, most;
    uint32_t end; /* of the last run */
};

static void vmem_begin(const struct vwr_vmem *m, struct vmem_copy *c)
{
    c->to = m->blocks.table[(m->blocks.now + 1u) % 2u];
    c->count = 0;
    c->most = m->most;
    c->end = 0;
    vwr_port_release(); /* a reader that sees a new entry also sees that this table is not current */
}

/* Appends the blocks [first, end), joined with the last run. */
static void vmem_append(struct vmem_copy *c, uint32_t first, uint32_t end)
{
    if (first == end)
        return;
    if (c->count != 0 && c->end == first) {
        vwr_ring_store32(&c->to[c->count - 1u].count, end - c->to[c->count - 1u].first);
    } else {
        if (c->count < c->most) {
            vwr_ring_store32(&c->to[c->count].first, first);
            vwr_ring_store32(&c->to[c->count].count, end - first);
        }
        c->count++;
    }
    c->end = end;
}

static bool vmem_end(struct vwr_vmem *m, const struct vmem_copy *c)
{
    if (c->count > c->most)
        return false;
    vwr_ring_store32(&m->blocks.count[(m->blocks.now + 1u) % 2u], c->count);
    return true;
}

bool vwr_vmem_add_(struct vwr_vmem *m, const struct vwr_memory_span *run)
{
    const struct vwr_memory_span *const from = vmem_table(m);
    struct vmem_copy c;
    uint32_t i = 0;

    vmem_begin(m, &c);
    for (; i < m->runs && from[i].first < run->first; i++)
        vmem_append(&c, from[i].first, from[i].first + from[i].count);
    vmem_append(&c, run->first, run->first + run->count);
    for (; i < m->runs; i++)
        vmem_append(&c, from[i].first, from[i].first + from[i].count);
    return vmem_end(m, &c);
}

bool vwr_vmem_cut_(struct vwr_vmem *m, const struct vwr_memory_span *run)
{
    const struct vwr_memory_span *const from = vmem_table(m);
    const uint32_t run_end = run->first + run->count;
    struct vmem_copy c;

    vmem_begin(m, &c);
    for (uint32_t i = 0; i < m->runs; i++) {
        const uint32_t first = from[i].first, end = first + from[i].count;

        vmem_append(&c, first, end < run->first ? end : run->first > first ? run->first : first);
        vmem_append(&c, first > run_end ? first : run_end < end ? run_end : end, end);
    }
    return vmem_end(m, &c);
}

bool vwr_vmem_clear_(struct vwr_vmem *m)
{
    struct vmem_copy c;

    vmem_begin(m, &c);
    return vmem_end(m, &c);
}

void vwr_vmem_publish_(struct vwr_vmem *m)
{
    vwr_port_release();
    vwr_ring_store32(&m->blocks.now, m->blocks.now + 1u);
    m->runs = m->blocks.count[m->blocks.now % 2u];
}

uint32_t vwr_vmem_plugged_(const struct vwr_vmem *m, const struct vwr_memory_span *run)
{
    const struct vwr_memory_span *const from = vmem_table(m);
    const uint32_t run_end = run->first + run->count;
    uint32_t plugged = 0;

    for (uint32_t i = 0; i < m->runs; i++) {
        const uint32_t end = from[i].first + from[i].count;
        const uint32_t first = from[i].first > run->first ? from[i].first : run->first;
        const uint32_t last = end < run_end ? end : run_end;

        plugged += first < last ? last - first : 0;
    }
    return plugged;
}

void vwr_vmem_region_(const struct vwr_vmem *m, const struct vwr_memory_span *run,
                      struct vwr_memory_region *r)
{
    const uint64_t at = vmem_bytes(m, run->first);

    r->addr = m->blocks.addr + at;
    r->bytes = vmem_bytes(m, run->count);
    r->host = m->host + at;
}

bool vwr_vmem_run(const struct vwr_vmem *m, uint32_t n, struct vwr_memory_region *r)
{
    if (n >= m->runs)
        return false;
    vwr_vmem_region_(m, &vmem_table(m)[n], r);
    return true;
}
