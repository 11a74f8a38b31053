/* SPDX-License-Identifier: MIT */
#include "vwr/gen/pci.h"
#include "vdev_common.h"

/*
 * Device status (driven by the generated table of steps), faults and reset. Section: Device Status Field;
 * Device Reset.
 */

/* The first fault is kept, except that a fatal one replaces a refusal. */
void vwr_vdev_note_(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    v->fault.kind = (uint16_t)fault;
    v->fault.queue = (uint16_t)queue;
    v->fault.a = a;
    v->fault.b = b;
}

void vwr_vdev_note_refusal_(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a)
{
    if (v->fault.kind == VWR_VFAULT_NONE)
        vwr_vdev_note_(v, queue, fault, a, 0);
}

/*
 * Called after each change of the status. A legacy driver can change its features at any time, but no legacy
 * register depends on a feature. volatile prevents a call to memset.
 */
void vwr_vdev_forget_allowed_(struct vwr_vdev *v)
{
    volatile uint8_t *const read = v->allowed[0];
    volatile uint8_t *const written = v->allowed[1];

    for (unsigned i = 0; i < VWR_VDEV_ALLOWED_WORDS; i++) {
        read[i] = VWR_REGISTER_NONE;
        written[i] = VWR_REGISTER_NONE;
    }
}

int vwr_vdev_break(struct vwr_vdev *v, unsigned queue, enum vwr_vfault fault, uint64_t a, uint64_t b)
{
    if (v->broken)
        return VWR_EBADRING;
    vwr_vdev_note_(v, queue, fault, a, b);
    v->broken = true;
    v->live = false;
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vqueue_stop_(&v->queue[n]);
    v->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
    vwr_vdev_forget_allowed_(v);
    vwr_vdev_raise_change_(v);
    if (v->vm->ops->broken != NULL)
        v->vm->ops->broken(v->vm, v);
    return VWR_EBADRING;
}

void vwr_vdev_fail_queue(struct vwr_vdev *v, const struct vwr_vqueue *q)
{
    (void)vwr_vdev_break(v, q->index, q->fault, q->fault_a, q->fault_b);
}

void vwr_vdev_needs_reset(struct vwr_vdev *v)
{
    vwr_vdev_lock(v);
    (void)vwr_vdev_break(v, 0, VWR_VFAULT_HOST, 0, 0);
    vwr_vdev_unlock(v);
}

/* Resets the status and everything set by the driver, except the page size, which survives a reset. */
void vwr_vdev_forget_driver_(struct vwr_vdev *v)
{
    v->status = VWR_STATUS_RESET;
    v->live = false;
    v->broken = false;
    v->resetting = false;
    v->more = false;
    v->unfinished = false;
    v->config_news = false;
    v->loaded = false;
    v->notified = false;
    v->opened = false;
    v->early = false;
    v->selected = false;
    for (unsigned i = 0; i < VWR_TOLERANCE_COUNT; i++)
        vwr_count_add(&v->tolerated.before[i], v->tolerated.since_reset >> i & 1u);
    v->tolerated.since_reset = 0;
    v->notify_mask = ~(uint32_t)0;
    v->device_sel = 0;
    v->driver_sel = 0;
    v->queue_sel = 0;
    v->shm_sel = 0;
    v->config_vector = VWR_PCI_MSI_NO_VECTOR;
    v->beyond = 0;
    vwr_features_clear(&v->written);
    vwr_features_clear(&v->accepted);
    vwr_vdev_forget_allowed_(v);
    vwr_vdev_note_(v, 0, VWR_VFAULT_NONE, 0, 0);
}

/*
 * Shows the driver that the reset has not completed: the status is not 0, and the device makes no progress.
 * Section: Device Reset.
 */
static VWR_COLD void vdev_keep_resetting(struct vwr_vdev *v)
{
    v->resetting = true;
    v->broken = true;
    v->status = VWR_STATUS_DEVICE_NEEDS_RESET;
    vwr_vdev_note_(v, 0, VWR_VFAULT_UNSAFE, 0, 0);
}

/* Forgets also what the driver has written into registers of queues meanwhile. */
static VWR_COLD void vdev_complete_reset(struct vwr_vdev *v)
{
    for (uint16_t n = 0; n < v->queues; n++)
        vwr_vdev_clear_registers_(&v->queue[n]);
    vwr_vdev_forget_driver_(v);
}

void vwr_vdev_set_unsafe(struct vwr_vdev *v, bool unsafe)
{
    if (v->unsafe == unsafe)
        return;
    v->unsafe = unsafe;
    for (uint16_t n = 0; n < v->queues && !unsafe; n++)
        if (v->resetting || v->queue[n].resetting)
            vwr_vdev_release_(v, &v->queue[n]);
    if (unsafe)
        (void)vwr_vdev_break(v, 0, VWR_VFAULT_UNSAFE, 0, 0);
    else if (v->resetting)
        vdev_complete_reset(v);
    for (uint16_t n = 0; n < v->queues && !unsafe; n++)
        v->queue[n].resetting = false;
    v->unfinished = v->unfinished || vdev_is_awaited(v);
    if (v->vm->ops->unsafe != NULL)
        v->vm->ops->unsafe(v->vm, v, unsafe);
}

static void vdev_reset(struct vwr_vdev *v)
{
    v->live = false; /* the class stops serving */
    v->leftover = NULL;
    if (v->kind->reset != NULL)
        v->kind->reset(v);
    for (uint16_t n = 0; n < v->queues; n++) {
        vwr_vqueue_disable_(&v->queue[n]);
        vwr_vdev_release_(v, &v->queue[n]);
        v->queue[n].resetting = false;
        vwr_vdev_clear_registers_(&v->queue[n]);
    }
    vwr_vdev_forget_driver_(v);
    v->unfinished = v->leftover != NULL || vdev_is_awaited(v);
    if (v->unsafe)
        vdev_keep_resetting(v);
    vwr_count_add(&v->stats.resets, 1);
    vwr_vdev_lower_(v, v->interrupt);
}

/*
 * Continues a reset with a new budget. If the driver has set a status bit in the meantime, the class itself
 * does the remaining work later.
 */
void vwr_vdev_continue_reset_(struct vwr_vdev *v)
{
    const bool has = v->leftover != NULL && v->status == VWR_STATUS_RESET;
    void (*const leftover)(struct vwr_vdev *) = v->leftover;

    v->leftover = NULL;
    if (has)
        leftover(v);
    v->unfinished = v->unfinished || v->leftover != NULL;
}

void vwr_vdev_reset(struct vwr_vdev *v)
{
    vwr_vdev_lock(v);
    vdev_reset(v);
    vwr_vdev_unlock(v);
}

/*
 * Whether the driver may take this step now. ACKNOWLEDGE is not required, because nothing depends on it, and
 * U-Boot clears it with a reset between its first two steps.
 */
static bool vdev_is_step(const struct vwr_vdev *v, const struct vwr_status_step *s)
{
    const struct vwr_negotiation negotiation = {v->legacy, v->status | VWR_STATUS_ACKNOWLEDGE, &v->accepted};

    return vwr_check_step(s, &negotiation) == VWR_ALLOWED;
}

/* In the legacy interface, the queues are opened before DRIVER_OK. */
static bool vdev_opens_queues(const struct vwr_vdev *v, const struct vwr_status_step *s)
{
    return (s->opens_queues & (v->legacy ? VWR_LEGACY : VWR_MODERN)) != 0;
}

/* The driver has taken the step that opens the queues. An earlier notification is served now. */
static void vdev_open(struct vwr_vdev *v)
{
    const bool notified = v->notified;

    v->live = !v->broken && !v->held;
    v->opened = true;
    v->early = false;
    v->notified = false;
    if (notified && v->live)
        vwr_vdev_notify_all_(v);
}

/* Returns true if the step is taken; otherwise its bit stays clear. */
static bool vdev_take_step(struct vwr_vdev *v, const struct vwr_status_step *s)
{
    if (!vdev_is_step(v, s) || (s->may_refuse && !vwr_vdev_negotiate_(v)))
        return false;
    if (vwr_vdev_is_legacy(v) && s->bit == VWR_STATUS_DRIVER_OK)
        vwr_vdev_note_legacy_(v);
    v->status |= s->bit;
    vwr_vdev_forget_allowed_(v);
    if (s->may_refuse)
        vwr_vdev_update_queues_(v);
    if (vdev_opens_queues(v, s))
        vdev_open(v);
    if (s->closes_queues)
        v->live = false;
    if (vdev_has_suspend(v) && s->bit == VWR_STATUS_SUSPEND)
        vwr_vdev_begin_suspend_(v);
    else if (vdev_has_suspend(v) && s->bit == VWR_STATUS_DRIVER_OK)
        vwr_vdev_resume_(v);
    return true;
}

/* The driver has taken its first step on a running device that it did not reset. */
static VWR_COLD void vdev_start_again(struct vwr_vdev *v)
{
    if (!v->as_qemu) {
        vwr_vdev_note_refusal_(v, 0, VWR_VFAULT_NO_RESET, 0);
        return;
    }
    vdev_reset(v);
    vwr_tolerate_(&v->tolerated, VWR_TOLERATED_NO_RESET);
}

/*
 * The legacy interface has no FEATURES_OK: nothing depends on it there, and the features stay open. Some
 * drivers set it all the same, and go on only if it stays set.
 */
static VWR_COLD void vdev_store_features_ok(struct vwr_vdev *v)
{
    v->status |= VWR_STATUS_FEATURES_OK;
    vwr_tolerate_(&v->tolerated, VWR_TOLERATED_LEGACY_FEATURES_OK);
}

void vwr_vdev_set_status_(struct vwr_vdev *v, uint32_t value)
{
    const bool running = (v->status & VWR_STATUS_DRIVER_OK) != 0;
    uint32_t left, cleared; /* bits to be set; bits that only a reset clears */

    if (value == VWR_STATUS_RESET) {
        vdev_reset(v);
        return;
    }
    if (running && (value & ~(uint32_t)VWR_STATUS_DRIVER) == VWR_STATUS_ACKNOWLEDGE)
        vdev_start_again(v);
    cleared = v->status & ~value;
    if ((cleared & ~(uint32_t)VWR_STATUS_DEVICE_NEEDS_RESET) != 0)
        vwr_tolerate_(&v->tolerated, VWR_TOLERATED_STATUS_BITS);
    left = value & ~(uint32_t)v->status;
    if (v->resetting)
        left = 0;
    if (vwr_vdev_is_legacy(v) && (left & VWR_STATUS_FEATURES_OK) != 0) {
        vdev_store_features_ok(v);
        left &= ~(uint32_t)VWR_STATUS_FEATURES_OK;
    }
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *const s = &vwr_status_steps[i];

        if (s->bit == VWR_STATUS_SUSPEND && !running) /* not together with DRIVER_OK */
            continue;
        if (s->by != VWR_BY_DRIVER || (left & s->bit) == 0 || !vdev_take_step(v, s))
            continue;
        if (v->status == VWR_STATUS_RESET) /* by a hook */
            return;
        left &= ~(uint32_t)s->bit; /* several steps can set the same bit, but only one of them applies */
    }
    if ((left | cleared) != 0) /* including unknown bits */
        vwr_vdev_ignore(v);
}

/* Repeats the driver's steps, without their side effects; a suspended device was running before. */
bool vwr_vdev_restore_status_(struct vwr_vdev *v, uint8_t status)
{
    const bool suspends = (status & VWR_STATUS_SUSPEND) != 0;
    const uint8_t set = (uint8_t)(suspends ? status | VWR_STATUS_DRIVER_OK : status);

    if (vwr_vdev_is_legacy(v))
        v->status |= status & VWR_STATUS_FEATURES_OK;
    for (unsigned i = 0; i < VWR_STATUS_STEP_COUNT; i++) {
        const struct vwr_status_step *const s = &vwr_status_steps[i];
        const bool here = s->by == VWR_BY_DRIVER && (set & ~v->status & s->bit) != 0;

        if (here && s->bit != VWR_STATUS_SUSPEND)
            (void)vdev_take_step(v, s);
        else if (here && vdev_is_step(v, s))
            v->status |= s->bit;
    }
    if (suspends) {
        v->live = false;
        v->status &= (uint8_t)(status | ~VWR_STATUS_DRIVER_OK);
    }
    if ((status & VWR_STATUS_DEVICE_NEEDS_RESET) != 0) {
        v->broken = true;
        v->live = false;
        v->status |= VWR_STATUS_DEVICE_NEEDS_RESET;
        vwr_vdev_note_(v, 0, VWR_VFAULT_HOST, 0, 0);
    }
    vwr_vdev_forget_allowed_(v);
    return v->status == status;
}
