/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_MONITOR_H
#define VWR_VPLAN_MONITOR_H

#include "vwr/monitor.h"
#include "vplan.h"

VWR_BEGIN_C

/**
 * DOC: Monitors of a plan
 *
 * The rows that `./vwr plan` writes for the devices of a VM with `monitor`: the memory of each
 * monitor (vwr/monitor.h) is in the plan's structure. The VMM calls the monitors where docs/monitor.md
 * says. A plan without them has neither rows nor memory for them.
 */

/**
 * struct vwr_vplan_monitor - A monitor
 * @device: Row of its device in the plan.
 * @monitor: Offset of the monitor in the structure in bytes.
 * @queue: Offset of its queues.
 * @entry: Offset of its entries.
 * @one_in: As in struct vwr_monitor_setup.
 * @requests: Request types of a disk; otherwise NULL.
 * @request_count: Number of @requests.
 */
struct vwr_vplan_monitor {
    uint32_t device;
    size_t monitor;
    size_t queue;
    size_t entry;
    uint16_t one_in;
    const struct vwr_request *requests;
    size_t request_count;
};

/**
 * vwr_vplan_monitor_init() - Begin to observe a device of a plan
 * @plan: Plan.
 * @row: Row of the monitor.
 * @memory: Structure.
 * @report: Receives each finding, with the device (struct vwr_vdev) as its context; NULL: the monitor
 *   counts them.
 *
 * The monitor sees the memory of the device's VM.
 *
 * Context: The VMM, after vwr_vplan_init(), before the driver of the device starts; again after the VMM
 *   has reset the device. Does not wait. Not from an interrupt handler.
 */
void vwr_vplan_monitor_init(const struct vwr_vplan *plan, const struct vwr_vplan_monitor *row, void *memory,
                            vwr_monitor_report *report);

/**
 * vwr_vplan_monitor() - Get a monitor
 * @row: Row of the monitor.
 * @memory: Structure.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The monitor.
 */
static inline struct vwr_monitor *vwr_vplan_monitor(const struct vwr_vplan_monitor *row, void *memory)
{
    return (struct vwr_monitor *)vwr_vplan_member(memory, row->monitor);
}

VWR_END_C

#endif
