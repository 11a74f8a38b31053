/* SPDX-License-Identifier: MIT */
#include "net.h"

#include <string.h>

/*
 * Effects of a guest on others through the switch: it receives nothing, or at an arbitrary rate; it uses the
 * address
 * of another guest, or very many addresses.
 */

/* A guest that never reads: a neighbour waits for it for at most two ticks. */
static void g50_never_reads(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK); /* it has no buffers yet */
    assert_int_equal(m->net.stats.down, 1);
    put_buffer(g, 0, 256);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->net.stats.received, 1);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_EFULL);
    vwr_vnet_switch_tick(&m->sw);
    assert_true(m->neighbour[0].waits);
    vwr_vnet_switch_tick(&m->sw);
    assert_false(m->neighbour[0].waits);
    assert_int_equal(m->neighbour[0].port.stats.held, 1);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->port.stats.dropped, 1);
    for (unsigned i = 1; i < VWR_VNET_SWITCH_NO_WAIT; i++) { /* nor if it adds a buffer now and then */
        vwr_vnet_switch_tick(&m->sw);
        put_buffer(g, 1 + i % 4, 256);
        assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
        assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    }
    assert_int_equal(m->port.stats.dropped, VWR_VNET_SWITCH_NO_WAIT);
    vwr_vnet_switch_tick(&m->sw);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_EFULL); /* after that it waits again */
    assert_int_equal(from_neighbour(g, 0, 2, FRAME), VWR_OK);    /* it may send to another meanwhile */
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->port.stats.dropped, VWR_VNET_SWITCH_NO_WAIT + 1);
}

/* ---- rate of reception ---- */

#define SLOTS 1000u /* frames that a neighbour can send between two ticks */
#define BUFFERS 8u

/* The guest takes at most `some` received frames, and makes their buffers available again. */
static void receive_some(struct guest *g, unsigned *next, unsigned some)
{
    for (; some != 0 && hostile_take(g, RECEIVEQ) >= 0; some--)
        put_buffer(g, (*next)++ % BUFFERS, 256);
}

/*
 * Unless it waits, a neighbour sends a frame in each slot of `ticks` ticks. The guest receives `rate` frames
 * in each tick, `some` at a time. Of each `each` frames the first `each / 10` go to the guest, and the rest
 * to the other neighbour. Returns how many frames the other neighbour got.
 */
static unsigned exchange(struct guest *g, unsigned ticks, unsigned rate, unsigned some, unsigned each)
{
    struct vmm *const m = vmm_of(g);
    const unsigned got = m->neighbour[1].got;
    unsigned next = 0;
    unsigned sent = 0;
    unsigned received = 0;

    for (unsigned slot = 0; slot < ticks * SLOTS; slot++) {
        if (slot % SLOTS == 0)
            vwr_vnet_switch_tick(&m->sw);
        while ((received + some) * SLOTS <= rate * (slot + 1)) {
            receive_some(g, &next, some);
            received += some;
        }
        if (!m->neighbour[0].waits && from_neighbour(g, 0, sent % each < each / 10 ? 0 : 2, FRAME) == VWR_OK)
            sent++;
    }
    return m->neighbour[1].got - got;
}

/*
 * A tenth of a neighbour's frames go to the guest. Whatever rate the guest receives at, one by one or several
 * at a time: the other neighbour gets at least four fifths of its frames.
 */
static void g50_any_rate(struct guest *g, long long at)
{
    static const unsigned each[] = {10, 100, 2000};
    const unsigned ticks = 12;

    for (unsigned i = 0; i < BUFFERS; i++)
        put_buffer(g, i, 256);
    for (unsigned i = 0; i < 2 * sizeof(each) / sizeof(each[0]); i++) {
        const unsigned some = i % 2 != 0 ? BUFFERS : 1;
        const unsigned got = exchange(g, ticks, (unsigned)at, some, each[i / 2]);

        if (got < ticks * SLOTS * 9 / 10 * 8 / 10)
            fail_msg("%u of %u frames, %u of %u for a guest that takes %u at a time", got,
                     ticks * SLOTS * 9 / 10, each[i / 2] / 10, each[i / 2], some);
    }
}

/* ---- cost of its buffers for others ---- */

#define DESCS 8u  /* of a table: as many as a queue has */
#define SHORT 20u /* bytes of a frame */

/* Makes a buffer of one table available: `full` of its segments have two bytes each, the others none. */
static void put_table(struct guest *g, unsigned n, unsigned full)
{
    const struct guest_desc whole = {AT(n), DESCS * 16u, VWR_VIRTQ_DESC_F_INDIRECT, 0};
    const uint64_t data = AT(n) + DESCS * 16u;

    for (unsigned i = 0; i < DESCS; i++) {
        struct guest_desc d = {data + 2 * i, i < DESCS - full ? 0 : 2, WRITE, (uint16_t)(i + 1)};

        if (i + 1 < DESCS && !g->packed)
            d.flags |= VWR_VIRTQ_DESC_F_NEXT;
        guest_put_desc(g, AT(n), i, &d);
    }
    log_available(guest_at(g, AT(n), DESCS * 16u), DESCS * 16u, false);
    log_available(guest_at(g, data, 2 * DESCS), 2 * DESCS, true);
    (void)guest_chain(g, RECEIVEQ, &whole, 1);
    guest_kick(g, RECEIVEQ);
}

/* The charge of a neighbour for a frame to the guest. */
static uint32_t charge(struct guest *g)
{
    static uint8_t frame[SHORT];
    struct vwr_vseg seg = {frame, SHORT};
    struct vwr_vnet_packet p;

    write_frame(frame, 1, 0, SHORT);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    assert_int_equal(vwr_vnet_switch_send(&vmm_of(g)->neighbour[0].port, &p), VWR_OK);
    vwr_vnet_switch_flush(&vmm_of(g)->sw);
    return p.work;
}

/*
 * Buffers of many segments with two bytes each or none: the sender is charged for each, whether a frame fits
 * into them or not.
 */
static void b21_segments(struct guest *g, long long at)
{
    const unsigned full = (unsigned)at;
    const unsigned buffers = (vmm_of(g)->header + SHORT + 2 * full - 1) / (2 * full);
    uint32_t work;

    for (unsigned i = 0; i < buffers; i++)
        put_table(g, i, full);
    work = charge(g);
    for (unsigned i = 0; i < buffers; i++)
        assert_int_not_equal(hostile_take(g, RECEIVEQ), -1);
    if (work < buffers * DESCS * VWR_VDEV_SEG_BYTES)
        fail_msg("charged for %u bytes, and %u descriptors were filled", work, buffers * DESCS);
    put_table(g, 0, 1); /* too short for a header: it stays */
    work = charge(g);
    hostile_unused(g, RECEIVEQ);
    if (work < DESCS * VWR_VDEV_SEG_BYTES)
        fail_msg("charged for %u bytes, and %u descriptors were put back", work, DESCS);
    hostile_is_whole(g);
}

/* ---- ownership of addresses ---- */

/*
 * The guest sends with a neighbour's address, and with very many: frames for that neighbour still reach it.
 */
static void g30_addresses(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);
    uint8_t *packet;

    (void)at;
    for (unsigned i = 0; i < 300; i++) {
        packet = guest_at(g, AT(0), 256);
        memset(packet, 0, m->header);
        write_frame(packet + m->header, i == 0 ? 2 : 0, 1, FRAME);
        packet[m->header + VWR_VNET_MAC + 3] = (uint8_t)(i >> 2);
        packet[m->header + VWR_VNET_MAC + 4] = (uint8_t)(i * 7);
        if (i == 0)
            memcpy(packet + m->header + VWR_VNET_MAC, macs[2], VWR_VNET_MAC);
        hostile_send_one(g, TRANSMITQ, AT(0), m->header + FRAME, 0);
        hostile_used(g, TRANSMITQ, 0);
    }
    assert_true(m->port.learned <= 16);
    neighbours_go_on(g);
}

const struct hostile_case cases_switch[] = {
    {"B21_segments_of_who_receives",
     "header vwr/vdev.h; header vwr/vnet_switch.h",
     b21_segments,
     HOSTILE_ALL,
     3,
     {6, 7, 8}},
    {"G30_other_addresses", "header vwr/vnet_switch.h", g30_addresses, HOSTILE_ALL, 0, {0}},
    {"G50_never_reads", "header vwr/vnet_switch.h", g50_never_reads, HOSTILE_ALL, 0, {0}},
    {"G50_receives_at_any_rate",
     "header vwr/vnet_switch.h",
     g50_any_rate,
     HOSTILE_ALL,
     8,
     {0, 1, 8, 64, 72, 256, 640, 1000}},
};
const unsigned cases_switch_count = sizeof(cases_switch) / sizeof(cases_switch[0]);
