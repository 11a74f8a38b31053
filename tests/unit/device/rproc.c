/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "../../common/random.h"
#include "../../common/rsc_tables.h"
#include "vwr/gen/status.h"
#include "vwr/vrproc.h"

#include <stdlib.h>
#include <string.h>

/*
 * Resource tables, and the box in one. The host is this file: it accesses the bytes of the table with the
 * offsets of linux/remoteproc.h.
 */

#define TABLE_BYTES 512u
#define RUN (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK)
#define VDEV_ID 9u
#define FIRST_ID 20u
#define MUTANTS 100000u

/* Offsets in the table of the box: one entry, after one offset. */
enum {
    ENTRY = 20,
    DFEATURES = 32,
    GFEATURES = 36,
    STATUS = 44,
    VRING = 48,
    CONFIG = VRING + 20 * BOX_QUEUES
};

static struct {
    uint8_t bytes[TABLE_BYTES] __attribute__((aligned(8)));
    struct vwr_rsc_table table;
    struct vwr_vrproc r;
    unsigned kicks[BOX_QUEUES];
    unsigned changes;
    unsigned released;
} host;

static uint32_t word(unsigned at)
{
    uint32_t v;

    memcpy(&v, host.bytes + at, sizeof(v));
    return v;
}

static void set_word(unsigned at, uint32_t v)
{
    memcpy(host.bytes + at, &v, sizeof(v));
}

static void on_kick(void *context, uint32_t notifyid)
{
    assert_ptr_equal(context, &host);
    if (notifyid == VDEV_ID) {
        host.changes++;
    } else {
        assert_in_range(notifyid, FIRST_ID, FIRST_ID + BOX_QUEUES - 1);
        host.kicks[notifyid - FIRST_ID]++;
    }
}

static void on_released(void *context)
{
    assert_ptr_equal(context, &host);
    host.released++;
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    vwr_vdev_serve(v, queue);
}

static void build(void)
{
    struct vwr_rsc_vring vring[BOX_QUEUES];
    struct vwr_rsc_device d;

    for (unsigned i = 0; i < BOX_QUEUES; i++)
        vring[i] = (struct vwr_rsc_vring){VWR_RSC_ANY, 4096, 0, FIRST_ID + i};
    assert_int_equal(vwr_vrproc_describe(&box.dev, vring, BOX_QUEUES, &d), VWR_OK);
    d.notifyid = VDEV_ID;
    assert_int_equal(vwr_rsc_build(host.bytes, sizeof(host.bytes), &d, 1), VWR_OK);
    assert_int_equal(vwr_rsc_read(&host.table, host.bytes, sizeof(host.bytes), NULL, 0), VWR_OK);
}

static int init(struct vwr_vdev *v, unsigned index)
{
    const struct vwr_vrproc_setup s = {.v = v,
                                       .table = &host.table,
                                       .index = index,
                                       .kick = on_kick,
                                       .released = on_released,
                                       .context = &host};

    return vwr_vrproc_init(&host.r, &s);
}

static void plug(struct guest *g)
{
    struct vwr_vdev_setup s;

    memset(&host, 0, sizeof(host));
    memset(&box, 0, sizeof(box));
    box_setup(g, &s);
    s.shm_count = 0;
    g->ops.again = on_again;
    assert_int_equal(box_init(&box, &s), VWR_OK);
    for (unsigned i = 0; i < BOX_CONFIG; i++)
        box.config[i] = (uint8_t)(0x10 + i);
    build();
    assert_int_equal(init(&box.dev, 0), VWR_OK);
    g->dev = &box.dev;
    g->queues = BOX_QUEUES;
}

static void unplug(struct guest *g)
{
    (void)g;
}

static void set_status(uint8_t status)
{
    host.bytes[STATUS] = status;
    (void)vwr_vrproc_notified(&host.r, VDEV_ID);
}

/* As Linux: what the host writes before DRIVER_OK. */
static void prepare(struct guest *g)
{
    guest_clear_rings(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        guest_lay_out(g, i, GUEST_QUEUE_MAX);
        set_word(VRING + 20 * i, (uint32_t)g->q[i].desc);
        set_word(VRING + 20 * i + 4, 4096);
        set_word(VRING + 20 * i + 8, GUEST_QUEUE_MAX);
        set_word(VRING + 20 * i + 12, FIRST_ID + i);
    }
    set_word(GFEATURES, 1u << BOX_F_SWITCH);
}

static void start(struct guest *g)
{
    set_status(0);
    prepare(g);
    set_status(RUN);
}

/* Asks, and kicks only the vring. */
static bool ask(struct guest *g, unsigned queue)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    const unsigned before = host.kicks[queue];
    uint32_t id, len;

    (void)guest_chain(g, queue, &d, 1);
    assert_true(vwr_vrproc_notified(&host.r, FIRST_ID + queue));
    return guest_used(g, queue, &id, &len) && len == 3 && host.kicks[queue] == before + 1;
}

static void works(struct guest *g)
{
    build(); /* the firmware has restarted */
    set_status(0);
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
    assert_false(box.dev.broken);
    assert_int_equal(host.bytes[STATUS], RUN);
}

static const struct hostile_device in_a_table = {plug, works, unplug};

/* ---- tables ---- */

static void take(const uint8_t *bytes, size_t count)
{
    memset(host.bytes, 0, sizeof(host.bytes));
    rsc_copy(host.bytes, bytes, count);
}

static int read_table(size_t bytes)
{
    return vwr_rsc_read(&host.table, host.bytes, bytes, NULL, 0);
}

static void is_vring(const struct vwr_rsc_vdev *d, unsigned index, uint32_t da, uint32_t align, uint32_t num,
                     uint32_t notifyid)
{
    struct vwr_rsc_vring vring;

    assert_int_equal(vwr_rsc_vring(d, index, &vring), VWR_RSC_OK);
    assert_int_equal(vring.da, da);
    assert_int_equal(vring.align, align);
    assert_int_equal(vring.num, num);
    assert_int_equal(vring.notifyid, notifyid);
}

/* All that OpenAMP and Zephyr say of a device of theirs, which sends messages (id 7). */
static void is_theirs(const uint8_t *bytes, size_t count, uint32_t notifyid, struct vwr_rsc_vdev *d)
{
    struct vwr_rsc_vring vring;

    take(bytes, count);
    assert_int_equal(read_table(count), VWR_OK);
    assert_int_equal(vwr_rsc_find(&host.table, 0, d), VWR_OK);
    assert_int_equal(vwr_rsc_find(&host.table, 1, &(struct vwr_rsc_vdev){0}), VWR_ENODEV);
    assert_int_equal(d->id, 7);
    assert_int_equal(d->notifyid, notifyid);
    assert_int_equal(d->vrings, 2);
    assert_int_equal(d->config_bytes, 0);
    assert_int_equal(vwr_rsc_load32(d->at, VWR_RSC_VDEV_DFEATURES), 1);
    assert_int_equal(vwr_rsc_load32(d->at, VWR_RSC_VDEV_GFEATURES), 0);
    assert_int_equal(vwr_rsc_vring(d, 2, &vring), VWR_RSC_BAD_VRINGS);
}

static void reads_tables_of_others(struct guest *g, long long at)
{
    static const struct vwr_rsc_range here = {0x3ed40000, 0x8000};
    static const struct vwr_rsc_range less = {0x3ed40000, 0x6800};
    struct vwr_rsc_vdev d;

    (void)g;
    (void)at;
    is_theirs(rsc_microblaze, sizeof(rsc_microblaze), 31, &d);
    is_vring(&d, 0, 0x3ed40000, 4096, 256, 1);
    is_vring(&d, 1, 0x3ed44000, 4096, 256, 2);
    assert_int_equal(vwr_rsc_read(&host.table, host.bytes, sizeof(rsc_microblaze), &here, 1), VWR_OK);
    assert_int_equal(vwr_rsc_read(&host.table, host.bytes, sizeof(rsc_microblaze), &less, 1), VWR_EPROTO);
    assert_int_equal(host.table.error, VWR_RSC_BAD_PLACE);
    assert_int_equal(host.table.got, 0x3ed44000);
    is_theirs(rsc_zynqmp, sizeof(rsc_zynqmp), 31, &d);
    is_vring(&d, 0, VWR_RSC_ANY, 4096, 256, 1);
    is_vring(&d, 1, VWR_RSC_ANY, 4096, 256, 2);
    is_theirs(rsc_zephyr, sizeof(rsc_zephyr), 0, &d);
    is_vring(&d, 0, VWR_RSC_ANY, 16, 8, 0);
    is_vring(&d, 1, VWR_RSC_ANY, 16, 8, 1);
    assert_int_equal(host.table.entries, 2);
    assert_int_equal(host.table.entry[1].type, VWR_RSC_TRACE);
    assert_int_equal(host.table.entry[1].bytes, sizeof(rsc_zephyr) - 0x5c);
}

/* Our table of the same device has the same bytes. */
static void builds_an_entry_of_others(struct guest *g, long long at)
{
    static const struct vwr_rsc_vring vring[] = {{0x3ed40000, 4096, 256, 1}, {0x3ed44000, 4096, 256, 2}};
    static const struct vwr_rsc_device d = {
        .id = 7, .notifyid = 31, .features = 1, .vring = vring, .vrings = 2};
    const size_t bytes = vwr_rsc_bytes(&d, 1);
    uint8_t theirs[sizeof(rsc_microblaze)];

    (void)g;
    (void)at;
    rsc_copy(theirs, rsc_microblaze, sizeof(theirs));
    memset(host.bytes, 0xff, sizeof(host.bytes));
    assert_int_equal(bytes, 16 + 4 + sizeof(rsc_microblaze) - 48);
    assert_int_equal(vwr_rsc_build(host.bytes, bytes - 1, &d, 1), VWR_ENOMEM);
    assert_int_equal(vwr_rsc_build(host.bytes + 2, bytes, &d, 1), VWR_ENOMEM);
    assert_int_equal(vwr_rsc_build(host.bytes, bytes, &d, 1), VWR_OK);
    assert_memory_equal(host.bytes, theirs, 16);
    assert_int_equal(word(16), 20);
    assert_memory_equal(host.bytes + 20, theirs + 48, sizeof(theirs) - 48);
    assert_int_equal(host.bytes[bytes], 0xff);
}

/* Two devices, one of which has a configuration of an odd length. */
static void builds_several(struct guest *g, long long at)
{
    static const struct vwr_rsc_vring vring[] = {{VWR_RSC_ANY, 16, 4, VWR_RSC_ANY}};
    struct vwr_rsc_device d[] = {{.id = 1, .vring = vring, .vrings = 1, .config = "abcde", .config_bytes = 5},
                                 {.id = 2, .notifyid = VWR_RSC_ANY}};
    const struct vwr_rsc_vring bad[] = {{VWR_RSC_ANY, 16, 3, 0}, {VWR_RSC_ANY, 24, 4, 0}, {24, 16, 4, 0}};
    struct vwr_rsc_vdev found;

    (void)g;
    (void)at;
    assert_int_equal(vwr_rsc_build(host.bytes, sizeof(host.bytes), d, 2), VWR_OK);
    assert_int_equal(read_table(vwr_rsc_bytes(d, 2)), VWR_OK);
    assert_int_equal(vwr_rsc_find(&host.table, 0, &found), VWR_OK);
    assert_int_equal(found.config_bytes, 5);
    assert_memory_equal(vwr_rsc_vring_at(&found, found.vrings), "abcde", 5);
    assert_int_equal(vwr_rsc_find(&host.table, 1, &found), VWR_OK);
    assert_int_equal(found.id, 2);
    for (unsigned i = 0; i < 3; i++) {
        d[0].vring = &bad[i];
        assert_int_equal(vwr_rsc_build(host.bytes, sizeof(host.bytes), d, 2), VWR_EINVAL);
    }
    d[0].vrings = VWR_RSC_VRINGS_MAX + 1;
    assert_int_equal(vwr_rsc_build(host.bytes, sizeof(host.bytes), d, 2), VWR_EINVAL);
    assert_int_equal(vwr_rsc_build(host.bytes, sizeof(host.bytes), d, VWR_RSC_ENTRIES_MAX + 1), VWR_EINVAL);
}

/* One word of a table of others is wrong. */
static const struct {
    const uint8_t *table;
    unsigned bytes;
    unsigned at;
    uint32_t value;
    enum vwr_rsc_error error;
    uint32_t where;
    uint32_t got;
} wrong[] = {
#define BYTES 0x48 /* a word that is 4 bytes: the status, the number of rings, 0, 0 */
#define MICROBLAZE rsc_microblaze, sizeof(rsc_microblaze)
#define ZEPHYR rsc_zephyr, sizeof(rsc_zephyr)
    {MICROBLAZE, 0, 0x01000000, VWR_RSC_BAD_ORDER, 0, 0x01000000},
    {MICROBLAZE, 0, 2, VWR_RSC_BAD_VERSION, 0, 2},
    {MICROBLAZE, 4, 33, VWR_RSC_BAD_NUM, 0, 33},
    {MICROBLAZE, 4, 0x40000001, VWR_RSC_BAD_NUM, 0, 0x40000001},
    {MICROBLAZE, 4, 26, VWR_RSC_BAD_BYTES, 0, sizeof(rsc_microblaze)},
    {MICROBLAZE, 4, 25, VWR_RSC_BAD_OFFSET, 0, 0x30}, /* within the offsets */
    {MICROBLAZE, 8, 1, VWR_RSC_BAD_RESERVED, VWR_RSC_ANY, 1},
    {MICROBLAZE, 12, 0x80000000, VWR_RSC_BAD_RESERVED, VWR_RSC_ANY, 0x80000000},
    {MICROBLAZE, 16, 16, VWR_RSC_BAD_OFFSET, 0, 16},
    {MICROBLAZE, 16, 0x32, VWR_RSC_BAD_OFFSET, 0, 0x32},
    {MICROBLAZE, 16, sizeof(rsc_microblaze), VWR_RSC_BAD_OFFSET, 0, sizeof(rsc_microblaze)},
    {MICROBLAZE, 16, 0xfffffffc, VWR_RSC_BAD_OFFSET, 0, 0xfffffffc},
    {MICROBLAZE, 0x30, VWR_RSC_TRACE, VWR_RSC_OK, 0, 0},
    {MICROBLAZE, 0x30, VWR_RSC_CARVEOUT, VWR_RSC_OK, 0, 0},
    {MICROBLAZE, 0x30, 200, VWR_RSC_OK, 0, 0}, /* of a vendor */
    {MICROBLAZE, 0x44, 4, VWR_RSC_BAD_LENGTH, 0, 4},
    {MICROBLAZE, 0x44, 0xffffffff, VWR_RSC_BAD_LENGTH, 0, 0xffffffff},
    {MICROBLAZE, BYTES, 0x0300, VWR_RSC_BAD_LENGTH, 0, 0},
    {MICROBLAZE, BYTES, 0x2100, VWR_RSC_BAD_VRINGS, 0, 33},
    {MICROBLAZE, BYTES, 0xff00, VWR_RSC_BAD_VRINGS, 0, 255},
    {MICROBLAZE, BYTES, 0x010200, VWR_RSC_BAD_RESERVED, 0, 1},
    {MICROBLAZE, BYTES, 0x01000200, VWR_RSC_BAD_RESERVED, 0, 0x100},
    {MICROBLAZE, 0x4c, 0x3ed40010, VWR_RSC_BAD_PLACE, 0, 0x3ed40010},
    {MICROBLAZE, 0x4c, 0xfffff000, VWR_RSC_BAD_PLACE, 0, 0xfffff000}, /* its end wraps */
    {MICROBLAZE, 0x4c, 0x3ed43000, VWR_RSC_BAD_SHARED, 1, 0x3ed44000},
    {MICROBLAZE, 0x50, 0, VWR_RSC_BAD_ALIGN, 0, 0},
    {MICROBLAZE, 0x50, 2, VWR_RSC_BAD_ALIGN, 0, 2},
    {MICROBLAZE, 0x50, 24, VWR_RSC_BAD_ALIGN, 0, 24},
    {MICROBLAZE, 0x50, 0x2000, VWR_RSC_BAD_ALIGN, 0, 0x2000},
    {MICROBLAZE, 0x54, 0, VWR_RSC_BAD_SIZE, 0, 0},
    {MICROBLAZE, 0x54, 255, VWR_RSC_BAD_SIZE, 0, 255},
    {MICROBLAZE, 0x54, 0x10000, VWR_RSC_BAD_SIZE, 0, 0x10000},
    {MICROBLAZE, 0x54, 0x80000000, VWR_RSC_BAD_SIZE, 0, 0x80000000},
    {MICROBLAZE, 0x54, 1024, VWR_RSC_BAD_SHARED, 1, 0x3ed44000},
    {MICROBLAZE, 0x60, 0x3ed40000, VWR_RSC_BAD_SHARED, 1, 0x3ed40000},
    {ZEPHYR, 20, 0x18, VWR_RSC_BAD_OVERLAP, 1, 0x18},
    {ZEPHYR, 20, 0x54, VWR_RSC_BAD_OVERLAP, 1, 0x54},
    {ZEPHYR, 20, 0x78, VWR_RSC_BAD_LENGTH, 1, sizeof(rsc_zephyr) - 0x78},
    {ZEPHYR, 0x5c, VWR_RSC_DEVMEM, VWR_RSC_BAD_LENGTH, 1, sizeof(rsc_zephyr) - 0x5c},
    {ZEPHYR, 0x2c, 1, VWR_RSC_BAD_OVERLAP, 1, 0x5c},
};

static void refuses_wrong_tables(struct guest *g, long long at)
{
    char text[VWR_RSC_TEXT_BYTES];

    (void)g;
    (void)at;
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const bool is_version = wrong[i].error == VWR_RSC_BAD_ORDER || wrong[i].error == VWR_RSC_BAD_VERSION;

        take(wrong[i].table, wrong[i].bytes);
        set_word(wrong[i].at, wrong[i].at == BYTES ? vwr_le32_to_cpu(wrong[i].value) : wrong[i].value);
        assert_int_equal(read_table(wrong[i].bytes), wrong[i].error == VWR_RSC_OK ? VWR_OK
                                                     : is_version                 ? VWR_EVERSION
                                                                                  : VWR_EPROTO);
        assert_int_equal(host.table.error, wrong[i].error);
        assert_int_equal(host.table.where, wrong[i].where);
        assert_int_equal(host.table.got, wrong[i].got);
        assert_in_range(vwr_rsc_explain(&host.table, text, sizeof(text)), 10, sizeof(text) - 1);
        if (wrong[i].error != VWR_RSC_OK)
            assert_int_equal(host.table.entries, 0);
    }
    for (unsigned bytes = 0; bytes < sizeof(rsc_zephyr); bytes++) {
        take(rsc_zephyr, sizeof(rsc_zephyr));
        assert_int_equal(read_table(bytes), VWR_EPROTO);
    }
    assert_int_equal(vwr_rsc_read(&host.table, host.bytes + 1, 256, NULL, 0), VWR_EPROTO);
    assert_int_equal(host.table.error, VWR_RSC_BAD_BASE);
}

/* A table that was checked, and that the other processor has changed since. */
static void sees_changed_entries(struct guest *g, long long at)
{
    struct vwr_rsc_vring vring;
    struct vwr_rsc_vdev d;

    (void)g;
    (void)at;
    is_theirs(rsc_microblaze, sizeof(rsc_microblaze), 31, &d);
    set_word(0x54, 3);
    assert_int_equal(vwr_rsc_vring(&d, 0, &vring), VWR_RSC_BAD_SIZE);
    host.bytes[0x49] = 200;
    assert_int_equal(vwr_rsc_find(&host.table, 0, &d), VWR_EPROTO);
    host.bytes[0x49] = 1; /* even if it is shorter */
    assert_int_equal(vwr_rsc_find(&host.table, 0, &d), VWR_EPROTO);
    host.bytes[0x49] = 2;
    set_word(0x30, VWR_RSC_TRACE);
    assert_int_equal(vwr_rsc_find(&host.table, 0, &d), VWR_EPROTO);
}

/* ---- the device in a table ---- */

static void refuses_other_entries(struct guest *g, long long at)
{
    void (*const again)(struct vwr_vm *, struct vwr_vdev *, uint16_t) = g->ops.again;

    (void)at;
    assert_int_equal(init(&box.dev, 1), VWR_ENODEV);
    set_word(ENTRY + 4, BOX_ID + 1);
    assert_int_equal(init(&box.dev, 0), VWR_ETYPE);
    set_word(ENTRY + 4, BOX_ID);
    set_word(DFEATURES, word(DFEATURES) | 1u << 30);
    assert_int_equal(init(&box.dev, 0), VWR_EINVAL);
    build();
    g->ops.again = NULL;
    assert_int_equal(init(&box.dev, 0), VWR_EINVAL);
    g->ops.again = again;
    box.dev.legacy = false;
    assert_int_equal(init(&box.dev, 0), VWR_EINVAL);
    box.dev.legacy = true;
    host.bytes[STATUS + 1]--;
    assert_int_equal(init(&box.dev, 0), VWR_EPROTO);
    build();
    box.dev.config_bytes -= 4;
    assert_int_equal(init(&box.dev, 0), VWR_EINVAL);
    box.dev.config_bytes += 4;
    set_word(DFEATURES, 0); /* the table has the last word */
    assert_int_equal(init(&box.dev, 0), VWR_OK);
    start(g);
    assert_int_equal(box.dev.accepted.w[0], 0);
    set_status(0);
    box.dev.offered.w[0] = 1u << BOX_F_SWITCH | 1u << BOX_F_EARLY;
    build();
    assert_int_equal(init(&box.dev, 0), VWR_OK);
}

/* Linux kicks only vrings, and writes the status in steps. */
static void serves_linux(struct guest *g, long long at)
{
    (void)at;
    prepare(g);
    host.bytes[STATUS] = VWR_STATUS_ACKNOWLEDGE;
    host.bytes[STATUS] |= VWR_STATUS_DRIVER;
    set_word(GFEATURES, 1u << BOX_F_SWITCH | 1u << 20); /* which was not offered */
    host.bytes[STATUS] |= VWR_STATUS_DRIVER_OK;
    assert_true(ask(g, 1));
    assert_int_equal(box.dev.accepted.w[0], 1u << BOX_F_SWITCH);
    assert_int_equal(host.bytes[STATUS], RUN);
    host.bytes[STATUS] = 0;
    vwr_vrproc_poll(&host.r);
    assert_false(box.dev.live);
    assert_int_equal(box.resets, 1);
    assert_int_equal(host.released, 1);
}

/* OpenAMP's driver sets only DRIVER_OK, and resets a device with DEVICE_NEEDS_RESET. */
static void serves_openamp(struct guest *g, long long at)
{
    (void)at;
    prepare(g);
    set_status(VWR_STATUS_DRIVER_OK);
    assert_true(ask(g, 0));
    set_status(VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(box.resets, 1);
    assert_false(box.dev.live);
    assert_int_equal(host.released, 1);
    prepare(g);
    set_status(VWR_STATUS_DRIVER_OK);
    assert_true(ask(g, 2));
}

/* A mailbox that has no numbers; buffers that were available before DRIVER_OK. */
static void serves_without_numbers(struct guest *g, long long at)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    uint32_t id, len;

    (void)at;
    prepare(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        (void)guest_chain(g, i, &d, 1);
    assert_true(vwr_vrproc_notified(&host.r, FIRST_ID));
    assert_false(guest_used(g, 0, &id, &len));
    set_status(RUN);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(guest_used(g, i, &id, &len));
    (void)guest_chain(g, 1, &d, 1);
    assert_true(vwr_vrproc_notified(&host.r, VWR_RSC_ANY));
    assert_true(guest_used(g, 1, &id, &len));
    assert_false(vwr_vrproc_notified(&host.r, 1));
    set_word(VRING + 12, 77); /* while the device runs, its numbers are those of the start */
    assert_true(ask(g, 0));
}

static void keeps_its_configuration(struct guest *g, long long at)
{
    (void)at;
    assert_memory_equal(host.bytes + CONFIG, box.config, BOX_CONFIG);
    start(g);
    host.bytes[CONFIG + BOX_FIXED] = 99;
    host.bytes[CONFIG + BOX_TOGGLE] = 1;
    assert_true(vwr_vrproc_notified(&host.r, VDEV_ID));
    assert_int_equal(box.config[BOX_FIXED], 0x10);
    assert_int_equal(box.config[BOX_TOGGLE], 1);
    assert_int_equal(box.written, 1);
    assert_int_equal(box.written_at, BOX_TOGGLE);
    assert_int_equal(host.bytes[CONFIG + BOX_FIXED], 0x10); /* published again */
    box.config[BOX_COUNTER] = 5;
    vwr_vdev_lock(&box.dev);
    vwr_vdev_config_changed(&box.dev);
    vwr_vdev_unlock(&box.dev);
    assert_int_equal(host.bytes[CONFIG + BOX_COUNTER], 5);
    assert_int_equal(host.changes, 1);
    set_status(0);
    box.config[BOX_COUNTER] = 6; /* without a driver */
    vwr_vrproc_poll(&host.r);
    assert_int_equal(host.bytes[CONFIG + BOX_COUNTER], 6);
}

/* Vrings that no device can have: it fails, shows that, and accesses nothing. */
static void refuses_vrings(struct guest *g, long long at)
{
    static const struct {
        unsigned offset;
        uint32_t value;
    } bad[] = {{0, (uint32_t)GUEST_END},
               {0, (uint32_t)GUEST_END - 4096},
               {0, 16},
               {0, (uint32_t)GUEST_LOW + 8},
               {4, 8192},
               {4, 0},
               {8, 3},
               {8, 2 * GUEST_QUEUE_MAX},
               {8, 0x80000000}};

    prepare(g);
    set_word(VRING + 20 + bad[at].offset, bad[at].value);
    set_status(RUN);
    assert_true(box.dev.broken);
    assert_int_equal(host.bytes[STATUS], RUN | VWR_STATUS_DEVICE_NEEDS_RESET);
    assert_int_equal(host.changes, 1);
    assert_false(box.dev.queue[1].ready);
    vwr_vrproc_poll(&host.r);
    assert_true(box.dev.broken);
}

static void fails_visibly(struct guest *g, long long at)
{
    (void)at;
    start(g);
    vwr_vdev_needs_reset(&box.dev);
    assert_int_equal(host.bytes[STATUS], RUN | VWR_STATUS_DEVICE_NEEDS_RESET);
    set_status(0);
    start(g);
    host.bytes[STATUS] = 0; /* the host resets it at this moment: it stays 0 */
    vwr_vdev_needs_reset(&box.dev);
    assert_int_equal(host.bytes[STATUS], 0);
    vwr_vrproc_poll(&host.r);
    assert_false(box.dev.broken);
    start(g);
    set_status(RUN | VWR_STATUS_FAILED);
    assert_true((box.dev.status & VWR_STATUS_FAILED) != 0);
    assert_int_equal(host.released, 5); /* the status was 0 five times */
}

/* A vring without a place is a queue that the host does not use. */
static void leaves_out_queues(struct guest *g, long long at)
{
    prepare(g);
    set_word(VRING + 20, at != 0 ? VWR_RSC_ANY : 0);
    set_status(RUN);
    assert_true(ask(g, 0));
    assert_true(ask(g, 2));
    assert_false(box.dev.queue[1].ready);
    assert_false(box.dev.broken);
}

/* ---- mutants ---- */

static uint64_t dice = 1;

static uint32_t odd(void)
{
    static const uint32_t values[] = {0,   1,   2,    3,          4,          7,         16,
                                      255, 256, 4096, 0x7fffffff, 0x80000000, 0xffffffff};

    return values[random_below(&dice, sizeof(values) / sizeof(values[0]))];
}

static void mutate(uint8_t *bytes, size_t count)
{
    for (unsigned n = 1 + random_below(&dice, 4); n > 0; n--) {
        const uint32_t at = random_below(&dice, (uint32_t)count);
        const uint32_t value = odd();

        if (random_below(&dice, 2) == 0)
            bytes[at] = (uint8_t)random_below(&dice, 256);
        else if ((at & ~3u) + 4 <= count)
            memcpy(bytes + (at & ~3u), &value, sizeof(value));
    }
}

/* A table that was accepted: all that it has is inside, and no two parts overlap. */
static void is_sound(const struct vwr_rsc_table *t, size_t count)
{
    struct vwr_rsc_vring vring;
    struct vwr_rsc_vdev d;

    for (unsigned i = 0; vwr_rsc_find(t, i, &d) == VWR_OK; i++) {
        const size_t begin = (size_t)(d.at - t->base);

        assert_true(i < t->entries);
        assert_true(begin % 4 == 0 && begin >= 20);
        assert_true(begin + 28 + 20 * d.vrings + (size_t)d.config_bytes <= count);
        for (unsigned k = 0; k < d.vrings; k++) {
            assert_int_equal(vwr_rsc_vring(&d, k, &vring), VWR_RSC_OK);
            assert_true(vring.num != 0 && (vring.num & (vring.num - 1)) == 0 && vring.num <= 32768);
            assert_true(vring.align >= 4 && vring.align <= 4096);
        }
    }
}

/* The host scribbles into the table of a running device. */
static void scribble(struct guest *g)
{
    for (unsigned i = random_below(&dice, 6); i > 0; i--) {
        mutate(host.bytes + ENTRY, CONFIG + BOX_CONFIG - ENTRY);
        if (random_below(&dice, 3) == 0)
            prepare(g);
        if (random_below(&dice, 2) == 0)
            host.bytes[STATUS] = RUN;
        (void)vwr_vrproc_notified(&host.r, random_below(&dice, 2) ? VWR_RSC_ANY : FIRST_ID);
    }
}

static void any_kick(void *context, uint32_t notifyid)
{
    (void)context;
    (void)notifyid;
}

/* MUTANTS=N: so many of each table. */
static void survives_mutants(struct guest *g, long long at)
{
    static const struct {
        const uint8_t *bytes;
        size_t count;
    } seeds[] = {{MICROBLAZE}, {ZEPHYR}, {rsc_zynqmp, 128}};
    const char *const more = getenv("MUTANTS");
    const unsigned count = more != NULL ? (unsigned)atoi(more) : MUTANTS;
    unsigned accepted = 0;

    (void)at;
    host.r.kick = any_kick;
    for (unsigned i = 0; i < count; i++) {
        const size_t bytes = seeds[i % 3].count;
        uint8_t *const exact = malloc(bytes); /* an access beyond it is an error */
        struct vwr_rsc_table t;

        assert_non_null(exact);
        rsc_copy(exact, seeds[i % 3].bytes, bytes);
        mutate(exact, bytes);
        if (vwr_rsc_read(&t, exact, bytes, NULL, 0) == VWR_OK) {
            is_sound(&t, bytes);
            accepted++;
        }
        free(exact);
        box.serves = 0;
        scribble(g);
    }
    assert_in_range(accepted, count / 10, count);
    host.r.kick = on_kick;
}

#define HEADER "header vwr/vrproc.h"
#define ALL            \
    HOSTILE_LEGACY, 0, \
    {                  \
        0              \
    }

int main(void)
{
    static const struct hostile_case cases[] = {
        {"reads_tables_of_others", "header vwr/rsc.h", reads_tables_of_others, ALL},
        {"builds_an_entry_of_others", "header vwr/rsc.h", builds_an_entry_of_others, ALL},
        {"builds_several", "header vwr/rsc.h", builds_several, ALL},
        {"refuses_wrong_tables", "header vwr/rsc.h", refuses_wrong_tables, ALL},
        {"sees_changed_entries", "header vwr/rsc.h", sees_changed_entries, ALL},
        {"refuses_other_entries", HEADER, refuses_other_entries, ALL},
        {"serves_linux", HEADER, serves_linux, ALL},
        {"serves_openamp", HEADER, serves_openamp, ALL},
        {"serves_without_numbers", HEADER, serves_without_numbers, ALL},
        {"keeps_its_configuration", HEADER, keeps_its_configuration, ALL},
        {"refuses_vrings", HEADER, refuses_vrings, HOSTILE_LEGACY, 8, {0, 1, 2, 3, 4, 5, 6, 8}},
        {"refuses_sizes", HEADER, refuses_vrings, HOSTILE_LEGACY, 1, {7}},
        {"fails_visibly", HEADER, fails_visibly, ALL},
        {"leaves_out_queues", HEADER, leaves_out_queues, HOSTILE_LEGACY, 2, {0, 1}},
        {"survives_mutants", HEADER, survives_mutants, ALL},
    };

    return hostile_run("rproc", &in_a_table, cases, sizeof(cases) / sizeof(cases[0]));
}
