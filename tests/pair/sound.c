/* SPDX-License-Identifier: MIT */
#include "sound.h"
#include "disk.h"
#include "ram.h"

#include <string.h>

/* A class of the request engine with the messages of client.h: the status of an answer comes before the
 * data. */

static struct sound *sound_of(struct vwr_bringup *v)
{
    return (struct sound *)(void *)v;
}

static const struct vwr_client_row sound_info = {.type = VWR_SND_R_JACK_INFO,
                                                 .out = sizeof(struct vwr_snd_query_info),
                                                 .first = sizeof(struct vwr_snd_hdr),
                                                 .out_at = offsetof(struct sound_req, out),
                                                 .back_at = offsetof(struct sound_req, back),
                                                 .status_bytes = sizeof(vwr_le32),
                                                 .whole = true,
                                                 .oks = 1,
                                                 .ok = {VWR_SND_S_OK}};
/* An information request may be sent again; a remap may have been carried out already. */
static const struct vwr_client_row sound_remap = {.type = VWR_SND_R_JACK_REMAP,
                                                  .out = sizeof(struct vwr_snd_jack_remap),
                                                  .first = sizeof(struct vwr_snd_hdr),
                                                  .out_at = offsetof(struct sound_req, out),
                                                  .back_at = offsetof(struct sound_req, back),
                                                  .status_bytes = sizeof(vwr_le32),
                                                  .once = true,
                                                  .oks = 1,
                                                  .ok = {VWR_SND_S_OK}};

void sound_begin(struct sound_req *r, uint32_t code, uint32_t jack, uint16_t areas)
{
    r->code = code;
    r->jack = jack;
    r->call.row = code == VWR_SND_R_JACK_INFO ? &sound_info : &sound_remap;
    r->call.outs = 0;
    r->call.count = areas;
    r->req.vecs = r->call.data;
    r->req.vec_count = areas;
}

static int sound_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    struct sound_req *const r = (struct sound_req *)(void *)req;
    const uint32_t size = sizeof(struct vwr_snd_jack_info);

    if (r->code == VWR_SND_R_JACK_INFO) {
        if (req->bytes == 0 || req->bytes % size != 0)
            return VWR_EINVAL;
        r->out.query.hdr.code = vwr_cpu_to_le32(r->code);
        r->out.query.start_id = vwr_cpu_to_le32(r->jack);
        r->out.query.count = vwr_cpu_to_le32((uint32_t)(req->bytes / size));
        r->out.query.size = vwr_cpu_to_le32(size);
    } else {
        memset(&r->out.remap, 0, sizeof(r->out.remap));
        r->out.remap.hdr.hdr.code = vwr_cpu_to_le32(r->code);
        r->out.remap.hdr.jack_id = vwr_cpu_to_le32(r->jack);
    }
    return vwr_client_prepare(q, req, shared);
}

/* Maps a status to a result of this driver. */
static void sound_finish(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    struct sound_req *const r = (struct sound_req *)(void *)req;

    vwr_client_finish(q, req, shared);
    req->written = r->call.data_bytes;
    switch (r->call.status) {
    case VWR_SND_S_OK:
    case VWR_SND_S_IO_ERR:
        break;
    case VWR_SND_S_NOT_SUPP:
        req->result = vwr_request_note(q, VWR_FAULT_REQUEST_UNSUPP, r->code, r->call.status);
        break;
    case VWR_SND_S_BAD_MSG:
        req->result = VWR_EINVAL;
        break;
    default:
        req->result = vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, r->code, r->call.status);
    }
}

static const struct vwr_request_class sound_class = {
    .shared_bytes = VWR_CLIENT_SLOT_BYTES(sizeof(((struct sound_req *)0)->out), sizeof(struct vwr_snd_hdr)),
    .prepare = sound_prepare,
    .form = vwr_client_form,
    .finish = sound_finish,
    .may_replay = vwr_client_may_replay,
    .type_at = offsetof(struct sound_req, code),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static void sound_read_info(const struct vwr_config *c, void *info)
{
    *(uint32_t *)info = vwr_snd_config_get_jacks(c);
}

static int sound_configure(struct vwr_bringup *v)
{
    return sound_of(v)->jacks == SOUND_JACKS ? VWR_OK : VWR_EPROTO;
}

static int sound_set_up(struct vwr_bringup *v, unsigned n)
{
    struct sound *const s = sound_of(v);
    struct vwr_requestq *const q = &s->control;

    (void)n;
    q->segment_bytes_max = UINT32_MAX;
    q->segments_max = SOUND_SEGMENTS;
    return vwr_request_setup(q, v, VWR_SND_QUEUE_CONTROLQ, &sound_class, &s->memory, &s->options);
}

static const struct vwr_features sound_want = {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};
static const struct vwr_features sound_need;

const struct vwr_bringup_class sound_bringup = {.type = VWR_SND_ID,
                                                .bytes = sizeof(struct sound),
                                                .info_at = offsetof(struct sound, jacks),
                                                .info_bytes = sizeof(uint32_t),
                                                .want = &sound_want,
                                                .read = sound_read_info,
                                                .configure = sound_configure,
                                                .set_up = sound_set_up};

int sound_open(struct sound *s, struct vwr_dev *d, unsigned kind)
{
    struct vwr_bringup *const v = &s->bringup;
    const int r = vwr_bringup_begin(v, &sound_bringup, d);

    if (r != VWR_OK)
        return r;
    disk_avoid(&s->avoid, kind);
    v->need = &sound_need;
    v->avoid = &s->avoid;
    s->options.requests = SOUND_REQUESTS;
    s->options.segments = SOUND_SEGMENTS;
    s->options.replay = true;
    vwr_request_set_defaults(&s->options);
    s->memory.size = SOUND_QUEUE_SIZE;
    s->memory.shared_bytes = VWR_QUEUE_SHARED_BYTES_WITH(
        SOUND_QUEUE_SIZE,
        s->options.requests * VWR_REQUEST_SLOT_BYTES(sound_class.shared_bytes, s->options.segments));
    s->memory.shared = ram_alloc_ring(s->memory.shared_bytes);
    s->memory.own = s->own;
    s->memory.own_bytes = sizeof(s->own);
    return vwr_bringup_open(v);
}
