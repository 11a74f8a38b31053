/* SPDX-License-Identifier: MIT */
#include "vwr/gpu.h"
#include "vwr/message.h"

/* The sentences of a gpu's faults (enum vwr_gpu_fault). What it answers is a condition. */

static bool gpu_explain_holds(unsigned when, const struct vwr_message_args *a)
{
    return a->fault->got == VWR_GPU_RESP_ERR_UNSPEC + when - 1u;
}

#define GPU_WHEN(error) (VWR_GPU_RESP_ERR_##error - VWR_GPU_RESP_ERR_UNSPEC + 1u)
#define GPU_REFUSED "{where:request}: the device answers {got:answer}, "

static const struct vwr_message gpu_explain_rows[] = {
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(UNSPEC),
     GPU_REFUSED "it does not say why, or does not know the message"},
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(OUT_OF_MEMORY), GPU_REFUSED "it has no memory left for that"},
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(INVALID_SCANOUT_ID), GPU_REFUSED "it has no such scanout"},
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(INVALID_RESOURCE_ID),
     GPU_REFUSED "it has no such resource, or has it already"},
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(INVALID_CONTEXT_ID), GPU_REFUSED "it has no such context"},
    {VWR_FAULT_GPU_REFUSED, GPU_WHEN(INVALID_PARAMETER),
     GPU_REFUSED "something else in the message is wrong: a size, a format, a rectangle"},
    {VWR_FAULT_GPU_FENCE, 0, "{where:request}: the answer has another fence, {got}"},
    {VWR_FAULT_GPU_SHORT, 0, "{where:request}: the answer ends {got} bytes behind its header"},
    {VWR_FAULT_GPU_EDID, 0, "{where:request}: an EDID of {got} bytes, for which the answer has no room"},
    {0, 0, NULL},
};

static void gpu_put_request(struct vwr_text *t, const struct vwr_message_args *a, uint64_t type)
{
    const struct vwr_name *const cursor = vwr_gpu_cursor_names;

    (void)a;
    vwr_message_put_name(t, type >= cursor->value ? cursor : vwr_gpu_control_names, type);
}

static const struct vwr_message_type gpu_explain_types[] = {
    {"request", gpu_put_request, NULL},
    {"answer", NULL, vwr_gpu_response_names},
    {NULL, NULL, NULL},
};

static const struct vwr_messages gpu_explain_messages = {gpu_explain_rows, gpu_explain_types,
                                                         gpu_explain_holds, &vwr_request_messages};

size_t vwr_gpu_explain(const struct vwr_gpu *g, char *text, size_t bytes)
{
    return vwr_recovery_explain(&g->recovery, &gpu_explain_messages, vwr_gpu_feature_names, text, bytes);
}
