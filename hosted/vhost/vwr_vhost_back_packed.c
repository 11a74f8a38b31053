/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_record.h"
#include "vwr/gen/features.h"
#include "vwr/vqueue.h"

#include <string.h>

/*
 * A packed ring whose requests are recorded. The copy has all three areas of the ring, at the positions of
 * the driver's ring. Recorded requests come first; they have as many descriptors as lie between the driver's
 * used and available positions. The ID of a request in the copy is the index of its first entry in the
 * record. This process works on a record that only it can write, and stores each change in the shared record,
 * in an order that keeps the shared record valid at each moment. Used descriptors are passed to the driver
 * one at a time: after a death, a batch whose first descriptor was not published yet would look used.
 */

typedef struct vwr_vhost_user_queue_region_packed region_t;
typedef struct vwr_vhost_user_desc_state_packed entry_t;

struct record {
    region_t *own;
    entry_t *entry; /* of own */
    uint8_t *shared;
};

struct copy {
    struct vwr_pvirtq_desc *ring;
    struct vwr_pvirtq_event_suppress *driver;
    struct vwr_pvirtq_event_suppress *device;
};

enum { FREE = 1, TAKEN = 2 }; /* mark for an entry while the record is checked */

static struct record record_of(const struct vwr_vhost_back *h, unsigned queue)
{
    region_t *const own = vhost_back_own_record(h, queue);
    const struct record k = {own, (entry_t *)(void *)(own + 1), vhost_back_shared_record(h, queue)};

    return k;
}

static struct copy copy_of(const struct vwr_vhost_back *h, unsigned queue)
{
    uint8_t *const at = vhost_back_copy(h, queue);
    uint8_t *const events = at + vwr_packed_ring_desc_bytes(vhost_back_queue(h, queue)->max);
    const struct copy c = {(struct vwr_pvirtq_desc *)(void *)at,
                           (struct vwr_pvirtq_event_suppress *)(void *)events,
                           (struct vwr_pvirtq_event_suppress *)(void *)events + 1};

    return c;
}

/* Stores a change of our own record in the shared one, after all earlier changes. */
static void store(const struct record *k, const void *at, size_t bytes)
{
    if (k->shared == NULL)
        return;
    __atomic_thread_fence(__ATOMIC_RELEASE);
    memcpy(k->shared + ((const uint8_t *)at - (const uint8_t *)k->own), at, bytes);
}

#define STORE(k, member) store(k, &(member), sizeof(member))

static uint16_t available(uint8_t wrap)
{
    return wrap != 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
}

static uint16_t used(uint8_t wrap)
{
    return wrap != 0 ? VWR_PACKED_WRAP_FLAGS : 0;
}

static uint16_t flags_at(const struct vwr_vhost_back_ring *r, uint16_t at)
{
    const struct vwr_pvirtq_desc *const ring = r->desc;

    return vwr_le16_to_cpu(vwr_ring_load16(&ring[at].flags));
}

static void advance(const struct vwr_vhost_back_ring *r, uint16_t *at, uint8_t *wrap, uint16_t count)
{
    *at = (uint16_t)(*at + count);
    if (*at < r->size)
        return;
    *at = (uint16_t)(*at - r->size);
    *wrap ^= 1u;
}

/* ---- begin ---- */

static void begin_anew(const struct record *k, uint16_t entries, uint32_t base)
{
    region_t *const own = k->own;
    const uint16_t wrap = VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK;
    const size_t bytes = sizeof(*own) + entries * sizeof(entry_t);

    memset(own, 0, bytes);
    own->desc_num = entries;
    own->used_idx = (uint16_t)(base >> 16) & (uint16_t)~wrap;
    own->used_wrap_counter = (base >> 16 & wrap) != 0;
    own->old_used_idx = own->used_idx;
    own->old_used_wrap_counter = own->used_wrap_counter;
    for (uint32_t n = 0; n < entries; n++)
        k->entry[n].next = (uint16_t)(n + 1u);
    store(k, own, bytes);
    own->version = VWR_VHOST_USER_INFLIGHT_VERSION;
    STORE(k, own->version);
}

/*
 * Completes or reverts an update that a death has interrupted: what the driver has seen is complete, and the
 * rest has not happened.
 */
static void complete_last(const struct record *k, const struct vwr_vhost_back_ring *r)
{
    region_t *const own = k->own;
    const bool same =
        own->used_idx == own->old_used_idx && own->used_wrap_counter == own->old_used_wrap_counter;

    if (!same &&
        (flags_at(r, own->old_used_idx) & VWR_PACKED_WRAP_FLAGS) != available(own->old_used_wrap_counter)) {
        own->old_free_head = own->free_head;
        own->old_used_idx = own->used_idx;
        own->old_used_wrap_counter = own->used_wrap_counter;
    }
    own->free_head = own->old_free_head;
    own->used_idx = own->old_used_idx;
    own->used_wrap_counter = own->old_used_wrap_counter;
}

/* Marks the entries of a request. Returns their number; 0: the request overlaps another one. */
static uint32_t mark_request(const struct record *k, uint32_t head, uint32_t most)
{
    const entry_t *const first = &k->entry[head];
    uint32_t at = head;
    uint32_t last = head;

    if (first->num == 0 || first->num > most)
        return 0;
    for (uint32_t n = 0; n < first->num; n++) {
        if (at >= k->own->desc_num || k->entry[at].padding != 0)
            return 0;
        k->entry[at].padding = TAKEN;
        last = at;
        at = k->entry[at].next;
    }
    return last == first->last ? first->num : 0;
}

/*
 * Checks that each entry is either free or part of one request in flight. *taken is the number of entries in
 * flight.
 */
static bool is_consistent(const struct record *k, const struct vwr_vhost_back_ring *r, uint32_t *taken)
{
    const uint32_t count = k->own->desc_num;
    uint32_t free = 0;

    *taken = 0;
    for (uint32_t n = 0; n < count; n++)
        k->entry[n].padding = 0;
    for (uint32_t at = k->own->free_head; at < count; at = k->entry[at].next) {
        if (k->entry[at].padding != 0)
            return false;
        k->entry[at].padding = FREE;
        k->entry[at].inflight = 0;
        STORE(k, k->entry[at].inflight);
        free++;
    }
    for (uint32_t n = 0; n < count; n++) {
        uint32_t number;

        if (k->entry[n].inflight != 1)
            continue;
        number = mark_request(k, n, r->size - *taken);
        if (number == 0)
            return false;
        *taken += number;
    }
    return free + *taken == count;
}

/* Reads the shared record and resumes where its writer died. */
static bool resume_record(const struct record *k, const struct vwr_vhost_back_ring *r, uint16_t entries,
                          uint32_t *taken)
{
    region_t *const own = k->own;

    if (k->shared != NULL)
        memcpy(own, k->shared, sizeof(*own) + entries * sizeof(entry_t));
    if (own->version != VWR_VHOST_USER_INFLIGHT_VERSION || own->desc_num != entries ||
        own->used_idx >= r->size || own->old_used_idx >= r->size || own->used_wrap_counter > 1 ||
        own->old_used_wrap_counter > 1)
        return false;
    complete_last(k, r);
    STORE(k, own->old_free_head);
    STORE(k, own->old_used_idx);
    STORE(k, own->old_used_wrap_counter);
    STORE(k, own->free_head);
    STORE(k, own->used_idx);
    STORE(k, own->used_wrap_counter);
    return is_consistent(k, r, taken);
}

/* Writes a recorded request into the copy, from the position of available descriptors on. */
static void pass_request(struct vwr_vhost_back_ring *r, const struct record *k, const struct copy *c,
                         uint16_t head)
{
    const uint16_t number = k->entry[head].num;
    struct vwr_pvirtq_desc *const first = &c->ring[r->taken];
    uint16_t first_flags = 0;
    uint16_t at = head;

    for (uint16_t n = 0; n < number; n++) {
        const entry_t *const e = &k->entry[at];
        struct vwr_pvirtq_desc *const d = &c->ring[r->taken];
        uint16_t flags = e->flags & (uint16_t) ~(VWR_PACKED_WRAP_FLAGS | VWR_VIRTQ_DESC_F_NEXT);

        flags |= available(r->wrap) | (n + 1u < number ? VWR_VIRTQ_DESC_F_NEXT : 0u);
        d->addr = vwr_cpu_to_le64(e->addr);
        d->len = vwr_cpu_to_le32(e->len);
        d->id = vwr_cpu_to_le16(head);
        if (d == first)
            first_flags = flags;
        else
            vwr_ring_store16(&d->flags, vwr_cpu_to_le16(flags));
        at = e->next;
        advance(r, &r->taken, &r->wrap, 1);
    }
    r->left = (uint16_t)(r->left - number);
    vwr_ring_publish16(&first->flags, vwr_cpu_to_le16(first_flags));
}

/* Writes the requests in flight into the copy, in their order. They have at most r->size descriptors. */
static void resubmit(struct vwr_vhost_back_ring *r, const struct record *k, const struct copy *c,
                     struct vhost_back_order *order)
{
    const struct vhost_back_order *sorted;
    uint32_t count = 0;

    for (uint32_t n = 0; n < k->own->desc_num; n++)
        if (k->entry[n].inflight == 1)
            order[count++] = (struct vhost_back_order){k->entry[n].counter, (uint16_t)n};
    sorted = vhost_back_sort(order, count);
    for (uint32_t n = 0; n < count; n++)
        pass_request(r, k, c, sorted[n].at);
    r->counter = count != 0 ? sorted[count - 1u].counter : 0;
}

bool vhost_back_begin_packed(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const struct record k = record_of(h, queue);
    const struct copy c = copy_of(h, queue);
    const uint16_t entries = vhost_back_entries(h, queue);
    const region_t *const from = k.shared != NULL ? (const region_t *)(const void *)k.shared : k.own;
    uint32_t taken = 0;
    uint32_t position;

    if (from->version == 0 || (k.shared == NULL && !r->goes_on))
        begin_anew(&k, entries, r->base);
    else if (!resume_record(&k, r, entries, &taken))
        return vhost_back_end(
            h, "Queue %u has a record of requests of another form, or that contradicts itself.", queue);
    if (k.own->used_idx >= r->size)
        return vhost_back_end(h, "Queue %u: its index is not one that it can have.", queue);
    position =
        k.own->used_idx |
        (k.own->used_wrap_counter != 0 ? (uint32_t)VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK : 0u);
    r->base = position | position << 16;
    r->taken = k.own->used_idx;
    r->wrap = k.own->used_wrap_counter;
    r->left = (uint16_t)r->size;
    memset(c.ring, 0, vwr_packed_ring_desc_bytes(r->size));
    vwr_packed_suppress(c.driver, 0, VWR_RING_EVENT_FLAGS_DISABLE);
    vwr_packed_suppress(c.device, 0, VWR_RING_EVENT_FLAGS_ENABLE);
    resubmit(r, &k, &c, vhost_back_order(h));
    p->desc = vhost_back_copy_addr(h, c.ring);
    p->driver = vhost_back_copy_addr(h, c.driver);
    p->device = vhost_back_copy_addr(h, c.device);
    return true;
}

/* ---- from the driver to the device ---- */

/* Records a request whose first descriptor has `flags`. false: it has too many descriptors. */
static bool record_request(struct vwr_vhost_back_ring *r, const struct record *k, uint16_t flags)
{
    const struct vwr_pvirtq_desc *const ring = r->desc;
    const uint16_t head = k->own->free_head;
    entry_t *const first = &k->entry[head];
    uint16_t next = head;
    uint16_t place = r->taken;
    uint16_t number = 0;

    do {
        const struct vwr_pvirtq_desc *const d = &ring[place];
        entry_t *const e = &k->entry[next];

        if (number == r->left)
            return false;
        if (number != 0)
            flags = vwr_le16_to_cpu(vwr_ring_load16(&d->flags));
        e->addr = vwr_le64_to_cpu(vwr_ring_load64(&d->addr));
        e->len = vwr_le32_to_cpu(vwr_ring_load32(&d->len));
        e->id = vwr_le16_to_cpu(vwr_ring_load16(&d->id));
        e->flags = flags;
        store(k, &e->id, sizeof(*e) - offsetof(entry_t, id));
        first->last = next;
        next = e->next;
        number++;
        place = place + 1u == r->size ? 0 : (uint16_t)(place + 1u);
    } while ((flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
    first->num = number;
    first->counter = ++r->counter;
    store(k, &first->last, sizeof(first->last) + sizeof(first->num) + sizeof(first->counter));
    first->inflight = 1;
    STORE(k, first->inflight);
    k->own->free_head = next;
    STORE(k, k->own->free_head);
    k->own->old_free_head = next;
    STORE(k, k->own->old_free_head);
    return true;
}

bool vhost_back_take_packed(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    struct vwr_vdev *const v = vhost_back_device(h, queue);
    const struct record k = record_of(h, queue);
    const struct copy c = copy_of(h, queue);
    bool any = false;

    while (r->left != 0 && !v->broken) { /* terminates: each pass takes at least one of `left` */
        const uint16_t flags = flags_at(r, r->taken);
        const uint16_t head = k.own->free_head;

        if ((flags & VWR_PACKED_WRAP_FLAGS) != available(r->wrap))
            break;
        vwr_ring_acquire(); /* reads the flags before the descriptors */
        if (record_request(r, &k, flags)) {
            pass_request(r, &k, &c, head);
            any = true;
        } else {
            (void)vwr_vdev_break(v, queue, VWR_VFAULT_LOOP, r->taken, 0);
        }
    }
    return any;
}

/* ---- from the device to the driver ---- */

static uint64_t mark_request_pages(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r,
                                   const struct record *k, uint16_t head, uint32_t written)
{
    struct vhost_back_span s = {.left = VHOST_BACK_REQUEST_BYTES, .written = written};
    uint16_t at = head;

    for (uint16_t n = 0; n < k->entry[head].num; n++) {
        vhost_back_mark_entry(h, r, &k->entry[at], &s);
        at = k->entry[at].next;
    }
    return s.pages;
}

static void give_request(struct vwr_vhost_back *h, struct vwr_vhost_back_ring *r, const struct record *k,
                         uint16_t head, uint32_t written, uint16_t flags)
{
    entry_t *const first = &k->entry[head];
    entry_t *const last = &k->entry[first->last];
    region_t *const own = k->own;
    const uint16_t place = own->used_idx;
    struct vwr_pvirtq_desc *const d = (struct vwr_pvirtq_desc *)r->desc + place;

    (void)mark_request_pages(h, r, k, head, written);
    vwr_ring_store16(&d->id, vwr_cpu_to_le16(last->id));
    vwr_ring_store32(&d->len, vwr_cpu_to_le32(written));
    last->next = own->free_head;
    STORE(k, last->next);
    own->free_head = head;
    STORE(k, own->free_head);
    advance(r, &own->used_idx, &own->used_wrap_counter, first->num);
    STORE(k, own->used_idx);
    STORE(k, own->used_wrap_counter);
    vwr_ring_publish16(&d->flags, vwr_cpu_to_le16(flags));
    vhost_back_mark_part(h, r, r->parts.desc + place * sizeof(*d), sizeof(*d));
    first->inflight = 0;
    STORE(k, first->inflight);
    own->old_free_head = own->free_head;
    STORE(k, own->old_free_head);
    own->old_used_idx = own->used_idx;
    STORE(k, own->old_used_idx);
    own->old_used_wrap_counter = own->used_wrap_counter;
    STORE(k, own->old_used_wrap_counter);
    r->left = (uint16_t)(r->left + first->num);
}

/* Copies the device's notification suppression to the driver's ring. */
static void pass_suppression(struct vwr_vhost_back *h, struct vwr_vhost_back_ring *r, const struct copy *c)
{
    const uint32_t word = vwr_packed_load_suppress(c->device);

    if (!r->news && word == r->suppression)
        return;
    r->news = false;
    r->suppression = word;
    vwr_ring_store32(r->device, vwr_cpu_to_le32(word));
    vhost_back_mark_part(h, r, r->parts.device, sizeof(word));
    vwr_ring_mb(); /* the suppression before the descriptors that the driver has made available meanwhile */
}

bool vhost_back_give_packed(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const struct record k = record_of(h, queue);
    const struct copy c = copy_of(h, queue);
    const uint16_t from = k.own->used_idx;
    struct vwr_packed_cursor now;
    bool any = false;

    while (r->left < r->size) { /* terminates: each pass returns at least one */
        const struct vwr_pvirtq_desc *const d = &c.ring[k.own->used_idx];
        const uint16_t flags = vwr_le16_to_cpu(vwr_ring_load16(&d->flags));
        const uint16_t head = vwr_le16_to_cpu(vwr_ring_load16(&d->id));

        if ((flags & VWR_PACKED_WRAP_FLAGS) != used(k.own->used_wrap_counter) || head >= k.own->desc_num ||
            k.entry[head].inflight != 1) /* not used yet, or the guest has overwritten the copy */
            break;
        give_request(h, r, &k, head, vwr_le32_to_cpu(vwr_ring_load32(&d->len)), flags);
        any = true;
    }
    pass_suppression(h, r, &c);
    if (!any)
        return false;
    vwr_ring_mb(); /* the used descriptors before the driver's interrupt suppression */
    now.index = k.own->used_idx;
    now.flags = used(k.own->used_wrap_counter);
    return vwr_packed_need_event(vwr_packed_load_suppress(r->driver),
                                 (h->features >> VWR_F_EVENT_IDX & 1u) != 0, &now, from, r->size);
}

void vhost_back_mark_packed(struct vwr_vhost_back *h, unsigned queue)
{
    const struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const struct record k = record_of(h, queue);

    const uint64_t all = vhost_back_log_pages(h);
    uint64_t pages = 0;

    for (uint32_t n = 0; n < k.own->desc_num && pages < all; n++)
        if (k.entry[n].inflight == 1)
            pages += mark_request_pages(h, r, &k, (uint16_t)n, VHOST_BACK_REQUEST_BYTES);
    if (pages >= all)
        vhost_back_mark_all(h);
}
