/* SPDX-License-Identifier: MIT */
#ifndef VWR_V9P_MEMORY_H
#define VWR_V9P_MEMORY_H

#include "vwr/v9p.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/*
 * A tree of files in memory, for vwr/v9p.h: folders, files, symbolic and hard links, device files. All memory
 * is the VMM's: so many files, so many names, and a pool of blocks for what is written; when one of them is
 * used up the guest gets ENOSPC. What the VMM puts into the tree before is not copied (vwr_v9p_memory_add): a
 * block of it that the guest writes to is copied into the pool, so that an image of 64 MiB takes no more of
 * it than what is changed. A file with holes takes blocks for what was written only.
 *
 *     r = vwr_v9p_memory_init(&tree, &memory);
 *     if (r == VWR_OK)
 *         r = vwr_v9p_memory_add(&tree, "etc/motd", VWR_P9_S_REG | 0644, motd, motd_bytes);
 *     options.files = &tree.files;
 *
 * Permissions are the guest's to check, as Linux does (access=client); a tree with read_only answers EROFS.
 *
 * Context: as functions of a file system are called; memory_add before a device uses it. Nothing waits.
 * Loops: over the levels of an index of the names; those of a path, and of the folders above one, at most
 * VWR_V9P_MEMORY_LEVELS; a block of block numbers for each block that is needed, two when a file is cut off.
 * What they look through is charged to the guest's budget. Context, stack and loops of each call:
 * docs/contexts.md.
 */

#define VWR_V9P_MEMORY_BLOCK 4096u  /* not the specification's */
#define VWR_V9P_MEMORY_SHORT 40u    /* bytes of a name that takes no block of the pool */
#define VWR_V9P_MEMORY_LEVELS 1024u /* of folders: a folder is moved no deeper; not the specification's */

/* A file of any kind. Private. */
struct vwr_v9p_memory_entry;
struct vwr_v9p_memory_file {
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint32_t links; /* names, and of a folder itself and the folders in it */
    uint32_t users; /* entries, with a name or kept by a handle */
    uint32_t version;
    uint32_t generation; /* of files that this structure has been */
    uint64_t bytes;
    uint64_t device;
    struct vwr_v9p_time accessed;
    struct vwr_v9p_time modified;
    struct vwr_v9p_time changed;
    const uint8_t *image; /* what was there before; not written */
    uint64_t image_bytes;
    uint32_t root;                    /* block, index + 1, of data or at a higher level of block numbers */
    uint32_t levels;                  /* of block numbers */
    uint32_t blocks;                  /* of the pool */
    struct vwr_v9p_memory_file *next; /* that is free */
    struct vwr_v9p_memory_entry *own; /* a folder's name */
    struct vwr_vindex_node *list;     /* a folder's entries, by their index in the array */
};

/* A name in a folder; a handle is one of these. Private. */
struct vwr_v9p_memory_entry {
    struct vwr_v9p_memory_file *file;   /* NULL: it is free */
    struct vwr_v9p_memory_file *folder; /* NULL: its name is gone */
    struct vwr_v9p_memory_entry *next;  /* that is free */
    struct vwr_vindex_node *heads;      /* names whose hash leads to this index */
    struct vwr_vindex_node by_name;     /* its key is the hash */
    struct vwr_vindex_node by_place;    /* in its folder's list */
    uint32_t handles;
    uint32_t block; /* of the pool, index + 1, if the name is long */
    uint16_t bytes;
    char text[VWR_V9P_MEMORY_SHORT];
};

/*
 *   file      `files` structures, the root's among them
 *   entry     `entries` structures: one for each name, the root's too
 *   pool      `bytes` of memory for what is written, aligned to 8; may be none for a tree that is read only
 *   now       NULL, or the time; NULL: each change is a nanosecond later than the last
 *   lock, unlock   as struct vwr_v9p_files has them
 */
struct vwr_v9p_memory_options {
    struct vwr_v9p_memory_file *file;
    uint32_t files;
    struct vwr_v9p_memory_entry *entry;
    uint32_t entries;
    void *pool;
    size_t bytes;
    bool read_only;
    void *context; /* of now, and the VMM's */
    void (*now)(void *context, struct vwr_v9p_time *t);
    void (*lock)(struct vwr_v9p_files *f);
    void (*unlock)(struct vwr_v9p_files *f);
};

struct vwr_v9p_memory {
    struct vwr_v9p_files files; /* first; for struct vwr_v9p_options */
    void *context;
    uint32_t blocks;      /* of the pool */
    uint32_t blocks_free; /* of them */
    uint32_t files_free;
    uint32_t entries_free;
    /* private */
    struct vwr_v9p_memory_options options;
    struct vwr_v9p_memory_file *free_file;
    struct vwr_v9p_memory_entry *free_entry;
    uint8_t *pool;
    /* For each block that is free: the next, and how many levels of block numbers it has. For one that is in
     * use: the blocks of its tree, itself too. */
    uint32_t *next;
    uint32_t free_block;
    struct vwr_v9p_time time;
};

/* Of the pool for so many bytes of data: blocks, and what they are kept by. */
#define VWR_V9P_MEMORY_POOL(data)                                                 \
    (((size_t)(data) / VWR_V9P_MEMORY_BLOCK + 2u) * (VWR_V9P_MEMORY_BLOCK + 8u) + \
     (size_t)(data) / VWR_V9P_MEMORY_BLOCK * 8u)

/* An empty tree. VWR_OK; VWR_EINVAL: no file, no entry, one lock hook alone; VWR_ENOMEM: fewer than 2 of
 * either, or a pool that is not aligned. */
VWR_MUST_CHECK int vwr_v9p_memory_init(struct vwr_v9p_memory *m, const struct vwr_v9p_memory_options *o);

/*
 * A file at a path such as "usr/share/words", before a device uses the tree; folders on the way there are
 * made. `mode` is as Linux has it, with the type: of a regular file, content[0 .. bytes) is what it has; of a
 * symbolic link, the target; of a folder, nothing. The content is not copied and not written, and in use as
 * long as the tree. VWR_OK; VWR_EINVAL: no path, a name that is empty, too long, "." or "..", or a mode of
 * another type; VWR_EBUSY: there is such a name already; VWR_ETYPE: a name on the way is no folder;
 * VWR_ENOMEM: no file, entry or block is free.
 */
VWR_MUST_CHECK int vwr_v9p_memory_add(struct vwr_v9p_memory *m, const char *path, uint32_t mode,
                                      const void *content, uint64_t bytes);

/* For the VMM: up to `bytes` of a file's content from `offset` on: how many. VWR_ENODEV: there is no such
 * file. Takes the lock of `files`. */
VWR_MUST_CHECK int vwr_v9p_memory_read(struct vwr_v9p_memory *m, const char *path, uint64_t offset, void *to,
                                       uint32_t bytes);

VWR_END_C

#endif
