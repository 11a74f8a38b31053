/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_record.h"
#include "vhost_size_limit.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * INFLIGHT_SHMFD: the memory of the records of requests in flight, which outlives this process, and of the
 * copies of rings. vwr_vhost_back_record.c describes their use.
 */

#define REGION_ALIGN 64u /* alignment of a queue's record, as in other back ends */
/*
 * Maximum number of entries of a queue in a record, unless the longest ring has more: each start of a ring
 * reads all entries.
 */
#define RECORD_MAX 1024u

static size_t align_up(size_t bytes)
{
    return (bytes + REGION_ALIGN - 1u) / REGION_ALIGN * REGION_ALIGN;
}

static size_t record_bytes(bool packed, uint32_t entries)
{
    return align_up(packed ? sizeof(struct vwr_vhost_user_queue_region_packed) +
                                 entries * sizeof(struct vwr_vhost_user_desc_state_packed)
                           : sizeof(struct vwr_vhost_user_queue_region_split) +
                                 entries * sizeof(struct vwr_vhost_user_desc_state_split));
}

static size_t copy_bytes(const struct vwr_vhost_back *h)
{
    const uint32_t most = vhost_back_queue(h, 0)->max;
    const size_t split = vhost_back_used_offset(most) + (size_t)vwr_split_ring_used_bytes(most);
    const size_t packed =
        (size_t)vwr_packed_ring_desc_bytes(most) + 2u * sizeof(struct vwr_pvirtq_event_suppress);

    return align_up(split > packed ? split : packed);
}

/* Number of entries of a record of this process. */
static uint32_t own_entries(const struct vwr_vhost_back *h)
{
    const uint32_t most = vhost_back_queue(h, 0)->max;

    return h->record.map != NULL && h->inflight.queue_size > most ? h->inflight.queue_size : most;
}

static size_t own_bytes(const struct vwr_vhost_back *h)
{
    const size_t split = record_bytes(false, own_entries(h));
    const size_t packed = record_bytes(true, own_entries(h));

    return split > packed ? split : packed;
}

/* After the records: space for the sorted requests of a queue, and for sorting them. */
static size_t order_bytes(const struct vwr_vhost_back *h)
{
    return 2u * sizeof(struct vhost_back_order) * own_entries(h);
}

/* ---- messages ---- */

static bool is_good(struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i)
{
    const uint32_t longest = vhost_back_queue(h, 0)->max;
    const uint32_t most = longest > RECORD_MAX ? longest : RECORD_MAX;

    if (i->num_queues == 0 || i->num_queues > VWR_VHOST_BACK_QUEUES || i->queue_size == 0 ||
        i->queue_size > most)
        return vhost_back_end(h, "A record of requests has %u queues of %u entries; it has at most %u of %u.",
                              i->num_queues, i->queue_size, VWR_VHOST_BACK_QUEUES, most);
    return true;
}

/*
 * A front end may ask for fewer entries than its rings have: QEMU asks for the disk's queue-size, but its
 * rings over virtio-mmio, and in 10.0.13 over PCI, have 1 024. So the memory that we make has room for the
 * longest ring of the device. Memory of exactly this size is ours, and has as many entries whatever
 * queue_size says.
 */
static uint64_t room(const struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i,
                     uint32_t entries)
{
    return i->num_queues * record_bytes(vhost_back_is_packed(h), entries);
}

static uint32_t shared_entries(const struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i)
{
    const uint32_t most = vhost_back_queue(h, 0)->max;

    return i->queue_size < most && i->mmap_size == room(h, i, most) ? most : i->queue_size;
}

static uint64_t needed(const struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i)
{
    return room(h, i, shared_entries(h, i));
}

bool vhost_back_get_inflight(struct vwr_vhost_back *h, struct vwr_vhost_user_inflight *i, int *file)
{
    const uint32_t most = vhost_back_queue(h, 0)->max;

    *file = -1;
    if (!is_good(h, i))
        return false;
    i->mmap_offset = 0;
    i->mmap_size = room(h, i, i->queue_size > most ? i->queue_size : most);
    *file = memfd_create("vhost_inflight", MFD_CLOEXEC);
    if (*file < 0 || vhost_truncate(*file, i->mmap_size) != 0) {
        vhost_close(file);
        return vhost_back_end(h, "There is no memory for a record of requests: %s.", strerror(errno));
    }
    return true;
}

static void unmap(uint8_t **map, size_t bytes)
{
    if (*map != NULL)
        (void)munmap(*map, bytes);
    *map = NULL;
}

void vhost_back_forget_inflight(struct vwr_vhost_back *h)
{
    vhost_back_unmap(h, &h->record);
    unmap(&h->copies, h->copies_bytes);
    unmap(&h->own, h->own_bytes);
    vhost_back_renew_regions(h);
}

bool vhost_back_set_inflight(struct vwr_vhost_back *h, const struct vwr_vhost_user_inflight *i, int file)
{
    if (!is_good(h, i))
        return false;
    if (i->mmap_size < needed(h, i) || i->mmap_offset % sizeof(uint64_t) != 0)
        return vhost_back_end(h, "The memory of a record of requests is too short, or not aligned.");
    vhost_back_forget_inflight(h);
    if (!vhost_back_map(h, &h->record, file, i->mmap_offset, i->mmap_size, "a record of requests"))
        return false;
    h->inflight = *i;
    return true;
}

/* ---- a ring ---- */

static uint8_t *make_room(size_t bytes)
{
    void *const at =
        mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    return at == MAP_FAILED ? NULL : at;
}

/* Allocates the copies, and the records of this process. */
bool vhost_back_make_copies(struct vwr_vhost_back *h)
{
    if (h->copies != NULL && h->own != NULL)
        return true;
    h->copies_bytes = copy_bytes(h) * h->dev->queues;
    h->own_bytes = own_bytes(h) * h->dev->queues + order_bytes(h);
    if (h->copies == NULL)
        h->copies = make_room(h->copies_bytes);
    if (h->own == NULL)
        h->own = make_room(h->own_bytes);
    vhost_back_renew_regions(h);
    return (h->copies != NULL && h->own != NULL) ||
           vhost_back_end(h, "There is no memory for copies of rings: %s.", strerror(errno));
}

static bool is_shared(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->record.map != NULL && queue < h->inflight.num_queues;
}

void *vhost_back_shared_record(const struct vwr_vhost_back *h, unsigned queue)
{
    if (!is_shared(h, queue))
        return NULL;
    return h->record.map + h->inflight.mmap_offset +
           queue * record_bytes(vhost_back_is_packed(h), shared_entries(h, &h->inflight));
}

void *vhost_back_own_record(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->own + queue * own_bytes(h);
}

struct vhost_back_order *vhost_back_order(const struct vwr_vhost_back *h)
{
    return (void *)(h->own + own_bytes(h) * h->dev->queues);
}

/* Merges the neighbours from[0 .. half) and from[half .. count). */
static void merge(struct vhost_back_order *to, const struct vhost_back_order *from, uint32_t half,
                  uint32_t count)
{
    uint32_t left = 0;
    uint32_t right = half;

    for (uint32_t n = 0; n < count; n++) {
        const bool is_left = right == count || (left < half && from[left].counter <= from[right].counter);

        to[n] = is_left ? from[left++] : from[right++];
    }
}

const struct vhost_back_order *vhost_back_sort(struct vhost_back_order *order, uint32_t count)
{
    struct vhost_back_order *from = order;
    struct vhost_back_order *to = order + count;

    for (uint32_t run = 1; run < count; run *= 2u) {
        struct vhost_back_order *const merged = to;

        for (uint32_t at = 0; at < count; at += 2u * run) {
            const uint32_t left = count - at;

            merge(to + at, from + at, run < left ? run : left, 2u * run < left ? 2u * run : left);
        }
        to = from;
        from = merged;
    }
    return from;
}

uint16_t vhost_back_entries(const struct vwr_vhost_back *h, unsigned queue)
{
    return (uint16_t)(is_shared(h, queue) ? shared_entries(h, &h->inflight) : own_entries(h));
}

uint8_t *vhost_back_copy(const struct vwr_vhost_back *h, unsigned queue)
{
    return h->copies + queue * copy_bytes(h);
}

uint64_t vhost_back_copy_addr(const struct vwr_vhost_back *h, const void *at)
{
    return VHOST_BACK_COPY_ADDR + (uint64_t)((const uint8_t *)at - h->copies);
}

bool vhost_back_fits_record(struct vwr_vhost_back *h, unsigned queue)
{
    if (h->ring[queue].size <= vhost_back_entries(h, queue) &&
        (!is_shared(h, queue) || h->inflight.mmap_size >= needed(h, &h->inflight)))
        return true;
    return vhost_back_end(h, "Queue %u of %u entries does not fit its record of %u requests.", queue,
                          h->ring[queue].size, vhost_back_entries(h, queue));
}
