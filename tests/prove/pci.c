/* SPDX-License-Identifier: MIT */
#include "../../runtime/driver/transport/pci/pci_common.h"
#include "prove.h"

/* The capabilities of a PCI function whose registers return a new arbitrary value on each read. */

#define REGISTERS 256u

static unsigned reads;
/* No capability is of power management, so that the driver does not wait for the function to wake. */
static bool is_awake;

static uint32_t any_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    PROVE_ANY(uint32_t, value);

    (void)h, (void)function;
    prove_that(offset % 4u == 0 && offset <= REGISTERS - 4u);
    prove_assume(!is_awake || (value & 0xffu) != PCI_CAPABILITY_POWER);
    reads++;
    return value;
}

static void any_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    (void)h, (void)function, (void)value;
    prove_that(offset % 4u == 0 && offset <= REGISTERS - 4u);
}

static const struct vwr_pci_access any_access = {.read = any_read, .write = any_write};

#define WINDOW_BYTES 4096u

struct bus {
    struct vwr_pci_host host;
    struct vwr_pci_window window;
    struct vwr_pci pci;
};

static void any_bus(struct bus *b)
{
    b->window.bytes = WINDOW_BYTES;
    b->window.cpu = prove_memory(WINDOW_BYTES);
    b->host.access = &any_access;
    b->host.windows = &b->window;
    b->host.window_count = 1;
    b->pci.host = &b->host;
    for (unsigned i = 0; i <= VWR_PCI_BAR_MAX; i++)
        b->pci.bar[i].bytes = 0;
    for (unsigned i = 0; i < VWR_PCI_STRUCTURES; i++)
        b->pci.structure[i].at = NULL;
    b->pci.msix = 0;
    reads = 0;
}

/* Only waking a function waits. */
void vwr_wait_begin(struct vwr_wait *w, uint32_t us)
{
    (void)w, (void)us;
    prove_that(false);
}

bool vwr_wait_more(struct vwr_wait *w)
{
    (void)w;
    return false;
}

static void note_nothing(struct vwr_pci *p, unsigned at, uint32_t head)
{
    (void)p, (void)head;
    prove_that(at >= PCI_CAPABILITY_FIRST && at % 4u == 0 && at < PCI_CAPABILITIES_END);
}

/* The walk terminates, and no capability is outside the function's registers. */
void pci_walk(void)
{
    PROVE_ANY(struct bus, b);

    any_bus(&b);
    is_awake = true;
    vwr_pci_walk_(&b.pci, note_nothing);
    prove_that(reads <= 2u + PCI_CAPABILITIES_MAX);
    prove_that(b.pci.msix == 0 || (b.pci.msix >= PCI_CAPABILITY_FIRST && b.pci.msix < PCI_CAPABILITIES_END));
}

static unsigned align_of(unsigned type)
{
    return type == VWR_PCI_CAP_ISR_CFG ? 1u : type == VWR_PCI_CAP_NOTIFY_CFG ? 2u : 4u;
}

/* The location of a structure is the one in a capability, which is within the registers. */
void pci_place(void)
{
    PROVE_ANY(struct bus, b);
    PROVE_ANY(unsigned, at);
    PROVE_ANY(uint32_t, head);
    struct vwr_pci_location place;

    any_bus(&b);
    prove_assume(at >= PCI_CAPABILITY_FIRST && at % 4u == 0 && at < PCI_CAPABILITIES_END);
    if (vwr_pci_read_place_(&b.pci, at, head, &place))
        prove_that(place.bar <= VWR_PCI_BAR_MAX && place.offset % align_of(head >> 24) == 0);
}

/* For any BAR, vwr_pci_map_() returns memory in the window. */
void pci_map(void)
{
    PROVE_ANY(struct bus, b);
    PROVE_ANY(unsigned, bar);
    PROVE_ANY(uint32_t, offset);
    PROVE_ANY(uint32_t, bytes);
    volatile uint8_t *at;

    any_bus(&b);
    prove_assume(bar <= VWR_PCI_BAR_MAX && b.window.kind != VWR_PCI_IO);
    at = vwr_pci_map_(&b.pci, bar, offset, bytes);
    prove_that(at == NULL || prove_readable((const uint8_t *)at, bytes));
}
