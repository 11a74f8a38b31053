/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vwr/vmem.h"
#include "vplan.h"

#include "hyp.h"

/*
 * Memory that a guest plugs: RAM of this machine that nothing else uses. A block that is not plugged is not
 * mapped for the guest (stage2.c), and is no memory for its devices (vwr/vmem.h). A plugged block contains
 * what the guest has left there.
 */
static struct vwr_vmem *mem_of(const struct guest *g)
{
    return (struct vwr_vmem *)(void *)devices_find(g, VWR_ID_MEM);
}

static struct guest *owner(struct vwr_vmem *m)
{
    return devices_guest(vwr_vmem_dev(m));
}

static int give(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    stage2_map(owner(m), r->addr, (uintptr_t)r->host, r->bytes);
    dsb();
    return VWR_OK;
}

static void discard(struct vwr_vmem *m, const struct vwr_memory_region *r)
{
    stage2_unmap(owner(m), r->addr, r->bytes);
}

void mem_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vmem_ops ops = {.give = give, .discard = discard};

    host->mem = &ops;
}

void mem_set(struct guest *g, unsigned mib)
{
    struct vwr_vmem *const m = mem_of(g);

    if (m == NULL)
        print("guest %u has no memory device\n", g->number);
    else if (vwr_vmem_resize(m, (uint64_t)mib << 20) != VWR_OK)
        print("guest %u: its memory device does not have %u MiB in whole blocks\n", g->number, mib);
    else
        print("guest %u: memory of %u MiB to plug\n", g->number, mib);
}

void mem_reset(struct guest *g)
{
    struct vwr_vmem *const m = mem_of(g);
    const uint64_t plugged = m != NULL ? m->plugged : 0;

    if (plugged != 0 && vwr_vmem_unplug_all(m) == VWR_OK)
        print("guest %u: %llu MiB are not plugged any more\n", g->number,
              (unsigned long long)(plugged >> 20));
}

void mem_stats(struct guest *g)
{
    const struct vwr_vmem *const m = mem_of(g);
    struct vwr_memory_region r;

    if (m == NULL)
        return;
    print("  memory: requested %llu MiB, plugged %llu MiB in %u runs\n",
          (unsigned long long)(m->requested >> 20), (unsigned long long)(m->plugged >> 20), m->runs);
    for (uint32_t i = 0; vwr_vmem_run(m, i, &r); i++)
        print("    0x%llx, 0x%llx bytes\n", (unsigned long long)r.addr, (unsigned long long)r.bytes);
}
