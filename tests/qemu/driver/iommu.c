/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "slot.h"

#include "vwr/blk.h"
#include "vwr/client/iommu.h"
#include "vwr/gen/ids.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Two disks behind QEMU's virtio-iommu, each in a domain of its own. The port (port_iommu) maps each page for
 * the device that asks, by MAP and UNMAP requests of the generated client. A disk reads and writes its own
 * buffers; any other address is a fault that the IOMMU reports; and when the disk is closed, nothing is
 * mapped.
 *
 *     qemu_iommu FOLDER PATTERN.SH
 */

#define IOMMU_SLOT 29u
#define FIRST_DISK_SLOT 30u
#define DISKS 2u
#define QUEUE 16u
#define SECTORS 64u
#define PAGES (GUEST_BYTES / GUEST_PAGE)
#define EVENTS QUEUE

/* ---- the IOMMU ---- */

static struct {
    struct vwr_pci pci;
    struct vwr_iommu_client client;
    struct vwr_receive_buffer buffers[EVENTS];
    _Alignas(8) uint8_t own[2][VWR_QUEUE_OWN_BYTES(QUEUE)];
} iommu;

static void probe(struct vwr_pci *p, unsigned slot)
{
    const uint32_t function = VWR_PCI_FUNCTION(0, board_device(slot), 0);
    const int r = vwr_pci_probe(p, slot_host(), function);
    char text[200];

    (void)vwr_pci_explain(p, text, sizeof(text));
    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the probe answered %d: %s", r, text);
}

static struct vwr_queue_memory queue_memory(size_t bytes, void *own, size_t own_bytes)
{
    return (struct vwr_queue_memory){guest_alloc(bytes), bytes, own, own_bytes, QUEUE};
}

static void open_iommu(void)
{
    const size_t slots = VWR_QUEUE_SHARED_BYTES_WITH(QUEUE, VWR_IOMMU_CLIENT_REQUESTQ_SLOT);
    const struct vwr_iommu_client_options options = {
        .requests = {.requests = 1},
        .requestq = queue_memory(slots, iommu.own[0], sizeof(iommu.own[0])),
        .eventq = queue_memory(VWR_QUEUE_SHARED_BYTES(QUEUE), iommu.own[1], sizeof(iommu.own[1])),
        .eventq_buffers = {guest_alloc(EVENTS * 64), (size_t)EVENTS * 64, iommu.buffers, EVENTS},
    };

    probe(&iommu.pci, IOMMU_SLOT);
    CHECK_NUMBER(iommu.pci.dev.type, VWR_ID_IOMMU);
    CHECK_NUMBER(vwr_iommu_client_open(&iommu.client, &iommu.pci.dev, &options), VWR_OK);
    CHECK(vwr_iommu_client_has(&iommu.client, VWR_IOMMU_F_MAP_UNMAP));
    CHECK((iommu.client.info.page_size_mask & GUEST_PAGE) != 0);
}

/* ---- domains, and the port's hooks ---- */

/* What one disk may access. Its addresses begin at `first`; they are those of RAM for no disk. */
static struct domain {
    uint32_t id;
    uint32_t endpoint;
    uint64_t first;
    unsigned users[PAGES]; /* mappings of each page; buffers with different rights share no page */
    unsigned maps, unmaps;
} domains[DISKS];

static int send_map(const struct domain *m, size_t page, size_t count, uint32_t flags)
{
    const uint64_t at = m->first + page * GUEST_PAGE;
    const struct vwr_iommu_map_msg map = {m->id, at, at + count * GUEST_PAGE - 1,
                                          board->ram + page * GUEST_PAGE, flags};

    return vwr_iommu_client_map(&iommu.client, &map);
}

static int send_unmap(const struct domain *m, size_t page, size_t count)
{
    const uint64_t at = m->first + page * GUEST_PAGE;
    const struct vwr_iommu_unmap_msg unmap = {m->id, at, at + count * GUEST_PAGE - 1};

    return vwr_iommu_client_unmap(&iommu.client, &unmap);
}

static uint32_t rights(unsigned dma)
{
    if (dma == VWR_DMA_SHARED)
        return VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE;
    return dma == VWR_DMA_IN ? VWR_IOMMU_MAP_F_WRITE : VWR_IOMMU_MAP_F_READ;
}

/* Maps [p, p + *run) in the device's domain, page by page. */
static uint64_t domain_map(struct domain *m, void *p, size_t n, unsigned dma, size_t *run)
{
    const uint64_t addr = guest_dma(p, n, run);
    const uint64_t at = addr - board->ram;

    if (m == NULL || *run == 0) /* the IOMMU itself is not behind one */
        return addr;
    for (size_t i = at / GUEST_PAGE; i <= (at + *run - 1) / GUEST_PAGE; i++) {
        if (m->users[i]++ == 0 && send_map(m, i, 1, rights(dma)) != VWR_OK)
            check_failed(__FILE__, __LINE__, "page %zu cannot be mapped", i);
    }
    return m->first + at;
}

static void domain_unmap(struct domain *m, uint64_t addr, size_t n)
{
    const uint64_t at = m != NULL ? addr - m->first : 0;

    for (size_t i = at / GUEST_PAGE; m != NULL && i <= (at + n - 1) / GUEST_PAGE; i++) {
        if (--m->users[i] == 0 && send_unmap(m, i, 1) != VWR_OK)
            check_failed(__FILE__, __LINE__, "page %zu cannot be unmapped", i);
    }
}

static uint64_t stray; /* the next buffer that a disk is to write has this address; 0: its own */

uint64_t port_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    struct domain *const m = context;

    *run = n;
    if (m != NULL)
        m->maps++;
    return m != NULL && stray != 0 && dma == VWR_DMA_IN ? stray : domain_map(m, p, n, dma, run);
}

void port_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    struct domain *const m = context;
    size_t run;

    if (m != NULL)
        m->unmaps++;
    if (m != NULL && addr == stray)
        return;
    CHECK(m == NULL || (addr - m->first == guest_dma(p, n, &run) - board->ram && run == n));
    CHECK(dma != 0 && dma <= VWR_DMA_SHARED);
    domain_unmap(m, addr, n);
}

/* The IOMMU refuses a mapping that overlaps another one. */
static bool is_empty(const struct domain *m)
{
    const bool empty = send_map(m, 0, PAGES, VWR_IOMMU_MAP_F_READ) == VWR_OK;

    if (!empty)
        CHECK_NUMBER(vwr_iommu_client_requestq_status(&iommu.client), VWR_IOMMU_S_INVAL);
    else
        CHECK_NUMBER(send_unmap(m, 0, PAGES), VWR_OK);
    for (size_t i = 0; i < PAGES; i++)
        CHECK(!empty || m->users[i] == 0);
    return empty;
}

/* ---- the disks ---- */

static struct disk {
    struct vwr_pci pci;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE)];
    uint8_t *data;
    char tag;
} disks[DISKS];

static void attach(struct disk *d, unsigned number)
{
    struct domain *const m = &domains[number];
    struct vwr_iommu_attach_msg message;

    probe(&d->pci, FIRST_DISK_SLOT + number);
    CHECK_NUMBER(d->pci.dev.type, VWR_ID_BLOCK);
    m->id = number + 1;
    m->endpoint = d->pci.function; /* the requester ID */
    m->first = (number + 1) * (UINT64_C(1) << 32);
    message = (struct vwr_iommu_attach_msg){.domain = m->id, .endpoint = m->endpoint};
    CHECK_NUMBER(vwr_iommu_client_attach(&iommu.client, &message), VWR_OK);
    d->pci.dev.dma_context = m;
    d->memory = queue_memory(VWR_BLK_SHARED_BYTES(QUEUE, 1, 1), d->own, sizeof(d->own));
    d->data = guest_alloc((size_t)SECTORS * SECTOR_BYTES);
    d->tag = number == 0 ? 'A' : 'K';
}

static void open_disk(struct disk *d)
{
    char text[200];

    if (vwr_blk_open_with(&d->blk, &d->pci.dev, &d->memory, NULL) == VWR_OK)
        return;
    (void)vwr_dev_explain(&d->pci.dev, text, sizeof(text));
    check_failed(__FILE__, __LINE__, "open: %s", text);
}

/* Reads all that was written before, and writes something else. */
static void check_disk(struct disk *d)
{
    memset(d->data, GUEST_POISON, (size_t)SECTORS * SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_read(&d->blk, 0, d->data, SECTORS), VWR_OK);
    PATTERN_CHECK(d->data, d->tag, 0, SECTORS);
    pattern_fill(d->data, (char)++d->tag, 0, SECTORS);
    CHECK_NUMBER(vwr_blk_write(&d->blk, 0, d->data, SECTORS), VWR_OK);
}

/* Waits until the IOMMU has reported this address. QEMU's lifetime limits the wait. */
static void expect_fault(const struct domain *m, uint64_t addr)
{
    struct vwr_iommu_client_eventq_event e;
    bool seen = false;
    int n = 0;

    while (n != 0 || !seen) {
        n = vwr_iommu_client_poll_eventq(&iommu.client, &e);
        CHECK(n >= 0);
        machine_sync();
        if (n == 0)
            continue;
        CHECK_NUMBER(e.m.fault.reason, VWR_IOMMU_FAULT_R_MAPPING);
        CHECK_NUMBER(e.m.fault.endpoint, m->endpoint);
        CHECK((e.m.fault.flags & VWR_IOMMU_FAULT_F_ADDRESS) != 0);
        seen |= e.m.fault.address == addr;
        vwr_iommu_client_return_eventq(&iommu.client, &e);
    }
}

/*
 * The disk is told to write to an address that is not mapped for it. QEMU decides whether the request
 * succeeds; afterwards, the disk is opened again.
 */
static void goes_astray(struct disk *d, const struct domain *m, uint64_t addr)
{
    uint8_t *const p = guest_alloc(SECTOR_BYTES);

    stray = addr;
    (void)!vwr_blk_read(&d->blk, 0, p, 1);
    expect_fault(m, addr);
    CHECK_NUMBER(vwr_close(&d->blk.bringup), VWR_OK);
    stray = 0;
    CHECK_NUMBER(p[0], GUEST_POISON);
    CHECK(is_empty(m));
    open_disk(d);
    check_disk(d);
}

/* One disk cannot reach what the other one may, by the other's address or by that of RAM. */
static void stays_out(void)
{
    struct vwr_blk_req held = {0};
    struct disk *const other = &disks[1];
    uint8_t *const p = guest_alloc(GUEST_PAGE);
    const size_t at = (size_t)(p - (uint8_t *)guest_at(board->ram, 1));
    size_t run;

    /* a buffer that is mapped for the other disk, although its request is not sent yet */
    vwr_blk_fill(&held, VWR_BLK_T_IN, 0, p, SECTOR_BYTES);
    CHECK_NUMBER(vwr_blk_submit(&other->blk.first, &held), VWR_OK);
    CHECK_NUMBER(domains[1].users[at / GUEST_PAGE], 1);
    CHECK_NUMBER(domains[0].users[at / GUEST_PAGE], 0);
    goes_astray(&disks[0], &domains[0], domains[1].first + at);
    goes_astray(&disks[0], &domains[0], guest_dma(p, 1, &run));
    goes_astray(&disks[0], &domains[0], domains[0].first + at);
    for (unsigned i = 0; i < GUEST_PAGE; i++)
        CHECK_NUMBER(p[i], GUEST_POISON);
    (void)vwr_blk_kick(&other->blk.first);
    CHECK_NUMBER(vwr_request_wait(&other->blk.first.requests, &held.req), VWR_OK);
    PATTERN_CHECK(p, other->tag, 0, 1);
    CHECK_NUMBER(domains[1].users[at / GUEST_PAGE], 0);
}

static void drive(void)
{
    open_iommu();
    for (unsigned i = 0; i < DISKS; i++) {
        attach(&disks[i], i);
        CHECK(is_empty(&domains[i]));
        open_disk(&disks[i]);
        CHECK(!is_empty(&domains[i]));
    }
    for (unsigned i = 0; i < 2 * DISKS; i++)
        check_disk(&disks[i % DISKS]);
    stays_out();
    for (unsigned i = 0; i < DISKS; i++) {
        check_disk(&disks[i]);
        CHECK_NUMBER(vwr_close(&disks[i].blk.bringup), VWR_OK);
        CHECK(is_empty(&domains[i]));
        CHECK_NUMBER(domains[i].maps, domains[i].unmaps);
        printf("domain %u, endpoint 0x%x: %u mappings, all of them unmapped\n", domains[i].id,
               domains[i].endpoint, domains[i].maps);
    }
    CHECK_NUMBER(vwr_close(&iommu.client.bringup), VWR_OK);
}

int main(int argc, char *argv[])
{
    char runs[20];
    char drive_words[20];

    if (argc != 3)
        return 2;
    image_script(argv[2]);
    CHECK_SYS((mkdir(argv[1], 0700) == 0 || errno == EEXIST) && chdir(argv[1]) == 0);
    check_clean_up = machine_abandon;
    CHECK(board_choose("virt_modern"));
    image_make("0.img", "A 0 64");
    image_make("1.img", "K 0 64");
    machine_begin(false);
    machine_add_device(IOMMU_SLOT, "virtio-iommu", ",boot-bypass=off");
    for (unsigned i = 0; i < DISKS; i++) {
        snprintf(drive_words, sizeof(drive_words), "file=%u.img", i);
        machine_add_disk(FIRST_DISK_SLOT + i, drive_words, "iommu_platform=on,disable-legacy=on");
    }
    machine_start();
    drive();
    machine_stop_complaining(); /* about each fault, once */
    for (unsigned i = 0; i < DISKS; i++) {
        snprintf(runs, sizeof(runs), "%c 0 %u", disks[i].tag, SECTORS);
        snprintf(drive_words, sizeof(drive_words), "%u.img", i);
        image_check(drive_words, runs);
    }
    return 0;
}
