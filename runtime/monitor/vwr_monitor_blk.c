/* SPDX-License-Identifier: MIT */
#include "monitor_common.h"
#include "vwr/bytes.h"
#include "vwr/gen/blk.h"

/* A request of a disk: the sizes of its parts, by its type. */

struct monitor_request {
    const struct vwr_request *row; /* NULL: a type that is not known */
    uint64_t sector;
    uint64_t out, in; /* bytes of data that the device reads, or writes: all but the status */
};

VWR_STATIC_ASSERT(sizeof(struct vwr_blk_req_out) == sizeof(((struct monitor_chain *)0)->head), "header");

static void monitor_read_request(const struct monitor_chain *c, struct monitor_request *r)
{
    const bool legacy = c->m->s.legacy;
    struct vwr_blk_req_out h;
    uint32_t type;

    vwr_copy(&h, c->head, sizeof(h));
    type = vwr_guest32(legacy, vwr_ring_load32(&h.type));
    r->sector = vwr_guest64(legacy, vwr_ring_load64(&h.sector));
    r->out = c->bytes - c->writable - sizeof(h);
    r->in = c->writable - sizeof(struct vwr_blk_req_in);
    r->row = NULL;
    for (size_t i = 0; i < c->m->s.request_count; i++)
        if (c->m->s.requests[i].type == type)
            r->row = &c->m->s.requests[i];
}

/* The data of a request, which has a row. */
static void monitor_check_data(struct monitor_chain *c, const struct monitor_request *r)
{
    const uint64_t bytes = r->row->payload == VWR_PAYLOAD_OUT ? r->out : r->in;

    if (r->row->unit == sizeof(struct vwr_blk_discard_write_zeroes) && (bytes & (r->row->unit - 1u)) != 0)
        vwr_monitor_find_chain(c, VWR_RULE_BLK_RANGES, bytes, 0);
    else if (r->row->unit > 1 && (bytes & (r->row->unit - 1u)) != 0) /* units are powers of 2 */
        vwr_monitor_find_chain(c, VWR_RULE_BLK_UNIT, bytes, r->row->unit);
    else if (r->row->exact != 0 && bytes != r->row->exact)
        vwr_monitor_find_chain(c, VWR_RULE_BLK_ID, bytes, r->row->exact);
}

/* The sector of a request, which has a row. */
static void monitor_check_sector(struct monitor_chain *c, const struct monitor_request *r)
{
    const struct vwr_monitor *const m = c->m;
    const uint64_t sectors = (r->out + r->in) / VWR_BLK_SECTOR_BYTES;
    const bool moves = r->row->type == VWR_BLK_T_IN || r->row->type == VWR_BLK_T_OUT;
    uint64_t capacity;

    if (r->row->sector == VWR_SECTOR_ZERO && r->sector != 0 && r->row->type == VWR_BLK_T_FLUSH)
        vwr_monitor_find_chain(c, VWR_RULE_BLK_FLUSH_SECTOR, r->sector, 0);
    for (unsigned i = 0; i < sizeof(capacity); i++)
        if (!m->config_known[VWR_BLK_CONFIG_CAPACITY + i])
            return;
    vwr_copy(&capacity, m->config + VWR_BLK_CONFIG_CAPACITY, sizeof(capacity));
    capacity = vwr_guest64(m->s.legacy, capacity);
    if (moves && (r->sector > capacity || sectors > capacity - r->sector))
        vwr_monitor_find_chain(c, VWR_RULE_BLK_CAPACITY, r->sector + sectors, capacity);
}

void vwr_monitor_request(struct monitor_chain *c)
{
    struct monitor_request r;

    if (c->m->s.requests == NULL || c->broken)
        return;
    if (c->bytes - c->writable < sizeof(struct vwr_blk_req_out)) {
        vwr_monitor_find_chain(c, VWR_RULE_BLK_HEADER, c->bytes - c->writable,
                               sizeof(struct vwr_blk_req_out));
        return;
    }
    if (c->writable == 0) {
        vwr_monitor_find_chain(c, VWR_RULE_BLK_STATUS, 0, 0);
        return;
    }
    monitor_read_request(c, &r);
    if (r.row == NULL)
        return;
    if (r.row->payload == VWR_PAYLOAD_IN && r.out != 0)
        vwr_monitor_find_chain(c, VWR_RULE_BLK_DIRECTION, r.out, 0);
    else if (r.row->payload == VWR_PAYLOAD_IN || r.row->payload == VWR_PAYLOAD_OUT)
        monitor_check_data(c, &r);
    monitor_check_sector(c, &r);
}
