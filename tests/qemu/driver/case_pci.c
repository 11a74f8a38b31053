/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "bus_pci.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "board.h"

#include "vwr/blk.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/gen/ids.h"
#include "vwr/gpu.h"
#include "vwr/input.h"
#include "vwr/net.h"
#include "vwr/pci.h"
#include "vwr/open/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Devices behind QEMU's PCI host bridge, without BAR addresses from firmware. */

#define QUEUE 64u
#define MANY 32u                    /* devices on the buses */
#define EMPTY (256u * 32u)          /* one access for each device number on the host's buses */
#define PLACING_MOST (EMPTY + 750u) /* maximum accesses for placing */
#define FINDING_MOST (EMPTY + 1320u)
#define PATIENCE 10000000u /* microseconds; QEMU's lifetime is limited, too */
#define MESSAGE_CONFIG 0x11u
#define MESSAGE_QUEUE 0x22u

static union found found;

static void explains(const char *part)
{
    char text[200];

    (void)vwr_pci_explain(&found.pci, text, sizeof(text));
    CHECK_TEXT(text, part);
}

/*
 * Identifies each function, including those behind two bridges. The scan skips functions that are not virtio.
 */
void case_pci_scan(bool legacy)
{
    static const uint32_t types[] = {VWR_ID_NET,   VWR_ID_CONSOLE, VWR_ID_RNG,  VWR_ID_GPU,
                                     VWR_ID_INPUT, VWR_ID_BALLOON, VWR_ID_INPUT};
    struct vwr_pci_scan scan = {0};

    CHECK(!legacy);
    machine_begin(false);
    machine_add("-device", "virtio-net-pci,romfile=,addr=2.0");
    machine_add("-device", "virtio-serial-pci,addr=3.0,multifunction=on");
    machine_add("-device", "virtio-rng-pci,addr=3.1");
    machine_add("-device", "pci-testdev,addr=4.0");
    machine_add("-device", "virtio-gpu-pci,addr=5.0");
    machine_add("-device", "pcie-root-port,id=p1,addr=6.0,chassis=1");
    machine_add("-device", "pcie-pci-bridge,id=p2,bus=p1");
    machine_add("-device", "virtio-balloon-pci,bus=p2,addr=3.0");
    machine_add("-device", "pcie-root-port,id=p3,addr=7.0,chassis=2");
    machine_add("-device", "virtio-mouse-pci,bus=p3");
    machine_add("-device", "virtio-keyboard-pci,addr=1e.0");
    machine_start();
    scan.host = slot_host();
    (void)bus_counts();
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        CHECK_NUMBER(vwr_pci_scan_next(&scan, &found.pci), 1);
        CHECK_NUMBER(found.dev.type, types[i]);
        CHECK(found.pci.interrupt >= 1 && found.pci.interrupt <= 4);
    }
    CHECK_NUMBER(vwr_pci_scan_next(&scan, &found.pci), 0);
    CHECK_NUMBER(vwr_pci_scan_next(&scan, &found.pci), 0);
    printf("%" PRIu64 " reads of configuration space\n", bus_counts().reads);
    machine_stop();
}

/* 32 devices behind two bridges: the cost of assigning their addresses and finding them. */
void case_pci_many(bool legacy)
{
    struct vwr_pci_scan scan = {0};
    struct bus_counts placing;
    struct bus_counts finding;

    CHECK(!legacy);
    machine_begin(false);
    for (unsigned bridge = 0; bridge < 2; bridge++) {
        machine_add("-device", "pci-bridge,id=b%u,chassis_nr=%u,shpc=off,addr=%u", bridge, bridge + 1,
                    bridge + 2);
        for (unsigned i = 0; i < MANY / 2; i++)
            machine_add("-device", "virtio-rng-pci,bus=b%u,addr=%x", bridge, i + 1);
    }
    machine_start();
    (void)bus_counts();
    scan.host = slot_host();
    placing = bus_counts();
    for (unsigned i = 0; i < MANY; i++) {
        CHECK_NUMBER(vwr_pci_scan_next(&scan, &found.pci), 1);
        CHECK_NUMBER(found.dev.type, VWR_ID_RNG);
    }
    CHECK_NUMBER(vwr_pci_scan_next(&scan, &found.pci), 0);
    finding = bus_counts();
    printf("%u devices behind two bridges: placed with %" PRIu64 " reads and %" PRIu64
           " writes, found with %" PRIu64 " and %" PRIu64 "\n",
           MANY, placing.reads, placing.writes, finding.reads, finding.writes);
    /* the bus includes QEMU's own functions, which differ by board and version */
    CHECK_AT_MOST(placing.reads + placing.writes, PLACING_MOST);
    CHECK_AT_MOST(finding.reads + finding.writes, FINDING_MOST);
    machine_stop();
}

/* ---- a device of each class ---- */

#define CLASSES 6u
#define ROOM(memory)                             \
    union {                                      \
        struct vwr_blk_open_##memory blk;        \
        struct vwr_console_open_##memory con;    \
        struct vwr_entropy_open_##memory random; \
        struct vwr_gpu_open_##memory gpu;        \
        struct vwr_input_open_##memory input;    \
        struct vwr_net_open_##memory net;        \
    }

typedef ROOM(shared) room_shared;

static ROOM(own) own_room[CLASSES];
static struct vwr_pci device[CLASSES];
static struct vwr_opened opened[CLASSES];

/* Checks with a request that the device answers. */
static void check_class(const struct vwr_opened *o)
{
    struct vwr_input_query name = {.select = VWR_INPUT_CFG_ID_NAME};
    static const uint8_t mac[6] = {0x52, 0x54, 0, 0x12, 0x34, 0x56};
    struct vwr_gpu_display display;
    uint8_t bytes[8];

    if (vwr_opened_driver(o, &vwr_blk_bringup) != NULL) {
        CHECK_NUMBER(((struct vwr_blk *)vwr_opened_driver(o, &vwr_blk_bringup))->info.sectors, 64);
        CHECK_NUMBER(
            vwr_blk_read(vwr_opened_driver(o, &vwr_blk_bringup), 8, guest_alloc(4 * SECTOR_BYTES), 4),
            VWR_OK);
    } else if (vwr_opened_driver(o, &vwr_console_bringup) != NULL) {
        CHECK_NUMBER(vwr_dev_check(o->bringup->dev), VWR_OK);
    } else if (vwr_opened_driver(o, &vwr_entropy_bringup) != NULL) {
        CHECK_NUMBER(
            vwr_entropy_fill(vwr_opened_driver(o, &vwr_entropy_bringup), bytes, sizeof(bytes), PATIENCE),
            VWR_OK);
    } else if (vwr_opened_driver(o, &vwr_gpu_bringup) != NULL) {
        CHECK_NUMBER(vwr_gpu_read_displays(vwr_opened_driver(o, &vwr_gpu_bringup), &display, 1), 1);
        CHECK_NUMBER(display.area.width, 1280);
    } else if (vwr_opened_driver(o, &vwr_input_bringup) != NULL) {
        CHECK(vwr_input_ask(vwr_opened_driver(o, &vwr_input_bringup), &name) > 0);
        CHECK_TEXT((const char *)name.u.bytes, "QEMU Virtio Keyboard");
    } else {
        CHECK(memcmp(((struct vwr_net *)vwr_opened_driver(o, &vwr_net_bringup))->info.mac, mac,
                     sizeof(mac)) == 0);
    }
}

/* All classes open together, each with the driver for its type. */
void case_pci_classes(bool legacy)
{
    static const struct vwr_open_class classes[] = {VWR_OPEN_BLK, VWR_OPEN_CONSOLE, VWR_OPEN_ENTROPY,
                                                    VWR_OPEN_GPU, VWR_OPEN_INPUT,   VWR_OPEN_NET};
    struct vwr_pci_scan scan = {0};

    CHECK(!legacy);
    image_make("disk.img", "A 0 64");
    machine_begin(false);
    machine_add("-drive", "if=none,id=d,format=raw,file=disk.img");
    machine_add("-device", "virtio-blk-pci,drive=d,addr=2.0");
    machine_add("-device", "virtio-net-pci,romfile=,netdev=n,addr=3.0");
    machine_add("-netdev", "user,id=n,restrict=on");
    machine_add("-device", "virtio-serial-pci,addr=4.0");
    machine_add("-device", "virtio-rng-pci,addr=5.0");
    machine_add("-device", "virtio-gpu-pci,addr=6.0");
    machine_add("-device", "virtio-keyboard-pci,addr=7.0");
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}");
    scan.host = slot_host();
    for (unsigned i = 0; i < CLASSES; i++) {
        room_shared *const shared = guest_alloc(sizeof(*shared));
        const struct vwr_open_options options = VWR_OPEN_OPTIONS(classes, own_room[i], *shared);

        CHECK_NUMBER(vwr_pci_scan_next(&scan, &device[i]), 1);
        CHECK_NUMBER(vwr_open(&opened[i], &device[i].dev, &options), VWR_OK);
    }
    for (unsigned i = 0; i < CLASSES; i++)
        check_class(&opened[i]);
    for (unsigned i = 0; i < CLASSES; i++)
        CHECK_NUMBER(vwr_close(opened[i].bringup), VWR_OK);
    machine_stop();
}

/* ---- a disk ---- */

static struct vwr_blk blk;
static struct vwr_queue_memory memory;
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(DISK_QUEUE_MOST)];

static void begin_disk(bool legacy, const char *device)
{
    uint16_t size;

    image_make("disk.img", "A 0 64");
    machine_begin(legacy);
    machine_add_disk(DISK_SLOT, "file=disk.img", device);
    machine_start();
    slot_probe(&found, DISK_SLOT);
    CHECK_NUMBER(found.dev.type, VWR_ID_BLOCK);
    size = slot_queue_size(&found, 0, QUEUE);
    CHECK(size <= DISK_QUEUE_MOST);
    memory = (struct vwr_queue_memory){guest_alloc(VWR_BLK_SHARED_BYTES(size, 1, 1)),
                                       VWR_BLK_SHARED_BYTES(size, 1, 1), own, sizeof(own), size};
}

static void open_disk(unsigned kind)
{
    struct vwr_blk_options o = {0};

    disk_avoid(&o.avoid, kind);
    if (vwr_blk_open_with(&blk, &found.dev, &memory, &o) != VWR_OK)
        explains("nothing");
    disk_check_kind(&found.dev, kind);
}

static void check_disk(void)
{
    uint8_t *const p = guest_alloc(4 * SECTOR_BYTES);

    CHECK_NUMBER(vwr_blk_read(&blk, 8, p, 4), VWR_OK);
    PATTERN_CHECK(p, 'A', 8, 4);
    pattern_fill(p, 'B', 32, 4);
    CHECK_NUMBER(vwr_blk_write(&blk, 32, p, 4), VWR_OK);
    memset(p, 0, 4 * SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_read(&blk, 32, p, 4), VWR_OK);
    PATTERN_CHECK(p, 'B', 32, 4);
}

/*
 * Every kind of ring, one after the other with a reset in between, through the modern or the legacy
 * interface.
 */
void case_pci_disk(bool legacy)
{
    char words[60];

    begin_disk(legacy, legacy ? "" : "packed=on");
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        open_disk(kind);
        check_disk();
        CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);
    }
    CHECK_NUMBER(blk.info.sectors, 64);
    if (legacy) { /* the device chooses the size */
        snprintf(words, sizeof(words), "queue 0: the device has %u descriptors", memory.size);
        memory.size /= 2;
        CHECK_NUMBER(vwr_blk_open_with(&blk, &found.dev, &memory, NULL), VWR_ENOMEM);
        explains(words);
    }
    machine_stop();
}

/*
 * Reaps a request after its interrupt (QEMU's lifetime limits the wait): by the ISR status, or by a message.
 */
static void read_armed(const volatile uint32_t *message)
{
    struct vwr_blk_req req = {0};
    struct vwr_blk_req *done = NULL;
    uint8_t *const p = guest_alloc(4 * SECTOR_BYTES);

    vwr_blk_fill(&req, VWR_BLK_T_IN, 8, p, 4 * SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_submit(&blk.first, &req), VWR_OK);
    CHECK(vwr_blk_arm(&blk.first, 1));
    (void)vwr_blk_kick(&blk.first);
    while (message != NULL ? *message == 0 : vwr_dev_irq(&found.dev) == 0)
        machine_sync();
    CHECK_NUMBER(vwr_blk_reap(&blk.first, &done, 1), 1);
    CHECK(done == &req);
    PATTERN_CHECK(p, 'A', 8, 4);
}

/* INTx and the ISR register, then messages. */
void case_pci_interrupts(bool legacy)
{
    struct vwr_pci_message message[2];
    uint32_t *messages;
    size_t run;

    begin_disk(legacy, "");
    open_disk(0);
    read_armed(NULL);
    CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);

    /* a message is a write: here to memory, where the test reads it */
    messages = guest_alloc(2 * sizeof(*messages));
    for (unsigned i = 0; i < 2; i++) {
        messages[i] = 0;
        message[i].addr = guest_dma(&messages[i], sizeof(messages[i]), &run);
        message[i].data = i == 0 ? MESSAGE_CONFIG : MESSAGE_QUEUE;
    }
    if (found.pci.vectors == 0) { /* as configured in QEMU; its balloon never has MSI-X */
        CHECK_NUMBER(vwr_pci_use_msix(&found.pci, message, 1), VWR_EUNSUPP);
        machine_stop();
        return;
    }
    CHECK_NUMBER(found.pci.vectors, 2);
    CHECK_NUMBER(vwr_pci_use_msix(&found.pci, message, 3), VWR_EUNSUPP);
    CHECK_NUMBER(vwr_pci_use_msix(&found.pci, message, 0), VWR_EINVAL);
    CHECK_NUMBER(vwr_pci_use_msix(&found.pci, message, 2), VWR_OK);
    bus_pci_watch(DISK_SLOT, &found.pci); /* MSI-X has moved a legacy configuration */
    open_disk(0);
    read_armed(&messages[1]);
    CHECK_NUMBER(messages[0], 0);
    CHECK_NUMBER(messages[1], MESSAGE_QUEUE);
    CHECK_NUMBER(vwr_dev_irq(&found.dev), VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG);
    (void)machine_qmp(
        "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"d31\", \"size\": 65536}}");
    CHECK_NUMBER(messages[0], MESSAGE_CONFIG);
    CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);
    machine_stop();
}

/* If a window is too small or missing, the call reports that and leaves the function unchanged. */
void case_pci_windows(bool legacy)
{
    const uint32_t disk = VWR_PCI_FUNCTION(0, board_device(DISK_SLOT), 0);
    struct vwr_pci *const p = &found.pci;
    struct vwr_pci_host *host;

    CHECK(!legacy);
    begin_disk(legacy, "");
    host = slot_host();
    CHECK_NUMBER(vwr_pci_probe_modern(p, host, disk), VWR_OK);
    host->window_count = 0;
    CHECK_NUMBER(vwr_pci_probe_legacy(p, host, disk), VWR_EVERSION);
    explains(board->device[0][0] == '\0' ? "BAR 0 is not an I/O BAR" : "without the legacy interface");
    CHECK_NUMBER(vwr_pci_probe(p, host, disk), VWR_EVERSION);
    explains("no capability COMMON_CFG");
    host->windows[0].bytes = 0x2000;
    host->windows[0].used = 0;
    host->window_count = 2;
    CHECK_NUMBER(vwr_pci_place(host), VWR_ERANGE);
    CHECK_NUMBER(vwr_pci_probe_modern(p, host, disk), VWR_EVERSION);
    CHECK_NUMBER(vwr_pci_probe(p, host, VWR_PCI_FUNCTION(0, 3, 0)), VWR_ENODEV);
    CHECK_NUMBER(vwr_pci_probe(p, host, VWR_PCI_FUNCTION(0, 0, 0)), VWR_ENODEV); /* the bridge itself */
    explains("not a virtio function");
    machine_stop();
}
