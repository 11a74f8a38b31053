/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vhost_back_common.h"
#include "vhost_notifier.h"
#include "vwr/vmmio.h"
#include "vwr/gen/features.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"
#include "vwr/gen/status.h"

#include <string.h>
#include <unistd.h>

/* Rings of a front end. The device behind them is set up through its registers. */

static void write_register(struct vwr_vdev *v, uint32_t offset, uint32_t value)
{
    uint64_t bits = value;

    (void)vwr_vmmio_access(v, offset, sizeof(value), true, &bits);
}

static uint32_t read_register(struct vwr_vdev *v, uint32_t offset)
{
    uint64_t bits = 0;

    (void)vwr_vmmio_access(v, offset, sizeof(uint32_t), false, &bits);
    return (uint32_t)bits;
}

static void write_address(struct vwr_vdev *v, uint32_t low, uint64_t address)
{
    write_register(v, low, (uint32_t)address);
    write_register(v, low + (uint32_t)sizeof(uint32_t), (uint32_t)(address >> 32));
}

/* Takes all steps of a driver at once: the front end does not forward them. */
static bool take_steps(struct vwr_vhost_back *h, struct vwr_vdev *v)
{
    static const uint8_t steps[] = {VWR_STATUS_RESET, VWR_STATUS_ACKNOWLEDGE,
                                    VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER};
    const uint32_t ready = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER | VWR_STATUS_FEATURES_OK;
    char text[256];

    for (unsigned i = 0; i < sizeof(steps); i++)
        write_register(v, VWR_MMIO_STATUS, steps[i]);
    for (unsigned word = 0; word < VWR_FEATURE_WORDS; word++) {
        write_register(v, VWR_MMIO_DRIVER_FEATURES_SEL, word);
        write_register(v, VWR_MMIO_DRIVER_FEATURES, word < 2 ? (uint32_t)(h->running >> 32 * word) : 0);
    }
    write_register(v, VWR_MMIO_STATUS, ready);
    if (read_register(v, VWR_MMIO_STATUS) != ready) {
        (void)vwr_vdev_explain(v, text, sizeof(text));
        return vhost_back_end(h, "The device refuses the features (%s).", text);
    }
    write_register(v, VWR_MMIO_STATUS, ready | VWR_STATUS_DRIVER_OK);
    return true;
}

/* Features of the device, without those of the transport. */
static uint64_t features_of(const struct vwr_vhost_back *h)
{
    return h->features & ~((uint64_t)1 << VWR_VHOST_USER_F_PROTOCOL_FEATURES) &
           ~((uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL);
}

/* The base of a new packed ring: both wrap counters are 1. */
#define PACKED_BEGIN                                                  \
    ((uint32_t)VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK << 16 | \
     VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK)

#define PACKED_BEGIN_OF_DPDK ((uint32_t)VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK)

/* The flags of a packed ring's descriptor at a position of a base; all ones if there is none. */
static uint16_t flags_at(const struct vwr_vhost_back *h, uint64_t desc, uint32_t position)
{
    const uint32_t index = position & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_OFF_MASK;
    const struct vwr_pvirtq_desc *const d =
        vwr_memory_ptr(&h->vm.memory, desc + index * sizeof(*d), sizeof(*d));

    return d != NULL ? vwr_le16_to_cpu(vwr_ring_load16(&d->flags)) : UINT16_MAX;
}

/*
 * User Mode Linux starts a packed ring with base 0, which has no wrap counters. From another front end, base
 * 0 stands for a ring after an odd number of wraps; its first descriptor was used then.
 *
 * DPDK sends only the available half. Requests in flight lie between the halves only if the first descriptor
 * there is still available; otherwise nothing is in flight.
 */
static uint32_t base_of(const struct vwr_vhost_back *h, const struct vwr_vhost_back_ring *r, uint64_t desc)
{
    const uint32_t available = r->base & UINT16_MAX;
    const uint32_t used = r->base >> 16;
    const uint32_t wrap = used & VWR_PVIRTQ_EVENT_SUPPRESS_DESC_EVENT_WRAP_MASK;

    if (!vhost_back_is_packed(h))
        return r->base;
    if (r->base == 0 && (flags_at(h, desc, 0) & VWR_VIRTQ_DESC_F_USED) == 0)
        return PACKED_BEGIN;
    if (available == used || (flags_at(h, desc, used) & VWR_PACKED_WRAP_FLAGS) ==
                                 (wrap != 0 ? VWR_VIRTQ_DESC_F_AVAIL : VWR_VIRTQ_DESC_F_USED))
        return r->base;
    return available | available << 16;
}

/*
 * Without the protocol feature STATUS, no message reports that a driver has reset the device. After a reset,
 * a driver starts its rings at 0; a driver that continues does not.
 */
static bool begins_anew(const struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        if (h->ring[n].started || (h->ring[n].has_addr && h->ring[n].base != 0 &&
                                   !(vhost_back_is_packed(h) && (h->ring[n].base == PACKED_BEGIN ||
                                                                 h->ring[n].base == PACKED_BEGIN_OF_DPDK))))
            return false;
    return true;
}

static bool activate(struct vwr_vhost_back *h)
{
    const uint64_t features = features_of(h);

    if (h->loaded && features != h->running)
        return vhost_back_end(h, "The features are not those of the state that was loaded.");
    h->loaded = false;
    if (h->active && features == h->running && (h->fresh || !begins_anew(h)))
        return true;
    h->running = features;
    for (unsigned n = 0; n < h->dev->queues; n++)
        h->ring[n].goes_on = false;
    h->active = true;
    for (unsigned n = 0; n < vhost_back_devices(h) && h->active; n++)
        h->active = take_steps(h, vhost_back_device(h, n));
    h->fresh = h->active;
    return h->active;
}

static bool refuse(struct vwr_vhost_back *h, unsigned queue, const char *what)
{
    char text[256];

    (void)vwr_vdev_explain(vhost_back_device(h, queue), text, sizeof(text));
    return vhost_back_end(h, "Queue %u: %s (%s).", queue, what, text);
}

static bool start_ring(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    struct vwr_vdev *const v = vhost_back_device(h, queue);
    struct vwr_vhost_back_parts at;

    if (!vhost_back_translate(h, r->addr.desc_user_addr, &at.desc) ||
        !vhost_back_translate(h, r->addr.avail_user_addr, &at.driver) ||
        !vhost_back_translate(h, r->addr.used_user_addr, &at.device))
        return vhost_back_end(h, "Queue %u is not in a region of memory.", queue);
    if (!activate(h))
        return false;
    r->base = base_of(h, r, at.desc);
    if (vhost_back_is_recorded(h, queue) && !vhost_back_begin_record(h, queue, &at))
        return false;
    write_register(v, VWR_MMIO_QUEUE_SEL, queue);
    write_register(v, VWR_MMIO_QUEUE_SIZE, r->size);
    write_address(v, VWR_MMIO_QUEUE_DESC_LOW, at.desc);
    write_address(v, VWR_MMIO_QUEUE_DRIVER_LOW, at.driver);
    write_address(v, VWR_MMIO_QUEUE_DEVICE_LOW, at.device);
    write_register(v, VWR_MMIO_QUEUE_READY, 1);
    if (read_register(v, VWR_MMIO_QUEUE_READY) != 1)
        return refuse(h, queue, "the device refuses it");
    if (vwr_vqueue_set_base(vhost_back_queue(h, queue), r->base) != VWR_OK)
        return refuse(h, queue, "its index is not one that it can have");
    r->started = true;
    r->again = true; /* buffers that were made available before the start, or that a previous back end did not
                        serve */
    h->fresh = false;
    vhost_back_call(h, queue);
    return true;
}

bool vhost_back_start(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++) {
        const struct vwr_vhost_back_ring *const r = &h->ring[n];

        if (!r->started && r->has_addr && r->has_kick && r->enabled && r->size != 0 && !start_ring(h, n))
            return false;
    }
    return true;
}

void vhost_back_stop(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];
    struct vwr_vdev *const v = vhost_back_device(h, queue);

    if (!r->started)
        return;
    r->base = vwr_vqueue_base(vhost_back_queue(h, queue));
    if (r->recorded)
        vhost_back_record_used(h, queue);
    r->started = false;
    r->again = false;
    write_register(v, VWR_MMIO_QUEUE_SEL, queue);
    write_register(v, VWR_MMIO_QUEUE_READY, 0);
    if (r->recorded)
        vhost_back_mark_in_flight(h, queue);
    r->goes_on = r->recorded;
    r->recorded = false;
}

void vhost_back_stop_all(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        vhost_back_stop(h, n);
}

void vhost_back_reset_devices(struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < vhost_back_devices(h); n++)
        vwr_vdev_reset(vhost_back_device(h, n));
}

void vhost_back_reset(struct vwr_vhost_back *h)
{
    vhost_back_stop_all(h);
    vhost_back_reset_devices(h);
    h->active = false;
    h->fresh = false;
    h->loaded = false;
    for (unsigned n = 0; n < h->dev->queues; n++) {
        h->ring[n].base = 0;
        h->ring[n].has_kick = false;
        h->ring[n].enabled = false;
    }
}

bool vhost_back_busy(const struct vwr_vhost_back *h)
{
    for (unsigned n = 0; n < h->dev->queues; n++)
        if (h->ring[n].started && vwr_vqueue_in_flight(vhost_back_queue(h, n)) != 0)
            return true;
    return false;
}

void vhost_back_serve(struct vwr_vhost_back *h, unsigned queue)
{
    struct vwr_vhost_back_ring *const r = &h->ring[queue];

    if (!r->started || !r->enabled || h->held)
        return;
    r->again = false;
    if (!r->recorded) {
        vwr_vdev_serve(vhost_back_device(h, queue), (uint16_t)queue);
        return;
    }
    (void)vhost_back_record(h, queue);
    vwr_vdev_serve(vhost_back_device(h, queue), (uint16_t)queue);
    vhost_back_record_used(h, queue);
    if (vhost_back_record(h, queue)) /* buffers that were made available after the device checked the ring; no
                                      * kick announces them */
        r->again = true;
}

/* Reports a change of the configuration by a message instead of an interrupt. */
void vhost_back_news(struct vwr_vhost_back *h)
{
    const uint32_t change = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    bool any = false;

    for (unsigned n = 0; n < vhost_back_devices(h); n++) {
        struct vwr_vdev *const v = vhost_back_device(h, n);

        if ((v->interrupt & change) == 0)
            continue;
        write_register(v, VWR_MMIO_INTERRUPT_ACK, change);
        any = true;
    }
    if (any && h->back >= 0 && vhost_back_has(h, VWR_VHOST_USER_PROTOCOL_F_CONFIG))
        (void)vhost_back_send(h->back, VWR_VHOST_USER_BACKEND_CONFIG_CHANGE_MSG, 0, NULL, 0, -1);
}
