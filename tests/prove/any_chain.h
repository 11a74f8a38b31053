/* SPDX-License-Identifier: MIT */
#ifndef ANY_CHAIN_H
#define ANY_CHAIN_H

/* A queue in guest memory, a chain, and the values that a driver passed through the loads of any_ring.h. */
#ifndef SIZE
#define SIZE 4u /* descriptors */
#define ROOM 2u /* segments of a chain */
#endif
#define REGIONS 2u
#define REGION_MAX ((uint64_t)1 << 40)
#define PART_MAX ((uint64_t)1 << 31)

static struct vwr_vqueue queue;
static struct vwr_memory guest;
static struct vwr_memory_region region[REGIONS];
static struct heads {
    bool held[SIZE];
} heads;
static struct vwr_vseg seg[ROOM];
static struct vwr_vchain chain;

/* What the driver said, by its loads. */
static struct {
    uint64_t out, in; /* bytes */
    uint64_t addr;    /* of the descriptor that is loaded now */
    uint32_t len;
    uint32_t flags; /* of a packed ring, in which they are loaded before the length */
    unsigned part;  /* 16-bit loads since its length */
    bool order;     /* readable before writable */
    bool before;    /* the same, before the last descriptor */
} saw;

static void saw_descriptor(uint32_t len, uint32_t flags)
{
    saw.before = saw.order;
    if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
        return;
    if ((flags & VWR_VIRTQ_DESC_F_WRITE) != 0) {
        saw.in += len;
    } else {
        saw.order = saw.order && (len == 0 || saw.in == 0);
        saw.out += len;
    }
}

static void saw_packed(unsigned bytes, uint32_t value)
{
    if (bytes == 2)
        saw.flags = value;
    if (bytes == 4)
        saw_descriptor(value, saw.flags);
}

/* In a table of a packed ring, only WRITE counts. */
void ring_saw(const void *p, unsigned bytes, uint64_t value)
{
    const bool packed = vwr_layout_is_packed(queue.layout);

    if (bytes == 8)
        saw.addr = value;
    if (packed && __CPROVER_same_object(p, queue.packed.ring)) {
        saw_packed(bytes, (uint32_t)value);
        return;
    }
    if (bytes == 4) {
        saw.len = (uint32_t)value;
        saw.part = 0;
    }
    if (bytes == 2 && saw.part++ == 0)
        saw_descriptor(saw.len, (uint32_t)value & (packed ? VWR_VIRTQ_DESC_F_WRITE : UINT16_MAX));
}

/* The region that contains an address; NULL: none. */
static const struct vwr_memory_region *region_of(uint64_t addr)
{
    if (addr - region[0].addr < region[0].bytes)
        return &region[0];
    return addr - region[1].addr < region[1].bytes ? &region[1] : NULL;
}

/* Where a segment is if it is in one region, and not empty. */
static uint8_t *host_of(uint64_t addr, uint32_t len)
{
    const struct vwr_memory_region *const r = region_of(addr);

    if (r == NULL || len == 0 || len > r->bytes - (addr - r->addr))
        return NULL;
    return (uint8_t *)r->host + (addr - r->addr);
}

/* No address in guest memory is refused. */
int vwr_vqueue_bad_(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    (void)q, (void)b;
    prove_that(fault != VWR_VFAULT_ADDRESS || region_of(a) == NULL);
    return VWR_EBADRING;
}

int vwr_vqueue_bad_id_(struct vwr_vqueue *q, const struct vwr_vchain *c, enum vwr_vfault fault)
{
    (void)q, (void)c, (void)fault;
    return VWR_EBADRING;
}

/* Any part of any region, or an empty part with any values. */
static void any_part(struct vwr_memory_region *part)
{
    PROVE_ANY(struct vwr_memory_region, empty);
    PROVE_ANY(bool, of_second);
    PROVE_ANY(uint64_t, from);
    PROVE_ANY(uint64_t, bytes);
    const struct vwr_memory_region *const r = of_second ? &region[1] : &region[0];

    empty.bytes = 0;
    prove_assume(bytes == 0 || (from < r->bytes && bytes <= r->bytes - from && bytes <= PART_MAX));
    *part = empty;
    if (bytes != 0) {
        part->addr = r->addr + from;
        part->bytes = bytes;
        part->host = (uint8_t *)r->host + from;
    }
}

/* Any parts that a queue may remember. */
static void any_parts(void)
{
    any_part(&queue.recent[0]);
    any_part(&queue.recent[1]);
    queue.between = queue.recent[0].addr - queue.recent[1].addr;
}

/* Any regions that vwr/memory.h allows. */
static void any_memory(void)
{
    PROVE_ANY(struct vwr_memory_region, first);
    PROVE_ANY(struct vwr_memory_region, second);

    prove_assume(first.bytes <= REGION_MAX && second.bytes <= REGION_MAX);
    first.host = prove_memory(first.bytes);
    second.host = prove_memory(second.bytes);
    region[0] = first;
    region[1] = second;
    guest.region = region;
    guest.region_count = REGIONS;
    guest.balloon = NULL;
    prove_assume(vwr_memory_check(&guest) == REGIONS);
    any_parts();
}

static void any_split(void)
{
    queue.split.desc = prove_memory(SIZE * sizeof(*queue.split.desc));
    queue.split.avail = prove_memory(sizeof(struct vwr_virtq_avail) + SIZE * sizeof(vwr_le16));
    queue.split.mask = SIZE - 1u;
}

static void any_packed(void)
{
    PROVE_ANY(uint32_t, at);
    PROVE_ANY(bool, wrap);
    PROVE_ANY(int, count);
    struct vwr_pvirtq_desc *const ring = prove_memory(SIZE * sizeof(*ring));

    prove_assume(at < SIZE && count >= 0 && count <= (int)SIZE);
    queue.packed.ring = ring;
    queue.packed.end = queue.packed.walk_end = ring + SIZE;
    queue.packed.next_avail.desc = ring + at;
    queue.packed.next_avail.flags = wrap ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
    queue.packed.free = count;
}

static void any_queue(enum vwr_layout layout)
{
    PROVE_ANY(struct heads, any_heads);
    PROVE_ANY(uint32_t, last_avail);
    PROVE_ANY(uint32_t, avail_idx);

    any_memory();
    heads = any_heads;
    queue.memory = &guest;
    queue.size = SIZE;
    queue.layout = layout;
    queue.held = heads.held;
    queue.last_avail = last_avail;
    queue.avail_idx = avail_idx;
    if (vwr_layout_is_packed(layout))
        any_packed();
    else
        any_split();
    chain.seg = seg;
    chain.room = ROOM;
    saw.order = true;
}

static bool is_guest_memory(const struct vwr_vseg *s)
{
    return s->len != 0 && prove_writable(s->at, s->len) &&
           (__CPROVER_same_object(s->at, region[0].host) || __CPROVER_same_object(s->at, region[1].host));
}

/* Each segment is in guest memory, and none is beyond the caller's array. */
static void check_segments(void)
{
    const uint32_t n = (uint32_t)chain.out + chain.in;

    prove_that(n <= ROOM);
    for (uint32_t i = 0; i < ROOM; i++)
        prove_that(i >= n || is_guest_memory(&seg[i]));
}

/* What a class relies on. */
static void check_chain(void)
{
    uint64_t out = 0, in = 0;

    check_segments();
    for (uint32_t i = 0; i < ROOM; i++) {
        out += i < chain.out ? seg[i].len : 0;
        in += i >= chain.out && i < (uint32_t)chain.out + chain.in ? seg[i].len : 0;
    }
    prove_that(chain.out_bytes == out && chain.in_bytes == in);
    prove_that(saw.order && out == saw.out && in == saw.in);
}

#endif
