/* SPDX-License-Identifier: MIT */
#include "vmem_common.h"
#include "vwr/vstate.h"

/* Saved state of a memory device: its size and its plugged blocks. Section: Device parts. */

static struct vwr_vmem *vmem_of_dev(struct vwr_vdev *v)
{
    return (struct vwr_vmem *)(void *)v;
}

/* A request that waits is handled again. */
static bool vmem_give_back(struct vwr_vdev *v)
{
    vwr_vmem_cancel_(vmem_of_dev(v));
    return vwr_service_give_back(v);
}

static void *vmem_find_run(struct vwr_vdev *v, unsigned i)
{
    struct vwr_vmem *const m = vmem_of_dev(v);

    return i < m->runs && i < m->most ? &vmem_table(m)[i] : NULL;
}

/* The runs are ascending and not adjacent, and end in the usable region. */
static bool vmem_are_runs(const struct vwr_vmem *m)
{
    const uint32_t blocks = vmem_blocks(m, m->usable);
    const struct vwr_memory_span *const run = vmem_table(m);
    uint32_t least = 0;

    for (uint32_t i = 0; i < m->runs; i++) {
        if (run[i].first < least || run[i].count == 0 || run[i].first > blocks ||
            run[i].count > blocks - run[i].first)
            return false;
        least = run[i].first + run[i].count + 1u;
    }
    return true;
}

static bool vmem_accept(struct vwr_vdev *v)
{
    struct vwr_vmem *const m = vmem_of_dev(v);
    const uint64_t within = vmem_bytes(m, 1) - 1u;
    const bool good = m->runs <= m->most && ((m->requested | m->usable) & within) == 0 &&
                      m->requested <= m->usable && m->usable <= m->blocks.bytes && vmem_are_runs(m);

    m->runs = good ? m->runs : 0;
    m->blocks.count[m->blocks.now % 2u] = m->runs;
    m->plugged = 0;
    for (uint32_t i = 0; i < m->runs; i++)
        m->plugged += vmem_bytes(m, vmem_table(m)[i].count);
    vwr_vmem_write_config_(m);
    return good;
}

/* Blocks for which the VMM has no memory are lost: the device has failed. */
static void vmem_loaded(struct vwr_vdev *v)
{
    struct vwr_vmem *const m = vmem_of_dev(v);
    struct vwr_memory_region r;

    for (uint32_t i = 0; m->ops->give != NULL && vwr_vmem_run(m, i, &r); i++)
        if (m->ops->give(m, &r) != VWR_OK)
            vwr_vdev_needs_reset(v);
}

static const struct vwr_record vmem_head = VWR_STATE_MEM_RECORD(vwr_vmem);
static const struct vwr_record vmem_row = VWR_STATE_MEMORY_RUN_RECORD(vwr_memory_span);

const struct vwr_vstate_class vwr_vmem_state = {
    .id = VWR_MEM_ID,
    .give_back = vmem_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vmem_head,
    .row = &vmem_row,
    .find = vmem_find_run,
    .accept = vmem_accept,
    .loaded = vmem_loaded,
};
