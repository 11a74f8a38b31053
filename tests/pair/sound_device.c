/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "disk.h"
#include "sound.h"
#include "vmm.h"

#include <string.h>

void sound_jack(uint32_t jack, struct vwr_snd_jack_info *info)
{
    memset(info, 0, sizeof(*info));
    info->hdr.hda_fn_nid = vwr_cpu_to_le32(jack / 2);
    info->features = vwr_cpu_to_le32(jack % 3 == 0 ? 1u << VWR_SND_JACK_F_REMAP : 0);
    info->hda_reg_defconf = vwr_cpu_to_le32(jack * UINT32_C(2654435761));
    info->hda_reg_caps = vwr_cpu_to_le32(~jack);
    info->connected = jack % 2;
}

/* Writes the array; false if there are no such jacks. Section: Sound Device / ... / Item Information
 * Request. */
static bool answer_info(const struct sound_message *m, struct vwr_writer *w, uint32_t *most)
{
    const uint32_t first = vwr_le32_to_cpu(m->query.start_id);
    const uint32_t count = vwr_le32_to_cpu(m->query.count);

    if (count > SOUND_JACKS || first > SOUND_JACKS - count)
        return false;
    CHECK_NUMBER(vwr_le32_to_cpu(m->query.size), sizeof(struct vwr_snd_jack_info));
    for (uint32_t i = 0; i < count && *most != 0; i++) {
        struct vwr_snd_jack_info info;
        const uint32_t n = *most < sizeof(info) ? *most : (uint32_t)sizeof(info);

        sound_jack(first + i, &info);
        CHECK_NUMBER(vwr_writer_write(w, &info, n), n);
        *most -= n;
    }
    return true;
}

/* The status comes first in the answer but is known last, so it is determined before anything is written. */
static void answer(struct sound_device *s, struct sound_message *m)
{
    struct vwr_vqueue *const q = &s->queue[VWR_SND_QUEUE_CONTROLQ];
    const bool is_info = vwr_le32_to_cpu(m->query.hdr.code) == VWR_SND_R_JACK_INFO;
    const uint32_t status = s->answer.status != 0 ? s->answer.status : (uint32_t)VWR_SND_S_OK;
    struct vwr_snd_hdr hdr = {vwr_cpu_to_le32(status)};
    uint32_t most = s->answer.most;
    const uint32_t n = most < sizeof(hdr) ? most : (uint32_t)sizeof(hdr);
    struct vwr_writer w;

    vwr_vchain_writer(&m->chain, &w);
    CHECK_NUMBER(vwr_writer_write(&w, &hdr, n), n);
    most -= n;
    if (is_info && status == VWR_SND_S_OK)
        CHECK(answer_info(m, &w, &most));
    vwr_vqueue_add_used(q, &m->chain, w.done + s->answer.more);
}

static uint16_t serve(struct vwr_vdev *v, struct vwr_vqueue *q)
{
    struct sound_device *const s = (struct sound_device *)(void *)v;
    struct sound_message *const m = &s->message[s->held];
    struct vwr_reader r;

    if (q->index != VWR_SND_QUEUE_CONTROLQ || s->held == SOUND_REQUESTS)
        return 0;
    m->chain.seg = m->seg;
    m->chain.room = SOUND_SEGS;
    if (vwr_vqueue_pop_avail(q, &m->chain) != 1)
        return 0;
    CHECK_NUMBER(m->chain.out_bytes, sizeof(m->query));
    vwr_vchain_reader(&m->chain, &r);
    CHECK_NUMBER(vwr_reader_read(&r, &m->query, sizeof(m->query)), sizeof(m->query));
    if (vwr_le32_to_cpu(m->query.hdr.code) == VWR_SND_R_JACK_INFO)
        s->infos++;
    else
        s->remaps++;
    if (s->answer.holds)
        s->held++;
    else
        answer(s, m);
    return 1;
}

bool sound_device_step(struct sound_device *s, unsigned which)
{
    struct sound_message m;

    if (s->held == 0)
        return false;
    which %= s->held;
    m = s->message[which];
    m.chain.seg = m.seg;
    s->held--;
    for (unsigned i = which; i < s->held; i++) {
        s->message[i] = s->message[i + 1];
        s->message[i].chain.seg = s->message[i].seg;
    }
    vwr_vdev_lock(&s->dev);
    answer(s, &m);
    (void)vwr_vdev_signal(&s->dev, &s->queue[VWR_SND_QUEUE_CONTROLQ]);
    vwr_vdev_serve_locked(&s->dev, VWR_SND_QUEUE_CONTROLQ); /* it may have run out of structures */
    vwr_vdev_unlock(&s->dev);
    return true;
}

static void reset(struct vwr_vdev *v)
{
    ((struct sound_device *)(void *)v)->held = 0;
}

static void queue_reset(struct vwr_vdev *v, uint16_t queue)
{
    if (queue == VWR_SND_QUEUE_CONTROLQ)
        reset(v);
}

static const struct vwr_vdev_class sound_class = {
    .name = "sound", .id = VWR_SND_ID, .reset = reset, .queue_reset = queue_reset, .serve = serve};

void sound_device_init(struct sound_device *s, unsigned kind)
{
    const struct vwr_features none = {{0}};
    struct vwr_vdev_setup setup = {.vm = &vmm, .line = SOUND_SLOT, .queue_count = SOUND_QUEUES};

    memset(s, 0, sizeof(*s));
    s->answer.most = SOUND_ALL;
    s->config.jacks = vwr_cpu_to_le32(SOUND_JACKS);
    setup.queue = s->queue;
    setup.queue_size = SOUND_QUEUE_SIZE;
    setup.own = s->own;
    setup.own_count = VWR_COUNT(s->own);
    disk_offer(&setup.features, kind);
    CHECK_NUMBER(
        vwr_vdev_init(&s->dev, &sound_class, &setup, &none, SOUND_QUEUES, &s->config, sizeof(s->config)),
        VWR_OK);
    vwr_vdev_limit(&s->dev, SOUND_SEGS);
    vmm_add(SOUND_SLOT, &s->dev);
    vmm_look_away(SOUND_SLOT); /* it gives answers that are too long */
}
