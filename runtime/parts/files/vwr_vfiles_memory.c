/* SPDX-License-Identifier: MIT */
#include "vfiles_memory_common.h"

/* In-memory tree of files: the file system functions for the devices. */

#define VFILES_MEMORY_TYPE 0x01021997u /* for statfs: Linux's V9FS_MAGIC */
#define VFILES_MEMORY_SECTOR 512u

static struct vwr_vfiles_memory *vfiles_memory_of(struct vwr_vfiles *f)
{
    return (struct vwr_vfiles_memory *)(void *)f; /* it is the first member */
}

static struct vwr_vfiles_memory_entry *vfiles_memory_entry_of(void *handle)
{
    return handle;
}

static struct vwr_vfiles_memory_file *vfiles_memory_file_of(void *handle)
{
    return vfiles_memory_entry_of(handle)->file;
}

static void vfiles_memory_set_qid(const struct vwr_vfiles_memory *m,
                                  const struct vwr_vfiles_memory_file *file, struct vwr_p9_qid *qid)
{
    qid->path = (uint64_t)file->generation << 32 | (uint64_t)(file - m->options.file + 1);
    qid->version = file->version;
    qid->type = VWR_P9_QT_FILE;
    if (vfiles_memory_is(file, VWR_P9_S_DIR))
        qid->type = VWR_P9_QT_DIR;
    if (vfiles_memory_is(file, VWR_P9_S_LNK))
        qid->type = VWR_P9_QT_SYMLINK;
}

/* Returns a handle for this entry. */
static int vfiles_memory_hand_out(const struct vwr_vfiles_memory *m, struct vwr_vfiles_call *c,
                                  struct vwr_vfiles_memory_entry *e)
{
    e->handles++;
    c->made = e;
    vfiles_memory_set_qid(m, e->file, &c->qid);
    return 0;
}

static int vfiles_memory_attach(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);

    return vfiles_memory_hand_out(m, c, m->options.file[0].own);
}

static int vfiles_memory_clone(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    return vfiles_memory_hand_out(vfiles_memory_of(f), c, c->file);
}

static void vfiles_memory_release(struct vwr_vfiles *f, void *file)
{
    vwr_vfiles_memory_put_handle_(vfiles_memory_of(f), file);
}

/* ".." is not an entry. */
static struct vwr_vfiles_memory_entry *vfiles_memory_step(struct vwr_vfiles_memory *m,
                                                          const struct vwr_vfiles_memory_entry *at,
                                                          const struct vwr_vfiles_name *name)
{
    if (vwr_p9_is_up(name->text, name->bytes))
        return at->folder != NULL ? at->folder->own : NULL;
    return vwr_vfiles_memory_lookup_(m, at->file, name->text, name->bytes);
}

static int vfiles_memory_walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_memory_entry *const at = c->file;
    struct vwr_vfiles_memory_entry *e;

    if (!vfiles_memory_is(at->file, VWR_P9_S_DIR))
        return VWR_P9_ENOTDIR;
    e = vfiles_memory_step(vfiles_memory_of(f), at, &c->name);
    return e != NULL ? vfiles_memory_hand_out(vfiles_memory_of(f), c, e) : VWR_P9_ENOENT;
}

/* ---- attributes ---- */

static int vfiles_memory_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_memory_file *const file = vfiles_memory_file_of(c->file);
    struct vwr_vfiles_attr *const a = &c->attr;

    vfiles_memory_set_qid(vfiles_memory_of(f), file, &c->qid);
    a->mode = file->mode;
    a->uid = file->uid;
    a->gid = file->gid;
    a->links = file->links;
    a->device = file->device;
    a->bytes = file->bytes;
    a->block_bytes = VWR_VFILES_MEMORY_BLOCK;
    a->blocks = (uint64_t)file->blocks * (VWR_VFILES_MEMORY_BLOCK / VFILES_MEMORY_SECTOR) +
                (file->image_bytes + VFILES_MEMORY_SECTOR - 1u) / VFILES_MEMORY_SECTOR;
    vfiles_memory_set_time(&a->accessed, &file->accessed);
    vfiles_memory_set_time(&a->modified, &file->modified);
    vfiles_memory_set_time(&a->changed, &file->changed);
    return 0;
}

static void vfiles_memory_set_times(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file,
                                    const struct vwr_vfiles_call *c)
{
    vwr_vfiles_memory_touch_(m, &file->changed);
    if ((c->set & VWR_P9_SET_ATIME) != 0)
        vfiles_memory_set_time(&file->accessed,
                               (c->set & VWR_P9_SET_ATIME_SET) != 0 ? &c->attr.accessed : &file->changed);
    if ((c->set & (VWR_P9_SET_MTIME | VWR_P9_SET_SIZE)) != 0)
        vfiles_memory_set_time(&file->modified,
                               (c->set & VWR_P9_SET_MTIME_SET) != 0 ? &c->attr.modified : &file->changed);
}

static int vfiles_memory_setattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_file *const file = vfiles_memory_file_of(c->file);
    int error = 0;

    if (m->options.read_only)
        return VWR_P9_EROFS;
    if ((c->set & VWR_P9_SET_SIZE) != 0)
        error = vfiles_memory_is(file, VWR_P9_S_REG) ? vwr_vfiles_memory_resize_(m, file, c->attr.bytes)
                                                     : VWR_P9_EINVAL;
    if ((c->set & VWR_P9_SET_MODE) != 0 && vfiles_memory_is(file, VWR_P9_S_LNK))
        error = VWR_P9_EOPNOTSUPP; /* like Linux's own file systems */
    if (error != 0)
        return error;
    if ((c->set & VWR_P9_SET_MODE) != 0)
        file->mode = (file->mode & VWR_P9_S_FMT) | (c->attr.mode & VWR_P9_S_PERM);
    if ((c->set & VWR_P9_SET_UID) != 0)
        file->uid = c->attr.uid;
    if ((c->set & VWR_P9_SET_GID) != 0)
        file->gid = c->attr.gid;
    vfiles_memory_set_times(m, file, c);
    file->version++;
    return 0;
}

static int vfiles_memory_statfs(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_statfs *const s = &c->statfs;

    s->type = VFILES_MEMORY_TYPE;
    s->block_bytes = VWR_VFILES_MEMORY_BLOCK;
    s->blocks = m->blocks;
    s->free = m->blocks_free;
    s->files = m->options.file_count;
    s->files_free = m->files_free;
    s->id = 0;
    return 0;
}

/* ---- content ---- */

static int vfiles_memory_open_file(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file,
                                   uint32_t flags)
{
    const bool changes = (flags & VWR_P9_O_ACCMODE) != VWR_P9_O_RDONLY || (flags & VWR_P9_O_TRUNC) != 0;

    if (vfiles_memory_is(file, VWR_P9_S_DIR))
        return 0;
    if (vfiles_memory_is(file, VWR_P9_S_LNK))
        return VWR_P9_ELOOP;
    if (!vfiles_memory_is(file, VWR_P9_S_REG))
        return VWR_P9_EACCES; /* Linux implements such files itself */
    if (changes && m->options.read_only)
        return VWR_P9_EROFS;
    if ((flags & VWR_P9_O_TRUNC) != 0 && file->bytes != 0) {
        vwr_vfiles_memory_touch_(m, &file->modified);
        vfiles_memory_set_time(&file->changed, &file->modified);
        file->version++;
        return vwr_vfiles_memory_resize_(m, file, 0);
    }
    return 0;
}

static int vfiles_memory_open(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    const int error = vfiles_memory_open_file(m, vfiles_memory_file_of(c->file), c->flags);

    vfiles_memory_set_qid(m, vfiles_memory_file_of(c->file), &c->qid);
    return error;
}

static int vfiles_memory_read(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    vwr_vfiles_memory_get_(vfiles_memory_of(f), vfiles_memory_file_of(c->file), c);
    return 0;
}

static int vfiles_memory_write(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_file *const file = vfiles_memory_file_of(c->file);
    const uint64_t offset = (c->flags & VWR_P9_O_APPEND) != 0 ? file->bytes : c->offset;
    const int error = vwr_vfiles_memory_put_(m, file, offset, c);

    if (error == 0) {
        vwr_vfiles_memory_touch_(m, &file->modified);
        vfiles_memory_set_time(&file->changed, &file->modified);
        file->version++;
    }
    return error;
}

static int vfiles_memory_readlink(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    c->offset = 0;
    return vfiles_memory_read(f, c);
}

static bool vfiles_memory_list_dots(const struct vwr_vfiles_memory *m, struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_memory_entry *const at = c->file;
    const struct vwr_vfiles_memory_file *const up = at->folder != NULL ? at->folder : at->file;
    struct vwr_p9_qid qid;

    vfiles_memory_set_qid(m, at->file, &qid);
    if (c->offset == 0 && !vwr_vfiles_put_entry(c, &qid, 1, VWR_P9_DT(VWR_P9_S_DIR), ".", 1))
        return false;
    vfiles_memory_set_qid(m, up, &qid);
    return c->offset >= 2 || vwr_vfiles_put_entry(c, &qid, 2, VWR_P9_DT(VWR_P9_S_DIR), "..", 2);
}

static int vfiles_memory_readdir(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_entry *e;
    struct vwr_p9_qid qid;

    if (!vfiles_memory_list_dots(m, c))
        return 0;
    e = vwr_vfiles_memory_entry_behind_(m, vfiles_memory_file_of(c->file), c->offset);
    for (; e != NULL; e = vwr_vfiles_memory_next_entry_(m, e)) {
        vfiles_memory_set_qid(m, e->file, &qid);
        if (!vwr_vfiles_put_entry(c, &qid, vwr_vfiles_memory_offset_(m, e), VWR_P9_DT(e->file->mode),
                                  vwr_vfiles_memory_name_(m, e), e->bytes))
            break;
    }
    return 0;
}

/* ---- names ---- */

/* Whether the folder accepts the name. */
static int vfiles_memory_may_add(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *folder,
                                 const struct vwr_vfiles_name *name)
{
    if (m->options.read_only)
        return VWR_P9_EROFS;
    if (!vfiles_memory_is(folder, VWR_P9_S_DIR))
        return VWR_P9_ENOTDIR;
    if (folder->links == 0)
        return VWR_P9_ENOENT; /* the folder was removed */
    return vwr_vfiles_memory_lookup_(m, folder, name->text, name->bytes) != NULL ? VWR_P9_EEXIST : 0;
}

static int vfiles_memory_new(struct vwr_vfiles_memory *m, struct vwr_vfiles_call *c, uint32_t mode,
                             struct vwr_vfiles_memory_entry **e)
{
    struct vwr_vfiles_memory_file *const folder = vfiles_memory_file_of(c->file);
    const int error = vfiles_memory_may_add(m, folder, &c->name);

    if (error != 0)
        return error;
    *e = vwr_vfiles_memory_make_(m, folder, mode, c->name.text, c->name.bytes);
    if (*e == NULL)
        return VWR_P9_ENOSPC;
    (*e)->file->uid = c->uid;
    (*e)->file->gid = c->gid;
    vfiles_memory_set_qid(m, (*e)->file, &c->qid);
    return 0;
}

static int vfiles_memory_create(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_entry *e = NULL;
    int error = vfiles_memory_new(m, c, (c->mode & VWR_P9_S_PERM) | VWR_P9_S_REG, &e);

    if (error == VWR_P9_EEXIST && (c->flags & VWR_P9_O_EXCL) == 0) {
        e = vwr_vfiles_memory_lookup_(m, vfiles_memory_file_of(c->file), c->name.text, c->name.bytes);
        error = vfiles_memory_is(e->file, VWR_P9_S_DIR) ? VWR_P9_EISDIR
                                                        : vfiles_memory_open_file(m, e->file, c->flags);
    }
    return error != 0 ? error : vfiles_memory_hand_out(m, c, e);
}

static int vfiles_memory_mkdir(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory_entry *e;

    return vfiles_memory_new(vfiles_memory_of(f), c, (c->mode & VWR_P9_S_PERM) | VWR_P9_S_DIR, &e);
}

static int vfiles_memory_symlink(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_entry *e;
    int error = vfiles_memory_new(m, c, VWR_P9_S_LNK | 0777u, &e);

    if (error != 0)
        return error;
    error = vwr_vfiles_memory_put_(m, e->file, 0, c);
    if (error != 0)
        vwr_vfiles_memory_unlink_(m, e);
    return error;
}

static int vfiles_memory_mknod(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const uint32_t type = c->mode & VWR_P9_S_FMT;
    struct vwr_vfiles_memory_entry *e;
    int error;

    if (type != VWR_P9_S_REG && type != VWR_P9_S_FIFO && type != VWR_P9_S_CHR && type != VWR_P9_S_BLK &&
        type != VWR_P9_S_SOCK)
        return VWR_P9_EINVAL;
    error = vfiles_memory_new(vfiles_memory_of(f), c, (c->mode & VWR_P9_S_PERM) | type, &e);
    if (error == 0 && (type == VWR_P9_S_CHR || type == VWR_P9_S_BLK))
        e->file->device = c->device;
    return error;
}

static int vfiles_memory_hard_link(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    struct vwr_vfiles_memory_file *const folder = vfiles_memory_file_of(c->to);
    struct vwr_vfiles_memory_file *const file = vfiles_memory_file_of(c->file);
    const int error = vfiles_memory_may_add(m, folder, &c->name);

    if (error != 0)
        return error;
    if (vfiles_memory_is(file, VWR_P9_S_DIR))
        return VWR_P9_EPERM;
    if (file->links == 0)
        return VWR_P9_ENOENT;
    return vwr_vfiles_memory_link_(m, folder, file, c->name.text, c->name.bytes) != NULL ? 0 : VWR_P9_ENOSPC;
}

/* ---- removing names ---- */

static bool vfiles_memory_is_root(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e)
{
    return e == m->options.file[0].own;
}

static int vfiles_memory_drop(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e)
{
    if (m->options.read_only)
        return VWR_P9_EROFS;
    if (vfiles_memory_is_root(m, e))
        return VWR_P9_EBUSY;
    if (e->folder == NULL)
        return VWR_P9_ENOENT;
    if (vfiles_memory_is(e->file, VWR_P9_S_DIR) && e->file->list != NULL)
        return VWR_P9_ENOTEMPTY;
    vwr_vfiles_memory_unlink_(m, e);
    return 0;
}

static int vfiles_memory_remove(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    return vfiles_memory_drop(vfiles_memory_of(f), c->file);
}

static int vfiles_memory_unlinkat(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    const struct vwr_vfiles_memory_file *const folder = vfiles_memory_file_of(c->file);
    struct vwr_vfiles_memory_entry *e;
    bool is_folder;

    if (!vfiles_memory_is(folder, VWR_P9_S_DIR))
        return VWR_P9_ENOTDIR;
    e = vwr_vfiles_memory_lookup_(m, folder, c->name.text, c->name.bytes);
    if (e == NULL)
        return VWR_P9_ENOENT;
    is_folder = vfiles_memory_is(e->file, VWR_P9_S_DIR);
    if (is_folder != ((c->flags & VWR_P9_AT_REMOVEDIR) != 0))
        return is_folder ? VWR_P9_EISDIR : VWR_P9_ENOTDIR;
    return vfiles_memory_drop(m, e);
}

/* ---- renaming ---- */

/*
 * Whether a folder, which was not removed, is the file or is inside it; searches up to the root. 0: no;
 * EINVAL: yes; ELOOP: the search limit was reached.
 */
static int vfiles_memory_is_in(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *folder,
                               const struct vwr_vfiles_memory_file *file)
{
    unsigned levels = 0;

    for (; folder != file && folder != &m->options.file[0]; levels++) {
        if (levels == VWR_VFILES_MEMORY_LEVELS)
            return VWR_P9_ELOOP;
        m->files.work += VFILES_MEMORY_WORK_LEVEL;
        folder = folder->own->folder;
    }
    return folder == file ? VWR_P9_EINVAL : 0;
}

/* Whether the new name may replace an existing one. */
static int vfiles_memory_may_replace(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e,
                                     const struct vwr_vfiles_memory_entry *old)
{
    const bool is_folder = vfiles_memory_is(e->file, VWR_P9_S_DIR);

    if (vfiles_memory_is(old->file, VWR_P9_S_DIR) &&
        vfiles_memory_is_in(m, e->folder, old->file) == VWR_P9_EINVAL)
        return VWR_P9_ENOTEMPTY;
    if (vfiles_memory_is(old->file, VWR_P9_S_DIR) != is_folder)
        return is_folder ? VWR_P9_ENOTDIR : VWR_P9_EISDIR;
    return is_folder && old->file->list != NULL ? VWR_P9_ENOTEMPTY : 0;
}

static int vfiles_memory_rename_to(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e,
                                   struct vwr_vfiles_memory_file *folder, const struct vwr_vfiles_name *name)
{
    struct vwr_vfiles_memory_entry *old;
    int error;

    if (vfiles_memory_is_root(m, e))
        return VWR_P9_EBUSY;
    error = e->folder == NULL ? VWR_P9_ENOENT : vfiles_memory_may_add(m, folder, name);
    if (error != 0 && error != VWR_P9_EEXIST)
        return error;
    error = vfiles_memory_is(e->file, VWR_P9_S_DIR) ? vfiles_memory_is_in(m, folder, e->file) : 0;
    if (error != 0)
        return error;
    old = vwr_vfiles_memory_lookup_(m, folder, name->text, name->bytes);
    if (old != NULL && old->file == e->file)
        return 0; /* both are names of the same file; Linux keeps both */
    error = old != NULL ? vfiles_memory_may_replace(m, e, old) : 0;
    if (error == 0 && !vwr_vfiles_memory_has_room_(m, e, name->bytes))
        error = VWR_P9_ENOSPC;
    if (error != 0)
        return error;
    if (old != NULL)
        vwr_vfiles_memory_unlink_(m, old);
    vwr_vfiles_memory_move_(m, e, folder, name->text, name->bytes);
    return 0;
}

static int vfiles_memory_rename(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    return vfiles_memory_rename_to(vfiles_memory_of(f), c->file, vfiles_memory_file_of(c->to), &c->name);
}

static int vfiles_memory_renameat(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    const struct vwr_vfiles_memory_file *const folder = vfiles_memory_file_of(c->file);
    struct vwr_vfiles_memory_entry *e;

    if (!vfiles_memory_is(folder, VWR_P9_S_DIR) ||
        !vfiles_memory_is(vfiles_memory_file_of(c->to), VWR_P9_S_DIR))
        return VWR_P9_ENOTDIR;
    e = vwr_vfiles_memory_lookup_(m, folder, c->name.text, c->name.bytes);
    if (e == NULL)
        return VWR_P9_ENOENT;
    return vfiles_memory_rename_to(m, e, vfiles_memory_file_of(c->to), &c->second);
}

/* Length of the path from the root; negative: a name in the path was removed, or the path is too deep. */
static int vfiles_memory_measure(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e)
{
    unsigned levels = 0;
    int bytes = 0;

    for (; e != m->options.file[0].own; e = e->folder->own) {
        if (e->folder == NULL || levels++ == VWR_VFILES_MEMORY_LEVELS)
            return -1;
        bytes += e->bytes + (bytes != 0);
    }
    return bytes;
}

static int vfiles_memory_path(struct vwr_vfiles *f, const void *file, char *to, uint32_t room)
{
    const struct vwr_vfiles_memory *const m = vfiles_memory_of(f);
    const struct vwr_vfiles_memory_entry *e = file;
    const int bytes = vfiles_memory_measure(m, e);

    for (uint32_t at = bytes > 0 ? (uint32_t)bytes : 0; at != 0 && (uint32_t)bytes <= room;
         e = e->folder->own) {
        at -= e->bytes;
        vwr_copy(to + at, vwr_vfiles_memory_name_(m, e), e->bytes);
        if (at != 0)
            to[--at] = '/';
    }
    return bytes;
}

static const struct vwr_vfiles_ops vfiles_memory_ops = {
    .attach = vfiles_memory_attach,
    .walk = vfiles_memory_walk,
    .clone = vfiles_memory_clone,
    .release = vfiles_memory_release,
    .getattr = vfiles_memory_getattr,
    .setattr = vfiles_memory_setattr,
    .open = vfiles_memory_open,
    .create = vfiles_memory_create,
    .read = vfiles_memory_read,
    .write = vfiles_memory_write,
    .readdir = vfiles_memory_readdir,
    .readlink = vfiles_memory_readlink,
    .mkdir = vfiles_memory_mkdir,
    .symlink = vfiles_memory_symlink,
    .mknod = vfiles_memory_mknod,
    .link = vfiles_memory_hard_link,
    .rename = vfiles_memory_rename,
    .renameat = vfiles_memory_renameat,
    .remove = vfiles_memory_remove,
    .unlinkat = vfiles_memory_unlinkat,
    .statfs = vfiles_memory_statfs,
    .path = vfiles_memory_path,
};

/* ---- functions for the VMM ---- */

#define V9P_POOL_LEAST (2u * (VWR_VFILES_MEMORY_BLOCK + sizeof(uint32_t)))

int vwr_vfiles_memory_init(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_options *o)
{
    vwr_zero(m, sizeof(*m));
    if ((o->lock == NULL) != (o->unlock == NULL))
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&m->shortage, o, file, file_count, 2u) ||
        !VWR_ARRAY_FITS(&m->shortage, o, entry, entry_count, 2u) ||
        (o->pool != NULL && !VWR_ARRAY_FITS(&m->shortage, o, pool, pool_bytes, V9P_POOL_LEAST)))
        return VWR_ENOMEM;
    vwr_zero(o->file, o->file_count * sizeof(*o->file));
    vwr_zero(o->entry, o->entry_count * sizeof(*o->entry));
    m->files.ops = &vfiles_memory_ops;
    m->files.lock = o->lock;
    m->files.unlock = o->unlock;
    m->context = o->context;
    vwr_copy(&m->options, o, sizeof(*o));
    for (uint32_t i = o->file_count; i-- != 0; m->free_file = &o->file[i])
        o->file[i].next = m->free_file;
    for (uint32_t i = o->entry_count; i-- != 0; m->free_entry = &o->entry[i])
        o->entry[i].next = m->free_entry;
    m->files_free = o->file_count;
    m->entries_free = o->entry_count;
    if (o->pool != NULL && vwr_vfiles_memory_pool_(m, o->pool, o->pool_bytes) != VWR_OK)
        return VWR_ENOMEM;
    (void)vwr_vfiles_memory_make_(m, NULL, VWR_P9_S_DIR | 0755u, "/", 1);
    return VWR_OK;
}
