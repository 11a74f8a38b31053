/* SPDX-License-Identifier: MIT */
#include "board.h"
#include "bus.h"
#include "check.h"
#include "guest.h"
#include "machine.h"
#include "pattern.h"
#include "slot.h"

#include "vwr/blk.h"
#include "vwr/entropy.h"
#include "vwr/gen/ids.h"
#include "vwr/iommu.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Two disks behind QEMU's virtio-iommu, whose bypass is on when it starts, each in a domain of its own: the
 * data of the first are in a pool, those of the second are mapped for each request. With the first disk is an
 * entropy device, all of whose memory is in a pool. A disk reads and writes
 * its own buffers; any other address is a fault that the IOMMU reports, also before the disk has a domain,
 * while the IOMMU is reset, and when the disk is closed.
 *
 *     qemu_iommu FOLDER PATTERN.SH
 */

#define IOMMU_SLOT 29u
#define RNG_SLOT 28u
#define FIRST_DISK_SLOT 30u
#define DISKS 2u
#define QUEUE 16u
#define SECTORS 64u
#define DATA_BYTES ((size_t)SECTORS * SECTOR_BYTES)
#define MAPPINGS 64u
#define GUARD (16u * GUEST_PAGE) /* memory that no disk may reach */
#define READ_WRITE (VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE)

static struct vwr_pci iommu_pci;
static struct vwr_iommu iommu;
static uint8_t *guard;

static void probe(struct vwr_pci *p, unsigned slot)
{
    const uint32_t function = VWR_PCI_FUNCTION(0, board_device(slot), 0);
    const int r = vwr_pci_probe(p, slot_host(), function);
    char text[200];

    (void)vwr_pci_explain(p, text, sizeof(text));
    if (r != VWR_OK)
        check_failed(__FILE__, __LINE__, "the probe answered %d: %s", r, text);
}

static void open_iommu(void)
{
    const struct vwr_iommu_options options = {.shared = guest_alloc(sizeof(struct vwr_iommu_shared))};

    probe(&iommu_pci, IOMMU_SLOT);
    CHECK_NUMBER(iommu_pci.dev.type, VWR_ID_IOMMU);
    CHECK_NUMBER(vwr_iommu_open(&iommu, &iommu_pci.dev, &options), VWR_OK);
    CHECK_NUMBER(vwr_iommu_granule(&iommu), GUEST_PAGE);
    CHECK_NUMBER(vwr_iommu_config_get_bypass(&iommu_pci.dev.config), 0);
}

/* ---- the port's hooks ---- */

static uint64_t stray; /* the next buffer that a disk is to write has this address; 0: its own */

uint64_t port_map(void *context, void *p, size_t n, unsigned dma, size_t *run)
{
    const uint64_t phys = guest_dma(p, n, run);

    if (context != NULL && stray != 0 && dma == VWR_DMA_IN)
        return stray;
    return *run != 0 ? vwr_iommu_dma_map(context, phys, dma, run) : phys;
}

void port_unmap(void *context, uint64_t addr, void *p, size_t n, unsigned dma)
{
    (void)p;
    (void)n;
    CHECK(dma != 0 && dma <= VWR_DMA_SHARED);
    if (context != NULL && addr != stray)
        vwr_iommu_dma_unmap(context, addr);
}

/* ---- the disks ---- */

static struct disk {
    struct vwr_pci pci;
    struct vwr_blk blk;
    struct vwr_queue_memory memory;
    _Alignas(8) uint8_t own[VWR_QUEUE_OWN_BYTES(QUEUE)];
    struct vwr_iommu_domain domain;
    struct vwr_iommu_mapping mapping[MAPPINGS];
    uint64_t pool;
    uint8_t *data;
    char tag;
} disks[DISKS];

static void make_disk(struct disk *d, unsigned number)
{
    const size_t bytes = VWR_BLK_SHARED_BYTES(QUEUE, 1, 1);

    probe(&d->pci, FIRST_DISK_SLOT + number);
    CHECK_NUMBER(d->pci.dev.type, VWR_ID_BLOCK);
    d->memory = (struct vwr_queue_memory){guest_alloc(bytes), bytes, d->own, sizeof(d->own), QUEUE};
    d->data = guest_alloc(DATA_BYTES);
    d->tag = number == 0 ? 'A' : 'K';
}

static void attach(struct disk *d)
{
    size_t run;

    vwr_iommu_domain_init(&d->domain, &iommu, d->mapping, MAPPINGS);
    d->domain.may_wait = d != &disks[0];
    CHECK_NUMBER(vwr_iommu_attach(&d->domain, d->pci.function), VWR_OK); /* the requester ID */
    CHECK_NUMBER(vwr_iommu_attach(&d->domain, d->pci.function), VWR_EBUSY);
    CHECK_NUMBER(d->domain.reserved_count, 1);
    CHECK_NUMBER(d->domain.reserved[0].subtype, VWR_IOMMU_RESV_MEM_T_MSI);
    d->pool = VWR_IOMMU_ANY;
    if (!d->domain.may_wait)
        CHECK_NUMBER(
            vwr_iommu_map(&d->domain, &d->pool, guest_dma(d->data, DATA_BYTES, &run), DATA_BYTES, READ_WRITE),
            VWR_OK);
    vwr_iommu_place(&d->pci.dev, &d->domain);
}

/* ---- a device that fills buffers: its queue and its buffers are in one pool ---- */

static struct {
    struct vwr_pci pci;
    struct vwr_entropy entropy;
    struct vwr_entropy_options options;
    uint64_t pool;
} rng;

static void opens_rng(void)
{
    uint8_t bytes[32] = {0};
    unsigned zeroes = 0;

    CHECK_NUMBER(vwr_entropy_open(&rng.entropy, &rng.pci.dev, &rng.options), VWR_OK);
    CHECK_NUMBER(vwr_entropy_fill(&rng.entropy, bytes, sizeof(bytes), 20000000), VWR_OK);
    for (unsigned i = 0; i < sizeof(bytes); i++)
        zeroes += bytes[i] == 0;
    CHECK(zeroes < sizeof(bytes));
    CHECK_NUMBER(disks[0].domain.mapping_count, 3);
}

static void make_rng(void)
{
    const uint64_t bytes = (sizeof(struct vwr_entropy_shared) + GUEST_PAGE - 1) / GUEST_PAGE * GUEST_PAGE;
    struct vwr_iommu_domain *const m = &disks[0].domain;
    size_t run;

    probe(&rng.pci, RNG_SLOT);
    rng.options.shared = guest_alloc(bytes);
    rng.pool = VWR_IOMMU_ANY;
    CHECK_NUMBER(vwr_iommu_attach(m, rng.pci.function), VWR_OK);
    CHECK_NUMBER(m->reserved_count, 1); /* the doorbell of both */
    CHECK_NUMBER(vwr_iommu_map(m, &rng.pool, guest_dma(rng.options.shared, bytes, &run), bytes, READ_WRITE),
                 VWR_OK);
    vwr_iommu_place(&rng.pci.dev, m);
    opens_rng();
}

static void close_rng(void)
{
    CHECK_NUMBER(vwr_iommu_unmap(&disks[0].domain, rng.pool), VWR_EBUSY);
    CHECK_NUMBER(vwr_close(&rng.entropy.bringup), VWR_OK);
}

static void open_disk(struct disk *d)
{
    char text[200];

    if (vwr_blk_open_with(&d->blk, &d->pci.dev, &d->memory, NULL) == VWR_OK)
        return;
    (void)vwr_dev_explain(&d->pci.dev, text, sizeof(text));
    check_failed(__FILE__, __LINE__, "open: %s", text);
}

static void close_disk(struct disk *d)
{
    CHECK_NUMBER(vwr_close(&d->blk.bringup), VWR_OK);
    CHECK_NUMBER(d->domain.mapping_count, d->domain.may_wait ? 0 : d->domain.endpoint_count);
}

/* Reads all that was written before, and writes something else. */
static void check_disk(struct disk *d)
{
    memset(d->data, GUEST_POISON, DATA_BYTES);
    CHECK_NUMBER(vwr_blk_read(&d->blk, 0, d->data, SECTORS), VWR_OK);
    PATTERN_CHECK(d->data, d->tag, 0, SECTORS);
    pattern_fill(d->data, (char)++d->tag, 0, SECTORS);
    CHECK_NUMBER(vwr_blk_write(&d->blk, 0, d->data, SECTORS), VWR_OK);
}

/* Waits until the IOMMU has reported a fault of this disk. QEMU's lifetime limits the wait. */
static void expect_fault(const struct disk *d, unsigned reason, uint64_t addr)
{
    struct vwr_iommu_fault_msg fault;
    bool seen = false;
    int n = 0;

    while (n != 0 || !seen) {
        n = vwr_iommu_poll(&iommu, &fault);
        CHECK(n >= 0);
        machine_sync();
        if (n == 0)
            continue;
        CHECK((fault.flags & VWR_IOMMU_FAULT_F_ADDRESS) != 0);
        CHECK_NUMBER(fault.endpoint, d->pci.function);
        seen |= fault.reason == reason && (addr == 0 || fault.address == addr);
    }
    CHECK(vwr_iommu_arm(&iommu));
}

/* Sends a read, which QEMU attempts at once (machine_disk_more), and waits for no answer. */
static int send_read(struct disk *d, void *to)
{
    static struct vwr_blk_req held[DISKS];
    struct vwr_blk_req *const r = &held[d - disks];
    int result;

    memset(r, 0, sizeof(*r));
    vwr_blk_fill(r, VWR_BLK_T_IN, 0, to, SECTOR_BYTES);
    result = vwr_blk_submit(&d->blk.first, r);
    if (result == VWR_OK)
        (void)vwr_blk_kick(&d->blk.first);
    machine_sync();
    return result;
}

/* An endpoint without a domain reaches nothing: it cannot even read its queue. QEMU does not know it yet. */
static void has_no_domain(struct disk *d)
{
    CHECK(d->pci.dev.dma_context == NULL);
    open_disk(d);
    CHECK_NUMBER(send_read(d, guard), VWR_OK);
    expect_fault(d, VWR_IOMMU_FAULT_R_UNKNOWN, 0);
    CHECK_NUMBER(vwr_close(&d->blk.bringup), VWR_OK);
}

/*
 * The disk is told to write to an address that is not mapped for it. QEMU decides whether the request
 * succeeds; afterwards, the disk is opened again.
 */
static void goes_astray(struct disk *d, uint64_t addr)
{
    stray = addr;
    (void)!vwr_blk_read(&d->blk, 0, d->data, 1);
    expect_fault(d, VWR_IOMMU_FAULT_R_MAPPING, addr);
    close_disk(d);
    stray = 0;
    open_disk(d);
    check_disk(d);
}

/* One disk cannot reach what the other one may, by the other's address or by that of RAM. */
static void stays_out(void)
{
    const struct vwr_iommu_mapping *const last = &disks[0].domain.mapping[disks[0].domain.mapping_count - 1];
    size_t run;

    CHECK_NUMBER(vwr_blk_read(&disks[0].blk, 0, guard, 1), VWR_EFULL); /* not in the pool, and cannot wait */
    goes_astray(&disks[1], disks[0].pool + DATA_BYTES - SECTOR_BYTES);
    goes_astray(&disks[0], guest_dma(guard, 1, &run));
    goes_astray(&disks[0], last->last + 1);
}

static void reset_iommu(void)
{
    int r = VWR_EBUSY;

    while (r == VWR_EBUSY)
        r = vwr_freeze(&iommu.bringup);
    CHECK_NUMBER(r, VWR_OK);
}

static void recover_iommu(void)
{
    int r = VWR_EBUSY;

    while (r == VWR_EBUSY)
        r = vwr_recover(&iommu.bringup);
    CHECK_NUMBER(r, VWR_OK);
    CHECK_NUMBER(iommu.restore.lost, 0);
    CHECK_NUMBER(vwr_iommu_config_get_bypass(&iommu_pci.dev.config), 0);
}

/*
 * QEMU forgets all domains when the IOMMU is reset. Until the recovery is complete, the disks reach nothing;
 * afterwards what they did before.
 */
static void is_reset(void)
{
    reset_iommu();
    for (unsigned i = 0; i < DISKS; i++) {
        memset(disks[i].data, GUEST_POISON, DATA_BYTES);
        CHECK_NUMBER(send_read(&disks[i], disks[i].data), i == 0 ? VWR_OK : VWR_EFULL);
        for (size_t k = 0; k < DATA_BYTES; k++)
            CHECK_NUMBER(disks[i].data[k], GUEST_POISON);
    }
    recover_iommu();
    close_rng();
    opens_rng();
    for (unsigned i = 0; i < DISKS; i++) {
        close_disk(&disks[i]); /* its queue was out of reach */
        open_disk(&disks[i]);
        check_disk(&disks[i]);
    }
}

static void drive(void)
{
    guard = guest_alloc(GUARD);
    open_iommu();
    for (unsigned i = 0; i < DISKS; i++) {
        make_disk(&disks[i], i);
        reset_iommu();
        recover_iommu();
        has_no_domain(&disks[i]);
        attach(&disks[i]);
        if (i == 0) { /* nobody uses the domain */
            reset_iommu();
            recover_iommu();
        }
        open_disk(&disks[i]);
    }
    make_rng();
    for (unsigned i = 0; i < 2 * DISKS; i++)
        check_disk(&disks[i % DISKS]);
    stays_out();
    is_reset();
    stays_out();
    close_rng();
    CHECK_NUMBER(vwr_iommu_unmap(&disks[0].domain, rng.pool), VWR_OK);
    CHECK_NUMBER(vwr_iommu_detach(&disks[0].domain, rng.pci.function), VWR_OK);
    for (unsigned i = 0; i < DISKS; i++) {
        check_disk(&disks[i]);
        close_disk(&disks[i]);
        CHECK_NUMBER(vwr_iommu_detach(&disks[i].domain, disks[i].pci.function), VWR_OK);
    }
    CHECK_NUMBER(iommu.stale, 0);
    CHECK_NUMBER(vwr_close(&iommu.bringup), VWR_OK);
    for (size_t i = 0; i < GUARD; i++)
        CHECK_NUMBER(guard[i], GUEST_POISON);
    printf("%u faults\n", (unsigned)iommu.faults);
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
    machine_add_device(IOMMU_SLOT, "virtio-iommu", ",boot-bypass=on");
    machine_add_device(RNG_SLOT, "virtio-rng", ",iommu_platform=on,disable-legacy=on");
    for (unsigned i = 0; i < DISKS; i++) {
        snprintf(drive_words, sizeof(drive_words), "file=%u.img", i);
        machine_add_disk(FIRST_DISK_SLOT + i, drive_words, "iommu_platform=on,disable-legacy=on");
    }
    machine_start();
    (void)machine_qmp("{\"execute\": \"cont\"}"); /* an entropy device sends nothing to a stopped machine */
    drive();
    machine_stop_complaining(); /* about each fault, once */
    for (unsigned i = 0; i < DISKS; i++) {
        snprintf(runs, sizeof(runs), "%c 0 %u", disks[i].tag, SECTORS);
        snprintf(drive_words, sizeof(drive_words), "%u.img", i);
        image_check(drive_words, runs);
    }
    return 0;
}
