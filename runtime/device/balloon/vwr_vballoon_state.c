/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vballoon_common.h"

/* Saved state of a balloon: its pages, its size, and the command of hinting. Section: Device parts. */

static struct vwr_vballoon *vballoon_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vballoon *)(uintptr_t)v; /* it is the first */
}

/* Lists of pages start again: a page that is in the requested state already is ignored. */
static bool vballoon_give_back(struct vwr_vdev *v)
{
    struct vwr_vballoon *const b = vballoon_of_dev(v);

    b->known = b->known || b->held != NULL;
    b->held = NULL;
    return vwr_service_give_back(v);
}

static void vballoon_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vballoon *const b = vballoon_of_dev(v);
    struct vwr_state_balloon c;

    c.target = vwr_cpu_to_le32(b->target);
    c.actual = vwr_cpu_to_le32(b->actual);
    c.poison = vwr_cpu_to_le32(b->poison);
    c.command = vwr_cpu_to_le32(b->command);
    c.last_command = vwr_cpu_to_le32(b->last_command);
    c.flags = vwr_cpu_to_le32((b->hints ? VWR_STATE_BALLOON_HINTS : 0u) |
                              (b->known ? VWR_STATE_BALLOON_KNOWN : 0u));
    c.words = vwr_cpu_to_le32(b->words);
    c.reserved = vwr_cpu_to_le32(0);
    vwr_vstate_put(s, &c, sizeof(c));
    for (uint32_t i = 0; i < b->words; i++) {
        const vwr_le32 word = vwr_cpu_to_le32(b->map[i]);

        vwr_vstate_put(s, &word, sizeof(word));
    }
}

static bool vballoon_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vballoon *const b = vballoon_of_dev(v);
    struct vwr_state_balloon c;
    uint32_t flags;

    if (bytes != sizeof(c) + (uint64_t)b->words * sizeof(vwr_le32))
        return false;
    vwr_copy(&c, from, sizeof(c));
    flags = vwr_le32_to_cpu(c.flags);
    if (vwr_le32_to_cpu(c.words) != b->words || vwr_le32_to_cpu(c.target) > b->pages || c.reserved != 0 ||
        (flags & ~(uint32_t)(VWR_STATE_BALLOON_HINTS | VWR_STATE_BALLOON_KNOWN)) != 0)
        return false;
    b->target = vwr_le32_to_cpu(c.target);
    b->actual = vwr_le32_to_cpu(c.actual);
    b->poison = vwr_le32_to_cpu(c.poison);
    b->command = vwr_le32_to_cpu(c.command);
    b->last_command = vwr_le32_to_cpu(c.last_command);
    b->hints = (flags & VWR_STATE_BALLOON_HINTS) != 0;
    b->known = (flags & VWR_STATE_BALLOON_KNOWN) != 0;
    b->loaded = true;
    vwr_vballoon_write_config(b);
    return vwr_vballoon_load_map(b, from + sizeof(c)) &&
           (!b->exclusive || b->gone == 0 || vwr_vdev_has(v, VWR_BALLOON_F_MUST_TELL_HOST));
}

/* A device that was saved and stays in use has released its pages. */
static void vballoon_start(struct vwr_vdev *v)
{
    struct vwr_vballoon *const b = vballoon_of_dev(v);

    if (b->loaded)
        vwr_vballoon_release_again(b);
    b->loaded = false;
}

/* What the driver writes. The state has the rest. */
static const struct vwr_vstate_span vballoon_spans[] = {{VWR_BALLOON_CONFIG_ACTUAL, sizeof(vwr_le32)},
                                                        {VWR_BALLOON_CONFIG_POISON_VAL, sizeof(vwr_le32)}};

const struct vwr_vstate_class vwr_vballoon_state = {
    .id = VWR_BALLOON_ID,
    .span = vballoon_spans,
    .spans = sizeof(vballoon_spans) / sizeof(vballoon_spans[0]),
    .give_back = vballoon_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .save = vballoon_save,
    .load = vballoon_load,
    .start = vballoon_start,
};
