/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* Which rings are explored, how far, and each of their barriers put out of use in turn. */

static const struct config configs[] = {
    {.name = "split", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .signal_each = true},
    {.name = "split sleeps", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .sleeps = true,
     .signal_each = true},
    {.name = "split event_idx sleeps", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1,
     .sleeps = true, .event_idx = true, .signal_each = true},
    {.name = "split event_idx bound reap sleeps", .size = 4, .posts = 3, .slots = 2, .shape = BOTH, .batch = 2,
     .sleeps = true, .event_idx = true, .bound = true, .reap = true, .coalesce = true, .swap = true},
    {.name = "split indirect", .size = 2, .posts = 3, .slots = 2, .shape = BOTH, .batch = 1, .indirect = true, .reap = true},
    {.name = "split in_order sleeps", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .sleeps = true,
     .in_order = true, .reap = true, .swap = true},
    {.name = "split in_order event_idx indirect bound", .size = 2, .posts = 3, .slots = 2, .shape = BOTH, .batch = 1,
     .in_order = true, .event_idx = true, .indirect = true, .bound = true},
    {.name = "packed", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .packed = true, .signal_each = true},
    {.name = "packed sleeps", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .packed = true,
     .sleeps = true, .signal_each = true},
    {.name = "packed event_idx sleeps", .size = 3, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .packed = true,
     .sleeps = true, .event_idx = true, .signal_each = true},
    {.name = "packed event_idx bound reap sleeps", .size = 4, .posts = 3, .slots = 2, .shape = BOTH, .batch = 2,
     .packed = true, .sleeps = true, .event_idx = true, .bound = true, .reap = true, .coalesce = true, .swap = true},
    {.name = "packed indirect bound", .size = 2, .posts = 3, .slots = 2, .shape = BOTH, .batch = 1, .packed = true,
     .indirect = true, .bound = true, .reap = true},
    {.name = "packed in_order sleeps", .size = 2, .posts = 3, .slots = 2, .shape = ALTERNATELY, .batch = 1, .packed = true,
     .sleeps = true, .in_order = true, .reap = true, .swap = true},
    {.name = "packed in_order event_idx indirect bound", .size = 2, .posts = 3, .slots = 2, .shape = BOTH, .batch = 1,
     .packed = true, .in_order = true, .event_idx = true, .indirect = true, .bound = true},
};

#define CONFIGS (sizeof(configs) / sizeof(configs[0]))

static double seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void rings_list(void)
{
    for (unsigned i = 0; i < CONFIGS; i++)
        (void)printf("%s\n", configs[i].name);
}

bool rings_run(const char *name, unsigned more)
{
    const struct bound bound = {1 + more, 1 + more};
    const double begin = seconds();
    uint64_t sum = 0;
    bool good = true;
    unsigned n = 0;

    for (unsigned i = 0; i < CONFIGS; i++) {
        struct outcome o;
        const double from = seconds();

        if (strstr(configs[i].name, name) == NULL)
            continue;
        search(rings_program(&configs[i]), bound, 0, &o);
        (void)printf("%-42s %u entries, %u buffers, %u at once: %llu executions, %s%u switches, %u stale loads, %.1f s\n",
                     configs[i].name, configs[i].size, configs[i].posts, configs[i].slots,
                     (unsigned long long)o.executions, o.complete ? "all with at most " : "NOT ALL with ",
                     bound.switches, bound.stale, seconds() - from);
        if (o.failed) {
            (void)printf("  %s\n", o.what);
            search_print(rings_program(&configs[i]), bound);
        }
        good = good && o.complete && !o.failed;
        sum += o.executions;
        n++;
    }
    (void)printf("%u rings: %llu executions, %.1f s\n", n, (unsigned long long)sum, seconds() - begin);
    return good && n != 0;
}

/* From small to large: the first counterexample is a short one. */
static const struct bound steps[] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

static bool find(const struct explore_site *site, uint64_t *sum)
{
    for (unsigned k = 0; k < sizeof(steps) / sizeof(steps[0]); k++)
        for (unsigned i = 0; i < CONFIGS; i++) {
            const struct program *const p = rings_program(&configs[i]);
            struct outcome o;

            search(p, steps[k], 0, &o);
            *sum += o.executions;
            if (!o.failed)
                continue;
            (void)printf("%s (%s:%d): %s, execution %llu, %u switches, %u stale loads: %s\n", site->function,
                         sites_file(site), site->line, configs[i].name, (unsigned long long)o.executions,
                         steps[k].switches, steps[k].stale, o.what);
            search_print(p, steps[k]);
            return true;
        }
    return false;
}

bool barriers_run(const char *filter)
{
    static const char *const kinds[] = {"", "publish", "acquire", "mb"};
    const double begin = seconds();
    uint64_t sum = 0;
    bool good = true;
    unsigned n = 0;

    for (unsigned i = 0; i < sites_count(); i++)
        for (enum explore_use use = EXPLORE_WEAK; use <= EXPLORE_GONE; use++) {
            const struct explore_site *const site = sites_get(i);
            bool found;

            if ((site->kind == EXPLORE_ACQUIRE && use == EXPLORE_WEAK) || strstr(site->function, filter) == NULL)
                continue;
            (void)printf("\nbarrier: %s of %s\n", use == EXPLORE_GONE ? "without" : "weaker", kinds[site->kind]);
            sites_use(i, use);
            found = find(site, &sum);
            sites_use(i, EXPLORE_WHOLE);
            if (!found)
                (void)printf("NOT FOUND: %s (%s:%d)\n", site->function, sites_file(site), site->line);
            good = good && found;
            n++;
        }
    (void)printf("%u barriers: %llu executions, %.1f s\n", n, (unsigned long long)sum, seconds() - begin);
    return good && n != 0;
}
