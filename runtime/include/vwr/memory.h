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
 * @host: Host address. Its distance to @addr is a multiple of 16.
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

struct vwr_memory_iommu;
struct vwr_vdev;

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
    struct vwr_memory_iommu *iommu;           /* NULL: addresses are guest-physical; otherwise no regions */
    const struct vwr_memory_blocks *blocks;   /* NULL: none */
};

/* What a device wants to do with memory; private. The values are those of a mapping's flags. */
#define VWR_MEMORY_READ 1u
#define VWR_MEMORY_WRITE 2u

/**
 * struct vwr_memory_pin - A segment that a device behind an IOMMU holds
 *
 * The VMM provides the memory (vwr/viommu.h).
 */
struct vwr_memory_pin {
    /* private: */
    uint64_t addr;  /* as the driver gave it */
    uint32_t bytes; /* 0: free */
    uint16_t queue;
    uint16_t next; /* index + 1 of the chain's next segment, or of the next free pin; 0: none */
};

/*
 * How a device behind an IOMMU reaches guest memory; private. Its memory has no regions, so that every search
 * misses, and the miss path calls `run`. It remembers no part of guest memory, except for the rings.
 *
 * run: gets the host address of `addr` and the number of contiguous bytes there that the device may access in
 * this way. Stops when there are `bytes`, and may return more. 0: none.
 * fault: reports an access that was not possible.
 * settle: called with the device's lock held after a pin was released, if `waits` is set.
 */
struct vwr_memory_iommu {
    struct vwr_memory memory;       /* the device's */
    const struct vwr_memory *guest; /* the VM's */
    uint64_t (*run)(struct vwr_memory_iommu *i, uint64_t addr, uint64_t bytes, unsigned access, void **host);
    void (*fault)(struct vwr_memory_iommu *i, uint64_t addr, unsigned access);
    void (*settle)(struct vwr_memory_iommu *i);
    struct vwr_memory_pin *pin;
    uint16_t pins;    /* number of entries in `pin` */
    uint16_t used;    /* entries from here on were not used yet */
    uint16_t free;    /* index + 1 of the first free pin among those that were */
    uint16_t live;    /* number of pins that are not free */
    uint16_t first;   /* index + 1 of the first pin of the chain that is being popped; 0: it has none */
    uint16_t last;    /* and of the last one */
    bool waits;       /* the IOMMU waits for a pin */
    bool *unfinished; /* set when one was released */
    struct vwr_vdev *device; /* NULL: none */
    uint32_t steps;          /* number of mappings that the last `run` has visited */
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
 * vwr_memory_translate_() - Translate an address with the device's IOMMU (for vwr/memory.h)
 * @m: Memory.
 * @addr: Address that is in no region.
 * @bytes: Number of bytes that are wanted.
 * @access: VWR_MEMORY_READ or VWR_MEMORY_WRITE, or both.
 * @host: Filled in with the host address.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Number of contiguous bytes at @addr, possibly more than @bytes; 0: the device may not access them,
 *   or it has no IOMMU.
 */
uint64_t vwr_memory_translate_(const struct vwr_memory *m, uint64_t addr, uint64_t bytes, unsigned access,
                               void **host);

/**
 * vwr_memory_reach_() - Translate a range with the device's IOMMU (for vwr/memory.h)
 * @m: Memory.
 * @addr: Address that is in no region.
 * @bytes: Size in bytes.
 * @access: As for vwr_memory_translate_().
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 * Return: Host address; NULL unless the whole range is contiguous in host memory and the device may access
 *   it.
 */
void *vwr_memory_reach_(const struct vwr_memory *m, uint64_t addr, uint64_t bytes, unsigned access);

/**
 * vwr_memory_fault_() - Report an access that is not possible (for vwr_vqueue_chain.c)
 * @m: Memory.
 * @addr: Address.
 * @access: As for vwr_memory_translate_().
 *
 * The call does nothing if the device has no IOMMU.
 *
 * Context: The device's lock is held; an interrupt handler may hold it. Does not wait.
 */
void vwr_memory_fault_(const struct vwr_memory *m, uint64_t addr, unsigned access);

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
        return VWR_WITH_IOMMU ? vwr_memory_translate_(m, addr, 1, VWR_MEMORY_READ, host) : 0;
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

    if (VWR_WITH_IOMMU && r == NULL)
        return vwr_memory_reach_(m, addr, bytes, VWR_MEMORY_READ);
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
