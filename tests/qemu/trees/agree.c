/* SPDX-License-Identifier: MIT */
#include "agree.h"
#include "vwr/tree.h"
#include "vwr_fdt_node.h"
#include "libfdt.h"

#include <stdlib.h>
#include <string.h>

#define SAME(ours, theirs) same(#ours, (uint64_t)(ours), (uint64_t)(theirs))
#define PINS 4u

static void same(const char *what, uint64_t ours, uint64_t theirs)
{
    if (ours == theirs)
        return;
    fprintf(stderr, "%s: %llx, libfdt: %llx\n", what, (unsigned long long)ours, (unsigned long long)theirs);
    abort();
}

static void print_controller(FILE *out, const void *fdt, uint32_t phandle)
{
    char path[256] = "";
    const int node = fdt_node_offset_by_phandle(fdt, phandle);

    if (node >= 0)
        (void)!fdt_get_path(fdt, node, path, sizeof(path));
    fprintf(out, " interrupt %s:", node >= 0 ? path : "without phandle");
}

static void same_interrupt(FILE *out, const void *fdt, const struct vwr_interrupt *ours,
                           const struct vwr_interrupt *theirs)
{
    SAME(ours->count, theirs->count);
    if (ours->count == 0)
        return;
    SAME(ours->controller, theirs->controller);
    for (unsigned c = 0; c < ours->count; c++)
        SAME(ours->cell[c], theirs->cell[c]);
    if (out == NULL)
        return;
    print_controller(out, fdt, ours->controller);
    for (unsigned c = 0; c < ours->count; c++)
        fprintf(out, " %x", ours->cell[c]);
}

/* Checks that an error names its node and its property. A missing property need not exist. */
static void explained(FILE *out, const struct vwr_tree_node *n, int r)
{
    char text[256];

    if (r >= 0)
        return;
    if (out != NULL && r != VWR_EUNSUPP && r != VWR_ERANGE) {
        vwr_tree_explain(n, r, text, sizeof(text));
        fprintf(out, "\n    error %s", text);
    }
    if (vwr_tree_explain(n, r, text, sizeof(text)) == 0 || strstr(text, ": ") == NULL) {
        fprintf(stderr, "an error without words: %s\n", text);
        abort();
    }
}

static void agree_on_reg(const void *fdt, int node, struct vwr_tree_node *n, FILE *out)
{
    for (unsigned i = 0; i < 3; i++) {
        uint64_t at, bytes, their_at, their_bytes;
        const int r = vwr_tree_reg(n, i, &at, &bytes);

        SAME(r, vwr_fdt_reg(fdt, node, i, &their_at, &their_bytes));
        if (i == 0 && n->depth > 1)
            explained(out, n, r);
        if (r != VWR_OK)
            return;
        SAME(at, their_at);
        SAME(bytes, their_bytes);
        if (out != NULL)
            fprintf(out, " reg %llx+%llx", (unsigned long long)at, (unsigned long long)bytes);
    }
}

static void agree_on_function(const void *fdt, int node, struct vwr_tree_node *n, uint32_t function,
                              FILE *out)
{
    uint32_t controller = 0, id = 0, their_controller = 0, their_id = 0;
    int r;

    for (unsigned pin = 1; pin <= PINS; pin += out != NULL ? 1 : 3) {
        struct vwr_interrupt i, theirs;

        r = vwr_tree_map_interrupt(n, function, pin, &i);
        SAME(r, vwr_fdt_map_interrupt(fdt, node, function, pin, &theirs));
        explained(function == 0 && pin == 1 ? out : NULL, n, r); /* of all of them the same */
        if (out != NULL && r == VWR_OK)
            fprintf(out, "\n    %x pin %u", function, pin);
        same_interrupt(out, fdt, &i, &theirs);
    }
    r = vwr_tree_map_message(n, function, &controller, &id);
    SAME(r, vwr_fdt_map_message(fdt, node, function, &their_controller, &their_id));
    explained(out, n, r);
    if (r != VWR_OK)
        return;
    SAME(controller, their_controller);
    SAME(id, their_id);
    if (out != NULL)
        fprintf(out, "\n    %x message %x %x", function, controller, id);
}

static void agree_on_host(const void *fdt, int node, struct vwr_tree_node *n, FILE *out)
{
    static const uint32_t functions[] = {0, 8, 0x18, 0x123};
    uint8_t first = 0, last = 0, their_first = 0, their_last = 0;
    const int r = vwr_tree_buses(n, &first, &last);

    SAME(r, vwr_fdt_buses(fdt, node, &their_first, &their_last));
    if (n->depth > 1)
        explained(out, n, r);
    if (r == VWR_OK) {
        SAME(first, their_first);
        SAME(last, their_last);
    }
    if (out != NULL && r == VWR_OK)
        fprintf(out, " buses %u-%u", first, last);
    for (unsigned i = 0; i < 6; i++) {
        struct vwr_tree_window w, theirs;
        const int is_there = vwr_tree_window(n, i, &w);

        SAME(is_there, vwr_fdt_window(fdt, node, i, &theirs));
        explained(out, n, is_there);
        if (is_there != 1)
            break;
        SAME(w.at, theirs.at);
        SAME(w.bus, theirs.bus);
        SAME(w.bytes, theirs.bytes);
        SAME(w.space, theirs.space);
        if (out != NULL)
            fprintf(out, "\n    window %u %llx at %llx+%llx", w.space, (unsigned long long)w.bus,
                    (unsigned long long)w.at, (unsigned long long)w.bytes);
    }
    for (unsigned i = out != NULL ? 0 : 1; i < sizeof(functions) / sizeof(functions[0]);
         i += out != NULL ? 1 : 2)
        agree_on_function(fdt, node, n, functions[i], i < 3 ? out : NULL);
}

static void agree_on_node(const void *fdt, int node, struct vwr_tree_node *n, FILE *out)
{
    const bool is_mmio = vwr_tree_is_compatible(n, "virtio,mmio");
    const bool is_host = vwr_tree_is_compatible(n, "pci-host-ecam-generic");
    struct vwr_interrupt i, theirs;
    int r;

    if (!is_mmio && !is_host)
        out = NULL;
    if (out != NULL)
        fprintf(out, "%s", fdt_get_name(fdt, node, NULL));
    SAME(is_mmio, vwr_fdt_is_compatible(fdt, node, "virtio,mmio"));
    SAME(is_host, vwr_fdt_is_compatible(fdt, node, "pci-host-ecam-generic"));
    SAME(vwr_tree_is_enabled(n), vwr_fdt_is_enabled(fdt, node));
    SAME(vwr_tree_is_coherent(n), vwr_fdt_is_coherent(fdt, node));
    agree_on_reg(fdt, node, n, out);
    r = vwr_tree_check_dma(n);
    SAME(r, vwr_fdt_check_dma(fdt, node));
    explained(out, n, r);
    r = vwr_tree_interrupt(n, &i);
    SAME(r, vwr_fdt_interrupt(fdt, node, &theirs));
    explained(out, n, r);
    same_interrupt(out, fdt, &i, &theirs);
    if (is_host || fdt_getprop(fdt, node, "interrupt-map", NULL) != NULL)
        agree_on_host(fdt, node, n, out);
    if (out != NULL)
        fprintf(out, "%s%s\n", vwr_tree_is_coherent(n) ? " coherent" : "",
                vwr_tree_is_enabled(n) ? "" : " disabled");
}

static void agree_on_chosen(const void *fdt, const struct vwr_tree *t)
{
    const char *const ours = vwr_tree_chosen(t, "bootargs");
    const char *theirs = NULL;
    int node, bytes = 0;

    fdt_for_each_subnode(node, fdt, 0) if (strcmp(fdt_get_name(fdt, node, NULL), "chosen") == 0)
    {
        theirs = fdt_getprop(fdt, node, "bootargs", &bytes);
        break;
    }
    if (theirs != NULL && (bytes == 0 || theirs[bytes - 1] != '\0'))
        theirs = NULL;
    SAME((uintptr_t)ours, (uintptr_t)theirs);
}

/*
 * Trees that libfdt accepts and vwr_tree_open may reject: older formats, a root behind another node, deep
 * nesting.
 */
static bool may_differ(const void *fdt)
{
    int depth = 0, node = -1, most = 0, roots = 0;

    if (fdt_version(fdt) < 17 || fdt_off_dt_struct(fdt) % 4 != 0 ||
        fdt_first_property_offset(fdt, 0) == -FDT_ERR_BADOFFSET)
        return true;
    while ((node = fdt_next_node(fdt, node, &depth)) >= 0) {
        if (depth > most)
            most = depth;
        roots += depth == 1;
    }
    return most > (int)VWR_TREE_DEPTH || roots != 1;
}

int agree(const void *blob, size_t bytes, FILE *out)
{
    struct vwr_tree tree;
    struct vwr_tree_node n;
    const int r = vwr_tree_open(&tree, blob, bytes);
    const int theirs = fdt_check_full(blob, bytes);
    int node = -1, depth = 0;

    if (r != VWR_OK && theirs == 0 && !may_differ(blob)) {
        fprintf(stderr, "libfdt takes the tree, vwr_tree_open answers %d\n", r);
        abort();
    }
    if (r != VWR_OK)
        return 0;
    vwr_tree_begin(&n, &tree);
    if (theirs != 0) { /* nothing to compare with: only read it */
        while (vwr_tree_next(&n)) {
            uint64_t at, size;
            struct vwr_interrupt i;

            explained(NULL, &n, vwr_tree_interrupt(&n, &i));
            (void)!vwr_tree_reg(&n, 0, &at, &size);
            (void)!vwr_tree_map_interrupt(&n, 8, 1, &i);
            explained(NULL, &n, vwr_tree_check_dma(&n));
            (void)vwr_tree_is_enabled(&n);
        }
        return 0;
    }
    while ((node = fdt_next_node(blob, node, &depth)) >= 0 && depth >= 0) {
        if (!vwr_tree_next(&n))
            same("a node", 0, 1);
        SAME(n.depth, depth);
        if (strcmp((const char *)(n.path[n.depth] + 1), fdt_get_name(blob, node, NULL)) != 0)
            same("its name", 0, 1);
        agree_on_node(blob, node, &n, out);
    }
    SAME(vwr_tree_next(&n), false);
    agree_on_chosen(blob, &tree);
    return 1;
}
