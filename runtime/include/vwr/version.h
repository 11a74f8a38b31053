/* SPDX-License-Identifier: MIT */
#ifndef VWR_VERSION_H
#define VWR_VERSION_H

/*
 * Which Virtwright this is: numbers for #if and words for a console, without a port. What may
 * change when one of them does: docs/versions.md. vwr/base.h includes this, so every header does.
 *
 * VWR_SPEC_VERSION, "1.4-cs01": the document that spec/ describes, version and stage.
 */
#include "vwr/gen/version.h"

/* The release, as CMakeLists.txt has it; a test compares. */
#define VWR_VERSION_MAJOR 0
#define VWR_VERSION_MINOR 1
#define VWR_VERSION_PATCH 0

/* A number that grows: #if VWR_VERSION >= VWR_VERSION_OF(0, 2, 0). Each part is below 256. */
#define VWR_VERSION_OF(major, minor, patch) ((major) << 16 | (minor) << 8 | (patch))
#define VWR_VERSION VWR_VERSION_OF(VWR_VERSION_MAJOR, VWR_VERSION_MINOR, VWR_VERSION_PATCH)

/* "0.1.0" */
#define VWR_VERSION_STRING              \
    VWR_VERSION_WORD(VWR_VERSION_MAJOR) \
    "." VWR_VERSION_WORD(VWR_VERSION_MINOR) "." VWR_VERSION_WORD(VWR_VERSION_PATCH)
#define VWR_VERSION_WORD(number) VWR_VERSION_QUOTE(number)
#define VWR_VERSION_QUOTE(number) #number

/* A generated header of another generator stops the build: ./vwr generate, or take both from one release. */
#define VWR_GEN_ABI 5

#endif
