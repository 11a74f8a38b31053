/* SPDX-License-Identifier: MIT */
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"
#include "fake_ccw.h"
#include "world.h"

#include <stdlib.h>
#include <string.h>

/* Channel I/O: the disk of the other tests, on a subchannel. */

#define PROBE_COMMANDS 2u
#define OPEN_COMMANDS 15u
#define SCRAMBLED_MOST 20000u /* commands with changed answers; VWR_CCW_COMMANDS sets another number */

static struct vwr_ccw ccw;
static struct fake_ccw channel;

static void plug(struct world *w, uint32_t version)
{
    world_plug(w, version);
    fake_ccw_plug(&channel, &w->f);
}

static int probe(void)
{
    return vwr_ccw_probe(&ccw, &channel.host, FAKE_CCW_SUBCHANNEL,
                         fake_ram_alloc(sizeof(struct vwr_ccw_shared), 8));
}

static int begin(struct world *w)
{
    const int r = probe();

    return r == VWR_OK ? vwr_blk_open_with(&w->blk, &ccw.dev, &w->memory, &w->options) : r;
}

static void reads(struct world *w)
{
    assert_int_equal(vwr_blk_read(&w->blk, 1, w->buffer, 1), VWR_OK);
    assert_true(world_has_pattern(w, 1, 1));
}

/* What the device offers and the transport does not have is not accepted. */
static void opens_a_disk(void **state)
{
    struct world *w = *state;
    unsigned sent;

    plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_F_RING_RESET);
    fake_offer(&w->f, VWR_F_NOTIF_CONFIG_DATA);
    fake_offer(&w->f, VWR_F_RING_PACKED);
    fake_offer(&w->f, VWR_F_NOTIFICATION_DATA);
    assert_int_equal(begin(w), VWR_OK);
    assert_int_equal(channel.sent, PROBE_COMMANDS + OPEN_COMMANDS);
    assert_int_equal(channel.commands[VWR_CCW_CMD_READ_STATUS], 0);
    assert_false(fake_took(&w->f, VWR_F_RING_RESET));
    assert_false(fake_took(&w->f, VWR_F_NOTIF_CONFIG_DATA));
    assert_true(fake_took(&w->f, VWR_F_NOTIFICATION_DATA));
    assert_int_equal(w->blk.info.sectors, fake_config_now(&w->f, VWR_BLK_CONFIG_CAPACITY, 8));
    sent = channel.sent;
    for (unsigned i = 1; i <= 3; i++) {
        reads(w);
        assert_int_equal(channel.notifications, i);
        assert_int_not_equal(channel.notified >> VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT, 0);
    }
    assert_int_equal(channel.sent, sent); /* a request takes no command */
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
}

static void revisions(void **state)
{
    struct world *w = *state;

    plug(w, VWR_MMIO_VERSION_MODERN);
    channel.revision_max = VWR_CCW_REVISION_VIRTIO_1;
    assert_int_equal(begin(w), VWR_OK);
    assert_int_equal(ccw.dev.version, VWR_CCW_REVISION_VIRTIO_1);
    assert_int_equal(channel.commands[VWR_CCW_CMD_SET_VIRTIO_REV], 2);
    reads(w);
    assert_int_equal(vwr_dev_check(&ccw.dev), VWR_OK);
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    assert_int_equal(begin(w), VWR_OK); /* enabling the subchannel has reset the revision */
}

/* Revision 0, and a device that has no revisions. */
static void legacy(void **state)
{
    struct world *w = *state;
    static const int revisions_of[] = {VWR_CCW_REVISION_LEGACY, FAKE_CCW_NO_REVISION};

    for (unsigned i = 0; i < VWR_COUNT(revisions_of); i++) {
        plug(w, VWR_MMIO_VERSION_LEGACY);
        channel.revision_max = revisions_of[i];
        assert_int_equal(begin(w), VWR_OK);
        assert_true(vwr_dev_is_legacy(&ccw.dev));
        assert_int_equal(w->blk.info.sectors, fake_config_now(&w->f, VWR_BLK_CONFIG_CAPACITY, 8));
        reads(w);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

static void scans(void **state)
{
    struct world *w = *state;
    struct vwr_ccw_scan scan = {.host = &channel.host, .next = VWR_CCW_FIRST, .last = VWR_CCW_LAST};
    struct vwr_ccw_shared *const shared = fake_ram_alloc(sizeof(*shared), 8);

    plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(vwr_ccw_scan_next(&scan, &ccw, shared), 1);
    assert_int_equal(ccw.subchannel, FAKE_CCW_SUBCHANNEL);
    assert_int_equal(ccw.dev.type, VWR_BLK_ID);
    assert_int_equal(vwr_ccw_scan_next(&scan, &ccw, shared), 0);
    assert_int_equal(vwr_ccw_scan_next(&scan, &ccw, shared), 0);
}

static void explains(const char *words)
{
    char text[200];

    assert_true(vwr_ccw_explain(&ccw, text, sizeof(text)) > 0);
    if (strstr(text, words) == NULL)
        fail_msg("\"%s\" does not contain \"%s\"", text, words);
}

static void subchannels_without_a_device(void **state)
{
    struct world *w = *state;

    plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(vwr_ccw_probe(&ccw, &channel.host, VWR_CCW_FIRST, NULL), VWR_ENODEV);
    explains("subchannel 0x10000 has no device");
    assert_int_equal(vwr_ccw_probe(&ccw, &channel.host, VWR_CCW_LAST, NULL), VWR_ERANGE);
    channel.cu_type = 0x3990;
    assert_int_equal(probe(), VWR_ENODEV);
    explains("0x3990: not a virtio device");
    channel.cu_type = VWR_CCW_CU_TYPE;
    w->f.device_id = 0;
    assert_int_equal(probe(), VWR_ENODEV);
    explains("reads 0");
    channel.gone_at = channel.sent + 1u;
    assert_int_equal(probe(), VWR_EGONE);
    explains("subchannel 0x10005 is not operational");
}

/* The causes of an interrupt, with both kinds of interrupts, and with a device that has one of them only. */
static void indicators(void **state)
{
    struct world *w = *state;

    for (unsigned kind = 0; kind < 3; kind++) {
        plug(w, VWR_MMIO_VERSION_MODERN);
        channel.host.adapter = kind != 0;
        channel.no_adapter = kind == 2;
        assert_int_equal(begin(w), VWR_OK);
        assert_int_equal(ccw.uses_adapter, kind == 1);
        assert_int_equal(vwr_dev_irq(&ccw.dev), 0);
        for (unsigned queue = 0; queue < VWR_CCW_QUEUES; queue += 9) {
            fake_ccw_signal(&channel, queue);
            assert_int_equal(vwr_dev_irq(&ccw.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
            assert_int_equal(ccw.shared->summary, 0);
            assert_int_equal(vwr_dev_irq(&ccw.dev), 0);
        }
        fake_ccw_signal(&channel, 0);
        fake_ccw_signal_config(&channel);
        assert_int_equal(vwr_dev_irq(&ccw.dev), VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK |
                                                    VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
        assert_int_equal(vwr_dev_irq(&ccw.dev), 0);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

/* All fields are those of one copy, and each reading of the configuration takes one command. */
static void reads_a_copy(void **state)
{
    struct world *w = *state;
    struct vwr_blk_config_info info;
    unsigned copies;

    plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(begin(w), VWR_OK);
    copies = channel.commands[VWR_CCW_CMD_READ_CONF];
    assert_int_equal(copies, 2); /* its size, its fields */
    assert_int_equal(ccw.dev.config.bytes, channel.config_bytes);
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, UINT64_C(0x1122334455667788));
    assert_int_equal(vwr_dev_read_config(&ccw.dev, vwr_blk_config_read, &info, sizeof(info)), VWR_OK);
    assert_true(info.capacity == UINT64_C(0x1122334455667788));
    assert_int_equal(channel.commands[VWR_CCW_CMD_READ_CONF], ++copies);
    fake_config(&w->f, VWR_BLK_CONFIG_CAPACITY, 8, 99);
    assert_int_equal(vwr_config_read32(&ccw.dev.config, VWR_BLK_CONFIG_CAPACITY), 99);
}

static void writes_a_field(void **state)
{
    struct world *w = *state;

    plug(w, VWR_MMIO_VERSION_MODERN);
    fake_offer(&w->f, VWR_BLK_F_CONFIG_WCE);
    assert_int_equal(begin(w), VWR_OK);
    assert_int_equal(vwr_blk_config_set_writeback(&ccw.dev.config, 1), VWR_OK);
    assert_int_equal(channel.commands[VWR_CCW_CMD_WRITE_CONF], 1);
    assert_int_equal(fake_config_now(&w->f, VWR_BLK_CONFIG_WRITEBACK, 1), 1);
}

static void a_configuration_that_is_too_short(void **state)
{
    struct world *w = *state;

    plug(w, VWR_MMIO_VERSION_MODERN);
    channel.config_bytes = 7;
    assert_int_equal(begin(w), VWR_ERANGE);
}

static void recovers(void **state)
{
    struct world *w = *state;
    int r;

    plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(begin(w), VWR_OK);
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&ccw.dev), VWR_ENEEDSRESET);
    do
        r = vwr_recover(&w->blk.bringup);
    while (r == VWR_EBUSY);
    assert_int_equal(r, VWR_OK);
    assert_int_equal(channel.commands[VWR_CCW_CMD_SET_VQ], 2);
    assert_int_equal(channel.commands[VWR_CCW_CMD_SET_IND], 2);
    reads(w);
}

/*
 * The device rejects one command: the open fails, unless it was a revision, or the reset of a device whose
 * status reads as 0. Then it works again.
 */
static void rejects_each_command(void **state)
{
    struct world *w = *state;
    unsigned last;

    plug(w, VWR_MMIO_VERSION_MODERN);
    assert_int_equal(begin(w), VWR_OK);
    last = channel.sent;
    for (unsigned n = 1; n <= last; n++) {
        int r;

        plug(w, VWR_MMIO_VERSION_MODERN);
        channel.reject_at = n;
        r = begin(w);
        assert_int_equal(r == VWR_OK, channel.rejected == VWR_CCW_CMD_SET_VIRTIO_REV ||
                                          channel.rejected == VWR_CCW_CMD_VDEV_RESET);
        if (r == VWR_OK)
            assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
        channel.reject_at = 0;
        assert_int_equal(begin(w), VWR_OK);
        reads(w);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_OK);
    }
}

/* Before revision 2 no command reads the status, and the driver notices nevertheless. */
static void leaves_without_a_status(void **state)
{
    struct world *w = *state;
    static const uint32_t versions[] = {VWR_MMIO_VERSION_LEGACY, VWR_MMIO_VERSION_MODERN};

    for (unsigned i = 0; i < VWR_COUNT(versions); i++) {
        plug(w, versions[i]);
        channel.revision_max = (int)i;
        assert_int_equal(begin(w), VWR_OK);
        assert_int_equal(ccw.dev.version, i);
        assert_int_equal(vwr_dev_check(&ccw.dev), VWR_OK);
        channel.gone_at = channel.sent + 1u;
        assert_int_equal(vwr_dev_check(&ccw.dev), VWR_EGONE);
        assert_int_equal(vwr_close(&w->blk.bringup), VWR_EGONE);
    }
}

/* The device leaves at one command, or after the open. */
static void leaves_at_each_command(void **state)
{
    struct world *w = *state;
    int r = VWR_EGONE;

    for (unsigned n = 1; r != VWR_OK; n++) {
        plug(w, VWR_MMIO_VERSION_MODERN);
        channel.gone_at = n;
        r = begin(w);
        assert_true(r == VWR_OK || r == VWR_EGONE || ccw.gone);
    }
    channel.gone_at = channel.sent;
    assert_int_equal(vwr_dev_check(&ccw.dev), VWR_EGONE);
    explains("has left its subchannel");
    assert_int_equal(vwr_close(&w->blk.bringup), VWR_EGONE);
}

/* Any answers: each call returns, and the sanitizer finds nothing. Then an honest device works. */
static void answers_anything(void **state)
{
    const char *const most = getenv("VWR_CCW_COMMANDS");
    const unsigned long commands = most != NULL ? strtoul(most, NULL, 10) : SCRAMBLED_MOST;
    struct world *w = *state;
    unsigned long sent = 0;

    for (uint32_t seed = 1; sent < commands; seed++) {
        plug(w, seed % 4u != 0 ? VWR_MMIO_VERSION_MODERN : VWR_MMIO_VERSION_LEGACY);
        channel.host.adapter = seed % 2u != 0;
        channel.scramble = seed;
        if (begin(w) == VWR_OK) {
            (void)!vwr_dev_check(&ccw.dev);
            (void)!vwr_close(&w->blk.bringup);
        }
        sent += channel.sent;
        w->f.broken_rule[0] = '\0'; /* a driver that is lied to breaks rules */
        fake_bus_reset();
        fake_ram_reset();
        world_memory(w, WORLD_QUEUE);
    }
    plug(w, VWR_MMIO_VERSION_MODERN);
    w->buffer = fake_ram_alloc(WORLD_BUFFER_BYTES, FAKE_PAGE_BYTES);
    assert_int_equal(begin(w), VWR_OK);
    reads(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        WORLD_TEST(opens_a_disk),
        WORLD_TEST(revisions),
        WORLD_TEST(legacy),
        WORLD_TEST(scans),
        WORLD_TEST(subchannels_without_a_device),
        WORLD_TEST(indicators),
        WORLD_TEST(reads_a_copy),
        WORLD_TEST(writes_a_field),
        WORLD_TEST(a_configuration_that_is_too_short),
        WORLD_TEST(recovers),
        WORLD_TEST(rejects_each_command),
        WORLD_TEST(leaves_at_each_command),
        WORLD_TEST(leaves_without_a_status),
        WORLD_TEST(answers_anything),
    };

    return cmocka_run_group_tests_name("ccw", tests, NULL, NULL);
}
