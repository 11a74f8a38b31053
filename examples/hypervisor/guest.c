/* SPDX-License-Identifier: MIT */
#include "hyp.h"
#include "watch.h"

/*
 * HCR_EL2: stage 2 enabled, interrupts routed to EL2, virtual interrupts for the guest, which is 64-bit; SMC
 * and WFI trap.
 */
#define HCR_GUEST (1ull << 31 | 1ull << 19 | 1ull << 13 | 7ull << 3 | 1ull << 1 | 1ull)
#define HCR_POINTER_KEYS (3ull << 40)
#define CPTR_ALLOW 0x33ffull
#define CPTR_ALLOW_SVE 0x22ffull
#define ZCR_ALL 0xfull
#define SCTLR_EL1_OFF 0x30d00800ull /* MMU off */
#define MPIDR_FIRST 0x80000000ull   /* each guest is a machine with one CPU, number 0 */
#define SPSR_EL1_MASKED 0x3c5ull
#define COUNTERS ((unsigned)READ_SYS(pmcr_el0) >> 11 & 31u)
#define MDCR_COUNT (1ull << 7)
#define EVENT_INSTRUCTIONS_EL2 (8ull | 1ull << 31 | 1ull << 30 | 1ull << 27) /* not at EL1 or EL0 */
#define GO_ON_MOST 4u /* maximum steps of device work between a trap and the guest */
#define GO_ON_US 200u /* time for the guest afterwards, unless it traps earlier */
#define SPINS 6000u   /* time to spin for the lock before the CPU sleeps */
#define PATIENCE 200u /* iterations that let earlier waiters go first when the lock is free */
#define BUSY_US 1000u /* poll interval for the disk */
#define POINTER_KEYS_FIELDS(id) ((id) >> 4 & 0xffu)

struct guest guests[GUESTS_MAX];
unsigned guest_count;

/* hyp_lock refers to it with adr, which reaches 1 MiB. */
__attribute__((used, section(".data.near"))) uint32_t hyp_word = 0;

static uint32_t load_word(void)
{
    uint32_t word;

    __asm__ volatile("ldaxr %w0, [%1]" : "=r"(word) : "r"(&hyp_word) : "memory");
    return word;
}

static bool change_word(uint32_t from, uint32_t to)
{
    return __atomic_compare_exchange_n(&hyp_word, &from, to, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

/* Waits until another CPU has written the loaded word, if the CPU supports that. */
static void wait_for_event(void)
{
    __asm__ volatile("wfe" ::: "memory");
}

/* The lock is held and its word is `word`: sleeps until it is released, or until an interrupt arrives. */
static void sleep_for_lock(uint32_t word, uint32_t looks, uint32_t sleeps)
{
    if (!change_word(word, (word & ~looks) | sleeps))
        return;
    wait_for_interrupt();
    (void)__atomic_and_fetch(&hyp_word, ~sleeps, __ATOMIC_SEQ_CST);
}

/* Wakes the CPUs that sleep until the lock is released. */
void hyp_wake(void)
{
    uint32_t sleep = 0;

    if (load_word() >= LOCK_SLEEPS)
        sleep = __atomic_fetch_and(&hyp_word, LOCK_SLEEPS - 1u, __ATOMIC_SEQ_CST) / LOCK_SLEEPS;
    for (; sleep != 0; sleep &= sleep - 1u)
        gic_poke((unsigned)__builtin_ctz(sleep));
}

/*
 * Spins for as long as others may hold the lock. If CPUs are threads of a busy host, this CPU may have
 * preempted
 * the holder, which continues when this CPU sleeps.
 */
void hyp_await(struct guest *g)
{
    const uint32_t looks = LOCK_LOOKS << g->number;
    const uint32_t sleeps = LOCK_SLEEPS << g->number;
    unsigned spins = 0;
    bool taken = false;

    g->waits = true;
    while (!taken) {
        const uint32_t word = load_word();
        const bool held = (word & LOCK_HELD) != 0;
        const bool first = (word & looks) != 0 || (word & (LOCK_SLEEPS - LOCK_LOOKS)) == 0;

        spins++;
        if (!held && (first || spins > PATIENCE)) {
            taken = change_word(word, (word & ~looks) | LOCK_HELD);
        } else if (held && spins > SPINS && gic_may_wake()) {
            sleep_for_lock(word, looks, sleeps);
            spins = 0;
        } else if (held && (word & looks) == 0) {
            (void)change_word(word, word | looks);
        } else {
            wait_for_event();
        }
    }
    g->waits = false;
}

/* Records the longest holding time. */
void hyp_note(struct guest *g, enum why why, uint64_t ticks)
{
    g->hold.longest = ticks;
    g->hold.why = why;
    g->hold.what = why == WHY_TRAP ? READ_SYS(esr_el2) : 0;
    g->hold.where = trap_address();
}

void hyp_give_way(enum why why)
{
    struct guest *const g = guest_here();

    hyp_unlock(g, why);
    hyp_lock(g);
}

void hyp_longest(const struct guest *g)
{
    static const char *const name[] = {[WHY_TRAP] = "a trap",   [WHY_INTERRUPT] = "an interrupt",
                                       [WHY_SLEEP] = "a sleep", [WHY_DEVICE] = "a deferred device",
                                       [WHY_START] = "a start", [WHY_PROMPT] = "a command"};
    const struct hold *const h = &g->hold;

    print("  longest with the lock held %llu ns: %s, ESR_EL2 %llx, address %llx\n",
          (unsigned long long)(h->longest * 1000u / (READ_SYS(cntfrq_el0) / 1000000u)), name[h->why],
          (unsigned long long)h->what, (unsigned long long)h->where);
}

static void poke(const struct guest *g)
{
    if (g != guest_here() && !g->waits)
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

void guest_save(struct guest *g)
{
    if (g->state != GUEST_RUNNING)
        return;
    g->state = GUEST_SAVING;
    poke(g);
}

void guest_interrupt(struct guest *g, unsigned intid)
{
    if (g == guest_here() && g->state == GUEST_RUNNING) {
        vgic_pend_here(&g->vgic, intid);
    } else {
        vgic_pend(&g->vgic, intid);
        poke(g);
    }
}

/* A line is lowered by an access of the guest, or by its reset. */
void guest_line(struct guest *g, unsigned intid, bool level)
{
    if (!level) {
        vgic_lower(&g->vgic, intid);
        return;
    }
    vgic_raise(&g->vgic, intid);
    poke(g);
}

void guest_go_on(struct guest *g, uint64_t to_do)
{
    if ((g->to_do & to_do) == to_do)
        return;
    g->to_do |= to_do;
    poke(g);
}

/* Enables optional CPU extensions: SVE, pointer authentication keys. */
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

/* The hypervisor uses the last event counter for its own instructions; the guest owns the others. */
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

/*
 * Initial state of the virtual CPU, from Linux's boot protocol: EL1, MMU off, x0: device tree, other
 * registers 0.
 */
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
    if (!guest_wait_for_disk(g))
        return;
    devices_reset(g);
    mem_reset(g);
    stage2_build(g);
    if (!images_load(g)) {
        print("hypervisor: guest %u: its files could not be read\n", g->number);
        guest_stop(g);
    }
    if (g->state != GUEST_STARTING) /* the prompt's commands run meanwhile */
        return;
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

/* Sleeps until an interrupt, and handles it; does not sleep if output is pending. */
static void sleep_once(struct guest *g)
{
    hyp_unlock(g, WHY_SLEEP);
    if (!uart_send())
        wait_for_interrupt();
    hyp_lock(g);
    (void)trap_take_interrupt(g);
}

/* The guest is not running; its CPU may still have to serve real devices, which are shared. */
static void sleep_or_serve(struct guest *g)
{
    if ((g->to_do & TO_DO_REAL) == 0) {
        sleep_once(g);
        return;
    }
    hyp_give_way(WHY_SLEEP);
    (void)trap_take_interrupt(g);
    hyp_give_way(WHY_INTERRUPT);
    devices_go_on(g, TO_DO_REAL);
}

/*
 * Otherwise the device would wait for this with the lock held. The disk's interrupt wakes another CPU, so
 * this
 * CPU polls.
 */
bool guest_wait_for_disk(struct guest *g)
{
    const enum guest_state state = g->state;

    while (g->state == state && window_busy(g)) {
        (void)timer_after(BUSY_US);
        sleep_or_serve(g);
    }
    return g->state == state;
}

/* Makes one step, after others could take the lock; interrupts are polled. */
static void go_on_once(struct guest *g, enum why why)
{
    hyp_unlock(g, why);
    if ((g->to_do & TO_DO_PRINTED) != 0)
        (void)uart_send();
    hyp_lock(g);
    if (trap_take_interrupt(g))
        hyp_give_way(WHY_INTERRUPT);
    if ((g->to_do & TO_DO_PRINTED) != 0 && !uart_has(g->printed))
        g->to_do &= ~TO_DO_PRINTED;
    devices_go_on(g, ~0ull);
}

/*
 * Does the remaining work of the guest's devices on its own CPU, so that only this guest waits for it. The
 * guest runs for some time in between.
 */
static void go_on(struct guest *g, enum why why)
{
    for (unsigned i = 0; i < GO_ON_MOST && g->to_do != 0 && g->state == GUEST_RUNNING; i++) {
        go_on_once(g, why);
        why = WHY_DEVICE;
    }
    if (g->to_do != 0)
        (void)timer_after(GO_ON_US);
}

/* The CPU continues to handle interrupts; on the first CPU also the disk's. */
static void sleep_while_off(struct guest *g)
{
    vgic_park();
    if (all_off()) {
        print("hypervisor: all guests are off\n");
        hyp_off();
    }
    while (g->state == GUEST_OFF)
        sleep_or_serve(g);
    vgic_unpark();
}

/* The guest could sleep by itself on its own CPU, but in this way the hypervisor knows that it is idle. */
void guest_wait(struct guest *g)
{
    g->stats.sleeps++;
    g->idle = true; /* an immediate completion is not held back */
    window_release(g, true);
    window_serve(g);
    while (g->state == GUEST_RUNNING && !vgic_waiting(&g->vgic))
        if (g->to_do != 0) {
            go_on_once(g, WHY_SLEEP);
        } else {
            if (WATCHED)
                watch_idle(g);
            sleep_once(g);
        }
    g->idle = false;
}

static __attribute__((noinline)) unsigned change(struct guest *g, enum why why)
{
    unsigned frame = FRAME_SAME;

    if (g->to_do != 0)
        go_on(g, why);
    if (g->state == GUEST_SAVING)
        state_renew(g);
    while (g->state != GUEST_RUNNING) {
        if (g->state == GUEST_OFF)
            sleep_while_off(g);
        if (g->state == GUEST_STARTING)
            begin(g, g->frame);
        frame = FRAME_NEW;
    }
    return frame;
}

unsigned guest_finish_trap(struct guest *g, enum why why)
{
    unsigned frame = FRAME_SAME;

    if (g->state != GUEST_RUNNING || g->to_do != 0)
        frame = change(g, why);
    vgic_flush(&g->vgic);
    return frame;
}
