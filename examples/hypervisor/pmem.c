/* SPDX-License-Identifier: MIT */
#include "vwr/gen/ids.h"
#include "vplan_pmem.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * Persistent memory of guests: RAM of this machine that nothing else uses. It survives a reset of the guest.
 * If QEMU has its RAM in a file, it also survives the end of QEMU.
 */

/* The guest's writes are in RAM already: there is no other medium. */
static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    dsb();
    return VWR_OK;
}

void pmem_offer(struct vwr_vplan_host *host)
{
    host->pmem = flush;
}

bool pmem_map(struct guest *g)
{
    for (unsigned i = 0; i < vwr_plan_hypervisor.devices; i++) {
        const struct vwr_vplan_device *const row = &vwr_plan_hypervisor.device[i];
        const struct vwr_vplan_pmem *const p = row->options;
        const char *wrong;

        if (row->id != VWR_ID_PMEM || row->vm != g->number)
            continue;
        wrong = plan_wrong(p->region.addr, p->host, p->region.bytes);
        if (wrong != NULL) {
            print("hypervisor: guest %u: the memory of %s, host address 0x%llx, %s\n", g->number, row->name,
                  (unsigned long long)p->host, wrong);
            return false;
        }
        stage2_map(g, p->region.addr, p->host, p->region.bytes);
    }
    return true;
}
