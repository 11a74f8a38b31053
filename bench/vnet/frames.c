/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"
#include "vwr/vnet_switch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Cost of frames from one guest to another. Both drivers are scripted and not counted. Only frames_measured
 * is counted: one call of vwr_vdev_serve for the sender's queue, including the switch, the copy to the
 * receiver's buffers and the receiver's interrupt. Each batch is checked: all frames have arrived, with the
 * right headers and used lengths.
 *
 *     bench_vnet frames split|packed BYTES DEPTH BATCHES [GUESTS [OTHERS [LISTED]]]
 *
 * GUESTS: number of guests on the switch. The first one sends to the OTHERS after it in rotation; default: to
 * all. LISTED: number of multicast addresses that the second guest lists, and to which the frames are sent.
 *
 *     bench_vnet copy - BYTES DEPTH BATCHES
 *
 * vwr_copy of the same bytes between the same buffers.
 *
 * The layout is that of Linux: a frame and the header before it are one buffer; a receive buffer has space
 * for both.
 */

#define QUEUE 256u
#define QUEUES 3u
#define CONTROL 2u
#define RAM_BYTES 0x200000u
#define GUESTS 128u /* max number */
#define RAM_ADDR UINT64_C(0x40000000)
#define RING 0x10000u   /* distance between the rings of two queues */
#define FIRST 0x100000u /* start of the buffers */
#define EACH 0x800u
#define ROUTES 1024u
#define BEFORE 4u /* a frame is aligned to 16 bytes, so its 12-byte header is not */

struct guest {
    uint8_t ram[RAM_BYTES] __attribute__((aligned(4096)));
    struct vwr_vnet net;
    struct vwr_vnet_port port;
    struct vwr_vqueue queue[QUEUES];
    struct vwr_vqueue_entry own[QUEUES * QUEUE];
    struct vwr_memory_region region;
    struct vwr_vm vm;
    struct vwr_vdev *slot[1];
    uint32_t made[QUEUES];
    unsigned irqs;
};

static struct guest guests[GUESTS];
static struct vwr_vnet_switch sw;
static struct vwr_vnet_route route[ROUTES];
static bool packed;
static unsigned listed; /* 0: no guest has a control queue */

static void die(const char *why)
{
    fprintf(stderr, "bench_vnet: %s\n", why);
    exit(1);
}

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)line;
    ((struct guest *)vm->context)->irqs += level;
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
    die("a batch is more than the budget");
}

static const struct vwr_vm_ops ops = {.irq = on_irq, .again = on_again};

static void put(struct vwr_vdev *v, unsigned offset, uint64_t value)
{
    (void)vwr_vmmio_access(v, offset, sizeof(uint32_t), true, &value);
}

static void set_queue(struct vwr_vdev *v, unsigned n)
{
    const uint32_t at = (uint32_t)RAM_ADDR + n * RING;

    put(v, VWR_MMIO_QUEUE_SEL, n);
    put(v, VWR_MMIO_QUEUE_SIZE, QUEUE);
    put(v, VWR_MMIO_QUEUE_DESC_LOW, at);
    put(v, VWR_MMIO_QUEUE_DRIVER_LOW, at + RING / 4);
    put(v, VWR_MMIO_QUEUE_DEVICE_LOW, at + RING / 2);
    put(v, VWR_MMIO_QUEUE_READY, 1);
}

static void start(struct guest *g, uint8_t mac)
{
    const uint32_t bits = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    struct vwr_vdev *const v = vwr_vnet_dev(&g->net);
    const struct vwr_vnet_options o = {.ops = &vwr_vnet_switch_ops,
                                       .context = &g->port,
                                       .mac = {2, 0, 0, 0, 0, mac},
                                       .control = listed != 0};
    const struct vwr_vm_setup of_vm = {.ops = &ops, .context = g, .region = &g->region, .region_count = 1};
    struct vwr_vdev_setup s = {.vm = &g->vm,
                               .queue = g->queue,
                               .queue_count = QUEUES,
                               .queue_size = QUEUE,
                               .own = g->own,
                               .own_count = VWR_COUNT(g->own)};

    if (packed)
        vwr_features_add(&s.features, VWR_F_RING_PACKED);
    g->region = (struct vwr_memory_region){RAM_ADDR, RAM_BYTES, g->ram};
    if (vwr_vm_init(&g->vm, &of_vm) != VWR_OK || vwr_vnet_init_with(&g->net, &s, &o) != VWR_OK ||
        vwr_vnet_switch_connect(&sw, &g->port, &g->net) != VWR_OK)
        die("init");
    put(v, VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    put(v, VWR_MMIO_STATUS, bits);
    for (uint32_t i = 0; i < 2; i++) {
        put(v, VWR_MMIO_DRIVER_FEATURES_SEL, i);
        put(v, VWR_MMIO_DRIVER_FEATURES, v->offered.w[i]);
    }
    put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK);
    set_queue(v, 0);
    set_queue(v, 1);
    if (listed != 0)
        set_queue(v, CONTROL);
    put(v, VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK);
    if (!v->live || !v->queue[0].ready || !v->queue[1].ready)
        die("the device did not start");
}

static uint32_t offset_of(unsigned queue, uint32_t number)
{
    return FIRST + (queue * QUEUE + number % QUEUE) * EACH + (queue != 0 ? BEFORE : 0);
}

/* Makes a buffer of one descriptor available. */
static void add(struct guest *g, unsigned queue, uint32_t bytes)
{
    uint8_t *const ring = g->ram + queue * RING;
    const uint32_t n = g->made[queue]++;
    const uint64_t addr = RAM_ADDR + offset_of(queue, n);
    const uint16_t write = queue == 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;

    if (packed) {
        struct vwr_pvirtq_desc *const desc = (void *)ring;
        struct vwr_pvirtq_event_suppress *const event = (void *)(ring + RING / 4);
        const unsigned flags = n / QUEUE % 2 == 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;

        event->flags = queue == 0 ? 0 : VWR_RING_EVENT_FLAGS_DISABLE;
        desc[n % QUEUE] =
            (struct vwr_pvirtq_desc){addr, bytes, (uint16_t)(n % QUEUE), (uint16_t)(flags | write)};
    } else {
        struct vwr_virtq_desc *const desc = (void *)ring;
        struct vwr_virtq_avail *const avail = (void *)(ring + RING / 4);

        desc[n % QUEUE] = (struct vwr_virtq_desc){addr, bytes, write, 0};
        avail->flags = queue == 0 ? 0 : VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
        avail->ring[n % QUEUE] = (uint16_t)(n % QUEUE);
        avail->idx = (uint16_t)(n + 1);
    }
}

/* Sends a command through the control queue and checks its status byte. */
static void command(struct guest *g, const uint8_t *message, uint32_t bytes)
{
    const uint64_t addr = RAM_ADDR + FIRST - EACH;
    uint8_t *const at = g->ram + FIRST - EACH;
    uint8_t *const ring = g->ram + CONTROL * RING;
    const uint32_t n = g->made[CONTROL]++;

    memcpy(at, message, bytes);
    at[bytes] = 0xff;
    if (packed) {
        struct vwr_pvirtq_desc *const desc = (void *)(ring + (size_t)n * 2 * sizeof(*desc));

        desc[0] = (struct vwr_pvirtq_desc){addr, bytes, (uint16_t)n,
                                           VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_NEXT};
        desc[1] = (struct vwr_pvirtq_desc){addr + bytes, 1, (uint16_t)n,
                                           VWR_VIRTQ_DESC_F_AVAIL | VWR_VIRTQ_DESC_F_WRITE};
    } else {
        struct vwr_virtq_desc *const desc = (void *)ring;
        struct vwr_virtq_avail *const avail = (void *)(ring + RING / 4);

        desc[0] = (struct vwr_virtq_desc){addr, bytes, VWR_VIRTQ_DESC_F_NEXT, 1};
        desc[1] = (struct vwr_virtq_desc){addr + bytes, 1, VWR_VIRTQ_DESC_F_WRITE, 0};
        avail->ring[n] = 0;
        avail->idx = (uint16_t)(n + 1);
    }
    vwr_vdev_serve(vwr_vnet_dev(&g->net), CONTROL);
    if (at[bytes] != VWR_NET_OK)
        die("a command failed");
}

/* Sets the filter to `listed` multicast addresses and the guest's own address. */
static void list(struct guest *g)
{
    uint8_t table[2 + 4 + 4 + VWR_VNET_MACS * VWR_VNET_MAC] = {VWR_NET_CTRL_MAC, VWR_NET_CTRL_MAC_TABLE_SET};

    command(g, (const uint8_t[]){VWR_NET_CTRL_RX, VWR_NET_CTRL_RX_PROMISC, 0}, 3);
    table[6] = (uint8_t)listed;
    for (unsigned i = 0; i < listed; i++)
        memcpy(&table[10 + i * VWR_VNET_MAC], (const uint8_t[]){1, 0, 0x5e, 0, 0, (uint8_t)i}, VWR_VNET_MAC);
    command(g, table, 10 + listed * VWR_VNET_MAC);
}

static void make(struct guest *g, uint8_t to, uint8_t from, uint32_t bytes)
{
    uint8_t *const at = g->ram + offset_of(1, g->made[1]);

    memset(at, 0, 12);
    for (uint32_t i = 0; i < bytes; i++)
        at[12 + i] = (uint8_t)(i * 7 + g->made[1]);
    memcpy(at + 12, (const uint8_t[]){2, 0, 0, 0, 0, to, 2, 0, 0, 0, 0, from, 8, 0}, 14);
    if (listed != 0)
        memcpy(at + 12, (const uint8_t[]){1, 0, 0x5e, 0, 0, (uint8_t)(g->made[1] % listed)}, VWR_VNET_MAC);
    add(g, 1, 12 + bytes);
}

static uint32_t used_bytes(const struct guest *g, uint32_t number)
{
    const struct vwr_virtq_used *const used = (const void *)(g->ram + RING / 2);
    const struct vwr_pvirtq_desc *const desc = (const void *)g->ram;

    return packed ? desc[number % QUEUE].len : used->ring[number % QUEUE].len;
}

__attribute__((noinline)) void frames_measured(struct vwr_vdev *v)
{
    vwr_vdev_serve(v, 1);
}

__attribute__((noinline)) void copy_measured(uint8_t *to, const uint8_t *from, uint32_t bytes)
{
    vwr_copy(to, from, bytes);
}

/* Checks that frame `sent` of the first guest is in buffer `number` of the receiver. */
static void look(const struct guest *b, uint32_t sent, uint32_t number, uint32_t bytes)
{
    static const uint8_t header[12] = {[10] = 1};
    const uint8_t *const in = b->ram + offset_of(0, number);
    const uint8_t *const out = guests[0].ram + offset_of(1, sent);

    if (memcmp(in, header, 12) != 0 || memcmp(in + 12, out + 12, bytes) != 0 ||
        used_bytes(b, number) != 12 + bytes)
        die("a frame did not come as it was sent");
}

/* Sends `depth` frames from the first guest to the `others` after it in rotation. */
static void batch(uint32_t bytes, unsigned depth, unsigned others, bool counted)
{
    static unsigned next;
    struct guest *const a = &guests[0];
    unsigned irqs = 0;

    for (unsigned i = 0; i < depth; i++) {
        struct guest *const b = &guests[1 + (next + i) % others];

        make(a, (uint8_t)(2 + (next + i) % others), 1, bytes);
        add(b, 0, 1536);
        b->irqs = 0;
    }
    if (counted)
        frames_measured(vwr_vnet_dev(&a->net));
    else
        vwr_vdev_serve(vwr_vnet_dev(&a->net), 1);
    for (unsigned i = 0; i < depth; i++) {
        struct guest *const b = &guests[1 + (next + i) % others];

        look(b, a->made[1] - depth + i, b->made[0] - 1 - (depth - 1 - i) / others, bytes);
        irqs += b->irqs;
        b->irqs = 0;
    }
    next += depth;
    if (irqs != (depth < others ? depth : others))
        die("one interrupt a batch and guest");
}

int bench_main(int argc, char **argv)
{
    const struct vwr_vnet_switch_options o = {.route = route, .route_count = ROUTES};
    const uint32_t bytes = argc >= 6 ? (uint32_t)atoi(argv[3]) : 0;
    const unsigned depth = argc >= 6 ? (unsigned)atoi(argv[4]) : 0;
    const unsigned batches = argc >= 6 ? (unsigned)atoi(argv[5]) : 0;
    const unsigned count = argc >= 7 ? (unsigned)atoi(argv[6]) : 2;
    const unsigned others = argc >= 8 ? (unsigned)atoi(argv[7]) : count - 1;

    listed = argc >= 9 ? (unsigned)atoi(argv[8]) : 0;
    if (bytes < 14 || bytes > 1514 || depth == 0 || depth > 32 || count < 2 || count > GUESTS ||
        others == 0 || others >= count || listed > VWR_VNET_MACS || (listed != 0 && count != 2))
        die("frames|copy split|packed BYTES DEPTH BATCHES [GUESTS [OTHERS [LISTED]]]");
    packed = strcmp(argv[2], "packed") == 0;
    if (vwr_vnet_switch_init(&sw, &o) != VWR_OK)
        die("switch");
    for (unsigned i = 0; i < count; i++)
        start(&guests[i], (uint8_t)(1 + i));
    if (listed != 0)
        list(&guests[1]);
    for (unsigned i = 0; i < others && strcmp(argv[1], "frames") == 0; i++)
        batch(bytes, 1, others, false); /* not counted: the first frame to each card looks up its memory */
    for (unsigned i = 0; i < batches; i++) {
        if (strcmp(argv[1], "frames") == 0)
            batch(bytes, depth, others, true);
        for (unsigned n = 0; n < depth && strcmp(argv[1], "copy") == 0; n++)
            copy_measured(guests[1].ram + offset_of(0, n) + 12, guests[0].ram + offset_of(1, n) + 12, bytes);
    }
    printf("count=%u\n", depth * batches);
    return 0;
}
