/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/ring.h"

/*
 * Implements the calls of session.c with a packed ring. Cases write chains to a table in this program. Used
 * descriptors are converted to entries of a used ring, so most cases do not depend on the layout.
 */

#define WRAP_FLAGS (VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_USED)

void packed_begin(struct session *s, uint8_t *shared, size_t driver, size_t device)
{
    static struct vwr_virtq_desc table[RING];
    static uint64_t
        used[(sizeof(struct vwr_virtq_used) + RING * sizeof(struct vwr_virtq_used_elem)) / sizeof(uint64_t) +
             1u];

    (void)memset(table, 0, sizeof(table));
    (void)memset(used, 0, sizeof(used));
    s->desc = table;
    s->used = (struct vwr_virtq_used *)(void *)used;
    s->ring = (struct vwr_pvirtq_desc *)(void *)shared;
    s->wanted = (struct vwr_pvirtq_event_suppress *)(void *)(shared + driver);
    s->wants = (struct vwr_pvirtq_event_suppress *)(void *)(shared + device);
    s->put = s->get = (struct packed_place){0, true};
    s->is_lost = s->is_unmarked = false;
    packed_want(s, VWR_RING_EVENT_FLAGS_ENABLE, 0);
}

static void step(const struct session *s, struct packed_place *p, unsigned count)
{
    p->at += count;
    if (p->at >= s->size) {
        p->at -= s->size;
        p->wrap = !p->wrap;
    }
}

/* AVAIL and USED bits as the side with this wrap counter writes them. */
static unsigned wrap_flags(bool wrap, bool is_used)
{
    return (wrap ? VWR_VIRTQ_DESC_F_AVAIL : 0u) | (wrap == is_used ? VWR_VIRTQ_DESC_F_USED : 0u);
}

void packed_want(struct session *s, unsigned flags, unsigned ahead)
{
    struct packed_place p = s->put;

    step(s, &p, ahead);
    vwr_ring_store16(
        &s->wanted->desc,
        vwr_cpu_to_le16(
            (uint16_t)(p.at | (unsigned)p.wrap << VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT)));
    vwr_ring_store16(&s->wanted->flags, vwr_cpu_to_le16((uint16_t)flags));
}

unsigned packed_wants(const struct session *s)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&s->wants->flags));
}

/* Position on a line that begins with the lap of `first`. */
static unsigned ahead_of(const struct session *s, struct packed_place first, struct packed_place p)
{
    return p.at + (p.wrap != first.wrap ? s->size : 0u);
}

bool packed_wants_kick(const struct session *s, struct packed_place first)
{
    const unsigned desc = vwr_le16_to_cpu(vwr_ring_load16(&s->wants->desc));
    const bool wrap = (desc >> VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT & 1u) != 0;
    const unsigned at = desc & ~(1u << VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_SHIFT);
    const unsigned wanted = ahead_of(s, first, (struct packed_place){at, wrap});

    if (packed_wants(s) != VWR_RING_EVENT_FLAGS_DESC)
        return packed_wants(s) == VWR_RING_EVENT_FLAGS_ENABLE;
    return wanted >= first.at && wanted < ahead_of(s, first, s->put);
}

void packed_offer(struct session *s, unsigned head)
{
    const struct packed_place first = s->put;
    unsigned first_flags = 0;
    unsigned count = 0;

    for (unsigned at = head, more = VWR_VIRTQ_DESC_F_NEXT; more != 0 && count < s->size; count++) {
        struct vwr_pvirtq_desc *const d = &s->ring[s->put.at];
        const unsigned flags = vwr_le16_to_cpu(s->desc[at].flags);
        const unsigned own = (flags & ~(unsigned)WRAP_FLAGS) | wrap_flags(s->put.wrap, false);

        d->addr = s->desc[at].addr;
        d->len = s->desc[at].len;
        more = flags & VWR_VIRTQ_DESC_F_NEXT;
        d->id = vwr_cpu_to_le16((uint16_t)(more != 0 && s->has_one_id ? ~head : head));
        if (count == 0)
            first_flags = own;
        else
            vwr_ring_store16(&d->flags, vwr_cpu_to_le16((uint16_t)own));
        at = vwr_le16_to_cpu(s->desc[at].next) % s->size;
        step(s, &s->put, 1);
    }
    s->order[s->next % s->size] = (uint16_t)head;
    s->length[head % s->size] = (uint16_t)count;
    s->next++;
    vwr_ring_publish16(&s->ring[first.at].flags, vwr_cpu_to_le16((uint16_t)first_flags));
}

/* Adds a used entry for the oldest list. */
static void take(struct session *s, uint32_t id, uint32_t bytes)
{
    const uint16_t index = vwr_le16_to_cpu(s->used->idx);

    s->used->ring[index % s->size].id = vwr_cpu_to_le32(id);
    s->used->ring[index % s->size].len = vwr_cpu_to_le32(bytes);
    s->used->idx = vwr_cpu_to_le16((uint16_t)(index + 1u));
}

static uint16_t used_count(const struct session *s)
{
    return vwr_le16_to_cpu(s->used->idx);
}

/* With IN_ORDER, the device may write a used descriptor only for the last list of a batch. */
static void take_before(struct session *s, unsigned id)
{
    uint16_t until = used_count(s);

    while (until != s->next && s->order[until % s->size] != id)
        until++;
    while (until != s->next && used_count(s) != until) {
        step(s, &s->get, s->length[s->order[used_count(s) % s->size]]);
        take(s, NO_USED_ID, 0);
    }
}

static bool is_used(const struct session *s)
{
    const unsigned flags = vwr_le16_to_cpu(vwr_ring_load16(&s->ring[s->get.at].flags));

    return used_count(s) != s->next && !s->is_lost && (flags & WRAP_FLAGS) == wrap_flags(s->get.wrap, true);
}

uint16_t packed_used_index(struct session *s)
{
    while (is_used(s)) {
        const struct vwr_pvirtq_desc *const d = &s->ring[s->get.at];
        unsigned id;
        uint32_t bytes;

        vwr_ring_acquire();
        id = vwr_le16_to_cpu(d->id);
        bytes = vwr_le32_to_cpu(d->len);
        s->is_unmarked =
            s->is_unmarked || (bytes != 0 && (vwr_le16_to_cpu(d->flags) & VWR_VIRTQ_DESC_F_WRITE) == 0);
        if (vwr_dev_has(s->dev, VWR_F_IN_ORDER))
            take_before(s, id);
        take(s, id, bytes);
        s->is_lost = id >= s->size || s->length[id] == 0; /* the position of the next one is unknown */
        if (!s->is_lost)
            step(s, &s->get, s->length[id]);
    }
    return used_count(s);
}

void packed_table(const struct session *s, void *table, unsigned count)
{
    struct vwr_pvirtq_desc *const to = table;

    for (unsigned i = 0; i < count; i++) {
        const unsigned flags = vwr_le16_to_cpu(s->desc[i].flags);

        to[i].addr = s->desc[i].addr;
        to[i].len = s->desc[i].len;
        to[i].id = vwr_cpu_to_le16(0);
        to[i].flags = vwr_cpu_to_le16((uint16_t)(flags & VWR_VIRTQ_DESC_F_WRITE));
    }
}
