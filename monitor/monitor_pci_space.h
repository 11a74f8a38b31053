/* SPDX-License-Identifier: MIT */
#ifndef VWR_MONITOR_PCI_SPACE_H
#define VWR_MONITOR_PCI_SPACE_H

#include "../runtime/shared/pci_space_common.h"
#include "monitor_common.h"

/* Interface between the two files for the configuration space; private. */

/* Size of the largest virtio capability in bytes. */
#define SPACE_LARGEST ((unsigned)sizeof(struct vwr_pci_cap64))

/* Maximum number of capabilities. */
#define SPACE_CAPABILITIES ((PCI_CAPABILITIES_END - PCI_CAPABILITY_FIRST) / 4u)

/* The capabilities in the part of the list that is known, each listed once. */
struct monitor_list {
    unsigned count;
    bool is_whole; /* the list is known up to its end and contains no loop */
    uint8_t at[SPACE_CAPABILITIES];
};

/* A read of new bytes, from `from` to `end`. */
struct monitor_news {
    struct vwr_monitor *m;
    const struct monitor_list *list;
    unsigned from, end;
};

/* vwr_monitor_pci_space.c */
void vwr_monitor_pci_list_(const struct vwr_monitor *m, struct monitor_list *list);

/*
 * vwr_monitor_pci_capability.c: checks of new bytes. head: checks the IDs and the start of the list.
 * capability: checks one capability. whole: checks the whole list.
 */
void vwr_monitor_pci_head_(const struct monitor_news *n);
void vwr_monitor_pci_capability_(const struct monitor_news *n, unsigned at);
void vwr_monitor_pci_whole_(struct vwr_monitor *m, const struct monitor_list *list);

/* Whether a field is completely known. */
static inline bool space_has(const struct vwr_monitor *m, unsigned at, unsigned bytes)
{
    if (at + bytes > VWR_MONITOR_SPACE)
        return false;
    for (unsigned i = at; i < at + bytes; i++)
        if ((m->space.known[i / 32u] >> i % 32u & 1u) == 0)
            return false;
    return true;
}

/*
 * Gets a field of up to 4 bytes. Unknown bytes, and bytes beyond the end, have their last known value or 0.
 */
static inline uint32_t space_get(const struct vwr_monitor *m, unsigned at, unsigned bytes)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < bytes && at + i < VWR_MONITOR_SPACE; i++)
        value |= (uint32_t)m->space.byte[at + i] << 8u * i;
    return value;
}

static inline bool space_overlap(unsigned from, unsigned end, unsigned at, unsigned bytes)
{
    return from < at + bytes && at < end;
}

/* Whether some of the new bytes belong to a field that is now completely known. */
static inline bool news_of(const struct monitor_news *n, unsigned at, unsigned bytes)
{
    return space_overlap(n->from, n->end, at, bytes) && space_has(n->m, at, bytes);
}

/* Gets cfg_type of a virtio capability; 0: it is a different capability, or the type is unknown. */
static inline unsigned space_type(const struct vwr_monitor *m, unsigned at)
{
    if (m->space.byte[at] != VWR_PCI_CAP_ID_VNDR || !space_has(m, at + VWR_PCI_CAP_CFG_TYPE, 1))
        return 0; /* a driver need not read cap_len */
    return m->space.byte[at + VWR_PCI_CAP_CFG_TYPE];
}

#endif
