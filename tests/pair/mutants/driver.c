/* SPDX-License-Identifier: MIT */
#include "world.h"

#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <string.h>

/*
 * A disk driver with the structure of a teaching kernel's driver, and its possible mistakes: modern
 * registers, one
 * queue of sixteen descriptors, three per request, one request at a time, with interrupts.
 */

#define DESC (RAM_ADDR + 0x1000u)
#define AVAIL (RAM_ADDR + 0x2000u)
#define USED (RAM_ADDR + 0x3000u)
#define TABLE (RAM_ADDR + 0x4000u)
#define HEADER (RAM_ADDR + 0x8000u)
#define STATUS (RAM_ADDR + 0x9000u)
#define DATA (RAM_ADDR + 0x10000u)
#define VIRTUAL UINT64_C(0xffffffc000000000) /* as a kernel's own addresses of memory */
#define REQUESTS 24u
#define NEXT VWR_VIRTQ_DESC_F_NEXT
#define WRITE VWR_VIRTQ_DESC_F_WRITE
#define TABLED VWR_VIRTQ_DESC_F_INDIRECT

static struct {
    uint32_t status, size;
    struct vwr_features offered, accepted;
    uint16_t avail, kicked, used;
    uint32_t done, first; /* first descriptor of the next request */
    struct vwr_packed_cursor put, take;
} d;

static bool has(unsigned feature)
{
    return vwr_features_have(&d.accepted, feature);
}

/* ---- start-up ---- */

static void set(uint32_t bit)
{
    d.status |= bit;
    wr(VWR_MMIO_STATUS, d.status);
}

static void reset(void)
{
    wr(VWR_MMIO_STATUS, 0);
    d.status = 0;
    if (!is("reset-not-awaited"))
        (void)rd(VWR_MMIO_STATUS);
}

static void find(void)
{
    if (!is("not-probed")) {
        (void)rd(VWR_MMIO_MAGIC_VALUE);
        (void)rd(VWR_MMIO_VERSION);
    }
    (void)rd(VWR_MMIO_DEVICE_ID);
    (void)rd(VWR_MMIO_VENDOR_ID);
    if (is("writes-vendor"))
        wr(VWR_MMIO_VENDOR_ID, 1);
    if (is("status-by-bytes")) {
        uint64_t v = 0;

        access_of(VWR_MMIO_STATUS, 1, false, &v);
    }
    if (!is("no-reset"))
        reset();
    if (is("status-order"))
        set(VWR_STATUS_DRIVER);
    if (!is("no-acknowledge"))
        set(VWR_STATUS_ACKNOWLEDGE);
    set(VWR_STATUS_DRIVER);
}

static void write_features(uint32_t word, uint32_t value)
{
    if (!is("selector-stays") && !is("driver-features-unselected"))
        wr(VWR_MMIO_DRIVER_FEATURES_SEL, word);
    else if (is("selector-stays"))
        wr(VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    wr(VWR_MMIO_DRIVER_FEATURES, value);
}

static void features(void)
{
    for (uint32_t i = 0; i < (is("features-unread") ? 0u : 2u); i++) {
        if (!is("features-unselected"))
            wr(VWR_MMIO_DEVICE_FEATURES_SEL, i);
        d.offered.w[i] = rd(VWR_MMIO_DEVICE_FEATURES);
    }
    d.accepted = d.offered;
    if (is("not-offered"))
        vwr_features_add(&d.accepted, VWR_BLK_F_RO);
    if (is("version-1-refused"))
        vwr_features_remove(&d.accepted, VWR_F_VERSION_1);
    if (is("config-early")) {
        uint64_t v = 1;

        access_of(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, &v);
    }
    if (is("features-read-back")) /* as read, change, write of one register */
        (void)rd(VWR_MMIO_DRIVER_FEATURES);
    for (uint32_t i = 0; i < 2; i++)
        write_features(i, d.accepted.w[i]);
    if (is("no-features-ok"))
        return;
    set(VWR_STATUS_FEATURES_OK);
    if (!is("features-ok-unread"))
        (void)rd(VWR_MMIO_STATUS);
    if (is("features-late"))
        write_features(0, d.accepted.w[0]);
}

static uint64_t swapped(uint64_t addr, const char *mistake)
{
    return is(mistake) ? addr << 32 : addr;
}

static void area(uint32_t low, uint64_t addr, const char *left_out)
{
    if (is(left_out))
        return;
    wr(low, (uint32_t)addr);
    wr(low + 4, (uint32_t)(addr >> 32));
}

static void areas(void)
{
    uint64_t desc = swapped(DESC, "desc-halves");
    uint64_t driver = swapped(AVAIL, "avail-halves"), device = swapped(USED, "used-halves");

    if (is("desc-cut"))
        desc = 0x1000;
    if (is("desc-page"))
        desc = DESC / 4096;
    if (is("avail-misaligned") || is("packed-misaligned"))
        driver += 1;
    if (is("used-over-avail"))
        device = driver + 8;
    if (is("areas-exchanged")) {
        driver = USED;
        device = AVAIL;
    }
    area(VWR_MMIO_QUEUE_DESC_LOW, desc, "desc-left-out");
    area(VWR_MMIO_QUEUE_DRIVER_LOW, driver, "avail-left-out");
    area(VWR_MMIO_QUEUE_DEVICE_LOW, device, "used-left-out");
}

static void queue(void)
{
    wr(VWR_MMIO_QUEUE_SEL, is("other-queue") ? 1 : 0);
    (void)rd(VWR_MMIO_QUEUE_READY);
    (void)rd(VWR_MMIO_QUEUE_SIZE_MAX);
    d.size = is("num-6") ? 6 : is("num-too-large") ? 4096 : QUEUE_SIZE;
    if (!is("no-num"))
        wr(VWR_MMIO_QUEUE_SIZE, d.size);
    areas();
    if (is("not-zeroed"))
        memset(at(AVAIL), 5, 64);
    if (!is("no-ready"))
        wr(VWR_MMIO_QUEUE_READY, 1);
    if (is("size-while-ready"))
        wr(VWR_MMIO_QUEUE_SIZE, QUEUE_SIZE / 2);
}

static void begin_rings(void)
{
    d.put = (struct vwr_packed_cursor){0, VWR_VIRTQ_DESC_F_AVAIL};
    d.take = (struct vwr_packed_cursor){0, VWR_PACKED_WRAP_FLAGS};
    d.avail = d.kicked = d.used = 0;
}

/* A queue is stopped, or reset, and set up again. */
static void queue_again(void)
{
    if (is("queue-reset-refused"))
        wr(VWR_MMIO_QUEUE_RESET, 1);
    if ((w.mode & RESETS) != 0) {
        wr(VWR_MMIO_QUEUE_RESET, is("queue-reset-of-2") ? 2 : 1);
        if (!is("queue-reset-unread"))
            (void)rd(VWR_MMIO_QUEUE_RESET);
        memset(at(AVAIL), 0, 0x1000);
        memset(at(USED), 0, 0x1000);
        memset(at(DESC), 0, 0x1000);
        begin_rings();
        if (is("reenabled-as-it-was"))
            wr(VWR_MMIO_QUEUE_READY, 1);
        else
            queue();
    }
    if (is("stop-unread")) {
        wr(VWR_MMIO_QUEUE_READY, 0);
        wr(VWR_MMIO_QUEUE_READY, 1);
    }
}

static void give(uint32_t slot);

static void start(void)
{
    find();
    features();
    (void)rd(VWR_MMIO_CONFIG_GENERATION);
    (void)rd(VWR_MMIO_CONFIG);
    (void)rd(VWR_MMIO_CONFIG + 4);
    (void)rd(VWR_MMIO_CONFIG_GENERATION);
    if (is("queues-field-at-72")) {
        (void)rd(VWR_MMIO_CONFIG + 72);
    }
    if (is("capacity-by-bytes")) {
        uint64_t v = 0;

        access_of(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_CAPACITY, 1, false, &v);
    }
    if (is("driver-ok-before-queues"))
        set(VWR_STATUS_DRIVER_OK);
    queue();
    if (is("used-early")) { /* what the driver does is allowed */
        give(0);
        (void)world_step();
    }
    if (is("notified-early"))
        wr(VWR_MMIO_QUEUE_NOTIFY, 0);
    if (!is("no-driver-ok"))
        set(VWR_STATUS_DRIVER_OK);
    if (is("goes-on-after-failed"))
        set(VWR_STATUS_FAILED);
    if (is("status-cleared"))
        wr(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
}

/* ---- a request ---- */

struct part {
    uint64_t addr;
    uint32_t bytes, flags;
};

/* The three parts of a read, and their possible mistakes. */
static void parts_of(struct part *part, uint32_t slot)
{
    part[0] = (struct part){HEADER + 32 * (uint64_t)slot, is("header-short") ? 8 : 16, NEXT};
    part[1] = (struct part){DATA + 512 * (uint64_t)slot, is("data-uneven") ? 500 : 512, NEXT | WRITE};
    part[2] = (struct part){STATUS + 32 * (uint64_t)slot, 1, WRITE};
    if (is("next-missing"))
        part[0].flags = 0;
    if (is("second-next-missing"))
        part[1].flags = WRITE;
    if (is("data-read-only"))
        part[1].flags = NEXT;
    if (is("status-read-only") || is("packed-status-read-only"))
        part[2].flags = 0;
    if (is("order")) {
        part[0] = part[1];
        part[1] = (struct part){HEADER, 16, NEXT};
    }
    if (is("no-length"))
        part[1].bytes = 0;
    if (is("buffer-outside"))
        part[1].addr = 0x1000;
    if (is("header-virtual") || is("packed-header-virtual"))
        part[0].addr |= VIRTUAL;
    if (is("status-virtual"))
        part[2].addr |= VIRTUAL;
    if (is("header-writable"))
        part[0].flags |= WRITE;
    if (is("buffer-over-ring"))
        part[1].addr = USED - 256;
}

static void header(uint32_t slot)
{
    const uint64_t at_header = HEADER + 32 * (uint64_t)slot;

    put32(at_header, is("type-exchanged")      ? (uint32_t)VWR_BLK_T_OUT
                     : is("flush-with-sector") ? (uint32_t)VWR_BLK_T_FLUSH
                                               : (uint32_t)VWR_BLK_T_IN);
    put32(at_header + 4, 0);
    put32(at_header + 8, is("beyond-the-end") ? SECTORS : is("flush-with-sector") ? 5 : d.done % SECTORS);
    put32(at_header + 12, 0);
}

/* The table of an indirect descriptor; returns its size in bytes. */
static uint32_t table_of(const struct part *part)
{
    const bool packed = has(VWR_F_RING_PACKED);

    for (uint32_t i = 0; i < 3; i++) {
        const uint32_t flags = packed ? part[i].flags & WRITE : part[i].flags;

        if (packed)
            put_desc(TABLE + 16 * i, part[i].addr, part[i].bytes, 0, flags);
        else
            put_desc(TABLE + 16 * i, part[i].addr, part[i].bytes, flags, i < 2 ? i + 1 : 0);
    }
    if (is("indirect-nested"))
        put_desc(TABLE + 16, TABLE, 16, TABLED, 0);
    if (is("indirect-out-of-order"))
        put_desc(TABLE, part[0].addr, part[0].bytes, NEXT, 2);
    if (is("packed-indirect-flags"))
        put_desc(TABLE, part[0].addr, part[0].bytes, 0, NEXT);
    return is("indirect-too-long") ? 16 * (QUEUE_SIZE + 1) : is("indirect-partial") ? 47 : 48;
}

/* ---- a split ring ---- */

static uint32_t place(uint32_t i)
{
    return (d.first + i) % d.size;
}

static void fill_split(const struct part *part)
{
    for (uint32_t i = 0; i < 3; i++) {
        uint32_t next = place(i + 1);

        if (i == 0 && is("next-too-far"))
            next = 100;
        if (i == 1 && is("loop"))
            next = place(0);
        if (i == 0 && is("chain-not-in-order"))
            next = place(2);
        put_desc(DESC + 16 * place(i), part[i].addr, part[i].bytes, part[i].flags, next);
    }
}

static void fill_table(const struct part *part)
{
    const uint32_t flags = is("indirect-with-next") ? TABLED | NEXT : TABLED;
    const uint64_t table = is("table-virtual") ? TABLE | VIRTUAL : TABLE;

    put_desc(DESC + 16 * place(0), table, table_of(part), flags, place(1));
    put_desc(DESC + 16 * place(1), DATA, 16, WRITE, 0);
}

static void entry_of(uint16_t position)
{
    put16(AVAIL + 4 + 2 * (position % d.size), is("head") ? 64 : place(0));
}

static bool wants_kick_split(void)
{
    if (is("no-notify") || is("no-notify-event") || is("used-early"))
        return false;
    if (has(VWR_F_EVENT_IDX))
        return vwr_ring_need_event(get16(USED + 4 + 8 * d.size), d.avail, d.kicked);
    return (get16(USED) & VWR_VIRTQ_USED_F_NO_NOTIFY) == 0;
}

static void events_split(void)
{
    put16(AVAIL, is("avail-flags") ? 6 : is("avail-flags-event") || is("no-interrupt-ignored") ? 1 : 0);
    if (has(VWR_F_EVENT_IDX))
        put16(AVAIL + 4 + 2 * d.size, d.used);
}

static void notify(uint32_t value)
{
    wr(VWR_MMIO_QUEUE_NOTIFY, is("wrong-notify") ? 1 : value);
}

static void publish_split(void)
{
    const bool late = is("idx-before-entry") && d.done == QUEUE_SIZE + 2;

    events_split();
    if (!late)
        entry_of(d.avail);
    d.avail++;
    if (is("idx-too-far"))
        d.avail = (uint16_t)(d.avail + d.size);
    if (is("idx-back") && d.done == 2)
        d.avail = 1;
    if (!is("idx-stays"))
        put16(AVAIL + 2, d.avail);
    if (wants_kick_split())
        notify(has(VWR_F_NOTIFICATION_DATA) ? (uint32_t)d.avail << 16 : 0);
    if (late)
        entry_of((uint16_t)(d.avail - 1u));
    d.kicked = d.avail;
}

static void give_split(const struct part *part)
{
    const bool has_table = has(VWR_F_INDIRECT_DESC) || is("indirect-refused");

    if (is("idx-before-entry") &&
        d.done == QUEUE_SIZE + 2) /* not the head that the entry contained one lap before */
        d.first = place(4);
    if (has_table)
        fill_table(part);
    else
        fill_split(part);
    publish_split();
    if (is("entry-twice"))
        publish_split();
    if (is("reused-in-flight")) { /* as after a timeout, without a reset */
        put_desc(DESC + 16 * place(1), DATA + 0x4000, 512, NEXT | WRITE, place(2));
        (void)rd(VWR_MMIO_STATUS);
    }
    d.first = place(has_table ? 1 : is("idx-before-entry") ? 4 : 3);
}

static bool take_split(void)
{
    if (get16(USED + 2) == d.used)
        return false;
    d.used++;
    return true;
}

/* ---- a packed ring ---- */

static void element(const struct part *part, uint32_t id, uint32_t flags)
{
    put_desc(DESC + 16 * (uint64_t)d.put.index, part->addr, part->bytes, id, flags | d.put.flags);
    vwr_packed_advance(&d.put, 1, d.size);
    if (is("packed-wrap") && d.put.index < 3)
        d.put.flags = VWR_VIRTQ_DESC_F_AVAIL;
}

static bool wants_kick_packed(const struct vwr_packed_cursor *before)
{
    return !is("packed-no-notify") &&
           vwr_packed_need_event(get32(USED), has(VWR_F_EVENT_IDX), &d.put, before->index, d.size);
}

static void events_packed(void)
{
    const uint32_t flags = has(VWR_F_EVENT_IDX)       ? VWR_RING_EVENT_FLAGS_DESC
                           : is("packed-event-flags") ? 3
                                                      : VWR_RING_EVENT_FLAGS_ENABLE;

    put32(AVAIL, (has(VWR_F_EVENT_IDX) ? vwr_packed_position(&d.take) : 0) | flags << 16);
}

static void fill_packed(const struct part *part, uint32_t id)
{
    if (has(VWR_F_INDIRECT_DESC) || is("packed-indirect-refused")) {
        const struct part table = {TABLE, table_of(part), 0};
        const bool in_list = is("packed-indirect-in-list");

        element(&table, id, in_list ? TABLED | NEXT : TABLED);
        if (in_list)
            element(&part[2], id, WRITE);
        return;
    }
    for (uint32_t i = 0; i < 3; i++)
        element(&part[i], id, is("packed-too-long") ? part[i].flags | NEXT : part[i].flags);
    for (uint32_t i = 3; i < QUEUE_SIZE && is("packed-too-long"); i++)
        element(&part[1], id, NEXT | WRITE);
}

static void give_packed(const struct part *part)
{
    const struct vwr_packed_cursor before = d.put;
    uint32_t data;

    events_packed();
    fill_packed(part, d.done % 4);
    if (is("packed-id-twice"))
        fill_packed(part, d.done % 4);
    data = (uint32_t)vwr_packed_position(is("packed-position") ? &before : &d.put) << 16;
    if (wants_kick_packed(&before))
        notify(has(VWR_F_NOTIFICATION_DATA) ? data : 0);
    if (is("packed-reused-in-flight")) {
        put32(DESC + 16 * ((uint64_t)before.index + 1) + 8, 4096);
        (void)rd(VWR_MMIO_STATUS);
    }
}

static bool take_packed(void)
{
    const uint32_t flags = get16(DESC + 16 * (uint64_t)d.take.index + 14);

    if ((flags & VWR_PACKED_WRAP_FLAGS) != d.take.flags)
        return false;
    vwr_packed_advance(&d.take, has(VWR_F_INDIRECT_DESC) ? 1 : 3, d.size);
    return true;
}

/* ---- the driver ---- */

static void give(uint32_t slot)
{
    struct part part[3];

    parts_of(part, slot);
    header(slot);
    if (has(VWR_F_RING_PACKED))
        give_packed(part);
    else
        give_split(part);
}

static bool take(void)
{
    return has(VWR_F_RING_PACKED) ? take_packed() : take_split();
}

/* Waits for an interrupt, as far as the device has something to do. */
static bool interrupt(void)
{
    uint32_t reasons;

    while (!w.interrupted)
        if (!world_step()) {
            vwr_monitor_idle(&w.m);
            return false;
        }
    if (is("not-looked-at")) {
        w.interrupted = false;
        return true;
    }
    reasons = rd(VWR_MMIO_INTERRUPT_STATUS);
    if (is("interrupt-vanishes"))
        reasons = rd(VWR_MMIO_INTERRUPT_STATUS);
    if (is("acknowledges-all"))
        reasons = 0xffffffffu;
    if (is("not-acknowledged"))
        w.interrupted = false;
    else
        wr(VWR_MMIO_INTERRUPT_ACK, reasons);
    return true;
}

static bool request(void)
{
    const bool two = is("out-of-order");

    give(0);
    if (two)
        give(1);
    if (!interrupt() || !take())
        return false;
    return !two || take();
}

void driver_run(void)
{
    memset(&d, 0, sizeof(d));
    d.first = 1;
    begin_rings();
    start();
    while (d.done < REQUESTS && request()) {
        d.done++;
        if (d.done == 5)
            queue_again();
    }
    vwr_monitor_idle(&w.m);
    reset();
    wr(VWR_MMIO_QUEUE_SEL, 0);
    (void)rd(VWR_MMIO_QUEUE_READY);
    (void)rd(VWR_MMIO_INTERRUPT_STATUS);
}
