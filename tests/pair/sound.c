/* SPDX-License-Identifier: MIT */
#include "sound.h"
#include "disk.h"
#include "ram.h"

#include <string.h>

/* A class of the request engine: the answer's status comes before the data. */

struct sound_shared {
    union {
        struct vwr_snd_query_info query;
        struct vwr_snd_jack_remap remap;
    } message;
    struct vwr_snd_hdr status;
    uint8_t padding[12];
};

static struct sound *sound_of(struct vwr_recovery *v)
{
    return (struct sound *)(void *)v;
}

static int sound_prepare(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    const struct sound_req *const r = (struct sound_req *)(void *)req;
    struct sound_shared *const s = shared;

    (void)q;
    memset(s, 0xff, sizeof(*s)); /* a status that is written in part is none */
    req->in = true;
    if (r->code == VWR_SND_R_JACK_INFO) {
        const uint32_t size = sizeof(struct vwr_snd_jack_info);

        if (req->bytes == 0 || req->bytes % size != 0)
            return VWR_EINVAL;
        s->message.query.hdr.code = vwr_cpu_to_le32(r->code);
        s->message.query.start_id = vwr_cpu_to_le32(r->jack);
        s->message.query.count = vwr_cpu_to_le32((uint32_t)(req->bytes / size));
        s->message.query.size = vwr_cpu_to_le32(size);
        return VWR_OK;
    }
    if (req->bytes != 0)
        return VWR_EINVAL;
    memset(&s->message.remap, 0, sizeof(s->message.remap));
    s->message.remap.hdr.hdr.code = vwr_cpu_to_le32(r->code);
    s->message.remap.hdr.jack_id = vwr_cpu_to_le32(r->jack);
    return VWR_OK;
}

static int sound_result(struct vwr_requestq *q, const struct sound_req *r)
{
    switch (r->status) {
    case VWR_SND_S_OK: /* and the whole array is there */
        return r->req.written == r->req.bytes
                   ? VWR_OK
                   : vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, r->code, r->status);
    case VWR_SND_S_NOT_SUPP:
        return vwr_request_note(q, VWR_FAULT_REQUEST_UNSUPP, r->code, r->status);
    case VWR_SND_S_IO_ERR:
        return vwr_request_note(q, VWR_FAULT_REQUEST_IOERR, r->code, r->status);
    case VWR_SND_S_BAD_MSG:
        return VWR_EINVAL;
    default:
        return vwr_request_note(q, VWR_FAULT_REQUEST_STATUS, r->code, r->status);
    }
}

static void sound_finish(struct vwr_requestq *q, struct vwr_req *req, void *shared)
{
    struct sound_req *const r = (struct sound_req *)(void *)req;

    r->status = vwr_le32_to_cpu(*(volatile vwr_le32 *)&((struct sound_shared *)shared)->status.code);
    req->result = sound_result(q, r);
}

/* A question may be asked again; a jack may have been mapped already. */
static bool sound_may_replay(const struct vwr_req *req)
{
    return ((const struct sound_req *)(const void *)req)->code == VWR_SND_R_JACK_INFO;
}

static const struct vwr_request_class sound_class = {
    .header = sizeof(((struct sound_shared *)0)->message),
    .answer_first = sizeof(struct vwr_snd_hdr),
    .first_at = offsetof(struct sound_shared, status),
    .shared_bytes = sizeof(struct sound_shared),
    .prepare = sound_prepare,
    .finish = sound_finish,
    .may_replay = sound_may_replay,
    .type_at = offsetof(struct sound_req, code),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static void sound_read_info(const struct vwr_config *c, void *info)
{
    *(uint32_t *)info = vwr_snd_config_get_jacks(c);
}

static int sound_configure(struct vwr_recovery *v)
{
    return sound_of(v)->jacks == SOUND_JACKS ? VWR_OK : VWR_EPROTO;
}

static int sound_set_up(struct vwr_recovery *v, unsigned n)
{
    struct sound *const s = sound_of(v);
    struct vwr_requestq *const q = &s->control;

    (void)n;
    q->cls = &sound_class;
    q->options = &s->options;
    q->memory = &s->memory;
    q->recovery = v;
    q->segment_bytes_max = UINT32_MAX;
    q->segments_max = SOUND_SEGMENTS;
    return vwr_request_setup(q, VWR_SND_QUEUE_CONTROLQ);
}

static const struct vwr_features sound_want = {{UINT32_MAX, UINT32_MAX, UINT32_MAX, UINT32_MAX}};
static const struct vwr_features sound_need;

const struct vwr_recovery_class sound_recovery = {.type = VWR_SND_ID,
                                                  .bytes = sizeof(struct sound),
                                                  .info_at = offsetof(struct sound, jacks),
                                                  .info_bytes = sizeof(uint32_t),
                                                  .want = &sound_want,
                                                  .read = sound_read_info,
                                                  .configure = sound_configure,
                                                  .set_up = sound_set_up};

static const struct vwr_replay sound_replay = {vwr_request_send_again, vwr_recover_alone, &sound_recovery};

int sound_open(struct sound *s, struct vwr_dev *d, unsigned kind)
{
    struct vwr_recovery *const v = &s->recovery;
    const int r = vwr_recovery_begin(v, &sound_recovery, d);

    if (r != VWR_OK)
        return r;
    disk_avoid(&s->avoid, kind);
    v->need = &sound_need;
    v->avoid = &s->avoid;
    s->options.requests = SOUND_REQUESTS;
    s->options.segments = SOUND_SEGMENTS;
    s->options.replay = &sound_replay;
    vwr_request_set_defaults(&s->options);
    s->memory.size = SOUND_QUEUE_SIZE;
    s->memory.shared_bytes =
        VWR_QUEUE_SHARED_BYTES_WITH(SOUND_QUEUE_SIZE, vwr_request_shared_bytes(&sound_class, &s->options));
    s->memory.shared = ram_alloc_ring(s->memory.shared_bytes);
    s->memory.own = s->own;
    s->memory.own_bytes = sizeof(s->own);
    return vwr_recovery_open(v, &sound_recovery);
}
