/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/fuse.h"
#include "vwr/v9p_memory.h"
#include "vwr/vfs.h"

#include <string.h>

/* An in-memory tree, served through FUSE. The VMM completes some of its reads, writes and lookups later. */

#define NODES 6u
#define REQUESTS 3u
#define SEGS 40u
#define FILES 6u
#define ENTRIES 8u
#define POOL VWR_V9P_MEMORY_POOL(4u * VWR_V9P_MEMORY_BLOCK)
#define REQUEST 1u

static struct {
    struct vwr_vfs *device;
    struct vwr_v9p_memory *tree;
    struct vwr_v9p_memory_file *file;
    struct vwr_v9p_memory_entry *entry;
    void *pool;
    struct vwr_vfs_node *node;
    struct vwr_vmessage *message;
    struct vwr_vfs_call *call;
    struct vwr_vseg *seg;
    struct vwr_vfiles_ops ops;
    const struct vwr_vfiles_ops *memory; /* the functions of the tree itself */
    struct vwr_vfiles_call *kept;
    uint64_t ticket;
    int (*kept_op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
} fs;

static int later_or_now(struct vwr_vfiles *f, struct vwr_vfiles_call *c,
                        int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    class_called(vwr_vfs_dev(fs.device));
    MUST(f == &fs.tree->files && c->file != NULL);
    if (class_fed() < 0xc0 || fs.kept != NULL)
        return op(f, c);
    fs.kept = c;
    fs.ticket = vwr_vfiles_ticket(c);
    fs.kept_op = op;
    return VWR_LATER;
}

static int read_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_reader room;

    vwr_writer_room(&c->in, &room);
    world_check_data(&room, c->bytes);
    return later_or_now(f, c, fs.memory->read);
}

static int write_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    world_check_data(&c->out, c->bytes);
    return later_or_now(f, c, fs.memory->write);
}

static int getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    return later_or_now(f, c, fs.memory->getattr);
}

static int walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    MUST(c->name.bytes != 0 && c->name.bytes <= VWR_VFILES_NAME && c->name.text[c->name.bytes] == '\0');
    MUST(memchr(c->name.text, '/', c->name.bytes) == NULL && strlen(c->name.text) == c->name.bytes);
    return fs.memory->walk(f, c);
}

static bool cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    class_called(vwr_vfs_dev(fs.device));
    MUST(f == &fs.tree->files && c == fs.kept);
    if (!must && class_fed() >= 0x80)
        return false;
    fs.kept = NULL;
    return true;
}

/* The tree outlasts the device. */
static void plant(void)
{
    static const uint8_t image[100] = "content of an image";
    struct vwr_v9p_memory_options mo = {.file_count = FILES, .entry_count = ENTRIES, .pool_bytes = POOL};

    fs.tree = class_memory(fs.tree, sizeof(*fs.tree));
    mo.file = fs.file = class_memory(fs.file, FILES * sizeof(*fs.file));
    mo.entry = fs.entry = class_memory(fs.entry, ENTRIES * sizeof(*fs.entry));
    mo.pool = fs.pool = class_memory(fs.pool, POOL);
    MUST(vwr_v9p_memory_init(fs.tree, &mo) == VWR_OK);
    MUST(vwr_v9p_memory_add(fs.tree, "image", 0100644, image, sizeof(image)) == VWR_OK);
    fs.memory = fs.tree->files.ops;
    fs.ops = *fs.memory;
    fs.ops.read = read_file;
    fs.ops.write = write_file;
    fs.ops.getattr = getattr;
    fs.ops.walk = walk;
    fs.ops.cancel = cancel;
    fs.tree->files.ops = &fs.ops;
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_vfs_options o = {.tag = "fuzz",
                                .node_count = NODES,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_SERVICE_SEGS(REQUESTS, SEGS),
                                .max_write = 8192};
    struct vwr_vdev_setup s = *setup;

    fs.device = class_memory(fs.device, sizeof(*fs.device));
    o.node = fs.node = class_memory(fs.node, NODES * sizeof(*fs.node));
    o.message = fs.message = class_memory(fs.message, REQUESTS * sizeof(*fs.message));
    o.call = fs.call = class_memory(fs.call, REQUESTS * sizeof(*fs.call));
    o.seg = fs.seg = class_memory(fs.seg, (REQUESTS + 1) * SEGS * sizeof(*fs.seg));
    fs.kept = NULL;
    if (!world.renews)
        plant();
    o.files = &fs.tree->files;
    s.queue_count = VWR_VFS_QUEUES;
    MUST(vwr_vfs_init(fs.device, &s, &o) == VWR_OK);
    return vwr_vfs_dev(fs.device);
}

static void event(uint8_t what, struct input *in)
{
    struct vwr_vfiles_call *const c = fs.kept;
    int r = 5; /* an error number */

    (void)in;
    if (c == NULL)
        return;
    if ((what & 1) == 0) {
        vwr_vdev_lock(world.dev);
        r = fs.kept_op(&fs.tree->files, c);
        vwr_vdev_unlock(world.dev);
    }
    fs.kept = NULL;
    vwr_vfiles_answer(c, fs.ticket, r);
}

/* Sends a message of little-endian bytes; its answer must not be an error. */
static void ask(struct script *s, uint8_t opcode, uint64_t node, const void *body, uint32_t n, uint32_t room)
{
    uint8_t bytes[VWR_FUSE_HEADER + 64] = {(uint8_t)(n + VWR_FUSE_HEADER), 0, 0, 0, opcode};
    const uint8_t *answer;

    vwr_p9_put(bytes + 16, node, 8);
    memcpy(bytes + VWR_FUSE_HEADER, body, n);
    answer = class_exchange(s, REQUEST, bytes, n + VWR_FUSE_HEADER, room);
    MUST(vwr_p9_get(answer + 4, 4) == 0);
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t hello[] = {7, 0, 0, 0, 31, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    static const uint8_t nothing[16] = {0};

    (void)d;
    MUST(fs.kept == NULL);
    class_start(&s);
    ask(&s, VWR_FUSE_INIT, 0, hello, sizeof(hello), 100);
    ask(&s, VWR_FUSE_GETATTR, VWR_FUSE_ROOT, nothing, sizeof(nothing), 200);
    MUST(fs.device->nodes_used == 0);
}

const struct world_service class_fs = {begin, event, must_work, false};
CLASS_ALONE(class_fs);
