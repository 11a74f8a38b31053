/* SPDX-License-Identifier: MIT */
#include "x86.h"

/* The end of the machine: QEMU's isa-debug-exit, or state S5 of ACPI. */

/* Its ports, by its default and as most users set it; without it a port reads as all ones. */
#define DEBUG_EXIT 0x501u
#define DEBUG_EXIT_USUAL 0xf4u
#define DEBUG_EXIT_READS 0x00u

/* ACPI's table FADT (signature FACP) */
#define FADT_DSDT 40u
#define FADT_CONTROL 64u /* an I/O port */
#define FADT_FLAGS 112u
#define FADT_FLAGS_REDUCED (1u << 20)
#define FADT_SLEEP_CONTROL 244u /* an address with its kind, of hardware-reduced ACPI */
#define FADT_SLEEP_CONTROL_BYTES 12u
#define ADDRESS_IS_PORT 1u
#define TABLE_LENGTH 4u
#define TABLE_BYTES_MAX 0x100000u

#define SLEEP_ENABLE 0x2000u
#define SLEEP_TYPE_SHIFT 10u
#define SLEEP_CONTROL_ENABLE 0x20u
#define SLEEP_CONTROL_TYPE_SHIFT 2u
#define SLEEP_US 2000000u /* the guest continues until the VMM handles it */

/* AML */
#define AML_PACKAGE 0x12u
#define AML_BYTE 0x0au
#define AML_ONE 0x01u
#define AML_NAME "_S5_"
#define AML_NAME_BYTES 4u
#define AML_LONGEST 10u /* from the name to the first number of its package */

static struct {
    unsigned port; /* 0: there is none */
    volatile uint8_t *control;
    uint8_t type;
} sleep;

static uint32_t read32(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

/* The first number of the package of \_S5. */
static uint8_t type_in(const uint8_t *aml, uint32_t bytes)
{
    for (uint32_t i = 0; i + AML_NAME_BYTES + AML_LONGEST < bytes; i++) {
        const uint8_t *at = aml + i + AML_NAME_BYTES;

        if (memcmp(aml + i, AML_NAME, AML_NAME_BYTES) != 0 || *at != AML_PACKAGE)
            continue;
        at +=
            2u + (at[1] >> 6) + 1u; /* the package, its length in up to four bytes, its number of elements */
        return *at == AML_BYTE ? at[1] : *at == AML_ONE ? 1u : 0u;
    }
    return 0;
}

void off_find(const void *rsdp)
{
    struct vwr_acpi acpi;
    uint32_t bytes = 0;
    const uint8_t *fadt = NULL;
    const uint8_t *dsdt;

    if (rsdp != NULL && vwr_acpi_open(&acpi, rsdp, NULL, NULL) == VWR_OK)
        fadt = vwr_acpi_table(&acpi, "FACP", &bytes);
    if (fadt == NULL || bytes < FADT_FLAGS + 4u)
        return;
    dsdt = (const uint8_t *)(uintptr_t)read32(fadt + FADT_DSDT);
    if (dsdt != NULL && read32(dsdt + TABLE_LENGTH) <= TABLE_BYTES_MAX)
        sleep.type = type_in(dsdt, read32(dsdt + TABLE_LENGTH));
    if ((read32(fadt + FADT_FLAGS) & FADT_FLAGS_REDUCED) == 0)
        sleep.port = read32(fadt + FADT_CONTROL) & 0xffffu;
    else if (bytes >= FADT_SLEEP_CONTROL + FADT_SLEEP_CONTROL_BYTES) /* a port is told by its address */
        sleep.control = (volatile uint8_t *)(uintptr_t)read32(fadt + FADT_SLEEP_CONTROL + 4u);
}

static void wait(void)
{
    const uint64_t begin = vwr_port_time_us();

    while (vwr_port_time_us() - begin < SLEEP_US)
        vwr_port_relax();
}

/* QEMU's exit code is twice the value and 1. */
static void debug_exit(unsigned port, bool is_good)
{
    if (x86_in(port) != DEBUG_EXIT_READS)
        return;
    x86_out(port, is_good ? 0 : 1);
    wait();
}

void machine_off(bool is_good)
{
    debug_exit(DEBUG_EXIT_USUAL, is_good);
    debug_exit(DEBUG_EXIT, is_good);
    if (sleep.port != 0) {
        vwr_port_write16(x86_port(sleep.port),
                         (uint16_t)(SLEEP_ENABLE | (unsigned)sleep.type << SLEEP_TYPE_SHIFT));
        wait();
    }
    if (sleep.control != NULL) {
        vwr_port_write8(sleep.control,
                        (uint8_t)(SLEEP_CONTROL_ENABLE | (unsigned)sleep.type << SLEEP_CONTROL_TYPE_SHIFT));
        wait();
    }
}
