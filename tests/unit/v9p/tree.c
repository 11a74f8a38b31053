/* SPDX-License-Identifier: MIT */
#include "tree.h"
#include "cmocka_all.h"

#include <string.h>

static struct tree *of(struct vwr_vfiles *f)
{
    return ((struct vwr_vfiles_memory *)(void *)f)->context;
}

static void lock(struct vwr_vfiles *f)
{
    assert_false(of(f)->locked);
    of(f)->locked = true;
}

static void unlock(struct vwr_vfiles *f)
{
    assert_true(of(f)->locked);
    of(f)->locked = false;
}

void tree_init(struct tree *t, bool read_only)
{
    const struct vwr_vfiles_memory_options o = {.file = t->file,
                                                .file_count = TREE_FILES,
                                                .entry = t->entry,
                                                .entry_count = TREE_ENTRIES,
                                                .pool = t->pool,
                                                .pool_bytes = sizeof(t->pool),
                                                .read_only = read_only,
                                                .context = t,
                                                .lock = lock,
                                                .unlock = unlock};

    memset(t, 0, sizeof(*t));
    assert_int_equal(vwr_vfiles_memory_init(&t->memory, &o), VWR_OK);
}

void tree_check_empty(const struct tree *t)
{
    assert_int_equal(t->memory.files_free, TREE_FILES - 1);
    assert_int_equal(t->memory.entries_free, TREE_ENTRIES - 1);
    assert_int_equal(t->memory.blocks_free, t->memory.blocks);
    assert_false(t->locked);
}
