/* SPDX-License-Identifier: MIT */
#include "monitor_pci_space.h"
#include "vwr/gen/ids.h"

/* Checks the contents of a function's configuration space: IDs and virtio capabilities. */

/* ---- IDs ---- */

static bool capability_is_transitional(uint32_t id)
{
    switch (id) {
    case VWR_TRANSITIONAL_NET:
    case VWR_TRANSITIONAL_BLOCK:
    case VWR_TRANSITIONAL_BALLOON:
    case VWR_TRANSITIONAL_CONSOLE:
    case VWR_TRANSITIONAL_SCSI:
    case VWR_TRANSITIONAL_RNG:
    case VWR_TRANSITIONAL_9P:
        return true;
    default:
        return false;
    }
}

static bool capability_is_modern(uint32_t id)
{
    return id > VWR_PCI_DEVICE_ID_MODERN_BASE && id <= VWR_PCI_DEVICE_ID_MAX;
}

/* A device without an I/O BAR has no legacy interface. */
static void capability_of_modern(const struct monitor_news *n, uint32_t id)
{
    struct vwr_monitor *const m = n->m;
    const unsigned subsystem = PCI_SUBSYSTEM + 2u;

    if (capability_is_transitional(id) && news_of(n, PCI_BAR_0, 1) &&
        (m->space.byte[PCI_BAR_0] & PCI_BAR_IO) == 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_MODERN_ID, NULL, 0, id, 0);
    if (!capability_is_modern(id))
        return;
    if (news_of(n, PCI_CLASS, 1) && m->space.byte[PCI_CLASS] < VWR_PCI_REVISION_MODERN_MIN)
        vwr_monitor_find_(m, VWR_RULE_PCI_REVISION, NULL, 0, m->space.byte[PCI_CLASS], id);
    if (news_of(n, subsystem, 2) && space_get(m, subsystem, 2) < VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN)
        vwr_monitor_find_(m, VWR_RULE_PCI_SUBSYSTEM, NULL, 0, space_get(m, subsystem, 2), id);
}

static void capability_ids(const struct monitor_news *n)
{
    struct vwr_monitor *const m = n->m;
    const unsigned at = PCI_ID + 2u;
    const uint32_t vendor = space_get(m, PCI_ID, 2), id = space_get(m, at, 2);

    /* The function does not answer, or is not ready. */
    if (!space_has(m, PCI_ID, 2) || vendor == PCI_VENDOR_NONE || vendor == PCI_VENDOR_LATER)
        return;
    if (news_of(n, PCI_ID, 2) && vendor != VWR_PCI_VENDOR_ID)
        vwr_monitor_find_(m, VWR_RULE_PCI_VENDOR, NULL, 0, vendor, 0);
    if (news_of(n, at, 2) && !capability_is_modern(id) && !capability_is_transitional(id))
        vwr_monitor_find_(m, VWR_RULE_PCI_DEVICE_ID, NULL, 0, id, 0);
    if (space_has(m, at, 2))
        capability_of_modern(n, id);
}

/* ---- the list ---- */

/* Checks for a pointer into the header or back into the list. */
static bool capability_is_astray(const struct monitor_list *list, unsigned at, unsigned next)
{
    if (next < PCI_CAPABILITY_FIRST)
        return next != 0;
    for (unsigned i = 0; i < list->count && at != 0; i++) {
        if (list->at[i] == next)
            return true;
        if (list->at[i] == at)
            break;
    }
    return false;
}

static void capability_pointer(const struct monitor_news *n, unsigned at)
{
    const unsigned pointer = at == 0 ? PCI_CAPABILITIES : at + VWR_PCI_CAP_CAP_NEXT;
    const unsigned next = space_get(n->m, pointer, 1) & PCI_CAPABILITY_MASK;

    if (news_of(n, pointer, 1) && capability_is_astray(n->list, at, next))
        vwr_monitor_find_(n->m, VWR_RULE_PCI_LIST, NULL, pointer, next, 0);
}

void vwr_monitor_pci_head_(const struct monitor_news *n)
{
    capability_ids(n);
    capability_pointer(n, 0);
}

struct capability_needed {
    uint8_t type;
    uint16_t rule;
};

static const struct capability_needed capabilities_needed[] = {
    {VWR_PCI_CAP_COMMON_CFG, VWR_RULE_PCI_COMMON_MISSING},
    {VWR_PCI_CAP_NOTIFY_CFG, VWR_RULE_PCI_NOTIFY_MISSING},
    {VWR_PCI_CAP_ISR_CFG, VWR_RULE_PCI_ISR_MISSING},
    {VWR_PCI_CAP_PCI_CFG, VWR_RULE_PCI_WINDOW_MISSING},
};

/* The whole list is known. The types of some virtio capabilities may still be unknown. */
void vwr_monitor_pci_whole_(struct vwr_monitor *m, const struct monitor_list *list)
{
    uint32_t types = 0;

    for (unsigned i = 0; i < list->count; i++) {
        const unsigned type = space_type(m, list->at[i]);

        if (!space_has(m, list->at[i], 1) || (m->space.byte[list->at[i]] == VWR_PCI_CAP_ID_VNDR && type == 0))
            return;
        if (type < 32u)
            types |= (uint32_t)1 << type;
    }
    m->space.is_whole = true;
    for (size_t i = 0; i < sizeof(capabilities_needed) / sizeof(capabilities_needed[0]); i++)
        if ((types >> capabilities_needed[i].type & 1u) == 0)
            vwr_monitor_find_(m, (enum vwr_rule_number)capabilities_needed[i].rule, NULL, 0, 0, 0);
}

/* ---- notifications ---- */

/* Whether the device offers NOTIFICATION_DATA and the driver has read that. */
static bool capability_has_data(const struct vwr_monitor *m)
{
    return (m->known >> VWR_F_NOTIFICATION_DATA / 32u & 1u) != 0 &&
           vwr_features_have(&m->offered, VWR_F_NOTIFICATION_DATA);
}

static uint32_t capability_notification(const struct vwr_monitor *m)
{
    return capability_has_data(m) ? sizeof(struct vwr_pci_notification_data) : sizeof(uint16_t);
}

static void capability_notify(const struct monitor_news *n, unsigned at)
{
    struct vwr_monitor *const m = n->m;
    const bool has_data = capability_has_data(m);
    const uint32_t unit = capability_notification(m);
    const uint32_t offset = space_get(m, at + VWR_PCI_CAP_OFFSET, 4);
    const uint32_t length = space_get(m, at + VWR_PCI_CAP_LENGTH, 4);

    if (news_of(n, at + VWR_PCI_CAP_OFFSET, 4) && (offset & (unit - 1u)) != 0)
        vwr_monitor_find_(m, has_data ? VWR_RULE_PCI_DATA_PLACE : VWR_RULE_PCI_NOTIFY_PLACE, NULL, at, offset,
                          unit);
    if (news_of(n, at + VWR_PCI_CAP_LENGTH, 4) && length < unit)
        vwr_monitor_find_(m, has_data ? VWR_RULE_PCI_DATA_SHORT : VWR_RULE_PCI_NOTIFY_SHORT, NULL, at, length,
                          unit);
    if (news_of(n, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER, 4)) {
        const uint32_t multiplier = space_get(m, at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER, 4);

        if (multiplier != 0 && (!vwr_is_power_of_2(multiplier) || multiplier < unit))
            vwr_monitor_find_(m, has_data ? VWR_RULE_PCI_DATA_MULTIPLIER : VWR_RULE_PCI_NOTIFY_MULTIPLIER,
                              NULL, at, multiplier, unit);
    }
}

/* Offset of the capability for the notification structure; 0: unknown. */
static unsigned capability_of_notify(const struct vwr_monitor *m)
{
    struct monitor_list list;

    vwr_monitor_pci_list_(m, &list);
    for (unsigned i = 0; i < list.count; i++)
        if (space_type(m, list.at[i]) == VWR_PCI_CAP_NOTIFY_CFG)
            return list.at[i];
    return 0;
}

void vwr_monitor_pci_offer_(struct vwr_monitor *m)
{
    const unsigned at = capability_of_notify(m);
    const struct monitor_news all = {m, NULL, at, at + sizeof(struct vwr_pci_notify_cap)};

    if (at != 0 && capability_has_data(m))
        capability_notify(&all, at);
}

void vwr_monitor_pci_notify_off_(struct vwr_monitor *m, uint32_t value)
{
    const struct vwr_monitor_queue *const q = monitor_selected(m);
    const unsigned at = capability_of_notify(m);
    const unsigned multiplier = at + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER;
    uint64_t end;

    if (at == 0 || q == NULL || !m->has_queues || m->queue_sel >= m->queues ||
        !space_has(m, at + VWR_PCI_CAP_LENGTH, 4) || !space_has(m, multiplier, 4))
        return;
    end = (uint64_t)value * space_get(m, multiplier, 4) + capability_notification(m);
    if (end > space_get(m, at + VWR_PCI_CAP_LENGTH, 4))
        vwr_monitor_find_(m, capability_has_data(m) ? VWR_RULE_PCI_DATA_LENGTH : VWR_RULE_PCI_NOTIFY_LENGTH,
                          q, 0, end, space_get(m, at + VWR_PCI_CAP_LENGTH, 4));
}

/* ---- other capabilities ---- */

/* A structure of 4-byte fields. */
static void capability_place(const struct monitor_news *n, unsigned at, enum vwr_rule_number rule)
{
    const uint32_t offset = space_get(n->m, at + VWR_PCI_CAP_OFFSET, 4);

    if (news_of(n, at + VWR_PCI_CAP_OFFSET, 4) && (offset & (sizeof(uint32_t) - 1u)) != 0)
        vwr_monitor_find_(n->m, rule, NULL, at, offset, sizeof(uint32_t));
}

/* Size of a memory BAR; 0: unknown. */
static uint64_t capability_bar_bytes(const struct vwr_monitor *m, unsigned bar)
{
    const struct vwr_monitor_space *const s = &m->space;
    uint64_t mask;

    if (bar >= PCI_BARS || (s->sized >> bar & 1u) == 0 || (s->mask[bar] & PCI_BAR_IO) != 0)
        return 0;
    mask = s->mask[bar] & ~(uint64_t)PCI_BAR_FLAGS;
    if ((s->mask[bar] & PCI_BAR_64) == 0)
        return (uint64_t)MONITOR_MAX_32 + 1u - mask;
    if (bar + 1u >= PCI_BARS || (s->sized >> (bar + 1u) & 1u) == 0)
        return 0;
    return ~(mask | (uint64_t)s->mask[bar + 1u] << 32) + 1u;
}

static void capability_region(const struct monitor_news *n, unsigned at)
{
    struct vwr_monitor *const m = n->m;
    const uint64_t offset = space_get(m, at + VWR_PCI_CAP_OFFSET, 4) |
                            (uint64_t)space_get(m, at + VWR_PCI_CAP64_OFFSET_HI, 4) << 32;
    const uint64_t length = space_get(m, at + VWR_PCI_CAP_LENGTH, 4) |
                            (uint64_t)space_get(m, at + VWR_PCI_CAP64_LENGTH_HI, 4) << 32;
    uint64_t bytes;

    if (!news_of(n, at + VWR_PCI_CAP_BAR, SPACE_LARGEST - VWR_PCI_CAP_BAR))
        return;
    bytes = capability_bar_bytes(m, space_get(m, at + VWR_PCI_CAP_BAR, 1));
    if (bytes != 0 && (offset > bytes || length > bytes - offset))
        vwr_monitor_find_(m, VWR_RULE_PCI_REGION_BAR, NULL, at, offset + length, bytes);
}

static void capability_region_id(const struct monitor_news *n, unsigned at)
{
    struct vwr_monitor *const m = n->m;
    const uint32_t id = space_get(m, at + VWR_PCI_CAP_ID, 1);

    if (!news_of(n, at + VWR_PCI_CAP_ID, 1))
        return;
    for (unsigned i = 0; i < n->list->count && n->list->at[i] != at; i++) {
        const unsigned other = n->list->at[i];

        if (space_type(m, other) == VWR_PCI_CAP_SHARED_MEMORY_CFG &&
            space_has(m, other + VWR_PCI_CAP_ID, 1) && space_get(m, other + VWR_PCI_CAP_ID, 1) == id)
            vwr_monitor_find_(m, VWR_RULE_PCI_REGION_ID, NULL, at, id, other);
    }
}

static void capability_vendor(const struct monitor_news *n, unsigned at)
{
    struct vwr_monitor *const m = n->m;
    const uint32_t length = m->space.byte[at + VWR_PCI_CAP_CAP_LEN];

    if (news_of(n, at + VWR_PCI_VNDR_DATA_VENDOR_ID, 2) &&
        space_get(m, at + VWR_PCI_VNDR_DATA_VENDOR_ID, 2) == VWR_PCI_VENDOR_ID)
        vwr_monitor_find_(m, VWR_RULE_PCI_VENDOR_DATA_ID, NULL, at, VWR_PCI_VENDOR_ID, 0);
    if (news_of(n, at + VWR_PCI_CAP_CAP_LEN, 2) && length % sizeof(uint32_t) != 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_VENDOR_DATA_LENGTH, NULL, at, length, sizeof(uint32_t));
}

/* Minimum size in bytes of a capability of this type. */
static unsigned capability_least(unsigned type)
{
    switch (type) {
    case VWR_PCI_CAP_NOTIFY_CFG:
        return sizeof(struct vwr_pci_notify_cap);
    case VWR_PCI_CAP_PCI_CFG:
        return sizeof(struct vwr_pci_cfg_cap);
    case VWR_PCI_CAP_SHARED_MEMORY_CFG:
        return sizeof(struct vwr_pci_cap64);
    case VWR_PCI_CAP_VENDOR_CFG:
        return sizeof(struct vwr_pci_vndr_data);
    case VWR_PCI_CAP_COMMON_CFG:
    case VWR_PCI_CAP_ISR_CFG:
    case VWR_PCI_CAP_DEVICE_CFG:
        return sizeof(struct vwr_pci_cap);
    default:
        return 0;
    }
}

static void capability_of_virtio(const struct monitor_news *n, unsigned at, unsigned type)
{
    const unsigned length = n->m->space.byte[at + VWR_PCI_CAP_CAP_LEN], least = capability_least(type);

    if (news_of(n, at + VWR_PCI_CAP_CAP_LEN, 2) && length < least)
        vwr_monitor_find_(n->m, VWR_RULE_PCI_CAPABILITY_SHORT, NULL, at, length, least);
    if (type == VWR_PCI_CAP_COMMON_CFG) {
        capability_place(n, at, VWR_RULE_PCI_COMMON_PLACE);
    } else if (type == VWR_PCI_CAP_DEVICE_CFG) {
        capability_place(n, at, VWR_RULE_PCI_DEVICE_PLACE);
    } else if (type == VWR_PCI_CAP_NOTIFY_CFG) {
        capability_notify(n, at);
    } else if (type == VWR_PCI_CAP_VENDOR_CFG) {
        capability_vendor(n, at);
    } else if (type == VWR_PCI_CAP_SHARED_MEMORY_CFG) {
        capability_region(n, at);
        capability_region_id(n, at);
    }
}

static void capability_msix(const struct monitor_news *n, unsigned at)
{
    const uint32_t vectors = (space_get(n->m, at + 2u, 2) & PCI_MSIX_LAST) + 1u;

    if (news_of(n, at + 2u, 2) && vectors < VWR_PCI_MSIX_VECTORS_MIN)
        vwr_monitor_find_(n->m, VWR_RULE_PCI_VECTORS, NULL, 0, vectors, VWR_PCI_MSIX_VECTORS_MIN);
}

void vwr_monitor_pci_capability_(const struct monitor_news *n, unsigned at)
{
    const unsigned type = space_type(n->m, at);

    capability_pointer(n, at);
    if (type != 0)
        capability_of_virtio(n, at, type);
    else if (space_has(n->m, at, 1) && n->m->space.byte[at] == PCI_CAPABILITY_MSIX)
        capability_msix(n, at);
}
