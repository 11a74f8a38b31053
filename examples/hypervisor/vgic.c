/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* Registers of the distributor; those from IGROUPR on are also in the redistributor's second frame. */
#define GICD_CTLR 0x0000u
#define GICD_TYPER 0x0004u
#define GICD_IIDR 0x0008u
#define GICD_ISENABLER 0x0100u
#define GICD_ICENABLER 0x0180u
#define GICD_ISPENDR 0x0200u
#define GICD_ICPENDR 0x0280u
#define GICD_IPRIORITYR 0x0400u
#define GICD_ICFGR 0x0c00u
#define GICD_PIDR2 0xffe8u
#define GICR_TYPER 0x0008u
#define GICR_WAKER 0x0014u
#define GICR_SGI 0x10000u

#define CTLR_GROUP_1 2u
#define CTLR_ARE 0x10u
#define TYPER_LINES (VGIC_WORDS - 1u)
#define TYPER_ID_BITS (9u << 19)
#define IIDR_VALUE 0x43bu /* Arm's */
#define PIDR2_GICV3 0x30u
#define GICR_TYPER_LAST 0x10u
#define WAKER_PROCESSOR_SLEEP 2u
#define WAKER_CHILDREN_ASLEEP 4u

/* List registers: one interrupt each. */
#define LIST_REGISTERS 4u /* QEMU's CPUs have four; more are not used */
#define LR_PENDING (1ull << 62)
#define LISTS_ALL ((1u << LIST_REGISTERS) - 1u)
#define LR_GROUP_1 (1ull << 60)
#define HCR_ENABLE 1u
#define HCR_WHEN_EMPTY 2u /* UIE: a maintenance interrupt when there is space again */

void vgic_reset(struct vgic *v)
{
    for (unsigned i = 0; i < VGIC_WORDS; i++)
        v->enabled[i] = v->pending[i] = v->line[i] = v->trigger[2 * i] = v->trigger[2 * i + 1] = 0;
    for (unsigned i = 0; i < VGIC_LINES; i++) {
        v->priority[i] = 0;
        v->list[i] = 0;
    }
    v->control = 0;
    v->asleep = true;
    v->changed = false;
    WRITE_SYS(ich_vmcr_el2, 0);
    WRITE_SYS(ich_ap1r0_el2, 0);
    vgic_park();
    vgic_unpark();
}

void vgic_park(void)
{
    WRITE_SYS(ich_hcr_el2, 0);
    WRITE_SYS(ich_lr0_el2, 0);
    WRITE_SYS(ich_lr1_el2, 0);
    WRITE_SYS(ich_lr2_el2, 0);
    WRITE_SYS(ich_lr3_el2, 0);
    isb();
}

void vgic_unpark(void)
{
    WRITE_SYS(ich_hcr_el2, HCR_ENABLE);
    isb();
}

void vgic_pend(struct vgic *v, unsigned intid)
{
    if (intid < VGIC_LINES)
        v->pending[intid / 32u] |= 1u << intid % 32u;
    v->changed = true;
}

void vgic_raise(struct vgic *v, unsigned intid)
{
    if (intid < VGIC_LINES)
        v->line[intid / 32u] |= 1u << intid % 32u;
    vgic_pend(v, intid);
}

static uint64_t list_of(const struct vgic *v, unsigned intid)
{
    return LR_PENDING | LR_GROUP_1 | (uint64_t)v->priority[intid] << 48 | intid;
}

/* Computes the list register value of an interrupt from the guest's settings; 0: disabled. */
static void find_list(struct vgic *v, unsigned intid)
{
    const bool enabled =
        (v->control & CTLR_GROUP_1) != 0 && (v->enabled[intid / 32u] >> intid % 32u & 1u) != 0;

    v->list[intid] = enabled ? list_of(v, intid) : 0;
}

/* Usually this is the only interrupt, and is written directly to the first list register. */
void vgic_pend_here(struct vgic *v, unsigned intid)
{
    const bool lists_used = (~READ_SYS(ich_elrsr_el2) & LISTS_ALL) != 0;
    const uint64_t list = intid < VGIC_LINES ? v->list[intid] : 0;

    if (lists_used || v->changed || list == 0) {
        vgic_pend(v, intid);
        return;
    }
    WRITE_SYS(ich_lr0_el2, list);
    v->injected++;
}

static uint64_t get_list(unsigned i)
{
    switch (i) {
    case 0:
        return READ_SYS(ich_lr0_el2);
    case 1:
        return READ_SYS(ich_lr1_el2);
    case 2:
        return READ_SYS(ich_lr2_el2);
    default:
        return READ_SYS(ich_lr3_el2);
    }
}

static void set_list(unsigned i, uint64_t value)
{
    switch (i) {
    case 0:
        WRITE_SYS(ich_lr0_el2, value);
        break;
    case 1:
        WRITE_SYS(ich_lr1_el2, value);
        break;
    case 2:
        WRITE_SYS(ich_lr2_el2, value);
        break;
    default:
        WRITE_SYS(ich_lr3_el2, value);
        break;
    }
}

/* A bit per list register with a pending or active interrupt. */
static unsigned used_lists(void)
{
    return ~(unsigned)READ_SYS(ich_elrsr_el2) & LISTS_ALL;
}

/*
 * Writes an interrupt to the list register that already contains it, or to a free one. false: none is free.
 */
static bool inject(struct vgic *v, unsigned intid)
{
    const unsigned used = used_lists();

    for (unsigned left = used; left != 0; left &= left - 1u) {
        const unsigned i = (unsigned)__builtin_ctz(left);
        const uint64_t list = get_list(i);

        if ((uint32_t)list == intid) {
            set_list(i, list | LR_PENDING);
            return true;
        }
    }
    if (used == LISTS_ALL)
        return false;
    set_list((unsigned)__builtin_ctz(~used), list_of(v, intid));
    v->injected++;
    return true;
}

/* If the guest has not seen the interrupt yet, it is no longer pending. */
void vgic_lower(struct vgic *v, unsigned intid)
{
    if (intid >= VGIC_LINES)
        return;
    v->line[intid / 32u] &= ~(1u << intid % 32u);
    v->pending[intid / 32u] &= ~(1u << intid % 32u);
    for (unsigned left = used_lists(); left != 0; left &= left - 1u) {
        const unsigned i = (unsigned)__builtin_ctz(left);
        const uint64_t list = get_list(i);

        if ((uint32_t)list == intid)
            set_list(i, list & ~LR_PENDING);
    }
}

static bool has_ready(const struct vgic *v)
{
    uint32_t ready = 0;

    for (unsigned word = 0; word < VGIC_WORDS; word++)
        ready |= (v->pending[word] | v->line[word]) & v->enabled[word];
    return ready != 0;
}

/* Asserted lines in a word that are in no list register; they become pending again after their end. */
static uint32_t still_asserted(const struct vgic *v, unsigned word)
{
    uint32_t lines = v->line[word];

    for (unsigned left = lines != 0 ? used_lists() : 0; left != 0; left &= left - 1u) {
        const uint32_t intid = (uint32_t)get_list((unsigned)__builtin_ctz(left));

        if (intid / 32u == word)
            lines &= ~(1u << intid % 32u);
    }
    return lines;
}

/* Out of line, to save registers in the many traps that do not need it. */
static __attribute__((noinline)) void fill_lists(struct vgic *v)
{
    bool full = false;

    v->changed = false;
    for (unsigned word = 0; word < VGIC_WORDS; word++) {
        uint32_t ready = (v->pending[word] | still_asserted(v, word)) & v->enabled[word];

        v->changed |= v->line[word] != 0;
        for (; ready != 0; ready &= ready - 1u) {
            const unsigned bit = (unsigned)__builtin_ctz(ready);

            if (inject(v, 32u * word + bit))
                v->pending[word] &= ~(1u << bit);
            else
                full = true;
        }
    }
    v->changed |= full;
    WRITE_SYS(ich_hcr_el2, full ? HCR_ENABLE | HCR_WHEN_EMPTY : HCR_ENABLE);
}

void vgic_flush(struct vgic *v)
{
    if (v->changed && (v->control & CTLR_GROUP_1) != 0)
        fill_lists(v);
}

bool vgic_waiting(const struct vgic *v)
{
    if (v->changed && has_ready(v))
        return true;
    for (unsigned left = used_lists(); left != 0; left &= left - 1u)
        if ((get_list((unsigned)__builtin_ctz(left)) & LR_PENDING) != 0)
            return true;
    return false;
}

/* Registers with a bit per interrupt: writing 1 sets or clears, reading returns the bits. */
static void access_bits(uint32_t *bits, bool sets, bool is_write, uint64_t *value)
{
    if (!is_write)
        *value = *bits;
    else if (sets)
        *bits |= (uint32_t)*value;
    else
        *bits &= ~(uint32_t)*value;
}

static void access_priority(struct vgic *v, unsigned intid, unsigned bytes, bool is_write, uint64_t *value)
{
    for (unsigned i = 0; i < bytes && intid + i < VGIC_LINES; i++)
        if (is_write)
            v->priority[intid + i] = (uint8_t)(*value >> 8u * i);
        else
            *value |= (uint64_t)v->priority[intid + i] << 8u * i;
}

/* Registers common to distributor and redistributor; others read as 0. */
static void access_bank(struct vgic *v, uint64_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    const unsigned word = (unsigned)(offset & 0x7fu) / 4u;
    const unsigned trigger = (unsigned)(offset - GICD_ICFGR) / 4u;

    if (offset >= GICD_IPRIORITYR && offset < GICD_IPRIORITYR + VGIC_LINES)
        access_priority(v, (unsigned)(offset - GICD_IPRIORITYR), bytes, is_write, value);
    else if (offset >= GICD_ICFGR && trigger < 2u * VGIC_WORDS && is_write)
        v->trigger[trigger] = (uint32_t)*value;
    else if (offset >= GICD_ICFGR && trigger < 2u * VGIC_WORDS)
        *value = v->trigger[trigger];
    else if (word >= VGIC_WORDS)
        return;
    else if ((offset & ~0xffull) == GICD_ISENABLER)
        access_bits(&v->enabled[word], offset < GICD_ICENABLER, is_write, value);
    else if ((offset & ~0xffull) == GICD_ISPENDR)
        access_bits(&v->pending[word], offset < GICD_ICPENDR, is_write, value);
}

static void access_distributor(struct vgic *v, uint64_t offset, unsigned bytes, bool is_write,
                               uint64_t *value)
{
    if (offset == GICD_CTLR && is_write)
        v->control = (uint32_t)*value;
    else if (offset == GICD_CTLR)
        *value = v->control | CTLR_ARE;
    else if (offset == GICD_TYPER && !is_write)
        *value = TYPER_LINES | TYPER_ID_BITS;
    else if (offset == GICD_IIDR && !is_write)
        *value = IIDR_VALUE;
    else if (offset == GICD_PIDR2 && !is_write)
        *value = PIDR2_GICV3;
    else
        access_bank(v, offset, bytes, is_write, value);
}

static void access_redistributor(struct vgic *v, uint64_t offset, unsigned bytes, bool is_write,
                                 uint64_t *value)
{
    if (offset >= GICR_SGI)
        access_bank(v, offset - GICR_SGI, bytes, is_write, value);
    else if (offset == GICR_TYPER && !is_write)
        *value = GICR_TYPER_LAST;
    else if (offset == GICR_WAKER && is_write)
        v->asleep = (*value & WAKER_PROCESSOR_SLEEP) != 0;
    else if (offset == GICR_WAKER)
        *value = v->asleep ? WAKER_PROCESSOR_SLEEP | WAKER_CHILDREN_ASLEEP : 0;
    else if (offset == GICD_PIDR2 && !is_write)
        *value = PIDR2_GICV3;
}

bool vgic_access(struct vgic *v, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    const bool distributor = addr - BOARD_GICD < BOARD_GICD_BYTES;

    v->changed = true;
    if (!distributor && addr - BOARD_GICR >= BOARD_GICR_BYTES)
        return false;
    *value = is_write ? *value : 0;
    if (distributor)
        access_distributor(v, addr - BOARD_GICD, bytes, is_write, value);
    else
        access_redistributor(v, addr - BOARD_GICR, bytes, is_write, value);
    for (unsigned i = 0; i < VGIC_LINES && is_write; i++)
        find_list(v, i);
    return true;
}
