/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "fs_common.h"

/* Calls for the session, names, attributes and opening files, each of which sends one message. */

static const struct vwr_fs_row fs_init = FS_ROW(INIT, FS_NO_DATA, VWR_FUSE_INIT_OUT, INIT);
static const struct vwr_fs_row fs_destroy = FS_ROW(DESTROY, FS_NO_DATA, 0, DESTROY);
static const struct vwr_fs_row fs_lookup = FS_ROW(LOOKUP, FS_NO_DATA, VWR_FUSE_ENTRY, LOOKUP);
static const struct vwr_fs_row fs_forget = FS_ROW(FORGET, FS_URGENT, 0, FORGET);
static const struct vwr_fs_row fs_getattr = FS_ROW(GETATTR, FS_NO_DATA, VWR_FUSE_ATTR_OUT, GETATTR);
static const struct vwr_fs_row fs_setattr = FS_ROW(SETATTR, FS_NO_DATA, VWR_FUSE_ATTR_OUT, SETATTR);
static const struct vwr_fs_row fs_open = FS_ROW(OPEN, FS_NO_DATA, VWR_FUSE_OPEN_OUT, OPEN);
static const struct vwr_fs_row fs_opendir = FS_ROW(OPENDIR, FS_NO_DATA, VWR_FUSE_OPEN_OUT, OPEN);
static const struct vwr_fs_row fs_create =
    FS_ROW(CREATE, FS_NO_DATA, VWR_FUSE_ENTRY + VWR_FUSE_OPEN_OUT, CREATE);
static const struct vwr_fs_row fs_release = FS_ROW(RELEASE, FS_NO_DATA, 0, RELEASE);
static const struct vwr_fs_row fs_releasedir = FS_ROW(RELEASEDIR, FS_NO_DATA, 0, RELEASE);
static const struct vwr_fs_row fs_flush = FS_ROW(FLUSH, FS_NO_DATA, 0, FLUSH);
static const struct vwr_fs_row fs_mkdir = FS_ROW(MKDIR, FS_NO_DATA, VWR_FUSE_ENTRY, MKDIR);
static const struct vwr_fs_row fs_unlink = FS_ROW(UNLINK, FS_NO_DATA, 0, UNLINK);
static const struct vwr_fs_row fs_rmdir = FS_ROW(RMDIR, FS_NO_DATA, 0, UNLINK);
static const struct vwr_fs_row fs_rename = FS_ROW(RENAME, FS_NO_DATA, 0, RENAME);
static const struct vwr_fs_row fs_statfs = FS_ROW(STATFS, FS_NO_DATA, VWR_FUSE_STATFS_OUT, STATFS);

/* ---- session ---- */

#define FS_UNIT_MAX 63u /* maximum base-2 logarithm of a 64-bit number */

/* Whether the driver supports the version, the max_write and the unit in the reply. */
static int fs_take_init(struct vwr_fs *p)
{
    struct vwr_requestq *const q = &p->requests.client.requests;
    const uint8_t *at = p->answer + VWR_FUSE_OUT_HEADER;
    const uint32_t major = (uint32_t)vwr_p9_next(&at, sizeof(major));
    const uint32_t minor = (uint32_t)vwr_p9_next(&at, sizeof(minor));
    const uint8_t *write = at + 12; /* after max_readahead, flags, max_background, congestion_threshold */
    const uint32_t flags = (uint32_t)vwr_p9_get(at + 4, sizeof(flags));
    const uint32_t most = (uint32_t)vwr_p9_next(&write, sizeof(most));
    const uint32_t unit = (uint32_t)vwr_p9_get(write + 6, sizeof(uint16_t)); /* after time_gran, max_pages */

    if (major != VWR_FUSE_MAJOR || minor < VWR_FUSE_MINOR)
        return vwr_request_note(q, VWR_FAULT_FS_VERSION, VWR_FUSE_INIT,
                                major != VWR_FUSE_MAJOR ? major : minor);
    if (most < VWR_FUSE_WRITE_MIN)
        return vwr_request_note(q, VWR_FAULT_FS_WRITE, VWR_FUSE_INIT, most);
    p->map_unit = 1;
    if (p->options.window_bytes != 0 && (flags & VWR_FUSE_MAP_ALIGNMENT) != 0) {
        if (unit > FS_UNIT_MAX)
            return vwr_request_note(q, VWR_FAULT_FS_UNIT, VWR_FUSE_INIT, unit);
        p->map_unit = vwr_shift_left(1, unit);
    }
    p->io_bytes = request_fit_ring(q, most < VWR_FS_IO_BYTES ? most : VWR_FS_IO_BYTES);
    return VWR_OK;
}

int vwr_fs_mount(struct vwr_fs *p, struct vwr_fs_node *root)
{
    int r = vwr_fs_begin_(p, &fs_init, 0, 0);

    if (r != VWR_OK)
        return r;
    if (vwr_queue_in_flight(&p->requests.client.requests.queue) != 0)
        return VWR_EBUSY;
    vwr_fs_end_session_(p);
    p->own.session = p->session;
    p->own.number[0] = VWR_FUSE_MAJOR;
    p->own.number[1] = VWR_FUSE_MINOR;
    p->own.number[3] = VWR_FUSE_BIG_WRITES | VWR_FUSE_MAX_PAGES |
                       (p->options.window_bytes != 0 ? VWR_FUSE_MAP_ALIGNMENT : 0u);
    r = vwr_fs_do_(p);
    if (r == VWR_OK)
        r = fs_take_init(p);
    root->number = VWR_FUSE_ROOT;
    root->session = p->session;
    return r;
}

int vwr_fs_unmount(struct vwr_fs *p)
{
    int r = vwr_fs_begin_(p, &fs_destroy, 0, p->session);

    if (r != VWR_OK)
        return r;
    if (vwr_queue_in_flight(&p->requests.client.requests.queue) != 0)
        return VWR_EBUSY;
    r = vwr_fs_do_(p);
    if (r == VWR_OK)
        vwr_fs_end_session_(p);
    return r;
}

/* ---- answers ---- */

static void fs_take_attr(const uint8_t *at, struct vwr_fs_attr *a)
{
    a->id = vwr_p9_next(&at, sizeof(a->id));
    a->bytes = vwr_p9_next(&at, sizeof(a->bytes));
    a->blocks = vwr_p9_next(&at, sizeof(a->blocks));
    a->accessed.seconds = vwr_p9_next(&at, sizeof(uint64_t));
    a->modified.seconds = vwr_p9_next(&at, sizeof(uint64_t));
    a->changed.seconds = vwr_p9_next(&at, sizeof(uint64_t));
    a->accessed.nanoseconds = vwr_p9_next(&at, sizeof(uint32_t));
    a->modified.nanoseconds = vwr_p9_next(&at, sizeof(uint32_t));
    a->changed.nanoseconds = vwr_p9_next(&at, sizeof(uint32_t));
    a->mode = (uint32_t)vwr_p9_next(&at, sizeof(a->mode));
    a->links = (uint32_t)vwr_p9_next(&at, sizeof(a->links));
    a->uid = (uint32_t)vwr_p9_next(&at, sizeof(a->uid));
    a->gid = (uint32_t)vwr_p9_next(&at, sizeof(a->gid));
    a->device = (uint32_t)vwr_p9_next(&at, sizeof(a->device));
    a->block_bytes = (uint32_t)vwr_p9_next(&at, sizeof(a->block_bytes));
}

/* Reads an entry: the node and its attributes. Number 0 means that there is no node. */
static int fs_take_entry(struct vwr_fs *p, struct vwr_fs_node *node, struct vwr_fs_attr *attr)
{
    const uint8_t *const at = p->answer + VWR_FUSE_OUT_HEADER;

    node->number = vwr_p9_get(at, sizeof(node->number));
    node->session = p->session;
    if (attr != NULL)
        fs_take_attr(at + VWR_FUSE_ENTRY - VWR_FUSE_ATTR, attr);
    if (node->number != 0)
        return VWR_OK;
    p->own.error = VWR_P9_ENOENT;
    return VWR_EIO;
}

/*
 * Reads the number of an open file. The node is also recorded, because a server may need it in each message.
 */
static void fs_take_file(struct vwr_fs *p, uint64_t node, uint32_t offset, struct vwr_fs_file *file)
{
    file->number = vwr_p9_get(p->answer + VWR_FUSE_OUT_HEADER + offset, sizeof(file->number));
    file->node = node;
    file->session = p->session;
}

/* ---- names ---- */

/* Begins a message about an entry of a folder: it is sent to the folder's node and contains the entry's name.
 */
static int fs_begin_name(struct vwr_fs *p, const struct vwr_fs_row *row, const struct vwr_fs_node *folder,
                         const char *name)
{
    const int r = fs_begin_node(p, row, folder);

    if (r != VWR_OK)
        return r;
    return vwr_fs_set_name_(&p->own, 0, name) ? VWR_OK : VWR_EINVAL;
}

int vwr_fs_lookup(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                  struct vwr_fs_node *node, struct vwr_fs_attr *attr)
{
    int r = fs_begin_name(p, &fs_lookup, folder, name);

    if (r == VWR_OK)
        r = vwr_fs_do_(p);
    return r == VWR_OK ? fs_take_entry(p, node, attr) : r;
}

int vwr_fs_forget(struct vwr_fs *p, const struct vwr_fs_node *node)
{
    int r;

    if (node->session != p->session)
        return VWR_OK;
    r = fs_begin_node(p, &fs_forget, node);
    if (r != VWR_OK)
        return r;
    p->own.number[0] = 1;
    return vwr_fs_do_(p);
}

int vwr_fs_mkdir(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name, uint32_t mode,
                 struct vwr_fs_node *node)
{
    int r = fs_begin_name(p, &fs_mkdir, folder, name);

    if (r != VWR_OK)
        return r;
    p->own.number[0] = mode;
    r = vwr_fs_do_(p);
    return r == VWR_OK ? fs_take_entry(p, node, NULL) : r;
}

int vwr_fs_unlink(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name)
{
    const int r = fs_begin_name(p, &fs_unlink, folder, name);

    return r == VWR_OK ? vwr_fs_do_(p) : r;
}

int vwr_fs_rmdir(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name)
{
    const int r = fs_begin_name(p, &fs_rmdir, folder, name);

    return r == VWR_OK ? vwr_fs_do_(p) : r;
}

int vwr_fs_rename(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name,
                  const struct vwr_fs_node *to, const char *new_name)
{
    const int r = fs_begin_name(p, &fs_rename, folder, name);

    if (r != VWR_OK)
        return r;
    if (!vwr_fs_set_name_(&p->own, 1, new_name))
        return VWR_EINVAL;
    p->own.number[0] = to->number;
    if (p->own.session == p->session) /* otherwise the first folder is stale */
        p->own.session = to->session;
    return vwr_fs_do_(p);
}

/* ---- attributes ---- */

int vwr_fs_getattr(struct vwr_fs *p, const struct vwr_fs_node *node, struct vwr_fs_attr *attr)
{
    int r = fs_begin_node(p, &fs_getattr, node);

    if (r == VWR_OK)
        r = vwr_fs_do_(p);
    if (r == VWR_OK)
        fs_take_attr(p->answer + VWR_FUSE_OUT_HEADER + VWR_FUSE_ATTR_OUT - VWR_FUSE_ATTR, attr);
    return r;
}

int vwr_fs_setattr(struct vwr_fs *p, const struct vwr_fs_node *node, uint32_t set, struct vwr_fs_attr *attr)
{
    uint64_t *const number = p->own.number;
    int r = fs_begin_node(p, &fs_setattr, node);

    if (r != VWR_OK)
        return r;
    number[0] = set & ~(uint32_t)VWR_FUSE_SET_FH;
    number[2] = attr->bytes;
    number[3] = attr->accessed.seconds;
    number[4] = attr->modified.seconds;
    number[6] = attr->accessed.nanoseconds;
    number[7] = attr->modified.nanoseconds;
    number[9] = attr->mode;
    number[10] = attr->uid;
    number[11] = attr->gid;
    r = vwr_fs_do_(p);
    if (r == VWR_OK)
        fs_take_attr(p->answer + VWR_FUSE_OUT_HEADER + VWR_FUSE_ATTR_OUT - VWR_FUSE_ATTR, attr);
    return r;
}

int vwr_fs_statfs(struct vwr_fs *p, const struct vwr_fs_node *node, struct vwr_fs_statfs *statfs)
{
    const uint8_t *at = p->answer + VWR_FUSE_OUT_HEADER;
    int r = fs_begin_node(p, &fs_statfs, node);

    if (r == VWR_OK)
        r = vwr_fs_do_(p);
    if (r != VWR_OK)
        return r;
    statfs->blocks = vwr_p9_next(&at, sizeof(statfs->blocks));
    statfs->free = vwr_p9_next(&at, sizeof(statfs->free));
    statfs->available = vwr_p9_next(&at, sizeof(statfs->available));
    statfs->files = vwr_p9_next(&at, sizeof(statfs->files));
    statfs->files_free = vwr_p9_next(&at, sizeof(statfs->files_free));
    statfs->block_bytes = (uint32_t)vwr_p9_next(&at, sizeof(statfs->block_bytes));
    statfs->name_bytes = (uint32_t)vwr_p9_next(&at, sizeof(statfs->name_bytes));
    return VWR_OK;
}

/* ---- open files ---- */

int vwr_fs_open_file(struct vwr_fs *p, const struct vwr_fs_node *node, uint32_t flags,
                     struct vwr_fs_file *file)
{
    int r = fs_begin_node(p, &fs_open, node);

    if (r != VWR_OK)
        return r;
    p->own.number[0] = flags;
    r = vwr_fs_do_(p);
    if (r == VWR_OK)
        fs_take_file(p, node->number, 0, file);
    return r;
}

int vwr_fs_open_folder(struct vwr_fs *p, const struct vwr_fs_node *node, struct vwr_fs_file *file)
{
    int r = fs_begin_node(p, &fs_opendir, node);

    if (r == VWR_OK)
        r = vwr_fs_do_(p);
    if (r == VWR_OK)
        fs_take_file(p, node->number, 0, file);
    return r;
}

int vwr_fs_create(struct vwr_fs *p, const struct vwr_fs_node *folder, const char *name, uint32_t flags,
                  uint32_t mode, struct vwr_fs_node *node, struct vwr_fs_file *file)
{
    int r = fs_begin_name(p, &fs_create, folder, name);

    if (r != VWR_OK)
        return r;
    p->own.number[0] = flags | VWR_P9_O_CREAT;
    p->own.number[1] = mode | VWR_P9_S_REG;
    r = vwr_fs_do_(p);
    if (r != VWR_OK)
        return r;
    r = fs_take_entry(p, node, NULL);
    fs_take_file(p, node->number, VWR_FUSE_ENTRY, file);
    return r;
}

static int fs_do_file(struct vwr_fs *p, const struct vwr_fs_row *row, const struct vwr_fs_file *file)
{
    const int r = fs_begin_file(p, row, file);

    return r == VWR_OK ? vwr_fs_do_(p) : r;
}

int vwr_fs_release(struct vwr_fs *p, const struct vwr_fs_file *file)
{
    return file->session == p->session ? fs_do_file(p, &fs_release, file) : VWR_OK;
}

int vwr_fs_release_folder(struct vwr_fs *p, const struct vwr_fs_file *file)
{
    return file->session == p->session ? fs_do_file(p, &fs_releasedir, file) : VWR_OK;
}

int vwr_fs_flush(struct vwr_fs *p, const struct vwr_fs_file *file)
{
    return fs_do_file(p, &fs_flush, file);
}

int vwr_fs_fsync(struct vwr_fs *p, const struct vwr_fs_file *file)
{
    return fs_do_file(p, &vwr_fs_fsync_row, file);
}
