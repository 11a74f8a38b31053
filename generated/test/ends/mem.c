/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/mem.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Memory Device */

/* 4 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/mem.h"
#include "vwr/service/mem.h"

#include <string.h>

static struct vwr_mem_client client;
static struct vwr_mem_vservice service;

static struct vwr_mem_client_guest_request_call call_guest_request;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

/* ---- plug ---- */

static const uint8_t out_plug[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const uint8_t back_plug[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60,
};

static const struct vwr_mem_plug_msg given_plug = {
    .u = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u},
};

static const struct vwr_mem_plug_answer answer_plug = {
    .u = {0x59u, 0x60u},
};

static const struct vwr_mem_plug_answer blank_plug;

static int called_plug(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_plug_msg *m,
                       struct vwr_mem_plug_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->u, given_plug.u, sizeof(m->u));

    if (!ends.blank)
        *a = answer_plug;
    return ends_called(x, "plug");
}

static void check_plug(const struct vwr_mem_plug_answer *m)
{
    ENDS_SAME_BYTES(m->u, ends.blank ? blank_plug.u : answer_plug.u, sizeof(m->u));

}

static void forms_of_plug(void)
{
    {
        struct vwr_mem_plug_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_plug, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_plug_msg_encode(&form, false, &given_plug);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_plug_msg values;
        const struct vwr_mem_plug_msg *const m = &values;

        memcpy(&form, out_plug, sizeof(form));
        vwr_mem_plug_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, given_plug.u, sizeof(m->u));

    }

    {
        struct vwr_mem_plug_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_plug, sizeof(want));
        memset(want + 0, 0, 2);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_plug_answer_encode(&form, false, &answer_plug);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_plug_answer values;
        const struct vwr_mem_plug_answer *const m = &values;

        memcpy(&form, back_plug, sizeof(form));
        vwr_mem_plug_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, answer_plug.u, sizeof(m->u));

    }

}

static int call_of_plug(enum ends_do what)
{
    struct vwr_mem_client_guest_request_call *const call = &call_guest_request;
    struct vwr_mem_plug_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_plug();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_mem_client_plug_submit(&client, call, &given_plug);
    if (what == ENDS_DONE) {
        vwr_mem_vservice_plug_done(ends.kept, ends.ticket, VWR_OK, &answer_plug);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_mem_client_plug_answer(&client, call, &a);
        check_plug(&a);
        return VWR_OK;
    }
    r = vwr_mem_client_plug(&client, &given_plug, &a);
    if (r == VWR_OK)
        check_plug(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- unplug ---- */

static const uint8_t out_unplug[] = {
    0x1, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const uint8_t back_unplug[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60,
};

static const struct vwr_mem_unplug_msg given_unplug = {
    .u = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u},
};

static const struct vwr_mem_unplug_answer answer_unplug = {
    .u = {0x59u, 0x60u},
};

static const struct vwr_mem_unplug_answer blank_unplug;

static int called_unplug(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_unplug_msg *m,
                         struct vwr_mem_unplug_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->u, given_unplug.u, sizeof(m->u));

    if (!ends.blank)
        *a = answer_unplug;
    return ends_called(x, "unplug");
}

static void check_unplug(const struct vwr_mem_unplug_answer *m)
{
    ENDS_SAME_BYTES(m->u, ends.blank ? blank_unplug.u : answer_unplug.u, sizeof(m->u));

}

static void forms_of_unplug(void)
{
    {
        struct vwr_mem_unplug_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_unplug, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_unplug_msg_encode(&form, false, &given_unplug);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_unplug_msg values;
        const struct vwr_mem_unplug_msg *const m = &values;

        memcpy(&form, out_unplug, sizeof(form));
        vwr_mem_unplug_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, given_unplug.u, sizeof(m->u));

    }

    {
        struct vwr_mem_unplug_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_unplug, sizeof(want));
        memset(want + 0, 0, 2);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_unplug_answer_encode(&form, false, &answer_unplug);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_unplug_answer values;
        const struct vwr_mem_unplug_answer *const m = &values;

        memcpy(&form, back_unplug, sizeof(form));
        vwr_mem_unplug_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, answer_unplug.u, sizeof(m->u));

    }

}

static int call_of_unplug(enum ends_do what)
{
    struct vwr_mem_client_guest_request_call *const call = &call_guest_request;
    struct vwr_mem_unplug_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_unplug();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_mem_client_unplug_submit(&client, call, &given_unplug);
    if (what == ENDS_DONE) {
        vwr_mem_vservice_unplug_done(ends.kept, ends.ticket, VWR_OK, &answer_unplug);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_mem_client_unplug_answer(&client, call, &a);
        check_unplug(&a);
        return VWR_OK;
    }
    r = vwr_mem_client_unplug(&client, &given_unplug, &a);
    if (r == VWR_OK)
        check_unplug(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- unplug_all ---- */

static const uint8_t out_unplug_all[] = {
    0x2, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const uint8_t back_unplug_all[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60,
};

static const struct vwr_mem_unplug_all_msg given_unplug_all = {
    .u = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u},
};

static const struct vwr_mem_unplug_all_answer answer_unplug_all = {
    .u = {0x59u, 0x60u},
};

static const struct vwr_mem_unplug_all_answer blank_unplug_all;

static int called_unplug_all(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_unplug_all_msg *m,
                             struct vwr_mem_unplug_all_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->u, given_unplug_all.u, sizeof(m->u));

    if (!ends.blank)
        *a = answer_unplug_all;
    return ends_called(x, "unplug_all");
}

static void check_unplug_all(const struct vwr_mem_unplug_all_answer *m)
{
    ENDS_SAME_BYTES(m->u, ends.blank ? blank_unplug_all.u : answer_unplug_all.u, sizeof(m->u));

}

static void forms_of_unplug_all(void)
{
    {
        struct vwr_mem_unplug_all_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_unplug_all, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_unplug_all_msg_encode(&form, false, &given_unplug_all);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_unplug_all_msg values;
        const struct vwr_mem_unplug_all_msg *const m = &values;

        memcpy(&form, out_unplug_all, sizeof(form));
        vwr_mem_unplug_all_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, given_unplug_all.u, sizeof(m->u));

    }

    {
        struct vwr_mem_unplug_all_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_unplug_all, sizeof(want));
        memset(want + 0, 0, 2);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_unplug_all_answer_encode(&form, false, &answer_unplug_all);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_unplug_all_answer values;
        const struct vwr_mem_unplug_all_answer *const m = &values;

        memcpy(&form, back_unplug_all, sizeof(form));
        vwr_mem_unplug_all_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, answer_unplug_all.u, sizeof(m->u));

    }

}

static int call_of_unplug_all(enum ends_do what)
{
    struct vwr_mem_client_guest_request_call *const call = &call_guest_request;
    struct vwr_mem_unplug_all_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_unplug_all();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_mem_client_unplug_all_submit(&client, call, &given_unplug_all);
    if (what == ENDS_DONE) {
        vwr_mem_vservice_unplug_all_done(ends.kept, ends.ticket, VWR_OK, &answer_unplug_all);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_mem_client_unplug_all_answer(&client, call, &a);
        check_unplug_all(&a);
        return VWR_OK;
    }
    r = vwr_mem_client_unplug_all(&client, &given_unplug_all, &a);
    if (r == VWR_OK)
        check_unplug_all(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- state ---- */

static const uint8_t out_state[] = {
    0x3, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2,
};

static const uint8_t back_state[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60,
};

static const struct vwr_mem_state_msg given_state = {
    .u = {0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u},
};

static const struct vwr_mem_state_answer answer_state = {
    .u = {0x59u, 0x60u},
};

static const struct vwr_mem_state_answer blank_state;

static int called_state(struct vwr_mem_vservice *s, struct vwr_vmessage *x, const struct vwr_mem_state_msg *m,
                        struct vwr_mem_state_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME_BYTES(m->u, given_state.u, sizeof(m->u));

    if (!ends.blank)
        *a = answer_state;
    return ends_called(x, "state");
}

static void check_state(const struct vwr_mem_state_answer *m)
{
    ENDS_SAME_BYTES(m->u, ends.blank ? blank_state.u : answer_state.u, sizeof(m->u));

}

static void forms_of_state(void)
{
    {
        struct vwr_mem_state_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_state, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_state_msg_encode(&form, false, &given_state);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_state_msg values;
        const struct vwr_mem_state_msg *const m = &values;

        memcpy(&form, out_state, sizeof(form));
        vwr_mem_state_msg_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, given_state.u, sizeof(m->u));

    }

    {
        struct vwr_mem_state_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_state, sizeof(want));
        memset(want + 0, 0, 2);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_mem_state_answer_encode(&form, false, &answer_state);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_mem_state_answer values;
        const struct vwr_mem_state_answer *const m = &values;

        memcpy(&form, back_state, sizeof(form));
        vwr_mem_state_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->u, answer_state.u, sizeof(m->u));

    }

}

static int call_of_state(enum ends_do what)
{
    struct vwr_mem_client_guest_request_call *const call = &call_guest_request;
    struct vwr_mem_state_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_state();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_mem_client_state_submit(&client, call, &given_state);
    if (what == ENDS_DONE) {
        vwr_mem_vservice_state_done(ends.kept, ends.ticket, VWR_OK, &answer_state);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_mem_client_state_answer(&client, call, &a);
        check_state(&a);
        return VWR_OK;
    }
    r = vwr_mem_client_state(&client, &given_state, &a);
    if (r == VWR_OK)
        check_state(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

static uint16_t index_guest_request(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_MEM_QUEUE_GUEST_REQUEST);
}

static void posted(struct vwr_mem_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_mem_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_mem_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_mem_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_mem_vservice_calls no_calls;
static const struct vwr_mem_vservice_calls calls = {
    .plug = called_plug,
    .unplug = called_unplug,
    .unplug_all = called_unplug_all,
    .state = called_state,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_guest_request[] = {
    {
        .name = "plug",
        .call = call_of_plug,
        .out = {out_plug, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_plug, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 2, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "unplug",
        .call = call_of_unplug,
        .out = {out_unplug, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_unplug, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 2, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "unplug_all",
        .call = call_of_unplug_all,
        .out = {out_unplug_all, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_unplug_all, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 2, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "state",
        .call = call_of_state,
        .out = {out_state, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_state, 10, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .status_at = 0, .status_bytes = 2, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
};
static const struct ends_unknown unknown_guest_request[] = {
    {0, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "guest_request", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_guest_request,
        .message = messages_guest_request, .messages = 4, .place = ENDS_FRONT, .select_end = 2, .big = false,
        .unknown = unknown_guest_request, .unknowns = 1,
        .requests = &client.guest_request, .call = &call_guest_request.call, .own = &client.guest_request_own.call,
    },
};

static const uint8_t set_1[] = {0, 1, 2};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 3, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_mem_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_mem_client_options o = {.requests = ends_request_options()};

    memset(&call_guest_request, 0, sizeof(call_guest_request));
    o.guest_request = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                        VWR_MEM_CLIENT_GUEST_REQUEST_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_mem_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_mem_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_mem_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_mem_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "mem",
    .id = 24,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 1,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
