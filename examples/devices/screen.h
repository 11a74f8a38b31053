/* SPDX-License-Identifier: MIT */
#ifndef DEVICES_SCREEN_H
#define DEVICES_SCREEN_H

#include "vwr/result.h"

/* The picture on the screen, changed by others. Without a gpu nothing happens; results as vwr_gpu_flush. */
int screen_type(char c);
int screen_mark(unsigned x, unsigned y);
int screen_point(unsigned x, unsigned y); /* moves the cursor */

#endif
