/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_I2C_H
#define VWR_CLASSES_I2C_H

#include "vwr/base.h"

/*
 * A bus with two memories, one of them with an address of 10 bits. The first byte of a write is where the
 * memory writes or reads next.
 */

#define I2C_MEMORY 0x50u
#define I2C_TEN (0x8000u | 0x2a5u)
#define I2C_LONGEST 64u /* of a message */

struct i2c_target {
    uint8_t byte[256];
    uint8_t at;
};

struct i2c_model {
    struct i2c_target target[2];
    uint8_t executed[2]; /* messages, low byte first */
};

static inline int i2c_move(void *model, uint16_t address, uint8_t *data, size_t n, bool read)
{
    struct i2c_model *const m = (struct i2c_model *)model;
    struct i2c_target *const t = &m->target[address == I2C_TEN];

    m->executed[1] = (uint8_t)(m->executed[1] + (++m->executed[0] == 0));
    if (address != I2C_MEMORY && address != I2C_TEN)
        return -1;
    if (!read && n != 0)
        t->at = data[0];
    for (size_t i = read ? 0 : 1; i < n; i++, t->at++)
        if (read)
            data[i] = t->byte[t->at];
        else
            t->byte[t->at] = data[i];
    return 0;
}

#endif
