/* SPDX-License-Identifier: MIT */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * mutants mutants.txt
 *
 * Each line of the file is a mistake of one side: the first finding of the monitor has to name the clause, or
 * the end of the section's title, and the side. A basis of "-" stands for a mistake that breaks no rule which
 * an observer sees: nothing is found. Without a mistake nothing is found either.
 */

#define LINE 300
#define FOUND_AT_LEAST 95u /* of 100 */

/* The same for a monitor that follows one in this many notifications, and is not thorough: it need not find
 * all
 * mistakes. */
#define ONE_IN 16u
#define SAMPLED_AT_LEAST 80u

static unsigned failures;

/* The ring's features by the first letters of their names: "pie" is packed, indirect, event. */
static unsigned mode_of(const char *ring)
{
    static const char letters[] = "iepond"; /* d: RING_RESET, done by the driver in its midst */
    static const unsigned bits[] = {INDIRECT, EVENT, PACKED, IN_ORDER, POSITIONS, RESETS};
    unsigned mode = 0;

    for (unsigned i = 0; i < sizeof(letters) - 1; i++)
        if (strchr(ring, letters[i]) != NULL)
            mode |= bits[i];
    return mode;
}

/* `who`: the driver and the device, "hand" or "library" each: "hand/library". */
static void play(const char *who, const char *ring, const char *mistake)
{
    world_begin(mode_of(ring), NULL, mistake);
    w.device = strstr(who, "/hand") != NULL ? hand_device() : library_device();
    if (strncmp(who, "hand/", 5) == 0)
        driver_run();
    else
        client_run();
}

static bool is_basis(const struct vwr_rule *rule, const char *basis)
{
    const size_t length = strlen(basis), all = strlen(rule->section);

    if (rule->clause != NULL)
        return strcmp(rule->clause, basis) == 0;
    return length <= all && strcmp(rule->section + all - length, basis) == 0;
}

static bool is_side(const struct vwr_rule *rule, const char *who)
{
    return rule->by == (strncmp(who, "driver", 6) == 0 ? VWR_BY_DRIVER : VWR_BY_DEVICE);
}

static bool is_named(const char *side, const char *basis)
{
    const struct vwr_rule *const rule = &vwr_rules[w.m.first.rule];

    return w.m.found != 0 && is_basis(rule, basis) && is_side(rule, side);
}

/* Returns whether the mistake was named. */
static bool judge(const char *name, const char *side, const char *basis)
{
    const bool wants = strcmp(basis, "-") != 0;
    const bool named = is_named(side, basis);
    char text[LINE] = "nothing";

    if (w.m.found != 0)
        (void)vwr_monitor_explain(&w.m, &w.m.first, text, sizeof(text));
    if (w.m.found != 0 ? !named : wants) {
        printf("WRONG: expected %s of the %s\n", basis, side);
        failures++;
    }
    if (!w.has_mistaken) {
        printf("WRONG: nobody makes the mistake %s\n", name);
        failures++;
    }
    printf("%-26s %-9s %s\n", name, named ? "found" : "not found", text);
    return named;
}

static void honest(void)
{
    static const char *const rings[] = {"",   "e",  "i",    "ie", "o", "ieo", "p",
                                        "pe", "pi", "pieo", "pn", "d", "pd"};
    static const char *const pairs[] = {"hand/hand", "hand/library", "library/hand", "library/library"};

    for (size_t i = 0; i < sizeof(rings) / sizeof(rings[0]); i++)
        for (size_t k = 0; k < sizeof(pairs) / sizeof(pairs[0]); k++) {
            char text[LINE] = "nothing";

            if (strchr(rings[i], 'd') != NULL && strstr(pairs[k], "/hand") != NULL)
                continue; /* the device by hand has no QueueReset */
            play(pairs[k], rings[i], "");
            if (w.m.found != 0)
                (void)vwr_monitor_explain(&w.m, &w.m.first, text, sizeof(text));
            if (w.m.found != 0 || w.m.buffers < (world_one_in == 0 ? 20u : 1u) || w.m.lost != 0) {
                printf("WRONG: %s, ring \"%s\": %u buffers, %u lost; %s\n", pairs[k], rings[i], w.m.buffers,
                       w.m.lost, text);
                failures++;
            }
        }
}

/*
 * Runs the mistake again with a monitor that follows one in many notifications. Returns whether it was named.
 */
static bool is_sampled(const char *who, const char *ring, const char *name, const char *side,
                       const char *basis)
{
    bool named;

    world_one_in = ONE_IN;
    play(who, ring, name);
    world_one_in = 0;
    named = is_named(side, basis);
    if (!named)
        printf("%-26s not named at one in %u\n", name, ONE_IN);
    return named;
}

int main(int argc, char **argv)
{
    FILE *const file = argc == 2 ? fopen(argv[1], "r") : NULL;
    unsigned mutants = 0, found = 0, sampled = 0;
    char line[LINE];

    if (file == NULL)
        return 2;
    honest();
    world_one_in = ONE_IN;
    honest();
    world_one_in = 0;
    while (fgets(line, sizeof(line), file) != NULL) {
        char name[40], side[20], who[20], ring[20], basis[LINE];

        if (line[0] == '#' ||
            sscanf(line, "%39s %19s %19s %19s %299[^\n]", name, side, who, ring, basis) != 5)
            continue;
        play(who, ring + 1, name);
        found += judge(name, side, basis);
        sampled += is_sampled(who, ring + 1, name, side, basis);
        mutants++;
    }
    (void)fclose(file);
    printf("%u of %u mutants found, %u of them at one in %u, %u wrong\n", found, mutants, sampled, ONE_IN,
           failures);
    if (mutants < 47 || found * 100 < mutants * FOUND_AT_LEAST || sampled * 100 < mutants * SAMPLED_AT_LEAST)
        failures++;
    return failures == 0 ? 0 : 1;
}
