/* SPDX-License-Identifier: MIT */
#ifndef VWR_VPLAN_VSOCK_H
#define VWR_VPLAN_VSOCK_H

#include "vplan.h"
#include "vwr/vvsock.h"

VWR_BEGIN_C

/**
 * DOC: A socket device of a plan
 *
 * The rows that `./vwr plan` writes for a socket device (vwr/vvsock.h), and the function that
 * builds it from them.
 */

/**
 * struct vwr_vplan_vsock - A socket device of a plan
 * @options: Options; ops, context and the memory of the sockets are set when the device is built.
 * @socket: Offset of the sockets in the structure.
 * @buffers: Offset of their receive buffers.
 */
struct vwr_vplan_vsock {
    struct vwr_vvsock_options options;
    size_t socket;
    size_t buffers;
};

vwr_vplan_build vwr_vplan_build_vsock;

VWR_END_C

#endif
