/* SPDX-License-Identifier: MIT */
#include "v9p_common.h"

/*
 * 9p device: passes requests from the service to their handlers, and completes them.
 * Section: Device Types.
 */

#define V9P_ANSWER(body) (VWR_P9_HEADER + (body))

const struct vwr_v9p_row vwr_v9p_rows[] = {
    {VWR_P9_TSTATFS, false, V9P_ANSWER(VWR_P9_STATFS), VWR_P9_FORM_STATFS, vwr_v9p_statfs},
    {VWR_P9_TLOPEN, true, V9P_ANSWER(VWR_P9_QID + 4u), VWR_P9_FORM_LOPEN, vwr_v9p_open},
    {VWR_P9_TLCREATE, true, V9P_ANSWER(VWR_P9_QID + 4u), VWR_P9_FORM_LCREATE, vwr_v9p_create},
    {VWR_P9_TSYMLINK, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_SYMLINK, vwr_v9p_symlink},
    {VWR_P9_TMKNOD, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_MKNOD, vwr_v9p_mknod},
    {VWR_P9_TRENAME, false, V9P_ANSWER(0), VWR_P9_FORM_RENAME, vwr_v9p_rename},
    {VWR_P9_TREADLINK, false, V9P_ANSWER(2u), VWR_P9_FORM_READLINK, vwr_v9p_readlink},
    {VWR_P9_TGETATTR, false, V9P_ANSWER(VWR_P9_ATTR), VWR_P9_FORM_GETATTR, vwr_v9p_getattr},
    {VWR_P9_TSETATTR, false, V9P_ANSWER(0), VWR_P9_FORM_SETATTR, vwr_v9p_setattr},
    {VWR_P9_TREADDIR, false, V9P_ANSWER(4u), VWR_P9_FORM_READDIR, vwr_v9p_readdir},
    {VWR_P9_TFSYNC, false, V9P_ANSWER(0), VWR_P9_FORM_FSYNC, vwr_v9p_sync},
    {VWR_P9_TLOCK, false, V9P_ANSWER(1u), VWR_P9_FORM_LOCK, vwr_v9p_lock},
    {VWR_P9_TGETLOCK, false, V9P_ANSWER(23u + VWR_V9P_NAME), VWR_P9_FORM_GETLOCK, vwr_v9p_getlock},
    {VWR_P9_TLINK, false, V9P_ANSWER(0), VWR_P9_FORM_LINK, vwr_v9p_link},
    {VWR_P9_TMKDIR, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_MKDIR, vwr_v9p_mkdir},
    {VWR_P9_TRENAMEAT, false, V9P_ANSWER(0), VWR_P9_FORM_RENAMEAT, vwr_v9p_renameat},
    {VWR_P9_TUNLINKAT, false, V9P_ANSWER(0), VWR_P9_FORM_UNLINKAT, vwr_v9p_unlinkat},
    {VWR_P9_TVERSION, false, V9P_ANSWER(6u + sizeof(VWR_P9_VERSION)), VWR_P9_FORM_VERSION, vwr_v9p_version},
    {VWR_P9_TATTACH, false, V9P_ANSWER(VWR_P9_QID), VWR_P9_FORM_ATTACH, vwr_v9p_attach},
    {VWR_P9_TFLUSH, false, V9P_ANSWER(0), VWR_P9_FORM_FLUSH, vwr_v9p_flush},
    {VWR_P9_TWALK, false, V9P_ANSWER(2u), VWR_P9_FORM_WALK, vwr_v9p_walk},
    {VWR_P9_TREAD, false, V9P_ANSWER(4u), VWR_P9_FORM_READ, vwr_v9p_read},
    {VWR_P9_TWRITE, false, V9P_ANSWER(4u), VWR_P9_FORM_WRITE, vwr_v9p_write},
    {VWR_P9_TCLUNK, false, V9P_ANSWER(0), VWR_P9_FORM_CLUNK, vwr_v9p_clunk},
    {VWR_P9_TREMOVE, true, V9P_ANSWER(0), VWR_P9_FORM_REMOVE, vwr_v9p_remove},
};
const unsigned vwr_v9p_row_count = sizeof(vwr_v9p_rows) / sizeof(vwr_v9p_rows[0]);

static struct vwr_v9p *v9p_of(struct vwr_9p_vservice *s)
{
    return (struct vwr_v9p *)(void *)s; /* it is the first */
}

/* ---- completion of a request ---- */

/* Frees the request and its fids. */
static void v9p_put(struct vwr_v9p_call *c)
{
    struct vwr_v9p_fid *const fid[] = {c->fid, c->other};

    for (unsigned i = 0; i < 2; i++) {
        if (fid[i] == NULL)
            continue;
        if (i == 0)
            fid[i]->state &= (uint8_t)~V9P_FID_ALONE;
        vwr_v9p_fid_put(c->server, fid[i]);
    }
    c->fid = NULL;
    c->other = NULL;
    c->ticket = 0;
    c->state = V9P_FREE;
}

static void v9p_end(struct vwr_v9p_call *c, int error)
{
    vwr_v9p_write_answer(c, error);
    v9p_put(c);
    vwr_vmessage_end(c->message, VWR_OK, NULL);
    vwr_v9p_end_flushes(c);
}

/* A flush never waits for a flush, so the recursion is one level deep. */
void vwr_v9p_end_flushes(const struct vwr_v9p_call *c)
{
    struct vwr_v9p *const v = c->server;

    for (unsigned i = 0; i < v->requests; i++) {
        struct vwr_v9p_call *const flush = &v->call[i];

        if (flush->state != V9P_WAITING || &v->call[flush->flushes] != c)
            continue;
        v->body_bytes = 0;
        vwr_v9p_write_answer(flush, 0);
        v9p_put(flush);
        vwr_vmessage_end(flush->message, VWR_OK, NULL);
    }
}

void vwr_v9p_drop(struct vwr_v9p_call *c)
{
    vwr_v9p_walk_drop(c);
    v9p_put(c);
    c->message->in.done = 0;
    vwr_vmessage_end(c->message, VWR_EUNSUPP, NULL);
}

bool vwr_v9p_cancel(struct vwr_v9p_call *c, bool must)
{
    struct vwr_v9p_files *const f = c->server->files;
    bool cancelled;

    if (f->ops->cancel == NULL)
        return must;
    if (f->lock != NULL)
        f->lock(f);
    cancelled = f->ops->cancel(f, c, must);
    if (f->unlock != NULL)
        f->unlock(f);
    return cancelled || must;
}

/* ---- processing of a request ---- */

static int v9p_call_files(struct vwr_v9p_call *c)
{
    struct vwr_v9p_files *const f = c->server->files;
    int r;

    c->state = V9P_ASKED;
    if (f->lock != NULL)
        f->lock(f);
    f->work = 0;
    r = c->op(f, c);
    vwr_vdev_charge(v9p_dev(c), f->work, 0);
    if (f->unlock != NULL)
        f->unlock(f);
    if (r != VWR_LATER) {
        c->ticket = 0;
        c->state = V9P_RUNNING;
    }
    return r;
}

static int v9p_message_more(struct vwr_vmessage *x);

/* Processes the result of a function until the request completes or waits: VWR_LATER. */
static int v9p_run(struct vwr_v9p_call *c, int r)
{
    while (r == V9P_ASK) {
        r = v9p_call_files(c);
        if (r != VWR_LATER)
            r = c->next(c, r);
    }
    if (r == V9P_AGAIN) {
        c->state = V9P_PUT_OFF;
        return vwr_vmessage_go_on(c->message, v9p_message_more);
    }
    if (r == VWR_LATER)
        return r;
    v9p_end(c, r);
    return VWR_OK; /* the service no longer owns the message */
}

static struct vwr_v9p_call *v9p_call_of(struct vwr_v9p *v, const struct vwr_vmessage *x)
{
    return &v->call[x - v->service.service.message];
}

/* Continues a request after its wait. */
static int v9p_go_on(struct vwr_v9p_call *c, int r)
{
    c->server->body_bytes = 0;
    r = c->next(c, r);
    return v9p_run(c, r);
}

static int v9p_message_more(struct vwr_vmessage *x)
{
    struct vwr_v9p_call *const c = v9p_call_of((struct vwr_v9p *)(void *)x->service, x);

    c->state = V9P_RUNNING;
    return v9p_go_on(c, 0);
}

uint64_t vwr_v9p_ticket(struct vwr_v9p_call *c)
{
    return vwr_vdev_issue(v9p_dev(c), &c->ticket);
}

void vwr_v9p_answer(struct vwr_v9p_call *c, uint64_t ticket, int error)
{
    struct vwr_vdev *const dev = v9p_dev(c);
    uint16_t queue;

    vwr_vdev_lock(dev);
    if (vwr_vdev_redeem(dev, &c->ticket, ticket)) {
        queue = c->message->index;
        c->state = V9P_RUNNING;
        (void)v9p_go_on(c, error);
        (void)vwr_vqueue_signal(&dev->queue[queue]);
        vwr_vdev_serve_locked(dev, queue); /* free requests may have run out */
    }
    vwr_vdev_unlock(dev);
}

/* ---- start of a request ---- */

static const struct vwr_v9p_row *v9p_find_row(uint8_t type)
{
    for (unsigned i = 0; i < vwr_v9p_row_count; i++)
        if (vwr_v9p_rows[i].type == type)
            return &vwr_v9p_rows[i];
    return NULL;
}

/* The request holds its fids until it completes. */
static void v9p_hold(struct vwr_v9p_call *c)
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

static int v9p_start(struct vwr_v9p_call *c)
{
    static const struct vwr_v9p_row unknown = {0, false, 0, "", NULL};
    uint8_t type;
    int r = vwr_v9p_read_header(c, &type);

    c->row = v9p_find_row(type);
    if (c->row == NULL || (c->server->msize == 0 && type != VWR_P9_TVERSION && r == 0))
        r = r != 0 ? r : c->row == NULL ? VWR_P9_EOPNOTSUPP : VWR_P9_EPROTO;
    c->row = c->row != NULL ? c->row : &unknown;
    if (r == 0 && c->room < c->row->answer)
        r = VWR_P9_EMSGSIZE;
    if (r == 0)
        r = vwr_v9p_parse(c);
    if (r == 0 && c->fid != NULL && c->row->alone && c->fid->users != 0)
        r = VWR_P9_EBUSY;
    if (r != 0) {
        vwr_count_add(&c->server->stats.refused, 1);
        c->fid = NULL;
        c->other = NULL;
        return r;
    }
    v9p_hold(c);
    return c->row->handle(c);
}

static int v9p_request(struct vwr_9p_vservice *s, struct vwr_vmessage *x)
{
    struct vwr_v9p *const v = v9p_of(s);
    struct vwr_v9p_call *const c = v9p_call_of(v, x);
    const uint32_t room = x->in.left;

    vwr_count_add(&v->stats.requests, 1);
    vwr_vdev_charge(vwr_v9p_dev(v), V9P_WORK_MESSAGE, 0);
    if (x->out.left < VWR_P9_HEADER || room < VWR_P9_IO_HEADER) {
        vwr_count_add(&v->stats.refused, 1);
        return VWR_EUNSUPP; /* there is no space for an error, or no request to reply to */
    }
    c->server = v;
    c->message = x;
    c->state = V9P_RUNNING;
    c->fid = NULL;
    c->other = NULL;
    vwr_writer_set(&c->head, &x->in);
    c->has_out = false;
    c->room = v->msize != 0 && v->msize < room ? v->msize : room;
    c->moved = 0;
    c->walked = 0;
    c->bytes = 0;
    c->done = 0;
    c->is_full = false;
    v->body_bytes = 0;
    return v9p_run(c, v9p_start(c));
}

/* ---- reset and init ---- */

/* The guest's memory is no longer accessible; messages of the service may already be gone. */
void vwr_v9p_end_others(struct vwr_v9p *v, const struct vwr_v9p_call *c)
{
    for (unsigned i = 0; i < v->requests; i++) {
        struct vwr_v9p_call *const other = &v->call[i];

        if (other == c || other->state == V9P_FREE)
            continue;
        if (other->state == V9P_ASKED)
            (void)vwr_v9p_cancel(other, true);
        vwr_v9p_drop(other);
    }
}

static void v9p_reset(struct vwr_9p_vservice *s)
{
    struct vwr_v9p *const v = v9p_of(s);

    vwr_v9p_end_others(v, NULL);
    vwr_v9p_fids_drop(v);
    v->msize = 0;
}

static void v9p_queue_reset(struct vwr_9p_vservice *s, uint16_t queue)
{
    (void)queue; /* it has one */
    vwr_v9p_end_others(v9p_of(s), NULL);
}

static const struct vwr_9p_vservice_calls v9p_calls = {
    .request = v9p_request,
    .reset = v9p_reset,
    .queue_reset = v9p_queue_reset,
};

static uint32_t v9p_tag_bytes(const char *tag)
{
    uint32_t n = 0;

    while (tag != NULL && tag[n] != '\0' && n <= VWR_V9P_TAG)
        n++;
    return n;
}

static bool v9p_is_complete(const struct vwr_v9p_files *f)
{
    const struct vwr_v9p_files_ops *const ops = f->ops;

    return ops != NULL && (f->lock == NULL) == (f->unlock == NULL) && ops->attach != NULL &&
           ops->walk != NULL && ops->clone != NULL && ops->release != NULL && ops->getattr != NULL &&
           ops->open != NULL && ops->read != NULL;
}

static bool v9p_is_right(const struct vwr_v9p_options *o)
{
    const uint32_t tag = v9p_tag_bytes(o->tag);

    return o->files != NULL && v9p_is_complete(o->files) && tag != 0 && tag <= VWR_V9P_TAG &&
           o->fid != NULL && o->fids != 0 && o->call != NULL && o->message != NULL && o->seg != NULL &&
           o->requests != 0 && (o->msize == 0 || o->msize >= VWR_V9P_MSIZE_MIN);
}

static void v9p_write_config(struct vwr_v9p *v, const char *tag)
{
    struct vwr_9p_config_info info;
    uint8_t *const config = (uint8_t *)v->service.config;

    info.tag_len = (uint16_t)v9p_tag_bytes(tag);
    vwr_9p_config_write((struct vwr_9p_config *)(void *)config, vwr_v9p_dev(v)->legacy, &info);
    vwr_copy(config + VWR_9P_CONFIG_TAG, tag, info.tag_len);
}

int vwr_v9p_init(struct vwr_v9p *v, const struct vwr_vdev_setup *setup, const struct vwr_v9p_options *o)
{
    struct vwr_service_memory memory;
    struct vwr_features features;
    struct vwr_vdev_setup one;
    int r;

    if (!v9p_is_right(o))
        return VWR_EINVAL;
    if (setup->queues < VWR_V9P_QUEUES)
        return VWR_ENOQUEUE;
    vwr_copy(&one, setup, sizeof(one));
    one.queues = VWR_V9P_QUEUES;
    vwr_zero(v, sizeof(*v));
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_9P_F_MOUNT_TAG);
    memory.message = o->message;
    memory.seg = o->seg;
    memory.messages = o->requests;
    memory.segs = o->segs;
    v->files = o->files;
    v->fid = o->fid;
    v->fids = o->fids;
    v->call = o->call;
    v->requests = o->requests;
    v->msize_max = o->msize != 0 ? o->msize : VWR_V9P_MSIZE;
    for (unsigned i = 0; i < o->requests; i++) {
        v->call[i].state = V9P_FREE;
        v->call[i].server = v;
        v->call[i].ticket = 0;
    }
    vwr_v9p_fids_init(v);
    r = vwr_9p_vservice_init(&v->service, &one, &features, &v9p_calls, &memory, NULL);
    if (r == VWR_OK)
        v9p_write_config(v, o->tag);
    return r;
}
