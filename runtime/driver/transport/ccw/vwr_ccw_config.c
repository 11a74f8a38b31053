/* SPDX-License-Identifier: MIT */
#include "ccw_common.h"

#if VWR_ACCESS_CALLS

/*
 * The configuration is read and written as a whole. The fields that a driver reads between two reads of the
 * generation are those of one copy, so they are consistent without a second one. Section: Virtio Over
 * Channel I/O / Device Initialization / Device Configuration.
 */

void vwr_ccw_copy_config_(struct vwr_ccw *c)
{
    uint8_t now[VWR_CCW_CONFIG_BYTES];
    bool same = true;
    int r;

    vwr_zero(now, sizeof(now));
    r = vwr_ccw_command_(c, VWR_CCW_CMD_READ_CONF, now, sizeof(now));
    c->refused = c->refused || r < 0;
    c->dev.config.bytes = r < 0 ? 0 : (uint32_t)r < sizeof(now) ? (uint32_t)r : (uint32_t)sizeof(now);
    for (unsigned i = 0; i < c->dev.config.bytes; i++) {
        same = same && now[i] == c->config[i];
        c->config[i] = now[i];
    }
    c->generation += !same;
}

static struct vwr_ccw *ccw_of_config(const struct vwr_config *config)
{
    return (struct vwr_ccw *)(uintptr_t)config->base;
}

static uint32_t ccw_config_read(const struct vwr_config *config, unsigned offset, unsigned bytes)
{
    struct vwr_ccw *const c = ccw_of_config(config);
    uint32_t value;

    if (!c->reading)
        vwr_ccw_copy_config_(c);
    value = vwr_config_copy_load(c->config, offset, bytes);
    if (!config->legacy)
        return value;
    /* a legacy device has the guest's byte order */
    if (bytes == sizeof(uint16_t))
        return vwr_guest16(true, vwr_cpu_to_le16((uint16_t)value));
    return bytes == sizeof(uint32_t) ? vwr_guest32(true, vwr_cpu_to_le32(value)) : value;
}

/* Sends the configuration up to the end of the field. */
static void ccw_config_write(const struct vwr_config *config, unsigned offset, unsigned bytes, uint32_t value)
{
    struct vwr_ccw *const c = ccw_of_config(config);

    vwr_ccw_copy_config_(c);
    if (config->legacy)
        value = bytes == sizeof(uint16_t)   ? vwr_le16_to_cpu(vwr_guest16(true, (uint16_t)value))
                : bytes == sizeof(uint32_t) ? vwr_le32_to_cpu(vwr_guest32(true, value))
                                            : value;
    for (unsigned i = 0; i < bytes; i++)
        c->config[offset + i] = (uint8_t)(value >> 8 * i);
    (void)vwr_ccw_command_(c, VWR_CCW_CMD_WRITE_CONF, c->config, offset + bytes);
}

const struct vwr_config_access vwr_ccw_config_access_ = {.read = ccw_config_read, .write = ccw_config_write};

#endif
