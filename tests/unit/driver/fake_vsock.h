/* SPDX-License-Identifier: MIT */
#ifndef FAKE_VSOCK_H
#define FAKE_VSOCK_H

#include "format.h"
#include "vwr/vsock.h"

/* A socket device whose packets a test writes and reads one by one. */

#define FAKE_CID 77u
#define FAKE_SOCKETS 4u
#define FAKE_SOCKET_BYTES 256u

/* Plugs the device in, with the features of vwr/gen/vsock.h in `features`. */
void fake_vsock_plug(struct world *w, const struct format *f, uint32_t features);

/* Opens the driver with FAKE_SOCKETS sockets. */
int fake_vsock_open(struct world *w, struct vwr_vsock *v);

/* The device sends a packet, whose cids are those of host and guest if they are 0, with the used length of
 * header and `n` bytes. */
void fake_vsock_sends(struct world *w, const struct vwr_vsock_hdr_values *p, const void *data, uint32_t n);

/* The next packet that the driver has sent; false: there is none. Its data: at most n bytes. */
bool fake_vsock_takes(struct world *w, struct vwr_vsock_hdr_values *p, void *data, uint32_t n);

#endif
