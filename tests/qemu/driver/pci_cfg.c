/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include "vwr/gen/ids.h"
#include "vwr/input.h"
#include "vwr/pci.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * QEMU devices whose BARs have no addresses and are not mapped. They are driven through configuration space
 * only: a disk with every kind of ring, and a keyboard, whose device configuration is also written.
 *
 *     qemu_pci_cfg FOLDER PATTERN.SH
 */

#define QUEUE 64u
#define SECTORS 64u
#define KEYBOARD_SLOT 30u
#define EVENTS 64u
#define MESSAGE 0x22u
#define MSIX_BAR 0x14u  /* BAR 1, in which QEMU has the table */
#define OTHER_BAR 0x20u /* BARs 4 and 5, one of 64 bits: the structures */

static struct vwr_pci_host host;
static struct vwr_pci_window table; /* the only BAR that the CPU can access, if any */
static struct vwr_pci_cfg cfg;

static void probe(unsigned slot)
{
    const uint32_t function = VWR_PCI_FUNCTION(0, board_device(slot), 0);
    char text[200];
    int r;

    CHECK_NUMBER(vwr_pci_probe_modern(&cfg.pci, &host, function), VWR_EVERSION);
    r = vwr_pci_probe_cfg(&cfg, &host, function);
    (void)vwr_pci_explain(&cfg.pci, text, sizeof(text));
    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the probe answered %d: %s", r, text);
}

/* ---- the disk ---- */

static struct vwr_blk blk;
static struct vwr_queue_memory memory;
static _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE)];
static uint8_t *data;

static void open_disk(unsigned kind)
{
    struct vwr_blk_options o = {0};

    disk_avoid(&o.avoid, kind);
    CHECK_NUMBER(vwr_blk_open_with(&blk, &cfg.pci.dev, &memory, &o), VWR_OK);
    disk_check_kind(&cfg.pci.dev, kind);
    CHECK_NUMBER(blk.info.sectors, SECTORS);
}

/* Reads all data that the previous check wrote, and overwrites them. */
static void check_disk(char tag)
{
    CHECK_NUMBER(vwr_blk_read(&blk, 0, data, SECTORS), VWR_OK);
    PATTERN_CHECK(data, tag, 0, SECTORS);
    pattern_fill(data, (char)(tag + 1), 0, SECTORS);
    CHECK_NUMBER(vwr_blk_write(&blk, 0, data, SECTORS), VWR_OK);
}

/* Reaps a request after its interrupt: by the ISR status, or by a message. */
static void read_armed(char tag, const volatile uint32_t *message)
{
    struct vwr_blk_req req = {0};
    struct vwr_blk_req *done = NULL;

    vwr_blk_fill(&req, VWR_BLK_T_IN, 8, data, 4 * SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_submit(&blk.first, &req), VWR_OK);
    CHECK(vwr_blk_arm(&blk.first, 1));
    (void)vwr_blk_kick(&blk.first);
    while (message != NULL ? *message == 0 : vwr_dev_irq(&cfg.pci.dev) == 0)
        machine_sync();
    CHECK_NUMBER(vwr_blk_reap(&blk.first, &done, 1), 1);
    CHECK(done == &req);
    PATTERN_CHECK(data, tag, 8, 4);
}

/* Writes to the device configuration, and reads it back. */
static void set_write_cache(void)
{
    CHECK_NUMBER(vwr_blk_set_write_cache(&blk, false), VWR_OK);
    CHECK(!blk.info.write_cache);
    CHECK_NUMBER(vwr_blk_set_write_cache(&blk, true), VWR_OK);
    CHECK(blk.info.write_cache);
}

/*
 * The MSI-X table is in a BAR that the CPU can access, the other structures are not: their BAR is at the end
 * of the bus, where QEMU maps nothing. Mapped on this board, it would end QEMU 10 (quirk
 * pci.cfg-of-mapped-bar).
 */
static void use_messages(char tag)
{
    const uint32_t function = cfg.pci.function;
    uint32_t *const at = guest_alloc(sizeof(*at));
    struct vwr_pci_message message = {.data = MESSAGE};
    size_t run;

    *at = 0;
    message.addr = guest_dma(at, sizeof(*at), &run);
    CHECK_NUMBER(vwr_pci_use_msix(&cfg.pci, &message, 1), VWR_EUNSUPP); /* without a window */
    table = (struct vwr_pci_window){
        .bus = board->memory, .bytes = 4096, .cpu = (volatile void *)(uintptr_t)board->memory};
    table.kind = VWR_PCI_MEMORY;
    host.access->write(&host, function, MSIX_BAR, (uint32_t)board->memory);
    host.access->write(&host, function, OTHER_BAR, UINT32_MAX);
    host.access->write(&host, function, OTHER_BAR + 4, UINT32_MAX);
    host.window_count = 1;
    probe(DISK_SLOT);
    CHECK_NUMBER(vwr_pci_use_msix(&cfg.pci, &message, 1), VWR_OK);
    open_disk(0);
    read_armed(tag, at);
    CHECK_NUMBER(vwr_le32_to_cpu(*at), MESSAGE);
    CHECK_NUMBER(vwr_dev_irq(&cfg.pci.dev), VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG);
    CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);
    host.window_count = 0;
}

static void drive_disk(void)
{
    const char end = (char)('A' + disk_kinds());

    probe(DISK_SLOT);
    CHECK_NUMBER(cfg.pci.dev.type, VWR_ID_BLOCK);
    for (unsigned kind = 0; kind < disk_kinds(); kind++) {
        open_disk(kind);
        check_disk((char)('A' + kind));
        CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);
    }
    open_disk(0);
    read_armed(end, NULL);
    set_write_cache();
    CHECK_NUMBER(vwr_close(&blk.bringup), VWR_OK);
    use_messages(end);
}

/* ---- the keyboard ---- */

static void ask_keyboard(void)
{
    static struct vwr_input in;
    static uint64_t fifo[EVENTS];
    struct vwr_input_options o = {.event = fifo, .event_count = EVENTS};
    struct vwr_input_query name = {.select = VWR_INPUT_CFG_ID_NAME};
    struct vwr_input_query ids = {.select = VWR_INPUT_CFG_ID_DEVIDS};

    o.shared = guest_alloc(sizeof(*o.shared));
    probe(KEYBOARD_SLOT);
    CHECK_NUMBER(cfg.pci.dev.type, VWR_ID_INPUT);
    CHECK_NUMBER(vwr_input_open(&in, &cfg.pci.dev, &o), VWR_OK);
    CHECK(vwr_input_ask(&in, &name) > 0);
    CHECK_TEXT((const char *)name.u.bytes, "QEMU Virtio Keyboard");
    CHECK_NUMBER(vwr_input_ask(&in, &ids), sizeof(struct vwr_input_devids));
    CHECK_NUMBER(ids.u.ids.vendor, 0x0627); /* QEMU's own */
    CHECK_NUMBER(vwr_close(&in.bringup), VWR_OK);
}

int main(int argc, char *argv[])
{
    char runs[20];

    if (argc != 3)
        return 2;
    image_script(argv[2]);
    CHECK_SYS((mkdir(argv[1], 0700) == 0 || errno == EEXIST) && chdir(argv[1]) == 0);
    check_clean_up = machine_abandon;
    CHECK(board_choose("virt_modern"));
    image_make("disk.img", "A 0 64");
    machine_begin(false);
    machine_add_disk(DISK_SLOT, "file=disk.img", "packed=on");
    machine_add_device(KEYBOARD_SLOT, "virtio-keyboard", "%s", "");
    machine_start();
    board_host(&host);
    host.windows = &table;
    host.window_count = 0;
    memory = (struct vwr_queue_memory){guest_alloc(VWR_BLK_SHARED_BYTES(QUEUE, 1, 1)),
                                       VWR_BLK_SHARED_BYTES(QUEUE, 1, 1), own, sizeof(own), QUEUE};
    data = guest_alloc((size_t)SECTORS * SECTOR_BYTES);
    drive_disk();
    ask_keyboard();
    machine_stop();
    snprintf(runs, sizeof(runs), "%c 0 %u", 'A' + (int)disk_kinds(), SECTORS);
    image_check("disk.img", runs);
    return 0;
}
