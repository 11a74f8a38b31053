/* SPDX-License-Identifier: MIT */
#include "../../runtime/device/core/vdev/vdev_common.h"
#include "prove.h"

/* The configuration space window: vwr_vdev_config.c, for any guest access. */

#define CONFIG_MAX 8u

/* The bytes of the configuration space, and zeros after its end. */
void config_read(void)
{
    PROVE_ANY(struct vwr_vdev, dev);
    PROVE_ANY(uint32_t, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(unsigned, any);
    uint64_t value;
    const uint8_t *config;

    prove_assume(dev.config_bytes <= CONFIG_MAX);
    dev.config = prove_memory(dev.config_bytes);
    config = (const uint8_t *)dev.config;
    value = vwr_vdev_config_read_(&dev, offset, bytes);
    prove_assume(any < 8u);
    if (any < bytes && (uint64_t)offset + any < dev.config_bytes)
        prove_that((uint8_t)(value >> 8 * any) == config[offset + any]);
    else
        prove_that((uint8_t)(value >> 8 * any) == 0);
}

#define FIELDS 2u

static struct vwr_vdev dev;
static struct vwr_vdev_class kind;
static struct vwr_config_field fields[FIELDS];
static struct space {
    uint8_t byte[CONFIG_MAX];
} space;
static bool is_notified;

static void note_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    (void)v;
    prove_that((uint64_t)offset + bytes <= dev.config_bytes);
    is_notified = true;
}

/* Any device, status and features, and an arbitrary configuration with 2 fields. */
static void any_config(void)
{
    PROVE_ANY(struct space, any);
    PROVE_ANY(struct vwr_config_field, first);
    PROVE_ANY(struct vwr_config_field, second);
    PROVE_ANY(struct vwr_features, offered);
    PROVE_ANY(struct vwr_features, accepted);
    PROVE_ANY(uint16_t, config_bytes);
    PROVE_ANY(uint8_t, status);
    PROVE_ANY(bool, legacy);

    prove_assume(config_bytes <= CONFIG_MAX);
    space = any;
    fields[0] = first;
    fields[1] = second;
    kind.fields = fields;
    kind.field_count = FIELDS;
    kind.config_written = note_written;
    dev.kind = &kind;
    dev.config = &space;
    dev.config_bytes = config_bytes;
    dev.status = status;
    dev.legacy = legacy;
    dev.offered = offered;
    dev.accepted = accepted;
}

static bool is_in_field(const struct vwr_config_field *f, uint64_t at)
{
    return at >= f->offset && at < (uint64_t)f->offset + f->bytes &&
           (f->access[dev.legacy ? 0 : 1] & VWR_WRITE) != 0;
}

/*
 * A byte of the configuration space changes only if it is part of the access and of a field that the driver
 * may write; its new value is then the written byte.
 */
void config_write(void)
{
    PROVE_ANY(uint32_t, offset);
    PROVE_ANY(unsigned, bytes);
    PROVE_ANY(uint64_t, value);
    PROVE_ANY(uint32_t, any);
    bool is_of_access;
    uint8_t before;

    any_config();
    prove_assume(any < CONFIG_MAX && bytes != 0);
    before = space.byte[any];
    vwr_vdev_config_write_(&dev, offset, bytes, value);
    is_of_access = any >= offset && any < (uint64_t)offset + bytes;
    prove_that(is_notified == (dev.stats.ignored == 0));
    if (!is_notified || !is_of_access) {
        prove_that(space.byte[any] == before);
        return;
    }
    prove_that(space.byte[any] == before || space.byte[any] == (uint8_t)(value >> 8 * (any - offset)));
    prove_that(space.byte[any] == before || is_in_field(&fields[0], any) || is_in_field(&fields[1], any));
}
