/* SPDX-License-Identifier: MIT */
#ifndef VWR_ACPI_H
#define VWR_ACPI_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/*
 * ACPI's static tables, as far as finding PCI and interrupt controllers takes them: no AML. The ACPI
 * Specification and the PCI Firmware Specification (MCFG) have the terms.
 *
 *     struct vwr_acpi acpi;
 *
 *     r = vwr_acpi_open(&acpi, rsdp != NULL ? rsdp : vwr_acpi_search(bios, 0x20000), NULL, NULL);
 *
 * Each table is checked, its length and its sum, when it is looked for.
 *
 * Context: any. Loops: over the tables, at most VWR_ACPI_TABLES, and their bytes, at most VWR_ACPI_BYTES
 * each. Context, stack and loops of each call: docs/contexts.md.
 */
#define VWR_ACPI_TABLES 64u
#define VWR_ACPI_BYTES 0x10000u /* not the specification's */

/* The root pointer within `bytes` bytes from `from` on, aligned to 16; NULL: none. */
const void *vwr_acpi_search(const void *from, size_t bytes);

struct vwr_acpi {
    /* where the CPU reads `bytes` bytes at a physical address; NULL: nowhere. The hook NULL: 1:1 */
    const void *(*map)(void *context, uint64_t at, size_t bytes);
    void *context;
    /* private */
    const uint8_t *root; /* the table of tables */
    uint32_t bytes;
    uint8_t width; /* of an address there */
};

/*
 * Takes the tables behind the root pointer: XSDT, RSDT where there is none. VWR_OK; VWR_EMAGIC: `rsdp` is
 * NULL, no root pointer, or its sum is wrong; VWR_ERANGE: the tables are where the CPU does not reach;
 * VWR_EPROTO: length or sum of the table of tables is wrong.
 */
VWR_MUST_CHECK int vwr_acpi_open(struct vwr_acpi *a, const void *rsdp,
                                 const void *(*map)(void *context, uint64_t at, size_t bytes), void *context);

/*
 * The table with this signature, "MCFG" or "APIC", *bytes long with its header; NULL: there is none with a
 * length that can be and the sum 0.
 */
const uint8_t *vwr_acpi_table(const struct vwr_acpi *a, const char *signature, uint32_t *bytes);

/* Of MCFG: configuration space of the buses of a segment, by ECAM. */
struct vwr_acpi_segment {
    uint64_t at; /* of bus 0, be it in the segment or not */
    uint16_t segment;
    uint8_t first_bus;
    uint8_t last_bus;
};

/* Entry `index` of MCFG. VWR_OK; VWR_ENODEV: there is none; VWR_EPROTO: its last bus is before its first. */
VWR_MUST_CHECK int vwr_acpi_segment(const struct vwr_acpi *a, unsigned index, struct vwr_acpi_segment *s);

/* Of the MADT, table APIC: interrupt controllers. */
enum vwr_acpi_kind {
    VWR_ACPI_LOCAL_APIC, /* the one of all CPUs: `at` */
    VWR_ACPI_CPU,        /* a CPU that can be used: `id` of its APIC */
    VWR_ACPI_IO_APIC,    /* `id`, `at`, and its first interrupt `gsi` */
    VWR_ACPI_OVERRIDE    /* ISA's interrupt `id` is `gsi`, by `flags` (polarity, trigger) */
};

struct vwr_acpi_apic {
    uint8_t kind; /* enum vwr_acpi_kind */
    uint64_t at;
    uint32_t id;
    uint32_t gsi;
    uint16_t flags;
};

/*
 * What the MADT has at *at, 0 for the first call, and moves *at on; entries of other kinds are passed over. 1
 * and *apic; 0 at the end; VWR_ENODEV: there is no MADT; VWR_EPROTO: an entry is shorter than its kind, or
 * goes beyond the table.
 */
VWR_MUST_CHECK int vwr_acpi_next_apic(const struct vwr_acpi *a, uint32_t *at, struct vwr_acpi_apic *apic);

VWR_END_C

#endif
