/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "vwr/acpi.h"

/* Interrupt lines: the machine's I/O APICs, and where ISA interrupts are connected. */

#define IOAPIC_SELECT 0x00u
#define IOAPIC_DATA 0x10u
#define IOAPIC_VERSION 1u /* with the number of the last pin */
#define IOAPIC_PIN(n) (0x10u + 2u * (n))

#define PIN_LEVEL 0x8000u

#define IOAPICS 4u
#define ISA_LINES 16u
#define IOAPIC_USUAL 0xfec00000u /* the first I/O APIC of a machine that does not describe it */

static struct {
    volatile uint8_t *at;
    uint32_t first; /* interrupt number of pin 0 */
    uint32_t pins;
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
}

/* VirtIO devices assert their line until the cause is read, so the trigger is level. */
static bool ioapic_connect(uint32_t number, uint8_t vector)
{
    const uint32_t line = number < ISA_LINES ? ioapic_isa[number] : number;

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

bool board_line(const uint32_t *cells, unsigned count, board_handler handler, void *context)
{
    uint8_t vector;

    if (count != 1)
        return false;
    vector = interrupt_connect(handler, context);
    return vector != 0 && ioapic_connect(cells[0], vector);
}
