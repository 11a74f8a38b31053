/* SPDX-License-Identifier: MIT */
#include "middle.h"
#include "peer.h"

#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr_vhost_front.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * disk FOLDER KILLS COMMAND...: our disk on the back end COMMAND, in which the words SOCKET and IMAGE are
 * replaced. Every form of request, with each set of features that the back end offers; KILLS times the back
 * end is killed under load. If KILLS is "moves", the disk goes on in a second such program under load, and
 * comes back. If it is "fails", most moves fail, at one step after the other: the disk goes on where it was,
 * and is recovered only if the move failed when its queues went on. The image is compared with what was
 * written by cmp(1).
 */

#define FLIGHT 32u
#define QUEUES 4u /* as far as the back end has them */
#define SEGMENTS 4u
#define SIZE 128u
#define SECTOR 512u
#define PART 128u /* sectors that one request in flight may touch */
#define SECTORS (FLIGHT * PART)
#define BYTES_MOST 16384u
#define REQUESTS 300u
#define MOVE_AFTER 40u  /* requests */
#define FAILS_LEAST 80u /* steps at which a move can fail */
#define MIDDLE "middle.sock"
#define RECOVERY_S 20
#define START_S 10

static _Alignas(8) uint8_t own[QUEUES][VWR_BLK_OWN_BYTES(SIZE, FLIGHT)];
static uint8_t expected[SECTORS * SECTOR];
static struct vwr_vhost_front v;
static struct vwr_blk disk;
static struct vwr_blk_requestq queue[QUEUES - 1u];
static struct vwr_blk_more more[QUEUES - 1u];
static struct vwr_blk_req request[FLIGHT];
static bool idle[FLIGHT];
static uint8_t *data; /* BYTES_MOST for each request */
static uint32_t number = 1;
static unsigned done_count, wrong;
static struct peer second;
static bool moves;
static unsigned moved;
static bool fails;
static enum middle_act act;
static unsigned step, failures, dead_moves, recovered;

static uint32_t random_below(uint32_t limit)
{
    number = number * 1664525u + 1013904223u;
    return (number >> 8) % limit;
}

static bool failed(const char *what, int r)
{
    char text[300];

    (void)vwr_vhost_front_explain(&v, text, sizeof(text));
    printf("FAILED: %s: %d; %s; ", what, r, text);
    (void)vwr_blk_explain(&disk, text, sizeof(text));
    printf("%s\n", text);
    return false;
}

static bool opens(const struct peer *p, const struct vwr_features *avoid, const struct vwr_features *need)
{
    const struct vwr_vhost_front_options o = {.path = moved % 2u == 0 ? p->socket : second.socket,
                                              .type = VWR_ID_BLOCK};
    const struct vwr_blk_options options = {
        .avoid = *avoid,
        .need = *need,
        .more_count = QUEUES - 1u,
        .more = more,
        .request = {
            .requests = FLIGHT, .segments = SEGMENTS, .waiter = &v.waiter, .replay = true, .replays = 200}};
    const size_t shared = VWR_BLK_SHARED_BYTES(SIZE, FLIGHT, SEGMENTS);
    struct vwr_queue_memory m = {NULL, shared, own[0], sizeof(own[0]), SIZE};
    int r = VWR_ENODEV;

    for (unsigned tries = 0; tries < START_S * 100 && (r == VWR_ENODEV || r == VWR_EGONE); tries++) {
        (void)poll(NULL, 0, tries > 0 ? 10 : 0); /* it has a socket, but does not listen yet */
        r = vwr_vhost_front_probe(&v, &o);
        vwr_dev_want(&v.dev, VWR_F_IN_ORDER);
    }
    if (r != VWR_OK)
        return failed("probe", r);
    m.shared = vwr_vhost_front_memory(&v, shared);
    for (unsigned i = 0; i + 1u < QUEUES && m.shared != NULL; i++)
        more[i] = (struct vwr_blk_more){
            &queue[i], {vwr_vhost_front_memory(&v, shared), shared, own[i + 1u], sizeof(own[0]), SIZE}};
    data = vwr_vhost_front_memory(&v, FLIGHT * BYTES_MOST);
    if (m.shared == NULL || data == NULL)
        return failed("memory", 0);
    r = vwr_blk_open_with(&disk, &v.dev, &m, &options);
    return r == VWR_OK || failed("open", r);
}

/* A read or write in its own part of the disk. */
static int submits(unsigned i)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk, i % disk.queue_count);
    const uint32_t sectors = 1 + random_below(BYTES_MOST / SECTOR);
    const uint32_t sector = i * PART + random_below(PART - sectors + 1);
    const bool writes = random_below(2) == 0;
    uint8_t *const at = data + i * BYTES_MOST;
    int r;

    for (uint32_t n = 0; n < sectors * SECTOR; n++)
        at[n] = writes ? (uint8_t)random_below(256) : 0;
    vwr_blk_fill(&request[i], writes ? VWR_BLK_T_OUT : VWR_BLK_T_IN, sector, at, sectors * SECTOR);
    r = vwr_blk_submit(q, &request[i]);
    idle[i] = r != VWR_OK;
    if (writes && r == VWR_OK)
        (void)memcpy(expected + sector * SECTOR, at, sectors * SECTOR);
    return r;
}

static void is_done(const struct vwr_blk_req *r)
{
    const unsigned i = (unsigned)(r - request);
    const uint8_t *const at = data + i * BYTES_MOST;

    done_count++;
    idle[i] = true;
    if (r->req.result != VWR_OK || memcmp(at, expected + r->sector * SECTOR, r->req.bytes) != 0) {
        wrong++;
        (void)failed("a request", r->req.result);
    }
}

static bool recovers(void)
{
    for (unsigned tries = 0; tries < RECOVERY_S * 100; tries++) {
        int r;

        do
            r = vwr_recover(&disk.bringup);
        while (r == VWR_EBUSY);
        if (r == VWR_OK) {
            recovered++;
            return true;
        }
        (void)poll(NULL, 0, 10);
    }
    return failed("recovery", 0);
}

static const char *other(const struct peer *p)
{
    return moved % 2u == 0 ? second.socket : p->socket;
}

/* To the other program, with requests in flight. */
static bool move(const struct peer *p)
{
    const int r = vwr_vhost_front_move(&v, other(p));

    moved++;
    return r == VWR_OK || failed("move", r);
}

/*
 * A move that fails at the next step. After the last step it succeeds; then the other way of failing is used.
 */
static bool fails_to_move(const struct peer *p)
{
    struct middle middle = {.to = other(p), .act = act, .at = step++};
    bool dead;
    int r;

    if (!middle_begin(&middle, MIDDLE))
        return failed("middle", 0);
    r = vwr_vhost_front_move(&v, MIDDLE);
    dead = v.broken;
    if (r == VWR_OK) {
        moved++;
        if (!move(p)) /* away from the middle */
            return false;
    }
    middle_end(&middle);
    if (middle.acted != (r != VWR_OK) || dead != (middle.request == VWR_VHOST_USER_SET_VRING_ENABLE))
        return failed("a move with a failure", (int)middle.request);
    failures += r != VWR_OK;
    dead_moves += dead;
    if (r == VWR_OK) {
        act++;
        step = 0;
    }
    return true;
}

static void kicks(void)
{
    for (unsigned i = 0; i < disk.queue_count; i++)
        (void)vwr_blk_kick(vwr_blk_get_requestq(&disk, i));
}

/* Reaps what the queues have completed, up to FLIGHT; returns the error of one. */
static int reaps(struct vwr_blk_req **done)
{
    int have = 0;

    for (unsigned i = 0; i < disk.queue_count && have < (int)FLIGHT; i++) {
        const int n = vwr_blk_reap(vwr_blk_get_requestq(&disk, i), done + have, (int)FLIGHT - have);

        if (n < 0)
            return have != 0 ? have : n;
        have += n;
    }
    return have;
}

/* true: none has completed a request since. */
static bool arms(void)
{
    bool quiet = true;

    for (unsigned i = 0; i < disk.queue_count; i++)
        quiet = vwr_blk_arm(vwr_blk_get_requestq(&disk, i), 1) && quiet;
    return quiet;
}

/*
 * `count` requests, up to FLIGHT at a time, while the configuration is read again and again. Kills the back
 * end `kills` times meanwhile.
 */
static bool load(struct peer *p, unsigned count, unsigned kills)
{
    struct vwr_blk_req *done[FLIGHT];
    unsigned sent = 0, killed = 0, next = 0;

    act = 0;
    step = 0;
    for (unsigned i = 0; i < FLIGHT; i++, sent++)
        if (submits(i) != VWR_OK)
            return failed("submit", 0);
    kicks();
    for (done_count = 0; done_count < sent;) {
        struct pollfd f = {.fd = vwr_vhost_front_fd(&v), .events = POLLIN};
        int n;

        if (killed < kills && done_count > (killed + 1) * count / (kills + 1)) {
            killed++;
            if (!peer_restart(p))
                return failed("restart", 0);
        }
        if (moves && (done_count == 0 || done_count > next) && done_count < count / 2u) {
            next = done_count + MOVE_AFTER;
            if (!move(p))
                return false;
        }
        if (fails && act < MIDDLE_ACTS && !v.broken && !fails_to_move(p))
            return false;
        n = reaps(done);
        for (int i = 0; i < n; i++)
            is_done(done[i]);
        for (unsigned i = 0; i < FLIGHT && n >= 0; i++) /* a queue may have lost its back end meanwhile */
            if (idle[i] && (sent < count || (fails && act < MIDDLE_ACTS)) && submits(i) == VWR_OK)
                sent++;
        if (n > 0)
            kicks();
        if (n < 0 && !recovers())
            return false;
        if (n > 0 && kills == 0 && !v.broken && vwr_blk_config_changed(&disk) != VWR_OK)
            return failed("configuration", 0);
        if (n == 0 && arms() && poll(&f, 1, 50) > 0)
            (void)vwr_dev_irq(&v.dev);
    }
    if (recovered != (fails ? dead_moves : recovered))
        return failed("a recovery without need", (int)recovered);
    return wrong == 0;
}

/* libvhost-user's disk offers both, and answers with an error if the image is a file. */
static bool is_unsupported(const char *what, int r)
{
    printf("%s: not supported (%d)\n", what, r);
    return r == VWR_EUNSUPP || r == VWR_EIO;
}

/* Requests of every other type, each with a waiting call. */
static bool others(void)
{
    char id[VWR_BLK_GET_ID_BYTES + 1u];
    const struct vwr_vec parts[3] = {
        {data, 2 * SECTOR}, {data + BYTES_MOST, SECTOR}, {data + 3 * BYTES_MOST, 5 * SECTOR}};
    /* Buffers of other queues: a sanitizer of the back end sees that only by a message, for which threads
     * stand. */
    int r = vwr_blk_config_changed(&disk);

    r = r != VWR_OK ? r : vwr_blk_get_id(&disk, id);
    if (r != VWR_OK)
        return failed("get_id", r);
    for (unsigned i = 0; i < 3; i++)
        (void)memset(parts[i].p, 'a' + (int)i, parts[i].bytes);
    r = vwr_blk_transfer_vecs(&disk, VWR_BLK_T_OUT, 8, parts, 3);
    if (r != VWR_OK)
        return failed("writev", r);
    (void)memset(expected + 8 * SECTOR, 'a', 2 * SECTOR);
    (void)memset(expected + 10 * SECTOR, 'b', SECTOR);
    (void)memset(expected + 11 * SECTOR, 'c', 5 * SECTOR);
    r = vwr_blk_transfer_vecs(&disk, VWR_BLK_T_IN, 7, parts, 2);
    if (r != VWR_OK || memcmp(parts[0].p, expected + 7 * SECTOR, 2 * SECTOR) != 0 ||
        memcmp(parts[1].p, expected + 9 * SECTOR, SECTOR) != 0)
        return failed("readv", r);
    r = vwr_blk_do_ranges(&disk, VWR_BLK_T_WRITE_ZEROES, 40, 16, true);
    if (r == VWR_OK)
        (void)memset(expected + 40 * SECTOR, 0, 16 * SECTOR);
    else if (!is_unsupported("write_zeroes", r))
        return failed("write_zeroes", r);
    r = vwr_blk_do_ranges(&disk, VWR_BLK_T_DISCARD, 64, 8, false);
    if (r == VWR_OK) { /* the contents are not defined: written again */
        (void)memset(data, 'd', 8 * SECTOR);
        (void)memset(expected + 64 * SECTOR, 'd', 8 * SECTOR);
        r = vwr_blk_write(&disk, 64, data, 8);
    }
    if (r != VWR_OK && !is_unsupported("discard", r))
        return failed("discard", r);
    r = vwr_blk_read(&disk, SECTORS, data, 1);
    if (r != VWR_ERANGE)
        return failed("a read beyond the end", r);
    r = vwr_blk_flush(&disk);
    return r == VWR_OK || failed("flush", r);
}

static bool closes(void)
{
    const int r = vwr_close(&disk.bringup);

    vwr_vhost_front_end(&v);
    return r == VWR_OK || failed("close", r);
}

/* One kind of ring. *offered: what the back end has. */
static bool run(struct peer *p, unsigned kind, unsigned kills, struct vwr_features *offered)
{
    struct vwr_features avoid;
    const struct vwr_features need = {{0}};

    if (!peer_ring(kind, offered, &avoid))
        return true; /* nothing to try */
    if (!peer_lives(p) || !opens(p, &avoid, &need) || !load(p, REQUESTS, kills) || !others())
        return false;
    *offered = v.dev.offered;
    printf("%s: %u queues, %u requests, %llu connections, %llu kicks\n", peer_ring_name(kind),
           disk.queue_count, done_count, (unsigned long long)v.connections,
           (unsigned long long)disk.first.requests.queue.stats.kicks);
    if (kills > 0 && v.connections < 2)
        return failed("the back end was not killed", 0);
    return closes();
}

int main(int count, char **words)
{
    struct vwr_features offered = {{~0u, ~0u, ~0u, ~0u}}; /* until the first run */
    struct peer p;
    unsigned kills;
    bool ok;

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (count < 4) {
        printf("usage: disk FOLDER KILLS COMMAND...\n");
        return 2;
    }
    moves = strcmp(words[2], "moves") == 0;
    fails = strcmp(words[2], "fails") == 0;
    kills = moves || fails ? 0 : (unsigned)strtoul(words[2], NULL, 10);
    peer_init(&p, false);
    ok = peer_begin(&p, words[1], words + 3, sizeof(expected)) &&
         ((!moves && !fails) || peer_begin_second(&second, &p));
    for (unsigned kind = 0; ok && kind < PEER_RINGS; kind++)
        ok = ((kills > 0 || fails) && kind != 3 && kind != 7) || run(&p, kind, kills, &offered);
    peer_end(&p);
    peer_end(&second);
    if (moves || fails)
        printf("%u moves, %u that failed, %u of these when the queues went on\n", moved, failures,
               dead_moves);
    ok = ok && (!moves || moved >= PEER_RINGS) && (!fails || failures >= 2u * FAILS_LEAST);
    return !(ok && peer_compare(&p, expected, sizeof(expected)));
}
