/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/vdev.h"

/* Enabling a queue of a device: vwr_vqueue.c, for arbitrary register values. */

#define REGION_MAX ((uint64_t)1 << 40)
#define PAGE 4096u /* of the guest */

static struct vwr_vqueue queue;
static struct vwr_memory guest;
static struct vwr_memory_region region;

/* Replaces the loop: the area that the loop would write must be valid memory. */
void vwr_zero(void *to, size_t bytes)
{
    prove_that(prove_writable(to, bytes));
}

static bool is_apart(uint64_t a, uint64_t a_bytes, uint64_t b, uint64_t b_bytes)
{
    return a + (a_bytes - 1u) < b || b + (b_bytes - 1u) < a;
}

static void any_queue(void)
{
    PROVE_ANY(struct vwr_vqueue, any);
    PROVE_ANY(struct vwr_memory_region, memory);

    prove_assume(memory.bytes != 0 && memory.bytes <= REGION_MAX);
    prove_assume(memory.addr + (memory.bytes - 1u) >= memory.addr);
    region = memory;
    region.host = prove_memory(memory.bytes);
    guest.region = &region;
    guest.region_count = 1;
    queue = any;
    queue.memory = &guest;
    prove_assume(queue.max != 0 && queue.max <= VWR_SPLIT_RING_SIZE_MAX);
    queue.done = prove_memory(queue.max * sizeof(struct vwr_vqueue_entry));
}

/* A part of the ring: guest memory at an aligned address. */
static void check_part(const void *host, uint64_t addr, uint64_t bytes, uint64_t align)
{
    prove_that(addr % align == 0 && prove_writable(host, bytes));
    prove_that(host == (uint8_t *)region.host + (addr - region.addr));
}

static void check_apart(uint64_t desc, uint64_t driver, uint64_t device)
{
    prove_that(is_apart(queue.desc_addr, desc, queue.driver_addr, driver));
    prove_that(is_apart(queue.driver_addr, driver, queue.device_addr, device));
    prove_that(is_apart(queue.desc_addr, desc, queue.device_addr, device));
}

/* A split ring that was accepted. */
static void check_split(const struct vwr_vqueue *q)
{
    const uint64_t desc = sizeof(*q->split.desc) * q->size;
    const uint64_t avail = vwr_split_ring_avail_bytes(q->size);
    const uint64_t used = vwr_split_ring_used_bytes(q->size);

    prove_that(q->size != 0 && q->size <= q->max && (q->size & (q->size - 1u)) == 0);
    check_part(q->split.desc, q->desc_addr, desc, sizeof(*q->split.desc));
    check_part(q->split.avail, q->driver_addr, avail, sizeof(q->split.avail->idx));
    check_part(q->split.used, q->device_addr, used, sizeof(struct vwr_virtq_used_elem) / 2u);
    check_apart(desc, avail, used);
    prove_that(q->split.mask == q->size - 1u);
}

void ring_enable_split(void)
{
    PROVE_ANY(struct vwr_features, features);

    any_queue();
    prove_assume(!vwr_layout_is_packed(vwr_layout_of(&features)));
    if (vwr_vqueue_enable_(&queue, &features, false, 0) == VWR_OK)
        check_split(&queue);
}

/* The used ring follows the other two parts, at the alignment that the driver has set; 0 is 4096. */
void ring_enable_legacy(void)
{
    PROVE_ANY(struct vwr_features, features);
    uint32_t align;

    any_queue();
    if (vwr_vqueue_enable_(&queue, &features, true, PAGE) != VWR_OK)
        return;
    check_split(&queue);
    prove_that(queue.desc_addr == (uint64_t)queue.pfn * PAGE);
    align = queue.align != 0 ? queue.align : VWR_SPLIT_RING_LEGACY_ALIGN;
    prove_that(((queue.device_addr - queue.desc_addr) & (align - 1u)) == 0);
}

void ring_enable_packed(void)
{
    PROVE_ANY(struct vwr_features, features);
    struct vwr_vqueue *const q = &queue;
    const uint64_t event = sizeof(struct vwr_pvirtq_event_suppress);
    uint64_t desc;

    any_queue();
    prove_assume(vwr_layout_is_packed(vwr_layout_of(&features)));
    if (vwr_vqueue_enable_(q, &features, false, 0) != VWR_OK)
        return;
    prove_that(q->size != 0 && q->size <= q->max);
    desc = sizeof(*q->packed.ring) * q->size;
    check_part(q->packed.ring, q->desc_addr, desc, sizeof(*q->packed.ring));
    check_part(q->packed.driver_event, q->driver_addr, event, event);
    check_part(q->packed.device_event, q->device_addr, event, event);
    check_apart(desc, event, event);
    prove_that(q->packed.end == q->packed.ring + q->size && q->packed.next_avail.desc == q->packed.ring);
}
