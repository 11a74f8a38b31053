/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/ventropy.h"
#include "vwr/vm.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/* A source of random bytes, and guests that request bytes in every way but the right one. */

#define SIZE 8u
#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define POISON 0xa5u

struct vmm {
    struct vwr_ventropy e;
    struct guest *g;
    uint32_t left; /* bytes that the source has */
    uint32_t most; /* maximum bytes of one call */
    uint8_t next;
    unsigned asked;
    void (*on_source)(struct guest *g);
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static uint32_t source(struct vwr_ventropy *e, uint8_t *bytes, uint32_t n)
{
    struct vmm *const m = e->context;
    uint32_t given = n < m->left ? n : m->left;

    m->asked++;
    if (given > m->most)
        given = m->most;
    for (uint32_t i = 0; i < given; i++)
        bytes[i] = m->next++;
    m->left -= given;
    if (m->on_source != NULL)
        m->on_source(m->g);
    return given;
}

static void plug(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->g = g;
    m->left = UINT32_MAX;
    m->most = UINT32_MAX;
    guest_setup(g, &s);
    assert_int_equal(vwr_ventropy_init(&m->e, &s, source, m), VWR_OK);
    guest_plug(g, 0, &m->e.dev);
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

static void ask(struct guest *g, uint64_t addr, uint32_t len, unsigned flags)
{
    memset(guest_at(g, addr, len + 1), POISON, len + 1);
    hostile_send_one(g, 0, addr, len, flags);
}

/* Checks `n` bytes numbered from `first` on, and the poison after them. */
static void assert_bytes(struct guest *g, uint64_t addr, uint32_t n, uint8_t first)
{
    for (uint32_t i = 0; i < n; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, addr + i, 1), (uint8_t)(first + i));
    assert_int_equal(*(uint8_t *)guest_at(g, addr + n, 1), POISON);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);
    uint8_t first;

    m->left = UINT32_MAX;
    m->most = UINT32_MAX;
    m->on_source = NULL;
    g->broke = 0;
    assert_true(guest_start(g));
    vwr_ventropy_resume(&m->e);
    first = m->next;
    ask(g, AT(0), 20, WRITE);
    hostile_used(g, 0, 20);
    assert_bytes(g, AT(0), 20, first);
    hostile_is_whole(g);
}

static const struct hostile_device entropy_device = {plug, works, unplug};

/* Segments of 1 byte; the source has more or less than fits, and gives `at` bytes at a time. */
static void g28_segments(struct guest *g, long long at)
{
    struct guest_desc segment[SIZE];

    for (unsigned i = 0; i < SIZE; i++) {
        segment[i] = (struct guest_desc){AT(i), 1, WRITE, 0};
        memset(guest_at(g, AT(i), 2), POISON, 2);
    }
    vmm_of(g)->left = (uint32_t)(SIZE + at);
    hostile_send(g, 0, segment, SIZE);
    hostile_used(g, 0, at < 0 ? (uint32_t)(SIZE + at) : SIZE);
    for (unsigned i = 0; i < SIZE; i++)
        assert_bytes(g, AT(i), (long)i < (long)SIZE + at ? 1 : 0, (uint8_t)i);
}

/* Segments of 4 bytes; the source fills `at` bytes and then pauses: there is no gap, and no byte is lost. */
static void g52_breath(struct guest *g, long long at)
{
    const struct guest_desc segment[2] = {{AT(0), 4, WRITE, 0}, {AT(1), 4, WRITE, 0}};

    memset(guest_at(g, AT(0), 8), POISON, 8);
    memset(guest_at(g, AT(1), 8), POISON, 8);
    vmm_of(g)->most = (uint32_t)at;
    hostile_send(g, 0, segment, 2);
    hostile_used(g, 0, at < 4 ? (uint32_t)at : 8);
    assert_int_equal(vmm_of(g)->next, at < 4 ? at : 8);
    assert_bytes(g, AT(0), at < 4 ? (uint32_t)at : 4, 0);
    assert_bytes(g, AT(1), at < 4 ? 0 : 4, 4);
}

/* A buffer that is not writable, and one that is readable and writable. */
static void g28_wrong_way(struct guest *g, long long at)
{
    const struct guest_desc both[2] = {{AT(0), 8, 0, 0}, {AT(1), 8, WRITE, 0}};

    (void)at;
    ask(g, AT(0), 8, 0);
    hostile_used(g, 0, 0);
    assert_int_equal(vmm_of(g)->asked, 0);
    assert_bytes(g, AT(0), 0, 0);
    memset(guest_at(g, AT(1), 9), POISON, 9);
    hostile_send(g, 0, both, 2);
    hostile_used(g, 0, 8);
    assert_bytes(g, AT(1), 8, 0);
    assert_bytes(g, AT(0), 0, 0);
}

/* The source is empty, and the guest notifies repeatedly: the device requests bytes from the source once. */
static void g50_asks(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    m->left = 0;
    ask(g, AT(0), 8, WRITE);
    for (unsigned i = 0; i < 1000; i++)
        guest_kick(g, 0);
    assert_int_equal(m->asked, 1);
    hostile_unused(g, 0);
    m->left = 8;
    vwr_ventropy_resume(&m->e);
    hostile_used(g, 0, 8);
    assert_bytes(g, AT(0), 8, 0);
}

static void refill(struct guest *g)
{
    log_again(); /* the guest has rewritten what was fetched */
    hostile_lend_one(g, 0, AT(0), 1, WRITE);
}

/* A guest that makes its buffer available again while it is served. For a packed ring: rings_times.c. */
static void g50_refills(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    g->budget = 1u << 20;
    m->on_source = refill;
    refill(g);
    guest_kick(g, 0);
    assert_int_equal(m->asked, VWR_VDEV_BUDGET);
    assert_int_equal(g->again, 1);
    hostile_is_whole(g);
}

/* ---- a late call is no answer: the device asks the source again ---- */

static void late_start(struct guest *g)
{
    vmm_of(g)->left = 0;
    assert_true(guest_start(g));
}

static void late_ask(struct guest *g)
{
    ask(g, AT(0), 20, WRITE);
}

static void late_resume(struct guest *g)
{
    vwr_ventropy_resume(&vmm_of(g)->e);
}

static void late_answer(struct guest *g, unsigned number)
{
    (void)number;
    vmm_of(g)->left = 20;
    vmm_of(g)->next = 1;
    late_resume(g);
}

static void late_comes_back(struct guest *g)
{
    hostile_used(g, 0, 20);
    assert_bytes(g, AT(0), 20, 1);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, 0, late_resume};

    late_run(g, &late, (enum late_when)when);
}

static const struct hostile_case cases[] = {
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G28_segments_of_1_byte",
     "entropy.dev.1 entropy.dev.2 split.dev.framing.1",
     g28_segments,
     HOSTILE_ALL,
     4,
     {-7, -1, 0, 1}},
    {"G52_source_takes_its_breath",
     "entropy.dev.2 split.dev.used.2",
     g52_breath,
     HOSTILE_ALL,
     4,
     {1, 3, 4, 5}},
    {"G28_buffers_of_the_wrong_direction",
     "entropy.drv.1 split.dev.desc.1 packed.dev.desc.1",
     g28_wrong_way,
     HOSTILE_ALL,
     0,
     {0}},
    {"G50_asks_again_and_again", "entropy.dev.1", g50_asks, HOSTILE_ALL, 0, {0}},
    {"G50_asks_while_it_is_answered",
     "robustness: one queue is not to starve another",
     g50_refills,
     HOSTILE_SPLIT,
     0,
     {0}},
};

int main(void)
{
    return hostile_run("entropy", &entropy_device, cases, sizeof(cases) / sizeof(cases[0]));
}
