/* SPDX-License-Identifier: MIT */
#include "vwr/vdev.h"
#include "vwr/access.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vdev_common.h"

/* Reasons to interrupt: the same bits on every transport. */
enum {
    USED_BUFFER = VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK,
    CONFIG_CHANGE = VWR_MMIO_INTERRUPT_STATUS_CONFIG_CHANGE_MASK
};

void vwr_vdev_features(struct vwr_features *f)
{
    vwr_features_clear(f);
    if (VWR_WITH_INDIRECT)
        vwr_features_add(f, VWR_F_INDIRECT_DESC);
    if (VWR_WITH_EVENT_IDX)
        vwr_features_add(f, VWR_F_EVENT_IDX);
    if (VWR_WITH_PACKED)
        vwr_features_add(f, VWR_F_RING_PACKED);
    if (VWR_WITH_IN_ORDER)
        vwr_features_add(f, VWR_F_IN_ORDER);
    if (VWR_WITH_NOTIFICATION_DATA)
        vwr_features_add(f, VWR_F_NOTIFICATION_DATA);
    vwr_features_add(f, VWR_F_RING_RESET);
}

static void copy_set(struct vwr_features *to, const struct vwr_features *from)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        to->w[i] = from->w[i];
}

/* The lowest bit of `a` that is not in `b`; -1: there is none. */
static int first_missing(const struct vwr_features *a, const struct vwr_features *b)
{
    for (unsigned bit = 0; bit < 32u * VWR_FEATURE_WORDS; bit++)
        if (vwr_features_have(a, bit) && !vwr_features_have(b, bit))
            return (int)bit;
    return -1;
}

/* Drops what the rules of all devices and of this class do not let stand. */
static void close_set(const struct vwr_vdev_class *kind, struct vwr_features *f)
{
    struct vwr_features before;

    do { /* what one table drops, the other may need */
        copy_set(&before, f);
        vwr_features_close(f, vwr_feature_rules, VWR_FEATURE_RULE_COUNT);
        vwr_features_close(f, kind->rules, kind->rule_count);
    } while (first_missing(&before, f) >= 0);
}

/* The first that goes wrong is kept, unless it was only refused and this one breaks the device. */
static void note(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    v->fault = (uint8_t)fault;
    v->fault_queue = (uint16_t)queue;
    v->fault_a = a;
    v->fault_b = b;
}

static void note_refusal(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a)
{
    if (v->fault == VWR_VFAULT_NONE)
        note(v, queue, fault, a, 0);
}

/* After each change of status, and with it of what was accepted: of the registers of the legacy interface
 * none is part of a feature. volatile: or it becomes a call of memset. */
static void forget_what_is_allowed(struct vwr_vdev *v)
{
    volatile uint8_t *const read = v->allowed[0];
    volatile uint8_t *const written = v->allowed[1];

    for (unsigned i = 0; i < VWR_VDEV_ALLOWED_WORDS; i++) {
        read[i] = VWR_REGISTER_NONE;
        written[i] = VWR_REGISTER_NONE;
    }
}

static void interrupt(struct vwr_vdev *v, uint8_t reason)
{
    v->interrupt |= reason;
    vwr_count_add(&v->stats.interrupts, 1);
    v->vm->ops->irq(v->vm, v->line, true);
}

void vwr_vdev_interrupt(struct vwr_vdev *v)
{
    interrupt(v, USED_BUFFER);
}

/* What was put off for lack of a hook that comes back to it. */
static void vdev_serve_more(struct vwr_vdev *v)
{
    v->more = false;
    v->work = v->budget_bytes;
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vdev_serve_locked(v, n);
    if (v->unfinished)
        vwr_vdev_go_on(v);
}

void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons)
{
    const uint8_t before = v->interrupt;

    if ((reasons & ~(uint32_t)before) != 0)
        vwr_vdev_ignore(v);
    v->interrupt &= (uint8_t)~reasons;
    if (before != 0 && v->interrupt == 0)
        v->vm->ops->irq(v->vm, v->line, false);
    if (v->more)
        vdev_serve_more(v);
}

static bool has_driver(const struct vwr_vdev *v)
{
    return (v->status & (VWR_STATUS_DRIVER_OK | VWR_STATUS_FAILED)) == VWR_STATUS_DRIVER_OK;
}

void vwr_vdev_config_changed(struct vwr_vdev *v)
{
    v->generation++;
    if (has_driver(v))
        interrupt(v, CONFIG_CHANGE);
}

int vwr_vdev_break(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    if (v->broken)
        return VWR_EBADRING;
    note(v, queue, fault, a, b);
    v->broken = true;
    v->live = false;
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vqueue_stop(&v->queue[n]);
    v->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    forget_what_is_allowed(v);
    if (has_driver(v))
        interrupt(v, CONFIG_CHANGE);
    if (v->vm->ops->broken != NULL)
        v->vm->ops->broken(v->vm, v);
    return VWR_EBADRING;
}

void vwr_vdev_needs_reset(struct vwr_vdev *v)
{
    vwr_vdev_lock(v);
    (void)vwr_vdev_break(v, 0, VWR_VFAULT_HOST, 0, 0);
    vwr_vdev_unlock(v);
}

static void clear_registers(struct vwr_vqueue *q)
{
    q->size = 0;
    q->align = 0;
    q->pfn = 0;
    q->desc_addr = 0;
    q->driver_addr = 0;
    q->device_addr = 0;
}

/* Status and all that a driver has set. What the document does not let a reset change stays: the page size.
 */
static void forget_driver(struct vwr_vdev *v)
{
    v->status = VWR_STATUS_RESET;
    v->live = false;
    v->broken = false;
    v->resetting = false;
    v->more = false;
    v->unfinished = false;
    v->notify_mask = ~(uint32_t)0;
    v->device_sel = 0;
    v->driver_sel = 0;
    v->queue_sel = 0;
    v->shm_sel = 0;
    v->beyond = 0;
    vwr_features_clear(&v->written);
    vwr_features_clear(&v->accepted);
    forget_what_is_allowed(v);
    note(v, 0, VWR_VFAULT_NONE, 0, 0);
}

/*
 * The driver sees that the reset is going on: a status that is not 0, and a device that takes no step.
 * Section: Device Reset.
 */
static VWR_COLD void vdev_keep_resetting(struct vwr_vdev *v)
{
    v->resetting = true;
    v->broken = true;
    v->status = VWR_STATUS_DEVICE_NEEDS_RESET;
    note(v, 0, VWR_VFAULT_UNSAFE, 0, 0);
}

void vwr_vdev_set_unsafe(struct vwr_vdev *v, bool unsafe)
{
    if (v->unsafe == unsafe)
        return;
    v->unsafe = unsafe;
    if (unsafe)
        (void)vwr_vdev_break(v, 0, VWR_VFAULT_UNSAFE, 0, 0);
    else if (v->resetting)
        forget_driver(v);
    for (uint16_t n = 0; n < v->queues && !unsafe; n++)
        v->queue[n].resetting = false;
    if (v->vm->ops->unsafe != NULL)
        v->vm->ops->unsafe(v->vm, v, unsafe);
}

static void reset(struct vwr_vdev *v)
{
    v->live = false; /* nothing that the class still says is listened to */
    if (v->kind->reset != NULL)
        v->kind->reset(v);
    for (uint16_t n = 0; n < v->queues; n++) {
        vwr_vqueue_disable(&v->queue[n]);
        v->queue[n].resetting = false;
        clear_registers(&v->queue[n]);
    }
    forget_driver(v);
    if (v->unsafe)
        vdev_keep_resetting(v);
    vwr_count_add(&v->stats.resets, 1);
    if (v->interrupt != 0) {
        v->interrupt = 0;
        v->vm->ops->irq(v->vm, v->line, false);
    }
}

void vwr_vdev_reset(struct vwr_vdev *v)
{
    vwr_vdev_lock(v);
    reset(v);
    vwr_vdev_unlock(v);
}

void vwr_vdev_stop_queue(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    if (!q->ready)
        return;
    if (v->kind->queue_reset != NULL)
        v->kind->queue_reset(v, q->index);
    vwr_vqueue_disable(q);
    q->resetting = v->unsafe;
}

void vwr_vdev_reset_queue(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    vwr_vdev_stop_queue(v, q);
    clear_registers(q);
}

/* The address of a queue that is most likely to blame: the first that is in no region. */
static uint64_t bad_address(const struct vwr_vdev *v, const struct vwr_vqueue *q)
{
    void *host;

    if (VWR_WITH_LEGACY && v->legacy)
        return (uint64_t)q->pfn * v->guest_page_size;
    if (vwr_vm_run(v->vm, q->desc_addr, &host) == 0)
        return q->desc_addr;
    if (vwr_vm_run(v->vm, q->driver_addr, &host) == 0)
        return q->driver_addr;
    if (vwr_vm_run(v->vm, q->device_addr, &host) == 0)
        return q->device_addr;
    return q->desc_addr;
}

/* Why a queue did not become ready. */
static void refuse_queue(struct vwr_vdev *v, const struct vwr_vqueue *q, int result)
{
    const bool any_size = VWR_WITH_PACKED && vwr_features_have(&v->accepted, VWR_F_RING_PACKED);

    if (result == VWR_ERANGE)
        (void)vwr_vdev_break(v, q->index, VWR_VFAULT_QUEUE_MEMORY, bad_address(v, q), q->size);
    else if (q->size == 0 || q->size > v->size_max || (!any_size && !vdev_is_power_of_2(q->size)))
        note_refusal(v, q->index, VWR_VFAULT_QUEUE_SIZE, q->size);
    else
        note_refusal(v, q->index, VWR_VFAULT_QUEUE_ALIGN, v->legacy ? q->align : q->desc_addr);
}

void vwr_vdev_start_queue(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    int r;

    if (q->ready || v->broken) {
        vwr_vdev_ignore(v);
        return;
    }
    r = q->size > v->size_max ? VWR_EINVAL
                              : vwr_vqueue_enable(q, &v->accepted, v->legacy, v->guest_page_size);
    if (r != VWR_OK) {
        vwr_vdev_ignore(v);
        refuse_queue(v, q, r);
    }
}

/*
 * Rings that were taken into use by features that are no longer so. One out of which something has come stays
 * as it is: drivers of the legacy interface use a device before they write the features.
 */
static void renew_queues(struct vwr_vdev *v)
{
    for (uint16_t n = 0; n < v->queues; n++) {
        struct vwr_vqueue *const q = &v->queue[n];

        if (!q->ready || q->last_avail != 0)
            continue;
        vwr_vqueue_disable(q);
        vwr_vdev_start_queue(v, q);
        if (!q->ready)
            q->pfn = 0;
    }
}

/*
 * There is no way to refuse them, and none to say that they are final: each write counts.
 * Section: Legacy Interface: Device Initialization.
 */
static void accept_legacy(struct vwr_vdev *v)
{
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        v->accepted.w[i] = v->written.w[i] & v->offered.w[i];
    close_set(v->kind, &v->accepted);
    if (v->kind->negotiated != NULL)
        (void)v->kind->negotiated(v);
    renew_queues(v);
}

void vwr_vdev_set_features(struct vwr_vdev *v, uint32_t word, uint32_t value)
{
    if (word < VWR_FEATURE_WORDS) {
        v->written.w[word] = value;
    } else if (value == 0 && v->beyond / 32u == word) {
        v->beyond = 0;
    } else if (value != 0) {
        v->beyond = (uint64_t)word * 32u;
        for (; (value & 1u) == 0; value >>= 1)
            v->beyond++;
    }
    if (VWR_WITH_LEGACY && v->legacy)
        accept_legacy(v);
}

/* Is what the driver wrote a set that this device can work with? Otherwise why not is noted. */
static bool is_good_set(struct vwr_vdev *v)
{
    struct vwr_features closed;
    int bit = first_missing(&v->written, &v->offered);

    if (bit < 0) {
        copy_set(&closed, &v->written);
        close_set(v->kind, &closed);
        bit = first_missing(&v->written, &closed);
    }
    if (!vwr_features_have(&v->written, VWR_F_VERSION_1))
        note_refusal(v, 0, VWR_VFAULT_VERSION_1, 0);
    else if (bit >= 0)
        note_refusal(v, 0, VWR_VFAULT_FEATURES, (uint64_t)bit);
    else if (v->beyond != 0)
        note_refusal(v, 0, VWR_VFAULT_FEATURES, v->beyond);
    else
        return true;
    return false;
}

static bool negotiate(struct vwr_vdev *v)
{
    int r;

    if (!is_good_set(v))
        return false;
    copy_set(&v->accepted, &v->written);
    r = v->kind->negotiated != NULL ? v->kind->negotiated(v) : VWR_OK;
    if (r < 0) {
        vwr_features_clear(&v->accepted);
        note_refusal(v, 0, VWR_VFAULT_CLASS, 0u - (unsigned)r);
        return false;
    }
    if (VWR_WITH_NOTIFICATION_DATA && vwr_vdev_has(v, VWR_F_NOTIFICATION_DATA))
        v->notify_mask = VWR_MMIO_QUEUE_NOTIFY_VQ_INDEX_MASK;
    return true;
}

/* What a legacy driver took and was not offered: it is told nowhere, so it is noted. */
static void note_legacy(struct vwr_vdev *v)
{
    const int bit = first_missing(&v->written, &v->offered);

    if (bit >= 0 || v->beyond != 0)
        note_refusal(v, 0, VWR_VFAULT_FEATURES, bit >= 0 ? (uint64_t)bit : v->beyond);
}

/*
 * May the driver take this step of the status machine now? That it has taken the first of them is not asked
 * for: nothing hangs on it, and U-Boot loses it by a reset between the first and the second.
 */
static bool is_step(const struct vwr_vdev *v, const struct vwr_status_step *s)
{
    const struct vwr_standing standing = {v->legacy, v->status | VWR_STATUS_ACKNOWLEDGE, &v->accepted};

    return vwr_step_verdict(s, &standing) == VWR_ALLOWED;
}

/* True if the step is taken; otherwise its bit stays clear. */
static bool take_step(struct vwr_vdev *v, const struct vwr_status_step *s)
{
    if (!is_step(v, s) || (VWR_WITH_MODERN && s->may_refuse && !negotiate(v)))
        return false;
    if (VWR_WITH_LEGACY && v->legacy && s->bit == VWR_STATUS_DRIVER_OK)
        note_legacy(v);
    v->status |= s->bit;
    forget_what_is_allowed(v);
    if ((s->opens_queues & (v->legacy ? VWR_LEGACY : VWR_MODERN)) != 0)
        v->live = !v->broken;
    if (s->closes_queues)
        v->live = false;
    return true;
}

void vwr_vdev_set_status(struct vwr_vdev *v, uint32_t value)
{
    uint32_t left = value & ~(uint32_t)v->status; /* bits that are not there yet */

    if (value == VWR_STATUS_RESET) {
        reset(v);
        return;
    }
    if (v->resetting)
        left = 0;
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *const s = &vwr_status_steps[i];

        if (s->by == VWR_BY_DRIVER && !s->clears && (left & s->bit) != 0 && take_step(v, s))
            left &= ~(uint32_t)s->bit; /* a bit can have several steps, of which one fits */
    }
    if (left != 0 || (v->status & ~value) != 0) /* of no step; or to be cleared, which only a reset does */
        vwr_vdev_ignore(v);
}

/*
 * The budget is used up and the queue has more: for whoever comes back to it. A hook that does so within its
 * own call is not called once more within that.
 */
void vwr_vdev_put_off(struct vwr_vdev *v, uint16_t queue)
{
    const struct vwr_vm_ops *const ops = v->vm->ops;
    vwr_vm_queue_hook *const hook = ops->again != NULL ? ops->again : ops->kicked;

    if (hook != NULL && !v->in_hook) {
        v->in_hook = true;
        hook(v->vm, v, queue);
        v->in_hook = false;
    } else {
        v->more = true;
        v->unfinished = v->unfinished || v->work == 0;
    }
}

/* With an event index nothing has to be said before buffers are taken: the driver has passed it, and does not
 * notify again until it is moved. */
VWR_ALWAYS_INLINE void vdev_before_take(struct vwr_vqueue *q)
{
    if (!q->event_idx)
        vwr_vqueue_disarm(q);
}

/* Takes buffers as long as there are some and the budget lasts: how many. */
static uint16_t take(struct vwr_vdev *v, struct vwr_vqueue *q, uint16_t most)
{
    uint16_t taken = 0;
    uint16_t some;

    vdev_before_take(q);
    do {
        some = v->kind->serve(v, q->index, (uint16_t)(most - taken));
        taken = (uint16_t)(taken + some);
    } while (some != 0 && taken < most && v->work != 0);
    return taken;
}

/* There were more than the first: at most `most` of them, how many. */
static __attribute__((noinline)) uint16_t vdev_serve_rest(struct vwr_vdev *v, struct vwr_vqueue *q,
                                                          uint16_t most)
{
    uint16_t left = most;
    uint16_t taken;

    do {
        if (left == 0 || v->work == 0) {
            vwr_vdev_put_off(v, q->index);
            break;
        }
        taken = take(v, q, left);
        left = (uint16_t)(left - taken);
        if (taken == 0 && v->work != 0) /* there is one, and the class cannot take it now */
            break;
    } while (!vwr_vqueue_arm(q));
    return (uint16_t)(most - left);
}

/*
 * At most `most` buffers, not 0, with some of the budget of bytes left: how many. One buffer is what there is
 * most often: only arm, which has to be called, asks for another.
 */
VWR_ALWAYS_INLINE uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q, uint16_t most)
{
    uint16_t taken;

    vdev_before_take(q);
    taken = v->kind->serve(v, q->index, 1);
    if (!vwr_vqueue_arm(q))
        taken = (uint16_t)(taken + vdev_serve_rest(v, q, (uint16_t)(most - taken)));
    if (v->kind->flush != NULL)
        v->kind->flush(v, q->index);
    (void)vwr_vqueue_signal(q);
    return taken;
}

static bool is_alive(const struct vwr_vdev *v, uint32_t queue)
{
    return v->live && queue < v->queues && v->queue[queue].ready;
}

/* One of several queues that are served with the lock held once: at most `most` buffers, how many. */
static uint16_t vdev_serve_one(struct vwr_vdev *v, uint16_t queue, uint16_t most)
{
    uint16_t taken = 0;

    if (!is_alive(v, queue))
        return 0;
    if (most == 0 || v->work == 0)
        vwr_vdev_put_off(v, queue);
    else
        taken = serve(v, &v->queue[queue], most);
    vwr_vdev_charge(v, 0, taken);
    return taken;
}

void vwr_vdev_serve_locked(struct vwr_vdev *v, uint16_t queue)
{
    (void)vdev_serve_one(v, queue, v->budget);
}

void vwr_vdev_serve(struct vwr_vdev *v, uint16_t queue)
{
    vwr_vdev_lock(v);
    if (is_alive(v, queue))
        (void)serve(v, &v->queue[queue], v->budget);
    vwr_vdev_unlock(v);
}

/*
 * Each time with a budget of bytes of its own, and others may have the lock in between. What is left when as
 * many buffers as a budget has were taken waits for the driver's acknowledgement.
 */
void vwr_vdev_go_on(struct vwr_vdev *v)
{
    uint16_t left = v->budget;

    do {
        v->unfinished = false;
        vwr_vdev_unlock(v);
        vwr_vdev_lock(v);
        v->more = false;
        for (uint16_t n = 0; n < v->queues; n++)
            left = (uint16_t)(left - vdev_serve_one(v, n, left));
    } while (v->unfinished && left != 0);
    v->unfinished = false;
}

static __attribute__((noinline)) void vdev_serve_at_once(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    v->work = v->budget_bytes;
    (void)serve(v, q, v->budget);
    if (v->unfinished)
        vwr_vdev_go_on(v);
}

void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value)
{
    const uint32_t n = value & v->notify_mask;

    if (!is_alive(v, n)) {
        vwr_vdev_ignore(v);
        return;
    }
    vwr_count_add(&v->queue[n].stats.kicks, 1);
    if (v->vm->ops->kicked != NULL) {
        v->vm->ops->kicked(v->vm, v, (uint16_t)n);
        return;
    }
    vdev_serve_at_once(v, &v->queue[n]);
}

uint64_t vwr_vdev_config_read(const struct vwr_vdev *v, uint32_t offset, unsigned bytes)
{
    const uint8_t *const config = (const uint8_t *)v->config;
    uint64_t value = 0;

    for (unsigned i = 0; i < bytes && i < sizeof(value) && offset + i < v->config_bytes; i++)
        value |= (uint64_t)config[offset + i] << (8u * i);
    return value;
}

/* Is one of the features there that the field is part of, if it is of any? */
static bool is_open(const struct vwr_vdev *v, const struct vwr_config_field *f)
{
    const struct vwr_features *const there = f->early || v->legacy ? &v->offered : &v->accepted;

    for (unsigned i = 0; i < sizeof(f->any); i++)
        if (vwr_features_have(there, f->any[i]))
            return true;
    return f->any[0] == VWR_FEATURE_NONE;
}

/* May the driver write the configuration byte at `offset` now? */
static bool is_writable(const struct vwr_vdev *v, uint32_t offset)
{
    for (unsigned i = 0; i < v->kind->field_count; i++) {
        const struct vwr_config_field *const f = &v->kind->fields[i];

        if (offset - f->offset < f->bytes && (f->access[v->legacy ? 0 : 1] & VWR_WRITE) != 0 && is_open(v, f))
            return true;
    }
    return false;
}

void vwr_vdev_config_write(struct vwr_vdev *v, uint32_t offset, unsigned bytes, uint64_t value)
{
    uint8_t *const config = (uint8_t *)v->config;
    bool allowed = bytes <= sizeof(value);

    for (unsigned i = 0; allowed && i < bytes; i++)
        allowed = offset + i < v->config_bytes && is_writable(v, offset + i);
    if (!allowed) {
        vwr_vdev_ignore(v);
        return;
    }
    for (unsigned i = 0; i < bytes; i++)
        config[offset + i] = (uint8_t)(value >> (8u * i));
    if (v->kind->config_written != NULL)
        v->kind->config_written(v, offset, bytes);
}

static int check_setup(const struct vwr_vdev_setup *s, uint16_t queues)
{
    if (s->vm == NULL || s->vm->ops == NULL || s->vm->ops->irq == NULL ||
        !vdev_is_power_of_2(s->queue_size) || s->queue_size > VWR_VDEV_QUEUE_SIZE_MAX)
        return VWR_EINVAL;
    if (s->queues < queues || (s->queue == NULL && queues != 0))
        return VWR_ENOQUEUE;
    if (s->own_bytes < VWR_VDEV_OWN_BYTES(queues, s->queue_size))
        return VWR_ENOMEM;
    if ((!VWR_WITH_LEGACY && s->legacy) || (!VWR_WITH_MODERN && !s->legacy))
        return VWR_EUNSUPP;
    return VWR_OK;
}

/* What is offered: the ring's and the transport's that are wanted and that there are, and the class's. */
static void offer(struct vwr_vdev *v, const struct vwr_features *wanted, const struct vwr_features *own)
{
    struct vwr_features ours;

    vwr_vdev_features(&ours);
    vwr_features_add(&ours, VWR_F_ACCESS_PLATFORM); /* change nothing here: the VMM's to say */
    vwr_features_add(&ours, VWR_F_ORDER_PLATFORM);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        v->offered.w[i] = v->legacy && i != 0 ? 0 : (wanted->w[i] & ours.w[i]) | own->w[i];
    if (v->legacy)
        vwr_features_remove(&v->offered, VWR_F_VERSION_1);
    else
        vwr_features_add(&v->offered, VWR_F_VERSION_1);
    close_set(v->kind, &v->offered);
}

void vwr_vdev_limit(struct vwr_vdev *v, uint32_t segs)
{
    const uint32_t borders = vwr_vm_borders(v->vm);

    v->size_max = v->queues != 0 ? v->queue[0].max : 1u;
    while (v->size_max > 1u && v->size_max + borders > segs)
        v->size_max /= 2u;
}

int vwr_vdev_init(struct vwr_vdev *v, const struct vwr_vdev_class *kind, const struct vwr_vdev_setup *s,
                  const struct vwr_features *own_features, uint16_t queues, void *config,
                  uint16_t config_bytes)
{
    const int r = check_setup(s, queues);

    if (r != VWR_OK)
        return r;
    vwr_zero(v, sizeof(*v));
    v->kind = kind;
    v->vm = s->vm;
    v->quick_words = s->vm->ops->lock != NULL ? 0 : VWR_VDEV_ALLOWED_WORDS;
    v->queue = s->queue;
    v->queues = queues;
    v->legacy = s->legacy;
    v->config = config;
    v->config_bytes = config_bytes;
    v->line = s->line;
    v->budget = s->budget != 0 ? s->budget : VWR_VDEV_BUDGET;
    v->budget_bytes = s->budget_bytes != 0 ? s->budget_bytes : VWR_VDEV_BUDGET_BYTES;
    v->work = v->budget_bytes;
    v->vendor = s->vendor != 0 ? s->vendor : VWR_VDEV_VENDOR;
    v->shm = s->shm;
    v->shms = s->shms;
    v->size_max = s->queue_size;
    offer(v, &s->features, own_features);
    for (uint16_t n = 0; n < queues; n++)
        vwr_vqueue_init(&v->queue[n], v, s->vm, n, s->own + (size_t)n * s->queue_size, s->queue_size);
    forget_driver(v);
    return VWR_OK;
}
