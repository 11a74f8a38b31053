/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/entropy.h"
#include "vwr/iommu.h"
#include "vwr/ventropy.h"
#include "vwr/viommu.h"

#include <string.h>

/*
 * An IOMMU, and an entropy device behind it: what the driver of the one maps is what the other can access.
 * Nothing is accessed before; a mapping that is removed stops the device; a reset of the IOMMU does so too,
 * and its recovery puts the domain back.
 */

#define IOMMU_SLOT 0u
#define ENTROPY_SLOT 1u
#define ENDPOINT 8u
#define MAPPINGS 4u
#define FAULTS 4u
#define PINS 64u
#define BYTE 0x5c
#define SEED_BYTES 32u
#define SEEDS 1000u /* more than the pool of the driver has */
#define WAIT_US 1000000u

static struct {
    /* the devices */
    struct vwr_viommu device;
    struct vwr_viommu_own own;
    struct vwr_viommu_endpoint endpoint;
    struct vwr_viommu_domain domains[2];
    struct vwr_viommu_mapping mappings[MAPPINGS];
    struct vwr_viommu_fault faults[FAULTS];
    struct vwr_memory_pin pins[PINS];
    struct vwr_ventropy source;
    struct vwr_ventropy_own source_own;
    /* the drivers */
    union vmm_end end, source_end;
    struct vwr_iommu iommu;
    struct vwr_iommu_domain domain;
    struct vwr_iommu_mapping table[MAPPINGS];
    struct vwr_entropy entropy;
    struct vwr_entropy_shared *shared;
} w;

static uint32_t fill(struct vwr_ventropy *v, uint8_t *bytes, uint32_t n)
{
    (void)v;
    (void)memset(bytes, BYTE, n);
    return n;
}

static void plug(unsigned kind)
{
    const struct vwr_viommu_options options = {.endpoint = &w.endpoint,
                                               .endpoint_count = 1,
                                               .domain = w.domains,
                                               .domain_count = VWR_COUNT(w.domains),
                                               .mapping = w.mappings,
                                               .mapping_count = MAPPINGS,
                                               .fault = w.faults,
                                               .fault_count = FAULTS};
    struct vwr_vdev_setup s = {.vm = &vmm, .line = IOMMU_SLOT};

    w.endpoint = (struct vwr_viommu_endpoint){.id = ENDPOINT, .pin = w.pins, .pin_count = PINS};
    disk_offer(&s.features, kind);
    CHECK_NUMBER(vwr_viommu_init(&w.device, &s, &w.own, &options), VWR_OK);
    vmm_add(IOMMU_SLOT, vwr_viommu_dev(&w.device));
    s.line = ENTROPY_SLOT;
    s.iommu = &w.endpoint.reach;
    CHECK_NUMBER(vwr_ventropy_init(&w.source, &s, &w.source_own, fill, NULL), VWR_OK);
    vmm_add(ENTROPY_SLOT, &w.source.dev);
    vmm_look_away(ENTROPY_SLOT); /* a monitor does not translate */
}

static void begin(unsigned kind)
{
    struct vwr_iommu_options options = {.request.timeout_us = WAIT_US};

    ram_reset();
    memset(&w, 0, sizeof(w));
    vmm_begin(false);
    plug(kind);
    options.shared = ram_alloc_ring(sizeof(*options.shared));
    w.shared = ram_alloc_ring(sizeof(*w.shared));
    CHECK_NUMBER(vmm_find(&w.end, IOMMU_SLOT), VWR_OK);
    CHECK_NUMBER(vmm_find(&w.source_end, ENTROPY_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_iommu_open(&w.iommu, &w.end.dev, &options), VWR_OK);
    vwr_iommu_domain_init(&w.domain, &w.iommu, w.table, MAPPINGS);
    vwr_dev_want(&w.source_end.dev, VWR_F_ACCESS_PLATFORM);
}

static int open_entropy(void)
{
    const struct vwr_entropy_options options = {.shared = w.shared};

    return vwr_entropy_open(&w.entropy, &w.source_end.dev, &options);
}

static int seed(void)
{
    uint8_t bytes[SEED_BYTES] = {0};
    const int r = vwr_entropy_fill(&w.entropy, bytes, sizeof(bytes), WAIT_US);

    for (unsigned i = 0; i < SEED_BYTES && r == VWR_OK; i++)
        CHECK_NUMBER(bytes[i], BYTE);
    return r;
}

/* The device has stopped, and the IOMMU says why. */
static void is_cut_off(void)
{
    struct vwr_iommu_fault_msg fault;
    unsigned seeds = 0;

    while (seed() == VWR_OK)
        CHECK(++seeds < SEEDS);
    CHECK(w.source.dev.broken);
    CHECK_NUMBER(vwr_iommu_poll(&w.iommu, &fault), 1);
    CHECK_NUMBER(fault.endpoint, ENDPOINT);
    CHECK((fault.flags & VWR_IOMMU_FAULT_F_ADDRESS) != 0);
}

static void recovers(struct vwr_bringup *v)
{
    int r;

    while ((r = vwr_recover(v)) == VWR_EBUSY)
        (void)vmm_step();
    CHECK_NUMBER(r, VWR_OK);
}

/* The memory that the devices share with their drivers, where it is. */
static void map_all(void)
{
    static const uint64_t at[][2] = {{RAM_BASE, RAM_RING_BYTES + RAM_DATA_BYTES},
                                     {RAM_HIGH_BASE, RAM_HIGH_BYTES}};

    for (unsigned i = 0; i < VWR_COUNT(at); i++) {
        uint64_t virt = at[i][0];

        CHECK_NUMBER(
            vwr_iommu_map(&w.domain, &virt, at[i][0], at[i][1], VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE),
            VWR_OK);
    }
}

static void unmap_all(void)
{
    while (w.domain.mapping_count != 0)
        CHECK_NUMBER(vwr_iommu_unmap(&w.domain, w.table[0].virt), VWR_OK);
}

static void life(void)
{
    if (open_entropy() == VWR_OK)
        is_cut_off(); /* it has no domain */
    CHECK_NUMBER(vwr_close(&w.entropy.bringup), VWR_OK);
    CHECK_NUMBER(vwr_iommu_attach(&w.domain, ENDPOINT), VWR_OK);
    map_all();
    CHECK_NUMBER(open_entropy(), VWR_OK);
    CHECK_NUMBER(seed(), VWR_OK);
    unmap_all();
    is_cut_off();
    map_all();
    recovers(&w.entropy.bringup);
    CHECK_NUMBER(seed(), VWR_OK);
    vwr_vdev_needs_reset(vwr_viommu_dev(&w.device));
    CHECK_NUMBER(vwr_dev_check(&w.end.dev), VWR_ENEEDSRESET);
    recovers(&w.iommu.bringup);
    CHECK_NUMBER(w.iommu.restore.lost, 0);
    CHECK_NUMBER(w.device.mappings, w.domain.mapping_count);
    CHECK(w.source.dev.broken);
    recovers(&w.entropy.bringup);
    CHECK_NUMBER(seed(), VWR_OK);
    CHECK_NUMBER(vwr_close(&w.entropy.bringup), VWR_OK);
    CHECK_NUMBER(vwr_iommu_detach(&w.domain, ENDPOINT), VWR_OK);
    CHECK_NUMBER(w.device.mappings, 0);
    CHECK_NUMBER(vwr_close(&w.iommu.bringup), VWR_OK);
}

void case_iommu(unsigned kind, unsigned scale)
{
    (void)scale;
    if ((kind & DISK_LEGACY) != 0)
        return;
    begin(kind);
    vmm_may_break = true;
    life();
    vmm_may_break = false;
}
