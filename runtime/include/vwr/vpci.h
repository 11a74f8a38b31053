/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPCI_H
#define VWR_VPCI_H

#include "vwr/vdev.h"
#include "vwr/gen/pci.h"

VWR_BEGIN_C

/**
 * DOC: PCI, device side
 *
 * These functions offer a device of any class as a function on a virtual PCI bus: its configuration space, a
 * memory BAR with its registers, and its interrupts (MSI-X or INTx). A host bridge has an ECAM window for
 * configuration spaces, a window for BARs, and bridges to more buses. The guest assigns the BAR addresses.
 *
 * The VMM initialises a device as for MMIO, turns it into a function with vwr_vpci_init(), adds it to a bus,
 * and calls vwr_vpci_access() from its trap handler. MSI-X messages are passed to vm->ops->msi. INTx is the
 * level of the device's line, which is reported through vm->ops->irq. If functions share a line, the VMM
 * combines their levels. vwr_vpci_line() assigns pins to four lines in the same way as a PC and most boards.
 *
 * The function of a legacy device has the IDs of a transitional device, the legacy registers in an I/O BAR,
 * and the MSI-X table in a memory BAR, but no modern registers. vwr/vstate.h saves functions with
 * vwr_vpci_state; the VMM saves the bridges itself (docs/state.md).
 *
 * The locking rules are those of vwr/vdev.h. Hosts, buses and bridges have no lock: if CPUs access
 * configuration spaces concurrently, the VMM must serialise vwr_vpci_access() for the ECAM window. Accesses
 * to BARs may run concurrently with any other call.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: Virtio Over PCI Bus.
 */

/* Size of the BAR of a function in bytes. Each quarter of it holds one kind of registers. */
#define VWR_VPCI_BAR_BYTES 0x4000u

/* Offset of the notification registers in the BAR. */
#define VWR_VPCI_NOTIFY_OFFSET (VWR_VPCI_BAR_BYTES / 4u)

/* Size of a legacy function's I/O BAR in bytes, which is the maximum that PCI allows. */
#define VWR_VPCI_IO_BYTES 0x100u

/* Maximum number of vectors of a function. */
#define VWR_VPCI_VECTORS_MAX 128u

/* Maximum number of regions of shared memory of a function. */
#define VWR_VPCI_REGIONS_MAX 3u

/* Address of a shared memory region to which the guest has not assigned an address. */
#define VWR_VPCI_NOWHERE (~(uint64_t)0)

/* Maximum number of devices on a bus. */
#define VWR_VPCI_DEVICES 32u

/* Size of each bus in the ECAM window, in bytes. */
#define VWR_VPCI_BUS_BYTES 0x100000u

struct vwr_vpci;
struct vwr_vpci_bridge;

/**
 * struct vwr_vpci_bus - A bus
 * @bridge: Bridge that leads to the bus; NULL: the host.
 * @device: Function or bridge of each device number; NULL: none.
 *
 * The VMM zeroes the structure; vwr_vpci_add(), vwr_vpci_remove() and vwr_vpci_add_bridge() fill it in.
 */
struct vwr_vpci_bus {
    struct vwr_vpci_bridge *bridge;
    struct vwr_vpci_head *device[VWR_VPCI_DEVICES];
};

/**
 * struct vwr_vpci_head - The common part of functions and bridges
 * @host: Host; NULL: not on a bus.
 * @on: Bus.
 * @device: Device number.
 * @is_bridge: true for a bridge.
 */
struct vwr_vpci_head {
    struct vwr_vpci_host *host;
    struct vwr_vpci_bus *on;
    uint8_t device;
    bool is_bridge;
    /* private: */
    uint8_t line;     /* interrupt line register */
    uint16_t command; /* command register */
};

/**
 * struct vwr_vpci_vector - An MSI-X vector
 * @addr: Address of the message, set by the guest.
 * @data: Data of the message, set by the guest.
 * @masked: The guest has masked the vector.
 * @pending: The message was due while it could not be sent.
 */
struct vwr_vpci_vector {
    uint64_t addr;
    uint32_t data;
    bool masked;
    bool pending;
};

/**
 * struct vwr_vpci_setup - Setup of a function
 * @v: Device, after the init of its class.
 * @vector: Memory for vectors; need not be initialised.
 * @vector_count: Number of entries in @vector, up to VWR_VPCI_VECTORS_MAX; 0: no MSI-X. A driver typically
 *   uses one more than the device has queues.
 * @narrow: Use a 32-bit memory BAR instead of a 64-bit one. A legacy device always has a 32-bit memory BAR.
 * @region: Hook for regions of shared memory; NULL if the device has none. Called when the guest has assigned
 *   the guest-physical address @addr to region @id, or has unmapped the region (VWR_VPCI_NOWHERE). The VMM
 *   must map the memory at that address. The lock of a device on the host is held. The hook is called during
 *   an access to a configuration space, a reset, a removal or a load.
 *
 * The guest assigns the addresses of a PCI device's regions, so the addresses in vwr_vdev_setup.shm are not
 * used.
 *
 * The memory belongs to the VMM and stays in use as long as the function.
 */
struct vwr_vpci_setup {
    struct vwr_vdev *v;
    struct vwr_vpci_vector *vector;
    uint16_t vector_count;
    bool narrow;
    void (*region)(struct vwr_vpci *f, unsigned id, uint64_t addr);
};

/**
 * struct vwr_vpci - A function
 * @head: Head; the first member.
 * @v: Device.
 * @vector: Vectors.
 * @vectors: Number of vectors.
 */
struct vwr_vpci {
    struct vwr_vpci_head head;
    struct vwr_vdev *v;
    struct vwr_vpci_vector *vector;
    uint16_t vectors;
    /* private: */
    struct vwr_vdev_bus bus;
    bool narrow;
    bool asserted;   /* INTx */
    uint8_t cfg_bar; /* BAR that the PCI_CFG capability selects */
    uint32_t cfg_offset;
    uint32_t cfg_length;
    uint32_t msix; /* enable and mask bits */
    uint64_t bar;  /* address of the memory BAR */
    uint32_t io;   /* address of the I/O BAR */
    void (*region)(struct vwr_vpci *f, unsigned id, uint64_t addr);
    uint64_t shared;       /* address of the shared memory BAR */
    uint64_t shared_bytes; /* size of that BAR, a power of 2; 0: there is none */
    uint64_t distance;     /* distance between regions in that BAR */
    uint64_t there;        /* address at which the VMM has mapped that BAR, if `is_there` is true */
    bool is_there;
    uint32_t page; /* part of the host's window that contains the BAR, from 1 on; 0: none */
    uint32_t port; /* the same for the window for I/O */
};

/**
 * struct vwr_vpci_bridge - A PCI-to-PCI bridge
 * @head: Head; the first member.
 * @behind: Bus behind it.
 */
struct vwr_vpci_bridge {
    struct vwr_vpci_head head;
    struct vwr_vpci_bus behind;
    /* private: */
    uint32_t buses;  /* primary, secondary, subordinate */
    uint32_t memory; /* base and limit */
    uint16_t control;
};

/**
 * struct vwr_vpci_host - A host bridge
 * @ecam: Guest-physical address of the ECAM window. Bus 0 is at its start.
 * @buses: Number of buses in the ECAM window, 1 to 256.
 * @window: Guest-physical address of the window for BARs, a multiple of VWR_VPCI_BAR_BYTES. Bus
 *   addresses are the same.
 * @page: One pointer for each part of the window, zeroed.
 * @page_count: Number of entries in @page, which is the size of the window in units of VWR_VPCI_BAR_BYTES.
 * @io: Guest-physical address of the window for I/O, whose bus addresses start at 0. Legacy functions on bus
 *   0 have a BAR there. Bridges do not forward I/O.
 * @port: One pointer for each part of the window for I/O, zeroed; NULL: there is no such window.
 * @port_count: Number of entries in @port, which is the size of the window for I/O in units of
 *   VWR_VPCI_IO_BYTES.
 * @shared: Guest-physical address of another window, for shared memory BARs, which may be larger than
 *   @window. vwr_vpci_access() does not handle it. Functions with shared memory must be on bus 0.
 * @shared_bytes: Size of that window in bytes; 0: there is none.
 * @root: Bus 0, zeroed.
 *
 * The VMM fills in the structure before it adds the first function, and does not change it afterwards.
 */
struct vwr_vpci_host {
    uint64_t ecam;
    uint32_t buses;
    uint64_t window;
    struct vwr_vpci **page;
    uint32_t page_count;
    uint64_t io;
    struct vwr_vpci **port;
    uint32_t port_count;
    uint64_t shared;
    uint64_t shared_bytes;
    struct vwr_vpci_bus root;
};

/**
 * vwr_vpci_init() - Make a device a PCI function
 * @f: Function to initialise.
 * @s: Setup; not used after the call, except for the memory.
 *
 * A modern device offers VIRTIO_F_NOTIF_CONFIG_DATA in addition to its other features.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: PCI has no device ID for a device of this type: the type is larger than
 *   VWR_PCI_DEVICE_ID_MAX - VWR_PCI_DEVICE_ID_MODERN_BASE; or there are more than VWR_VPCI_REGIONS_MAX
 *   regions of shared memory, a region is empty or larger than 2^48 bytes, or there is no hook for regions;
 *   or the device is legacy and has regions, has no legacy ID, or has a configuration that does not fit the
 *   I/O BAR; or the queues or the configuration do not fit a quarter of the memory BAR; or there are too many
 *   vectors; or there are vectors, but the VM has no ops->msi, or neither ops->again nor ops->kicked. A
 *   driver that uses MSI-X does not acknowledge interrupts, so without these hooks no work would continue
 *   after a budget is used up.
 * * VWR_ENOMEM: @vector is NULL but @vector_count is not 0.
 */
VWR_MUST_CHECK int vwr_vpci_init(struct vwr_vpci *f, const struct vwr_vpci_setup *s);

/**
 * vwr_vpci_reset() - Reset a function, with its device, configuration space and vectors
 * @f: Function.
 *
 * A guest can do the same through the Advanced Features capability of the function, and through the bridges
 * that lead to it. docs/vpci.md lists what resets what.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vpci_reset(struct vwr_vpci *f);

/**
 * vwr_vpci_add() - Add a function to a bus
 * @h: Host.
 * @bus: Bus of the host: &h->root, or &bridge->behind for a bridge that was added to the host.
 * @device: Device number on the bus.
 * @f: Function.
 *
 * Return: VWR_OK.
 * * VWR_ENOMEM: an array of @h is too small (see f->v->shortage).
 * * VWR_ERANGE: there is no such device number.
 * * VWR_EBUSY: the device number is in use.
 * * VWR_EINVAL: the device has shared memory, but the bus is not bus 0.
 */
VWR_MUST_CHECK int vwr_vpci_add(struct vwr_vpci_host *h, struct vwr_vpci_bus *bus, unsigned device,
                                struct vwr_vpci *f);

/**
 * vwr_vpci_remove() - Reset a function and remove it from its bus
 * @f: Function. If it is not on a bus, nothing happens. It can be added again.
 *
 * Serialise the call with vwr_vpci_access() for the ECAM window. The PCI function stays in use until all CPUs
 * have returned from vwr_vpci_access() and, if v->unsafe is set afterwards, until it is cleared.
 *
 * Context: Any thread that does not hold the device's lock, which it takes. Does not wait, except
 *   for the VM's lock. Not from an interrupt handler.
 */
void vwr_vpci_remove(struct vwr_vpci *f);

/**
 * vwr_vpci_add_bridge() - Add a bridge to a bus
 * @h: Host.
 * @bus: Bus, the same as for vwr_vpci_add().
 * @device: Device number on the bus.
 * @b: Bridge; need not be initialised.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: there is no such device number.
 * * VWR_EBUSY: the device number is in use.
 */
VWR_MUST_CHECK int vwr_vpci_add_bridge(struct vwr_vpci_host *h, struct vwr_vpci_bus *bus, unsigned device,
                                       struct vwr_vpci_bridge *b);

/**
 * vwr_vpci_bridge_reset() - Reset a bridge, with all functions and bridges behind it
 * @b: Bridge that was added to a host.
 *
 * A reset of the machine calls this function for each bridge on bus 0, and vwr_vpci_reset() for each function
 * there. A guest resets what is behind a bridge, but not the bridge, through the bridge's control register.
 *
 * Context: Serialised with vwr_vpci_access() for the ECAM window; any thread that does not hold the lock of a
 *   device, which it takes. Does not wait, except for the VM's lock. Not from an interrupt handler.
 */
void vwr_vpci_bridge_reset(struct vwr_vpci_bridge *b);

/**
 * vwr_vpci_line() - Get the host's interrupt pin to which pin A of a function is wired
 * @f: Function on a bus.
 *
 * Each bridge rotates the pins by the device number. The interrupt-map of a device tree must contain the same
 * rotation.
 *
 * Return: 0 to 3 for A to D.
 */
unsigned vwr_vpci_line(const struct vwr_vpci *f);

/**
 * vwr_vpci_is_in_reset() - Check whether a bridge holds a function in reset
 * @f: Function, on a bus or removed from it.
 *
 * When the guest sets the bit Secondary Bus Reset of a bridge, all functions behind the bridge are reset,
 * also those behind further bridges. They do not respond until the guest clears the bit. The VMM needs this
 * function to report such a reset to observers (vwr_monitor_pci_reset()).
 *
 * Context: Any context, including an interrupt handler; serialised with vwr_vpci_access() for the ECAM
 *   window. Does not wait.
 * Return: true: a bridge between the host and the function holds it in reset.
 */
bool vwr_vpci_is_in_reset(const struct vwr_vpci *f);

/**
 * vwr_vpci_access() - Handle a guest access to the windows of a host
 * @h: Host.
 * @addr: Guest-physical address.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: Value to write, or filled in with the value that was read, zero-extended. vwr/vmmio.h
 *   describes the byte order.
 *
 * If nothing responds at the address, a read returns all ones. An access that the specification does not
 * allow is counted and has no effect; a read returns 0. The duration of an access to a BAR does not depend on
 * the number of functions, only on the depth of bridges.
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 * Return: true: the access was handled. false: the address is outside of the windows, and @value is
 *   unchanged.
 */
bool vwr_vpci_access(struct vwr_vpci_host *h, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);

/**
 * vwr_vpci_space() - Find the function whose configuration space is at an address
 * @h: Host.
 * @addr: Guest-physical address.
 * @offset: Filled in with the offset in the configuration space.
 *
 * This is needed to report accesses to observers, such as vwr_monitor_pci_space(). Which bus an address
 * belongs to depends on the bus numbers that the guest has written to bridges.
 *
 * Context: Any context, including an interrupt handler; serialised with vwr_vpci_access() for the ECAM
 *   window. Does not wait.
 * Return: The function; NULL: there is no function at the address, or the address is outside of the ECAM
 *   window.
 */
struct vwr_vpci *vwr_vpci_space(struct vwr_vpci_host *h, uint64_t addr, unsigned *offset);

/**
 * vwr_vpci_space_access() - Handle an access to the configuration space of a function
 * @f: Function.
 * @offset: Offset in bytes.
 * @bytes: Width of the access: 1, 2 or 4; @offset must be a multiple of it. For any other access, a read
 *   returns all ones and a write has no effect.
 * @is_write: true for a write.
 * @value: The same as for vwr_vpci_access().
 *
 * A VMM that has its own host bridge calls this function, vwr_vpci_bar_access() and vwr_vpci_io_access()
 * instead of vwr_vpci_access().
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 */
void vwr_vpci_space_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write,
                           uint64_t *value);

/**
 * vwr_vpci_bar_access() - Handle an access to the BAR of a function
 * @f: Function. The caller must check whether it decodes memory accesses.
 * @offset: Offset in the BAR in bytes, below VWR_VPCI_BAR_BYTES.
 * @bytes: Width of the access: 1, 2, 4 or 8.
 * @is_write: true for a write.
 * @value: The same as for vwr_vpci_access().
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 */
void vwr_vpci_bar_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value);

/**
 * vwr_vpci_structure() - Find the structure at an offset in a BAR
 * @offset: Offset in the BAR in bytes, below VWR_VPCI_BAR_BYTES.
 * @at: Filled in with the offset in the structure.
 *
 * This is needed to report BAR accesses to observers, such as vwr_monitor_pci_access().
 *
 * Return: Value of enum vwr_pci_cap_type; 0: the offset is in the MSI-X table or the pending bit array.
 */
unsigned vwr_vpci_structure(unsigned offset, unsigned *at);

/**
 * vwr_vpci_io_access() - Handle an access to the I/O BAR of a legacy function
 * @f: Function. The caller must check whether it decodes I/O accesses.
 * @offset: Offset in the BAR in bytes, below VWR_VPCI_IO_BYTES.
 * @bytes: Width of the access: 1, 2 or 4.
 * @is_write: true for a write.
 * @value: The same as for vwr_vpci_access().
 *
 * Context: The trap handler of a CPU of the VM. Takes the device's lock. Does not wait, except for
 *   the VM's lock.
 */
void vwr_vpci_io_access(struct vwr_vpci *f, unsigned offset, unsigned bytes, bool is_write, uint64_t *value);

VWR_END_C

#endif
