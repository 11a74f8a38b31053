/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"
#include "vwr/gen/gpu.h"
#include "vwr/gen/ids.h"

/* A display. The cases read its modes. */

#define RESPONSE_AT 4096u /* in the memory of a session */
#define FENCE UINT64_C(0x123456789abcdef0)
#define NO_COMMAND 0xffffu

static void put_command(struct session *s, uint32_t type, uint32_t flags)
{
    const struct vwr_gpu_ctrl_hdr h = {
        .type = vwr_cpu_to_le32(type), .flags = vwr_cpu_to_le32(flags), .fence_id = vwr_cpu_to_le64(FENCE)};

    (void)memcpy(s->data, &h, sizeof(h));
    (void)memset(s->data + RESPONSE_AT, 0, sizeof(struct vwr_gpu_resp_display_info));
}

static unsigned put_request(struct session *s, unsigned first)
{
    const struct part p[2] = {{s->data, sizeof(struct vwr_gpu_ctrl_hdr), false},
                              {s->data + RESPONSE_AT, sizeof(struct vwr_gpu_resp_display_info), true}};

    put_chain(s->desc, first, p, 2);
    return 2;
}

static unsigned request(struct session *s, unsigned first)
{
    put_command(s, VWR_GPU_CMD_GET_DISPLAY_INFO, 0);
    return put_request(s, first);
}

static struct vwr_gpu_ctrl_hdr response(const struct session *s)
{
    struct vwr_gpu_ctrl_hdr h;

    (void)memcpy(&h, s->data + RESPONSE_AT, sizeof(h));
    return h;
}

static bool is_done(const struct session *s, uint32_t bytes)
{
    return vwr_le32_to_cpu(response(s).type) == VWR_GPU_RESP_OK_DISPLAY_INFO &&
           bytes <= sizeof(struct vwr_gpu_resp_display_info);
}

static enum verdict fence(struct session *s)
{
    struct vwr_gpu_ctrl_hdr h;
    bool works;

    if (!session_open(s, 0))
        return BROKEN;
    put_command(s, VWR_GPU_CMD_GET_DISPLAY_INFO, VWR_GPU_FLAG_FENCE);
    (void)put_request(s, 0);
    offer(s, 0);
    kick(s);
    works = await_used(s);
    h = response(s);
    session_end(s);
    if (!works)
        return broken(s, "a command with a fence is not executed");
    if ((vwr_le32_to_cpu(h.flags) & VWR_GPU_FLAG_FENCE) == 0)
        return broken(s, "the response has no flag FENCE");
    return vwr_le64_to_cpu(h.fence_id) == FENCE ? KEPT : broken(s, "the response has another fence_id");
}

static enum verdict unknown_command(struct session *s)
{
    uint32_t type;
    bool works;

    if (!session_open(s, 0))
        return BROKEN;
    put_command(s, NO_COMMAND, 0);
    (void)put_request(s, 0);
    offer(s, 0);
    kick(s);
    works = await_used(s);
    type = vwr_le32_to_cpu(response(s).type);
    works = works && exchange(s);
    session_end(s);
    if (!works)
        return broken(s, "an unknown command, or the one after it, is not executed");
    return type >= VWR_GPU_RESP_ERR_UNSPEC ? KEPT
                                           : broken(s, "the response to an unknown command is 0x%x", type);
}

static const struct conform_case cases[] = {
    CASE(fence, "section GPU Device / Device Operation / Device Operation: Request header",
         "The response to a command with FENCE has the flag, and the same fence_id."),
    CASE(unknown_command, "robustness: a device refuses what it cannot execute, and goes on",
         "An unknown command has an error as its response."),
};

const struct device_class gpu_class = {.name = "gpu",
                                       .type = VWR_ID_GPU,
                                       .queue = VWR_GPU_QUEUE_CONTROLQ,
                                       .request = request,
                                       .is_done = is_done,
                                       .cases = cases,
                                       .count = sizeof(cases) / sizeof(cases[0])};
