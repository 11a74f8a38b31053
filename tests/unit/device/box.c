/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/vm.h"

#include <string.h>

#define GUARD 0x5a

struct box box;

static struct box *of(struct vwr_vdev *v)
{
    return (struct box *)(void *)v;
}

static void on_reset(struct vwr_vdev *v)
{
    of(v)->resets++;
    of(v)->held = 0;
}

static void on_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    of(v)->queue_resets++;
}

static int on_negotiated(struct vwr_vdev *v)
{
    of(v)->negotiations++;
    return of(v)->refuse;
}

void box_use(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    struct vwr_writer w;

    vwr_vchain_writer(c, &w);
    vwr_vqueue_add_used(q, c, vwr_writer_write(&w, "box", 3));
}

static uint16_t on_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct box *const b = of(v);
    struct vwr_vchain *const c = &b->chain[b->held];

    assert_true(++b->serves < 100000); /* otherwise it would never end */
    v->to_flush = true;
    if (b->cannot || b->held == BOX_HELD)
        return 0;
    c->seg = b->seg[b->held];
    c->room = 8;
    if (vwr_vqueue_pop_avail(q, c) <= 0) {
        vwr_vdev_check_queue(v, q);
        return 0;
    }
    vwr_vdev_charge_extra(v, q);
    b->chain_queue[b->held] = q->index;
    if (b->hold) {
        b->held++;
        return 1;
    }
    b->answered++;
    box_use(q, c);
    return 1;
}

static void on_flush(struct vwr_vdev *v, uint16_t queue)
{
    (void)queue;
    v->to_flush = false;
    of(v)->flushes++;
}

static void on_suspend(struct vwr_vdev *v)
{
    of(v)->suspends++;
    if (of(v)->on_suspend != NULL)
        of(v)->on_suspend(v);
}

static void on_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    of(v)->written++;
    of(v)->written_at = offset;
    of(v)->written_bytes = bytes;
}

static const struct vwr_feature_rule rules[] = {
    {BOX_F_SECOND, {BOX_F_SWITCH, VWR_FEATURE_NONE, VWR_FEATURE_NONE}}};

#define NO_FEATURE                                           \
    {                                                        \
        VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE \
    }
#define RW (VWR_READ | VWR_WRITE)

static const struct vwr_config_field fields[] = {
    {BOX_FIXED, 4, {VWR_READ, VWR_READ}, NO_FEATURE, 0},
    {BOX_TOGGLE, 1, {RW, RW}, {BOX_F_SWITCH, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 0},
    {BOX_OLD, 2, {RW, VWR_READ}, NO_FEATURE, 0},
    {BOX_EARLY, 4, {VWR_WRITE, VWR_WRITE}, {BOX_F_EARLY, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, 1},
    {BOX_WIDE, 8, {RW, RW}, NO_FEATURE, 0},
    {BOX_COUNTER, 4, {VWR_READ, VWR_READ}, NO_FEATURE, 0}};

static const struct vwr_name feature_names[] = {{BOX_F_EARLY, "EARLY"},
                                                {BOX_F_SWITCH, "SWITCH"},
                                                {BOX_F_SECOND, "SECOND"},
                                                {BOX_F_HIGH, "HIGH"},
                                                {0, NULL}};

static const struct vwr_vdev_class box_class = {.name = "box",
                                                .id = BOX_ID,
                                                .rules = rules,
                                                .fields = fields,
                                                .rule_count = 1,
                                                .field_count = sizeof(fields) / sizeof(fields[0]),
                                                .feature_names = feature_names,
                                                .reset = on_reset,
                                                .queue_reset = on_queue_reset,
                                                .negotiated = on_negotiated,
                                                .serve = on_serve,
                                                .flush = on_flush,
                                                .suspend = on_suspend,
                                                .config_written = on_config_written};

void box_setup(struct guest *g, struct vwr_vdev_setup *s)
{
    guest_setup(g, s);
    s->shm = box.shm;
    s->shm_count = 2;
}

void box_setup_other(struct guest *g, struct vwr_vdev_setup *s)
{
    static struct vwr_vqueue queue[GUEST_QUEUES];
    static struct vwr_vqueue_entry own[GUEST_QUEUES * GUEST_QUEUE_MAX];

    box_setup(g, s);
    s->queue = queue;
    s->own = own;
}

int box_init(struct box *b, const struct vwr_vdev_setup *s)
{
    struct vwr_features own;

    vwr_features_clear(&own);
    vwr_features_add(&own, BOX_F_EARLY);
    vwr_features_add(&own, BOX_F_SWITCH);
    vwr_features_add(&own, BOX_F_SECOND);
    vwr_features_add(&own, BOX_F_HIGH);
    return vwr_vdev_init(&b->dev, &box_class, s, &own, BOX_QUEUES, b->config, BOX_CONFIG);
}

void box_plug(struct guest *g)
{
    struct vwr_vdev_setup s;

    memset(&box, 0, sizeof(box));
    memset(box.config, GUARD, sizeof(box.config));
    for (unsigned i = 0; i < BOX_CONFIG; i++)
        box.config[i] = (uint8_t)(0x10 + i);
    box.shm[0] = (struct vwr_vdev_shm){UINT64_C(0x123456789), UINT64_C(0x100002000)};
    box.shm[1] = (struct vwr_vdev_shm){UINT64_C(0x5000), UINT64_C(0x1000)};
    box_setup(g, &s);
    assert_int_equal(box_init(&box, &s), VWR_OK);
    guest_plug(g, 0, &box.dev);
    g->queue[BOX_QUEUES].ready = true; /* behind the last queue: the device must not look at it */
    g->queue[BOX_QUEUES].max = 99;
    g->queue[BOX_QUEUES].pfn = 99;
    g->queues = BOX_QUEUES;
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) /* the class's too */
        g->features.w[i] |= box.dev.offered.w[i] & ~0u;
    if (g->packed)
        vwr_features_add(&g->features, VWR_F_RING_PACKED);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    vwr_features_remove(&g->features, VWR_F_IN_ORDER);
}

void box_unplug(struct guest *g)
{
    for (unsigned i = BOX_CONFIG; i < sizeof(box.config); i++)
        assert_int_equal(box.config[i], GUARD);
    assert_int_equal(g->queue[BOX_QUEUES].max, 99);
    assert_int_equal(g->queue[BOX_QUEUES].size, 0);
    assert_true(g->queue[BOX_QUEUES].ready);
    vwr_vm_remove(&g->vm, 0);
}

uint32_t box_get(struct guest *g, unsigned offset)
{
    return (uint32_t)guest_read(g, offset, sizeof(uint32_t));
}

void box_set(struct guest *g, unsigned offset, uint32_t value)
{
    guest_write(g, offset, sizeof(uint32_t), value);
}

unsigned box_ignored(void)
{
    return (unsigned)box.dev.stats.ignored;
}

bool box_ask(struct guest *g, unsigned queue)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};
    const unsigned head = guest_chain(g, queue, &d, 1);
    uint32_t id = 0, len = 0;

    guest_kick(g, queue);
    if (!guest_used(g, queue, &id, &len))
        return false;
    assert_int_equal(id, head);
    assert_int_equal(len, 3);
    assert_memory_equal(guest_at(g, GUEST_DATA, 3), "box", 3);
    guest_ack(g);
    return true;
}

void box_answer_held(struct guest *g)
{
    struct vwr_vqueue *const q = &g->dev->queue[box.chain_queue[0]];

    box_use(q, &box.chain[0]);
    (void)vwr_vdev_signal(g->dev, q);
}

void box_works(struct guest *g)
{
    box.refuse = 0;
    box.hold = false;
    box.cannot = false;
    box.held = 0;
    g->page_size = g->align = VWR_SPLIT_RING_LEGACY_ALIGN;
    assert_true(guest_start(g));
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(box_ask(g, i));
    assert_false(box.dev.broken);
    assert_int_equal(box.dev.fault.kind, VWR_VFAULT_NONE);
}

const struct hostile_device box_device = {box_plug, box_works, box_unplug};
