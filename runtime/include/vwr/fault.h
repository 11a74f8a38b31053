/* SPDX-License-Identifier: MIT */
#ifndef VWR_FAULT_H
#define VWR_FAULT_H

#include "vwr/base.h"
#include "vwr/result.h"

/*
 * What went wrong. A kind has a number of its own and the result that it is answered with; the comment says
 * what `where` and `got` are. Its sentence is in runtime/driver/dev/vwr_explain.c, that of a request in
 * vwr_request_explain.c.
 *
 * A class has faults of its own, in its header, with numbers from VWR_FAULT_CLASS: each class counts for
 * itself. vwr/message.h says how it puts them into sentences.
 */
#define VWR_FAULT(number, result) ((number) << 8 | -(result))
#define VWR_FAULT_RESULT(kind) (-(int)((kind)&0xff))
#define VWR_FAULT_CLASS 96

enum vwr_fault_kind {
    VWR_FAULT_NONE = 0,
    /* probe */
    VWR_FAULT_EMPTY = VWR_FAULT(1, VWR_ENODEV),     /* got: device id */
    VWR_FAULT_MAGIC = VWR_FAULT(2, VWR_EMAGIC),     /* got: magic value */
    VWR_FAULT_VERSION = VWR_FAULT(3, VWR_EVERSION), /* got: version */
    VWR_FAULT_GONE = VWR_FAULT(4, VWR_EGONE),       /* got: all ones */
    VWR_FAULT_WINDOW = VWR_FAULT(5, VWR_EINVAL),    /* got: bytes given */
    VWR_FAULT_TYPE = VWR_FAULT(6, VWR_ETYPE),       /* where: type asked for, 0: several; got: type found */
    VWR_FAULT_PCI_STRUCTURE = VWR_FAULT(10, VWR_EVERSION), /* where: cfg_type that is missing */
    VWR_FAULT_PCI_OTHER = VWR_FAULT(8, VWR_ENODEV),        /* got: vendor and device id */
    VWR_FAULT_PCI_BAR = VWR_FAULT(9, VWR_EVERSION),        /* where: BAR */
    VWR_FAULT_PCI_CFG = VWR_FAULT(14, VWR_EVERSION),       /* got: offset of the capability, 0: none */
    /* of a host of PCI: struct vwr_pci_fault */
    VWR_FAULT_PCI_PLACE = VWR_FAULT(11, VWR_ERANGE), /* function, bar, bytes */
    VWR_FAULT_PCI_BUSES = VWR_FAULT(12, VWR_ERANGE), /* function */
    VWR_FAULT_PCI_DEPTH = VWR_FAULT(13, VWR_ERANGE), /* function */
    VWR_FAULT_ROOM = VWR_FAULT(7, VWR_ENOMEM),       /* where: own bytes that it takes; got: shared bytes */
    /* status */
    VWR_FAULT_RESET = VWR_FAULT(16, VWR_ETIMEOUT),          /* got: status that would not go */
    VWR_FAULT_STATUS = VWR_FAULT(17, VWR_EPROTO),           /* where: bit just set, 0 if none; got: status */
    VWR_FAULT_FEATURES_OK = VWR_FAULT(18, VWR_EFEATURE),    /* got: status */
    VWR_FAULT_SUSPEND = VWR_FAULT(19, VWR_ETIMEOUT),        /* where: bit just set; got: status */
    VWR_FAULT_NEEDS_RESET = VWR_FAULT(20, VWR_ENEEDSRESET), /* got: status */
    /* features */
    VWR_FAULT_FEATURE = VWR_FAULT(32, VWR_EFEATURE), /* where: word of the set; got: bits that are missing */
    /* queues: 48 to 63; where: the queue */
    VWR_FAULT_QUEUE_ABSENT = VWR_FAULT(48, VWR_ENOQUEUE),
    VWR_FAULT_QUEUE_IN_USE = VWR_FAULT(49, VWR_EBUSY),     /* got: QueueReady or QueuePFN */
    VWR_FAULT_QUEUE_REFUSED = VWR_FAULT(50, VWR_ENOQUEUE), /* got: QueueReady or QueuePFN */
    VWR_FAULT_QUEUE_SIZE = VWR_FAULT(51, VWR_EINVAL),      /* got: size */
    VWR_FAULT_QUEUE_MEMORY = VWR_FAULT(52, VWR_ENOMEM),    /* got: bytes of shared memory that it takes */
    VWR_FAULT_QUEUE_OWN = VWR_FAULT(62, VWR_ENOMEM),       /* got: bytes of driver-private memory */
    VWR_FAULT_QUEUE_BUFFERS = VWR_FAULT(63, VWR_EINVAL),   /* got: bytes that each of its buffers needs */
    VWR_FAULT_QUEUE_ALIGN = VWR_FAULT(53, VWR_ENOMEM),     /* got: size */
    VWR_FAULT_QUEUE_SPLIT = VWR_FAULT(54, VWR_ENOMEM),     /* got: size */
    VWR_FAULT_QUEUE_ADDRESS = VWR_FAULT(55, VWR_ERANGE),   /* got: QueuePFN that it would take */
    VWR_FAULT_RING = VWR_FAULT(56, VWR_EBADRING),
    VWR_FAULT_QUEUE_NO_RESET = VWR_FAULT(57, VWR_EUNSUPP), /* got: QueueReady */
    VWR_FAULT_QUEUE_RESET = VWR_FAULT(58, VWR_ETIMEOUT),   /* got: QueueReset */
    VWR_FAULT_PCI_NOTIFY = VWR_FAULT(59, VWR_ENOQUEUE),    /* got: offset in the notification structure */
    VWR_FAULT_PCI_SIZE = VWR_FAULT(61, VWR_ENOMEM),        /* got: size that the device has chosen */
    VWR_FAULT_PCI_VECTOR = VWR_FAULT(60, VWR_ENOQUEUE),    /* got: MSI-X vector */
    /* configuration */
    VWR_FAULT_CONFIG = VWR_FAULT(64, VWR_EUNSTABLE), /* got: reads tried */
    /* requests of any class; where: the request's type, if not said otherwise */
    VWR_FAULT_REQUEST_TIMEOUT = VWR_FAULT(80, VWR_ETIMEOUT), /* got: VWR_FAULT_INDICES */
    VWR_FAULT_REQUEST_SEGMENTS =
        VWR_FAULT(81, VWR_EINVAL), /* where: segments of a request, got: bytes of one: the most */
    VWR_FAULT_REQUEST_STATUS = VWR_FAULT(82, VWR_EPROTO),  /* got: a status that there is not */
    VWR_FAULT_REQUEST_IOERR = VWR_FAULT(83, VWR_EIO),      /* got: status */
    VWR_FAULT_REQUEST_UNSUPP = VWR_FAULT(84, VWR_EUNSUPP), /* got: status */
};

#define VWR_FAULT_IS_OF_QUEUE(kind) ((kind) >> 8 >= 48 && (kind) >> 8 < 64)

/* Of a queue's ring, when a deadline has passed: the available index and the used index. */
#define VWR_FAULT_INDICES(avail, used) ((uint32_t)(uint16_t)(avail) << 16 | (uint16_t)(used))

#define VWR_FAULT_ALL_ONES 0xffffffffu /* what a bus answers where no device is: VWR_FAULT_GONE */

struct vwr_fault {
    uint32_t kind; /* enum vwr_fault_kind */
    uint32_t where;
    uint32_t got;
};

#endif
