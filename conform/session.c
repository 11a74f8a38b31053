/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/ring.h"

#define PATIENCE_MS 5000 /* for a required action; only a broken device needs all of it */
#define QUIET_MS 40      /* for a forbidden action; longer if the device is slow to use buffers */
#define QUIET_TIMES 4u
#define QUIET_MAX_MS 1000u
/* Total time limit for a device that never uses a buffer; its later buffers get WASTED_EACH_MS each. */
#define WASTED_MS 10000u
#define WASTED_EACH_MS 100
#define BESIDE 8u /* buffers of the second queue */

static uint64_t own[VWR_QUEUE_OWN_BYTES(RING) / sizeof(uint64_t) + 1u];
static uint64_t own_beside[VWR_QUEUE_OWN_BYTES(RING) / sizeof(uint64_t) + 1u];
static struct vwr_chain filled[BESIDE];

static enum verdict says(struct session *s, enum verdict verdict, const char *format, va_list values)
{
    (void)text_format(s->seen, sizeof(s->seen), format, values);
    return verdict;
}

enum verdict broken(struct session *s, const char *format, ...)
{
    enum verdict r;
    va_list values;

    va_start(values, format);
    r = says(s, BROKEN, format, values);
    va_end(values);
    return r;
}

enum verdict untested(struct session *s, const char *format, ...)
{
    enum verdict r;
    va_list values;

    va_start(values, format);
    r = says(s, UNTESTED, format, values);
    va_end(values);
    return r;
}

bool unfit(struct session *s, const char *format, ...)
{
    va_list values;

    va_start(values, format);
    (void)says(s, UNTESTED, format, values);
    va_end(values);
    s->is_unfit = true;
    return false;
}

/* ---- connection ---- */

bool session_connect(struct session *s)
{
    s->next = 0;
    s->interrupts = 0;
    s->ignores_interrupts = false;
    return s->way->connect(s);
}

/*
 * Sets up the other queue of a pair; if the device fills it, with buffers. The contents are not read, and the
 * interrupts of this queue stay disabled, so that all counted interrupts belong to the queue that the case
 * uses.
 */
static bool gives_beside(struct session *s)
{
    const uint32_t bytes = s->class->beside_bytes;
    struct vwr_queue_memory m = {NULL, VWR_QUEUE_SHARED_BYTES(RING), own_beside, sizeof(own_beside), RING};
    const unsigned number = s->receives ? s->class->queue : s->class->beside;
    uint8_t *room;

    if (bytes == 0)
        return true;
    (void)memset(filled, 0, sizeof(filled));
    m.shared = s->way->memory(s, m.shared_bytes);
    room = s->way->memory(s, (size_t)BESIDE * bytes);
    if (m.shared == NULL || room == NULL || vwr_dev_add_queue(s->dev, number, &s->beside, &m, 0) != VWR_OK)
        return false;
    for (size_t i = 0; i < BESIDE && !s->receives; i++) {
        const struct vwr_seg seg = {device_address(room + i * bytes), bytes};

        if (vwr_queue_add(&s->beside, &seg, 0, 1, &filled[i]) != VWR_OK)
            return i > 0; /* a device may have fewer descriptors */
    }
    return true;
}

static bool gives_ring(struct session *s)
{
    struct vwr_queue_memory m = {NULL, VWR_QUEUE_SHARED_BYTES(RING), own, sizeof(own), s->size_max};
    const int most = vwr_dev_queue_size_max(s->dev, s->number);
    size_t driver;
    size_t device;

    if (most > 0 && (unsigned)most < RING_LEAST)
        return unfit(s, "queue %u has at most %d descriptors; the cases need %u", s->number, most,
                     RING_LEAST);
    m.shared = s->way->memory(s, m.shared_bytes);
    s->data = s->way->memory(s, DATA_BYTES);
    if (m.shared == NULL || s->data == NULL ||
        vwr_dev_add_queue(s->dev, s->number, &s->queue, &m, 0) != VWR_OK)
        return false;
    s->size = s->queue.size;
    vwr_queue_areas(&s->queue, &driver, &device);
    if (s->is_packed) {
        packed_begin(s, m.shared, driver, device);
        return true;
    }
    s->desc = m.shared;
    s->avail = (struct vwr_virtq_avail *)(void *)((uint8_t *)m.shared + driver);
    s->used = (struct vwr_virtq_used *)(void *)((uint8_t *)m.shared + device);
    vwr_ring_store16(&s->avail->flags, vwr_cpu_to_le16(0)); /* the library starts with interrupts disabled */
    return true;
}

static bool is_fit(struct session *s)
{
    if (!session_offers(s, VWR_F_VERSION_1))
        return unfit(s, "the device does not offer VERSION_1; the cases are for modern devices");
    return s->class->is_fit == NULL || s->class->is_fit(s);
}

bool session_prepare(struct session *s, uint64_t features)
{
    static const unsigned ring[] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX, VWR_F_RING_PACKED, VWR_F_IN_ORDER,
                                    VWR_F_NOTIFICATION_DATA}; /* a notification of a case has none */
    const uint64_t all = features | (s->is_packed ? BIT(VWR_F_RING_PACKED) : 0);
    const struct vwr_features wanted = {{(uint32_t)all, (uint32_t)(all >> 32)}};
    struct vwr_features avoid = {{0}};
    const struct vwr_feature_policy policy = {.want = &wanted, .avoid = &avoid};

    for (unsigned i = 0; i < sizeof(ring) / sizeof(ring[0]); i++) /* the library always accepts them */
        if (!vwr_features_have(&wanted, ring[i]))
            vwr_features_add(&avoid, ring[i]);
    if (!session_connect(s))
        return false;
    if (is_fit(s) && vwr_dev_negotiate(s->dev, &policy) == VWR_OK && gives_beside(s) && gives_ring(s))
        return true;
    if (!s->is_unfit)
        (void)vwr_dev_explain(s->dev, s->seen, sizeof(s->seen));
    session_end(s);
    return false;
}

bool session_start(struct session *s)
{
    if (vwr_dev_start(s->dev) != VWR_OK)
        return false;
    if (s->class->beside_bytes != 0 && !s->receives)
        (void)vwr_queue_kick(&s->beside);
    return true;
}

bool session_open(struct session *s, uint64_t features)
{
    if (!session_prepare(s, features))
        return false;
    if (session_start(s))
        return true;
    (void)vwr_dev_explain(s->dev, s->seen, sizeof(s->seen));
    session_end(s);
    return false;
}

void session_end(struct session *s)
{
    s->way->end(s);
}

bool session_offers(const struct session *s, unsigned feature)
{
    return (s->offered >> feature & 1u) != 0;
}

bool session_has_refused(const struct session *s)
{
    return s->way->has_refused != NULL && s->way->has_refused();
}

bool session_has_config(struct session *s, enum verdict *r)
{
    *r = BROKEN;
    if (!session_connect(s))
        return false;
    if (s->has_config)
        return true;
    session_end(s);
    *r = untested(s, "the back end does not serve the configuration: no protocol feature CONFIG");
    return false;
}

uint64_t config_field(struct session *s, size_t offset, size_t bytes)
{
    const struct vwr_config *const c = &s->dev->config;
    uint64_t value = 0;

    switch (bytes) {
    case 2:
        return vwr_config_read16(c, (unsigned)offset);
    case 4:
        return vwr_config_read32(c, (unsigned)offset);
    case 8:
        return vwr_config_read64(c, (unsigned)offset);
    default:
        for (size_t i = 0; i < bytes && i < sizeof(value); i++)
            value |= (uint64_t)vwr_config_read8(c, (unsigned)(offset + i)) << 8 * i;
        return value;
    }
}

/* ---- ring ---- */

void put_desc(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next)
{
    d->addr = vwr_cpu_to_le64(addr);
    d->len = vwr_cpu_to_le32(bytes);
    d->flags = vwr_cpu_to_le16((uint16_t)flags);
    d->next = vwr_cpu_to_le16((uint16_t)next);
}

void put_chain(struct vwr_virtq_desc *table, unsigned first, const struct part *p, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const unsigned flags =
            (p[i].writable ? VWR_VIRTQ_DESC_F_WRITE : 0u) | (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0u);

        put_desc(&table[first + i], device_address(p[i].at), p[i].bytes, flags, first + i + 1);
    }
}

void offer(struct session *s, unsigned head)
{
    if (s->is_packed) {
        packed_offer(s, head);
        return;
    }
    vwr_ring_store16(&s->avail->ring[s->next % s->size], vwr_cpu_to_le16((uint16_t)head));
    s->next++;
    vwr_ring_publish16(&s->avail->idx, vwr_cpu_to_le16(s->next));
}

void kick(struct session *s)
{
    vwr_ring_mb();
    s->way->kick(s);
}

uint16_t used_index(struct session *s)
{
    uint16_t index;

    if (s->is_packed)
        return packed_used_index(s);
    index = vwr_le16_to_cpu(vwr_ring_load16(&s->used->idx));
    vwr_ring_acquire();
    return index;
}

void want(struct session *s, unsigned flags, uint16_t ahead)
{
    if (s->is_packed) {
        packed_want(s, flags, ahead);
        return;
    }
    vwr_ring_store16(&s->avail->flags, vwr_cpu_to_le16((uint16_t)flags));
    vwr_ring_store16((vwr_le16 *)(void *)((uint8_t *)s->avail + vwr_virtq_avail_used_event_offset(s->size)),
                     vwr_cpu_to_le16((uint16_t)(s->next + ahead)));
}

uint16_t used_flags(const struct session *s)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&s->used->flags));
}

uint32_t used_id(const struct session *s, unsigned at)
{
    return vwr_le32_to_cpu(vwr_ring_load32(&s->used->ring[at % s->size].id));
}

uint32_t used_bytes(const struct session *s, unsigned at)
{
    return vwr_le32_to_cpu(vwr_ring_load32(&s->used->ring[at % s->size].len));
}

uint32_t writable_bytes(const struct session *s, unsigned first, unsigned count)
{
    uint32_t sum = 0;

    for (unsigned i = first; i < first + count; i++)
        if ((vwr_le16_to_cpu(s->desc[i].flags) & VWR_VIRTQ_DESC_F_WRITE) != 0)
            sum += vwr_le32_to_cpu(s->desc[i].len);
    return sum;
}

/* ---- waiting ---- */

void session_begin_case(struct session *s)
{
    s->size_max = RING;
    s->receives = false;
    s->number = s->class->queue;
    s->has_one_id = false;
    s->case_end = now_ms() + s->case_ms;
}

bool session_is_late(const struct session *s)
{
    return now_ms() >= s->case_end;
}

/* The end of a wait that begins now. */
static uint64_t wait_end(const struct session *s, uint64_t ms)
{
    const uint64_t end = now_ms() + ms;

    return end < s->case_end ? end : s->case_end;
}

bool await_used(struct session *s)
{
    const uint64_t begin = now_ms();
    const bool is_wasted = !s->has_worked && s->wasted_ms >= WASTED_MS;
    const uint64_t end = wait_end(s, is_wasted ? WASTED_EACH_MS : PATIENCE_MS);

    while (used_index(s) != s->next && now_ms() < end && s->way->is_there(s))
        s->way->step(s);
    if (used_index(s) != s->next) {
        s->is_unanswered = s->way->is_there(s);
        s->wasted_ms += now_ms() - begin;
        return false;
    }
    s->has_worked = true;
    if (now_ms() - begin > s->slowest_ms)
        s->slowest_ms = now_ms() - begin;
    return true;
}

bool await_interrupt(struct session *s, unsigned after)
{
    const uint64_t end = wait_end(s, PATIENCE_MS);

    while (s->interrupts == after && now_ms() < end && s->way->is_there(s))
        s->way->step(s);
    return s->interrupts != after;
}

void give_time(struct session *s)
{
    const uint64_t more = QUIET_TIMES * s->slowest_ms;
    const uint64_t end = wait_end(s, QUIET_MS + (more < QUIET_MAX_MS ? more : QUIET_MAX_MS));

    while (now_ms() < end)
        s->way->step(s);
}

bool is_executed(struct session *s, unsigned at)
{
    return s->class->is_done == NULL || s->class->is_done(s, used_bytes(s, at));
}

bool exchange(struct session *s)
{
    const uint16_t before = s->next;

    (void)s->class->request(s, 0);
    offer(s, 0);
    kick(s);
    return await_used(s) && used_id(s, before) == 0 && is_executed(s, before);
}

enum verdict next_driver(struct session *s)
{
    bool works;

    session_end(s);
    if (!session_open(s, 0))
        return BROKEN;
    works = exchange(s);
    session_end(s);
    return works ? KEPT : broken(s, "the next driver's request is not executed");
}
