/* SPDX-License-Identifier: MIT */
/* Generated from runtime/options.yaml by ./vwr generate: do not edit. */
#ifndef VWR_PROFILE_H
#define VWR_PROFILE_H

/*
 * Options that leave out parts of a build to save space, for example -DVWR_WITH_PACKED=0. Define
 * them for the library and for the files that include its headers. No option changes the layout of
 * a structure, so a build that mixes two profiles works, but is larger than necessary.
 * `./vwr bench copies` prints how much each option saves.
 *
 * A feature that is left out is not negotiated. Unused functions need no macro: a linker removes
 * them with -ffunction-sections and --gc-sections. Other options are VWR_ONE_TRANSPORT (dev.h),
 * VWR_ONE_CLASS (request.h), VWR_ONE_BRINGUP (bringup.h), and the trace, which a port enables (trace.h).
 */

#ifndef VWR_WITH_PACKED
#define VWR_WITH_PACKED 1           /* packed rings as well as split rings, and notifications with the ring index */
#endif
#ifndef VWR_WITH_INDIRECT
#define VWR_WITH_INDIRECT 1         /* indirect descriptors */
#endif
#ifndef VWR_WITH_IN_ORDER
#define VWR_WITH_IN_ORDER 1         /* devices that use buffers in order */
#endif
#ifndef VWR_WITH_SUSPEND
#define VWR_WITH_SUSPEND 1          /* device side: suspend and resume by the driver */
#endif
#ifndef VWR_WITH_ASYNC
#define VWR_WITH_ASYNC 1            /* several requests in flight, several queues, requests of several segments,
                                       events at a ring index */
#endif
#ifndef VWR_WITH_RANGES
#define VWR_WITH_RANGES 1           /* discard, write zeroes, secure erase, and the wear of the disk, with their
                                       features */
#endif
#ifndef VWR_WITH_ZONED
#define VWR_WITH_ZONED 1            /* disks with zones */
#endif
#ifndef VWR_WITH_RECOVERY
#define VWR_WITH_RECOVERY 1         /* reset of a failed device, restoring its setup, resubmitting its requests */
#endif
#ifndef VWR_WITH_EXCLUSIVE
#define VWR_WITH_EXCLUSIVE 1        /* device side: balloons and memory devices whose pages no other device of the VM
                                       can access */
#endif
#ifndef VWR_WITH_IOMMU
#define VWR_WITH_IOMMU 1            /* device side: devices behind an IOMMU; in a copy of embed with the device iommu */
#endif
#ifndef VWR_WITH_SPEED
#define VWR_WITH_SPEED 1            /* requests that are described once, and inline request paths: faster and more
                                       code, at -O1 and above */
#endif
#ifndef VWR_WITH_STATS
#define VWR_WITH_STATS 1            /* counters */
#endif
#ifndef VWR_WITH_TEXTS
#define VWR_WITH_TEXTS 1            /* errors, states and features as strings (vwr_strerror and similar calls) */
#endif
#ifndef VWR_WITH_LEGACY
#define VWR_WITH_LEGACY 1           /* legacy devices as well as modern ones; without it queues take less memory */
#endif

#endif
