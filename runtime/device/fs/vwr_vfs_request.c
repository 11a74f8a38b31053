/* SPDX-License-Identifier: MIT */
#include "vfs_common.h"

/* Passes a FUSE request from the service to its handler, and completes it. */

static const struct vwr_vfs_row vfs_rows[] = {
    {VWR_FUSE_LOOKUP, 0, VWR_FUSE_ENTRY, VWR_FUSE_FORM_LOOKUP, vwr_vfs_lookup_},
    {VWR_FUSE_FORGET, VFS_HIPRIO | VFS_ALONE, 0, VWR_FUSE_FORM_FORGET, vwr_vfs_forget_},
    {VWR_FUSE_GETATTR, 0, VWR_FUSE_ATTR_OUT, VWR_FUSE_FORM_GETATTR, vwr_vfs_getattr_},
    {VWR_FUSE_SETATTR, 0, VWR_FUSE_ATTR_OUT, VWR_FUSE_FORM_SETATTR, vwr_vfs_setattr_},
    {VWR_FUSE_READLINK, 0, 0, VWR_FUSE_FORM_READLINK, vwr_vfs_readlink_},
    {VWR_FUSE_SYMLINK, 0, VWR_FUSE_ENTRY, VWR_FUSE_FORM_SYMLINK, vwr_vfs_symlink_},
    {VWR_FUSE_MKNOD, 0, VWR_FUSE_ENTRY, VWR_FUSE_FORM_MKNOD, vwr_vfs_mknod_},
    {VWR_FUSE_MKDIR, 0, VWR_FUSE_ENTRY, VWR_FUSE_FORM_MKDIR, vwr_vfs_mkdir_},
    {VWR_FUSE_UNLINK, 0, 0, VWR_FUSE_FORM_UNLINK, vwr_vfs_unlink_},
    {VWR_FUSE_RMDIR, 0, 0, VWR_FUSE_FORM_UNLINK, vwr_vfs_unlink_},
    {VWR_FUSE_RENAME, 0, 0, VWR_FUSE_FORM_RENAME, vwr_vfs_rename_},
    {VWR_FUSE_LINK, 0, VWR_FUSE_ENTRY, VWR_FUSE_FORM_LINK, vwr_vfs_link_},
    {VWR_FUSE_OPEN, 0, VWR_FUSE_OPEN_OUT, VWR_FUSE_FORM_OPEN, vwr_vfs_open_},
    {VWR_FUSE_READ, VFS_ALONE, 0, VWR_FUSE_FORM_READ, vwr_vfs_read_},
    {VWR_FUSE_WRITE, VFS_ALONE, VWR_FUSE_WRITE_OUT, VWR_FUSE_FORM_WRITE, vwr_vfs_write_},
    {VWR_FUSE_STATFS, 0, VWR_FUSE_STATFS_OUT, VWR_FUSE_FORM_STATFS, vwr_vfs_statfs_},
    {VWR_FUSE_RELEASE, VFS_ALONE, 0, VWR_FUSE_FORM_RELEASE, vwr_vfs_release_},
    {VWR_FUSE_FSYNC, VFS_ALONE, 0, VWR_FUSE_FORM_FSYNC, vwr_vfs_sync_},
    {VWR_FUSE_FLUSH, VFS_ALONE, 0, VWR_FUSE_FORM_FLUSH, vwr_vfs_flush_},
    {VWR_FUSE_INIT, VFS_ALONE, VWR_FUSE_INIT_OUT, VWR_FUSE_FORM_INIT, vwr_vfs_init_session_},
    {VWR_FUSE_OPENDIR, 0, VWR_FUSE_OPEN_OUT, VWR_FUSE_FORM_OPEN, vwr_vfs_open_},
    {VWR_FUSE_READDIR, VFS_ALONE, 0, VWR_FUSE_FORM_READ, vwr_vfs_readdir_},
    {VWR_FUSE_RELEASEDIR, VFS_ALONE, 0, VWR_FUSE_FORM_RELEASE, vwr_vfs_release_},
    {VWR_FUSE_FSYNCDIR, VFS_ALONE, 0, VWR_FUSE_FORM_FSYNC, vwr_vfs_sync_},
    {VWR_FUSE_CREATE, 0, VWR_FUSE_ENTRY + VWR_FUSE_OPEN_OUT, VWR_FUSE_FORM_CREATE, vwr_vfs_create_},
    {VWR_FUSE_INTERRUPT, VFS_HIPRIO | VFS_ALONE, 0, VWR_FUSE_FORM_INTERRUPT, vwr_vfs_interrupt_},
    {VWR_FUSE_DESTROY, VFS_ALONE, 0, VWR_FUSE_FORM_DESTROY, vwr_vfs_destroy_},
    {VWR_FUSE_BATCH_FORGET, VFS_HIPRIO | VFS_ALONE, 0, VWR_FUSE_FORM_BATCH_FORGET, vwr_vfs_batch_forget_},
    {VWR_FUSE_RENAME2, 0, 0, VWR_FUSE_FORM_RENAME2, vwr_vfs_rename_},
    {VWR_FUSE_SETUPMAPPING, 0, 0, VWR_FUSE_FORM_SETUPMAPPING, vwr_vfs_map_},
    {VWR_FUSE_REMOVEMAPPING, VFS_ALONE, 0, VWR_FUSE_FORM_REMOVEMAPPING, vwr_vfs_unmap_},
};

static bool vfs_is_urgent(const struct vwr_vfs_call *x)
{
    return x->call.message->index == VWR_FS_QUEUE_HIPRIO;
}

/* ---- completion of a request ---- */

/* Frees the request, its nodes, and handles that were not passed on. */
static void vfs_put(struct vwr_vfs_call *x)
{
    struct vwr_vfs_node *const node[] = {x->node, x->to, x->open};
    void *const file[] = {x->made, x->opened};

    for (unsigned i = 0; i < 2; i++)
        if (file[i] != NULL)
            vwr_vfiles_release_(x->call.files, file[i]);
    for (unsigned i = 0; i < 3; i++)
        if (node[i] != NULL)
            vwr_vfs_put_(x->server, node[i]);
    x->call.ticket = 0;
    x->call.state = VFILES_FREE;
}

void vwr_vfs_end_(struct vwr_vfiles_call *c, int error)
{
    struct vwr_vfs_call *const x = vfs_call_of(c);
    const bool has_answer = c->room >= VWR_FUSE_OUT_HEADER && (x->row->flags & VFS_HIPRIO) == 0;

    if (has_answer)
        vwr_vfs_write_answer_(x, error);
    vfs_put(x);
    vwr_vmessage_end(c->message, has_answer ? VWR_OK : VWR_EUNSUPP, NULL);
}

const struct vwr_vfiles_protocol vwr_vfs_protocol = {
    .finish = vwr_vfs_end_,
    .put_entry = vwr_vfs_write_entry_,
    .entry = VWR_FUSE_DIRENT,
    .unit = VWR_FUSE_UNIT,
};

/* The guest's memory is no longer accessible; messages of the service may already be gone. */
void vwr_vfs_forget_call_(struct vwr_vfs_call *x)
{
    if (x->call.state == VFILES_ASKED)
        (void)vwr_vfiles_cancel_(&x->call, true);
    vfs_put(x);
}

void vwr_vfs_drop_(struct vwr_vfs_call *x)
{
    vwr_vfs_forget_call_(x);
    x->call.message->in.done = 0;
    vwr_vmessage_end(x->call.message, VWR_EUNSUPP, NULL);
}

void vwr_vfs_end_others_(struct vwr_vfs *v, const struct vwr_vfs_call *x)
{
    for (unsigned i = 0; i < v->requests; i++)
        if (&v->call[i] != x && v->call[i].call.state != VFILES_FREE)
            vwr_vfs_drop_(&v->call[i]);
}

/* ---- start of a request ---- */

static const struct vwr_vfs_row *vfs_find_row(uint32_t opcode)
{
    static const struct vwr_vfs_row unknown = {0, VFS_ALONE, 0, "", NULL};

    for (unsigned i = 0; i < sizeof(vfs_rows) / sizeof(vfs_rows[0]); i++)
        if (vfs_rows[i].opcode == opcode)
            return &vfs_rows[i];
    return &unknown;
}

/*
 * Checks whether the message is known, is allowed in this queue, and has a session; returns 0 or the error to
 * send.
 */
static int vfs_check(const struct vwr_vfs_call *x)
{
    const struct vwr_vfs_row *const row = x->row;

    if (row->handle == NULL)
        return VWR_P9_ENOSYS;
    if (((row->flags & VFS_HIPRIO) != 0) != vfs_is_urgent(x))
        return VWR_P9_EPROTO;
    if (!x->server->session && row->opcode != VWR_FUSE_INIT)
        return VWR_P9_EPROTO;
    return x->call.room < VWR_FUSE_OUT_HEADER + (uint32_t)row->answer && !vfs_is_urgent(x) ? VWR_P9_EMSGSIZE
                                                                                           : 0;
}

static int vfs_start(struct vwr_vfs_call *x)
{
    uint32_t opcode;
    int r = vwr_vfs_read_header_(x, &opcode);

    x->row = vfs_find_row(opcode);
    if (r == 0)
        r = vfs_check(x);
    if (r == 0)
        r = vwr_vfs_parse_(x);
    if (r == 0)
        return x->row->handle(&x->call);
    if (r != VWR_P9_ENOSYS) /* a guest may try which messages are supported */
        vwr_count_add(&x->server->stats.refused, 1);
    return r;
}

/* Handles a message from either queue. */
int vwr_vfs_request_(struct vwr_fs_vservice *s, struct vwr_vmessage *m)
{
    struct vwr_vfs *const v = (struct vwr_vfs *)(void *)s; /* first member */
    struct vwr_vfs_call *const x = m->token;

    vwr_count_add(&v->stats.requests, 1);
    vwr_vdev_charge(vwr_vfs_dev(v), VFS_WORK_MESSAGE, 0);
    if (m->out.left < VWR_FUSE_HEADER || (m->in.left < VWR_FUSE_OUT_HEADER && !vfs_is_urgent(x))) {
        vwr_count_add(&v->stats.refused, 1);
        return VWR_EUNSUPP; /* there is no space for an error reply, or no valid request */
    }
    vwr_vfiles_start_(&x->call);
    x->node = NULL;
    x->to = NULL;
    x->open = NULL;
    x->made = NULL;
    x->opened = NULL;
    return vwr_vfiles_run_(&x->call, vfs_start(x));
}
