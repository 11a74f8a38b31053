/* SPDX-License-Identifier: MIT */
/* An SPI bus: asks the chip at each chip select for its JEDEC identification, as a flash memory has one. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/spi.h"

#define READ_ID 0x9fu
#define HZ 1000000u
#define BYTES 4u /* the command, and three bytes of an answer */

static struct vwr_spi_shared shared; /* shared with the device */
static struct vwr_spi spi;           /* private; the device must not access it */
static struct vwr_mmio mmio;

static int identify(uint8_t chip)
{
    static uint8_t out[BYTES] = {READ_ID}, in[BYTES];
    struct vwr_spi_transfer_msg m;
    int r;

    vwr_spi_fill(&m, chip, HZ);
    r = vwr_spi_transfer(&spi, &m, out, in, BYTES);
    if (r == VWR_OK)
        say_number("identification", (uint32_t)in[1] << 16 | (uint32_t)in[2] << 8 | in[3]);
    return r == VWR_EIO ? VWR_OK : r; /* there is no chip */
}

int example(void)
{
    static const struct vwr_spi_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_SPI);

    if (r == VWR_OK)
        r = vwr_spi_open(&spi, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    for (unsigned chip = 0; chip < spi.client.info.cs_max_number && r == VWR_OK; chip++)
        r = identify((uint8_t)chip);
    return vwr_close(&spi.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
