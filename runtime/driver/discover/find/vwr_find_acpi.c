/* SPDX-License-Identifier: MIT */
#include "find_common.h"

/* PCI hosts in the ACPI table MCFG. f->entry is the number of entries started. */

static int find_begin_segment(struct vwr_find *f, struct vwr_found *found)
{
    const struct vwr_find_tables *const tables = vwr_find_source_of(f)->from;
    struct vwr_acpi_segment s;
    struct vwr_find_host *h;
    int r = vwr_acpi_segment(tables->acpi, (unsigned)f->entry, &s);

    (void)found;
    f->at = f->entry++;
    if (r != VWR_OK)
        return r == VWR_ENODEV ? 0 : vwr_find_fail(f, VWR_FIND_TABLE, r);
    r = vwr_find_take_host_(f, s.at + ((uint64_t)s.first_bus << TREE_PCI_BUS_BYTES), s.first_bus, s.last_bus,
                            &h);
    if (r != VWR_OK)
        return r;
    h->host.windows = tables->windows;
    h->host.window_count = tables->window_count;
    return vwr_find_begin_host_(f, &h->host);
}

static void find_explain_acpi(const struct vwr_find *f, struct vwr_text *t)
{
    if (f->fault != VWR_FIND_TABLE) {
        vwr_find_explain_function_(f, t);
        return;
    }
    vwr_text_str(t, "ACPI: entry ");
    vwr_text_dec(t, f->at);
    vwr_text_str(t, " of MCFG has its last bus before its first");
}

const struct vwr_find_kind vwr_find_acpi = {
    .next = vwr_find_on_hosts_, .begin = find_begin_segment, .explain = VWR_WORDS(find_explain_acpi)};
