/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_PCI_COMMON_H
#define VWR_DRIVER_PCI_COMMON_H

#include "../../../shared/pci_space_common.h"
#include "vwr/arithmetic.h"
#include "vwr/pci.h"
#include "vwr/text.h"

/* Interface between the files of the PCI transport; private. */

#define PCI_CAPABILITIES_MAX 48u /* maximum number; each has at least 4 bytes */

static inline struct vwr_pci *pci_of(struct vwr_dev *d)
{
    return (struct vwr_pci *)(void *)d; /* dev is its first member */
}

static inline uint32_t pci_host_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    return h->access->read(h, function, offset);
}

static inline void pci_host_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset,
                                  uint32_t value)
{
    h->access->write(h, function, offset, value);
}

/* vwr_pci.c: the configuration space of a function. */
uint32_t vwr_pci_read_(const struct vwr_pci *p, unsigned offset);
void vwr_pci_write_(const struct vwr_pci *p, unsigned offset, uint32_t value);

/* Command without status: writing zeros to the status bits does not change them. */
static inline uint32_t pci_command(const struct vwr_pci *p)
{
    return vwr_pci_read_(p, PCI_COMMAND) & 0xffffu;
}

/*
 * vwr_pci.c: vwr_pci_switch_on_ enables the decoders that the structures need. vwr_pci_start_() also enables
 * bus mastering, but only from the first negotiation on, because the reset before it has stopped all DMA of a
 * previous owner.
 */
void vwr_pci_switch_on_(const struct vwr_pci *p);
void vwr_pci_start_(struct vwr_pci *p);

/* Header type in the 32 bits at PCI_HEADER. 0: device; 1: PCI-to-PCI bridge. */
static inline unsigned pci_header_type(uint32_t header)
{
    return header >> 16 & 0x7fu;
}

/* Gets a structure by its cfg_type; the lowest one is VWR_PCI_CAP_COMMON_CFG. */
static inline struct vwr_pci_structure *pci_structure(struct vwr_pci *p, unsigned type)
{
    return &p->structure[type - VWR_PCI_CAP_COMMON_CFG];
}

#if VWR_ACCESS_CALLS
/* vwr_pci_cfg.c: access a register of a structure. Beyond the end of the structure, reads return all ones. */
uint32_t vwr_pci_cfg_get_(struct vwr_dev *d, unsigned type, uint32_t offset, unsigned bytes);
void vwr_pci_cfg_put_(struct vwr_dev *d, unsigned type, uint32_t offset, unsigned bytes, uint32_t v);
#endif

static inline volatile uint8_t *pci_common(struct vwr_dev *d)
{
    return pci_structure(pci_of(d), VWR_PCI_CAP_COMMON_CFG)->at;
}

static inline unsigned pci_bar_offset(unsigned bar)
{
    return PCI_BAR_0 + 4u * bar;
}

static inline uint32_t pci_bar_address(uint32_t low)
{
    return low & ~((low & PCI_BAR_IO) != 0 ? PCI_BAR_IO_FLAGS : PCI_BAR_FLAGS);
}

static inline bool pci_bar_is_64(uint32_t low)
{
    return (low & (PCI_BAR_IO | PCI_BAR_64)) == PCI_BAR_64;
}

/*
 * Size of a BAR from its register after ones were written to it; 0: not implemented. The size equals the
 * lowest writable address bit. If a 64-bit BAR has no such bit in its lower word, its size is 4 GiB or more,
 * and 4 GiB is returned.
 */
static inline uint64_t pci_bar_bytes(uint32_t ones)
{
    const uint64_t above = pci_bar_is_64(ones) ? (uint64_t)0xffffffffu + 1u : 0;
    const uint64_t mask = above | pci_bar_address(ones);

    return mask & (0u - mask);
}

/* Reads a register of a structure. `bytes` is a constant, so a single access is compiled. */
VWR_ALWAYS_INLINE uint32_t pci_get_of(struct vwr_dev *d, unsigned type, unsigned offset, unsigned bytes)
{
    const volatile uint8_t *at = pci_structure(pci_of(d), type)->at;
    uint32_t v;

#if VWR_ACCESS_CALLS
    if (d->config.access != NULL)
        return vwr_pci_cfg_get_(d, type, offset, bytes);
#endif
    at += offset;
    if (bytes == sizeof(uint8_t))
        v = vwr_port_read8(at);
    else if (bytes == sizeof(uint16_t))
        v = vwr_le16_to_cpu(vwr_port_read16(at));
    else
        v = vwr_le32_to_cpu(vwr_port_read32(at));
    vwr_trace(VWR_TRACE_READ, (uintptr_t)at, bytes, v);
    return v;
}

/* Access the common configuration, or the legacy header. */
VWR_ALWAYS_INLINE uint32_t pci_get(struct vwr_dev *d, unsigned offset, unsigned bytes)
{
    return pci_get_of(d, VWR_PCI_CAP_COMMON_CFG, offset, bytes);
}

VWR_ALWAYS_INLINE void pci_put(struct vwr_dev *d, unsigned offset, unsigned bytes, uint32_t v)
{
    volatile uint8_t *at = pci_common(d);

#if VWR_ACCESS_CALLS
    if (d->config.access != NULL) {
        vwr_pci_cfg_put_(d, VWR_PCI_CAP_COMMON_CFG, offset, bytes, v);
        return;
    }
#endif
    at += offset;
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)at, bytes, v);
    if (bytes == sizeof(uint8_t))
        vwr_port_write8(at, (uint8_t)v);
    else if (bytes == sizeof(uint16_t))
        vwr_port_write16(at, vwr_cpu_to_le16((uint16_t)v));
    else
        vwr_port_write32(at, vwr_cpu_to_le32(v));
}

/*
 * MSI-X vector of queue `index`. Vector 0 is for configuration changes, and for the queues if it is the only
 * one. There is no division, because some CPUs need libgcc for it.
 */
static inline unsigned pci_queue_vector(const struct vwr_pci *p, unsigned index)
{
    const unsigned vectors = p->enabled - 1u;

    if (vectors == 0)
        return 0;
    while (index >= vectors)
        index -= vectors;
    return index + 1u;
}

/*
 * vwr_pci_irq.c: vwr_pci_irq_() returns the cause of an interrupt. vwr_pci_set_vectors_() sets the MSI-X
 * vectors for queue `index` and for configuration changes in these two registers; false: the device cannot
 * assign one of them.
 */
uint32_t vwr_pci_irq_(struct vwr_dev *d);
bool vwr_pci_set_vectors_(struct vwr_dev *d, unsigned index, unsigned config, unsigned queue);

/*
 * vwr_pci_bar.c: gets the CPU address of `bytes` bytes at `offset` in a BAR; NULL: the range is outside of
 * the BAR, or the BAR is in no window.
 */
volatile uint8_t *vwr_pci_map_(struct vwr_pci *p, unsigned bar, uint32_t offset, uint64_t bytes);

/*
 * vwr_pci_modern.c: reads the location of a structure from the capability at `at`; false: an unknown or
 * invalid capability. Does not read the BAR.
 */
bool vwr_pci_read_place_(const struct vwr_pci *p, unsigned at, uint32_t head, struct vwr_pci_location *place);

/*
 * vwr_pci_scan.c: finds the next function, starting at *next and before `end`, and reads its 32 bits at
 * PCI_HEADER; false: there is none.
 */
bool vwr_pci_next_function_(const struct vwr_pci_host *h, uint32_t *next, uint32_t end, uint32_t *function,
                            uint32_t *header);

/*
 * vwr_pci.c: vwr_pci_begin_ identifies a function and returns a fault kind. vwr_pci_walk_ reads its
 * capabilities and calls `note`, unless NULL, for each vendor-specific one with its offset and first 32 bits;
 * during a probe it brings the function to D0 and switches MSI and MSI-X off. vwr_pci_conclude_ ends the
 * probe with this fault kind and sets the transport; it returns a result.
 */
uint32_t vwr_pci_begin_(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);
void vwr_pci_walk_(struct vwr_pci *p, void (*note)(struct vwr_pci *p, unsigned at, uint32_t head));
int vwr_pci_conclude_(struct vwr_pci *p, uint32_t kind, const struct vwr_transport *transport);

/* vwr_pci_explain.c: append bus, device and function. */
void vwr_pci_put_function_(struct vwr_text *t, uint32_t function);

/* vwr_pci_modern.c, vwr_pci_legacy.c: find the structures of the interface. Return a fault kind. */
uint32_t vwr_pci_find_modern_(struct vwr_pci *p);
uint32_t vwr_pci_find_legacy_(struct vwr_pci *p);

#endif
