/* SPDX-License-Identifier: MIT */
#include "engine_common.h"

#include "vwr_engine_nbd.h"

#include <errno.h>
#include <libnbd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <poll.h>
#include <unistd.h>

#define TICK_MS 100u
#define BLOCK_MAX 65536         /* largest block of a guest's disk */
#define COMMAND_BYTES 33554432u /* largest transfer to a server that announces no maximum */
#define COMMANDS 128u           /* commands of a slot in flight */

/* A place in the segments of a transfer. */
struct place {
    uint64_t offset; /* on the server's disk */
    size_t at;       /* in the segment */
    unsigned seg;
};

struct nbd_slot {
    struct vwr_engine_slot slot; /* first */
    struct vwr_engine_nbd *n;
    struct place from; /* transfer: place of the first command in flight */
    struct place next; /* place of the command after those in flight */
    uint8_t *bounce;   /* blocks of the commands in flight that lie in several segments; NULL: none yet */
    unsigned pending;  /* commands without an answer */
    int why;
    bool sent;
    bool over; /* completed, but not returned yet */
    uint64_t since;
};

static struct vwr_engine_nbd *nbd_of(struct vwr_engine *e)
{
    return (struct vwr_engine_nbd *)(void *)e;
}

static struct nbd_slot *slot_at(const struct vwr_engine_nbd *n, unsigned i)
{
    return (struct nbd_slot *)(void *)engine_slot(&n->engine, i);
}

/* Sends a request of the guest, for the first time or again. */
static bool waits(const struct nbd_slot *s)
{
    return s->slot.used && !s->over && !s->sent && s->slot.r != NULL;
}

static void tick(struct vwr_engine_nbd *n, bool on)
{
    const struct itimerspec every = {.it_interval.tv_nsec = on ? TICK_MS * 1000000 : 0,
                                     .it_value.tv_nsec = on ? TICK_MS * 1000000 : 0};

    if (n->ticking != on)
        timerfd_settime(n->timer, 0, &every, NULL);
    n->ticking = on;
}

/* Updates the epoll set: the socket of the current connection, with the events for which libnbd waits. */
static void watch(struct vwr_engine_nbd *n)
{
    const int fd = n->nbd == NULL ? -1 : nbd_aio_get_fd(n->nbd);
    const unsigned d = fd < 0 ? 0 : nbd_aio_get_direction(n->nbd);
    struct epoll_event ev = {.events = (d & LIBNBD_AIO_DIRECTION_READ ? EPOLLIN : 0u) |
                                       (d & LIBNBD_AIO_DIRECTION_WRITE ? EPOLLOUT : 0u)};

    if (fd == n->watched && ev.events == n->events)
        return;
    if (n->watched >= 0 && fd != n->watched) /* fails for a closed socket, which is no longer in the set */
        (void)epoll_ctl(n->engine.fd, EPOLL_CTL_DEL, n->watched, &ev);
    if (fd >= 0 && epoll_ctl(n->engine.fd, EPOLL_CTL_MOD, fd, &ev) != 0)
        (void)epoll_ctl(n->engine.fd, EPOLL_CTL_ADD, fd, &ev);
    n->watched = fd;
    n->events = ev.events;
}

static void keep_reason(struct vwr_engine_nbd *n)
{
    const char *const text = nbd_get_error();

    snprintf(n->reason, sizeof(n->reason), "%s", text != NULL ? text : "the connection ended");
}

/*
 * Called after each call that may transfer data. When it has ended the connection, the reason is kept at
 * once: the next call has an error of its own. EFAULT: memory of a request was taken away.
 */
static void look_for_end(struct vwr_engine_nbd *n)
{
    if (n->dead || !nbd_aio_is_dead(n->nbd))
        return;
    n->dead = true;
    n->fault = nbd_get_errno() == EFAULT;
    keep_reason(n);
}

static int command_ended(void *context, int *why)
{
    struct nbd_slot *const s = context;

    if (s->n->closing)
        return 1;
    s->pending--;
    if (*why != 0 && s->why == 0)
        s->why = *why;
    return 1; /* libnbd need not keep the result */
}

/* Called after a command was given to libnbd; `r`: its cookie, or -1. */
static void count_command(struct vwr_engine_nbd *n, struct nbd_slot *s, int64_t r)
{
    const int why = r < 0 ? nbd_get_errno() : 0;

    look_for_end(n);
    if (r >= 0)
        return;
    s->pending--;
    if (!n->dead)
        keep_reason(n);
    if (n->dead || nbd_aio_is_closed(n->nbd))
        s->why = ENOTCONN;
    else if (s->why == 0)
        s->why = why != 0 ? why : EIO;
}

static void send_transfer(struct vwr_engine_nbd *n, struct nbd_slot *s, void *at, size_t bytes,
                          uint64_t offset)
{
    const nbd_completion_callback done = {.callback = command_ended, .user_data = s};

    s->pending++; /* libnbd may complete the command before the call returns */
    count_command(n, s,
                  s->slot.type == VWR_BLK_T_IN ? nbd_aio_pread(n->nbd, at, bytes, offset, done, 0)
                                               : nbd_aio_pwrite(n->nbd, at, bytes, offset, done, 0));
}

/* A command without data. */
static void send_command(struct vwr_engine_nbd *n, struct nbd_slot *s, uint64_t bytes, uint64_t offset,
                         bool unmap)
{
    const nbd_completion_callback done = {.callback = command_ended, .user_data = s};
    int64_t r;

    s->pending++;
    switch (s->slot.type) {
    case VWR_BLK_T_FLUSH:
        r = nbd_aio_flush(n->nbd, done, 0);
        break;
    case VWR_BLK_T_DISCARD:
        r = nbd_aio_trim(n->nbd, bytes, offset, done, 0);
        break;
    default:
        r = nbd_aio_zero(n->nbd, bytes, offset, done, unmap ? 0 : LIBNBD_CMD_FLAG_NO_HOLE);
        break;
    }
    count_command(n, s, r);
}

/* Size of the next command: whole blocks of one segment. 0: the next block lies in several segments. */
static size_t command_bytes(const struct nbd_slot *s, const struct place *p)
{
    const size_t left = s->slot.iov[p->seg].iov_len - p->at;

    return (left < s->n->most ? left : s->n->most) & ~((size_t)s->n->block - 1u);
}

/* Moves a place forward. `block`: copies the data from it (IN) or to it (OUT), unless it is NULL. */
static void move(const struct nbd_slot *s, struct place *p, size_t bytes, uint8_t *block)
{
    p->offset += bytes;
    while (bytes > 0 && p->seg < s->slot.segs) {
        uint8_t *const at = (uint8_t *)s->slot.iov[p->seg].iov_base + p->at;
        const size_t left = s->slot.iov[p->seg].iov_len - p->at;
        const size_t part = left < bytes ? left : bytes;

        if (block != NULL) {
            if (s->slot.type == VWR_BLK_T_IN)
                memcpy(at, block, part);
            else
                memcpy(block, at, part);
            block += part;
        }
        bytes -= part;
        p->at += part;
        if (part == left) {
            p->seg++;
            p->at = 0;
        }
    }
}

/* Sends the next block, which lies in several segments, from or into a buffer. */
static void send_bounced(struct vwr_engine_nbd *n, struct nbd_slot *s, unsigned index)
{
    const uint64_t offset = s->next.offset;
    uint8_t *at;

    if (s->bounce == NULL) /* such a block ends in another segment than it begins in */
        s->bounce = malloc((size_t)(s->slot.segs < COMMANDS ? s->slot.segs : COMMANDS) * n->block);
    if (s->bounce == NULL) {
        s->why = ENOMEM;
        return;
    }
    at = s->bounce + (size_t)index * n->block;
    move(s, &s->next, n->block, s->slot.type == VWR_BLK_T_OUT ? at : NULL);
    send_transfer(n, s, at, n->block, offset);
}

/* Sends the next commands of a transfer, when it has none in flight. */
static void send_segments(struct vwr_engine_nbd *n, struct nbd_slot *s)
{
    unsigned bounced = 0;

    s->from = s->next;
    for (unsigned i = 0; i < COMMANDS && s->next.seg < s->slot.segs && s->why == 0; i++) {
        const struct place p = s->next;
        const size_t bytes = command_bytes(s, &p);

        if (bytes == 0) {
            send_bounced(n, s, bounced++);
            continue;
        }
        move(s, &s->next, bytes, NULL);
        send_transfer(n, s, (uint8_t *)s->slot.iov[p.seg].iov_base + p.at, bytes, p.offset);
    }
}

/* Copies the bounced blocks of completed commands to the guest. */
static void return_bounced(const struct nbd_slot *s)
{
    uint8_t *block = s->bounce;

    if (s->slot.type != VWR_BLK_T_IN || s->bounce == NULL)
        return;
    for (struct place p = s->from; p.offset < s->next.offset;) {
        const size_t bytes = command_bytes(s, &p);

        move(s, &p, bytes != 0 ? bytes : s->n->block, bytes != 0 ? NULL : block);
        block += bytes != 0 ? 0 : s->n->block;
    }
}

static void drop_bounce(struct nbd_slot *s)
{
    free(s->bounce);
    s->bounce = NULL;
}

/* Goes on with a transfer whose commands in flight have completed. true: further ones are in flight. */
static bool has_gone_on(struct vwr_engine_nbd *n, struct nbd_slot *s)
{
    while (engine_is_transfer(&s->slot) && s->why == 0 && !s->slot.forgotten && s->pending == 0) {
        return_bounced(s);
        if (s->next.seg == s->slot.segs)
            break;
        send_segments(n, s);
    }
    return s->pending > 0;
}

/* Whether the request failed only because the connection did, and is sent again. */
static bool is_repeated(const struct vwr_engine_nbd *n, const struct nbd_slot *s)
{
    if (n->fault && engine_is_transfer(&s->slot)) /* the same request would end the next connection as well */
        return false;
    return s->why == ENOTCONN || s->why == ESHUTDOWN;
}

static void end_slot(struct vwr_engine_nbd *n, struct nbd_slot *s, int why)
{
    s->over = true;
    engine_ended(&n->engine, &s->slot, why);
}

/* Called when a request has no more commands in flight: goes on, completes, fails, or sends it again. */
static void finish(struct vwr_engine_nbd *n, struct nbd_slot *s)
{
    if (!s->slot.used || s->over || !s->sent || s->pending > 0 || has_gone_on(n, s))
        return;
    s->sent = false;
    drop_bounce(s);
    if (!s->slot.forgotten && is_repeated(n, s))
        return;
    if (s->why == 0 && !s->slot.forgotten)
        s->slot.done = s->slot.bytes;
    end_slot(n, s, s->why == ENOTCONN && n->fault ? EFAULT : s->why);
}

/* Whether the server's disk has shrunk, and ends before the request does. */
static bool is_beyond(const struct vwr_engine_nbd *n, const struct vwr_engine_slot *s)
{
    bool beyond = s->bytes != 0 && s->offset + s->bytes > n->bytes;

    for (unsigned i = 0; i < s->ranges; i++)
        beyond = beyond || engine_offset(&s->range[i]) + engine_bytes(&s->range[i]) > n->bytes;
    return beyond;
}

static void send_slot(struct vwr_engine_nbd *n, struct nbd_slot *s)
{
    s->sent = true;
    s->why = 0;
    if (is_beyond(n, &s->slot)) {
        s->why = ENGINE_EARLY_END;
        n->beyond = true;
        return;
    }
    s->next = (struct place){.offset = s->slot.offset};
    s->pending++; /* the connection is not closed in between */
    if (engine_is_transfer(&s->slot))
        send_segments(n, s);
    else if (s->slot.ranges == 0)
        send_command(n, s, 0, 0, false);
    for (unsigned i = 0; i < s->slot.ranges && s->why == 0; i++)
        send_command(n, s, engine_bytes(&s->slot.range[i]), engine_offset(&s->slot.range[i]),
                     s->slot.range[i].unmap);
    s->pending--;
}

/*
 * A request that has lost its connection. It is sent again, unless its memory may be the one that was taken
 * away. All memory is of one guest, so no other guest's request fails with it.
 */
static void disconnected(struct vwr_engine_nbd *n, struct nbd_slot *s)
{
    const bool failed = n->fault && s->sent && engine_is_transfer(&s->slot);

    drop_bounce(s);
    s->sent = false;
    s->pending = 0;
    s->why = 0;
    if (s->slot.forgotten)
        engine_ended(&n->engine, &s->slot, 0);
    else if (failed)
        end_slot(n, s, EFAULT);
}

/* Ends the connection. libnbd accesses no guest memory afterwards. */
static void disconnect(struct vwr_engine_nbd *n)
{
    n->ready = false;
    n->beyond = false;
    if (n->watched >= 0) {
        struct epoll_event none = {.events = 0};

        (void)epoll_ctl(n->engine.fd, EPOLL_CTL_DEL, n->watched, &none);
        n->watched = -1;
    }
    n->closing = true;
    nbd_close(n->nbd);
    n->closing = false;
    n->nbd = NULL;
    for (unsigned i = 0; i < n->engine.count; i++) {
        struct nbd_slot *const s = slot_at(n, i);

        if (s->slot.used && !s->over)
            disconnected(n, s);
    }
    n->dead = false;
    n->fault = false;
}

static void connect_again(struct vwr_engine_nbd *n, uint64_t now)
{
    if (now - n->tried < VWR_ENGINE_NBD_AGAIN_MS)
        return;
    n->tried = now;
    n->nbd = nbd_create();
    if (n->nbd != NULL && nbd_aio_connect_uri(n->nbd, n->uri) != 0)
        keep_reason(n);
}

/* Handles a silent server, and one that has been unreachable for too long. */
static void fail_old(struct vwr_engine_nbd *n, uint64_t now)
{
    bool silent = false;

    for (unsigned i = 0; i < n->engine.count; i++) {
        const struct nbd_slot *const s = slot_at(n, i);

        silent = silent || (s->slot.used && s->sent && now - s->since >= n->timeout);
    }
    if (silent && n->nbd != NULL) {
        snprintf(n->reason, sizeof(n->reason), "the server does not answer");
        disconnect(n);
    }
    for (unsigned i = 0; i < n->engine.count; i++) {
        struct nbd_slot *const s = slot_at(n, i);

        if (waits(s) && now - s->since >= n->timeout)
            end_slot(n, s, n->empty ? ENGINE_EARLY_END : ETIMEDOUT);
    }
}

/* Reads the block sizes of the server. VWR_ENODEV: they are not usable. */
static int read_limits(struct vwr_engine_nbd *n, uint32_t block_max)
{
    const int64_t block = nbd_get_block_size(n->nbd, LIBNBD_SIZE_MINIMUM);
    const int64_t most = nbd_get_block_size(n->nbd, LIBNBD_SIZE_MAXIMUM);

    n->block = block > 0 && block <= block_max ? (uint32_t)block : 1u;
    n->most = most > 0 && most < COMMAND_BYTES ? (uint32_t)most : COMMAND_BYTES;
    n->most &= ~(n->block - 1u);
    if (block <= block_max && (n->block & (n->block - 1u)) == 0 && n->most != 0)
        return VWR_OK;
    snprintf(n->reason, sizeof(n->reason),
             "minimum block of %lld bytes, maximum of %lld: the minimum is a power of 2 up to %lu, and not "
             "larger than the maximum",
             (long long)block, (long long)most, (unsigned long)block_max);
    return VWR_ENODEV;
}

/* Reads the size of the server's disk. false: it is empty, and requests wait for the next connection. */
static bool read_size(struct vwr_engine_nbd *n)
{
    const int64_t bytes = nbd_get_size(n->nbd);

    n->bytes = bytes > 0 ? (uint64_t)bytes : 0;
    if (n->bytes / VWR_BLK_SECTOR_BYTES < n->engine.backend.sectors)
        snprintf(n->reason, sizeof(n->reason), "the disk has shrunk");
    n->empty = n->bytes < VWR_BLK_SECTOR_BYTES && n->engine.backend.sectors != 0;
    return !n->empty;
}

/*
 * The server accepts requests again: sends the unanswered ones. A block of the server must not be larger than
 * a block of the guest's disk.
 */
static void connected(struct vwr_engine_nbd *n)
{
    if (read_limits(n, n->engine.backend.block_bytes) != VWR_OK || !read_size(n)) {
        disconnect(n);
        return;
    }
    n->ready = true;
    n->connections++;
    for (unsigned i = 0; i < n->engine.count; i++) {
        struct nbd_slot *const s = slot_at(n, i);

        if (waits(s))
            send_slot(n, s);
    }
}

static void finish_all(struct vwr_engine_nbd *n)
{
    for (unsigned i = 0; i < n->engine.count; i++)
        finish(n, slot_at(n, i));
}

/*
 * Whether to connect again because the disk has shrunk, and a request has failed for it: the server reports a
 * size only at the beginning. Requests in flight are not sent twice for that.
 */
static bool asks_for_size(const struct vwr_engine_nbd *n, uint64_t now)
{
    bool idle = true;

    for (unsigned i = 0; i < n->engine.count; i++)
        idle = idle && !slot_at(n, i)->sent;
    return n->beyond && idle && now - n->tried >= VWR_ENGINE_NBD_AGAIN_MS;
}

static void look(struct vwr_engine_nbd *n)
{
    const uint64_t now = engine_now();

    finish_all(n);
    if (n->nbd != NULL) {
        const bool over = nbd_aio_is_dead(n->nbd) || nbd_aio_is_closed(n->nbd);

        if (over && !n->dead)
            keep_reason(n);
        if (over || asks_for_size(n, now))
            disconnect(n);
    }
    if (n->nbd == NULL)
        connect_again(n, now);
    else if (!n->ready && nbd_aio_is_ready(n->nbd))
        connected(n);
    finish_all(n);
    fail_old(n, now);
    tick(n, n->engine.busy > 0 || !n->ready);
    watch(n);
}

static void step(struct vwr_engine_nbd *n, unsigned events)
{
    if (n->nbd == NULL)
        return;
    if (events & (POLLIN | POLLHUP | POLLERR) && nbd_aio_get_direction(n->nbd) & LIBNBD_AIO_DIRECTION_READ)
        (void)nbd_aio_notify_read(n->nbd);
    else if (events & (POLLOUT | POLLHUP | POLLERR) &&
             nbd_aio_get_direction(n->nbd) & LIBNBD_AIO_DIRECTION_WRITE)
        (void)nbd_aio_notify_write(n->nbd);
    look_for_end(n);
}

/* Polls the socket once. true: there was work. */
static bool pump(struct vwr_engine_nbd *n, int ms)
{
    struct pollfd p[2] = {{.fd = n->timer, .events = POLLIN}, {.fd = n->watched, .events = 0}};
    uint64_t times;

    p[1].events = (short)((n->events & EPOLLIN ? POLLIN : 0) | (n->events & EPOLLOUT ? POLLOUT : 0));
    if (poll(p, 2, ms) <= 0)
        return false;
    if (p[0].revents != 0 && read(n->timer, &times, sizeof(times)) < 0)
        return false;
    step(n, (unsigned)p[1].revents);
    return true;
}

static int start(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    struct vwr_engine_nbd *const n = nbd_of(e);
    struct nbd_slot *const s = (struct nbd_slot *)(void *)slot;

    s->n = n;
    s->since = engine_now();
    s->bounce = NULL;
    s->sent = false;
    s->over = false;
    s->pending = 0;
    s->why = 0;
    if (n->ready)
        send_slot(n, s);
    return VWR_LATER;
}

static void kick(struct vwr_engine *e)
{
    struct vwr_engine_nbd *const n = nbd_of(e);

    tick(n, e->busy > 0 || !n->ready);
    watch(n);
}

static void reap(struct vwr_engine *e)
{
    struct vwr_engine_nbd *const n = nbd_of(e);

    for (unsigned i = 0; i <= e->count && pump(n, 0); i++)
        watch(n);
    look(n);
}

static bool wait_for_any(struct vwr_engine *e, unsigned ms)
{
    struct vwr_engine_nbd *const n = nbd_of(e);
    const bool any = pump(n, (int)ms);

    look(n);
    return any;
}

/* Without a connection, nothing accesses guest memory. */
static void abandon(struct vwr_engine *e)
{
    if (nbd_of(e)->nbd != NULL)
        disconnect(nbd_of(e));
}

/* Ends the connection, so that no forgotten request accesses guest memory any more. */
static void cancel(struct vwr_engine *e, struct vwr_engine_slot *slot)
{
    struct nbd_slot *const s = (struct nbd_slot *)(void *)slot;

    if (!s->sent)
        engine_ended(e, slot, 0);
}

static void wake(struct vwr_engine *e)
{
    const struct itimerspec now = {.it_interval.tv_nsec = TICK_MS * 1000000, .it_value.tv_nsec = 1};

    nbd_of(e)->ticking = true;
    timerfd_settime(nbd_of(e)->timer, 0, &now, NULL);
}

static void end(struct vwr_engine *e)
{
    struct vwr_engine_nbd *const n = nbd_of(e);

    if (n->nbd != NULL) {
        if (n->ready)
            (void)nbd_aio_disconnect(n->nbd, 0);
        disconnect(n);
    }
    close(n->timer);
    close(n->engine.fd);
}

static const struct vwr_engine_kind nbd_kind = {.slot_bytes = sizeof(struct nbd_slot),
                                                .start = start,
                                                .kick = kick,
                                                .reap = reap,
                                                .cancel = cancel,
                                                .abandon = abandon,
                                                .wait = wait_for_any,
                                                .wake = wake,
                                                .close = end};

static bool has(int answer)
{
    return answer > 0;
}

/* Reads what the server offers, once it is connected. */
static int describe(struct vwr_engine_nbd *n)
{
    struct vwr_vblk_backend *const be = &n->engine.backend;
    const int64_t bytes = nbd_get_size(n->nbd);

    if (bytes < 0) {
        keep_reason(n);
        return VWR_ENODEV;
    }
    if (read_limits(n, BLOCK_MAX) != VWR_OK)
        return VWR_ENODEV;
    n->bytes = (uint64_t)bytes;
    be->sectors = n->bytes / VWR_BLK_SECTOR_BYTES;
    if (n->block > be->block_bytes)
        be->block_bytes = n->block;
    be->read_only = be->read_only || has(nbd_is_read_only(n->nbd));
    be->flush = has(nbd_can_flush(n->nbd)) && !be->read_only;
    be->discard = has(nbd_can_trim(n->nbd)) && !be->read_only;
    be->write_zeroes = has(nbd_can_zero(n->nbd)) && !be->read_only;
    be->unmap = be->write_zeroes;
    n->ready = true;
    n->connections = 1;
    watch(n);
    return VWR_OK;
}

static int make_set(struct vwr_engine_nbd *n)
{
    struct epoll_event ev = {.events = EPOLLIN};

    n->engine.fd = epoll_create1(EPOLL_CLOEXEC);
    n->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
    if (n->engine.fd >= 0 && n->timer >= 0 && epoll_ctl(n->engine.fd, EPOLL_CTL_ADD, n->timer, &ev) == 0)
        return VWR_OK;
    snprintf(n->reason, sizeof(n->reason), "%s", strerror(errno));
    return VWR_ENODEV;
}

int vwr_engine_nbd_open(struct vwr_engine_nbd *n, const char *uri, const struct vwr_engine_options *o)
{
    int r;

    memset(n, 0, sizeof(*n));
    r = engine_open(&n->engine, &nbd_kind, o);
    if (r != VWR_OK)
        return r;
    n->uri = uri;
    n->watched = -1;
    n->timeout = o->timeout_ms != 0 ? o->timeout_ms : VWR_ENGINE_TIMEOUT_MS;
    r = make_set(n);
    n->nbd = r == VWR_OK ? nbd_create() : NULL;
    if (r == VWR_OK && (n->nbd == NULL || nbd_connect_uri(n->nbd, uri) != 0)) {
        keep_reason(n);
        r = VWR_ENODEV;
    }
    if (r == VWR_OK)
        r = describe(n);
    if (r == VWR_OK)
        return VWR_OK;
    end(&n->engine);
    engine_free(&n->engine);
    return r;
}
