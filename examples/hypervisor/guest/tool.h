/* SPDX-License-Identifier: MIT */
#ifndef GUEST_TOOL_H
#define GUEST_TOOL_H

#include <stdint.h>

/*
 * Functions for guests that busybox lacks. Each takes its own arguments of the command line and returns the
 * exit code.
 */
int crypt_main(int argc, char **argv);
int draw_main(int argc, char **argv);
int events_main(int argc, char **argv);
int files_main(int argc, char **argv);
int gpio_main(int argc, char **argv);
int i2c_main(int argc, char **argv);
int leds_main(int argc, char **argv);
int pci_main(int argc, char **argv);
int pcm_main(int argc, char **argv);
int read_main(int argc, char **argv);
int tcp_main(int argc, char **argv);
int vsock_main(int argc, char **argv);

/* Prints the operation that failed and the reason, and exits. */
_Noreturn void fail(const char *what);

/* Microseconds of the kernel's monotonic clock. */
uint64_t now_us(void);

#endif
