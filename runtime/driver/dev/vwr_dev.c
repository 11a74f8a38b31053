/* SPDX-License-Identifier: MIT */
#include "vwr/gen/status.h"
#include "dev_common.h"

/* A device's status, and what went wrong with it. The steps of its life are in files of their own. */

VWR_OUT_OF_LINE int vwr_fault_note(struct vwr_fault *fault, uint32_t kind, uint32_t where, uint32_t got)
{
    fault->kind = kind;
    fault->where = where;
    fault->got = got;
    return VWR_FAULT_RESULT(kind);
}

int vwr_dev_note(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    return vwr_fault_note(&d->fault, kind, where, got);
}

/*
 * The request engine posts nothing any more, in no queue. An owner of another queue may be looking; one who
 * opens his at the same time, when the last request that waited has been sent again, finds FAILED by a poll.
 */
void vwr_dev_close_queues(struct vwr_dev *d)
{
    for (struct vwr_queue *q = d->queues; q != NULL; q = q->beside) {
        __atomic_store_n(&q->runs, false, __ATOMIC_RELAXED);
        __atomic_store_n(&q->open, VWR_LAYOUT_STOPPED, __ATOMIC_RELAXED);
    }
}

static void fail(struct vwr_dev *d)
{
    const uint8_t status = d->status | VWR_STATUS_FAILED;

    vwr_dev_close_queues(d);
    d->state = VWR_DEV_FAILED;
    d->status = status;
    vwr_dev_transport(d)->set_status(d, status);
}

void vwr_dev_fail(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NONE) /* otherwise there is nobody to tell */
        fail(d);
}

void vwr_dev_write_failed(struct vwr_dev *d)
{
    vwr_dev_close_queues(d);
    vwr_dev_transport(d)->set_status(d, d->status | VWR_STATUS_FAILED);
}

VWR_OUT_OF_LINE int vwr_dev_give_up(struct vwr_dev *d, uint32_t kind, uint32_t where, uint32_t got)
{
    fail(d);
    return vwr_dev_note(d, kind, where, got);
}

int vwr_dev_conclude(struct vwr_dev *d, uint32_t kind, uint8_t state)
{
    if (kind != VWR_FAULT_NONE)
        return vwr_dev_give_up(d, kind, d->fault.where, d->fault.got);
    if (d->state != state) /* of a running device it stays, and others read it */
        d->state = state;
    return VWR_OK;
}

uint32_t vwr_dev_status_fault(uint32_t status, uint8_t set)
{
    if (status == VWR_FAULT_ALL_ONES)
        return VWR_FAULT_GONE;
    if (status & VWR_STATUS_DEVICE_NEEDS_RESET)
        return VWR_FAULT_NEEDS_RESET;
    return (set & ~status) != 0 ? VWR_FAULT_STATUS : VWR_FAULT_NONE;
}

uint32_t vwr_dev_set_status_bit(struct vwr_dev *d, uint8_t bit)
{
    const uint8_t status = d->status | bit;
    uint32_t kind;

    d->status = status;
    vwr_dev_transport(d)->set_status(d, status);
    d->fault.where = bit;
    d->fault.got = vwr_dev_transport(d)->get_status(d);
    kind = vwr_dev_status_fault(d->fault.got, status);
    return kind == VWR_FAULT_STATUS && bit == VWR_STATUS_FEATURES_OK ? VWR_FAULT_FEATURES_OK : kind;
}

int vwr_dev_start(struct vwr_dev *d)
{
    if (d->state != VWR_DEV_NEGOTIATED)
        return VWR_EINVAL;
    return vwr_dev_conclude(d, vwr_dev_set_status_bit(d, VWR_STATUS_DRIVER_OK), VWR_DEV_LIVE);
}
