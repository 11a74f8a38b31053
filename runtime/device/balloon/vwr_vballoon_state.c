/* SPDX-License-Identifier: MIT */
#include "vwr/vstate.h"
#include "vballoon_common.h"

/* Saved state of a balloon: its pages, its size, and the hinting command. Section: Device parts. */

/*
 * Lists of pages are processed again from the start: a page that is already in the requested state is
 * ignored.
 */
static bool vballoon_give_back(struct vwr_vdev *v)
{
    struct vwr_vballoon *const b = (void *)v;

    b->known = b->known || vballoon_held(b) != NULL;
    return vwr_service_give_back(v);
}

static void *vballoon_find_word(struct vwr_vdev *v, unsigned i)
{
    const struct vwr_vballoon *const b = (void *)v;

    return i < b->words ? &b->map[i] : NULL;
}

static bool vballoon_accept(struct vwr_vdev *v)
{
    struct vwr_vballoon *const b = (void *)v;

    vwr_vballoon_write_config_(b);
    return vwr_vballoon_count_again_(b) && b->target <= b->pages &&
           (!b->exclusive || b->gone == 0 || vwr_vdev_has(v, VWR_BALLOON_F_MUST_TELL_HOST));
}

static void vballoon_loaded(struct vwr_vdev *v)
{
    vwr_vballoon_release_again_((void *)v);
}

/* The configuration bytes that the driver writes. The others follow from the saved state. */
static const struct vwr_vstate_span vballoon_spans[] = {{VWR_BALLOON_CONFIG_ACTUAL, sizeof(vwr_le32)},
                                                        {VWR_BALLOON_CONFIG_POISON_VAL, sizeof(vwr_le32)}};

static const struct vwr_record vballoon_head = VWR_STATE_BALLOON_RECORD(vwr_vballoon);

/* Saves or loads a word of the bitmap. */
static const struct vwr_record_field vballoon_word_fields[] = {
    {.bytes = sizeof(vwr_le32), .own_bytes = sizeof(uint32_t)}};
static const struct vwr_record vballoon_word = {vballoon_word_fields, 1, sizeof(vwr_le32)};

const struct vwr_vstate_class vwr_vballoon_state = {
    .id = VWR_BALLOON_ID,
    .span = vballoon_spans,
    .spans = sizeof(vballoon_spans) / sizeof(vballoon_spans[0]),
    .give_back = vballoon_give_back,
    .next = vwr_service_next,
    .add = vwr_service_add,
    .head = &vballoon_head,
    .row = &vballoon_word,
    .find = vballoon_find_word,
    .accept = vballoon_accept,
    .loaded = vballoon_loaded,
};
