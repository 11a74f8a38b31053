/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/vballoon.h"

#include <string.h>

/* A balloon. The VMM gets and returns whole pages of guest memory, each once. */

#define WORDS 8u  /* words of the map */
#define PAGES 64u /* bits of `gone`: the guest has fewer whole pages */

static struct vwr_vballoon *device;
static uint32_t *map;
static uint64_t out;  /* bytes in the balloon */
static uint64_t gone; /* its pages, from WORLD_RAM on */

static void check(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    class_called(vwr_vballoon_dev(b));
    MUST(b == device && r->bytes != 0 && r->addr % VWR_VBALLOON_PAGE == 0 &&
         r->bytes % VWR_VBALLOON_PAGE == 0);
    MUST(world_at(r->addr, (size_t)r->bytes) == r->host);
}

static uint64_t pages_of(const struct vwr_memory_region *r)
{
    const uint64_t first = (r->addr - WORLD_RAM) / VWR_VBALLOON_PAGE;
    const uint64_t count = r->bytes / VWR_VBALLOON_PAGE;

    MUST(first < PAGES && count <= PAGES - first);
    return (count < PAGES ? (UINT64_C(1) << count) - 1 : UINT64_MAX) << first;
}

/* Poisons the released pages, except the rings, which a guest may release too. */
static void release(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    check(b, r);
    MUST((gone & pages_of(r)) == 0);
    gone |= pages_of(r);
    out += r->bytes;
    class_touch(r->host, (size_t)r->bytes);
}

static void claim(struct vwr_vballoon *b, const struct vwr_memory_region *r)
{
    check(b, r);
    MUST((gone & pages_of(r)) == pages_of(r));
    gone &= ~pages_of(r);
    out -= r->bytes;
}

static void reset(struct vwr_vballoon *b, uint64_t bytes)
{
    class_called(vwr_vballoon_dev(b));
    MUST(bytes == out);
    out = 0;
    gone = 0;
}

static void changed(struct vwr_vballoon *b)
{
    class_called(vwr_vballoon_dev(b));
    class_touch(&b->stats, sizeof(b->stats));
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    static const struct vwr_vballoon_ops ops = {.release = release,
                                                .claim = claim,
                                                .reset = reset,
                                                .actual = changed,
                                                .stats = changed,
                                                .report = check,
                                                .hint = check,
                                                .hints_end = changed};
    struct vwr_vballoon_options o = {.ops = &ops,
                                     .map_count = WORDS,
                                     .must_tell = true,
                                     .statistics = true,
                                     .hinting = true,
                                     .reporting = true};

    device = class_memory(device, sizeof(*device));
    map = class_memory(map, WORDS * sizeof(*map));
    o.map = map;
    o.poison = world.plan.queues == 2;
    o.deflate_on_oom = world.plan.queues == 3;
    out = 0;
    gone = 0;
    MUST(vwr_vballoon_init_with(device, setup, &o) == VWR_OK);
    return vwr_vballoon_dev(device);
}

static void event(uint8_t what, struct input *in)
{
    const uint8_t much = input_u8(in);

    switch (what % 4) {
    case 0:
        class_answers(vwr_vballoon_set_target(device, much));
        break;
    case 1:
        class_answers(vwr_vballoon_poll_stats(device));
        break;
    case 2:
        if (much == 0)
            class_answers(vwr_vballoon_hint(device));
        else if (much == 1)
            vwr_vballoon_end_hints(device, VWR_BALLOON_CMD_ID_DONE);
        else
            vwr_vballoon_end_hints(device, VWR_BALLOON_CMD_ID_STOP);
        break;
    default:
        MUST(out == device->gone);
    }
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    const uint32_t page = vwr_guest32(world.plan.legacy, (uint32_t)(WORLD_DATA / VWR_VBALLOON_PAGE));

    (void)d;
    class_start(&s);
    MUST(out == 0 && device->gone == 0);
    (void)class_exchange(&s, VWR_BALLOON_QUEUE_INFLATEQ, &page, sizeof(page), 0);
    MUST(out == VWR_VBALLOON_PAGE);
    (void)class_exchange(&s, VWR_BALLOON_QUEUE_DEFLATEQ, &page, sizeof(page), 0);
    MUST(out == 0 && device->gone == 0);
}

const struct world_service class_balloon = {begin, event, must_work, false};
CLASS_ALONE(class_balloon);
