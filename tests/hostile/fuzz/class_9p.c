/* SPDX-License-Identifier: MIT */
#include "classes.h"

#include "vwr/v9p.h"
#include "vwr/v9p_memory.h"
#include "vwr/p9.h"

#include <string.h>

/* An in-memory tree. The VMM completes some of its reads and writes later. */

#define FIDS 6u
#define REQUESTS 3u
#define SEGS 40u
#define FILES 6u
#define ENTRIES 8u
#define POOL VWR_V9P_MEMORY_POOL(4u * VWR_V9P_MEMORY_BLOCK)

static struct {
    struct vwr_v9p *device;
    struct vwr_v9p_memory *tree;
    struct vwr_v9p_memory_file *file;
    struct vwr_v9p_memory_entry *entry;
    void *pool;
    struct vwr_v9p_fid *fid;
    struct vwr_vmessage *message;
    struct vwr_vfiles_call *call;
    struct vwr_vseg *seg;
    struct vwr_vfiles_ops ops;
    const struct vwr_vfiles_ops *memory; /* the functions of the tree itself */
    struct vwr_vfiles_call *kept;
    uint64_t ticket;
    int (*kept_op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c);
} p9;

static int later_or_now(struct vwr_vfiles *f, struct vwr_vfiles_call *c,
                        int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    class_called(vwr_v9p_dev(p9.device));
    MUST(f == &p9.tree->files);
    if (class_fed() < 0xc0 || p9.kept != NULL)
        return op(f, c);
    p9.kept = c;
    p9.ticket = vwr_vfiles_ticket(c);
    p9.kept_op = op;
    return VWR_LATER;
}

static int read_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_reader room;

    vwr_writer_room(&c->in, &room);
    world_check_data(&room, c->bytes);
    return later_or_now(f, c, p9.memory->read);
}

static int write_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    world_check_data(&c->out, c->bytes);
    return later_or_now(f, c, p9.memory->write);
}

static int walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    MUST(c->name.bytes != 0 && c->name.bytes <= VWR_VFILES_NAME && c->name.text[c->name.bytes] == '\0');
    MUST(memchr(c->name.text, '/', c->name.bytes) == NULL && strlen(c->name.text) == c->name.bytes);
    return p9.memory->walk(f, c);
}

static bool cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    class_called(vwr_v9p_dev(p9.device));
    MUST(f == &p9.tree->files && c == p9.kept);
    if (!must && class_fed() >= 0x80)
        return false;
    p9.kept = NULL;
    return true;
}

/* The tree outlasts the device. */
static void plant(void)
{
    static const uint8_t image[100] = "content of an image";
    struct vwr_v9p_memory_options mo = {.file_count = FILES, .entry_count = ENTRIES, .pool_bytes = POOL};

    p9.tree = class_memory(p9.tree, sizeof(*p9.tree));
    mo.file = p9.file = class_memory(p9.file, FILES * sizeof(*p9.file));
    mo.entry = p9.entry = class_memory(p9.entry, ENTRIES * sizeof(*p9.entry));
    mo.pool = p9.pool = class_memory(p9.pool, POOL);
    MUST(vwr_v9p_memory_init(p9.tree, &mo) == VWR_OK);
    MUST(vwr_v9p_memory_add(p9.tree, "image", 0100644, image, sizeof(image)) == VWR_OK);
    p9.memory = p9.tree->files.ops;
    p9.ops = *p9.memory;
    p9.ops.read = read_file;
    p9.ops.write = write_file;
    p9.ops.walk = walk;
    p9.ops.cancel = cancel;
    p9.tree->files.ops = &p9.ops;
}

static struct vwr_vdev *begin(const struct vwr_vdev_setup *setup)
{
    struct vwr_v9p_options o = {.tag = "fuzz",
                                .fid_count = FIDS,
                                .message_count = REQUESTS,
                                .call_count = REQUESTS,
                                .seg_count = VWR_SERVICE_SEGS(REQUESTS, SEGS),
                                .msize = 8192};

    p9.device = class_memory(p9.device, sizeof(*p9.device));
    o.fid = p9.fid = class_memory(p9.fid, FIDS * sizeof(*p9.fid));
    o.message = p9.message = class_memory(p9.message, REQUESTS * sizeof(*p9.message));
    o.call = p9.call = class_memory(p9.call, REQUESTS * sizeof(*p9.call));
    o.seg = p9.seg = class_memory(p9.seg, (REQUESTS + 1) * SEGS * sizeof(*p9.seg));
    p9.kept = NULL;
    if (!world.renews)
        plant();
    o.files = &p9.tree->files;
    MUST(vwr_v9p_init(p9.device, setup, &o) == VWR_OK);
    return vwr_v9p_dev(p9.device);
}

static void event(uint8_t what, struct input *in)
{
    struct vwr_vfiles_call *const c = p9.kept;
    int r = 5; /* an error number */

    (void)in;
    if (c == NULL)
        return;
    if ((what & 1) == 0) {
        vwr_vdev_lock(world.dev);
        r = p9.kept_op(&p9.tree->files, c);
        vwr_vdev_unlock(world.dev);
    }
    p9.kept = NULL;
    vwr_vfiles_answer(c, p9.ticket, r);
}

/* Sends a message of little-endian bytes. Returns the type of the answer. */
static uint8_t ask(struct script *s, uint8_t type, const void *body, uint32_t n, uint32_t room)
{
    uint8_t bytes[64] = {(uint8_t)(n + 7u), 0, 0, 0, type, 1, 0};

    memcpy(bytes + 7, body, n);
    return class_exchange(s, 0, bytes, n + 7u, room)[4];
}

static void must_work(struct vwr_dev *d)
{
    static struct script s;
    static const uint8_t version[] = {0, 32, 0, 0, 8, 0, '9', 'P', '2', '0', '0', '0', '.', 'L'};
    static const uint8_t attach[] = {1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0};
    static const uint8_t attributes[] = {1, 0, 0, 0, 0xff, 7, 0, 0, 0, 0, 0, 0};

    (void)d;
    MUST(p9.kept == NULL);
    class_start(&s);
    MUST(ask(&s, VWR_P9_TVERSION, version, sizeof(version), 64) == VWR_P9_TVERSION + 1);
    MUST(ask(&s, VWR_P9_TATTACH, attach, sizeof(attach), 64) == VWR_P9_TATTACH + 1);
    MUST(ask(&s, VWR_P9_TGETATTR, attributes, sizeof(attributes), 200) == VWR_P9_TGETATTR + 1);
    MUST(p9.device->fids_used == 1);
}

const struct world_service class_9p = {begin, event, must_work, false};
CLASS_ALONE(class_9p);
