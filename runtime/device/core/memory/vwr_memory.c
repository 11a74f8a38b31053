/* SPDX-License-Identifier: MIT */
#include "memory_common.h"
#include "vwr/bytes.h"
#include "vwr/ring.h"

/*
 * Guest memory, and the pages in an exclusive balloon and blocks of a memory device that the VM's devices
 * must not access.
 */

/* Offset of page `n` in the region, or of the region's end. */
static uint64_t memory_page_offset(const struct vwr_memory_region *r, unsigned shift, uint64_t first,
                                   uint64_t n)
{
    const uint64_t off = vwr_shift_left(first + n, shift) - r->addr;

    return off < r->bytes ? off : r->bytes;
}

/*
 * vwr_memory_room() in a guest with a balloon. The balloon writes its bitmap while its device is locked, and
 * the other devices read it while they are locked. A device that is locked after an update sees the update;
 * vwr_vm_uses() locks each device in turn.
 */
static uint64_t memory_room_beside(const struct vwr_memory *m, const struct vwr_memory_region *r,
                                   uint64_t addr, uint64_t *begin)
{
    const struct vwr_memory_balloon *const t = m->balloon;
    const uint64_t first = vwr_shift_right(r->addr + vwr_shift_left(1, t->shift) - 1u, t->shift);
    uint64_t page = vwr_shift_right(addr, t->shift), end;
    uint32_t word, bit;

    *begin = r->addr;
    if (page < first) /* a partial page before the first whole page, which no balloon can contain */
        return memory_page_offset(r, t->shift, first, 0);
    page -= first;
    end = page + 1u;
    bit = (uint32_t)1 << page % MEMORY_WORD_PAGES;
    word = page < vwr_shift_right(r->bytes, t->shift)
               ? vwr_ring_load32(&t->map[memory_words_before(m, r, t->shift) + page / MEMORY_WORD_PAGES])
               : ~bit; /* a partial page at the end, which no balloon can contain either */
    if (word == 0) {
        page -= page % MEMORY_WORD_PAGES;
        end = page + MEMORY_WORD_PAGES;
    } else if ((word & bit) != 0) {
        return 0;
    }
    page = memory_page_offset(r, t->shift, first, page);
    *begin = r->addr + page;
    return memory_page_offset(r, t->shift, first, end) - page;
}

/* A table that changes meanwhile gives any run, but no access beyond the table. */
static void memory_search_run(const struct vwr_memory_blocks *b, uint32_t now, uint32_t block,
                              struct vwr_memory_span *run)
{
    const struct vwr_memory_span *r = b->table[now % 2u];
    uint32_t n = vwr_ring_load32(&b->count[now % 2u]), half;

    run->first = run->count = 0;
    if (n == 0)
        return;
    for (; n > 1u; n -= half) {
        half = n / 2u;
        r = vwr_ring_load32(&r[half].first) <= block ? r + half : r;
    }
    run->first = vwr_ring_load32(&r->first);
    run->count = vwr_ring_load32(&r->count);
}

/*
 * Finds the run that contains a block; false: the block is not plugged. The search is repeated only if a
 * request of the guest has changed the table meanwhile. A device that is locked after a change sees it.
 */
static bool memory_find_run(const struct vwr_memory_blocks *b, uint32_t block, struct vwr_memory_span *run)
{
    uint32_t now;

    do {
        now = vwr_ring_load32(&b->now);
        vwr_ring_acquire();
        memory_search_run(b, now, block, run);
        vwr_ring_acquire();
    } while (vwr_ring_load32(&b->now) != now);
    return block - run->first < run->count;
}

/* Limits a range around `addr` to one run of plugged blocks, or to memory that is not the device's. */
static uint64_t memory_room_in_blocks(const struct vwr_memory_blocks *b, uint64_t addr, uint64_t *begin,
                                      uint64_t room)
{
    uint64_t first = 0, end = ~(uint64_t)0;
    struct vwr_memory_span run;

    if (addr < b->addr) {
        end = b->addr;
    } else if (addr - b->addr >= b->bytes) {
        first = b->addr + b->bytes;
    } else {
        if (!memory_find_run(b, (uint32_t)vwr_shift_right(addr - b->addr, b->shift), &run))
            return 0;
        first = b->addr + vwr_shift_left(run.first, b->shift);
        end = first + vwr_shift_left(run.count, b->shift);
    }
    end = *begin + room < end ? *begin + room : end;
    *begin = *begin > first ? *begin : first;
    return end - *begin;
}

uint64_t vwr_memory_room(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr,
                         uint64_t *begin)
{
    uint64_t room = r->bytes;

    *begin = r->addr;
    if (VWR_WITH_EXCLUSIVE && m->balloon != NULL)
        room = memory_room_beside(m, r, addr, begin);
    return VWR_WITH_EXCLUSIVE && m->blocks != NULL && room != 0
               ? memory_room_in_blocks(m->blocks, addr, begin, room)
               : room;
}

uint64_t vwr_memory_run_(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr)
{
    uint64_t begin;
    const uint64_t room = vwr_memory_room(m, r, addr, &begin);

    return room != 0 ? room - (addr - begin) : 0;
}

bool vwr_memory_is_ballooned(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr,
                             uint64_t bytes)
{
    uint64_t run;

    for (; bytes != 0; addr += run) {
        uint64_t begin;

        run = vwr_memory_room(m, r, addr, &begin);
        if (run == 0)
            return true;
        run -= addr - begin;
        run = run < bytes ? run : bytes;
        bytes -= run;
    }
    return false;
}

static bool memory_is_missing(const struct vwr_memory *m, const struct vwr_memory_region *part)
{
    return vwr_memory_has_balloon(m) &&
           vwr_memory_is_ballooned(m, vwr_memory_find(m, part->addr), part->addr, part->bytes);
}

bool vwr_memory_is_plugged_(const struct vwr_memory *m, const struct vwr_memory_region *part)
{
    struct vwr_memory blocks;

    vwr_copy(&blocks, m, sizeof(blocks));
    blocks.balloon = NULL;
    return !memory_is_missing(&blocks, part);
}

bool vwr_memory_is_given_(const struct vwr_memory *m, const struct vwr_memory_region *part)
{
    struct vwr_memory pages;

    vwr_copy(&pages, m, sizeof(pages));
    pages.blocks = NULL;
    return memory_is_missing(&pages, part);
}

/* ---- pages of the bitmap ---- */

/* Finds the region that contains a range, and fills in the range's host address; NULL: there is none. */
const struct vwr_memory_region *vwr_memory_find_part_(const struct vwr_memory *m,
                                                      struct vwr_memory_region *part)
{
    const struct vwr_memory_region *const r = vwr_memory_find(m, part->addr);

    if (r == NULL || r->bytes - (part->addr - r->addr) < part->bytes)
        return NULL;
    part->host = (uint8_t *)r->host + (part->addr - r->addr);
    return r;
}

bool vwr_memory_find_page_(const struct vwr_memory *m, unsigned shift, struct vwr_memory_region *page,
                           uint32_t *bit)
{
    const struct vwr_memory_region *const r = vwr_memory_find_part_(m, page);

    if (r != NULL)
        *bit = MEMORY_WORD_PAGES * memory_words_before(m, r, shift) +
               (uint32_t)vwr_shift_right(page->addr - r->addr, shift);
    return r != NULL;
}

bool vwr_memory_page_of_(const struct vwr_memory *m, unsigned shift, uint32_t bit,
                         struct vwr_memory_region *page)
{
    const struct vwr_memory_region *r = m->region;
    uint32_t bits = MEMORY_WORD_PAGES * memory_words(r, shift);
    uint64_t at;

    for (; bit >= bits; bits = MEMORY_WORD_PAGES * memory_words(++r, shift))
        bit -= bits;
    page->bytes = vwr_shift_left(1, shift);
    at = ((0u - r->addr) & (page->bytes - 1u)) + vwr_shift_left(bit, shift);
    page->addr = r->addr + at;
    page->host = (uint8_t *)r->host + at;
    return at + page->bytes <= r->bytes;
}

/* ---- regions ---- */

uint32_t vwr_memory_check(const struct vwr_memory *m)
{
    uint64_t least = 0;
    uint32_t i;

    for (i = 0; i < m->region_count; i++) {
        const struct vwr_memory_region *const r = &m->region[i];

        if (r->addr < least || r->addr + r->bytes < r->addr)
            break;
        least = r->addr + r->bytes;
    }
    return i;
}

const struct vwr_memory_region *vwr_memory_find(const struct vwr_memory *m, uint64_t addr)
{
    return memory_search(m, addr);
}

uint64_t vwr_memory_translate_(const struct vwr_memory *m, uint64_t addr, uint64_t bytes, unsigned access,
                               void **host)
{
    return m->iommu != NULL ? m->iommu->run(m->iommu, addr, bytes, access, host) : 0;
}

void *vwr_memory_reach_(const struct vwr_memory *m, uint64_t addr, uint64_t bytes, unsigned access)
{
    void *host = NULL;

    return vwr_memory_translate_(m, addr, bytes, access, &host) >= bytes ? host : NULL;
}

void vwr_memory_fault_(const struct vwr_memory *m, uint64_t addr, unsigned access)
{
    if (m->iommu != NULL)
        m->iommu->fault(m->iommu, addr, access);
}

uint64_t vwr_memory_address(const struct vwr_memory *m, const void *host, uint64_t bytes)
{
    for (uint32_t i = 0; i < m->region_count; i++) {
        const struct vwr_memory_region *const r = &m->region[i];
        const uint64_t at = (uintptr_t)host - (uintptr_t)r->host;

        if (at < r->bytes && bytes <= r->bytes - at)
            return r->addr + at;
    }
    return ~(uint64_t)0;
}

uint32_t vwr_memory_adjacent(const struct vwr_memory *m)
{
    uint32_t n = 0;

    for (uint32_t i = 1; i < m->region_count; i++)
        n += m->region[i - 1u].addr + m->region[i - 1u].bytes == m->region[i].addr;
    return n;
}
