/* SPDX-License-Identifier: MIT */
#include "lamp.h"

#include "check.h"
#include "disk.h"
#include "ram.h"

#include <stdio.h>

/* lamp_trace FILE: records an evening with lamps for ./vwr explain. */

#define EVENTS 4096u

struct vwr_trace *fake_trace;

int main(int argc, char **argv)
{
    static struct vwr_trace_event events[EVENTS];
    static struct vwr_trace trace = {events, EVENTS, 0};
    char line[100];
    FILE *file;

    CHECK(argc == 2);
    ram_open(true);
    fake_trace = &trace;
    lamp_one_evening(0);
    fake_trace = NULL;
    file = fopen(argv[1], "w");
    CHECK(file != NULL && trace.next < EVENTS);
    for (uint32_t n = 0; n < trace.next; n++) {
        CHECK(vwr_trace_line(&trace, n, line, sizeof(line)) < sizeof(line));
        fprintf(file, "%s\n", line);
    }
    CHECK(fclose(file) == 0);
    return 0;
}
