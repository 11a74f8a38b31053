/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "v9p_memory_common.h"

/*
 * Names of the tree in memory. An entry is a name of a file in a folder: found by a hash of both, listed in
 * the order in which they came. It stays as long as a handle has it, and the file as long as an entry does.
 */

void vwr_v9p_memory_touch(struct vwr_v9p_memory *m, struct vwr_v9p_time *t)
{
    if (m->options.now != NULL) {
        m->options.now(m->options.context, t);
        return;
    }
    m->time.nanoseconds++;
    if (m->time.nanoseconds == 1000000000u) {
        m->time.nanoseconds = 0;
        m->time.seconds++;
    }
    v9p_memory_set_time(t, &m->time);
}

const char *vwr_v9p_memory_name(const struct vwr_v9p_memory *m, const struct vwr_v9p_memory_entry *e)
{
    return e->block != 0 ? (const char *)vwr_v9p_memory_at(m, e->block) : e->text;
}

/* ---- the hash ---- */

static struct vwr_v9p_memory_entry **v9p_memory_head(const struct vwr_v9p_memory *m,
                                                     const struct vwr_v9p_memory_file *folder,
                                                     const char *name, uint32_t bytes)
{
    uint32_t hash = 2166136261u ^ (uint32_t)(folder - m->options.file); /* FNV-1a */

    for (uint32_t i = 0; i < bytes; i++)
        hash = (hash ^ (uint8_t)name[i]) * 16777619u;
    return &m->options.entry[vwr_remainder(hash, m->options.entries)].heads;
}

static bool v9p_memory_has_name(const struct vwr_v9p_memory *m, const struct vwr_v9p_memory_entry *e,
                                const char *name, uint32_t bytes)
{
    const char *const own = vwr_v9p_memory_name(m, e);
    uint32_t same = 0;

    while (e->bytes == bytes && same < bytes && own[same] == name[same])
        same++;
    return e->bytes == bytes && same == bytes;
}

struct vwr_v9p_memory_entry *vwr_v9p_memory_lookup(const struct vwr_v9p_memory *m,
                                                   const struct vwr_v9p_memory_file *folder, const char *name,
                                                   uint32_t bytes)
{
    struct vwr_v9p_memory_entry *e = *v9p_memory_head(m, folder, name, bytes);

    while (e != NULL && (e->folder != folder || !v9p_memory_has_name(m, e, name, bytes)))
        e = e->chain;
    return e;
}

/* ---- names ---- */

bool vwr_v9p_memory_has_room(const struct vwr_v9p_memory *m, const struct vwr_v9p_memory_entry *e,
                             uint32_t bytes)
{
    return bytes <= VWR_V9P_MEMORY_SHORT || e->block != 0 || m->free_block != 0;
}

/* There is room. */
static void v9p_memory_set_name(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e, const char *name,
                                uint32_t bytes)
{
    if (bytes > VWR_V9P_MEMORY_SHORT && e->block == 0)
        e->block = vwr_v9p_memory_block(m);
    if (bytes <= VWR_V9P_MEMORY_SHORT && e->block != 0) {
        vwr_v9p_memory_free_block(m, e->block);
        e->block = 0;
    }
    e->bytes = (uint16_t)bytes;
    vwr_copy(e->block != 0 ? (char *)vwr_v9p_memory_at(m, e->block) : e->text, name, bytes);
}

/* Into a folder, with the name that it has. */
static void v9p_memory_insert(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e,
                              struct vwr_v9p_memory_file *folder)
{
    struct vwr_v9p_memory_entry **const head =
        v9p_memory_head(m, folder, vwr_v9p_memory_name(m, e), e->bytes);

    e->chain = *head;
    *head = e;
    e->folder = folder;
    e->before = folder->last;
    e->after = NULL;
    *(folder->last != NULL ? &folder->last->after : &folder->first) = e;
    folder->last = e;
    e->cookie = ++folder->cookie;
    if (v9p_memory_is(e->file, VWR_P9_S_DIR))
        folder->links++;
    folder->version++;
    vwr_v9p_memory_touch(m, &folder->modified);
    v9p_memory_set_time(&folder->changed, &folder->modified);
}

static void v9p_memory_take_out(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e)
{
    struct vwr_v9p_memory_file *const folder = e->folder;
    struct vwr_v9p_memory_entry **at = v9p_memory_head(m, folder, vwr_v9p_memory_name(m, e), e->bytes);

    while (*at != e) /* it is in the chain */
        at = &(*at)->chain;
    *at = e->chain;
    *(e->before != NULL ? &e->before->after : &folder->first) = e->after;
    *(e->after != NULL ? &e->after->before : &folder->last) = e->before;
    if (folder->resume == e)
        folder->resume = e->after;
    if (v9p_memory_is(e->file, VWR_P9_S_DIR))
        folder->links--;
    folder->version++;
    vwr_v9p_memory_touch(m, &folder->modified);
    v9p_memory_set_time(&folder->changed, &folder->modified);
    e->folder = NULL;
}

static void v9p_memory_free_file(struct vwr_v9p_memory *m, struct vwr_v9p_memory_file *file)
{
    (void)vwr_v9p_memory_resize(m, file, 0);
    file->next = m->free_file;
    m->free_file = file;
    m->files_free++;
}

static void v9p_memory_free_entry(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e)
{
    struct vwr_v9p_memory_file *const file = e->file;

    if (e->folder != NULL || e->handles != 0)
        return;
    if (e->block != 0)
        vwr_v9p_memory_free_block(m, e->block);
    e->block = 0;
    e->file = NULL;
    e->chain = m->free_entry;
    m->free_entry = e;
    m->entries_free++;
    if (--file->users == 0)
        v9p_memory_free_file(m, file);
}

struct vwr_v9p_memory_entry *vwr_v9p_memory_link(struct vwr_v9p_memory *m, struct vwr_v9p_memory_file *folder,
                                                 struct vwr_v9p_memory_file *file, const char *name,
                                                 uint32_t bytes)
{
    struct vwr_v9p_memory_entry *const e = m->free_entry;

    if (e == NULL || !vwr_v9p_memory_has_room(m, e, bytes))
        return NULL;
    v9p_memory_set_name(m, e, name, bytes);
    m->free_entry = e->chain;
    m->entries_free--;
    e->file = file;
    e->handles = 0;
    file->users++;
    file->links++;
    if (folder == file) { /* the root, which no folder lists */
        e->folder = file;
        return e;
    }
    v9p_memory_insert(m, e, folder);
    vwr_v9p_memory_touch(m, &file->changed);
    return e;
}

struct vwr_v9p_memory_entry *vwr_v9p_memory_make(struct vwr_v9p_memory *m, struct vwr_v9p_memory_file *folder,
                                                 uint32_t mode, const char *name, uint32_t bytes)
{
    struct vwr_v9p_memory_file *const file = m->free_file;
    struct vwr_v9p_memory_file *const rest = file != NULL ? file->next : NULL;
    const uint32_t generation = file != NULL ? file->generation + 1u : 0;
    struct vwr_v9p_memory_entry *e;

    if (file == NULL)
        return NULL;
    vwr_zero(file, sizeof(*file));
    file->next = rest;
    file->generation = generation;
    file->mode = mode;
    file->cookie = 2; /* those of "." and ".." */
    vwr_v9p_memory_touch(m, &file->modified);
    v9p_memory_set_time(&file->accessed, &file->modified);
    v9p_memory_set_time(&file->changed, &file->modified);
    e = vwr_v9p_memory_link(m, folder != NULL ? folder : file, file, name, bytes);
    if (e == NULL)
        return NULL;
    m->free_file = rest;
    m->files_free--;
    if (v9p_memory_is(file, VWR_P9_S_DIR)) {
        file->links++;
        file->own = e;
    }
    return e;
}

void vwr_v9p_memory_unlink(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e)
{
    struct vwr_v9p_memory_file *const file = e->file;

    v9p_memory_take_out(m, e);
    file->links -= v9p_memory_is(file, VWR_P9_S_DIR) ? 2u : 1u;
    vwr_v9p_memory_touch(m, &file->changed);
    v9p_memory_free_entry(m, e);
}

void vwr_v9p_memory_move(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e,
                         struct vwr_v9p_memory_file *folder, const char *name, uint32_t bytes)
{
    v9p_memory_take_out(m, e);
    v9p_memory_set_name(m, e, name, bytes);
    v9p_memory_insert(m, e, folder);
    vwr_v9p_memory_touch(m, &e->file->changed);
}

void vwr_v9p_memory_put_handle(struct vwr_v9p_memory *m, struct vwr_v9p_memory_entry *e)
{
    e->handles--;
    v9p_memory_free_entry(m, e);
}

/* ---- listing ---- */

/* From where the last listing has ended, if this one goes on there. */
struct vwr_v9p_memory_entry *vwr_v9p_memory_entry_behind(const struct vwr_v9p_memory_file *folder,
                                                         uint64_t offset)
{
    struct vwr_v9p_memory_entry *e = folder->resume;

    if (e == NULL || e->cookie <= offset || (e->before != NULL && e->before->cookie > offset))
        e = folder->first;
    while (e != NULL && e->cookie <= offset)
        e = e->after;
    return e;
}
