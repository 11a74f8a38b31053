/* SPDX-License-Identifier: MIT */
#ifndef VWR_RESULT_H
#define VWR_RESULT_H

/**
 * DOC: Results
 *
 * A function that can fail returns VWR_OK or a negative value of enum vwr_result. If the function also
 * returns data, such as a count or a yes/no answer, the data are a value >= 0.
 */

/**
 * DOC: Ownership of memory after a call that waits (driver side)
 *
 * A blocking call, such as vwr_blk_read(), vwr_request_wait(), vwr_client_do(),
 * vwr_net_set_table() or vwr_gpu_flush(), takes memory from the caller. Its result determines who owns that
 * memory afterwards. The rule is the same for all classes:
 *
 * - VWR_EINFLIGHT, VWR_ETIMEOUT, VWR_EBADRING, VWR_ENEEDSRESET, VWR_EGONE: the device owns the memory and may
 *   still access it.
 * - Any other result: the caller owns the memory. Nothing was sent (VWR_EFAILED, VWR_EFULL, VWR_EINVAL, ...),
 *   or the device has completed the request (VWR_OK, VWR_EIO, VWR_EUNSUPP, VWR_EPROTO, VWR_EZONE,
 *   VWR_ENODEV), or it has acknowledged a reset before completing the request (VWR_ERESET).
 *
 * vwr_result_is_in_flight() implements this rule.
 *
 * Memory that the device owns returns to the caller when the device acknowledges a reset, for
 * example when vwr_close() returns VWR_OK.
 *
 * A recovery (vwr_recover()) resets the device too; when it no longer returns VWR_EBUSY, its result is
 * one of:
 *
 * - VWR_OK: the caller owns the memory. The call returns VWR_OK immediately if another owner has already
 *   recovered the device.
 * - VWR_EFAILED and vwr_get_stage() is VWR_STAGE_DEAD: the caller owns the memory.
 * - VWR_EFAILED and the stage is VWR_STAGE_LOST: the device has not acknowledged the reset. Call
 *   vwr_recover() later to check again, or close the device to reset it again.
 *
 * A recovery with options.replay resubmits the caller's own requests (struct vwr_req). Such a
 * request and its data belong to the caller once vwr_req_is_in_flight() returns false. A
 * framebuffer belongs to the GPU until vwr_gpu_hide() returns VWR_OK.
 *
 * A request that a reap function returns belongs to the caller, whatever its result.
 */

/** VWR_RESULT_MAX - Largest number of bytes or entries that a function returns */
#define VWR_RESULT_MAX 0x7fffffffu

/** enum vwr_result - Result of a function */
enum vwr_result {
    VWR_OK = 0,
    VWR_ENODEV = -1,       /* empty slot: the device ID is 0; a SCSI host has no such unit */
    VWR_EMAGIC = -2,       /* no virtio-mmio register block, device tree or ACPI table is there */
    VWR_EVERSION = -3,     /* the driver does not support this version of the register layout */
    VWR_ETYPE = -4,        /* the device has a different type than requested */
    VWR_EGONE = -5,        /* all registers read as ones: the device has left the bus */
    VWR_EFEATURE = -6,     /* a required feature is not offered, or the device rejected the features */
    VWR_ENOQUEUE = -7,     /* the device does not have this queue, or did not enable it */
    VWR_ENOMEM = -8,       /* the caller's memory is too small or misaligned */
    VWR_EBUSY = -9,        /* in use, in flight or in progress; call again when that has ended */
    VWR_EINVAL = -10,      /* invalid argument */
    VWR_ERANGE = -11,      /* beyond the end of the device, or an address out of range */
    VWR_EALIGN = -12,      /* a buffer or sector is not aligned as the port or the device requires */
    VWR_EROFS = -13,       /* the device is read-only */
    VWR_EUNSUPP = -14,     /* the device does not support this request */
    VWR_EIO = -15,         /* the device reported an I/O error for this request */
    VWR_EPROTO = -16,      /* the device violated the specification */
    VWR_EFULL = -17,       /* not enough free descriptors now */
    VWR_EBADRING = -18,    /* the device used a buffer that was not in flight; the queue is stopped */
    VWR_ENEEDSRESET = -19, /* the device has set DEVICE_NEEDS_RESET */
    VWR_ETIMEOUT = -20,    /* the device did not answer in time */
    VWR_EUNSTABLE = -21,   /* the configuration kept changing while it was read */
    VWR_EFAILED = -22,     /* used after a failure, nothing was sent; recover the device, or open it again */
    VWR_ERESET = -23,      /* a reset ended the request before the device completed it */
    VWR_ESEGMENTS = -24,   /* more segments than a request can have */
    VWR_EZONE = -25,       /* the zone's state does not allow the request; the status contains the reason */
    VWR_EINFLIGHT = -26    /* the call has ended, but its request stays in flight until a reset */
};

/* clang-format off */
/**
 * VWR_RESULT_ERRNOS() - The errno of each error, by name, for a kernel that has errno.h
 * @ROW: Macro with two parameters, a result and an errno, such as a `case` that returns it.
 */
#define VWR_RESULT_ERRNOS(ROW)   \
    ROW(VWR_ENODEV, ENODEV)      \
    ROW(VWR_EMAGIC, ENODEV)      \
    ROW(VWR_EVERSION, ENOTSUP)   \
    ROW(VWR_ETYPE, ENODEV)       \
    ROW(VWR_EGONE, ENODEV)       \
    ROW(VWR_EFEATURE, ENOTSUP)   \
    ROW(VWR_ENOQUEUE, ENOTSUP)   \
    ROW(VWR_ENOMEM, ENOMEM)      \
    ROW(VWR_EBUSY, EBUSY)        \
    ROW(VWR_EINVAL, EINVAL)      \
    ROW(VWR_ERANGE, EINVAL)      \
    ROW(VWR_EALIGN, EINVAL)      \
    ROW(VWR_EROFS, EROFS)        \
    ROW(VWR_EUNSUPP, ENOTSUP)    \
    ROW(VWR_EIO, EIO)            \
    ROW(VWR_EPROTO, EIO)         \
    ROW(VWR_EFULL, EAGAIN)       \
    ROW(VWR_EBADRING, EIO)       \
    ROW(VWR_ENEEDSRESET, EIO)    \
    ROW(VWR_ETIMEOUT, ETIMEDOUT) \
    ROW(VWR_EUNSTABLE, EIO)      \
    ROW(VWR_EFAILED, EIO)        \
    ROW(VWR_ERESET, EIO)         \
    ROW(VWR_ESEGMENTS, EINVAL)   \
    ROW(VWR_EZONE, EIO)          \
    ROW(VWR_EINFLIGHT, EIO)
/* clang-format on */

/**
 * vwr_result_is_in_flight() - Test whether the device may still access the memory of a blocking call
 * @result: Result of the call.
 *
 * Return: 1 if the device owns the memory until it acknowledges a reset; 0 if the caller owns it.
 */
static inline int vwr_result_is_in_flight(int result)
{
    switch (result) {
    case VWR_EINFLIGHT:
    case VWR_ETIMEOUT:
    case VWR_EBADRING:
    case VWR_ENEEDSRESET:
    case VWR_EGONE:
        return 1;
    default:
        return 0;
    }
}

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vwr_strerror() - Describe a result
 * @result: Any number.
 *
 * Return: A constant string with the result's name and its meaning, never NULL.
 */
const char *vwr_strerror(int result);

#ifdef __cplusplus
}
#endif

#endif
