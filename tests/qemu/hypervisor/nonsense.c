/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>

/*
 * A guest program that writes arbitrary values to every register of its disk, console and entropy device
 * while the kernel's drivers use these.
 */

#define REGISTERS 0x0a000000
#define PAGE 4096u
#define END 0x120u
#define PASSES 50u

/* Instructions whose traps have a valid syndrome. */
static void store(volatile uint8_t *at, unsigned width, uint64_t value)
{
    if (width == 8)
        __asm__ volatile("strb %w0, [%1]" ::"r"(value), "r"(at) : "memory");
    else if (width == 16)
        __asm__ volatile("strh %w0, [%1]" ::"r"(value), "r"(at) : "memory");
    else if (width == 32)
        __asm__ volatile("str %w0, [%1]" ::"r"(value), "r"(at) : "memory");
    else
        __asm__ volatile("str %0, [%1]" ::"r"(value), "r"(at) : "memory");
}

static void load(volatile uint8_t *at, unsigned width)
{
    uint64_t value;

    if (width == 8)
        __asm__ volatile("ldrb %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
    else if (width == 16)
        __asm__ volatile("ldrh %w0, [%1]" : "=r"(value) : "r"(at) : "memory");
    else
        __asm__ volatile("ldr %0, [%1]" : "=r"(value) : "r"(at) : "memory");
}

static void write_registers(volatile uint8_t *device)
{
    static const uint32_t values[] = {0xffffffff, 0, 1, 0xf, 0x40000000, 0x80};
    static const unsigned widths[] = {8, 16, 64};

    for (unsigned i = 0; i < sizeof(values) / sizeof(values[0]); i++)
        for (unsigned at = 0; at < END; at += 4)
            store(device + at, 32, values[i]);
    for (unsigned i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
        store(device + 0x50, widths[i], 0);
        store(device + 0x70, widths[i], 0x7f);
        store(device + 0x100, widths[i], 0xff);
        load(device + 0xff0, widths[i]);
    }
}

int main(void)
{
    const int fd = open("/dev/mem", O_RDWR | O_SYNC);
    volatile uint8_t *const devices = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, REGISTERS);

    if (devices == MAP_FAILED) {
        perror("nonsense: /dev/mem");
        return 1;
    }
    for (unsigned pass = 0; pass < PASSES; pass++)
        for (unsigned i = 0; i < 3; i++)
            write_registers(devices + PAGE * ((i + 2) % 3));
    return 0;
}
