/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "find_common.h"

/* Register blocks in a device tree. */

int vwr_find_node_(struct vwr_find *f, const char *compatible)
{
    if (f->entry == 0)
        vwr_tree_begin(&f->node, vwr_find_source_of(f)->from);
    f->entry = 1;
    while (vwr_tree_next(&f->node))
        if (vwr_tree_is_compatible(&f->node, compatible))
            return vwr_tree_is_enabled(&f->node) ? 1 : vwr_find_fail(f, VWR_FIND_DISABLED, VWR_ENODEV);
    return 0;
}

int vwr_find_bad_node_(struct vwr_find *f, struct vwr_found *found, int result)
{
    vwr_zero(&found->dev, sizeof(found->dev)); /* the device may have been probed already */
    return vwr_find_fail(f, VWR_FIND_NODE, result);
}

void vwr_find_explain_node_(const struct vwr_find *f, struct vwr_text *t)
{
    if (f->fault == VWR_FIND_DISABLED) {
        vwr_tree_put_path_(t, &f->node);
        vwr_text_str(t, " is disabled by its status property");
    } else {
        vwr_tree_put_reason_(t, &f->node, f->result);
    }
}

static int find_in_tree(struct vwr_find *f, struct vwr_found *found)
{
    uint64_t at, bytes;
    int r = vwr_find_node_(f, "virtio,mmio");

    if (r <= 0)
        return r;
    r = vwr_tree_reg(&f->node, 0, &at, &bytes);
    if (r != VWR_OK)
        return vwr_find_bad_node_(f, found, r);
    r = vwr_find_block_(f, found, at, bytes);
    if (r <= 0)
        return r;
    found->coherent = vwr_tree_is_coherent(&f->node);
    r = vwr_tree_check_dma(&f->node);
    if (r != VWR_OK)
        return vwr_find_bad_node_(f, found, r);
    r = vwr_tree_interrupt(&f->node, &found->interrupt);
    return r == VWR_OK || r == VWR_EUNSUPP ? 1 : vwr_find_bad_node_(f, found, r);
}

static void find_explain_tree(const struct vwr_find *f, struct vwr_text *t)
{
    if (f->fault == VWR_FIND_DISABLED || f->fault == VWR_FIND_NODE)
        vwr_find_explain_node_(f, t);
    else
        vwr_find_explain_block_(f, t);
}

const struct vwr_find_kind vwr_find_tree = {.next = find_in_tree, .explain = VWR_WORDS(find_explain_tree)};
