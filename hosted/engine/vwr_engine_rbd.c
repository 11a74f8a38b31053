/* SPDX-License-Identifier: MIT */
#include "engine_common.h"

#include "vwr_engine_rbd.h"

#include <errno.h>
#include <poll.h>
#include <rbd/librbd.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#define AT_ONCE 32 /* completions of one call */
#define POOL_NAME_BYTES 128

struct rbd_slot {
    struct vwr_engine_slot slot; /* first */
    uint16_t range;              /* index of the current range */
};

static struct vwr_engine_rbd *rbd_of(struct vwr_engine *e)
{
    return (struct vwr_engine_rbd *)(void *)e;
}

static int send_range(struct vwr_engine_rbd *d, struct rbd_slot *s, rbd_completion_t done)
{
    const struct vwr_vblk_range *const range = &s->slot.range[s->range];

    if (s->slot.type == VWR_BLK_T_DISCARD)
        return rbd_aio_discard(d->image, engine_offset(range), engine_bytes(range), done);
    return rbd_aio_write_zeroes(d->image, engine_offset(range), (size_t)engine_bytes(range), done,
                                range->unmap ? 0 : RBD_WRITE_ZEROES_FLAG_THICK_PROVISION, 0);
}

/* Returns 0 or errno. */
static int send_slot(struct vwr_engine_rbd *d, struct rbd_slot *s)
{
    struct vwr_engine_slot *const slot = &s->slot;
    rbd_completion_t done;
    int r = rbd_aio_create_completion(s, NULL, &done);

    if (r < 0)
        return -r;
    if (slot->type == VWR_BLK_T_IN)
        r = rbd_aio_readv(d->image, slot->iov, slot->segs, slot->offset, done);
    else if (slot->type == VWR_BLK_T_OUT)
        r = rbd_aio_writev(d->image, slot->iov, slot->segs, slot->offset, done);
    else if (slot->type == VWR_BLK_T_FLUSH)
        r = rbd_aio_flush(d->image, done);
    else
        r = send_range(d, s, done);
    if (r < 0)
        rbd_aio_release(done);
    return r < 0 ? -r : 0;
}

static int start(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    struct rbd_slot *const s = (struct rbd_slot *)(void *)slot;
    int why;

    s->range = 0;
    why = send_slot(rbd_of(e), s);
    if (why == 0)
        return VWR_LATER;
    e->errors++;
    e->last = why;
    return VWR_EIO;
}

static void kick(struct vwr_engine *e)
{
    (void)e; /* librbd uses its own threads */
}

static void completed(struct vwr_engine_rbd *d, rbd_completion_t done)
{
    struct rbd_slot *const s = rbd_aio_get_arg(done);
    const ssize_t result = rbd_aio_get_return_value(done);
    int why = result < 0 ? (int)-result : 0;

    rbd_aio_release(done);
    if (why == 0 && !s->slot.forgotten && s->slot.ranges > 0 && ++s->range < s->slot.ranges) {
        why = send_slot(d, s);
        if (why == 0)
            return;
    }
    if (why == 0)
        s->slot.done = s->slot.bytes;
    engine_ended(&d->engine, &s->slot, why);
}

static void reap(struct vwr_engine *e)
{
    struct vwr_engine_rbd *const d = rbd_of(e);
    rbd_completion_t done[AT_ONCE];
    uint64_t times;
    int n;

    if (read(e->fd, &times, sizeof(times)) < 0 && errno != EAGAIN)
        e->last = errno;
    do {
        n = rbd_poll_io_events(d->image, done, AT_ONCE);
        for (int i = 0; i < n; i++)
            completed(d, done[i]);
    } while (n == AT_ONCE);
}

static bool wait_for_any(struct vwr_engine *e, unsigned ms)
{
    struct pollfd p = {.fd = e->fd, .events = POLLIN};
    const int n = poll(&p, 1, (int)ms);

    reap(e);
    return n > 0;
}

static void wake(struct vwr_engine *e)
{
    const uint64_t one = 1;

    if (write(e->fd, &one, sizeof(one)) < 0)
        e->last = errno;
}

static void end(struct vwr_engine *e)
{
    struct vwr_engine_rbd *const d = rbd_of(e);

    if (d->image != NULL)
        rbd_close(d->image);
    if (d->pool != NULL)
        rados_ioctx_destroy(d->pool);
    if (d->cluster != NULL)
        rados_shutdown(d->cluster);
    if (e->fd >= 0)
        close(e->fd);
}

static const struct vwr_engine_kind rbd_kind = {.slot_bytes = sizeof(struct rbd_slot),
                                                .start = start,
                                                .kick = kick,
                                                .reap = reap,
                                                .wait = wait_for_any,
                                                .wake = wake,
                                                .close = end};

static int connect_cluster(struct vwr_engine_rbd *d, const struct vwr_engine_options *o)
{
    const uint32_t ms = o->timeout_ms != 0 ? o->timeout_ms : VWR_ENGINE_TIMEOUT_MS;
    char seconds[16];
    int r = rados_create(&d->cluster, NULL);

    if (r < 0) {
        d->cluster = NULL;
        return r;
    }
    snprintf(seconds, sizeof(seconds), "%u", (unsigned)((ms + 999u) / 1000u));
    r = rados_conf_read_file(d->cluster, NULL);
    if (r >= 0)
        r = rados_conf_parse_env(d->cluster, NULL);
    if (r >= 0)
        r = rados_conf_set(d->cluster, "client_mount_timeout", seconds);
    if (r >= 0)
        r = rados_conf_set(d->cluster, "rados_osd_op_timeout", seconds);
    if (r >= 0) /* completed writes must outlive this process */
        r = rados_conf_set(d->cluster, "rbd_cache", "false");
    return r >= 0 ? rados_connect(d->cluster) : r;
}

static int open_image(struct vwr_engine_rbd *d, const char *pool, const char *image, bool read_only)
{
    int r = rados_ioctx_create(d->cluster, pool, &d->pool);

    if (r < 0) {
        d->pool = NULL;
        return r;
    }
    r = read_only ? rbd_open_read_only(d->pool, image, &d->image, NULL)
                  : rbd_open(d->pool, image, &d->image, NULL);
    if (r < 0)
        d->image = NULL;
    return r;
}

static int look(struct vwr_engine_rbd *d)
{
    struct vwr_vblk_backend *const be = &d->engine.backend;
    uint64_t bytes = 0;
    int r = rbd_get_size(d->image, &bytes);

    d->engine.fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (r >= 0 && d->engine.fd < 0)
        r = -errno;
    if (r >= 0)
        r = rbd_set_image_notification(d->image, d->engine.fd, EVENT_TYPE_EVENTFD);
    be->sectors = bytes / VWR_BLK_SECTOR_BYTES;
    be->flush = !be->read_only;
    be->discard = !be->read_only;
    be->write_zeroes = !be->read_only;
    be->unmap = true;
    return r;
}

int vwr_engine_rbd_open(struct vwr_engine_rbd *d, const char *name, const struct vwr_engine_options *o)
{
    const char *const slash = strchr(name, '/');
    char pool[POOL_NAME_BYTES];
    int r;

    memset(d, 0, sizeof(*d));
    if (slash == NULL || slash == name || slash[1] == 0 || (size_t)(slash - name) >= sizeof(pool))
        return VWR_EINVAL;
    snprintf(pool, sizeof(pool), "%.*s", (int)(slash - name), name);
    r = engine_open(&d->engine, &rbd_kind, o);
    if (r != VWR_OK)
        return r;
    r = connect_cluster(d, o);
    if (r >= 0)
        r = open_image(d, pool, slash + 1, o->read_only);
    if (r >= 0)
        r = look(d);
    if (r >= 0)
        return VWR_OK;
    snprintf(d->reason, sizeof(d->reason), "%s", strerror(-r));
    end(&d->engine);
    engine_free(&d->engine);
    return VWR_ENODEV;
}
