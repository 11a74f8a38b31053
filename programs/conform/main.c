/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/gen/features.h"

#include <stdio.h>
#include <string.h>

/*
 * vwr-conform CLASS SOCKET: runs the cases on the vhost-user back end that listens on SOCKET, each on a
 * connection of its own. vwr-conform CLASS --qemu PROGRAM [OPTION...]: on the virtio-mmio device of a QEMU
 * that it starts. vwr-conform CLASS --ours: on the library's own, on virtio-mmio. A line of JSON for each
 * case; codegen/vwr/conform makes the report.
 */

#define COULD_NOT_RUN 2

static const struct device_class *const classes[] = {&disk_class,    &entropy_class, &net_class,
                                                     &console_class, &input_class,   &gpu_class};
static struct session session;

static void print_string(const char *name, const char *text, const char *end)
{
    printf("\"%s\": \"", name);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text >= ' ')
            putchar(*text);
    }
    printf("\"%s", end);
}

static enum verdict run(const struct conform_case *c)
{
    enum verdict r;

    session.seen[0] = '\0';
    if (session.is_packed && !session_offers(&session, VWR_F_RING_PACKED))
        return untested(&session, "the device does not offer RING_PACKED");
    r = c->run(&session);
    return session.way->has_died != NULL && session.way->has_died(&session) ? BROKEN : r;
}

static void run_case(const struct conform_case *c, const char *clauses)
{
    static const char *const words[] = {[KEPT] = "kept", [BROKEN] = "broken", [UNTESTED] = "not tested"};
    char name[80];
    enum verdict r;

    if (clauses == NULL)
        return;
    r = run(c);
    (void)snprintf(name, sizeof(name), "%s%s", session.is_packed ? "packed_" : "", c->name);
    printf("{");
    print_string("case", name, ", ");
    print_string("basis", clauses, ", ");
    print_string("expects", c->expects, ", ");
    print_string("result", words[r], ", ");
    print_string("seen", r == KEPT ? "" : session.seen, "}\n");
}

static void run_cases(const struct conform_case *cases, size_t count)
{
    for (unsigned packed = 0; packed < 2; packed++) {
        session.is_packed = packed != 0;
        for (size_t i = 0; i < count; i++)
            run_case(&cases[i], packed != 0 ? cases[i].packed : cases[i].clauses);
    }
    session.is_packed = false;
}

static const struct device_class *class_of(const char *name)
{
    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
        if (strcmp(classes[i]->name, name) == 0)
            return classes[i];
    return NULL;
}

int main(int count, char **words)
{
    const bool is_qemu = count > 3 && strcmp(words[2], "--qemu") == 0;
    const bool is_ours = count == 3 && strcmp(words[2], "--ours") == 0;
    const struct device_class *const class = count == 3 || is_qemu ? class_of(words[1]) : NULL;

    if (class == NULL) {
        fprintf(
            stderr,
            "usage: vwr-conform blk|rng|net|console|input|gpu SOCKET|--ours|--qemu PROGRAM [OPTION...]\n");
        return COULD_NOT_RUN;
    }
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    session = (struct session){.way = is_qemu   ? &qemu_way
                                      : is_ours ? &ours_way
                                                : &vhost_way,
                               .path = words[2],
                               .class = class};
    if (is_qemu)
        qemu_command(words + 3, count - 3);
    if (!session_connect(&session)) {
        fprintf(stderr, "vwr-conform: %s: %s\n", words[is_qemu ? 3 : 2], session.seen);
        return COULD_NOT_RUN;
    }
    session_end(&session);
    run_cases(ring_cases, ring_case_count);
    run_cases(class->cases, class->count);
    if (session.way->read != NULL)
        run_cases(register_cases, register_case_count);
    run_cases(broken_cases, broken_case_count);
    return 0;
}
