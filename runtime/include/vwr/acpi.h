/* SPDX-License-Identifier: MIT */
#ifndef VWR_ACPI_H
#define VWR_ACPI_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/**
 * DOC: Static ACPI tables
 *
 * These functions find PCI hosts (MCFG) and interrupt controllers (MADT) in the static tables. They
 * do not interpret AML::
 *
 *     struct vwr_acpi acpi;
 *
 *     r = vwr_acpi_open(&acpi, rsdp != NULL ? rsdp : vwr_acpi_search(bios, 0x20000), NULL, NULL);
 *
 * A lookup checks the length and the checksum of each table that it returns. Loops visit at most
 * VWR_ACPI_TABLES tables of at most VWR_ACPI_BYTES each.
 *
 * The ACPI Specification and the PCI Firmware Specification (MCFG) define the terms.
 */

/** VWR_ACPI_TABLES - Maximum number of tables that are searched */
#define VWR_ACPI_TABLES 64u

/** VWR_ACPI_BYTES - Maximum size of a table in bytes */
#define VWR_ACPI_BYTES 0x10000u

/**
 * vwr_acpi_search() - Search memory for the root pointer
 * @from: Start of the memory, aligned to 16.
 * @bytes: Size in bytes.
 *
 * Return: The root pointer, or NULL.
 */
const void *vwr_acpi_search(const void *from, size_t bytes);

/**
 * struct vwr_acpi - ACPI tables of a machine
 * @map: Maps @bytes bytes at the physical address @at for reading, or returns NULL if the CPU cannot access
 *   them. If @map itself is NULL, physical addresses are used as they are.
 * @context: Passed to @map.
 */
struct vwr_acpi {
    const void *(*map)(void *context, uint64_t at, size_t bytes);
    void *context;
    /* private: */
    const uint8_t *root; /* root table: XSDT or RSDT */
    uint32_t bytes;
    uint8_t width; /* of an address in it */
};

/**
 * vwr_acpi_open() - Locate the root table (XSDT or RSDT)
 * @a: Tables to initialise.
 * @rsdp: Root pointer, or NULL.
 * @map: Stored in @a; see struct vwr_acpi.
 * @context: Stored in @a.
 *
 * The call prefers the XSDT and falls back to the RSDT if there is no valid XSDT.
 *
 * Return: VWR_OK. The tables must stay mapped while @a is in use.
 * * VWR_EMAGIC: @rsdp is NULL or not a root pointer, or its checksum is wrong.
 * * VWR_ERANGE: the CPU cannot access the root table.
 * * VWR_EPROTO: the signature, length or checksum of the root table is wrong.
 */
VWR_MUST_CHECK int vwr_acpi_open(struct vwr_acpi *a, const void *rsdp,
                                 const void *(*map)(void *context, uint64_t at, size_t bytes), void *context);

/**
 * vwr_acpi_table() - Look up a table by its signature
 * @a: Tables.
 * @signature: 4 characters, such as "MCFG" or "APIC".
 * @bytes: Filled in with the size of the table, including its header.
 *
 * Return: The table, or NULL if no table with this signature has a valid length and checksum.
 */
const uint8_t *vwr_acpi_table(const struct vwr_acpi *a, const char *signature, uint32_t *bytes);

/**
 * struct vwr_acpi_segment - Configuration space (ECAM) of a PCI segment
 * @at: Physical address of the configuration space of bus 0, even if bus 0 does not belong to the
 *   segment.
 * @segment: Segment number.
 * @first_bus: First bus number.
 * @last_bus: Last bus number.
 */
struct vwr_acpi_segment {
    uint64_t at;
    uint16_t segment;
    uint8_t first_bus;
    uint8_t last_bus;
};

/**
 * vwr_acpi_segment() - Read an entry of the MCFG
 * @a: Tables.
 * @index: Index of the entry.
 * @s: Filled in with the entry.
 *
 * Return: VWR_OK.
 * * VWR_ENODEV: there is no such entry.
 * * VWR_EPROTO: the last bus number is below the first.
 */
VWR_MUST_CHECK int vwr_acpi_segment(const struct vwr_acpi *a, unsigned index, struct vwr_acpi_segment *s);

/**
 * enum vwr_acpi_kind - Kinds of MADT entries
 * @VWR_ACPI_LOCAL_APIC: @at is the address of the local APIC, the same for all CPUs.
 * @VWR_ACPI_CPU: A usable CPU. @id is the ID of its APIC.
 * @VWR_ACPI_IO_APIC: An I/O APIC with the ID @id, the address @at and the first interrupt @gsi.
 * @VWR_ACPI_OVERRIDE: ISA interrupt @id is connected to @gsi. @flags contains its polarity and trigger mode.
 */
enum vwr_acpi_kind { VWR_ACPI_LOCAL_APIC, VWR_ACPI_CPU, VWR_ACPI_IO_APIC, VWR_ACPI_OVERRIDE };

/**
 * struct vwr_acpi_apic - An entry of the MADT
 * @kind: enum vwr_acpi_kind; it determines the meaning of the other members.
 * @at: Physical address.
 * @id: ID.
 * @gsi: Global system interrupt.
 * @flags: Polarity and trigger mode.
 */
struct vwr_acpi_apic {
    uint8_t kind;
    uint64_t at;
    uint32_t id;
    uint32_t gsi;
    uint16_t flags;
};

/**
 * vwr_acpi_next_apic() - Read the next entry of the MADT
 * @a: Tables.
 * @at: Position: 0 for the first call. Each call advances it.
 * @apic: Filled in with the entry. Entries of other kinds are skipped.
 *
 * Return: 1: @apic is valid. 0: there are no more entries.
 * * VWR_ENODEV: there is no MADT.
 * * VWR_EPROTO: an entry is too short for its kind, or extends beyond the table.
 */
VWR_MUST_CHECK int vwr_acpi_next_apic(const struct vwr_acpi *a, uint32_t *at, struct vwr_acpi_apic *apic);

VWR_END_C

#endif
