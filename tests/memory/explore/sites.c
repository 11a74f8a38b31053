/* SPDX-License-Identifier: MIT */
#include "explore.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The barriers of all linked files. A barrier in a header exists in each file that includes it; all its
 * copies are disabled together.
 */

#define BARRIERS 64u

extern struct explore_site *const __start_explore_sites[];
extern struct explore_site *const __stop_explore_sites[];

static const struct explore_site *barriers[BARRIERS];
static unsigned count;

/* File name without the folder. */
const char *sites_file(const struct explore_site *site)
{
    const char *const slash = strrchr(site->file, '/');

    return slash != NULL ? slash + 1 : site->file;
}

/* A header is included by paths that differ. */
static bool is_same(const struct explore_site *a, const struct explore_site *b)
{
    return a->line == b->line && a->kind == b->kind && strcmp(sites_file(a), sites_file(b)) == 0;
}

/* The sites of the litmus tests do not belong to the library. */
static bool is_counted(const struct explore_site *site)
{
    if (site->kind == EXPLORE_ACCESS || strcmp(sites_file(site), "litmus.c") == 0)
        return false;
    for (unsigned i = 0; i < count; i++)
        if (is_same(barriers[i], site))
            return false;
    return true;
}

unsigned sites_count(void)
{
    if (count != 0)
        return count;
    for (struct explore_site *const *p = __start_explore_sites; p != __stop_explore_sites; p++) {
        if (!is_counted(*p))
            continue;
        if (count == BARRIERS)
            abort();
        barriers[count++] = *p;
    }
    return count;
}

const struct explore_site *sites_get(unsigned i)
{
    return barriers[i];
}

void sites_use(unsigned i, enum explore_use use)
{
    for (struct explore_site *const *p = __start_explore_sites; p != __stop_explore_sites; p++)
        if (is_same(*p, barriers[i]))
            (*p)->use = use;
}

void sites_forget(void)
{
    for (struct explore_site *const *p = __start_explore_sites; p != __stop_explore_sites; p++)
        (*p)->is_reached = false;
}

bool sites_is_reached(unsigned i)
{
    for (struct explore_site *const *p = __start_explore_sites; p != __stop_explore_sites; p++)
        if ((*p)->is_reached && is_same(*p, barriers[i]))
            return true;
    return false;
}

bool sites_are_needed(bool (*fails)(char *where, size_t bytes))
{
    char where[300];
    bool good = true;

    sites_forget();
    (void)fails(where, sizeof(where));
    for (unsigned i = 0; i < sites_count(); i++) {
        const struct explore_site *const site = sites_get(i);
        bool found;

        if (!sites_is_reached(i))
            continue;
        sites_use(i, EXPLORE_GONE);
        found = fails(where, sizeof(where));
        sites_use(i, EXPLORE_WHOLE);
        (void)printf("without the barrier in %s (%s:%d): %s\n", site->function, sites_file(site), site->line,
                     found ? where : "NOT FOUND");
        good = good && found;
    }
    return good;
}
