/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "vwr/selftest.h"

#include <string.h>

/* vwr_port_selftest with a port that can be broken in each way that it checks (port_selftest). */

#define PAGE 4096u
#define BYTES (3u * PAGE)
#define LINE 64u

enum broken {
    NOTHING,
    /* registers */
    WRITE_TOO_WIDE,
    WRITE_BELOW,
    WRITE_NOTHING,
    WRITE_SWAPPED,
    READ_SWAPPED,
    READ_ZERO,
    /* caches */
    INVALIDATES_FOR_DEVICE,
    INVALIDATES_TOO_MUCH,
    INVALIDATES_WITHOUT_CLEANING,
    /* clock */
    CLOCK_STANDS,
    CLOCK_GOES_BACK,
    CLOCK_STOPS,
    CLOCK_IS_LATE,
    /* addresses */
    RUN_NOT_SET,
    RUN_TOO_LONG,
    PAGE_ADDRESS,
    ONE_PAGE_FOR_ALL,
    NO_MEMORY,
    NO_STACK,
    STACK_IS_MEMORY,
    RUN_SHRINKS,
    RUN_IS_A_BYTE,
    NO_MIDDLE,
    NO_LAST_BYTE,
    TWO_PAGES_FOR_ALL,
    RUN_OF_STACK_TOO_LONG,
    AT_THE_END
};

static struct {
    enum broken broken;
    unsigned width;  /* access width that is broken */
    bool scattered;  /* each page has an unrelated device address */
    uintptr_t stack; /* STACK_IS_MEMORY: start of the first area outside of the memory */
    uint64_t reads;
    unsigned syncs[2];
} port;

static _Alignas(PAGE) uint8_t memory[BYTES + LINE];
static uint8_t ram[BYTES]; /* memory behind the cache */
static char text[200];

/* ---- the hooks ---- */

static uint32_t swap(uint32_t value, unsigned bytes)
{
    return bytes == 1 ? value : __builtin_bswap32(value) >> (32u - 8u * bytes);
}

/* Position of the low `bytes` bytes in a 32-bit number. */
static uint8_t *low(uint32_t *value, unsigned bytes)
{
    return (uint8_t *)value + (VWR_BIG_ENDIAN ? sizeof(*value) - bytes : 0);
}

uint32_t test_read(const volatile void *reg, unsigned bytes)
{
    uint32_t value = 0;

    memcpy(low(&value, bytes), (const void *)reg, bytes);
    if (bytes != port.width)
        return value;
    return port.broken == READ_ZERO ? 0 : port.broken == READ_SWAPPED ? swap(value, bytes) : value;
}

void test_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    const bool broken = bytes == port.width;

    if (broken && port.broken == WRITE_NOTHING)
        return;
    if (broken && port.broken == WRITE_SWAPPED)
        value = swap(value, bytes);
    memcpy((void *)reg, low(&value, bytes), bytes);
    if (broken && port.broken == WRITE_TOO_WIDE)
        memset((uint8_t *)reg + bytes, 0, bytes);
    if (broken && port.broken == WRITE_BELOW)
        *((uint8_t *)reg - 1) = 0;
}

/* A write-back cache that holds all writes until it is cleaned; `ram` has the device's view. */
void test_sync(const void *p, size_t n, bool for_device)
{
    const size_t at = (size_t)((const uint8_t *)p - memory);
    size_t end = at + n;

    port.syncs[for_device]++;
    if (for_device && port.broken != INVALIDATES_FOR_DEVICE && port.broken != INVALIDATES_WITHOUT_CLEANING)
        memcpy(ram + at, p, n);
    if (for_device && port.broken != INVALIDATES_FOR_DEVICE)
        return;
    if (port.broken == INVALIDATES_TOO_MUCH && end < BYTES)
        end += LINE;
    memcpy(memory + at, ram + at, end - at);
}

uint64_t test_time_us(void)
{
    port.reads++;
    switch (port.broken) {
    case CLOCK_STANDS:
        return 1000000;
    case CLOCK_STOPS: /* it advances once and then stops; the selftest requires no more than one step */
        return port.reads < 50 ? 0 : 10000;
    case CLOCK_IS_LATE:
        return port.reads > VWR_SELFTEST_CLOCK_READS - 10u ? 10000 : 0;
    case CLOCK_GOES_BACK: /* as on several CPUs with different counters */
        return port.reads < 50 || port.reads % 128u != 0 ? port.reads : port.reads - 5;
    default: /* 100 ticks per second, one microsecond per read */
        return port.reads / 10000 * 10000;
    }
}

static uint64_t place(uintptr_t p)
{
    const uintptr_t page = p / PAGE;

    return port.scattered ? (page * 5u + 0x100000u) * PAGE + p % PAGE : p;
}

uint64_t test_dma(const void *p, size_t n, size_t *run)
{
    const uintptr_t at = (uintptr_t)p;
    const bool mine = at >= (uintptr_t)memory && at < (uintptr_t)memory + BYTES;
    const size_t rest = PAGE - at % PAGE;

    *run = port.scattered && n > rest ? rest : n;
    switch (port.broken) {
    case RUN_NOT_SET:
        *run = n + 1u; /* the previous value */
        return at;
    case RUN_TOO_LONG:
        *run = 2u * PAGE;
        return at;
    case PAGE_ADDRESS:
        return place(at - at % PAGE);
    case ONE_PAGE_FOR_ALL:
        *run = n > rest ? rest : n;
        return at % PAGE;
    case NO_MEMORY:
        *run = at >= (uintptr_t)memory + PAGE && mine ? 0 : n > rest ? rest : n;
        return at;
    case NO_STACK:
        *run = mine ? *run : 0;
        return at;
    case STACK_IS_MEMORY:
        if (!mine && port.stack == 0)
            port.stack = at; /* the whole area, at any offset in a page */
        return mine ? at : (uintptr_t)memory + (at - port.stack);
    case RUN_SHRINKS:
        *run = n > 1u && at % PAGE != 0 ? 1u : *run;
        return at;
    case RUN_IS_A_BYTE:
        *run = 1;
        return at;
    case NO_MIDDLE:
        *run = at % PAGE == 0 || !mine ? *run : 0;
        return at;
    case NO_LAST_BYTE:
        *run = at == (uintptr_t)memory + BYTES - 1u ? 0 : n > rest - 1u && rest > 1u ? rest - 1u : 1u;
        return at;
    case TWO_PAGES_FOR_ALL: /* the third has the address of the first */
        *run = n > rest ? rest : n;
        return mine ? (at - (uintptr_t)memory) % (2u * PAGE) : at;
    case RUN_OF_STACK_TOO_LONG:
        *run = mine ? *run : n + 1u;
        return at;
    case AT_THE_END:
        return ~(uint64_t)0 - 16u + at % PAGE;
    default:
        return place(at);
    }
}

/* ---- messages ---- */

static int run(enum broken broken, unsigned width)
{
    memset(&port, 0, sizeof(port));
    memset(text, 'x', sizeof(text));
    port.broken = broken;
    port.width = width;
    return vwr_port_selftest(memory, BYTES, text, sizeof(text));
}

static void says(enum broken broken, unsigned width, int result, const char *hook, const char *words)
{
    const int r = run(broken, width);

    if (r != result || strncmp(text, hook, strlen(hook)) != 0 || strstr(text, words) == NULL)
        fail_msg("broken %d, width %u: %d and '%s' instead of %d and '%s: …%s'", (int)broken, width, r, text,
                 result, hook, words);
    assert_true(strlen(text) < 120);
}

#if defined(TEST_EMPTY_MB)
#define EMPTY "vwr_port_mb"
#elif defined(TEST_EMPTY_RMB)
#define EMPTY "vwr_port_rmb"
#elif defined(TEST_EMPTY_WMB)
#define EMPTY "vwr_port_wmb"
#elif defined(TEST_EMPTY_RELEASE)
#define EMPTY "vwr_port_release"
#endif

#ifdef EMPTY

/* The compiler detects it only when it optimises, and clang does not report a missing release fence. */
static void empty_barrier(void **state)
{
    (void)state;
#if defined(__OPTIMIZE__) && !((defined(TEST_EMPTY_WMB) || defined(TEST_EMPTY_RELEASE)) && defined(__clang__))
    says(NOTHING, 0, VWR_EFAILED, EMPTY ":", "across it");
#else
    (void)says;
    print_message("skipped: not to be seen in this build\n");
    skip();
#endif
}

#define TESTS cmocka_unit_test(empty_barrier)

#else

static void good_port(void **state)
{
    (void)state;
    assert_int_equal(run(NOTHING, 0), VWR_OK);
    assert_string_equal(
        text,
        "port: OK: stack, byte order, width of register accesses, barriers, caches, clock, DMA addresses");
    assert_true(port.syncs[0] > 0 && port.syncs[1] > 0);
    assert_true(port.reads < 100000);
    port.scattered = true;
    assert_int_equal(vwr_port_selftest(memory, BYTES, text, sizeof(text)), VWR_OK);
    assert_int_equal(vwr_port_selftest(memory, BYTES, NULL, 0), VWR_OK);
}

static void memory_given(void **state)
{
    (void)state;
    memset(&port, 0, sizeof(port));
    assert_int_equal(vwr_port_selftest(memory, VWR_SELFTEST_BYTES - 1u, text, sizeof(text)), VWR_ENOMEM);
    assert_non_null(strstr(text, "memory passed"));
    assert_int_equal(vwr_port_selftest(memory + 8, VWR_SELFTEST_BYTES, text, sizeof(text)), VWR_ENOMEM);
    assert_int_equal(vwr_port_selftest(memory, VWR_SELFTEST_BYTES, text, sizeof(text)), VWR_OK);
}

/* Nothing is written beyond the text buffer; the message is truncated. */
static void short_text(void **state)
{
    (void)state;
    assert_int_equal(run(CLOCK_STANDS, 0), VWR_ETIMEOUT);
    memset(text, 'x', sizeof(text));
    assert_int_equal(vwr_port_selftest(memory, BYTES, text, 9), VWR_ETIMEOUT);
    assert_memory_equal(text, "vwr_port\0x", 10);
}

static void registers(void **state)
{
    static const char *const read[] = {"vwr_port_read8:", "vwr_port_read16:", "vwr_port_read32:"};
    static const char *const write[] = {"vwr_port_write8:", "vwr_port_write16:", "vwr_port_write32:"};

    (void)state;
    for (unsigned i = 0, width = 1; i < 3; i++, width *= 2) {
        says(WRITE_TOO_WIDE, width, VWR_EPROTO, write[i], "it changed bytes outside its own");
        says(WRITE_BELOW, width, VWR_EPROTO, write[i], "the one at distance 1");
        says(WRITE_NOTHING, width, VWR_EPROTO, write[i], "not write its value: the first wrong byte is 0");
        says(READ_ZERO, width, VWR_EPROTO, read[i], "the value at its address");
        if (width == 1)
            continue;
        says(WRITE_SWAPPED, width, VWR_EPROTO, write[i], "swaps bytes");
        says(READ_SWAPPED, width, VWR_EPROTO, read[i], "swaps bytes");
    }
}

static void caches(void **state)
{
    (void)state;
    says(INVALIDATES_FOR_DEVICE, 0, VWR_EFAILED, "vwr_port_sync_for_device:", "are lost");
    says(INVALIDATES_WITHOUT_CLEANING, 0, VWR_EFAILED,
         "vwr_port_sync_for_cpu:", "in memory before it are lost");
    says(INVALIDATES_TOO_MUCH, 0, VWR_EFAILED, "vwr_port_sync_for_cpu:", "after the buffer");
}

static void clocks(void **state)
{
    (void)state;
    says(CLOCK_STANDS, 0, VWR_ETIMEOUT, "vwr_port_time_us:", "does not advance");
    assert_int_equal(port.reads, VWR_SELFTEST_CLOCK_READS + 1u);
    says(CLOCK_GOES_BACK, 0, VWR_ETIMEOUT, "vwr_port_time_us:", "it goes backwards, by microseconds: 4");
    assert_int_equal(run(CLOCK_STOPS, 0), VWR_OK);
    assert_int_equal(run(CLOCK_IS_LATE, 0), VWR_OK); /* it advances in the last reads */
}

static void addresses(void **state)
{
    const char *const dma = "vwr_port_dma:";

    (void)state;
    says(RUN_NOT_SET, 0, VWR_ERANGE, dma, "*run is not set");
    says(RUN_TOO_LONG, 0, VWR_ERANGE, dma, "*run is not set, or exceeds");
    says(PAGE_ADDRESS, 0, VWR_ERANGE, dma, "the middle of an area, at byte 1");
    says(ONE_PAGE_FOR_ALL, 0, VWR_ERANGE, dma,
         "two areas of memory have the same address, the second is at byte 4096");
    says(NO_MEMORY, 0, VWR_ERANGE, dma, "no address for the memory passed, at byte");
    says(NO_STACK, 0, VWR_EINVAL, dma, "no address for a variable on the stack");
    says(STACK_IS_MEMORY, 0, VWR_ERANGE, dma, "the address of the memory passed");
    says(RUN_SHRINKS, 0, VWR_ERANGE, dma, "*run ends earlier");
    assert_int_equal(run(RUN_IS_A_BYTE, 0), VWR_OK);
    says(NO_MIDDLE, 0, VWR_ERANGE, dma, "inconsistent address for the middle of an area, at byte 1");
    says(NO_LAST_BYTE, 0, VWR_ERANGE, dma, "no address for the memory passed, at byte 12287");
    says(TWO_PAGES_FOR_ALL, 0, VWR_ERANGE, dma, "the same address, the second is at byte 8192");
    says(RUN_OF_STACK_TOO_LONG, 0, VWR_ERANGE, dma, "exceeds the size passed");
    says(AT_THE_END, 0, VWR_ERANGE, dma, "exceeds the address space");
}

#define TESTS                                                                                  \
    cmocka_unit_test(good_port), cmocka_unit_test(memory_given), cmocka_unit_test(short_text), \
        cmocka_unit_test(registers), cmocka_unit_test(caches), cmocka_unit_test(clocks),       \
        cmocka_unit_test(addresses)
#endif

int main(void)
{
    const struct CMUnitTest tests[] = {TESTS};

    return cmocka_run_group_tests_name("selftest", tests, NULL, NULL);
}
