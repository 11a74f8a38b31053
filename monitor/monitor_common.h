/* SPDX-License-Identifier: MIT */
#ifndef VWR_MONITOR_COMMON_H
#define VWR_MONITOR_COMMON_H

#include "vwr/arithmetic.h"
#include "vwr/monitor.h"
#include "vwr/gen/pci.h"

#define MONITOR_NONE VWR_MONITOR_NO_QUEUE

/* Maximum values of 16 and 32 bits. Some freestanding ports lack the limit macros of stdint.h. */
#define MONITOR_MAX_16 ((uint16_t)~0u)
#define MONITOR_MAX_32 (~(uint32_t)0)

/* Bit of the size in a queue's `set`, which follows the bits of the areas; and the mask of all bits. */
#define MONITOR_SET_SIZE (1u << MONITOR_AREAS)
#define MONITOR_SET_ALL (MONITOR_SET_SIZE * 2u - 1u)

enum monitor_area { MONITOR_DESC, MONITOR_DRIVER, MONITOR_DEVICE, MONITOR_AREAS };

/* A descriptor of either layout. Each word is read only once; `other` is `next` or the buffer ID. */
struct monitor_desc {
    uint64_t addr;
    uint32_t len;
    uint16_t flags;
    uint16_t other;
};

/* State of a walk over a chain. */
struct monitor_chain {
    struct vwr_monitor *m;
    struct vwr_monitor_queue *q;
    uint64_t bytes;
    uint64_t writable;
    _Alignas(8) uint8_t head[16]; /* first readable bytes of the request */
    uint64_t data;                /* address of the first writable segment */
    uint32_t place;               /* index of the ring's descriptor, for findings */
    uint32_t segments; /* number of data segments, which are the segments longer than a header and a status */
    uint32_t longest;  /* size of the longest data segment in bytes */
    uint32_t first;    /* size of the first segment in bytes */
    uint32_t last;     /* size of the last writable segment in bytes */
    bool writes;       /* a device-writable descriptor was seen */
    bool begins_writable; /* the first descriptor is device-writable */
    bool broken;          /* there was a finding for the chain; each chain has at most one */
    bool found;           /* a finding is stored in the chain and reported at its end */
    bool hits_ring;       /* the device would write to an area of the queue */
    enum vwr_rule_number rule;
    uint32_t at;
    uint64_t a, b;
};

VWR_COLD void vwr_monitor_find_(struct vwr_monitor *m, enum vwr_rule_number rule,
                                const struct vwr_monitor_queue *q, uint32_t place, uint64_t a, uint64_t b);
VWR_COLD void vwr_monitor_find_of_(struct vwr_monitor *m, enum vwr_rule_number rule,
                                   enum vwr_monitor_doubt doubt, const struct vwr_monitor_queue *q,
                                   uint32_t place, uint64_t a, uint64_t b);
void vwr_monitor_driver_knows_(struct vwr_monitor *m);
void vwr_monitor_lose_(struct vwr_monitor *m, struct vwr_monitor_queue *q);

/* vwr_monitor_sample.c: follows one in many notifications. */
bool vwr_monitor_count_(struct vwr_monitor *m, struct vwr_monitor_queue *q);
bool vwr_monitor_begin_pause_(struct vwr_monitor *m);
void vwr_monitor_forget_(struct vwr_monitor_queue *q);
void vwr_monitor_unfollow_(struct vwr_monitor_queue *q);
void vwr_monitor_return_(struct vwr_monitor *m, struct vwr_monitor_queue *q);

/* vwr_monitor_registers.c: register accesses, independent of the transport. */
void vwr_monitor_read_features_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_write_features_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_read_status_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_write_status_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_write_size_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t value);
void vwr_monitor_write_address_(struct vwr_monitor_queue *q, enum monitor_area area, uint32_t value,
                                bool is_high);
bool vwr_monitor_may_write_(struct vwr_monitor *m, struct vwr_monitor_queue *q, const struct vwr_register *r,
                            uint32_t value);
void vwr_monitor_upset_(struct vwr_monitor_queue *q);
void vwr_monitor_read_ready_(struct vwr_monitor *m, const struct vwr_register *r, uint32_t value);
void vwr_monitor_read_reset_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_read_generation_(struct vwr_monitor *m, uint32_t value);
void vwr_monitor_config_(struct vwr_monitor *m, uint32_t offset, unsigned bytes, bool is_write,
                         uint64_t value);

/* Queues: vwr_monitor_queue.c. */
void vwr_monitor_start_queue_(struct vwr_monitor *m, struct vwr_monitor_queue *q);
void vwr_monitor_stop_queue_(struct vwr_monitor_queue *q);
void vwr_monitor_resume_queue_(struct vwr_monitor *m, struct vwr_monitor_queue *q);
void vwr_monitor_kick_(struct vwr_monitor *m, uint32_t value);

/*
 * The two layouts. A look that is not thorough records the indices, so that the next look can detect that
 * nothing has changed.
 */
void vwr_monitor_look_split_(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by);
VWR_COLD void vwr_monitor_find_ahead_(struct vwr_monitor *m, const struct vwr_monitor_queue *q, uint16_t used,
                                      uint16_t avail);
void vwr_monitor_idle_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q);
void vwr_monitor_look_packed_(struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by);
bool vwr_monitor_find_position_(struct vwr_monitor_queue *q, struct vwr_packed_cursor *at);
void vwr_monitor_return_split_(struct vwr_monitor *m, struct vwr_monitor_queue *q);
void vwr_monitor_return_packed_(struct vwr_monitor *m, struct vwr_monitor_queue *q);
uint32_t vwr_monitor_sum_packed_(const struct vwr_monitor_queue *q, uint32_t at);

bool vwr_monitor_check_used_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q);
void vwr_monitor_check_kick_split_(struct vwr_monitor *m, const struct vwr_monitor_queue *q);

/* Chains: vwr_monitor_chain.c. */
VWR_COLD void vwr_monitor_find_chain_(struct monitor_chain *c, enum vwr_rule_number rule, uint64_t a,
                                      uint64_t b);
void vwr_monitor_segment_(struct monitor_chain *c, uint64_t addr, uint32_t bytes, bool is_writable);
void vwr_monitor_table_(struct monitor_chain *c, uint64_t addr, uint32_t bytes);
const uint8_t *vwr_monitor_translate_(struct vwr_monitor *m, uint64_t addr, uint64_t bytes);
bool vwr_monitor_is_memory_(struct vwr_monitor *m, uint64_t addr, uint64_t bytes);
void vwr_monitor_release_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id);

/*
 * vwr_monitor_pci_space.c: the PCI configuration space. vectors: returns the number of MSI-X vectors;
 * MONITOR_MAX_32: unknown. offer: called when word 1 of the features was read for the first time. notify_off:
 * called when queue_notify_off of the selected queue was read.
 */
uint32_t vwr_monitor_pci_vectors_(const struct vwr_monitor *m);
void vwr_monitor_pci_offer_(struct vwr_monitor *m);
void vwr_monitor_pci_notify_off_(struct vwr_monitor *m, uint32_t value);

/* Disk requests: vwr_monitor_blk.c. */
void vwr_monitor_blk_chain_(struct monitor_chain *c);
bool vwr_monitor_blk_has_limits_(const struct vwr_monitor *m);
void vwr_monitor_blk_features_(struct vwr_monitor *m);
void vwr_monitor_blk_config_(struct vwr_monitor *m, uint32_t offset, unsigned bytes, uint64_t value);

/*
 * A network card: vwr_monitor_net.c, vwr_monitor_net_control.c. `control` is the control queue's number;
 * MONITOR_NONE: unknown.
 */
void vwr_monitor_net_reset_(struct vwr_monitor *m);
void vwr_monitor_net_forget_(struct vwr_monitor *m);
void vwr_monitor_net_features_(struct vwr_monitor *m, bool is_whole);
void vwr_monitor_net_config_(struct vwr_monitor *m, uint32_t at, bool is_write, uint32_t value);
void vwr_monitor_net_chain_(struct monitor_chain *c);
void vwr_monitor_net_used_(struct vwr_monitor *m, struct vwr_monitor_queue *q, uint32_t id, uint32_t bytes,
                           unsigned by);
uint32_t vwr_monitor_net_control_(const struct vwr_monitor *m);
void vwr_monitor_net_command_(struct monitor_chain *c);

/*
 * Doubt about wrong memory contents: EITHER if the other side may have written them; otherwise the owner of
 * the memory is at fault.
 */
static inline enum vwr_monitor_doubt monitor_either(bool is_either)
{
    return is_either ? VWR_MONITOR_EITHER : VWR_MONITOR_CERTAIN;
}

/* Counters saturate at their maximum. */
static inline void monitor_count(uint32_t *counter)
{
    *counter += *counter != MONITOR_MAX_32;
}

/* Reports an address that is not in the view of memory. */
static inline enum vwr_monitor_doubt monitor_outside(const struct vwr_monitor *m, bool is_outside)
{
    return is_outside && m->is_partial ? VWR_MONITOR_PARTIAL : VWR_MONITOR_CERTAIN;
}

/* Assigns member by member, because compilers may turn an initializer into a call to memset. */
static inline void monitor_begin_chain(struct monitor_chain *c, struct vwr_monitor *m,
                                       struct vwr_monitor_queue *q, bool is_broken)
{
    c->m = m;
    c->q = q;
    c->bytes = 0;
    c->writable = 0;
    c->data = 0;
    c->segments = c->longest = c->first = c->last = 0;
    c->begins_writable = false;
    c->writes = false;
    c->broken = is_broken;
    c->found = false;
    c->hits_ring = false;
}

/*
 * Ends a chain. If a queue's buffers overlap its own rings, the contents of the rings prove nothing about
 * either side.
 */
static inline void monitor_end_chain(struct monitor_chain *c)
{
    if (c->found)
        vwr_monitor_find_of_(c->m, c->rule, monitor_outside(c->m, c->rule == VWR_RULE_BUFFER_MEMORY), c->q,
                             c->at, c->a, c->b);
    if (c->found && c->hits_ring)
        vwr_monitor_unfollow_(c->q);
    c->found = false;
}

/* Whether the driver has read all bytes of an aligned field of at most eight bytes. */
static inline bool monitor_has_read(const struct vwr_monitor *m, uint32_t at, unsigned bytes)
{
    const uint32_t all = (1u << bytes) - 1u;

    return (m->config_known[at / 32u] >> at % 32u & all) == all;
}

/* Gets a configuration field of at most four bytes, if the driver has read all of it. */
static inline bool monitor_config_field(const struct vwr_monitor *m, uint32_t at, unsigned bytes,
                                        uint32_t *value)
{
    *value = 0;
    if (!monitor_has_read(m, at, bytes))
        return false;
    for (unsigned i = 0; i < bytes; i++)
        *value |= (uint32_t)m->config[at + i] << 8u * i;
    return true;
}

/* Checks the class's rules for a chain whose descriptors are valid; `id` is the index of its entry. */
static inline void monitor_request(struct monitor_chain *c, uint32_t id)
{
    if (!c->m->reads)
        return;
    c->q->entry[id].data = c->data;
    if (c->broken)
        return;
    if (c->m->s.net)
        vwr_monitor_net_chain_(c);
    else
        vwr_monitor_blk_chain_(c);
}

/* Gets the row of a rule; some rules have a different clause on PCI. */
static inline enum vwr_rule_number monitor_rule(const struct vwr_monitor *m, enum vwr_rule_number mmio,
                                                enum vwr_rule_number pci)
{
    return m->is_pci ? pci : mmio;
}

static inline struct vwr_monitor_queue *monitor_selected(const struct vwr_monitor *m)
{
    return m->queue_sel < m->s.queue_count ? &m->s.queue[m->queue_sel] : NULL;
}

static inline bool monitor_is_mapped(const struct vwr_monitor_vector *vector)
{
    return vector->is_set && vector->value != VWR_PCI_MSI_NO_VECTOR;
}

static inline bool monitor_has(const struct vwr_monitor *m, unsigned feature)
{
    return vwr_features_have(&m->accepted, feature);
}

static inline bool monitor_in_order(const struct vwr_monitor *m)
{
    return monitor_has(m, VWR_F_IN_ORDER);
}

/*
 * Whether the other side has not run since this side made buffers available or used them. If it has run, it
 * may have changed its suppression and then checked the ring.
 */
static inline bool monitor_is_certain(const struct vwr_monitor *m, unsigned by, unsigned side)
{
    return by == side || m->is_idle;
}

static inline void monitor_expect_kick(const struct vwr_monitor *m, struct vwr_monitor_queue *q, unsigned by,
                                       bool is_due)
{
    q->expects_kick |= is_due;
    q->is_kick_due |= is_due && monitor_is_certain(m, by, VWR_BY_DRIVER);
}

/* Whether the rings are followed only for some notifications. */
static inline bool monitor_samples(const struct vwr_monitor *m)
{
    return m->s.one_in > 1;
}

/* After a change of the status or the start of a queue, the next notification is always followed. */
static inline void monitor_wake(struct vwr_monitor *m)
{
    m->rest = m->window = 0;
    m->judges = false;
}

/* Whether the monitor has already seen this position of the driver, and so has read the contents up to it. */
static inline bool monitor_knows(const struct vwr_monitor_queue *q, uint32_t position)
{
    return !q->has_gap || position == q->from;
}

/* Counts a data segment; it is preceded by `have` readable bytes. The bytes of a header are not data. */
static inline void monitor_count_segment(struct monitor_chain *c, uint64_t have, uint32_t bytes,
                                         bool is_writable)
{
    const uint32_t head = is_writable || have >= sizeof(c->head) ? 0 : (uint32_t)(sizeof(c->head) - have);

    c->last = is_writable ? bytes : c->last;
    if (bytes <= head)
        return;
    c->segments++;
    if (bytes - head > c->longest)
        c->longest = bytes - head;
}

/* Records the first segment of a chain. */
static inline void monitor_begin_segment(struct monitor_chain *c, uint32_t bytes, bool is_writable)
{
    if (c->bytes != 0)
        return;
    c->first = bytes;
    c->begins_writable = is_writable;
}

/* Whether two ranges overlap, that is, one begins within the other. */
static inline bool monitor_overlaps(uint64_t a, uint64_t a_bytes, uint64_t b, uint64_t b_bytes)
{
    return a - b < b_bytes || b - a < a_bytes;
}

/* Hashes a descriptor to 32 bits, to detect a change. */
static inline uint32_t monitor_sum(uint64_t addr, uint64_t half)
{
    return (uint32_t)addr ^ (uint32_t)(addr >> 32) << 1 ^ (uint32_t)half << 3 ^ (uint32_t)(half >> 32);
}

#endif
