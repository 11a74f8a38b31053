/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/tree.h"

#define PAGE 0x1000u
#define CELL 4u
#define CLINT_COMPARE 0x4000u /* of hart 0; 8 bytes per hart */
#define CLINT_TIME 0xbff8u

/* A cell of a property; 0: missing. */
static uint32_t machine_cell(struct vwr_tree_node *n, const char *name, unsigned index)
{
    uint32_t bytes = 0;
    const vwr_tree_cell *const cells = vwr_tree_get(n, name, &bytes);

    return cells != NULL && index < bytes / CELL ? vwr_be32_to_cpu(cells[index]) : 0;
}

/* Address of a register range of a node; 0: missing, or too large. */
static uintptr_t machine_range(struct vwr_tree_node *n, unsigned index)
{
    uint64_t at = 0;
    uint64_t bytes = 0;

    if (vwr_tree_reg(n, index, &at, &bytes) != VWR_OK || at > UINTPTR_MAX)
        return 0;
    return (uintptr_t)at;
}

static uintptr_t machine_base(struct vwr_tree_node *n)
{
    return machine_range(n, 0);
}

/*
 * Reads the frequency of the time CSR. Returns the phandle of this hart's interrupt controller, to which
 * other controllers refer.
 */
static uint32_t machine_read_hart(struct machine *m, const struct vwr_tree *t)
{
    struct vwr_tree_node n;
    bool in_hart = false;

    vwr_tree_begin(&n, t);
    while (vwr_tree_next(&n)) {
        if (m->hertz == 0)
            m->hertz = machine_cell(&n, "timebase-frequency", 0);
        if (vwr_tree_is_compatible(&n, "riscv"))
            in_hart = machine_cell(&n, "reg", 0) == machine_hart();
        else if (in_hart && vwr_tree_is_compatible(&n, "riscv,cpu-intc"))
            return machine_cell(&n, "phandle", 0);
    }
    return 0;
}

/* A CLINT has a single range; an ACLINT has mtime in the first range and mtimecmp in the second. */
static void machine_read_timer(struct machine *m, const struct vwr_tree *t)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    if (vwr_tree_find(&n, "riscv,clint0") && machine_base(&n) != 0) {
        m->time = machine_base(&n) + CLINT_TIME;
        m->compare = machine_base(&n) + CLINT_COMPARE;
        return;
    }
    vwr_tree_begin(&n, t);
    if (vwr_tree_find(&n, "riscv,aclint-mtimer")) {
        m->time = machine_range(&n, 0);
        m->compare = machine_range(&n, 1);
    }
}

/* Index of a controller's output that is the external interrupt of this mode of the hart; -1: none. */
static int machine_output(struct vwr_tree_node *n, uint32_t hart)
{
    uint32_t bytes = 0;
    const vwr_tree_cell *const cells = vwr_tree_get(n, "interrupts-extended", &bytes);

    for (unsigned i = 0; cells != NULL && i < bytes / CELL / 2u; i++)
        if (vwr_be32_to_cpu(cells[2u * i]) == hart && vwr_be32_to_cpu(cells[2u * i + 1u]) == CAUSE_EXTERNAL)
            return (int)i;
    return -1;
}

/* One page per hart, in supervisor mode 2^bits, in the order of the outputs. Returns the phandle. */
static uint32_t machine_read_imsic(struct machine *m, const struct vwr_tree *t, uint32_t hart)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_find(&n, "riscv,imsics")) {
        const int output = machine_output(&n, hart);

        if (output < 0 || machine_base(&n) == 0)
            continue;
        m->imsic = machine_base(&n) +
                   ((uint64_t)(unsigned)output * PAGE << machine_cell(&n, "riscv,guest-index-bits", 0));
        m->imsic_hart = (uint32_t)output;
        m->imsic_ids = machine_cell(&n, "riscv,num-ids", 0);
        return machine_cell(&n, "phandle", 0);
    }
    return 0;
}

/* The APLIC that sends messages to this mode. */
static void machine_read_aplic(struct machine *m, const struct vwr_tree *t, uint32_t imsic)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_find(&n, "riscv,aplic"))
        if (machine_cell(&n, "msi-parent", 0) == imsic) {
            m->aplic = machine_base(&n);
            m->aplic_sources = machine_cell(&n, "riscv,num-sources", 0);
            return;
        }
}

static void machine_read_plic(struct machine *m, const struct vwr_tree *t, uint32_t hart)
{
    struct vwr_tree_node n;

    vwr_tree_begin(&n, t);
    while (vwr_tree_find(&n, "riscv,plic0")) {
        const int output = machine_output(&n, hart);

        if (output < 0)
            continue;
        m->plic = machine_base(&n);
        m->plic_context = (uint32_t)output;
        m->plic_sources = machine_cell(&n, "riscv,ndev", 0);
        return;
    }
}

/* NULL: everything required for interrupts is present. */
static const char *machine_lack(const struct machine *m)
{
    if (m->hertz != VWR_RISCV_TIME_HZ)
        return "the timer frequency differs from that of this image";
    if (m->plic == 0 && (m->imsic == 0 || m->aplic == 0))
        return "the tree has neither a PLIC nor an APLIC with an IMSIC for this mode of the hart";
    if (m->plic == 0 && m->aplic_sources >= m->imsic_ids)
        return "the IMSIC has fewer identities than the APLIC has lines";
    return NULL;
}

const char *machine_read(struct machine *m, const void *tree)
{
    struct vwr_tree t;
    uint32_t hart;

    if (tree == NULL || vwr_tree_open(&t, tree, VWR_TREE_ANY_SIZE) != VWR_OK)
        return "no device tree";
    hart = machine_read_hart(m, &t);
    if (hart == 0)
        return "the tree has no interrupt controller of this hart";
    machine_read_timer(m, &t);
    machine_read_plic(m, &t, hart);
    machine_read_aplic(m, &t, machine_read_imsic(m, &t, hart));
    return machine_lack(m);
}
