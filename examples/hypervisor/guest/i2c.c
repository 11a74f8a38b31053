/* SPDX-License-Identifier: MIT */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <linux/i2c-dev.h>
#include <linux/i2c.h>

#include "tool.h"

/*
 * i2c detect: prints the addresses on the first bus that answer a message without data. i2c memory: writes
 * all
 * bytes of the memory at 0x50, and reads them. i2c refused: makes transfers that must fail.
 */
enum { FIRST = 0x03, LAST = 0x77, MEMORY = 0x50, NOBODY = 0x51, BYTES = 256, PART = 32 };

static int bus;

static int transfer(struct i2c_msg *messages, unsigned n)
{
    struct i2c_rdwr_ioctl_data data = {.msgs = messages, .nmsgs = n};

    return ioctl(bus, I2C_RDWR, &data);
}

static int detect(void)
{
    for (unsigned address = FIRST; address <= LAST; address++) {
        union i2c_smbus_data none;
        struct i2c_smbus_ioctl_data quick = {
            .read_write = I2C_SMBUS_WRITE, .size = I2C_SMBUS_QUICK, .data = &none};

        if (ioctl(bus, I2C_SLAVE_FORCE, (long)address) != 0)
            fail("I2C_SLAVE");
        if (ioctl(bus, I2C_SMBUS, &quick) == 0)
            printf("i2c 0x%02x answers\n", address);
    }
    printf("i2c %u addresses asked\n", LAST - FIRST + 1);
    return 0;
}

static uint8_t pattern(unsigned at)
{
    return (uint8_t)(at * 7 + (at >> 5));
}

static int memory(void)
{
    uint8_t out[PART + 1], all[BYTES];
    struct i2c_msg write = {.addr = MEMORY, .len = sizeof(out), .buf = out};
    struct i2c_msg read[2] = {{.addr = MEMORY, .len = 1, .buf = out},
                              {.addr = MEMORY, .flags = I2C_M_RD, .len = BYTES, .buf = all}};

    for (unsigned at = 0; at < BYTES; at += PART) {
        out[0] = (uint8_t)at;
        for (unsigned i = 0; i < PART; i++)
            out[1 + i] = pattern(at + i);
        if (transfer(&write, 1) != 1)
            fail("a write");
    }
    out[0] = 0;
    if (transfer(read, 2) != 2)
        fail("a read after a write");
    for (unsigned at = 0; at < BYTES; at++)
        if (all[at] != pattern(at)) {
            printf("guest: FAILED: byte %u is %u\n", at, all[at]);
            return 1;
        }
    printf("i2c %u bytes are right\n", BYTES);
    return 0;
}

static int refused(void)
{
    uint8_t out[2] = {0, 0xee}, in = 0;
    struct i2c_msg nobody = {.addr = NOBODY, .len = 2, .buf = out};
    struct i2c_msg both[2] = {{.addr = NOBODY, .len = 2, .buf = out}, {.addr = MEMORY, .len = 2, .buf = out}};
    struct i2c_msg look[2] = {{.addr = MEMORY, .len = 1, .buf = out},
                              {.addr = MEMORY, .flags = I2C_M_RD, .len = 1, .buf = &in}};

    if (transfer(&nobody, 1) > 0 || transfer(both, 2) > 0) { /* messages that were executed */
        printf("guest: FAILED: nobody has the address 0x%02x\n", NOBODY);
        return 1;
    }
    if (transfer(look, 2) != 2)
        fail("a read after an error");
    if (in != pattern(0)) {
        printf("guest: FAILED: the message after the failing one was executed\n");
        return 1;
    }
    printf("i2c errors are right\n");
    return 0;
}

int i2c_main(int argc, char **argv)
{
    bus = open("/dev/i2c-0", O_RDWR);
    if (bus < 0)
        fail("/dev/i2c-0");
    if (argc == 1 && strcmp(argv[0], "detect") == 0)
        return detect();
    if (argc == 1 && strcmp(argv[0], "memory") == 0)
        return memory();
    if (argc == 1 && strcmp(argv[0], "refused") == 0)
        return refused();
    printf("guest: FAILED: i2c detect|memory|refused\n");
    return 2;
}
