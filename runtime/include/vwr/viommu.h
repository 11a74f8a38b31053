/* SPDX-License-Identifier: MIT */
#ifndef VWR_VIOMMU_H
#define VWR_VIOMMU_H

#include "vwr/service/iommu.h"
#include "vwr/vindex.h"

VWR_BEGIN_C

/**
 * DOC: IOMMU device, device side
 *
 * The device translates the addresses that drivers give to other devices of the VM, its endpoints. The
 * guest's driver attaches endpoints to domains, and maps guest memory in a domain. A device behind the IOMMU
 * reaches only what is mapped, and only as the mapping allows: its rings, indirect tables and buffers::
 *
 *     static struct vwr_viommu_endpoint endpoint[] = {{.id = 8, .pin = pins, .pin_count = VWR_COUNT(pins)}};
 *
 *     r = vwr_viommu_init(&iommu, &iommu_setup, &iommu_own, &iommu_options);
 *     disk_setup.iommu = &endpoint[0].reach;
 *     r = vwr_vblk_init(&disk, &disk_setup, &disk_own, &disk_options);
 *
 * The device tree tells the guest which endpoints exist: `#iommu-cells = <1>` in the node of the IOMMU, and
 * `iommus = <&iommu 8>` in that of the disk. On PCI, an endpoint's ID is that of the function.
 *
 * Rules:
 *
 * - An endpoint without a domain reaches nothing, unless the configuration says bypass. A reset leaves all
 *   endpoints without a domain, and does not change the bypass.
 * - An address without a mapping, or a write to memory that is mapped only for reading, stops the device that
 *   was given the address, as an address outside of guest memory does, and is reported to the driver of the
 *   IOMMU. Faults wait in options->fault; when this is full, further ones are counted in stats.
 * - A ring must be contiguous in guest memory, part by part, as without an IOMMU. Linux places each part of a
 *   ring of up to 256 descriptors in one page.
 * - A segment that crosses mappings becomes several segments, unless they are contiguous in host memory. A
 *   chain with more segments than its class has memory for stops the device.
 * - A mapping is removed only when no device holds a buffer in it: an UNMAP, and an ATTACH or DETACH of an
 *   endpoint that holds buffers, is answered when they are returned. vwr_viommu_expire() limits this time.
 *   Later requests wait. A reset of the IOMMU, and a change of its bypass, cannot wait: they stop devices
 *   whose buffers they take away.
 * - If the mapping of a ring is removed, the device stops.
 * - While v->unsafe is set for a device (vwr/vdev.h), hardware may still access its buffers; no mapping that
 *   contains one is removed. A reset of the IOMMU does not protect this memory.
 *
 * A device behind an IOMMU remembers no part of guest memory, so it searches each segment in the mappings of
 * its domain, a balanced tree. Other devices have the same cost as without an IOMMU.
 *
 * Locking: an IOMMU and all devices behind it share one lock. If there are several threads, the lock hooks of
 *   the VM (vwr/vm.h) take that lock for each of these devices.
 *
 * A VM whose IOMMU has a lower slot than its endpoints can be saved, and its devices are reset before it.
 * vwr_vm_uses() also works for devices behind an IOMMU. A monitor (docs/monitor.md) does not translate.
 *
 * generated/docs/contexts.md lists context, stack and loops of each function.
 *
 * Section: IOMMU device.
 */

/*
 * A limit of this implementation: segments per chain, for 64 descriptors and some boundaries between regions.
 */
#define VWR_VIOMMU_SEGS 68u
#define VWR_VIOMMU_QUEUES 2u

struct vwr_viommu;

/**
 * struct vwr_viommu_reserved - A range of addresses that the driver must not map for an endpoint
 * @first: First address.
 * @last: Last address.
 * @subtype: enum vwr_iommu_resv_mem_subtype; MSI: the addresses to which a PCI function writes messages.
 */
struct vwr_viommu_reserved {
    uint64_t first;
    uint64_t last;
    uint8_t subtype;
};

/**
 * struct vwr_viommu_mapping - A mapping; in memory that no guest can access
 */
struct vwr_viommu_mapping {
    /* private: */
    struct vwr_vindex_node node; /* in the domain, in the order of the addresses; free: the next one */
    uint64_t first;
    uint64_t last;
    uint64_t phys;
    uint32_t access; /* 0: none */
    uint32_t domain; /* index of its domain + 1; 0: free */
};

/**
 * struct vwr_viommu_domain - A domain; in memory that no guest can access
 */
struct vwr_viommu_domain {
    /* private: */
    struct vwr_vindex_node *root;
    uint32_t id;
    uint32_t endpoints; /* 0: free */
    bool bypass;
};

/**
 * struct vwr_viommu_endpoint - A device behind the IOMMU; in memory that no guest can access
 * @reach: For the setup of the device: setup->iommu = &endpoint->reach.
 * @id: Endpoint ID.
 * @pin: Memory for segments that the device holds; need not be initialised.
 * @pin_count: Number of entries in @pin: at least the number of segments in the memory of the device's class,
 *   at most 65535. If a guest has more in flight, the device stops.
 * @reserved: Ranges that must not overlap; NULL: none.
 * @reserved_count: Number of entries in @reserved.
 *
 * The VMM sets the members after @reach before init, and initialises the device after the IOMMU. A device
 * whose memory is used for something else must be removed before: vwr_viommu_remove().
 */
struct vwr_viommu_endpoint {
    struct vwr_memory_iommu reach;
    uint32_t id;
    struct vwr_memory_pin *pin;
    uint32_t pin_count;
    const struct vwr_viommu_reserved *reserved;
    uint32_t reserved_count;
    /* private: */
    struct vwr_viommu *iommu;
    struct vwr_viommu_domain *domain;
};

/**
 * struct vwr_viommu_fault - A fault that the driver has not read yet
 */
struct vwr_viommu_fault {
    /* private: */
    uint64_t addr;
    uint32_t endpoint;
    uint8_t access;
    uint8_t reason;
};

/**
 * struct vwr_viommu_options - Options of vwr_viommu_init()
 * @context: Stored in the device.
 * @page_sizes: Supported page sizes, as a mask. The smallest one is the granularity of mappings. 0: all from
 *   4 KiB on.
 * @first: First address that can be mapped.
 * @last: Last address that can be mapped; 0: no limit.
 * @first_domain: First domain ID.
 * @last_domain: Last domain ID; 0: no limit.
 * @bypass: Initial value of the configuration's bypass: endpoints without a domain reach all of guest memory,
 *   so that firmware without a driver of the IOMMU works.
 * @endpoint: Endpoints. They stay in use.
 * @endpoint_count: Number of entries in @endpoint.
 * @domain: Memory for domains; need not be initialised.
 * @domain_count: Number of entries in @domain. If they do not suffice, requests fail with NOMEM.
 * @mapping: Memory for mappings; need not be initialised.
 * @mapping_count: Number of entries in @mapping. If they do not suffice, requests fail with NOMEM.
 * @fault: Memory for faults; need not be initialised.
 * @fault_count: Number of entries in @fault.
 */
struct vwr_viommu_options {
    void *context;
    uint64_t page_sizes;
    uint64_t first;
    uint64_t last;
    uint32_t first_domain;
    uint32_t last_domain;
    bool bypass;
    struct vwr_viommu_endpoint *endpoint;
    uint32_t endpoint_count;
    struct vwr_viommu_domain *domain;
    uint32_t domain_count;
    struct vwr_viommu_mapping *mapping;
    uint32_t mapping_count;
    struct vwr_viommu_fault *fault;
    uint32_t fault_count;
};

/**
 * struct vwr_viommu_stats - Counters
 * @faults: Faults.
 * @dropped: Faults that were not reported because options->fault was full.
 * @waited: Requests that waited for a buffer.
 * @expired: Devices that were stopped because they did not return a buffer in time.
 */
struct vwr_viommu_stats {
    vwr_count faults;
    vwr_count dropped;
    vwr_count waited;
    vwr_count expired;
};

/* In a saved state, an endpoint with what it is attached to, and a mapping with the ID of its domain;
 * private. */
struct vwr_viommu_saved {
    uint32_t id;
    uint32_t domain;
    uint32_t attached;
    uint32_t bypass;
    uint64_t first;
    uint64_t last;
    uint64_t phys;
    uint32_t access;
};

/* A request; private. It is kept if it waits, or exceeds the budget. */
struct vwr_viommu_job {
    uint8_t type; /* enum vwr_iommu_request_type */
    bool waits;
    bool expires; /* vwr_viommu_expire() has seen it waiting */
    bool late;    /* it no longer waits for devices that can be stopped */
    bool whole;   /* an UNMAP: its range splits no mapping */
    uint32_t domain;
    uint32_t endpoint;
    uint32_t flags;
    uint64_t first;
    uint64_t last;
};

/**
 * struct vwr_viommu - An IOMMU
 * @service: Generated service; the first member.
 * @context: For the VMM.
 * @stats: Counters.
 * @mappings: Number of mappings.
 */
struct vwr_viommu {
    struct vwr_iommu_vservice service;
    void *context;
    struct vwr_viommu_stats stats;
    uint32_t mappings;
    /* private: */
    struct vwr_viommu_endpoint *endpoint;
    uint32_t endpoints;
    struct vwr_viommu_domain *domain;
    uint32_t domains;
    struct vwr_viommu_mapping *mapping;
    uint32_t mapping_count;
    struct vwr_vindex_node *free; /* by child[0] */
    struct vwr_viommu_fault *fault;
    uint32_t fault_count;
    uint32_t fault_first;
    uint32_t faults; /* number of faults that were not sent yet */
    uint64_t granule;
    struct vwr_viommu_job job;
    struct vwr_vmessage message;
    struct vwr_vseg seg[2u * VWR_VIOMMU_SEGS];
};

/** VWR_VIOMMU_QUEUE - Number of descriptors of a queue, a power of 2 */
#ifndef VWR_VIOMMU_QUEUE
#define VWR_VIOMMU_QUEUE 64u
#endif

VWR_STATIC_ASSERT(VWR_VDEV_IS_QUEUE_SIZE(VWR_VIOMMU_QUEUE), "VWR_VIOMMU_QUEUE must be a power of 2");

/**
 * struct vwr_viommu_own - Memory of an IOMMU that no guest can access; it need not be initialised
 * @queue: Queues.
 * @descriptor: Their descriptors.
 */
struct vwr_viommu_own {
    struct vwr_vqueue queue[VWR_VIOMMU_QUEUES];
    struct vwr_vqueue_entry descriptor[VWR_VDEV_OWN(VWR_VIOMMU_QUEUES, VWR_VIOMMU_QUEUE)];
};

/**
 * vwr_viommu_init_with() - Initialise an IOMMU with memory of any size
 * @v: Device. The caller keeps it while the guest can access it or a device behind it.
 * @s: Setup; not used after the call, except for the memory.
 * @options: Options; not used after the call, except for the memory.
 *
 * Return: VWR_OK.
 * * VWR_EINVAL: a range is empty, two endpoints have the same ID, an endpoint has too much memory for
 *   segments, or the IOMMU itself is behind one.
 * * Other errors: the same as vwr_vdev_init().
 */
VWR_MUST_CHECK int vwr_viommu_init_with(struct vwr_viommu *v, const struct vwr_vdev_setup *s,
                                        const struct vwr_viommu_options *options);

/** vwr_viommu_init() - Initialise an IOMMU in a structure of memory; see vwr_viommu_init_with() */
VWR_MUST_CHECK static inline int vwr_viommu_init(struct vwr_viommu *v, const struct vwr_vdev_setup *setup,
                                                 struct vwr_viommu_own *own,
                                                 const struct vwr_viommu_options *options)
{
    struct vwr_vdev_setup with;

    vwr_vdev_set_memory(&with, setup, own->queue, VWR_COUNT(own->queue), own->descriptor, VWR_VIOMMU_QUEUE);
    return vwr_viommu_init_with(v, &with, options);
}

/**
 * vwr_viommu_expire() - Limit the time for which a request waits
 * @v: Device.
 *
 * The VMM calls it at regular intervals, from a timer. A request that has waited for a whole interval stops
 * the devices that hold a buffer in its way: DEVICE_NEEDS_RESET is set, and their classes forget all buffers.
 * If hardware may still access a buffer (v->unsafe), nothing is removed, and the request fails with DEVERR.
 */
void vwr_viommu_expire(struct vwr_viommu *v);

/**
 * vwr_viommu_set_bypass() - Set the configuration's bypass, when a VM restarts
 * @v: Device.
 * @bypass: Value.
 *
 * A reset of the device does not change the value that a driver has written.
 */
void vwr_viommu_set_bypass(struct vwr_viommu *v, bool bypass);

/**
 * vwr_viommu_remove() - Disconnect a device whose memory will be used for something else
 * @e: Endpoint of the device, which was reset. Another device with this endpoint can be initialised.
 *
 * Context: Any thread that does not hold the lock, which it takes. Does not wait, except for the VM's lock.
 * Not from an interrupt handler.
 */
void vwr_viommu_remove(struct vwr_viommu_endpoint *e);

/**
 * vwr_viommu_dev() - Get the device for functions that apply to all classes
 * @v: Device.
 *
 * Return: The device.
 */
static inline struct vwr_vdev *vwr_viommu_dev(struct vwr_viommu *v)
{
    return &v->service.service.dev;
}

VWR_END_C

#endif
