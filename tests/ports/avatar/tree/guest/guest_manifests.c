/* SPDX-License-Identifier: MIT */
#include "guest_manifest.h"

/* As many manifests as Avatar has, in its style: the page appends one. */
static const guest_manifest_t linux_manifest = {.type = GUEST_TYPE_LINUX, .name = "Linux", .smp_num = 1};
static const guest_manifest_t nimbos_manifest = {.type = GUEST_TYPE_NIMBOS, .name = "NimbOS", .smp_num = 1};
static const guest_manifest_t testos_manifest = {.type = GUEST_TYPE_TESTOS, .name = "TestOS", .smp_num = 1};

const guest_manifest_t guest_manifests[] = {linux_manifest, nimbos_manifest, testos_manifest};

const uint32_t guest_manifest_count = sizeof(guest_manifests) / sizeof(guest_manifests[0]);
