/* SPDX-License-Identifier: MIT */
#ifndef VWR_DEVICE_VVSOCK_COMMON_H
#define VWR_DEVICE_VVSOCK_COMMON_H

#include "vwr/vvsock.h"

/* Shared by the files of a socket device; not for embedders. The caller holds the lock. */

/* Sets the guest's context ID, in the configuration too. Returns false, without effect, if it is reserved. */
bool vwr_vvsock_set_cid(struct vwr_vvsock *v, uint64_t cid);

#endif
