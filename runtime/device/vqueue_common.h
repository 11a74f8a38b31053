/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_COMMON_H
#define VWR_DEVICE_VQUEUE_COMMON_H

#include "vdev_common.h"
#include "vwr/vqueue.h"

/*
 * Between vwr_vqueue.c, which has what does not depend on the ring, and the two kinds of ring. All
 * that the driver writes is fetched by the functions here: each word once, into a register.
 */

/* The driver broke the queue; answers VWR_EBADRING. */
VWR_COLD int vwr_vqueue_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b);

/*
 * A piece as a descriptor has it goes to the end of the chain, wherever in guest memory it lies. One of 0
 * bytes is nothing: the chain has none that is empty.
 */
int vwr_vqueue_add(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len, bool write);

/*
 * A walk along pieces of a table: what changes with each of them, and the window, which does not, so that
 * they stay in registers. The chain knows of them after vqueue_pause.
 */
struct vqueue_pieces {
    uint64_t window_addr;
    uint64_t window_bytes;
    uint8_t *window_host;
    struct vwr_vseg *seg; /* where the next one goes */
    struct vwr_vseg *end; /* where none can go any more */
    uint64_t bytes;       /* of those before it: 64 bits, so that no sum of them comes round */
    bool write;           /* the last one was to write */
};

/* The walk begins, or goes on, behind what the chain has. */
VWR_ALWAYS_INLINE void vqueue_resume(const struct vwr_vqueue *q, const struct vwr_vchain *c,
                                     struct vqueue_pieces *p)
{
    p->window_addr = q->window_addr;
    p->window_bytes = q->window_bytes;
    p->window_host = q->window_host;
    p->seg = c->seg + c->out + c->in;
    p->end = c->seg + c->room;
    p->bytes = c->out_bytes + c->in_bytes;
    p->write = c->in != 0;
}

VWR_ALWAYS_INLINE void vqueue_pause(struct vwr_vchain *c, const struct vqueue_pieces *p)
{
    if (p->write) {
        c->in = (uint16_t)(p->seg - c->seg - c->out);
        c->in_bytes = (uint32_t)p->bytes - c->out_bytes;
    } else {
        c->out = (uint16_t)(p->seg - c->seg);
        c->out_bytes = (uint32_t)p->bytes;
    }
}

VWR_ALWAYS_INLINE int vqueue_piece_elsewhere(struct vwr_vqueue *q, struct vwr_vchain *c,
                                             struct vqueue_pieces *p, uint64_t addr, uint32_t len, bool write)
{
    int r;

    if (VWR_VQUEUE_WRONG(p->bytes >> 32 != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len);
    vqueue_pause(c, p);
    r = vwr_vqueue_add(q, c, addr, len, write);
    vqueue_resume(q, c, p);
    return r;
}

/*
 * One more piece. The short way is for one within the window that is not to be read behind one that is to be
 * written.
 */
VWR_ALWAYS_INLINE int vqueue_piece(struct vwr_vqueue *q, struct vwr_vchain *c, struct vqueue_pieces *p,
                                   uint64_t addr, uint32_t len, bool write)
{
    const uint64_t off = addr - p->window_addr;

    if (!vwr_vqueue_within(off, len, p->window_bytes) || VWR_VQUEUE_WRONG(p->seg == p->end) ||
        VWR_VQUEUE_WRONG(p->write && !write))
        return vqueue_piece_elsewhere(q, c, p, addr, len, write);
    if (write != p->write) {
        vqueue_pause(c, p);
        p->write = true;
    }
    p->seg->at = p->window_host + off;
    p->seg->len = len;
    p->seg++;
    p->bytes += len;
    return VWR_OK;
}

/* The table has ended. Where its bytes were too many, a piece of the window was the last. */
VWR_ALWAYS_INLINE int vqueue_last(struct vwr_vqueue *q, struct vwr_vchain *c, const struct vqueue_pieces *p)
{
    if (VWR_VQUEUE_WRONG(p->bytes >> 32 != 0)) {
        const struct vwr_vseg *const last = p->seg - 1;

        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, p->window_addr + (uint64_t)(last->at - p->window_host),
                              last->len);
    }
    vqueue_pause(c, p);
    return VWR_OK;
}

/* A table of descriptors, of which the driver has said where it is. */
struct vqueue_table {
    const uint8_t *host; /* NULL: it straddles regions, or is not aligned */
    uint64_t addr;
    uint32_t count;
    uint64_t copy[2]; /* without `host`: the descriptor that was fetched last */
};

/* What an indirect descriptor points at, looked at from outside. */
int vwr_vqueue_open_table(struct vwr_vqueue *q, uint64_t addr, uint32_t len, struct vqueue_table *table);

/* The same, with a short way for one within the window. */
VWR_ALWAYS_INLINE int vqueue_open_table(struct vwr_vqueue *q, uint64_t addr, uint32_t len,
                                        struct vqueue_table *table)
{
    const uint64_t off = addr - q->window_addr;

    VWR_STATIC_ASSERT(sizeof(struct vwr_virtq_desc) == sizeof(struct vwr_pvirtq_desc),
                      "a table of either ring");
    if (len - 1u >= q->table_bytes || len % sizeof(struct vwr_virtq_desc) != 0 ||
        !vwr_vqueue_in_window(q, off, len) || (addr & (sizeof(vwr_le64) - 1u)) != 0)
        return vwr_vqueue_open_table(q, addr, len, table);
    table->host = q->window_host + off;
    table->count = len / (uint32_t)sizeof(struct vwr_virtq_desc);
    return VWR_OK;
}

/* A descriptor of a table without `host`, fetched by bytes. */
const void *vwr_vqueue_copy_desc(const struct vwr_vqueue *q, struct vqueue_table *table, uint32_t at);

/* Where a descriptor of a table is to be fetched from, each half once. */
VWR_ALWAYS_INLINE const void *vqueue_desc(const struct vwr_vqueue *q, struct vqueue_table *table,
                                          const uint8_t *host, uint32_t at)
{
    return __builtin_expect(host != NULL, 1) ? host + sizeof(struct vwr_virtq_desc) * at
                                             : vwr_vqueue_copy_desc(q, table, at);
}

/* Of a chain what does not depend on its pieces. */
static inline void vqueue_begin(const struct vwr_vqueue *q, struct vwr_vchain *c)
{
    c->written = 0;
    c->out_at = 0;
    c->in_at = 0;
    c->place = q->taken;
    c->round = q->round;
}

/* In order: what is remembered of the buffer that was taken as the `place`th. */
static inline struct vwr_vqueue_entry *vqueue_place(const struct vwr_vqueue *q, uint32_t place)
{
    return &q->own[place & (q->max - 1u)];
}

void vwr_vsplit_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device);
int vwr_vsplit_more(struct vwr_vqueue *q);
bool vwr_vsplit_show(struct vwr_vqueue *q);
bool vwr_vsplit_arm(struct vwr_vqueue *q);
void vwr_vsplit_disarm(struct vwr_vqueue *q);

void vwr_vpacked_enable(struct vwr_vqueue *q, void *desc, void *driver, void *device);
int vwr_vpacked_next(struct vwr_vqueue *q, struct vwr_vchain *c);
void vwr_vpacked_return(struct vwr_vqueue *q, uint32_t count);
void vwr_vpacked_give(struct vwr_vqueue *q, uint32_t id, uint32_t count, uint32_t written, bool touched);
bool vwr_vpacked_show(struct vwr_vqueue *q);
bool vwr_vpacked_arm(struct vwr_vqueue *q);
void vwr_vpacked_disarm(struct vwr_vqueue *q);

#endif
