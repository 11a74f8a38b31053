/* SPDX-License-Identifier: MIT */
#include "vwr_posix_spi.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/*
 * spi DEVICE: the chip returns all bytes, in each mode and width, by spidev's calls and by hosted/posix;
 * transfers that the device must refuse end with the error that Linux has for the result.
 */
enum { MOST = 4096, TOO_LONG = MOST + 1 };

static uint8_t out[TOO_LONG], in[TOO_LONG];

static int fail(const char *what, unsigned value)
{
    printf("guest: FAILED: %s %u: %s\n", what, value, strerror(errno));
    exit(1);
}

static void prepare(unsigned seed, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++)
        out[i] = (uint8_t)(i * 7 + (i >> 8) + seed);
    memset(in, 0, bytes);
}

static int transfer(int fd, unsigned bytes, unsigned bits, unsigned word_delay_us)
{
    const struct spi_ioc_transfer x = {.tx_buf = (uintptr_t)out,
                                       .rx_buf = (uintptr_t)in,
                                       .len = bytes,
                                       .bits_per_word = (uint8_t)bits,
                                       .word_delay_usecs = (uint8_t)word_delay_us};

    return ioctl(fd, SPI_IOC_MESSAGE(1), &x);
}

static unsigned modes(int fd)
{
    static const unsigned bits[] = {8, 16, 32};
    unsigned count = 0;

    for (uint32_t mode = 0; mode < 64; mode++) {
        if ((mode & SPI_3WIRE) != 0)
            continue;
        if (ioctl(fd, SPI_IOC_WR_MODE32, &mode) != 0)
            fail("mode", mode);
        for (unsigned i = 0; i < VWR_COUNT(bits); i++) {
            prepare(mode, MOST >> i);
            if (transfer(fd, MOST >> i, bits[i], 0) != MOST >> i || memcmp(in, out, MOST >> i) != 0)
                fail("mode", mode);
            count++;
        }
    }
    return count;
}

static void refused(int fd)
{
    if (transfer(fd, 4, 8, 1) >= 0 || errno != EINVAL)
        fail("PARAM_ERR", 0);
    if (transfer(fd, TOO_LONG, 8, 0) >= 0 || errno != EIO)
        fail("TRANS_ERR", 0);
    prepare(1, 4);
    if (transfer(fd, 4, 8, 0) != 4 || memcmp(in, out, 4) != 0)
        fail("after errors", 0);
}

static void by_posix(const char *path)
{
    static struct vwr_posix_spi s;
    struct vwr_vspi_chip chip = {vwr_posix_spi_transfer, &s};
    struct vwr_vspi_transfer t = {.out = out, .in = in, .bytes = MOST};

    if (vwr_posix_spi_open(&s, path) != 0)
        fail("open", 0);
    if (s.limits.tx_nbits_supported != 7 || s.limits.rx_nbits_supported != 7 ||
        s.limits.mode_func_supported != 0x7f || s.limits.max_freq_hz != 1000000)
        fail("limits", s.limits.mode_func_supported);
    for (unsigned mode = 0; mode < 32; mode++) {
        const uint8_t width = (uint8_t)(1u << mode % 4);

        prepare(mode, MOST);
        t.m = (struct vwr_spi_transfer_msg){.bits_per_word = 8,
                                            .cs_change = 1,
                                            .tx_nbits = width,
                                            .rx_nbits = width,
                                            .mode = mode,
                                            .freq = 1000};
        if (vwr_posix_spi_transfer(&chip, &t) != VWR_OK || memcmp(in, out, MOST) != 0)
            fail("hosted/posix, mode", mode);
    }
    t.m.word_delay_ns = 1;
    if (vwr_posix_spi_transfer(&chip, &t) != VWR_EINVAL)
        fail("hosted/posix, delay", 0);
}

int main(int argc, char **argv)
{
    const int fd = argc == 2 ? open(argv[1], O_RDWR) : -1;
    unsigned count;

    if (fd < 0)
        fail("spi DEVICE", 0);
    count = modes(fd);
    refused(fd);
    by_posix(argv[1]);
    printf("spi %u transfers are right\n", count);
    return 0;
}
