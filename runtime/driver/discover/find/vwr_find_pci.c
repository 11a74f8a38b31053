/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "find_common.h"
#include "../../transport/pci/pci_common.h"

/* Functions on PCI hosts: hosts supplied by the caller, and code that is common to all sources of hosts. */

int vwr_find_begin_host_(struct vwr_find *f, struct vwr_pci_host *host)
{
    vwr_zero(&f->scan, sizeof(f->scan));
    f->scan.host = host;
    if (vwr_find_source_of(f)->place && vwr_pci_place(host) != VWR_OK)
        return vwr_find_fail(f, VWR_FIND_PLACE, VWR_ERANGE);
    return 1;
}

int vwr_find_on_hosts_(struct vwr_find *f, struct vwr_found *found)
{
    for (;;) {
        int r = f->scan.host != NULL ? vwr_pci_scan_next(&f->scan, &found->pci) : 0;

        found->is_pci = true;
        if (r != 0)
            return r < 0 ? vwr_find_fail(f, VWR_FIND_NO_DEVICE, r) : r;
        f->scan.host = NULL;
        r = vwr_find_source_of(f)->kind->begin(f, found);
        if (r <= 0)
            return r;
    }
}

int vwr_find_take_host_(struct vwr_find *f, uint64_t at, unsigned first_bus, unsigned last_bus,
                        struct vwr_find_host **host)
{
    struct vwr_find_host *const h = &f->hosts[f->used];

    f->at = at;
    if (f->used >= f->host_count)
        return vwr_find_fail(f, VWR_FIND_HOSTS, VWR_ENOMEM);
    vwr_zero(h, sizeof(*h));
    h->host.access = &vwr_pci_ecam;
    h->host.space = vwr_find_map_(f, at, (uint64_t)(last_bus - first_bus + 1u) << TREE_PCI_BUS_BYTES);
    h->host.windows = h->window;
    h->host.first_bus = (uint8_t)first_bus;
    h->host.last_bus = (uint8_t)last_bus;
    if (h->host.space == NULL)
        return vwr_find_fail(f, VWR_FIND_UNREACHABLE, VWR_ERANGE);
    f->used++;
    *host = h;
    return VWR_OK;
}

static size_t find_explain_pci(const struct vwr_dev *d, char *text, size_t bytes)
{
    return vwr_pci_explain((const struct vwr_pci *)(const void *)d, text,
                           bytes); /* dev is its first member */
}

void vwr_find_explain_function_(const struct vwr_find *f, struct vwr_text *t)
{
    if (f->fault == VWR_FIND_NO_DEVICE) {
        vwr_text_str(t, "PCI function ");
        vwr_pci_put_function_(t, f->found->pci.function);
        vwr_find_explain_device_(f, t, find_explain_pci);
        return;
    }
    vwr_text_str(t, "PCI host at ");
    vwr_text_hex(t, f->at);
    if (f->fault == VWR_FIND_HOSTS)
        vwr_text_str(t, ": there are more hosts than the memory passed can hold");
    else if (f->fault == VWR_FIND_UNREACHABLE)
        vwr_text_str(t, ": the CPU cannot access all of its configuration space");
    else
        vwr_text_str(t, ": not all BARs were placed: too few addresses or bus numbers, or too many nested "
                        "buses");
}

/* f->entry is the number of hosts started. */
static int find_begin_given(struct vwr_find *f, struct vwr_found *found)
{
    const struct vwr_find_source *const source = vwr_find_source_of(f);
    struct vwr_pci_host *const *const hosts = source->from;

    (void)found;
    if (f->entry == source->count)
        return 0;
    f->at = (uintptr_t)hosts[f->entry]->space;
    return vwr_find_begin_host_(f, hosts[f->entry++]);
}

const struct vwr_find_kind vwr_find_pci = {
    .next = vwr_find_on_hosts_, .begin = find_begin_given, .explain = VWR_WORDS(vwr_find_explain_function_)};
