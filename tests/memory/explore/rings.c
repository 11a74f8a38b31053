/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "rings.h"

#include "vwr/gen/features.h"
#include "vwr/queue.h"
#include "vwr/vdev.h"
#include "vwr/vqueue.h"

/*
 * A driver that sends buffers and a device that answers them through the library's calls, on one queue in the
 * explorer's memory.
 */

#define SIZE_MOST 4u
#define SLOTS_MOST 3u
#define POSTS_MOST 8u

#define TABLE_BYTES 32u
#define WORD sizeof(uint16_t)

/* A buffer in the driver's memory, which is sent repeatedly. */
struct slot {
    struct vwr_chain chain;
    struct vwr_seg seg[2];
    bool out;
    unsigned post;
};

static const struct config *config;
static uint64_t doorbell;

/* All state that an execution changes, except memory[]. */
static struct world {
    struct vwr_queue queue;
    struct vwr_vqueue vqueue;
    struct vwr_vqueue_entry entries[SIZE_MOST];
    uint64_t own[VWR_QUEUE_OWN_BYTES(SIZE_MOST) / sizeof(uint64_t) + 1];
    struct slot slots[SLOTS_MOST];
    struct vwr_chain refused;
    unsigned sent;
    unsigned back;
    unsigned taken;
    unsigned slot_of[POSTS_MOST]; /* indexed by post */
} world;

static struct world first_world;
static uint8_t first_memory[MEMORY_ROOM];
static const struct config *first_config;

static const struct vwr_memory guest_memory = {.region = &machine_region, .region_count = 1};

/* --- contents of a post --- */

static uint8_t *slot_memory(unsigned slot)
{
    return memory + RINGS_SLOTS + slot * RINGS_SLOT_BYTES;
}

static bool has_out(unsigned post)
{
    return config->shape == BOTH || post % 2 == 0;
}

static bool has_in(unsigned post)
{
    return config->shape == BOTH || post % 2 != 0;
}

/* The device-readable part of a bound buffer has a constant length. */
static uint32_t out_bytes(unsigned post)
{
    return config->bound && config->shape == BOTH ? WORD : (uint32_t)(WORD * (1 + post % 2));
}

static uint32_t in_bytes(unsigned post)
{
    return (uint32_t)(WORD * (1 + post % 3));
}

static uint16_t out_word(unsigned post, unsigned i)
{
    return (uint16_t)(0x1000 + post * 16 + i);
}

static uint16_t in_word(unsigned post, unsigned i)
{
    return (uint16_t)(0x2000 + post * 16 + i);
}

/* --- hooks of the library --- */

/* --- the driver --- */

static void fill(struct slot *s, uint8_t *at, unsigned post)
{
    if (has_out(post)) {
        for (unsigned i = 0; i < out_bytes(post) / WORD; i++)
            memory_write(at + i * WORD, out_word(post, i));
        s->seg[0].addr = explore_dma(at);
        s->seg[0].len = out_bytes(post);
    }
    if (has_in(post)) {
        s->seg[has_out(post)].addr = explore_dma(at + RINGS_SLOT_IN);
        s->seg[has_out(post)].len = in_bytes(post);
    }
}

/* Adds the next buffer; false if no slot or no descriptor is free. */
static bool send_one(void)
{
    const unsigned post = world.sent;
    const unsigned slot = post % config->slots;
    struct slot *const s = &world.slots[slot];
    const struct vwr_seg *changing;
    int r;

    if (post == config->posts)
        return false;
    if (s->out) {
        if (config->mistake == DRIVER_REUSES && has_out(post))
            memory_write(slot_memory(slot), out_word(post, 0));
        return false;
    }
    search_say(NULL, "sends buffer %u", post);
    fill(s, slot_memory(slot), post);
    changing = &s->seg[has_in(post) && has_out(post)];
    r = config->bound ? vwr_queue_post(&world.queue, &s->chain, changing->addr, changing->len, has_in(post))
                      : vwr_queue_add(&world.queue, s->seg, has_out(post), has_in(post), &s->chain);
    if (r == VWR_EFULL)
        return false;
    if (r != VWR_OK)
        search_fail("the driver's queue does not take a buffer: %d", r);
    s->out = true;
    s->post = post;
    world.slot_of[world.sent++] = slot;
    return true;
}

/* A buffer with a segment of 0 bytes is refused; the descriptors already written must not become visible. */
static void try_a_bad_one(void)
{
    const struct vwr_seg seg[2] = {{MACHINE_GUEST_BASE, WORD}, {MACHINE_GUEST_BASE, 0}};

    if (config->refuses && vwr_queue_add(&world.queue, seg, 1, 1, &world.refused) == VWR_OK)
        search_fail("the driver's queue takes a segment of 0 bytes");
}

static void kick(void)
{
    try_a_bad_one();
    if (config->mistake != DRIVER_NO_KICK || world.sent < config->posts)
        (void)vwr_queue_kick(&world.queue);
}

static void send(void)
{
    unsigned n = 0;

    while (send_one())
        if (++n == config->batch) {
            kick();
            n = 0;
        }
    if (n != 0)
        kick();
}

static void receive_one(const struct vwr_chain *chain)
{
    const unsigned slot = (unsigned)((const struct slot *)(const void *)chain - world.slots);
    struct slot *const s = &world.slots[slot];
    const uint32_t written = has_in(s->post) ? in_bytes(s->post) : 0;

    search_say(NULL, "gets buffer %u back, %u bytes", s->post, chain->written);
    if (!s->out)
        search_fail("a buffer comes back a second time");
    if (config->in_order && s->post != world.back)
        search_fail("buffer %u comes back before %u", s->post, world.back);
    if (chain->written != written)
        search_fail("torn or stale length: buffer %u comes back with %u bytes and not %u", s->post,
                    chain->written, written);
    for (unsigned i = 0; i < written / WORD; i++)
        memory_read(slot_memory(slot) + RINGS_SLOT_IN + i * WORD, in_word(s->post, i));
    s->out = false;
    world.back++;
}

static bool receive(void)
{
    struct vwr_chain *chains[SLOTS_MOST] = {NULL};
    int n = config->reap ? vwr_queue_reap(&world.queue, chains, SLOTS_MOST)
                         : vwr_queue_get_used(&world.queue, chains);

    if (n < 0)
        search_fail("torn or stale used entry: the driver takes it for a mistake of the device (%d)", n);
    for (int i = 0; i < n; i++)
        receive_one(chains[i]);
    return n > 0;
}

static void wait_for_interrupt(void)
{
    const unsigned count = config->coalesce ? world.sent - world.back : 1;

    if (vwr_queue_arm(&world.queue, count) || config->mistake == DRIVER_SLEEPS)
        search_sleep();
    vwr_queue_disarm(&world.queue);
}

static void driver(void)
{
    while (world.back < config->posts) {
        search_poll();
        send();
        if (receive())
            continue;
        if (config->sleeps)
            wait_for_interrupt();
        else
            search_wait_for_news();
    }
}

/* --- the device --- */

static void check_seg(const struct vwr_vseg *seg, const uint8_t *at, uint32_t len, unsigned post)
{
    if (seg->at != at || seg->len != len)
        search_fail(
            "torn or stale descriptor: the device gets buffer %u with a segment of %zu bytes at %#zx and not "
            "%u at %#zx",
            post, seg->len, (size_t)(seg->at - memory), len, (size_t)(at - memory));
}

/* Takes and reads the next buffer, which must be the one sent as number `taken`. False if there is none. */
static bool take(struct vwr_vchain *c)
{
    const unsigned post = world.taken;
    int r = vwr_vqueue_pop_avail(&world.vqueue, c);
    uint8_t *at;

    if (r == 1 && config->unpop) {
        vwr_vqueue_unpop(&world.vqueue, c);
        r = vwr_vqueue_pop_avail(&world.vqueue, c);
    }
    if (r == 0)
        return false;
    if (r < 0)
        search_fail(
            "torn or stale descriptor: the device takes it for a mistake of the driver (fault %d, %#llx, "
            "%#llx)",
            (int)world.vqueue.fault, (unsigned long long)world.vqueue.fault_a,
            (unsigned long long)world.vqueue.fault_b);
    if (post >= world.sent)
        search_fail("torn or stale ring: the device gets a buffer that was not sent");
    search_say(NULL, "takes buffer %u", post);
    at = slot_memory(world.slot_of[post]);
    if (c->out != has_out(post) || c->in != has_in(post))
        search_fail(
            "torn or stale descriptor: the device gets buffer %u with %u segments to read and %u to write",
            post, c->out, c->in);
    if (has_out(post))
        check_seg(&c->seg[0], at, out_bytes(post), post);
    if (has_in(post))
        check_seg(&c->seg[c->out], at + RINGS_SLOT_IN, in_bytes(post), post);
    for (unsigned i = 0; has_out(post) && i < out_bytes(post) / WORD; i++)
        memory_read(at + i * WORD, out_word(post, i));
    world.taken++;
    return true;
}

static void signal_driver(void)
{
    if ((config->mistake == DEVICE_NO_SIGNAL && world.taken >= config->posts) ||
        !vwr_vqueue_signal(&world.vqueue))
        return;
    search_say(NULL, "interrupts the driver");
    if (config->sleeps)
        search_wake(DRIVER);
}

/* Accesses the buffer after the device may no longer do so. */
static void make_mistake(unsigned post)
{
    uint8_t *const at = slot_memory(world.slot_of[post]);

    if (config->mistake == DEVICE_READS && has_out(post))
        memory_read(at, out_word(post, 0));
    if (config->mistake == DEVICE_WRITES && has_in(post))
        memory_write(at + RINGS_SLOT_IN, 0xbad);
}

static void give_back(struct vwr_vchain *c, unsigned post)
{
    uint8_t *const at = slot_memory(world.slot_of[post]) + RINGS_SLOT_IN;
    const uint32_t written = has_in(post) ? in_bytes(post) : 0;

    for (unsigned i = 0; i < written / WORD; i++)
        memory_write(at + i * WORD, in_word(post, i));
    search_say(NULL, "gives buffer %u back", post);
    vwr_vqueue_add_used(&world.vqueue, c, written);
    if (!config->signal_each)
        return;
    signal_driver();
    make_mistake(post);
}

/* Answers all available buffers; with `swap`, the second of two is used first. */
static bool serve(void)
{
    struct vwr_vseg segs[2][2];
    struct vwr_vchain chains[2];
    unsigned n = 0;

    for (;;) {
        const unsigned post = world.taken;

        chains[0].seg = segs[0];
        chains[0].room = 2;
        chains[1].seg = segs[1];
        chains[1].room = 2;
        if (!take(&chains[0]))
            break;
        n++;
        if (config->swap && take(&chains[1]))
            give_back(&chains[1], post + 1);
        give_back(&chains[0], post);
    }
    if (!config->signal_each)
        signal_driver();
    return n != 0;
}

static void wait_for_notification(void)
{
    if (vwr_vqueue_arm(&world.vqueue) || config->mistake == DEVICE_SLEEPS)
        search_sleep();
    vwr_vqueue_disarm(&world.vqueue);
}

static void device(void)
{
    while (world.taken < config->posts) {
        search_poll();
        if (serve())
            continue;
        if (config->sleeps)
            wait_for_notification();
        else
            search_wait_for_news();
    }
}

/* --- both --- */

static void set_features(struct vwr_features *f)
{
    vwr_features_clear(f);
    vwr_features_add(f, VWR_F_VERSION_1);
    if (config->packed)
        vwr_features_add(f, VWR_F_RING_PACKED);
    if (config->event_idx)
        vwr_features_add(f, VWR_F_EVENT_IDX);
    if (config->in_order)
        vwr_features_add(f, VWR_F_IN_ORDER);
    if (config->indirect)
        vwr_features_add(f, VWR_F_INDIRECT_DESC);
}

static void prepare_driver(const struct vwr_features *features)
{
    struct vwr_queue_memory m = {memory, RINGS_SLOTS, world.own, sizeof(world.own), config->size};

    vwr_queue_prepare_(&world.queue, &m, m.shared_bytes, config->size, features, false);
    world.queue.doorbell.reg = &doorbell; /* 32 bits */
    for (unsigned i = 0; i < config->slots; i++) {
        struct slot *const s = &world.slots[i];
        uint8_t *const at = slot_memory(i);

        if (config->indirect &&
            vwr_chain_lend_table(&s->chain, at + RINGS_SLOT_TABLE, explore_dma(at + RINGS_SLOT_TABLE),
                                 TABLE_BYTES) != VWR_OK)
            search_fail("a table is not taken");
        s->seg[0].addr = explore_dma(at);
        s->seg[0].len = WORD;
        s->seg[1].addr = explore_dma(at + RINGS_SLOT_IN);
        s->seg[1].len = WORD;
        if (config->bound && vwr_queue_bind(&world.queue, &s->chain, s->seg[0].addr,
                                            config->shape == BOTH ? WORD : 0, 0, 0) != VWR_OK)
            search_fail("a chain is not bound");
    }
}

static void prepare_device(const struct vwr_features *features)
{
    struct vwr_vqueue *const q = &world.vqueue;

    vwr_vqueue_init_(q, &guest_memory, 0, world.entries, SIZE_MOST);
    machine_set_ring(q, config->packed, config->size);
    if (vwr_vqueue_enable_(q, features, false, 0) != VWR_OK)
        search_fail("the device's queue is not enabled");
}

#define LAPS_END 65534u /* two less than the wrap of a 16-bit index */

/* One buffer to the device and back, without threads and choices. */
static void lap_once(void)
{
    struct vwr_vseg segs[2];
    struct vwr_vchain taken = {.seg = segs, .room = 2};
    struct slot *const s = &world.slots[0];
    const bool both = config->shape == BOTH;
    struct vwr_chain *back = NULL;
    int r = config->bound ? vwr_queue_post(&world.queue, &s->chain, s->seg[both].addr, WORD, both)
                          : vwr_queue_add(&world.queue, s->seg, 1, both, &s->chain);

    if (r == VWR_OK) {
        (void)vwr_queue_kick(&world.queue);
        r = vwr_vqueue_pop_avail(&world.vqueue, &taken) - 1;
    }
    if (r == VWR_OK) {
        vwr_vqueue_add_used(&world.vqueue, &taken, 0);
        (void)vwr_vqueue_signal(&world.vqueue);
        r = vwr_queue_get_used(&world.queue, &back) - 1;
    }
    if (r != VWR_OK || back != &s->chain)
        search_fail("a buffer does not come back before there are threads");
}

/* The indices wrap within the next few buffers. */
static void go_to_the_end(void)
{
    for (unsigned i = 0; i < LAPS_END; i++)
        lap_once();
    vwr_queue_disarm(&world.queue);
}

/* Created once, then copied. */
static void start(void)
{
    const struct machine m = {.sleeps = config->sleeps};
    struct vwr_features features;

    machine_start(&m);
    if (first_config != config) {
        memset(memory, 0, sizeof(memory));
        memset(&world, 0, sizeof(world));
        set_features(&features);
        prepare_driver(&features);
        prepare_device(&features);
        if (config->wraps)
            go_to_the_end();
        memcpy(first_memory, memory, sizeof(memory));
        first_world = world;
        first_config = config;
        return;
    }
    memcpy(memory, first_memory, sizeof(memory));
    world = first_world;
}

static void end(void)
{
    if (vwr_queue_in_flight(&world.queue) != 0 || vwr_vqueue_in_flight(&world.vqueue) != 0)
        search_fail("a queue says that something is in flight");
}

static void stuck(void)
{
    if (world.back != config->posts)
        search_fail("%s: %u buffers of %u have come back",
                    config->sleeps ? "lost wake-up: both sleep" : "lost buffer: nothing more happens",
                    world.back, config->posts);
}

/* Readable names of the ring's locations. */
static void name(const void *p, unsigned bytes, char *text, size_t size)
{
    rings_name_memory(config, (unsigned)((const uint8_t *)p - memory), bytes, text, size);
}

static const struct program program = {start, {driver, device}, end, stuck, name};

const struct program *rings_program(const struct config *c)
{
    config = c;
    first_config = NULL;
    return &program;
}
