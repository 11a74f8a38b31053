/* SPDX-License-Identifier: MIT */
#include "vwr/spi.h"

/* SPI controller device: transfers with messages of the generated client. Section: SPI Controller Device. */

int vwr_spi_transfer(struct vwr_spi *s, const struct vwr_spi_transfer_msg *m, const void *out, void *in,
                     size_t bytes)
{
    struct vwr_clientq *const q = &s->client.requestq;
    const struct vwr_client_call *const call = &s->client.requestq_own.call;
    const size_t tx = out != NULL ? bytes : 0, rx = in != NULL ? bytes : 0;
    uint32_t written = 0;
    int r;

    if (s->bringup.dev == NULL)
        return VWR_EFAILED;
    if (!vwr_spi_check(&s->client.info, m, tx, rx))
        return VWR_EINVAL;
    r = vwr_spi_client_transfer(&s->client, m, out, tx, in, rx, &written);
    if (r == VWR_EIO)
        return vwr_spi_client_requestq_status(&s->client) == VWR_SPI_PARAM_ERR ? VWR_EUNSUPP : r;
    if (r == VWR_OK && written < rx)
        return vwr_request_note(&q->requests, VWR_FAULT_REQUEST_STATUS, call->row->type, call->status);
    return r;
}

/* ---- opening, recovery and closing ---- */

static const struct vwr_request_class spi_class = {
    VWR_CLIENT_CLASS(VWR_SPI_CLIENT_REQUESTQ_SLOT),
    .timeout = VWR_FAULT_REQUEST_TIMEOUT,
};

static int spi_set_up(struct vwr_bringup *v, unsigned n)
{
    struct vwr_spi *const s = (void *)v;
    struct vwr_spi_shared *const shared = s->options.shared;
    const struct vwr_queue_memory m = {shared->queue, sizeof(shared->queue), s->own, sizeof(s->own),
                                       VWR_SPI_QUEUE};

    (void)n;
    return vwr_client_setup(&s->client.requestq, v, VWR_SPI_QUEUE_REQUESTQ, &spi_class, &m,
                            &s->options.request);
}

const struct vwr_bringup_class vwr_spi_bringup = {
    VWR_BRINGUP_CLASS(VWR_SPI_ID, vwr_spi, client.info),
    .read = vwr_spi_config_read,
    .set_up = spi_set_up,
    .needs = vwr_spi_config_needs,
};

int vwr_spi_open(struct vwr_spi *s, struct vwr_dev *d, const struct vwr_spi_options *options)
{
    const int r = vwr_bringup_begin(&s->bringup, &vwr_spi_bringup, d);

    if (r != VWR_OK)
        return r;
    vwr_copy(&s->options, options, sizeof(*options));
    s->options.request.requests = VWR_SPI_REQUESTS;
    s->options.request.segments = VWR_REQUEST_SEGMENTS;
    s->options.request.replay = false; /* a chip may already have received it */
    s->client.bringup.avoid = &s->options.avoid;
    return vwr_bringup_open(&s->bringup);
}
