/* SPDX-License-Identifier: MIT */
#include "late.h"

#include "vwr/vconsole.h"
#include "vwr/vm.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <stdlib.h>
#include <string.h>

/*
 * A console of two ports, and guests that send nonsense, too little or too much, or make no buffers
 * available.
 */

#define PORTS 2u
#define SIZE 8u
#define OUT_BYTES 4096u
#define AT(n) (GUEST_DATA + 0x100u * (n)) /* buffers, far apart */
#define WRITE ((uint16_t)VWR_VIRTQ_DESC_F_WRITE)
#define INPUT VWR_CONSOLE_QUEUE_RECEIVEQ
#define OUTPUT VWR_CONSOLE_QUEUE_TRANSMITQ
#define FROM_DEVICE VWR_CONSOLE_QUEUE_CONTROL_RECEIVEQ
#define TO_DEVICE VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ
#define NOBODY UINT32_MAX
#define MESSAGE sizeof(struct vwr_console_control)
#define NAME "org.example.0123456789"
#define POISON 0xa5u

struct vmm {
    struct vwr_vconsole c;
    struct vwr_vconsole_port port[PORTS];
    struct guest *g;
    uint8_t out[PORTS][OUT_BYTES];
    uint32_t outs[PORTS];
    uint32_t take; /* bytes that output accepts until the next resume */
    unsigned calls;
    bool open[PORTS];
    void (*on_output)(struct guest *g);
};

static struct vmm *vmm_of(struct guest *g)
{
    return g->device;
}

static uint32_t output(struct vwr_vconsole *c, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct vmm *const m = c->context;
    const uint32_t taken = n < m->take ? n : m->take;

    for (uint32_t i = 0; i < taken; i++)
        m->out[port][m->outs[port]++ % OUT_BYTES] = bytes[i];
    m->take -= taken;
    m->calls++;
    if (m->on_output != NULL)
        m->on_output(m->g);
    return taken;
}

static void opened(struct vwr_vconsole *c, unsigned port, bool open)
{
    ((struct vmm *)c->context)->open[port] = open;
}

static const struct vwr_vconsole_ops ops = {output, NULL, opened};

static void plug_ports(struct guest *g)
{
    struct vmm *const m = g->device = calloc(1, sizeof(*m));
    const struct vwr_vconsole_options o = {&ops, m, m->port, PORTS, 80, 25, true};
    struct vwr_vdev_setup s;

    assert_non_null(m);
    m->g = g;
    m->take = UINT32_MAX;
    m->port[0].console = true;
    m->port[1].name = NAME;
    guest_setup(g, &s);
    assert_int_equal(vwr_vconsole_init_with(&m->c, &s, &o), VWR_OK);
    guest_plug(g, 0, &m->c.dev);
    vwr_features_add(&g->features, VWR_CONSOLE_F_SIZE);
    vwr_features_add(&g->features, VWR_CONSOLE_F_MULTIPORT);
    g->queues = VWR_VCONSOLE_QUEUES(PORTS);
    assert_true(guest_start(g));
}

static void unplug(struct guest *g)
{
    vwr_vm_remove(&g->vm, 0);
    free(g->device);
}

/* ---- actions of a guest ---- */

static void poison(struct guest *g, uint64_t addr, uint32_t bytes)
{
    memset(guest_at(g, addr, bytes), POISON, bytes);
}

static void assert_poison(struct guest *g, uint64_t addr, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, addr + i, 1), POISON);
}

/* Writes a control message to `addr`. */
static void put_message(struct guest *g, uint64_t addr, uint32_t port, unsigned event, unsigned value)
{
    struct vwr_console_control c;

    c.id = vwr_guest32(g->legacy, port);
    c.event = vwr_guest16(g->legacy, (uint16_t)event);
    c.value = vwr_guest16(g->legacy, (uint16_t)value);
    memcpy(guest_at(g, addr, sizeof(c)), &c, sizeof(c));
}

/* Sends a control message. The device uses its buffer with length 0, whatever it contains. */
static void say(struct guest *g, uint32_t port, unsigned event, unsigned value)
{
    put_message(g, AT(0), port, event, value);
    hostile_send_one(g, TO_DEVICE, AT(0), MESSAGE, 0);
    hostile_used(g, TO_DEVICE, 0);
    hostile_unused(g, TO_DEVICE);
}

/* Makes buffer n available for a message of the device. */
static void listen(struct guest *g, unsigned n, uint32_t bytes)
{
    poison(g, AT(16 + n), 0x100);
    hostile_send_one(g, FROM_DEVICE, AT(16 + n), bytes, WRITE);
}

/* Checks the message that the device wrote to it. */
static void assert_heard(struct guest *g, unsigned n, uint32_t port, unsigned event, unsigned value,
                         uint32_t bytes)
{
    const struct vwr_console_control *const c = guest_at(g, AT(16 + n), MESSAGE);

    hostile_used(g, FROM_DEVICE, bytes);
    assert_int_equal(vwr_guest32(g->legacy, c->id), port);
    assert_int_equal(vwr_guest16(g->legacy, c->event), event);
    assert_int_equal(vwr_guest16(g->legacy, c->value), value);
    assert_poison(g, AT(16 + n) + bytes, 0x100 - bytes);
}

/* The correct start-up dialogue of both ports, which are open afterwards. */
static void bring_up(struct guest *g)
{
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    for (unsigned i = 0; i < 2; i++)
        listen(g, i, 64);
    assert_heard(g, 0, 0, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
    assert_heard(g, 1, 1, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
    say(g, 0, VWR_CONSOLE_PORT_READY, 1);
    say(g, 1, VWR_CONSOLE_PORT_READY, 1);
    for (unsigned i = 0; i < 5; i++)
        listen(g, i, 64);
    assert_heard(g, 0, 0, VWR_CONSOLE_CONSOLE_PORT, 1, MESSAGE);
    assert_heard(g, 1, 0, VWR_CONSOLE_RESIZE, 1, MESSAGE + 4);
    assert_heard(g, 2, 0, VWR_CONSOLE_PORT_OPEN, 1, MESSAGE);
    assert_heard(g, 3, 1, VWR_CONSOLE_PORT_NAME, 1, MESSAGE + sizeof(NAME) - 1);
    assert_memory_equal(guest_at(g, AT(16 + 3) + MESSAGE, sizeof(NAME)), NAME, sizeof(NAME) - 1);
    hostile_unused(g, FROM_DEVICE); /* the fifth buffer waits */
    say(g, 0, VWR_CONSOLE_PORT_OPEN, 1);
    say(g, 1, VWR_CONSOLE_PORT_OPEN, 1);
    assert_true(vmm_of(g)->open[0] && vmm_of(g)->open[1]);
}

static void works(struct guest *g)
{
    struct vmm *const m = vmm_of(g);

    m->take = UINT32_MAX;
    m->on_output = NULL;
    g->broke = 0;
    g->queues = VWR_VCONSOLE_QUEUES(PORTS);
    vwr_features_add(&g->features, VWR_CONSOLE_F_MULTIPORT);
    assert_true(guest_start(g));
    assert_false(m->open[0] || m->open[1]);
    bring_up(g);
    for (unsigned port = 0; port < PORTS; port++) {
        const unsigned in = port == 0 ? INPUT : vwr_console_queue_port_receiveq_at(0);
        const unsigned out = port == 0 ? OUTPUT : vwr_console_queue_port_transmitq_at(0);

        m->outs[port] = 0;
        memcpy(guest_at(g, AT(1), 5), "works", 5);
        hostile_send_one(g, out, AT(1), 5, 0);
        hostile_used(g, out, 0);
        assert_int_equal(m->outs[port], 5);
        assert_memory_equal(m->out[port], "works", 5);
        poison(g, AT(2), 16);
        hostile_send_one(g, in, AT(2), 16, WRITE);
        assert_int_equal(vwr_vconsole_input(&m->c, port, "too", 3), 3);
        hostile_used(g, in, 3);
        assert_memory_equal(guest_at(g, AT(2), 3), "too", 3);
        assert_poison(g, AT(2) + 3, 13);
    }
    hostile_is_whole(g);
}

static const struct hostile_device console_device = {plug_ports, works, unplug};

/* ---- bytes ---- */

/* Segments of 1, 2, 3 … bytes of the pattern, far apart. Returns their total length. */
static uint32_t make_segments(struct guest *g, struct guest_desc *segment, unsigned segments, uint8_t *all)
{
    uint32_t bytes = 0;

    for (unsigned i = 0; i < segments; i++) {
        segment[i] = (struct guest_desc){AT(i), i + 1, 0, 0};
        guest_fill(g, AT(i), i + 1, i);
        memcpy(all + bytes, guest_at(g, AT(i), i + 1), i + 1);
        bytes += i + 1;
    }
    return bytes;
}

/* Output of all bytes of `at` segments, on each port, over many wraps of the ring. */
static void g28_output(struct guest *g, long long at)
{
    static const unsigned queues[PORTS] = {OUTPUT, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ};
    struct vmm *const m = vmm_of(g);
    struct guest_desc segment[SIZE];
    uint8_t all[64];
    const uint32_t bytes = make_segments(g, segment, (unsigned)at, all);

    for (unsigned i = 0; i < 3 * SIZE; i++) {
        const unsigned port = i % PORTS;

        m->outs[port] = 0;
        hostile_send(g, queues[port], segment, (unsigned)at);
        hostile_used(g, queues[port], 0);
        assert_int_equal(m->outs[port], bytes);
        assert_memory_equal(m->out[port], all, bytes);
    }
}

/*
 * The VMM accepts `at` bytes more or fewer than a segment has, and the rest later: each byte is output once.
 */
static void g28_output_stalls(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    struct guest_desc segment[SIZE];
    uint8_t all[64];
    const uint32_t bytes = make_segments(g, segment, SIZE, all);
    unsigned calls;

    for (uint32_t end = 1; end < bytes; end++) {
        m->outs[0] = 0;
        m->take = end + (uint32_t)at;
        hostile_lend(g, OUTPUT, segment, SIZE);
        m->calls = 0;
        guest_kick(g, OUTPUT);
        calls = m->calls;
        assert_true(calls <= SIZE);
        guest_kick(g, OUTPUT); /* to no effect */
        assert_int_equal(m->calls, calls);
        assert_int_equal(m->outs[0], end + at < bytes ? end + at : bytes);
        if (m->outs[0] < bytes)
            hostile_unused(g, OUTPUT);
        m->take = 0;
        vwr_vconsole_resume(&m->c, 0);
        m->take = UINT32_MAX;
        vwr_vconsole_resume(&m->c, 0);
        hostile_used(g, OUTPUT, 0);
        assert_int_equal(m->outs[0], bytes);
        assert_memory_equal(m->out[0], all, bytes);
    }
}

/* The guest shortens a waiting buffer: it harms only itself. */
static void g28_shrinks(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    guest_fill(g, AT(0), 40, 1);
    m->take = 20;
    hostile_send_one(g, OUTPUT, AT(0), 40, 0);
    assert_int_equal(m->outs[0], 20);
    if (!g->packed)
        guest_desc(g, OUTPUT, 0, AT(0), 20 + (uint32_t)at, 0, 0);
    else
        guest_desc(g, OUTPUT, 0, AT(0), 20 + (uint32_t)at, VWR_VIRTQ_DESC_F_AVAIL, 0);
    m->take = UINT32_MAX;
    vwr_vconsole_resume(&m->c, 0);
    hostile_used(g, OUTPUT, 0);
    assert_int_equal(m->outs[0], at > 0 ? 20 + at : 20);
}

/* A segment in two regions, which lie apart in the host. */
static void g17_output(struct guest *g, long long at)
{
    const uint64_t addr = GUEST_HIGH - 8 + (uint64_t)at;
    struct vmm *const m = vmm_of(g);

    guest_fill(g, addr, 16, 3);
    hostile_send_one(g, OUTPUT, addr, 16, 0);
    assert_int_equal(m->outs[0], 16);
    for (unsigned i = 0; i < 16; i++)
        assert_int_equal(m->out[0][i], *(uint8_t *)guest_at(g, addr + i, 1));
    poison(g, GUEST_HIGH - 16, 16);
    poison(g, GUEST_HIGH, 16);
    bring_up(g);
    hostile_lend_one(g, INPUT, addr, 16, WRITE);
    assert_int_equal(vwr_vconsole_input(&m->c, 0, "0123456789", 10), 10);
    hostile_used(g, INPUT, 10);
    for (unsigned i = 0; i < 10; i++)
        assert_int_equal(*(uint8_t *)guest_at(g, addr + i, 1), '0' + i);
    assert_int_equal(*(uint8_t *)guest_at(g, addr + 10, 1), POISON);
}

/* A chain of segments of 1 byte, with more or less input than fits. */
static void g28_input(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const uint32_t given = (uint32_t)(SIZE + at);
    const uint32_t fits = given < SIZE ? given : SIZE;
    struct guest_desc segment[SIZE];

    bring_up(g);
    for (unsigned i = 0; i < SIZE; i++) {
        segment[i] = (struct guest_desc){AT(i), 1, WRITE, 0};
        poison(g, AT(i), 2);
    }
    hostile_send(g, INPUT, segment, SIZE);
    assert_int_equal(vwr_vconsole_input(&m->c, 0, "0123456789", given), fits);
    hostile_used(g, INPUT, fits);
    for (unsigned i = 0; i < SIZE; i++) {
        assert_int_equal(*(uint8_t *)guest_at(g, AT(i), 1), i < fits ? '0' + i : POISON);
        assert_poison(g, AT(i) + 1, 1);
    }
}

/* Buffers with the wrong direction complete unused, and the following buffers are served. */
static void g28_wrong_way(struct guest *g, long long at)
{
    const struct guest_desc both[2] = {{AT(0), 8, 0, 0}, {AT(1), 8, WRITE, 0}};
    struct vmm *const m = vmm_of(g);

    (void)at;
    bring_up(g);
    m->outs[0] = 0;
    poison(g, AT(1), 16);
    hostile_lend_one(g, OUTPUT, AT(1), 8, WRITE);
    hostile_send(g, OUTPUT, both, 2);
    hostile_used(g, OUTPUT, 0);
    hostile_used(g, OUTPUT, 0);
    assert_int_equal(m->outs[0], 8);
    assert_poison(g, AT(1), 16);
    hostile_lend_one(g, INPUT, AT(0), 8, 0);
    hostile_send(g, INPUT, both, 2);
    assert_int_equal(vwr_vconsole_input(&m->c, 0, "input", 5), 5);
    hostile_used(g, INPUT, 0);
    hostile_used(g, INPUT, 5);
    assert_memory_equal(guest_at(g, AT(1), 5), "input", 5);
    assert_poison(g, AT(1) + 5, 8);
}

/* ---- control messages ---- */

/*
 * A message of `at` bytes: one that is too short has no effect; bytes beyond a message's length are ignored.
 */
static void g30_length(struct guest *g, long long at)
{
    put_message(g, AT(0), NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    hostile_send_one(g, TO_DEVICE, AT(0), (uint32_t)at, 0);
    hostile_used(g, TO_DEVICE, 0);
    listen(g, 0, 64);
    assert_int_equal(vmm_of(g)->c.ignored, at < (long)MESSAGE ? 1 : 0);
    if (at < (long)MESSAGE)
        hostile_unused(g, FROM_DEVICE);
    else
        assert_heard(g, 0, 0, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
}

/* A message in segments of 1 byte, each at its own address. */
static void g30_segments(struct guest *g, long long at)
{
    struct guest_desc segment[MESSAGE];

    (void)at;
    put_message(g, AT(0), NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    for (unsigned i = 0; i < MESSAGE; i++) {
        segment[i] = (struct guest_desc){AT(i + 1), 1, 0, 0};
        memcpy(guest_at(g, AT(i + 1), 1), guest_at(g, AT(0) + i, 1), 1);
    }
    hostile_send(g, TO_DEVICE, segment, MESSAGE);
    hostile_used(g, TO_DEVICE, 0);
    listen(g, 0, 64);
    assert_heard(g, 0, 0, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
}

/* Unknown events, and events that only the device sends. */
static void g30_event(struct guest *g, long long at)
{
    bring_up(g);
    say(g, 0, (unsigned)at, 1);
    assert_int_equal(vmm_of(g)->c.ignored, 1);
    hostile_unused(g, FROM_DEVICE);
    hostile_is_whole(g);
}

/* Port numbers from the first invalid one on. */
static void g30_port(struct guest *g, long long at)
{
    const uint32_t port = at == 2 ? UINT32_MAX : PORTS + (uint32_t)at;
    const bool there = at < 0;

    bring_up(g);
    say(g, port, VWR_CONSOLE_PORT_READY, 1);
    say(g, port, VWR_CONSOLE_PORT_OPEN, 0);
    assert_int_equal(vmm_of(g)->c.ignored, there ? 0 : 2);
    assert_int_equal(vmm_of(g)->open[1], !there);
    hostile_is_whole(g);
}

/* Messages that come too early, and messages that come twice: no port is added twice. */
static void g30_time(struct guest *g, long long at)
{
    (void)at;
    say(g, 0, VWR_CONSOLE_PORT_READY, 1);
    say(g, 0, VWR_CONSOLE_PORT_OPEN, 1);
    assert_int_equal(vmm_of(g)->c.ignored, 2);
    assert_false(vmm_of(g)->open[0]);
    listen(g, 0, 64);
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 0); /* the driver has failed: the device sends it nothing */
    hostile_unused(g, FROM_DEVICE);
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    assert_heard(g, 0, 0, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
    say(g, 1, VWR_CONSOLE_PORT_READY, 1); /* port 1 was not added yet */
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 0);
    assert_int_equal(vmm_of(g)->c.ignored, 5);
    for (unsigned i = 1; i < 4; i++)
        listen(g, i, 64);
    assert_heard(g, 1, 1, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
    hostile_unused(g, FROM_DEVICE);
}

/* A port that the driver could not add gets no messages, and opens nothing. */
static void g30_failed_port(struct guest *g, long long at)
{
    (void)at;
    bring_up(g);
    say(g, 1, VWR_CONSOLE_PORT_READY, 0);
    vwr_vconsole_open_port(&vmm_of(g)->c, 1, true);
    hostile_unused(g, FROM_DEVICE);
    say(g, 1, VWR_CONSOLE_PORT_OPEN, 1);
    assert_int_equal(vmm_of(g)->c.ignored, 1);
    vwr_vconsole_open_port(&vmm_of(g)->c, 1, false);
}

/* A message into a buffer of `at` bytes: the device writes what fits, and not a byte more. */
static void g27_short(struct guest *g, long long at)
{
    const uint32_t room = (uint32_t)at;
    const uint32_t lengths[] = {MESSAGE, MESSAGE, MESSAGE, MESSAGE + 4, MESSAGE, MESSAGE + sizeof(NAME) - 1};

    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    listen(g, 0, room);
    listen(g, 1, room);
    say(g, 0, VWR_CONSOLE_PORT_READY, 1);
    say(g, 1, VWR_CONSOLE_PORT_READY, 1);
    for (unsigned i = 2; i < 6; i++)
        listen(g, i, room);
    for (unsigned i = 0; i < 6; i++) {
        const uint32_t wanted = lengths[i] < room ? lengths[i] : room;

        hostile_used(g, FROM_DEVICE, wanted);
        assert_poison(g, AT(16 + i) + wanted, 0x100 - wanted);
    }
    hostile_is_whole(g);
}

/* A message buffer that is not writable, and one in segments of 1 byte. */
static void g27_no_room(struct guest *g, long long at)
{
    struct guest_desc segment[SIZE];

    (void)at;
    say(g, NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    poison(g, AT(1), 16);
    hostile_send_one(g, FROM_DEVICE, AT(1), 16, 0);
    hostile_used(g, FROM_DEVICE, 0);
    assert_poison(g, AT(1), 16);
    for (unsigned i = 0; i < SIZE; i++)
        segment[i] = (struct guest_desc){AT(16) + i, 1, WRITE, 0};
    poison(g, AT(16), 0x100);
    hostile_send(g, FROM_DEVICE, segment, SIZE);
    assert_heard(g, 0, 1, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
}

/*
 * The guest makes no buffer available, while both sides send messages: the number of pending messages is
 * bounded.
 */
static void g50_nobody_listens(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    bring_up(g);
    listen(g, 5, 64); /* the fifth buffer of bring_up waits in front of it */
    say(g, 0, VWR_CONSOLE_PORT_READY, 1);
    assert_heard(g, 4, 0, VWR_CONSOLE_CONSOLE_PORT, 1, MESSAGE);
    assert_heard(g, 5, 0, VWR_CONSOLE_RESIZE, 1, MESSAGE + 4);
    for (unsigned i = 0; i < 3000; i++) {
        say(g, i % PORTS, VWR_CONSOLE_PORT_READY, 1);
        say(g, i % PORTS, VWR_CONSOLE_PORT_OPEN, i % 3);
        vwr_vconsole_open_port(&m->c, 1, i % 2 == 0);
        vwr_vconsole_resize(&m->c, 0, (uint16_t)i, 50);
        vwr_vconsole_plug(&m->c, 1, i % 5 != 0);
    }
    vwr_vconsole_plug(&m->c, 1, true);
    for (unsigned i = 0; i < 5; i++)
        listen(g, i, 64);
    assert_heard(g, 0, 0, VWR_CONSOLE_CONSOLE_PORT, 1, MESSAGE);
    assert_heard(g, 1, 0, VWR_CONSOLE_RESIZE, 1, MESSAGE + 4);
    assert_heard(g, 2, 0, VWR_CONSOLE_PORT_OPEN, 1, MESSAGE);
    assert_heard(g, 3, 1, VWR_CONSOLE_DEVICE_REMOVE, 1, MESSAGE);
    assert_heard(g, 4, 1, VWR_CONSOLE_DEVICE_ADD, 1, MESSAGE);
    listen(g, 5, 64);
    hostile_unused(g, FROM_DEVICE);
}

/* ---- timing ---- */

static void refill(struct guest *g)
{
    log_again(); /* the guest has rewritten what was fetched */
    hostile_lend_one(g, OUTPUT, AT(0), 1, 0);
}

/*
 * A guest that makes buffers available during its own output gets its budget, and then others are served. In
 * a packed ring it would write where the device is about to write; rings_times.c has that case.
 */
static void g50_refills(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    g->budget = 1u << 20;
    m->on_output = refill;
    refill(g);
    for (unsigned pass = 1; pass < 4; pass++) {
        guest_kick(g, OUTPUT);
        assert_int_equal(m->outs[0], pass * VWR_VDEV_BUDGET);
        assert_int_equal(g->again, pass);
        hostile_lend_one(g, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ, AT(1), 7, 0);
        m->on_output = NULL;
        guest_kick(g, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ);
        m->on_output = refill;
        assert_int_equal(m->outs[1], pass * 7);
    }
    hostile_is_whole(g);
}

/*
 * Without MULTIPORT: the device ignores queues that do not exist, though the guest has set them up and
 * notifies.
 */
static void g43_no_ports(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    vwr_features_remove(&g->features, VWR_CONSOLE_F_MULTIPORT);
    assert_true(guest_start(g));
    put_message(g, AT(0), NOBODY, VWR_CONSOLE_DEVICE_READY, 1);
    poison(g, AT(1), 64);
    hostile_lend_one(g, TO_DEVICE, AT(0), MESSAGE, 0);
    hostile_lend_one(g, FROM_DEVICE, AT(1), 32, WRITE);
    hostile_lend_one(g, VWR_CONSOLE_QUEUE_PORT_TRANSMITQ, AT(0), 4, 0);
    hostile_lend_one(g, VWR_CONSOLE_QUEUE_PORT_RECEIVEQ, AT(1) + 32, 32, WRITE);
    for (unsigned queue = FROM_DEVICE; queue < g->queues; queue++)
        guest_kick(g, queue);
    assert_int_equal(vwr_vconsole_input(&m->c, 1, "x", 1), 0);
    vwr_vconsole_open_port(&m->c, 1, true);
    vwr_vconsole_plug(&m->c, 1, false);
    vwr_vconsole_plug(&m->c, 1, true);
    vwr_vconsole_open_port(&m->c, 1, false);
    for (unsigned queue = FROM_DEVICE; queue < g->queues; queue++)
        hostile_unused(g, queue);
    assert_int_equal(m->outs[1], 0);
    assert_poison(g, AT(1), 64);
    hostile_is_whole(g);
}

/*
 * A reset while output, input and messages wait: whatever the VMM does afterwards, guest memory stays
 * unchanged.
 */
static void g46_reset(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *const before = malloc(GUEST_LOW_BYTES);

    (void)at;
    bring_up(g);
    m->take = 3;
    guest_fill(g, AT(0), 8, 1);
    hostile_send_one(g, OUTPUT, AT(0), 8, 0);
    hostile_send_one(g, INPUT, AT(1), 8, WRITE);
    guest_write(g, VWR_MMIO_STATUS, sizeof(uint32_t), VWR_STATUS_RESET);
    memcpy(before, guest_at(g, GUEST_LOW, GUEST_LOW_BYTES), GUEST_LOW_BYTES);
    m->take = UINT32_MAX;
    vwr_vconsole_resume(&m->c, 0);
    assert_int_equal(vwr_vconsole_input(&m->c, 0, "late", 4), 0);
    vwr_vconsole_open_port(&m->c, 1, true);
    vwr_vconsole_resize(&m->c, 0, 1, 1);
    vwr_vconsole_plug(&m->c, 1, false);
    vwr_vconsole_plug(&m->c, 1, true);
    vwr_vconsole_open_port(&m->c, 1, false);
    vwr_vconsole_resize(&m->c, 0, 80, 25);
    assert_memory_equal(guest_at(g, GUEST_LOW, GUEST_LOW_BYTES), before, GUEST_LOW_BYTES);
    assert_int_equal(m->outs[0], 3);
    assert_false(g->irq);
    free(before);
}

/* The same after the guest has broken its queue. */
static void g51_broken(struct guest *g, long long at)
{
    const struct guest_desc nowhere = {0, 8, at % 2 == 0 ? WRITE : 0, 0};
    struct vmm *const m = vmm_of(g);

    bring_up(g);
    hostile_lend_one(g, INPUT, AT(1), 8, WRITE);
    (void)guest_chain(g, (unsigned)at, &nowhere, 1);
    guest_kick(g, (unsigned)at);
    if (at == INPUT)
        assert_int_equal(vwr_vconsole_input(&m->c, 0, "0123456789", 10), 8);
    if (at == VWR_CONSOLE_QUEUE_PORT_RECEIVEQ)
        assert_int_equal(vwr_vconsole_input(&m->c, 1, "0123456789", 10), 0);
    if (at == FROM_DEVICE) {
        vwr_vconsole_resize(&m->c, 0, 80, 25); /* the buffer that waits since bring_up */
        vwr_vconsole_resize(&m->c, 0, 80, 25);
    }
    hostile_is_broken(g, VWR_VFAULT_ADDRESS);
    vwr_vconsole_resume(&m->c, 0);
    assert_int_equal(vwr_vconsole_input(&m->c, 0, "late", 4), 0);
    vwr_vconsole_open_port(&m->c, 1, false);
    vwr_vconsole_plug(&m->c, 1, false);
    vwr_vconsole_plug(&m->c, 1, true);
}

/* EMERG_WRITE outputs one character, whatever the width of the write, and nothing for other offsets. */
static void g47_emergency(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    const unsigned offset = VWR_MMIO_CONFIG + VWR_CONSOLE_CONFIG_EMERG_WR;

    if (!VWR_BIG_ENDIAN || !g->legacy || at == 4) { /* there, a narrow write holds the upper byte */
        guest_write(g, offset, (unsigned)at, vwr_le32_to_cpu(vwr_guest32(g->legacy, 'e')));
        assert_int_equal(m->outs[0], 1);
        assert_int_equal(m->out[0][0], 'e');
    }
    m->outs[0] = 0;
    guest_write(g, offset, 8, 'e');
    guest_write(g, offset + 1, 1, 'e');
    guest_write(g, offset + 4, 1, 'e');
    guest_write(g, offset - 4, 4, 'e');
    guest_write(g, offset - 8, (unsigned)at, 'e');
    assert_int_equal(m->outs[0], 0);
    assert_int_equal(guest_read(g, VWR_MMIO_CONFIG, 2), vwr_le16_to_cpu(vwr_guest16(g->legacy, 80)));
}

/* ---- a late call is no answer: the device asks for output again ---- */

static void late_start(struct guest *g)
{
    vmm_of(g)->take = 0;
    assert_true(guest_start(g));
}

static void late_ask(struct guest *g)
{
    poison(g, AT(0), 20);
    hostile_send_one(g, OUTPUT, AT(0), 20, 0);
}

static void late_resume(struct guest *g)
{
    vwr_vconsole_resume(&vmm_of(g)->c, 0);
}

static void late_answer(struct guest *g, unsigned number)
{
    (void)number;
    vmm_of(g)->take = 20;
    late_resume(g);
}

static void late_comes_back(struct guest *g)
{
    hostile_used(g, OUTPUT, 0);
}

static void g46_late(struct guest *g, long long when)
{
    static const struct late late = {late_start, late_ask, late_answer, late_comes_back, OUTPUT, late_resume};

    late_run(g, &late, (enum late_when)when);
}

/*
 * A VMM that is not asked to serve again, and buffers without a byte to write to, more than the budget of a
 * call: the call gives nothing and ends.
 */
static void g51_input_without_room(struct guest *g, long long at)
{
    struct vwr_vconsole *const c = &vmm_of(g)->c;
    unsigned calls = 0;

    bring_up(g);
    g->ops.again = NULL;
    g->dev->budget_bytes = (uint32_t)at;
    for (unsigned i = 0; i < SIZE - 1; i++)
        hostile_lend_one(g, INPUT, AT(i), 16, 0);
    hostile_lend_one(g, INPUT, AT(SIZE), 16, WRITE);
    while (vwr_vconsole_input(c, 0, "abc", 3) == 0)
        assert_in_range(++calls, 1, SIZE);
    for (unsigned i = 0; i < SIZE - 1; i++)
        hostile_used(g, INPUT, 0);
    hostile_used(g, INPUT, 3);
    g->dev->budget_bytes = VWR_VDEV_BUDGET_BYTES;
}

static const struct hostile_case cases[] = {
    LATE_CASES(g46_late, HOSTILE_ALL),
    {"G51_input_without_room", "header vwr/vconsole.h", g51_input_without_room, HOSTILE_ALL, 2, {1, 3}},
    {"G28_output_in_segments", "split.dev.framing.1", g28_output, HOSTILE_ALL, 5, {1, 2, 3, 7, 8}},
    {"G28_output_that_stalls", "section Console Device / Device Operation", g28_output_stalls, HOSTILE_ALL,
     HOSTILE_AROUND},
    {"G28_output_shrinks_while_it_waits", "packed.drv.desc.2; robustness: what was checked is what is used",
     g28_shrinks, HOSTILE_ALL, HOSTILE_AROUND},
    {"G28_input_in_segments_of_1_byte",
     "split.dev.framing.1 split.dev.used.2",
     g28_input,
     HOSTILE_ALL,
     4,
     {-7, -1, 0, 1}},
    {"G28_buffers_of_the_wrong_direction",
     "console.drv.1 console.drv.2 split.dev.desc.1 packed.dev.desc.1",
     g28_wrong_way,
     HOSTILE_ALL,
     0,
     {0}},
    {"G17_bytes_across_regions", "rfeat.drv.5", g17_output, HOSTILE_ALL, 3, {-8, 0, 7}},
    {"G30_control_message_length",
     "robustness: less than a header says nothing",
     g30_length,
     HOSTILE_ALL,
     5,
     {1, 7, 8, 9, 64}},
    {"G30_control_message_in_segments", "split.dev.framing.1", g30_segments, HOSTILE_ALL, 0, {0}},
    {"G30_control_event",
     "section Console Device / Multiport Device Operation",
     g30_event,
     HOSTILE_ALL,
     8,
     {1, 2, 4, 5, 7, 8, 255, 65535}},
    {"G30_control_port", "robustness: there is no such port", g30_port, HOSTILE_ALL, 4, {-1, 0, 1, 2}},
    {"G30_control_message_at_the_wrong_time",
     "console.dev.multiport.1 console.drv.multiport.1",
     g30_time,
     HOSTILE_ALL,
     0,
     {0}},
    {"G30_port_that_was_not_made",
     "section Console Device / Multiport Device Operation",
     g30_failed_port,
     HOSTILE_ALL,
     0,
     {0}},
    {"G27_control_message_in_a_short_buffer",
     "split.dev.used.2; robustness: there is no room for more",
     g27_short,
     HOSTILE_ALL,
     8,
     {1, 7, 8, 9, 11, 12, 13, 64}},
    {"G27_control_message_without_room",
     "split.dev.desc.1 packed.dev.desc.1 split.dev.framing.1",
     g27_no_room,
     HOSTILE_ALL,
     0,
     {0}},
    {"G50_nobody_listens",
     "robustness: what is left to say is bounded",
     g50_nobody_listens,
     HOSTILE_ALL,
     0,
     {0}},
    {"G50_output_is_refilled",
     "robustness: one queue is not to starve another",
     g50_refills,
     HOSTILE_SPLIT,
     0,
     {0}},
    {"G43_queues_without_multiport",
     "section Console Device / Virtqueues",
     g43_no_ports,
     HOSTILE_ALL,
     0,
     {0}},
    {"G46_reset_while_all_waits", "reset.dev.2", g46_reset, HOSTILE_ALL, 0, {0}},
    {"G51_broken_by_a_queue", "status.dev.2 status.dev.3", g51_broken, HOSTILE_ALL, 6, {0, 1, 2, 3, 4, 5}},
    {"G47_emergency_write",
     "console.dev.init.1 console.dev.init.2",
     g47_emergency,
     HOSTILE_ALL,
     3,
     {1, 2, 4}},
};

int main(void)
{
    return hostile_run("console", &console_device, cases, sizeof(cases) / sizeof(cases[0]));
}
