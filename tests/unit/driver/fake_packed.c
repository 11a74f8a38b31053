/* SPDX-License-Identifier: MIT */
#include "fake_kinds.h"
#include "fake_ram.h"
#include "cmocka_all.h"
#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

/* The device side of a packed ring. A legacy device has no packed ring, so all fields are little-endian. */

#define WRAP_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)
#define SEGMENT_FLAGS (VWR_VIRTQ_DESC_F_NEXT | VWR_VIRTQ_DESC_F_WRITE)

struct descriptor {
    uint64_t addr;
    uint32_t len;
    uint16_t id;
    unsigned flags;
};

static struct descriptor read_desc(uint64_t table, unsigned at)
{
    struct vwr_pvirtq_desc desc;

    fake_ram_read(table + 16ull * at, &desc, sizeof(desc));
    return (struct descriptor){vwr_le64_to_cpu(desc.addr), vwr_le32_to_cpu(desc.len),
                               vwr_le16_to_cpu(desc.id), vwr_le16_to_cpu(desc.flags)};
}

static void advance(const struct fake_queue *q, uint16_t *at, bool *odd, unsigned by)
{
    for (; by > 0; by--) {
        *at = (uint16_t)(*at + 1);
        if (*at == q->size) {
            *at = 0;
            *odd = !*odd;
        }
    }
}

/* A descriptor is available if AVAIL equals the wrap counter and USED does not. The counter starts at 1. */
static bool is_available(unsigned flags, bool odd)
{
    return (flags & WRAP_FLAGS) == (odd ? (unsigned)VWR_VIRTQ_DESC_F_USED : (unsigned)VWR_VIRTQ_DESC_F_AVAIL);
}

static unsigned used_flags(bool odd)
{
    return odd ? 0 : WRAP_FLAGS;
}

unsigned fake_packed_waiting(const struct fake *f, const struct fake_queue *q)
{
    uint16_t at = q->seen;
    bool odd = q->seen_odd;
    unsigned n = 0;

    (void)f;
    while (n + q->held < q->size && is_available(read_desc(q->desc, at).flags, odd)) {
        advance(q, &at, &odd, 1);
        n++;
    }
    return n;
}

static uint16_t position(uint16_t at, bool odd)
{
    return (uint16_t)(at | (odd ? 0 : VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK));
}

uint16_t fake_packed_position(const struct fake *f, const struct fake_queue *q)
{
    uint16_t at = q->seen;
    bool odd = q->seen_odd;

    advance(q, &at, &odd, fake_packed_waiting(f, q));
    return position(at, odd);
}

/* ---- buffers ---- */

static void read_table(const struct fake *f, const struct fake_queue *q, const struct descriptor *p,
                       struct fake_chain *c)
{
    assert_true(fake_took(f, VWR_F_INDIRECT_DESC));
    assert_int_equal(p->flags & ~(unsigned)WRAP_FLAGS, VWR_VIRTQ_DESC_F_INDIRECT); /* and not NEXT */
    assert_true(p->len > 0 && p->len % 16 == 0 && p->len / 16 <= q->size);
    c->table = true;
    for (unsigned i = 0; i < p->len / 16; i++) {
        const struct descriptor in = read_desc(p->addr, i);

        assert_int_equal(in.flags & ~(unsigned)VWR_VIRTQ_DESC_F_WRITE, 0);
        fake_add_segment(c, in.addr, in.len, (in.flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    }
}

/* Once the first descriptor of a buffer is available, so are all others. */
bool fake_packed_next(struct fake *f, struct fake_queue *q, struct fake_chain *c)
{
    uint16_t length = 0;
    struct descriptor p;

    if (!is_available(read_desc(q->desc, q->seen).flags, q->seen_odd))
        return false;
    do {
        p = read_desc(q->desc, q->seen);
        assert_true(is_available(p.flags, q->seen_odd));
        assert_true(q->held < q->size); /* neither one buffer nor all buffers together exceed the ring */
        advance(q, &q->seen, &q->seen_odd, 1);
        q->held++;
        length++;
        if (p.flags & VWR_VIRTQ_DESC_F_INDIRECT) {
            assert_int_equal(length, 1);
            read_table(f, q, &p, c);
            break;
        }
        assert_int_equal(p.flags & ~(unsigned)(WRAP_FLAGS | SEGMENT_FLAGS), 0);
        fake_add_segment(c, p.addr, p.len, (p.flags & VWR_VIRTQ_DESC_F_WRITE) != 0);
    } while (p.flags & VWR_VIRTQ_DESC_F_NEXT);
    c->head = p.id; /* the id is in the last descriptor */
    assert_true(c->head < FAKE_SIZE_MAX);
    assert_int_equal(q->length[c->head], 0); /* the device does not own this id yet */
    q->length[c->head] = length;
    return true;
}

void fake_packed_put(struct fake *f, struct fake_queue *q, const uint32_t *ids, unsigned count, uint32_t len)
{
    const uint32_t id = ids[count - 1];
    unsigned positions = 0;

    fake_packed_set(f, (unsigned)(q - f->queue), q->used,
                    (struct fake_used){
                        (uint16_t)id,
                        (uint16_t)(used_flags(q->used_odd) | (len > 0 ? VWR_VIRTQ_DESC_F_WRITE : 0u)), len});
    for (unsigned i = 0; i < count; i++) {
        if (ids[i] < FAKE_SIZE_MAX && q->length[ids[i]] != 0) {
            positions += q->length[ids[i]];
            q->held -= q->length[ids[i]];
            q->length[ids[i]] = 0;
        } else {
            positions++; /* a protocol violation */
        }
    }
    advance(q, &q->used, &q->used_odd, positions);
    q->unsignalled = (uint16_t)(q->unsignalled + positions);
}

/* ---- event suppression ---- */

bool fake_packed_wanted(struct fake *f, struct fake_queue *q)
{
    struct vwr_pvirtq_event_suppress event;
    unsigned flags;
    unsigned desc;
    uint16_t at;

    fake_ram_read(q->driver, &event, sizeof(event));
    flags = vwr_le16_to_cpu(event.flags);
    desc = vwr_le16_to_cpu(event.desc);
    if (q->scribbled)
        return false;
    assert_true(flags <= VWR_RING_EVENT_FLAGS_DESC);
    if (flags != VWR_RING_EVENT_FLAGS_DESC)
        return flags == VWR_RING_EVENT_FLAGS_ENABLE;
    assert_true(fake_took(f, VWR_F_EVENT_IDX));
    at = desc & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;
    assert_true(at < q->size);
    if ((desc & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK) != (position(0, q->used_odd)))
        at = (uint16_t)(at - q->size); /* in the previous wrap */
    return (uint16_t)(q->used - at - 1u) < q->unsignalled;
}

void fake_packed_suppress(struct fake *f, struct fake_queue *q, enum fake_events events, uint16_t ahead)
{
    uint16_t at = q->seen;
    bool odd = q->seen_odd;
    uint16_t flags = events == FAKE_NO_EVENT ? VWR_RING_EVENT_FLAGS_DISABLE : VWR_RING_EVENT_FLAGS_ENABLE;

    if (fake_took(f, VWR_F_EVENT_IDX) && (events == FAKE_WHEN_IDLE || events == FAKE_AT))
        flags = VWR_RING_EVENT_FLAGS_DESC;
    if (ahead > 0)
        advance(q, &at, &odd, ahead - 1u);
    fake_packed_set_event(f, (unsigned)(q - f->queue), position(at, odd), flags);
}

/* ---- for hostile devices ---- */

struct fake_used fake_packed_get(const struct fake *f, unsigned queue, uint16_t at)
{
    const struct descriptor p = read_desc(f->queue[queue].desc, at);

    return (struct fake_used){p.id, (uint16_t)p.flags, p.len};
}

/* Writes the flags last: once they are visible, the driver may use the other fields. */
void fake_packed_set(struct fake *f, unsigned queue, uint16_t at, struct fake_used used)
{
    const uint64_t desc = f->queue[queue].desc + 16ull * at;
    const uint32_t len = vwr_cpu_to_le32(used.len);
    const uint16_t id = vwr_cpu_to_le16(used.id);
    const uint16_t flags = vwr_cpu_to_le16(used.flags);

    fake_ram_write(desc + offsetof(struct vwr_pvirtq_desc, len), &len, sizeof(len));
    fake_ram_write(desc + offsetof(struct vwr_pvirtq_desc, id), &id, sizeof(id));
    fake_ram_write(desc + offsetof(struct vwr_pvirtq_desc, flags), &flags, sizeof(flags));
}

uint16_t fake_packed_wrap_flags(const struct fake *f, unsigned queue, bool other)
{
    return (uint16_t)used_flags(f->queue[queue].used_odd != other);
}

void fake_packed_set_event(struct fake *f, unsigned queue, uint16_t desc, uint16_t flags)
{
    const struct vwr_pvirtq_event_suppress event = {vwr_cpu_to_le16(desc), vwr_cpu_to_le16(flags)};

    fake_ram_write(f->queue[queue].device, &event, sizeof(event));
}
