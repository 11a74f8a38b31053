/* SPDX-License-Identifier: MIT */
#include "guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A guest's use of an example's devices: it checks device id and features of each, then sends one buffer
 * through it.
 */

#define WINDOWS 0x0a000000u
#define SIZE 8u

enum {
    REG_MAGIC,
    REG_VERSION = 4,
    REG_ID = 8,
    REG_FEATURES = 0x10,
    REG_FEATURES_SEL = 0x14,
    REG_TAKEN = 0x20
};
enum { REG_TAKEN_SEL = 0x24, REG_PAGE_SIZE = 0x28, REG_QUEUE = 0x30, REG_SIZE = 0x38, REG_ALIGN = 0x3c };
enum { REG_PFN = 0x40, REG_READY = 0x44, REG_NOTIFY = 0x50, REG_STATUS = 0x70, REG_DESC = 0x80 };
enum { REG_AVAIL = 0x90, REG_USED = 0xa0 };

static _Alignas(PAGE) uint8_t ram[16 * PAGE];
static unsigned raised;
static uint16_t made; /* number of available buffers */

void vwr_example_irq(uint32_t line, bool level)
{
    raised += level ? line + 1 : 0;
}

void vwr_example_put(uint8_t byte)
{
    putchar(byte);
}

uint32_t vwr_example_random(uint8_t *bytes, uint32_t n)
{
    memset(bytes, 'r', n);
    return n;
}

void vwr_example_broken(const struct vwr_vdev *v)
{
    const struct vwr_vdev_fault *const f = &v->fault;

    printf("device %u: fault %u,%u,0x%llx,0x%llx\n", (unsigned)v->line, f->kind, f->queue,
           (unsigned long long)f->a, (unsigned long long)f->b);
}

uint32_t guest_get(unsigned slot, unsigned reg)
{
    uint64_t value = 0;

    if (!vwr_example_trap(WINDOWS + slot * VWR_MMIO_SIZE + reg, 4, false, &value))
        printf("no window %u\n", slot);
    return (uint32_t)value;
}

static void put(unsigned slot, unsigned reg, uint32_t v)
{
    uint64_t value = v;

    (void)vwr_example_trap(WINDOWS + slot * VWR_MMIO_SIZE + reg, 4, true, &value);
}

static uint32_t features(unsigned slot, unsigned word)
{
    put(slot, REG_FEATURES_SEL, word);
    return guest_get(slot, REG_FEATURES);
}

void guest_start(unsigned slot, unsigned queue, bool legacy)
{
    const uint32_t parts[] = {RAM, RAM + PAGE, RAM + 2 * PAGE};

    put(slot, REG_STATUS, 0);
    memset(ram, 0, sizeof ram);
    made = 0;
    put(slot, REG_STATUS, 1);
    put(slot, REG_STATUS, 3);
    if (!legacy) {
        put(slot, REG_TAKEN_SEL, 1);
        put(slot, REG_TAKEN, 1); /* VERSION_1 */
        put(slot, REG_STATUS, 11);
    } else {
        put(slot, REG_PAGE_SIZE, PAGE);
    }
    put(slot, REG_QUEUE, queue);
    put(slot, REG_SIZE, SIZE);
    for (unsigned i = 0; !legacy && i < 3; i++)
        put(slot, (i == 0 ? REG_DESC : i == 1 ? REG_AVAIL : REG_USED), parts[i]);
    if (legacy) {
        put(slot, REG_ALIGN, PAGE);
        put(slot, REG_PFN, RAM / PAGE);
    } else {
        put(slot, REG_READY, 1);
    }
    put(slot, REG_STATUS, guest_get(slot, REG_STATUS) | 4);
}

void guest_segment(unsigned at, uint32_t len, unsigned flags)
{
    const uint64_t addr = RAM + (4 + at) * PAGE;
    const uint16_t tail[] = {(uint16_t)flags, (uint16_t)(at + 1)};

    memcpy(ram + at * 16, &addr, sizeof addr);
    memcpy(ram + at * 16 + 8, &len, sizeof len);
    memcpy(ram + at * 16 + 12, tail, sizeof tail);
}

uint8_t *guest_page(unsigned at)
{
    return ram + (size_t)(4 + at) * PAGE;
}

void guest_offer(unsigned slot, unsigned queue, bool legacy, uint16_t head)
{
    uint8_t *const avail = legacy ? ram + SIZE * 16 : ram + PAGE;

    memcpy(avail + 4 + (size_t)2 * (made % SIZE), &head, sizeof head);
    made++;
    memcpy(avail + 2, &made, sizeof made);
    put(slot, REG_NOTIFY, queue);
}

uint32_t guest_used(bool legacy)
{
    const uint8_t *const used = legacy ? ram + PAGE : ram + 2 * PAGE;
    uint16_t idx;
    uint32_t len;

    memcpy(&idx, used + 2, sizeof idx);
    memcpy(&len, used + 4 + 8 * ((made - 1) % SIZE) + 4, sizeof len);
    return idx == made ? len : ~(uint32_t)0;
}

uint32_t guest_send(unsigned slot, unsigned queue, bool legacy)
{
    guest_offer(slot, queue, legacy, 0);
    return guest_used(legacy);
}

static void disk(unsigned slot, bool legacy)
{
    uint32_t len;

    for (unsigned type = 2; type-- > 0;) { /* writes sector 0, then reads it */
        memset(guest_page(0), 0, 16);
        guest_page(0)[0] = (uint8_t)type;
        memset(guest_page(1), type == 1 ? 'd' : 0, 512);
        guest_page(2)[0] = 0xff;
        guest_segment(0, 16, AND_SO_ON);
        guest_segment(1, 512, AND_SO_ON | (type == 0 ? WRITTEN_BY_DEVICE : 0));
        guest_segment(2, 1, WRITTEN_BY_DEVICE);
        len = guest_send(slot, 0, legacy);
        printf("%s: %u bytes, status %u, %c\n", type == 1 ? "write" : "read", (unsigned)len, guest_page(2)[0],
               guest_page(1)[511]);
    }
}

static void console(unsigned slot, bool legacy)
{
    memcpy(guest_page(0), "hello\n", 6);
    guest_segment(0, 6, 0);
    (void)guest_send(slot, 1, legacy);
}

static void entropy(unsigned slot, bool legacy)
{
    uint32_t len;

    guest_segment(0, 9, WRITTEN_BY_DEVICE);
#ifdef WITH_LIE
    ram[4] = 1; /* the address is beyond 4 GiB */
#endif
    len = guest_send(slot, 0, legacy);
    printf("random: %u bytes, %.9s\n", (unsigned)len, (const char *)guest_page(0));
}

static void use(unsigned slot, uint32_t id, bool legacy)
{
    guest_start(slot, id == CONSOLE, legacy);
    if (id == DISK)
        disk(slot, legacy);
    else if (id == CONSOLE)
        console(slot, legacy);
    else if (id == ENTROPY)
        entropy(slot, legacy);
    else
        guest_use(slot, id, legacy);
}

int main(int argc, char **argv)
{
    const unsigned devices = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 0;
    int r;

#ifdef WITH_BLK
    static uint8_t image[64 * 512];

    vwr_example_disk(image, sizeof image);
#endif
    r = vwr_example_start(ram, RAM, sizeof ram);
    if (r != VWR_OK) {
        printf("start %d\n", r);
        return 0;
    }
    for (unsigned slot = 0; slot < devices; slot++) {
        const bool legacy = guest_get(slot, REG_VERSION) == 1;
        const uint32_t id = guest_get(slot, REG_ID);

        printf("device %u, version %u, features 0x%08x 0x%08x\n", (unsigned)id, legacy ? 1 : 2,
               (unsigned)features(slot, 0), (unsigned)features(slot, 1));
        use(slot, id, legacy);
    }
    printf("interrupts %u\n", raised);
    return 0;
}
