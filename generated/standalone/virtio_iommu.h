/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 */
#ifndef VWR_STANDALONE_IOMMU_H
#define VWR_STANDALONE_IOMMU_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_IOMMU 23                              /* An IOMMU whose driver maps addresses for endpoints. */

/* features; "Feature bits" */
#define VIRTIO_IOMMU_F_INPUT_RANGE 0                    /* input_range limits the virtual addresses. */
#define VIRTIO_IOMMU_F_DOMAIN_RANGE 1                   /* domain_range limits the domain ids. */
#define VIRTIO_IOMMU_F_MAP_UNMAP 2                      /* The device supports map and unmap requests. */
#define VIRTIO_IOMMU_F_BYPASS 3                         /* The device does not translate accesses of endpoints
                                                           without a domain. */
#define VIRTIO_IOMMU_F_PROBE 4                          /* The device supports probe requests. */
#define VIRTIO_IOMMU_F_MMIO 5                           /* MAP requests can have the flag MAP_F_MMIO. */
#define VIRTIO_IOMMU_F_BYPASS_CONFIG 6                  /* The configuration and each domain select bypass; preferred
                                                           to BYPASS. */

/* Result of a request. enums.status; "Device operations" */
#define VIRTIO_IOMMU_S_OK 0                             /* The request succeeded. */
#define VIRTIO_IOMMU_S_IOERR 1                          /* Transport error. */
#define VIRTIO_IOMMU_S_UNSUPP 2                         /* Unsupported request. */
#define VIRTIO_IOMMU_S_DEVERR 3                         /* Internal device error. */
#define VIRTIO_IOMMU_S_INVAL 4                          /* Invalid parameter. */
#define VIRTIO_IOMMU_S_RANGE 5                          /* Parameter out of range. */
#define VIRTIO_IOMMU_S_NOENT 6                          /* Entry not found. */
#define VIRTIO_IOMMU_S_FAULT 7                          /* Bad address. */
#define VIRTIO_IOMMU_S_NOMEM 8                          /* Insufficient resources. */

/*
 * Type of a reserved range.
 * enums.resv-mem-subtype; "Device operations / PROBE properties / Property RESV_MEM"
 */
#define VIRTIO_IOMMU_RESV_MEM_T_RESERVED 0              /* The device or the platform uses the range; the driver
                                                           should not map it. */
#define VIRTIO_IOMMU_RESV_MEM_T_MSI 1                   /* The range is the doorbell to which endpoints write their
                                                           MSIs; the driver should not map it. */

/* Fault reasons. enums.fault-reason; "Device operations / Fault reporting" */
#define VIRTIO_IOMMU_FAULT_R_UNKNOWN 0                  /* Unknown reason. */
#define VIRTIO_IOMMU_FAULT_R_DOMAIN 1                   /* The endpoint is not attached to a domain. */
#define VIRTIO_IOMMU_FAULT_R_MAPPING 2                  /* The address is not mapped, or not for this access. */

/* Property types. enums.property-type; "Device operations / PROBE properties" */
#define VIRTIO_IOMMU_PROBE_T_RESV_MEM 1                 /* A reserved range of virtual addresses; with PROBE. */

/* Attach flags. flags.attach-flags; "Device operations / ATTACH request" */
#define VIRTIO_IOMMU_ATTACH_F_BYPASS 0x1                /* The endpoints of the domain bypass translation; with
                                                           BYPASS_CONFIG. */

/* Mapping flags. flags.map-flags; "Device operations / MAP request" */
#define VIRTIO_IOMMU_MAP_F_READ 0x1                     /* Read access. */
#define VIRTIO_IOMMU_MAP_F_WRITE 0x2                    /* Write access. */
#define VIRTIO_IOMMU_MAP_F_MMIO 0x4                     /* The memory contains device registers; with MMIO. */

/* Fault flags. flags.fault-flags; "Device operations / Fault reporting" */
#define VIRTIO_IOMMU_FAULT_F_READ 0x1                   /* Read access. */
#define VIRTIO_IOMMU_FAULT_F_WRITE 0x2                  /* Write access. */
#define VIRTIO_IOMMU_FAULT_F_ADDRESS 0x100              /* The address field is valid. */

/* Requests. messages.request-type; "Device operations" */
#define VIRTIO_IOMMU_T_ATTACH 1                         /* Attach an endpoint to a domain. */
#define VIRTIO_IOMMU_T_DETACH 2                         /* Detach an endpoint from its domain. */
#define VIRTIO_IOMMU_T_MAP 3                            /* Map a range of virtual addresses in a domain; with
                                                           MAP_UNMAP. */
#define VIRTIO_IOMMU_T_UNMAP 4                          /* Remove the mappings of a range; with MAP_UNMAP. */
#define VIRTIO_IOMMU_T_PROBE 5                          /* Query the properties of an endpoint; with PROBE. */

/* queues; "IOMMU device" */
#define VIRTIO_IOMMU_QUEUE_REQUESTQ 0                   /* Requests. */
#define VIRTIO_IOMMU_QUEUE_EVENTQ 1                     /* Faults; the device writes a struct fault to each buffer. */

/* A range of virtual addresses. structs.range_64; "Device configuration layout" */
struct virtio_iommu_range_64 {
    uint64_t start;                         /* First address. */
    uint64_t end;                           /* Last address. */
};
VIRTIO_SIZE(virtio_iommu_range_64, 16);

/* A range of domain ids. structs.range_32; "Device configuration layout" */
struct virtio_iommu_range_32 {
    uint32_t start;                         /* First domain id. */
    uint32_t end;                           /* Last domain id. */
};
VIRTIO_SIZE(virtio_iommu_range_32, 8);

/* Request header. structs.req_head; "Device operations" */
struct virtio_iommu_req_head {
    uint8_t type;                           /* Request type; VIRTIO_IOMMU_T_*. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_head, 4);

/* Request status. structs.req_tail; "Device operations" */
struct virtio_iommu_req_tail {
    uint8_t status;                         /* Status of the request; VIRTIO_IOMMU_S_*. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_tail, 4);

/*
 * Attach an endpoint to a domain; creates the domain if it does not exist.
 * structs.req_attach; "Device operations / ATTACH request"
 */
struct virtio_iommu_req_attach {
    struct virtio_iommu_req_head head;      /* ATTACH. */
    uint32_t domain;                        /* Domain id. */
    uint32_t endpoint;                      /* Endpoint id. */
    uint32_t flags;                         /* Attach flags; VIRTIO_IOMMU_ATTACH_F_BYPASS. */
    uint8_t reserved[4];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* Status of the ATTACH request. */
};
VIRTIO_SIZE(virtio_iommu_req_attach, 24);

/*
 * Detach an endpoint from a domain; a domain without endpoints is destroyed.
 * structs.req_detach; "Device operations / DETACH request"
 */
struct virtio_iommu_req_detach {
    struct virtio_iommu_req_head head;      /* DETACH. */
    uint32_t domain;                        /* Domain id. */
    uint32_t endpoint;                      /* Endpoint id. */
    uint8_t reserved[8];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* Status of the DETACH request. */
};
VIRTIO_SIZE(virtio_iommu_req_detach, 24);

/* Map virtual addresses to physical addresses. structs.req_map; "Device operations / MAP request" */
struct virtio_iommu_req_map {
    struct virtio_iommu_req_head head;      /* MAP. */
    uint32_t domain;                        /* Domain id. */
    uint64_t virt_start;                    /* First virtual address. */
    uint64_t virt_end;                      /* Last virtual address. */
    uint64_t phys_start;                    /* First physical address. */
    uint32_t flags;                         /* Mapping flags; VIRTIO_IOMMU_MAP_F_*. */
    struct virtio_iommu_req_tail tail;      /* Status of the MAP request. */
};
VIRTIO_SIZE(virtio_iommu_req_map, 40);

/*
 * Remove all mappings in a range; no mapping may cross its bounds.
 * structs.req_unmap; "Device operations / UNMAP request"
 */
struct virtio_iommu_req_unmap {
    struct virtio_iommu_req_head head;      /* UNMAP. */
    uint32_t domain;                        /* Domain id. */
    uint64_t virt_start;                    /* First virtual address. */
    uint64_t virt_end;                      /* Last virtual address. */
    uint8_t reserved[4];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* Status of the UNMAP request. */
};
VIRTIO_SIZE(virtio_iommu_req_unmap, 32);

/* Query the properties of an endpoint. structs.req_probe; "Device operations / PROBE request" */
struct virtio_iommu_req_probe {
    struct virtio_iommu_req_head head;      /* PROBE. */
    uint32_t endpoint;                      /* Endpoint id. */
    uint8_t reserved[64];                   /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_probe, 72);

/*
 * The part that the device writes.
 * No C struct, because its first field has no fixed length. properties[], properties in sequence,
 * up to type 0 or the end of the field; number of elements: configuration's probe_size; tail,
 * status of the PROBE request.
 * structs.req_probe; "Device operations / PROBE request"
 */

/* Property header. structs.probe_property; "Device operations / PROBE request" */
struct virtio_iommu_probe_property {
    uint16_t type;                          /* Property type. */
                                            /* bits 0 to 11: type. Property type. */
    uint16_t length;                        /* Length of the property's value; in bytes. */
};
VIRTIO_SIZE(virtio_iommu_probe_property, 4);

/*
 * A reserved range of virtual addresses.
 * structs.probe_resv_mem; "Device operations / PROBE properties / Property RESV_MEM"
 */
struct virtio_iommu_probe_resv_mem {
    struct virtio_iommu_probe_property head; /* RESV_MEM. */
    uint8_t subtype;                        /* Type of the range; VIRTIO_IOMMU_RESV_MEM_T_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint64_t start;                         /* First address. */
    uint64_t end;                           /* Last address. */
};
VIRTIO_SIZE(virtio_iommu_probe_resv_mem, 24);

/* A translation fault. structs.fault; "Device operations / Fault reporting" */
struct virtio_iommu_fault {
    uint8_t reason;                         /* Fault reason; VIRTIO_IOMMU_FAULT_R_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint32_t flags;                         /* Kind of access; VIRTIO_IOMMU_FAULT_F_*. */
    uint32_t endpoint;                      /* Endpoint id. */
    uint32_t reserved1;                     /* Reserved. */
    uint64_t address;                       /* Faulting address, if flags has ADDRESS. */
};
VIRTIO_SIZE(virtio_iommu_fault, 24);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_iommu_config {
    uint64_t page_size_mask;                /* Supported page sizes; the lowest set bit is the granularity. */
    struct virtio_iommu_range_64 input_range; /* Range of virtual addresses; with INPUT_RANGE. */
    struct virtio_iommu_range_32 domain_range; /* Range of domain ids; with DOMAIN_RANGE. */
    uint32_t probe_size;                    /* Size of the property space in a probe request; in bytes; with PROBE. */
    uint8_t bypass;                         /* 1 if endpoints without a domain bypass translation, else 0; valid if
                                               BYPASS_CONFIG is offered, negotiated or not; with BYPASS_CONFIG. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_config, 40);

#undef VIRTIO_SIZE
#endif
