/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"
#include "vwr/arithmetic.h"
#include "vwr/gen/blk.h"
#include "vwr/gen/status.h"

/* A disk request. Its type determines the sizes of its parts. */

struct monitor_request {
    const struct vwr_request *row; /* NULL: the type is unknown */
    uint64_t sector;
    uint64_t out, in; /* number of data bytes that the device reads or writes, without the status */
};

VWR_STATIC_ASSERT(sizeof(struct vwr_blk_req_out) == sizeof(((struct monitor_chain *)0)->head), "header");

static void monitor_read_request(const struct monitor_chain *c, struct monitor_request *r)
{
    const bool legacy = c->m->s.legacy;
    const struct vwr_blk_req_out *const h = (const void *)c->head;
    const uint32_t type = vwr_guest32(legacy, vwr_ring_load32(&h->type));

    r->sector = vwr_guest64(legacy, vwr_ring_load64(&h->sector));
    r->out = c->bytes - c->writable - sizeof(*h);
    r->in = c->writable - sizeof(struct vwr_blk_req_in);
    r->row = NULL;
    for (size_t i = 0; i < c->m->s.request_count && r->row == NULL; i++)
        if (c->m->s.requests[i].type == type)
            r->row = &c->m->s.requests[i];
}

/* Checks the data of a request of a known type. */
static void monitor_check_data(struct monitor_chain *c, const struct monitor_request *r)
{
    const uint64_t bytes = r->row->payload == VWR_PAYLOAD_OUT ? r->out : r->in;

    if (r->row->unit == sizeof(struct vwr_blk_discard_write_zeroes) && (bytes & (r->row->unit - 1u)) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_RANGES, bytes, 0);
    else if (r->row->unit > 1 && (bytes & (r->row->unit - 1u)) != 0) { /* units are powers of 2 */
        if (c->first < sizeof(c->head))
            vwr_monitor_find_chain_(c, VWR_RULE_BLK_UNIT_HEADER, c->first, sizeof(c->head));
        else
            vwr_monitor_find_chain_(c, VWR_RULE_BLK_UNIT, bytes, r->row->unit);
    } else if (r->row->exact != 0 && bytes != r->row->exact)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_ID, bytes, r->row->exact);
}

/* Request types whose number of segments is limited by a configuration field. */
struct monitor_most {
    uint32_t type;
    uint16_t rule;
    uint16_t field;
};

static const struct monitor_most monitor_most[] = {
    {VWR_BLK_T_DISCARD, VWR_RULE_BLK_DISCARD_SEGMENTS, VWR_BLK_CONFIG_MAX_DISCARD_SEG},
    {VWR_BLK_T_SECURE_ERASE, VWR_RULE_BLK_ERASE_SEGMENTS, VWR_BLK_CONFIG_MAX_SECURE_ERASE_SEG},
    {VWR_BLK_T_WRITE_ZEROES, VWR_RULE_BLK_ZEROES_SEGMENTS, VWR_BLK_CONFIG_MAX_WRITE_ZEROES_SEG},
};

static void monitor_check_segments(struct monitor_chain *c, const struct monitor_request *r)
{
    const uint64_t count = r->out / sizeof(struct vwr_blk_discard_write_zeroes);
    uint32_t most;

    for (size_t i = 0; i < sizeof(monitor_most) / sizeof(monitor_most[0]); i++)
        if (monitor_most[i].type == r->row->type &&
            monitor_config_field(c->m, monitor_most[i].field, sizeof(uint32_t), &most) && count > most)
            vwr_monitor_find_chain_(c, (enum vwr_rule_number)monitor_most[i].rule, count, most);
}

/*
 * Checks a zone request: its sector must be the first one of a zone, and the length of appended data must be
 * supported by the disk.
 */
static void monitor_check_zone(struct monitor_chain *c, const struct monitor_request *r)
{
    const bool appends = r->row->type == VWR_BLK_T_ZONE_APPEND;
    uint32_t zone, unit, most;

    if (monitor_config_field(c->m, VWR_BLK_CONFIG_ZONED_ZONE_SECTORS, sizeof(uint32_t), &zone) && zone != 0 &&
        vwr_remainder(r->sector, zone) != 0)
        vwr_monitor_find_chain_(c, appends ? VWR_RULE_BLK_APPEND_SECTOR : VWR_RULE_BLK_ZONE_SECTOR, r->sector,
                                zone);
    if (!appends)
        return;
    if (monitor_config_field(c->m, VWR_BLK_CONFIG_ZONED_WRITE_GRANULARITY, sizeof(uint32_t), &unit) &&
        unit != 0 && vwr_remainder(r->out, unit) != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_APPEND_UNIT, r->out, unit);
    if (monitor_config_field(c->m, VWR_BLK_CONFIG_ZONED_MAX_APPEND_SECTORS, sizeof(uint32_t), &most) &&
        r->out / VWR_BLK_SECTOR_BYTES > most)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_APPEND_LONG, r->out / VWR_BLK_SECTOR_BYTES, most);
}

static void monitor_check_capacity(struct monitor_chain *c, const struct monitor_request *r)
{
    const struct vwr_monitor *const m = c->m;
    const uint64_t sectors = (r->out + r->in) / VWR_BLK_SECTOR_BYTES;
    uint64_t capacity;

    if (!monitor_has_read(m, VWR_BLK_CONFIG_CAPACITY, sizeof(capacity)))
        return;
    capacity = vwr_guest64(m->s.legacy, vwr_load_anywhere64(m->config + VWR_BLK_CONFIG_CAPACITY));
    if (r->sector > capacity || sectors > capacity - r->sector)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_CAPACITY, r->sector + sectors, capacity);
}

/* Checks the sector of a request of a known type. */
static void monitor_check_sector(struct monitor_chain *c, const struct monitor_request *r)
{
    const uint32_t type = r->row->type;

    if (type == VWR_BLK_T_IN || type == VWR_BLK_T_OUT)
        monitor_check_capacity(c, r);
    else if (type == VWR_BLK_T_FLUSH && r->sector != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_FLUSH_SECTOR, r->sector, 0);
    else if (type == VWR_BLK_T_ZONE_RESET_ALL && r->sector != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_RESET_ALL_SECTOR, r->sector, 0);
    else if (r->row->sector == VWR_SECTOR_ZONE && monitor_has(c->m, VWR_BLK_F_ZONED))
        monitor_check_zone(c, r);
}

/* Whether data segments have to be counted. */
bool vwr_monitor_blk_has_limits_(const struct vwr_monitor *m)
{
    return monitor_has(m, VWR_BLK_F_SEG_MAX) || monitor_has(m, VWR_BLK_F_SIZE_MAX);
}

/*
 * Checks the number and the length of segments. A separate segment for the status does not count as data.
 * Some devices report a limit of 0, which no request can meet.
 */
static void monitor_check_limits(struct monitor_chain *c)
{
    const uint32_t segments = c->segments - (c->last == sizeof(struct vwr_blk_req_in));
    uint32_t most;

    if (monitor_has(c->m, VWR_BLK_F_SEG_MAX) &&
        monitor_config_field(c->m, VWR_BLK_CONFIG_SEG_MAX, sizeof(uint32_t), &most) && most != 0 &&
        segments > most)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_SEGMENTS, segments, most);
    if (monitor_has(c->m, VWR_BLK_F_SIZE_MAX) &&
        monitor_config_field(c->m, VWR_BLK_CONFIG_SIZE_MAX, sizeof(uint32_t), &most) && most != 0 &&
        c->longest > most + sizeof(struct vwr_blk_req_in))
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_SEGMENT_LONG, c->longest, most);
}

void vwr_monitor_blk_chain_(struct monitor_chain *c)
{
    struct monitor_request r;

    if (c->begins_writable) {
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_HEADER_WRITABLE, 0, 0);
        return;
    }
    if (c->bytes - c->writable < sizeof(struct vwr_blk_req_out)) {
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_HEADER, c->bytes - c->writable,
                                sizeof(struct vwr_blk_req_out));
        return;
    }
    if (c->writable == 0) {
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_STATUS, 0, 0);
        return;
    }
    monitor_read_request(c, &r);
    if (r.row == NULL)
        return;
    if (r.row->payload == VWR_PAYLOAD_IN && r.out != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_DIRECTION, r.out, 0);
    else if (r.row->type == VWR_BLK_T_OUT && r.out == 0 && r.in != 0)
        vwr_monitor_find_chain_(c, VWR_RULE_BLK_DIRECTION_OUT, r.in, 0);
    else if (r.row->payload == VWR_PAYLOAD_IN || r.row->payload == VWR_PAYLOAD_OUT)
        monitor_check_data(c, &r);
    if (r.row->unit == sizeof(struct vwr_blk_discard_write_zeroes))
        monitor_check_segments(c, &r);
    monitor_check_sector(c, &r);
    monitor_check_limits(c);
}

/* ---- features and configuration ---- */

void vwr_monitor_blk_features_(struct vwr_monitor *m)
{
    uint32_t model;

    if (m->s.legacy && vwr_features_have(&m->offered, VWR_BLK_F_ZONED))
        vwr_monitor_find_(m, VWR_RULE_BLK_LEGACY_ZONED, NULL, 0, 0, 0);
    else if (monitor_has(m, VWR_BLK_F_ZONED) && monitor_has(m, VWR_BLK_F_DISCARD) &&
             monitor_config_field(m, VWR_BLK_CONFIG_ZONED_MODEL, sizeof(uint8_t), &model) &&
             model == VWR_BLK_Z_HM)
        vwr_monitor_find_(m, VWR_RULE_BLK_ZONED_DISCARD, NULL, 0, 0, 0);
}

static bool monitor_is_padding(uint32_t at)
{
    return at == VWR_BLK_CONFIG_WRITEBACK + 1u ||
           (at > VWR_BLK_CONFIG_WRITE_ZEROES_MAY_UNMAP && at < VWR_BLK_CONFIG_MAX_SECURE_ERASE_SECTORS) ||
           (at > VWR_BLK_CONFIG_ZONED_MODEL && at < sizeof(struct vwr_blk_config));
}

void vwr_monitor_blk_config_(struct vwr_monitor *m, uint32_t offset, unsigned bytes, uint64_t value)
{
    const bool has_features = (m->status & VWR_STATUS_FEATURES_OK) != 0;

    if (m->s.legacy)
        return;
    if (offset == VWR_BLK_CONFIG_WRITEBACK && !has_features)
        vwr_monitor_find_(m, VWR_RULE_BLK_WRITEBACK_EARLY, NULL, 0, m->status, 0);
    else if (offset == VWR_BLK_CONFIG_WRITEBACK && value != 0 && !m->has_written &&
             monitor_has(m, VWR_BLK_F_CONFIG_WCE) && !monitor_has(m, VWR_BLK_F_FLUSH))
        vwr_monitor_find_(m, VWR_RULE_BLK_WRITEBACK, NULL, 0, value, 0);
    for (unsigned i = 0; i < bytes; i++) {
        const uint8_t byte = (uint8_t)vwr_shift_right(value, 8u * i);

        if (monitor_is_padding(offset + i) && byte != 0)
            vwr_monitor_find_(m, VWR_RULE_BLK_PADDING, NULL, offset + i, byte, 0);
    }
}
