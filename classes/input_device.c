/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "input.h"
#include "vwr/vinput.h"

/* A VMM whose user types; the keyboard has what evdev calls NUML, CAPSL and SCROLLL. */

struct keys_vmm {
    struct vwr_vinput v;
    struct vwr_input_event_msg fifo[INPUT_FIFO];
};

static void keys_status(struct vwr_vinput *v, uint16_t type, uint16_t code, uint32_t value)
{
    struct bench_vmm *const vmm = v->context;
    struct input_model *const m = vmm->model;

    vmm->calls++;
    vmm->saw = code;
    (void)vmm->how(vmm);
    if (type != 0x11 || code > 2)
        vmm->wrong = "no LED";
    else
        m->leds = (uint8_t)((m->leds & ~(1u << code)) | (value != 0) << code);
}

/* A group, as a whole or event by event. */
static void keys_group(struct vwr_vinput *v, struct input_model *m)
{
    struct vwr_input_event_msg e[INPUT_GROUP];
    const unsigned n = input_keys(m->groups);
    bool taken = true;

    for (unsigned i = 0; i < n; i++)
        e[i] = (struct vwr_input_event_msg){1, (uint16_t)(i + 1), m->groups};
    if (m->groups % 2 == 0) {
        taken = vwr_vinput_group(v, e, n);
    } else {
        for (unsigned i = 0; i < n; i++)
            (void)vwr_vinput_event(v, e[i].type, e[i].code, e[i].value);
        taken = vwr_vinput_event(v, 0, 0, 0);
    }
    m->groups += taken;
}

static void keys_event(struct bench_vmm *vmm, uint32_t event)
{
    static const struct vwr_input_event_msg shape[] = {
        {1, INPUT_KEY, 1}, {1, INPUT_KEY, 0}, {3, 0, 1000}, {3, 1, 2000}, {1, INPUT_KEY, 0}};
    struct vwr_vinput *const v = vmm->own;
    const vwr_count groups = v->stats.groups + v->stats.dropped;
    bool taken = true;

    for (unsigned i = 0; event < INPUT_SHAPE && i < event % INPUT_BURST; i++)
        keys_group(v, vmm->model);
    if (event < INPUT_SHAPE)
        return;
    if (event != INPUT_REST) {
        const struct vwr_input_event_msg *const e = &shape[event - INPUT_SHAPE];

        taken = vwr_vinput_event(v, e->type, e->code, e->value);
    }
    if (event != INPUT_HALF && vwr_vinput_event(v, 0, 0, 0) != taken && event != INPUT_REST)
        vmm->wrong = "a part of a group is dropped";
    if (v->stats.groups + v->stats.dropped - groups != (event != INPUT_HALF))
        vmm->wrong = "a group is not counted";
}

static int keys_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vinput_ops ops = {.status = keys_status};
    struct keys_vmm *const own = vmm->own;
    const struct vwr_vinput_options o = {.model = &vwr_vinput_keyboard,
                                         .ops = &ops,
                                         .context = vmm,
                                         .event = own->fifo,
                                         .event_count = INPUT_FIFO};

    vmm->dev = vwr_vinput_dev(&own->v);
    return vwr_vinput_init_with(&own->v, s, &o);
}

const struct bench_device bench_input_device = {
    .shapes = &bench_input_shapes,
    .own_bytes = sizeof(struct keys_vmm),
    .model_bytes = sizeof(struct input_model),
    .init = keys_init,
    .event = keys_event,
};
