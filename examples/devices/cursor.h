/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_CURSOR_H
#define DEVICES_CURSOR_H

#include "vwr/gpu.h"

/* The cursor of a gpu, an arrow, which the device puts over the picture. */

int cursor_show(struct vwr_gpu *g, uint32_t x, uint32_t y);

/* Moves it, now or when the device has done the move before: as cursor_serve. */
int cursor_move(struct vwr_gpu *g, uint32_t x, uint32_t y);

/* 1: a move waits; 0: none does; negative as vwr_gpu_move_cursor. */
int cursor_serve(struct vwr_gpu *g);

#endif
