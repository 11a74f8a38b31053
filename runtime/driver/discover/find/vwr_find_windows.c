/* SPDX-License-Identifier: MIT */
#include "find_common.h"

/*
 * MMIO register blocks: windows supplied by the caller, and code that is common to all sources of register
 * blocks.
 */

int vwr_find_block_(struct vwr_find *f, struct vwr_found *found, uint64_t at, uint64_t bytes)
{
    volatile void *const base = vwr_find_map_(f, at, bytes);
    int r;

    f->at = at;
    if (base == NULL && bytes != 0)
        return vwr_find_fail(f, VWR_FIND_UNREACHABLE, VWR_ERANGE);
    r = vwr_mmio_probe(&found->mmio, base, (size_t)bytes);
    return r == VWR_OK ? 1 : vwr_find_fail(f, VWR_FIND_NO_DEVICE, r);
}

void vwr_find_explain_block_(const struct vwr_find *f, struct vwr_text *t)
{
    vwr_text_str(t, "registers at ");
    vwr_text_hex(t, f->at);
    if (f->fault == VWR_FIND_UNREACHABLE)
        vwr_text_str(t, ": the CPU cannot access all of them");
    else if (f->found->dev.fault.kind == VWR_FAULT_EMPTY) /* vwr_dev_explain advises to try the other slots */
        vwr_text_str(t, ": DeviceID reads 0: an empty slot");
    else
        vwr_find_explain_device_(f, t, vwr_dev_explain);
}

/* f->entry is the index of the window, and f->slot the index of the block. */
static int find_in_windows(struct vwr_find *f, struct vwr_found *found)
{
    const struct vwr_find_source *const source = vwr_find_source_of(f);
    struct vwr_mmio_scan s = {
        .windows = source->from, .count = source->count, .window = f->entry, .slot = f->slot};
    const int r = vwr_mmio_scan_next(&s, &found->mmio);

    f->entry = s.window;
    f->slot = s.slot;
    f->at = (uintptr_t)found->mmio.base;
    return r < 0 ? vwr_find_fail(f, VWR_FIND_NO_DEVICE, r) : r;
}

const struct vwr_find_kind vwr_find_windows = {.next = find_in_windows,
                                               .explain = VWR_WORDS(vwr_find_explain_block_)};
