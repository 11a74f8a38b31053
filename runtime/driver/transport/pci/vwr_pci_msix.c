/* SPDX-License-Identifier: MIT */
#include "pci_common.h"

/* MSI-X interrupts: the table of the PCI capability. */

static void msix_write(volatile uint8_t *at, uint32_t v)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, sizeof(v), v);
    vwr_port_write32(at, vwr_cpu_to_le32(v));
}

int vwr_pci_use_msix(struct vwr_pci *p, const struct vwr_pci_message *message, unsigned count)
{
    volatile uint8_t *table = NULL;
    uint32_t where;

    if (count == 0)
        return VWR_EINVAL;
    if (count > p->vectors)
        return vwr_dev_note(&p->dev, VWR_FAULT_PCI_VECTORS, count, p->vectors);
    where = vwr_pci_read_(p, p->msix + PCI_MSIX_TABLE);
    if ((where & 7u) <= VWR_PCI_BAR_MAX)
        table = vwr_pci_map_(p, where & 7u, where & ~7u, (uint64_t)PCI_MSIX_ENTRY * count);
    if (table == NULL)
        return vwr_dev_note(&p->dev, VWR_FAULT_PCI_TABLE, where & 7u, where & ~7u);
    vwr_pci_switch_on_(p); /* the table may be in a BAR without other structures */
    for (unsigned i = 0; i < count; i++, table += PCI_MSIX_ENTRY) {
        msix_write(table, (uint32_t)message[i].addr);
        msix_write(table + 4, (uint32_t)(message[i].addr >> 32));
        msix_write(table + 8, message[i].data);
        msix_write(table + 12, 0); /* unmasks the vector */
    }
    /* firmware or a previous operating system may have left the function masked */
    vwr_pci_write_(p, p->msix, (vwr_pci_read_(p, p->msix) & ~PCI_MSIX_MASK) | PCI_MSIX_ENABLE);
    p->enabled = (uint16_t)count;
    if (vwr_dev_is_legacy(&p->dev)) { /* the vector registers now precede the configuration */
        p->dev.config.base = pci_common(&p->dev) + VWR_PCI_LEGACY_CONFIG_MSIX;
        p->dev.config.bytes =
            (uint32_t)pci_structure(p, VWR_PCI_CAP_COMMON_CFG)->bytes - VWR_PCI_LEGACY_CONFIG_MSIX;
    }
    return VWR_OK;
}
