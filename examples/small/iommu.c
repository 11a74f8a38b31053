/* SPDX-License-Identifier: MIT */
/* An endpoint of an IOMMU: a page that it may read, its reserved addresses, and accesses that were refused.
 */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/iommu.h"
#include "vwr/wait.h"

#define ENDPOINT 8u /* of the device behind the IOMMU: for a PCI function its requester ID, here 00:01.0 */
#define PAGE 4096u
#define WAIT_US 1000000u

static struct vwr_iommu_shared shared; /* shared with the device */
static struct vwr_iommu iommu;         /* private; the device must not access it, nor these: */
static struct vwr_iommu_domain domain;
static struct vwr_iommu_mapping table[4];
static struct vwr_mmio mmio;
static uint8_t page[PAGE] __attribute__((aligned(PAGE)));

static int give_page(uint64_t *virt)
{
    size_t run;
    const uint64_t phys = vwr_port_dma(page, PAGE, &run);

    *virt = VWR_IOMMU_ANY;
    return run == PAGE ? vwr_iommu_map(&domain, virt, phys, PAGE, VWR_IOMMU_MAP_F_READ) : VWR_EINVAL;
}

/* Everything else that the endpoint accesses is a fault. */
static int watch(void)
{
    struct vwr_iommu_fault_msg fault;
    struct vwr_wait wait;
    int r = VWR_OK;

    vwr_wait_begin(&wait, WAIT_US);
    while (r >= 0 && vwr_wait_more(&wait)) {
        r = vwr_iommu_poll(&iommu, &fault);
        if (r == 1)
            say_number("fault at", fault.address);
    }
    say_number("times that there may have been more:", iommu.overruns);
    return r < 0 ? r : VWR_OK;
}

static int use(void)
{
    uint64_t virt;
    int r = vwr_iommu_attach(&domain, ENDPOINT);

    for (unsigned i = 0; r == VWR_OK && i < domain.reserved_count; i++)
        say_number(domain.reserved[i].subtype == VWR_IOMMU_RESV_MEM_T_MSI ? "doorbell at" : "reserved from",
                   domain.reserved[i].start);
    if (r == VWR_OK)
        r = give_page(&virt);
    if (r != VWR_OK)
        return r;
    say_number("the endpoint can read", virt);
    r = watch();
    if (r == VWR_OK)
        r = vwr_iommu_unmap(&domain, virt);
    return r == VWR_OK ? vwr_iommu_detach(&domain, ENDPOINT) : r;
}

int example(void)
{
    const struct vwr_iommu_options options = {.shared = &shared}; /* endpoints without a domain: nothing */
    int r = board_find(&mmio, VWR_ID_IOMMU);

    if (r == VWR_OK)
        r = vwr_iommu_open(&iommu, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    say_number("bytes of a page:", vwr_iommu_granule(&iommu));
    vwr_iommu_domain_init(&domain, &iommu, table, VWR_COUNT(table));
    r = use();
    return vwr_close(&iommu.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
