/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFILES_MEMORY_H
#define VWR_VFILES_MEMORY_H

#include "vwr/array.h"
#include "vwr/vfiles.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/**
 * DOC: In-memory file system for the 9P and virtiofs devices
 *
 * A tree can contain folders, files, symbolic and hard links, and device files. The VMM provides all memory:
 * arrays of files and names, and a pool of blocks for written data. If an array or the pool is exhausted, the
 * guest's request fails with ENOSPC::
 *
 *     r = vwr_vfiles_memory_init(&tree, &memory);
 *     if (r == VWR_OK)
 *         r = vwr_vfiles_memory_add(&tree, "etc/motd", VWR_P9_S_REG | 0644, motd, motd_bytes);
 *     options.files = &tree.files;
 *
 * Content that vwr_vfiles_memory_add() adds is not copied. Only blocks that the guest writes to are copied
 * into the pool. A sparse file occupies blocks for written data only.
 *
 * The guest checks permissions, as Linux does with access=client. Changes to a read-only tree fail with
 * EROFS. Loops are bounded by the depth of the name index, the depth of a path (VWR_VFILES_MEMORY_LEVELS),
 * and, for each block needed, one block of block numbers (two when a file is truncated). Their work is
 * charged to the guest's budget.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 */

/*
 * Block size in bytes; maximum length of a name that needs no block from the pool; maximum nesting depth of
 * folders.
 */
#define VWR_VFILES_MEMORY_BLOCK 4096u
#define VWR_VFILES_MEMORY_SHORT 40u
#define VWR_VFILES_MEMORY_LEVELS 1024u

struct vwr_vfiles_memory_entry;

/* A file of any kind; private. */
struct vwr_vfiles_memory_file {
    uint32_t mode;
    uint32_t uid;
    uint32_t gid;
    uint32_t links; /* number of names; for a folder, also one for itself and one for each subfolder */
    uint32_t users; /* entries with a name, or used by a handle */
    uint32_t version;
    uint32_t generation; /* number of files that have used this structure so far */
    uint64_t bytes;
    uint64_t device;
    struct vwr_p9_time accessed;
    struct vwr_p9_time modified;
    struct vwr_p9_time changed;
    const uint8_t *image; /* initial content, which is never written to */
    uint64_t image_bytes;
    uint32_t root;                       /* block index + 1: data, or block numbers of the highest level */
    uint32_t levels;                     /* levels of block numbers */
    uint32_t blocks;                     /* number of blocks from the pool */
    struct vwr_vfiles_memory_file *next; /* next free one */
    struct vwr_vfiles_memory_entry *own; /* name of a folder */
    struct vwr_vindex_node *list;        /* entries of a folder, by their index in the array */
};

/* A name in a folder; a handle refers to one. Private. */
struct vwr_vfiles_memory_entry {
    struct vwr_vfiles_memory_file *file;   /* NULL: free */
    struct vwr_vfiles_memory_file *folder; /* NULL: the name was removed */
    struct vwr_vfiles_memory_entry *next;  /* next free one */
    struct vwr_vindex_node *heads;         /* names whose hash maps to this index */
    struct vwr_vindex_node by_name;        /* its key is the hash */
    struct vwr_vindex_node by_place;       /* in its folder's list */
    uint32_t handles;
    uint32_t block; /* block index + 1 of a long name */
    uint16_t bytes;
    char text[VWR_VFILES_MEMORY_SHORT];
};

/**
 * struct vwr_vfiles_memory_options - Options of vwr_vfiles_memory_init()
 * @file: Memory for files, including the root.
 * @file_count: Number of entries in @file, at least 2.
 * @entry: Memory for names, including the root's.
 * @entry_count: Number of entries in @entry, at least 2.
 * @pool: Memory for data, aligned to 8 bytes; VWR_VFILES_MEMORY_POOL() computes its size. May be NULL for a
 *   read-only tree.
 * @pool_bytes: Size of @pool in bytes.
 * @read_only: The guest cannot change the tree.
 * @context: For @now, and for the VMM.
 * @now: Returns the current time. NULL: each change is stamped one nanosecond after the previous one.
 * @lock: Lock hook, as in struct vwr_vfiles.
 * @unlock: Unlock hook.
 */
struct vwr_vfiles_memory_options {
    struct vwr_vfiles_memory_file *file;
    uint32_t file_count;
    struct vwr_vfiles_memory_entry *entry;
    uint32_t entry_count;
    void *pool;
    size_t pool_bytes;
    bool read_only;
    void *context;
    void (*now)(void *context, struct vwr_p9_time *t);
    void (*lock)(struct vwr_vfiles *f);
    void (*unlock)(struct vwr_vfiles *f);
};

/**
 * struct vwr_vfiles_memory - A tree
 * @files: File system, for struct vwr_v9p_options and struct vwr_vfs_options; the first member.
 * @context: For the VMM.
 * @blocks: Number of blocks in the pool.
 * @blocks_free: Number of free blocks.
 * @files_free: Number of free files.
 * @entries_free: Number of free names.
 * @shortage: The array that was too small, after an init that failed with VWR_ENOMEM.
 */
struct vwr_vfiles_memory {
    struct vwr_vfiles files;
    void *context;
    uint32_t blocks;
    uint32_t blocks_free;
    uint32_t files_free;
    uint32_t entries_free;
    struct vwr_shortage shortage;
    /* private: */
    struct vwr_vfiles_memory_options options;
    struct vwr_vfiles_memory_file *free_file;
    struct vwr_vfiles_memory_entry *free_entry;
    uint8_t *pool;
    /* For a free block: the next free block, and how many levels of block numbers are below it. For a block
     * in use: the number of blocks in its tree, including itself. */
    uint32_t *next;
    uint32_t free_block;
    struct vwr_p9_time time;
};

/**
 * VWR_VFILES_MEMORY_POOL() - Size of a pool in bytes
 * @data: Size of the data in bytes.
 */
#define VWR_VFILES_MEMORY_POOL(data)                                                    \
    (((size_t)(data) / VWR_VFILES_MEMORY_BLOCK + 2u) * (VWR_VFILES_MEMORY_BLOCK + 8u) + \
     (size_t)(data) / VWR_VFILES_MEMORY_BLOCK * 8u)

/**
 * vwr_vfiles_memory_init() - Initialise an empty tree
 * @m: Tree. The caller keeps it, and the memory, while a device uses it.
 * @o: Options.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: there is only one lock hook.
 * * VWR_ENOMEM: an array is too small (see m->shortage), or the pool is misaligned.
 */
VWR_MUST_CHECK int vwr_vfiles_memory_init(struct vwr_vfiles_memory *m,
                                          const struct vwr_vfiles_memory_options *o);

/**
 * vwr_vfiles_memory_add() - Add a file before a device uses the tree
 * @m: Tree.
 * @path: Path, such as "usr/share/words". Missing folders are created.
 * @mode: Linux mode including the type: regular file, symbolic link or folder.
 * @content: Content of a file, or target of a link; NULL for a folder. It is neither copied nor written, and
 *   must stay valid as long as the tree is in use.
 * @bytes: Size of @content in bytes.
 *
 * Context: The VMM. Takes the lock of @m->files. Does not wait, except for the VM's lock hook. Not
 *   from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_EINVAL: there is no path, a name is empty, too long, "." or "..", or the type is
 *   unsupported.
 * * VWR_EBUSY: the name exists.
 * * VWR_ETYPE: a part of the path is not a folder.
 * * VWR_ENOMEM: there is no free file, entry or block.
 */
VWR_MUST_CHECK int vwr_vfiles_memory_add(struct vwr_vfiles_memory *m, const char *path, uint32_t mode,
                                         const void *content, uint64_t bytes);

/**
 * vwr_vfiles_memory_read() - Read a file (for the VMM)
 * @m: Tree.
 * @path: Path.
 * @offset: Offset in bytes.
 * @to: Filled in with the data.
 * @bytes: Maximum number of bytes.
 *
 * Context: The VMM. Takes the lock of @m->files. Does not wait, except for the VM's lock hook. Not
 *   from an interrupt handler.
 * Return: Number of bytes.
 * * VWR_ENODEV: there is no such file.
 */
VWR_MUST_CHECK int vwr_vfiles_memory_read(struct vwr_vfiles_memory *m, const char *path, uint64_t offset,
                                          void *to, uint32_t bytes);

VWR_END_C

#endif
