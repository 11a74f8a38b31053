/* SPDX-License-Identifier: MIT */
#ifndef HYP_ARCH_H
#define HYP_ARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* System registers, named as in the Arm Architecture Reference Manual. */
#define READ_SYS(name)                                     \
    ({                                                     \
        uint64_t value_;                                   \
        __asm__ volatile("mrs %0, " #name : "=r"(value_)); \
        value_;                                            \
    })
#define WRITE_SYS(name, value) __asm__ volatile("msr " #name ", %x0" ::"rZ"((uint64_t)(value)) : "memory")

/*
 * Points from which tests/qemu/hypervisor counts instructions: an address, with the kind in its lowest two
 * bits, in a section of the image that is not loaded.
 */
#define POINT_LEFT "0"   /* to a guest, or to sleep */
#define POINT_TAKEN "1"  /* lock taken */
#define POINT_GIVEN "2"  /* lock released */
#define POINT_POLLED "3" /* interrupts polled, or entered from a guest with interrupts enabled */
#define POINT(kind) "\n9:\n.pushsection .lock_points, \"\", %%progbits\n.quad 9b + " kind "\n.popsection\n"

#define SVE_FIELD(id) ((id) >> 32 & 15u) /* of ID_AA64PFR0_EL1 */

/* ESR_EL2 of a data abort: properties of the instruction. */
#define ISS_BYTES(esr) (1u << ((esr) >> 22 & 3u))
#define ISS_WRITE (1u << 6)

/* The guest-physical address of an access: the page from HPFAR_EL2, and the offset. */
#define PAGE_BYTES 0x1000u
#define TRAP_PAGE(address) ((address) >> 12 << 4)

static inline uint64_t trap_offset(void)
{
    return READ_SYS(far_el2) & (PAGE_BYTES - 1u);
}

static inline uint64_t trap_address(void)
{
    return (READ_SYS(hpfar_el2) & ~15ull) << 8 | trap_offset();
}

static inline void isb(void)
{
    __asm__ volatile("isb" ::: "memory");
}

static inline void dsb(void)
{
    __asm__ volatile("dsb sy" ::: "memory");
}

static inline void wait_for_interrupt(void)
{
    __asm__ volatile("dsb sy" POINT(POINT_LEFT) "wfi" : : : "memory");
}

/* Translation, for EL2 and for guests: bits of a descriptor, and bits common to TCR_EL2 and VTCR_EL2. */
#define DESC_BLOCK 1u
#define DESC_TABLE 3u
#define DESC_PAGE 3u
#define DESC_INNER_SHAREABLE (3u << 8)
#define DESC_ACCESSED (1u << 10)
#define TCR_PA_40_BITS (2ull << 16)
#define TCR_WALKS (3ull << 12 | 1ull << 10 | 1ull << 8) /* inner shareable, write-back */

/* Access to a device register. */
static inline uint32_t read_word(uintptr_t at)
{
    uint32_t value;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
    return value;
}

static inline void write_word(uintptr_t at, uint32_t value)
{
    __asm__ volatile("str %w0, [%1]" ::"rZ"(value), "r"(at) : "memory");
}

/* start.S: calls the firmware, which is QEMU. */
uint64_t firmware_call(uint64_t function, uint64_t a, uint64_t b, uint64_t c);

#endif
