/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "made_tree.h"
#include "vwr/find.h"
#include "vwr/gen/ids.h"

#include <stdio.h>
#include <string.h>

/*
 * One walk over everything that a machine describes. Register blocks and a configuration space with working
 * BARs are simulated in memory, at addresses that the walk's hook knows.
 */

#define BLOCKS 0x0a000000u
#define BLOCK 0x200u
#define SPACE 0x40000000u
#define WINDOW 0x10000000u
#define BUSES 4u

static uint32_t blocks[4][BLOCK / 4];
static uint32_t space[BUSES << 18];
static uint32_t roots; /* a bit for each root bus besides 0 */
static uint8_t window[0x400000];
static struct made_tree made;
static struct vwr_tree tree;
static struct vwr_find find;
static struct vwr_found found;
static struct vwr_find_host hosts[1];
static char text[200];

static volatile void *map(void *context, uint64_t at, uint64_t bytes)
{
    assert_ptr_equal(context, blocks);
    if (at >= BLOCKS && at - BLOCKS + bytes <= sizeof(blocks))
        return (uint8_t *)blocks + (at - BLOCKS);
    if (at == SPACE && bytes <= sizeof(space))
        return space;
    return at >= WINDOW && at - WINDOW + bytes <= sizeof(window) ? window + (at - WINDOW) : NULL;
}

/* Whether a bus is one of the host's root buses, or a bridge forwards to it from a bus that answers. */
static bool bus_answers(size_t bus)
{
    bool answers = bus == 0 || (roots >> bus & 1u) != 0;

    for (size_t i = 0; i < bus << 8 && !answers; i++) {
        const uint32_t *const f = space + i * 0x400;
        const uint32_t numbers = vwr_le32_to_cpu(f[0x18 / 4]);

        answers = (vwr_le32_to_cpu(f[3]) >> 16 & 0x7f) == 1 && f[0] != UINT32_MAX &&
                  (numbers >> 8 & 0xff) > i >> 8 && (numbers >> 8 & 0xff) <= bus &&
                  bus <= (numbers >> 16 & 0xff) && bus_answers(i >> 8);
    }
    return answers;
}

/* How far a number of `bytes` that is copied to the start of a 32-bit word is to be shifted right. */
static unsigned word_shift(unsigned bytes)
{
    return VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    const size_t at = (size_t)((const volatile uint8_t *)reg - (const volatile uint8_t *)space);
    uint32_t v = 0;

    if (at < sizeof(space) && !bus_answers(at >> 20))
        return UINT32_MAX;
    memcpy(&v, (const void *)(uintptr_t)reg, bytes);
    return v >> word_shift(bytes);
}

/* The value that a function's register holds after a write. BARs 4 and 5 are one 64-bit BAR of 16 KiB;
 * bridges have none. */
static uint32_t kept(const uint32_t *f, size_t offset, uint32_t value)
{
    const bool is_device = (vwr_le32_to_cpu(f[3]) >> 16 & 0x7f) == 0;

    if (offset == 4)
        return (vwr_le32_to_cpu(f[1]) & 0xffff0000u) | (value & 0xffffu);
    if (offset == 0x20 && is_device)
        return (value & ~0x3fffu) | 4;
    return offset >= 0x10 && offset < (is_device ? 0x24 : 0x18) ? 0 : value;
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    const size_t at = (size_t)((volatile uint8_t *)reg - (volatile uint8_t *)space);

    if (at < sizeof(space))
        value = vwr_cpu_to_le32(kept(space + at / 0x1000 * 0x400, at % 0x1000, vwr_le32_to_cpu(value)));
    value <<= word_shift(bytes);
    memcpy((void *)(uintptr_t)reg, &value, bytes);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

uint64_t vwr_host_time_us(void)
{
    return 0;
}

static uint32_t *function_at(uint32_t function, uint32_t id, uint32_t type)
{
    uint32_t *const f = space + function * 0x400;

    memset(f, 0, 0x1000);
    f[0] = vwr_cpu_to_le32(id);
    f[3] = vwr_cpu_to_le32(type << 16);
    return f;
}

/* A disk as in QEMU. */
static void disk_at(uint32_t function, uint32_t pin)
{
    static const uint32_t list[] = {0x01105009, 4,          0,          0x1000, 0x03106009, 4,
                                    0x1000,     0x1000,     0x02147409, 4,      0x3000,     0x1000,
                                    4,          0x04100009, 4,          0x2000, 0x1000};
    uint32_t *const f = function_at(function, 0x10421af4, 0);

    f[1] = vwr_cpu_to_le32(0x00100000);
    f[0x20 / 4] = vwr_cpu_to_le32(4); /* BAR 4: 64 bits */
    f[0x34 / 4] = vwr_cpu_to_le32(0x40);
    f[0x3c / 4] = vwr_cpu_to_le32(pin << 8);
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++)
        f[0x10 + i] = vwr_cpu_to_le32(list[i]);
}

static void block_is(unsigned i, uint32_t magic, uint32_t device)
{
    blocks[i][0] = vwr_cpu_to_le32(magic);
    blocks[i][1] = vwr_cpu_to_le32(2);
    blocks[i][2] = vwr_cpu_to_le32(device);
}

static int begin(void **state)
{
    (void)state;
    memset(space, 0xff, sizeof(space));
    roots = 0;
    for (unsigned i = 0; i < 4; i++)
        block_is(i, VWR_MMIO_MAGIC_VALUE_VALUE, i == 1 ? 0 : VWR_ID_BLOCK);
    return 0;
}

static void begin_with(const struct vwr_find_source *sources, size_t count, unsigned host_count)
{
    vwr_find_begin(&find, sources, count, hosts, host_count);
    find.map = map;
    find.context = blocks;
}

static void next_is(int result, const char *words)
{
    const int r = vwr_find_next(&find, &found);

    (void)vwr_find_explain(&find, text, sizeof(text));
    assert_string_equal(text, words);
    assert_int_equal(r, result);
    assert_int_equal(found.dev.state, result > 0 ? VWR_DEV_PROBED : VWR_DEV_NONE);
}

static void windows_and_line(void **state)
{
    const struct vwr_mmio_window two[] = {{.base = blocks, .stride = BLOCK, .count = 2},
                                          {.base = blocks[2], .count = 1}};
    const struct vwr_find_source sources[] = {
        {.kind = &vwr_find_windows, .from = two, .count = 2},
        {.kind = &vwr_find_tree, .from = NULL},
        {.kind = &vwr_find_command_line,
         .from = "quiet virtio_mmio.device=512@0xa000600:77 "
                 "xvirtio_mmio.device=1@2:3\tvirtio_mmio.device=0x200@0xA000000:16:3 "
                 "virtio_mmio.device=1K@0xa000600:5 virtio_mmio.device= virtio_mmio.device=1@2 "
                 "virtio_mmio.device=1@2:3x "
                 "virtio_mmio.device=16E@0:1 virtio_mmio.device=0x1ffffffffffffffff@0:1 "
                 "virtio_mmio.device=1@2:0x100000000 "
                 "virtio_mmio.device=512@0xffffffffffffff00:1"}};
    char slot[60];

    (void)state;
    begin_with(sources, 3, 0);
    next_is(1, "");
    assert_int_equal(found.interrupt.count, 0);
    assert_ptr_equal(found.source, &sources[0]);
    assert_false(found.is_pci);
    snprintf(slot, sizeof(slot), "registers at 0x%lx", (unsigned long)(uintptr_t)blocks[1]);
    assert_int_equal(vwr_find_next(&find, &found), VWR_ENODEV);
    (void)vwr_find_explain(&find, text, sizeof(text));
    assert_memory_equal(text, slot, strlen(slot));
    next_is(1, "");
    assert_ptr_equal(found.mmio.base, blocks[2]);
    next_is(1, "");
    assert_ptr_equal(found.mmio.base, blocks[3]);
    assert_int_equal(found.interrupt.count, 1);
    assert_int_equal(found.interrupt.cell[0], 77);
    next_is(1, "");
    assert_ptr_equal(found.mmio.base, blocks[0]);
    assert_int_equal(found.interrupt.cell[0], 16);
    next_is(VWR_ERANGE, "registers at 0xa000600: the CPU cannot access all of them");
    for (unsigned i = 0; i < 6; i++) {
        assert_int_equal(vwr_find_next(&find, &found), VWR_EINVAL);
        assert_in_range(vwr_find_explain(&find, text, sizeof(text)), 60, sizeof(text));
    }
    assert_string_equal(
        text, "command line: virtio_mmio.device=1@2:0x100000000 is not "
              "virtio_mmio.device=<bytes>@<address>:<interrupt>[:<id>] with a decimal interrupt from 1 on");
    next_is(VWR_ERANGE, "registers at 0xffffffffffffff00: the CPU cannot access all of them");
    assert_int_equal(vwr_find_next(&find, &found), 0);
    assert_int_equal(vwr_find_next(&find, &found), 0);
    assert_int_equal(vwr_find_explain(&find, text, sizeof(text)), 0);
}

static void mmio_node(const char *name, uint32_t at, uint32_t cells, const char *status)
{
    made_node(&made, name);
    made_text(&made, "compatible", "virtio,mmio");
    if (at != 0)
        MADE_CELLS_OF(&made, "reg", at, BLOCK);
    if (cells > 0)
        made_cells(&made, "interrupts", cells, (const uint32_t[]){0, 16, 1});
    if (status != NULL)
        made_text(&made, "status", status);
    made_end(&made);
}

static void root(void)
{
    made_begin(&made);
    made_node(&made, "");
    MADE_CELLS_OF(&made, "#address-cells", 1);
    MADE_CELLS_OF(&made, "#size-cells", 1);
    MADE_CELLS_OF(&made, "interrupt-parent", 1);
    made_node(&made, "gic");
    made_text(&made, "interrupt-controller", "");
    MADE_CELLS_OF(&made, "#interrupt-cells", 3);
    MADE_CELLS_OF(&made, "phandle", 1);
    made_end(&made);
}

static void open_made(void)
{
    made_end(&made);
    assert_int_equal(vwr_tree_open(&tree, made.blob, made_finish(&made)), VWR_OK);
}

static void nodes(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree, .from = &tree}};

    (void)state;
    root();
    mmio_node("a", BLOCKS, 3, "okay");
    mmio_node("b", BLOCKS + BLOCK, 3, NULL);
    mmio_node("c", BLOCKS, 3, "disabled");
    mmio_node("d", BLOCKS, 2, NULL);
    mmio_node("e", 0, 3, NULL);
    mmio_node("f", 0x1000, 3, NULL);
    made_node(&made, "g");
    made_text(&made, "dma-coherent", "");
    MADE_CELLS_OF(&made, "#address-cells", 1);
    MADE_CELLS_OF(&made, "#size-cells", 1);
    MADE_CELLS_OF(&made, "ranges", 0, BLOCKS, 0x300);
    mmio_node("h", 0x100, 0, NULL);
    mmio_node("i", 0x101, 0, NULL);
    made_end(&made);
    open_made();
    block_is(0, VWR_MMIO_MAGIC_VALUE_VALUE, VWR_ID_NET);
    memcpy((uint8_t *)blocks + 0x100, blocks, 12); /* that of node g */
    begin_with(sources, 1, 0);
    next_is(1, "");
    assert_int_equal(found.dev.type, VWR_ID_NET);
    assert_int_equal(found.interrupt.controller, 1);
    assert_int_equal(found.interrupt.count, 3);
    assert_int_equal(found.interrupt.cell[1], 16);
    assert_false(found.coherent);
    next_is(VWR_ENODEV, "registers at 0xa000200: DeviceID reads 0: an empty slot");
    next_is(VWR_ENODEV, "/c is disabled by its status property");
    next_is(VWR_EPROTO, "/d: interrupts is too short, or has an invalid value");
    next_is(VWR_EUNSUPP, "/e: reg is missing");
    next_is(VWR_ERANGE, "registers at 0x1000: the CPU cannot access all of them");
    next_is(1, "");
    assert_true(found.coherent);
    assert_int_equal(found.interrupt.count, 0);
    next_is(VWR_ERANGE, "/g: ranges has no such entry, or no entry that leads to it");
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

static void bus_node(const char *name)
{
    made_node(&made, name);
    MADE_CELLS_OF(&made, "#address-cells", 1);
    MADE_CELLS_OF(&made, "#size-cells", 1);
    made_cells(&made, "ranges", 0, NULL);
}

/* Buses above a device: a nexus, statements on coherence, and memory at other addresses. */
static void buses_above(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree, .from = &tree}};

    (void)state;
    root();
    bus_node("soc");
    made_text(&made, "dma-coherent", "");
    bus_node("bus");
    MADE_CELLS_OF(&made, "#interrupt-cells", 3);
    MADE_CELLS_OF(&made, "interrupt-map-mask", 0x200, 0, 0xff, 0);
    MADE_CELLS_OF(&made, "interrupt-map", 0, 0, 16, 0, 1, 0, 42, 4);
    made_text(&made, "dma-noncoherent", "");
    mmio_node("a", BLOCKS, 3, NULL);
    mmio_node("b", BLOCKS + 3 * BLOCK, 3, NULL);
    made_end(&made);
    mmio_node("c", BLOCKS + 2 * BLOCK, 3, NULL);
    made_end(&made);
    bus_node("far");
    MADE_CELLS_OF(&made, "dma-ranges", 0xc0000000, 0, 0x40000000);
    mmio_node("d", BLOCKS, 0, NULL);
    made_end(&made);
    open_made();
    begin_with(sources, 1, 0);
    next_is(1, "");
    assert_int_equal(found.interrupt.controller, 1);
    assert_int_equal(found.interrupt.cell[1], 42);
    assert_false(found.coherent);
    next_is(VWR_EPROTO, "/soc/bus: interrupt-map has no enabled entry for the interrupt of /soc/bus/b");
    next_is(1, "");
    assert_int_equal(found.interrupt.cell[1], 16);
    assert_true(found.coherent);
    next_is(VWR_EPROTO, "/far: dma-ranges gives memory other addresses than the CPU's: they must be equal");
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

/* A host bridge with two buses, and every possible error in its description. */
enum {
    RIGHT,
    NO_RANGES,
    FAR_SPACE,
    BAD_MAP,
    BAD_MESSAGES,
    SMALL_WINDOW,
    NO_REG,
    NO_BUSES,
    DISABLED,
    BRIDGE_MAP,
    MANY_WINDOWS,
    HOST_KINDS
};

static void host_node(const char *name, unsigned kind)
{
    made_node(&made, name);
    made_text(&made, "compatible", "pci-host-ecam-generic");
    MADE_CELLS_OF(&made, "#address-cells", 3);
    MADE_CELLS_OF(&made, "#size-cells", 2);
    MADE_CELLS_OF(&made, "#interrupt-cells", 1);
    if (kind != NO_REG)
        MADE_CELLS_OF(&made, "reg", kind == FAR_SPACE ? 0x50000000 : SPACE,
                      kind == NO_BUSES ? 0x1000 : BUSES << 20);
    if (kind == DISABLED)
        made_text(&made, "status", "disabled");
    if (kind == SMALL_WINDOW)
        MADE_CELLS_OF(&made, "ranges", 0x02000000, 0, WINDOW, WINDOW, 0, 0x1000);
    else if (kind == MANY_WINDOWS) /* the configuration space, one of no bytes, and more than are kept */
        MADE_CELLS_OF(&made, "ranges", 0, 0, 0, WINDOW, 0, 0x1000, 0x02000000, 0, WINDOW, WINDOW, 0, 0,
                      0x02000000, 0, WINDOW, WINDOW, 0, 0x1000, 0x02000000, 0, 0x1000, WINDOW, 0, 0x1000,
                      0x02000000, 0, 0x2000, WINDOW, 0, 0x1000, 0x02000000, 0, 0x3000, WINDOW, 0, 0x1000,
                      0x02000000, 0, 0x4000, WINDOW, 0, 0x1000);
    else if (kind != NO_RANGES)
        MADE_CELLS_OF(&made, "ranges", 0x01000000, 0, 0, 0x3eff0000, 0, 0x10000, 0x02000000, 0, WINDOW,
                      WINDOW, 0, sizeof(window));
    MADE_CELLS_OF(&made, "interrupt-map-mask", 0x1800, 0, 0, 7);
    MADE_CELLS_OF(&made, "interrupt-map", 0x0800, 0, 0, 1, kind == BAD_MAP ? 9 : 1, 0, 33, 4, 0x1000, 0, 0, 4,
                  1, 0, 44, 4);
    MADE_CELLS_OF(&made, "msi-map", 0, kind == BAD_MESSAGES ? 9 : 1, 0x1000, 0x10000);
    made_node(&made, "pci@2,0");
    if (kind == BRIDGE_MAP)
        MADE_CELLS_OF(&made, "interrupt-map", 0, 0, 0, 1, 1, 0, 33, 4);
    made_end(&made);
    made_end(&made);
}

static void functions(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree, .place = true}};

    (void)state;
    disk_at(VWR_PCI_FUNCTION(0, 1, 0), 1);
    (void)function_at(VWR_PCI_FUNCTION(0, 2, 0), 0x00011b36, 1);
    disk_at(VWR_PCI_FUNCTION(1, 3, 0), 1); /* behind the bridge, its pin A is routed to D */
    disk_at(VWR_PCI_FUNCTION(0, 3, 0), 0);
    (void)function_at(VWR_PCI_FUNCTION(0, 4, 0), 0x10421af4, 0);
    root();
    host_node("pcie", RIGHT);
    host_node("more", RIGHT);
    open_made();
    begin_with(sources, 1, 1);
    next_is(1, "");
    assert_true(found.is_pci && found.has_msi);
    assert_int_equal(found.interrupt.cell[1], 33);
    assert_int_equal(found.msi_controller, 1);
    assert_int_equal(found.msi_id, 0x1008);
    assert_int_equal(hosts[0].host.window_count, 1); /* the other window is unreachable */
    next_is(1, "");                                  /* no interrupt pin */
    assert_int_equal(found.interrupt.count, 0);
    next_is(
        VWR_EVERSION,
        "PCI function 0:4.0: no capability COMMON_CFG leads to a structure in a BAR inside a window that is "
        "long enough and aligned: COMMON_CFG to 4 bytes, NOTIFY_CFG to 2");
    next_is(1, "");
    assert_int_equal(found.pci.function, VWR_PCI_FUNCTION(1, 3, 0));
    assert_int_equal(found.interrupt.cell[1], 44);
    assert_int_equal(found.msi_id, 0x1118);
    next_is(VWR_ENOMEM, "PCI host at 0x40000000: there are more hosts than the memory passed can hold");
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

static void wrong_hosts(void **state)
{
    static const struct {
        unsigned kind;
        int result;
        const char *words;
    } cases[] = {
        {NO_RANGES, VWR_EUNSUPP, "/pcie: ranges is missing"},
        {NO_REG, VWR_EUNSUPP, "/pcie: reg is missing"},
        {NO_BUSES, VWR_EPROTO, "/pcie: bus-range is too short, or has an invalid value"},
        {DISABLED, VWR_ENODEV, "/pcie is disabled by its status property"},
        {FAR_SPACE, VWR_ERANGE,
         "PCI host at 0x50000000: the CPU cannot access all of its configuration space"},
        {BAD_MAP, VWR_EPROTO, "/pcie: interrupt-map has a phandle that no node has"},
        {BAD_MESSAGES, VWR_EPROTO, "/pcie: msi-map is too short, or has an invalid value"},
        {SMALL_WINDOW, VWR_ERANGE,
         "PCI host at 0x40000000: not all BARs were placed: too few addresses or bus numbers, or "
         "too many nested buses"},
    };
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree, .place = true}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        (void)begin(NULL);
        disk_at(VWR_PCI_FUNCTION(0, 1, 0), 1);
        root();
        host_node("pcie", cases[i].kind);
        open_made();
        begin_with(sources, 1, 1);
        next_is(cases[i].result, cases[i].words);
        if (cases[i].kind == SMALL_WINDOW) /* a device without an address is still reported */
            assert_int_equal(vwr_find_next(&find, &found), VWR_EVERSION);
        assert_int_equal(vwr_find_next(&find, &found), 0);
    }
}

/* Makes the bytes of an ACPI table add up to 0. */
static void set_sum(uint8_t *table, unsigned bytes)
{
    uint8_t sum = 0;

    table[9] = 0;
    for (unsigned i = 0; i < bytes; i++)
        sum = (uint8_t)(sum + table[i]);
    table[9] = (uint8_t)-sum;
}

/* The address in MCFG is that of bus 0, also when the segment begins with another bus: here 1, at SPACE. */
static void first_bus_is_1(uint8_t *mcfg)
{
    mcfg[44 + 2] = 0xf0; /* 1 MiB below SPACE */
    mcfg[44 + 3] = (SPACE >> 24) - 1;
    mcfg[44 + 10] = 1;
    set_sum(mcfg, 44 + 32);
}

/* Host bridges passed by the caller and found in ACPI. */
static void other_hosts(void **state)
{
    static uint8_t tables[0x200];
    struct vwr_pci_window own = {
        .bus = WINDOW, .bytes = sizeof(window), .cpu = window, .kind = VWR_PCI_MEMORY};
    struct vwr_pci_host host = {
        .access = &vwr_pci_ecam, .space = space, .windows = &own, .window_count = 1, .last_bus = 1};
    struct vwr_pci_host *const both[] = {&host, &host};
    struct vwr_acpi acpi = {.root = tables, .bytes = 44, .width = 8};
    const struct vwr_find_tables from = {.acpi = &acpi, .windows = &own, .window_count = 1};
    const struct vwr_find_source sources[] = {
        {.kind = &vwr_find_pci, .from = both, .count = 2, .place = true},
        {.kind = &vwr_find_acpi, .from = &from}};
    const uint64_t mcfg = (uintptr_t)(tables + 0x100);

    (void)state;
    disk_at(VWR_PCI_FUNCTION(0, 1, 0), 1);
    memset(tables, 0, sizeof(tables));
    for (unsigned i = 0; i < 8; i++)
        tables[36 + i] = (uint8_t)(mcfg >> 8 * i);
    memcpy(tables + 0x100, "MCFG", 4);
    tables[0x104] = 44 + 32;
    tables[0x100 + 44 + 3] = SPACE >> 24;
    tables[0x100 + 44 + 11] = 1;
    tables[0x100 + 60 + 10] = 2;
    tables[0x100 + 60 + 11] = 1;
    set_sum(tables + 0x100, 44 + 32);
    begin_with(sources, 2, 1);
    next_is(1, "");
    next_is(1, "");
    assert_ptr_equal(found.source, &sources[0]);
    next_is(1, "");
    assert_ptr_equal(found.source, &sources[1]);
    assert_ptr_equal(found.pci.host, &hosts[0].host);
    assert_false(found.has_msi);
    next_is(VWR_EPROTO, "ACPI: entry 1 of MCFG has its last bus before its first");
    assert_int_equal(vwr_find_next(&find, &found), 0);
    begin_with(&sources[1], 1, 0);
    next_is(VWR_ENOMEM, "PCI host at 0x40000000: there are more hosts than the memory passed can hold");
    first_bus_is_1(tables + 0x100);
    begin_with(&sources[1], 1, 1);
    next_is(1, "");
    assert_int_equal(found.pci.function, VWR_PCI_FUNCTION(1, 1, 0));
}

/* One parameter of a command line: the address and the interrupt, or no device. */
static void lines(void **state)
{
    static const struct {
        const char *line;
        int interrupt; /* negative: not a device */
    } rows[] = {
        {"virtio_mmio.device=512@0xa000000:77", 77},
        {"virtio_mmio.device=0x200@0xa000000:010", 10}, /* as Linux's %u */
        {"\nvirtio_mmio.device=512@0xa000000:1\n", 1},
        {"virtio-mmio.device=0x100@0xa000000:7", 7},
        {"virtio-mmio.device=0X1c0@01200000000:7", 7},
        {"\"virtio_mmio.device=512@0xa000000:7\"", 7},
        {"virtio_mmio.device=\"512@0xa000000:7\" b", 7},
        {"dyndbg=\"a virtio_mmio.device=1@1:1 b\" virtio_mmio.device=512@0xa000000:7", 7},
        {"virtio_mmio.device=512@0xa000000:7 -- virtio_mmio.device=512@0xa000000:8", 7},
        {"virtio_mmio.device=512@0xa000000:0", -1},
        {"virtio_mmio.device=512@0xa000000:0x7", -1},
        {"virtio_mmio.device=512@0xa000000:7:0x3", -1},
        {"virtio_mmio.device=09@0xa000000:7", -1},
        {"virtio_mmio.device=18446744073709551616@0xa000000:7", -1},
        {"virtio_mmio.device=16e@0xa000000:7", -1},
        {"virtio_mmio.device=16384P@0xa000000:7", -1},
        {"a\tvirtio_mmio.device=512@0xa000000:7:3 b", 7},
        {"virtio_mmio.device=512@:7", -1},
        {"virtio_mmio.device=512@0xa000000:", -1},
        {"virtio_mmio.device=512@0xa000000:x", -1},
        {"virtio_mmio.device=512@0xa000000:7:x", -1},
        {"virtio_mmio.device=512@0xa000000:7:", -1},
        {"virtio_mmio.device=512@0x:7", -1},
        {"virtio_mmio.device=0xffffffffffffffk@0xa000000:7", -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct vwr_find_source source = {.kind = &vwr_find_command_line, .from = rows[i].line};

        begin_with(&source, 1, 0);
        assert_int_equal(vwr_find_next(&find, &found), rows[i].interrupt >= 0 ? 1 : VWR_EINVAL);
        if (rows[i].interrupt >= 0)
            assert_true(found.mmio.base == blocks[0] &&
                        found.interrupt.cell[0] == (uint32_t)rows[i].interrupt);
        assert_int_equal(vwr_find_next(&find, &found), 0);
    }
}

/* Sizes with each unit, and a window that is smaller than the registers. */
static void sizes(void **state)
{
    static const struct {
        const char *bytes;
        int result;
    } rows[] = {{"0x100", 1},         {"256", 1},          {"2k", 1},          {"1K", 1},
                {"0xff", VWR_EINVAL}, {"1M", VWR_ERANGE},  {"1g", VWR_ERANGE}, {"1T", VWR_ERANGE},
                {"1p", VWR_ERANGE},   {"15E", VWR_ERANGE}, {"0", VWR_EINVAL}};
    char line[80];
    const struct vwr_find_source source = {.kind = &vwr_find_command_line, .from = line};

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        snprintf(line, sizeof(line), "virtio_mmio.device=%s@0xa000000:7", rows[i].bytes);
        begin_with(&source, 1, 0);
        assert_int_equal(vwr_find_next(&find, &found), rows[i].result);
        assert_int_equal(vwr_find_next(&find, &found), 0);
    }
}

/* Registers alone, registers with the configuration of a disk, and one byte too few. */
static void small_windows(void **state)
{
    static const uint32_t bytes[] = {0x100, 0x150, 0xff};
    const struct vwr_find_source source = {.kind = &vwr_find_tree, .from = &tree};

    (void)state;
    root();
    for (unsigned i = 0; i < 3; i++) {
        made_node(&made, "virtio");
        made_text(&made, "compatible", "virtio,mmio");
        MADE_CELLS_OF(&made, "reg", BLOCKS, bytes[i]);
        made_end(&made);
    }
    open_made();
    begin_with(&source, 1, 0);
    next_is(1, "");
    next_is(1, "");
    next_is(VWR_EINVAL,
            "registers at 0xa000000: the register window has 255 bytes, but the registers alone have 256");
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

static int fails(struct vwr_find *f, struct vwr_found *one)
{
    (void)f;
    (void)one;
    return VWR_EIO;
}

/* A machine with identity-mapped registers, without a hook; a kind of source without a name; a text that
 * is truncated. */
static void without(void **state)
{
    static const struct vwr_find_kind silent = {.next = fails};
    const struct vwr_find_source none = {.kind = &silent, .from = text};
    char line[80], all[200], cut[12];
    const struct vwr_find_source one = {.kind = &vwr_find_command_line, .from = line};
    size_t n;

    (void)state;
    snprintf(line, sizeof(line), "virtio_mmio.device=512@0x%llx:1", (unsigned long long)(uintptr_t)blocks[1]);
    vwr_find_begin(&find, &one, 1, NULL, 0);
    assert_int_equal(vwr_find_next(&find, &found), VWR_ENODEV);
    assert_ptr_equal(found.mmio.base, blocks[1]);
    n = vwr_find_explain(&find, all, sizeof(all));
    assert_int_equal(n, strlen(all));
    for (size_t room = 1; room <= sizeof(cut); room++) {
        assert_int_equal(vwr_find_explain(&find, cut, room), n);
        assert_memory_equal(cut, all, room - 1);
        assert_int_equal(cut[room - 1], 0);
    }
    vwr_find_begin(&find, &none, 1, NULL, 0);
    assert_int_equal(vwr_find_next(&find, &found), VWR_EIO);
    assert_int_equal(vwr_find_explain(&find, cut, sizeof(cut)), 0);
}

static void bridge_at(uint32_t function, uint32_t buses)
{
    uint32_t *const f = function_at(function, 0x00011b36, 1);

    f[0x18 / 4] = vwr_cpu_to_le32(buses);
}

/* Buses that firmware has numbered: the second bridge claims buses 2 and 3; no bridge leads to the latter. */
static void bridges(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree}};
    static const struct {
        uint32_t function, pin;
        unsigned cells, line;
    } rows[] = {{VWR_PCI_FUNCTION(0, 4, 0), 5, 0, 0},
                {VWR_PCI_FUNCTION(2, 3, 0), 1, 3, 44},
                {VWR_PCI_FUNCTION(2, 7, 0), 5, 0, 0},
                {VWR_PCI_FUNCTION(3, 1, 0), 1, 0, 0}};

    (void)state;
    bridge_at(VWR_PCI_FUNCTION(0, 1, 0), 0x010100);
    bridge_at(VWR_PCI_FUNCTION(0, 2, 0), 0x030200);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        disk_at(rows[i].function, rows[i].pin);
        space[rows[i].function * 0x400 + 0x20 / 4] = vwr_cpu_to_le32(WINDOW + 0x4000 * (uint32_t)i + 4);
    }
    root();
    host_node("pcie", RIGHT);
    open_made();
    begin_with(sources, 1, 1);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        next_is(1, "");
        assert_int_equal(found.pci.function, rows[i].function);
        assert_int_equal(found.interrupt.count, rows[i].cells);
        if (rows[i].cells != 0)
            assert_int_equal(found.interrupt.cell[1], rows[i].line);
    }
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

/* A second root bus: no bridge leads to it, and its functions are in the map with their own device numbers.
 */
static void root_buses(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree, .place = true}};

    (void)state;
    roots = 1u << 2;
    disk_at(VWR_PCI_FUNCTION(2, 1, 0), 1);
    bridge_at(VWR_PCI_FUNCTION(2, 2, 0), 0);
    disk_at(VWR_PCI_FUNCTION(3, 2, 0), 1); /* its pin A is C of the bridge, which the map does not have */
    disk_at(VWR_PCI_FUNCTION(3, 3, 0), 1); /* its pin A is D */
    root();
    host_node("pcie", RIGHT);
    open_made();
    begin_with(sources, 1, 1);
    next_is(1, "");
    assert_int_equal(found.pci.function, VWR_PCI_FUNCTION(2, 1, 0));
    assert_int_equal(found.interrupt.cell[1], 33);
    next_is(1, "");
    assert_int_equal(found.pci.function, VWR_PCI_FUNCTION(3, 2, 0));
    assert_int_equal(found.interrupt.count, 0);
    next_is(1, "");
    assert_int_equal(found.interrupt.cell[1], 44);
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

/* A bridge with a map of its own in the tree: it decides for what is behind it. */
static void map_of_a_bridge(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree, .place = true}};

    (void)state;
    disk_at(VWR_PCI_FUNCTION(0, 1, 0), 1);
    bridge_at(VWR_PCI_FUNCTION(0, 2, 0), 0);
    disk_at(VWR_PCI_FUNCTION(1, 3, 0), 1);
    root();
    host_node("pcie", BRIDGE_MAP);
    open_made();
    begin_with(sources, 1, 1);
    next_is(1, "");
    assert_int_equal(found.interrupt.cell[1], 33);
    next_is(VWR_EPROTO,
            "/pcie/pci@2,0: interrupt-map of a bridge is not supported: that of the host must have what "
            "is behind the bridge");
    assert_int_equal(vwr_find_next(&find, &found), 0);
}

/* Invalid windows, or more than there is memory for. */
static void windows_of_a_host(void **state)
{
    const struct vwr_find_source sources[] = {{.kind = &vwr_find_tree_pci, .from = &tree}};

    (void)state;
    root();
    host_node("pcie", MANY_WINDOWS);
    open_made();
    begin_with(sources, 1, 1);
    assert_int_equal(vwr_find_next(&find, &found), 0);
    assert_int_equal(hosts[0].host.window_count, VWR_FIND_WINDOWS);
    for (unsigned i = 0; i < VWR_FIND_WINDOWS; i++) {
        assert_int_equal(hosts[0].window[i].bytes, 0x1000);
        assert_int_equal(hosts[0].window[i].bus, i == 0 ? WINDOW : 0x1000 * i);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(windows_and_line, begin),
        cmocka_unit_test_setup(nodes, begin),
        cmocka_unit_test_setup(buses_above, begin),
        cmocka_unit_test_setup(functions, begin),
        cmocka_unit_test_setup(wrong_hosts, begin),
        cmocka_unit_test_setup(other_hosts, begin),
        cmocka_unit_test_setup(lines, begin),
        cmocka_unit_test_setup(sizes, begin),
        cmocka_unit_test_setup(small_windows, begin),
        cmocka_unit_test_setup(without, begin),
        cmocka_unit_test_setup(bridges, begin),
        cmocka_unit_test_setup(root_buses, begin),
        cmocka_unit_test_setup(map_of_a_bridge, begin),
        cmocka_unit_test_setup(windows_of_a_host, begin),
    };

    return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
