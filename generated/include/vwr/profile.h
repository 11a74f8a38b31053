/* SPDX-License-Identifier: MIT */
/* Generated from runtime/options.yaml by ./vwr generate: do not edit. */
#ifndef VWR_PROFILE_H
#define VWR_PROFILE_H

/*
 * What a build has, and what it leaves out to be smaller: -DVWR_WITH_PACKED=0 and so on, for the
 * library and for whoever includes its headers. Nothing here changes the layout of a structure,
 * so a build with two profiles in it is larger than it has to be and no worse. `./vwr bench` prints
 * what each is worth.
 *
 * A feature that is left out is not negotiated; a call that is left out is dropped by a linker
 * that drops unused functions (-ffunction-sections, --gc-sections), without any macro.
 * Besides these: VWR_ONE_TRANSPORT (dev.h), VWR_ONE_CLASS (request.h), VWR_VM_LOCKS (vm.h), and the trace, which a port
 * switches on (trace.h).
 */

#ifndef VWR_WITH_PACKED
#define VWR_WITH_PACKED 1           /* packed rings, besides split ones, and notifications that carry the ring index */
#endif
#ifndef VWR_WITH_INDIRECT
#define VWR_WITH_INDIRECT 1         /* indirect descriptors */
#endif
#ifndef VWR_WITH_IN_ORDER
#define VWR_WITH_IN_ORDER 1         /* devices that use buffers in order */
#endif
#ifndef VWR_WITH_SUSPEND
#define VWR_WITH_SUSPEND 1          /* a driver suspends a device, and resumes it */
#endif
#ifndef VWR_WITH_ASYNC
#define VWR_WITH_ASYNC 1            /* several requests in flight, several queues, requests of several segments,
                                       events at a ring index */
#endif
#ifndef VWR_WITH_RANGES
#define VWR_WITH_RANGES 1           /* discard, write zeroes, secure erase, and how worn the disk is */
#endif
#ifndef VWR_WITH_ZONED
#define VWR_WITH_ZONED 1            /* disks with zones */
#endif
#ifndef VWR_WITH_RECOVERY
#define VWR_WITH_RECOVERY 1         /* resetting a device that has failed, setting it up as it was, sending its
                                       requests again */
#endif
#ifndef VWR_WITH_SPEED
#define VWR_WITH_SPEED 1            /* requests that are described once, and what each goes through inline: faster,
                                       more code; not at -Os */
#endif
#ifndef VWR_WITH_STATS
#define VWR_WITH_STATS 1            /* counters */
#endif
#ifndef VWR_WITH_TEXTS
#define VWR_WITH_TEXTS 1            /* errors, states and features as strings (vwr_strerror and its like) */
#endif
#ifndef VWR_WITH_LEGACY
#define VWR_WITH_LEGACY 1           /* device side: devices of MMIO version 1, besides those of version 2 */
#endif

#endif
