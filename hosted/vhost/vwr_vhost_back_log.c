/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_record.h"

#include <string.h>
#include <unistd.h>

/*
 * VHOST_F_LOG_ALL: the log of written pages, for a migration. A bit stands for a page of guest memory, from
 * address 0. Pages are marked after they were written, because the front end clears a bit before it reads the
 * page. For a used request, the bytes that the device reports as written are marked, and the last page of
 * each other writable descriptor, which may contain a status. The bytes in between have no meaning for the
 * driver (Section: Basic Facilities of a Virtio Device / Virtqueues / The Virtqueue Used Ring), so a frame in
 * a buffer of 4 GiB does not cost a million pages. All writable bytes of a request that is given up are
 * marked.
 */

/* Pages in a word of the log. Machines of 32 bits lack atomics of 64 bits. */
#define VHOST_LOG_WORD (8u * (unsigned)sizeof(uintptr_t))

bool vhost_back_logs(const struct vwr_vhost_back *h)
{
    return (h->features >> VWR_VHOST_USER_F_LOG_ALL & 1u) != 0;
}

void vhost_back_forget_log(struct vwr_vhost_back *h)
{
    vhost_back_unmap(h, &h->log);
    vhost_close(&h->log_call);
}

bool vhost_back_set_log(struct vwr_vhost_back *h, const struct vwr_vhost_user_log *log, int file)
{
    if (log->mmap_offset % sizeof(uint64_t) != 0) /* whole words are stored */
        return vhost_back_end(h, "The log of written pages is at 0x%llx of its file, not a multiple of %zu.",
                              (unsigned long long)log->mmap_offset, sizeof(uint64_t));
    vhost_back_unmap(h, &h->log);
    if (!vhost_back_map(h, &h->log, file, log->mmap_offset, log->mmap_size, "the log of written pages"))
        return false;
    h->log_offset = (size_t)log->mmap_offset;
    return true;
}

void vhost_back_mark(struct vwr_vhost_back *h, uint64_t addr, uint64_t bytes)
{
    const uint64_t first = addr / VWR_VHOST_USER_LOG_PAGE;
    const uint64_t last = (addr + bytes - 1u) / VWR_VHOST_USER_LOG_PAGE;
    uint8_t *log;

    if (bytes == 0 || h->log.map == NULL || !vhost_back_logs(h))
        return;
    if (last < first || last / 8u >= h->log.bytes - h->log_offset) {
        (void)vhost_back_end(h, "The log of written pages ends before guest address 0x%llx.",
                             (unsigned long long)(addr + bytes - 1u));
        return;
    }
    log = h->log.map + h->log_offset;
    for (uint64_t page = first; page <= last; page++) {
        uint8_t *const at = &log[page / 8u];

        if (page % VHOST_LOG_WORD == 0 && last - page >= VHOST_LOG_WORD - 1u) {
            __atomic_store_n((uintptr_t *)(void *)at, UINTPTR_MAX, __ATOMIC_RELEASE);
            page += VHOST_LOG_WORD - 1u;
            continue;
        }
        (void)__atomic_fetch_or(at, (uint8_t)(1u << page % 8u), __ATOMIC_RELEASE);
    }
    __atomic_store_n(&h->marked, true, __ATOMIC_RELAXED);
}

void vhost_back_mark_part(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint64_t addr,
                          uint64_t bytes)
{
    if ((r->addr.flags & VWR_VHOST_USER_VRING_F_LOG) != 0)
        vhost_back_mark(h, addr, bytes);
}

void vhost_back_tell_log(struct vwr_vhost_back *h)
{
    if (__atomic_load_n(&h->marked, __ATOMIC_RELAXED) &&
        __atomic_exchange_n(&h->marked, false, __ATOMIC_RELAXED))
        vhost_back_notify(h, h->log_call);
}

/* Loads the current contents of a descriptor in the driver's memory. */
static bool load(const struct vwr_vhost_back *h, uint64_t at, void *to, size_t bytes)
{
    const void *const from = vwr_memory_ptr(&h->vm.memory, at, bytes);

    if (from == NULL)
        return false;
    memcpy(to, from, bytes);
    return true;
}

/*
 * Marks the next `bytes` writable bytes of a request, of which the device has written the first s->written. A
 * status may be at the end of the others, in as many descriptors as the driver likes.
 */
static void mark_written(struct vwr_vhost_back *h, struct vhost_back_span *s, uint64_t addr, uint32_t bytes)
{
    const uint32_t written = bytes < s->written ? bytes : s->written;
    const uint32_t rest = bytes - written;
    const uint32_t end = rest < VWR_VHOST_USER_LOG_PAGE ? rest : VWR_VHOST_USER_LOG_PAGE;

    vhost_back_mark(h, addr, written);
    vhost_back_mark(h, addr + bytes - end, end);
    s->written -= written;
    s->pages += written / VWR_VHOST_USER_LOG_PAGE + 2u; /* at most */
}

/*
 * Marks a descriptor of a request. s->left is what the request can still have of its fewer than 2^32 bytes:
 * the device has checked that, but the driver may have changed its descriptors since. false: it has.
 */
static bool mark_one(struct vwr_vhost_back *h, uint64_t addr, uint32_t bytes, unsigned flags,
                     struct vhost_back_span *s)
{
    if (bytes > s->left)
        return false;
    s->left -= bytes;
    if ((flags & VWR_VIRTQ_DESC_F_WRITE) != 0)
        mark_written(h, s, addr, bytes);
    return true;
}

static void mark_chain(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint16_t head,
                       struct vhost_back_span *s)
{
    uint64_t table = r->parts.desc;
    uint32_t count = r->size;
    uint32_t at = head;
    bool indirect = false;

    for (uint32_t left = 2u * r->size; left > 0 && at < count;
         left--) { /* a ring, or an indirect table of the same length as a ring */
        struct vwr_virtq_desc d;
        unsigned flags;

        if (!load(h, table + at * sizeof(d), &d, sizeof(d)))
            return;
        flags = vwr_le16_to_cpu(d.flags);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0) {
            if (indirect)
                return;
            indirect = true;
            table = vwr_le64_to_cpu(d.addr);
            count = vwr_le32_to_cpu(d.len) / sizeof(d);
            at = 0;
            continue;
        }
        if (!mark_one(h, vwr_le64_to_cpu(d.addr), vwr_le32_to_cpu(d.len), flags, s) ||
            (flags & VWR_VIRTQ_DESC_F_NEXT) == 0)
            return;
        at = vwr_le16_to_cpu(d.next);
    }
}

uint64_t vhost_back_mark_chain(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint16_t head,
                               uint32_t written)
{
    struct vhost_back_span s = {.left = VHOST_BACK_REQUEST_BYTES, .written = written};

    if (!vhost_back_logs(h))
        return 0;
    mark_chain(h, r, head, &s);
    return s.pages;
}

uint64_t vhost_back_log_pages(const struct vwr_vhost_back *h)
{
    return h->log.map != NULL ? (h->log.bytes - h->log_offset) * 8u : 0;
}

void vhost_back_mark_all(struct vwr_vhost_back *h)
{
    vhost_back_mark(h, 0, vhost_back_log_pages(h) * VWR_VHOST_USER_LOG_PAGE);
}

void vhost_back_mark_entry(struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r,
                           const struct vwr_vhost_user_desc_state_packed *e, struct vhost_back_span *s)
{
    struct vwr_pvirtq_desc d;
    const uint32_t count = e->len / sizeof(d);

    if (!vhost_back_logs(h))
        return;
    if ((e->flags & VWR_VIRTQ_DESC_F_INDIRECT) == 0) {
        (void)mark_one(h, e->addr, e->len, e->flags, s);
        return;
    }
    for (uint32_t n = 0; n < count && n < r->size; n++)
        if (load(h, e->addr + n * sizeof(d), &d, sizeof(d)) &&
            !mark_one(h, vwr_le64_to_cpu(d.addr), vwr_le32_to_cpu(d.len), vwr_le16_to_cpu(d.flags), s))
            return;
}
