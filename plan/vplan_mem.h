/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_MEM_H
#define VWR_VPLAN_MEM_H

#include "vwr/vmem.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: A memory device of a plan
 *
 * The rows that `./vwr plan` writes for a memory device (vwr/vmem.h), and the function that builds it from
 * them. Its region is a row of the VM's memory. The VMM maps blocks for the guest in its hooks.
 */

/**
 * struct vwr_vplan_mem - A memory device of a plan
 * @options: Options; hooks, context and pointers to memory are set when the device is built.
 * @run: Offset of the runs in the structure.
 */
struct vwr_vplan_mem {
    struct vwr_vmem_options options;
    size_t run;
};

vwr_vplan_build vwr_vplan_build_mem;

VWR_END_C

#endif
