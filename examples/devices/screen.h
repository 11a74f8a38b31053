/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_SCREEN_H
#define DEVICES_SCREEN_H

#include "vwr/result.h"

/* Updates of the picture on the screen. Without a GPU they do nothing; results as vwr_gpu_flush. */
int screen_type(char c);
int screen_mark(unsigned x, unsigned y);
int screen_point(unsigned x, unsigned y); /* moves the cursor */

#endif
