/* SPDX-License-Identifier: MIT */
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/rproc.h"
#include "world.h"

#include "../../common/rsc_tables.h"

#include <string.h>

/*
 * The driver's end of resource tables, most of them of OpenAMP and Zephyr. The other processor is this file:
 * it reads the bytes that the driver wrote, at the offsets of linux/remoteproc.h, and places the rings as
 * Linux does (vring_init of linux/virtio_ring.h).
 */

#define TABLE_BYTES 256u
#define RUN (VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK)
#define KICKS 16u
#define FIRST_ID 50u
#define FEATURE 0u /* of a device that sends messages */

static struct {
    uint8_t bytes[TABLE_BYTES] __attribute__((aligned(8)));
    struct vwr_rsc_table table;
    struct vwr_rproc r;
    uint32_t kicked[KICKS];
    unsigned kicks;
    unsigned begun, asked; /* calls of `released` */
    unsigned releases_at;  /* the call that returns true; 0: none */
} remote;

static void on_kick(void *context, uint32_t notifyid)
{
    assert_ptr_equal(context, &remote);
    if (remote.kicks < KICKS)
        remote.kicked[remote.kicks] = notifyid;
    remote.kicks++;
}

static bool on_released(void *context, bool begin)
{
    assert_ptr_equal(context, &remote);
    remote.begun += begin;
    remote.asked += !begin;
    return !begin && remote.releases_at != 0 && remote.asked >= remote.releases_at;
}

static const struct vwr_rproc_ops trusting = {.kick = on_kick};
static const struct vwr_rproc_ops waiting = {.kick = on_kick, .released = on_released};

static uint32_t word(unsigned at)
{
    uint32_t v;

    memcpy(&v, remote.bytes + at, sizeof(v));
    return v;
}

static void set_word(unsigned at, uint32_t v)
{
    memcpy(remote.bytes + at, &v, sizeof(v));
}

static int probe(const struct vwr_rproc_ops *ops, unsigned index)
{
    const struct vwr_rproc_setup s = {
        .table = &remote.table, .index = index, .ops = ops, .context = &remote, .first_notifyid = FIRST_ID};

    memset(&remote.r, 0xa5, sizeof(remote.r));
    return vwr_rproc_probe(&remote.r, &s);
}

static void load(const uint8_t *bytes, size_t count)
{
    memset(&remote, 0, sizeof(remote));
    rsc_copy(remote.bytes, bytes, count);
    assert_int_equal(vwr_rsc_read(&remote.table, remote.bytes, count, NULL, 0), VWR_OK);
}

/* A table, and offsets in it. */
struct form {
    const uint8_t *bytes;
    size_t count;
    unsigned entry;
    uint16_t num;
    uint32_t align;
};

static const struct form forms[] = {{rsc_zephyr, sizeof(rsc_zephyr), 0x18, 8, 16},
                                    {rsc_zynqmp, sizeof(rsc_zynqmp), 0x30, 256, 4096}};

enum { NOTIFYID = 8, DFEATURES = 12, GFEATURES = 16, STATUS = 24, VRING = 28 };

static void negotiate(void)
{
    struct vwr_features want = {{1u << FEATURE}};
    const struct vwr_feature_policy policy = {.want = &want};

    assert_int_equal(vwr_dev_negotiate(&remote.r.dev, &policy), VWR_OK);
}

static int add_queue(struct world *w, unsigned index, uint16_t size)
{
    world_memory(w, size);
    return vwr_dev_add_queue(&remote.r.dev, index, &w->queue, &w->memory, 0);
}

static void opened(struct world *w, const struct form *f, const struct vwr_rproc_ops *ops)
{
    load(f->bytes, f->count);
    assert_int_equal(probe(ops, 0), VWR_OK);
    negotiate();
    assert_int_equal(add_queue(w, 1, f->num), VWR_OK);
    assert_int_equal(vwr_dev_start(&remote.r.dev), VWR_OK);
}

/* The device uses the buffer that was made available first. Returns where the used ring is. */
static uint64_t use_first(const struct form *f, uint32_t da, uint32_t bytes)
{
    const uint64_t avail = da + 16u * f->num;
    const uint64_t used = (avail + 4 + 2u * f->num + 2 + f->align - 1) & ~(uint64_t)(f->align - 1);
    const uint32_t element[2] = {0, bytes};
    uint16_t idx, head;

    fake_ram_read(avail + 2, &idx, sizeof(idx));
    fake_ram_read(avail + 4, &head, sizeof(head));
    assert_int_equal(idx, 1);
    assert_int_equal(head, 0);
    fake_ram_write(used + 4, element, sizeof(element));
    fake_ram_write(used + 2, &idx, sizeof(idx));
    return used;
}

static void drives_devices_of_others(void **state)
{
    struct world *w = *state;

    for (unsigned i = 0; i < 2; i++) {
        const struct form *const f = &forms[i];
        struct vwr_seg seg = {fake_ram_dma(w->buffer, 64, &(size_t){0}), 64};
        struct vwr_chain chain = {0};
        struct vwr_chain *used = NULL;
        uint32_t da;

        opened(w, f, &trusting);
        assert_int_equal(remote.r.dev.type, 7);
        assert_true(vwr_dev_is_legacy(&remote.r.dev));
        assert_int_equal(word(f->entry + GFEATURES), 1u << FEATURE);
        assert_int_equal(remote.bytes[f->entry + STATUS], RUN);
        da = word(f->entry + VRING + 20);
        assert_int_equal(da, fake_ram_dma(w->memory.shared, 1, &(size_t){0}));
        assert_int_equal(word(f->entry + VRING), VWR_RSC_ANY); /* the driver has not used that queue */
        remote.kicks = 0;
        assert_int_equal(vwr_queue_add(&w->queue, &seg, 0, 1, &chain), VWR_OK);
        assert_true(vwr_queue_kick(&w->queue));
        assert_int_equal(remote.kicks, 1);
        assert_int_equal(remote.kicked[0], word(f->entry + VRING + 20 + 12));
        assert_int_equal(use_first(f, da, 9) % f->align, 0);
        assert_int_equal(vwr_queue_get_used(&w->queue, &used), 1);
        assert_ptr_equal(used, &chain);
        assert_int_equal(chain.written, 9);
        assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
        assert_int_equal(remote.bytes[f->entry + STATUS], 0);
        assert_int_equal(word(f->entry + VRING + 20), VWR_RSC_ANY); /* it may be elsewhere now */
    }
}

static bool says(const char *part)
{
    char text[256];

    (void)vwr_dev_explain(&remote.r.dev, text, sizeof(text));
    return strstr(text, part) != NULL;
}

static void refuses_other_sizes(void **state)
{
    struct world *w = *state;

    load(rsc_zephyr, sizeof(rsc_zephyr));
    assert_int_equal(probe(&trusting, 0), VWR_OK);
    assert_int_equal(vwr_dev_queue_size_max(&remote.r.dev, 0), 8);
    assert_int_equal(vwr_dev_queue_size_max(&remote.r.dev, 2), VWR_ENOQUEUE);
    negotiate();
    assert_int_equal(add_queue(w, 0, 4), VWR_ENOMEM);
    assert_true(says("the device has 8 descriptors"));
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    negotiate();
    assert_int_equal(add_queue(w, 0, 16), VWR_OK); /* of which it uses 8 */
    assert_int_equal(vwr_queue_size(&w->queue), 8);
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    set_word(0x18 + VRING + 8, 3); /* the firmware changes it */
    negotiate();
    assert_int_equal(add_queue(w, 0, 8), VWR_ENOQUEUE);
}

static uint64_t address;

static uint64_t elsewhere(const void *p, size_t n, size_t *run)
{
    (void)p;
    *run = n;
    return address;
}

static void keeps_to_places(void **state)
{
    static const struct vwr_rsc_range here = {0x3ed40000, 0x8000};
    static const struct {
        const uint8_t *bytes;
        size_t count;
        uint64_t address;
        int result;
    } rows[] = {{rsc_microblaze, sizeof(rsc_microblaze), 0x3ed40000, VWR_OK},
                {rsc_microblaze, sizeof(rsc_microblaze), 0x3ed41000, VWR_ERANGE},
                {rsc_microblaze, sizeof(rsc_microblaze), UINT64_C(0x13ed40000), VWR_ERANGE},
                {rsc_zynqmp, sizeof(rsc_zynqmp), 0x3ed42000, VWR_OK},
                {rsc_zynqmp, sizeof(rsc_zynqmp), 0x3ed46000, VWR_ERANGE}, /* its end is outside */
                {rsc_zynqmp, sizeof(rsc_zynqmp), 0x80000000, VWR_ERANGE},
                {rsc_zynqmp, sizeof(rsc_zynqmp), UINT64_C(0x100000000), VWR_ERANGE},
                {rsc_zynqmp, sizeof(rsc_zynqmp), 0, VWR_ERANGE}};
    struct world *w = *state;

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        load(rows[i].bytes, rows[i].count);
        assert_int_equal(vwr_rsc_read(&remote.table, remote.bytes, rows[i].count, &here, 1), VWR_OK);
        assert_int_equal(probe(&trusting, 0), VWR_OK);
        negotiate();
        address = rows[i].address;
        fake_ram_translate(elsewhere);
        assert_int_equal(add_queue(w, 0, 256), rows[i].result);
        fake_ram_translate(NULL);
        assert_true(rows[i].result == VWR_OK || says("the ring of queue 0 at 0x"));
    }
}

/* The other processor says when it has released the memory, or never does. */
static void releases_memory(void **state)
{
    (void)state;
    load(rsc_zephyr, sizeof(rsc_zephyr));
    assert_int_equal(probe(&waiting, 0), VWR_OK);
    remote.releases_at = 3;
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    assert_int_equal(remote.begun, 1);
    assert_int_equal(remote.asked, 3);
    remote.bytes[0x18 + STATUS] = RUN; /* nobody may write it: what counts is the hook */
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    assert_int_equal(remote.begun, 2);
    remote.releases_at = 0;
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_ETIMEOUT);
}

static void sees_restarts(void **state)
{
    static const uint8_t none[TABLE_BYTES];
    struct world *w = *state;

    opened(w, &forms[1], &trusting);
    assert_int_equal(vwr_dev_check(&remote.r.dev), VWR_OK);
    rsc_copy(remote.bytes, rsc_zynqmp, sizeof(rsc_zynqmp)); /* the loader has written it again */
    assert_int_equal(vwr_dev_check(&remote.r.dev), VWR_EPROTO);
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    opened(w, &forms[1], &trusting);
    memset(remote.bytes, 0, sizeof(remote.bytes)); /* the loader has not written it yet */
    remote.kicks = 0;
    assert_int_equal(vwr_dev_check(&remote.r.dev), VWR_EGONE);
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_EGONE);
    assert_memory_equal(remote.bytes, none, sizeof(none)); /* nothing was written there */
    assert_int_equal(remote.kicks, 0);
    rsc_copy(remote.bytes, rsc_zynqmp, sizeof(rsc_zynqmp));
    assert_int_equal(vwr_dev_reset(&remote.r.dev), VWR_OK);
    negotiate();
    assert_int_equal(add_queue(w, 1, 256), VWR_OK);
}

static void tells_causes(void **state)
{
    struct world *w = *state;

    opened(w, &forms[1], &trusting);
    assert_int_equal(vwr_dev_irq(&remote.r.dev), 0);
    assert_false(vwr_rproc_notified(&remote.r, 3));
    assert_int_equal(vwr_dev_irq(&remote.r.dev), 0);
    assert_true(vwr_rproc_notified(&remote.r, 2));
    assert_int_equal(vwr_dev_irq(&remote.r.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    assert_int_equal(vwr_dev_irq(&remote.r.dev), 0);
    assert_true(vwr_rproc_notified(&remote.r, 31));
    assert_true(vwr_rproc_notified(&remote.r, 1));
    assert_int_equal(vwr_dev_irq(&remote.r.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK |
                                                     VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    assert_true(vwr_rproc_notified(&remote.r, VWR_RSC_ANY));
    assert_int_equal(vwr_dev_irq(&remote.r.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK |
                                                     VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
}

static void chooses_numbers(void **state)
{
    (void)state;
    load(rsc_zephyr, sizeof(rsc_zephyr));
    set_word(0x18 + NOTIFYID, VWR_RSC_ANY);
    set_word(0x18 + VRING + 20 + 12, VWR_RSC_ANY);
    assert_int_equal(probe(&trusting, 0), VWR_OK);
    assert_int_equal(word(0x18 + NOTIFYID), FIRST_ID);
    assert_int_equal(word(0x18 + VRING + 12), 0);
    assert_int_equal(word(0x18 + VRING + 20 + 12), FIRST_ID + 1);
    assert_int_equal(remote.r.next_notifyid, FIRST_ID + 2);
    assert_int_equal(probe(&trusting, 1), VWR_ENODEV);
    assert_true(says("has no device 1"));
    assert_false(vwr_rproc_notified(&remote.r, VWR_RSC_ANY));
}

/* The configuration is in the byte order of the processors; a write kicks the device. */
static void accesses_the_configuration(void **state)
{
    static const uint16_t config[] = {0x1234, 0x5678, 0x9abc};
    static const struct vwr_rsc_device d = {.id = 7, .notifyid = 5, .config = config, .config_bytes = 6};
    struct vwr_config *const c = &remote.r.dev.config;
    uint16_t now;

    (void)state;
    memset(&remote, 0, sizeof(remote));
    assert_int_equal(vwr_rsc_build(remote.bytes, sizeof(remote.bytes), &d, 1), VWR_OK);
    assert_int_equal(vwr_rsc_read(&remote.table, remote.bytes, vwr_rsc_bytes(&d, 1), NULL, 0), VWR_OK);
    assert_int_equal(probe(&trusting, 0), VWR_OK);
    assert_int_equal(c->bytes, 6);
    assert_int_equal(vwr_config_read16(c, 2), 0x5678);
    assert_int_equal(vwr_config_read8(c, 4), VWR_BIG_ENDIAN ? 0x9a : 0xbc);
    assert_int_equal(vwr_config_read32(c, 0), VWR_BIG_ENDIAN ? 0x12345678 : 0x56781234);
    vwr_config_write16(c, 4, 0xfedc);
    memcpy(&now, remote.bytes + 20 + VRING + 4, sizeof(now));
    assert_int_equal(now, 0xfedc);
    assert_int_equal(remote.kicks, 1);
    assert_int_equal(remote.kicked[0], 5);
    memset(remote.bytes + 20, 0, 4); /* another entry */
    vwr_config_write16(c, 4, 1);
    memcpy(&now, remote.bytes + 20 + VRING + 4, sizeof(now));
    assert_int_equal(now, 0xfedc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(drives_devices_of_others),
        WORLD_TEST(refuses_other_sizes),
        WORLD_TEST(keeps_to_places),
        WORLD_TEST(releases_memory),
        WORLD_TEST(sees_restarts),
        WORLD_TEST(tells_causes),
        WORLD_TEST(chooses_numbers),
        WORLD_TEST(accesses_the_configuration),
    };

    return cmocka_run_group_tests_name("rproc", tests, NULL, NULL);
}
