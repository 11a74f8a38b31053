/* SPDX-License-Identifier: MIT */
#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/tables.h"
#include "vwr/wait.h"

VWR_OUT_OF_LINE int vwr_fault_note(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got)
{
    fault->kind = kind;
    fault->where = where;
    fault->got = got;
    return VWR_FAULT_RESULT(kind);
}

int vwr_dev_note(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_fault_note(&d->fault, kind, where, got);
}

static void fail(struct vwr_dev *d)
{
    const uint8_t status = d->status | VWR_STATUS_FAILED;

    d->state = VWR_DEV_FAILED;
    d->status = status;
    vwr_dev_transport(d)->set_status(d, status);
}

void vwr_dev_fail(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NONE) /* otherwise there is nobody to tell */
        fail(d);
}

void vwr_dev_write_failed(struct vwr_dev *d)
{
    vwr_dev_transport(d)->set_status(d, d->status | VWR_STATUS_FAILED);
}

VWR_OUT_OF_LINE int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    fail(d);
    return vwr_dev_note(d, kind, where, got);
}

/*
 * The steps below answer a fault kind, VWR_FAULT_NONE if all went well, and leave what they read
 * in d->fault; the call that they are steps of concludes: gives the device up, or goes on to `state`.
 */
static int conclude(struct vwr_dev *d, uint32_t kind, uint8_t state)
{
    if (kind != VWR_FAULT_NONE)
        return vwr_dev_give_up(d, kind, d->fault.where, d->fault.got);
    if (d->state != state) /* of a running device it stays, and others read it */
        d->state = state;
    return VWR_OK;
}

/* What no driver can go on with: `set` are the bits that it has set. */
static uint32_t status_fault(uint32_t status, uint8_t set)
{
    if (status == VWR_FAULT_ALL_ONES)
        return VWR_FAULT_GONE;
    if (status & VWR_STATUS_DEVICE_NEEDS_RESET)
        return VWR_FAULT_NEEDS_RESET;
    return (set & ~status) != 0 ? VWR_FAULT_STATUS : VWR_FAULT_NONE;
}

int vwr_dev_poll_status(struct vwr_dev *d, struct vwr_fault *fault)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EFAILED;
    status = vwr_dev_transport(d)->get_status(d);
    kind = status_fault(status, d->status);
    if (kind == VWR_FAULT_NONE)
        return status & VWR_STATUS_FAILED ? VWR_EFAILED : VWR_OK;
    vwr_dev_write_failed(d);
    return vwr_fault_note(fault, kind, 0, status);
}

int vwr_dev_check(struct vwr_dev *d)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    status = vwr_dev_transport(d)->get_status(d);
    kind = status_fault(status, d->status);
    return kind != VWR_FAULT_NONE ? vwr_dev_give_up(d, kind, 0, status) : VWR_OK;
}

void vwr_dev_reset_begin(struct vwr_dev *d)
{
    if (d->state == VWR_DEV_NONE) /* there is nobody to reset */
        return;
    d->state = VWR_DEV_FAILED;
    d->status = 0;
    d->more = true;
    vwr_dev_transport(d)->set_status(d, VWR_STATUS_RESET);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
}

/* One look at a reset: a fault kind, or VWR_FAULT_NONE and d->fault.got is 0 if it is done. */
static uint32_t look_at_reset(struct vwr_dev *d)
{
    d->fault.got = vwr_dev_transport(d)->get_status(d);
    if (d->fault.got == VWR_STATUS_RESET) {
        vwr_features_clear(&d->config.features);
        return VWR_FAULT_NONE;
    }
    if (d->fault.got == VWR_FAULT_ALL_ONES)
        return VWR_FAULT_GONE;
    if (!d->more)
        return VWR_FAULT_RESET;
    d->more = vwr_wait_more(&d->wait);
    return VWR_FAULT_NONE;
}

static uint32_t reset(struct vwr_dev *d)
{
    uint32_t kind;

    vwr_dev_reset_begin(d);
    do
        kind = look_at_reset(d);
    while (kind == VWR_FAULT_NONE && d->fault.got != VWR_STATUS_RESET);
    return kind;
}

/* No FAILED if it goes wrong: the device has a write to answer yet. */
static int end_of_reset(struct vwr_dev *d, uint32_t kind)
{
    d->state = kind == VWR_FAULT_NONE ? VWR_DEV_PROBED : VWR_DEV_FAILED;
    d->fault.kind = kind;
    return VWR_FAULT_RESULT(kind);
}

int vwr_dev_reset_poll(struct vwr_dev *d)
{
    uint32_t kind;

    if (d->state != VWR_DEV_FAILED)
        return VWR_EINVAL;
    kind = look_at_reset(d);
    if (kind == VWR_FAULT_NONE && d->fault.got != VWR_STATUS_RESET)
        return VWR_EBUSY;
    return end_of_reset(d, kind);
}

int vwr_dev_reset(struct vwr_dev *d)
{
    return d->state == VWR_DEV_NONE ? VWR_EINVAL : end_of_reset(d, reset(d));
}

/* Sets a bit of the device status, and sees whether it stays. */
static uint32_t set_status_bit(struct vwr_dev *d, uint8_t bit)
{
    const uint8_t status = d->status | bit;
    uint32_t kind;

    d->status = status;
    vwr_dev_transport(d)->set_status(d, status);
    d->fault.where = bit;
    d->fault.got = vwr_dev_transport(d)->get_status(d);
    kind = status_fault(d->fault.got, status);
    return kind == VWR_FAULT_STATUS && bit == VWR_STATUS_FEATURES_OK ? VWR_FAULT_FEATURES_OK : kind;
}

/*
 * Reserved features that this runtime drives by itself. Addresses come from the port, so they
 * are the platform's (ACCESS_PLATFORM), and so are barriers, whether or not the device would do
 * with less (ORDER_PLATFORM); requests are laid out so that any device takes them, and a legacy one
 * may as well know that it could be otherwise (ANY_LAYOUT).
 */
#define IN_WORD(bit, word) ((bit) / 32 == (word) ? (uint32_t)1 << (bit) % 32 : 0u)
#define IF_WITH(with, bit, word) ((with) ? IN_WORD(bit, word) : 0u)
#define RING_OWN(word)                                       \
    (IF_WITH(VWR_WITH_INDIRECT, VWR_F_INDIRECT_DESC, word) | \
     IF_WITH(VWR_WITH_EVENT_IDX, VWR_F_EVENT_IDX, word))
#define LEGACY_OWN (RING_OWN(0) | IN_WORD(VWR_F_ANY_LAYOUT, 0))
#define MODERN_OWN(word)                                                                                    \
    (RING_OWN(word) | IN_WORD(VWR_F_VERSION_1, word) | IN_WORD(VWR_F_ACCESS_PLATFORM, word) |               \
     IF_WITH(VWR_WITH_PACKED, VWR_F_RING_PACKED, word) | IF_WITH(VWR_WITH_IN_ORDER, VWR_F_IN_ORDER, word) | \
     IN_WORD(VWR_F_ORDER_PLATFORM, word) |                                                                  \
     IF_WITH(VWR_WITH_NOTIFICATION_DATA, VWR_F_NOTIFICATION_DATA, word) | IN_WORD(VWR_F_RING_RESET, word))

/* These, and all that the specification leaves to the device type; a legacy device has one word only. */
const struct vwr_features vwr_dev_usable[2] = {
    {{~VWR_FEATURES_RESERVED_W0 | LEGACY_OWN, 0, 0, 0}},
    {{~VWR_FEATURES_RESERVED_W0 | MODERN_OWN(0), ~VWR_FEATURES_RESERVED_W1 | MODERN_OWN(1),
      ~VWR_FEATURES_RESERVED_W2 | MODERN_OWN(2), ~VWR_FEATURES_RESERVED_W3 | MODERN_OWN(3)}}};

static const uint32_t reserved_features[VWR_FEATURE_WORDS] = {
    VWR_FEATURES_RESERVED_W0, VWR_FEATURES_RESERVED_W1, VWR_FEATURES_RESERVED_W2, VWR_FEATURES_RESERVED_W3};

/* What a driver of the version cannot do without. */
static uint32_t must_have(unsigned version, unsigned word)
{
    return version != 0 && word == VWR_F_VERSION_1 / 32u ? (uint32_t)1 << VWR_F_VERSION_1 % 32u : 0;
}

/*
 * Reads what is offered, a word only if something in it could be taken, and writes what is taken. Reserved
 * features that are taken need VERSION_1 at most, without which no modern device is driven, and which a
 * legacy one does not offer: vwr_feature_rules hold.
 */
static uint32_t choose_features(struct vwr_dev *d, const struct vwr_wish *wish)
{
    const unsigned version = vwr_dev_version(d);
    struct vwr_features *const accepted = &d->config.features;

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        uint32_t want = wish->want->w[i] | reserved_features[i];

        want &= vwr_dev_usable[version].w[i] & ~wish->avoid->w[i];
        want |= must_have(version, i);
        d->offered.w[i] = want != 0 ? vwr_dev_transport(d)->get_features(d, i) : 0;
        accepted->w[i] = d->offered.w[i] & want;
    }
    vwr_features_close(accepted, wish->rules, wish->rule_count);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        d->fault.where = i;
        d->fault.got = (wish->need->w[i] | must_have(version, i)) & ~accepted->w[i];
        if (d->fault.got != 0)
            return VWR_FAULT_FEATURE;
        /* the words that every device of this version has, and those in use */
        if (i <= version || accepted->w[i] != 0)
            vwr_dev_transport(d)->set_features(d, i, accepted->w[i]);
    }
    return VWR_FAULT_NONE;
}

/* What comes after a reset, of which `kind` tells how it went. */
static int negotiate(struct vwr_dev *d, const struct vwr_wish *wish, uint32_t kind)
{
    if (kind == VWR_FAULT_NONE)
        kind = set_status_bit(d, VWR_STATUS_ACKNOWLEDGE);
    if (kind == VWR_FAULT_NONE)
        kind = set_status_bit(d, VWR_STATUS_DRIVER);
    if (kind == VWR_FAULT_NONE)
        kind = choose_features(d, wish);
    if (kind == VWR_FAULT_NONE && !vwr_dev_is_legacy(d))
        kind = set_status_bit(d, VWR_STATUS_FEATURES_OK);
    return conclude(d, kind, VWR_DEV_NEGOTIATED);
}

int vwr_dev_agree(struct vwr_dev *d, const struct vwr_wish *wish)
{
    return d->state == VWR_DEV_PROBED ? negotiate(d, wish, VWR_FAULT_NONE) : VWR_EINVAL;
}

int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_wish *wish)
{
    return d->state == VWR_DEV_PROBED ? negotiate(d, wish, reset(d)) : VWR_EINVAL;
}

size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size)
{
    return vwr_queue_ring_bytes(&d->config.features, vwr_dev_is_legacy(d), (uint16_t)size);
}

/* The memory of a queue: large enough, aligned, and in one piece as the device sees it. */
static uint32_t check_memory(const struct vwr_queue_memory *m, size_t bytes, size_t own, uint32_t align,
                             uint64_t *addr)
{
    size_t run = 0;

    if (m->shared_bytes < bytes || m->own_bytes < own)
        return VWR_FAULT_QUEUE_MEMORY;
    *addr = vwr_port_dma(m->shared, bytes, &run);
    if (run < bytes)
        return VWR_FAULT_QUEUE_SPLIT;
    if ((((uintptr_t)m->shared | (uintptr_t)*addr) & (align - 1)) != 0 ||
        ((uintptr_t)m->own & (sizeof(void *) - 1)) != 0)
        return VWR_FAULT_QUEUE_ALIGN;
    return VWR_FAULT_NONE;
}

static uint32_t set_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                          const struct vwr_queue_memory *m, size_t extra)
{
    const bool legacy = vwr_dev_is_legacy(d);
    unsigned size = m->size;
    uint64_t addr = 0;
    size_t bytes;
    uint32_t max;
    uint32_t kind;

    d->fault.where = index;
    d->fault.got = vwr_dev_transport(d)->queue_busy(d, index);
    if (d->fault.got != 0)
        return VWR_FAULT_QUEUE_IN_USE;
    max = vwr_dev_transport(d)->queue_max(d, index);
    if (max == 0)
        return VWR_FAULT_QUEUE_ABSENT;
    d->fault.got = size;
    VWR_STATIC_ASSERT(VWR_SPLIT_RING_SIZE_MAX == VWR_PACKED_RING_SIZE_MAX, "one limit for both");
    if (size == 0 || size > VWR_SPLIT_RING_SIZE_MAX)
        return VWR_FAULT_QUEUE_SIZE;
    size = vwr_queue_fit(&d->config.features, m->size, max);
    bytes = vwr_dev_queue_bytes(d, size);
    if (extra != 0)
        bytes = vwr_dev_queue_extra(d, size) + extra;
    kind = check_memory(m, bytes, VWR_QUEUE_OWN_BYTES(size), vwr_split_memory_align(legacy), &addr);
    if (kind != VWR_FAULT_NONE)
        return kind;
    vwr_queue_prepare(q, m, (uint16_t)size, &d->config.features, legacy);
    return vwr_dev_transport(d)->queue_set(d, index, q, addr);
}

int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                      const struct vwr_queue_memory *m, size_t extra)
{
    if (d->state != VWR_DEV_NEGOTIATED && !(d->state == VWR_DEV_LIVE && vwr_dev_has(d, VWR_F_RING_RESET)))
        return VWR_EINVAL;
    return conclude(d, set_queue(d, index, q, m, extra), d->state);
}

int vwr_dev_reset_queue_begin(struct vwr_dev *d, unsigned index)
{
    if (d->state != VWR_DEV_LIVE && d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    if (!vwr_dev_has(d, VWR_F_RING_RESET))
        return VWR_EUNSUPP;
    vwr_dev_transport(d)->queue_reset(d, index);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
    d->more = true;
    return VWR_OK;
}

/* And sees whether it has been one. */
int vwr_dev_reset_queue_poll(struct vwr_dev *d, unsigned index, struct vwr_fault *fault)
{
    uint32_t got = vwr_dev_transport(d)->queue_resetting(d, index);

    if (got == VWR_FAULT_ALL_ONES)
        return vwr_fault_note(fault, VWR_FAULT_GONE, index, got);
    if (got != 0 && !d->more)
        return vwr_fault_note(fault, VWR_FAULT_QUEUE_RESET, index, got);
    if (got != 0) {
        d->more = vwr_wait_more(&d->wait);
        return VWR_EBUSY;
    }
    got = vwr_dev_transport(d)->queue_busy(d, index);
    return got != 0 ? vwr_fault_note(fault, VWR_FAULT_QUEUE_NO_RESET, index, got) : VWR_OK;
}

int vwr_dev_reset_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q)
{
    int r = vwr_dev_reset_queue_begin(d, index);

    if (r != VWR_OK)
        return r;
    do
        r = vwr_dev_reset_queue_poll(d, index, &d->fault);
    while (r == VWR_EBUSY);
    if (r == VWR_EUNSUPP) /* it goes on as if it had not been asked */
        return r;
    vwr_queue_stop(q, VWR_ERESET);
    if (r != VWR_OK)
        vwr_dev_fail(d);
    return r;
}

int vwr_dev_start(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    return conclude(d, set_status_bit(d, VWR_STATUS_DRIVER_OK), VWR_DEV_LIVE);
}

uint32_t vwr_dev_irq(struct vwr_dev *d)
{
    const uint32_t why = d->state == VWR_DEV_LIVE ? vwr_dev_transport(d)->irq(d) : 0;

    vwr_trace(VWR_TRACE_IRQ, why, 0, 0);
    d->irqs++;
    if (why == 0) {
        vwr_count_add(&d->stats.spurious, 1);
        vwr_count_add(&d->stats.in_a_row, 1);
        return 0;
    }
    vwr_count_add(&d->stats.interrupts, 1);
    if (VWR_WITH_STATS)
        d->stats.in_a_row = 0;
    return why;
}

/* Changes when the configuration does: the generation, or where there is none what was read. */
static uint32_t config_stamp(struct vwr_dev *d, const uint8_t *p, size_t bytes)
{
    uint32_t sum = 1;

    if (vwr_dev_transport(d)->generation != NULL)
        return vwr_dev_transport(d)->generation(d);
    while (bytes-- > 0)
        sum = sum * 33u + *p++;
    return sum;
}

/* At most so many tries. False: it changed during each of them. */
static bool read_stable(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into), void *into,
                        size_t bytes, unsigned tries)
{
    uint32_t before = config_stamp(d, into, 0); /* without a generation nothing has been read yet */

    while (tries-- > 0) {
        uint32_t after;

        read(&d->config, into);
        after = config_stamp(d, into, bytes);
        if (after == before)
            return true;
        before = after;
    }
    return false;
}

int vwr_dev_try_config(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into), void *into,
                       size_t bytes)
{
    return read_stable(d, read, into, bytes, 2) ? VWR_OK : VWR_EBUSY;
}

VWR_OUT_OF_LINE int vwr_dev_read_config(struct vwr_dev *d,
                                        void (*read)(const struct vwr_config *c, void *into), void *into,
                                        size_t bytes)
{
    if (read_stable(d, read, into, bytes, VWR_CONFIG_TRIES))
        return VWR_OK;
    return vwr_dev_give_up(d, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
}
