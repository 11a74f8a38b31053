/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_MONITOR_CASE_H
#define VWR_DEVICE_MONITOR_CASE_H

#include "vwr/monitor.h"

/* The rule that a case breaks: a clause, or the end of a section's title. */
struct broken {
    const char *name;
    const char *basis;
    void (*run)(void);
    const struct vwr_monitor *m; /* the monitor that has to report it */
};

/* Cases of virtio-pci: monitor_pci.c. */
extern const struct broken pci_cases[];
extern const size_t pci_case_count;

/* Cases of the configuration space of PCI: monitor_space.c. */
extern const struct broken space_cases[];
extern const size_t space_case_count;
void space_is_right(void **state);

/* Cases of a network card: monitor_net.c. */
extern const struct broken net_cases[];
extern const size_t net_case_count;
void net_is_right(void **state);

#define NO_RULE (-1)

/* The text shown next to a rule, and the first rule that the case breaks, or NO_RULE. */
struct edge {
    const char *name;
    int rule;
    void (*run)(void);
    const struct vwr_monitor *m;
};

#define EDGE(name, rule) {#name, rule, name, &w.m},
#define QUIET(name) EDGE(name, NO_RULE)

/* monitor_edges.c, monitor_pci.c, monitor_space.c, and monitor_net.c. */
extern const struct edge edges[], pci_edges[], space_edges[], net_edges[];
extern const size_t edge_count, pci_edge_count, space_edge_count, net_edge_count;

/* A correct driver and a correct device on PCI, with INTx and with MSI-X. */
void pci_is_right(void **state);
void pci_message_may_be_late(void **state);

#endif
