/* SPDX-License-Identifier: MIT */
#include "../../runtime/device/transport/pci/vpci_common.h"
#include "prove.h"
#include "any_function.h"

/* Guest accesses to the MSI-X table and the pending bits of a function: vwr_vpci_irq.c. */

static void any_vectors(void)
{
    for (unsigned i = 0; i < VECTORS; i++) {
        PROVE_ANY(struct vwr_vpci_vector, any);

        vector[i] = any;
    }
}

static bool is_vector_of(const struct vwr_vpci_vector *a, const struct vwr_vpci_vector *b)
{
    return a->addr == b->addr && a->data == b->data && a->masked == b->masked;
}

/* An access reaches only vectors that exist. For others, a read returns 0 and a write has no effect. */
void device_msix(void)
{
    PROVE_ANY(unsigned, offset);
    PROVE_ANY(bool, is_long);
    PROVE_ANY(uint64_t, value);
    const unsigned bytes = is_long ? sizeof(uint64_t) : sizeof(uint32_t);
    struct vwr_vpci_vector before[VECTORS];
    uint64_t has;

    any_function();
    any_vectors();
    prove_assume(offset < VPCI_PART_BYTES && offset % bytes == 0); /* vwr_vpci_bar_() refuses others */
    for (unsigned i = 0; i < VECTORS; i++)
        before[i] = vector[i];
    has = vwr_vpci_msix_read_(&function, offset, bytes);
    prove_that(is_long || has <= UINT32_MAX);
    prove_that(offset < function.vectors * PCI_MSIX_ENTRY || offset >= VPCI_PENDING || has == 0);
    vwr_vpci_msix_write_(&function, offset, bytes, value);
    for (unsigned i = 0; i < VECTORS; i++)
        prove_that(is_vector_of(&vector[i], &before[i]) ||
                   (i < function.vectors && offset / PCI_MSIX_ENTRY == i));
}
