/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_record.h"
#include "vwr/gen/features.h"

#include <string.h>

/*
 * A split ring whose requests are recorded. The descriptors are the driver's. The copy has an available and a
 * used ring, with the indices of the driver's rings. If this back end dies after it has published a used
 * buffer and before it has updated the record, the next one finds the buffer in the driver's used ring.
 */

typedef struct vwr_vhost_user_queue_region_split region_t;
typedef struct vwr_vhost_user_desc_state_split state_t;

static region_t *region_of(const struct vwr_vhost_back *h, unsigned queue)
{
    void *const shared = vhost_back_shared_record(h, queue);

    return shared != NULL ? shared : vhost_back_own_record(h, queue);
}

static state_t *states_of(region_t *region)
{
    return (state_t *)(void *)(region + 1);
}

static struct vwr_virtq_avail *avail_of(const struct vwr_vhost_back *h, unsigned queue)
{
    return (struct vwr_virtq_avail *)(void *)vhost_back_copy(h, queue);
}

static struct vwr_virtq_used *used_of(const struct vwr_vhost_back *h, unsigned queue)
{
    return (struct vwr_virtq_used *)(void *)(vhost_back_copy(h, queue) +
                                             vhost_back_used_offset(vhost_back_queue(h, queue)->max));
}

/* Clears the marks of requests that were used since the record was last updated. */
static void forget_used(struct vwr_vhost_back_ring *r, region_t *region, uint16_t now)
{
    const struct vwr_virtq_used *const used = r->device;
    state_t *const state = states_of(region);
    const uint16_t old = region->used_idx;

    if (vwr_ring_distance(now, old) > r->size) { /* a new ring */
        for (uint32_t n = 0; n < r->size; n++)
            state[n].inflight = 0;
    } else {
        for (uint16_t at = old; at != now; at++) {
            const uint32_t id = vwr_le32_to_cpu(vwr_ring_load32(&used->ring[at & (r->size - 1u)].id));

            if (id < r->size)
                state[id].inflight = 0;
        }
    }
    /* Last: after a death, the next back end examines only what was used since. */
    __atomic_store_n(&region->used_idx, now, __ATOMIC_RELEASE);
}

/* Adds the requests in flight to the copy, in their order, from `at` on. Returns their number. */
static uint16_t resubmit(struct vwr_vhost_back_ring *r, const state_t *state, struct vwr_virtq_avail *copy,
                         uint16_t at, struct vhost_back_order *order)
{
    const struct vhost_back_order *sorted;
    uint16_t count = 0;

    for (uint32_t n = 0; n < r->size; n++)
        if (state[n].inflight == 1)
            order[count++] = (struct vhost_back_order){state[n].counter, (uint16_t)n};
    sorted = vhost_back_sort(order, count);
    for (uint32_t n = 0; n < count; n++)
        copy->ring[(uint16_t)(at + n) & (r->size - 1u)] = vwr_cpu_to_le16(sorted[n].at);
    r->counter = count != 0 ? sorted[count - 1u].counter : 0;
    return count;
}

bool vhost_back_begin_split(struct vwr_vhost_back *h, unsigned queue, struct vwr_vhost_back_parts *p)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    region_t *const region = region_of(h, queue);
    struct vwr_virtq_avail *const avail = avail_of(h, queue);
    struct vwr_virtq_used *const used = used_of(h, queue);
    const uint16_t entries = vhost_back_entries(h, queue);
    const uint16_t now = vwr_le16_to_cpu(vwr_ring_load16(&((struct vwr_virtq_used *)r->device)->idx));

    if ((r->size & (r->size - 1u)) != 0)
        return vhost_back_end(h, "Queue %u does not fit its record of requests.", queue);
    if (vhost_back_shared_record(h, queue) == NULL && !r->goes_on)
        region->version = 0;
    if (region->version == 0) { /* the record is empty */
        memset(region, 0, sizeof(*region) + entries * sizeof(state_t));
        region->desc_num = entries;
        region->used_idx = now;
        /* Last: a record that has a version is complete, even after a death. */
        __atomic_store_n(&region->version, VWR_VHOST_USER_INFLIGHT_VERSION, __ATOMIC_RELEASE);
    } else if (region->version != VWR_VHOST_USER_INFLIGHT_VERSION || region->desc_num != entries) {
        return vhost_back_end(h, "Queue %u has a record of requests of another form.", queue);
    }
    forget_used(r, region, now);
    memset(vhost_back_copy(h, queue), 0, (size_t)((uint8_t *)used - (uint8_t *)avail));
    r->taken = (uint16_t)(now + resubmit(r, states_of(region), avail, now, vhost_back_order(h)));
    r->signalled = now;
    used->flags = 0;
    used->idx = vwr_cpu_to_le16(now);
    vwr_ring_publish16(&avail->idx, vwr_cpu_to_le16(r->taken));
    p->driver = vhost_back_copy_addr(h, avail);
    p->device = vhost_back_copy_addr(h, used);
    return true;
}

bool vhost_back_take_split(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const struct vwr_virtq_avail *const avail = r->driver;
    struct vwr_virtq_avail *const copy = avail_of(h, queue);
    state_t *const state = states_of(region_of(h, queue));
    const uint16_t now = vwr_le16_to_cpu(vwr_ring_load16(&avail->idx));

    if (now == r->taken)
        return false;
    vwr_ring_acquire();                              /* the index before the entries it covers */
    if (vwr_ring_distance(now, r->taken) <= r->size) /* otherwise the device reports the invalid index */
        for (; r->taken != now; r->taken++) {
            const uint16_t head = vwr_le16_to_cpu(vwr_ring_load16(&avail->ring[r->taken & (r->size - 1u)]));

            copy->ring[r->taken & (r->size - 1u)] = vwr_cpu_to_le16(head);
            if (head >= r->size)
                continue;
            state[head].counter = ++r->counter;
            __atomic_store_n(&state[head].inflight, 1,
                             __ATOMIC_RELEASE); /* stores the counter before the mark */
        }
    r->taken = now;
    vwr_ring_publish16(&copy->idx, vwr_cpu_to_le16(now));
    return true;
}

static void mark_used(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint64_t offset,
                      uint64_t bytes)
{
    vhost_back_mark_part(h, r, r->addr.log_guest_addr + offset, bytes);
}

/* Copies the device's notification suppression to the driver's ring. */
static void pass_suppression(struct vwr_vhost_back *h, struct vwr_vhost_back_ring *r,
                             const struct vwr_virtq_used *copy)
{
    struct vwr_virtq_used *const used = r->device;
    const bool event = (h->features >> VWR_F_EVENT_IDX & 1u) != 0;
    const size_t offset =
        event ? vwr_virtq_used_avail_event_offset(r->size) : offsetof(struct vwr_virtq_used, flags);
    const vwr_le16 *const from = (const vwr_le16 *)(const void *)((const uint8_t *)copy + offset);
    const uint16_t word = vwr_ring_load16(from);

    if (!r->news && word == r->suppression)
        return;
    r->news = false;
    r->suppression = word;
    vwr_ring_store16((vwr_le16 *)(void *)((uint8_t *)used + offset), word);
    mark_used(h, r, offset, sizeof(word));
    vwr_ring_mb(); /* the suppression before the buffers that the driver has made available meanwhile */
}

static void give_elements(struct vwr_vhost_back *h, struct vwr_vhost_back_ring *r,
                          const struct vwr_virtq_used *copy, uint16_t now)
{
    struct vwr_virtq_used *const used = r->device;

    for (uint16_t at = r->signalled; at != now; at++) {
        const uint32_t n = at & (r->size - 1u);
        const uint32_t id = vwr_ring_load32(&copy->ring[n].id);
        const vwr_le32 written = vwr_ring_load32(&copy->ring[n].len);

        (void)vhost_back_mark_chain(h, r, (uint16_t)vwr_le32_to_cpu(id), vwr_le32_to_cpu(written));
        vwr_ring_store32(&used->ring[n].id, id);
        vwr_ring_store32(&used->ring[n].len, written);
        mark_used(h, r, offsetof(struct vwr_virtq_used, ring) + n * sizeof(used->ring[0]),
                  sizeof(used->ring[0]));
    }
    vwr_ring_publish16(&used->idx, vwr_cpu_to_le16(now));
    mark_used(h, r, offsetof(struct vwr_virtq_used, idx), sizeof(used->idx));
}

bool vhost_back_give_split(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const struct vwr_virtq_avail *const avail = r->driver;
    const struct vwr_virtq_used *const copy = used_of(h, queue);
    const uint16_t now = vwr_le16_to_cpu(vwr_ring_load16(&copy->idx));
    const uint16_t old = r->signalled;

    if (now == old || vwr_ring_distance(now, old) > r->size) {
        pass_suppression(h, r, copy);
        return false;
    }
    give_elements(h, r, copy, now);
    pass_suppression(h, r, copy);
    forget_used(r, region_of(h, queue), now);
    r->signalled = now;
    vwr_ring_mb(); /* the used index before the driver's interrupt suppression */
    if ((h->features >> VWR_F_EVENT_IDX & 1u) != 0)
        return vwr_ring_need_event(vwr_le16_to_cpu(vwr_ring_load16(&avail->ring[r->size])), now, old);
    return (vwr_le16_to_cpu(vwr_ring_load16(&avail->flags)) & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
}

void vhost_back_mark_split(struct vwr_vhost_back *h, unsigned queue)
{
    const struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const state_t *const state = states_of(region_of(h, queue));

    const uint64_t all = vhost_back_log_pages(h);
    uint64_t pages = 0;

    for (uint32_t n = 0; n < r->size && pages < all; n++)
        if (state[n].inflight == 1)
            pages += vhost_back_mark_chain(h, r, (uint16_t)n, VHOST_BACK_REQUEST_BYTES);
    if (pages >= all)
        vhost_back_mark_all(h);
}
