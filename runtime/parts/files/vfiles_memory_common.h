/* SPDX-License-Identifier: MIT */
#ifndef VWR_VFILES_MEMORY_COMMON_H
#define VWR_VFILES_MEMORY_COMMON_H

#include "../../device/core/index/vindex_common.h"
#include "vwr/bytes.h"
#include "vwr/vfiles_memory.h"
#include "vwr/p9.h"

/* Shared by the files of the in-memory tree. `error` is a positive Linux error number, or 0. */

/* Charges to m->files.work, in approximate numbers of instructions. */
#define VFILES_MEMORY_WORK_LEVEL 16u /* per level of an index, or of folders */
#define VFILES_MEMORY_WORK_BYTE 8u   /* per byte of a compared name */

/* ---- vwr_vfiles_memory_blocks.c: file data ---- */

/* Initializes the pool. VWR_OK, VWR_ENOMEM. */
int vwr_vfiles_memory_pool_(struct vwr_vfiles_memory *m, void *pool, size_t bytes);
/* Allocates a block with undefined contents. Returns its index + 1, or 0 if none is free. */
uint32_t vwr_vfiles_memory_block_(struct vwr_vfiles_memory *m);
void vwr_vfiles_memory_free_block_(struct vwr_vfiles_memory *m, uint32_t block);
uint8_t *vwr_vfiles_memory_at_(const struct vwr_vfiles_memory *m, uint32_t block);
/*
 * Finds the bytes of a file at `offset`: sets *at to the first of them, or to NULL if they are in a hole and
 * so are 0. Returns how many bytes follow each other there, from 1 to `most`. `most` must not be 0.
 */
uint32_t vwr_vfiles_memory_find_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                                 uint64_t offset, uint32_t most, const uint8_t **at);
/* Reads or writes the data of a call. */
void vwr_vfiles_memory_get_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_file *file,
                            struct vwr_vfiles_call *c);
int vwr_vfiles_memory_put_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file, uint64_t offset,
                           struct vwr_vfiles_call *c);
int vwr_vfiles_memory_resize_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_file *file,
                              uint64_t bytes);

/* ---- vwr_vfiles_memory_names.c: folders ---- */

struct vwr_vfiles_memory_entry *vwr_vfiles_memory_lookup_(struct vwr_vfiles_memory *m,
                                                          const struct vwr_vfiles_memory_file *folder,
                                                          const char *name, uint32_t bytes);
const char *vwr_vfiles_memory_name_(const struct vwr_vfiles_memory *m,
                                    const struct vwr_vfiles_memory_entry *e);
/* Adds a name for a file. NULL: there is no space. */
struct vwr_vfiles_memory_entry *vwr_vfiles_memory_link_(struct vwr_vfiles_memory *m,
                                                        struct vwr_vfiles_memory_file *folder,
                                                        struct vwr_vfiles_memory_file *file, const char *name,
                                                        uint32_t bytes);
/* Adds a file and its name. NULL: there is no space. */
struct vwr_vfiles_memory_entry *vwr_vfiles_memory_make_(struct vwr_vfiles_memory *m,
                                                        struct vwr_vfiles_memory_file *folder, uint32_t mode,
                                                        const char *name, uint32_t bytes);
/* Removes the name and, if the file has no other name and no handle, the file. */
void vwr_vfiles_memory_unlink_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e);
/* Whether there is a block for a new name of this length; assigns the block to the name, which is unused. */
bool vwr_vfiles_memory_has_room_(const struct vwr_vfiles_memory *m, const struct vwr_vfiles_memory_entry *e,
                                 uint32_t bytes);
void vwr_vfiles_memory_move_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e,
                             struct vwr_vfiles_memory_file *folder, const char *name, uint32_t bytes);
/* Releases a handle. */
void vwr_vfiles_memory_put_handle_(struct vwr_vfiles_memory *m, struct vwr_vfiles_memory_entry *e);
/*
 * Functions for listings: the first entry after this offset; the entry that follows another one; NULL after
 * the last entry; and the offset at which a listing continues after an entry.
 */
struct vwr_vfiles_memory_entry *vwr_vfiles_memory_entry_behind_(const struct vwr_vfiles_memory *m,
                                                                const struct vwr_vfiles_memory_file *folder,
                                                                uint64_t offset);
struct vwr_vfiles_memory_entry *vwr_vfiles_memory_next_entry_(const struct vwr_vfiles_memory *m,
                                                              struct vwr_vfiles_memory_entry *e);
uint64_t vwr_vfiles_memory_offset_(const struct vwr_vfiles_memory *m,
                                   const struct vwr_vfiles_memory_entry *e);
void vwr_vfiles_memory_touch_(struct vwr_vfiles_memory *m, struct vwr_p9_time *t);

/* Copies field by field, because an assignment may become a call to memcpy. */
static inline void vfiles_memory_set_time(struct vwr_p9_time *t, const struct vwr_p9_time *to)
{
    t->seconds = to->seconds;
    t->nanoseconds = to->nanoseconds;
}

static inline bool vfiles_memory_is(const struct vwr_vfiles_memory_file *file, uint32_t type)
{
    return (file->mode & VWR_P9_S_FMT) == type;
}

#endif
