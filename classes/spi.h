/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_SPI_H
#define VWR_CLASSES_SPI_H

#include "vwr/base.h"

/*
 * Three chips: a shift register, each byte of which is sent when another one is received; one whose transfers
 * fail; one that supports no delays. A transfer starts at the first byte.
 */

#define SPI_CHIPS 3u
#define SPI_REGISTER 0u
#define SPI_BROKEN 1u
#define SPI_SIMPLE 2u
#define SPI_LONGEST 24u /* of a transfer */

struct spi_model {
    uint8_t byte[256];
    uint8_t executed[2]; /* transfers, low byte first */
};

/* 0: it is done; 1: a parameter is wrong; -1: it has failed. */
static inline int spi_move(void *model, unsigned chip, bool delays, const uint8_t *out, uint8_t *in,
                           uint32_t n)
{
    struct spi_model *const m = (struct spi_model *)model;

    m->executed[1] = (uint8_t)(m->executed[1] + (++m->executed[0] == 0));
    if (chip == SPI_BROKEN)
        return -1;
    if (chip == SPI_SIMPLE && delays)
        return 1;
    for (uint32_t i = 0; i < n; i++) {
        const uint8_t was = m->byte[i % 256];

        if (out != NULL)
            m->byte[i % 256] = out[i];
        if (in != NULL)
            in[i] = was;
    }
    return 0;
}

#endif
