/* SPDX-License-Identifier: MIT */
#include "vwr/gpu.h"
#include "vwr/message.h"

/* Messages for faults of a GPU (enum vwr_gpu_fault). */

static const struct vwr_name gpu_reasons[] = {
    {VWR_GPU_RESP_ERR_UNSPEC, "it gives no reason, or does not support the message"},
    {VWR_GPU_RESP_ERR_OUT_OF_MEMORY, "it is out of memory"},
    {VWR_GPU_RESP_ERR_INVALID_SCANOUT_ID, "it has no such scanout"},
    {VWR_GPU_RESP_ERR_INVALID_RESOURCE_ID, "the resource does not exist, or already exists"},
    {VWR_GPU_RESP_ERR_INVALID_CONTEXT_ID, "it has no such context"},
    {VWR_GPU_RESP_ERR_INVALID_PARAMETER, "another parameter is invalid: a size, a format, a rectangle"},
    {0, NULL},
};

static const struct vwr_message gpu_explain_rows[] = {
    {VWR_FAULT_GPU_REFUSED, 0, "{where:request}: the device answers {got:answer}: {got:reason}"},
    {VWR_FAULT_GPU_FENCE, 0, "{where:request}: the answer has the wrong fence, {got}"},
    {VWR_FAULT_GPU_SHORT, 0, "{where:request}: the answer has {got} bytes"},
    {VWR_FAULT_GPU_EDID, 0, "{where:request}: an EDID of {got} bytes, which does not fit in the answer"},
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
    {"reason", NULL, gpu_reasons},
    {NULL, NULL, NULL},
};

const struct vwr_messages vwr_gpu_messages = {gpu_explain_rows, gpu_explain_types, NULL,
                                              &vwr_request_messages};

size_t vwr_gpu_explain(const struct vwr_gpu *g, char *text, size_t bytes)
{
    return vwr_bringup_explain(&g->bringup, &vwr_gpu_messages, vwr_gpu_feature_names, text, bytes);
}
