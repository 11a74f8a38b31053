/* SPDX-License-Identifier: MIT */
#include "world.h"

#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"

#include <string.h>

/* A hand-written disk, with possible mistakes. It trusts its driver. */

static struct {
    uint32_t status, interrupt, generation, capacity;
    uint32_t device_sel, driver_sel, queue_sel;
    uint32_t size, ready, max;
    uint64_t addr[3];
    struct vwr_features accepted;
    uint16_t avail, used, served;
    struct vwr_packed_cursor take, put;
    bool is_kicked;
} d;

static bool has(unsigned feature)
{
    return vwr_features_have(&d.accepted, feature);
}

/* ---- a request ---- */

struct request {
    uint32_t id, descriptors, type, wrote;
    uint64_t sector;
};

/* One segment; returns whether it is the last of the request. */
static void segment(struct request *r, uint64_t addr, uint32_t bytes, bool is_writable, bool is_last)
{
    uint8_t *const disk = &w.disk[r->sector * 512u % sizeof(w.disk)];

    if (!is_writable && bytes == sizeof(struct vwr_blk_req_out)) {
        r->type = get32(addr);
        r->sector = get64(addr + 8) % SECTORS;
    } else if (is_writable && is_last) {
        *(uint8_t *)at(addr + bytes - 1) = VWR_BLK_S_OK;
        r->wrote += bytes;
    } else if (is_writable && bytes <= 512) {
        memcpy(at(addr), disk, bytes);
        r->wrote += bytes;
    } else if (bytes <= 512) {
        memcpy(disk, at(addr), bytes);
    }
}

static void list_of(struct request *r, uint64_t table, uint32_t bytes)
{
    for (uint32_t i = 0; i < bytes / 16; i++) {
        const uint64_t desc = table + 16 * (uint64_t)i;
        const uint32_t flags = get16(desc + (has(VWR_F_RING_PACKED) ? 14 : 12));

        segment(r, get64(desc), get32(desc + 8), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0, i == bytes / 16 - 1);
    }
}

static void interrupt(uint32_t reasons)
{
    if (is("interrupt-missing") || is("interrupt-missing-event"))
        return;
    d.interrupt |= reasons;
    world_interrupt(reasons);
}

/* ---- a split ring ---- */

static void take_split(struct request *r)
{
    uint32_t at_desc = get16(d.addr[1] + 4 + 2 * (d.avail % d.size));
    uint32_t flags;

    r->id = at_desc;
    do {
        const uint64_t desc = d.addr[0] + 16 * (uint64_t)at_desc;

        flags = get16(desc + 12);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            list_of(r, get64(desc), get32(desc + 8));
        else
            segment(r, get64(desc), get32(desc + 8), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0,
                    (flags & VWR_VIRTQ_DESC_F_NEXT) == 0);
        if (is("table-written"))
            put16(desc + 12, flags ^ VWR_VIRTQ_DESC_F_WRITE);
        at_desc = get16(desc + 14);
    } while ((flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
    d.avail++;
}

static void use_split(const struct request *r)
{
    const uint64_t entry = d.addr[2] + 4 + 8 * (d.used % d.size);
    uint32_t id = r->id, bytes = r->wrote;

    if (is("used-id-outside"))
        id = d.size + 3;
    if (is("used-id-not-available"))
        id = (id + 5) % d.size;
    if (is("used-length"))
        bytes = 4096;
    put32(entry, id);
    put32(entry + 4, bytes);
    d.used++;
    if (is("used-twice") && d.used == 2) {
        put32(entry + 8, id);
        put32(entry + 12, bytes);
        d.used++;
    }
    put16(d.addr[2] + 2, is("used-ahead") ? d.used + 7u : d.used);
    if (is("avail-written"))
        put16(d.addr[1] + 2, d.avail + 1u);
}

/* Whether the driver requests an interrupt for the used buffer. */
static bool is_wanted_split(void)
{
    if (has(VWR_F_EVENT_IDX))
        return get16(d.addr[1] + 4 + 2 * d.size) == (uint16_t)(d.used - 1u);
    if (is("no-interrupt-ignored"))
        return true;
    return (get16(d.addr[1]) & VWR_VIRTQ_AVAIL_F_NO_INTERRUPT) == 0;
}

static void events_split(void)
{
    put16(d.addr[2], is("used-flags") ? 6 : is("used-flags-event") ? 1 : 0);
    if (has(VWR_F_EVENT_IDX))
        put16(d.addr[2] + 4 + 8 * d.size, d.avail);
}

/* ---- a packed ring ---- */

static bool is_available(void)
{
    const uint32_t flags = get16(d.addr[0] + 16 * (uint64_t)d.take.index + 14);

    return (flags & VWR_PACKED_WRAP_FLAGS) == d.take.flags;
}

static void take_packed(struct request *r)
{
    uint32_t flags;

    do {
        const uint64_t desc = d.addr[0] + 16 * (uint64_t)d.take.index;

        flags = get16(desc + 14);
        r->id = get16(desc + 12);
        if ((flags & VWR_VIRTQ_DESC_F_INDIRECT) != 0)
            list_of(r, get64(desc), get32(desc + 8));
        else
            segment(r, get64(desc), get32(desc + 8), (flags & VWR_VIRTQ_DESC_F_WRITE) != 0,
                    (flags & VWR_VIRTQ_DESC_F_NEXT) == 0);
        r->descriptors++;
        vwr_packed_advance(&d.take, 1, d.size);
    } while ((flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
}

static void use_packed(const struct request *r)
{
    const uint32_t place = is("packed-used-place") ? (d.put.index + 1u) % d.size : d.put.index;
    const uint64_t desc = d.addr[0] + 16 * (uint64_t)place;
    const uint32_t id = is("packed-used-id") ? r->id + 5u : r->id;
    uint32_t flags = d.put.flags | VWR_VIRTQ_DESC_F_WRITE;

    if (is("packed-used-wrap"))
        flags ^= VWR_PACKED_WRAP_FLAGS;
    put32(desc + 8, is("packed-used-length") ? 4096 : r->wrote);
    put16(desc + 12, id % d.size);
    put16(desc + 14, flags);
    vwr_packed_advance(&d.put, r->descriptors, d.size);
}

static bool is_wanted_packed(const struct vwr_packed_cursor *before)
{
    const uint32_t word = get32(d.addr[1]);

    if (is("packed-interrupt-missing"))
        return false;
    return vwr_packed_need_event(word, has(VWR_F_EVENT_IDX), &d.put, before->index, d.size);
}

static void events_packed(void)
{
    put32(d.addr[2], has(VWR_F_EVENT_IDX) ? vwr_packed_position(&d.take) | (uint32_t)VWR_RING_EVENT_FLAGS_DESC
                                                                               << VWR_PACKED_EVENT_FLAGS_SHIFT
                                          : 0);
}

/* ---- service ---- */

static void answer(struct request *r)
{
    const struct vwr_packed_cursor before = d.put;

    if (has(VWR_F_RING_PACKED)) {
        use_packed(r);
        events_packed();
        if (is_wanted_packed(&before))
            interrupt(VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
        return;
    }
    use_split(r);
    events_split();
    if (is_wanted_split())
        interrupt(VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
}

/* Mistakes that need no request, made after a few requests have completed. */
static void trouble(void)
{
    if (d.served != 3)
        return;
    if (is("interrupt-without-event"))
        interrupt(VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    if (is("needs-reset-silent"))
        d.status |= VWR_STATUS_DEVICE_NEEDS_RESET;
}

static bool is_there(void)
{
    return has(VWR_F_RING_PACKED) ? is_available() : get16(d.addr[1] + 2) != d.avail;
}

static bool serve(void)
{
    struct request r[2] = {{0}, {0}};
    unsigned count = 0;

    while (count < (is("out-of-order") ? 2 : 1) && is_there()) {
        if (has(VWR_F_RING_PACKED))
            take_packed(&r[count++]);
        else
            take_split(&r[count++]);
    }
    for (unsigned i = count; i-- > 0; d.served++)
        answer(&r[i]);
    trouble();
    return count != 0;
}

static bool work(void)
{
    const bool runs = (d.status & VWR_STATUS_DRIVER_OK) != 0;

    if (d.ready == 0 || d.size == 0 || !(runs || (is("used-early") && is_there())))
        return false;
    return serve();
}

/* ---- registers ---- */

static uint32_t features(uint32_t word)
{
    struct vwr_features f;

    world_features(&f);
    if (is("version-1-not-offered"))
        vwr_features_remove(&f, VWR_F_VERSION_1);
    if (is("offers-without-requirement")) {
        vwr_features_add(&f, VWR_BLK_F_CONFIG_WCE);
        vwr_features_remove(&f, VWR_BLK_F_FLUSH);
    }
    return word < VWR_FEATURE_WORDS ? f.w[word] : 0;
}

static uint32_t read_config(uint32_t offset, unsigned bytes)
{
    uint8_t config[256] = {0};
    uint32_t v = 0;

    for (unsigned i = 0; i < sizeof(d.capacity); i++)
        config[i] = (uint8_t)(d.capacity >> 8 * i);
    if (is("config-changed") && d.served > 3) /* the upper half: a driver reads it in another access */
        config[sizeof(d.capacity)] = 1;
    for (unsigned i = 0; i < bytes && offset + i < sizeof(config); i++)
        v |= (uint32_t)config[offset + i] << 8 * i;
    return v;
}

static uint32_t read_register(uint32_t offset)
{
    /* clang-format off */
    switch (offset) {
    case VWR_MMIO_MAGIC_VALUE: return is("magic") ? 0x12345678 : VWR_MMIO_MAGIC_VALUE_VALUE;
    case VWR_MMIO_VERSION: return is("version") ? 3 : VWR_MMIO_VERSION_MODERN;
    case VWR_MMIO_DEVICE_ID: return 2;
    case VWR_MMIO_DEVICE_FEATURES: return features(d.device_sel);
    case VWR_MMIO_QUEUE_SIZE_MAX: return d.queue_sel == 0 && !is("no-queue") ? QUEUE_SIZE : 0;
    case VWR_MMIO_QUEUE_READY: return d.queue_sel == 0 && !is("ready-lost") ? d.ready : 0;
    case VWR_MMIO_INTERRUPT_STATUS: return is("interrupt-absent") ? 0 : d.interrupt;
    case VWR_MMIO_STATUS: return d.status | (is("status-bit") && d.status != 0 ? 0x20u : 0u);
    case VWR_MMIO_CONFIG_GENERATION: return d.generation;
    default: return 0;
    }
    /* clang-format on */
}

static void reset(void)
{
    const bool keeps_ready = is("reset-keeps-ready") && d.ready != 0;
    const bool keeps_interrupt = is("reset-keeps-interrupt") && d.ready != 0;
    const uint32_t interrupt_status = d.interrupt, capacity = d.capacity;

    memset(&d, 0, sizeof(d));
    d.capacity = capacity != 0 ? capacity : SECTORS;
    d.ready = keeps_ready;
    d.interrupt = keeps_interrupt ? interrupt_status | 1u : 0;
    d.take.flags = VWR_VIRTQ_DESC_F_AVAIL;
    d.put.flags = VWR_PACKED_WRAP_FLAGS;
}

static void write_status(uint32_t value)
{
    if (value == 0)
        reset();
    else
        d.status = value;
}

static void half(unsigned area, bool is_high, uint32_t value)
{
    uint64_t *const v = &d.addr[area];

    *v = is_high ? (uint64_t)value << 32 | (uint32_t)*v : (*v >> 32) << 32 | value;
}

static void write_register(uint32_t offset, uint32_t value)
{
    /* clang-format off */
    switch (offset) {
    case VWR_MMIO_DEVICE_FEATURES_SEL: d.device_sel = value; break;
    case VWR_MMIO_DRIVER_FEATURES_SEL: d.driver_sel = value; break;
    case VWR_MMIO_DRIVER_FEATURES: d.accepted.w[d.driver_sel % VWR_FEATURE_WORDS] = value; break;
    case VWR_MMIO_QUEUE_SEL: d.queue_sel = value; break;
    case VWR_MMIO_QUEUE_SIZE: d.size = value; break;
    case VWR_MMIO_QUEUE_READY: d.ready = value; break;
    case VWR_MMIO_QUEUE_DESC_LOW: half(0, false, value); break;
    case VWR_MMIO_QUEUE_DESC_HIGH: half(0, true, value); break;
    case VWR_MMIO_QUEUE_DRIVER_LOW: half(1, false, value); break;
    case VWR_MMIO_QUEUE_DRIVER_HIGH: half(1, true, value); break;
    case VWR_MMIO_QUEUE_DEVICE_LOW: half(2, false, value); break;
    case VWR_MMIO_QUEUE_DEVICE_HIGH: half(2, true, value); break;
    case VWR_MMIO_INTERRUPT_ACK: d.interrupt &= is("interrupt-stays") ? ~0u : ~value; break;
    case VWR_MMIO_STATUS: write_status(value); break;
    default: break;
    }
    /* clang-format on */
}

static void access_hand(uint32_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    if (is_write && offset < VWR_MMIO_CONFIG)
        write_register(offset, (uint32_t)*value);
    else if (!is_write)
        *value =
            offset < VWR_MMIO_CONFIG ? read_register(offset) : read_config(offset - VWR_MMIO_CONFIG, bytes);
    w.interrupted = d.interrupt != 0;
}

const struct device *hand_device(void)
{
    static const struct device device = {access_hand, work};

    memset(&d, 0, sizeof(d));
    return &device;
}
