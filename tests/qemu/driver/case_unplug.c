/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "bus_pci.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "traffic.h"

#include "vwr/entropy.h"
#include "vwr/gen/ids.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/*
 * A disk is unplugged from a root port under I/O, and another one plugged in, again and again, while another
 * disk and an entropy device work. This program does an operating system's work for the slot: it switches the
 * slot's power off after the button was pressed (QEMU's device_del), and on when a device is present again.
 */

#define PORT_DEVICE 3u /* the root port's, on the first bus */
#define RANDOM_SLOT 30u
#define REQUESTS 16u
#define QUEUE 64u
#define SLOT 5u                   /* of the hot-plugged disk, for bus_pci.h only */
#define END_MS_MOST (20u * 1000u) /* QEMU may have to wait for a processor */

/* PCI Express: the root port's capability. */
#define CAPABILITIES 0x34u
#define CAPABILITY_EXPRESS 0x10u
#define SLOT_CONTROL 0x18u /* status << 16; writing ones clears status bits */
#define SLOT_POWER_OFF 0x400u
#define SLOT_INDICATOR 0x300u
#define SLOT_INDICATOR_ON 0x100u
#define SLOT_INDICATOR_OFF 0x300u
#define SLOT_EVENTS 0x1f0000u
#define BRIDGE_MEMORY 0x20u /* limit << 16, base: in MiB */
#define MIB_MASK 0xfff0u

static struct traffic traffic;

static struct {
    struct vwr_pci_host *host;
    uint32_t port;
    unsigned express; /* offset of its capability */
    struct vwr_pci_host behind;
    struct vwr_pci_window window;
    struct vwr_pci pci;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE, REQUESTS)];
    struct vwr_blk_req req[REQUESTS];
    uint8_t *data;
    unsigned gone; /* requests that completed without being done */
    unsigned done;
    uint64_t ms_most; /* maximum time from a removal until the last completion */
} hot;

static struct {
    struct disk d;
    union found found;
    struct vwr_entropy random;
} other;

static uint32_t read_port(unsigned offset)
{
    return hot.host->access->read(hot.host, hot.port, offset);
}

static void write_port(unsigned offset, uint32_t value)
{
    hot.host->access->write(hot.host, hot.port, offset, value);
}

static unsigned byte_of_port(unsigned offset)
{
    return read_port(offset & ~3u) >> 8 * (offset & 3u) & 0xffu;
}

/*
 * The driver sees the port as a separate host bridge, with one bus and the addresses that the port forwards.
 */
static void begin_port(void)
{
    uint32_t memory;

    hot.host = slot_host();
    hot.port = VWR_PCI_FUNCTION(0, PORT_DEVICE, 0);
    for (hot.express = byte_of_port(CAPABILITIES); byte_of_port(hot.express) != CAPABILITY_EXPRESS;) {
        hot.express = byte_of_port(hot.express + 1);
        CHECK(hot.express != 0);
    }
    memory = read_port(BRIDGE_MEMORY);
    hot.window = (struct vwr_pci_window){
        .bus = (uint64_t)(memory & MIB_MASK) << 16,
        .kind = VWR_PCI_MEMORY,
    };
    hot.window.bytes = ((uint64_t)(memory >> 16 & MIB_MASK) << 16) + (UINT64_C(1) << 20) - hot.window.bus;
    hot.window.cpu = (volatile void *)(uintptr_t)hot.window.bus;
    hot.behind = *hot.host;
    hot.behind.windows = &hot.window;
    hot.behind.window_count = 1;
    hot.behind.first_bus = hot.behind.last_bus = 1;
    hot.behind.space = (volatile void *)(uintptr_t)(board->ecam + (VWR_PCI_FUNCTION(1, 0, 0) << 12));
}

static void set_power(bool on)
{
    const uint32_t control =
        read_port(hot.express + SLOT_CONTROL) & 0xffffu & ~(SLOT_INDICATOR | SLOT_POWER_OFF);

    write_port(hot.express + SLOT_CONTROL,
               SLOT_EVENTS | control | (on ? SLOT_INDICATOR_ON : SLOT_INDICATOR_OFF | SLOT_POWER_OFF));
}

static void command(const char *format, unsigned number)
{
    char text[200];

    snprintf(text, sizeof(text), format, number);
    machine_qmp_again(text, "Permission conflict on node 'hot'"); /* QEMU releases a file a little later */
}

/* ---- the hot-plugged disk ---- */

/* Finds and opens the new disk, in the same memory, and reads what was written to the last one. */
static void open_hot(unsigned kind, char tag)
{
    struct vwr_pci_scan scan = {.host = &hot.behind};
    struct vwr_blk_options o = {.request = {.requests = REQUESTS, .segments = 1}};
    char text[200];
    int r;

    hot.window.used = 0;
    CHECK_NUMBER(vwr_pci_place(&hot.behind), VWR_OK);
    memset(&hot.pci, GUEST_POISON, sizeof(hot.pci));
    memset(&hot.blk, GUEST_POISON, sizeof(hot.blk));
    memset(hot.req, 0, sizeof(hot.req)); /* the driver no longer owns requests of the last disk */
    CHECK_NUMBER(vwr_pci_scan_next(&scan, &hot.pci), 1);
    CHECK_NUMBER(hot.pci.dev.type, VWR_ID_BLOCK);
    bus_pci_watch(SLOT, &hot.pci);
    disk_avoid(&o.avoid, kind);
    r = vwr_blk_open_with(&hot.blk, &hot.pci.dev, &hot.memory, &o);
    (void)vwr_pci_explain(&hot.pci, text, sizeof(text));
    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the disk that was put in was opened with %d: %s", r, text);
    disk_check_kind(&hot.pci.dev, kind);
    CHECK_NUMBER(vwr_blk_read(&hot.blk, 0, hot.data, 8), VWR_OK);
    PATTERN_CHECK(hot.data, tag, 0, 8);
    pattern_fill(hot.data, (char)(tag + 1), 0, 8);
    CHECK_NUMBER(vwr_blk_write(&hot.blk, 0, hot.data, 8), VWR_OK);
}

/* The device is notified of half of the requests, and may have executed some of these. */
static void submit_hot(void)
{
    for (unsigned i = 0; i < REQUESTS; i++) {
        vwr_blk_fill(&hot.req[i], VWR_BLK_T_IN, 8 * i, hot.data + (size_t)i * 8 * SECTOR_BYTES,
                     8 * SECTOR_BYTES);
        CHECK_NUMBER(vwr_blk_submit(&hot.blk.first, &hot.req[i]), VWR_OK);
        if (i == REQUESTS / 2)
            (void)vwr_blk_kick(&hot.blk.first);
    }
}

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

/* Every request completes soon: successfully, or with an error because the disk is gone. */
static void end_hot(unsigned number)
{
    const uint64_t begin = now_ms();
    struct vwr_blk_req *done[REQUESTS];
    uint64_t ms;
    int n;

    while ((n = vwr_blk_reap(&hot.blk.first, done, REQUESTS)) >= 0)
        hot.done += (unsigned)n;
    CHECK_NUMBER(n, VWR_EGONE);
    CHECK_NUMBER(vwr_blk_read(&hot.blk, 0, hot.data, 8), VWR_EFAILED);
    CHECK_NUMBER(vwr_close(&hot.blk.bringup), VWR_EGONE);
    for (unsigned i = 0; i < REQUESTS; i++)
        hot.gone += vwr_req_is_in_flight(&hot.req[i].req);
    CHECK(hot.gone >= (number + 1) * (REQUESTS / 2 - 1) && hot.done + hot.gone == (number + 1) * REQUESTS);
    ms = now_ms() - begin;
    CHECK_AT_MOST(ms, END_MS_MOST);
    if (ms > hot.ms_most)
        hot.ms_most = ms;
}

/* ---- all devices ---- */

static void begin(void)
{
    image_make("disk.img", "A 0 1024");
    image_make("other.img", "A 0 1024");
    machine_lives(110);
    machine_begin(false);
    /* native hot-plug by the operating system, not ACPI */
    if (board->config[1] >= BOARD_PORTS) /* x86 */
        machine_add("-global", "ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off");
    machine_add("-blockdev", "driver=file,node-name=hot,filename=other.img");
    machine_add("-device", "pcie-root-port,id=root,addr=%x,chassis=1,slot=1", PORT_DEVICE);
    machine_add("-device", "virtio-blk-pci,bus=root,drive=hot,id=hot0,packed=on");
    machine_add_disk(DISK_SLOT, "file=disk.img,discard=unmap", "serial=vwr-unplug,num-queues=4,packed=on");
    machine_add_device(RANDOM_SLOT, "virtio-rng", "%s", "");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    begin_port();
    hot.memory = (struct vwr_queue_memory){.own = hot.own, .own_bytes = sizeof(hot.own), .size = QUEUE};
    hot.memory.shared_bytes = VWR_BLK_SHARED_BYTES(QUEUE, REQUESTS, 1);
    hot.memory.shared = guest_alloc(hot.memory.shared_bytes);
    hot.data = guest_alloc(REQUESTS * 8 * SECTOR_BYTES);
}

static void begin_others(void)
{
    struct vwr_entropy_options e = {.shared = guest_alloc(sizeof(*e.shared))};
    struct vwr_blk_options o = {0};

    slot_probe(&other.found, RANDOM_SLOT);
    CHECK_NUMBER(vwr_entropy_open(&other.random, &other.found.dev, &e), VWR_OK);
    disk_find_many(&other.d, DISK_SLOT, QUEUE, 4, DISK_REQUESTS / 4, &o);
    disk_open(&other.d, &o);
    traffic_init(&traffic, 77, 0, TRAFFIC_SECTORS);
    traffic.id = "vwr-unplug";
    traffic_begin(&traffic, &other.d.blk, 0, 4);
}

static void end_others(void)
{
    traffic_run(&traffic, 1);
    (void)traffic_write_unknown(&traffic);
    traffic_end(&traffic);
    disk_close(&other.d);
    CHECK_NUMBER(vwr_close(&other.random.bringup), VWR_OK);
}

static void pull_and_put(unsigned number)
{
    const unsigned kind = number % (2 * DISK_PACKED);
    const char tag = (char)('A' + number % 20);
    uint8_t bytes[16];

    open_hot(kind, tag);
    traffic_leave(&traffic, 8); /* some are always in flight */
    command("{\"execute\": \"device_del\", \"arguments\": {\"id\": \"hot%u\"}}", number);
    submit_hot();
    set_power(false);
    end_hot(number);
    traffic_leave(&traffic, 8);
    CHECK_NUMBER(vwr_entropy_fill(&other.random, bytes, sizeof(bytes), 10000000), VWR_OK);
    command(
        "{\"execute\": \"device_add\", \"arguments\": {\"driver\": \"virtio-blk-pci\", \"bus\": \"root\", "
        "\"drive\": \"hot\", \"id\": \"hot%u\", \"packed\": true}}",
        number + 1);
    set_power(true);
    if (number % 20 == 19) { /* the pattern restarts */
        open_hot(kind, (char)(tag + 1));
        pattern_fill(hot.data, 'A', 0, 8);
        CHECK_NUMBER(vwr_blk_write(&hot.blk, 0, hot.data, 8), VWR_OK);
        CHECK_NUMBER(vwr_close(&hot.blk.bringup), VWR_OK);
    }
}

static void unplug(unsigned times)
{
    begin();
    begin_others();
    for (unsigned i = 0; i < times; i++)
        pull_and_put(i);
    end_others();
    machine_stop();
    traffic_save(&traffic, "expected.img");
    image_compare("disk.img");
    printf("pulled out %u times: %u requests done, %u given up, at most %u ms until the last had ended\n",
           times, hot.done, hot.gone, (unsigned)hot.ms_most);
}

void case_pci_unplug(bool legacy)
{
    CHECK(!legacy);
    unplug(100);
}
