/* SPDX-License-Identifier: MIT */
#include "state_world.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include "vwr/vfs.h"

/*
 * What outlives a reset. A driver uses a device of each class until the VMM accepts nothing more and the
 * device holds what it can hold. After a reset, the device is compared, byte by byte, with one that no driver
 * has used: apart from the members below, they are equal, so the next driver finds the same device.
 * "What outlives a reset" in runtime/device/README.md has the reason of each member that is not scratch.
 */

struct member {
    unsigned class;
    const char *name;
    size_t at;
    size_t bytes;
    bool used; /* it did differ */
};

#define MEMBER(class, type, name)                                                          \
    {                                                                                      \
        class, #name, offsetof(struct type, name), sizeof(((struct type *)0)->name), false \
    }
#define OF_EACH CLASSES

static struct member members[] = {
    /* of each device: counters, the numbers of tickets, and the budget, which is set with the lock */
    MEMBER(OF_EACH, vwr_vdev, stats),
    MEMBER(OF_EACH, vwr_vdev, tickets),
    MEMBER(OF_EACH, vwr_vdev, work),
    MEMBER(OF_EACH, vwr_vdev, most),
    MEMBER(OF_EACH, vwr_vdev, guest_page_size),
    /* counters of a class */
    MEMBER(NET, vwr_vnet, stats),
    MEMBER(INPUT, vwr_vinput, stats),
    MEMBER(P9, vwr_v9p, stats),
    MEMBER(FS, vwr_vfs, stats),
    MEMBER(SCSI, vwr_vscsi, stats),
    MEMBER(BALLOON, vwr_vballoon, ignored),
    MEMBER(CAN, vwr_vcan, stats),
    /* a state */
    MEMBER(VSOCK, vwr_vvsock, sockets.cid),
    MEMBER(VSOCK, vwr_vvsock, sockets.seqpacket),
    MEMBER(VSOCK, vwr_vvsock, sockets.legacy),
    MEMBER(INPUT, vwr_vinput, lost),
    MEMBER(SOUND, vwr_vsound, connected),
    MEMBER(MEM, vwr_vmem, service.config),
    MEMBER(MEM, vwr_vmem, runs),
    MEMBER(MEM, vwr_vmem, plugged),
    MEMBER(MEM, vwr_vmem, blocks),
    /* scratch: the next request writes it before it is read */
    MEMBER(ENTROPY, vwr_ventropy, seg),
    MEMBER(CONSOLE, vwr_vconsole, out_seg),
    MEMBER(NET, vwr_vnet, seg),
    MEMBER(INPUT, vwr_vinput, seg),
    MEMBER(VSOCK, vwr_vvsock, rx),
    MEMBER(VSOCK, vwr_vvsock, rx_seg),
    MEMBER(VSOCK, vwr_vvsock, seg),
    MEMBER(VSOCK, vwr_vvsock, sockets.reply),
    MEMBER(P9, vwr_v9p, body),
    MEMBER(FS, vwr_vfs, body),
    MEMBER(I2C, vwr_vi2c, current),
    MEMBER(I2C, vwr_vi2c, ticket),
    MEMBER(I2C, vwr_vi2c, message),
    MEMBER(I2C, vwr_vi2c, seg),
    MEMBER(SCSI, vwr_vscsi, service.fixed),
    MEMBER(SCSI, vwr_vscsi, t10.req),
    MEMBER(SOUND, vwr_vsound, service.fixed),
    MEMBER(SOUND, vwr_vsound, message),
    MEMBER(SOUND, vwr_vsound, seg),
    MEMBER(GPIO, vwr_vgpio, service.fixed),
    MEMBER(CAN, vwr_vdev, generation), /* of the configuration, which says that it is bus off */
    MEMBER(CAN, vwr_vcan, service.fixed),
    MEMBER(CAN, vwr_vcan, message),
    MEMBER(CAN, vwr_vcan, seg),
    MEMBER(CAN, vwr_vcan, frame),
    MEMBER(SPI, vwr_vspi, service.fixed),
    MEMBER(SPI, vwr_vspi, current),
    MEMBER(SPI, vwr_vspi, ticket),
    MEMBER(SPI, vwr_vspi, message),
    MEMBER(SPI, vwr_vspi, seg),
    MEMBER(SCMI, vwr_vscmi, service.fixed),
    MEMBER(SCMI, vwr_vscmi, command),
    MEMBER(SCMI, vwr_vscmi, message),
    MEMBER(SCMI, vwr_vscmi, seg),
    MEMBER(PMEM, vwr_vpmem, message),
    MEMBER(PMEM, vwr_vpmem, seg),
    MEMBER(RTC, vwr_vrtc, message),
    MEMBER(RTC, vwr_vrtc, seg),
    MEMBER(GPU, vwr_vgpu, service.fixed),
    MEMBER(GPU, vwr_vgpu, job),
    MEMBER(GPU, vwr_vgpu, message),
    MEMBER(GPU, vwr_vgpu, seg),
    MEMBER(MEM, vwr_vmem, message),
    MEMBER(MEM, vwr_vmem, seg),
    MEMBER(BALLOON, vwr_vballoon, message),
    MEMBER(BALLOON, vwr_vballoon, seg),
};

static const size_t sizes[CLASSES] = {
    [DISK] = sizeof(struct vwr_vblk),        [CONSOLE] = sizeof(struct vwr_vconsole),
    [ENTROPY] = sizeof(struct vwr_ventropy), [NET] = sizeof(struct vwr_vnet),
    [INPUT] = sizeof(struct vwr_vinput),     [P9] = sizeof(struct vwr_v9p),
    [FS] = sizeof(struct vwr_vfs),           [VSOCK] = sizeof(struct vwr_vvsock),
    [I2C] = sizeof(struct vwr_vi2c),         [GPIO] = sizeof(struct vwr_vgpio),
    [CAN] = sizeof(struct vwr_vcan),         [SPI] = sizeof(struct vwr_vspi),
    [SCMI] = sizeof(struct vwr_vscmi),       [PMEM] = sizeof(struct vwr_vpmem),
    [RTC] = sizeof(struct vwr_vrtc),         [SCSI] = sizeof(struct vwr_vscsi),
    [GPU] = sizeof(struct vwr_vgpu),         [CRYPTO] = sizeof(struct vwr_vcrypto),
    [BALLOON] = sizeof(struct vwr_vballoon), [SOUND] = sizeof(struct vwr_vsound),
    [MEM] = sizeof(struct vwr_vmem),
};

/* ---- a VMM that accepts nothing more ---- */

static int is_full(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_EFULL;
}

/* The requests of the driver fill all but two descriptors of the ring. */
static void exhaust_disk(void)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = is_full};
    const struct guest_desc d[] = {{GUEST_DATA + 0x5000, sizeof(struct vwr_blk_req_out), 0, 0},
                                   {GUEST_DATA + 0x6000, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};

    all.backend.ops = &ops;
    memset(guest_at(&all.g, d[0].addr, d[0].len), 0, d[0].len);
    ((struct vwr_blk_req_out *)guest_at(&all.g, d[0].addr, d[0].len))->type =
        vwr_guest32(all.g.legacy, VWR_BLK_T_FLUSH);
    hostile_send(&all.g, 0, d, 2);
    assert_true(all.disk.full && all.disk.held != NULL);
}

/* A buffer of `bytes` from the driver; `first` is its first byte. */
static void send(unsigned queue, uint32_t bytes, uint8_t first)
{
    uint8_t *const at = guest_at(&all.g, GUEST_DATA + 0x5000, bytes);

    memset(at, 0, bytes);
    at[0] = first;
    hostile_send_one(&all.g, queue, GUEST_DATA + 0x5000, bytes, 0);
}

/* The VMM takes half of the bytes. */
static void exhaust_console(void)
{
    send(1, 8, 'a');
    assert_true(all.port[0].output.is_stopped && all.port[0].output.done == 4);
}

static void exhaust_entropy(void)
{
    assert_true(all.entropy.filled.is_stopped);
}

/* The VMM does not take the frame, which has two segments. */
static void exhaust_net(void)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x5000, 12, 0, 0}, {GUEST_DATA + 0x5000 + 12, 60, 0, 0}};

    memset(guest_at(&all.g, GUEST_DATA + 0x5000, 12 + 60), 0, 12 + 60);
    hostile_lend(&all.g, 1, d, VWR_COUNT(d));
    guest_kick(&all.g, 1);
    hostile_unused(&all.g, 1);
}

/* Packets for nobody; there is no buffer for the answers to all of them. */
static void exhaust_vsock(void)
{
    for (unsigned i = 0; i < 3 * HELD; i++) {
        struct vwr_vsock_hdr *const h = guest_at(&all.g, GUEST_DATA + 0x5000, sizeof(*h));

        memset(h, 0, sizeof(*h));
        h->src_cid = vwr_guest64(all.g.legacy, CID);
        h->dst_cid = vwr_guest64(all.g.legacy, VWR_VSOCK_CID_HOST);
        h->src_port = vwr_guest32(all.g.legacy, 1000 + i);
        h->dst_port = vwr_guest32(all.g.legacy, 1);
        h->type = vwr_guest16(all.g.legacy, VWR_VSOCK_TYPE_STREAM);
        h->op = vwr_guest16(all.g.legacy, VWR_VSOCK_OP_REQUEST);
        hostile_send_one(&all.g, VWR_VSOCK_QUEUE_TX, GUEST_DATA + 0x5000, sizeof(*h), 0);
    }
    assert_true(all.vsock.blocked);
}

/* A frame that waits, and a controller that goes off. */
static void exhaust_can(void)
{
    const struct guest_desc d[] = {{GUEST_DATA + 0x5000, sizeof(struct vwr_can_tx_out), 0, 0},
                                   {GUEST_DATA + 0x6000, 1, VWR_VIRTQ_DESC_F_WRITE, 0}};
    struct vwr_can_tx_out *const out = guest_at(&all.g, d[0].addr, d[0].len);

    memset(out, 0, sizeof(*out));
    out->msg_type = vwr_guest16(all.g.legacy, VWR_CAN_TX);
    out->can_id = vwr_guest32(all.g.legacy, 5);
    hostile_send(&all.g, VWR_CAN_QUEUE_TXQ, d, 2);
    vwr_vcan_bus_off(&all.can);
    assert_true(all.can.bus_off && all.can.stats.failed != 0);
}

static void (*const exhaust[CLASSES])(void) = {
    [DISK] = exhaust_disk, [CONSOLE] = exhaust_console, [ENTROPY] = exhaust_entropy,
    [NET] = exhaust_net,   [VSOCK] = exhaust_vsock,     [CAN] = exhaust_can,
};

/* ---- the comparison ---- */

static bool is_known(unsigned class, size_t at)
{
    for (unsigned i = 0; i < VWR_COUNT(members); i++) {
        struct member *const m = &members[i];

        if ((m->class == class || m->class == OF_EACH) && at - m->at < m->bytes) {
            m->used = true;
            return true;
        }
    }
    return false;
}

/* The memory that the VMM gives to the device for its state, without what is scratch. */
static const struct member tables[] = {
    MEMBER(CONSOLE, world, port), MEMBER(GPIO, world, line),      MEMBER(RTC, world, clock),
    MEMBER(SCSI, world, unit),    MEMBER(CRYPTO, world, session), MEMBER(BALLOON, world, map),
};

static struct world unused; /* no driver has used its device */
static uint8_t unused_device[sizeof(struct world)];

static unsigned compare_tables(unsigned class)
{
    unsigned n = 0;

    for (unsigned i = 0; i < VWR_COUNT(tables); i++) {
        const struct member *const t = &tables[i];
        const uint8_t *const before = (const uint8_t *)&unused + t->at;

        for (size_t at = 0; t->class == class && at < t->bytes; at++) {
            if (before[at] == ((const uint8_t *)&all)[t->at + at])
                continue;
            print_error("%s: byte %zu of its %s outlives a reset\n", all.g.dev->kind->name, at, t->name);
            n++;
        }
    }
    return n;
}

/* The number of bytes that differ, but those of the members. */
static unsigned compare(unsigned class)
{
    const uint8_t *const now = (const uint8_t *)all.g.dev;
    unsigned n = 0;

    for (size_t i = 0; i < sizes[class]; i++) {
        if (unused_device[i] == now[i] || is_known(class, i))
            continue;
        print_error("%s: byte %zu of its structure outlives a reset\n", all.g.dev->kind->name, i);
        n++;
    }
    return n + compare_tables(class);
}

static unsigned use(unsigned class, bool legacy, bool packed)
{
    uint32_t budget;
    unsigned n;

    make_device(class, legacy, packed);
    reset();
    unused = all;
    memcpy(unused_device, all.g.dev, sizes[class]);
    budget = all.g.dev->budget_bytes;
    drive(class);
    if (exhaust[class] != NULL)
        exhaust[class]();
    all.g.dev->budget_bytes = budget;                         /* a setting of the VMM */
    all.line[LINES - 1].input = unused.line[LINES - 1].input; /* a level on the side of the VMM */
    reset();
    n = compare(class);
    unplug();
    return n;
}

static void each_class(void **state)
{
    unsigned n = 0;

    (void)state;
    for (unsigned class = 0; class < CLASSES; class ++) {
        n += use(class, false, false) + use(class, false, true);
        if (class != SOUND && class != GPU) /* which are modern */
            n += use(class, true, false);
    }
    assert_int_equal(n, 0);
}

/* Each of the members did differ: none of them stands here without need. */
static void no_other_member(void **state)
{
    unsigned n = 0;

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(members); i++) {
        if (members[i].used)
            continue;
        print_error("%s of class %u does not outlive a reset\n", members[i].name, members[i].class);
        n++;
    }
    assert_int_equal(n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_class), cmocka_unit_test(no_other_member)};

    return cmocka_run_group_tests_name("left", tests, NULL, NULL);
}
