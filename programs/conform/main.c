/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include <stdio.h>
#include <string.h>

/*
 * vwr-conform CLASS SOCKET: runs the cases on the vhost-user back end that listens on SOCKET, each on a
 * connection of its own. A line of JSON for each case; codegen/vwr/conform makes the report.
 */

#define COULD_NOT_RUN 2

static const struct device_class *const classes[] = {&disk_class, &entropy_class};
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

static void run_cases(const struct conform_case *cases, size_t count)
{
    static const char *const words[] = {[KEPT] = "kept", [BROKEN] = "broken", [UNTESTED] = "not tested"};

    for (size_t i = 0; i < count; i++) {
        enum verdict r;

        session.seen[0] = '\0';
        r = cases[i].run(&session);
        printf("{");
        print_string("case", cases[i].name, ", ");
        print_string("basis", cases[i].clauses, ", ");
        print_string("expects", cases[i].expects, ", ");
        print_string("result", words[r], ", ");
        print_string("seen", r == KEPT ? "" : session.seen, "}\n");
    }
}

int main(int count, char **words)
{
    const size_t class_count = sizeof(classes) / sizeof(classes[0]);
    size_t i = 0;

    while (count == 3 && i < class_count && strcmp(classes[i]->name, words[1]) != 0)
        i++;
    if (count != 3 || i == class_count) {
        fprintf(stderr, "usage: vwr-conform blk|rng SOCKET\n");
        return COULD_NOT_RUN;
    }
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    session = (struct session){.path = words[2], .class = classes[i]};
    if (!session_connect(&session)) {
        fprintf(stderr, "vwr-conform: %s: %s\n", words[2], session.seen);
        return COULD_NOT_RUN;
    }
    session_end(&session);
    run_cases(ring_cases, ring_case_count);
    run_cases(classes[i]->cases, classes[i]->count);
    run_cases(broken_cases, broken_case_count);
    return 0;
}
