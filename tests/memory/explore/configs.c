/* SPDX-License-Identifier: MIT */
#include "rings.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* The rings to explore, the bounds, and the tests with each barrier disabled. */

#define SMALL .size = 2, .posts = 3, .slots = 2, .batch = 1

static const struct config configs[] = {
    {.name = "split", .refuses = true, SMALL, .shape = ALTERNATELY, .signal_each = true},
    {.name = "split sleeps", SMALL, .shape = ALTERNATELY, .sleeps = true, .signal_each = true},
    {.name = "split event_idx sleeps",
     .wraps = true,
     SMALL,
     .shape = ALTERNATELY,
     .sleeps = true,
     .event_idx = true,
     .signal_each = true},
    {.name = "split bound reap sleeps",
     .wraps = true,
     SMALL,
     .shape = ALTERNATELY,
     .sleeps = true,
     .bound = true,
     .reap = true},
    {.name = "split event_idx bound swap sleeps",
     .size = 4,
     .posts = 3,
     .slots = 2,
     .batch = 2,
     .shape = BOTH,
     .sleeps = true,
     .event_idx = true,
     .bound = true,
     .coalesce = true,
     .swap = true},
    {.name = "split event_idx batch sleeps",
     .wraps = true,
     .refuses = true,
     .size = 4,
     .posts = 4,
     .slots = 3,
     .batch = 2,
     .shape = ALTERNATELY,
     .sleeps = true,
     .event_idx = true,
     .reap = true,
     .coalesce = true},
    {.name = "split indirect", SMALL, .unpop = true, .shape = BOTH, .indirect = true, .reap = true},
    {.name = "split indirect event_idx bound sleeps",
     .wraps = true,
     SMALL,
     .shape = BOTH,
     .indirect = true,
     .bound = true,
     .event_idx = true,
     .sleeps = true},
    {.name = "split in_order swap sleeps",
     .wraps = true,
     SMALL,
     .shape = ALTERNATELY,
     .sleeps = true,
     .in_order = true,
     .reap = true,
     .swap = true},
    {.name = "split in_order event_idx batch sleeps",
     .wraps = true,
     .refuses = true,
     .size = 4,
     .posts = 4,
     .slots = 3,
     .batch = 2,
     .shape = ALTERNATELY,
     .sleeps = true,
     .in_order = true,
     .event_idx = true,
     .coalesce = true},
    {.name = "split in_order event_idx indirect bound",
     SMALL,
     .shape = BOTH,
     .in_order = true,
     .event_idx = true,
     .indirect = true,
     .bound = true},
    {.name = "split in_order indirect bound sleeps",
     .wraps = true,
     SMALL,
     .shape = BOTH,
     .in_order = true,
     .indirect = true,
     .bound = true,
     .reap = true,
     .sleeps = true},
    {.name = "packed", .refuses = true, SMALL, .packed = true, .shape = ALTERNATELY, .signal_each = true},
    {.name = "packed sleeps",
     SMALL,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .signal_each = true},
    {.name = "packed event_idx sleeps",
     .size = 3,
     .posts = 3,
     .slots = 2,
     .batch = 1,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .event_idx = true,
     .signal_each = true},
    {.name = "packed bound reap sleeps",
     SMALL,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .bound = true,
     .reap = true},
    {.name = "packed across the end",
     .refuses = true,
     .size = 3,
     .posts = 3,
     .slots = 2,
     .batch = 1,
     .packed = true,
     .shape = BOTH,
     .reap = true,
     .signal_each = true},
    {.name = "packed event_idx bound swap sleeps",
     .size = 4,
     .posts = 3,
     .slots = 2,
     .batch = 2,
     .packed = true,
     .shape = BOTH,
     .sleeps = true,
     .event_idx = true,
     .bound = true,
     .coalesce = true,
     .swap = true},
    {.name = "packed event_idx batch sleeps",
     .refuses = true,
     .size = 4,
     .posts = 4,
     .slots = 3,
     .batch = 2,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .event_idx = true,
     .reap = true,
     .coalesce = true},
    {.name = "packed indirect bound",
     SMALL,
     .packed = true,
     .shape = BOTH,
     .indirect = true,
     .bound = true,
     .reap = true},
    {.name = "packed indirect event_idx sleeps",
     SMALL,
     .packed = true,
     .shape = BOTH,
     .indirect = true,
     .event_idx = true,
     .sleeps = true},
    {.name = "packed in_order swap sleeps",
     SMALL,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .in_order = true,
     .reap = true,
     .swap = true},
    {.name = "packed in_order event_idx batch sleeps",
     .refuses = true,
     .size = 4,
     .posts = 4,
     .slots = 3,
     .batch = 2,
     .packed = true,
     .shape = ALTERNATELY,
     .sleeps = true,
     .in_order = true,
     .event_idx = true,
     .coalesce = true},
    {.name = "packed in_order event_idx indirect bound",
     SMALL,
     .packed = true,
     .shape = BOTH,
     .in_order = true,
     .event_idx = true,
     .indirect = true,
     .bound = true},
    {.name = "packed in_order indirect bound sleeps",
     SMALL,
     .packed = true,
     .shape = BOTH,
     .in_order = true,
     .indirect = true,
     .bound = true,
     .reap = true,
     .sleeps = true},
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

/* Prints the size of the search; true if it is complete and nothing has failed. */
static bool run(const struct config *c, struct bound bound, uint64_t *sum)
{
    const struct program *const p = rings_program(c);
    const double from = seconds();
    struct outcome o;

    search(p, bound, 0, &o);
    (void)printf("%-42s %u entries, %u buffers, %u at once: %llu executions, %s", c->name, c->size, c->posts,
                 c->slots, (unsigned long long)o.executions, o.complete ? "all" : "NOT ALL");
    if (bound.switches != WITHOUT_BOUND)
        (void)printf(" with at most %u switches", bound.switches);
    if (bound.stale != WITHOUT_BOUND)
        (void)printf(" with %u stale loads", bound.stale);
    (void)printf(", %.1f s\n", seconds() - from);
    if (o.failed) {
        (void)printf("  %s\n", o.what);
        search_print(p, bound);
    }
    *sum += o.executions;
    return o.complete && !o.failed;
}

bool rings_run(const char *name, struct bound bound, unsigned posts)
{
    const double begin = seconds();
    uint64_t sum = 0;
    bool good = true;
    unsigned n = 0;

    for (unsigned i = 0; i < CONFIGS; i++) {
        struct config c = configs[i];

        if (strstr(c.name, name) == NULL)
            continue;
        if (posts != 0)
            c.posts = posts;
        good = run(&c, bound, &sum) && good;
        n++;
    }
    (void)printf("%u rings: %llu executions, %.1f s\n", n, (unsigned long long)sum, seconds() - begin);
    return good && n != 0;
}

/* From small to large, so that the first counterexample is short. */
static const struct step {
    unsigned posts;
    struct bound bound;
} steps[] = {{1, {0, 0}}, {1, {0, 1}}, {1, {1, 1}}, {2, {0, 0}}, {2, {0, 1}},
             {2, {1, 1}}, {3, {0, 1}}, {3, {1, 1}}, {3, {2, 2}}};

#define LAYOUTS 4u
static const char *const layouts[LAYOUTS] = {"split", "split in order", "packed", "packed in order"};

static unsigned layout_of(const struct config *c)
{
    return 2u * c->packed + c->in_order;
}

/* The first counterexample among the rings of the layout, printed in full or on one line. */
static bool find(unsigned layout, bool full, uint64_t *sum)
{
    for (unsigned k = 0; k < sizeof(steps) / sizeof(steps[0]); k++)
        for (unsigned i = 0; i < CONFIGS; i++) {
            struct config c = configs[i];
            const struct program *const p = rings_program(&c);
            struct outcome o;

            if (layout_of(&c) != layout)
                continue;
            c.posts = steps[k].posts;
            c.wraps = false; /* lapping takes longer than the search */
            search(p, steps[k].bound, 0, &o);
            *sum += o.executions;
            if (!o.failed)
                continue;
            (void)printf("  %s, %u buffers, at most %u switches, %u stale loads, execution %llu: %s\n",
                         c.name, c.posts, steps[k].bound.switches, steps[k].bound.stale,
                         (unsigned long long)o.executions, o.what);
            if (full)
                search_print(p, steps[k].bound);
            return true;
        }
    return false;
}

/* Whether any ring of the layout executes the barrier. Allows one switch, for branches that need the other
 * thread. */
static bool is_reached(unsigned site, unsigned layout)
{
    const struct bound one = {1, 0};
    struct outcome o;

    sites_forget();
    for (unsigned i = 0; i < CONFIGS; i++)
        if (layout_of(&configs[i]) == layout) {
            struct config c = configs[i];

            c.wraps = false;
            search(rings_program(&c), one, 0, &o);
        }
    return sites_is_reached(site);
}

/* A disabled barrier must fail in each layout that executes it, and at least one layout must execute it. */
static bool check_barrier(unsigned site, enum explore_use use, uint64_t *sum)
{
    bool good = true;
    unsigned n = 0;

    for (unsigned layout = 0; layout < LAYOUTS; layout++) {
        bool found;

        if (!is_reached(site, layout))
            continue;
        sites_use(site, use);
        found = find(layout, n++ == 0, sum);
        sites_use(site, EXPLORE_WHOLE);
        if (!found)
            (void)printf("  NOT FOUND: %s\n", layouts[layout]);
        good = good && found;
    }
    if (n == 0)
        (void)printf("  NOT REACHED\n");
    return good && n != 0;
}

bool barriers_run(const char *filter)
{
    static const char *const kinds[] = {"", "publish", "acquire", "mb", "release"};
    static const char *const weak[] = {"", "publish, with load and store barrier for a release,", "",
                                       "mb, a release only,"};
    const double begin = seconds();
    uint64_t sum = 0;
    bool good = true;
    unsigned n = 0;

    for (unsigned i = 0; i < sites_count(); i++)
        for (enum explore_use use = EXPLORE_WEAK; use <= EXPLORE_GONE; use++) {
            const struct explore_site *const site = sites_get(i);

            if ((site->kind == EXPLORE_ACQUIRE && use == EXPLORE_WEAK) ||
                strcmp(sites_file(site), "vwr_memory.c") == 0 || /* a VM with a memory device: blocks.c */
                strstr(site->function, filter) == NULL)
                continue;
            (void)printf("\nbarrier %s in %s (%s:%d)%s\n",
                         use == EXPLORE_WEAK ? weak[site->kind] : kinds[site->kind], site->function,
                         sites_file(site), site->line, use == EXPLORE_GONE ? ", left out" : "");
            good = check_barrier(i, use, &sum) && good;
            n++;
        }
    (void)printf("\n%u barriers: %llu executions, %.1f s\n", n, (unsigned long long)sum, seconds() - begin);
    return good && n != 0;
}

/* Are mistakes of a driver or device found? */
bool mistakes_run(void)
{
    static const struct {
        const char *name;
        enum mistake mistake;
        bool sleeps;
    } mistakes[] = {
        {"the driver sleeps whatever vwr_queue_arm says", DRIVER_SLEEPS, true},
        {"the device sleeps whatever vwr_vqueue_arm says", DEVICE_SLEEPS, true},
        {"the driver writes into a buffer that the device has", DRIVER_REUSES, false},
        {"the device reads a buffer that it has given back", DEVICE_READS, false},
        {"the device writes into a buffer that it has given back", DEVICE_WRITES, false},
        {"the driver does not kick the last buffer", DRIVER_NO_KICK, false},
        {"the device does not signal the last buffer", DEVICE_NO_SIGNAL, true},
    };
    const struct bound bound = {1, 1};
    bool good = true;

    for (unsigned i = 0; i < sizeof(mistakes) / sizeof(mistakes[0]); i++)
        for (unsigned k = 0; k < CONFIGS; k++) {
            struct config c = configs[k];
            struct outcome o;

            if (!c.signal_each || c.shape != ALTERNATELY || c.sleeps != mistakes[i].sleeps)
                continue;
            c.mistake = mistakes[i].mistake;
            c.wraps = false;
            search(rings_program(&c), bound, 0, &o);
            (void)printf("%s (%s): %s\n", mistakes[i].name, c.name, o.failed ? o.what : "NOT FOUND");
            good = good && o.failed;
        }
    return good;
}
