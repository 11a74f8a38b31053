/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Programs that use more than the queues: the command line of explore_classes. */

static const struct verb {
    const char *name;
    bool (*run)(struct bound bound);
    unsigned switches;
} verbs[] = {{"generation", generation_run, 3},   {"blocks", blocks_run, 2},
             {"receive", receive_run, 2},         {"echo", echo_run, 1},
             {"echo_polled", echo_polled_run, 1}, {"inflight", inflight_run, 1}};

int main(int argc, char **argv)
{
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    for (unsigned i = 0; argc > 1 && i < sizeof(verbs) / sizeof(verbs[0]); i++) {
        const unsigned switches = argc > 2 ? (unsigned)strtoul(argv[2], NULL, 10) : verbs[i].switches;

        if (strcmp(argv[1], verbs[i].name) == 0)
            return verbs[i].run((struct bound){switches, WITHOUT_BOUND}) ? 0 : 1;
    }
    (void)fprintf(stderr, "usage: explore_classes PROGRAM [SWITCHES]\nprograms:");
    for (unsigned i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
        (void)fprintf(stderr, " %s", verbs[i].name);
    (void)fprintf(stderr, "\n");
    return 2;
}
