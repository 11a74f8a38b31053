/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "log.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define GUARD UINT64_C(0x10000)
#define PACKED_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

static void die(const char *why)
{
    fprintf(stderr, "guest: %s\n", why);
    abort();
}

/* Allocates memory between guard pages. */
static void *lend(uint64_t bytes)
{
    uint8_t *const p =
        mmap(NULL, bytes + 2 * GUARD, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED || mprotect(p + GUARD, bytes, PROT_READ | PROT_WRITE) != 0)
        die("no memory");
    return p + GUARD;
}

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    struct guest *const g = vm->context;

    (void)line;
    g->irq = level;
    g->raised += level;
}

static void on_broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    (void)v;
    ((struct guest *)vm->context)->broke++;
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    struct guest *const g = vm->context;

    (void)v;
    g->again++;
    g->again_of |= (uint32_t)1 << queue;
}

/*
 * All guests of a program use the same memory, one after another, because mapping and unmapping it for each
 * would take half of the time of these programs.
 */
static void lend_memory(struct guest *g)
{
    static void *memory[GUEST_REGIONS];
    static const uint64_t where[GUEST_REGIONS][2] = {{GUEST_LOW, GUEST_LOW_BYTES},
                                                     {GUEST_HIGH, GUEST_HIGH_BYTES},
                                                     {GUEST_FAR, GUEST_FAR_BYTES},
                                                     {GUEST_HUGE, GUEST_HUGE_BYTES}};

    for (unsigned i = 0; i < GUEST_REGIONS; i++) {
        g->region[i].addr = where[i][0];
        g->region[i].bytes = where[i][1];
        if (memory[i] == NULL)
            memory[i] = lend(where[i][1]);
        g->region[i].host = memory[i];
    }
}

void guest_begin(struct guest *g, bool legacy, bool packed)
{
    const struct vwr_vm_setup s = {.ops = &g->ops,
                                   .context = g,
                                   .name = "hostile",
                                   .region = g->region,
                                   .region_count = GUEST_REGIONS,
                                   .slot = g->slot,
                                   .slot_count = GUEST_SLOTS,
                                   .base = GUEST_BASE,
                                   .stride = GUEST_STRIDE};

    memset(g, 0, sizeof(*g));
    lend_memory(g);
    g->ops.irq = on_irq;
    g->ops.broken = on_broken;
    g->ops.again = on_again;
    if (vwr_vm_init(&g->vm, &s) != VWR_OK)
        die("its VM is refused");
    g->legacy = legacy;
    g->packed = packed;
    g->queues = 1;
    g->page_size = VWR_SPLIT_RING_LEGACY_ALIGN;
    g->align = VWR_SPLIT_RING_LEGACY_ALIGN;
    vwr_vdev_features(&g->features);
    if (!packed)
        vwr_features_remove(&g->features, VWR_F_RING_PACKED);
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
    if (!legacy)
        vwr_features_add(&g->features, VWR_F_VERSION_1);
    guest_clear_rings(g);
}

void guest_end(struct guest *g)
{
    for (unsigned i = 0; i < GUEST_REGIONS; i++) {
        const struct vwr_memory_region *const r = &g->region[i];

        if (r->addr != GUEST_HUGE)
            memset(r->host, 0, (size_t)r->bytes);
        else if (madvise(r->host, (size_t)r->bytes, MADV_DONTNEED) != 0)
            die("its memory does not become zeros");
    }
}

void guest_setup(struct guest *g, struct vwr_vdev_setup *s)
{
    memset(s, 0, sizeof(*s));
    s->vm = &g->vm;
    s->line = 48;
    s->legacy = g->legacy;
    s->tolerate = getenv("VWR_TOLERATE") != NULL ? VWR_TOLERATE_QEMU : VWR_TOLERATE_DEFAULT;
    vwr_vdev_features(&s->features);
    vwr_features_add(&s->features, VWR_F_IN_ORDER); /* for guests that accept it */
    if (!g->packed)
        vwr_features_remove(&s->features, VWR_F_RING_PACKED);
    s->queue = g->queue;
    s->queue_count = GUEST_QUEUES;
    s->queue_size = GUEST_QUEUE_MAX;
    s->own = g->own;
    s->own_count = VWR_COUNT(g->own);
}

void guest_plug(struct guest *g, unsigned slot, struct vwr_vdev *v)
{
    if (vwr_vm_add(&g->vm, slot, v) != VWR_OK)
        die("the slot is taken");
    g->dev = v;
}

uint64_t guest_read(struct guest *g, unsigned offset, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vmmio_access(g->dev, offset, bytes, false, &value);
    return value;
}

void guest_write(struct guest *g, unsigned offset, unsigned bytes, uint64_t value)
{
    uint64_t steps;

    log_begin(g);
    (void)vwr_vmmio_access(g->dev, offset, bytes, true, &value);
    steps = log_end(g);
    if (steps > g->steps)
        g->steps = steps;
    if (steps > (g->budget != 0 ? g->budget : 32u * GUEST_QUEUE_MAX))
        die("a call took more steps than a queue lets it");
}

static void put(struct guest *g, unsigned offset, uint64_t value)
{
    guest_write(g, offset, sizeof(uint32_t), value);
}

uint32_t guest_status(struct guest *g)
{
    return (uint32_t)guest_read(g, VWR_MMIO_STATUS, sizeof(uint32_t));
}

bool guest_negotiate(struct guest *g)
{
    uint32_t status = VWR_STATUS_ACKNOWLEDGE;

    put(g, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    put(g, VWR_MMIO_STATUS, status);
    put(g, VWR_MMIO_STATUS, status |= VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < (g->legacy ? 1 : 2); i++) {
        put(g, VWR_MMIO_DEVICE_FEATURES_SEL, i);
        put(g, VWR_MMIO_DRIVER_FEATURES_SEL, i);
        put(g, VWR_MMIO_DRIVER_FEATURES,
            guest_read(g, VWR_MMIO_DEVICE_FEATURES, sizeof(uint32_t)) & g->features.w[i]);
    }
    if (g->legacy) {
        put(g, VWR_MMIO_GUEST_PAGE_SIZE, g->page_size);
        return true;
    }
    put(g, VWR_MMIO_STATUS, status |= VWR_STATUS_FEATURES_OK);
    return guest_status(g) == status;
}

void guest_lay_out(struct guest *g, unsigned queue, uint16_t size)
{
    struct guest_queue *const q = &g->q[queue];

    memset(q, 0, sizeof(*q));
    q->size = size;
    q->desc = GUEST_LOW + GUEST_RING_BYTES * queue;
    q->driver = q->desc + VWR_SPLIT_RING_LEGACY_ALIGN / 4u;
    if (g->legacy)
        q->driver = q->desc + vwr_split_ring_desc_bytes(q->size);
    q->device = q->desc + VWR_SPLIT_RING_USED_OFFSET(q->size, VWR_SPLIT_RING_LEGACY_ALIGN);
    if (g->packed)
        q->avail = q->used = 1;
}

void guest_clear_rings(struct guest *g)
{
    memset(guest_at(g, GUEST_LOW, GUEST_LOW_BYTES), 0, GUEST_LOW_BYTES);
    for (unsigned i = 0; i < GUEST_QUEUES; i++)
        guest_lay_out(g, i, 8);
}

bool guest_set_queue(struct guest *g, unsigned queue)
{
    const struct guest_queue *const q = &g->q[queue];

    put(g, VWR_MMIO_QUEUE_SEL, queue);
    put(g, VWR_MMIO_QUEUE_SIZE, q->size);
    if (g->legacy) {
        put(g, VWR_MMIO_QUEUE_ALIGN, g->align);
        put(g, VWR_MMIO_QUEUE_PFN, q->desc / g->page_size);
        return guest_read(g, VWR_MMIO_QUEUE_PFN, sizeof(uint32_t)) == q->desc / g->page_size;
    }
    put(g, VWR_MMIO_QUEUE_DESC_LOW, (uint32_t)q->desc);
    put(g, VWR_MMIO_QUEUE_DESC_HIGH, q->desc >> 32);
    put(g, VWR_MMIO_QUEUE_DRIVER_LOW, (uint32_t)q->driver);
    put(g, VWR_MMIO_QUEUE_DRIVER_HIGH, q->driver >> 32);
    put(g, VWR_MMIO_QUEUE_DEVICE_LOW, (uint32_t)q->device);
    put(g, VWR_MMIO_QUEUE_DEVICE_HIGH, q->device >> 32);
    put(g, VWR_MMIO_QUEUE_READY, 1);
    return guest_read(g, VWR_MMIO_QUEUE_READY, sizeof(uint32_t)) == 1;
}

void guest_driver_ok(struct guest *g)
{
    put(g, VWR_MMIO_STATUS, guest_status(g) | VWR_STATUS_DRIVER_OK);
}

/*
 * Sets the parts of guest memory that the queues remember, which determine the path of a segment. With
 * GUEST_FIRST_HUGE, buffers are found in the second part, because none is in the first.
 */
static void probe_first(struct guest *g)
{
    const uint64_t addr = g->first == GUEST_FIRST_LOW ? GUEST_LOW : GUEST_HUGE;

    for (unsigned i = 0; i < g->queues && g->first != 0; i++) {
        g->queue[i].recent[0].addr = addr;
        g->queue[i].recent[0].bytes = g->first == GUEST_FIRST_LOW ? GUEST_LOW_BYTES : GUEST_HUGE_BYTES;
        g->queue[i].recent[0].host = guest_at(g, addr, 1);
        if (g->first != GUEST_FIRST_LOW) {
            g->queue[i].recent[1].addr = GUEST_LOW;
            g->queue[i].recent[1].bytes = GUEST_LOW_BYTES;
            g->queue[i].recent[1].host = guest_at(g, GUEST_LOW, 1);
        }
        g->queue[i].between = g->queue[i].recent[0].addr - g->queue[i].recent[1].addr;
    }
}

bool guest_start(struct guest *g)
{
    guest_clear_rings(g);
    if (!guest_negotiate(g))
        return false;
    for (unsigned i = 0; i < g->queues; i++)
        if (!guest_set_queue(g, i))
            return false;
    guest_driver_ok(g);
    probe_first(g);
    return true;
}

void *guest_at(struct guest *g, uint64_t addr, uint64_t bytes)
{
    void *const host = vwr_memory_ptr(&g->vm.memory, addr, bytes);

    if (host == NULL)
        die("the test's own address is not in one region");
    return host;
}

static uint8_t pattern(uint64_t addr, unsigned seed)
{
    return (uint8_t)(addr * 37u + (addr >> 8) * 11u + seed * 101u + 1u);
}

void guest_fill(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed)
{
    for (uint64_t i = 0; i < bytes; i++)
        *(uint8_t *)guest_at(g, addr + i, 1) = pattern(i, seed);
}

bool guest_is_filled(struct guest *g, uint64_t addr, uint64_t bytes, unsigned seed)
{
    for (uint64_t i = 0; i < bytes; i++)
        if (*(uint8_t *)guest_at(g, addr + i, 1) != pattern(i, seed))
            return false;
    return true;
}

static void put_bytes(struct guest *g, uint64_t addr, const void *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) { /* a table may straddle regions */
        *(uint8_t *)guest_at(g, addr + i, 1) = ((const uint8_t *)from)[i];
        log_fresh(guest_at(g, addr + i, 1), 1);
    }
}

void guest_put_desc(struct guest *g, uint64_t table, unsigned at, const struct guest_desc *d)
{
    struct vwr_virtq_desc split;
    struct vwr_pvirtq_desc packed;

    split.addr = vwr_guest64(g->legacy, d->addr);
    split.len = vwr_guest32(g->legacy, d->len);
    split.flags = vwr_guest16(g->legacy, d->flags);
    split.next = vwr_guest16(g->legacy, d->next);
    packed.addr = vwr_cpu_to_le64(d->addr);
    packed.len = vwr_cpu_to_le32(d->len);
    packed.id = vwr_cpu_to_le16(d->next);
    packed.flags = vwr_cpu_to_le16(d->flags);
    table += at * sizeof(split);
    put_bytes(g, table, g->packed ? (const void *)&packed : (const void *)&split, sizeof(split));
}

void guest_desc(struct guest *g, unsigned queue, unsigned at, uint64_t addr, uint32_t len, unsigned flags,
                unsigned next)
{
    const struct guest_desc d = {addr, len, (uint16_t)flags, (uint16_t)next};

    guest_put_desc(g, g->q[queue].desc, at, &d);
}

static struct vwr_virtq_avail *avail_of(struct guest *g, const struct guest_queue *q)
{
    return guest_at(g, q->driver, vwr_split_ring_avail_bytes(q->size));
}

void guest_avail(struct guest *g, unsigned queue, unsigned head)
{
    struct guest_queue *const q = &g->q[queue];

    vwr_le16 *const entry = &avail_of(g, q)->ring[q->avail++ % q->size];

    *entry = vwr_guest16(g->legacy, (uint16_t)head);
    log_fresh(entry, sizeof(*entry));
    guest_set_idx(g, queue, q->avail);
}

void guest_set_idx(struct guest *g, unsigned queue, unsigned idx)
{
    avail_of(g, &g->q[queue])->idx = vwr_guest16(g->legacy, (uint16_t)idx);
}

unsigned guest_wrap_flags(const struct guest *g, unsigned queue, unsigned by)
{
    const struct guest_queue *const q = &g->q[queue];
    const bool odd = (q->avail != 0) == (q->next_desc + by < q->size);

    return odd ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
}

void guest_advance(struct guest *g, unsigned queue, unsigned count)
{
    struct guest_queue *const q = &g->q[queue];

    q->next_desc = (uint16_t)(q->next_desc + count);
    if (q->next_desc < q->size)
        return;
    q->next_desc = (uint16_t)(q->next_desc - q->size);
    q->avail ^= 1u;
}

static unsigned chain_packed(struct guest *g, unsigned queue, const struct guest_desc *segment,
                             unsigned segments)
{
    struct guest_queue *const q = &g->q[queue];
    const unsigned id = q->next_desc % GUEST_QUEUE_MAX; /* of a longer ring too */

    for (unsigned i = segments; i-- > 0;) /* the first descriptor last */
        guest_desc(g, queue, (q->next_desc + i) % q->size, segment[i].addr, segment[i].len,
                   segment[i].flags | guest_wrap_flags(g, queue, i) |
                       (i + 1 < segments ? VWR_VIRTQ_DESC_F_NEXT : 0u),
                   id);
    q->span[id] = (uint16_t)segments;
    guest_advance(g, queue, segments);
    return id;
}

unsigned guest_chain(struct guest *g, unsigned queue, const struct guest_desc *segment, unsigned segments)
{
    struct guest_queue *const q = &g->q[queue];
    const unsigned head = q->next_desc;

    if (g->packed)
        return chain_packed(g, queue, segment, segments);
    for (unsigned i = 0; i < segments; i++)
        guest_desc(g, queue, (head + i) % q->size, segment[i].addr, segment[i].len,
                   segment[i].flags | (i + 1 < segments ? VWR_VIRTQ_DESC_F_NEXT : 0u),
                   (head + i + 1) % q->size);
    q->next_desc = (uint16_t)((head + segments) % q->size);
    guest_avail(g, queue, head);
    return head;
}

void guest_kick(struct guest *g, unsigned queue)
{
    put(g, VWR_MMIO_QUEUE_NOTIFY, queue);
}

static bool used_packed(struct guest *g, struct guest_queue *q, uint32_t *id, uint32_t *len)
{
    const struct vwr_pvirtq_desc *const ring = guest_at(g, q->desc, vwr_packed_ring_desc_bytes(q->size));
    const struct vwr_pvirtq_desc *const d = &ring[q->used_at];

    if ((vwr_le16_to_cpu(d->flags) & PACKED_FLAGS) != (q->used != 0 ? PACKED_FLAGS : 0))
        return false;
    *id = vwr_le16_to_cpu(d->id);
    *len = vwr_le32_to_cpu(d->len);
    q->used_at = (uint16_t)(q->used_at + (*id < GUEST_QUEUE_MAX ? q->span[*id] : 1u));
    if (q->used_at >= q->size) {
        q->used_at = (uint16_t)(q->used_at - q->size);
        q->used ^= 1u;
    }
    return true;
}

bool guest_used(struct guest *g, unsigned queue, uint32_t *id, uint32_t *len)
{
    struct guest_queue *const q = &g->q[queue];
    const struct vwr_virtq_used *used;

    if (g->packed)
        return used_packed(g, q, id, len);
    used = guest_at(g, q->device, vwr_split_ring_used_bytes(q->size));
    if (vwr_guest16(g->legacy, used->idx) == q->used)
        return false;
    *id = vwr_guest32(g->legacy, used->ring[q->used % q->size].id);
    *len = vwr_guest32(g->legacy, used->ring[q->used % q->size].len);
    q->used++;
    if (vwr_features_have(&g->features, VWR_F_EVENT_IDX)) /* requests an event for the next buffer */
        *(vwr_le16 *)guest_at(g, q->driver + vwr_virtq_avail_used_event_offset(q->size), sizeof(vwr_le16)) =
            vwr_guest16(g->legacy, q->used);
    return true;
}

void guest_ack(struct guest *g)
{
    put(g, VWR_MMIO_INTERRUPT_ACK, guest_read(g, VWR_MMIO_INTERRUPT_STATUS, sizeof(uint32_t)));
}
