/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_PMEM_H
#define VWR_VPLAN_PMEM_H

#include "vwr/vpmem.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A PMEM device of a plan
 *
 * The rows that `./vwr plan` writes for a PMEM device (vwr/vpmem.h), and the function that builds it from
 * them. The VMM maps the region for the guest.
 */

/**
 * struct vwr_vplan_pmem - A PMEM device of a plan
 * @region: Region, by its guest-physical address.
 * @host: Address of the region in the VMM; 0: the plan does not place it.
 */
struct vwr_vplan_pmem {
    struct vwr_vdev_shm region;
    uint64_t host;
};

vwr_vplan_build vwr_vplan_build_pmem;

VWR_END_C

#endif
