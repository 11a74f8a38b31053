/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_CURSOR_H
#define DEVICES_CURSOR_H

#include "vwr/gpu.h"

/* The GPU's cursor, an arrow drawn over the picture by the device. */

int cursor_show(struct vwr_gpu *g, uint32_t x, uint32_t y);

/* Moves the cursor, immediately or after the previous move has completed. Results as for cursor_serve. */
int cursor_move(struct vwr_gpu *g, uint32_t x, uint32_t y);

/* 1: a move is pending; 0: none; negative as vwr_gpu_move_cursor. */
int cursor_serve(struct vwr_gpu *g);

#endif
