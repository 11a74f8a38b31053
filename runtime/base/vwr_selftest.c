/* SPDX-License-Identifier: MIT */
#include "vwr/selftest.h"
#include "vwr/text.h"

/* Tests the port's hooks on ordinary memory; see vwr/selftest.h. */

#define WINDOW 16u /* number of bytes around a register access that are verified */
#define MORE_CLOCK_READS 1000u
#define STACK_BYTES 64u

struct test {
    uint8_t *p;
    size_t n;
    struct vwr_text text;
};

/* Accesses memory byte by byte, so that verifying a hook does not depend on another hook. */
typedef volatile uint8_t byte;

/* Formats "<hook>: <what>", optionally with a number. */
static VWR_COLD int wrong(struct test *t, int result, const char *hook, const char *what)
{
    t->text.length = 0;
    vwr_text_begin(&t->text, t->text.at, t->text.bytes);
    vwr_text_str(&t->text, hook);
    vwr_text_str(&t->text, ": ");
    vwr_text_str(&t->text, what);
    return result;
}

static VWR_COLD int wrong_at(struct test *t, int result, const char *hook, const char *what, uint64_t number)
{
    (void)wrong(t, result, hook, what);
    vwr_text_str(&t->text, " ");
    vwr_text_dec(&t->text, number);
    return result;
}

/* ---- stack ---- */

/*
 * Number of bytes beyond a multiple of `align`. Uses volatile, because the compiler assumes that locals are
 * aligned.
 */
static unsigned off_by(const volatile void *local, unsigned align)
{
    const volatile uintptr_t at = (uintptr_t)local;

    return (unsigned)(at & (align - 1u));
}

/*
 * Checks the alignment of locals. The compiler aligns them relative to the stack pointer, which the ABI
 * aligns, and may compute addresses within a local with OR instead of addition. On a stack misaligned by a
 * trap handler these addresses are wrong. Locals that the compiler aligns dynamically are always correct.
 */
static VWR_OUT_OF_LINE unsigned stack_is_off(void)
{
    _Alignas(2u * sizeof(uint64_t)) byte most[2u * sizeof(uint64_t)];
    _Alignas(sizeof(uint64_t)) byte word[sizeof(uint64_t)];
    unsigned off;

    most[0] = word[0] = 0;
    off = off_by(word, sizeof(word));
    return off != 0 ? off : off_by(most, sizeof(most));
}

static int check_stack(struct test *t)
{
    const unsigned off = stack_is_off();

    if (off == 0)
        return VWR_OK;
    return wrong_at(t, VWR_EALIGN, "stack",
                    "the stack of a thread or a trap handler is misaligned for the ABI, by bytes:", off);
}

/* ---- registers ---- */

/* All bytes of a window differ, and none occurs in the values written. */
static uint8_t pattern(unsigned i)
{
    return (uint8_t)(0xa1u + i);
}

/* Byte `i` of a value of `width` bytes in host order. */
static uint8_t byte_of(uint32_t value, unsigned i, unsigned width)
{
    return (uint8_t)(value >> 8u * (VWR_BIG_ENDIAN ? width - 1u - i : i));
}

static void write_reg(uint8_t *reg, unsigned width, uint32_t value)
{
    if (width == sizeof(uint8_t))
        vwr_port_write8(reg, (uint8_t)value);
    else if (width == sizeof(uint16_t))
        vwr_port_write16(reg, (uint16_t)value);
    else
        vwr_port_write32(reg, value);
}

static uint32_t read_reg(const uint8_t *reg, unsigned width)
{
    if (width == sizeof(uint8_t))
        return vwr_port_read8(reg);
    return width == sizeof(uint16_t) ? vwr_port_read16(reg) : vwr_port_read32(reg);
}

static const char *name_of(bool write, unsigned width)
{
    if (width == sizeof(uint8_t))
        return write ? "vwr_port_write8" : "vwr_port_read8";
    if (width == sizeof(uint16_t))
        return write ? "vwr_port_write16" : "vwr_port_read16";
    return write ? "vwr_port_write32" : "vwr_port_read32";
}

static int check_write(struct test *t, unsigned at, unsigned width)
{
    const uint32_t value = 0x31323334u;
    byte *const window = t->p;
    bool swapped = width > 1u;

    for (unsigned i = 0; i < WINDOW; i++)
        window[i] = pattern(i);
    write_reg(t->p + at, width, value);
    vwr_port_mb();
    for (unsigned i = 0; i < WINDOW; i++)
        if ((i < at || i >= at + width) && window[i] != pattern(i))
            return wrong_at(t, VWR_EPROTO, name_of(true, width),
                            "it changed bytes outside its own: the one at distance",
                            i < at ? at - i : i - at);
    for (unsigned i = 0; i < width; i++)
        swapped = swapped && window[at + i] == byte_of(value, width - 1u - i, width);
    if (swapped)
        return wrong(t, VWR_EPROTO, name_of(true, width),
                     "it swaps bytes: it must leave them in the host's order");
    for (unsigned i = 0; i < width; i++)
        if (window[at + i] != byte_of(value, i, width))
            return wrong_at(t, VWR_EPROTO, name_of(true, width),
                            "it did not write its value: the first wrong byte is", i);
    return VWR_OK;
}

static int check_read(struct test *t, unsigned at, unsigned width)
{
    byte *const window = t->p;
    uint32_t value;
    uint32_t straight = 0;
    uint32_t swapped = 0;

    for (unsigned i = 0; i < WINDOW; i++)
        window[i] = pattern(i);
    vwr_port_mb();
    value = read_reg(t->p + at, width);
    for (unsigned i = 0; i < width; i++) {
        const unsigned shift = 8u * (VWR_BIG_ENDIAN ? width - 1u - i : i);

        straight |= (uint32_t)pattern(at + i) << shift;
        swapped |= (uint32_t)pattern(at + width - 1u - i) << shift;
    }
    if (value == straight)
        return VWR_OK;
    if (value == swapped)
        return wrong(t, VWR_EPROTO, name_of(false, width),
                     "it swaps bytes: it must leave them in the host's order");
    return wrong(t, VWR_EPROTO, name_of(false, width), "it does not return the value at its address");
}

/* The library relies on the compiler's byte order. */
static int check_order(struct test *t)
{
    const volatile uint32_t word = 1;
    const bool big = *(const byte *)&word == 0;

    if (big == (VWR_BIG_ENDIAN != 0))
        return VWR_OK;
    return wrong(t, VWR_EPROTO, "__BYTE_ORDER__",
                 "the compiler's byte order differs from that of the machine");
}

static int check_registers(struct test *t)
{
    int r = check_order(t);

    if (VWR_PORT_REGISTERS_APART)
        return r;
    for (unsigned width = 1; width <= sizeof(uint32_t); width *= 2u)
        for (unsigned at = 4u; at < 12u && r == VWR_OK; at += width) {
            r = check_write(t, at, width);
            if (r == VWR_OK)
                r = check_read(t, at, width);
        }
    return r;
}

/* ---- barriers ---- */

/*
 * __builtin_constant_p shows whether a barrier stops the compiler: if the compiler can derive the value of a
 * load after the barrier from a store before it, the barrier has no effect. Without optimization, the
 * compiler never does this. clang may carry a value across a release fence, which wmb and release are, so
 * these are not tested there.
 */
static int check_barriers(struct test *t)
{
    uint8_t *const word = t->p;
    unsigned before;

    *word = 1;
    vwr_port_mb();
    if (__builtin_constant_p(*word))
        return wrong(t, VWR_EFAILED, "vwr_port_mb", "the compiler moves loads and stores across it");
    before = *word;
    vwr_port_rmb();
    if (__builtin_constant_p(before == *word))
        return wrong(t, VWR_EFAILED, "vwr_port_rmb", "the compiler moves loads across it");
    *word = 2;
    vwr_port_wmb();
#if !defined(__clang__)
    if (__builtin_constant_p(*word))
        return wrong(t, VWR_EFAILED, "vwr_port_wmb", "the compiler moves stores across it");
    *word = 3;
    vwr_port_release();
    if (__builtin_constant_p(*word))
        return wrong(t, VWR_EFAILED, "vwr_port_release", "the compiler moves stores across it");
#endif
    return VWR_OK;
}

/* ---- caches ---- */

static void fill(struct test *t, unsigned seed)
{
    for (size_t i = 0; i < t->n; i++)
        ((byte *)t->p)[i] = (uint8_t)(i * 7u + (i >> 8u) + seed);
}

static bool is_filled(const struct test *t, unsigned seed)
{
    for (size_t i = 0; i < t->n; i++)
        if (((const byte *)t->p)[i] != (uint8_t)(i * 7u + (i >> 8u) + seed))
            return false;
    return true;
}

/* Data written by the CPU must survive, as must data next to the buffer. */
static int check_caches(struct test *t)
{
    const size_t half = t->n / 2u / VWR_SELFTEST_ALIGN * VWR_SELFTEST_ALIGN;

    for (unsigned round = 1; round <= 2u; round++) {
        fill(t, round);
        vwr_port_sync_for_device(t->p, t->n);
        if (!is_filled(t, round))
            return wrong(t, VWR_EFAILED, "vwr_port_sync_for_device",
                         "data that the CPU wrote are lost: it must clean the cache");
        vwr_port_sync_for_cpu(t->p, t->n);
        if (!is_filled(t, round))
            return wrong(t, VWR_EFAILED, "vwr_port_sync_for_cpu",
                         "data that were in memory before it are lost");
    }
    fill(t, 0);
    vwr_port_sync_for_device(t->p, half);
    vwr_port_sync_for_cpu(t->p, half);
    if (!is_filled(t, 0))
        return wrong(t, VWR_EFAILED, "vwr_port_sync_for_cpu",
                     "bytes after the buffer are lost: is VWR_PORT_DMA_ALIGN a cache line?");
    return VWR_OK;
}

/* ---- clock ---- */

static int check_clock(struct test *t)
{
#if VWR_PORT_HAS_CLOCK
    uint64_t last = vwr_port_time_us();
    uint32_t more = 0;

    for (uint32_t n = 0; n < VWR_SELFTEST_CLOCK_READS; n++) {
        const uint64_t now = vwr_port_time_us();

        if (now < last)
            return wrong_at(t, VWR_ETIMEOUT, "vwr_port_time_us",
                            "it goes backwards, by microseconds:", last - now);
        if (more != 0 && ++more > MORE_CLOCK_READS)
            return VWR_OK;
        if (now > last && more == 0)
            more = 1;
        last = now;
    }
    return more != 0 ? VWR_OK
                     : wrong_at(t, VWR_ETIMEOUT, "vwr_port_time_us",
                                "it does not advance, number of reads:", VWR_SELFTEST_CLOCK_READS);
#else
    (void)t;
    return VWR_OK;
#endif
}

/* ---- addresses ---- */

/* Location of a memory range as seen by the device. */
struct piece {
    uint64_t addr;
    size_t run;
};

static struct piece ask(const uint8_t *p, size_t n)
{
    struct piece a;

    a.run = n + 1u; /* an invalid result, to detect that *run was not set */
    a.addr = vwr_port_dma(p, n, &a.run);
    return a;
}

static bool overlap(const struct piece *a, const struct piece *b)
{
    return a->addr < b->addr + b->run && b->addr < a->addr + a->run;
}

/* Checks the result for a contiguous area, and the results for addresses inside of it. */
static int check_piece(struct test *t, const uint8_t *p, size_t n, const struct piece *a)
{
    const char *const hook = "vwr_port_dma";
    const size_t places[] = {0, 1, a->run / 2u, a->run - 1u};

    if (a->run > n)
        return wrong(t, VWR_ERANGE, hook, "*run is not set, or exceeds the size passed");
    if (a->addr + (a->run - 1u) < a->addr)
        return wrong(t, VWR_ERANGE, hook, "the area exceeds the address space");
    for (unsigned i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        const size_t k = places[i];
        struct piece b;

        if (k >= a->run)
            continue;
        b = ask(p + k, n - k);
        if (b.run == 0 || b.addr != a->addr + k)
            return wrong_at(t, VWR_ERANGE, hook, "inconsistent address for the middle of an area, at byte",
                            k);
        if (b.run < a->run - k)
            return wrong_at(t, VWR_ERANGE, hook, "*run ends earlier for the middle of an area, at byte", k);
    }
    return VWR_OK;
}

/* Walks [p, p + n) in contiguous areas; adjacent areas must not overlap as seen by the device. */
static int check_addresses(struct test *t, const uint8_t *p, size_t n, struct piece *first)
{
    struct piece last;

    first->addr = 0;
    first->run = 0;
    last = *first;
    for (size_t done = 0; done < n; done += last.run) {
        const struct piece a = ask(p + done, n - done);
        int r;

        if (a.run == 0)
            return wrong_at(t, VWR_ERANGE, "vwr_port_dma", "no address for the memory passed, at byte", done);
        r = check_piece(t, p + done, n - done, &a);
        if (r != VWR_OK)
            return r;
        if (done != 0 && (overlap(&a, &last) || overlap(&a, first)))
            return wrong_at(t, VWR_ERANGE, "vwr_port_dma",
                            "two areas of memory have the same address, the second is at byte", done);
        if (done == 0)
            *first = a;
        last = a;
    }
    return VWR_OK;
}

static int check_dma(struct test *t)
{
    byte variable[STACK_BYTES];
    const uint8_t *const p = (const uint8_t *)(uintptr_t)variable;
    struct piece memory;
    struct piece stack;
    int r = check_addresses(t, t->p, t->n, &memory);

    if (r != VWR_OK)
        return r;
    variable[0] = 0;
    if (ask(p, STACK_BYTES).run == 0)
        return wrong(t, VWR_EINVAL, "vwr_port_dma", "no address for a variable on the stack");
    r = check_addresses(t, p, STACK_BYTES, &stack);
    if (r == VWR_OK && overlap(&memory, &stack))
        r = wrong(t, VWR_ERANGE, "vwr_port_dma",
                  "a variable on the stack has the address of the memory passed");
    return r;
}

/* ---- run all ---- */

static int run(struct test *t)
{
    int r = check_stack(t);

    if (r == VWR_OK)
        r = check_registers(t);
    if (r == VWR_OK)
        r = check_barriers(t);
    if (r == VWR_OK)
        r = check_caches(t);
    if (r == VWR_OK)
        r = check_clock(t);
    return r == VWR_OK ? check_dma(t) : r;
}

int vwr_port_selftest(void *memory, size_t bytes, char *text, size_t text_bytes)
{
    struct test t;
    int r;

    t.p = memory;
    t.n = bytes;
    vwr_text_begin(&t.text, text, text_bytes);
    if (bytes < VWR_SELFTEST_BYTES || ((uintptr_t)memory & (VWR_SELFTEST_ALIGN - 1u)) != 0)
        return wrong(&t, VWR_ENOMEM, "vwr_port_selftest", "the memory passed is too small or not aligned");
    r = run(&t);
    if (r != VWR_OK)
        return r;
    vwr_text_str(&t.text, "port: OK: stack, byte order");
    if (!VWR_PORT_REGISTERS_APART)
        vwr_text_str(&t.text, ", width of register accesses");
    vwr_text_str(&t.text, ", barriers, caches");
    if (VWR_PORT_HAS_CLOCK)
        vwr_text_str(&t.text, ", clock");
    vwr_text_str(&t.text, ", DMA addresses");
    return VWR_OK;
}
