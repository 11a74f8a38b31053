/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "dev_common.h"

/* A device of any transport, from reset to DRIVER_OK; its faults, status and interrupts. */

VWR_OUT_OF_LINE int vwr_fault_record(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got)
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

int vwr_dev_note_shortage(struct vwr_dev *d)
{
    return vwr_dev_note(d, VWR_FAULT_ARRAY, 0, (uint32_t)d->shortage.needed);
}

/*
 * Stops the request engine from posting to any queue. Owners of other queues may read these fields
 * concurrently. An owner that reopens its queue at the same time, after its last resubmitted request, finds
 * FAILED when it polls the status.
 */
static void close_queues(struct vwr_dev *d)
{
    for (struct vwr_queue *q = d->queues; q != NULL; q = q->beside) {
        q->runs = false;
        q->open = VWR_LAYOUT_STOPPED;
    }
}

VWR_OUT_OF_LINE void vwr_dev_write_failed(struct vwr_dev *d)
{
    close_queues(d);
    dev_write(d, VWR_MMIO_STATUS, d->status | VWR_STATUS_FAILED);
}

static void fail(struct vwr_dev *d)
{
    d->state = VWR_DEV_FAILED;
    vwr_dev_write_failed(d);
    d->status |= VWR_STATUS_FAILED;
}

void vwr_dev_fail(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NONE) /* without a device there is no status register */
        fail(d);
}

VWR_OUT_OF_LINE int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    fail(d);
    return vwr_dev_note(d, kind, where, got);
}

int vwr_dev_conclude_(struct vwr_dev *d, uint32_t kind, uint8_t state)
{
    if (kind != VWR_FAULT_NONE)
        return vwr_dev_give_up(d, kind, d->fault.where, d->fault.got);
    if (d->state != state) /* avoids a store, as other owners read the state of a live device */
        d->state = state;
    return VWR_OK;
}

VWR_OUT_OF_LINE uint32_t vwr_dev_status_fault_(uint32_t status, uint8_t set)
{
    if (status == VWR_FAULT_ALL_ONES)
        return VWR_FAULT_GONE;
    if (status & VWR_STATUS_DEVICE_NEEDS_RESET)
        return VWR_FAULT_NEEDS_RESET;
    return (set & ~status) != 0 ? VWR_FAULT_STATUS : VWR_FAULT_NONE;
}

/* Sets a bit of the device status and checks that it stays set. */
static uint32_t set_status_bit(struct vwr_dev *d, uint8_t bit)
{
    const uint8_t status = d->status | bit;
    uint32_t kind;

    d->status = status;
    dev_write(d, VWR_MMIO_STATUS, status);
    d->fault.where = bit;
    d->fault.got = dev_read(d, VWR_MMIO_STATUS);
    kind = vwr_dev_status_fault_(d->fault.got, status);
    return kind == VWR_FAULT_STATUS && bit == VWR_STATUS_FEATURES_OK ? VWR_FAULT_FEATURES_OK : kind;
}

/* ---- reset, polled or with a bounded wait ---- */

void vwr_dev_reset_begin(struct vwr_dev *d)
{
    if (d->state == VWR_DEV_NONE) /* there is no device */
        return;
    close_queues(d);
    d->state = VWR_DEV_FAILED;
    d->status = 0;
    d->more = true;
    dev_write(d, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    vwr_wait_begin(&d->wait, VWR_RESET_TIMEOUT_US);
}

/* The device no longer accesses the memory of its queues. */
static void release_queues(struct vwr_dev *d)
{
    for (; VWR_PORT_HAS_DMA_MAP && d->queues != NULL; d->queues = d->queues->beside)
        dev_unmap_queue(d->queues);
    d->queues = NULL;
}

/* Does not set FAILED after an error, because the device has not acknowledged the write of 0 yet. */
VWR_OUT_OF_LINE int vwr_dev_reset_poll(struct vwr_dev *d)
{
    uint32_t kind = VWR_FAULT_NONE;

    if (d->state != VWR_DEV_FAILED)
        return VWR_EINVAL;
    d->fault.got = dev_read(d, VWR_MMIO_STATUS);
    if (d->fault.got == VWR_STATUS_RESET) {
        release_queues(d);
        vwr_features_clear(&d->config.features);
        d->state = VWR_DEV_PROBED;
    } else if (d->fault.got == VWR_FAULT_ALL_ONES) {
        kind = VWR_FAULT_GONE;
    } else if (d->more) {
        d->more = vwr_wait_more(&d->wait);
        return VWR_EBUSY;
    } else {
        kind = VWR_FAULT_RESET;
    }
    d->fault.kind = kind;
    return VWR_FAULT_RESULT(kind);
}

int vwr_dev_reset(struct vwr_dev *d)
{
    int r;

    vwr_dev_reset_begin(d);
    do
        r = vwr_dev_reset_poll(d);
    while (r == VWR_EBUSY);
    return r;
}

/* ---- feature negotiation ---- */

/*
 * A legacy device has only one word of features. ANY_LAYOUT: requests have the layout that every legacy
 * device accepts, so the feature makes no difference.
 */
const struct vwr_features vwr_dev_usable_legacy = {
    {~VWR_FEATURES_RESERVED_W0 | VWR_DEV_SUPPORTED(0) | VWR_FEATURE_BIT(VWR_F_ANY_LAYOUT, 0), 0, 0, 0}};
VWR_STATIC_ASSERT(VWR_FEATURES_NOT_ON_OTHER_W0 == 0, "each transport has the features of a legacy device");

static const uint32_t reserved_features[VWR_FEATURE_WORDS] = {
    VWR_FEATURES_RESERVED_W0, VWR_FEATURES_RESERVED_W1, VWR_FEATURES_RESERVED_W2, VWR_FEATURES_RESERVED_W3};

/* Features that the version requires: VERSION_1 on a modern device. */
static uint32_t must_have(unsigned version, unsigned word)
{
    return (uint32_t)(version != 0 && word == VWR_F_VERSION_1 / 32u) << VWR_F_VERSION_1 % 32u;
}

/* A device behind an IOMMU (vwr_iommu_place()) must translate its addresses. */
static uint32_t must_translate(const struct vwr_dev *d, unsigned word)
{
    return VWR_PORT_HAS_DMA_MAP ? d->wanted.w[word] & VWR_FEATURE_BIT(VWR_F_ACCESS_PLATFORM, word) : 0;
}

static uint32_t feature_word(const struct vwr_features *f, unsigned word)
{
    return f != NULL ? f->w[word] : 0;
}

/* Whether the configuration is large enough for the fields that exist with the accepted features. */
static uint32_t check_config(struct vwr_dev *d, const struct vwr_config_need *n)
{
    const uint32_t bytes = d->config.bytes;

    while (n->feature < 32u * VWR_FEATURE_WORDS && (n->bytes <= bytes || !vwr_dev_has(d, n->feature)))
        n++;
    d->fault.where = n->bytes;
    d->fault.got = bytes;
    return n->bytes <= bytes ? VWR_FAULT_NONE : VWR_FAULT_CONFIG_BYTES;
}

/*
 * Reads those words of the offered features in which a bit is requested, and writes the accepted features.
 * The dependencies of reserved features (vwr_feature_rules) need not be checked: all of these features
 * require VERSION_1, which is mandatory for a modern device, and a legacy device has none of them.
 */
static uint32_t choose_features(struct vwr_dev *d, const struct vwr_feature_policy *policy)
{
    const unsigned version = vwr_dev_version(d);
    struct vwr_features *const accepted = &d->config.features;

    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        uint32_t want = feature_word(policy->want, i) | reserved_features[i];

        /* IN_ORDER is accepted only on request */
        if (VWR_WITH_IN_ORDER && i == VWR_F_IN_ORDER / 32u)
            want &= feature_word(policy->want, i) | feature_word(policy->need, i) | d->wanted.w[i] |
                    ~VWR_FEATURE_BIT(VWR_F_IN_ORDER, 1);
        want &= vwr_dev_transport(d)->usable->w[i] & ~feature_word(policy->avoid, i);
        want |= must_have(version, i);
        /*
         * A word without a requested bit is not read: it may be a copy of another word (quirk
         * mmio.second-word-again).
         */
        d->offered.w[i] = want != 0 ? vwr_dev_transport(d)->get_features(d, i) : 0;
        accepted->w[i] = d->offered.w[i] & want;
    }
    vwr_features_close(accepted, policy->rules, policy->rule_count);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++) {
        const uint32_t missing =
            (feature_word(policy->need, i) | must_have(version, i) | must_translate(d, i)) & ~accepted->w[i];

        d->fault.where = i;
        d->fault.got = missing;
        if (missing != 0)
            return VWR_FAULT_FEATURE;
        /* words that every device of this version has, and words with accepted features */
        if (i <= version || accepted->w[i] != 0)
            vwr_dev_transport(d)->set_features(d, i, accepted->w[i]);
    }
    return policy->needs != NULL ? check_config(d, policy->needs) : VWR_FAULT_NONE;
}

int vwr_dev_agree(struct vwr_dev *d, const struct vwr_feature_policy *policy)
{
    uint32_t kind;

    if (d->state != VWR_DEV_PROBED)
        return VWR_EINVAL;
    kind = set_status_bit(d, VWR_STATUS_ACKNOWLEDGE);
    if (kind == VWR_FAULT_NONE)
        kind = set_status_bit(d, VWR_STATUS_DRIVER);
    if (kind == VWR_FAULT_NONE)
        kind = choose_features(d, policy);
    if (kind == VWR_FAULT_NONE && !vwr_dev_is_legacy(d))
        kind = set_status_bit(d, VWR_STATUS_FEATURES_OK);
    return vwr_dev_conclude_(d, kind, VWR_DEV_NEGOTIATED);
}

int vwr_dev_negotiate(struct vwr_dev *d, const struct vwr_feature_policy *policy)
{
    const int r = d->state == VWR_DEV_PROBED ? vwr_dev_reset(d) : VWR_EINVAL;

    return r == VWR_OK ? vwr_dev_agree(d, policy) : r;
}

/* ---- queue setup and DRIVER_OK ---- */

size_t vwr_dev_queue_bytes(const struct vwr_dev *d, unsigned size)
{
    return vwr_queue_ring_bytes_(&d->config.features, vwr_dev_is_legacy(d), (uint16_t)size);
}

/* Whether the memory is large enough. Records the numbers for messages, including those of the transport. */
static bool has_bytes(struct vwr_dev *d, const char *name, const void *memory, size_t required, size_t given)
{
    d->fault.got = (uint32_t)required;
    if (!vwr_array_fits(&d->shortage, name, memory, given, required))
        return false;
    d->shortage.given = given;
    return true;
}

/*
 * Maps the memory of a queue for the device, and checks that it is aligned, and contiguous for the device.
 * After a fault, nothing is mapped.
 */
static uint32_t map_memory(struct vwr_dev *d, const struct vwr_queue_memory *m, size_t bytes, uint64_t *addr)
{
    const size_t align = vwr_split_memory_align(vwr_dev_is_legacy(d));
    size_t run = 0;
    uint32_t kind = VWR_FAULT_NONE;

    *addr = vwr_port_dma_map(d->dma_context, m->shared, bytes, VWR_DMA_SHARED, &run);
    if (run < bytes)
        kind = VWR_FAULT_QUEUE_SPLIT;
    else if ((((uintptr_t)m->shared | (uintptr_t)*addr) & (align - 1)) != 0 ||
             ((uintptr_t)m->own & (sizeof(void *) - 1)) != 0)
        kind = VWR_FAULT_QUEUE_ALIGN;
    if (VWR_PORT_HAS_DMA_MAP && kind != VWR_FAULT_NONE && run != 0)
        vwr_port_dma_unmap(d->dma_context, *addr, m->shared, run, VWR_DMA_SHARED);
    return kind;
}

/* Checks that the memory of a queue is large enough, and maps it. */
static uint32_t take_memory(struct vwr_dev *d, const struct vwr_queue_memory *m, size_t bytes, unsigned size,
                            uint64_t *addr)
{
    d->fault_size = size;
    if (!has_bytes(d, VWR_WORDS("own_bytes"), m->own, VWR_QUEUE_OWN_BYTES(size), m->own_bytes))
        return VWR_FAULT_QUEUE_OWN;
    if (!has_bytes(d, VWR_WORDS("shared_bytes"), m->shared, bytes, m->shared_bytes))
        return VWR_FAULT_QUEUE_MEMORY;
    return map_memory(d, m, bytes, addr);
}

/* Remembers what map_memory() has mapped, until the device or the queue has been reset. */
static void keep_mapping(struct vwr_dev *d, struct vwr_queue *q, void *p, size_t bytes, uint64_t addr)
{
#if VWR_PORT_HAS_DMA_MAP
    q->mapping.context = d->dma_context;
    q->mapping.addr = addr;
    q->mapping.p = p;
    q->mapping.bytes = (uint32_t)bytes;
    q->mapping.dma = VWR_DMA_SHARED;
#else
    (void)d;
    (void)q;
    (void)p;
    (void)bytes;
    (void)addr;
#endif
}

static uint32_t set_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                          const struct vwr_queue_memory *m, size_t extra)
{
    unsigned size = m->size;
    uint64_t addr = 0;
    size_t bytes, all;
    uint32_t max;
    uint32_t kind;

    d->fault.where = index;
    dev_write(d, VWR_MMIO_QUEUE_SEL, index);
    d->fault.got = dev_read(d, VWR_MMIO_QUEUE_READY);
    if (d->fault.got != 0)
        return VWR_FAULT_QUEUE_IN_USE;
    max = dev_read(d, VWR_MMIO_QUEUE_SIZE_MAX);
    if (max == 0)
        return VWR_FAULT_QUEUE_ABSENT;
    d->fault.got = size;
    VWR_STATIC_ASSERT(VWR_SPLIT_RING_SIZE_MAX == VWR_PACKED_RING_SIZE_MAX, "one limit for both");
    if (size == 0 || size > VWR_SPLIT_RING_SIZE_MAX)
        return VWR_FAULT_QUEUE_SIZE;
    size = vwr_queue_fit_(&d->config.features, m->size, max);
    bytes = vwr_dev_queue_bytes(d, size);
    all = extra != 0 ? VWR_QUEUE_EXTRA_OFFSET(bytes) + extra : bytes;
    kind = take_memory(d, m, all, size, &addr);
    if (kind != VWR_FAULT_NONE)
        return kind;
    vwr_queue_prepare_(q, m, all, (uint16_t)size, &d->config.features, vwr_dev_is_legacy(d));
    keep_mapping(d, q, m->shared, all, addr);
    q->beside = d->queues;
    d->queues = q;
    d->extra = (uint8_t *)m->shared + VWR_QUEUE_EXTRA_OFFSET(bytes);
    d->extra_addr = addr + VWR_QUEUE_EXTRA_OFFSET(bytes);
    q->doorbell.index = (uint16_t)index;
    q->doorbell.value = (uint16_t)index;
    return vwr_dev_transport(d)->queue_set(d, q, addr);
}

int vwr_dev_add_queue(struct vwr_dev *d, unsigned index, struct vwr_queue *q,
                      const struct vwr_queue_memory *m, size_t extra)
{
    if (d->state != VWR_DEV_NEGOTIATED && !(d->state == VWR_DEV_LIVE && vwr_dev_has(d, VWR_F_RING_RESET)))
        return VWR_EINVAL;
    return vwr_dev_conclude_(d, set_queue(d, index, q, m, extra), d->state);
}

int vwr_dev_start(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    return vwr_dev_conclude_(d, set_status_bit(d, VWR_STATUS_DRIVER_OK), VWR_DEV_LIVE);
}

int vwr_dev_queue_size_max(struct vwr_dev *d, unsigned index)
{
    int r = VWR_OK;
    uint32_t max;

    if (d->state == VWR_DEV_PROBED)
        r = vwr_dev_reset(d);
    else if (d->state != VWR_DEV_NEGOTIATED)
        r = VWR_EINVAL;
    if (r != VWR_OK)
        return r;
    dev_write(d, VWR_MMIO_QUEUE_SEL, index);
    max = dev_read(d, VWR_MMIO_QUEUE_SIZE_MAX);
    if (max == 0)
        return vwr_dev_note(d, VWR_FAULT_QUEUE_ABSENT, index, 0);
    return (int)(max < VWR_SPLIT_RING_SIZE_MAX ? max : VWR_SPLIT_RING_SIZE_MAX);
}

/* Status check for the owner of one queue. */
int vwr_dev_poll_status(struct vwr_dev *d, struct vwr_fault *fault)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EFAILED;
    status = dev_read(d, VWR_MMIO_STATUS);
    kind = vwr_dev_status_fault_(status, d->status);
    if (kind == VWR_FAULT_NONE)
        return status & VWR_STATUS_FAILED ? VWR_EFAILED : VWR_OK;
    vwr_dev_write_failed(d);
    return vwr_fault_note(fault, kind, 0, status);
}

/* Status check for the owner of all queues. */
int vwr_dev_check(struct vwr_dev *d)
{
    uint32_t status;
    uint32_t kind;

    if (d->state == VWR_DEV_NONE)
        return VWR_EINVAL;
    status = dev_read(d, VWR_MMIO_STATUS);
    kind = vwr_dev_status_fault_(status, d->status);
    return kind != VWR_FAULT_NONE ? vwr_dev_give_up(d, kind, 0, status) : VWR_OK;
}

/* An interrupt may arrive before the driver has verified DRIVER_OK, and must also be acknowledged. */
static bool irq_is_live(const struct vwr_dev *d)
{
    return (d->status & VWR_STATUS_DRIVER_OK) != 0 && d->state != VWR_DEV_FAILED;
}

uint32_t vwr_dev_irq(struct vwr_dev *d)
{
    const uint32_t why = irq_is_live(d) ? vwr_dev_transport(d)->irq(d) : 0;

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
