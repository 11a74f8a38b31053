/* SPDX-License-Identifier: MIT */
#include "fake_ring.h"
#include "fake_ram.h"
#include "cmocka_all.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

static bool is_legacy(const struct fake *f)
{
    return f->version == VWR_MMIO_VERSION_LEGACY;
}

static uint16_t get16(const struct fake *f, uint64_t addr)
{
    uint16_t v;

    fake_ram_read(addr, &v, sizeof(v));
    return vwr_wire16(is_legacy(f), v);
}

static void put16(const struct fake *f, uint64_t addr, uint16_t v)
{
    v = vwr_wire16(is_legacy(f), v);
    fake_ram_write(addr, &v, sizeof(v));
}

static void put32(const struct fake *f, uint64_t addr, uint32_t v)
{
    v = vwr_wire32(is_legacy(f), v);
    fake_ram_write(addr, &v, sizeof(v));
}

/* Addresses of the parts, by the document's layout and not by the runtime's macros. */
static uint64_t avail_entry(const struct fake_queue *q, uint16_t entry)
{
    return q->driver + 4u + 2u * (entry % q->size);
}

static uint64_t used_entry(const struct fake_queue *q, uint16_t entry)
{
    return q->device + 4u + 8u * (entry % q->size);
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

size_t fake_ring_avail_offset(const struct fake *f, unsigned queue)
{
    return (size_t)(f->queue[queue].driver - f->queue[queue].desc);
}

size_t fake_ring_used_offset(const struct fake *f, unsigned queue)
{
    return (size_t)(f->queue[queue].device - f->queue[queue].desc);
}

static void check_piece(const struct fake_chain *c, const struct fake_piece *p, uint16_t flags)
{
    assert_int_equal(flags & ~(VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE), 0);
    assert_true(p->len > 0);
    if (c->count > 0 && c->piece[c->count - 1].write)
        assert_true(p->write); /* what the device reads comes before what it writes */
}

static void read_chain(const struct fake *f, const struct fake_queue *q, struct fake_chain *c)
{
    uint16_t id = c->head;
    uint16_t flags;

    do {
        struct vwr_virtq_desc desc;
        struct fake_piece *p = &c->piece[c->count];

        assert_true(id < q->size);
        assert_true(c->count < q->size && c->count < FAKE_PIECES);
        fake_ram_read(q->desc + 16u * id, &desc, sizeof(desc));
        p->addr = vwr_wire64(is_legacy(f), desc.addr);
        p->len = vwr_wire32(is_legacy(f), desc.len);
        flags = vwr_wire16(is_legacy(f), desc.flags);
        p->write = (flags & VWR_VIRTQ_DESC_F_WRITE) != 0;
        check_piece(c, p, flags);
        c->readable += p->write ? 0 : p->len;
        c->writable += p->write ? p->len : 0;
        c->count++;
        id = vwr_wire16(is_legacy(f), desc.next);
    } while (flags & VWR_VIRTQ_DESC_F_NEXT);
}

bool fake_ring_next(struct fake *f, unsigned queue, struct fake_chain *c)
{
    struct fake_queue *q = &f->queue[queue];
    const uint16_t idx = fake_ring_avail_idx(f, queue);

    assert_true((uint16_t)(idx - q->seen) <= q->size);
    if (idx == q->seen)
        return false;
    memset(c, 0, sizeof(*c));
    c->head = fake_ring_avail_entry(f, queue, q->seen++);
    read_chain(f, q, c);
    return true;
}

void fake_ring_push(struct fake *f, unsigned queue, uint32_t id, uint32_t len)
{
    struct fake_queue *q = &f->queue[queue];

    fake_ring_set_entry(f, queue, q->used++, id, len);
    fake_ring_set_used_idx(f, queue, q->used);
}

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

void fake_ring_scribble(struct fake *f, unsigned queue, uint8_t with)
{
    const struct fake_queue *q = &f->queue[queue];

    memset(fake_ram_at(q->desc, 16u * q->size), with, 16u * q->size);
    memset(fake_ram_at(q->driver, 4u + 2u * q->size), with, 4u + 2u * q->size);
}
