/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VQUEUE_COMMON_H
#define VWR_DEVICE_VQUEUE_COMMON_H

#include "vwr/vdev.h"
#include "vwr/vqueue.h"

/*
 * Between vwr_vqueue.c, which has what does not depend on the ring, and the two kinds of ring. All
 * that the driver writes is fetched by the functions here: each word once, into a register.
 */

/* The driver reads or writes these at any time: exactly one access, of their own width. */
static inline uint32_t vqueue_load32(const vwr_le32 *p)
{
    return *(const volatile vwr_le32 *)p;
}

static inline void vqueue_store16(vwr_le16 *p, uint16_t v)
{
    *(volatile vwr_le16 *)p = v;
}

/* A table of descriptors, of which the driver has said where it is. */
struct vqueue_table {
    const void *host; /* NULL: it straddles regions, or is not aligned */
    uint64_t addr;
    uint32_t count;
};

/* Half a descriptor of a table as it lies in memory. */
uint64_t vwr_vqueue_table_half(const struct vwr_vqueue *q, const struct vqueue_table *table, uint32_t at,
                               unsigned half);

/* What an indirect descriptor points at, looked at from outside. */
int vwr_vqueue_open_table(struct vwr_vqueue *q, uint64_t addr, uint32_t len, struct vqueue_table *table);

/* The driver broke the queue; answers VWR_EBADRING. */
VWR_COLD int vwr_vqueue_bad(struct vwr_vqueue *q, enum vwr_vfault fault, uint64_t a, uint64_t b);

/* A piece that is not within the window. */
int vwr_vqueue_add_elsewhere(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len,
                             bool write);

/* One more piece of host memory. The caller has looked whether there is room. */
static inline void vqueue_put(struct vwr_vchain *c, uint8_t *at, uint32_t len, bool write)
{
    struct vwr_vseg *const seg = &c->seg[c->out + c->in];

    seg->at = at;
    seg->len = len;
    if (write) {
        c->in++;
        c->in_bytes += len;
    } else {
        c->out++;
        c->out_bytes += len;
    }
}

/* A piece as a descriptor has it goes to the end of the chain. */
static inline int vqueue_add(struct vwr_vqueue *q, struct vwr_vchain *c, uint64_t addr, uint32_t len,
                             bool write)
{
    const uint64_t off = addr - q->window_addr;

    if (VWR_VQUEUE_WRONG(len == 0) || VWR_VQUEUE_WRONG(c->out_bytes + c->in_bytes + len < len))
        return vwr_vqueue_bad(q, VWR_VFAULT_LENGTH, addr, len);
    if (VWR_VQUEUE_WRONG(!write && c->in != 0))
        return vwr_vqueue_bad(q, VWR_VFAULT_ORDER, addr, len);
    if (!vwr_vqueue_in_window(q, off, len))
        return vwr_vqueue_add_elsewhere(q, c, addr, len, write);
    if (VWR_VQUEUE_WRONG(c->out + c->in >= c->room))
        return vwr_vqueue_bad(q, VWR_VFAULT_PIECES, c->room, 0);
    vqueue_put(c, q->window_host + off, len, write);
    return VWR_OK;
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
void vwr_vpacked_give(struct vwr_vqueue *q, uint32_t id, uint32_t written);
bool vwr_vpacked_show(struct vwr_vqueue *q);
bool vwr_vpacked_arm(struct vwr_vqueue *q);
void vwr_vpacked_disarm(struct vwr_vqueue *q);

#endif
