/* SPDX-License-Identifier: MIT */
#include "box.h"

#include "vwr/access.h"
#include "vwr/gen/features.h"
#include "vwr/gen/pci.h"
#include "vwr/gen/status.h"
#include "vwr/vpci.h"
#include "vwr/vstate.h"

#include <stdlib.h>
#include <string.h>

/* The box as a PCI function behind a bridge: its configuration space, its registers, its interrupts. */

#define ECAM UINT64_C(0x4010000000)
#define WINDOW UINT64_C(0x10000000)
#define PAGES 256u /* 4 MiB */
#define BAR (WINDOW + 0x100000u + 3u * VWR_VPCI_BAR_BYTES)
#define VECTORS 5u
#define DEVICE 7u
#define INNER 3u

/* Offsets of the configuration space. */
enum { COMMAND = 4, BAR_0 = 0x10, BAR_1 = 0x14, BUSES = 0x18, MEMORY = 0x20, FIRST = 0x34, LINE = 0x3c };
enum { CONTROL = 0x3e }; /* of a bridge */
enum { MEMORY_ON = 2, MASTER = 4, INTX_OFF = 0x400, INTERRUPT = 8 << 16 };
enum { BUS_RESET = 0x40 };
#define MSIX_ON 0x8000u
#define MSIX_MASKED 0x4000u

static struct {
    struct vwr_vpci_host host;
    struct vwr_vpci *page[PAGES];
    struct vwr_vpci_bridge bridge;
    struct vwr_vpci_bridge inner; /* behind `bridge`, if `nested` */
    bool nested;
    struct vwr_vpci f;
    struct vwr_vpci_vector vector[VECTORS + 1]; /* the last is not the function's */
    unsigned messages;
    uint64_t addr;
    uint32_t data;
} pci;

static void on_msi(struct vwr_vm *vm, uint64_t addr, uint32_t data)
{
    (void)vm;
    pci.messages++;
    pci.addr = addr;
    pci.data = data;
}

static uint64_t get(uint64_t addr, unsigned bytes)
{
    uint64_t value = UINT64_C(0x5555555555555555);

    assert_true(vwr_vpci_access(&pci.host, addr, bytes, false, &value));
    assert_true(bytes >= 8 || value >> 8 * bytes == 0);
    return value;
}

static void put(uint64_t addr, unsigned bytes, uint64_t value)
{
    assert_true(vwr_vpci_access(&pci.host, addr, bytes, true, &value));
}

/* The function's configuration space, that of the bridge on bus 0, and that of the bridge behind it. */
static uint64_t space(unsigned offset)
{
    return ECAM + (pci.nested ? 2u : 1u) * VWR_VPCI_BUS_BYTES + DEVICE * 0x8000u + offset;
}

static uint64_t inner(unsigned offset)
{
    return ECAM + VWR_VPCI_BUS_BYTES + INNER * 0x8000u + offset;
}

static uint64_t bridge(unsigned offset)
{
    return ECAM + 0x8000u + offset;
}

static unsigned capability(unsigned id, unsigned type)
{
    for (unsigned at = (unsigned)get(space(FIRST), 1); at != 0; at = (unsigned)get(space(at + 1), 1))
        if (get(space(at), 1) == id && (id != VWR_PCI_CAP_ID_VNDR || get(space(at + 3), 1) == type))
            return at;
    return 0;
}

static uint64_t structure(unsigned type)
{
    return BAR + get(space(capability(VWR_PCI_CAP_ID_VNDR, type) + VWR_PCI_CAP_OFFSET), 4);
}

static uint64_t common(unsigned offset)
{
    return structure(VWR_PCI_CAP_COMMON_CFG) + offset;
}

static uint64_t doorbell(unsigned queue)
{
    return structure(VWR_PCI_CAP_NOTIFY_CFG) + queue * 4u;
}

static unsigned msix(void)
{
    return capability(0x11, 0);
}

static uint64_t table(unsigned vector)
{
    return BAR + (get(space(msix() + 4), 4) & ~7u) + 16u * vector;
}

static void place(void)
{
    put(bridge(CONTROL), 2, 0);
    put(bridge(BUSES), 4, pci.nested ? 0x020100 : 0x010100);
    put(bridge(MEMORY), 4, 0x10101010); /* the MiB of BAR */
    put(bridge(COMMAND), 2, MEMORY_ON | MASTER);
    if (pci.nested) {
        put(inner(BUSES), 4, 0x020201);
        put(inner(MEMORY), 4, 0x10101010);
        put(inner(COMMAND), 2, MEMORY_ON | MASTER);
    }
    put(space(BAR_0), 4, BAR);
    put(space(BAR_1), 4, 0);
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
}

static void plug(struct guest *g)
{
    struct vwr_vdev_setup s;
    struct vwr_vpci_setup p = {.v = &box.dev, .vector = pci.vector, .vector_count = VECTORS};

    memset(&pci, 0, sizeof(pci));
    memset(pci.vector, 0x5a, sizeof(pci.vector));
    memset(&box, 0, sizeof(box));
    box_setup(g, &s);
    s.shm_count = 0;
    g->ops.msi = on_msi;
    assert_int_equal(box_init(&box, &s), VWR_OK);
    assert_int_equal(vwr_vpci_init(&pci.f, &p), VWR_OK);
    pci.host = (struct vwr_vpci_host){
        .ecam = ECAM, .buses = 2, .window = WINDOW, .page = pci.page, .page_count = PAGES};
    assert_int_equal(vwr_vpci_add_bridge(&pci.host, &pci.host.root, 1, &pci.bridge), VWR_OK);
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.bridge.behind, DEVICE, &pci.f), VWR_OK);
    g->dev = &box.dev;
    place();
}

static void unplug(struct guest *g)
{
    (void)g;
    assert_int_equal(pci.vector[VECTORS].data, 0x5a5a5a5a);
}

static void negotiate(struct guest *g)
{
    uint8_t status = VWR_STATUS_ACKNOWLEDGE;

    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status |= VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < 2; i++) {
        put(common(VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT), 4, i);
        put(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT), 4, i);
        put(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE), 4,
            get(common(VWR_PCI_COMMON_CFG_DEVICE_FEATURE), 4) & g->features.w[i]);
    }
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status |= VWR_STATUS_FEATURES_OK);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), status);
}

/* Writes both words of features that the device offers, of those in @wanted. */
static void write_features(const struct vwr_features *wanted)
{
    for (unsigned i = 0; i < 2; i++) {
        put(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT), 4, i);
        put(common(VWR_PCI_COMMON_CFG_DRIVER_FEATURE), 4, box.dev.offered.w[i] & wanted->w[i]);
    }
}

static void put64(uint64_t addr, uint64_t value)
{
    put(addr, 4, (uint32_t)value);
    put(addr + 4, 4, value >> 32);
}

static void set_queue(struct guest *g, unsigned queue)
{
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, queue);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE), 2, g->q[queue].size);
    put64(common(VWR_PCI_COMMON_CFG_QUEUE_DESC), g->q[queue].desc);
    put64(common(VWR_PCI_COMMON_CFG_QUEUE_DRIVER), g->q[queue].driver);
    put64(common(VWR_PCI_COMMON_CFG_QUEUE_DEVICE), g->q[queue].device);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2, 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 1);
}

static void driver_ok(void)
{
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1,
        get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1) | VWR_STATUS_DRIVER_OK);
}

static void start(struct guest *g)
{
    guest_clear_rings(g);
    negotiate(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        set_queue(g, i);
    driver_ok();
}

static void add_buffer(struct guest *g, unsigned queue)
{
    const struct guest_desc d = {GUEST_DATA, 16, VWR_VIRTQ_DESC_F_WRITE, 0};

    (void)guest_chain(g, queue, &d, 1);
}

static bool is_answered(struct guest *g, unsigned queue)
{
    uint32_t id, len;

    return guest_used(g, queue, &id, &len) && len == 3;
}

static bool ask(struct guest *g, unsigned queue)
{
    add_buffer(g, queue);
    put(doorbell(queue), 2, queue);
    return is_answered(g, queue);
}

static uint64_t isr(void)
{
    return get(structure(VWR_PCI_CAP_ISR_CFG), 1);
}

static void works(struct guest *g)
{
    box.refuse = 0;
    box.hold = false;
    box.held = 0;
    vwr_vpci_reset(&pci.f);
    place();
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
    assert_int_equal(isr(), VWR_PCI_ISR_QUEUE);
    assert_false(box.dev.broken);
}

static const struct hostile_device box_function = {plug, works, unplug};

/* ---- configuration space ---- */

static void identifies_itself(struct guest *g, long long at)
{
    (void)g;
    (void)at;
    assert_int_equal(get(space(0), 2), VWR_PCI_VENDOR_ID);
    assert_int_equal(get(space(2), 2), VWR_PCI_DEVICE_ID_MODERN_BASE + BOX_ID);
    assert_int_equal(get(space(0x0a), 2), 0xff00); /* of no class that lspci knows */
    assert_true(get(space(8), 1) >= VWR_PCI_REVISION_MODERN_MIN);
    assert_true(get(space(0x2e), 2) >= VWR_PCI_SUBSYSTEM_DEVICE_ID_MODERN_MIN);
    assert_int_equal(get(space(0x0e), 1), 0);
    assert_int_equal(get(space(0x3d), 1), 1);
    assert_int_equal(get(bridge(0x0e), 1), 1);
    assert_int_equal(get(bridge(8), 4), 0x06040000);
    for (unsigned at4 = 0x100; at4 < 0x1000; at4 += 4)
        assert_int_equal(get(space(at4), 4), 0); /* no extended capabilities */
}

/* Finds the function whose configuration space is at each address, for an observer. */
static void is_whose(void)
{
    unsigned offset = 0;

    assert_ptr_equal(vwr_vpci_space(&pci.host, space(0xffc), &offset), &pci.f);
    assert_int_equal(offset, 0xffc);
    assert_null(vwr_vpci_space(&pci.host, space(0x1000), &offset)); /* another function of the device */
    assert_null(vwr_vpci_space(&pci.host, bridge(0), &offset));
    assert_null(vwr_vpci_space(&pci.host, ECAM, &offset)); /* no device */
    assert_null(vwr_vpci_space(&pci.host, ECAM - 1, &offset));
    assert_null(vwr_vpci_space(&pci.host, ECAM + 2 * VWR_VPCI_BUS_BYTES, &offset));
}

/* Every other device, function, bus and width. */
static void answers_alone(struct guest *g, long long at)
{
    uint64_t value = 77;
    unsigned offset;

    (void)g;
    (void)at;
    for (unsigned function = 0; function < 256; function++) {
        const bool there = function == DEVICE * 8u;

        assert_int_equal(get(ECAM + VWR_VPCI_BUS_BYTES + function * 0x1000u, 4) != UINT32_MAX, there);
        assert_int_equal(get(ECAM + function * 0x1000u, 4) != UINT32_MAX, function == 8);
    }
    is_whose();
    assert_int_equal(get(space(1), 4), UINT32_MAX);
    assert_int_equal(get(space(1), 2), UINT16_MAX);
    assert_int_equal(get(space(0), 8), UINT64_MAX);
    assert_int_equal(get(space(0), 3), 0xffffff);
    put(bridge(BUSES), 4, 0); /* nothing leads there any more */
    assert_int_equal(get(space(0), 4), UINT32_MAX);
    assert_null(vwr_vpci_space(&pci.host, space(0), &offset));
    put(bridge(BUSES), 4, 0x020200);
    assert_int_equal(get(space(0), 4), UINT32_MAX);
    assert_false(vwr_vpci_access(&pci.host, ECAM - 1, 1, false, &value));
    assert_false(vwr_vpci_access(&pci.host, ECAM + 2 * VWR_VPCI_BUS_BYTES, 1, false, &value));
    assert_false(vwr_vpci_access(&pci.host, WINDOW + PAGES * VWR_VPCI_BAR_BYTES, 1, false, &value));
    assert_int_equal(value, 77);
    place();
}

static void lists_capabilities(struct guest *g, long long at)
{
    unsigned seen = 0;

    (void)g;
    (void)at;
    for (unsigned c = (unsigned)get(space(FIRST), 1); c != 0; c = (unsigned)get(space(c + 1), 1)) {
        const unsigned bytes = (unsigned)get(space(c + 2), 1);
        const unsigned type = (unsigned)get(space(c + 3), 1);
        unsigned in;

        assert_true(c % 4 == 0 && c >= 0x40 && seen < 10);
        seen++;
        if (get(space(c), 1) != VWR_PCI_CAP_ID_VNDR)
            continue;
        assert_true(bytes >= sizeof(struct vwr_pci_cap));
        if (type == VWR_PCI_CAP_PCI_CFG)
            continue;
        assert_int_equal(vwr_vpci_structure((unsigned)get(space(c + VWR_PCI_CAP_OFFSET), 4), &in), type);
        assert_int_equal(in, 0);
        assert_int_equal(get(space(c + VWR_PCI_CAP_BAR), 1), 0);
        assert_true(get(space(c + VWR_PCI_CAP_OFFSET), 4) + get(space(c + VWR_PCI_CAP_LENGTH), 4) <=
                    VWR_VPCI_BAR_BYTES);
    }
    assert_int_equal(seen, 7);
    assert_int_equal(get(space(capability(9, VWR_PCI_CAP_COMMON_CFG) + VWR_PCI_CAP_LENGTH), 4), 64);
    assert_int_equal(get(space(capability(9, VWR_PCI_CAP_DEVICE_CFG) + VWR_PCI_CAP_LENGTH), 4), BOX_CONFIG);
    assert_int_equal(get(space(capability(9, VWR_PCI_CAP_NOTIFY_CFG) + VWR_PCI_CAP_LENGTH), 4),
                     BOX_QUEUES * 4);
    assert_int_equal(get(space(capability(9, VWR_PCI_CAP_NOTIFY_CFG) + 16), 4), 4);
    assert_int_equal(get(space(msix() + 2), 2), VECTORS - 1);
}

/*
 * The guest sizes the BAR and places it anywhere; outside of the window, or if it is disabled, no device
 * answers.
 */
static void is_placed(struct guest *g, long long at)
{
    const uint64_t id = WINDOW + 0x100000u;

    (void)g;
    (void)at;
    put(space(BAR_0), 4, UINT32_MAX);
    put(space(BAR_1), 4, UINT32_MAX);
    assert_int_equal(get(space(BAR_0), 4), (uint32_t) - (int)VWR_VPCI_BAR_BYTES | 4u);
    assert_int_equal(get(space(BAR_1), 4), UINT32_MAX);
    for (unsigned i = 2; i < 6; i++) {
        put(space(BAR_0 + 4 * i), 4, UINT32_MAX);
        assert_int_equal(get(space(BAR_0 + 4 * i), 4), 0);
    }
    assert_int_equal(get(BAR, 4), UINT32_MAX);
    put(space(BAR_1), 4, 0);
    for (unsigned i = 0; i < 64; i++) {
        put(space(BAR_0), 4, id + i * VWR_VPCI_BAR_BYTES);
        for (unsigned n = 0; n < PAGES; n++)
            assert_int_equal(get(WINDOW + n * VWR_VPCI_BAR_BYTES + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2),
                             n == 64 + i ? BOX_QUEUES : UINT16_MAX);
    }
    put(space(BAR_1), 4, 1);
    assert_int_equal(get(id + 63 * VWR_VPCI_BAR_BYTES + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), UINT16_MAX);
    place();
    put(space(COMMAND), 2, MASTER);
    assert_int_equal(get(BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), UINT16_MAX);
    put(space(COMMAND), 2, UINT16_MAX);
    assert_int_equal(get(space(COMMAND), 2), MEMORY_ON | MASTER | INTX_OFF);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_NUM_QUEUES), 2), BOX_QUEUES);
}

/* Accesses that the bridge does not forward do not arrive. */
static void is_behind_a_bridge(struct guest *g, long long at)
{
    const uint64_t reg = BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES;

    (void)g;
    put(bridge(MEMORY), 4, at == 0 ? 0x10001000 : at == 1 ? 0x10201020 : 0x10001010);
    assert_int_equal(get(reg, 2), UINT16_MAX);
    put(bridge(MEMORY), 4, 0x10201000);
    assert_int_equal(get(reg, 2), BOX_QUEUES);
    put(bridge(COMMAND), 2, MASTER);
    assert_int_equal(get(reg, 2), UINT16_MAX);
    assert_int_equal(vwr_vpci_line(&pci.f), (DEVICE + 1) % 4);
    put(bridge(0), 4, 0);
    put(bridge(0x1c), 4, 0);
    put(bridge(0x24), 4, 0);
    assert_int_equal(get(bridge(0), 4) & 0xffff, VWR_PCI_VENDOR_ID);
    put(bridge(LINE), 4, 0x12345678);
    assert_int_equal(get(bridge(LINE), 4), 0x12340078);
}

/* ---- registers ---- */

static const uint8_t statuses[] = {
    0, 1, 3, 11, 15, 3 | VWR_STATUS_FAILED, 15 | VWR_STATUS_FAILED,
};

static void bring_to(struct guest *g, uint8_t status)
{
    guest_clear_rings(g);
    negotiate(g);
    if ((status & VWR_STATUS_FEATURES_OK) == 0)
        put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
    if ((status & VWR_STATUS_DRIVER_OK) != 0)
        for (unsigned i = 0; i < BOX_QUEUES; i++)
            set_queue(g, i);
    for (unsigned bit = 1; bit != 256; bit *= 2)
        if ((status & bit) != 0)
            put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1,
                get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1) | bit);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), status);
}

static bool is_allowed(const struct vwr_register *r, unsigned offset, unsigned bytes, bool is_write)
{
    const struct vwr_negotiation n = {false, box.dev.status, &box.dev.accepted};

    const enum vwr_access_check check =
        r != NULL ? vwr_check_register(r, offset, bytes, is_write, &n) : VWR_NOT_WIDTH;
    const bool is_early = check == VWR_NOT_YET && (r->must_be_clear[1] & box.dev.status) == 0;

    return (check == VWR_ALLOWED || is_early) &&
           (!is_write || r->idle[1] != VWR_PCI_COMMON_CFG_REG_QUEUE_ENABLE || !box.dev.queue[0].ready);
}

static const struct vwr_register *row_at(unsigned offset)
{
    return offset < sizeof(struct vwr_pci_common_cfg)
               ? &vwr_pci_common_cfg_registers[vwr_pci_common_cfg_register_at[offset]]
               : NULL;
}

/*
 * Each width at each offset in each state: an access that the row forbids is counted, reads as 0 and changes
 * nothing. A write that comes before its step is stored (EARLY_REGISTER).
 */
static void follows_the_table(struct guest *g, long long at)
{
    bring_to(g, statuses[at]);
    for (unsigned offset = 0; offset < sizeof(struct vwr_pci_common_cfg) + 8; offset++) {
        for (unsigned bytes = 1; bytes <= 8; bytes *= 2) {
            const uint64_t addr = common(0) + offset;
            const vwr_count before = box.dev.stats.ignored;
            struct vwr_vqueue queue;
            struct vwr_vdev dev;

            if (!is_allowed(row_at(offset), offset, bytes, false)) {
                assert_int_equal(get(addr, bytes), 0);
                assert_int_equal(box.dev.stats.ignored, before + 1);
            } else {
                (void)get(addr, bytes);
                assert_int_equal(box.dev.stats.ignored, before);
            }
            if (is_allowed(row_at(offset), offset, bytes, true))
                continue;
            dev = box.dev;
            queue = g->queue[0];
            put(addr, bytes, UINT64_MAX);
            put(addr, bytes, 0);
            assert_int_equal(box.dev.stats.ignored, dev.stats.ignored + 2);
            dev.stats = box.dev.stats;
            dev.tolerated = box.dev.tolerated;
            dev.work = box.dev.work;
            assert_memory_equal(&dev, &box.dev, sizeof(dev));
            assert_memory_equal(&queue, &g->queue[0], sizeof(queue));
        }
    }
}

/* ---- what is tolerated: tolerance.c has more ---- */

static void set_status(unsigned status)
{
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status);
}

/* A notification before DRIVER_OK is served at DRIVER_OK; with Bus Master off, when the bus allows it. */
static void notifies_early(struct guest *g, long long at)
{
    guest_clear_rings(g);
    negotiate(g);
    set_queue(g, 0);
    assert_false(ask(g, 0));
    put(doorbell(0), 4, 0); /* of the wrong width */
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_EARLY_NOTIFICATION), 1);
    if (at != 0)
        put(space(COMMAND), 2, MEMORY_ON);
    driver_ok();
    assert_int_equal(is_answered(g, 0), at == 0);
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_true(at == 0 || is_answered(g, 0));
    assert_true(ask(g, 0));
}

/* Queues first, then features; the layout is that of the features. */
static void sets_up_its_queues_first(struct guest *g, long long at)
{
    guest_clear_rings(g);
    set_status(0);
    if (at != 0)
        set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        set_queue(g, i);
    write_features(&g->features);
    set_status(VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER);
    set_status(VWR_STATUS_FEATURES_OK);
    driver_ok();
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
    assert_true(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_EARLY_REGISTER) != 0);
}

static void does_not_accept_version_1(struct guest *g, long long at)
{
    const struct vwr_features all = g->features;

    (void)at;
    g->features.w[1] = 0;
    start(g);
    assert_true(ask(g, 0));
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_NO_VERSION_1), 1);
    g->features = all;
}

/* With the switch: requests before DRIVER_OK, also after Bus Master was off; a start without a reset. */
static void serves_as_qemu_does(struct guest *g, long long at)
{
    (void)at;
    box.dev.as_qemu = true;
    guest_clear_rings(g);
    negotiate(g);
    set_queue(g, 0);
    put(space(COMMAND), 2, MEMORY_ON);
    assert_false(ask(g, 0));
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    put(doorbell(0), 2, 0);
    assert_true(is_answered(g, 0));
    put(space(COMMAND), 2, MEMORY_ON);
    assert_false(ask(g, 0));
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_true(is_answered(g, 0));
    driver_ok();
    assert_true(ask(g, 0));
    set_status(VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(vwr_tolerated_count(&box.dev.tolerated, VWR_TOLERATED_NO_RESET), 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 0);
    box.dev.as_qemu = false;
}

/*
 * Each register that a driver may write keeps the written value, separately for each queue if the register is
 * banked.
 */
static void keeps_what_is_written(struct guest *g, long long at)
{
    static const struct {
        unsigned offset, bytes;
        uint32_t value;
    } kept[] = {{VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT, 4, 0x12345678},
                {VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT, 4, 0x87654321},
                {VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR, 2, VECTORS - 1}};
    static const struct {
        unsigned offset, bytes;
        uint32_t value;
    } banked[] = {{VWR_PCI_COMMON_CFG_QUEUE_SIZE, 2, 4},
                  {VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR, 2, 1},
                  {VWR_PCI_COMMON_CFG_QUEUE_DESC, 4, 0x40001000},
                  {VWR_PCI_COMMON_CFG_QUEUE_DESC + 4, 4, 0x11},
                  {VWR_PCI_COMMON_CFG_QUEUE_DRIVER, 4, 0x40002000},
                  {VWR_PCI_COMMON_CFG_QUEUE_DRIVER + 4, 4, 0x12},
                  {VWR_PCI_COMMON_CFG_QUEUE_DEVICE, 4, 0x40003000},
                  {VWR_PCI_COMMON_CFG_QUEUE_DEVICE + 4, 4, 0x13}};

    (void)at;
    negotiate(g);
    for (unsigned i = 0; i < sizeof(kept) / sizeof(kept[0]); i++) {
        put(common(kept[i].offset), kept[i].bytes, kept[i].value);
        assert_int_equal(get(common(kept[i].offset), kept[i].bytes), kept[i].value);
    }
    for (unsigned pass = 0; pass < 2; pass++)
        for (unsigned q = 0; q < BOX_QUEUES; q++) {
            put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, q);
            assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF), 2), q);
            assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 0);
            for (unsigned i = 0; i < sizeof(banked) / sizeof(banked[0]); i++) {
                if (pass == 0)
                    put(common(banked[i].offset), banked[i].bytes, banked[i].value + q);
                assert_int_equal(get(common(banked[i].offset), banked[i].bytes), banked[i].value + q);
            }
        }
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, BOX_QUEUES); /* there is no such queue */
    for (unsigned i = 0; i < sizeof(banked) / sizeof(banked[0]); i++) {
        put(common(banked[i].offset), banked[i].bytes, banked[i].value);
        assert_int_equal(get(common(banked[i].offset), banked[i].bytes),
                         banked[i].offset == VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR ? VWR_PCI_MSI_NO_VECTOR
                                                                                  : 0);
    }
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), 0);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, 0);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE), 2), GUEST_QUEUE_MAX);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_DESC), 4), 0);
}

/* Only an access with the width, address and value of the queue notifies it. */
/* Features are written twice before FEATURES_OK, of which the last values count, and once more after it. */
static void takes_features_twice(struct guest *g, long long at)
{
    static const struct vwr_features none, all = {{UINT32_MAX, UINT32_MAX}};
    const struct vwr_features *const first[] = {&g->features, &all, &none};
    const uint8_t status = VWR_STATUS_ACKNOWLEDGE | VWR_STATUS_DRIVER;
    struct vwr_features once;

    negotiate(g);
    memcpy(&once, &box.dev.accepted, sizeof(once));
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, VWR_STATUS_ACKNOWLEDGE);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status);
    write_features(first[at]);
    write_features(&g->features);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, status | VWR_STATUS_FEATURES_OK);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), status | VWR_STATUS_FEATURES_OK);
    assert_memory_equal(&once, &box.dev.accepted, sizeof(once));
    write_features(&none);
    write_features(&all);
    assert_memory_equal(&once, &box.dev.accepted, sizeof(once));
    start(g);
    add_buffer(g, 1);
    put(doorbell(1), 2, 1);
    assert_true(is_answered(g, 1));
}

static void is_notified(struct guest *g, long long at)
{
    const bool data = at != 0;
    const unsigned width = data ? 4 : 2;

    if (data)
        vwr_features_add(&g->features, VWR_F_NOTIFICATION_DATA);
    start(g);
    add_buffer(g, 1);
    for (unsigned bytes = 1; bytes <= 8; bytes *= 2)
        for (unsigned offset = 0; offset < 16; offset++)
            if (bytes != width || offset != 4)
                put(doorbell(0) + offset, bytes, 1);
    put(doorbell(1), width, 0);
    put(doorbell(1), width, 2);
    assert_int_equal(get(doorbell(1), width), 0);
    assert_false(is_answered(g, 1));
    put(doorbell(1), width, data ? 0x50001 : 1);
    assert_true(is_answered(g, 1));
    vwr_features_remove(&g->features, VWR_F_NOTIFICATION_DATA);
}

/*
 * A notification of each queue lies in the structure, in the width that it has with NOTIFICATION_DATA (0) or
 * without (1).
 */
static void has_doorbells(struct guest *g, long long at)
{
    const unsigned cap = capability(VWR_PCI_CAP_ID_VNDR, VWR_PCI_CAP_NOTIFY_CFG), width = at == 0 ? 4 : 2;
    const uint64_t length = get(space(cap + VWR_PCI_CAP_LENGTH), 4);
    const uint64_t multiplier = get(space(cap + VWR_PCI_NOTIFY_CAP_NOTIFY_OFF_MULTIPLIER), 4);

    (void)g;
    if (at != 0)
        vwr_features_remove(&box.dev.offered, VWR_F_NOTIFICATION_DATA);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT), 4, VWR_F_NOTIFICATION_DATA / 32);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_FEATURE), 4) >> VWR_F_NOTIFICATION_DATA % 32 & 1u,
                     at == 0);
    assert_int_equal(get(space(cap + VWR_PCI_CAP_OFFSET), 4) % width, 0);
    assert_int_equal(multiplier & (multiplier - 1), 0);
    assert_int_equal(at == 0 ? multiplier % 4 : multiplier & 0xaaaaaaaau, 0); /* an even power of 2 */
    assert_true(length >= width);
    for (unsigned q = 0; q < BOX_QUEUES; q++) {
        put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, q);
        assert_true(length >= get(common(VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF), 2) * multiplier + width);
    }
}

static void has_a_configuration(struct guest *g, long long at)
{
    const uint64_t base = structure(VWR_PCI_CAP_DEVICE_CFG);

    (void)at;
    for (unsigned i = 0; i < BOX_CONFIG; i++)
        box.config[i] = (uint8_t)(0x10 + i);
    for (unsigned offset = 0; offset < BOX_CONFIG + 8; offset++)
        for (unsigned bytes = 1; bytes <= 8; bytes *= 2) {
            uint64_t expected = 0;

            for (unsigned n = 0; n < bytes && offset + n < BOX_CONFIG; n++)
                expected |= (uint64_t)box.config[offset + n] << 8 * n;
            assert_int_equal(get(base + offset, bytes), expected);
        }
    start(g);
    put(base + BOX_WIDE, 8, UINT64_C(0x1122334455667788));
    assert_int_equal(box.written, 1);
    put(base + BOX_WIDE + 2, 2, 0xaabb);
    assert_int_equal(get(base + BOX_WIDE, 8), UINT64_C(0x11223344aabb7788));
    put(base + BOX_WIDE + 4, 4, 0x99aabbcc);
    assert_int_equal(get(base + BOX_WIDE, 4), 0xaabb7788);
    put(base + BOX_WIDE, 4, 0xddeeff00);
    assert_int_equal(get(base + BOX_WIDE + 4, 4), 0x99aabbcc);
    assert_int_equal(get(base + BOX_WIDE, 8), UINT64_C(0x99aabbccddeeff00));
    put(base + BOX_FIXED, 4, 0);
    assert_int_equal(get(base + BOX_FIXED, 4), 0x13121110);
}

static void resets_a_queue(struct guest *g, long long at)
{
    (void)at;
    start(g);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, 1);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2, 3);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2, 0); /* not the way to disable it */
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 1);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2, 2);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 1);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2, 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2), 0);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 0);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE), 2), GUEST_QUEUE_MAX);
    assert_true(ask(g, 0));
    guest_lay_out(g, 1, 4);
    memset(guest_at(g, g->q[1].desc, GUEST_RING_BYTES), 0, GUEST_RING_BYTES);
    set_queue(g, 1);
    assert_true(ask(g, 1));
}

/* While hardware may still access the buffers of a queue, it is enabled, and being reset. */
static void resets_a_queue_later(struct guest *g, long long at)
{
    (void)at;
    start(g);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2), 0);
    vwr_vdev_set_unsafe(&box.dev, true);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2, 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2), 1);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 1);
    vwr_vdev_set_unsafe(&box.dev, false);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_RESET), 2), 0);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_ENABLE), 2), 0);
}

/* ---- interrupts ---- */

static void asserts_intx(struct guest *g, long long at)
{
    (void)at;
    start(g);
    assert_false(g->irq);
    assert_true(ask(g, 0));
    assert_true(g->irq);
    assert_true((get(space(COMMAND), 4) & INTERRUPT) != 0);
    put(space(COMMAND), 2, MEMORY_ON | MASTER | INTX_OFF);
    assert_false(g->irq);
    assert_true((get(space(COMMAND), 4) & INTERRUPT) != 0);
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_true(g->irq);
    vwr_vdev_config_changed(&box.dev);
    assert_int_equal(get(structure(VWR_PCI_CAP_ISR_CFG), 4), 0); /* not its width */
    put(structure(VWR_PCI_CAP_ISR_CFG), 1, 3);
    assert_true(g->irq);
    assert_int_equal(isr(), VWR_PCI_ISR_QUEUE | VWR_PCI_ISR_CONFIG);
    assert_false(g->irq);
    assert_int_equal(isr(), 0);
    assert_true((get(space(COMMAND), 4) & INTERRUPT) == 0);
    assert_true(ask(g, 0));
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
    assert_false(g->irq);
    assert_int_equal(pci.messages, 0);
}

static void use_vectors(struct guest *g)
{
    start(g);
    for (unsigned i = 0; i < VECTORS; i++) {
        assert_int_equal(get(table(i) + 12, 4), 1);
        put(table(i), 8, UINT64_C(0x200000000) + 0x1000 * i);
        put(table(i) + 8, 4, 0x700 + i);
        put(table(i) + 12, 4, 0);
    }
    put(space(msix() + 2), 2, MSIX_ON);
    put(common(VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR), 2, 4);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, i);
        put(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2, i + 1);
    }
}

static void sends_messages(struct guest *g, long long at)
{
    (void)at;
    use_vectors(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++) {
        assert_true(ask(g, i));
        assert_int_equal(pci.messages, i + 1);
        assert_int_equal(pci.data, 0x701 + i);
        assert_int_equal(pci.addr, UINT64_C(0x200001000) + 0x1000 * i);
    }
    vwr_vdev_config_changed(&box.dev);
    assert_int_equal(pci.data, 0x704);
    assert_int_equal(isr(), VWR_PCI_ISR_CONFIG);
    assert_false(g->irq);
    pci.messages = 0;
    vwr_vdev_config_changed(&box.dev);
    vwr_vpci_state.start(&box.dev); /* as after a load: interrupts that may have been lost */
    assert_int_equal(pci.messages, 1 + BOX_QUEUES + 1);
    assert_int_equal(pci.data, 0x704);
    assert_int_equal(isr(), VWR_PCI_ISR_CONFIG);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2, VECTORS);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    pci.messages = 0;
    assert_true(ask(g, BOX_QUEUES - 1));
    assert_int_equal(pci.messages, 0);
    put(space(msix() + 2), 2, 0); /* INTx again */
    assert_true(ask(g, 0));
    assert_true(g->irq);
    assert_int_equal(isr(), VWR_PCI_ISR_QUEUE);
}

static void map(unsigned reg, unsigned vector)
{
    put(common(reg), 2, vector);
    assert_int_equal(get(common(reg), 2), vector);
}

/* Each event with each vector of the table, for each table size, and with no vector. */
static void maps_any_vector(struct guest *g, long long at)
{
    const unsigned vectors = (unsigned)(get(space(msix() + 2), 2) & 0x7ffu) + 1u;

    (void)at;
    use_vectors(g);
    assert_int_equal(vectors, VECTORS);
    for (unsigned v = 0; v <= vectors; v++) {
        const unsigned vector = v < vectors ? v : VWR_PCI_MSI_NO_VECTOR;

        for (unsigned i = 0; i < BOX_QUEUES; i++) {
            put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, i);
            map(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR, vector);
            pci.messages = pci.data = 0;
            assert_true(ask(g, i));
            assert_int_equal(pci.messages, v < vectors);
            assert_int_equal(pci.data, v < vectors ? 0x700 + v : 0);
        }
        map(VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR, vector);
        pci.messages = pci.data = 0;
        vwr_vdev_config_changed(&box.dev);
        assert_int_equal(pci.messages, v < vectors);
        assert_int_equal(pci.data, v < vectors ? 0x700 + v : 0);
    }
}

/*
 * A message that cannot be sent is pending, and is sent once when possible. 0: function mask; 1: vector; 2:
 * bus.
 */
static void masks_messages(struct guest *g, long long at)
{
    const uint64_t pending = BAR + (get(space(msix() + 8), 4) & ~7u);

    use_vectors(g);
    box.hold = true;
    add_buffer(g, 1);
    put(doorbell(1), 2, 1);
    if (at == 0)
        put(space(msix() + 2), 2, MSIX_ON | MSIX_MASKED);
    else if (at == 1)
        put(table(2) + 12, 4, 1);
    else
        put(space(COMMAND), 2, MEMORY_ON);
    box_answer_held(g);
    vwr_vdev_interrupt(&box.dev, 1);
    assert_int_equal(pci.messages, 0);
    assert_int_equal(get(pending, 8), 1 << 2);
    put(pending, 4, 0);
    assert_int_equal(get(pending, 4), 1 << 2);
    if (at == 0)
        put(space(msix() + 2), 2, MSIX_ON);
    else if (at == 1)
        put(table(2) + 12, 4, 0);
    else
        put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_int_equal(pci.messages, 1);
    assert_int_equal(pci.data, 0x702);
    assert_int_equal(get(pending, 8), 0);
    put(table(2) + 12, 4, 0);
    assert_int_equal(pci.messages, 1);
}

/* Each width at each offset of the table's fourth: beyond the last vector nothing is kept. */
static void bounds_its_table(struct guest *g, long long at)
{
    const uint64_t base = table(0);

    (void)g;
    (void)at;
    for (unsigned offset = 0; offset < VWR_VPCI_BAR_BYTES / 4u; offset++)
        for (unsigned bytes = 1; bytes <= 8; bytes *= 2) {
            put(base + offset, bytes, UINT64_MAX);
            if (offset >= 16 * VECTORS || bytes < 4)
                assert_int_equal(get(base + offset, bytes), 0);
        }
    for (unsigned i = 0; i < VECTORS; i++) {
        assert_int_equal(get(table(i), 8), UINT64_MAX - 3);
        assert_int_equal(get(table(i) + 8, 8), UINT64_C(0x1ffffffff));
    }
}

/* Without bus mastering no buffers are taken; available ones are taken when it is enabled again. */
static void is_a_bus_master(struct guest *g, long long at)
{
    (void)at;
    start(g);
    put(space(COMMAND), 2, MEMORY_ON);
    add_buffer(g, 0);
    put(doorbell(0), 2, 0);
    vwr_vdev_serve(&box.dev, 0);
    assert_false(is_answered(g, 0));
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_true(is_answered(g, 0));
    put(space(COMMAND), 2, MEMORY_ON);
    start(g);
    add_buffer(g, 2);
    put(doorbell(2), 2, 2);
    assert_false(is_answered(g, 2));
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    assert_true(is_answered(g, 2));
}

/* The window of PCI_CFG behaves like the BAR; with an invalid length or offset, it does nothing. */
static void has_a_window(struct guest *g, long long at)
{
    const unsigned cap = capability(VWR_PCI_CAP_ID_VNDR, VWR_PCI_CAP_PCI_CFG);

    (void)at;
    start(g);
    for (unsigned offset = 0; offset < VWR_VPCI_BAR_BYTES; offset += offset == 70 ? 0x1000 - 70 : 1)
        for (uint32_t length = 0; length <= 8; length++) {
            const bool good = (length == 1 || length == 2 || length == 4) && offset % length == 0;

            put(space(cap + VWR_PCI_CFG_CAP_CAP_OFFSET), 4, offset);
            put(space(cap + VWR_PCI_CFG_CAP_CAP_LENGTH), 4, length);
            assert_int_equal(get(space(cap + VWR_PCI_CFG_CAP_CAP_LENGTH), 4), length);
            assert_int_equal(get(space(cap + VWR_PCI_CFG_CAP_PCI_CFG_DATA), 4),
                             good ? get(BAR + offset, length) : 0);
        }
    put(space(cap + VWR_PCI_CFG_CAP_CAP_OFFSET), 4, VWR_VPCI_BAR_BYTES); /* behind the last byte */
    put(space(cap + VWR_PCI_CFG_CAP_CAP_LENGTH), 4, 4);
    assert_int_equal(get(space(cap + VWR_PCI_CFG_CAP_PCI_CFG_DATA), 4), 0);
    add_buffer(g, 1);
    put(space(cap + VWR_PCI_CFG_CAP_CAP_OFFSET), 4, doorbell(1) - BAR);
    put(space(cap + VWR_PCI_CFG_CAP_CAP_LENGTH), 4, 2);
    put(space(cap + VWR_PCI_CFG_CAP_CAP_BAR), 1, 1);
    put(space(cap + VWR_PCI_CFG_CAP_PCI_CFG_DATA), 2, 1);
    assert_false(is_answered(g, 1));
    put(space(cap + VWR_PCI_CFG_CAP_CAP_BAR), 1, 0);
    put(space(COMMAND), 2, MASTER); /* it needs no decoder */
    put(space(cap + VWR_PCI_CFG_CAP_PCI_CFG_DATA), 2, 1);
    assert_true(is_answered(g, 1));
    add_buffer(g, 1);
    put(space(cap + VWR_PCI_CFG_CAP_PCI_CFG_DATA), 4, 0x70001); /* the first two bytes of it */
    assert_true(is_answered(g, 1));
}

/* Accesses to configuration space that no bus would issue: nothing is read, nothing is written. */
static void has_a_width(struct guest *g, long long at)
{
    static const struct {
        unsigned offset, bytes;
    } wrong[] = {{COMMAND, 0}, {COMMAND, 3}, {COMMAND, 8}, {COMMAND + 1, 2}, {COMMAND + 2, 4}};

    (void)at;
    start(g);
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        uint64_t value = 0;

        vwr_vpci_space_access(&pci.f, wrong[i].offset, wrong[i].bytes, true, &value);
        assert_int_equal(get(space(COMMAND), 2), MEMORY_ON | MASTER);
        vwr_vpci_space_access(&pci.f, wrong[i].offset, wrong[i].bytes, false, &value);
        assert_int_equal(value, wrong[i].bytes >= 8 ? ~UINT64_C(0) : (UINT64_C(1) << 8 * wrong[i].bytes) - 1);
    }
}

static void resets_the_function(struct guest *g, long long at)
{
    const unsigned cap = capability(0x13, 0);

    (void)at;
    use_vectors(g);
    assert_int_equal(get(space(cap + 3), 1), 3);
    put(space(cap + 4), 1, 0);
    assert_int_equal(box.resets, 1);
    put(space(cap + 4), 1, 1);
    assert_int_equal(box.resets, 2);
    assert_int_equal(get(space(COMMAND), 2), 0);
    assert_int_equal(get(space(BAR_0), 4), 4);
    assert_int_equal(get(space(msix() + 2), 2), VECTORS - 1);
    assert_int_equal(get(BAR, 4), UINT32_MAX);
    assert_int_equal(box.dev.status, 0);
    place();
    assert_int_equal(get(table(1) + 12, 4), 1);
    put(table(1) + 12, 4, 0);
    assert_int_equal(get(table(1) + 12, 4), 0);
    assert_int_equal(get(table(1) + 8, 4), 0);
}

/* ---- roads to a reset: docs/vpci.md has the table ---- */

enum road { BY_STATUS, BY_FUNCTION, BY_BUS, BY_OUTER_BUS, BY_REMOVAL, BY_VMM, BY_MACHINE, ROADS };

/* The function behind two bridges instead of one. */
static void nest(void)
{
    vwr_vpci_remove(&pci.f);
    pci.nested = true;
    pci.host.buses = 3;
    assert_int_equal(vwr_vpci_add_bridge(&pci.host, &pci.bridge.behind, INNER, &pci.inner), VWR_OK);
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.inner.behind, DEVICE, &pci.f), VWR_OK);
    place();
}

/* The bit resets when it is set, not when it is written again or cleared; nothing answers until it is
 * cleared. */
static void reset_bus(uint64_t control)
{
    const unsigned resets = box.resets;
    unsigned offset;

    assert_false(vwr_vpci_is_in_reset(&pci.f));
    put(control, 1, BUS_RESET);
    assert_int_equal(box.resets, resets + 1);
    assert_true(vwr_vpci_is_in_reset(&pci.f));
    assert_int_equal(get(space(0), 4), UINT32_MAX);
    assert_null(vwr_vpci_space(&pci.host, space(0), &offset));
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    put(control, 1, BUS_RESET);
    put(control, 1, 0);
    assert_false(vwr_vpci_is_in_reset(&pci.f));
    assert_int_equal(box.resets, resets + 1);
}

static void reset_by(enum road road)
{
    switch (road) {
    case BY_STATUS:
        put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, 0);
        break;
    case BY_FUNCTION:
        put(space(capability(0x13, 0) + 4), 1, 1);
        break;
    case BY_BUS:
        reset_bus(pci.nested ? inner(CONTROL) : bridge(CONTROL));
        break;
    case BY_OUTER_BUS:
        reset_bus(bridge(CONTROL));
        break;
    case BY_REMOVAL:
        vwr_vpci_remove(&pci.f);
        break;
    case BY_VMM:
        vwr_vpci_reset(&pci.f);
        break;
    case BY_MACHINE:
    case ROADS:
        put(inner(CONTROL), 1, BUS_RESET); /* a guest that ends here */
        vwr_vpci_bridge_reset(&pci.bridge);
        break;
    }
}

/* A queue with a buffer that the device owns, one with a buffer that it has not seen, and one whose event the
 * driver has not seen.
 */
static void leave_work(struct guest *g, bool uses_msix)
{
    if (uses_msix) {
        use_vectors(g);
        put(table(3) + 12, 4, 1);
    } else {
        start(g);
    }
    assert_true(ask(g, 2));
    assert_true(uses_msix ? pci.vector[3].pending : g->irq);
    box.hold = true;
    add_buffer(g, 0);
    put(doorbell(0), 2, 0);
    assert_int_equal(box.held, 1);
    add_buffer(g, 1);
}

/* Whatever happens to the device: it writes no memory, and interrupts nobody. */
static void touches_nothing(struct guest *g)
{
    static uint8_t before[GUEST_LOW_BYTES];
    const unsigned answered = box.answered;

    memcpy(before, guest_at(g, GUEST_LOW, GUEST_LOW_BYTES), sizeof(before));
    pci.messages = 0;
    box.hold = false;
    for (uint16_t q = 0; q < BOX_QUEUES; q++) {
        uint64_t value = q;

        vwr_vpci_bar_access(&pci.f, VWR_VPCI_NOTIFY_OFFSET + 4u * q, 2, true, &value);
        vwr_vdev_serve(&box.dev, q);
    }
    vwr_vqueue_add_used(&box.dev.queue[0], &box.chain[0], 3); /* the back end is late */
    (void)vwr_vdev_signal(&box.dev, &box.dev.queue[0]);
    assert_int_equal(box.answered, answered);
    assert_int_equal(pci.messages, 0);
    assert_false(g->irq);
    assert_memory_equal(before, guest_at(g, GUEST_LOW, GUEST_LOW_BYTES), sizeof(before));
}

/* All that the driver has set is gone, as after the setup; `is_whole`: all that PCI has, too. */
static void is_forgotten(bool is_whole)
{
    assert_int_equal(box.dev.status, 0);
    assert_int_equal(box.dev.config_vector, VWR_PCI_MSI_NO_VECTOR);
    for (unsigned i = 0; i < VWR_FEATURE_WORDS; i++)
        assert_int_equal(box.dev.accepted.w[i] | box.dev.written.w[i], 0);
    for (unsigned q = 0; q < BOX_QUEUES; q++) {
        assert_false(box.dev.queue[q].ready);
        assert_int_equal(box.dev.queue[q].vector, VWR_PCI_MSI_NO_VECTOR);
        assert_int_equal(box.dev.queue[q].desc_addr, 0);
    }
    assert_int_equal(pci.f.head.command == 0, is_whole);
    assert_int_equal(pci.f.bar == 0, is_whole);
    for (unsigned i = 0; i < VECTORS && is_whole; i++)
        assert_true(pci.vector[i].masked && !pci.vector[i].pending && pci.vector[i].addr == 0);
    assert_true(!is_whole || (pci.f.msix == 0 && pci.f.cfg_offset == 0 && pci.f.head.line == 0));
}

/* No road leaves a live queue, and the next driver finds the device. */
static void check_road(struct guest *g, enum road road, bool uses_msix)
{
    unsigned resets;

    nest();
    leave_work(g, uses_msix);
    resets = box.resets;
    put(space(LINE), 1, 0x5a);
    reset_by(road);
    assert_true(box.resets > resets);
    is_forgotten(road != BY_STATUS);
    touches_nothing(g);
    assert_int_equal(pci.bridge.buses,
                     road == BY_MACHINE ? 0 : 0x020100); /* a guest resets what is behind it */
    assert_int_equal(pci.inner.buses, road == BY_OUTER_BUS || road == BY_MACHINE ? 0 : 0x020201);
    assert_int_equal(pci.inner.head.command == 0, road == BY_OUTER_BUS || road == BY_MACHINE);
    assert_int_equal(pci.inner.control, 0);
    if (road == BY_REMOVAL)
        assert_int_equal(vwr_vpci_add(&pci.host, &pci.inner.behind, DEVICE, &pci.f), VWR_OK);
    if (road != BY_STATUS)
        assert_int_equal(get(BAR, 4), UINT32_MAX);
    place();
    put(space(msix() + 2), 2, 0);
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
}

static void is_reset(struct guest *g, long long at)
{
    check_road(g, (enum road)at, false);
}

static void is_reset_with_msix(struct guest *g, long long at)
{
    check_road(g, (enum road)at, true);
}

/*
 * While hardware may still access the buffers, no road completes the reset: the status is not 0, and the
 * function reports pending transactions.
 */
static void is_reset_later(struct guest *g, long long at)
{
    const enum road road = (enum road)at;
    unsigned control;

    nest();
    control = capability(0x13, 0) + 4;
    leave_work(g, false);
    assert_int_equal(get(space(control), 2), 0);
    vwr_vdev_set_unsafe(&box.dev, true);
    assert_int_equal(get(space(control), 2), 0x100);
    reset_by(road);
    if (road == BY_REMOVAL)
        assert_int_equal(vwr_vpci_add(&pci.host, &pci.inner.behind, DEVICE, &pci.f), VWR_OK);
    place();
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), VWR_STATUS_DEVICE_NEEDS_RESET);
    put(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1, VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), VWR_STATUS_DEVICE_NEEDS_RESET);
    touches_nothing(g);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, 1);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE), 2, 4);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2, 1);
    vwr_vdev_set_unsafe(&box.dev, false);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_DEVICE_STATUS), 1), 0);
    put(common(VWR_PCI_COMMON_CFG_QUEUE_SELECT), 2, 1); /* what is written before has no effect */
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_SIZE), 2), GUEST_QUEUE_MAX);
    assert_int_equal(get(common(VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR), 2), VWR_PCI_MSI_NO_VECTOR);
    assert_int_equal(get(space(control), 2), 0);
    start(g);
    assert_true(ask(g, 0));
}

/* A bridge resets all that is behind it, and nothing beside it. */
static void resets_only_behind(struct guest *g, long long at)
{
    static struct vwr_vpci other;
    static struct box twin;
    const struct vwr_vpci_setup s = {.v = &twin.dev};
    struct vwr_vpci_bus *const buses[] = {&pci.host.root, &pci.bridge.behind, &pci.inner.behind};

    nest();
    start(g);
    twin = box;
    twin.dev.queues = 0;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_OK);
    assert_int_equal(vwr_vpci_add(&pci.host, buses[at], 31, &other), VWR_OK);
    twin.resets = 0;
    other.head.command = MASTER;
    put(inner(CONTROL), 2, BUS_RESET);
    assert_int_equal(twin.resets, at == 2);
    assert_int_equal(other.head.command, at == 2 ? 0 : MASTER);
    put(bridge(CONTROL), 2, BUS_RESET); /* this also resets the inner bridge, and what is behind it again */
    assert_int_equal(twin.resets, at);
    assert_int_equal(other.head.command, at == 0 ? MASTER : 0);
    assert_int_equal(pci.inner.control, 0);
    put(bridge(CONTROL), 2, 0);
    place();
    assert_int_equal(get(space(0), 2), VWR_PCI_VENDOR_ID);
}

/*
 * A guest that writes random values to random addresses 10^5 times, or SCRIBBLES times. The device works
 * after a reset.
 */
static void is_scribbled(struct guest *g, long long at)
{
    static uint64_t state = 88172645463325252u;
    const char *const count = getenv("SCRIBBLES");
    const unsigned long most = count != NULL ? strtoul(count, NULL, 10) : 34000; /* in three guests each */

    (void)at;
    start(g);
    for (unsigned long i = 0; i < most; i++) {
        uint64_t r;

        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        r = state >> 16;
        if (r % 4 != 0)
            put((r % 8 < 6 ? space((unsigned)(r >> 3) % 256) : bridge((unsigned)(r >> 3) % 64)),
                1u << (r >> 12) % 4, r >> 20);
        else
            put((r & 4) != 0 ? BAR + (r >> 3) % VWR_VPCI_BAR_BYTES
                             : WINDOW + (r >> 3) % (PAGES * VWR_VPCI_BAR_BYTES),
                1u << (r >> 30) % 4, r >> 32);
        if (i % 64 == 0)
            (void)get(space((unsigned)(r >> 3) % 256), 1u << (r >> 12) % 4);
        if (i % 8 == 0) { /* it must reach the function */
            put(bridge(CONTROL), 2, 0);
            put(bridge(BUSES), 4, 0x010100);
        }
        if (i % 128 == 0)
            place();
    }
    for (unsigned i = 0; i < PAGES; i++)
        assert_true(pci.page[i] == NULL || pci.page[i] == &pci.f);
}

/* ---- the VMM's calls ---- */

/*
 * Two functions at one address: the last one answers, and after it is removed, the first one answers again.
 */
static void is_overlapped(struct guest *g, long long at)
{
    static struct vwr_vpci other;
    static struct box twin;
    const struct vwr_vpci_setup s = {.v = &twin.dev};
    const uint64_t config = ECAM + (at == 0 ? 0 : VWR_VPCI_BUS_BYTES) + 9 * 0x8000u;

    start(g);
    twin = box;
    twin.dev.queues = 0;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_OK);
    assert_int_equal(vwr_vpci_add(&pci.host, at == 0 ? &pci.host.root : &pci.bridge.behind, 9, &other),
                     VWR_OK);
    put(config + BAR_0, 4, BAR);
    for (unsigned i = 0; i < 3; i++) {
        put(config + COMMAND, 2, MEMORY_ON);
        assert_int_equal(get(BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), 0);
        if (i == 0)
            put(config + COMMAND, 2, 0);
        else if (i == 1)
            put(config + BAR_0, 4, BAR + VWR_VPCI_BAR_BYTES);
        else
            vwr_vpci_reset(&other);
        assert_int_equal(get(BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), BOX_QUEUES);
        assert_true(ask(g, 0));
        put(config + BAR_0, 4, BAR);
    }
    /* The first one leaves while the other one answers, and comes back. */
    put(config + COMMAND, 2, MEMORY_ON);
    put(space(BAR_0), 4, BAR + VWR_VPCI_BAR_BYTES);
    assert_int_equal(get(BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), 0);
    assert_int_equal(get(BAR + VWR_VPCI_BAR_BYTES + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), BOX_QUEUES);
    put(config + COMMAND, 2, 0);
    put(space(BAR_0), 4, BAR);
    assert_int_equal(get(BAR + VWR_PCI_COMMON_CFG_NUM_QUEUES, 2), BOX_QUEUES);
}

/* Whether a driver finds nothing at the function's addresses; its writes there have no effect. */
static void answers_nothing(void)
{
    assert_int_equal(get(space(0), 4), UINT32_MAX);
    assert_int_equal(get(BAR, 4), UINT32_MAX);
    put(space(COMMAND), 2, MEMORY_ON | MASTER);
    put(BAR + VWR_PCI_COMMON_CFG_DEVICE_STATUS, 1, VWR_STATUS_ACKNOWLEDGE);
    assert_int_equal(box.dev.status, 0);
    for (unsigned i = 0; i < PAGES; i++)
        assert_null(pci.page[i]);
}

/*
 * Removed from its bus, it does not answer, its line is low, and it sends nothing; added again, it is as
 * after a reset.
 */
static void is_removed(struct guest *g, long long at)
{
    start(g);
    if (at != 0) {
        use_vectors(g);
        put(table(2) + 12, 4, 1);
    }
    assert_true(ask(g, 1)); /* a level that is not acknowledged, or a message that is pending */
    assert_true(at != 0 ? pci.vector[2].pending : g->irq);
    vwr_vpci_remove(&pci.f);
    assert_null(pci.f.head.host);
    assert_null(pci.bridge.behind.device[DEVICE]);
    assert_false(g->irq);
    assert_false(vwr_vpci_is_in_reset(&pci.f));
    answers_nothing();
    vwr_vpci_remove(&pci.f);
    answers_nothing();
    assert_int_equal(pci.messages, 0);
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.bridge.behind, DEVICE, &pci.f), VWR_OK);
    assert_int_equal(get(space(COMMAND), 2), 0);
    assert_int_equal(get(BAR, 4), UINT32_MAX);
    place();
    start(g);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
}

/* Registers of a bridge, as docs/state.md says: read, the bridge made anew, written back; all work again. */
static void is_behind_a_saved_bridge(struct guest *g, long long at)
{
    static const unsigned registers[] = {COMMAND, BUSES, MEMORY, LINE};
    uint64_t saved[4];

    (void)at;
    start(g);
    put(bridge(LINE), 4, 0x00020033);
    for (unsigned i = 0; i < 4; i++)
        saved[i] = get(bridge(registers[i]), 4);
    pci.host.root.device[1] = NULL;
    assert_int_equal(vwr_vpci_add_bridge(&pci.host, &pci.host.root, 1, &pci.bridge), VWR_OK);
    pci.bridge.behind.device[DEVICE] = &pci.f.head;
    assert_int_equal(get(space(0), 4), UINT32_MAX);
    assert_int_equal(get(BAR, 4), UINT32_MAX);
    for (unsigned i = 0; i < 4; i++)
        put(bridge(registers[i]), 4, saved[i]);
    for (unsigned i = 0; i < 4; i++)
        assert_int_equal(get(bridge(registers[i]), 4), saved[i]);
    for (unsigned i = 0; i < BOX_QUEUES; i++)
        assert_true(ask(g, i));
}

/* ---- regions of shared memory ---- */

#define SHARED UINT64_C(0x8000000000)
#define SHARED_BYTES UINT64_C(0x1000000)
#define BAR_2 0x18u
#define LARGE 0x100000u /* the largest region, and the distance between two */
#define SMALL 0x3001u

static struct {
    struct vwr_vpci_host host;
    struct vwr_vpci_bridge bridge;
    struct vwr_vdev v[2];
    struct vwr_vpci f[2];
    struct vwr_vdev_shm shm[2];
    uint64_t at[2][2];
} shared;

static void on_region(struct vwr_vpci *f, unsigned id, uint64_t addr)
{
    assert_true(f == &shared.f[0] || f == &shared.f[1]);
    shared.at[f - shared.f][id] = addr;
}

static uint32_t read_space(unsigned n, unsigned offset)
{
    uint64_t value = 0;

    vwr_vpci_space_access(&shared.f[n], offset, 4, false, &value);
    return (uint32_t)value;
}

static void write_space(unsigned n, unsigned offset, uint32_t word)
{
    uint64_t value = word;

    vwr_vpci_space_access(&shared.f[n], offset, 4, true, &value);
}

static void put_regions(unsigned n, uint64_t addr)
{
    write_space(n, BAR_2, (uint32_t)addr);
    write_space(n, BAR_2 + 4, (uint32_t)(addr >> 32));
}

static bool regions_are_at(unsigned n, uint64_t addr)
{
    const uint64_t next = addr == VWR_VPCI_NOWHERE ? addr : addr + LARGE;

    return shared.at[n][0] == addr && shared.at[n][1] == next;
}

static int init_shared(struct guest *g, unsigned n, struct vwr_vpci_setup *p)
{
    static const struct vwr_vdev_class idle = {.name = "idle", .id = BOX_ID};
    static const struct vwr_features none;
    const struct vwr_vdev_setup s = {.vm = &g->vm, .queue_size = 1, .shm = shared.shm, .shm_count = 2};

    assert_int_equal(vwr_vdev_init(&shared.v[n], &idle, &s, &none, 0, NULL, 0), VWR_OK);
    p->v = &shared.v[n];
    return vwr_vpci_init(&shared.f[n], p);
}

static void begin_shared(struct guest *g)
{
    struct vwr_vpci_setup p = {.region = on_region};

    memset(&shared, 0, sizeof(shared));
    memset(shared.at, 0xff, sizeof(shared.at));
    shared.shm[0].bytes = SMALL;
    shared.shm[1].bytes = LARGE;
    shared.host.shared = SHARED;
    shared.host.shared_bytes = SHARED_BYTES;
    for (unsigned n = 0; n < 2; n++) {
        assert_int_equal(init_shared(g, n, &p), VWR_OK);
        assert_int_equal(
            vwr_vpci_add(&shared.host, &shared.host.root, n == 0 ? VWR_VPCI_DEVICES - 1 : 7, &shared.f[n]),
            VWR_OK);
    }
}

/* Each region is in the BAR, none overlaps another, each id exists once. */
static void has_regions(struct guest *g, long long at)
{
    unsigned found = 0;

    (void)at;
    begin_shared(g);
    put_regions(0, ~UINT64_C(0));
    assert_int_equal(read_space(0, BAR_2), 0u - 2 * LARGE + 0xc); /* 64 bits, prefetchable */
    assert_int_equal(read_space(0, BAR_2 + 4), ~0u);
    for (unsigned c = read_space(0, FIRST); c != 0; c = read_space(0, c) >> 8 & 0xff) {
        const uint32_t place = read_space(0, c + VWR_PCI_CAP64_CAP_BAR);
        const unsigned id = place >> 8 & 0xff;

        if (read_space(0, c) >> 24 != VWR_PCI_CAP_SHARED_MEMORY_CFG)
            continue;
        assert_int_equal(read_space(0, c) >> 16 & 0xff, sizeof(struct vwr_pci_cap64));
        assert_int_equal(place & 0xff, 2);
        assert_int_equal(read_space(0, c + VWR_PCI_CAP64_CAP_OFFSET), id * LARGE);
        assert_int_equal(read_space(0, c + VWR_PCI_CAP64_OFFSET_HI), 0);
        assert_int_equal(read_space(0, c + VWR_PCI_CAP64_CAP_LENGTH), shared.shm[id].bytes);
        assert_int_equal(read_space(0, c + VWR_PCI_CAP64_LENGTH_HI), 0);
        assert_int_equal(id, found++);
    }
    assert_int_equal(found, 2);
}

/* A device without queues has a doorbell; the largest region comes first, or is smaller than a page. */
static void has_other_regions(struct guest *g, long long at)
{
    struct vwr_vpci_setup p = {.region = on_region};
    unsigned found = 0;

    (void)at;
    begin_shared(g);
    shared.shm[0].bytes = LARGE;
    shared.shm[1].bytes = 1;
    assert_int_equal(init_shared(g, 1, &p), VWR_OK);
    assert_int_equal(shared.f[1].distance, LARGE);
    for (unsigned c = read_space(1, FIRST); c != 0; c = read_space(1, c) >> 8 & 0xff)
        if (read_space(1, c) >> 24 == VWR_PCI_CAP_NOTIFY_CFG &&
            (read_space(1, c) & 0xff) == VWR_PCI_CAP_ID_VNDR) {
            assert_int_equal(read_space(1, c + VWR_PCI_CAP_LENGTH), 4);
            found++;
        }
    assert_int_equal(found, 1);
    shared.shm[0].bytes = 1;
    assert_int_equal(init_shared(g, 1, &p), VWR_OK);
    assert_int_equal(shared.f[1].distance, 4096);
}

/* Lengths and offsets of more than 32 bits. */
static void has_large_regions(struct guest *g, long long at)
{
    struct vwr_vpci_setup p = {.region = on_region};
    const unsigned cap = (begin_shared(g), read_space(0, FIRST));
    unsigned last = cap;

    (void)at;
    shared.shm[1].bytes = UINT64_C(0x123456789000);
    assert_int_equal(init_shared(g, 1, &p), VWR_OK);
    for (unsigned c = cap; c != 0; c = read_space(1, c) >> 8 & 0xff)
        last = c;
    assert_int_equal(read_space(1, last + VWR_PCI_CAP64_CAP_OFFSET), 0);
    assert_int_equal(read_space(1, last + VWR_PCI_CAP64_OFFSET_HI), 0x2000);
    assert_int_equal(read_space(1, last + VWR_PCI_CAP64_CAP_LENGTH), 0x56789000);
    assert_int_equal(read_space(1, last + VWR_PCI_CAP64_LENGTH_HI), 0x1234);
    put_regions(1, ~UINT64_C(0));
    assert_int_equal(read_space(1, BAR_2), 0xc);
    assert_int_equal(read_space(1, BAR_2 + 4), 0xffffc000);
}

/*
 * The VMM is told their addresses if they are completely in the window, and while the function decodes
 * memory.
 */
static void places_regions(struct guest *g, long long at)
{
    static const uint64_t wrong[] = {0,           SHARED - 2 * LARGE, SHARED - LARGE, SHARED + SHARED_BYTES,
                                     SHARED << 1, 0u - 2 * LARGE};

    (void)at;
    begin_shared(g);
    put_regions(0, SHARED + 4 * LARGE);
    assert_true(regions_are_at(0, VWR_VPCI_NOWHERE));
    write_space(0, COMMAND, MEMORY_ON);
    assert_true(regions_are_at(0, SHARED + 4 * LARGE));
    put_regions(0, SHARED + SHARED_BYTES - 2 * LARGE);
    assert_true(regions_are_at(0, SHARED + SHARED_BYTES - 2 * LARGE));
    for (unsigned i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        put_regions(0, wrong[i]);
        assert_true(regions_are_at(0, VWR_VPCI_NOWHERE));
    }
    shared.host.shared_bytes = SHARED_BYTES - 1; /* the last two distances are not wholly in it */
    put_regions(0, SHARED + SHARED_BYTES - 2 * LARGE);
    assert_true(regions_are_at(0, VWR_VPCI_NOWHERE));
    put_regions(0, SHARED);
    assert_true(regions_are_at(0, SHARED));
    write_space(0, COMMAND, 0);
    assert_true(regions_are_at(0, VWR_VPCI_NOWHERE));
}

/* No two functions have the same addresses; the second one waits. */
static void overlaps_no_regions(struct guest *g, long long at)
{
    begin_shared(g);
    for (unsigned n = 0; n < 2; n++) {
        put_regions(n, SHARED + 2 * LARGE);
        write_space(n, COMMAND, MEMORY_ON);
    }
    assert_true(regions_are_at(0, SHARED + 2 * LARGE) && regions_are_at(1, VWR_VPCI_NOWHERE));
    if (at == 0)
        write_space(0, COMMAND, 0);
    else if (at == 1)
        vwr_vpci_remove(&shared.f[0]);
    else
        put_regions(0, SHARED);
    assert_true(regions_are_at(0, at == 2 ? SHARED : VWR_VPCI_NOWHERE));
    assert_true(regions_are_at(1, SHARED + 2 * LARGE));
    vwr_vpci_reset(&shared.f[1]);
    assert_true(regions_are_at(1, VWR_VPCI_NOWHERE));
    assert_int_equal(read_space(1, BAR_2 + 4), 0);
}

/* Regions below and behind those of another function. */
static void places_regions_beside(struct guest *g, long long at)
{
    (void)at;
    begin_shared(g);
    for (unsigned n = 0; n < 2; n++)
        write_space(n, COMMAND, MEMORY_ON);
    put_regions(0, SHARED + 4 * LARGE);
    put_regions(1, SHARED);
    assert_true(regions_are_at(0, SHARED + 4 * LARGE) && regions_are_at(1, SHARED));
    put_regions(1, SHARED + 6 * LARGE);
    assert_true(regions_are_at(0, SHARED + 4 * LARGE) && regions_are_at(1, SHARED + 6 * LARGE));
    put_regions(1, SHARED + 2 * LARGE);
    assert_true(regions_are_at(0, SHARED + 4 * LARGE) && regions_are_at(1, SHARED + 2 * LARGE));
}

/* More vectors than a word has pending bits. */
static void has_many_vectors(struct guest *g, long long at)
{
    static struct vwr_vpci_vector vector[40];
    const struct vwr_vpci_setup p = {
        .v = &shared.v[1], .vector = vector, .vector_count = 40, .region = on_region};

    (void)at;
    begin_shared(g);
    vwr_vpci_remove(&shared.f[1]);
    assert_int_equal(vwr_vpci_init(&shared.f[1], &p), VWR_OK);
    for (unsigned c = read_space(1, FIRST); c != 0; c = read_space(1, c) >> 8 & 0xff)
        if ((read_space(1, c) & 0xff) == 0x11) {
            const unsigned pending = read_space(1, c + 8) & ~7u;
            uint64_t low = 0, high = 0;

            for (unsigned i = 0; i < 40; i++)
                vector[i].pending = i == 0 || i == 31 || i == 32 || i == 39;
            vwr_vpci_bar_access(&shared.f[1], pending, 4, false, &low);
            vwr_vpci_bar_access(&shared.f[1], pending + 4, 4, false, &high);
            assert_int_equal(low, 1u << 31 | 1u);
            assert_int_equal(high, 1u << 7 | 1u);
            return;
        }
    fail_msg("no MSI-X");
}

/* A state contains the BAR; a value that no guest can write is refused. */
static void saves_regions(struct guest *g, long long at)
{
    uint8_t memory[256];
    struct vwr_vstate s = {.memory = memory, .bytes = sizeof(memory)};

    begin_shared(g);
    put_regions(0, SHARED);
    write_space(0, COMMAND, MEMORY_ON);
    vwr_vpci_state.save(&shared.v[0], &s);
    vwr_vpci_remove(&shared.f[0]);
    assert_int_equal(vwr_vpci_add(&shared.host, &shared.host.root, 6, &shared.f[0]), VWR_OK);
    if (at != 0)
        memory[s.done - 8 + 2] = 0x10; /* the distance */
    assert_false(vwr_vpci_state.load(&shared.v[0], memory, (uint32_t)s.done - 1));
    assert_int_equal(vwr_vpci_state.load(&shared.v[0], memory, (uint32_t)s.done), at == 0);
    assert_true(regions_are_at(0, at == 0 ? SHARED : VWR_VPCI_NOWHERE));
}

static void refuses_regions(struct guest *g, long long at)
{
    static const struct vwr_vdev_class disk = {.name = "disk", .id = 2};
    struct vwr_vpci_setup p = {0};

    (void)at;
    begin_shared(g);
    vwr_vpci_remove(&shared.f[1]);
    assert_int_equal(init_shared(g, 1, &p), VWR_EINVAL);
    p.region = on_region;
    shared.shm[1].bytes = 0;
    assert_int_equal(init_shared(g, 1, &p), VWR_EINVAL);
    shared.shm[1].bytes = (UINT64_C(1) << 48) + 1;
    assert_int_equal(init_shared(g, 1, &p), VWR_EINVAL);
    shared.shm[1].bytes = UINT64_C(1) << 48;
    assert_int_equal(init_shared(g, 1, &p), VWR_OK);
    assert_int_equal(vwr_vpci_add_bridge(&shared.host, &shared.host.root, 1, &shared.bridge), VWR_OK);
    assert_int_equal(vwr_vpci_add(&shared.host, &shared.bridge.behind, 0, &shared.f[1]), VWR_EINVAL);
    shared.v[1].shms = VWR_VPCI_REGIONS_MAX + 1;
    assert_int_equal(vwr_vpci_init(&shared.f[1], &p), VWR_EINVAL);
    shared.v[1].shms = 2;
    shared.v[1].kind = &disk; /* which may be transitional */
    assert_int_equal(vwr_vpci_init(&shared.f[1], &p), VWR_OK);
    shared.v[1].legacy = true;
    assert_int_equal(vwr_vpci_init(&shared.f[1], &p), VWR_EINVAL);
}

static void on_kicked(struct vwr_vm *vm, struct vwr_vdev *v, uint16_t queue)
{
    (void)vm;
    (void)v;
    (void)queue;
}

static void refuses_a_setup(struct guest *g, long long at)
{
    static struct box twin;
    struct vwr_vpci other;
    struct vwr_vpci_setup s = {.v = &box.dev, .vector = pci.vector, .vector_count = VECTORS};
    struct vwr_vm_ops ops = g->ops;
    const struct vwr_vdev_class *const kind = box.dev.kind;
    struct vwr_vdev_class numbered = *kind;

    (void)at;
    g->vm.ops = &ops;
    box.dev.kind = &numbered;
    numbered.id = 64; /* the first without a PCI device id */
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    box.dev.kind = kind;
    s.vector_count = VWR_VPCI_VECTORS_MAX + 1;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    s.vector_count = VECTORS;
    ops.msi = NULL;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    ops.msi = on_msi;
    ops.again = NULL;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    ops.kicked = on_kicked;
    twin = box;
    s.v = &twin.dev;
    numbered.id = 63;
    twin.dev.kind = &numbered;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_OK);
    s.v = &box.dev;
    ops.again = g->ops.again;
    box.dev.queues = VWR_VPCI_BAR_BYTES / 4;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    box.dev.queues = BOX_QUEUES;
    box.dev.config_bytes = VWR_VPCI_BAR_BYTES;
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    box.dev.config_bytes = BOX_CONFIG;
    box.dev.legacy = true; /* the box has no id of a transitional device */
    assert_int_equal(vwr_vpci_init(&other, &s), VWR_EINVAL);
    box.dev.legacy = false;
    g->vm.ops = &g->ops;
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.host.root, VWR_VPCI_DEVICES, &pci.f), VWR_ERANGE);
    assert_int_equal(vwr_vpci_add(&pci.host, &pci.host.root, 1, &pci.f), VWR_EBUSY);
}

static const struct hostile_case cases[] = {
    {"identifies_itself",
     "pci.dev.disc.1 pci.dev.disc.2 pci.dev.disc.4 pci.dev.disc.5 pci.dev.disc.6",
     identifies_itself,
     HOSTILE_MODERN,
     0,
     {0}},
    {"answers_alone", "header vwr/vpci.h", answers_alone, HOSTILE_MODERN, 0, {0}},
    {"lists_capabilities",
     "pci.dev.cap.1 pci.dev.common.1 pci.dev.common.2 pci.dev.notify.1 pci.dev.isr.1",
     lists_capabilities,
     HOSTILE_MODERN,
     0,
     {0}},
    {"is_placed", "header vwr/vpci.h", is_placed, HOSTILE_MODERN, 0, {0}},
    {"is_behind_a_bridge", "header vwr/vpci.h", is_behind_a_bridge, HOSTILE_MODERN, 3, {0, 1, 2}},
    {"follows_the_table",
     "pci.dev.common.4 pci.dev.common.8",
     follows_the_table,
     HOSTILE_V2,
     7,
     {0, 1, 2, 3, 4, 5, 6}},
    {"keeps_what_is_written",
     "pci.dev.common.3 pci.dev.common.7 pci.dev.common.14 pci.dev.msix.6",
     keeps_what_is_written,
     HOSTILE_MODERN,
     0,
     {0}},
    {"is_notified", "pci.dev.notify.1 pci.dev.notify.2", is_notified, HOSTILE_V2, 2, {0, 1}},
    {"takes_features_twice", "init.drv.5 init.drv.9", takes_features_twice, HOSTILE_V2, 3, {0, 1, 2}},
    {"has_doorbells",
     "pci.dev.notify.3 pci.dev.notify.4 pci.dev.notify.5 pci.dev.notify.6 pci.dev.notify.7 pci.dev.notify.8 "
     "pci.dev.notify.9 pci.dev.notify.10 pci.dev.notify.11",
     has_doorbells,
     HOSTILE_MODERN,
     2,
     {0, 1}},
    {"notifies_early", "init.drv.15; status.dev.1", notifies_early, HOSTILE_V2, 2, {0, 1}},
    {"sets_up_its_queues_first", "init.drv.11; init.drv.1", sets_up_its_queues_first, HOSTILE_V2, 2, {0, 1}},
    {"does_not_accept_version_1", "rfeat.drv.1", does_not_accept_version_1, HOSTILE_MODERN, 0, {0}},
    {"serves_as_qemu_does", "init.drv.15; init.drv.2", serves_as_qemu_does, HOSTILE_V2, 0, {0}},
    {"has_a_configuration", "pci.dev.devcfg.1 pci.dev.layout.1", has_a_configuration, HOSTILE_MODERN, 0, {0}},
    {"resets_a_queue",
     "pci.dev.common.9 pci.dev.common.11 pci.dev.common.13",
     resets_a_queue,
     HOSTILE_V2,
     0,
     {0}},
    {"resets_a_queue_later", "pci.dev.common.11 pci.dev.common.12", resets_a_queue_later, HOSTILE_V2, 0, {0}},
    {"asserts_intx",
     "pci.dev.isr.2 pci.dev.isr.3 pci.dev.isr.4 pci.dev.isr.5",
     asserts_intx,
     HOSTILE_V2,
     0,
     {0}},
    {"sends_messages", "pci.dev.msix.6 pci.dev.msix.7 pci.dev.msix.9", sends_messages, HOSTILE_V2, 0, {0}},
    {"maps_any_vector",
     "pci.dev.msix.2 pci.dev.msix.4 pci.dev.msix.5 pci.dev.msix.8",
     maps_any_vector,
     HOSTILE_V2,
     0,
     {0}},
    {"masks_messages", "pci.dev.msix.7", masks_messages, HOSTILE_MODERN, 3, {0, 1, 2}},
    {"bounds_its_table", "header vwr/vpci.h", bounds_its_table, HOSTILE_MODERN, 0, {0}},
    {"is_a_bus_master", "header vwr/vpci.h", is_a_bus_master, HOSTILE_V2, 0, {0}},
    {"has_a_window",
     "pci.dev.pcicfg.1 pci.dev.pcicfg.2 pci.dev.pcicfg.3",
     has_a_window,
     HOSTILE_MODERN,
     0,
     {0}},
    {"resets_the_function", "header vwr/vpci.h", resets_the_function, HOSTILE_MODERN, 0, {0}},
    {"is_reset", "header vwr/vpci.h", is_reset, HOSTILE_V2, ROADS, {0, 1, 2, 3, 4, 5, 6}},
    {"is_reset_with_msix", "header vwr/vpci.h", is_reset_with_msix, HOSTILE_V2, ROADS, {0, 1, 2, 3, 4, 5, 6}},
    {"is_reset_later", "header vwr/vpci.h", is_reset_later, HOSTILE_V2, ROADS, {0, 1, 2, 3, 4, 5, 6}},
    {"resets_only_behind", "header vwr/vpci.h", resets_only_behind, HOSTILE_MODERN, 3, {0, 1, 2}},
    {"is_scribbled", "header vwr/vpci.h", is_scribbled, HOSTILE_V2, 0, {0}},
    {"is_overlapped", "header vwr/vpci.h", is_overlapped, HOSTILE_MODERN, 2, {0, 1}},
    {"is_removed", "header vwr/vpci.h", is_removed, HOSTILE_V2, 2, {0, 1}},
    {"is_behind_a_saved_bridge", "header vwr/vpci.h", is_behind_a_saved_bridge, HOSTILE_V2, 0, {0}},
    {"has_regions", "pci.dev.shm.1 pci.dev.shm.2", has_regions, HOSTILE_V2, 0, {0}},
    {"has_large_regions", "pci.dev.shm.1", has_large_regions, HOSTILE_V2, 0, {0}},
    {"has_other_regions", "pci.dev.shm.1", has_other_regions, HOSTILE_MODERN, 0, {0}},
    {"places_regions_beside", "header vwr/vpci.h", places_regions_beside, HOSTILE_MODERN, 0, {0}},
    {"has_many_vectors", "header vwr/vpci.h", has_many_vectors, HOSTILE_MODERN, 0, {0}},
    {"has_a_width", "header vwr/vpci.h", has_a_width, HOSTILE_MODERN, 0, {0}},
    {"places_regions", "header vwr/vpci.h", places_regions, HOSTILE_V2, 0, {0}},
    {"overlaps_no_regions", "header vwr/vpci.h", overlaps_no_regions, HOSTILE_V2, 3, {0, 1, 2}},
    {"saves_regions", "header vwr/vpci.h", saves_regions, HOSTILE_V2, 2, {0, 1}},
    {"refuses_regions", "header vwr/vpci.h", refuses_regions, HOSTILE_V2, 0, {0}},
    {"refuses_a_setup", "header vwr/vpci.h", refuses_a_setup, HOSTILE_MODERN, 0, {0}},
};

int main(void)
{
    return hostile_run("pci", &box_function, cases, sizeof(cases) / sizeof(cases[0]));
}
