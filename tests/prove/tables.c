/* SPDX-License-Identifier: MIT */
#include "prove.h"
#include "vwr/acpi.h"
#include "vwr/result.h"

/* The reader of ACPI tables, which are written by firmware or a VMM. */

#include "vwr_acpi.c"

#define TABLE_BYTES 64u

/*
 * Memory that changes: each mapped table has arbitrary content, and exactly as many bytes as were requested.
 */
static const void *any_table(void *context, uint64_t at, size_t bytes)
{
    PROVE_ANY(bool, is_memory);

    (void)context;
    prove_that(at != 0 && bytes != 0);
    return is_memory && bytes <= TABLE_BYTES ? prove_memory(bytes) : NULL;
}

void acpi_open(void)
{
    struct vwr_acpi a;

    if (vwr_acpi_open(&a, prove_memory(ACPI_ROOT_2_BYTES), any_table, NULL) == VWR_OK)
        prove_that(a.bytes >= ACPI_HEADER && (a.width == 4 || a.width == 8) &&
                   prove_readable(a.root, a.bytes));
    else
        prove_that(a.bytes == 0);
}
