/* SPDX-License-Identifier: MIT */
#include "on_qemu.h"

#include "board.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"

#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Each symptom of the page that QEMU's MMIO devices can show. */

#define QUEUE 64u
#define SHORT_US 50000u /* timeout for an answer that never comes */

static struct {
    struct vwr_mmio mmio;
    struct vwr_blk blk;
    struct vwr_blk_options options;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE)];
    uint8_t *buffer;
} it;

/* Starts a machine with one disk, not opened yet. */
static void begin(bool legacy, const char *drive, const char *device)
{
    image_make("disk.img", "A 0 64");
    machine_begin(legacy);
    machine_add_disk(DISK, drive, device);
    machine_start();
    it.memory.shared_bytes = VWR_BLK_SHARED_BYTES(QUEUE, 1, 1);
    it.memory.shared = guest_alloc(it.memory.shared_bytes);
    it.memory.own = it.own;
    it.memory.own_bytes = sizeof(it.own);
    it.memory.size = QUEUE;
    it.buffer = guest_alloc(64 * SECTOR_BYTES);
    it.options.request.timeout_us = SHORT_US;
    vwr_features_add(&it.options.avoid,
                     VWR_F_INDIRECT_DESC); /* so that each descriptor in the ring describes a buffer */
    CHECK_NUMBER(vwr_mmio_probe(&it.mmio, SLOT(DISK), VWR_MMIO_SIZE), VWR_OK);
}

static int open_it(void)
{
    return vwr_blk_open_with(&it.blk, &it.mmio.dev, &it.memory, &it.options);
}

static void begin_open(bool legacy, const char *drive)
{
    begin(legacy, drive, "");
    CHECK_NUMBER(open_it(), VWR_OK);
}

/* Prints the explanation of a probe at an address. */
static void probe_at(uint64_t addr, int want)
{
    CHECK_NUMBER(vwr_mmio_probe(&it.mmio, (volatile void *)(uintptr_t)addr, VWR_MMIO_SIZE), want);
    say_device(&it.mmio.dev);
    machine_stop();
}

static void wrong_slot(void)
{
    begin(true, "file=disk.img", "");
    probe_at(MACHINE_SLOT_BASE, VWR_ENODEV);
}

static void wrong_slot_window(void)
{
    begin(true, "file=disk.img", "");
    say_window(MACHINE_SLOT_BASE, MACHINE_SLOTS);
    machine_stop();
}

/* The disk is on PCI instead. */
static void nothing_plugged(void)
{
    image_make("disk.img", "A 0 8");
    machine_begin(true);
    machine_add("-drive", "if=none,id=d,format=raw,file=disk.img");
    machine_add("-device", "virtio-blk-pci,drive=d");
    machine_start();
    say_window(MACHINE_SLOT_BASE, MACHINE_SLOTS);
    machine_stop();
}

static void wrong_base(void)
{
    begin(true, "file=disk.img", "");
    probe_at(board->ram + GUEST_BYTES, VWR_EMAGIC);
}

static void wrong_base_window(void)
{
    begin(true, "file=disk.img", "");
    say_window(board->ram + GUEST_BYTES, 8);
    machine_stop();
}

/* On riscv64's board the slots are here; this board has its PCI window here. */
static void all_ones(void)
{
    begin(true, "file=disk.img", "");
    probe_at(0x10001000, VWR_EGONE);
}

static void legacy_device(void)
{
    begin(true, "file=disk.img", "");
    CHECK_NUMBER(vwr_mmio_probe_modern(&it.mmio, SLOT(DISK), VWR_MMIO_SIZE), VWR_EVERSION);
    say_device(&it.mmio.dev);
    machine_stop();
}

static void modern_device(void)
{
    begin(false, "file=disk.img", "");
    CHECK_NUMBER(vwr_mmio_probe_legacy(&it.mmio, SLOT(DISK), VWR_MMIO_SIZE), VWR_EVERSION);
    say_device(&it.mmio.dev);
    machine_stop();
}

static void not_a_disk(void)
{
    machine_begin(false);
    machine_add("-device", "virtio-serial-device,bus=virtio-mmio-bus.%u", DISK);
    machine_start();
    CHECK_NUMBER(vwr_mmio_probe(&it.mmio, SLOT(DISK), VWR_MMIO_SIZE), VWR_OK);
    CHECK_NUMBER(open_it(), VWR_ETYPE);
    say_device(&it.mmio.dev);
    machine_stop();
}

/* A device behind an IOMMU refuses a driver without ACCESS_PLATFORM. */
static void features_refused(void)
{
    begin(false, "file=disk.img", "iommu_platform=on");
    vwr_features_add(&it.options.avoid, VWR_F_ACCESS_PLATFORM);
    CHECK_NUMBER(open_it(), VWR_EFEATURE);
    say_disk(&it.blk);
    machine_stop();
}

static void feature_missing(void)
{
    begin(false, "file=disk.img", "");
    vwr_features_add(&it.options.need, VWR_BLK_F_SECURE_ERASE);
    CHECK_NUMBER(open_it(), VWR_EFEATURE);
    say_disk(&it.blk);
    machine_stop();
}

/* Opens queue 1 of a disk with one queue. */
static void no_queue(void)
{
    static struct vwr_queue queue;
    static const struct vwr_features none;
    const struct vwr_feature_policy request = {.want = &none, .need = &none, .avoid = &none};

    begin(false, "file=disk.img", "");
    CHECK_NUMBER(vwr_dev_negotiate(&it.mmio.dev, &request), VWR_OK);
    CHECK_NUMBER(vwr_dev_add_queue(&it.mmio.dev, 1, &queue, &it.memory, 0), VWR_ENOQUEUE);
    say_device(&it.mmio.dev);
    machine_stop();
}

static void memory_too_small(void)
{
    begin(false, "file=disk.img", "");
    it.memory.shared_bytes = 1024;
    CHECK_NUMBER(open_it(), VWR_ENOMEM);
    say_disk(&it.blk);
    machine_stop();
}

static void memory_unaligned(void)
{
    begin(true, "file=disk.img", "");
    it.memory.shared = (uint8_t *)guest_alloc(it.memory.shared_bytes + 64) + 64;
    CHECK_NUMBER(open_it(), VWR_ENOMEM);
    say_disk(&it.blk);
    machine_stop();
}

static void memory_scattered(void)
{
    begin(false, "file=disk.img", "");
    it.memory.shared = guest_alloc_scattered(4 * GUEST_PAGE);
    it.memory.shared = (uint8_t *)it.memory.shared + GUEST_PAGE - 64;
    it.memory.shared_bytes = GUEST_PAGE + 64;
    CHECK_NUMBER(open_it(), VWR_ENOMEM);
    say_disk(&it.blk);
    machine_stop();
}

static void read_one(uint64_t sector, int want)
{
    CHECK_NUMBER(vwr_blk_read(&it.blk, sector, it.buffer, 1), want);
}

static void silent(enum port_quirk quirk)
{
    begin(false, "file=disk.img", "");
    port_set_quirk(quirk);
    CHECK_NUMBER(open_it(), VWR_OK);
    read_one(5, VWR_ETIMEOUT);
    say_disk(&it.blk);
    machine_stop();
}

static void virtual_address(void)
{
    silent(PORT_VIRTUAL);
}

static void cache(void)
{
    silent(PORT_CACHED);
}

static void make_rule(const char *sector, const char *number)
{
    FILE *f = fopen("blkdebug.conf", "w");

    CHECK_SYS(f != NULL);
    CHECK(fprintf(f,
                  "[inject-error]\nevent = \"read_aio\"\nerrno = \"%s\"\nsector = \"%s\"\nonce = \"off\"\n",
                  number, sector) > 0);
    CHECK_SYS(fclose(f) == 0);
}

/* QEMU holds a request to a full disk. */
static void held(void)
{
    make_rule("16", "28");
    begin_open(false, "file=blkdebug:blkdebug.conf:disk.img,rerror=stop");
    read_one(0, VWR_OK);
    read_one(16, VWR_ETIMEOUT);
    say_disk(&it.blk);
    machine_stop();
}

static void io_error(void)
{
    make_rule("16", "5");
    begin_open(false, "file=blkdebug:blkdebug.conf:disk.img,rerror=report");
    read_one(16, VWR_EIO);
    say_disk(&it.blk);
    machine_stop();
}

/* The call fails before the device is notified: its result is all there is to report. */
static void read_only(void)
{
    begin_open(false, "file=disk.img,readonly=on");
    say_result(vwr_blk_write(&it.blk, 0, it.buffer, 1));
    machine_stop();
}

static void beyond_the_end(void)
{
    begin_open(false, "file=disk.img");
    say_result(vwr_blk_read(&it.blk, 64, it.buffer, 1));
    machine_stop();
}

/* The medium has shrunk without the driver's knowledge. */
static void shrunk(void)
{
    begin_open(false, "file=disk.img");
    (void)machine_qmp(
        "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"d31\", \"size\": 16384}}");
    read_one(40, VWR_EIO);
    say_disk(&it.blk);
    machine_stop();
}

static void after_failure(void)
{
    make_rule("16", "28");
    begin_open(false, "file=blkdebug:blkdebug.conf:disk.img,rerror=stop");
    read_one(16, VWR_ETIMEOUT);
    say_result(vwr_blk_read(&it.blk, 0, it.buffer, 1));
    machine_stop();
}

/* Other software writes to the memory of the ring. */
static void break_descriptor(void)
{
    struct vwr_virtq_desc *d = port_ring(VWR_MMIO_QUEUE_DESC_LOW);

    for (unsigned i = 0; i < QUEUE; i++)
        d[i].len = 0;
}

static void needs_reset(void)
{
    begin_open(false, "file=disk.img");
    port_before_notify(break_descriptor);
    read_one(5, VWR_ENEEDSRESET);
    say_disk(&it.blk);
    machine_stop_complaining();
}

/* A forged answer, in place of the device's answer, which QEMU holds. */
static void forge(uint32_t id)
{
    struct vwr_virtq_used *used = port_ring(VWR_MMIO_QUEUE_DEVICE_LOW);

    used->ring[0].id = id;
    used->ring[0].len = SECTOR_BYTES + 1;
    used->idx = 1;
}

static void forge_other(void)
{
    forge(QUEUE + 1);
}

static void forge_right(void)
{
    forge(((struct vwr_virtq_avail *)port_ring(VWR_MMIO_QUEUE_DRIVER_LOW))->ring[0]);
}

static void forged(void (*hook)(void), int want)
{
    make_rule("16", "28");
    begin_open(false, "file=blkdebug:blkdebug.conf:disk.img,rerror=stop");
    port_before_notify(hook);
    read_one(16, want);
    say_disk(&it.blk);
    machine_stop();
}

static void bad_ring(void)
{
    forged(forge_other, VWR_EBADRING);
}

static void status_untouched(void)
{
    forged(forge_right, VWR_EPROTO);
}

const struct symptom symptoms[] = {
    {"wrong-slot", wrong_slot},
    {"wrong-slot-window", wrong_slot_window},
    {"nothing-plugged", nothing_plugged},
    {"wrong-base", wrong_base},
    {"wrong-base-window", wrong_base_window},
    {"all-ones", all_ones},
    {"legacy-device", legacy_device},
    {"modern-device", modern_device},
    {"not-a-disk", not_a_disk},
    {"features-refused", features_refused},
    {"feature-missing", feature_missing},
    {"no-queue", no_queue},
    {"memory-too-small", memory_too_small},
    {"memory-unaligned", memory_unaligned},
    {"memory-scattered", memory_scattered},
    {"virtual-address", virtual_address},
    {"cache", cache},
    {"held", held},
    {"io-error", io_error},
    {"read-only", read_only},
    {"beyond-the-end", beyond_the_end},
    {"shrunk", shrunk},
    {"after-failure", after_failure},
    {"needs-reset", needs_reset},
    {"bad-ring", bad_ring},
    {"status-untouched", status_untouched},
    {NULL, NULL},
};
