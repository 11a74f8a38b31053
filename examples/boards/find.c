/* SPDX-License-Identifier: MIT */
#include "find.h"
#include "say.h"

/* Until the library's iterator is here: by the places that the board has typed in. */

static struct vwr_mmio mmio[FIND_DEVICES];
static struct vwr_pci pci[FIND_DEVICES];

static unsigned find_slots(const struct board_places *b, struct find_device *found, unsigned max)
{
    struct vwr_mmio_scan s = {.windows = &b->mmio, .count = 1};
    unsigned count = 0;
    int r;

    while (count < max && (r = vwr_mmio_scan_next(&s, &mmio[count])) != 0)
        if (r > 0) {
            found[count].dev = &mmio[count].dev;
            found[count].at = (uintptr_t)mmio[count].base;
            found[count].cell_count = board_cells(&mmio[count], NULL, found[count].cells);
            count++;
        }
    return count;
}

static unsigned find_functions(const struct board_places *b, struct find_device *found, unsigned max)
{
    struct vwr_pci_scan s = {.host = b->pci};
    unsigned count = 0;
    int r;

    if (!b->placed && vwr_pci_place(b->pci) != VWR_OK)
        say("not all BARs have a place\n");
    while (count < max && (r = vwr_pci_scan_next(&s, &pci[count])) != 0)
        if (r > 0) {
            found[count].dev = &pci[count].dev;
            found[count].pci = &pci[count];
            found[count].at = found[count].id = pci[count].function;
            found[count].messages = b->messages;
            found[count].cell_count = board_cells(NULL, &pci[count], found[count].cells);
            count++;
        } else {
            char text[200];

            vwr_pci_explain(&pci[count], text, sizeof(text));
            say(text);
            say("\n");
        }
    return count;
}

unsigned find_all(const struct board_description *d, struct find_device *found, unsigned max)
{
    const struct board_places *const b = board_places();
    unsigned count = 0;

    (void)d;
    if (b->mmio.count > 0)
        count = find_slots(b, found, max);
    if (b->pci != NULL)
        count += find_functions(b, found + count, max - count);
    return count;
}

static bool find_is(const char *at, const char *word)
{
    while (*word != '\0' && *at == *word) {
        at++;
        word++;
    }
    return *word == '\0';
}

/* Of a tree: the word stands somewhere in its first 64 KiB. */
const char *find_mode(const struct board_description *d)
{
    const char *const text = d->command_line != NULL ? d->command_line : d->tree;
    unsigned i;

    for (i = 0; i < 65536u && (d->command_line == NULL || text[i] != '\0'); i++)
        if (find_is(text + i, "polled"))
            return "polled";
    return "interrupt";
}
