/* SPDX-License-Identifier: MIT */
#include "vscmi_common.h"
#include "vwr/bytes.h"
#include "vwr/vstate.h"

/*
 * Saved state of an SCMI device: delayed responses. A command in progress is executed again. Section: Device
 * parts.
 */

static struct vwr_vscmi *vscmi_of_dev(const struct vwr_vdev *v)
{
    return (struct vwr_vscmi *)(uintptr_t)v; /* first member */
}

static bool vscmi_give_back(struct vwr_vdev *v)
{
    vwr_vscmi_break_promises_(vscmi_of_dev(v));
    return vwr_service_give_back(v);
}

/* The driver's commands are the only messages that the device keeps. */
static struct vwr_vchain *vscmi_add(struct vwr_vdev *v, uint16_t queue)
{
    return queue == VWR_SCMI_QUEUE_CMDQ ? vwr_service_add(v, queue) : NULL;
}

static void vscmi_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vscmi *const c = vscmi_of_dev(v);
    struct vwr_state_scmi_delayed head;
    struct vwr_state_scmi all;
    uint32_t n = 0;

    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++)
        n += c->delayed[i].state != VWR_VSCMI_FREE;
    all.delayed = vwr_cpu_to_le32(n);
    vwr_vstate_put(s, &all, sizeof(all));
    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++) {
        const struct vwr_vscmi_delayed *const d = &c->delayed[i];

        if (d->state == VWR_VSCMI_FREE)
            continue;
        head.header = vwr_cpu_to_le32(d->header);
        head.bytes = vwr_cpu_to_le32(d->state == VWR_VSCMI_READY ? d->bytes : 0);
        vwr_vstate_put(s, &head, sizeof(head));
        if (d->state == VWR_VSCMI_READY)
            vwr_vstate_put(s, d->payload, d->bytes);
    }
}

/* A response that the VMM has not given yet has no bytes; another one has at least a status. */
static bool vscmi_is_possible(const struct vwr_vscmi *c, const struct vwr_vscmi_delayed *d)
{
    unsigned same = 0;

    for (unsigned i = 0; i < VWR_VSCMI_DELAYED; i++)
        same += c->delayed[i].state != VWR_VSCMI_FREE && c->delayed[i].header == d->header;
    return same == 1 && vwr_scmi_header_type(d->header) == VWR_SCMI_TYPE_DELAYED && d->header >> 28 == 0 &&
           d->bytes <= VWR_VSCMI_BYTES && (d->bytes == 0 || d->bytes >= VWR_VSCMI_STATUS_BYTES);
}

/* Reads one response. Returns its size in the state; 0: it is invalid. */
static uint32_t vscmi_load_one(struct vwr_vscmi *c, struct vwr_vscmi_delayed *d, const uint8_t *from,
                               uint32_t bytes)
{
    struct vwr_state_scmi_delayed head;

    if (bytes < sizeof(head))
        return 0;
    vwr_copy(&head, from, sizeof(head));
    d->header = vwr_le32_to_cpu(head.header);
    d->bytes = vwr_le32_to_cpu(head.bytes);
    d->state = d->bytes != 0 ? VWR_VSCMI_READY : VWR_VSCMI_OWED;
    if (!vscmi_is_possible(c, d) || d->bytes > bytes - sizeof(head))
        return 0;
    vwr_copy(d->payload, from + sizeof(head), d->bytes);
    return (uint32_t)sizeof(head) + d->bytes;
}

static bool vscmi_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vscmi *const c = vscmi_of_dev(v);
    struct vwr_state_scmi all;
    uint32_t count, n = sizeof(all);

    if (bytes < n)
        return false;
    vwr_copy(&all, from, n);
    count = vwr_le32_to_cpu(all.delayed);
    if (count > VWR_VSCMI_DELAYED || (count != 0 && !vwr_vdev_has(v, VWR_SCMI_F_P2A_CHANNELS)))
        return false;
    for (uint32_t i = 0; i < count; i++) {
        from += n;
        bytes -= n;
        n = vscmi_load_one(c, &c->delayed[i], from, bytes);
        if (n == 0)
            return false;
    }
    return bytes == n;
}

/* The VMM may have a notification that waits. */
static void vscmi_loaded(struct vwr_vdev *v)
{
    vscmi_of_dev(v)->starved = true;
}

const struct vwr_vstate_class vwr_vscmi_state = {
    .id = VWR_SCMI_ID,
    .give_back = vscmi_give_back,
    .next = vwr_service_next,
    .add = vscmi_add,
    .save = vscmi_save,
    .load = vscmi_load,
    .loaded = vscmi_loaded,
};
