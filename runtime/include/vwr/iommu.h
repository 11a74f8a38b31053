/* SPDX-License-Identifier: MIT */
#ifndef VWR_IOMMU_H
#define VWR_IOMMU_H

#include "vwr/bytes.h"
#include "vwr/client/iommu.h"
#include "vwr/gen/features.h"
#include "vwr/message.h"

VWR_BEGIN_C

/**
 * DOC: IOMMU device, driver side
 *
 * The driver decides which memory other devices, its endpoints, can access. An endpoint is attached to a
 * domain, and can access what is mapped there. The caller provides a table of mappings for each domain::
 *
 *     r = vwr_iommu_open(c, d, options);
 *     vwr_iommu_domain_init(&domain, c, table, 64);
 *     r = vwr_iommu_attach(&domain, endpoint);                      // the requester ID of a PCI function
 *     at = VWR_IOMMU_ANY;
 *     r = vwr_iommu_map(&domain, &at, address, bytes, VWR_IOMMU_MAP_F_READ); // the endpoint can read `at`
 *     ...
 *     r = vwr_iommu_unmap(&domain, at);
 *     r = vwr_iommu_detach(&domain, endpoint);
 *     while ((r = vwr_iommu_poll(c, &fault)) == 1)                  // an access that was not allowed
 *         ...
 *
 * Devices of this library behind an IOMMU: the hooks vwr_port_dma_map() and vwr_port_dma_unmap() of the port
 * pass their work to vwr_iommu_dma_map() and vwr_iommu_dma_unmap(). Between its probe and its open, a device
 * is put into a domain::
 *
 *     r = vwr_iommu_attach(&domain, pci.function);
 *     r = vwr_iommu_map(&domain, &at, pool, bytes, VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE); // its data
 *     vwr_iommu_place(&pci.dev, &domain);
 *     r = vwr_blk_open(&disk, &pci.dev, &blk_options);              // maps the memory of its queues
 *
 * - The memory of queues (VWR_DMA_SHARED) is mapped when the device is opened, and unmapped when a reset of
 *   the device has completed, such as that of vwr_close(). Both wait for the IOMMU's answers.
 * - Data of a request in a pool, which vwr_iommu_map() has mapped, need no message and no waiting. Other data
 *   are mapped for each request, and unmapped when it has completed, only if domain.may_wait is true: then
 *   calls that submit or reap requests wait for the IOMMU. Otherwise such a submit fails with VWR_EFULL.
 *   Buffers that a device fills are such data, too: a pool can contain the shared memory of a class, with its
 *   queues.
 * - An IOMMU maps whole pages of vwr_iommu_granule() bytes. What else lies in a page of mapped data can be
 *   accessed as well.
 * - The IOMMU itself is behind none: its dma_context remains NULL.
 *
 * Rules:
 *
 * - Endpoints without a domain access nothing. vwr_iommu_open() fails if it cannot turn off a bypass of the
 *   device, unless options.bypass asks for one.
 * - A reset of the IOMMU ends all domains. Until the recovery has put an endpoint back, its accesses are
 *   faults, unless there is a bypass: then they reach any memory, so stop the devices before the IOMMU. A
 *   domain's mappings are restored before its other endpoints. vwr_recover() returns VWR_OK when all domains
 *   and mappings are back. restore.lost counts those that the device refused, whose addresses are faults.
 * - If the device may still have a mapping because an UNMAP message failed, the driver does not use its
 *   addresses again before the device has been reset. c->stale counts such mappings.
 * - The IOMMU has one owner at a time, which is also the caller of all functions of its domains. If several
 *   devices are behind it, the port's hooks lock it. They must not be entered while another call on the
 *   IOMMU waits: that call, or the hook, would fail with VWR_EBUSY.
 * - Close the devices before the IOMMU. After it was opened again, initialise the domains again.
 *
 * generated/docs/contexts.md lists the calling context, stack use and loop bounds of each function.
 *
 * Section: IOMMU device.
 */

/** VWR_IOMMU_QUEUE - Number of descriptors of the request queue, a power of 2 */
#ifndef VWR_IOMMU_QUEUE
#define VWR_IOMMU_QUEUE 8u
#endif

/** VWR_IOMMU_EVENTS - Number of descriptors and buffers of the event queue, a power of 2 */
#ifndef VWR_IOMMU_EVENTS
#define VWR_IOMMU_EVENTS 8u
#endif
VWR_STATIC_ASSERT(VWR_QUEUE_SIZE_IS_WHOLE(VWR_IOMMU_QUEUE) && VWR_QUEUE_SIZE_IS_WHOLE(VWR_IOMMU_EVENTS),
                  "VWR_IOMMU_QUEUE and VWR_IOMMU_EVENTS must be powers of 2");

/** VWR_IOMMU_ENDPOINTS - Maximum number of endpoints of a domain */
#ifndef VWR_IOMMU_ENDPOINTS
#define VWR_IOMMU_ENDPOINTS 4u
#endif

/** VWR_IOMMU_RESERVED - Maximum number of reserved ranges of a domain */
#ifndef VWR_IOMMU_RESERVED
#define VWR_IOMMU_RESERVED 8u
#endif

/** VWR_IOMMU_PROBE_BYTES - Maximum number of bytes for the properties of an endpoint */
#ifndef VWR_IOMMU_PROBE_BYTES
#define VWR_IOMMU_PROBE_BYTES 512u
#endif

#define VWR_IOMMU_REQUESTS 2u /* one blocking message and one recovery message */
#define VWR_IOMMU_SEGMENTS 2u /* the properties may cross a page */

/** VWR_IOMMU_EVENT_BYTES - Size of the buffer for a fault in bytes */
#define VWR_IOMMU_EVENT_BYTES \
    ((sizeof(struct vwr_iommu_fault) + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN * VWR_PORT_DMA_ALIGN)

/** VWR_IOMMU_ANY - Virtual address for vwr_iommu_map(): any that is free */
#define VWR_IOMMU_ANY (~(uint64_t)0)

struct vwr_iommu;

/**
 * struct vwr_iommu_mapping - A mapping of a domain
 * @virt: First virtual address.
 * @last: Last virtual address.
 * @phys: First physical address.
 * @users: Number of times that vwr_iommu_dma_map() has passed on an address of the mapping.
 * @flags: Allowed accesses (VWR_IOMMU_MAP_F_*).
 */
struct vwr_iommu_mapping {
    uint64_t virt;
    uint64_t last;
    uint64_t phys;
    uint32_t users;
    uint8_t flags;
    /* private: */
    bool pool;  /* of vwr_iommu_map(); otherwise it ends with its user */
    bool stale; /* the device may still have it, and must not get it again */
};

/**
 * struct vwr_iommu_range - A range of virtual addresses that cannot be mapped
 * @start: First address.
 * @end: Last address.
 * @subtype: VWR_IOMMU_RESV_MEM_T_MSI: endpoints write their message-signalled interrupts here, and the
 *   doorbell need not be mapped. Anything else: the range has another use.
 */
struct vwr_iommu_range {
    uint64_t start;
    uint64_t end;
    uint8_t subtype;
};

/**
 * struct vwr_iommu_domain - A domain, in private memory of the caller
 * @iommu: Device; NULL if it was closed.
 * @id: Number of the domain, which vwr_iommu_attach() has chosen.
 * @may_wait: true if data outside of the pools are mapped for each request; see above. The caller may set it.
 * @mapping: Table of mappings in ascending order of their virtual addresses.
 * @mapping_max: Number of entries in @mapping.
 * @mapping_count: Number of mappings.
 * @endpoint: Endpoints.
 * @endpoint_count: Number of endpoints.
 * @reserved: Reserved ranges of the endpoints, if the device can be probed.
 * @reserved_count: Number of reserved ranges.
 */
struct vwr_iommu_domain {
    struct vwr_iommu *iommu;
    uint32_t id;
    bool may_wait;
    struct vwr_iommu_mapping *mapping;
    unsigned mapping_max;
    unsigned mapping_count;
    uint32_t endpoint[VWR_IOMMU_ENDPOINTS];
    unsigned endpoint_count;
    struct vwr_iommu_range reserved[VWR_IOMMU_RESERVED];
    unsigned reserved_count;
    /* private: */
    struct vwr_iommu_domain *next;
    unsigned recent; /* the mapping that was found last */
};

/**
 * struct vwr_iommu_shared - Shared memory (see struct vwr_queue_memory); it need not be initialised
 * @requests: Request queue.
 * @event_ring: Ring of the event queue.
 * @event: Buffers for faults.
 * @properties: Properties of an endpoint.
 */
struct vwr_iommu_shared {
    uint8_t requests[VWR_CLIENT_SHARED_BYTES(VWR_IOMMU_QUEUE, VWR_IOMMU_REQUESTS,
                                             VWR_IOMMU_CLIENT_REQUESTQ_SLOT, VWR_IOMMU_SEGMENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event_ring[VWR_QUEUE_SHARED_BYTES(VWR_IOMMU_EVENTS)]
        __attribute__((aligned(VWR_QUEUE_SHARED_ALIGN)));
    uint8_t event[VWR_IOMMU_EVENTS][VWR_IOMMU_EVENT_BYTES] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
    uint8_t properties[(VWR_IOMMU_PROBE_BYTES + VWR_PORT_DMA_ALIGN - 1) / VWR_PORT_DMA_ALIGN *
                       VWR_PORT_DMA_ALIGN] __attribute__((aligned(VWR_PORT_DMA_ALIGN)));
};

/**
 * struct vwr_iommu_options - Options of vwr_iommu_open()
 * @shared: Shared memory. It must remain valid until vwr_close() succeeds.
 * @avoid: Features that the driver must not accept.
 * @bypass: true: endpoints without a domain access all memory. With false, the default, they access nothing,
 *   also while the device is reset; only a device whose bypass is the feature VWR_IOMMU_F_BYPASS, or none,
 *   decides on its own what they can access before the driver has accepted its features.
 * @request: Request options. The caller sets timeout_us, spin and waiter; the driver sets the other
 *   members.
 */
struct vwr_iommu_options {
    struct vwr_iommu_shared *shared;
    struct vwr_features avoid;
    bool bypass;
    struct vwr_request_options request;
};

/**
 * struct vwr_iommu - An IOMMU
 * @bringup: Bring-up, which is the first member of @client.
 * @client: Generated client. client.info is the configuration: page_size_mask, the ranges of virtual
 *   addresses and of domains, and bypass, as the driver has written it.
 * @options: Options.
 * @restore: Domains and mappings that a recovery puts back; restore.lost counts those that the device
 *   refused.
 * @faults: Number of faults that the device has reported.
 * @overruns: Number of times that the device had no buffer for further faults, and may have dropped some.
 * @stale: Number of mappings that an UNMAP message failed to remove.
 *
 * It must be in private memory and need not be initialised.
 */
struct vwr_iommu {
    union {
        struct vwr_bringup bringup;
        struct vwr_iommu_client client;
    };
    struct vwr_iommu_options options;
    struct vwr_client_restore restore;
    vwr_count faults;
    vwr_count overruns;
    vwr_count stale;
    /* private: */
    struct vwr_iommu_domain *domains; /* that have endpoints */
    uint64_t granule;
    uint32_t budget;                                   /* messages of a recovery before the next step */
    bool forgotten;                                    /* the device has been reset and has no domains */
    struct vwr_iommu_client_requestq_call again;       /* the message of a recovery */
    struct vwr_iommu_fault_msg kept[VWR_IOMMU_EVENTS]; /* faults that vwr_iommu_poll() returns next */
    unsigned kept_first, kept_count;
    struct vwr_receive_buffer event_buffer[VWR_IOMMU_EVENTS];
    uint64_t request_own[(VWR_REQUEST_OWN_BYTES(VWR_IOMMU_QUEUE, VWR_IOMMU_REQUESTS) + 7u) / 8u];
    uint64_t event_own[(VWR_QUEUE_OWN_BYTES(VWR_IOMMU_EVENTS) + 7u) / 8u];
};

/**
 * vwr_iommu_open() - Open an IOMMU
 * @c: Device; it need not be initialised.
 * @d: Probed device.
 * @options: Options; they are copied.
 *
 * Return: VWR_OK: the device is live, its bypass is as in @options, and its buffers for faults are posted.
 * * VWR_EBUSY: the device is open already.
 * * VWR_EFAILED: the device is not in the state that follows a probe or a reset.
 * * VWR_ETYPE: the device is not an IOMMU.
 * * VWR_EFEATURE: the device has no mappings (VWR_IOMMU_F_MAP_UNMAP), or @options asks for a bypass that it
 *   does not have, or avoids the feature that turns one off.
 * * VWR_EPROTO: the configuration is invalid (no page size, an empty range), or the device did not change
 *   its bypass.
 * * VWR_ENOMEM: VWR_IOMMU_PROBE_BYTES is too small for the device.
 * * Other errors: the same as vwr_bringup_open().
 */
VWR_MUST_CHECK int vwr_iommu_open(struct vwr_iommu *c, struct vwr_dev *d,
                                  const struct vwr_iommu_options *options);

/** vwr_iommu_bringup - Class of IOMMUs, for vwr/bringup.h */
extern const struct vwr_bringup_class vwr_iommu_bringup;

/**
 * vwr_iommu_granule() - Get the size of a page
 * @c: Device.
 *
 * Return: The size in bytes, a power of 2; 0: the device was never opened.
 */
static inline uint64_t vwr_iommu_granule(const struct vwr_iommu *c)
{
    return c->granule;
}

/**
 * vwr_iommu_domain_init() - Initialise a domain without endpoints
 * @m: Domain.
 * @c: Open device.
 * @mapping: Table of mappings, in private memory; it need not be initialised. Table and domain must remain
 *   valid until the domain has no endpoints, or the device is closed.
 * @mapping_max: Number of entries in @mapping. Each queue of a device in the domain takes one entry, each
 *   pool one, and if @m->may_wait each segment of a request in flight.
 */
void vwr_iommu_domain_init(struct vwr_iommu_domain *m, struct vwr_iommu *c, struct vwr_iommu_mapping *mapping,
                           unsigned mapping_max);

/**
 * vwr_iommu_attach() - Attach an endpoint to a domain
 * @m: Domain.
 * @endpoint: Number of the endpoint; for a PCI function its requester ID. Others have the number that the
 *   platform's tables define.
 *
 * The endpoint's properties are read first, and its reserved ranges are added to the domain. The first
 * endpoint creates the domain.
 *
 * Return: VWR_OK: the endpoint can access the mappings of the domain, and nothing else.
 * * VWR_ENODEV: the device reports that there is no such endpoint.
 * * VWR_EUNSUPP: the endpoint cannot be in one domain with the others.
 * * VWR_EIO: the device refused the message for a different reason.
 * * VWR_EBUSY: the endpoint is in a domain already, or one of its reserved ranges is mapped; or an earlier
 *   message is in flight.
 * * VWR_EFULL: the domain has VWR_IOMMU_ENDPOINTS endpoints, or more than VWR_IOMMU_RESERVED reserved ranges.
 * * VWR_ERANGE: no number is left for another domain.
 * * VWR_EPROTO: the properties are malformed, or the answer is too short. In the second case, the endpoint
 *   may be attached until the device is reset.
 * * VWR_EFAILED: the device is not open, or the queue is stopped.
 * * Other errors: the same as vwr_request_submit() and vwr_request_wait().
 */
VWR_MUST_CHECK int vwr_iommu_attach(struct vwr_iommu_domain *m, uint32_t endpoint);

/**
 * vwr_iommu_detach() - Detach an endpoint from its domain
 * @m: Domain.
 * @endpoint: Endpoint.
 *
 * A domain without endpoints has no mappings.
 *
 * Return: VWR_OK: the endpoint can access nothing, or everything if there is a bypass.
 * * VWR_EINVAL: the endpoint is not in the domain.
 * * VWR_EBUSY: it is the last one, and a device still uses a mapping; or an earlier message is in flight.
 * * Other errors: the same as vwr_iommu_attach(). The endpoint remains attached.
 */
VWR_MUST_CHECK int vwr_iommu_detach(struct vwr_iommu_domain *m, uint32_t endpoint);

/**
 * vwr_iommu_map() - Map memory for the endpoints of a domain: a pool, a doorbell
 * @m: Domain with at least one endpoint.
 * @virt: First virtual address. VWR_IOMMU_ANY is replaced with the chosen address.
 * @phys: First physical address.
 * @bytes: Size in bytes.
 * @flags: VWR_IOMMU_MAP_F_READ, VWR_IOMMU_MAP_F_WRITE or both; also VWR_IOMMU_MAP_F_MMIO for registers,
 *   such as the doorbell of message-signalled interrupts if no reserved range is one.
 *
 * Return: VWR_OK.
 * * VWR_EALIGN: an argument is not a multiple of the page size.
 * * VWR_EINVAL: there are no endpoints, no bytes or no accesses; or the range overlaps another mapping.
 * * VWR_ERANGE: the virtual addresses are reserved or not among those of the device, or none are free.
 * * VWR_EFEATURE: the device does not have VWR_IOMMU_F_MMIO.
 * * VWR_EFULL: the table of the domain is full.
 * * VWR_EIO: the device refused the message.
 * * Other errors: the same as vwr_iommu_attach(). After VWR_EPROTO, the device may have the mapping until it
 *   is reset.
 */
VWR_MUST_CHECK int vwr_iommu_map(struct vwr_iommu_domain *m, uint64_t *virt, uint64_t phys, uint64_t bytes,
                                 uint32_t flags);

/**
 * vwr_iommu_unmap() - Unmap what vwr_iommu_map() has mapped
 * @m: Domain.
 * @virt: First virtual address of the mapping.
 *
 * Return: VWR_OK: the endpoints can no longer access the memory.
 * * VWR_EINVAL: no mapping of vwr_iommu_map() begins at @virt.
 * * VWR_EBUSY: a device still uses the mapping.
 * * Other errors: the same as vwr_iommu_attach(). The endpoints may still access the memory; call again, or
 *   recover the device, which does not get this mapping again.
 */
VWR_MUST_CHECK int vwr_iommu_unmap(struct vwr_iommu_domain *m, uint64_t virt);

/**
 * vwr_iommu_dma_map() - Map memory for a device (for vwr_port_dma_map() of the port)
 * @context: Domain of the device, its dma_context; NULL: the device is not behind an IOMMU.
 * @phys: Physical address of the memory.
 * @dma: What the memory is mapped for (enum vwr_dma).
 * @run: Number of physically contiguous bytes, not 0; set to 0 if they cannot be mapped now.
 *
 * Return: Address for the device: @phys if @context is NULL.
 */
uint64_t vwr_iommu_dma_map(void *context, uint64_t phys, unsigned dma, size_t *run);

/**
 * vwr_iommu_dma_unmap() - Unmap memory (for vwr_port_dma_unmap() of the port)
 * @context: See vwr_iommu_dma_map().
 * @addr: Address that vwr_iommu_dma_map() returned.
 */
void vwr_iommu_dma_unmap(void *context, uint64_t addr);

#if VWR_PORT_HAS_DMA_MAP
/**
 * vwr_iommu_place() - Put a device behind the IOMMU
 * @d: Device that was probed and is not open.
 * @m: Domain of its endpoint.
 *
 * All memory for the device is then mapped in the domain. The device must have the feature
 * VWR_F_ACCESS_PLATFORM, without which it would use its addresses as physical ones: opening it fails with
 * VWR_EFEATURE otherwise. A port without vwr_port_dma_map() does not have this function.
 */
static inline void vwr_iommu_place(struct vwr_dev *d, struct vwr_iommu_domain *m)
{
    d->dma_context = m;
    vwr_dev_want(d, VWR_F_ACCESS_PLATFORM);
}
#endif

/**
 * vwr_iommu_poll() - Get the next fault, and continue restoring domains
 * @c: Device.
 * @fault: Filled in: reason (enum vwr_iommu_fault_reason), endpoint, flags (enum vwr_iommu_fault_flags), and
 *   address if flags has VWR_IOMMU_FAULT_F_ADDRESS. All of it is untrusted input.
 *
 * Up to VWR_IOMMU_EVENTS faults wait until they are polled. The device may drop more: c->overruns.
 *
 * Return: 1: there was a fault. 0: there is none.
 * * VWR_EFAILED: the device is not open.
 * * Other errors: the same as vwr_receive_reap(), vwr_request_reap() and vwr_request_submit().
 */
VWR_MUST_CHECK int vwr_iommu_poll(struct vwr_iommu *c, struct vwr_iommu_fault_msg *fault);

/**
 * vwr_iommu_arm() - Enable the interrupt for the next fault
 * @c: Device.
 *
 * Return: true: the interrupt is enabled. false: there may be a fault already, or the device is not open;
 *   poll again.
 */
VWR_MUST_CHECK bool vwr_iommu_arm(struct vwr_iommu *c);

/** vwr_iommu_explain() - Describe the last fault of the device or a queue; see vwr_dev_explain() */
static inline size_t vwr_iommu_explain(const struct vwr_iommu *c, char *text, size_t bytes)
{
    return vwr_bringup_explain(&c->bringup, &vwr_request_messages, vwr_iommu_feature_names, text, bytes);
}

/**
 * struct vwr_iommu_open_own - Private memory of an IOMMU for vwr_open()
 * @iommu: Device; the first member.
 */
struct vwr_iommu_open_own {
    struct vwr_iommu iommu;
};

/**
 * struct vwr_iommu_open_shared - Shared memory of an IOMMU for vwr_open()
 * @queues: Queues and buffers.
 */
struct vwr_iommu_open_shared {
    struct vwr_iommu_shared queues;
};

/** vwr_iommu_open_default() - Open an IOMMU without bypass for vwr_open(); see vwr_blk_open_default() */
VWR_MUST_CHECK static inline int vwr_iommu_open_default(void *own, void *shared, struct vwr_dev *d,
                                                        const struct vwr_features *avoid)
{
    struct vwr_iommu_options options;

    vwr_zero(&options, sizeof(options));
    vwr_copy(&options.avoid, avoid, sizeof(*avoid));
    options.shared = (struct vwr_iommu_shared *)shared;
    return vwr_iommu_open((struct vwr_iommu *)own, d, &options);
}

VWR_END_C

#endif
