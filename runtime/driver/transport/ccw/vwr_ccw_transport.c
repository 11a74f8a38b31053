/* SPDX-License-Identifier: MIT */
#include "ccw_common.h"
#include "vwr/gen/status.h"

#if VWR_ACCESS_CALLS

/* The functions of struct vwr_transport as channel commands. Section: Virtio Over Channel I/O. */

/* ---- device status ---- */

/*
 * A status that the device has just accepted is not read back. Before revision 2, no command reads it, but
 * one without an effect tells whether the device has left. The owner of one queue may read the status while
 * another owner sets FAILED.
 */
static uint32_t ccw_get_status(struct vwr_ccw *c)
{
    uint8_t status = c->status;

    if (!c->told && c->dev.version < VWR_CCW_REVISION_READ_STATUS)
        (void)vwr_ccw_command_(c, VWR_CCW_BASIC_NO_OPERATION, NULL, 0);
    else if (!c->told && vwr_ccw_command_(c, VWR_CCW_CMD_READ_STATUS, &status, sizeof(status)) == VWR_EPROTO)
        status = c->status;
    if (c->told)
        c->told = false;
    return c->gone ? VWR_FAULT_ALL_ONES : status;
}

/* A reset is complete when its command is. */
static void ccw_reset(struct vwr_ccw *c)
{
    if (vwr_ccw_command_(c, VWR_CCW_CMD_VDEV_RESET, NULL, 0) < 0)
        return;
    c->status = VWR_STATUS_RESET;
    c->told = true;
    c->reading = false;
    c->refused = false;
    c->uses_adapter = false;
}

static uint64_t ccw_address(const void *p, size_t bytes)
{
    size_t run = 0;

    return vwr_port_dma(p, bytes, &run);
}

/* Returns false if the device rejected the command. */
static bool ccw_set_adapter(struct vwr_ccw *c)
{
    const struct vwr_ccw_shared *const s = c->shared;
    struct vwr_ccw_thinint_area area;

    area.summary_indicator = vwr_cpu_to_be64(ccw_address(&s->summary, sizeof(s->summary)));
    area.indicator = vwr_cpu_to_be64(ccw_address(s->queues, sizeof(s->queues)));
    area.bit_nr = 0;
    area.isc = c->host->isc;
    return vwr_ccw_command_(c, VWR_CCW_CMD_SET_IND_ADAPTER, &area, sizeof(area)) >= 0;
}

static bool ccw_set_indicators(struct vwr_ccw *c)
{
    struct vwr_ccw_shared *const s = c->shared;
    vwr_be64 queues = vwr_cpu_to_be64(ccw_address(s->queues, sizeof(uint64_t)));
    vwr_be64 config = vwr_cpu_to_be64(ccw_address(&s->config, sizeof(s->config)));

    vwr_zero(s, sizeof(*s));
    vwr_port_wmb();
    c->uses_adapter = c->host->adapter && ccw_set_adapter(c);
    return (c->uses_adapter || vwr_ccw_command_(c, VWR_CCW_CMD_SET_IND, &queues, sizeof(queues)) >= 0) &&
           vwr_ccw_command_(c, VWR_CCW_CMD_SET_CONF_IND, &config, sizeof(config)) >= 0;
}

/* The owner of one queue may set FAILED, whatever the device has rejected before. */
static void ccw_set_status(struct vwr_ccw *c, uint8_t status)
{
    const bool failed = (status & VWR_STATUS_FAILED) != 0;

    if (status == VWR_STATUS_RESET) {
        ccw_reset(c);
        return;
    }
    if (!failed && !c->refused && (status & ~c->status & VWR_STATUS_DRIVER_OK) != 0)
        c->refused = !ccw_set_indicators(c);
    if (!failed && c->refused)
        return;
    if (vwr_ccw_command_(c, VWR_CCW_CMD_WRITE_STATUS, &status, sizeof(status)) < 0)
        return; /* the device has kept its status */
    c->status = status;
    if (!failed)
        c->told = true;
}

/* ---- queues ---- */

static uint32_t ccw_queue_size_max(struct vwr_ccw *c)
{
    struct vwr_ccw_vq_config_block block;

    vwr_zero(&block, sizeof(block));
    block.index = vwr_cpu_to_be16(c->queue);
    if (c->queue >= VWR_CCW_QUEUES ||
        vwr_ccw_command_(c, VWR_CCW_CMD_READ_VQ_CONF, &block, sizeof(block)) < 0)
        return 0;
    return vwr_be16_to_cpu(block.max_queue_size);
}

/* No command reports whether a queue is in use. */
static uint32_t ccw_queue_ready(const struct vwr_ccw *c)
{
    for (const struct vwr_queue *q = c->dev.queues; q != NULL; q = q->beside)
        if (q->doorbell.index == c->queue)
            return 1;
    return 0;
}

static uint32_t ccw_conclude_queue(struct vwr_ccw *c, struct vwr_queue *q, int result)
{
    q->doorbell.kind = VWR_DOORBELL_CALL;
    q->doorbell.reg = &c->doorbell.call;
    c->dev.fault.got = 0;
    return result >= 0 ? VWR_FAULT_NONE : VWR_FAULT_QUEUE_REFUSED;
}

static uint32_t ccw_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct vwr_ccw *const c = ccw_of(d);
    struct vwr_ccw_vq_info_block block;
    size_t driver;
    size_t device;

    vwr_queue_areas(q, &driver, &device);
    vwr_zero(&block, sizeof(block));
    block.desc = vwr_cpu_to_be64(addr);
    block.index = vwr_cpu_to_be16(q->doorbell.index);
    block.size = vwr_cpu_to_be16((uint16_t)q->size);
    block.driver = vwr_cpu_to_be64(addr + driver);
    block.device = vwr_cpu_to_be64(addr + device);
    vwr_port_wmb(); /* make the zeroed ring visible before the device reads it */
    return ccw_conclude_queue(c, q, vwr_ccw_command_(c, VWR_CCW_CMD_SET_VQ, &block, sizeof(block)));
}

static uint32_t ccw_legacy_queue_set(struct vwr_dev *d, struct vwr_queue *q, uint64_t addr)
{
    struct vwr_ccw *const c = ccw_of(d);
    struct vwr_ccw_vq_info_block_legacy block;

    vwr_zero(&block, sizeof(block));
    block.queue = vwr_cpu_to_be64(addr);
    block.align = vwr_cpu_to_be32(VWR_SPLIT_RING_LEGACY_ALIGN);
    block.index = vwr_cpu_to_be16(q->doorbell.index);
    block.size = vwr_cpu_to_be16((uint16_t)q->size);
    vwr_port_wmb();
    return ccw_conclude_queue(c, q, vwr_ccw_command_(c, VWR_CCW_CMD_SET_VQ, &block, sizeof(block)));
}

/* ---- registers and features ---- */

/* The first of two reads of the generation gets a copy, from which the driver reads the fields. */
static uint32_t ccw_generation(struct vwr_ccw *c)
{
    c->reading = !c->reading;
    if (c->reading)
        vwr_ccw_copy_config_(c);
    return c->generation;
}

static uint32_t ccw_get_register(struct vwr_dev *d, unsigned offset)
{
    struct vwr_ccw *const c = ccw_of(d);

    switch (offset) {
    case VWR_MMIO_STATUS:
        return ccw_get_status(c);
    case VWR_MMIO_QUEUE_SIZE_MAX:
        return ccw_queue_size_max(c);
    case VWR_MMIO_QUEUE_READY:
        return ccw_queue_ready(c);
    case VWR_MMIO_CONFIG_GENERATION:
        return ccw_generation(c);
    default: /* no command resets a queue, and RING_RESET is not accepted */
        return 0;
    }
}

static void ccw_set_register(struct vwr_dev *d, unsigned offset, uint32_t value)
{
    struct vwr_ccw *const c = ccw_of(d);

    if (offset == VWR_MMIO_STATUS)
        ccw_set_status(c, (uint8_t)value);
    else if (offset == VWR_MMIO_QUEUE_SEL)
        c->queue = (uint16_t)value;
}

/*
 * The size of the configuration is known before the driver compares it with the features. A device without
 * features beyond the words that every device has may reject to read them.
 */
static uint32_t ccw_get_features(struct vwr_dev *d, uint32_t word)
{
    struct vwr_ccw *const c = ccw_of(d);
    struct vwr_ccw_feature_desc desc = {.features = 0, .index = (uint8_t)word};

    if (word == 0)
        vwr_ccw_copy_config_(c);
    if (vwr_ccw_command_(c, VWR_CCW_CMD_READ_FEAT, &desc, sizeof(desc)) < 0) {
        c->refused = c->refused || word <= vwr_dev_version(d);
        return 0;
    }
    return vwr_le32_to_cpu(desc.features);
}

static void ccw_set_features(struct vwr_dev *d, uint32_t word, uint32_t bits)
{
    struct vwr_ccw *const c = ccw_of(d);
    struct vwr_ccw_feature_desc desc = {.features = vwr_cpu_to_le32(bits), .index = (uint8_t)word};

    if (vwr_ccw_command_(c, VWR_CCW_CMD_WRITE_FEAT, &desc, sizeof(desc)) < 0)
        c->refused = true;
}

/* ---- interrupts ---- */

/* Whether one of the indicators was set. A cleared one belongs to a buffer that the caller finds. */
static bool ccw_take(volatile uint64_t *indicators, unsigned words)
{
    bool any = false;

    for (unsigned i = 0; i < words; i++) {
        if (indicators[i] == 0)
            continue;
        any = true;
        indicators[i] = 0;
    }
    return any;
}

/*
 * The caller examines all queues and the configuration afterwards, so an indicator that the device sets
 * between the load and the store may be lost. One that it sets later comes with another interrupt, because
 * the summary indicator is cleared first.
 */
static uint32_t ccw_irq(struct vwr_dev *d)
{
    struct vwr_ccw *const c = ccw_of(d);
    volatile uint64_t *const summary = &c->shared->summary;
    uint32_t causes = 0;

    if (c->uses_adapter) {
        *summary = 0;
        vwr_port_mb();
    }
    if (ccw_take(c->shared->queues, VWR_CCW_QUEUES / 64u))
        causes |= VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK;
    if (ccw_take(&c->shared->config, 1))
        causes |= VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK;
    vwr_port_mb(); /* clear the indicators before the rings are read */
    return causes;
}

static const struct vwr_features ccw_usable = {
    {VWR_DEV_USABLE(CCW, 0), VWR_DEV_USABLE(CCW, 1), VWR_DEV_USABLE(CCW, 2), VWR_DEV_USABLE(CCW, 3)}};

const struct vwr_transport vwr_ccw_modern = {
    .get_register = ccw_get_register,
    .set_register = ccw_set_register,
    .get_features = ccw_get_features,
    .set_features = ccw_set_features,
    .queue_set = ccw_queue_set,
    .irq = ccw_irq,
    .usable = &ccw_usable,
};

const struct vwr_transport vwr_ccw_legacy = {
    .get_register = ccw_get_register,
    .set_register = ccw_set_register,
    .get_features = ccw_get_features,
    .set_features = ccw_set_features,
    .queue_set = ccw_legacy_queue_set,
    .irq = ccw_irq,
    .usable = &vwr_dev_usable_legacy,
    .legacy = true,
};

#endif
