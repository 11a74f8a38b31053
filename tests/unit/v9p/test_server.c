/* SPDX-License-Identifier: MIT */
#include "session.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

/*
 * The 9P2000.L server over an in-memory tree: each message, its errors, requests in parts, and requests that
 * are answered later, flushed or dropped; in every ring format, through the generated client.
 */

static struct tree tree;

static struct session *begin(void **state)
{
    tree_init(&tree, false);
    return session_begin(*state, &tree.memory.files);
}

static void end(struct session *s)
{
    session_close(s);
    assert_int_equal(s != NULL, true);
}

/* ---- the session ---- */

static void version(void **state)
{
    struct session *s;

    tree_init(&tree, false);
    s = session_open(*state, &tree.memory.files);
    assert_int_equal(session_attach(s, 0), VWR_P9_EPROTO); /* no session */
    assert_int_equal(session_version(s, 4095, VWR_P9_VERSION), VWR_P9_EMSGSIZE);
    assert_int_equal(session_version(s, 8192, "9P2000.u"), 0);
    (void)session_get(s, 4);
    assert_string_equal(session_get_string(s), VWR_P9_UNKNOWN);
    assert_int_equal(session_attach(s, 0), VWR_P9_EPROTO);
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION "x"), 0);
    (void)session_get(s, 4);
    assert_string_equal(session_get_string(s), VWR_P9_UNKNOWN);
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION), 0);
    assert_int_equal(session_get(s, 4), 8192);
    assert_string_equal(session_get_string(s), VWR_P9_VERSION);
    assert_int_equal(session_version(s, UINT32_MAX, VWR_P9_VERSION), 0);
    assert_int_equal(session_get(s, 4), (SESSION_QUEUE - 3) * 4096);
    assert_int_equal(session_attach(s, 7), 0);
    assert_int_equal(session_get(s, 1), VWR_P9_QT_DIR);
    assert_int_equal(session_attach(s, 7), VWR_P9_EINVAL); /* in use */
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION), 0);
    assert_int_equal(session_attach(s, 7), 0); /* a new session forgets all fids */
    assert_int_equal(s->device.fids_used, 1);
    end(s);
}

static void walks(void **state)
{
    struct session *const s = begin(state);
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    uint64_t root;

    assert_int_equal(session_mkdir(s, 0, "a", 0700), 0);
    assert_int_equal(session_walk(s, 0, 1, "a"), 0);
    assert_int_equal(session_mkdir(s, 1, "b", 0700), 0);
    assert_int_equal(session_walk(s, 0, 2, "a/b"), 0);
    assert_int_equal(session_walk(s, 0, 3, ""), 0); /* a clone of it */
    assert_int_equal(session_getattr(s, 3, &a, &qid), 0);
    root = qid.path;
    assert_int_equal(a.mode, 040755);
    assert_int_equal(a.links, 3);
    assert_int_equal(session_walk(s, 2, 4, "../.."), 0);
    assert_int_equal(session_getattr(s, 4, &a, &qid), 0);
    assert_int_equal(qid.path, root);
    assert_int_equal(session_walk(s, 2, 5, "../../../../a"), 0); /* the parent of the root is the root */
    assert_int_equal(session_walk(s, 0, 6, "none"), VWR_P9_ENOENT);
    assert_int_equal(session_walk(s, 0, 6, "a/none/b"), VWR_P9_ENOENT);
    assert_int_equal(s->written, 7 + 2 + 13); /* returns the qids found, and creates no fid */
    assert_int_equal(session_clunk(s, 6), VWR_P9_EBADF);
    assert_int_equal(session_walk(s, 0, 5, "a"), VWR_P9_EINVAL); /* the new fid is in use */
    assert_int_equal(session_walk(s, 99, 6, "a"), VWR_P9_EBADF);
    assert_int_equal(session_walk(s, 0, UINT32_MAX, "a"), VWR_P9_EINVAL); /* no fid has this number */
    assert_int_equal(session_walk(s, 5, 5, "b"), 0);                      /* the same fid */
    assert_int_equal(session_walk(s, 5, 5, ""), 0);
    assert_int_equal(session_walk(s, 0, 6, "a//b"), VWR_P9_ENOENT);
    assert_int_equal(session_walk(s, 0, 6, "."), VWR_P9_EINVAL);
    assert_int_equal(session_walk(s, 0, 6, "a/b/a/b/a/b/a/b/a/b/a/b/a/b/a/b/a"), VWR_P9_EINVAL);
    for (uint32_t fid = 1; fid <= 5; fid++)
        assert_int_equal(session_clunk(s, fid), 0);
    assert_int_equal(s->device.fids_used, 1);
    for (uint32_t fid = 1; fid < SESSION_FIDS; fid++)
        assert_int_equal(session_walk(s, 0, fid * 3, ""), 0);
    assert_int_equal(session_walk(s, 0, 1000, ""), VWR_P9_ENFILE);
    assert_int_equal(session_clunk(s, 3), 0);
    assert_int_equal(session_walk(s, 0, 1000, ""), 0);
    end(s);
}

/* Invalid names: none of them reaches a file system. */
static void names(void **state)
{
    static const char *const bad[] = {"", ".", "..", "a/b", "/", "../x"};
    struct session *const s = begin(state);
    char text[300];

    for (unsigned i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_int_equal(session_mkdir(s, 0, bad[i], 0700), VWR_P9_EINVAL);
        assert_int_equal(session_create(s, 0, bad[i], 1, 0600), VWR_P9_EINVAL);
        assert_int_equal(session_symlink(s, 0, bad[i], "x"), VWR_P9_EINVAL);
        assert_int_equal(session_unlinkat(s, 0, bad[i], 0), VWR_P9_EINVAL);
        assert_int_equal(session_renameat(s, 0, "x", 0, bad[i]), VWR_P9_EINVAL);
    }
    session_message(s, VWR_P9_TMKDIR);
    session_put(s, 4, 0);
    session_put(s, 2, 3);
    session_put_bytes(s, "a\0b", 3);
    session_put(s, 8, 0);
    assert_int_equal(session_send(s), VWR_P9_EINVAL);
    memset(text, 'n', sizeof(text));
    text[256] = '\0';
    assert_int_equal(session_mkdir(s, 0, text, 0700), VWR_P9_ENAMETOOLONG);
    text[255] = '\0';
    assert_int_equal(session_mkdir(s, 0, text, 0700), 0);
    assert_int_equal(session_walk(s, 0, 1, text), 0);
    end(s);
}

/* ---- files ---- */

static void fill(uint8_t *bytes, uint32_t n, unsigned seed)
{
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = (uint8_t)((i + seed) * 2654435761u >> 13);
}

/* Reads `bytes` at a time, which the budget splits into parts. */
static void check_content(struct session *s, uint32_t bytes)
{
    uint8_t *const data = malloc(2 * bytes);

    fill(data, bytes, 3);
    assert_int_equal(session_write(s, 1, 5, data, bytes), bytes);
    assert_int_equal(session_read(s, 1, 5, data + bytes, bytes), bytes);
    assert_memory_equal(data, data + bytes, bytes);
    assert_int_equal(session_read(s, 1, 0, data + bytes, bytes), bytes);
    assert_int_equal(data[bytes] | data[bytes + 4], 0);
    assert_memory_equal(data, data + bytes + 5, bytes - 5);
    assert_int_equal(session_read(s, 1, bytes, data + bytes, bytes), 5); /* reads up to the end of the file */
    assert_int_equal(session_read(s, 1, bytes + 5, data, bytes), 0);
    assert_int_equal(session_read(s, 1, UINT64_C(1) << 62, data, bytes), 0);
    assert_int_equal(session_read(s, 1, UINT64_MAX, data, bytes), -VWR_P9_EINVAL);
    assert_int_equal(session_write(s, 1, UINT64_C(1) << 40, data, 1), -VWR_P9_EFBIG);
    free(data);
}

static void reads_and_writes(void **state)
{
    struct session *const s = begin(state);
    uint8_t byte;

    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_read(s, 1, 0, &byte, 1), -VWR_P9_EISDIR);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0640), 0);
    assert_int_equal(session_create(s, 1, "g", VWR_P9_O_RDWR, 0640), VWR_P9_EINVAL); /* it is open */
    for (uint32_t bytes = 8; bytes < 50000; bytes = bytes * 3 + 1)
        check_content(s, bytes);
    assert_int_equal(session_walk(s, 0, 2, "f"), 0);
    assert_int_equal(session_read(s, 2, 0, &byte, 1), -VWR_P9_EBADF); /* not open */
    assert_int_equal(session_open_fid(s, 2, VWR_P9_O_RDONLY | VWR_P9_O_DIRECTORY), VWR_P9_ENOTDIR);
    assert_int_equal(session_open_fid(s, 2, VWR_P9_O_RDONLY), 0);
    assert_int_equal(session_open_fid(s, 2, VWR_P9_O_RDONLY), VWR_P9_EINVAL);
    assert_int_equal(session_write(s, 2, 0, &byte, 1), -VWR_P9_EBADF);
    assert_int_equal(session_unlinkat(s, 0, "f", 0), 0);
    assert_int_equal(session_read(s, 2, 5, &byte, 1), 1); /* it exists as long as it is open */
    assert_int_equal(session_clunk(s, 2), 0);
    assert_int_equal(session_clunk(s, 1), 0);
    tree_check_empty(&tree);
    end(s);
}

/* Each part has its own budget, and the lock is free in between. */
static void parts(void **state)
{
    struct session *const s = begin(state);

    vwr_v9p_dev(&s->device)->budget_bytes = 4096;
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0640), 0);
    for (uint32_t bytes = 4000; bytes < 50000; bytes = bytes * 3 + 1)
        check_content(s, bytes);
    end(s);
}

static void appends(void **state)
{
    struct session *const s = begin(state);
    uint8_t bytes[4];

    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR | VWR_P9_O_APPEND, 0640), 0);
    assert_int_equal(session_write(s, 1, 0, "ab", 2), 2);
    assert_int_equal(session_write(s, 1, 0, "cd", 2), 2);
    assert_int_equal(session_read(s, 1, 0, bytes, 4), 4);
    assert_memory_equal(bytes, "abcd", 4);
    assert_int_equal(session_walk(s, 0, 2, "f"), 0);
    assert_int_equal(session_open_fid(s, 2, VWR_P9_O_WRONLY | VWR_P9_O_TRUNC), 0);
    assert_int_equal(session_read(s, 1, 0, bytes, 4), 0);
    end(s);
}

/* ---- names ---- */

static void links(void **state)
{
    struct session *const s = begin(state);
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    char target[100];
    static char too_long[VWR_VFILES_TARGET + 2];

    assert_int_equal(session_symlink(s, 0, "l", "../somewhere"), 0);
    assert_int_equal(session_get(s, 1), VWR_P9_QT_SYMLINK);
    assert_int_equal(session_symlink(s, 0, "l", "x"), VWR_P9_EEXIST);
    assert_int_equal(session_symlink(s, 0, "m", ""), VWR_P9_ENOENT);
    memset(too_long, 't', sizeof(too_long) - 1u);
    assert_int_equal(session_symlink(s, 0, "m", too_long), VWR_P9_ENAMETOOLONG);
    too_long[VWR_VFILES_TARGET] = '\0';
    assert_int_equal(session_symlink(s, 0, "m", too_long), 0);
    assert_int_equal(session_unlinkat(s, 0, "m", 0), 0);
    assert_int_equal(session_walk(s, 0, 1, "l"), 0);
    assert_int_equal(session_readlink(s, 1, target, sizeof(target)), 0);
    assert_string_equal(target, "../somewhere");
    assert_int_equal(session_open_fid(s, 1, 0), VWR_P9_ELOOP);
    assert_int_equal(session_walk(s, 1, 2, "x"), VWR_P9_ENOTDIR);
    assert_int_equal(session_readlink(s, 0, target, sizeof(target)), VWR_P9_EINVAL);
    assert_int_equal(session_link(s, 0, 1, "second"), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.links, 2);
    assert_int_equal(a.bytes, 12);
    assert_int_equal(session_link(s, 0, 0, "root"), VWR_P9_EPERM);
    assert_int_equal(session_unlinkat(s, 0, "l", 0), 0);
    assert_int_equal(session_walk(s, 0, 2, "second"), 0);
    assert_int_equal(session_readlink(s, 2, target, sizeof(target)), 0);
    end(s);
}

static void renames(void **state)
{
    struct session *const s = begin(state);
    char text[200];
    uint32_t budget;

    assert_int_equal(session_mkdir(s, 0, "a", 0700), 0);
    assert_int_equal(session_mkdir(s, 0, "b", 0700), 0);
    assert_int_equal(session_symlink(s, 0, "l", "x"), 0);
    assert_int_equal(session_walk(s, 0, 1, "a"), 0);
    assert_int_equal(session_walk(s, 0, 2, "b"), 0);
    assert_int_equal(session_renameat(s, 0, "none", 0, "x"), VWR_P9_ENOENT);
    assert_int_equal(session_renameat(s, 0, "b", 1, "c"), 0); /* a/c */
    assert_int_equal(session_renameat(s, 0, "a", 2, "in_itself"), VWR_P9_EINVAL);
    assert_int_equal(session_renameat(s, 0, "a", 1, "x"), VWR_P9_EINVAL);
    assert_int_equal(session_renameat(s, 0, "l", 1, "c"), VWR_P9_EISDIR);
    assert_int_equal(session_renameat(s, 1, "c", 0, "l"), VWR_P9_ENOTDIR);
    assert_int_equal(session_renameat(s, 0, "l", 0, "l"), 0);
    assert_int_equal(session_mkdir(s, 0, "d", 0700), 0);
    assert_int_equal(session_renameat(s, 0, "d", 0, "a"), VWR_P9_ENOTEMPTY);
    assert_int_equal(session_renameat(s, 0, "a", 0, "d"), 0); /* it was empty */
    assert_int_equal(session_unlinkat(s, 0, "d", 0), VWR_P9_EISDIR);
    assert_int_equal(session_unlinkat(s, 0, "d", VWR_P9_AT_REMOVEDIR), VWR_P9_ENOTEMPTY);
    assert_int_equal(session_unlinkat(s, 0, "l", VWR_P9_AT_REMOVEDIR), VWR_P9_ENOTDIR);
    session_message(s, VWR_P9_TRENAME);
    session_put(s, 4, 2);
    session_put(s, 4, 0);
    session_put_string(s, "by_fid");
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_walk(s, 0, 3, ""), 0);
    assert_int_equal(session_open_fid(s, 3, VWR_P9_O_DIRECTORY), 0);
    assert_int_equal(session_list(s, 3, 4096, text, sizeof(text)), 0);
    assert_string_equal(text, "by_fid\nd\nl\n");
    assert_int_equal(session_list(s, 3, 60, text, sizeof(text)), 0); /* two entries per read */
    assert_string_equal(text, "by_fid\nd\nl\n");
    assert_int_equal(session_list(s, 3, 20, text, sizeof(text)), VWR_P9_EINVAL);
    budget = vwr_v9p_dev(&s->device)->budget_bytes;
    for (unsigned left = 1; left < 4096; left += 16) { /* entries fit, however little of a budget is left */
        vwr_v9p_dev(&s->device)->budget_bytes = left;
        assert_int_equal(session_list(s, 3, 4096, text, sizeof(text)), 0);
        assert_string_equal(text, "by_fid\nd\nl\n");
    }
    vwr_v9p_dev(&s->device)->budget_bytes = budget;
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, 2);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_clunk(s, 2), VWR_P9_EBADF); /* the fid is clunked too */
    assert_int_equal(session_unlinkat(s, 0, "d", VWR_P9_AT_REMOVEDIR), 0);
    assert_int_equal(session_mkdir(s, 1, "x", 0700), VWR_P9_ENOENT); /* in a removed folder */
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(session_unlinkat(s, 0, "l", 0), 0);
    tree_check_empty(&tree);
    end(s);
}

static void others(void **state)
{
    struct session *const s = begin(state);
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;

    session_message(s, VWR_P9_TMKNOD);
    session_put(s, 4, 0);
    session_put_string(s, "null");
    session_put(s, 4, 020666);
    session_put(s, 4, 1);
    session_put(s, 4, 3);
    session_put(s, 4, 5);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_walk(s, 0, 1, "null"), 0);
    assert_int_equal(session_open_fid(s, 1, 0), VWR_P9_EACCES); /* the guest opens devices itself */
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.device, 0x103);
    assert_int_equal(a.gid, 5);
    session_message(s, VWR_P9_TSTATFS);
    session_put(s, 4, 0);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_get(s, 4), 0x01021997);
    assert_int_equal(session_get(s, 4), 4096);
    assert_int_equal(session_get(s, 8), tree.memory.blocks);
    assert_int_equal(session_get(s, 8), tree.memory.blocks_free);
    assert_int_equal(session_get(s, 8), tree.memory.blocks_free); /* for everybody */
    assert_int_equal(session_get(s, 8), tree.memory.options.file_count);
    assert_int_equal(session_get(s, 8), tree.memory.options.file_count - 2u); /* the root and the device */
    assert_int_equal(session_get(s, 8), 0);
    assert_int_equal(session_get(s, 4), 255);
    assert_int_equal(s->at, s->written);
    session_message(s, VWR_P9_TFSYNC);
    session_put(s, 4, 0);
    session_put(s, 4, 0);
    assert_int_equal(session_send(s), 0);
    session_message(s, VWR_P9_TLOCK);
    session_put(s, 4, 0);
    session_put(s, 1, 1);
    session_put(s, 4, 0);
    session_put(s, 8, 0);
    session_put(s, 8, 0);
    session_put(s, 4, 77);
    session_put_string(s, "me");
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_get(s, 1), 0);
    session_message(s, VWR_P9_TGETLOCK);
    session_put(s, 4, 0);
    session_put(s, 1, 1);
    session_put(s, 8, 10);
    session_put(s, 8, 20);
    session_put(s, 4, 77);
    session_put_string(s, "me");
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_get(s, 1), 2);
    assert_int_equal(session_get(s, 8), 10);
    session_message(s, VWR_P9_TATTACH); /* as another user, who makes a folder */
    session_put(s, 4, 3);
    session_put(s, 4, VWR_P9_NO_FID);
    session_put_string(s, "");
    session_put_string(s, "");
    session_put(s, 4, 1234);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(session_mkdir(s, 3, "hers", 0700), 0);
    assert_int_equal(session_walk(s, 3, 4, "hers"), 0);
    assert_int_equal(session_getattr(s, 4, &a, &qid), 0);
    assert_int_equal(a.uid, 1234);
    session_message(s, VWR_P9_TXATTRWALK);
    session_put(s, 4, 0);
    session_put(s, 4, 9);
    session_put_string(s, "user.x");
    assert_int_equal(session_send(s), VWR_P9_EOPNOTSUPP);
    session_message(s, VWR_P9_TAUTH);
    assert_int_equal(session_send(s), VWR_P9_EOPNOTSUPP);
    end(s);
}

/* ---- malformed messages ---- */

/* Each message truncated at each byte, and with one byte more: an error, and no effect. */
static void check_lengths(struct session *s, uint8_t type, const void *body, uint32_t bytes)
{
    for (uint32_t n = 0; n <= bytes + 1; n++) {
        const uint8_t zero = 0;

        if (n == bytes || (type == VWR_P9_TFSYNC && n >= 4 && n < bytes))
            continue;
        session_message(s, type);
        session_put_bytes(s, body, n < bytes ? n : bytes);
        session_put_bytes(s, &zero, n > bytes);
        assert_true(session_send(s) > 0);
    }
}

static void lengths(void **state)
{
    static const uint8_t getattr[] = {0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    static const uint8_t mkdir[] = {0, 0, 0, 0, 2, 0, 'x', 'y', 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t symlink[] = {0, 0, 0, 0, 1, 0, 'x', 2, 0, 'y', 'z', 0, 0, 0, 0};
    static const uint8_t walk[] = {0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 'q'};
    static const uint8_t fsync[] = {0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t flush[] = {0, 0};
    struct session *const s = begin(state);

    check_lengths(s, VWR_P9_TGETATTR, getattr, sizeof(getattr));
    check_lengths(s, VWR_P9_TMKDIR, mkdir, sizeof(mkdir));
    check_lengths(s, VWR_P9_TSYMLINK, symlink, sizeof(symlink));
    check_lengths(s, VWR_P9_TWALK, walk, sizeof(walk));
    check_lengths(s, VWR_P9_TFSYNC, fsync, sizeof(fsync));
    check_lengths(s, VWR_P9_TFLUSH, flush, sizeof(flush));
    assert_int_equal(s->device.fids_used, 1);
    tree_check_empty(&tree);
    /* size[4] larger than the message, or smaller than a header; larger than msize */
    session_message(s, VWR_P9_TGETATTR);
    session_put_bytes(s, getattr, sizeof(getattr));
    s->memory->out[0] = 1;
    assert_int_equal(session_send(s), VWR_P9_EPROTO);
    session_message(s, VWR_P9_TGETATTR);
    session_put_bytes(s, getattr, sizeof(getattr));
    s->memory->out[0] = (uint8_t)-15;
    assert_int_equal(session_send(s), VWR_P9_EPROTO);
    for (unsigned i = 0; i < 2; i++) { /* in a session that has no such messages, and in one that has */
        assert_int_equal(session_version(s, i == 0 ? 4096 : 16384, VWR_P9_VERSION), 0);
        assert_int_equal(session_attach(s, 0), 0);
        session_message(s, VWR_P9_TSYMLINK);
        session_put(s, 4, 0);
        session_put_string(s, "long");
        session_put(s, 2, VWR_VFILES_TARGET + 1u);
        session_put_bytes(s, (const uint8_t[VWR_VFILES_TARGET + 5u]){0}, VWR_VFILES_TARGET + 5u);
        assert_int_equal(session_send(s), i == 0 ? VWR_P9_EMSGSIZE : VWR_P9_ENAMETOOLONG);
    }
    assert_int_equal(session_version(s, 4096, VWR_P9_VERSION), 0);
    assert_int_equal(session_attach(s, 0), 0);
    for (uint32_t more = 0; more < 2; more++) { /* a message of msize, and one byte more; fid 1 is unknown */
        session_message(s, VWR_P9_TWRITE);
        session_put(s, 4, 1);
        session_put(s, 8, 0);
        session_put(s, 4, 4096u - 23u + more);
        session_put_bytes(s, (const uint8_t[4096]){0}, 4096u - 23u + more);
        assert_int_equal(session_send(s), more == 0 ? VWR_P9_EBADF : VWR_P9_EMSGSIZE);
    }
    tree_check_empty(&tree);
    end(s);
}

/* Space for less than a header, or not for an error: 0 bytes; not enough for the answer: an error, and no
 * effect. */
static void no_room(void **state)
{
    struct session *const s = begin(state);
    uint32_t written;

    s->room = 10;
    session_message(s, VWR_P9_TSTATFS);
    session_put(s, 4, 0);
    assert_int_equal(session_send(s), -1);
    s->room = 11;
    assert_int_equal(session_mkdir(s, 0, "x", 0700), VWR_P9_EMSGSIZE);
    s->room = SESSION_BYTES;
    tree_check_empty(&tree);
    assert_int_equal(vwr_9p_client_request(&s->client, s->memory->out, 6, s->memory->in, 100, &written),
                     VWR_OK);
    assert_int_equal(written, 0);
    assert_int_equal(s->device.stats.refused, 3);
    s->room = 50; /* a read is limited by the space for its answer */
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0600), 0);
    assert_int_equal(session_write(s, 1, 0, s->memory->in + 4096, 200), 200);
    assert_int_equal(session_read(s, 1, 0, s->memory->late_in, 200), 39);
    end(s);
}

/* ---- deferred answers ---- */

static struct {
    const struct vwr_vfiles_ops *tree;
    struct vwr_vfiles_ops ops;
    struct vwr_vfiles_call *kept[SESSION_REQUESTS];
    uint64_t ticket[SESSION_REQUESTS];
    unsigned keeps;
    bool keep;   /* defer the answer of getattr */
    bool refuse; /* and refuse to flush it */
    unsigned cancelled;
} slow;

static int slow_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    if (!slow.keep)
        return slow.tree->getattr(f, c);
    slow.ticket[slow.keeps] = vwr_vfiles_ticket(c);
    slow.kept[slow.keeps++] = c;
    return VWR_LATER;
}

static int slow_walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    if (!slow.keep)
        return slow.tree->walk(f, c);
    slow.ticket[slow.keeps] = vwr_vfiles_ticket(c);
    slow.kept[slow.keeps++] = c;
    return VWR_LATER;
}

static bool slow_cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    (void)f;
    (void)c;
    slow.cancelled += must || !slow.refuse;
    return must || !slow.refuse;
}

static struct session *begin_slow(void **state)
{
    memset(&slow, 0, sizeof(slow));
    tree_init(&tree, false);
    slow.tree = tree.memory.files.ops;
    slow.ops = *slow.tree;
    slow.ops.getattr = slow_getattr;
    slow.ops.walk = slow_walk;
    slow.ops.cancel = slow_cancel;
    tree.memory.files.ops = &slow.ops;
    return session_begin(*state, &tree.memory.files);
}

static void submit_getattr(struct session *s, unsigned n)
{
    session_message(s, VWR_P9_TGETATTR);
    session_put(s, 4, 0);
    session_put(s, 8, 0);
    session_submit(s, n);
}

static void submit_flush(struct session *s, unsigned n, unsigned tag)
{
    session_message(s, VWR_P9_TFLUSH);
    session_put(s, 2, tag);
    session_submit(s, n);
}

static void later(void **state)
{
    struct session *const s = begin_slow(state);
    const bool in_order = ((const struct host_vm_format *)*state)->in_order;

    slow.keep = true;
    submit_getattr(s, 0);
    submit_getattr(s, 1);
    submit_getattr(s, 2);
    assert_int_equal(slow.keeps, 3);
    assert_int_equal(session_reap(s, 0), -2);
    assert_int_equal(session_reap(s, 1), -2);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], VWR_P9_EIO);
    assert_int_equal(session_reap(s, 1), in_order ? -2 : VWR_P9_EIO);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], 0); /* the ticket is no longer valid */
    vwr_vfiles_answer(slow.kept[0], slow.ticket[0], 0);
    assert_int_equal(session_reap(s, 0), 0);
    assert_int_equal(session_reap(s, 2), -2);
    vwr_vfiles_answer(slow.kept[2], slow.ticket[2], 0);
    assert_int_equal(session_reap(s, 2), 0);
    end(s);
}

/* A walk in which each step is deferred; its fid is clunked meanwhile. */
static void later_walk(void **state)
{
    struct session *const s = begin_slow(state);

    assert_int_equal(session_mkdir(s, 0, "a", 0700), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    slow.keep = true;
    session_message(s, VWR_P9_TWALK);
    session_put(s, 4, 1);
    session_put(s, 4, 2);
    session_put(s, 2, 2);
    session_put_string(s, "a");
    session_put_string(s, "..");
    session_submit(s, 0);
    assert_int_equal(slow.keeps, 1);
    session_message(s, VWR_P9_TCLUNK);
    session_put(s, 4, 1);
    session_submit(s, 1);
    session_message(s, VWR_P9_TCLUNK); /* the fid does not exist yet */
    session_put(s, 4, 2);
    session_submit(s, 2);
    slow.kept[0]->made = NULL;
    assert_int_equal(slow.tree->walk(&tree.memory.files, slow.kept[0]), 0);
    vwr_vfiles_answer(slow.kept[0], slow.ticket[0], 0);
    assert_int_equal(slow.keeps, 2);
    assert_int_equal(slow.tree->walk(&tree.memory.files, slow.kept[1]), 0);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], 0);
    assert_int_equal(session_reap(s, 0), 0);
    assert_int_equal(session_get(s, 2), 2);
    assert_int_equal(session_reap(s, 1), 0);
    assert_int_equal(session_reap(s, 2), VWR_P9_EBADF);
    slow.keep = false;
    assert_int_equal(session_clunk(s, 2), 0);
    assert_int_equal(s->device.fids_used, 1);
    end(s);
}

static void flushes(void **state)
{
    struct session *const s = begin_slow(state);

    slow.keep = true;
    submit_flush(s, 0, 99); /* no request with this tag */
    assert_int_equal(session_reap(s, 0), 0);
    submit_getattr(s, 0);
    if (!((const struct host_vm_format *)*state)->in_order) {
        submit_flush(s, 1, s->tag - 1u); /* nor beside another */
        assert_int_equal(session_reap(s, 1), 0);
        s->tag--;
    }
    submit_flush(s, 1, s->tag);
    assert_int_equal(slow.cancelled, 1);
    assert_int_equal(session_reap(s, 0), -1); /* completes without an answer */
    assert_int_equal(session_reap(s, 1), 0);
    slow.refuse = true;
    submit_getattr(s, 0);
    submit_flush(s, 1, s->tag);
    submit_flush(s, 2, s->tag - 1u); /* for the same request */
    assert_int_equal(session_reap(s, 1), -2);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], 0);
    assert_int_equal(session_reap(s, 0), 0);
    assert_int_equal(session_reap(s, 1), 0);
    assert_int_equal(session_reap(s, 2), 0);
    assert_int_equal(s->device.stats.flushed, 1);
    submit_getattr(s, 0);
    submit_flush(s, 1, s->tag); /* refused: the flush waits */
    slow.refuse = false;
    submit_flush(s, 2, s->tag - 1u); /* accepted */
    assert_int_equal(session_reap(s, 0), -1);
    assert_int_equal(session_reap(s, 1), 0);
    assert_int_equal(session_reap(s, 2), 0);
    assert_int_equal(s->device.stats.flushed, 2);
    end(s);
}

/* A flush waits for its own request, not for another; a flush of a flush is answered. */
static void flushes_of_others(void **state)
{
    struct session *const s = begin_slow(state);
    unsigned tag;

    if (((const struct host_vm_format *)*state)->in_order) {
        end(s);
        return; /* the answers have the order of the requests */
    }
    slow.keep = slow.refuse = true;
    submit_getattr(s, 0);
    submit_flush(s, 1, tag = s->tag);
    submit_getattr(s, 2);
    submit_flush(s, 3, tag + 1u); /* the flush that waits */
    assert_int_equal(session_reap(s, 3), 0);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], 0);
    assert_int_equal(session_reap(s, 2), 0);
    assert_int_equal(session_reap(s, 1), -2);
    vwr_vfiles_answer(slow.kept[0], slow.ticket[0], 0);
    assert_int_equal(session_reap(s, 0), 0);
    assert_int_equal(session_reap(s, 1), 0);
    submit_flush(s, 0, tag + 1u); /* it has been answered */
    assert_int_equal(session_reap(s, 0), 0);
    end(s);
}

static int submit_of_fid(struct session *s, unsigned n, uint8_t type, uint32_t fid, unsigned more)
{
    session_message(s, type);
    session_put(s, 4, fid);
    for (unsigned i = 0; i < more; i++)
        session_put(s, 4, 0);
    session_submit(s, n);
    return session_reap(s, n);
}

/* Fid 1 becomes the folder in it. */
static int walk_to_itself(struct session *s, unsigned n)
{
    session_message(s, VWR_P9_TWALK);
    session_put(s, 4, 1);
    session_put(s, 4, 1);
    session_put(s, 2, 1);
    session_put_string(s, "a");
    session_submit(s, n);
    return session_reap(s, n);
}

/* A request that changes a fid runs exclusively: not concurrently with other requests for this fid. */
static void alone(void **state)
{
    struct session *const s = begin_slow(state);

    if (((const struct host_vm_format *)*state)->in_order) {
        end(s);
        return;
    }
    assert_int_equal(session_mkdir(s, 0, "a", 0700), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    slow.keep = true;
    assert_int_equal(submit_of_fid(s, 0, VWR_P9_TGETATTR, 1, 2), -2);
    assert_int_equal(submit_of_fid(s, 1, VWR_P9_TLOPEN, 1, 1), VWR_P9_EBUSY);
    assert_int_equal(submit_of_fid(s, 1, VWR_P9_TREMOVE, 1, 0), VWR_P9_EBUSY);
    assert_int_equal(walk_to_itself(s, 1), VWR_P9_EBUSY);
    vwr_vfiles_answer(slow.kept[0], slow.ticket[0], 0);
    assert_int_equal(session_reap(s, 0), 0);
    assert_int_equal(walk_to_itself(s, 1), -2); /* now nothing else uses the fid */
    assert_int_equal(submit_of_fid(s, 0, VWR_P9_TGETATTR, 1, 2), VWR_P9_EBUSY);
    assert_int_equal(slow.tree->walk(&tree.memory.files, slow.kept[1]), 0);
    vwr_vfiles_answer(slow.kept[1], slow.ticket[1], 0);
    assert_int_equal(session_reap(s, 1), 0);
    slow.keep = false;
    assert_int_equal(submit_of_fid(s, 0, VWR_P9_TGETATTR, 1, 2), 0);
    end(s);
}

static int fails(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    (void)c;
    return VWR_P9_EIO;
}

/* Errors of the back end become the guest's answers. */
static void back_end_fails(void **state)
{
    struct session *const s = begin_slow(state);
    char text[20];

    assert_int_equal(session_symlink(s, 0, "l", "x"), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0600), 0);
    assert_int_equal(session_walk(s, 0, 2, "l"), 0);
    slow.ops.attach = slow.ops.clone = slow.ops.read = slow.ops.readlink = slow.ops.statfs = fails;
    assert_int_equal(session_attach(s, 3), VWR_P9_EIO);
    assert_int_equal(session_walk(s, 0, 3, ""), VWR_P9_EIO);
    assert_int_equal(session_read(s, 1, 0, text, 1), -VWR_P9_EIO);
    assert_int_equal(session_readlink(s, 2, text, sizeof(text)), VWR_P9_EIO);
    session_message(s, VWR_P9_TSTATFS);
    session_put(s, 4, 0);
    assert_int_equal(session_send(s), VWR_P9_EIO);
    assert_int_equal(s->device.fids_used, 3);
    slow.ops.remove = NULL;
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, 2);
    assert_int_equal(session_send(s), VWR_P9_EOPNOTSUPP);
    assert_int_equal(session_clunk(s, 2), VWR_P9_EBADF); /* the fid is clunked nevertheless */
    end(s);
}

/* A fid whose file was not found when a state was loaded: it can only be clunked. */
static void stale(void **state)
{
    struct session *const s = begin(state);

    for (uint32_t fid = 1; fid < 5; fid++)
        assert_int_equal(session_walk(s, 0, fid, ""), 0);
    for (unsigned i = 0; i < SESSION_FIDS; i++) {
        struct vwr_v9p_fid *const fid = &s->fid[i];

        if (fid->file == NULL || fid->by_number.key == 0 || fid->by_number.key == 4)
            continue;
        tree.memory.files.ops->release(&tree.memory.files, fid->file);
        fid->file = NULL;
    }
    assert_int_equal(session_mkdir(s, 1, "d", 0700), VWR_P9_ESTALE);
    assert_int_equal(session_link(s, 0, 1, "d"), VWR_P9_ESTALE);
    assert_int_equal(session_renameat(s, 0, "d", 1, "e"), VWR_P9_ESTALE);
    assert_int_equal(session_link(s, 0, 4, "d"), VWR_P9_EPERM); /* this one is there */
    assert_int_equal(session_clunk(s, 1), 0);
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, 2);
    assert_int_equal(session_send(s), VWR_P9_ESTALE);
    assert_int_equal(session_clunk(s, 2), VWR_P9_EBADF);
    end(s);
}

/* Requests that a reset removes are cancelled, and a late answer does not reach the next guest. */
static void resets(void **state)
{
    struct session *const s = begin_slow(state);
    struct vwr_vfiles_call *old;
    uint64_t ticket;

    slow.keep = true;
    submit_getattr(s, 0);
    submit_getattr(s, 1);
    old = slow.kept[0];
    ticket = slow.ticket[0];
    assert_int_equal(vwr_dev_reset(&s->h.mmio.dev), VWR_OK);
    assert_int_equal(slow.cancelled, 2);
    assert_int_equal(s->device.fids_used, 0);
    vwr_vfiles_answer(old, ticket, 0);
    slow.keep = false;
    session_reopen(s);
    assert_int_equal(session_attach(s, 0), VWR_P9_EPROTO);
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION), 0);
    assert_int_equal(session_attach(s, 0), 0);
    slow.keep = true;
    submit_getattr(s, 0);
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION), 0); /* a new session cancels them as well */
    assert_int_equal(session_reap(s, 0), -1);
    assert_int_equal(slow.cancelled, 3);
    slow.keep = false;
    assert_int_equal(session_attach(s, 0), 0);
    assert_int_equal(session_mkdir(s, 0, "after", 0700), 0);
    end(s);
}

/* ---- the cost of numbers chosen by a guest ---- */

static struct vwr_vfiles_ops watched;
static const struct vwr_vfiles_ops *unwatched;
static const struct vwr_vdev *watched_dev;
static uint32_t charged; /* budget used when attributes were requested or a handle was released */

static void watch(void)
{
    charged = watched_dev->budget_bytes - watched_dev->work;
}

static int watched_getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    watch();
    return unwatched->getattr(f, c);
}

static void watched_release(struct vwr_vfiles *f, void *file)
{
    watch();
    unwatched->release(f, file);
}

static int watched_walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    watch();
    return unwatched->walk(f, c);
}

/* Budget used before the file system sees a name of `bytes`. */
static uint32_t name_cost(struct session *s, unsigned bytes)
{
    char text[256];

    memset(text, 'n', sizeof(text));
    text[bytes] = '\0';
    assert_int_equal(session_walk(s, 0, UINT32_MAX - 1u, text), VWR_P9_ENOENT);
    return charged;
}

/*
 * All fid numbers cost the same, whichever a guest chooses; a new session walks over all of them. A byte of a
 * name costs more than one of data, because names are checked.
 */
static void numbers(void **state)
{
    const uint32_t table = SESSION_FIDS * (uint32_t)sizeof(struct vwr_v9p_fid);
    struct session *const s = begin(state);
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    uint32_t least;

    unwatched = tree.memory.files.ops;
    watched = *unwatched;
    watched.getattr = watched_getattr;
    watched.release = watched_release;
    watched.walk = watched_walk;
    tree.memory.files.ops = &watched;
    watched_dev = vwr_v9p_dev(&s->device);
    assert_in_range(name_cost(s, 200), name_cost(s, 1) + 8u * 199u, watched_dev->budget_bytes);
    for (uint32_t fid = 1; fid < SESSION_FIDS; fid++)
        assert_int_equal(session_walk(s, 0, fid * SESSION_FIDS, ""), 0);
    assert_int_equal(session_getattr(s, (SESSION_FIDS - 1) * SESSION_FIDS, &a, &qid), 0);
    least = charged;
    assert_int_equal(session_getattr(s, 0, &a, &qid), 0);
    assert_int_equal(charged, least);
    charged = 0;
    assert_int_equal(session_version(s, 8192, VWR_P9_VERSION), 0);
    assert_in_range(charged, table, watched_dev->budget_bytes);
    end(s);
}

static void wrong_options(void **state)
{
    static const char longest[] = "a_name_that_has_32_bytes_exactly";
    struct host_vm h;
    static struct session s;
    struct vwr_v9p_options o = {.files = &tree.memory.files,
                                .tag = "t",
                                .fid = s.fid,
                                .fid_count = 1,
                                .message = s.message,
                                .call = s.call,
                                .seg = s.seg,
                                .message_count = 1,
                                .call_count = 1,
                                .seg_count = 4};
    const struct vwr_v9p_options good = o;

    tree_init(&tree, false);
    host_vm_begin(&h, *state);
    assert_int_equal(vwr_v9p_init_with(&s.device, &h.setup, &o), VWR_OK);
#define WRONG(field, value)                                                       \
    do {                                                                          \
        o = good;                                                                 \
        o.field = value;                                                          \
        assert_int_equal(vwr_v9p_init_with(&s.device, &h.setup, &o), VWR_EINVAL); \
    } while (0)
    WRONG(files, NULL);
    WRONG(tag, NULL);
    WRONG(tag, "");
    WRONG(tag, "a_name_that_is_longer_than_32_byte");
    o = good;
    o.tag = longest;
    assert_int_equal(strlen(longest), VWR_V9P_TAG);
    assert_int_equal(vwr_v9p_init_with(&s.device, &h.setup, &o), VWR_OK);
    WRONG(msize, 4095);
    h.setup.queue_count = 0;
    assert_int_equal(vwr_v9p_init_with(&s.device, &h.setup, &good), VWR_ENOMEM);
    host_vm_end(&h);
}

int main(void)
{
#define CASE(function)      \
    {                       \
#function, function \
    }
    static const struct host_vm_case cases[] = {
        CASE(version),      CASE(walks),          CASE(names),   CASE(reads_and_writes),
        CASE(parts),        CASE(appends),        CASE(links),   CASE(renames),
        CASE(others),       CASE(lengths),        CASE(no_room), CASE(later),
        CASE(later_walk),   CASE(flushes),        CASE(resets),  CASE(flushes_of_others),
        CASE(alone),        CASE(back_end_fails), CASE(stale),   CASE(numbers),
        CASE(wrong_options)};

    return host_vm_run("server", cases, sizeof(cases) / sizeof(cases[0]));
}
