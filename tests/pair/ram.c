/* SPDX-License-Identifier: MIT */
#include "ram.h"
#include "check.h"
#include "guest.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* Offsets in the file behind all views: rings, data, high; the driver's view has the same order. */
#define DATA RAM_RING_BYTES
#define HIGH (DATA + RAM_DATA_BYTES)
#define BYTES (HIGH + RAM_HIGH_BYTES)
#define SHUFFLED (RAM_HIGH_BYTES / GUEST_PAGE)
#define REGIONS (RAM_DATA_REGIONS + 2u)

static struct {
    int fd;
    bool apart;
    uint8_t *view;     /* the driver's view: the whole file, in order */
    uint8_t *shuffled; /* and RAM_HIGH_BYTES with shuffled pages */
    size_t page[SHUFFLED];
    struct vwr_memory_region region[REGIONS];
    struct vwr_memory_region other[REGIONS]; /* the same, where they are after a move */
    size_t ring_at;
    size_t reserved;
    size_t data_at;
    size_t shuffled_at;
} ram;

/* Maps [offset, offset + bytes) of the file at any address, between inaccessible pages. */
static void *map_part(size_t offset, size_t bytes)
{
    const size_t first = offset & ~(GUEST_PAGE - 1);
    const size_t pages = (offset + bytes - first + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1);
    uint8_t *const around = mmap(NULL, pages + 2 * GUEST_PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    void *at;

    CHECK_SYS(around != MAP_FAILED);
    at = mmap(around + GUEST_PAGE, pages, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, ram.fd,
              (off_t)first);
    CHECK_SYS(at != MAP_FAILED);
    return (uint8_t *)at + (offset - first);
}

static void add_region(struct vwr_memory_region *r, uint64_t addr, size_t offset, size_t bytes)
{
    r->addr = addr;
    r->bytes = bytes;
    r->host = ram.apart ? map_part(offset, bytes) : ram.view + offset;
}

/* Data regions of many lengths, none a multiple of the page size. */
static void add_data(struct vwr_memory_region *r)
{
    const size_t even = RAM_DATA_BYTES / RAM_DATA_REGIONS;
    size_t at = 0;

    for (unsigned i = 0; i < RAM_DATA_REGIONS; i++) {
        const size_t bytes =
            i + 1 == RAM_DATA_REGIONS ? RAM_DATA_BYTES - at : (even + i * 1328 - 7000) & ~(size_t)15;

        add_region(&r[i], RAM_BASE + DATA + at, DATA + at, bytes);
        at += bytes;
    }
}

/* In the shuffled view no page follows its predecessor. */
static void shuffle(void)
{
    for (size_t i = 0; i < SHUFFLED; i++)
        ram.page[i] = (i * 2 + (i >= SHUFFLED / 2 ? 1 : 0)) % SHUFFLED;
    if (!ram.apart) {
        ram.shuffled = NULL;
        return;
    }
    ram.shuffled = mmap(NULL, RAM_HIGH_BYTES, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK_SYS(ram.shuffled != MAP_FAILED);
    for (size_t i = 0; i < SHUFFLED; i++)
        CHECK_SYS(mmap(ram.shuffled + i * GUEST_PAGE, GUEST_PAGE, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_FIXED, ram.fd,
                       (off_t)(HIGH + ram.page[i] * GUEST_PAGE)) != MAP_FAILED);
}

void ram_open(bool apart)
{
    ram.apart = apart;
    ram.fd = memfd_create("guest", MFD_CLOEXEC);
    CHECK_SYS(ram.fd >= 0);
    CHECK_SYS(ftruncate(ram.fd, (off_t)BYTES) == 0);
    ram.view = mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, ram.fd, 0);
    CHECK_SYS(ram.view != MAP_FAILED);
    add_region(&ram.region[0], RAM_BASE, 0, RAM_RING_BYTES);
    add_data(&ram.region[1]);
    add_region(&ram.region[REGIONS - 1], RAM_HIGH_BASE, HIGH, RAM_HIGH_BYTES);
    shuffle();
    ram_reset();
}

static size_t page_up(size_t bytes)
{
    return (bytes + GUEST_PAGE - 1) & ~(GUEST_PAGE - 1);
}

static void set_access(const struct vwr_memory_region *r, int access)
{
    const size_t before = (uintptr_t)r->host % GUEST_PAGE;

    CHECK_SYS(mprotect((uint8_t *)r->host - before, r->bytes + before, access) == 0);
}

void ram_move(void)
{
    CHECK(ram.apart);
    for (unsigned i = 0; i < REGIONS; i++) {
        struct vwr_memory_region *const r = &ram.region[i];
        void *const old = r->host;

        if (ram.other[i].host == NULL) {
            ram.other[i] = *r;
            ram.other[i].host = map_part(
                r->addr >= RAM_HIGH_BASE ? HIGH + (r->addr - RAM_HIGH_BASE) : r->addr - RAM_BASE, r->bytes);
        }
        set_access(&ram.other[i], PROT_READ | PROT_WRITE);
        r->host = ram.other[i].host;
        ram.other[i].host = old;
        set_access(&ram.other[i], PROT_NONE);
    }
}

void ram_protect(const void *p, size_t bytes, int access)
{
    const size_t at = (uintptr_t)p - (uintptr_t)ram.view;

    CHECK(ram.apart && at < RAM_RING_BYTES);
    CHECK_SYS(mprotect((uint8_t *)ram.region[0].host + at, page_up(bytes), access) == 0);
}

bool ram_is_ring(const void *p)
{
    return (uintptr_t)p - (uintptr_t)ram.view < RAM_RING_BYTES - ram.reserved;
}

const struct vwr_memory_region *ram_regions(uint32_t *count)
{
    *count = REGIONS;
    return ram.region;
}

void ram_reset(void)
{
    ram.ring_at = 0;
    ram.data_at = DATA;
    ram.shuffled_at = 0;
}

void *ram_alloc_ring(size_t bytes)
{
    uint8_t *const at = ram.view + ram.ring_at;

    CHECK_AT_MOST(page_up(bytes), RAM_RING_BYTES - ram.reserved - ram.ring_at);
    ram.ring_at += page_up(bytes);
    return memset(at, GUEST_POISON, page_up(bytes));
}

void *ram_reserve(size_t bytes)
{
    CHECK_NUMBER(ram.reserved, 0);
    ram.reserved = page_up(bytes);
    return ram.view + RAM_RING_BYTES - ram.reserved;
}

void *guest_alloc(size_t bytes)
{
    uint8_t *const at = ram.view + ram.data_at;

    CHECK_AT_MOST(page_up(bytes), HIGH - ram.data_at);
    ram.data_at += page_up(bytes);
    return memset(at, GUEST_POISON, page_up(bytes));
}

void *guest_alloc_scattered(size_t bytes)
{
    uint8_t *const at = (ram.apart ? ram.shuffled : ram.view + HIGH) + ram.shuffled_at;

    CHECK_AT_MOST(page_up(bytes), RAM_HIGH_BYTES - ram.shuffled_at);
    ram.shuffled_at += page_up(bytes);
    return memset(at, GUEST_POISON, page_up(bytes));
}

uint64_t ram_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p - (uintptr_t)ram.view;
    const uintptr_t in_shuffled = (uintptr_t)p - (uintptr_t)ram.shuffled;
    size_t left = 0;
    uint64_t addr = 0;

    if (at < HIGH) { /* rings and data are contiguous for the device */
        addr = RAM_BASE + at;
        left = HIGH - at;
    } else if (at < BYTES) {
        addr = RAM_HIGH_BASE + (at - HIGH);
        left = BYTES - at;
    } else if (ram.shuffled != NULL && in_shuffled < RAM_HIGH_BYTES) {
        addr = RAM_HIGH_BASE + ram.page[in_shuffled / GUEST_PAGE] * GUEST_PAGE + in_shuffled % GUEST_PAGE;
        left = GUEST_PAGE - in_shuffled % GUEST_PAGE;
    }
    *run = n < left ? n : left;
    return addr;
}

uint64_t ram_sum(void)
{
    const uint64_t *const words = (const void *)ram.view;
    const size_t end = (RAM_RING_BYTES - ram.reserved) / sizeof(*words);
    uint64_t sum = 0;

    for (size_t i = ram.ring_at / sizeof(*words); i < BYTES / sizeof(*words); i++)
        if (i < end || i >= RAM_RING_BYTES / sizeof(*words))
            sum = sum * UINT64_C(0x9e3779b97f4a7c15) + words[i];
    return sum;
}
