/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/gpio.h>

#include "tool.h"

/*
 * gpio info: prints the lines of the first chip. gpio links: sets the first half of the lines to each
 * pattern; the
 * second half, which is linked to it, must have the same levels, and each change must cause an edge.
 */
enum { LINES = 8, HALF = LINES / 2, PATTERNS = 1 << HALF, WAIT_MS = 10000 };

static int chip;

static int info(void)
{
    struct gpiochip_info about = {0};

    if (ioctl(chip, GPIO_GET_CHIPINFO_IOCTL, &about) != 0)
        fail("the chip");
    printf("gpio %u lines:", about.lines);
    for (unsigned i = 0; i < about.lines; i++) {
        struct gpio_v2_line_info line = {.offset = i};

        if (ioctl(chip, GPIO_V2_GET_LINEINFO_IOCTL, &line) != 0)
            fail("a line");
        printf(" %s", line.name);
    }
    printf("\n");
    return 0;
}

static int request(unsigned first, uint64_t flags)
{
    struct gpio_v2_line_request r = {.consumer = "tool", .config.flags = flags, .num_lines = HALF};

    for (unsigned i = 0; i < HALF; i++)
        r.offsets[i] = first + i;
    if (ioctl(chip, GPIO_V2_GET_LINE_IOCTL, &r) != 0)
        fail("lines");
    return r.fd;
}

static void set(int out, unsigned levels)
{
    struct gpio_v2_line_values v = {.bits = levels, .mask = PATTERNS - 1};

    if (ioctl(out, GPIO_V2_LINE_SET_VALUES_IOCTL, &v) != 0)
        fail("levels of outputs");
}

static unsigned get(int in)
{
    struct gpio_v2_line_values v = {.mask = PATTERNS - 1};

    if (ioctl(in, GPIO_V2_LINE_GET_VALUES_IOCTL, &v) != 0)
        fail("levels of inputs");
    return (unsigned)v.bits;
}

/* The next edges have to be those of the lines that differ. */
static int edges(int in, unsigned before, unsigned now)
{
    unsigned left = before ^ now;

    while (left != 0) {
        struct pollfd wait = {.fd = in, .events = POLLIN};
        struct gpio_v2_line_event e;
        unsigned bit, rises;

        if (poll(&wait, 1, WAIT_MS) != 1 || read(in, &e, sizeof(e)) != (ssize_t)sizeof(e))
            fail("an edge");
        bit = 1u << (e.offset - HALF);
        rises = e.id == GPIO_V2_LINE_EVENT_RISING_EDGE;
        if ((left & bit) == 0 || rises != ((now & bit) != 0)) {
            printf("guest: FAILED: edge %u of line %u\n", e.id, e.offset);
            return 1;
        }
        left &= ~bit;
    }
    return 0;
}

static int links(void)
{
    const int out = request(0, GPIO_V2_LINE_FLAG_OUTPUT);
    const int in = request(HALF, GPIO_V2_LINE_FLAG_INPUT | GPIO_V2_LINE_FLAG_EDGE_RISING |
                                     GPIO_V2_LINE_FLAG_EDGE_FALLING);
    unsigned before = get(in), count = 0;

    for (unsigned i = 1; i < 4 * PATTERNS; i++) {
        const unsigned now = i * 7u % PATTERNS;

        set(out, now);
        if (get(in) != now) {
            printf("guest: FAILED: levels %x after %x\n", get(in), now);
            return 1;
        }
        if (edges(in, before, now) != 0)
            return 1;
        count += (unsigned)__builtin_popcount(before ^ now);
        before = now;
    }
    printf("gpio %u edges are right\n", count);
    return 0;
}

int gpio_main(int argc, char **argv)
{
    chip = open("/dev/gpiochip0", O_RDWR);
    if (chip < 0)
        fail("/dev/gpiochip0");
    if (argc == 1 && strcmp(argv[0], "info") == 0)
        return info();
    if (argc == 1 && strcmp(argv[0], "links") == 0)
        return links();
    printf("guest: FAILED: gpio info|links\n");
    return 2;
}
