/* SPDX-License-Identifier: MIT */
#ifndef VHOST_HOST_H
#define VHOST_HOST_H

/* What the sources of this folder ask of the host's headers. The first header of each, before those of the
 * host. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memfd_create, pipe2 */
#endif
#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64 /* also on a host of 32 bits */
#endif

#endif
