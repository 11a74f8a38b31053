/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Session of a guest: version, attach, walk, clunk, flush. */

static bool v9p_is_text(const struct vwr_vfiles_name *name, const char *text, uint32_t bytes)
{
    uint32_t same = 0;

    while (same < bytes && same < name->bytes && name->text[same] == text[same])
        same++;
    return same == bytes && name->bytes == bytes;
}

/*
 * Maximum msize: one page for each descriptor of the queue, so that a driver can send it without indirect
 * descriptors, minus header, reply and a page for unaligned data.
 */
static uint32_t v9p_msize_most(struct vwr_vfiles_call *c)
{
    const uint32_t pages = v9p_dev(c)->queue[c->message->index].size;
    const uint32_t most = pages > 3u ? (pages - 3u) * VWR_V9P_MSIZE_MIN : VWR_V9P_MSIZE_MIN;

    return most < c->server->msize_max ? most : c->server->msize_max;
}

/* Starts a session. An unknown version is not an error. */
static int v9p_start_session(struct vwr_vfiles_call *c)
{
    struct vwr_v9p *const v = c->server;
    const uint32_t asked = (uint32_t)c->number[0];
    const uint32_t most = v9p_msize_most(c);
    const bool known = v9p_is_text(&c->name, VWR_P9_VERSION, sizeof(VWR_P9_VERSION) - 1u);

    if (asked < VWR_V9P_MSIZE_MIN)
        return VWR_P9_EMSGSIZE;
    if (known)
        v->msize = asked < most ? asked : most;
    vwr_v9p_add_(v, asked < most ? asked : most, 4);
    if (known)
        vwr_v9p_add_string_(v, VWR_P9_VERSION, sizeof(VWR_P9_VERSION) - 1u);
    else
        vwr_v9p_add_string_(v, VWR_P9_UNKNOWN, sizeof(VWR_P9_UNKNOWN) - 1u);
    return 0;
}

/* The number of fids in the previous session was chosen by the guest. */
static int v9p_end_session(struct vwr_vfiles_call *c, int r)
{
    (void)r;
    if (vwr_v9p_fids_drop_(c->server))
        return v9p_start_session(c);
    c->next = v9p_end_session;
    return VFILES_AGAIN;
}

int vwr_v9p_version_(struct vwr_vfiles_call *c)
{
    vwr_v9p_end_others_(c->server, c);
    vwr_v9p_fids_end_(c->server);
    return v9p_end_session(c, 0);
}

/* ---- attach ---- */

static int v9p_attached(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vwr_v9p_fid_use_(c->other, c->made, c->qid.type, c->uid);
    vwr_v9p_add_qid_(c->server, &c->qid);
    return 0;
}

int vwr_v9p_attach_(struct vwr_vfiles_call *c)
{
    int r;

    if (c->number[1] != VWR_P9_NO_FID)
        return VWR_P9_EOPNOTSUPP; /* no authentication */
    r = vwr_v9p_fid_reserve_(c->server, c->number[0], &c->other);
    if (r != 0)
        return r;
    c->uid = c->number[2] == VWR_P9_NO_UID ? 0 : (uint32_t)c->number[2];
    return vfiles_ask(c, v9p_ops(c)->attach, v9p_attached);
}

/* ---- walk ---- */

static int v9p_walked(struct vwr_vfiles_call *c, int r);

/* The result of a walk becomes the file of the new fid, which may be the same as the old one. */
static int v9p_walk_end(struct vwr_vfiles_call *c)
{
    if (c->other != NULL) {
        vwr_v9p_fid_use_(c->other, c->file, c->qid.type, c->fid->uid);
    } else {
        vwr_vfiles_release_(c->files, c->fid->file);
        c->fid->file = c->file;
        c->fid->type = c->qid.type;
    }
    c->moved = c->walked * VWR_P9_QID;
    vwr_v9p_add_(c->server, c->walked, 2);
    return 0;
}

/* A step failed. For the first step, this is an error; a later failure ends the walk without a new fid. */
static int v9p_walk_stop(struct vwr_vfiles_call *c, int error)
{
    vwr_v9p_walk_drop_(c);
    if (c->walked == 0)
        return error;
    c->moved = c->walked * VWR_P9_QID;
    vwr_v9p_add_(c->server, c->walked, 2);
    return 0;
}

/* Releases the file that the walk has reached; no fid owns it yet. */
void vwr_v9p_walk_drop_(struct vwr_vfiles_call *c)
{
    if (c->row->type == VWR_P9_TWALK && c->walked != 0)
        vwr_vfiles_release_(c->files, c->file);
}

static int v9p_walk_step(struct vwr_vfiles_call *c)
{
    const int r = vwr_v9p_read_name_(c, &c->name, true);

    vwr_vdev_charge(v9p_dev(c), V9P_WORK_STEP, 0);
    if (r != 0)
        return v9p_walk_stop(c, r);
    return vfiles_ask(c, v9p_ops(c)->walk, v9p_walked);
}

/* Writes the qid immediately, since all qids fit. */
static void v9p_walk_write_qid(struct vwr_vfiles_call *c)
{
    struct vwr_v9p *const v = c->server;

    v->body_bytes = 0;
    vwr_v9p_add_qid_(v, &c->qid);
    (void)vwr_writer_write(&c->in, v->body, v->body_bytes);
    v->body_bytes = 0;
}

static int v9p_walk_again(struct vwr_vfiles_call *c, int r)
{
    (void)r;
    return v9p_walk_step(c);
}

static int v9p_walked(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return v9p_walk_stop(c, r);
    vwr_v9p_walk_drop_(c);
    c->file = c->made;
    c->walked++;
    v9p_walk_write_qid(c);
    if (c->walked == c->number[1])
        return v9p_walk_end(c);
    if (v9p_dev(c)->work != 0)
        return v9p_walk_step(c);
    c->next = v9p_walk_again;
    return VFILES_AGAIN;
}

static int v9p_cloned(struct vwr_vfiles_call *c, int r)
{
    if (r != 0)
        return r;
    vwr_v9p_fid_use_(c->other, c->made, c->fid->type, c->fid->uid);
    vwr_v9p_add_(c->server, 0, 2);
    return 0;
}

int vwr_v9p_walk_(struct vwr_vfiles_call *c)
{
    const uint64_t names = c->number[1];
    const uint32_t body = VWR_P9_HEADER + sizeof(uint16_t);
    int r;

    if (names > VWR_P9_NAMES)
        return VWR_P9_EINVAL;
    if (body + names * VWR_P9_QID > c->room)
        return VWR_P9_EMSGSIZE;
    vfiles_start_data(c, body);
    if (c->number[0] != c->fid->by_number.key) {
        r = vwr_v9p_fid_reserve_(c->server, c->number[0], &c->other);
        if (r != 0)
            return r;
    } else if (c->fid->users != 1 || (c->fid->state & V9P_FID_OPEN) != 0) {
        return VWR_P9_EBUSY;
    } else {
        c->fid->state |= V9P_FID_ALONE;
    }
    if (names != 0)
        return v9p_walk_step(c);
    if (c->other != NULL)
        return vfiles_ask(c, v9p_ops(c)->clone, v9p_cloned);
    vwr_v9p_add_(c->server, 0, 2);
    return 0;
}

/* ---- clunk, remove ---- */

int vwr_v9p_clunk_(struct vwr_vfiles_call *c)
{
    vwr_v9p_fid_clunk_(c->server, c->fid);
    return 0;
}

/* The fid is removed even if removing the file fails. No other request uses the fid in the meantime. */
static int v9p_removed(struct vwr_vfiles_call *c, int r)
{
    vwr_v9p_fid_clunk_(c->server, c->fid);
    return r;
}

int vwr_v9p_remove_(struct vwr_vfiles_call *c)
{
    if (v9p_ops(c)->remove == NULL || c->file == NULL)
        return v9p_removed(c, c->file == NULL ? VWR_P9_ESTALE : VWR_P9_EOPNOTSUPP);
    return vfiles_ask(c, v9p_ops(c)->remove, v9p_removed);
}

/* ---- flush ---- */

/* Finds the request with this tag; NULL: it has already been answered. */
static struct vwr_vfiles_call *v9p_flushed(const struct vwr_vfiles_call *c)
{
    struct vwr_v9p *const v = c->server;

    for (unsigned i = 0; i < v->requests; i++)
        if (&v->call[i] != c && v->call[i].state != VFILES_FREE && v->call[i].tag == (uint16_t)c->number[0])
            return &v->call[i];
    return NULL;
}

/* The reply is sent after that of the other request, unless the other request gets no reply. */
int vwr_v9p_flush_(struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_call *const other = v9p_flushed(c);

    if (other == NULL || other->state == VFILES_WAITING)
        return 0;
    /*
     * The file system is processing the request: if it were waiting for its next part, it would have been
     * served before this message.
     */
    if (vwr_vfiles_cancel_(other, false)) {
        vwr_count_add(&c->server->stats.flushed, 1);
        vwr_v9p_drop_(other);
        vwr_v9p_end_flushes_(other); /* earlier flushes, which could not cancel it */
        return 0;
    }
    c->flushes = (uint16_t)(other - c->server->call);
    c->state = VFILES_WAITING;
    return VWR_LATER;
}
