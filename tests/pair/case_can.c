/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "vmm.h"

#include "../../classes/ends.h"
#include "../common/random.h"

#include "vwr/can.h"
#include "vwr/vcan_bus.h"
#include "vwr/vm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Four guests on a bus of CAN, each with our driver, on our device. Each frame that a sender was told is sent
 * reaches each other guest once, in the sender's order, whatever happens meanwhile: a controller goes bus
 * off, and the back end of another one is killed and starts again, both with frames in flight. A frame that a
 * stopped controller has not heard, or that is lost with a back end, is counted there.
 */

#define NODES 4u
#define NONE UINT32_MAX
#define FAILS \
    2000u /* frames that may fail: those of a controller that is off, and of a back end that is killed */
#define SLOW 1000u /* ticks that nobody waits for in vain */

static struct node {
    struct vwr_vcan device;
    struct vwr_vcan_port port;
    struct vwr_vqueue queue[VWR_VCAN_QUEUES];
    struct vwr_vqueue_entry own[VWR_VDEV_OWN(VWR_VCAN_QUEUES, VWR_VCAN_QUEUE)];
    union vmm_end end;
    struct vwr_can driver;
    uint32_t sent;     /* number of the next frame */
    uint32_t answered; /* frames that are no longer in flight */
    uint32_t received; /* since its device was started */
    uint32_t next[NODES];
    uint8_t *was_sent; /* of the frame with each number: it has succeeded; */
    uint8_t *heard_by; /* a bit for each node that has received it */
    vwr_count excused; /* frames that it need not have received */
} node[NODES];

static struct vwr_vcan_bus bus;
static uint32_t frames; /* of each node */
static uint64_t state;

static uint32_t below(uint32_t n)
{
    return random_below(&state, n);
}

/* ---- devices ---- */

static void begin_device(unsigned n, unsigned kind)
{
    struct node *const o = &node[n];
    const struct vwr_vcan_options options = {.ops = &vwr_vcan_bus_ops, .context = &o->port, .late = true};
    struct vwr_vdev_setup s = {.vm = &vmm,
                               .line = n,
                               .queue = o->queue,
                               .queue_count = VWR_VCAN_QUEUES,
                               .queue_size = VWR_VCAN_QUEUE,
                               .own = o->own,
                               .own_count = VWR_COUNT(o->own),
                               .legacy = (kind & DISK_LEGACY) != 0};

    disk_offer(&s.features, kind);
    memset(&o->device, 0xa5, sizeof(o->device));
    CHECK_NUMBER(vwr_vcan_init_with(&o->device, &s, &options), VWR_OK);
    vmm_add(n, vwr_vcan_dev(&o->device));
    CHECK_NUMBER(vwr_vcan_bus_connect(&bus, &o->port, &o->device), VWR_OK);
}

static vwr_count delivered(unsigned but)
{
    vwr_count some = 0;

    for (unsigned n = 0; n < NODES; n++)
        some += n != but ? node[n].port.stats.sent : 0;
    return some;
}

/*
 * The back end is gone with all that it has, and another one is in its place, which the driver does not know
 * of. A function of PCI stays where it is, and has failed.
 */
static void kill_device(unsigned n, unsigned kind)
{
    struct node *const o = &node[n];

    if (vwr_vcan_dev(&o->device)->bus != NULL) {
        vmm_may_break = true;
        vwr_vdev_needs_reset(vwr_vcan_dev(&o->device));
        vmm_may_break = false;
        return;
    }
    o->excused += o->device.stats.deaf + o->device.stats.received - o->received;
    o->received = 0;
    vmm_look_away(n);
    o->excused -= delivered(n);
    vwr_vcan_bus_disconnect(&o->port); /* those that wait for it go on */
    o->excused += delivered(n);
    vwr_vm_remove(&vmm, n);
    begin_device(n, kind);
    vmm_look_away(n);
}

static void begin(unsigned kind, bool deferred)
{
    state = kind + 1u;
    memset(node, 0, sizeof(node));
    vmm_begin(deferred);
    ram_reset();
    vwr_vcan_bus_init(&bus, SLOW);
    for (unsigned n = 0; n < NODES; n++)
        begin_device(n, kind);
    for (unsigned n = 0; n < NODES; n++) {
        const struct vwr_can_options options = {.shared = ram_alloc_ring(sizeof(struct vwr_can_shared))};

        CHECK_NUMBER(vmm_find(&node[n].end, n), VWR_OK);
        CHECK_NUMBER(vwr_can_open(&node[n].driver, &node[n].end.dev, &options), VWR_OK);
        CHECK_NUMBER(vwr_can_start(&node[n].driver), VWR_OK);
        node[n].was_sent = calloc(1, frames);
        node[n].heard_by = calloc(1, frames);
        CHECK(node[n].was_sent != NULL && node[n].heard_by != NULL);
    }
}

/* ---- a node ---- */

/* The sender is in the identifier, the number in the data; the length and the type follow from both. */
static void make(unsigned from, uint32_t number, struct vwr_can_frame *f)
{
    const bool fd = number % 3 == 1, extended = number % 2 != 0;

    memset(f, 0, sizeof(*f));
    f->flags = (fd ? (uint32_t)VWR_CAN_FLAGS_FD : 0) | (extended ? (uint32_t)VWR_CAN_FLAGS_EXTENDED : 0);
    f->id = from << 9 | (extended ? from << 27 | 0x155u : number % 512);
    f->length = fd ? 4 + number % 61 : 4 + number % 5;
    for (uint32_t i = 0; i < f->length; i++)
        f->data[i] = (uint8_t)(i < 4 ? number >> 8 * i : number + from + i);
}

static void send(struct node *o)
{
    struct vwr_can_frame f;
    int r = VWR_OK;

    while (o->sent < frames && r == VWR_OK) {
        make((unsigned)(o - node), o->sent, &f);
        r = vwr_can_send(&o->driver, &f, o->sent);
        CHECK(r == VWR_OK || r == VWR_EFULL || r == VWR_EBUSY);
        o->sent += r == VWR_OK;
    }
}

static void collect(struct node *o)
{
    struct vwr_can_done sent;
    int r;

    while ((r = vwr_can_reap(&o->driver, &sent)) == 1) {
        CHECK_NUMBER(sent.tag, o->answered);
        CHECK(sent.result == VWR_OK || sent.result == VWR_EIO || sent.result == VWR_EPROTO ||
              sent.result == VWR_ENEEDSRESET);
        o->answered++;
        o->was_sent[sent.tag] = sent.result == VWR_OK;
    }
    CHECK_NUMBER(r, 0);
}

static void receive(struct node *o)
{
    struct vwr_can_frame f, want;
    int r;

    while ((r = vwr_can_receive(&o->driver, &f)) == 1) {
        const unsigned from = f.id >> ((f.flags & VWR_CAN_FLAGS_EXTENDED) != 0 ? 27 : 9);
        const uint32_t number =
            f.data[0] | (uint32_t)f.data[1] << 8 | (uint32_t)f.data[2] << 16 | (uint32_t)f.data[3] << 24;

        CHECK(from < NODES && &node[from] != o && number < frames);
        make(from, number, &want);
        CHECK(f.id == want.id && f.flags == want.flags && f.length == want.length);
        CHECK(memcmp(f.data, want.data, f.length) == 0);
        CHECK(number >= o->next[from]); /* neither doubled nor overtaken */
        o->next[from] = number + 1;
        node[from].heard_by[number] |= (uint8_t)(1u << (o - node));
        o->received++;
    }
    CHECK_NUMBER(r, 0);
}

static void turn(struct node *o)
{
    if (below(8) == 0)
        vmm_run_until_idle();
    send(o);
    if (below(4) != 0)
        receive(o);
    if (below(2) != 0)
        collect(o);
}

/* ---- what happens in the middle ---- */

/* The driver is told, and starts the controller again. */
static void go_off(struct node *o)
{
    CHECK_NUMBER(vwr_can_read_bus_off(&o->driver), 0);
    send(o);
    vwr_vcan_bus_off(&o->device);
    CHECK_NUMBER(vwr_can_read_bus_off(&o->driver), 1);
    for (unsigned i = 0; i < 100; i++) {
        turn(&node[below(NODES)]);
        vmm_run_until_idle();
    }
    CHECK(!o->device.started);
    CHECK_NUMBER(vwr_can_start(&o->driver), VWR_OK);
    CHECK_NUMBER(vwr_can_read_bus_off(&o->driver), 0);
}

static void die(unsigned n, unsigned kind)
{
    struct node *const o = &node[n];
    int r;

    send(o);
    kill_device(n, kind);
    CHECK(vwr_dev_check(&o->end.dev) < 0);
    for (unsigned i = 0; i < 100; i++) { /* the others go on */
        struct node *const other = &node[below(NODES)];

        if (other != o)
            turn(other);
        vmm_run_until_idle();
    }
    while ((r = vwr_recover(&o->driver.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
}

/* A guest that does not receive: the others wait for it, and after some ticks no longer. */
static void be_slow(void)
{
    struct node *const slow = &node[0], *const o = &node[1];
    const vwr_count before = slow->port.stats.dropped;

    for (unsigned i = 0; i < 2 * VWR_CAN_BUFFERS; i++) {
        send(o);
        vmm_run_until_idle();
        collect(o);
        receive(&node[2]);
        receive(&node[3]);
    }
    CHECK(o->answered < o->sent);
    CHECK(slow->port.stats.dropped == before);
    for (unsigned i = 0; i < SLOW; i++)
        vwr_vcan_bus_tick(&bus);
    vmm_run_until_idle();
    for (unsigned i = 0; i < 2 * VWR_CAN_BUFFERS; i++) {
        send(o);
        vmm_run_until_idle();
        collect(o);
        receive(&node[2]);
        receive(&node[3]);
    }
    CHECK(slow->port.stats.dropped > before && o->answered == o->sent);
    slow->excused += slow->port.stats.dropped - before;
    receive(slow);
}

/* ---- the end ---- */

static vwr_count missing(unsigned n)
{
    vwr_count some = 0;

    for (unsigned from = 0; from < NODES; from++)
        for (uint32_t i = 0; from != n && i < frames; i++)
            some += node[from].was_sent[i] && (node[from].heard_by[i] >> n & 1) == 0;
    return some;
}

static bool is_over(void)
{
    bool over = true;

    for (unsigned n = 0; n < NODES; n++)
        over = over && node[n].answered == frames;
    return over;
}

static void count(unsigned kind)
{
    vwr_count sent = 0;

    for (unsigned n = 0; n < NODES; n++) {
        struct node *const o = &node[n];

        receive(o);
        o->excused +=
            o->device.stats.deaf + o->device.stats.received - o->received; /* in buffers of a reset */
        CHECK_AT_MOST(missing(n), o->excused);
        CHECK(n == 0 || n == 1 || n == 2 || o->excused == 0);
        CHECK_NUMBER(o->driver.client.ignored, 0);
        CHECK_NUMBER(o->driver.restore.lost, 0);
        for (uint32_t i = 0; i < frames; i++)
            sent += o->was_sent[i];
        CHECK_NUMBER(vwr_close(&o->driver.bringup), VWR_OK);
    }
    printf("%s bus: %u frames, %llu sent, %llu, %llu, %llu and %llu not heard\n", disk_kind_name(kind),
           NODES * frames, (unsigned long long)sent, (unsigned long long)missing(0),
           (unsigned long long)missing(1), (unsigned long long)missing(2), (unsigned long long)missing(3));
    CHECK_AT_MOST(NODES * frames - sent, FAILS);
}

void case_can_bus(unsigned kind, unsigned scale)
{
    frames = 250 * scale;
    for (unsigned at = 0; at < 2; at++) {
        unsigned done = 0;

        begin(kind, at != 0);
        while (!is_over()) {
            turn(&node[below(NODES)]);
            if (done == 0 && node[1].sent > frames / 4)
                go_off(&node[++done]);
            if (done == 1 && node[2].sent > frames / 2)
                die(++done, kind);
            if (done == 2 && node[1].sent > frames * 3 / 4 && node[1].sent < frames - 200) {
                done++;
                be_slow();
            }
        }
        vmm_run_until_idle();
        count(kind);
        for (unsigned n = 0; n < NODES; n++) {
            free(node[n].was_sent);
            free(node[n].heard_by);
        }
    }
}

void case_can(unsigned kind, unsigned scale)
{
    bench_run(&bench_can_driver, &bench_can_device, kind, scale);
}
