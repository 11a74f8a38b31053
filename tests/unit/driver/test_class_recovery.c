/* SPDX-License-Identifier: MIT */
#include "classes.h"
#include "vwr/gen/fs.h"
#include "vwr/receive.h"

#include <stdio.h>
#include <string.h>

/*
 * Rows are the causes that stop a device, columns are the class drivers. Whatever the cause and the queue,
 * each class recovers with its settings, and every request of its caller is accounted for (classes.h lists
 * the checks).
 */

#define LOOKS 200u

/* A row; with `lie`, it applies to each queue. */
struct fault {
    const char *name;
    void (*lie)(struct world *w, unsigned queue);
    bool split; /* not possible in a packed ring */
    bool twice; /* does not apply to a buffer that is posted again immediately: it completes too early, not
                   twice */
    int (*stop)(struct world *w, const struct driver_class *c); /* returns why the device is stopped */
    void (*ends)(struct world *w); /* the device behaves correctly from now on; NULL: immediately */
    int recover;                   /* result of a recovery before `ends` */
};

struct cell {
    const struct fault *fault;
    const struct driver_class *class;
    unsigned queue;
};

/* ---- protocol violations in a ring ---- */

/* D01: an id outside the queue. */
static void id_beyond(struct world *w, unsigned queue)
{
    fake_ring_put(&w->f, queue, w->f.queue[queue].size + 3u, 0);
}

static void id_of_ones(struct world *w, unsigned queue)
{
    fake_ring_put(&w->f, queue, UINT32_MAX, UINT32_MAX);
}

/* D06: uses a buffer of the device twice. */
static void id_twice(struct world *w, unsigned queue)
{
    static struct fake_chain c;
    uint16_t id = 0;

    while (id < FAKE_SIZE_MAX && w->f.queue[queue].length[id] == 0)
        id++;
    if (id == FAKE_SIZE_MAX) {
        assert_true(fake_ring_next(&w->f, queue, &c));
        id = c.head;
    }
    fake_ring_put(&w->f, queue, id, 1);
    fake_ring_put(&w->f, queue, id, 1);
}

/* D07, D08: moves the used index by more than the number of buffers in flight. */
static void move_index(struct world *w, unsigned queue, uint32_t by)
{
    fake_ring_set_used_idx(&w->f, queue, (uint16_t)(w->f.queue[queue].used + by));
}

static void idx_jumps(struct world *w, unsigned queue)
{
    move_index(w, queue, w->f.queue[queue].size + 1);
}

static void idx_back(struct world *w, unsigned queue)
{
    move_index(w, queue, UINT32_MAX - w->f.queue[queue].size);
}

/* Commits the violation while the owner waits. */
static struct {
    struct world *w;
    const struct fault *fault;
    void (*on_notify)(struct fake *f, uint32_t queue);
} later;

static void lie_to_who_waits(struct fake *f, uint32_t queue)
{
    f->on_notify = later.on_notify;
    later.fault->lie(later.w, queue);
}

/* ---- what stops the device ---- */

static int recover_step(const struct driver_class *c)
{
    return c->recover != NULL ? c->recover() : vwr_recover(c->bringup);
}

/* Every step is short, whatever the device does. */
static int recover(struct world *w, const struct driver_class *c)
{
    int r = VWR_EBUSY;

    for (unsigned steps = 0; steps < 10000 && r == VWR_EBUSY; steps++) {
        const unsigned before = w->f.accesses;

        r = recover_step(c);
        assert_true(w->f.accesses - before <= 64);
    }
    return r;
}

static int needs_reset(struct world *w, const struct driver_class *c)
{
    w->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    if (c->bringup->requests == NULL) { /* it has no configuration either */
        uint8_t info = 0;

        assert_int_equal(c->steps->info_bytes, 0);
        assert_int_equal(vwr_bringup_read_info(c->bringup, &info), VWR_ENEEDSRESET);
    }
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_ENEEDSRESET);
    return VWR_ENEEDSRESET;
}

static int silence(struct world *w, const struct driver_class *c)
{
    return c->wait(w);
}

static int resets_itself(struct world *w, const struct driver_class *c)
{
    (void)c;
    w->f.status = 0;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_EPROTO);
    return VWR_EPROTO;
}

static int freeze(struct world *w, const struct driver_class *c)
{
    int r;

    while ((r = vwr_freeze(c->bringup)) == VWR_EBUSY)
        continue;
    assert_int_equal(r, VWR_OK);
    assert_int_equal(w->f.status, 0);
    return VWR_ERESET;
}

/* needs_reset, and then... */

static int reset_is_late(struct world *w, const struct driver_class *c)
{
    w->f.quirks.reset_reads = FAKE_FOREVER;
    return needs_reset(w, c);
}

static void reset_is_acknowledged(struct world *w)
{
    w->f.quirks.reset_reads = 0;
    w->f.reset_reads_left = 0;
}

/* ... the device does not start at the first attempt. */
static int starts_late(struct world *w, const struct driver_class *c)
{
    const int why = needs_reset(w, c);
    const unsigned resets = w->f.resets;

    w->f.quirks.refuse_status = VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK;
    while (w->f.resets < resets + 2)
        assert_int_equal(recover_step(c), VWR_EBUSY);
    w->f.quirks.refuse_status = 0;
    return why;
}

/* ... the device starts, does not answer, and fails again. */
static int fails_again(struct world *w, const struct driver_class *c)
{
    const int why = needs_reset(w, c);

    fake_time.step = 100u * 1000u;
    if (recover(w, c) == VWR_OK)
        (void)needs_reset(w, c);
    return why;
}

/* D15: the device completes all its buffers after the driver has stopped it: too late. */
static int answers_late(struct world *w, const struct driver_class *c)
{
    const int why = silence(w, c);

    for (unsigned i = 0; i < c->queue_count; i++) {
        const struct fake_queue *const q = &w->f.queue[c->queues[i]];

        for (uint16_t id = 0; id < q->size; id++)
            if (q->length[id] != 0)
                fake_ring_put(&w->f, c->queues[i], id, 1);
        if ((c->empty >> c->queues[i] & 1) == 0)
            assert_true(vwr_get_stage(c->bringup) == VWR_STAGE_STOPPED);
    }
    return why;
}

/* D10, D11, D12: the driver does not read back what it wrote to its rings. */
static int overwrites(struct world *w, const struct driver_class *c)
{
    for (unsigned i = 0; i < c->queue_count; i++)
        fake_ring_scribble(&w->f, c->queues[i], 0xff);
    return needs_reset(w, c);
}

/* D33: after the reset the queues are shorter. */
static int has_shorter_queues(struct world *w, const struct driver_class *c)
{
    for (unsigned i = 0; i < c->queue_count; i++)
        w->f.queue[c->queues[i]].size_max /= 2;
    return needs_reset(w, c);
}

static const struct fault faults[] = {
    {"D36_needs_reset", .stop = needs_reset},
    {"D14_silence", .stop = silence},
    {"D37_resets_itself", .stop = resets_itself},
    {"D26_starts_at_the_second_try", .stop = starts_late},
    {"D25_reset_is_late", .stop = reset_is_late, .ends = reset_is_acknowledged, .recover = VWR_EFAILED},
    {"D36_fails_again", .stop = fails_again},
    {"D15_answers_late", .stop = answers_late},
    {"D10_D11_D12_overwrites", .stop = overwrites},
    {"D33_has_shorter_queues", .stop = has_shorter_queues},
    {"freeze", .stop = freeze},
};

static const struct fault lies[] = {
    {"D01_D18_id_beyond", .lie = id_beyond},
    {"D01_D18_id_of_ones", .lie = id_of_ones},
    {"D06_D18_id_twice", .lie = id_twice, .twice = true},
    {"D07_idx_jumps", .lie = idx_jumps, .split = true},
    {"D08_idx_back", .lie = idx_back, .split = true},
};

/* ---- a test ---- */

/* Polls until the owner of the queue knows that it is stopped; gives up after LOOKS polls. */
static int looks(struct world *w, const struct driver_class *c, unsigned queue)
{
    int r = 0;

    for (unsigned i = 0; i < LOOKS && r >= 0; i++)
        r = c->look(w, queue);
    return r;
}

/* The owner of the queue detects the violation, permanently. */
static int found_out(struct world *w, const struct driver_class *c, unsigned queue)
{
    const int r = looks(w, c, queue);

    assert_int_equal(r, VWR_EBADRING);
    assert_int_equal(vwr_get_stage(c->bringup), VWR_STAGE_STOPPED);
    assert_true(c->look(w, queue) < 0);
    return VWR_EBADRING;
}

static void comes_back(struct world *w, const struct format *f, const void *param)
{
    const struct cell *const cell = param;
    const struct driver_class *const c = cell->class;
    const struct fault *const fault = cell->fault;
    int why;

    c->begin(w, f);
    if (fault->lie == NULL) {
        why = fault->stop(w, c);
    } else {
        later.w = w;
        later.fault = fault;
        later.on_notify = w->f.on_notify;
        if ((c->empty >> cell->queue % 32 & 1) != 0)
            w->f.on_notify = lie_to_who_waits;
        else
            fault->lie(w, cell->queue);
        why = found_out(w, c, cell->queue);
    }
    class_silent = false;
    assert_int_not_equal(vwr_get_stage(c->bringup), VWR_STAGE_RUNNING);
    if (c->bringup->requests == NULL ||
        c->bringup->receives != NULL) { /* a call that waits would have to own all */
        const unsigned before = w->f.accesses;

        assert_int_equal(c->bringup->recover(c->bringup), VWR_EFAILED);
        assert_int_equal(w->f.accesses, before);
    }
    if (fault->recover != VWR_OK)
        assert_int_equal(recover(w, c), fault->recover);
    if (fault->ends != NULL)
        fault->ends(w);
    assert_int_equal(recover(w, c), VWR_OK);
    assert_int_equal(vwr_get_stage(c->bringup), VWR_STAGE_RUNNING);
    c->came_back(w, why);
    assert_int_equal(c->close(), VWR_OK);
    c->released();
}

/* D37: the device disappears. It owns the buffers in flight until it is present again and is closed. */
static void D37_gone(struct world *w, const struct format *f, const void *param)
{
    const struct driver_class *const c = ((const struct cell *)param)->class;

    c->begin(w, f);
    w->f.quirks.gone = true;
    assert_int_equal(vwr_dev_check(&w->mmio.dev), VWR_EGONE);
    assert_int_equal(recover(w, c), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(c->bringup), VWR_STAGE_LOST);
    assert_true(c->close() < 0);
    w->f.quirks.gone = false;
    assert_int_equal(c->close(), VWR_OK);
    c->released();
}

/* The device does not start again: the driver declares it dead, and the caller gets all requests back
 * before the close. */
static void given_up(struct world *w, const struct driver_class *c)
{
    assert_int_equal(recover(w, c), VWR_EFAILED);
    assert_int_equal(vwr_get_stage(c->bringup), VWR_STAGE_DEAD);
    assert_int_equal(recover(w, c), VWR_EFAILED);
    for (unsigned i = 0; i < c->queue_count; i++)
        assert_true(looks(w, c, c->queues[i]) < 0); /* completions from before the failure come first */
    assert_int_equal(c->close(), VWR_OK);
    c->released();
}

/* D33: a queue no longer exists. */
static void D33_queue_is_gone(struct world *w, const struct format *f, const void *param)
{
    const struct cell *const cell = param;

    cell->class->begin(w, f);
    w->f.queue[cell->queue].size_max = 0;
    (void)needs_reset(w, cell->class);
    given_up(w, cell->class);
}

static void change_config(struct fake *f, unsigned offset, bool write)
{
    (void)offset;
    (void)write;
    f->generation++;
    f->config[0]++;                                /* the legacy layout has no generation */
    f->config[VWR_FS_CONFIG_NUM_REQUEST_QUEUES]++; /* behind a tag that the driver does not read then */
}

/* D29: the configuration changes with each read; a class without configuration is not affected. */
static void D29_config_changes_for_ever(struct world *w, const struct format *f, const void *param)
{
    const struct driver_class *const c = ((const struct cell *)param)->class;

    c->begin(w, f);
    w->f.on_config = change_config;
    (void)needs_reset(w, c);
    class_silent = false;
    if (c->steps->read != NULL)
        given_up(w, c);
    else
        assert_int_equal(recover(w, c), VWR_OK);
}

static vwr_count clamped(const struct driver_class *c, unsigned queue)
{
    for (const struct vwr_requestq *q = c->bringup->requests; q != NULL; q = q->next)
        if (vwr_queue_index(&q->queue) == queue)
            return q->queue.stats.clamped;
    for (const struct vwr_receiveq *r = c->bringup->receives; r != NULL; r = r->next)
        if (vwr_queue_index(&r->queue) == queue)
            return r->queue.stats.clamped;
    fail_msg("there is no queue %u", queue);
    return 0;
}

/* D04: the used length exceeds the buffer. The runtime clamps and counts it; the class decides what to do
 * with it. */
static void D04_length(struct world *w, const struct format *f, const void *param)
{
    static struct fake_chain chain;
    const struct cell *const cell = param;
    const struct driver_class *const c = cell->class;
    const struct fake_queue *const q = &w->f.queue[cell->queue];
    uint16_t id = 0;

    c->begin(w, f);
    while (id < q->size && q->length[id] == 0)
        id++;
    if (id == q->size) {
        assert_true(fake_ring_next(&w->f, cell->queue, &chain));
        id = chain.head;
    }
    fake_ring_put(&w->f, cell->queue, id, UINT32_MAX);
    for (unsigned i = 0; i < LOOKS / 10 && clamped(c, cell->queue) == 0; i++)
        (void)c->look(w, cell->queue);
    assert_int_equal(clamped(c, cell->queue), 1);
    assert_int_equal(c->close(), VWR_OK);
    c->released();
}

static const struct cell *cell(const struct fault *fault, const struct driver_class *class, unsigned queue)
{
    static struct cell cells[FORMAT_TESTS_MAX];
    static unsigned used;

    assert_true(used < FORMAT_TESTS_MAX);
    cells[used] = (struct cell){fault, class, queue};
    return &cells[used++];
}

/* Adds a row's test for a class; the name has to outlive the test. */
static void add(struct format_tests *tests, const char *row, format_test *test, const struct cell *cell,
                unsigned kinds, unsigned options)
{
    static char names[FORMAT_TESTS_MAX][64];
    static unsigned used;
    const uint16_t sizes[] = {cell->class->size, 0};
    const struct format_range range = {kinds & cell->class->kinds, options, 0, sizes};
    char *const name = names[used++];

    if (cell->queue == CLASS_NO_QUEUE)
        (void)snprintf(name, sizeof(names[0]), "%s_%s", cell->class->name, row);
    else
        (void)snprintf(name, sizeof(names[0]), "%s_%s_queue_%u", cell->class->name, row, cell->queue);
    format_add(tests, name, test, cell, &range);
}

#define ADD(test, tests, cell, options) add(tests, #test, test, cell, KIND_ALL, options)

/* Adds the tests of one queue. */
static void add_queue(struct format_tests *tests, const struct driver_class *c, unsigned queue)
{
    for (size_t k = 0; k < sizeof(lies) / sizeof(lies[0]); k++)
        if (!lies[k].twice || (c->reused >> queue & 1) == 0)
            add(tests, lies[k].name, comes_back, cell(&lies[k], c, queue),
                lies[k].split ? KIND_SPLITS : KIND_ALL, FORMAT_IN_ORDER);
    ADD(D33_queue_is_gone, tests, cell(NULL, c, queue), 0);
    if ((c->empty >> queue & 1) == 0)
        ADD(D04_length, tests, cell(NULL, c, queue), FORMAT_IN_ORDER);
}

int main(void)
{
    static const struct driver_class *const classes[] = {
        &class_net,     &class_net_replay, &class_console, &class_input, &class_gpu,    &class_entropy,
        &class_balloon, &class_9p,         &class_scsi,    &class_vsock, &class_crypto, &class_i2c,
        &class_sound,   &class_fs,         &class_gpio,    &class_pmem,  &class_iommu,  &class_rtc,
        &class_mem,     &class_can,        &class_scmi,    &class_spi};
    const unsigned options = FORMAT_INDIRECT | FORMAT_EVENT_IDX | FORMAT_IN_ORDER;
    static struct format_tests tests;

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        const struct driver_class *const c = classes[i];

        for (size_t k = 0; k < sizeof(faults) / sizeof(faults[0]); k++)
            add(&tests, faults[k].name, comes_back, cell(&faults[k], c, CLASS_NO_QUEUE), KIND_ALL,
                k < 2 ? options : FORMAT_IN_ORDER);
        ADD(D37_gone, &tests, cell(NULL, c, CLASS_NO_QUEUE), FORMAT_IN_ORDER);
        ADD(D29_config_changes_for_ever, &tests, cell(NULL, c, CLASS_NO_QUEUE), 0);
        for (unsigned q = 0; q < c->queue_count; q++)
            add_queue(&tests, c, c->queues[q]);
    }
    return format_run("class_recovery", &tests);
}
