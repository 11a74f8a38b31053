/* SPDX-License-Identifier: MIT */
#ifndef VWR_VQUEUE_H
#define VWR_VQUEUE_H

#include "vwr/base.h"
#include "vwr/features.h"
#include "vwr/result.h"
#include "vwr/ring.h"
#include "vwr/stats.h"
#include "vwr/vm.h"
#include "vwr/gen/packed_ring.h"
#include "vwr/gen/split_ring.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A virtqueue as the device sees it: next takes a buffer that the driver has made available, push
 * gives it back, signal tells the driver of all that were pushed. Split or packed, indirect, in order,
 * event indices: whatever was negotiated, the calls are the same.
 *
 * The driver is not trusted. Each word that it writes is fetched once, checked, and the copy used;
 * where the ring stands is remembered in memory that it cannot reach. What cannot be right breaks the
 * queue: vwr_vqueue_pop_avail answers VWR_EBADRING, the device gets DEVICE_NEEDS_RESET, and nothing
 * of its queues is touched until the driver resets it. No call takes more steps than the queue has
 * descriptors, and the chain room for pieces.
 *
 * What breaks: an index that moves by more than the queue's size; a head or next beyond it; a chain
 * longer than the queue, or that goes in a circle; in a split ring a head that the device has already; a
 * segment outside of the VM's memory; 2^32 bytes or more in a buffer; a segment to read behind one to write;
 * indirect descriptors that were not negotiated, are nested, or are of a length that no table has; more
 * segments than the chain has room for. What breaks nothing: two buffers that share a segment, ids of a
 * packed ring that are alike or greater than the queue, descriptors of 0 bytes, which are counted and left
 * out. The driver harms nobody but itself. tests/hostile names the clause for each.
 *
 * Context of every call here: with the device's lock, if there are locks. Nothing waits.
 * Section: Basic Facilities of a Virtio Device / Split Virtqueues; Packed Virtqueues.
 */

/* A piece of a buffer, in host memory. */
struct vwr_vseg {
    uint8_t *at;
    size_t len;
};

/*
 * A buffer that the device has: seg[0 .. out) are what the driver has written, seg[out .. out + in) what
 * the device writes. A piece that straddles regions of guest memory is several of these. The class sets
 * `seg` and `room` before next, and both are its own memory; it leaves the rest alone, and the whole
 * until push.
 */
struct vwr_vchain {
    struct vwr_vseg *seg;
    uint16_t room; /* pieces that seg has place for; at least 1 */
    uint16_t out;
    uint16_t in;
    uint32_t out_bytes; /* of the parts below that are left; together less than 2^32 */
    uint32_t in_bytes;
    uint32_t place;   /* private: how many were taken before it */
    uint32_t written; /* bytes that vwr_vchain_write has put, from the first on without a gap */
    /* private */
    uint16_t out_at; /* the first piece that vwr_vchain_read has not used up; of it seg has what is left */
    uint16_t in_at;  /* the same of seg + out and vwr_vchain_write */
    uint16_t id;     /* head, or buffer id */
    uint16_t count;  /* packed: descriptors of the ring */
    uint32_t round;  /* of the queue when it was taken: a reset queue does not get it back */
};

/*
 * What a queue remembers, for each head and for each place in the order in which they were taken; see
 * VWR_VQUEUE_OWN_BYTES. All private.
 */
struct vwr_vqueue_entry {
    uint32_t written; /* in order: of the buffer at this place, as the next four */
    uint16_t id;
    bool pushed;
    bool touched;   /* the device writes into it */
    uint16_t count; /* packed, in order: its descriptors. Split: 0: the device does not have this head */
};

struct vwr_vqueue_stats {
    uintptr_t kicks;      /* notifications that came */
    uintptr_t chains;     /* buffers taken */
    uintptr_t used;       /* buffers given back */
    uintptr_t interrupts; /* made */
    uintptr_t suppressed; /* that the driver did not want */
};

/* All fields are private but `stats`; the embedder only places the structure. */
struct vwr_vqueue {
    const struct vwr_vm *vm;
    struct vwr_vdev *dev;
    struct vwr_vqueue_entry *own;
    uint16_t index;
    uint16_t max; /* the largest size that the driver may choose */

    /* as the driver's registers have set it */
    uint32_t size;
    uint32_t align;
    uint32_t pfn;
    uint64_t desc_addr;
    uint64_t driver_addr;
    uint64_t device_addr;
    bool ready;

    /* what is checked and in use while `ready` */
    bool packed;
    bool indirect;
    bool event_idx;
    bool in_order;
    bool legacy; /* ring is in the guest's byte order */
    bool broken;
    bool alive;     /* ready, and not broken */
    bool resetting; /* put out of use while hardware may still reach its buffers */
    const struct vwr_virtq_desc *desc;
    const struct vwr_virtq_avail *avail;
    struct vwr_virtq_used *used;
    struct vwr_pvirtq_desc *ring;
    const struct vwr_pvirtq_event_suppress *driver_event;
    struct vwr_pvirtq_event_suppress *device_event;
    const vwr_le16 *used_event;
    vwr_le16 *avail_event;
    uint32_t short_round; /* `round`, if push may go the short way */
    uint64_t window_addr; /* of guest memory, where the last piece was: see vwr_vqueue_in_window */
    uint64_t window_bytes;
    uint8_t *window_host;
    uint32_t mask;        /* size - 1 */
    uint32_t desc_bytes;  /* of the table of descriptors */
    uint32_t table_bytes; /* of the largest that an indirect descriptor may point at; 0: there are none */
    uint32_t taken;       /* buffers, modulo 2^32 */
    uint32_t seen;        /* of those that the driver has published; split */
    uint32_t given;       /* buffers given back, modulo 2^32 */
    uint32_t published;   /* of those that the driver can see */
    uint32_t round;
    uint32_t owned;                      /* packed: descriptors of the buffers that the device has */
    struct vwr_packed_cursor next_avail; /* packed: where the next buffer begins */
    struct vwr_packed_cursor next_used;  /* packed: where the next used descriptor goes */
    uint32_t shown_at;                   /* packed: and where it went when the driver last saw some */
    uint16_t kept;       /* packed: flags of the next buffer, where arm has fetched them; or 0 */
    uint16_t hold_flags; /* packed: of the first that was pushed and not yet shown */
    struct vwr_pvirtq_desc *hold;
    struct vwr_vqueue_stats stats;
};

/* Bytes that a queue of at most `size` descriptors remembers in: memory that no guest can reach. */
#define VWR_VQUEUE_OWN_BYTES(size) ((size_t)(size) * sizeof(struct vwr_vqueue_entry))

/*
 * The next buffer: 1, and *c describes it; 0: there is none now; VWR_EBADRING: the driver broke the
 * queue; VWR_EFAILED: it is not ready, or broken already. `c` has seg and room set.
 */
static inline int vwr_vqueue_pop_avail(struct vwr_vqueue *q, struct vwr_vchain *c) VWR_MUST_CHECK;

/*
 * Copies up to `n` bytes out of what the driver has written, from where the last call stopped, however
 * it is cut into pieces: how many there were.
 */
uint32_t vwr_vchain_read(struct vwr_vchain *c, void *to, uint32_t n);

/* Copies up to `n` bytes into what the device writes, likewise: for how many there was room. */
uint32_t vwr_vchain_write(struct vwr_vchain *c, const void *from, uint32_t n);

/*
 * The short way of vwr_vchain_read, and of vwr_vchain_take_tail for one byte: where the next `n` bytes are,
 * if all of them lie in one piece, and where the last byte is. They have left the chain; NULL: nothing has
 * happened. The driver may write there meanwhile: each byte is to be fetched once.
 */
static inline const void *vwr_vchain_take_head(struct vwr_vchain *c, uint32_t n)
{
    struct vwr_vseg *s;
    const uint8_t *at;

    if (c->out_at == c->out)
        return NULL;
    s = &c->seg[c->out_at];
    if (s->len < n)
        return NULL;
    at = s->at;
    c->out_bytes -= n;
    if (s->len == n) {
        c->out_at++;
        return at;
    }
    s->at += n;
    s->len -= n;
    return at;
}

static inline uint8_t *vwr_vchain_take_last(struct vwr_vchain *c)
{
    struct vwr_vseg *s;

    if (c->in_bytes == 0)
        return NULL;
    s = &c->seg[c->out + c->in - 1u];
    c->in_bytes--;
    if (s->len == 1) {
        c->in--;
        return s->at;
    }
    s->len--;
    return s->at + s->len;
}

/*
 * The pieces that vwr_vchain_read, or write, has not come to yet: `*n` of them, none empty, together
 * out_bytes or in_bytes. For a class that hands guest memory on instead of copying it.
 */
static inline const struct vwr_vseg *vwr_vchain_out(const struct vwr_vchain *c, uint16_t *n)
{
    *n = (uint16_t)(c->out - c->out_at);
    return &c->seg[c->out_at];
}

static inline const struct vwr_vseg *vwr_vchain_in(const struct vwr_vchain *c, uint16_t *n)
{
    *n = (uint16_t)(c->in - c->in_at);
    return &c->seg[c->out + c->in_at];
}

/*
 * Takes the last `n` bytes of what the device writes off the chain, and says where they are: at
 * most VWR_VCHAIN_TAIL of them, to[0 .. n). They are no longer among in_bytes. False: there are fewer.
 * For answers that stand behind the data, whatever its length (a block request's status).
 */
#define VWR_VCHAIN_TAIL 16u
VWR_MUST_CHECK bool vwr_vchain_take_tail(struct vwr_vchain *c, uint8_t **to, uint32_t n);

/*
 * Gives a buffer back; the driver sees it at the next signal. `written`: bytes from the first on
 * that the device has written, without a gap; no more than it may write. Any order; where IN_ORDER is
 * negotiated the queue holds it until those before it have been pushed. Nothing happens with a
 * buffer of a queue that was reset since, or is broken.
 */
static inline void vwr_vqueue_add_used(struct vwr_vqueue *q, struct vwr_vchain *c, uint32_t written);

/*
 * Puts the last buffer that next gave back into the ring, as if it had not been taken: for a class that
 * finds it cannot serve it now. Only before another next, push or signal.
 */
void vwr_vqueue_unpop(struct vwr_vqueue *q, struct vwr_vchain *c);

/* Shows the driver what was pushed, and interrupts it if it wants that. True: it was interrupted. */
bool vwr_vqueue_signal(struct vwr_vqueue *q);

/* Asks the driver to notify of the next buffer. False: there is one already, take it. */
VWR_MUST_CHECK bool vwr_vqueue_arm(struct vwr_vqueue *q);

/* Notifications are not wanted; some may come. */
void vwr_vqueue_disarm(struct vwr_vqueue *q);

/* Buffers that the device has now. */
static inline uint32_t vwr_vqueue_in_flight(const struct vwr_vqueue *q)
{
    return q->taken - q->given;
}

/*
 * For vwr_vdev.c. Init: once, `max` descriptors at most (a power of 2, at most VWR_SPLIT_RING_SIZE_MAX),
 * `own` of VWR_VQUEUE_OWN_BYTES(max) bytes. Enable: takes what the registers say into use: size, alignment,
 * and each part of the ring in one region of guest memory, none upon another; VWR_OK, VWR_EINVAL: a size or
 * alignment that cannot be, VWR_ERANGE: memory. Disable: forgets all but the registers; chains that are out
 * become void. Stop: of a broken device's queues, each: chains become void, nothing is touched.
 */
void vwr_vqueue_init(struct vwr_vqueue *q, struct vwr_vdev *dev, const struct vwr_vm *vm, uint16_t index,
                     struct vwr_vqueue_entry *own, uint16_t max);
VWR_MUST_CHECK int vwr_vqueue_enable(struct vwr_vqueue *q, const struct vwr_features *features, bool legacy,
                                     uint32_t guest_page_size);
void vwr_vqueue_disable(struct vwr_vqueue *q);
void vwr_vqueue_stop(struct vwr_vqueue *q);

#include "vwr/vqueue_hot.h"

#ifdef __cplusplus
}
#endif

#endif
