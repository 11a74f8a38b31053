/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/iommu.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; IOMMU device */

/*
 * One file to copy: the specification's names, and nothing of ours. What it does not name is called alike. Numbers of
 * more than a byte are little-endian where their comment does not say otherwise.
 */
#ifndef VWR_STANDALONE_IOMMU_H
#define VWR_STANDALONE_IOMMU_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

#define VIRTIO_ID_IOMMU 23                              /* An IOMMU that the driver gives mappings for endpoints. */

/* features; "Feature bits" */
#define VIRTIO_IOMMU_F_INPUT_RANGE 0                    /* input_range limits virtual addresses. */
#define VIRTIO_IOMMU_F_DOMAIN_RANGE 1                   /* domain_range limits the numbers of domains. */
#define VIRTIO_IOMMU_F_MAP_UNMAP 2                      /* Device has map and unmap requests. */
#define VIRTIO_IOMMU_F_BYPASS 3                         /* Endpoints without a domain are not translated. */
#define VIRTIO_IOMMU_F_PROBE 4                          /* Device has a probe request. */
#define VIRTIO_IOMMU_F_MMIO 5                           /* A mapping can be of device registers. */
#define VIRTIO_IOMMU_F_BYPASS_CONFIG 6                  /* Bypass is chosen by configuration and by domain; better
                                                           than BYPASS. */

/* How a request went. enums.status; "Device operations" */
#define VIRTIO_IOMMU_S_OK 0                             /* It went well. */
#define VIRTIO_IOMMU_S_IOERR 1                          /* Error between driver and device. */
#define VIRTIO_IOMMU_S_UNSUPP 2                         /* Device does not do that. */
#define VIRTIO_IOMMU_S_DEVERR 3                         /* Error within the device. */
#define VIRTIO_IOMMU_S_INVAL 4                          /* A parameter is wrong. */
#define VIRTIO_IOMMU_S_RANGE 5                          /* A parameter is out of range. */
#define VIRTIO_IOMMU_S_NOENT 6                          /* No such thing. */
#define VIRTIO_IOMMU_S_FAULT 7                          /* Bad address. */
#define VIRTIO_IOMMU_S_NOMEM 8                          /* Device is short of resources. */

/*
 * Why a range cannot be mapped.
 * enums.resv-mem-subtype; "Device operations / PROBE properties / Property RESV_MEM"
 */
#define VIRTIO_IOMMU_RESV_MEM_T_RESERVED 0              /* Nothing can be mapped there. */
#define VIRTIO_IOMMU_RESV_MEM_T_MSI 1                   /* Doorbell of message signaled interrupts; nothing can be
                                                           mapped there. */

/* Reasons of a fault. enums.fault-reason; "Device operations / Fault reporting" */
#define VIRTIO_IOMMU_FAULT_R_UNKNOWN 0                  /* None of the others. */
#define VIRTIO_IOMMU_FAULT_R_DOMAIN 1                   /* The endpoint has no domain. */
#define VIRTIO_IOMMU_FAULT_R_MAPPING 2                  /* The address is not mapped or not for such access. */

/* Properties of an endpoint. enums.property-type; "Device operations / PROBE properties" */
#define VIRTIO_IOMMU_PROBE_T_RESV_MEM 1                 /* A range that cannot be mapped; with PROBE. */

/* How to attach. flags.attach-flags; "Device operations / ATTACH request" */
#define VIRTIO_IOMMU_ATTACH_F_BYPASS 0x1                /* Endpoints of the domain are not translated; with
                                                           BYPASS_CONFIG. */

/* What a mapping allows. flags.map-flags; "Device operations / MAP request" */
#define VIRTIO_IOMMU_MAP_F_READ 0x1                     /* Endpoints may read. */
#define VIRTIO_IOMMU_MAP_F_WRITE 0x2                    /* Endpoints may write. */
#define VIRTIO_IOMMU_MAP_F_MMIO 0x4                     /* The memory is device registers; with MMIO. */

/* What is known of a fault. flags.fault-flags; "Device operations / Fault reporting" */
#define VIRTIO_IOMMU_FAULT_F_READ 0x1                   /* It was a read. */
#define VIRTIO_IOMMU_FAULT_F_WRITE 0x2                  /* It was a write. */
#define VIRTIO_IOMMU_FAULT_F_ADDRESS 0x100              /* address is valid. */

/* Requests. messages.request-type; "Device operations" */
#define VIRTIO_IOMMU_T_ATTACH 1                         /* Put an endpoint into a domain. */
#define VIRTIO_IOMMU_T_DETACH 2                         /* Take an endpoint out of its domain. */
#define VIRTIO_IOMMU_T_MAP 3                            /* Map a range of a domain; with MAP_UNMAP. */
#define VIRTIO_IOMMU_T_UNMAP 4                          /* Remove the mappings of a range; with MAP_UNMAP. */
#define VIRTIO_IOMMU_T_PROBE 5                          /* Ask for the properties of an endpoint; with PROBE. */

/* queues; "IOMMU device" */
#define VIRTIO_IOMMU_QUEUE_REQUESTQ 0                   /* Requests. */
#define VIRTIO_IOMMU_QUEUE_EVENTQ 1                     /* Faults; each buffer becomes a struct fault. */

/* A range of addresses. structs.range_64; "Device configuration layout" */
struct virtio_iommu_range_64 {
    uint64_t start;                         /* First. */
    uint64_t end;                           /* Last. */
};
VIRTIO_SIZE(virtio_iommu_range_64, 16);

/* A range of numbers. structs.range_32; "Device configuration layout" */
struct virtio_iommu_range_32 {
    uint32_t start;                         /* First. */
    uint32_t end;                           /* Last. */
};
VIRTIO_SIZE(virtio_iommu_range_32, 8);

/* How a request begins. structs.req_head; "Device operations" */
struct virtio_iommu_req_head {
    uint8_t type;                           /* What to do; VIRTIO_IOMMU_T_*. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_head, 4);

/* How a request ends. structs.req_tail; "Device operations" */
struct virtio_iommu_req_tail {
    uint8_t status;                         /* How it went; VIRTIO_IOMMU_S_*. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_tail, 4);

/*
 * Put an endpoint into a domain; the domain is made if need be.
 * structs.req_attach; "Device operations / ATTACH request"
 */
struct virtio_iommu_req_attach {
    struct virtio_iommu_req_head head;      /* ATTACH. */
    uint32_t domain;                        /* Which domain. */
    uint32_t endpoint;                      /* Which endpoint. */
    uint32_t flags;                         /* How; VIRTIO_IOMMU_ATTACH_F_BYPASS. */
    uint8_t reserved[4];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* How it went. */
};
VIRTIO_SIZE(virtio_iommu_req_attach, 24);

/*
 * Take an endpoint out of a domain; a domain without endpoints is gone.
 * structs.req_detach; "Device operations / DETACH request"
 */
struct virtio_iommu_req_detach {
    struct virtio_iommu_req_head head;      /* DETACH. */
    uint32_t domain;                        /* Which domain. */
    uint32_t endpoint;                      /* Which endpoint. */
    uint8_t reserved[8];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* How it went. */
};
VIRTIO_SIZE(virtio_iommu_req_detach, 24);

/* Map virtual addresses to physical ones. structs.req_map; "Device operations / MAP request" */
struct virtio_iommu_req_map {
    struct virtio_iommu_req_head head;      /* MAP. */
    uint32_t domain;                        /* Which domain. */
    uint64_t virt_start;                    /* First virtual address. */
    uint64_t virt_end;                      /* Last virtual address. */
    uint64_t phys_start;                    /* First physical address. */
    uint32_t flags;                         /* What is allowed; VIRTIO_IOMMU_MAP_F_*. */
    struct virtio_iommu_req_tail tail;      /* How it went. */
};
VIRTIO_SIZE(virtio_iommu_req_map, 40);

/*
 * Remove all mappings in a range; none may reach out of it.
 * structs.req_unmap; "Device operations / UNMAP request"
 */
struct virtio_iommu_req_unmap {
    struct virtio_iommu_req_head head;      /* UNMAP. */
    uint32_t domain;                        /* Which domain. */
    uint64_t virt_start;                    /* First virtual address. */
    uint64_t virt_end;                      /* Last virtual address. */
    uint8_t reserved[4];                    /* Reserved. */
    struct virtio_iommu_req_tail tail;      /* How it went. */
};
VIRTIO_SIZE(virtio_iommu_req_unmap, 32);

/* Ask for the properties of an endpoint. structs.req_probe; "Device operations / PROBE request" */
struct virtio_iommu_req_probe {
    struct virtio_iommu_req_head head;      /* PROBE. */
    uint32_t endpoint;                      /* Which endpoint. */
    uint8_t reserved[64];                   /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_req_probe, 72);

/*
 * What the device writes of it.
 * No C struct, since it begins with what has no fixed length. properties[], properties, one behind
 * the other; a type of 0 ends them; configuration's probe_size of them; tail, how it went.
 * structs.req_probe; "Device operations / PROBE request"
 */

/* How a property begins. structs.probe_property; "Device operations / PROBE request" */
struct virtio_iommu_probe_property {
    uint16_t type;                          /* Which property. */
                                            /* bits 0 to 11: type. Which property. */
    uint16_t length;                        /* Length of what follows; in bytes. */
};
VIRTIO_SIZE(virtio_iommu_probe_property, 4);

/*
 * A range of virtual addresses that cannot be mapped.
 * structs.probe_resv_mem; "Device operations / PROBE properties / Property RESV_MEM"
 */
struct virtio_iommu_probe_resv_mem {
    struct virtio_iommu_probe_property head; /* RESV_MEM. */
    uint8_t subtype;                        /* Why; VIRTIO_IOMMU_RESV_MEM_T_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint64_t start;                         /* First address. */
    uint64_t end;                           /* Last address. */
};
VIRTIO_SIZE(virtio_iommu_probe_resv_mem, 24);

/* A fault. structs.fault; "Device operations / Fault reporting" */
struct virtio_iommu_fault {
    uint8_t reason;                         /* Why; VIRTIO_IOMMU_FAULT_R_*. */
    uint8_t reserved[3];                    /* Reserved. */
    uint32_t flags;                         /* What kind of access it was; VIRTIO_IOMMU_FAULT_F_*. */
    uint32_t endpoint;                      /* Which endpoint. */
    uint32_t reserved1;                     /* Reserved. */
    uint64_t address;                       /* The address with ADDRESS in flags. */
};
VIRTIO_SIZE(virtio_iommu_fault, 24);

/* Configuration space of the device. config; "Device configuration layout" */
struct virtio_iommu_config {
    uint64_t page_size_mask;                /* Sizes of pages; the lowest bit is the granularity. */
    struct virtio_iommu_range_64 input_range; /* Virtual addresses that can be mapped; with INPUT_RANGE. */
    struct virtio_iommu_range_32 domain_range; /* Numbers that a domain can have; with DOMAIN_RANGE. */
    uint32_t probe_size;                    /* Room for properties in a probe request; in bytes; with PROBE. */
    uint8_t bypass;                         /* 1 if endpoints without a domain are not translated, else 0. Counts if
                                               BYPASS_CONFIG is offered, negotiated or not; with BYPASS_CONFIG. */
    uint8_t reserved[3];                    /* Reserved. */
};
VIRTIO_SIZE(virtio_iommu_config, 40);

#undef VIRTIO_SIZE
#endif
