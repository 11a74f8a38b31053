/* SPDX-License-Identifier: MIT */
#include "world.h"
#include "check.h"

#include "vwr/gen/blk.h"
#include "vwr/gen/mmio.h"

#include <stdlib.h>
#include <string.h>

struct world w;
uint16_t world_one_in;

static uint64_t run(void *context, uint64_t addr, const void **host)
{
    (void)context;
    if (addr - RAM_ADDR >= RAM_BYTES)
        return 0;
    *host = &w.ram[addr - RAM_ADDR];
    return RAM_BYTES - (addr - RAM_ADDR);
}

void world_begin(unsigned mode, const struct device *device, const char *mistake)
{
    const struct vwr_monitor_setup s = {
        .thorough = world_one_in == 0,
        .one_in = world_one_in,
        .rules = vwr_blk_offer_rules,
        .rule_count = VWR_BLK_OFFER_RULE_COUNT,
        .fields = vwr_blk_config_fields,
        .field_count = VWR_BLK_CONFIG_FIELD_COUNT,
        .feature_names = vwr_blk_feature_names,
        .requests = vwr_blk_requests,
        .request_count = VWR_BLK_REQUEST_COUNT,
        .run = run,
        .queue = w.queue,
        .queue_count = QUEUES,
        .entry_count = VWR_COUNT(w.entry),
        .entry = w.entry,
    };

    memset(&w, 0, sizeof(w));
    for (size_t i = 0; i < sizeof(w.disk); i++)
        w.disk[i] = (uint8_t)i;
    w.mode = mode;
    w.device = device;
    w.mistake = mistake;
    if (vwr_monitor_init(&w.m, &s) != VWR_OK)
        abort();
}

bool is(const char *mistake)
{
    if (strcmp(w.mistake, mistake) != 0)
        return false;
    w.has_mistaken = true;
    return true;
}

void world_features(struct vwr_features *f)
{
    static const uint8_t feature[] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX,         VWR_F_RING_PACKED,
                                      VWR_F_IN_ORDER,      VWR_F_NOTIFICATION_DATA, VWR_F_RING_RESET};

    vwr_features_clear(f);
    vwr_features_add(f, VWR_F_VERSION_1);
    vwr_features_add(f, VWR_BLK_F_FLUSH);
    for (unsigned i = 0; i < sizeof(feature); i++)
        if ((w.mode >> i & 1u) != 0)
            vwr_features_add(f, feature[i]);
}

void access_of(uint32_t offset, unsigned bytes, bool is_write, uint64_t *value)
{
    vwr_monitor_look(&w.m, VWR_BY_DRIVER);
    if (is_write)
        vwr_monitor_access(&w.m, offset, bytes, true, *value);
    w.device->access(offset, bytes, is_write, value);
    vwr_monitor_look(&w.m, VWR_BY_DEVICE);
    if (!is_write)
        vwr_monitor_access(&w.m, offset, bytes, false, *value);
}

uint32_t rd(uint32_t offset)
{
    uint64_t value = 0;

    access_of(offset, 4, false, &value);
    return (uint32_t)value;
}

void wr(uint32_t offset, uint32_t value)
{
    uint64_t v = value;

    access_of(offset, 4, true, &v);
}

bool world_step(void)
{
    bool done;

    vwr_monitor_look(&w.m, VWR_BY_DRIVER);
    done = w.device->work();
    vwr_monitor_look(&w.m, VWR_BY_DEVICE);
    return done;
}

void world_interrupt(uint32_t reasons)
{
    w.interrupted = true;
    vwr_monitor_interrupt(&w.m, reasons);
}

/* ---- memory ---- */

void *at(uint64_t addr)
{
    static uint8_t nowhere[4096]; /* what is no memory */

    return addr - RAM_ADDR < RAM_BYTES ? &w.ram[addr - RAM_ADDR] : nowhere;
}

uint16_t get16(uint64_t addr)
{
    uint16_t v;

    memcpy(&v, at(addr), sizeof(v));
    return vwr_le16_to_cpu(v);
}

uint32_t get32(uint64_t addr)
{
    return get16(addr) | (uint32_t)get16(addr + 2) << 16;
}

uint64_t get64(uint64_t addr)
{
    return get32(addr) | (uint64_t)get32(addr + 4) << 32;
}

void put16(uint64_t addr, uint32_t v)
{
    const uint16_t le = vwr_cpu_to_le16((uint16_t)v);

    memcpy(at(addr), &le, sizeof(le));
}

void put32(uint64_t addr, uint32_t v)
{
    put16(addr, v & 0xffffu);
    put16(addr + 2, v >> 16);
}

void put_desc(uint64_t addr, uint64_t buffer, uint32_t bytes, uint32_t low, uint32_t high)
{
    put32(addr, (uint32_t)buffer);
    put32(addr + 4, (uint32_t)(buffer >> 32));
    put32(addr + 8, bytes);
    put16(addr + 12, low);
    put16(addr + 14, high);
}

/* ---- the port of the library's driver ---- */

static _Alignas(4096) uint8_t window[0x1000]; /* its addresses are registers */

/* The register window is little-endian on any processor. */
static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    access_of((uint32_t)((uintptr_t)reg - (uintptr_t)window), bytes, false, &value);
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    access_of((uint32_t)((uintptr_t)reg - (uintptr_t)window), bytes, true, &v);
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run_bytes)
{
    const uintptr_t offset = (uintptr_t)p - (uintptr_t)w.ram;

    *run_bytes = offset < RAM_BYTES && n <= RAM_BYTES - offset ? n : 0;
    return RAM_ADDR + offset;
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t now;

    (void)world_step();
    return now += 1000;
}

volatile void *world_window(void)
{
    return window;
}
