/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A guest program that writes and reads a disk which may fail: wear DISK SEED STAMP. Each thread owns part of
 * the blocks, and knows the content of each block. A failed write leaves the old or the new content, and the
 * block is written again before it is read. A failed read changes nothing. When /tmp/moving is gone, the
 * program writes STAMP to all blocks, flushes, reads them back, and ends. The host reads the same blocks from
 * outside.
 */

#define UNTIL "/tmp/moving"
#define BLOCK 16384u
#define FIRST 512u /* block, 8 MiB: the file system of the disk ends before it */
#define THREADS 8u
#define EACH 128u
#define RETRIES 10000u
#define RETRY_US 20000u
#define WORDS (BLOCK / sizeof(uint64_t))

struct part {
    uint64_t content[EACH]; /* 0: unknown */
    uint64_t random;
    uint64_t moved;
    uint64_t errors;
    unsigned first; /* block */
};

static struct part parts[THREADS];
static uint64_t stamp;
static int disk;

static _Noreturn void fail(const char *what, unsigned block)
{
    printf("guest: FAILED: wear: block %u: %s: %s\n", block, what, strerror(errno));
    exit(1);
}

static void fill(uint64_t *data, unsigned block, uint64_t content)
{
    for (unsigned i = 0; i < WORDS; i++)
        data[i] = content * 0x9e3779b97f4a7c15u + ((uint64_t)block << 32 | i);
}

static bool write_block(struct part *p, uint64_t *data, unsigned n, uint64_t content)
{
    fill(data, p->first + n, content);
    p->moved++;
    if (pwrite(disk, data, BLOCK, (off_t)(p->first + n) * BLOCK) == BLOCK) {
        p->content[n] = content;
        return true;
    }
    if (errno != EIO)
        fail("write", p->first + n);
    p->content[n] = 0;
    p->errors++;
    return false;
}

static bool read_block(struct part *p, uint64_t *data, uint64_t *right, unsigned n)
{
    memset(data, 0, BLOCK);
    p->moved++;
    if (pread(disk, data, BLOCK, (off_t)(p->first + n) * BLOCK) != BLOCK) {
        if (errno != EIO)
            fail("read", p->first + n);
        p->errors++;
        return false;
    }
    fill(right, p->first + n, p->content[n]);
    errno = 0;
    if (memcmp(data, right, BLOCK) != 0)
        fail("what was read is not what was written", p->first + n);
    return true;
}

static uint64_t next(struct part *p)
{
    p->random ^= p->random << 13;
    p->random ^= p->random >> 7;
    p->random ^= p->random << 17;
    return p->random;
}

/* Checks that all blocks have the content `stamp`. */
static void finish(struct part *p, uint64_t *data, uint64_t *right)
{
    for (unsigned n = 0; n < EACH; n++) {
        unsigned tries = 0;

        while (!write_block(p, data, n, stamp) || fdatasync(disk) != 0 || !read_block(p, data, right, n)) {
            if (++tries == RETRIES)
                fail("still an error", p->first + n);
            (void)usleep(RETRY_US);
        }
    }
}

static void *run(void *context)
{
    struct part *const p = context;
    void *data;
    void *right;

    if (posix_memalign(&data, 4096, BLOCK) != 0 || posix_memalign(&right, 4096, BLOCK) != 0)
        fail("memory", 0);
    while (access(UNTIL, F_OK) == 0) {
        const unsigned n = (unsigned)(next(p) % EACH);

        if (p->content[n] == 0 || next(p) % 2 == 0)
            (void)write_block(p, data, n, next(p) | 1u);
        else
            (void)read_block(p, data, right, n);
    }
    finish(p, data, right);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t thread[THREADS];
    uint64_t moved = 0;
    uint64_t errors = 0;

    disk = argc == 4 ? open(argv[1], O_RDWR | O_DIRECT) : -1;
    if (disk < 0)
        fail("wear DISK SEED STAMP", 0);
    stamp = strtoull(argv[3], NULL, 10);
    for (unsigned i = 0; i < THREADS; i++) {
        parts[i].first = FIRST + i * EACH;
        parts[i].random = strtoull(argv[2], NULL, 10) * THREADS + i + 1u;
        if (pthread_create(&thread[i], NULL, run, &parts[i]) != 0)
            fail("thread", 0);
    }
    for (unsigned i = 0; i < THREADS; i++) {
        (void)pthread_join(thread[i], NULL);
        moved += parts[i].moved;
        errors += parts[i].errors;
    }
    printf("wear %llu blocks, %llu errors\n", (unsigned long long)moved, (unsigned long long)errors);
    return 0;
}
