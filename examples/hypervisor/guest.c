/* SPDX-License-Identifier: MIT */
#include "hyp.h"

/* HCR_EL2: stage 2 on, interrupts to EL2 and virtual ones to the guest, which is 64-bit; SMC and WFI trap. */
#define HCR_GUEST (1ull << 31 | 1ull << 19 | 1ull << 13 | 7ull << 3 | 1ull << 1 | 1ull)
#define HCR_POINTER_KEYS (3ull << 40)
#define CPTR_ALLOW 0x33ffull
#define CPTR_ALLOW_SVE 0x22ffull
#define ZCR_ALL 0xfull
#define SCTLR_EL1_OFF 0x30d00800ull /* MMU off */
#define MPIDR_FIRST 0x80000000ull   /* each guest is a machine with one CPU, its number 0 */
#define SPSR_EL1_MASKED 0x3c5ull
#define COUNTERS ((unsigned)READ_SYS(pmcr_el0) >> 11 & 31u)
#define MDCR_COUNT (1ull << 7)
#define EVENT_INSTRUCTIONS_EL2 (8ull | 1ull << 31 | 1ull << 30 | 1ull << 27) /* not of EL1, not of EL0 */
#define SVE_FIELD(id) ((id) >> 32 & 15u)
#define POINTER_KEYS_FIELDS(id) ((id) >> 4 & 0xffu)

struct guest guests[GUESTS_MAX];
unsigned guest_count;

static uint32_t lock;

void hyp_lock(void)
{
    uint32_t taken;

    __asm__ volatile("   b 2f\n"
                     "1: wfe\n"
                     "2: ldaxr %w0, [%1]\n"
                     "   cbnz %w0, 1b\n"
                     "   stxr %w0, %w2, [%1]\n"
                     "   cbnz %w0, 2b"
                     : "=&r"(taken)
                     : "r"(&lock), "r"(1)
                     : "memory");
}

void hyp_unlock(void)
{
    __asm__ volatile("stlr wzr, [%0]" ::"r"(&lock) : "memory"); /* which wakes the WFE of another CPU */
}

static void poke(const struct guest *g)
{
    if (g != guest_here())
        gic_poke(g->number);
}

void guest_start(struct guest *g)
{
    g->state = GUEST_STARTING;
    poke(g);
}

void guest_stop(struct guest *g)
{
    g->state = GUEST_OFF;
    poke(g);
}

void guest_interrupt(struct guest *g, unsigned intid)
{
    vgic_pend(&g->vgic, intid);
    poke(g);
}

/* What a CPU has that not every CPU has: SVE, keys for pointers. */
static void allow_extensions(void)
{
    uint64_t hcr = HCR_GUEST;

    if (SVE_FIELD(READ_SYS(id_aa64pfr0_el1)) != 0) {
        WRITE_SYS(cptr_el2, CPTR_ALLOW_SVE);
        isb();
        WRITE_SYS(s3_4_c1_c2_0, ZCR_ALL);
    } else {
        WRITE_SYS(cptr_el2, CPTR_ALLOW);
    }
    if (POINTER_KEYS_FIELDS(READ_SYS(id_aa64isar1_el1)) != 0)
        hcr |= HCR_POINTER_KEYS;
    WRITE_SYS(hcr_el2, hcr);
}

/* The last event counter is ours, for our own instructions; the guest has the others. */
static void share_counters(void)
{
    const unsigned ours = COUNTERS - 1u;

    if (COUNTERS == 0)
        return;
    WRITE_SYS(mdcr_el2, MDCR_COUNT | ours);
    isb();
    WRITE_SYS(pmselr_el0, ours);
    isb();
    WRITE_SYS(pmxevtyper_el0, EVENT_INSTRUCTIONS_EL2);
    WRITE_SYS(pmcntenset_el0, 1ull << ours);
}

uint64_t guest_instructions(void)
{
    const uint64_t selected = READ_SYS(pmselr_el0);
    uint64_t n;

    if (COUNTERS == 0)
        return 0;
    WRITE_SYS(pmselr_el0, COUNTERS - 1u);
    isb();
    n = READ_SYS(pmxevcntr_el0);
    WRITE_SYS(pmselr_el0, selected);
    return n;
}

/* The virtual CPU as the kernel's boot protocol wants it: EL1, MMU off, x0: device tree, all else 0. */
static void reset_cpu(struct guest *g, struct frame *f)
{
    allow_extensions();
    WRITE_SYS(vpidr_el2, READ_SYS(midr_el1));
    WRITE_SYS(vmpidr_el2, MPIDR_FIRST);
    WRITE_SYS(hstr_el2, 0);
    share_counters();
    WRITE_SYS(sctlr_el1, SCTLR_EL1_OFF);
    WRITE_SYS(cpacr_el1, 0);
    timer_reset();
    vgic_reset(&g->vgic);
    stage2_on(g);
    for (unsigned i = 0; i < 31; i++)
        f->x[i] = 0;
    f->x[0] = images_device_tree(g);
    WRITE_SYS(elr_el2, images_entry(g));
    WRITE_SYS(spsr_el2, SPSR_EL1_MASKED);
}

static void begin(struct guest *g, struct frame *f)
{
    devices_reset(g);
    if (!images_load(g)) {
        print("hypervisor: guest %u: its files could not be read\n", g->number);
        guest_stop(g);
        return;
    }
    reset_cpu(g, f);
    g->stats.starts++;
    g->state = GUEST_RUNNING;
}

static bool all_off(void)
{
    for (unsigned i = 0; i < guest_count; i++)
        if (guests[i].state != GUEST_OFF)
            return false;
    return true;
}

/* Until there is an interrupt, which is taken. */
static void sleep_once(struct guest *g)
{
    hyp_unlock();
    wait_for_interrupt();
    hyp_lock();
    trap_take_interrupt(g);
}

/* The CPU goes on taking interrupts: on the first one they are the disk's, too. */
static void sleep_while_off(struct guest *g)
{
    vgic_park();
    if (all_off()) {
        print("hypervisor: all guests are off\n");
        hyp_off();
    }
    while (g->state == GUEST_OFF)
        sleep_once(g);
    vgic_unpark();
}

/* On a CPU of its own a guest could sleep by itself; but so we know that it has nothing to do. */
void guest_wait(struct guest *g)
{
    g->stats.sleeps++;
    g->idle = true; /* an answer that comes at once is not held back */
    devices_release(g, true);
    devices_serve(g);
    while (g->state == GUEST_RUNNING && !vgic_waiting(&g->vgic))
        sleep_once(g);
    g->idle = false;
}

static __attribute__((noinline)) void change(struct guest *g, struct frame *f)
{
    while (g->state != GUEST_RUNNING) {
        if (g->state == GUEST_OFF)
            sleep_while_off(g);
        if (g->state == GUEST_STARTING)
            begin(g, f);
    }
}

void guest_settle(struct guest *g, struct frame *f)
{
    if (g->state != GUEST_RUNNING)
        change(g, f);
    vgic_flush(&g->vgic);
}
