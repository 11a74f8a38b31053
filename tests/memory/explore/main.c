/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void)
{
    (void)fprintf(
        stderr,
        "usage: explore litmus                  tests of the explorer itself\n"
        "       explore rings [NAME [SWITCHES [STALE [BUFFERS]]]]\n"
        "                                      rings whose name has NAME in it; \"all\": without that bound\n"
        "       explore barriers [FUNCTION]    each barrier put out of use\n"
        "       explore list                    names of rings\n");
    return 2;
}

static unsigned number(int argc, char **argv, int i, unsigned otherwise)
{
    if (argc <= i)
        return otherwise;
    return strcmp(argv[i], "all") == 0 ? WITHOUT_BOUND : (unsigned)strtoul(argv[i], NULL, 10);
}

int main(int argc, char **argv)
{
    const char *const verb = argc > 1 ? argv[1] : "";
    const char *const name = argc > 2 ? argv[2] : "";
    const struct bound bound = {number(argc, argv, 3, 3), number(argc, argv, 4, WITHOUT_BOUND)};

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(verb, "litmus") == 0)
        return litmus_run() && mistakes_run() ? 0 : 1;
    if (strcmp(verb, "rings") == 0)
        return rings_run(name, bound, number(argc, argv, 5, 0)) ? 0 : 1;
    if (strcmp(verb, "barriers") == 0)
        return barriers_run(name) ? 0 : 1;
    if (strcmp(verb, "list") != 0)
        return usage();
    rings_list();
    return 0;
}
