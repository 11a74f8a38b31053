/* SPDX-License-Identifier: MIT */
#include "framing.h"

#include "vwr/fuse.h"
#include "vwr/p9.h"
#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/vfs.h"

#include <string.h>

/* A tree in memory, through 9P and through FUSE. */

#define FILES 16u
#define PLACES 16u
#define POOL VWR_VFILES_MEMORY_POOL(4 * VWR_VFILES_MEMORY_BLOCK)
#define TEXT "the text of a file"
#define TEXT_BYTES (sizeof(TEXT) - 1)

static struct vwr_vfiles_memory tree;
static struct vwr_vfiles_memory_file file[FILES];
static struct vwr_vfiles_memory_entry entry[FILES];
static uint64_t pool[POOL / 8];
static struct vwr_vmessage message;
static struct vwr_vseg seg[VWR_SERVICE_SEGS(1, FRAMING_SEGS)];

static void make_tree(void)
{
    const struct vwr_vfiles_memory_options o = {.file = file,
                                                .file_count = FILES,
                                                .entry = entry,
                                                .entry_count = FILES,
                                                .pool = pool,
                                                .pool_bytes = sizeof(pool)};

    assert_int_equal(vwr_vfiles_memory_init(&tree, &o), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&tree, "dir/file", VWR_P9_S_REG | 0644u, TEXT, TEXT_BYTES),
                     VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&tree, "old", VWR_P9_S_REG | 0600u, TEXT, 3), VWR_OK);
}

static void saw_tree(void)
{
    framing_saw_number(tree.blocks_free);
    framing_saw_number(tree.files_free);
    framing_saw_number(tree.entries_free);
}

/* ---- 9P ---- */

enum { ROOT = 1, DIR, FILE_FID, NEW, LINK, OLD }; /* fids */

#define TAG 7
#define P9_HEAD VWR_P9_HEADER
#define BYTES_OF(...) sizeof((const uint8_t[]){__VA_ARGS__})
#define NAME(...) U16(BYTES_OF(__VA_ARGS__)), __VA_ARGS__
#define P9_MORE(type, more, ...) \
    0, OUT(U32(P9_HEAD + BYTES_OF(__VA_ARGS__) + (more)), U8(VWR_P9_##type), U16(TAG), __VA_ARGS__)
#define P9(type, ...) P9_MORE(type, 0, __VA_ARGS__), .head = P9_HEAD
#define ANSWERS(n) .in = P9_HEAD + (n) + 8, .used = P9_HEAD + (n), .tail = 8
#define WRITTEN 100u

static struct vwr_v9p p9;
static struct vwr_v9p_fid fid[PLACES];
static struct vwr_vfiles_call p9_call;

static struct vwr_vdev *make_9p(const struct vwr_vdev_setup *s)
{
    const struct vwr_v9p_options o = {.files = &tree.files,
                                      .tag = "framing",
                                      .fid = fid,
                                      .fid_count = PLACES,
                                      .message = &message,
                                      .call = &p9_call,
                                      .seg = seg,
                                      .message_count = 1,
                                      .call_count = 1,
                                      .seg_count = VWR_COUNT(seg)};

    make_tree();
    assert_int_equal(vwr_v9p_init_with(&p9, s, &o), VWR_OK);
    return vwr_v9p_dev(&p9);
}

static bool p9_good(const struct framing_row *r, const uint8_t *answer)
{
    return answer[4] == r->out[4] + 1;
}

static const struct framing_row p9_rows[] = {
    {"version", P9(TVERSION, U32(8192), NAME('9', 'P', '2', '0', '0', '0', '.', 'L')), ANSWERS(4 + 2 + 8)},
    {"attach", P9(TATTACH, U32(ROOT), U32(VWR_P9_NO_FID), NAME('u'), NAME('a'), U32(1000)), ANSWERS(13)},
    {"walk", P9(TWALK, U32(ROOT), U32(DIR), U16(1), NAME('d', 'i', 'r')), ANSWERS(2 + 13)},
    {"walk of two names",
     P9(TWALK, U32(ROOT), U32(FILE_FID), U16(2), NAME('d', 'i', 'r'), NAME('f', 'i', 'l', 'e')),
     ANSWERS(2 + 26)},
    {"walk of no name", P9(TWALK, U32(ROOT), U32(NEW), U16(0)), ANSWERS(2)},
    {"lopen", P9(TLOPEN, U32(FILE_FID), U32(VWR_P9_O_RDWR)), ANSWERS(17)},
    {"read", P9(TREAD, U32(FILE_FID), U64(4), U32(64)), .in = 11 + 64, .tail = 64,
     .used = 11 + TEXT_BYTES - 4},
    {"write", P9_MORE(TWRITE, WRITTEN, U32(FILE_FID), U64(2), U32(WRITTEN)), .data = WRITTEN,
     .head = P9_HEAD + 16, ANSWERS(4)},
    {"read of what was written", P9(TREAD, U32(FILE_FID), U64(0), U32(200)), .in = 11 + 200, .tail = 200,
     .used = 11 + WRITTEN + 2},
    {"getattr", P9(TGETATTR, U32(FILE_FID), U64(0x3fff)), ANSWERS(VWR_P9_ATTR)},
    {"setattr",
     P9(TSETATTR, U32(FILE_FID), U32(1), U32(0600), U32(0), U32(0), U64(0), U64(0), U64(0), U64(0), U64(0)),
     ANSWERS(0)},
    {"statfs", P9(TSTATFS, U32(ROOT)), ANSWERS(VWR_P9_STATFS)},
    {"lcreate", P9(TLCREATE, U32(NEW), NAME('n', 'e', 'w'), U32(VWR_P9_O_RDWR), U32(0644), U32(0)),
     ANSWERS(17)},
    {"mkdir", P9(TMKDIR, U32(ROOT), NAME('s', 'u', 'b'), U32(0755), U32(0)), ANSWERS(13)},
    {"symlink", P9(TSYMLINK, U32(ROOT), NAME('l', 'i', 'n', 'k'), NAME('d', 'i', 'r', '/', 'f'), U32(0)),
     ANSWERS(13)},
    {"walk to a link", P9(TWALK, U32(ROOT), U32(LINK), U16(1), NAME('l', 'i', 'n', 'k')), ANSWERS(2 + 13)},
    {"readlink", P9(TREADLINK, U32(LINK)), ANSWERS(2 + 5)},
    {"mknod",
     P9(TMKNOD, U32(ROOT), NAME('f', 'i', 'f', 'o'), U32(VWR_P9_S_FIFO | 0600), U32(0), U32(0), U32(0)),
     ANSWERS(13)},
    {"link", P9(TLINK, U32(ROOT), U32(FILE_FID), NAME('h', 'a', 'r', 'd')), ANSWERS(0)},
    {"renameat", P9(TRENAMEAT, U32(ROOT), NAME('h', 'a', 'r', 'd'), U32(DIR), NAME('m', 'o', 'v', 'e', 'd')),
     ANSWERS(0)},
    {"walk to an old file", P9(TWALK, U32(ROOT), U32(OLD), U16(1), NAME('o', 'l', 'd')), ANSWERS(2 + 13)},
    {"rename", P9(TRENAME, U32(OLD), U32(ROOT), NAME('o', 'l', 'd', 'e', 'r')), ANSWERS(0)},
    {"remove", P9(TREMOVE, U32(OLD)), ANSWERS(0)},
    {"unlinkat", P9(TUNLINKAT, U32(ROOT), NAME('f', 'i', 'f', 'o'), U32(0)), ANSWERS(0)},
    {"fsync", P9(TFSYNC, U32(FILE_FID), U32(0)), ANSWERS(0)},
    {"lock", P9(TLOCK, U32(FILE_FID), U8(1), U32(0), U64(0), U64(9), U32(12), NAME('c', 'l')), ANSWERS(1)},
    {"getlock", P9(TGETLOCK, U32(FILE_FID), U8(1), U64(0), U64(9), U32(12), NAME('c', 'l')), .in = 300,
     .tail = 8, .used = P9_HEAD + 23 + 2},
    {"lopen of a folder", P9(TLOPEN, U32(DIR), U32(VWR_P9_O_RDONLY)), ANSWERS(17)},
    {"readdir", P9(TREADDIR, U32(DIR), U64(0), U32(120)), .in = 11 + 120, .tail = 120,
     .used = 11 + 4 * 24 + 1 + 2 + 4 + 5},
    {"flush", P9(TFLUSH, U16(99)), ANSWERS(0)},
    {"clunk", P9(TCLUNK, U32(FILE_FID)), ANSWERS(0)},
};

FRAMING_CLASS(9p, "9p", p9_rows, .good = p9_good, .end = saw_tree);

/* ---- FUSE ---- */

#define HIPRIO VWR_FS_QUEUE_HIPRIO
#define REQUESTS 1
#define FUSE_HEAD VWR_FUSE_HEADER
#define HEADER(op, node, bytes) \
    U32(FUSE_HEAD + (bytes)), U32(VWR_FUSE_##op), U64(0x1122334455667788), U64(node), U64(0), U32(9), U32(0)
#define FUSE(op, node, ...) \
    REQUESTS, OUT(HEADER(op, node, BYTES_OF(__VA_ARGS__)), __VA_ARGS__), .head = FUSE_HEAD
#define FUSE_ALONE(op, node) REQUESTS, OUT(HEADER(op, node, 0)), .head = 8
#define GIVES(n) .in = VWR_FUSE_OUT_HEADER + (n), .used = VWR_FUSE_OUT_HEADER + (n), .tail = (n)
#define IN_ROOT(op, ...) FUSE(op, VWR_FUSE_ROOT, __VA_ARGS__)
#define UNIT 8192u
#define READS(size) U64(0), U64(0), U32(size), U32(0), U64(0), U32(0), U32(0)

static struct vwr_vfs fs;
static struct vwr_vfs_node node[PLACES];
static struct vwr_vfs_call fs_call;
static struct vwr_vfiles_ops ops;
static struct vwr_vdev_shm shm = {UINT64_C(0x4000000000), 2 * UNIT};
static uint8_t window[2 * UNIT];
static uint8_t kept_node[8];
static uint8_t kept_file[8];

static int map_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    framing_saw_number(c->offset);
    framing_saw_number(c->length);
    framing_saw_number((uint64_t)((const uint8_t *)c->at - window));
    framing_saw_number(c->flags);
    return 0;
}

static int unmap_file(struct vwr_vfiles *f, void *at, uint64_t length)
{
    (void)f;
    framing_saw_number((uint64_t)((const uint8_t *)at - window));
    framing_saw_number(length);
    return 0;
}

static struct vwr_vdev *make_fs(const struct vwr_vdev_setup *s)
{
    struct vwr_vdev_setup two = *s;
    const struct vwr_vfs_options o = {.files = &tree.files,
                                      .tag = "framing",
                                      .node = node,
                                      .node_count = PLACES,
                                      .message = &message,
                                      .call = &fs_call,
                                      .seg = seg,
                                      .message_count = 1,
                                      .call_count = 1,
                                      .seg_count = VWR_COUNT(seg),
                                      .window = {window, sizeof(window), UNIT}};

    make_tree();
    ops = *tree.files.ops;
    ops.map = map_file;
    ops.unmap = unmap_file;
    tree.files.ops = &ops;
    two.queue_count = VWR_VFS_QUEUES;
    two.shm = &shm;
    two.shm_count = 1;
    assert_int_equal(vwr_vfs_init_with(&fs, &two, &o), VWR_OK);
    return vwr_vfs_dev(&fs);
}

static void keep_node(const uint8_t *answer)
{
    memcpy(kept_node, answer + VWR_FUSE_OUT_HEADER, sizeof(kept_node));
}

static void keep_file(const uint8_t *answer)
{
    memcpy(kept_file, answer + VWR_FUSE_OUT_HEADER, sizeof(kept_file));
}

static void keep_both(const uint8_t *answer)
{
    keep_node(answer);
    keep_file(answer + VWR_FUSE_ENTRY);
}

static void put_node(uint8_t *out)
{
    memcpy(out + 16, kept_node, sizeof(kept_node));
}

static void put_file(uint8_t *out)
{
    put_node(out);
    memcpy(out + FUSE_HEAD, kept_file, sizeof(kept_file));
}

/* Of a folder, which is the root. */
static void put_folder(uint8_t *out)
{
    memcpy(out + FUSE_HEAD, kept_file, sizeof(kept_file));
}

/* The second node of LINK. */
static void put_second(uint8_t *out)
{
    memcpy(out + FUSE_HEAD, kept_node, sizeof(kept_node));
}

static void put_forgotten(uint8_t *out)
{
    memcpy(out + FUSE_HEAD + 8, kept_node, sizeof(kept_node));
}

static bool fs_good(const struct framing_row *r, const uint8_t *answer)
{
    static const uint8_t none[4];

    return r->in == 0 || memcmp(answer + 4, none, sizeof(none)) == 0;
}

static void saw_nodes(void)
{
    framing_saw_number(fs.nodes_used);
}

static const struct framing_row fs_rows[] = {
    {"INIT", FUSE(INIT, 0, U32(7), U32(31), U32(65536), U32(0)), GIVES(VWR_FUSE_INIT_OUT)},
    {"LOOKUP", IN_ROOT(LOOKUP, 'o', 'l', 'd', 0), GIVES(VWR_FUSE_ENTRY), .keep = keep_node},
    {"GETATTR", FUSE(GETATTR, 0, U32(0), U32(0), U64(0)), GIVES(VWR_FUSE_ATTR_OUT), .fill = put_node},
    {"SETATTR",
     FUSE(SETATTR, 0, U32(VWR_FUSE_SET_MODE), U32(0), U64(0), U64(0), U64(0), U64(0), U64(0), U64(0), U32(0),
          U32(0), U32(0), U32(0640), U32(0), U32(0), U32(0), U32(0)),
     GIVES(VWR_FUSE_ATTR_OUT), .fill = put_node},
    {"OPEN", FUSE(OPEN, 0, U32(VWR_P9_O_RDWR), U32(0)), GIVES(VWR_FUSE_OPEN_OUT), .fill = put_node,
     .keep = keep_file},
    {"WRITE", REQUESTS, OUT(HEADER(WRITE, 0, 40 + WRITTEN), READS(WRITTEN)), .data = WRITTEN,
     .head = FUSE_HEAD + 40, GIVES(VWR_FUSE_WRITE_OUT), .fill = put_file},
    {"READ", FUSE(READ, 0, READS(WRITTEN)), GIVES(WRITTEN), .fill = put_file},
    {"FSYNC", FUSE(FSYNC, 0, U64(0), U32(0), U32(0)), GIVES(0), .fill = put_file},
    {"FLUSH", FUSE(FLUSH, 0, U64(0), U32(0), U32(0), U64(0)), GIVES(0), .fill = put_file},
    {"SETUPMAPPING", FUSE(SETUPMAPPING, 0, U64(0), U64(0), U64(UNIT), U64(VWR_FUSE_MAPPING_READ), U64(UNIT)),
     GIVES(0), .fill = put_file},
    {"REMOVEMAPPING", FUSE(REMOVEMAPPING, 0, U32(1), U64(UNIT), U64(UNIT)), GIVES(0), .fill = put_node},
    {"RELEASE", FUSE(RELEASE, 0, U64(0), U32(0), U32(0), U64(0)), GIVES(0), .fill = put_file},
    {"LINK", IN_ROOT(LINK, U64(0), 'h', 'a', 'r', 'd', 0), GIVES(VWR_FUSE_ENTRY), .fill = put_second},
    {"FORGET", HIPRIO, OUT(HEADER(FORGET, 0, 8), U64(1)), .head = FUSE_HEAD, .fill = put_node,
     .after = saw_nodes},
    {"BATCH_FORGET", HIPRIO, OUT(HEADER(BATCH_FORGET, 0, 24), U32(1), U32(0), U64(0), U64(1)),
     .head = FUSE_HEAD, .fill = put_forgotten, .after = saw_nodes},
    {"INTERRUPT", HIPRIO, OUT(HEADER(INTERRUPT, 0, 8), U64(99)), .head = FUSE_HEAD},
    {"OPENDIR", IN_ROOT(OPENDIR, U32(VWR_P9_O_RDONLY), U32(0)), GIVES(VWR_FUSE_OPEN_OUT), .keep = keep_file},
    {"READDIR", IN_ROOT(READDIR, READS(200)), .in = VWR_FUSE_OUT_HEADER + 200, .tail = 200,
     .used = VWR_FUSE_OUT_HEADER + 5 * 32, .fill = put_folder},
    {"FSYNCDIR", IN_ROOT(FSYNCDIR, U64(0), U32(0), U32(0)), GIVES(0), .fill = put_folder},
    {"RELEASEDIR", IN_ROOT(RELEASEDIR, U64(0), U32(0), U32(0), U64(0)), GIVES(0), .fill = put_folder},
    {"SYMLINK", IN_ROOT(SYMLINK, 's', 'y', 'm', 0, 'd', 'i', 'r', '/', 'f', 0), GIVES(VWR_FUSE_ENTRY),
     .keep = keep_node},
    {"READLINK", FUSE_ALONE(READLINK, 0), .in = VWR_FUSE_OUT_HEADER + 30, .tail = 30,
     .used = VWR_FUSE_OUT_HEADER + 5, .fill = put_node},
    {"MKNOD", IN_ROOT(MKNOD, U32(VWR_P9_S_FIFO | 0600), U32(0), U32(0), U32(0), 'f', 'i', 'f', 'o', 0),
     GIVES(VWR_FUSE_ENTRY)},
    {"MKDIR", IN_ROOT(MKDIR, U32(0755), U32(0), 's', 'u', 'b', 0), GIVES(VWR_FUSE_ENTRY)},
    {"CREATE", IN_ROOT(CREATE, U32(VWR_P9_O_RDWR), U32(0600), U32(0), U32(0), 'n', 'e', 'w', 0),
     GIVES(VWR_FUSE_ENTRY + VWR_FUSE_OPEN_OUT), .keep = keep_both},
    {"RENAME", IN_ROOT(RENAME, U64(VWR_FUSE_ROOT), 'n', 'e', 'w', 0, 'n', 'e', 'w', 'e', 'r', 0), GIVES(0)},
    {"RENAME2",
     IN_ROOT(RENAME2, U64(VWR_FUSE_ROOT), U32(0), U32(0), 'n', 'e', 'w', 'e', 'r', 0, 'n', 'e', 'w', 's', 0),
     GIVES(0)},
    {"UNLINK", IN_ROOT(UNLINK, 'n', 'e', 'w', 's', 0), GIVES(0)},
    {"RMDIR", IN_ROOT(RMDIR, 's', 'u', 'b', 0), GIVES(0)},
    {"STATFS", FUSE_ALONE(STATFS, VWR_FUSE_ROOT), GIVES(VWR_FUSE_STATFS_OUT)},
    {"DESTROY", FUSE_ALONE(DESTROY, 0), GIVES(0)},
};

FRAMING_CLASS(fs, "fs", fs_rows, .good = fs_good, .end = saw_tree);
