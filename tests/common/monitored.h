/* SPDX-License-Identifier: MIT */
#ifndef VWR_COMMON_MONITORED_H
#define VWR_COMMON_MONITORED_H

#include "vwr/monitor.h"
#include "vwr/vdev.h"

/*
 * A monitor for a device whose two sides must both be correct: a broken rule ends the program with a message.
 * The test calls monitored_driver before the device runs and monitored_device afterwards.
 */

#define MONITORED_QUEUES 64u
#define MONITORED_SIZE 256u

struct monitored {
    struct vwr_monitor m;
    struct vwr_vdev *v; /* NULL: there is none */
    uint32_t reasons;   /* interrupt reasons when the device last ran */
    struct vwr_monitor_queue queue[MONITORED_QUEUES];
    struct vwr_monitor_entry entry[MONITORED_QUEUES * MONITORED_SIZE];
};

/* Monitors that start from now on follow one in this many notifications (one_in in vwr/monitor.h). */
void monitored_sample(unsigned one_in);

/* Observes a device from its start on, or after a change of its features. */
void monitored_begin(struct monitored *o, struct vwr_vdev *v);

void monitored_driver(struct monitored *o);
void monitored_device(struct monitored *o);
void monitored_access(struct monitored *o, uint64_t offset, unsigned bytes, bool is_write, uint64_t value);

/* The same for a structure of PCI: enum vwr_pci_cap_type. */
void monitored_pci_access(struct monitored *o, unsigned structure, uint64_t offset, unsigned bytes,
                          bool is_write, uint64_t value);

/* The same for the configuration space of PCI. */
void monitored_space(struct monitored *o, unsigned offset, unsigned bytes, bool is_write, uint64_t value);

/* The device has raised its interrupt line. */
void monitored_interrupt(struct monitored *o);

/* The device has sent a message, for these reasons: enum vwr_pci_isr. */
void monitored_message(struct monitored *o, uint32_t reasons);

/* Something was broken on purpose: from now on nothing is observed. */
void monitored_end(struct monitored *o);

/* The totals of all monitors that have ended, so that a test can check that they followed buffers. */
struct monitored_total {
    uint64_t buffers;
    uint64_t lost; /* number of times that a monitor stopped following a queue */
};
struct monitored_total monitored_total(void);

#endif
