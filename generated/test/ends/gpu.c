/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

/* 26 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/gpu.h"
#include "vwr/service/gpu.h"

#include <string.h>

static struct vwr_gpu_client client;
static struct vwr_gpu_vservice service;

static struct vwr_gpu_client_controlq_call call_controlq;
static struct vwr_gpu_client_cursorq_call call_cursorq;

static const uint8_t config[] = {
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0,
};

/* ---- get_display_info ---- */

static const uint8_t out_get_display_info[] = {
    0x0, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_get_display_info[] = {
    0x1, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42,
};

static const struct vwr_gpu_get_display_info_msg given_get_display_info = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_get_display_info_answer answer_get_display_info = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .pmodes = {0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
        0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu,
        0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu,
        0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu,
        0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu,
        0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu,
        0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu,
        0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu,
        0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u, 0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu,
        0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u, 0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu,
        0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u, 0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu,
        0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u, 0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu,
        0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u, 0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu,
        0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u, 0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu,
        0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u, 0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu,
        0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u, 0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu,
        0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
        0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u, 0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu,
        0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u, 0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu,
        0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u, 0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu,
        0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u, 0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu,
        0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u, 0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu,
        0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u, 0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu,
        0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u, 0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu,
        0x42u},
};

static const struct vwr_gpu_get_display_info_answer blank_get_display_info;

static int called_get_display_info(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_gpu_get_display_info_msg *m,
                                   struct vwr_gpu_get_display_info_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_get_display_info;
    return ends_called(x, "get_display_info");
}

static void check_get_display_info(const struct vwr_gpu_get_display_info_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_get_display_info.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_get_display_info.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_get_display_info.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_get_display_info.ring_idx : 0xadu);
    ENDS_SAME_BYTES(m->pmodes, ends.blank ? blank_get_display_info.pmodes : answer_get_display_info.pmodes,
                    sizeof(m->pmodes));

}

static void forms_of_get_display_info(void)
{
    {
        struct vwr_gpu_get_display_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_display_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_display_info_msg_encode(&form, false, &given_get_display_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_display_info_msg values;
        const struct vwr_gpu_get_display_info_msg *const m = &values;

        memcpy(&form, out_get_display_info, sizeof(form));
        vwr_gpu_get_display_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_get_display_info_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_display_info, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_display_info_answer_encode(&form, false, &answer_get_display_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_display_info_answer values;
        const struct vwr_gpu_get_display_info_answer *const m = &values;

        memcpy(&form, back_get_display_info, sizeof(form));
        vwr_gpu_get_display_info_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME_BYTES(m->pmodes, answer_get_display_info.pmodes, sizeof(m->pmodes));

    }

}

static int call_of_get_display_info(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_get_display_info_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_display_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_get_display_info_submit(&client, call, &given_get_display_info);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_get_display_info_done(ends.kept, ends.ticket, VWR_OK, &answer_get_display_info);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_get_display_info_answer(&client, call, &a);
        check_get_display_info(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_get_display_info(&client, &given_get_display_info, &a);
    if (r == VWR_OK)
        check_get_display_info(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_create_2d ---- */

static const uint8_t out_resource_create_2d[] = {
    0x1, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32,
};

static const uint8_t back_resource_create_2d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_create_2d_msg given_resource_create_2d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
    .format = 0xfaf3ece5u,
    .width = 0x160f0801u,
    .height = 0x322b241du,
};

static const struct vwr_gpu_resource_create_2d_answer answer_resource_create_2d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_create_2d_answer blank_resource_create_2d;

static int called_resource_create_2d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                     const struct vwr_gpu_resource_create_2d_msg *m,
                                     struct vwr_gpu_resource_create_2d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);
    ENDS_SAME(m->format, 0xfaf3ece5u);
    ENDS_SAME(m->width, 0x160f0801u);
    ENDS_SAME(m->height, 0x322b241du);

    if (!ends.blank)
        *a = answer_resource_create_2d;
    return ends_called(x, "resource_create_2d");
}

static void check_resource_create_2d(const struct vwr_gpu_resource_create_2d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_create_2d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_create_2d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_create_2d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_create_2d.ring_idx : 0xadu);

}

static void forms_of_resource_create_2d(void)
{
    {
        struct vwr_gpu_resource_create_2d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_create_2d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_2d_msg_encode(&form, false, &given_resource_create_2d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_2d_msg values;
        const struct vwr_gpu_resource_create_2d_msg *const m = &values;

        memcpy(&form, out_resource_create_2d, sizeof(form));
        vwr_gpu_resource_create_2d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);
        ENDS_SAME(m->format, 0xfaf3ece5u);
        ENDS_SAME(m->width, 0x160f0801u);
        ENDS_SAME(m->height, 0x322b241du);

    }

    {
        struct vwr_gpu_resource_create_2d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_create_2d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_2d_answer_encode(&form, false, &answer_resource_create_2d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_2d_answer values;
        const struct vwr_gpu_resource_create_2d_answer *const m = &values;

        memcpy(&form, back_resource_create_2d, sizeof(form));
        vwr_gpu_resource_create_2d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_create_2d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_create_2d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_create_2d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_create_2d_submit(&client, call, &given_resource_create_2d);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_create_2d_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_create_2d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_create_2d_answer(&client, call, &a);
        check_resource_create_2d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_create_2d(&client, &given_resource_create_2d, &a);
    if (r == VWR_OK)
        check_resource_create_2d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_unref ---- */

static const uint8_t out_resource_unref[] = {
    0x2, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_unref[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_unref_msg given_resource_unref = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
};

static const struct vwr_gpu_resource_unref_answer answer_resource_unref = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_unref_answer blank_resource_unref;

static int called_resource_unref(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_gpu_resource_unref_msg *m, struct vwr_gpu_resource_unref_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_resource_unref;
    return ends_called(x, "resource_unref");
}

static void check_resource_unref(const struct vwr_gpu_resource_unref_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_unref.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_unref.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_unref.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_unref.ring_idx : 0xadu);

}

static void forms_of_resource_unref(void)
{
    {
        struct vwr_gpu_resource_unref_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_unref, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_unref_msg_encode(&form, false, &given_resource_unref);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_unref_msg values;
        const struct vwr_gpu_resource_unref_msg *const m = &values;

        memcpy(&form, out_resource_unref, sizeof(form));
        vwr_gpu_resource_unref_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_resource_unref_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_unref, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_unref_answer_encode(&form, false, &answer_resource_unref);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_unref_answer values;
        const struct vwr_gpu_resource_unref_answer *const m = &values;

        memcpy(&form, back_resource_unref, sizeof(form));
        vwr_gpu_resource_unref_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_unref(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_unref_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_unref();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_unref_submit(&client, call, &given_resource_unref);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_unref_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_unref);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_unref_answer(&client, call, &a);
        check_resource_unref(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_unref(&client, &given_resource_unref, &a);
    if (r == VWR_OK)
        check_resource_unref(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_scanout ---- */

static const uint8_t out_set_scanout[] = {
    0x3, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
};

static const uint8_t back_set_scanout[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_set_scanout_msg given_set_scanout = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .x = 0xded7d0c9u,
    .y = 0xfaf3ece5u,
    .width = 0x160f0801u,
    .height = 0x322b241du,
    .scanout_id = 0x4e474039u,
    .resource_id = 0x6a635c55u,
};

static const struct vwr_gpu_set_scanout_answer answer_set_scanout = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_set_scanout_answer blank_set_scanout;

static int called_set_scanout(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_gpu_set_scanout_msg *m, struct vwr_gpu_set_scanout_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->x, 0xded7d0c9u);
    ENDS_SAME(m->y, 0xfaf3ece5u);
    ENDS_SAME(m->width, 0x160f0801u);
    ENDS_SAME(m->height, 0x322b241du);
    ENDS_SAME(m->scanout_id, 0x4e474039u);
    ENDS_SAME(m->resource_id, 0x6a635c55u);

    if (!ends.blank)
        *a = answer_set_scanout;
    return ends_called(x, "set_scanout");
}

static void check_set_scanout(const struct vwr_gpu_set_scanout_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_set_scanout.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_set_scanout.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_set_scanout.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_set_scanout.ring_idx : 0xadu);

}

static void forms_of_set_scanout(void)
{
    {
        struct vwr_gpu_set_scanout_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_scanout, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_set_scanout_msg_encode(&form, false, &given_set_scanout);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_set_scanout_msg values;
        const struct vwr_gpu_set_scanout_msg *const m = &values;

        memcpy(&form, out_set_scanout, sizeof(form));
        vwr_gpu_set_scanout_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->x, 0xded7d0c9u);
        ENDS_SAME(m->y, 0xfaf3ece5u);
        ENDS_SAME(m->width, 0x160f0801u);
        ENDS_SAME(m->height, 0x322b241du);
        ENDS_SAME(m->scanout_id, 0x4e474039u);
        ENDS_SAME(m->resource_id, 0x6a635c55u);

    }

    {
        struct vwr_gpu_set_scanout_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_set_scanout, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_set_scanout_answer_encode(&form, false, &answer_set_scanout);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_set_scanout_answer values;
        const struct vwr_gpu_set_scanout_answer *const m = &values;

        memcpy(&form, back_set_scanout, sizeof(form));
        vwr_gpu_set_scanout_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_set_scanout(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_set_scanout_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_scanout();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_set_scanout_submit(&client, call, &given_set_scanout);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_set_scanout_done(ends.kept, ends.ticket, VWR_OK, &answer_set_scanout);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_set_scanout_answer(&client, call, &a);
        check_set_scanout(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_set_scanout(&client, &given_set_scanout, &a);
    if (r == VWR_OK)
        check_set_scanout(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_flush ---- */

static const uint8_t out_resource_flush[] = {
    0x4, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_flush[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_flush_msg given_resource_flush = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .x = 0xded7d0c9u,
    .y = 0xfaf3ece5u,
    .width = 0x160f0801u,
    .height = 0x322b241du,
    .resource_id = 0x4e474039u,
};

static const struct vwr_gpu_resource_flush_answer answer_resource_flush = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_flush_answer blank_resource_flush;

static int called_resource_flush(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                 const struct vwr_gpu_resource_flush_msg *m, struct vwr_gpu_resource_flush_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->x, 0xded7d0c9u);
    ENDS_SAME(m->y, 0xfaf3ece5u);
    ENDS_SAME(m->width, 0x160f0801u);
    ENDS_SAME(m->height, 0x322b241du);
    ENDS_SAME(m->resource_id, 0x4e474039u);

    if (!ends.blank)
        *a = answer_resource_flush;
    return ends_called(x, "resource_flush");
}

static void check_resource_flush(const struct vwr_gpu_resource_flush_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_flush.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_flush.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_flush.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_flush.ring_idx : 0xadu);

}

static void forms_of_resource_flush(void)
{
    {
        struct vwr_gpu_resource_flush_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_flush, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_flush_msg_encode(&form, false, &given_resource_flush);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_flush_msg values;
        const struct vwr_gpu_resource_flush_msg *const m = &values;

        memcpy(&form, out_resource_flush, sizeof(form));
        vwr_gpu_resource_flush_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->x, 0xded7d0c9u);
        ENDS_SAME(m->y, 0xfaf3ece5u);
        ENDS_SAME(m->width, 0x160f0801u);
        ENDS_SAME(m->height, 0x322b241du);
        ENDS_SAME(m->resource_id, 0x4e474039u);

    }

    {
        struct vwr_gpu_resource_flush_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_flush, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_flush_answer_encode(&form, false, &answer_resource_flush);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_flush_answer values;
        const struct vwr_gpu_resource_flush_answer *const m = &values;

        memcpy(&form, back_resource_flush, sizeof(form));
        vwr_gpu_resource_flush_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_flush(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_flush_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_flush();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_flush_submit(&client, call, &given_resource_flush);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_flush_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_flush);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_flush_answer(&client, call, &a);
        check_resource_flush(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_flush(&client, &given_resource_flush, &a);
    if (r == VWR_OK)
        check_resource_flush(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- transfer_to_host_2d ---- */

static const uint8_t out_transfer_to_host_2d[] = {
    0x5, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_transfer_to_host_2d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_transfer_to_host_2d_msg given_transfer_to_host_2d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .x = 0xded7d0c9u,
    .y = 0xfaf3ece5u,
    .width = 0x160f0801u,
    .height = 0x322b241du,
    .offset = UINT64_C(0x6a635c554e474039),
    .resource_id = 0x867f7871u,
};

static const struct vwr_gpu_transfer_to_host_2d_answer answer_transfer_to_host_2d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_transfer_to_host_2d_answer blank_transfer_to_host_2d;

static int called_transfer_to_host_2d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_gpu_transfer_to_host_2d_msg *m,
                                      struct vwr_gpu_transfer_to_host_2d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->x, 0xded7d0c9u);
    ENDS_SAME(m->y, 0xfaf3ece5u);
    ENDS_SAME(m->width, 0x160f0801u);
    ENDS_SAME(m->height, 0x322b241du);
    ENDS_SAME(m->offset, UINT64_C(0x6a635c554e474039));
    ENDS_SAME(m->resource_id, 0x867f7871u);

    if (!ends.blank)
        *a = answer_transfer_to_host_2d;
    return ends_called(x, "transfer_to_host_2d");
}

static void check_transfer_to_host_2d(const struct vwr_gpu_transfer_to_host_2d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_transfer_to_host_2d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_transfer_to_host_2d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_transfer_to_host_2d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_transfer_to_host_2d.ring_idx : 0xadu);

}

static void forms_of_transfer_to_host_2d(void)
{
    {
        struct vwr_gpu_transfer_to_host_2d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_transfer_to_host_2d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_to_host_2d_msg_encode(&form, false, &given_transfer_to_host_2d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_to_host_2d_msg values;
        const struct vwr_gpu_transfer_to_host_2d_msg *const m = &values;

        memcpy(&form, out_transfer_to_host_2d, sizeof(form));
        vwr_gpu_transfer_to_host_2d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->x, 0xded7d0c9u);
        ENDS_SAME(m->y, 0xfaf3ece5u);
        ENDS_SAME(m->width, 0x160f0801u);
        ENDS_SAME(m->height, 0x322b241du);
        ENDS_SAME(m->offset, UINT64_C(0x6a635c554e474039));
        ENDS_SAME(m->resource_id, 0x867f7871u);

    }

    {
        struct vwr_gpu_transfer_to_host_2d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_transfer_to_host_2d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_to_host_2d_answer_encode(&form, false, &answer_transfer_to_host_2d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_to_host_2d_answer values;
        const struct vwr_gpu_transfer_to_host_2d_answer *const m = &values;

        memcpy(&form, back_transfer_to_host_2d, sizeof(form));
        vwr_gpu_transfer_to_host_2d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_transfer_to_host_2d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_transfer_to_host_2d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_transfer_to_host_2d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_transfer_to_host_2d_submit(&client, call, &given_transfer_to_host_2d);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_transfer_to_host_2d_done(ends.kept, ends.ticket, VWR_OK, &answer_transfer_to_host_2d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_transfer_to_host_2d_answer(&client, call, &a);
        check_transfer_to_host_2d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_transfer_to_host_2d(&client, &given_transfer_to_host_2d, &a);
    if (r == VWR_OK)
        check_transfer_to_host_2d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_attach_backing ---- */

static const uint8_t out_resource_attach_backing[] = {
    0x6, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x2, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_attach_backing[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_attach_backing_msg given_resource_attach_backing = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
    .nr_entries = 0x2u,
};

static const struct vwr_gpu_resource_attach_backing_answer answer_resource_attach_backing = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_attach_backing_answer blank_resource_attach_backing;

static int called_resource_attach_backing(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                          const struct vwr_gpu_resource_attach_backing_msg *m,
                                          struct vwr_gpu_resource_attach_backing_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);
    ENDS_SAME(m->nr_entries, 0x2u);

    if (!ends.blank)
        *a = answer_resource_attach_backing;
    return ends_called(x, "resource_attach_backing");
}

static void check_resource_attach_backing(const struct vwr_gpu_resource_attach_backing_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_attach_backing.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_attach_backing.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_attach_backing.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_attach_backing.ring_idx : 0xadu);

}

static void forms_of_resource_attach_backing(void)
{
    {
        struct vwr_gpu_resource_attach_backing_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_attach_backing, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_attach_backing_msg_encode(&form, false, &given_resource_attach_backing);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_attach_backing_msg values;
        const struct vwr_gpu_resource_attach_backing_msg *const m = &values;

        memcpy(&form, out_resource_attach_backing, sizeof(form));
        vwr_gpu_resource_attach_backing_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);
        ENDS_SAME(m->nr_entries, 0x2u);

    }

    {
        struct vwr_gpu_resource_attach_backing_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_attach_backing, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_attach_backing_answer_encode(&form, false, &answer_resource_attach_backing);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_attach_backing_answer values;
        const struct vwr_gpu_resource_attach_backing_answer *const m = &values;

        memcpy(&form, back_resource_attach_backing, sizeof(form));
        vwr_gpu_resource_attach_backing_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_attach_backing(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_attach_backing_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_attach_backing();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_attach_backing_submit(&client, call, &given_resource_attach_backing,
            ends_out(0));
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_attach_backing_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_attach_backing);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_attach_backing_answer(&client, call, &a);
        check_resource_attach_backing(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_attach_backing(&client, &given_resource_attach_backing, ends_out(0), &a);
    if (r == VWR_OK)
        check_resource_attach_backing(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_detach_backing ---- */

static const uint8_t out_resource_detach_backing[] = {
    0x7, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_detach_backing[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_detach_backing_msg given_resource_detach_backing = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
};

static const struct vwr_gpu_resource_detach_backing_answer answer_resource_detach_backing = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_detach_backing_answer blank_resource_detach_backing;

static int called_resource_detach_backing(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                          const struct vwr_gpu_resource_detach_backing_msg *m,
                                          struct vwr_gpu_resource_detach_backing_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_resource_detach_backing;
    return ends_called(x, "resource_detach_backing");
}

static void check_resource_detach_backing(const struct vwr_gpu_resource_detach_backing_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_detach_backing.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_detach_backing.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_detach_backing.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_detach_backing.ring_idx : 0xadu);

}

static void forms_of_resource_detach_backing(void)
{
    {
        struct vwr_gpu_resource_detach_backing_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_detach_backing, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_detach_backing_msg_encode(&form, false, &given_resource_detach_backing);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_detach_backing_msg values;
        const struct vwr_gpu_resource_detach_backing_msg *const m = &values;

        memcpy(&form, out_resource_detach_backing, sizeof(form));
        vwr_gpu_resource_detach_backing_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_resource_detach_backing_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_detach_backing, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_detach_backing_answer_encode(&form, false, &answer_resource_detach_backing);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_detach_backing_answer values;
        const struct vwr_gpu_resource_detach_backing_answer *const m = &values;

        memcpy(&form, back_resource_detach_backing, sizeof(form));
        vwr_gpu_resource_detach_backing_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_detach_backing(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_detach_backing_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_detach_backing();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_detach_backing_submit(&client, call, &given_resource_detach_backing);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_detach_backing_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_detach_backing);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_detach_backing_answer(&client, call, &a);
        check_resource_detach_backing(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_detach_backing(&client, &given_resource_detach_backing, &a);
    if (r == VWR_OK)
        check_resource_detach_backing(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- get_capset_info ---- */

static const uint8_t out_get_capset_info[] = {
    0x8, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_get_capset_info[] = {
    0x2, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_get_capset_info_msg given_get_capset_info = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .capset_index = 0xded7d0c9u,
};

static const struct vwr_gpu_get_capset_info_answer answer_get_capset_info = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .capset_id = 0xded7d0c9u,
    .capset_max_version = 0xfaf3ece5u,
    .capset_max_size = 0x160f0801u,
};

static const struct vwr_gpu_get_capset_info_answer blank_get_capset_info;

static int called_get_capset_info(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                  const struct vwr_gpu_get_capset_info_msg *m, struct vwr_gpu_get_capset_info_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->capset_index, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_get_capset_info;
    return ends_called(x, "get_capset_info");
}

static void check_get_capset_info(const struct vwr_gpu_get_capset_info_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_get_capset_info.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_get_capset_info.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_get_capset_info.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_get_capset_info.ring_idx : 0xadu);
    ENDS_SAME(m->capset_id, ends.blank ? blank_get_capset_info.capset_id : 0xded7d0c9u);
    ENDS_SAME(m->capset_max_version, ends.blank ? blank_get_capset_info.capset_max_version : 0xfaf3ece5u);
    ENDS_SAME(m->capset_max_size, ends.blank ? blank_get_capset_info.capset_max_size : 0x160f0801u);

}

static void forms_of_get_capset_info(void)
{
    {
        struct vwr_gpu_get_capset_info_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_capset_info, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_capset_info_msg_encode(&form, false, &given_get_capset_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_capset_info_msg values;
        const struct vwr_gpu_get_capset_info_msg *const m = &values;

        memcpy(&form, out_get_capset_info, sizeof(form));
        vwr_gpu_get_capset_info_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->capset_index, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_get_capset_info_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_capset_info, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_capset_info_answer_encode(&form, false, &answer_get_capset_info);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_capset_info_answer values;
        const struct vwr_gpu_get_capset_info_answer *const m = &values;

        memcpy(&form, back_get_capset_info, sizeof(form));
        vwr_gpu_get_capset_info_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->capset_id, 0xded7d0c9u);
        ENDS_SAME(m->capset_max_version, 0xfaf3ece5u);
        ENDS_SAME(m->capset_max_size, 0x160f0801u);

    }

}

static int call_of_get_capset_info(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_get_capset_info_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_capset_info();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_get_capset_info_submit(&client, call, &given_get_capset_info);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_get_capset_info_done(ends.kept, ends.ticket, VWR_OK, &answer_get_capset_info);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_get_capset_info_answer(&client, call, &a);
        check_get_capset_info(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_get_capset_info(&client, &given_get_capset_info, &a);
    if (r == VWR_OK)
        check_get_capset_info(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- get_capset ---- */

static const uint8_t out_get_capset[] = {
    0x9, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
};

static const uint8_t back_get_capset[] = {
    0x3, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_get_capset_msg given_get_capset = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .capset_id = 0xded7d0c9u,
    .capset_version = 0xfaf3ece5u,
};

static const struct vwr_gpu_get_capset_answer answer_get_capset = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_get_capset_answer blank_get_capset;

static int called_get_capset(struct vwr_gpu_vservice *s, struct vwr_vmessage *x, const struct vwr_gpu_get_capset_msg *m,
                             struct vwr_gpu_get_capset_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->capset_id, 0xded7d0c9u);
    ENDS_SAME(m->capset_version, 0xfaf3ece5u);

    if (!ends.blank)
        *a = answer_get_capset;
    return ends_called(x, "get_capset");
}

static void check_get_capset(const struct vwr_gpu_get_capset_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_get_capset.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_get_capset.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_get_capset.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_get_capset.ring_idx : 0xadu);

}

static void forms_of_get_capset(void)
{
    {
        struct vwr_gpu_get_capset_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_capset, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_capset_msg_encode(&form, false, &given_get_capset);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_capset_msg values;
        const struct vwr_gpu_get_capset_msg *const m = &values;

        memcpy(&form, out_get_capset, sizeof(form));
        vwr_gpu_get_capset_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->capset_id, 0xded7d0c9u);
        ENDS_SAME(m->capset_version, 0xfaf3ece5u);

    }

    {
        struct vwr_gpu_get_capset_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_capset, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_capset_answer_encode(&form, false, &answer_get_capset);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_capset_answer values;
        const struct vwr_gpu_get_capset_answer *const m = &values;

        memcpy(&form, back_get_capset, sizeof(form));
        vwr_gpu_get_capset_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_get_capset(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_get_capset_answer a;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_capset();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_get_capset_submit(&client, call, &given_get_capset, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_get_capset_done(ends.kept, ends.ticket, VWR_OK, &answer_get_capset);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_get_capset_answer(&client, call, &a);
        check_get_capset(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_get_capset(&client, &given_get_capset, ends_in(0), 2, &a, &written);
    if (r == VWR_OK)
        check_get_capset(&a);
    else
        ends_untouched(&a, sizeof(a));
    ends_written(r, written);
    return r;
}

/* ---- get_edid ---- */

static const uint8_t out_get_edid[] = {
    0xa, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_get_edid[] = {
    0x4, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
    0xc1, 0xc8, 0xcf, 0xd6, 0xdd, 0xe4, 0xeb, 0xf2, 0xf9, 0x0, 0x7, 0xe, 0x15, 0x1c, 0x23, 0x2a,
    0x31, 0x38, 0x3f, 0x46, 0x4d, 0x54, 0x5b, 0x62, 0x69, 0x70, 0x77, 0x7e, 0x85, 0x8c, 0x93, 0x9a,
    0xa1, 0xa8, 0xaf, 0xb6, 0xbd, 0xc4, 0xcb, 0xd2, 0xd9, 0xe0, 0xe7, 0xee, 0xf5, 0xfc, 0x3, 0xa,
    0x11, 0x18, 0x1f, 0x26, 0x2d, 0x34, 0x3b, 0x42, 0x49, 0x50, 0x57, 0x5e, 0x65, 0x6c, 0x73, 0x7a,
    0x81, 0x88, 0x8f, 0x96, 0x9d, 0xa4, 0xab, 0xb2, 0xb9, 0xc0, 0xc7, 0xce, 0xd5, 0xdc, 0xe3, 0xea,
    0xf1, 0xf8, 0xff, 0x6, 0xd, 0x14, 0x1b, 0x22, 0x29, 0x30, 0x37, 0x3e, 0x45, 0x4c, 0x53, 0x5a,
    0x61, 0x68, 0x6f, 0x76, 0x7d, 0x84, 0x8b, 0x92, 0x99, 0xa0, 0xa7, 0xae, 0xb5, 0xbc, 0xc3, 0xca,
    0xd1, 0xd8, 0xdf, 0xe6, 0xed, 0xf4, 0xfb, 0x2, 0x9, 0x10, 0x17, 0x1e, 0x25, 0x2c, 0x33, 0x3a,
    0x41, 0x48, 0x4f, 0x56, 0x5d, 0x64, 0x6b, 0x72, 0x79, 0x80, 0x87, 0x8e, 0x95, 0x9c, 0xa3, 0xaa,
    0xb1, 0xb8, 0xbf, 0xc6, 0xcd, 0xd4, 0xdb, 0xe2, 0xe9, 0xf0, 0xf7, 0xfe, 0x5, 0xc, 0x13, 0x1a,
    0x21, 0x28, 0x2f, 0x36, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
};

static const struct vwr_gpu_get_edid_msg given_get_edid = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .scanout = 0xded7d0c9u,
};

static const struct vwr_gpu_get_edid_answer answer_get_edid = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .size = 0xded7d0c9u,
    .edid = {0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u,
        0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u,
        0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u,
        0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u,
        0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u,
        0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u,
        0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u,
        0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u,
        0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u,
        0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u,
        0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u,
        0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u,
        0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u,
        0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u,
        0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u,
        0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u,
        0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u,
        0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u,
        0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u,
        0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u,
        0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u,
        0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u,
        0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u,
        0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u,
        0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u,
        0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u,
        0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u,
        0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u,
        0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u,
        0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u,
        0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau, 0xc1u, 0xc8u, 0xcfu, 0xd6u, 0xddu, 0xe4u, 0xebu, 0xf2u, 0xf9u, 0x0u, 0x7u, 0xeu, 0x15u, 0x1cu, 0x23u,
        0x2au, 0x31u, 0x38u, 0x3fu, 0x46u, 0x4du, 0x54u, 0x5bu, 0x62u, 0x69u, 0x70u, 0x77u, 0x7eu, 0x85u, 0x8cu, 0x93u,
        0x9au, 0xa1u, 0xa8u, 0xafu, 0xb6u, 0xbdu, 0xc4u, 0xcbu, 0xd2u, 0xd9u, 0xe0u, 0xe7u, 0xeeu, 0xf5u, 0xfcu, 0x3u,
        0xau, 0x11u, 0x18u, 0x1fu, 0x26u, 0x2du, 0x34u, 0x3bu, 0x42u, 0x49u, 0x50u, 0x57u, 0x5eu, 0x65u, 0x6cu, 0x73u,
        0x7au, 0x81u, 0x88u, 0x8fu, 0x96u, 0x9du, 0xa4u, 0xabu, 0xb2u, 0xb9u, 0xc0u, 0xc7u, 0xceu, 0xd5u, 0xdcu, 0xe3u,
        0xeau, 0xf1u, 0xf8u, 0xffu, 0x6u, 0xdu, 0x14u, 0x1bu, 0x22u, 0x29u, 0x30u, 0x37u, 0x3eu, 0x45u, 0x4cu, 0x53u,
        0x5au, 0x61u, 0x68u, 0x6fu, 0x76u, 0x7du, 0x84u, 0x8bu, 0x92u, 0x99u, 0xa0u, 0xa7u, 0xaeu, 0xb5u, 0xbcu, 0xc3u,
        0xcau, 0xd1u, 0xd8u, 0xdfu, 0xe6u, 0xedu, 0xf4u, 0xfbu, 0x2u, 0x9u, 0x10u, 0x17u, 0x1eu, 0x25u, 0x2cu, 0x33u,
        0x3au, 0x41u, 0x48u, 0x4fu, 0x56u, 0x5du, 0x64u, 0x6bu, 0x72u, 0x79u, 0x80u, 0x87u, 0x8eu, 0x95u, 0x9cu, 0xa3u,
        0xaau, 0xb1u, 0xb8u, 0xbfu, 0xc6u, 0xcdu, 0xd4u, 0xdbu, 0xe2u, 0xe9u, 0xf0u, 0xf7u, 0xfeu, 0x5u, 0xcu, 0x13u,
        0x1au, 0x21u, 0x28u, 0x2fu, 0x36u, 0x3du, 0x44u, 0x4bu, 0x52u, 0x59u, 0x60u, 0x67u, 0x6eu, 0x75u, 0x7cu, 0x83u,
        0x8au, 0x91u, 0x98u, 0x9fu, 0xa6u, 0xadu, 0xb4u, 0xbbu, 0xc2u, 0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u,
        0xfau},
};

static const struct vwr_gpu_get_edid_answer blank_get_edid;

static int called_get_edid(struct vwr_gpu_vservice *s, struct vwr_vmessage *x, const struct vwr_gpu_get_edid_msg *m,
                           struct vwr_gpu_get_edid_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->scanout, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_get_edid;
    return ends_called(x, "get_edid");
}

static void check_get_edid(const struct vwr_gpu_get_edid_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_get_edid.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_get_edid.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_get_edid.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_get_edid.ring_idx : 0xadu);
    ENDS_SAME(m->size, ends.blank ? blank_get_edid.size : 0xded7d0c9u);
    ENDS_SAME_BYTES(m->edid, ends.blank ? blank_get_edid.edid : answer_get_edid.edid, sizeof(m->edid));

}

static void forms_of_get_edid(void)
{
    {
        struct vwr_gpu_get_edid_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_get_edid, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_edid_msg_encode(&form, false, &given_get_edid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_edid_msg values;
        const struct vwr_gpu_get_edid_msg *const m = &values;

        memcpy(&form, out_get_edid, sizeof(form));
        vwr_gpu_get_edid_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->scanout, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_get_edid_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_get_edid, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_get_edid_answer_encode(&form, false, &answer_get_edid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_get_edid_answer values;
        const struct vwr_gpu_get_edid_answer *const m = &values;

        memcpy(&form, back_get_edid, sizeof(form));
        vwr_gpu_get_edid_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->size, 0xded7d0c9u);
        ENDS_SAME_BYTES(m->edid, answer_get_edid.edid, sizeof(m->edid));

    }

}

static int call_of_get_edid(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_get_edid_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_get_edid();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_get_edid_submit(&client, call, &given_get_edid);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_get_edid_done(ends.kept, ends.ticket, VWR_OK, &answer_get_edid);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_get_edid_answer(&client, call, &a);
        check_get_edid(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_get_edid(&client, &given_get_edid, &a);
    if (r == VWR_OK)
        check_get_edid(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_assign_uuid ---- */

static const uint8_t out_resource_assign_uuid[] = {
    0xb, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_assign_uuid[] = {
    0x5, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32,
};

static const struct vwr_gpu_resource_assign_uuid_msg given_resource_assign_uuid = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
};

static const struct vwr_gpu_resource_assign_uuid_answer answer_resource_assign_uuid = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .uuid = {0xc9u, 0xd0u, 0xd7u, 0xdeu, 0xe5u, 0xecu, 0xf3u, 0xfau, 0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu,
        0x32u},
};

static const struct vwr_gpu_resource_assign_uuid_answer blank_resource_assign_uuid;

static int called_resource_assign_uuid(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                       const struct vwr_gpu_resource_assign_uuid_msg *m,
                                       struct vwr_gpu_resource_assign_uuid_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_resource_assign_uuid;
    return ends_called(x, "resource_assign_uuid");
}

static void check_resource_assign_uuid(const struct vwr_gpu_resource_assign_uuid_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_assign_uuid.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_assign_uuid.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_assign_uuid.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_assign_uuid.ring_idx : 0xadu);
    ENDS_SAME_BYTES(m->uuid, ends.blank ? blank_resource_assign_uuid.uuid : answer_resource_assign_uuid.uuid,
                    sizeof(m->uuid));

}

static void forms_of_resource_assign_uuid(void)
{
    {
        struct vwr_gpu_resource_assign_uuid_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_assign_uuid, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_assign_uuid_msg_encode(&form, false, &given_resource_assign_uuid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_assign_uuid_msg values;
        const struct vwr_gpu_resource_assign_uuid_msg *const m = &values;

        memcpy(&form, out_resource_assign_uuid, sizeof(form));
        vwr_gpu_resource_assign_uuid_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_resource_assign_uuid_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_assign_uuid, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_assign_uuid_answer_encode(&form, false, &answer_resource_assign_uuid);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_assign_uuid_answer values;
        const struct vwr_gpu_resource_assign_uuid_answer *const m = &values;

        memcpy(&form, back_resource_assign_uuid, sizeof(form));
        vwr_gpu_resource_assign_uuid_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME_BYTES(m->uuid, answer_resource_assign_uuid.uuid, sizeof(m->uuid));

    }

}

static int call_of_resource_assign_uuid(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_assign_uuid_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_assign_uuid();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_assign_uuid_submit(&client, call, &given_resource_assign_uuid);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_assign_uuid_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_assign_uuid);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_assign_uuid_answer(&client, call, &a);
        check_resource_assign_uuid(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_assign_uuid(&client, &given_resource_assign_uuid, &a);
    if (r == VWR_OK)
        check_resource_assign_uuid(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_create_blob ---- */

static const uint8_t out_resource_create_blob[] = {
    0xc, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x2, 0x0, 0x0, 0x0, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2,
};

static const uint8_t back_resource_create_blob[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_create_blob_msg given_resource_create_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
    .blob_mem = 0xfaf3ece5u,
    .blob_flags = 0x160f0801u,
    .nr_entries = 0x2u,
    .blob_id = UINT64_C(0x6a635c554e474039),
    .size = UINT64_C(0xa29b948d867f7871),
};

static const struct vwr_gpu_resource_create_blob_answer answer_resource_create_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_create_blob_answer blank_resource_create_blob;

static int called_resource_create_blob(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                       const struct vwr_gpu_resource_create_blob_msg *m,
                                       struct vwr_gpu_resource_create_blob_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);
    ENDS_SAME(m->blob_mem, 0xfaf3ece5u);
    ENDS_SAME(m->blob_flags, 0x160f0801u);
    ENDS_SAME(m->nr_entries, 0x2u);
    ENDS_SAME(m->blob_id, UINT64_C(0x6a635c554e474039));
    ENDS_SAME(m->size, UINT64_C(0xa29b948d867f7871));

    if (!ends.blank)
        *a = answer_resource_create_blob;
    return ends_called(x, "resource_create_blob");
}

static void check_resource_create_blob(const struct vwr_gpu_resource_create_blob_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_create_blob.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_create_blob.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_create_blob.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_create_blob.ring_idx : 0xadu);

}

static void forms_of_resource_create_blob(void)
{
    {
        struct vwr_gpu_resource_create_blob_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_create_blob, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_blob_msg_encode(&form, false, &given_resource_create_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_blob_msg values;
        const struct vwr_gpu_resource_create_blob_msg *const m = &values;

        memcpy(&form, out_resource_create_blob, sizeof(form));
        vwr_gpu_resource_create_blob_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);
        ENDS_SAME(m->blob_mem, 0xfaf3ece5u);
        ENDS_SAME(m->blob_flags, 0x160f0801u);
        ENDS_SAME(m->nr_entries, 0x2u);
        ENDS_SAME(m->blob_id, UINT64_C(0x6a635c554e474039));
        ENDS_SAME(m->size, UINT64_C(0xa29b948d867f7871));

    }

    {
        struct vwr_gpu_resource_create_blob_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_create_blob, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_blob_answer_encode(&form, false, &answer_resource_create_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_blob_answer values;
        const struct vwr_gpu_resource_create_blob_answer *const m = &values;

        memcpy(&form, back_resource_create_blob, sizeof(form));
        vwr_gpu_resource_create_blob_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_create_blob(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_create_blob_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_create_blob();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_create_blob_submit(&client, call, &given_resource_create_blob, ends_out(0));
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_create_blob_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_create_blob);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_create_blob_answer(&client, call, &a);
        check_resource_create_blob(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_create_blob(&client, &given_resource_create_blob, ends_out(0), &a);
    if (r == VWR_OK)
        check_resource_create_blob(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- set_scanout_blob ---- */

static const uint8_t out_set_scanout_blob[] = {
    0xd, 0x1, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0x0, 0x0, 0x0, 0x0,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
};

static const uint8_t back_set_scanout_blob[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_set_scanout_blob_msg given_set_scanout_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .x = 0xded7d0c9u,
    .y = 0xfaf3ece5u,
    .set_scanout_blob_r_width = 0x160f0801u,
    .set_scanout_blob_r_height = 0x322b241du,
    .scanout_id = 0x4e474039u,
    .resource_id = 0x6a635c55u,
    .set_scanout_blob_width = 0x867f7871u,
    .set_scanout_blob_height = 0xa29b948du,
    .format = 0xbeb7b0a9u,
    .strides = {0xf6efe8e1u, 0x120b04fdu, 0x2e272019u, 0x4a433c35u},
    .offsets = {0x665f5851u, 0x827b746du, 0x9e979089u, 0xbab3aca5u},
};

static const struct vwr_gpu_set_scanout_blob_answer answer_set_scanout_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_set_scanout_blob_answer blank_set_scanout_blob;

static int called_set_scanout_blob(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                   const struct vwr_gpu_set_scanout_blob_msg *m,
                                   struct vwr_gpu_set_scanout_blob_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->x, 0xded7d0c9u);
    ENDS_SAME(m->y, 0xfaf3ece5u);
    ENDS_SAME(m->set_scanout_blob_r_width, 0x160f0801u);
    ENDS_SAME(m->set_scanout_blob_r_height, 0x322b241du);
    ENDS_SAME(m->scanout_id, 0x4e474039u);
    ENDS_SAME(m->resource_id, 0x6a635c55u);
    ENDS_SAME(m->set_scanout_blob_width, 0x867f7871u);
    ENDS_SAME(m->set_scanout_blob_height, 0xa29b948du);
    ENDS_SAME(m->format, 0xbeb7b0a9u);
    ENDS_SAME_BYTES(m->strides, given_set_scanout_blob.strides, sizeof(m->strides));
    ENDS_SAME_BYTES(m->offsets, given_set_scanout_blob.offsets, sizeof(m->offsets));

    if (!ends.blank)
        *a = answer_set_scanout_blob;
    return ends_called(x, "set_scanout_blob");
}

static void check_set_scanout_blob(const struct vwr_gpu_set_scanout_blob_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_set_scanout_blob.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_set_scanout_blob.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_set_scanout_blob.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_set_scanout_blob.ring_idx : 0xadu);

}

static void forms_of_set_scanout_blob(void)
{
    {
        struct vwr_gpu_set_scanout_blob_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_set_scanout_blob, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_set_scanout_blob_msg_encode(&form, false, &given_set_scanout_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_set_scanout_blob_msg values;
        const struct vwr_gpu_set_scanout_blob_msg *const m = &values;

        memcpy(&form, out_set_scanout_blob, sizeof(form));
        vwr_gpu_set_scanout_blob_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->x, 0xded7d0c9u);
        ENDS_SAME(m->y, 0xfaf3ece5u);
        ENDS_SAME(m->set_scanout_blob_r_width, 0x160f0801u);
        ENDS_SAME(m->set_scanout_blob_r_height, 0x322b241du);
        ENDS_SAME(m->scanout_id, 0x4e474039u);
        ENDS_SAME(m->resource_id, 0x6a635c55u);
        ENDS_SAME(m->set_scanout_blob_width, 0x867f7871u);
        ENDS_SAME(m->set_scanout_blob_height, 0xa29b948du);
        ENDS_SAME(m->format, 0xbeb7b0a9u);
        ENDS_SAME_BYTES(m->strides, given_set_scanout_blob.strides, sizeof(m->strides));
        ENDS_SAME_BYTES(m->offsets, given_set_scanout_blob.offsets, sizeof(m->offsets));

    }

    {
        struct vwr_gpu_set_scanout_blob_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_set_scanout_blob, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_set_scanout_blob_answer_encode(&form, false, &answer_set_scanout_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_set_scanout_blob_answer values;
        const struct vwr_gpu_set_scanout_blob_answer *const m = &values;

        memcpy(&form, back_set_scanout_blob, sizeof(form));
        vwr_gpu_set_scanout_blob_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_set_scanout_blob(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_set_scanout_blob_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_set_scanout_blob();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_set_scanout_blob_submit(&client, call, &given_set_scanout_blob);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_set_scanout_blob_done(ends.kept, ends.ticket, VWR_OK, &answer_set_scanout_blob);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_set_scanout_blob_answer(&client, call, &a);
        check_set_scanout_blob(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_set_scanout_blob(&client, &given_set_scanout_blob, &a);
    if (r == VWR_OK)
        check_set_scanout_blob(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- ctx_create ---- */

static const uint8_t out_ctx_create[] = {
    0x0, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x8d, 0x94, 0x9b, 0xa2, 0xa9, 0xb0, 0xb7, 0xbe, 0xc5, 0xcc, 0xd3, 0xda,
    0xe1, 0xe8, 0xef, 0xf6, 0xfd, 0x4, 0xb, 0x12, 0x19, 0x20, 0x27, 0x2e, 0x35, 0x3c, 0x43, 0x4a,
    0x51, 0x58, 0x5f, 0x66, 0x6d, 0x74, 0x7b, 0x82, 0x89, 0x90, 0x97, 0x9e, 0xa5, 0xac, 0xb3, 0xba,
};

static const uint8_t back_ctx_create[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_ctx_create_msg given_ctx_create = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .nlen = 0xded7d0c9u,
    .context_init = 0xfaf3ece5u,
    .debug_name = {0x1u, 0x8u, 0xfu, 0x16u, 0x1du, 0x24u, 0x2bu, 0x32u, 0x39u, 0x40u, 0x47u, 0x4eu, 0x55u, 0x5cu, 0x63u,
        0x6au, 0x71u, 0x78u, 0x7fu, 0x86u, 0x8du, 0x94u, 0x9bu, 0xa2u, 0xa9u, 0xb0u, 0xb7u, 0xbeu, 0xc5u, 0xccu, 0xd3u,
        0xdau, 0xe1u, 0xe8u, 0xefu, 0xf6u, 0xfdu, 0x4u, 0xbu, 0x12u, 0x19u, 0x20u, 0x27u, 0x2eu, 0x35u, 0x3cu, 0x43u,
        0x4au, 0x51u, 0x58u, 0x5fu, 0x66u, 0x6du, 0x74u, 0x7bu, 0x82u, 0x89u, 0x90u, 0x97u, 0x9eu, 0xa5u, 0xacu, 0xb3u,
        0xbau},
};

static const struct vwr_gpu_ctx_create_answer answer_ctx_create = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_create_answer blank_ctx_create;

static int called_ctx_create(struct vwr_gpu_vservice *s, struct vwr_vmessage *x, const struct vwr_gpu_ctx_create_msg *m,
                             struct vwr_gpu_ctx_create_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->nlen, 0xded7d0c9u);
    ENDS_SAME(m->context_init, 0xfaf3ece5u);
    ENDS_SAME_BYTES(m->debug_name, given_ctx_create.debug_name, sizeof(m->debug_name));

    if (!ends.blank)
        *a = answer_ctx_create;
    return ends_called(x, "ctx_create");
}

static void check_ctx_create(const struct vwr_gpu_ctx_create_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_ctx_create.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_ctx_create.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_ctx_create.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_ctx_create.ring_idx : 0xadu);

}

static void forms_of_ctx_create(void)
{
    {
        struct vwr_gpu_ctx_create_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctx_create, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_create_msg_encode(&form, false, &given_ctx_create);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_create_msg values;
        const struct vwr_gpu_ctx_create_msg *const m = &values;

        memcpy(&form, out_ctx_create, sizeof(form));
        vwr_gpu_ctx_create_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->nlen, 0xded7d0c9u);
        ENDS_SAME(m->context_init, 0xfaf3ece5u);
        ENDS_SAME_BYTES(m->debug_name, given_ctx_create.debug_name, sizeof(m->debug_name));

    }

    {
        struct vwr_gpu_ctx_create_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctx_create, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_create_answer_encode(&form, false, &answer_ctx_create);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_create_answer values;
        const struct vwr_gpu_ctx_create_answer *const m = &values;

        memcpy(&form, back_ctx_create, sizeof(form));
        vwr_gpu_ctx_create_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_ctx_create(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_ctx_create_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctx_create();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_ctx_create_submit(&client, call, &given_ctx_create);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_ctx_create_done(ends.kept, ends.ticket, VWR_OK, &answer_ctx_create);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_ctx_create_answer(&client, call, &a);
        check_ctx_create(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_ctx_create(&client, &given_ctx_create, &a);
    if (r == VWR_OK)
        check_ctx_create(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- ctx_destroy ---- */

static const uint8_t out_ctx_destroy[] = {
    0x1, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_ctx_destroy[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_ctx_destroy_msg given_ctx_destroy = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_destroy_answer answer_ctx_destroy = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_destroy_answer blank_ctx_destroy;

static int called_ctx_destroy(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_gpu_ctx_destroy_msg *m, struct vwr_gpu_ctx_destroy_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_ctx_destroy;
    return ends_called(x, "ctx_destroy");
}

static void check_ctx_destroy(const struct vwr_gpu_ctx_destroy_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_ctx_destroy.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_ctx_destroy.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_ctx_destroy.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_ctx_destroy.ring_idx : 0xadu);

}

static void forms_of_ctx_destroy(void)
{
    {
        struct vwr_gpu_ctx_destroy_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctx_destroy, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_destroy_msg_encode(&form, false, &given_ctx_destroy);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_destroy_msg values;
        const struct vwr_gpu_ctx_destroy_msg *const m = &values;

        memcpy(&form, out_ctx_destroy, sizeof(form));
        vwr_gpu_ctx_destroy_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_ctx_destroy_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctx_destroy, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_destroy_answer_encode(&form, false, &answer_ctx_destroy);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_destroy_answer values;
        const struct vwr_gpu_ctx_destroy_answer *const m = &values;

        memcpy(&form, back_ctx_destroy, sizeof(form));
        vwr_gpu_ctx_destroy_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_ctx_destroy(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_ctx_destroy_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctx_destroy();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_ctx_destroy_submit(&client, call, &given_ctx_destroy, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_ctx_destroy_done(ends.kept, ends.ticket, VWR_OK, &answer_ctx_destroy);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_ctx_destroy_answer(&client, call, &a);
        check_ctx_destroy(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_ctx_destroy(&client, &given_ctx_destroy, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_ctx_destroy(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- ctx_attach_resource ---- */

static const uint8_t out_ctx_attach_resource[] = {
    0x2, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_ctx_attach_resource[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_ctx_attach_resource_msg given_ctx_attach_resource = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_attach_resource_answer answer_ctx_attach_resource = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_attach_resource_answer blank_ctx_attach_resource;

static int called_ctx_attach_resource(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_gpu_ctx_attach_resource_msg *m,
                                      struct vwr_gpu_ctx_attach_resource_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_ctx_attach_resource;
    return ends_called(x, "ctx_attach_resource");
}

static void check_ctx_attach_resource(const struct vwr_gpu_ctx_attach_resource_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_ctx_attach_resource.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_ctx_attach_resource.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_ctx_attach_resource.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_ctx_attach_resource.ring_idx : 0xadu);

}

static void forms_of_ctx_attach_resource(void)
{
    {
        struct vwr_gpu_ctx_attach_resource_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctx_attach_resource, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_attach_resource_msg_encode(&form, false, &given_ctx_attach_resource);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_attach_resource_msg values;
        const struct vwr_gpu_ctx_attach_resource_msg *const m = &values;

        memcpy(&form, out_ctx_attach_resource, sizeof(form));
        vwr_gpu_ctx_attach_resource_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_ctx_attach_resource_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctx_attach_resource, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_attach_resource_answer_encode(&form, false, &answer_ctx_attach_resource);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_attach_resource_answer values;
        const struct vwr_gpu_ctx_attach_resource_answer *const m = &values;

        memcpy(&form, back_ctx_attach_resource, sizeof(form));
        vwr_gpu_ctx_attach_resource_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_ctx_attach_resource(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_ctx_attach_resource_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctx_attach_resource();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_ctx_attach_resource_submit(&client, call, &given_ctx_attach_resource, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_ctx_attach_resource_done(ends.kept, ends.ticket, VWR_OK, &answer_ctx_attach_resource);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_ctx_attach_resource_answer(&client, call, &a);
        check_ctx_attach_resource(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_ctx_attach_resource(&client, &given_ctx_attach_resource, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_ctx_attach_resource(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- ctx_detach_resource ---- */

static const uint8_t out_ctx_detach_resource[] = {
    0x3, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_ctx_detach_resource[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_ctx_detach_resource_msg given_ctx_detach_resource = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_detach_resource_answer answer_ctx_detach_resource = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_ctx_detach_resource_answer blank_ctx_detach_resource;

static int called_ctx_detach_resource(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_gpu_ctx_detach_resource_msg *m,
                                      struct vwr_gpu_ctx_detach_resource_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_ctx_detach_resource;
    return ends_called(x, "ctx_detach_resource");
}

static void check_ctx_detach_resource(const struct vwr_gpu_ctx_detach_resource_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_ctx_detach_resource.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_ctx_detach_resource.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_ctx_detach_resource.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_ctx_detach_resource.ring_idx : 0xadu);

}

static void forms_of_ctx_detach_resource(void)
{
    {
        struct vwr_gpu_ctx_detach_resource_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_ctx_detach_resource, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_detach_resource_msg_encode(&form, false, &given_ctx_detach_resource);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_detach_resource_msg values;
        const struct vwr_gpu_ctx_detach_resource_msg *const m = &values;

        memcpy(&form, out_ctx_detach_resource, sizeof(form));
        vwr_gpu_ctx_detach_resource_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_ctx_detach_resource_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_ctx_detach_resource, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_ctx_detach_resource_answer_encode(&form, false, &answer_ctx_detach_resource);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_ctx_detach_resource_answer values;
        const struct vwr_gpu_ctx_detach_resource_answer *const m = &values;

        memcpy(&form, back_ctx_detach_resource, sizeof(form));
        vwr_gpu_ctx_detach_resource_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_ctx_detach_resource(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_ctx_detach_resource_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_ctx_detach_resource();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_ctx_detach_resource_submit(&client, call, &given_ctx_detach_resource, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_ctx_detach_resource_done(ends.kept, ends.ticket, VWR_OK, &answer_ctx_detach_resource);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_ctx_detach_resource_answer(&client, call, &a);
        check_ctx_detach_resource(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_ctx_detach_resource(&client, &given_ctx_detach_resource, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_ctx_detach_resource(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_create_3d ---- */

static const uint8_t out_resource_create_3d[] = {
    0x4, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_create_3d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_create_3d_msg given_resource_create_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_create_3d_answer answer_resource_create_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_create_3d_answer blank_resource_create_3d;

static int called_resource_create_3d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                     const struct vwr_gpu_resource_create_3d_msg *m,
                                     struct vwr_gpu_resource_create_3d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_resource_create_3d;
    return ends_called(x, "resource_create_3d");
}

static void check_resource_create_3d(const struct vwr_gpu_resource_create_3d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_create_3d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_create_3d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_create_3d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_create_3d.ring_idx : 0xadu);

}

static void forms_of_resource_create_3d(void)
{
    {
        struct vwr_gpu_resource_create_3d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_create_3d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_3d_msg_encode(&form, false, &given_resource_create_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_3d_msg values;
        const struct vwr_gpu_resource_create_3d_msg *const m = &values;

        memcpy(&form, out_resource_create_3d, sizeof(form));
        vwr_gpu_resource_create_3d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_resource_create_3d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_create_3d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_create_3d_answer_encode(&form, false, &answer_resource_create_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_create_3d_answer values;
        const struct vwr_gpu_resource_create_3d_answer *const m = &values;

        memcpy(&form, back_resource_create_3d, sizeof(form));
        vwr_gpu_resource_create_3d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_create_3d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_create_3d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_create_3d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_create_3d_submit(&client, call, &given_resource_create_3d, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_create_3d_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_create_3d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_create_3d_answer(&client, call, &a);
        check_resource_create_3d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_create_3d(&client, &given_resource_create_3d, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_resource_create_3d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- transfer_to_host_3d ---- */

static const uint8_t out_transfer_to_host_3d[] = {
    0x5, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_transfer_to_host_3d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_transfer_to_host_3d_msg given_transfer_to_host_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_transfer_to_host_3d_answer answer_transfer_to_host_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_transfer_to_host_3d_answer blank_transfer_to_host_3d;

static int called_transfer_to_host_3d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_gpu_transfer_to_host_3d_msg *m,
                                      struct vwr_gpu_transfer_to_host_3d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_transfer_to_host_3d;
    return ends_called(x, "transfer_to_host_3d");
}

static void check_transfer_to_host_3d(const struct vwr_gpu_transfer_to_host_3d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_transfer_to_host_3d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_transfer_to_host_3d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_transfer_to_host_3d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_transfer_to_host_3d.ring_idx : 0xadu);

}

static void forms_of_transfer_to_host_3d(void)
{
    {
        struct vwr_gpu_transfer_to_host_3d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_transfer_to_host_3d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_to_host_3d_msg_encode(&form, false, &given_transfer_to_host_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_to_host_3d_msg values;
        const struct vwr_gpu_transfer_to_host_3d_msg *const m = &values;

        memcpy(&form, out_transfer_to_host_3d, sizeof(form));
        vwr_gpu_transfer_to_host_3d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_transfer_to_host_3d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_transfer_to_host_3d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_to_host_3d_answer_encode(&form, false, &answer_transfer_to_host_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_to_host_3d_answer values;
        const struct vwr_gpu_transfer_to_host_3d_answer *const m = &values;

        memcpy(&form, back_transfer_to_host_3d, sizeof(form));
        vwr_gpu_transfer_to_host_3d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_transfer_to_host_3d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_transfer_to_host_3d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_transfer_to_host_3d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_transfer_to_host_3d_submit(&client, call, &given_transfer_to_host_3d, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_transfer_to_host_3d_done(ends.kept, ends.ticket, VWR_OK, &answer_transfer_to_host_3d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_transfer_to_host_3d_answer(&client, call, &a);
        check_transfer_to_host_3d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_transfer_to_host_3d(&client, &given_transfer_to_host_3d, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_transfer_to_host_3d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- transfer_from_host_3d ---- */

static const uint8_t out_transfer_from_host_3d[] = {
    0x6, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_transfer_from_host_3d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_transfer_from_host_3d_msg given_transfer_from_host_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_transfer_from_host_3d_answer answer_transfer_from_host_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_transfer_from_host_3d_answer blank_transfer_from_host_3d;

static int called_transfer_from_host_3d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                        const struct vwr_gpu_transfer_from_host_3d_msg *m,
                                        struct vwr_gpu_transfer_from_host_3d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_transfer_from_host_3d;
    return ends_called(x, "transfer_from_host_3d");
}

static void check_transfer_from_host_3d(const struct vwr_gpu_transfer_from_host_3d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_transfer_from_host_3d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_transfer_from_host_3d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_transfer_from_host_3d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_transfer_from_host_3d.ring_idx : 0xadu);

}

static void forms_of_transfer_from_host_3d(void)
{
    {
        struct vwr_gpu_transfer_from_host_3d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_transfer_from_host_3d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_from_host_3d_msg_encode(&form, false, &given_transfer_from_host_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_from_host_3d_msg values;
        const struct vwr_gpu_transfer_from_host_3d_msg *const m = &values;

        memcpy(&form, out_transfer_from_host_3d, sizeof(form));
        vwr_gpu_transfer_from_host_3d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_transfer_from_host_3d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_transfer_from_host_3d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_transfer_from_host_3d_answer_encode(&form, false, &answer_transfer_from_host_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_transfer_from_host_3d_answer values;
        const struct vwr_gpu_transfer_from_host_3d_answer *const m = &values;

        memcpy(&form, back_transfer_from_host_3d, sizeof(form));
        vwr_gpu_transfer_from_host_3d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_transfer_from_host_3d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_transfer_from_host_3d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_transfer_from_host_3d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_transfer_from_host_3d_submit(&client, call, &given_transfer_from_host_3d, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_transfer_from_host_3d_done(ends.kept, ends.ticket, VWR_OK, &answer_transfer_from_host_3d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_transfer_from_host_3d_answer(&client, call, &a);
        check_transfer_from_host_3d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_transfer_from_host_3d(&client, &given_transfer_from_host_3d, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_transfer_from_host_3d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- submit_3d ---- */

static const uint8_t out_submit_3d[] = {
    0x7, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const uint8_t back_submit_3d[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_submit_3d_msg given_submit_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_submit_3d_answer answer_submit_3d = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_submit_3d_answer blank_submit_3d;

static int called_submit_3d(struct vwr_gpu_vservice *s, struct vwr_vmessage *x, const struct vwr_gpu_submit_3d_msg *m,
                            struct vwr_gpu_submit_3d_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);

    if (!ends.blank)
        *a = answer_submit_3d;
    return ends_called(x, "submit_3d");
}

static void check_submit_3d(const struct vwr_gpu_submit_3d_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_submit_3d.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_submit_3d.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_submit_3d.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_submit_3d.ring_idx : 0xadu);

}

static void forms_of_submit_3d(void)
{
    {
        struct vwr_gpu_submit_3d_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_submit_3d, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_submit_3d_msg_encode(&form, false, &given_submit_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_submit_3d_msg values;
        const struct vwr_gpu_submit_3d_msg *const m = &values;

        memcpy(&form, out_submit_3d, sizeof(form));
        vwr_gpu_submit_3d_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

    {
        struct vwr_gpu_submit_3d_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_submit_3d, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_submit_3d_answer_encode(&form, false, &answer_submit_3d);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_submit_3d_answer values;
        const struct vwr_gpu_submit_3d_answer *const m = &values;

        memcpy(&form, back_submit_3d, sizeof(form));
        vwr_gpu_submit_3d_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_submit_3d(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_submit_3d_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_submit_3d();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_submit_3d_submit(&client, call, &given_submit_3d, ends_out(0), 2);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_submit_3d_done(ends.kept, ends.ticket, VWR_OK, &answer_submit_3d);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_submit_3d_answer(&client, call, &a);
        check_submit_3d(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_submit_3d(&client, &given_submit_3d, ends_out(0), 2, &a);
    if (r == VWR_OK)
        check_submit_3d(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_map_blob ---- */

static const uint8_t out_resource_map_blob[] = {
    0x8, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
    0x1, 0x8, 0xf, 0x16, 0x1d, 0x24, 0x2b, 0x32,
};

static const uint8_t back_resource_map_blob[] = {
    0x6, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_map_blob_msg given_resource_map_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
    .offset = UINT64_C(0x322b241d160f0801),
};

static const struct vwr_gpu_resource_map_blob_answer answer_resource_map_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .map_info = 0xded7d0c9u,
};

static const struct vwr_gpu_resource_map_blob_answer blank_resource_map_blob;

static int called_resource_map_blob(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                    const struct vwr_gpu_resource_map_blob_msg *m,
                                    struct vwr_gpu_resource_map_blob_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);
    ENDS_SAME(m->offset, UINT64_C(0x322b241d160f0801));

    if (!ends.blank)
        *a = answer_resource_map_blob;
    return ends_called(x, "resource_map_blob");
}

static void check_resource_map_blob(const struct vwr_gpu_resource_map_blob_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_map_blob.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_map_blob.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_map_blob.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_map_blob.ring_idx : 0xadu);
    ENDS_SAME(m->map_info, ends.blank ? blank_resource_map_blob.map_info : 0xded7d0c9u);

}

static void forms_of_resource_map_blob(void)
{
    {
        struct vwr_gpu_resource_map_blob_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_map_blob, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_map_blob_msg_encode(&form, false, &given_resource_map_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_map_blob_msg values;
        const struct vwr_gpu_resource_map_blob_msg *const m = &values;

        memcpy(&form, out_resource_map_blob, sizeof(form));
        vwr_gpu_resource_map_blob_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);
        ENDS_SAME(m->offset, UINT64_C(0x322b241d160f0801));

    }

    {
        struct vwr_gpu_resource_map_blob_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_map_blob, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_map_blob_answer_encode(&form, false, &answer_resource_map_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_map_blob_answer values;
        const struct vwr_gpu_resource_map_blob_answer *const m = &values;

        memcpy(&form, back_resource_map_blob, sizeof(form));
        vwr_gpu_resource_map_blob_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->map_info, 0xded7d0c9u);

    }

}

static int call_of_resource_map_blob(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_map_blob_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_map_blob();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_map_blob_submit(&client, call, &given_resource_map_blob);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_map_blob_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_map_blob);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_map_blob_answer(&client, call, &a);
        check_resource_map_blob(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_map_blob(&client, &given_resource_map_blob, &a);
    if (r == VWR_OK)
        check_resource_map_blob(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- resource_unmap_blob ---- */

static const uint8_t out_resource_unmap_blob[] = {
    0x9, 0x2, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_resource_unmap_blob[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_resource_unmap_blob_msg given_resource_unmap_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .resource_id = 0xded7d0c9u,
};

static const struct vwr_gpu_resource_unmap_blob_answer answer_resource_unmap_blob = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_resource_unmap_blob_answer blank_resource_unmap_blob;

static int called_resource_unmap_blob(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                      const struct vwr_gpu_resource_unmap_blob_msg *m,
                                      struct vwr_gpu_resource_unmap_blob_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->resource_id, 0xded7d0c9u);

    if (!ends.blank)
        *a = answer_resource_unmap_blob;
    return ends_called(x, "resource_unmap_blob");
}

static void check_resource_unmap_blob(const struct vwr_gpu_resource_unmap_blob_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_resource_unmap_blob.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_resource_unmap_blob.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_resource_unmap_blob.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_resource_unmap_blob.ring_idx : 0xadu);

}

static void forms_of_resource_unmap_blob(void)
{
    {
        struct vwr_gpu_resource_unmap_blob_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_resource_unmap_blob, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_unmap_blob_msg_encode(&form, false, &given_resource_unmap_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_unmap_blob_msg values;
        const struct vwr_gpu_resource_unmap_blob_msg *const m = &values;

        memcpy(&form, out_resource_unmap_blob, sizeof(form));
        vwr_gpu_resource_unmap_blob_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->resource_id, 0xded7d0c9u);

    }

    {
        struct vwr_gpu_resource_unmap_blob_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_resource_unmap_blob, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_resource_unmap_blob_answer_encode(&form, false, &answer_resource_unmap_blob);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_resource_unmap_blob_answer values;
        const struct vwr_gpu_resource_unmap_blob_answer *const m = &values;

        memcpy(&form, back_resource_unmap_blob, sizeof(form));
        vwr_gpu_resource_unmap_blob_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_resource_unmap_blob(enum ends_do what)
{
    struct vwr_gpu_client_controlq_call *const call = &call_controlq;
    struct vwr_gpu_resource_unmap_blob_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_resource_unmap_blob();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_resource_unmap_blob_submit(&client, call, &given_resource_unmap_blob);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_resource_unmap_blob_done(ends.kept, ends.ticket, VWR_OK, &answer_resource_unmap_blob);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_resource_unmap_blob_answer(&client, call, &a);
        check_resource_unmap_blob(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_resource_unmap_blob(&client, &given_resource_unmap_blob, &a);
    if (r == VWR_OK)
        check_resource_unmap_blob(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- update_cursor ---- */

static const uint8_t out_update_cursor[] = {
    0x0, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x0, 0x0, 0x0, 0x0, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_update_cursor[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_update_cursor_msg given_update_cursor = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .scanout_id = 0xded7d0c9u,
    .x = 0xfaf3ece5u,
    .y = 0x160f0801u,
    .resource_id = 0x4e474039u,
    .hot_x = 0x6a635c55u,
    .hot_y = 0x867f7871u,
};

static const struct vwr_gpu_update_cursor_answer answer_update_cursor = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_update_cursor_answer blank_update_cursor;

static int called_update_cursor(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_gpu_update_cursor_msg *m, struct vwr_gpu_update_cursor_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->scanout_id, 0xded7d0c9u);
    ENDS_SAME(m->x, 0xfaf3ece5u);
    ENDS_SAME(m->y, 0x160f0801u);
    ENDS_SAME(m->resource_id, 0x4e474039u);
    ENDS_SAME(m->hot_x, 0x6a635c55u);
    ENDS_SAME(m->hot_y, 0x867f7871u);

    if (!ends.blank)
        *a = answer_update_cursor;
    return ends_called(x, "update_cursor");
}

static void check_update_cursor(const struct vwr_gpu_update_cursor_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_update_cursor.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_update_cursor.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_update_cursor.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_update_cursor.ring_idx : 0xadu);

}

static void forms_of_update_cursor(void)
{
    {
        struct vwr_gpu_update_cursor_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_update_cursor, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_update_cursor_msg_encode(&form, false, &given_update_cursor);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_update_cursor_msg values;
        const struct vwr_gpu_update_cursor_msg *const m = &values;

        memcpy(&form, out_update_cursor, sizeof(form));
        vwr_gpu_update_cursor_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->scanout_id, 0xded7d0c9u);
        ENDS_SAME(m->x, 0xfaf3ece5u);
        ENDS_SAME(m->y, 0x160f0801u);
        ENDS_SAME(m->resource_id, 0x4e474039u);
        ENDS_SAME(m->hot_x, 0x6a635c55u);
        ENDS_SAME(m->hot_y, 0x867f7871u);

    }

    {
        struct vwr_gpu_update_cursor_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_update_cursor, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_update_cursor_answer_encode(&form, false, &answer_update_cursor);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_update_cursor_answer values;
        const struct vwr_gpu_update_cursor_answer *const m = &values;

        memcpy(&form, back_update_cursor, sizeof(form));
        vwr_gpu_update_cursor_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_update_cursor(enum ends_do what)
{
    struct vwr_gpu_client_cursorq_call *const call = &call_cursorq;
    struct vwr_gpu_update_cursor_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_update_cursor();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_update_cursor_submit(&client, call, &given_update_cursor);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_update_cursor_done(ends.kept, ends.ticket, VWR_OK, &answer_update_cursor);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_update_cursor_answer(&client, call, &a);
        check_update_cursor(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_update_cursor(&client, &given_update_cursor, &a);
    if (r == VWR_OK)
        check_update_cursor(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

/* ---- move_cursor ---- */

static const uint8_t out_move_cursor[] = {
    0x1, 0x3, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
    0x1, 0x8, 0xf, 0x16, 0x0, 0x0, 0x0, 0x0, 0x39, 0x40, 0x47, 0x4e, 0x55, 0x5c, 0x63, 0x6a,
    0x71, 0x78, 0x7f, 0x86, 0x0, 0x0, 0x0, 0x0,
};

static const uint8_t back_move_cursor[] = {
    0x0, 0x11, 0x0, 0x0, 0x3d, 0x44, 0x4b, 0x52, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0x0, 0x0, 0x0,
};

static const struct vwr_gpu_move_cursor_msg given_move_cursor = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
    .scanout_id = 0xded7d0c9u,
    .x = 0xfaf3ece5u,
    .y = 0x160f0801u,
    .resource_id = 0x4e474039u,
    .hot_x = 0x6a635c55u,
    .hot_y = 0x867f7871u,
};

static const struct vwr_gpu_move_cursor_answer answer_move_cursor = {
    .flags = 0x524b443du,
    .fence_id = UINT64_C(0x8a837c756e676059),
    .ctx_id = 0xa69f9891u,
    .ring_idx = 0xadu,
};

static const struct vwr_gpu_move_cursor_answer blank_move_cursor;

static int called_move_cursor(struct vwr_gpu_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_gpu_move_cursor_msg *m, struct vwr_gpu_move_cursor_answer *a)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->flags, 0x524b443du);
    ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, 0xa69f9891u);
    ENDS_SAME(m->ring_idx, 0xadu);
    ENDS_SAME(m->scanout_id, 0xded7d0c9u);
    ENDS_SAME(m->x, 0xfaf3ece5u);
    ENDS_SAME(m->y, 0x160f0801u);
    ENDS_SAME(m->resource_id, 0x4e474039u);
    ENDS_SAME(m->hot_x, 0x6a635c55u);
    ENDS_SAME(m->hot_y, 0x867f7871u);

    if (!ends.blank)
        *a = answer_move_cursor;
    return ends_called(x, "move_cursor");
}

static void check_move_cursor(const struct vwr_gpu_move_cursor_answer *m)
{
    ENDS_SAME(m->flags, ends.blank ? blank_move_cursor.flags : 0x524b443du);
    ENDS_SAME(m->fence_id, ends.blank ? blank_move_cursor.fence_id : UINT64_C(0x8a837c756e676059));
    ENDS_SAME(m->ctx_id, ends.blank ? blank_move_cursor.ctx_id : 0xa69f9891u);
    ENDS_SAME(m->ring_idx, ends.blank ? blank_move_cursor.ring_idx : 0xadu);

}

static void forms_of_move_cursor(void)
{
    {
        struct vwr_gpu_move_cursor_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_move_cursor, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_move_cursor_msg_encode(&form, false, &given_move_cursor);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_move_cursor_msg values;
        const struct vwr_gpu_move_cursor_msg *const m = &values;

        memcpy(&form, out_move_cursor, sizeof(form));
        vwr_gpu_move_cursor_msg_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);
        ENDS_SAME(m->scanout_id, 0xded7d0c9u);
        ENDS_SAME(m->x, 0xfaf3ece5u);
        ENDS_SAME(m->y, 0x160f0801u);
        ENDS_SAME(m->resource_id, 0x4e474039u);
        ENDS_SAME(m->hot_x, 0x6a635c55u);
        ENDS_SAME(m->hot_y, 0x867f7871u);

    }

    {
        struct vwr_gpu_move_cursor_answer_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, back_move_cursor, sizeof(want));
        memset(want + 0, 0, 4);
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_gpu_move_cursor_answer_encode(&form, false, &answer_move_cursor);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_gpu_move_cursor_answer values;
        const struct vwr_gpu_move_cursor_answer *const m = &values;

        memcpy(&form, back_move_cursor, sizeof(form));
        vwr_gpu_move_cursor_answer_decode(&form, false, &values);
    ENDS_SAME(m->flags, 0x524b443du);
        ENDS_SAME(m->fence_id, UINT64_C(0x8a837c756e676059));
        ENDS_SAME(m->ctx_id, 0xa69f9891u);
        ENDS_SAME(m->ring_idx, 0xadu);

    }

}

static int call_of_move_cursor(enum ends_do what)
{
    struct vwr_gpu_client_cursorq_call *const call = &call_cursorq;
    struct vwr_gpu_move_cursor_answer a;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_move_cursor();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_gpu_client_move_cursor_submit(&client, call, &given_move_cursor);
    if (what == ENDS_DONE) {
        vwr_gpu_vservice_move_cursor_done(ends.kept, ends.ticket, VWR_OK, &answer_move_cursor);
        return VWR_OK;
    }
    memset(&a, ENDS_POISON, sizeof(a));
    if (what == ENDS_ANSWER) {
        vwr_gpu_client_move_cursor_answer(&client, call, &a);
        check_move_cursor(&a);
        return VWR_OK;
    }
    r = vwr_gpu_client_move_cursor(&client, &given_move_cursor, &a);
    if (r == VWR_OK)
        check_move_cursor(&a);
    else
        ends_untouched(&a, sizeof(a));
    return r;
}

static uint16_t index_controlq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_GPU_QUEUE_CONTROLQ);
}

static uint16_t index_cursorq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_GPU_QUEUE_CURSORQ);
}

static void posted(struct vwr_gpu_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_gpu_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_gpu_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_gpu_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_gpu_vservice_calls no_calls;
static const struct vwr_gpu_vservice_calls calls = {
    .get_display_info = called_get_display_info,
    .resource_create_2d = called_resource_create_2d,
    .resource_unref = called_resource_unref,
    .set_scanout = called_set_scanout,
    .resource_flush = called_resource_flush,
    .transfer_to_host_2d = called_transfer_to_host_2d,
    .resource_attach_backing = called_resource_attach_backing,
    .resource_detach_backing = called_resource_detach_backing,
    .get_capset_info = called_get_capset_info,
    .get_capset = called_get_capset,
    .get_edid = called_get_edid,
    .resource_assign_uuid = called_resource_assign_uuid,
    .resource_create_blob = called_resource_create_blob,
    .set_scanout_blob = called_set_scanout_blob,
    .ctx_create = called_ctx_create,
    .ctx_destroy = called_ctx_destroy,
    .ctx_attach_resource = called_ctx_attach_resource,
    .ctx_detach_resource = called_ctx_detach_resource,
    .resource_create_3d = called_resource_create_3d,
    .transfer_to_host_3d = called_transfer_to_host_3d,
    .transfer_from_host_3d = called_transfer_from_host_3d,
    .submit_3d = called_submit_3d,
    .resource_map_blob = called_resource_map_blob,
    .resource_unmap_blob = called_resource_unmap_blob,
    .update_cursor = called_update_cursor,
    .move_cursor = called_move_cursor,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_controlq[] = {
    {
        .name = "get_display_info",
        .call = call_of_get_display_info,
        .out = {out_get_display_info, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_display_info, 408, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1101},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_create_2d",
        .call = call_of_resource_create_2d,
        .out = {out_resource_create_2d, 40, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_create_2d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_unref",
        .call = call_of_resource_unref,
        .out = {out_resource_unref, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_unref, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "set_scanout",
        .call = call_of_set_scanout,
        .out = {out_set_scanout, 48, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_scanout, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_flush",
        .call = call_of_resource_flush,
        .out = {out_resource_flush, 48, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_flush, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "transfer_to_host_2d",
        .call = call_of_transfer_to_host_2d,
        .out = {out_transfer_to_host_2d, 56, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_transfer_to_host_2d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_attach_backing",
        .call = call_of_resource_attach_backing,
        .out = {out_resource_attach_backing, 32, 0, 32, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_attach_backing, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_detach_backing",
        .call = call_of_resource_detach_backing,
        .out = {out_resource_detach_backing, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_detach_backing, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "get_capset_info",
        .call = call_of_get_capset_info,
        .out = {out_get_capset_info, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_capset_info, 40, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1102},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "get_capset",
        .call = call_of_get_capset,
        .out = {out_get_capset, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_capset, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1103},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "get_edid",
        .call = call_of_get_edid,
        .out = {out_get_edid, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_get_edid, 1056, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x42), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1104},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_assign_uuid",
        .call = call_of_resource_assign_uuid,
        .out = {out_resource_assign_uuid, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_assign_uuid, 40, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x44), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1105},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_create_blob",
        .call = call_of_resource_create_blob,
        .out = {out_resource_create_blob, 56, 0, 32, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_create_blob, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x68), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "set_scanout_blob",
        .call = call_of_set_scanout_blob,
        .out = {out_set_scanout_blob, 96, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_set_scanout_blob, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x68), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "ctx_create",
        .call = call_of_ctx_create,
        .out = {out_ctx_create, 96, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctx_create, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "ctx_destroy",
        .call = call_of_ctx_destroy,
        .out = {out_ctx_destroy, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctx_destroy, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "ctx_attach_resource",
        .call = call_of_ctx_attach_resource,
        .out = {out_ctx_attach_resource, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctx_attach_resource, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "ctx_detach_resource",
        .call = call_of_ctx_detach_resource,
        .out = {out_ctx_detach_resource, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_ctx_detach_resource, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_create_3d",
        .call = call_of_resource_create_3d,
        .out = {out_resource_create_3d, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_create_3d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "transfer_to_host_3d",
        .call = call_of_transfer_to_host_3d,
        .out = {out_transfer_to_host_3d, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_transfer_to_host_3d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "transfer_from_host_3d",
        .call = call_of_transfer_from_host_3d,
        .out = {out_transfer_from_host_3d, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_transfer_from_host_3d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "submit_3d",
        .call = call_of_submit_3d,
        .out = {out_submit_3d, 24, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_submit_3d, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x70), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_map_blob",
        .call = call_of_resource_map_blob,
        .out = {out_resource_map_blob, 40, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_map_blob, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x60), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1106},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "resource_unmap_blob",
        .call = call_of_resource_unmap_blob,
        .out = {out_resource_unmap_blob, 32, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_resource_unmap_blob, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x60), .home = 6,
        .fills = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
};
static const struct ends_unknown unknown_controlq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_message messages_cursorq[] = {
    {
        .name = "update_cursor",
        .call = call_of_update_cursor,
        .out = {out_update_cursor, 56, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_update_cursor, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .may_answer = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
    {
        .name = "move_cursor",
        .call = call_of_move_cursor,
        .out = {out_move_cursor, 56, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_move_cursor, 24, 0, 0, false, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x7f), .home = 6,
        .fills = true,
        .may_answer = true,
        .status_at = 0, .status_bytes = 4, .oks = 1, .ok = {0x1100},
        .refuses = true, .refuse = 0x1200u, .refuses_beyond = true, .beyond = 0x1200u,
        .refuses_unknown = true, .unknown = 0x1200u,
    },
};
static const struct ends_unknown unknown_cursorq[] = {
    {0, 4, 0, 0xffffffffu, 0xfffffffeu, false},
};

static const struct ends_queue queues[] = {
    {
        .name = "controlq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7f), .index = index_controlq,
        .message = messages_controlq, .messages = 24, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_controlq, .unknowns = 1,
        .requests = &client.controlq, .call = &call_controlq.call, .own = &client.controlq_own.call,
    },
    {
        .name = "cursorq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x7f), .index = index_cursorq,
        .message = messages_cursorq, .messages = 2, .place = ENDS_FRONT, .select_end = 4, .big = false,
        .unknown = unknown_cursorq, .unknowns = 1,
        .requests = &client.cursorq, .call = &call_cursorq.call, .own = &client.cursorq_own.call,
    },
};

static const uint8_t set_1[] = {1};
static const uint8_t set_2[] = {2};
static const uint8_t set_3[] = {3};
static const uint8_t set_4[] = {0};
static const uint8_t set_5[] = {0, 3};
static const uint8_t set_6[] = {0, 1, 2, 3, 4, 5};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
    {set_1, 1, NULL, 0},
    {set_2, 1, NULL, 0},
    {set_3, 1, NULL, 0},
    {set_4, 1, NULL, 0},
    {set_5, 2, NULL, 0},
    {set_6, 6, NULL, 0},
};

static const struct ends_rule rules[] = {
    {4, 1, {0}},
    {5, 1, {3}},
};

static const struct ends_limit limits[] = {
    {"num_scanouts", 8, 4, 0x0u, UINT64_C(0x7f)},
    {"num_scanouts", 8, 4, 0x11u, UINT64_C(0x7f)},
};

static int write_config(const struct ends_limit *wrong, const struct vwr_features *offered)
{
    struct vwr_gpu_config_info info;

    memset(&info, 0, sizeof(info));
    info.num_scanouts = 1;
    if (wrong == &limits[0])
        info.num_scanouts = 0x0u;
    if (wrong == &limits[1])
        info.num_scanouts = 0x11u;
    return vwr_gpu_config_write((struct vwr_gpu_config *)(void *)&service.config, false, offered, &info);
}

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_gpu_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_gpu_client_options o = {.requests = ends_request_options()};

    memset(&call_controlq, 0, sizeof(call_controlq));
    memset(&call_cursorq, 0, sizeof(call_cursorq));
    o.controlq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_GPU_CLIENT_CONTROLQ_SLOT,
                                   ENDS_SEGMENTS));
    o.cursorq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_GPU_CLIENT_CURSORQ_SLOT,
                                  ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_gpu_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_gpu_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_gpu_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_gpu_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "gpu",
    .id = 16,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 7,
    .queues = 2,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .rules = rules,
    .rule_count = 2,
    .limit = limits,
    .limits = 2,
    .write_config = write_config,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
