/* SPDX-License-Identifier: MIT */
#include "vt10_common.h"

/* Commands that describe a unit: INQUIRY, MODE SENSE, READ CAPACITY, REPORT LUNS, REQUEST SENSE. */

#define VT10_DESCRIPTORS 1u    /* REQUEST SENSE: descriptor format */
#define VT10_STANDARD 36u      /* size of the standard data */
#define VT10_LIMITS 64u        /* size of page 0xb0 */
#define VT10_VERSION 6u        /* SPC-4 */
#define VT10_CACHING 20u       /* size of the caching page */
#define VT10_VENDOR "VRWR    " /* 8 characters */
#define VT10_VENDOR_BYTES 8u
#define VT10_REVISION "1   " /* 4 characters */
#define VT10_WELL_KNOWN_TYPE 0x1eu
#define VT10_NO_TYPE 0x7fu /* no unit */
#define VT10_HAS_UNMAP 0x80u
#define VT10_THIN 2u         /* type of provisioning */
#define VT10_PROTECTED 0x80u /* MODE SENSE: the unit is write-protected */
#define VT10_KNOWS_FUA 0x10u /* MODE SENSE */
#define VT10_NUMBER 6u       /* number of digits for a unit's target and number */

/* Sends as much data as the guest has requested. */
static uint32_t vt10_send(struct vwr_vt10_call *c, const uint8_t *data, uint32_t bytes, uint32_t asked)
{
    c->moved += vwr_vmessage_write(c->message, data, bytes < asked - c->moved ? bytes : asked - c->moved);
    return 0;
}

/* Copies up to `most` characters of a string, padded with spaces. Returns their number. */
static uint32_t vt10_put_text(uint8_t *at, const char *text, uint32_t most)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < most; i++) /* a single loop, which compilers do not turn into a memset */
        at[i] = text[n] != '\0' ? (uint8_t)text[n++] : ' ';
    return n;
}

/* ---- INQUIRY ---- */

static uint32_t vt10_put_standard(const struct vwr_vt10_call *c, uint8_t *data)
{
    const struct vwr_vt10_unit *const u = c->unit;

    data[0] = u != NULL ? 0 : c->all ? VT10_WELL_KNOWN_TYPE : VT10_NO_TYPE; /* 0: a disk */
    data[2] = VT10_VERSION;
    data[3] = 2; /* format of the data */
    data[4] = VT10_STANDARD - 5u;
    data[7] = 2; /* the unit has a task set */
    (void)vt10_put_text(data + 8, VT10_VENDOR, VT10_VENDOR_BYTES);
    (void)vt10_put_text(data + 16, u != NULL && u->product != NULL ? u->product : "virtio disk",
                        VWR_VT10_PRODUCT);
    (void)vt10_put_text(data + 32, VT10_REVISION, 4);
    return VT10_STANDARD;
}

/* A page begins with the type of the unit, its code, and the number of bytes that follow. */
static uint32_t vt10_page(uint8_t *data, uint32_t bytes)
{
    vwr_t10_put(data + 2, bytes - 4u, sizeof(uint16_t));
    return bytes;
}

static uint32_t vt10_put_pages(const struct vwr_vt10_unit *u, uint8_t *data)
{
    uint8_t *at = data + 4;

    *at++ = VWR_T10_PAGE_LIST;
    if (u->serial != NULL)
        *at++ = VWR_T10_PAGE_SERIAL;
    *at++ = VWR_T10_PAGE_NAMES;
    *at++ = VWR_T10_PAGE_LIMITS;
    if (vt10_unmaps(u))
        *at++ = VWR_T10_PAGE_PROVISIONING;
    return vt10_page(data, (uint32_t)(at - data));
}

/* Encodes the vendor and serial number, which identify the unit globally; or the target and number, which
   identify it within this host.
 */
static uint32_t vt10_put_names(const struct vwr_vt10_unit *u, uint8_t *data)
{
    static const char digit[] = "0123456789abcdef";
    const uint32_t number = (uint32_t)u->target << 16 | u->lun;
    uint32_t n;

    data[4] = 2; /* ASCII */
    data[5] = u->serial != NULL;
    if (u->serial != NULL) {
        (void)vt10_put_text(data + 8, VT10_VENDOR, VT10_VENDOR_BYTES);
        n = VT10_VENDOR_BYTES + vt10_put_text(data + 8 + VT10_VENDOR_BYTES, u->serial, VWR_VT10_TEXT);
    } else {
        for (n = 0; n < VT10_NUMBER; n++)
            data[8 + n] = (uint8_t)digit[number >> 4 * (VT10_NUMBER - 1u - n) & 0xf];
    }
    data[7] = (uint8_t)n;
    return vt10_page(data, 8 + n);
}

static uint32_t vt10_put_limits(const struct vwr_vt10_unit *u, uint8_t *data)
{
    const struct vwr_vblk_backend *const be = u->backend;
    const uint32_t align = be->discard_align >> vt10_shift(u);

    vwr_t10_put(data + 6, be->min_io_size, sizeof(uint16_t));
    vwr_t10_put(data + 12, be->opt_io_size, sizeof(uint32_t));
    if (vt10_unmaps(u)) {
        vwr_t10_put(data + 20, vt10_unmap_blocks(u), sizeof(uint32_t));
        vwr_t10_put(data + 24, VWR_VBLK_RANGES, sizeof(uint32_t));
        vwr_t10_put(data + 28, align != 0 ? align : 1, sizeof(uint32_t));
    }
    return vt10_page(data, VT10_LIMITS);
}

/* Gets the size of the page; 0: the unit has no such page. */
static uint32_t vt10_put_vital(const struct vwr_vt10_unit *u, uint8_t page, uint8_t *data)
{
    data[1] = page;
    switch (page) {
    case VWR_T10_PAGE_LIST:
        return vt10_put_pages(u, data);
    case VWR_T10_PAGE_SERIAL:
        return u->serial != NULL ? vt10_page(data, 4 + vt10_put_text(data + 4, u->serial, VWR_VT10_TEXT)) : 0;
    case VWR_T10_PAGE_NAMES:
        return vt10_put_names(u, data);
    case VWR_T10_PAGE_LIMITS:
        return vt10_put_limits(u, data);
    case VWR_T10_PAGE_PROVISIONING:
        data[5] = VT10_HAS_UNMAP;
        data[6] = VT10_THIN;
        return vt10_unmaps(u) ? vt10_page(data, 8) : 0;
    default:
        return 0;
    }
}

uint32_t vwr_vt10_inquiry_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const bool vital = (c->cdb[1] & VWR_T10_EVPD) != 0;
    uint8_t data[VT10_LIMITS];
    uint32_t bytes = 0;

    (void)t;
    vwr_zero(data, sizeof(data));
    if (vital && c->unit != NULL)
        bytes = vt10_put_vital(c->unit, c->cdb[2], data);
    else if (!vital && c->cdb[2] == 0)
        bytes = vt10_put_standard(c, data);
    return bytes != 0 ? vt10_send(c, data, bytes, vwr_t10_length(c->cdb))
                      : VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
}

/* ---- MODE SENSE ---- */

#define VT10_SAVED 3u /* page control: saved values; 1: what can be changed */
#define VT10_ALL_PAGES 0x3fu
#define VT10_CACHING_PAGE 8u

/* The data contain no block descriptors. */
uint32_t vwr_vt10_mode_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const struct vwr_vt10_unit *const u = c->unit;
    const unsigned head = c->cdb[0] == VWR_T10_MODE_SENSE_6 ? 4 : 8;
    const uint8_t control = c->cdb[2] >> 6;
    const uint8_t page = c->cdb[2] & VT10_ALL_PAGES;
    uint8_t data[8 + VT10_CACHING];

    (void)t;
    if (control == VT10_SAVED)
        return VT10_ILLEGAL(VWR_T10_NOT_SAVED);
    if ((page != VT10_ALL_PAGES && page != VT10_CACHING_PAGE) || (c->cdb[3] != 0 && c->cdb[3] != 0xff))
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    vwr_zero(data, sizeof(data));
    data[head / 4 - 1] = (uint8_t)(head + VT10_CACHING - head / 4);
    data[head / 4 + 1] = (uint8_t)((vt10_is_read_only(u) ? VT10_PROTECTED : 0) | VT10_KNOWS_FUA);
    data[head] = VT10_CACHING_PAGE;
    data[head + 1] = VT10_CACHING - 2u;
    data[head + 2] = control != 1 && u->backend->flush && !vt10_is_read_only(u) ? 4 : 0; /* a write cache */
    return vt10_send(c, data, head + VT10_CACHING, vwr_t10_length(c->cdb));
}

/* ---- READ CAPACITY ---- */

/* Gets the back end's physical block exponent, if the window starts at a physical block; otherwise 0. */
static uint8_t vt10_physical_exp(const struct vwr_vt10_unit *u)
{
    const struct vwr_vblk_backend *const be = u->backend;
    const unsigned shift = vt10_shift(u) + be->physical_block_exp;

    if (be->first_aligned != 0 || be->physical_block_exp > 0xf ||
        (u->first & (vwr_shift_left(1, shift) - 1u)) != 0)
        return 0;
    return be->physical_block_exp;
}

uint32_t vwr_vt10_capacity_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const bool wide = c->cdb[0] == VWR_T10_SERVICE_ACTION_IN_16;
    const uint64_t last = vt10_blocks(c->unit) - 1u;
    uint8_t data[VWR_T10_CAPACITY_16];
    unsigned word = wide ? sizeof(uint64_t) : sizeof(uint32_t);

    (void)t;
    if (wide && (c->cdb[1] & 0x1f) != VWR_T10_READ_CAPACITY_16)
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    vwr_zero(data, sizeof(data));
    vwr_t10_put(data, wide || last < 0xffffffffu ? last : 0xffffffffu, word);
    vwr_t10_put(data + word, c->unit->backend->block_bytes, sizeof(uint32_t));
    if (wide) {
        data[13] = vt10_physical_exp(c->unit);
        data[14] = vt10_unmaps(c->unit) ? VT10_HAS_UNMAP : 0;
        return vt10_send(c, data, sizeof(data), vwr_t10_length(c->cdb));
    }
    return c->message->in.left >= VWR_T10_CAPACITY_10
               ? vt10_send(c, data, VWR_T10_CAPACITY_10, VWR_T10_CAPACITY_10)
               : VT10_RESPONSE(VWR_SCSI_S_OVERRUN);
}

/* ---- REPORT LUNS ---- */

#define VT10_WELL_KNOWN 1u /* reports only well-known units; targets have none */
#define VT10_REPORTS 2u    /* highest valid kind of report */

/*
 * Encodes the unit's number. If the command is for the unit that reports all others, bus and target precede
 * the number.
 */
static void vt10_put_lun(const struct vwr_vt10_call *c, const struct vwr_vt10_unit *u, uint8_t *entry)
{
    const uint32_t flat = u->lun > 0xff ? VWR_T10_FLAT : 0;

    vwr_zero(entry, VWR_T10_LUN);
    if (c->all) {
        entry[0] = VWR_SCSI_LUN_UNIT;
        entry[1] = u->target;
    }
    vwr_t10_put(entry + (c->all ? 2 : 0), flat | u->lun, sizeof(uint16_t));
}

static bool vt10_reports(const struct vwr_vt10_call *c, const struct vwr_vt10_unit *u)
{
    return u->backend != NULL && (c->all || u->target == c->target) && c->cdb[2] != VT10_WELL_KNOWN;
}

uint32_t vwr_vt10_luns_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    const uint32_t asked = vwr_t10_length(c->cdb);
    uint8_t entry[VWR_T10_LUN];
    uint32_t count = 0;

    if (c->cdb[2] > VT10_REPORTS)
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    for (unsigned i = 0; i < t->units; i++)
        count += vt10_reports(c, &t->unit[i]);
    vwr_zero(entry, sizeof(entry));
    vwr_t10_put(entry, (uint64_t)count * VWR_T10_LUN, sizeof(uint32_t));
    (void)vt10_send(c, entry, sizeof(entry), asked);
    for (unsigned i = 0; i < t->units && c->moved < asked; i++)
        if (vt10_reports(c, &t->unit[i])) {
            vt10_put_lun(c, &t->unit[i], entry);
            (void)vt10_send(c, entry, sizeof(entry), asked);
        }
    vwr_vdev_charge(t->dev, c->moved, t->units);
    return 0;
}

/* ---- REQUEST SENSE ---- */

uint32_t vwr_vt10_request_sense_(struct vwr_vt10 *t, struct vwr_vt10_call *c)
{
    struct vwr_vt10_unit *const u = c->unit;
    uint8_t data[VWR_T10_FIXED_SENSE];
    uint32_t sense = u == NULL && !c->all ? VT10_ILLEGAL(VWR_T10_NO_UNIT) : 0;

    (void)t;
    if ((c->cdb[1] & VT10_DESCRIPTORS) != 0)
        return VT10_ILLEGAL(VWR_T10_INVALID_FIELD);
    if (u != NULL && u->attention != 0)
        sense = VWR_T10_SENSE(VWR_T10_UNIT_ATTENTION, u->attention);
    if (u != NULL)
        u->attention = 0;
    vwr_t10_put_fixed(data, sense);
    return vt10_send(c, data, sizeof(data), vwr_t10_length(c->cdb));
}
