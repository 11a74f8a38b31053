/* SPDX-License-Identifier: MIT */
#include "files.h"

#include "vwr/array.h"
#include "vwr/p9.h"

static const struct {
    const char *path;
    const char *text;
    uint32_t bytes;
} files[] = {
    {"hello", "Hello from the host.\n", 21},
    {"todo", "Buy milk.\n", 10},
    {"notes/todo", "Sell milk.\n", 11},
    {"empty", "", 0},
};

int live_add_files(struct live_files *f)
{
    const struct vwr_vfiles_memory_options o = {.file = f->file,
                                                .file_count = LIVE_FILES,
                                                .entry = f->entry,
                                                .entry_count = LIVE_FILES,
                                                .pool = f->pool,
                                                .pool_bytes = sizeof(f->pool)};
    int r = vwr_vfiles_memory_init(&f->tree, &o);

    for (unsigned i = 0; i < VWR_COUNT(files) && r == VWR_OK; i++)
        r = vwr_vfiles_memory_add(&f->tree, files[i].path, VWR_P9_S_REG | 0644u, files[i].text,
                                  files[i].bytes);
    return r;
}
