/* SPDX-License-Identifier: MIT */
#ifndef FAKE_PCI_H
#define FAKE_PCI_H

#include "vwr/pci.h"

/*
 * Configuration space written by a test: functions with BARs that can be placed. `mapped`, where the CPU
 * reaches the window, has the registers of one modern device: the one whose BAR is placed first. All accesses
 * are counted.
 */

#define FAKE_PCI_FUNCTIONS 1024u /* four buses */
#define WINDOW 0x10000000u
#define WINDOW_BYTES 0x00100000u
#define BAR_BYTES 0x4000u
#define CAPABILITY 0x40u /* the first capability; the others follow at steps of 0x10, except NOTIFY */

/* Offsets of header registers, from the PCI specification. */
enum {
    ID = 0,
    COMMAND = 4,
    REVISION = 8,
    HEADER = 12,
    BAR = 16,
    BUSES = 0x18,
    SUBSYSTEM = 0x2c,
    FIRST = 0x34,
    PIN = 0x3c
};

struct function {
    uint32_t word[64];
    uint32_t bar_mask[6]; /* writable bits of each BAR */
    unsigned cfg; /* offset of its PCI_CFG capability, which accesses the registers of `device`; 0: none */
    bool deaf;    /* PCI_CFG ignores writes, */
    unsigned deaf_at; /* or those to this offset in it; 0: to none */
    unsigned power;   /* offset of its capability for power states; leaving D3hot clears COMMAND and BARs */
};

struct fake_pci {
    struct function *at[FAKE_PCI_FUNCTIONS];
    struct function own[40];
    unsigned used;
    unsigned reads;
    unsigned writes;
    unsigned gone_after; /* accesses until every function vanishes; 0: never */
    bool crowded;        /* every function exists, with BARs of all kinds */
    unsigned roots;      /* one bit for each root bus other than the host's first */
};

#define FAKE_PCI_QUEUES 2u
#define FAKE_PCI_NOTIF_DATA 0x5a00u /* plus the queue index: queue_notif_config_data */

/* The registers of a modern device, laid out as by disk_at. */
struct fake_pci_device {
    struct vwr_features offered;
    struct vwr_features accepted;
    uint32_t feature_select[2]; /* of device_feature and of driver_feature */
    uint16_t queue_select;
    struct {
        uint16_t size;
        uint16_t vector;
        uint16_t enable;
        uint16_t reset;
        uint32_t area[6];
    } queue[FAKE_PCI_QUEUES];
    uint16_t config_vector;
    uint8_t status;
    uint8_t refuses_status; /* bits of it that read as 0 after they are written */
    uint8_t isr;
    uint8_t generation;
    uint8_t config[256];
    struct {
        uint32_t offset; /* within the notification structure */
        uint32_t bytes;
        uint32_t value;
    } notified[16];
    unsigned notifications;
    bool gone;                                                       /* all registers read as ones */
    bool refuses_config_vector, refuses_queue_vector, refuses_queue; /* these writes have no effect */
    unsigned accesses;
    uint64_t woken; /* when it left D3hot */
};

/* The legacy header of a device, whose I/O BAR firmware has placed at these ports. */
#define FAKE_PCI_PORTS 0xc000u
#define FAKE_PCI_PORT_BYTES 64u

struct fake_pci_legacy {
    uint32_t offered;
    uint32_t accepted;
    struct {
        uint16_t size;
        uint16_t vector;
        uint32_t page;
    } queue[FAKE_PCI_QUEUES];
    uint16_t config_vector;
    uint16_t queue_select;
    uint16_t notified; /* the last queue */
    unsigned notifications;
    uint8_t status;
    bool gone;                               /* all registers read as ones */
    bool refuses_vectors, refuses_addresses; /* these writes have no effect */
};

/*
 * Where the registers of the device are, by cfg_type - 1, as addresses of the CPU or ports. Without `bytes`
 * of the first: as by disk_at. An access to anything else fails.
 */
struct fake_pci_place {
    uintptr_t at;
    uint32_t bytes;
};

extern struct fake_pci_place fake_pci_place[VWR_PCI_STRUCTURES];
extern struct fake_pci_legacy legacy;
#define FAKE_PCI_AS_IS UINT64_MAX
extern uint64_t fake_pci_dma; /* device address of all memory; FAKE_PCI_AS_IS: that of the program */
extern struct fake_pci_device device;
extern struct fake_pci bus;
extern struct vwr_pci_window window;
extern struct vwr_pci_host host;
extern struct vwr_pci pci;
extern uint8_t mapped[4 * WINDOW_BYTES]; /* memory behind the CPU's `window` */
extern uint32_t ports[2];                /* address and data registers of vwr_pci_ports */

/* A cmocka setup function: four empty buses and one window. */
int begin(void **state);

void put8(struct function *f, unsigned offset, uint8_t v);
void capability(struct function *f, unsigned at, uint8_t type, uint8_t bar, uint32_t offset, uint32_t length);
struct function *function_at(uint32_t where, uint32_t id, uint32_t type);
struct function *bridge_at(uint32_t where);

/* A disk as in QEMU: a 64-bit BAR 4 with the four structures on one page each. */
struct function *disk_at(uint32_t where);

/* A legacy disk, and a window of I/O ports, which have no address of the CPU. */
struct function *legacy_disk_at(uint32_t where);

/* Adds the capability for power states behind those of disk_at; the function is in D3hot. */
void power_at(struct function *disk);

/* Adds the capability PCI_CFG behind those of disk_at; from now on the CPU reaches no BAR. */
void cfg_at(struct function *disk);

/* An access to the BAR of the device, as by vwr_host_read and vwr_host_write. */
uint32_t fake_pci_read(uint32_t offset, unsigned bytes);
void fake_pci_write(uint32_t offset, unsigned bytes, uint32_t value);

/* The structures that the probe found lie in the window. */
void check_found(void);

#endif
