/* SPDX-License-Identifier: MIT */
#ifndef VWR_FDT_NODE_H
#define VWR_FDT_NODE_H

#include "vwr/tree.h"

VWR_BEGIN_C

/*
 * The queries of vwr/tree.h implemented with libfdt, for programs that use it anyway. `fdt` has passed
 * fdt_check_full, `node` is an offset in it. Results are those of the functions of vwr/tree.h with the same
 * name endings; both agree on every tree that both accept (tests/qemu/trees, fuzz_tree).
 */
bool vwr_fdt_is_compatible(const void *fdt, int node, const char *compatible);
bool vwr_fdt_is_enabled(const void *fdt, int node);
bool vwr_fdt_is_coherent(const void *fdt, int node);
VWR_MUST_CHECK int vwr_fdt_reg(const void *fdt, int node, unsigned index, uint64_t *at, uint64_t *bytes);
VWR_MUST_CHECK int vwr_fdt_interrupt(const void *fdt, int node, struct vwr_interrupt *i);
VWR_MUST_CHECK int vwr_fdt_window(const void *fdt, int node, unsigned index, struct vwr_tree_window *w);
VWR_MUST_CHECK int vwr_fdt_buses(const void *fdt, int node, uint8_t *first, uint8_t *last);
VWR_MUST_CHECK int vwr_fdt_map_interrupt(const void *fdt, int node, uint32_t function, unsigned pin,
                                         struct vwr_interrupt *i);
VWR_MUST_CHECK int vwr_fdt_map_message(const void *fdt, int node, uint32_t function, uint32_t *controller,
                                       uint32_t *id);

VWR_END_C

#endif
