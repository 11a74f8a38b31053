/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_H
#define DEVICES_H

#include "vwr.h"

/* Provided by vwr_example.c of the copy. */
int vwr_example_start(void *memory, uint64_t addr, uint64_t bytes);
bool vwr_example_trap(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);
void vwr_example_reset(void);
void vwr_example_disk(void *image, uint64_t bytes);
uint32_t vwr_example_type(const void *bytes, uint32_t n);
int vwr_example_deliver(uint8_t *frame, uint32_t bytes);
bool vwr_example_key(uint16_t key, bool down);
void vwr_example_sound(void);

/* Provided by emulator.c, for vwr_example.c. */
void vwr_example_irq(uint32_t line, bool level);
void vwr_example_put(uint8_t byte);
void vwr_example_frame(const uint8_t *frame, uint32_t bytes);
uint32_t vwr_example_random(uint8_t *bytes, uint32_t n);
void vwr_example_broken(uint32_t line, const char *reason);

/* Provided by more.c, for vwr_example.c. */
void vwr_example_redraw(const struct vwr_vgpu_flush *part);
void vwr_example_frames(const uint8_t *frames, uint32_t bytes);

/* Provided by more.c, for the emulator's loop and its window. */
#define WINDOW_WIDTH 640u
#define WINDOW_HEIGHT 480u
extern uint32_t window_pixels[WINDOW_HEIGHT][WINDOW_WIDTH];
void window_key(uint16_t key, bool is_down);
void poll_sound(void);

#endif
