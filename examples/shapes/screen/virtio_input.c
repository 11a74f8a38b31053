/* SPDX-License-Identifier: MIT */
#include "virtio_input.h"

#define SLEEP_US 1000000u
#define PASSES 4u /* of a handler; a device with more events interrupts again */

static struct virtio_input *input_of(struct input_device *self)
{
    return (struct virtio_input *)(void *)self;
}

/* Called with interrupts off: moves events to the FIFO and arms the interrupt for the next one. */
static void take_events(struct virtio_input *v)
{
    bool armed = false;

    for (unsigned i = 0; i < PASSES && !armed; i++) {
        v->result = vwr_input_poll(&v->input);
        armed = v->result != VWR_OK || vwr_input_arm(&v->input);
    }
    if (!vwr_input_is_empty(&v->input))
        condvar_signal(&v->came);
}

static void handle_irq(struct input_device *self)
{
    (void)vwr_dev_irq(&input_of(self)->mmio.dev);
    take_events(input_of(self));
}

static bool is_empty(struct input_device *self)
{
    return vwr_input_is_empty(&input_of(self)->input);
}

/* With interrupts off nothing can be signaled between the check and the sleep. One task at a time. */
static uint64_t read_event(struct input_device *self)
{
    struct virtio_input *const v = input_of(self);
    const unsigned long before = interrupts_save();
    uint64_t event;

    while (!vwr_input_read_packed(&v->input, &event)) {
        if (v->result != VWR_OK)
            panic(vwr_strerror(v->result));
        condvar_wait(&v->came, SLEEP_US);
    }
    interrupts_restore(before);
    return event;
}

int virtio_input_open(struct virtio_input *v, volatile void *registers)
{
    const struct vwr_input_options options = {
        .shared = &v->shared, .event = v->fifo, .event_count = VIRTIO_INPUT_EVENTS};
    int r = vwr_mmio_probe(&v->mmio, registers, VWR_MMIO_SIZE);

    if (r == VWR_OK)
        r = vwr_input_open(&v->input, &v->mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    v->device.read_event = read_event;
    v->device.handle_irq = handle_irq;
    v->device.is_empty = is_empty;
    v->came.waiting = NULL;
    take_events(v); /* arms the first interrupt */
    return v->result;
}
