/* SPDX-License-Identifier: MIT */
#include "fake_kinds.h"
#include "fake_ram.h"
#include "cmocka_all.h"
#include "vwr/gen/features.h"

#include <string.h>

bool fake_is_legacy(const struct fake *f)
{
    return f->version == VWR_MMIO_VERSION_LEGACY;
}

static bool is_packed(const struct fake *f)
{
    return fake_took(f, VWR_F_RING_PACKED);
}

void fake_add_segment(struct fake_chain *c, uint64_t addr, uint32_t len, bool write)
{
    assert_true(c->count < FAKE_SEGMENTS);
    assert_true(len > 0);
    if (c->count > 0 && c->segment[c->count - 1].write)
        assert_true(write); /* device-readable segments come before device-writable ones */
    c->segment[c->count++] = (struct fake_segment){addr, len, write};
    c->readable += write ? 0 : len;
    c->writable += write ? len : 0;
}

static bool poll_avail(struct fake *f, struct fake_queue *q, struct fake_chain *c)
{
    c->count = 0;
    c->readable = c->writable = 0;
    c->table = false;
    return is_packed(f) ? fake_packed_next(f, q, c) : fake_split_next(f, q, c);
}

void (*fake_ring_taken)(unsigned queue, const struct fake_chain *c);

static bool next(struct fake *f, unsigned queue, struct fake_chain *c)
{
    struct fake_queue *q = &f->queue[queue];

    assert_true(q->ready != 0 && q->reset_reads == 0);
    if (poll_avail(f, q, c))
        return true;
    if (q->events != FAKE_WHEN_IDLE || !fake_took(f, VWR_F_EVENT_IDX))
        return false;
    fake_ring_suppress(f, queue, FAKE_WHEN_IDLE, 1);
    return poll_avail(f, q, c); /* a buffer may have arrived before the event was requested */
}

bool fake_ring_next(struct fake *f, unsigned queue, struct fake_chain *c)
{
    const bool any = next(f, queue, c);

    if (any && fake_ring_taken != NULL)
        fake_ring_taken(queue, c);
    return any;
}

static void put(struct fake *f, unsigned queue, const uint32_t *ids, unsigned count, uint32_t len)
{
    if (is_packed(f))
        fake_packed_put(f, &f->queue[queue], ids, count, len);
    else
        fake_split_put(f, &f->queue[queue], ids, count, len);
}

void fake_ring_put(struct fake *f, unsigned queue, uint32_t id, uint32_t len)
{
    put(f, queue, &id, 1, len);
}

void fake_ring_put_batch(struct fake *f, unsigned queue, const uint16_t *ids, unsigned count, uint32_t len)
{
    uint32_t wide[FAKE_SIZE_MAX];

    assert_true(count > 0 && count <= FAKE_SIZE_MAX);
    for (unsigned i = 0; i < count; i++)
        wide[i] = ids[i];
    put(f, queue, wide, count, len);
}

bool fake_ring_signal(struct fake *f, unsigned queue)
{
    struct fake_queue *q = &f->queue[queue];
    const bool wanted = is_packed(f) ? fake_packed_wanted(f, q) : fake_split_wanted(f, q);

    q->unsignalled = 0;
    if (!wanted)
        return false;
    q->interrupts++;
    f->interrupt |= VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
    return true;
}

void fake_ring_push(struct fake *f, unsigned queue, uint32_t id, uint32_t len)
{
    fake_ring_put(f, queue, id, len);
    (void)fake_ring_signal(f, queue);
}

void fake_ring_suppress(struct fake *f, unsigned queue, enum fake_events events, uint16_t ahead)
{
    struct fake_queue *q = &f->queue[queue];

    q->events = (uint8_t)events;
    if (is_packed(f))
        fake_packed_suppress(f, q, events, ahead);
    else
        fake_split_suppress(f, q, events, ahead);
}

unsigned fake_ring_waiting(const struct fake *f, unsigned queue)
{
    const struct fake_queue *q = &f->queue[queue];

    return is_packed(f) ? fake_packed_waiting(f, q) : fake_split_waiting(f, q);
}

void fake_ring_check_notify(struct fake *f, uint32_t value)
{
    const uint32_t queue = value & VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;
    uint32_t position = 0;

    if (queue >= FAKE_QUEUES || !f->queue[queue].ready) {
        fake_break_rule(f, "a notification of a queue that is not there");
        return;
    }
    if (!(f->status_written & VWR_STATUS_DRIVER_OK))
        fake_break_rule(f, "a notification before DRIVER_OK");
    if (fake_took(f, VWR_F_NOTIFICATION_DATA))
        position = is_packed(f) ? fake_packed_position(f, &f->queue[queue])
                                : fake_split_position(f, &f->queue[queue]);
    if (value >> VWR_MMIO_QUEUE_NOTIFY_NEXT_OFF_SHIFT != position)
        fake_break_rule(f, "the position in a notification is not where the ring ends");
}

void fake_ring_scribble(struct fake *f, unsigned queue, uint8_t with)
{
    struct fake_queue *q = &f->queue[queue];
    size_t bytes = 4; /* the driver event structure */

    q->scribbled = true;
    memset(fake_ram_at(q->desc, 16u * q->size), with, 16u * q->size);
    if (!is_packed(f)) /* flags, index, entries */
        bytes += 2u * q->size;
    if (!is_packed(f) && fake_took(f, VWR_F_EVENT_IDX))
        bytes += 2;
    memset(fake_ram_at(q->driver, bytes), with, bytes);
}
