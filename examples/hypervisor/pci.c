/* SPDX-License-Identifier: MIT */
#include "vplan_pci.h"
#include "vwr_plan_hypervisor.h"

#include "hyp.h"

/*
 * The PCI bus of a guest, if the plan places its devices there. In addition to its GICv3, the guest's kernel
 * sees a
 * GICv2m frame: a page with a register for messages, whose address the kernel writes to the vectors of its
 * devices.
 */
#define FRAME_TYPER 0x008u
#define FRAME_SET_SPI 0x040u
#define FRAME_IIDR 0xfccu
#define FRAME_IIDR_VALUE 0x43bu /* Arm's */

bool pci_start(struct guest *g)
{
    g->pci = vwr_vplan_pci(&vwr_plan_hypervisor.vm[g->number]);
    if (g->pci == NULL || g->pci->message + g->pci->messages <= VGIC_LINES)
        return true;
    print("hypervisor: guest %u: its messages need more than %u interrupts\n", g->number, VGIC_LINES);
    return false;
}

unsigned pci_message_of(const struct vwr_vpci *f)
{
    const unsigned vector = f->v->queue[0].vector;

    return vector < f->vectors ? f->vector[vector].data : 0;
}

/* The guest chooses address and data of a message. */
void pci_message(struct guest *g, uint64_t addr, uint32_t data)
{
    if (addr == g->pci->frame + FRAME_SET_SPI && data - g->pci->message < g->pci->messages &&
        !window_hold(g, data))
        guest_interrupt(g, data);
}

/* Other registers read as 0. */
static void access_frame(struct guest *g, uint64_t offset, bool is_write, uint64_t *value)
{
    if (is_write)
        pci_message(g, g->pci->frame + offset, (uint32_t)*value);
    else if (offset == FRAME_TYPER)
        *value = g->pci->message << 16 | g->pci->messages;
    else
        *value = offset == FRAME_IIDR ? FRAME_IIDR_VALUE : 0;
}

static uintptr_t disk_kicks(const struct guest *g)
{
    return g->disk != NULL ? g->disk->queue[0].stats.kicks : 0;
}

bool pci_access(struct guest *g, void *memory, uint64_t addr, unsigned bytes, bool is_write, uint64_t *value)
{
    const uintptr_t kicks = disk_kicks(g);

    if (addr - g->pci->frame < PAGE_BYTES) {
        access_frame(g, addr - g->pci->frame, is_write, value);
        return true;
    }
    if (!g->pci->bus.access(&g->pci->bus, memory, addr, bytes, is_write, value))
        return false;
    if (disk_kicks(g) != kicks)
        window_notified(g);
    return true;
}

/* All but a notification. */
bool pci_may_reset(const struct guest *g, uint64_t addr)
{
    const uint64_t at = addr - g->pci->window;

    if (at < (uint64_t)g->pci->pages * VWR_VPCI_BAR_BYTES)
        return at % VWR_VPCI_BAR_BYTES / VWR_VPCI_NOTIFY_OFFSET != 1u;
    return addr - g->pci->ecam < (1u + g->pci->bridges) * (uint64_t)VWR_VPCI_BUS_BYTES;
}

void pci_reset(const struct vwr_vplan_device *row, void *memory)
{
    struct vwr_vpci_bridge *const bridge = vwr_vplan_bridge(row, memory);

    if (bridge != NULL)
        vwr_vpci_bridge_reset(bridge); /* and the function behind it */
    else
        vwr_vpci_reset(vwr_vplan_function(row, memory));
}

void pci_remove(const struct vwr_vplan_device *row, void *memory)
{
    vwr_vpci_remove(vwr_vplan_function(row, memory));
}
