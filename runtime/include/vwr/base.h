/* SPDX-License-Identifier: MIT */
#ifndef VWR_BASE_H
#define VWR_BASE_H

/*
 * The one bottom header: pulls in the port, checks it, and gives byte order helpers. Nothing
 * else in Virtwright names a system header, and this one does it only through the port.
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

/* Around what a header declares, which C++ includes too. */
#ifdef __cplusplus
#define VWR_BEGIN_C extern "C" {
#define VWR_END_C }
#else
#define VWR_BEGIN_C
#define VWR_END_C
#endif

#define VWR_MUST_CHECK __attribute__((warn_unused_result))
#define VWR_PACKED __attribute__((packed))
#define VWR_MAY_ALIAS __attribute__((may_alias)) /* reaches memory that has another type */
/* For a helper that is less code inside its caller, with constant arguments, than the call of it would be. */
#define VWR_ALWAYS_INLINE static inline __attribute__((always_inline))

/* Not expected: out of the way of what the expected path keeps in registers. */
#define VWR_RARELY(condition) __builtin_expect(!!(condition), 0)

/*
 * FAST_INLINE is for what every request goes through: inline where the compiler is to make it fast, one copy
 * where small. COLD is for what happens once at most: kept out of the way, and where it is to be fast out of
 * line. BINDS_CHAINS: the driver's classes describe what is the same in each request of a slot once; where
 * the code is to be small, or calls wait for one request at a time, each is described anew.
 */
#define VWR_OUT_OF_LINE __attribute__((noinline))
#if defined(__OPTIMIZE_SIZE__) || !defined(__OPTIMIZE__) || !VWR_WITH_SPEED
#define VWR_BINDS_CHAINS 0
#define VWR_COLD __attribute__((cold))
#define VWR_FAST_INLINE static inline
#else
#define VWR_BINDS_CHAINS VWR_WITH_ASYNC
#define VWR_COLD __attribute__((noinline, cold))
#define VWR_FAST_INLINE VWR_ALWAYS_INLINE
#endif

/*
 * A switch, for the library and for whoever includes its headers: -DVWR_CFG_ACCESS=1 for devices whose
 * BARs the CPU does not reach (vwr_pci_probe_cfg of vwr/pci.h). Each access to a configuration then looks
 * which way it goes.
 */
#ifndef VWR_CFG_ACCESS
#define VWR_CFG_ACCESS 0
#endif

/* Types of the port. */
VWR_STATIC_ASSERT(sizeof(uint8_t) == 1 && sizeof(uint16_t) == 2,
                  "vwr port: uint8_t or uint16_t has the wrong size");
VWR_STATIC_ASSERT(sizeof(uint32_t) == 4 && sizeof(uint64_t) == 8,
                  "vwr port: uint32_t or uint64_t has the wrong size");
VWR_STATIC_ASSERT(sizeof(uintptr_t) == sizeof(void *) && sizeof(void *) <= 8,
                  "vwr port: uintptr_t is not a pointer wide");

/*
 * Hooks of the port: a wrong one is named by the text, a missing one by the compiler on the line that says
 * what it has to be. docs/porting.md has a row for each.
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
VWR_PORT_MAY_HAVE(uint64_t, vwr_port_dma_map, (void *p, size_t n, bool in, size_t *run));
VWR_PORT_MAY_HAVE(void, vwr_port_dma_unmap, (uint64_t addr, void *p, size_t n, bool in));
VWR_PORT_MAY_HAVE(void, vwr_port_relax, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_idle, (const volatile uint32_t *word, uint32_t seen, uint32_t us));
VWR_PORT_MAY_HAVE(uint64_t, vwr_port_time_us, (void));
VWR_PORT_MAY_HAVE(uint32_t, vwr_port_ticks, (void));
VWR_PORT_MAY_HAVE(void, vwr_port_log, (const char *line));
#endif
VWR_STATIC_ASSERT(VWR_PORT_DMA_ALIGN > 0 && (VWR_PORT_DMA_ALIGN & (VWR_PORT_DMA_ALIGN - 1)) == 0,
                  "vwr port: VWR_PORT_DMA_ALIGN must be a power of 2");

/* By vwr_port_dma, which has been checked above. */
#if !VWR_PORT_HAS_DMA_MAP
static inline uint64_t vwr_port_dma_map(void *p, size_t n, bool in, size_t *run)
{
    (void)in;
    return vwr_port_dma(p, n, run);
}
#endif

/* Byte order. The compiler knows the host's; le and be types say the specification's. */
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define VWR_BIG_ENDIAN 1
#else
#define VWR_BIG_ENDIAN 0
#endif

typedef uint16_t vwr_le16;
typedef uint32_t vwr_le32;
typedef uint64_t vwr_le64;
typedef uint16_t vwr_be16;
typedef uint32_t vwr_be32;
typedef uint64_t vwr_be64;

/* One instruction, which is less than a call of it, but on RISC-V without Zbb a dozen: one copy there. */
#if defined(__riscv) && !defined(__riscv_zbb)
#define VWR_SWAP_INLINE static inline
#else
#define VWR_SWAP_INLINE VWR_ALWAYS_INLINE
#endif

/* Not the compiler's, which calls libgcc where the processor has no instruction for it. */
VWR_SWAP_INLINE uint32_t vwr_swap32(uint32_t v)
{
    return v << 24 | (v & 0xff00u) << 8 | (v >> 8 & 0xff00u) | v >> 24;
}

static inline uint64_t vwr_swap64(uint64_t v)
{
    return (uint64_t)vwr_swap32((uint32_t)v) << 32 | vwr_swap32((uint32_t)(v >> 32));
}

static inline uint16_t vwr_le16_to_cpu(vwr_le16 v)
{
    return VWR_BIG_ENDIAN ? (uint16_t)(v << 8 | v >> 8) : v;
}

static inline uint32_t vwr_le32_to_cpu(vwr_le32 v)
{
    return VWR_BIG_ENDIAN ? vwr_swap32(v) : v;
}

static inline uint64_t vwr_le64_to_cpu(vwr_le64 v)
{
    return VWR_BIG_ENDIAN ? vwr_swap64(v) : v;
}

/* The same swap, or none, both ways. */
#define vwr_cpu_to_le16 vwr_le16_to_cpu
#define vwr_cpu_to_le32 vwr_le32_to_cpu
#define vwr_cpu_to_le64 vwr_le64_to_cpu

static inline vwr_be16 vwr_cpu_to_be16(uint16_t v)
{
    return VWR_BIG_ENDIAN ? v : (uint16_t)(v << 8 | v >> 8);
}

VWR_SWAP_INLINE vwr_be32 vwr_cpu_to_be32(uint32_t v)
{
    return VWR_BIG_ENDIAN ? v : vwr_swap32(v);
}

static inline vwr_be64 vwr_cpu_to_be64(uint64_t v)
{
    return VWR_BIG_ENDIAN ? v : vwr_swap64(v);
}

#define vwr_be16_to_cpu vwr_cpu_to_be16
#define vwr_be32_to_cpu vwr_cpu_to_be32
#define vwr_be64_to_cpu vwr_cpu_to_be64

/*
 * Rings, configuration and request headers: little-endian, with a legacy device in the guest's
 * order. Either way is its own inverse. Section: Legacy Interfaces: A Note on Device
 * Configuration Space endian-ness, and its like for each structure.
 */
static inline uint16_t vwr_guest16(bool legacy, uint16_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le16_to_cpu(v);
}

static inline uint32_t vwr_guest32(bool legacy, uint32_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le32_to_cpu(v);
}

static inline uint64_t vwr_guest64(bool legacy, uint64_t v)
{
    return VWR_BIG_ENDIAN && legacy ? v : vwr_le64_to_cpu(v);
}

static inline bool vwr_guest_is_big(bool legacy)
{
    return VWR_BIG_ENDIAN && legacy;
}

/* The two syncs of data: where the port maps them, map and unmap have done that. */
static inline void vwr_sync_data_for_device(const void *p, size_t n)
{
    if (!VWR_PORT_HAS_DMA_MAP)
        vwr_port_sync_for_device(p, n);
}

static inline void vwr_sync_data_for_cpu(const void *p, size_t n)
{
    if (!VWR_PORT_HAS_DMA_MAP)
        vwr_port_sync_for_cpu(p, n);
}

/* A register block is little-endian in both versions; the port reads and writes in the host's order. */
static inline uint32_t vwr_reg_read32(const volatile void *base, unsigned offset)
{
    const volatile uint8_t *const reg = (const volatile uint8_t *)base + offset;
    const uint32_t v = vwr_le32_to_cpu(vwr_port_read32(reg));

    vwr_trace(VWR_TRACE_READ, (uintptr_t)reg, sizeof(v), v);
    return v;
}

static inline void vwr_reg_write32(volatile void *base, unsigned offset, uint32_t v)
{
    volatile uint8_t *const reg = (volatile uint8_t *)base + offset;

    vwr_trace(VWR_TRACE_WRITE, (uintptr_t)reg, sizeof(v), v);
    vwr_port_write32(reg, vwr_cpu_to_le32(v));
}

/*
 * Counters. Each is written by the owner of what it counts and may be read by anybody at any
 * time: it is as wide as a pointer, so a reader sees all of it, and it wraps, so a reader takes
 * differences. All stay 0 in a build with VWR_WITH_STATS=0.
 */
typedef uintptr_t vwr_count;

static inline void vwr_count_add(vwr_count *c, uintptr_t n)
{
    if (VWR_WITH_STATS)
        *c += n;
}

/* The most that there was of something; `n`: how much there is. */
static inline void vwr_count_most(vwr_count *c, uintptr_t n)
{
    if (VWR_WITH_STATS && n > *c)
        *c = n;
}

#endif
