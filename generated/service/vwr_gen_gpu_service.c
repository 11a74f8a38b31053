/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/gpu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; GPU Device */

#include "vwr/service/gpu.h"

static struct vwr_gpu_vservice *service_gpu_of(struct vwr_vdev *v)
{
    return (struct vwr_gpu_vservice *)(void *)v;
}

static int service_gpu_get_display_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_get_display_info_msg_form *const w = fixed;
    struct vwr_gpu_get_display_info_msg m;
    struct vwr_gpu_get_display_info_answer a;
    struct vwr_gpu_get_display_info_answer_form form;
    int r;

    if (s->calls->get_display_info == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_get_display_info_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_display_info(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_get_display_info_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_create_2d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_create_2d_msg_form *const w = fixed;
    struct vwr_gpu_resource_create_2d_msg m;
    struct vwr_gpu_resource_create_2d_answer a;
    struct vwr_gpu_resource_create_2d_answer_form form;
    int r;

    if (s->calls->resource_create_2d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_create_2d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_create_2d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_create_2d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_unref(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_unref_msg_form *const w = fixed;
    struct vwr_gpu_resource_unref_msg m;
    struct vwr_gpu_resource_unref_answer a;
    struct vwr_gpu_resource_unref_answer_form form;
    int r;

    if (s->calls->resource_unref == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_unref_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_unref(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_unref_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_set_scanout(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_set_scanout_msg_form *const w = fixed;
    struct vwr_gpu_set_scanout_msg m;
    struct vwr_gpu_set_scanout_answer a;
    struct vwr_gpu_set_scanout_answer_form form;
    int r;

    if (s->calls->set_scanout == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_set_scanout_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->set_scanout(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_set_scanout_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_flush(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_flush_msg_form *const w = fixed;
    struct vwr_gpu_resource_flush_msg m;
    struct vwr_gpu_resource_flush_answer a;
    struct vwr_gpu_resource_flush_answer_form form;
    int r;

    if (s->calls->resource_flush == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_flush_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_flush(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_flush_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_transfer_to_host_2d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_transfer_to_host_2d_msg_form *const w = fixed;
    struct vwr_gpu_transfer_to_host_2d_msg m;
    struct vwr_gpu_transfer_to_host_2d_answer a;
    struct vwr_gpu_transfer_to_host_2d_answer_form form;
    int r;

    if (s->calls->transfer_to_host_2d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_transfer_to_host_2d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->transfer_to_host_2d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_transfer_to_host_2d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_attach_backing(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_attach_backing_msg_form *const w = fixed;
    struct vwr_gpu_resource_attach_backing_msg m;
    struct vwr_gpu_resource_attach_backing_answer a;
    struct vwr_gpu_resource_attach_backing_answer_form form;
    int r;

    if (s->calls->resource_attach_backing == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_attach_backing_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.nr_entries * 16u)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_attach_backing(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_attach_backing_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_detach_backing(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_detach_backing_msg_form *const w = fixed;
    struct vwr_gpu_resource_detach_backing_msg m;
    struct vwr_gpu_resource_detach_backing_answer a;
    struct vwr_gpu_resource_detach_backing_answer_form form;
    int r;

    if (s->calls->resource_detach_backing == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_detach_backing_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_detach_backing(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_detach_backing_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_get_capset_info(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_get_capset_info_msg_form *const w = fixed;
    struct vwr_gpu_get_capset_info_msg m;
    struct vwr_gpu_get_capset_info_answer a;
    struct vwr_gpu_get_capset_info_answer_form form;
    int r;

    if (s->calls->get_capset_info == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_get_capset_info_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_capset_info(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_get_capset_info_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_get_capset(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_get_capset_msg_form *const w = fixed;
    struct vwr_gpu_get_capset_msg m;
    struct vwr_gpu_get_capset_answer a;
    struct vwr_gpu_get_capset_answer_form form;
    int r;

    if (s->calls->get_capset == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_get_capset_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_capset(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_get_capset_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_get_edid(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_get_edid_msg_form *const w = fixed;
    struct vwr_gpu_get_edid_msg m;
    struct vwr_gpu_get_edid_answer a;
    struct vwr_gpu_get_edid_answer_form form;
    int r;

    if (s->calls->get_edid == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_get_edid_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->get_edid(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_get_edid_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_assign_uuid(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_assign_uuid_msg_form *const w = fixed;
    struct vwr_gpu_resource_assign_uuid_msg m;
    struct vwr_gpu_resource_assign_uuid_answer a;
    struct vwr_gpu_resource_assign_uuid_answer_form form;
    int r;

    if (s->calls->resource_assign_uuid == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_assign_uuid_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_assign_uuid(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_assign_uuid_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_create_blob(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_create_blob_msg_form *const w = fixed;
    struct vwr_gpu_resource_create_blob_msg m;
    struct vwr_gpu_resource_create_blob_answer a;
    struct vwr_gpu_resource_create_blob_answer_form form;
    int r;

    if (s->calls->resource_create_blob == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_create_blob_msg_decode(w, v->legacy, &m);
    if (x->out.left != (uint64_t)m.nr_entries * 16u)
        return VWR_EUNSUPP;

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_create_blob(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_create_blob_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_set_scanout_blob(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_set_scanout_blob_msg_form *const w = fixed;
    struct vwr_gpu_set_scanout_blob_msg m;
    struct vwr_gpu_set_scanout_blob_answer a;
    struct vwr_gpu_set_scanout_blob_answer_form form;
    int r;

    if (s->calls->set_scanout_blob == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_set_scanout_blob_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->set_scanout_blob(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_set_scanout_blob_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_ctx_create(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_ctx_create_msg_form *const w = fixed;
    struct vwr_gpu_ctx_create_msg m;
    struct vwr_gpu_ctx_create_answer a;
    struct vwr_gpu_ctx_create_answer_form form;
    int r;

    if (s->calls->ctx_create == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_ctx_create_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctx_create(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_ctx_create_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_ctx_destroy(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_ctx_destroy_msg_form *const w = fixed;
    struct vwr_gpu_ctx_destroy_msg m;
    struct vwr_gpu_ctx_destroy_answer a;
    struct vwr_gpu_ctx_destroy_answer_form form;
    int r;

    if (s->calls->ctx_destroy == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_ctx_destroy_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctx_destroy(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_ctx_destroy_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_ctx_attach_resource(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_ctx_attach_resource_msg_form *const w = fixed;
    struct vwr_gpu_ctx_attach_resource_msg m;
    struct vwr_gpu_ctx_attach_resource_answer a;
    struct vwr_gpu_ctx_attach_resource_answer_form form;
    int r;

    if (s->calls->ctx_attach_resource == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_ctx_attach_resource_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctx_attach_resource(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_ctx_attach_resource_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_ctx_detach_resource(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_ctx_detach_resource_msg_form *const w = fixed;
    struct vwr_gpu_ctx_detach_resource_msg m;
    struct vwr_gpu_ctx_detach_resource_answer a;
    struct vwr_gpu_ctx_detach_resource_answer_form form;
    int r;

    if (s->calls->ctx_detach_resource == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_ctx_detach_resource_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->ctx_detach_resource(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_ctx_detach_resource_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_create_3d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_create_3d_msg_form *const w = fixed;
    struct vwr_gpu_resource_create_3d_msg m;
    struct vwr_gpu_resource_create_3d_answer a;
    struct vwr_gpu_resource_create_3d_answer_form form;
    int r;

    if (s->calls->resource_create_3d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_create_3d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_create_3d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_create_3d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_transfer_to_host_3d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_transfer_to_host_3d_msg_form *const w = fixed;
    struct vwr_gpu_transfer_to_host_3d_msg m;
    struct vwr_gpu_transfer_to_host_3d_answer a;
    struct vwr_gpu_transfer_to_host_3d_answer_form form;
    int r;

    if (s->calls->transfer_to_host_3d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_transfer_to_host_3d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->transfer_to_host_3d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_transfer_to_host_3d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_transfer_from_host_3d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_transfer_from_host_3d_msg_form *const w = fixed;
    struct vwr_gpu_transfer_from_host_3d_msg m;
    struct vwr_gpu_transfer_from_host_3d_answer a;
    struct vwr_gpu_transfer_from_host_3d_answer_form form;
    int r;

    if (s->calls->transfer_from_host_3d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_transfer_from_host_3d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->transfer_from_host_3d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_transfer_from_host_3d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_submit_3d(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_submit_3d_msg_form *const w = fixed;
    struct vwr_gpu_submit_3d_msg m;
    struct vwr_gpu_submit_3d_answer a;
    struct vwr_gpu_submit_3d_answer_form form;
    int r;

    if (s->calls->submit_3d == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_submit_3d_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->submit_3d(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_submit_3d_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_map_blob(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_map_blob_msg_form *const w = fixed;
    struct vwr_gpu_resource_map_blob_msg m;
    struct vwr_gpu_resource_map_blob_answer a;
    struct vwr_gpu_resource_map_blob_answer_form form;
    int r;

    if (s->calls->resource_map_blob == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_map_blob_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_map_blob(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_map_blob_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_resource_unmap_blob(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_resource_unmap_blob_msg_form *const w = fixed;
    struct vwr_gpu_resource_unmap_blob_msg m;
    struct vwr_gpu_resource_unmap_blob_answer a;
    struct vwr_gpu_resource_unmap_blob_answer_form form;
    int r;

    if (s->calls->resource_unmap_blob == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_resource_unmap_blob_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->resource_unmap_blob(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_resource_unmap_blob_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_gpu_controlq_rows[] = {
    {
        .value = {256u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 408, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_DISPLAY_INFO, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_get_display_info,
    },
    {
        .value = {257u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 40, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_create_2d,
    },
    {
        .value = {258u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_unref,
    },
    {
        .value = {259u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 48, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_set_scanout,
    },
    {
        .value = {260u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 48, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_flush,
    },
    {
        .value = {261u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 56, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_transfer_to_host_2d,
    },
    {
        .value = {262u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_attach_backing,
    },
    {
        .value = {263u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_detach_backing,
    },
    {
        .value = {264u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 40, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_CAPSET_INFO, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_get_capset_info,
    },
    {
        .value = {265u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_IN,
        .ok = VWR_GPU_RESP_OK_CAPSET, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_get_capset,
    },
    {
        .value = {266u},
        .any = {VWR_GPU_F_EDID, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 1056, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_EDID, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_get_edid,
    },
    {
        .value = {267u},
        .any = {VWR_GPU_F_RESOURCE_UUID, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 40, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_RESOURCE_UUID, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_assign_uuid,
    },
    {
        .value = {268u},
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 56, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_create_blob,
    },
    {
        .value = {269u},
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 96, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_set_scanout_blob,
    },
    {
        .value = {512u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 96, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_ctx_create,
    },
    {
        .value = {513u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_ctx_destroy,
    },
    {
        .value = {514u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_ctx_attach_resource,
    },
    {
        .value = {515u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_ctx_detach_resource,
    },
    {
        .value = {516u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_create_3d,
    },
    {
        .value = {517u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_transfer_to_host_3d,
    },
    {
        .value = {518u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_transfer_from_host_3d,
    },
    {
        .value = {519u},
        .any = {VWR_GPU_F_VIRGL, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 24, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MORE_OUT,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_submit_3d,
    },
    {
        .value = {520u},
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_GPU_F_VIRGL,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 40, .first = 32, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_MAP_INFO, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_map_blob,
    },
    {
        .value = {521u},
        .any = {VWR_GPU_F_RESOURCE_BLOB, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_GPU_F_VIRGL,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 32, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = 0,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_resource_unmap_blob,
    },
};

const struct vwr_service_queue vwr_gpu_vservice_controlq = {
    .rows = service_gpu_controlq_rows,
    .count = 24,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 24, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
};

static int service_gpu_update_cursor(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_update_cursor_msg_form *const w = fixed;
    struct vwr_gpu_update_cursor_msg m;
    struct vwr_gpu_update_cursor_answer a;
    struct vwr_gpu_update_cursor_answer_form form;
    int r;

    if (s->calls->update_cursor == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_update_cursor_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->update_cursor(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_update_cursor_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static int service_gpu_move_cursor(struct vwr_service *service, struct vwr_vmessage *x, const void *fixed)
{
    struct vwr_vdev *const v = &service->dev;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const struct vwr_gpu_move_cursor_msg_form *const w = fixed;
    struct vwr_gpu_move_cursor_msg m;
    struct vwr_gpu_move_cursor_answer a;
    struct vwr_gpu_move_cursor_answer_form form;
    int r;

    if (s->calls->move_cursor == NULL)
        return VWR_EUNSUPP;
    vwr_gpu_move_cursor_msg_decode(w, v->legacy, &m);

    vwr_zero(&a, sizeof(a));
    r = s->calls->move_cursor(s, x, &m, &a);
    if (r == VWR_LATER)
        return r;
    vwr_gpu_move_cursor_answer_encode(&form, v->legacy, &a);
    vwr_vmessage_end(x, r, &form);
    return VWR_LATER;
}

static const struct vwr_service_row service_gpu_cursorq_rows[] = {
    {
        .value = {768u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 56, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MAY_ANSWER,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_update_cursor,
    },
    {
        .value = {769u},
        .any = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE}, .also = VWR_FEATURE_NONE,
        .unless = {VWR_FEATURE_NONE, VWR_FEATURE_NONE, VWR_FEATURE_NONE},
        .out = 56, .first = 24, .last = 0, .status_at = 0,
        .status_bytes = 4, .selects = 1,
        .flags = VWR_SERVICE_MAY_ANSWER,
        .ok = VWR_GPU_RESP_OK_NODATA, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
        .call = service_gpu_move_cursor,
    },
};

const struct vwr_service_queue vwr_gpu_vservice_cursorq = {
    .rows = service_gpu_cursorq_rows,
    .count = 2,
    .selects = 1,
    .status_bytes = 4,
    .status_big = false,
    .select = {
        {.at = 0, .bytes = 4, .shift = 0, .big = false, .mask = 0xffffffffu},
    },
    .select_end = 4,
    .first = 24, .last = 0, .status_at = 0,
    .silent = false, .refuse = VWR_GPU_RESP_ERR_UNSPEC,
};

static uint16_t service_gpu_serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    const uint16_t queue = q->index;
    struct vwr_gpu_vservice *const s = service_gpu_of(v);
    const uint32_t before = q->last_avail;

    if (queue == VWR_GPU_QUEUE_CONTROLQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_gpu_vservice_controlq);
    if (queue == VWR_GPU_QUEUE_CURSORQ)
        return vwr_service_serve(&s->service, queue, 0, &vwr_gpu_vservice_cursorq);
    if (s->calls->posted != NULL)
        s->calls->posted(s, queue);
    return q->last_avail != before; /* it may have sent in buffers, and there may be further ones */
}

static void service_gpu_reset(struct vwr_vdev *v)
{
    struct vwr_gpu_vservice *const s = service_gpu_of(v);

    vwr_service_forget_all(&s->service);
    if (s->calls->reset != NULL)
        s->calls->reset(s);
}

static void service_gpu_queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_gpu_vservice *const s = service_gpu_of(v);

    vwr_service_forget(&s->service, queue);
    if (s->calls->queue_reset != NULL)
        s->calls->queue_reset(s, queue);
}

static void service_gpu_suspend(struct vwr_vdev *v)
{
    struct vwr_gpu_vservice *const s = service_gpu_of(v);

    vwr_service_suspend(&s->service);
    if (s->calls->suspend != NULL)
        s->calls->suspend(s);
}

static void service_gpu_config_written(struct vwr_vdev *v, uint32_t offset, uint32_t bytes)
{
    struct vwr_gpu_vservice *const s = service_gpu_of(v);

    if (s->calls->config_written != NULL)
        s->calls->config_written(s, offset, bytes);
}

static bool service_gpu_uses(const struct vwr_vdev *v, const void *host, uint64_t bytes)
{
    return vwr_service_uses((const struct vwr_service *)(const void *)v, host, bytes);
}

static const struct vwr_vdev_class service_gpu_class = {
    .name = "gpu",
    .id = VWR_GPU_ID,
    .rules = vwr_gpu_feature_rules,
    .rule_count = VWR_GPU_FEATURE_RULE_COUNT,
    .fields = vwr_gpu_config_fields,
    .field_count = VWR_GPU_CONFIG_FIELD_COUNT,
    .feature_names = VWR_WORDS(vwr_gpu_feature_names),
    .reset = service_gpu_reset,
    .queue_reset = service_gpu_queue_reset,
    .serve = service_gpu_serve,
    .suspend = service_gpu_suspend,
    .config_written = service_gpu_config_written,
    .uses = service_gpu_uses,
};

int vwr_gpu_vservice_init(struct vwr_gpu_vservice *s, const struct vwr_vdev_setup *setup,
                          const struct vwr_features *features,
        const struct vwr_gpu_vservice_calls *calls, const struct vwr_service_memory *memory,
            struct vwr_gpu_vdevice *device)
{
    uint16_t queues = 2;
    int r;

    vwr_zero(s, sizeof(*s));
    s->calls = calls;
    s->device = device;
    r = vwr_vdev_init(&s->service.dev, &service_gpu_class, setup, features, queues, &s->config, sizeof(s->config));
    return r == VWR_OK ? vwr_service_init(&s->service, memory, &s->fixed) : r;
}
