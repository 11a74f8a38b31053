/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* Probing for either interface, apart from the two so that a build with one leaves the other out. */

int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function)
{
    static const struct vwr_pci_interface legacy = {.find = vwr_pci_find_legacy,
                                                    .transport = &vwr_pci_legacy};
    static const struct vwr_pci_interface modern = {
        .note = vwr_pci_note_modern, .find = vwr_pci_find_modern, .transport = &vwr_pci_modern};

    return vwr_pci_identify(p, host, function, &modern, &legacy);
}
