/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "fake_pci.h"
#include "vwr/gen/features.h"

#include <string.h>

struct fake_pci bus;
struct vwr_pci_window window;
struct vwr_pci_host host;
struct vwr_pci pci;
uint8_t mapped[4 * WINDOW_BYTES];
uint32_t ports[2];
struct fake_pci_device device;
struct fake_pci_legacy legacy;
uint64_t fake_pci_dma = FAKE_PCI_AS_IS;
struct fake_pci_place fake_pci_place[VWR_PCI_STRUCTURES];

static struct function *bridge_on(uint32_t number, uint32_t to)
{
    for (uint32_t i = number << 8; i < (number + 1) << 8 && i < FAKE_PCI_FUNCTIONS; i++) {
        struct function *const f = bus.at[i];
        const uint32_t first = f != NULL ? f->word[BUSES / 4] >> 8 & 0xffu : 0;

        if (f != NULL && f->word[HEADER / 4] >> 16 == 1 && first > number && first <= to &&
            to <= (f->word[BUSES / 4] >> 16 & 0xffu))
            return f;
    }
    return NULL;
}

/* Whether a bus is a root bus, or bridges forward to it from one. */
static bool bus_answers(uint32_t number)
{
    for (uint32_t root = 0; root <= number; root++) {
        uint32_t at = root;
        const struct function *bridge;

        if (root != host.first_bus && (bus.roots >> root & 1u) == 0)
            continue;
        while (at != number && (bridge = bridge_on(at, number)) != NULL)
            at = bridge->word[BUSES / 4] >> 8 & 0xffu;
        if (at == number)
            return true;
    }
    return false;
}

/* Finds the register; every access is counted, and after `gone_after` accesses no function exists. */
static struct function *bus_function(const struct vwr_pci_host *h, uint32_t function, unsigned offset,
                                     unsigned *count)
{
    static struct function any;

    assert_ptr_equal(h, &host);
    assert_true(offset % 4 == 0 && offset < 256);
    ++*count;
    if (bus.gone_after != 0 && bus.reads + bus.writes > bus.gone_after)
        return NULL;
    if (bus.crowded) {
        any.word[HEADER / 4] = 0x00800000;
        for (unsigned i = 0; i < 6; i++)
            any.bar_mask[i] = i % 2 == 0 ? 0 : 0xfffffff0u;
        any.word[BAR / 4] = any.word[BAR / 4 + 2] = any.word[BAR / 4 + 4] = 4;
        return &any;
    }
    return function < FAKE_PCI_FUNCTIONS && bus.at[function] != NULL && bus_answers(function >> 8)
               ? bus.at[function]
               : NULL;
}

/* The register is in the first bytes of pci_cfg_data; the other bytes do not belong to it. */
static uint32_t cfg_read(const struct function *f)
{
    const uint32_t *const word = &f->word[f->cfg / 4];
    const unsigned bytes = word[3];

    assert_true(bytes == 1 || bytes == 2 || bytes == 4);
    assert_int_equal(word[1] & 0xffu, 4);
    return fake_pci_read(word[2], bytes) | (bytes < 4 ? 0xa5a5a5a5u << 8 * bytes : 0);
}

/* Capabilities are read-only except for the writable fields of PCI_CFG. */
static void cfg_write(struct function *f, unsigned offset, uint32_t value)
{
    uint32_t *const word = &f->word[f->cfg / 4];

    assert_true(f->cfg != 0 && offset > f->cfg && offset <= f->cfg + VWR_PCI_CFG_CAP_PCI_CFG_DATA);
    if (offset == f->cfg + VWR_PCI_CFG_CAP_PCI_CFG_DATA) {
        fake_pci_write(word[2], word[3], value & (0xffffffffu >> (32 - 8 * word[3])));
        return;
    }
    if (offset == f->cfg + VWR_PCI_CFG_CAP_CAP_BAR)
        assert_int_equal(value >> 8, word[1] >> 8);
    if (f->deaf || (f->deaf_at != 0 && offset == f->cfg + f->deaf_at))
        return;
    if (offset == f->cfg + VWR_PCI_CFG_CAP_CAP_OFFSET && f->deaf_at == 0)
        assert_int_equal(value % word[3], 0);
    f->word[offset / 4] = value;
}

/* Power state 0 is D0, 3 is D3hot. */
static void power_write(struct function *f, uint32_t value)
{
    uint32_t *const word = &f->word[f->power / 4 + 1];

    if ((*word & 3u) == 3 && (value & 3u) == 0) {
        f->word[COMMAND / 4] &= 0xffff0000u;
        for (unsigned i = 0; i < 6; i++)
            f->word[BAR / 4 + i] &= ~f->bar_mask[i];
        device.woken = vwr_host_time_us();
    }
    *word = value;
}

static uint32_t bus_read(const struct vwr_pci_host *h, uint32_t function, unsigned offset)
{
    const struct function *const f = bus_function(h, function, offset, &bus.reads);

    if (f != NULL && f->cfg != 0 && offset == f->cfg + VWR_PCI_CFG_CAP_PCI_CFG_DATA)
        return cfg_read(f);
    return f != NULL ? f->word[offset / 4] : 0xffffffffu;
}

static void bus_write(const struct vwr_pci_host *h, uint32_t function, unsigned offset, uint32_t value)
{
    struct function *const f = bus_function(h, function, offset, &bus.writes);
    const unsigned bars = f != NULL && f->word[HEADER / 4] >> 16 == 1 ? 2 : 6;

    if (f == NULL)
        return;
    if (offset == COMMAND)
        f->word[1] = (f->word[1] & 0xffff0000u) | (value & 0xffffu);
    else if (offset >= BAR && offset < BAR + 4 * bars)
        f->word[offset / 4] = (value & f->bar_mask[(offset - BAR) / 4]) |
                              (f->word[offset / 4] & ~f->bar_mask[(offset - BAR) / 4]);
    else if (f->power != 0 && offset == f->power + 4)
        power_write(f, value);
    else if (offset >= CAPABILITY && f->cfg != 0)
        cfg_write(f, offset, value);
    else
        f->word[offset / 4] = value;
}

static const struct vwr_pci_access bus_access = {bus_read, bus_write};

void put8(struct function *f, unsigned offset, uint8_t v)
{
    const unsigned shift = offset % 4 * 8;

    f->word[offset / 4] = (f->word[offset / 4] & ~(0xffu << shift)) | (uint32_t)v << shift;
}

void capability(struct function *f, unsigned at, uint8_t type, uint8_t bar, uint32_t offset, uint32_t length)
{
    put8(f, at, VWR_PCI_CAP_ID_VNDR);
    put8(f, at + 1,
         (uint8_t)(type == VWR_PCI_CAP_DEVICE_CFG ? 0 : at + (type == VWR_PCI_CAP_NOTIFY_CFG ? 20 : 16)));
    put8(f, at + 2, type == VWR_PCI_CAP_NOTIFY_CFG ? 20 : 16);
    put8(f, at + 3, type);
    put8(f, at + 4, bar);
    f->word[at / 4 + 2] = offset;
    f->word[at / 4 + 3] = length;
}

struct function *function_at(uint32_t where, uint32_t id, uint32_t type)
{
    struct function *const f = &bus.own[bus.used++];

    assert_in_range(bus.used, 1, sizeof(bus.own) / sizeof(bus.own[0]));
    bus.at[where] = f;
    memset(f, 0, sizeof(*f));
    f->word[ID / 4] = id;
    f->word[HEADER / 4] = type << 16;
    return f;
}

struct function *bridge_at(uint32_t where)
{
    return function_at(where, 0x00011b36, 1);
}

struct function *disk_at(uint32_t where)
{
    struct function *const f = function_at(where, 0x10421af4, 0);

    f->word[COMMAND / 4] = 0x00100000; /* capability list present */
    f->word[REVISION / 4] = 1;
    f->word[SUBSYSTEM / 4] = 0x11001af4;
    f->word[FIRST / 4] = CAPABILITY;
    f->word[PIN / 4] = 0x0100;
    f->word[BAR / 4 + 4] = 0xc;
    f->bar_mask[4] = ~(BAR_BYTES - 1);
    f->bar_mask[5] = 0xffffffffu;
    capability(f, 0x40, VWR_PCI_CAP_COMMON_CFG, 4, 0, 0x1000);
    capability(f, 0x50, VWR_PCI_CAP_ISR_CFG, 4, 0x1000, 0x1000);
    capability(f, 0x60, VWR_PCI_CAP_NOTIFY_CFG, 4, 0x3000, 0x1000);
    f->word[0x70 / 4] = 4;
    capability(f, 0x74, VWR_PCI_CAP_DEVICE_CFG, 4, 0x2000, 0x1000);
    return f;
}

struct function *legacy_disk_at(uint32_t where)
{
    static struct vwr_pci_window both[2];
    struct function *const f = function_at(where, 0x10011af4, 0);

    f->word[SUBSYSTEM / 4] = 0x00021af4;
    f->word[BAR / 4] = FAKE_PCI_PORTS | 1u;
    f->bar_mask[0] = ~(FAKE_PCI_PORT_BYTES - 1u);
    both[0] = window;
    both[1] = (struct vwr_pci_window){.bytes = 0x10000, .kind = VWR_PCI_IO};
    host.windows = both;
    host.window_count = 2;
    return f;
}

void power_at(struct function *f)
{
    f->power = 0x98;
    put8(f, 0x75, (uint8_t)f->power);
    f->word[f->power / 4] = 0x00030001; /* the end of the list */
    f->word[f->power / 4 + 1] = 0x8103; /* D3hot; PME enabled, and a pending one */
}

void cfg_at(struct function *f)
{
    f->cfg = 0x84;
    put8(f, 0x75, (uint8_t)f->cfg);
    put8(f, f->cfg, VWR_PCI_CAP_ID_VNDR);
    put8(f, f->cfg + 2, sizeof(struct vwr_pci_cfg_cap));
    put8(f, f->cfg + 3, VWR_PCI_CAP_PCI_CFG);
    put8(f, f->cfg + 5, 7); /* its id field, which stays */
    window.cpu = NULL;
}

int begin(void **state)
{
    (void)state;
    memset(&bus, 0, sizeof(bus));
    memset(&device, 0, sizeof(device));
    memset(&legacy, 0, sizeof(legacy));
    memset(&fake_pci_place, 0, sizeof(fake_pci_place));
    fake_pci_dma = FAKE_PCI_AS_IS;
    for (unsigned i = 0; i < FAKE_PCI_QUEUES; i++)
        device.queue[i].size = 256;
    vwr_features_add(&device.offered, VWR_F_VERSION_1);
    window =
        (struct vwr_pci_window){.bus = WINDOW, .bytes = WINDOW_BYTES, .cpu = mapped, .kind = VWR_PCI_MEMORY};
    host = (struct vwr_pci_host){.access = &bus_access, .windows = &window, .window_count = 1, .last_bus = 3};
    return 0;
}

/* Whatever the configuration space contains, each structure lies in a window and every loop ends. */
static void check_structure(const struct vwr_pci_structure *s)
{
    assert_non_null(s->at);
    assert_true((uintptr_t)s->at >= (uintptr_t)mapped);
    assert_true((uintptr_t)s->at + s->bytes <= (uintptr_t)mapped + WINDOW_BYTES);
}

void check_found(void)
{
    check_structure(&pci.structure[0]);
    check_structure(&pci.structure[2]);
    check_structure(&pci.structure[1]);
    if (pci.dev.config.bytes == 0) {
        assert_null(pci.dev.config.base);
        return;
    }
    check_structure(&pci.structure[3]);
    assert_ptr_equal(pci.dev.config.base, pci.structure[3].at);
    assert_int_equal(pci.dev.config.bytes, pci.structure[3].bytes);
}

/* ---- registers ---- */

/* Finds a queue register by its offset. */
static uint16_t *queue_register(uint32_t offset)
{
    static uint16_t none;

    none = 0;
    if (device.queue_select >= FAKE_PCI_QUEUES)
        return &none;
    switch (offset) {
    case VWR_PCI_COMMON_CFG_QUEUE_SIZE:
        return &device.queue[device.queue_select].size;
    case VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR:
        return &device.queue[device.queue_select].vector;
    case VWR_PCI_COMMON_CFG_QUEUE_ENABLE:
        return &device.queue[device.queue_select].enable;
    case VWR_PCI_COMMON_CFG_QUEUE_RESET:
        return &device.queue[device.queue_select].reset;
    default:
        fail_msg("no register is at %u", offset);
        return &none;
    }
}

static uint32_t common_read(uint32_t offset, unsigned bytes)
{
    switch (offset) {
    case VWR_PCI_COMMON_CFG_DEVICE_FEATURE:
        assert_int_equal(bytes, 4);
        return device.feature_select[0] < VWR_FEATURE_WORDS ? device.offered.w[device.feature_select[0]] : 0;
    case VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR:
        return device.config_vector;
    case VWR_PCI_COMMON_CFG_NUM_QUEUES:
        assert_int_equal(bytes, 2);
        return FAKE_PCI_QUEUES;
    case VWR_PCI_COMMON_CFG_DEVICE_STATUS:
        assert_int_equal(bytes, 1);
        return device.status;
    case VWR_PCI_COMMON_CFG_CONFIG_GENERATION:
        assert_int_equal(bytes, 1);
        return device.generation;
    case VWR_PCI_COMMON_CFG_QUEUE_NOTIFY_OFF:
        return device.queue_select;
    case VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA:
        return FAKE_PCI_NOTIF_DATA + device.queue_select;
    default:
        assert_int_equal(bytes, 2);
        return *queue_register(offset);
    }
}

static void common_write(uint32_t offset, unsigned bytes, uint32_t value)
{
    switch (offset) {
    case VWR_PCI_COMMON_CFG_DEVICE_FEATURE_SELECT:
        device.feature_select[0] = value;
        return;
    case VWR_PCI_COMMON_CFG_DRIVER_FEATURE_SELECT:
        device.feature_select[1] = value;
        return;
    case VWR_PCI_COMMON_CFG_DRIVER_FEATURE:
        device.accepted.w[device.feature_select[1] % VWR_FEATURE_WORDS] = value;
        return;
    case VWR_PCI_COMMON_CFG_CONFIG_MSIX_VECTOR:
        device.config_vector = device.refuses_config_vector ? 0xffff : (uint16_t)value;
        return;
    case VWR_PCI_COMMON_CFG_QUEUE_MSIX_VECTOR:
        device.queue[device.queue_select].vector = device.refuses_queue_vector ? 0xffff : (uint16_t)value;
        return;
    case VWR_PCI_COMMON_CFG_QUEUE_ENABLE:
        device.queue[device.queue_select].enable = device.refuses_queue ? 0 : (uint16_t)value;
        return;
    case VWR_PCI_COMMON_CFG_DEVICE_STATUS:
        device.status = (uint8_t)(value & ~(uint32_t)device.refuses_status);
        return;
    case VWR_PCI_COMMON_CFG_QUEUE_SELECT:
        device.queue_select = (uint16_t)value;
        return;
    default:
        break;
    }
    if (offset >= VWR_PCI_COMMON_CFG_QUEUE_DESC && offset < VWR_PCI_COMMON_CFG_QUEUE_NOTIF_CONFIG_DATA) {
        assert_int_equal(bytes, 4);
        device.queue[device.queue_select % FAKE_PCI_QUEUES]
            .area[(offset - VWR_PCI_COMMON_CFG_QUEUE_DESC) / 4] = value;
        return;
    }
    assert_int_equal(bytes, 2);
    *queue_register(offset) = (uint16_t)value;
}

uint32_t fake_pci_read(uint32_t offset, unsigned bytes)
{
    uint32_t value = 0;

    assert_true(offset % bytes == 0 && offset + bytes <= BAR_BYTES);
    device.accesses++;
    if (device.gone)
        return 0xffffffffu >> (32 - 8 * bytes);
    if (offset < 0x1000)
        return common_read(offset, bytes);
    if (offset == 0x1000) {
        value = device.isr;
        device.isr = 0;
        return value;
    }
    assert_in_range(offset, 0x2000, 0x2000 + sizeof(device.config) - bytes);
    memcpy(&value, &device.config[offset - 0x2000], bytes);
    return vwr_le32_to_cpu(value);
}

void fake_pci_write(uint32_t offset, unsigned bytes, uint32_t value)
{
    assert_true(offset % bytes == 0 && offset + bytes <= BAR_BYTES);
    device.accesses++;
    if (device.gone)
        return;
    if (offset < 0x1000) {
        common_write(offset, bytes, value);
    } else if (offset >= 0x3000) {
        assert_in_range(device.notifications, 0, 15);
        device.notified[device.notifications].offset = offset - 0x3000;
        device.notified[device.notifications].bytes = bytes;
        device.notified[device.notifications++].value = value;
    } else {
        assert_in_range(offset, 0x2000, 0x2000 + sizeof(device.config) - bytes);
        value = vwr_cpu_to_le32(value);
        memcpy(&device.config[offset - 0x2000], &value, bytes);
    }
}

/* How far a number of `bytes` that is copied to the start of a 32-bit word is to be shifted right. */
static unsigned word_shift(unsigned bytes)
{
    return VWR_BIG_ENDIAN ? 32 - 8 * bytes : 0;
}

/* A register of the legacy header; the configuration follows the vectors if MSI-X is enabled. */
static void *legacy_register(uint32_t offset, unsigned bytes)
{
    static uint32_t none;

    none = 0;
    switch (offset) {
    case VWR_PCI_LEGACY_HEADER_DEVICE_FEATURES:
        assert_int_equal(bytes, 4);
        return &legacy.offered;
    case VWR_PCI_LEGACY_HEADER_DRIVER_FEATURES:
        return &legacy.accepted;
    case VWR_PCI_LEGACY_HEADER_QUEUE_SELECT:
        return &legacy.queue_select;
    case VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY:
        return &legacy.notified;
    case VWR_PCI_LEGACY_HEADER_DEVICE_STATUS:
        assert_int_equal(bytes, 1);
        return &legacy.status;
    case VWR_PCI_LEGACY_HEADER_MSIX_CONFIG_MSIX_VECTOR:
        return &legacy.config_vector;
    default:
        break;
    }
    if (legacy.queue_select >= FAKE_PCI_QUEUES)
        return &none;
    if (offset == VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS)
        return &legacy.queue[legacy.queue_select].page;
    if (offset == VWR_PCI_LEGACY_HEADER_QUEUE_SIZE)
        return &legacy.queue[legacy.queue_select].size;
    assert_int_equal(offset, VWR_PCI_LEGACY_HEADER_MSIX_QUEUE_MSIX_VECTOR);
    return &legacy.queue[legacy.queue_select].vector;
}

static uint32_t legacy_read(uint32_t offset, unsigned bytes)
{
    uint32_t value = 0;

    if (legacy.gone)
        return 0xffffffffu >> (32 - 8 * bytes);
    memcpy(&value, legacy_register(offset, bytes), bytes);
    return value >> word_shift(bytes);
}

static void legacy_write(uint32_t offset, unsigned bytes, uint32_t value)
{
    assert_true(offset != VWR_PCI_LEGACY_HEADER_DEVICE_FEATURES &&
                offset != VWR_PCI_LEGACY_HEADER_QUEUE_SIZE);
    if (legacy.refuses_vectors && offset >= VWR_PCI_LEGACY_CONFIG)
        value = 0xffff;
    if (legacy.refuses_addresses && offset == VWR_PCI_LEGACY_HEADER_QUEUE_ADDRESS)
        return;
    legacy.notifications += offset == VWR_PCI_LEGACY_HEADER_QUEUE_NOTIFY;
    value <<= word_shift(bytes);
    memcpy(legacy_register(offset, bytes), &value, bytes);
}

/* The offset in a BAR as that of disk_at. */
static uint32_t bar_offset(const volatile void *reg, unsigned bytes)
{
    static const uint32_t usual[VWR_PCI_STRUCTURES] = {0, 0x3000, 0x1000, 0x2000};

    if (fake_pci_place[0].bytes == 0)
        return (uint32_t)((uintptr_t)reg - (uintptr_t)mapped);
    assert_int_equal((uintptr_t)reg % bytes, 0);
    for (unsigned i = 0; i < VWR_PCI_STRUCTURES; i++) {
        const uintptr_t offset = (uintptr_t)reg - fake_pci_place[i].at;

        if (offset < fake_pci_place[i].bytes && bytes <= fake_pci_place[i].bytes - offset)
            return usual[i] + (uint32_t)offset;
    }
    fail_msg("no structure has %u bytes at %p", bytes, (const void *)(uintptr_t)reg);
    return 0;
}

static bool is_port(const volatile void *reg)
{
    return fake_pci_place[0].bytes == 0 && (uintptr_t)reg - FAKE_PCI_PORTS < FAKE_PCI_PORT_BYTES;
}

/* vwr_pci_ports: finds the register selected by the address port. */
static uint32_t *port_register(void)
{
    const uint32_t function = ports[0] >> 8 & 0xffffu;

    assert_true(ports[0] >> 31 != 0 && (ports[0] & 3u) == 0);
    return bus.at[function] != NULL ? &bus.at[function]->word[(ports[0] & 0xffu) / 4] : NULL;
}

static uint32_t bus_register(const volatile void *reg, unsigned bytes)
{
    if (reg == &ports[1]) {
        assert_int_equal(bytes, 4);
        return port_register() != NULL ? *port_register() : 0xffffffffu;
    }
    if (is_port(reg))
        return legacy_read((uint32_t)((uintptr_t)reg - FAKE_PCI_PORTS), bytes);
    assert_non_null(window.cpu);
    return fake_pci_read(bar_offset(reg, bytes), bytes);
}

/* Converts between `value` and what the port reads or writes: the bus is little-endian. */
static uint32_t in_memory(unsigned bytes, uint32_t value)
{
    return vwr_cpu_to_le32(value) >> word_shift(bytes);
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    return in_memory(bytes, bus_register(reg, bytes));
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    value = in_memory(bytes, value);
    if (reg == &ports[0])
        ports[0] = value;
    else if (reg == &ports[1])
        *port_register() = value;
    else if (is_port(reg))
        legacy_write((uint32_t)((uintptr_t)reg - FAKE_PCI_PORTS), bytes, value);
    else {
        assert_non_null(window.cpu);
        fake_pci_write(bar_offset(reg, bytes), bytes, value);
    }
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t now;

    return now += 100;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return fake_pci_dma != FAKE_PCI_AS_IS ? fake_pci_dma : (uintptr_t)p;
}
