/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"

#include "vwr/ventropy.h"
#include "vwr/vm.h"
#include "vwr/vservice.h"

#include <string.h>

/*
 * A service with its own table, for cases that no device in the specification has: a message that a feature
 * disables, counts of data, several messages that are returned, a handler that ends its message and then
 * fails.
 * Also tests the ownership of memory while a device holds it.
 */

#define OUT(n) (GUEST_DATA + 0x1000u * (n)) /* a page for each message */
#define IN(n) (OUT(n) + 0x800u)
#define ROOM 0x700u
#define PAGE 0x1000u
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define CLOSES 5u /* feature */
#define MESSAGES 3u
#define SEGS 20u
#define BUDGET 0x100000u /* more than a chain costs */
#define FRONT 4u         /* bytes before the data of an answer */

enum { COUNTED_8, COUNTED_BIG, UNCOUNTED, KEPT, ENDED };

static struct {
    struct guest g;
    struct vwr_service s; /* the first member of its device */
    uint8_t fixed[16];
    struct vwr_vmessage message[MESSAGES];
    struct vwr_vseg seg[(MESSAGES + 1) * SEGS];
    uint32_t bytes; /* of data of the next answer */
    unsigned calls;
    uint32_t tag[8]; /* of the messages, in the order of their calls */
    unsigned row;    /* of a queue without a selector */
    struct vwr_ventropy entropy;
    struct vwr_vqueue queue[1];
    struct vwr_vqueue_entry own[GUEST_QUEUE_MAX];
} all;

static int fill(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    static const uint8_t data[ROOM] = {1};

    (void)s;
    (void)out;
    all.calls++;
    (void)vwr_vmessage_write(x, data, all.bytes);
    return VWR_OK;
}

static int keep(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    vwr_le32 tag;

    (void)s;
    (void)x;
    memcpy(&tag, (const uint8_t *)out + 4, sizeof(tag));
    all.tag[all.calls++ % 8] = vwr_le32_to_cpu(tag);
    return VWR_LATER;
}

static int end_and_fail(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    (void)s;
    (void)out;
    vwr_vmessage_end(x, VWR_OK, NULL);
    return VWR_EIO;
}

#define NONE                                                 \
    {                                                        \
        VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE \
    }
#define ROW(n, ...)                                                                                  \
    {                                                                                                \
        .value = {n}, .any = NONE, .also = VWR_FEATURE_NONE, .out = 8, .first = FRONT, .selects = 1, \
        .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT, __VA_ARGS__                               \
    }

static const struct vwr_service_row rows[] = {
    ROW(COUNTED_8, .unless = {CLOSES, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .counted = {0, 1, false, 2},
        .call = fill),
    ROW(COUNTED_BIG, .unless = NONE, .counted = {0, 2, true, 1}, .call = fill),
    ROW(UNCOUNTED, .unless = NONE, .call = fill),
    ROW(KEPT, .unless = NONE, .call = keep),
    ROW(ENDED, .unless = NONE, .call = end_and_fail),
};
static const struct vwr_service_queue selected = {.rows = rows,
                                                  .count = sizeof(rows) / sizeof(rows[0]),
                                                  .selects = 1,
                                                  .select = {{.bytes = 4, .mask = ~0u}},
                                                  .select_end = 4,
                                                  .silent = true};

static int first_row(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    (void)s;
    (void)x;
    (void)out;
    all.row = 1;
    return VWR_OK;
}

static int second_row(struct vwr_service *s, struct vwr_vmessage *x, const void *out)
{
    (void)first_row(s, x, out);
    all.row = 2;
    return VWR_OK;
}

/* A message of the driver of any length, and one of the device alone. */
static const struct vwr_service_row directed_rows[] = {
    {.any = NONE,
     .also = VWR_FEATURE_NONE,
     .unless = NONE,
     .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_SILENT,
     .call = first_row},
    {.any = NONE,
     .also = VWR_FEATURE_NONE,
     .unless = NONE,
     .flags = VWR_SERVICE_MORE_IN | VWR_SERVICE_SILENT,
     .call = second_row},
};
static const struct vwr_service_queue directed = {.rows = directed_rows, .count = 2, .silent = true};

static uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    (void)v;
    return vwr_service_serve(&all.s, q->index, 0, q->index == 0 ? &selected : &directed);
}

static void on_reset(struct vwr_vdev *v)
{
    (void)v;
    vwr_service_forget_all(&all.s);
}

static void on_suspend(struct vwr_vdev *v)
{
    (void)v;
    vwr_service_suspend(&all.s);
}

static bool uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    (void)v;
    return vwr_service_uses(&all.s, host, bytes);
}

static const struct vwr_vdev_class kind = {
    .name = "messages", .id = 42, .reset = on_reset, .serve = serve, .suspend = on_suspend, .uses = uses};

static void begin(bool closes, uint32_t budget)
{
    const struct vwr_service_memory m = {all.message, MESSAGES, all.seg, VWR_COUNT(all.seg)};
    struct vwr_features features = {{1u << CLOSES}};
    struct vwr_vdev_setup s;

    memset(&all, 0, sizeof(all));
    guest_begin(&all.g, false, false);
    guest_setup(&all.g, &s);
    s.budget_bytes = budget;
    assert_int_equal(vwr_vdev_init(&all.s.dev, &kind, &s, &features, 2, NULL, 0), VWR_OK);
    assert_int_equal(vwr_service_init(&all.s, &m, all.fixed), VWR_OK);
    guest_plug(&all.g, 0, &all.s.dev);
    all.g.queues = 2;
    if (closes)
        vwr_features_add(&all.g.features, CLOSES);
    assert_true(guest_start(&all.g));
}

static void end(void)
{
    vwr_vm_remove(&all.g.vm, 0);
    guest_end(&all.g);
}

static void lend(unsigned n, uint32_t row, uint32_t tag)
{
    const vwr_le32 m[] = {vwr_cpu_to_le32(row), vwr_cpu_to_le32(tag)};
    const struct guest_desc d[] = {{OUT(n), sizeof(m), 0, 0}, {IN(n), ROOM, WRITE, 0}};

    memcpy(guest_at(&all.g, OUT(n), sizeof(m)), m, sizeof(m));
    memset(guest_at(&all.g, IN(n), ROOM), 0xa5, ROOM);
    hostile_lend(&all.g, 0, d, 2);
}

static int64_t ask(uint32_t row)
{
    lend(0, row, 0);
    guest_kick(&all.g, 0);
    return hostile_take(&all.g, 0);
}

/* The messages of a queue end with those of the service, regardless of what follows in memory. */
static void ends_with_the_last(void **state)
{
    unsigned at = 0;

    (void)state;
    begin(false, 0);
    all.message[MESSAGES - 1].busy = true;
    assert_ptr_equal(vwr_service_next(&all.s.dev, 0, &at), &all.message[MESSAGES - 1].chain);
    at = 0;
    all.s.messages--;
    assert_null(vwr_service_next(&all.s.dev, 0, &at));
    all.s.messages++;
    all.message[MESSAGES - 1].busy = false;
    end();
}

/* The search for a segment's region is part of the segment's cost; a step of no bytes is charged as two. */
static void charges_for_steps(void **state)
{
    const struct guest_desc d[] = {{GUEST_FAR, 16, 0, 0}, {GUEST_FAR + 16, 8, 0, 0}, {GUEST_FAR, 0, 0, 0}};
    static const uint32_t costs[] = {0, 0, 0, 2};
    struct vwr_vchain c;

    (void)state;
    for (unsigned n = 1; n <= 3; n++) {
        begin(false, 0);
        c.seg = all.seg;
        c.room = SEGS;
        hostile_lend(&all.g, 0, d, n);
        vwr_vdev_lock(&all.s.dev);
        all.s.dev.work = BUDGET;
        assert_int_equal(vwr_vqueue_pop_avail(&all.s.dev.queue[0], &c), 1);
        vwr_vdev_charge_extra(&all.s.dev, &all.s.dev.queue[0]);
        assert_int_equal(BUDGET - all.s.dev.work, costs[n] * VWR_VDEV_SEG_BYTES);
        vwr_vdev_unlock(&all.s.dev);
        end();
    }
}

/* An answer counts its data, up to what the field holds. */
static void counts(void **state)
{
    static const struct {
        uint32_t row, bytes;
        uint8_t first, second;
    } rows_of[] = {{COUNTED_8, 10, 5, 0},
                   {COUNTED_8, 510, 255, 0},
                   {COUNTED_8, 600, 255, 0},
                   {COUNTED_BIG, 0x123, 0x01, 0x23},
                   {UNCOUNTED, 10, 0, 0}};

    (void)state;
    begin(false, 0);
    for (unsigned i = 0; i < sizeof(rows_of) / sizeof(rows_of[0]); i++) {
        const uint8_t *const at = guest_at(&all.g, IN(0), ROOM);

        all.bytes = rows_of[i].bytes;
        assert_int_equal(ask(rows_of[i].row), FRONT + rows_of[i].bytes);
        assert_true(at[0] == rows_of[i].first && at[1] == rows_of[i].second && at[2] == 0 && at[FRONT] == 1);
    }
    end();
}

/* A feature may close a message. */
static void closes(void **state)
{
    (void)state;
    for (unsigned closed = 0; closed < 2; closed++) {
        begin(closed != 0, 0);
        assert_int_equal(ask(COUNTED_8), closed != 0 ? 0 : FRONT);
        assert_int_equal(all.calls, closed == 0);
        assert_int_equal(ask(UNCOUNTED), FRONT);
        end();
    }
}

/* Messages without a selector are distinguished by whether the driver sends anything. */
static void selects_by_direction(void **state)
{
    (void)state;
    begin(false, 0);
    hostile_send_one(&all.g, 1, OUT(0), 5, 0);
    hostile_used(&all.g, 1, 0);
    assert_int_equal(all.row, 1);
    hostile_send_one(&all.g, 1, IN(0), 5, WRITE);
    hostile_used(&all.g, 1, 0);
    assert_int_equal(all.row, 2);
    end();
}

/* A handler that has ended its message fails afterwards: the message is used once. */
static void ends_once(void **state)
{
    (void)state;
    begin(false, 0);
    assert_int_equal(ask(ENDED), FRONT);
    hostile_unused(&all.g, 0);
    assert_int_equal(vwr_vqueue_in_flight(&all.g.queue[0]), 0);
    end();
}

/* Three messages, of which the oldest is in the last place: it had the first one, which is used again. */
static void keep_three(void)
{
    for (unsigned i = 0; i < 3; i++)
        lend(i, KEPT, i);
    guest_kick(&all.g, 0);
    assert_int_equal(all.calls, 3);
    vwr_vmessage_answer(&all.message[0], vwr_vmessage_ticket(&all.message[0]), VWR_OK, NULL);
    hostile_used(&all.g, 0, FRONT);
    lend(3, KEPT, 3);
    guest_kick(&all.g, 0);
    assert_int_equal(all.tag[3], 3);
    assert_true(vwr_service_give_back(&all.s.dev));
    all.calls = 0;
}

static void are_served_in_order(uint32_t first)
{
    assert_int_equal(all.calls, 3);
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(all.tag[i], first + i);
}

/* Messages that are returned are served again, the oldest first, as far as the budget allows. */
static void serves_the_oldest_first(void **state)
{
    (void)state;
    begin(false, 0);
    keep_three();
    vwr_vdev_serve(all.g.dev, 0);
    are_served_in_order(1);
    end();
    begin(false, 0);
    keep_three();
    all.g.dev->budget_bytes = 64;
    for (unsigned i = 0; i < 8; i++) {
        all.g.again = 0;
        vwr_vdev_serve(all.g.dev, 0);
        assert_in_range(all.calls, 1, 3);
        if (i == 0)
            assert_true(all.calls == 3 || all.g.again != 0);
    }
    are_served_in_order(1);
    end();
}

/* A suspend serves them too. */
static void serves_for_a_suspend(void **state)
{
    (void)state;
    begin(false, 0);
    keep_three();
    vwr_service_finish(all.g.dev);
    are_served_in_order(1);
    end();
}

/* ---- memory ---- */

/* Memory of a message is in use until the message ends, whichever of several it is. */
static void uses_messages(void **state)
{
    (void)state;
    begin(false, 0);
    for (unsigned i = 0; i < 2; i++)
        lend(i, KEPT, i);
    guest_kick(&all.g, 0);
    assert_true(vwr_vm_uses(&all.g.vm, OUT(0), PAGE));
    assert_true(vwr_vm_uses(&all.g.vm, OUT(1), PAGE));
    assert_false(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    assert_false(vwr_vseg_meets(&all, 0, &all, 1)); /* of no bytes */
    assert_true(vwr_vseg_meets(&all, 1, &all, 1));
    vwr_vmessage_answer(&all.message[0], vwr_vmessage_ticket(&all.message[0]), VWR_OK, NULL);
    assert_false(vwr_vm_uses(&all.g.vm, OUT(0), PAGE));
    assert_true(vwr_vm_uses(&all.g.vm, OUT(1), PAGE));
    assert_true(vwr_vm_uses(&all.g.vm, GUEST_LOW, PAGE)); /* a ring */
    end();
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    (void)e;
    (void)bytes;
    (void)n;
    return 0;
}

/*
 * A device that does not know which memory it owns counts as owning all of it, while it holds a buffer or is
 * broken.
 */
static void uses_any_memory(void **state)
{
    struct vwr_vdev_class blind = kind;

    (void)state;
    begin(false, 0);
    blind.uses = NULL;
    all.s.dev.kind = &blind;
    assert_true(vwr_vm_uses(&all.g.vm, GUEST_LOW, PAGE)); /* a ring */
    assert_false(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    lend(0, KEPT, 0);
    guest_kick(&all.g, 0);
    assert_true(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    assert_true(guest_start(&all.g));
    assert_false(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    vwr_vdev_needs_reset(&all.s.dev);
    assert_true(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    assert_true(guest_start(&all.g));
    assert_false(vwr_vm_uses(&all.g.vm, OUT(2), PAGE));
    end();
}

/* A second device does not hide the memory that the first one owns. */
static void uses_of_two_devices(void **state)
{
    struct vwr_vdev_setup s;

    (void)state;
    begin(false, 0);
    guest_setup(&all.g, &s);
    s.queue_count = 1;
    s.queue = all.queue;
    s.own = all.own;
    s.own_count = VWR_COUNT(all.own);
    assert_int_equal(vwr_ventropy_init_with(&all.entropy, &s, source, NULL), VWR_OK);
    assert_int_equal(vwr_vm_add(&all.g.vm, 1, &all.entropy.dev), VWR_OK);
    lend(0, KEPT, 0);
    guest_kick(&all.g, 0);
    assert_true(vwr_vm_uses(&all.g.vm, OUT(0), PAGE));
    assert_false(vwr_vm_uses(&all.g.vm, OUT(1), PAGE));
    vwr_vm_remove(&all.g.vm, 1);
    end();
}

/* A size beyond the memory of the queue, which the registers do not accept. */
static void enables_no_large_queue(void **state)
{
    static const struct vwr_features none;
    struct vwr_vqueue *const q = &all.queue[0];

    (void)state;
    begin(false, 0);
    vwr_vqueue_init_(q, &all.g.vm.memory, 1, all.own, 4);
    q->desc_addr = GUEST_LOW + GUEST_RING_BYTES;
    q->driver_addr = q->desc_addr + 0x1000;
    q->device_addr = q->desc_addr + 0x2000;
    q->size = 8;
    assert_int_equal(vwr_vqueue_enable_(q, &none, false, 0), VWR_EINVAL);
    assert_false(q->ready);
    q->size = 4;
    assert_int_equal(vwr_vqueue_enable_(q, &none, false, 0), VWR_OK);
    vwr_vqueue_disable_(q);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_with_the_last),
        cmocka_unit_test(charges_for_steps),
        cmocka_unit_test(counts),
        cmocka_unit_test(closes),
        cmocka_unit_test(selects_by_direction),
        cmocka_unit_test(ends_once),
        cmocka_unit_test(serves_the_oldest_first),
        cmocka_unit_test(serves_for_a_suspend),
        cmocka_unit_test(uses_messages),
        cmocka_unit_test(uses_any_memory),
        cmocka_unit_test(uses_of_two_devices),
        cmocka_unit_test(enables_no_large_queue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
