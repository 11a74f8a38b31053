/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tool.h"

/*
 * pci dump: the configuration space of each function, in the form that lspci -F reads. pci get|set FUNCTION
 * OFFSET BYTES [VALUE]: a register, as setpci does. pci mask FUNCTION [OFFSET...]: which bits are writable:
 * each register is written with each width, but for the 32 bits at these offsets; others must stay as they
 * are.
 */
enum { COMMAND = 4, SPACE = 256, LINE = 16, WIDTHS = 3 };

#define DEVICES "/sys/bus/pci/devices"

static int space;

static void open_space(const char *function)
{
    char path[300];

    (void)snprintf(path, sizeof(path), DEVICES "/%s/config", function);
    space = open(path, O_RDWR);
    if (space < 0)
        fail(path);
}

static uint32_t get(unsigned offset, unsigned bytes)
{
    uint32_t value = 0;

    if (pread(space, &value, bytes, (off_t)offset) != (ssize_t)bytes)
        fail("read of the configuration space");
    return value;
}

static void set(unsigned offset, unsigned bytes, uint32_t value)
{
    if (pwrite(space, &value, bytes, (off_t)offset) != (ssize_t)bytes)
        fail("write of the configuration space");
}

static int dump(void)
{
    struct dirent **found;
    const int n = scandir(DEVICES, &found, NULL, alphasort);

    for (int i = 0; i < n; i++) {
        if (found[i]->d_name[0] == '.')
            continue;
        open_space(found[i]->d_name);
        printf("%s function\n", found[i]->d_name);
        for (unsigned at = 0; at < SPACE; at += LINE) {
            printf("%02x:", at);
            for (unsigned i = 0; i < LINE; i++)
                printf(" %02x", get(at + i, 1));
            printf("\n");
        }
        printf("\n");
        (void)close(space);
    }
    return n > 2 ? 0 : 1;
}

/* The bits of a register that a write of this width changes. */
static uint32_t writable(unsigned offset, unsigned bytes)
{
    const uint32_t before = get(offset, bytes);
    uint32_t ones, zeros;

    set(offset, bytes, UINT32_MAX);
    ones = get(offset, bytes);
    set(offset, bytes, 0);
    zeros = get(offset, bytes);
    set(offset, bytes, before);
    if ((ones & zeros) != (before & ~(ones ^ zeros)) || get(offset, bytes) != before) {
        printf("guest: FAILED: 0x%02x, %u bytes: %x became %x, %x, %x\n", offset, bytes, before, ones, zeros,
               get(offset, bytes));
        exit(1);
    }
    return ones ^ zeros;
}

static bool is_listed(unsigned offset, int count, char **list)
{
    for (int i = 0; i < count; i++)
        if ((strtoul(list[i], NULL, 0) ^ offset) < sizeof(uint32_t))
            return true;
    return false;
}

static int mask(int count, char **without)
{
    uint8_t bits[WIDTHS][SPACE] = {{0}};
    const uint32_t command = get(COMMAND, 2);

    set(COMMAND, 2, 0); /* its BAR would be where others are */
    for (unsigned width = 0; width < WIDTHS; width++) {
        for (unsigned at = 0; at < SPACE; at += 1u << width) {
            const uint32_t one = is_listed(at, count, without) ? 0 : writable(at, 1u << width);

            memcpy(&bits[width][at], &one, 1u << width);
        }
        if (memcmp(bits[width], bits[0], SPACE) != 0) {
            printf("guest: FAILED: the writable bits depend on the width\n");
            return 1;
        }
    }
    set(COMMAND, 2, command);
    for (unsigned at = 0; at < SPACE; at += LINE) {
        printf("pci mask ");
        for (unsigned i = 0; i < LINE; i++)
            printf("%02x", bits[0][at + i]);
        printf("\n");
    }
    return 0;
}

int pci_main(int argc, char **argv)
{
    if (argc == 1 && strcmp(argv[0], "dump") == 0)
        return dump();
    if (argc < 2)
        return 2;
    open_space(argv[1]);
    if (strcmp(argv[0], "mask") == 0)
        return mask(argc - 2, argv + 2);
    if (argc == 4 && strcmp(argv[0], "get") == 0) {
        printf("pci 0x%x\n", get((unsigned)strtoul(argv[2], NULL, 0), (unsigned)strtoul(argv[3], NULL, 0)));
        return 0;
    }
    if (argc != 5 || strcmp(argv[0], "set") != 0)
        return 2;
    set((unsigned)strtoul(argv[2], NULL, 0), (unsigned)strtoul(argv[3], NULL, 0),
        (uint32_t)strtoul(argv[4], NULL, 0));
    return 0;
}
