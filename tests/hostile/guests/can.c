/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "late.h"

#include "vwr/vcan.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

/* A CAN controller whose VMM takes frames later, or not at once, and that goes bus off. */

#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define RESULT(n) (AT(n) + 0x80u)
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u
#define HEADER ((uint32_t)sizeof(struct vwr_can_tx_out))
#define CONTROL 40u /* the buffer of control requests */
#define HELD (VWR_VCAN_MESSAGES - 1u)

enum how { TAKES, KEEPS, IS_FULL };

static struct {
    enum how how;
    unsigned sends, ready, modes;
    uint32_t last;
    uint64_t ticket[64];
} vmm;

static struct vwr_vcan *can_of(struct guest *g)
{
    return ((struct bench_vmm *)g->device)->own;
}

/* ---- the VMM ---- */

static int send_it(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    (void)v;
    if (vmm.how == IS_FULL)
        return VWR_EFULL;
    assert_true(vmm.sends < VWR_COUNT(vmm.ticket));
    vmm.ticket[vmm.sends++] = ticket;
    vmm.last = f->id;
    return vmm.how == KEEPS ? VWR_LATER : VWR_OK;
}

static int change(struct vwr_vcan *v, bool started)
{
    (void)v;
    (void)started;
    vmm.modes++;
    return VWR_OK;
}

static void is_ready(struct vwr_vcan *v)
{
    (void)v;
    vmm.ready++;
}

static const struct vwr_vcan_ops *bench_ops;

static void begin(struct guest *g, enum how how)
{
    static const struct vwr_vcan_ops ops = {send_it, change, is_ready};

    memset(&vmm, 0, sizeof(vmm));
    vmm.how = how;
    bench_ops = can_of(g)->ops;
    can_of(g)->ops = &ops;
}

/* The session afterwards is with the bench's VMM. */
static void over(struct guest *g)
{
    can_of(g)->ops = bench_ops;
}

/* ---- actions of a guest ---- */

static void send(struct guest *g, unsigned n)
{
    const struct guest_desc d[2] = {{AT(n), HEADER, 0, 0}, {RESULT(n), 1, WRITE, 0}};
    const struct vwr_can_tx_out out = {.msg_type = vwr_guest16(g->legacy, VWR_CAN_TX),
                                       .can_id = vwr_guest32(g->legacy, n)};

    memcpy(guest_at(g, AT(n), HEADER), &out, HEADER);
    memset(guest_at(g, RESULT(n), 1), POISON, 1);
    hostile_send(g, VWR_CAN_QUEUE_TXQ, d, 2);
}

static void ends(struct guest *g, unsigned n, enum vwr_can_result result)
{
    hostile_used(g, VWR_CAN_QUEUE_TXQ, 1);
    assert_int_equal(*(uint8_t *)guest_at(g, RESULT(n), 1), result);
}

static void control(struct guest *g, enum vwr_can_control type)
{
    const struct guest_desc d[2] = {{AT(CONTROL), 2, 0, 0}, {RESULT(CONTROL), 1, WRITE, 0}};
    const vwr_le16 out = vwr_guest16(g->legacy, (uint16_t)type);

    memcpy(guest_at(g, AT(CONTROL), 2), &out, 2);
    memset(guest_at(g, RESULT(CONTROL), 1), POISON, 1);
    hostile_send(g, VWR_CAN_QUEUE_CONTROLQ, d, 2);
    hostile_used(g, VWR_CAN_QUEUE_CONTROLQ, 1);
    assert_int_equal(*(uint8_t *)guest_at(g, RESULT(CONTROL), 1), VWR_CAN_RESULT_OK);
}

static unsigned status(struct guest *g)
{
    return vwr_guest16(g->legacy, can_of(g)->service.config.status);
}

/* The guest starts the device again, with empty rings. */
static void restart(struct guest *g)
{
    guest_clear_rings(g);
    for (unsigned i = 0; i < g->queues; i++)
        guest_lay_out(g, i, GUEST_QUEUE_MAX);
    assert_true(guest_negotiate(g));
    for (unsigned i = 0; i < g->queues; i++)
        assert_true(guest_set_queue(g, i));
    guest_driver_ok(g);
}

/* ---- frames of the guest ---- */

/* Frames that the VMM has are acknowledged when it says so, once, and fail when the controller stops. */
static void g46_acknowledged(struct guest *g, long long at)
{
    struct vwr_vcan *const v = can_of(g);
    const vwr_count late = vwr_vcan_dev(v)->stats.late;

    begin(g, KEEPS);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    for (unsigned i = 0; i < 4; i++)
        send(g, i);
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    vwr_vcan_done(v, vmm.ticket[0], true);
    ends(g, 0, VWR_CAN_RESULT_OK);
    vwr_vcan_done(v, vmm.ticket[1], false);
    ends(g, 1, VWR_CAN_RESULT_NOT_OK);
    vwr_vcan_done(v, vmm.ticket[0], true);
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    if (at == 0)
        control(g, VWR_CAN_SET_CTRL_MODE_STOP);
    else
        vwr_vcan_bus_off(v);
    ends(g, 2, VWR_CAN_RESULT_NOT_OK);
    ends(g, 3, VWR_CAN_RESULT_NOT_OK);
    vwr_vcan_done(v, vmm.ticket[2], true);
    vwr_vcan_done(v, 0, true);
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    assert_int_equal(vwr_vcan_dev(v)->stats.late, late + 3);
    assert_true(v->stats.sent == 1 && v->stats.failed == 3);
    over(g);
}

/* Frames wait in order, some of them in the device; the controller can be stopped nevertheless. */
static void g50_bus_is_full(struct guest *g, long long at)
{
    struct vwr_vcan *const v = can_of(g);
    const unsigned count = HELD + 1; /* as many as fit the ring */

    begin(g, IS_FULL);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    for (unsigned i = 0; i < count; i++)
        send(g, i);
    for (unsigned i = 0; i < 100; i++) {
        guest_kick(g, VWR_CAN_QUEUE_TXQ);
        vwr_vcan_resume(v);
    }
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    assert_int_equal(vmm.sends, 0);
    vmm.how = TAKES;
    if (at == 0) {
        vwr_vcan_resume(v);
        assert_true(vmm.sends == count && vmm.last == count - 1);
    } else {
        control(g, VWR_CAN_SET_CTRL_MODE_STOP);
        assert_int_equal(vmm.sends, 0);
        assert_true((g->again_of >> VWR_CAN_QUEUE_TXQ & 1) != 0);
        vwr_vdev_serve(vwr_vcan_dev(v), VWR_CAN_QUEUE_TXQ); /* as the VMM was asked to */
    }
    for (unsigned i = 0; i < count; i++)
        ends(g, i, at == 0 ? VWR_CAN_RESULT_OK : VWR_CAN_RESULT_NOT_OK);
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    hostile_is_whole(g);
    over(g);
}

/* A frame does not overtake those that wait, even if the VMM would take it. */
static void g50_order_of_frames(struct guest *g, long long at)
{
    struct vwr_vcan *const v = can_of(g);

    (void)at;
    begin(g, IS_FULL);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    send(g, 0);
    vmm.how = KEEPS;
    send(g, 1);
    assert_int_equal(vmm.sends, 0);
    vwr_vcan_resume(v);
    assert_true(vmm.sends == 2 && vmm.last == 1);
    vwr_vcan_done(v, vmm.ticket[0], true);
    vwr_vcan_done(v, vmm.ticket[1], true);
    ends(g, 0, VWR_CAN_RESULT_OK);
    ends(g, 1, VWR_CAN_RESULT_OK);
    over(g);
}

/* A reset of the device, or of the queue, forgets frames; nothing of them comes back. */
static void g46_reset_with_frames(struct guest *g, long long reset)
{
    struct vwr_vcan *const v = can_of(g);

    begin(g, KEEPS);
    vwr_features_add(&g->features, VWR_F_RING_RESET);
    restart(g);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    for (unsigned i = 0; i < 3; i++)
        send(g, i);
    if (reset == BENCH_QUEUE_RESET && !g->legacy) {
        late_reset_queue(g, VWR_CAN_QUEUE_TXQ);
        assert_true(v->started);
    } else {
        restart(g);
        assert_true(!v->started && vmm.modes == 2);
        control(g, VWR_CAN_SET_CTRL_MODE_START);
    }
    for (unsigned i = 0; i < 3; i++)
        vwr_vcan_done(v, vmm.ticket[i], true);
    vwr_vcan_resume(v);
    hostile_unused(g, VWR_CAN_QUEUE_TXQ);
    vmm.how = TAKES;
    send(g, 5);
    ends(g, 5, VWR_CAN_RESULT_OK);
    hostile_is_whole(g);
    over(g);
}

/* ---- bus off ---- */

static void g46_bus_off(struct guest *g, long long at)
{
    struct vwr_vcan *const v = can_of(g);
    const vwr_count interrupts = vwr_vcan_dev(v)->stats.interrupts;

    begin(g, TAKES);
    vwr_vcan_bus_off(v); /* it is stopped */
    assert_true(status(g) == 0 && vwr_vcan_dev(v)->stats.interrupts == interrupts);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    guest_ack(g);
    vwr_vcan_bus_off(v);
    assert_int_equal(status(g), VWR_CAN_S_CTRL_BUSOFF);
    assert_int_equal(guest_read(g, VWR_MMIO_INTERRUPT_STATUS, 4), 2); /* the configuration has changed */
    guest_ack(g);
    send(g, 0);
    ends(g, 0, VWR_CAN_RESULT_NOT_OK);
    assert_true(vmm.sends == 0 && vmm.modes == 1);
    control(g, at == 0 ? VWR_CAN_SET_CTRL_MODE_START : VWR_CAN_SET_CTRL_MODE_STOP);
    assert_true(status(g) == 0 && !v->bus_off && v->started == (at == 0));
    over(g);
}

/* ---- frames of the bus ---- */

/* Buffers that are too short are returned empty until one has room. */
static void g27_short_buffers(struct guest *g, long long at)
{
    const struct vwr_can_frame f = {.id = 0x123, .length = 8, .data = {1, 2, 3, 4, 5, 6, 7, 8}};
    struct vwr_vcan *const v = can_of(g);

    begin(g, TAKES);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    for (unsigned i = 0; i < 5; i++)
        hostile_lend_one(g, VWR_CAN_QUEUE_RXQ, AT(i), (uint32_t)at, WRITE);
    hostile_lend_one(g, VWR_CAN_QUEUE_RXQ, AT(5), HEADER + 8, WRITE);
    guest_kick(g, VWR_CAN_QUEUE_RXQ);
    assert_int_equal(vwr_vcan_receive(v, &f), VWR_OK);
    for (unsigned i = 0; i < 5; i++)
        hostile_used(g, VWR_CAN_QUEUE_RXQ, 0);
    hostile_used(g, VWR_CAN_QUEUE_RXQ, HEADER + 8);
    assert_memory_equal(guest_at(g, AT(5) + HEADER, 8), f.data, 8);
    assert_int_equal(v->stats.received, 1);
    over(g);
}

/* A frame without a buffer: the VMM is told once, when there is one or the controller stops. */
static void g50_no_buffer(struct guest *g, long long at)
{
    const struct vwr_can_frame f = {.id = 1};
    struct vwr_vcan *const v = can_of(g);

    begin(g, TAKES);
    assert_int_equal(vwr_vcan_receive(v, &f), VWR_OK);
    assert_int_equal(v->stats.deaf, 1);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(vwr_vcan_receive(v, &f), VWR_EFULL);
    assert_int_equal(vmm.ready, 0);
    if (at == 0)
        hostile_send_one(g, VWR_CAN_QUEUE_RXQ, AT(0), HEADER, WRITE);
    else if (at == 1)
        control(g, VWR_CAN_SET_CTRL_MODE_STOP);
    else
        vwr_vcan_bus_off(v);
    assert_int_equal(vmm.ready, 1);
    assert_int_equal(vwr_vcan_receive(v, &f), VWR_OK);
    assert_int_equal(v->stats.received, at == 0);
    if (at == 0)
        hostile_used(g, VWR_CAN_QUEUE_RXQ, HEADER);
    assert_int_equal(vmm.ready, 1);
    over(g);
}

/* Frames of a type that the driver has not accepted. */
static void g45_types(struct guest *g, long long feature)
{
    const struct vwr_can_frame f = {.id = 1,
                                    .flags = feature == VWR_CAN_F_CAN_FD       ? (uint32_t)VWR_CAN_FLAGS_FD
                                             : feature == VWR_CAN_F_RTR_FRAMES ? (uint32_t)VWR_CAN_FLAGS_RTR
                                                                               : 0};
    struct vwr_vcan *const v = can_of(g);

    begin(g, TAKES);
    vwr_features_remove(&g->features, (unsigned)feature);
    if (feature == VWR_CAN_F_CAN_CLASSIC)
        vwr_features_remove(&g->features, VWR_CAN_F_RTR_FRAMES);
    restart(g);
    control(g, VWR_CAN_SET_CTRL_MODE_START);
    hostile_send_one(g, VWR_CAN_QUEUE_RXQ, AT(0), HEADER, WRITE);
    assert_int_equal(vwr_vcan_receive(v, &f), VWR_EUNSUPP);
    hostile_unused(g, VWR_CAN_QUEUE_RXQ);
    assert_true(v->stats.unfit == 1 && v->stats.received == 0);
    over(g);
}

unsigned bench_stories(struct hostile_case *to)
{
    static const struct hostile_case cases[] = {
        {"G46_acknowledged", "can.dev.tx.5; reset.dev.2", g46_acknowledged, HOSTILE_ALL, 2, {0, 1}},
        {"G50_bus_is_full", "can.dev.tx.3 can.dev.tx.4", g50_bus_is_full, HOSTILE_ALL, 2, {0, 1}},
        {"G50_order_of_frames", "header vwr/vcan.h", g50_order_of_frames, HOSTILE_ALL, 0, {0}},
        {"G46_reset_with_frames",
         "reset.dev.2 vq.dev.reset.2",
         g46_reset_with_frames,
         HOSTILE_ALL,
         2,
         {BENCH_RESET, BENCH_QUEUE_RESET}},
        {"G46_bus_off", "header vwr/vcan.h", g46_bus_off, HOSTILE_ALL, 2, {0, 1}},
        {"G27_short_buffers", "can.drv.init.1", g27_short_buffers, HOSTILE_ALL, 4, {1, 15, 16, 23}},
        {"G50_no_buffer_for_a_frame", "header vwr/vcan.h", g50_no_buffer, HOSTILE_ALL, 3, {0, 1, 2}},
        {"G45_types",
         "feat.dev.1",
         g45_types,
         HOSTILE_ALL,
         3,
         {VWR_CAN_F_CAN_CLASSIC, VWR_CAN_F_CAN_FD, VWR_CAN_F_RTR_FRAMES}},
    };

    memcpy(to, cases, sizeof(cases));
    return VWR_COUNT(cases);
}
