/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_spi.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/spi/spidev.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Transfers of a guest on a device of the host's spidev. */

#define NS 1000u                       /* of a microsecond */
#define DELAY_MOST ((uint16_t)-1 * NS) /* ns: the field of spidev has 16 bits */
#define WORD_DELAY_MOST ((uint8_t)-1 * NS)

/* Bits of the host's mode, of the specification's mode and of what a configuration supports. */
static const struct bit {
    uint32_t host, guest, supported;
} modes[] = {
    {SPI_CPHA, VWR_SPI_TRANSFER_HEAD_MODE_CPHA_MASK, VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_1_MASK},
    {SPI_CPOL, VWR_SPI_TRANSFER_HEAD_MODE_CPOL_MASK, VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_1_MASK},
    {SPI_CS_HIGH, VWR_SPI_TRANSFER_HEAD_MODE_CS_HIGH_MASK, VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CS_HIGH_MASK},
    {SPI_LSB_FIRST, VWR_SPI_TRANSFER_HEAD_MODE_LSB_FIRST_MASK,
     VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LSB_FIRST_MASK},
    {SPI_LOOP, VWR_SPI_TRANSFER_HEAD_MODE_LOOP_MASK, VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_LOOP_MASK},
};

/* Widths, in lines, of each direction. */
static const struct width {
    uint8_t lines;
    uint32_t tx, rx;
    uint8_t supported;
} widths[] = {
    {VWR_SPI_NBITS_DUAL, SPI_TX_DUAL, SPI_RX_DUAL, VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_DUAL_MASK},
    {VWR_SPI_NBITS_QUAD, SPI_TX_QUAD, SPI_RX_QUAD, VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_QUAD_MASK},
    {VWR_SPI_NBITS_OCTAL, SPI_TX_OCTAL, SPI_RX_OCTAL, VWR_SPI_CONFIG_TX_NBITS_SUPPORTED_OCTAL_MASK},
};

static bool set_mode(struct vwr_posix_spi *s, uint32_t mode)
{
    if (mode != s->mode && ioctl(s->fd, SPI_IOC_WR_MODE32, &mode) != 0)
        return false;
    s->mode = mode;
    return true;
}

/* Tries each mode and width. The host refuses those that its controller does not support. */
static bool find_limits(struct vwr_posix_spi *s)
{
    struct vwr_spi_config_info *const l = &s->limits;
    const uint32_t before = s->mode;

    if (ioctl(s->fd, SPI_IOC_RD_MAX_SPEED_HZ, &l->max_freq_hz) != 0)
        return false;
    l->cs_change_supported = 1;
    l->max_word_delay_ns = WORD_DELAY_MOST;
    l->max_cs_hold_ns = DELAY_MOST;
    l->mode_func_supported =
        VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPHA_0_MASK | VWR_SPI_CONFIG_MODE_FUNC_SUPPORTED_CPOL_0_MASK;
    for (unsigned i = 0; i < VWR_COUNT(modes); i++)
        if (set_mode(s, before ^ modes[i].host))
            l->mode_func_supported |= modes[i].supported;
    for (unsigned i = 0; i < VWR_COUNT(widths); i++) {
        if (set_mode(s, before | widths[i].tx))
            l->tx_nbits_supported |= widths[i].supported;
        if (set_mode(s, before | widths[i].rx))
            l->rx_nbits_supported |= widths[i].supported;
    }
    return set_mode(s, before);
}

int vwr_posix_spi_open(struct vwr_posix_spi *s, const char *path)
{
    int why;

    memset(s, 0, sizeof(*s));
    s->fd = open(path, O_RDWR | O_CLOEXEC);
    if (s->fd < 0)
        return -1;
    if (ioctl(s->fd, SPI_IOC_RD_MODE32, &s->mode) == 0 && find_limits(s))
        return 0;
    why = errno;
    close(s->fd);
    errno = why;
    return -1;
}

/* The mode and the widths of a transfer, in the host's bits. */
static uint32_t host_mode(const struct vwr_spi_transfer_msg *m)
{
    uint32_t mode = 0;

    for (unsigned i = 0; i < VWR_COUNT(modes); i++)
        mode |= (m->mode & modes[i].guest) != 0 ? modes[i].host : 0u;
    for (unsigned i = 0; i < VWR_COUNT(widths); i++) {
        mode |= m->tx_nbits == widths[i].lines ? widths[i].tx : 0u;
        mode |= m->rx_nbits == widths[i].lines ? widths[i].rx : 0u;
    }
    return mode;
}

/* Microseconds, rounded up: a delay is the least that the chip needs. */
static uint32_t us(uint32_t ns)
{
    return ns / NS + (ns % NS != 0);
}

int vwr_posix_spi_transfer(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t)
{
    struct vwr_posix_spi *const s = chip->context;
    const struct vwr_spi_transfer_msg *const m = &t->m;
    struct spi_ioc_transfer x;

    memset(&x, 0, sizeof(x));
    x.tx_buf = (uintptr_t)t->out;
    x.rx_buf = (uintptr_t)t->in;
    x.len = t->bytes;
    x.speed_hz = m->freq;
    x.bits_per_word = m->bits_per_word;
    /* After the last transfer of a message, the host's field keeps the chip selected. */
    x.cs_change = m->cs_change == 0;
    x.tx_nbits = m->tx_nbits;
    x.rx_nbits = m->rx_nbits;
    x.delay_usecs = (uint16_t)us(m->cs_delay_hold_ns);
    x.word_delay_usecs = (uint8_t)us(m->word_delay_ns);
    if (!set_mode(s, host_mode(m)) || ioctl(s->fd, SPI_IOC_MESSAGE(1), &x) < 0)
        return errno == EINVAL ? VWR_EINVAL : VWR_EIO;
    return VWR_OK;
}
