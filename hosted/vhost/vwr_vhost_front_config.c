/* SPDX-License-Identifier: MIT */
#include "vhost_front_common.h"

#include "vwr/gen/9p.h"
#include "vwr/gen/balloon.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/console.h"
#include "vwr/gen/fs.h"
#include "vwr/gen/gpu.h"
#include "vwr/gen/ids.h"
#include "vwr/gen/iommu.h"
#include "vwr/gen/mem.h"
#include "vwr/gen/net.h"
#include "vwr/gen/sound.h"

#include <string.h>

/*
 * The configuration space. Back ends ignore the offset of GET_CONFIG or refuse a length beyond the end of
 * their space, so each message reads from 0 to the last byte that was asked for.
 */

struct config_message {
    uint32_t offset;
    uint32_t size;
    uint32_t flags;
    uint8_t region[VWR_VHOST_USER_MAX_CONFIG_SIZE];
};

/*
 * Reads the first `bytes` bytes. If the back end refuses, its reply has no contents, and the bytes read as 0.
 */
static bool config_fetch(struct vwr_vhost_front *v, uint32_t bytes)
{
    const uint32_t head = (uint32_t)sizeof(struct vwr_vhost_user_config);
    struct config_message ask = {.size = bytes};
    struct config_message got = {0};
    uint32_t n;

    if (!vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIG)) {
        v->config_have = VWR_VHOST_USER_MAX_CONFIG_SIZE;
        return true;
    }
    if (!vwr_vhost_front_get(v, VWR_VHOST_USER_GET_CONFIG, &ask, head + bytes, &got, head + bytes, &n))
        return false;
    if (n != 0 && n != head && (n != head + bytes || got.offset != 0 || got.size != bytes))
        return vwr_vhost_front_break(v, VWR_VHOST_FRONT_SIZE, n);
    if (memcmp(v->config, got.region, v->config_have < bytes ? v->config_have : bytes) != 0)
        v->generation++;
    (void)memcpy(v->config, got.region, bytes);
    v->config_have = bytes;
    return true;
}

bool vwr_vhost_front_read_config(struct vwr_vhost_front *v)
{
    return v->config_have == 0 || config_fetch(v, v->config_have);
}

#define FEATURES(class)                                                        \
    {                                                                          \
        VWR_##class##_ID,                                                      \
        {                                                                      \
            VWR_##class##_CONFIG_FEATURES_W0, VWR_##class##_CONFIG_FEATURES_W1 \
        }                                                                      \
    }

static uint64_t with_a_field(uint32_t type)
{
    static const struct {
        uint32_t type;
        uint32_t w[2];
    } classes[] = {FEATURES(9P),  FEATURES(BALLOON), FEATURES(BLK), FEATURES(CONSOLE), FEATURES(FS),
                   FEATURES(GPU), FEATURES(IOMMU),   FEATURES(MEM), FEATURES(NET),     FEATURES(SND)};

    for (unsigned i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (classes[i].type == type)
            return (uint64_t)classes[i].w[1] << 32 | classes[i].w[0];
    return 0;
}

uint64_t vwr_vhost_front_without_config(const struct vwr_vhost_front *v)
{
    if (v->options.config != NULL || vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIG))
        return 0;
    return with_a_field(v->dev.type);
}

static struct vwr_vhost_front *config_of(const struct vwr_config *c)
{
    return (struct vwr_vhost_front *)(uintptr_t)c->base;
}

static bool config_is_inside(unsigned offset, unsigned bytes)
{
    return offset < VWR_VHOST_USER_MAX_CONFIG_SIZE && bytes <= VWR_VHOST_USER_MAX_CONFIG_SIZE - offset;
}

static uint32_t config_read(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    struct vwr_vhost_front *const v = config_of(c);

    if (!config_is_inside(offset, bytes) ||
        (offset + bytes > v->config_have && !config_fetch(v, offset + bytes)))
        return 0;
    return vwr_config_copy_load(v->config, offset, bytes);
}

static void config_write(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value)
{
    struct vwr_vhost_front *const v = config_of(c);
    struct config_message m = {.offset = offset, .size = bytes, .flags = VWR_VHOST_USER_CONFIG_TYPE_FRONTEND};

    if (!config_is_inside(offset, bytes) || !vhost_front_has(v, VWR_VHOST_USER_PROTOCOL_F_CONFIG))
        return;
    for (unsigned i = 0; i < bytes; i++)
        m.region[i] = (uint8_t)(value >> 8 * i);
    if (vwr_vhost_front_send(v, VWR_VHOST_USER_SET_CONFIG, &m,
                             (uint32_t)sizeof(struct vwr_vhost_user_config) + bytes, NULL, 0))
        (void)memcpy(v->config + offset, m.region, bytes);
}

const struct vwr_config_access vwr_vhost_front_config_access = {.read = config_read, .write = config_write};
