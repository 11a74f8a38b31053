/* SPDX-License-Identifier: MIT */
#ifndef VWR_MEMORY_H
#define VWR_MEMORY_H

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: Guest memory
 *
 * A table of regions describes the guest memory that devices may access. It does not depend on any other part
 * of a VM.
 *
 * vwr_vm_init() checks the order of the regions with vwr_memory_check(). Each queue remembers parts of
 * regions that it has used.
 *
 * To add, remove or move a region later, for example to plug or unplug memory, change the table and increment
 * @generation while no function of the VM's devices runs. The table must stay in ascending order. Before a
 * queue next pops a buffer, it forgets the parts that it remembers. Before a region is removed or moved, wait
 * until no device uses it: see vwr_vm_uses().
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/**
 * struct vwr_memory_region - A region of guest memory
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 * @host: Host address, aligned like @addr, but at least to 16 bytes.
 *
 * List only RAM that a driver may use for buffers: no registers, no flash. Regions must not overlap and must
 * end below 2^64. Regions that are adjacent in guest memory need not be adjacent in host memory.
 */
struct vwr_memory_region {
    uint64_t addr;
    uint64_t bytes;
    void *host;
};

/* Pages that a balloon holds exclusively for the VMM (vwr/vballoon.h); private. */
struct vwr_memory_balloon {
    uint32_t *map; /* one bit per page; each region starts with a new word */
    uint8_t shift; /* log2 of the page size */
};

/**
 * struct vwr_memory_span - Adjacent plugged blocks of a memory device (vwr/vmem.h)
 * @first: Number of the first block.
 * @count: Number of blocks.
 */
struct vwr_memory_span {
    uint32_t first;
    uint32_t count;
};

/*
 * The blocks of a memory device: other blocks than the plugged ones do not exist for the VM's devices. A
 * change writes the table that is not current, and then increments `now`; a reader that has seen another
 * number searches again. Private.
 */
struct vwr_memory_blocks {
    uint64_t addr;
    uint64_t bytes;
    struct vwr_memory_span *table[2]; /* ascending, not adjacent; table[now % 2] is current */
    uint32_t count[2];
    uint32_t now;
    uint8_t shift; /* log2 of the size of a block */
};

/**
 * struct vwr_memory - The memory of a guest
 * @region: Regions, in ascending order of their addresses.
 * @region_count: Number of entries in @region; at least 1 while a driver uses a device.
 * @generation: Any value; increment it after every change of the regions.
 */
struct vwr_memory {
    const struct vwr_memory_region *region;
    uint32_t region_count;
    uint32_t generation;
    /* private: */
    const struct vwr_memory_balloon *balloon; /* NULL: none */
    const struct vwr_memory_blocks *blocks;   /* NULL: none */
};

/**
 * vwr_memory_check() - Check the order of the regions
 * @m: Memory.
 *
 * Return: @region_count if each region begins at or after the end of the previous one and ends below 2^64;
 *   otherwise the index of the first region that does not.
 */
VWR_MUST_CHECK uint32_t vwr_memory_check(const struct vwr_memory *m);

/**
 * vwr_memory_find() - Find the region that contains an address
 * @m: Memory.
 * @addr: Guest-physical address.
 *
 * The number of steps grows with the logarithm of the number of regions.
 *
 * Return: The region; NULL: none.
 */
const struct vwr_memory_region *vwr_memory_find(const struct vwr_memory *m, uint64_t addr);

/**
 * vwr_memory_has_balloon() - Test whether an exclusive balloon contains pages, or there is a memory device
 * (for queues)
 * @m: Memory.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if one does; always false in a build without VWR_WITH_EXCLUSIVE.
 */
static inline bool vwr_memory_has_balloon(const struct vwr_memory *m)
{
    return VWR_WITH_EXCLUSIVE && (m->balloon != NULL || m->blocks != NULL);
}

/**
 * vwr_memory_room() - Find the range around an address that contains no ballooned page and no unplugged block
 * @m: Memory.
 * @r: Region of @addr.
 * @addr: Guest-physical address.
 * @begin: Filled in with the guest-physical address of the range.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Size of the range in bytes, at most that of the region; 0: the page at @addr is in a balloon, or
 * its block is not plugged.
 */
uint64_t vwr_memory_room(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr,
                         uint64_t *begin);

/**
 * vwr_memory_run_() - Get the number of bytes before unreachable memory (for vwr/memory.h)
 * @m: Memory.
 * @r: Region of @addr.
 * @addr: Guest-physical address.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of bytes at @addr; 0: the page at @addr is in a balloon, or its block is not plugged.
 */
uint64_t vwr_memory_run_(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr);

/**
 * vwr_memory_is_ballooned() - Test whether any page of a range is in a balloon, or any block not plugged
 * @m: Memory.
 * @r: Region of the range.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: true if one is.
 */
bool vwr_memory_is_ballooned(const struct vwr_memory *m, const struct vwr_memory_region *r, uint64_t addr,
                             uint64_t bytes);

/**
 * vwr_memory_run() - Translate an address and get the number of contiguous bytes
 * @m: Memory.
 * @addr: Guest-physical address.
 * @host: Filled in with the host address.
 *
 * The range ends at the end of the region, or before a ballooned page or an unplugged block. If a balloon
 * contains pages, the range may end earlier. Adjacent regions are not merged.
 *
 * Context: Any context, including an interrupt handler. Does not wait. With a balloon, the device's
 *   lock is held.
 * Return: Number of contiguous bytes at @addr; 0: the address is not in guest memory.
 */
static inline uint64_t vwr_memory_run(const struct vwr_memory *m, uint64_t addr, void **host)
{
    const struct vwr_memory_region *const r = vwr_memory_find(m, addr);

    if (r == NULL)
        return 0;
    *host = (uint8_t *)r->host + (addr - r->addr);
    return vwr_memory_has_balloon(m) ? vwr_memory_run_(m, r, addr) : r->bytes - (addr - r->addr);
}

/**
 * vwr_memory_ptr() - Translate a range of guest memory
 * @m: Memory.
 * @addr: Guest-physical address.
 * @bytes: Size in bytes.
 *
 * Context: Any context, including an interrupt handler. Does not wait. With a balloon, the device's
 *   lock is held.
 * Return: Host address; NULL unless the whole range is in one region and none of its pages is in a
 *   balloon.
 */
static inline void *vwr_memory_ptr(const struct vwr_memory *m, uint64_t addr, uint64_t bytes)
{
    const struct vwr_memory_region *const r = vwr_memory_find(m, addr);

    if (r == NULL || r->bytes - (addr - r->addr) < bytes ||
        (vwr_memory_has_balloon(m) && vwr_memory_is_ballooned(m, r, addr, bytes)))
        return NULL;
    return (uint8_t *)r->host + (addr - r->addr);
}

/**
 * vwr_memory_address() - Find the guest-physical address of host memory
 * @m: Memory.
 * @host: Host address.
 * @bytes: Size in bytes.
 *
 * Return: Guest-physical address; ~0 unless the whole range is in one region.
 */
uint64_t vwr_memory_address(const struct vwr_memory *m, const void *host, uint64_t bytes);

/**
 * vwr_memory_adjacent() - Count the boundaries between adjacent regions
 * @m: Memory.
 *
 * A segment that crosses a boundary is split in two.
 *
 * Return: The number of boundaries.
 */
uint32_t vwr_memory_adjacent(const struct vwr_memory *m);

VWR_END_C

#endif
