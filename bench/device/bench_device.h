/* SPDX-License-Identifier: MIT */
#ifndef BENCH_DEVICE_H
#define BENCH_DEVICE_H

#include "vwr/vdev.h"

/*
 * A scripted driver, which is not counted, and the levels, which are: LEVEL_measured processes all chains
 * that the driver has made available. A chain is a disk's read: 16 bytes out, 4 KiB and a status byte in; a
 * longer one has more segments of 4 KiB.
 *
 * To keep the comparison fair, queue, guest memory and the state of a yardstick are accessed through the
 * structure below, which device_main.c fills in. So the compiler knows neither addresses nor sizes.
 */
#define QUEUE 256u
#define QUEUE_MAX 1024u /* a ring with room for 32 chains of 18 segments */
#define SEGMENTS 3u
#define SEGMENTS_MAX 256u
#define BENCH_HEADER 16u
#define BENCH_DATA 4096u
#define RAM_BYTES 0x400000u
#define RAM_ADDR UINT64_C(0x40000000)
#define REGIONS_MAX 64u
#define REGION_STEP UINT64_C(0x800000) /* distance between regions; a power of 2, twice RAM_BYTES */
#define STRIDE 0x1000u
#define DEVICES_MAX 16u
#define HAND_BYTES 8192u

/*
 * Places of a chain if guest memory has several regions. Ring and table are in the first region unless stated
 * otherwise.
 */
enum bench_place {
    PLACE_SAME,        /* segments and table of a chain in one region; the next chain in the next region */
    PLACE_ALTERNATING, /* each segment, and the table, in the next region in turn */
    PLACE_RANDOM,      /* each segment, and the table, in a random region */
    PLACE_APART,       /* header and status in the first region, data in the last one */
    PLACE_RING,        /* header, data and status in the first region, ring and table in the last one */
};

struct bench_ring {
    struct vwr_vm *vm;
    struct vwr_vqueue *queue;
    struct vwr_vdev *dev;
    bool packed;
    bool tables;       /* chains are in tables */
    uint32_t segments; /* of a chain */
    bool interrupts;   /* the driver wants them */
    unsigned watched;  /* for a monitor, from the start: it follows one in this many notifications; 0: none */
    uint32_t size;     /* in descriptors */
    uint8_t *ram;      /* guest memory at ram_addr; begins with the rings */
    uint64_t ram_addr;
    uint64_t ram_bytes; /* a power of 2 */
    void *hand;         /* state of a yardstick: HAND_BYTES, zeroed */
    uint32_t regions;   /* number of regions with chains, each REGION_STEP after the previous one */
    enum bench_place place;
    uint64_t desc;
    uint64_t driver;
    uint64_t device;
    uint32_t mappings; /* of an IOMMU, which the device is behind; 0: it is behind none */
    uint32_t made;     /* chains that the driver has made available */
};

/* A level's result for a batch; the driver checks it. */
struct bench_found {
    uint32_t chains;
    uint64_t bytes;
};

/* Breaks a rule of the specification in the last chain, which is in a table. false: unknown fault.
 */
bool driver_break(const struct bench_ring *b, const char *fault);

/* The driver makes a chain available. Whether the last one is used, with the right id and length. */
void driver_add(struct bench_ring *b);
bool driver_is_used(const struct bench_ring *b);
uint32_t driver_written(const struct bench_ring *b); /* number of device-writable bytes in a chain */

struct bench_found hand_measured(struct bench_ring *b);
struct bench_found hand_packed_measured(struct bench_ring *b);
struct bench_found hand_table_measured(struct bench_ring *b);
struct bench_found hand_table_packed_measured(struct bench_ring *b);
struct bench_found ours_measured(struct bench_ring *b);
struct bench_found serve_measured(struct bench_ring *b);
struct bench_found disk_measured(struct bench_ring *b);
void idle_measured(struct vwr_vdev *v, unsigned passes);

/*
 * Creates the disk for disk_measured. Each read has this many data segments. NULL: failed. After disk_keep(),
 * the back end holds requests instead of completing them. disk_complete() completes at most 64 held requests
 * and interrupts the driver.
 */
struct vwr_vdev *disk_make(const struct vwr_vdev_setup *s, unsigned data);
void disk_keep(void);
void disk_complete(void);

/*
 * Requests to that disk as a VMM handles them: notification, completion, interrupt, InterruptStatus and
 * InterruptACK. After watch_begin(), a monitor observes all of them. watch_findings() returns the number of
 * broken rules that the monitor reports plus the number of requests that it missed. If the monitor samples,
 * missed requests count only if it followed fewer than half of the expected ones.
 */
void requests_measured(struct vwr_vm *vm, uint64_t window);
void requests_interrupt(struct vwr_vm *vm, uint32_t line, bool level);
void watch_begin(struct vwr_vdev *v, unsigned one_in);
void watch_access(uint64_t offset, unsigned bytes, bool is_write, uint64_t value);
unsigned watch_findings(unsigned requests);

/* An IOMMU with b->mappings mappings, for the setup of a device; NULL: failed. In a build with BENCH_MAPPED.
 */
struct vwr_memory_iommu *iommu_make(const struct bench_ring *b);

/* Traps: writes to the notification register and reads of the interrupt status of the devices. */
uint64_t traps_measured(struct vwr_vm *vm, unsigned devices, unsigned passes);
uint64_t hand_traps_measured(struct vwr_vm *vm, unsigned devices, unsigned passes);

/* Accesses: writes of 0 to a register by MMIO, and by PCI once pci_start has put the device there. */
unsigned mmio_measured(struct vwr_vm *vm, uint64_t addr, unsigned bytes, unsigned passes);
unsigned pci_measured(struct vwr_vm *vm, uint64_t addr, unsigned bytes, unsigned passes);
bool pci_start(struct vwr_vdev *v, const struct bench_ring *b);
uint64_t pci_structure(unsigned type); /* guest-physical address; 0: the function has none */

/* Saves the device to memory, and loads it from there after its reset; false: failed. */
struct vwr_vstate;
bool save_measured(struct vwr_vdev *v, struct vwr_vstate *s);
bool load_measured(struct vwr_vdev *v, struct vwr_vstate *s);

/* Saves or loads repeatedly. Returns the size of the state in bytes; 0: failed. */
unsigned states_run(struct vwr_vdev *v, bool load, unsigned passes);

#endif
