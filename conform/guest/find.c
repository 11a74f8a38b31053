/* SPDX-License-Identifier: MIT */
#include "guest.h"

#define HOSTS 4u
#define TEXT 240u

static void say_passed_over(const struct vwr_find *find)
{
    char text[TEXT];

    (void)vwr_find_explain(find, text, sizeof(text));
    say("# passed over: %s\n", text);
}

unsigned find_devices(const struct machine *m, struct vwr_found *found)
{
    static struct vwr_find_host hosts[HOSTS];
    static struct vwr_find find;
    static struct vwr_acpi acpi;
    const bool has_acpi = m->rsdp != NULL && vwr_acpi_open(&acpi, m->rsdp, NULL, NULL) == VWR_OK;
    const struct vwr_find_tables tables = {&acpi, m->windows, m->window_count};
    const struct vwr_find_source sources[] = {
        {.kind = &vwr_find_tree, .from = m->tree},
        {.kind = &vwr_find_tree_pci, .from = m->tree, .place = true},
        {.kind = &vwr_find_command_line, .from = m->command_line},
        {.kind = &vwr_find_acpi, .from = has_acpi ? &tables : NULL, .place = !m->is_placed},
        {.kind = &vwr_find_pci, .from = m->pci != NULL ? &m->pci : NULL, .count = 1, .place = !m->is_placed},
    };
    unsigned count = 0;
    int r;

    vwr_find_begin(&find, sources, sizeof(sources) / sizeof(sources[0]), hosts, HOSTS);
    while (count < DEVICES && (r = vwr_find_next(&find, &found[count])) != 0) {
        if (r > 0)
            count++;
        else if (r != VWR_ENODEV)
            say_passed_over(&find);
    }
    return count;
}
