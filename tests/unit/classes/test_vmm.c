/* SPDX-License-Identifier: MIT */
#include "guest_console.h"
#include "vmm.h"
#include "vwr/gen/mmio.h"
#include "vwr/mmio.h"
#include "watch.h"
#include "cmocka_all.h"

#include <stdlib.h>
#include <string.h>

/* examples/vmm: input and output of a guest through a UART that accepts 16 bytes and returns 5. */

#define UART_ROOM 16u
#define UART_GIVES 5u
#define STREAM 3000u

static uint8_t *ram;
static uint8_t window[VWR_MMIO_SIZE];
static bool line;
static unsigned reports;
static struct {
    uint8_t out[STREAM];
    uint32_t outs;
    uint32_t room;
    const uint8_t *in;
    uint32_t ins;
} uart;

void hv_interrupt(uint32_t number, bool level)
{
    assert_int_equal(number, VMM_LINE);
    line = level;
}

uint32_t hv_uart_put(const uint8_t *bytes, uint32_t n)
{
    const uint32_t put = n < uart.room ? n : uart.room;

    assert_true(uart.outs + put <= STREAM);
    memcpy(uart.out + uart.outs, bytes, put);
    uart.outs += put;
    uart.room -= put;
    return put;
}

uint32_t hv_uart_get(uint8_t *bytes, uint32_t n)
{
    uint32_t got = n < uart.ins ? n : uart.ins;

    if (got > UART_GIVES)
        got = UART_GIVES;
    memcpy(bytes, uart.in, got);
    uart.in += got;
    uart.ins -= got;
    return got;
}

void hv_report(const char *text)
{
    print_message("%s\n", text);
    reports++;
}

static uint64_t address(const volatile void *reg)
{
    return VMM_DEVICES + ((uintptr_t)reg - (uintptr_t)window);
}

static uint32_t turned(unsigned bytes, uint32_t v)
{
    return bytes == 4 ? vwr_le32_to_cpu(v) : bytes == 2 ? vwr_le16_to_cpu((uint16_t)v) : v;
}

uint32_t vwr_host_read(const volatile void *reg, unsigned bytes)
{
    uint64_t value = 0;

    assert_true(watch_abort(address(reg), bytes, false, &value));
    return turned(bytes, (uint32_t)value);
}

void vwr_host_write(volatile void *reg, unsigned bytes, uint32_t value)
{
    uint64_t v = turned(bytes, value);

    assert_true(watch_abort(address(reg), bytes, true, &v));
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return VMM_RAM + ((uintptr_t)p - (uintptr_t)ram);
}

uint64_t vwr_host_time_us(void)
{
    static uint64_t us;

    return ++us;
}

static void console_both_ways(void **state)
{
    static struct guest_console g;
    static struct vwr_mmio mmio;
    static uint8_t sent[STREAM], got[STREAM];
    uint32_t written = 0, read = 0;
    uint64_t value = 7;

    (void)state;
    for (unsigned i = 0; i < STREAM; i++)
        sent[i] = (uint8_t)(i * 7u + i / 256u);
    uart.in = sent;
    uart.ins = STREAM;
    uart.room = UART_ROOM;
    watch_uart_interrupt(); /* input before the guest has a driver */
    assert_false(watch_abort(VMM_RAM, 4, false, &value));
    assert_int_equal(value, 7);
    assert_int_equal(vwr_mmio_probe(&mmio, window, sizeof(window)), VWR_OK);
    assert_int_equal(guest_console_open(&g, &mmio.dev, (void *)ram, NULL), VWR_OK);
    for (unsigned i = 0; read < STREAM || uart.outs < STREAM; i++) {
        assert_true(i < STREAM);
        written +=
            guest_console_write(&g, 0, sent + written, STREAM - written < 100 ? STREAM - written : 100);
        uart.room = UART_ROOM;
        watch_uart_interrupt();
        if (line)
            assert_int_not_equal(vwr_dev_irq(&mmio.dev), 0);
        assert_false(line);
        assert_int_equal(guest_console_work(&g), VWR_OK);
        read += guest_console_read(&g, 0, got + read, STREAM - read);
    }
    assert_memory_equal(uart.out, sent, STREAM);
    assert_memory_equal(got, sent, STREAM);
    assert_int_equal(reports, 0);
    assert_true(watch_buffers() > STREAM / 64);
    vmm_guest_reset();
    assert_int_equal(vwr_dev_check(&mmio.dev), VWR_EPROTO); /* the device has reset itself */
    watch_start(ram, sizeof(struct guest_console_memory));
    assert_true(watch_abort(VMM_DEVICES + VWR_MMIO_QUEUE_NOTIFY, 4, true, &value)); /* no driver is ready */
    assert_true(reports > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(console_both_ways)};
    const size_t bytes = sizeof(struct guest_console_memory);
    int failed;

    ram = aligned_alloc(VWR_QUEUE_SHARED_ALIGN, bytes);
    assert_non_null(ram);
    memset(ram, 0, bytes);
    assert_true(vmm_start(ram, bytes));
    watch_start(ram, bytes);
    failed = cmocka_run_group_tests_name("vmm", tests, NULL, NULL);
    free(ram);
    return failed;
}
