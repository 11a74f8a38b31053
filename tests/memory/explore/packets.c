/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdio.h>
#include <string.h>

#include "vwr/gen/features.h"
#include "vwr/net.h"
#include "vwr/vm.h"
#include "vwr/vnet.h"

/*
 * Packets from the device to the driver, through the receive queue and the joining of buffers of the network
 * driver, and the delivery of the network device: some packets take several buffers.
 */

#define SIZE 4u
#define BUFFERS 3u
#define STRIDE 32u
#define PACKETS 3u
#define WORD sizeof(uint16_t)
#define FRAME_MOST 40u

static const unsigned frame_bytes[PACKETS] = {40, 16, 38}; /* two buffers, one, two */

static const struct traffic {
    const char *name;
    bool packed;
    bool event_idx;
    bool sleeps;
    bool in_order;
    bool submits_early; /* the driver returns buffers before it has read them */
} traffics[] = {
    {.name = "receive split"},
    {.name = "receive split event_idx sleeps", .event_idx = true, .sleeps = true},
    {.name = "receive split in_order sleeps", .in_order = true, .sleeps = true},
    {.name = "receive packed", .packed = true},
    {.name = "receive packed event_idx sleeps", .packed = true, .event_idx = true, .sleeps = true},
};

static struct traffic traffic;

static struct world {
    struct vwr_net_receiveq driver;
    struct vwr_receive_buffer buffer[BUFFERS];
    uint64_t own[VWR_QUEUE_OWN_BYTES(SIZE) / sizeof(uint64_t) + 1];
    struct vwr_vnet device;
    struct vwr_vqueue vqueue;
    struct vwr_vqueue_entry entries[SIZE];
    unsigned delivered;
    unsigned back;
} world;

static uint64_t doorbell;
static struct vwr_vm vm;

static uint16_t word_of(unsigned packet, unsigned i)
{
    return (uint16_t)(0x3000 + packet * 0x100 + i);
}

/* --- the driver --- */

/* Reads a part of a packet. Returns its number of words. */
static unsigned read_part(unsigned packet, unsigned from, const struct vwr_slice *s)
{
    const uint8_t *const at = s->p;

    for (unsigned i = 0; i < s->bytes / WORD; i++)
        memory_read(at + i * WORD, word_of(packet, from + i));
    return (unsigned)(s->bytes / WORD);
}

static void read_packets(const struct vwr_slice *slice, unsigned n)
{
    unsigned words = 0;

    for (unsigned i = 0; i < n; i++) {
        if (traffic.submits_early) {
            (void)vwr_receive_submit(&world.driver.buffers, slice[i].buffer);
            (void)vwr_receive_kick(&world.driver.buffers);
        }
        words += read_part(world.back, words, &slice[i]);
        if (slice[i].more != 0)
            continue;
        if (words * WORD != frame_bytes[world.back])
            search_fail("packet %u has %u bytes and not %u", world.back, words * (unsigned)WORD,
                        frame_bytes[world.back]);
        search_say(NULL, "has read packet %u", world.back);
        world.back++;
        words = 0;
    }
    if (words != 0)
        search_fail("a part of packet %u arrives without the rest", world.back);
}

static bool receive(void)
{
    struct vwr_slice slice[BUFFERS];
    const int n = vwr_net_receive_reap(&world.driver, slice, BUFFERS);

    if (n < 0)
        search_fail("torn or stale used entry or packet: the driver stops its queue (%d)", n);
    read_packets(slice, (unsigned)n);
    for (int i = 0; i < n && !traffic.submits_early; i++)
        if (vwr_receive_submit(&world.driver.buffers, slice[i].buffer) != VWR_OK)
            search_fail("a buffer is not taken back");
    (void)vwr_receive_kick(&world.driver.buffers);
    return n > 0;
}

static void driver(void)
{
    while (world.back < PACKETS) {
        search_poll();
        if (receive())
            continue;
        if (!traffic.sleeps) {
            search_wait_for_news();
            continue;
        }
        if (vwr_receive_arm(&world.driver.buffers, 1))
            search_sleep();
        vwr_queue_disarm(&world.driver.buffers.queue);
    }
}

/* --- the device --- */

/* False: the driver has posted too few buffers. */
static bool deliver(unsigned packet)
{
    uint16_t frame[FRAME_MOST / WORD];
    const struct vwr_vseg seg = {(uint8_t *)frame, frame_bytes[packet]};
    struct vwr_vnet_packet p;
    int r;

    for (unsigned i = 0; i < FRAME_MOST / WORD; i++)
        frame[i] = word_of(packet, i);
    r = vwr_vnet_fill(&p, &seg, 1);
    if (r == VWR_OK)
        r = vwr_vnet_deliver(&world.device, &p);
    if (r != VWR_OK && r != VWR_EFULL)
        search_fail("the device does not deliver packet %u: %d", packet, r);
    if (world.device.service.service.dev.fault.kind != 0)
        search_fail("torn or stale descriptor: the device takes it for a mistake of the driver (fault %u)",
                    (unsigned)world.device.service.service.dev.fault.kind);
    return r == VWR_OK;
}

static void device(void)
{
    while (world.delivered < PACKETS) {
        search_poll();
        if (deliver(world.delivered)) {
            search_say(NULL, "has delivered packet %u", world.delivered);
            world.delivered++;
            vwr_vnet_signal(&world.device);
        } else if (traffic.sleeps) {
            search_sleep();
        } else {
            search_wait_for_news();
        }
    }
}

/* --- both --- */

static void set_features(struct vwr_features *f)
{
    vwr_features_clear(f);
    vwr_features_add(f, VWR_F_VERSION_1);
    vwr_features_add(f, VWR_NET_F_MRG_RXBUF);
    if (traffic.packed)
        vwr_features_add(f, VWR_F_RING_PACKED);
    if (traffic.event_idx)
        vwr_features_add(f, VWR_F_EVENT_IDX);
    if (traffic.in_order)
        vwr_features_add(f, VWR_F_IN_ORDER);
}

/* All buffers are posted before there are threads. */
static void prepare_driver(const struct vwr_features *features)
{
    struct vwr_net_receiveq *const q = &world.driver;
    const struct vwr_queue_memory m = {memory, RINGS_SLOTS, world.own, sizeof(world.own), SIZE};
    const struct vwr_receive_memory buffers = {memory + RINGS_SLOTS, (size_t)BUFFERS * STRIDE, world.buffer,
                                               BUFFERS};

    vwr_queue_prepare_(&q->buffers.queue, &m, m.shared_bytes, SIZE, features, false);
    q->buffers.queue.doorbell.reg = &doorbell;
    q->header = (uint16_t)vwr_net_hdr_size(features);
    q->buffers_max = BUFFERS;
    if (vwr_receive_start(&q->buffers, &buffers, 1) != VWR_OK)
        search_fail("the buffers are not posted");
    q->buffers.skipped = q->header;
    (void)vwr_receive_kick(&q->buffers);
}

static void prepare_device(const struct vwr_features *features)
{
    struct vwr_vnet *const n = &world.device;
    struct vwr_vdev *const v = &n->service.service.dev;
    struct vwr_vqueue *const q = &world.vqueue;
    const struct vwr_vm_setup s = {.ops = &machine_ops, .region = &machine_region, .region_count = 1};

    if (vwr_vm_init(&vm, &s) != VWR_OK)
        search_fail("there is no VM");
    v->vm = &vm;
    v->queue = q;
    v->queues = 1;
    v->accepted = *features;
    v->budget = VWR_VDEV_BUDGET;
    v->budget_bytes = VWR_VDEV_BUDGET_BYTES;
    vwr_vqueue_init_(q, &vm.memory, 0, world.entries, SIZE);
    machine_set_ring(q, traffic.packed, SIZE);
    if (vwr_vqueue_enable_(q, features, false, 0) != VWR_OK)
        search_fail("the device's queue is not enabled");
    v->live = true;
    n->link = true;
    n->active = 1;
    n->merge = true;
    n->header = (uint16_t)vwr_net_hdr_size(features);
    n->frame_max = FRAME_MOST;
}

static void start(void)
{
    const struct machine m = {.sleeps = traffic.sleeps, .plain = memory_plain};
    struct vwr_features features;

    machine_start(&m);
    memset(memory, 0, sizeof(memory));
    memset(&world, 0, sizeof(world));
    set_features(&features);
    prepare_driver(&features);
    prepare_device(&features);
}

static void stuck(void)
{
    search_fail("%s: the driver has %u packets of %u",
                traffic.sleeps ? "lost wake-up: both sleep" : "nothing more happens", world.back, PACKETS);
}

static void name(const void *p, unsigned bytes, char *text, size_t size)
{
    const struct config ring = {.packed = traffic.packed, .size = SIZE};
    const unsigned at = (unsigned)((const uint8_t *)p - memory);

    if (at < RINGS_SLOTS)
        rings_name_memory(&ring, at, bytes, text, size);
    else
        (void)snprintf(text, size, "buffer %u+%u", (at - RINGS_SLOTS) / STRIDE, (at - RINGS_SLOTS) % STRIDE);
}

static const struct program program = {start, {driver, device}, NULL, stuck, name};

#define TRAFFICS (sizeof(traffics) / sizeof(traffics[0]))

static bool fails_somewhere(bool submits_early, char *where, size_t bytes)
{
    struct outcome o;

    for (unsigned i = 0; i < TRAFFICS; i++) {
        traffic = traffics[i];
        traffic.submits_early = submits_early;
        search(&program, (struct bound){1, WITHOUT_BOUND}, 0, &o);
        if (o.failed) {
            (void)snprintf(where, bytes, "%s: %s", traffic.name, o.what);
            return true;
        }
    }
    return false;
}

static bool fails(char *where, size_t bytes)
{
    return fails_somewhere(false, where, bytes);
}

/*
 * Removes each barrier that these programs reach; and runs a driver that returns buffers which it has not
 * read.
 */
static bool check_controls(void)
{
    char where[300];
    const bool good = fails_somewhere(true, where, sizeof(where));

    (void)printf("the driver gives buffers back before it reads them: %s\n", good ? where : "NOT FOUND");
    return sites_are_needed(fails) && good;
}

bool receive_run(struct bound bound)
{
    bool good = true;

    for (unsigned i = 0; i < TRAFFICS; i++) {
        traffic = traffics[i];
        good = search_run(&program, traffic.name, bound, false) && good;
    }
    return check_controls() && good;
}
