/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_SERVICE_H
#define VWR_VPLAN_SERVICE_H

#include "vplan.h"
#include "vwr/vservice.h"

VWR_BEGIN_C

/**
 * struct vwr_vplan_service - A device of a plan that a folder of the VMM describes
 * @message_count: Size of the array of messages.
 * @seg_count: Size of the array of segments: VWR_SERVICE_SEGS().
 * @message: Offset of the array of messages in the plan's structure.
 * @seg: Offset of the array of segments in the plan's structure.
 *
 * `./vwr plan --spec DIR` generates the structure. The VMM defines vwr_vplan_build_NAME(), which
 * calls vwr_NAME_vservice_init() with the memory that vwr_vplan_service_memory() returns.
 */
struct vwr_vplan_service {
    uint16_t message_count;
    uint32_t seg_count;
    size_t message;
    size_t seg;
};

/**
 * vwr_vplan_service_memory() - Get the memory of a planned device's messages
 * @row: Device of the plan; its options are a struct vwr_vplan_service.
 * @memory: Memory of the device in the plan's structure.
 *
 * Context: Any context, including an interrupt handler. Does not wait.
 * Return: The memory for vwr_NAME_vservice_init(). It belongs to the plan's structure.
 */

static inline struct vwr_service_memory vwr_vplan_service_memory(const struct vwr_vplan_device *row,
                                                                 void *memory)
{
    const struct vwr_vplan_service *const o = (const struct vwr_vplan_service *)row->options;
    struct vwr_service_memory m;

    m.message = (struct vwr_vmessage *)vwr_vplan_member(memory, o->message);
    m.seg = (struct vwr_vseg *)vwr_vplan_member(memory, o->seg);
    m.message_count = o->message_count;
    m.seg_count = o->seg_count;
    return m;
}

VWR_END_C

#endif
