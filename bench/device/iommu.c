/* SPDX-License-Identifier: MIT */
#include "bench_device.h"

#ifdef BENCH_MAPPED /* runtimes that are compared with this one may have no IOMMU */
#include "vwr/viommu.h"

/* An IOMMU whose driver has mapped guest memory for one device, in equal parts, at the same addresses. */

#define MAPPINGS_MAX 4096u
#define PAGE UINT64_C(0x1000)
#define PINS 16384u
#define BESIDE UINT64_C(0x100000000) /* mappings that the device does not use, on both sides of its own */

static struct vwr_viommu iommu;
static struct vwr_viommu_own own;
static struct vwr_memory_pin pin[PINS];
static struct vwr_viommu_endpoint endpoint = {.id = 1, .pin = pin, .pin_count = PINS};
static struct vwr_viommu_domain domain;
static struct vwr_viommu_mapping mapping[MAPPINGS_MAX];
static struct vwr_viommu_fault fault;

static bool map(uint64_t first, uint64_t bytes, uint64_t phys)
{
    const struct vwr_iommu_map_msg m = {.domain = 1,
                                        .virt_start = first,
                                        .virt_end = first + bytes - 1u,
                                        .phys_start = phys,
                                        .flags = VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE};

    return iommu.service.calls->map(&iommu.service, &iommu.message, &m) == VWR_OK;
}

struct vwr_memory_iommu *iommu_make(const struct bench_ring *b)
{
    const struct vwr_vdev_setup s = {.vm = b->vm};
    const struct vwr_viommu_options o = {.endpoint = &endpoint,
                                         .endpoint_count = 1,
                                         .domain = &domain,
                                         .domain_count = 1,
                                         .mapping = mapping,
                                         .mapping_count = MAPPINGS_MAX,
                                         .fault = &fault,
                                         .fault_count = 1};
    const struct vwr_iommu_attach_msg attach = {.domain = 1, .endpoint = 1};
    const uint64_t part = b->ram_bytes / b->mappings < PAGE ? PAGE : b->ram_bytes / b->mappings;
    bool good = vwr_viommu_init(&iommu, &s, &own, &o) == VWR_OK &&
                iommu.service.calls->attach(&iommu.service, &iommu.message, &attach) == VWR_OK;
    uint64_t at = 0;

    for (; at < b->ram_bytes; at += part)
        good = good && map(b->ram_addr + at, part, b->ram_addr + at);
    for (uint64_t i = 0; iommu.mappings < b->mappings; i++)
        good = good && map(i % 2u * BESIDE + i * PAGE, PAGE, b->ram_addr);
    return good && iommu.mappings == b->mappings ? &endpoint.reach : NULL;
}

#endif
