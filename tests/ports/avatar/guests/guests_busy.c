/* SPDX-License-Identifier: MIT */
/*
 * Guests on a vGIC that loses interrupts (vmm/vdev/vgic.c). A guest here inspects a device only after it has
 * taken the device's interrupt, so it stops after a lost interrupt that is not repeated.
 */
#include "gic.h"
#include "io.h"
#include "os_cfg.h"
#include "task/task.h"
#include "timer.h"
#include "lib/avatar_string.h"
#include "guests.h"

#define INTERRUPT_STATUS 0x60
#define INTERRUPT_ACK 0x64
#define IRQ(vm_id, device) (48 + 8 * (vm_id) + (device))

enum { CONSOLE, DISK, NET };

static tcb_t *vcpu(uint32_t vm_id)
{
    return guest[vm_id].vm->primary_vcpu;
}

static void runs(uint32_t vm_id)
{
    write_tpidr_el2((uint64_t)vcpu(vm_id));
}

static void acknowledge(uint32_t vm_id, uint32_t device)
{
    const uint64_t at = place(vm_id, device);

    guest_write(&guest[vm_id], at + INTERRUPT_ACK, guest_read(&guest[vm_id], at + INTERRUPT_STATUS));
}

static void interrupt(uint32_t vm_id, uint32_t device)
{
    virtio_inject_irq(virtio_find_device_by_addr(place(vm_id, device)), VIRTIO_MMIO_INT_VRING);
}

/* Whether the interrupts of VM 0's console and disk were sent this many times. */
static bool sent(uint32_t console, uint32_t disk)
{
    return vgic_injected(0, IRQ(0, CONSOLE)) == console && vgic_injected(0, IRQ(0, DISK)) == disk;
}

static void start_vms(void)
{
    for (uint32_t i = 0; i < 2; i++) {
        virtio_configure_vm(i, true, true, true);
        virtio_configure_vm_disk(i, 0, 512 * i, 512, false);
        guest_vm_start(i);
    }
}

int both_pending(void)
{
    const uint32_t before = vgic_lost();

    acknowledge(0, CONSOLE); /* a device exists from its first access on */
    acknowledge(0, DISK);
    runs(1);
    interrupt(0, CONSOLE);
    interrupt(0, DISK);
    runs(0);
    return vgic_enter(vcpu(0)) != 0 && vgic_enter(vcpu(0)) != 0 && vgic_lost() == before ? 2 : 1;
}

/* Each step of an interrupt: lost, pending, active, and ended without or with an acknowledgement. */
static int levels(void)
{
    int bad = check(both_pending() == 1 && vgic_lost() == 1 && sent(1, 1), "of two interrupts one is lost");

    handle_timer_interrupt(NULL);
    bad |= check(sent(2, 1), "the tick repeats it, and not the one that the guest has");
    handle_timer_interrupt(NULL);
    bad |= check(sent(2, 1), "nor one that is pending");
    bad |= check(vgic_enter(vcpu(0)) == IRQ(0, CONSOLE), "the guest takes it");
    handle_timer_interrupt(NULL);
    bad |= check(sent(2, 1), "while both are active the tick repeats none");
    acknowledge(0, CONSOLE);
    vgic_end(vcpu(0), IRQ(0, CONSOLE));
    vgic_end(vcpu(0), IRQ(0, DISK));
    handle_timer_interrupt(NULL);
    bad |= check(sent(2, 2) && vgic_enter(vcpu(0)) == IRQ(0, DISK), "what is not acknowledged comes again");
    acknowledge(0, DISK);
    vgic_end(vcpu(0), IRQ(0, DISK));
    handle_timer_interrupt(NULL);
    bad |= check(sent(2, 2) && vgic_enter(vcpu(0)) == 0, "and what is acknowledged does not");
    interrupt(0, DISK);
    bad |= check(vgic_enter(vcpu(0)) == IRQ(0, DISK), "an interrupt is taken");
    guest_write(&guest[0], place(0, DISK) + 0x70, 0);
    vgic_end(vcpu(0), IRQ(0, DISK));
    handle_timer_interrupt(NULL);
    return bad | check(sent(2, 3) && vgic_enter(vcpu(0)) == 0, "a reset ends it too");
}

#define SECTOR 512
#define SECTORS 8u /* of a request */
#define HEADER 0x20000
#define STATUS 0x20100
#define DATA 0x21000
#define FRAME_OUT 0x24000
#define FRAME_IN 0x25000
#define FRAME 1000u
#define NET_HEADER 12u

/* Uses a guest's disk and network. `wrong` counts incorrect data. */
static struct busy {
    struct guest_queue disk[1];
    struct guest_queue net[2];
    bool reads;
    bool sends;
    uint32_t transfers; /* written and read back */
    uint32_t frames_out;
    uint32_t frames_in;
    uint32_t next_in; /* number of the next frame, or less */
    uint32_t wrong;
    uint64_t since; /* when `transfers` and `frames_in` last changed */
    uint64_t frames_since;
} busy[2];

static uint8_t content(uint32_t vm_id, uint32_t number, uint32_t i)
{
    return (uint8_t)(i * 7 + (i >> 8) + number * 13 + (number >> 8) + vm_id * 101);
}

static void fill(uint32_t vm_id, uint32_t at, uint32_t number, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        guest[vm_id].ram[at + i] = content(vm_id, number, i);
}

static uint32_t differs(uint32_t of, uint32_t vm_id, uint32_t at, uint32_t number, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++) {
        if (guest[vm_id].ram[at + i] != content(of, number, i))
            return 1;
    }
    return 0;
}

static void transfer(uint32_t vm_id)
{
    struct busy *const b = &busy[vm_id];
    const struct guest_part parts[3] = {
        {HEADER, 16, false}, {DATA, SECTORS * SECTOR, b->reads}, {STATUS, 1, true}};
    uint8_t *const ram = guest[vm_id].ram;

    if (b->reads)
        memset(ram + DATA, 0xee, SECTORS * SECTOR);
    else
        fill(vm_id, DATA, b->transfers, SECTORS * SECTOR);
    memset(ram + HEADER, 0, 16);
    ram[HEADER] = b->reads ? 0 : 1;
    *(uint64_t *)(ram + HEADER + 8) = b->transfers * SECTORS % 512;
    ram[STATUS] = 0xee;
    guest_send(b->disk, parts, 3);
}

static void disk_interrupt(uint32_t vm_id)
{
    struct busy *const b = &busy[vm_id];

    while (guest_receive(b->disk) != -1) {
        b->wrong += guest[vm_id].ram[STATUS] != 0;
        if (b->reads) {
            b->wrong += differs(vm_id, vm_id, DATA, b->transfers, SECTORS * SECTOR);
            b->transfers++;
            b->since = read_cntpct_el0();
        }
        b->reads = !b->reads;
        transfer(vm_id);
    }
}

static void room(uint32_t vm_id)
{
    static const struct guest_part in = {FRAME_IN, NET_HEADER + FRAME, true};

    guest_send(&busy[vm_id].net[0], &in, 1);
}

#define NUMBER (NET_HEADER + 14) /* 4 bytes in a frame, after addresses and type */
#define BODY (NUMBER + 4)
#define BODY_BYTES (NET_HEADER + FRAME - BODY)

/*
 * A frame waits until the other guest has room. If that guest has not run for a long time, the frame is
 * dropped.
 */
static void send_frame(uint32_t vm_id)
{
    static const struct guest_part out = {FRAME_OUT, NET_HEADER + FRAME, false};
    struct busy *const b = &busy[vm_id];
    uint8_t *const frame = guest[vm_id].ram + FRAME_OUT;

    memset(frame, 0, NET_HEADER);
    memcpy(frame + NET_HEADER, "\2VW\0\0\0\2VW\0\0", 12);
    frame[NET_HEADER + 5] = (uint8_t)(1 - vm_id);
    frame[NET_HEADER + 11] = (uint8_t)vm_id;
    memcpy(frame + NET_HEADER + 12, "\x88\xb5", 2);
    memcpy(frame + NUMBER, &b->frames_out, 4);
    fill(vm_id, FRAME_OUT + BODY, b->frames_out++, BODY_BYTES);
    b->sends = true;
    guest_send(&b->net[1], &out, 1);
}

static void take_frame(uint32_t vm_id)
{
    struct busy *const b = &busy[vm_id];
    uint32_t number;

    memcpy(&number, guest[vm_id].ram + FRAME_IN + NUMBER, 4);
    b->wrong += number < b->next_in;
    b->wrong += differs(1 - vm_id, vm_id, FRAME_IN + BODY, number, BODY_BYTES);
    b->next_in = number + 1;
    b->frames_in++;
    b->frames_since = read_cntpct_el0();
    room(vm_id);
}

static void net_interrupt(uint32_t vm_id)
{
    struct busy *const b = &busy[vm_id];
    bool again = true;

    while (again) {
        again = false;
        if (guest_receive(&b->net[1]) != -1) {
            again = true;
            b->sends = false;
        }
        if (guest_receive(&b->net[0]) != -1) {
            again = true;
            take_frame(vm_id);
        }
    }
}

static void take_interrupts(uint32_t vm_id)
{
    uint32_t irq;

    while ((irq = vgic_enter(vcpu(vm_id))) != 0) {
        if (irq == IRQ(vm_id, DISK)) {
            acknowledge(vm_id, DISK);
            disk_interrupt(vm_id);
        } else if (irq == IRQ(vm_id, NET)) {
            acknowledge(vm_id, NET);
            net_interrupt(vm_id);
        } else {
            acknowledge(vm_id, CONSOLE);
        }
        vgic_end(vcpu(vm_id), irq);
    }
}

static int begin(void)
{
    int bad = 0;

    for (uint32_t i = 0; i < 2; i++) {
        struct busy *const b = &busy[i];

        bad |= guest_start(&guest[i], place(i, DISK), 0, b->disk, 1) |
               guest_start(&guest[i], place(i, NET), 0, b->net, 2);
        b->since = b->frames_since = read_cntpct_el0();
        room(i);
    }
    for (uint32_t i = 0; i < 2; i++)
        transfer(i);
    return check(bad == 0, "disks and networks start");
}

/* Nothing stalls for this long, even on a slow host. Only the tick resumes progress. */
#define STILL_S 20

static bool stands_still(const struct busy *b)
{
    const uint64_t now = read_cntpct_el0(), limit = STILL_S * read_cntfrq_el0();

    return now - b->since > limit || now - b->frames_since > limit;
}

static bool enough(uint32_t least, uint64_t end)
{
    bool done = read_cntpct_el0() >= end;

    for (uint32_t i = 0; i < 2; i++)
        done = done && busy[i].transfers >= least && busy[i].frames_in >= least;
    return done;
}

/* The VMs run alternately at irregular intervals, with host interrupts in between and occasional ticks. */
static int work(uint32_t least, uint32_t seconds)
{
    const uint64_t end = read_cntpct_el0() + seconds * read_cntfrq_el0();
    const uint32_t lost = vgic_lost();
    uint32_t random = 1, vm_id = 0;
    int bad = begin();

    while (bad == 0 && !enough(least, end)) {
        random = random * 1664525u + 1013904223u;
        vm_id ^= random >> 31;
        runs(vm_id);
        enable_interrupts();
        __asm__ volatile("isb" ::: "memory");
        disable_interrupts();
        if ((random >> 24) % 16 == 0)
            handle_timer_interrupt(NULL);
        take_interrupts(vm_id);
        if (!busy[vm_id].sends)
            send_frame(vm_id);
        bad |= stands_still(&busy[0]) || stands_still(&busy[1]);
    }
    for (uint32_t i = 0; i < 2; i++)
        logger("VM %u: %u transfers, %u frames, %u wrong\n", i, busy[i].transfers, busy[i].frames_in,
               busy[i].wrong);
    logger("%u interrupts were lost\n", vgic_lost() - lost);
    return check(bad == 0, "no guest stands still") |
           check(busy[0].wrong == 0 && busy[1].wrong == 0, "all data are equal") |
           check(vgic_lost() > lost, "although interrupts were lost");
}

#define TRANSFERS 40
#define LONG_S 180

int case_lost(void)
{
    start_vms();
    return levels() | work(TRANSFERS, 0);
}

int case_busy(void)
{
    start_vms();
    return work(TRANSFERS, LONG_S);
}
