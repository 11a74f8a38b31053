/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/* Session of a guest: INIT and DESTROY, and the messages in the high-priority queue. */

/* Base-2 logarithm of the window's unit; 0: there is no window. */
static unsigned vfs_map_alignment(const struct vwr_vfs *v)
{
    unsigned n = 0;

    for (uint32_t unit = v->window.bytes != 0 ? v->window.unit : 1u; unit > 1; unit >>= 1)
        n++;
    return n;
}

static int vfs_attached(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    struct vwr_vfs *const v = x->server;
    const uint32_t known = VWR_FUSE_ASYNC_READ | VWR_FUSE_BIG_WRITES | VWR_FUSE_AUTO_INVAL_DATA |
                           VWR_FUSE_PARALLEL_DIROPS | VWR_FUSE_MAX_PAGES |
                           (v->window.bytes != 0 ? VWR_FUSE_MAP_ALIGNMENT : 0u);

    if (r != 0)
        return r;
    (void)vwr_vfs_look_up_(v, c->made, &c->qid); /* creates the first node, which is the root */
    v->session = true;
    vwr_vfs_add_(v, VWR_FUSE_MAJOR, 4);
    vwr_vfs_add_(v, VWR_FUSE_MINOR, 4);
    vwr_vfs_add_(v, x->number[2], 4);
    vwr_vfs_add_(v, x->number[3] & known, 4);
    vwr_vfs_add_zeroes_(v, 4); /* 0: no limit on the guest's background requests */
    vwr_vfs_add_(v, v->max_write, 4);
    vwr_vfs_add_(v, 1, 4);
    vwr_vfs_add_(v, v->max_write / VWR_FUSE_WRITE_MIN, 2);
    vwr_vfs_add_(v, vfs_map_alignment(v), 2);
    vwr_vfs_add_zeroes_(v, 32);
    return 0;
}

/* A guest with a later version sends INIT again. */
static int vfs_say_version(struct vwr_vfs *v)
{
    vwr_vfs_add_(v, VWR_FUSE_MAJOR, 4);
    vwr_vfs_add_(v, VWR_FUSE_MINOR, 4);
    vwr_vfs_add_zeroes_(v, VWR_FUSE_INIT_OUT - 8u);
    return 0;
}

static int vfs_start_session(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    if (x->number[0] > VWR_FUSE_MAJOR)
        return vfs_say_version(x->server);
    if (x->number[0] < VWR_FUSE_MAJOR || x->number[1] < VWR_FUSE_MINOR)
        return VWR_P9_EPROTO;
    return vfiles_ask(c, c->files->ops->attach, vfs_attached);
}

/* The number of nodes in a session is chosen by the guest. */
static int vfs_end_some(struct vwr_vfiles_call *c, int r)
{
    (void)r;
    if (vwr_vfs_end_session_(vfs_server(c)))
        return vfs_call_of(c)->row->handle == vwr_vfs_init_session_ ? vfs_start_session(c) : 0;
    c->next = vfs_end_some;
    return VFILES_AGAIN;
}

int vwr_vfs_destroy_(struct vwr_vfiles_call *c)
{
    vwr_vfs_end_others_(vfs_server(c), vfs_call_of(c));
    return vfs_end_some(c, 0);
}

/* INIT starts a session and ends the previous one. */
int vwr_vfs_init_session_(struct vwr_vfiles_call *c)
{
    return vwr_vfs_destroy_(c);
}

/* ---- high-priority queue ---- */

/* A request that the file system gives back is answered now; all others are answered as usual. */
int vwr_vfs_interrupt_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs *const v = vfs_server(c);

    for (unsigned i = 0; i < v->requests; i++) {
        struct vwr_vfs_call *const x = &v->call[i];

        if (x->call.state != VFILES_ASKED || x->unique != vfs_call_of(c)->number[0] ||
            !vwr_vfiles_cancel_(&x->call, false))
            continue;
        vwr_count_add(&v->stats.interrupted, 1);
        vwr_vfs_end_(&x->call, VWR_P9_EINTR);
        (void)vwr_vdev_signal(vwr_vfs_dev(v), &vwr_vfs_dev(v)->queue[x->call.message->index]);
    }
    return 0;
}

static void vfs_forget_one(struct vwr_vfs *v, uint64_t number, uint64_t lookups)
{
    struct vwr_vfs_node *const node = vwr_vfs_find_(v, number, VFS_NODE);

    vwr_vdev_charge(vwr_vfs_dev(v), VFS_WORK_FORGET, 0);
    if (node != NULL)
        vwr_vfs_forget_node_(v, node, lookups);
    else
        vwr_count_add(&v->stats.refused, 1);
}

int vwr_vfs_forget_(struct vwr_vfiles_call *c)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);

    vfs_forget_one(x->server, x->nodeid, x->number[0]);
    return 0;
}

static int vfs_forget_some(struct vwr_vfiles_call *c, int r)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    uint64_t number;
    uint64_t lookups;

    for (; r == 0 && x->number[0] != 0; x->number[0]--) {
        if (vfiles_dev(c)->work == 0) {
            c->next = vfs_forget_some;
            return VFILES_AGAIN;
        }
        r = vwr_vfs_read_number_(x, 8, &number);
        if (r == 0)
            r = vwr_vfs_read_number_(x, 8, &lookups);
        if (r == 0)
            vfs_forget_one(x->server, number, lookups);
    }
    return r;
}

int vwr_vfs_batch_forget_(struct vwr_vfiles_call *c)
{
    return vfs_forget_some(c, 0);
}
