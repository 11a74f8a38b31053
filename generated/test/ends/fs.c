/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/fs.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; File System Device */

/* 3 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/fs.h"
#include "vwr/service/fs.h"

#include <string.h>

static struct vwr_fs_client client;
static struct vwr_fs_vservice service;

static struct vwr_fs_client_hiprio_call call_hiprio;
static struct vwr_fs_client_request_call call_request;

static struct vwr_fs_client_request_queue family_request[2];

static const uint8_t config[] = {
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5, 0x5,
    0x5, 0x5, 0x5, 0x5, 0x2, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- hiprio ---- */

static int called_hiprio(struct vwr_fs_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "hiprio");
}

static void forms_of_hiprio(void)
{
}

static int call_of_hiprio(enum ends_do what)
{
    struct vwr_fs_client_hiprio_call *const call = &call_hiprio;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_hiprio();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_fs_client_hiprio_submit(&client, call, ends_out(0), 2, ends_out(2), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_fs_vservice_hiprio_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_fs_client_hiprio(&client, ends_out(0), 2, ends_out(2), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- request ---- */

static int called_request(struct vwr_fs_vservice *s, struct vwr_vmessage *x)
{
    ENDS_SAME(s == &service, true);
    return ends_called(x, "request");
}

static void forms_of_request(void)
{
}

static int call_of_request(enum ends_do what)
{
    struct vwr_fs_client_request_call *const call = &call_request;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_request();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_fs_client_request_submit(&client, ends.queue->number, call, ends_out(0), 2, ends_out(2), 2,
                                            ends_in(0), 2, ends_in(2), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_fs_client_request_submit(&client, 2, call, ends_out(0), 2, ends_out(2), 2, ends_in(0), 2, ends_in(2),
                                            2);
    if (what == ENDS_DONE) {
        vwr_fs_vservice_request_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_fs_client_request(&client, ends.queue->number, ends_out(0), 2, ends_out(2), 2, ends_in(0), 2, ends_in(2), 2,
                              &written);
    ends_written(r, written);
    return r;
}

/* ---- notify ---- */

static void forms_of_notify(void)
{
}

static int poll_notification(void)
{
    struct vwr_fs_client_notification_event e;
    const int n = vwr_fs_client_poll_notification(&client, &e);

    if (n != 1)
        return n;
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_fs_client_return_notification(&client, &e);
    return n;
}

static int parse_notification(void)
{
    struct vwr_fs_client_notification_event e;

    return vwr_fs_client_notification_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features,
                                            &e);
}

static int call_of_notify(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_notify();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_notification();
    if (what == ENDS_PARSE)
        return parse_notification();
    return vwr_fs_vservice_send_notify(&service, ends_out(0), 4);
}

static uint16_t index_hiprio(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_FS_QUEUE_HIPRIO);
}

static uint16_t index_notification(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_FS_QUEUE_NOTIFICATION);
}

static uint16_t index_request(const struct vwr_vdev *v, uint16_t n)
{
    return (uint16_t)(vwr_fs_queue_request_at(&v->accepted, n));
}

static void posted(struct vwr_fs_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_fs_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_fs_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_fs_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_fs_vservice_calls no_calls;
static const struct vwr_fs_vservice_calls calls = {
    .hiprio = called_hiprio,
    .request = called_request,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_hiprio[] = {
    {
        .name = "hiprio",
        .call = call_of_hiprio,
        .out = {NULL, 0, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
};

static const struct ends_message messages_notification[] = {
    {
        .name = "notify",
        .call = call_of_notify,
        .back = {NULL, 0, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x2), .home = 1,
        .type = VWR_FS_CLIENT_NOTIFICATION_NOTIFY,
    },
};

static const struct ends_message messages_request[] = {
    {
        .name = "request",
        .call = call_of_request,
        .out = {NULL, 0, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "hiprio", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_hiprio,
        .message = messages_hiprio, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &client.hiprio, .call = &call_hiprio.call, .own = &client.hiprio_own.call,
    },
    {
        .name = "notification", .kind = ENDS_EVENT, .sets = UINT64_C(0x2), .index = index_notification,
        .message = messages_notification, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .receive = &client.notification, .least = 1,
    },
    {
        .name = "request", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_request,
        .message = messages_request, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_request[0].q, .call = &call_request.call, .own = &family_request[0].own.call,
        .family = true,
    },
    {
        .name = "request", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_request,
        .number = 1,
        .message = messages_request, .messages = 1, .place = ENDS_FRONT, .select_end = 0, .big = false,
        .requests = &family_request[1].q, .call = &call_request.call, .own = &family_request[1].own.call,
        .family = true,
    },
};

static const uint8_t set_1[] = {0};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
};

static const struct ends_limit limits[] = {
    {"num_request_queues", 36, 4, 0x0u, UINT64_C(0x3)},
};

static int write_config(const struct ends_limit *wrong, const struct vwr_features *offered)
{
    struct vwr_fs_config_info info;

    memset(&info, 0, sizeof(info));
    info.num_request_queues = 1;
    if (wrong == &limits[0])
        info.num_request_queues = 0x0u;
    return vwr_fs_config_write((struct vwr_fs_config *)(void *)&service.config, false, offered, &info);
}

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_fs_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_fs_client_options o = {.requests = ends_request_options()};

    memset(&call_hiprio, 0, sizeof(call_hiprio));
    memset(family_request, 0, sizeof(family_request));
    o.request = family_request;
    o.request_count = 2;
    memset(&call_request, 0, sizeof(call_request));
    o.hiprio = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_FS_CLIENT_HIPRIO_SLOT,
                                 ENDS_SEGMENTS));
    o.notification = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.notification_buffers = ends_receive_memory();
    family_request[0].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                 VWR_FS_CLIENT_REQUEST_SLOT, ENDS_SEGMENTS));
    family_request[1].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                 VWR_FS_CLIENT_REQUEST_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_fs_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_fs_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_fs_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_fs_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "fs",
    .id = 26,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 4,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .limit = limits,
    .limits = 1,
    .write_config = write_config,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
