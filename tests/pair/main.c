/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "vmm.h"
#include "monitored.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if VWR_PORT_HAS_DMA_MAP /* with port_bounce the device reaches data only in this pool */
#include "bounce.h"

static void begin_dma(void)
{
    void *const pool = ram_reserve(BOUNCE_BYTES);
    size_t run;

    bounce_begin(pool, BOUNCE_BYTES, ram_dma(pool, BOUNCE_BYTES, &run));
}

/* A pool so small that it is exhausted from time to time. */
static void limit_dma(void)
{
    bounce_limit(BOUNCE_BYTES / 8);
}

static void end_dma(void)
{
    bounce_check_idle();
    printf("%u mappings, %u times no room\n", bounce_stats.maps, bounce_stats.refused);
}
#else
static void begin_dma(void)
{
}

static void limit_dma(void)
{
}

static void end_dma(void)
{
}
#endif

#if TEST_SAVES /* the devices are saved and loaded continuously: saves.c */
#include "saves.h"
#endif

#define KINDS 64u

static const struct {
    const char *name;
    void (*run)(unsigned kind, unsigned scale);
} cases[] = {
#if TEST_SAVES
    {"traffic", case_traffic}, {"sleep", case_sleep},     {"reset", case_reset}, {"suspend", case_suspend},
    {"zones", case_zones},     {"wrap", case_wrap},       {"raw", case_raw},     {"cancel", case_cancel},
    {"console", case_console}, {"entropy", case_entropy}, {"vnet", case_vnet},   {"gpu", case_gpu},
    {"balloon", case_balloon}, {"echo", case_echo},       {"input", case_input}, {"i2c", case_i2c},
    {"9p", case_9p},           {"fs", case_fs},           {"gpio", case_gpio},   {"rtc", case_rtc},
    {"crypto", case_crypto},   {"scsi", case_scsi},       {"pcm", case_pcm},     {"pmem", case_pmem},
    {"iommu", case_iommu},     {"mem", case_mem},         {"spi", case_spi},     {"scmi", case_scmi},
    {"can", case_can},
#else
    {"traffic", case_traffic}, {"sleep", case_sleep},     {"reset", case_reset},
    {"suspend", case_suspend}, {"zones", case_zones},     {"wrap", case_wrap},
    {"raw", case_raw},         {"console", case_console}, {"entropy", case_entropy},
    {"sound", case_sound},     {"cancel", case_cancel},   {"net", case_net},
    {"ends", case_ends},       {"input", case_input},     {"balloon", case_balloon},
    {"gpu", case_gpu},         {"vnet", case_vnet},       {"uplink", case_uplink},
    {"9p", case_9p},           {"vsock", case_vsock},     {"scsi", case_scsi},
    {"pcm", case_pcm},         {"i2c", case_i2c},         {"fs", case_fs},
    {"crypto", case_crypto},   {"gpio", case_gpio},       {"rtc", case_rtc},
    {"left", case_left},       {"lamp", case_lamp},       {"pmem", case_pmem},
    {"iommu", case_iommu},     {"mem", case_mem},         {"iommu_life", case_iommu_life},
    {"spi", case_spi},         {"scmi", case_scmi},       {"can", case_can},
    {"can_bus", case_can_bus},
#endif
};

#define CASES (sizeof(cases) / sizeof(cases[0]))

/* Lists the kinds, or compares them with CMake's list. */
static int list(int count, char **names)
{
    unsigned there = 0;

    for (unsigned kind = 0; kind < KINDS; kind++) {
        bool found = false;

        if (!disk_kind_exists(kind) || (kind & DISK_DATA) != 0)
            continue;
        for (int i = 0; i < count; i++)
            found = found || strcmp(names[i], disk_kind_name(kind)) == 0;
        if (count == 0)
            puts(disk_kind_name(kind));
        else if (!found)
            check_failed(__FILE__, __LINE__, "%s is not among CMake's kinds", disk_kind_name(kind));
        there++;
    }
    CHECK(count == 0 || (unsigned)count == there);
    return 0;
}

static unsigned kind_of(const char *name)
{
    for (unsigned kind = 0; kind < KINDS; kind++)
        if (disk_kind_exists(kind) && strcmp(name, disk_kind_name(kind)) == 0)
            return kind;
    check_failed(__FILE__, __LINE__, "there is no kind %s", name);
}

static const char *const buses[] = {"mmio", "intx", "msix", "rproc", "bell"};
#define BUSES (sizeof(buses) / sizeof(buses[0]))
#define EACH VMM_RPROC /* buses of "each" */

/*
 * The bus of a case. "each": another one for each case and kind, so that every case and every kind meets all
 * of them, with every other kind too (tests/soak.txt). The lamp's driver takes registers.
 */
static enum vmm_bus bus_of(const char *name, size_t at, unsigned kind)
{
    if (strcmp(cases[at].name, "lamp") == 0)
        return VMM_MMIO;
    if (strcmp(name, "bell") == 0 &&
        (strcmp(cases[at].name, "fs") == 0 || strcmp(cases[at].name, "suspend") == 0 ||
         strcmp(cases[at].name, "pcm") == 0))
        return VMM_MMIO; /* it has a region, or suspends the device */
    if (strcmp(name, "rproc") == 0 && strcmp(cases[at].name, "raw") == 0)
        return VMM_MMIO; /* its size is more than the device has without features */
    if (strcmp(name, "each") == 0)
        return (enum vmm_bus)((at + kind / 2) % EACH);
    for (unsigned i = 0; i < BUSES; i++)
        if (strcmp(name, buses[i]) == 0)
            return (enum vmm_bus)i;
    check_failed(__FILE__, __LINE__, "there is no bus %s", name);
}

static void end_watching(void)
{
    struct monitored_total total;

    vmm_watch_none();
    total = monitored_total();
    printf("the monitors followed %" PRIu64 " buffers; they lost %" PRIu64 " queues\n", total.buffers,
           total.lost);
    CHECK(total.buffers > total.lost || (vmm_watched == 0 && vmm_unknown != 0));
}

/*
 * pair_tier KIND [CASE [SCALE [BUS [watched [ONE_IN]]]]]; pair_tier list [KIND...];
 * pair_saves KIND CASE SCALE BUS PERIOD SEED [FLAW]
 */
int main(int argc, char **argv)
{
    const unsigned scale = argc > 3 ? (unsigned)atoi(argv[3]) : 10;

    if (argc < 2)
        check_failed(__FILE__, __LINE__,
                     "usage: %s KIND [CASE [SCALE [BUS [watched [ONE_IN]]]]] | list KIND...", argv[0]);
    if (strcmp(argv[1], "list") == 0)
        return list(argc - 2, argv + 2);
    vmm_is_watched = argc > 5 && strcmp(argv[5], "watched") == 0;
    monitored_sample(argc > 6 ? (unsigned)atoi(argv[6]) : 0);
    ram_open(true);
    begin_dma();
#if TEST_SAVES
    saves_begin(argc - 5, argv + 5);
#endif
    for (size_t i = 0; i < CASES; i++)
        if (argc < 3 || strcmp(argv[2], "all") == 0 || strcmp(argv[2], cases[i].name) == 0) {
            limit_dma();
            vmm_bus = bus_of(argc > 4 ? argv[4] : buses[VMM_MMIO], i, kind_of(argv[1]));
            cases[i].run(kind_of(argv[1]), scale);
        }
    end_dma();
#if TEST_SAVES
    saves_end();
#endif
    if (vmm_is_watched)
        end_watching();
    return 0;
}
