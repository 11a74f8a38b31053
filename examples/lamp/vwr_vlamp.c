/* SPDX-License-Identifier: MIT */
#include "vwr_vlamp.h"
#include "vwr/bytes.h"

/* SHINE: the light stands behind the type, and all of it has to be there. */
static uint8_t shine(struct vwr_vlamp *l, struct vwr_vchain *chain)
{
    const bool legacy = l->dev.legacy;
    struct vwr_lamp_light light;
    uint16_t level;

    if (vwr_vchain_read(chain, &light, sizeof(light)) < sizeof(light))
        return VWR_LAMP_S_IOERR;
    level = vwr_guest16(legacy, light.level);
    if (level == 0 || level > vwr_guest16(legacy, l->config.max_level))
        return VWR_LAMP_S_IOERR;
    return l->shine(l, level, vwr_guest16(legacy, light.colour)) ? VWR_LAMP_S_OK : VWR_LAMP_S_IOERR;
}

static uint8_t handle(struct vwr_vlamp *l, struct vwr_vchain *chain)
{
    struct vwr_lamp_req_out request;

    if (vwr_vchain_read(chain, &request, sizeof(request)) < sizeof(request))
        return VWR_LAMP_S_IOERR;
    switch (vwr_guest32(l->dev.legacy, request.type)) {
    case VWR_LAMP_T_OFF:
        return l->shine(l, 0, VWR_LAMP_COLOUR_WHITE) ? VWR_LAMP_S_OK : VWR_LAMP_S_IOERR;
    case VWR_LAMP_T_SHINE:
        return vwr_vdev_has(&l->dev, VWR_LAMP_F_DIM) ? shine(l, chain) : VWR_LAMP_S_IOERR;
    default:
        return VWR_LAMP_S_IOERR;
    }
}

static uint16_t serve(struct vwr_vdev *v, uint16_t queue)
{
    struct vwr_vlamp *const l = (struct vwr_vlamp *)v;
    struct vwr_lamp_req_in answer;
    struct vwr_vchain chain;

    chain.seg = l->seg;
    chain.room = VWR_VLAMP_SEGS;
    if (!vwr_vdev_pop(v, queue, &chain))
        return 0;
    if (chain.in_bytes < sizeof(answer)) {
        (void)vwr_vdev_break(v, queue, VWR_VFAULT_REQUEST, queue, 0);
        return 0;
    }
    answer.status = handle(l, &chain);
    (void)vwr_vchain_write(&chain, &answer, sizeof(answer));
    vwr_vdev_answer(v, queue, &chain);
    return 1;
}

/* No lamp shines for a guest that is gone. */
static void reset(struct vwr_vdev *v)
{
    struct vwr_vlamp *const l = (struct vwr_vlamp *)v;

    (void)l->shine(l, 0, VWR_LAMP_COLOUR_WHITE);
}

static const struct vwr_vdev_class lamp_class = {
    .name = "lamp",
    .id = VWR_LAMP_ID,
    .rules = vwr_lamp_feature_rules,
    .rule_count = VWR_LAMP_FEATURE_RULE_COUNT,
    .feature_names = vwr_lamp_feature_names,
    .reset = reset,
    .serve = serve,
};

int vwr_vlamp_init(struct vwr_vlamp *l, const struct vwr_vdev_setup *s, vwr_vlamp_shine *shine,
                   uint16_t max_level, void *context)
{
    struct vwr_features features;
    int r;

    if (shine == NULL)
        return VWR_EINVAL;
    vwr_zero(l, sizeof(*l));
    l->context = context;
    l->shine = shine;
    l->config.max_level = vwr_guest16(s->legacy, max_level);
    vwr_features_clear(&features);
    if (max_level != 0)
        vwr_features_add(&features, VWR_LAMP_F_DIM);
    r = vwr_vdev_init(&l->dev, &lamp_class, s, &features, VWR_VLAMP_QUEUES, &l->config, sizeof(l->config));
    if (r == VWR_OK)
        vwr_vdev_limit(&l->dev, VWR_VLAMP_SEGS);
    return r;
}

void vwr_vlamp_set_max_level(struct vwr_vlamp *l, uint16_t max_level)
{
    vwr_vdev_lock(&l->dev);
    l->config.max_level = vwr_guest16(l->dev.legacy, max_level);
    vwr_vdev_config_changed(&l->dev);
    vwr_vdev_unlock(&l->dev);
}
