/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include "vwr/blk.h"
#include "vwr/gen/features.h"
#include "vwr/gen/ids.h"
#include "vwr_vhost_front.h"

#include <dirent.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * deaths FOLDER DEATHS COMMAND...: our front end on the back end COMMAND, which lives on while the front end
 * is killed at some moment of its work, DEATHS times. The next front end reads all blocks: a block has what
 * was written last, or what was in flight at the death, and nothing older or torn. At the end the back end
 * has as many open files and mappings as at the beginning. An image that shrinks is an error of a read.
 */

#define FLIGHT 8u
#define SIZE 32u
#define BLOCKS 64u
#define BLOCK 4096u
#define WORDS (BLOCK / sizeof(uint64_t))
#define SECTORS (BLOCK / VWR_BLK_SECTOR_BYTES)
#define LIFE_MS 60u
#define START_S 10
#define PATIENCE_MS 5000

/*
 * The state left by killed processes: the number in a block that was confirmed, and the number that was sent
 * last.
 */
struct left {
    uint64_t number;
    uint64_t confirmed[BLOCKS];
    uint64_t sent[BLOCKS];
    unsigned lives;
    unsigned checks;
};

static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(SIZE, FLIGHT)];
static struct vwr_vhost_front v;
static struct vwr_blk disk;
static struct vwr_blk_req request[FLIGHT];
static uint64_t *data; /* a block for each request */
static struct left *left;
static uint32_t seed = 1;

static uint32_t random_below(uint32_t limit)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % limit;
}

static bool failed(const char *what, int r)
{
    char text[300];

    (void)vwr_vhost_front_explain(&v, text, sizeof(text));
    printf("FAILED: life %u: %s: %d; %s\n", left->lives, what, r, text);
    return false;
}

/* Every other life has packed rings. */
static bool opens(const struct peer *p)
{
    const struct vwr_vhost_front_options o = {.path = p->socket, .type = VWR_ID_BLOCK};
    const size_t shared = VWR_BLK_SHARED_BYTES(SIZE, FLIGHT, 1);
    struct vwr_blk_options options = {.request = {.requests = FLIGHT, .waiter = &v.waiter}};
    struct vwr_queue_memory m = {NULL, shared, own, sizeof(own), SIZE};
    int r = VWR_ENODEV;

    if (left->lives % 2u == 0)
        vwr_features_add(&options.avoid, VWR_F_RING_PACKED);
    for (unsigned tries = 0; tries < START_S * 100 && (r == VWR_ENODEV || r == VWR_EGONE); tries++) {
        (void)poll(NULL, 0, tries > 0 ? 10 : 0); /* the back end has not noticed the death yet */
        r = vwr_vhost_front_probe(&v, &o);
        vwr_dev_want(&v.dev, VWR_F_IN_ORDER);
    }
    if (r != VWR_OK)
        return failed("probe", r);
    m.shared = vwr_vhost_front_memory(&v, shared);
    data = vwr_vhost_front_memory(&v, FLIGHT * BLOCK);
    r = vwr_blk_open_with(&disk, &v.dev, &m, &options);
    return r == VWR_OK || failed("open", r);
}

/* A request for the block, and its number in each word if it is a write. */
static int submits(struct vwr_blk_requestq *q, unsigned i, unsigned block, uint64_t number)
{
    uint64_t *const at = data + i * WORDS;

    for (unsigned n = 0; n < WORDS; n++)
        at[n] = number;
    vwr_blk_fill(&request[i], number != 0 ? VWR_BLK_T_OUT : VWR_BLK_T_IN, (uint64_t)block * SECTORS, at,
                 BLOCK);
    return vwr_blk_submit(q, &request[i]);
}

static bool is_valid(unsigned block, const uint64_t *at)
{
    for (unsigned n = 1; n < WORDS; n++)
        if (at[n] != at[0])
            return failed("a block is torn", (int)block);
    if (at[0] != left->confirmed[block] && at[0] != left->sent[block])
        return failed("a block has neither what was confirmed nor what was in flight", (int)block);
    left->confirmed[block] = at[0];
    left->sent[block] = at[0];
    return true;
}

/* FLIGHT neighbouring blocks at a time. */
static bool transfers(unsigned block, bool writes)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk, 0);
    bool ok = true;
    int r = VWR_OK;

    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        if (writes)
            left->sent[block + i] = ++left->number;
        r = submits(q, i, block + i, writes ? left->number : 0);
    }
    (void)vwr_blk_kick(q);
    for (unsigned i = 0; i < FLIGHT && r == VWR_OK; i++) {
        r = vwr_blk_wait(q, &request[i]);
        if (r == VWR_OK && writes)
            left->confirmed[block + i] = left->sent[block + i];
        else if (r == VWR_OK)
            ok = is_valid(block + i, data + i * WORDS) && ok;
    }
    return ok && (r == VWR_OK || failed(writes ? "a write" : "a read", r));
}

static bool checks(void)
{
    for (unsigned block = 0; block < BLOCKS; block += FLIGHT)
        if (!transfers(block, false))
            return false;
    left->checks++;
    return true;
}

/* The image becomes shorter while the disk is in use: an error, and the disk continues. */
static bool shrinks(const struct peer *p)
{
    int r = truncate(p->image, BLOCKS / 2u * BLOCK) == 0 ? VWR_OK : VWR_EFAILED;

    if (r == VWR_OK)
        r = vwr_blk_read(&disk, (BLOCKS - 1u) * SECTORS, data, SECTORS);
    if (r != VWR_EIO)
        return failed("a read of what is gone", r);
    r = vwr_blk_read(&disk, 0, data, SECTORS);
    return (r == VWR_OK && is_valid(0, data) && truncate(p->image, BLOCKS * BLOCK) == 0) ||
           failed("a read of what is left", r);
}

/* Runs a front end until it is killed; the last one closes the disk after the check. */
static bool lives(const struct peer *p, bool last)
{
    if (!opens(p) || !checks())
        return false;
    if (last) {
        const bool ok = shrinks(p);
        const int r = vwr_close(&disk.bringup);

        vwr_vhost_front_end(&v);
        return ok && (r == VWR_OK || failed("close", r));
    }
    for (;;) /* terminates: the parent kills it */
        if (!transfers(random_below(BLOCKS / FLIGHT) * FLIGHT, true))
            return false;
}

/* Runs it in a separate process, which is killed unless it is the last one. */
static bool live(const struct peer *p, bool last)
{
    const pid_t parent = getpid();
    const pid_t child = fork();
    int status = 0;

    if (child == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        _exit(getppid() == parent && lives(p, last) ? 0 : 1);
    }
    if (!last) {
        (void)poll(NULL, 0, (int)random_below(LIFE_MS));
        (void)kill(child, SIGKILL);
    }
    left->lives++;
    if (child < 0 || waitpid(child, &status, 0) != child)
        return false;
    return last ? status == 0 : WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}

static unsigned entries(pid_t process, const char *folder)
{
    char path[64];
    unsigned count = 0;
    DIR *d;

    (void)snprintf(path, sizeof(path), "/proc/%d/%s", (int)process, folder);
    d = opendir(path);
    while (d != NULL && readdir(d) != NULL)
        count++;
    if (d != NULL)
        (void)closedir(d);
    return count;
}

/* The open files and mappings, once their numbers have returned to the initial ones. */
static bool is_as_before(const struct peer *p, unsigned files, unsigned maps)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 10) {
        if (entries(p->pid, "fd") == files && entries(p->pid, "map_files") <= maps)
            return true;
        (void)poll(NULL, 0, 10);
    }
    printf("FAILED: %u file descriptors and %u mappings, before: %u and %u\n", entries(p->pid, "fd"),
           entries(p->pid, "map_files"), files, maps);
    return false;
}

int main(int count, char **words)
{
    struct peer p;
    unsigned deaths, files, maps;
    bool ok;

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (count < 4) {
        printf("usage: deaths FOLDER DEATHS COMMAND...\n");
        return 2;
    }
    left = mmap(NULL, sizeof(*left), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (left == MAP_FAILED)
        return 1;
    deaths = (unsigned)strtoul(words[2], NULL, 10);
    peer_init(&p, false);
    ok = peer_begin(&p, words[1], words + 3, (size_t)BLOCKS * BLOCK) &&
         live(&p, true); /* it has what it keeps */
    files = entries(p.pid, "fd");
    maps = entries(p.pid, "map_files");
    for (unsigned n = 0; ok && n < deaths; n++)
        ok = live(&p, false);
    ok = ok && live(&p, true) && is_as_before(&p, files, maps);
    printf("%u lives, %u found all blocks as they should be, %llu blocks written\n", left->lives,
           left->checks, (unsigned long long)left->number);
    peer_end(&p);
    return !ok;
}
