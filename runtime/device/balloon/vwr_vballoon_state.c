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

    for (uint32_t i = 0; i < b->words; i++) {
        const vwr_le32 word = vwr_cpu_to_le32(b->map[i]);

        vwr_vstate_put(s, &word, sizeof(word));
    }
}

static bool vballoon_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vballoon *const b = vballoon_of_dev(v);

    if (bytes != (uint64_t)b->words * sizeof(vwr_le32) || b->target > b->pages)
        return false;
    b->loaded = true;
    vwr_vballoon_write_config(b);
    return vwr_vballoon_load_map(b, from) &&
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

static const struct vwr_record_field vballoon_fields[] = {
    VWR_RECORD_FIELD(vwr_state_balloon, target, vwr_vballoon, target),
    VWR_RECORD_FIELD(vwr_state_balloon, actual, vwr_vballoon, actual),
    VWR_RECORD_FIELD(vwr_state_balloon, poison, vwr_vballoon, poison),
    VWR_RECORD_FIELD(vwr_state_balloon, command, vwr_vballoon, command),
    VWR_RECORD_FIELD(vwr_state_balloon, last_command, vwr_vballoon, last_command),
    VWR_RECORD_FLAG(vwr_state_balloon, flags, VWR_STATE_BALLOON_HINTS, vwr_vballoon, hints),
    VWR_RECORD_FLAG(vwr_state_balloon, flags, VWR_STATE_BALLOON_KNOWN, vwr_vballoon, known),
    VWR_RECORD_SAME(vwr_state_balloon, words, vwr_vballoon, words)};
static const struct vwr_record vballoon_head = VWR_RECORD(vwr_state_balloon, vballoon_fields);

const struct vwr_vstate_class vwr_vballoon_state = {
    .id = VWR_BALLOON_ID,
    .span = vballoon_spans,
    .spans = sizeof(vballoon_spans) / sizeof(vballoon_spans[0]),
    .give_back = vballoon_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vballoon_head,
    .save = vballoon_save,
    .load = vballoon_load,
    .start = vballoon_start,
};
