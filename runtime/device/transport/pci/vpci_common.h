/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VPCI_COMMON_H
#define VWR_DEVICE_VPCI_COMMON_H

#include "../../../shared/pci_space_common.h"
#include "../../core/vdev/vdev_common.h"
#include "vwr/vpci.h"

/* Interface between the files of the PCI transport, device side; private. All functions require the lock. */

/* The quarters of the BAR. */
#define VPCI_PART_BYTES (VWR_VPCI_BAR_BYTES / 4u)
enum vpci_part { VPCI_REGISTERS, VPCI_NOTIFY, VPCI_CONFIG, VPCI_MSIX };

/*
 * Offset of the ISR status, which follows the common configuration, and of the pending bits, which follow the
 * MSI-X table.
 */
#define VPCI_ISR (VPCI_PART_BYTES / 2u)
#define VPCI_PENDING (VPCI_PART_BYTES / 2u)

/* Distance between the notification addresses of two queues. */
#define VPCI_NOTIFY_BYTES ((unsigned)sizeof(struct vwr_pci_notification_data))

/* Value that a register reads as if nothing responds. */
static inline uint64_t vpci_nothing(unsigned bytes)
{
    const unsigned bits = 8u * bytes;

    if (bytes < sizeof(uint32_t))
        return ((uint32_t)1 << bits) - 1u;
    return bytes < sizeof(uint64_t) ? ~(uint32_t)0 : ~(uint64_t)0;
}

/* Get the part of a word that an access of fewer than 32 bits reads, and the word after such a write. */
static inline uint32_t vpci_part_of(uint32_t word, unsigned offset, unsigned bytes)
{
    return word >> 8u * (offset & 3u) & (uint32_t)vpci_nothing(bytes);
}

static inline uint32_t vpci_with_part(uint32_t word, unsigned offset, unsigned bytes, uint64_t part)
{
    const unsigned shift = 8u * (offset & 3u);
    const uint32_t mask = (uint32_t)vpci_nothing(bytes) << shift;

    return (word & ~mask) | ((uint32_t)part << shift & mask);
}

static inline struct vwr_vpci *vpci_of(const struct vwr_vdev *v)
{
    return (struct vwr_vpci *)(void *)((uint8_t *)(uintptr_t)v->bus -
                                       __builtin_offsetof(struct vwr_vpci, bus));
}

/*
 * Index of the memory BAR, which follows the I/O BAR of a legacy device. Without MSI-X, a legacy device needs
 * no memory BAR.
 */
static inline unsigned vpci_bar_of_memory(const struct vwr_vpci *f)
{
    return vwr_vdev_is_legacy(f->v) ? VWR_PCI_LEGACY_BAR + 1u : 0;
}

/* Index of the shared memory BAR of a modern device. */
#define VPCI_BAR_OF_REGIONS 2u

static inline bool vpci_has_memory(const struct vwr_vpci *f)
{
    return !vwr_vdev_is_legacy(f->v) || f->vectors != 0;
}

/* The bits of the command register that the guest may set. */
static inline uint32_t vpci_commands(const struct vwr_vpci *f)
{
    return PCI_COMMAND_MASTER | PCI_COMMAND_INTX_OFF | (vpci_has_memory(f) ? PCI_COMMAND_MEMORY : 0) |
           (vwr_vdev_is_legacy(f->v) ? PCI_COMMAND_IO : 0);
}

static inline bool vpci_uses_msix(const struct vwr_vpci *f)
{
    return (f->msix & PCI_MSIX_ENABLE) != 0;
}

/*
 * vwr_vpci_irq.c: renew: INTx follows interrupt status, command and MSI-X. send_pending: messages that could
 * not be sent before. msix: the table and the pending bits.
 */
extern const struct vwr_vdev_bus vwr_vpci_interrupts;
void vwr_vpci_renew_(struct vwr_vpci *f);
void vwr_vpci_send_pending_(struct vwr_vpci *f);
uint64_t vwr_vpci_msix_read_(const struct vwr_vpci *f, unsigned offset, unsigned bytes);
void vwr_vpci_msix_write_(struct vwr_vpci *f, unsigned offset, unsigned bytes, uint64_t value);

/* vwr_vpci.c: resets the function. */
void vwr_vpci_start_over_(struct vwr_vpci *f);

/* vwr_vpci_registers.c: the common configuration. */
void vwr_vpci_registers_(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value);

/* vwr_vpci_bar.c: an access to the BAR; its offset is below VWR_VPCI_BAR_BYTES. The functions for the ISR
 * status and the device configuration are also used by the legacy interface. */
void vwr_vpci_bar_(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value);
void vwr_vpci_read_isr_(struct vwr_vdev *v, uint64_t *value);
void vwr_vpci_config_(struct vwr_vdev *v, unsigned offset, unsigned bytes, bool is_write, uint64_t *value);

/* vwr_vpci_space.c: whether the class has a transitional device ID. */
bool vwr_vpci_may_be_legacy_(const struct vwr_vdev *v);

/* If a vector does not exist, it is not assigned, and the driver reads this back. */
static inline uint16_t vpci_vector(const struct vwr_vpci *f, uint32_t value)
{
    return value < f->vectors ? (uint16_t)value : (uint16_t)VWR_PCI_MSI_NO_VECTOR;
}

/*
 * vwr_vpci_region.c: init: false: the device cannot have its regions here. word: 32 bits of the capability of
 * a region. place: the BAR, or whether the function decodes it, has changed; the function has regions, and is
 * on a bus or has just left it.
 */
bool vwr_vpci_region_init_(struct vwr_vpci *f, const struct vwr_vpci_setup *s);
uint32_t vwr_vpci_region_word_(const struct vwr_vpci *f, unsigned id, unsigned offset);
void vwr_vpci_region_place_(struct vwr_vpci *f);

/*
 * vwr_vpci_host.c: place: called when a BAR, or whether the function decodes it, has changed. reset_behind:
 * resets all functions and bridges behind a bridge; the caller holds no lock of a device.
 */
void vwr_vpci_place_(struct vwr_vpci *f);
void vwr_vpci_reset_behind_(struct vwr_vpci_bridge *b);

/*
 * vwr_vpci_bridge.c: access the configuration space of a bridge in units of 32 bits; set its registers to
 * their reset values. None of them needs the lock of a device, and none may be called with one.
 */
uint32_t vwr_vpci_bridge_read_(const struct vwr_vpci_bridge *b, unsigned offset);
void vwr_vpci_bridge_write_(struct vwr_vpci_bridge *b, unsigned offset, uint32_t word);
void vwr_vpci_bridge_forget_(struct vwr_vpci_bridge *b);

/* Whether a bridge forwards a memory address, and whether it forwards to a bus. */
bool vwr_vpci_bridge_forwards_(const struct vwr_vpci_bridge *b, uint64_t addr);

static inline bool vpci_is_resetting(const struct vwr_vpci_bridge *b)
{
    return (b->control & PCI_BRIDGE_RESET) != 0;
}

static inline uint32_t vpci_secondary(const struct vwr_vpci_bridge *b)
{
    return b->buses >> 8 & 0xffu;
}

static inline uint32_t vpci_subordinate(const struct vwr_vpci_bridge *b)
{
    return b->buses >> 16 & 0xffu;
}

#endif
