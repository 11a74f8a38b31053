/* SPDX-License-Identifier: MIT */
#include <stdarg.h>

#include "hyp.h"

/* Registers of Arm's PL011. */
#define DATA 0x00u
#define FLAGS 0x18u
#define LINE_CONTROL 0x2cu
#define CONTROL 0x30u
#define INTERRUPT_MASK 0x38u
#define INTERRUPT_CLEAR 0x44u

#define FLAG_RECEIVE_EMPTY 0x10u
#define FLAG_TRANSMIT_FULL 0x20u
#define LINE_8_BITS 0x60u /* no FIFO: one interrupt per character */
#define CONTROL_ENABLE 0x301u
#define INTERRUPT_RECEIVE 0x50u /* a character, or a timeout with characters in the FIFO */

#define POLLS_MAX 1000000u
#define RING 16384u      /* bytes; a power of 2 */
#define OURS 8192u       /* reserved for the hypervisor */
#define SEND_AT_ONCE 64u /* between two polls of interrupts */

/*
 * Output is written to a ring with hyp_lock held, and sent from there to the UART without the lock, because
 * the UART
 * is slow, and CPUs that wait for the lock would have to wait for the UART.
 */
static char ring[RING];
static uint32_t first;   /* the next byte to send, modulo 2^32 */
static uint32_t end;     /* after the last byte */
static uint32_t sending; /* a CPU is sending */
static uint64_t lost;    /* dropped for lack of space */
static bool direct = true;

void uart_start(void)
{
    write_word(BOARD_UART + CONTROL, 0);
    write_word(BOARD_UART + LINE_CONTROL, LINE_8_BITS);
    write_word(BOARD_UART + INTERRUPT_MASK, INTERRUPT_RECEIVE);
    write_word(BOARD_UART + CONTROL, CONTROL_ENABLE);
}

static bool is_full(void)
{
    return (read_word(BOARD_UART + FLAGS) & FLAG_TRANSMIT_FULL) != 0;
}

static void put_now(char c)
{
    for (unsigned i = 0; i < POLLS_MAX && is_full(); i++)
        ;
    write_word(BOARD_UART + DATA, (uint8_t)c);
}

void uart_put(char c)
{
    if (direct) {
        put_now(c);
    } else if (end - first == RING) {
        lost++;
    } else {
        ring[end % RING] = c;
        __atomic_store_n(&end, end + 1u, __ATOMIC_RELEASE);
        guest_here()->printed = end;
        guest_here()->to_do |= TO_DO_PRINTED;
    }
}

void uart_later(void)
{
    direct = false;
}

/* Sends everything before power off. Another CPU that is sending has at most SEND_AT_ONCE left. */
void uart_flush(void)
{
    for (unsigned i = 0; i < POLLS_MAX && __atomic_exchange_n(&sending, 1u, __ATOMIC_ACQUIRE) != 0; i++)
        ;
    for (; first != end; first++)
        put_now(ring[first % RING]);
    direct = true;
}

uint32_t uart_room(void)
{
    const uint32_t used = end - first;

    return used < RING - OURS ? RING - OURS - used : 0;
}

uint64_t uart_lost(void)
{
    return lost;
}

bool uart_has(uint32_t until)
{
    return (int32_t)(until - __atomic_load_n(&first, __ATOMIC_RELAXED)) > 0;
}

bool uart_send(void)
{
    uint32_t at;

    if (__atomic_load_n(&first, __ATOMIC_RELAXED) == __atomic_load_n(&end, __ATOMIC_RELAXED) ||
        __atomic_exchange_n(&sending, 1u, __ATOMIC_ACQUIRE) != 0)
        return false;
    at = first;
    for (unsigned i = 0; i < SEND_AT_ONCE && at != __atomic_load_n(&end, __ATOMIC_ACQUIRE) && !is_full();
         i++) {
        write_word(BOARD_UART + DATA, (uint8_t)ring[at % RING]);
        __atomic_store_n(&first, ++at, __ATOMIC_RELEASE);
    }
    __atomic_store_n(&sending, 0u, __ATOMIC_RELEASE);
    return at != __atomic_load_n(&end, __ATOMIC_RELAXED);
}

int uart_get(void)
{
    write_word(BOARD_UART + INTERRUPT_CLEAR, INTERRUPT_RECEIVE);
    if ((read_word(BOARD_UART + FLAGS) & FLAG_RECEIVE_EMPTY) != 0)
        return -1;
    return (int)(read_word(BOARD_UART + DATA) & 0xffu);
}

static void put_char(char c)
{
    if (c == '\n')
        uart_put('\r');
    uart_put(c);
}

static void put_text(const char *text)
{
    for (; *text != '\0'; text++)
        put_char(*text);
}

static void put_number(uint64_t v, unsigned base, unsigned width)
{
    char digits[21];
    char *p = &digits[sizeof(digits) - 1];

    *p = '\0';
    do {
        *--p = "0123456789abcdef"[v % base];
        v /= base;
    } while (p > digits && (v != 0 || &digits[sizeof(digits) - 1] - p < (int)width));
    put_text(p);
}

void print(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    for (const char *p = format; *p != '\0'; p++) {
        unsigned width = 0;
        unsigned longs = 0;
        uint64_t v;

        if (*p != '%') {
            put_char(*p);
            continue;
        }
        for (p++; *p >= '0' && *p <= '9'; p++)
            width = width * 10u + (unsigned)(*p - '0');
        for (; *p == 'l'; p++)
            longs++;
        if (*p == 's') {
            put_text(va_arg(arguments, const char *));
        } else {
            v = longs != 0 ? va_arg(arguments, unsigned long long) : va_arg(arguments, unsigned);
            if (*p == 'c')
                uart_put((char)v);
            else
                put_number(v, *p == 'x' ? 16 : 10, width);
        }
    }
    va_end(arguments);
}
