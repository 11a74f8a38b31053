/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONFIG_H
#define VWR_CONFIG_H

#include "vwr/features.h"

struct vwr_config;

/* A field of the configuration that is out of the limits of the specification. */
struct vwr_config_wrong {
    uint32_t offset;
    uint32_t value;
};

/* For generated files: whether the field is, which is then noted. */
static inline bool vwr_config_exceeds(struct vwr_config_wrong *wrong, uint32_t offset, uint32_t value,
                                      uint32_t least, uint32_t most)
{
    wrong->offset = offset;
    wrong->value = value;
    return value < least || value > most;
}

/* 1, 2 or 4 bytes of a modern configuration, as a number of the processor. */
struct vwr_config_access {
    uint32_t (*read)(const struct vwr_config *c, unsigned offset, unsigned bytes);
    void (*write)(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value);
};

/*
 * A device's configuration space as the generated accessors see it: where it is, which
 * features open its fields, and whose byte order it has. Modern configuration is
 * little-endian, legacy configuration has the guest's order (Legacy Interfaces: A Note on
 * Device Configuration Space endian-ness).
 */
struct vwr_config {
    volatile void *base;
    struct vwr_features features;
    bool legacy;
#if VWR_CFG_ACCESS
    const struct vwr_config_access *access; /* NULL: loads and stores */
#endif
};

#if VWR_CFG_ACCESS
#define VWR_CONFIG_ACCESS(c) ((c)->access)
#else
#define VWR_CONFIG_ACCESS(c) ((const struct vwr_config_access *)NULL)
#endif

VWR_ALWAYS_INLINE bool vwr_config_has(const struct vwr_config *c, unsigned feature)
{
    return vwr_features_have(&c->features, feature);
}

/* A field of `bytes` bytes: a constant, and so is the access. */
VWR_ALWAYS_INLINE uint32_t vwr_config_load(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    const volatile uint8_t *const at = (const volatile uint8_t *)c->base + offset;
    uint32_t v;

    if (VWR_CONFIG_ACCESS(c) != NULL)
        return VWR_CONFIG_ACCESS(c)->read(c, offset, bytes);
    if (bytes == sizeof(uint8_t))
        v = vwr_port_read8(at);
    else if (bytes == sizeof(uint16_t))
        v = vwr_guest16(c->legacy, vwr_port_read16(at));
    else
        v = vwr_guest32(c->legacy, vwr_port_read32(at));
    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, bytes, v);
    return v;
}

VWR_ALWAYS_INLINE void vwr_config_store(const struct vwr_config *c, unsigned offset, unsigned bytes,
                                        uint32_t v)
{
    volatile uint8_t *const at = (volatile uint8_t *)c->base + offset;

    if (VWR_CONFIG_ACCESS(c) != NULL) {
        VWR_CONFIG_ACCESS(c)->write(c, offset, bytes, v);
        return;
    }
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, bytes, v);
    if (bytes == sizeof(uint8_t))
        vwr_port_write8(at, (uint8_t)v);
    else if (bytes == sizeof(uint16_t))
        vwr_port_write16(at, vwr_guest16(c->legacy, (uint16_t)v));
    else
        vwr_port_write32(at, vwr_guest32(c->legacy, v));
}

static inline uint8_t vwr_config_read8(const struct vwr_config *c, unsigned offset)
{
    return (uint8_t)vwr_config_load(c, offset, sizeof(uint8_t));
}

static inline uint16_t vwr_config_read16(const struct vwr_config *c, unsigned offset)
{
    return (uint16_t)vwr_config_load(c, offset, sizeof(uint16_t));
}

static inline uint32_t vwr_config_read32(const struct vwr_config *c, unsigned offset)
{
    return vwr_config_load(c, offset, sizeof(uint32_t));
}

/* Two 32-bit reads: a wider access is not promised to work. Torn unless the caller watches the generation. */
static inline uint64_t vwr_config_read64(const struct vwr_config *c, unsigned offset)
{
    uint32_t first = vwr_config_read32(c, offset);
    uint32_t second = vwr_config_read32(c, offset + 4u);

    if (VWR_BIG_ENDIAN && c->legacy)
        return (uint64_t)first << 32 | second;
    return (uint64_t)second << 32 | first;
}

/* Of a device whose configuration is little-endian in the legacy interface too: a value read, or to be
 * written. */
static inline uint16_t vwr_config_little16(const struct vwr_config *c, uint16_t v)
{
    return c->legacy ? vwr_le16_to_cpu(v) : v;
}

static inline uint32_t vwr_config_little32(const struct vwr_config *c, uint32_t v)
{
    return c->legacy ? vwr_le32_to_cpu(v) : v;
}

static inline uint64_t vwr_config_little64(const struct vwr_config *c, uint64_t v)
{
    return c->legacy ? vwr_le64_to_cpu(v) : v;
}

static inline void vwr_config_write8(const struct vwr_config *c, unsigned offset, uint8_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

static inline void vwr_config_write16(const struct vwr_config *c, unsigned offset, uint16_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

static inline void vwr_config_write32(const struct vwr_config *c, unsigned offset, uint32_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

#endif
