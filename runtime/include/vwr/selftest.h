/* SPDX-License-Identifier: MIT */
#ifndef VWR_SELFTEST_H
#define VWR_SELFTEST_H

#include "vwr/base.h"
#include "vwr/result.h"

VWR_BEGIN_C

/**
 * DOC: Self-test of a port
 *
 * Run the self-test once, before the first request. It needs no device::
 *
 *     static _Alignas(64) uint8_t memory[3 * 4096]; // of the kind that buffers are allocated from
 *     static char text[160];
 *     int port_is_good(void)
 *     {
 *         return vwr_port_selftest(memory, sizeof memory, text, sizeof text) == VWR_OK;
 *     }
 */

/** VWR_SELFTEST_BYTES - Minimum size of the test's memory in bytes */
#define VWR_SELFTEST_BYTES 256u

/**
 * VWR_SELFTEST_ALIGN - Alignment of the test's memory in bytes
 *
 * The larger of the widest register access and VWR_PORT_DMA_ALIGN.
 */
#define VWR_SELFTEST_ALIGN (VWR_PORT_DMA_ALIGN > 8u ? VWR_PORT_DMA_ALIGN : 8u)

/**
 * VWR_SELFTEST_CLOCK_READS - Number of clock reads after which an unchanged clock counts as stopped
 *
 * The default is enough for a clock of 100 ticks per second.
 */
#ifndef VWR_SELFTEST_CLOCK_READS
#define VWR_SELFTEST_CLOCK_READS 4000000u
#endif

/**
 * vwr_port_selftest() - Test the port's hooks on normal memory
 * @memory: Memory that the device may access, aligned to VWR_SELFTEST_ALIGN. Its contents are lost. The
 *   caller owns it again when the call returns.
 * @bytes: Size of @memory in bytes, at least VWR_SELFTEST_BYTES. Pass several pages to test vwr_port_dma()
 *   more thoroughly.
 * @text: The caller's buffer for a message that describes the fault of the failed hook or, on success, lists
 *   the tests. It is always terminated if @text_bytes > 0.
 * @text_bytes: Size of @text in bytes; 120 is enough for every message.
 *
 * The test cannot detect a barrier that does not order the CPU's accesses, a wrong but plausible DMA address,
 * a clock that does not count in microseconds, or a faulty vwr_port_idle(). It uses about 200 bytes of stack.
 *
 * To test buffers on a stack whose pages are not contiguous, pass several pages of such a stack as
 * @memory.
 *
 * Context: Waits for a few milliseconds; if the clock has stopped, for VWR_SELFTEST_CLOCK_READS reads of it.
 *   Not from an interrupt handler, except to test the stack of a trap handler that makes requests.
 * Return: VWR_OK, or the first failure in this order:
 * * VWR_ENOMEM: @memory is too small or misaligned.
 * * VWR_EALIGN: the stack of this call is not aligned as the ABI requires.
 * * VWR_EPROTO: a register hook has the wrong width or byte order. The hooks are not tested if
 *   VWR_PORT_REGISTERS_APART is 1.
 * * VWR_EFAILED: the compiler moves accesses across a barrier (optimised builds only), or a cache
 *   hook loses data that the CPU wrote.
 * * VWR_ETIMEOUT: the clock has stopped or runs backwards.
 * * VWR_ERANGE: vwr_port_dma() returns no address or implausible addresses for @memory.
 * * VWR_EINVAL: all other tests passed, but vwr_port_dma() returns no address for a variable on the caller's
 *   stack. If this is intended, do not put buffers on the stack.
 */
VWR_MUST_CHECK int vwr_port_selftest(void *memory, size_t bytes, char *text, size_t text_bytes);

VWR_END_C

#endif
