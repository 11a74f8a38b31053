/* SPDX-License-Identifier: MIT */
#include "can.h"
#include "ends.h"
#include "vwr/vcan.h"

/* A VMM with a bus. */

static int node_send(struct vwr_vcan *v, const struct vwr_can_frame *f, uint64_t ticket)
{
    struct bench_vmm *const vmm = v->context;

    (void)ticket;
    vmm->calls++;
    vmm->saw = f->id;
    if (!v->started || vwr_can_check_frame(f, &vmm->dev->accepted) != VWR_OK)
        vmm->wrong = "a frame that cannot be sent";
    if (vmm->how(vmm) == BENCH_FAILS)
        return VWR_EIO;
    can_note(vmm->model, f->id, f->flags, f->length, f->data);
    return VWR_OK;
}

static int node_mode(struct vwr_vcan *v, bool started)
{
    struct bench_vmm *const vmm = v->context;

    vmm->calls++;
    return vmm->how(vmm) == BENCH_FAILS && started ? VWR_EIO : VWR_OK;
}

/* A frame for the guest, if it has a buffer. */
static unsigned lost; /* frames of shapes for which there was no buffer */

static void node_give(struct bench_vmm *vmm, uint32_t id, uint32_t flags, uint32_t length,
                      const uint8_t *data)
{
    struct vwr_vcan *const v = vmm->own;
    struct vwr_can_frame f = {.id = id, .flags = flags, .length = length};

    vwr_copy(f.data, data, length);
    if (vwr_vcan_receive(v, &f) == VWR_EFULL)
        lost++;
}

static void node_shape(struct bench_vmm *vmm, uint32_t event)
{
    static const uint8_t data[] = {0xde, 0xad, 0xbe, 0xef};
    static const uint8_t more[] = {0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88, 0xde, 0xad, 0xbe, 0xef};
    static const uint8_t zeroes[3];

    if (event == CAN_CLASSIC)
        node_give(vmm, 0x567, 0, sizeof(data), data);
    else if (event == CAN_FD)
        node_give(vmm, 0x1fffffff, CAN_IS_FD | CAN_IS_EXTENDED, sizeof(more), more);
    else
        node_give(vmm, 0x10000000, CAN_IS_RTR | CAN_IS_EXTENDED, sizeof(zeroes), zeroes);
}

static void node_event(struct bench_vmm *vmm, uint32_t event)
{
    struct vwr_vcan *const v = vmm->own;
    struct can_model *const m = vmm->model;
    struct vwr_can_frame f;

    if (can_is_off(event))
        vwr_vcan_bus_off(v);
    else if (event >= CAN_SHAPE)
        node_shape(vmm, event);
    for (unsigned i = 0; event < CAN_SHAPE && v->started && i < event % CAN_BURST; i++) {
        can_frame(m->given, &f.id, &f.flags, &f.length, f.data);
        m->given += vwr_vcan_receive(v, &f) == VWR_OK; /* the other models notice if there is no buffer */
    }
    m->started = v->started;
    m->off = v->bus_off;
}

static int node_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vcan_ops ops = {.send = node_send, .mode = node_mode};
    const struct vwr_vcan_options o = {.ops = &ops, .context = vmm, .late = true};

    vmm->dev = vwr_vcan_dev(vmm->own);
    return vwr_vcan_init_with(vmm->own, s, &o);
}

const struct bench_device bench_can_device = {
    .shapes = &bench_can_shapes,
    .own_bytes = sizeof(struct vwr_vcan),
    .model_bytes = sizeof(struct can_model),
    .init = node_init,
    .event = node_event,
};
