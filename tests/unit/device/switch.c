/* SPDX-License-Identifier: MIT */
#include "../../hostile/guests/hostile.h"

#include "vwr/vm.h"
#include "vwr/vnet_switch.h"
#include "vwr/gen/features.h"

#include <stdlib.h>
#include <string.h>

/*
 * The address table of a switch whose ports are not guests: how long an address is known, and what a port
 * that knows the hash, or also the key, can do to the addresses of others.
 */

#define ENDS 5u
#define ROUTES 64u
#define AGE 3u
#define MANY 24u /* addresses of an attacker in one bucket */
#define NOBODY UINT64_C(0x020000ffffff)

static struct lan {
    struct vwr_vnet_switch sw;
    struct vwr_vnet_route route[ROUTES];
    struct vwr_vnet_port port[ENDS];
    unsigned got[ENDS];
} lan, shadow;

static int deliver(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    (void)p;
    ++*(unsigned *)port->context;
    return VWR_OK;
}

static void nothing(struct vwr_vnet_port *port)
{
    (void)port;
}

static const struct vwr_vnet_port_ops ops = {deliver, nothing, nothing};

static void make(struct lan *l, uint32_t key)
{
    const struct vwr_vnet_switch_options o = {.route = l->route,
                                              .route_count = ROUTES,
                                              .learn_max = ROUTES,
                                              .age = AGE,
                                              .key = {key, 3 * key, 5 * key, 7 * key}};

    memset(l, 0, sizeof(*l));
    assert_int_equal(vwr_vnet_switch_init(&l->sw, &o), VWR_OK);
    for (unsigned i = 0; i < ENDS; i++)
        assert_int_equal(vwr_vnet_switch_add(&l->sw, &l->port[i], &ops, &l->got[i], NULL), VWR_OK);
}

static void put_mac(uint8_t *at, uint64_t mac)
{
    for (unsigned i = 0; i < VWR_VNET_MAC; i++)
        at[i] = (uint8_t)(mac >> 8 * (VWR_VNET_MAC - 1 - i));
}

static void send(struct lan *l, unsigned from, uint64_t source, uint64_t to)
{
    uint8_t frame[60] = {0};
    struct vwr_vseg seg = {frame, sizeof(frame)};
    struct vwr_vnet_packet p;

    put_mac(frame, to);
    put_mac(frame + VWR_VNET_MAC, source);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    assert_int_equal(vwr_vnet_switch_send(&l->port[from], &p), VWR_OK);
}

/* Number of ports that receive a frame from the first port to the address. */
static unsigned reached(struct lan *l, uint64_t to)
{
    unsigned ends = 0;

    memset(l->got, 0, sizeof(l->got));
    send(l, 0, UINT64_C(0x020000000001), to);
    for (unsigned i = 0; i < ENDS; i++)
        ends += l->got[i];
    return ends;
}

/* An address is known for `age` ticks after its last frame, and no longer. */
static void ages(void **state)
{
    const uint64_t mac = UINT64_C(0x020000000002);

    (void)state;
    make(&lan, 1);
    send(&lan, 1, mac, NOBODY);
    for (unsigned i = 0; i < AGE; i++) {
        assert_int_equal(reached(&lan, mac), 1);
        vwr_vnet_switch_tick(&lan.sw);
    }
    assert_int_equal(reached(&lan, mac), 1);
    vwr_vnet_switch_tick(&lan.sw);
    assert_int_equal(reached(&lan, mac), ENDS - 1);
    send(&lan, 1, mac, NOBODY);
    assert_int_equal(reached(&lan, mac), 1);
}

/* Slot of a single address in a switch with this key. */
static unsigned place_of(uint32_t key, uint64_t mac)
{
    make(&shadow, key);
    send(&shadow, 1, mac, NOBODY);
    for (unsigned i = 0; i < ROUTES; i++)
        if (shadow.route[i].port != NULL)
            return i;
    return ROUTES;
}

/* Finds `count` addresses with the same slot as `mac` in a switch with this key. */
static void find_others(uint32_t key, uint64_t mac, uint64_t *others, unsigned count)
{
    const unsigned place = place_of(key, mac);
    uint64_t other = UINT64_C(0x020100000000);

    for (unsigned i = 0; i < count; i++) {
        do
            other += 0x10107;
        while (place_of(key, other) != place);
        others[i] = other;
    }
}

/* A port sends from many addresses of one bucket. */
static void fill(unsigned end, const uint64_t *own)
{
    for (unsigned i = 0; i < MANY; i++)
        send(&lan, end, own[i], NOBODY);
}

/*
 * The last port is a gateway; the ports before it know the hash and assume a key. They fill the gateway's
 * bucket, take over its address, and evict it. Whenever the gateway has sent a frame, frames for it reach
 * only the gateway.
 */
static void attacked(uint32_t key, uint32_t known, unsigned attackers)
{
    const uint64_t gateway = UINT64_C(0x0200000000fe);
    uint64_t own[3][MANY];

    find_others(known, gateway, own[0], 3 * MANY);
    make(&lan, key);
    send(&lan, ENDS - 1, gateway, NOBODY);
    for (unsigned pass = 0; pass < 4; pass++) {
        for (unsigned i = 0; i < attackers; i++)
            fill(1 + i, own[i]);
        if (reached(&lan, gateway) != 1 || lan.got[ENDS - 1] != 1)
            fail_msg("%u attackers: a frame for a neighbour goes elsewhere, pass %u", attackers, pass);
        for (unsigned i = 0; i < attackers; i++) {
            send(&lan, 1 + i, gateway, NOBODY);
            vwr_vnet_switch_tick(&lan.sw);
            fill(1 + i, own[i]);
        }
        send(&lan, ENDS - 1, gateway, NOBODY);
        if (reached(&lan, gateway) != 1 || lan.got[ENDS - 1] != 1)
            fail_msg("%u attackers: a frame for a neighbour goes elsewhere, though it has sent, pass %u",
                     attackers, pass);
    }
}

static void attacked_without_key(void **state)
{
    (void)state;
    for (uint32_t key = 1; key < 20; key++)
        attacked(key * 0x2545f491u, 0, 1);
}

static void attacked_with_key(void **state)
{
    (void)state;
    for (uint32_t key = 1; key < 20; key++)
        attacked(key * 0x2545f491u, key * 0x2545f491u, 1);
}

/* All 0: a well-known key. */
static void attacked_where_there_is_no_key(void **state)
{
    (void)state;
    attacked(0, 0, 1);
}

static void attacked_by_three(void **state)
{
    (void)state;
    attacked(1, 1, 3);
}

/* Addresses that collide with one key do not with another: fewer than a third of them. */
static void key_matters(void **state)
{
    const uint64_t mac = UINT64_C(0x0200000000fe);
    unsigned together = 0;
    uint64_t other[MANY];

    (void)state;
    find_others(0, mac, other, MANY);
    for (uint32_t key = 1; key <= 8; key++) {
        const unsigned place = place_of(key * 0x9e3779b1u, mac);

        for (unsigned i = 0; i < MANY; i++)
            together += place_of(key * 0x9e3779b1u, other[i]) == place;
    }
    if (together > 8 * MANY / 3)
        fail_msg("%u of %u pairs collide by another key too", together, 8 * MANY);
}

/*
 * Two ports cannot have the same address; an address that the VMM assigns is neither learned nor forgotten.
 */
static void fixed_addresses(void **state)
{
    static const uint8_t mac[VWR_VNET_MAC] = {2, 0, 0, 0, 0, 7};
    const uint64_t number = UINT64_C(0x020000000007);
    struct vwr_vnet_port port;

    (void)state;
    make(&lan, 1);
    vwr_vnet_switch_disconnect(&lan.port[1]);
    send(&lan, 2, number, NOBODY); /* learned: the VMM's takes its place */
    assert_int_equal(vwr_vnet_switch_add(&lan.sw, &lan.port[1], &ops, &lan.got[1], mac), VWR_OK);
    assert_int_equal(vwr_vnet_switch_add(&lan.sw, &port, &ops, &lan.got[1], mac), VWR_EBUSY);
    assert_null(port.sw);
    vwr_vnet_switch_forget(&port); /* it has no switch */
    send(&lan, 2, number, NOBODY);
    assert_int_equal(reached(&lan, number), 1);
    assert_int_equal(lan.got[1], 1);
    vwr_vnet_switch_forget(&lan.port[1]);
    assert_int_equal(reached(&lan, number), 1);
    vwr_vnet_switch_disconnect(&lan.port[1]);
    assert_int_equal(lan.port[1].learned, 0);
    assert_int_equal(reached(&lan, number), ENDS - 2);
}

/*
 * A bucket that contains only addresses assigned by the VMM accepts no others; learned addresses can be
 * replaced.
 */
static void fixed_addresses_of_one_bucket(void **state)
{
    const uint64_t first = UINT64_C(0x020000000007);
    struct vwr_vnet_port port[VWR_VNET_SWITCH_PROBES + 1u];
    uint64_t same[VWR_VNET_SWITCH_PROBES + 1u];
    uint8_t mac[VWR_VNET_MAC];

    (void)state;
    find_others(1, first, same, VWR_VNET_SWITCH_PROBES + 1u);
    make(&lan, 1);
    for (unsigned i = 0; i <= VWR_VNET_SWITCH_PROBES; i++) {
        if (i == VWR_VNET_SWITCH_PROBES - 1u) /* the last slot contains a learned address */
            send(&lan, 2, first, NOBODY);
        put_mac(mac, same[i]);
        assert_int_equal(vwr_vnet_switch_add(&lan.sw, &port[i], &ops, &lan.got[1], mac),
                         i < VWR_VNET_SWITCH_PROBES ? VWR_OK : VWR_EFULL);
        vwr_vnet_switch_forget(&port[i]);
    }
    send(&lan, 2, first, NOBODY); /* no room: it is not learned */
    assert_int_equal(reached(&lan, first), ENDS - 1 + VWR_VNET_SWITCH_PROBES);
}

/* If another port has more addresses in a full bucket, a port with half its share loses the oldest of its
 * own.
 */
static void half_a_share(void **state)
{
    const unsigned half = VWR_VNET_SWITCH_SHARE / 2u;
    uint64_t same[VWR_VNET_SWITCH_PROBES + 1u];

    (void)state;
    find_others(1, UINT64_C(0x020000000007), same, VWR_VNET_SWITCH_PROBES + 1u);
    make(&lan, 1);
    for (unsigned i = 0; i < VWR_VNET_SWITCH_PROBES; i++)
        send(&lan, i < half ? 2 : i < half + VWR_VNET_SWITCH_SHARE ? 3 : 4, same[i], NOBODY);
    send(&lan, 2, same[VWR_VNET_SWITCH_PROBES], NOBODY);
    for (unsigned i = 0; i <= VWR_VNET_SWITCH_PROBES; i++)
        assert_int_equal(reached(&lan, same[i]), i == 0 ? ENDS - 1 : 1);
}

static uint64_t refuses; /* a bit for each port that has no buffers */
static unsigned resumed[ENDS];

static int refuse(struct vwr_vnet_port *port, struct vwr_vnet_packet *p)
{
    (void)p;
    return (refuses >> (port - lan.port) & 1u) != 0 ? VWR_EFULL : VWR_OK;
}

static void resume(struct vwr_vnet_port *port)
{
    resumed[port - lan.port]++;
}

static const struct vwr_vnet_port_ops slow_ops = {refuse, nothing, resume};

static int try_send(unsigned from, unsigned to)
{
    uint8_t frame[60] = {0};
    struct vwr_vseg seg = {frame, sizeof(frame)};
    struct vwr_vnet_packet p;

    put_mac(frame, UINT64_C(0x020000000010) + to);
    put_mac(frame + VWR_VNET_MAC, UINT64_C(0x020000000010) + from);
    assert_int_equal(vwr_vnet_fill(&p, &seg, 1), VWR_OK);
    return vwr_vnet_switch_send(&lan.port[from], &p);
}

/* Ports that know each other; the first has no buffers. */
static void make_slow(void)
{
    make(&lan, 1);
    refuses = 0;
    memset(resumed, 0, sizeof(resumed));
    for (unsigned i = 0; i < ENDS; i++)
        lan.port[i].ops = &slow_ops;
    for (unsigned i = 0; i < ENDS; i++)
        assert_int_equal(try_send(i, (i + 1) % ENDS), VWR_OK);
    vwr_vnet_switch_flush(&lan.sw);
    refuses = 1;
}

/* The second and the third of those that wait for a port leave the switch. */
static void leave_while_waiting(void **state)
{
    (void)state;
    make_slow();
    for (unsigned i = 1; i < 4; i++)
        assert_int_equal(try_send(i, 0), VWR_EFULL);
    vwr_vnet_switch_disconnect(&lan.port[2]);
    vwr_vnet_switch_disconnect(&lan.port[2]); /* it has left */
    vwr_vnet_switch_disconnect(&lan.port[3]);
    assert_int_equal(try_send(4, 0), VWR_EFULL);
    refuses = 0;
    vwr_vnet_switch_ready(&lan.port[0]);
    assert_int_equal(resumed[1], 1);
    assert_int_equal(resumed[2] + resumed[3], 0);
    assert_int_equal(resumed[4], 1);
    assert_int_equal(try_send(2, 0), VWR_OK); /* to nobody */
}

/* A port that has packets to signal leaves, after and before others. */
static void leave_with_packets(void **state)
{
    (void)state;
    make_slow();
    refuses = 0;
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(try_send(4, i), VWR_OK);
    assert_true(lan.port[0].touched && lan.port[2].touched);
    vwr_vnet_switch_disconnect(&lan.port[0]);
    assert_false(lan.port[0].touched);
    vwr_vnet_switch_disconnect(&lan.port[3]); /* it has none */
    vwr_vnet_switch_flush(&lan.sw);
    assert_false(lan.port[1].touched || lan.port[2].touched);
}

/* A port that waits, but still sends enough, does not count as held up. */
static void waits_and_moves(void **state)
{
    (void)state;
    make_slow();
    for (unsigned tick = 0; tick < 4; tick++) {
        refuses = 0;
        for (unsigned i = 0; i < VWR_VNET_SWITCH_MIN; i++)
            assert_int_equal(try_send(1, 0), VWR_OK);
        assert_int_equal(try_send(0, 4), VWR_OK); /* or its address is forgotten */
        refuses = 1;
        assert_int_equal(try_send(1, 0), VWR_EFULL);
        vwr_vnet_switch_tick(&lan.sw);
    }
    assert_int_equal(lan.port[1].stats.held, 0);
    for (unsigned tick = 0; tick < 2; tick++) {
        assert_int_equal(try_send(1, 0), VWR_EFULL);
        vwr_vnet_switch_tick(&lan.sw);
    }
    assert_int_equal(lan.port[1].stats.held, 1);
}

/* ---- a guest's card ---- */

static struct {
    struct guest g;
    struct vwr_vnet net;
    struct vwr_vnet_port port;
} card;

static void kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
}

static void plug_card(const uint8_t *mac)
{
    struct vwr_vnet_options o = {.ops = &vwr_vnet_switch_ops, .context = &card.port};
    struct vwr_vdev_setup s;

    memset(&card, 0, sizeof(card));
    if (mac != NULL)
        memcpy(o.mac, mac, sizeof(o.mac));
    make(&lan, 1);
    guest_begin(&card.g, false, false);
    guest_setup(&card.g, &s);
    s.queue_count = VWR_VNET_QUEUES(1, false);
    assert_int_equal(vwr_vnet_init_with(&card.net, &s, &o), VWR_OK);
    guest_plug(&card.g, 0, vwr_vnet_dev(&card.net));
    card.g.queues = VWR_VNET_QUEUES(1, false);
    assert_true(guest_start(&card.g));
}

static void unplug_card(void)
{
    vwr_vm_remove(&card.g.vm, 0);
    guest_end(&card.g);
}

/* A VMM without a hook to serve a queue again cannot have a switch. */
static void needs_a_hook(void **state)
{
    (void)state;
    plug_card(NULL);
    card.g.ops.again = NULL;
    assert_int_equal(vwr_vnet_switch_connect(&lan.sw, &card.port, &card.net), VWR_EINVAL);
    card.g.ops.kicked = kicked;
    assert_int_equal(vwr_vnet_switch_connect(&lan.sw, &card.port, &card.net), VWR_OK);
    unplug_card();
}

/* Frames from a card that is not connected yet are dropped, and the card can be reset. */
static void sends_before_it_is_connected(void **state)
{
    const struct guest_desc d = {GUEST_DATA, 12 + 60, 0, 0};

    (void)state;
    plug_card(NULL);
    hostile_send(&card.g, VWR_NET_QUEUE_TRANSMITQ, &d, 1);
    hostile_used(&card.g, VWR_NET_QUEUE_TRANSMITQ, 0);
    vwr_vdev_reset(card.g.dev);
    for (unsigned i = 0; i < ENDS; i++)
        assert_int_equal(lan.got[i], 0);
    unplug_card();
}

/* The switch knows the address of a card from the start; that of a card without one it learns. */
static void knows_the_address(void **state)
{
    static const uint8_t mac[VWR_VNET_MAC] = {2, 0, 0, 0, 0, 7};

    (void)state;
    for (unsigned has = 0; has < 2; has++) {
        plug_card(has != 0 ? mac : NULL);
        assert_int_equal(vwr_vnet_switch_connect(&lan.sw, &card.port, &card.net), VWR_OK);
        assert_int_equal(reached(&lan, UINT64_C(0x020000000007)), has != 0 ? 0 : ENDS - 1);
        unplug_card();
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        {"fixed_addresses", fixed_addresses, NULL, NULL, NULL},
        {"fixed_addresses_of_one_bucket", fixed_addresses_of_one_bucket, NULL, NULL, NULL},
        {"half_a_share", half_a_share, NULL, NULL, NULL},
        {"leave_while_waiting", leave_while_waiting, NULL, NULL, NULL},
        {"leave_with_packets", leave_with_packets, NULL, NULL, NULL},
        {"waits_and_moves", waits_and_moves, NULL, NULL, NULL},
        {"ages", ages, NULL, NULL, NULL},
        {"attacked_without_key", attacked_without_key, NULL, NULL, NULL},
        {"attacked_with_key", attacked_with_key, NULL, NULL, NULL},
        {"attacked_where_there_is_no_key", attacked_where_there_is_no_key, NULL, NULL, NULL},
        {"attacked_by_three", attacked_by_three, NULL, NULL, NULL},
        {"key_matters", key_matters, NULL, NULL, NULL},
        {"needs_a_hook", needs_a_hook, NULL, NULL, NULL},
        {"sends_before_it_is_connected", sends_before_it_is_connected, NULL, NULL, NULL},
        {"knows_the_address", knows_the_address, NULL, NULL, NULL},
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
