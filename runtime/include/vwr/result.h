/* SPDX-License-Identifier: MIT */
#ifndef VWR_RESULT_H
#define VWR_RESULT_H

/*
 * What every call that can fail answers: VWR_OK or a negative value of this list. A call that
 * also answers data (a count, a yes) answers it as a value >= 0.
 */
enum vwr_result {
    VWR_OK = 0,
    VWR_ENODEV = -1,       /* nothing in this slot: device id 0 */
    VWR_EMAGIC = -2,       /* not a virtio-mmio register block */
    VWR_EVERSION = -3,     /* a layout version that this driver does not know */
    VWR_ETYPE = -4,        /* a device, but of another type than asked for */
    VWR_EGONE = -5,        /* all registers read as ones: the device has left the bus */
    VWR_EFEATURE = -6,     /* a feature that is needed was not offered, or the device refused the set */
    VWR_ENOQUEUE = -7,     /* the device has no such queue, or did not take it */
    VWR_ENOMEM = -8,       /* the memory given is too small or not aligned as said */
    VWR_EBUSY = -9,        /* already open, or in flight already */
    VWR_EINVAL = -10,      /* an argument that can never be right */
    VWR_ERANGE = -11,      /* beyond the end of the device, or an address that does not fit */
    VWR_EALIGN = -12,      /* buffer or sector not aligned as the port or the device needs it */
    VWR_EROFS = -13,       /* the device is read-only */
    VWR_EUNSUPP = -14,     /* the device does not know this request */
    VWR_EIO = -15,         /* the device reports an I/O error for this request */
    VWR_EPROTO = -16,      /* an answer that the specification does not have */
    VWR_EFULL = -17,       /* not enough free descriptors now */
    VWR_EBADRING = -18,    /* the device used a buffer not in flight; the queue is stopped until a reset */
    VWR_ENEEDSRESET = -19, /* the device has set DEVICE_NEEDS_RESET */
    VWR_ETIMEOUT = -20,    /* no answer in time; the device may still own the memory until a reset */
    VWR_EUNSTABLE = -21,   /* the configuration kept changing while it was read */
    VWR_EFAILED = -22,     /* used after a failure; reset and open again */
    VWR_ERESET = -23,      /* given back by a reset before the device had answered */
    VWR_ESEGMENTS = -24,   /* more segments than one request can have */
    VWR_EZONE = -25        /* the zone does not allow it now; the status says why */
};

#ifdef __cplusplus
extern "C" {
#endif

/* The name and the meaning of a result, never NULL. Context: any. A copy by ./vwr embed has it with part
 * texts. */
const char *vwr_strerror(int result);

#ifdef __cplusplus
}
#endif

#endif
