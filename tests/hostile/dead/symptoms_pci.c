/* SPDX-License-Identifier: MIT */
#include "on_qemu.h"

#include "board.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include "vwr/gen/features.h"
#include "vwr/pci.h"

#include <stdio.h>

/* Each symptom of the page that a PCI device can show. */

#define QUEUE 64u
#define QUEUE_MOST 1024u /* of QEMU's devices */
#define SHORT_US 50000u
#define DISK_FUNCTION VWR_PCI_FUNCTION(0, board_device(DISK), 0)
#define COMMAND 4u

static struct {
    struct vwr_pci_host host;
    struct vwr_pci pci;
    struct vwr_blk blk;
    struct vwr_blk_options options;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE_MOST)];
    uint8_t *buffer;
} it;

/* A machine with one disk, to which no firmware has assigned addresses. */
static void begin(bool legacy, const char *device)
{
    CHECK(board_choose(legacy ? "virt_legacy" : "virt_modern"));
    image_make("disk.img", "A 0 64");
    machine_begin(legacy);
    machine_add_disk(DISK, "file=disk.img", device);
    machine_start();
    board_host(&it.host);
    it.memory =
        (struct vwr_queue_memory){guest_alloc(VWR_BLK_SHARED_BYTES(QUEUE_MOST, 1, 1)),
                                  VWR_BLK_SHARED_BYTES(QUEUE_MOST, 1, 1), it.own, sizeof(it.own), QUEUE};
    it.buffer = guest_alloc(SECTOR_BYTES);
    it.options.request.timeout_us = SHORT_US;
}

static void say(void)
{
    char text[400];

    CHECK(vwr_pci_explain(&it.pci, text, sizeof(text)) < sizeof(text));
    printf("vwr_pci_explain: %s\n", text);
}

static void say_and_stop(void)
{
    say();
    machine_stop();
}

static void probe(int want)
{
    CHECK_NUMBER(vwr_pci_probe(&it.pci, &it.host, DISK_FUNCTION), want);
}

static void begin_open(bool legacy, const char *device, int want)
{
    begin(legacy, device);
    CHECK_NUMBER(vwr_pci_place(&it.host), VWR_OK);
    if (legacy)
        CHECK_NUMBER(vwr_pci_probe_legacy(&it.pci, &it.host, DISK_FUNCTION), VWR_OK);
    else
        probe(VWR_OK);
    CHECK_NUMBER(vwr_blk_open_with(&it.blk, &it.pci.dev, &it.memory, &it.options), want);
}

/* The window of another board, in which nothing answers. */
static void pci_wrong_space(void)
{
    begin(false, "");
    it.host.space = (volatile void *)(uintptr_t)board->memory;
    probe(VWR_ENODEV);
    say_and_stop();
}

static void pci_other(void)
{
    begin(false, "");
    CHECK_NUMBER(vwr_pci_probe(&it.pci, &it.host, VWR_PCI_FUNCTION(0, 0, 0)), VWR_ENODEV);
    say_and_stop();
}

static void pci_not_placed(void)
{
    begin(false, "");
    it.host.window_count = 1; /* a memory window, no I/O window */
    probe(VWR_EVERSION);
    say_and_stop();
}

/* Firmware has placed the BARs outside of the window that the port passes. */
static void pci_outside(void)
{
    begin(false, "");
    CHECK_NUMBER(vwr_pci_place(&it.host), VWR_OK);
    it.host.windows[0].bytes = 0x2000;
    it.host.window_count = 1;
    probe(VWR_EVERSION);
    say_and_stop();
}

static void pci_no_ports(void)
{
    begin(false, "");
    CHECK_NUMBER(vwr_pci_place(&it.host), VWR_OK);
    it.host.window_count = 1;
    CHECK_NUMBER(vwr_pci_probe_legacy(&it.pci, &it.host, DISK_FUNCTION), VWR_EVERSION);
    say_and_stop();
}

static void pci_features_refused(void)
{
    vwr_features_add(&it.options.avoid, VWR_F_ACCESS_PLATFORM);
    begin_open(false, "iommu_platform=on,disable-legacy=on", VWR_EFEATURE);
    say_and_stop();
}

static void pci_legacy_size(void)
{
    begin_open(true, "queue-size=128", VWR_ENOMEM);
    say_disk(&it.blk);
    machine_stop();
}

/* The port returns a ring address beyond the legacy 32-bit page number. */
static void pci_legacy_far(void)
{
    begin(true, "");
    it.memory.size = QUEUE_MOST;
    CHECK_NUMBER(vwr_pci_place(&it.host), VWR_OK);
    CHECK_NUMBER(vwr_pci_probe_legacy(&it.pci, &it.host, DISK_FUNCTION), VWR_OK);
    port_set_quirk(PORT_FAR);
    CHECK_NUMBER(vwr_blk_open_with(&it.blk, &it.pci.dev, &it.memory, &it.options), VWR_ERANGE);
    say_and_stop();
}

static void read_one(int want)
{
    CHECK_NUMBER(vwr_blk_read(&it.blk, 5, it.buffer, 1), want);
    say_disk(&it.blk);
    machine_stop();
}

static void set_command(uint32_t value)
{
    it.host.access->write(&it.host, DISK_FUNCTION, COMMAND, value);
}

/* Other software clears a command bit while the disk is open. */
static void pci_master_off(void)
{
    begin_open(false, "", VWR_OK);
    set_command(3);
    read_one(VWR_EINFLIGHT);
}

static void pci_decode_off(void)
{
    begin_open(false, "", VWR_OK);
    set_command(4);
    read_one(VWR_EGONE);
}

const struct symptom symptoms_pci[] = {
    {"pci-wrong-space", pci_wrong_space},
    {"pci-other", pci_other},
    {"pci-not-placed", pci_not_placed},
    {"pci-outside", pci_outside},
    {"pci-no-ports", pci_no_ports},
    {"pci-features-refused", pci_features_refused},
    {"pci-legacy-size", pci_legacy_size},
    {"pci-legacy-far", pci_legacy_far},
    {"pci-master-off", pci_master_off},
    {"pci-decode-off", pci_decode_off},
    {NULL, NULL},
};
