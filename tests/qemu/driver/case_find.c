/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "watch.h"

#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/status.h"

#include <stdio.h>
#include <string.h>

static void explains(const struct vwr_dev *m, const char *part)
{
    char text[300];

    CHECK_AT_MOST(vwr_dev_explain(m, text, sizeof(text)), sizeof(text) - 1);
    CHECK_TEXT(text, part);
}

/* A probe identifies an empty slot by its first three registers, and accesses no other. */
static void check_empty(unsigned slot)
{
    const uint64_t allowed =
        1u << VWR_MMIO_MAGIC_VALUE / 4 | 1u << VWR_MMIO_VERSION / 4 | 1u << VWR_MMIO_DEVICE_ID / 4;
    struct vwr_mmio m;

    (void)bus_counts();
    CHECK_NUMBER(vwr_mmio_probe(&m, bus_slot(slot), VWR_MMIO_SIZE), VWR_ENODEV);
    explains(&m.dev, "empty slot");
    CHECK_NUMBER(bus_registers_read(slot) & ~allowed, 0);
    CHECK_NUMBER(bus_counts().writes, 0);
}

void case_empty_slot(bool legacy)
{
    const uint32_t version = legacy ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN;
    struct vwr_mmio m;
    struct vwr_blk blk;
    struct vwr_queue_memory memory = {0};

    image_make("disk.img", "A 0 8");
    machine_begin(legacy);
    machine_add_disk(DISK_SLOT, "file=disk.img", "");
    machine_start();
    for (unsigned slot = 0; slot < DISK_SLOT; slot++)
        check_empty(slot);
    /* no device can be opened there */
    CHECK_NUMBER(vwr_mmio_probe(&m, bus_slot(0), VWR_MMIO_SIZE), VWR_ENODEV);
    CHECK_NUMBER(vwr_blk_open_with(&blk, &m.dev, &memory, NULL), VWR_EFAILED);
    /* a probe for one version reports a device of the other version */
    CHECK_NUMBER(vwr_mmio_probe_modern(&m, bus_slot(DISK_SLOT), VWR_MMIO_SIZE),
                 legacy ? VWR_EVERSION : VWR_OK);
    if (legacy)
        explains(&m.dev, "-global virtio-mmio.force-legacy=false");
    CHECK_NUMBER(vwr_mmio_probe_legacy(&m, bus_slot(DISK_SLOT), VWR_MMIO_SIZE),
                 legacy ? VWR_OK : VWR_EVERSION);
    CHECK_NUMBER(m.dev.version, version);
    CHECK_NUMBER(bus_counts().writes, 0);
    machine_stop();
}

/* All slots, and addresses without any device. */
void case_scan(bool legacy)
{
    const struct vwr_mmio_window windows[] = {
        {bus_slot(0), MACHINE_SLOT_BYTES, MACHINE_SLOTS},
        {bus_elsewhere(board->ram + GUEST_BYTES), 0, 1}, /* behind RAM nothing answers, and QEMU reads 0 */
        {bus_elsewhere(0x10001000), 0, 1},               /* riscv64's slots; here PCI's window, all ones */
        {bus_slot(7), 0, 1},
    };
    static const uint32_t type[MACHINE_SLOTS] = {[0] = VWR_ID_RNG, [7] = VWR_ID_CONSOLE, [31] = VWR_ID_BLOCK};
    struct vwr_mmio_scan scan = {.windows = windows, .count = 4};
    struct vwr_mmio m;

    image_make("disk.img", "A 0 8");
    machine_begin(legacy);
    machine_add_disk(31, "file=disk.img", "");
    machine_add("-device", "virtio-serial-device,bus=virtio-mmio-bus.7");
    machine_add("-device", "virtio-rng-device,bus=virtio-mmio-bus.0");
    machine_start();
    for (unsigned slot = 0; slot < MACHINE_SLOTS; slot++) {
        CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), type[slot] != 0 ? 1 : VWR_ENODEV);
        CHECK(m.base == bus_slot(slot));
        CHECK_NUMBER(m.dev.type, type[slot]);
    }
    CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), VWR_EMAGIC);
    explains(&m.dev, "MagicValue reads 0x0");
    CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), VWR_EGONE);
    explains(&m.dev, "all ones");
    CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), 1);
    CHECK_NUMBER(m.dev.type, VWR_ID_CONSOLE);
    CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), 0);
    CHECK_NUMBER(vwr_mmio_scan_next(&scan, &m), 0);
    CHECK_NUMBER(bus_counts().writes, 0);
    machine_stop();
}

void case_not_a_disk(bool legacy)
{
    struct disk d;

    machine_begin(legacy);
    machine_add_device(DISK_SLOT, "virtio-serial", "%s", "");
    machine_start();
    disk_find(&d, DISK_SLOT, 64);
    (void)bus_counts();
    CHECK_NUMBER(vwr_blk_open_with(&d.blk, &d.found.dev, &d.memory, NULL), VWR_ETYPE);
    explains(&d.found.dev, "type 3 (Console)");
    explains(&d.found.dev, "the driver is for type 2 (Block device)");
    CHECK_NUMBER(bus_counts().writes, 0);
    CHECK_NUMBER(d.found.dev.state, VWR_DEV_PROBED); /* the console's own driver may have it */
    machine_stop();
}

static void check_id(bool legacy, const char *device, const char *want)
{
    char id[VWR_BLK_GET_ID_BYTES + 1];
    struct disk d;

    disk_begin(&d, legacy, "A 0 8", "file=disk.img", device);
    memset(id, 'x', sizeof(id));
    DISK_OK(&d, vwr_blk_get_id(&d.blk, id));
    CHECK(memchr(id, '\0', sizeof(id)) != NULL);
    if (strcmp(id, want) != 0)
        check_failed(__FILE__, __LINE__, "the id is \"%s\", not \"%s\"", id, want);
    disk_read_check(&d, 'A', 0, 8);
    disk_close(&d);
    DISK_RESULT(&d, vwr_blk_get_id(&d.blk, id), VWR_EFAILED);
    machine_stop();
}

void case_get_id(bool legacy)
{
    check_id(legacy, "serial=vwr-42", "vwr-42");
    check_id(legacy, "serial=12345678901234567890", "12345678901234567890"); /* without a terminator */
    check_id(legacy, "serial=123456789012345678901234", "12345678901234567890");
    check_id(legacy, "", "");
}

static void check_configured(const struct disk *d)
{
    const struct vwr_blk_info *i = &d->blk.info;
    const struct vwr_config *const c = &d->found.dev.config;

    CHECK_NUMBER(i->sectors, 2040);
    CHECK_NUMBER(i->block_bytes, 512);
    CHECK_NUMBER(i->segments_max, 126);
    CHECK_NUMBER(i->read_only, 0);
    CHECK_NUMBER(i->write_cache, 0);
    CHECK_NUMBER(vwr_blk_config_get_geometry_cylinders(c), 17);
    CHECK_NUMBER(vwr_blk_config_get_geometry_heads(c), 5);
    CHECK_NUMBER(vwr_blk_config_get_geometry_sectors(c), 24);
    CHECK_NUMBER(vwr_blk_config_get_topology_physical_block_exp(c), 3);
    CHECK_NUMBER(vwr_blk_config_get_topology_alignment_offset(c), 0);
    CHECK_NUMBER(vwr_blk_config_get_topology_min_io_size(c), 16);
    CHECK_NUMBER(vwr_blk_config_get_topology_opt_io_size(c), 128);
    CHECK_NUMBER(vwr_blk_config_get_num_queues(&d->found.dev.config), 4);
}

/* Fields whose features were not negotiated are not read. */
static void check_silent(struct disk *d)
{
    struct vwr_blk_options silent = {0};

    vwr_features_add(&silent.avoid, VWR_BLK_F_GEOMETRY);
    vwr_features_add(&silent.avoid, VWR_BLK_F_TOPOLOGY);
    vwr_features_add(&silent.avoid, VWR_BLK_F_MQ);
    disk_open(d, &silent);
    CHECK_NUMBER(d->blk.info.sectors, 2040);
    CHECK_NUMBER(vwr_blk_config_get_geometry_cylinders(&d->found.dev.config), 0);
    CHECK_NUMBER(vwr_blk_config_get_topology_physical_block_exp(&d->found.dev.config), 0);
    CHECK_NUMBER(vwr_blk_config_get_topology_opt_io_size(&d->found.dev.config), 0);
    CHECK_NUMBER(vwr_blk_config_get_num_queues(&d->found.dev.config), 1);
    disk_read_check(d, 'A', 0, 2040);
    disk_close(d);
}

void case_info(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 2040", "file=disk.img,cache.writeback=off",
               "cyls=17,heads=5,secs=24,physical_block_size=4096,min_io_size=8192,opt_io_size=65536,"
               "queue-size=128,num-queues=4");
    check_configured(&d);
    disk_close(&d);
    check_silent(&d);
    machine_stop();
    disk_begin(&d, legacy, "A 0 8", "file=disk.img", "");
    CHECK_NUMBER(d.blk.info.write_cache, 1);
    CHECK_NUMBER(vwr_blk_config_get_num_queues(&d.found.dev.config), 1);
    disk_close(&d);
    machine_stop();
}

/*
 * Checks that the driver has negotiated each feature that QEMU names in `text`. Returns the number of
 * features.
 */
static unsigned count_known(const char *text, const char *end, const struct vwr_dev *d)
{
    unsigned found = 0;

    for (const struct vwr_name *n = vwr_blk_feature_names; n->name != NULL; n++) {
        char name[60];
        const char *at;

        snprintf(name, sizeof(name), "\"VIRTIO_BLK_F_%s: ", n->name);
        at = strstr(text, name);
        if ((at != NULL && at < end) != vwr_dev_has(d, n->value))
            check_failed(__FILE__, __LINE__, "%s is negotiated by one side only: %.*s", n->name,
                         (int)(end - text), text);
        found += at != NULL && at < end;
    }
    return found;
}

/* Compares the driver's features with QEMU's, if QEMU has the command for it. */
static void check_negotiated(const struct vwr_dev *d)
{
    const char *answer;
    const char *guest;
    const char *end;
    unsigned device = 0;
    char command[200];

    snprintf(command, sizeof(command),
             "{\"execute\": \"x-query-virtio-status\", \"arguments\": {\"path\": \"%s\"}}",
             machine_disk_path(DISK_SLOT));
    answer = machine_qmp_try(command);
    if (answer == NULL) {
        puts("this QEMU has no x-query-virtio-status: its view was not asked for");
        return;
    }
    CHECK_TEXT(answer, "VIRTIO_CONFIG_S_DRIVER_OK");
    guest = strstr(answer, "\"guest-features\": {");
    CHECK(guest != NULL);
    end = strchr(guest, '}');
    CHECK(end != NULL);
    for (const char *p = guest; p < end; p++)
        device += strncmp(p, "VIRTIO_BLK_F_", 13) == 0;
    CHECK_NUMBER(count_known(guest, end, d), device);
    guest = strstr(guest, "VIRTIO_F_VERSION_1");
    CHECK((guest != NULL && guest < end) == !vwr_dev_is_legacy(d));
}

/* All features that this QEMU offers and that the driver can use without extra code. */
static void check_default(struct disk *d, bool legacy)
{
    static const uint8_t taken[] = {VWR_BLK_F_SEG_MAX, VWR_BLK_F_GEOMETRY,    VWR_BLK_F_BLK_SIZE,
                                    VWR_BLK_F_FLUSH,   VWR_BLK_F_CONFIG_WCE,  VWR_BLK_F_TOPOLOGY,
                                    VWR_BLK_F_DISCARD, VWR_BLK_F_WRITE_ZEROES};
    const struct vwr_dev *dev = &d->found.dev;

    for (size_t i = 0; i < sizeof(taken); i++)
        if (!vwr_dev_has(dev, taken[i]))
            check_failed(__FILE__, __LINE__, "feature bit %u was not taken", taken[i]);
    CHECK(vwr_dev_has(dev, VWR_F_VERSION_1) == !legacy);
    CHECK(vwr_dev_has(dev, VWR_F_RING_RESET) == !legacy);
    CHECK(!legacy ||
          vwr_features_have(&dev->offered, VWR_F_ANY_LAYOUT) == vwr_dev_has(dev, VWR_F_ANY_LAYOUT));
    disk_check_kind(dev, DISK_INDIRECT | DISK_EVENT | (legacy ? 0 : DISK_PACKED));
    CHECK(!vwr_dev_has(dev, VWR_BLK_F_RO) && !vwr_dev_has(dev, VWR_BLK_F_SCSI));
    check_negotiated(dev);
    disk_close(d);
}

static void check_avoid(struct disk *d)
{
    struct vwr_blk_options o = {0};

    vwr_features_add(&o.avoid, VWR_BLK_F_FLUSH);
    vwr_features_add(&o.avoid, VWR_BLK_F_CONFIG_WCE);
    vwr_features_add(&o.avoid, VWR_BLK_F_BLK_SIZE);
    vwr_features_add(&o.need, VWR_BLK_F_SEG_MAX);
    disk_open(d, &o);
    CHECK(!vwr_dev_has(&d->found.dev, VWR_BLK_F_FLUSH));
    check_negotiated(&d->found.dev);
    CHECK_NUMBER(d->blk.info.write_cache, 0);
    CHECK_NUMBER(d->blk.info.block_bytes, 512);
    (void)bus_counts();
    DISK_OK(d, vwr_blk_flush(&d->blk)); /* nothing is cached, so a flush does nothing */
    CHECK_NUMBER(bus_counts().notifies, 0);
    disk_read_check(d, 'A', 0, 8);
    disk_close(d);
}

/* An unmet requirement: the driver reports it and sets FAILED, and after a reset the device works as new. */
static void check_need(struct disk *d, unsigned bit, const char *part)
{
    struct vwr_blk_options o = {0};

    vwr_features_add(&o.need, bit);
    DISK_RESULT(d, vwr_blk_open_with(&d->blk, &d->found.dev, &d->memory, &o), VWR_EFEATURE);
    DISK_EXPLAINS(d, part);
    CHECK((bus_written(DISK_SLOT, VWR_MMIO_STATUS) & VWR_STATUS_FAILED) != 0);
    DISK_RESULT(d, vwr_blk_open_with(&d->blk, &d->found.dev, &d->memory, NULL), VWR_EFAILED);
    disk_close(d);
}

void case_features(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 8", "file=disk.img", "packed=on"); /* a legacy device does not report it */
    check_default(&d, legacy);
    check_avoid(&d);
    check_need(&d, VWR_BLK_F_RO, "feature RO (bit 5) is required");
    check_need(&d, VWR_BLK_F_SECURE_ERASE, "does not offer it");
    check_need(&d, VWR_F_SR_IOV,
               legacy ? "a legacy device has no such bit" : "this driver does not support it");
    if (legacy) {
        check_need(&d, VWR_F_VERSION_1, "a legacy device has no such bit");
        check_need(&d, VWR_F_RING_PACKED, "a legacy device has no such bit");
    } else {
        check_need(&d, VWR_F_ACCESS_PLATFORM, "does not offer it");
        check_need(&d, VWR_F_IN_ORDER, "does not offer it");
    }
    disk_open(&d, NULL);
    disk_read_check(&d, 'A', 0, 8);
    disk_close(&d);
    machine_stop();
}

void case_config_change(bool legacy)
{
    struct disk d;

    disk_begin(&d, legacy, "A 0 2048", "file=disk.img", "");
    CHECK_NUMBER(vwr_dev_irq(&d.found.dev), 0);
    (void)machine_qmp(
        "{\"execute\": \"block_resize\", \"arguments\": {\"device\": \"d31\", \"size\": 524288}}");
    CHECK((vwr_dev_irq(&d.found.dev) & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) !=
          0);                                   /* QEMU reports "used" too */
    CHECK_NUMBER(vwr_dev_irq(&d.found.dev), 0); /* acknowledged by the call before */
    disk_read_check(&d, 'A', 1000, 24);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 1024, guest_alloc(SECTOR_BYTES), 1),
                VWR_EIO); /* the driver cannot know */
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 1023, guest_alloc(2 * SECTOR_BYTES), 2), VWR_EIO);
    disk_read_check(&d, 'A', 1023, 1);
    disk_close(&d);
    CHECK_NUMBER(vwr_dev_irq(&d.found.dev), 0);
    disk_open(&d, NULL);
    CHECK_NUMBER(d.blk.info.sectors, 1024);
    DISK_RESULT(&d, vwr_blk_read(&d.blk, 1024, guest_alloc(SECTOR_BYTES), 1), VWR_ERANGE);
    disk_read_check(&d, 'A', 0, 1024);
    disk_close(&d);
    machine_stop();
    image_check("disk.img", "A 0 1024");
}
