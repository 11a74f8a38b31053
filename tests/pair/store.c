/* SPDX-License-Identifier: MIT */
#include "store.h"
#include "check.h"
#include "../common/random.h"

#include <string.h>

#define SECTOR ((size_t)512)
#define DISCARDED 0xdd

static uint8_t *place(const struct store *s, uint64_t sector, uint64_t sectors)
{
    CHECK(sectors <= s->backend.sectors && sector <= s->backend.sectors - sectors);
    return s->bytes + sector * SECTOR;
}

static void transfer(const struct store *s, const struct vwr_vblk_req *r)
{
    uint8_t *const begin = place(s, r->sector, r->bytes / SECTOR);
    uint8_t *at = begin;

    CHECK(r->bytes % SECTOR == 0);
    for (unsigned i = 0; i < r->segs; at += r->seg[i++].len) {
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
    }
    CHECK_NUMBER(at - begin, r->bytes);
}

/* Reads the first sector of the request, if there is one, and fails. */
static int fail(struct store *s, struct vwr_vblk_req *r)
{
    s->failures--;
    if (r->type == VWR_BLK_T_IN && r->seg[0].len >= SECTOR) {
        memcpy(r->seg[0].at, place(s, r->sector, 1), SECTOR);
        r->read = SECTOR;
    }
    return VWR_EIO;
}

static int carry_out(struct store *s, struct vwr_vblk_req *r)
{
    if (s->failures > 0)
        return fail(s, r);
    switch (r->type) {
    case VWR_BLK_T_IN:
    case VWR_BLK_T_OUT:
        transfer(s, r);
        return VWR_OK;
    case VWR_BLK_T_DISCARD:
    case VWR_BLK_T_WRITE_ZEROES:
        for (unsigned i = 0; i < r->ranges; i++)
            memset(place(s, r->range[i].sector, r->range[i].sectors),
                   r->type == VWR_BLK_T_DISCARD ? DISCARDED : 0, r->range[i].sectors * SECTOR);
        return VWR_OK;
    default:
        CHECK_NUMBER(r->type, VWR_BLK_T_FLUSH);
        return VWR_OK;
    }
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct store *const s = (struct store *)(void *)be;

    CHECK(r->backend == NULL);
    if (s->meanwhile != NULL)
        s->meanwhile(s, r);
    if (!s->later || (s->count == 0 && random_below(&s->random, 4) == 0))
        return carry_out(s, r);
    if (s->count >= s->room) {
        s->full++;
        s->refused = r->disk;
        return VWR_EFULL;
    }
    r->backend = s;
    s->ticket[s->count] = vwr_vblk_ticket(r);
    s->held[s->count++] = r;
    return VWR_LATER;
}

static void keep(struct store *s, unsigned to, unsigned from)
{
    s->held[to] = s->held[from];
    s->ticket[to] = s->ticket[from];
}

/* Drops held requests: the guest's memory is not accessed any more. */
static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct store *const s = (struct store *)(void *)be;
    unsigned left = 0;

    for (unsigned i = 0; i < s->count; i++)
        if (s->held[i]->disk != b || (queue != VWR_VBLK_ALL_QUEUES && s->held[i]->queue != queue))
            keep(s, left++, i);
    s->forgotten += s->count - left;
    s->count = left;
    if (s->refused == b && queue == VWR_VBLK_ALL_QUEUES)
        s->refused = NULL;
}

void store_init(struct store *s, uint8_t *bytes, uint64_t sectors, bool later, uint64_t seed)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};

    memset(s, 0, sizeof(*s));
    s->backend.ops = &ops;
    s->backend.sectors = sectors;
    s->backend.block_bytes = SECTOR;
    s->backend.flush = s->backend.discard = s->backend.write_zeroes = true;
    s->bytes = bytes;
    s->later = later;
    s->random = seed;
    s->room = STORE_HELD;
}

static void end_one(struct store *s)
{
    const unsigned i = random_below(&s->random, s->count);
    struct vwr_vblk_req *const r = s->held[i];
    const uint64_t ticket = s->ticket[i];

    s->overtook += i != 0;
    s->ended++;
    s->count--;
    for (unsigned k = i; k < s->count; k++)
        keep(s, k, k + 1);
    r->backend = NULL;
    vwr_vblk_done_locked(r, ticket, carry_out(s, r));
}

/* Runs entirely under the disk's lock, which excludes a reset (it drains) and other threads. */
bool store_step(struct store *s, struct vwr_vblk *disk)
{
    bool resume;
    bool done;

    vwr_vdev_lock(&disk->dev);
    done = s->count != 0 || s->refused != NULL;
    if (done) {
        for (uint32_t n = random_below(&s->random, s->count + 1); n > 0 && s->count > 0; n--)
            end_one(s);
        vwr_vblk_signal_locked(disk);
        s->room = 1 + random_below(&s->random, STORE_HELD);
    }
    resume = s->refused == disk && s->count < s->room;
    if (resume)
        s->refused = NULL;
    vwr_vdev_unlock(&disk->dev);
    if (resume)
        vwr_vblk_resume(disk);
    return done;
}
