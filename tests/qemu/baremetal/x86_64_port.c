/* SPDX-License-Identifier: MIT */
/*
 * The x86_64 port on QEMU's q35. It runs vwr_port_selftest, and tests I/O ports and the sleep, which the
 * self-test cannot test.
 */
#include "machine.h"
#include "vwr/selftest.h"

#define SLEEP_US 10000u
#define TRIES 5u

#define PCI_ADDRESS 0xcf8u
#define PCI_DATA 0xcfcu
#define PCI_FIRST 0x80000000u /* the host bridge's first register: vendor and device id */
#define BRIDGE_MAKER 0x8086u
#define BRIDGE_Q35 0x29c0u
#define UART_SCRATCH 0x3ffu

/* As in test_x86_64.py. */
#define FAR 0xfffe00000u
#define FAR_BYTES 0x200000u
#define FAR_ASKED 0x0123456789abcdefu
#define FAR_ANSWERED 0xfedcba9876543210u

static _Alignas(4096) uint8_t memory[3 * 4096];
static volatile uint32_t word;

static bool interrupts_are_on(void)
{
    uint64_t flags;

    __asm__ volatile("pushfq\n\tpopq %0" : "=r"(flags)::"memory");
    return (flags & VWR_PORT_RFLAGS_INTERRUPTS) != 0;
}

/* Tests accesses of all three widths. */
static const char *try_ports(void)
{
    machine_out(UART_SCRATCH, 0x5a);
    if (machine_in(UART_SCRATCH) != 0x5a)
        return "8 bits do not reach a port";
    vwr_port_write32(machine_port(PCI_ADDRESS), PCI_FIRST);
    if (vwr_port_read32(machine_port(PCI_ADDRESS)) != PCI_FIRST)
        return "32 bits do not reach a port";
    if (vwr_port_read16(machine_port(PCI_DATA)) != BRIDGE_MAKER ||
        vwr_port_read16(machine_port(PCI_DATA + 2u)) != BRIDGE_Q35 ||
        vwr_port_read8(machine_port(PCI_DATA + 3u)) != BRIDGE_Q35 >> 8)
        return "a part of a port is another";
    vwr_port_write16(machine_port(UART_SCRATCH - 1u), 0xa500); /* the second byte belongs to the next port */
    return machine_in(UART_SCRATCH) == 0xa5 ? NULL : "16 bits do not reach a port";
}

/* The last page that the board maps: memory of a pmem device, whose file the host has filled and compares. */
static const char *try_far_memory(void)
{
    volatile uint64_t *const page = (volatile uint64_t *)(uintptr_t)FAR;

    if (page[0] != FAR_ASKED)
        return "the memory above 4 GiB is not that of the device";
    page[FAR_BYTES / 8u - 1u] = FAR_ANSWERED;
    return NULL;
}

/* Microseconds spent in the hook. */
static uint64_t try_idle(uint32_t seen)
{
    const uint64_t from = vwr_port_time_us();

    vwr_port_idle(&word, seen, SLEEP_US);
    return vwr_port_time_us() - from;
}

/* The machine may be slow, so one fast try out of several is enough. */
static bool does_not_sleep(uint32_t seen)
{
    for (unsigned i = 0; i < TRIES; i++)
        if (try_idle(seen) < SLEEP_US / 2u)
            return true;
    return false;
}

static const char *try_sleep(void)
{
    if (interrupts_are_on())
        return "interrupts are let in at the beginning";
    if (!does_not_sleep(word))
        return "it sleeps though interrupts are masked";
    if (interrupts_are_on())
        return "interrupts that were masked are let in";
    __asm__ volatile("sti" ::: "memory");
    if (try_idle(word) < SLEEP_US * 9u / 10u) /* tolerance between two calibrated clocks */
        return "the sleep is too short";
    if (!does_not_sleep(word + 1u))
        return "it sleeps though the word has changed";
    return interrupts_are_on() ? NULL : "interrupts are masked after a sleep";
}

void boards_main(const struct board_description *d)
{
    static char text[160];
    const char *fault = NULL;

    (void)d;
    if (vwr_port_selftest(memory, sizeof(memory), text, sizeof(text)) != VWR_OK)
        fault = text;
    if (fault == NULL)
        fault = try_ports();
    if (fault == NULL)
        fault = try_far_memory();
    if (fault == NULL)
        fault = try_sleep();
    if (fault != NULL)
        console_fail(fault);
    for (const char *c = "port: OK\n"; *c != '\0'; c++)
        board_put(*c);
    board_off(0);
}
