/* SPDX-License-Identifier: MIT */
#include "fake_9p.h"
#include "format.h"
#include "vwr/gen/9p.h"
#include "vwr/p9.h"

#include <string.h>

struct fake_9p fake_9p;

static struct fake_chain chain;
static uint8_t out[FAKE_9P_FILE + 100];
static uint8_t in[FAKE_9P_FILE + 100];
static uint32_t length; /* of the answer */

static void put(unsigned bytes, uint64_t number)
{
    vwr_p9_put(in + length, number, bytes);
    length += bytes;
}

static void put_qid(uint8_t type)
{
    put(1, type);
    put(4, 7);
    put(8, FAKE_9P_QID);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint8_t fake_9p_type(unsigned message)
{
    return fake_9p.message[message][4];
}

uint64_t fake_9p_number(unsigned message, uint32_t at, unsigned bytes)
{
    return vwr_p9_get(fake_9p.message[message] + at, bytes);
}

/* Bytes of the file that the message moves. */
static uint32_t part(uint32_t bytes)
{
    const uint64_t offset = vwr_p9_get(out + 11, 8);

    return offset < bytes
               ? least((uint32_t)(bytes - offset), least((uint32_t)vwr_p9_get(out + 19, 4), fake_9p.most))
               : 0;
}

static void put_version(void)
{
    fake_9p.session = true;
    put(4, least(fake_9p.msize, (uint32_t)vwr_p9_get(out + 7, 4)));
    put(2, strlen(fake_9p.version));
    memcpy(in + length, fake_9p.version, strlen(fake_9p.version));
    length += (uint32_t)strlen(fake_9p.version);
}

static void put_walk(void)
{
    const uint32_t names = least((uint32_t)vwr_p9_get(out + 15, 2), fake_9p.walks);

    put(2, names);
    for (uint32_t i = 0; i < names; i++)
        put_qid(VWR_P9_QT_FILE);
}

static void put_data(const uint8_t *from, uint32_t bytes)
{
    const uint32_t n = part(bytes);

    put(4, n);
    memcpy(in + length, from + (n != 0 ? vwr_p9_get(out + 11, 8) : 0), n);
    length += n;
}

static void put_numbers(const char *widths)
{
    for (uint64_t n = 1; *widths != '\0'; widths++, n++)
        put((unsigned)(*widths - '0'), n << 8 | n);
}

static void put_fields(uint8_t type)
{
    uint32_t n;

    switch (type) {
    case VWR_P9_TVERSION:
        put_version();
        break;
    case VWR_P9_TATTACH:
        put_qid(VWR_P9_QT_DIR);
        break;
    case VWR_P9_TWALK:
        put_walk();
        break;
    case VWR_P9_TLOPEN:
    case VWR_P9_TLCREATE:
        put_qid(VWR_P9_QT_FILE);
        put(4, fake_9p.iounit);
        break;
    case VWR_P9_TMKDIR:
        put_qid(VWR_P9_QT_DIR);
        break;
    case VWR_P9_TREAD:
        put_data(fake_9p.file, FAKE_9P_FILE);
        break;
    case VWR_P9_TREADDIR:
        put_data(fake_9p.entries, fake_9p.entry_bytes);
        break;
    case VWR_P9_TWRITE:
        n = part(FAKE_9P_FILE);
        memcpy(fake_9p.file + vwr_p9_get(out + 11, 8), out + 23, n);
        put(4, n);
        break;
    case VWR_P9_TGETATTR:
        put(8, VWR_P9_GET_BASIC);
        put_qid(VWR_P9_QT_FILE);
        put_numbers("444888888888888888");
        break;
    case VWR_P9_TSTATFS:
        put_numbers("448888884");
        break;
    default:
        break;
    }
}

static bool must_fail(uint8_t type)
{
    if (type != fake_9p.fails || fake_9p.passes == 0)
        return type == fake_9p.fails;
    fake_9p.passes--;
    return false;
}

static void answer(void)
{
    const uint8_t type = out[4];

    length = VWR_P9_HEADER;
    in[4] = (uint8_t)(type + 1);
    memcpy(in + 5, out + 5, 2);
    if (must_fail(type)) {
        in[4] = VWR_P9_RLERROR;
        put(4, fake_9p.error);
    } else if (!fake_9p.session && type != VWR_P9_TVERSION) {
        fail_msg("message %u without a session", type);
    } else {
        put_fields(type);
    }
    vwr_p9_put(in, length, 4);
}

static void take(void)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < chain.count && !chain.segment[i].write; i++) {
        assert_true(chain.segment[i].len <= sizeof(out) - n);
        fake_ram_read(chain.segment[i].addr, out + n, chain.segment[i].len);
        n += chain.segment[i].len;
    }
    assert_int_equal(vwr_p9_get(out, 4), n); /* all of the message, and nothing else */
    assert_true(fake_9p.count < FAKE_9P_LOG);
    memcpy(fake_9p.message[fake_9p.count], out, least(n, FAKE_9P_MESSAGE));
    fake_9p.bytes[fake_9p.count++] = n;
}

static void give(struct fake *f, uint32_t queue)
{
    uint32_t n = 0;

    assert_true(chain.writable >= length);
    for (unsigned i = 0; i < chain.count; i++) {
        const uint32_t some = least(chain.segment[i].len, length - n);

        if (!chain.segment[i].write || fake_9p.unwritten)
            continue;
        fake_ram_write(chain.segment[i].addr, in + n, some);
        n += some;
    }
    fake_ring_push(f, queue, chain.head, out[4] == fake_9p.lie && fake_9p.used != 0 ? fake_9p.used : length);
}

void fake_9p_serve(struct fake *f, uint32_t queue)
{
    while (!fake_9p.silent && fake_ring_next(f, queue, &chain)) {
        take();
        answer();
        if (out[4] == fake_9p.lie)
            vwr_p9_put(in + fake_9p.at, fake_9p.value, fake_9p.width);
        give(f, queue);
    }
}

void fake_9p_plug(struct world *w, const struct format *f)
{
    static const char tag[] = "fake";

    memset(&fake_9p, 0, sizeof(fake_9p));
    fake_9p.msize = UINT32_MAX;
    fake_9p.most = UINT32_MAX;
    fake_9p.walks = UINT32_MAX;
    fake_9p.version = VWR_P9_VERSION;
    for (unsigned i = 0; i < FAKE_9P_FILE; i++)
        fake_9p.file[i] = (uint8_t)(i * 7 + i / 256);
    format_plug(w, f);
    w->f.device_id = VWR_9P_ID;
    w->f.on_notify = fake_9p_serve;
    w->f.queue[VWR_9P_QUEUE_REQUESTQ].size_max = f->size;
    fake_offer(&w->f, VWR_9P_F_MOUNT_TAG);
    memset(w->f.config, 0, sizeof(w->f.config));
    fake_config(&w->f, VWR_9P_CONFIG_TAG_LEN, 2, sizeof(tag) - 1);
    memcpy(w->f.config + VWR_9P_CONFIG_TAG, tag, sizeof(tag) - 1);
    assert_int_equal(world_probe(w), VWR_OK);
}
