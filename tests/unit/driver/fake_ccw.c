/* SPDX-License-Identifier: MIT */
#include "fake_ccw.h"
#include "cmocka_all.h"
#include "fake_ram.h"

#include <string.h>

/* Bytes of a command or an answer, as the document has them. */
static const struct fake_ccw_part {
    uint8_t code;
    bool answers; /* the device writes */
    uint32_t bytes;
} parts[] = {
    {VWR_CCW_CMD_SET_VIRTIO_REV, false, sizeof(struct vwr_ccw_rev_info)},
    {VWR_CCW_CMD_VDEV_RESET, false, 0},
    {VWR_CCW_CMD_WRITE_STATUS, false, 1},
    {VWR_CCW_CMD_READ_STATUS, true, 1},
    {VWR_CCW_CMD_READ_FEAT, true, sizeof(struct vwr_ccw_feature_desc)},
    {VWR_CCW_CMD_WRITE_FEAT, false, sizeof(struct vwr_ccw_feature_desc)},
    {VWR_CCW_CMD_READ_VQ_CONF, true, sizeof(struct vwr_ccw_vq_config_block)},
    {VWR_CCW_CMD_SET_IND, false, 8},
    {VWR_CCW_CMD_SET_CONF_IND, false, 8},
    {VWR_CCW_CMD_SET_IND_ADAPTER, false, sizeof(struct vwr_ccw_thinint_area)},
};

static struct fake_ccw *fake_ccw_of(struct vwr_ccw_host *h)
{
    return (struct fake_ccw *)(void *)h;
}

/* ---- registers of the fake device ---- */

static uint32_t get(struct fake_ccw *c, unsigned offset)
{
    return vwr_le32_to_cpu(vwr_host_read((volatile void *)(c->f->base + offset), 4));
}

static void put(struct fake_ccw *c, unsigned offset, uint64_t value)
{
    vwr_host_write((volatile void *)(c->f->base + offset), 4, vwr_cpu_to_le32((uint32_t)value));
}

static void put64(struct fake_ccw *c, unsigned low, uint64_t value)
{
    put(c, low, value);
    put(c, low + 4, value >> 32);
}

/* ---- commands; each returns whether the device accepts ---- */

static bool sense_id(struct fake_ccw *c, struct vwr_ccw_sense_id *id)
{
    id->reserved = VWR_CCW_SENSE_ID_RESERVED;
    id->cu_type = vwr_cpu_to_be16(c->cu_type);
    id->cu_model = (uint8_t)c->f->device_id;
    return true;
}

/* A driver does not select another revision after one was accepted. */
static bool set_revision(struct fake_ccw *c, const struct vwr_ccw_rev_info *info)
{
    const int revision = vwr_be16_to_cpu(info->revision);

    assert_int_equal(c->revision, FAKE_CCW_NO_REVISION);
    assert_int_equal(info->length, 0);
    if (revision > c->revision_max || (revision == 0) != (c->f->version == VWR_MMIO_VERSION_LEGACY))
        return false;
    c->revision = revision;
    return true;
}

static bool reset(struct fake_ccw *c)
{
    put(c, VWR_MMIO_STATUS, VWR_STATUS_RESET);
    c->queue_indicators = 0;
    c->config_indicators = 0;
    c->summary = 0;
    return true;
}

/* The device keeps its status if it does not accept the new one. */
static bool write_status(struct fake_ccw *c, const uint8_t *status)
{
    put(c, VWR_MMIO_STATUS, *status);
    return (*status & ~get(c, VWR_MMIO_STATUS)) == 0;
}

static bool read_features(struct fake_ccw *c, struct vwr_ccw_feature_desc *desc)
{
    put(c, VWR_MMIO_DEVICE_FEATURES_SEL, desc->index);
    desc->features = vwr_cpu_to_le32(get(c, VWR_MMIO_DEVICE_FEATURES));
    return true;
}

static bool write_features(struct fake_ccw *c, const struct vwr_ccw_feature_desc *desc)
{
    put(c, VWR_MMIO_DRIVER_FEATURES_SEL, desc->index);
    put(c, VWR_MMIO_DRIVER_FEATURES, vwr_le32_to_cpu(desc->features));
    return true;
}

static bool read_queue(struct fake_ccw *c, struct vwr_ccw_vq_config_block *block)
{
    put(c, VWR_MMIO_QUEUE_SEL, vwr_be16_to_cpu(block->index));
    block->max_queue_size = vwr_cpu_to_be16((uint16_t)get(c, VWR_MMIO_QUEUE_SIZE_MAX));
    return true;
}

static bool set_queue(struct fake_ccw *c, const struct vwr_ccw_vq_info_block *block)
{
    assert_int_equal(block->res0, 0);
    put(c, VWR_MMIO_QUEUE_SEL, vwr_be16_to_cpu(block->index));
    put(c, VWR_MMIO_QUEUE_SIZE, vwr_be16_to_cpu(block->size));
    put64(c, VWR_MMIO_QUEUE_DESC_LOW, vwr_be64_to_cpu(block->desc));
    put64(c, VWR_MMIO_QUEUE_DRIVER_LOW, vwr_be64_to_cpu(block->driver));
    put64(c, VWR_MMIO_QUEUE_DEVICE_LOW, vwr_be64_to_cpu(block->device));
    put(c, VWR_MMIO_QUEUE_READY, 1);
    return get(c, VWR_MMIO_QUEUE_READY) == 1;
}

static bool set_legacy_queue(struct fake_ccw *c, const struct vwr_ccw_vq_info_block_legacy *block)
{
    const uint32_t pfn = (uint32_t)(vwr_be64_to_cpu(block->queue) / VWR_SPLIT_RING_LEGACY_ALIGN);

    put(c, VWR_MMIO_GUEST_PAGE_SIZE, VWR_SPLIT_RING_LEGACY_ALIGN);
    put(c, VWR_MMIO_QUEUE_SEL, vwr_be16_to_cpu(block->index));
    put(c, VWR_MMIO_QUEUE_SIZE, vwr_be16_to_cpu(block->size));
    put(c, VWR_MMIO_QUEUE_ALIGN, vwr_be32_to_cpu(block->align));
    put(c, VWR_MMIO_QUEUE_PFN, pfn);
    return get(c, VWR_MMIO_QUEUE_PFN) == pfn;
}

static bool set_indicators(struct fake_ccw *c, uint64_t *at, const vwr_be64 *addr)
{
    assert_int_equal(c->summary, 0); /* not together with those of an adapter */
    *at = vwr_be64_to_cpu(*addr);
    (void)fake_ram_at(*at, sizeof(uint64_t));
    return true;
}

static bool set_adapter(struct fake_ccw *c, const struct vwr_ccw_thinint_area *area)
{
    assert_int_equal(c->queue_indicators, 0);
    if (c->no_adapter)
        return false;
    assert_int_equal(area->isc, c->host.isc);
    c->summary = vwr_be64_to_cpu(area->summary_indicator);
    c->queue_indicators = vwr_be64_to_cpu(area->indicator) + vwr_be64_to_cpu(area->bit_nr) / 8u;
    return true;
}

static bool status_command(struct fake_ccw *c, uint8_t code, uint8_t *status)
{
    if (code == VWR_CCW_CMD_WRITE_STATUS)
        return write_status(c, status);
    assert_true(c->revision >= VWR_CCW_REVISION_READ_STATUS);
    *status = (uint8_t)get(c, VWR_MMIO_STATUS);
    return true;
}

static bool queue_command(struct fake_ccw *c, uint8_t code, void *buffer, uint32_t bytes)
{
    const bool legacy = c->f->version == VWR_MMIO_VERSION_LEGACY;
    const size_t want =
        legacy ? sizeof(struct vwr_ccw_vq_info_block_legacy) : sizeof(struct vwr_ccw_vq_info_block);

    if (code == VWR_CCW_CMD_READ_VQ_CONF)
        return read_queue(c, buffer);
    assert_true(bytes == want || c->scramble != 0); /* a device that lies may seem to be another one */
    if (bytes != want)
        return false;
    return legacy ? set_legacy_queue(c, buffer) : set_queue(c, buffer);
}

static bool indicator_command(struct fake_ccw *c, uint8_t code, void *buffer)
{
    if (code == VWR_CCW_CMD_SET_IND_ADAPTER)
        return set_adapter(c, buffer);
    return code == VWR_CCW_CMD_SET_IND ? set_indicators(c, &c->queue_indicators, buffer)
                                       : (c->config_indicators = vwr_be64_to_cpu(*(vwr_be64 *)buffer)) != 0;
}

static bool obey(struct fake_ccw *c, uint8_t code, void *buffer, uint32_t bytes)
{
    switch (code) {
    case VWR_CCW_BASIC_NO_OPERATION:
        return true;
    case VWR_CCW_BASIC_SENSE_ID:
        return sense_id(c, buffer);
    case VWR_CCW_CMD_SET_VIRTIO_REV:
        return set_revision(c, buffer);
    case VWR_CCW_CMD_VDEV_RESET:
        return reset(c);
    case VWR_CCW_CMD_WRITE_STATUS:
    case VWR_CCW_CMD_READ_STATUS:
        return status_command(c, code, buffer);
    case VWR_CCW_CMD_READ_FEAT:
        return read_features(c, buffer);
    case VWR_CCW_CMD_WRITE_FEAT:
        return write_features(c, buffer);
    case VWR_CCW_CMD_READ_CONF:
        memcpy(buffer, c->f->config, bytes < c->config_bytes ? bytes : c->config_bytes);
        return true;
    case VWR_CCW_CMD_WRITE_CONF:
        memcpy(c->f->config, buffer, bytes);
        return true;
    case VWR_CCW_CMD_READ_VQ_CONF:
    case VWR_CCW_CMD_SET_VQ:
        return queue_command(c, code, buffer, bytes);
    default:
        return indicator_command(c, code, buffer);
    }
}

/* ---- what the driver calls ---- */

static uint32_t draw(struct fake_ccw *c)
{
    c->scramble = c->scramble * 1664525u + 1013904223u;
    c->scramble += c->scramble == 0;
    return c->scramble >> 8;
}

/* Changes an answer: some bits, or all of them. */
static void scramble(struct fake_ccw *c, uint8_t *buffer, uint32_t bytes)
{
    const uint32_t kind = draw(c) % 8u;

    for (uint32_t n = kind < 3u && bytes != 0 ? draw(c) % 3u + 1u : 0; n != 0; n--)
        buffer[draw(c) % bytes] ^= (uint8_t)(1u << draw(c) % 8u);
    for (uint32_t i = 0; kind == 3u && i < bytes; i++)
        buffer[i] = (uint8_t)draw(c);
}

static bool rejects(struct fake_ccw *c, uint8_t code)
{
    return c->sent == c->reject_at || code == c->reject || (c->scramble != 0 && draw(c) % 8u == 0) ||
           (code == VWR_CCW_CMD_SET_VIRTIO_REV && c->revision_max < 0);
}

/* The buffer has the size of the command. A device without a revision has no other command. */
static const struct fake_ccw_part *check(const struct fake_ccw *c, uint8_t code, uint32_t bytes)
{
    assert_true(c->enabled);
    assert_true(c->revision >= 0 || c->revision_max < 0 || code == VWR_CCW_BASIC_SENSE_ID ||
                code == VWR_CCW_CMD_SET_VIRTIO_REV || c->f->version == VWR_MMIO_VERSION_LEGACY ||
                c->scramble != 0 || c->reject == VWR_CCW_CMD_SET_VIRTIO_REV || c->reject_at != 0);
    for (unsigned i = 0; i < VWR_COUNT(parts); i++) {
        if (parts[i].code != code)
            continue;
        assert_int_equal(bytes, parts[i].bytes);
        return &parts[i];
    }
    return NULL;
}

static int command(struct vwr_ccw_host *h, uint32_t subchannel, uint8_t code, void *buffer, uint32_t bytes)
{
    struct fake_ccw *const c = fake_ccw_of(h);
    const struct fake_ccw_part *const part = check(c, code, bytes);
    const bool answers =
        part != NULL ? part->answers : code == VWR_CCW_BASIC_SENSE_ID || code == VWR_CCW_CMD_READ_CONF;

    assert_int_equal(subchannel, FAKE_CCW_SUBCHANNEL);
    assert_true((buffer == NULL) == (bytes == 0));
    c->sent++;
    c->commands[code]++;
    if (c->gone_at != 0 && c->sent >= c->gone_at)
        return VWR_EGONE;
    if (rejects(c, code)) {
        c->rejected = code;
        return VWR_EPROTO;
    }
    if (!obey(c, code, buffer, bytes))
        return VWR_EPROTO;
    if (c->scramble != 0)
        scramble(c, buffer, answers ? bytes : 0);
    return (int)(code == VWR_CCW_CMD_READ_CONF && c->config_bytes < bytes ? c->config_bytes : bytes);
}

static int enable(struct vwr_ccw_host *h, uint32_t subchannel)
{
    struct fake_ccw *const c = fake_ccw_of(h);

    if (subchannel - VWR_CCW_FIRST >= FAKE_CCW_SUBCHANNELS)
        return VWR_ERANGE;
    if (subchannel != FAKE_CCW_SUBCHANNEL)
        return VWR_ENODEV;
    c->enabled = true;
    c->revision = FAKE_CCW_NO_REVISION;
    return VWR_OK;
}

/* The driver passes the cookie of the preceding notification. */
static uint64_t notify(struct vwr_ccw_host *h, uint32_t subchannel, uint32_t data, uint64_t cookie)
{
    struct fake_ccw *const c = fake_ccw_of(h);

    assert_int_equal(subchannel, FAKE_CCW_SUBCHANNEL);
    assert_true(cookie == c->cookie);
    c->notifications++;
    c->notified = data;
    put(c, VWR_MMIO_QUEUE_NOTIFY, data);
    return ++c->cookie;
}

void fake_ccw_plug(struct fake_ccw *c, struct fake *f)
{
    static const struct vwr_ccw_ops ops = {.enable = enable, .command = command, .notify = notify};

    memset(c, 0, sizeof(*c));
    c->host.ops = &ops;
    c->host.isc = 3;
    c->f = f;
    c->cu_type = VWR_CCW_CU_TYPE;
    c->revision_max =
        f->version == VWR_MMIO_VERSION_LEGACY ? VWR_CCW_REVISION_LEGACY : VWR_CCW_REVISION_READ_STATUS;
    c->revision = FAKE_CCW_NO_REVISION;
    c->config_bytes = 60; /* the fields of a disk's first features */
}

static void set_bit(uint64_t addr, unsigned bit)
{
    uint8_t byte;

    fake_ram_read(addr + bit / 8u, &byte, 1);
    byte = (uint8_t)(byte | 0x80u >> bit % 8u);
    fake_ram_write(addr + bit / 8u, &byte, 1);
}

void fake_ccw_signal(struct fake_ccw *c, unsigned queue)
{
    const uint8_t set = VWR_CCW_SUMMARY;

    set_bit(c->queue_indicators, queue);
    if (c->summary != 0)
        fake_ram_write(c->summary, &set, 1);
}

void fake_ccw_signal_config(struct fake_ccw *c)
{
    set_bit(c->config_indicators, VWR_CCW_CONFIG_INDICATOR);
}
