/* SPDX-License-Identifier: MIT */
#include "fake_kinds.h"
#include "fake_ram.h"
#include "cmocka_all.h"
#include "vwr/gen/features.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

/* The device side of a split ring. Offsets of the parts follow the layout in the specification and do not
 * use the runtime's macros. */

#define ENTRY(q, entry) ((uint16_t)((entry) % (q)->size))

static uint16_t get16(const struct fake *f, uint64_t addr)
{
    uint16_t v;

    fake_ram_read(addr, &v, sizeof(v));
    return vwr_guest16(fake_is_legacy(f), v);
}

static void put16(const struct fake *f, uint64_t addr, uint16_t v)
{
    v = vwr_guest16(fake_is_legacy(f), v);
    fake_ram_write(addr, &v, sizeof(v));
}

static void put32(const struct fake *f, uint64_t addr, uint32_t v)
{
    v = vwr_guest32(fake_is_legacy(f), v);
    fake_ram_write(addr, &v, sizeof(v));
}

static uint64_t avail_entry(const struct fake_queue *q, uint16_t entry)
{
    return q->driver + 4u + 2u * ENTRY(q, entry);
}

static uint64_t used_entry(const struct fake_queue *q, uint16_t entry)
{
    return q->device + 4u + 8u * ENTRY(q, entry);
}

uint16_t fake_ring_avail_idx(const struct fake *f, unsigned queue)
{
    return get16(f, f->queue[queue].driver + 2);
}

uint16_t fake_ring_avail_flags(const struct fake *f, unsigned queue)
{
    return get16(f, f->queue[queue].driver);
}

uint16_t fake_ring_avail_entry(const struct fake *f, unsigned queue, uint16_t entry)
{
    return get16(f, avail_entry(&f->queue[queue], entry));
}

uint16_t fake_split_position(const struct fake *f, const struct fake_queue *q)
{
    return get16(f, q->driver + 2);
}

unsigned fake_split_waiting(const struct fake *f, const struct fake_queue *q)
{
    const uint16_t waiting = (uint16_t)(fake_split_position(f, q) - q->seen);

    assert_true(waiting <= q->size);
    return waiting;
}

/* ---- buffers ---- */

struct descriptor {
    uint64_t addr;
    uint32_t len;
    unsigned flags;
    uint16_t next;
};

static struct descriptor read_desc(const struct fake *f, uint64_t table, unsigned id)
{
    const bool legacy = fake_is_legacy(f);
    struct vwr_virtq_desc desc;

    fake_ram_read(table + 16ull * id, &desc, sizeof(desc));
    return (struct descriptor){vwr_guest64(legacy, desc.addr), vwr_guest32(legacy, desc.len),
                               vwr_guest16(legacy, desc.flags), vwr_guest16(legacy, desc.next)};
}

static void read_table(const struct fake *f, const struct fake_queue *q, const struct descriptor *p,
                       struct fake_chain *c)
{
    struct descriptor in;
    uint32_t id = 0;

    assert_true(fake_took(f, VWR_F_INDIRECT_DESC));
    assert_int_equal(p->flags, VWR_VIRTQ_DESC_F_INDIRECT); /* and not NEXT */
    assert_true(p->len > 0 && p->len % 16 == 0);
    c->table = true;
    do {
        assert_true(id < p->len / 16 && c->count < q->size);
        in = read_desc(f, p->addr, id);
        assert_int_equal(in.flags & ~(unsigned)(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE), 0);
        fake_add_segment(c, in.addr, in.len, (in.flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        id = in.next;
    } while (in.flags & VWR_VIRTQ_DESC_F_NEXT);
    assert_int_equal(
        p->len, 16 * c->count); /* the chain ends at the table's length; the device must not read further */
}

/* Takes one descriptor of the ring's table; it must not belong to a buffer that the device already owns. */
static struct descriptor claim(const struct fake *f, struct fake_queue *q, uint16_t id)
{
    assert_true(id < q->size);
    assert_false(q->taken[id]);
    if (fake_took(f, VWR_F_IN_ORDER)) { /* through the descriptor table, from its start */
        assert_int_equal(id, q->in_order);
        q->in_order = ENTRY(q, id + 1u);
    }
    q->taken[id] = true;
    q->held++;
    return read_desc(f, q->desc, id);
}

static void read_chain(const struct fake *f, struct fake_queue *q, struct fake_chain *c)
{
    uint16_t id = c->head;
    uint16_t length = 0;
    struct descriptor p;

    do {
        p = claim(f, q, id);
        q->next[id] = p.next;
        length++;
        if (p.flags & VWR_VIRTQ_DESC_F_INDIRECT) {
            assert_int_equal(length, 1);
            read_table(f, q, &p, c);
            break;
        }
        assert_int_equal(p.flags & ~(unsigned)(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE), 0);
        fake_add_segment(c, p.addr, p.len, (p.flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
        id = p.next;
    } while (p.flags & VWR_VIRTQ_DESC_F_NEXT);
    q->length[c->head] = length;
}

static void check_flags(const struct fake *f, const struct fake_queue *q)
{
    const uint16_t flags = get16(f, q->driver);

    if (q->scribbled)
        return;
    assert_true(flags == 0 || (flags == VWR_VIRTQ_AVAIL_F_NO_INTERRUPT && !fake_took(f, VWR_F_EVENT_IDX)));
}

bool fake_split_next(struct fake *f, struct fake_queue *q, struct fake_chain *c)
{
    check_flags(f, q);
    if (fake_split_waiting(f, q) == 0)
        return false;
    c->head = get16(f, avail_entry(q, q->seen++));
    read_chain(f, q, c);
    return true;
}

/* The device releases the buffer; the driver may reuse its descriptors once the used index includes it. */
static void let_go(struct fake_queue *q, uint32_t id)
{
    uint16_t length;

    if (id >= q->size || q->length[id] == 0)
        return; /* a protocol violation */
    length = q->length[id];
    q->length[id] = 0;
    q->held -= length;
    for (; length > 0; length--) {
        q->taken[id] = false;
        id = q->next[id];
    }
}

void fake_split_put(struct fake *f, struct fake_queue *q, const uint32_t *ids, unsigned count, uint32_t len)
{
    put32(f, used_entry(q, q->used), ids[count - 1]);
    put32(f, used_entry(q, q->used) + 4, len);
    for (unsigned i = 0; i < count; i++)
        let_go(q, ids[i]);
    q->used = (uint16_t)(q->used + count);
    q->unsignalled = (uint16_t)(q->unsignalled + count);
    put16(f, q->device + 2, q->used);
}

/* ---- event suppression ---- */

bool fake_split_wanted(struct fake *f, struct fake_queue *q)
{
    uint16_t event;

    check_flags(f, q);
    if (!fake_took(f, VWR_F_EVENT_IDX))
        return get16(f, q->driver) == 0;
    event = get16(f, q->driver + 4u + 2u * q->size);
    return (uint16_t)(q->used - event - 1u) < q->unsignalled;
}

void fake_split_suppress(struct fake *f, struct fake_queue *q, enum fake_events events, uint16_t ahead)
{
    if (!fake_took(f, VWR_F_EVENT_IDX)) {
        put16(f, q->device, events == FAKE_NO_EVENT ? VWR_VIRTQ_USED_F_NO_NOTIFY : 0);
        return;
    }
    if (events == FAKE_NO_EVENT)
        ahead = 0; /* that buffer has already been used */
    put16(f, q->device + 4u + 8u * q->size, (uint16_t)(q->seen + ahead - 1));
}

/* ---- for hostile devices ---- */

void fake_ring_set_entry(struct fake *f, unsigned queue, uint16_t entry, uint32_t id, uint32_t len)
{
    put32(f, used_entry(&f->queue[queue], entry), id);
    put32(f, used_entry(&f->queue[queue], entry) + 4, len);
}

void fake_ring_set_used_idx(struct fake *f, unsigned queue, uint16_t idx)
{
    put16(f, f->queue[queue].device + 2, idx);
}

void fake_ring_set_used_flags(struct fake *f, unsigned queue, uint16_t flags)
{
    put16(f, f->queue[queue].device, flags);
}

void fake_ring_set_avail_event(struct fake *f, unsigned queue, uint16_t event)
{
    put16(f, f->queue[queue].device + 4u + 8u * f->queue[queue].size, event);
}
