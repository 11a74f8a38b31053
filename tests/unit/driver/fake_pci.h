/* SPDX-License-Identifier: MIT */
#ifndef FAKE_PCI_H
#define FAKE_PCI_H

#include "vwr/pci.h"

/*
 * Configuration space that a test writes: functions whose BARs can be placed. In `mapped`, where the CPU
 * reaches the window, are registers of one modern device, that whose BAR is placed first. All accesses are
 * counted.
 */

#define FAKE_PCI_FUNCTIONS 1024u /* of four buses */
#define WINDOW 0x10000000u
#define WINDOW_BYTES 0x00100000u
#define BAR_BYTES 0x4000u
#define CAPABILITY 0x40u /* of the first capability, others 0x10 behind each other but for NOTIFY */

/* By PCI: where the registers of a header are. */
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
    uint32_t bar_mask[6]; /* which bits of a BAR can be written */
    unsigned cfg;         /* its capability PCI_CFG, through which are the registers of `device`; 0: none */
    bool deaf;            /* which does not hold what is written to it */
};

struct fake_pci {
    struct function *at[FAKE_PCI_FUNCTIONS];
    struct function own[40];
    unsigned used;
    unsigned reads;
    unsigned writes;
    unsigned gone_after; /* so many accesses; 0: never */
    bool crowded;        /* each function is there, with BARs of all kinds */
};

#define FAKE_PCI_QUEUES 2u
#define FAKE_PCI_NOTIF_DATA 0x5a00u /* and the queue's index: queue_notif_config_data */

/* The registers of a modern device, where disk_at has them. */
struct fake_pci_device {
    struct vwr_features offered;
    struct vwr_features accepted;
    uint32_t feature_select[2]; /* device's, driver's */
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
    uint8_t isr;
    uint8_t generation;
    uint8_t config[256];
    struct {
        uint32_t offset; /* in the notification structure */
        uint32_t bytes;
        uint32_t value;
    } notified[8];
    unsigned notifications;
    bool gone; /* all ones */
    unsigned accesses;
};

extern struct fake_pci_device device;
extern struct fake_pci bus;
extern struct vwr_pci_window window;
extern struct vwr_pci_host host;
extern struct vwr_pci pci;
extern uint8_t mapped[4 * WINDOW_BYTES]; /* where the CPU reaches `window` */
extern uint32_t ports[2];                /* address and data, for vwr_pci_ports */

/* A setup of cmocka: nothing on four buses, one window. */
int begin(void **state);

void put8(struct function *f, unsigned offset, uint8_t v);
void capability(struct function *f, unsigned at, uint8_t type, uint8_t bar, uint32_t offset, uint32_t length);
struct function *function_at(uint32_t where, uint32_t id, uint32_t type);
struct function *bridge_at(uint32_t where);

/* As QEMU has a disk: BAR 4 of 64 bits, the four structures a page each. */
struct function *disk_at(uint32_t where);

/* The capability PCI_CFG, behind those of disk_at; the CPU reaches no BAR from here on. */
void cfg_at(struct function *disk);

/* An access to the BAR of the device, as vwr_host_read and _write make it. */
uint32_t fake_pci_read(uint32_t offset, unsigned bytes);
void fake_pci_write(uint32_t offset, unsigned bytes, uint32_t value);

/* What the probe has found lies in the window. */
void check_found(void);

#endif
