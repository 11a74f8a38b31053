/* SPDX-License-Identifier: MIT */
/*
 * VMs that are created with Avatar's calls, and their guests in the same image: each guest instruction is a
 * call of the trap handler. QEMU provides the host's disk, filled with the pattern from
 * tests/ports/avatar/host.py.
 */
#include "gic.h"
#include "io.h"
#include "mem/stage2page.h"
#include "task/task.h"
#include "os_cfg.h"
#include "lib/avatar_string.h"
#include "virtio_block_frontend.h"
#include "guests.h"

#define SECTOR 512
#define CONSOLE_SIZE 1u /* features */
#define READ_ONLY (1u << 5)
#define FLUSH (1u << 9)
#ifndef WINDOWS
#define WINDOWS 0x0a000000 /* typed from the page, not taken from the header */
#endif
#define TRANSPORT 0x0a003000 /* address of QEMU's own device, as in Avatar's linux.dts */
#define PART 512             /* number of sectors of VM 1's window, and its first sector */

static _Alignas(GUEST_PAGE) uint8_t ram[4][GUEST_RAM];
static const guest_manifest_t manifest[4] = {{.name = "alpha", .smp_num = 1},
                                             {.name = "beta", .smp_num = 1},
                                             {.name = "gamma", .smp_num = 1},
                                             {.name = "delta", .smp_num = 1}};
struct guest guest[4];

/* Every guest sees its memory at the same address. */
uint32_t virtio_vm_memory(struct _vm_t *of, virtio_memory_t *memory, uint32_t max)
{
    memory[0].guest = GUEST_RAM_START;
    memory[0].bytes = GUEST_RAM;
    memory[0].host = ram[of->vm_id];
    return max == 0 ? 0 : 1;
}

int check(int good, const char *what)
{
    logger(good ? "ok   %s\n" : "WRONG %s\n", what);
    return good ? 0 : -1;
}

uint64_t place(uint32_t vm_id, uint32_t device)
{
    return WINDOWS + 0x10000 * vm_id + 0x1000 * device;
}

/* What Avatar's `guest start` does. */
void guest_vm_start(uint32_t vm_id)
{
    guest[vm_id].vm = alloc_vm();
    guest[vm_id].ram = ram[vm_id];
    vm_init_with_manifest(guest[vm_id].vm, &manifest[vm_id]);
}

static bool faults(uint64_t page)
{
    return get_ept_entry(page)->p2m.read == 0 && get_ept_entry(page)->p2m.write == 0;
}

static int before_init(void)
{
    uint32_t value = 7;
    int bad = 0;

    virtio_configure_vm(0, true, false, false);
    virtio_configure_vm(1, true, true, true);
    virtio_configure_vm_disk(1, 0, PART, PART, false);
    virtio_configure_vm(2, false, true, true);
    virtio_configure_vm_disk(2, 0, 100, 10, true);
    virtio_configure_vm(9, true, true, true);
    bad |= check(!virtio_handle_mmio_trap(place(0, 0), &value, false, 4) && value == 7,
                 "nothing before virtio_vm_init");
    bad |=
        check(virtio_rng_create(place(0, 0) + 4, 48) == NULL && virtio_rng_create(place(0, 8), 48) == NULL &&
                  virtio_rng_create(place(4, 0), 48) == NULL && virtio_rng_create(0x09000000, 48) == NULL,
              "no device where none can be");
    virtio_list_all_devices();
    bad |= check(virtio_rng_create(place(2, 3), 99) == NULL && virtio_rng_create(place(2, 3), 63) == NULL &&
                     virtio_rng_create(place(2, 3), 72) == NULL && virtio_rng_create(place(2, 3), 0) == NULL,
                 "no device with an interrupt of another VM, or of nobody");
    bad |= check(virtio_rng_create(place(2, 3), 67) != NULL, "a device of our own before its VM");
    bad |= check(virtio_rng_create(place(2, 4), 67) == NULL, "no second device with its interrupt");
    virtio_list_all_devices();
    bad |= check(!faults(place(0, 0)), "no window faults before the first VM");
    for (uint32_t i = 0; i < 3; i++)
        guest_vm_start(i);
    return bad;
}

/* Checks all pages from the first window to the last, and one page before and after. */
static int windows(void)
{
    uint32_t n = 0;

    for (uint64_t page = place(0, 0); page < place(4, 0); page += PAGE_SIZE)
        n += faults(page);
    return check(n == 4 * 16 && !faults(place(0, 0) - PAGE_SIZE) && !faults(place(4, 0)),
                 "all windows fault, and no page beside them") |
           check(faults(TRANSPORT) == (WINDOWS == 0x0a000000), "so do QEMU's own transports, or they do not");
}

/* Creates a device of the Avatar tree in the next free slot of VM 0. */
static int own_device(void)
{
    uint64_t addr = 0;
    uint32_t irq = 0;
    int bad = check(virtio_next_place(0, &addr, &irq) && addr == place(0, 1) && irq == 49,
                    "the next place of VM 0");

    bad |= check(virtio_rng_create(addr, irq) != NULL && virtio_rng_create(addr, irq) == NULL,
                 "a device of our own, once");
    return bad;
}

/* The vector for an abort of a guest in this mode, and 1; 0: the vector does not follow the architecture. */
static uint64_t abort_vector(uint64_t mode, uint64_t class)
{
    cpu_sysregs_t *const el1 = guest[0].vm->primary_vcpu->cpu_info->sys_reg;
    trap_frame_t frame;
    struct esr_dabt dabt;

    memset(&frame, 0xa5, sizeof(frame));
    memset(&dabt, 0, sizeof(dabt));
    dabt.len = 1;
    frame.elr = 0x40001000;
    frame.spsr = 0x60000000 | mode;
    el1->vbar_el1 = 0x40100000;
    if (!guest_fault(&guest[0], place(0, 0), &dabt, &frame) || frame.r[0] != 0xa5a5a5a5a5a5a5a5)
        return 0;
    if (el1->esr_el1 != (class << 26 | 1u << 25 | 0x10) || el1->far_el1 != place(0, 0) + GUEST_OFFSET ||
        el1->elr_el1 != 0x40001000 || el1->spsr_el1 != (0x60000000 | mode) || frame.spsr != 0x3c5)
        return 0;
    return frame.elr - 0x40100000 + 1;
}

/* Instructions of a guest, described by their syndromes. */
static int syndromes(void)
{
    int bad = check(guest_read(&guest[0], place(0, 7)) == 0, "where no device is, 0 is read");

    bad |= check(guest_read(&guest[0], place(1, 0)) == 0, "and where another VM's is");
    bad |= check(abort_vector(5, 0x25) == 0x201 && abort_vector(4, 0x25) == 0x001 &&
                     abort_vector(0, 0x24) == 0x401,
                 "an ldp is not taken for a load into x0");
    return bad;
}

static int addresses(void)
{
    static const uint32_t id[2][3] = {{VIRTIO_ID_CONSOLE, VIRTIO_ID_RNG, 0},
                                      {VIRTIO_ID_CONSOLE, VIRTIO_ID_BLOCK, 0}};
    uint32_t value;
    int bad = 0;

    for (uint32_t i = 0; i < 2; i++) {
        for (uint32_t device = 0; device < 2; device++) {
            const virtio_device_t *const dev = virtio_find_device_by_addr(place(i, device) + 0xfff);

            bad |= check(guest_read(&guest[i], place(i, device)) == 0x74726976 &&
                             guest_read(&guest[i], place(i, device) + 8) == id[i][device] && dev != NULL &&
                             dev->irq == 48 + 8 * i + device && dev->vm == guest[i].vm,
                         "address and interrupt are the seed's");
        }
    }
    bad |= check(!virtio_handle_mmio_trap(place(0, 0), &value, false, 4),
                 "a VM does not reach another's devices");
    write_tpidr_el2((uint64_t)guest[0].vm->primary_vcpu);
    bad |= check(!virtio_handle_mmio_trap(place(0, 2), &value, false, 4) &&
                     !virtio_handle_mmio_trap(place(9, 0), &value, false, 4) &&
                     !virtio_handle_mmio_trap(0x09fffffc, &value, false, 4),
                 "other addresses are not ours");
    return bad;
}

static struct guest_queue console[2][2], rng[1], disk[1], held[1], net[2][2];

static int consoles(void)
{
    static const char *const hello[2] = {"hello from alpha\n", "and from beta\n"};
    char said[64];
    int bad = 0;

    for (uint32_t i = 0; i < 2; i++) {
        const uint32_t length = (uint32_t)strlen(hello[i]);
        const struct guest_part room = {0x3f000, 100, true}, line = {0x3e000, length, false};

        bad |=
            check(guest_start(&guest[i], place(i, 0), CONSOLE_SIZE, console[i], 2) == 0, "a console starts");
        guest_send(&console[i][0], &room, 1);
        memcpy(ram[i] + line.at, hello[i], length);
        guest_send(&console[i][1], &line, 1);
        bad |=
            check(guest_receive(&console[i][1]) == 0 && vgic_injected(i, 48 + 8 * i) == 1, "a line is taken");
    }
    for (uint32_t i = 0; i < 2; i++) {
        const uint32_t length = virtio_console_output(virtio_console_of_vm(i), said, sizeof(said));

        bad |= check(length == strlen(hello[i]) && memcmp(said, hello[i], length) == 0,
                     "and is the guest's own");
    }
    virtio_console_input(virtio_console_of_vm(1), "typed\n", 6);
    bad |= check(guest_receive(&console[1][0]) == 6 && memcmp(ram[1] + 0x3f000, "typed\n", 6) == 0 &&
                     vgic_injected(1, 56) == 2 && guest_receive(&console[0][0]) == -1,
                 "what is typed arrives in the right guest");
    return bad;
}

/* Input that arrives while the guest has no buffer available waits for a buffer, and is delivered once. */
static int input_waits(void)
{
    static const struct guest_part room = {0x3f000, 100, true};
    int bad = 0;

    virtio_console_input(virtio_console_of_vm(1), "early", 5);
    bad |= check(guest_receive(&console[1][0]) == -1, "no room, no input");
    guest_send(&console[1][0], &room, 1);
    bad |= check(guest_receive(&console[1][0]) == 5 && memcmp(ram[1] + 0x3f000, "early", 5) == 0,
                 "it has waited");
    guest_send(&console[1][0], &room, 1);
    bad |= check(guest_receive(&console[1][0]) == -1, "and does not come twice");
    return bad;
}

/* More output than the console can hold: the guest waits, and nothing is lost. */
static int long_output(void)
{
    const struct guest_part line = {0x3c000, 3 * VIRTIO_CONSOLE_BUFFER + 5, false};
    char some[100];
    uint32_t at = 0, n;
    int right = 1;

    for (uint32_t i = 0; i < line.len; i++)
        ram[0][line.at + i] = (uint8_t)(i * 31 + i / 256);
    guest_send(&console[0][1], &line, 1);
    right &= guest_receive(&console[0][1]) == -1;
    while ((n = virtio_console_output(virtio_console_of_vm(0), some, sizeof(some))) > 0) {
        right &= memcmp(some, ram[0] + line.at + at, n) == 0;
        at += n;
    }
    return check(right && at == line.len && guest_receive(&console[0][1]) == 0,
                 "a guest waits for who reads its console");
}

/* A VM that requests a disk without a window, and whose console has no reader. */
static int without_a_vmm(void)
{
    struct guest_part line = {0x3c000, 4000, false};
    struct guest_queue q[2];
    virtio_console_t *console_of_it;
    static char said[2 * VIRTIO_CONSOLE_BUFFER];
    int bad = 0;

    virtio_configure_vm(3, true, true, false);
    guest_vm_start(3);
    bad |=
        check(guest_read(&guest[3], place(3, 1) + 8) == 0 && virtio_find_device_by_addr(place(3, 1)) == NULL,
              "without a window there is no disk");
    bad |= check(guest_start(&guest[3], place(3, 0), CONSOLE_SIZE, q, 2) == 0, "its console starts");
    console_of_it = virtio_console_of_vm(3);
    for (uint32_t i = 0; i < 3; i++) {
        memcpy(ram[3] + line.at + line.len - 5, i < 2 ? "no..." : "last!", 5);
        guest_send(&q[1], &line, 1);
        bad |= check(guest_receive(&q[1]) == 0, "a console that nobody reads does not hold its guest up");
    }
    bad |= check(virtio_console_dropped(console_of_it) == 12000 - VIRTIO_CONSOLE_BUFFER,
                 "what is dropped is counted");
    virtio_debug_device(virtio_find_device_by_addr(place(3, 0)));
    bad |= check(virtio_console_output(console_of_it, said, sizeof(said)) == VIRTIO_CONSOLE_BUFFER &&
                     memcmp(said + VIRTIO_CONSOLE_BUFFER - 5, "last!", 5) == 0,
                 "the newest characters are kept");
    guest_send(&q[1], &line, 1);
    bad |= check(guest_receive(&q[1]) == -1 &&
                     virtio_console_dropped(console_of_it) == 12000 - VIRTIO_CONSOLE_BUFFER,
                 "who has a reader waits for it");
    while (virtio_console_output(console_of_it, said, sizeof(said)) > 0)
        ;
    return bad | check(guest_receive(&q[1]) == 0, "and goes on");
}

static int own_traffic(void)
{
    const struct guest_part parts[2] = {{0x3a000, 10, true}, {0x3b000, 300, true}};
    int bad = check(guest_start(&guest[0], place(0, 1), 0, rng, 1) == 0, "the device of our own starts");

    for (int i = 0; i < 20; i++) {
        guest_send(&rng[0], parts, 2);
        bad |= guest_receive(&rng[0]) == 310 && ram[0][0x3a000] == (uint8_t)(i * 310) &&
                       ram[0][0x3b000 + 299] == (uint8_t)(i * 310 + 309)
                   ? 0
                   : -1;
    }
    return bad | check(bad == 0 && vgic_injected(0, 49) == 20, "and serves");
}

/* A test device that keeps its buffers until the test completes them. */
static int kept[VIRTIO_CHAINS_MAX];
static uint32_t keeps, resets;

static void keep(virtio_device_t *dev, uint32_t queue_idx)
{
    virtq_desc_t chain[VIRTIO_CHAIN_MAX];
    uint32_t count;

    while (keeps < VIRTIO_CHAINS_MAX &&
           (kept[keeps] = virtio_queue_pop(&dev->queues[queue_idx], chain, &count)) >= 0)
        keeps++;
}

static void give_back(virtio_device_t *dev, uint32_t len)
{
    while (keeps > 0)
        virtio_queue_push(&dev->queues[0], (uint32_t)kept[--keeps], len);
    virtio_queue_notify(dev, 0);
}

static void count_reset(virtio_device_t *dev)
{
    (void)dev;
    keeps = 0;
    resets++;
}

static int a_keeper(void)
{
    static const struct guest_part out = {0x3a000, 10, false}, in = {0x3b000, 20, true};
    static uint8_t config[4] = {0x80, 0x7f, 0, 0x80};
    virtio_device_t *const dev = virtio_create_device(VIRTIO_ID_9P, place(1, 3), 59);
    const uint64_t at = place(1, 3) + 0x100;
    int bad = 0;

    dev->config = config;
    dev->config_len = sizeof(config);

    dev->queue_notify = keep;
    dev->reset = count_reset;
    bad |= check(guest_start(&guest[1], place(1, 3), 0, held, 1) == 0 && resets == 1, "the keeper starts");
    guest_send(&held[0], &out, 1);
    guest_send(&held[0], &in, 1);
    bad |= check(guest_receive(&held[0]) == -1 && keeps == 2 && vgic_injected(1, 59) == 0, "it keeps two");
    give_back(dev, 1000);
    bad |= check(vgic_injected(1, 59) == 1 && guest_receive(&held[0]) == 20 && guest_receive(&held[0]) == 0,
                 "it gives them back, with no more bytes than they have room for");
    for (int i = 0; i <= VIRTIO_CHAINS_MAX; i++) {
        guest_send(&held[0], &in, 1);
        bad |= keeps == 1 && guest_start(&guest[1], place(1, 3), 0, held, 1) == 0 ? 0 : -1;
    }
    virtio_queue_push(&dev->queues[0], 0, 7);
    virtio_queue_notify(dev, 0);
    bad |= check(bad == 0 && resets == VIRTIO_CHAINS_MAX + 2 && guest_receive(&held[0]) == -1,
                 "what it kept is void after a reset");
    guest_send(&held[0], &in, 1);
    give_back(dev, 5);
    bad |= check(guest_receive(&held[0]) == 5 && guest_receive(&held[0]) == -1, "it goes on");
    virtio_inject_irq(dev, VIRTIO_MMIO_INT_CONFIG);
    bad |= check(guest_read(&guest[1], place(1, 3) + 0x60) == 2 && vgic_injected(1, 59) == 3,
                 "its configuration changes");
    bad |= check(guest_load(&guest[1], at, 0, false, false) == 0x80 &&
                     guest_load(&guest[1], at, 0, true, false) == 0xffffff80 &&
                     guest_load(&guest[1], at, 0, true, true) == 0xffffffffffffff80 &&
                     guest_load(&guest[1], at + 1, 0, true, true) == 0x7f &&
                     guest_load(&guest[1], at, 2, true, true) == 0xffffffff80007f80,
                 "loads extend a value as they say");
    return bad;
}

/*
 * The guest continues while its disk processes a request. No other code runs here, so the CPU sleeps until
 * the disk interrupts.
 */
static int when_done(void)
{
    int used = guest_receive(&disk[0]);

    while (used == -1) {
        __asm__ volatile("wfi" ::: "memory");
        enable_interrupts();
        __asm__ volatile("isb" ::: "memory");
        disable_interrupts();
        used = guest_receive(&disk[0]);
    }
    return used;
}

/* A block request: type, sector and status are in place, and the data, if any, is in two segments.
 */
static int request(uint32_t type, uint64_t sector, uint32_t at, uint32_t len)
{
    uint8_t *const own = disk[0].guest->ram;
    uint8_t *const header = own + 0x30000;
    const struct guest_part parts[4] = {
        {0x30000, 16, false}, {at, 700, type == 0}, {at + 700, len - 700, type == 0}, {0x30100, 1, true}};
    const struct guest_part none[2] = {{0x30000, 16, false}, {0x30100, 1, true}};
    int used;

    memset(header, 0, 16);
    *(uint32_t *)header = type;
    *(uint64_t *)(header + 8) = sector;
    own[0x30100] = 0xee;
    guest_send(&disk[0], len == 0 ? none : parts, len == 0 ? 2 : 4);
    used = when_done();
    return used == (type == 0 && own[0x30100] == 0 ? (int)len + 1 : 1) ? own[0x30100] : -1;
}

static uint8_t pattern(uint64_t s, uint32_t i)
{
    return (uint8_t)(s * 7 + (s >> 8) * 13 + i * 3 + (i >> 8));
}

static int disks(void)
{
    const uint64_t part = PART;
    int bad = check(guest_start(&guest[1], place(1, 1), FLUSH, disk, 1) == 0, "the disk starts");
    int right = 1;

    bad |= check(guest_read(&guest[1], place(1, 1) + 0x100) == part, "its size is the window's");
    bad |= check(guest_load(&guest[1], place(1, 1) + 0x100, 3, false, true) == part,
                 "and a load of 8 bytes has it whole");
    bad |= check(request(0, 3, 0x32000, 8 * SECTOR) == 0, "a read");
    for (uint32_t i = 0; i < 8 * SECTOR; i++)
        right &= ram[1][0x32000 + i] == pattern(part + 3 + i / SECTOR, i % SECTOR);
    bad |= check(right, "of the VM's own part of the host's disk");
    memset(ram[1] + 0x32000, 0x77, 2 * SECTOR);
    bad |= check(request(1, part - 2, 0x32000, 2 * SECTOR) == 0, "a write to the end of it");
    bad |= check(request(1, part - 1, 0x32000, 2 * SECTOR) == 1, "none over the end");
    bad |= check(request(4, 0, 0, 0) == 0, "a flush");
    bad |= check(vgic_injected(1, 57) == 4, "each with its interrupt");
    return bad;
}

/* A guest with a slow disk: the trap returns before the answer, and a reset discards it. */
static int a_disk_that_works(void)
{
    static const struct guest_part parts[3] = {
        {0x30000, 16, false}, {0x32000, SECTOR, true}, {0x30100, 1, true}};
    int bad = 0;

    memset(ram[1] + 0x30000, 0, 16);
    memset(ram[1] + 0x32000, 0xee, SECTOR);
    guest_send(&disk[0], parts, 3);
    bad |= check(guest_receive(&disk[0]) == -1, "the guest's notification does not wait for the disk");
    bad |= check(guest_start(&guest[1], place(1, 1), FLUSH, disk, 1) == 0, "it resets its disk meanwhile");
    bad |= check(request(0, 5, 0x34000, 2 * SECTOR) == 0 && ram[1][0x34000] == pattern(PART + 5, 0),
                 "and reads what it asks for then");
    for (uint32_t i = 0; i < SECTOR; i++)
        bad |= ram[1][0x32000 + i] == 0xee ? 0 : -1;
    return bad | check(bad == 0, "what was forgotten has not been written to its memory");
}

static int a_read_only_disk(void)
{
    int bad = check(guest_start(&guest[2], place(2, 0), READ_ONLY, disk, 1) == 0 &&
                        guest_read(&guest[2], place(2, 0) + 0x100) == 10,
                    "a window of ten sectors, read-only");

    bad |= check(request(0, 1, 0x32000, 2 * SECTOR) == 0 && ram[2][0x32000] == pattern(101, 0) &&
                     ram[2][0x32000 + 1023] == pattern(102, 511),
                 "can be read");
    bad |= check(request(1, 1, 0x32000, 2 * SECTOR) == 1, "and not be written");
    bad |=
        check(guest_start(&guest[2], place(2, 3), 0, rng, 1) == 0, "the device that was there before its VM");
    return bad;
}

static int hostile_guest(void)
{
    const struct guest_part line = {0x3e000, 3, false};
    char said[8];
    int bad = 0;

    guest_break_protocol(&console[0][1]);
    virtio_debug_device(virtio_find_device_by_addr(place(0, 0)));
    guest_send(&console[1][1], &line, 1);
    bad |= check(guest_receive(&console[1][1]) == 0 &&
                     virtio_console_output(virtio_console_of_vm(1), said, 8) == 3,
                 "a guest that breaks the protocol does not disturb the other");
    bad |= check(guest_start(&guest[0], place(0, 0), CONSOLE_SIZE, console[0], 2) == 0,
                 "after a reset it goes on");
    guest_send(&console[0][1], &line, 1);
    bad |= check(guest_receive(&console[0][1]) == 0 &&
                     virtio_console_output(virtio_console_of_vm(0), said, 8) == 3,
                 "and its console works");
    return bad;
}

static int the_end_of_devices(void)
{
    uint32_t value;
    int bad = 0;

    virtio_console_destroy(virtio_console_of_vm(0));
    virtio_destroy_device(virtio_find_device_by_addr(place(0, 1)));
    bad |= check(virtio_console_of_vm(0) == NULL && !virtio_handle_mmio_trap(place(0, 0), &value, false, 4) &&
                     !virtio_handle_mmio_trap(place(0, 1), &value, false, 4),
                 "devices that are destroyed are gone");
    bad |= check(virtio_console_create(place(0, 0), 48) != NULL &&
                     guest_read(&guest[0], place(0, 0) + 8) == VIRTIO_ID_CONSOLE,
                 "and others take their place");
    virtio_vm_init(guest[1].vm, 1);
    bad |= check(guest_read(&guest[1], place(1, 0) + 0x70) == 0,
                 "a VM that starts again finds its devices reset");
    virtio_debug_device(virtio_find_device_by_addr(place(0, 5)));
    return bad;
}

#define FRAME 100u     /* bytes */
#define MAC (1u << 5)  /* feature */
#define NET_AT 0x36000 /* address of transmitted data, and of the receive buffers */
#define NET_ROOM 0x38000

/* The two ends: the VMs and the numbers of their network devices, which follow their other devices. */
static struct {
    uint32_t vm, device;
} ends[2] = {{1, 2}, {2, 1}};

static uint64_t net_place(uint32_t end)
{
    return place(ends[end].vm, ends[end].device);
}

/* Length of the header before a frame. Without MRG_RXBUF, a legacy header is shorter. */
static uint32_t net_header(uint32_t end)
{
    return guest_read(&guest[ends[end].vm], net_place(end) + 4) == 1 ? 10 : 12;
}

static void net_room(uint32_t end)
{
    static const struct guest_part room = {NET_ROOM, 1600, true};

    memset(ram[ends[end].vm] + NET_ROOM, 0xee, room.len);
    guest_send(&net[end][0], &room, 1);
}

#define TO_ALL 0xff

/* Sends a frame to a VM, or to all, that starts with addresses and a type. */
static void net_send(uint32_t end, uint32_t to, uint8_t number)
{
    const struct guest_part parts[2] = {{NET_AT, net_header(end), false}, {NET_AT + 0x100, FRAME, false}};
    uint8_t *const frame = ram[ends[end].vm] + NET_AT + 0x100;

    memset(ram[ends[end].vm] + NET_AT, 0, 0x100);
    for (uint32_t i = 0; i < FRAME; i++)
        frame[i] = (uint8_t)(number + i);
    memcpy(frame, to == TO_ALL ? "\xff\xff\xff\xff\xff\xff" : "\2VW\0\0", 6);
    if (to != TO_ALL)
        frame[5] = (uint8_t)to;
    memcpy(frame + 6, "\2VW\0\0", 6);
    frame[11] = (uint8_t)ends[end].vm;
    memcpy(frame + 12, "\x88\xb5", 2);
    guest_send(&net[end][1], parts, 2);
}

static bool net_has(uint32_t end, uint32_t other)
{
    return guest_receive(&net[end][0]) == (int)(net_header(end) + FRAME) &&
           memcmp(ram[ends[end].vm] + NET_ROOM + net_header(end), ram[ends[other].vm] + NET_AT + 0x100,
                  FRAME) == 0;
}

static int net_start(void)
{
    int bad = 0;

    for (uint32_t end = 0; end < 2; end++) {
        struct guest *const g = &guest[ends[end].vm];

        bad |= check(guest_start(g, net_place(end), MAC, net[end], 2) == 0 &&
                         guest_load(g, net_place(end) + 0x100 + 5, 0, false, false) == ends[end].vm,
                     "a network device starts, with an address of its own");
        net_room(end);
    }
    return bad;
}

/* Frames of one guest arrive at the other. */
static int networks(void)
{
    int bad = 0;

    bad |= net_start();
    net_send(0, 2, 1);
    bad |= check(guest_receive(&net[0][1]) == 0 && net_has(1, 0) && vgic_injected(2, 65) == 1,
                 "a frame comes out at the other");
    net_send(1, TO_ALL, 2);
    bad |= check(guest_receive(&net[1][1]) == 0 && net_has(0, 1) && guest_receive(&net[1][0]) == -1,
                 "one for all at all others");
    net_send(0, 2, 3);
    bad |= check(guest_receive(&net[0][1]) == -1, "without room there the sender keeps it");
    net_room(1);
    bad |= check(guest_receive(&net[0][1]) == 0 && net_has(1, 0), "and it comes when there is some");
    virtio_vm_init(guest[2].vm, 2); /* it starts again, without a working device */
    net_send(0, 2, 4);
    return bad | check(guest_receive(&net[0][1]) == 0, "a guest that is gone keeps nobody waiting");
}

/* The VMs of the tests. The tests overwrite the configuration from the page. */
int case_guests(void)
{
    int bad = before_init() | windows() | own_device();

    bad |= syndromes() | addresses() | consoles() | input_waits() | long_output() | own_traffic() | disks();
    logger("LIST\n");
    virtio_list_all_devices();
    virtio_debug_device(virtio_find_device_by_addr(place(1, 1)));
    logger("END\n");
    bad |= a_disk_that_works() | without_a_vmm() | a_keeper() | networks() | a_read_only_disk() |
           hostile_guest() | the_end_of_devices();
    virtio_print_device_info();
    avatar_virtio_block_print_status();
    return bad | check(virtio_block_test() == 0, "the host's disk passes its test");
}

/* VM 0, as configured on the page: a console, and the whole second disk of the host. */
int case_page(void)
{
    static const char line[] = "hello from the guest\n";
    const struct guest_part hello = {0x3e000, sizeof(line) - 1, false};
    const virtio_blk_device_t *const second = avatar_get_virtio_block_device_at(1);
    int bad = 0;

    guest_vm_start(0);
    bad |= windows();
    bad |= check(guest_start(&guest[0], place(0, 0), CONSOLE_SIZE, console[0], 2) == 0 &&
                     guest_start(&guest[0], place(0, 1), FLUSH, disk, 1) == 0,
                 "console and disk start");
    memcpy(ram[0] + hello.at, line, hello.len);
    guest_send(&console[0][1], &hello, 1);
    handle_timer_interrupt(NULL);
    bad |= check(guest_receive(&console[0][1]) == 0, "a line is taken");
    bad |= check(second != NULL && guest_read(&guest[0], place(0, 1) + 0x100) == second->capacity,
                 "the disk is the second one, whole");
    memset(ram[0] + 0x32000, 0x77, 2 * SECTOR);
    bad |= check(request(1, 40, 0x32000, 2 * SECTOR) == 0 && request(4, 0, 0, 0) == 0 &&
                     request(0, 41, 0x34000, 2 * SECTOR) == 0 && ram[0][0x34000 + SECTOR - 1] == 0x77,
                 "it is written and read");
    return bad;
}

/* Two guests, as on the page: manifests 0 and 3, each with a network device after its other devices. */
int case_two(void)
{
    int bad = check(guest_manifest_count == 4 && guest_manifests[3].bin_loadaddr == 0x50200000,
                    "a manifest for a second Linux");

    for (uint32_t i = 0; i < 2; i++) {
        guest[i].vm = alloc_vm();
        guest[i].ram = ram[i];
        vm_init_with_manifest(guest[i].vm, &guest_manifests[3 * i]);
        ends[i].vm = i;
        ends[i].device = 2 - i;
    }
    bad |= net_start();
    net_send(0, 1, 1);
    bad |= check(guest_receive(&net[0][1]) == 0 && net_has(1, 0) && vgic_injected(1, 57) == 1,
                 "a frame of the first comes out at the second");
    net_send(1, 0, 2);
    bad |= check(guest_receive(&net[1][1]) == 0 && net_has(0, 1) && vgic_injected(0, 50) == 2,
                 "and one of the second at the first");
    return bad | check(both_pending() == 2, "of two interrupts none is lost");
}
