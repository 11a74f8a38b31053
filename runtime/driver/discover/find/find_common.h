/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_FIND_COMMON_H
#define VWR_DRIVER_FIND_COMMON_H

#include "vwr/find.h"
#include "vwr/tables.h"
#include "../tree/tree_common.h"

/* Interface between the files that find devices; private. */

/* What an error of vwr_find_next() refers to. */
enum vwr_find_fault {
    VWR_FIND_NO_DEVICE,   /* probe failed: the fault is in found->dev */
    VWR_FIND_UNREACHABLE, /* address f->at is not accessible to the CPU */
    VWR_FIND_DISABLED,    /* f->node is disabled */
    VWR_FIND_NODE,        /* f->node is invalid: f->result */
    VWR_FIND_TEXT,        /* command line, at offset f->at */
    VWR_FIND_HOSTS,       /* more hosts than there is memory for */
    VWR_FIND_PLACE,       /* BARs of a PCI host cannot be placed */
    VWR_FIND_TABLE        /* ACPI table, entry f->at */
};

static inline int vwr_find_fail(struct vwr_find *f, uint8_t fault, int result)
{
    f->fault = fault;
    return result;
}

static inline const struct vwr_find_source *vwr_find_source_of(const struct vwr_find *f)
{
    return &f->sources[f->source];
}

/* CPU address of a physical range; NULL: not accessible. */
volatile void *vwr_find_map_(const struct vwr_find *f, uint64_t at, uint64_t bytes);

/* Probes a register block at an address. Results: the same as vwr_find_next(). */
int vwr_find_block_(struct vwr_find *f, struct vwr_found *found, uint64_t at, uint64_t bytes);

/*
 * PCI: vwr_find_begin_host_() starts a host and, if requested, places its BARs. It returns 1, or the same
 * errors as vwr_find_next(). vwr_find_on_hosts_() returns the next function on the hosts, which the source's
 * function starts one after the other.
 */
int vwr_find_begin_host_(struct vwr_find *f, struct vwr_pci_host *host);
int vwr_find_on_hosts_(struct vwr_find *f, struct vwr_found *found);

/* PCI: allocates a host with these buses. The configuration space of the first bus is at `at`. */
#define PCI_PINS 4u
int vwr_find_take_host_(struct vwr_find *f, uint64_t at, unsigned first_bus, unsigned last_bus,
                        struct vwr_find_host **host);

/*
 * Device tree: vwr_find_node_() returns 1 for the next node and 0 at the end; a disabled node is an error.
 * vwr_find_bad_node_() reports an invalid node, for which no device is returned.
 */
int vwr_find_node_(struct vwr_find *f, const char *compatible);
int vwr_find_bad_node_(struct vwr_find *f, struct vwr_found *found, int result);

/* Appends the message of the probe. */
void vwr_find_explain_device_(const struct vwr_find *f, struct vwr_text *t,
                              size_t (*sentence)(const struct vwr_dev *d, char *text, size_t bytes));

/* Append the location and the reason for a register block, for a PCI function or host, and for a node. */
void vwr_find_explain_block_(const struct vwr_find *f, struct vwr_text *t);
void vwr_find_explain_function_(const struct vwr_find *f, struct vwr_text *t);
void vwr_find_explain_node_(const struct vwr_find *f, struct vwr_text *t);

#endif
