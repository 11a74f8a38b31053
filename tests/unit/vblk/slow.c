/* SPDX-License-Identifier: MIT */
#include "slow.h"

#include <stdlib.h>
#include <string.h>

static struct slow *slow_of(struct vwr_vblk_backend *be)
{
    return (struct slow *)(void *)be;
}

/* Carries out a request on the disk; its range must lie on the disk, and its segments must add up to its
 * size. */
static void carry_out(struct slow *s, struct vwr_vblk_req *r)
{
    uint8_t *at = s->at + r->sector * VWR_BLK_SECTOR_BYTES;
    uint32_t left = r->bytes;

    if (r->type == VWR_BLK_T_FLUSH)
        return;
    for (unsigned i = 0; i < r->ranges; i++) {
        assert_true(r->range[i].sector + r->range[i].sectors <= s->backend.sectors);
        memset(s->at + r->range[i].sector * VWR_BLK_SECTOR_BYTES, 0,
               (size_t)r->range[i].sectors * VWR_BLK_SECTOR_BYTES);
    }
    if (!vwr_vblk_is_transfer(r))
        return;
    assert_true(r->sector <= s->backend.sectors &&
                r->bytes / VWR_BLK_SECTOR_BYTES <= s->backend.sectors - r->sector);
    for (unsigned i = 0; i < r->segs; i++) {
        assert_true(r->seg[i].len != 0 && r->seg[i].len <= left);
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
        at += r->seg[i].len;
        left -= r->seg[i].len;
    }
    assert_int_equal(left, 0);
}

/* Reads the first bytes of a read that then fails. */
static void read_part(struct slow *s, struct vwr_vblk_req *r)
{
    const uint8_t *at = s->at + r->sector * VWR_BLK_SECTOR_BYTES;
    uint32_t left = s->part < r->bytes ? s->part : r->bytes;

    r->read = s->part;
    for (unsigned i = 0; i < r->segs && left != 0; i++) {
        const uint32_t n = r->seg[i].len < left ? r->seg[i].len : left;

        memcpy(r->seg[i].at, at, n);
        at += n;
        left -= n;
    }
}

static int do_it(struct slow *s, struct vwr_vblk_req *r, int result)
{
    if (result == VWR_OK)
        carry_out(s, r);
    else if (r->type == VWR_BLK_T_IN)
        read_part(s, r);
    return result;
}

static void slow_note_frame(struct slow *s, uintptr_t frame)
{
    if (s->frame[0] == 0 || frame < s->frame[0])
        s->frame[0] = frame;
    if (frame > s->frame[1])
        s->frame[1] = frame;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct slow *const s = slow_of(be);
    const int result = s->only == SLOW_ANY || s->only == r->type ? s->result : VWR_OK;

    slow_note_frame(s, (uintptr_t)__builtin_frame_address(0));
    assert_null(r->backend);
    assert_int_equal(r->read, 0);
    if (s->out_count >= s->room) {
        s->refused++;
        return VWR_EFULL;
    }
    if (s->submits < SLOW_MANY)
        s->type[s->submits] = r->type;
    s->submits++;
    if (!s->later)
        return do_it(s, r, result);
    r->backend = s;
    s->ticket[s->out_count] = vwr_vblk_ticket(r);
    s->out[s->out_count++] = r;
    return VWR_LATER;
}

static void kick(struct vwr_vblk_backend *be)
{
    slow_of(be)->kicks++;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct slow *const s = slow_of(be);
    unsigned left = 0;

    s->drains++;
    s->drained_queue = queue;
    for (unsigned i = 0; i < s->out_count; i++)
        if (s->out[i]->disk != b || (queue != VWR_VBLK_ALL_QUEUES && s->out[i]->queue != queue)) {
            s->ticket[left] = s->ticket[i];
            s->out[left++] = s->out[i];
        }
    s->out_count = left;
}

static const struct vwr_vblk_backend_ops ops = {.submit = submit, .kick = kick, .drain = drain};

void slow_make(struct slow *s, uint64_t sectors)
{
    memset(s, 0, sizeof(*s));
    s->bytes = sectors * VWR_BLK_SECTOR_BYTES;
    s->at = malloc(s->bytes);
    stage_pattern(s->at, 0, s->bytes, 0);
    s->backend.ops = &ops;
    s->backend.sectors = sectors;
    s->backend.block_bytes = VWR_BLK_SECTOR_BYTES;
    s->backend.flush = true;
    s->backend.discard = true;
    s->backend.write_zeroes = true;
    s->room = SLOW_MANY;
    s->only = SLOW_ANY;
}

void slow_free(struct slow *s)
{
    free(s->at);
}

void slow_end(struct slow *s, unsigned at, int result)
{
    struct vwr_vblk_req *const r = s->out[at];
    const uint64_t ticket = s->ticket[at];

    assert_true(at < s->out_count);
    memmove(&s->out[at], &s->out[at + 1], (s->out_count - at - 1) * sizeof(s->out[0]));
    memmove(&s->ticket[at], &s->ticket[at + 1], (s->out_count - at - 1) * sizeof(s->ticket[0]));
    s->out_count--;
    assert_ptr_equal(r->backend, s);
    vwr_vblk_done(r, ticket, do_it(s, r, result));
}
