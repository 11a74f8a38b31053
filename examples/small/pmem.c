/* SPDX-License-Identifier: MIT */
/* Persistent memory: counts the starts of this program in its first bytes. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/pmem.h"

static struct vwr_pmem_shared shared; /* shared with the device */
static struct vwr_pmem pmem;          /* private; the device must not access it */
static struct vwr_mmio mmio;

/* This board's memory is identity-mapped. One with an MMU maps the region here, as it does RAM. */
static void *map(void *context, const struct vwr_region *region)
{
    (void)context;
    return region->addr + region->bytes <= UINTPTR_MAX ? (void *)(uintptr_t)region->addr : NULL;
}

static int count_start(void)
{
    volatile uint32_t *const starts = pmem.memory;
    int r;

    if (pmem.region.bytes < sizeof(*starts))
        return VWR_ERANGE;
    (*starts)++;
    r = vwr_pmem_flush(&pmem); /* if it fails, nobody knows which number the next start finds */
    if (r == VWR_OK)
        say_number("starts", *starts);
    return r;
}

int example(void)
{
    struct vwr_pmem_options options = {.shared = &shared, .map = map};
    int r = board_find(&mmio, VWR_ID_PMEM);

    if (r != VWR_OK)
        return r;
    r = vwr_mmio_get_region(&mmio, VWR_PMEM_SHM_ID_PERSISTENT_REGION, &options.region);
    if (r == VWR_ENODEV) /* then the configuration says where it is */
        options.region.bytes = 0;
    else if (r != VWR_OK)
        return r;
    r = vwr_pmem_open(&pmem, &mmio.dev, &options);
    if (r == VWR_OK)
        r = count_start();
    return r == VWR_OK && vwr_close(&pmem.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
