/* SPDX-License-Identifier: MIT */
#ifndef SCREEN_DEVICES_H
#define SCREEN_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the rest of such a kernel knows of a keyboard or a pointer: an event is a word. */
struct input_device {
    uint64_t (*read_event)(struct input_device *self); /* waits until there is one */
    void (*handle_irq)(struct input_device *self);
    bool (*is_empty)(struct input_device *self);
};

/* And of a screen. */
struct framebuffer {
    uint8_t *bytes;
    size_t length;
    uint32_t width, height; /* pixels of 4 bytes: blue, green, red, unused */
};

struct gpu_device {
    void (*get_framebuffer)(struct gpu_device *self, struct framebuffer *f);
    void (*flush)(struct gpu_device *self); /* when it returns all that was drawn is on the screen */
    void (*handle_irq)(struct gpu_device *self);
};

#endif
