/* SPDX-License-Identifier: MIT */
#ifndef SCREEN_DEVICES_H
#define SCREEN_DEVICES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The kernel's view of a keyboard or pointer: an event is a word. */
struct input_device {
    uint64_t (*read_event)(struct input_device *self); /* waits for an event */
    void (*handle_irq)(struct input_device *self);
    bool (*is_empty)(struct input_device *self);
};

/* The kernel's view of a screen. */
struct framebuffer {
    uint8_t *bytes;
    size_t length;
    uint32_t width, height; /* 4 bytes per pixel: blue, green, red, unused */
};

struct gpu_device {
    void (*get_framebuffer)(struct gpu_device *self, struct framebuffer *f);
    void (*flush)(struct gpu_device *self); /* on return everything drawn is on the screen */
    void (*handle_irq)(struct gpu_device *self);
};

#endif
