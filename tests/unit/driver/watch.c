/* SPDX-License-Identifier: MIT */
#include "watch.h"
#include "../../common/accesses.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <string.h>

struct watch watch;

/* Positions in host addresses. */
static struct map {
    const uint8_t *ring; /* starts with the descriptors */
    size_t ring_bytes;
    size_t driver; /* offsets from `ring` */
    size_t device;
    size_t device_bytes;
    size_t end; /* of the ring's memory; a class places its own data after it */
    size_t size;
    bool packed;
    const uint8_t *table[LOAD_CHAINS];
    uint8_t loaded[WATCH_PLACES]; /* indexed by ring byte: a load started here */
} map;

/* Records a load from a zone that the driver may read. */
static void note_place(const uint8_t *p)
{
    const size_t at = (size_t)(p - map.ring);

    if (at >= WATCH_PLACES)
        return;
    watch.twice += map.loaded[at];
    map.loaded[at] = 1;
}

static enum watch_zone in_descriptors(size_t at)
{
    const size_t in = at % sizeof(struct vwr_pvirtq_desc);

    if (!map.packed)
        return WATCH_DESC;
    if (in >= offsetof(struct vwr_pvirtq_desc, flags))
        return WATCH_RING_FLAGS;
    if (in >= offsetof(struct vwr_pvirtq_desc, id))
        return WATCH_RING_ID;
    return in >= offsetof(struct vwr_pvirtq_desc, len) ? WATCH_RING_LEN : WATCH_RING_ADDR;
}

static enum watch_zone in_device_part(size_t at)
{
    if (map.packed)
        return WATCH_DEVICE_EVENT;
    if (at < offsetof(struct vwr_virtq_used, idx))
        return WATCH_USED_FLAGS;
    if (at < offsetof(struct vwr_virtq_used, ring))
        return WATCH_USED_IDX;
    if (at >= vwr_virtq_used_avail_event_offset(map.size))
        return WATCH_AVAIL_EVENT;
    at = (at - offsetof(struct vwr_virtq_used, ring)) % sizeof(struct vwr_virtq_used_elem);
    return at < offsetof(struct vwr_virtq_used_elem, len) ? WATCH_USED_ID : WATCH_USED_LEN;
}

static enum watch_zone zone_of(const uint8_t *p)
{
    const size_t at = (size_t)(p - map.ring);

    for (unsigned i = 0; i < LOAD_CHAINS; i++)
        if (map.table[i] != NULL && p >= map.table[i] && p < map.table[i] + VWR_TABLE_BYTES(LOAD_SEGMENTS))
            return WATCH_TABLE;
    if (p < map.ring || at >= map.end + 256)
        return WATCH_ELSEWHERE;
    if (at < map.ring_bytes)
        return in_descriptors(at);
    if (at < map.device)
        return map.packed ? WATCH_DRIVER_EVENT : WATCH_AVAIL;
    return at < map.device + map.device_bytes ? in_device_part(at - map.device) : WATCH_BEHIND;
}

void watch_begin(const struct world *w, const struct format *f, const struct load *l)
{
    const struct fake_queue *q = &w->f.queue[0];

    memset(&map, 0, sizeof(map));
    map.packed = (f->flags & FORMAT_PACKED) != 0;
    map.size = q->size;
    map.ring = fake_ram_at(q->desc, 1);
    map.ring_bytes = sizeof(struct vwr_virtq_desc) * q->size;
    map.driver = (size_t)(q->driver - q->desc);
    map.device = (size_t)(q->device - q->desc);
    map.end = vwr_dev_queue_bytes(&w->mmio.dev, q->size);
    map.device_bytes = map.packed ? sizeof(struct vwr_pvirtq_event_suppress)
                                  : vwr_virtq_used_avail_event_offset(q->size) + 2;
    for (unsigned i = 0; l != NULL && i < LOAD_CHAINS; i++)
        map.table[i] = l->chain[i].table;
    watch_forget();
    watch.on = true;
}

void watch_end(void)
{
    watch.on = false;
}

void watch_forget(void)
{
    const bool on = watch.on;

    memset(&watch, 0, sizeof(watch));
    memset(map.loaded, 0, sizeof(map.loaded));
    watch.on = on;
}

void watch_expect(const struct watch_loads *loads, size_t count)
{
    unsigned expected[WATCH_ZONES] = {0};

    for (size_t i = 0; i < count; i++)
        expected[loads[i].zone] += loads[i].count;
    for (unsigned z = 0; z < WATCH_ZONES; z++)
        if (watch.loads[z] != expected[z])
            fail_msg("zone %u was loaded %u times, not %u", z, watch.loads[z], expected[z]);
    assert_int_equal(watch.twice, 0);
    for (unsigned z = WATCH_USED_FLAGS; z <= WATCH_AVAIL_EVENT; z++)
        assert_int_equal(watch.stores[z], 0); /* only the device stores there */
    assert_int_equal(watch.stores[WATCH_DEVICE_EVENT], 0);
    assert_int_equal(watch.stores[WATCH_ELSEWHERE], 0);
    watch_forget();
}

static void load(const void *p)
{
    if (!watch.on || !fake_ram_has(p))
        return;
    watch.loads[zone_of(p)]++;
    if (zone_of(p) < WATCH_TABLE)
        note_place(p);
}

static void store(const void *p)
{
    if (watch.on && fake_ram_has(p))
        watch.stores[zone_of(p)]++;
}

void accesses_load(void *p, size_t bytes, bool range)
{
    for (size_t i = 0; i < (range ? bytes : 1); i++)
        load((const uint8_t *)p + i);
}

void accesses_store(void *p, size_t bytes, bool range)
{
    for (size_t i = 0; i < (range ? bytes : 1); i++)
        store((const uint8_t *)p + i);
}
