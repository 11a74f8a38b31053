/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/crypto.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Crypto Device */

/* 22 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/crypto.h"
#include "vwr/service/crypto.h"

#include <string.h>

static struct vwr_crypto_client client;
static struct vwr_crypto_vservice service;

static struct vwr_crypto_client_controlq_call call_controlq;
static struct vwr_crypto_client_dataq_call call_dataq;

static struct vwr_crypto_client_dataq_queue family_dataq[2];

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x2, 0x0, 0x0, 0x0, 0xff, 0xff, 0xff, 0xff, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

/* ---- cipher_create_session ---- */

static const uint8_t out_cipher_create_session[] = {
    0x2, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cipher_create_session[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_crypto_cipher_create_session_msg given_cipher_create_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
    .op_flf = {0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau},
    .op_type = 0xf6efe8e1u,
};

static const struct vwr_crypto_cipher_create_session_answer answer_cipher_create_session = {
    .session_id = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_crypto_cipher_create_session_answer blank_cipher_create_session;

static int called_cipher_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                        const struct vwr_crypto_cipher_create_session_msg *m,
                                        struct vwr_crypto_cipher_create_session_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);
    ENDS_SAME_BYTES(m->op_flf, given_cipher_create_session.op_flf, sizeof(m->op_flf));
    ENDS_SAME(m->op_type, 0xf6efe8e1u);

    if (!ends.blank)
        *a = answer_cipher_create_session;
    return ends_called(x, "cipher_create_session");
}

static void check_cipher_create_session(const struct vwr_crypto_cipher_create_session_answer *m)
{
    ENDS_SAME(m->session_id, ends.blank ? blank_cipher_create_session.session_id : UINT64_C(0x524b443d362f2821));

}

static void forms_of_cipher_create_session(void)
{
    {
        struct vwr_crypto_cipher_create_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cipher_create_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_cipher_create_session_msg_encode(&form, false, &given_cipher_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_cipher_create_session_msg values;
        const struct vwr_crypto_cipher_create_session_msg *const m = &values;

        memcpy(&form, out_cipher_create_session, sizeof(form));
        vwr_crypto_cipher_create_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);
        ENDS_SAME_BYTES(m->op_flf, given_cipher_create_session.op_flf, sizeof(m->op_flf));
        ENDS_SAME(m->op_type, 0xf6efe8e1u);

    }

    {
        struct vwr_crypto_cipher_create_session_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_cipher_create_session, sizeof(want));
        memset(want + 8, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_cipher_create_session_answer_encode(&form, false, &answer_cipher_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_cipher_create_session_answer values;
        const struct vwr_crypto_cipher_create_session_answer *const m = &values;

        memcpy(&form, back_cipher_create_session, sizeof(form));
        vwr_crypto_cipher_create_session_answer_decode(&form, false, &values);
    ENDS_SAME(m->session_id, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_cipher_create_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    struct vwr_crypto_cipher_create_session_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cipher_create_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_cipher_create_session_submit(&client, call, &given_cipher_create_session, ends_out(0),
            2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_cipher_create_session_done(ends.kept, ends.ticket, VWR_OK, &answer_cipher_create_session);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_crypto_client_cipher_create_session_answer(&client, call, &a);
        check_cipher_create_session(&a);
        return VWR_OK;
    }
    r = vwr_crypto_client_cipher_create_session(&client, &given_cipher_create_session, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_cipher_create_session(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- cipher_destroy_session ---- */

static const uint8_t out_cipher_destroy_session[] = {
    0x3, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cipher_destroy_session[] = {
    0x0,
};

static const struct vwr_crypto_cipher_destroy_session_msg given_cipher_destroy_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static int called_cipher_destroy_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                         const struct vwr_crypto_cipher_destroy_session_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    return ends_called(x, "cipher_destroy_session");
}

static void forms_of_cipher_destroy_session(void)
{
    {
        struct vwr_crypto_cipher_destroy_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cipher_destroy_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_cipher_destroy_session_msg_encode(&form, false, &given_cipher_destroy_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_cipher_destroy_session_msg values;
        const struct vwr_crypto_cipher_destroy_session_msg *const m = &values;

        memcpy(&form, out_cipher_destroy_session, sizeof(form));
        vwr_crypto_cipher_destroy_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

}

static int call_of_cipher_destroy_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cipher_destroy_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_cipher_destroy_session_submit(&client, call, &given_cipher_destroy_session,
            ends_out(0), 16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_cipher_destroy_session_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_cipher_destroy_session_submit(&client, call, &given_cipher_destroy_session,
            ends_out(0), 9);
    }
    r = vwr_crypto_client_cipher_destroy_session(&client, &given_cipher_destroy_session, ends_out(0), 16);
    return r;
}

/* ---- hash_create_session ---- */

static const uint8_t out_hash_create_session[] = {
    0x2, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_hash_create_session[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_crypto_hash_create_session_msg given_hash_create_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static const struct vwr_crypto_hash_create_session_answer answer_hash_create_session = {
    .session_id = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_crypto_hash_create_session_answer blank_hash_create_session;

static int called_hash_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_crypto_hash_create_session_msg *m,
                                      struct vwr_crypto_hash_create_session_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    if (!ends.blank)
        *a = answer_hash_create_session;
    return ends_called(x, "hash_create_session");
}

static void check_hash_create_session(const struct vwr_crypto_hash_create_session_answer *m)
{
    ENDS_SAME(m->session_id, ends.blank ? blank_hash_create_session.session_id : UINT64_C(0x524b443d362f2821));

}

static void forms_of_hash_create_session(void)
{
    {
        struct vwr_crypto_hash_create_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_hash_create_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_hash_create_session_msg_encode(&form, false, &given_hash_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_hash_create_session_msg values;
        const struct vwr_crypto_hash_create_session_msg *const m = &values;

        memcpy(&form, out_hash_create_session, sizeof(form));
        vwr_crypto_hash_create_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

    {
        struct vwr_crypto_hash_create_session_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_hash_create_session, sizeof(want));
        memset(want + 8, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_hash_create_session_answer_encode(&form, false, &answer_hash_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_hash_create_session_answer values;
        const struct vwr_crypto_hash_create_session_answer *const m = &values;

        memcpy(&form, back_hash_create_session, sizeof(form));
        vwr_crypto_hash_create_session_answer_decode(&form, false, &values);
    ENDS_SAME(m->session_id, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_hash_create_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    struct vwr_crypto_hash_create_session_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_hash_create_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_hash_create_session_submit(&client, call, &given_hash_create_session, ends_out(0), 16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_hash_create_session_done(ends.kept, ends.ticket, VWR_OK, &answer_hash_create_session);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_crypto_client_hash_create_session_answer(&client, call, &a);
        check_hash_create_session(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_hash_create_session_submit(&client, call, &given_hash_create_session, ends_out(0), 9);
    }
    r = vwr_crypto_client_hash_create_session(&client, &given_hash_create_session, ends_out(0), 16, &a);
    if (r == VWR_OK)
        check_hash_create_session(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- hash_destroy_session ---- */

static const uint8_t out_hash_destroy_session[] = {
    0x3, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_hash_destroy_session[] = {
    0x0,
};

static const struct vwr_crypto_hash_destroy_session_msg given_hash_destroy_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static int called_hash_destroy_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                       const struct vwr_crypto_hash_destroy_session_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    return ends_called(x, "hash_destroy_session");
}

static void forms_of_hash_destroy_session(void)
{
    {
        struct vwr_crypto_hash_destroy_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_hash_destroy_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_hash_destroy_session_msg_encode(&form, false, &given_hash_destroy_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_hash_destroy_session_msg values;
        const struct vwr_crypto_hash_destroy_session_msg *const m = &values;

        memcpy(&form, out_hash_destroy_session, sizeof(form));
        vwr_crypto_hash_destroy_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

}

static int call_of_hash_destroy_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_hash_destroy_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_hash_destroy_session_submit(&client, call, &given_hash_destroy_session, ends_out(0),
            16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_hash_destroy_session_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_hash_destroy_session_submit(&client, call, &given_hash_destroy_session, ends_out(0),
            9);
    }
    r = vwr_crypto_client_hash_destroy_session(&client, &given_hash_destroy_session, ends_out(0), 16);
    return r;
}

/* ---- mac_create_session ---- */

static const uint8_t out_mac_create_session[] = {
    0x2, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_mac_create_session[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_crypto_mac_create_session_msg given_mac_create_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static const struct vwr_crypto_mac_create_session_answer answer_mac_create_session = {
    .session_id = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_crypto_mac_create_session_answer blank_mac_create_session;

static int called_mac_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                     const struct vwr_crypto_mac_create_session_msg *m,
                                     struct vwr_crypto_mac_create_session_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    if (!ends.blank)
        *a = answer_mac_create_session;
    return ends_called(x, "mac_create_session");
}

static void check_mac_create_session(const struct vwr_crypto_mac_create_session_answer *m)
{
    ENDS_SAME(m->session_id, ends.blank ? blank_mac_create_session.session_id : UINT64_C(0x524b443d362f2821));

}

static void forms_of_mac_create_session(void)
{
    {
        struct vwr_crypto_mac_create_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mac_create_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_mac_create_session_msg_encode(&form, false, &given_mac_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_mac_create_session_msg values;
        const struct vwr_crypto_mac_create_session_msg *const m = &values;

        memcpy(&form, out_mac_create_session, sizeof(form));
        vwr_crypto_mac_create_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

    {
        struct vwr_crypto_mac_create_session_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_mac_create_session, sizeof(want));
        memset(want + 8, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_mac_create_session_answer_encode(&form, false, &answer_mac_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_mac_create_session_answer values;
        const struct vwr_crypto_mac_create_session_answer *const m = &values;

        memcpy(&form, back_mac_create_session, sizeof(form));
        vwr_crypto_mac_create_session_answer_decode(&form, false, &values);
    ENDS_SAME(m->session_id, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_mac_create_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    struct vwr_crypto_mac_create_session_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mac_create_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_mac_create_session_submit(&client, call, &given_mac_create_session, ends_out(0), 32,
                                                           ends_out(32), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_mac_create_session_done(ends.kept, ends.ticket, VWR_OK, &answer_mac_create_session);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_crypto_client_mac_create_session_answer(&client, call, &a);
        check_mac_create_session(&a);
        return VWR_OK;
    }
    r = vwr_crypto_client_mac_create_session(&client, &given_mac_create_session, ends_out(0), 32, ends_out(32), 2, &a);
    if (r == VWR_OK)
        check_mac_create_session(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- mac_destroy_session ---- */

static const uint8_t out_mac_destroy_session[] = {
    0x3, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_mac_destroy_session[] = {
    0x0,
};

static const struct vwr_crypto_mac_destroy_session_msg given_mac_destroy_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static int called_mac_destroy_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_crypto_mac_destroy_session_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    return ends_called(x, "mac_destroy_session");
}

static void forms_of_mac_destroy_session(void)
{
    {
        struct vwr_crypto_mac_destroy_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mac_destroy_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_mac_destroy_session_msg_encode(&form, false, &given_mac_destroy_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_mac_destroy_session_msg values;
        const struct vwr_crypto_mac_destroy_session_msg *const m = &values;

        memcpy(&form, out_mac_destroy_session, sizeof(form));
        vwr_crypto_mac_destroy_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

}

static int call_of_mac_destroy_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mac_destroy_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_mac_destroy_session_submit(&client, call, &given_mac_destroy_session, ends_out(0), 16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_mac_destroy_session_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_mac_destroy_session_submit(&client, call, &given_mac_destroy_session, ends_out(0), 9);
    }
    r = vwr_crypto_client_mac_destroy_session(&client, &given_mac_destroy_session, ends_out(0), 16);
    return r;
}

/* ---- aead_create_session ---- */

static const uint8_t out_aead_create_session[] = {
    0x2, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_aead_create_session[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_crypto_aead_create_session_msg given_aead_create_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static const struct vwr_crypto_aead_create_session_answer answer_aead_create_session = {
    .session_id = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_crypto_aead_create_session_answer blank_aead_create_session;

static int called_aead_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_crypto_aead_create_session_msg *m,
                                      struct vwr_crypto_aead_create_session_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    if (!ends.blank)
        *a = answer_aead_create_session;
    return ends_called(x, "aead_create_session");
}

static void check_aead_create_session(const struct vwr_crypto_aead_create_session_answer *m)
{
    ENDS_SAME(m->session_id, ends.blank ? blank_aead_create_session.session_id : UINT64_C(0x524b443d362f2821));

}

static void forms_of_aead_create_session(void)
{
    {
        struct vwr_crypto_aead_create_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_aead_create_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_aead_create_session_msg_encode(&form, false, &given_aead_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_aead_create_session_msg values;
        const struct vwr_crypto_aead_create_session_msg *const m = &values;

        memcpy(&form, out_aead_create_session, sizeof(form));
        vwr_crypto_aead_create_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

    {
        struct vwr_crypto_aead_create_session_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_aead_create_session, sizeof(want));
        memset(want + 8, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_aead_create_session_answer_encode(&form, false, &answer_aead_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_aead_create_session_answer values;
        const struct vwr_crypto_aead_create_session_answer *const m = &values;

        memcpy(&form, back_aead_create_session, sizeof(form));
        vwr_crypto_aead_create_session_answer_decode(&form, false, &values);
    ENDS_SAME(m->session_id, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_aead_create_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    struct vwr_crypto_aead_create_session_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_aead_create_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_aead_create_session_submit(&client, call, &given_aead_create_session, ends_out(0), 48,
                                                            ends_out(48), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_aead_create_session_done(ends.kept, ends.ticket, VWR_OK, &answer_aead_create_session);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_crypto_client_aead_create_session_answer(&client, call, &a);
        check_aead_create_session(&a);
        return VWR_OK;
    }
    r = vwr_crypto_client_aead_create_session(&client, &given_aead_create_session, ends_out(0), 48, ends_out(48), 2,
                                              &a);
    if (r == VWR_OK)
        check_aead_create_session(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- aead_destroy_session ---- */

static const uint8_t out_aead_destroy_session[] = {
    0x3, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_aead_destroy_session[] = {
    0x0,
};

static const struct vwr_crypto_aead_destroy_session_msg given_aead_destroy_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static int called_aead_destroy_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                       const struct vwr_crypto_aead_destroy_session_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    return ends_called(x, "aead_destroy_session");
}

static void forms_of_aead_destroy_session(void)
{
    {
        struct vwr_crypto_aead_destroy_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_aead_destroy_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_aead_destroy_session_msg_encode(&form, false, &given_aead_destroy_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_aead_destroy_session_msg values;
        const struct vwr_crypto_aead_destroy_session_msg *const m = &values;

        memcpy(&form, out_aead_destroy_session, sizeof(form));
        vwr_crypto_aead_destroy_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

}

static int call_of_aead_destroy_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_aead_destroy_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_aead_destroy_session_submit(&client, call, &given_aead_destroy_session, ends_out(0),
            16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_aead_destroy_session_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_aead_destroy_session_submit(&client, call, &given_aead_destroy_session, ends_out(0),
            9);
    }
    r = vwr_crypto_client_aead_destroy_session(&client, &given_aead_destroy_session, ends_out(0), 16);
    return r;
}

/* ---- akcipher_create_session ---- */

static const uint8_t out_akcipher_create_session[] = {
    0x4, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0x6, 0x0, 0x0, 0x0, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12,
};

static const uint8_t back_akcipher_create_session[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_crypto_akcipher_create_session_msg given_akcipher_create_session = {
    .ctrl_header_algo = 0x524b443du,
    .flag = 0x6e676059u,
    .akcipher_create_session_flf_algo = 0xa69f9891u,
    .key_type = 0xc2bbb4adu,
    .key_len = 0x6u,
    .algo_flf = {0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u,
        0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u,
        0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u},
};

static const struct vwr_crypto_akcipher_create_session_answer answer_akcipher_create_session = {
    .session_id = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_crypto_akcipher_create_session_answer blank_akcipher_create_session;

static int called_akcipher_create_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                          const struct vwr_crypto_akcipher_create_session_msg *m,
                                          struct vwr_crypto_akcipher_create_session_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->ctrl_header_algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);
    ENDS_SAME(m->akcipher_create_session_flf_algo, 0xa69f9891u);
    ENDS_SAME(m->key_type, 0xc2bbb4adu);
    ENDS_SAME(m->key_len, 0x6u);
    ENDS_SAME_BYTES(m->algo_flf, given_akcipher_create_session.algo_flf, sizeof(m->algo_flf));

    if (!ends.blank)
        *a = answer_akcipher_create_session;
    return ends_called(x, "akcipher_create_session");
}

static void check_akcipher_create_session(const struct vwr_crypto_akcipher_create_session_answer *m)
{
    ENDS_SAME(m->session_id, ends.blank ? blank_akcipher_create_session.session_id : UINT64_C(0x524b443d362f2821));

}

static void forms_of_akcipher_create_session(void)
{
    {
        struct vwr_crypto_akcipher_create_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_create_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_create_session_msg_encode(&form, false, &given_akcipher_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_create_session_msg values;
        const struct vwr_crypto_akcipher_create_session_msg *const m = &values;

        memcpy(&form, out_akcipher_create_session, sizeof(form));
        vwr_crypto_akcipher_create_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->ctrl_header_algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);
        ENDS_SAME(m->akcipher_create_session_flf_algo, 0xa69f9891u);
        ENDS_SAME(m->key_type, 0xc2bbb4adu);
        ENDS_SAME(m->key_len, 0x6u);
        ENDS_SAME_BYTES(m->algo_flf, given_akcipher_create_session.algo_flf, sizeof(m->algo_flf));

    }

    {
        struct vwr_crypto_akcipher_create_session_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_akcipher_create_session, sizeof(want));
        memset(want + 8, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_create_session_answer_encode(&form, false, &answer_akcipher_create_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_create_session_answer values;
        const struct vwr_crypto_akcipher_create_session_answer *const m = &values;

        memcpy(&form, back_akcipher_create_session, sizeof(form));
        vwr_crypto_akcipher_create_session_answer_decode(&form, false, &values);
    ENDS_SAME(m->session_id, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_akcipher_create_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    struct vwr_crypto_akcipher_create_session_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_create_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_create_session_submit(&client, call, &given_akcipher_create_session,
            ends_out(0));
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_create_session_done(ends.kept, ends.ticket, VWR_OK,
                                                         &answer_akcipher_create_session);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_crypto_client_akcipher_create_session_answer(&client, call, &a);
        check_akcipher_create_session(&a);
        return VWR_OK;
    }
    r = vwr_crypto_client_akcipher_create_session(&client, &given_akcipher_create_session, ends_out(0), &a);
    if (r == VWR_OK)
        check_akcipher_create_session(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- akcipher_destroy_session ---- */

static const uint8_t out_akcipher_destroy_session[] = {
    0x5, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_akcipher_destroy_session[] = {
    0x0,
};

static const struct vwr_crypto_akcipher_destroy_session_msg given_akcipher_destroy_session = {
    .algo = 0x524b443du,
    .flag = 0x6e676059u,
};

static int called_akcipher_destroy_session(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                           const struct vwr_crypto_akcipher_destroy_session_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->flag, 0x6e676059u);

    return ends_called(x, "akcipher_destroy_session");
}

static void forms_of_akcipher_destroy_session(void)
{
    {
        struct vwr_crypto_akcipher_destroy_session_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_destroy_session, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_destroy_session_msg_encode(&form, false, &given_akcipher_destroy_session);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_destroy_session_msg values;
        const struct vwr_crypto_akcipher_destroy_session_msg *const m = &values;

        memcpy(&form, out_akcipher_destroy_session, sizeof(form));
        vwr_crypto_akcipher_destroy_session_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->flag, 0x6e676059u);

    }

}

static int call_of_akcipher_destroy_session(enum ends_do what)
{
    struct vwr_crypto_client_controlq_call *const call = &call_controlq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_destroy_session();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_destroy_session_submit(&client, call, &given_akcipher_destroy_session,
            ends_out(0), 16);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_destroy_session_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_akcipher_destroy_session_submit(&client, call, &given_akcipher_destroy_session,
            ends_out(0), 9);
    }
    r = vwr_crypto_client_akcipher_destroy_session(&client, &given_akcipher_destroy_session, ends_out(0), 16);
    return r;
}

/* ---- cipher_encrypt ---- */

static const uint8_t out_cipher_encrypt[] = {
    0x0, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cipher_encrypt[] = {
    0x0,
};

static const struct vwr_crypto_cipher_encrypt_msg given_cipher_encrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
    .op_type_flf = {0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u,
        0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u,
        0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau},
    .op_type = 0xf6efe8e1u,
};

static int called_cipher_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_crypto_cipher_encrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);
    ENDS_SAME_BYTES(m->op_type_flf, given_cipher_encrypt.op_type_flf, sizeof(m->op_type_flf));
    ENDS_SAME(m->op_type, 0xf6efe8e1u);

    return ends_called(x, "cipher_encrypt");
}

static void forms_of_cipher_encrypt(void)
{
    {
        struct vwr_crypto_cipher_encrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cipher_encrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_cipher_encrypt_msg_encode(&form, false, &given_cipher_encrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_cipher_encrypt_msg values;
        const struct vwr_crypto_cipher_encrypt_msg *const m = &values;

        memcpy(&form, out_cipher_encrypt, sizeof(form));
        vwr_crypto_cipher_encrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);
        ENDS_SAME_BYTES(m->op_type_flf, given_cipher_encrypt.op_type_flf, sizeof(m->op_type_flf));
        ENDS_SAME(m->op_type, 0xf6efe8e1u);

    }

}

static int call_of_cipher_encrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cipher_encrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_cipher_encrypt_submit(&client, ends.queue->number, call, &given_cipher_encrypt,
                                                       ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_cipher_encrypt_submit(&client, 2, call, &given_cipher_encrypt, ends_out(0), 2,
                                                       ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_cipher_encrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_cipher_encrypt(&client, ends.queue->number, &given_cipher_encrypt, ends_out(0), 2, ends_in(0),
                                         2, &written);
    ends_written(r, written);
    return r;
}

/* ---- cipher_decrypt ---- */

static const uint8_t out_cipher_decrypt[] = {
    0x1, 0x0, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_cipher_decrypt[] = {
    0x0,
};

static const struct vwr_crypto_cipher_decrypt_msg given_cipher_decrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
    .op_type_flf = {0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u,
        0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u,
        0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau},
    .op_type = 0xf6efe8e1u,
};

static int called_cipher_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_crypto_cipher_decrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);
    ENDS_SAME_BYTES(m->op_type_flf, given_cipher_decrypt.op_type_flf, sizeof(m->op_type_flf));
    ENDS_SAME(m->op_type, 0xf6efe8e1u);

    return ends_called(x, "cipher_decrypt");
}

static void forms_of_cipher_decrypt(void)
{
    {
        struct vwr_crypto_cipher_decrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_cipher_decrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_cipher_decrypt_msg_encode(&form, false, &given_cipher_decrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_cipher_decrypt_msg values;
        const struct vwr_crypto_cipher_decrypt_msg *const m = &values;

        memcpy(&form, out_cipher_decrypt, sizeof(form));
        vwr_crypto_cipher_decrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);
        ENDS_SAME_BYTES(m->op_type_flf, given_cipher_decrypt.op_type_flf, sizeof(m->op_type_flf));
        ENDS_SAME(m->op_type, 0xf6efe8e1u);

    }

}

static int call_of_cipher_decrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_cipher_decrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_cipher_decrypt_submit(&client, ends.queue->number, call, &given_cipher_decrypt,
                                                       ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_cipher_decrypt_submit(&client, 2, call, &given_cipher_decrypt, ends_out(0), 2,
                                                       ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_cipher_decrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_cipher_decrypt(&client, ends.queue->number, &given_cipher_decrypt, ends_out(0), 2, ends_in(0),
                                         2, &written);
    ends_written(r, written);
    return r;
}

/* ---- hash ---- */

static const uint8_t out_hash[] = {
    0x0, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_hash[] = {
    0x0,
};

static const struct vwr_crypto_hash_msg given_hash = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_hash(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, const struct vwr_crypto_hash_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "hash");
}

static void forms_of_hash(void)
{
    {
        struct vwr_crypto_hash_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_hash, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_hash_msg_encode(&form, false, &given_hash);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_hash_msg values;
        const struct vwr_crypto_hash_msg *const m = &values;

        memcpy(&form, out_hash, sizeof(form));
        vwr_crypto_hash_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_hash(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_hash();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_hash_submit(&client, ends.queue->number, call, &given_hash, ends_out(0), 16,
                                             ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_hash_submit(&client, 2, call, &given_hash, ends_out(0), 16, ends_out(16), 2,
                                             ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_hash_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_hash(&client, ends.queue->number, &given_hash, ends_out(0), 16, ends_out(16), 2, ends_in(0),
                               2, &written);
    ends_written(r, written);
    return r;
}

/* ---- mac ---- */

static const uint8_t out_mac[] = {
    0x0, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_mac[] = {
    0x0,
};

static const struct vwr_crypto_mac_msg given_mac = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_mac(struct vwr_crypto_vservice *s, struct vwr_vmessage *x, const struct vwr_crypto_mac_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "mac");
}

static void forms_of_mac(void)
{
    {
        struct vwr_crypto_mac_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_mac, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_mac_msg_encode(&form, false, &given_mac);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_mac_msg values;
        const struct vwr_crypto_mac_msg *const m = &values;

        memcpy(&form, out_mac, sizeof(form));
        vwr_crypto_mac_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_mac(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_mac();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_mac_submit(&client, ends.queue->number, call, &given_mac, ends_out(0), 16,
                                            ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_mac_submit(&client, 2, call, &given_mac, ends_out(0), 16, ends_out(16), 2, ends_in(0),
                                            2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_mac_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_mac(&client, ends.queue->number, &given_mac, ends_out(0), 16, ends_out(16), 2, ends_in(0), 2,
                              &written);
    ends_written(r, written);
    return r;
}

/* ---- aead_encrypt ---- */

static const uint8_t out_aead_encrypt[] = {
    0x0, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_aead_encrypt[] = {
    0x0,
};

static const struct vwr_crypto_aead_encrypt_msg given_aead_encrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_aead_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_crypto_aead_encrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "aead_encrypt");
}

static void forms_of_aead_encrypt(void)
{
    {
        struct vwr_crypto_aead_encrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_aead_encrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_aead_encrypt_msg_encode(&form, false, &given_aead_encrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_aead_encrypt_msg values;
        const struct vwr_crypto_aead_encrypt_msg *const m = &values;

        memcpy(&form, out_aead_encrypt, sizeof(form));
        vwr_crypto_aead_encrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_aead_encrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_aead_encrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_aead_encrypt_submit(&client, ends.queue->number, call, &given_aead_encrypt,
                                                     ends_out(0), 48, ends_out(48), ends_out(64), 2, ends_out(66), 2,
                                                     ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_aead_encrypt_submit(&client, 2, call, &given_aead_encrypt, ends_out(0), 48,
                                                     ends_out(48), ends_out(64), 2, ends_out(66), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_aead_encrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_aead_encrypt(&client, ends.queue->number, &given_aead_encrypt, ends_out(0), 48, ends_out(48),
                                       ends_out(64), 2, ends_out(66), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- aead_decrypt ---- */

static const uint8_t out_aead_decrypt[] = {
    0x1, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_aead_decrypt[] = {
    0x0,
};

static const struct vwr_crypto_aead_decrypt_msg given_aead_decrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_aead_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_crypto_aead_decrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "aead_decrypt");
}

static void forms_of_aead_decrypt(void)
{
    {
        struct vwr_crypto_aead_decrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_aead_decrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_aead_decrypt_msg_encode(&form, false, &given_aead_decrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_aead_decrypt_msg values;
        const struct vwr_crypto_aead_decrypt_msg *const m = &values;

        memcpy(&form, out_aead_decrypt, sizeof(form));
        vwr_crypto_aead_decrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_aead_decrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_aead_decrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_aead_decrypt_submit(&client, ends.queue->number, call, &given_aead_decrypt,
                                                     ends_out(0), 48, ends_out(48), ends_out(64), 2, ends_out(66), 2,
                                                     ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_aead_decrypt_submit(&client, 2, call, &given_aead_decrypt, ends_out(0), 48,
                                                     ends_out(48), ends_out(64), 2, ends_out(66), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_aead_decrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_aead_decrypt(&client, ends.queue->number, &given_aead_decrypt, ends_out(0), 48, ends_out(48),
                                       ends_out(64), 2, ends_out(66), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- akcipher_encrypt ---- */

static const uint8_t out_akcipher_encrypt[] = {
    0x0, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_akcipher_encrypt[] = {
    0x0,
};

static const struct vwr_crypto_akcipher_encrypt_msg given_akcipher_encrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_akcipher_encrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_crypto_akcipher_encrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "akcipher_encrypt");
}

static void forms_of_akcipher_encrypt(void)
{
    {
        struct vwr_crypto_akcipher_encrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_encrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_encrypt_msg_encode(&form, false, &given_akcipher_encrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_encrypt_msg values;
        const struct vwr_crypto_akcipher_encrypt_msg *const m = &values;

        memcpy(&form, out_akcipher_encrypt, sizeof(form));
        vwr_crypto_akcipher_encrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_akcipher_encrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_encrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_encrypt_submit(&client, ends.queue->number, call, &given_akcipher_encrypt,
                                                         ends_out(0), 16, ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_akcipher_encrypt_submit(&client, 2, call, &given_akcipher_encrypt, ends_out(0), 16,
                                                         ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_encrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_akcipher_encrypt(&client, ends.queue->number, &given_akcipher_encrypt, ends_out(0), 16,
                                           ends_out(16), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- akcipher_decrypt ---- */

static const uint8_t out_akcipher_decrypt[] = {
    0x1, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_akcipher_decrypt[] = {
    0x0,
};

static const struct vwr_crypto_akcipher_decrypt_msg given_akcipher_decrypt = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_akcipher_decrypt(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_crypto_akcipher_decrypt_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "akcipher_decrypt");
}

static void forms_of_akcipher_decrypt(void)
{
    {
        struct vwr_crypto_akcipher_decrypt_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_decrypt, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_decrypt_msg_encode(&form, false, &given_akcipher_decrypt);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_decrypt_msg values;
        const struct vwr_crypto_akcipher_decrypt_msg *const m = &values;

        memcpy(&form, out_akcipher_decrypt, sizeof(form));
        vwr_crypto_akcipher_decrypt_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_akcipher_decrypt(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_decrypt();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_decrypt_submit(&client, ends.queue->number, call, &given_akcipher_decrypt,
                                                         ends_out(0), 16, ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_akcipher_decrypt_submit(&client, 2, call, &given_akcipher_decrypt, ends_out(0), 16,
                                                         ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_decrypt_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_akcipher_decrypt(&client, ends.queue->number, &given_akcipher_decrypt, ends_out(0), 16,
                                           ends_out(16), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- akcipher_sign ---- */

static const uint8_t out_akcipher_sign[] = {
    0x2, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_akcipher_sign[] = {
    0x0,
};

static const struct vwr_crypto_akcipher_sign_msg given_akcipher_sign = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_akcipher_sign(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_akcipher_sign_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "akcipher_sign");
}

static void forms_of_akcipher_sign(void)
{
    {
        struct vwr_crypto_akcipher_sign_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_sign, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_sign_msg_encode(&form, false, &given_akcipher_sign);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_sign_msg values;
        const struct vwr_crypto_akcipher_sign_msg *const m = &values;

        memcpy(&form, out_akcipher_sign, sizeof(form));
        vwr_crypto_akcipher_sign_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_akcipher_sign(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_sign();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_sign_submit(&client, ends.queue->number, call, &given_akcipher_sign,
                                                      ends_out(0), 16, ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_akcipher_sign_submit(&client, 2, call, &given_akcipher_sign, ends_out(0), 16,
                                                      ends_out(16), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_sign_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_akcipher_sign(&client, ends.queue->number, &given_akcipher_sign, ends_out(0), 16,
                                        ends_out(16), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

/* ---- akcipher_verify ---- */

static const uint8_t out_akcipher_verify[] = {
    0x3, 0x4, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_akcipher_verify[] = {
    0x0,
};

static const struct vwr_crypto_akcipher_verify_msg given_akcipher_verify = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
};

static int called_akcipher_verify(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_crypto_akcipher_verify_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);

    return ends_called(x, "akcipher_verify");
}

static void forms_of_akcipher_verify(void)
{
    {
        struct vwr_crypto_akcipher_verify_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_akcipher_verify, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_akcipher_verify_msg_encode(&form, false, &given_akcipher_verify);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_akcipher_verify_msg values;
        const struct vwr_crypto_akcipher_verify_msg *const m = &values;

        memcpy(&form, out_akcipher_verify, sizeof(form));
        vwr_crypto_akcipher_verify_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);

    }

}

static int call_of_akcipher_verify(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_akcipher_verify();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_akcipher_verify_submit(&client, ends.queue->number, call, &given_akcipher_verify,
                                                        ends_out(0), 16, ends_out(16), 2, ends_out(18), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_akcipher_verify_submit(&client, 2, call, &given_akcipher_verify, ends_out(0), 16,
                                                        ends_out(16), 2, ends_out(18), 2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_akcipher_verify_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_crypto_client_akcipher_verify(&client, ends.queue->number, &given_akcipher_verify, ends_out(0), 16,
                                          ends_out(16), 2, ends_out(18), 2);
    return r;
}

/* ---- ipsec_outbound ---- */

static const uint8_t out_ipsec_outbound[] = {
    0x0, 0x5, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0, 0x6, 0x0, 0x0, 0x0, 0x6, 0x0, 0x0, 0x0,
};

static const uint8_t back_ipsec_outbound[] = {
    0x0,
};

static const struct vwr_crypto_ipsec_outbound_msg given_ipsec_outbound = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
    .src_data_len = 0x6u,
    .dst_data_len = 0x6u,
};

static int called_ipsec_outbound(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_crypto_ipsec_outbound_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);
    ENDS_SAME(m->src_data_len, 0x6u);
    ENDS_SAME(m->dst_data_len, 0x6u);

    return ends_called(x, "ipsec_outbound");
}

static void forms_of_ipsec_outbound(void)
{
    {
        struct vwr_crypto_ipsec_outbound_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ipsec_outbound, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_ipsec_outbound_msg_encode(&form, false, &given_ipsec_outbound);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_ipsec_outbound_msg values;
        const struct vwr_crypto_ipsec_outbound_msg *const m = &values;

        memcpy(&form, out_ipsec_outbound, sizeof(form));
        vwr_crypto_ipsec_outbound_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);
        ENDS_SAME(m->src_data_len, 0x6u);
        ENDS_SAME(m->dst_data_len, 0x6u);

    }

}

static int call_of_ipsec_outbound(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ipsec_outbound();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_ipsec_outbound_submit(&client, ends.queue->number, call, &given_ipsec_outbound,
                                                       ends_out(0), ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_ipsec_outbound_submit(&client, 2, call, &given_ipsec_outbound, ends_out(0), ends_in(0),
                                                       2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_ipsec_outbound_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_ipsec_outbound_submit(&client, ends.queue->number, call, &given_ipsec_outbound,
                                                       ends_out(0), ends_in(0), 7);
    }
    r = vwr_crypto_client_ipsec_outbound(&client, ends.queue->number, &given_ipsec_outbound, ends_out(0), ends_in(0), 2,
                                         &written);
    ends_written(r, written);
    return r;
}

/* ---- ipsec_inbound ---- */

static const uint8_t out_ipsec_inbound[] = {
    0x1, 0x5, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0, 0x0, 0x0, 0x0, 0x6, 0x0, 0x0, 0x0, 0x6, 0x0, 0x0, 0x0,
};

static const uint8_t back_ipsec_inbound[] = {
    0x0,
};

static const struct vwr_crypto_ipsec_inbound_msg given_ipsec_inbound = {
    .algo = 0x524b443du,
    .session_id = UINT64_C(0x8a837c756e676059),
    .flag = 0xa69f9891u,
    .src_data_len = 0x6u,
    .dst_data_len = 0x6u,
};

static int called_ipsec_inbound(struct vwr_crypto_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_crypto_ipsec_inbound_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->algo, 0x524b443du);
    ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->flag, 0xa69f9891u);
    ENDS_SAME(m->src_data_len, 0x6u);
    ENDS_SAME(m->dst_data_len, 0x6u);

    return ends_called(x, "ipsec_inbound");
}

static void forms_of_ipsec_inbound(void)
{
    {
        struct vwr_crypto_ipsec_inbound_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ipsec_inbound, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_crypto_ipsec_inbound_msg_encode(&form, false, &given_ipsec_inbound);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_crypto_ipsec_inbound_msg values;
        const struct vwr_crypto_ipsec_inbound_msg *const m = &values;

        memcpy(&form, out_ipsec_inbound, sizeof(form));
        vwr_crypto_ipsec_inbound_msg_decode(&form, false, &values);
    ENDS_SAME(m->algo, 0x524b443du);
        ENDS_SAME(m->session_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->flag, 0xa69f9891u);
        ENDS_SAME(m->src_data_len, 0x6u);
        ENDS_SAME(m->dst_data_len, 0x6u);

    }

}

static int call_of_ipsec_inbound(enum ends_do what)
{
    struct vwr_crypto_client_dataq_call *const call = &call_dataq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ipsec_inbound();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_crypto_client_ipsec_inbound_submit(&client, ends.queue->number, call, &given_ipsec_inbound,
                                                      ends_out(0), ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_crypto_client_ipsec_inbound_submit(&client, 2, call, &given_ipsec_inbound, ends_out(0), ends_in(0),
                                                      2);
    if (what == ENDS_DONE) {
        vwr_crypto_vservice_ipsec_inbound_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_crypto_client_ipsec_inbound_submit(&client, ends.queue->number, call, &given_ipsec_inbound,
                                                      ends_out(0), ends_in(0), 7);
    }
    r = vwr_crypto_client_ipsec_inbound(&client, ends.queue->number, &given_ipsec_inbound, ends_out(0), ends_in(0), 2,
                                        &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    const struct vwr_crypto_vservice *const s = &service;

    (void)n;
    return (uint16_t)(vwr_crypto_queue_controlq_at(vwr_guest32(v->legacy, s->config.max_dataqueues)));
}

static uint16_t index_dataq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(VWR_CRYPTO_QUEUE_DATAQ + n);
}

static void posted(struct vwr_crypto_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_crypto_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_crypto_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_crypto_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_crypto_vservice_calls no_calls;
static const struct vwr_crypto_vservice_calls calls = {
    .cipher_create_session = called_cipher_create_session,
    .cipher_destroy_session = called_cipher_destroy_session,
    .hash_create_session = called_hash_create_session,
    .hash_destroy_session = called_hash_destroy_session,
    .mac_create_session = called_mac_create_session,
    .mac_destroy_session = called_mac_destroy_session,
    .aead_create_session = called_aead_create_session,
    .aead_destroy_session = called_aead_destroy_session,
    .akcipher_create_session = called_akcipher_create_session,
    .akcipher_destroy_session = called_akcipher_destroy_session,
    .cipher_encrypt = called_cipher_encrypt,
    .cipher_decrypt = called_cipher_decrypt,
    .hash = called_hash,
    .mac = called_mac,
    .aead_encrypt = called_aead_encrypt,
    .aead_decrypt = called_aead_decrypt,
    .akcipher_encrypt = called_akcipher_encrypt,
    .akcipher_decrypt = called_akcipher_decrypt,
    .akcipher_sign = called_akcipher_sign,
    .akcipher_verify = called_akcipher_verify,
    .ipsec_outbound = called_ipsec_outbound,
    .ipsec_inbound = called_ipsec_inbound,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "cipher_create_session",
        .call = call_of_cipher_create_session,
        .out = {out_cipher_create_session, 72, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_cipher_create_session, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .bit_at = 8, .bit = 0x1u,
        .status_at = 8, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "cipher_destroy_session",
        .call = call_of_cipher_destroy_session,
        .out = {out_cipher_destroy_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_cipher_destroy_session, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x1u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "hash_create_session",
        .call = call_of_hash_create_session,
        .out = {out_hash_create_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_hash_create_session, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .bit_at = 8, .bit = 0x2u,
        .status_at = 8, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "hash_destroy_session",
        .call = call_of_hash_destroy_session,
        .out = {out_hash_destroy_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_hash_destroy_session, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x2u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "mac_create_session",
        .call = call_of_mac_create_session,
        .out = {out_mac_create_session, 16, 0, 34, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_mac_create_session, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .bit_at = 8, .bit = 0x4u,
        .status_at = 8, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "mac_destroy_session",
        .call = call_of_mac_destroy_session,
        .out = {out_mac_destroy_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_mac_destroy_session, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x4u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "aead_create_session",
        .call = call_of_aead_create_session,
        .out = {out_aead_create_session, 16, 0, 50, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_aead_create_session, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .bit_at = 8, .bit = 0x8u,
        .status_at = 8, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "aead_destroy_session",
        .call = call_of_aead_destroy_session,
        .out = {out_aead_destroy_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_aead_destroy_session, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x8u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "akcipher_create_session",
        .call = call_of_akcipher_create_session,
        .out = {out_akcipher_create_session, 72, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_akcipher_create_session, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .fills = true,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 8, .status_bytes = 4, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "akcipher_destroy_session",
        .call = call_of_akcipher_destroy_session,
        .out = {out_akcipher_destroy_session, 16, 0, 16, true, 0, 8, 0, NULL, 0, 0, false},
        .back = {back_akcipher_destroy_session, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_no_multiple"},
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_message messages_dataq[] = {
    {
        .name = "cipher_encrypt",
        .call = call_of_cipher_encrypt,
        .out = {out_cipher_encrypt, 72, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_cipher_encrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x1u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "cipher_decrypt",
        .call = call_of_cipher_decrypt,
        .out = {out_cipher_decrypt, 72, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_cipher_decrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x1u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "hash",
        .call = call_of_hash,
        .out = {out_hash, 24, 0, 18, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_hash, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x2u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "mac",
        .call = call_of_mac,
        .out = {out_mac, 24, 0, 18, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_mac, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x4u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "aead_encrypt",
        .call = call_of_aead_encrypt,
        .out = {out_aead_encrypt, 24, 0, 68, true, 16, 1, 0, NULL, 0, 0, false},
        .back = {back_aead_encrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x8u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "aead_decrypt",
        .call = call_of_aead_decrypt,
        .out = {out_aead_decrypt, 24, 0, 68, true, 16, 1, 0, NULL, 0, 0, false},
        .back = {back_aead_decrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x8u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "akcipher_encrypt",
        .call = call_of_akcipher_encrypt,
        .out = {out_akcipher_encrypt, 24, 0, 18, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_akcipher_encrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "akcipher_decrypt",
        .call = call_of_akcipher_decrypt,
        .out = {out_akcipher_decrypt, 24, 0, 18, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_akcipher_decrypt, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "akcipher_sign",
        .call = call_of_akcipher_sign,
        .out = {out_akcipher_sign, 24, 0, 18, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_akcipher_sign, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "akcipher_verify",
        .call = call_of_akcipher_verify,
        .out = {out_akcipher_verify, 24, 0, 20, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_akcipher_verify, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x10u,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
    },
    {
        .name = "ipsec_outbound",
        .call = call_of_ipsec_outbound,
        .out = {out_ipsec_outbound, 32, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ipsec_outbound, 0, 1, 2, true, 0, 1, 6, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x20u,
        .status_at = 0, .status_bytes = 1, .oks = 2, .ok = {0x0, 0x7},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_room_too_long"},
    },
    {
        .name = "ipsec_inbound",
        .call = call_of_ipsec_inbound,
        .out = {out_ipsec_inbound, 32, 0, 6, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ipsec_inbound, 0, 1, 2, true, 0, 1, 6, NULL, 0, 0, false},
        .sets = UINT64_C(0x3), .home = 1,
        .bit_at = 8, .bit = 0x20u,
        .status_at = 0, .status_bytes = 1, .oks = 2, .ok = {0x0, 0x7},
        .refuses = true, .refuse = 0x3u, .refuses_beyond = true, .beyond = 0x3u,
        .refuses_unknown = true, .unknown = 0x3u,
        .unfit = {"client_room_too_long"},
    },
};
static const struct ends_unknown unknown_dataq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_controlq,
        .message = messages_controlq, .messages = 10, .place = ENDS_ALIKE, .select_end = 4, .big = false,
        .unknown = unknown_controlq, .unknowns = 1,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
    {
        .name = "dataq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_dataq,
        .message = messages_dataq, .messages = 12, .place = ENDS_BACK, .select_end = 4, .big = false,
        .unknown = unknown_dataq, .unknowns = 1,
        .requests = &family_dataq[0].q, .call = &call_dataq.call, .own = &family_dataq[0].own.call,
        .family = true,
    },
    {
        .name = "dataq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x3), .index = index_dataq,
        .number = 1,
        .message = messages_dataq, .messages = 12, .place = ENDS_BACK, .select_end = 4, .big = false,
        .unknown = unknown_dataq, .unknowns = 1,
        .requests = &family_dataq[1].q, .call = &call_dataq.call, .own = &family_dataq[1].own.call,
        .family = true,
    },
};

static const uint8_t set_1[] = {0, 1, 2, 3, 4, 5};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 6, NULL, 0},
};

static const struct ends_rule rules[] = {
    {1, 1, {0}},
    {2, 1, {0}},
    {3, 1, {0}},
    {4, 1, {0}},
    {5, 1, {0}},
};

static const struct ends_limit limits[] = {
    {"max_dataqueues", 4, 4, 0x0u, UINT64_C(0x3)},
    {"max_dataqueues", 4, 4, 0x10000u, UINT64_C(0x3)},
};

static int write_config(const struct ends_limit *wrong, const struct vwr_features *offered)
{
    struct vwr_crypto_config_info info;

    memset(&info, 0, sizeof(info));
    info.max_dataqueues = 1;
    if (wrong == &limits[0])
        info.max_dataqueues = 0x0u;
    if (wrong == &limits[1])
        info.max_dataqueues = 0x10000u;
    return vwr_crypto_config_write((struct vwr_crypto_config *)(void *)&service.config, false, offered, &info);
}

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_crypto_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_crypto_client_options o = {.requests = ends_request_options()};

    memset(&call_controlq, 0, sizeof(call_controlq));
    memset(family_dataq, 0, sizeof(family_dataq));
    o.dataq = family_dataq;
    o.dataq_count = 2;
    memset(&call_dataq, 0, sizeof(call_dataq));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_CRYPTO_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    family_dataq[0].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                               VWR_CRYPTO_CLIENT_DATAQ_SLOT, ENDS_SEGMENTS));
    family_dataq[1].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                               VWR_CRYPTO_CLIENT_DATAQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_crypto_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_crypto_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_crypto_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_crypto_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "crypto",
    .id = 20,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 2,
    .queues = 3,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .rules = rules,
    .rule_count = 5,
    .limit = limits,
    .limits = 2,
    .write_config = write_config,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
