/* SPDX-License-Identifier: MIT */
#ifndef VWR_BASE_H
#define VWR_BASE_H

/**
 * DOC: Base header
 *
 * Every other header includes this one. It includes the port's header, checks the port's types and hooks at
 * compile time, and contains helpers for byte order, registers and counters that both sides use. No other
 * header includes the port's header, and only the port's header includes system headers.
 *
 * The port header is found in this order:
 *
 * - VWR_PORT_HEADER, if it is defined: -DVWR_PORT_HEADER='"file"'.
 * - "vwr_port.h" on the include path. runtime/port/template contains a template.
 */

#if defined(VWR_PORT_HEADER)
#include VWR_PORT_HEADER
#elif defined(__has_include)
#if __has_include("vwr_port.h")
#include "vwr_port.h"
#else
#error \
    "vwr_port.h not found: copy runtime/port/template/vwr_port.h onto the include path, or use -DVWR_PORT_HEADER='\"file\"'"
#endif
#else
#include "vwr_port.h"
#endif

#include "vwr/port_defaults.h"
#include "vwr/profile.h"
#include "vwr/trace.h"
#include "vwr/version.h"

#if defined(__cplusplus)
#define VWR_STATIC_ASSERT(condition, text) static_assert(condition, text)
#else
#define VWR_STATIC_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* These enclose the declarations of a header so that C++ can include it. */
#ifdef __cplusplus
#define VWR_BEGIN_C extern "C" {
#define VWR_END_C }
#else
#define VWR_BEGIN_C
#define VWR_END_C
#endif

/** VWR_MUST_CHECK - Warn if a caller ignores the result */
#define VWR_MUST_CHECK __attribute__((warn_unused_result))

/** VWR_PACKED - A structure without padding */
#define VWR_PACKED __attribute__((packed))

/** VWR_MAY_ALIAS - A type that may access memory of any other type */
#define VWR_MAY_ALIAS __attribute__((may_alias))

/**
 * VWR_ALWAYS_INLINE - Always inline a function whose code, with constant arguments, is smaller than a call
 */
#define VWR_ALWAYS_INLINE static inline __attribute__((always_inline))

/**
 * VWR_RARELY() - Mark a condition that is expected to be false
 * @condition: Condition. The compiler moves the code that runs if it is true out of the fast path.
 */
#define VWR_RARELY(condition) __builtin_expect(!!(condition), 0)

/** VWR_OUT_OF_LINE - Never inline a function */
#define VWR_OUT_OF_LINE __attribute__((noinline))

/*
 * VWR_FAST_INLINE: a function that runs for every request. A build for speed inlines it; any other
 * build has one copy.
 *
 * VWR_COLD: a function that rarely runs. A build for speed keeps it out of line.
 *
 * VWR_IS_FAST: 1 in a build for speed.
 *
 * VWR_BINDS_CHAINS: 1 if the driver's classes pre-build the constant descriptors of each slot. It is 0 in
 * small builds and in builds without asynchronous calls, where the classes build each chain from scratch.
 */
#if defined(__OPTIMIZE_SIZE__) || !defined(__OPTIMIZE__) || !VWR_WITH_SPEED
#define VWR_IS_FAST 0
#define VWR_BINDS_CHAINS 0
#define VWR_COLD __attribute__((cold))
#define VWR_FAST_INLINE static inline
#else
#define VWR_IS_FAST 1
#define VWR_BINDS_CHAINS VWR_WITH_ASYNC
#define VWR_COLD __attribute__((noinline, cold))
#define VWR_FAST_INLINE VWR_ALWAYS_INLINE
#endif

/**
 * VWR_ASYNC(), VWR_RECOVERY() - A value that is a constant in a build without VWR_WITH_ASYNC or
 * VWR_WITH_RECOVERY
 * @value: Value.
 * @otherwise: Constant that such a build uses instead. The compiler drops the code for any other value.
 */
#define VWR_ASYNC(value, otherwise) (VWR_WITH_ASYNC ? (value) : (otherwise))
#define VWR_RECOVERY(value, otherwise) (VWR_WITH_RECOVERY ? (value) : (otherwise))

/**
 * VWR_ACCESS_CALLS - Support transports that reach a device through calls
 *
 * With -DVWR_ACCESS_CALLS=1, a transport may access the configuration space with functions (struct
 * vwr_config_access, vwr/config.h) and notify the device with a function (struct vwr_doorbell_call,
 * vwr/queue.h) instead of loads and stores: vwr_pci_probe_cfg() (vwr/pci.h), and transports without registers
 * in memory. Set it for the library and for every program that includes its headers. Each access to a
 * configuration space then tests whether the CPU can access the space directly.
 */
#ifndef VWR_ACCESS_CALLS
#define VWR_ACCESS_CALLS 0
#endif

/* Types of the port. */
VWR_STATIC_ASSERT(sizeof(uint8_t) == 1 && sizeof(uint16_t) == 2,
                  "vwr port: uint8_t or uint16_t has the wrong size");
VWR_STATIC_ASSERT(sizeof(uint32_t) == 4 && sizeof(uint64_t) == 8,
                  "vwr port: uint32_t or uint64_t has the wrong size");
VWR_STATIC_ASSERT(sizeof(uintptr_t) == sizeof(void *) && sizeof(void *) <= 8,
                  "vwr port: uintptr_t is not a pointer wide");
VWR_STATIC_ASSERT((bool)2 == 1,
                  "vwr port: bool must be _Bool: as another type it keeps values other than 0 and 1");

/* Compiler flags that change the layout of structures. */
#ifdef __attribute__
#error "a header of the C library defines __attribute__ away for this compiler: the port must not include it"
#endif
struct vwr_padded {
    uint8_t byte;
    void *pointer;
};
VWR_STATIC_ASSERT(__alignof__(struct vwr_padded) == __alignof__(void *),
                  "vwr: structures are packed: compile Virtwright without -fpack-struct and #pragma pack");

/*
 * Hooks of the port. If a hook has the wrong type, the error message names it; if a hook is
 * missing, the compiler reports the line that declares its type. docs/porting.md describes each
 * hook.
 */
#if !defined(__cplusplus)
#define VWR_SAME_TYPE(hook, type) __builtin_types_compatible_p(__typeof__(&hook), type)
#elif defined(__clang__) || __GNUC__ >= 10
#define VWR_SAME_TYPE(hook, type) __is_same(__typeof__(&hook), type)
#endif
#if defined(VWR_SAME_TYPE)
#define VWR_PORT_MUST_HAVE(answer, hook, arguments)             \
    VWR_STATIC_ASSERT(VWR_SAME_TYPE(hook, answer(*) arguments), \
                      "vwr port: " #hook " must be " #answer " " #hook #arguments)
#define VWR_PORT_MAY_HAVE VWR_PORT_MUST_HAVE
VWR_PORT_MUST_HAVE(uint8_t, vwr_port_read8, (const volatile void *reg));
VWR_PORT_MUST_HAVE(uint16_t, vwr_port_read16, (const volatile void *reg));
VWR_PORT_MUST_HAVE(uint32_t, vwr_port_read32, (const volatile void *reg));
VWR_PORT_MUST_HAVE(void, vwr_port_write8, (volatile void *reg, uint8_t value));
VWR_PORT_MUST_HAVE(void, vwr_port_write16, (volatile void *reg, uint16_t value));
VWR_PORT_MUST_HAVE(void, vwr_port_write32, (volatile void *reg, uint32_t value));
VWR_PORT_MUST_HAVE(void, vwr_port_mb, (void));
VWR_PORT_MUST_HAVE(void, vwr_port_rmb, (void));
VWR_PORT_MUST_HAVE(void, vwr_port_wmb, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_release, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_out16, (uint16_t port, uint16_t value));
VWR_PORT_MUST_HAVE(uint64_t, vwr_port_dma, (const void *p, size_t n, size_t *run));
VWR_PORT_MAY_HAVE(void, vwr_port_sync_for_device, (const void *p, size_t n));
VWR_PORT_MAY_HAVE(void, vwr_port_sync_for_cpu, (const void *p, size_t n));
VWR_PORT_MAY_HAVE(uint64_t, vwr_port_dma_map, (void *context, void *p, size_t n, unsigned dma, size_t *run));
VWR_PORT_MAY_HAVE(void, vwr_port_dma_unmap, (void *context, uint64_t addr, void *p, size_t n, unsigned dma));
VWR_PORT_MAY_HAVE(void, vwr_port_relax, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_idle, (const volatile uint32_t *word, uint32_t seen, uint32_t us));
VWR_PORT_MAY_HAVE(uint64_t, vwr_port_time_us, (void));
VWR_PORT_MAY_HAVE(uint32_t, vwr_port_ticks, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_log, (const char *line));
#endif
VWR_STATIC_ASSERT(VWR_PORT_DMA_ALIGN > 0 && (VWR_PORT_DMA_ALIGN & (VWR_PORT_DMA_ALIGN - 1)) == 0,
                  "vwr port: VWR_PORT_DMA_ALIGN must be a power of 2");

/**
 * enum vwr_dma - What memory is mapped for; see vwr_port_dma_map()
 * @VWR_DMA_OUT: The device reads it.
 * @VWR_DMA_IN: The device writes it.
 * @VWR_DMA_SHARED: Driver and device access it at the same time until it is unmapped, so it cannot be copied.
 */
enum vwr_dma { VWR_DMA_OUT = 1, VWR_DMA_IN = 2, VWR_DMA_SHARED = 3 };

/* A port without vwr_port_dma_map() translates all memory with vwr_port_dma(), the same for each device. */
#if !VWR_PORT_HAS_DMA_MAP
static inline uint64_t vwr_port_dma_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    (void)context;
    (void)dma;
    return vwr_port_dma(p, n, run);
}
#endif

/* Byte order of the CPU, from the compiler. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define VWR_BIG_ENDIAN 1
#else
#define VWR_BIG_ENDIAN 0
#endif

/*
 * A value in the byte order of the specification. The type documents the byte order; the compiler
 * does not check it.
 */
typedef uint16_t vwr_le16;
typedef uint32_t vwr_le32;
typedef uint64_t vwr_le64;
typedef uint16_t vwr_be16;
typedef uint32_t vwr_be32;
typedef uint64_t vwr_be64;

/*
 * A byte swap is one instruction, except on RISC-V without Zbb. There it takes about twelve, and the compiler
 * may put them into a function.
 */
#if defined(__riscv) && !defined(__riscv_zbb)
#define VWR_SWAP_INLINE static inline
#else
#define VWR_SWAP_INLINE VWR_ALWAYS_INLINE
#endif

/**
 * vwr_swap32() - Reverse the bytes of a 32-bit value
 * @v: Value.
 *
 * The compiler's builtin is not used, because it calls libgcc on CPUs without a byte-swap
 * instruction.
 *
 * Return: @v with its bytes reversed.
 */
VWR_SWAP_INLINE uint32_t vwr_swap32(uint32_t v)
{
    return v << 24 | (v & 0xff00u) << 8 | (v >> 8 & 0xff00u) | v >> 24;
}

/**
 * vwr_swap64() - Reverse the bytes of a 64-bit value
 * @v: Value.
 *
 * Return: @v with its bytes reversed.
 */
static inline uint64_t vwr_swap64(uint64_t v)
{
    return (uint64_t)vwr_swap32((uint32_t)v) << 32 | vwr_swap32((uint32_t)(v >> 32));
}

/**
 * vwr_le16_to_cpu() - Convert a little-endian 16-bit value to CPU order
 * @v: Little-endian value.
 *
 * Return: The value in CPU order.
 */
static inline uint16_t vwr_le16_to_cpu(vwr_le16 v)
{
    return VWR_BIG_ENDIAN ? (uint16_t)(v << 8 | v >> 8) : v;
}

/**
 * vwr_le32_to_cpu() - Convert a little-endian 32-bit value to CPU order
 * @v: Little-endian value.
 *
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_le32_to_cpu(vwr_le32 v)
{
    return VWR_BIG_ENDIAN ? vwr_swap32(v) : v;
}

/**
 * vwr_le64_to_cpu() - Convert a little-endian 64-bit value to CPU order
 * @v: Little-endian value.
 *
 * Return: The value in CPU order.
 */
static inline uint64_t vwr_le64_to_cpu(vwr_le64 v)
{
    return VWR_BIG_ENDIAN ? vwr_swap64(v) : v;
}

/**
 * vwr_cpu_to_le16() - Convert a 16-bit value to little-endian
 * @v: Value in CPU order.
 *
 * Return: The little-endian value.
 */
static inline vwr_le16 vwr_cpu_to_le16(uint16_t v)
{
    return vwr_le16_to_cpu(v);
}

/**
 * vwr_cpu_to_le32() - Convert a 32-bit value to little-endian
 * @v: Value in CPU order.
 *
 * Return: The little-endian value.
 */
static inline vwr_le32 vwr_cpu_to_le32(uint32_t v)
{
    return vwr_le32_to_cpu(v);
}

/**
 * vwr_cpu_to_le64() - Convert a 64-bit value to little-endian
 * @v: Value in CPU order.
 *
 * Return: The little-endian value.
 */
static inline vwr_le64 vwr_cpu_to_le64(uint64_t v)
{
    return vwr_le64_to_cpu(v);
}

/**
 * vwr_cpu_to_be16() - Convert a 16-bit value to big-endian
 * @v: Value in CPU order.
 *
 * Return: The big-endian value.
 */
static inline vwr_be16 vwr_cpu_to_be16(uint16_t v)
{
    return VWR_BIG_ENDIAN ? v : (uint16_t)(v << 8 | v >> 8);
}

/**
 * vwr_cpu_to_be32() - Convert a 32-bit value to big-endian
 * @v: Value in CPU order.
 *
 * Return: The big-endian value.
 */
VWR_SWAP_INLINE vwr_be32 vwr_cpu_to_be32(uint32_t v)
{
    return VWR_BIG_ENDIAN ? v : vwr_swap32(v);
}

/**
 * vwr_cpu_to_be64() - Convert a 64-bit value to big-endian
 * @v: Value in CPU order.
 *
 * Return: The big-endian value.
 */
static inline vwr_be64 vwr_cpu_to_be64(uint64_t v)
{
    return VWR_BIG_ENDIAN ? v : vwr_swap64(v);
}

/**
 * vwr_be16_to_cpu() - Convert a big-endian 16-bit value to CPU order
 * @v: Big-endian value.
 *
 * Return: The value in CPU order.
 */
static inline uint16_t vwr_be16_to_cpu(vwr_be16 v)
{
    return vwr_cpu_to_be16(v);
}

/**
 * vwr_be32_to_cpu() - Convert a big-endian 32-bit value to CPU order
 * @v: Big-endian value.
 *
 * Return: The value in CPU order.
 */
VWR_SWAP_INLINE uint32_t vwr_be32_to_cpu(vwr_be32 v)
{
    return vwr_cpu_to_be32(v);
}

/**
 * vwr_be64_to_cpu() - Convert a big-endian 64-bit value to CPU order
 * @v: Big-endian value.
 *
 * Return: The value in CPU order.
 */
static inline uint64_t vwr_be64_to_cpu(vwr_be64 v)
{
    return vwr_cpu_to_be64(v);
}

/**
 * vwr_guest16() - Convert a 16-bit field between guest order and CPU order
 * @legacy: true for a device with the legacy interface.
 * @v: Value in either order; the conversion is its own inverse.
 *
 * Rings, configuration fields and request headers are little-endian on a modern device and in the
 * guest's byte order on a legacy device.
 *
 * Return: The converted value.
 * Section: Legacy Interfaces: A Note on Device Configuration Space endian-ness, and the equivalent
 *   note for each structure.
 */
static inline uint16_t vwr_guest16(bool legacy, uint16_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le16_to_cpu(v);
}

/**
 * vwr_guest32() - Convert a 32-bit field between guest order and CPU order
 * @legacy: true for a device with the legacy interface.
 * @v: Value in either order; see vwr_guest16().
 *
 * Return: The converted value.
 */
static inline uint32_t vwr_guest32(bool legacy, uint32_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le32_to_cpu(v);
}

/**
 * vwr_guest64() - Convert a 64-bit field between guest order and CPU order
 * @legacy: true for a device with the legacy interface.
 * @v: Value in either order; see vwr_guest16().
 *
 * Return: The converted value.
 */
static inline uint64_t vwr_guest64(bool legacy, uint64_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le64_to_cpu(v);
}

/**
 * vwr_guest_is_big() - Test whether fields in guest order are big-endian
 * @legacy: true for a device with the legacy interface.
 *
 * Return: true if the fields are big-endian.
 */
static inline bool vwr_guest_is_big(bool legacy)
{
    return VWR_BIG_ENDIAN && legacy;
}

/**
 * vwr_sync_data_for_device() - Sync a data buffer before the device accesses it
 * @p: Start of the buffer.
 * @n: Size in bytes.
 *
 * The function does nothing if the port has vwr_port_dma_map(), which syncs data itself.
 */
static inline void vwr_sync_data_for_device(const void *p, size_t n)
{
    if (!VWR_PORT_HAS_DMA_MAP)
        vwr_port_sync_for_device(p, n);
}

/**
 * vwr_sync_data_for_cpu() - Sync a data buffer before the CPU reads what the device wrote
 * @p: Start of the buffer.
 * @n: Size in bytes.
 *
 * The function does nothing if the port has vwr_port_dma_unmap(), which syncs data itself.
 */
static inline void vwr_sync_data_for_cpu(const void *p, size_t n)
{
    if (!VWR_PORT_HAS_DMA_MAP)
        vwr_port_sync_for_cpu(p, n);
}

/**
 * vwr_reg_read32() - Read a 32-bit device register
 * @base: Register block, mapped uncached.
 * @offset: Offset of the register in bytes.
 *
 * Register blocks are little-endian in both versions of the interface. vwr_trace() records the access.
 *
 * Return: The value in CPU order.
 */
static inline uint32_t vwr_reg_read32(const volatile void *base, unsigned offset)
{
    const volatile uint8_t *const reg = (const volatile uint8_t *)base + offset;
    const uint32_t v = vwr_le32_to_cpu(vwr_port_read32(reg));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)reg, sizeof(v), v);
    return v;
}

/**
 * vwr_reg_write32() - Write a 32-bit device register
 * @base: Register block, mapped uncached.
 * @offset: Offset of the register in bytes.
 * @v: Value in CPU order.
 *
 * vwr_trace() records the access.
 */
static inline void vwr_reg_write32(volatile void *base, unsigned offset, uint32_t v)
{
    volatile uint8_t *const reg = (volatile uint8_t *)base + offset;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)reg, sizeof(v), v);
    vwr_port_write32(reg, vwr_cpu_to_le32(v));
}

/**
 * typedef vwr_count - A statistics counter
 *
 * Only the owner of the counted object writes the counter; any thread may read it at any time. A counter is
 * as wide as a pointer, so a read is never torn. Counters wrap around, so readers should use differences. All
 * counters stay 0 in a build with VWR_WITH_STATS=0.
 */
typedef uintptr_t vwr_count;

/**
 * vwr_count_add() - Add to a counter
 * @c: Counter.
 * @n: Number of events.
 *
 * Context: The owner of the counted object, which may be an interrupt handler. Does not wait.
 */
static inline void vwr_count_add(vwr_count *c, uintptr_t n)
{
    if (VWR_WITH_STATS)
        *c += n;
}

/**
 * vwr_count_most() - Update a counter that records a maximum
 * @c: Counter.
 * @n: Current value; it is stored if it exceeds the maximum so far.
 *
 * Context: The owner of the counted object, which may be an interrupt handler. Does not wait.
 */
static inline void vwr_count_most(vwr_count *c, uintptr_t n)
{
    if (VWR_WITH_STATS && n > *c)
        *c = n;
}

#endif
