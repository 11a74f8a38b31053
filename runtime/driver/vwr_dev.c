/* SPDX-License-Identifier: MIT */
#include "vwr/dev.h"
#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/tables.h"
#include "vwr/wait.h"

#define ALL_ONES 0xffffffffu /* what a bus answers where no device is */

int vwr_dev_note(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    d->fault.kind = kind;
    d->fault.where = where;
    d->fault.got = got;
    return VWR_FAULT_RESULT(kind);
}

void vwr_dev_fail(struct vwr_dev *d)
{
    if (d->state == VWR_DEV_NONE)
        return;
    d->state = VWR_DEV_FAILED;
    d->status |= VWR_STATUS_FAILED;
    vwr_dev_transport(d)->set_status(d, d->status);
}

int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    vwr_dev_fail(d);
    return vwr_dev_note(d, kind, where, got);
}

/* Reads the status and gives up on what no driver can go on with. */
static int read_status(struct vwr_dev *d, uint32_t *status)
{
    const uint32_t s = vwr_dev_transport(d)->get_status(d);
    uint32_t kind = 0;

    *status = s;
    if (s & VWR_STATUS_DEVICE_NEEDS_RESET)
        kind = VWR_FAULT_NEEDS_RESET;
    if (s == ALL_ONES)
        kind = VWR_FAULT_GONE;
    return kind != 0 ? vwr_dev_give_up(d, kind, 0, s) : VWR_OK;
}

int vwr_dev_check(struct vwr_dev *d)
{
    uint32_t status;

    return read_status(d, &status);
}

int vwr_dev_reset(struct vwr_dev *d)
{
    struct vwr_wait wait;
    uint32_t status;
    bool more = true;

    if (d->state == VWR_DEV_NONE) /* there is nobody to reset */
        return VWR_EINVAL;
    vwr_dev_transport(d)->set_status(d, VWR_STATUS_RESET);
    vwr_wait_begin(&wait, VWR_RESET_TIMEOUT_US);
    while ((status = vwr_dev_transport(d)->get_status(d)) != VWR_STATUS_RESET) {
        if (status == ALL_ONES)
            return vwr_dev_give_up(d, VWR_FAULT_GONE, 0, status);
        if (!more)
            return vwr_dev_give_up(d, VWR_FAULT_RESET, 0, status);
        more = vwr_wait_more(&wait);
    }
    d->status = 0;
    d->state = VWR_DEV_PROBED;
    d->fault.kind = VWR_FAULT_NONE;
    vwr_features_clear(&d->config.features);
    return VWR_OK;
}

/*
 * Walks up the status table, from where the device stands to `until`: sets each bit that the
 * driver has to set in this version, and sees whether it stays.
 */
static int walk(struct vwr_dev *d, uint8_t until)
{
    const struct vwr_status_step *s = vwr_status_steps;

    for (;; s++) {
        uint32_t status;

        if (s->by == VWR_BY_DRIVER && (s->versions >> vwr_dev_version(d) & 1u) && !(d->status & s->bit)) {
            int r;

            d->status |= s->bit;
            vwr_dev_transport(d)->set_status(d, d->status);
            r = read_status(d, &status);
            if (r != VWR_OK)
                return r;
            if (!(status & s->bit))
                return vwr_dev_give_up(d, s->may_refuse ? VWR_FAULT_FEATURES_OK : VWR_FAULT_STATUS, s->bit,
                                       status);
        }
        if (s->bit == until)
            return VWR_OK;
    }
}

/*
 * Reserved features that this runtime drives by itself. Addresses come from the port, so they
 * are the platform's (ACCESS_PLATFORM); requests are laid out so that any device takes them,
 * and a legacy one may as well know that it could be otherwise (ANY_LAYOUT).
 */
#define IN_WORD(bit, word) ((bit) / 32 == (word) ? (uint32_t)1 << (bit) % 32 : 0u)
#define LEGACY_OWN IN_WORD(VWR_F_ANY_LAYOUT, 0)
#define MODERN_OWN(word) (IN_WORD(VWR_F_VERSION_1, word) | IN_WORD(VWR_F_ACCESS_PLATFORM, word))

static const struct vwr_features own[2] = {{{LEGACY_OWN, 0, 0, 0}},
                                           {{MODERN_OWN(0), MODERN_OWN(1), MODERN_OWN(2), MODERN_OWN(3)}}};

/* These, and all that the document leaves to the device type; a legacy device has one word only. */
const struct vwr_features vwr_dev_usable[2] = {
    {{~VWR_FEATURES_RESERVED_W0 | LEGACY_OWN, 0, 0, 0}},
    {{~VWR_FEATURES_RESERVED_W0 | MODERN_OWN(0), ~VWR_FEATURES_RESERVED_W1 | MODERN_OWN(1),
      ~VWR_FEATURES_RESERVED_W2 | MODERN_OWN(2), ~VWR_FEATURES_RESERVED_W3 | MODERN_OWN(3)}}};

/* Reads what is offered, a word only if something in it could be taken, and writes what is taken. */
static int choose_features(struct vwr_dev *d, const struct vwr_wish *wish)
{
    const unsigned version = vwr_dev_version(d);
    struct vwr_features *const accepted = &d->config.features;

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        uint32_t want = (wish->want->w[i] | wish->need->w[i]) & ~wish->avoid->w[i];

        want = (want & vwr_dev_usable[version].w[i]) | own[version].w[i];
        d->offered.w[i] = want != 0 ? vwr_dev_transport(d)->get_features(d, i) : 0;
        accepted->w[i] = d->offered.w[i] & want;
    }
    vwr_features_close(accepted, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
    vwr_features_close(accepted, wish->rules, wish->rule_count);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        uint32_t missing = wish->need->w[i];

        if (version != 0)
            missing |= IN_WORD(VWR_F_VERSION_1, i);
        missing &= ~accepted->w[i];
        if (missing != 0)
            return vwr_dev_give_up(d, VWR_FAULT_FEATURE, i, missing);
        if (i <= version ||
            accepted->w[i] != 0) /* the words that every device of the version has, and those in use */
            vwr_dev_transport(d)->set_features(d, i, accepted->w[i]);
    }
    return VWR_OK;
}

int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_wish *wish)
{
    int r;

    if (d->state != VWR_DEV_PROBED)
        return VWR_EINVAL;
    r = vwr_dev_reset(d);
    if (r == VWR_OK)
        r = walk(d, VWR_STATUS_DRIVER);
    if (r == VWR_OK)
        r = choose_features(d, wish);
    if (r == VWR_OK)
        r = walk(d, VWR_STATUS_FEATURES_OK);
    if (r == VWR_OK)
        d->state = VWR_DEV_NEGOTIATED;
    return r;
}

size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size)
{
    return VWR_SPLIT_RING_BYTES((size_t)size, vwr_split_align(vwr_dev_is_legacy(d)));
}

/* The memory of a queue: large enough, aligned, and in one piece as the device sees it. Answers a fault kind.
 */
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
    return 0;
}

/* The steps of vwr_dev_add_queue; answers a fault kind, and what was read in *got. */
static uint32_t set_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                          const struct vwr_queue_memory *m, size_t extra, uint32_t *got)
{
    const bool legacy = vwr_dev_is_legacy(d);
    unsigned size = m->size;
    uint64_t addr = 0;
    size_t offset;
    uint32_t kind;

    *got = vwr_dev_transport(d)->queue_busy(d, index);
    if (*got != 0)
        return VWR_FAULT_QUEUE_IN_USE;
    *got = vwr_dev_transport(d)->queue_max(d, index);
    if (*got == 0)
        return VWR_FAULT_QUEUE_ABSENT;
    while (size > *got)
        size >>= 1;
    *got = m->size;
    VWR_STATIC_ASSERT((uint16_t)(2 * VWR_SPLIT_RING_SIZE_MAX) == 0, "m->size holds no larger power of 2");
    if (size == 0 || (m->size & (m->size - 1)) != 0)
        return VWR_FAULT_QUEUE_SIZE;
    offset = VWR_QUEUE_EXTRA_OFFSET(vwr_dev_queue_bytes(d, size));
    kind = check_memory(m, offset + extra, VWR_QUEUE_OWN_BYTES(size),
                        legacy ? VWR_SPLIT_RING_LEGACY_ALIGN : VWR_SPLIT_RING_DESC_ALIGN, &addr);
    if (kind != 0)
        return kind;
    vwr_queue_prepare(q, m, (uint16_t)size, legacy);
    q->extra = (uint8_t *)m->shared + offset;
    q->extra_addr = addr + offset;
    return vwr_dev_transport(d)->queue_set(d, index, q, addr, got);
}

int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                      const struct vwr_queue_memory *m, size_t extra)
{
    uint32_t got;
    uint32_t kind;

    if (d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    kind = set_queue(d, index, q, m, extra, &got);
    return kind != 0 ? vwr_dev_give_up(d, kind, index, got) : VWR_OK;
}

int vwr_dev_start(struct vwr_dev *d)
{
    int r;

    if (d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    r = walk(d, VWR_STATUS_DRIVER_OK);
    if (r == VWR_OK)
        d->state = VWR_DEV_LIVE;
    return r;
}

uint32_t vwr_dev_irq(struct vwr_dev *d)
{
    return d->state == VWR_DEV_LIVE ? vwr_dev_transport(d)->irq(d) : 0;
}

/* Changes when the configuration does: the generation, or where there is none what was read. */
static uint32_t config_stamp(struct vwr_dev *d, const uint8_t *p, size_t bytes)
{
    uint32_t sum = 1;

    if (vwr_dev_transport(d)->generation != NULL)
        return vwr_dev_transport(d)->generation(d);
    while (bytes-- > 0)
        sum = sum * 31u + *p++;
    return sum;
}

int vwr_dev_read_config(struct vwr_dev *d, void (*read)(const struct vwr_config *c, void *into), void *into,
                        size_t bytes)
{
    uint32_t before = config_stamp(d, into, 0); /* without a generation nothing has been read yet */

    for (unsigned tries = 0; tries < VWR_CONFIG_TRIES; tries++) {
        uint32_t after;

        read(&d->config, into);
        after = config_stamp(d, into, bytes);
        if (after == before)
            return VWR_OK;
        before = after;
    }
    return vwr_dev_give_up(d, VWR_FAULT_CONFIG, 0, VWR_CONFIG_TRIES);
}
