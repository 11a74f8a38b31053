/* SPDX-License-Identifier: MIT */
#ifndef VWR_DRIVER_PCI_COMMON_H
#define VWR_DRIVER_PCI_COMMON_H

#include "vwr/pci.h"

/* Between the files of the PCI transport; not for the embedder. */

/*
 * PCI's own registers, in the terms of the PCI Local Bus Specification: the VirtIO document takes them for
 * granted. Offsets of 32 bits that hold them.
 */
#define PCI_ID 0x00u           /* not the specification's: vendor, device << 16 */
#define PCI_COMMAND 0x04u      /* not the specification's: status << 16, of which ones are cleared by ones */
#define PCI_CLASS 0x08u        /* not the specification's: revision, class */
#define PCI_HEADER 0x0cu       /* not the specification's: header type in bits 16 to 23 */
#define PCI_BAR_0 0x10u        /* not the specification's */
#define PCI_BUS_NUMBERS 0x18u  /* not the specification's: of a bridge: primary, secondary, subordinate */
#define PCI_SUBSYSTEM 0x2cu    /* not the specification's: vendor, id << 16 */
#define PCI_CAPABILITIES 0x34u /* not the specification's: offset of the first one */
#define PCI_INTERRUPT 0x3cu    /* not the specification's: line, pin << 8 */
#define PCI_COMMAND_IO 0x1u
#define PCI_COMMAND_MEMORY 0x2u
#define PCI_COMMAND_MASTER 0x4u
#define PCI_STATUS_CAPABILITIES 0x100000u /* not the specification's: in PCI_COMMAND */
#define PCI_HEADER_SEVERAL 0x800000u      /* not the specification's: more functions than one */
#define PCI_CAPABILITY_MSIX 0x11u         /* not the specification's */
#define PCI_CAPABILITY_FIRST 0x40u        /* not the specification's: behind the header */
#define PCI_CAPABILITY_MASK 0xfcu         /* not the specification's: they are aligned to 4 bytes */
#define PCI_CAPABILITIES_END 0x100u       /* not the specification's */
#define PCI_CAPABILITIES_MAX 48u          /* that fit, of 4 bytes at least */

#define PCI_COMMAND_DECODE (PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER)

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

static inline uint32_t pci_read(const struct vwr_pci *p, unsigned offset)
{
    return pci_host_read(p->host, p->function, offset);
}

static inline void pci_write(const struct vwr_pci *p, unsigned offset, uint32_t value)
{
    pci_host_write(p->host, p->function, offset, value);
}

/* The command alone: zeroes written to the status leave it as it is. */
static inline uint32_t pci_command(const struct vwr_pci_host *h, uint32_t function)
{
    return pci_host_read(h, function, PCI_COMMAND) & 0xffffu;
}

/* 0: a device; 1: a bridge to PCI. */
static inline unsigned pci_header_type(const struct vwr_pci_host *h, uint32_t function)
{
    return pci_host_read(h, function, PCI_HEADER) >> 16 & 0x7fu;
}

/* Registers of a structure. */
static inline uint8_t pci_get8(const volatile uint8_t *base, unsigned offset)
{
    const uint8_t v = vwr_port_read8(base + offset);

    vwr_trace(VWR_TRACE_READ, (uintptr_t)(base + offset), sizeof(v), v);
    return v;
}

static inline uint16_t pci_get16(const volatile uint8_t *base, unsigned offset)
{
    const uint16_t v = vwr_le16_to_cpu(vwr_port_read16(base + offset));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)(base + offset), sizeof(v), v);
    return v;
}

static inline uint32_t pci_get32(const volatile uint8_t *base, unsigned offset)
{
    const uint32_t v = vwr_le32_to_cpu(vwr_port_read32(base + offset));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)(base + offset), sizeof(v), v);
    return v;
}

static inline void pci_put8(volatile uint8_t *base, unsigned offset, uint8_t v)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)(base + offset), sizeof(v), v);
    vwr_port_write8(base + offset, v);
}

static inline void pci_put16(volatile uint8_t *base, unsigned offset, uint16_t v)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)(base + offset), sizeof(v), v);
    vwr_port_write16(base + offset, vwr_cpu_to_le16(v));
}

static inline void pci_put32(volatile uint8_t *base, unsigned offset, uint32_t v)
{
    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)(base + offset), sizeof(v), v);
    vwr_port_write32(base + offset, vwr_cpu_to_le32(v));
}

/* vwr_pci.c: the device status as it was read; VWR_FAULT_ALL_ONES of a device that is gone. */
uint32_t vwr_pci_status(struct vwr_dev *d, uint8_t status);

/* vwr_pci_irq.c: why the device interrupts, by the ISR status at p->isr, or by messages; which vectors queue
 * `index` and the configuration use, by these two registers: false: the device has no room for one. */
uint32_t vwr_pci_irq(struct vwr_dev *d);
bool vwr_pci_set_vectors(struct vwr_dev *d, unsigned index, volatile uint8_t *config,
                         volatile uint8_t *queue);

/* vwr_pci_bar.c: what the first `count` registers are; nothing is decoded meanwhile. */
void vwr_pci_size_bars(const struct vwr_pci_host *h, uint32_t function, struct vwr_pci_bar *bar,
                       unsigned count);
void vwr_pci_write_bar(const struct vwr_pci_host *h, uint32_t function, unsigned bar,
                       const struct vwr_pci_bar *b);

/* Where `bytes` at `offset` of a BAR are for the CPU; NULL: not within the BAR, or not in a window. */
volatile uint8_t *vwr_pci_map(const struct vwr_pci *p, unsigned bar, uint64_t offset, uint64_t bytes);

/* vwr_pci_scan.c: the next function that is there, from *next on, before `end`; false: none. */
bool vwr_pci_next_function(const struct vwr_pci_host *h, uint32_t *next, uint32_t end, uint32_t *function);

/*
 * `note`, NULL if it needs none of them: of the first interface, called for each capability of virtio's, with
 * its first 32 bits. How a device is then found to have the interface: a fault kind; and what drives it.
 */
struct vwr_pci_interface {
    void (*note)(struct vwr_pci *p, unsigned at, uint32_t head);
    uint32_t (*find)(struct vwr_pci *p);
    const struct vwr_transport *transport;
};

/* vwr_pci_modern.c, vwr_pci_legacy.c */
void vwr_pci_note_modern(struct vwr_pci *p, unsigned at, uint32_t head);
uint32_t vwr_pci_find_modern(struct vwr_pci *p);
uint32_t vwr_pci_find_legacy(struct vwr_pci *p);

/* vwr_pci.c: the probe, for the first of two interfaces that the device has; `second` may be NULL. */
int vwr_pci_identify(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function,
                     const struct vwr_pci_interface *first, const struct vwr_pci_interface *second);

#endif
