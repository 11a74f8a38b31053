/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int usage(void)
{
    (void)fprintf(stderr, "usage: explore litmus\n"
                          "       explore rings [NAME [DEPTH]]   rings whose name has NAME in it, with so much more of the bound\n"
                          "       explore barriers [TEXT]        each barrier put out of use, whose line has TEXT in it\n"
                          "       explore list\n");
    return 2;
}

int main(int argc, char **argv)
{
    const char *const verb = argc > 1 ? argv[1] : "";
    const char *const name = argc > 2 ? argv[2] : "";
    const unsigned depth = argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10) : 0;

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    if (strcmp(verb, "litmus") == 0)
        return litmus_run() ? 0 : 1;
    if (strcmp(verb, "rings") == 0)
        return rings_run(name, depth) ? 0 : 1;
    if (strcmp(verb, "barriers") == 0)
        return barriers_run(name) ? 0 : 1;
    if (strcmp(verb, "list") != 0)
        return usage();
    rings_list();
    return 0;
}
