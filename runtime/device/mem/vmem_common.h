/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VMEM_COMMON_H
#define VWR_DEVICE_VMEM_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/vmem.h"

/* Shared by the files of a memory device; not for embedders. The caller holds the lock. */

static inline struct vwr_vmem *vmem_of(struct vwr_mem_vservice *s)
{
    return (struct vwr_vmem *)(void *)s;
}

static inline uint64_t vmem_bytes(const struct vwr_vmem *m, uint32_t count)
{
    return vwr_shift_left(count, m->blocks.shift);
}

static inline uint32_t vmem_blocks(const struct vwr_vmem *m, uint64_t bytes)
{
    return (uint32_t)vwr_shift_right(bytes, m->blocks.shift);
}

/* The table that is current. */
static inline struct vwr_memory_span *vmem_table(const struct vwr_vmem *m)
{
    return m->blocks.table[m->blocks.now % 2u];
}

/* vwr_vmem_runs.c: writes the table that is not current: the plugged blocks with a run, or without it. false:
   it is too small. */
bool vwr_vmem_add_(struct vwr_vmem *m, const struct vwr_memory_span *run);
bool vwr_vmem_cut_(struct vwr_vmem *m, const struct vwr_memory_span *run);
bool vwr_vmem_clear_(struct vwr_vmem *m);

/* Makes the table that was written, or that was current before, the current one. */
void vwr_vmem_publish_(struct vwr_vmem *m);

/* Number of plugged blocks of a run. */
uint32_t vwr_vmem_plugged_(const struct vwr_vmem *m, const struct vwr_memory_span *run);

void vwr_vmem_region_(const struct vwr_vmem *m, const struct vwr_memory_span *run,
                      struct vwr_memory_region *r);

/* vwr_vmem.c */
void vwr_vmem_write_config_(struct vwr_vmem *m);
void vwr_vmem_cancel_(struct vwr_vmem *m);

#endif
