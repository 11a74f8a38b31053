/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_FIND_COMMON_H
#define VWR_DRIVER_FIND_COMMON_H

#include "vwr/find.h"
#include "vwr/tables.h"
#include "../firmware/tree_common.h"

/* Between the files that find devices; not for the embedder. */

/* What an error of vwr_find_next is about. */
enum vwr_find_fault {
    VWR_FIND_NO_DEVICE,   /* the probe's, in found->dev */
    VWR_FIND_UNREACHABLE, /* f->at, for the CPU */
    VWR_FIND_DISABLED,    /* f->node */
    VWR_FIND_NODE,        /* f->node, by f->result */
    VWR_FIND_TEXT,        /* the command line, from f->at on */
    VWR_FIND_HOSTS,       /* more than there is memory for */
    VWR_FIND_PLACE,       /* of a PCI host */
    VWR_FIND_TABLE        /* ACPI's, entry f->at */
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

/* Where the CPU reaches them; NULL: nowhere. */
volatile void *vwr_find_map(const struct vwr_find *f, uint64_t at, uint64_t bytes);

/* A register block at an address: as vwr_find_next. */
int vwr_find_block(struct vwr_find *f, struct vwr_found *found, uint64_t at, uint64_t bytes);

/* PCI: begins with a host, places its BARs where asked for: 1, or negative as vwr_find_next; and the next
 * function of those with which the kind begins, one after the other. */
int vwr_find_begin_host(struct vwr_find *f, struct vwr_pci_host *host);
int vwr_find_on_hosts(struct vwr_find *f, struct vwr_found *found);

/* PCI: memory for a host with these buses, of which the first has its configuration space at `at`. */
#define PCI_PINS 4u
int vwr_find_take_host(struct vwr_find *f, uint64_t at, unsigned first_bus, unsigned last_bus,
                       struct vwr_find_host **host);

/* A tree: the next node, 1, 0 at the end; one not in use is an error. Of one that says something wrong: no
 * device of it is answered. */
int vwr_find_node(struct vwr_find *f, const char *compatible);
int vwr_find_bad_node(struct vwr_find *f, struct vwr_found *found, int result);

/* The probe's sentence behind what the text has already. */
void vwr_find_explain_device(const struct vwr_find *f, struct vwr_text *t,
                             size_t (*sentence)(const struct vwr_dev *d, char *text, size_t bytes));

/* Where and why not, in words: of a register block, of a function or a host of PCI, of a node. */
void vwr_find_explain_block(const struct vwr_find *f, struct vwr_text *t);
void vwr_find_explain_function(const struct vwr_find *f, struct vwr_text *t);
void vwr_find_explain_node(const struct vwr_find *f, struct vwr_text *t);

#endif
