/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "guest.h"
#include "pattern.h"
#include "ram.h"
#include "vmm.h"

#include "vwr/iommu.h"
#include "vwr/viommu.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

/*
 * An IOMMU, and a disk behind it that reads and writes the memory of its driver. The devices cannot access a
 * page of the disk's driver unless a mapping in force covers it (mprotect): otherwise the program ends. The
 * IOMMU is killed before each step of the life of both, and at each of its requests, executed or not, and
 * again while it is recovered. After the recovery, the life goes on, and the data are right.
 */

#define IOMMU_SLOT 0u
#define ENDPOINT 8u
#define MAPPINGS 4u
#define FAULTS 4u
#define PINS 512u
#define SECTORS 16u
#define SOME 8u /* sectors of a request: one page */
#define WAIT_US 3000u
#define STEPS_HELD 40u /* the VMM answers then */
#define MOST_TURNS (4u * WAIT_US)
#define NEVER UINT32_MAX

/* What the disk uses, and what its mapping allows. */
enum part { RINGS, OUT, IN, PARTS };

static const int accesses[PARTS] = {
    [RINGS] = VWR_IOMMU_MAP_F_READ | VWR_IOMMU_MAP_F_WRITE,
    [OUT] = VWR_IOMMU_MAP_F_READ,
    [IN] = VWR_IOMMU_MAP_F_WRITE,
};

/* How the IOMMU ends: with a request executed or not, and it says so or is silent. */
enum how { UNDONE, DONE, UNDONE_SILENT, DONE_SILENT, HOWS };

static struct {
    /* the devices */
    struct vwr_viommu device;
    struct vwr_viommu_own own;
    struct vwr_viommu_endpoint endpoint;
    struct vwr_viommu_domain domains[2];
    struct vwr_viommu_mapping mappings[MAPPINGS];
    struct vwr_viommu_fault faults[FAULTS];
    struct vwr_memory_pin pins[PINS];
    struct vwr_vblk disk;
    struct vwr_vblk_own disk_own;
    struct vwr_vblk_backend backend;
    uint8_t store[SECTORS * VWR_BLK_SECTOR_BYTES];
    struct vwr_vblk_req *held;
    uint64_t ticket;
    unsigned steps; /* until it is answered; 0: the disk answers at once */
    /* the drivers */
    union vmm_end end, disk_end;
    struct vwr_iommu iommu;
    struct vwr_iommu_domain domain;
    struct vwr_iommu_mapping table[MAPPINGS];
    struct vwr_blk blk;
    struct vwr_blk_own blk_own;
    struct vwr_blk_shared *shared;
    uint8_t *data[PARTS];
    size_t bytes[PARTS];
    char tag;
    bool is_open, cut_off; /* a read waits for its memory */
    /* what the IOMMU has been told, as far as it has executed it */
    bool attached, force[PARTS];
    unsigned unmaps; /* part + 1 whose unmapping waits */
    /* its end */
    unsigned messages, ends, kill_at, again_at;
    enum how how;
    bool killed; /* at the next step of the VM */
} w;

static const struct vwr_iommu_vservice_calls *calls;

/* ---- memory ---- */

static void protect(void)
{
    for (unsigned i = 0; i < PARTS; i++) {
        const int access = !w.attached || !w.force[i]            ? PROT_NONE
                           : accesses[i] == VWR_IOMMU_MAP_F_READ ? PROT_READ
                                                                 : PROT_READ | PROT_WRITE;

        ram_protect(w.data[i], w.bytes[i], access);
    }
}

static uint64_t phys_of(enum part part)
{
    size_t run;

    return ram_dma(w.data[part], w.bytes[part], &run);
}

static unsigned part_at(uint64_t virt)
{
    unsigned i = 0;

    while (phys_of(i) != virt)
        CHECK(++i < PARTS);
    return i;
}

static void *allocate(enum part part, size_t bytes)
{
    w.bytes[part] = (bytes + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1);
    w.data[part] = ram_alloc_ring(bytes);
    return w.data[part];
}

/* ---- the IOMMU, whose requests are seen ---- */

/* What becomes of a request whose turn it is: true if it is executed. */
static bool executes(void)
{
    w.messages++;
    if (w.messages != w.kill_at && w.messages != w.again_at)
        return true;
    w.ends++;
    w.killed = w.how == UNDONE || w.how == DONE;
    return w.how == DONE || w.how == DONE_SILENT;
}

static bool is_silent(void)
{
    return w.messages == w.kill_at || w.messages == w.again_at;
}

static int result(int r)
{
    return is_silent() ? VWR_LATER : r;
}

static int attach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_attach_msg *m)
{
    int r = VWR_LATER;

    if (executes()) {
        r = calls->attach(s, x, m);
        CHECK_NUMBER(r, VWR_OK);
        w.attached = true;
        protect();
    }
    return result(r);
}

static int map(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_map_msg *m)
{
    int r = VWR_LATER;

    if (executes()) {
        r = calls->map(s, x, m);
        CHECK_NUMBER(r, VWR_OK);
        CHECK_NUMBER(m->flags, accesses[part_at(m->virt_start)]);
        w.force[part_at(m->virt_start)] = true;
        protect();
    }
    return result(r);
}

static int unmap(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_unmap_msg *m)
{
    int r = VWR_LATER;

    if (executes()) {
        r = calls->unmap(s, x, m);
        if (r == VWR_LATER)
            w.unmaps = part_at(m->virt_start) + 1;
        else
            w.force[part_at(m->virt_start)] = false;
        protect();
    }
    return result(r);
}

static int detach(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_detach_msg *m)
{
    int r = VWR_LATER;

    if (executes()) {
        r = calls->detach(s, x, m);
        CHECK_NUMBER(r, VWR_OK);
        w.attached = false;
        memset(w.force, 0, sizeof(w.force));
        protect();
    }
    return result(r);
}

static int probe(struct vwr_iommu_vservice *s, struct vwr_vmessage *x, const struct vwr_iommu_probe_msg *m)
{
    return result(executes() ? calls->probe(s, x, m) : VWR_LATER);
}

static void reset(struct vwr_iommu_vservice *s)
{
    calls->reset(s);
    w.attached = false;
    w.unmaps = 0;
    memset(w.force, 0, sizeof(w.force));
    protect();
}

static void spy(void)
{
    static struct vwr_iommu_vservice_calls spies;

    calls = w.device.service.calls;
    spies = *calls;
    spies.attach = attach;
    spies.detach = detach;
    spies.map = map;
    spies.unmap = unmap;
    spies.probe = probe;
    spies.reset = reset;
    w.device.service.calls = &spies;
}

/* ---- the disk ---- */

static void transfer(const struct vwr_vblk_req *r)
{
    uint8_t *at = w.store + r->sector * VWR_BLK_SECTOR_BYTES;

    for (unsigned i = 0; i < r->segs; at += r->seg[i++].len)
        if (r->type == VWR_BLK_T_IN)
            memcpy(r->seg[i].at, at, r->seg[i].len);
        else
            memcpy(at, r->seg[i].at, r->seg[i].len);
}

static int submit(struct vwr_vblk_backend *be, struct vwr_vblk_req *r)
{
    (void)be;
    if (w.steps == 0) {
        transfer(r);
        return VWR_OK;
    }
    w.held = r;
    w.ticket = vwr_vblk_ticket(r);
    return VWR_LATER;
}

static void drain(struct vwr_vblk_backend *be, struct vwr_vblk *b, unsigned queue)
{
    (void)be;
    (void)b;
    (void)queue;
    w.held = NULL;
}

static void answer(void)
{
    struct vwr_vblk_req *const r = w.held;

    w.held = NULL;
    transfer(r);
    vwr_vblk_done(r, w.ticket, VWR_OK);
    vwr_vblk_signal(&w.disk);
}

/* A mapping whose unmapping waited is no longer in force: nothing is accessed from now on. */
static void see_unmapping(void)
{
    unsigned in_force = 0;

    for (unsigned i = 0; i < PARTS; i++)
        in_force += w.force[i];
    if (w.unmaps == 0 || w.device.mappings == in_force)
        return;
    CHECK_NUMBER(w.device.mappings, in_force - 1);
    w.force[w.unmaps - 1] = false;
    w.unmaps = 0;
    protect();
}

static bool work(void)
{
    bool did = w.killed;

    if (w.killed)
        vwr_vdev_needs_reset(vwr_viommu_dev(&w.device));
    w.killed = false;
    if (w.held != NULL && w.steps != 0 && --w.steps == 0) {
        answer();
        did = true;
    }
    see_unmapping();
    return did;
}

/* ---- both ---- */

static void plug(unsigned kind)
{
    static const struct vwr_vblk_backend_ops ops = {.submit = submit, .drain = drain};
    const struct vwr_viommu_options options = {.endpoint = &w.endpoint,
                                               .endpoint_count = 1,
                                               .domain = w.domains,
                                               .domain_count = VWR_COUNT(w.domains),
                                               .mapping = w.mappings,
                                               .mapping_count = MAPPINGS,
                                               .fault = w.faults,
                                               .fault_count = FAULTS};
    const struct vwr_vblk_options disk = {.backend = &w.backend};
    struct vwr_vdev_setup s = {.vm = &vmm, .line = IOMMU_SLOT};

    w.endpoint = (struct vwr_viommu_endpoint){.id = ENDPOINT, .pin = w.pins, .pin_count = PINS};
    w.backend =
        (struct vwr_vblk_backend){.ops = &ops, .sectors = SECTORS, .block_bytes = VWR_BLK_SECTOR_BYTES};
    disk_offer(&s.features, kind);
    CHECK_NUMBER(vwr_viommu_init(&w.device, &s, &w.own, &options), VWR_OK);
    spy();
    vmm_add(IOMMU_SLOT, vwr_viommu_dev(&w.device));
    s.line = DISK_SLOT;
    s.iommu = &w.endpoint.reach;
    CHECK_NUMBER(vwr_vblk_init(&w.disk, &s, &w.disk_own, &disk), VWR_OK);
    vmm_add(DISK_SLOT, &w.disk.dev);
    vmm_look_away(DISK_SLOT); /* a monitor does not translate */
    vmm_work = work;
    vmm_may_break = true;
}

static void begin(unsigned kind)
{
    struct vwr_iommu_options options = {.request.timeout_us = WAIT_US};

    ram_reset();
    memset(&w, 0, sizeof(w));
    w.tag = 'A';
    vmm_begin(false);
    options.shared = ram_alloc_ring(sizeof(*options.shared));
    w.shared = allocate(RINGS, sizeof(*w.shared));
    (void)allocate(OUT, SOME * VWR_BLK_SECTOR_BYTES);
    (void)allocate(IN, SOME * VWR_BLK_SECTOR_BYTES);
    plug(kind);
    protect();
    CHECK_NUMBER(vmm_find(&w.end, IOMMU_SLOT), VWR_OK);
    CHECK_NUMBER(vmm_find(&w.disk_end, DISK_SLOT), VWR_OK);
    CHECK_NUMBER(vwr_iommu_open(&w.iommu, &w.end.dev, &options), VWR_OK);
    vwr_iommu_domain_init(&w.domain, &w.iommu, w.table, MAPPINGS);
    vwr_dev_want(&w.disk_end.dev, VWR_F_ACCESS_PLATFORM);
}

/* Whether the IOMMU has what its driver has promised, and nothing else. */
static void agree(void)
{
    unsigned in_force = 0;

    CHECK_NUMBER(w.attached, w.domain.endpoint_count);
    for (unsigned i = 0; i < w.domain.mapping_count; i++)
        CHECK(w.force[part_at(w.table[i].virt)]);
    for (unsigned i = 0; i < PARTS; i++)
        in_force += w.force[i];
    CHECK_NUMBER(in_force, w.domain.mapping_count);
    CHECK_NUMBER(w.device.mappings, in_force);
}

/* It may fail again meanwhile. */
static void recovers(union vmm_end *end, struct vwr_bringup *v)
{
    int r = VWR_EBUSY;

    for (unsigned i = 0; r != VWR_OK; i++) {
        CHECK(i < MOST_TURNS);
        (void)!vwr_dev_check(&end->dev);
        r = vwr_recover(v);
        (void)vmm_step();
        vwr_vdev_serve(&w.disk.dev, 0); /* whatever its driver has put there */
    }
}

static void recovers_iommu(void)
{
    recovers(&w.end, &w.iommu.bringup);
    CHECK_NUMBER(w.iommu.restore.lost, 0);
    agree();
}

static int opens(void)
{
    const struct vwr_blk_options options = {
        .own = &w.blk_own, .shared = w.shared, .request = {.timeout_us = WAIT_US, .replay = true}};

    CHECK_NUMBER(vwr_blk_open(&w.blk, &w.disk_end.dev, &options), VWR_OK);
    w.is_open = true;
    return VWR_OK;
}

static int closes(void)
{
    w.is_open = false;
    CHECK_NUMBER(vwr_close(&w.blk.bringup), VWR_OK);
    return VWR_OK;
}

/* What the disk was doing is sent again. A disk that has tried in vain without its IOMMU is opened again. */
static int recovers_disk(void)
{
    if (!w.is_open || (w.cut_off && !w.force[IN]))
        return VWR_OK;
    w.cut_off = false;
    if (vwr_get_stage(&w.blk.bringup) == VWR_STAGE_DEAD) {
        CHECK_NUMBER(closes(), VWR_OK);
        return opens();
    }
    if (w.disk.dev.broken || vwr_get_stage(&w.blk.bringup) != VWR_STAGE_RUNNING)
        recovers(&w.disk_end, &w.blk.bringup);
    return VWR_OK;
}

/* Makes a step, again if the IOMMU is killed. */
static void manages(int (*step)(void))
{
    for (unsigned ends = w.ends; step() != VWR_OK; ends = w.ends) {
        CHECK(w.ends > ends); /* nothing else fails */
        recovers_iommu();
        (void)recovers_disk();
    }
}

/* ---- the steps of a life, each of which can be made again ---- */

static int life_attach(void)
{
    return vwr_iommu_attach(&w.domain, ENDPOINT);
}

static int map_part(enum part part)
{
    uint64_t virt = phys_of(part);

    return vwr_iommu_map(&w.domain, &virt, virt, w.bytes[part], (uint32_t)accesses[part]);
}

static int unmap_part(enum part part)
{
    const int r = vwr_iommu_unmap(&w.domain, phys_of(part));

    return r == VWR_EINVAL ? VWR_OK : r; /* a recovery does not restore what was to be unmapped */
}

static int map_rings(void)
{
    return map_part(RINGS);
}

static int map_out(void)
{
    return map_part(OUT);
}

static int map_in(void)
{
    return map_part(IN);
}

static int unmap_rings(void)
{
    return unmap_part(RINGS);
}

static int unmap_out(void)
{
    return unmap_part(OUT);
}

static int unmap_in(void)
{
    return unmap_part(IN);
}

static int life_detach(void)
{
    return vwr_iommu_detach(&w.domain, ENDPOINT);
}

/* The disk reads its driver's memory. */
static int writes(void)
{
    pattern_fill(w.data[OUT], ++w.tag, 0, SOME);
    CHECK_NUMBER(vwr_blk_write(&w.blk, 0, w.data[OUT], SOME), VWR_OK);
    PATTERN_CHECK(w.store, w.tag, 0, SOME);
    return VWR_OK;
}

/* It writes there. */
static int reads(void)
{
    memset(w.data[IN], GUEST_POISON, w.bytes[IN]);
    CHECK_NUMBER(vwr_blk_read(&w.blk, 0, w.data[IN], SOME), VWR_OK);
    PATTERN_CHECK(w.data[IN], w.tag, 0, SOME);
    return VWR_OK;
}

static struct vwr_blk_req reading;

/* The disk is told to read, which takes as many steps. */
static void begins_to_read(unsigned steps)
{
    memset(&reading, 0, sizeof(reading));
    memset(w.data[IN], GUEST_POISON, w.bytes[IN]);
    w.steps = steps;
    vwr_blk_fill(&reading, VWR_BLK_T_IN, 0, w.data[IN], w.bytes[IN]);
    CHECK_NUMBER(vwr_blk_submit(&w.blk.first, &reading), VWR_OK);
    (void)vwr_blk_kick(&w.blk.first);
}

static int has_read(void)
{
    CHECK_NUMBER(vwr_blk_wait(&w.blk.first, &reading), VWR_OK);
    PATTERN_CHECK(w.data[IN], w.tag, 0, SOME);
    return VWR_OK;
}

/* What a request uses is unmapped while the disk holds it: the unmapping waits, or the IOMMU dies meanwhile
 * and the request is sent again. */
static int unmaps_held(void)
{
    const unsigned ends = w.ends;
    int r;

    begins_to_read(STEPS_HELD);
    CHECK(w.held != NULL);
    r = unmap_part(IN);
    w.steps = 0;
    CHECK(r == VWR_OK || w.ends != ends);
    if (r == VWR_OK) {
        CHECK_NUMBER(w.device.stats.waited, 1);
        return has_read();
    }
    recovers_iommu();
    CHECK(w.held == NULL);
    manages(map_in);
    (void)recovers_disk();
    (void)has_read();
    manages(unmap_in);
    return VWR_OK;
}

/* What is not mapped stops the disk, and the IOMMU says why. */
static int is_cut_off(void)
{
    struct vwr_iommu_fault_msg fault;

    while (vwr_iommu_poll(&w.iommu, &fault) == 1) /* those of rings that a reset took away */
        CHECK_NUMBER(fault.reason, VWR_IOMMU_FAULT_R_DOMAIN);
    begins_to_read(0);
    CHECK(w.disk.dev.broken);
    w.cut_off = true;
    CHECK_NUMBER(vwr_iommu_poll(&w.iommu, &fault), 1);
    CHECK_NUMBER(fault.endpoint, ENDPOINT);
    CHECK_NUMBER(fault.reason, VWR_IOMMU_FAULT_R_MAPPING);
    CHECK_NUMBER(fault.flags, VWR_IOMMU_FAULT_F_WRITE | VWR_IOMMU_FAULT_F_ADDRESS);
    CHECK_NUMBER(fault.address, phys_of(IN));
    for (size_t i = 0; i < w.bytes[IN]; i++)
        CHECK_NUMBER(w.data[IN][i], GUEST_POISON);
    return VWR_OK;
}

static int (*const life[])(void) = {life_attach, map_rings,   map_out,    opens,       writes,        map_in,
                                    reads,       unmaps_held, is_cut_off, map_in,      recovers_disk, reads,
                                    unmap_out,   unmap_in,    closes,     unmap_rings, life_detach};

/* The IOMMU fails, or its driver resets it: until the recovery, the disk cannot work. */
static void kill_between(void)
{
    int r = VWR_EBUSY;

    if (w.how == UNDONE)
        vwr_vdev_needs_reset(vwr_viommu_dev(&w.device));
    while (w.how != UNDONE && r == VWR_EBUSY)
        r = vwr_freeze(&w.iommu.bringup);
    for (r = VWR_EBUSY; w.how != UNDONE && w.is_open && r == VWR_EBUSY;) {
        (void)!vwr_dev_check(&w.disk_end.dev);
        r = vwr_recover(&w.blk.bringup);
    }
    CHECK(r != VWR_OK);
    recovers_iommu();
    (void)recovers_disk();
}

/* Returns the number of messages. `step`: the step before which the IOMMU is killed. */
static unsigned lives(unsigned kind, unsigned step, unsigned kill_at, unsigned again_at, enum how how)
{
    begin(kind);
    w.kill_at = kill_at;
    w.again_at = again_at;
    w.how = how;
    for (unsigned i = 0; i < VWR_COUNT(life); i++) {
        if (i == step)
            kill_between();
        manages(life[i]);
        agree();
    }
    CHECK_NUMBER(w.endpoint.reach.live, 0);
    CHECK_NUMBER(w.device.mappings, 0);
    CHECK_NUMBER(vwr_close(&w.iommu.bringup), VWR_OK);
    for (unsigned i = 0; i < PARTS; i++)
        ram_protect(w.data[i], w.bytes[i], PROT_READ | PROT_WRITE);
    vmm_may_break = false;
    vmm_work = NULL;
    return w.messages;
}

void case_iommu_life(unsigned kind, unsigned scale)
{
    unsigned messages;

    (void)scale;
    if ((kind & DISK_LEGACY) != 0 || VWR_PORT_HAS_DMA_MAP) /* whose pool would be mapped as a whole */
        return;
    messages = lives(kind, NEVER, 0, 0, UNDONE);
    for (unsigned i = 0; i < VWR_COUNT(life); i++)
        for (unsigned how = UNDONE; how <= DONE; how++)
            (void)lives(kind, i, 0, 0, how);
    for (unsigned k = 1; k <= messages; k++)
        for (unsigned how = 0; how < HOWS; how++) {
            (void)lives(kind, NEVER, k, 0, how);
            (void)lives(kind, NEVER, k, k + 1 + k % 3, how);
        }
    printf("%s iommu: %u steps, %u messages\n", disk_kind_name(kind), (unsigned)VWR_COUNT(life), messages);
}
