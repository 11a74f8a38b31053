/* SPDX-License-Identifier: MIT */
#include "traffic.h"
#include "check.h"
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SLICE (5 * GUEST_PAGE) /* memory of a request, of either kind */
#define SECTORS_MOST 24u       /* maximum sectors of a request */
#define PARTS_MOST 16u
#define GAP 48u /* bytes between segments */
#define TRIES 8u
#define RANGES_MOST 5u

struct traffic_req {
    struct vwr_blk_req req;
    struct vwr_vec parts[PARTS_MOST];
    unsigned queue;
    bool out;
    bool waits; /* the queue was full */
    uint64_t sector;
    uint32_t count;
    uint64_t seed;      /* seed of the written data */
    uint8_t *plain;     /* contiguous for the device */
    uint8_t *scattered; /* each page elsewhere */
    uint8_t *slice;     /* one of the two */
};

static uint64_t next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(0x2545f4914f6cdd1d);
}

/* 0 to n - 1 */
static uint32_t below(struct traffic *t, uint32_t n)
{
    return (uint32_t)((next(&t->random) >> 33) % n);
}

void traffic_init(struct traffic *t, uint64_t seed, uint32_t first_sector, uint32_t sectors)
{
    CHECK(first_sector + sectors <= TRAFFIC_SECTORS);
    memset(t, 0, sizeof(*t));
    t->random = seed * 2 + 1;
    t->first_sector = first_sector;
    t->sectors = sectors;
    pattern_fill(t->model, 'A', 0, TRAFFIC_SECTORS);
    memset(t->known, true, sizeof(t->known));
}

void traffic_begin(struct traffic *t, struct vwr_blk *blk, unsigned first_queue, unsigned queues)
{
    uint8_t *plain = guest_alloc(TRAFFIC_REQUESTS * SLICE);
    uint8_t *scattered = guest_alloc_scattered(TRAFFIC_REQUESTS * SLICE);

    CHECK(queues <= TRAFFIC_QUEUES && first_queue + queues <= blk->queue_count);
    t->blk = blk;
    t->first_queue = first_queue;
    t->queues = queues;
    t->sent = t->full = 0;
    memset(t->asleep, 0, sizeof(t->asleep));
    memset(t->of_type, 0, sizeof(t->of_type));
    memset(t->out_most, 0, sizeof(t->out_most));
    for (unsigned i = 0; i < TRAFFIC_REQUESTS; i++) {
        t->req[i] = calloc(1, sizeof(*t->req[i]));
        CHECK_SYS(t->req[i] != NULL);
        t->req[i]->req.req.token = t->req[i];
        t->req[i]->plain = plain + i * SLICE;
        t->req[i]->scattered = scattered + i * SLICE;
    }
}

static struct vwr_blk_requestq *queue_of(const struct traffic *t, unsigned queue)
{
    return vwr_blk_get_requestq(t->blk, t->first_queue + queue);
}

/* Maximum number of data segments of a request. */
static unsigned segments_most(const struct traffic *t)
{
    unsigned most = t->blk->info.segments_max;

    if (most > VWR_REQUEST_SEGMENTS)
        most = VWR_REQUEST_SEGMENTS;
    if (most > vwr_queue_size(&t->blk->first.requests.queue) - 2u)
        most = vwr_queue_size(&t->blk->first.requests.queue) - 2u;
    return most;
}

static void fill(uint8_t *p, size_t bytes, uint64_t seed)
{
    for (; bytes > 0; p += sizeof(uint64_t), bytes -= sizeof(uint64_t)) {
        const uint64_t word = next(&seed);

        memcpy(p, &word, sizeof(word));
    }
}

/* Copies the data of a request to or from flat memory. */
static void copy(struct traffic_req *r, uint8_t *flat, bool gather)
{
    const struct vwr_vec *part = r->req.req.vec_count != 0 ? r->req.req.vecs : &r->req.req.vec;
    const unsigned count = r->req.req.vec_count != 0 ? r->req.req.vec_count : 1;

    for (unsigned i = 0; i < count; flat += part[i].bytes, i++) {
        if (gather)
            memcpy(flat, part[i].p, part[i].bytes);
        else
            memcpy(part[i].p, flat, part[i].bytes);
    }
}

/* Checks that only the data of the slice was written. */
static void check_around(struct traffic_req *r, size_t bytes)
{
    uint8_t poison[SLICE];

    memset(poison, GUEST_POISON, sizeof(poison));
    copy(r, poison, false); /* fills the data with poison too */
    CHECK_AT_MOST(bytes, sizeof(poison));
    if (memcmp(r->slice, poison, SLICE) != 0)
        check_failed(__FILE__, __LINE__, "a request of type %u wrote beside its data", r->req.type);
}

/*
 * Splits the data into segments with gaps between them. In half of the cases, the last segment is first in
 * memory.
 */
static void lay_parts(struct traffic *t, struct traffic_req *r, size_t bytes)
{
    const unsigned most = segments_most(t);
    const unsigned count = most < 2 ? 1 : 2 + below(t, most - 1);
    const bool backwards = below(t, 2) != 0;
    size_t at = backwards ? SLICE - GAP : GAP;

    for (unsigned i = 0; i < count; i++) {
        const size_t left = bytes - (count - 1 - i);
        const size_t part = i + 1 == count ? bytes : 1 + below(t, (uint32_t)(left < 1500 ? left : 1500));

        if (backwards)
            at -= part;
        r->parts[i] = (struct vwr_vec){r->slice + at, part};
        at = backwards ? at - GAP : at + part + GAP;
        bytes -= part;
    }
    r->req.req.vecs = r->parts;
    r->req.req.vec_count = count;
}

/* Places the data of a request: contiguous, contiguous only for the driver, or in segments. */
static void lay_data(struct traffic *t, struct traffic_req *r, size_t bytes)
{
    const unsigned how = below(t, 3);
    size_t offset = below(t, GUEST_PAGE);

    r->slice = r->plain;
    if (how == 1 && (offset + bytes + GUEST_PAGE - 1) / GUEST_PAGE <= segments_most(t))
        r->slice = r->scattered;
    memset(r->slice, GUEST_POISON, SLICE);
    vwr_blk_fill(&r->req, r->req.type, r->sector, r->slice + offset, bytes);
    if (how == 2)
        lay_parts(t, r, bytes);
}

static bool is_free(const struct traffic *t, uint32_t sector, uint32_t count, bool read)
{
    for (uint32_t s = sector; s < sector + count; s++)
        if (t->writing[s] || (!read && t->reading[s] != 0))
            return false;
    return true;
}

/* Finds sectors that no other request uses. */
static bool find_sectors(struct traffic *t, struct traffic_req *r, uint32_t most)
{
    const bool read = r->req.type == VWR_BLK_T_IN;

    for (unsigned i = 0; i < TRIES; i++) {
        r->count = 1 + below(t, most);
        r->sector = t->first_sector + below(t, t->sectors - r->count + 1);
        if (is_free(t, (uint32_t)r->sector, r->count, read))
            return true;
    }
    return false;
}

/* The number of ranges into which the sectors of a DISCARD or WRITE_ZEROES are split. */
static unsigned ranges_of(struct traffic *t, const struct traffic_req *r)
{
    uint32_t most = RANGES_MOST;

    for (unsigned i = 0; i < VWR_BLK_REQUEST_LIMIT_COUNT; i++)
        if (vwr_blk_request_limits[i].type == r->req.type && t->blk->info.limit[i].segments < most)
            most = t->blk->info.limit[i].segments;
    if (most > r->count)
        most = r->count;
    return most < 2 ? 1 : 1 + below(t, most);
}

/* The driver writes the range, or the range is passed as data, possibly together with other ranges. */
static void lay_range(struct traffic *t, struct traffic_req *r)
{
    const bool unmap = r->req.type == VWR_BLK_T_WRITE_ZEROES && below(t, 2) != 0;
    struct vwr_blk_discard_write_zeroes *const range = (void *)r->plain;
    unsigned count = ranges_of(t, r);
    uint64_t end = r->sector + r->count;
    uint32_t left = r->count;

    r->slice = r->plain;
    if (below(t, 2) != 0) {
        vwr_blk_fill_range(&r->req, r->req.type, r->sector, r->count, unmap);
        return;
    }
    vwr_blk_fill(&r->req, r->req.type, 0, range, count * sizeof(*range));
    for (unsigned i = 0; i < count; i++) { /* from the last sectors to the first */
        const uint32_t sectors = i + 1 == count ? left : 1 + below(t, left - (count - 1 - i));

        end -= sectors;
        left -= sectors;
        range[i].sector = vwr_guest64(t->blk->bringup.dev->config.legacy, end);
        range[i].num_sectors = vwr_guest32(t->blk->bringup.dev->config.legacy, sectors);
        range[i].flags = vwr_guest32(t->blk->bringup.dev->config.legacy,
                                     unmap ? VWR_BLK_DISCARD_WRITE_ZEROES_FLAGS_UNMAP_MASK : 0);
    }
}

/* A random type that the disk supports. */
static uint32_t any_type(struct traffic *t)
{
    uint32_t type;

    static const uint32_t types[20] = {
        VWR_BLK_T_IN,    VWR_BLK_T_IN,      VWR_BLK_T_IN,           VWR_BLK_T_IN,           VWR_BLK_T_IN,
        VWR_BLK_T_IN,    VWR_BLK_T_IN,      VWR_BLK_T_IN,           VWR_BLK_T_OUT,          VWR_BLK_T_OUT,
        VWR_BLK_T_OUT,   VWR_BLK_T_OUT,     VWR_BLK_T_OUT,          VWR_BLK_T_OUT,          VWR_BLK_T_OUT,
        VWR_BLK_T_FLUSH, VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_WRITE_ZEROES, VWR_BLK_T_GET_ID,
    };

    type = types[below(t, 20)];
    if ((type == VWR_BLK_T_WRITE_ZEROES && !vwr_dev_has(t->blk->bringup.dev, VWR_BLK_F_WRITE_ZEROES)) ||
        (type == VWR_BLK_T_DISCARD && !vwr_dev_has(t->blk->bringup.dev, VWR_BLK_F_DISCARD)) ||
        (type == VWR_BLK_T_FLUSH && !vwr_dev_has(t->blk->bringup.dev, VWR_BLK_F_FLUSH)))
        type = VWR_BLK_T_OUT;
    return type;
}

/* Assigns the sectors to the request. */
static void claim(struct traffic *t, const struct traffic_req *r, int by)
{
    for (uint64_t s = r->sector; s < r->sector + r->count; s++) {
        if (r->req.type == VWR_BLK_T_IN)
            t->reading[s] += (unsigned)by;
        else
            t->writing[s] = by > 0;
    }
}

static void lay_write(struct traffic *t, struct traffic_req *r)
{
    uint8_t data[SECTORS_MOST * SECTOR_BYTES];

    r->seed = next(&t->random) | 1;
    lay_data(t, r, (size_t)r->count * SECTOR_BYTES);
    fill(data, (size_t)r->count * SECTOR_BYTES, r->seed);
    copy(r, data, false);
}

/* Creates a request. False: no free sectors are left for it. */
static bool make_up(struct traffic *t, struct traffic_req *r, uint32_t type)
{
    r->count = 0;
    r->sector = 0;
    r->req.type = type;
    r->req.req.vec_count = 0;
    if (type == VWR_BLK_T_FLUSH) {
        vwr_blk_fill(&r->req, type, 0, NULL, 0);
        return true;
    }
    if (type == VWR_BLK_T_GET_ID) {
        lay_data(t, r, VWR_BLK_GET_ID_BYTES);
        return true;
    }
    if (!find_sectors(t, r, type == VWR_BLK_T_IN || type == VWR_BLK_T_OUT ? SECTORS_MOST : 64))
        return false;
    if (type == VWR_BLK_T_IN)
        lay_data(t, r, (size_t)r->count * SECTOR_BYTES);
    else if (type == VWR_BLK_T_OUT)
        lay_write(t, r);
    else
        lay_range(t, r);
    claim(t, r, 1);
    return true;
}

/* Submits it to its queue, unless the queue is full. */
static void submit(struct traffic *t, struct traffic_req *r)
{
    const int result = vwr_blk_submit(queue_of(t, r->queue), &r->req);
    const bool waited = r->waits;

    r->waits = result == VWR_EFULL;
    if (r->waits) {
        CHECK(!vwr_req_is_in_flight(&r->req.req)); /* the driver has kept nothing */
        t->full += !waited;
        return;
    }
    if (result != VWR_OK)
        check_failed(__FILE__, __LINE__, "a request of type %u was answered %d (%s)", r->req.type, result,
                     vwr_strerror(result));
    r->out = true;
    t->out++;
    if (++t->out_now[r->queue] > t->out_most[r->queue])
        t->out_most[r->queue] = t->out_now[r->queue];
}

static void check_read(struct traffic *t, const struct traffic_req *r, const uint8_t *data)
{
    for (uint32_t i = 0; i < r->count; i++) {
        const uint64_t s = r->sector + i;

        if (t->known[s] && memcmp(data + i * SECTOR_BYTES, t->model + s * SECTOR_BYTES, SECTOR_BYTES) != 0)
            check_failed(__FILE__, __LINE__, "sector %u is not what was written to it", (unsigned)s);
    }
}

static void apply_write(struct traffic *t, const struct traffic_req *r, const uint8_t *data)
{
    uint8_t *const at = t->model + r->sector * SECTOR_BYTES;

    fill(at, (size_t)r->count * SECTOR_BYTES, r->seed);
    if (memcmp(at, data, (size_t)r->count * SECTOR_BYTES) != 0)
        check_failed(__FILE__, __LINE__, "what was to be written has changed meanwhile");
}

static void apply(struct traffic *t, struct traffic_req *r)
{
    uint8_t data[SECTORS_MOST * SECTOR_BYTES + VWR_BLK_GET_ID_BYTES];

    if (r->req.type == VWR_BLK_T_FLUSH)
        return;
    if (r->req.type == VWR_BLK_T_DISCARD) {
        memset(t->known + r->sector, false, r->count);
        return;
    }
    if (r->req.type != VWR_BLK_T_WRITE_ZEROES)
        copy(r, data, true);
    if (r->req.type == VWR_BLK_T_GET_ID) {
        CHECK(strncmp((const char *)data, t->id, VWR_BLK_GET_ID_BYTES) == 0);
        check_around(r, VWR_BLK_GET_ID_BYTES);
        return;
    }
    if (r->req.type == VWR_BLK_T_IN) {
        check_read(t, r, data);
        check_around(r, (size_t)r->count * SECTOR_BYTES);
        return;
    }
    if (r->req.type == VWR_BLK_T_OUT)
        apply_write(t, r, data);
    else
        memset(t->model + r->sector * SECTOR_BYTES, 0, (size_t)r->count * SECTOR_BYTES);
    memset(t->known + r->sector, true, r->count);
}

static void complete(struct traffic *t, struct traffic_req *r, unsigned queue)
{
    char text[200];

    CHECK(r->out && r->queue == queue);
    CHECK(!vwr_req_is_in_flight(&r->req.req));
    if (r->req.req.result != VWR_OK) {
        (void)vwr_blk_explain(t->blk, text, sizeof(text));
        check_failed(__FILE__, __LINE__, "a request of type %u came back with %d: %s", r->req.type,
                     r->req.req.result, text);
    }
    apply(t, r);
    claim(t, r, -1);
    r->out = false;
    t->out--;
    t->out_now[queue]--;
    t->of_type[r->req.type]++;
}

/* Reaps some completed requests. */
static void reap(struct traffic *t, unsigned queue)
{
    struct vwr_blk_req *done[16];
    struct vwr_blk_requestq *const q = queue_of(t, queue);
    const bool arm = below(t, 8) == 0;
    int n;

    if (arm && vwr_blk_arm(q, 1 + below(t, 8)))
        t->armed++; /* whether an interrupt follows does not matter: no caller waits for it */
    n = vwr_blk_reap(q, done, 1 + below(t, 16));
    if (n < 0)
        check_failed(__FILE__, __LINE__, "reap answered %d (%s)", n, vwr_strerror(n));
    for (int i = 0; i < n; i++)
        complete(t, done[i]->req.token, queue);
    if (arm)
        vwr_blk_disarm(q);
}

/*
 * Reaps all completed requests. After that, the queue is polled again only after the interrupt that was
 * enabled.
 */
static void reap_and_sleep(struct traffic *t, unsigned queue)
{
    struct vwr_blk_req *done[16];
    struct vwr_blk_requestq *const q = queue_of(t, queue);
    int n;

    if (t->asleep[queue])
        return;
    do {
        n = vwr_blk_reap(q, done, 1 + below(t, 16));
        if (n < 0)
            check_failed(__FILE__, __LINE__, "reap answered %d (%s)", n, vwr_strerror(n));
        for (int i = 0; i < n; i++)
            complete(t, done[i]->req.token, queue);
    } while (n != 0);
    if (t->out_now[queue] != 0 && vwr_blk_arm(q, 1 + below(t, t->out_now[queue]))) {
        t->asleep[queue] = true;
        t->armed++;
    }
}

/* Submits the waiting requests, in order. */
static void submit_waiting(struct traffic *t)
{
    for (unsigned i = 0; i < TRAFFIC_REQUESTS; i++)
        if (t->req[i]->waits)
            submit(t, t->req[i]);
}

static void submit_new(struct traffic *t, unsigned most)
{
    unsigned i = below(t, TRAFFIC_REQUESTS);

    for (unsigned k = 0; k < TRAFFIC_REQUESTS && most > 0; k++, i = (i + 1) % TRAFFIC_REQUESTS) {
        struct traffic_req *const r = t->req[i];

        if (r->out || r->waits)
            continue;
        r->queue = below(t, t->queues);
        if (make_up(t, r, any_type(t))) {
            t->sent++;
            submit(t, r);
        }
        most--;
    }
}

static bool some_wait(const struct traffic *t)
{
    bool waiting = false;

    for (unsigned i = 0; i < TRAFFIC_REQUESTS; i++)
        waiting = waiting || t->req[i]->waits;
    return waiting;
}

/* Sends at most `most` more requests, and reaps some. */
static void run_step(struct traffic *t, unsigned most)
{
    const unsigned burst = 1 + below(t, 24);

    submit_waiting(t);
    submit_new(t, burst < most ? burst : most);
    for (unsigned q = 0; q < t->queues; q++)
        (void)vwr_blk_kick(queue_of(t, q));
    if (t->step != NULL && t->step(t))
        memset(t->asleep, 0, sizeof(t->asleep));
    for (unsigned q = 0; q < t->queues; q++) {
        if (t->sleeps)
            reap_and_sleep(t, q);
        else
            reap(t, q);
    }
}

void traffic_run(struct traffic *t, unsigned count)
{
    const unsigned until = t->sent + count;

    do
        run_step(t, until - t->sent);
    while (t->sent < until || t->out != 0 || some_wait(t));
}

void traffic_leave(struct traffic *t, unsigned count)
{
    const unsigned until = t->sent + count;

    while (t->sent < until)
        run_step(t, until - t->sent);
}

void traffic_lost(struct traffic *t)
{
    for (unsigned i = 0; i < TRAFFIC_REQUESTS; i++) {
        struct traffic_req *const r = t->req[i];

        if (!r->out && !r->waits)
            continue;
        CHECK(!vwr_req_is_in_flight(&r->req.req));
        if (r->out) {
            CHECK_NUMBER(r->req.req.result, VWR_ERESET);
            if (r->req.type != VWR_BLK_T_IN)
                memset(t->known + r->sector, false, r->count);
        }
        claim(t, r, -1);
        r->out = r->waits = false;
    }
    t->out = 0;
    memset(t->out_now, 0, sizeof(t->out_now));
}

void traffic_compare(const struct traffic *t, const uint8_t *disk)
{
    for (uint32_t s = t->first_sector; s < t->first_sector + t->sectors; s++)
        if (t->known[s] &&
            memcmp(disk + (size_t)s * SECTOR_BYTES, t->model + (size_t)s * SECTOR_BYTES, SECTOR_BYTES) != 0)
            check_failed(__FILE__, __LINE__, "sector %u of the disk is not what was written to it", s);
}

unsigned traffic_write_unknown(struct traffic *t)
{
    struct traffic_req *const r = t->req[0];
    unsigned count = 0;

    for (uint32_t s = t->first_sector; s < t->first_sector + t->sectors; s++) {
        if (t->known[s])
            continue;
        r->queue = count++ % t->queues;
        r->req.type = VWR_BLK_T_OUT;
        r->sector = s;
        for (r->count = 1; r->count < SECTORS_MOST && s + r->count < t->first_sector + t->sectors &&
                           !t->known[s + r->count];)
            r->count++;
        lay_write(t, r);
        claim(t, r, 1);
        submit(t, r);
        (void)vwr_blk_kick(queue_of(t, r->queue));
        while (r->out)
            reap(t, r->queue);
    }
    return count;
}

void traffic_save(const struct traffic *t, const char *file)
{
    const size_t at = (size_t)t->first_sector * SECTOR_BYTES;
    const size_t bytes = (size_t)t->sectors * SECTOR_BYTES;
    const int fd = open(file, O_WRONLY | O_CREAT, 0600);

    CHECK_SYS(fd >= 0);
    for (uint32_t s = t->first_sector; s < t->first_sector + t->sectors; s++)
        CHECK(t->known[s]);
    CHECK_SYS(pwrite(fd, t->model + at, bytes, (off_t)at) == (ssize_t)bytes);
    CHECK_SYS(close(fd) == 0);
}

void traffic_end(struct traffic *t)
{
    CHECK_NUMBER(t->out, 0);
    for (unsigned i = 0; i < TRAFFIC_REQUESTS; i++)
        free(t->req[i]);
}
