/* SPDX-License-Identifier: MIT */
#include "vpci_common.h"
#include "vwr/bytes.h"

/* The host bridge: finds the function at an address in its windows. Section: Virtio Over PCI Bus. */

/* Bits of an address in the ECAM window. */
#define VPCI_ECAM_FUNCTIONS 8u /* functions per device; devices of this library have only the first */
#define VPCI_ECAM_BYTES 4096u  /* size of the configuration space of a function */

static int vpci_attach(struct vwr_vpci_host *h, struct vwr_vpci_bus *bus, unsigned device,
                       struct vwr_vpci_head *head)
{
    if (device >= VWR_VPCI_DEVICES)
        return VWR_ERANGE;
    if (bus->device[device] != NULL)
        return VWR_EBUSY;
    head->host = h;
    head->on = bus;
    head->device = (uint8_t)device;
    bus->device[device] = head;
    return VWR_OK;
}

int vwr_vpci_add(struct vwr_vpci_host *h, struct vwr_vpci_bus *bus, unsigned device, struct vwr_vpci *f)
{
    if (!VWR_ARRAY_FITS(&f->v->shortage, h, page, page_count, h->page_count) ||
        !VWR_ARRAY_FITS(&f->v->shortage, h, port, port_count, h->port_count))
        return VWR_ENOMEM;
    if (f->v->shms != 0 && bus != &h->root)
        return VWR_EINVAL;
    return vpci_attach(h, bus, device, &f->head);
}

void vwr_vpci_remove(struct vwr_vpci *f)
{
    if (f->head.host == NULL)
        return;
    f->head.on->device[f->head.device] = NULL;
    vwr_vpci_reset(f); /* this frees its windows and its line */
    f->head.host = NULL;
    f->head.on = NULL;
}

int vwr_vpci_add_bridge(struct vwr_vpci_host *h, struct vwr_vpci_bus *bus, unsigned device,
                        struct vwr_vpci_bridge *b)
{
    vwr_zero(b, sizeof(*b));
    b->head.is_bridge = true;
    b->behind.bridge = b;
    return vpci_attach(h, bus, device, &b->head);
}

unsigned vwr_vpci_line(const struct vwr_vpci *f)
{
    unsigned line = f->head.device;

    for (const struct vwr_vpci_bridge *b = f->head.on->bridge; b != NULL; b = b->head.on->bridge)
        line += b->head.device;
    return line % 4u;
}

bool vwr_vpci_is_in_reset(const struct vwr_vpci *f)
{
    const struct vwr_vpci_bridge *b = f->head.on != NULL ? f->head.on->bridge : NULL;

    while (b != NULL && !vpci_is_resetting(b))
        b = b->head.on->bridge;
    return b != NULL;
}

/* Finds the bridge on `bus` that leads to bus `number`; NULL: there is none. */
static struct vwr_vpci_bridge *vpci_way(const struct vwr_vpci_bus *bus, uint32_t number)
{
    for (unsigned i = 0; i < VWR_VPCI_DEVICES; i++) {
        struct vwr_vpci_bridge *const b = (struct vwr_vpci_bridge *)(void *)bus->device[i];

        if (b != NULL && b->head.is_bridge && !vpci_is_resetting(b) && vpci_secondary(b) != 0 &&
            vpci_secondary(b) <= number && number <= vpci_subordinate(b))
            return b;
    }
    return NULL;
}

/*
 * Finds the bus with this number, according to the numbers that the guest has written to the bridges; NULL:
 * there is none.
 */
static struct vwr_vpci_bus *vpci_bus(struct vwr_vpci_host *h, uint32_t number)
{
    struct vwr_vpci_bus *bus = &h->root;

    if (number == 0)
        return bus;
    for (;;) { /* ends where no bridge is, whatever the guest writes */
        struct vwr_vpci_bridge *const b = vpci_way(bus, number);

        if (b == NULL)
            return NULL;
        bus = &b->behind;
        if (vpci_secondary(b) == number)
            return bus;
    }
}

static void vpci_bridge_access(struct vwr_vpci_bridge *b, unsigned offset, unsigned bytes, bool is_write,
                               uint64_t *value)
{
    const unsigned at = offset & ~3u;
    const uint32_t word = vwr_vpci_bridge_read_(b, at);

    if (is_write)
        vwr_vpci_bridge_write_(b, at, vpci_with_part(word, offset, bytes, *value));
    else
        *value = vpci_part_of(word, offset, bytes);
}

/* Finds the function or bridge whose configuration space is at this offset in the ECAM window; NULL: none. */
static struct vwr_vpci_head *vpci_at(struct vwr_vpci_host *h, uint64_t at)
{
    const unsigned function = (unsigned)(at / VPCI_ECAM_BYTES) % VPCI_ECAM_FUNCTIONS;
    const unsigned device = (unsigned)(at / VPCI_ECAM_BYTES / VPCI_ECAM_FUNCTIONS) % VWR_VPCI_DEVICES;
    const struct vwr_vpci_bus *const bus = vpci_bus(h, (uint32_t)(at / VWR_VPCI_BUS_BYTES));

    return bus != NULL && function == 0 ? bus->device[device] : NULL;
}

static void vpci_ecam_access(struct vwr_vpci_host *h, uint64_t at, unsigned bytes, bool is_write,
                             uint64_t *value)
{
    const unsigned offset = (unsigned)at % VPCI_ECAM_BYTES;
    struct vwr_vpci_head *const head = vpci_at(h, at);

    if (head == NULL || bytes > sizeof(uint32_t) || (offset & (bytes - 1u)) != 0)
        *value = is_write ? *value : vpci_nothing(bytes);
    else if (head->is_bridge)
        vpci_bridge_access((struct vwr_vpci_bridge *)(void *)head, offset, bytes, is_write, value);
    else
        vwr_vpci_space_access((struct vwr_vpci *)(void *)head, offset, bytes, is_write, value);
}

/* A walk over a bus and all buses behind it: the position of the next device. */
struct vpci_walk {
    const struct vwr_vpci_bus *top;
    const struct vwr_vpci_bus *bus;
    unsigned device;
};

/* The next function or bridge; a bridge precedes what is behind it. NULL: end. */
static struct vwr_vpci_head *vpci_next(struct vpci_walk *w)
{
    struct vwr_vpci_head *head = NULL;

    while (head == NULL) { /* ends after the last device of the first bus */
        while (w->device == VWR_VPCI_DEVICES) {
            const struct vwr_vpci_bridge *const b = w->bus->bridge;

            if (w->bus == w->top)
                return NULL;
            w->device = b->head.device + 1u;
            w->bus = b->head.on;
        }
        head = w->bus->device[w->device++];
    }
    if (head->is_bridge) {
        w->bus = &((struct vwr_vpci_bridge *)(void *)head)->behind;
        w->device = 0;
    }
    return head;
}

void vwr_vpci_reset_behind_(struct vwr_vpci_bridge *b)
{
    struct vpci_walk w = {&b->behind, &b->behind, 0};
    struct vwr_vpci_head *head;

    while ((head = vpci_next(&w)) != NULL)
        if (head->is_bridge)
            vwr_vpci_bridge_forget_((struct vwr_vpci_bridge *)(void *)head);
        else
            vwr_vpci_reset((struct vwr_vpci *)(void *)head);
}

void vwr_vpci_bridge_reset(struct vwr_vpci_bridge *b)
{
    vwr_vpci_reset_behind_(b);
    vwr_vpci_bridge_forget_(b);
}

/* Finds another function at this entry of a window; entries are numbered from 1. NULL: none. */
static struct vwr_vpci *vpci_other(const struct vwr_vpci *f, bool is_io, uint32_t entry)
{
    const struct vwr_vpci_bus *const root = &f->head.host->root;
    struct vpci_walk w = {root, root, 0};
    struct vwr_vpci_head *head;

    while ((head = vpci_next(&w)) != NULL) {
        struct vwr_vpci *const other = (struct vwr_vpci *)(void *)head;

        if (!head->is_bridge && other != f && (is_io ? other->port : other->page) == entry)
            return other;
    }
    return NULL;
}

/*
 * If two functions have the same address, the one that was placed last responds; when it leaves, the other
 * one responds. Entries are numbered from 1; 0 means no entry.
 */
static uint32_t vpci_move(struct vwr_vpci *f, bool is_io, uint64_t to)
{
    struct vwr_vpci_host *const h = f->head.host;
    struct vwr_vpci **const window = is_io ? h->port : h->page;
    const uint32_t from = is_io ? f->port : f->page;

    if (from != 0 && window[from - 1u] == f)
        window[from - 1u] = vpci_other(f, is_io, from);
    if (to == 0 || to > (is_io ? h->port_count : h->page_count))
        return 0;
    window[to - 1u] = f;
    return (uint32_t)to;
}

void vwr_vpci_place_(struct vwr_vpci *f)
{
    const struct vwr_vpci_host *const h = f->head.host;
    const unsigned command = f->head.command;
    uint64_t to = 0;

    if (h == NULL)
        return;
    if ((command & PCI_COMMAND_MEMORY) != 0 && f->bar >= h->window)
        to = (f->bar - h->window) / VWR_VPCI_BAR_BYTES + 1u;
    f->page = vpci_move(f, false, to);
    f->port =
        vpci_move(f, true, (command & PCI_COMMAND_IO) != 0 ? (uint64_t)(f->io / VWR_VPCI_IO_BYTES) + 1u : 0);
    if (f->v->shms != 0)
        vwr_vpci_region_place_(f);
}

/* Each bridge on the way must forward the address. */
static bool vpci_is_reached(const struct vwr_vpci *f, uint64_t addr)
{
    for (const struct vwr_vpci_bridge *b = f->head.on->bridge; b != NULL; b = b->head.on->bridge)
        if (!vwr_vpci_bridge_forwards_(b, addr))
            return false;
    return true;
}

static void vpci_memory_access(struct vwr_vpci_host *h, uint64_t at, unsigned bytes, bool is_write,
                               uint64_t *value)
{
    struct vwr_vpci *const f = *(struct vwr_vpci *const volatile *)&h->page[at / VWR_VPCI_BAR_BYTES];

    if (f != NULL && vpci_is_reached(f, h->window + at))
        vwr_vpci_bar_access(f, (unsigned)at % VWR_VPCI_BAR_BYTES, bytes, is_write, value);
    else if (!is_write)
        *value = vpci_nothing(bytes);
}

/* Bridges do not forward I/O. */
static void vpci_io_access(struct vwr_vpci_host *h, uint64_t at, unsigned bytes, bool is_write,
                           uint64_t *value)
{
    struct vwr_vpci *const f = *(struct vwr_vpci *const volatile *)&h->port[at / VWR_VPCI_IO_BYTES];

    if (f != NULL && f->head.on->bridge == NULL)
        vwr_vpci_io_access(f, (unsigned)at % VWR_VPCI_IO_BYTES, bytes, is_write, value);
    else if (!is_write)
        *value = vpci_nothing(bytes);
}

static bool vpci_is_in(uint64_t addr, uint64_t window, uint64_t bytes)
{
    return addr >= window && addr - window < bytes;
}

struct vwr_vpci *vwr_vpci_space(struct vwr_vpci_host *h, uint64_t addr, unsigned *offset)
{
    struct vwr_vpci_head *head;

    *offset = (unsigned)(addr - h->ecam) % VPCI_ECAM_BYTES;
    if (!vpci_is_in(addr, h->ecam, (uint64_t)h->buses * VWR_VPCI_BUS_BYTES))
        return NULL;
    head = vpci_at(h, addr - h->ecam);
    return head != NULL && !head->is_bridge ? (struct vwr_vpci *)(void *)head : NULL;
}

bool vwr_vpci_access(struct vwr_vpci_host *h, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    if (vpci_is_in(addr, h->window, (uint64_t)h->page_count * VWR_VPCI_BAR_BYTES))
        vpci_memory_access(h, addr - h->window, bytes, is_write, value);
    else if (vpci_is_in(addr, h->ecam, (uint64_t)h->buses * VWR_VPCI_BUS_BYTES))
        vpci_ecam_access(h, addr - h->ecam, bytes, is_write, value);
    else if (vpci_is_in(addr, h->io, (uint64_t)h->port_count * VWR_VPCI_IO_BYTES))
        vpci_io_access(h, addr - h->io, bytes, is_write, value);
    else
        return false;
    return true;
}
