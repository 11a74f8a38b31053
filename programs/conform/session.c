/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/ring.h"

#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define PATIENCE_MS 5000 /* for what a device has to do; only one that breaks the rule needs it */
#define QUIET_MS 40      /* for what a device must not do */
#define CONNECT_MS 10000
#define STEP_MS 10

static uint64_t own[VWR_QUEUE_OWN_BYTES(RING) / sizeof(uint64_t) + 1u];

static enum verdict says(struct session *s, enum verdict verdict, const char *format, va_list values)
{
    (void)vsnprintf(s->seen, sizeof(s->seen), format, values);
    return verdict;
}

enum verdict broken(struct session *s, const char *format, ...)
{
    enum verdict r;
    va_list values;

    va_start(values, format);
    r = says(s, BROKEN, format, values);
    va_end(values);
    return r;
}

enum verdict untested(struct session *s, const char *format, ...)
{
    enum verdict r;
    va_list values;

    va_start(values, format);
    r = says(s, UNTESTED, format, values);
    va_end(values);
    return r;
}

/* ---- connection ---- */

bool session_connect(struct session *s)
{
    const struct vwr_vhost_front_options o = {.path = s->path, .type = s->class->type, .ring_max = RING};
    int r = vwr_vhost_front_probe(&s->v, &o);

    for (int ms = 0; ms < CONNECT_MS && (r == VWR_ENODEV || r == VWR_EGONE); ms += STEP_MS) {
        (void)poll(NULL, 0, STEP_MS); /* it starts, or has not closed the last connection yet */
        r = vwr_vhost_front_probe(&s->v, &o);
    }
    s->next = 0;
    s->interrupts = 0;
    if (r != VWR_OK)
        (void)vwr_vhost_front_explain(&s->v, s->seen, sizeof(s->seen));
    return r == VWR_OK;
}

static bool gives_ring(struct session *s)
{
    struct vwr_queue_memory m = {NULL, VWR_QUEUE_SHARED_BYTES_MODERN(RING), own, sizeof(own), RING};
    size_t driver;
    size_t device;

    m.shared = vwr_vhost_front_memory(&s->v, m.shared_bytes);
    s->data = vwr_vhost_front_memory(&s->v, DATA_BYTES);
    if (m.shared == NULL || s->data == NULL || vwr_dev_add_queue(&s->v.dev, 0, &s->queue, &m, 0) != VWR_OK)
        return false;
    vwr_queue_areas(&s->queue, &driver, &device);
    s->desc = m.shared;
    s->avail = (struct vwr_virtq_avail *)(void *)((uint8_t *)m.shared + driver);
    s->used = (struct vwr_virtq_used *)(void *)((uint8_t *)m.shared + device);
    return true;
}

bool session_prepare(struct session *s, uint64_t features)
{
    static const unsigned ring[] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX, VWR_F_RING_PACKED, VWR_F_IN_ORDER};
    const struct vwr_features want = {{(uint32_t)features, (uint32_t)(features >> 32)}};
    struct vwr_features avoid = {{0}};
    const struct vwr_wish wish = {.want = &want, .avoid = &avoid};

    for (unsigned i = 0; i < sizeof(ring) / sizeof(ring[0]); i++) /* the library accepts them unasked */
        if (!vwr_features_have(&want, ring[i]))
            vwr_features_add(&avoid, ring[i]);
    if (!session_connect(s))
        return false;
    if (vwr_dev_negotiate(&s->v.dev, &wish) == VWR_OK && gives_ring(s))
        return true;
    (void)vwr_dev_explain(&s->v.dev, s->seen, sizeof(s->seen));
    session_end(s);
    return false;
}

bool session_open(struct session *s, uint64_t features)
{
    if (!session_prepare(s, features))
        return false;
    if (vwr_dev_start(&s->v.dev) == VWR_OK)
        return true;
    (void)vwr_dev_explain(&s->v.dev, s->seen, sizeof(s->seen));
    session_end(s);
    return false;
}

void session_end(struct session *s)
{
    vwr_vhost_front_end(&s->v);
}

bool session_offers(const struct session *s, unsigned feature)
{
    return (s->v.features >> feature & 1u) != 0;
}

/* ---- ring ---- */

void put_desc(struct vwr_virtq_desc *d, uint64_t addr, uint32_t bytes, unsigned flags, unsigned next)
{
    d->addr = vwr_cpu_to_le64(addr);
    d->len = vwr_cpu_to_le32(bytes);
    d->flags = vwr_cpu_to_le16((uint16_t)flags);
    d->next = vwr_cpu_to_le16((uint16_t)next);
}

void put_chain(struct vwr_virtq_desc *table, unsigned first, const struct part *p, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const unsigned flags =
            (p[i].writable ? VWR_VIRTQ_DESC_F_WRITE : 0u) | (i + 1 < count ? VWR_VIRTQ_DESC_F_NEXT : 0u);

        put_desc(&table[first + i], (uintptr_t)p[i].at, p[i].bytes, flags, first + i + 1);
    }
}

void offer(struct session *s, unsigned head)
{
    vwr_ring_store16(&s->avail->ring[s->next % RING], vwr_cpu_to_le16((uint16_t)head));
    s->next++;
    vwr_ring_publish16(&s->avail->idx, vwr_cpu_to_le16(s->next));
}

void kick(struct session *s)
{
    struct vwr_doorbell_call *const call = &s->v.ring[0].call;

    vwr_ring_mb();
    call->ring(call);
}

uint16_t used_index(const struct session *s)
{
    const uint16_t index = vwr_le16_to_cpu(vwr_ring_load16(&s->used->idx));

    vwr_ring_acquire();
    return index;
}

uint16_t used_flags(const struct session *s)
{
    return vwr_le16_to_cpu(vwr_ring_load16(&s->used->flags));
}

uint32_t used_id(const struct session *s, unsigned at)
{
    return vwr_le32_to_cpu(vwr_ring_load32(&s->used->ring[at % RING].id));
}

uint32_t used_bytes(const struct session *s, unsigned at)
{
    return vwr_le32_to_cpu(vwr_ring_load32(&s->used->ring[at % RING].len));
}

/* ---- waiting ---- */

static uint64_t now_ms(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

static void sleep_step(struct session *s)
{
    struct pollfd p = {.fd = vwr_vhost_front_fd(&s->v), .events = POLLIN};

    if (poll(&p, 1, STEP_MS) > 0 &&
        (vwr_dev_irq(&s->v.dev) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK) != 0)
        s->interrupts++;
}

bool await_used(struct session *s)
{
    const uint64_t end = now_ms() + PATIENCE_MS;

    while (used_index(s) != s->next && now_ms() < end && s->v.trouble == VWR_VHOST_FRONT_NONE)
        sleep_step(s);
    return used_index(s) == s->next;
}

bool await_interrupt(struct session *s, unsigned after)
{
    const uint64_t end = now_ms() + PATIENCE_MS;

    while (s->interrupts == after && now_ms() < end && s->v.trouble == VWR_VHOST_FRONT_NONE)
        sleep_step(s);
    return s->interrupts != after;
}

void give_time(struct session *s)
{
    const uint64_t end = now_ms() + QUIET_MS;

    while (now_ms() < end)
        sleep_step(s);
}

bool exchange(struct session *s)
{
    const uint16_t before = s->next;

    (void)s->class->request(s, 0);
    offer(s, 0);
    kick(s);
    return await_used(s) && used_id(s, before) == 0 && s->class->is_done(s, used_bytes(s, before));
}
