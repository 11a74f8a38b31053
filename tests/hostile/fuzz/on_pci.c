/* SPDX-License-Identifier: MIT */
#include "on_pci.h"

#include "vwr/gen/features.h"
#include "vwr/vpci.h"

#include <stdlib.h>
#include <string.h>

#define ECAM UINT64_C(0x4010000000)
#define WINDOW UINT64_C(0x10000000)
#define PAGES 256u /* 4 MiB */
#define BAR (WINDOW + 0x100000u)
#define SHARED (WINDOW + 0x200000u)
#define REGIONS 2u
#define DEVICE 7u
#define VECTORS 5u

/* Offsets of the configuration space, and what firmware writes there. */
enum {
    COMMAND = 4,
    BAR_0 = 0x10,
    BAR_1 = 0x14,
    BAR_2 = 0x18,
    BUSES = 0x18,
    CONTROL = 0x3c, /* and the interrupt line */
    MEMORY = 0x20,
    MSIX = 0x11,
    FIRST = 0x34
};
enum { MEMORY_AND_MASTER = 6, BEHIND = 0x010100, FORWARDED = 0x10101010, MSIX_ON = 0x8000 };

/* The fourths of the BAR. */
enum { REGISTERS = 0, DOORBELLS = 0x1000, TABLE = 0x3000 };

static struct {
    struct vwr_vpci_host host;
    struct vwr_vpci *page[PAGES];
    struct vwr_vpci_bridge bridge;
    struct vwr_vpci f;
    struct vwr_vpci_vector *vector; /* a heap block of exactly its length */
    bool behind;
} pci;

static uint64_t access(uint64_t addr, unsigned bytes, bool is_write, uint64_t value)
{
    const uint64_t before = value;

    MUST(!world.locked);
    MUST(vwr_vpci_access(&pci.host, addr, bytes, is_write, &value));
    MUST(!world.locked && (!is_write || value == before));
    MUST(is_write || bytes == 8 || value >> bytes * 8 == 0);
    for (unsigned i = 0; i < world.dev->queues; i++)
        MUST(!world.queue[i].ready || vwr_vqueue_in_flight(&world.queue[i]) <= world.queue[i].size);
    return value;
}

static void check_pages(void)
{
    for (unsigned i = 0; i < PAGES; i++)
        MUST(pci.page[i] == NULL || pci.page[i] == &pci.f);
}

/* Memory that the guest may place, on bus 0: it is completely inside the window, or nowhere. */
static const struct vwr_vdev_shm regions[REGIONS] = {{0, 0x3001}, {0, 0x10000}};

static void placed(struct vwr_vpci *f, unsigned id, uint64_t addr)
{
    MUST(world.locked && f == &pci.f && id < REGIONS);
    MUST(addr == VWR_VPCI_NOWHERE ||
         (addr >= WINDOW && addr - WINDOW <= PAGES * VWR_VPCI_BAR_BYTES - regions[id].bytes));
}

static void put(uint64_t addr, unsigned bytes, uint64_t value)
{
    (void)access(addr, bytes, true, value);
}

static uint64_t bridge(unsigned offset)
{
    return ECAM + 0x8000u + offset;
}

static uint64_t space(unsigned offset)
{
    return ECAM + (pci.behind ? VWR_VPCI_BUS_BYTES : 0) + DEVICE * 0x8000u + offset;
}

/* An MMIO register that also exists for a PCI driver. */
static const struct {
    uint16_t mmio;
    uint16_t common;
} same[] = {
    {VWR_MMIO_STATUS, VWR_PCI_COMMON_CFG_DEVICE_STATUS},
    {VWR_MMIO_DRIVER_FEATURES_SEL, VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT},
    {VWR_MMIO_DRIVER_FEATURES, VWR_PCI_COMMON_CFG_DRIVER_FEATURE},
    {VWR_MMIO_QUEUE_SEL, VWR_PCI_COMMON_CFG_QUEUE_SELECT},
    {VWR_MMIO_QUEUE_SIZE, VWR_PCI_COMMON_CFG_QUEUE_SIZE},
    {VWR_MMIO_QUEUE_READY, VWR_PCI_COMMON_CFG_QUEUE_ENABLE},
    {VWR_MMIO_QUEUE_RESET, VWR_PCI_COMMON_CFG_QUEUE_RESET},
    {VWR_MMIO_QUEUE_DESC_LOW, VWR_PCI_COMMON_CFG_QUEUE_DESC},
    {VWR_MMIO_QUEUE_DESC_HIGH, VWR_PCI_COMMON_CFG_QUEUE_DESC + 4},
    {VWR_MMIO_QUEUE_DRIVER_LOW, VWR_PCI_COMMON_CFG_QUEUE_DRIVER},
    {VWR_MMIO_QUEUE_DRIVER_HIGH, VWR_PCI_COMMON_CFG_QUEUE_DRIVER + 4},
    {VWR_MMIO_QUEUE_DEVICE_LOW, VWR_PCI_COMMON_CFG_QUEUE_DEVICE},
    {VWR_MMIO_QUEUE_DEVICE_HIGH, VWR_PCI_COMMON_CFG_QUEUE_DEVICE + 4},
};

static const struct vwr_register *row_at(unsigned offset)
{
    return &vwr_pci_common_cfg_registers[vwr_pci_common_cfg_register_at[offset]];
}

/* With MSI-X, each queue gets a vector before it is enabled. */
static bool elsewhere(unsigned offset, uint32_t value)
{
    if (offset == VWR_MMIO_QUEUE_NOTIFY) {
        put(BAR + DOORBELLS + 4u * (value & 0xffu), vwr_vdev_has(world.dev, VWR_F_NOTIFICATION_DATA) ? 4 : 2,
            value);
        return true;
    }
    if (offset == VWR_MMIO_QUEUE_READY && pci.f.vectors != 0)
        put(BAR + REGISTERS + VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR, 2, 1u + world.dev->queue_sel % VECTORS);
    for (unsigned i = 0; i < sizeof(same) / sizeof(same[0]); i++)
        if (same[i].mmio == offset) {
            put(BAR + REGISTERS + same[i].common, row_at(same[i].common)->bytes, value);
            return true;
        }
    return false;
}

void on_pci_begin(uint8_t how)
{
    struct vwr_vpci_setup s = {
        .v = world.dev, .vector_count = how % (VECTORS + 1), .narrow = (how & 0x40) != 0};
    struct vwr_vpci_bus *bus = &pci.host.root;

    free(pci.vector);
    memset(&pci, 0, sizeof(pci));
    memset(&pci.f, 0xee, sizeof(pci.f));
    pci.vector = malloc(s.vector_count * sizeof(*pci.vector) + 1);
    MUST(pci.vector != NULL);
    memset(pci.vector, 0xee, s.vector_count * sizeof(*pci.vector));
    s.vector = pci.vector;
    pci.behind = (how & 0x80) != 0;
    pci.host = (struct vwr_vpci_host){
        .ecam = ECAM, .buses = 2, .window = WINDOW, .page = pci.page, .page_count = PAGES};
    if (!pci.behind && !world.dev->legacy) {
        world.dev->shm = regions;
        world.dev->shms = REGIONS;
        s.region = placed;
    }
    MUST(vwr_vpci_init(&pci.f, &s) == VWR_OK);
    MUST(vwr_vpci_add_bridge(&pci.host, &pci.host.root, 1, &pci.bridge) == VWR_OK);
    if (pci.behind)
        bus = &pci.bridge.behind;
    MUST(vwr_vpci_add(&pci.host, bus, DEVICE, &pci.f) == VWR_OK);
    world.elsewhere = elsewhere;
}

static unsigned msix(void)
{
    unsigned at = (unsigned)access(space(FIRST), 1, false, 0);

    while (at != 0 && access(space(at), 1, false, 0) != MSIX)
        at = (unsigned)access(space(at + 1), 1, false, 0);
    return at;
}

void on_pci_place(void)
{
    put(bridge(CONTROL), 4, 0);
    put(bridge(BUSES), 4, BEHIND);
    put(bridge(MEMORY), 4, FORWARDED);
    put(bridge(COMMAND), 2, MEMORY_AND_MASTER);
    put(space(BAR_0), 4, BAR);
    put(space(BAR_1), 4, 0);
    put(space(BAR_2), 4, (uint32_t)SHARED);
    put(space(BAR_2 + 4), 4, 0);
    put(space(COMMAND), 2, MEMORY_AND_MASTER);
    if (pci.f.vectors == 0)
        return;
    put(space(msix() + 2), 2, MSIX_ON);
    for (unsigned i = 0; i < pci.f.vectors; i++) {
        put(BAR + TABLE + 16u * i, 8, 0x1000u + 4u * i);
        put(BAR + TABLE + 16u * i + 8, 4, i);
        put(BAR + TABLE + 16u * i + 12, 4, i == 2);
    }
    put(BAR + REGISTERS + VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR, 2, 0);
}

/* In the configuration space of the function, of the bridge, or of nothing. */
static uint64_t any_space(struct input *in, uint8_t how)
{
    const unsigned at = input_u8(in);

    return (how & 3u) == 3   ? ECAM + input_u32(in) % (2u * VWR_VPCI_BUS_BYTES)
           : (how & 3u) == 2 ? bridge(at)
                             : space(at);
}

/* In the BAR, or in the window. */
static uint64_t any_memory(struct input *in, uint8_t how)
{
    const unsigned at = input_u16(in);

    return (how & 7u) == 7 ? WINDOW + (at << 8 | input_u8(in)) % (PAGES * VWR_VPCI_BAR_BYTES)
                           : BAR + at % VWR_VPCI_BAR_BYTES;
}

static void any_register(struct input *in)
{
    const struct vwr_register *const r =
        &vwr_pci_common_cfg_registers[input_u8(in) % VWR_PCI_COMMON_CFG_REG_COUNT];
    const uint8_t how = input_u8(in);
    const uint32_t value = (how & 1) != 0 ? input_u32(in) : input_u8(in);

    (void)access(BAR + REGISTERS + r->offset, r->bytes, (how & 2) == 0, (how & 2) == 0 ? value : 0);
}

void on_pci_step(struct input *in)
{
    const uint8_t what = input_u8(in);
    const unsigned bytes = 1u << (what >> 6);

    switch (what % 8u) {
    case 0:
        on_pci_place();
        break;
    case 1:
        (void)access(any_space(in, what >> 4), bytes, false, 0);
        break;
    case 2:
        put(any_space(in, what >> 4), bytes, input_u32(in));
        break;
    case 3:
        (void)access(any_memory(in, what >> 3), bytes, false, 0);
        break;
    case 4:
        put(any_memory(in, what >> 3), bytes, input_u64(in));
        break;
    case 5:
        put(BAR + TABLE + input_u8(in) % (16u * VECTORS + 16u), bytes, input_u8(in));
        break;
    case 6:
        any_register(in);
        break;
    default:
        if (what >> 3 == 31)
            on_pci_reset();
        else
            put(BAR + DOORBELLS + (what >> 3) % 9u * 4u, 2, (what >> 3) % 9u);
    }
    check_pages();
}

void on_pci_reset(void)
{
    vwr_vpci_reset(&pci.f);
}

void on_pci_check_unused(void)
{
    MUST(pci.f.v->held && pci.f.head.command == 0 && pci.f.msix == 0 && pci.f.bar == 0 && pci.f.shared == 0 &&
         !pci.f.is_there);
    for (unsigned i = 0; i < pci.f.vectors; i++)
        MUST(pci.vector[i].masked && !pci.vector[i].pending && pci.vector[i].addr == 0);
}
