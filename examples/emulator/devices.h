/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_H
#define DEVICES_H

#include "vwr_example.h"

/* Provided by more.c, for the emulator's loop and its window. */
#define WINDOW_WIDTH 640u
#define WINDOW_HEIGHT 480u
extern uint32_t window_pixels[WINDOW_HEIGHT][WINDOW_WIDTH];
void window_key(uint16_t key, bool is_down);
void poll_sound(void);

#endif
