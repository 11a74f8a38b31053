/* SPDX-License-Identifier: MIT */
#include "gicv3.h"
#include "place.h"

/* Distributor registers; the second frame of a redistributor also contains the next four. */
#define D_CONTROL 0x0000u
#define D_GROUP 0x0080u         /* a bit per interrupt */
#define D_SET_ENABLE 0x0100u    /* a bit */
#define D_PRIORITY 0x0400u      /* a byte */
#define D_CONFIGURATION 0x0c00u /* two bits: enum gic_trigger */
#define D_ROUTE 0x6000u         /* 64 bits: affinity of a CPU */

#define D_CONTROL_GROUP_1 0x02u
#define D_CONTROL_AFFINITY 0x10u
#define D_CONTROL_PENDING 0x80000000u

#define R_WAKER 0x0014u
#define R_WAKER_SLEEP 0x2u
#define R_WAKER_ASLEEP 0x4u
#define R_FRAME 0x10000u /* the second frame: a CPU's private interrupts */

#define PRIORITY_HIGHEST 0u
#define PRIORITY_ALL 0xffu
#define NUMBER_MASK 0xffffffu
#define POLLS_MAX 1000000u

#define GICV3 "arm,gic-v3"

static uintptr_t gicv3_distributor;
static uintptr_t gicv3_redistributor;

/* Waits until all bits of `mask` are clear. */
static bool gicv3_wait(const volatile uint32_t *at, uint32_t mask)
{
    for (unsigned i = 0; i < POLLS_MAX; i++)
        if ((*at & mask) == 0)
            return true;
    return false;
}

static void gicv3_set_trigger(uint32_t number, enum gic_trigger trigger)
{
    volatile uint32_t *const at = gicv3_word(gicv3_distributor, D_CONFIGURATION + number / 16u * 4u);
    const uint32_t shift = number % 16u * 2u;

    *at = (*at & ~((uint32_t)GIC_EDGE << shift)) | (uint32_t)trigger << shift;
}

static void gicv3_enable(uint32_t number, enum gic_trigger trigger)
{
    const uintptr_t base = number < GIC_SHARED ? gicv3_redistributor + R_FRAME : gicv3_distributor;
    const uint32_t bit = 1u << number % 32u;
    const uint32_t word = number / 32u * 4u;

    if (number >= GICV3_LPI) {
        its_enable(number);
        return;
    }
    *(volatile uint8_t *)(base + D_PRIORITY + number) = PRIORITY_HIGHEST;
    *gicv3_word(base, D_GROUP + word) |= bit;
    if (number >= GIC_SHARED) { /* the others are private to each CPU, with a fixed trigger */
        *gicv3_long(base, D_ROUTE + number * 8u) = 0;
        gicv3_set_trigger(number, trigger);
    }
    *gicv3_word(base, D_SET_ENABLE + word) = bit;
}

static uint32_t gicv3_acknowledge(void)
{
    uint64_t number;

    __asm__ volatile("mrs %0, icc_iar1_el1\n\tdsb sy" : "=r"(number)::"memory");
    return (uint32_t)number & NUMBER_MASK;
}

static void gicv3_end(uint32_t number)
{
    /* The device has to deassert its line first, or the interrupt is taken again. */
    __asm__ volatile("dsb sy\n\tmsr icc_eoir1_el1, %0\n\tisb" ::"r"((uint64_t)number) : "memory");
}

static void gicv3_start_cpu(void)
{
    uint64_t sre;

    __asm__ volatile("mrs %0, icc_sre_el1" : "=r"(sre));
    __asm__ volatile("msr icc_sre_el1, %0\n\tisb" ::"r"(sre | 1u));
    __asm__ volatile("msr icc_pmr_el1, %0\n\tmsr icc_igrpen1_el1, %1\n\tisb" ::"r"((uint64_t)PRIORITY_ALL),
                     "r"((uint64_t)1));
}

/* Wakes the redistributor, enables affinity routing. */
static bool gicv3_start_registers(void)
{
    *gicv3_word(gicv3_redistributor, R_WAKER) &= ~R_WAKER_SLEEP;
    if (!gicv3_wait(gicv3_word(gicv3_redistributor, R_WAKER), R_WAKER_ASLEEP))
        return false;
    *gicv3_word(gicv3_distributor, D_CONTROL) = D_CONTROL_AFFINITY | D_CONTROL_GROUP_1;
    return gicv3_wait(gicv3_word(gicv3_distributor, D_CONTROL), D_CONTROL_PENDING);
}

const struct interrupt_controller *gicv3_start(const struct board_description *d)
{
    static struct interrupt_controller controller = {
        .enable = gicv3_enable, .acknowledge = gicv3_acknowledge, .end = gicv3_end};
    const uintptr_t its = place_of(d, "arm,gic-v3-its", 0);

    gicv3_distributor = place_of(d, GICV3, 0);
    gicv3_redistributor = place_of(d, GICV3, 1);
    if (gicv3_distributor == 0 || gicv3_redistributor == 0 || !gicv3_start_registers())
        return NULL;
    gicv3_start_cpu();
    if (its != 0 && its_start(its, gicv3_redistributor))
        controller.message = its_message;
    return &controller;
}
