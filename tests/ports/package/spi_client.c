/* SPDX-License-Identifier: MIT */
#if __has_include("vwr.h") /* the file pair of ./vwr embed */
#include "vwr.h"
#else
#include "vwr/client/spi.h"
#include "vwr/mmio.h"
#endif

#include <stdio.h>

static _Alignas(
    VWR_QUEUE_SHARED_ALIGN) uint8_t shared[VWR_CLIENT_SHARED_BYTES(16, 1, VWR_SPI_CLIENT_REQUESTQ_SLOT, 1)];
static _Alignas(8) uint8_t own[VWR_REQUEST_OWN_BYTES(16, 1)];
static struct vwr_mmio mmio;
static struct vwr_spi_client spi;

static int open_spi(volatile void *registers)
{
    const struct vwr_spi_client_options options = {
        .requests = {.requests = 1},
        .requestq = {shared, sizeof(shared), own, sizeof(own), 16},
    };
    const int r = vwr_mmio_probe(&mmio, registers, VWR_MMIO_SIZE);

    return r == VWR_OK ? vwr_spi_client_open(&spi, &mmio.dev, &options) : r;
}

/*
 * Transfers one register of the chip that is selected by line 0. The register's number is sent while its
 * value is received.
 */
static int exchange(const uint8_t *out, uint8_t *in, size_t bytes)
{
    const struct vwr_spi_transfer_msg m = {.chip_select_id = 0, .bits_per_word = 8, .freq = 1000000};
    uint32_t received;

    return vwr_spi_client_transfer(&spi, &m, out, bytes, in, bytes, &received);
}

/* If all registers are zero, there is no device. */
int main(void)
{
    static uint32_t registers[VWR_MMIO_SIZE / sizeof(uint32_t)];
    const uint8_t out[] = {0x80, 0};
    uint8_t in[sizeof(out)];
    int r = open_spi(registers);

    if (r == VWR_OK)
        r = exchange(out, in, sizeof(out));
    printf("client: %d chips, %s\n", (int)spi.info.cs_max_number, r == VWR_EMAGIC ? "no device" : "?");
    return r == VWR_EMAGIC ? 0 : 1;
}
