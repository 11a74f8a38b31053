/* SPDX-License-Identifier: MIT */
#include "vqueue_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"

/*
 * What a device's end of a queue is whatever its ring: how it comes into use and stops, pieces of
 * guest memory, and the order in which buffers go back. The rings are in vwr_vsplit.c and vwr_vpacked.c.
 */

/* A part of the ring, as the registers say. */
struct part {
    uint64_t addr;
    uint64_t bytes;
    uint32_t align;
    void *host;
};

void vwr_vqueue_init(struct vwr_vqueue *q, struct vwr_vdev *dev, const struct vwr_vm *vm, uint16_t index,
                     struct vwr_vqueue_entry *own, uint16_t max)
{
    vwr_zero(q, sizeof(*q));
    q->vm = vm;
    q->dev = dev;
    q->own = own;
    q->index = index;
    q->max = max;
}

static void set_part(struct part *p, uint64_t addr, uint64_t bytes, uint32_t align)
{
    p->addr = addr;
    p->bytes = bytes;
    p->align = align;
}

static void packed_parts(const struct vwr_vqueue *q, struct part part[3])
{
    set_part(&part[0], q->desc_addr, vwr_packed_ring_desc_bytes(q->size), VWR_PACKED_RING_DESC_ALIGN);
    set_part(&part[1], q->driver_addr, vwr_packed_ring_driver_event_bytes(q->size),
             VWR_PACKED_RING_DRIVER_EVENT_ALIGN);
    set_part(&part[2], q->device_addr, vwr_packed_ring_device_event_bytes(q->size),
             VWR_PACKED_RING_DEVICE_EVENT_ALIGN);
}

static void split_parts(const struct vwr_vqueue *q, struct part part[3])
{
    set_part(&part[0], q->desc_addr, vwr_split_ring_desc_bytes(q->size), VWR_SPLIT_RING_DESC_ALIGN);
    set_part(&part[1], q->driver_addr, vwr_split_ring_avail_bytes(q->size), VWR_SPLIT_RING_AVAIL_ALIGN);
    set_part(&part[2], q->device_addr, vwr_split_ring_used_bytes(q->size), VWR_SPLIT_RING_USED_ALIGN);
}

/* Legacy: one block, from a page on. False: an alignment that cannot be. */
static bool legacy_parts(struct vwr_vqueue *q, uint32_t guest_page_size, struct part part[3])
{
    const uint64_t align = q->align;
    const uint64_t front = vwr_split_ring_desc_bytes(q->size) + vwr_split_ring_avail_bytes(q->size);

    if (!vdev_is_power_of_2(q->align) || q->align < VWR_SPLIT_RING_USED_ALIGN ||
        !vdev_is_power_of_2(guest_page_size))
        return false;
    q->desc_addr = (uint64_t)q->pfn * guest_page_size;
    q->driver_addr = q->desc_addr + vwr_split_ring_desc_bytes(q->size);
    q->device_addr = q->desc_addr + ((front + align - 1u) & ~(align - 1u));
    split_parts(q, part);
    return true;
}

static bool overlap(const struct part *a, const struct part *b)
{
    return a->addr - b->addr < b->bytes || b->addr - a->addr < a->bytes;
}

/* Each in one region, where it says, and none upon another. */
static int place_parts(const struct vwr_vm *vm, struct part part[3])
{
    for (unsigned i = 0; i < 3; i++)
        if ((part[i].addr & (part[i].align - 1u)) != 0)
            return VWR_EINVAL;
    for (unsigned i = 0; i < 3; i++) {
        part[i].host = vwr_vm_ptr(vm, part[i].addr, part[i].bytes);
        if (part[i].host == NULL || overlap(&part[i], &part[(i + 1) % 3]))
            return VWR_ERANGE;
    }
    return VWR_OK;
}

/* What was taken before is void. */
static void begin_round(struct vwr_vqueue *q)
{
    q->round++;
    q->alive = q->ready && !q->broken;
    q->short_round = q->alive && !q->packed && !q->in_order ? q->round : ~q->round;
}

/* Where the queue begins: as empty as its ring. */
static void forget(struct vwr_vqueue *q)
{
    q->broken = false;
    q->ready = false;
    q->taken = 0;
    q->seen = 0;
    q->given = 0;
    q->published = 0;
    q->window_bytes = 0;
    q->hold = NULL;
    begin_round(q);
}

int vwr_vqueue_enable(struct vwr_vqueue *q, const struct vwr_features *features, bool legacy,
                      uint32_t guest_page_size)
{
    struct part part[3];
    int r;

    q->packed = VWR_WITH_PACKED && !legacy && vwr_features_have(features, VWR_F_RING_PACKED);
    if (q->size == 0 || q->size > q->max || (!q->packed && !vdev_is_power_of_2(q->size)))
        return VWR_EINVAL;
    if (VWR_WITH_PACKED && q->packed)
        packed_parts(q, part);
    else if (!VWR_WITH_LEGACY || !legacy)
        split_parts(q, part);
    else if (!legacy_parts(q, guest_page_size, part))
        return VWR_EINVAL;
    r = place_parts(q->vm, part);
    if (r != VWR_OK)
        return r;
    forget(q);
    q->legacy = legacy;
    q->indirect = VWR_WITH_INDIRECT && vwr_features_have(features, VWR_F_INDIRECT_DESC);
    q->event_idx = VWR_WITH_EVENT_IDX && vwr_features_have(features, VWR_F_EVENT_IDX);
    q->in_order = VWR_WITH_IN_ORDER && !legacy && vwr_features_have(features, VWR_F_IN_ORDER);
    q->mask = q->size - 1u;
    q->desc_bytes = q->size * (uint32_t)sizeof(*q->desc);
    q->table_bytes = q->indirect ? q->desc_bytes : 0;
    vwr_zero(q->own, VWR_VQUEUE_OWN_BYTES(q->max));
    if (VWR_WITH_PACKED && q->packed)
        vwr_vpacked_enable(q, part[0].host, part[1].host, part[2].host);
    else
        vwr_vsplit_enable(q, part[0].host, part[1].host, part[2].host);
    q->ready = true;
    begin_round(q);
    return VWR_OK;
}

void vwr_vqueue_disable(struct vwr_vqueue *q)
{
    forget(q);
}

void vwr_vqueue_stop(struct vwr_vqueue *q)
{
    q->broken = true;
    q->seen = q->taken; /* nothing is left to take */
    begin_round(q);     /* and nothing to give back */
    q->published = q->given;
    q->hold = NULL;
}

int vwr_vqueue_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    vwr_vqueue_stop(q);
    return vwr_vdev_break(q->dev, q->index, fault, a, b);
}

/*
 * The window becomes the greatest part of the region with `addr` in it that is a power of 2 and lies on a
 * multiple of itself.
 */
static void set_window(struct vwr_vqueue *q, const struct vwr_vm_region *r, uint64_t addr)
{
    uint64_t bytes = (uint64_t)1 << 31; /* not the document's: below 2^32 */
    uint64_t begin = addr & ~(bytes - 1u);

    while (begin - r->addr >= r->bytes || begin - r->addr + (bytes - 1u) >= r->bytes) {
        bytes >>= 1;
        begin = addr & ~(bytes - 1u);
    }
    q->window_addr = begin;
    q->window_bytes = bytes;
    q->window_host = (uint8_t *)r->host + (begin - r->addr);
}

static const struct vwr_vm_region *region_of(const struct vwr_vm *vm, uint64_t addr)
{
    for (uint32_t i = 0; i < vm->regions; i++)
        if (addr - vm->region[i].addr < vm->region[i].bytes)
            return &vm->region[i];
    return NULL;
}

/* One more piece of host memory. The caller has looked whether there is room. */
static void put(struct vwr_vchain *c, uint8_t *at, uint32_t len, bool write)
{
    struct vwr_vseg *const seg = &c->seg[c->out + c->in];

    seg->at = at;
    seg->len = len;
    if (write) {
        c->in++;
        c->in_bytes += len;
    } else {
        c->out++;
        c->out_bytes += len;
    }
}

/* As much of it as lies in one region goes to the chain: how much; 0: none, or there is no room. */
static uint32_t add_some(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write)
{
    const struct vwr_vm_region *const r = region_of(q->vm, addr);
    uint64_t off;
    uint32_t run;

    if (r == NULL || c->out + c->in >= c->room)
        return 0;
    off = addr - r->addr;
    run = r->bytes - off < len ? (uint32_t)(r->bytes - off) : len;
    put(c, (uint8_t *)r->host + off, run, write);
    if (addr - q->window_addr >= q->window_bytes)
        set_window(q, r, addr);
    return run;
}

int vwr_vqueue_add(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write)
{
    uint32_t done = 0;
    uint32_t run;

    if (len == 0)
        return VWR_OK;
    if (c->out_bytes + c->in_bytes + len < len)
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len);
    if (!write && c->in != 0)
        return vwr_vqueue_bad(q, VWR_VFAULT_ORDER, addr, len);
    for (; done < len; done += run) {
        run = add_some(q, c, addr + done, len - done, write);
        if (run != 0)
            continue;
        if (region_of(q->vm, addr + done) == NULL)
            return vwr_vqueue_bad(q, VWR_VFAULT_ADDRESS, addr, len);
        return vwr_vqueue_bad(q, VWR_VFAULT_PIECES, c->room, 0);
    }
    return VWR_OK;
}

/* bytes is not 0 */
static bool all_in_memory(const struct vwr_vm *vm, uint64_t addr, uint64_t bytes)
{
    for (;;) {
        void *host = NULL;
        const uint64_t run = vwr_vm_run(vm, addr, &host);

        if (run == 0 || run >= bytes)
            return run != 0;
        addr += run;
        bytes -= run;
    }
}

int vwr_vqueue_open_table(struct vwr_vqueue *q, uint64_t addr, uint32_t len, struct vqueue_table *table)
{
    const uint32_t each = sizeof(struct vwr_virtq_desc);

    table->host = NULL;
    table->addr = addr;
    table->count = len / each;
    /* All of a packed ring's table is the chain; of a split one's the chain may have a part. */
    if (q->table_bytes == 0 || len == 0 || len % each != 0 || (q->packed && len > q->table_bytes))
        return vwr_vqueue_bad(q, VWR_VFAULT_INDIRECT, len, 0);
    if (!all_in_memory(q->vm, addr, len))
        return vwr_vqueue_bad(q, VWR_VFAULT_ADDRESS, addr, len);
    if ((addr & (sizeof(vwr_le64) - 1u)) == 0)
        table->host = vwr_vm_ptr(q->vm, addr, len);
    return VWR_OK;
}

/* Byte by byte: it may lie on no word, and in two regions. */
const void *vwr_vqueue_copy_desc(const struct vwr_vqueue *q, struct vqueue_table *table, uint32_t at)
{
    const uint64_t addr = table->addr + sizeof(table->copy) * (uint64_t)at;
    uint8_t *const byte = (uint8_t *)table->copy;

    for (unsigned i = 0; i < sizeof(table->copy); i++) {
        const void *const one = vwr_vm_ptr(q->vm, addr + i, 1);

        byte[i] = one != NULL ? vwr_ring_load8(one) : 0;
    }
    return byte;
}

int vwr_vqueue_next_other(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    return VWR_WITH_PACKED && q->packed ? vwr_vpacked_next(q, c) : vwr_vsplit_more(q);
}

void vwr_vqueue_unpop(struct vwr_vqueue *q, struct vwr_vchain *c)
{
    if (c->round != q->round)
        return;
    q->taken--;
    if (VWR_WITH_PACKED && q->packed)
        vwr_vpacked_return(q, c->count);
    else
        q->own[c->id].count = 0;
}

/* Has the device written into some part of the buffer, if not from its first byte on? */
static bool is_touched(const struct vwr_vchain *c, uint32_t written)
{
    return written != 0 || c->in != 0;
}

static void give(struct vwr_vqueue *q, const struct vwr_vqueue_entry *e)
{
    if (VWR_WITH_PACKED && q->packed)
        vwr_vpacked_give(q, e->id, e->count, e->written, e->touched);
    else
        vwr_vsplit_give(q, e->id, e->written);
}

/* Holds it until those before it have been pushed. */
static __attribute__((noinline)) void push_in_order(struct vwr_vqueue *q, const struct vwr_vchain *c,
                                                    uint32_t written)
{
    struct vwr_vqueue_entry *e = vqueue_place(q, c->place);

    e->written = written;
    e->id = c->id;
    e->pushed = true;
    e->touched = is_touched(c, written);
    if (VWR_WITH_PACKED && q->packed)
        e->count = c->count;
    while (q->given != q->taken) {
        e = vqueue_place(q, q->given);
        if (!e->pushed)
            break;
        e->pushed = false;
        give(q, e);
    }
}

/* A packed ring, or one in order; or the chain is void. */
void vwr_vqueue_push_other(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written)
{
    if (c->round != q->round)
        return;
    if (VWR_WITH_IN_ORDER && q->in_order)
        push_in_order(q, c, written);
    else if (VWR_WITH_PACKED)
        vwr_vpacked_give(q, c->id, c->count, written, is_touched(c, written));
}

bool vwr_vqueue_signal(struct vwr_vqueue *q)
{
    const uint32_t now = q->given;

    if (now == q->published)
        return false;
    vwr_count_add(&q->stats.used, now - q->published);
    if (!(VWR_WITH_PACKED && q->packed ? vwr_vpacked_show(q) : vwr_vsplit_show(q))) {
        vwr_count_add(&q->stats.suppressed, 1);
        return false;
    }
    vwr_count_add(&q->stats.interrupts, 1);
    vwr_vdev_interrupt(q->dev);
    return true;
}

bool vwr_vqueue_arm(struct vwr_vqueue *q)
{
    if (!q->alive)
        return true; /* nothing will come */
    return VWR_WITH_PACKED && q->packed ? vwr_vpacked_arm(q) : vwr_vsplit_arm(q);
}

void vwr_vqueue_disarm(struct vwr_vqueue *q)
{
    if (!q->alive)
        return;
    if (VWR_WITH_PACKED && q->packed)
        vwr_vpacked_disarm(q);
    else
        vwr_vsplit_disarm(q);
}

/* The next `n` bytes of seg[*at .. end) leave the chain: where the first of them are, and how many. */
static uint32_t cut(struct vwr_vseg *seg, uint16_t *at, unsigned end, uint32_t n, uint8_t **from)
{
    struct vwr_vseg *const s = &seg[*at];
    const uint32_t run = *at == end ? 0 : s->len < n ? s->len : n;

    if (run == 0)
        return 0;
    *from = s->at;
    s->at += run;
    s->len -= run;
    if (s->len == 0)
        ++*at;
    return run;
}

uint32_t vwr_vchain_read(struct vwr_vchain *c, void *to, uint32_t n)
{
    uint8_t *from = NULL;
    uint32_t done = 0;
    uint32_t run;

    while ((run = cut(c->seg, &c->out_at, c->out, n - done, &from)) != 0) {
        vwr_copy((uint8_t *)to + done, from, run);
        done += run;
    }
    c->out_bytes -= done;
    return done;
}

uint32_t vwr_vchain_write(struct vwr_vchain *c, const void *from, uint32_t n)
{
    uint8_t *to = NULL;
    uint32_t done = 0;
    uint32_t run;

    while ((run = cut(c->seg + c->out, &c->in_at, c->in, n - done, &to)) != 0) {
        vwr_copy(to, (const uint8_t *)from + done, run);
        done += run;
    }
    c->in_bytes -= done;
    c->written += done;
    return done;
}

bool vwr_vchain_take_tail(struct vwr_vchain *c, uint8_t **to, uint32_t n)
{
    if (n > VWR_VCHAIN_TAIL || n > c->in_bytes)
        return false;
    c->in_bytes -= n;
    while (n != 0) {
        struct vwr_vseg *const last = &c->seg[c->out + c->in - 1u];

        to[--n] = last->at + --last->len;
        if (last->len == 0)
            c->in--;
    }
    return true;
}
