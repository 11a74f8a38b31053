/* SPDX-License-Identifier: MIT */
#ifndef V9P_TREE_H
#define V9P_TREE_H

#include "vwr/vfiles_memory.h"

/* An in-memory tree. */

#define TREE_FILES 400u
#define TREE_ENTRIES 500u
#define TREE_POOL VWR_VFILES_MEMORY_POOL((size_t)4 << 20)

struct tree {
    struct vwr_vfiles_memory memory;
    struct vwr_vfiles_memory_file file[TREE_FILES];
    struct vwr_vfiles_memory_entry entry[TREE_ENTRIES];
    uint64_t pool[TREE_POOL / 8];
    bool locked;
};

/* With lock hooks that check that each lock is released. */
void tree_init(struct tree *t, bool read_only);

/* Checks that everything can be allocated again: nothing was leaked. */
void tree_check_empty(const struct tree *t);

#endif
