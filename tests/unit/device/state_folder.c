/* SPDX-License-Identifier: MIT */
#include "state_folder.h"

#include "vwr/v9p.h"
#include "vwr/vfiles_memory.h"
#include "vwr/vfs.h"

#include <string.h>

#define ENTRIES 8u
#define PLACES 8u
#define SEGMENTS 132u
#define MSIZE 8192u
#define ANSWER (GUEST_DATA + 0x800u)
#define ANSWER_BYTES 256u

static struct {
    struct vwr_v9p p9;
    struct vwr_v9p_fid fid[PLACES];
    struct vwr_vfiles_call p9_call;
    struct vwr_vfs fs;
    struct vwr_vfs_node node[PLACES];
    struct vwr_vfs_call fs_call;
    struct vwr_vmessage message;
    struct vwr_vseg seg[2 * SEGMENTS];
    struct vwr_vfiles_memory tree;
    struct vwr_vfiles_memory_file file[ENTRIES];
    struct vwr_vfiles_memory_entry entry[ENTRIES];
    uint8_t text[128]; /* of the message */
    uint32_t bytes;
    uint64_t opened; /* numbers of FUSE */
    uint64_t old;
    uint64_t dir;
} folder;

static void make_tree(void)
{
    const struct vwr_vfiles_memory_options o = {
        .file = folder.file, .file_count = ENTRIES, .entry = folder.entry, .entry_count = ENTRIES};

    memset(&folder, 0, sizeof(folder));
    assert_int_equal(vwr_vfiles_memory_init(&folder.tree, &o), VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&folder.tree, "dir/file", VWR_P9_S_REG | 0644u, "text", 4),
                     VWR_OK);
    assert_int_equal(vwr_vfiles_memory_add(&folder.tree, "old", VWR_P9_S_REG | 0644u, "old", 3), VWR_OK);
}

struct vwr_vdev *make_9p(const struct vwr_vdev_setup *s)
{
    const struct vwr_v9p_options o = {.files = &folder.tree.files,
                                      .tag = "state",
                                      .fid = folder.fid,
                                      .fid_count = PLACES,
                                      .message = &folder.message,
                                      .call = &folder.p9_call,
                                      .seg = folder.seg,
                                      .message_count = 1,
                                      .call_count = 1,
                                      .seg_count = VWR_COUNT(folder.seg)};

    make_tree();
    assert_int_equal(vwr_v9p_init_with(&folder.p9, s, &o), VWR_OK);
    return vwr_v9p_dev(&folder.p9);
}

struct vwr_vdev *make_fs(const struct vwr_vdev_setup *s)
{
    const struct vwr_vfs_options o = {.files = &folder.tree.files,
                                      .tag = "state",
                                      .node = folder.node,
                                      .node_count = PLACES,
                                      .message = &folder.message,
                                      .call = &folder.fs_call,
                                      .seg = folder.seg,
                                      .message_count = 1,
                                      .call_count = 1,
                                      .seg_count = VWR_COUNT(folder.seg)};

    make_tree();
    assert_int_equal(vwr_vfs_init_with(&folder.fs, s, &o), VWR_OK);
    return vwr_vfs_dev(&folder.fs);
}

void folder_remove_file(void)
{
    static struct vwr_vfiles_call c;
    const struct vwr_vfiles_ops *const ops = folder.tree.files.ops;

    assert_int_equal(ops->attach(&folder.tree.files, &c), 0);
    c.file = c.made;
    c.name = (struct vwr_vfiles_name){3, "dir"};
    assert_int_equal(ops->walk(&folder.tree.files, &c), 0);
    c.to = c.file;
    c.file = c.made;
    c.name = (struct vwr_vfiles_name){4, "file"};
    assert_int_equal(ops->unlinkat(&folder.tree.files, &c), 0);
    ops->release(&folder.tree.files, c.file);
    ops->release(&folder.tree.files, c.to);
}

/* ---- messages ---- */

static void add(uint64_t number, unsigned bytes)
{
    for (; bytes != 0; bytes--, number >>= 8)
        folder.text[folder.bytes++] = (uint8_t)number;
}

static void add_text(const char *text, size_t bytes)
{
    memcpy(folder.text + folder.bytes, text, bytes);
    folder.bytes += (uint32_t)bytes;
}

static uint64_t get(struct guest *g, uint32_t at, unsigned bytes)
{
    const uint8_t *const from = guest_at(g, ANSWER + at, bytes);
    uint64_t number = 0;

    while (bytes-- != 0)
        number = number << 8 | from[bytes];
    return number;
}

static void submit(struct guest *g, unsigned queue)
{
    const struct guest_desc d[] = {{GUEST_DATA, folder.bytes, 0, 0},
                                   {ANSWER, ANSWER_BYTES, VWR_VIRTQ_DESC_F_WRITE, 0}};

    const vwr_le32 size = vwr_cpu_to_le32(folder.bytes);

    while (hostile_take(g, queue) >= 0)
        continue;
    memcpy(folder.text, &size, sizeof(size)); /* both protocols begin with it */
    memcpy(guest_at(g, GUEST_DATA, folder.bytes), folder.text, folder.bytes);
    hostile_send(g, queue, d, 2);
}

static void send(struct guest *g, unsigned queue)
{
    submit(g, queue);
    assert_true(hostile_take(g, queue) >= 0);
}

static void begin_9p(uint8_t type)
{
    folder.bytes = 0;
    add(0, 4);
    add(type, 1);
    add(7, 2);
}

/* The error of Linux, or 0. */
static uint32_t error_9p(struct guest *g)
{
    if (get(g, 4, 1) == folder.text[4] + 1u)
        return 0;
    assert_int_equal(get(g, 4, 1), VWR_P9_RLERROR);
    return (uint32_t)get(g, 7, 4);
}

static uint32_t send_9p(struct guest *g)
{
    send(g, 0);
    return error_9p(g);
}

static uint32_t walk(struct guest *g, uint32_t fid, uint32_t to, const char *name)
{
    begin_9p(VWR_P9_TWALK);
    add(fid, 4);
    add(to, 4);
    add(1, 2);
    add(strlen(name), 2);
    add_text(name, strlen(name));
    return send_9p(g);
}

void fill_9p(struct guest *g)
{
    begin_9p(VWR_P9_TVERSION);
    add(MSIZE, 4);
    add(sizeof(VWR_P9_VERSION) - 1, 2);
    add_text(VWR_P9_VERSION, sizeof(VWR_P9_VERSION) - 1);
    assert_int_equal(send_9p(g), 0);
    begin_9p(VWR_P9_TATTACH);
    add(1, 4);
    add(VWR_P9_NO_FID, 4);
    add(0, 4);
    add(1000, 4);
    assert_int_equal(send_9p(g), 0);
    assert_int_equal(walk(g, 1, 2, "dir"), 0);
    assert_int_equal(walk(g, 2, 3, "file"), 0);
    assert_int_equal(walk(g, 1, 4, "old"), 0);
    begin_9p(VWR_P9_TLOPEN);
    add(3, 4);
    add(VWR_P9_O_RDONLY, 4);
    assert_int_equal(send_9p(g), 0);
    begin_9p(VWR_P9_TUNLINKAT);
    add(1, 4);
    add(3, 2);
    add_text("old", 3);
    add(0, 4);
    assert_int_equal(send_9p(g), 0);
    assert_int_equal(folder.p9.fids_used, 4);
}

uint32_t read_9p(struct guest *g)
{
    uint32_t r;

    begin_9p(VWR_P9_TREAD);
    add(3, 4);
    add(1, 8);
    add(1, 4);
    r = send_9p(g);
    assert_true(r != 0 || get(g, 11, 1) == 'e');
    return r;
}

uint32_t clunk_9p(struct guest *g)
{
    begin_9p(VWR_P9_TCLUNK);
    add(3, 4);
    return send_9p(g);
}

static void begin_fs(uint32_t opcode, uint64_t node)
{
    folder.bytes = 0;
    add(0, 4);
    add(opcode, 4);
    add(1, 8);
    add(node, 8);
    add(0, 8);
    add(0, 8);
}

static uint32_t error_fs(struct guest *g)
{
    return 0u - (uint32_t)get(g, 4, 4);
}

static uint32_t send_fs(struct guest *g)
{
    send(g, 1);
    return error_fs(g);
}

static uint64_t lookup(struct guest *g, uint64_t node, const char *name)
{
    begin_fs(VWR_FUSE_LOOKUP, node);
    add_text(name, strlen(name) + 1);
    assert_int_equal(send_fs(g), 0);
    return get(g, VWR_FUSE_OUT_HEADER, 8);
}

void fill_fs(struct guest *g)
{
    uint64_t node;

    begin_fs(VWR_FUSE_INIT, 0);
    add(VWR_FUSE_MAJOR, 4);
    add(VWR_FUSE_MINOR, 4);
    add(0, 8);
    assert_int_equal(send_fs(g), 0);
    folder.old = lookup(g, VWR_FUSE_ROOT, "old");
    folder.dir = lookup(g, VWR_FUSE_ROOT, "dir");
    node = lookup(g, folder.dir, "file");
    begin_fs(VWR_FUSE_OPEN, node);
    add(VWR_P9_O_RDONLY, 8);
    assert_int_equal(send_fs(g), 0);
    folder.opened = get(g, VWR_FUSE_OUT_HEADER, 8);
    begin_fs(VWR_FUSE_UNLINK, VWR_FUSE_ROOT);
    add_text("old", 4);
    assert_int_equal(send_fs(g), 0);
    assert_int_equal(folder.fs.nodes_used, 4);
}

uint32_t read_fs(struct guest *g)
{
    uint32_t r;

    begin_fs(VWR_FUSE_READ, 0);
    add(folder.opened, 8);
    add(1, 8);
    add(1, 4);
    for (unsigned i = 0; i < 5; i++) /* flags of the read, the lock's owner, flags of the file */
        add(0, 4);
    r = send_fs(g);
    assert_true(r != 0 || get(g, VWR_FUSE_OUT_HEADER, 1) == 'e');
    return r;
}

uint32_t release_fs(struct guest *g)
{
    begin_fs(VWR_FUSE_RELEASE, 0);
    add(folder.opened, 8);
    add(0, 8);
    add(0, 8);
    return send_fs(g);
}

void forget_old(struct guest *g)
{
    begin_fs(VWR_FUSE_FORGET, folder.old);
    add(1, 8);
    submit(g, 0);
    assert_int_equal(hostile_take(g, 0), 0);
}

bool has_same_dir(struct guest *g)
{
    return lookup(g, VWR_FUSE_ROOT, "dir") == folder.dir;
}

uint32_t folder_nodes(void)
{
    return folder.fs.nodes_used;
}

/* ---- later ---- */

static struct {
    struct vwr_vfiles_ops ops;
    struct vwr_vfiles_call *call;
    uint64_t ticket;
    unsigned asked;
    unsigned back;
    unsigned released;
} later;

static const struct vwr_vfiles_ops *plain_ops;

static int getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    later.call = c;
    later.ticket = vwr_vfiles_ticket(c);
    later.asked++;
    return VWR_LATER;
}

static bool cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    (void)f;
    assert_true(must && c == later.call);
    later.back++;
    return true;
}

void folder_answers_later(void)
{
    memset(&later, 0, sizeof(later));
    later.ops = *folder.tree.files.ops;
    later.ops.getattr = getattr;
    later.ops.cancel = cancel;
    folder.tree.files.ops = &later.ops;
}

unsigned folder_asked(void)
{
    return later.asked;
}

unsigned folder_gave_back(void)
{
    return later.back;
}

static int long_path(struct vwr_vfiles *f, const void *file, char *to, uint32_t room)
{
    (void)f;
    (void)file;
    (void)to;
    (void)room;
    return (int)VWR_VFILES_PATH + 1;
}

static int refuse(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    (void)c;
    return VWR_P9_EIO;
}

static int walk_later(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    (void)f;
    later.call = c;
    return VWR_LATER;
}

/* All names are those of one file. */
static int walk_alias(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    const int r = plain_ops->walk(f, c);

    c->qid.path = 1;
    return r;
}

static void release(struct vwr_vfiles *f, void *file)
{
    later.released++;
    plain_ops->release(f, file);
}

void folder_aliases(bool aliases)
{
    plain_ops = folder.tree.files.ops;
    memset(&later, 0, sizeof(later));
    later.ops = *plain_ops;
    later.ops.release = release;
    if (aliases)
        later.ops.walk = walk_alias;
    folder.tree.files.ops = &later.ops;
}

unsigned folder_released(void)
{
    return later.released;
}

void folder_fails(enum folder_fault fault)
{
    folder_answers_later();
    later.ops.getattr = folder.tree.files.ops->getattr;
    switch (fault) {
    case FOLDER_NO_PATHS:
        later.ops.path = NULL;
        break;
    case FOLDER_LONG_PATHS:
        later.ops.path = long_path;
        break;
    case FOLDER_NO_ROOT:
        later.ops.attach = refuse;
        break;
    case FOLDER_WALKS_LATER:
        later.ops.walk = walk_later;
        break;
    default:
        later.ops.open = refuse;
        break;
    }
}

void ask_9p(struct guest *g)
{
    begin_9p(VWR_P9_TGETATTR);
    add(1, 4);
    add(VWR_P9_GET_BASIC, 8);
    submit(g, 0);
}

void ask_fs(struct guest *g)
{
    begin_fs(VWR_FUSE_GETATTR, VWR_FUSE_ROOT);
    add(0, 8);
    add(0, 8);
    submit(g, 1);
}

static void answer(struct guest *g, unsigned queue)
{
    hostile_unused(g, queue);
    vwr_vfiles_answer(later.call, later.ticket, VWR_P9_EACCES);
    assert_true(hostile_take(g, queue) >= 0);
}

uint32_t answer_9p(struct guest *g)
{
    answer(g, 0);
    return error_9p(g);
}

uint32_t answer_fs(struct guest *g)
{
    answer(g, 1);
    return error_fs(g);
}
