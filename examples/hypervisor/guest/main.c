/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tool.h"

/*
 * A single program contains all functions, because each separate program would contain the whole C library.
 */
static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} programs[] = {{"crypt", crypt_main}, {"draw", draw_main}, {"events", events_main}, {"files", files_main},
                {"gpio", gpio_main},   {"i2c", i2c_main},   {"leds", leds_main},     {"pci", pci_main},
                {"pcm", pcm_main},     {"read", read_main}, {"tcp", tcp_main},       {"vsock", vsock_main}};

_Noreturn void fail(const char *what)
{
    printf("guest: FAILED: %s: %s\n", what, strerror(errno));
    exit(1);
}

uint64_t now_us(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000u + (uint64_t)t.tv_nsec / 1000u;
}

int main(int argc, char **argv)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    for (unsigned i = 0; argc > 1 && i < sizeof(programs) / sizeof(programs[0]); i++)
        if (strcmp(argv[1], programs[i].name) == 0)
            return programs[i].run(argc - 2, argv + 2);
    printf("guest: FAILED: tool crypt|draw|events|files|gpio|i2c|leds|pci|pcm|read|tcp|vsock ...\n");
    return 2;
}
