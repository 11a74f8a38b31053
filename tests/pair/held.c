/* SPDX-License-Identifier: MIT */
#include "held.h"
#include "check.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"
#include "vwr/mmio.h"
#include "vwr/ring.h"

#include <string.h>

#define SIZE 256u /* maximum size of a queue */

struct held held;
uint64_t held_us;
void (*held_tick)(void);

struct queue {
    uint32_t size;
    bool ready;
    bool in_reset;
    uint64_t area[3]; /* descriptors, available, used */
    uint16_t last_avail;
    uint16_t used;
};

static struct {
    uint32_t status, queue, device_word, driver_word;
    uint32_t features[4];
    struct queue q[HELD_QUEUES];
} regs;

static uint8_t registers[VWR_MMIO_SIZE];

uint32_t held_random(void)
{
    static uint32_t state = 12345;

    state = state * 1664525u + 1013904223u;
    return state >> 8;
}

volatile void *held_registers(void)
{
    return registers;
}

void held_begin(uint32_t type, uint32_t queues, uint64_t features,
                int64_t (*answer)(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n))
{
    memset(&held, 0, sizeof(held));
    memset(&regs, 0, sizeof(regs));
    held.type = type;
    held.queues = queues;
    held.features = features;
    held.answer = answer;
    held.acknowledges = true;
    held_tick = NULL;
}

/* ---- rings ---- */

static void put_used(struct queue *q, uint32_t id, uint32_t bytes)
{
    struct vwr_virtq_used *const used = (void *)(uintptr_t)q->area[2];

    vwr_ring_store32(&used->ring[q->used % q->size].id, vwr_cpu_to_le32(id));
    vwr_ring_store32(&used->ring[q->used % q->size].len, vwr_cpu_to_le32(bytes));
    vwr_ring_store16(&used->idx, vwr_cpu_to_le16(++q->used));
}

void held_lie(unsigned queue)
{
    put_used(&regs.q[queue], regs.q[queue].size + 7u, 0);
}

static void take_chain(unsigned queue, uint16_t head)
{
    const struct queue *const q = &regs.q[queue];
    const struct vwr_virtq_desc *const desc = (const void *)(uintptr_t)q->area[0];
    uint16_t id = head;
    uint16_t flags;

    do {
        CHECK(id < q->size && held.count < HELD_BUFFERS);
        flags = vwr_le16_to_cpu(desc[id].flags);
        held.buffer[held.count++] = (struct held_buffer){(uint8_t *)(uintptr_t)vwr_le64_to_cpu(desc[id].addr),
                                                         vwr_le32_to_cpu(desc[id].len), (uint16_t)queue, head,
                                                         (flags & VWR_VIRTQ_DESC_F_WRITE) != 0};
        id = vwr_le16_to_cpu(desc[id].next);
    } while ((flags & VWR_VIRTQ_DESC_F_NEXT) != 0);
}

static void take_all(unsigned queue)
{
    struct queue *const q = &regs.q[queue];
    struct vwr_virtq_avail *const avail = (void *)(uintptr_t)q->area[1];

    if (!q->ready || q->in_reset || held.in_reset)
        return;
    while (q->last_avail != vwr_le16_to_cpu(vwr_ring_load16(&avail->idx))) {
        vwr_ring_acquire();
        take_chain(queue, vwr_le16_to_cpu(vwr_ring_load16(&avail->ring[q->last_avail++ % q->size])));
    }
}

/* Forgets the buffers of the queue, or of one of its chains. */
static void forget(unsigned queue, uint32_t head)
{
    unsigned left = 0;

    for (unsigned i = 0; i < held.count; i++)
        if (held.buffer[i].queue != queue || (head < SIZE && held.buffer[i].head != head))
            held.buffer[left++] = held.buffer[i];
    held.count = left;
}

void held_answer(unsigned of)
{
    struct held_buffer b[16];
    unsigned i = 0;
    int64_t bytes;

    for (unsigned q = 0; q < held.queues; q++)
        take_all(q);
    while (i < held.count && !held.silent && !held.broken && !held.gone && !held.in_reset) {
        unsigned n = 0;

        while (i + n < held.count && n < 16 && held.buffer[i + n].queue == held.buffer[i].queue &&
               held.buffer[i + n].head == held.buffer[i].head) {
            b[n] = held.buffer[i + n];
            n++;
        }
        bytes =
            regs.q[b[0].queue].in_reset || ((held.prompt >> b[0].queue & 1) == 0 && held_random() % of != 0)
                ? -1
                : held.answer(&held, b[0].queue, b, n);
        if (bytes < 0) {
            i += n;
            continue;
        }
        forget(b[0].queue, b[0].head);
        put_used(&regs.q[b[0].queue], b[0].head, (uint32_t)bytes);
    }
}

bool held_has(const void *p, size_t bytes)
{
    const uint8_t *const from = p;

    for (unsigned i = 0; i < held.count; i++)
        if (held.buffer[i].p < from + bytes && from < held.buffer[i].p + held.buffer[i].bytes)
            return true;
    return false;
}

void held_scribble(const struct held_buffer *b, unsigned n)
{
    static uint8_t pattern;

    pattern = (uint8_t)(pattern + 1u) & 0x7fu; /* never the owners' poison value */
    for (unsigned i = 0; i < n; i++) {
        if (b[i].in)
            memset(b[i].p, pattern, b[i].bytes);
        for (uint32_t k = 0; k < b[i].bytes; k += 64)
            (void)*(volatile uint8_t *)&b[i].p[k];
    }
}

/* ---- resets ---- */

static void begin_reset(void)
{
    for (unsigned q = 0; q < held.queues; q++)
        take_all(q);
    held.in_reset = true;
    held.resets++;
    if (held.reset != NULL)
        held.reset(&held);
    if (held.acknowledges)
        held_acknowledge();
}

static void begin_queue_reset(unsigned queue)
{
    take_all(queue);
    regs.q[queue].in_reset = true;
    if (held.reset != NULL)
        held.reset(&held);
    if (held.acknowledges)
        held_acknowledge();
}

void held_acknowledge(void)
{
    for (unsigned q = 0; q < held.queues; q++)
        if (regs.q[q].in_reset || held.in_reset) {
            forget(q, UINT32_MAX);
            memset(&regs.q[q], 0, sizeof(regs.q[q]));
        }
    if (!held.in_reset)
        return;
    regs.status = 0;
    held.in_reset = held.broken = held.forgetful = false;
}

unsigned held_in_reset(struct held_buffer b[HELD_BUFFERS])
{
    unsigned n = 0;

    for (unsigned i = 0; i < held.count; i++)
        if (held.in_reset || regs.q[held.buffer[i].queue].in_reset)
            b[n++] = held.buffer[i];
    return n;
}

/* ---- registers ---- */

static uint32_t read_status(void)
{
    if (held.in_reset)
        return regs.status | VWR_STATUS_ACKNOWLEDGE;
    if (held.forgetful)
        return 0;
    return regs.status | (held.broken ? (uint32_t)VWR_STATUS_DEVICE_NEEDS_RESET : 0);
}

static uint32_t read_register(unsigned at)
{
    const struct queue *const q = &regs.q[regs.queue % HELD_QUEUES];
    const uint64_t offered = held.features | UINT64_C(1) << VWR_F_VERSION_1;

    switch (at) {
    case VWR_MMIO_MAGIC_VALUE:
        return VWR_MMIO_MAGIC_VALUE_VALUE;
    case VWR_MMIO_VERSION:
        return VWR_MMIO_VERSION_MODERN;
    case VWR_MMIO_DEVICE_ID:
        return held.type;
    case VWR_MMIO_DEVICE_FEATURES:
        return regs.device_word < 2 ? (uint32_t)(offered >> 32 * regs.device_word) : 0;
    case VWR_MMIO_QUEUE_SIZE_MAX:
        return regs.queue < held.queues ? SIZE : 0;
    case VWR_MMIO_QUEUE_READY:
        return q->ready;
    case VWR_MMIO_QUEUE_RESET:
        return q->in_reset;
    case VWR_MMIO_STATUS:
        return read_status();
    default:
        return 0;
    }
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    const size_t at = (size_t)((const volatile uint8_t *)reg - registers);
    uint32_t v = 0;

    if (held.gone)
        return UINT32_MAX >> (32 - 8 * bytes);
    if (at < VWR_MMIO_CONFIG)
        return vwr_le32_to_cpu(read_register((unsigned)at));
    CHECK(at - VWR_MMIO_CONFIG + bytes <= HELD_CONFIG);
    for (unsigned i = 0; i < bytes; i++)
        v |= (uint32_t)held.config[at - VWR_MMIO_CONFIG + i] << 8 * i;
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

static void write_area(struct queue *q, unsigned area, bool high, uint32_t value)
{
    const uint64_t half = UINT64_C(0xffffffff);

    q->area[area] = high ? (q->area[area] & half) | (uint64_t)value << 32 : (q->area[area] & ~half) | value;
}

static void write_register(unsigned at, uint32_t value)
{
    struct queue *const q = &regs.q[regs.queue % HELD_QUEUES];

    switch (at) {
    case VWR_MMIO_DEVICE_FEATURES_SEL:
        regs.device_word = value;
        break;
    case VWR_MMIO_QUEUE_SEL:
        regs.queue = value;
        break;
    case VWR_MMIO_QUEUE_SIZE:
        q->size = value;
        break;
    case VWR_MMIO_QUEUE_READY:
        q->ready = value != 0;
        break;
    case VWR_MMIO_QUEUE_DESC_LOW:
    case VWR_MMIO_QUEUE_DESC_HIGH:
        write_area(q, 0, at == VWR_MMIO_QUEUE_DESC_HIGH, value);
        break;
    case VWR_MMIO_QUEUE_DRIVER_LOW:
    case VWR_MMIO_QUEUE_DRIVER_HIGH:
        write_area(q, 1, at == VWR_MMIO_QUEUE_DRIVER_HIGH, value);
        break;
    case VWR_MMIO_QUEUE_DEVICE_LOW:
    case VWR_MMIO_QUEUE_DEVICE_HIGH:
        write_area(q, 2, at == VWR_MMIO_QUEUE_DEVICE_HIGH, value);
        break;
    case VWR_MMIO_QUEUE_NOTIFY:
        if ((regs.status & VWR_STATUS_DRIVER_OK) != 0)
            held_answer(held.hesitates ? 8 : 1);
        else
            held.early++;
        break;
    case VWR_MMIO_QUEUE_RESET:
        begin_queue_reset(regs.queue % HELD_QUEUES);
        break;
    case VWR_MMIO_STATUS:
        if (value == 0)
            begin_reset();
        else
            regs.status = value;
        break;
    default:
        break;
    }
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    const size_t at = (size_t)((volatile uint8_t *)reg - registers);

    (void)bytes;
    if (at < VWR_MMIO_CONFIG && !held.gone)
        write_register((unsigned)at, vwr_le32_to_cpu(value));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    if (held_tick != NULL)
        held_tick();
    return ++held_us;
}
