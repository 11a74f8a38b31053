/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/ring.h"

/* The registers of virtio-mmio. */

#define ABSENT_QUEUE 1023u /* an index beyond the queues of every tested device */
#define RESET_STEPS 100u
#define USED VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK
#define EVENTS (USED | VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK)

static uint32_t get(struct session *s, unsigned offset)
{
    return vwr_dev_transport(s->dev)->get_register(s->dev, offset);
}

static void put(struct session *s, unsigned offset, uint32_t value)
{
    vwr_dev_transport(s->dev)->set_register(s->dev, offset, value);
}

/* A queue register. */
static uint32_t get_queue(struct session *s, unsigned queue, unsigned offset)
{
    put(s, VWR_MMIO_QUEUE_SEL, queue);
    return get(s, offset);
}

static void put_queue(struct session *s, unsigned offset, uint32_t value)
{
    put(s, VWR_MMIO_QUEUE_SEL, s->class->queue);
    put(s, offset, value);
}

/* Writes the status 0, and waits until it reads so. */
static void resets(struct session *s)
{
    put(s, VWR_MMIO_STATUS, 0);
    for (unsigned i = 0; get(s, VWR_MMIO_STATUS) != 0 && i < RESET_STEPS && s->way->is_there(s); i++)
        s->way->step(s);
}

static enum verdict reads(struct session *s, unsigned offset, uint32_t expected)
{
    uint32_t value;

    if (!session_connect(s))
        return BROKEN;
    value = get(s, offset);
    session_end(s);
    return value == expected ? KEPT : broken(s, "the register reads 0x%x", value);
}

static enum verdict magic(struct session *s)
{
    return reads(s, VWR_MMIO_MAGIC_VALUE, VWR_MMIO_MAGIC_VALUE_VALUE);
}

static enum verdict version(struct session *s)
{
    return reads(s, VWR_MMIO_VERSION, VWR_MMIO_VERSION_MODERN);
}

static enum verdict absent_queue(struct session *s)
{
    uint32_t size;

    if (!session_connect(s))
        return BROKEN;
    size = get_queue(s, ABSENT_QUEUE, VWR_MMIO_QUEUE_SIZE_MAX);
    session_end(s);
    return size == 0 ? KEPT : broken(s, "QueueSizeMax of queue %u reads %u", ABSENT_QUEUE, size);
}

/* ---- interrupts ---- */

/* Opens a session and exchanges a buffer without acknowledging its interrupt. */
static bool has_event(struct session *s, uint32_t *before)
{
    bool works;

    if (!session_open(s, 0))
        return false;
    s->ignores_interrupts = true;
    give_time(s); /* a device may notify its queues once when it starts, which drivers have to tolerate */
    put(s, VWR_MMIO_INTERRUPT_ACK, get(s, VWR_MMIO_INTERRUPT_STATUS));
    *before = get(s, VWR_MMIO_INTERRUPT_STATUS);
    works = exchange(s);
    give_time(s); /* the interrupt follows the buffer */
    if (works)
        return true;
    session_end(s);
    (void)broken(s, "a request is not executed");
    return false;
}

static enum verdict event_stays(struct session *s)
{
    uint32_t before;
    uint32_t first;
    uint32_t second;

    if (!has_event(s, &before))
        return BROKEN;
    first = get(s, VWR_MMIO_INTERRUPT_STATUS);
    second = get(s, VWR_MMIO_INTERRUPT_STATUS);
    session_end(s);
    return (first & second & USED) != 0
               ? KEPT
               : broken(s, "InterruptStatus reads 0x%x, then 0x%x, and nobody acknowledged it", first,
                        second);
}

static enum verdict only_events(struct session *s)
{
    uint32_t before;
    uint32_t event;
    uint32_t after;

    if (!has_event(s, &before))
        return BROKEN;
    event = get(s, VWR_MMIO_INTERRUPT_STATUS);
    put(s, VWR_MMIO_INTERRUPT_ACK, event);
    after = get(s, VWR_MMIO_INTERRUPT_STATUS);
    session_end(s);
    return (before & USED) == 0 && (event & ~EVENTS) == 0 && (after & USED) == 0
               ? KEPT
               : broken(s, "InterruptStatus reads 0x%x before a buffer, 0x%x behind it, 0x%x acknowledged",
                        before, event, after);
}

/* A guest whose interrupt line stays asserted is in its interrupt handler for ever. */
static enum verdict line_falls(struct session *s)
{
    uint32_t before;
    enum level level;

    if (s->way->line == NULL || s->way->line() == LEVEL_UNKNOWN)
        return untested(s, "the interrupt line of the device cannot be observed");
    if (!has_event(s, &before))
        return BROKEN;
    put(s, VWR_MMIO_INTERRUPT_ACK, get(s, VWR_MMIO_INTERRUPT_STATUS));
    give_time(s);
    level = get(s, VWR_MMIO_INTERRUPT_STATUS) == 0 ? s->way->line() : LEVEL_UNKNOWN;
    session_end(s);
    if (level == LEVEL_UNKNOWN)
        return untested(s, "the device had further events");
    return level == LEVEL_LOW ? KEPT : broken(s, "the line is asserted, and InterruptStatus reads 0");
}

static enum verdict reset_clears(struct session *s)
{
    uint32_t before;
    uint32_t status;
    uint32_t ready;

    if (!has_event(s, &before))
        return BROKEN;
    resets(s);
    status = get(s, VWR_MMIO_INTERRUPT_STATUS);
    ready = get_queue(s, s->class->queue, VWR_MMIO_QUEUE_READY);
    session_end(s);
    return status == 0 && ready == 0
               ? KEPT
               : broken(s, "after a reset InterruptStatus reads 0x%x and QueueReady 0x%x", status, ready);
}

/* Another event than the pending one is acknowledged. */
static enum verdict ack_of_another(struct session *s)
{
    uint32_t before;
    uint32_t first;
    uint32_t after;

    if (!has_event(s, &before))
        return BROKEN;
    first = get(s, VWR_MMIO_INTERRUPT_STATUS);
    put(s, VWR_MMIO_INTERRUPT_ACK, VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK);
    after = get(s, VWR_MMIO_INTERRUPT_STATUS);
    session_end(s);
    return (first & ~after & USED) == 0
               ? KEPT
               : broken(s, "InterruptStatus reads 0x%x, and 0x%x once another event is acknowledged", first,
                        after);
}

/* ---- features ---- */

/* A bit that the device does not offer, in one half of the features; 32: there is none. */
static unsigned not_offered_bit(const struct session *s, unsigned half)
{
    unsigned bit = 31;

    while (bit < 32 && session_offers(s, 32 * half + bit))
        bit--; /* beyond 0 it is larger than 31 */
    return bit < 32 ? bit : 32;
}

static uint32_t status_with(struct session *s, uint64_t features)
{
    const uint32_t driver = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;

    resets(s);
    put(s, VWR_MMIO_STATUS, driver);
    for (unsigned half = 0; half < 2; half++) {
        put(s, VWR_MMIO_DRIVER_FEATURES_SEL, half);
        put(s, VWR_MMIO_DRIVER_FEATURES, (uint32_t)(features >> 32 * half));
    }
    put(s, VWR_MMIO_STATUS, driver | VWR_STATUS_FEATURES_OK);
    return get(s, VWR_MMIO_STATUS);
}

static enum verdict not_offered(struct session *s)
{
    enum verdict r = KEPT;

    if (!session_connect(s))
        return BROKEN;
    for (unsigned half = 0; half < 2 && r == KEPT; half++) {
        const unsigned bit = not_offered_bit(s, half);

        if (bit < 32 &&
            (status_with(s, BIT(VWR_F_VERSION_1) | BIT(32 * half + bit)) & VWR_STATUS_FEATURES_OK) != 0)
            r = broken(s, "FEATURES_OK stays set although feature %u is not offered", 32 * half + bit);
    }
    session_end(s);
    return r;
}

/* A chain without an end. */
static enum verdict needs_reset(struct session *s)
{
    uint32_t status;
    uint32_t event;

    if (!session_open(s, 0))
        return BROKEN;
    s->ignores_interrupts = true;
    put_desc(&s->desc[0], device_address(s->data), 1, VWR_VIRTQ_DESC_F_NEXT, 0);
    offer(s, 0);
    kick(s);
    give_time(s);
    status = get(s, VWR_MMIO_STATUS);
    event = get(s, VWR_MMIO_INTERRUPT_STATUS);
    session_end(s);
    if ((status & VWR_STATUS_DEVICE_NEEDS_RESET) == 0)
        return untested(s, "the device does not need a reset after a chain without an end");
    return (event & VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK) != 0
               ? KEPT
               : broken(s, "the status reads 0x%x, and InterruptStatus 0x%x", status, event);
}

/* ---- queues ---- */

#define MOST_QUEUES 8u
#define SMALL 4u /* descriptors */

/* Passes a ring to the selected queue, and enables it. */
static void set_up(struct session *s, uint64_t desc, uint64_t avail, uint64_t used, unsigned size)
{
    static const struct {
        unsigned low;
        unsigned high;
    } area[] = {{VWR_MMIO_QUEUE_DESC_LOW, VWR_MMIO_QUEUE_DESC_HIGH},
                {VWR_MMIO_QUEUE_DRIVER_LOW, VWR_MMIO_QUEUE_DRIVER_HIGH},
                {VWR_MMIO_QUEUE_DEVICE_LOW, VWR_MMIO_QUEUE_DEVICE_HIGH}};
    const uint64_t at[] = {desc, avail, used};

    put(s, VWR_MMIO_QUEUE_SIZE, size);
    for (unsigned i = 0; i < VWR_COUNT(at); i++) {
        put(s, area[i].low, (uint32_t)at[i]);
        put(s, area[i].high, (uint32_t)(at[i] >> 32));
    }
    put(s, VWR_MMIO_QUEUE_READY, 1);
}

/* Enables all queues, at most MOST_QUEUES. Returns their number. */
static unsigned set_up_all(struct session *s)
{
    unsigned count = 0;

    for (; count < MOST_QUEUES && get_queue(s, count, VWR_MMIO_QUEUE_SIZE_MAX) >= SMALL; count++) {
        uint8_t *const ring = s->way->memory(s, 3u * 256u);

        if (ring == NULL || get(s, VWR_MMIO_QUEUE_READY) != 0)
            break;
        set_up(s, device_address(ring), device_address(ring + 256), device_address(ring + 512), SMALL);
    }
    return count;
}

static enum verdict all_reset(struct session *s)
{
    unsigned count;
    unsigned ready = MOST_QUEUES;

    if (!session_connect(s))
        return BROKEN;
    (void)status_with(s, BIT(VWR_F_VERSION_1));
    count = set_up_all(s);
    resets(s);
    for (unsigned i = 0; i < count; i++)
        if (get_queue(s, i, VWR_MMIO_QUEUE_READY) != 0)
            ready = i;
    session_end(s);
    return ready == MOST_QUEUES ? KEPT : broken(s, "QueueReady of queue %u reads 1 after a reset", ready);
}

static enum verdict not_ready(struct session *s)
{
    bool quiet;

    if (!session_open(s, 0))
        return BROKEN;
    put_queue(s, VWR_MMIO_QUEUE_READY, 0);
    if (get(s, VWR_MMIO_QUEUE_READY) != 0) {
        session_end(s);
        return broken(s, "QueueReady stays set");
    }
    (void)s->class->request(s, 0);
    offer(s, 0);
    kick(s);
    give_time(s);
    quiet = used_index(s) == 0;
    session_end(s);
    return quiet ? KEPT : broken(s, "the device uses a buffer of a queue whose QueueReady is 0");
}

static bool opens_with_reset(struct session *s, enum verdict *r)
{
    *r = BROKEN;
    if (!session_open(s, BIT(VWR_F_RING_RESET)))
        return false;
    if (session_offers(s, VWR_F_RING_RESET))
        return true;
    session_end(s);
    *r = untested(s, "the device does not offer RING_RESET");
    return false;
}

static enum verdict no_queue_reset(struct session *s)
{
    enum verdict r;
    uint32_t ready;
    uint32_t reset;

    if (!opens_with_reset(s, &r))
        return r;
    ready = get_queue(s, s->class->queue, VWR_MMIO_QUEUE_RESET);
    resets(s);
    reset = get_queue(s, s->class->queue, VWR_MMIO_QUEUE_RESET);
    session_end(s);
    return ready == 0 && reset == 0
               ? KEPT
               : broken(s, "QueueReset reads 0x%x once the queue is ready, 0x%x after a reset", ready, reset);
}

static void reset_queue(struct session *s)
{
    put_queue(s, VWR_MMIO_QUEUE_RESET, 1);
    for (unsigned i = 0; get(s, VWR_MMIO_QUEUE_RESET) != 0 && i < RESET_STEPS; i++)
        give_time(s);
}

/* Resets the queue, then makes a buffer available. */
static bool resets_queue(struct session *s, uint32_t *ready, bool *quiet, enum verdict *r)
{
    if (!opens_with_reset(s, r))
        return false;
    reset_queue(s);
    *ready = get(s, VWR_MMIO_QUEUE_READY);
    (void)s->class->request(s, 0);
    offer(s, 0);
    kick(s);
    give_time(s);
    *quiet = used_index(s) == 0;
    session_end(s);
    return true;
}

static enum verdict queue_reset(struct session *s)
{
    enum verdict r;
    uint32_t ready;
    bool quiet;

    if (!resets_queue(s, &ready, &quiet, &r))
        return r;
    return ready == 0 ? KEPT : broken(s, "QueueReady reads 0x%x after the queue's reset", ready);
}

/* The ring of the session, in which nothing is available. */
static void clear_ring(struct session *s)
{
    (void)memset(s->desc, 0, s->size * sizeof(*s->desc));
    (void)memset(s->avail, 0, vwr_virtq_avail_used_event_offset(s->size) + sizeof(vwr_le16));
    (void)memset(s->used, 0, vwr_virtq_used_avail_event_offset(s->size) + sizeof(vwr_le16));
    s->next = 0;
}

static enum verdict queue_again(struct session *s)
{
    uint32_t ready;
    bool works;
    enum verdict r;

    if (!opens_with_reset(s, &r))
        return r;
    works = exchange(s);
    reset_queue(s);
    clear_ring(s);
    set_up(s, device_address(s->desc), device_address(s->avail), device_address(s->used), s->size);
    ready = get(s, VWR_MMIO_QUEUE_READY);
    for (unsigned i = 0; i < 3 && works; i++)
        works = exchange(s);
    session_end(s);
    return works && ready == 1
               ? KEPT
               : broken(s,
                        "QueueReady reads 0x%x once the queue is enabled again, and a request is %sexecuted",
                        ready, works ? "" : "not ");
}

static enum verdict queue_reset_is_quiet(struct session *s)
{
    enum verdict r;
    uint32_t ready;
    bool quiet;

    if (!resets_queue(s, &ready, &quiet, &r))
        return r;
    return quiet ? KEPT : broken(s, "the device uses a buffer of a queue that was reset");
}

#define LAYOUT "section Virtio Over MMIO / MMIO Device Register Layout"

const struct conform_case register_cases[] = {
    CASE(magic, "mmio.dev.1", "MagicValue reads as the specification says."),
    CASE(version, "mmio.dev.2", "Version reads as the specification says."),
    CASE(absent_queue, LAYOUT, "QueueSizeMax of a queue that the device does not have reads 0."),
    CASE(event_stays, "mmio.dev.3", "The interrupt of a used buffer is pending until it is acknowledged."),
    CASE(only_events, "mmio.dev.4", "InterruptStatus has no bits but those of events."),
    CASE(line_falls, LAYOUT, "The interrupt line is not asserted once each event is acknowledged."),
    CASE(ack_of_another, "mmio.dev.3", "An acknowledgement of another event leaves a pending one."),
    CASE(reset_clears, "mmio.dev.5", "A reset clears InterruptStatus and QueueReady."),
    HOSTILE(needs_reset, "status.dev.3",
            "DEVICE_NEEDS_RESET comes with a configuration change notification."),
    CASE(not_offered, "feat.dev.3", "FEATURES_OK is not set for a feature that is not offered."),
    CASE(all_reset, "mmio.dev.5", "A reset clears QueueReady of each queue."),
    CASE(not_ready, "mmio.dev.7", "The device does not access a queue whose QueueReady is 0."),
    CASE(no_queue_reset, "mmio.dev.8 mmio.dev.9",
         "QueueReset reads 0 after a reset, and once the queue is ready."),
    CASE(queue_reset, "mmio.dev.10 mmio.dev.12", "A queue that was reset is not ready."),
    CASE(queue_again, "vq.dev.reset.2 vq.dev.reenable.1",
         "A queue that was reset can be enabled again, and executes requests."),
    CASE(queue_reset_is_quiet, "vq.dev.reset.1", "The device uses no buffer of a queue that was reset."),
};
const size_t register_case_count = sizeof(register_cases) / sizeof(register_cases[0]);
