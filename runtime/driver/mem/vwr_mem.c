/* SPDX-License-Identifier: MIT */
#include "vwr/mem.h"
#include "vwr/arithmetic.h"

/*
 * Memory device: plugs and unplugs blocks with messages of the generated client, one message at a time.
 * Section: Memory Device.
 */

#define MEM_WORD 32u
#define MEM_MOST ((uint32_t)(uint16_t)-1) /* blocks of a request */

/* ---- the map ---- */

bool vwr_mem_is_in_use(const struct vwr_mem *m, uint32_t block)
{
    return block < m->blocks && (m->options.map[block / MEM_WORD] >> block % MEM_WORD & 1u) != 0;
}

static uint64_t mem_bytes(const struct vwr_mem *m, uint32_t count)
{
    return vwr_shift_left(count, m->shift);
}

static uint64_t mem_addr(const struct vwr_mem *m, uint32_t block)
{
    return m->addr + mem_bytes(m, block);
}

static uint32_t mem_blocks_of(const struct vwr_mem *m, uint64_t bytes)
{
    return (uint32_t)vwr_shift_right(bytes, m->shift);
}

/* Changes bits of blocks that all have the other value. */
static void mem_mark(struct vwr_mem *m, uint32_t first, uint32_t count)
{
    const bool in_use = vwr_mem_is_in_use(m, first);

    for (uint32_t i = first; i < first + count; i++)
        m->options.map[i / MEM_WORD] ^= 1u << i % MEM_WORD;
    m->plugged += in_use ? 0u - mem_bytes(m, count) : mem_bytes(m, count);
}

static void mem_use(struct vwr_mem *m, uint32_t first, uint32_t count)
{
    mem_mark(m, first, count);
    if (m->options.ops != NULL && m->options.ops->use != NULL)
        m->options.ops->use(m, mem_addr(m, first), mem_bytes(m, count));
}

static void mem_lose(struct vwr_mem *m, uint32_t first, uint32_t count)
{
    mem_mark(m, first, count);
    vwr_count_add(&m->lost, count);
    if (m->options.ops != NULL && m->options.ops->lost != NULL)
        m->options.ops->lost(m, mem_addr(m, first), mem_bytes(m, count));
}

static bool mem_gives_back(struct vwr_mem *m, uint32_t block)
{
    return m->options.ops == NULL || m->options.ops->give_back == NULL ||
           m->options.ops->give_back(m, mem_addr(m, block), m->block_bytes);
}

/* Number of blocks from `first` on that are in the same state, up to `most`. */
static uint32_t mem_run(const struct vwr_mem *m, uint32_t first, uint32_t most)
{
    const bool in_use = vwr_mem_is_in_use(m, first);
    uint32_t n = 1;

    while (n < most && vwr_mem_is_in_use(m, first + n) == in_use)
        n++;
    return n;
}

static uint32_t mem_least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* ---- requests ---- */

static void mem_compare(struct vwr_mem *m)
{
    m->stage = VWR_MEM_COMPARES;
    m->at = 0;
    m->span = MEM_MOST;
}

static int mem_submit(struct vwr_mem *m, enum vwr_mem_request_type type, uint32_t first, uint32_t count)
{
    const struct vwr_mem_plug_msg plug = {mem_addr(m, first), (uint16_t)count};
    const struct vwr_mem_unplug_msg unplug = {plug.addr, plug.nb_blocks};
    const struct vwr_mem_state_msg state = {plug.addr, plug.nb_blocks};
    int r;

    m->call.call.req.internal = 1; /* a reset discards it */
    r = type == VWR_MEM_REQ_PLUG     ? vwr_mem_client_plug_submit(&m->client, &m->call, &plug)
        : type == VWR_MEM_REQ_UNPLUG ? vwr_mem_client_unplug_submit(&m->client, &m->call, &unplug)
        : type == VWR_MEM_REQ_STATE  ? vwr_mem_client_state_submit(&m->client, &m->call, &state)
                                     : vwr_mem_client_unplug_all_submit(&m->client, &m->call);
    if (r != VWR_OK)
        return r;
    m->sent = (uint8_t)type;
    m->first = first;
    m->count = count;
    m->waits = true;
    (void)vwr_client_kick(&m->client.guest_request);
    return 1;
}

/* Blocks that were given back and are still plugged come into use again. */
static void mem_take_back(struct vwr_mem *m)
{
    if (m->sent == VWR_MEM_REQ_UNPLUG)
        mem_use(m, m->first, m->count);
}

/* A state that differs from the map is that of the device. */
static int mem_compared(struct vwr_mem *m)
{
    const bool in_use = vwr_mem_is_in_use(m, m->first);
    struct vwr_mem_state_answer a;

    vwr_mem_client_state_answer(&m->client, &m->call, &a);
    if (a.type > VWR_MEM_STATE_MIXED || (a.type == VWR_MEM_STATE_MIXED && m->count == 1))
        return vwr_request_note(&m->client.guest_request.requests, VWR_FAULT_REQUEST_STATUS,
                                VWR_MEM_REQ_STATE, a.type);
    if (a.type == VWR_MEM_STATE_MIXED) {
        m->span = m->count / 2u;
        return VWR_OK;
    }
    if (a.type == VWR_MEM_STATE_PLUGGED && !in_use)
        mem_use(m, m->first, m->count);
    if (a.type == VWR_MEM_STATE_UNPLUGGED && in_use)
        mem_lose(m, m->first, m->count);
    m->at = m->first + m->count;
    m->span = mem_least(2u * m->span, MEM_MOST);
    return VWR_OK;
}

static int mem_acknowledged(struct vwr_mem *m)
{
    if (m->sent == VWR_MEM_REQ_STATE)
        return mem_compared(m);
    if (m->sent == VWR_MEM_REQ_PLUG)
        mem_use(m, m->first, m->count);
    if (m->sent == VWR_MEM_REQ_UNPLUG_ALL)
        m->stage = VWR_MEM_FOLLOWS;
    return VWR_OK;
}

/* Without an acknowledgement nothing has changed. After any other answer the blocks are compared. */
static int mem_answered(struct vwr_mem *m, int r)
{
    const uint32_t status = m->call.call.status;

    if (r == VWR_OK) {
        r = mem_acknowledged(m);
        if (r != VWR_OK)
            mem_compare(m);
        return r;
    }
    if (r == VWR_EIO && (status == VWR_MEM_RESP_NACK || status == VWR_MEM_RESP_BUSY)) {
        mem_take_back(m);
        vwr_count_add(&m->refused, 1);
        return VWR_EBUSY;
    }
    if (m->stage == VWR_MEM_FOLLOWS)
        mem_compare(m); /* also takes back blocks that are still plugged */
    if (r == VWR_EIO && status != VWR_MEM_RESP_ERROR)
        return vwr_request_note(&m->client.guest_request.requests, VWR_FAULT_REQUEST_STATUS, m->sent, status);
    return r;
}

/* Returns 1 while a request is in flight. */
static int mem_reap(struct vwr_mem *m)
{
    struct vwr_client_call *done;
    int r;

    if (!m->waits)
        return VWR_OK;
    r = vwr_client_reap(&m->client.guest_request, &done, 1);
    if (vwr_req_is_in_flight(&m->call.call.req))
        return r < 0 ? r : 1;
    m->waits = false;
    return mem_answered(m, m->call.call.req.result);
}

/* ---- the configuration ---- */

static bool mem_is_whole(const struct vwr_mem_config_info *i, uint64_t bytes, uint64_t most)
{
    return bytes <= most && (bytes & (i->block_size - 1u)) == 0;
}

/* Finds a field that has an impossible value; false: there is none. */
static bool mem_is_wrong(const struct vwr_mem_config_info *i, uint32_t *offset, uint64_t *value)
{
    const struct {
        uint32_t offset;
        uint64_t value, most;
    } rows[] = {
        {VWR_MEM_CONFIG_ADDR, i->addr, ~(uint64_t)0},
        {VWR_MEM_CONFIG_REGION_SIZE, i->region_size, ~i->addr},
        {VWR_MEM_CONFIG_USABLE_REGION_SIZE, i->usable_region_size, i->region_size},
        {VWR_MEM_CONFIG_PLUGGED_SIZE, i->plugged_size, i->usable_region_size},
        {VWR_MEM_CONFIG_REQUESTED_SIZE, i->requested_size, i->usable_region_size},
    };

    *offset = VWR_MEM_CONFIG_BLOCK_SIZE;
    *value = i->block_size;
    if (i->block_size == 0 || (i->block_size & (i->block_size - 1u)) != 0)
        return true;
    for (unsigned n = 0; n < VWR_COUNT(rows); n++) {
        *offset = rows[n].offset;
        *value = rows[n].value;
        if (!mem_is_whole(i, rows[n].value, rows[n].most))
            return true;
    }
    return false;
}

/* Whether the region is still the one that was opened. */
static bool mem_moved(const struct vwr_mem *m, const struct vwr_mem_config_info *i)
{
    return m->block_bytes != 0 && (i->block_size != m->block_bytes || i->addr != m->addr ||
                                   vwr_shift_right(i->region_size, m->shift) != m->blocks);
}

static int mem_check(struct vwr_mem *m, const struct vwr_mem_config_info *i)
{
    uint64_t value;
    uint32_t offset;

    if (mem_is_wrong(i, &offset, &value))
        return vwr_dev_give_up(m->bringup.dev, VWR_FAULT_CONFIG_VALUE, offset, (uint32_t)value);
    if (mem_moved(m, i))
        return vwr_dev_give_up(m->bringup.dev, VWR_FAULT_CONFIG_VALUE, VWR_MEM_CONFIG_ADDR,
                               (uint32_t)i->addr);
    return VWR_OK;
}

static int mem_read(struct vwr_mem *m)
{
    struct vwr_mem_config_info info;
    int r = vwr_bringup_read_info(&m->bringup, &info);

    if (r != VWR_OK)
        return r;
    r = mem_check(m, &info);
    if (r != VWR_OK)
        return vwr_request_stop(&m->client.guest_request.requests, r);
    vwr_copy(&m->client.info, &info, sizeof(info));
    return VWR_OK;
}

/* ---- steps ---- */

static int mem_clear(struct vwr_mem *m)
{
    if (m->client.info.plugged_size != 0)
        return mem_submit(m, VWR_MEM_REQ_UNPLUG_ALL, 0, 0);
    m->stage = VWR_MEM_FOLLOWS;
    return VWR_OK;
}

/* The last blocks are beyond the usable region, where none is plugged. */
static int mem_compare_next(struct vwr_mem *m)
{
    const uint32_t usable = mem_blocks_of(m, m->client.info.usable_region_size);

    if (m->at < usable)
        return mem_submit(m, VWR_MEM_REQ_STATE, m->at, mem_run(m, m->at, mem_least(usable - m->at, m->span)));
    for (; m->at < m->blocks; m->at++)
        if (vwr_mem_is_in_use(m, m->at))
            mem_lose(m, m->at, 1);
    if (m->plugged != m->client.info.plugged_size) {
        mem_compare(m);
        return vwr_request_note(&m->client.guest_request.requests, VWR_FAULT_CONFIG_VALUE,
                                VWR_MEM_CONFIG_PLUGGED_SIZE, (uint32_t)m->client.info.plugged_size);
    }
    m->stage = VWR_MEM_FOLLOWS;
    return VWR_OK;
}

static int mem_plug(struct vwr_mem *m, uint64_t bytes)
{
    const uint32_t usable = mem_blocks_of(m, m->client.info.usable_region_size);
    const uint32_t most = mem_least(m->options.step, mem_blocks_of(m, bytes));
    uint32_t first = 0;

    m->kept = m->blocks;
    while (first < usable && vwr_mem_is_in_use(m, first))
        first++;
    if (first == usable)
        return VWR_EBUSY; /* blocks beyond the usable region are in use */
    return mem_submit(m, VWR_MEM_REQ_PLUG, first, mem_run(m, first, mem_least(most, usable - first)));
}

/* Finds the last block in use before `end`. Returns the number of the block after it; 0: there is none. */
static uint32_t mem_last(const struct vwr_mem *m, uint32_t end)
{
    while (end != 0 && !vwr_mem_is_in_use(m, end - 1u))
        end--;
    return end;
}

/*
 * Finds a block that is given back, among up to `step` blocks in use from the last one on, and adjacent ones
 * before it. The next call continues there, and starts again from the last block after the first one.
 */
static int mem_unplug(struct vwr_mem *m, uint64_t bytes)
{
    const uint32_t most = mem_least(m->options.step, mem_blocks_of(m, bytes));
    uint32_t end = mem_last(m, m->kept), asked = 0, count = 0;
    int r;

    while (end != 0 && !mem_gives_back(m, end - 1u)) {
        end = mem_last(m, end - 1u);
        if (++asked == m->options.step)
            break;
    }
    if (end != 0 && asked < m->options.step)
        for (count = 1; count < most && count < end && vwr_mem_is_in_use(m, end - count - 1u) &&
                        mem_gives_back(m, end - count - 1u);)
            count++;
    m->kept = mem_last(m, end - count) != 0 ? end - count : m->blocks;
    if (count == 0)
        return VWR_EBUSY;
    mem_mark(m, end - count, count);
    r = mem_submit(m, VWR_MEM_REQ_UNPLUG, end - count, count);
    if (r < 0)
        mem_use(m, end - count, count);
    return r;
}

static int mem_follow(struct vwr_mem *m)
{
    const uint64_t wanted = m->client.info.requested_size;

    if (m->plugged < wanted)
        return mem_plug(m, wanted - m->plugged);
    return m->plugged > wanted ? mem_unplug(m, m->plugged - wanted) : VWR_OK;
}

/* A stage that has nothing to do passes on to the next one. */
static int mem_next(struct vwr_mem *m)
{
    int r = VWR_OK;

    if (m->stage == VWR_MEM_CLEARS)
        r = mem_clear(m);
    if (r == VWR_OK && m->stage == VWR_MEM_COMPARES)
        r = mem_compare_next(m);
    return r == VWR_OK && m->stage == VWR_MEM_FOLLOWS ? mem_follow(m) : r;
}

int vwr_mem_poll(struct vwr_mem *m)
{
    int r;

    if (m->bringup.dev == NULL)
        return VWR_EFAILED;
    r = mem_reap(m);
    if (r == VWR_OK)
        r = mem_read(m);
    return r == VWR_OK ? mem_next(m) : r;
}

bool vwr_mem_arm(struct vwr_mem *m)
{
    return m->bringup.dev != NULL && vwr_request_arm(&m->client.guest_request.requests, 1);
}

bool vwr_mem_may_suspend(const struct vwr_mem *m)
{
    return m->plugged == 0 || vwr_mem_client_has(&m->client, VWR_MEM_F_PERSISTENT_SUSPEND);
}

/* ---- opening, recovery and closing ---- */

static int mem_configure(struct vwr_bringup *v)
{
    struct vwr_mem *const m = (void *)v;
    const struct vwr_mem_config_info *const i = &m->client.info;
    uint64_t blocks;
    int r = mem_check(m, i);

    if (r != VWR_OK || m->block_bytes != 0)
        return r;
    while (vwr_shift_left(1, m->shift) != i->block_size)
        m->shift++;
    blocks = vwr_shift_right(i->region_size, m->shift);
    if (blocks > (uint32_t)-1 - MEM_WORD)
        return vwr_dev_give_up(v->dev, VWR_FAULT_CONFIG_VALUE, VWR_MEM_CONFIG_REGION_SIZE,
                               (uint32_t)i->region_size);
    if (!VWR_ARRAY_FITS(&v->dev->shortage, &m->options, map, map_count, VWR_MEM_WORDS((uint32_t)blocks)))
        return vwr_dev_note_shortage(v->dev);
    m->block_bytes = i->block_size;
    m->addr = i->addr;
    m->blocks = (uint32_t)blocks;
    m->kept = m->blocks;
    vwr_zero(m->options.map, VWR_MEM_WORDS(m->blocks) * sizeof(*m->options.map));
    return VWR_OK;
}

static const struct vwr_request_class mem_class = {
    VWR_CLIENT_CLASS(VWR_MEM_CLIENT_GUEST_REQUEST_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int mem_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_mem *const m = (void *)v;
    struct vwr_mem_shared *const s = m->options.shared;
    const struct vwr_queue_memory memory = {s->queue, sizeof(s->queue), m->own, sizeof(m->own),
                                            VWR_MEM_QUEUE};

    (void)n;
    return vwr_client_setup(&m->client.guest_request, v, VWR_MEM_QUEUE_GUEST_REQUEST, &mem_class, &memory,
                            &m->options.request);
}

/* It is not known whether the device has executed a request that a reset discards. */
static void mem_event(struct vwr_bringup *v, enum vwr_bringup_event event)
{
    struct vwr_mem *const m = (void *)v;

    if (event == VWR_BRINGUP_RELEASED) {
        m->waits = false;
        if (m->stage == VWR_MEM_FOLLOWS)
            mem_compare(m);
    }
    if (event == VWR_BRINGUP_RUNS && m->stage == VWR_MEM_COMPARES)
        mem_compare(m);
}

static const struct vwr_features mem_want = {
    {VWR_MEM_FEATURES_W0, VWR_MEM_FEATURES_W1, VWR_MEM_FEATURES_W2, VWR_MEM_FEATURES_W3}};

const struct vwr_bringup_class vwr_mem_bringup = {
    VWR_BRINGUP_CLASS(VWR_MEM_ID, vwr_mem, client.info),
    .want = &mem_want,
    .read = vwr_mem_config_read,
    .configure = mem_configure,
    .set_up = mem_set_up,
    .event = mem_event,
    .needs = vwr_mem_config_needs,
};

int vwr_mem_open(struct vwr_mem *m, struct vwr_dev *d, const struct vwr_mem_options *options)
{
    const int r = vwr_bringup_begin(&m->bringup, &vwr_mem_bringup, d);

    if (r != VWR_OK)
        return r;
    if (options->step > MEM_MOST)
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&d->shortage, options, map, map_count, 1u))
        return vwr_dev_note_shortage(d);
    vwr_copy(&m->options, options, sizeof(*options));
    m->context = options->context;
    m->options.step = options->step != 0 ? options->step : VWR_MEM_STEP;
    m->options.request.requests = VWR_MEM_REQUESTS;
    m->options.request.segments = 1;
    m->options.request.replay = false; /* the blocks are compared instead */
    m->client.bringup.avoid = &m->options.avoid;
    if (options->adopt)
        mem_compare(m);
    else
        m->stage = VWR_MEM_CLEARS;
    return vwr_bringup_open(&m->bringup);
}
