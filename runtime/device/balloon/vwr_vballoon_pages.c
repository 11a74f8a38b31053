/* SPDX-License-Identifier: MIT */
#include "../core/memory/memory_common.h"
#include "vballoon_common.h"

/*
 * Pages that enter and leave the balloon, reported pages and hints.
 * Section: Traditional Memory Balloon Device / Device Operation.
 */

bool vwr_vballoon_take_memory_(struct vwr_vballoon *b, const struct vwr_vm *vm, uint32_t *map, uint32_t words)
{
    const uint32_t needed =
        memory_words_before(&vm->memory, vm->memory.region + vm->memory.region_count, VWR_BALLOON_PFN_SHIFT);
    const bool fits =
        vwr_array_fits(&vwr_vballoon_dev(b)->shortage, VWR_WORDS("map_count"), map, words, needed);

    b->map = map;
    b->map_of_pages.map = map;
    b->words = fits ? needed : 0;
    b->pages = 0;
    for (uint32_t i = 0; i < vm->memory.region_count && fits; i++)
        b->pages += (uint32_t)(vm->memory.region[i].bytes / VWR_VBALLOON_PAGE);
    vwr_vballoon_clear_(b);
    return fits;
}

/* Finds the bit of a guest RAM page in the bitmap. */
static bool vballoon_find(struct vwr_vballoon *b, struct vwr_memory_region *page, uint32_t *bit)
{
    return b->words != 0 &&
           vwr_memory_find_page_(&vwr_vballoon_dev(b)->vm->memory, VWR_BALLOON_PFN_SHIFT, page, bit);
}

/* ---- inflate and deflate ---- */

/* Consecutive pages of a message, ascending or descending. */
struct vballoon_run {
    struct vwr_vballoon *b;
    struct vwr_memory_region range;
    bool release;
};

static void vballoon_begin_run(struct vballoon_run *run, struct vwr_vballoon *b, bool release)
{
    vwr_zero(run, sizeof(*run));
    run->b = b;
    run->release = release;
}

static bool vballoon_has(const struct vwr_vballoon *b, uint32_t bit)
{
    return (b->map[bit / MEMORY_WORD_PAGES] >> bit % MEMORY_WORD_PAGES & 1u) != 0;
}

/* Makes the VM's devices check the bitmap while it is not empty. */
static void vballoon_show(struct vwr_vballoon *b)
{
    if (b->exclusive)
        vwr_vballoon_dev(b)->vm->memory.balloon = b->gone != 0 ? &b->map_of_pages : NULL;
}

/* Sets or clears the range in the bitmap. */
static void vballoon_mark(struct vballoon_run *run)
{
    struct vwr_vballoon *const b = run->b;
    struct vwr_memory_region page = {run->range.addr, VWR_VBALLOON_PAGE, NULL};
    uint64_t left = run->range.bytes;
    uint32_t bit = 0;

    for (; left != 0; left -= page.bytes, page.addr += page.bytes) {
        (void)vballoon_find(b, &page, &bit);
        if (vballoon_has(b, bit) == run->release)
            continue; /* a hook has reset the device */
        vwr_ring_store32(&b->map[bit / MEMORY_WORD_PAGES],
                         b->map[bit / MEMORY_WORD_PAGES] ^ 1u << bit % MEMORY_WORD_PAGES);
        b->gone += run->release ? page.bytes : 0u - page.bytes;
    }
    vballoon_show(b);
}

/* Takes a page out of the balloon; the VMM is not told. */
static void vballoon_drop(struct vwr_vballoon *b, const struct vwr_memory_region *page)
{
    struct vballoon_run run;

    vballoon_begin_run(&run, b, false);
    vwr_copy(&run.range, page, sizeof(*page));
    vballoon_mark(&run);
}

void vwr_vballoon_clear_(struct vwr_vballoon *b)
{
    for (uint32_t i = 0; i < b->words; i++)
        if (b->map[i] != 0) /* does not store to a page of the bitmap that does not exist yet */
            vwr_ring_store32(&b->map[i], 0);
    vballoon_show(b);
}

/*
 * Sets the bits before the pages are passed to the VMM, and clears them after the VMM has returned the pages.
 */
static void vballoon_end_run(struct vballoon_run *run)
{
    const struct vwr_vballoon_ops *const ops = run->b->ops;

    if (run->range.bytes != 0 && run->release) {
        vballoon_mark(run);
        if (ops->release != NULL)
            ops->release(run->b, &run->range);
    } else if (run->range.bytes != 0) {
        if (ops->claim != NULL)
            ops->claim(run->b, &run->range);
        vballoon_mark(run);
    }
    run->range.bytes = 0;
}

/* Whether memory follows a range, for the guest and for the VMM. */
static bool vballoon_is_next(const struct vwr_memory_region *range, uint64_t addr, const void *host)
{
    return addr == range->addr + range->bytes && host == (uint8_t *)range->host + range->bytes;
}

static void vballoon_add_page(struct vballoon_run *run, const struct vwr_memory_region *page)
{
    struct vwr_memory_region *const range = &run->range;
    const bool up = vballoon_is_next(range, page->addr, page->host);
    const bool down = vballoon_is_next(page, range->addr, range->host);

    if (!(up || down))
        vballoon_end_run(run);
    if (down || range->bytes == 0) {
        range->addr = page->addr;
        range->host = page->host;
    }
    range->bytes += page->bytes;
}

static bool vballoon_is_in(const struct vballoon_run *run, uint64_t addr)
{
    return addr - run->range.addr < run->range.bytes;
}

/* An exclusive balloon accepts no pages from a guest that may reuse them without notification. */
static bool vballoon_takes(const struct vballoon_run *run)
{
    const struct vwr_vballoon *const b = run->b;

    return !run->release || !b->exclusive ||
           vwr_vdev_has(&b->service.service.dev, VWR_BALLOON_F_MUST_TELL_HOST);
}

/* Whether the VMM may be asked for the page: a block of a memory device that is not plugged is nobody's. */
static bool vballoon_is_plugged(struct vwr_vballoon *b, const struct vwr_memory_region *page)
{
    return vwr_memory_is_plugged_(&vwr_vballoon_dev(b)->vm->memory, page);
}

/*
 * Ignores invalid pages, and pages that are already in that state. A page that has been unplugged meanwhile
 * leaves a balloon that is not exclusive without being claimed.
 */
static void vballoon_page(struct vballoon_run *run, uint32_t pfn)
{
    struct vwr_vballoon *const b = run->b;
    struct vwr_memory_region page = {(uint64_t)pfn << VWR_BALLOON_PFN_SHIFT, VWR_VBALLOON_PAGE, NULL};
    uint32_t bit = 0;
    const bool is_valid = vballoon_takes(run) && vballoon_find(b, &page, &bit) &&
                          !vballoon_is_in(run, page.addr) && vballoon_has(b, bit) != run->release;

    if (is_valid && vballoon_is_plugged(b, &page)) {
        vballoon_add_page(run, &page);
        return;
    }
    vwr_count_add(&b->ignored, 1);
    if (is_valid && !run->release)
        vballoon_drop(b, &page);
}

/* Charges each page to the budget like a segment. */
static int vballoon_list(struct vwr_vmessage *x)
{
    struct vwr_vdev *const v = &x->service->dev;
    struct vballoon_run run;
    uint32_t left = vwr_vdev_room(v);
    vwr_le32 pfn;

    vballoon_begin_run(&run, (void *)v, x->index == VWR_BALLOON_QUEUE_INFLATEQ);
    while (left != 0 && vwr_vmessage_read(x, &pfn, sizeof(pfn)) != 0) {
        vballoon_page(&run, vwr_guest32(v->legacy, pfn));
        left = vwr_vdev_use(v, left, sizeof(pfn));
    }
    vballoon_end_run(&run);
    return x->out.left != 0 ? vwr_vmessage_defer(x, vballoon_list) : VWR_OK;
}

int vwr_vballoon_list_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    (void)s;
    return vballoon_list(x);
}

/* ---- free pages ---- */

/* Reports the complete pages of a range. */
static void vballoon_free_range(struct vwr_vballoon *b, const struct vwr_memory_region *range,
                                void (*op)(struct vwr_vballoon *b, const struct vwr_memory_region *r))
{
    const uint32_t skip = (uint32_t)(0u - range->addr) % VWR_VBALLOON_PAGE;
    struct vwr_memory_region r;

    if (range->bytes < (uint64_t)skip + VWR_VBALLOON_PAGE) {
        vwr_count_add(&b->ignored, 1);
        return;
    }
    r.addr = range->addr + skip;
    r.bytes = (range->bytes - skip) / VWR_VBALLOON_PAGE * VWR_VBALLOON_PAGE;
    r.host = (uint8_t *)range->host + skip;
    if (op != NULL)
        op(b, &r);
}

/* A page may be in several segments: those that follow one another in memory are one range. */
static void vballoon_free_pages(struct vwr_vballoon *b, const struct vwr_vmessage *x,
                                void (*op)(struct vwr_vballoon *b, const struct vwr_memory_region *r))
{
    const struct vwr_vseg *const seg = x->chain.seg + x->chain.out;
    struct vwr_memory_region range;

    vwr_zero(&range, sizeof(range));
    for (uint16_t i = 0; i < x->chain.in; i++) {
        const uint64_t addr = vwr_memory_address(&vwr_vballoon_dev(b)->vm->memory, seg[i].at, seg[i].len);

        if (range.bytes != 0 && !vballoon_is_next(&range, addr, seg[i].at)) {
            vballoon_free_range(b, &range, op);
            range.bytes = 0;
        }
        if (range.bytes == 0) {
            range.addr = addr;
            range.host = seg[i].at;
        }
        range.bytes += seg[i].len;
    }
    if (range.bytes != 0)
        vballoon_free_range(b, &range, op);
}

int vwr_vballoon_report_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_vballoon *const b = (void *)s;

    vballoon_free_pages(b, x, b->ops->report);
    return VWR_OK;
}

/* Ignores hints for any command except the current one. */
int vwr_vballoon_hints_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_vballoon *const b = (void *)s;

    if (b->hints)
        vballoon_free_pages(b, x, b->ops->hint);
    return VWR_OK;
}

int vwr_vballoon_command_(struct vwr_balloon_vservice *s, struct vwr_vmessage *x,
                          const struct vwr_balloon_free_page_command_msg *m)
{
    struct vwr_vballoon *const b = (void *)s;
    const bool end = b->hints && m->id == VWR_BALLOON_CMD_ID_STOP;

    (void)x;
    b->hints = m->id > VWR_BALLOON_CMD_ID_DONE && m->id == b->command;
    if (end && b->ops->hints_end != NULL)
        b->ops->hints_end(b);
    return VWR_OK;
}

/* ---- saved states ---- */

bool vwr_vballoon_count_again_(struct vwr_vballoon *b)
{
    struct vwr_memory_region page;
    bool good = true;

    for (uint32_t bit = 0; bit < MEMORY_WORD_PAGES * b->words; bit++) {
        if (!vballoon_has(b, bit))
            continue;
        good =
            vwr_memory_page_of_(&vwr_vballoon_dev(b)->vm->memory, VWR_BALLOON_PFN_SHIFT, bit, &page) && good;
        b->gone += VWR_VBALLOON_PAGE;
    }
    vballoon_show(b);
    return good;
}

/* A state may have pages of blocks that are not plugged. */
void vwr_vballoon_release_again_(struct vwr_vballoon *b)
{
    struct vballoon_run run;
    struct vwr_memory_region page;

    vballoon_begin_run(&run, b, true);
    for (uint32_t bit = 0; bit < MEMORY_WORD_PAGES * b->words; bit++) {
        if (!vballoon_has(b, bit) ||
            !vwr_memory_page_of_(&vwr_vballoon_dev(b)->vm->memory, VWR_BALLOON_PFN_SHIFT, bit, &page))
            continue;
        if (vballoon_is_plugged(b, &page))
            vballoon_add_page(&run, &page);
        else
            vballoon_drop(b, &page);
    }
    vballoon_end_run(&run);
}
