/* SPDX-License-Identifier: MIT */
#ifndef _GUEST_MANIFEST_H
#define _GUEST_MANIFEST_H

#include "avatar_types.h"

/* The stand-in loads no image: only the page's own code uses the files of a manifest. */
typedef enum { GUEST_TYPE_LINUX = 0, GUEST_TYPE_NIMBOS, GUEST_TYPE_TESTOS, GUEST_TYPE_MAX } guest_type_t;

typedef struct {
    const char *kernel_path;
    const char *dtb_path;
    const char *initrd_path;
    bool needs_dtb;
    bool needs_initrd;
} guest_files_t;

typedef struct {
    guest_type_t type;
    const char *name;
    uint64_t bin_loadaddr;
    uint64_t dtb_loadaddr;
    uint64_t fs_loadaddr;
    uint32_t smp_num;
    guest_files_t files;
} guest_manifest_t;

extern const guest_manifest_t guest_manifests[];
extern const uint32_t guest_manifest_count;

#endif
