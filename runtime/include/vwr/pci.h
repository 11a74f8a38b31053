/* SPDX-License-Identifier: MIT */
#ifndef VWR_PCI_H
#define VWR_PCI_H

#include "vwr/dev.h"
#include "vwr/gen/pci.h"

VWR_BEGIN_C

/*
 * virtio-pci, driver side. Section: Virtio Over PCI Bus.
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
 *             r = vwr_blk_open(disk, &pci->dev, memory, NULL);
 *
 * Context: one caller at a time for all functions of a host, outside of interrupt handlers.
 * Context, stack and loops of each call: docs/contexts.md.
 */

/* A function of a bus, as PCI numbers it. */
#define VWR_PCI_FUNCTION(bus, device, function) \
    ((uint32_t)(bus) << 8 | (uint32_t)(device) << 3 | (uint32_t)(function))

struct vwr_pci_host;

/* Configuration space: 32 bits at a multiple of 4 bytes, in CPU order. All ones: no such function. */
struct vwr_pci_access {
    uint32_t (*read)(const struct vwr_pci_host *h, uint32_t function, unsigned offset);
    void (*write)(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value);
};

/* The Enhanced Configuration Access Mechanism: 4 KiB of registers a function, from host->space on. */
extern const struct vwr_pci_access vwr_pci_ecam;

/*
 * An address register at host->space and a data register 4 bytes behind it: x86's I/O ports 0xcf8 and 0xcfc,
 * by vwr_port_read32 and vwr_port_write32, which there tell ports from memory by the address.
 */
extern const struct vwr_pci_access vwr_pci_ports;

enum vwr_pci_kind {
    VWR_PCI_NO_BAR, /* none of these */
    VWR_PCI_IO,
    VWR_PCI_MEMORY,   /* below 4 GiB; a window for BARs of 64 bits too */
    VWR_PCI_MEMORY_64 /* of a window: for BARs of 64 bits alone */
};

/* Addresses that the host passes to the bus. */
struct vwr_pci_window {
    uint64_t bus; /* first address there */
    uint64_t bytes;
    volatile void *cpu; /* where the CPU reaches the first, mapped uncached; of memory NULL: it does not */
    uint8_t kind;       /* enum vwr_pci_kind */
    uint64_t used; /* bytes from the beginning that vwr_pci_place does not take, and those that it took */
};

/* What vwr_pci_place met first that has no place. */
struct vwr_pci_fault {
    uint32_t kind; /* VWR_FAULT_PCI_PLACE, VWR_FAULT_PCI_BUSES, VWR_FAULT_PCI_DEPTH; VWR_FAULT_NONE */
    uint32_t function;
    uint64_t bytes; /* that BAR `bar` takes */
    uint8_t bar;
};

struct vwr_pci_host {
    const struct vwr_pci_access *access;
    volatile void *space;           /* its own; of vwr_pci_ecam that of `first_bus`, mapped uncached */
    struct vwr_pci_window *windows; /* of these the first that has room is taken */
    unsigned window_count;
    uint8_t first_bus;
    uint8_t last_bus;
    struct vwr_pci_fault fault; /* for vwr_pci_host_explain */
};

/*
 * Where no firmware has done it, once, before any device is driven: gives each bridge its bus numbers, within
 * those of the host, each BAR a place in a window, and each bridge the part of the first window of
 * VWR_PCI_MEMORY that BARs behind it have; I/O is not passed on. Afterwards all devices are off, those whose
 * BARs of memory have a place can be probed, and of others no BAR has one. A bridge for which there is no
 * place, no bus number, or which is behind VWR_PCI_DEPTH - 1 others, is off and passes nothing on.
 * VWR_OK; VWR_ERANGE: there are such, vwr_pci_host_explain says which is the first; the others work.
 * At most VWR_PCI_PLACE_ACCESSES accesses to configuration space for each bus.
 */
#define VWR_PCI_DEPTH 4u
#define VWR_PCI_PLACE_ACCESSES 5376u /* 256 functions: 2 to find one, 1 to switch it off, 18 for its BARs */
VWR_MUST_CHECK int vwr_pci_place(struct vwr_pci_host *host);

/* What vwr_pci_place did not place first, in words. Answers the length that all of it has. Context: any. */
size_t vwr_pci_host_explain(const struct vwr_pci_host *host, char *text, size_t bytes);

struct vwr_pci_bar {
    volatile uint8_t *at; /* NULL: the CPU does not reach it */
    uint64_t bytes;       /* 0: there is none, or nobody has looked */
    bool io;
};

/* A structure of the device, in a BAR that was checked. Common, notify, ISR, device configuration. */
#define VWR_PCI_STRUCTURES 4u
struct vwr_pci_structure {
    volatile uint8_t *at; /* NULL: there is none */
    uint64_t bytes;
};

/* The same by its BAR. */
struct vwr_pci_location {
    uint32_t offset;
    uint32_t bytes;
    unsigned bar;
};

/* Which message a queue or the configuration sends: a row of the MSI-X table. */
struct vwr_pci_message {
    uint64_t addr;
    uint32_t data;
};

struct vwr_pci {
    struct vwr_dev dev; /* first: dev.h has the calls that go on from here */
    struct vwr_pci_host *host;
    uint32_t function;
    uint16_t vectors;  /* that the device has; 0: no MSI-X */
    uint8_t interrupt; /* INTx: 1 to 4 for pins A to D; 0: none */
    uint8_t line;      /* what firmware wrote of it */
    /* private */
    struct vwr_pci_bar bar[VWR_PCI_BAR_MAX + 1u];           /* those that a structure is in */
    struct vwr_pci_structure structure[VWR_PCI_STRUCTURES]; /* by cfg_type, from VWR_PCI_CAP_COMMON_CFG on */
    uint32_t notify_multiplier;
    uint16_t msix;    /* offset of its capability; 0: none */
    uint16_t enabled; /* vectors in use */
    uint8_t decode;   /* bits of the command that its structures need */
};

/*
 * Looks at a function, and prepares `p`: reads its capabilities, sizes the BARs that they lead to, which
 * switches them off for a moment, so that it must not be in use; switches on the decoders of these, and bus
 * master. VWR_OK; VWR_ENODEV: no
 * function, or not of virtio; VWR_EVERSION: it has not the interface, or not all of it, or a BAR of it has no
 * place in a window. vwr_pci_explain works after an error too.
 * vwr_pci_probe takes the modern interface, the legacy one of a device without it; the other two take one and
 * leave the other's code out. Loops: at most 48 capabilities, the host's windows; at most
 * VWR_PCI_PROBE_ACCESSES accesses to configuration space.
 */
#define VWR_PCI_PROBE_ACCESSES \
    640u /* 7 and 2 of the function, 13 for each capability and its BAR, 8 for a BAR */
VWR_MUST_CHECK int vwr_pci_probe(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);
VWR_MUST_CHECK int vwr_pci_probe_modern(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);
VWR_MUST_CHECK int vwr_pci_probe_legacy(struct vwr_pci *p, struct vwr_pci_host *host, uint32_t function);

/* A walk over all functions of the host's buses; the caller fills in the first two, the rest is 0. */
struct vwr_pci_scan {
    struct vwr_pci_host *host;
    uint32_t type; /* VWR_ID_...: devices of other types are passed over, and not probed; 0: all types */
    /* private */
    uint32_t next;
    uint8_t last_bus; /* behind the bridges seen so far */
};

/*
 * The next function of virtio: 1 and *p if it can be driven; if not VWR_EVERSION as vwr_pci_probe
 * (p->function says where; go on); 0 at the end. Functions of others are passed over, and so are buses that
 * no bridge leads to. At most 8 functions of 32 devices of each bus of the host are read.
 */
VWR_MUST_CHECK int vwr_pci_scan_next(struct vwr_pci_scan *s, struct vwr_pci *p);

/*
 * Interrupts by MSI-X in place of INTx, from the next vwr_dev_add_queue on, so before the class is opened:
 * message[0] is sent when the configuration has changed, message[1 + i % (count - 1)] by queue i; with
 * `count` 1 the same one. The handler of either calls vwr_dev_irq, which then reads nothing of the device and
 * answers both bits. Stays through resets. VWR_OK; VWR_EUNSUPP: the device has no MSI-X, or less than `count`
 * vectors; VWR_EINVAL: `count` is 0. Section: Virtio Over PCI Bus / PCI-specific Initialization And Device
 * Operation / Device Initialization / MSI-X Vector Configuration.
 */
VWR_MUST_CHECK int vwr_pci_use_msix(struct vwr_pci *p, const struct vwr_pci_message *message, unsigned count);

/*
 * What went wrong last, in words, as vwr_dev_explain, which has no sentences for what is of PCI alone.
 * Answers the length that all of it has. Context: any.
 */
size_t vwr_pci_explain(const struct vwr_pci *p, char *text, size_t bytes);

#if VWR_CFG_ACCESS
/* A device that is driven through its configuration space alone. */
struct vwr_pci_cfg {
    struct vwr_pci pci; /* first */
    /* private */
    struct vwr_pci_location place[VWR_PCI_STRUCTURES]; /* as pci.structure; bytes 0: there is none */
    uint32_t bar_register;                             /* of the capability, without the BAR */
    uint16_t capability;                               /* its offset; 0: none */
};

/*
 * The modern interface where the CPU does not reach the BARs: no window, or one whose `cpu` is NULL. Each
 * access to a register is one to the capability PCI_CFG, 4 to configuration space; a BAR needs no place for
 * it. In a build with -DVWR_CFG_ACCESS=1. Afterwards all is as after vwr_pci_probe_modern, with these
 * differences: NOTIFICATION_DATA and NOTIF_CONFIG_DATA are not taken; vwr_pci_use_msix needs a window for the
 * BAR of its table; a trace has none of these accesses.
 * Context: the capability says where the next access goes, so all calls for the device, of its class, of all
 * queues, and vwr_dev_irq, have one caller at a time: with INTx vwr_dev_irq is not for a handler that may
 * interrupt the others. With MSI-X it makes no access, and is.
 * VWR_OK; VWR_ENODEV: no function, or not of virtio; VWR_EVERSION: it has not the interface, or not all of it
 * within its BARs, or not that capability, or one that does not hold what is written to it. Loops and
 * accesses: those of vwr_pci_probe, 11 more.
 * Section: Virtio Over PCI Bus / Virtio Structure PCI Capabilities / PCI configuration access capability.
 */
VWR_MUST_CHECK int vwr_pci_probe_cfg(struct vwr_pci_cfg *w, struct vwr_pci_host *host, uint32_t function);

extern const struct vwr_transport vwr_pci_cfg_modern;
#endif

/* For the files of this transport: the verbs of each interface. */
extern const struct vwr_transport vwr_pci_modern;
extern const struct vwr_transport vwr_pci_legacy;

VWR_END_C

#endif
