/* SPDX-License-Identifier: MIT */
#ifndef VWR_NAMES_H
#define VWR_NAMES_H

#include "vwr/base.h"

/* A row of a generated name table; the last row has the name NULL. */
struct vwr_name {
    uint32_t value;
    const char *name;
};

/* The name of `value` in `table`, NULL if it has none. Context: any. */
static inline const char *vwr_name(const struct vwr_name *table, uint32_t value)
{
    while (table->name != NULL && table->value != value)
        table++;
    return table->name;
}

/* A table of names for people, where a structure mentions it: a build without words is not to have it. */
#define VWR_WORDS(table) (VWR_WITH_TEXTS ? (table) : NULL)

#endif
