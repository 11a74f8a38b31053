/* SPDX-License-Identifier: MIT */
#ifndef HYP_H
#define HYP_H

#include "arch.h"
#include "board.h"
#include "frame.h"

/*
 * The map of the hypervisor: what each file gives to the others. One lock (hyp_lock) is around whatever a
 * trap leads to, and guests run without it; everything here is called with it held, if nothing else is said.
 */

struct vwr_vdev;
struct vwr_vm;

/* ---- vgic.c: a guest's interrupt controller, a GICv3 with one CPU ---- */

#define VGIC_WORDS 3u /* of 32 interrupts */
#define VGIC_LINES (32u * VGIC_WORDS)

struct vgic {
    uint32_t control;
    uint32_t enabled[VGIC_WORDS];
    uint32_t pending[VGIC_WORDS]; /* and not in a list register yet */
    uint32_t trigger[2 * VGIC_WORDS];
    uint8_t priority[VGIC_LINES];
    uint64_t list[VGIC_LINES]; /* for a list register, as all of this makes it; 0: it is not enabled */
    bool asleep;
    bool changed; /* there may be something for the list registers */
    uint64_t injected;
};

void vgic_pend(struct vgic *v, unsigned intid); /* a rising edge; the guest sees it at its next vgic_flush */
void vgic_pend_here(struct vgic *v,
                    unsigned intid); /* likewise, on the CPU of the guest, which is not parked */
bool vgic_access(struct vgic *v, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

/* These on the guest's CPU. */
void vgic_reset(struct vgic *v);
bool vgic_waiting(const struct vgic *v); /* has something that would end a WFI */
void vgic_flush(struct vgic *v);         /* hands what is pending to the hardware, before the guest goes on */
void vgic_park(void);                    /* no virtual interrupt from here on, or WFI would not sleep */
void vgic_unpark(void);

/* ---- guest.c: a guest is one virtual CPU, pinned to a CPU of its own ---- */

#define GUESTS_MAX 2u
#define GUEST_LINE_BYTES 160u
#define GUEST_KEYS 256u
#define STAGE2_BLOCK 0x200000ull /* bytes */
#define STAGE2_BLOCKS 2048u      /* 4 GiB */
#define STAGE2_BYTES (STAGE2_BLOCK * STAGE2_BLOCKS)

enum guest_state { GUEST_OFF = 0, GUEST_STARTING, GUEST_RUNNING };

struct guest_stats {   /* why it came to EL2 */
    uint64_t accesses; /* but those that each request of its disk needs, which the disk counts */
    uint64_t interrupts;
    uint64_t timer;  /* of the interrupts */
    uint64_t sleeps; /* WFI */
    uint64_t calls;
    uint64_t registers;
    uint64_t aborts; /* accesses that nobody answers */
    uint64_t starts;
};

/* What was done with the lock held. */
enum why {
    WHY_TRAP = 0,  /* what the guest's instruction asked for */
    WHY_INTERRUPT, /* of the board; also the first start, and an error of the machine */
    WHY_SLEEP,     /* before or after it */
    WHY_DEVICE,    /* a device went on with what its budget had left */
    WHY_START,     /* of the guest */
    WHY_PROMPT     /* a command */
};

/*
 * What a guest's own CPU has to go on with, each part with the lock taken anew: a bit for each queue of its
 * devices, one for each real device, which is not this guest's alone, and others.
 */
#define TO_DO_QUEUES 48u /* of a guest, at most */
#define TO_DO_DISK (1ull << 48)
#define TO_DO_NET (1ull << 49)
#define TO_DO_SCREEN (1ull << 50)
#define TO_DO_INPUT (1ull << 51)
#define TO_DO_REAL (TO_DO_DISK | TO_DO_NET | TO_DO_SCREEN | TO_DO_INPUT)
#define TO_DO_OUTPUT (1ull << 62)  /* its console waits for room */
#define TO_DO_PRINTED (1ull << 63) /* what was printed here is to be sent */

struct hold {
    uint64_t since;   /* as the counter is */
    uint64_t longest; /* ticks of it, with the lock held */
    enum why why;
    uint64_t what;  /* ESR_EL2 of the trap */
    uint64_t where; /* and the address that the guest accessed, if it did */
};

struct guest {
    struct hold hold;  /* guest.c: first, since it is at hand in each trap */
    unsigned number;   /* of the guest, and of its CPU */
    uint64_t ram_addr; /* as the guest has it */
    uint64_t ram_bytes;
    uint8_t *ram;        /* as we have it */
    struct frame *frame; /* its registers, while it is here */
    enum guest_state state;
    uint64_t to_do; /* TO_DO_…: what goes on when others have had the lock */
    bool idle;      /* in WFI: it sees an interrupt at once */
    bool waits;     /* for the lock: it need not be poked */
    struct vgic vgic;
    struct guest_stats stats;
    char line[GUEST_LINE_BYTES]; /* of its output, until it is whole */
    unsigned line_bytes;
    struct vwr_vm *vm;        /* devices.c: as a VM that has devices */
    struct vwr_vdev *disk;    /* of them; NULL: it has none */
    uint64_t disk_page;       /* TRAP_PAGE of its registers; 0: each access is for devices_access */
    struct vwr_vdev *console; /* likewise */
    bool traced;              /* each access to a device is printed */
    struct vwr_vqueue *queue; /* devices.c: of all its devices, one behind the other, */
    unsigned queues;          /* so many; their numbers are the bits of to_do */
    unsigned done_last;       /* devices.c: the bit of to_do that was done last */
    uint32_t said;            /* hvc.c: bytes of its console's, while the lock is held */
    uint32_t printed;         /* uart.c: its CPU has printed up to there */
    uint64_t timer_due;       /* timer.c: when the timer of its CPU that is ours interrupts */
    struct {                  /* window.c: the interrupt of its disk, held back */
        unsigned line;        /* 0: none is */
        uint64_t due;
        uintptr_t taken;
        unsigned off; /* it was not worth it: so many are not */
    } held;
    uint8_t key[GUEST_KEYS]; /* typed for it, and not taken yet: key_first .. key_end, modulo the size */
    unsigned key_first;
    unsigned key_end;
    struct {               /* stage2.c: pages of its memory */
        uint64_t gone;     /* that the balloon has */
        uint64_t reported; /* that it has said are free */
        bool stale;        /* its CPU may remember some that are gone */
    } pages;
    _Alignas(8 * STAGE2_BLOCKS) uint64_t stage2[STAGE2_BLOCKS]; /* its translation table */
};

extern struct guest guests[GUESTS_MAX];
extern unsigned guest_count;

void hyp_longest(const struct guest *g); /* prints how long its CPU has held the lock */

/*
 * The lock, a word: in the lower half LOCK_HELD; above it a bit for each CPU that looks for it, and one for
 * each that sleeps until it is given back. Who looks for it comes before who comes later. Nobody keeps a
 * place while it sleeps: the others would wait until it is awake.
 */
#define LOCK_HELD 1u
#define LOCK_LOOKS (1u << 16) /* of the first CPU, as below */
#define LOCK_SLEEPS (1u << 24)
extern uint32_t hyp_word;
__attribute__((cold)) void hyp_await(struct guest *g);
__attribute__((cold)) void hyp_wake(void);
__attribute__((cold)) void hyp_note(struct guest *g, enum why why, uint64_t ticks);
void hyp_give_way(enum why why); /* to others who wait for it */

/* Does each CPU keep how long it has held the lock, by the board's counter? Each time costs ten
 * instructions; tests/qemu/hypervisor counts without them. */
#ifndef HYP_HOLDS
#define HYP_HOLDS 0
#endif

/* The guest of this CPU. Not volatile: it stays the same. */
static inline struct guest *guest_here(void)
{
    struct guest *g;

    __asm__("mrs %0, tpidr_el2" : "=r"(g));
    return g;
}

static inline void hyp_lock(struct guest *g)
{
    uint32_t *word;
    uint32_t others;
    uint32_t held = LOCK_HELD;
    uint32_t failed;

    __asm__ volatile("   adr %3, hyp_word\n"
                     "1: ldaxr %w0, [%3]\n"
                     "   cbnz %w0, 2f\n"
                     "   stxr %w1, %w2, [%3]\n"
                     "   cbnz %w1, 1b\n"
                     "2:"
                     : "=&r"(others), "=&r"(failed), "+r"(held), "=&r"(word)
                     :
                     : "memory");
    if (__builtin_expect(others != 0, false))
        hyp_await(g);
    __asm__ volatile(POINT(POINT_TAKEN) : : : "memory");
    if (HYP_HOLDS)
        g->hold.since = READ_SYS(cntpct_el0);
}

static inline void hyp_unlock(struct guest *g, enum why why)
{
    uint32_t *word;
    uint32_t others;

    if (HYP_HOLDS && READ_SYS(cntpct_el0) - g->hold.since > g->hold.longest)
        hyp_note(g, why, READ_SYS(cntpct_el0) - g->hold.since);
    __asm__ volatile("   adr %1, hyp_word\n"
                     "   stlrh wzr, [%1]\n" /* which ends the WFE of another CPU */
                     POINT(POINT_GIVEN) "   add %1, %1, #2\n"
                                        "   ldarh %w0, [%1]"
                     : "=&r"(others), "=&r"(word)
                     :
                     : "memory");
    if (__builtin_expect(others != 0, false))
        hyp_wake();
}

/* From any CPU. */
void guest_start(struct guest *g); /* anew, if it runs */
void guest_stop(struct guest *g);
void guest_interrupt(struct guest *g, unsigned intid);
void guest_go_on(struct guest *g, uint64_t to_do); /* its CPU does so, before the guest goes on */

/* What EL2 has executed on this CPU since its guest began, modulo 2^32; 0 where nobody counts (QEMU without
 * -icount). */
uint64_t guest_instructions(void);

/* On its own CPU: it has nothing to do until there is an interrupt. */
void guest_wait(struct guest *g);

/* On its own CPU: until its disk has no request of it. False: it is stopped, or to be started anew. */
bool guest_wait_for_disk(struct guest *g);

/* On its own CPU, at the end of each trap: sleeps while it is off, starts it if it is to, goes on with what
 * its devices have to do. FRAME_NEW: it has begun; else FRAME_SAME. */
unsigned guest_finish_trap(struct guest *g, enum why why);

/* ---- mmu.c, stage2.c ---- */

void mmu_on(void); /* our own translation, on each CPU, before anything that locks */
void mmu_write_back(const void *at, uint64_t bytes); /* what a guest will read with its caches off */
void stage2_build(struct guest *g); /* its RAM and nothing else: each access to a device traps */
void stage2_on(const struct guest *g);

/*
 * On its own CPU: a page is taken away from it, or given back with zeroes. False: it is no page of its
 * memory, or is not there, or is there already. After it was taken stage2_flush is to follow before the guest
 * goes on.
 */
bool stage2_take(struct guest *g, uint64_t addr);
bool stage2_give(struct guest *g, uint64_t addr);
void stage2_flush(struct guest *g);

/* ---- trap.c: from vectors.S ---- */

void trap_first(struct frame *f);
struct trapped trap_load(uint64_t esr);
unsigned trap_store(uint64_t esr, uint64_t value); /* that is stored */
unsigned trap_wait(void);
unsigned trap_sync(struct frame *f, uint64_t esr);
unsigned trap_irq(void);
unsigned trap_serror(void);
_Noreturn void panic_exception(unsigned vector);
bool trap_take_interrupt(struct guest *g); /* if one has come to this CPU; what else there is comes at once */
_Noreturn void hyp_off(void);              /* ends QEMU */

/* ---- gic.c: the board's interrupt controller; all of its interrupts come to EL2 ---- */

void gic_start(void);
void gic_start_cpu(unsigned cpu);
void gic_enable(unsigned intid); /* a shared one, by level, to the first CPU */
void gic_poke(unsigned cpu);     /* INTID_POKE on another CPU */
unsigned gic_take(void);         /* INTID_NONE or above: there is none */
void gic_end(unsigned intid);
bool gic_may_wake(void); /* not while an interrupt of this CPU is taken: WFI would sleep for ever */

/* ---- timer.c: the guest's virtual timer is the hardware's, and its interrupt passes through; our own is
 * another ---- */

void timer_reset(void);
void timer_interrupt(struct guest *g);
uint64_t timer_after(unsigned us); /* timer_tick on this CPU by then, or sooner: what the counter is then */
bool timer_is_due(uint64_t due);   /* else timer_tick comes again */
void timer_tick(void);

/* ---- psci.c: a guest calls its firmware, which is us ---- */

void psci_call(struct guest *g, struct frame *f);

/* ---- files.c: what QEMU was given with -fw_cfg name=…,file=…, and what it says of the machine ---- */

struct file {
    uint16_t key;
    uint32_t bytes;
};

#define TREE_MAGIC 0xedfe0dd0u /* of a device tree, read as little-endian */

uint64_t files_ram_bytes(void); /* 0: unknown */
unsigned files_cpus(void);
bool files_find(const char *name, struct file *f);
bool files_read(const struct file *f, void *to, uint32_t bytes); /* from its begin on, straight into place */

/* ---- plan.c: guests out of the plan; false, here and below: one sentence has been said ---- */

bool plan_guests(void);

/* ---- images.c: what a guest begins with ---- */

bool images_check(void);
bool images_has(unsigned guest);   /* a device tree was given for it */
bool images_load(struct guest *g); /* each time that it starts; gives the lock away meanwhile */
uint64_t images_entry(const struct guest *g);
uint64_t images_device_tree(const struct guest *g);

/* ---- uart.c: the board's UART. print knows %s %c %u %x %llu %llx, with a width; it is filled with zeroes
 * ---- */

void uart_start(void); /* interrupts for input from here on */
int uart_get(void);    /* -1: nothing has come */
void uart_put(char c);
void uart_later(void);         /* what is printed is sent by uart_send from here on */
bool uart_send(void);          /* some of it, without the lock: true if there is more that can be sent */
bool uart_has(uint32_t until); /* that is not sent */
void uart_flush(void);
uint32_t uart_room(void); /* for what guests print, in bytes */
uint64_t uart_lost(void); /* bytes for which there was none */
__attribute__((format(printf, 1, 2))) void print(const char *format, ...);

/* ---- vuart.c: as much of a UART as a kernel needs to speak before it has hvc0 (earlycon=pl011) ---- */

bool vuart_access(struct guest *g, uint64_t addr, bool is_write, uint64_t *value);

/* ---- console.c, monitor.c: the one UART, shared by the guests' consoles and the hypervisor's own ---- */

void console_output(struct guest *g, char c); /* of a guest */
bool console_has_room(void);                  /* for it, whatever it is */
void console_line(void);                      /* before a line of the hypervisor's own */
void console_interrupt(void);                 /* somebody has typed */
void console_focus(struct guest *g);          /* who has the keys; NULL: the prompt */
void monitor_command(const char *text);

/* ---- devices.c: the guests' devices, by the plan ---- */

struct vwr_vplan_host;

bool devices_start(void);
bool devices_access(struct guest *g, uint64_t addr, unsigned bytes, bool is_write,
                    uint64_t *value);                              /* of a trap */
struct guest *devices_guest(const struct vwr_vdev *v);             /* whose it is */
struct vwr_vdev *devices_find(const struct guest *g, uint32_t id); /* its first of a class, or NULL */
void devices_again(struct vwr_vdev *v, unsigned queue);            /* its own CPU serves the queue, soon */
void devices_go_on(struct guest *g, uint64_t mask);                /* one of g->to_do, and of the mask */
void devices_reset(struct guest *g);                               /* before its memory is written anew */
void devices_list(const struct guest *g);
void devices_debug(const struct guest *g, unsigned slot);
void devices_stats(const struct guest *g);
void devices_stuck(const struct guest *g);
void devices_trace(bool on);

/* ---- window.c: a guest's disk, of which each request costs traps ---- */

extern unsigned window_quiet;          /* a bit for each guest whose disk need not be notified */
void window_notified(struct guest *g); /* it need not be for now, if it is busy */
void window_serve(struct guest *g);    /* what has come without a notification */
void window_release(struct guest *g, bool idle);
bool window_hold(struct guest *g, unsigned line); /* its interrupt comes later */
bool window_busy(const struct guest *g);          /* the real disk has requests of it */
void window_reset(struct guest *g);

/* ---- hvc.c: a guest's console ---- */

void hvc_offer(struct vwr_vplan_host *host);
void hvc_key(struct guest *g, uint8_t key);
void hvc_go_on(struct guest *g); /* TO_DO_OUTPUT */
void hvc_reset(struct guest *g);

/* ---- real.c: QEMU's virtio devices, which our own drivers drive ---- */

struct vwr_dev;
typedef void
real_hook(uint32_t reasons); /* of an interrupt, that is acknowledged: VWR_MMIO_INTERRUPT_STATUS_… */

void real_probe(void);
struct vwr_dev *real_take(uint32_t type, real_hook *interrupt); /* the next of them; NULL: there is none */
unsigned real_line(const struct vwr_dev *d);
void real_enable(const struct vwr_dev *d);
void real_interrupt(unsigned intid);
void real_tick(void); /* each second: deadlines */
void real_soon(void); /* in a millisecond: one that has stopped is being brought back */

/* ---- disk.c: the real disk, which the guests' disks are windows of ---- */

bool disk_start(void);
void disk_offer(struct vwr_vplan_host *host);
void disk_service(void);
void disk_stats(void);
void disk_stuck(void);

/* ---- net.c, screen.c, input.c: other real devices. Where QEMU has none a sentence says so, and guests do
 * without ---- */

struct vwr_vnet_switch;
struct vwr_vinput;
struct vwr_vinput_model;

void net_start(void);
void net_offer(struct vwr_vplan_host *host);
void net_connect(struct vwr_vnet_switch *sw); /* when the guests' cards are connected to it */
void net_service(void);                       /* TO_DO_NET, and so on below */
void net_tick(void);
void net_stats(void);

void screen_start(void);
void screen_offer(struct vwr_vplan_host *host);
void screen_service(void);
void screen_stats(void);

void input_start(void);
void input_offer(struct vwr_vplan_host *host);
void input_connect(struct vwr_vinput *in, const struct vwr_vinput_model *model);
void input_service(void);
void input_stats(void);

/* ---- folder.c: trees of files in memory ---- */

bool folder_start(void);
void folder_offer(struct vwr_vplan_host *host);
void folder_stats(void);

/* ---- balloon.c ---- */

void balloon_offer(struct vwr_vplan_host *host);
void balloon_set(struct guest *g, unsigned mib);
bool balloon_touch(struct guest *g, uint64_t addr); /* a page that was gone is there again */
void balloon_stats(struct guest *g);

/* ---- entropy.c ---- */

void entropy_start(void);
uint32_t entropy_get(uint8_t *bytes, uint32_t n);

#endif
