/* SPDX-License-Identifier: MIT */
#include "vstate_common.h"
#include "vwr/gen/pci.h"

/*
 * The state of a queue: its registers, its position, and the buffers that the device holds. A buffer is saved
 * with its segments, because in a packed ring, used descriptors may have replaced its own.
 */

/* Stands for every QueueSize that is too large to be enabled. */
#define VSTATE_SIZE 0xffffu

/* ---- save ---- */

static void vstate_put_registers_of(struct vwr_vstate *s, const struct vwr_vdev *v,
                                    const struct vwr_vqueue *q)
{
    struct vwr_admin_dev_part_vq_cfg c;
    size_t at;

    vwr_zero(&c, sizeof(c));
    c.queue_size = vwr_cpu_to_le16((uint16_t)(q->size < VSTATE_SIZE ? q->size : VSTATE_SIZE));
    c.vector = vwr_cpu_to_le16(v->bus != NULL ? q->vector : VWR_PCI_MSI_NO_VECTOR);
    c.enabled = vwr_cpu_to_le16(q->ready);
    c.queue_desc = vwr_cpu_to_le64(q->desc_addr);
    c.queue_driver = vwr_cpu_to_le64(q->driver_addr);
    c.queue_device = vwr_cpu_to_le64(q->device_addr);
    at = vwr_vstate_open_(s, VWR_ADMIN_DEV_PART_VQ_CFG, q->index);
    vwr_vstate_put(s, &c, sizeof(c));
    vwr_vstate_close_(s, at);
}

static void vstate_put_position(struct vwr_vstate *s, const struct vwr_vqueue *q)
{
    struct vqueue_position now;
    struct vwr_state_queue p;
    size_t at;

    vwr_zero(&p, sizeof(p));
    if (q->ready && q->layout != VWR_LAYOUT_STOPPED) {
        vwr_vqueue_position_(q, &now);
        p.avail = vwr_cpu_to_le16(now.avail);
        p.used = vwr_cpu_to_le16(now.used);
        p.in_flight = vwr_cpu_to_le16(now.in_flight);
        p.flags = vwr_cpu_to_le16(now.popped ? VWR_STATE_QUEUE_POPPED : 0);
    }
    p.align = vwr_cpu_to_le32(q->align);
    p.pfn = vwr_cpu_to_le32(q->pfn);
    at = vwr_vstate_open_(s, VWR_STATE_PART_QUEUE, q->index);
    vwr_vstate_put(s, &p, sizeof(p));
    vwr_vstate_close_(s, at);
}

/* Address as the driver gave it: behind an IOMMU, that of the segment's pin, after which *pin is the next
 * one. */
static uint64_t vstate_address(const struct vwr_vqueue *q, const struct vwr_vseg *seg, uint16_t *pin)
{
    const struct vwr_memory_pin *p;

    if (!VWR_WITH_IOMMU || q->memory->iommu == NULL || *pin == 0)
        return vwr_memory_address(q->memory, seg->at, seg->len);
    p = &q->memory->iommu->pin[*pin - 1u];
    *pin = p->next;
    return p->addr;
}

static void vstate_put_buffer(struct vwr_vstate *s, const struct vwr_vqueue *q, const struct vwr_vchain *c)
{
    const bool packed = vwr_layout_is_packed(q->layout);
    uint16_t pin = vqueue_pins_of(c);
    struct vwr_state_flight f;

    vwr_zero(&f, sizeof(f));
    f.id = vwr_cpu_to_le16(c->id);
    f.count = vwr_cpu_to_le16((uint16_t)(packed ? c->count : 1u));
    f.out = vwr_cpu_to_le16(c->out);
    f.in = vwr_cpu_to_le16(c->in);
    f.flags = vwr_cpu_to_le32(c->in != 0 ? VWR_STATE_FLIGHT_WRITE : 0);
    vwr_vstate_put(s, &f, sizeof(f));
    for (uint32_t i = 0; i < (uint32_t)c->out + c->in; i++) {
        struct vwr_state_segment seg;

        seg.addr = vwr_cpu_to_le64(vstate_address(q, &c->seg[i], &pin));
        seg.len = vwr_cpu_to_le32((uint32_t)c->seg[i].len);
        seg.reserved = vwr_cpu_to_le32(0);
        vwr_vstate_put(s, &seg, sizeof(seg));
    }
}

static void vstate_put_done(struct vwr_vstate *s, const struct vwr_vqueue_done *d)
{
    const uint32_t write = (d->flags & VWR_VIRTQ_DESC_F_WRITE) != 0 ? VWR_STATE_FLIGHT_WRITE : 0;
    struct vwr_state_flight f;

    vwr_zero(&f, sizeof(f));
    f.id = vwr_cpu_to_le16(d->id);
    f.count = vwr_cpu_to_le16(d->count);
    f.flags = vwr_cpu_to_le32(VWR_STATE_FLIGHT_DONE | write);
    f.written = vwr_cpu_to_le32(d->written);
    vwr_vstate_put(s, &f, sizeof(f));
}

/*
 * Records in done[] how the class can find a buffer again, and when the buffer was popped. With IN_ORDER, the
 * record is at the buffer's position among the finished buffers. Without IN_ORDER, done[] has no other use,
 * and the records are at its start.
 */
static void vstate_note(struct vwr_vqueue_done *d, const struct vwr_vqueue *q, const struct vwr_vchain *c,
                        unsigned at)
{
    d->written = q->last_avail - c->position; /* age of the buffer */
    d->id = (uint16_t)at;
    d->flags = (uint16_t)(at >> 16);
}

static struct vwr_vchain *vstate_noted(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                                       struct vwr_vqueue *q, const struct vwr_vqueue_done *d)
{
    unsigned at = (unsigned)d->flags << 16 | d->id;

    return class->next(v, q->index, &at);
}

/*
 * Sorts the records, with the oldest first. They are already almost in this order. Shell's sort with gaps of
 * 2^k - 1: at most about n^1.5 steps.
 */
static void vstate_sort(const struct vwr_vqueue *q, uint32_t n)
{
    struct vwr_vqueue_done *const d = q->done;

    for (uint32_t gap = q->max - 1u; gap > 0; gap >>= 1)
        for (uint32_t i = gap; i < n; i++) {
            struct vwr_vqueue_done one;
            uint32_t to = i;

            vwr_copy(&one, &d[i], sizeof(one));
            for (; to >= gap && d[to - gap].written < one.written; to -= gap)
                vwr_copy(&d[to], &d[to - gap], sizeof(one));
            vwr_copy(&d[to], &one, sizeof(one));
        }
}

/* Records at most `count` buffers of the class. A class that holds no buffers has no `next`. */
static uint32_t vstate_note_all(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                                struct vwr_vqueue *q, uint32_t count, bool in_order)
{
    const struct vwr_vchain *c;
    unsigned at = 0;
    uint32_t n = 0;

    while (n < count && (c = class->next(v, q->index, &at)) != NULL)
        if (vwr_vchain_is_of(q, c)) {
            vstate_note(&q->done[in_order ? c->position & (q->max - 1u) : n], q, c, at - 1u);
            n++;
        }
    if (!in_order)
        vstate_sort(q, n);
    return n;
}

static void vstate_put_flight(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                              struct vwr_vqueue *q)
{
    const bool in_order = vwr_layout_is_in_order(q->layout);
    const uint32_t in_flight = vwr_vqueue_in_flight(q);
    const size_t at = vwr_vstate_open_(s, VWR_STATE_PART_FLIGHT, q->index);
    const uint32_t noted = vstate_note_all(class, v, q, in_flight, in_order);
    const uint32_t count = in_order ? in_flight : noted;

    for (uint32_t i = 0; i < count; i++) {
        const struct vwr_vqueue_done *const d = &q->done[in_order ? (q->used_idx + i) & (q->max - 1u) : i];
        const struct vwr_vchain *c;

        if (in_order && d->count != 0)
            vstate_put_done(s, d);
        else if ((c = vstate_noted(class, v, q, d)) != NULL)
            vstate_put_buffer(s, q, c);
    }
    vwr_vstate_close_(s, at);
}

void vwr_vstate_save_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q)
{
    vstate_put_registers_of(s, v, q);
    vstate_put_position(s, q);
    vstate_put_flight(s, class, v, q);
}

/* ---- load ---- */

static bool vstate_refuse_queue(struct vwr_vstate *s, const struct vwr_vqueue *q, enum vwr_vstate_fault fault,
                                uint64_t a, uint64_t b)
{
    s->queue = q->index;
    return vwr_vstate_refuse_(s, fault, a, b);
}

static bool vstate_load_vector(const struct vwr_vstate *s, struct vwr_vdev *v, struct vwr_vqueue *q,
                               uint16_t vector)
{
    q->vector = vector;
    return vector == VWR_PCI_MSI_NO_VECTOR || (v->bus != NULL && s->bus->has_vector(v, vector));
}

/* Enables the queue if it was enabled. */
static bool vstate_enable(struct vwr_vstate *s, struct vwr_vdev *v, struct vwr_vqueue *q, uint32_t enabled)
{
    if (enabled == 0)
        return true;
    if (enabled == 1 && vwr_vdev_enable_queue_(v, q) == VWR_OK)
        return true;
    return vstate_refuse_queue(s, q, VWR_VSTATE_MEMORY, q->desc_addr, q->size);
}

/* No buffer is popped before the driver opens the queues. */
static bool vstate_load_position(struct vwr_vstate *s, struct vwr_vdev *v, struct vwr_vqueue *q,
                                 const struct vwr_state_queue *p)
{
    const bool runs = q->ready && !v->broken && q->layout != VWR_LAYOUT_STOPPED;
    const unsigned flags = vwr_le16_to_cpu(p->flags);
    const struct vqueue_position to = {vwr_le16_to_cpu(p->avail), vwr_le16_to_cpu(p->used),
                                       vwr_le16_to_cpu(p->in_flight), flags != 0};

    if (q->ready && v->broken)
        vwr_vqueue_stop_(q);
    if (runs ? flags <= (v->opened ? VWR_STATE_QUEUE_POPPED : 0u) && vwr_vqueue_set_position_(q, &to)
             : (to.avail | to.used | to.in_flight | flags) == 0)
        return true;
    return vstate_refuse_queue(s, q, VWR_VSTATE_INDEX, to.avail, to.used);
}

/* The position after the buffers in flight is known only after these were loaded. */
static bool vstate_check_position(struct vwr_vstate *s, const struct vwr_vdev *v, const struct vwr_vqueue *q,
                                  const struct vwr_state_queue *p)
{
    struct vqueue_position now;

    if (!q->ready || v->broken || q->layout == VWR_LAYOUT_STOPPED)
        return true;
    vwr_vqueue_position_(q, &now);
    if (now.avail != vwr_le16_to_cpu(p->avail))
        return vstate_refuse_queue(s, q, VWR_VSTATE_INDEX, vwr_le16_to_cpu(p->avail),
                                   vwr_le16_to_cpu(p->used));
    return true;
}

/* Host address of a segment; NULL: there is none. Behind an IOMMU, the device holds the segment again. */
static void *vstate_find_segment(struct vwr_vqueue *q, uint64_t addr, size_t len, bool write)
{
    void *at;

    if (!VWR_WITH_IOMMU || q->memory->iommu == NULL)
        return vwr_memory_ptr(q->memory, addr, len);
    at = vwr_memory_reach_(q->memory, addr, len, write ? VWR_MEMORY_WRITE : VWR_MEMORY_READ);
    return len != 0 && at != NULL && vwr_vqueue_pin_(q, addr, (uint32_t)len) ? at : NULL;
}

static bool vstate_load_segments(struct vwr_vqueue *q, struct vwr_vchain *c, const uint8_t *from)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < (uint32_t)c->out + c->in; i++) {
        struct vwr_state_segment seg;
        struct vwr_vseg *const to = &c->seg[i];

        vwr_copy(&seg, from + sizeof(seg) * i, sizeof(seg));
        to->len = vwr_le32_to_cpu(seg.len);
        to->at = vstate_find_segment(q, vwr_le64_to_cpu(seg.addr), to->len, i >= c->out);
        if (to->len == 0 || to->at == NULL || seg.reserved != 0)
            return false;
        bytes += to->len;
        if (i < c->out)
            c->out_bytes += (uint32_t)to->len;
    }
    c->in_bytes = (uint32_t)bytes - c->out_bytes;
    return bytes == (uint32_t)bytes;
}

/*
 * Loads a buffer that the device will process again. If all of its descriptors are empty, it has no segment.
 * Returns the size of its record in bytes; 0: the state is refused.
 */
static uint32_t vstate_load_buffer(const struct vwr_vstate_class *class, struct vwr_vdev *v,
                                   struct vwr_vqueue *q, const struct vwr_state_flight *f,
                                   const uint8_t *from, uint32_t left, uint32_t rank)
{
    const uint32_t out = vwr_le16_to_cpu(f->out);
    const uint32_t in = vwr_le16_to_cpu(f->in);
    const uint32_t bytes = (out + in) * (uint32_t)sizeof(struct vwr_state_segment);
    struct vwr_vchain *c;
    bool good;

    if (bytes > left || f->written != 0 || class->add == NULL ||
        vwr_le32_to_cpu(f->flags) != (in != 0 ? VWR_STATE_FLIGHT_WRITE : 0u))
        return 0;
    c = class->add(v, q->index);
    if (c == NULL || out + in > c->room)
        return 0;
    c->out = (uint16_t)out;
    c->in = (uint16_t)in;
    c->out_bytes = 0;
    c->id = vwr_le16_to_cpu(f->id);
    c->flags = in != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
    c->count = vwr_le16_to_cpu(f->count);
    c->generation = q->generation;
    c->position = q->used_idx + rank;
    if (VWR_WITH_IOMMU && q->memory->iommu != NULL)
        vwr_vqueue_open_pins_(q);
    good = vstate_load_segments(q, c, from);
    if (VWR_WITH_IOMMU && q->memory->iommu != NULL)
        vwr_vqueue_close_pins_(q, c, good);
    return good ? (uint32_t)sizeof(*f) + bytes : 0;
}

/* Loads a finished buffer that waits for at least one earlier buffer. */
static uint32_t vstate_load_done(struct vwr_vqueue *q, const struct vwr_state_flight *f, uint32_t rank)
{
    struct vwr_vqueue_done *const d = &q->done[(q->used_idx + rank) & (q->max - 1u)];
    const uint32_t flags = vwr_le32_to_cpu(f->flags) & ~(uint32_t)VWR_STATE_FLIGHT_DONE;

    if (rank == 0 || (flags & ~(uint32_t)VWR_STATE_FLIGHT_WRITE) != 0 || f->out != 0 || f->in != 0 ||
        !vwr_layout_is_in_order(q->layout))
        return 0;
    d->id = vwr_le16_to_cpu(f->id);
    d->count = vwr_le16_to_cpu(f->count);
    d->flags = flags != 0 ? VWR_VIRTQ_DESC_F_WRITE : 0;
    d->written = vwr_le32_to_cpu(f->written);
    return sizeof(*f);
}

static bool vstate_load_flight(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                               struct vwr_vqueue *q, struct vstate_part *part, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct vwr_state_flight f;
        uint32_t bytes = 0;

        if (part->bytes < sizeof(f))
            return vstate_refuse_queue(s, q, VWR_VSTATE_LENGTH, sizeof(f), part->bytes);
        vwr_copy(&f, part->value, sizeof(f));
        if (!vwr_vqueue_hold_(q, vwr_le16_to_cpu(f.id), vwr_le16_to_cpu(f.count)))
            bytes = 0;
        else if ((vwr_le32_to_cpu(f.flags) & VWR_STATE_FLIGHT_DONE) != 0)
            bytes = vstate_load_done(q, &f, i);
        else
            bytes = vstate_load_buffer(class, v, q, &f, part->value + sizeof(f),
                                       part->bytes - (uint32_t)sizeof(f), i);
        if (bytes == 0)
            return vstate_refuse_queue(s, q, VWR_VSTATE_FLIGHT, vwr_le16_to_cpu(f.id), 0);
        part->value += bytes;
        part->bytes -= bytes;
    }
    if (part->bytes != 0)
        return vstate_refuse_queue(s, q, VWR_VSTATE_LENGTH, 0, part->bytes);
    return true;
}

bool vwr_vstate_load_queue_(struct vwr_vstate *s, const struct vwr_vstate_class *class, struct vwr_vdev *v,
                            struct vwr_vqueue *q)
{
    struct vwr_admin_dev_part_vq_cfg c;
    struct vwr_state_queue p;
    struct vstate_part part;

    if (!vwr_vstate_find_(s, VWR_ADMIN_DEV_PART_VQ_CFG, q->index, sizeof(c), &part))
        return false;
    vwr_copy(&c, part.value, sizeof(c));
    if (!vwr_vstate_find_(s, VWR_STATE_PART_QUEUE, q->index, sizeof(p), &part))
        return false;
    vwr_copy(&p, part.value, sizeof(p));
    if (!vwr_vstate_find_(s, VWR_STATE_PART_FLIGHT, q->index, VSTATE_ANY, &part))
        return false;
    if (!vstate_load_vector(s, v, q, vwr_le16_to_cpu(c.vector)) || c.reserved != 0)
        return vstate_refuse_queue(s, q, VWR_VSTATE_FIELD, VWR_ADMIN_DEV_PART_VQ_CFG, 0);
    q->size = vwr_le16_to_cpu(c.queue_size);
    q->align = vwr_le32_to_cpu(p.align);
    q->pfn = vwr_le32_to_cpu(p.pfn);
    q->desc_addr = vwr_le64_to_cpu(c.queue_desc);
    q->driver_addr = vwr_le64_to_cpu(c.queue_driver);
    q->device_addr = vwr_le64_to_cpu(c.queue_device);
    if (!vstate_enable(s, v, q, vwr_le16_to_cpu(c.enabled)))
        return false;
    if (q->desc_addr != vwr_le64_to_cpu(c.queue_desc) || q->driver_addr != vwr_le64_to_cpu(c.queue_driver) ||
        q->device_addr != vwr_le64_to_cpu(c.queue_device)) /* legacy: computed from the other addresses */
        return vstate_refuse_queue(s, q, VWR_VSTATE_MEMORY, vwr_le64_to_cpu(c.queue_desc), q->size);
    return vstate_load_position(s, v, q, &p) &&
           vstate_load_flight(s, class, v, q, &part, vwr_le16_to_cpu(p.in_flight)) &&
           vstate_check_position(s, v, q, &p);
}
