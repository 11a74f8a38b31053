/* SPDX-License-Identifier: MIT */
#include "session.h"
#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The in-memory tree: files placed by the VMM, full pools, read-only files. */

static struct tree tree;

static uint8_t *image(uint32_t bytes)
{
    uint8_t *const at = malloc(bytes);

    assert_non_null(at);
    for (uint32_t i = 0; i < bytes; i++)
        at[i] = (uint8_t)(i * 2654435761u >> 17);
    return at;
}

#define IMAGE 200001u

/* A file placed by the VMM: it reads unchanged, and a written block is replaced by a copy. */
static void images(void **state)
{
    uint8_t *const content = image(IMAGE);
    uint8_t *const copy = image(IMAGE);
    uint8_t bytes[5000];
    struct session *s;

    tree_init(&tree, false);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "usr/share/data", 0100644, content, IMAGE), VWR_OK);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, "usr/share/data"), 0);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDWR), 0);
    assert_int_equal(session_read(s, 1, 150000, bytes, 5000), 5000);
    assert_memory_equal(bytes, copy + 150000, 5000);
    assert_int_equal(tree.memory.blocks_free, tree.memory.blocks);
    assert_int_equal(session_write(s, 1, 4090, "0123456789ab", 12), 12);
    assert_int_equal(tree.memory.blocks - tree.memory.blocks_free, 3); /* two of data, one index block */
    memcpy(copy + 4090, "0123456789ab", 12);
    assert_int_equal(session_write(s, 1, 41000, "cd", 2), 2); /* between blocks of the image */
    memcpy(copy + 41000, "cd", 2);
    for (uint32_t at = 0; at < IMAGE; at += 5000) {
        const int n = session_read(s, 1, at, bytes, 5000);

        assert_int_equal(n, IMAGE - at < 5000 ? IMAGE - at : 5000);
        assert_memory_equal(bytes, copy + at, n);
    }
    assert_int_equal(session_truncate(s, 1, 4095), 0); /* extended again: zeroes */
    assert_int_equal(session_truncate(s, 1, IMAGE), 0);
    assert_int_equal(session_read(s, 1, 4090, bytes, 5000), 5000);
    assert_memory_equal(bytes, "01234", 5);
    for (unsigned i = 5; i < 5000; i++)
        assert_int_equal(bytes[i], 0);
    assert_int_equal(vwr_vfiles_memory_read(&tree.memory, "usr/share/data", 4090, bytes, 7), 7);
    assert_memory_equal(bytes, "01234\0", 7);
    session_close(s);
    copy[4090] = content[4090]; /* the VMM's image was not written */
    assert_int_equal(content[4091], (uint8_t)(4091 * 2654435761u >> 17));
    free(content);
    free(copy);
}

static void wrong_paths(void **state)
{
    char text[300];
    uint32_t files;

    (void)state;
    tree_init(&tree, false);
    memset(text, 'x', sizeof(text));
    text[299] = '\0';
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "a", 0100644, "x", 1), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "a", 0100644, "x", 1), VWR_EBUSY);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "a/b", 0100644, "x", 1), VWR_ETYPE);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "", 0100644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, NULL, 0100644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "/a", 0100644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "b/../c", 0100644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, text, 0100644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "p", 0010644, NULL, 0), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "p", 0010644, "x", 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "l", 0120777, "a", 1), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "d", 0040755, NULL, 0), VWR_OK);
    files = tree.memory.files_free;
    assert_int_equal(vwr_vfiles_memory_read(&tree.memory, "none", 0, text, 3), VWR_ENODEV);
    assert_int_equal(vwr_vfiles_memory_read(&tree.memory, "none/x", 0, text, 3), VWR_ENODEV);
    assert_int_equal(vwr_vfiles_memory_read(&tree.memory, "d/e/x", 0, text, 3), VWR_ENODEV);
    assert_int_equal(tree.memory.files_free, files); /* reading allocates nothing */
}

static void read_only(void **state)
{
    struct session *s;
    uint8_t byte;

    tree_init(&tree, true);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "f", 0100644, "x", 1), VWR_OK);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), VWR_P9_EROFS);
    assert_int_equal(session_symlink(s, 0, "d", "x"), VWR_P9_EROFS);
    assert_int_equal(session_unlinkat(s, 0, "f", 0), VWR_P9_EROFS);
    assert_int_equal(session_renameat(s, 0, "f", 0, "g"), VWR_P9_EROFS);
    assert_int_equal(session_walk(s, 0, 1, "f"), 0);
    assert_int_equal(session_link(s, 0, 1, "g"), VWR_P9_EROFS);
    assert_int_equal(session_truncate(s, 1, 0), VWR_P9_EROFS);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDWR), VWR_P9_EROFS);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_TRUNC), VWR_P9_EROFS);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDONLY), 0);
    assert_int_equal(session_read(s, 1, 0, &byte, 1), 1);
    assert_int_equal(byte, 'x');
    assert_int_equal(session_walk(s, 0, 2, ""), 0);
    assert_int_equal(session_create(s, 2, "g", VWR_P9_O_RDWR, 0644), VWR_P9_EROFS);
    session_close(s);
}

/* Names, files and blocks run out: ENOSPC, and all are available again once they are freed. */
static void full(void **state)
{
    static uint8_t data[40000];
    struct session *s;
    char name[16];
    uint64_t at = 0;
    unsigned n = 0;
    int r;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    do
        (void)snprintf(name, sizeof(name), "n%u", n++);
    while ((r = session_mkdir(s, 0, name, 0755)) == 0);
    assert_int_equal(r, VWR_P9_ENOSPC);
    assert_int_equal(n, TREE_FILES);
    assert_int_equal(tree.memory.files_free, 0);
    session_close(s);
    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    while ((r = session_write(s, 1, at, data, sizeof(data))) > 0)
        at += (uint64_t)r;
    assert_int_equal(r, -VWR_P9_ENOSPC);
    assert_int_equal(tree.memory.blocks_free, 0);
    assert_int_equal(session_truncate(s, 1, at / 2), 0); /* blocks beyond the end are freed, at every level */
    assert_true(tree.memory.blocks_free > tree.memory.blocks / 2 - 4);
    while ((r = session_write(s, 1, at, data, 4096)) > 0)
        at += (uint64_t)r;
    assert_int_equal(tree.memory.blocks_free, 0);
    assert_int_equal(session_unlinkat(s, 0, "f", 0), 0);
    assert_int_equal(session_clunk(s, 1), 0);
    tree_check_empty(&tree);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "g", VWR_P9_O_RDWR, 0644), 0);
    for (at = 0; (r = session_write(s, 1, at, data, sizeof(data))) > 0; at += (uint64_t)r)
        ;
    assert_int_equal(tree.memory.blocks_free, 0); /* all blocks can be reused */
    session_close(s);
}

/* Reads a folder and removes the entries read until it is empty, as rm does. */
static void removes_while_reading(void **state)
{
    struct session *s;
    char name[8] = "nnn";
    char text[2000];

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    for (unsigned i = 0; i < 100; i++) {
        name[0] = (char)('a' + i / 10);
        name[1] = (char)('a' + i % 10);
        assert_int_equal(session_mkdir(s, 0, name, 0755), 0);
    }
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_open_fid(s, 1, 0), 0);
    for (uint64_t offset = 0, removed = 0; removed < 100;) {
        uint64_t next = 0;
        unsigned count = 0;

        session_message(s, VWR_P9_TREADDIR);
        session_put(s, 4, 1);
        session_put(s, 8, offset);
        session_put(s, 4, 300);
        assert_int_equal(session_send(s), 0);
        (void)session_get(s, 4);
        text[0] = '\0';
        while (s->at < s->written) {
            (void)session_get(s, 1);
            (void)session_get(s, 4);
            (void)session_get(s, 8);
            next = session_get(s, 8);
            (void)session_get(s, 1);
            strcat(strcat(text, session_get_string(s)), "/");
            count++;
        }
        assert_true(count > 0);
        offset = next;
        for (const char *at = text; *at != '\0'; at += strcspn(at, "/") + 1) {
            memcpy(name, at, 3);
            if (*at != '.' && ++removed > 0)
                assert_int_equal(session_unlinkat(s, 0, name, VWR_P9_AT_REMOVEDIR), 0);
        }
    }
    assert_int_equal(session_list(s, 1, 4096, text, sizeof(text)), 0);
    assert_string_equal(text, "");
    session_close(s);
    tree_check_empty(&tree);
}

/* Reads one entry: its name, and the offset behind it. Returns false at the end. */
static bool list_one(struct session *s, uint32_t fid, uint64_t *offset, char name[16])
{
    session_message(s, VWR_P9_TREADDIR);
    session_put(s, 4, fid);
    session_put(s, 8, *offset);
    session_put(s, 4, 40); /* a second one does not fit */
    assert_int_equal(session_send(s), 0);
    if (session_get(s, 4) == 0)
        return false;
    (void)session_get(s, 1);
    (void)session_get(s, 4);
    (void)session_get(s, 8);
    *offset = session_get(s, 8);
    (void)session_get(s, 1);
    (void)strcpy(name, session_get_string(s));
    return true;
}

/* Several listings of one folder while names are removed, added and renamed: each entry that remains is
 * listed once, even if it is renamed. */
static void lists_while_changing(void **state)
{
    uint64_t offset[3] = {0, 0, 0};
    unsigned seen[3][100] = {{0}};
    bool more[3] = {true, true, true};
    unsigned step = 0;
    struct session *s;
    char name[16];
    char second[16];

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    for (unsigned i = 0; i < 100; i++) {
        (void)snprintf(name, sizeof(name), "s%02u", i);
        assert_int_equal(session_mkdir(s, 0, name, 0755), 0);
    }
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_open_fid(s, 1, 0), 0);
    for (; more[0] || more[1] || more[2]; step++) {
        const unsigned of = step % 3;

        more[of] = more[of] && list_one(s, 1, &offset[of], name);
        if (more[of] && (name[0] == 's' || name[0] == 't'))
            seen[of][atoi(name + 1)]++;
        if (step < 100 && step % 4 == 1) { /* renames or removes entries before and behind the positions */
            (void)snprintf(name, sizeof(name), "s%02u", step * 37 % 100);
            (void)snprintf(second, sizeof(second), "t%02u", step * 37 % 100);
            assert_int_equal(session_renameat(s, 0, name, 0, second), 0);
        } else if (step < 100 && step % 4 == 3) {
            (void)snprintf(name, sizeof(name), "s%02u", step * 37 % 100);
            assert_int_equal(session_unlinkat(s, 0, name, VWR_P9_AT_REMOVEDIR), 0);
        } else if (step < 100 && step % 4 == 2) {
            (void)snprintf(name, sizeof(name), "new%u", step);
            assert_int_equal(session_mkdir(s, 0, name, 0755), 0);
        }
    }
    for (unsigned i = 0; i < 100; i++) {
        const bool removed =
            session_walk(s, 0, 2, ((void)snprintf(name, sizeof(name), "s%02u", i), name)) != 0 &&
            session_walk(s, 0, 2, ((void)snprintf(name, sizeof(name), "t%02u", i), name)) != 0;

        for (unsigned of = 0; of < 3; of++)
            assert_in_range(seen[of][i], removed ? 0 : 1, 1);
        if (!removed)
            assert_int_equal(session_clunk(s, 2), 0);
    }
    session_close(s);
}

/* Files with holes, with every level of index blocks, truncated at any point: they use only the blocks of
 * their remaining data, and all freed blocks can be reused. */
static void sparse(void **state)
{
    static const uint64_t sizes[] = {0,        1,        4096,       4097,       0x3ff000,
                                     0x400000, 0x400001, 0x40000000, 0xfffff000, 0xffffffff};
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    struct session *s;
    uint32_t seed = 7;
    uint64_t at = 0;
    uint8_t data[4096] = {1};
    int r;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    for (unsigned step = 0; step < 600; step++) {
        seed = seed * 1664525u + 1013904223u;
        if (seed % 8 != 0) {
            at = (uint64_t)seed >> (seed / 8 % 3) * 10;
            r = session_write(s, 1, at, data, 1);
            assert_true(r == 1 || r == -VWR_P9_ENOSPC);
        } else {
            assert_int_equal(session_truncate(s, 1, sizes[seed / 8 % 10]), 0);
        }
        assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
        assert_int_not_equal((uint32_t)qid.path, 0); /* for a guest, inode 0 is none */
        assert_int_equal(tree.memory.blocks - tree.memory.blocks_free, a.blocks / 8);
    }
    assert_int_equal(session_truncate(s, 1, 0xfffff000), 0);
    assert_int_equal(session_truncate(s, 1, 4096), 0); /* up to two index blocks and a data block */
    assert_true(tree.memory.blocks - tree.memory.blocks_free <= 3);
    assert_int_equal(session_truncate(s, 1, 0), 0);
    assert_int_equal(tree.memory.blocks_free, tree.memory.blocks);
    for (at = 0; (r = session_write(s, 1, at, data, sizeof(data))) > 0; at += (uint64_t)r)
        ;
    assert_int_equal(r, -VWR_P9_ENOSPC);
    assert_int_equal(tree.memory.blocks_free, 0);
    session_close(s);
}

/* Allocating an index block of a removed file is charged for the numbers in it, any other block is not. */
static void charged(void **state)
{
    static uint8_t data[VWR_VFILES_MEMORY_BLOCK];
    struct session *s;
    uint32_t fresh;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    assert_int_equal(session_write(s, 1, 0, data, sizeof(data)), sizeof(data));
    fresh = tree.memory.files.work;
    assert_int_equal(session_write(s, 1, sizeof(data), data, sizeof(data)),
                     sizeof(data)); /* an index block too */
    assert_int_equal(session_truncate(s, 1, 0), 0);
    assert_int_equal(session_write(s, 1, 0, data, sizeof(data)), sizeof(data));
    assert_int_equal(tree.memory.files.work, fresh + 2u * VWR_VFILES_MEMORY_BLOCK);
    session_close(s);
}

/* A pool of two blocks, with nothing before and behind it. */
static void whole_pool(void **state)
{
    static struct vwr_vfiles_memory_file file[8];
    static struct vwr_vfiles_memory_entry entry[8];
    static uint8_t data[VWR_VFILES_MEMORY_BLOCK];
    static struct vwr_vfiles_memory memory;
    const size_t bytes = VWR_VFILES_MEMORY_POOL(2u * VWR_VFILES_MEMORY_BLOCK);
    struct vwr_vfiles_memory_options o = {
        .file = file, .file_count = 8, .entry = entry, .entry_count = 8, .pool_bytes = bytes};
    struct session *s;

    o.pool = malloc(bytes);
    assert_non_null(o.pool);
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_OK);
    s = session_begin(*state, &memory.files);
    for (uint32_t i = 0; memory.blocks_free != 0; i++) {
        char name[2] = {(char)('a' + i), '\0'};

        assert_int_equal(session_walk(s, 0, 1, ""), 0);
        assert_int_equal(session_create(s, 1, name, VWR_P9_O_RDWR, 0644), 0);
        memset(data, (int)i + 1, sizeof(data));
        assert_int_equal(session_write(s, 1, 0, data, sizeof(data)), sizeof(data));
        assert_int_equal(session_clunk(s, 1), 0);
    }
    assert_true(memory.blocks >= 2);
    session_close(s);
    free(o.pool);
}

/* A folder cannot be moved below itself, nor deeper than the check for this goes; other deep folders work. */
static void deep(void **state)
{
    static struct vwr_vfiles_memory_file file[VWR_VFILES_MEMORY_LEVELS + 8];
    static struct vwr_vfiles_memory_entry entry[VWR_VFILES_MEMORY_LEVELS + 8];
    const struct vwr_vfiles_memory_options o = {.file = file,
                                                .file_count = VWR_VFILES_MEMORY_LEVELS + 8,
                                                .entry = entry,
                                                .entry_count = VWR_VFILES_MEMORY_LEVELS + 8};
    static struct vwr_vfiles_memory memory;
    struct session *s;
    uint32_t fid = 1;

    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_OK);
    s = session_begin(*state, &memory.files);
    assert_int_equal(session_mkdir(s, 0, "other", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    for (unsigned i = 0; i < VWR_VFILES_MEMORY_LEVELS + 2; i++, fid = 3 - fid) {
        assert_int_equal(session_mkdir(s, fid, "d", 0755), 0);
        assert_int_equal(session_walk(s, fid, 3 - fid, "d"), 0);
        assert_int_equal(session_clunk(s, fid), 0);
        if (i == VWR_VFILES_MEMORY_LEVELS - 1) {
            assert_int_equal(session_renameat(s, 0, "other", 3 - fid, "o"), 0);
            assert_int_equal(session_renameat(s, 3 - fid, "o", 0, "other"), 0);
            assert_int_equal(session_renameat(s, 0, "d", 3 - fid, "x"), VWR_P9_EINVAL);
        }
    }
    assert_int_equal(session_renameat(s, 0, "other", fid, "o"), VWR_P9_ELOOP);
    assert_int_equal(session_renameat(s, 0, "d", fid, "x"), VWR_P9_ELOOP);
    assert_int_equal(session_mkdir(s, fid, "more", 0755), 0);
    session_close(s);
}

/* Invalid arguments by the VMM, and a tree of two files without a pool, a lock and a clock. */
static void least(void **state)
{
    static struct vwr_vfiles_memory_file file[3];
    static struct vwr_vfiles_memory_entry entry[3];
    static struct vwr_vfiles_memory memory;
    const struct vwr_vfiles_memory_options right = {
        .file = file, .file_count = 3, .entry = entry, .entry_count = 3};
    struct vwr_vfiles_memory_options o = right;
    char name[VWR_VFILES_MEMORY_SHORT + 2u];
    uint8_t byte[2];

    (void)state;
    o.file = NULL;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_ENOMEM);
    o = right;
    o.entry = NULL;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_ENOMEM);
    o = right;
    o.file_count = 1;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_ENOMEM);
    o = right;
    o.entry_count = 1;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_ENOMEM);
    o = right;
    o.lock = tree.memory.files.lock;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_EINVAL);
    o = right;
    o.pool = (uint8_t *)tree.pool + 1;
    o.pool_bytes = sizeof(tree.pool) - 8u;
    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_ENOMEM);
    assert_int_equal(vwr_vfiles_memory_init(&memory, &right), VWR_OK);
    memset(name, 'n', sizeof(name));
    name[sizeof(name) - 1u] = '\0';
    assert_int_equal(vwr_vfiles_memory_add(&memory, name, 0100644, NULL, 0),
                     VWR_ENOMEM); /* no block for it */
    assert_int_equal(vwr_vfiles_memory_add(&memory, "a", 0100644, NULL, 1), VWR_EINVAL);
    assert_int_equal(vwr_vfiles_memory_add(&memory, "a", 0100644, "xy", 2), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_read(&memory, "a", 0, byte, 2), 2);
    assert_int_equal(vwr_vfiles_memory_read(&memory, "a", 1, byte, 2), 1);
    assert_int_equal(byte[0], 'y');
    assert_int_equal(vwr_vfiles_memory_read(&memory, "a", 2, byte, 2), 0);
    assert_int_equal(vwr_vfiles_memory_add(&memory, "b", 0100644, NULL, 0), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&memory, "c", 0100644, NULL, 0), VWR_ENOMEM);
    assert_int_equal(vwr_vfiles_memory_add(&memory, "c/d", 0100644, NULL, 0), VWR_ENOMEM);
}

static int mknod(struct session *s, const char *name, uint32_t mode)
{
    session_message(s, VWR_P9_TMKNOD);
    session_put(s, 4, 0);
    session_put_string(s, name);
    session_put(s, 4, mode);
    session_put(s, 4, 5); /* major and minor number */
    session_put(s, 4, 7);
    session_put(s, 4, 0);
    return session_send(s);
}

/* Each type of file, and those that mknod cannot create. */
static void nodes(void **state)
{
    static const struct {
        uint32_t type;
        int result;
        bool has_device;
    } rows[] = {
        {VWR_P9_S_REG, 0, false},
        {VWR_P9_S_FIFO, 0, false},
        {VWR_P9_S_CHR, 0, true},
        {VWR_P9_S_BLK, 0, true},
        {VWR_P9_S_SOCK, 0, false},
        {VWR_P9_S_DIR, VWR_P9_EINVAL, false},
        {VWR_P9_S_LNK, VWR_P9_EINVAL, false},
    };
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    struct session *s;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char name[] = {(char)('a' + i), '\0'};

        assert_int_equal(mknod(s, name, rows[i].type | 0640u), rows[i].result);
        if (rows[i].result != 0)
            continue;
        assert_int_equal(session_walk(s, 0, 1, name), 0);
        assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
        assert_int_equal(a.mode, rows[i].type | 0640u);
        assert_int_equal(a.device != 0, rows[i].has_device);
        assert_int_equal(session_clunk(s, 1), 0);
    }
    session_close(s);
}

static int set_times(struct session *s, uint32_t what, uint64_t accessed, uint64_t modified)
{
    session_message(s, VWR_P9_TSETATTR);
    session_put(s, 4, 1);
    session_put(s, 4, what);
    session_put(s, 4, 0);
    session_put(s, 4, 0);
    session_put(s, 4, 0);
    session_put(s, 8, 0);
    session_put(s, 8, accessed);
    session_put(s, 8, 0);
    session_put(s, 8, modified);
    session_put(s, 8, 0);
    return session_send(s);
}

/* Times that the guest chooses, and the current time, which is a counter if there is no clock. */
static void times(void **state)
{
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    struct session *s;

    tree_init(&tree, false);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "f", 0100644, "x", 1), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&tree.memory, "d", 0040755, NULL, 0), VWR_OK);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, "f"), 0);
    assert_int_equal(set_times(s, VWR_P9_SET_ATIME | VWR_P9_SET_ATIME_SET, 11, 12), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.accessed.seconds, 11);
    assert_int_not_equal(a.modified.seconds, 12);
    assert_int_equal(set_times(s, VWR_P9_SET_MTIME | VWR_P9_SET_MTIME_SET, 13, 14), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.accessed.seconds, 11);
    assert_int_equal(a.modified.seconds, 14);
    tree.memory.time.nanoseconds = 999999999u;
    assert_int_equal(set_times(s, VWR_P9_SET_ATIME | VWR_P9_SET_MTIME, 15, 16), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.accessed.seconds, tree.memory.time.seconds);
    assert_int_equal(a.modified.seconds, tree.memory.time.seconds);
    assert_in_range(tree.memory.time.nanoseconds, 0, 10);
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(session_walk(s, 0, 1, "d"), 0);
    assert_int_equal(session_truncate(s, 1, 0), VWR_P9_EISDIR); /* a folder has no size */
    session_close(s);
}

static void now(void *context, struct vwr_p9_time *t)
{
    assert_null(context);
    *t = (struct vwr_p9_time){1700000000, 5};
}

/* A tree of a VMM that has a clock, with four files, three more names and no blocks. */
static struct vwr_vfiles_memory *small_tree(void)
{
    static struct vwr_vfiles_memory_file file[5];
    static struct vwr_vfiles_memory_entry entry[4];
    static struct vwr_vfiles_memory memory;
    const struct vwr_vfiles_memory_options o = {
        .file = file, .file_count = 5, .entry = entry, .entry_count = 4, .now = now};

    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_OK);
    return &memory;
}

/* Names and contents for which there is no space: nothing of them remains. */
static void without_room(void **state)
{
    char long_name[VWR_VFILES_MEMORY_SHORT + 2u] = {0};
    struct vwr_vfiles_memory *const m = small_tree();
    struct session *const s = session_begin(*state, &m->files);
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;

    memset(long_name, 'n', sizeof(long_name) - 1u);
    assert_int_equal(session_symlink(s, 0, "link", "to"), VWR_P9_ENOSPC);
    assert_int_equal(session_walk(s, 0, 1, "link"), VWR_P9_ENOENT);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), 0);
    assert_int_equal(session_renameat(s, 0, "d", 0, long_name), VWR_P9_ENOSPC);
    assert_int_equal(session_walk(s, 0, 1, "d"), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.changed.seconds, 1700000000); /* the VMM's clock */
    assert_int_equal(session_walk(s, 0, 2, ""), 0);
    assert_int_equal(session_create(s, 2, "f", VWR_P9_O_RDWR, 0644), 0);
    assert_int_equal(session_link(s, 0, 2, "g"), 0);
    assert_int_equal(session_link(s, 0, 2, "h"), VWR_P9_ENOSPC);
    assert_int_equal(session_mkdir(s, 1, "e", 0755), VWR_P9_ENOSPC);
    assert_int_equal(m->files_free, 2);
    session_close(s);
}

/* A removed folder: it has no parent, and lists itself as its own parent. */
static void removed_folder(void **state)
{
    struct session *s;
    char text[100];

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), 0);
    assert_int_equal(session_mkdir(s, 0, "e", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, "d"), 0);
    assert_int_equal(session_walk(s, 0, 2, "d"), 0);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDONLY), 0);
    assert_int_equal(session_unlinkat(s, 0, "d", VWR_P9_AT_REMOVEDIR), 0);
    assert_int_equal(session_walk(s, 2, 3, ".."), VWR_P9_ENOENT);
    assert_int_equal(session_list(s, 1, 4096, text, sizeof(text)), 0);
    assert_string_equal(text, "");
    assert_int_equal(session_renameat(s, 0, "e", 2, "e"), VWR_P9_ENOENT);
    session_close(s);
}

/* A listing that begins at the root's own entry. */
static void listed_behind_the_root(void **state)
{
    uint64_t offset = 3; /* behind "." and ".." is the root's */
    struct session *s;
    char name[16];

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDONLY), 0);
    assert_true(list_one(s, 1, &offset, name));
    assert_string_equal(name, "d");
    assert_false(list_one(s, 1, &offset, name));
    session_close(s);
}

/* The limits of a file: the last byte that it can have, and that of the pool. */
static void ends_of_a_file(void **state)
{
    const uint64_t most = (uint64_t)1 << 32;
    static uint8_t data[40000];
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    struct session *s;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    assert_int_equal(session_write(s, 1, most - 1, data, 2), 1);
    assert_int_equal(session_write(s, 1, most, data, 1), -VWR_P9_EFBIG);
    assert_int_equal(session_truncate(s, 1, most + 1), VWR_P9_EFBIG);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.bytes, most);
    assert_int_equal(session_truncate(s, 1, 0), 0);
    assert_int_equal(session_walk(s, 0, 3, ""), 0);
    assert_int_equal(session_create(s, 3, "g", VWR_P9_O_RDWR, 0644), 0);
    for (uint64_t at = 0; at < 10 * sizeof(data); at += sizeof(data))
        assert_int_equal(session_write(s, 3, at, data, sizeof(data)), sizeof(data));
    for (uint64_t at = 0; session_write(s, 1, at, data, sizeof(data)) > 0; at += sizeof(data))
        ;
    assert_int_equal(tree.memory.blocks_free, 0);
    assert_int_equal(session_write(s, 1, most / 2, data, 1), -VWR_P9_ENOSPC); /* nor for its index */
    assert_int_equal(mknod(s, "p", VWR_P9_S_FIFO | 0644u), 0);
    assert_int_equal(session_walk(s, 0, 2, "p"), 0);
    assert_int_equal(session_truncate(s, 2, 0), VWR_P9_EINVAL);
    session_close(s);
}

/* Names whose hashes are equal are different names: of one length, the first before or behind, and of two. */
static void names_of_one_hash(void **state)
{
    static const char *const rows[][2] = {
        {"nduljs", "ydtztu"}, {"urlvgb", "qprgdn"}, {"vxgy", "zvwmbx"}, {"zvssbx", "jzgy"}};
    struct session *s;

    tree_init(&tree, false);
    s = session_begin(*state, &tree.memory.files);
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        assert_int_equal(session_mkdir(s, 0, rows[i][0], 0755), 0);
        assert_int_equal(session_walk(s, 0, 1, rows[i][1]), VWR_P9_ENOENT);
        assert_int_equal(session_mkdir(s, 0, rows[i][1], 0755), 0);
        for (unsigned k = 0; k < 2; k++)
            assert_int_equal(session_unlinkat(s, 0, rows[i][k], VWR_P9_AT_REMOVEDIR), 0);
    }
    session_close(s);
    tree_check_empty(&tree);
}

static void *file_of(struct session *s, uint32_t number)
{
    for (unsigned i = 0; i < SESSION_FIDS; i++)
        if (s->fid[i].file != NULL && s->fid[i].by_number.key == number)
            return s->fid[i].file;
    return NULL;
}

/* The path of an open file, if there is one and space for it. */
static void paths(void **state)
{
    static struct vwr_vfiles_memory_file file[VWR_VFILES_MEMORY_LEVELS + 8];
    static struct vwr_vfiles_memory_entry entry[VWR_VFILES_MEMORY_LEVELS + 8];
    const struct vwr_vfiles_memory_options o = {.file = file,
                                                .file_count = VWR_VFILES_MEMORY_LEVELS + 8,
                                                .entry = entry,
                                                .entry_count = VWR_VFILES_MEMORY_LEVELS + 8};
    static struct vwr_vfiles_memory memory;
    static char text[2 * VWR_VFILES_MEMORY_LEVELS + 8];
    struct session *s;
    uint32_t fid = 1;

    assert_int_equal(vwr_vfiles_memory_init(&memory, &o), VWR_OK);
    s = session_begin(*state, &memory.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    for (unsigned i = 0; i < VWR_VFILES_MEMORY_LEVELS + 1; i++, fid = 3 - fid) {
        const int bytes = i == 0 ? 0 : 2 * (int)i - 1;

        memset(text, 'x', sizeof(text));
        assert_int_equal(memory.files.ops->path(&memory.files, file_of(s, fid), text, 8), bytes);
        if (bytes > 8)
            assert_int_equal(text[0], 'x');
        else
            assert_memory_equal(text, "d/d/d/d/", (size_t)bytes);
        assert_int_equal(session_mkdir(s, fid, "d", 0755), 0);
        assert_int_equal(session_walk(s, fid, 3 - fid, "d"), 0);
        assert_int_equal(session_clunk(s, fid), 0);
    }
    assert_true(memory.files.ops->path(&memory.files, file_of(s, fid), text, sizeof(text)) <
                0); /* too deep */
    session_close(s);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {CASE(images),
                                                CASE(wrong_paths),
                                                CASE(read_only),
                                                CASE(full),
                                                CASE(removes_while_reading),
                                                CASE(lists_while_changing),
                                                CASE(sparse),
                                                CASE(charged),
                                                CASE(whole_pool),
                                                CASE(deep),
                                                CASE(least),
                                                CASE(nodes),
                                                CASE(times),
                                                CASE(without_room),
                                                CASE(removed_folder),
                                                CASE(listed_behind_the_root),
                                                CASE(ends_of_a_file),
                                                CASE(names_of_one_hash),
                                                CASE(paths)};

    return host_vm_run("memory", cases, sizeof(cases) / sizeof(cases[0]));
}
