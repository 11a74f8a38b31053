/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VVSOCK_COMMON_H
#define VWR_DEVICE_VVSOCK_COMMON_H

#include "vwr/vvsock.h"

/* Shared by the files of a socket device; not for embedders. The caller holds the lock. */

/* Whether a context ID is valid for a guest. */
static inline bool vvsock_is_cid(uint64_t cid)
{
    return cid > VWR_VSOCK_CID_HOST && cid < VWR_VSOCK_CID_RESERVED_32;
}

/*
 * Sets the guest's context ID, including the one in the configuration. If the ID is reserved, returns false
 * and changes nothing.
 */
bool vwr_vvsock_set_cid_(struct vwr_vvsock *v, uint64_t cid);

#endif
