/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_FREEZE_H
#define VWR_QEMU_FREEZE_H

/* Deprives the QEMU process of processor time, as on an overloaded or suspended host. */

/* Stops QEMU, and returns when it has stopped. A thread resumes it this many milliseconds later. */
void freeze(unsigned ms);

/* Waits until QEMU runs again. */
void freeze_end(void);

#endif
