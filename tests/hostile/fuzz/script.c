/* SPDX-License-Identifier: MIT */
#include "script.h"

#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"

#include <string.h>

#define STRIDE 0x3000u /* distance between rings */
#define DRIVER 0x1000u
#define DEVICE 0x2000u
#define DATA (WORLD_RAM + WORLD_QUEUES * STRIDE)
#define TABLES (DATA + 0x4000u)
#define HEADERS (DATA + 0x2000u)
#define RANGES (DATA + 0x3000u)
#define PAGE 0x1000u

/* ---- operands ---- */

uint64_t script_address(struct script *s)
{
    const uint16_t a = input_u16(&s->in);
    const uint64_t low = a & 0xfffu;

    switch (a >> 12) {
    case 0:
        return WORLD_RAM + low * 32;
    case 1:
        return DATA + low * 8;
    case 2:
        return WORLD_END - 64 + (low & 0x7f);
    case 3:
        return WORLD_BORDER - 0x800 + low;
    case 4:
        return WORLD_BORDER - 16 + (low & 0x1f);
    case 5:
        return WORLD_HIGH + (low & 0x7ff);
    case 6:
        return WORLD_HIGH + WORLD_HIGH_BYTES - 64 + (low & 0x7f);
    case 7:
        return WORLD_BASE + low;
    case 8:
        return low;
    case 9:
        return UINT64_MAX - low;
    case 10:
        return input_u64(&s->in);
    case 11:
        return WORLD_RAM - 16 + (low & 0x1f);
    default:
        return WORLD_DATA + low * 2;
    }
}

uint32_t script_length(struct script *s)
{
    static const uint32_t special[16] = {0,          1,          511,        512,       513,    0xfff,
                                         0x1000,     0x1001,     24,         0x1010,    0x1ff0, 0x3000,
                                         0x7fffffff, 0x80000000, 0xfffffe00, 0xffffffff};
    const uint8_t n = input_u8(&s->in);

    if (n < 0x80)
        return n;
    if (n < 0xc0)
        return 512u * (n & 0x3fu);
    if (n < 0xe0)
        return special[n & 15];
    return input_u32(&s->in);
}

void script_write(uint64_t addr, const void *from, size_t bytes)
{
    void *const all = world_at(addr, bytes);

    if (all != NULL) {
        memcpy(all, from, bytes);
        return;
    }
    for (size_t i = 0; i < bytes; i++) {
        uint8_t *const at = world_at(addr + i, 1);

        if (at != NULL)
            *(volatile uint8_t *)at = ((const uint8_t *)from)[i];
    }
}

static void write16(uint64_t addr, uint16_t v)
{
    v = vwr_guest16(world.plan.legacy, v);
    script_write(addr, &v, sizeof(v));
}

static void write32(uint64_t addr, uint32_t v)
{
    v = vwr_guest32(world.plan.legacy, v);
    script_write(addr, &v, sizeof(v));
}

static void write64(uint64_t addr, uint64_t v)
{
    v = vwr_guest64(world.plan.legacy, v);
    script_write(addr, &v, sizeof(v));
}

/* ---- start-up ---- */

static void reg(unsigned offset, uint32_t value)
{
    if (world.elsewhere == NULL || !world.elsewhere(offset, value))
        (void)world_access(offset, 4, true, value);
}

static void reg64(unsigned low, uint64_t value)
{
    reg(low, (uint32_t)value);
    reg(low + 4, (uint32_t)(value >> 32));
}

/* Places a ring as a driver would, with at most one error. */
static void place_ring(struct script *s, struct script_ring *r, unsigned q, bool odd)
{
    r->desc = WORLD_RAM + q * STRIDE;
    r->driver = r->desc + DRIVER;
    r->device = r->desc + DEVICE;
    if (!odd)
        return;
    switch (input_u8(&s->in) & 3) {
    case 0:
        r->size = script_length(s);
        return;
    case 1:
        r->desc = script_address(s);
        return;
    case 2:
        r->driver = script_address(s);
        return;
    default:
        r->device = script_address(s);
    }
}

static void start_queue(struct script *s, unsigned q, bool odd)
{
    struct script_ring *const r = &s->ring[q];

    place_ring(s, r, q, odd);
    r->next = 0;
    r->avail = 0;
    r->id = 0;
    r->wrap = true;
    reg(VWR_MMIO_QUEUE_SEL, q);
    reg(VWR_MMIO_QUEUE_SIZE, r->size);
    if (world.plan.legacy) {
        r->driver = r->desc + sizeof(struct vwr_virtq_desc) * r->size;
        r->device = r->desc + PAGE;
        reg(VWR_MMIO_QUEUE_ALIGN, PAGE);
        reg(VWR_MMIO_QUEUE_PFN, (uint32_t)(r->desc / PAGE));
        return;
    }
    reg64(VWR_MMIO_QUEUE_DESC_LOW, r->desc);
    reg64(VWR_MMIO_QUEUE_DRIVER_LOW, r->driver);
    reg64(VWR_MMIO_QUEUE_DEVICE_LOW, r->device);
    reg(VWR_MMIO_QUEUE_READY, 1);
}

static void accept(struct script *s)
{
    const uint32_t without = input_u32(&s->in); /* features of the class and of the ring to leave out */
    const uint32_t offered0 = world.dev->offered.w[0];
    const uint32_t offered1 = world.dev->offered.w[1];

    reg(VWR_MMIO_DRIVER_FEATURES_SEL, 0);
    reg(VWR_MMIO_DRIVER_FEATURES, offered0 & ~without);
    if (without >> 30 == 3) { /* and add unknown features */
        reg(VWR_MMIO_DRIVER_FEATURES_SEL, input_u8(&s->in));
        reg(VWR_MMIO_DRIVER_FEATURES, input_u8(&s->in));
    }
    if (world.plan.legacy)
        return;
    reg(VWR_MMIO_DRIVER_FEATURES_SEL, 1);
    reg(VWR_MMIO_DRIVER_FEATURES, offered1 & ~(without >> 4 & 0xfeu));
}

void script_start(struct script *s)
{
    const uint8_t how = input_u8(&s->in);

    reg(VWR_MMIO_STATUS, 0);
    reg(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE);
    reg(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    accept(s);
    if (world.plan.legacy)
        reg(VWR_MMIO_GUEST_PAGE_SIZE, PAGE);
    else
        reg(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK);
    s->packed = vwr_vdev_has(world.dev, VWR_F_RING_PACKED);
    memset(world_at(WORLD_RAM, world.dev->queues * STRIDE), 0, world.dev->queues * STRIDE);
    for (unsigned q = 0; q < world.dev->queues; q++) {
        s->ring[q].size = world.plan.queue_size >> ((how & 1) != 0 ? 1 : 0);
        if (s->packed && (how & 2) != 0)
            s->ring[q].size--;
        start_queue(s, q, (how & 0x0c) == 0x0c);
    }
    if ((how & 0xe0) == 0xe0) /* before DRIVER_OK */
        reg(VWR_MMIO_QUEUE_NOTIFY, how >> 4 & 1u);
    reg(VWR_MMIO_STATUS, VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_DRIVER_OK |
                             (world.plan.legacy ? 0 : VWR_STATUS_FEATURES_OK));
}

/* ---- buffers ---- */

static void write_split(uint64_t at, const struct script_segment *p, uint16_t flags, uint16_t next)
{
    write64(at, p->addr);
    write32(at + offsetof(struct vwr_virtq_desc, len), p->len);
    write16(at + offsetof(struct vwr_virtq_desc, flags), flags);
    write16(at + offsetof(struct vwr_virtq_desc, next), next);
}

static void put_split(struct script_ring *r, const struct script_segment *p, unsigned count)
{
    const uint32_t head = r->next;

    for (unsigned i = 0; i < count; i++) {
        const bool more = i + 1 < count;
        const uint32_t at = r->next;

        r->next = (r->next + 1) % r->size;
        write_split(r->desc + at * sizeof(struct vwr_virtq_desc), &p[i],
                    (uint16_t)(p[i].flags ^ (more ? VWR_VIRTQ_DESC_F_NEXT : 0)), (uint16_t)r->next);
    }
    write16(r->driver + offsetof(struct vwr_virtq_avail, ring) + 2 * (r->avail % r->size), (uint16_t)head);
    r->avail++;
}

static void write_packed(uint64_t at, const struct script_segment *p, uint16_t flags, uint16_t id)
{
    write64(at, p->addr);
    write32(at + offsetof(struct vwr_pvirtq_desc, len), p->len);
    write16(at + offsetof(struct vwr_pvirtq_desc, id), id);
    write16(at + offsetof(struct vwr_pvirtq_desc, flags), flags);
}

static void put_packed(struct script_ring *r, const struct script_segment *p, unsigned count, bool publish)
{
    for (unsigned i = 0; i < count; i++) {
        uint16_t flags = (uint16_t)(p[i].flags ^ (r->wrap ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED));

        if (i == 0 && !publish)
            flags = 0;
        if (i + 1 < count)
            flags ^= VWR_VIRTQ_DESC_F_NEXT;
        write_packed(r->desc + r->next * sizeof(struct vwr_pvirtq_desc), &p[i], flags, r->id);
        if (++r->next == r->size) {
            r->next = 0;
            r->wrap = !r->wrap;
        }
    }
    r->id = (uint16_t)((r->id + 1) % r->size);
}

static struct script_segment put_table(const struct script *s, const struct script_segment *p, unsigned count,
                                       uint64_t at)
{
    const struct script_segment table = {at, (uint32_t)(count * sizeof(struct vwr_virtq_desc)),
                                         VWR_VIRTQ_DESC_F_INDIRECT};

    for (unsigned i = 0; i < count; i++, at += sizeof(struct vwr_virtq_desc)) {
        if (s->packed)
            write_packed(at, &p[i], p[i].flags, 0);
        else
            write_split(at, &p[i], (uint16_t)(p[i].flags ^ (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0)),
                        (uint16_t)(i + 1));
    }
    return table;
}

void script_put(struct script *s, unsigned queue, const struct script_segment *segment, unsigned count,
                bool indirect, bool publish)
{
    struct script_ring *const r = &s->ring[queue];
    struct script_segment table;

    if (r->size == 0 || r->size > WORLD_QUEUE_SIZE || count == 0)
        return;
    if (indirect) {
        const uint64_t at = (s->slot & 1) != 0 ? TABLES + 0x200 * (s->slot % 16) : WORLD_BORDER - 40;

        table = put_table(s, segment, count, at);
        segment = &table;
        count = 1;
    }
    if (s->packed) {
        put_packed(r, segment, count, publish);
        return;
    }
    put_split(r, segment, count);
    if (publish)
        write16(r->driver + offsetof(struct vwr_virtq_avail, idx), r->avail);
}

void script_notify(struct script *s, unsigned queue)
{
    (void)s;
    reg(VWR_MMIO_QUEUE_NOTIFY, queue);
}

/* ---- the steps of a script ---- */

/* Chains the last descriptor to another one, perhaps back into its own chain. */
static void close_circle(struct script *s, unsigned queue)
{
    const struct script_ring *const r = &s->ring[queue];
    uint64_t last;

    if (r->size == 0 || r->size > WORLD_QUEUE_SIZE)
        return;
    last = r->desc + (r->next + r->size - 1) % r->size * sizeof(struct vwr_virtq_desc);
    if (!s->packed)
        write16(last + offsetof(struct vwr_virtq_desc, next), input_u16(&s->in));
    write16(
        last + (s->packed ? offsetof(struct vwr_pvirtq_desc, flags) : offsetof(struct vwr_virtq_desc, flags)),
        VWR_VIRTQ_DESC_F_NEXT);
}

static void any_chain(struct script *s)
{
    struct script_segment p[SCRIPT_SEGMENTS];
    const uint8_t how = input_u8(&s->in);
    const unsigned queue = (how & 7u) % world.dev->queues;
    const uint8_t what = input_u8(&s->in);
    const unsigned count = 1 + what % SCRIPT_SEGMENTS;

    for (unsigned i = 0; i < count; i++) {
        const uint8_t flags = input_u8(&s->in);

        p[i].flags = (flags & 1) != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
        if ((flags & 0xf0) == 0xf0)
            p[i].flags = input_u16(&s->in);
        p[i].addr = script_address(s);
        p[i].len = script_length(s);
    }
    script_put(s, queue, p, count, (how & 0x08) != 0, (how & 0x10) == 0);
    if ((how & 0x40) != 0)
        close_circle(s, queue);
    if ((how & 0x20) == 0)
        script_notify(s, queue);
}

/* Ranges of a discard or write zeroes request, most of them valid. */
static struct script_segment ranges(struct script *s)
{
    const uint8_t how = input_u8(&s->in);
    const unsigned count = 1 + (how & 15u) % 9;
    const uint64_t at = (how & 0x80) != 0 ? script_address(s) : RANGES;
    const struct script_segment p = {at, (uint32_t)(count * sizeof(struct vwr_blk_discard_write_zeroes)), 0};

    for (unsigned i = 0; i < count; i++) {
        const uint64_t r = at + i * sizeof(struct vwr_blk_discard_write_zeroes);
        const uint8_t what = input_u8(&s->in);

        write64(r, (what & 0x80) != 0 ? input_u64(&s->in) : (what & 0x7fu) % (WORLD_SECTORS + 1));
        write32(r + offsetof(struct vwr_blk_discard_write_zeroes, num_sectors), script_length(s));
        write32(r + offsetof(struct vwr_blk_discard_write_zeroes, flags), (how & 0x40) != 0 ? what & 3u : 0);
    }
    return p;
}

/* A request in a driver's format, with arbitrary contents. */
static void disk_request(struct script *s)
{
    static const uint32_t types[8] = {VWR_BLK_T_IN,       VWR_BLK_T_OUT,     VWR_BLK_T_FLUSH,
                                      VWR_BLK_T_GET_ID,   VWR_BLK_T_DISCARD, VWR_BLK_T_WRITE_ZEROES,
                                      VWR_BLK_T_FLUSH_OUT};
    const uint8_t how = input_u8(&s->in);
    const uint8_t segments = input_u8(&s->in);
    const unsigned type = how & 7;
    const bool in = type == 0 || type == 3;
    const uint64_t head = HEADERS + 64 * (s->slot % 64);
    struct script_segment p[SCRIPT_SEGMENTS];
    unsigned n = 0;

    write32(head, type == 7 ? input_u32(&s->in) : types[type]);
    write64(head + offsetof(struct vwr_blk_req_out, sector),
            (segments & 0x80) != 0 ? input_u64(&s->in) : input_u8(&s->in) % (WORLD_SECTORS + 2));
    if ((segments & 0x40) != 0)
        p[n++] = (struct script_segment){head, 5, 0};
    p[n] = (struct script_segment){head, sizeof(struct vwr_blk_req_out), 0};
    if (n != 0) {
        p[1].addr += p[0].len;
        p[1].len -= p[0].len;
    }
    n++;
    if (type == 4 || type == 5)
        p[n++] = ranges(s);
    for (unsigned i = 0; i < (segments & 7u); i++)
        p[n++] =
            (struct script_segment){script_address(s), script_length(s), in ? VWR_VIRTQ_DESC_F_WRITE : 0};
    if ((segments & 0x38) != 0x38)
        p[n++] = (struct script_segment){head + 32, (segments & 0x38) == 0x30 ? input_u8(&s->in) : 1,
                                         VWR_VIRTQ_DESC_F_WRITE};
    s->slot++;
    script_put(s, (how >> 3 & 3u) % world.dev->queues, p, n, (how & 0x20) != 0, true);
    if ((how & 0x40) == 0)
        script_notify(s, (how >> 3 & 3u) % world.dev->queues);
}

static void console_message(struct script *s)
{
    const uint64_t at = HEADERS + 64 * (s->slot++ % 64);
    const uint8_t what = input_u8(&s->in);
    struct script_segment p = {at, sizeof(struct vwr_console_control), 0};

    write32(at, (what & 0x40) != 0 ? input_u32(&s->in) : what >> 4 & 3u);
    write16(at + offsetof(struct vwr_console_control, event), what & 15u);
    write16(at + offsetof(struct vwr_console_control, value), what >> 7);
    if (world.dev->queues <= VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ)
        return;
    script_put(s, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ, &p, 1, false, true);
    script_notify(s, VWR_CONSOLE_QUEUE_CONTROL_TRANSMITQ);
}

/* Splits a buffer into segments of `each` bytes; the last segment has the rest. */
static unsigned cut(struct script_segment *p, uint64_t addr, uint32_t bytes, uint32_t each, uint16_t flags)
{
    unsigned n = 0;

    while (bytes > 0 && n < SCRIPT_SEGMENTS / 2) {
        const uint32_t len = each == 0 || bytes < each || n + 1 == SCRIPT_SEGMENTS / 2 ? bytes : each;

        p[n++] = (struct script_segment){addr, len, flags};
        addr += len;
        bytes -= len;
    }
    return n;
}

/* Sends a message as it stands in the input, with space for an answer. */
void script_message(struct script *s)
{
    const uint8_t how = input_u8(&s->in);
    const uint16_t lengths = input_u16(&s->in); /* 10 bits: driver's length, 6: device's */
    const uint32_t out = lengths & 0x3ffu;
    const uint32_t in = (lengths >> 10) * ((how & 0x80) != 0 ? 64u : 1u);
    const uint8_t each = (how & 0x40) != 0 ? input_u8(&s->in) : 0;
    const uint64_t at = (s->slot & 1) != 0 ? WORLD_BORDER - out / 2 : WORLD_DATA + 0x400 * (s->slot / 2 % 4);
    struct script_segment p[SCRIPT_SEGMENTS];
    unsigned n;

    for (uint32_t i = 0; i < out; i++) {
        const uint8_t byte = input_u8(&s->in);

        script_write(at + i, &byte, 1);
    }
    n = cut(p, at, out, each, 0);
    n += cut(p + n, WORLD_BORDER - in / 2 + 0x400, in, each, VWR_VIRTQ_DESC_F_WRITE);
    s->slot++;
    script_put(s, (how & 7u) % world.dev->queues, p, n, (how & 0x08) != 0, true);
    if ((how & 0x10) == 0)
        script_notify(s, (how & 7u) % world.dev->queues);
}

/* Fills all receive queues with buffers: a console sends nothing without them. */
static void lend(struct script *s)
{
    const uint8_t count = input_u8(&s->in);

    for (unsigned q = 0; q < world.dev->queues; q += 2)
        for (unsigned i = 0; i < 1 + count % 4u; i++) {
            const struct script_segment p = {DATA + 64 * (s->slot++ % 64), 1 + count / 4u,
                                             VWR_VIRTQ_DESC_F_WRITE};

            script_put(s, q, &p, 1, false, true);
            script_notify(s, q);
        }
}

static void forget_line(void *context, const char *line)
{
    *(size_t *)context += strlen(line);
}

/* Once per input, because printing a whole device takes as long as a hundred accesses. */
static void check_messages(struct script *s)
{
    char text[400];
    size_t printed = 0;

    if (s->has_printed)
        return;
    s->has_printed = true;
    memset(text, 0x55, sizeof(text));
    (void)vwr_vdev_explain(world.dev, text, sizeof(text));
    MUST(memchr(text, '\0', sizeof(text)) != NULL);
    vwr_vdev_print(world.dev, forget_line, &printed);
    vwr_vm_list(&world.vm, forget_line, &printed);
    MUST(printed > 0);
}

static void disk_event(struct script *s, unsigned what, unsigned much)
{
    (void)s;
    if (what == 0)
        vwr_vblk_resume(&world.blk);
    else if (what == 1)
        world_resize(much < WORLD_SECTORS ? much : WORLD_SECTORS);
    else if (what == 2)
        vwr_vblk_signal(&world.blk);
    else
        world.store.failures = much % 4;
}

static void console_event(struct script *s, unsigned what, unsigned much)
{
    uint8_t bytes[256];

    (void)s;
    memset(bytes, 'x', sizeof(bytes));
    world.output = much;
    if (what == 0)
        vwr_vconsole_resume(&world.console, much & 1);
    else if (what == 1)
        (void)vwr_vconsole_input(&world.console, much & 1, bytes, much);
    else if (what == 2)
        vwr_vconsole_resize(&world.console, much & 1, (uint16_t)much, (uint16_t)(much * 3));
    else if (what == 3)
        vwr_vconsole_plug(&world.console, much & 1, (much & 2) != 0);
    else
        vwr_vconsole_open_port(&world.console, much & 1, (much & 2) != 0);
}

/* An event on the host's side. */
static void host_event(struct script *s)
{
    const uint8_t e = input_u8(&s->in);
    const uint8_t much = input_u8(&s->in);

    if ((e & 0xf0) == 0xf0)
        vwr_vdev_needs_reset(world.dev);
    else if ((e & 0xf0) == 0xe0)
        check_messages(s);
    else if ((e & 0xf0) == 0xd0)
        vwr_vdev_serve(world.dev, much);
    else if ((e & 0xf0) == 0xc0)
        vwr_vm_reset(&world.vm);
    else if (world.plan.class == WORLD_SERVICE)
        world.plan.service->event(e, &s->in);
    else if (world.plan.class == WORLD_BLK)
        disk_event(s, e % 4, much);
    else if (world.plan.class != WORLD_ENTROPY)
        console_event(s, e % 5, much);
    else {
        world.random = much;
        vwr_ventropy_resume(&world.entropy);
    }
}

/* Overwrites a word of a ring, or of a descriptor in it. */
static void spoil_ring(struct script *s)
{
    const uint8_t which = input_u8(&s->in);
    const struct script_ring *const r = &s->ring[(which & 7u) % world.dev->queues];
    const uint8_t at = input_u8(&s->in);
    const uint16_t value = input_u16(&s->in);
    const uint64_t desc = r->desc + 2u * at;

    if (r->size == 0 || r->size > WORLD_QUEUE_SIZE)
        return;
    switch (which >> 4 & 3) {
    case 0:
        write16(desc, value);
        return;
    case 1:
        write16(r->driver + 2u * (at % (r->size + 4)), value);
        return;
    case 2:
        write16(r->device + 2u * at, value);
        return;
    default:
        write16(r->driver + offsetof(struct vwr_virtq_avail, idx), (uint16_t)(r->avail + value));
    }
}

/* Disables, resets or sets up one queue. */
static void change_queue(struct script *s)
{
    const uint8_t which = input_u8(&s->in);
    const unsigned q = (which & 7u) % world.dev->queues;

    reg(VWR_MMIO_QUEUE_SEL, q);
    if (world.plan.legacy)
        reg(VWR_MMIO_QUEUE_PFN, 0);
    else if ((which & 0x10) != 0)
        reg(VWR_MMIO_QUEUE_RESET, 1);
    else
        reg(VWR_MMIO_QUEUE_READY, 0);
    if ((which & 0x20) == 0)
        return;
    s->ring[q].size = world.plan.queue_size;
    start_queue(s, q, (which & 0x40) != 0);
}

static void write_config(struct script *s)
{
    const uint8_t at = input_u8(&s->in);
    const uint8_t value = input_u8(&s->in);

    if ((at & 0x80) != 0 || world.plan.class == WORLD_SERVICE)
        (void)world_access(VWR_MMIO_CONFIG + (at & 0x7fu), 1, true, value);
    else if (world.plan.class == WORLD_BLK)
        (void)world_access(VWR_MMIO_CONFIG + VWR_BLK_CONFIG_WRITEBACK, 1, true, value);
    else
        (void)world_access(VWR_MMIO_CONFIG + VWR_CONSOLE_CONFIG_EMERG_WR, 4, true, value);
}

static void poke_later(struct script *s)
{
    struct script_poke *const p = &s->poke[s->pokes % SCRIPT_POKES];

    p->addr = script_address(s);
    p->bytes = 1 + input_u8(&s->in) % 4;
    p->value = input_u32(&s->in);
    s->pokes++;
}

static struct script *poking;

static void meanwhile(struct world *w)
{
    (void)w;
    while (poking->pokes > 0) {
        const struct script_poke *const p = &poking->poke[--poking->pokes % SCRIPT_POKES];

        script_write(p->addr, &p->value, p->bytes);
    }
}

void script_poke_meanwhile(struct script *s)
{
    poking = s;
    world.meanwhile = meanwhile;
}

static void poke_now(struct script *s)
{
    const uint64_t addr = script_address(s);
    const unsigned n = 1 + input_u8(&s->in) % 32u;

    for (unsigned i = 0; i < n; i++) {
        const uint8_t byte = input_u8(&s->in);

        script_write(addr + i, &byte, 1);
    }
}

static void any_register(struct script *s, bool small)
{
    const unsigned offset = 4u * (input_u8(&s->in) % 80u);

    if (small)
        reg(offset, input_u8(&s->in));
    else
        reg(offset, input_u32(&s->in));
}

static void any_access(struct script *s, bool is_write)
{
    const uint16_t at = input_u16(&s->in);

    (void)world_access(at & 0xfffu, 1u << (at >> 14), is_write, is_write ? input_u64(&s->in) : 0);
}

static void a_buffer(struct script *s)
{
    if (world.plan.class == WORLD_SERVICE)
        script_message(s);
    else if (world.plan.class == WORLD_BLK)
        disk_request(s);
    else if (world.plan.class == WORLD_PORTS)
        console_message(s);
    else
        lend(s);
}

void script_step(struct script *s)
{
    /* clang-format off */
    switch (input_u8(&s->in) % 18) {
    case 0: script_start(s); break;
    case 1: case 2: case 3: a_buffer(s); break;
    case 4: any_chain(s); break;
    case 5: lend(s); break;
    case 6: change_queue(s); break;
    case 7: spoil_ring(s); break;
    case 8: poke_now(s); break;
    case 9: poke_later(s); break;
    case 10: any_register(s, true); break;
    case 11: any_register(s, false); break;
    case 12: any_access(s, true); break;
    case 13: any_access(s, false); break;
    case 14: host_event(s); break;
    case 15: script_notify(s, input_u8(&s->in)); break;
    case 16: write_config(s); break;
    default: (void)world_step(); break;
    }
    /* clang-format on */
}

void script_run(struct script *s)
{
    while (s->in.left > 0)
        script_step(s);
}
