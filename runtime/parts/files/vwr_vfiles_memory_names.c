/* SPDX-License-Identifier: MIT */
#include "vfiles_memory_common.h"

/*
 * Names in the in-memory tree. An entry is the name of a file in a folder. It is found by a hash of folder
 * and name. Entries with equal hashes are in a balanced tree, so a guest cannot make searches slow. Listings
 * follow the order of the entry array. An entry exists at least as long as a handle refers to it, and a file
 * as long as an entry refers to it.
 */

void vwr_vfiles_memory_touch_(struct vwr_vfiles_memory *m, struct vwr_p9_time *t)
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
    vfiles_memory_set_time(t, &m->time);
}

const char *vwr_vfiles_memory_name_(const struct vwr_vfiles_memory *m,
                                    const struct vwr_vfiles_memory_entry *e)
{
    return e->block != 0 ? (const char *)vwr_vfiles_memory_at_(m, e->block) : e->text;
}

/* ---- the index ---- */

static uint32_t vfiles_memory_hash(const struct vwr_vfiles_memory *m,
                                   const struct vwr_vfiles_memory_file *folder, const char *name,
                                   uint32_t bytes)
{
    uint32_t hash = 2166136261u ^ (uint32_t)(folder - m->options.file); /* FNV-1a */

    for (uint32_t i = 0; i < bytes; i++)
        hash = (hash ^ (uint8_t)name[i]) * 16777619u;
    return hash;
}

static struct vwr_vindex_node **vfiles_memory_head(const struct vwr_vfiles_memory *m, uint32_t hash)
{
    return &m->options.entry[vindex_head(hash, m->options.entry_count)].heads;
}

static struct vwr_vfiles_memory_entry *vfiles_memory_named(struct vwr_vindex_node *by_name)
{
    return (struct vwr_vfiles_memory_entry *)(void *)((uint8_t *)by_name -
                                                      __builtin_offsetof(struct vwr_vfiles_memory_entry,
                                                                         by_name));
}

/* Position of a name in the index: the node above it, and the side on which it is below that node. */
struct vfiles_memory_place {
    struct vwr_vindex_node **root;
    struct vwr_vindex_node *up;
    unsigned side;
    uint32_t hash;
};

/*
 * Sort order of an index: by hash, which a guest can make equal, then by folder, length and bytes. Negative:
 * the name precedes that of the entry; 0: they are equal.
 */
static int vfiles_memory_compare(struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *folder,
                                 const char *name, uint32_t bytes, const struct vwr_vfiles_memory_entry *e)
{
    const char *const own = vwr_vfiles_memory_name_(m, e);
    uint32_t same = 0;

    if (folder != e->folder)
        return folder < e->folder ? -1 : 1;
    if (bytes != e->bytes)
        return bytes < e->bytes ? -1 : 1;
    while (same < bytes && own[same] == name[same])
        same++;
    m->files.work += same * VFILES_MEMORY_WORK_BYTE;
    return same == bytes ? 0 : (uint8_t)name[same] < (uint8_t)own[same] ? -1 : 1;
}

static struct vwr_vfiles_memory_entry *vfiles_memory_find(struct vwr_vfiles_memory *m,
                                                          const struct vwr_vfiles_memory_file *folder,
                                                          const char *name, uint32_t bytes,
                                                          struct vfiles_memory_place *place)
{
    struct vwr_vindex_node *at;

    place->hash = vfiles_memory_hash(m, folder, name, bytes);
    place->root = vfiles_memory_head(m, place->hash);
    place->up = NULL;
    place->side = 0;
    m->files.work += bytes * VFILES_MEMORY_WORK_BYTE;
    for (at = *place->root; at != NULL; at = at->child[place->side]) {
        int order = place->hash < at->key ? -1 : place->hash > at->key;

        m->files.work += VFILES_MEMORY_WORK_LEVEL;
        if (order == 0)
            order = vfiles_memory_compare(m, folder, name, bytes, vfiles_memory_named(at));
        if (order == 0)
            return vfiles_memory_named(at);
        place->up = at;
        place->side = order > 0;
    }
    return NULL;
}

struct vwr_vfiles_memory_entry *vwr_vfiles_memory_lookup_(struct vwr_vfiles_memory *m,
                                                          const struct vwr_vfiles_memory_file *folder,
                                                          const char *name, uint32_t bytes)
{
    struct vfiles_memory_place place;

    return vfiles_memory_find(m, folder, name, bytes, &place);
}

/* ---- names ---- */

bool vwr_vfiles_memory_has_room_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e,
                                 uint32_t bytes)
{
    return bytes <= VWR_VFILES_MEMORY_SHORT || e->block != 0 || m->free_block != 0;
}

/* There is space for the name. */
static void vfiles_memory_set_name(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e,
                                   const char *name, uint32_t bytes)
{
    if (bytes > VWR_VFILES_MEMORY_SHORT && e->block == 0)
        e->block = vwr_vfiles_memory_block_(m);
    if (bytes <= VWR_VFILES_MEMORY_SHORT && e->block != 0) {
        vwr_vfiles_memory_free_block_(m, e->block);
        e->block = 0;
    }
    e->bytes = (uint16_t)bytes;
    vwr_copy(e->block != 0 ? (char *)vwr_vfiles_memory_at_(m, e->block) : e->text, name, bytes);
}

/* Inserts an entry into a folder that does not contain its name. */
static void vfiles_memory_insert(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e,
                                 struct vwr_vfiles_memory_file *folder)
{
    struct vfiles_memory_place place;

    (void)vfiles_memory_find(m, folder, vwr_vfiles_memory_name_(m, e), e->bytes, &place);
    e->by_name.key = place.hash;
    vwr_vindex_link_(place.root, place.up, place.side, &e->by_name);
    e->by_place.key = (uint32_t)(e - m->options.entry);
    vwr_vindex_add_(&folder->list, &e->by_place);
    e->folder = folder;
    if (vfiles_memory_is(e->file, VWR_P9_S_DIR))
        folder->links++;
    folder->version++;
    vwr_vfiles_memory_touch_(m, &folder->modified);
    vfiles_memory_set_time(&folder->changed, &folder->modified);
}

static void vfiles_memory_take_out(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e)
{
    struct vwr_vfiles_memory_file *const folder = e->folder;

    vwr_vindex_remove_(vfiles_memory_head(m, e->by_name.key), &e->by_name);
    vwr_vindex_remove_(&folder->list, &e->by_place);
    if (vfiles_memory_is(e->file, VWR_P9_S_DIR))
        folder->links--;
    folder->version++;
    vwr_vfiles_memory_touch_(m, &folder->modified);
    vfiles_memory_set_time(&folder->changed, &folder->modified);
    e->folder = NULL;
}

static void vfiles_memory_free_file(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file)
{
    (void)vwr_vfiles_memory_resize_(m, file, 0);
    file->next = m->free_file;
    m->free_file = file;
    m->files_free++;
}

static void vfiles_memory_free_entry(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e)
{
    struct vwr_vfiles_memory_file *const file = e->file;

    if (e->folder != NULL || e->handles != 0)
        return;
    if (e->block != 0)
        vwr_vfiles_memory_free_block_(m, e->block);
    e->block = 0;
    e->file = NULL;
    e->next = m->free_entry;
    m->free_entry = e;
    m->entries_free++;
    if (--file->users == 0)
        vfiles_memory_free_file(m, file);
}

struct vwr_vfiles_memory_entry *vwr_vfiles_memory_link_(struct vwr_vfiles_memory *m,
                                                        struct vwr_vfiles_memory_file *folder,
                                                        struct vwr_vfiles_memory_file *file, const char *name,
                                                        uint32_t bytes)
{
    struct vwr_vfiles_memory_entry *const e = m->free_entry;

    if (e == NULL || !vwr_vfiles_memory_has_room_(m, e, bytes))
        return NULL;
    vfiles_memory_set_name(m, e, name, bytes);
    m->free_entry = e->next;
    m->entries_free--;
    e->file = file;
    e->handles = 0;
    file->users++;
    file->links++;
    if (folder == file) { /* the root, which is not listed in a folder */
        e->folder = file;
        return e;
    }
    vfiles_memory_insert(m, e, folder);
    vwr_vfiles_memory_touch_(m, &file->changed);
    return e;
}

struct vwr_vfiles_memory_entry *vwr_vfiles_memory_make_(struct vwr_vfiles_memory *m,
                                                        struct vwr_vfiles_memory_file *folder, uint32_t mode,
                                                        const char *name, uint32_t bytes)
{
    struct vwr_vfiles_memory_file *const file = m->free_file;
    struct vwr_vfiles_memory_file *const rest = file != NULL ? file->next : NULL;
    const uint32_t generation = file != NULL ? file->generation + 1u : 0;
    struct vwr_vfiles_memory_entry *e;

    if (file == NULL)
        return NULL;
    vwr_zero(file, sizeof(*file));
    file->next = rest;
    file->generation = generation;
    file->mode = mode;
    vwr_vfiles_memory_touch_(m, &file->modified);
    vfiles_memory_set_time(&file->accessed, &file->modified);
    vfiles_memory_set_time(&file->changed, &file->modified);
    e = vwr_vfiles_memory_link_(m, folder != NULL ? folder : file, file, name, bytes);
    if (e == NULL)
        return NULL;
    m->free_file = rest;
    m->files_free--;
    if (vfiles_memory_is(file, VWR_P9_S_DIR)) {
        file->links++;
        file->own = e;
    }
    return e;
}

void vwr_vfiles_memory_unlink_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e)
{
    struct vwr_vfiles_memory_file *const file = e->file;

    vfiles_memory_take_out(m, e);
    file->links -= vfiles_memory_is(file, VWR_P9_S_DIR) ? 2u : 1u;
    vwr_vfiles_memory_touch_(m, &file->changed);
    vfiles_memory_free_entry(m, e);
}

void vwr_vfiles_memory_move_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e,
                             struct vwr_vfiles_memory_file *folder, const char *name, uint32_t bytes)
{
    vfiles_memory_take_out(m, e);
    vfiles_memory_set_name(m, e, name, bytes);
    vfiles_memory_insert(m, e, folder);
    vwr_vfiles_memory_touch_(m, &e->file->changed);
}

void vwr_vfiles_memory_put_handle_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e)
{
    e->handles--;
    vfiles_memory_free_entry(m, e);
}

/* ---- listing ---- */

/*
 * "." and ".." have offsets 1 and 2, and the first entry of the array has offset 3. The offset of an entry
 * never changes.
 */
#define VFILES_MEMORY_DOTS 2u

uint64_t vwr_vfiles_memory_offset_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e)
{
    return (uint64_t)(e - m->options.entry) + VFILES_MEMORY_DOTS + 1u;
}

static struct vwr_vfiles_memory_entry *vfiles_memory_placed(const struct vwr_vfiles_memory *m,
                                                            const struct vwr_vindex_node *by_place)
{
    return by_place != NULL ? &m->options.entry[by_place->key] : NULL;
}

struct vwr_vfiles_memory_entry *vwr_vfiles_memory_next_entry_(const struct vwr_vfiles_memory *m,
                                                              struct vwr_vfiles_memory_entry *e)
{
    return vfiles_memory_placed(m, vwr_vindex_next_(&e->by_place));
}

/* The last listed entry usually still exists. If it was removed, the next one is found through the index. */
struct vwr_vfiles_memory_entry *vwr_vfiles_memory_entry_behind_(const struct vwr_vfiles_memory *m,
                                                                const struct vwr_vfiles_memory_file *folder,
                                                                uint64_t offset)
{
    const uint64_t place = offset > VFILES_MEMORY_DOTS ? offset - VFILES_MEMORY_DOTS : 0;
    struct vwr_vfiles_memory_entry *last;

    if (place > m->options.entry_count)
        return NULL;
    last = place != 0 ? &m->options.entry[place - 1u] : NULL;
    if (last != NULL && last->folder == folder && last != folder->own)
        return vwr_vfiles_memory_next_entry_(m, last);
    return vfiles_memory_placed(m, vwr_vindex_from_(folder->list, (uint32_t)place));
}
