/* SPDX-License-Identifier: MIT */
#include "ends.h"
#include "spi.h"
#include "vwr/bytes.h"
#include "vwr/vspi.h"

/* A VMM with chips. */

struct bus_vmm {
    struct vwr_vspi v;
    struct vwr_vspi_chip chip[SPI_CHIPS];
    struct vwr_vspi_transfer late; /* the last one that waits */
    uint8_t out[SPI_LONGEST];
};

static int bus_move(struct bench_vmm *vmm, const struct vwr_vspi_transfer *t, const uint8_t *out, uint8_t *in)
{
    const int r = spi_move(vmm->model, t->m.chip_select_id, t->m.cs_setup_ns != 0, out, in, t->bytes);

    return r == 0 ? VWR_OK : r > 0 ? VWR_EINVAL : VWR_EIO;
}

static const char *what_is_wrong(const struct bench_vmm *vmm, const struct vwr_vspi_chip *chip,
                                 const struct vwr_vspi_transfer *t)
{
    const struct bus_vmm *const own = (const struct bus_vmm *)vmm->own;

    if (chip != &own->chip[t->m.chip_select_id])
        return "another chip than that of the transfer";
    if (t->bytes > vmm->data_bytes / 2 || (t->out == NULL && t->in == NULL && t->bytes != 0))
        return "data are not where the VMM has room for them";
    for (uint32_t n = 0; t->in != NULL && n < t->bytes; n++)
        if (t->in[n] != 0)
            return "data of another transfer are left";
    return vmm->wrong;
}

static int bus_transfer(struct vwr_vspi_chip *chip, struct vwr_vspi_transfer *t)
{
    struct bench_vmm *const vmm = chip->context;
    struct bus_vmm *const own = vmm->own;

    vmm->calls++;
    vmm->saw = t->m.chip_select_id;
    vmm->wrong = what_is_wrong(vmm, chip, t);
    switch (vmm->how(vmm)) {
    case BENCH_RIGHT:
        return bus_move(vmm, t, t->out, t->in);
    case BENCH_LATER:
        own->late = *t;
        if (t->out != NULL)
            vwr_copy(own->out, t->out, t->bytes < SPI_LONGEST ? t->bytes : SPI_LONGEST);
        vmm->ticket[vmm->kept++ % BENCH_KEPT] = vwr_vspi_ticket(&own->v);
        return VWR_LATER;
    default:
        return VWR_EIO;
    }
}

/* Limits that are those of the shapes. */
static int bus_init(struct bench_vmm *vmm, const struct vwr_vdev_setup *s)
{
    struct bus_vmm *const own = vmm->own;
    const struct vwr_vspi_options o = {.limits = {.cs_change_supported = 1,
                                                  .tx_nbits_supported = 1,
                                                  .rx_nbits_supported = 2,
                                                  .bits_per_word_mask = 0x8080,
                                                  .mode_func_supported = 0x1f,
                                                  .max_freq_hz = 1000000,
                                                  .max_word_delay_ns = 1,
                                                  .max_cs_setup_ns = 2,
                                                  .max_cs_hold_ns = 3,
                                                  .max_cs_inactive_ns = 4},
                                       .chips = own->chip,
                                       .chip_count = SPI_CHIPS,
                                       .data = vmm->data,
                                       .data_bytes = vmm->data_bytes};

    for (unsigned i = 0; i < SPI_CHIPS; i++)
        own->chip[i] = (struct vwr_vspi_chip){bus_transfer, vmm};
    vmm->dev = vwr_vspi_dev(&own->v);
    return vwr_vspi_init_with(&own->v, s, &o);
}

/* The chip is accessed when the VMM answers; nothing of an answer that comes too late may be seen. */
static void bus_answer(struct bench_vmm *vmm, unsigned number, enum bench_how how)
{
    struct bus_vmm *const own = vmm->own;
    uint8_t bytes[SPI_LONGEST];
    int r = how == BENCH_FAILS ? VWR_EIO : VWR_OK;

    bench_fill(bytes, 0xbb, sizeof(bytes));
    if (r == VWR_OK && number + 1 == vmm->kept)
        r = bus_move(vmm, &own->late, own->late.out != NULL ? own->out : NULL, bytes);
    vwr_vspi_done(&own->v, vmm->ticket[number % BENCH_KEPT], r, how == BENCH_EMPTY ? NULL : bytes);
}

static bool bus_is_void(const struct bench_vmm *vmm)
{
    return ((const struct bus_vmm *)vmm->own)->v.message.is_back;
}

const struct bench_device bench_spi_device = {
    .shapes = &bench_spi_shapes,
    .own_bytes = sizeof(struct bus_vmm),
    .model_bytes = sizeof(struct spi_model),
    .init = bus_init,
    .answer = bus_answer,
    .is_void = bus_is_void,
};
