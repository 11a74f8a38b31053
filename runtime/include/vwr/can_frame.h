/* SPDX-License-Identifier: MIT */
#ifndef VWR_CAN_FRAME_H
#define VWR_CAN_FRAME_H

#include "vwr/bytes.h"
#include "vwr/features.h"
#include "vwr/gen/can.h"

VWR_BEGIN_C

/**
 * DOC: CAN frames
 *
 * The driver (vwr/can.h) and the device (vwr/vcan.h) share this structure.
 */

/**
 * struct vwr_can_frame - A CAN frame
 * @id: Identifier: up to VWR_CAN_ID_MAX or, with EXTENDED, up to VWR_CAN_EXTENDED_ID_MAX.
 * @flags: enum vwr_can_frame_flags: FD, EXTENDED, RTR.
 * @length: Length of the data in bytes: up to VWR_CAN_CLASSIC_BYTES or, with FD, up to VWR_CAN_FD_BYTES. A
 *   remote transmission request has the length of the requested data, and its own data are zeroes.
 * @data: Data.
 */
struct vwr_can_frame {
    uint32_t id;
    uint32_t flags;
    uint32_t length;
    uint8_t data[VWR_CAN_FD_BYTES];
};

/**
 * vwr_can_check_frame() - Check a frame against the negotiated features
 * @f: Frame; its data are not accessed.
 * @features: Features.
 *
 * Return: VWR_OK.
 * * VWR_EFEATURE: frames of this type require a feature that was not negotiated.
 * * VWR_EINVAL: there is no frame of this type, or the identifier or the length is out of range.
 */
VWR_MUST_CHECK static inline int vwr_can_check_frame(const struct vwr_can_frame *f,
                                                     const struct vwr_features *features)
{
    const bool fd = (f->flags & VWR_CAN_FLAGS_FD) != 0, rtr = (f->flags & VWR_CAN_FLAGS_RTR) != 0;
    const bool extended = (f->flags & VWR_CAN_FLAGS_EXTENDED) != 0;
    const uint32_t known = VWR_CAN_FLAGS_FD | VWR_CAN_FLAGS_RTR | VWR_CAN_FLAGS_EXTENDED;

    if ((f->flags & ~known) != 0 || (fd && rtr) ||
        f->id > (extended ? (uint32_t)VWR_CAN_EXTENDED_ID_MAX : (uint32_t)VWR_CAN_ID_MAX) ||
        f->length > (fd ? (uint32_t)VWR_CAN_FD_BYTES : (uint32_t)VWR_CAN_CLASSIC_BYTES))
        return VWR_EINVAL;
    if (!vwr_features_have(features, fd ? VWR_CAN_F_CAN_FD : VWR_CAN_F_CAN_CLASSIC) ||
        (rtr && !vwr_features_have(features, VWR_CAN_F_RTR_FRAMES)))
        return VWR_EFEATURE;
    return VWR_OK;
}

VWR_END_C

#endif
