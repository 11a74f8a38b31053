/* SPDX-License-Identifier: MIT */
#include "log.h"
#include "../../common/accesses.h"

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <stdio.h>
#include <string.h>

/* State of each byte of guest memory, except GUEST_HUGE, whose accesses are not counted. */
enum { FRESH = 1, READ_OWNED = 2, WRITE_OWNED = 4, ONCE = 8, ANY_READ = 16, ANY_WRITE = 32, MAY_FLIP = 64 };

#define PLACES ((size_t)(GUEST_LOW_BYTES + GUEST_HIGH_BYTES + GUEST_FAR_BYTES))

static uint8_t kind[PLACES];
static uint8_t loads[PLACES];
static uint32_t loaded[PLACES]; /* indices with nonzero loads */
static size_t loaded_count;
static struct guest *guest; /* NULL: no accesses are checked */
static uint64_t steps;
static bool flips;
static bool twice; /* double fetches are allowed */
static char wrong[160];
static uint8_t *flip; /* to be applied at the next access, because the current one has not happened yet */
static size_t flip_bytes;

/* The index of a byte in the tables, and how many of its region there are from it on; 0: its accesses are not
 * counted. */
static size_t place_of(const struct guest *g, const void *p, size_t *place)
{
    size_t before = 0;

    for (unsigned i = 0; i < GUEST_REGIONS; i++) {
        const struct vwr_memory_region *const r = &g->region[i];
        const size_t at = (uintptr_t)p - (uintptr_t)r->host;

        if (r->addr == GUEST_HUGE)
            continue;
        if (at < r->bytes) {
            *place = before + at;
            return (size_t)r->bytes - at;
        }
        before += (size_t)r->bytes;
    }
    return 0;
}

/* The inverse of place_of. */
static uint8_t *host_of(size_t place)
{
    for (unsigned i = 0; i < GUEST_REGIONS; i++) {
        const struct vwr_memory_region *const r = &guest->region[i];

        if (r->addr == GUEST_HUGE)
            continue;
        if (place < r->bytes)
            return (uint8_t *)r->host + place;
        place -= (size_t)r->bytes;
    }
    return NULL;
}

static void say(const char *what, const void *p)
{
    for (unsigned i = 0; i < GUEST_REGIONS && wrong[0] == '\0'; i++) {
        const size_t at = (uintptr_t)p - (uintptr_t)guest->region[i].host;

        if (at < guest->region[i].bytes)
            snprintf(wrong, sizeof(wrong), "%s at 0x%llx", what,
                     (unsigned long long)(guest->region[i].addr + at));
    }
}

static struct guest *last; /* for calls between two register accesses */

/* What goes beyond the region is no guest memory. */
static void mark(const void *at, size_t bytes, unsigned what)
{
    size_t place = 0;
    const size_t most = last != NULL ? place_of(last, at, &place) : 0;

    for (size_t i = 0; i < bytes && i < most; i++)
        kind[place + i] |= (uint8_t)what;
}

static void mark_guest(uint64_t addr, uint64_t bytes, unsigned what)
{
    void *const host = vwr_memory_ptr(&last->vm.memory, addr, bytes);

    if (host != NULL)
        mark(host, (size_t)bytes, what);
}

/* Marks the parts of a ring: those that are fetched once, and those that are polled. */
static void mark_ring(const struct guest *g, const struct guest_queue *q)
{
    if (g->packed) {
        mark_guest(q->desc, vwr_packed_ring_desc_bytes(q->size), ONCE | ANY_WRITE);
        mark_guest(q->driver, vwr_packed_ring_driver_event_bytes(q->size), ANY_READ);
        mark_guest(q->device, vwr_packed_ring_device_event_bytes(q->size), ANY_WRITE);
        return;
    }
    mark_guest(q->desc, vwr_split_ring_desc_bytes(q->size), ONCE);
    mark_guest(q->driver, sizeof(struct vwr_virtq_avail), ANY_READ);
    mark_guest(q->driver + sizeof(struct vwr_virtq_avail), q->size * sizeof(vwr_le16), ONCE);
    mark_guest(q->driver + vwr_virtq_avail_used_event_offset(q->size), sizeof(vwr_le16), ANY_READ);
    mark_guest(q->device, vwr_split_ring_used_bytes(q->size), ANY_WRITE);
}

void log_begin(struct guest *g)
{
    last = g;
    for (unsigned i = 0; i < GUEST_QUEUES; i++)
        mark_ring(g, &g->q[i]);
    steps = 0;
    log_again();
    guest = g;
}

static void apply_flip(void)
{
    for (size_t i = 0; i < flip_bytes; i++)
        flip[i] ^= UINT8_MAX;
    flip_bytes = 0;
}

/*
 * Packed: the flags of the next descriptor are read twice when the ring is empty, before and after the device
 * changes its event suppression.
 */
static bool is_polled(const uint8_t *p)
{
    for (unsigned i = 0; i < GUEST_QUEUES && guest->packed; i++) {
        const struct vwr_vqueue *const q = &guest->queue[i];

        if (q->ready && p - (const uint8_t *)&q->packed.next_avail.desc->flags < 2 &&
            p >= (const uint8_t *)&q->packed.next_avail.desc->flags)
            return true;
    }
    return false;
}

uint64_t log_end(struct guest *g)
{
    apply_flip();
    (void)g;
    for (size_t i = 0; i < loaded_count && !twice; i++)
        if ((kind[loaded[i]] & ONCE) != 0 && loads[loaded[i]] > 1 && !is_polled(host_of(loaded[i])))
            say("fetched twice", host_of(loaded[i]));
    guest = NULL;
    return steps;
}

bool log_is_on(void)
{
    return true;
}

void log_again(void)
{
    while (loaded_count > 0)
        loads[loaded[--loaded_count]] = 0;
}

void log_fresh(const void *at, size_t bytes)
{
    mark(at, bytes, FRESH | ONCE | MAY_FLIP);
}

void log_available(const void *at, size_t bytes, bool write)
{
    mark(at, bytes, write ? WRITE_OWNED : READ_OWNED);
}

void log_let_twice(void)
{
    twice = true;
}

void log_flip(bool on)
{
    flips = on;
}

bool log_fetched_once(void)
{
    bool any = false;
    bool once = true;

    for (size_t i = 0; i < PLACES; i++) {
        if ((kind[i] & FRESH) != 0) {
            any = any || loads[i] == 1;
            once = once &&
                   loads[i] <= 1; /* 0 for unused fields: a last next, an id that is not the last one's */
        }
        kind[i] &= (uint8_t)~FRESH;
    }
    return any && once;
}

const char *log_wrong(void)
{
    return wrong[0] != '\0' ? wrong : NULL;
}

void log_forget(void)
{
    log_again();
    memset(kind, 0, sizeof(kind));
    wrong[0] = '\0';
    flips = false;
    twice = false;
    last = NULL;
}

void accesses_load(void *p, size_t bytes, bool range)
{
    size_t place;

    (void)range;
    apply_flip();
    if (guest == NULL || place_of(guest, p, &place) == 0)
        return;
    if ((kind[place] & (READ_OWNED | WRITE_OWNED)) == 0 || (kind[place] & ONCE) != 0)
        steps++;
    for (size_t i = 0; i < bytes; i++) {
        if ((kind[place + i] & (ONCE | ANY_READ | READ_OWNED)) == 0)
            say("a load of what the guest did not make available", (uint8_t *)p + i);
        if (loads[place + i]++ == 0)
            loaded[loaded_count++] = (uint32_t)(place + i);
    }
    if (flips && (kind[place] & MAY_FLIP) != 0) {
        for (size_t i = 0; i < bytes; i++)
            kind[place + i] &= (uint8_t)~MAY_FLIP;
        flip = p;
        flip_bytes = bytes;
    }
}

void accesses_store(void *p, size_t bytes, bool range)
{
    size_t place;

    (void)range;
    apply_flip();
    if (guest == NULL || place_of(guest, p, &place) == 0)
        return;
    if ((kind[place] & WRITE_OWNED) == 0)
        steps++;
    for (size_t i = 0; i < bytes; i++)
        if ((kind[place + i] & (ANY_WRITE | WRITE_OWNED)) == 0)
            say("a store to what the guest did not make available", (uint8_t *)p + i);
}
