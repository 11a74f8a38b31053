/* SPDX-License-Identifier: MIT */
#include "bench.h"
#include "vwr/mem.h"

#include <string.h>

/*
 * A memory device that answers within the notification: steps in both directions, refusals of the device and
 * of the caller, comparison after a recovery, and lies. `is` is what the device has plugged, `used` what the
 * caller believes.
 */

#define REGION UINT64_C(0x7ff000000)
#define BLOCK UINT64_C(0x200000)
#define BLOCKS 70u
#define STEP 8u

enum { PLUG, UNPLUG, UNPLUG_ALL, STATE, TYPES };
enum { ACK, NACK, BUSY, ERROR };

static struct vwr_mem m;
static struct vwr_mem_options options;
static uint32_t map[VWR_MEM_WORDS(BLOCKS)];
static struct world *world;
static bool is[BLOCKS], used[BLOCKS], keeps[BLOCKS];
static unsigned sent[TYPES], most_blocks, lost;
static int next_answer;         /* of the device; ACK: the right one */
static int32_t next_state = -1; /* of STATE; -1: the right one */
static uint32_t less;           /* bytes that an answer lacks */
static bool silent;
static uint64_t requested, usable;

static void configure(void)
{
    struct fake *const f = &world->f;
    uint64_t plugged = 0;

    for (unsigned i = 0; i < BLOCKS; i++)
        plugged += is[i] ? BLOCK : 0;
    fake_config(f, VWR_MEM_CONFIG_BLOCK_SIZE, 8, BLOCK);
    fake_config(f, VWR_MEM_CONFIG_NODE_ID, 2, 7);
    fake_config(f, VWR_MEM_CONFIG_ADDR, 8, REGION);
    fake_config(f, VWR_MEM_CONFIG_REGION_SIZE, 8, BLOCKS * BLOCK);
    fake_config(f, VWR_MEM_CONFIG_USABLE_REGION_SIZE, 8, usable);
    fake_config(f, VWR_MEM_CONFIG_PLUGGED_SIZE, 8, plugged);
    fake_config(f, VWR_MEM_CONFIG_REQUESTED_SIZE, 8, requested);
    f->generation++;
}

static void wants(unsigned blocks)
{
    requested = blocks * BLOCK;
    usable = requested > usable ? requested : usable;
    configure();
}

static uint64_t number(const uint8_t *at, unsigned n)
{
    const bool big = vwr_guest_is_big(world->f.version == VWR_MMIO_VERSION_LEGACY);
    uint64_t value = 0;

    for (unsigned i = 0; i < n; i++)
        value |= (uint64_t)at[i] << 8 * (big ? n - 1 - i : i);
    return value;
}

static uint16_t state_of(unsigned first, unsigned count)
{
    unsigned plugged = 0;

    for (unsigned i = first; i < first + count; i++)
        plugged += is[i];
    return plugged == count ? 0 : plugged == 0 ? 1 : 2;
}

/* A request of this driver is possible, and unplugs nothing that is in use. */
static uint16_t execute(unsigned type, uint64_t addr, unsigned count, uint16_t *state)
{
    const unsigned first = (unsigned)((addr - REGION) / BLOCK);

    if (type == UNPLUG_ALL) {
        memset(is, 0, sizeof(is));
        return ACK;
    }
    assert_true(addr >= REGION && addr % BLOCK == 0 && count != 0 && (first + count) * BLOCK <= usable);
    *state = state_of(first, count);
    if (type != STATE) {
        assert_true(count <= STEP);
        most_blocks = count > most_blocks ? count : most_blocks;
    }
    for (unsigned i = first; i < first + count && type != STATE; i++) {
        assert_int_equal(is[i], type == UNPLUG);
        assert_false(used[i]);
        is[i] = type == PLUG;
    }
    return ACK;
}

static void serve(struct fake *f, uint32_t queue)
{
    static struct fake_chain chain;
    uint8_t out[24], in[10] = {0};
    uint16_t status, state = 0;

    while (!silent && fake_ring_next(f, queue, &chain)) {
        const unsigned type =
            (assert_int_equal(class_read(&chain, out, sizeof(out)), sizeof(out)), (unsigned)number(out, 2));

        assert_int_equal(chain.writable, sizeof(in));
        for (unsigned i = 2; i < sizeof(out); i++) /* reserved, as Linux and QEMU have it */
            assert_true((i >= 8 && i < 18 && type != UNPLUG_ALL) || out[i] == 0);
        assert_true(type < TYPES);
        sent[type]++;
        status = (uint16_t)next_answer;
        if (status == ACK)
            status = execute(type, number(out + 8, 8), (unsigned)number(out + 16, 2), &state);
        state = next_state >= 0 ? (uint16_t)next_state : state;
        memcpy(in, &(uint16_t){vwr_guest16(f->version == VWR_MMIO_VERSION_LEGACY, status)}, 2);
        memcpy(in + 8, &(uint16_t){vwr_guest16(f->version == VWR_MMIO_VERSION_LEGACY, state)}, 2);
        class_write(&chain, in, sizeof(in) - less);
        configure();
        fake_ring_push(f, queue, chain.head, (uint32_t)sizeof(in) - less);
    }
}

/* ---- the caller ---- */

static void mark(uint64_t addr, uint64_t bytes, bool now)
{
    for (uint64_t at = addr; at < addr + bytes; at += BLOCK) {
        const unsigned i = (unsigned)((at - REGION) / BLOCK);

        assert_int_equal(used[i], !now);
        used[i] = now;
    }
}

static void use(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    assert_ptr_equal(x, &m);
    mark(addr, bytes, true);
}

static bool give_back(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    assert_ptr_equal(x, &m);
    assert_int_equal(bytes, BLOCK);
    if (!keeps[(addr - REGION) / BLOCK])
        mark(addr, bytes, false);
    return !keeps[(addr - REGION) / BLOCK];
}

static void lose(struct vwr_mem *x, uint64_t addr, uint64_t bytes)
{
    assert_ptr_equal(x, &m);
    mark(addr, bytes, false);
    lost += (unsigned)(bytes / BLOCK);
}

static const struct vwr_mem_ops ops = {use, give_back, lose};

static void plug_in(struct world *w, const struct format *f)
{
    world = w;
    memset(is, 0, sizeof(is));
    memset(used, 0, sizeof(used));
    memset(keeps, 0, sizeof(keeps));
    memset(sent, 0, sizeof(sent));
    most_blocks = lost = less = 0;
    next_answer = ACK;
    next_state = -1;
    silent = false;
    requested = usable = 0;
    format_plug(w, f);
    w->f.device_id = VWR_MEM_ID;
    w->f.on_notify = serve;
    w->f.queue[0].size_max = f->size;
    memset(w->f.config, 0, sizeof(w->f.config));
    configure();
    fake_offer(&w->f, VWR_MEM_F_UNPLUGGED_INACCESSIBLE);
    assert_int_equal(world_probe(w), VWR_OK);
    memset(&options, 0, sizeof(options));
    options = (struct vwr_mem_options){.ops = &ops, .map = map, .map_count = VWR_COUNT(map), .step = STEP};
}

static int open_it(void)
{
    memset(&m, 0xa5, sizeof(m)); /* memory of the embedder is not zeroed */
    memset(map, 0xa5, sizeof(map));
    options.shared = fake_ram_alloc(sizeof(*options.shared), VWR_QUEUE_SHARED_ALIGN);
    return vwr_mem_open(&m, &world->mmio.dev, &options);
}

static void begin(struct world *w, const struct format *f)
{
    plug_in(w, f);
    assert_int_equal(open_it(), VWR_OK);
    assert_true(fake_took(&w->f, VWR_MEM_F_UNPLUGGED_INACCESSIBLE));
}

/* Polls until nothing is in flight. */
static int poll_all(void)
{
    int r, n = 0;

    while ((r = vwr_mem_poll(&m)) == 1)
        assert_true(++n < 1000);
    return r;
}

/* The device, the caller and the map agree on this many blocks. */
static void all_agree(unsigned blocks)
{
    unsigned n = 0;

    for (unsigned i = 0; i < BLOCKS; i++) {
        assert_int_equal(is[i], used[i]);
        assert_int_equal(vwr_mem_is_in_use(&m, i), used[i]);
        n += is[i];
    }
    assert_int_equal(n, blocks);
    assert_true(m.plugged == blocks * BLOCK);
    assert_false(vwr_mem_is_in_use(&m, BLOCKS));
}

static void recovers(void)
{
    int r = VWR_EBUSY;

    world->f.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    assert_int_equal(vwr_dev_check(&world->mmio.dev), VWR_ENEEDSRESET);
    while (r == VWR_EBUSY)
        r = vwr_recover(&m.bringup);
    assert_int_equal(r, VWR_OK);
}

/* ---- tests ---- */

static void follows(struct world *w, const struct format *f, const void *param)
{
    static const unsigned sizes[] = {20, 70, 3, 33, 33, 0};

    (void)param;
    begin(w, f);
    assert_int_equal(poll_all(), VWR_OK);
    for (unsigned i = 0; i < VWR_COUNT(sizes); i++) {
        const unsigned before = sent[PLUG] + sent[UNPLUG], from = i != 0 ? sizes[i - 1] : 0;
        const unsigned by = sizes[i] > from ? sizes[i] - from : from - sizes[i];

        wants(sizes[i]);
        assert_int_equal(poll_all(), VWR_OK);
        all_agree(sizes[i]);
        assert_int_equal(sent[PLUG] + sent[UNPLUG] - before, (by + STEP - 1) / STEP);
    }
    assert_int_equal(most_blocks, STEP);
    assert_int_equal(sent[STATE] + sent[UNPLUG_ALL], 0);
    assert_true(vwr_mem_may_suspend(&m));
    assert_int_equal(m.client.info.node_id, 0); /* without ACPI_PXM */
    assert_int_equal(vwr_close(&m.bringup), VWR_OK);
}

static void refusals(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    wants(10);
    for (next_answer = NACK; next_answer <= BUSY; next_answer++)
        assert_int_equal(poll_all(), VWR_EBUSY);
    next_answer = ACK;
    assert_int_equal(poll_all(), VWR_OK);
    wants(4);
    next_answer = BUSY;
    assert_int_equal(poll_all(), VWR_EBUSY);
    all_agree(10); /* the caller has its blocks again */
    next_answer = ACK;
    keeps[9] = keeps[7] = keeps[2] = true;
    assert_int_equal(poll_all(), VWR_OK);
    all_agree(4);
    assert_true(used[9] && used[7] && used[2]);
    wants(1);
    assert_int_equal(poll_all(), VWR_EBUSY);
    all_agree(3);
    assert_int_equal(poll_all(), VWR_EBUSY);
    memset(keeps, 0, sizeof(keeps));
    assert_int_equal(poll_all(), VWR_OK);
    all_agree(1);
    assert_false(vwr_mem_may_suspend(&m));
    assert_int_equal(m.refused, 3);
    assert_int_equal(vwr_close(&m.bringup), VWR_OK);
}

/* Blocks that are plugged when the device is opened: nobody uses them, or the system runs in them. */
static void plugged_before(struct world *w, const struct format *f, const void *param)
{
    for (unsigned adopt = 0; adopt < 2; adopt++) {
        plug_in(w, f);
        usable = BLOCKS * BLOCK;
        is[3] = is[4] = is[40] = is[69] = true;
        options.adopt = adopt != 0;
        wants(4);
        assert_int_equal(open_it(), VWR_OK);
        assert_int_equal(poll_all(), VWR_OK);
        all_agree(4);
        assert_int_equal(sent[UNPLUG_ALL], adopt == 0);
        assert_int_equal(is[69], adopt != 0);
        assert_true(adopt == 0 || sent[STATE] <= 40);
        assert_int_equal(vwr_close(&m.bringup), VWR_OK);
    }
    (void)param;
}

/* The device does not answer, then fails; it may have executed the request. */
static void in_flight(bool executes, unsigned from, unsigned to)
{
    wants(from);
    assert_int_equal(poll_all(), VWR_OK);
    all_agree(from);
    wants(to);
    silent = true;
    assert_int_equal(vwr_mem_poll(&m), 1);
    assert_int_equal(vwr_mem_poll(&m), 1);
    for (unsigned i = 0; i < BLOCKS && executes; i++)
        is[i] = to > from ? i < STEP || is[i] : used[i];
    silent = false;
    recovers();
    assert_int_equal(poll_all(), VWR_OK);
    all_agree(to);
    assert_int_equal(lost, 0);
}

static void recovery(struct world *w, const struct format *f, const void *param)
{
    (void)param;
    begin(w, f);
    for (unsigned executes = 0; executes < 2; executes++) {
        in_flight(executes != 0, 0, 30);
        in_flight(executes != 0, 30, 5);
    }
    wants(30);
    assert_int_equal(poll_all(), VWR_OK);
    is[2] = is[29] = false; /* a reset of the system has unplugged them */
    is[60] = true;
    usable = BLOCKS * BLOCK;
    configure();
    recovers();
    assert_int_equal(poll_all(), VWR_OK);
    assert_int_equal(lost, 2);
    assert_int_equal(m.lost, 2);
    all_agree(30);
    assert_int_equal(vwr_close(&m.bringup), VWR_OK);
}

/* Unknown types of answers and states, short answers, errors: nothing is used that is not plugged. */
static void D05_D41_D42_answers(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        int answer;
        int32_t state;
        uint32_t less;
        int result;
    } rows[] = {{ERROR, -1, 0, VWR_EIO},    {4, -1, 0, VWR_EPROTO},   {0xffff, -1, 0, VWR_EPROTO},
                {0x100, -1, 0, VWR_EPROTO}, {ACK, -1, 1, VWR_EPROTO}, {ACK, -1, 10, VWR_EPROTO}};

    (void)param;
    begin(w, f);
    for (unsigned i = 0; i < VWR_COUNT(rows); i++) {
        wants(i % 2 == 0 ? 20 : 2);
        next_answer = rows[i].answer;
        less = rows[i].less;
        assert_int_equal(poll_all(), rows[i].result);
        assert_int_equal(poll_all(), rows[i].result); /* of STATE */
        next_answer = ACK;
        less = 0;
        for (next_state = 2; next_state < 4; next_state++)
            assert_int_equal(poll_all(), VWR_EPROTO);
        next_state = -1;
        assert_int_equal(poll_all(), VWR_OK);
        all_agree(i % 2 == 0 ? 20 : 2);
    }
    next_state = 0; /* all is plugged, which the plugged size denies */
    recovers();
    assert_int_equal(poll_all(), VWR_EPROTO);
    assert_int_equal(vwr_close(&m.bringup), VWR_OK);
}

/* Configurations that are not possible, when the device is opened and later. */
static void D31_configuration(struct world *w, const struct format *f, const void *param)
{
    static const struct {
        unsigned at;
        uint64_t value;
    } rows[] = {
        {VWR_MEM_CONFIG_BLOCK_SIZE, 0},
        {VWR_MEM_CONFIG_BLOCK_SIZE, 3 * BLOCK},
        {VWR_MEM_CONFIG_BLOCK_SIZE, UINT64_MAX},
        {VWR_MEM_CONFIG_ADDR, REGION + 1},
        {VWR_MEM_CONFIG_ADDR, 0 - BLOCK}, /* wraps */
        {VWR_MEM_CONFIG_REGION_SIZE, BLOCKS * BLOCK + 1},
        {VWR_MEM_CONFIG_REGION_SIZE, 0 - BLOCK},
        {VWR_MEM_CONFIG_USABLE_REGION_SIZE, (BLOCKS + 1) * BLOCK},
        {VWR_MEM_CONFIG_USABLE_REGION_SIZE, BLOCK / 2},
        {VWR_MEM_CONFIG_PLUGGED_SIZE, 11 * BLOCK},
        {VWR_MEM_CONFIG_PLUGGED_SIZE, 1},
        {VWR_MEM_CONFIG_REQUESTED_SIZE, 11 * BLOCK},
        {VWR_MEM_CONFIG_REQUESTED_SIZE, BLOCK - 1},
    };

    for (unsigned i = 0; i < VWR_COUNT(rows); i++) {
        plug_in(w, f);
        wants(10);
        fake_config(&w->f, rows[i].at, 8, rows[i].value);
        assert_int_equal(open_it(), VWR_EPROTO);
        assert_int_equal(vwr_dev_reset(&w->mmio.dev), VWR_OK);
        configure();
        assert_int_equal(open_it(), VWR_OK);
        fake_config(&w->f, rows[i].at, 8, rows[i].value);
        assert_int_equal(vwr_mem_poll(&m), VWR_EPROTO);
        assert_int_equal(vwr_mem_poll(&m), VWR_EFAILED);
        assert_int_equal(vwr_close(&m.bringup), VWR_OK);
    }
    begin(w, f);
    fake_config(&w->f, VWR_MEM_CONFIG_ADDR, 8, REGION + BLOCK);
    assert_int_equal(vwr_mem_poll(&m), VWR_EPROTO); /* it is another region */
    assert_int_equal(vwr_close(&m.bringup), VWR_OK);
    plug_in(w, f);
    options.map_count--;
    assert_int_equal(open_it(), VWR_ENOMEM);
    plug_in(w, f);
    options.step = 65536;
    assert_int_equal(open_it(), VWR_EINVAL);
    (void)param;
}

void bench_stories(struct format_tests *tests)
{
    static const uint16_t sizes[] = {8, 0};
    static const struct format_range all = {KIND_ALL, FORMAT_INDIRECT, 0, sizes};

    format_add(tests, "follows", follows, NULL, &all);
    format_add(tests, "refusals", refusals, NULL, &all);
    format_add(tests, "plugged_before", plugged_before, NULL, &all);
    format_add(tests, "recovery", recovery, NULL, &all);
    format_add(tests, "D05_D41_D42_answers", D05_D41_D42_answers, NULL, &all);
    format_add(tests, "D31_configuration", D31_configuration, NULL, &all);
}
