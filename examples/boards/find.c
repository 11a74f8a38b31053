/* SPDX-License-Identifier: MIT */
#include "find.h"
#include "say.h"
#include "vwr/find.h"

#define FIND_HOSTS 2u
#define FIND_TEXT_BYTES 240u

static struct vwr_found devices[FIND_DEVICES + 1u]; /* one more for what is passed over */
static struct vwr_find_host hosts[FIND_HOSTS];
static struct vwr_tree tree;
static struct vwr_acpi acpi;

static const struct vwr_tree *find_tree(const struct board_description *d)
{
    return d->tree != NULL && vwr_tree_open(&tree, d->tree, VWR_TREE_ANY_SIZE) == VWR_OK ? &tree : NULL;
}

static const char *find_command_line(const struct board_description *d)
{
    if (d->command_line != NULL)
        return d->command_line;
    return find_tree(d) != NULL ? vwr_tree_chosen(&tree, "bootargs") : NULL;
}

static void find_note(const struct board_description *d, struct vwr_found *f, struct find_device *found)
{
    found->dev = &f->dev;
    found->pci = f->is_pci ? &f->pci : NULL;
    found->at = f->is_pci ? f->pci.function : (uintptr_t)f->mmio.base;
    found->cell_count = f->interrupt.count;
    for (unsigned i = 0; i < f->interrupt.count; i++)
        found->cells[i] = f->interrupt.cell[i];
    found->id = f->msi_id;
    found->messages = f->is_pci && (f->has_msi || d->messages);
}

static void find_say_passed_over(const struct vwr_find *find)
{
    char text[FIND_TEXT_BYTES];

    (void)vwr_find_explain(find, text, sizeof(text));
    say("passed over: ");
    say(text);
    say("\n");
}

static unsigned find_walk(const struct board_description *d, struct vwr_find *find, struct find_device *found,
                          unsigned max)
{
    unsigned count = 0;
    int r;

    while ((r = vwr_find_next(find, &devices[count])) != 0)
        if (r < 0) {
            if (r != VWR_ENODEV)
                find_say_passed_over(find);
        } else if (count < max) {
            find_note(d, &devices[count], &found[count]);
            count++;
        }
    return count;
}

unsigned find_all(const struct board_description *d, struct find_device *found, unsigned max)
{
    static struct vwr_find find;
    const struct vwr_tree *const t = find_tree(d);
    const bool has_acpi = vwr_acpi_open(&acpi, d->rsdp, NULL, NULL) == VWR_OK;
    const struct vwr_find_tables tables = {&acpi, d->windows, d->window_count};
    const struct vwr_find_source sources[] = {
        {.kind = &vwr_find_tree, .from = t},
        {.kind = &vwr_find_tree_pci, .from = t, .place = !d->placed},
        {.kind = &vwr_find_command_line, .from = find_command_line(d)},
        {.kind = &vwr_find_acpi, .from = has_acpi ? &tables : NULL, .place = !d->placed},
    };

    vwr_find_begin(&find, sources, sizeof(sources) / sizeof(sources[0]), hosts, FIND_HOSTS);
    return find_walk(d, &find, found, max < FIND_DEVICES ? max : FIND_DEVICES);
}

static bool find_is(const char *at, const char *word)
{
    while (*word != '\0' && *at == *word) {
        at++;
        word++;
    }
    return *word == '\0' && (*at == '\0' || *at == ' ');
}

const char *find_mode(const struct board_description *d)
{
    static const char *const modes[] = {"polled", "interrupt"};
    const char *const line = find_command_line(d);

    for (const char *at = line; at != NULL && *at != '\0'; at++)
        for (unsigned i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
            if ((at == line || at[-1] == ' ') && find_is(at, modes[i]))
                return modes[i];
    return NULL;
}
