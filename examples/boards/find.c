/* SPDX-License-Identifier: MIT */
#include "find.h"
#include "say.h"

#define FIND_HOSTS 2u
#define FIND_TEXT_BYTES 240u

static struct vwr_find_host hosts[FIND_HOSTS];
static struct vwr_tree tree;
static struct vwr_acpi acpi;
static const struct board_description *description;

static bool find_check(const char *what, int result)
{
    if (result == VWR_OK)
        return true;
    say("ERROR: ");
    say(what);
    say(": ");
    say(result == VWR_EMAGIC ? "there is none" : vwr_strerror(result));
    say("\n");
    return false;
}

bool find_start(const struct board_description *d)
{
    description = d;
    return (d->tree == NULL ||
            find_check("the device tree", vwr_tree_open(&tree, d->tree, VWR_TREE_ANY_SIZE))) &&
           (d->rsdp == NULL || find_check("ACPI's tables", vwr_acpi_open(&acpi, d->rsdp, NULL, NULL)));
}

static const char *find_command_line(void)
{
    if (description->command_line != NULL)
        return description->command_line;
    return description->tree != NULL ? vwr_tree_chosen(&tree, "bootargs") : NULL;
}

static void find_say_passed_over(const struct vwr_find *find)
{
    char text[FIND_TEXT_BYTES];

    (void)vwr_find_explain(find, text, sizeof(text));
    say("passed over: ");
    say(text);
    say("\n");
}

static void find_say_buses(const struct vwr_pci_host *h)
{
    say("searched: PCI buses ");
    say_dec(h->first_bus);
    say(" to ");
    say_dec(h->last_bus);
    say("\n");
}

void find_say_searched(void)
{
    for (unsigned i = 0; i < FIND_HOSTS; i++)
        if (hosts[i].host.access != NULL)
            find_say_buses(&hosts[i].host);
    if (description->pci != NULL)
        find_say_buses(description->pci);
}

unsigned find_all(struct vwr_found *found, unsigned max)
{
    static struct vwr_find find;
    const struct vwr_tree *const t = description->tree != NULL ? &tree : NULL;
    const struct vwr_find_tables tables = {&acpi, description->windows, description->window_count};
    const bool place = !description->placed;
    const struct vwr_find_source sources[] = {
        {.kind = &vwr_find_tree, .from = t},
        {.kind = &vwr_find_tree_pci, .from = t, .place = place},
        {.kind = &vwr_find_command_line, .from = find_command_line()},
        {.kind = &vwr_find_acpi, .from = description->rsdp != NULL ? &tables : NULL, .place = place},
        {.kind = &vwr_find_pci,
         .from = description->pci != NULL ? &description->pci : NULL,
         .count = 1,
         .place = place},
    };
    unsigned count = 0;
    int r;

    vwr_find_begin(&find, sources, sizeof(sources) / sizeof(sources[0]), hosts, FIND_HOSTS);
    while (count < max && (r = vwr_find_next(&find, &found[count])) != 0)
        if (r > 0)
            count++;
        else if (r != VWR_ENODEV)
            find_say_passed_over(&find);
    return count;
}

static bool find_is(const char *at, const char *word)
{
    while (*word != '\0' && *at == *word) {
        at++;
        word++;
    }
    return *word == '\0' && (*at == '\0' || *at == ' ');
}

const char *find_mode(void)
{
    static const char *const modes[] = {"polled", "interrupt"};
    const char *const line = find_command_line();

    for (const char *at = line; at != NULL && *at != '\0'; at++)
        for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
            if ((at == line || at[-1] == ' ') && find_is(at, modes[i]))
                return modes[i];
    return NULL;
}
