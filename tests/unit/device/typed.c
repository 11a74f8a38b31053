/* SPDX-License-Identifier: MIT */
#define VWR_VCRYPTO_BYTES 1024u
#define VWR_VCRYPTO_SESSIONS 3u
#define VWR_VFS_NODES 5u
#define VWR_VFS_REQUESTS 2u
#define VWR_VGPIO_LINES 3u
#define VWR_VGPIO_QUEUE 8u
#define VWR_VI2C_BYTES 100u
#define VWR_VMEM_RUNS 3u
#define VWR_VRTC_QUEUE 4u
#define VWR_VSCSI_REQUESTS 3u
#define VWR_VSCSI_SEGMENTS 40u
#define VWR_VVSOCK_BYTES 512u
#define VWR_VVSOCK_SOCKETS 2u

#include "vwr/vcrypto.h"
#include "vwr/vfs.h"
#include "vwr/vgpio.h"
#include "vwr/vi2c.h"
#include "vwr/vm.h"
#include "vwr/vcan.h"
#include "vwr/vpmem.h"
#include "vwr/vscmi.h"
#include "vwr/vspi.h"
#include "vwr/vmem.h"
#include "vwr/vrtc.h"
#include "vwr/vscsi.h"
#include "vwr/vsound.h"
#include "vwr/vvsock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/*
 * Devices whose memory is the structure of their class: each has all of it, of the sizes that this file
 * defines, and the setup is unchanged. No init calls a hook, so hooks are arbitrary values other than NULL.
 */

static struct vwr_vm_ops vm_ops;
static struct vwr_memory_region region = {.bytes = 0x1000};
static struct vwr_vm vm;

/* Memory that is not initialised. */
#define OWN(c)                        \
    static struct vwr_v##c d;         \
    static struct vwr_v##c##_own own; \
    memset(&own, 0xa5, sizeof(own))

/* What init is called with: features of the VMM, or none. */
static const struct vwr_vdev_setup *setup(bool own_features)
{
    static _Alignas(64) uint8_t memory[0x1000];
    static struct vwr_vdev_setup s;
    const struct vwr_vm_setup of_vm = {.ops = &vm_ops, .region = &region, .region_count = 1};

    region.host = memory;
    memset(&vm_ops, 1, sizeof(vm_ops));
    vm_ops.lock = NULL;
    vm_ops.unlock = NULL;
    assert_int_equal(vwr_vm_init(&vm, &of_vm), VWR_OK);
    s = (struct vwr_vdev_setup){.vm = &vm, .line = 7};
    if (own_features)
        vwr_features_add(&s.features, VWR_F_EVENT_IDX);
    return &s;
}

/* The device has the queues of its memory, and the features that the VMM set, or all. */
static void check(const struct vwr_vdev *v, const struct vwr_vqueue *queue, uint16_t queues, uint16_t size,
                  bool own_features)
{
    assert_int_equal(v->shortage.needed, 0);
    assert_int_equal(v->line, 7);
    assert_int_equal(v->queues, queues);
    assert_ptr_equal(v->queue, queue);
    assert_int_equal(v->size_max, size);
    assert_true(vwr_features_have(&v->offered, VWR_F_EVENT_IDX));
    assert_int_equal(vwr_features_have(&v->offered, VWR_F_RING_PACKED), !own_features);
    assert_int_equal(setup(own_features)->queue_count, 0);
}

#define CHECK(v, C, own_features) check(v, own.queue, C##_QUEUES, C##_QUEUE, own_features)

static void crypto(void **state)
{
    static struct vwr_vcrypto_ops ops;
    static const struct vwr_crypto_config_info info;
    const struct vwr_vcrypto_options o = {.ops = &ops, .info = &info};

    (void)state;
    memset(&ops, 1, sizeof(ops));
    for (unsigned i = 0; i < 2; i++) {
        OWN(crypto);
        assert_int_equal(vwr_vcrypto_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vcrypto_dev(&d), VWR_VCRYPTO, i != 0);
        assert_int_equal(d.options.session_count, 3);
        assert_int_equal(d.max_bytes, 1024);
    }
}

static void fs(void **state)
{
    static struct vwr_vfiles_ops ops;
    static struct vwr_vfiles files = {.ops = &ops};
    const struct vwr_vfs_options o = {.files = &files, .tag = "files"};

    (void)state;
    memset(&ops, 1, sizeof(ops));
    for (unsigned i = 0; i < 2; i++) {
        OWN(fs);
        assert_int_equal(vwr_vfs_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vfs_dev(&d), VWR_VFS, i != 0);
        assert_int_equal(d.nodes, 5);
        assert_int_equal(d.requests, 2);
    }
}

static void gpio(void **state)
{
    static struct vwr_vgpio_ops ops;
    const struct vwr_vgpio_options o = {.ops = &ops};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(gpio);
        assert_int_equal(vwr_vgpio_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vgpio_dev(&d), VWR_VGPIO, i != 0);
        assert_int_equal(d.line_count, 3);
        assert_ptr_equal(d.lines, own.line);
    }
}

static int transfer(struct vwr_vi2c *v, struct vwr_vi2c_message *m)
{
    (void)v;
    (void)m;
    return VWR_OK;
}

static void i2c(void **state)
{
    const struct vwr_vi2c_options o = {.transfer = transfer};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(i2c);
        assert_int_equal(vwr_vi2c_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vi2c_dev(&d), VWR_VI2C, i != 0);
        assert_ptr_equal(d.options.data, own.data);
        assert_int_equal(d.options.data_bytes, 100);
    }
}

static int flush(struct vwr_vpmem *v, uint64_t ticket)
{
    (void)v;
    (void)ticket;
    return VWR_OK;
}

static int send_frame(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)v;
    (void)f;
    (void)ticket;
    return VWR_OK;
}

static void can(void **state)
{
    static const struct vwr_vcan_ops ops = {.send = send_frame};
    const struct vwr_vcan_options o = {.ops = &ops};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(can);
        assert_int_equal(vwr_vcan_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vcan_dev(&d), VWR_VCAN, i != 0);
    }
}

static void spi(void **state)
{
    static struct vwr_vspi_chip chip;
    const struct vwr_vspi_options o = {.limits.mode_func_supported = 0x5, .chips = &chip, .chip_count = 1};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(spi);
        assert_int_equal(vwr_vspi_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vspi_dev(&d), VWR_VSPI, i != 0);
    }
}

static void scmi(void **state)
{
    const struct vwr_vscmi_options o = {.vendor = "typed"};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(scmi);
        assert_int_equal(vwr_vscmi_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vscmi_dev(&d), VWR_VSCMI, i != 0);
    }
}

static void pmem(void **state)
{
    const struct vwr_vpmem_options o = {.flush = flush, .region = {0x1000, 1}};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(pmem);
        assert_int_equal(vwr_vpmem_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vpmem_dev(&d), VWR_VPMEM, i != 0);
    }
}

static void rtc(void **state)
{
    static struct vwr_vrtc_ops ops;
    static struct vwr_vrtc_clock clock = {.type = VWR_RTC_CLOCK_UTC};
    const struct vwr_vrtc_options o = {.ops = &ops, .clocks = &clock, .clock_count = 1};

    (void)state;
    memset(&ops, 1, sizeof(ops));
    for (unsigned i = 0; i < 2; i++) {
        OWN(rtc);
        assert_int_equal(vwr_vrtc_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vrtc_dev(&d), VWR_VRTC, i != 0);
    }
}

static void mem(void **state)
{
    static const struct vwr_vmem_ops ops;
    const struct vwr_vmem_options o = {.ops = &ops, .block_bytes = 16, .bytes = 64};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(mem);
        vm.memory.blocks = NULL;
        assert_int_equal(vwr_vmem_init(&d, setup(i != 0), &own, &o), VWR_OK);
        check(vwr_vmem_dev(&d), own.queue, 1, VWR_VMEM_QUEUE, i != 0);
        assert_int_equal(d.most, 3);
    }
    vm.memory.blocks = NULL;
}

static void scsi(void **state)
{
    static struct vwr_vt10_unit unit;
    const struct vwr_vscsi_options o = {.unit = &unit, .unit_count = 1};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(scsi);
        assert_int_equal(vwr_vscsi_init(&d, setup(i != 0), &own, &o), VWR_OK);
        check(vwr_vscsi_dev(&d), own.queue, VWR_VSCSI_QUEUES, 32, i != 0); /* 40 segments */
        assert_int_equal(d.requests, 3);
        assert_ptr_equal(d.call, own.call);
    }
}

static void sound(void **state)
{
    static struct vwr_vsound_ops ops;
    const struct vwr_vsound_options o = {.ops = &ops};

    (void)state;
    for (unsigned i = 0; i < 2; i++) {
        OWN(sound);
        assert_int_equal(vwr_vsound_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vsound_dev(&d), VWR_VSOUND, i != 0);
    }
}

static void vsock(void **state)
{
    static struct vwr_vvsock_ops ops;
    const struct vwr_vvsock_options o = {.ops = &ops, .guest_cid = 3};

    (void)state;
    memset(&ops, 1, sizeof(ops));
    for (unsigned i = 0; i < 2; i++) {
        OWN(vsock);
        assert_int_equal(vwr_vvsock_init(&d, setup(i != 0), &own, &o), VWR_OK);
        CHECK(vwr_vvsock_dev(&d), VWR_VVSOCK, i != 0);
        assert_int_equal(d.sockets.memory.socket_count, 2);
        assert_int_equal(d.sockets.capacity, 512);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(crypto), cmocka_unit_test(fs),   cmocka_unit_test(gpio),  cmocka_unit_test(i2c),
        cmocka_unit_test(can),    cmocka_unit_test(spi),  cmocka_unit_test(scmi),  cmocka_unit_test(pmem),
        cmocka_unit_test(rtc),    cmocka_unit_test(scsi), cmocka_unit_test(sound), cmocka_unit_test(vsock),
        cmocka_unit_test(mem),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
