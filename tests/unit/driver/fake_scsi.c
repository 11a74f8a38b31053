/* SPDX-License-Identifier: MIT */
#include "fake_scsi.h"
#include "classes.h"
#include "vwr/t10.h"

#include "../../../classes/shapes.h"

#include <string.h>

struct fake_scsi fake_scsi;

static struct fake_chain chain;
static uint8_t out[FAKE_SCSI_HEAD + 40000u];
static uint8_t in[FAKE_SCSI_ANSWER + 40000u];
static uint32_t data; /* bytes of the answer behind the sense data */
static bool big;      /* the guest's byte order */

/* Lengths of the numbers of messages (bench_copy). */
static const uint8_t task_numbers[] = {4, 4, 1, 1, 1, 1, 1, 1, 1, 1, 8, 0};
static const uint8_t event_numbers[] = {4, 1, 1, 1, 1, 1, 1, 1, 1, 4, 0};

static void put(uint8_t *at, uint64_t number, unsigned bytes)
{
    for (unsigned i = 0; i < bytes; i++, number >>= 8)
        at[big ? bytes - 1 - i : i] = (uint8_t)number;
}

static void check(uint8_t key, uint8_t asc)
{
    static const uint8_t sense_bytes = 18;
    uint8_t *const sense = in + 12;

    put(in, sense_bytes, 4);
    in[10] = VWR_T10_CHECK_CONDITION;
    sense[0] = 0x70;
    sense[2] = key;
    sense[7] = 10;
    sense[12] = asc;
}

static void put_capacity(unsigned word)
{
    uint8_t *const at = in + FAKE_SCSI_ANSWER;

    vwr_t10_put(at, word == 4 && fake_scsi.last_block >> 32 != 0 ? UINT32_MAX : fake_scsi.last_block, word);
    vwr_t10_put(at + word, fake_scsi.block_bytes, 4);
    data = word == 8 ? 32 : 8;
    if (word == 8)
        at[14] = fake_scsi.unmaps;
}

static void move(bool wide, bool writes)
{
    const uint8_t *const cdb = out + 19;
    const uint64_t block = vwr_t10_get(cdb + 2, wide ? 8 : 4);
    const uint64_t count = vwr_t10_get(cdb + (wide ? 10 : 7), wide ? 4 : 2);

    if (block + count > FAKE_SCSI_BLOCKS) {
        check(VWR_T10_ILLEGAL_REQUEST, 0x21);
        return;
    }
    if (writes)
        memcpy(fake_scsi.disk + block * 512, out + FAKE_SCSI_HEAD, count * 512);
    else
        memcpy(in + FAKE_SCSI_ANSWER, fake_scsi.disk + block * 512, count * 512);
    data = (uint32_t)count * 512;
}

static void execute(const uint8_t *cdb)
{
    static const uint8_t luns[] = {0, 0, 0, 24, 0, 0, 0, 0, 0, 0, 0, 0,    0,
                                   0, 0, 0, 0,  3, 0, 0, 0, 0, 0, 0, 0x41, 0x2c};

    switch (cdb[0]) {
    case VWR_T10_READ_CAPACITY_10:
        put_capacity(4);
        break;
    case VWR_T10_SERVICE_ACTION_IN_16:
        put_capacity(8);
        break;
    case VWR_T10_READ_10:
    case VWR_T10_READ_16:
        move(cdb[0] == VWR_T10_READ_16, false);
        break;
    case VWR_T10_WRITE_10:
    case VWR_T10_WRITE_16:
        move(cdb[0] == VWR_T10_WRITE_16, true);
        break;
    case VWR_T10_INQUIRY:
        memcpy(in + FAKE_SCSI_ANSWER, "inquired", 8);
        data = 8;
        break;
    case VWR_T10_REPORT_LUNS:
        memcpy(in + FAKE_SCSI_ANSWER, luns, sizeof(luns));
        data = 32;
        break;
    case VWR_T10_UNMAP:
        data = VWR_T10_UNMAP_LIST;
        break;
    default:
        break;
    }
}

static void answer(uint32_t bytes)
{
    const uint8_t *const cdb = out + 19;

    memset(in, 0, sizeof(in));
    data = 0;
    if (fake_scsi.attentions != 0) {
        fake_scsi.attentions--;
        check(VWR_T10_UNIT_ATTENTION, 0x29);
    } else if ((fake_scsi.refuses_16 && vwr_t10_cdb_bytes(cdb[0]) == 16) ||
               (fake_scsi.refuses_10 && vwr_t10_cdb_bytes(cdb[0]) == 10)) {
        check(VWR_T10_ILLEGAL_REQUEST, 0x20);
    } else {
        execute(cdb);
    }
    put(in + 4, bytes - (data < bytes ? data : bytes), 4);
    if (fake_scsi.lies)
        put(in + fake_scsi.at, fake_scsi.value, fake_scsi.width);
    fake_scsi.lies = false;
}

static void serve_command(struct fake *f, uint32_t queue)
{
    const uint32_t n = class_read(&chain, out, sizeof(out));
    uint32_t bytes;

    assert_true(n >= FAKE_SCSI_HEAD && chain.writable >= FAKE_SCSI_ANSWER);
    assert_true(fake_scsi.count < FAKE_SCSI_LOG);
    memcpy(fake_scsi.command[fake_scsi.count], out, FAKE_SCSI_HEAD);
    fake_scsi.out_bytes[fake_scsi.count] = n - FAKE_SCSI_HEAD;
    fake_scsi.in_bytes[fake_scsi.count++] = chain.writable - FAKE_SCSI_ANSWER;
    memcpy(fake_scsi.last_out, out + FAKE_SCSI_HEAD, sizeof(fake_scsi.last_out));
    bytes = n - FAKE_SCSI_HEAD + chain.writable - FAKE_SCSI_ANSWER;
    answer(bytes);
    bytes = FAKE_SCSI_ANSWER + (n > FAKE_SCSI_HEAD ? 0 : data);
    bytes = bytes < chain.writable ? bytes : chain.writable;
    if (!fake_scsi.unwritten)
        class_write(&chain, in, bytes);
    fake_ring_push(f, queue, chain.head, fake_scsi.used_0 ? 0 : fake_scsi.used != 0 ? fake_scsi.used : bytes);
}

static void serve_control(struct fake *f, uint32_t queue)
{
    uint8_t back[5] = {0}, message[sizeof(fake_scsi.control[0])];
    const uint32_t n = class_read(&chain, message, sizeof(message));

    assert_int_equal(chain.writable, n == 24 ? 1 : 5);
    bench_copy(n == sizeof(message) ? task_numbers : event_numbers, big,
               fake_scsi.control[fake_scsi.control_count], message, n);
    fake_scsi.control_count = (fake_scsi.control_count + 1) % FAKE_SCSI_LOG;
    put(back, fake_scsi.events, 4);
    back[chain.writable - 1] = fake_scsi.control_response;
    if (!fake_scsi.unwritten)
        class_write(&chain, back, chain.writable);
    fake_ring_push(f, queue, chain.head, chain.writable);
}

void fake_scsi_serve(struct fake *f, uint32_t queue)
{
    big = vwr_guest_is_big(f->version == VWR_MMIO_VERSION_LEGACY);
    while (!fake_scsi.silent && !class_silent && queue != FAKE_SCSI_EVENTS &&
           fake_ring_next(f, queue, &chain)) {
        if (queue == FAKE_SCSI_CONTROL)
            serve_control(f, queue);
        else
            serve_command(f, queue);
    }
}

bool fake_scsi_event(struct fake *f, const void *event, uint32_t bytes, uint32_t used)
{
    uint8_t message[BENCH_LONGEST];

    if (!fake_ring_next(f, FAKE_SCSI_EVENTS, &chain))
        return false;
    assert_true(bytes <= sizeof(message));
    bench_copy(event_numbers, vwr_guest_is_big(f->version == VWR_MMIO_VERSION_LEGACY), message, event, bytes);
    class_write(&chain, message, bytes);
    fake_ring_push(f, FAKE_SCSI_EVENTS, chain.head, used);
    return true;
}

void fake_scsi_plug(struct world *w, const struct format *f)
{
    memset(&fake_scsi, 0, sizeof(fake_scsi));
    fake_scsi.block_bytes = 512;
    fake_scsi.last_block = FAKE_SCSI_BLOCKS - 1;
    fake_scsi.unmaps = 0x80;
    for (unsigned i = 0; i < sizeof(fake_scsi.disk); i++)
        fake_scsi.disk[i] = (uint8_t)(i * 7 + i / 512);
    format_plug(w, f);
    w->f.device_id = VWR_SCSI_ID;
    w->f.on_notify = fake_scsi_serve;
    for (unsigned i = 0; i < 4; i++)
        w->f.queue[i].size_max = f->size;
    for (unsigned i = VWR_SCSI_F_INOUT; i <= VWR_SCSI_F_T10_PI; i++)
        fake_offer(&w->f, i);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_SCSI_CONFIG_NUM_QUEUES, 4, 2);
    fake_config(&w->f, VWR_SCSI_CONFIG_SEG_MAX, 4, 100);
    fake_config(&w->f, VWR_SCSI_CONFIG_MAX_SECTORS, 4, 64);
    fake_config(&w->f, VWR_SCSI_CONFIG_CMD_PER_LUN, 4, 128);
    fake_config(&w->f, VWR_SCSI_CONFIG_SENSE_SIZE, 4, VWR_SCSI_SENSE_DEFAULT_SIZE);
    fake_config(&w->f, VWR_SCSI_CONFIG_CDB_SIZE, 4, VWR_SCSI_CDB_DEFAULT_SIZE);
    assert_int_equal(world_probe(w), VWR_OK);
}
