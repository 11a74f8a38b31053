/* SPDX-License-Identifier: MIT */
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "pattern.h"
#include "ram.h"
#include "vmm_threads.h"

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"
#include "vwr/vm.h"
#include "../common/random.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * G54: several CPUs of a guest access the registers of one device and of several devices concurrently;
 * meanwhile one VMM thread ends requests and another reads the devices. Whatever happens to the guest, the
 * VMM has no data race if it has locks; without them the sanitizer reports races.
 */

#define CPUS 4u
#define DEVICES 3u

struct device {
    struct disk disk;
    uint8_t *rings; /* memory that no other device uses */
};

static struct device devices[DEVICES];
static unsigned accesses;
static bool stop;

struct cpu {
    pthread_t thread;
    uint64_t random;
    uint64_t reads;
};

/* A plausible value to write, so that devices make progress; addresses are in the device's own memory. */
static uint32_t any_value(struct cpu *c, const struct device *d, unsigned offset)
{
    static const uint32_t steps[] = {VWR_STATUS_ACKNOWLEDGE, VWR_STATUS_DRIVER, VWR_STATUS_FEATURES_OK,
                                     VWR_STATUS_DRIVER_OK};
    uint32_t status = 0;
    size_t run;

    switch (offset) {
    case VWR_MMIO_STATUS:
        for (uint32_t n = random_below(&c->random, 40) == 0 ? 0 : 1 + random_below(&c->random, 4); n > 0; n--)
            status |= steps[n - 1];
        return status;
    case VWR_MMIO_QUEUE_SIZE:
        return 8;
    case VWR_MMIO_QUEUE_DESC_HIGH:
    case VWR_MMIO_QUEUE_DRIVER_HIGH:
    case VWR_MMIO_QUEUE_DEVICE_HIGH:
        return 0;
    case VWR_MMIO_QUEUE_DESC_LOW:
    case VWR_MMIO_QUEUE_DRIVER_LOW:
    case VWR_MMIO_QUEUE_DEVICE_LOW:
        return (uint32_t)ram_dma(d->rings + 1024u * random_below(&c->random, 16), 1, &run);
    case VWR_MMIO_DRIVER_FEATURES:
        return random_below(&c->random, 2) != 0 ? UINT32_MAX : 1;
    default:
        return random_below(&c->random, 3);
    }
}

static void *run_cpu(void *arg)
{
    struct cpu *const c = arg;

    for (unsigned i = 0; i < accesses; i++) {
        const unsigned which = random_below(&c->random, 4) == 0 ? random_below(&c->random, DEVICES)
                                                                : 0; /* most of them access the same device */
        const unsigned offset = 4 * random_below(&c->random, (VWR_MMIO_CONFIG + 64) / 4);
        const bool is_write = random_below(&c->random, 2) != 0;
        uint64_t value = any_value(c, &devices[which], offset);

        (void)vwr_vm_access(&vmm, VMM_BASE + which * VMM_STRIDE + offset, 4, is_write, &value);
        c->reads += is_write ? 0 : value;
    }
    return NULL;
}

static void no_line(void *context, const char *line)
{
    *(size_t *)context += strlen(line);
}

/* The VMM's threads: one plays the backend, the other reads. */
static void *run_host(void *unused)
{
    size_t printed = 0;

    (void)unused;
    while (!__atomic_load_n(&stop, __ATOMIC_RELAXED)) {
        const unsigned which = printed % DEVICES;

        vwr_vdev_serve(&devices[which].disk.device.dev, 0);
        CHECK_NUMBER(vwr_vblk_resize(&devices[which].disk.device, DISK_SECTORS - which), VWR_OK);
        vwr_vblk_signal(&devices[which].disk.device);
        vwr_vdev_print(&devices[which].disk.device.dev, no_line, &printed);
        vwr_vm_list(&vmm, no_line, &printed);
    }
    return NULL;
}

static void make_device(unsigned i)
{
    struct disk *const d = &devices[i].disk;
    struct vwr_vdev_setup s = {.vm = &vmm, .line = i, .queue = d->queue, .queue_count = 2, .queue_size = 8};
    struct vwr_vblk_options o = {.backend = &d->store.backend, .req = d->req, .req_count = 8};

    s.own = d->own;
    s.own_count = VWR_COUNT(d->own);
    s.legacy = i == 1;
    vwr_vdev_features(&s.features);
    vwr_features_add(&s.features, VWR_F_IN_ORDER);
    o.seg = d->seg;
    o.seg_count = VWR_COUNT(d->seg);
    store_init(&d->store, d->bytes, sizeof(d->bytes) / VWR_BLK_SECTOR_BYTES, false, 1);
    devices[i].rings = ram_alloc_ring(16 * 1024);
    for (size_t at = 0; at < 16 * 1024; at++) /* mostly invalid descriptors */
        devices[i].rings[at] = at * 2654435761u >> 13 & 7u ? 0 : 1;
    CHECK_NUMBER(vwr_vblk_init_with(&d->device, &s, &o), VWR_OK);
    vmm_add(i, &d->device.dev);
}

/* pair_vcpus locks|no_locks ACCESSES */
int main(int argc, char **argv)
{
    static struct cpu cpus[CPUS];
    pthread_t host;
    vwr_count sum = 0;

    if (argc < 3)
        check_failed(__FILE__, __LINE__, "usage: %s locks|no_locks ACCESSES", argv[0]);
    accesses = (unsigned)atoi(argv[2]);
    ram_open(false);
    vmm_begin(false);
    vmm_may_break = true;
    if (strcmp(argv[1], "no_locks") == 0)
        vmm_without_locks();
    for (unsigned i = 0; i < DEVICES; i++)
        make_device(i);
    CHECK_NUMBER(pthread_create(&host, NULL, run_host, NULL), 0);
    for (unsigned i = 0; i < CPUS; i++) {
        cpus[i].random = i + 1;
        CHECK_NUMBER(pthread_create(&cpus[i].thread, NULL, run_cpu, &cpus[i]), 0);
    }
    for (unsigned i = 0; i < CPUS; i++)
        CHECK_NUMBER(pthread_join(cpus[i].thread, NULL), 0);
    __atomic_store_n(&stop, true, __ATOMIC_RELAXED);
    CHECK_NUMBER(pthread_join(host, NULL), 0);
    for (unsigned i = 0; i < DEVICES; i++) {
        const struct vwr_vdev_stats *const t = &devices[i].disk.device.dev.stats;

        sum += t->accesses;
        printf("device %u: %zu accesses, %zu of them ignored, %zu resets, %zu interrupts, broken %d\n", i,
               (size_t)t->accesses, (size_t)t->ignored, (size_t)t->resets, (size_t)t->interrupts,
               devices[i].disk.device.dev.broken);
    }
    CHECK_NUMBER(sum, CPUS * accesses);
    return 0;
}
