/* SPDX-License-Identifier: MIT */
#ifndef VWR_SELFTEST_H
#define VWR_SELFTEST_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/* Least memory, in bytes, that the test can be made with; more (some pages of it) shows more of vwr_port_dma.
 */
#define VWR_SELFTEST_BYTES 256u /* not the specification's: of ours */
/* Its alignment: of the widest register access, and of what the port's cache hooks work on. */
#define VWR_SELFTEST_ALIGN (VWR_PORT_DMA_ALIGN > 8u ? VWR_PORT_DMA_ALIGN : 8u)

/* Reads of the clock before it is said to stand still: a clock of 100 ticks a second moves in that time. */
#ifndef VWR_SELFTEST_CLOCK_READS
#define VWR_SELFTEST_CLOCK_READS 4000000u
#endif

/*
 * Looks at the port, once, before the first request; the device is not needed for it.
 *
 *     static _Alignas(64) uint8_t memory[3 * 4096]; // of the kind that buffers will lie in
 *     static char text[160];
 *     int port_is_good(void)
 *     {
 *         return vwr_port_selftest(memory, sizeof memory, text, sizeof text) == VWR_OK;
 *     }
 *
 * `memory`: normal memory that the device may reach, VWR_SELFTEST_BYTES or more of it, aligned to
 * VWR_SELFTEST_ALIGN, the caller's again at the end; its content is lost. `text`, terminated if
 * text_bytes > 0, names the hook and what it did; after VWR_OK it names what was looked at. 120 bytes are
 * enough for any of the sentences. In this order:
 *   VWR_ENOMEM    `memory` is too small or not aligned
 *   VWR_EALIGN    the stack that this call runs on is not aligned as the ABI says, where the compiler counts
 * on it: call it where requests are made, in a trap handler too if one makes them VWR_EPROTO    a register
 * access: width, or byte order. Not tried where VWR_PORT_REGISTERS_APART is 1 VWR_EFAILED   a barrier that
 * the compiler moves loads and stores across (seen in optimised builds), or a hook for caches that loses what
 * the CPU has written VWR_ETIMEOUT  a clock that stands still or goes back; not tried without one VWR_ERANGE
 * vwr_port_dma: no address for `memory`, or addresses that cannot be right VWR_EINVAL    all of that is well,
 * but vwr_port_dma has no address for a variable on the caller's stack: a system may be made like that, its
 * buffers must then lie elsewhere The variable is a small one. Whether buffers on the stack may go over the
 * edge of a page is seen by a call whose `memory` lies there, some pages of it. What no program can see of
 * itself is not tried: whether a barrier holds the processor, whether the device finds memory at the address
 * that vwr_port_dma says, whether the clock's unit is the microsecond, and vwr_port_idle. Memory: some 200
 * bytes of stack. Context: any in which the hooks may be called; it takes milliseconds, or
 * VWR_SELFTEST_CLOCK_READS reads of a clock that stands still.
 */
VWR_MUST_CHECK int vwr_port_selftest(void *memory, size_t bytes, char *text, size_t text_bytes);

VWR_END_C

#endif
