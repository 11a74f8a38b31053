/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "gpio.h"
#include "vwr/vgpio.h"

/* A VMM with lines. */

#define SEGS 140u /* the longest queue, and boundaries between regions */

struct gpio_vmm {
    struct vwr_vgpio v;
    struct vwr_vgpio_line line[GPIO_LINES];
    struct vwr_vmessage message[VWR_VGPIO_MESSAGES(GPIO_LINES)];
    struct vwr_vseg seg[VWR_VGPIO_SEGS(GPIO_LINES, SEGS)];
};

static int line_changed(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    struct bench_vmm *const vmm = v->context;
    struct gpio_model *const m = vmm->model;

    vmm->calls++;
    vmm->saw = line;
    if (line >= GPIO_LINES || wanted->output > 1 || wanted->direction > VWR_GPIO_DIRECTION_IN) {
        vmm->wrong = "no line, level or direction";
        return VWR_EIO;
    }
    if (vmm->how(vmm) == BENCH_FAILS || line == GPIO_REFUSED)
        return VWR_EIO;
    m->line[line].direction = wanted->direction;
    m->line[line].output = wanted->output;
    m->line[line].type = wanted->irq_type;
    return VWR_OK;
}

/* The levels of the host remain, and nothing of the guest. */
static void line_reset(struct vwr_vgpio *v)
{
    struct bench_vmm *const vmm = v->context;
    struct gpio_model *const m = vmm->model;

    for (unsigned i = 0; i < GPIO_LINES; i++) {
        if (vwr_service_kept(&v->service.service, &v->lines[i]) != NULL ||
            v->lines[i].direction != VWR_GPIO_DIRECTION_NONE)
            vmm->wrong = "a reset leaves an interrupt or a direction";
        v->lines[i].input = m->line[i].input;
        m->line[i].direction = m->line[i].output = m->line[i].type = 0;
    }
}

static void line_event(struct bench_vmm *vmm, uint32_t event)
{
    struct gpio_vmm *const own = (struct gpio_vmm *)vmm->own;
    struct gpio_model *const m = vmm->model;
    const unsigned line = gpio_level(m, event);

    vwr_vgpio_input(&own->v, line, m->line[line].input != 0);
    for (unsigned i = 0; i < GPIO_LINES; i++)
        m->line[i].waits = vwr_service_kept(&own->v.service.service, &own->line[i]) != NULL;
}

static int line_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    static const struct vwr_vgpio_ops ops = {.changed = line_changed, .reset = line_reset};
    struct gpio_vmm *const own = (struct gpio_vmm *)vmm->own;
    const struct vwr_vgpio_options o = {
        .ops = &ops,
        .context = vmm,
        .lines = own->line,
        .line_count = GPIO_LINES,
        .names = "out-0\0out-1\0out-2\0out-3\0in-0\0in-1\0in-2\0in-3",
        .names_bytes = GPIO_NAMES,
        .memory = {own->message, VWR_COUNT(own->message), own->seg, VWR_COUNT(own->seg)}};

    vmm->dev = vwr_vgpio_dev(&own->v);
    return vwr_vgpio_init_with(&own->v, s, &o);
}

const struct bench_device bench_gpio_device = {
    .shapes = &bench_gpio_shapes,
    .own_bytes = sizeof(struct gpio_vmm),
    .model_bytes = sizeof(struct gpio_model),
    .out_of_order = true,
    .init = line_init,
    .event = line_event,
};
