/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/vsock.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Socket Device */

/* 17 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/vsock.h"
#include "vwr/service/vsock.h"

#include <string.h>

static struct vwr_vsock_client client;
static struct vwr_vsock_vservice service;

static struct vwr_vsock_client_tx_call call_tx;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

/* ---- invalid ---- */

static const uint8_t out_invalid[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x0, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_invalid_msg given_invalid = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_invalid(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_invalid_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "invalid");
}

static void forms_of_invalid(void)
{
    {
        struct vwr_vsock_invalid_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_invalid, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_invalid_msg_encode(&form, false, &given_invalid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_invalid_msg values;
        const struct vwr_vsock_invalid_msg *const m = &values;

        memcpy(&form, out_invalid, sizeof(form));
        vwr_vsock_invalid_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_invalid(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_invalid();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_invalid_submit(&client, call, &given_invalid);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_invalid_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_invalid(&client, &given_invalid);
    return r;
}

/* ---- request ---- */

static const uint8_t out_request[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x1, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_request_msg given_request = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_request(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_request_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "request");
}

static void forms_of_request(void)
{
    {
        struct vwr_vsock_request_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_request, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_request_msg_encode(&form, false, &given_request);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_request_msg values;
        const struct vwr_vsock_request_msg *const m = &values;

        memcpy(&form, out_request, sizeof(form));
        vwr_vsock_request_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_request(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_request();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_request_submit(&client, call, &given_request);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_request_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_request(&client, &given_request);
    return r;
}

/* ---- response ---- */

static const uint8_t out_response[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x2, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_response_msg given_response = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_response(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_response_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "response");
}

static void forms_of_response(void)
{
    {
        struct vwr_vsock_response_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_response, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_response_msg_encode(&form, false, &given_response);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_response_msg values;
        const struct vwr_vsock_response_msg *const m = &values;

        memcpy(&form, out_response, sizeof(form));
        vwr_vsock_response_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_response(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_response();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_response_submit(&client, call, &given_response);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_response_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_response(&client, &given_response);
    return r;
}

/* ---- rst ---- */

static const uint8_t out_rst[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x3, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_rst_msg given_rst = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_rst(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_rst_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "rst");
}

static void forms_of_rst(void)
{
    {
        struct vwr_vsock_rst_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rst, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_rst_msg_encode(&form, false, &given_rst);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_rst_msg values;
        const struct vwr_vsock_rst_msg *const m = &values;

        memcpy(&form, out_rst, sizeof(form));
        vwr_vsock_rst_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_rst(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rst();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_rst_submit(&client, call, &given_rst);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_rst_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_rst(&client, &given_rst);
    return r;
}

/* ---- shutdown ---- */

static const uint8_t out_shutdown[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x4, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_shutdown_msg given_shutdown = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_shutdown(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_shutdown_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "shutdown");
}

static void forms_of_shutdown(void)
{
    {
        struct vwr_vsock_shutdown_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_shutdown, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_shutdown_msg_encode(&form, false, &given_shutdown);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_shutdown_msg values;
        const struct vwr_vsock_shutdown_msg *const m = &values;

        memcpy(&form, out_shutdown, sizeof(form));
        vwr_vsock_shutdown_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_shutdown(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_shutdown();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_shutdown_submit(&client, call, &given_shutdown);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_shutdown_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_shutdown(&client, &given_shutdown);
    return r;
}

/* ---- rw ---- */

static const uint8_t out_rw[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0x6, 0x0, 0x0, 0x0, 0xe5, 0xec, 0x5, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_rw_msg given_rw = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0x6u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_rw(struct vwr_vsock_vservice *s, struct vwr_vmessage *x, const struct vwr_vsock_rw_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0x6u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "rw");
}

static void forms_of_rw(void)
{
    {
        struct vwr_vsock_rw_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_rw, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_rw_msg_encode(&form, false, &given_rw);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_rw_msg values;
        const struct vwr_vsock_rw_msg *const m = &values;

        memcpy(&form, out_rw, sizeof(form));
        vwr_vsock_rw_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0x6u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_rw(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_rw();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_rw_submit(&client, call, &given_rw, ends_out(0));
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_rw_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_rw(&client, &given_rw, ends_out(0));
    return r;
}

/* ---- credit_update ---- */

static const uint8_t out_credit_update[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x6, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_credit_update_msg given_credit_update = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_credit_update(struct vwr_vsock_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_vsock_credit_update_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "credit_update");
}

static void forms_of_credit_update(void)
{
    {
        struct vwr_vsock_credit_update_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_credit_update, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_credit_update_msg_encode(&form, false, &given_credit_update);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_credit_update_msg values;
        const struct vwr_vsock_credit_update_msg *const m = &values;

        memcpy(&form, out_credit_update, sizeof(form));
        vwr_vsock_credit_update_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_credit_update(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_credit_update();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_credit_update_submit(&client, call, &given_credit_update);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_credit_update_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_credit_update(&client, &given_credit_update);
    return r;
}

/* ---- credit_request ---- */

static const uint8_t out_credit_request[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x7, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_credit_request_msg given_credit_request = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static int called_credit_request(struct vwr_vsock_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_vsock_credit_request_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    return ends_called(x, "credit_request");
}

static void forms_of_credit_request(void)
{
    {
        struct vwr_vsock_credit_request_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_credit_request, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_credit_request_msg_encode(&form, false, &given_credit_request);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_credit_request_msg values;
        const struct vwr_vsock_credit_request_msg *const m = &values;

        memcpy(&form, out_credit_request, sizeof(form));
        vwr_vsock_credit_request_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int call_of_credit_request(enum ends_do what)
{
    struct vwr_vsock_client_tx_call *const call = &call_tx;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_credit_request();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_vsock_client_credit_request_submit(&client, call, &given_credit_request);
    if (what == ENDS_DONE) {
        vwr_vsock_vservice_credit_request_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_vsock_client_credit_request(&client, &given_credit_request);
    return r;
}

/* ---- device_invalid ---- */

static const uint8_t back_device_invalid[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x0, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_invalid_msg given_device_invalid = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_invalid(const struct vwr_vsock_device_invalid_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_invalid(void)
{
    {
        struct vwr_vsock_device_invalid_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_invalid, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_invalid_msg_encode(&form, false, &given_device_invalid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_invalid_msg values;
        const struct vwr_vsock_device_invalid_msg *const m = &values;

        memcpy(&form, back_device_invalid, sizeof(form));
        vwr_vsock_device_invalid_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_request ---- */

static const uint8_t back_device_request[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x1, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_request_msg given_device_request = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_request(const struct vwr_vsock_device_request_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_request(void)
{
    {
        struct vwr_vsock_device_request_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_request, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_request_msg_encode(&form, false, &given_device_request);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_request_msg values;
        const struct vwr_vsock_device_request_msg *const m = &values;

        memcpy(&form, back_device_request, sizeof(form));
        vwr_vsock_device_request_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_response ---- */

static const uint8_t back_device_response[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x2, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_response_msg given_device_response = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_response(const struct vwr_vsock_device_response_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_response(void)
{
    {
        struct vwr_vsock_device_response_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_response, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_response_msg_encode(&form, false, &given_device_response);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_response_msg values;
        const struct vwr_vsock_device_response_msg *const m = &values;

        memcpy(&form, back_device_response, sizeof(form));
        vwr_vsock_device_response_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_rst ---- */

static const uint8_t back_device_rst[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x3, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_rst_msg given_device_rst = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_rst(const struct vwr_vsock_device_rst_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_rst(void)
{
    {
        struct vwr_vsock_device_rst_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_rst, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_rst_msg_encode(&form, false, &given_device_rst);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_rst_msg values;
        const struct vwr_vsock_device_rst_msg *const m = &values;

        memcpy(&form, back_device_rst, sizeof(form));
        vwr_vsock_device_rst_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_shutdown ---- */

static const uint8_t back_device_shutdown[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x4, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_shutdown_msg given_device_shutdown = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_shutdown(const struct vwr_vsock_device_shutdown_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_shutdown(void)
{
    {
        struct vwr_vsock_device_shutdown_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_shutdown, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_shutdown_msg_encode(&form, false, &given_device_shutdown);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_shutdown_msg values;
        const struct vwr_vsock_device_shutdown_msg *const m = &values;

        memcpy(&form, back_device_shutdown, sizeof(form));
        vwr_vsock_device_shutdown_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_rw ---- */

static const uint8_t back_device_rw[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0x6, 0x0, 0x0, 0x0, 0xe5, 0xec, 0x5, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_rw_msg given_device_rw = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0x6u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_rw(const struct vwr_vsock_device_rw_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0x6u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_rw(void)
{
    {
        struct vwr_vsock_device_rw_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_rw, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_rw_msg_encode(&form, false, &given_device_rw);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_rw_msg values;
        const struct vwr_vsock_device_rw_msg *const m = &values;

        memcpy(&form, back_device_rw, sizeof(form));
        vwr_vsock_device_rw_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0x6u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_credit_update ---- */

static const uint8_t back_device_credit_update[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x6, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_credit_update_msg given_device_credit_update = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_credit_update(const struct vwr_vsock_device_credit_update_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_credit_update(void)
{
    {
        struct vwr_vsock_device_credit_update_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_credit_update, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_credit_update_msg_encode(&form, false, &given_device_credit_update);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_credit_update_msg values;
        const struct vwr_vsock_device_credit_update_msg *const m = &values;

        memcpy(&form, back_device_credit_update, sizeof(form));
        vwr_vsock_device_credit_update_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

/* ---- device_credit_request ---- */

static const uint8_t back_device_credit_request[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0x7, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e,
};

static const struct vwr_vsock_device_credit_request_msg given_device_credit_request = {
    .src_cid = UINT64_C(0x524b443d362f2821),
    .dst_cid = UINT64_C(0x8a837c756e676059),
    .src_port = 0xa69f9891u,
    .dst_port = 0xc2bbb4adu,
    .len = 0xded7d0c9u,
    .type = 0xece5u,
    .flags = 0x160f0801u,
    .buf_alloc = 0x322b241du,
    .fwd_cnt = 0x4e474039u,
};

static void check_device_credit_request(const struct vwr_vsock_device_credit_request_msg *m)
{
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
    ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->src_port, 0xa69f9891u);
    ENDS_SAME(m->dst_port, 0xc2bbb4adu);
    ENDS_SAME(m->len, 0xded7d0c9u);
    ENDS_SAME(m->type, 0xece5u);
    ENDS_SAME(m->flags, 0x160f0801u);
    ENDS_SAME(m->buf_alloc, 0x322b241du);
    ENDS_SAME(m->fwd_cnt, 0x4e474039u);

}

static void forms_of_device_credit_request(void)
{
    {
        struct vwr_vsock_device_credit_request_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_device_credit_request, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_device_credit_request_msg_encode(&form, false, &given_device_credit_request);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_vsock_device_credit_request_msg values;
        const struct vwr_vsock_device_credit_request_msg *const m = &values;

        memcpy(&form, back_device_credit_request, sizeof(form));
        vwr_vsock_device_credit_request_msg_decode(&form, false, &values);
    ENDS_SAME(m->src_cid, UINT64_C(0x524b443d362f2821));
        ENDS_SAME(m->dst_cid, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->src_port, 0xa69f9891u);
        ENDS_SAME(m->dst_port, 0xc2bbb4adu);
        ENDS_SAME(m->len, 0xded7d0c9u);
        ENDS_SAME(m->type, 0xece5u);
        ENDS_SAME(m->flags, 0x160f0801u);
        ENDS_SAME(m->buf_alloc, 0x322b241du);
        ENDS_SAME(m->fwd_cnt, 0x4e474039u);

    }

}

static int poll_rx(void)
{
    struct vwr_vsock_client_rx_event e;
    const int n = vwr_vsock_client_poll_rx(&client, &e);

    if (n != 1)
        return n;
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_INVALID)
        check_device_invalid(&e.m.device_invalid);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_REQUEST)
        check_device_request(&e.m.device_request);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_RESPONSE)
        check_device_response(&e.m.device_response);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_RST)
        check_device_rst(&e.m.device_rst);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_SHUTDOWN)
        check_device_shutdown(&e.m.device_shutdown);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_RW)
        check_device_rw(&e.m.device_rw);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_UPDATE)
        check_device_credit_update(&e.m.device_credit_update);
    if (e.type == VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_REQUEST)
        check_device_credit_request(&e.m.device_credit_request);
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_vsock_client_return_rx(&client, &e);
    return n;
}

static int parse_rx(void)
{
    struct vwr_vsock_client_rx_event e;

    return vwr_vsock_client_rx_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_device_invalid(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_invalid();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_invalid(&service, &given_device_invalid, ends_out(0), 0);
}

static int call_of_device_request(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_request();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_request(&service, &given_device_request, ends_out(0), 0);
}

static int call_of_device_response(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_response();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_response(&service, &given_device_response, ends_out(0), 0);
}

static int call_of_device_rst(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_rst();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_rst(&service, &given_device_rst, ends_out(0), 0);
}

static int call_of_device_shutdown(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_shutdown();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_shutdown(&service, &given_device_shutdown, ends_out(0), 0);
}

static int call_of_device_rw(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_rw();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_rw(&service, &given_device_rw, ends_out(0), 6);
}

static int call_of_device_credit_update(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_credit_update();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_credit_update(&service, &given_device_credit_update, ends_out(0), 0);
}

static int call_of_device_credit_request(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_device_credit_request();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_rx();
    if (what == ENDS_PARSE)
        return parse_rx();
    return vwr_vsock_vservice_send_device_credit_request(&service, &given_device_credit_request, ends_out(0), 0);
}

/* ---- transport_reset ---- */

static const uint8_t back_transport_reset[] = {
    0x0, 0x0, 0x0, 0x0,
};

static void forms_of_transport_reset(void)
{
    {
        struct vwr_vsock_transport_reset_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_transport_reset, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_vsock_transport_reset_msg_encode(&form, false);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
    }

}

static int poll_event(void)
{
    struct vwr_vsock_client_event_event e;
    const int n = vwr_vsock_client_poll_event(&client, &e);

    if (n != 1)
        return n;
    ends_polled((unsigned)e.type, e.data, e.data_bytes);
    vwr_vsock_client_return_event(&client, &e);
    return n;
}

static int parse_event(void)
{
    struct vwr_vsock_client_event_event e;

    return vwr_vsock_client_event_parse(ends.image, ends.image_bytes, false, &client.bringup.dev->config.features, &e);
}

static int call_of_transport_reset(enum ends_do what)
{
    if (what == ENDS_FORMS) {
        forms_of_transport_reset();
        return VWR_OK;
    }
    if (what == ENDS_POLL)
        return poll_event();
    if (what == ENDS_PARSE)
        return parse_event();
    return vwr_vsock_vservice_send_transport_reset(&service, ends_out(0), 0);
}

static uint16_t index_tx(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_VSOCK_QUEUE_TX);
}

static uint16_t index_rx(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_VSOCK_QUEUE_RX);
}

static uint16_t index_event(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_VSOCK_QUEUE_EVENT);
}

static void posted(struct vwr_vsock_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_vsock_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_vsock_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_vsock_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_vsock_vservice_calls no_calls;
static const struct vwr_vsock_vservice_calls calls = {
    .invalid = called_invalid,
    .request = called_request,
    .response = called_response,
    .rst = called_rst,
    .shutdown = called_shutdown,
    .rw = called_rw,
    .credit_update = called_credit_update,
    .credit_request = called_credit_request,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_tx[] = {
    {
        .name = "invalid",
        .call = call_of_invalid,
        .out = {out_invalid, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "request",
        .call = call_of_request,
        .out = {out_request, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "response",
        .call = call_of_response,
        .out = {out_response, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "rst",
        .call = call_of_rst,
        .out = {out_rst, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "shutdown",
        .call = call_of_shutdown,
        .out = {out_shutdown, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "rw",
        .call = call_of_rw,
        .out = {out_rw, 44, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "credit_update",
        .call = call_of_credit_update,
        .out = {out_credit_update, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
    {
        .name = "credit_request",
        .call = call_of_credit_request,
        .out = {out_credit_request, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {NULL, 0, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
    },
};
static const struct ends_unknown unknown_tx[] = {
    {30, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_rx[] = {
    {
        .name = "device_invalid",
        .call = call_of_device_invalid,
        .back = {back_device_invalid, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_INVALID,
    },
    {
        .name = "device_request",
        .call = call_of_device_request,
        .back = {back_device_request, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_REQUEST,
    },
    {
        .name = "device_response",
        .call = call_of_device_response,
        .back = {back_device_response, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_RESPONSE,
    },
    {
        .name = "device_rst",
        .call = call_of_device_rst,
        .back = {back_device_rst, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_RST,
    },
    {
        .name = "device_shutdown",
        .call = call_of_device_shutdown,
        .back = {back_device_shutdown, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_SHUTDOWN,
    },
    {
        .name = "device_rw",
        .call = call_of_device_rw,
        .back = {back_device_rw, 44, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_RW,
    },
    {
        .name = "device_credit_update",
        .call = call_of_device_credit_update,
        .back = {back_device_credit_update, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_UPDATE,
    },
    {
        .name = "device_credit_request",
        .call = call_of_device_credit_request,
        .back = {back_device_credit_request, 44, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_RX_DEVICE_CREDIT_REQUEST,
    },
};
static const struct ends_unknown unknown_rx[] = {
    {30, 2, 0, 0xffffu, 0xfffeu, false},
};

static const struct ends_message messages_event[] = {
    {
        .name = "transport_reset",
        .call = call_of_transport_reset,
        .back = {back_transport_reset, 4, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .type = VWR_VSOCK_CLIENT_EVENT_TRANSPORT_RESET,
    },
};
static const struct ends_unknown unknown_event[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "tx", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_tx,
        .message = messages_tx, .messages = 8, .place = ENDS_FRONT, .select_end = 32, .big = false,
        .unknown = unknown_tx, .unknowns = 1,
        .requests = &client.tx, .call = &call_tx.call, .own = &client.tx_own.call,
    },
    {
        .name = "rx", .kind = ENDS_EVENT, .sets = UINT64_C(0x3), .index = index_rx,
        .message = messages_rx, .messages = 8, .place = ENDS_FRONT, .select_end = 32, .big = false,
        .unknown = unknown_rx, .unknowns = 1,
        .receive = &client.rx, .least = 44,
    },
    {
        .name = "event", .kind = ENDS_EVENT, .sets = UINT64_C(0x3), .index = index_event,
        .message = messages_event, .messages = 1, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_event, .unknowns = 1,
        .receive = &client.event, .least = 4,
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
    const int r = vwr_vsock_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_vsock_client_options o = {.requests = ends_request_options()};

    memset(&call_tx, 0, sizeof(call_tx));
    o.tx = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_VSOCK_CLIENT_TX_SLOT,
                             ENDS_SEGMENTS));
    o.rx = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.rx_buffers = ends_receive_memory();
    o.event = ends_queue_memory(VWR_QUEUE_SHARED_BYTES(ENDS_QUEUE_SIZE));
    o.event_buffers = ends_receive_memory();
    memset(&client, 0, sizeof(client));
    return vwr_vsock_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_vsock_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_vsock_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_vsock_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "vsock",
    .id = 19,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 3,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
