/* SPDX-License-Identifier: MIT */
#include "vdev_common.h"

/*
 * Serving queues within the budgets (vdev.h), and interrupts. Section: Available Buffer Notifications; Used
 * Buffer Notifications.
 */

/*
 * Called if the budget is used up and the queue has more buffers. Defers them to the VMM's hook or, if there
 * is none, to vwr_vdev_run_deferred() or the driver's next acknowledgement. Does not recurse into a hook that
 * itself serves the queue.
 */
void vwr_vdev_defer(struct vwr_vdev *v, uint16_t queue)
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

/* Without a hook, they are served when the lock is released. */
void vwr_vdev_defer_others(struct vwr_vdev *v, uint16_t queue)
{
    for (uint16_t n = 0; n < v->queues; n++)
        if (n != queue && vwr_vdev_is_alive(v, n))
            vwr_vdev_defer(v, n);
    v->unfinished = v->unfinished || v->more;
}

/*
 * Called before several buffers are taken. With an event index, nothing has to be written: the driver has
 * passed the index and does not send notifications until it is moved.
 */
VWR_ALWAYS_INLINE void vdev_before_take(struct vwr_vqueue *q)
{
    if (!q->event_idx)
        vwr_vqueue_disarm(q);
}

/* Takes buffers as long as the budget lasts. Returns their number. */
static uint16_t vdev_take(struct vwr_vdev *v, struct vwr_vqueue *q, uint16_t most)
{
    const uint32_t outer = v->most; /* a class may serve one queue while it serves another */
    uint16_t left = most;
    uint16_t some;

    vdev_before_take(q);
    do {
        v->most = left;
        some = v->kind->serve(v, q);
        left = (uint16_t)(left - some);
    } while (some != 0 && left != 0 && v->work != 0);
    v->most = v->work != 0 ? outer : 0;
    return (uint16_t)(most - left);
}

/* Takes the buffers after the first, up to `most`. Returns their number. */
static __attribute__((noinline)) uint16_t vdev_serve_rest(struct vwr_vdev *v, struct vwr_vqueue *q,
                                                          uint16_t most)
{
    uint16_t left = most;
    uint16_t taken;

    do {
        if (left == 0 || v->work == 0) {
            vwr_vdev_defer(v, q->index);
            break;
        }
        taken = vdev_take(v, q, left);
        left = (uint16_t)(left - taken);
        if (taken == 0 && v->work != 0) /* the class cannot take the next buffer now */
            break;
    } while (!vwr_vqueue_arm(q));
    return (uint16_t)(most - left);
}

/*
 * Takes up to *most buffers, which is not 0, and returns their number; the byte budget is not used up. A
 * single buffer is the common case. Without an event index, notifications stay enabled for it, so the driver
 * sends notifications for later buffers, and the queue need not be armed.
 */
VWR_FAST_INLINE uint16_t vdev_serve(struct vwr_vdev *v, struct vwr_vqueue *q, const uint16_t *most)
{
    uint16_t taken;

    if (VWR_RARELY(!vwr_vqueue_is_current(q)))
        vwr_vqueue_check_memory(q);
    v->most = 1;
    taken = v->kind->serve(v, q);
    if (VWR_RARELY(taken == 0 || !vwr_vqueue_is_armed(q)) && !vwr_vqueue_arm(q))
        taken = (uint16_t)(taken + vdev_serve_rest(v, q, (uint16_t)(*most - taken)));
    if (v->to_flush)
        v->kind->flush(v, q->index);
    (void)vwr_vdev_signal(v, q);
    return taken;
}

/*
 * Serves up to `most` buffers of one of several queues that are served while the lock is held once. Returns
 * their number.
 */
static uint16_t vdev_serve_one(struct vwr_vdev *v, uint16_t queue, uint16_t most)
{
    uint16_t taken = 0;

    if (!vwr_vdev_is_alive(v, queue)) {
        vwr_vdev_continue_suspend_(v);
        return 0;
    }
    if (most == 0 || v->work == 0)
        vwr_vdev_defer(v, queue);
    else
        taken = vdev_serve(v, &v->queue[queue], &most);
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
    if (vwr_vdev_is_alive(v, queue))
        (void)vdev_serve(v, &v->queue[queue], &v->budget);
    else
        vwr_vdev_continue_suspend_(v);
    vwr_vdev_unlock(v);
}

/*
 * Each pass has its own byte budget, and the lock is dropped between passes. Buffers that remain after a full
 * buffer budget wait for the driver's acknowledgement.
 */
void vwr_vdev_run_deferred(struct vwr_vdev *v)
{
    uint16_t left = v->budget;

    do {
        v->unfinished = false;
        vwr_vdev_unlock(v);
        vwr_vdev_lock(v);
        v->more = false;
        vwr_vdev_continue_reset_(v);
        for (uint16_t n = 0; n < v->queues; n++)
            left = (uint16_t)(left - vdev_serve_one(v, n, left));
    } while (v->unfinished && left != 0);
    vwr_vdev_settle_(v);
    v->unfinished = false;
}

static __attribute__((noinline)) void vdev_serve_at_once(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    v->work = v->budget_bytes;
    (void)vdev_serve(v, q, &v->budget);
    if (v->unfinished)
        vwr_vdev_run_deferred(v);
}

/*
 * Handles a notification of a queue that is not live. Before DRIVER_OK, it is remembered: the device must not
 * consume buffers yet. With as_qemu, it opens the queues, because the driver may wait for its request.
 */
static VWR_COLD void vdev_notified_early(struct vwr_vdev *v, uint32_t queue)
{
    const bool refused = v->broken || (v->status & VWR_STATUS_FAILED) != 0;

    if (refused || queue >= v->queues || (v->opened && !v->early)) {
        vwr_vdev_ignore(v);
    } else if (v->as_qemu && !v->legacy && !v->held && (v->status & VWR_STATUS_FEATURES_OK) != 0 &&
               v->queue[queue].ready) {
        v->opened = true;
        v->early = true;
        v->live = true;
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_EARLY_REQUEST);
        vwr_vdev_notified(v, queue);
    } else {
        v->notified = true;
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_EARLY_NOTIFICATION);
    }
}

void vwr_vdev_notified(struct vwr_vdev *v, uint32_t value)
{
    const uint32_t n = value & v->notify_mask;

    if (!vwr_vdev_is_alive(v, n)) {
        vdev_notified_early(v, n);
        return;
    }
    vwr_count_add(&v->queue[n].stats.kicks, 1);
    if (v->vm->ops->kicked != NULL) {
        v->vm->ops->kicked(v->vm, v, (uint16_t)n);
        return;
    }
    vdev_serve_at_once(v, &v->queue[n]);
}

void vwr_vdev_raise_(struct vwr_vdev *v, uint8_t reason, uint16_t queue)
{
    vwr_count_add(&v->stats.interrupts, 1);
    if (VWR_RARELY(v->bus != NULL)) {
        v->bus->raise(v, reason, queue);
        return;
    }
    v->interrupt |= reason;
    v->vm->ops->irq(v->vm, v->line, true);
}

void vwr_vdev_interrupt(struct vwr_vdev *v, uint16_t queue)
{
    vwr_vdev_raise_(v, VDEV_USED_BUFFER, queue);
}

/* Serves queues that were deferred without a hook, or while the device was suspended. */
VWR_COLD void vwr_vdev_serve_all_(struct vwr_vdev *v)
{
    v->more = false;
    v->work = v->budget_bytes;
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vdev_serve_locked(v, n);
    if (v->unfinished)
        vwr_vdev_run_deferred(v);
}

void vwr_vdev_lower_(struct vwr_vdev *v, uint32_t reasons)
{
    const uint8_t before = v->interrupt;

    v->interrupt &= (uint8_t)~reasons;
    if (v->bus != NULL)
        v->bus->lower(v);
    else if (!v->vm->ops->edges && before != 0 && v->interrupt == 0)
        v->vm->ops->irq(v->vm, v->line, false);
}

void vwr_vdev_acknowledge(struct vwr_vdev *v, uint32_t reasons)
{
    if ((reasons & ~(uint32_t)v->interrupt) != 0)
        vwr_vdev_ignore(v);
    vwr_vdev_lower_(v, reasons);
    if (v->more)
        vwr_vdev_serve_all_(v);
}

/* ---- for classes ---- */

bool vwr_vdev_claim(struct vwr_vdev *v, uint64_t *slot, uint64_t ticket)
{
    if (ticket == 0 || *slot != ticket) {
        vwr_count_add(&v->stats.late, 1);
        return false;
    }
    *slot = 0;
    return true;
}

bool vwr_vdev_pop(struct vwr_vdev *v, uint16_t queue, struct vwr_vchain *c)
{
    struct vwr_vqueue *const q = &v->queue[queue];

    if (VWR_RARELY(!vwr_vqueue_is_current(q)))
        vwr_vqueue_check_memory(q);
    if (!v->live || vwr_vqueue_pop_avail(q, c) <= 0) {
        vwr_vdev_check_queue(v, q);
        return false;
    }
    vwr_vdev_charge(v, 0, (uint32_t)c->out + c->in);
    vwr_vdev_charge_extra(v, q);
    return true;
}

uint32_t vwr_vdev_write(struct vwr_vdev *v, struct vwr_writer *w, const void *from, uint32_t n)
{
    const uint32_t room = vwr_vdev_room(v);
    const uint32_t done = vwr_writer_write(w, from, n < room ? n : room);

    vwr_vdev_charge(v, done, 0);
    return done;
}
