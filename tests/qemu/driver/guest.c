/* SPDX-License-Identifier: MIT */
#include "guest.h"
#include "check.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define FIRST_FREE ((size_t)2 << 20) /* the start of RAM contains QEMU's device tree */
#define PAGES (GUEST_BYTES / GUEST_PAGE)
#define AREAS 8

/* Scattered memory: page i of it is page `page[i]` of RAM. */
struct area {
    uint8_t *at;
    size_t pages;
    uint16_t page[PAGES];
};

static struct {
    bool made;     /* the file */
    uint64_t base; /* device address */
    uint8_t *ram;
    size_t free; /* offset of the first free byte */
    struct area areas[AREAS];
    size_t area_count;
} guest;

_Static_assert(PAGES <= UINT16_MAX + 1, "page numbers fit struct area");

/* Anonymous, because each file page that becomes dirty or is dropped costs the file system time. */
static void make_file(void)
{
    const int fd = memfd_create("ram", 0);

    CHECK_SYS(fd >= 0 && dup2(fd, GUEST_FD) == GUEST_FD);
    CHECK_SYS(close(fd) == 0);
    guest.made = true;
}

void guest_open(uint64_t base)
{
    guest.base = base;
    if (!guest.made)
        make_file();
    CHECK_SYS(ftruncate(GUEST_FD, 0) == 0);
    CHECK_SYS(ftruncate(GUEST_FD, (off_t)GUEST_BYTES) == 0);
    guest.ram = mmap(NULL, GUEST_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, GUEST_FD, 0);
    CHECK_SYS(guest.ram != MAP_FAILED);
    guest.free = FIRST_FREE;
    guest.area_count = 0;
}

void guest_close(void)
{
    for (size_t i = 0; i < guest.area_count; i++)
        munmap(guest.areas[i].at, guest.areas[i].pages * GUEST_PAGE);
    munmap(guest.ram, GUEST_BYTES);
}

static size_t page_up(size_t bytes)
{
    return (bytes + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1);
}

/* Allocates this many bytes, and returns their offset in RAM. */
static size_t take(size_t bytes)
{
    const size_t at = guest.free;

    CHECK(bytes > 0 && page_up(bytes) <= GUEST_BYTES - at);
    guest.free += page_up(bytes);
    return at;
}

void *guest_alloc(size_t bytes)
{
    return memset(guest.ram + take(bytes), GUEST_POISON, page_up(bytes));
}

size_t guest_mark(void)
{
    return guest.free;
}

void guest_release(size_t mark)
{
    CHECK(mark >= FIRST_FREE && mark <= guest.free);
    guest.free = mark;
}

/*
 * The RAM page of page i in a scattered area. Even pages use the first half of the physical pages, from its
 * end backwards; odd pages use the second half. So no two adjacent pages are contiguous.
 */
static size_t scatter(size_t i, size_t pages)
{
    const size_t half = (pages + 1) / 2;

    return i % 2 == 0 ? half - 1 - i / 2 : pages - 1 - i / 2;
}

void *guest_alloc_scattered(size_t bytes)
{
    const size_t length = page_up(bytes);
    const size_t first = take(length);
    struct area *a = &guest.areas[guest.area_count];

    CHECK(guest.area_count < AREAS);
    a->pages = length / GUEST_PAGE;
    a->at = mmap(NULL, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK_SYS(a->at != MAP_FAILED);
    for (size_t i = 0; i < a->pages; i++) {
        const size_t offset = first + scatter(i, a->pages) * GUEST_PAGE;
        void *page = mmap(a->at + i * GUEST_PAGE, GUEST_PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED,
                          GUEST_FD, (off_t)offset);

        CHECK_SYS(page != MAP_FAILED);
        a->page[i] = (uint16_t)(offset / GUEST_PAGE);
    }
    guest.area_count++;
    return memset(a->at, GUEST_POISON, length);
}

static uint64_t dma_scattered(const struct area *a, size_t offset, size_t n, size_t *run)
{
    const size_t first = offset / GUEST_PAGE;
    size_t page = first;
    size_t bytes = GUEST_PAGE - offset % GUEST_PAGE;

    while (bytes < n && page + 1 < a->pages && a->page[page + 1] == a->page[page] + 1) {
        bytes += GUEST_PAGE;
        page++;
    }
    *run = bytes < n ? bytes : n;
    return guest.base + a->page[first] * (uint64_t)GUEST_PAGE + offset % GUEST_PAGE;
}

uint64_t guest_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p;
    const uintptr_t ram = (uintptr_t)guest.ram;

    if (at >= ram && at - ram < GUEST_BYTES) {
        const size_t left = GUEST_BYTES - (at - ram);

        *run = n < left ? n : left;
        return guest.base + (at - ram);
    }
    for (size_t i = 0; i < guest.area_count; i++) {
        const struct area *a = &guest.areas[i];

        if (at >= (uintptr_t)a->at && at - (uintptr_t)a->at < a->pages * GUEST_PAGE)
            return dma_scattered(a, at - (uintptr_t)a->at, n, run);
    }
    *run = 0;
    return 0;
}

void *guest_at(uint64_t addr, uint64_t n)
{
    if (addr < guest.base || addr - guest.base > GUEST_BYTES || n > GUEST_BYTES - (addr - guest.base))
        return NULL;
    return guest.ram + (addr - guest.base);
}
