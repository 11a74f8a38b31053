/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "spi.h"
#include "vwr/spi.h"

/* A user of an SPI controller. */

#define HEADER 32u /* bytes of a request before its data */

static struct vwr_spi *s;
static uint8_t *out, *in; /* for data; behind them */

static int bus_open(const struct bench_memory *m, struct vwr_dev *d, const struct vwr_features *avoid,
                    uint32_t timeout_us)
{
    struct vwr_spi_options o;

    vwr_zero(&o, sizeof(o));
    s = (struct vwr_spi *)m->own;
    out = (uint8_t *)m->data;
    in = out + 2 * SPI_LONGEST;
    o.shared = (struct vwr_spi_shared *)m->shared;
    o.avoid = *avoid;
    o.request.timeout_us = timeout_us;
    return vwr_spi_open(s, d, &o);
}

static uint32_t number(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static int bus_act(unsigned first, unsigned count, unsigned *done)
{
    const struct bench_shape *const shape = &bench_spi_shapes.shape[first];
    const uint8_t *const h = shape->out.at;
    const struct vwr_spi_transfer_msg m = {h[0],           h[1],           h[2],           h[3],
                                           h[4],           number(h + 8),  number(h + 12), number(h + 16),
                                           number(h + 20), number(h + 24), number(h + 28)};
    const uint32_t tx = shape->out.n - HEADER, rx = shape->in.n - 1;
    int r;

    (void)count;
    bench_fill(in, 0xee, SPI_LONGEST);
    vwr_copy(out, h + HEADER, tx);
    r = vwr_spi_transfer(s, &m, tx != 0 ? out : NULL, rx != 0 ? in : NULL, tx != 0 ? tx : rx);
    *done = r == VWR_OK;
    return r == VWR_OK && (!bench_equal(in, shape->in.at, rx) || in[rx] != 0xee) ? BENCH_WRONG : r;
}

/* What no configuration allows. */
static bool bus_refuses(unsigned number)
{
    struct vwr_spi_transfer_msg m;
    int r;

    vwr_spi_fill(&m, number == 0 ? s->client.info.cs_max_number : 0, 1);
    m.bits_per_word = number == 1 ? 0 : number == 2 ? 33 : m.bits_per_word;
    m.cs_change = number == 3 ? 2 : 0;
    m.tx_nbits = number == 4 ? 3 : 1;
    m.rx_nbits = number == 5 ? 16 : 1;
    m.mode = number == 6 ? 0x20 : 0;
    r = vwr_spi_transfer(s, &m, out, in, 1);
    return r == VWR_EINVAL || (r == VWR_EFAILED && s->bringup.dev == NULL);
}

/* Sometimes more than the VMM takes, a broken chip, or delays. */
static const char *bus_call(uint32_t (*below)(uint32_t), void *model, uint32_t most)
{
    const uint32_t bytes = 1 + below(SPI_LONGEST), form = below(3);
    const bool delays = below(3) == 0, fits = bytes <= most / 2;
    const unsigned who = below(12);
    uint8_t wanted[SPI_LONGEST];
    struct vwr_spi_transfer_msg m;
    int r, expected;

    vwr_spi_fill(&m, who < 10 ? SPI_REGISTER : (uint8_t)(who - 9), 1 + below(1000000));
    m.mode = below(8);
    m.cs_change = (uint8_t)below(2);
    m.cs_setup_ns = delays ? 2 : 0;
    for (uint32_t i = 0; i < bytes; i++)
        out[i] = (uint8_t)(31 * i + bytes + who + form);
    bench_fill(in, 0xee, SPI_LONGEST + 1);
    expected = !fits || model == NULL ? -1
                                      : spi_move(model, m.chip_select_id, delays, form != 1 ? out : NULL,
                                                 form != 0 ? wanted : NULL, bytes);
    r = vwr_spi_transfer(s, &m, form != 1 ? out : NULL, form != 0 ? in : NULL, bytes);
    if (r > VWR_OK || in[form != 0 ? bytes : 0] != 0xee)
        return "more bytes than there are";
    if (model == NULL)
        return NULL;
    if (r != (expected == 0 ? VWR_OK : expected > 0 ? VWR_EUNSUPP : VWR_EIO))
        return "another result than the chip's";
    return r != VWR_OK || form == 0 || bench_equal(in, wanted, bytes) ? NULL : "other bytes than the chip's";
}

static bool bus_is_idle(void)
{
    return !vwr_req_is_in_flight(&s->client.requestq_own.call.req);
}

static size_t bus_explain(char *text, size_t bytes)
{
    return vwr_spi_explain(s, text, bytes);
}

const struct bench_driver bench_spi_driver = {
    .shapes = &bench_spi_shapes,
    .steps = &vwr_spi_bringup,
    .shared_bytes = sizeof(struct vwr_spi_shared),
    .data_bytes = 4 * SPI_LONGEST,
    .model_bytes = sizeof(struct spi_model),
    .calls = 100,
    .open = bus_open,
    .act = bus_act,
    .refuses = bus_refuses,
    .refusals = 7,
    .call = bus_call,
    .is_idle = bus_is_idle,
    .explain = bus_explain,
};
