/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#include <stdlib.h>
#include <string.h>

/*
 * Common parts of the classes: the VMM's answers, which the input selects, memory, checks that a device
 * works.
 */

#define OUT WORLD_DATA            /* data of the guest in must_work */
#define IN (WORLD_DATA + 0x1000u) /* space for the device's data there, */
#define IN_EACH 0x400u            /* for each buffer */

static struct input *feed;
static uint8_t seen;

uint8_t class_fed(void)
{
    return feed != NULL ? input_u8(feed) : 0;
}

void class_feed(struct input *in)
{
    feed = in;
}

void *class_memory(void *old, size_t bytes)
{
    void *p;

    free(old);
    p = malloc(bytes);
    MUST(p != NULL);
    memset(p, 0xee, bytes);
    return p;
}

void class_called(const struct vwr_vdev *v)
{
    MUST(world.locked && v == world.dev);
}

void class_touch(const void *memory, size_t n)
{
    for (size_t i = 0; i < n; i++)
        seen = (uint8_t)(seen + ((const volatile uint8_t *)memory)[i]);
}

void class_answers(int result)
{
    MUST(result == VWR_OK || result == VWR_EFULL || result == VWR_ERANGE || result == VWR_EFEATURE ||
         result == VWR_EINVAL);
}

void class_start(struct script *s)
{
    static const struct script empty;

    *s = empty;
    script_start(s);
}

/*
 * Checks the used index of a split ring, or the flag of a descriptor in a packed ring against that wrap
 * counter.
 */
static bool class_is_used(const struct script *s, unsigned queue, unsigned position, bool wrap,
                          unsigned count)
{
    const struct script_ring *const r = &s->ring[queue];
    const uint8_t *at;

    world_run_until_idle();
    MUST(!world.dev->broken);
    if (!s->packed) {
        at = world_at(r->device + offsetof(struct vwr_virtq_used, idx), 2);
        return at[0] + at[1] == count;
    }
    at = world_at(
        r->desc + position * sizeof(struct vwr_pvirtq_desc) + offsetof(struct vwr_pvirtq_desc, flags), 2);
    return (at[1] >> 7 != 0) == wrap;
}

bool class_has_used(const struct script *s, unsigned queue, unsigned count)
{
    return class_is_used(s, queue, count - 1, true, count);
}

void (*class_meanwhile)(void);

const uint8_t *class_exchange(struct script *s, unsigned queue, const void *bytes, uint32_t out, uint32_t in)
{
    const struct script_segment p[2] = {{OUT, out, 0}, {IN, in, VWR_VIRTQ_DESC_F_WRITE}};
    const unsigned position = s->ring[queue].next;
    const bool wrap = s->ring[queue].wrap;

    script_write(OUT, bytes, out);
    script_put(s, queue, out != 0 ? p : p + 1, (out != 0) + (in != 0), false, true);
    script_notify(s, queue);
    if (class_meanwhile != NULL) {
        world_run_until_idle();
        class_meanwhile();
    }
    MUST(class_is_used(s, queue, position, wrap, s->ring[queue].avail));
    return world_at(IN, in != 0 ? in : 1);
}

const uint8_t *class_lend(struct script *s, unsigned queue, uint32_t in)
{
    const struct script_segment p = {IN + IN_EACH * (1 + s->slot++ % 8), in, VWR_VIRTQ_DESC_F_WRITE};

    script_put(s, queue, &p, 1, false, true);
    script_notify(s, queue);
    return world_at(p.addr, in);
}
