/* SPDX-License-Identifier: MIT */
#include "vwr/acpi.h"
#include "vwr/bytes.h"

/*
 * Static ACPI tables. Offsets and sizes are those of the ACPI Specification and of the PCI Firmware
 * Specification. Numbers in tables are little-endian and unaligned.
 */

#define ACPI_ROOT_STEP 16u  /* alignment of the root pointer */
#define ACPI_ROOT_BYTES 20u /* size in ACPI 1.0 */
#define ACPI_ROOT_REVISION 15u
#define ACPI_ROOT_RSDT 16u
#define ACPI_ROOT_XSDT 24u
#define ACPI_ROOT_2_BYTES 36u /* size since ACPI 2.0, with the XSDT */
#define ACPI_LENGTH 4u        /* offset of a table's length */
#define ACPI_HEADER 36u       /* size of a table's header */

#define MCFG_FIRST (ACPI_HEADER + 8u)
#define MCFG_ROW 16u
#define MCFG_SEGMENT 8u
#define MCFG_FIRST_BUS 10u
#define MCFG_LAST_BUS 11u

static uint64_t acpi_number(const uint8_t *at, unsigned bytes)
{
    const uint32_t low = vwr_bytes_number(at, bytes > 4 ? 4 : bytes, false);

    return bytes > 4 ? low | (uint64_t)vwr_bytes_number(at + 4, 4, false) << 32 : low;
}

static bool acpi_same(const uint8_t *at, const char *text)
{
    for (; *text != '\0'; text++)
        if (*at++ != (uint8_t)*text)
            return false;
    return true;
}

static bool acpi_sum_is_right(const uint8_t *at, uint32_t bytes)
{
    uint8_t sum = 0;

    while (bytes-- > 0)
        sum = (uint8_t)(sum + *at++);
    return sum == 0;
}

static bool acpi_is_root(const uint8_t *at)
{
    return acpi_same(at, "RSD PTR ") && acpi_sum_is_right(at, ACPI_ROOT_BYTES);
}

const void *vwr_acpi_search(const void *from, size_t bytes)
{
    const uint8_t *at = from;

    for (; bytes >= ACPI_ROOT_2_BYTES; at += ACPI_ROOT_STEP, bytes -= ACPI_ROOT_STEP)
        if (acpi_is_root(at))
            return at;
    return NULL;
}

static const uint8_t *acpi_map(const struct vwr_acpi *a, uint64_t at, uint32_t bytes)
{
    if (at == 0 || at + bytes < at)
        return NULL;
    if (a->map != NULL)
        return a->map(a->context, at, bytes);
    return at + bytes <= (uintptr_t)-1 ? (const uint8_t *)(uintptr_t)at : NULL;
}

/*
 * Reads the table at this address. VWR_ENODEV: the signature differs; VWR_ERANGE: the table is not
 * accessible; VWR_EPROTO: it is invalid.
 */
static int acpi_take(const struct vwr_acpi *a, uint64_t at, const char *signature, const uint8_t **table,
                     uint32_t *bytes)
{
    const uint8_t *p = acpi_map(a, at, ACPI_HEADER);

    if (p == NULL)
        return VWR_ERANGE;
    if (!acpi_same(p, signature))
        return VWR_ENODEV;
    *bytes = (uint32_t)acpi_number(p + ACPI_LENGTH, 4);
    if (*bytes < ACPI_HEADER || *bytes > VWR_ACPI_BYTES)
        return VWR_EPROTO;
    p = acpi_map(a, at, *bytes);
    if (p == NULL)
        return VWR_ERANGE;
    *table = p;
    return acpi_sum_is_right(p, *bytes) ? VWR_OK : VWR_EPROTO;
}

int vwr_acpi_open(struct vwr_acpi *a, const void *rsdp,
                  const void *(*map)(void *context, uint64_t at, size_t bytes), void *context)
{
    const uint8_t *const root = rsdp;
    uint64_t at = 0;
    int r;

    a->map = map;
    a->context = context;
    a->bytes = 0;
    if (root == NULL || !acpi_is_root(root))
        return VWR_EMAGIC;
    a->width = 8;
    if (root[ACPI_ROOT_REVISION] >= 2 && acpi_sum_is_right(root, ACPI_ROOT_2_BYTES))
        at = acpi_number(root + ACPI_ROOT_XSDT, a->width);
    r = at != 0 ? acpi_take(a, at, "XSDT", &a->root, &a->bytes) : VWR_ENODEV;
    if (r == VWR_OK)
        return r;
    a->width = 4;
    at = acpi_number(root + ACPI_ROOT_RSDT, a->width);
    r = acpi_take(a, at, "RSDT", &a->root, &a->bytes);
    if (r != VWR_OK)
        a->bytes = 0;
    return r == VWR_ENODEV ? VWR_EPROTO : r;
}

const uint8_t *vwr_acpi_table(const struct vwr_acpi *a, const char *signature, uint32_t *bytes)
{
    uint32_t at = ACPI_HEADER;

    for (unsigned i = 0; i < VWR_ACPI_TABLES && at + a->width <= a->bytes; i++, at += a->width) {
        const uint8_t *table;

        if (acpi_take(a, acpi_number(a->root + at, a->width), signature, &table, bytes) == VWR_OK)
            return table;
    }
    return NULL;
}

int vwr_acpi_segment(const struct vwr_acpi *a, unsigned index, struct vwr_acpi_segment *s)
{
    uint32_t bytes;
    const uint8_t *p = vwr_acpi_table(a, "MCFG", &bytes);

    if (p == NULL || bytes < MCFG_FIRST || index >= (bytes - MCFG_FIRST) / MCFG_ROW)
        return VWR_ENODEV;
    p += MCFG_FIRST + index * MCFG_ROW;
    s->at = acpi_number(p, 8);
    s->segment = (uint16_t)acpi_number(p + MCFG_SEGMENT, 2);
    s->first_bus = p[MCFG_FIRST_BUS];
    s->last_bus = p[MCFG_LAST_BUS];
    return s->first_bus <= s->last_bus ? VWR_OK : VWR_EPROTO;
}

/* MADT entries: type and length, then the fields of the type. */
#define MADT_LOCAL_APIC ACPI_HEADER
#define MADT_FIRST (ACPI_HEADER + 8u)
#define MADT_HEADER 2u
#define MADT_ENABLED 1u

struct madt_field {
    uint8_t at, bytes; /* if `at` is 0, there is no such field */
};

/* A type of MADT entry: its enum vwr_acpi_kind, its minimum size, and the position of each field. */
struct madt_type {
    uint8_t type, kind, bytes;
    struct madt_field enabled, id, address, gsi, flags;
};

static const struct madt_type madt_types[] = {
    {0, VWR_ACPI_CPU, 8, {4, 4}, {3, 1}, {0, 0}, {0, 0}, {0, 0}},
    {1, VWR_ACPI_IO_APIC, 12, {0, 0}, {2, 1}, {4, 4}, {8, 4}, {0, 0}},
    {2, VWR_ACPI_OVERRIDE, 10, {0, 0}, {3, 1}, {0, 0}, {4, 4}, {8, 2}},
    {5, VWR_ACPI_LOCAL_APIC, 12, {0, 0}, {0, 0}, {4, 8}, {0, 0}, {0, 0}},
    {9, VWR_ACPI_CPU, 16, {8, 4}, {4, 4}, {0, 0}, {0, 0}, {0, 0}},
};

static uint64_t madt_get(const uint8_t *row, struct madt_field f)
{
    return f.at != 0 ? acpi_number(row + f.at, f.bytes) : 0;
}

static const struct madt_type *madt_find(uint8_t type)
{
    for (unsigned i = 0; i < sizeof(madt_types) / sizeof(madt_types[0]); i++)
        if (madt_types[i].type == type)
            return &madt_types[i];
    return NULL;
}

int vwr_acpi_next_apic(const struct vwr_acpi *a, uint32_t *at, struct vwr_acpi_apic *apic)
{
    uint32_t bytes;
    const uint8_t *const p = vwr_acpi_table(a, "APIC", &bytes);

    if (p == NULL || bytes < MADT_FIRST)
        return VWR_ENODEV;
    if (*at == 0) {
        *at = MADT_FIRST;
        apic->kind = VWR_ACPI_LOCAL_APIC;
        apic->at = acpi_number(p + MADT_LOCAL_APIC, 4);
        apic->id = apic->gsi = apic->flags = 0;
        return 1;
    }
    while (*at < bytes) {
        const uint8_t *const row = p + *at;
        const struct madt_type *type;

        if (bytes - *at < MADT_HEADER || row[1] < MADT_HEADER || row[1] > bytes - *at)
            return VWR_EPROTO;
        type = madt_find(row[0]);
        if (type != NULL && row[1] < type->bytes)
            return VWR_EPROTO;
        *at += row[1];
        if (type == NULL || (type->enabled.at != 0 && (madt_get(row, type->enabled) & MADT_ENABLED) == 0))
            continue;
        apic->kind = type->kind;
        apic->at = madt_get(row, type->address);
        apic->id = (uint32_t)madt_get(row, type->id);
        apic->gsi = (uint32_t)madt_get(row, type->gsi);
        apic->flags = (uint16_t)madt_get(row, type->flags);
        return 1;
    }
    return 0;
}
