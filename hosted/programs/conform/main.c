/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * vwr-conform CLASS SOCKET: runs the cases on the vhost-user back end that listens on SOCKET, each on a
 * separate connection. vwr-conform CLASS --qemu PROGRAM [OPTION...]: on the virtio-mmio device of a QEMU
 * that it starts. vwr-conform CLASS --model PROGRAM [OPTION...]: on that of a device model in a program that
 * it starts. vwr-conform CLASS --ours: on a device of this library, on virtio-mmio. It prints a line of
 * JSON for each case; codegen/vwr/conform writes the report.
 */

#define SECONDS 900u /* of a run; enough even if each answer arrives at the last moment */
#define MOST_SECONDS 86400u

static struct session session;

static const struct device_class *class_of(const char *name)
{
    for (size_t i = 0; i < device_class_count; i++)
        if (strcmp(device_classes[i]->name, name) == 0)
            return device_classes[i];
    return NULL;
}

/* The value of --seconds; 0: it is not a number, or too large. */
static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value;

    errno = 0;
    value = strtoul(text, &end, 10);
    return errno == 0 && end != text && *end == '\0' && *text != '-' && value <= MOST_SECONDS
               ? (unsigned)value
               : 0;
}

static int usage(void)
{
    fprintf(stderr, "usage: vwr-conform blk|rng|net|console|input|gpu [--seconds N] "
                    "SOCKET|--ours|--qemu PROGRAM [OPTION...]|--model PROGRAM [OPTION...]\n");
    return COULD_NOT_RUN;
}

/* The exit code, if all lines were printed: a reader takes what is missing for kept. */
static int printed(int code)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return code;
    fprintf(stderr, "vwr-conform: standard output cannot be written: %s\n", strerror(errno));
    return COULD_NOT_RUN;
}

int main(int count, char **words)
{
    const bool is_limited = count > 3 && strcmp(words[2], "--seconds") == 0;
    char **const where = words + (is_limited ? 4 : 2); /* the device */
    const int left = count - (int)(where - words);
    const bool is_qemu = left > 1 && strcmp(where[0], "--qemu") == 0;
    const bool is_model = left > 1 && strcmp(where[0], "--model") == 0;
    const bool is_ours = left == 1 && strcmp(where[0], "--ours") == 0;
    const struct device_class *const class = left == 1 || is_qemu || is_model ? class_of(words[1]) : NULL;
    const unsigned seconds = is_limited ? seconds_of(words[3]) : SECONDS;

    if (class == NULL)
        return usage();
    if (seconds == 0) {
        fprintf(stderr, "vwr-conform: --seconds %s: it is a number from 1 to %u\n", words[3], MOST_SECONDS);
        return COULD_NOT_RUN;
    }
    session = (struct session){.way = is_qemu    ? &qemu_way
                                      : is_model ? &model_way
                                      : is_ours  ? &ours_way
                                                 : &vhost_way,
                               .class = class};
    vhost_socket(where[0]);
    if (is_qemu)
        qemu_command(where + 1, left - 1);
    if (is_model)
        model_command(where + 1, left - 1);
    return printed(run(&session, where[is_qemu || is_model ? 1 : 0], seconds));
}
