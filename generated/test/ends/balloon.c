/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/balloon.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Traditional Memory Balloon Device */

/* 6 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/balloon.h"
#include "vwr/service/balloon.h"

#include <string.h>

static struct vwr_balloon_client client;
static struct vwr_balloon_vservice service;

static struct vwr_balloon_client_inflateq_call call_inflateq;
static struct vwr_balloon_client_deflateq_call call_deflateq;
static struct vwr_balloon_client_statsq_call call_statsq;
static struct vwr_balloon_client_free_page_vq_call call_free_page_vq;
static struct vwr_balloon_client_reporting_vq_call call_reporting_vq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- inflate ---- */

static int called_inflate(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "inflate");
}

static void forms_of_inflate(void)
{
}

static int call_of_inflate(enum ends_do what)
{
    struct vwr_balloon_client_inflateq_call *const call = &call_inflateq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_inflate();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_inflate_submit(&client, call, ends_out(0), 8);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_inflate_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_balloon_client_inflate_submit(&client, call, ends_out(0), 0);
    }
    if (what == ENDS_UNFIT + 1) {
        return vwr_balloon_client_inflate_submit(&client, call, ends_out(0), 5);
    }
    r = vwr_balloon_client_inflate(&client, ends_out(0), 8);
    return r;
}

/* ---- deflate ---- */

static int called_deflate(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "deflate");
}

static void forms_of_deflate(void)
{
}

static int call_of_deflate(enum ends_do what)
{
    struct vwr_balloon_client_deflateq_call *const call = &call_deflateq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_deflate();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_deflate_submit(&client, call, ends_out(0), 8);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_deflate_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_balloon_client_deflate_submit(&client, call, ends_out(0), 0);
    }
    if (what == ENDS_UNFIT + 1) {
        return vwr_balloon_client_deflate_submit(&client, call, ends_out(0), 5);
    }
    r = vwr_balloon_client_deflate(&client, ends_out(0), 8);
    return r;
}

/* ---- stats ---- */

static int called_stats(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "stats");
}

static void forms_of_stats(void)
{
}

static int call_of_stats(enum ends_do what)
{
    struct vwr_balloon_client_statsq_call *const call = &call_statsq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_stats();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_stats_submit(&client, call, ends_out(0), 20);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_stats_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_balloon_client_stats_submit(&client, call, ends_out(0), 11);
    }
    r = vwr_balloon_client_stats(&client, ends_out(0), 20);
    return r;
}

/* ---- free_page_command ---- */

static const uint8_t out_free_page_command[] = {
    0x21, 0x28, 0x2f, 0x36,
};

static const struct vwr_balloon_free_page_command_msg given_free_page_command = {
    .id = 0x362f2821u,
};

static int called_free_page_command(struct vwr_balloon_vservice *s, struct vwr_vmessage *x,
                                    const struct vwr_balloon_free_page_command_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->id, 0x362f2821u);

    return ends_called(x, "free_page_command");
}

static void forms_of_free_page_command(void)
{
    {
        struct vwr_balloon_free_page_command_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_free_page_command, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_balloon_free_page_command_msg_encode(&form, false, &given_free_page_command);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_balloon_free_page_command_msg values;
        const struct vwr_balloon_free_page_command_msg *const m = &values;

        memcpy(&form, out_free_page_command, sizeof(form));
        vwr_balloon_free_page_command_msg_decode(&form, false, &values);
    ENDS_SAME(m->id, 0x362f2821u);

    }

}

static int call_of_free_page_command(enum ends_do what)
{
    struct vwr_balloon_client_free_page_vq_call *const call = &call_free_page_vq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_free_page_command();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_free_page_command_submit(&client, call, &given_free_page_command);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_free_page_command_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_balloon_client_free_page_command(&client, &given_free_page_command);
    return r;
}

/* ---- free_page_hint ---- */

static int called_free_page_hint(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "free_page_hint");
}

static void forms_of_free_page_hint(void)
{
}

static int call_of_free_page_hint(enum ends_do what)
{
    struct vwr_balloon_client_free_page_vq_call *const call = &call_free_page_vq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_free_page_hint();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_free_page_hint_submit(&client, call, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_free_page_hint_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_balloon_client_free_page_hint(&client, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- report ---- */

static int called_report(struct vwr_balloon_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "report");
}

static void forms_of_report(void)
{
}

static int call_of_report(enum ends_do what)
{
    struct vwr_balloon_client_reporting_vq_call *const call = &call_reporting_vq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_report();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_balloon_client_report_submit(&client, call, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_balloon_vservice_report_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_balloon_client_report(&client, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_inflateq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_BALLOON_QUEUE_INFLATEQ);
}

static uint16_t index_deflateq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_BALLOON_QUEUE_DEFLATEQ);
}

static uint16_t index_statsq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_BALLOON_QUEUE_STATSQ);
}

static uint16_t index_free_page_vq(const struct vwr_vdev *v, uint16_t n)
{
    (void)n;
    return (uint16_t)(vwr_balloon_queue_free_page_vq_at(&v->accepted));
}

static uint16_t index_reporting_vq(const struct vwr_vdev *v, uint16_t n)
{
    (void)n;
    return (uint16_t)(vwr_balloon_queue_reporting_vq_at(&v->accepted));
}

static void posted(struct vwr_balloon_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_balloon_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_balloon_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_balloon_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_balloon_vservice_calls no_calls;
static const struct vwr_balloon_vservice_calls calls = {
    .inflate = called_inflate,
    .deflate = called_deflate,
    .stats = called_stats,
    .free_page_command = called_free_page_command,
    .free_page_hint = called_free_page_hint,
    .report = called_report,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_inflateq[] = {
    {
        .name = "inflate",
        .call = call_of_inflate,
        .out = {NULL, 0, 0, 8, true, 1, 4, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1f), .home = 4,
        .unfit = {"client_too_short", "client_no_multiple"},
    },
};

static const struct ends_message messages_deflateq[] = {
    {
        .name = "deflate",
        .call = call_of_deflate,
        .out = {NULL, 0, 0, 8, true, 1, 4, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1f), .home = 4,
        .unfit = {"client_too_short", "client_no_multiple"},
    },
};

static const struct ends_message messages_statsq[] = {
    {
        .name = "stats",
        .call = call_of_stats,
        .out = {NULL, 0, 0, 20, true, 0, 10, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x12), .home = 4,
        .unfit = {"client_no_multiple"},
    },
};

static const struct ends_message messages_free_page_vq[] = {
    {
        .name = "free_page_command",
        .call = call_of_free_page_command,
        .out = {out_free_page_command, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x14), .home = 4,
    },
    {
        .name = "free_page_hint",
        .call = call_of_free_page_hint,
        .out = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x14), .home = 4,
    },
};

static const struct ends_message messages_reporting_vq[] = {
    {
        .name = "report",
        .call = call_of_report,
        .out = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x18), .home = 4,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "inflateq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1f), .index = index_inflateq,
        .message = messages_inflateq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.inflateq, .call = &call_inflateq.call, .own = &client.inflateq_own.call,
    },
    {
        .name = "deflateq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1f), .index = index_deflateq,
        .message = messages_deflateq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.deflateq, .call = &call_deflateq.call, .own = &client.deflateq_own.call,
    },
    {
        .name = "statsq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x12), .index = index_statsq,
        .message = messages_statsq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.statsq, .call = &call_statsq.call, .own = &client.statsq_own.call,
    },
    {
        .name = "free_page_vq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x14), .index = index_free_page_vq,
        .message = messages_free_page_vq, .messages = 2, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.free_page_vq, .call = &call_free_page_vq.call, .own = &client.free_page_vq_own.call,
    },
    {
        .name = "reporting_vq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x18), .index = index_reporting_vq,
        .message = messages_reporting_vq, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.reporting_vq, .call = &call_reporting_vq.call, .own = &client.reporting_vq_own.call,
    },
};

static const uint8_t set_1[] = {1};
static const uint8_t set_2[] = {3};
static const uint8_t set_3[] = {5};
static const uint8_t set_4[] = {0, 1, 2, 3, 4, 5};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 1, NULL, 0},
    {set_3, 1, NULL, 0},
    {set_4, 6, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_balloon_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_balloon_client_options o = {.requests = ends_request_options()};

    memset(&call_inflateq, 0, sizeof(call_inflateq));
    memset(&call_deflateq, 0, sizeof(call_deflateq));
    memset(&call_statsq, 0, sizeof(call_statsq));
    memset(&call_free_page_vq, 0, sizeof(call_free_page_vq));
    memset(&call_reporting_vq, 0, sizeof(call_reporting_vq));
    o.inflateq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                   VWR_BALLOON_CLIENT_INFLATEQ_SLOT, ENDS_SEGMENTS));
    o.deflateq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                   VWR_BALLOON_CLIENT_DEFLATEQ_SLOT, ENDS_SEGMENTS));
    o.statsq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_BALLOON_CLIENT_STATSQ_SLOT,
                                 ENDS_SEGMENTS));
    o.free_page_vq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                       VWR_BALLOON_CLIENT_FREE_PAGE_VQ_SLOT, ENDS_SEGMENTS));
    o.reporting_vq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                       VWR_BALLOON_CLIENT_REPORTING_VQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_balloon_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_balloon_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_balloon_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_balloon_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "balloon",
    .id = 5,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 5,
    .queues = 5,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
