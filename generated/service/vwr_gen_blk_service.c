/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/blk.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Block Device */

#include "vwr/service/blk.h"

static struct vwr_blk_vservice *service_blk_of(struct vwr_vdev *v)
{
    return (struct vwr_blk_vservice *)(void *)v;
}

static int service_blk_in(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_in_msg_form *const w = fixed;
    struct vwr_blk_in_msg m;

    if (s->calls->in == NULL)
        return VWR_EUNSUPP;
    vwr_blk_in_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->in.left, 512u) != 0)
        return VWR_EUNSUPP;

    return s->calls->in(s, x, &m);
}

static int service_blk_out(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_out_msg_form *const w = fixed;
    struct vwr_blk_out_msg m;

    if (s->calls->out == NULL)
        return VWR_EUNSUPP;
    if (vwr_features_have(&v->offered, VWR_BLK_F_RO))
        return VWR_EUNSUPP;
    vwr_blk_out_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 512u) != 0)
        return VWR_EUNSUPP;

    return s->calls->out(s, x, &m);
}

static int service_blk_scsi_cmd(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_scsi_cmd_msg_form *const w = fixed;
    struct vwr_blk_scsi_cmd_msg m;
    struct vwr_blk_scsi_cmd_answer a;
    struct vwr_blk_scsi_cmd_answer_form form;
    int r;

    if (s->calls->scsi_cmd == NULL)
        return VWR_EUNSUPP;
    vwr_blk_scsi_cmd_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->scsi_cmd(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_scsi_cmd_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_scsi_cmd_out(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_scsi_cmd_out_msg_form *const w = fixed;
    struct vwr_blk_scsi_cmd_out_msg m;
    struct vwr_blk_scsi_cmd_out_answer a;
    struct vwr_blk_scsi_cmd_out_answer_form form;
    int r;

    if (s->calls->scsi_cmd_out == NULL)
        return VWR_EUNSUPP;
    vwr_blk_scsi_cmd_out_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->scsi_cmd_out(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_scsi_cmd_out_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_flush(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_flush_msg_form *const w = fixed;
    struct vwr_blk_flush_msg m;

    if (s->calls->flush == NULL)
        return VWR_EUNSUPP;
    vwr_blk_flush_msg_decode(w, v->legacy, &m);

    return s->calls->flush(s, x, &m);
}

static int service_blk_flush_out(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_flush_out_msg_form *const w = fixed;
    struct vwr_blk_flush_out_msg m;

    if (s->calls->flush_out == NULL)
        return VWR_EUNSUPP;
    vwr_blk_flush_out_msg_decode(w, v->legacy, &m);

    return s->calls->flush_out(s, x, &m);
}

static int service_blk_get_id(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_get_id_msg_form *const w = fixed;
    struct vwr_blk_get_id_msg m;
    struct vwr_blk_get_id_answer a;
    struct vwr_blk_get_id_answer_form form;
    int r;

    if (s->calls->get_id == NULL)
        return VWR_EUNSUPP;
    vwr_blk_get_id_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_id(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_get_id_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_get_lifetime(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_get_lifetime_msg_form *const w = fixed;
    struct vwr_blk_get_lifetime_msg m;
    struct vwr_blk_get_lifetime_answer a;
    struct vwr_blk_get_lifetime_answer_form form;
    int r;

    if (s->calls->get_lifetime == NULL)
        return VWR_EUNSUPP;
    vwr_blk_get_lifetime_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_lifetime(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_get_lifetime_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_discard(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_discard_msg_form *const w = fixed;
    struct vwr_blk_discard_msg m;

    if (s->calls->discard == NULL)
        return VWR_EUNSUPP;
    if (vwr_features_have(&v->offered, VWR_BLK_F_RO))
        return VWR_EUNSUPP;
    vwr_blk_discard_msg_decode(w, v->legacy, &m);
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 16u) != 0)
        return VWR_EUNSUPP;
    if (x->out.left > (uint64_t)vwr_guest32(v->legacy, s->config.max_discard_seg) * 16u)
        return VWR_EUNSUPP;

    return s->calls->discard(s, x, &m);
}

static int service_blk_write_zeroes(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_write_zeroes_msg_form *const w = fixed;
    struct vwr_blk_write_zeroes_msg m;

    if (s->calls->write_zeroes == NULL)
        return VWR_EUNSUPP;
    if (vwr_features_have(&v->offered, VWR_BLK_F_RO))
        return VWR_EUNSUPP;
    vwr_blk_write_zeroes_msg_decode(w, v->legacy, &m);
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 16u) != 0)
        return VWR_EUNSUPP;
    if (x->out.left > (uint64_t)vwr_guest32(v->legacy, s->config.max_write_zeroes_seg) * 16u)
        return VWR_EUNSUPP;

    return s->calls->write_zeroes(s, x, &m);
}

static int service_blk_secure_erase(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_secure_erase_msg_form *const w = fixed;
    struct vwr_blk_secure_erase_msg m;

    if (s->calls->secure_erase == NULL)
        return VWR_EUNSUPP;
    if (vwr_features_have(&v->offered, VWR_BLK_F_RO))
        return VWR_EUNSUPP;
    vwr_blk_secure_erase_msg_decode(w, v->legacy, &m);
    if (x->out.left < 1u)
        return VWR_EUNSUPP;
    if (vwr_remainder(x->out.left, 16u) != 0)
        return VWR_EUNSUPP;
    if (x->out.left > (uint64_t)vwr_guest32(v->legacy, s->config.max_secure_erase_seg) * 16u)
        return VWR_EUNSUPP;

    return s->calls->secure_erase(s, x, &m);
}

static int service_blk_zone_append(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_append_msg_form *const w = fixed;
    struct vwr_blk_zone_append_msg m;
    struct vwr_blk_zone_append_answer a;
    struct vwr_blk_zone_append_answer_form form;
    int r;

    if (s->calls->zone_append == NULL)
        return VWR_EUNSUPP;
    if (vwr_features_have(&v->offered, VWR_BLK_F_RO))
        return VWR_EUNSUPP;
    vwr_blk_zone_append_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->out.left, 512u) != 0)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->zone_append(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_zone_append_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_zone_report(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_report_msg_form *const w = fixed;
    struct vwr_blk_zone_report_msg m;
    struct vwr_blk_zone_report_answer a;
    struct vwr_blk_zone_report_answer_form form;
    int r;

    if (s->calls->zone_report == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_report_msg_decode(w, v->legacy, &m);
    if (vwr_remainder(x->in.left, 64u) != 0)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->zone_report(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_blk_zone_report_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_blk_zone_open(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_open_msg_form *const w = fixed;
    struct vwr_blk_zone_open_msg m;

    if (s->calls->zone_open == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_open_msg_decode(w, v->legacy, &m);

    return s->calls->zone_open(s, x, &m);
}

static int service_blk_zone_close(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_close_msg_form *const w = fixed;
    struct vwr_blk_zone_close_msg m;

    if (s->calls->zone_close == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_close_msg_decode(w, v->legacy, &m);

    return s->calls->zone_close(s, x, &m);
}

static int service_blk_zone_finish(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_finish_msg_form *const w = fixed;
    struct vwr_blk_zone_finish_msg m;

    if (s->calls->zone_finish == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_finish_msg_decode(w, v->legacy, &m);

    return s->calls->zone_finish(s, x, &m);
}

static int service_blk_zone_reset(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_reset_msg_form *const w = fixed;
    struct vwr_blk_zone_reset_msg m;

    if (s->calls->zone_reset == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_reset_msg_decode(w, v->legacy, &m);

    return s->calls->zone_reset(s, x, &m);
}

static int service_blk_zone_reset_all(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const struct vwr_blk_zone_reset_all_msg_form *const w = fixed;
    struct vwr_blk_zone_reset_all_msg m;

    if (s->calls->zone_reset_all == NULL)
        return VWR_EUNSUPP;
    vwr_blk_zone_reset_all_msg_decode(w, v->legacy, &m);

    return s->calls->zone_reset_all(s, x, &m);
}

static const struct vwr_service_row service_blk_requestq_rows[] = {
    {
        .value = {0u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 0, .last = 1, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_in,
    },
    {
        .value = {1u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_IOERR,
        .call = service_blk_out,
    },
    {
        .value = {2u},
        .any = {VWR_BLK_F_SCSI, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 0, .last = 113, .status_at = 112,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_scsi_cmd,
    },
    {
        .value = {3u},
        .any = {VWR_BLK_F_SCSI, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 0, .last = 113, .status_at = 112,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT | VWR_SERVICE_MORE_IN,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_scsi_cmd_out,
    },
    {
        .value = {4u},
        .any = {VWR_BLK_F_FLUSH, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_flush,
    },
    {
        .value = {5u},
        .any = {VWR_BLK_F_FLUSH, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_flush_out,
    },
    {
        .value = {8u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 21, .last = 0, .status_at = 20,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_get_id,
    },
    {
        .value = {10u},
        .any = {VWR_BLK_F_LIFETIME, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 7, .last = 0, .status_at = 6,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_get_lifetime,
    },
    {
        .value = {11u},
        .any = {VWR_BLK_F_DISCARD, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_discard,
    },
    {
        .value = {13u},
        .any = {VWR_BLK_F_WRITE_ZEROES, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_write_zeroes,
    },
    {
        .value = {14u},
        .any = {VWR_BLK_F_SECURE_ERASE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_secure_erase,
    },
    {
        .value = {15u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 9, .last = 0, .status_at = 8,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_append,
    },
    {
        .value = {16u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 64, .last = 1, .status_at = 64,
        .status_bytes = 1, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_report,
    },
    {
        .value = {18u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_open,
    },
    {
        .value = {20u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_close,
    },
    {
        .value = {22u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_finish,
    },
    {
        .value = {24u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_reset,
    },
    {
        .value = {26u},
        .any = {VWR_BLK_F_ZONED, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 16, .first = 1, .last = 0, .status_at = 0,
        .status_bytes = 1, .selects = 1,
        .flags = 0,
        .ok = VWR_BLK_S_OK, .refuse = VWR_BLK_S_UNSUPP,
        .call = service_blk_zone_reset_all,
    },
};

const struct vwr_service_queue vwr_blk_vservice_requestq = {
    .rows = service_blk_requestq_rows,
    .count = 18,
    .selects = 1,
    .status_bytes = 1,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 0, .last = 1, .status_at = 0,
    .silent = false, .refuse = VWR_BLK_S_UNSUPP,
};

static uint16_t service_blk_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_blk_vservice *const s = service_blk_of(v);
    const uint32_t before = q->last_avail;
    uint16_t n = 0;

    if (vwr_service_is_of(queue, VWR_BLK_QUEUE_REQUESTQ, 1u, (vwr_vdev_has(v, VWR_BLK_F_MQ) ? vwr_guest16(v->legacy,
        s->config.num_queues) : 1u), &n))
        return vwr_service_serve(&s->service, queue, n, &vwr_blk_vservice_requestq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_blk_reset(struct vwr_vdev *v)
{
    struct vwr_blk_vservice *const s = service_blk_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_blk_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_blk_vservice *const s = service_blk_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_blk_suspend(struct vwr_vdev *v)
{
    struct vwr_blk_vservice *const s = service_blk_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_blk_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_blk_vservice *const s = service_blk_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_blk_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_blk_class = {
    .name = "blk",
    .id = VWR_BLK_ID,
    .fields = vwr_blk_config_fields,
    .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_blk_feature_names),
    .reset = service_blk_reset,
    .queue_reset = service_blk_queue_reset,
    .serve = service_blk_serve,
    .suspend = service_blk_suspend,
    .config_written = service_blk_config_written,
    .uses = service_blk_uses,
};

int vwr_blk_vservice_init(struct vwr_blk_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_blk_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_blk_vdevice *device)
{
    uint16_t queues = setup->queue_count;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_blk_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
