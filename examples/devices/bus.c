/* SPDX-License-Identifier: MIT */
#include "bus.h"
#include "gic.h"
#include "slots.h"
#include "uart.h"
#include "vwr/gen/ids.h"
#include "vwr/pci.h"

/*
 * QEMU's virt board (hw/arm/virt.c in QEMU; the node pcie of its device tree): no firmware has assigned BARs.
 */
#define PCI_SPACE 0x4010000000ul
#define PCI_WINDOW 0x10000000ul
#define PCI_WINDOW_BYTES 0x2eff0000ul
#define PCI_LAST_BUS 15u
#define PCI_FIRST_LINE 3u /* the first of four, among the shared ones */
#define PCI_LINES 4u
#define PCI_DEVICES 32u

static struct vwr_mmio mmio[SLOTS + 1u]; /* one more for the call that reports the end */
static struct vwr_pci pci[PCI_DEVICES];
static struct vwr_pci_window window = {
    .bus = PCI_WINDOW, .bytes = PCI_WINDOW_BYTES, .cpu = (volatile void *)PCI_WINDOW, .kind = VWR_PCI_MEMORY};
static struct vwr_pci_host host = {.access = &vwr_pci_ecam,
                                   .space = (volatile void *)PCI_SPACE,
                                   .windows = &window,
                                   .window_count = 1,
                                   .last_bus = PCI_LAST_BUS};

static void say_slots(void)
{
    struct vwr_mmio_scan s = slots_scan();
    char line[VWR_MMIO_LINE_BYTES];

    while (vwr_mmio_scan_line(&s, line, sizeof(line)) > 0) {
        put("slot: ");
        put(line);
        put_char('\n');
    }
}

static unsigned find_slots(struct bus_device *found)
{
    struct vwr_mmio_scan s = slots_scan();
    unsigned count = 0;
    int r;

    while ((r = vwr_mmio_scan_next(&s, &mmio[count])) != 0)
        if (r > 0) {
            const struct vwr_mmio *const m = &mmio[count];

            found[count].dev = &mmio[count].dev;
            found[count].at = (uint32_t)(uintptr_t)m->base;
            found[count].interrupt = GIC_SHARED + slots_line(m);
            count++;
        }
    return count;
}

static void say_function(const struct vwr_pci *p)
{
    const char *const name = vwr_name(vwr_id_short_names, p->dev.type);

    put("function: ");
    put_hex(p->function, 8);
    put_char(' ');
    put(name != NULL ? name : "of unknown type");
    put_char('\n');
}

/* The pins of adjacent devices are rotated. */
static uint32_t interrupt_of(const struct vwr_pci *p)
{
    const uint32_t device = p->function >> 3 & 31u;

    return GIC_SHARED + PCI_FIRST_LINE + (device + p->interrupt - 1u) % PCI_LINES;
}

static unsigned find_functions(struct bus_device *found)
{
    struct vwr_pci_scan s = {.host = &host};
    unsigned count = 0;
    int r;

    while (count < PCI_DEVICES && (r = vwr_pci_scan_next(&s, &pci[count])) != 0)
        if (r > 0) {
            say_function(&pci[count]);
            found[count].dev = &pci[count].dev;
            found[count].at = pci[count].function;
            found[count].interrupt = interrupt_of(&pci[count]);
            count++;
        }
    return count;
}

unsigned bus_find(struct bus_device *found)
{
    unsigned count;

    say_slots();
    count = find_slots(found);
    if (vwr_pci_place(&host) != VWR_OK)
        put("ERROR: not all BARs were placed\n");
    return count + find_functions(found + count);
}
