/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vfiles_memory_common.h"

/*
 * File data of the in-memory tree. Data blocks are in a pool, and are found through at most two levels of
 * index blocks. A missing block stands for the VMM's image data, or for zeroes. Free blocks form a list that
 * records their levels: a tree of blocks is freed in one step, and taken apart when its blocks are allocated
 * again. An index block in use records the number of blocks in its tree, so that freeing it need not count
 * them.
 */

#define V9P_NUMBERS (VWR_VFILES_MEMORY_BLOCK / sizeof(uint32_t)) /* per block: 1 << V9P_NUMBER_BITS */
#define V9P_NUMBER_BITS 10u
#define V9P_LEVELS 2u
#define V9P_LEVEL_SHIFT 30u /* in m->next */
#define V9P_NEXT (((uint32_t)1 << V9P_LEVEL_SHIFT) - 1u)
#define V9P_WORK_NUMBERS ((uint32_t)(V9P_NUMBERS * 8u)) /* charge for examining all numbers of a block */
#define V9P_MOST_BYTES (((uint64_t)1 << V9P_LEVELS * V9P_NUMBER_BITS) * VWR_VFILES_MEMORY_BLOCK)

uint8_t *vwr_vfiles_memory_at_(const struct vwr_vfiles_memory *m, uint32_t block)
{
    return m->pool + (size_t)(block - 1u) * VWR_VFILES_MEMORY_BLOCK;
}

static uint32_t *vfiles_memory_numbers(const struct vwr_vfiles_memory *m, uint32_t block)
{
    return (uint32_t *)(void *)vwr_vfiles_memory_at_(m, block);
}

/* ---- the pool ---- */

static void vfiles_memory_push(struct vwr_vfiles_memory *m, uint32_t block, uint32_t levels)
{
    m->next[block - 1u] = m->free_block | levels << V9P_LEVEL_SHIFT;
    m->free_block = block;
}

int vwr_vfiles_memory_pool_(struct vwr_vfiles_memory *m, void *pool, size_t bytes)
{
    size_t blocks = bytes / (VWR_VFILES_MEMORY_BLOCK + sizeof(uint32_t));

    if ((uintptr_t)pool % sizeof(uint64_t) != 0)
        return VWR_ENOMEM;
    blocks -= blocks % 2u; /* keeps the blocks aligned */
    blocks = blocks < V9P_NEXT ? blocks : V9P_NEXT - 1u;
    m->next = pool;
    m->pool = (uint8_t *)pool + blocks * sizeof(uint32_t);
    m->blocks = (uint32_t)blocks;
    m->blocks_free = m->blocks;
    m->free_block = 0;
    for (uint32_t block = m->blocks; block != 0; block--)
        vfiles_memory_push(m, block, 0);
    return VWR_OK;
}

uint32_t vwr_vfiles_memory_block_(struct vwr_vfiles_memory *m)
{
    const uint32_t block = m->free_block;
    uint32_t levels;

    if (block == 0)
        return 0;
    levels = m->next[block - 1u] >> V9P_LEVEL_SHIFT;
    m->free_block = m->next[block - 1u] & V9P_NEXT;
    m->files.work += levels != 0 ? V9P_WORK_NUMBERS : 0;
    for (unsigned i = 0; levels != 0 && i < V9P_NUMBERS; i++)
        if (vfiles_memory_numbers(m, block)[i] != 0)
            vfiles_memory_push(m, vfiles_memory_numbers(m, block)[i], levels - 1u);
    m->blocks_free--;
    m->next[block - 1u] = 1;
    return block;
}

void vwr_vfiles_memory_free_block_(struct vwr_vfiles_memory *m, uint32_t block)
{
    vfiles_memory_push(m, block, 0);
    m->blocks_free++;
}

/* ---- block lookup ---- */

/*
 * Number of blocks that this many levels can address; computed without a division, which may be a library
 * call.
 */
static uint64_t vfiles_memory_span(uint32_t levels)
{
    return vwr_shift_left(1, levels * V9P_NUMBER_BITS);
}

/* Position of a block of the file in an index block of this level. */
static uint32_t vfiles_memory_digit(uint64_t index, uint32_t level)
{
    return (uint32_t)vwr_shift_right(index, (level - 1u) * V9P_NUMBER_BITS) % V9P_NUMBERS;
}

static uint32_t vfiles_memory_get_block(const struct vwr_vfiles_memory *m,
                                        const struct vwr_vfiles_memory_file *file, uint64_t index)
{
    uint32_t block = file->root;

    if (index >= vfiles_memory_span(file->levels))
        return 0;
    for (uint32_t level = file->levels; block != 0 && level != 0; level--)
        block = vfiles_memory_numbers(m, block)[vfiles_memory_digit(index, level)];
    return block;
}

/* Allocates a missing block of the file. */
static uint32_t vfiles_memory_new_block(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file)
{
    const uint32_t block = vwr_vfiles_memory_block_(m);

    if (block != 0)
        file->blocks++;
    return block;
}

/* Zeroes a block, starting at this byte. */
static void vfiles_memory_clear(struct vwr_vfiles_memory *m, uint32_t block, uint32_t from)
{
    m->files.work += VWR_VFILES_MEMORY_BLOCK - from;
    vwr_zero(vwr_vfiles_memory_at_(m, block) + from, VWR_VFILES_MEMORY_BLOCK - from);
}

/* Adds an index level at the top. */
static bool vfiles_memory_grow(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file)
{
    uint32_t block = 0;

    if (file->root != 0) {
        block = vfiles_memory_new_block(m, file);
        if (block == 0)
            return false;
        vfiles_memory_clear(m, block, 0);
        vfiles_memory_numbers(m, block)[0] = file->root;
        m->next[block - 1u] += m->next[file->root - 1u];
    }
    file->root = block;
    file->levels++;
    return true;
}

/* Fills a new block with the file's previous content, unless the whole block is being written. */
static void vfiles_memory_fill(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                               uint64_t index, uint32_t block)
{
    const uint64_t offset = index * VWR_VFILES_MEMORY_BLOCK;
    uint32_t n = 0;

    if (offset < file->image_bytes) {
        n = file->image_bytes - offset < VWR_VFILES_MEMORY_BLOCK ? (uint32_t)(file->image_bytes - offset)
                                                                 : VWR_VFILES_MEMORY_BLOCK;
        m->files.work += n;
        vwr_copy(vwr_vfiles_memory_at_(m, block), file->image + offset, n);
    }
    vfiles_memory_clear(m, block, n);
}

/* Returns the block to write to; 0 if there is no space. */
static uint32_t vfiles_memory_use_block(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file,
                                        uint64_t index, bool all)
{
    uint32_t *at = &file->root;
    uint32_t above[V9P_LEVELS]; /* index blocks that lead to the block */
    unsigned n = 0;

    while (index >= vfiles_memory_span(file->levels))
        if (!vfiles_memory_grow(m, file))
            return 0;
    for (uint32_t level = file->levels;; level--) {
        if (*at == 0) {
            const uint32_t block = vfiles_memory_new_block(m, file);

            if (block == 0)
                return 0;
            for (unsigned i = 0; i < n; i++)
                m->next[above[i] - 1u]++;
            if (level != 0)
                vfiles_memory_clear(m, block, 0);
            else if (!all)
                vfiles_memory_fill(m, file, index, block);
            *at = block;
        }
        if (level == 0)
            return *at;
        above[n++] = *at;
        at = &vfiles_memory_numbers(m, *at)[vfiles_memory_digit(index, level)];
    }
}

/* ---- reading and writing ---- */

uint32_t vwr_vfiles_memory_find_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                                 uint64_t offset, uint32_t most, const uint8_t **at)
{
    const uint32_t skip = (uint32_t)(offset % VWR_VFILES_MEMORY_BLOCK);
    const uint32_t block = vfiles_memory_get_block(m, file, offset / VWR_VFILES_MEMORY_BLOCK);
    uint64_t run = VWR_VFILES_MEMORY_BLOCK - skip;

    *at = NULL;
    if (block != 0) {
        *at = vwr_vfiles_memory_at_(m, block) + skip;
    } else if (offset < file->image_bytes) {
        *at = file->image + offset;
        if (file->root == 0 || run > file->image_bytes - offset) /* nothing was written, or the image ends */
            run = file->image_bytes - offset;
    }
    return run < most ? (uint32_t)run : most;
}

void vwr_vfiles_memory_get_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                            struct vwr_vfiles_call *c)
{
    static const uint8_t zeroes[256]; /* at a time */
    uint64_t offset = c->offset;
    const uint64_t left = offset < file->bytes ? file->bytes - offset : 0;
    uint32_t n = left < c->bytes ? (uint32_t)left : c->bytes;
    const uint8_t *at;
    uint32_t run;

    for (; n != 0; n -= run) {
        run = vwr_vfiles_memory_find_(m, file, offset, n, &at);
        if (at == NULL && run > sizeof(zeroes))
            run = sizeof(zeroes);
        (void)vwr_vfiles_put(c, at != NULL ? at : zeroes, run);
        offset += run;
    }
}

int vwr_vfiles_memory_put_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file, uint64_t offset,
                           struct vwr_vfiles_call *c)
{
    uint32_t left = c->bytes;
    uint32_t run;

    if (offset >= V9P_MOST_BYTES)
        return VWR_P9_EFBIG;
    left = left < V9P_MOST_BYTES - offset ? left : (uint32_t)(V9P_MOST_BYTES - offset);
    for (; left != 0; left -= run) {
        const uint32_t skip = (uint32_t)(offset % VWR_VFILES_MEMORY_BLOCK);
        uint32_t block;

        run = VWR_VFILES_MEMORY_BLOCK - skip < left ? VWR_VFILES_MEMORY_BLOCK - skip : left;
        block = vfiles_memory_use_block(m, file, offset / VWR_VFILES_MEMORY_BLOCK,
                                        run == VWR_VFILES_MEMORY_BLOCK);
        if (block == 0)
            return c->done != 0 ? 0 : VWR_P9_ENOSPC;
        (void)vwr_vfiles_take(c, vwr_vfiles_memory_at_(m, block) + skip, run);
        offset += run;
        if (offset > file->bytes)
            file->bytes = offset;
        if (!vwr_vfiles_has_budget(c))
            break;
    }
    return 0;
}

/* ---- length ---- */

/* Frees the trees of an index block, starting at entry `first`; returns the number of their blocks. */
static uint32_t vfiles_memory_cut_numbers(struct vwr_vfiles_memory *m, uint32_t block, uint32_t level,
                                          uint32_t first)
{
    uint32_t *const numbers = vfiles_memory_numbers(m, block);
    uint32_t blocks = 0;

    m->files.work += V9P_WORK_NUMBERS;
    for (uint32_t i = first; i < V9P_NUMBERS; i++) {
        if (numbers[i] == 0)
            continue;
        blocks += m->next[numbers[i] - 1u];
        vfiles_memory_push(m, numbers[i], level - 1u);
        numbers[i] = 0;
    }
    return blocks;
}

/* Frees all blocks after the first `keep`, which is not 0. */
static void vfiles_memory_cut(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file, uint64_t keep)
{
    uint32_t above[V9P_LEVELS];
    uint32_t block = file->root;
    unsigned n = 0;

    for (uint32_t level = file->levels; block != 0 && level != 0; level--) {
        const uint32_t last = vfiles_memory_digit(keep - 1u, level);
        const uint32_t blocks = vfiles_memory_cut_numbers(m, block, level, last + 1u);

        above[n++] = block;
        for (unsigned i = 0; i < n; i++)
            m->next[above[i] - 1u] -= blocks;
        m->blocks_free += blocks;
        file->blocks -= blocks;
        block = vfiles_memory_numbers(m, block)[last];
    }
}

/* Frees all blocks of the file. */
static void vfiles_memory_free_content(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file)
{
    if (file->root != 0)
        vfiles_memory_push(m, file->root, file->levels);
    m->blocks_free += file->blocks;
    file->blocks = 0;
    file->root = 0;
    file->levels = 0;
}

int vwr_vfiles_memory_resize_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file,
                              uint64_t bytes)
{
    const uint64_t keep = (bytes + VWR_VFILES_MEMORY_BLOCK - 1u) / VWR_VFILES_MEMORY_BLOCK;
    const uint32_t skip = (uint32_t)(bytes % VWR_VFILES_MEMORY_BLOCK);
    uint32_t block;

    if (bytes > V9P_MOST_BYTES)
        return VWR_P9_EFBIG;
    if (keep == 0)
        vfiles_memory_free_content(m, file);
    else if (bytes < file->bytes && keep < vfiles_memory_span(file->levels))
        vfiles_memory_cut(m, file, keep);
    block = skip != 0 ? vfiles_memory_get_block(m, file, keep - 1u) : 0;
    if (block != 0 && bytes < file->bytes) /* a file that grows again has zeroes after its old end */
        vfiles_memory_clear(m, block, skip);
    if (bytes < file->image_bytes)
        file->image_bytes = bytes;
    file->bytes = bytes;
    return 0;
}
