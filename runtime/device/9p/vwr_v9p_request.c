/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/* Passes a 9P2000.L request from the service to its handler, and completes it. */

#define V9P_ANSWER(body) (VWR_P9_HEADER + (body))

static const struct vwr_v9p_row v9p_rows[] = {
    {VWR_P9_TSTATFS, false, V9P_ANSWER(VWR_P9_STATFS), VWR_P9_FORM_STATFS, vwr_vfiles_statfs_},
    {VWR_P9_TLOPEN, true, V9P_ANSWER(VWR_P9_QID + 4u), VWR_P9_FORM_LOPEN, vwr_v9p_open_},
    {VWR_P9_TLCREATE, true, V9P_ANSWER(VWR_P9_QID + 4u), VWR_P9_FORM_LCREATE, vwr_v9p_create_},
    {VWR_P9_TSYMLINK, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_SYMLINK, vwr_v9p_symlink_},
    {VWR_P9_TMKNOD, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_MKNOD, vwr_v9p_mknod_},
    {VWR_P9_TRENAME, false, V9P_ANSWER(0), VWR_P9_FORM_RENAME, vwr_v9p_rename_},
    {VWR_P9_TREADLINK, false, V9P_ANSWER(2u), VWR_P9_FORM_READLINK, vwr_v9p_readlink_},
    {VWR_P9_TGETATTR, false, V9P_ANSWER(VWR_P9_ATTR), VWR_P9_FORM_GETATTR, vwr_v9p_getattr_},
    {VWR_P9_TSETATTR, false, V9P_ANSWER(0), VWR_P9_FORM_SETATTR, vwr_v9p_setattr_},
    {VWR_P9_TREADDIR, false, V9P_ANSWER(4u), VWR_P9_FORM_READDIR, vwr_v9p_readdir_},
    {VWR_P9_TFSYNC, false, V9P_ANSWER(0), VWR_P9_FORM_FSYNC, vwr_v9p_sync_},
    {VWR_P9_TLOCK, false, V9P_ANSWER(1u), VWR_P9_FORM_LOCK, vwr_v9p_lock_},
    {VWR_P9_TGETLOCK, false, V9P_ANSWER(23u + VWR_VFILES_NAME), VWR_P9_FORM_GETLOCK, vwr_v9p_getlock_},
    {VWR_P9_TLINK, false, V9P_ANSWER(0), VWR_P9_FORM_LINK, vwr_v9p_link_},
    {VWR_P9_TMKDIR, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_MKDIR, vwr_v9p_mkdir_},
    {VWR_P9_TRENAMEAT, false, V9P_ANSWER(0), VWR_P9_FORM_RENAMEAT, vwr_v9p_renameat_},
    {VWR_P9_TUNLINKAT, false, V9P_ANSWER(0), VWR_P9_FORM_UNLINKAT, vwr_v9p_unlinkat_},
    {VWR_P9_TVERSION, false, V9P_ANSWER(6u + sizeof(VWR_P9_VERSION)), VWR_P9_FORM_VERSION, vwr_v9p_version_},
    {VWR_P9_TATTACH, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_ATTACH, vwr_v9p_attach_},
    {VWR_P9_TFLUSH, false, V9P_ANSWER(0), VWR_P9_FORM_FLUSH, vwr_v9p_flush_},
    {VWR_P9_TWALK, false, V9P_ANSWER(2u), VWR_P9_FORM_WALK, vwr_v9p_walk_},
    {VWR_P9_TREAD, false, V9P_ANSWER(4u), VWR_P9_FORM_READ, vwr_v9p_read_},
    {VWR_P9_TWRITE, false, V9P_ANSWER(4u), VWR_P9_FORM_WRITE, vwr_v9p_write_},
    {VWR_P9_TCLUNK, false, V9P_ANSWER(0), VWR_P9_FORM_CLUNK, vwr_v9p_clunk_},
    {VWR_P9_TREMOVE, true, V9P_ANSWER(0), VWR_P9_FORM_REMOVE, vwr_v9p_remove_},
};

/* ---- completion of a request ---- */

/* Frees the request and its fids. */
static void v9p_put(struct vwr_vfiles_call *c)
{
    struct vwr_v9p_fid *const fid[] = {c->fid, c->other};

    for (unsigned i = 0; i < 2; i++) {
        if (fid[i] == NULL)
            continue;
        if (i == 0)
            fid[i]->state &= (uint8_t)~V9P_FID_ALONE;
        vwr_v9p_fid_put_(c->server, fid[i]);
    }
    c->fid = NULL;
    c->other = NULL;
    c->ticket = 0;
    c->state = VFILES_FREE;
}

static void v9p_end(struct vwr_vfiles_call *c, int error)
{
    vwr_v9p_write_answer_(c, error);
    v9p_put(c);
    vwr_vmessage_end(c->message, VWR_OK, NULL);
    vwr_v9p_end_flushes_(c);
}

/* A flush never waits for a flush, so the recursion is one level deep. */
void vwr_v9p_end_flushes_(const struct vwr_vfiles_call *c)
{
    struct vwr_v9p *const v = c->server;

    for (unsigned i = 0; i < v->requests; i++) {
        struct vwr_vfiles_call *const flush = &v->call[i];

        if (flush->state != VFILES_WAITING || &v->call[flush->flushes] != c)
            continue;
        vwr_v9p_write_answer_(flush, 0);
        v9p_put(flush);
        vwr_vmessage_end(flush->message, VWR_OK, NULL);
    }
}

static void v9p_release(struct vwr_vfiles_call *c)
{
    vwr_v9p_walk_drop_(c);
    v9p_put(c);
}

void vwr_v9p_forget_(struct vwr_vfiles_call *c)
{
    if (c->state == VFILES_ASKED)
        (void)vwr_vfiles_cancel_(c, true);
    v9p_release(c);
}

static void v9p_end_without_reply(const struct vwr_vfiles_call *c)
{
    c->message->in.done = 0;
    vwr_vmessage_end(c->message, VWR_EUNSUPP, NULL);
}

void vwr_v9p_drop_(struct vwr_vfiles_call *c)
{
    v9p_release(c);
    v9p_end_without_reply(c);
}

/* The guest's memory is no longer accessible; messages of the service may already be gone. */
void vwr_v9p_end_others_(struct vwr_v9p *v, const struct vwr_vfiles_call *c)
{
    for (unsigned i = 0; i < v->requests; i++) {
        struct vwr_vfiles_call *const other = &v->call[i];

        if (other == c || other->state == VFILES_FREE)
            continue;
        vwr_v9p_forget_(other);
        v9p_end_without_reply(other);
    }
}

/* ---- start of a request ---- */

static const struct vwr_v9p_row *v9p_find_row(uint8_t type)
{
    for (unsigned i = 0; i < sizeof(v9p_rows) / sizeof(v9p_rows[0]); i++)
        if (v9p_rows[i].type == type)
            return &v9p_rows[i];
    return NULL;
}

/* The request uses its fids until it completes. */
static void v9p_hold(struct vwr_vfiles_call *c)
{
    if (c->fid != NULL) {
        c->fid->users++;
        c->fid->state |= c->row->alone ? V9P_FID_ALONE : 0;
        c->file = c->fid->file;
        c->uid = c->fid->uid;
    }
    if (c->other != NULL) {
        c->other->users++;
        c->to = c->other->file;
    }
}

/* The file was not found again when a state was loaded. */
static bool v9p_is_stale(const struct vwr_vfiles_call *c)
{
    return (c->fid != NULL && c->fid->file == NULL) || (c->other != NULL && c->other->file == NULL);
}

static int v9p_start(struct vwr_vfiles_call *c)
{
    static const struct vwr_v9p_row unknown = {0, false, 0, "", NULL};
    uint8_t type;
    int r = vwr_v9p_read_header_(c, &type);

    c->row = v9p_find_row(type);
    if (c->row == NULL || (c->server->msize == 0 && type != VWR_P9_TVERSION && r == 0))
        r = r != 0 ? r : c->row == NULL ? VWR_P9_EOPNOTSUPP : VWR_P9_EPROTO;
    c->row = c->row != NULL ? c->row : &unknown;
    if (r == 0 && c->room < c->row->answer)
        r = VWR_P9_EMSGSIZE;
    if (r == 0)
        r = vwr_v9p_parse_(c);
    if (r == 0 && c->fid != NULL && c->row->alone && c->fid->users != 0)
        r = VWR_P9_EBUSY;
    if (r != 0) {
        vwr_count_add(&c->server->stats.refused, 1);
        c->fid = NULL;
        c->other = NULL;
        return r;
    }
    v9p_hold(c);
    if (v9p_is_stale(c) && type != VWR_P9_TCLUNK && type != VWR_P9_TREMOVE)
        return VWR_P9_ESTALE;
    return c->row->handle(c);
}

int vwr_v9p_request_(struct vwr_9p_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_v9p *const v = (struct vwr_v9p *)(void *)s; /* first member */
    struct vwr_vfiles_call *const c = x->token;
    const uint32_t room = x->in.left;

    vwr_count_add(&v->stats.requests, 1);
    vwr_vdev_charge(vwr_v9p_dev(v), V9P_WORK_MESSAGE, 0);
    if (x->out.left < VWR_P9_HEADER || room < VWR_P9_IO_HEADER) {
        vwr_count_add(&v->stats.refused, 1);
        return VWR_EUNSUPP; /* there is no space for an error reply, or no valid request */
    }
    vwr_vfiles_start_(c);
    c->fid = NULL;
    c->other = NULL;
    c->room = v->msize != 0 && v->msize < room ? v->msize : room;
    c->walked = 0;
    return vwr_vfiles_run_(c, v9p_start(c));
}

const struct vwr_vfiles_protocol vwr_v9p_protocol = {
    .finish = v9p_end,
    .put_entry = vwr_v9p_write_entry_,
    .entry = VWR_P9_ENTRY,
    .unit = 1,
};
