/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/acpi.h"

/* Interrupt lines: the machine's I/O APICs, and the pins to which ISA interrupts are connected. */

#define IOAPIC_SELECT 0x00u
#define IOAPIC_DATA 0x10u
#define IOAPIC_VERSION 1u /* with the number of the last pin */
#define IOAPIC_PIN(n) (0x10u + 2u * (n))

#define PIN_LEVEL 0x8000u

#define IOAPICS 4u
#define ISA_LINES 16u
#define CELLS 2u                 /* of an interrupt in microvm's device tree: pin, trigger */
#define IOAPIC_USUAL 0xfec00000u /* the first I/O APIC of a machine that does not describe it */

static struct {
    volatile uint8_t *at;
    uint32_t first; /* interrupt number of pin 0 */
    uint32_t pins;
    uint32_t phandle; /* in microvm's device tree; 0: there is none */
} ioapics[IOAPICS];
static unsigned ioapic_count;
static uint32_t ioapic_isa[ISA_LINES]; /* their interrupt numbers */

static uint32_t ioapic_read(volatile uint8_t *at, uint32_t reg)
{
    vwr_port_write32(at + IOAPIC_SELECT, reg);
    return vwr_port_read32(at + IOAPIC_DATA);
}

static void ioapic_write(volatile uint8_t *at, uint32_t reg, uint32_t value)
{
    vwr_port_write32(at + IOAPIC_SELECT, reg);
    vwr_port_write32(at + IOAPIC_DATA, value);
}

static void ioapic_add(uint32_t addr, uint32_t first)
{
    volatile uint8_t *const at = (volatile uint8_t *)(uintptr_t)addr;

    if (ioapic_count == IOAPICS)
        return;
    ioapics[ioapic_count].at = at;
    ioapics[ioapic_count].first = first;
    ioapics[ioapic_count].pins = (ioapic_read(at, IOAPIC_VERSION) >> 16 & 0xffu) + 1u;
    ioapic_count++;
}

static void ioapic_note(const struct vwr_acpi_apic *row)
{
    if (row->kind == VWR_ACPI_IO_APIC)
        ioapic_add((uint32_t)row->at, row->gsi);
    if (row->kind == VWR_ACPI_OVERRIDE && row->id < ISA_LINES)
        ioapic_isa[row->id] = row->gsi;
}

/* The device tree of microvm numbers the pins of each I/O APIC separately. */
static void ioapic_read_tree(const void *blob)
{
    struct vwr_tree tree;
    struct vwr_tree_node node;
    uint64_t at;
    uint64_t size;

    if (blob == NULL || vwr_tree_open(&tree, blob, VWR_TREE_ANY_SIZE) != VWR_OK)
        return;
    vwr_tree_begin(&node, &tree);
    while (vwr_tree_find(&node, "intel,ce4100-ioapic")) {
        uint32_t bytes = 0;
        const vwr_tree_cell *const phandle = vwr_tree_get(&node, "phandle", &bytes);

        if (phandle == NULL || bytes != sizeof(*phandle) || vwr_tree_reg(&node, 0, &at, &size) != VWR_OK)
            continue;
        for (unsigned i = 0; i < ioapic_count; i++)
            if ((uintptr_t)ioapics[i].at == at)
                ioapics[i].phandle = vwr_be32_to_cpu(*phandle);
    }
}

void ioapic_start(const struct board_description *d)
{
    struct vwr_acpi acpi;
    struct vwr_acpi_apic row;
    uint32_t at = 0;

    for (uint32_t i = 0; i < ISA_LINES; i++)
        ioapic_isa[i] = i;
    if (vwr_acpi_open(&acpi, d->rsdp, NULL, NULL) == VWR_OK)
        while (vwr_acpi_next_apic(&acpi, &at, &row) == 1)
            ioapic_note(&row);
    if (ioapic_count == 0)
        ioapic_add(IOAPIC_USUAL, 0);
    ioapic_read_tree(d->tree);
}

/* The interrupt number of a line; false: there is no such line. */
static bool ioapic_number(const struct vwr_interrupt *line, uint32_t *number)
{
    const uint32_t cell = line->cell[0];

    *number = cell < ISA_LINES ? ioapic_isa[cell] : cell;
    if (line->count != CELLS)
        return line->count == 1;
    for (unsigned i = 0; i < ioapic_count; i++) {
        *number = ioapics[i].first + cell;
        if (line->controller != 0 && ioapics[i].phandle == line->controller)
            return cell < ioapics[i].pins;
    }
    return false;
}

/* VirtIO devices assert their line until the cause is read, so the trigger is level. */
static bool ioapic_connect(uint32_t line, uint8_t vector)
{
    for (unsigned i = 0; i < ioapic_count; i++) {
        const uint32_t pin = line - ioapics[i].first;

        if (line < ioapics[i].first || pin >= ioapics[i].pins)
            continue;
        ioapic_write(ioapics[i].at, IOAPIC_PIN(pin) + 1u, (uint32_t)apic_id() << 24);
        ioapic_write(ioapics[i].at, IOAPIC_PIN(pin), PIN_LEVEL | vector);
        return true;
    }
    return false;
}

bool board_line(const struct vwr_interrupt *line, board_handler handler, void *context)
{
    uint32_t number;
    uint8_t vector;

    if (!ioapic_number(line, &number))
        return false;
    vector = interrupt_connect(handler, context);
    return vector != 0 && ioapic_connect(number, vector);
}
