/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_MONITOR_WORLD_H
#define VWR_DEVICE_MONITOR_WORLD_H

#include "vwr/monitor.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* A driver and a device on virtio-mmio with one queue, and their monitor. Each file has a separate world.
 */

#define RAM UINT64_C(0x40000000)
#define DESC 0x1000u
#define AVAIL 0x2000u
#define USED 0x3000u
#define TABLE 0x4000u
#define DATA 0x8000u
#define SIZE 8u
#define QUEUES 2u

enum {
    INDIRECT = 1,
    EVENT = 2,
    PACKED = 4,
    IN_ORDER = 8,
    POSITIONS = 16,
    LEGACY = 32,
    SMALL = 64,
    SUSPENDS = 128,
    RESETS = 256
};

static struct {
    _Alignas(4096) uint8_t ram[0x10000];
    struct vwr_monitor m;
    struct vwr_monitor_entry entry[QUEUES * SIZE];
    struct vwr_features offered;
    unsigned mode;
    bool is_vast;         /* the memory continues after the first region */
    bool is_elsewhere;    /* guest memory is at a different host address */
    uint32_t part;        /* memory is contiguous in parts of this many bytes; 0: all of it */
    void (*within)(void); /* called while the monitor translates an address, to simulate both sides */
    uint16_t avail, used;
    struct vwr_packed_cursor put, take;
} w;

static uint8_t elsewhere[sizeof(w.ram)];
static struct vwr_monitor_queue queues[QUEUES]; /* ASan detects accesses beyond them */

/* ---- the world ---- */

static inline uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr - RAM >= sizeof(w.ram))
        return 0;
    *host = w.is_elsewhere ? &elsewhere[addr - RAM] : &w.ram[addr - RAM];
    if (w.within != NULL)
        w.within();
    if (w.is_vast)
        return UINT64_MAX - addr;
    if (w.part != 0)
        return w.part - addr % w.part;
    return sizeof(w.ram) - (addr - RAM);
}

/* If there is a file, accesses are also written to a trace for ./vwr explain, with one device per case. */
static FILE *trace;
static uint32_t trace_base, trace_lines;

static inline void access(uint32_t offset, unsigned bytes, bool is_write, uint64_t value)
{
    if (trace != NULL) {
        fprintf(trace, "vwr-trace %u %u %s 0x%08x %u 0x%08x\n", (unsigned)trace_lines, (unsigned)trace_lines,
                is_write ? "write" : "read", (unsigned)(trace_base + offset), bytes, (unsigned)value);
        trace_lines++;
    }
    vwr_monitor_access(&w.m, offset, bytes, is_write, value);
}

static inline void rd(uint32_t offset, uint32_t value)
{
    access(offset, 4, false, value);
}

/* A monitor that has seen nothing yet, and the features that the device will offer. */
static inline void init(unsigned mode)
{
    const struct vwr_monitor_setup s = {
        .legacy = (mode & LEGACY) != 0,
        .thorough = true,
        .fields = vwr_blk_config_fields,
        .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
        .feature_names = vwr_blk_feature_names,
        .run = run,
        .queue = queues,
        .queue_count = QUEUES,
        .entry_count = VWR_COUNT(w.entry),
        .entry = w.entry,
    };

    memset(&w, 0, sizeof(w));
    memset(queues, 0, sizeof(queues));
    w.mode = mode;
    w.put.flags = VWR_VIRTQ_DESC_F_AVAIL;
    w.take.flags = VWR_PACKED_WRAP_FLAGS;
    vwr_features_add(&w.offered, VWR_BLK_F_FLUSH);
    vwr_features_add(&w.offered, VWR_BLK_F_SIZE_MAX);
    if ((mode & LEGACY) == 0)
        vwr_features_add(&w.offered, VWR_F_VERSION_1);
    for (unsigned i = 0; i < 5; i++) {
        static const uint8_t feature[] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX, VWR_F_RING_PACKED,
                                          VWR_F_IN_ORDER, VWR_F_NOTIFICATION_DATA};

        if ((mode >> i & 1u) != 0)
            vwr_features_add(&w.offered, feature[i]);
    }
    if ((mode & SUSPENDS) != 0)
        vwr_features_add(&w.offered, VWR_F_SUSPEND);
    if ((mode & RESETS) != 0)
        vwr_features_add(&w.offered, VWR_F_RING_RESET);
    (void)!vwr_monitor_init(&w.m, &s);
}

static inline void begin(unsigned mode)
{
    init(mode);
    rd(VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
    rd(VWR_MMIO_VERSION, (mode & LEGACY) != 0 ? VWR_MMIO_VERSION_LEGACY : VWR_MMIO_VERSION_MODERN);
    rd(VWR_MMIO_DEVICE_ID, VWR_ID_BLOCK);
}

static inline void wr(uint32_t offset, uint32_t value)
{
    access(offset, 4, true, value);
}

static inline void status(uint32_t value)
{
    wr(VWR_MMIO_STATUS, value);
    rd(VWR_MMIO_STATUS, value);
}

static inline void features(const struct vwr_features *accepted)
{
    for (unsigned i = 0; i < ((w.mode & LEGACY) != 0 ? 1u : 2u); i++) {
        wr(VWR_MMIO_DEVICE_FEATURES_SEL, i);
        rd(VWR_MMIO_DEVICE_FEATURES, w.offered.w[i]);
        wr(VWR_MMIO_DRIVER_FEATURES_SEL, i);
        wr(VWR_MMIO_DRIVER_FEATURES, accepted->w[i]);
    }
}

#define ACK (VWR_STATUS_ACKNOWLEDGE)
#define DRIVER (ACK | VWR_STATUS_DRIVER)
#define FEATURES (DRIVER | VWR_STATUS_FEATURES_OK)
#define RUNS (FEATURES | VWR_STATUS_DRIVER_OK)

static inline void to_driver(void)
{
    status(0);
    status(ACK);
    status(DRIVER);
}

static inline void to_features(void)
{
    to_driver();
    features(&w.offered);
    if ((w.mode & LEGACY) == 0)
        status(FEATURES);
}

static inline void pair(uint32_t low, uint64_t addr)
{
    wr(low, (uint32_t)addr);
    wr(low + 4, (uint32_t)(addr >> 32));
}

static inline void queue_at(uint32_t size, uint64_t desc, uint64_t driver, uint64_t device)
{
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_READY, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, 2 * SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, size);
    pair(VWR_MMIO_QUEUE_DESC_LOW, desc);
    pair(VWR_MMIO_QUEUE_DRIVER_LOW, driver);
    pair(VWR_MMIO_QUEUE_DEVICE_LOW, device);
    wr(VWR_MMIO_QUEUE_READY, 1);
}

static inline void queue(void)
{
    queue_at((w.mode & SMALL) != 0 ? 2 : SIZE, RAM + DESC, RAM + AVAIL, RAM + USED);
}

static inline void queue_legacy(void)
{
    wr(VWR_MMIO_GUEST_PAGE_SIZE, 4096);
    wr(VWR_MMIO_QUEUE_SEL, 0);
    rd(VWR_MMIO_QUEUE_SIZE_MAX, SIZE);
    wr(VWR_MMIO_QUEUE_SIZE, SIZE);
    wr(VWR_MMIO_QUEUE_ALIGN, 4096);
    wr(VWR_MMIO_QUEUE_PFN, (uint32_t)((RAM + DESC) / 4096));
}

static inline void start(unsigned mode)
{
    begin(mode);
    to_features();
    if ((mode & LEGACY) != 0)
        queue_legacy();
    else
        queue();
    status((mode & LEGACY) != 0 ? DRIVER | VWR_STATUS_DRIVER_OK : RUNS);
}

/* ---- a split ring ---- */

static inline void put16(uint32_t at, uint32_t v)
{
    const vwr_le16 number = vwr_guest16((w.mode & LEGACY) != 0, (uint16_t)v);

    memcpy(&w.ram[at], &number, sizeof(number));
}

static inline void put32(uint32_t at, uint32_t v)
{
    const vwr_le32 number = vwr_guest32((w.mode & LEGACY) != 0, v);

    memcpy(&w.ram[at], &number, sizeof(number));
}

static inline void desc_at(uint32_t at, uint64_t addr, uint32_t len, uint32_t flags, uint32_t next)
{
    const vwr_le64 number = vwr_guest64((w.mode & LEGACY) != 0, addr);

    memcpy(&w.ram[at], &number, sizeof(number));
    put32(at + 8, len);
    put16(at + 12, flags);
    put16(at + 14, next);
}

static inline void desc(uint32_t i, uint32_t len, uint32_t flags, uint32_t next)
{
    desc_at(DESC + 16 * i, RAM + DATA + 0x400 * i, len, flags, next);
}

#define NEXT VWR_VIRTQ_DESC_F_NEXT
#define WRITE VWR_VIRTQ_DESC_F_WRITE
#define TABLED VWR_VIRTQ_DESC_F_INDIRECT

/* A request: header, data, status. */
static inline void request(uint32_t first)
{
    desc(first, 16, NEXT, first + 1);
    desc(first + 1, 512, NEXT | WRITE, first + 2);
    desc(first + 2, 1, WRITE, 0);
}

static inline uint32_t used_at(void)
{
    return (w.mode & LEGACY) != 0 ? DESC + (uint32_t)VWR_SPLIT_RING_USED_OFFSET(SIZE, 4096) : USED;
}

static inline uint32_t avail_at(void)
{
    return (w.mode & LEGACY) != 0 ? DESC + 16 * SIZE : AVAIL;
}

static inline void entry(uint32_t head)
{
    put16(avail_at() + 4 + 2 * (w.avail % SIZE), head);
    w.avail++;
}

static inline void publish(void)
{
    put16(avail_at() + 2, w.avail);
}

static inline void look(unsigned by)
{
    vwr_monitor_look(&w.m, by);
}

static inline void notify(void)
{
    look(VWR_BY_DRIVER);
    wr(VWR_MMIO_QUEUE_NOTIFY, 0);
}

static inline void give(uint32_t head)
{
    entry(head);
    publish();
    notify();
}

static inline void use_entry(uint32_t id, uint32_t len)
{
    put32(used_at() + 4 + 8 * (w.used % SIZE), id);
    put32(used_at() + 8 + 8 * (w.used % SIZE), len);
    w.used++;
}

static inline void use(uint32_t id, uint32_t len)
{
    use_entry(id, len);
    put16(used_at() + 2, w.used);
    look(VWR_BY_DEVICE);
}

static inline void interrupt(void)
{
    vwr_monitor_interrupt(&w.m, VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    rd(VWR_MMIO_INTERRUPT_STATUS, 1);
    wr(VWR_MMIO_INTERRUPT_ACK, 1);
}

static inline void table(uint32_t bytes, uint32_t flags)
{
    desc_at(DESC, RAM + TABLE, bytes, TABLED | flags, 1);
    desc_at(TABLE, RAM + DATA, 16, NEXT, 1);
    desc_at(TABLE + 16, RAM + DATA, 16, WRITE, 0);
}

/* A disk whose requests the monitor decodes. */
static inline void begin_disk(unsigned mode)
{
    begin(mode);
    w.m.s.requests = vwr_blk_requests;
    w.m.s.request_count = VWR_BLK_REQUEST_COUNT;
    w.m.reads = true;
}

static inline void config(uint32_t at, unsigned bytes, uint32_t value)
{
    access(VWR_MMIO_CONFIG + at, bytes, false, value);
}

/*
 * A request for a disk with 100 sectors: number of bytes of its header, of its readable data, and of its
 * writable part.
 */
static inline void start_disk(uint32_t type, uint32_t sector, uint32_t out, uint32_t header, uint32_t in)
{
    start(0);
    w.m.s.requests = vwr_blk_requests;
    w.m.s.request_count = VWR_BLK_REQUEST_COUNT;
    w.m.reads = true;
    rd(VWR_MMIO_CONFIG, 100);
    rd(VWR_MMIO_CONFIG + 4, 0);
    put32(DATA, type);
    put32(DATA + 8, sector);
    desc(0, header, NEXT, 1);
    desc(1, out, NEXT, 2);
    desc(2, in, WRITE, 0);
    if (in == 0)
        desc(1, out, 0, 0);
    give(0);
}

/* ---- a packed ring ---- */

static inline void put_packed(uint32_t i, uint32_t len, uint32_t id, uint32_t flags)
{
    desc_at(DESC + 16 * i, RAM + DATA + 0x400 * i, len, id, flags);
}

/* The next descriptor of a list; `flags` without those of the wrap counter. */
static inline void element(uint32_t len, uint32_t id, uint32_t flags)
{
    put_packed(w.put.index, len, id, flags | w.put.flags);
    vwr_packed_advance(&w.put, 1, SIZE);
}

static inline void use_packed(uint32_t id, uint32_t len, uint32_t covered)
{
    put_packed(w.take.index, len, id, WRITE | w.take.flags);
    vwr_packed_advance(&w.take, covered, SIZE);
    look(VWR_BY_DEVICE);
}

static inline void request_packed(uint32_t id)
{
    element(16, id, NEXT);
    element(512, id, NEXT | WRITE);
    element(1, id, WRITE);
    notify();
}

#endif
