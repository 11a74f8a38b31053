/* SPDX-License-Identifier: MIT */
/* Registers of the RISC-V Advanced Interrupt Architecture, version 1.0. */
#include "machine.h"

/* CSRs by number: older assemblers lack their names. */
#ifdef VWR_RISCV_MACHINE
#define SELECT "0x350"
#define REGISTER "0x351"
#define TOP "0x35c"
#else
#define SELECT "0x150"
#define REGISTER "0x151"
#define TOP "0x15c"
#endif

/* Values for SELECT. */
#define EIDELIVERY 0x70u
#define EITHRESHOLD 0x72u
#define EIE 0xc0u /* one bit per identity; 64-bit registers have even numbers */
#define BITS (8u * sizeof(unsigned long))

#define DOMAINCFG 0x0000u
#define SOURCECFG 0x0000u /* 4 bytes per source, from 1 on */
#define MMSIADDRCFG 0x1bc0u
#define MMSIADDRCFGH 0x1bc4u
#define SETIPNUM 0x1cdcu
#define IN_CLRIP 0x1d00u /* reads: a bit per source, its rectified input */
#define SETIENUM 0x1edcu
#define CLRIE 0x1f00u  /* a bit per source */
#define TARGET 0x3000u /* 4 bytes per source, from 1 on */
#define TARGET_HART 18u

#define DOMAINCFG_MESSAGES 0x104u /* enabled (8), delivered as messages (2) */
#define SOURCECFG_RISING 4u
#define SOURCECFG_FALLING 5u
#define SOURCECFG_HIGH 6u
#define SOURCECFG_LOW 7u

static uintptr_t aplic_base;
static uint32_t aplic_sources;
static uint32_t aplic_hart; /* target of all sources */

static void imsic_select(unsigned long reg)
{
    __asm__ volatile("csrw " SELECT ", %0" ::"r"(reg));
}

static void imsic_write(unsigned long reg, unsigned long value)
{
    imsic_select(reg);
    __asm__ volatile("csrw " REGISTER ", %0" ::"r"(value));
}

static unsigned long imsic_enables(uint32_t id)
{
    return EIE + id / BITS * (BITS / 32u);
}

void imsic_start(const struct machine *m)
{
    for (unsigned id = 0; id <= m->imsic_ids; id += BITS)
        imsic_write(imsic_enables(id), 0);
    imsic_write(EITHRESHOLD, 0); /* no threshold */
    imsic_write(EIDELIVERY, 1);
}

/* Handlers do not use SELECT, so they cannot interfere. */
void imsic_enable(uint32_t id)
{
    imsic_select(imsic_enables(id));
    __asm__ volatile("csrs " REGISTER ", %0" ::"r"(1ul << id % BITS));
}

static volatile uint8_t *aplic_register(uint32_t offset)
{
    return (volatile uint8_t *)(aplic_base + offset);
}

static bool aplic_is_level(uint32_t source)
{
    return vwr_port_read32(aplic_register(SOURCECFG + source * 4u)) >= SOURCECFG_HIGH;
}

/*
 * A level-triggered source sends one message when it rises. If it is still high after it was handled, another
 * message
 * has to be sent, but only in that case: QEMU 7.2 sends it even if the level is low, and this would never
 * end.
 */
static void aplic_again(uint32_t source)
{
    const uint32_t asking = vwr_port_read32(aplic_register(IN_CLRIP + source / 32u * 4u));

    if ((asking >> source % 32u & 1u) != 0 && aplic_is_level(source))
        vwr_port_write32(aplic_register(SETIPNUM), source);
}

/* Handles one interrupt; others that are pending trap again. */
void imsic_serve(void)
{
    unsigned long id;

    __asm__ volatile("csrrw %0, " TOP ", zero" : "=r"(id)); /* claims it */
    id >>= 16;
    if (id == 0)
        return;
    irq_dispatch((uint32_t)id);
    vwr_port_mb(); /* the device has to deassert its line first */
    if (id <= aplic_sources)
        aplic_again((uint32_t)id);
}

void aplic_start(const struct machine *m)
{
    aplic_base = m->aplic;
    aplic_sources = m->aplic_sources;
    aplic_hart = m->imsic_hart;
    for (uint32_t source = 0; source <= aplic_sources; source += 32u)
        vwr_port_write32(aplic_register(CLRIE + source / 32u * 4u), UINT32_MAX);
    /*
     * The root domain contains the address for messages. In machine mode this is the page of this hart, and
     * targets have no bits to select another hart. In supervisor mode these registers are read-only: firmware
     * has written the page of hart 0, and a target selects the hart.
     */
    vwr_port_write32(aplic_register(MMSIADDRCFG), (uint32_t)(m->imsic >> 12));
    vwr_port_write32(aplic_register(MMSIADDRCFGH), (uint32_t)(m->imsic >> 44));
    vwr_port_write32(aplic_register(DOMAINCFG), DOMAINCFG_MESSAGES);
}

/* The second cell of an interrupt specifier, as in Linux's bindings; 0: unsupported. */
static uint32_t aplic_mode(uint32_t sense)
{
    switch (sense) {
    case 1:
        return SOURCECFG_RISING;
    case 2:
        return SOURCECFG_FALLING;
    case 4:
        return SOURCECFG_HIGH;
    case 8:
        return SOURCECFG_LOW;
    default:
        return 0;
    }
}

/*
 * The identity of a line's message equals its number. Reading back fails if the source is delegated to
 * another mode.
 */
bool aplic_line(uint32_t source, uint32_t sense)
{
    const uint32_t mode = aplic_mode(sense);

    if (source > aplic_sources || mode == 0)
        return false;
    imsic_enable(source);
    vwr_port_write32(aplic_register(SOURCECFG + source * 4u), mode);
    if (vwr_port_read32(aplic_register(SOURCECFG + source * 4u)) != mode)
        return false;
    vwr_port_write32(aplic_register(TARGET + source * 4u), aplic_hart << TARGET_HART | source);
    vwr_port_write32(aplic_register(SETIENUM), source);
    aplic_again(source); /* if it is already high there is no rising edge */
    return true;
}
