/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/service/i2c.h"
#include "vwr/vm.h"

#include <string.h>

/*
 * A generated service whose status follows data of any length. If the device writes little of a large buffer,
 * it fills a limited part with zeroes, so that the used length covers the status. B19.
 */

#define WRITE ((unsigned)VWR_VIRTQ_DESC_F_WRITE)
#define SEGS 32u
#define BUDGET VWR_VDEV_BUDGET_BYTES
#define STATUS (GUEST_DATA + 64)
#define POISON 0xa5

static struct {
    struct vwr_i2c_vservice i2c;
    struct vwr_vmessage message;
    struct vwr_vseg seg[2 * SEGS];
    bool later;
    struct vwr_vmessage *kept[LATE_KEPT];
    uint64_t ticket[LATE_KEPT];
    unsigned keeps;
} bus;

/* The target returns two bytes. */
static int on_read(struct vwr_i2c_vservice *s, struct vwr_vmessage *x, const struct vwr_i2c_read_msg *m)
{
    (void)s;
    (void)m;
    if (bus.later) {
        bus.ticket[bus.keeps] = vwr_vmessage_ticket(x);
        bus.kept[bus.keeps++] = x;
        return VWR_LATER;
    }
    assert_int_equal(vwr_vmessage_write(x, "ab", 2), 2);
    return VWR_OK;
}

static const struct vwr_i2c_vservice_calls calls = {.read = on_read};

static void plug(struct guest *g)
{
    const struct vwr_service_memory memory = {&bus.message, 1, bus.seg, VWR_COUNT(bus.seg)};
    const struct vwr_features own = {{(uint32_t)1 << VWR_I2C_F_ZERO_LENGTH_REQUEST}};
    struct vwr_vdev_setup s;

    memset(&bus, 0, sizeof(bus));
    guest_setup(g, &s);
    s.queue_count = 1;
    assert_int_equal(vwr_i2c_vservice_init(&bus.i2c, &s, &own, &calls, &memory, NULL), VWR_OK);
    guest_plug(g, 0, &bus.i2c.service.dev);
    g->queues = 1;
    g->features.w[0] |= (uint32_t)1 << VWR_I2C_F_ZERO_LENGTH_REQUEST;
    hostile_start_one(g);
}

/* A read of `bytes`, into a large buffer of the guest. Returns used.len; the status is at STATUS. */
static int64_t ask(struct guest *g, uint32_t bytes)
{
    const struct guest_desc segment[3] = {{GUEST_DATA, sizeof(struct vwr_i2c_out_hdr), 0, 0},
                                          {GUEST_HUGE, bytes, WRITE, 0},
                                          {STATUS, 1, WRITE, 0}};
    struct vwr_i2c_out_hdr *const head = guest_at(g, GUEST_DATA, sizeof(*head));

    memset(head, 0, sizeof(*head));
    head->flags = vwr_cpu_to_le32(VWR_I2C_FLAGS_M_RD);
    memset(guest_at(g, GUEST_HUGE, BUDGET + 64), POISON, BUDGET + 64);
    *(uint8_t *)guest_at(g, STATUS, 1) = POISON;
    hostile_send(g, 0, segment, 3);
    return hostile_take(g, 0);
}

/*
 * The status is written in all cases. Zeroes, and a used length that covers the status, are limited by the
 * budget.
 */
static void b19_zeroes(struct guest *g, long long bytes)
{
    const int64_t got = ask(g, (uint32_t)bytes);
    const uint8_t *const at = guest_at(g, GUEST_HUGE, BUDGET + 64);
    const bool filled = bytes - 2 <= (long long)BUDGET;

    assert_int_equal(got, filled ? bytes + 1 : 2);
    assert_int_equal(*(const uint8_t *)guest_at(g, STATUS, 1), VWR_I2C_MSG_OK);
    assert_memory_equal(at, "ab", 2);
    for (uint32_t i = 2; i < BUDGET + 64; i++)
        assert_int_equal(at[i], filled && i < (uint64_t)bytes ? 0 : POISON);
    hostile_is_whole(g);
}

/* ---- late answers ---- */

static void late_ask(struct guest *g)
{
    bus.later = true;
    assert_int_equal(ask(g, 5), -1);
}

static void late_answer(struct guest *g, unsigned number)
{
    (void)g;
    vwr_i2c_vservice_read_done(bus.kept[number], bus.ticket[number], VWR_OK);
}

static void late_comes_back(struct guest *g)
{
    hostile_used(g, 0, 6);
    assert_int_equal(*(const uint8_t *)guest_at(g, STATUS, 1), VWR_I2C_MSG_OK);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {hostile_start_one, late_ask, late_answer, late_comes_back, 0, NULL};

    late_run(g, &late, (enum late_when)when);
}

/*
 * A worker that has data for a message and holds the lock: it may write the data only if the message still
 * exists.
 */
static void g46_claim(struct guest *g, long long reused)
{
    struct vwr_vdev *const v = g->dev;

    late_ask(g);
    hostile_start_one(g);
    if (reused != 0)
        late_ask(g);
    vwr_vdev_lock(v);
    assert_false(vwr_vmessage_claim(bus.kept[0], bus.ticket[0]));
    assert_int_equal(v->stats.late, 1);
    if (reused != 0) {
        assert_true(vwr_vmessage_claim(bus.kept[1], bus.ticket[1]));
        assert_false(vwr_vmessage_claim(bus.kept[1], bus.ticket[1]));
        assert_int_equal(vwr_vmessage_write(bus.kept[1], "ab", 2), 2);
        vwr_vmessage_end(bus.kept[1], VWR_OK, NULL);
        (void)vwr_vdev_signal(v, &v->queue[0]);
    }
    vwr_vdev_unlock(v);
    if (reused != 0)
        late_comes_back(g);
    else
        hostile_unused(g, 0);
}

static void works(struct guest *g)
{
    bus.later = false;
    hostile_start_one(g);
    assert_int_equal(ask(g, 5), 6);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
}

static const struct hostile_device device = {plug, works, unplug};

static const struct hostile_case cases[] = {
    {"B19_zeroes_before_a_status",
     "header vwr/vdev.h; section Basic Facilities of a Virtio Device / Split Virtqueues",
     b19_zeroes,
     HOSTILE_V2,
     6,
     {2, 100, BUDGET + 1, BUDGET + 2, BUDGET + 3, 0x3fff0000}},
    {"G46_claim", "header vwr/vservice.h", g46_claim, HOSTILE_V2, 2, {0, 1}},
    LATE_CASES(g46_late, HOSTILE_V2),
};

int main(void)
{
    return hostile_run("service", &device, cases, sizeof(cases) / sizeof(cases[0]));
}
