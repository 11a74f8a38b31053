/* SPDX-License-Identifier: MIT */
#ifndef VWR_PCI_H
#define VWR_PCI_H

#include "vwr/dev.h"
#include "vwr/gen/pci.h"

VWR_BEGIN_C

/**
 * DOC: virtio-pci, driver side
 *
 * These functions assign BARs, scan buses and probe functions::
 *
 *     struct vwr_pci_window windows[] = {
 *         {.bus = 0x10000000, .bytes = 0x2eff0000, .cpu = mapped, .kind = VWR_PCI_MEMORY},
 *     };
 *     struct vwr_pci_host host = {
 *         .access = &vwr_pci_ecam, .space = base, .windows = windows, .window_count = 1, .last_bus = 15};
 *     struct vwr_pci_scan scan = {.host = &host, .type = VWR_ID_BLOCK};
 *
 *     r = vwr_pci_place(&host); // where no firmware has done it
 *     while ((r = vwr_pci_scan_next(&scan, pci)) != 0)
 *         if (r == 1)
 *             r = vwr_blk_open(disk, &pci->dev, options);
 *
 * Only one caller at a time may use a host. vwr/find.h finds PCI hosts from a device tree or ACPI.
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: Virtio Over PCI Bus.
 */

/**
 * VWR_PCI_FUNCTION() - Number of a PCI function
 * @bus: Bus number.
 * @device: Device number, 0 to 31.
 * @function: Function number, 0 to 7.
 */
#define VWR_PCI_FUNCTION(bus, device, function) \
    ((uint32_t)(bus) << 8 | (uint32_t)(device) << 3 | (uint32_t)(function))

struct vwr_pci_host;

/**
 * struct vwr_pci_access - Access to configuration space
 * @read: Read 32 bits at @offset, a multiple of 4. Returns the value in CPU order, or all ones if there is no
 *   such function.
 * @write: Write 32 bits at @offset, a multiple of 4. @value is in CPU order.
 */
struct vwr_pci_access {
    uint32_t (*read)(const struct vwr_pci_host *h, uint32_t function, unsigned offset);
    void (*write)(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value);
};

/**
 * vwr_pci_ecam - Enhanced Configuration Access Mechanism: 4 KiB of registers per function, starting
 *   at host->space
 */
extern const struct vwr_pci_access vwr_pci_ecam;

/**
 * vwr_pci_ports - Access through an address register and a data register
 *
 * The address register is at host->space, and the data register 4 bytes after it. On x86 these are the I/O
 * ports 0xcf8 and 0xcfc. The registers are accessed with vwr_port_read32() and vwr_port_write32(), which must
 * distinguish I/O ports from memory by their address.
 */
extern const struct vwr_pci_access vwr_pci_ports;

/**
 * enum vwr_pci_kind - Kinds of windows and BARs
 * @VWR_PCI_NO_BAR: Neither of the kinds below.
 * @VWR_PCI_IO: I/O ports.
 * @VWR_PCI_MEMORY: Memory below 4 GiB. A window of this kind may also contain 64-bit BARs.
 * @VWR_PCI_MEMORY_64: A window for 64-bit BARs only.
 */
enum vwr_pci_kind { VWR_PCI_NO_BAR, VWR_PCI_IO, VWR_PCI_MEMORY, VWR_PCI_MEMORY_64 };

/**
 * struct vwr_pci_window - A range of addresses that the host forwards to the bus
 * @bus: First bus address.
 * @bytes: Size in bytes.
 * @cpu: Uncached CPU mapping of the first address; NULL if the CPU cannot access the memory.
 * @kind: enum vwr_pci_kind.
 * @used: Number of bytes in use at the start of the window. vwr_pci_place() assigns the bytes that follow,
 *   and increases @used.
 */
struct vwr_pci_window {
    uint64_t bus;
    uint64_t bytes;
    volatile void *cpu;
    uint8_t kind;
    uint64_t used;
};

/**
 * struct vwr_pci_fault - The first BAR or bridge that vwr_pci_place() could not place
 * @kind: VWR_FAULT_PCI_PLACE, VWR_FAULT_PCI_BUSES, VWR_FAULT_PCI_DEPTH or VWR_FAULT_NONE.
 * @function: Function.
 * @bytes: Size of BAR @bar in bytes.
 * @bar: BAR.
 */
struct vwr_pci_fault {
    uint32_t kind;
    uint32_t function;
    uint64_t bytes;
    uint8_t bar;
};

/**
 * struct vwr_pci_host - A PCI host bridge
 * @access: Access to configuration space.
 * @space: Data of @access; for vwr_pci_ecam the configuration space of bus @first_bus, mapped
 *   uncached.
 * @windows: Address windows. A BAR is placed in the first window that has enough space.
 * @window_count: Number of windows.
 * @first_bus: First bus number.
 * @last_bus: Last bus number.
 * @fault: For vwr_pci_host_explain().
 */
struct vwr_pci_host {
    const struct vwr_pci_access *access;
    volatile void *space;
    struct vwr_pci_window *windows;
    unsigned window_count;
    uint8_t first_bus;
    uint8_t last_bus;
    struct vwr_pci_fault fault;
};

/** VWR_PCI_DEPTH - Maximum number of nested buses */
#define VWR_PCI_DEPTH 4u

/**
 * VWR_PCI_PLACE_ACCESSES - Maximum number of configuration accesses of vwr_pci_place() per bus
 *
 * For each of 256 functions: 3 to close it if it is a bridge, 2 to find it, 1 to disable it and 18 for its
 * BARs; plus 64 to find the bus.
 */
#define VWR_PCI_PLACE_ACCESSES 6208u

/**
 * vwr_pci_place() - Assign bus numbers and BARs
 * @host: Host. No device behind the host may be in use.
 *
 * Call this function once, on a machine whose firmware has not assigned bus numbers and BARs. Each bridge
 * gets bus numbers from the host's range, and each BAR gets an address in a window. A bus that responds while
 * all bridges before it are closed is a root bus. It keeps its number, and the bridges of the previous root
 * bus get the numbers in between. A bridge forwards the part of the first VWR_PCI_MEMORY window that the BARs
 * behind the bridge use. Bridges do not forward I/O.
 *
 * Afterwards all functions are disabled. Functions whose memory BARs have an address can be probed. A bridge
 * is disabled if there is no space or no bus number for it, or if it is nested more than VWR_PCI_DEPTH deep.
 *
 * Return: VWR_OK.
 * * VWR_ERANGE: some BARs or bridges could not be placed; vwr_pci_host_explain() names the first. The others
 *   can be used.
 */
VWR_MUST_CHECK int vwr_pci_place(struct vwr_pci_host *host);

/**
 * vwr_pci_host_explain() - Describe the first BAR or bridge that vwr_pci_place() could not place
 * @host: Host.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_pci_host_explain(const struct vwr_pci_host *host, char *text, size_t bytes);

/**
 * struct vwr_pci_bar - A BAR
 * @at: CPU mapping; NULL: the CPU cannot access it.
 * @bytes: Size in bytes; 0: not present, or not read.
 * @io: true for I/O ports.
 */
struct vwr_pci_bar {
    volatile uint8_t *at;
    uint64_t bytes;
    bool io;
};

/** VWR_PCI_STRUCTURES - Number of structures: common, notification, ISR, device configuration */
#define VWR_PCI_STRUCTURES 4u

/**
 * struct vwr_pci_structure - A structure of a device, in a BAR that has been checked
 * @at: CPU mapping; NULL: not present.
 * @bytes: Size in bytes.
 */
struct vwr_pci_structure {
    volatile uint8_t *at;
    uint64_t bytes;
};

/**
 * struct vwr_pci_location - Location of a device's structure in its BAR
 * @offset: Offset in the BAR in bytes.
 * @bytes: Size in bytes.
 * @bar: BAR.
 */
struct vwr_pci_location {
    uint32_t offset;
    uint32_t bytes;
    unsigned bar;
};

/**
 * struct vwr_pci_message - An MSI-X message
 * @addr: Address.
 * @data: Data.
 */
struct vwr_pci_message {
    uint64_t addr;
    uint32_t data;
};

/**
 * struct vwr_pci - A virtio-pci device
 * @dev: Device; the first member.
 * @host: Host.
 * @function: Function.
 * @vectors: Number of MSI-X vectors of the device; 0: no MSI-X.
 * @interrupt: INTx pin: 1 to 4 for A to D; 0: none.
 * @line: Value that the firmware wrote to the interrupt line register.
 */
struct vwr_pci {
    struct vwr_dev dev;
    struct vwr_pci_host *host;
    uint32_t function;
    uint16_t vectors;
    uint8_t interrupt;
    uint8_t line;
    /* private: */
    struct vwr_pci_bar bar[VWR_PCI_BAR_MAX + 1u];           /* BARs that contain a structure */
    struct vwr_pci_structure structure[VWR_PCI_STRUCTURES]; /* by cfg_type, from VWR_PCI_CAP_COMMON_CFG on */
    uint32_t notify_multiplier;
    uint16_t msix;    /* offset of the capability; 0: none */
    uint16_t enabled; /* vectors in use */
    uint8_t decode;   /* command register bits that are needed */
};

/**
 * VWR_PCI_PROBE_ACCESSES - Maximum number of configuration accesses of a probe
 *
 * 9 for the function, 15 for each capability and its BAR, 8 for a BAR.
 */
#define VWR_PCI_PROBE_ACCESSES 760u

/**
 * vwr_pci_probe() - Probe a function for a device of either interface
 * @p: Filled in with the device. After an error, vwr_pci_explain() describes the error.
 * @host: Host. It must remain valid while @p is in use.
 * @function: Function. It must not be in use, because the probe temporarily disables its BARs to size them,
 *   and disables MSI, MSI-X and bus mastering.
 *
 * The call reads the capabilities, sizes the BARs to which they refer, and enables their decoders. It uses
 * the modern interface, or the legacy interface if the device has no modern one. Loops visit at most 48
 * capabilities and the host's windows.
 *
 * Afterwards the configuration space is in a known state, regardless of what the firmware or another kernel
 * left behind: power state D0, MSI and MSI-X off, INTx allowed, bus mastering off. The first vwr_dev_agree(),
 * which every open function calls after it has reset the device, enables bus mastering.
 *
 * Context: The device's owner. If the function is in a power state other than D0, waits 10 ms for each
 *   capability that reports this. Not from an interrupt handler.
 * Return: VWR_OK.
 * * VWR_ENODEV: there is no such function, or it is not a virtio device.
 * * VWR_EVERSION: the interface is missing or incomplete, or a BAR is outside all windows.
 * * VWR_ENOMEM: @host->window_count is not 0, and @host->windows is NULL.
 */
VWR_MUST_CHECK int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);

/**
 * vwr_pci_probe_modern() - Probe a function for the modern interface
 * @p: Filled in with the device. After an error, vwr_pci_explain() describes the error.
 * @host: Host. It must remain valid while @p is in use.
 * @function: Function. It must not be in use, because the probe temporarily disables its BARs to size them,
 *   and disables MSI, MSI-X and bus mastering.
 *
 * A program that calls only this function does not link the code for legacy devices.
 *
 * Return: The same as vwr_pci_probe().
 */
VWR_MUST_CHECK int vwr_pci_probe_modern(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);

/**
 * vwr_pci_probe_legacy() - Probe a function for the legacy interface
 * @p: Filled in with the device. After an error, vwr_pci_explain() describes the error.
 * @host: Host. It must remain valid while @p is in use.
 * @function: Function. It must not be in use, because the probe temporarily disables its BARs to size them,
 *   and disables MSI, MSI-X and bus mastering.
 *
 * A program that calls only this function does not link the code for modern devices.
 *
 * Return: The same as vwr_pci_probe().
 */
VWR_MUST_CHECK int vwr_pci_probe_legacy(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);

/**
 * struct vwr_pci_scan - Position of a scan over all functions of a host
 * @host: Host; set by the caller. The caller must zero the other members.
 * @type: Device ID (VWR_ID_*) to search for; 0: all types. Set by the caller. Functions of other types are
 *   not probed.
 */
struct vwr_pci_scan {
    struct vwr_pci_host *host;
    uint32_t type;
    /* private: */
    uint32_t next;
};

/**
 * vwr_pci_scan_next() - Find and probe the next virtio function
 * @s: Scan.
 * @p: Filled in with the device. @p->function is the function, even after an error.
 *
 * The scan skips functions that are not virtio devices. It visits every bus of the host, including those that
 * are not behind a bridge, because a host may have several root buses. On each bus it reads at most 8
 * functions for each of 32 devices, or 32 registers if the bus has no functions.
 *
 * Return: 1: @p can be opened. 0: there are no more functions.
 * * VWR_EVERSION: a virtio function cannot be used (the same error as vwr_pci_probe()); call again to
 *   continue.
 * * VWR_ENOMEM: the same error as vwr_pci_probe(). No function can be used.
 */
VWR_MUST_CHECK int vwr_pci_scan_next(struct vwr_pci_scan *s, struct vwr_pci *p);

/**
 * vwr_pci_use_msix() - Use MSI-X instead of INTx
 * @p: Device whose class is not open yet. The setting takes effect with the next
 *   vwr_dev_add_queue().
 * @message: Messages; they are copied to the device. message[0] signals a configuration change.
 *   Queue i uses message[1 + i % (count - 1)], or message[0] if @count is 1.
 * @count: Number of messages, at least 1.
 *
 * The handler of every vector calls vwr_dev_irq(), which then accesses no register and returns both
 * reasons (VWR_MMIO_INTERRUPT_STATUS_*). A reset does not change the setting.
 *
 * Return: VWR_OK.
 * * VWR_EUNSUPP: the device has no MSI-X or fewer than @count vectors, or its table is in no window;
 *   vwr_pci_explain() describes which.
 * * VWR_EINVAL: @count is 0.
 * Section: Virtio Over PCI Bus / PCI-specific Initialization And Device Operation / Device
 *   Initialization / MSI-X Vector Configuration.
 */
VWR_MUST_CHECK int vwr_pci_use_msix(struct vwr_pci *p, const struct vwr_pci_message *message, unsigned count);

/**
 * vwr_pci_explain() - Describe the last fault of a PCI device
 * @p: Device.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Unlike vwr_dev_explain(), this function also describes PCI faults.
 *
 * Return: Length of the whole message in bytes, without the terminator, even if @text is too short
 *   for it.
 */
size_t vwr_pci_explain(const struct vwr_pci *p, char *text, size_t bytes);

#if VWR_ACCESS_CALLS

struct vwr_pci_cfg;

/* The doorbell of all queues of such a device; private. */
struct vwr_pci_cfg_doorbell {
    struct vwr_doorbell_call call; /* first */
    struct vwr_pci_cfg *device;
};

/**
 * struct vwr_pci_cfg - A device that is accessed through its configuration space
 * @pci: Device; the first member.
 */
struct vwr_pci_cfg {
    struct vwr_pci pci;
    /* private: */
    struct vwr_pci_location place[VWR_PCI_STRUCTURES]; /* as pci.structure; 0 bytes: not present */
    uint32_t bar_register; /* register of the capability, without the BAR number */
    uint16_t capability;   /* its offset; 0: none */
    struct vwr_pci_cfg_doorbell doorbell;
};

/**
 * vwr_pci_probe_cfg() - Probe a function whose BARs the CPU cannot access
 * @w: Filled in with the device.
 * @host: Host that has no window for the BAR, or whose window has a NULL @cpu. The BARs need not have
 *   addresses.
 * @function: Function.
 *
 * Each register access uses the PCI_CFG capability and takes 4 accesses to configuration space. The function
 * exists only in a build with -DVWR_ACCESS_CALLS=1. Afterwards the device can be used as if
 * vwr_pci_probe_modern() had probed it, with these exceptions:
 *
 * - The driver does not accept NOTIFICATION_DATA and NOTIF_CONFIG_DATA.
 * - vwr_pci_use_msix() needs a window for the BAR of the MSI-X table.
 * - The accesses do not appear in a trace.
 *
 * The capability selects the register for the next access. Therefore only one caller at a time may use the
 * functions of the device, its class and its queues, including vwr_dev_irq(). With INTx, a handler that can
 * interrupt these functions must not call vwr_dev_irq(). With MSI-X, vwr_dev_irq() accesses no register, and
 * any handler may call it.
 *
 * Context: The device's owner. Waits as vwr_pci_probe() does. Not from an interrupt handler. It makes 11 more
 *   accesses than vwr_pci_probe().
 * Return: VWR_OK.
 * * VWR_ENODEV: there is no such function, or it is not a virtio device.
 * * VWR_EVERSION: the interface is missing, incomplete or outside of its BARs, or the capability is missing
 *   or does not retain the value written to it.
 * * VWR_ENOMEM: the same as vwr_pci_probe().
 * Section: Virtio Over PCI Bus / Virtio Structure PCI Capabilities / PCI configuration access
 *   capability.
 */
VWR_MUST_CHECK int vwr_pci_probe_cfg(struct vwr_pci_cfg *w, struct vwr_pci_host *host, uint32_t function);

extern const struct vwr_transport vwr_pci_cfg_modern;
#endif

/* Transports, by interface. */
extern const struct vwr_transport vwr_pci_modern;
extern const struct vwr_transport vwr_pci_legacy;

/**
 * vwr_pci_get_region() - Find a region of a PCI device
 * @p: Probed device. It must not be open, because sizing the BAR disables it briefly.
 * @id: Region.
 * @region: Filled in with the region.
 *
 * If several capabilities have this ID, the first one is used. The call enables memory decoding. The host
 * window that contains the BAR need not be mapped for the CPU. Loops visit at most 48 capabilities and the
 * host's windows.
 *
 * Return: VWR_OK.
 * * VWR_ENODEV: the device does not have the region; a legacy device has none.
 * * VWR_EPROTO: the region is empty or is not within a memory BAR.
 * * VWR_ERANGE: the BAR is not in any of the host's windows.
 * Section: Virtio Over PCI Bus / PCI Device Layout / Shared memory capability.
 */
VWR_MUST_CHECK int vwr_pci_get_region(struct vwr_pci *p, uint8_t id, struct vwr_region *region);

VWR_END_C

#endif
