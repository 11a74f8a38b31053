/* SPDX-License-Identifier: MIT */
#include "vwr/vgpio.h"
#include "vwr/bytes.h"
#include "vwr/vstate.h"

/* Saved state of GPIO lines. Unmasked interrupts are saved as messages. Section: Device parts. */

static struct vwr_vgpio *vgpio_of_dev(struct vwr_vdev *v)
{
    return (struct vwr_vgpio *)(void *)v;
}

/* All other messages are answered immediately. */
static struct vwr_vchain *vgpio_add(struct vwr_vdev *v, uint16_t queue)
{
    return queue == VWR_GPIO_QUEUE_EVENTQ ? vwr_service_add(v, queue) : NULL;
}

static const struct vwr_record vgpio_line = VWR_STATE_LINE_RECORD(vwr_vgpio_line);

static void vgpio_save(const struct vwr_vdev *v, struct vwr_vstate *s)
{
    const struct vwr_vgpio *const g = (const struct vwr_vgpio *)(const void *)v;

    for (unsigned i = 0; i < g->line_count; i++)
        vwr_vstate_put_record(s, &vgpio_line, &g->lines[i]);
}

/* Whether messages from the driver and levels from the VMM can bring a line into this state. */
static bool vgpio_is_possible(const struct vwr_vgpio *g, const struct vwr_vgpio_line *l)
{
    const bool edges = l->irq_type <= VWR_GPIO_IRQ_TYPE_EDGE_BOTH && l->irq_type != VWR_GPIO_IRQ_TYPE_NONE;

    if (l->direction > VWR_GPIO_DIRECTION_IN || l->output > 1 || l->input > 1 || (l->pending && !edges))
        return false;
    if (l->irq_type == VWR_GPIO_IRQ_TYPE_NONE)
        return true;
    return (edges || l->irq_type == VWR_GPIO_IRQ_TYPE_LEVEL_HIGH ||
            l->irq_type == VWR_GPIO_IRQ_TYPE_LEVEL_LOW) &&
           l->direction != VWR_GPIO_DIRECTION_OUT && vwr_vdev_has(&g->service.service.dev, VWR_GPIO_F_IRQ);
}

/* All lines are checked before any is changed, because a reset would not restore the levels of inputs. */
static bool vgpio_load(struct vwr_vdev *v, const uint8_t *from, uint32_t bytes)
{
    struct vwr_vgpio *const g = vgpio_of_dev(v);
    bool good = bytes == g->line_count * vgpio_line.bytes;

    for (unsigned i = 0; good && i < g->line_count; i++) {
        struct vwr_vgpio_line l;

        vwr_copy(&l, &g->lines[i], sizeof(l));
        good =
            vwr_vstate_get_record(&vgpio_line, &l, from + i * vgpio_line.bytes) && vgpio_is_possible(g, &l);
    }
    for (unsigned i = 0; good && i < g->line_count; i++)
        good = vwr_vstate_get_record(&vgpio_line, &g->lines[i], from + i * vgpio_line.bytes);
    return good;
}

static void vgpio_loaded(struct vwr_vdev *v)
{
    struct vwr_vgpio *const g = vgpio_of_dev(v);

    for (unsigned i = 0; g->ops->changed != NULL && i < g->line_count; i++)
        if ((g->lines[i].direction | g->lines[i].output | g->lines[i].irq_type) != 0)
            (void)g->ops->changed(g, i, &g->lines[i]);
}

const struct vwr_vstate_class vwr_vgpio_state = {
    .id = VWR_GPIO_ID,
    .give_back = vwr_service_give_back,
    .next = vwr_service_next,
    .add = vgpio_add,
    .save = vgpio_save,
    .load = vgpio_load,
    .loaded = vgpio_loaded,
};
