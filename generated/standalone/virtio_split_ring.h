/* SPDX-License-Identifier: MIT */
/* Generated from spec/core/split-ring.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; Split Virtqueues */

/*
 * A self-contained file with the specification's names. Items without a name in the specification are named in the same
 * way. Numbers larger than a byte are little-endian unless their comment says otherwise.
 * In the legacy interface they have the guest's byte order.
 */
#ifndef VWR_STANDALONE_SPLIT_RING_H
#define VWR_STANDALONE_SPLIT_RING_H

#include <stdint.h>

#ifdef __cplusplus
#define VIRTIO_SIZE(name, bytes) static_assert(sizeof(struct name) == (bytes), "size")
#else
#define VIRTIO_SIZE(name, bytes) _Static_assert(sizeof(struct name) == (bytes), "size")
#endif

/* flags.desc-flags; "The Virtqueue Descriptor Table" */
#define VIRTQ_DESC_F_NEXT 0x1                           /* The buffer continues in the descriptor that next
                                                           specifies. */
#define VIRTQ_DESC_F_WRITE 0x2                          /* The device writes the buffer; if clear, it reads the
                                                           buffer. */
#define VIRTQ_DESC_F_INDIRECT 0x4                       /* The buffer contains a table of descriptors; with
                                                           INDIRECT_DESC. */

/* flags.avail-flags; "The Virtqueue Available Ring" */
#define VIRTQ_AVAIL_F_NO_INTERRUPT 0x1                  /* The driver does not need used buffer notifications. */

/* flags.used-flags; "The Virtqueue Used Ring" */
#define VIRTQ_USED_F_NO_NOTIFY 0x1                      /* The device does not need available buffer notifications. */

/* One descriptor of a split ring. structs.virtq_desc; "The Virtqueue Descriptor Table" */
struct virtq_desc {
    uint64_t addr;                          /* Physical address of the buffer. */
    uint32_t len;                           /* Length of the buffer; with INDIRECT, of the table; in bytes. */
    uint16_t flags;                         /* Descriptor flags; VIRTQ_DESC_F_*. */
    uint16_t next;                          /* Index of the next descriptor, if flags has NEXT. */
};
VIRTIO_SIZE(virtq_desc, 16);

/* Available ring; only the driver writes it. structs.virtq_avail; "The Virtqueue Available Ring" */
struct virtq_avail {
    uint16_t flags;                         /* Interrupt suppression by the driver; VIRTQ_AVAIL_F_NO_INTERRUPT. */
    uint16_t idx;                           /* Free-running index of the next entry, which is in ring[idx modulo the
                                               queue size]. */
    uint16_t ring[];                        /* Heads of the available descriptor chains. */
                                            /* At 4 + 2 · Queue Size: uint16_t used_event. The device interrupts when
                                               it writes the used entry with this index; with EVENT_IDX. */
};
VIRTIO_SIZE(virtq_avail, 4);

/* One entry of the used ring. structs.virtq_used_elem; "The Virtqueue Used Ring" */
struct virtq_used_elem {
    uint32_t id;                            /* Head of the descriptor chain. */
    uint32_t len;                           /* Number of bytes that the device wrote; in bytes. */
};
VIRTIO_SIZE(virtq_used_elem, 8);

/* Used ring; only the device writes it. structs.virtq_used; "The Virtqueue Used Ring" */
struct virtq_used {
    uint16_t flags;                         /* Notification suppression by the device; VIRTQ_USED_F_NO_NOTIFY. */
    uint16_t idx;                           /* Free-running index of the next entry, which is in ring[idx modulo the
                                               queue size]. */
    struct virtq_used_elem ring[];          /* Used buffers. */
                                            /* At 4 + 8 · Queue Size: uint16_t avail_event. The driver notifies when
                                               it makes the available entry with this index; with EVENT_IDX. */
};
VIRTIO_SIZE(virtq_used, 4);

#undef VIRTIO_SIZE
#endif
