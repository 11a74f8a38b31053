/* SPDX-License-Identifier: MIT */
#ifndef HYP_H
#define HYP_H

#include "arch.h"
#include "board.h"
#include "frame.h"

/*
 * Interfaces of all files of the hypervisor. A single lock (hyp_lock) is held while a trap is handled; guests
 * run without it. Unless stated otherwise, all functions require the lock.
 */

struct vwr_vdev;
struct vwr_vm;
struct vwr_vpci;
struct vwr_vplan_pci;
struct vwr_vplan_device;

/* ---- vgic.c: a guest's interrupt controller, a GICv3 with one CPU ---- */

#define VGIC_WORDS 4u /* words of 32 interrupts */
#define VGIC_LINES (32u * VGIC_WORDS)

struct vgic {
    uint32_t control;
    uint32_t enabled[VGIC_WORDS];
    uint32_t pending[VGIC_WORDS]; /* pending, but not in a list register yet */
    uint32_t line[VGIC_WORDS];    /* level-triggered, and asserted by the device */
    uint32_t trigger[2 * VGIC_WORDS];
    uint8_t priority[VGIC_LINES];
    uint64_t list[VGIC_LINES]; /* list register value computed from the state; 0: disabled */
    bool asleep;
    bool changed; /* the list registers may need an update */
    uint64_t injected;
};

void vgic_pend(struct vgic *v, unsigned intid); /* a rising edge; the guest sees it at its next vgic_flush */
void vgic_pend_here(struct vgic *v, unsigned intid); /* the same, on the guest's own CPU */
void vgic_raise(struct vgic *v, unsigned intid);     /* a level; the guest sees it at its next vgic_flush */
void vgic_lower(struct vgic *v, unsigned intid);     /* called on the guest's CPU, if it is running */
bool vgic_access(struct vgic *v, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

/* On the guest's CPU only. */
void vgic_reset(struct vgic *v);
bool vgic_waiting(const struct vgic *v); /* has an interrupt that would end WFI */
/* passes pending interrupts to the hardware, before the guest continues */
void vgic_flush(struct vgic *v);
void vgic_park(void); /* disables virtual interrupts, because with them WFI would not sleep */
void vgic_unpark(void);

/* ---- guest.c: a guest is one virtual CPU, pinned to a CPU of its own ---- */

#define GUESTS_MAX 2u
#define GUEST_LINE_BYTES 160u
#define GUEST_KEYS 256u
#define STAGE2_BLOCK 0x200000ull /* bytes */
#define STAGE2_BLOCKS 2048u      /* 4 GiB */
#define STAGE2_BYTES (STAGE2_BLOCK * STAGE2_BLOCKS)

enum guest_state { GUEST_OFF = 0, GUEST_STARTING, GUEST_SAVING, GUEST_RUNNING };

struct guest_stats {   /* reasons for entering EL2 */
    uint64_t accesses; /* except the traps needed for each disk request, which the disk counts */
    uint64_t interrupts;
    uint64_t timer;  /* included in interrupts */
    uint64_t sleeps; /* WFI */
    uint64_t calls;
    uint64_t registers;
    uint64_t aborts; /* accesses that nothing handles */
    uint64_t starts;
};

/* The work that was done with the lock held. */
enum why {
    WHY_TRAP = 0,  /* emulation of an instruction */
    WHY_INTERRUPT, /* of the board; also the first start, and a machine error */
    WHY_SLEEP,     /* before or after it */
    WHY_DEVICE,    /* a device continued after its budget was exhausted */
    WHY_START,     /* of the guest */
    WHY_PROMPT     /* a command */
};

/*
 * Work for a guest's own CPU, which releases the lock between steps: a bit for each queue of its devices, a
 * bit for
 * each real device, which is shared, and others.
 */
#define TO_DO_QUEUES 48u /* maximum queues of a guest */
#define TO_DO_DISK (1ull << 48)
#define TO_DO_NET (1ull << 49)
#define TO_DO_SCREEN (1ull << 50)
#define TO_DO_INPUT (1ull << 51)
#define TO_DO_REAL (TO_DO_DISK | TO_DO_NET | TO_DO_SCREEN | TO_DO_INPUT)
#define TO_DO_RSA (1ull << 59)     /* its crypto device has an RSA request */
#define TO_DO_LINKS (1ull << 60)   /* levels of its GPIO lines have changed */
#define TO_DO_SOCKETS (1ull << 61) /* its connections have work to do */
#define TO_DO_OUTPUT (1ull << 62)  /* its console waits for space */
#define TO_DO_PRINTED (1ull << 63) /* printed output has to be sent */

struct hold {
    uint64_t since;   /* counter value */
    uint64_t longest; /* in ticks, with the lock held */
    enum why why;
    uint64_t what;  /* ESR_EL2 of the trap */
    uint64_t where; /* and the address that the guest accessed, if any */
};

struct guest {
    struct hold hold;  /* guest.c: first, for short offsets in each trap */
    unsigned number;   /* of the guest, and of its CPU */
    uint64_t ram_addr; /* guest-physical */
    uint64_t ram_bytes;
    uint8_t *ram;        /* host address */
    struct frame *frame; /* its registers, while at EL2 */
    enum guest_state state;
    uint64_t to_do; /* TO_DO_…: continues after others had the lock */
    bool idle;      /* in WFI: notices an interrupt immediately */
    bool waits;     /* waiting for the lock: need not be poked */
    struct vgic vgic;
    struct guest_stats stats;
    char line[GUEST_LINE_BYTES]; /* incomplete line of its output */
    unsigned line_bytes;
    struct vwr_vm *vm;               /* devices.c: the VM with its devices */
    const struct vwr_vplan_pci *pci; /* pci.c: the bus of the devices; NULL: they are on MMIO */
    struct vwr_vdev *disk;           /* one of them; NULL: none */
    uint64_t disk_page;              /* TRAP_PAGE of its registers; 0: accesses go to devices_access */
    struct vwr_vpci *disk_function;  /* on PCI */
    struct vwr_vdev *console;        /* the same for the console */
    bool traced;                     /* accesses to devices are printed */
    struct vwr_vqueue *queue;        /* devices.c: queues of all its devices, in one array, */
    unsigned queues;                 /* whose indices are the bits of to_do */
    unsigned done_last;              /* devices.c: the last bit of to_do that was served */
    uint32_t said;                   /* hvc.c: bytes of its console, while the lock is held */
    uint32_t printed;                /* uart.c: position up to which its CPU has printed */
    uint64_t timer_due;              /* timer.c: when the hypervisor's timer of its CPU expires */
    struct {                         /* window.c: the interrupt of its disk, held back */
        unsigned line;               /* 0: none */
        uint64_t due;
        uintptr_t taken;
        unsigned off; /* number of interrupts not to hold back, because holding back had no gain */
    } held;
    uint8_t key[GUEST_KEYS]; /* typed for it but not read yet: key_first .. key_end, modulo the size */
    unsigned key_first;
    unsigned key_end;
    struct {               /* stage2.c: pages of its memory */
        uint64_t gone;     /* in the balloon */
        uint64_t reported; /* reported as free */
        bool stale;        /* the TLB of its CPU may contain unmapped pages */
    } pages;
    _Alignas(8 * STAGE2_BLOCKS) uint64_t stage2[STAGE2_BLOCKS]; /* its translation table */
};

extern struct guest guests[GUESTS_MAX];
extern unsigned guest_count;

void hyp_longest(const struct guest *g); /* prints the longest time its CPU has held the lock */

/*
 * The lock word: LOCK_HELD in the lower half; above it, one bit for each CPU that waits, and one for each CPU
 * that sleeps until the lock is released. CPUs that wait longer go first. A sleeping CPU loses its place,
 * because others would have to wait until it is awake.
 */
#define LOCK_HELD 1u
#define LOCK_LOOKS (1u << 16) /* of the first CPU, as below */
#define LOCK_SLEEPS (1u << 24)
extern uint32_t hyp_word;
__attribute__((cold)) void hyp_await(struct guest *g);
__attribute__((cold)) void hyp_wake(void);
__attribute__((cold)) void hyp_note(struct guest *g, enum why why, uint64_t ticks);
void hyp_give_way(enum why why); /* to others waiting for it */

/*
 * Whether each CPU records how long it has held the lock, with the board's counter. It costs ten instructions
 * each time; tests/qemu/hypervisor counts without them.
 */
#ifndef HYP_HOLDS
#define HYP_HOLDS 0
#endif

/* The guest of this CPU. Not volatile, as it never changes. */
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
                     "   stlrh wzr, [%1]\n" /* ends WFE on another CPU */
                     POINT(POINT_GIVEN) "   add %1, %1, #2\n"
                                        "   ldarh %w0, [%1]"
                     : "=&r"(others), "=&r"(word)
                     :
                     : "memory");
    if (__builtin_expect(others != 0, false))
        hyp_wake();
}

/* From any CPU. */
void guest_start(struct guest *g); /* restarts it if it runs */
void guest_stop(struct guest *g);
void guest_save(struct guest *g); /* state_renew, if it runs */
void guest_interrupt(struct guest *g, unsigned intid);
void guest_line(struct guest *g, unsigned intid, bool level); /* a level-triggered interrupt */
void guest_go_on(struct guest *g, uint64_t to_do);            /* on its own CPU, before the guest continues */

/*
 * Number of instructions executed at EL2 on this CPU since its guest started, modulo 2^32; 0 without a
 * counter (QEMU
 * without -icount).
 */
uint64_t guest_instructions(void);

/* Called on its own CPU: idles until there is an interrupt. */
void guest_wait(struct guest *g);

/*
 * Called on its own CPU: waits until its disk has no requests in flight. false: the guest was stopped, or has
 * to be
 * restarted.
 */
bool guest_wait_for_disk(struct guest *g);

/*
 * Called on its own CPU, at the end of each trap: sleeps while the guest is off, starts it if requested,
 * continues the
 * work of its devices. FRAME_NEW: the guest has started; otherwise FRAME_SAME.
 */
unsigned guest_finish_trap(struct guest *g, enum why why);

/* ---- mmu.c, stage2.c ---- */

void mmu_on(void); /* the hypervisor's own translation, on each CPU, before the first lock */
void mmu_write_back(const void *at, uint64_t bytes); /* data that a guest will read with its caches off */
void stage2_build(struct guest *g); /* maps its RAM; each device access traps, because nothing is there */
void stage2_map(struct guest *g, uint64_t addr, uint64_t host, uint64_t bytes); /* whole blocks */
void stage2_unmap(struct guest *g, uint64_t addr, uint64_t bytes); /* then stage2_flush, as below */
void stage2_on(const struct guest *g);

/*
 * Called on its own CPU: unmaps a page, or maps it again, zeroed. false: not a page of its memory, or already
 * in
 * that state. After unmapping, call stage2_flush before the guest continues.
 */
bool stage2_take(struct guest *g, uint64_t addr);
bool stage2_give(struct guest *g, uint64_t addr);
void stage2_flush(struct guest *g);

/* ---- trap.c: called by vectors.S ---- */

void trap_first(struct frame *f);
struct trapped trap_load(uint64_t esr);
unsigned trap_store(uint64_t esr, uint64_t value); /* stored value */
unsigned trap_wait(void);
unsigned trap_sync(struct frame *f, uint64_t esr);
unsigned trap_irq(void);
unsigned trap_serror(void);
_Noreturn void panic_exception(unsigned vector);
bool trap_take_interrupt(struct guest *g); /* if one is pending on this CPU; others follow immediately */
_Noreturn void hyp_off(void);              /* exits QEMU */

/* ---- gic.c: the board's interrupt controller; all interrupts are taken to EL2 ---- */

void gic_start(void);
void gic_start_cpu(unsigned cpu);
void gic_enable(unsigned intid); /* a shared one, level-triggered, on the first CPU */
void gic_poke(unsigned cpu);     /* INTID_POKE on another CPU */
unsigned gic_take(void);         /* INTID_NONE or above: none */
void gic_end(unsigned intid);
bool gic_may_wake(void); /* not while an interrupt is active on this CPU, because WFI would never end */

/*
 * ---- timer.c: the guest uses the hardware's virtual timer, whose interrupt is passed on; the hypervisor
 * uses another timer ----
 */

void timer_reset(void);
void timer_interrupt(struct guest *g);
uint64_t timer_after(unsigned us); /* calls timer_tick by then or sooner; returns the counter value */
bool timer_is_due(uint64_t due);   /* otherwise timer_tick is called again */
void timer_tick(void);

/* ---- psci.c: calls of a guest to its firmware, which the hypervisor implements ---- */

void psci_call(struct guest *g, struct frame *f);

/* ---- files.c: files of QEMU's -fw_cfg name=…,file=…, and properties of the machine ---- */

struct file {
    uint16_t key;
    uint32_t bytes;
};

#define TREE_MAGIC 0xedfe0dd0u /* of a device tree, read as little-endian */

uint64_t files_ram_bytes(void); /* 0: unknown */
unsigned files_cpus(void);
bool files_find(const char *name, struct file *f);
/* from its start, directly to the destination */
bool files_read(const struct file *f, void *to, uint32_t bytes);

/* ---- plan.c: guests from the plan; false, here and below: an error message has been printed ---- */

bool plan_guests(void);

/* What is wrong with memory of a guest at this address of the host; NULL: nothing. */
const char *plan_wrong(uint64_t addr, uint64_t host, uint64_t bytes);

/* ---- images.c: initial memory content of a guest ---- */

bool images_check(void);
bool images_has(unsigned guest);   /* whether a device tree was supplied for it */
bool images_load(struct guest *g); /* on each start; releases the lock meanwhile */
uint64_t images_entry(const struct guest *g);
uint64_t images_device_tree(const struct guest *g);

/*
 * ---- uart.c: the board's UART. print supports %s %c %u %x %llu %llx, with a width; padded with zeros ----
 */

void uart_start(void); /* enables the receive interrupt */
int uart_get(void);    /* -1: nothing received */
void uart_put(char c);
void uart_later(void);         /* output is sent by uart_send from now on */
bool uart_send(void);          /* sends some, without the lock; true: more can be sent */
bool uart_has(uint32_t until); /* whether output up to there is not sent yet */
void uart_flush(void);
uint32_t uart_room(void); /* space for output of guests, in bytes */
uint64_t uart_lost(void); /* bytes dropped for lack of space */
__attribute__((format(printf, 1, 2))) void print(const char *format, ...);

/* ---- vuart.c: the minimum of a UART that a kernel needs before hvc0 (earlycon=pl011) ---- */

bool vuart_access(struct guest *g, uint64_t addr, bool is_write, uint64_t *value);

/*
 * ---- console.c, monitor.c: a single UART, shared by the guests' consoles and the hypervisor's prompt ----
 */

void console_output(struct guest *g, char c); /* of a guest */
bool console_has_room(void);                  /* for any character */
void console_line(void);                      /* before a line of the hypervisor */
void console_interrupt(void);                 /* input on the UART */
void console_focus(struct guest *g);          /* receives the keys; NULL: the prompt */
void monitor_command(const char *text);

/* ---- devices.c: the guests' devices, from the plan ---- */

struct vwr_vplan_host;

bool devices_start(void);
bool devices_access(struct guest *g, uint64_t addr, unsigned bytes, bool is_write,
                    uint64_t *value);                               /* of a trap */
struct guest *devices_guest(const struct vwr_vdev *v);              /* its owner */
struct vwr_vdev *devices_next(const struct guest *g, unsigned *at); /* all devices; NULL: end */
struct vwr_vdev *devices_find(const struct guest *g, uint32_t id);  /* its first device of a class, or NULL */
void devices_again(struct vwr_vdev *v, unsigned queue);             /* its own CPU serves the queue soon */
/* serves one bit of g->to_do and the mask */
void devices_go_on(struct guest *g, uint64_t mask);
void devices_reset(struct guest *g);   /* before its memory is rewritten; releases the lock meanwhile */
int devices_renew(struct vwr_vdev *v); /* destroys it, poisons its memory, and creates it again */
void devices_list(const struct guest *g);
void devices_debug(const struct guest *g, unsigned slot);
void devices_fail(const struct guest *g, unsigned slot); /* DEVICE_NEEDS_RESET */
void devices_stats(const struct guest *g);
void devices_stuck(const struct guest *g);
void devices_trace(bool on);

/* ---- state.c: the state of a guest's devices ---- */

/*
 * Called on its own CPU, while the guest is stopped: saves its devices, creates them again, and loads them.
 */
void state_renew(struct guest *g);

/* ---- pci.c: a guest's PCI bus, and the frame that messages are written to ---- */

bool pci_start(struct guest *g);
bool pci_access(struct guest *g, void *memory, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);
bool pci_may_reset(const struct guest *g, uint64_t addr); /* whether a write there may reset a device */
void pci_message(struct guest *g, uint64_t addr, uint32_t data);
unsigned pci_message_of(const struct vwr_vpci *f); /* data of the message for its first queue; 0: none */
void pci_reset(const struct vwr_vplan_device *row, void *memory);
void pci_remove(const struct vwr_vplan_device *row, void *memory);

/* ---- window.c: a guest's disk, whose requests cost traps ---- */

extern unsigned window_quiet;          /* bitmap of guests whose disk needs no notifications */
void window_notified(struct guest *g); /* suppresses further ones if it is busy */
void window_serve(struct guest *g);    /* polls for requests made without a notification */
void window_release(struct guest *g, bool idle);
bool window_hold(struct guest *g, unsigned line); /* true: its interrupt is deferred */
bool window_busy(const struct guest *g);          /* the real disk has requests from it */
void window_reset(struct guest *g);

/* ---- hvc.c: a guest's console ---- */

void hvc_offer(struct vwr_vplan_host *host);
void hvc_key(struct guest *g, uint8_t key);
void hvc_go_on(struct guest *g); /* TO_DO_OUTPUT */
void hvc_reset(struct guest *g);

/* ---- real.c: QEMU's virtio devices, used by the hypervisor's drivers ---- */

struct vwr_dev;
typedef void
real_hook(uint32_t reasons); /* cause of an acknowledged interrupt: VWR_MMIO_INTERRUPT_STATUS_… */

void real_probe(void);
struct vwr_dev *real_take(uint32_t type, real_hook *interrupt); /* the next one; NULL: none left */
unsigned real_line(const struct vwr_dev *d);
void real_enable(const struct vwr_dev *d);
void real_interrupt(unsigned intid);
void real_tick(void);           /* every second: deadlines */
void real_lose(unsigned count); /* the next interrupts: acknowledged, and nothing else */
void real_soon(void);           /* called again in a millisecond: a stopped device is being recovered */

/* ---- disk.c: the real disk; guests' disks are windows of it ---- */

bool disk_start(void);
void disk_offer(struct vwr_vplan_host *host);
void disk_service(void);
void disk_stats(void);
void disk_stuck(void);

/*
 * ---- net.c, screen.c, input.c: other real devices. If QEMU has none, a message is printed and guests do
 * without ----
 */

struct vwr_vnet_switch;
struct vwr_vinput;
struct vwr_vinput_model;

void net_start(void);
void net_offer(struct vwr_vplan_host *host);
void net_connect(struct vwr_vnet_switch *sw); /* after the guests' cards were connected to it */
void net_service(void);                       /* TO_DO_NET, and similarly below */
void net_tick(void);
void net_stats(void);

void iommu_tick(void);

void screen_start(void);
void screen_offer(struct vwr_vplan_host *host);
void screen_service(void);
void screen_forget(void);
void screen_stats(void);

void input_start(void);
void input_offer(struct vwr_vplan_host *host);
void input_connect(struct vwr_vinput *in, const struct vwr_vinput_model *model);
void input_service(void);
void input_stats(void);

/* ---- folder.c: file trees in memory ---- */

bool folder_start(void);
void folder_offer(struct vwr_vplan_host *host);
void folder_stats(void);

/* ---- balloon.c ---- */

void balloon_offer(struct vwr_vplan_host *host);
void balloon_set(struct guest *g, unsigned mib);
bool balloon_touch(struct guest *g, uint64_t addr); /* true: an unmapped page was mapped again */
void balloon_stats(struct guest *g);

/* ---- mem.c: memory that a guest plugs ---- */

void mem_offer(struct vwr_vplan_host *host);
void mem_set(struct guest *g, unsigned mib);
void mem_reset(struct guest *g); /* before it starts: no block is plugged */
void mem_stats(struct guest *g);

/* ---- medium.c: a disk in memory, for SCSI hosts ---- */

struct vwr_vblk_backend;

struct vwr_vblk_backend *medium_start(void); /* NULL: the plan has none */

/* ---- sockets.c: services for a guest's sockets ---- */

void sockets_offer(struct vwr_vplan_host *host);
void sockets_go_on(struct guest *g); /* TO_DO_SOCKETS */
void sockets_connect(struct guest *g, unsigned port);
void sockets_stats(const struct guest *g);

/* ---- cipher.c, aes.S: AES for crypto devices ---- */

void cipher_offer(struct vwr_vplan_host *host);
void cipher_stats(void);

/* ---- rsa.c: RSA for crypto devices ---- */

struct vwr_vcrypto_session;
struct vwr_crypto_setup;
struct vwr_crypto_data;

int rsa_create(struct vwr_vcrypto_session *session, const struct vwr_crypto_setup *setup);
int rsa_process(struct vwr_vcrypto_session *session, struct vwr_crypto_data *data);
bool rsa_destroy(struct vwr_vcrypto_session *session); /* false: the session is not for RSA */
void rsa_go_on(struct guest *g);                       /* TO_DO_RSA */
void rsa_stats(void);

/* ---- sound.c: a tape as the sound card of a guest ---- */

void sound_offer(struct vwr_vplan_host *host);
void sound_tick(struct guest *g);
void sound_stats(const struct guest *g);

/* ---- buses.c: a memory on the guest's I2C bus, links between its GPIO lines ---- */

void buses_offer(struct vwr_vplan_host *host);
void buses_go_on(struct guest *g); /* TO_DO_LINKS */

/* ---- pmem.c: persistent memory of guests ---- */

void pmem_offer(struct vwr_vplan_host *host);
bool pmem_map(struct guest *g); /* false: a region is not usable; the reason was printed */

/* ---- entropy.c ---- */

void entropy_start(void);
uint32_t entropy_get(uint8_t *bytes, uint32_t n);

#endif
