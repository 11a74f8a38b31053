/* SPDX-License-Identifier: MIT */
#include "net.h"

#include <string.h>

/*
 * What a guest can do to others by the switch: it does not receive, or at any rate; it has others' addresses,
 * or very many.
 */

/* A guest that never reads: a neighbour waits for it no longer than two ticks. */
static void g50_never_reads(struct guest *g, long long at)
{
    struct vmm *const m = vmm_of(g);

    (void)at;
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK); /* it has given no buffer yet */
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
    for (unsigned i = 1; i < VWR_VNET_SWITCH_NO_WAIT; i++) { /* nor if it gives a buffer now and then */
        vwr_vnet_switch_tick(&m->sw);
        put_buffer(g, 1 + i % 4, 256);
        assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
        assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    }
    assert_int_equal(m->port.stats.dropped, VWR_VNET_SWITCH_NO_WAIT);
    vwr_vnet_switch_tick(&m->sw);
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_EFULL); /* and then it waits again */
    assert_int_equal(from_neighbour(g, 0, 2, FRAME), VWR_OK);    /* until it sends to another, too */
    assert_int_equal(from_neighbour(g, 0, 0, FRAME), VWR_OK);
    assert_int_equal(m->port.stats.dropped, VWR_VNET_SWITCH_NO_WAIT + 1);
}

/* ---- how fast it receives ---- */

#define SLOTS 1000u /* frames that a neighbour can send between two ticks */
#define BUFFERS 8u

/* The guest takes what came, and gives the buffers back; `some` of them at most. */
static void receive_some(struct guest *g, unsigned *next, unsigned some)
{
    for (; some != 0 && hostile_take(g, RECEIVEQ) >= 0; some--)
        put_buffer(g, (*next)++ % BUFFERS, 256);
}

/*
 * A neighbour sends a frame in each of the slots of `ticks` ticks if it does not wait, the guest receives
 * `rate` of them a tick, `some` at a time: how many of them the other neighbour has got. `each`: of so many
 * frames `each / 10` are for the guest, one after the other, and the rest for the other neighbour.
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
 * A tenth of what a neighbour sends is for the guest. Whatever the guest takes of it, one by one or several
 * at a time, between two ticks: what is for others gets there, but for a fifth at most.
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

/* ---- whose address it is ---- */

/* It sends as a neighbour, and as very many: what is for that neighbour still goes there. */
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
