/* SPDX-License-Identifier: MIT */
#include "fake_ram.h"
#include "cmocka_all.h"
#include "../../common/poison.h"

#include <string.h>

#define PAGES (FAKE_RAM_BYTES / FAKE_PAGE_BYTES)
#define GAP 64u

static _Alignas(FAKE_PAGE_BYTES) uint8_t ram[FAKE_RAM_BYTES];
static uint32_t device_page[PAGES]; /* indexed by page of ram */
static uint32_t ram_page[PAGES];    /* indexed by page of device addresses */
static size_t handed_out;
static fake_dma *hook;
static uint8_t *mapped;
static size_t mapped_bytes;

void fake_ram_reset(void)
{
    for (uint32_t i = 0; i < PAGES; i++)
        device_page[i] = ram_page[i] = i;
    handed_out = 0;
    hook = NULL;
    mapped_bytes = 0;
    ASAN_POISON_MEMORY_REGION(ram, sizeof(ram));
}

void *fake_ram_alloc(size_t bytes, size_t align)
{
    size_t at = (handed_out + GAP + align - 1) / align * align;

    assert_true(bytes <= FAKE_RAM_BYTES && at <= FAKE_RAM_BYTES - bytes);
    handed_out = at + bytes;
    ASAN_UNPOISON_MEMORY_REGION(ram + at, bytes);
    memset(ram + at, 0xa5, bytes);
    return ram + at;
}

bool fake_ram_has(const void *p)
{
    return (const uint8_t *)p >= ram && (const uint8_t *)p < ram + sizeof(ram);
}

void fake_ram_scatter(const void *p, size_t n)
{
    size_t first = (size_t)((const uint8_t *)p - ram) / FAKE_PAGE_BYTES;
    size_t last = ((size_t)((const uint8_t *)p - ram) + n - 1) / FAKE_PAGE_BYTES;

    for (size_t i = first; i <= last; i++) {
        device_page[i] = (uint32_t)(first + last - i);
        ram_page[device_page[i]] = (uint32_t)i;
    }
}

void fake_ram_map(void *p, size_t n)
{
    const size_t before = (uintptr_t)p % FAKE_PAGE_BYTES;

    mapped = (uint8_t *)p - before;
    mapped_bytes = n + before;
}

void fake_ram_translate(fake_dma *translate)
{
    hook = translate;
}

uint64_t fake_ram_dma(const void *p, size_t n, size_t *run)
{
    size_t at = (size_t)((const uint8_t *)p - ram);
    size_t page = at / FAKE_PAGE_BYTES;

    *run = 0;
    if (!fake_ram_has(p)) {
        at = (uintptr_t)p - (uintptr_t)mapped;
        if (at < mapped_bytes)
            *run = n < mapped_bytes - at ? n : mapped_bytes - at;
        return at < mapped_bytes ? FAKE_MAPPED_ADDR + at : 0;
    }
    *run = FAKE_PAGE_BYTES - at % FAKE_PAGE_BYTES;
    for (size_t i = page; *run < n && i + 1 < PAGES && device_page[i + 1] == device_page[i] + 1; i++)
        *run += FAKE_PAGE_BYTES;
    if (*run > n)
        *run = n;
    return FAKE_RAM_ADDR + (uint64_t)device_page[page] * FAKE_PAGE_BYTES + at % FAKE_PAGE_BYTES;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    return hook != NULL ? hook(p, n, run) : fake_ram_dma(p, n, run);
}

/* The host address for a device address, and the length of the contiguous run. */
static uint8_t *find(uint64_t addr, size_t n, size_t *run)
{
    uint64_t at = addr - FAKE_RAM_ADDR;

    if (addr >= FAKE_MAPPED_ADDR && addr - FAKE_MAPPED_ADDR < mapped_bytes) {
        at = addr - FAKE_MAPPED_ADDR;
        *run = n < mapped_bytes - at ? n : mapped_bytes - at;
        return mapped + at;
    }
    if (addr < FAKE_RAM_ADDR || at >= FAKE_RAM_BYTES)
        fail_msg("the device was given the address 0x%llx (%zu bytes), outside of its memory",
                 (unsigned long long)addr, n);
    *run = FAKE_PAGE_BYTES - at % FAKE_PAGE_BYTES;
    if (*run > n)
        *run = n;
    return ram + (size_t)ram_page[at / FAKE_PAGE_BYTES] * FAKE_PAGE_BYTES + at % FAKE_PAGE_BYTES;
}

void fake_ram_read(uint64_t addr, void *to, size_t n)
{
    while (n > 0) {
        size_t run;
        const uint8_t *p = find(addr, n, &run);

        memcpy(to, p, run);
        to = (uint8_t *)to + run;
        addr += run;
        n -= run;
    }
}

void fake_ram_write(uint64_t addr, const void *from, size_t n)
{
    while (n > 0) {
        size_t run;
        uint8_t *p = find(addr, n, &run);

        memcpy(p, from, run);
        from = (const uint8_t *)from + run;
        addr += run;
        n -= run;
    }
}

void *fake_ram_at(uint64_t addr, size_t n)
{
    size_t run;
    uint8_t *first = find(addr, n, &run);

    for (size_t done = run; done < n; done += run)
        if (find(addr + done, n - done, &run) != first + done)
            fail_msg("0x%llx (%zu bytes) is not contiguous for the device", (unsigned long long)addr, n);
    return first;
}
