/* SPDX-License-Identifier: MIT */
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/gen/mmio.h"

#include "watch.h"

/* ESR_EL2: exception class, and properties of the instruction of a data abort. */
#define EC(esr) ((unsigned)((esr) >> 26) & 0x3fu)
#define EC_HVC 0x16u
#define EC_SMC 0x17u
#define EC_REGISTER 0x18u
#define EC_INSTRUCTION_ABORT 0x20u
#define EC_DATA_ABORT 0x24u
#define ISS_VALID (1u << 24)
#define ISS_SIGN_EXTEND (1u << 21)
#define ISS_64_BIT (1u << 15)
#define ISS_TRANSLATION 0x04u /* a translation fault, at any of four levels */
#define ISS_TRANSLATION_MASK 0x3cu
#define ISS_IS_ANSWERED(esr) (((esr)&ISS_VALID) != 0 && ((esr)&ISS_TRANSLATION_MASK) == ISS_TRANSLATION)
/*
 * A 32-bit access without sign extension that faults in stage 2, as all accesses to device registers do: EC,
 * IL, ISV, SAS, SSE.
 */
#define ESR_IS_WORD(esr) ((uint32_t)(esr) >> 21 == (EC_DATA_ABORT << 5 | 1u << 4 | 1u << 3 | 2u << 1))

/* A trapped system register access: op0, op2, op1, CRn, CRm of ICC_SGI1R_EL1, and its direction. */
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
    uart_flush();
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
    print("\nhypervisor: exception in the hypervisor (vector %u), pc %llx\n", vector,
          (unsigned long long)READ_SYS(elr_el2));
    say_registers();
    hyp_off();
}

/* Stops a guest that does something unsupported; the other one continues. */
static void give_up(struct guest *g, const char *why)
{
    console_line();
    print("hypervisor: guest %u stopped: %s, pc %llx\n", g->number, why,
          (unsigned long long)READ_SYS(elr_el2));
    say_registers();
    guest_stop(g);
}

/* Injects what hardware does if no device responds: a synchronous external abort. */
static void inject_abort(struct guest *g)
{
    const uint64_t spsr = READ_SYS(spsr_el2);
    const bool user = SPSR_MODE(spsr) == SPSR_EL0;
    const uint64_t vector = user ? VECTOR_LOWER : SPSR_MODE(spsr) == SPSR_EL1H ? VECTOR_SAME_SPX : 0;

    WRITE_SYS(esr_el1, (user ? ESR_ABORT_LOWER : ESR_ABORT_SAME) | ESR_IL | ESR_EXTERNAL |
                           (READ_SYS(esr_el2) & ISS_WRITE));
    WRITE_SYS(far_el1, READ_SYS(far_el2));
    WRITE_SYS(elr_el1, READ_SYS(elr_el2));
    WRITE_SYS(spsr_el1, spsr);
    WRITE_SYS(elr_el2, READ_SYS(vbar_el1) + vector);
    WRITE_SYS(spsr_el2, SPSR_EL1_MASKED);
    g->stats.aborts++;
}

static void skip_instruction(void)
{
    WRITE_SYS(elr_el2, READ_SYS(elr_el2) + 4u);
}

static uint64_t sign_extend(uint64_t value, uint64_t esr)
{
    const unsigned unused = 64u - 8u * ISS_BYTES(esr);
    const uint64_t all = (uint64_t)((int64_t)(value << unused) >> unused);

    return (esr & ISS_64_BIT) != 0 ? all : (uint32_t)all;
}

/*
 * A write that resets the disk or its queue would wait for requests in flight with the lock held, so this
 * function waits
 * for them first. false: the guest was stopped meanwhile, or has to be restarted.
 */
static bool may_write(struct guest *g, uint64_t addr)
{
    const unsigned offset = (unsigned)addr & (VWR_MMIO_SIZE - 1u);

    if (g->pci != NULL)
        return !pci_may_reset(g, addr) || guest_wait_for_disk(g);
    return addr - g->vm->base >= (uint64_t)g->vm->stride * g->vm->slot_count ||
           offset == VWR_MMIO_QUEUE_NOTIFY || offset == VWR_MMIO_INTERRUPT_ACK || guest_wait_for_disk(g);
}

static __attribute__((noinline)) unsigned access_any(struct guest *g, uint64_t *value)
{
    const uint64_t esr = READ_SYS(esr_el2);
    const uint64_t addr = trap_address();
    const bool is_write = (esr & ISS_WRITE) != 0;

    if (balloon_touch(g, addr))
        return FRAME_NO_LOAD; /* the instruction is retried */
    g->said = 0;
    g->stats.accesses++;
    if (is_write && !may_write(g, addr))
        return FRAME_NO_LOAD;
    if (!ISS_IS_ANSWERED(esr) || !(devices_access(g, addr, ISS_BYTES(esr), is_write, value) ||
                                   vgic_access(&g->vgic, addr, ISS_BYTES(esr), is_write, value) ||
                                   vuart_access(g, addr, is_write, value))) {
        inject_abort(g);
        return FRAME_NO_LOAD;
    }
    if ((esr & ISS_SIGN_EXTEND) != 0)
        *value = sign_extend(*value, esr);
    skip_instruction();
    return FRAME_SAME;
}

/* Fast path for the registers of the guest's disk that each request needs; calls only the device. */
static inline bool is_of_disk(const struct guest *g, uint64_t esr)
{
    return ESR_IS_WORD(esr) && READ_SYS(hpfar_el2) == g->disk_page;
}

static __attribute__((noinline)) struct trapped load_any(struct guest *g)
{
    struct trapped t = {0, 0};

    hyp_lock(g);
    t.frame = access_any(g, &t.value);
    t.frame |= guest_finish_trap(g, WHY_TRAP);
    hyp_unlock(g, WHY_TRAP);
    return t;
}

/* A read of a register that a running disk needs, reported to a monitor. */
static bool watched_load(struct guest *g, uint64_t *value)
{
    bool done;

    hyp_lock(g);
    done = watch_disk_at_work(g, trap_offset(), false, value);
    hyp_unlock(g, WHY_TRAP);
    return done;
}

/* Reading the disk's interrupt status needs no lock, except with a monitor; an interrupt announces work for
 * this CPU.
 */
struct trapped trap_load(uint64_t esr)
{
    struct guest *const g = guest_here();
    struct trapped t = {FRAME_SAME, 0};
    bool done = is_of_disk(g, esr);

    if (done && WATCHED && !watch_skips_reads(g))
        done = watched_load(g, &t.value);
    else
        done = done && vwr_vmmio_access_fast(g->disk, trap_offset(), false, &t.value);
    if (!done)
        return load_any(g);
    skip_instruction();
    return t;
}

unsigned trap_store(uint64_t esr, uint64_t value)
{
    struct guest *const g = guest_here();
    const uint64_t offset = trap_offset();
    unsigned frame = FRAME_SAME;

    hyp_lock(g);
    if (is_of_disk(g, esr) && watch_disk_at_work(g, offset, true, &value)) {
        if (offset == VWR_MMIO_QUEUE_NOTIFY)
            window_notified(g);
        skip_instruction();
    } else {
        frame = access_any(g, &value);
    }
    frame |= guest_finish_trap(g, WHY_TRAP);
    hyp_unlock(g, WHY_TRAP);
    return frame;
}

static void system_register(struct guest *g, struct frame *f, uint64_t esr)
{
    const unsigned reg = (unsigned)(esr >> 5) & 31u;

    g->stats.registers++;
    if (ISS_SYSTEM(esr) != ISS_ICC_SGI1R || (esr & 1u) != 0) {
        give_up(g, "access to a system register that is not emulated");
        return;
    }
    vgic_pend(&g->vgic, SGI_ID(f->x[reg])); /* any target, because there is only one CPU */
    skip_instruction();
}

static void other_trap(struct guest *g, struct frame *f, uint64_t esr)
{
    switch (EC(esr)) {
    case EC_SMC:
        skip_instruction(); /* for HVC, ELR is already after the instruction */
        psci_call(g, f);
        break;
    case EC_HVC:
        psci_call(g, f);
        break;
    case EC_REGISTER:
        system_register(g, f, esr);
        break;
    case EC_INSTRUCTION_ABORT:
        if (!balloon_touch(g, trap_address()))
            give_up(g, "instruction fetch outside its memory");
        break;
    default:
        give_up(g, "unknown kind of trap");
    }
}

unsigned trap_sync(struct frame *f, uint64_t esr)
{
    struct guest *const g = guest_here();
    unsigned frame;

    hyp_lock(g);
    other_trap(g, f, esr);
    frame = guest_finish_trap(g, WHY_TRAP);
    hyp_unlock(g, WHY_TRAP);
    return frame;
}

unsigned trap_wait(void)
{
    struct guest *const g = guest_here();
    unsigned frame;

    hyp_lock(g);
    skip_instruction();
    guest_wait(g);
    frame = guest_finish_trap(g, WHY_TRAP);
    hyp_unlock(g, WHY_TRAP);
    return frame;
}

bool trap_take_interrupt(struct guest *g)
{
    const unsigned intid = gic_take();

    if (intid >= INTID_NONE)
        return false;
    g->stats.interrupts++;
    if (intid >= INTID_SLOTS)
        real_interrupt(intid);
    else if (intid == INTID_TIMER)
        timer_interrupt(g);
    else if (intid == INTID_UART)
        console_interrupt();
    else if (intid == INTID_OWN_TIMER)
        timer_tick();
    else if (intid == INTID_MAINTENANCE)
        /* otherwise the interrupt would recur before guest_finish_trap has used the free list registers */
        vgic_unpark();
    gic_end(intid); /* INTID_POKE and INTID_MAINTENANCE only cause guest_finish_trap to run */
    return true;
}

unsigned trap_irq(void)
{
    struct guest *const g = guest_here();
    unsigned frame;

    hyp_lock(g);
    (void)trap_take_interrupt(g);
    frame = guest_finish_trap(g, WHY_INTERRUPT);
    hyp_unlock(g, WHY_INTERRUPT);
    return frame;
}

unsigned trap_serror(void)
{
    struct guest *const g = guest_here();
    unsigned frame;

    hyp_lock(g);
    give_up(g, "asynchronous error (SError) of the machine");
    frame = guest_finish_trap(g, WHY_INTERRUPT);
    hyp_unlock(g, WHY_INTERRUPT);
    return frame;
}

void trap_first(struct frame *f)
{
    struct guest *const g = guest_here();

    g->frame = f;
    hyp_lock(g);
    (void)guest_finish_trap(g, WHY_INTERRUPT);
    hyp_unlock(g, WHY_INTERRUPT);
}
