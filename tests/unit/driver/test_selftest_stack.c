/* SPDX-License-Identifier: MIT */
#include "cmocka_all.h"
#include "vwr/selftest.h"

#include <string.h>

/*
 * vwr_port_selftest on a stack that a trap handler has left misaligned for the ABI. It is compiled without
 * vector registers, like a kernel; otherwise the processor would fault on the misaligned access and reveal
 * it.
 */

#define PAGE 4096u

static _Alignas(PAGE) uint8_t memory[2u * PAGE];
static char text[200];

uint32_t test_read(const volatile void *reg, unsigned bytes)
{
    uint32_t value = 0;

    memcpy(&value, (const void *)reg, bytes);
    return value;
}

void test_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    memcpy((void *)reg, &value, bytes);
}

void test_sync(const void *p, size_t n, bool for_device)
{
    (void)p;
    (void)n;
    (void)for_device;
}

uint64_t test_time_us(void)
{
    static uint64_t now;

    return now++;
}

uint64_t test_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return (uintptr_t)p;
}

/* x86-64: calls `function` with the stack pointer `off` bytes below the position that the ABI requires. */
int test_call_off(int (*function)(void), uint64_t off);
__asm__(".text\n"
        ".globl test_call_off\n"
        ".type test_call_off, @function\n"
        "test_call_off:\n"
        "    pushq %rbp\n"
        "    movq %rsp, %rbp\n"
        "    andq $-16, %rsp\n"
        "    subq %rsi, %rsp\n"
        "    callq *%rdi\n"
        "    movq %rbp, %rsp\n"
        "    popq %rbp\n"
        "    retq\n"
        ".size test_call_off, . - test_call_off\n");

static int run(void)
{
    return vwr_port_selftest(memory, sizeof(memory), text, sizeof(text));
}

static void stacks(void **state)
{
    (void)state;
    for (uint64_t off = 0; off < 32; off++) {
        const int wanted = off % 16 == 0 ? VWR_OK : VWR_EALIGN;
        const int r = test_call_off(run, off);

        if (r != wanted)
            fail_msg("off by %u: %d and '%s' instead of %d", (unsigned)off, r, text, wanted);
        if (wanted == VWR_OK)
            continue;
        assert_memory_equal(text, "stack: ", strlen("stack: "));
        assert_true(strlen(text) < 120);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stacks)};

    return cmocka_run_group_tests_name("selftest stack", tests, NULL, NULL);
}
