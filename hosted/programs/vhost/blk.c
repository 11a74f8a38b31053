/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/vblk.h"
#include "vwr_engine.h"
#ifdef WITH_URING
#include "vwr_engine_uring.h"
#endif
#ifdef WITH_NBD
#include "vwr_engine_nbd.h"
#endif
#ifdef WITH_RBD
#include "vwr_engine_rbd.h"
#endif
#include "vwr_posix_disk.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#define REQUESTS 256u /* at a time */

struct disk {
    struct vwr_vblk device;
    struct vwr_engine *engine; /* NULL: each request completes at once */
    struct vwr_vblk_backend *backend;
    struct vwr_vblk_backend nothing;
    struct vwr_posix_disk file;
    uintptr_t errors; /* that were reported */
};

/* A disk that stores nothing, for measurements. */
static int submit_nothing(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_OK;
}

static const struct vwr_vblk_backend_ops nothing = {.submit = submit_nothing};

static int is_folder(const char *path)
{
    struct stat s;

    return stat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static int open_file(struct disk *d, const char *path, const struct vwr_engine_options *eo)
{
    if (is_folder(path))
        return wrong("%s is a folder, not the image of a disk", path);
#ifdef WITH_URING
    {
        struct vwr_engine_uring *const u = make_room(1, sizeof(*u));

        if (vwr_engine_uring_open(u, path, eo) == VWR_OK) {
            d->engine = &u->engine;
            return 0;
        }
        if (errno != ENOSYS && errno != EPERM)
            return wrong("%s: %s", path, strerror(errno));
        say("no io_uring here: each request waits for the file");
    }
#endif
    if (vwr_posix_disk_open(&d->file, path, eo->read_only) != VWR_OK)
        return wrong("%s: %s", path, strerror(errno));
    d->backend = &d->file.backend;
    return 0;
}

static int open_nbd(struct disk *d, const char *uri, const struct vwr_engine_options *eo)
{
#ifdef WITH_NBD
    struct vwr_engine_nbd *const n = make_room(1, sizeof(*n));

    if (vwr_engine_nbd_open(n, uri, eo) != VWR_OK)
        return wrong("%s: %s", uri, n->reason);
    d->engine = &n->engine;
    return 0;
#else
    (void)d;
    (void)eo;
    return wrong("%s: this build has no libnbd", uri);
#endif
}

static int open_rbd(struct disk *d, const char *name, const struct vwr_engine_options *eo)
{
#ifdef WITH_RBD
    struct vwr_engine_rbd *const r = make_room(1, sizeof(*r));
    const int result = vwr_engine_rbd_open(r, name, eo);

    if (result == VWR_EINVAL)
        return wrong("--rbd %s: it is POOL/IMAGE", name);
    if (result != VWR_OK)
        return wrong("%s: %s", name, r->reason);
    d->engine = &r->engine;
    return 0;
#else
    (void)d;
    (void)eo;
    return wrong("%s: this build has no librbd", name);
#endif
}

static int open_storage(struct disk *d, const struct options *o)
{
    const struct vwr_engine_options eo = {
        .slots = REQUESTS, .segments = SEGMENTS, .read_only = o->read_only, .timeout_ms = o->timeout};
    const unsigned given = o->files + (o->nbd != NULL) + (o->rbd != NULL) + (o->null_mib != 0);

    if (given != 1)
        return wrong("a disk has one of --file, --nbd, --rbd and --null");
    if (o->nbd != NULL)
        return open_nbd(d, o->nbd, &eo);
    if (o->rbd != NULL)
        return open_rbd(d, o->rbd, &eo);
    if (o->null_mib == 0)
        return open_file(d, o->file[0], &eo);
    d->nothing = (struct vwr_vblk_backend){.ops = &nothing,
                                           .sectors = o->null_mib * (1048576u / VWR_BLK_SECTOR_BYTES),
                                           .block_bytes = VWR_BLK_SECTOR_BYTES,
                                           .flush = true};
    d->backend = &d->nothing;
    return 0;
}

static void ready(void *context, int fd, short events)
{
    (void)context; /* attend follows */
    (void)fd;
    (void)events;
}

static uint16_t queues(const struct options *o)
{
    return (uint16_t)(o->queues != 0 ? o->queues : 1u);
}

static int make_disk(struct disk *d, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct vwr_vblk_options bo = {.read_only = o->read_only,
                                  .id = o->id != NULL ? o->id : "vwr-vhost",
                                  .req = make_room(REQUESTS, sizeof(struct vwr_vblk_req)),
                                  .req_count = REQUESTS,
                                  .seg = make_room((size_t)REQUESTS * SEGMENTS, sizeof(struct vwr_vseg)),
                                  .seg_count = REQUESTS * SEGMENTS};
    int r = open_storage(d, o);

    if (r != 0)
        return r;
    if (d->engine != NULL)
        d->backend = &d->engine->backend;
    d->backend->segments_max = GUEST_SEGMENTS;
    bo.backend = d->backend;
    r = vwr_vblk_init_with(&d->device, s, &bo);
    if (r != VWR_OK)
        return wrong("this disk cannot be offered: %s", vwr_strerror(r));
    if (d->engine != NULL)
        vwr_engine_attach(d->engine, &d->device);
    return 0;
}

/* With a thread for each queue, each queue has a separate disk on the same file. */
static int make(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    const unsigned count = o->threads ? queues(o) : 1u;
    struct disk *const d = make_room(count, sizeof(*d));
    struct vwr_vdev_setup its = *s;

    if (o->threads && (o->nbd != NULL || o->rbd != NULL))
        return wrong("--thread-per-queue is for --file and --null: a server may not flush what another "
                     "connection has written");
    e->each = o->threads ? make_room(count, sizeof(struct vwr_vdev *)) : NULL;
    for (unsigned n = 0; n < count; n++) {
        int r;

        its.line = n;
        if (n != 0)
            end_set_up(&its);
        r = make_disk(&d[n], o, &its);
        if (r != 0)
            return r;
        if (e->each != NULL)
            e->each[n] = &d[n].device.dev;
    }
    if (d->engine != NULL && e->each == NULL)
        loop_watch(d->engine->fd, POLLIN, ready, NULL);
    e->disks = count;
    e->dev = &d->device.dev;
    e->state = d;
    return 0;
}

static void attend_queue(void *end, unsigned queue)
{
    struct disk *const d = (struct disk *)((struct end *)end)->state + queue;

    if (d->engine != NULL)
        vwr_engine_serve(d->engine);
}

static void attend(struct end *e)
{
    attend_queue(e, 0);
}

static int queue_file(void *end, unsigned queue)
{
    const struct disk *const d = (struct disk *)((struct end *)end)->state + queue;

    return d->engine != NULL ? d->engine->fd : -1;
}

static void tell_errors(const struct end *e, struct disk *d)
{
    const struct vwr_engine *const x = d->engine;

    if (x != NULL && x->errors != d->errors)
        say("%s: %lu requests failed, the last one: %s", e->socket, (unsigned long)(x->errors - d->errors),
            x->last == 0 ? "beyond the end of the storage" : strerror(x->last));
    if (x != NULL)
        d->errors = x->errors;
}

static void tick(struct end *e)
{
    for (unsigned n = 0; n < e->disks; n++)
        tell_errors(e, (struct disk *)e->state + n);
}

/*
 * A request at the storage keeps its place in the engine until the engine is served. The main thread sleeps,
 * but no sanitizer knows that.
 */
__attribute__((no_sanitize("thread"))) static bool is_quiet(const struct end *e)
{
    for (unsigned n = 0; n < e->disks; n++) {
        const struct disk *const d = (const struct disk *)e->state + n;

        if (d->backend != &d->nothing && (d->engine == NULL || d->engine->busy != 0))
            return false;
    }
    return true;
}

static void shut(struct end *e)
{
    for (unsigned n = 0; n < e->disks; n++) {
        struct disk *const d = (struct disk *)e->state + n;

        if (d->engine != NULL)
            vwr_engine_close(d->engine);
        else if (d->backend == &d->file.backend)
            vwr_posix_disk_close(&d->file);
    }
}

const struct kind blk_kind = {
    .name = "blk",
    .usage = "--file IMAGE | --nbd URI | --rbd POOL/IMAGE | --null MIB [--queues N] [--thread-per-queue] "
             "[--read-only] [--id "
             "TEXT] [--timeout MS]",
    .brief = "a disk",
    .options = " file nbd rbd null queues thread-per-queue read-only id timeout ",
    .queues = queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vblk_state,
    .make = make,
    .attend = attend,
    .attend_queue = attend_queue,
    .queue_file = queue_file,
    .tick = tick,
    .is_quiet = is_quiet,
    .close = shut,
};
