/* SPDX-License-Identifier: MIT */
#include "vwr/vgpio.h"
#include "vwr/bytes.h"
#include "vwr/gen/features.h"

/* GPIO lines for a guest: settings are passed to a hook of the VMM, and interrupts are derived from the
 * levels of inputs. Section: GPIO Device. */

static struct vwr_vgpio *vgpio_of(struct vwr_gpio_vservice *s)
{
    return (struct vwr_vgpio *)(void *)s;
}

/* ---- interrupts ---- */

static bool vgpio_has_level(const struct vwr_vgpio_line *l)
{
    return l->irq_type == (l->input != 0 ? VWR_GPIO_IRQ_TYPE_LEVEL_HIGH : VWR_GPIO_IRQ_TYPE_LEVEL_LOW);
}

/* Finds the event message of a line; NULL: the guest has not unmasked it. */
static struct vwr_vmessage *vgpio_event(const struct vwr_vgpio *v, const struct vwr_vgpio_line *l)
{
    return vwr_service_kept(&v->service.service, l);
}

/* Ends the event message of a line, if there is one. */
static void vgpio_end_event(struct vwr_vgpio *v, const struct vwr_vgpio_line *l, int result)
{
    struct vwr_vmessage *const x = vgpio_event(v, l);

    if (x == NULL)
        return;
    vwr_vmessage_end(x, result, NULL);
    (void)vwr_vdev_signal(vwr_vgpio_dev(v), &vwr_vgpio_dev(v)->queue[VWR_GPIO_QUEUE_EVENTQ]);
}

/* Called when the guest unmasks an interrupt. If it has already occurred, it is reported immediately. */
static int vgpio_interrupt(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpio_interrupt_msg *m)
{
    struct vwr_vgpio_line *const l = &vgpio_of(s)->lines[m->gpio];

    if (l->irq_type == VWR_GPIO_IRQ_TYPE_NONE || vgpio_event(vgpio_of(s), l) != NULL)
        return VWR_EINVAL;
    if (l->pending || vgpio_has_level(l)) {
        l->pending = false;
        return VWR_OK;
    }
    return vwr_vmessage_keep(x, l);
}

void vwr_vgpio_input(struct vwr_vgpio *v, unsigned line, bool high)
{
    struct vwr_vdev *const dev = vwr_vgpio_dev(v);
    struct vwr_vgpio_line *l;
    unsigned edge;

    if (line >= v->line_count)
        return;
    vwr_vdev_lock(dev);
    l = &v->lines[line];
    edge = l->input == high ? 0u : high ? VWR_GPIO_IRQ_TYPE_EDGE_RISING : VWR_GPIO_IRQ_TYPE_EDGE_FALLING;
    l->input = high;
    if ((l->irq_type & edge) != 0 && vgpio_event(v, l) == NULL)
        l->pending = true;
    else if ((l->irq_type & edge) != 0 || vgpio_has_level(l))
        vgpio_end_event(v, l, VWR_OK);
    vwr_vdev_unlock(dev);
}

/* ---- lines ---- */

static int vgpio_get_line_names(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                                const struct vwr_gpio_get_line_names_msg *m)
{
    const struct vwr_vgpio *const v = vgpio_of(s);

    (void)m;
    return v->names != NULL ? vwr_vmessage_load(x, v->names, v->names_bytes, 0) : VWR_EUNSUPP;
}

static int vgpio_get_direction(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_gpio_get_direction_msg *m,
                               struct vwr_gpio_get_direction_answer *a)
{
    (void)x;
    a->value = vgpio_of(s)->lines[m->gpio].direction;
    return VWR_OK;
}

static int vgpio_get_value(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpio_get_value_msg *m, struct vwr_gpio_get_value_answer *a)
{
    const struct vwr_vgpio_line *const l = &vgpio_of(s)->lines[m->gpio];

    (void)x;
    a->value = l->direction == VWR_GPIO_DIRECTION_OUT ? l->output : l->input;
    return VWR_OK;
}

/* Changes the line as wanted, if the VMM accepts this. */
static int vgpio_change(struct vwr_vgpio *v, unsigned line, const struct vwr_vgpio_line *wanted)
{
    struct vwr_vgpio_line *const l = &v->lines[line];

    if (wanted->irq_type != VWR_GPIO_IRQ_TYPE_NONE && wanted->direction == VWR_GPIO_DIRECTION_OUT)
        return VWR_EINVAL;
    if (v->ops->changed != NULL && v->ops->changed(v, line, wanted) != VWR_OK)
        return VWR_EIO;
    l->direction = wanted->direction;
    l->output = wanted->output;
    l->irq_type = wanted->irq_type;
    return VWR_OK;
}

static int vgpio_set_direction(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                               const struct vwr_gpio_set_direction_msg *m,
                               struct vwr_gpio_set_direction_answer *a)
{
    struct vwr_vgpio_line wanted;

    (void)x;
    (void)a;
    vwr_copy(&wanted, &vgpio_of(s)->lines[m->gpio], sizeof(wanted));
    wanted.direction = (uint8_t)m->value;
    return m->value <= VWR_GPIO_DIRECTION_IN ? vgpio_change(vgpio_of(s), m->gpio, &wanted) : VWR_EINVAL;
}

static int vgpio_set_value(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                           const struct vwr_gpio_set_value_msg *m, struct vwr_gpio_set_value_answer *a)
{
    struct vwr_vgpio_line wanted;

    (void)x;
    (void)a;
    vwr_copy(&wanted, &vgpio_of(s)->lines[m->gpio], sizeof(wanted));
    wanted.output = (uint8_t)m->value;
    return m->value <= 1 ? vgpio_change(vgpio_of(s), m->gpio, &wanted) : VWR_EINVAL;
}

/* Discards an interrupt of the previous type. */
static int vgpio_set_irq_type(struct vwr_gpio_vservice *s, struct vwr_vmessage *x,
                              const struct vwr_gpio_set_irq_type_msg *m,
                              struct vwr_gpio_set_irq_type_answer *a)
{
    struct vwr_vgpio *const v = vgpio_of(s);
    struct vwr_vgpio_line *const l = &v->lines[m->gpio];
    struct vwr_vgpio_line wanted;
    int r = VWR_EINVAL;

    (void)x;
    (void)a;
    vwr_copy(&wanted, l, sizeof(wanted));
    wanted.irq_type = (uint8_t)m->value;
    if (m->value <= VWR_GPIO_IRQ_TYPE_LEVEL_HIGH || m->value == VWR_GPIO_IRQ_TYPE_LEVEL_LOW)
        r = vgpio_change(v, m->gpio, &wanted);
    if (r != VWR_OK)
        return r;
    l->pending = false;
    if (l->irq_type == VWR_GPIO_IRQ_TYPE_NONE)
        vgpio_end_event(v, l, VWR_EIO);
    else if (vgpio_has_level(l))
        vgpio_end_event(v, l, VWR_OK);
    return r;
}

/* ---- init and reset ---- */

static void vgpio_reset(struct vwr_gpio_vservice *s)
{
    struct vwr_vgpio *const v = vgpio_of(s);

    for (unsigned i = 0; i < v->line_count; i++) {
        const uint8_t input = v->lines[i].input;

        vwr_zero(&v->lines[i], sizeof(v->lines[i]));
        v->lines[i].input = input;
    }
    if (v->ops->reset != NULL)
        v->ops->reset(v);
}

/* The driver unmasks the interrupts again after the resume. */
static void vgpio_suspend(struct vwr_gpio_vservice *s)
{
    struct vwr_vgpio *const v = vgpio_of(s);

    for (unsigned i = 0; i < v->line_count; i++)
        vgpio_end_event(v, &v->lines[i], VWR_EIO);
}

static const struct vwr_gpio_vservice_calls vgpio_calls = {
    .get_line_names = vgpio_get_line_names,
    .get_direction = vgpio_get_direction,
    .set_direction = vgpio_set_direction,
    .get_value = vgpio_get_value,
    .set_value = vgpio_set_value,
    .set_irq_type = vgpio_set_irq_type,
    .interrupt = vgpio_interrupt,
    .reset = vgpio_reset,
    .suspend = vgpio_suspend,
};

int vwr_vgpio_init_with(struct vwr_vgpio *v, const struct vwr_vdev_setup *s,
                        const struct vwr_vgpio_options *options)
{
    struct vwr_gpio_config_info info;
    struct vwr_features features;
    int r;

    vwr_zero(v, sizeof(*v));
    if (options->ops == NULL || options->line_count > (uint16_t)-1)
        return VWR_EINVAL;
    if (!VWR_ARRAY_FITS(&vwr_vgpio_dev(v)->shortage, options, lines, line_count, 1u) ||
        (options->names != NULL &&
         !VWR_ARRAY_FITS(&vwr_vgpio_dev(v)->shortage, options, names, names_bytes, options->line_count)) ||
        !VWR_ARRAY_FITS(&vwr_vgpio_dev(v)->shortage, &options->memory, message, message_count,
                        VWR_VGPIO_MESSAGES(options->line_count)))
        return VWR_ENOMEM;
    v->context = options->context;
    v->lines = options->lines;
    v->line_count = options->line_count;
    v->ops = options->ops;
    v->names = options->names;
    v->names_bytes = options->names_bytes;
    vwr_zero(v->lines, v->line_count * sizeof(*v->lines));
    vwr_features_clear(&features);
    vwr_features_add(&features, VWR_GPIO_F_IRQ);
    r = vwr_gpio_vservice_init(&v->service, s, &features, &vgpio_calls, &options->memory, NULL);
    vwr_features_remove(&vwr_vgpio_dev(v)->offered, VWR_F_IN_ORDER); /* an interrupt would wait for others */
    vwr_zero(&info, sizeof(info));
    info.ngpio = (uint16_t)v->line_count;
    info.gpio_names_size = v->names != NULL ? v->names_bytes : 0;
    vwr_gpio_config_write(&v->service.config, vwr_vgpio_dev(v)->legacy, &info);
    return r;
}
