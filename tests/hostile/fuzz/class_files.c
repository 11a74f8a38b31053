/* SPDX-License-Identifier: MIT */
#include "class_files.h"

#include <string.h>

#define FILES 6u
#define ENTRIES 8u
#define POOL VWR_VFILES_MEMORY_POOL(4u * VWR_VFILES_MEMORY_BLOCK)

struct class_files files;

static int later_or_now(struct vwr_vfiles *f, struct vwr_vfiles_call *c,
                        int (*op)(struct vwr_vfiles *f, struct vwr_vfiles_call *c))
{
    class_called(files.dev);
    MUST(f == &files.tree->files && c->file != NULL);
    if (class_fed() < 0xc0 || files.kept != NULL)
        return op(f, c);
    files.kept = c;
    files.ticket = vwr_vfiles_ticket(c);
    files.kept_op = op;
    return VWR_LATER;
}

static int read_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    struct vwr_reader room;

    vwr_writer_room(&c->in, &room);
    world_check_data(&room, c->bytes);
    return later_or_now(f, c, files.memory->read);
}

static int write_file(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    world_check_data(&c->out, c->bytes);
    return later_or_now(f, c, files.memory->write);
}

static int getattr(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    return later_or_now(f, c, files.memory->getattr);
}

static int walk(struct vwr_vfiles *f, struct vwr_vfiles_call *c)
{
    MUST(c->name.bytes != 0 && c->name.bytes <= VWR_VFILES_NAME && c->name.text[c->name.bytes] == '\0');
    MUST(memchr(c->name.text, '/', c->name.bytes) == NULL && strlen(c->name.text) == c->name.bytes);
    return files.memory->walk(f, c);
}

static bool cancel(struct vwr_vfiles *f, struct vwr_vfiles_call *c, bool must)
{
    class_called(files.dev);
    MUST(f == &files.tree->files && c == files.kept);
    if (!must && class_fed() >= 0x80)
        return false;
    files.kept = NULL;
    return true;
}

/* The tree outlasts the device. */
static void plant(bool lookups)
{
    static const uint8_t image[100] = "content of an image";
    struct vwr_vfiles_memory_options mo = {.file_count = FILES, .entry_count = ENTRIES, .pool_bytes = POOL};

    files.tree = class_memory(files.tree, sizeof(*files.tree));
    mo.file = files.file = class_memory(files.file, FILES * sizeof(*files.file));
    mo.entry = files.entry = class_memory(files.entry, ENTRIES * sizeof(*files.entry));
    mo.pool = files.pool = class_memory(files.pool, POOL);
    MUST(vwr_vfiles_memory_init(files.tree, &mo) == VWR_OK);
    MUST(vwr_vfiles_memory_add(files.tree, "image", 0100644, image, sizeof(image)) == VWR_OK);
    files.memory = files.tree->files.ops;
    files.ops = *files.memory;
    files.ops.read = read_file;
    files.ops.write = write_file;
    files.ops.getattr = lookups ? getattr : files.memory->getattr;
    files.ops.walk = walk;
    files.ops.cancel = cancel;
    files.tree->files.ops = &files.ops;
}

void files_begin(bool lookups, size_t handle_bytes, size_t call_bytes)
{
    files.handle = class_memory(files.handle, HANDLES * handle_bytes);
    files.message = class_memory(files.message, REQUESTS * sizeof(*files.message));
    files.call = class_memory(files.call, REQUESTS * call_bytes);
    files.seg = class_memory(files.seg, (REQUESTS + 1) * SEGS * sizeof(*files.seg));
    files.kept = NULL;
    if (!world.renews)
        plant(lookups);
}

void files_event(uint8_t what, struct input *in)
{
    struct vwr_vfiles_call *const c = files.kept;
    int r = 5; /* an error number */

    (void)in;
    if (c == NULL)
        return;
    if ((what & 1) == 0) {
        vwr_vdev_lock(world.dev);
        r = files.kept_op(&files.tree->files, c);
        vwr_vdev_unlock(world.dev);
    }
    files.kept = NULL;
    vwr_vfiles_answer(c, files.ticket, r);
}

const uint8_t *files_ask(struct script *s, unsigned queue, const uint8_t *header, uint32_t bytes,
                         const uint8_t *body, uint32_t n)
{
    uint8_t out[128] = {(uint8_t)(bytes + n)};

    memcpy(out + 4, header, bytes - 4);
    memcpy(out + bytes, body, n);
    return class_exchange(s, queue, out, bytes + n, 200);
}
