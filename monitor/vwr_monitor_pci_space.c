/* SPDX-License-Identifier: MIT */
#include "monitor_pci_space.h"
#include "vwr/bytes.h"
#include "vwr/gen/status.h"

/*
 * Accesses to the PCI configuration space: its contents, as far as the driver has read them, and what the
 * driver writes. The pointers in the list come from the device, so the walk is bounded.
 */

void vwr_monitor_pci_list_(const struct vwr_monitor *m, struct monitor_list *list)
{
    unsigned pointer = PCI_CAPABILITIES;
    uint64_t seen = 0; /* one bit for each possible offset of a capability */

    list->count = 0;
    list->is_whole = false;
    for (unsigned i = 0; i <= SPACE_CAPABILITIES && space_has(m, pointer, 1); i++) {
        const unsigned at = m->space.byte[pointer] & PCI_CAPABILITY_MASK;

        list->is_whole = at == 0;
        if (at < PCI_CAPABILITY_FIRST || vwr_has_bit(seen, at / 4u))
            return;
        seen |= vwr_shift_left(1, at / 4u);
        list->at[list->count++] = (uint8_t)at;
        pointer = at + VWR_PCI_CAP_CAP_NEXT;
    }
}

/* Stores bytes. Returns whether any of them is new. */
static bool space_put(struct vwr_monitor *m, unsigned offset, unsigned bytes, uint32_t value)
{
    bool is_new = !space_has(m, offset, bytes);

    for (unsigned i = 0; i < bytes; i++) {
        uint8_t *const byte = &m->space.byte[offset + i];
        const uint8_t now = (uint8_t)(value >> 8u * i);

        is_new |= *byte != now;
        *byte = now;
        m->space.known[(offset + i) / 32u] |= (uint32_t)1 << (offset + i) % 32u;
    }
    return is_new;
}

/* ---- BARs ---- */

/* Observes a driver that sizes a BAR: it writes all ones, then reads the mask. */
static void space_bar(struct vwr_monitor *m, unsigned offset, unsigned bytes, bool is_write, uint32_t value)
{
    const unsigned bar = (offset - PCI_BAR_0) / 4u;
    uint8_t bit;

    if (offset < PCI_BAR_0 || bar >= PCI_BARS)
        return;
    bit = (uint8_t)(1u << bar);
    if (is_write) {
        m->space.asked &= (uint8_t)~bit;
        if (bytes == sizeof(uint32_t) && value == MONITOR_MAX_32)
            m->space.asked |= bit;
    } else if (bytes == sizeof(uint32_t) && (m->space.asked & bit) != 0) {
        m->space.mask[bar] = value;
        m->space.sized |= bit;
    }
}

/* ---- MSI-X ---- */

uint32_t vwr_monitor_pci_vectors_(const struct vwr_monitor *m)
{
    struct monitor_list list;

    vwr_monitor_pci_list_(m, &list);
    for (unsigned i = 0; i < list.count; i++)
        if (m->space.byte[list.at[i]] == PCI_CAPABILITY_MSIX && space_has(m, list.at[i], 4))
            return (space_get(m, list.at[i] + 2u, 2) & PCI_MSIX_LAST) + 1u;
    return list.is_whole && m->space.is_whole ? 0 : MONITOR_MAX_32;
}

/* Whether the device certainly uses INTx interrupts. */
static bool space_uses_intx(const struct vwr_monitor *m)
{
    struct monitor_list list;

    vwr_monitor_pci_list_(m, &list);
    for (unsigned i = 0; i < list.count; i++)
        if (m->space.byte[list.at[i]] == PCI_CAPABILITY_MSIX)
            return space_has(m, list.at[i], 4) && (space_get(m, list.at[i], 4) & PCI_MSIX_ENABLE) == 0;
    return list.is_whole;
}

/* Checks the interrupt status of a device whose driver has not read the ISR status since an interrupt. */
static void space_check_status(struct vwr_monitor *m, unsigned offset, unsigned bytes)
{
    const unsigned at = PCI_COMMAND + 2u;

    if (space_overlap(offset, offset + bytes, at, 1) && m->isr != 0 &&
        (m->space.byte[at] & PCI_STATUS_INTERRUPT >> 16) == 0 && space_uses_intx(m))
        vwr_monitor_find_(m, VWR_RULE_PCI_INTERRUPT_STATUS, NULL, 0, m->isr, 0);
}

/* ---- the window ---- */

/* The structure that is accessed through the window. */
struct space_place {
    unsigned type; /* 0: none */
    uint64_t inside;
    bool is_known; /* the locations of all structures are known */
};

static uint64_t space_long(const struct vwr_monitor *m, unsigned low, unsigned high)
{
    return space_get(m, low, 4) | (uint64_t)space_get(m, high, 4) << 32;
}

/*
 * Whether the structure of a capability contains the bytes that the window selects; `inside` is their offset
 * in it.
 */
static bool space_is_in(const struct vwr_monitor *m, unsigned at, unsigned window, uint64_t *inside)
{
    const bool is_long = space_type(m, at) == VWR_PCI_CAP_SHARED_MEMORY_CFG;
    const uint64_t offset = is_long ? space_long(m, at + VWR_PCI_CAP_OFFSET, at + VWR_PCI_CAP64_OFFSET_HI)
                                    : space_get(m, at + VWR_PCI_CAP_OFFSET, 4);
    const uint64_t length = is_long ? space_long(m, at + VWR_PCI_CAP_LENGTH, at + VWR_PCI_CAP64_LENGTH_HI)
                                    : space_get(m, at + VWR_PCI_CAP_LENGTH, 4);
    const uint64_t from = space_get(m, window + VWR_PCI_CAP_OFFSET, 4);
    const uint64_t bytes = space_get(m, window + VWR_PCI_CAP_LENGTH, 4);

    *inside = from - offset;
    return space_get(m, at + VWR_PCI_CAP_BAR, 1) == space_get(m, window + VWR_PCI_CAP_BAR, 1) &&
           from >= offset && *inside < length && bytes <= length - *inside;
}

/* Checks whether the structure of a capability contains, or may contain, the window's bytes. */
static void space_look_at(const struct vwr_monitor *m, unsigned window, unsigned at,
                          struct space_place *place)
{
    const unsigned type = space_type(m, at);
    const bool is_long = type == VWR_PCI_CAP_SHARED_MEMORY_CFG;

    if (type == VWR_PCI_CAP_PCI_CFG || type == VWR_PCI_CAP_VENDOR_CFG)
        return;
    if (type != 0 && space_has(m, at, is_long ? SPACE_LARGEST : (unsigned)sizeof(struct vwr_pci_cap)))
        place->type = space_is_in(m, at, window, &place->inside) ? type : 0;
    else if (type != 0 || !space_has(m, at, 1) || m->space.byte[at] == VWR_PCI_CAP_ID_VNDR)
        place->is_known = false;
}

static void space_find(const struct vwr_monitor *m, unsigned window, struct space_place *place)
{
    struct monitor_list list;

    vwr_monitor_pci_list_(m, &list);
    place->type = 0;
    place->is_known = list.is_whole;
    for (unsigned i = 0; i < list.count && place->type == 0; i++)
        space_look_at(m, window, list.at[i], place);
}

/* An access to pci_cfg_data is an access to cap.length bytes of a structure. */
static void space_window(struct vwr_monitor *m, unsigned window, bool is_whole, bool is_write, uint32_t value)
{
    const uint32_t at = space_get(m, window + VWR_PCI_CAP_OFFSET, 4);
    const uint32_t bytes = space_get(m, window + VWR_PCI_CAP_LENGTH, 4);
    struct space_place place;

    if (!space_has(m, window + VWR_PCI_CAP_BAR, 1) || !space_has(m, window + VWR_PCI_CAP_OFFSET, 8))
        return;
    if (bytes == 0 && !is_write)
        return; /* the window is closed; the access may be part of a dump of the whole configuration space */
    if (bytes > sizeof(uint32_t) || !vwr_is_power_of_2(bytes) || (at & (bytes - 1u)) != 0) {
        vwr_monitor_find_(m, VWR_RULE_PCI_WINDOW_ALIGN, NULL, window, at, bytes);
        return;
    }
    space_find(m, window, &place);
    if (place.type == 0 && place.is_known)
        vwr_monitor_find_(m, VWR_RULE_PCI_WINDOW_PLACE, NULL, window, at, bytes);
    else if (place.type != 0 && is_whole)
        vwr_monitor_pci_access(m, place.type, place.inside, bytes, is_write,
                               value & MONITOR_MAX_32 >> (32u - 8u * bytes));
}

/* The capability whose pci_cfg_data is accessed; 0: none. */
static unsigned space_window_at(const struct vwr_monitor *m, const struct monitor_list *list, unsigned offset,
                                unsigned bytes)
{
    for (unsigned i = 0; i < list->count; i++)
        if (space_type(m, list->at[i]) == VWR_PCI_CAP_PCI_CFG &&
            space_overlap(offset, offset + bytes, list->at[i] + VWR_PCI_CFG_CAP_PCI_CFG_DATA,
                          sizeof(uint32_t)))
            return list->at[i];
    return 0;
}

/* Handles an access to pci_cfg_data, which must include the first cap.length bytes. */
static void space_window_access(struct vwr_monitor *m, const struct monitor_list *list, unsigned offset,
                                unsigned bytes, bool is_write, uint32_t value)
{
    const unsigned window = space_window_at(m, list, offset, bytes);

    if (window != 0)
        space_window(m, window,
                     offset == window + VWR_PCI_CFG_CAP_PCI_CFG_DATA &&
                         bytes >= space_get(m, window + VWR_PCI_CAP_LENGTH, 4),
                     is_write, value);
}

/* ---- virtual functions ---- */

static void space_extended_read(struct vwr_monitor *m, unsigned offset, uint32_t head)
{
    struct vwr_monitor_space *const s = &m->space;
    const unsigned next = head >> PCI_EXTENDED_SHIFT & PCI_EXTENDED_MASK;

    if (offset != (s->extended != 0 ? s->extended : PCI_EXTENDED_FIRST) || s->is_plain)
        return;
    if ((head & PCI_EXTENDED_ID) == PCI_EXTENDED_SR_IOV)
        s->functions = (uint16_t)offset;
    if (head == MONITOR_MAX_32 || next < PCI_EXTENDED_FIRST)
        s->is_plain = s->functions == 0;
    else
        s->extended = (uint16_t)next;
}

static void space_extended_write(struct vwr_monitor *m, unsigned offset, uint32_t value)
{
    if (m->space.functions == 0 || offset != m->space.functions + PCI_SR_IOV_CONTROL ||
        (value & PCI_SR_IOV_ENABLE) == 0)
        return;
    if (!monitor_has(m, VWR_F_SR_IOV) || (m->status & VWR_STATUS_FEATURES_OK) == 0)
        vwr_monitor_find_(m, VWR_RULE_PCI_SR_IOV_EARLY, NULL, 0, m->status, 0);
}

/* ---- accesses ---- */

static void space_read(struct vwr_monitor *m, unsigned offset, unsigned bytes, uint32_t value)
{
    const bool is_new = space_put(m, offset, bytes, value);
    struct monitor_list list;
    const struct monitor_news news = {m, &list, offset, offset + bytes};

    vwr_monitor_pci_list_(m, &list);
    space_bar(m, offset, bytes, false, value);
    space_check_status(m, offset, bytes);
    space_window_access(m, &list, offset, bytes, false, value);
    if (!is_new)
        return;
    vwr_monitor_pci_head_(&news);
    for (unsigned i = 0; i < list.count; i++)
        vwr_monitor_pci_capability_(&news, list.at[i]);
    if (list.is_whole && !m->space.is_whole)
        vwr_monitor_pci_whole_(m, &list);
}

/* The driver need not wait for the status. */
void vwr_monitor_pci_reset(struct vwr_monitor *m)
{
    vwr_monitor_write_status_(m, VWR_STATUS_RESET);
    m->awaits_reset = false;
    vwr_zero(m->space.known, sizeof(m->space.known));
}

/* A write to another capability: MSI-X, or one that resets the function. */
static void space_write_other(struct vwr_monitor *m, unsigned at, unsigned offset, unsigned bytes,
                              uint32_t value)
{
    const unsigned id = m->space.byte[at], control = at + 3u;

    if (id == PCI_CAPABILITY_MSIX && offset <= control && control < offset + bytes && space_has(m, at, 4)) {
        const uint8_t fixed = PCI_MSIX_LAST >> 8;
        const uint8_t now = (uint8_t)(value >> 8u * (control - offset));

        m->space.byte[control] = (uint8_t)((m->space.byte[control] & fixed) | (now & ~fixed));
    } else if ((id == PCI_CAPABILITY_AF && offset == at + PCI_AF_CONTROL && (value & PCI_AF_RESET) != 0) ||
               (id == PCI_CAPABILITY_EXPRESS && offset == at + PCI_EXPRESS_CONTROL &&
                (value & PCI_EXPRESS_RESET) != 0)) {
        vwr_monitor_pci_reset(m);
    }
}

/* Number of bytes at the start of a virtio capability that the driver must not write. */
static unsigned space_fixed(const struct vwr_monitor *m, unsigned at)
{
    const unsigned type = space_type(m, at), length = m->space.byte[at + VWR_PCI_CAP_CAP_LEN];

    if (type == VWR_PCI_CAP_PCI_CFG)
        return VWR_PCI_CAP_BAR;
    if (type == VWR_PCI_CAP_VENDOR_CFG)
        return sizeof(struct vwr_pci_vndr_data);
    return length > sizeof(struct vwr_pci_cap) ? length : sizeof(struct vwr_pci_cap);
}

static void space_write_virtio(struct vwr_monitor *m, unsigned at, unsigned offset, unsigned bytes,
                               uint32_t value)
{
    const unsigned type = space_type(m, at), end = at + m->space.byte[at + VWR_PCI_CAP_CAP_LEN];
    const unsigned fixed = space_fixed(m, at);

    if (space_overlap(offset, offset + bytes, at, fixed))
        vwr_monitor_find_(m, VWR_RULE_PCI_CAPABILITY_WRITTEN, NULL, at, value, offset - at);
    else if (offset < at + fixed || offset >= end)
        return;
    else if (type == VWR_PCI_CAP_PCI_CFG && offset < at + VWR_PCI_CFG_CAP_PCI_CFG_DATA)
        (void)space_put(m, offset, bytes, value);
    else if (type == VWR_PCI_CAP_VENDOR_CFG && !space_has(m, at + VWR_PCI_VNDR_DATA_VENDOR_ID, 2))
        vwr_monitor_find_(m, VWR_RULE_PCI_VENDOR_DATA_UNREAD, NULL, at, 0, 0);
}

static void space_write(struct vwr_monitor *m, unsigned offset, unsigned bytes, uint32_t value)
{
    struct monitor_list list;

    vwr_monitor_pci_list_(m, &list);
    space_bar(m, offset, bytes, true, value);
    for (unsigned i = 0; i < list.count; i++) {
        const unsigned at = list.at[i];

        if (offset < at)
            continue;
        if (space_type(m, at) != 0)
            space_write_virtio(m, at, offset, bytes, value);
        else if (space_has(m, at, 1))
            space_write_other(m, at, offset, bytes, value);
    }
    space_window_access(m, &list, offset, bytes, true, value);
}

void vwr_monitor_pci_space(struct vwr_monitor *m, unsigned offset, unsigned bytes, bool is_write,
                           uint32_t value)
{
    if (m->s.legacy || bytes > sizeof(uint32_t) || !vwr_is_power_of_2(bytes) || (offset & (bytes - 1u)) != 0)
        return;
    m->is_pci = true;
    if (offset >= VWR_MONITOR_SPACE) {
        if (is_write)
            space_extended_write(m, offset, value);
        else if (bytes == sizeof(uint32_t))
            space_extended_read(m, offset, value);
    } else if (is_write) {
        space_write(m, offset, bytes, value);
    } else {
        space_read(m, offset, bytes, value);
    }
}
