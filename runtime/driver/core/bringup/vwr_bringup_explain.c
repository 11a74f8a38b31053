/* SPDX-License-Identifier: MIT */
#include "bringup_common.h"
#include "../request/request_common.h"
#include "vwr/message.h"

/* Finds the first queue that has stopped the device or, if there is none, the first queue with a fault. */
static const struct vwr_requestq *bringup_find_request_fault(const struct vwr_bringup *v)
{
    const struct vwr_requestq *found = NULL;

    for (const struct vwr_requestq *q = v->requests; q != NULL; q = q->next)
        if (q->fault.kind != VWR_FAULT_NONE &&
            (found == NULL || (q->stopped_by != VWR_OK && found->stopped_by == VWR_OK)))
            found = q;
    return found;
}

static const struct vwr_fault *bringup_find_receive_fault(const struct vwr_bringup *v)
{
    const struct vwr_receiveq *r = v->receives;

    while (r != NULL && r->fault.kind == VWR_FAULT_NONE)
        r = r->next;
    return r != NULL ? &r->fault : &v->dev->fault;
}

size_t vwr_bringup_explain(const struct vwr_bringup *v, const struct vwr_messages *messages,
                           const struct vwr_name *features, char *text, size_t bytes)
{
    const struct vwr_requestq *const q = bringup_find_request_fault(v);
    const struct vwr_fault *fault;
    struct vwr_message_args a;
    struct vwr_text t;

    if (v->dev == NULL) {
        vwr_text_begin(&t, text, bytes);
        vwr_text_str(&t, "the device is not open");
        return t.length;
    }
    fault = q != NULL ? &q->fault : bringup_find_receive_fault(v);
    if (v->dev->fault.kind != VWR_FAULT_NONE)
        fault = &v->dev->fault;
    vwr_message_begin(&a, messages, features, v->dev, fault);
    return vwr_request_explain_args_(q != NULL ? q : v->requests, &a, text, bytes);
}
