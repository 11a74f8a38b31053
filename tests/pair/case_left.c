/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "pattern.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/gen/features.h"

#if VWR_PORT_HAS_DMA_MAP
#include "bounce.h"
#else
#define bounce_orphan() ((void)0)
#endif

#include <stdio.h>
#include <string.h>

/*
 * A kernel that another one has started (kexec), or a boot loader: the previous owner has left the disk
 * running, with its queues and with requests in flight, and in any status. On PCI, it has also left MSI-X
 * enabled and INTx disabled, or the function or the bus has been reset since. The next driver, which uses
 * INTx, works.
 */

#define STATUSES 16u /* of 256, others for each kind */
#define COMMAND 4u   /* registers of PCI */
#define FIRST 0x34u
#define CONTROL 0x3cu /* of a bridge: << 16 */
#define BUS_RESET 0x400000u
#define ADVANCED 0x13u /* a capability; its control follows 4 bytes later */
#define OUTER VWR_PCI_FUNCTION(0, 3, 0)
#define INTX_OFF 0x400u
#define MASTER 0x4u
#define SECTORS 8u

static struct disk disk;
static struct vwr_blk_req left_behind[DISK_REQUESTS];

/* The previous owner, which ends without a close. Nobody would end mappings of its requests. */
static void leave(uint32_t status)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, 0);
    void *data;

    bounce_orphan(); /* a disk that was not closed */
    disk_open(&disk);
    memset(left_behind, 0, sizeof(left_behind));
    data = guest_alloc(SECTORS * VWR_BLK_SECTOR_BYTES);
    for (unsigned i = 0; i < 4 && !VWR_PORT_HAS_DMA_MAP; i++) {
        vwr_blk_fill(&left_behind[i], VWR_BLK_T_IN, i, data, SECTORS * VWR_BLK_SECTOR_BYTES);
        DISK_OK(&disk, vwr_blk_submit(q, &left_behind[i]));
    }
    (void)vwr_blk_kick(q);
    vwr_dev_transport(&disk.end.dev)->set_register(&disk.end.dev, VWR_MMIO_STATUS, status);
}

static uint32_t command(const struct vwr_pci *p)
{
    return p->host->access->read(p->host, p->function, COMMAND);
}

/* What resets the function before the next owner finds it. */
enum road { LEFT, BY_FUNCTION, BY_BUS, ROADS };

static uint32_t read_space(const struct vwr_pci_host *host, uint32_t function, unsigned offset)
{
    return host->access->read(host, function, offset);
}

static void reset(struct vwr_pci_host *host, uint32_t function, enum road road)
{
    const vwr_count resets = disk.device.dev.stats.resets;
    unsigned at = read_space(host, function, FIRST) & 0xffu;

    while ((read_space(host, function, at) & 0xffu) != ADVANCED)
        at = read_space(host, function, at) >> 8 & 0xffu;
    if (road == BY_FUNCTION) {
        host->access->write(host, function, at + 4u, 1);
    } else {
        host->access->write(host, OUTER, CONTROL, BUS_RESET);
        host->access->write(host, OUTER, CONTROL, 0);
    }
    CHECK_NUMBER(disk.device.dev.stats.resets, resets + 1);
    CHECK_NUMBER(read_space(host, function, COMMAND) & 0xffffu, 0);
    for (unsigned i = 0; i < host->window_count; i++)
        host->windows[i].used = 0;
    DISK_OK(&disk, vwr_pci_place(host)); /* the BARs are gone */
}

/* The next owner's probe of the same place. */
static void find_again(bool on_pci, enum road road)
{
    struct vwr_pci_host *const host = on_pci ? disk.end.pci.host : NULL;
    const uint32_t function = on_pci ? disk.end.pci.function : 0;

    if (on_pci && road != LEFT)
        reset(host, function, road);
    else if (on_pci)
        host->access->write(host, function, COMMAND, (command(&disk.end.pci) & 0xffffu) | INTX_OFF | MASTER);
    memset(&disk.end, 0xa5, sizeof(disk.end));
    memset(&disk.blk, 0xa5, sizeof(disk.blk));
    vmm_forget();
    bounce_orphan();
    if (!on_pci) {
        DISK_OK(&disk, vmm_find(&disk.end, DISK_SLOT));
        return;
    }
    DISK_OK(&disk, vwr_pci_probe(&disk.end.pci, host, function));
    vwr_dev_want(&disk.end.dev, VWR_F_IN_ORDER);
    CHECK_NUMBER(command(&disk.end.pci) & (INTX_OFF | MASTER), 0);
}

/* A read whose completion only an interrupt reports. */
static void read_by_interrupt(void)
{
    struct vwr_blk_requestq *const q = vwr_blk_get_requestq(&disk.blk, 0);
    void *const data = guest_alloc(SECTORS * VWR_BLK_SECTOR_BYTES);
    const unsigned messages = vmm_messages;
    static struct vwr_blk_req r;
    struct vwr_blk_req *done;

    vwr_blk_fill(&r, VWR_BLK_T_IN, 3, data, SECTORS * VWR_BLK_SECTOR_BYTES);
    DISK_OK(&disk, vwr_blk_submit(q, &r));
    CHECK(vwr_blk_arm(q, 1));
    (void)vwr_blk_kick(q);
    vmm_run_until_idle();
    CHECK(vmm_interrupted(DISK_SLOT));
    CHECK_NUMBER(vwr_dev_irq(&disk.end.dev) & VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK,
                 VWR_MMIO_INTERRUPT_STATUS_USED_BUFFER_MASK);
    CHECK_NUMBER(vmm_messages, messages);
    CHECK_NUMBER(vwr_blk_reap(q, &done, 1), 1);
    CHECK_NUMBER(r.req.result, VWR_OK);
    PATTERN_CHECK(data, 'A', 3, SECTORS);
}

/* Only with MSI-X are there bridges, and a legacy disk is not behind one. */
static unsigned roads(void)
{
    return vmm_bus == VMM_MSIX && !disk.device.dev.legacy ? ROADS : BY_BUS;
}

static void on_bus(unsigned kind)
{
    const struct disk_plan plan = {.kind = kind, .queues = 1, .size = 32, .reqs = 4, .later = true};
    bool on_pci;

    disk_make(&disk, &plan, true);
    vmm_may_break = true; /* some of these statuses */
    for (unsigned i = 0; i < STATUSES; i++) {
        leave(i * (256u / STATUSES) + kind % (256u / STATUSES));
        if (i % 4 == 3)
            vwr_vdev_needs_reset(&disk.device.dev);
        on_pci = disk.device.dev.bus != NULL;
        find_again(on_pci, (enum road)(i % roads()));
        disk_open_found(&disk);
        read_by_interrupt();
        if (i % 2 == 0)
            disk_close(&disk);
    }
}

void case_left(unsigned kind, unsigned scale)
{
    const bool is_watched = vmm_is_watched;

    (void)scale;
    vmm_is_watched = false; /* the previous owner breaks rules */
    for (vmm_bus = VMM_MMIO; vmm_bus <= VMM_MSIX; vmm_bus++)
        on_bus(kind);
    vmm_is_watched = is_watched;
    printf("left: %u statuses on each bus\n", STATUSES);
}
