/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdio.h>
#include <string.h>

#include "../../../runtime/driver/net/net_common.h"
#include "vwr/gen/features.h"
#include "vwr/mmio.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/vnet.h"

/*
 * Frames from the driver to the device through the transmit queue, each of which the device sends back
 * through the receive queue: two queues of one device, of which the driver arms both before it sleeps. The
 * driver is brought up by its own transport. A frame and a receive buffer are reused as soon as they are
 * free.
 */

#define FRAMES 2u
#define WORD sizeof(uint16_t)
#define FRAME_BYTES 16u
#define BUFFER_BYTES 32u
#define SEND_SIZE 4u /* a frame takes two descriptors: header and data */
#define RECEIVE_SIZE 2u

/* memory[]: receive ring, transmit ring with the header of a frame, receive buffer, frame. */
#define RECEIVE_BYTES 80u
#define SEND_BYTES 208u
#define RECEIVE_AT 0u
#define SEND_AT (RECEIVE_AT + RECEIVE_BYTES)
#define BUFFER_AT (SEND_AT + SEND_BYTES)
#define FRAME_AT (BUFFER_AT + BUFFER_BYTES)
_Static_assert(FRAME_AT + FRAME_BYTES == MEMORY_BYTES, "all of memory[]");

static const struct traffic {
    const char *name;
    bool packed;
    bool event_idx;
    bool sleeps;
    bool reuses_early; /* the driver writes the next frame before this one was sent */
    bool arms_one;     /* the driver arms the receive queue only */
} traffics[] = {
    {.name = "echo split sleeps", .sleeps = true},
    {.name = "echo split event_idx sleeps", .event_idx = true, .sleeps = true},
    {.name = "echo packed sleeps", .packed = true, .sleeps = true},
    {.name = "echo packed event_idx sleeps", .packed = true, .event_idx = true, .sleeps = true},
    {.name = "echo split"},
    {.name = "echo packed", .packed = true},
};

static struct traffic traffic;

static struct world {
    struct vwr_net net;
    struct vwr_mmio mmio;
    struct vwr_net_transmitq send;
    struct vwr_net_receiveq receive;
    struct vwr_net_packet packet;
    struct vwr_receive_buffer buffer;
    uint64_t send_own[VWR_REQUEST_OWN_BYTES(SEND_SIZE, 1) / sizeof(uint64_t) + 1];
    uint64_t receive_own[VWR_QUEUE_OWN_BYTES(RECEIVE_SIZE) / sizeof(uint64_t) + 1];
    struct vwr_vnet device;
    struct vwr_vqueue vqueue[VWR_VNET_QUEUES(1, false)];
    struct vwr_vqueue_entry entries[VWR_VDEV_OWN(VWR_VNET_QUEUES(1, false), SEND_SIZE)];
    unsigned sent; /* frames that the driver has submitted, */
    unsigned reaped;
    unsigned back;
    bool waits; /* a frame of the device, for a receive buffer */
} world;

static uint8_t registers[VWR_MMIO_SIZE];
static const struct vwr_request_options options = {.requests = 1, .segments = 1};

static uint16_t word_of(unsigned frame, unsigned i)
{
    return (uint16_t)(0x5000 + frame * 0x100 + i);
}

/* --- the driver --- */

static void write_frame(unsigned frame)
{
    for (unsigned i = 0; i < FRAME_BYTES / WORD; i++)
        memory_write(memory + FRAME_AT + i * WORD, word_of(frame, i));
}

static bool send_next(void)
{
    if (world.sent == FRAMES || world.sent != world.reaped)
        return false;
    write_frame(world.sent);
    if (vwr_net_submit(&world.send, &world.packet) != VWR_OK)
        search_fail("frame %u is not taken", world.sent);
    search_say(NULL, "has sent frame %u", world.sent);
    world.sent++;
    (void)vwr_net_kick(&world.send);
    if (traffic.reuses_early && world.sent < FRAMES)
        write_frame(world.sent);
    return true;
}

static bool reap_sent(void)
{
    struct vwr_net_packet *done;
    const int n = vwr_net_reap(&world.send, &done, 1);

    if (n < 0)
        search_fail("torn or stale used entry: the driver stops its transmit queue (%d)", n);
    world.reaped += (unsigned)n;
    return n != 0;
}

static bool receive(void)
{
    struct vwr_slice slice;
    const int n = vwr_net_receive_reap(&world.receive, &slice, 1);

    if (n < 0)
        search_fail("torn or stale used entry or packet: the driver stops its receive queue (%d)", n);
    if (n == 0)
        return false;
    if (slice.bytes != FRAME_BYTES || slice.more != 0)
        search_fail("frame %u comes back with %u bytes", world.back, (unsigned)slice.bytes);
    for (unsigned i = 0; i < FRAME_BYTES / WORD; i++)
        memory_read((const uint8_t *)slice.p + i * WORD, word_of(world.back, i));
    search_say(NULL, "has frame %u back", world.back);
    world.back++;
    if (vwr_receive_submit(&world.receive.buffers, slice.buffer) != VWR_OK)
        search_fail("a buffer is not taken back");
    (void)vwr_receive_kick(&world.receive.buffers);
    return true;
}

static void rest(void)
{
    if (!traffic.sleeps) {
        search_wait_for_news();
        return;
    }
    if (vwr_receive_arm(&world.receive.buffers, 1) && (traffic.arms_one || vwr_net_arm(&world.send, 1)))
        search_sleep();
    vwr_queue_disarm(&world.receive.buffers.queue);
    vwr_queue_disarm(&world.send.requests.queue);
}

static void driver(void)
{
    while (world.back < FRAMES || world.reaped < FRAMES) {
        bool some;

        search_poll();
        some = reap_sent();
        some = receive() || some;
        some = send_next() || some;
        if (!some)
            rest();
    }
}

/* --- the device --- */

static int transmit(struct vwr_vnet *n, unsigned pair, struct vwr_vnet_packet *p)
{
    const int r = vwr_vnet_deliver(n, p);

    (void)pair;
    if (r != VWR_OK && r != VWR_EFULL)
        search_fail("the device does not send a frame back: %d", r);
    world.waits = r == VWR_EFULL;
    return r;
}

static void transmitted(struct vwr_vnet *n)
{
    vwr_vnet_signal(n);
}

static void device(void)
{
    struct vwr_vdev *const v = &world.device.service.service.dev;

    while (world.device.stats.sent < FRAMES) {
        const vwr_count before = world.device.stats.sent;

        search_poll();
        if (world.waits)
            vwr_vnet_resume(&world.device);
        else
            vwr_vdev_serve(v, VWR_NET_QUEUE_TRANSMITQ);
        if (v->fault.kind != 0)
            search_fail(
                "torn or stale descriptor: the device takes it for a mistake of the driver (fault %u)",
                (unsigned)v->fault.kind);
        if (world.device.stats.sent != before)
            continue;
        if (traffic.sleeps)
            search_sleep();
        else
            search_wait_for_news();
    }
}

/* --- both --- */

static int set_up(struct vwr_bringup *v, unsigned i)
{
    const struct vwr_queue_memory out = {memory + SEND_AT, SEND_BYTES, world.send_own, sizeof(world.send_own),
                                         SEND_SIZE};
    const struct vwr_queue_memory in = {memory + RECEIVE_AT, RECEIVE_BYTES, world.receive_own,
                                        sizeof(world.receive_own), RECEIVE_SIZE};
    const struct vwr_receive_memory buffers = {memory + BUFFER_AT, (size_t)1 * BUFFER_BYTES, &world.buffer,
                                               1};
    struct vwr_net *const n = &world.net;
    const int r = vwr_receive_setup(&world.receive.buffers, v, VWR_NET_QUEUE_RECEIVEQ, &in, &buffers, 1);

    (void)i;
    if (r != VWR_OK)
        return r;
    n->header = (uint16_t)vwr_net_hdr_size(&v->dev->config.features);
    n->frame_max = FRAME_BYTES;
    n->send_class = vwr_net_send_class;
    n->send_class.header = n->header;
    world.receive.header = n->header;
    world.receive.buffers.skipped = n->header;
    world.receive.buffers_max = 1;
    world.send.net = n;
    world.send.payload_max = FRAME_BYTES - VWR_NET_ETHERNET;
    world.send.requests.segment_bytes_max = FRAME_BYTES;
    world.send.requests.segments_max = 1;
    return vwr_request_setup(&world.send.requests, v, VWR_NET_QUEUE_TRANSMITQ, &n->send_class, &out,
                             &options);
}

static void event(struct vwr_bringup *v, enum vwr_bringup_event what)
{
    vwr_receive_all(v, what);
}

static uint32_t read_register(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    (void)vwr_vmmio_access(&world.device.service.service.dev,
                           (uint64_t)((const volatile uint8_t *)reg - registers), bytes, false, &value);
    return (uint32_t)value;
}

static void write_register(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t wide = value;

    (void)vwr_vmmio_access(&world.device.service.service.dev,
                           (uint64_t)((const volatile uint8_t *)reg - registers), bytes, true, &wide);
}

static void open_device(void)
{
    static const struct vwr_vnet_ops ops = {.transmit = transmit, .transmitted = transmitted};
    static const struct vwr_vm_setup of_vm = {
        .ops = &machine_ops, .region = &machine_region, .region_count = 1};
    static struct vwr_vm vm;
    struct vwr_vnet_options net = {.ops = &ops};
    struct vwr_vdev_setup setup = {.vm = &vm,
                                   .queue = world.vqueue,
                                   .queue_count = VWR_VNET_QUEUES(1, false),
                                   .queue_size = SEND_SIZE,
                                   .own = world.entries,
                                   .own_count = VWR_COUNT(world.entries)};

    vwr_features_add(&setup.features, VWR_F_VERSION_1);
    if (traffic.packed)
        vwr_features_add(&setup.features, VWR_F_RING_PACKED);
    if (traffic.event_idx)
        vwr_features_add(&setup.features, VWR_F_EVENT_IDX);
    if (vwr_vm_init(&vm, &of_vm) != VWR_OK || vwr_vnet_init_with(&world.device, &setup, &net) != VWR_OK)
        search_fail("there is no device");
}

static void open_driver(void)
{
    static const struct vwr_features wanted = {
        {VWR_NET_FEATURES_W0, VWR_NET_FEATURES_W1, VWR_NET_FEATURES_W2, VWR_NET_FEATURES_W3}};
    static const struct vwr_features none = {{0}};
    static const struct vwr_bringup_class card = {VWR_NET_ID,
                                                  sizeof(struct vwr_net),
                                                  __builtin_offsetof(struct vwr_net, info),
                                                  sizeof(struct vwr_net_config_info),
                                                  &wanted,
                                                  vwr_net_feature_rules,
                                                  VWR_NET_FEATURE_RULE_COUNT,
                                                  vwr_net_config_read,
                                                  NULL,
                                                  set_up,
                                                  event,
                                                  NULL,
                                                  vwr_net_config_needs};
    struct vwr_bringup *const v = &world.net.bringup;

    if (vwr_mmio_probe(&world.mmio, registers, sizeof(registers)) != VWR_OK ||
        vwr_bringup_begin(v, &card, &world.mmio.dev) != VWR_OK)
        search_fail("the driver finds no device");
    v->need = &none;
    v->avoid = &none;
    if (vwr_bringup_open(v) != VWR_OK)
        search_fail("the driver does not start the device (fault %u: %#x, %#x)", v->dev->fault.kind,
                    v->dev->fault.where, v->dev->fault.got);
    world.packet.req.vec.p = memory + FRAME_AT;
    world.packet.req.vec.bytes = FRAME_BYTES;
}

static void start(void)
{
    const struct machine m = {
        .sleeps = traffic.sleeps, .read = read_register, .write = write_register, .plain = memory_plain};

    machine_start(&m);
    memset(memory, 0, sizeof(memory));
    memset(&world, 0, sizeof(world));
    open_device();
    open_driver();
}

static void stuck(void)
{
    search_fail("%s: the driver has %u frames of %u back, and %u of %u sent",
                traffic.sleeps ? "lost wake-up: both sleep" : "nothing more happens", world.back, FRAMES,
                world.reaped, FRAMES);
}

static void name_ring(const char *ring, unsigned size, unsigned at, unsigned bytes, char *text, size_t n)
{
    const struct config c = {.packed = traffic.packed, .size = (uint16_t)size};
    const int used = snprintf(text, n, "%s ", ring);

    rings_name_memory(&c, at, bytes, text + used, n - (size_t)used);
}

static void name(const void *p, unsigned bytes, char *text, size_t size)
{
    const unsigned at = (unsigned)((const uint8_t *)p - memory);

    if (at < SEND_AT)
        name_ring("receive", RECEIVE_SIZE, at - RECEIVE_AT, bytes, text, size);
    else if (at < BUFFER_AT)
        name_ring("transmit", SEND_SIZE, at - SEND_AT, bytes, text, size);
    else if (at < FRAME_AT)
        (void)snprintf(text, size, "buffer+%u", at - BUFFER_AT);
    else
        (void)snprintf(text, size, "frame+%u", at - FRAME_AT);
}

static const struct program program = {start, {driver, device}, NULL, stuck, name};

#define TRAFFICS (sizeof(traffics) / sizeof(traffics[0]))

/* Only the rings that sleep, because they have few executions. */
static bool fails(char *where, size_t bytes)
{
    struct outcome o;

    for (unsigned i = 0; i < TRAFFICS; i++) {
        traffic = traffics[i];
        if (!traffic.sleeps)
            continue;
        search(&program, (struct bound){1, WITHOUT_BOUND}, 0, &o);
        if (o.failed) {
            (void)snprintf(where, bytes, "%s: %s", traffic.name, o.what);
            return true;
        }
    }
    return false;
}

/* Mistakes of the driver, and the removal of each barrier. */
static bool check_controls(struct bound bound)
{
    bool good;

    traffic = traffics[0];
    traffic.reuses_early = true;
    good = search_run(&program, "echo split sleeps, a frame reused too early", bound, true);
    traffic = traffics[0];
    traffic.arms_one = true;
    good = search_run(&program, "echo split sleeps, one queue armed", bound, true) && good;
    return sites_are_needed(fails) && good;
}

static bool run(struct bound bound, bool sleeps)
{
    bool good = true;

    for (unsigned i = 0; i < TRAFFICS; i++) {
        traffic = traffics[i];
        if (traffic.sleeps == sleeps)
            good = search_run(&program, traffic.name, bound, false) && good;
    }
    return good;
}

bool echo_run(struct bound bound)
{
    return run(bound, true) && check_controls(bound);
}

bool echo_polled_run(struct bound bound)
{
    return run(bound, false);
}
