/* SPDX-License-Identifier: MIT */
#ifndef VWR_VERSION_H
#define VWR_VERSION_H

/**
 * DOC: Version numbers
 *
 * The version of the library is for the preprocessor and for messages. docs/versions.md describes
 * what may change with each part of the number. vwr/base.h includes this header, which needs no port.
 *
 * VWR_SPEC_VERSION (vwr/edition.h) is the version and stage of the VIRTIO specification that the
 * library implements.
 */

#include "vwr/edition.h"

/* The release, which CMakeLists.txt reads. */
#define VWR_VERSION_MAJOR 0
#define VWR_VERSION_MINOR 2
#define VWR_VERSION_PATCH 0

/**
 * VWR_VERSION_OF() - A version as a number that can be compared
 * @major: Major version.
 * @minor: Minor version, below 256.
 * @patch: Patch level, below 256.
 *
 * Example: #if VWR_VERSION >= VWR_VERSION_OF(0, 2, 0)
 */
#define VWR_VERSION_OF(major, minor, patch) ((major) << 16 | (minor) << 8 | (patch))
#define VWR_VERSION VWR_VERSION_OF(VWR_VERSION_MAJOR, VWR_VERSION_MINOR, VWR_VERSION_PATCH)

/** VWR_VERSION_STRING - The version as a string, such as "1.2.3" */
#define VWR_VERSION_STRING               \
    VWR_VERSION_WORD_(VWR_VERSION_MAJOR) \
    "." VWR_VERSION_WORD_(VWR_VERSION_MINOR) "." VWR_VERSION_WORD_(VWR_VERSION_PATCH)
#define VWR_VERSION_WORD_(number) VWR_VERSION_QUOTE_(number)
#define VWR_VERSION_QUOTE_(number) #number

/**
 * VWR_GEN_ABI - Interface between the generator and the runtime
 *
 * A header that was generated for a different interface stops the build. Run ./vwr generate, or
 * take generator and runtime from the same release.
 */
#define VWR_GEN_ABI 5

#endif
