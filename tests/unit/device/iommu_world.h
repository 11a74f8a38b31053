/* SPDX-License-Identifier: MIT */
#ifndef IOMMU_WORLD_H
#define IOMMU_WORLD_H

#include "framing.h"
#include "vwr/viommu.h"

/*
 * A VM with an IOMMU and a device of any class behind it. The driver of the device gives addresses of a
 * domain (the guest w.g, whose memory is what it sees), those of the machine are others. Both drivers write
 * rings.
 */

#define ENDPOINT 8u
#define DOMAIN 3u
#define PAGE_BYTES 0x1000u
#define SHIFT UINT64_C(0x40000000) /* between an address of the domain and that of the machine */
#define IOMMU_RAM UINT64_C(0x10000000)
#define RINGS_AT UINT64_C(0x80000000)
#define OUT_AT UINT64_C(0x90000000)
#define IN_AT UINT64_C(0xa0000000)
#define TABLE_AT UINT64_C(0xb8000000)
#define AREA_BYTES 0x4000u
#define RING_BYTES (3u * PAGE_BYTES) /* a page for each part of a queue */
#define COPIES 4u
#define MAPPINGS 64u
#define FAULTS 3u
#define PINS 4096u

/* What a mapping is for. */
enum part { DESC, DRIVER, DEVICE, OUT, IN, TABLE, PLACED, PARTS };

/* The memory of the guest that a device may reach; each member begins at a page. */
struct iommu_ram {
    uint8_t rings[GUEST_QUEUES * RING_BYTES];
    uint8_t out[AREA_BYTES];
    uint8_t in[AREA_BYTES];
    uint8_t table[AREA_BYTES];
    uint8_t placed[FRAMING_PAGES_BYTES];
};

struct iommu_world {
    struct guest g; /* the driver of the device */
    struct guest i; /* the driver of the IOMMU */
    struct vwr_vm machine;
    struct vwr_viommu iommu;
    struct vwr_viommu_endpoint endpoint[2]; /* the second one has no device */
    struct vwr_viommu_domain domain[2];
    struct vwr_viommu_mapping mapping[MAPPINGS];
    struct vwr_viommu_fault fault[FAULTS];
    struct vwr_memory_pin pin[2][PINS];
    const struct framing_class *class;
    bool packed;
    bool table;
    bool pci;      /* the device is a function, whose registers are those of MMIO for its driver */
    bool may_fail; /* what the VMM does */
    uint8_t out[2048];
    uint32_t out_bytes;
    unsigned id[COPIES];
    unsigned turns; /* of world_serve() */
    uint32_t bytes; /* what framing_saw has got, as a sum */
    uint64_t sum;
};

extern struct iommu_world w;
extern struct iommu_ram ram;

/* The memory can be accessed in this way (mprotect). */
void world_protect(int access);
void world_protect_part(enum part part, int access);

/* Makes the IOMMU, whose driver has started it, and the device. Without an IOMMU, the device sees what its
 * driver sees. */
void world_make(const struct framing_class *class, bool packed, bool behind);
/* Makes both devices again, without drivers; the guests go on with what these know of their rings. */
void world_make_again(const struct framing_class *class, const struct guest *g, const struct guest *i);
/* Attaches the endpoint and maps all parts; starts the driver of the device. */
void world_map_all(void);
bool world_start(void);
void world_end(void);

/* Requests of the IOMMU's driver. They return the status, or NO_ANSWER. */
#define NO_ANSWER 0x100u
unsigned world_attach(uint32_t domain, uint32_t endpoint, uint32_t flags);
unsigned world_detach(uint32_t domain, uint32_t endpoint);
unsigned world_map(uint32_t domain, uint64_t first, uint64_t last, uint64_t phys, uint32_t flags);
unsigned world_unmap(uint32_t domain, uint64_t first, uint64_t last);
unsigned world_map_part(enum part part, uint32_t flags);
unsigned world_unmap_part(enum part part);
/* The access that a device needs to a part. */
uint32_t world_access(enum part part);
/* The status of a request that had no answer. */
unsigned world_answer(void);
/* Takes the next fault; false: none. */
bool world_fault(struct vwr_iommu_fault_msg *m);
void world_iommu_write(unsigned offset, unsigned bytes, uint64_t value);
bool world_start_iommu(void);

/* A request of a row: makes its buffers available; notifies; serves; lets the VMM act; takes the answers. */
void world_send(const struct framing_row *r);
void world_kick(const struct framing_row *r);
void world_act(const struct framing_row *r);
bool world_take(const struct framing_row *r);
void world_serve(void);

/* iommu_life.c */
extern const struct CMUnitTest iommu_life_tests[];
extern const size_t iommu_life_test_count;

#endif
