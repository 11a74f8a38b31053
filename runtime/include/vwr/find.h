/* SPDX-License-Identifier: MIT */
#ifndef VWR_FIND_H
#define VWR_FIND_H

#include "vwr/acpi.h"
#include "vwr/mmio.h"
#include "vwr/pci.h"
#include "vwr/tree.h"

VWR_BEGIN_C

struct vwr_find;
struct vwr_found;
struct vwr_text;

/**
 * DOC: Finding all devices in a machine
 *
 * These functions enumerate the virtio devices in all descriptions of a machine, such as a device tree or
 * ACPI tables::
 *
 *     static struct vwr_found found[32];
 *     static struct vwr_find_host hosts[1];
 *     static struct vwr_find find;
 *     const struct vwr_find_source sources[] = {
 *         {.kind = &vwr_find_tree, .from = tree},
 *         {.kind = &vwr_find_tree_pci, .from = tree, .place = true},
 *         {.kind = &vwr_find_command_line, .from = bootargs},
 *     };
 *
 *     vwr_find_begin(&find, sources, 3, hosts, 1);
 *     while (n < 32 && (r = vwr_find_next(&find, &found[n])) != 0)
 *         if (r > 0)
 *             use(&found[n++]); // vwr_open(opened, &found->dev, options), found->interrupt
 *         else if (r != VWR_ENODEV && vwr_find_explain(&find, text, sizeof(text)) > 0)
 *             print(text); // skipped, and why
 *
 * Only the code of the listed sources is linked: a program without PCI sources does not link PCI.
 * All memory belongs to the caller.
 *
 * Run the search before any device behind the PCI hosts is in use. generated/docs/contexts.md lists the
 * calling context, stack use and loop bounds of each function.
 */

/**
 * struct vwr_find_kind - A kind of source; a constant
 * @next: Find the next device. Returns the same results as vwr_find_next(); 0 means the end of the source.
 * @begin: For a source of PCI hosts: set up the next host. Returns 1, or 0 if there are no more hosts, or an
 *   error.
 * @explain: Describe the last error. Set with VWR_WORDS(...).
 */
struct vwr_find_kind {
    int (*next)(struct vwr_find *f, struct vwr_found *found);
    int (*begin)(struct vwr_find *f, struct vwr_found *found);
    void (*explain)(const struct vwr_find *f, struct vwr_text *t);
};

/**
 * vwr_find_windows - Source: windows of register blocks
 *
 * @from is an array of @count struct vwr_mmio_window. If the register blocks are not equally spaced, use one
 * window for each block.
 */
extern const struct vwr_find_kind vwr_find_windows;

/**
 * vwr_find_tree - Source: the virtio,mmio nodes of a device tree
 *
 * @from is a struct vwr_tree.
 */
extern const struct vwr_find_kind vwr_find_tree;

/**
 * vwr_find_command_line - Source: a command line
 *
 * @from is a string with virtio_mmio.device=<bytes>@<address>:<interrupt>[:<id>], in Linux's syntax: the name
 * may contain "-" instead of "_", the size may have a suffix from K to E, and the interrupt is decimal. White
 * space between quotes does not end a parameter. Anything after "--" is ignored.
 */
extern const struct vwr_find_kind vwr_find_command_line;

/**
 * vwr_find_pci - Source: PCI buses
 *
 * @from is an array of @count pointers to struct vwr_pci_host.
 */
extern const struct vwr_find_kind vwr_find_pci;

/**
 * vwr_find_tree_pci - Source: the pci-host-ecam-generic nodes of a device tree
 *
 * @from is a struct vwr_tree.
 */
extern const struct vwr_find_kind vwr_find_tree_pci;

/**
 * vwr_find_acpi - Source: ACPI's table MCFG
 *
 * @from is a struct vwr_find_tables.
 */
extern const struct vwr_find_kind vwr_find_acpi;

/**
 * struct vwr_find_source - A source of devices
 * @kind: One of the kinds above.
 * @from: Data of the source. NULL: the machine does not have this source, so nothing is found in it.
 * @count: Number of entries in @from, for kinds whose @from is an array.
 * @place: For PCI: true if the firmware did not assign the BARs, so that vwr_pci_place() has to assign them.
 */
struct vwr_find_source {
    const struct vwr_find_kind *kind;
    const void *from;
    size_t count;
    bool place;
};

/**
 * struct vwr_find_tables - ACPI tables, and the address windows, which ACPI describes only in AML
 * @acpi: Tables.
 * @windows: Address windows of the PCI hosts.
 * @window_count: Number of windows.
 */
struct vwr_find_tables {
    const struct vwr_acpi *acpi;
    struct vwr_pci_window *windows;
    unsigned window_count;
};

/** VWR_FIND_WINDOWS - Maximum number of address windows of a PCI host from a device tree */
#define VWR_FIND_WINDOWS 4u

/**
 * struct vwr_find_host - Memory for a PCI host that a device tree or ACPI describes
 * @host: PCI host.
 * @window: Address windows of the host.
 *
 * It must remain valid while devices behind the host are in use.
 */
struct vwr_find_host {
    struct vwr_pci_host host;
    struct vwr_pci_window window[VWR_FIND_WINDOWS];
};

/**
 * struct vwr_found - A device that was found, ready to be opened
 * @dev: Device, of either transport.
 * @mmio: The device if @is_pci is false.
 * @pci: The device if @is_pci is true.
 * @source: Source in which the device was found.
 * @interrupt: Interrupt line. For PCI: INTx, if a device tree maps it.
 * @msi_controller: For PCI: phandle of the MSI controller.
 * @msi_id: For PCI: ID of the function at the MSI controller.
 * @is_pci: true for a PCI device.
 * @has_msi: true if a device tree names an MSI controller.
 * @coherent: true if a device tree marks the device as coherent: vwr_tree_is_coherent().
 *
 * Do not move the structure while the device is in use.
 */
struct vwr_found {
    union {
        struct vwr_dev dev;
        struct vwr_mmio mmio;
        struct vwr_pci pci;
    };
    const struct vwr_find_source *source;
    struct vwr_interrupt interrupt;
    uint32_t msi_controller;
    uint32_t msi_id;
    bool is_pci;
    bool has_msi;
    bool coherent;
};

/**
 * struct vwr_find - Position of a search; set up by vwr_find_begin()
 * @sources: Sources.
 * @count: Number of sources.
 * @hosts: Memory for PCI hosts of device trees and ACPI.
 * @host_count: Number of entries in @hosts.
 * @map: Maps @bytes bytes at the physical address @at, uncached, or returns NULL if the CPU cannot access
 *   them. If @map itself is NULL, physical addresses are used as they are.
 * @context: Passed to @map.
 */
struct vwr_find {
    const struct vwr_find_source *sources;
    size_t count;
    struct vwr_find_host *hosts;
    unsigned host_count;
    volatile void *(*map)(void *context, uint64_t at, uint64_t bytes);
    void *context;
    /* private: */
    size_t source;
    size_t entry; /* index in the source; 0: its start */
    uint32_t slot;
    unsigned used; /* number of `hosts` in use */
    uint8_t fault;
    int result;
    struct vwr_pci_scan scan;
    struct vwr_tree_node node;
    const struct vwr_found *found; /* last device that was returned */
    uint64_t at;
};

/**
 * vwr_find_begin() - Start a search
 * @f: Search to initialise. Set @map and @context afterwards if needed.
 * @sources: Sources. They must remain valid while the search is in use.
 * @count: Number of sources.
 * @hosts: Memory for PCI hosts. It must remain valid while devices behind them are in use.
 * @host_count: Number of entries in @hosts.
 */
void vwr_find_begin(struct vwr_find *f, const struct vwr_find_source *sources, size_t count,
                    struct vwr_find_host *hosts, unsigned host_count);

/**
 * vwr_find_next() - Find the next device
 * @f: Search.
 * @found: Filled in with the device.
 *
 * Return: 1: @found is valid. 0: there are no more devices. An error means that a device cannot be used or
 *   that a description is invalid; call again to continue.
 * * VWR_ENODEV: the slot is empty, or the node is disabled.
 * * VWR_EMAGIC, VWR_EVERSION, VWR_EGONE: the same as vwr_mmio_probe() and vwr_pci_probe().
 * * VWR_EUNSUPP, VWR_EPROTO: a description is invalid; the same as vwr_tree_reg(),
 *   vwr_tree_interrupt(), vwr_tree_check_dma() and vwr_acpi_segment().
 * * VWR_EINVAL: the command line does not describe a device, or a window is smaller than the
 *   registers.
 * * VWR_ENOMEM: there are more PCI hosts than entries in @hosts.
 * * VWR_ERANGE: the CPU cannot access the registers, or vwr_pci_place() could not place every BAR.
 */
VWR_MUST_CHECK int vwr_find_next(struct vwr_find *f, struct vwr_found *found);

/**
 * vwr_find_explain() - Describe the last error of vwr_find_next()
 * @f: Search.
 * @text: Buffer for the message. The message is always terminated if @bytes > 0.
 * @bytes: Size of @text in bytes.
 *
 * Return: Length of the whole message in bytes, without the terminator; 0 in a build without texts.
 */
size_t vwr_find_explain(const struct vwr_find *f, char *text, size_t bytes);

VWR_END_C

#endif
