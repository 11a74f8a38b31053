/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "lanes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Frames between processes: two processes send frames of all sizes to each other and sleep whenever they
 * cannot go on. A frame's contents follow from its number, so that each is checked completely.
 */

#define FRAMES 20000u
#define PATIENCE_MS 20000 /* only detects a process that nobody wakes */

/* ---- what lanes.c uses of the program ---- */

static struct pollfd bell = {.fd = -1, .events = POLLIN};
static loop_ready *ready;

void loop_watch(int fd, short events, loop_ready *function, void *context)
{
    (void)events;
    (void)context;
    bell.fd = fd;
    ready = function;
}

void *share_room(size_t bytes)
{
    void *const at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return at != MAP_FAILED ? at : NULL;
}

/* ---- frames ---- */

/* Most frames are short, one in 16 is of any size. */
static uint32_t bytes_of(uint32_t number)
{
    const uint32_t mixed = number * 2654435761u >> 8;

    return VWR_VNET_ETHERNET +
           mixed % (number % 16u == 0 ? VWR_VNET_FRAME_MAX - VWR_VNET_ETHERNET + 1u : 1500u);
}

static uint8_t byte_at(uint32_t number, uint32_t at)
{
    return (uint8_t)(number * 31u + at * 7u);
}

static int put(unsigned to, uint32_t number)
{
    static uint8_t frame[VWR_VNET_FRAME_MAX];
    const struct vwr_vseg seg = {.at = frame, .len = bytes_of(number)};
    struct vwr_vnet_packet p;

    for (uint32_t i = 0; i < seg.len; i++)
        frame[i] = byte_at(number, i);
    if (vwr_vnet_fill(&p, &seg, 1) != VWR_OK)
        return VWR_EINVAL;
    p.flags = number % 3u == 0;
    p.gso_type = p.flags;
    p.hdr_len = (uint16_t)number;
    p.gso_size = (uint16_t)(number + 1u);
    p.csum_start = (uint16_t)(number + 2u);
    p.csum_offset = (uint16_t)(number + 3u);
    return lanes_put(to, &p);
}

static bool is_frame(const struct vwr_vnet_packet *p, uint32_t number)
{
    static uint8_t frame[VWR_VNET_FRAME_MAX];
    const bool plain = number % 3u != 0;
    bool same = p->bytes == bytes_of(number);

    if (!same)
        return false;
    vwr_vnet_copy(p, frame);
    for (uint32_t i = 0; i < p->bytes; i++)
        same = same && frame[i] == byte_at(number, i);
    if (plain)
        return same && (p->flags | p->gso_type) == 0;
    return same && p->flags == 1 && p->gso_type == 1 && p->hdr_len == (uint16_t)number &&
           p->gso_size == (uint16_t)(number + 1u) && p->csum_start == (uint16_t)(number + 2u) &&
           p->csum_offset == (uint16_t)(number + 3u);
}

/* ---- a process ---- */

static uint32_t *begun; /* number of processes */

struct progress {
    uint32_t sent;
    uint32_t received;
    bool full;
};

static bool move(struct progress *g, unsigned other, uint32_t count)
{
    const uint32_t before = g->sent + g->received;
    struct vwr_vnet_packet p;

    if (g->full && lanes_has_room(other))
        g->full = false;
    while (!g->full && g->sent < count) {
        g->full = put(other, g->sent) == VWR_EFULL;
        g->sent += !g->full;
    }
    lanes_wake(other);
    while (g->received < FRAMES && lanes_look(other, &p)) {
        if (!is_frame(&p, g->received))
            _exit(2);
        lanes_take(other);
        g->received++;
    }
    return g->sent + g->received != before;
}

/* No process sends before the other one has begun, because that drops what has come. */
static void begin_together(unsigned me)
{
    lanes_begin(me);
    __atomic_add_fetch(begun, 1, __ATOMIC_SEQ_CST);
    while (__atomic_load_n(begun, __ATOMIC_SEQ_CST) < 2)
        (void)poll(NULL, 0, 1);
}

/* Returns 0: all frames were exchanged; 1: nobody wakes this process. A wrong frame ends it with 2. */
static int exchange(unsigned me)
{
    struct progress g = {0, 0, false};
    const unsigned other = 1u - me;

    begin_together(me);
    while (g.sent < FRAMES || g.received < FRAMES) {
        int r = 1;

        lanes_awake();
        if (move(&g, other, FRAMES))
            continue;
        lanes_sleep();
        if (!move(&g, other, FRAMES))
            r = poll(&bell, 1, PATIENCE_MS);
        if (r == 0)
            return 1;
        if (bell.revents != 0)
            ready(NULL, bell.fd, bell.revents);
        bell.revents = 0;
    }
    return 0;
}

static void both_ways(void **state)
{
    int status;
    pid_t pid;

    (void)state;
    assert_true(lanes_share(2));
    begun = share_room(sizeof(*begun));
    assert_non_null(begun);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(exchange(1));
    assert_int_equal(exchange(0), 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* A producer that sleeps because a lane is full is woken when there is room: `free_it` makes room. */
static void expect_woken(void (*free_it)(void))
{
    uint32_t sent = 0;
    int status;
    pid_t pid;

    assert_true(lanes_share(2));
    begun = share_room(sizeof(*begun));
    assert_non_null(begun);
    pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        free_it();
        _exit(0);
    }
    begin_together(0);
    while (put(1, sent) == VWR_OK)
        sent++;
    lanes_sleep();
    __atomic_store_n(begun, 3, __ATOMIC_SEQ_CST);
    assert_int_equal(poll(&bell, 1, PATIENCE_MS), 1);
    assert_true(lanes_has_room(1));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
}

static void wait_until_full(void)
{
    while (__atomic_load_n(begun, __ATOMIC_SEQ_CST) < 3)
        (void)poll(NULL, 0, 1);
}

static void take_all(void)
{
    struct vwr_vnet_packet p;

    begin_together(1);
    wait_until_full();
    while (lanes_look(0, &p))
        lanes_take(0);
}

static void take_over(void)
{
    begin_together(1);
    wait_until_full();
    lanes_begin(1);
}

static void wakes_for_room(void **state)
{
    (void)state;
    expect_woken(take_all);
    expect_woken(take_over);
}

/* A full lane takes no more, and its frames are those of the next process only if they come after it began.
 */
static void one_takes_over(void **state)
{
    struct vwr_vnet_packet p;
    uint32_t sent = 0, after;

    (void)state;
    assert_true(lanes_share(2));
    lanes_begin(0);
    while (put(1, sent) == VWR_OK)
        sent++;
    assert_true(sent > 3);
    assert_false(lanes_has_room(1));
    lanes_begin(1);
    assert_false(lanes_look(0, &p));
    lanes_begin(0);
    assert_true(lanes_has_room(1));
    for (after = sent; after < sent + 3u; after++)
        assert_int_equal(put(1, after), VWR_OK);
    lanes_begin(0);
    assert_false(lanes_look(1, &p)); /* the other direction */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(both_ways), cmocka_unit_test(wakes_for_room),
                                       cmocka_unit_test(one_takes_over)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
