/* SPDX-License-Identifier: MIT */
/* An I2C bus: a list of the targets that answer, and the first bytes of an EEPROM at address 0x50. */
#include "board.h"
#include "vwr/gen/ids.h"
#include "vwr/i2c.h"

#define FIRST 0x08u /* the addresses before and after these are reserved */
#define LAST 0x77u
#define EEPROM 0x50u
#define BYTES 16u

static struct vwr_i2c_shared shared; /* shared with the device */
static struct vwr_i2c bus;           /* private; the device must not access it */
static struct vwr_mmio mmio;
static uint8_t bytes[BYTES]; /* in flight during a call */

/* A message of no bytes reaches a target, or nobody. */
static int list(void)
{
    for (uint16_t address = FIRST; address <= LAST; address++) {
        const int r = vwr_i2c_write(&bus, address, NULL, 0);

        if (r == VWR_OK)
            say_number("target", address);
        else if (r != VWR_EIO)
            return r;
    }
    return VWR_OK;
}

/* The number of the first byte, and after a repeated start the bytes. */
static int read_eeprom(void)
{
    bytes[0] = 0;
    return vwr_i2c_write_read(&bus, EEPROM, bytes, 1, bytes, sizeof(bytes));
}

int example(void)
{
    const struct vwr_i2c_options options = {.shared = &shared};
    int r = board_find(&mmio, VWR_ID_I2C_ADAPTER);

    if (r == VWR_OK)
        r = vwr_i2c_open(&bus, &mmio.dev, &options);
    if (r != VWR_OK)
        return r;
    r = list();
    if (r == VWR_OK)
        r = read_eeprom();
    if (r == VWR_OK)
        say_bytes("EEPROM", bytes, sizeof(bytes));
    return vwr_close(&bus.bringup) != VWR_OK ? VWR_ETIMEOUT : r;
}
