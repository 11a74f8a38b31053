/* SPDX-License-Identifier: MIT */
#include "fake_ring.h"
#include "cmocka_all.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

#define SLOTS 8
#define STEPS_MAX 400000u /* accesses and clock reads per test; a driver that exceeds this limit hangs */
#define ALL_ONES 0xffffffffu

static struct fake *slot[SLOTS];
static uint32_t steps;
struct fake_time fake_time;

void fake_bus_reset(void)
{
    memset(slot, 0, sizeof(slot));
    memset(&fake_time, 0, sizeof(fake_time));
    fake_time.step = 1000;
    steps = 0;
}

static void count_step(void)
{
    if (++steps > STEPS_MAX)
        fail_msg("the driver does not stop");
}

/* ---- the clock ---- */

uint64_t vwr_host_time_us(void)
{
    count_step();
    fake_time.readings++;
    fake_time.now += fake_time.step;
    for (unsigned i = 0; i < SLOTS; i++)
        if (slot[i] != NULL && slot[i]->on_time != NULL)
            slot[i]->on_time(slot[i]);
    return fake_time.now;
}

/* vwr_port_relax of a port that defines it. */
void fake_relax(void)
{
    count_step();
    fake_time.relaxed++;
    for (unsigned i = 0; i < SLOTS; i++)
        if (slot[i] != NULL && slot[i]->on_time != NULL)
            slot[i]->on_time(slot[i]);
}

/* ---- setup ---- */

void fake_plug(struct fake *f, uintptr_t base, uint32_t version)
{
    unsigned free_slot = 0;

    memset(f, 0, offsetof(struct fake, lines)); /* of the lines, line_count are read */
    f->broken_rule[0] = '\0';
    f->base = base;
    f->magic = VWR_MMIO_MAGIC_VALUE_VALUE;
    f->version = version;
    f->device_id = VWR_BLK_ID;
    f->vendor_id = 0x554d4551;
    f->queue[0].size_max = 64;
    if (version == VWR_MMIO_VERSION_MODERN)
        fake_offer(f, VWR_F_VERSION_1);
    while (free_slot < SLOTS && slot[free_slot] != NULL && slot[free_slot] != f)
        free_slot++;
    assert_true(free_slot < SLOTS);
    slot[free_slot] = f;
}

void fake_answer(struct fake *f, enum vwr_mmio_reg reg, uint32_t value, uint32_t after)
{
    f->quirks.read[reg] = (struct fake_answer){true, after, value};
}

void fake_offer(struct fake *f, unsigned feature)
{
    f->offered[feature / 32] |= (uint32_t)1 << feature % 32;
}

void fake_withhold(struct fake *f, unsigned feature)
{
    f->offered[feature / 32] &= ~((uint32_t)1 << feature % 32);
}

bool fake_took(const struct fake *f, unsigned feature)
{
    return f->taken[feature / 32] >> feature % 32 & 1u;
}

void fake_config(struct fake *f, unsigned offset, unsigned bytes, uint64_t value)
{
    const bool big = VWR_BIG_ENDIAN && f->version == VWR_MMIO_VERSION_LEGACY;

    for (unsigned i = 0; i < bytes; i++)
        f->config[offset + i] = (uint8_t)(value >> 8 * (big ? bytes - 1 - i : i));
}

uint64_t fake_config_now(const struct fake *f, unsigned offset, unsigned bytes)
{
    const bool big = VWR_BIG_ENDIAN && f->version == VWR_MMIO_VERSION_LEGACY;
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes; i++)
        value |= (uint64_t)f->config[offset + i] << 8 * (big ? bytes - 1 - i : i);
    return value;
}

/* ---- the transcript ---- */

void fake_forget(struct fake *f)
{
    f->line_count = 0;
    f->accesses = 0;
    f->writes = 0;
    f->notified = 0;
}

unsigned fake_count(const struct fake *f, const char *prefix)
{
    unsigned n = 0;

    for (unsigned i = 0; i < f->line_count; i++)
        n += strncmp(f->lines[i], prefix, strlen(prefix)) == 0;
    return n;
}

static int put_name(const struct fake *f, char *line, size_t room, unsigned offset, unsigned bytes)
{
    const unsigned reg = vwr_mmio_register_at[offset / 4];
    const char *name = vwr_name(vwr_mmio_register_names, offset);

    if (reg == VWR_MMIO_REG_CONFIG)
        return snprintf(line, room, "Config+0x%02x/%u", offset - VWR_MMIO_CONFIG, bytes);
    if (reg == VWR_REGISTER_NONE || name == NULL)
        return snprintf(line, room, "?0x%03x/%u", offset, bytes);
    switch (vwr_mmio_registers[reg].bank) {
    case VWR_MMIO_REG_QUEUE_SEL:
        return snprintf(line, room, "%s[%u]", name, f->queue_sel);
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL:
        return snprintf(line, room, "%s[%u]", name, f->offered_sel);
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL:
        return snprintf(line, room, "%s[%u]", name, f->taken_sel);
    default:
        return snprintf(line, room, "%s", name);
    }
}

static void write_down(struct fake *f, bool write, unsigned offset, unsigned bytes, uint32_t value)
{
    char *line = f->lines[f->line_count];
    size_t at = 2;

    f->accesses++;
    f->writes += write;
    if (f->line_count == FAKE_LINES - 1)
        return;
    f->line_count++;
    snprintf(line, FAKE_LINE_BYTES, "%s ", write ? "W" : "R");
    at += (size_t)put_name(f, line + at, FAKE_LINE_BYTES - at, offset, bytes);
    at += (size_t)snprintf(line + at, FAKE_LINE_BYTES - at, "%s 0x%x", write ? "" : " ->", (unsigned)value);
    if (offset != VWR_MMIO_STATUS || value == ALL_ONES)
        return;
    for (uint32_t bit = 1; bit <= VWR_STATUS_FAILED; bit <<= 1)
        if (value & bit)
            at += (size_t)snprintf(line + at, FAKE_LINE_BYTES - at, " %s", vwr_name(vwr_status_names, bit));
}

void fake_expect(const struct fake *f, const char *const *lines, size_t count)
{
    size_t i = 0;

    while (i < count && i < f->line_count && strcmp(lines[i], f->lines[i]) == 0)
        i++;
    if (i == count && i == f->line_count)
        return;
    for (unsigned k = 0; k < f->line_count; k++)
        print_error("        \"%s\",%s\n", f->lines[k], k == i ? "   <- the first that differs" : "");
    fail_msg("line %zu: expected \"%s\", seen \"%s\"", i + 1, i < count ? lines[i] : "(end)",
             i < f->line_count ? f->lines[i] : "(end)");
}

/* ---- the device ---- */

static struct fake_queue *selected(struct fake *f)
{
    static struct fake_queue none;

    if (f->queue_sel < FAKE_QUEUES)
        return &f->queue[f->queue_sel];
    memset(&none, 0, sizeof(none));
    return &none;
}

static uint32_t read_status(struct fake *f)
{
    if (f->reset_reads_left == 0)
        return f->status;
    if (f->reset_reads_left != FAKE_FOREVER)
        f->reset_reads_left--;
    return f->reset_reads_left > 0 ? VWR_STATUS_DRIVER : f->status;
}

/* A queue reset is still in progress, or completes with this poll. */
static uint32_t read_queue_reset(struct fake_queue *q)
{
    if (q->reset_reads == 0)
        return 0;
    if (q->reset_reads != FAKE_FOREVER && --q->reset_reads == 0) {
        *q = (struct fake_queue){.size_max = q->size_max};
        return 0;
    }
    return 1;
}

static uint32_t read_offers(struct fake *f)
{
    uint32_t bits = f->offered_sel < VWR_FEATURE_WORDS ? f->offered[f->offered_sel] : 0;

    if (f->offered_sel < VWR_FEATURE_WORDS)
        f->offered[f->offered_sel] ^= f->quirks.offers_flip;
    return bits;
}

static uint32_t read_register(struct fake *f, unsigned reg)
{
    switch (reg) {
    case VWR_MMIO_REG_MAGIC_VALUE:
        return f->magic;
    case VWR_MMIO_REG_VERSION:
        return f->version;
    case VWR_MMIO_REG_DEVICE_ID:
        return f->device_id;
    case VWR_MMIO_REG_VENDOR_ID:
        return f->vendor_id;
    case VWR_MMIO_REG_DEVICE_FEATURES:
        return read_offers(f);
    case VWR_MMIO_REG_QUEUE_SIZE_MAX:
        return selected(f)->size_max;
    case VWR_MMIO_REG_QUEUE_PFN:
        return selected(f)->pfn;
    case VWR_MMIO_REG_QUEUE_READY:
        return selected(f)->ready;
    case VWR_MMIO_REG_QUEUE_RESET:
        return read_queue_reset(selected(f));
    case VWR_MMIO_REG_INTERRUPT_STATUS:
        return f->interrupt;
    case VWR_MMIO_REG_STATUS:
        return read_status(f);
    case VWR_MMIO_REG_CONFIG_GENERATION:
        return f->generation;
    default:
        return 0;
    }
}

/* Changes capacity and generation once the lower half of capacity has been read. */
static void change_config(struct fake *f)
{
    const uint64_t was = fake_config_now(f, VWR_BLK_CONFIG_CAPACITY, 8);

    if (f->quirks.config_changes == 0)
        return;
    if (f->quirks.config_changes != FAKE_FOREVER)
        f->quirks.config_changes--;
    fake_config(f, VWR_BLK_CONFIG_CAPACITY, 8, f->quirks.capacity);
    f->quirks.capacity = was;
    f->generation++;
}

static uint32_t read_config(struct fake *f, unsigned offset, unsigned bytes)
{
    const uint32_t value = (uint32_t)fake_config_now(f, offset, bytes);

    if (offset == VWR_BLK_CONFIG_CAPACITY)
        change_config(f);
    if (f->on_config != NULL)
        f->on_config(f, offset, false);
    return value;
}

static uint32_t answer(struct fake *f, unsigned offset, unsigned bytes)
{
    const unsigned reg = vwr_mmio_register_at[offset / 4];
    struct fake_answer *fixed;

    if (f->quirks.gone)
        return ALL_ONES >> (32 - 8 * bytes);
    if (reg == VWR_MMIO_REG_CONFIG)
        return read_config(f, offset - VWR_MMIO_CONFIG, bytes);
    if (reg == VWR_REGISTER_NONE)
        return 0;
    fixed = &f->quirks.read[reg];
    if (fixed->on && fixed->after == 0)
        return fixed->value;
    fixed->after -= fixed->on;
    return read_register(f, reg);
}

static void reset(struct fake *f)
{
    for (unsigned i = 0; i < FAKE_QUEUES; i++)
        f->queue[i] = (struct fake_queue){.size_max = f->queue[i].size_max,
                                          .pfn = f->quirks.keeps_pfn ? f->queue[i].pfn : 0};
    memset(f->taken, 0, sizeof(f->taken));
    f->reset_reads_left = f->quirks.reset_reads;
    f->resets++;
    f->status = 0;
    f->interrupt = 0;
}

static bool takes_features(const struct fake *f)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        if (f->taken[i] & ~f->offered[i])
            return false;
    return fake_took(f, VWR_F_VERSION_1);
}

static void write_status(struct fake *f, uint32_t value)
{
    const uint32_t new_bits = value & ~f->status_written;

    f->status_written = value;
    if (value == VWR_STATUS_RESET) {
        reset(f);
        return;
    }
    if ((new_bits & VWR_STATUS_FEATURES_OK) && !takes_features(f))
        value &= ~(uint32_t)VWR_STATUS_FEATURES_OK;
    f->status = (f->status & VWR_STATUS_DEVICE_NEEDS_RESET) | (value & ~f->quirks.refuse_status);
    if (new_bits & f->quirks.needs_reset_with)
        f->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
}

static void set_half(uint64_t *address, unsigned shift, uint32_t value)
{
    *address = (*address & ~((uint64_t)ALL_ONES << shift)) | (uint64_t)value << shift;
}

static void notify(struct fake *f, uint32_t value)
{
    const uint32_t queue = value & VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;

    f->notified++;
    if (queue < FAKE_QUEUES)
        f->queue[queue].notified++;
    fake_ring_check_notify(f, value);
    if (queue < FAKE_QUEUES && f->queue[queue].ready && (f->status & VWR_STATUS_DRIVER_OK) &&
        !(f->status & VWR_STATUS_FAILED) && f->on_notify != NULL)
        f->on_notify(f, queue);
}

/* Until the reset completes the queue keeps its state, but the device does not use it. */
static void reset_queue(struct fake *f, struct fake_queue *q, uint32_t value)
{
    if (!fake_took(f, VWR_F_RING_RESET) || !q->ready || value != 1)
        fake_break_rule(f, "the reset of a queue that cannot be reset");
    if (f->quirks.queue_reset != FAKE_RESET_IGNORED)
        q->reset_reads =
            f->quirks.queue_reset_reads == FAKE_FOREVER ? FAKE_FOREVER : f->quirks.queue_reset_reads + 1;
}

/* A legacy device computes the addresses of the other parts itself. */
static void set_pfn(struct fake *f, struct fake_queue *q, uint32_t pfn)
{
    q->pfn = pfn;
    q->ready = pfn != 0;
    q->desc = (uint64_t)pfn * f->page_size;
    q->driver = q->desc + 16ull * q->size;
    q->device = q->driver + 6 + 2ull * q->size;
    if (q->align != 0)
        q->device = (q->device + q->align - 1) / q->align * q->align;
}

static void write_queue(struct fake *f, struct fake_queue *q, unsigned reg, uint32_t value)
{
    switch (reg) {
    case VWR_MMIO_REG_QUEUE_SIZE:
        q->size = value;
        break;
    case VWR_MMIO_REG_QUEUE_ALIGN:
        q->align = value;
        break;
    case VWR_MMIO_REG_QUEUE_PFN:
        set_pfn(f, q, value);
        break;
    case VWR_MMIO_REG_QUEUE_READY:
        q->ready = value;
        break;
    case VWR_MMIO_REG_QUEUE_RESET:
        reset_queue(f, q, value);
        break;
    case VWR_MMIO_REG_QUEUE_DESC_LOW:
        set_half(&q->desc, 0, value);
        break;
    case VWR_MMIO_REG_QUEUE_DESC_HIGH:
        set_half(&q->desc, 32, value);
        break;
    case VWR_MMIO_REG_QUEUE_DRIVER_LOW:
        set_half(&q->driver, 0, value);
        break;
    case VWR_MMIO_REG_QUEUE_DRIVER_HIGH:
        set_half(&q->driver, 32, value);
        break;
    case VWR_MMIO_REG_QUEUE_DEVICE_LOW:
        set_half(&q->device, 0, value);
        break;
    case VWR_MMIO_REG_QUEUE_DEVICE_HIGH:
        set_half(&q->device, 32, value);
        break;
    default:
        break;
    }
}

static void write_register(struct fake *f, unsigned reg, uint32_t value)
{
    switch (reg) {
    case VWR_MMIO_REG_DEVICE_FEATURES_SEL:
        f->offered_sel = value;
        break;
    case VWR_MMIO_REG_DRIVER_FEATURES_SEL:
        f->taken_sel = value;
        break;
    case VWR_MMIO_REG_DRIVER_FEATURES:
        if (f->taken_sel < VWR_FEATURE_WORDS)
            f->taken[f->taken_sel] = value;
        break;
    case VWR_MMIO_REG_GUEST_PAGE_SIZE:
        f->page_size = value;
        break;
    case VWR_MMIO_REG_QUEUE_SEL:
        f->queue_sel = value;
        break;
    case VWR_MMIO_REG_QUEUE_NOTIFY:
        notify(f, value);
        break;
    case VWR_MMIO_REG_INTERRUPT_ACK:
        f->interrupt &= ~value;
        break;
    case VWR_MMIO_REG_STATUS:
        write_status(f, value);
        break;
    default:
        write_queue(f, selected(f), reg, value);
    }
}

/* ---- the bus ---- */

static struct fake *find(const volatile void *reg, unsigned *offset)
{
    for (unsigned i = 0; i < SLOTS; i++) {
        if (slot[i] == NULL || (uintptr_t)reg < slot[i]->base ||
            (uintptr_t)reg >= slot[i]->base + VWR_MMIO_SIZE)
            continue;
        *offset = (unsigned)((uintptr_t)reg - slot[i]->base);
        return slot[i];
    }
    fail_msg("access at 0x%lx: no register block is there", (unsigned long)(uintptr_t)reg);
    return NULL;
}

/* Converts between `value` and what the port reads or writes: registers are little-endian; the
 * configuration is little-endian too, except on a legacy device. */
static uint32_t in_memory(const struct fake *f, unsigned offset, unsigned bytes, uint32_t value)
{
    if (offset >= VWR_MMIO_CONFIG && f->version == VWR_MMIO_VERSION_LEGACY)
        return value;
    return vwr_cpu_to_le32(value) >> (VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    unsigned offset;
    struct fake *f = find(reg, &offset);
    uint32_t value;

    count_step();
    fake_check_access(f, false, offset, bytes, 0);
    value = answer(f, offset, bytes);
    write_down(f, false, offset, bytes, value);
    return in_memory(f, offset, bytes, value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    unsigned offset;
    struct fake *f = find(reg, &offset);
    const unsigned r = vwr_mmio_register_at[offset / 4];

    count_step();
    value = in_memory(f, offset, bytes, value);
    fake_check_access(f, true, offset, bytes, value);
    write_down(f, true, offset, bytes, value);
    if (f->quirks.gone)
        return;
    if (r == VWR_MMIO_REG_CONFIG && !f->quirks.config_stuck) {
        fake_config(f, offset - VWR_MMIO_CONFIG, bytes, value);
        if (f->on_config != NULL)
            f->on_config(f, offset - VWR_MMIO_CONFIG, true);
    } else if (r != VWR_REGISTER_NONE && r != VWR_MMIO_REG_CONFIG)
        write_register(f, r, value);
}
