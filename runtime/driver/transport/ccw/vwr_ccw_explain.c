/* SPDX-License-Identifier: MIT */
#include "vwr/message.h"
#include "ccw_common.h"

#if VWR_ACCESS_CALLS

/* Messages for faults of a device on a subchannel. */

static const struct vwr_message ccw_explain_rows[] = {
    {VWR_FAULT_CCW_ABSENT, 0, "subchannel {got:hex} has no device"},
    {VWR_FAULT_CCW_OTHER, 0, "the type of the control unit reads {got:hex}: not a virtio device"},
    {VWR_FAULT_CCW_GONE, 0, "subchannel {got:hex} is not operational, or its device has left"},
    {VWR_FAULT_EMPTY, 0, "the model of the control unit reads 0: no type of device"},
    {VWR_FAULT_VERSION, 0,
     "the device accepts no revision above 0: it is legacy, and this build has no such driver"},
    {VWR_FAULT_GONE, 0, "the device has left its subchannel"},
    {VWR_FAULT_QUEUE_ABSENT, 0, "READ_VQ_CONF returns no size: the device has no such queue"},
    {VWR_FAULT_QUEUE_IN_USE, 0, "the driver has set it up already"},
    {VWR_FAULT_QUEUE_REFUSED, 0,
     "the device rejected SET_VQ; of a legacy device, the queue may have the size in READ_VQ_CONF only"},
    {0, 0, NULL},
};

static const struct vwr_messages ccw_messages = {ccw_explain_rows, NULL, NULL, &vwr_dev_messages};

size_t vwr_ccw_explain(const struct vwr_ccw *c, char *text, size_t bytes)
{
    struct vwr_message_args a;

    vwr_message_begin(&a, &ccw_messages, NULL, &c->dev, &c->dev.fault);
    return vwr_message_explain(&a, text, bytes);
}

#endif
