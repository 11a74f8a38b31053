/* SPDX-License-Identifier: MIT */
#include "vwr/arithmetic.h"
#include "vwr/bytes.h"
#include "vwr/rsc.h"
#include "vwr/gen/split_ring.h"

/*
 * Resource tables. The other processor may change a table while it is read, so each word is loaded once, and
 * only the copy is checked and used.
 */

#define RSC_WORD sizeof(uint32_t)
/* Sizes of entries with a name of 32 bytes. */
#define RSC_CARVEOUT_BYTES 56u
#define RSC_TRACE_BYTES 48u

static int rsc_fail(struct vwr_rsc_table *t, enum vwr_rsc_error error, uint32_t where, uint32_t got)
{
    t->error = (uint8_t)error;
    t->where = where;
    t->got = got;
    return error == VWR_RSC_BAD_VERSION || error == VWR_RSC_BAD_ORDER ? VWR_EVERSION : VWR_EPROTO;
}

/* ---- vrings ---- */

static uint64_t rsc_ring_bytes(const struct vwr_rsc_vring *vring)
{
    return VWR_SPLIT_RING_USED_OFFSET((uint64_t)vring->num, vring->align) +
           vwr_split_ring_used_bytes(vring->num);
}

static bool rsc_is_inside(const struct vwr_rsc_vring *vring, const struct vwr_rsc_range *memory,
                          uint32_t ranges)
{
    const uint64_t bytes = rsc_ring_bytes(vring);
    bool found = memory == NULL && bytes <= (uint64_t)VWR_RSC_ANY - vring->da;

    for (uint32_t i = 0; memory != NULL && i < ranges; i++) {
        const uint32_t from = vring->da - memory[i].da; /* a smaller address becomes a large number */

        found = found || (from < memory[i].bytes && bytes <= memory[i].bytes - from);
    }
    return found;
}

static enum vwr_rsc_error rsc_check_vring(const struct vwr_rsc_vring *vring,
                                          const struct vwr_rsc_range *memory, uint32_t ranges)
{
    const uint32_t unit = vring->align > VWR_SPLIT_RING_DESC_ALIGN ? vring->align : VWR_SPLIT_RING_DESC_ALIGN;

    if (!vwr_is_power_of_2(vring->num) || vring->num > VWR_SPLIT_RING_SIZE_MAX)
        return VWR_RSC_BAD_SIZE;
    if (!vwr_is_power_of_2(vring->align) || vring->align < VWR_SPLIT_RING_USED_ALIGN ||
        vring->align > VWR_SPLIT_RING_LEGACY_ALIGN)
        return VWR_RSC_BAD_ALIGN;
    if (vwr_rsc_has_place(vring) && ((vring->da & (unit - 1u)) != 0 || !rsc_is_inside(vring, memory, ranges)))
        return VWR_RSC_BAD_PLACE;
    return VWR_RSC_OK;
}

enum vwr_rsc_error vwr_rsc_vring(const struct vwr_rsc_vdev *d, uint32_t index, struct vwr_rsc_vring *vring)
{
    const uint8_t *at;

    if (index >= d->vrings)
        return VWR_RSC_BAD_VRINGS;
    at = vwr_rsc_vring_at(d, index);
    vring->da = vwr_rsc_load32(at, VWR_RSC_VRING_DA);
    vring->align = vwr_rsc_load32(at, VWR_RSC_VRING_ALIGN);
    vring->num = vwr_rsc_load32(at, VWR_RSC_VRING_NUM);
    vring->notifyid = vwr_rsc_load32(at, VWR_RSC_VRING_NOTIFYID);
    return rsc_check_vring(vring, d->memory, d->ranges);
}

/* ---- entries ---- */

/* Size of the entry of a virtio device with these numbers, which the caller has bounded. */
static uint64_t rsc_vdev_bytes(uint32_t vrings, uint32_t config_bytes)
{
    return VWR_RSC_VDEV_VRING + (uint64_t)vrings * VWR_RSC_VRING_BYTES + config_bytes;
}

/* Reads the entry of a device, of which at least `bytes` are in the table. */
static enum vwr_rsc_error rsc_read_vdev(uint8_t *at, uint32_t bytes, struct vwr_rsc_vdev *d, uint32_t *got)
{
    *got = bytes;
    if (bytes < VWR_RSC_VDEV_VRING)
        return VWR_RSC_BAD_LENGTH;
    d->at = at;
    d->id = vwr_rsc_load32(at, VWR_RSC_VDEV_ID);
    d->notifyid = vwr_rsc_load32(at, VWR_RSC_VDEV_NOTIFYID);
    d->vrings = vwr_rsc_load8(at, VWR_RSC_VDEV_VRINGS);
    d->config_bytes = vwr_rsc_load32(at, VWR_RSC_VDEV_CONFIG_LEN);
    *got = (uint32_t)vwr_rsc_load8(at, VWR_RSC_VDEV_RESERVED) |
           (uint32_t)vwr_rsc_load8(at, VWR_RSC_VDEV_RESERVED + 1) << 8;
    if (*got != 0)
        return VWR_RSC_BAD_RESERVED;
    *got = d->vrings;
    if (d->vrings > VWR_RSC_VRINGS_MAX)
        return VWR_RSC_BAD_VRINGS;
    *got = d->config_bytes;
    return rsc_vdev_bytes(d->vrings, d->config_bytes) <= bytes ? VWR_RSC_OK : VWR_RSC_BAD_LENGTH;
}

/* Checks the entry at an offset; `end` is that of the list of offsets. */
static int rsc_read_entry(struct vwr_rsc_table *t, uint32_t index, uint32_t offset, uint32_t end)
{
    struct vwr_rsc_entry *const e = &t->entry[index];
    enum vwr_rsc_error error = VWR_RSC_OK;
    struct vwr_rsc_vdev d;
    uint32_t left, got;

    if (offset % RSC_WORD != 0 || offset < end || offset > t->bytes - RSC_WORD)
        return rsc_fail(t, VWR_RSC_BAD_OFFSET, index, offset);
    left = t->bytes - offset;
    e->offset = offset;
    e->type = vwr_rsc_load32(t->base, offset);
    e->bytes = RSC_WORD;
    got = left;
    if (e->type == VWR_RSC_CARVEOUT || e->type == VWR_RSC_DEVMEM)
        e->bytes = RSC_CARVEOUT_BYTES;
    else if (e->type == VWR_RSC_TRACE)
        e->bytes = RSC_TRACE_BYTES;
    else if (e->type == VWR_RSC_VDEV)
        error = rsc_read_vdev(t->base + offset, left, &d, &got);
    if (e->type == VWR_RSC_VDEV && error == VWR_RSC_OK)
        e->bytes = (uint32_t)rsc_vdev_bytes(d.vrings, d.config_bytes);
    if (error == VWR_RSC_OK && e->bytes > left)
        error = VWR_RSC_BAD_LENGTH;
    return error != VWR_RSC_OK ? rsc_fail(t, error, index, got) : VWR_OK;
}

static int rsc_check_overlaps(struct vwr_rsc_table *t)
{
    for (uint32_t i = 0; i < t->entries; i++)
        for (uint32_t k = 0; k < i; k++) {
            const struct vwr_rsc_entry *const a = &t->entry[i];
            const struct vwr_rsc_entry *const b = &t->entry[k];

            if (a->offset - b->offset < b->bytes || b->offset - a->offset < a->bytes)
                return rsc_fail(t, VWR_RSC_BAD_OVERLAP, i, a->offset);
        }
    return VWR_OK;
}

int vwr_rsc_find(const struct vwr_rsc_table *t, unsigned index, struct vwr_rsc_vdev *d)
{
    unsigned seen = 0;
    uint32_t got;

    for (uint32_t i = 0; i < t->entries; i++) {
        const struct vwr_rsc_entry *const e = &t->entry[i];

        if (e->type != VWR_RSC_VDEV || seen++ != index)
            continue;
        d->memory = t->memory;
        d->ranges = t->ranges;
        if (vwr_rsc_load32(t->base, e->offset) != VWR_RSC_VDEV ||
            rsc_read_vdev(t->base + e->offset, e->bytes, d, &got) != VWR_RSC_OK ||
            rsc_vdev_bytes(d->vrings, d->config_bytes) != e->bytes)
            return VWR_EPROTO;
        return VWR_OK;
    }
    return VWR_ENODEV;
}

/* Whether two vrings with places overlap. */
static bool rsc_overlap(const struct vwr_rsc_vring *a, const struct vwr_rsc_vring *b)
{
    return vwr_rsc_has_place(a) && vwr_rsc_has_place(b) &&
           (a->da - b->da < rsc_ring_bytes(b) || b->da - a->da < rsc_ring_bytes(a));
}

/* Whether a vring overlaps one of the first `vrings` of a device. */
static bool rsc_meets(const struct vwr_rsc_vring *vring, const struct vwr_rsc_vdev *d, uint32_t vrings)
{
    struct vwr_rsc_vring other;
    bool meets = false;

    for (uint32_t i = 0; i < vrings && !meets; i++)
        meets = vwr_rsc_vring(d, i, &other) == VWR_RSC_OK && rsc_overlap(vring, &other);
    return meets;
}

/* Checks vring `i` of device `index`, also against those before it. */
static int rsc_check_one(struct vwr_rsc_table *t, unsigned index, const struct vwr_rsc_vdev *d, uint32_t i)
{
    struct vwr_rsc_vring vring;
    const enum vwr_rsc_error error = vwr_rsc_vring(d, i, &vring);
    struct vwr_rsc_vdev other;
    bool meets;

    if (error == VWR_RSC_BAD_SIZE)
        return rsc_fail(t, error, i, vring.num);
    if (error == VWR_RSC_BAD_ALIGN)
        return rsc_fail(t, error, i, vring.align);
    if (error != VWR_RSC_OK)
        return rsc_fail(t, error, i, vring.da);
    meets = rsc_meets(&vring, d, i);
    for (unsigned k = 0; k < index && !meets; k++)
        meets = vwr_rsc_find(t, k, &other) == VWR_OK && rsc_meets(&vring, &other, other.vrings);
    return meets ? rsc_fail(t, VWR_RSC_BAD_SHARED, i, vring.da) : VWR_OK;
}

static int rsc_check_device(struct vwr_rsc_table *t, unsigned index, const struct vwr_rsc_vdev *d)
{
    int r = VWR_OK;

    for (uint32_t i = 0; i < d->vrings && r == VWR_OK; i++)
        r = rsc_check_one(t, index, d, i);
    return r;
}

/* ---- a table ---- */

static uint32_t rsc_swapped(uint32_t v)
{
    return v << 24 | (v & 0xff00u) << 8 | (v >> 8 & 0xff00u) | v >> 24;
}

/* Checks all before the entries. */
static int rsc_read_header(struct vwr_rsc_table *t)
{
    uint32_t got;

    if (((uintptr_t)t->base & (RSC_WORD - 1u)) != 0)
        return rsc_fail(t, VWR_RSC_BAD_BASE, 0, 0);
    if (t->bytes < VWR_RSC_OFFSET)
        return rsc_fail(t, VWR_RSC_BAD_BYTES, 0, t->bytes);
    got = vwr_rsc_load32(t->base, VWR_RSC_VER);
    if (got == rsc_swapped(VWR_RSC_VERSION))
        return rsc_fail(t, VWR_RSC_BAD_ORDER, 0, got);
    if (got != VWR_RSC_VERSION)
        return rsc_fail(t, VWR_RSC_BAD_VERSION, 0, got);
    vwr_port_rmb(); /* vwr_rsc_build() stores the version last */
    for (unsigned at = VWR_RSC_RESERVED; at < VWR_RSC_OFFSET; at += RSC_WORD) {
        got = vwr_rsc_load32(t->base, at);
        if (got != 0)
            return rsc_fail(t, VWR_RSC_BAD_RESERVED, VWR_RSC_ANY, got);
    }
    got = vwr_rsc_load32(t->base, VWR_RSC_NUM);
    if (got > VWR_RSC_ENTRIES_MAX)
        return rsc_fail(t, VWR_RSC_BAD_NUM, 0, got);
    if (VWR_RSC_OFFSET + got * RSC_WORD > t->bytes)
        return rsc_fail(t, VWR_RSC_BAD_BYTES, 0, t->bytes);
    t->entries = got;
    return VWR_OK;
}

int vwr_rsc_read(struct vwr_rsc_table *t, void *base, size_t bytes, const struct vwr_rsc_range *memory,
                 uint32_t ranges)
{
    struct vwr_rsc_vdev d;
    uint32_t end;
    int r;

    vwr_zero(t, sizeof(*t));
    t->base = base;
    t->bytes = bytes < VWR_RESULT_MAX ? (uint32_t)bytes : VWR_RESULT_MAX;
    t->memory = memory;
    t->ranges = ranges;
    r = rsc_read_header(t);
    end = VWR_RSC_OFFSET + t->entries * (uint32_t)RSC_WORD;
    for (uint32_t i = 0; r == VWR_OK && i < t->entries; i++)
        r = rsc_read_entry(t, i, vwr_rsc_load32(t->base, VWR_RSC_OFFSET + i * (uint32_t)RSC_WORD), end);
    if (r == VWR_OK)
        r = rsc_check_overlaps(t);
    for (unsigned i = 0; r == VWR_OK && i < t->entries; i++) {
        r = vwr_rsc_find(t, i, &d);
        if (r == VWR_ENODEV)
            return VWR_OK; /* there is no other device */
        r = r == VWR_OK ? rsc_check_device(t, i, &d) : rsc_fail(t, VWR_RSC_BAD_LENGTH, i, 0);
    }
    if (r != VWR_OK)
        t->entries = 0;
    return r;
}

/* ---- a new table ---- */

/* Size of an entry in a new table: the next one is aligned. */
static size_t rsc_device_bytes(const struct vwr_rsc_device *device)
{
    return ((size_t)rsc_vdev_bytes(device->vrings, device->config_bytes) + (RSC_WORD - 1u)) &
           ~(RSC_WORD - 1u);
}

size_t vwr_rsc_bytes(const struct vwr_rsc_device *device, unsigned devices)
{
    size_t bytes = VWR_RSC_OFFSET + devices * RSC_WORD;

    for (unsigned i = 0; i < devices; i++)
        bytes += rsc_device_bytes(&device[i]);
    return bytes;
}

static bool rsc_is_good_device(const struct vwr_rsc_device *device)
{
    bool good = device->vrings <= VWR_RSC_VRINGS_MAX;

    for (unsigned i = 0; good && i < device->vrings; i++)
        good = rsc_check_vring(&device->vring[i], NULL, 0) == VWR_RSC_OK;
    return good;
}

static void rsc_store_device(uint8_t *at, const struct vwr_rsc_device *device)
{
    uint8_t *vring = at + VWR_RSC_VDEV_VRING;
    const uint8_t *const config = device->config;

    vwr_rsc_store32(at, VWR_RSC_VDEV_TYPE, VWR_RSC_VDEV);
    vwr_rsc_store32(at, VWR_RSC_VDEV_ID, device->id);
    vwr_rsc_store32(at, VWR_RSC_VDEV_NOTIFYID, device->notifyid);
    vwr_rsc_store32(at, VWR_RSC_VDEV_DFEATURES, device->features);
    vwr_rsc_store32(at, VWR_RSC_VDEV_CONFIG_LEN, device->config_bytes);
    vwr_rsc_store8(at, VWR_RSC_VDEV_VRINGS, device->vrings);
    for (unsigned i = 0; i < device->vrings; i++) {
        vwr_rsc_store32(vring, VWR_RSC_VRING_DA, device->vring[i].da);
        vwr_rsc_store32(vring, VWR_RSC_VRING_ALIGN, device->vring[i].align);
        vwr_rsc_store32(vring, VWR_RSC_VRING_NUM, device->vring[i].num);
        vwr_rsc_store32(vring, VWR_RSC_VRING_NOTIFYID, device->vring[i].notifyid);
        vring += VWR_RSC_VRING_BYTES;
    }
    for (unsigned i = 0; config != NULL && i < device->config_bytes; i++)
        vwr_rsc_store8(vring, i, config[i]);
}

int vwr_rsc_build(void *base, size_t bytes, const struct vwr_rsc_device *device, unsigned devices)
{
    uint32_t offset = VWR_RSC_OFFSET + devices * (uint32_t)RSC_WORD;
    uint8_t *const table = base;

    if (devices > VWR_RSC_ENTRIES_MAX)
        return VWR_EINVAL;
    for (unsigned i = 0; i < devices; i++)
        if (!rsc_is_good_device(&device[i]))
            return VWR_EINVAL;
    if (((uintptr_t)base & (RSC_WORD - 1u)) != 0 || bytes < vwr_rsc_bytes(device, devices))
        return VWR_ENOMEM;
    for (uint32_t i = 0; i < vwr_rsc_bytes(device, devices) / RSC_WORD; i++)
        vwr_rsc_store32(table, i * (uint32_t)RSC_WORD, 0);
    for (unsigned i = 0; i < devices; i++) {
        vwr_rsc_store32(table, VWR_RSC_OFFSET + i * (uint32_t)RSC_WORD, offset);
        rsc_store_device(table + offset, &device[i]);
        offset += (uint32_t)rsc_device_bytes(&device[i]);
    }
    vwr_rsc_store32(table, VWR_RSC_NUM, devices);
    vwr_port_release();
    vwr_rsc_store32(table, VWR_RSC_VER, VWR_RSC_VERSION);
    return VWR_OK;
}
