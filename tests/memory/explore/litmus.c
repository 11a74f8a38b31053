/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <string.h>

#include "vwr/ring.h"

/*
 * Tests of the memory model and of the search: small programs with known possible and impossible outcomes.
 * All executions are run, without a bound.
 */

#define X ((vwr_le16 *)(void *)&memory[0])
#define Y ((vwr_le16 *)(void *)&memory[8])
#define PAIR ((void *)&memory[16]) /* two words that one access can cover */

/* Operations omitted from the running program, in the first and in the second thread. */
static bool first;
static bool second;
static uint16_t r0;
static uint16_t r1;
static bool met[3][3]; /* outcomes seen */

static void nothing(void)
{
}

static void start(void)
{
    const struct machine m = {.releases = true};

    machine_start(&m);
    memset(memory, 0, sizeof(memory));
    r0 = 0;
    r1 = 0;
}

static void end(void)
{
    met[r0][r1] = true;
}

/* --- message passing: r0: the flag was seen; r1: the data behind it --- */

static void mp_write(void)
{
    vwr_ring_store16(X, 1);
    if (first)
        vwr_ring_publish16(Y, 1);
    else
        vwr_ring_store16(Y, 1);
}

static void mp_release_write(void)
{
    vwr_ring_store16(X, 1);
    vwr_port_release();
    vwr_ring_store16(Y, 1);
}

static void mp_read(void)
{
    r0 = vwr_ring_load16(Y);
    if (second)
        vwr_ring_acquire();
    r1 = vwr_ring_load16(X);
}

/* --- store buffering: each thread stores, and loads what the other stored --- */

static void sb_0(void)
{
    vwr_ring_store16(X, 1);
    if (first)
        vwr_ring_mb();
    r0 = vwr_ring_load16(Y);
}

static void sb_1(void)
{
    vwr_ring_store16(Y, 1);
    if (second)
        vwr_ring_mb();
    r1 = vwr_ring_load16(X);
}

/* A release is not a full barrier. */
static void sb_release_0(void)
{
    vwr_ring_publish16(X, 1);
    r0 = vwr_ring_load16(Y);
}

static void sb_release_1(void)
{
    vwr_ring_publish16(Y, 1);
    r1 = vwr_ring_load16(X);
}

/* --- one cell: a later load never returns an older value --- */

static void corr_write(void)
{
    vwr_ring_store16(X, 1);
    vwr_ring_store16(X, 2);
}

static void corr_read(void)
{
    r0 = vwr_ring_load16(X);
    r1 = vwr_ring_load16(X);
}

/* --- accesses of several widths --- */

static void wide_write(void)
{
    if (first) {
        vwr_ring_store32(PAIR, 0x00010001);
    } else {
        vwr_ring_store16((vwr_le16 *)PAIR, 1);
        vwr_ring_store16((vwr_le16 *)PAIR + 1, 1);
    }
}

static void wide_read(void)
{
    const uint32_t v = vwr_ring_load32(PAIR);

    r0 = (uint16_t)v;
    r1 = (uint16_t)(v >> 16);
}

static void narrow_read(void)
{
    r0 = vwr_ring_load16((vwr_le16 *)PAIR);
    r1 = vwr_ring_load16((vwr_le16 *)PAIR + 1);
}

/* --- load buffering: a buffer is read and returned, and then written by its new owner --- */

static void lb_read(void)
{
    memory_read(X, 0);
    if (first)
        vwr_ring_publish16(Y, 1);
    else
        vwr_ring_store16(Y, 1);
}

static void lb_write(void)
{
    if (vwr_ring_load16(Y) == 0)
        return;
    vwr_ring_acquire();
    memory_write(X, 1);
}

/* --- weakened barriers --- */

static struct explore_site weak_release = {"litmus.c", "weak", 0, EXPLORE_PUBLISH, EXPLORE_WEAK, false};
static struct explore_site weak_mb = {"litmus.c", "weak", 0, EXPLORE_MB, EXPLORE_WEAK, false};

/* A load barrier and a store barrier: the load may be delayed past the store. */
static void lb_weak_read(void)
{
    memory_read(X, 0);
    explore_publish(Y, 2, 1, &weak_release);
}

static void mp_weak_write(void)
{
    vwr_ring_store16(X, 1);
    explore_publish(Y, 2, 1, &weak_release);
}

/* A full barrier weakened to a release. */
static void sb_weak_0(void)
{
    vwr_ring_store16(X, 1);
    explore_mb(&weak_mb);
    r0 = vwr_ring_load16(Y);
}

/* --- both threads sleep --- */

static void sleeper(void)
{
    search_sleep();
}

static void waker(void)
{
    if (first)
        search_wake(DRIVER);
}

static void stuck(void)
{
    search_fail("both sleep");
}

/* --- the table --- */

#define ANY 9u

static const struct litmus {
    const char *name;
    void (*thread[2])(void);
    bool first;
    bool second;
    bool fails;      /* the search has to find a failure */
    unsigned r0, r1; /* ANY: the outcome is not checked */
    bool allowed;
} table[] = {
    {"message passing, nothing", {mp_write, mp_read}, false, false, false, 1, 0, true},
    {"message passing, release only", {mp_write, mp_read}, true, false, false, 1, 0, true},
    {"message passing, acquire only", {mp_write, mp_read}, false, true, false, 1, 0, true},
    {"message passing, both", {mp_write, mp_read}, true, true, false, 1, 0, false},
    {"message passing, both, arrives", {mp_write, mp_read}, true, true, false, 1, 1, true},
    {"message passing, both, before it", {mp_write, mp_read}, true, true, false, 0, 1, true},
    {"message passing, the port's release", {mp_release_write, mp_read}, true, true, false, 1, 0, false},
    {"message passing, it and no acquire", {mp_release_write, mp_read}, true, false, false, 1, 0, true},
    {"store buffering, nothing", {sb_0, sb_1}, false, false, false, 0, 0, true},
    {"store buffering, mb in the first", {sb_0, sb_1}, true, false, false, 0, 0, true},
    {"store buffering, mb in the second", {sb_0, sb_1}, false, true, false, 0, 0, true},
    {"store buffering, both", {sb_0, sb_1}, true, true, false, 0, 0, false},
    {"store buffering, both, first is late", {sb_0, sb_1}, true, true, false, 1, 0, true},
    {"store buffering, releases", {sb_release_0, sb_release_1}, true, true, false, 0, 0, true},
    {"one cell, backwards", {corr_write, corr_read}, false, false, false, 2, 1, false},
    {"one cell, backwards to the begin", {corr_write, corr_read}, false, false, false, 1, 0, false},
    {"one cell, forwards", {corr_write, corr_read}, false, false, false, 1, 2, true},
    {"a store of two words, half of it", {wide_write, wide_read}, true, false, false, 1, 0, false},
    {"a store of two words, other half", {wide_write, wide_read}, true, false, false, 0, 1, false},
    {"a store of two words, two loads", {wide_write, narrow_read}, true, false, false, 1, 0, true},
    {"two stores, one load", {wide_write, wide_read}, false, false, false, 0, 1, true},
    {"load buffering, a store", {lb_read, lb_write}, false, false, true, ANY, ANY, false},
    {"load buffering, a release", {lb_read, lb_write}, true, false, false, ANY, ANY, false},
    {"load buffering, rmb and wmb", {lb_weak_read, lb_write}, false, false, true, ANY, ANY, false},
    {"message passing, rmb and wmb", {mp_weak_write, mp_read}, true, true, false, 1, 0, false},
    {"store buffering, mb and a release", {sb_weak_0, sb_1}, true, true, false, 0, 0, true},
    {"sleep, woken", {sleeper, waker}, true, false, false, ANY, ANY, false},
    {"sleep, not woken", {sleeper, waker}, false, false, true, ANY, ANY, false},
    {"nothing at all", {nothing, nothing}, false, false, false, 0, 0, true},
};

static bool run(const struct litmus *t)
{
    const struct program program = {start, {t->thread[0], t->thread[1]}, end, stuck, NULL};
    const struct bound bound = {WITHOUT_BOUND, WITHOUT_BOUND};
    struct outcome o;
    bool good;

    memset(met, 0, sizeof(met));
    first = t->first;
    second = t->second;
    search(&program, bound, 0, &o);
    good = o.failed == t->fails && (o.failed || o.complete);
    if (t->r0 != ANY)
        good = good && met[t->r0][t->r1] == t->allowed;
    (void)printf("%-36s %-9s %3llu executions %s\n", t->name,
                 t->r0 == ANY ? (t->fails ? "fails" : "holds") : (t->allowed ? "allowed" : "forbidden"),
                 (unsigned long long)o.executions, good ? "" : "WRONG");
    return good;
}

bool litmus_run(void)
{
    bool good = true;

    for (unsigned i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        good = run(&table[i]) && good;
    return good;
}
