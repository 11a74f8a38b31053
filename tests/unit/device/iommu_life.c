/* SPDX-License-Identifier: MIT */
#include "iommu_world.h"

#include "vwr/gen/features.h"
#include "vwr/gen/mmio.h"
#include "vwr/gen/status.h"
#include "vwr/vblk.h"
#include "vwr/vconsole.h"
#include "vwr/vstate.h"

#include <string.h>
#include <sys/mman.h>

/*
 * The requests of an IOMMU and the life of its devices, with a disk that answers late (framing_blk_late), as
 * a part of device.iommu. The statuses of UNMAP are those that QEMU's own test expects.
 */

#define READ VWR_IOMMU_MAP_F_READ
#define WRITE VWR_IOMMU_MAP_F_WRITE
#define RW (READ | WRITE)
#define STATUS(call, name) assert_int_equal(call, VWR_IOMMU_S_##name)
#define HELD (&framing_blk_late.rows[0]) /* a sector is read */

static void begin(void)
{
    w.table = false;
    w.pci = false;
    world_make(&framing_blk_late, false, true);
}

static void begin_held(void)
{
    begin();
    world_map_all();
    assert_true(world_start());
    world_send(HELD);
    world_kick(HELD);
    assert_int_equal(w.endpoint[0].reach.live, 2);
}

/* Further ones are those of the bench (classes/iommu_shapes.c). */
static void has_statuses(void **state)
{
    (void)state;
    begin();
    STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
    STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
    STATUS(world_attach(DOMAIN, ENDPOINT, VWR_IOMMU_ATTACH_F_BYPASS), INVAL);
    STATUS(world_map(DOMAIN, 0, 0x1fff, ~UINT64_C(0xfff), READ), RANGE);
    STATUS(world_map(DOMAIN, 0x1000, 0xfff, 0, READ), INVAL);
    STATUS(world_map(DOMAIN, 0, 0xfff, 0, VWR_IOMMU_MAP_F_MMIO), INVAL);
    STATUS(world_map(DOMAIN, 0, 0x1fff, 0, READ), OK);
    STATUS(world_map(DOMAIN, 0x1000, 0x2fff, 0, READ), INVAL);
    STATUS(world_map(DOMAIN, 0x2000, 0x2fff, 0x9000, WRITE), OK);
    STATUS(world_unmap(DOMAIN, 0x1000, 0x2fff), RANGE); /* would split one mapping, and removes neither */
    STATUS(world_map(DOMAIN, 0x2000, 0x2fff, 0, READ), INVAL);
    STATUS(world_unmap(DOMAIN, 0x5000, 0x8fff), OK);
    STATUS(world_unmap(DOMAIN, 5, 4), INVAL);
    STATUS(world_unmap(DOMAIN, 0, 0x7fff), OK);
    assert_int_equal(w.iommu.mappings, 0);
    STATUS(world_map(DOMAIN, 0, ~UINT64_C(0), 0, RW), OK);
    STATUS(world_detach(DOMAIN, ENDPOINT), OK); /* the domain ends */
    assert_int_equal(w.iommu.mappings, 0);
    STATUS(world_unmap(DOMAIN, 0, 0xfff), NOENT);
    world_end();
}

static void has_no_more_memory(void **state)
{
    (void)state;
    begin();
    STATUS(world_attach(1, ENDPOINT, 0), OK);
    STATUS(world_attach(2, ENDPOINT + 1, 0), OK);
    for (uint64_t i = 0; i < MAPPINGS; i++)
        STATUS(world_map(1u + i % 2u, i << 13, (i << 13) + 0xfff, 0, RW), OK);
    STATUS(world_map(1, UINT64_C(1) << 40, (UINT64_C(1) << 40) + 0xfff, 0, RW), NOMEM);
    STATUS(world_unmap(2, 0x2000, 0x2fff), OK);
    STATUS(world_map(1, UINT64_C(1) << 40, (UINT64_C(1) << 40) + 0xfff, 0, RW), OK);
    STATUS(world_attach(3, ENDPOINT, 0), OK); /* in the memory of domain 1, which ends */
    assert_int_equal(w.iommu.mappings, MAPPINGS / 2 - 1);
    STATUS(world_attach(2, ENDPOINT, 0), OK);
    STATUS(world_attach(4, ENDPOINT, 0), OK);
    STATUS(world_attach(4, ENDPOINT + 1, 0), OK);
    STATUS(world_attach(5, ENDPOINT, 0), OK);
    STATUS(world_attach(4, ENDPOINT, 0), OK);
    STATUS(world_attach(6, ENDPOINT, 0), OK);
    assert_int_equal(w.iommu.mappings, 0);
    world_end();
}

/* A domain for each endpoint is in use, and an endpoint of a shared one wants its own. */
static void has_no_more_domains(void **state)
{
    static struct vwr_viommu_domain one;

    (void)state;
    begin();
    w.iommu.domain = &one;
    w.iommu.domains = 1;
    one.endpoints = 0;
    STATUS(world_attach(1, ENDPOINT, 0), OK);
    STATUS(world_attach(2, ENDPOINT + 1, 0), NOMEM);
    STATUS(world_attach(1, ENDPOINT + 1, 0), OK);
    STATUS(world_attach(2, ENDPOINT, 0), NOMEM);
    assert_ptr_equal(w.endpoint[0].domain, &one);
    world_end();
}

static void refuses_guest_physical_addresses(void **state)
{
    (void)state;
    begin();
    assert_true(vwr_features_have(&w.g.dev->offered, VWR_F_ACCESS_PLATFORM));
    vwr_features_remove(&w.g.features, VWR_F_ACCESS_PLATFORM);
    assert_false(guest_negotiate(&w.g));
    assert_int_equal(w.g.dev->fault.kind, VWR_VFAULT_PLATFORM);
    world_end();
}

/* Each endpoint reaches what its own domain maps; a domain may have several endpoints. */
static uint64_t reach(unsigned endpoint, uint64_t addr, unsigned access)
{
    struct vwr_memory_iommu *const i = &w.endpoint[endpoint].reach;
    void *host;

    return i->run(i, addr, 1, access, &host);
}

/* A run of bytes ends where the next mapping does not follow, or does not allow as much. */
static void ends_a_run(void **state)
{
    static const struct {
        uint64_t first; /* of the second mapping */
        uint32_t access;
        uint64_t run;
    } rows[] = {{0x5000, RW, 0x2000}, {0x6000, RW, 0x1000}, {0x5000, READ, 0x1000}, {0x5000, WRITE, 0x1000}};

    (void)state;
    for (unsigned i = 0; i < VWR_COUNT(rows); i++) {
        void *host;

        begin();
        STATUS(world_attach(1, ENDPOINT, 0), OK);
        STATUS(world_map(1, 0x4000, 0x4fff, IN_AT - SHIFT, RW), OK);
        STATUS(world_map(1, rows[i].first, rows[i].first + 0xfff, IN_AT - SHIFT + 0x1000, rows[i].access),
               OK);
        assert_int_equal(w.endpoint[0].reach.run(&w.endpoint[0].reach, 0x4000, 0x2000, RW, &host),
                         rows[i].run);
        world_end();
    }
}

static void separates_endpoints(void **state)
{
    (void)state;
    begin();
    STATUS(world_attach(1, ENDPOINT, 0), OK);
    STATUS(world_attach(2, ENDPOINT + 1, 0), OK);
    STATUS(world_map(1, 0x4000, 0x4fff, IN_AT - SHIFT, READ), OK);
    assert_int_equal(reach(0, 0x4001, READ), 0xfff);
    assert_int_equal(reach(0, 0x4fff, READ), 1);
    assert_int_equal(reach(0, 0x4000, WRITE) + reach(0, 0x5000, READ) + reach(0, 0x3fff, READ), 0);
    assert_int_equal(reach(1, 0x4000, READ), 0);
    STATUS(world_attach(1, ENDPOINT + 1, 0), OK);
    assert_int_equal(reach(1, 0x4000, READ), 0x1000);
    STATUS(world_detach(1, ENDPOINT), OK);
    assert_int_equal(reach(0, 0x4000, READ), 0);
    assert_int_equal(reach(1, 0x4000, READ), 0x1000);
    STATUS(world_map(1, 0x5000, 0x5fff, 0x1000, READ), OK); /* there is no memory */
    assert_int_equal(reach(1, 0x5000, READ), 0);
    world_end();
}

/* ---- bypass ---- */

static void set_bypass(uint8_t bypass)
{
    world_iommu_write(VWR_MMIO_CONFIG + offsetof(struct vwr_iommu_config, bypass), 1, bypass);
}

/* The driver of the device gives addresses of the machine. */
static bool start_at_machine(void)
{
    static struct vwr_memory_region regions[5];

    assert_true(guest_negotiate(&w.g));
    for (unsigned i = 0; i < VWR_COUNT(regions); i++) {
        regions[i] = w.g.vm.memory.region[i];
        regions[i].addr -= regions[i].addr >= RINGS_AT ? SHIFT : 0;
    }
    w.g.vm.memory.region = regions; /* until world_make() */
    w.g.q[0].size = 8;
    w.g.q[0].desc = RINGS_AT - SHIFT;
    w.g.q[0].driver = w.g.q[0].desc + PAGE_BYTES;
    w.g.q[0].device = w.g.q[0].driver + PAGE_BYTES;
    if (!guest_set_queue(&w.g, 0))
        return false;
    guest_driver_ok(&w.g);
    return true;
}

/* Only the last bit of what a driver writes counts; a reset does not turn a bypass on. */
static void does_not_bypass(void **state)
{
    (void)state;
    begin();
    set_bypass(0xfe);
    assert_int_equal(w.iommu.service.config.bypass, 0);
    assert_false(start_at_machine());
    world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
    assert_false(start_at_machine());
    assert_true(world_start_iommu());
    assert_false(start_at_machine());
    world_end();
}

/* A reset of the IOMMU, and a write of the same value, change nothing for a device that bypasses it. */
static void keeps_what_bypasses(void **state)
{
    const struct guest_desc d[] = {{OUT_AT - SHIFT, 16, 0, 0},
                                   {IN_AT - SHIFT, VWR_BLK_SECTOR_BYTES + 1u, VWR_VIRTQ_DESC_F_WRITE, 0}};

    (void)state;
    begin();
    set_bypass(1);
    assert_true(start_at_machine());
    memset(ram.out, 0, 16); /* reads the first sector */
    (void)guest_chain(&w.g, 0, d, VWR_COUNT(d));
    guest_kick(&w.g, 0);
    world_serve();
    assert_int_equal(w.endpoint[0].reach.live, 2);
    set_bypass(1);
    assert_int_equal(w.endpoint[0].reach.live, 2);
    world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
    assert_int_equal(w.endpoint[0].reach.live, 2);
    assert_false(w.g.dev->broken);
    assert_true(world_start_iommu());
    set_bypass(0);
    assert_int_equal(w.endpoint[0].reach.live, 0);
    assert_true(w.g.dev->broken);
    world_end();
}

static void bypasses_without_a_domain(void **state)
{
    (void)state;
    begin();
    set_bypass(1);
    assert_true(start_at_machine());
    set_bypass(0);
    assert_true(w.g.dev->broken);
    assert_false(start_at_machine());
    set_bypass(1);
    assert_true(start_at_machine());
    world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0); /* a reset does not change the bypass */
    assert_false(w.g.dev->broken);
    assert_true(world_start_iommu());
    STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
    assert_true(w.g.dev->broken);
    vwr_viommu_set_bypass(&w.iommu, false);
    STATUS(world_attach(DOMAIN + 1, ENDPOINT, VWR_IOMMU_ATTACH_F_BYPASS), OK);
    assert_true(start_at_machine());
    STATUS(world_map(DOMAIN + 1, 0, 0xfff, 0, RW), INVAL);
    STATUS(world_unmap(DOMAIN + 1, 0, 0xfff), INVAL);
    STATUS(world_detach(DOMAIN + 1, ENDPOINT), OK);
    assert_true(w.g.dev->broken);
    world_end();
}

/* ---- faults ---- */

static void reports_bounded_faults(void **state)
{
    struct vwr_iommu_fault_msg m;
    unsigned seen = 0;

    (void)state;
    begin();
    for (unsigned i = 0; i < 8; i++) /* the event queue has two buffers, and the IOMMU room for FAULTS */
        assert_false(world_start());
    assert_int_equal(w.iommu.stats.faults, 8);
    assert_int_equal(w.iommu.stats.dropped, 8 - 2 - FAULTS);
    while (world_fault(&m)) {
        assert_int_equal(m.reason, VWR_IOMMU_FAULT_R_DOMAIN);
        assert_int_equal(m.endpoint, ENDPOINT);
        assert_int_equal(m.address, RINGS_AT);
        seen++;
    }
    assert_int_equal(seen, 2 + FAULTS);
    world_end();
}

/* ---- a buffer that the device holds ---- */

static void waits_for_a_buffer(void **state)
{
    (void)state;
    begin_held();
    STATUS(world_unmap(DOMAIN, TABLE_AT, TABLE_AT + AREA_BYTES - 1), OK); /* of another mapping */
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    assert_int_equal(w.iommu.stats.waited, 1);
    vwr_viommu_expire(&w.iommu);
    assert_int_equal(world_answer(), NO_ANSWER);
    world_act(HELD); /* the disk answers */
    STATUS(world_answer(), OK);
    assert_true(world_take(HELD));
    world_send(&framing_blk_late.rows[3]);
    world_protect_part(IN, PROT_NONE);
    world_kick(&framing_blk_late.rows[3]);
    assert_int_equal(w.g.dev->fault.kind, VWR_VFAULT_MAPPING);
    world_end();
}

/* A VMM without hooks for work that is left: what waited continues at once, in parts. */
static void continues_without_hooks(void **state)
{
    (void)state;
    begin_held();
    w.g.ops.again = NULL;
    for (uint64_t i = 0; w.iommu.mappings < MAPPINGS; i++)
        STATUS(world_map(DOMAIN, i << 13, (i << 13) + 0xfff, 0, RW), OK);
    vwr_vdev_set_budget(w.i.dev, 8, 512);
    assert_int_equal(world_detach(DOMAIN, ENDPOINT), NO_ANSWER);
    world_act(HELD);
    STATUS(world_answer(), OK);
    assert_int_equal(w.iommu.mappings, 0);
    world_end();
}

/* Many mappings that end at once exceed the budget of a turn, even only to be looked at. */
static void drops_in_parts(void **state)
{
    (void)state;
    begin();
    STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
    for (uint64_t i = 0; i < MAPPINGS; i++)
        STATUS(world_map(DOMAIN, i << 13, (i << 13) + 0xfff, 0, RW), OK);
    vwr_vdev_set_budget(w.i.dev, 8, 512);
    w.turns = 0;
    STATUS(world_unmap(DOMAIN, 0, ~UINT64_C(0)), OK);
    assert_int_equal(w.iommu.mappings, 0);
    assert_in_range(w.turns, MAPPINGS / 8, 1000u);
    world_end();
}

/* A segment is held as long as one byte of it is in the mapping: its first one, or its last one. */
static void holds_each_byte(void **state)
{
    const uint64_t page = IN_AT + PAGE_BYTES;

    (void)state;
    for (unsigned last = 0; last < 2; last++) {
        const struct guest_desc d[] = {{OUT_AT, 16, 0, 0},
                                       {last != 0 ? page - 512 : page - 1, 513, VWR_VIRTQ_DESC_F_WRITE, 0}};
        const uint64_t at = page - (last != 0 ? 0 : PAGE_BYTES);

        begin();
        world_map_all();
        STATUS(world_unmap_part(IN), OK);
        for (unsigned i = 0; i < AREA_BYTES / PAGE_BYTES; i++)
            STATUS(world_map(DOMAIN, IN_AT + i * PAGE_BYTES, IN_AT + (i + 1) * PAGE_BYTES - 1,
                             IN_AT - SHIFT + i * PAGE_BYTES, WRITE),
                   OK);
        assert_true(world_start());
        world_send(HELD); /* the request; its buffer is another one */
        world_kick(HELD);
        world_act(HELD);
        assert_true(world_take(HELD));
        (void)guest_chain(&w.g, 0, d, 2);
        world_kick(HELD);
        STATUS(world_unmap(DOMAIN, page + PAGE_BYTES, page + 2 * PAGE_BYTES - 1), OK);
        assert_int_equal(world_unmap(DOMAIN, at, at + PAGE_BYTES - 1), NO_ANSWER);
        world_act(HELD);
        STATUS(world_answer(), OK);
        world_end();
    }
}

/* Another mapping of the same page does not wait. */
static void counts_by_mapping(void **state)
{
    (void)state;
    begin_held();
    STATUS(world_map(DOMAIN, IN_AT + SHIFT, IN_AT + SHIFT + AREA_BYTES - 1, IN_AT - SHIFT, RW), OK);
    STATUS(world_unmap(DOMAIN, IN_AT + SHIFT, IN_AT + SHIFT + AREA_BYTES - 1), OK);
    world_act(HELD);
    assert_true(world_take(HELD));
    world_end();
}

static void stops_a_device_that_keeps_a_buffer(void **state)
{
    (void)state;
    begin_held();
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    vwr_viommu_expire(&w.iommu);
    assert_int_equal(world_answer(), NO_ANSWER);
    vwr_viommu_expire(&w.iommu);
    STATUS(world_answer(), OK);
    assert_int_equal(w.iommu.stats.expired, 1);
    assert_int_equal(w.g.dev->fault.kind, VWR_VFAULT_UNMAPPED);
    world_protect_part(IN, PROT_NONE);
    world_act(HELD); /* too late */
    world_protect_part(IN, PROT_READ | PROT_WRITE);
    STATUS(world_map_part(IN, WRITE), OK);
    assert_true(world_start()); /* the driver of the device recovers it */
    world_send(HELD);
    world_kick(HELD);
    world_act(HELD);
    assert_true(world_take(HELD));
    world_end();
}

/* Hardware behind the disk cannot be stopped: the mapping stays. */
static void keeps_what_hardware_may_write(void **state)
{
    (void)state;
    begin_held();
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    vwr_vdev_set_unsafe(w.g.dev, true);
    vwr_viommu_expire(&w.iommu);
    vwr_viommu_expire(&w.iommu);
    STATUS(world_answer(), DEVERR);
    assert_int_equal(w.iommu.stats.expired, 0);
    vwr_vdev_reset(w.g.dev);
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    vwr_vdev_lock(w.g.dev);
    vwr_vdev_set_unsafe(w.g.dev, false);
    vwr_vdev_unlock(w.g.dev);
    STATUS(world_answer(), OK);
    world_end();
}

/* What ends a wait: a reset of the device, of its queue, of the IOMMU, or a device that is removed. */
static void stops_waiting(void **state)
{
    (void)state;
    for (unsigned how = 0; how < 4; how++) {
        begin_held();
        assert_int_equal(world_detach(DOMAIN, ENDPOINT), NO_ANSWER);
        if (how == 0)
            guest_write(&w.g, VWR_MMIO_STATUS, sizeof(uint32_t), 0);
        if (how == 1)
            guest_write(&w.g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
        if (how == 2)
            world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
        if (how == 3) {
            vwr_vdev_reset(w.g.dev);
            vwr_viommu_remove(&w.endpoint[0]);
        }
        if (how != 2)
            STATUS(world_answer(), OK);
        assert_int_equal(w.endpoint[0].reach.live, 0);
        world_end();
    }
}

/* A request of a driver that has reset the IOMMU is not executed for the next one. */
static void forgets_what_waited(void **state)
{
    (void)state;
    begin_held();
    assert_int_equal(world_detach(DOMAIN, ENDPOINT), NO_ANSWER);
    world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
    assert_true(world_start_iommu());
    STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
    STATUS(world_map_part(IN, WRITE), OK);
    for (unsigned i = 0; i < 3; i++)
        vwr_viommu_expire(&w.iommu);
    assert_int_equal(world_answer(), NO_ANSWER);
    assert_int_equal(reach(0, IN_AT, WRITE), AREA_BYTES);
    world_end();
}

/* ---- segments ---- */

/* A reset of a queue releases what it holds, and nothing of the others; what is returned late has no effect.
 */
static void releases_by_queue(void **state)
{
    const struct guest_desc d = {IN_AT, 64, VWR_VIRTQ_DESC_F_WRITE, 0};
    const struct vwr_memory_iommu *const i = &w.endpoint[0].reach;
    struct vwr_vseg seg[2][4];
    struct vwr_vchain c[2];
    uint32_t id, len;

    (void)state;
    w.table = w.pci = false;
    world_make(&framing_net, false, true);
    world_map_all();
    assert_true(world_start());
    for (unsigned n = 0; n < 2; n++) {
        c[n] = (struct vwr_vchain){.seg = seg[n], .room = VWR_COUNT(seg[n])};
        (void)guest_chain(&w.g, n, &d, 1);
        assert_int_equal(vwr_vqueue_pop_avail(&w.g.queue[n], &c[n]), 1);
    }
    assert_int_equal(i->live, 2);
    guest_write(&w.g, VWR_MMIO_QUEUE_SEL, sizeof(uint32_t), 0);
    guest_write(&w.g, VWR_MMIO_QUEUE_RESET, sizeof(uint32_t), 1);
    assert_int_equal(i->live, 1);
    assert_true(guest_set_queue(&w.g, 0));
    vwr_vqueue_add_used(&w.g.queue[0], &c[0], 1);
    assert_int_equal(i->live, 1);
    assert_false(guest_used(&w.g, 0, &id, &len));
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    vwr_vdev_lock(w.g.dev);
    vwr_vqueue_add_used(&w.g.queue[1], &c[1], 1);
    vwr_vdev_unlock(w.g.dev);
    assert_int_equal(i->live, 0);
    STATUS(world_answer(), OK);
    world_end();
}

/* A stream has as many pins as its class has segments, although a buffer has more: 64 pieces of 2 bytes, each
 * in two pages that are not contiguous. */
static void releases_a_stream(void **state)
{
    const uint64_t page = OUT_AT + PAGE_BYTES, machine = OUT_AT - SHIFT;
    struct guest_desc table = {TABLE_AT, 64 * (uint32_t)sizeof(struct vwr_virtq_desc),
                               VWR_VIRTQ_DESC_F_INDIRECT, 0};
    uint32_t id, len;

    (void)state;
    w.table = w.pci = false;
    world_make(&framing_console, false, true);
    world_map_all();
    STATUS(world_unmap_part(OUT), OK);
    STATUS(world_map(DOMAIN, page - PAGE_BYTES, page - 1, machine + PAGE_BYTES, READ), OK);
    STATUS(world_map(DOMAIN, page, page + PAGE_BYTES - 1, machine, READ), OK);
    assert_true(world_start());
    w.endpoint[0].reach.pins = VWR_VCONSOLE_SEGS;
    for (unsigned n = 0; n < 64; n++) {
        const struct guest_desc d = {page - 1, 2, n + 1 < 64 ? VWR_VIRTQ_DESC_F_NEXT : 0, (uint16_t)(n + 1)};

        guest_put_desc(&w.g, TABLE_AT, n, &d);
    }
    w.bytes = 0;
    (void)guest_chain(&w.g, VWR_CONSOLE_QUEUE_TRANSMITQ, &table, 1);
    guest_kick(&w.g, VWR_CONSOLE_QUEUE_TRANSMITQ);
    world_serve();
    assert_false(w.g.dev->broken);
    assert_true(guest_used(&w.g, VWR_CONSOLE_QUEUE_TRANSMITQ, &id, &len));
    assert_int_equal(w.bytes, 128);
    assert_int_equal(w.endpoint[0].reach.live, 0);
    world_end();
}

/* A buffer that is put back is not held. A device that has too few pins for one stops, and holds nothing. */
static void releases_segments(void **state)
{
    struct vwr_vseg seg[4];
    struct vwr_vchain c = {.seg = seg, .room = VWR_COUNT(seg)};
    const struct vwr_memory_iommu *const i = &w.endpoint[0].reach;

    (void)state;
    begin();
    world_map_all();
    assert_true(world_start());
    world_send(HELD);
    for (unsigned n = 0; n < 2; n++) {
        assert_int_equal(vwr_vqueue_pop_avail(&w.g.queue[0], &c), 1);
        assert_int_equal(i->live, 2);
        vwr_vqueue_unpop(&w.g.queue[0], &c);
        assert_int_equal(i->live, 0);
    }
    w.endpoint[0].reach.pins = 1;
    world_kick(HELD);
    assert_int_equal(w.g.dev->fault.kind, VWR_VFAULT_SEGMENTS);
    assert_int_equal(i->live, 0);
    world_end();
}

/* A sector across two pages whose places in the machine are exchanged, or not. */
static void cuts_a_segment(void **state)
{
    const uint64_t page = IN_AT + PAGE_BYTES;
    uint8_t sector[512];

    (void)state;
    for (unsigned exchanged = 0; exchanged < 2; exchanged++) {
        const struct guest_desc d[] = {{OUT_AT, 16, 0, 0}, {page - 256, 513, VWR_VIRTQ_DESC_F_WRITE, 0}};
        const uint64_t first = IN_AT - SHIFT + exchanged * PAGE_BYTES;

        begin();
        world_map_all();
        STATUS(world_unmap_part(IN), OK);
        STATUS(world_map(DOMAIN, page - PAGE_BYTES, page - 1, first, RW), OK);
        STATUS(world_map(DOMAIN, page, page + PAGE_BYTES - 1, IN_AT - SHIFT + !exchanged * PAGE_BYTES, RW),
               OK);
        assert_true(world_start());
        world_send(HELD);
        world_kick(HELD);
        world_act(HELD);
        assert_true(world_take(HELD));
        memcpy(sector, ram.in + exchanged * PAGE_BYTES, sizeof(sector));
        (void)guest_chain(&w.g, 0, d, 2);
        world_kick(HELD);
        assert_int_equal(w.endpoint[0].reach.live, 2 + exchanged);
        world_act(HELD);
        assert_memory_equal(ram.in + (exchanged + 1) * PAGE_BYTES - 256, sector, 256);
        assert_memory_equal(ram.in + !exchanged * PAGE_BYTES, sector + 256, 256);
        world_end();
    }
}

/* ---- the life of an IOMMU ---- */

/* At each step, its driver is gone: the device accesses nothing, and works again with the next driver. */
static void recovers_at_each_step(void **state)
{
    (void)state;
    for (unsigned step = 0; step < PARTS + 3; step++) {
        begin();
        if (step > 0)
            STATUS(world_attach(DOMAIN, ENDPOINT, 0), OK);
        for (unsigned part = 0; part + 1 < step && part < PARTS; part++)
            STATUS(world_map_part(part, world_access(part)), OK);
        if (step > PARTS && world_start())
            world_send(HELD);
        if (step > PARTS + 1)
            world_kick(HELD);
        if (step % 2 != 0)
            vwr_vdev_needs_reset(w.i.dev); /* killed, and its mappings are in force until the reset */
        world_iommu_write(VWR_MMIO_STATUS, sizeof(uint32_t), 0);
        world_protect(PROT_NONE);
        w.may_fail = true;
        guest_kick(&w.g, 0);
        world_act(HELD);
        assert_false(world_start());
        assert_true(world_start_iommu());
        world_protect(PROT_READ | PROT_WRITE);
        world_map_all();
        assert_true(world_start());
        world_send(HELD);
        world_kick(HELD);
        world_act(HELD);
        assert_true(world_take(HELD));
        world_end();
    }
}

/* ---- saved states ---- */

static uint8_t saved[8192];

static struct vwr_vstate state_of(size_t bytes)
{
    static const struct vwr_vstate_class *const kinds[] = {&vwr_vblk_state, &vwr_viommu_state};

    return (struct vwr_vstate){.memory = saved, .bytes = bytes, .kind = kinds, .kinds = VWR_COUNT(kinds)};
}

static int load(size_t bytes)
{
    struct vwr_vstate s = state_of(bytes);
    int r = vwr_vdev_load(w.i.dev, 0, &s);

    return r == VWR_OK ? vwr_vdev_load(w.g.dev, 1, &s) : r;
}

/* Another VMM, whose guest has the same memory and goes on. */
static void make_again(void)
{
    static struct iommu_ram kept;
    static struct guest g, i;

    memcpy(&kept, &ram, sizeof(ram));
    g = w.g;
    i = w.i;
    world_make_again(&framing_blk_late, &g, &i);
    memcpy(&ram, &kept, sizeof(ram));
}

static size_t save(void)
{
    struct vwr_vstate s = state_of(sizeof(saved));

    assert_int_equal(vwr_vdev_save(w.i.dev, 0, &s), VWR_OK);
    assert_int_equal(vwr_vdev_save(w.g.dev, 1, &s), VWR_OK);
    return s.done;
}

static void saves_a_held_buffer(void **state)
{
    struct vwr_iommu_fault_msg m;
    struct vwr_vstate s;
    size_t bytes;

    (void)state;
    begin_held();
    w.iommu.service.config.bypass = 1;
    for (unsigned i = 0; i < 4; i++)
        w.endpoint[1].reach.fault(&w.endpoint[1].reach, i, READ);
    assert_int_equal(world_unmap_part(IN), NO_ANSWER);
    bytes = save();
    make_again();
    assert_int_equal(load(bytes), VWR_OK);
    assert_int_equal(w.endpoint[0].reach.live, 2);
    assert_int_equal(w.iommu.service.config.bypass, 1);
    s = state_of(bytes);
    vwr_vdev_restart(w.i.dev, &s);
    vwr_vdev_restart(w.g.dev, &s);
    assert_int_equal(world_answer(), NO_ANSWER); /* the request is executed again, and waits */
    world_act(HELD);
    STATUS(world_answer(), OK);
    assert_true(world_take(HELD));
    for (unsigned i = 0; i < VWR_BLK_SECTOR_BYTES; i++)
        assert_int_equal(ram.in[i], framing_pattern(3 * VWR_BLK_SECTOR_BYTES + i));
    assert_int_equal(ram.in[VWR_BLK_SECTOR_BYTES], VWR_BLK_S_OK);
    assert_int_equal(ram.in[VWR_BLK_SECTOR_BYTES + 1], 0xee);
    for (unsigned i = 0; i < 4; i++) {
        assert_true(world_fault(&m));
        assert_int_equal(m.address, i);
    }
    world_end();
}

/* Each bit of a state is flipped: it is refused, or leads to the same state. */
static void refuses_wrong_states(void **state)
{
    static uint8_t right[sizeof(saved)];
    size_t bytes;

    (void)state;
    begin_held();
    bytes = save();
    memcpy(right, saved, bytes);
    for (size_t bit = 0; bit < bytes * 8u; bit += 3) {
        memcpy(saved, right, bytes);
        saved[bit / 8u] ^= (uint8_t)(1u << bit % 8u);
        vwr_vdev_reset(w.g.dev);
        vwr_vdev_reset(w.i.dev);
        if (load(bytes) != VWR_OK) {
            assert_int_equal(w.iommu.mappings <= MAPPINGS, true);
            continue;
        }
        assert_int_equal(save(), bytes);
    }
    world_end();
}

const struct CMUnitTest iommu_life_tests[] = {
    cmocka_unit_test(has_statuses),
    cmocka_unit_test(has_no_more_memory),
    cmocka_unit_test(has_no_more_domains),
    cmocka_unit_test(refuses_guest_physical_addresses),
    cmocka_unit_test(ends_a_run),
    cmocka_unit_test(separates_endpoints),
    cmocka_unit_test(does_not_bypass),
    cmocka_unit_test(keeps_what_bypasses),
    cmocka_unit_test(bypasses_without_a_domain),
    cmocka_unit_test(reports_bounded_faults),
    cmocka_unit_test(waits_for_a_buffer),
    cmocka_unit_test(continues_without_hooks),
    cmocka_unit_test(drops_in_parts),
    cmocka_unit_test(holds_each_byte),
    cmocka_unit_test(counts_by_mapping),
    cmocka_unit_test(stops_a_device_that_keeps_a_buffer),
    cmocka_unit_test(keeps_what_hardware_may_write),
    cmocka_unit_test(stops_waiting),
    cmocka_unit_test(forgets_what_waited),
    cmocka_unit_test(releases_by_queue),
    cmocka_unit_test(releases_a_stream),
    cmocka_unit_test(releases_segments),
    cmocka_unit_test(cuts_a_segment),
    cmocka_unit_test(recovers_at_each_step),
    cmocka_unit_test(saves_a_held_buffer),
    cmocka_unit_test(refuses_wrong_states),
};
const size_t iommu_life_test_count = VWR_COUNT(iommu_life_tests);
