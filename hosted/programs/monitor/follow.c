/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_back_common.h"
#include "vhost_message.h"
#include "vwr/bytes.h"
#include "vwr/vm.h"

#include <string.h>

/*
 * Updates the monitor according to each message. All messages are untrusted input, and are checked where they
 * are used.
 */

static struct vwr_monitor_queue queues[QUEUES];
static struct vwr_monitor_entry entries[QUEUES * QUEUE_SIZE];

static uint64_t memory(void *context, uint64_t addr, const void **host)
{
    struct session *const s = context;
    void *at;
    const uint64_t bytes = vwr_memory_run(&s->front.vm.memory, addr, &at);

    if (bytes != 0)
        *host = at;
    return bytes;
}

/*
 * The monitor checks the requests of a disk, but not those of other classes. It does not check dependencies
 * between features, because the front end may hide some features.
 */
void follow_begin(struct session *s, uint32_t device)
{
    struct vwr_monitor_setup setup = {.live = true,
                                      .run = memory,
                                      .report = report_add,
                                      .context = s,
                                      .queue = queues,
                                      .queue_count = QUEUES,
                                      .entry_count = VWR_COUNT(entries),
                                      .entry = entries};

    class_set(&setup, device);
    setup.net = false;
    setup.rules = NULL;
    setup.rule_count = 0;
    memset(s, 0, sizeof(*s));
    for (unsigned i = 0; i < QUEUES; i++)
        s->ring[i].kick_in = s->ring[i].kick_out = s->ring[i].call_in = s->ring[i].call_out = -1;
    vwr_vhost_back_init(&s->front);
    vwr_vhost_back_init(&s->back);
    vwr_vhost_back_init(&s->asked);
    vwr_vhost_back_init(&s->answer);
    vhost_back_watch(&s->front);
    (void)!vwr_monitor_init(&s->monitor, &setup); /* its arrays are constants */
}

/* Either side may have changed memory, and continues to change it. */
void follow_look(struct session *s)
{
    vwr_monitor_look(&s->monitor, VWR_BY_DRIVER | VWR_BY_DEVICE);
    pcap_look(s);
}

static const uint8_t *payload(const struct vwr_vhost_back *h)
{
    return h->in.byte + sizeof(h->in.hdr);
}

/* Copies the beginning of the payload, which is not aligned. false: the payload is shorter. */
static bool take(const struct vwr_vhost_back *h, void *to, size_t bytes)
{
    if (h->in.hdr.size < bytes)
        return false;
    memcpy(to, payload(h), bytes);
    return true;
}

uint64_t follow_features(uint64_t bits)
{
    return bits &
           ~((uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES | (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL);
}

static struct vwr_features features_of(uint64_t bits)
{
    struct vwr_features f;

    vwr_features_clear(&f);
    bits = follow_features(bits);
    f.w[0] = (uint32_t)bits;
    f.w[1] = (uint32_t)(bits >> 32);
    return f;
}

static void set_features(struct session *s, uint64_t accepted)
{
    const struct vwr_features offers = features_of(s->offered), accepts = features_of(accepted);

    if (accepted == s->accepted)
        return;
    s->accepted = accepted;
    vwr_monitor_set_features(&s->monitor, &offers, &accepts);
}

/* ---- rings ---- */

static void begin(struct session *s, struct ring *r, unsigned queue, const struct vwr_monitor_ring *at)
{
    const bool is_packed = (s->accepted >> VWR_F_RING_PACKED & 1u) != 0;

    vwr_monitor_start(&s->monitor, queue, at);
    if (is_packed || at->size == 0 || at->size > QUEUE_SIZE || (at->size & (at->size - 1u)) != 0)
        return;
    r->at = *at;
    r->recorded = at->base;
}

static void start(struct session *s, unsigned queue)
{
    struct ring *const r = &s->ring[queue];
    struct vwr_monitor_ring at = {.size = r->size, .base = (uint16_t)r->base};

    r->at.size = 0;
    if (!r->has_kick || !r->has_addr || s->has_translation)
        return;
    if (vhost_back_translate(&s->front, r->addr.desc_user_addr, &at.desc) &&
        vhost_back_translate(&s->front, r->addr.avail_user_addr, &at.driver) &&
        vhost_back_translate(&s->front, r->addr.used_user_addr, &at.device))
        begin(s, r, queue, &at);
}

void follow_stop(struct session *s, unsigned queue)
{
    s->ring[queue].has_kick = false;
    vwr_monitor_stop(&s->monitor, queue);
}

static void stop_all(struct session *s)
{
    follow_look(s);
    for (unsigned i = 0; i < QUEUES; i++)
        follow_stop(s, i);
}

/* The queue that a message is about; NULL: none that is followed. */
static struct ring *ring_of(struct session *s, const struct vwr_vhost_back *h,
                            struct vwr_vhost_user_vring_state *state)
{
    return take(h, state, sizeof(*state)) && state->index < QUEUES ? &s->ring[state->index] : NULL;
}

uint64_t follow_number(const struct vwr_vhost_back *h)
{
    struct vwr_vhost_user_number n;

    return take(h, &n, sizeof(n)) ? n.value : 0;
}

static void set_addr(struct session *s)
{
    struct vwr_vhost_user_vring_addr a;

    if (!take(&s->front, &a, sizeof(a)) || a.index >= QUEUES)
        return;
    s->ring[a.index].addr = a;
    s->ring[a.index].has_addr = true;
}

static void set_kick(struct session *s)
{
    const uint64_t queue = follow_number(&s->front) & VWR_VHOST_USER_VRING_IDX_MASK;

    if (queue >= QUEUES)
        return;
    if (!s->ring[queue].has_kick) {
        s->ring[queue].has_kick = true;
        start(s, (unsigned)queue);
    }
}

/* ---- memory ---- */

static void add_regions(struct session *s)
{
    struct vwr_vhost_user_memory table;
    struct vwr_vhost_user_memory_region r;

    vhost_back_forget_memory(&s->front);
    if (!take(&s->front, &table, sizeof(table)) || table.nregions > s->front.files ||
        s->front.in.hdr.size < sizeof(table) + table.nregions * sizeof(r))
        return; /* the back end refuses it */
    for (uint32_t i = 0; i < table.nregions; i++) {
        memcpy(&r, payload(&s->front) + sizeof(table) + i * sizeof(r), sizeof(r));
        if (!vhost_back_add_memory(&s->front, &r, s->front.file[i]))
            return;
    }
}

static void change_memory(struct session *s)
{
    struct vwr_vhost_user_mem_reg r;
    const bool is_one = take(&s->front, &r, sizeof(r));

    follow_look(s);
    for (unsigned i = 0; i < QUEUES; i++)
        vwr_monitor_stop(&s->monitor, i);
    if (s->front.in.hdr.request == VWR_VHOST_USER_SET_MEM_TABLE)
        add_regions(s);
    else if (is_one && s->front.in.hdr.request == VWR_VHOST_USER_REM_MEM_REG)
        (void)vhost_back_remove_memory(&s->front, &r.region);
    else if (is_one)
        (void)vhost_back_add_memory(&s->front, &r.region, s->front.file[0]);
    for (unsigned i = 0; i < QUEUES; i++)
        start(s, i);
}

/* ---- messages ---- */

static uint64_t started(const struct session *s)
{
    uint64_t rings = 0;

    for (unsigned i = 0; i < QUEUES; i++)
        rings |= (uint64_t)s->ring[i].has_kick << i;
    return rings;
}

/*
 * Whether the message matches the description, and is permitted at this time. Other messages are left to the
 * back end, which refuses them.
 */
static bool is_allowed(const struct session *s)
{
    const struct vwr_vhost_back *const h = &s->front;
    const struct vwr_socket_message *const m = vhost_request(h->in.hdr.request);

    return m != NULL && vhost_has_size(m, h->in.hdr.size) && vhost_has_files(m, h->files) &&
           vhost_is_after(m, h->came) && vhost_must_stop(m, h->in.byte + sizeof(h->in.hdr), started(s)) == 0;
}

void follow_request(struct session *s)
{
    struct vwr_vhost_user_vring_state state;
    struct ring *const r = ring_of(s, &s->front, &state);

    if (!is_allowed(s))
        return;
    s->front.came |= (uint64_t)1 << s->front.in.hdr.request;
    switch (s->front.in.hdr.request) {
    case VWR_VHOST_USER_SET_FEATURES:
        set_features(s, follow_number(&s->front));
        break;
    case VWR_VHOST_USER_SET_MEM_TABLE:
    case VWR_VHOST_USER_ADD_MEM_REG:
    case VWR_VHOST_USER_REM_MEM_REG:
        change_memory(s);
        break;
    case VWR_VHOST_USER_SET_VRING_NUM:
        if (r != NULL)
            r->size = state.num;
        break;
    case VWR_VHOST_USER_SET_VRING_BASE:
        if (r != NULL)
            r->base = state.num;
        break;
    case VWR_VHOST_USER_SET_VRING_ADDR:
        set_addr(s);
        break;
    case VWR_VHOST_USER_SET_VRING_KICK:
        set_kick(s);
        break;
    case VWR_VHOST_USER_GET_VRING_BASE:
    case VWR_VHOST_USER_VRING_KICK:
        follow_look(s);
        break;
    case VWR_VHOST_USER_SET_STATUS:
        if (follow_number(&s->front) == 0)
            stop_all(s);
        break;
    case VWR_VHOST_USER_RESET_OWNER:
    case VWR_VHOST_USER_RESET_DEVICE:
        stop_all(s);
        break;
    case VWR_VHOST_USER_IOTLB_MSG:
        stop_all(s);
        s->has_translation = true;
        break;
    default:
        break;
    }
}

static void take_config(struct session *s)
{
    const uint8_t *const content = payload(&s->back) + sizeof(struct vwr_vhost_user_config);
    struct vwr_vhost_user_config c;

    if (!take(&s->back, &c, sizeof(c)) || c.size > s->back.in.hdr.size - sizeof(c))
        return;
    pcap_config(c.offset, content, c.size);
    vwr_monitor_set_config(&s->monitor, c.offset, content, c.size);
}

void follow_reply(struct session *s)
{
    struct vwr_vhost_user_number n;
    struct vwr_vhost_user_vring_state state;
    struct ring *const r = ring_of(s, &s->back, &state);

    if (s->back.in.hdr.request == VWR_VHOST_USER_GET_CONFIG)
        take_config(s);
    if (s->back.in.hdr.request == VWR_VHOST_USER_GET_FEATURES && take(&s->back, &n, sizeof(n))) {
        s->offered = n.value;
    } else if (s->back.in.hdr.request == VWR_VHOST_USER_GET_VRING_BASE && r != NULL) {
        follow_look(s);
        follow_stop(s, state.index);
        r->base = state.num;
    }
}

void follow_end(struct session *s)
{
    follow_look(s);
    report_session(s);
}
