/* SPDX-License-Identifier: MIT */
#include "ccw_common.h"

#if VWR_ACCESS_CALLS

/* A device as the driver finds it: the commands before its first status. Section: Virtio Over Channel I/O. */

/* Bytes of struct vwr_ccw_sense_id that the driver reads. */
#define CCW_SENSE_BYTES __builtin_offsetof(struct vwr_ccw_sense_id, dev_type)

int vwr_ccw_command_(struct vwr_ccw *c, uint8_t code, void *buffer, uint32_t bytes)
{
    int r = VWR_EGONE;

    if (!c->gone)
        r = c->host->ops->command(c->host, c->subchannel, code, buffer, bytes);
    if (r >= 0 || r == VWR_EPROTO)
        return r;
    c->gone = true;
    return VWR_EGONE;
}

/* Tries the revisions from the highest one down. Without any, it is 0. */
static void ccw_set_revision(struct vwr_ccw *c)
{
    struct vwr_ccw_rev_info info;
    unsigned revision = VWR_CCW_REVISION_READ_STATUS + 1u;
    int r;

    do {
        vwr_zero(&info, sizeof(info));
        info.revision = vwr_cpu_to_be16((uint16_t)--revision);
        r = vwr_ccw_command_(c, VWR_CCW_CMD_SET_VIRTIO_REV, &info, sizeof(info));
    } while (r == VWR_EPROTO && revision > VWR_CCW_REVISION_LEGACY);
    c->dev.version = revision;
}

static uint32_t ccw_identify(struct vwr_ccw *c)
{
    struct vwr_ccw_sense_id id;

    vwr_zero(&id, sizeof(id));
    if (vwr_ccw_command_(c, VWR_CCW_BASIC_SENSE_ID, &id, CCW_SENSE_BYTES) < 0)
        return VWR_FAULT_CCW_OTHER;
    c->dev.fault.got = vwr_be16_to_cpu(id.cu_type);
    if (c->dev.fault.got != VWR_CCW_CU_TYPE)
        return VWR_FAULT_CCW_OTHER;
    c->dev.type = c->dev.fault.got = id.cu_model;
    if (c->dev.type == 0)
        return VWR_FAULT_EMPTY;
    ccw_set_revision(c);
    c->dev.fault.got = c->dev.version;
    return VWR_WITH_LEGACY || c->dev.version != VWR_CCW_REVISION_LEGACY ? VWR_FAULT_NONE : VWR_FAULT_VERSION;
}

static void ccw_ring(struct vwr_doorbell_call *call, const struct vwr_doorbell *bell, uint32_t data)
{
    struct vwr_ccw_doorbell *const d = (struct vwr_ccw_doorbell *)(void *)call;
    struct vwr_ccw *const c = d->device;

    if (!dev_notifies_with_data(&c->dev))
        data = bell->index;
    d->cookie = c->host->ops->notify(c->host, c->subchannel, data, d->cookie);
}

static int ccw_conclude(struct vwr_ccw *c, uint32_t kind)
{
    const bool legacy = c->dev.version == VWR_CCW_REVISION_LEGACY;

    if (c->gone || kind == VWR_FAULT_CCW_ABSENT)
        c->dev.fault.got = c->subchannel;
    kind = c->gone ? VWR_FAULT_CCW_GONE : kind;
    c->dev.fault.kind = kind;
    if (kind == VWR_FAULT_NONE)
        c->dev.state = VWR_DEV_PROBED;
    vwr_dev_set_transport(&c->dev, legacy ? &vwr_ccw_legacy : &vwr_ccw_modern);
    return VWR_FAULT_RESULT(kind);
}

int vwr_ccw_probe(struct vwr_ccw *c, struct vwr_ccw_host *host, uint32_t subchannel,
                  struct vwr_ccw_shared *shared)
{
    int enabled;
    int r;

    vwr_zero(c, sizeof(*c)); /* state is VWR_DEV_NONE from here on */
    c->host = host;
    c->shared = shared;
    c->subchannel = subchannel;
    c->doorbell.call.ring = ccw_ring;
    c->doorbell.device = c;
    c->dev.config.base = c;
    c->dev.config.access = &vwr_ccw_config_access_;
    enabled = host->ops->enable(host, subchannel);
    c->gone = enabled != VWR_OK && enabled != VWR_ENODEV && enabled != VWR_ERANGE;
    r = ccw_conclude(c, enabled == VWR_OK ? ccw_identify(c) : VWR_FAULT_CCW_ABSENT);
    return enabled == VWR_ERANGE ? enabled : r;
}

int vwr_ccw_scan_next(struct vwr_ccw_scan *s, struct vwr_ccw *c, struct vwr_ccw_shared *shared)
{
    while (s->next <= s->last) {
        const int r = vwr_ccw_probe(c, s->host, s->next, shared);

        if (r == VWR_ERANGE)
            break;
        s->next++;
        if (r != VWR_ENODEV)
            return r == VWR_OK ? 1 : r;
    }
    s->next = s->last + 1u;
    return 0;
}

#endif
