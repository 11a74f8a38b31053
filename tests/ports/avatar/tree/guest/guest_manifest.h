/* SPDX-License-Identifier: MIT */
#ifndef _GUEST_MANIFEST_H
#define _GUEST_MANIFEST_H

#include "avatar_types.h"

/* Of Avatar's structure what the stand-in needs: where images lie is no matter here. */
typedef struct {
    const char *name;
    uint32_t smp_num;
} guest_manifest_t;

#endif
