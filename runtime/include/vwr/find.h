/* SPDX-License-Identifier: MIT */
#ifndef VWR_FIND_H
#define VWR_FIND_H

#include "vwr/acpi.h"
#include "vwr/mmio.h"
#include "vwr/pci.h"
#include "vwr/tree.h"

VWR_BEGIN_C

/*
 * Every device that a machine has, one after the other, from all that it says of itself.
 *
 *     static struct vwr_found found[32];
 *     static struct vwr_find_host hosts[1];
 *     static struct vwr_find find;
 *     const struct vwr_find_source sources[] = {
 *         {.kind = &vwr_find_tree, .from = tree},
 *         {.kind = &vwr_find_tree_pci, .from = tree, .place = true},
 *         {.kind = &vwr_find_command_line, .from = bootargs},
 *     };
 *
 *     vwr_find_begin(&find, sources, 3, hosts, 1);
 *     while (n < 32 && (r = vwr_find_next(&find, &found[n])) != 0)
 *         if (r > 0)
 *             use(&found[n++]); // vwr_open(opened, &found->dev, options), found->interrupt
 *         else if (r != VWR_ENODEV && vwr_find_explain(&find, text, sizeof(text)) > 0)
 *             print(text); // passed over, and why
 *
 * Only what the sources name is linked: without those of PCI no driver of PCI. All memory is the caller's.
 *
 * Context: one caller at a time, outside of interrupt handlers, before devices of the PCI hosts are in use.
 * Context, stack and loops of each call: docs/contexts.md.
 */

struct vwr_find;
struct vwr_found;
struct vwr_text;

/* What a source is, a constant. */
struct vwr_find_kind {
    /* as vwr_find_next, 0 at the end of the source */
    int (*next)(struct vwr_find *f, struct vwr_found *found);
    /* the same of a source of hosts: begins with its next host, 1 */
    int (*begin)(struct vwr_find *f, struct vwr_found *found);
    void (*explain)(const struct vwr_find *f, struct vwr_text *t); /* VWR_WORDS(...) */
};

/*
 * vwr_find_windows: `count` struct vwr_mmio_window, one for each block if they are a list.
 * vwr_find_tree: a struct vwr_tree, its nodes virtio,mmio.
 * vwr_find_command_line: text with virtio_mmio.device=<bytes>@<address>:<interrupt>[:<id>], as Linux has it.
 * vwr_find_pci: `count` pointers to struct vwr_pci_host.
 * vwr_find_tree_pci: a struct vwr_tree, its nodes pci-host-ecam-generic.
 * vwr_find_acpi: a struct vwr_find_tables, its table MCFG.
 */
extern const struct vwr_find_kind vwr_find_windows;
extern const struct vwr_find_kind vwr_find_tree;
extern const struct vwr_find_kind vwr_find_command_line;
extern const struct vwr_find_kind vwr_find_pci;
extern const struct vwr_find_kind vwr_find_tree_pci;
extern const struct vwr_find_kind vwr_find_acpi;

/* Of `from` NULL: the machine has not this source, and nothing is found there. */
struct vwr_find_source {
    const struct vwr_find_kind *kind;
    const void *from;
    size_t count;
    bool place; /* PCI: no firmware has placed BARs, vwr_pci_place does it */
};

/* What ACPI's tables do not have without AML: the addresses that its PCI hosts pass to their buses. */
struct vwr_find_tables {
    const struct vwr_acpi *acpi;
    struct vwr_pci_window *windows;
    unsigned window_count;
};

/* Memory for a PCI host of a tree or of ACPI, as long as devices behind it are in use. */
#define VWR_FIND_WINDOWS 4u
struct vwr_find_host {
    struct vwr_pci_host host;
    struct vwr_pci_window window[VWR_FIND_WINDOWS];
};

/* A device that was found, ready to be opened, and what is known of it. Not to be moved. */
struct vwr_found {
    union {
        struct vwr_dev dev;
        struct vwr_mmio mmio;
        struct vwr_pci pci;
    };
    const struct vwr_find_source *source;
    struct vwr_interrupt interrupt; /* by a line; of PCI its INTx, where a tree says which */
    uint32_t msi_controller;        /* PCI: its phandle */
    uint32_t msi_id;                /* that the controller has for the function */
    bool is_pci;
    bool has_msi;  /* a tree has named a controller */
    bool coherent; /* `dma-coherent` of a tree */
};

/* A walk over sources; vwr_find_begin fills it in. */
struct vwr_find {
    const struct vwr_find_source *sources;
    size_t count;
    struct vwr_find_host *hosts; /* `host_count`, for those of trees and ACPI */
    unsigned host_count;
    /* where the CPU reaches `bytes` bytes at an address, mapped uncached; NULL: nowhere. The hook NULL: 1:1
     */
    volatile void *(*map)(void *context, uint64_t at, uint64_t bytes);
    void *context;
    /* private */
    size_t source;
    size_t entry; /* of the source; 0: its beginning */
    uint32_t slot;
    unsigned used; /* of `hosts` */
    uint8_t fault;
    int result;
    struct vwr_pci_scan scan;
    struct vwr_tree_node node;
    const struct vwr_found *found; /* what was answered last */
    uint64_t at;
};

/* Begins a walk: *f may have any content; map and context may be set afterwards. */
void vwr_find_begin(struct vwr_find *f, const struct vwr_find_source *sources, size_t count,
                    struct vwr_find_host *hosts, unsigned host_count);

/*
 * The next device: 1 and *found; where there is none or it cannot be driven an error, go on; 0 at the end.
 * The errors: as vwr_mmio_probe and vwr_pci_probe, VWR_ENODEV too for a node that is not in use; what a
 * tree or a table says wrongly as vwr_tree_reg, vwr_acpi_segment; VWR_EINVAL: what is on the command line
 * is no device; VWR_ENOMEM: there are more PCI hosts than `hosts`; VWR_ERANGE: registers that the CPU does
 * not reach, or vwr_pci_place has not placed all. Loops: over the sources, each bounded by its content.
 */
VWR_MUST_CHECK int vwr_find_next(struct vwr_find *f, struct vwr_found *found);

/*
 * Why vwr_find_next has answered an error, in words: where, and what is wrong there; into text[0 .. bytes),
 * always terminated if bytes > 0. Answers the length that all of it has; 0 without texts.
 */
size_t vwr_find_explain(const struct vwr_find *f, char *text, size_t bytes);

VWR_END_C

#endif
