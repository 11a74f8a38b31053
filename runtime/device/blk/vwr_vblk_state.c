/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vstate.h"
#include "vblk_common.h"

/*
 * Saved state of a disk: requests in the backend are taken back, their segments are restored to those of the
 * guest, and they are served again from their start. Data and zones are not saved, since they belong to the
 * backend. Section: Device parts.
 */

/* Number of bytes that were cut off segments of one direction. */
static uint32_t vblk_missing(const struct vwr_vblk_req *r, uint32_t first, uint32_t count, uint32_t bytes)
{
    for (uint32_t i = first; i < first + count; i++)
        bytes -= (uint32_t)r->chain.seg[i].len;
    return bytes;
}

/* The header was cut off the first readable segment that contains data. */
static void vblk_restore_out(const struct vwr_vblk_req *r)
{
    const struct vwr_vchain *const c = &r->chain;
    const uint32_t bytes = vblk_missing(r, 0, c->out, c->out_bytes);

    if (bytes != 0)
        vblk_widen(&c->seg[r->out.seg - c->seg], bytes);
}

/*
 * Restores the last segment that the backend fills, which was cut at the end of the zones. `data`: number of
 * segments that were passed to the backend.
 */
static void vblk_restore_in(const struct vwr_vblk_req *r, uint32_t data)
{
    const struct vwr_vchain *const c = &r->chain;
    const uint32_t bytes = vblk_missing(r, c->out, c->in, c->in_bytes);

    if (bytes != 0)
        c->seg[(size_t)(r->seg - c->seg) + data - 1].len += bytes;
}

/* In `back`, the last request is first. */
static void vblk_put_back(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    r->state = VBLK_HELD;
    r->link = b->back;
    b->back = r;
}

static void vblk_take_back(struct vwr_vblk *b, struct vwr_vblk_req *r)
{
    struct vwr_vchain *const c = &r->chain;
    struct vwr_vseg *const last = &c->seg[c->out + c->in - 1];
    const uint32_t data = r->segs + ((r->to_do & VBLK_PARTS) != 0 ? r->more : 0u);

    if ((r->to_do & VBLK_PARTS) != 0 && r->cut != 0 && r->segs != 0)
        c->seg[r->seg - c->seg + r->segs - 1].len += r->cut;
    if ((r->to_do & VBLK_PARTS) != 0 && r->passed != 0)
        vblk_widen(&c->seg[r->seg - c->seg], r->passed);
    last->len = (size_t)(r->status + 1 - last->at);
    vblk_restore_out(r);
    vblk_restore_in(r, data);
    vblk_clean(r);
    r->ticket = 0;
    vblk_put_back(b, r);
}

static bool vblk_give_back(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    if (b->back != NULL) /* these requests were not started since the last save */
        return true;
    vwr_vblk_drain_(b, VWR_VBLK_ALL_QUEUES);
    b->held = NULL;
    b->full = false;
    for (unsigned i = 0; i < b->reqs && !v->unsafe; i++)
        if (b->req[i].state > VBLK_RESERVED)
            vblk_take_back(b, &b->req[i]);
    return !v->unsafe;
}

static struct vwr_vchain *vblk_next(struct vwr_vdev *v, uint16_t queue, unsigned *at)
{
    struct vwr_vblk *const b = vblk_of(v);

    while (*at < b->reqs) {
        struct vwr_vblk_req *const r = &b->req[(*at)++];

        if (r->state > VBLK_RESERVED && r->queue == queue)
            return &r->chain;
    }
    return NULL;
}

static struct vwr_vchain *vblk_add(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vblk *const b = vblk_of(v);
    struct vwr_vblk_req *const r = b->free;

    if (r == NULL)
        return NULL;
    b->free = r->link;
    r->queue = queue;
    vblk_put_back(b, r);
    return &r->chain;
}

static void vblk_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vblk *const b = (const struct vwr_vblk *)(const void *)v;
    struct vwr_state_blk c;

    c.sectors = vwr_cpu_to_le64(b->sectors);
    c.block_size = vwr_cpu_to_le32(b->backend->block_bytes);
    c.reserved = vwr_cpu_to_le32(0);
    vwr_vstate_put(s, &c, sizeof(c));
}

static bool vblk_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vblk *const b = vblk_of(v);
    struct vwr_state_blk c;

    if (bytes != sizeof(c) || b->config.writeback > 1)
        return false;
    vwr_copy(&c, from, sizeof(c));
    vwr_vblk_choose_plain_(b);
    return vwr_le64_to_cpu(c.sectors) == b->sectors &&
           vwr_le32_to_cpu(c.block_size) == b->backend->block_bytes && c.reserved == 0;
}

/* The first request first. */
static void vblk_reverse(struct vwr_vblk *b)
{
    struct vwr_vblk_req *r = b->back;

    b->back = NULL;
    while (r != NULL) {
        struct vwr_vblk_req *const next = r->link;

        r->link = b->back;
        b->back = r;
        r = next;
    }
}

static void vblk_start(struct vwr_vdev *v)
{
    struct vwr_vblk *const b = vblk_of(v);

    vblk_reverse(b);
    b->repeats = true;
    while (b->back != NULL) { /* a hook may reset the device, which clears it */
        struct vwr_vblk_req *const r = b->back;

        b->back = r->link;
        r->state = VBLK_RESERVED;
        vwr_vblk_serve_any_(b, r, false);
    }
    b->repeats = false;
    vwr_vblk_kick_(b);
}

static const struct vwr_vstate_span vblk_spans[] = {{VWR_BLK_CONFIG_WRITEBACK, 1}};

const struct vwr_vstate_class vwr_vblk_state = {
    .id = VWR_BLK_ID,
    .span = vblk_spans,
    .spans = 1,
    .give_back = vblk_give_back,
    .next = vblk_next,
    .add = vblk_add,
    .save = vblk_save,
    .load = vblk_load,
    .start = vblk_start,
};
