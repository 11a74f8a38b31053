/* SPDX-License-Identifier: MIT */
/* Generated from spec/device/spi.yaml by ./vwr generate: do not edit. */
/* VIRTIO 1.4; SPI Controller Device */

/* 1 messages, with the values that tests/pair/ends expects on both sides. */

#include "ends.h"
#include "vwr/client/spi.h"
#include "vwr/service/spi.h"

#include <string.h>

static struct vwr_spi_client client;
static struct vwr_spi_vservice service;

static struct vwr_spi_client_requestq_call call_requestq;

static const uint8_t config[] = {
    0x5, 0x5, 0x5, 0x5, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
    0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0, 0x5, 0x0, 0x0, 0x0,
};

/* ---- transfer ---- */

static const uint8_t out_transfer[] = {
    0x1, 0x28, 0x2f, 0x36, 0x3d, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
};

static const uint8_t back_transfer[] = {
    0x0,
};

static const struct vwr_spi_transfer_msg given_transfer = {
    .chip_select_id = 0x1u,
    .bits_per_word = 0x28u,
    .cs_change = 0x2fu,
    .tx_nbits = 0x36u,
    .rx_nbits = 0x3du,
    .mode = 0x6e676059u,
    .freq = 0x8a837c75u,
    .word_delay_ns = 0xa69f9891u,
    .cs_setup_ns = 0xc2bbb4adu,
    .cs_delay_hold_ns = 0xded7d0c9u,
    .cs_change_delay_inactive_ns = 0xfaf3ece5u,
};

static const uint8_t wrong_transfer_1[] = {
    0x5, 0x28, 0x2f, 0x36, 0x3d, 0x0, 0x0, 0x0, 0x59, 0x60, 0x67, 0x6e, 0x75, 0x7c, 0x83, 0x8a,
    0x91, 0x98, 0x9f, 0xa6, 0xad, 0xb4, 0xbb, 0xc2, 0xc9, 0xd0, 0xd7, 0xde, 0xe5, 0xec, 0xf3, 0xfa,
};

static const struct ends_wrong wrongs_transfer[] = {
    {"beyond_the_last", wrong_transfer_1, 2, 2, true},
};

static int called_transfer(struct vwr_spi_vservice *s, struct vwr_vmessage *x, const struct vwr_spi_transfer_msg *m)
{
    ENDS_SAME(s == &service, true);
    ENDS_SAME(m->chip_select_id, 0x1u);
    ENDS_SAME(m->bits_per_word, 0x28u);
    ENDS_SAME(m->cs_change, 0x2fu);
    ENDS_SAME(m->tx_nbits, 0x36u);
    ENDS_SAME(m->rx_nbits, 0x3du);
    ENDS_SAME(m->mode, 0x6e676059u);
    ENDS_SAME(m->freq, 0x8a837c75u);
    ENDS_SAME(m->word_delay_ns, 0xa69f9891u);
    ENDS_SAME(m->cs_setup_ns, 0xc2bbb4adu);
    ENDS_SAME(m->cs_delay_hold_ns, 0xded7d0c9u);
    ENDS_SAME(m->cs_change_delay_inactive_ns, 0xfaf3ece5u);

    return ends_called(x, "transfer");
}

static void forms_of_transfer(void)
{
    {
        struct vwr_spi_transfer_msg_form form;
        uint8_t want[sizeof(form)];

        memcpy(want, out_transfer, sizeof(want));
        memset(&form, ENDS_POISON, sizeof(form));
        vwr_spi_transfer_msg_encode(&form, false, &given_transfer);
        ENDS_SAME_BYTES(&form, want, sizeof(form));
        struct vwr_spi_transfer_msg values;
        const struct vwr_spi_transfer_msg *const m = &values;

        memcpy(&form, out_transfer, sizeof(form));
        vwr_spi_transfer_msg_decode(&form, false, &values);
    ENDS_SAME(m->chip_select_id, 0x1u);
        ENDS_SAME(m->bits_per_word, 0x28u);
        ENDS_SAME(m->cs_change, 0x2fu);
        ENDS_SAME(m->tx_nbits, 0x36u);
        ENDS_SAME(m->rx_nbits, 0x3du);
        ENDS_SAME(m->mode, 0x6e676059u);
        ENDS_SAME(m->freq, 0x8a837c75u);
        ENDS_SAME(m->word_delay_ns, 0xa69f9891u);
        ENDS_SAME(m->cs_setup_ns, 0xc2bbb4adu);
        ENDS_SAME(m->cs_delay_hold_ns, 0xded7d0c9u);
        ENDS_SAME(m->cs_change_delay_inactive_ns, 0xfaf3ece5u);

    }

}

static int call_of_transfer(enum ends_do what)
{
    struct vwr_spi_client_requestq_call *const call = &call_requestq;
    uint32_t written = 0;
    int r;

    if (what == ENDS_FORMS) {
        forms_of_transfer();
        return VWR_OK;
    }
    if (what == ENDS_SUBMIT)
        return vwr_spi_client_transfer_submit(&client, call, &given_transfer, ends_out(0), 2, ends_in(0), 2);
    if (what == ENDS_DONE) {
        vwr_spi_vservice_transfer_done(ends.kept, ends.ticket, VWR_OK);
        return VWR_OK;
    }
    if (what == ENDS_ANSWER)
        return VWR_OK;
    if (what == ENDS_UNFIT + 0) {
        struct vwr_spi_transfer_msg other = given_transfer;

        other.chip_select_id = 5u;
        return vwr_spi_client_transfer_submit(&client, call, &other, ends_out(0), 2, ends_in(0), 2);
    }
    r = vwr_spi_client_transfer(&client, &given_transfer, ends_out(0), 2, ends_in(0), 2, &written);
    ends_written(r, written);
    return r;
}

static uint16_t index_requestq(const struct vwr_vdev *v, uint16_t n)
{
    (void)v;
    (void)n;
    return (uint16_t)(VWR_SPI_QUEUE_REQUESTQ);
}

static void posted(struct vwr_spi_vservice *s, uint16_t queue)
{
    (void)queue;
    ENDS_SAME(s == &service, true);
    ends_posted();
}

static void hooked(struct vwr_spi_vservice *s)
{
    ENDS_SAME(s == &service, true);
    ends.hooked++;
}

static void hooked_queue(struct vwr_spi_vservice *s, uint16_t queue)
{
    (void)queue;
    hooked(s);
}

static void hooked_config(struct vwr_spi_vservice *s, uint32_t offset, uint32_t bytes)
{
    ENDS_SAME(offset, 1);
    ENDS_SAME(bytes, 2);
    hooked(s);
}

static const struct vwr_spi_vservice_calls no_calls;
static const struct vwr_spi_vservice_calls calls = {
    .transfer = called_transfer,
    .posted = posted,
    .reset = hooked,
    .queue_reset = hooked_queue,
    .suspend = hooked,
    .config_written = hooked_config,
};

static const struct ends_message messages_requestq[] = {
    {
        .name = "transfer",
        .call = call_of_transfer,
        .out = {out_transfer, 32, 0, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .back = {back_transfer, 0, 1, 2, true, 0, 1, 0, NULL, 0, 0, false},
        .sets = UINT64_C(0x1), .home = 0,
        .status_at = 0, .status_bytes = 1, .oks = 1, .ok = {0x0},
        .refuses = true, .refuse = 0x1u, .refuses_beyond = true, .beyond = 0x1u,
        .refuses_unknown = true, .unknown = 0x1u,
        .unfit = {"client_beyond_the_last"},
        .wrong = wrongs_transfer, .wrongs = 1,
    },
};

static const struct ends_queue queues[] = {
    {
        .name = "requestq", .kind = ENDS_REQUEST, .sets = UINT64_C(0x1), .index = index_requestq,
        .message = messages_requestq, .messages = 1, .place = ENDS_BACK, .select_end = 0, .big = false,
        .requests = &client.requestq, .call = &call_requestq.call, .own = &client.requestq_own.call,
    },
};

static const struct ends_set sets[] = {
    {NULL, 0, NULL, 0},
};

static int init_service(const struct vwr_vdev_setup *setup, const struct vwr_features *features,
                        const struct vwr_service_memory *memory, bool empty)
{
    const int r = vwr_spi_vservice_init(&service, setup, features, empty ? &no_calls : &calls, memory, NULL);

    memcpy(&service.config, config, sizeof(config));
    return r;
}

static int open_client(struct vwr_dev *d)
{
    struct vwr_spi_client_options o = {.requests = ends_request_options()};

    memset(&call_requestq, 0, sizeof(call_requestq));
    o.requestq = ends_queue_memory(VWR_CLIENT_SHARED_BYTES(ENDS_QUEUE_SIZE, ENDS_CALLS, VWR_SPI_CLIENT_REQUESTQ_SLOT,
                                   ENDS_SEGMENTS));
    memset(&client, 0, sizeof(client));
    return vwr_spi_client_open(&client, d, &o);
}

static int close_client(void)
{
    return vwr_spi_client_close(&client);
}

static bool has_client(unsigned feature)
{
    return vwr_spi_client_has(&client, feature);
}

static int read_info(void)
{
    return vwr_spi_client_read_info(&client);
}

const struct ends_device ends_device = {
    .name = "spi",
    .id = 45,
    .config = config,
    .config_bytes = sizeof(config),
    .set = sets,
    .sets = 1,
    .queues = 1,
    .queue = queues,
    .ignored = &client.ignored,
    .dev = &service.service.dev,
    .init = init_service,
    .open = open_client,
    .close = close_client,
    .has = has_client,
    .read_info = read_info,
};
