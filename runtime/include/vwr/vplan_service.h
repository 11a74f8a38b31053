/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_SERVICE_H
#define VWR_VPLAN_SERVICE_H

#include "vwr/vplan.h"
#include "vwr/vservice.h"

VWR_BEGIN_C

/*
 * A device of a plan whose description lies in a folder of the VMM's own (./vwr plan --spec DIR). The VMM
 * defines vwr_vplan_build_NAME, which calls vwr_NAME_vservice_init with vwr_vplan_service_memory.
 */
struct vwr_vplan_service {
    uint16_t messages; /* that the device has at once */
    uint16_t segs;     /* of each of them */
    size_t message;    /* where the plan's structure has the arrays for them */
    size_t seg;
};

static inline struct vwr_service_memory vwr_vplan_service_memory(const struct vwr_vplan_device *row,
                                                                 void *memory)
{
    const struct vwr_vplan_service *const o = (const struct vwr_vplan_service *)row->options;
    struct vwr_service_memory m;

    m.message = (struct vwr_vmessage *)vwr_vplan_member(memory, o->message);
    m.seg = (struct vwr_vseg *)vwr_vplan_member(memory, o->seg);
    m.messages = o->messages;
    m.segs = o->segs;
    return m;
}

VWR_END_C

#endif
