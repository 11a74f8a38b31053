/* SPDX-License-Identifier: MIT */
#include "../vdev/vdev_common.h"
#include "vm_common.h"

/*
 * Pages in an exclusive balloon, which the VM's other devices must not access. The balloon writes its
 * bitmap under its device's lock, and the others read it under theirs. A device that was locked after the
 * update sees it; vwr_vm_uses locks each device in turn.
 */

/* Offset of page `n` in the region, or of the region's end. */
static uint64_t vm_page_offset(const struct vwr_vm_region *r, unsigned shift, uint64_t first, uint64_t n)
{
    const uint64_t off = vwr_shift_left(first + n, shift) - r->addr;

    return off < r->bytes ? off : r->bytes;
}

uint64_t vwr_vm_room(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t *begin)
{
    const struct vwr_vm_away *const t = vm->away;
    uint64_t first, page, end;
    uint32_t word, bit;

    *begin = r->addr;
    if (t == NULL)
        return r->bytes;
    first = vwr_shift_right(r->addr + vwr_shift_left(1, t->shift) - 1u, t->shift); /* that is whole */
    page = vwr_shift_right(addr, t->shift);
    if (page < first) /* a partial page before it, which no balloon can contain */
        return vm_page_offset(r, t->shift, first, 0);
    page -= first;
    end = page + 1u;
    bit = (uint32_t)1 << page % VM_WORD_PAGES;
    word = page < vwr_shift_right(r->bytes, t->shift)
               ? vwr_ring_load32(&t->map[vm_words_before(vm, r, t->shift) + page / VM_WORD_PAGES])
               : ~bit; /* a partial page at the end, likewise */
    if (word == 0) {
        page -= page % VM_WORD_PAGES;
        end = page + VM_WORD_PAGES;
    } else if ((word & bit) != 0) {
        return 0;
    }
    page = vm_page_offset(r, t->shift, first, page);
    *begin = r->addr + page;
    return vm_page_offset(r, t->shift, first, end) - page;
}

bool vwr_vm_is_away(const struct vwr_vm *vm, const struct vwr_vm_region *r, uint64_t addr, uint64_t bytes)
{
    uint64_t run;

    for (; bytes != 0; addr += run) {
        uint64_t begin;

        run = vwr_vm_room(vm, r, addr, &begin);
        if (run == 0)
            return true;
        run -= addr - begin;
        run = run < bytes ? run : bytes;
        bytes -= run;
    }
    return false;
}

/* ---- pages of the bitmap ---- */

/* The region that contains a part, whose host address is filled in; or NULL. */
static const struct vwr_vm_region *vm_find_part(const struct vwr_vm *vm, struct vwr_vm_region *part)
{
    const struct vwr_vm_region *const r = vwr_vm_find(vm, part->addr);

    if (r == NULL || r->bytes - (part->addr - r->addr) < part->bytes)
        return NULL;
    part->host = (uint8_t *)r->host + (part->addr - r->addr);
    return r;
}

bool vwr_vm_find_page(const struct vwr_vm *vm, unsigned shift, struct vwr_vm_region *page, uint32_t *bit)
{
    const struct vwr_vm_region *const r = vm_find_part(vm, page);

    if (r != NULL)
        *bit = VM_WORD_PAGES * vm_words_before(vm, r, shift) +
               (uint32_t)vwr_shift_right(page->addr - r->addr, shift);
    return r != NULL;
}

bool vwr_vm_page_of(const struct vwr_vm *vm, unsigned shift, uint32_t bit, struct vwr_vm_region *page)
{
    const struct vwr_vm_region *r = vm->region;
    uint32_t bits = VM_WORD_PAGES * vm_words(r, shift);
    uint64_t at;

    for (; bit >= bits; bits = VM_WORD_PAGES * vm_words(++r, shift))
        bit -= bits;
    page->bytes = vwr_shift_left(1, shift);
    at = ((0u - r->addr) & (page->bytes - 1u)) + vwr_shift_left(bit, shift);
    page->addr = r->addr + at;
    page->host = (uint8_t *)r->host + at;
    return at + page->bytes <= r->bytes;
}

/* ---- memory in use ---- */

uint64_t vwr_vm_address(const struct vwr_vm *vm, const void *host, uint64_t bytes)
{
    for (uint32_t i = 0; i < vm->region_count; i++) {
        const struct vwr_vm_region *const r = &vm->region[i];
        const uint64_t at = (uintptr_t)host - (uintptr_t)r->host;

        if (at < r->bytes && bytes <= r->bytes - at)
            return r->addr + at;
    }
    return ~(uint64_t)0;
}

/* The caller holds the device's lock. Discards the cached translations of its queues. */
static bool vm_device_uses(struct vwr_vdev *v, const struct vwr_vm_region *part)
{
    bool uses = v->unsafe;
    uint32_t in_flight = 0;

    for (uint16_t i = 0; i < v->queues; i++) {
        struct vwr_vqueue *const q = &v->queue[i];

        q->recent.bytes = 0;
        uses = uses || vwr_vqueue_uses(q, part->addr, part->bytes);
        in_flight += vwr_vqueue_in_flight(q);
    }
    if (v->kind->uses != NULL)
        return v->kind->uses(v, part->host, part->bytes) || uses;
    return uses || in_flight != 0 || v->broken;
}

bool vwr_vm_uses(struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    struct vwr_vm_region part = {addr, bytes, NULL};
    bool uses = vm_find_part(vm, &part) == NULL;

    if (uses)
        return true;
    for (uint32_t slot = 0; slot < vm->slot_count; slot++) {
        struct vwr_vdev *const v = vm->slot[slot];

        if (v == NULL)
            continue;
        vwr_vdev_lock(v);
        uses = vm_device_uses(v, &part) || uses;
        vwr_vdev_unlock(v);
    }
    return uses;
}
