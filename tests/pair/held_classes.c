/* SPDX-License-Identifier: MIT */
#include "held_classes.h"
#include "check.h"

#include "vwr/gen/features.h"
#include "vwr/mmio.h"

#include <string.h>

#define SIZE 64u /* of queues whose size the caller chooses */
#define RING_RESET (UINT64_C(1) << VWR_F_RING_RESET)

struct vwr_blk held_blk;
struct vwr_console held_console;
struct vwr_entropy held_entropy;
struct vwr_input held_input;
struct vwr_net held_net;
struct vwr_gpu held_gpu;
struct vwr_rpmb_client held_client;
struct vwr_balloon held_balloon;

static struct vwr_mmio mmio;

static struct vwr_dev *probe(void)
{
    CHECK_NUMBER(vwr_mmio_probe(&mmio, held_registers(), VWR_MMIO_SIZE), VWR_OK);
    vwr_dev_want(&mmio.dev, VWR_F_IN_ORDER);
    return &mmio.dev;
}

/* Writes zeroes to all writable bytes, which most classes treat as success. */
static int64_t answer_zeroes(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n)
{
    int64_t bytes = 0;

    (void)h;
    (void)queue;
    for (unsigned i = 0; i < n; i++)
        if (b[i].in) {
            memset(b[i].p, 0, b[i].bytes);
            bytes += b[i].bytes;
        }
    return bytes;
}

static int step(const struct held_class *c)
{
    return vwr_recover(c->bringup);
}

/* ---- blk ---- */

static void open_blk(const struct vwr_request_options *request)
{
    static _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_BLK_SHARED_BYTES(SIZE, HELD_REQUESTS, 1)];
    static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(SIZE, HELD_REQUESTS)];
    static const struct vwr_queue_memory memory = {shared, sizeof(shared), own, sizeof(own), SIZE};
    static struct vwr_blk_options options;

    held_begin(VWR_BLK_ID, 1, RING_RESET, answer_zeroes);
    held.config[VWR_BLK_CONFIG_CAPACITY + 1] = HELD_SECTORS >> 8;
    memset(&options, 0, sizeof(options));
    options.request = *request;
    options.request.requests = HELD_REQUESTS;
    options.request.replay = request->replay;
    CHECK_NUMBER(vwr_blk_open_with(&held_blk, probe(), &memory, &options), VWR_OK);
}

static int recover_blk(void)
{
    return vwr_recover(&held_blk.bringup);
}

static int close_blk(void)
{
    return vwr_close(&held_blk.bringup);
}

/* ---- console ---- */

/* Produces input from time to time. */
static int64_t answer_console(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n)
{
    if (queue == VWR_CONSOLE_QUEUE_RECEIVEQ && b->bytes > 5) {
        memset(b->p, 'c', 5);
        return 5;
    }
    return answer_zeroes(h, queue, b, n);
}

static void open_console(const struct vwr_request_options *request)
{
    static struct vwr_console_shared shared[VWR_CONSOLE_QUEUES(1)];
    static struct vwr_console_port port[VWR_CONSOLE_QUEUES(1) / 2];
    static struct vwr_console_options options;

    (void)request;
    held_begin(VWR_CONSOLE_ID, 2, RING_RESET, answer_console);
    memset(&options, 0, sizeof(options));
    options.port = port;
    options.shared = shared;
    options.port_count = VWR_CONSOLE_PORTS(1);
    options.shared_count = VWR_CONSOLE_QUEUES(1);
    CHECK_NUMBER(vwr_console_open(&held_console, probe(), &options), VWR_OK);
}

static int recover_console(void)
{
    return step(&held_classes[HELD_CONSOLE]);
}

static int close_console(void)
{
    return vwr_close(&held_console.bringup);
}

/* ---- entropy ---- */

static void open_entropy(const struct vwr_request_options *request)
{
    static struct vwr_entropy_shared shared;
    static struct vwr_entropy_options options;

    (void)request;
    held_begin(VWR_ENTROPY_ID, 1, 0, answer_zeroes);
    memset(&options, 0, sizeof(options));
    options.shared = &shared;
    CHECK_NUMBER(vwr_entropy_open(&held_entropy, probe(), &options), VWR_OK);
}

static int recover_entropy(void)
{
    return step(&held_classes[HELD_ENTROPY]);
}

static int close_entropy(void)
{
    return vwr_close(&held_entropy.bringup);
}

/* ---- input: an event of 0 ends a group ---- */

static void open_input(const struct vwr_request_options *request)
{
    static struct vwr_input_shared shared;
    static struct vwr_input_options options;
    static uint64_t fifo[64];

    (void)request;
    held_begin(VWR_INPUT_ID, 2, 0, answer_zeroes);
    memset(&options, 0, sizeof(options));
    options.shared = &shared;
    options.event = fifo;
    options.event_count = 64;
    CHECK_NUMBER(vwr_input_open(&held_input, probe(), &options), VWR_OK);
}

static int recover_input(void)
{
    return step(&held_classes[HELD_INPUT]);
}

static int close_input(void)
{
    return vwr_close(&held_input.bringup);
}

/* ---- net ---- */

/* Frames of 60 bytes arrive; transmitted packets complete; settings are accepted. */
static int64_t answer_net(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n)
{
    const uint32_t bytes = held_net.header + 60u;

    if (queue != vwr_net_queue_receiveq_at(0))
        return answer_zeroes(h, queue, b, n);
    memset(b->p, 0, bytes);
    return bytes;
}

static void open_net(const struct vwr_request_options *request)
{
    static struct vwr_net_shared shared[1];
    static struct vwr_net_pair pair[1];
    static struct vwr_net_control_shared control_shared;
    static struct vwr_net_control control;
    static struct vwr_net_options options;

    held_begin(VWR_NET_ID, 3,
               RING_RESET | UINT64_C(1) << VWR_NET_F_CTRL_VQ | UINT64_C(1) << VWR_NET_F_CTRL_RX, answer_net);
    memset(&options, 0, sizeof(options));
    control.shared = &control_shared;
    options.pair = pair;
    options.shared = shared;
    options.pair_count = 1;
    options.shared_count = 1;
    vwr_net_use_control(&options, &control);
    options.request.replay = request->replay;
    CHECK_NUMBER(vwr_net_open(&held_net, probe(), &options), VWR_OK);
    CHECK(vwr_net_has(&held_net, VWR_NET_F_CTRL_RX));
}

static int recover_net(void)
{
    return vwr_recover(&held_net.bringup);
}

static int close_net(void)
{
    return vwr_close(&held_net.bringup);
}

/* ---- gpu ---- */

/* Answers each message with the type that it expects. */
static int64_t answer_gpu(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n)
{
    const struct vwr_gpu_ctrl_hdr *const ask = (const void *)b->p;
    struct vwr_gpu_resp_display_info *info;
    struct vwr_gpu_ctrl_hdr *answer;
    int64_t bytes;

    CHECK(n >= 2 && !b->in && b[n - 1].in);
    bytes = answer_zeroes(h, queue, b, n);
    answer = (void *)b[n - 1].p;
    answer->type = vwr_cpu_to_le32(VWR_GPU_RESP_OK_NODATA);
    answer->flags = ask->flags;
    answer->fence_id = ask->fence_id;
    if (ask->type != vwr_cpu_to_le32(VWR_GPU_CMD_GET_DISPLAY_INFO))
        return sizeof(*answer);
    info = (void *)answer;
    answer->type = vwr_cpu_to_le32(VWR_GPU_RESP_OK_DISPLAY_INFO);
    info->pmodes[0].enabled = vwr_cpu_to_le32(1);
    return bytes;
}

static void open_gpu(const struct vwr_request_options *request)
{
    static struct vwr_gpu_shared shared;
    static struct vwr_gpu_options options;

    held_begin(VWR_GPU_ID, 2, 0, answer_gpu);
    held.config[VWR_GPU_CONFIG_NUM_SCANOUTS] = 1;
    memset(&options, 0, sizeof(options));
    options.shared = &shared;
    options.request = *request;
    CHECK_NUMBER(vwr_gpu_open(&held_gpu, probe(), &options), VWR_OK);
}

static int recover_gpu(void)
{
    return step(&held_classes[HELD_GPU]);
}

static int close_gpu(void)
{
    return vwr_close(&held_gpu.bringup);
}

/* ---- a generated client ---- */

static void open_client(const struct vwr_request_options *request)
{
    static _Alignas(VWR_QUEUE_SHARED_ALIGN)
        uint8_t shared[VWR_CLIENT_SHARED_BYTES(SIZE, HELD_REQUESTS, VWR_RPMB_CLIENT_REQUESTQ_SLOT, 1)];
    static _Alignas(8) uint8_t own[VWR_REQUEST_OWN_BYTES(SIZE, HELD_REQUESTS)];
    static struct vwr_rpmb_client_options options;

    held_begin(VWR_RPMB_ID, 1, RING_RESET, answer_zeroes);
    memset(&options, 0, sizeof(options));
    options.requests = *request;
    options.requests.requests = HELD_REQUESTS;
    options.requests.segments = 1;
    options.requests.replay = request->replay;
    options.requestq = (struct vwr_queue_memory){shared, sizeof(shared), own, sizeof(own), SIZE};
    CHECK_NUMBER(vwr_rpmb_client_open(&held_client, probe(), &options), VWR_OK);
}

static int recover_client(void)
{
    return step(&held_classes[HELD_CLIENT]);
}

static int close_client(void)
{
    return vwr_close(&held_client.bringup);
}

/* ---- balloon ---- */

/* Keeps the statistics. */
static int64_t answer_balloon(struct held *h, unsigned queue, const struct held_buffer *b, unsigned n)
{
    return queue == VWR_BALLOON_QUEUE_STATSQ ? -1 : answer_zeroes(h, queue, b, n);
}

static void open_balloon(const struct vwr_request_options *request)
{
    static struct vwr_balloon_shared shared;
    static struct vwr_balloon_options options;
    static uint32_t pages[SIZE];

    held_begin(VWR_BALLOON_ID, VWR_BALLOON_QUEUES,
               RING_RESET | 1u << VWR_BALLOON_F_STATS_VQ | 1u << VWR_BALLOON_F_FREE_PAGE_HINT |
                   1u << VWR_BALLOON_F_PAGE_REPORTING,
               answer_balloon);
    memset(&options, 0, sizeof(options));
    options.shared = &shared;
    options.pages = pages;
    options.page_count = SIZE;
    options.statistics = true;
    options.reporting = true;
    options.request = *request;
    CHECK_NUMBER(vwr_balloon_open(&held_balloon, probe(), &options), VWR_OK);
}

static int recover_balloon(void)
{
    return step(&held_classes[HELD_BALLOON]);
}

static int close_balloon(void)
{
    return vwr_close(&held_balloon.bringup);
}

const struct held_class held_classes[HELD_CLASSES] = {
    [HELD_BLK] = {"blk", &held_blk.bringup, &vwr_blk_bringup, open_blk, recover_blk, close_blk},
    [HELD_CONSOLE] = {"console", &held_console.bringup, &vwr_console_bringup, open_console, recover_console,
                      close_console},
    [HELD_ENTROPY] = {"entropy", &held_entropy.bringup, &vwr_entropy_bringup, open_entropy, recover_entropy,
                      close_entropy},
    [HELD_INPUT] = {"input", &held_input.bringup, &vwr_input_bringup, open_input, recover_input, close_input},
    [HELD_NET] = {"net", &held_net.bringup, &vwr_net_bringup, open_net, recover_net, close_net},
    [HELD_GPU] = {"gpu", &held_gpu.bringup, &vwr_gpu_bringup, open_gpu, recover_gpu, close_gpu},
    [HELD_CLIENT] = {"client", &held_client.bringup, &vwr_rpmb_client_bringup, open_client, recover_client,
                     close_client},
    [HELD_BALLOON] = {"balloon", &held_balloon.bringup, &vwr_balloon_bringup, open_balloon, recover_balloon,
                      close_balloon},
};
