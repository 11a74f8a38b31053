/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/vblk_disk.h"

/*
 * Guests' requests on a real disk. A request of a guest has a slot, and more of them where the real disk
 * takes it in parts; the first one remembers how far it has come.
 *
 *     submit -> send_rest -> in flight -> came_back -> finish -> deliver -> the guest
 *                  ^  |                       |
 *        partial --+  +-> no room: partial    +-> the disk had stopped: again -> in flight
 *
 * What a lost disk has stays in flight, in its slots: of each, `lost` is the guest's disk, which is told of
 * it in the end (told), and again when the real disk has let go of it (left == 0).
 *
 * All but the calls of the backend, service and deliver is done with the lock of the real disk.
 */

#define BATCH 16         /* requests that are reaped at once */
#define ONCE (BATCH + 1) /* more than a reap can take */

static void lock(struct vwr_vblk_disk *d)
{
    if (d->options.lock != NULL)
        d->options.lock(d->options.context);
}

static void unlock(struct vwr_vblk_disk *d)
{
    if (d->options.unlock != NULL)
        d->options.unlock(d->options.context);
}

static struct vwr_vblk_disk *disk_of(struct vwr_vblk_backend *be)
{
    return (struct vwr_vblk_disk *)(void *)be; /* it is the first */
}

/* ---- lists ---- */

static struct vwr_vblk_disk_slot *take_slot(struct vwr_vblk_disk *d)
{
    struct vwr_vblk_disk_slot *const s = d->free;

    if (s != NULL)
        d->free = s->next;
    return s;
}

static void free_slot(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    s->guest = NULL;
    s->next = d->free;
    d->free = s;
    d->room = true;
}

static void append(struct vwr_vblk_disk_slot **list, struct vwr_vblk_disk_slot *s)
{
    while (*list != NULL)
        list = &(*list)->next;
    s->next = NULL;
    *list = s;
}

/* Finished requests of one guest's disk, and of one queue or all: out of the list, in a list of their own. */
static struct vwr_vblk_req *take_finished(struct vwr_vblk_disk *d, const struct vwr_vblk *b, unsigned queue)
{
    struct vwr_vblk_req **at = &d->finished;
    struct vwr_vblk_req *taken = NULL;
    struct vwr_vblk_req **end = &taken;

    while (*at != NULL) {
        struct vwr_vblk_req *const r = *at;

        if (r->disk == b && (queue == VWR_VBLK_ALL_QUEUES || r->queue == queue)) {
            *at = r->next;
            r->next = NULL;
            *end = r;
            end = &r->next;
        } else {
            at = &r->next;
        }
    }
    d->finished_end = at;
    return taken;
}

/* A guest's disk waits for room; once. */
static VWR_COLD void wait_for_room(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk **at = &d->waiting;

    d->room = false;
    vwr_count_add(&d->stats.waits, 1);
    if (b->waits)
        return;
    while (*at != NULL)
        at = &(*at)->next;
    b->waits = true;
    b->next = NULL;
    *at = b;
}

static void stop_waiting(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk **at = &d->waiting;

    while (b->waits && *at != b)
        at = &(*at)->next;
    if (b->waits)
        *at = b->next;
    b->waits = false;
}

/* ---- to the real disk ---- */

/* The guest's request is over, as far as this file goes. */
static void finish(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *lead)
{
    struct vwr_vblk_req *const r = lead->guest;

    if (lead->lost != NULL)
        return; /* disk_tell_lost frees it */
    free_slot(d, lead);
    if (lead->gone)
        return;
    r->result = lead->result;
    r->next = NULL;
    *d->finished_end = r;
    d->finished_end = &r->next;
}

/* One request of the real disk is over. */
static void end_slot(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s, int result)
{
    struct vwr_vblk_disk_slot *const lead = s->lead;

    lead->left--;
    if (result != VWR_OK) {
        lead->result = result;
        lead->whole = true;
    }
    if (s != lead)
        free_slot(d, s);
    d->room = true;
    if (lead->left == 0 && lead->whole && !lead->waits)
        finish(d, lead);
}

/* The disk has failed: VWR_EFULL while it may come back. */
static VWR_COLD int may_come_back(const struct vwr_vblk_disk *d)
{
    const enum vwr_stage stage = vwr_blk_get_stage(d->blk);

    return stage == VWR_STAGE_STOPPED || stage == VWR_STAGE_RESETTING ? VWR_EFULL : VWR_EFAILED;
}

/* The disk is told of what was submitted. */
static void kick_last(struct vwr_vblk_disk *d)
{
    struct vwr_blk_requestq *const q = d->unkicked;

    if (q == NULL || vwr_blk_get_stage(d->blk) != VWR_STAGE_RUNNING)
        return;
    d->unkicked = NULL;
    (void)vwr_blk_kick(q);
}

static int submit_slot(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    const unsigned queue = s->lead->guest->queue;
    const unsigned queues = d->blk->queue_count;
    struct vwr_blk_requestq *const q = vwr_blk_get_queue(d->blk, queue < queues ? queue : queue % queues);
    const int result = vwr_blk_submit(q, &s->req);

    if (result != VWR_OK)
        return result == VWR_EFAILED ? may_come_back(d) : result;
    vwr_count_add(&d->stats.sent, 1);
    if (d->unkicked != q)
        kick_last(d); /* of another queue, if there is one */
    d->unkicked = q;
    return VWR_OK;
}

/* The next pieces of the guest's memory, whole blocks of at most `most` bytes: how many; 0: it cannot be. */
static uint32_t gather(const struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s, uint32_t most)
{
    const struct vwr_vblk_disk_slot *const lead = s->lead;
    const struct vwr_vblk_req *const r = lead->guest;
    uint32_t skip = lead->skip;
    uint32_t bytes = 0;
    uint32_t surplus;
    unsigned n = 0;

    for (unsigned i = lead->seg; i < r->segs && n < d->options.parts && bytes < most; i++) {
        const uint32_t left = (uint32_t)r->seg[i].len - skip;
        const uint32_t piece = left < most - bytes ? left : most - bytes;

        s->part[n].p = r->seg[i].at + skip;
        s->part[n++].bytes = piece;
        bytes += piece;
        skip = 0;
    }
    surplus = bytes & (d->backend.block_size - 1u);
    bytes -= surplus;
    for (; surplus != 0 && surplus >= s->part[n - 1].bytes; n--)
        surplus -= (uint32_t)s->part[n - 1].bytes;
    if (bytes == 0)
        return 0;
    s->part[n - 1].bytes -= surplus;
    s->req.req.vec_count = n;
    s->req.req.vecs = s->part;
    return bytes;
}

/* So many bytes of the guest's request are on their way. */
static void advance(struct vwr_vblk_disk_slot *lead, uint32_t bytes)
{
    lead->sent += bytes;
    while (bytes != 0) {
        const uint32_t left = (uint32_t)lead->guest->seg[lead->seg].len - lead->skip;

        if (bytes < left) {
            lead->skip += bytes;
            return;
        }
        bytes -= left;
        lead->seg++;
        lead->skip = 0;
    }
}

/* A guest's pieces are parts for the driver, as they lie there. */
static const struct vwr_vec *parts_of(const struct vwr_vblk_req *r)
{
    VWR_STATIC_ASSERT(sizeof(struct vwr_vec) == sizeof(struct vwr_vseg) &&
                          sizeof(((struct vwr_vec *)0)->bytes) == sizeof(((struct vwr_vseg *)0)->len) &&
                          __builtin_offsetof(struct vwr_vec, p) == __builtin_offsetof(struct vwr_vseg, at) &&
                          __builtin_offsetof(struct vwr_vec, bytes) ==
                              __builtin_offsetof(struct vwr_vseg, len),
                      "one layout for both");
    return (const struct vwr_vec *)(const void *)r->seg;
}

/* All of a read or write at once, and nothing of it copied: nearly every one. */
static int send_whole(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *lead)
{
    const struct vwr_vblk_req *const r = lead->guest;

    if (r->segs > d->options.parts)
        return VWR_ESEGMENTS;
    vwr_blk_fill(&lead->req, r->type, r->sector, NULL, 0);
    lead->req.req.vec_count = r->segs;
    lead->req.req.vecs = parts_of(r);
    return submit_slot(d, lead);
}

/* A read or write from where the last one ended. Where the disk takes fewer pieces than there are: half as
 * much. */
static int send_transfer(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const lead = s->lead;
    const struct vwr_vblk_req *const r = lead->guest;
    uint32_t bytes = r->bytes - lead->sent;
    int result;

    do {
        vwr_blk_fill(&s->req, r->type, r->sector + lead->sent / VWR_BLK_SECTOR_BYTES, NULL, 0);
        bytes = gather(d, s, bytes);
        if (bytes == 0)
            return VWR_ESEGMENTS;
        result = submit_slot(d, s);
        if (result == VWR_OK)
            advance(lead, bytes);
        bytes /= 2u;
    } while (result == VWR_ESEGMENTS);
    lead->whole = lead->sent == r->bytes;
    return result;
}

static int send_one(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    struct vwr_vblk_disk_slot *const lead = s->lead;
    const struct vwr_vblk_req *const r = lead->guest;
    const struct vwr_vblk_range *range;
    int result;

    if (vwr_vblk_is_transfer(r))
        return send_transfer(d, s);
    range = &r->range[lead->sent];
    if (r->type == VWR_BLK_T_FLUSH)
        vwr_blk_fill(&s->req, r->type, 0, NULL, 0);
    else
        vwr_blk_fill_range(&s->req, r->type, range->sector, range->sectors, range->unmap);
    result = submit_slot(d, s);
    if (result == VWR_OK)
        lead->whole = ++lead->sent == r->ranges || r->type == VWR_BLK_T_FLUSH;
    return result;
}

/* Sends what is left of a guest's request. VWR_EFULL: there was no room for all; else nothing is left. */
static int send_rest(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *lead)
{
    while (!lead->whole) {
        struct vwr_vblk_disk_slot *const s = lead->left != 0 ? take_slot(d) : lead;
        int result;

        if (s == NULL)
            return VWR_EFULL;
        s->lead = lead;
        s->tries = 1;
        result = send_one(d, s);
        if (result == VWR_OK) {
            lead->left++;
            continue;
        }
        if (s != lead)
            free_slot(d, s);
        if (result == VWR_EFULL)
            return VWR_EFULL;
        lead->result = result;
        lead->whole = true;
    }
    return VWR_OK;
}

/* What waited for room, or for the disk to come back. What was sent before comes first. */
static VWR_COLD void send_waiting(struct vwr_vblk_disk *d)
{
    while (d->again != NULL) {
        struct vwr_vblk_disk_slot *const s = d->again;
        const int result = s->lead->gone ? VWR_ERESET : submit_slot(d, s);

        if (result == VWR_EFULL)
            return;
        d->again = s->next;
        if (result == VWR_OK)
            vwr_count_add(&d->stats.resent, 1);
        else
            end_slot(d, s, result);
    }
    while (d->partial != NULL) {
        struct vwr_vblk_disk_slot *const lead = d->partial;

        if (send_rest(d, lead) == VWR_EFULL)
            return;
        d->partial = lead->next;
        lead->waits = false;
        if (lead->left == 0)
            finish(d, lead);
    }
}

/* ---- from the real disk ---- */

/* Was it the disk that stopped, and not this request that failed? */
static bool is_taken_back(int result)
{
    return result != VWR_OK && result != VWR_EIO && result != VWR_EUNSUPP && result != VWR_EPROTO &&
           result != VWR_EZONE;
}

static void came_back(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *s)
{
    if (is_taken_back(s->req.req.result) && s->tries < VWR_VBLK_DISK_TRIES && !s->lead->gone) {
        s->tries++;
        append(&d->again, s);
    } else {
        end_slot(d, s, s->req.req.result);
    }
}

/*
 * Takes answers of each queue, again as long as `least` come at once: BATCH; ONCE, for a budget; or 1, for
 * whoever has to be sure that deadlines are looked at, which only a reap does that finds nothing. False: the
 * disk has stopped.
 */
static bool reap(struct vwr_vblk_disk *d, int least)
{
    struct vwr_blk_req *done[BATCH];
    bool running = true;
    int n;

    for (unsigned i = 0; i < d->blk->queue_count; i++) {
        do {
            n = vwr_blk_reap(vwr_blk_get_queue(d->blk, i), done, d->most);
            for (int k = 0; k < n; k++)
                came_back(d, (struct vwr_vblk_disk_slot *)(void *)done[k]); /* which it begins with */
        } while (n >= least);
        running = running && n >= 0;
    }
    return running;
}

/* What the disk has stays in flight, and is of no use to anybody. All else has failed already. */
static VWR_COLD void disk_keep_lost(struct vwr_vblk_disk *d)
{
    for (unsigned i = 0; i < d->options.slots; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (s->guest == NULL || s->lost != NULL)
            continue;
        s->lost = s->guest->disk;
        d->lost++;
        s->told = false;
        s->gone = true;
        s->whole = true;
    }
}

/* A guest's disk that does not know yet what was lost, or that memory is safe again; NULL: none. */
static struct vwr_vblk *disk_untold(const struct vwr_vblk_disk *d)
{
    for (unsigned i = 0; i < d->options.slots; i++) {
        const struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (s->lost != NULL && (!s->told || s->left == 0))
            return s->lost;
    }
    return NULL;
}

/* With the lock of the guest's disk, and not that of the real one. */
static VWR_COLD void disk_tell_lost(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    bool unsafe = false;

    lock(d);
    for (unsigned i = 0; i < d->options.slots; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (s->lost != b)
            continue;
        s->told = true;
        if (s->left != 0) {
            unsafe = true;
            continue;
        }
        s->lost = NULL;
        d->lost--;
        free_slot(d, s);
    }
    unlock(d);
    vwr_vdev_set_unsafe(&b->dev, unsafe);
}

/* A step of the way back. VWR_OK: the disk runs; VWR_EBUSY; VWR_EFAILED: it never will. */
static VWR_COLD int recover(struct vwr_vblk_disk *d)
{
    const int result = vwr_blk_recover(d->blk);

    if (result == VWR_EBUSY)
        return result;
    if (result == VWR_OK)
        vwr_count_add(&d->stats.recovered, 1);
    (void)reap(d, BATCH); /* what it had is returned, unless it is lost */
    d->room = true;
    return result;
}

static int collect(struct vwr_vblk_disk *d, int least)
{
    const int result = reap(d, least) ? VWR_OK : recover(d);

    if (d->again != NULL || d->partial != NULL)
        send_waiting(d);
    if (result == VWR_EFAILED && vwr_blk_get_stage(d->blk) == VWR_STAGE_LOST)
        disk_keep_lost(d);
    return result;
}

/* ---- to the guests ---- */

static void deliver_to(struct vwr_vblk_disk *d, struct vwr_vblk *b)
{
    struct vwr_vblk_req *list;

    vwr_vdev_lock(&b->dev);
    lock(d);
    list = take_finished(d, b, VWR_VBLK_ALL_QUEUES); /* none, if it was reset meanwhile */
    unlock(d);
    while (list != NULL) {
        struct vwr_vblk_req *const r = list;

        list = r->next;
        if (r->result != VWR_OK)
            vwr_count_add(&d->stats.errors, 1);
        vwr_vblk_done_locked(r, r->result);
    }
    vwr_vblk_signal_locked(b);
    vwr_vdev_unlock(&b->dev);
}

/* Those that found no room, each once, as long as there is some. With the lock, which it lets go of. */
static VWR_COLD void resume_waiting(struct vwr_vblk_disk *d)
{
    unsigned n = 0;

    for (const struct vwr_vblk *b = d->waiting; b != NULL; b = b->next)
        n++;
    for (; n > 0 && d->waiting != NULL && d->room; n--) {
        struct vwr_vblk *const b = d->waiting;

        stop_waiting(d, b);
        unlock(d);
        vwr_vblk_resume(b);
        lock(d);
    }
}

/* Nothing to be done until the next interrupt? */
static bool is_idle(struct vwr_vblk_disk *d)
{
    bool idle = d->finished == NULL && (d->waiting == NULL || !d->room);

    for (unsigned i = 0; i < d->blk->queue_count; i++) {
        struct vwr_blk_requestq *const q = vwr_blk_get_queue(d->blk, i);
        const unsigned out = d->options.batch ? vwr_queue_in_flight(&q->requests.queue) : 0;

        idle = vwr_blk_arm(q, out > 2u ? out / 2u : 1u) && idle;
    }
    return idle;
}

static VWR_COLD void disk_tell_each(struct vwr_vblk_disk *d)
{
    struct vwr_vblk *b;

    for (unsigned n = d->options.slots; n > 0 && (b = disk_untold(d)) != NULL; n--) {
        unlock(d);
        vwr_vdev_lock(&b->dev);
        disk_tell_lost(d, b);
        vwr_vdev_unlock(&b->dev);
        lock(d);
    }
}

/* Once around, with the lock, which it lets go of for the guests. */
static int serve(struct vwr_vblk_disk *d)
{
    int result;

    d->serving = true;
    result = collect(d, d->options.budget != 0 ? ONCE : BATCH);
    if (d->lost != 0)
        disk_tell_each(d);
    if (d->waiting != NULL && result != VWR_EBUSY)
        resume_waiting(d); /* before the others have made use of the room */
    /* Not as long as there are some: other CPUs may add more, when a guest resets. */
    for (unsigned n = d->options.slots; n > 0 && d->finished != NULL; n--) {
        struct vwr_vblk *const b = d->finished->disk;

        unlock(d);
        deliver_to(d, b);
        lock(d);
    }
    d->serving = false;
    kick_last(d);
    return result;
}

int vwr_vblk_disk_service(struct vwr_vblk_disk *d)
{
    unsigned rounds = d->options.budget != 0 ? 1u : VWR_VBLK_DISK_ROUNDS;
    int result;

    lock(d);
    do
        result = serve(d);
    while (!is_idle(d) && result == VWR_OK && --rounds != 0);
    unlock(d);
    return rounds == 0 ? VWR_EBUSY : result;
}

/* ---- the backend ---- */

/* A request that does not go as it is: in parts, or as what it is made of. */
static VWR_COLD int begin_slowly(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *lead)
{
    const int result = send_rest(d, lead);

    if (lead->left == 0)
        return result == VWR_OK ? lead->result : result;
    if (result != VWR_OK) {
        lead->waits = true;
        append(&d->partial, lead);
    }
    return VWR_VBLK_LATER;
}

static int begin(struct vwr_vblk_disk *d, struct vwr_vblk_disk_slot *lead, struct vwr_vblk_req *r)
{
    int result = VWR_ESEGMENTS;

    lead->lead = lead;
    lead->guest = r;
    lead->left = 0;
    lead->sent = 0;
    lead->skip = 0;
    lead->result = VWR_OK;
    lead->seg = 0;
    lead->whole = false;
    lead->waits = false;
    lead->gone = false;
    lead->tries = 1;
    if (vwr_vblk_is_transfer(r))
        result = send_whole(d, lead);
    if (result == VWR_OK) {
        lead->left = 1;
        lead->whole = true;
        return VWR_VBLK_LATER;
    }
    if (result == VWR_ESEGMENTS)
        result = begin_slowly(d, lead);
    if (result != VWR_VBLK_LATER)
        free_slot(d, lead);
    return result;
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    struct vwr_vblk_disk *const d = disk_of(be);
    struct vwr_vblk_disk_slot *lead;
    int result = VWR_EFULL;

    lock(d);
    lead = take_slot(d);
    if (lead != NULL)
        result = begin(d, lead, r);
    if (result == VWR_EFULL)
        wait_for_room(d, r->disk);
    else
        vwr_count_add(&d->stats.requests, 1);
    if (result < 0 && result != VWR_EFULL)
        vwr_count_add(&d->stats.errors, 1);
    unlock(d);
    return result;
}

static void kick(struct vwr_vblk_backend *be)
{
    struct vwr_vblk_disk *const d = disk_of(be);

    lock(d);
    if (!d->serving)
        kick_last(d);
    unlock(d);
}

/* Is something of the guest's on its way? It is not wanted any more. */
static bool has_some(struct vwr_vblk_disk *d, const struct vwr_vblk *b, unsigned queue)
{
    bool some = false;

    for (unsigned i = 0; i < d->options.slots; i++) {
        struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (s->guest == NULL || s->lost != NULL || s->guest->disk != b)
            continue;
        if (queue != VWR_VBLK_ALL_QUEUES && s->guest->queue != queue)
            continue;
        s->gone = true;
        s->whole = true;
        some = true;
    }
    return some;
}

/* The end of it comes with the disk's answer, with the reset after the disk's deadline, or when it is lost.
 */
static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    struct vwr_vblk_disk *const d = disk_of(be);
    bool more;
    bool lost;

    lock(d);
    if (queue == VWR_VBLK_ALL_QUEUES)
        stop_waiting(d, b);
    while (has_some(d, b, queue)) {
        (void)collect(d, 1);
        kick_last(d);
        unlock(d);
        vwr_port_relax();
        lock(d);
    }
    (void)take_finished(d, b, queue);
    lost = d->lost != 0;
    more = !is_idle(d) || lost; /* other guests' disks are to be told */
    unlock(d);
    if (lost)
        disk_tell_lost(d, b);
    if (more && d->options.again != NULL)
        d->options.again(d->options.context);
}

static const struct vwr_vblk_backend_ops disk_ops = {.submit = submit, .kick = kick, .drain = drain};

/* ---- life ---- */

/* What the disk says of itself, passed on. */
static void describe(struct vwr_vblk_backend *be, const struct vwr_blk *blk, unsigned parts)
{
    const struct vwr_blk_io_sizes sizes = vwr_blk_get_topology(blk);
    const struct vwr_config *const c = &blk->dev->config;
    const unsigned pieces = parts < VWR_REQUEST_SEGMENTS ? parts : VWR_REQUEST_SEGMENTS;
    const unsigned most = blk->info.segments_max != 0 ? blk->info.segments_max : 1u;

    be->ops = &disk_ops;
    be->sectors = blk->info.sectors;
    be->block_size = blk->info.block_bytes;
    be->read_only = blk->info.read_only != 0;
    be->flush = vwr_dev_has(blk->dev, VWR_BLK_F_FLUSH);
    be->discard = vwr_dev_has(blk->dev, VWR_BLK_F_DISCARD);
    be->write_zeroes = vwr_dev_has(blk->dev, VWR_BLK_F_WRITE_ZEROES);
    be->unmap = vwr_blk_config_get_write_zeroes_may_unmap(c) != 0;
    be->discard_sectors = vwr_blk_config_get_max_discard_sectors(c);
    be->discard_align = vwr_blk_config_get_discard_sector_alignment(c);
    be->write_zeroes_sectors = vwr_blk_config_get_max_write_zeroes_sectors(c);
    be->segments = (uint16_t)(pieces < most ? pieces : most);
    be->physical_block_exp = sizes.physical_block_exp;
    be->first_aligned = sizes.alignment_offset;
    be->min_io_size = sizes.min_io_size;
    be->opt_io_size = sizes.opt_io_size;
}

int vwr_vblk_disk_init(struct vwr_vblk_disk *d, struct vwr_blk *blk, const struct vwr_vblk_disk_options *o)
{
    if (o->slot == NULL || o->slots == 0 || o->part == NULL || o->parts == 0 ||
        (o->lock == NULL) != (o->unlock == NULL) || blk->options.request.replay != NULL)
        return VWR_EINVAL;
    if (vwr_blk_get_stage(blk) != VWR_STAGE_RUNNING)
        return VWR_EFAILED;
    vwr_zero(d, sizeof(*d));
    d->finished_end = &d->finished;
    d->blk = blk;
    d->options.slot = o->slot;
    d->options.part = o->part;
    d->options.slots = o->slots;
    d->options.parts = o->parts;
    d->options.budget = o->budget;
    d->most = o->budget != 0 && o->budget < BATCH ? o->budget : BATCH;
    d->options.batch = o->batch;
    d->options.context = o->context;
    d->options.lock = o->lock;
    d->options.unlock = o->unlock;
    d->options.again = o->again;
    describe(&d->backend, blk, o->parts);
    vwr_zero(o->slot, o->slots * sizeof(*o->slot));
    for (unsigned i = o->slots; i-- > 0;) {
        o->slot[i].part = &o->part[i * o->parts];
        free_slot(d, &o->slot[i]);
    }
    (void)is_idle(d); /* asks for the first interrupt */
    return VWR_OK;
}

unsigned vwr_vblk_disk_unsafe(struct vwr_vblk_disk *d, const struct vwr_vblk *b,
                              struct vwr_vblk_disk_segment *seg, unsigned room)
{
    unsigned n = 0;

    lock(d);
    for (unsigned i = 0; i < d->options.slots && d->lost != 0; i++) {
        const struct vwr_vblk_disk_slot *const s = &d->options.slot[i];

        if (!vwr_blk_is_in_flight(&s->req) || s->lead->lost == NULL || (b != NULL && s->lead->lost != b))
            continue;
        for (unsigned k = 0; k < s->req.req.vec_count; k++, n++) {
            if (n >= room)
                continue;
            seg[n].at = s->req.req.vecs[k].p;
            seg[n].bytes = s->req.req.vecs[k].bytes;
            seg[n].written = s->req.type == VWR_BLK_T_IN;
        }
    }
    unlock(d);
    return n;
}

int vwr_vblk_disk_config_changed(struct vwr_vblk_disk *d)
{
    int result;

    lock(d);
    result = vwr_blk_config_changed(d->blk);
    d->backend.sectors = d->blk->info.sectors;
    unlock(d);
    return result;
}
