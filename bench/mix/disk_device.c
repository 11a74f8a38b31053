/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "mix_disk.h"
#include "steps.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vblk.h"
#include "vwr/vm.h"
#include "vwr/vmmio.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The recorded requests of a disk, served by vwr_vdev_serve and our disk with a back end that does nothing.
 * The driver is scripted and not counted. At each recorded notification, or each point where the device found
 * buffers without one, it makes the same buffers available as the recorded driver. It checks that all of them
 * are used: immediately or, if the back end completes them later, at the recorded point.
 *
 *     bench_disk_device now|later split|packed none|indirect PASSES
 */

#define REQUESTS VWR_COUNT(mix_disk_requests)
#define QUEUE 1024u
#define SEGMENTS_MAX 128u
#define REQUESTS_MAX 256u
#define RAM_ADDR UINT64_C(0x40000000)
#define RAM_BYTES 0x2000000u
#define RING_BYTES 0x8000u
#define SLOTS QUEUE                                  /* each with a header, a status byte and a table */
#define SLOT_BYTES 0x1000u                           /* */
#define STATUS_AT 0x40u                              /* in a slot */
#define TABLE_AT 0x80u                               /* */
#define FIRST_SLOT (3u * RING_BYTES)                 /* offset in ram */
#define FIRST_DATA (FIRST_SLOT + SLOTS * SLOT_BYTES) /* */
#define STRIDE 0x21000u                              /* from one segment to the next */
#define UNSET 0xffu

static uint8_t ram[RAM_BYTES] __attribute__((aligned(4096)));

static struct {
    struct vwr_vblk blk;
    struct vwr_vqueue queue;
    struct vwr_vqueue_entry own[QUEUE];
    struct vwr_vblk_req req[REQUESTS_MAX];
    struct vwr_vseg seg[REQUESTS_MAX * (SEGMENTS_MAX + 2u)];
} disk;

static struct {
    bool packed, tables, later;
    uint32_t at;            /* next descriptor of the ring, counted without wrapping */
    uint32_t made;          /* requests */
    uint32_t used;          /* requests */
    uint32_t holder[QUEUE]; /* request that has a descriptor, + 1; 0: none */
} driver;

/* Requests that the back end completes later. */
struct kept {
    struct vwr_vblk_req *request;
    uint64_t ticket;
};
static struct kept kept[SLOTS]; /* by number */
static uint32_t come;           /* number of the next request */

static void die(const char *why)
{
    fprintf(stderr, "bench_disk_device: %s\n", why);
    exit(1);
}

static void on_irq(struct vwr_vm *vm, uint32_t line, bool level)
{
    (void)vm;
    (void)line;
    (void)level;
    die("an interrupt that the driver did not want");
}

static void on_broken(struct vwr_vm *vm, struct vwr_vdev *v)
{
    char text[200];

    (void)vm;
    (void)vwr_vdev_explain(v, text, sizeof(text));
    die(text);
}

static void on_again(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    vwr_vdev_serve(v, queue);
}

static const struct vwr_memory_region region = {RAM_ADDR, RAM_BYTES, ram};
static const struct vwr_vm_ops ops = {.irq = on_irq, .broken = on_broken, .again = on_again};
static const struct vwr_vm_setup vm_setup = {.ops = &ops, .region = &region, .region_count = 1};
static struct vwr_vm vm;

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    (void)r;
    return VWR_OK;
}

/* GET_ID does not reach the back end: the disk answers it. */
static int keep(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    while (mix_disk_requests[come % REQUESTS].type == VWR_BLK_T_GET_ID)
        come++;
    kept[come++ % SLOTS] = (struct kept){r, vwr_vblk_ticket(r)};
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
}

static struct vwr_vblk_backend_ops nothing = {.submit = submit, .drain = drain};
static struct vwr_vblk_backend backend = {.ops = &nothing,
                                          .sectors = MIX_DISK_SECTORS,
                                          .block_bytes = VWR_BLK_SECTOR_BYTES,
                                          .flush = true,
                                          .segments_max = SEGMENTS_MAX - 2u};

static void put(unsigned offset, uint64_t value)
{
    (void)vwr_vmmio_access(&disk.blk.dev, offset, sizeof(uint32_t), true, &value);
}

static void negotiate(void)
{
    const uint32_t bits = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    put(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    put(VWR_MMIO_STATUS, bits);
    for (uint32_t i = 0; i < 2; i++) {
        put(VWR_MMIO_DRIVER_FEATURES_SEL, i);
        put(VWR_MMIO_DRIVER_FEATURES, disk.blk.dev.offered.w[i]);
    }
    put(VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK);
    put(VWR_MMIO_QUEUE_SEL, 0);
    put(VWR_MMIO_QUEUE_SIZE, QUEUE);
    put(VWR_MMIO_QUEUE_DESC_LOW, RAM_ADDR);
    put(VWR_MMIO_QUEUE_DRIVER_LOW, RAM_ADDR + RING_BYTES);
    put(VWR_MMIO_QUEUE_DEVICE_LOW, RAM_ADDR + 2u * RING_BYTES);
    put(VWR_MMIO_QUEUE_READY, 1);
    put(VWR_MMIO_STATUS, bits | VWR_STATUS_FEATURES_OK | VWR_STATUS_DRIVER_OK);
    if (!disk.blk.dev.live || !disk.queue.ready)
        die("the device did not start");
}

static void start(void)
{
    struct vwr_vdev_setup s = {.vm = &vm,
                               .queue = &disk.queue,
                               .queue_count = 1,
                               .queue_size = QUEUE,
                               .own = disk.own,
                               .own_count = VWR_COUNT(disk.own)};
    const struct vwr_vblk_options o = {.backend = &backend,
                                       .req = disk.req,
                                       .req_count = REQUESTS_MAX,
                                       .seg = disk.seg,
                                       .seg_count = VWR_COUNT(disk.seg)};

    if (driver.packed)
        vwr_features_add(&s.features, VWR_F_RING_PACKED);
    if (driver.tables)
        vwr_features_add(&s.features, VWR_F_INDIRECT_DESC);
    if (vwr_vblk_init_with(&disk.blk, &s, &o) != VWR_OK)
        die("init");
    negotiate();
}

/* A segment of a request: header, data, status. */
struct part {
    uint64_t addr;
    uint32_t len;
    bool in;
};

static uint32_t slot_of(uint32_t number)
{
    return FIRST_SLOT + number % SLOTS * SLOT_BYTES;
}

static uint32_t parts_of(uint32_t number, struct part *part)
{
    const struct mix_request *const m = &mix_disk_requests[number % REQUESTS];
    const uint32_t slot = slot_of(number);
    struct vwr_blk_req_out *const head = (void *)(ram + slot);
    const bool in = m->type == VWR_BLK_T_IN || m->type == VWR_BLK_T_GET_ID;
    uint32_t n = 0;

    *head = (struct vwr_blk_req_out){.type = m->type, .sector = m->sector};
    ram[slot + STATUS_AT] = UNSET;
    part[n++] = (struct part){RAM_ADDR + slot, sizeof(*head), false};
    for (uint32_t i = 0; i < m->segments; i++)
        part[n++] = (struct part){RAM_ADDR + FIRST_DATA + i * STRIDE, mix_disk_segments[m->first + i], in};
    part[n++] = (struct part){RAM_ADDR + slot + STATUS_AT, 1, true};
    return n;
}

/* Writes descriptors to the ring, starting at driver.at, or to a table. */
static void write_split(struct vwr_virtq_desc *desc, uint32_t at, uint32_t size, const struct part *part,
                        uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        desc[(at + i) % size] = (struct vwr_virtq_desc){
            part[i].addr, part[i].len,
            (uint16_t)((part[i].in ? VWR_VIRTQ_DESC_F_WRITE : 0u) | (i + 1 < n ? VWR_VIRTQ_DESC_F_NEXT : 0u)),
            (uint16_t)(i + 1 < n ? (at + i + 1) % size : 0)};
}

static void add_split(uint32_t number, const struct part *part, uint32_t n)
{
    struct vwr_virtq_desc *const desc = (void *)ram;
    struct vwr_virtq_avail *const avail = (void *)(ram + RING_BYTES);
    const uint32_t table = slot_of(number) + TABLE_AT;

    avail->flags = VWR_VIRTQ_AVAIL_F_NO_INTERRUPT;
    avail->ring[driver.made++ % QUEUE] = (uint16_t)(driver.at % QUEUE);
    if (driver.tables) {
        write_split((void *)(ram + table), 0, n, part, n);
        desc[driver.at++ % QUEUE] = (struct vwr_virtq_desc){RAM_ADDR + table, n * (uint32_t)sizeof(*desc),
                                                            VWR_VIRTQ_DESC_F_INDIRECT, 0};
    } else {
        write_split(desc, driver.at, QUEUE, part, n);
        driver.at += n;
    }
    avail->idx = (uint16_t)driver.made;
}

static unsigned packed_flags(uint32_t at)
{
    return at / QUEUE % 2 == 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED;
}

static void write_packed(struct vwr_pvirtq_desc *desc, uint32_t at, const struct part *part, uint32_t n)
{
    for (uint32_t i = n; i-- > 0;)
        desc[(at + i) % QUEUE] = (struct vwr_pvirtq_desc){
            part[i].addr, part[i].len, (uint16_t)(driver.made % QUEUE),
            (uint16_t)(packed_flags(at + i) | (part[i].in ? VWR_VIRTQ_DESC_F_WRITE : 0u) |
                       (i + 1 < n ? VWR_VIRTQ_DESC_F_NEXT : 0u))};
}

static void add_packed(uint32_t number, const struct part *part, uint32_t n)
{
    struct vwr_pvirtq_desc *const desc = (void *)ram;
    struct vwr_pvirtq_event_suppress *const event = (void *)(ram + RING_BYTES);
    const uint32_t at = slot_of(number) + TABLE_AT;
    struct vwr_pvirtq_desc *const table = (void *)(ram + at);

    event->flags = VWR_RING_EVENT_FLAGS_DISABLE;
    if (driver.tables) {
        for (uint32_t i = 0; i < n; i++)
            table[i] = (struct vwr_pvirtq_desc){part[i].addr, part[i].len, 0,
                                                part[i].in ? VWR_VIRTQ_DESC_F_WRITE : 0u};
        desc[driver.at % QUEUE] = (struct vwr_pvirtq_desc){
            RAM_ADDR + at, n * (uint32_t)sizeof(*desc), (uint16_t)(driver.made % QUEUE),
            (uint16_t)(packed_flags(driver.at) | VWR_VIRTQ_DESC_F_INDIRECT)};
        driver.at++;
    } else {
        write_packed(desc, driver.at, part, n);
        driver.at += n;
    }
    driver.made++;
}

/* The descriptors that start at driver.at must be free, and so must the slot. */
static void hold(uint32_t number, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        uint32_t *const holder = &driver.holder[(driver.at + i) % QUEUE];

        if (*holder != 0)
            die("the ring is too small for what is in flight");
        *holder = number + 1u;
    }
}

static void release(uint32_t number)
{
    if (ram[slot_of(number) + STATUS_AT] != VWR_BLK_S_OK)
        die("a request is not completed");
    for (uint32_t i = 0; i < QUEUE; i++)
        if (driver.holder[i] == number + 1u)
            driver.holder[i] = 0;
    driver.used++;
}

static void check_used(void)
{
    const struct vwr_virtq_used *const used = (const void *)(ram + 2u * RING_BYTES);

    if (!driver.packed && used->idx != (uint16_t)driver.used)
        die("a request is not used");
}

static void add(uint32_t number)
{
    struct part part[SEGMENTS_MAX + 2u];
    const uint32_t n = parts_of(number, part);

    hold(number, driver.tables ? 1u : n);
    (driver.packed ? add_packed : add_split)(number, part, n);
}

void serve_measured(struct vwr_vdev *v);
MIX_APART void serve_measured(struct vwr_vdev *v)
{
    vwr_vdev_serve(v, 0);
}

/* For the back end: reaps the requests that it has completed. */
void done_measured(struct vwr_vblk *b, const struct kept *k, uint32_t count);
MIX_APART void done_measured(struct vwr_vblk *b, const struct kept *k, uint32_t count)
{
    for (; count > 0; count--, k++)
        vwr_vblk_done(k->request, k->ticket, VWR_OK);
    vwr_vblk_signal(b);
}

/* Completes the requests of these events. */
static void complete(const struct mix_event *e, uint32_t from)
{
    struct kept batch[REQUESTS_MAX];
    uint32_t count = 0;

    for (const struct mix_event *i = e; i->what != MIX_DONE; i++)
        if (mix_disk_requests[i->n].type != VWR_BLK_T_GET_ID)
            batch[count++] = kept[(from + i->n) % SLOTS];
    if (count != 0)
        done_measured(&disk.blk, batch, count);
    for (; e->what != MIX_DONE; e++)
        release(from + e->n);
}

static void serve(uint32_t from, uint32_t to)
{
    serve_measured(&disk.blk.dev);
    for (; !driver.later && from != to; from++)
        release(from);
    if (!driver.later)
        check_used();
}

/* The device is notified at the recorded points. */
static void pass(uint32_t from)
{
    uint32_t number = from, served = from;
    const struct mix_event *done = NULL;

    for (const struct mix_event *e = mix_disk_events; e != mix_disk_events + VWR_COUNT(mix_disk_events);
         e++) {
        if (e->what == MIX_SUBMIT)
            add(number++);
        if ((e->what == MIX_KICK || e->what == MIX_FOUND) && number != served) {
            serve(served, number);
            served = number;
        }
        if (e->what == MIX_USED && done == NULL)
            done = e;
        if (e->what == MIX_DONE) {
            if (driver.later)
                complete(done, from);
            done = NULL;
        }
    }
}

int bench_main(int argc, char **argv)
{
    const uint32_t passes = argc == 5 ? (uint32_t)strtoul(argv[4], NULL, 10) : 0;

    if (passes == 0)
        die("now|later split|packed none|indirect PASSES");
    driver.later = strcmp(argv[1], "later") == 0;
    driver.packed = strcmp(argv[2], "packed") == 0;
    driver.tables = strcmp(argv[3], "indirect") == 0;
    if (driver.later)
        nothing.submit = keep;
    if (vwr_vm_init(&vm, &vm_setup) != VWR_OK)
        die("no VM");
    start();
    for (uint32_t i = 0; i < passes; i++)
        pass(i * (uint32_t)REQUESTS);
    if (disk.blk.stats.errors != 0 || driver.used != passes * REQUESTS)
        die("a request failed, or was not used");
    printf("requests=%u\n", passes * (uint32_t)REQUESTS);
    return 0;
}
