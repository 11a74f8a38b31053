/* SPDX-License-Identifier: MIT */
#include "vwr/base.h"
#include "vwr/result.h"

const char *vwr_strerror(int result)
{
    static const char *const text[] = {
        "OK",
        "ENODEV: empty slot, no device here",
        "EMAGIC: no register block, tree or table",
        "EVERSION: unknown layout version",
        "ETYPE: a device of another type",
        "EGONE: nothing answers on the bus: registers read as all ones",
        "EFEATURE: a required feature is missing, or the device refused the set",
        "ENOQUEUE: the device has no such queue, or did not accept it",
        "ENOMEM: memory too small, or not aligned",
        "EBUSY: in use, in flight or in progress; call again when that has ended",
        "EINVAL: invalid argument",
        "ERANGE: beyond the end",
        "EALIGN: buffer or sector not aligned",
        "EROFS: read-only device",
        "EUNSUPP: the device does not support this request",
        "EIO: I/O error of the device",
        "EPROTO: the answer violates the specification",
        "EFULL: not enough free descriptors; call again after a completion",
        "EBADRING: the device used a buffer that is not in flight",
        "ENEEDSRESET: the device needs a reset",
        "ETIMEOUT: no answer in time",
        "EUNSTABLE: the configuration kept changing",
        "EFAILED: used after a failure; recover the device, or open it again",
        "ERESET: returned by a reset before the device answered",
        "ESEGMENTS: more segments than one request can have",
        "EZONE: the zone does not allow this request now",
        "EINFLIGHT: in flight until a reset; the device may access the memory",
    };

    if (result > 0)
        return text[0];
    if (result < VWR_EINFLIGHT)
        return "unknown result";
    return text[-result];
}
