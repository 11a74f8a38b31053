/* SPDX-License-Identifier: MIT */
#ifndef VWR_FAULT_H
#define VWR_FAULT_H

#include "vwr/base.h"
#include "vwr/result.h"

/**
 * DOC: Faults of the driver side
 *
 * struct vwr_fault records why a call failed. The fault kind combines a number with the result that the call
 * returns. The comment on each kind describes the values of @where and @got. vwr_dev_explain() and the
 * explain function of each class turn a fault into a message.
 *
 * A device class defines its own faults in its header, numbered from VWR_FAULT_CLASS; the numbers
 * of different classes overlap. vwr/message.h describes the tables of messages.
 */

/**
 * VWR_FAULT() - Define a kind of fault
 * @number: Number, unique among the faults of a class.
 * @result: Result that a call with this fault returns.
 */
#define VWR_FAULT(number, result) ((number) << 8 | -(result))

/**
 * VWR_FAULT_RESULT() - Get the result that belongs to a kind of fault
 * @kind: Kind of fault.
 */
#define VWR_FAULT_RESULT(kind) (-(int)((kind)&0xff))

/** VWR_FAULT_CLASS - First number for the faults of a class */
#define VWR_FAULT_CLASS 96

/** enum vwr_fault_kind - Faults that can occur with any device */
enum vwr_fault_kind {
    VWR_FAULT_NONE = 0,
    /* probe */
    VWR_FAULT_EMPTY = VWR_FAULT(1, VWR_ENODEV),     /* got: device id */
    VWR_FAULT_MAGIC = VWR_FAULT(2, VWR_EMAGIC),     /* got: magic value */
    VWR_FAULT_VERSION = VWR_FAULT(3, VWR_EVERSION), /* got: version */
    VWR_FAULT_GONE = VWR_FAULT(4, VWR_EGONE),       /* got: all ones */
    VWR_FAULT_WINDOW = VWR_FAULT(5, VWR_EINVAL),    /* got: size of the window in bytes */
    VWR_FAULT_TYPE = VWR_FAULT(6, VWR_ETYPE),       /* where: type requested, 0 if several; got: type found */
    VWR_FAULT_PCI_STRUCTURE = VWR_FAULT(10, VWR_EVERSION), /* where: cfg_type of the missing structure */
    VWR_FAULT_PCI_OTHER = VWR_FAULT(8, VWR_ENODEV),        /* got: vendor and device ID */
    VWR_FAULT_PCI_BAR = VWR_FAULT(9, VWR_EVERSION),        /* where: BAR */
    VWR_FAULT_PCI_VECTORS = VWR_FAULT(22, VWR_EUNSUPP),    /* where: messages; got: vectors of the device */
    VWR_FAULT_PCI_TABLE = VWR_FAULT(23, VWR_EUNSUPP),   /* where: BAR; got: offset of the MSI-X table in it */
    VWR_FAULT_PCI_MODERN = VWR_FAULT(21, VWR_EVERSION), /* got: device ID */
    VWR_FAULT_PCI_CFG = VWR_FAULT(14, VWR_EVERSION),  /* got: offset of the capability, 0 if there is none */
    VWR_FAULT_CCW_ABSENT = VWR_FAULT(24, VWR_ENODEV), /* got: subchannel */
    VWR_FAULT_CCW_OTHER = VWR_FAULT(25, VWR_ENODEV),  /* got: type of the control unit */
    VWR_FAULT_CCW_GONE = VWR_FAULT(26, VWR_EGONE),    /* got: subchannel */
    /* PCI host: struct vwr_pci_fault */
    VWR_FAULT_PCI_PLACE = VWR_FAULT(11, VWR_ERANGE),  /* function, bar, bytes */
    VWR_FAULT_PCI_BUSES = VWR_FAULT(12, VWR_ERANGE),  /* function */
    VWR_FAULT_PCI_DEPTH = VWR_FAULT(13, VWR_ERANGE),  /* function */
    VWR_FAULT_RSC_DEVICE = VWR_FAULT(27, VWR_ENODEV), /* got: number of the device in its resource table */
    VWR_FAULT_ROOM =
        VWR_FAULT(7, VWR_ENOMEM), /* where: alignment required of private memory; got: of shared */
    VWR_FAULT_ARRAY = VWR_FAULT(15, VWR_ENOMEM), /* got: size that an array of the options must have */
    /* status */
    VWR_FAULT_RESET = VWR_FAULT(16, VWR_ETIMEOUT), /* got: status that did not read as 0 */
    VWR_FAULT_STATUS = VWR_FAULT(17, VWR_EPROTO),  /* where: bit that was being set, 0 if none; got: status */
    VWR_FAULT_FEATURES_OK = VWR_FAULT(18, VWR_EFEATURE),    /* got: status */
    VWR_FAULT_SUSPEND = VWR_FAULT(19, VWR_ETIMEOUT),        /* where: bit that was being set; got: status */
    VWR_FAULT_NEEDS_RESET = VWR_FAULT(20, VWR_ENEEDSRESET), /* got: status */
    /* features */
    VWR_FAULT_FEATURE = VWR_FAULT(32, VWR_EFEATURE), /* where: word of the set; got: bits that are missing */
    /* queues: 48 to 63; where: the queue */
    VWR_FAULT_QUEUE_ABSENT = VWR_FAULT(48, VWR_ENOQUEUE),
    VWR_FAULT_QUEUE_IN_USE = VWR_FAULT(49, VWR_EBUSY),     /* got: QueueReady or QueuePFN */
    VWR_FAULT_QUEUE_REFUSED = VWR_FAULT(50, VWR_ENOQUEUE), /* got: QueueReady or QueuePFN */
    VWR_FAULT_QUEUE_SIZE = VWR_FAULT(51, VWR_EINVAL),      /* got: size */
    VWR_FAULT_QUEUE_MEMORY = VWR_FAULT(52, VWR_ENOMEM),    /* got: bytes of shared memory required */
    VWR_FAULT_QUEUE_OWN = VWR_FAULT(62, VWR_ENOMEM),       /* got: bytes of private memory required */
    VWR_FAULT_QUEUE_BUFFERS = VWR_FAULT(63, VWR_ENOMEM),   /* got: size that an array must have */
    VWR_FAULT_QUEUE_ALIGN = VWR_FAULT(53, VWR_ENOMEM),     /* got: bytes of shared memory required */
    VWR_FAULT_QUEUE_SPLIT = VWR_FAULT(54, VWR_ENOMEM),     /* got: bytes of shared memory required */
    VWR_FAULT_QUEUE_ADDRESS = VWR_FAULT(55, VWR_ERANGE),   /* got: QueuePFN that the address would require */
    VWR_FAULT_RSC_PLACE = VWR_FAULT(28, VWR_ERANGE),       /* where: the queue; got: da of its vring */
    VWR_FAULT_RING = VWR_FAULT(56, VWR_EBADRING),
    VWR_FAULT_QUEUE_NO_RESET = VWR_FAULT(57, VWR_EUNSUPP), /* got: QueueReady */
    VWR_FAULT_QUEUE_RESET = VWR_FAULT(58, VWR_ETIMEOUT),   /* got: QueueReset */
    VWR_FAULT_PCI_NOTIFY = VWR_FAULT(59, VWR_ENOQUEUE),    /* got: offset in the notification structure */
    VWR_FAULT_PCI_SIZE = VWR_FAULT(61, VWR_ENOMEM),     /* got: bytes required by the device's queue size */
    VWR_FAULT_PCI_VECTOR = VWR_FAULT(60, VWR_ENOQUEUE), /* got: MSI-X vector */
    /* configuration */
    VWR_FAULT_CONFIG = VWR_FAULT(64, VWR_EUNSTABLE),    /* got: number of reads */
    VWR_FAULT_CONFIG_VALUE = VWR_FAULT(65, VWR_EPROTO), /* where: offset of the field; got: its value */
    VWR_FAULT_CONFIG_BYTES = VWR_FAULT(66, VWR_ERANGE), /* where: bytes that the driver needs; got: bytes */
    /* requests of any class; where: the request's type, unless stated otherwise */
    VWR_FAULT_REQUEST_TIMEOUT = VWR_FAULT(80, VWR_ETIMEOUT), /* got: VWR_FAULT_INDICES */
    VWR_FAULT_REQUEST_SEGMENTS =
        VWR_FAULT(81, VWR_EINVAL), /* where: maximum number of segments; got: maximum size of one in bytes */
    VWR_FAULT_REQUEST_STATUS = VWR_FAULT(82, VWR_EPROTO),  /* got: undefined status */
    VWR_FAULT_REQUEST_IOERR = VWR_FAULT(83, VWR_EIO),      /* got: status */
    VWR_FAULT_REQUEST_UNSUPP = VWR_FAULT(84, VWR_EUNSUPP), /* got: status */
    VWR_FAULT_REQUEST_SHORT = VWR_FAULT(90, VWR_EPROTO),   /* got: bytes of the answer */
    /* requests that the driver refuses */
    VWR_FAULT_REQUEST_ALIGN = VWR_FAULT(85, VWR_EALIGN), /* where: alignment in bytes; got: address */
    VWR_FAULT_REQUEST_EMPTY = VWR_FAULT(86, VWR_EINVAL), /* where: index of the segment */
    VWR_FAULT_REQUEST_BLOCKS =
        VWR_FAULT(87, VWR_EALIGN), /* where: size of a block in bytes; got: size of the data in bytes */
    VWR_FAULT_REQUEST_END = VWR_FAULT(88, VWR_ERANGE),     /* where, got: capacity, lower and upper 32 bits */
    VWR_FAULT_REQUEST_REFUSED = VWR_FAULT(89, VWR_EINVAL), /* where: type; got: the result, positive */
};

/**
 * VWR_FAULT_IS_OF_QUEUE() - Test whether a fault concerns a queue
 * @kind: Kind of fault.
 */
#define VWR_FAULT_IS_OF_QUEUE(kind) ((kind) >> 8 >= 48 && (kind) >> 8 < 64)

/**
 * VWR_FAULT_INDICES() - Pack the ring's indices at a timeout into a fault's @got
 * @avail: Available index.
 * @used: Used index.
 */
#define VWR_FAULT_INDICES(avail, used) ((uint32_t)(uint16_t)(avail) << 16 | (uint16_t)(used))

/** VWR_FAULT_ALL_ONES - Value that a bus returns where there is no device */
#define VWR_FAULT_ALL_ONES 0xffffffffu

/**
 * struct vwr_fault - Why a call failed
 * @kind: enum vwr_fault_kind, or a fault of a class.
 * @where: Depends on @kind.
 * @got: Depends on @kind.
 */
struct vwr_fault {
    uint32_t kind;
    uint32_t where;
    uint32_t got;
};

#endif
