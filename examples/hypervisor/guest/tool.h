/* SPDX-License-Identifier: MIT */
#ifndef GUEST_TOOL_H
#define GUEST_TOOL_H

#include <stdint.h>

/* What guests do that busybox has no word for. Each: its own words of the command line; the exit code. */
int draw_main(int argc, char **argv);
int events_main(int argc, char **argv);
int files_main(int argc, char **argv);
int leds_main(int argc, char **argv);
int read_main(int argc, char **argv);
int tcp_main(int argc, char **argv);

/* One line that says what fails and why, and the end. */
_Noreturn void fail(const char *what);

/* Microseconds of the kernel's clock. */
uint64_t now_us(void);

#endif
