/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

/* 18 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/blk.h"
#include "vwr/service/blk.h"

#include <string.h>

static struct vwr_blk_client client;
static struct vwr_blk_vservice service;

static struct vwr_blk_client_requestq_call call_requestq;

static struct vwr_blk_client_requestq_queue family_requestq[2];

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x5, 0x5, 0x5, 0x0, 0x0, 0x0, 0x5, 0x5, 0x5, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x2, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- in ---- */

static const uint8_t out_in[] = {
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_in[] = {
    0x0,
};

static const struct vwr_blk_in_msg given_in = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_in(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_in_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "in");
}

static void forms_of_in(void)
{
    {
        struct vwr_blk_in_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_in, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_in_msg_encode(&form, false, &given_in);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_in_msg values;
        const struct vwr_blk_in_msg *const m = &values;

        memcpy(&form, out_in, sizeof(form));
        vwr_blk_in_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_in(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_in();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_in_submit(&client, ends.queue->number, call, &given_in, ends_in(0), 512);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_in_submit(&client, 2, call, &given_in, ends_in(0), 512);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_in_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_in_submit(&client, ends.queue->number, call, &given_in, ends_in(0), 513);
    }
    r = vwr_blk_client_in(&client, ends.queue->number, &given_in, ends_in(0), 512, &written);
    ends_written(r, written);
    return r;
}

/* ---- out ---- */

static const uint8_t out_out[] = {
    0x1, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_out[] = {
    0x0,
};

static const struct vwr_blk_out_msg given_out = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_out(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_out_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "out");
}

static void forms_of_out(void)
{
    {
        struct vwr_blk_out_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_out, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_out_msg_encode(&form, false, &given_out);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_out_msg values;
        const struct vwr_blk_out_msg *const m = &values;

        memcpy(&form, out_out, sizeof(form));
        vwr_blk_out_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_out(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_out();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_out_submit(&client, ends.queue->number, call, &given_out, ends_out(0), 512);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_out_submit(&client, 2, call, &given_out, ends_out(0), 512);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_out_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_out_submit(&client, ends.queue->number, call, &given_out, ends_out(0), 513);
    }
    r = vwr_blk_client_out(&client, ends.queue->number, &given_out, ends_out(0), 512);
    return r;
}

/* ---- scsi_cmd ---- */

static const uint8_t out_scsi_cmd[] = {
    0x2, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_scsi_cmd[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x0,
};

static const struct vwr_blk_scsi_cmd_msg given_scsi_cmd = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_scsi_cmd_answer answer_scsi_cmd = {
    .sense = {0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau},
    .errors = 0xd6cfc8c1u,
    .data_len = 0xf2ebe4ddu,
    .sense_len = 0xe0700f9u,
    .residual = 0x2a231c15u,
};

static const struct vwr_blk_scsi_cmd_answer blank_scsi_cmd;

static int called_scsi_cmd(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_scsi_cmd_msg *m,
                           struct vwr_blk_scsi_cmd_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_scsi_cmd;
    return ends_called(x, "scsi_cmd");
}

static void check_scsi_cmd(const struct vwr_blk_scsi_cmd_answer *m)
{
    ENDS_SAME_BYTES(m->sense, ends.blank ? blank_scsi_cmd.sense : answer_scsi_cmd.sense, sizeof(m->sense));
    ENDS_SAME(m->errors, ends.blank ? blank_scsi_cmd.errors : 0xd6cfc8c1u);
    ENDS_SAME(m->data_len, ends.blank ? blank_scsi_cmd.data_len : 0xf2ebe4ddu);
    ENDS_SAME(m->sense_len, ends.blank ? blank_scsi_cmd.sense_len : 0xe0700f9u);
    ENDS_SAME(m->residual, ends.blank ? blank_scsi_cmd.residual : 0x2a231c15u);

}

static void forms_of_scsi_cmd(void)
{
    {
        struct vwr_blk_scsi_cmd_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_scsi_cmd, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_scsi_cmd_msg_encode(&form, false, &given_scsi_cmd);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_scsi_cmd_msg values;
        const struct vwr_blk_scsi_cmd_msg *const m = &values;

        memcpy(&form, out_scsi_cmd, sizeof(form));
        vwr_blk_scsi_cmd_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_scsi_cmd_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_scsi_cmd, sizeof(want));
        memset(want + 112, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_scsi_cmd_answer_encode(&form, false, &answer_scsi_cmd);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_scsi_cmd_answer values;
        const struct vwr_blk_scsi_cmd_answer *const m = &values;

        memcpy(&form, back_scsi_cmd, sizeof(form));
        vwr_blk_scsi_cmd_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->sense, answer_scsi_cmd.sense, sizeof(m->sense));
        ENDS_SAME(m->errors, 0xd6cfc8c1u);
        ENDS_SAME(m->data_len, 0xf2ebe4ddu);
        ENDS_SAME(m->sense_len, 0xe0700f9u);
        ENDS_SAME(m->residual, 0x2a231c15u);

    }

}

static int call_of_scsi_cmd(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_scsi_cmd_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_scsi_cmd();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_scsi_cmd_submit(&client, ends.queue->number, call, &given_scsi_cmd, ends_out(0), 2,
                                              ends_out(2), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_scsi_cmd_submit(&client, 2, call, &given_scsi_cmd, ends_out(0), 2, ends_out(2), 2,
                                              ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_scsi_cmd_done(ends.kept, ends.ticket, VWR_OK, &answer_scsi_cmd);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_scsi_cmd_answer(&client, call, &a);
        check_scsi_cmd(&a);
        return VWR_OK;
    }
    r = vwr_blk_client_scsi_cmd(&client, ends.queue->number, &given_scsi_cmd, ends_out(0), 2, ends_out(2), 2,
                                ends_in(0), 2, &a, &written);
    if (r == VWR_OK)
        check_scsi_cmd(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- scsi_cmd_out ---- */

static const uint8_t out_scsi_cmd_out[] = {
    0x3, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_scsi_cmd_out[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x0,
};

static const struct vwr_blk_scsi_cmd_out_msg given_scsi_cmd_out = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_scsi_cmd_out_answer answer_scsi_cmd_out = {
    .sense = {0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau},
    .errors = 0xd6cfc8c1u,
    .data_len = 0xf2ebe4ddu,
    .sense_len = 0xe0700f9u,
    .residual = 0x2a231c15u,
};

static const struct vwr_blk_scsi_cmd_out_answer blank_scsi_cmd_out;

static int called_scsi_cmd_out(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_blk_scsi_cmd_out_msg *m, struct vwr_blk_scsi_cmd_out_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_scsi_cmd_out;
    return ends_called(x, "scsi_cmd_out");
}

static void check_scsi_cmd_out(const struct vwr_blk_scsi_cmd_out_answer *m)
{
    ENDS_SAME_BYTES(m->sense, ends.blank ? blank_scsi_cmd_out.sense : answer_scsi_cmd_out.sense, sizeof(m->sense));
    ENDS_SAME(m->errors, ends.blank ? blank_scsi_cmd_out.errors : 0xd6cfc8c1u);
    ENDS_SAME(m->data_len, ends.blank ? blank_scsi_cmd_out.data_len : 0xf2ebe4ddu);
    ENDS_SAME(m->sense_len, ends.blank ? blank_scsi_cmd_out.sense_len : 0xe0700f9u);
    ENDS_SAME(m->residual, ends.blank ? blank_scsi_cmd_out.residual : 0x2a231c15u);

}

static void forms_of_scsi_cmd_out(void)
{
    {
        struct vwr_blk_scsi_cmd_out_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_scsi_cmd_out, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_scsi_cmd_out_msg_encode(&form, false, &given_scsi_cmd_out);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_scsi_cmd_out_msg values;
        const struct vwr_blk_scsi_cmd_out_msg *const m = &values;

        memcpy(&form, out_scsi_cmd_out, sizeof(form));
        vwr_blk_scsi_cmd_out_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_scsi_cmd_out_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_scsi_cmd_out, sizeof(want));
        memset(want + 112, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_scsi_cmd_out_answer_encode(&form, false, &answer_scsi_cmd_out);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_scsi_cmd_out_answer values;
        const struct vwr_blk_scsi_cmd_out_answer *const m = &values;

        memcpy(&form, back_scsi_cmd_out, sizeof(form));
        vwr_blk_scsi_cmd_out_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->sense, answer_scsi_cmd_out.sense, sizeof(m->sense));
        ENDS_SAME(m->errors, 0xd6cfc8c1u);
        ENDS_SAME(m->data_len, 0xf2ebe4ddu);
        ENDS_SAME(m->sense_len, 0xe0700f9u);
        ENDS_SAME(m->residual, 0x2a231c15u);

    }

}

static int call_of_scsi_cmd_out(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_scsi_cmd_out_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_scsi_cmd_out();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_scsi_cmd_out_submit(&client, ends.queue->number, call, &given_scsi_cmd_out, ends_out(0),
                                                  2, ends_out(2), 2, ends_in(0), 2);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_scsi_cmd_out_submit(&client, 2, call, &given_scsi_cmd_out, ends_out(0), 2, ends_out(2), 2,
                                                  ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_scsi_cmd_out_done(ends.kept, ends.ticket, VWR_OK, &answer_scsi_cmd_out);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_scsi_cmd_out_answer(&client, call, &a);
        check_scsi_cmd_out(&a);
        return VWR_OK;
    }
    r = vwr_blk_client_scsi_cmd_out(&client, ends.queue->number, &given_scsi_cmd_out, ends_out(0), 2, ends_out(2), 2,
                                    ends_in(0), 2, &a, &written);
    if (r == VWR_OK)
        check_scsi_cmd_out(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- flush ---- */

static const uint8_t out_flush[] = {
    0x4, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_flush[] = {
    0x0,
};

static const struct vwr_blk_flush_msg given_flush = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_flush(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_flush_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "flush");
}

static void forms_of_flush(void)
{
    {
        struct vwr_blk_flush_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_flush, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_flush_msg_encode(&form, false, &given_flush);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_flush_msg values;
        const struct vwr_blk_flush_msg *const m = &values;

        memcpy(&form, out_flush, sizeof(form));
        vwr_blk_flush_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_flush(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_flush();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_flush_submit(&client, ends.queue->number, call, &given_flush);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_flush_submit(&client, 2, call, &given_flush);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_flush_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_flush(&client, ends.queue->number, &given_flush);
    return r;
}

/* ---- flush_out ---- */

static const uint8_t out_flush_out[] = {
    0x5, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_flush_out[] = {
    0x0,
};

static const struct vwr_blk_flush_out_msg given_flush_out = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_flush_out(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_flush_out_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "flush_out");
}

static void forms_of_flush_out(void)
{
    {
        struct vwr_blk_flush_out_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_flush_out, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_flush_out_msg_encode(&form, false, &given_flush_out);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_flush_out_msg values;
        const struct vwr_blk_flush_out_msg *const m = &values;

        memcpy(&form, out_flush_out, sizeof(form));
        vwr_blk_flush_out_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_flush_out(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_flush_out();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_flush_out_submit(&client, ends.queue->number, call, &given_flush_out);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_flush_out_submit(&client, 2, call, &given_flush_out);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_flush_out_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_flush_out(&client, ends.queue->number, &given_flush_out);
    return r;
}

/* ---- get_id ---- */

static const uint8_t out_get_id[] = {
    0x8, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_get_id[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0x0,
};

static const struct vwr_blk_get_id_msg given_get_id = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_get_id_answer answer_get_id = {
    .id = {0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u},
};

static const struct vwr_blk_get_id_answer blank_get_id;

static int called_get_id(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_get_id_msg *m,
                         struct vwr_blk_get_id_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_get_id;
    return ends_called(x, "get_id");
}

static void check_get_id(const struct vwr_blk_get_id_answer *m)
{
    ENDS_SAME_BYTES(m->id, ends.blank ? blank_get_id.id : answer_get_id.id, sizeof(m->id));

}

static void forms_of_get_id(void)
{
    {
        struct vwr_blk_get_id_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_id, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_get_id_msg_encode(&form, false, &given_get_id);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_get_id_msg values;
        const struct vwr_blk_get_id_msg *const m = &values;

        memcpy(&form, out_get_id, sizeof(form));
        vwr_blk_get_id_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_get_id_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_id, sizeof(want));
        memset(want + 20, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_get_id_answer_encode(&form, false, &answer_get_id);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_get_id_answer values;
        const struct vwr_blk_get_id_answer *const m = &values;

        memcpy(&form, back_get_id, sizeof(form));
        vwr_blk_get_id_answer_decode(&form, false, &values);
    ENDS_SAME_BYTES(m->id, answer_get_id.id, sizeof(m->id));

    }

}

static int call_of_get_id(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_get_id_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_id();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_get_id_submit(&client, ends.queue->number, call, &given_get_id);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_get_id_submit(&client, 2, call, &given_get_id);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_get_id_done(ends.kept, ends.ticket, VWR_OK, &answer_get_id);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_get_id_answer(&client, call, &a);
        check_get_id(&a);
        return VWR_OK;
    }
    r = vwr_blk_client_get_id(&client, ends.queue->number, &given_get_id, &a);
    if (r == VWR_OK)
        check_get_id(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- get_lifetime ---- */

static const uint8_t out_get_lifetime[] = {
    0xa, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_get_lifetime[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x0,
};

static const struct vwr_blk_get_lifetime_msg given_get_lifetime = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_get_lifetime_answer answer_get_lifetime = {
    .pre_eol_info = 0x2821u,
    .device_lifetime_est_typ_a = 0x362fu,
    .device_lifetime_est_typ_b = 0x443du,
};

static const struct vwr_blk_get_lifetime_answer blank_get_lifetime;

static int called_get_lifetime(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_blk_get_lifetime_msg *m, struct vwr_blk_get_lifetime_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_get_lifetime;
    return ends_called(x, "get_lifetime");
}

static void check_get_lifetime(const struct vwr_blk_get_lifetime_answer *m)
{
    ENDS_SAME(m->pre_eol_info, ends.blank ? blank_get_lifetime.pre_eol_info : 0x2821u);
    ENDS_SAME(m->device_lifetime_est_typ_a, ends.blank ? blank_get_lifetime.device_lifetime_est_typ_a : 0x362fu);
    ENDS_SAME(m->device_lifetime_est_typ_b, ends.blank ? blank_get_lifetime.device_lifetime_est_typ_b : 0x443du);

}

static void forms_of_get_lifetime(void)
{
    {
        struct vwr_blk_get_lifetime_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_lifetime, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_get_lifetime_msg_encode(&form, false, &given_get_lifetime);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_get_lifetime_msg values;
        const struct vwr_blk_get_lifetime_msg *const m = &values;

        memcpy(&form, out_get_lifetime, sizeof(form));
        vwr_blk_get_lifetime_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_get_lifetime_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_lifetime, sizeof(want));
        memset(want + 6, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_get_lifetime_answer_encode(&form, false, &answer_get_lifetime);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_get_lifetime_answer values;
        const struct vwr_blk_get_lifetime_answer *const m = &values;

        memcpy(&form, back_get_lifetime, sizeof(form));
        vwr_blk_get_lifetime_answer_decode(&form, false, &values);
    ENDS_SAME(m->pre_eol_info, 0x2821u);
        ENDS_SAME(m->device_lifetime_est_typ_a, 0x362fu);
        ENDS_SAME(m->device_lifetime_est_typ_b, 0x443du);

    }

}

static int call_of_get_lifetime(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_get_lifetime_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_lifetime();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_get_lifetime_submit(&client, ends.queue->number, call, &given_get_lifetime);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_get_lifetime_submit(&client, 2, call, &given_get_lifetime);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_get_lifetime_done(ends.kept, ends.ticket, VWR_OK, &answer_get_lifetime);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_get_lifetime_answer(&client, call, &a);
        check_get_lifetime(&a);
        return VWR_OK;
    }
    r = vwr_blk_client_get_lifetime(&client, ends.queue->number, &given_get_lifetime, &a);
    if (r == VWR_OK)
        check_get_lifetime(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- discard ---- */

static const uint8_t out_discard[] = {
    0xb, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_discard[] = {
    0x0,
};

static const struct vwr_blk_discard_msg given_discard = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_discard(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_discard_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "discard");
}

static void forms_of_discard(void)
{
    {
        struct vwr_blk_discard_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_discard, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_discard_msg_encode(&form, false, &given_discard);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_discard_msg values;
        const struct vwr_blk_discard_msg *const m = &values;

        memcpy(&form, out_discard, sizeof(form));
        vwr_blk_discard_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_discard(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_discard();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_discard_submit(&client, ends.queue->number, call, &given_discard, ends_out(0), 32);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_discard_submit(&client, 2, call, &given_discard, ends_out(0), 32);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_discard_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_discard_submit(&client, ends.queue->number, call, &given_discard, ends_out(0), 0);
    }
    if (what == ENDS_UNFIT + 1) {
        return vwr_blk_client_discard_submit(&client, ends.queue->number, call, &given_discard, ends_out(0), 17);
    }
    if (what == ENDS_UNFIT + 2) {
        return vwr_blk_client_discard_submit(&client, ends.queue->number, call, &given_discard, ends_out(0), 96);
    }
    r = vwr_blk_client_discard(&client, ends.queue->number, &given_discard, ends_out(0), 32);
    return r;
}

/* ---- write_zeroes ---- */

static const uint8_t out_write_zeroes[] = {
    0xd, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_write_zeroes[] = {
    0x0,
};

static const struct vwr_blk_write_zeroes_msg given_write_zeroes = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_write_zeroes(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_blk_write_zeroes_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "write_zeroes");
}

static void forms_of_write_zeroes(void)
{
    {
        struct vwr_blk_write_zeroes_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_write_zeroes, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_write_zeroes_msg_encode(&form, false, &given_write_zeroes);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_write_zeroes_msg values;
        const struct vwr_blk_write_zeroes_msg *const m = &values;

        memcpy(&form, out_write_zeroes, sizeof(form));
        vwr_blk_write_zeroes_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_write_zeroes(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_write_zeroes();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_write_zeroes_submit(&client, ends.queue->number, call, &given_write_zeroes, ends_out(0),
                                                  32);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_write_zeroes_submit(&client, 2, call, &given_write_zeroes, ends_out(0), 32);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_write_zeroes_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_write_zeroes_submit(&client, ends.queue->number, call, &given_write_zeroes, ends_out(0),
                                                  0);
    }
    if (what == ENDS_UNFIT + 1) {
        return vwr_blk_client_write_zeroes_submit(&client, ends.queue->number, call, &given_write_zeroes, ends_out(0),
                                                  17);
    }
    if (what == ENDS_UNFIT + 2) {
        return vwr_blk_client_write_zeroes_submit(&client, ends.queue->number, call, &given_write_zeroes, ends_out(0),
                                                  96);
    }
    r = vwr_blk_client_write_zeroes(&client, ends.queue->number, &given_write_zeroes, ends_out(0), 32);
    return r;
}

/* ---- secure_erase ---- */

static const uint8_t out_secure_erase[] = {
    0xe, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_secure_erase[] = {
    0x0,
};

static const struct vwr_blk_secure_erase_msg given_secure_erase = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_secure_erase(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_blk_secure_erase_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "secure_erase");
}

static void forms_of_secure_erase(void)
{
    {
        struct vwr_blk_secure_erase_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_secure_erase, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_secure_erase_msg_encode(&form, false, &given_secure_erase);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_secure_erase_msg values;
        const struct vwr_blk_secure_erase_msg *const m = &values;

        memcpy(&form, out_secure_erase, sizeof(form));
        vwr_blk_secure_erase_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_secure_erase(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_secure_erase();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_secure_erase_submit(&client, ends.queue->number, call, &given_secure_erase, ends_out(0),
                                                  32);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_secure_erase_submit(&client, 2, call, &given_secure_erase, ends_out(0), 32);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_secure_erase_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_secure_erase_submit(&client, ends.queue->number, call, &given_secure_erase, ends_out(0),
                                                  0);
    }
    if (what == ENDS_UNFIT + 1) {
        return vwr_blk_client_secure_erase_submit(&client, ends.queue->number, call, &given_secure_erase, ends_out(0),
                                                  17);
    }
    if (what == ENDS_UNFIT + 2) {
        return vwr_blk_client_secure_erase_submit(&client, ends.queue->number, call, &given_secure_erase, ends_out(0),
                                                  96);
    }
    r = vwr_blk_client_secure_erase(&client, ends.queue->number, &given_secure_erase, ends_out(0), 32);
    return r;
}

/* ---- zone_append ---- */

static const uint8_t out_zone_append[] = {
    0xf, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_append[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0,
};

static const struct vwr_blk_zone_append_msg given_zone_append = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_zone_append_answer answer_zone_append = {
    .append_sector = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_blk_zone_append_answer blank_zone_append;

static int called_zone_append(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_blk_zone_append_msg *m, struct vwr_blk_zone_append_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_zone_append;
    return ends_called(x, "zone_append");
}

static void check_zone_append(const struct vwr_blk_zone_append_answer *m)
{
    ENDS_SAME(m->append_sector, ends.blank ? blank_zone_append.append_sector : UINT64_C(0x524b443d362f2821));

}

static void forms_of_zone_append(void)
{
    {
        struct vwr_blk_zone_append_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_append, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_append_msg_encode(&form, false, &given_zone_append);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_append_msg values;
        const struct vwr_blk_zone_append_msg *const m = &values;

        memcpy(&form, out_zone_append, sizeof(form));
        vwr_blk_zone_append_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_zone_append_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_zone_append, sizeof(want));
        memset(want + 8, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_append_answer_encode(&form, false, &answer_zone_append);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_append_answer values;
        const struct vwr_blk_zone_append_answer *const m = &values;

        memcpy(&form, back_zone_append, sizeof(form));
        vwr_blk_zone_append_answer_decode(&form, false, &values);
    ENDS_SAME(m->append_sector, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_zone_append(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_zone_append_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_append();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_append_submit(&client, ends.queue->number, call, &given_zone_append, ends_out(0),
                                                 512);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_append_submit(&client, 2, call, &given_zone_append, ends_out(0), 512);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_append_done(ends.kept, ends.ticket, VWR_OK, &answer_zone_append);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_zone_append_answer(&client, call, &a);
        check_zone_append(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_zone_append_submit(&client, ends.queue->number, call, &given_zone_append, ends_out(0),
                                                 513);
    }
    r = vwr_blk_client_zone_append(&client, ends.queue->number, &given_zone_append, ends_out(0), 512, &a);
    if (r == VWR_OK)
        check_zone_append(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- zone_report ---- */

static const uint8_t out_zone_report[] = {
    0x10, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_report[] = {
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0,
    0x0,
};

static const struct vwr_blk_zone_report_msg given_zone_report = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static const struct vwr_blk_zone_report_answer answer_zone_report = {
    .nr_zones = UINT64_C(0x524b443d362f2821),
};

static const struct vwr_blk_zone_report_answer blank_zone_report;

static int called_zone_report(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_blk_zone_report_msg *m, struct vwr_blk_zone_report_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    if (!ends.blank)
        *a = answer_zone_report;
    return ends_called(x, "zone_report");
}

static void check_zone_report(const struct vwr_blk_zone_report_answer *m)
{
    ENDS_SAME(m->nr_zones, ends.blank ? blank_zone_report.nr_zones : UINT64_C(0x524b443d362f2821));

}

static void forms_of_zone_report(void)
{
    {
        struct vwr_blk_zone_report_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_report, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_report_msg_encode(&form, false, &given_zone_report);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_report_msg values;
        const struct vwr_blk_zone_report_msg *const m = &values;

        memcpy(&form, out_zone_report, sizeof(form));
        vwr_blk_zone_report_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

    {
        struct vwr_blk_zone_report_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_zone_report, sizeof(want));
        memset(want + 64, 0, 1);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_report_answer_encode(&form, false, &answer_zone_report);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_report_answer values;
        const struct vwr_blk_zone_report_answer *const m = &values;

        memcpy(&form, back_zone_report, sizeof(form));
        vwr_blk_zone_report_answer_decode(&form, false, &values);
    ENDS_SAME(m->nr_zones, UINT64_C(0x524b443d362f2821));

    }

}

static int call_of_zone_report(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    struct vwr_blk_zone_report_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_report();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_report_submit(&client, ends.queue->number, call, &given_zone_report, ends_in(0),
                                                 128);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_report_submit(&client, 2, call, &given_zone_report, ends_in(0), 128);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_report_done(ends.kept, ends.ticket, VWR_OK, &answer_zone_report);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_blk_client_zone_report_answer(&client, call, &a);
        check_zone_report(&a);
        return VWR_OK;
    }
    if (what == ENDS_UNFIT + 0) {
        return vwr_blk_client_zone_report_submit(&client, ends.queue->number, call, &given_zone_report, ends_in(0), 65);
    }
    r = vwr_blk_client_zone_report(&client, ends.queue->number, &given_zone_report, ends_in(0), 128, &a, &written);
    if (r == VWR_OK)
        check_zone_report(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- zone_open ---- */

static const uint8_t out_zone_open[] = {
    0x12, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_open[] = {
    0x0,
};

static const struct vwr_blk_zone_open_msg given_zone_open = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_zone_open(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_zone_open_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "zone_open");
}

static void forms_of_zone_open(void)
{
    {
        struct vwr_blk_zone_open_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_open, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_open_msg_encode(&form, false, &given_zone_open);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_open_msg values;
        const struct vwr_blk_zone_open_msg *const m = &values;

        memcpy(&form, out_zone_open, sizeof(form));
        vwr_blk_zone_open_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_zone_open(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_open();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_open_submit(&client, ends.queue->number, call, &given_zone_open);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_open_submit(&client, 2, call, &given_zone_open);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_open_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_zone_open(&client, ends.queue->number, &given_zone_open);
    return r;
}

/* ---- zone_close ---- */

static const uint8_t out_zone_close[] = {
    0x14, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_close[] = {
    0x0,
};

static const struct vwr_blk_zone_close_msg given_zone_close = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_zone_close(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_zone_close_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "zone_close");
}

static void forms_of_zone_close(void)
{
    {
        struct vwr_blk_zone_close_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_close, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_close_msg_encode(&form, false, &given_zone_close);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_close_msg values;
        const struct vwr_blk_zone_close_msg *const m = &values;

        memcpy(&form, out_zone_close, sizeof(form));
        vwr_blk_zone_close_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_zone_close(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_close();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_close_submit(&client, ends.queue->number, call, &given_zone_close);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_close_submit(&client, 2, call, &given_zone_close);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_close_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_zone_close(&client, ends.queue->number, &given_zone_close);
    return r;
}

/* ---- zone_finish ---- */

static const uint8_t out_zone_finish[] = {
    0x16, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_finish[] = {
    0x0,
};

static const struct vwr_blk_zone_finish_msg given_zone_finish = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_zone_finish(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_blk_zone_finish_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "zone_finish");
}

static void forms_of_zone_finish(void)
{
    {
        struct vwr_blk_zone_finish_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_finish, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_finish_msg_encode(&form, false, &given_zone_finish);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_finish_msg values;
        const struct vwr_blk_zone_finish_msg *const m = &values;

        memcpy(&form, out_zone_finish, sizeof(form));
        vwr_blk_zone_finish_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_zone_finish(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_finish();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_finish_submit(&client, ends.queue->number, call, &given_zone_finish);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_finish_submit(&client, 2, call, &given_zone_finish);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_finish_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_zone_finish(&client, ends.queue->number, &given_zone_finish);
    return r;
}

/* ---- zone_reset ---- */

static const uint8_t out_zone_reset[] = {
    0x18, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_reset[] = {
    0x0,
};

static const struct vwr_blk_zone_reset_msg given_zone_reset = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_zone_reset(struct vwr_blk_vservice *s, struct vwr_vmessage *x, const struct vwr_blk_zone_reset_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "zone_reset");
}

static void forms_of_zone_reset(void)
{
    {
        struct vwr_blk_zone_reset_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_reset, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_reset_msg_encode(&form, false, &given_zone_reset);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_reset_msg values;
        const struct vwr_blk_zone_reset_msg *const m = &values;

        memcpy(&form, out_zone_reset, sizeof(form));
        vwr_blk_zone_reset_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_zone_reset(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_reset();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_reset_submit(&client, ends.queue->number, call, &given_zone_reset);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_reset_submit(&client, 2, call, &given_zone_reset);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_reset_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_zone_reset(&client, ends.queue->number, &given_zone_reset);
    return r;
}

/* ---- zone_reset_all ---- */

static const uint8_t out_zone_reset_all[] = {
    0x1a, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
};

static const uint8_t back_zone_reset_all[] = {
    0x0,
};

static const struct vwr_blk_zone_reset_all_msg given_zone_reset_all = {
    .sector = UINT64_C(0x8a837c756e676059),
};

static int called_zone_reset_all(struct vwr_blk_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_blk_zone_reset_all_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    return ends_called(x, "zone_reset_all");
}

static void forms_of_zone_reset_all(void)
{
    {
        struct vwr_blk_zone_reset_all_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_zone_reset_all, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_blk_zone_reset_all_msg_encode(&form, false, &given_zone_reset_all);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_blk_zone_reset_all_msg values;
        const struct vwr_blk_zone_reset_all_msg *const m = &values;

        memcpy(&form, out_zone_reset_all, sizeof(form));
        vwr_blk_zone_reset_all_msg_decode(&form, false, &values);
    ENDS_SAME(m->sector, UINT64_C(0x8a837c756e676059));

    }

}

static int call_of_zone_reset_all(enum ends_do what)
{
    struct vwr_blk_client_requestq_call *const call = &call_requestq;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_zone_reset_all();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_blk_client_zone_reset_all_submit(&client, ends.queue->number, call, &given_zone_reset_all);
    if (what == ENDS_NO_QUEUE)
        return vwr_blk_client_zone_reset_all_submit(&client, 2, call, &given_zone_reset_all);
    if (what == ENDS_DONE) {
        vwr_blk_vservice_zone_reset_all_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    r = vwr_blk_client_zone_reset_all(&client, ends.queue->number, &given_zone_reset_all);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    return (uint16_t)(VWR_BLK_QUEUE_REQUESTQ + n);
}

static void posted(struct vwr_blk_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_blk_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_blk_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_blk_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_blk_vservice_calls no_calls;
static const struct vwr_blk_vservice_calls calls = {
    .in = called_in,
    .out = called_out,
    .scsi_cmd = called_scsi_cmd,
    .scsi_cmd_out = called_scsi_cmd_out,
    .flush = called_flush,
    .flush_out = called_flush_out,
    .get_id = called_get_id,
    .get_lifetime = called_get_lifetime,
    .discard = called_discard,
    .write_zeroes = called_write_zeroes,
    .secure_erase = called_secure_erase,
    .zone_append = called_zone_append,
    .zone_report = called_zone_report,
    .zone_open = called_zone_open,
    .zone_close = called_zone_close,
    .zone_finish = called_zone_finish,
    .zone_reset = called_zone_reset,
    .zone_reset_all = called_zone_reset_all,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "in",
        .call = call_of_in,
        .out = {out_in, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_in, 0, 1, 512, true, 0, 512, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1fff), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_room_no_multiple"},
    },
    {
        .name = "out",
        .call = call_of_out,
        .out = {out_out, 16, 0, 512, true, 0, 512, 0, NULL, 0, 0, false},
        .back = {back_out, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x55d), .home = 2,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "scsi_cmd",
        .call = call_of_scsi_cmd,
        .out = {out_scsi_cmd, 16, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_scsi_cmd, 0, 113, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x0), .home = -1,
        .fills = true,
        .status_at = 112, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "scsi_cmd_out",
        .call = call_of_scsi_cmd_out,
        .out = {out_scsi_cmd_out, 16, 0, 4, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_scsi_cmd_out, 0, 113, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x0), .home = -1,
        .fills = true,
        .status_at = 112, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "flush",
        .call = call_of_flush,
        .out = {out_flush, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_flush, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1004), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "flush_out",
        .call = call_of_flush_out,
        .out = {out_flush_out, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_flush_out, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1004), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "get_id",
        .call = call_of_get_id,
        .out = {out_get_id, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_id, 21, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1fff), .home = 12,
        .fills = true,
        .status_at = 20, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "get_lifetime",
        .call = call_of_get_lifetime,
        .out = {out_get_lifetime, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_lifetime, 7, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1008), .home = 12,
        .fills = true,
        .status_at = 6, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "discard",
        .call = call_of_discard,
        .out = {out_discard, 16, 0, 32, true, 1, 16, 80, NULL, 0, 0, false},
        .back = {back_discard, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x10), .home = 4,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_too_short", "client_no_multiple", "client_too_long"},
    },
    {
        .name = "write_zeroes",
        .call = call_of_write_zeroes,
        .out = {out_write_zeroes, 16, 0, 32, true, 1, 16, 80, NULL, 0, 0, false},
        .back = {back_write_zeroes, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x40), .home = 6,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_too_short", "client_no_multiple", "client_too_long"},
    },
    {
        .name = "secure_erase",
        .call = call_of_secure_erase,
        .out = {out_secure_erase, 16, 0, 32, true, 1, 16, 80, NULL, 0, 0, false},
        .back = {back_secure_erase, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x100), .home = 8,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_too_short", "client_no_multiple", "client_too_long"},
    },
    {
        .name = "zone_append",
        .call = call_of_zone_append,
        .out = {out_zone_append, 16, 0, 512, true, 0, 512, 0, NULL, 0, 0, false},
        .back = {back_zone_append, 9, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x400), .home = 10,
        .fills = true,
        .status_at = 8, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_no_multiple"},
    },
    {
        .name = "zone_report",
        .call = call_of_zone_report,
        .out = {out_zone_report, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_report, 64, 1, 128, true, 0, 64, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .fills = true,
        .status_at = 64, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
        .unfit = {"client_room_no_multiple"},
    },
    {
        .name = "zone_open",
        .call = call_of_zone_open,
        .out = {out_zone_open, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_open, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "zone_close",
        .call = call_of_zone_close,
        .out = {out_zone_close, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_close, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "zone_finish",
        .call = call_of_zone_finish,
        .out = {out_zone_finish, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_finish, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "zone_reset",
        .call = call_of_zone_reset,
        .out = {out_zone_reset, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_reset, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
    {
        .name = "zone_reset_all",
        .call = call_of_zone_reset_all,
        .out = {out_zone_reset_all, 16, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_zone_reset_all, 1, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1c00), .home = 12,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x2u, .refuses_beyond = true, .beyond = 0x2u,
        .refuses_unknown = true, .unknown = 0x2u,
    },
};
static const struct ends_unknown unknown_requestq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1fff), .index = index_requestq,
        .message = messages_requestq, .messages = 18, .place = ENDS_BACK, .select_end = 4, .big = false,
        .unknown = unknown_requestq, .unknowns = 1,
        .requests = &family_requestq[0].q, .call = &call_requestq.call, .own = &family_requestq[0].own.call,
        .family = true,
    },
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1000), .index = index_requestq,
        .number = 1,
        .message = messages_requestq, .messages = 18, .place = ENDS_BACK, .select_end = 4, .big = false,
        .unknown = unknown_requestq, .unknowns = 1,
        .requests = &family_requestq[1].q, .call = &call_requestq.call, .own = &family_requestq[1].own.call,
        .family = true,
    },
};

static const uint8_t set_1[] = {5};
static const uint8_t set_2[] = {9};
static const uint8_t set_3[] = {15};
static const uint8_t set_4[] = {13};
static const uint8_t set_5[] = {5, 13};
static const uint8_t set_6[] = {14};
static const uint8_t set_7[] = {5, 14};
static const uint8_t set_8[] = {16};
static const uint8_t set_9[] = {5, 16};
static const uint8_t set_10[] = {17};
static const uint8_t set_11[] = {5, 17};
static const uint8_t set_12[] = {1, 2, 4, 5, 6, 9, 10, 11, 12, 13, 14, 15, 16, 17};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 1, NULL, 0},
    {set_3, 1, NULL, 0},
    {set_4, 1, NULL, 0},
    {set_5, 2, NULL, 0},
    {set_6, 1, NULL, 0},
    {set_7, 2, NULL, 0},
    {set_8, 1, NULL, 0},
    {set_9, 2, NULL, 0},
    {set_10, 1, NULL, 0},
    {set_11, 2, NULL, 0},
    {set_12, 14, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_blk_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_blk_client_options o = {.requests = ends_request_options()};

    memset(family_requestq, 0, sizeof(family_requestq));
    o.requestq = family_requestq;
    o.requestq_count = 2;
    memset(&call_requestq, 0, sizeof(call_requestq));
    family_requestq[0].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                  VWR_BLK_CLIENT_REQUESTQ_SLOT, ENDS_SEGMENTS));
    family_requestq[1].memory = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS,
                                                  VWR_BLK_CLIENT_REQUESTQ_SLOT, ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_blk_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_blk_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_blk_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_blk_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "blk",
    .id = 2,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 13,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
