/* SPDX-License-Identifier: MIT */
#ifndef VWR_QEMU_FREEZE_H
#define VWR_QEMU_FREEZE_H

/* QEMU as a process that gets no processor time, as on a host that is overloaded or suspended. */

/* Stops QEMU and answers when it stands still; a thread lets it go on so many milliseconds later. */
void freeze(unsigned ms);

/* Waits until it goes on. */
void freeze_end(void);

#endif
