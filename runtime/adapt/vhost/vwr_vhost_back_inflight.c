/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vwr/gen/features.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Requests in flight, recorded in memory that outlives this process: INFLIGHT_SHMFD, split rings. The device
 * reads a copy of the available ring, to which a request is added only after it was recorded. So the device
 * has no request that is not in the record. What it has used is in the used ring, where a back end after this
 * one finds it, even if this one dies before the record has it too.
 */

typedef struct vwr_vhost_user_queue_region_split region_t;
typedef struct vwr_vhost_user_desc_state_split state_t;

#define REGION_ALIGN 64u /* of the record of a queue; as others have it, not the specification's */
#define COPY_ADDR \
    (UINT64_C(1) << 62) /* guest address of the copies, above all memory; not the specification's */

static size_t align_up(size_t bytes)
{
    return (bytes + REGION_ALIGN - 1u) / REGION_ALIGN * REGION_ALIGN;
}

static size_t region_bytes(uint32_t entries)
{
    return align_up(sizeof(region_t) + entries * sizeof(state_t));
}

static size_t copy_bytes(const struct vwr_vhost_back *h)
{
    return align_up((size_t)vwr_split_ring_avail_bytes(h->dev->queue[0].max));
}

/* ---- messages ---- */

static bool is_good(struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i)
{
    if (i->num_queues == 0 || i->num_queues > VWR_VHOST_BACK_QUEUES || i->queue_size == 0 ||
        i->queue_size > VWR_SPLIT_RING_SIZE_MAX)
        return vhost_back_end(h, "A record of requests has %u queues of %u.", i->num_queues, i->queue_size);
    return true;
}

/* A packed ring is not recorded: the answer is a record of 0 bytes. */
bool vhost_back_get_inflight(struct vwr_vhost_back *h, struct vwr_vhost_user_inflight *i, int *file)
{
    *file = -1;
    if (!is_good(h, i))
        return false;
    i->mmap_offset = 0;
    i->mmap_size = 0;
    if (vhost_back_is_packed(h))
        return true;
    i->mmap_size = i->num_queues * region_bytes(i->queue_size);
    *file = memfd_create("vhost_inflight", MFD_CLOEXEC);
    if (*file < 0 || ftruncate(*file, (off_t)i->mmap_size) != 0) {
        vhost_close(file);
        return vhost_back_end(h, "There is no memory for a record of requests: %s.", strerror(errno));
    }
    return true;
}

void vhost_back_forget_inflight(struct vwr_vhost_back *h)
{
    if (h->record.map != NULL)
        (void)munmap(h->record.map, h->record.bytes);
    h->record.map = NULL;
    if (h->copies != NULL)
        (void)munmap(h->copies, h->copies_bytes);
    h->copies = NULL;
    vhost_back_renew_regions(h);
}

bool vhost_back_set_inflight(struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i, int file)
{
    struct stat s;

    if (!is_good(h, i))
        return false;
    if (i->mmap_size < i->num_queues * region_bytes(i->queue_size) ||
        i->mmap_offset % sizeof(uint64_t) != 0 || i->mmap_offset > SIZE_MAX / 2u ||
        i->mmap_size > SIZE_MAX / 2u || fstat(file, &s) != 0 ||
        (S_ISREG(s.st_mode) && (uint64_t)s.st_size < i->mmap_offset + i->mmap_size))
        return vhost_back_end(h, "The memory of a record of requests is too short.");
    vhost_back_forget_inflight(h);
    h->record.bytes = (size_t)(i->mmap_offset + i->mmap_size);
    h->record.map = mmap(NULL, h->record.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    h->copies_bytes = copy_bytes(h) * h->dev->queues;
    h->copies = mmap(NULL, h->copies_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (h->record.map == MAP_FAILED || h->copies == MAP_FAILED) {
        h->record.map = h->record.map == MAP_FAILED ? NULL : h->record.map;
        h->copies = h->copies == MAP_FAILED ? NULL : h->copies;
        return vhost_back_end(h, "A record of requests cannot be mapped: %s.", strerror(errno));
    }
    h->inflight = *i;
    vhost_back_renew_regions(h);
    return true;
}

/* ---- a ring ---- */

static region_t *region_of(const struct vwr_vhost_back *h, unsigned queue)
{
    return (region_t *)(void *)(h->record.map + h->inflight.mmap_offset +
                                queue * region_bytes(h->inflight.queue_size));
}

static state_t *states_of(region_t *region)
{
    return (state_t *)(void *)(region + 1);
}

static struct vwr_virtq_avail *copy_of(const struct vwr_vhost_back *h, unsigned queue)
{
    return (struct vwr_virtq_avail *)(void *)(h->copies + queue * copy_bytes(h));
}

bool vhost_back_is_recorded(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->record.map != NULL && queue < h->inflight.num_queues && !vhost_back_is_packed(h);
}

void vhost_back_copy_region(const struct vwr_vhost_back *h, struct vwr_vm_region *to)
{
    to->addr = COPY_ADDR;
    to->bytes = h->copies_bytes;
    to->host = h->copies;
}

bool vhost_back_is_below_copies(uint64_t addr, uint64_t bytes)
{
    return addr < COPY_ADDR && bytes <= COPY_ADDR - addr;
}

/* Requests that were used when the record was last written, and since: they are no longer in flight. */
static void forget_used(struct vwr_vhost_back_ring *r, region_t *region, uint16_t now)
{
    state_t *const state = states_of(region);
    const uint16_t old = region->used_idx;

    if (vwr_ring_distance(now, old) > r->size) { /* a ring that begins anew */
        for (uint32_t n = 0; n < r->size; n++)
            state[n].inflight = 0;
    } else {
        for (uint16_t at = old; at != now; at++) {
            const uint32_t id = vwr_le32_to_cpu(vwr_ring_load32(&r->used->ring[at & (r->size - 1u)].id));

            if (id < r->size)
                state[id].inflight = 0;
        }
    }
    region->used_idx = now;
}

/* Adds the requests in flight to the copy, in their order, from `at` on. Returns their number. */
static uint16_t resubmit(struct vwr_vhost_back_ring *r, state_t *state, struct vwr_virtq_avail *copy,
                         uint16_t at)
{
    uint16_t count = 0;
    uint64_t after = 0;

    for (uint32_t pass = 0; pass < r->size; pass++) { /* the next of those that are left: few are in flight */
        uint32_t next = r->size;

        for (uint32_t n = 0; n < r->size; n++)
            if (state[n].inflight == 1 && (count == 0 || state[n].counter > after) &&
                (next == r->size || state[n].counter < state[next].counter))
                next = n;
        if (next == r->size)
            break;
        after = state[next].counter;
        copy->ring[(uint16_t)(at + count) & (r->size - 1u)] = vwr_cpu_to_le16((uint16_t)next);
        count++;
    }
    r->counter = after;
    return count;
}

bool vhost_back_begin_record(struct vwr_vhost_back *h, unsigned queue, uint64_t avail, uint64_t used,
                             uint64_t *copy_addr)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    region_t *const region = region_of(h, queue);
    struct vwr_virtq_avail *const copy = copy_of(h, queue);
    uint16_t now;

    r->avail = vwr_vm_ptr(&h->vm, avail, vwr_split_ring_avail_bytes(r->size));
    r->used = vwr_vm_ptr(&h->vm, used, vwr_split_ring_used_bytes(r->size));
    if (r->avail == NULL || r->used == NULL || r->size > h->inflight.queue_size ||
        (r->size & (r->size - 1u)) != 0 || (avail & (VWR_SPLIT_RING_AVAIL_ALIGN - 1u)) != 0 ||
        (used & (VWR_SPLIT_RING_USED_ALIGN - 1u)) != 0)
        return vhost_back_end(h, "Queue %u does not fit its record of requests, or is not in one region.",
                              queue);
    now = vwr_le16_to_cpu(vwr_ring_load16(&r->used->idx));
    if (region->version == 0) { /* nothing in it has a meaning */
        memset(region, 0, region_bytes(h->inflight.queue_size));
        region->version = VWR_VHOST_USER_INFLIGHT_VERSION;
        region->desc_num = h->inflight.queue_size;
        region->used_idx = now;
    } else if (region->version != VWR_VHOST_USER_INFLIGHT_VERSION ||
               region->desc_num != h->inflight.queue_size) {
        return vhost_back_end(h, "Queue %u has a record of requests of another form.", queue);
    }
    forget_used(r, region, now);
    r->taken = (uint16_t)(now + resubmit(r, states_of(region), copy, now));
    r->signalled = now;
    vwr_ring_publish16(&copy->idx, vwr_cpu_to_le16(r->taken));
    r->recorded = true;
    *copy_addr = COPY_ADDR + queue * copy_bytes(h);
    return true;
}

/* Records what the driver has made available, then passes it to the device. false: there was nothing. */
bool vhost_back_record(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    struct vwr_virtq_avail *const copy = copy_of(h, queue);
    state_t *const state = states_of(region_of(h, queue));
    const uint16_t now = vwr_le16_to_cpu(vwr_ring_load16(&r->avail->idx));

    if (now == r->taken)
        return false;
    vwr_ring_acquire(); /* the index before the entries */
    if (vwr_ring_distance(now, r->taken) <=
        r->size) /* else the device finds the index and what is wrong with it */
        for (; r->taken != now; r->taken++) {
            const uint16_t head =
                vwr_le16_to_cpu(vwr_ring_load16(&r->avail->ring[r->taken & (r->size - 1u)]));

            copy->ring[r->taken & (r->size - 1u)] = vwr_cpu_to_le16(head);
            if (head >= r->size)
                continue;
            state[head].counter = ++r->counter;
            __atomic_store_n(&state[head].inflight, 1, __ATOMIC_RELEASE); /* the counter before the mark */
        }
    r->taken = now;
    vwr_ring_publish16(&copy->idx, vwr_cpu_to_le16(now));
    return true;
}

/* The record of what the device has used, and the driver's interrupt. */
void vhost_back_record_used(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    const uint16_t now = vwr_le16_to_cpu(vwr_ring_load16(&r->used->idx));
    const uint16_t old = r->signalled;
    bool wanted;

    if (now == old)
        return;
    forget_used(r, region_of(h, queue), now);
    r->signalled = now;
    vwr_ring_mb(); /* the used index before what the driver wants */
    if ((h->features >> VWR_F_EVENT_IDX & 1u) != 0)
        wanted = vwr_ring_need_event(vwr_le16_to_cpu(vwr_ring_load16(&r->avail->ring[r->size])), now, old);
    else
        wanted = (vwr_le16_to_cpu(vwr_ring_load16(&r->avail->flags)) & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
    if (wanted)
        vhost_back_call(h, queue);
}
