/* SPDX-License-Identifier: MIT */
#include "drivers.h"

#include "vwr/scsi.h"

#include <string.h>

/* A SCSI host: a disk, any command, requests in flight, task management, events. */

#define FLIGHT 4u
#define DATA 3000u
#define HEAD 51u
#define BLOCKS 64u
#define UNIT VWR_SCSI_UNIT(1, 2)

static struct {
    struct vwr_scsi *s;
    struct vwr_scsi_disk disk;
    struct vwr_scsi_request request[FLIGHT];
    bool out[FLIGHT];
    uint8_t *data;
} host;

static struct vwr_bringup *recovery(void)
{
    return &host.s->bringup;
}

static void put(uint8_t *at, bool big, uint32_t number)
{
    for (unsigned i = 0; i < 4; i++)
        at[big ? 3 - i : i] = (uint8_t)(number >> 8 * i);
}

static void configure(uint8_t *config, bool legacy)
{
    const bool big = vwr_guest_is_big(legacy);

    put(config + VWR_SCSI_CONFIG_NUM_QUEUES, big, 1);
    put(config + VWR_SCSI_CONFIG_SEG_MAX, big, 100);
    put(config + VWR_SCSI_CONFIG_CMD_PER_LUN, big, 128);
    put(config + VWR_SCSI_CONFIG_SENSE_SIZE, big, VWR_SCSI_SENSE_DEFAULT_SIZE);
    put(config + VWR_SCSI_CONFIG_CDB_SIZE, big, VWR_SCSI_CDB_DEFAULT_SIZE);
}

static bool receives(unsigned queue)
{
    return queue == VWR_SCSI_QUEUE_EVENTQ;
}

/* ---- the device ---- */

/* All data for which the driver has space, up to a block; most bytes are 0. */
static uint32_t answer(unsigned queue, const uint8_t *out, uint32_t n, uint8_t *in)
{
    const uint8_t *const cdb = out + 19;
    uint8_t *const data = in + 12 + VWR_SCSI_SENSE_DEFAULT_SIZE;

    if (queue == VWR_SCSI_QUEUE_CONTROLQ)
        return out[0] == 0 ? 1 : 5;
    if (n < HEAD)
        return 0;
    if (cdb[0] == VWR_T10_SERVICE_ACTION_IN_16) {
        vwr_t10_put(data, BLOCKS - 1, 8);
        vwr_t10_put(data + 8, 512, 4);
        data[14] = 0x80;
    } else if (cdb[0] == VWR_T10_READ_CAPACITY_10) {
        vwr_t10_put(data, BLOCKS - 1, 4);
        vwr_t10_put(data + 4, 512, 4);
    } else if (cdb[0] == VWR_T10_REPORT_LUNS) {
        vwr_t10_put(data, 24, 4);
    }
    return DRIVERS_ANSWER;
}

/* ---- calls ---- */

static int open_it(struct vwr_dev *d, const struct vwr_features *avoid)
{
    struct vwr_scsi_options o = {.avoid = *avoid, .request = {.timeout_us = 2000, .spin = 10}};

    host.s = drivers_anew(host.s, sizeof(*host.s));
    memset(host.request, 0, sizeof(host.request));
    memset(host.out, 0, sizeof(host.out));
    memset(&host.disk, 0, sizeof(host.disk));
    host.disk.scsi = host.s;
    o.shared = drivers_share(sizeof(*o.shared));
    host.data = drivers_share(DATA);
    return vwr_scsi_open(host.s, d, &o);
}

static void submit(unsigned i)
{
    struct vwr_scsi_request *const x = &host.request[i];
    uint8_t cdb[VWR_T10_CDB];
    int r;

    if (host.out[i])
        return;
    if (i < 2) {
        r = i == 0 ? vwr_scsi_fill_read(x, &host.disk, input_u8(drivers_in), host.data, 2 * 512)
                   : vwr_scsi_fill_write(x, &host.disk, input_u8(drivers_in), host.data, 2 * 512);
    } else {
        vwr_t10_plain(cdb, input_u8(drivers_in), 100);
        r = vwr_scsi_fill(x, UNIT, cdb, sizeof(cdb));
        if (r == VWR_OK)
            vwr_scsi_add_out(x, host.data, 100);
        if (r == VWR_OK && i == 3)
            vwr_scsi_add_in(x, host.data + 100, 100);
    }
    if (r == VWR_OK)
        r = vwr_scsi_submit(vwr_scsi_get_requestq(host.s, 0), x);
    MUST(r <= VWR_OK);
    host.out[i] = r == VWR_OK;
}

static void reap(void)
{
    struct vwr_scsi_request *done[FLIGHT];
    int n;

    (void)vwr_scsi_kick(vwr_scsi_get_requestq(host.s, 0));
    n = vwr_scsi_reap(vwr_scsi_get_requestq(host.s, 0), done, FLIGHT);
    MUST(n <= (int)FLIGHT);
    for (int i = 0; i < n; i++) {
        const size_t k = (size_t)(done[i] - host.request);

        MUST(k < FLIGHT && host.out[k] && !vwr_req_is_in_flight(&done[i]->call.req));
        MUST(done[i]->count <= done[i]->data_bytes && done[i]->sense_bytes <= VWR_SCSI_SENSE_DEFAULT_SIZE);
        drivers_see((int)vwr_scsi_sense(done[i]));
        host.out[k] = false;
    }
}

static void ask(uint8_t which)
{
    char text[200];
    int n;

    switch (which % 4) {
    case 0:
        n = vwr_scsi_report_luns(host.s, which, host.data, 64);
        MUST(n <= 7);
        for (int i = 0; i < n; i++)
            drivers_see((int)vwr_t10_report_lun(host.data, (unsigned)i));
        return;
    case 1:
        MUST(vwr_scsi_inquiry(host.s, UNIT, which, host.data, 100) <= 100);
        return;
    case 2:
        MUST(vwr_scsi_request_sense(host.s, UNIT, host.data, 18) <= 18);
        return;
    default:
        (void)vwr_scsi_explain(host.s, text, sizeof(text));
        drivers_touch(text, strlen(text));
    }
}

static void move(uint8_t which)
{
    const uint64_t block = input_u8(drivers_in);

    if (which < 0x40)
        MUST(vwr_scsi_disk_read(&host.disk, block, host.data, 3 * 512) <= VWR_OK);
    else if (which < 0x80)
        MUST(vwr_scsi_disk_write(&host.disk, block, host.data, 3 * 512) <= VWR_OK);
    else if (which < 0xc0)
        MUST(vwr_scsi_disk_unmap(&host.disk, block, 3) <= VWR_OK);
    else
        MUST(vwr_scsi_disk_flush(&host.disk) <= VWR_OK);
}

static void control(uint8_t which)
{
    if (which < 0x80)
        MUST(vwr_scsi_manage(host.s, which / 8, UNIT, 1) <= 1);
    else if (which < 0xc0)
        MUST(vwr_scsi_query_events(host.s, UNIT, which) <= which);
    else
        MUST(vwr_scsi_subscribe(host.s, which / 8 % 8, which) <= which);
}

static void call(uint8_t which)
{
    struct vwr_scsi_notice notice;

    switch (which % 8) {
    case 0:
        if (vwr_scsi_disk_open(&host.disk, host.s, UNIT) == VWR_OK)
            MUST(host.disk.block_bytes >= 512 && host.disk.blocks != 0);
        return;
    case 1:
        move(which);
        return;
    case 2:
        ask(which / 8);
        return;
    case 3:
        submit(which / 8 % FLIGHT);
        return;
    case 4:
        control(which);
        return;
    case 5:
        MUST(vwr_scsi_poll(host.s, &notice) <= 1);
        return;
    default:
        reap();
    }
}

static int close_it(void)
{
    return vwr_close(&host.s->bringup);
}

static void closed(void)
{
    for (unsigned k = 0; k < FLIGHT; k++)
        MUST(!vwr_req_is_in_flight(&host.request[k].call.req));
}

static void works(void)
{
    MUST(vwr_scsi_disk_open(&host.disk, host.s, UNIT) == VWR_OK);
    MUST(host.disk.blocks == BLOCKS && host.disk.unmaps);
    MUST(vwr_scsi_disk_read(&host.disk, 1, host.data, 3 * 512) == VWR_OK);
    MUST(vwr_scsi_manage(host.s, VWR_SCSI_T_TMF_LOGICAL_UNIT_RESET, UNIT, 0) == 0);
}

const struct driver_row driver_scsi = {
    .id = VWR_SCSI_ID,
    .features = {{VWR_SCSI_FEATURES_W0, VWR_SCSI_FEATURES_W1, VWR_SCSI_FEATURES_W2, VWR_SCSI_FEATURES_W3}},
    .fields = vwr_scsi_config_fields,
    .field_count = VWR_SCSI_CONFIG_FIELD_COUNT,
    .steps = &vwr_scsi_bringup,
    .bringup = recovery,
    .configure = configure,
    .receives = receives,
    .answer = answer,
    .open = open_it,
    .call = call,
    .close = close_it,
    .closed = closed,
    .works = works,
};
