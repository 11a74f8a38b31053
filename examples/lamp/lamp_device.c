/* SPDX-License-Identifier: MIT */
#include "lamp_device.h"

static int off(struct vwr_lamp_vservice *s, struct vwr_vmessage *x)
{
    (void)x;
    return s->device->light(0, VWR_LAMP_COLOUR_WHITE) ? VWR_OK : VWR_LAMP_S_IOERR;
}

static int shine(struct vwr_lamp_vservice *s, struct vwr_vmessage *x, const struct vwr_lamp_shine_msg *m)
{
    (void)x;
    if (m->level == 0 || m->level > vwr_guest16(s->service.dev.legacy, s->config.max_level))
        return VWR_LAMP_S_IOERR;
    return s->device->light(m->level, m->colour) ? VWR_OK : VWR_LAMP_S_IOERR;
}

/* The lamp is off without a guest. */
static void reset(struct vwr_lamp_vservice *s)
{
    (void)s->device->light(0, VWR_LAMP_COLOUR_WHITE);
}

const struct vwr_lamp_vservice_calls lamp_calls = {.off = off, .shine = shine, .reset = reset};

void lamp_set_max_level(struct vwr_lamp_vservice *s, uint16_t max_level)
{
    struct vwr_vdev *const v = &s->service.dev;

    vwr_vdev_lock(v);
    s->config.max_level = vwr_guest16(v->legacy, max_level);
    vwr_vdev_config_changed(v);
    vwr_vdev_unlock(v);
}
