/* SPDX-License-Identifier: MIT */
#ifndef VWR_CONFIG_H
#define VWR_CONFIG_H

#include "vwr/features.h"

/**
 * DOC: Device configuration space, driver side
 *
 * The generated accessors, such as vwr_blk_config_get_capacity(), use these functions to read and
 * write a configuration space. A driver normally reads the whole configuration with
 * vwr_dev_read_config(), which repeats the read if the device changes the configuration meanwhile.
 *
 * The configuration of a modern device is little-endian. The configuration of a legacy device is in the
 * guest's byte order, except for fields that the specification defines as little-endian there too (see
 * vwr_config_little16()).
 *
 * Context: all functions access the device or the caller's memory, and none of them waits. If the device has
 *   set NEEDS_RESET or is gone, reads return arbitrary values.
 */

struct vwr_config;

/**
 * struct vwr_config_wrong - A configuration field whose value violates the specification
 * @offset: Offset of the field in bytes.
 * @value: Value that was read.
 */
struct vwr_config_wrong {
    uint32_t offset;
    uint32_t value;
};

/**
 * vwr_config_exceeds() - Record a field and test it against its limits (for generated code)
 * @wrong: Filled in with the field, whether or not it is within its limits.
 * @offset: Offset of the field in bytes.
 * @value: Value that was read.
 * @least: Minimum.
 * @most: Maximum.
 *
 * Return: true if @value is out of range.
 */
static inline bool vwr_config_exceeds(struct vwr_config_wrong *wrong, uint32_t offset, uint32_t value,
                                      uint32_t least, uint32_t most)
{
    wrong->offset = offset;
    wrong->value = value;
    return value < least || value > most;
}

/**
 * struct vwr_config_need - Size of the configuration space that some fields need (for generated code)
 * @bytes: Offset of the end of these fields in bytes.
 * @feature: The fields exist if this feature is negotiated. VWR_FEATURE_NONE: they always exist; this is the
 *   last row of a table.
 */
struct vwr_config_need {
    uint16_t bytes;
    uint8_t feature;
};

/**
 * struct vwr_config_access - Access to a configuration space that the CPU cannot map (for transports)
 * @read: Read 1, 2 or 4 bytes; return the value in CPU order.
 * @write: Write 1, 2 or 4 bytes; @value is in CPU order.
 *
 * The functions are for modern devices only; see vwr_pci_probe_cfg(). A transport that gets the whole
 * configuration with one command keeps a copy. It gets a new one when the driver reads
 * VWR_MMIO_CONFIG_GENERATION, and returns another generation if its bytes differ; @read is then
 * vwr_config_copy_load().
 */
struct vwr_config_access {
    uint32_t (*read)(const struct vwr_config *c, unsigned offset, unsigned bytes);
    void (*write)(const struct vwr_config *c, unsigned offset, unsigned bytes, uint32_t value);
};

/**
 * struct vwr_config - Configuration space for the generated accessors
 * @base: Start of the space, mapped uncached.
 * @features: Negotiated features; they determine which fields exist.
 * @legacy: true if the space is in the guest's byte order.
 * @bytes: Size of the space in bytes; 0: there is none. The accessors do not check it, because
 *   vwr_dev_agree() has checked that the fields of the negotiated features exist.
 * @access: Functions that access the space. NULL: the CPU accesses it with loads and stores. The member
 *   exists only with VWR_ACCESS_CALLS=1.
 *
 * Section: Legacy Interfaces: A Note on Device Configuration Space endian-ness.
 */
struct vwr_config {
    volatile void *base;
    struct vwr_features features;
    bool legacy;
    uint32_t bytes;

/* This is a constant NULL in a build without VWR_ACCESS_CALLS, so that the compiler drops the test. */
#if VWR_ACCESS_CALLS
    const struct vwr_config_access *access;
#endif
};

#if VWR_ACCESS_CALLS
#define VWR_CONFIG_ACCESS(c) ((c)->access)
#else
#define VWR_CONFIG_ACCESS(c) ((const struct vwr_config_access *)NULL)
#endif

/**
 * vwr_config_copy_load() - Read a field in a copy of a configuration (for transports)
 * @copy: The copy, in the byte order of a modern device.
 * @offset: Offset of the field in bytes.
 * @bytes: Size of the field in bytes: 1, 2 or 4.
 *
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_config_copy_load(const uint8_t *copy, unsigned offset, unsigned bytes)
{
    uint32_t v = 0;

    for (unsigned i = 0; i < bytes; i++)
        v |= (uint32_t)copy[offset + i] << 8 * i;
    return v;
}

/**
 * vwr_config_has() - Test whether a feature is negotiated
 * @c: Configuration space.
 * @feature: Feature bit number.
 *
 * Return: true if the feature is negotiated.
 */
VWR_ALWAYS_INLINE bool vwr_config_has(const struct vwr_config *c, unsigned feature)
{
    return vwr_features_have(&c->features, feature);
}

/**
 * vwr_config_load() - Read a field
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 * @bytes: Size of the field in bytes: 1, 2 or 4. It must be a constant so that the access compiles to a
 *   single instruction.
 *
 * Return: The value in CPU order.
 */
VWR_ALWAYS_INLINE uint32_t vwr_config_load(const struct vwr_config *c, unsigned offset, unsigned bytes)
{
    const volatile uint8_t *const at = (const volatile uint8_t *)c->base + offset;
    uint32_t v;

    if (VWR_CONFIG_ACCESS(c) != NULL)
        return (VWR_CONFIG_ACCESS(c)->read)(c, offset, bytes); /* lwIP defines macros read and write */
    if (bytes == sizeof(uint8_t))
        v = vwr_port_read8(at);
    else if (bytes == sizeof(uint16_t))
        v = vwr_guest16(c->legacy, vwr_port_read16(at));
    else
        v = vwr_guest32(c->legacy, vwr_port_read32(at));
    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, bytes, v);
    return v;
}

/**
 * vwr_config_store() - Write a field
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 * @bytes: Size of the field in bytes: 1, 2 or 4. It must be a constant.
 * @v: Value in CPU order.
 */
VWR_ALWAYS_INLINE void vwr_config_store(const struct vwr_config *c, unsigned offset, unsigned bytes,
                                        uint32_t v)
{
    volatile uint8_t *const at = (volatile uint8_t *)c->base + offset;

    if (VWR_CONFIG_ACCESS(c) != NULL) {
        (VWR_CONFIG_ACCESS(c)->write)(c, offset, bytes, v);
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

/**
 * vwr_config_read8() - Read a field of 1 byte
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 *
 * Return: The value.
 */
static inline uint8_t vwr_config_read8(const struct vwr_config *c, unsigned offset)
{
    return (uint8_t)vwr_config_load(c, offset, sizeof(uint8_t));
}

/**
 * vwr_config_read16() - Read a field of 2 bytes
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 *
 * Return: The value in CPU order.
 */
static inline uint16_t vwr_config_read16(const struct vwr_config *c, unsigned offset)
{
    return (uint16_t)vwr_config_load(c, offset, sizeof(uint16_t));
}

/**
 * vwr_config_read32() - Read a field of 4 bytes
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 *
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_config_read32(const struct vwr_config *c, unsigned offset)
{
    return vwr_config_load(c, offset, sizeof(uint32_t));
}

/**
 * vwr_config_read64() - Read a field of 8 bytes with two 32-bit accesses
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 *
 * The specification does not require a device to support wider accesses. The value may be torn:
 * read it within vwr_dev_read_config(), which checks the configuration generation.
 *
 * Return: The value in CPU order.
 */
static inline uint64_t vwr_config_read64(const struct vwr_config *c, unsigned offset)
{
    uint32_t first = vwr_config_read32(c, offset);
    uint32_t second = vwr_config_read32(c, offset + 4u);

    if (VWR_BIG_ENDIAN && c->legacy)
        return (uint64_t)first << 32 | second;
    return (uint64_t)second << 32 | first;
}

/**
 * vwr_config_little16() - Convert a 16-bit field that is little-endian on legacy devices too
 * @c: Configuration space.
 * @v: Value returned by vwr_config_read16(), or to be passed to vwr_config_write16().
 *
 * Return: The converted value.
 */
static inline uint16_t vwr_config_little16(const struct vwr_config *c, uint16_t v)
{
    return c->legacy ? vwr_le16_to_cpu(v) : v;
}

/**
 * vwr_config_little32() - Convert a 32-bit field that is little-endian on legacy devices too
 * @c: Configuration space.
 * @v: Value that was read, or that is to be written.
 *
 * Return: The converted value.
 */
static inline uint32_t vwr_config_little32(const struct vwr_config *c, uint32_t v)
{
    return c->legacy ? vwr_le32_to_cpu(v) : v;
}

/**
 * vwr_config_little64() - Convert a 64-bit field that is little-endian on legacy devices too
 * @c: Configuration space.
 * @v: Value that was read, or that is to be written.
 *
 * Return: The converted value.
 */
static inline uint64_t vwr_config_little64(const struct vwr_config *c, uint64_t v)
{
    return c->legacy ? vwr_le64_to_cpu(v) : v;
}

/**
 * vwr_config_write8() - Write a field of 1 byte
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 * @v: Value.
 */
static inline void vwr_config_write8(const struct vwr_config *c, unsigned offset, uint8_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

/**
 * vwr_config_write16() - Write a field of 2 bytes
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 * @v: Value in CPU order.
 */
static inline void vwr_config_write16(const struct vwr_config *c, unsigned offset, uint16_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

/**
 * vwr_config_write32() - Write a field of 4 bytes
 * @c: Configuration space.
 * @offset: Offset of the field in bytes.
 * @v: Value in CPU order.
 */
static inline void vwr_config_write32(const struct vwr_config *c, unsigned offset, uint32_t v)
{
    vwr_config_store(c, offset, sizeof(v), v);
}

#endif
