/* SPDX-License-Identifier: MIT */
#include "disk_pci.h"
#include "vwr/blk.h"
#include "vwr/gen/ids.h"
#include "vwr/pci.h"
#include "vwr/vpci.h"
#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>

/* examples/vmm: a guest finds the disk on PCI, places its BAR, and uses it by messages. */

#define QUEUE_SIZE 64u
#define FLIGHT 4u
#define SECTORS 256u /* more than the budget of one access */
#define MESSAGE UINT64_C(0x212340000)
#define MESSAGE_DATA 0x4000u
#define SHARED VWR_BLK_SHARED_BYTES(QUEUE_SIZE, FLIGHT, 1)
#define WINDOWS (VWR_VPCI_BUS_BYTES + DISK_PCI_WINDOW_BYTES)

struct memory {
    _Alignas(VWR_QUEUE_SHARED_ALIGN) uint8_t shared[SHARED];
    uint8_t data[SECTORS * VWR_BLK_SECTOR_BYTES];
};

static struct memory *ram;
static uint8_t medium[SECTORS * VWR_BLK_SECTOR_BYTES];
static volatile uint8_t *windows; /* ECAM, then the window of BARs; never accessed */
static struct {
    unsigned messages;
    unsigned levels;
    unsigned serves;
    bool work;
} hv;

void hv_message(uint64_t addr, uint32_t data)
{
    assert_int_equal(addr, MESSAGE);
    assert_in_range(data, MESSAGE_DATA, MESSAGE_DATA + 1);
    hv.messages++;
}

void hv_interrupt(uint32_t line, bool level)
{
    assert_int_equal(line, DISK_PCI_LINE);
    hv.levels += level;
}

void hv_work(void)
{
    hv.work = true;
}

static bool trap(const volatile void *reg, unsigned bytes, bool is_write, uint64_t *value)
{
    const uintptr_t at = (uintptr_t)reg - (uintptr_t)windows;

    return disk_pci_abort(at < VWR_VPCI_BUS_BYTES ? DISK_PCI_ECAM + at
                                                  : DISK_PCI_WINDOW + (at - VWR_VPCI_BUS_BYTES),
                          bytes, is_write, value);
}

static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    assert_true(trap(reg, bytes, false, &value));
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    assert_true(trap(reg, bytes, true, &v));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return DISK_PCI_RAM + ((uintptr_t)p - (uintptr_t)ram);
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    if (hv.work) {
        hv.work = false;
        hv.serves++;
        disk_pci_work();
    }
    return ++us;
}

static void open_disk(struct vwr_pci *pci, struct vwr_blk *disk)
{
    static struct vwr_pci_window window;
    static struct vwr_pci_host host;
    static _Alignas(8) uint8_t own[VWR_BLK_OWN_BYTES(QUEUE_SIZE, FLIGHT)];
    const struct vwr_queue_memory memory = {ram->shared, SHARED, own, sizeof(own), QUEUE_SIZE};
    const struct vwr_blk_options options = {.request = {.requests = FLIGHT}};
    const struct vwr_pci_message message[2] = {{MESSAGE, MESSAGE_DATA}, {MESSAGE, MESSAGE_DATA + 1}};
    struct vwr_pci_scan scan = {.host = &host, .type = VWR_ID_BLOCK};

    window = (struct vwr_pci_window){DISK_PCI_WINDOW, DISK_PCI_WINDOW_BYTES, windows + VWR_VPCI_BUS_BYTES,
                                     VWR_PCI_MEMORY, 0};
    host = (struct vwr_pci_host){
        .access = &vwr_pci_ecam, .space = windows, .windows = &window, .window_count = 1, .last_bus = 0};
    assert_int_equal(vwr_pci_place(&host), VWR_OK);
    assert_int_equal(vwr_pci_scan_next(&scan, pci), 1);
    assert_int_equal(vwr_pci_use_msix(pci, message, 2), VWR_OK);
    assert_int_equal(vwr_blk_open_with(disk, &pci->dev, &memory, &options), VWR_OK);
}

static void disk_on_pci(void **state)
{
    static struct vwr_pci pci;
    static struct vwr_blk disk;
    uint64_t value = 7;

    (void)state;
    assert_false(disk_pci_abort(DISK_PCI_RAM, 4, false, &value));
    assert_int_equal(value, 7);
    open_disk(&pci, &disk);
    assert_int_equal(disk.info.sectors, SECTORS);
    for (unsigned i = 0; i < sizeof(ram->data); i++)
        ram->data[i] = (uint8_t)(i * 7u + i / 256u);
    assert_int_equal(vwr_blk_write(&disk, 0, ram->data, SECTORS), VWR_OK);
    assert_memory_equal(medium, ram->data, sizeof(medium));
    memset(ram->data, 0, sizeof(ram->data));
    assert_true(vwr_blk_arm(vwr_blk_get_requestq(&disk, 0), 1));
    assert_int_equal(vwr_blk_read(&disk, 0, ram->data, SECTORS), VWR_OK);
    assert_memory_equal(medium, ram->data, sizeof(medium));
    assert_true(hv.messages > 0);
    assert_int_equal(hv.levels, 0);
    assert_true(hv.serves > 0);
    disk_pci_guest_reset();
    assert_int_not_equal(vwr_dev_check(&pci.dev), VWR_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(disk_on_pci)};
    int failed;

    ram = aligned_alloc(VWR_QUEUE_SHARED_ALIGN, sizeof(*ram));
    windows = malloc(WINDOWS);
    assert_non_null(ram);
    assert_non_null(windows);
    memset(ram, 0, sizeof(*ram));
    assert_true(disk_pci_start(ram, sizeof(*ram), medium, sizeof(medium)));
    failed = cmocka_run_group_tests_name("disk_pci", tests, NULL, NULL);
    free((void *)windows);
    free(ram);
    return failed;
}
