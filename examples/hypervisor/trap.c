/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* ESR_EL2: why, and of a data abort what the instruction was. */
#define EC(esr) ((unsigned)((esr) >> 26) & 0x3fu)
#define EC_WFX 0x01u
#define EC_HVC 0x16u
#define EC_SMC 0x17u
#define EC_REGISTER 0x18u
#define EC_INSTRUCTION_ABORT 0x20u
#define EC_DATA_ABORT 0x24u
#define ISS_VALID (1u << 24)
#define ISS_BYTES(esr) (1u << ((esr) >> 22 & 3u))
#define ISS_SIGN_EXTEND (1u << 21)
#define ISS_REGISTER(esr) ((unsigned)((esr) >> 16) & 31u)
#define ISS_64_BIT (1u << 15)
#define ISS_WRITE (1u << 6)
#define ISS_TRANSLATION(esr) (((esr)&0x3cu) == 4u) /* no translation, on any level */
#define ZERO_REGISTER 31u

/* A register access that traps: op0, op2, op1, CRn, CRm of ICC_SGI1R_EL1, and its direction. */
#define ISS_SYSTEM(esr) ((esr)&0x3ffc1fu)
#define ISS_ICC_SGI1R 0x3a3016u
#define SGI_ID(value) ((unsigned)((value) >> 24) & 15u)

#define SPSR_MODE(spsr) ((spsr)&15u)
#define SPSR_EL1H 5u
#define SPSR_EL0 0u
#define SPSR_EL1_MASKED 0x3c5ull
#define VECTOR_LOWER 0x400u
#define VECTOR_SAME_SPX 0x200u
#define ESR_ABORT_LOWER (0x24ull << 26)
#define ESR_ABORT_SAME (0x25ull << 26)
#define ESR_IL (1ull << 25)
#define ESR_EXTERNAL 0x10u

#define PSCI_OFF 0x84000008u

void hyp_off(void)
{
    firmware_call(PSCI_OFF, 0, 0, 0);
    for (;;)
        wait_for_interrupt();
}

static void say_registers(void)
{
    print("  ESR_EL2 %016llx  FAR_EL2 %016llx  HPFAR_EL2 %016llx\n  ELR_EL1 %016llx  ESR_EL1 %016llx  "
          "FAR_EL1   %016llx\n",
          (unsigned long long)READ_SYS(esr_el2), (unsigned long long)READ_SYS(far_el2),
          (unsigned long long)READ_SYS(hpfar_el2), (unsigned long long)READ_SYS(elr_el1),
          (unsigned long long)READ_SYS(esr_el1), (unsigned long long)READ_SYS(far_el1));
}

void panic_exception(unsigned vector)
{
    print("\nhypervisor: an exception of its own (vector %u), pc %llx\n", vector,
          (unsigned long long)READ_SYS(elr_el2));
    say_registers();
    hyp_off();
}

/* Something that no guest of ours does: it stops, the other goes on. */
static void give_up(struct guest *g, const struct frame *f, const char *why)
{
    console_line();
    print("hypervisor: guest %u stopped: %s, pc %llx\n", g->number, why, (unsigned long long)f->elr);
    say_registers();
    guest_stop(g);
}

/* The guest gets what hardware gives where no device answers: a synchronous external abort. */
static void inject_abort(struct guest *g, struct frame *f)
{
    const bool user = SPSR_MODE(f->spsr) == SPSR_EL0;
    const uint64_t vector = user ? VECTOR_LOWER : SPSR_MODE(f->spsr) == SPSR_EL1H ? VECTOR_SAME_SPX : 0;

    WRITE_SYS(esr_el1, (user ? ESR_ABORT_LOWER : ESR_ABORT_SAME) | ESR_IL | ESR_EXTERNAL |
                           (READ_SYS(esr_el2) & ISS_WRITE));
    WRITE_SYS(far_el1, READ_SYS(far_el2));
    WRITE_SYS(elr_el1, f->elr);
    WRITE_SYS(spsr_el1, f->spsr);
    f->elr = READ_SYS(vbar_el1) + vector;
    f->spsr = SPSR_EL1_MASKED;
    g->stats.aborts++;
}

/* The device behind an address. */
static bool answer(struct guest *g, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    return devices_access(g, addr, bytes, is_write, value) ||
           vgic_access(&g->vgic, addr, bytes, is_write, value) || vuart_access(g, addr, is_write, value);
}

static uint64_t extend(uint64_t value, uint64_t esr)
{
    const unsigned unused = 64u - 8u * ISS_BYTES(esr);

    if ((esr & ISS_SIGN_EXTEND) != 0)
        value = (uint64_t)((int64_t)(value << unused) >> unused);
    return (esr & ISS_64_BIT) != 0 ? value : (uint32_t)value;
}

static void data_abort(struct guest *g, struct frame *f, uint64_t esr)
{
    const uint64_t addr = (READ_SYS(hpfar_el2) & ~15ull) << 8 | (READ_SYS(far_el2) & 0xfffu);
    const unsigned reg = ISS_REGISTER(esr);
    const bool is_write = (esr & ISS_WRITE) != 0;
    uint64_t value = 0;

    g->stats.accesses++;
    if (is_write && reg != ZERO_REGISTER)
        value = f->x[reg];
    if ((esr & ISS_VALID) == 0 || !ISS_TRANSLATION(esr) ||
        !answer(g, addr, ISS_BYTES(esr), is_write, &value)) {
        inject_abort(g, f);
        return;
    }
    if (!is_write && reg != ZERO_REGISTER)
        f->x[reg] = extend(value, esr);
    f->elr += 4;
}

static void system_register(struct guest *g, struct frame *f, uint64_t esr)
{
    const unsigned reg = (unsigned)(esr >> 5) & 31u;

    g->stats.registers++;
    if (ISS_SYSTEM(esr) != ISS_ICC_SGI1R || (esr & 1u) != 0) {
        give_up(g, f, "an access to a system register that is not emulated");
        return;
    }
    if (reg != ZERO_REGISTER)
        vgic_pend(&g->vgic, SGI_ID(f->x[reg])); /* to whomever: it has one CPU */
    f->elr += 4;
}

void trap_sync(struct frame *f)
{
    struct guest *const g = guest_here();
    const uint64_t esr = READ_SYS(esr_el2);

    hyp_lock();
    switch (EC(esr)) {
    case EC_DATA_ABORT:
        data_abort(g, f, esr);
        break;
    case EC_WFX:
        f->elr += 4;
        guest_wait(g);
        break;
    case EC_SMC:
        f->elr += 4; /* HVC is behind it already */
        psci_call(g, f);
        break;
    case EC_HVC:
        psci_call(g, f);
        break;
    case EC_REGISTER:
        system_register(g, f, esr);
        break;
    default:
        give_up(g, f,
                EC(esr) == EC_INSTRUCTION_ABORT ? "it runs where it has no memory"
                                                : "a trap of an unknown kind");
    }
    guest_settle(g, f);
    hyp_unlock();
}

void trap_take_interrupts(struct guest *g)
{
    for (;;) {
        const unsigned intid = gic_take();

        if (intid >= INTID_NONE)
            return;
        g->stats.interrupts++;
        if (intid == INTID_TIMER)
            timer_interrupt(g);
        else if (intid == INTID_UART)
            console_interrupt();
        else if (intid == INTID_OWN_TIMER)
            timer_tick();
        else
            (void)disk_interrupt(intid);
        gic_end(intid); /* INTID_POKE and INTID_MAINTENANCE have come so that guest_settle runs */
    }
}

void trap_irq(struct frame *f)
{
    struct guest *const g = guest_here();

    hyp_lock();
    trap_take_interrupts(g);
    guest_settle(g, f);
    hyp_unlock();
}

void trap_serror(struct frame *f)
{
    struct guest *const g = guest_here();

    hyp_lock();
    give_up(g, f, "an asynchronous error of the machine");
    guest_settle(g, f);
    hyp_unlock();
}

void trap_first(struct frame *f)
{
    hyp_lock();
    guest_settle(guest_here(), f);
    hyp_unlock();
}
