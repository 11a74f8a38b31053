/* SPDX-License-Identifier: MIT */
#ifndef VWR_RESULT_H
#define VWR_RESULT_H

/*
 * What every call that can fail answers: VWR_OK or a negative value of this list. A call that
 * also answers data (a count, a yes) answers it as a value >= 0.
 *
 * Who owns the memory that was passed to a call of the driver side which waits for the device
 * (vwr_blk_read, vwr_request_wait, vwr_client_do, vwr_net_set_table, vwr_gpu_flush and their like), when the
 * call returns. The result says it, by one rule for all classes:
 *
 *   VWR_EINFLIGHT, VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE
 *                   the device: it may still read and write it
 *   any other       the caller: nothing was sent (VWR_EFAILED, VWR_EFULL, VWR_EINVAL, ...), the device has
 *                   answered (VWR_OK, VWR_EIO, VWR_EUNSUPP, VWR_EPROTO, VWR_EZONE), or has acknowledged a
 *                   reset before it answered (VWR_ERESET)
 *
 * What is the device's becomes the caller's with a reset that the device acknowledges. Call vwr_recover (or
 * the class's own: vwr_blk_recover, vwr_net_recover) as long as it answers VWR_EBUSY, or the class's close:
 * VWR_OK: the memory is the caller's; VWR_EFAILED: it is if vwr_bringup_stage answers VWR_STAGE_DEAD; in
 * VWR_STAGE_LOST the device has not acknowledged yet: a later recover looks again, close resets it anew.
 * VWR_OK comes at once where another owner has recovered the device meanwhile. A request of the caller's own
 * (struct vwr_req) is sent again by a recovery with options.replay: it and its data are the caller's when
 * vwr_req_is_in_flight answers false. A framebuffer is the gpu's until vwr_gpu_hide answers VWR_OK.
 * vwr_result_is_in_flight() has the rule as code.
 *
 * What a reap hands out is the caller's, whatever its result.
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
    VWR_ETIMEOUT = -20,    /* no answer in time */
    VWR_EUNSTABLE = -21,   /* the configuration kept changing while it was read */
    VWR_EFAILED = -22,     /* used after a failure, nothing was sent; reset and open again */
    VWR_ERESET = -23,      /* returned by a reset before the device had answered */
    VWR_ESEGMENTS = -24,   /* more segments than one request can have */
    VWR_EZONE = -25,       /* the zone does not allow it now; the status says why */
    VWR_EINFLIGHT = -26    /* the call has ended, and its request is in flight until a reset */
};

/*
 * vwr_result_is_in_flight() - may the device still access the memory of a call that waited?
 * @result: of the call
 *
 * Context: any.
 * Return: 1: it may, until a reset is acknowledged; 0: the memory is the caller's.
 */
static inline int vwr_result_is_in_flight(int result)
{
    return result == VWR_EINFLIGHT || result == VWR_ETIMEOUT || result == VWR_EBADRING ||
           result == VWR_ENEEDSRESET || result == VWR_EGONE;
}

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
