/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>

/* clock FILE...: the time of each PTP clock, in nanoseconds. A descriptor is a clock as its complement,
 * shifted. */
int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        const int fd = open(argv[i], O_RDONLY);
        struct timespec t;

        if (fd < 0 || clock_gettime((clockid_t)(~(unsigned)fd << 3 | 3u), &t) != 0)
            return 1;
        printf("%lld\n", (long long)t.tv_sec * 1000000000 + t.tv_nsec);
    }
    return 0;
}
