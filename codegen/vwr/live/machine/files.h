/* SPDX-License-Identifier: MIT */
#ifndef VWR_LIVE_FILES_H
#define VWR_LIVE_FILES_H

#include "vwr/vfiles_memory.h"

/* The files of a host, which a guest reaches by 9P or by FUSE. */
#define LIVE_FILES 12u

struct live_files {
    struct vwr_vfiles_memory tree;
    struct vwr_vfiles_memory_file file[LIVE_FILES];
    struct vwr_vfiles_memory_entry entry[LIVE_FILES];
    uint64_t pool[VWR_VFILES_MEMORY_POOL(0x10000u) / 8u];
};

/* A zeroed tree gets its files: hello, todo, empty and notes/todo. */
int live_add_files(struct live_files *f);

#endif
