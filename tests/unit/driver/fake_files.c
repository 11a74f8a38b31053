/* SPDX-License-Identifier: MIT */
#include "fake_files.h"
#include "format.h"
#include "vwr/p9.h"
#include "vwr/gen/9p.h"
#include "vwr/gen/fs.h"

#include <string.h>

struct fake_files fake_files;

static struct fake_chain chain;
static uint8_t out[FILES_SIZE + 100];
static uint8_t in[FILES_SIZE + 100];
static uint32_t length; /* of the answer; 0: none */

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint8_t fake_files_type(unsigned message)
{
    return fake_files.message[message][4];
}

uint64_t fake_files_number(unsigned message, uint32_t at, unsigned bytes)
{
    return vwr_p9_get(fake_files.message[message] + at, bytes);
}

void fake_files_heard(uint8_t type, uint32_t at, const char *bytes, size_t count)
{
    assert_int_equal(fake_files.count, 1);
    assert_int_equal(fake_files_type(0), type);
    assert_int_equal(fake_files.bytes[0], count + at);
    assert_memory_equal(fake_files.message[0] + at, bytes, count);
    fake_files.count = 0;
}

void fake_files_lie(uint8_t type, uint32_t at, uint32_t width, uint64_t value)
{
    fake_files.lie = type;
    fake_files.at = at;
    fake_files.width = width;
    fake_files.value = value;
    fake_files.used = 0;
}

static uint32_t take(void)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < chain.count && !chain.segment[i].write; i++) {
        assert_true(chain.segment[i].len <= sizeof(out) - n);
        fake_ram_read(chain.segment[i].addr, out + n, chain.segment[i].len);
        n += chain.segment[i].len;
    }
    assert_int_equal(vwr_p9_get(out, 4), n); /* all of the message, and nothing else */
    assert_true(fake_files.count < FAKE_FILES_LOG);
    memcpy(fake_files.message[fake_files.count], out, least(n, FAKE_FILES_MESSAGE));
    fake_files.bytes[fake_files.count++] = n;
    return n;
}

static void give(struct fake *f, uint32_t queue)
{
    const bool lies = out[4] == fake_files.lie && fake_files.used != 0;
    uint32_t n = 0;

    assert_true(chain.writable >= length);
    for (unsigned i = 0; i < chain.count; i++) {
        const uint32_t some = least(chain.segment[i].len, length - n);

        if (!chain.segment[i].write || fake_files.unwritten)
            continue;
        fake_ram_write(chain.segment[i].addr, in + n, some);
        n += some;
    }
    fake_ring_push(f, queue, chain.head, lies ? fake_files.used : length);
}

void fake_files_serve(struct fake *f, uint32_t queue)
{
    while (!fake_files.silent && fake_ring_next(f, queue, &chain)) {
        const uint32_t n = take();

        length = (fake_files.is_fuse ? files_answer_fuse : files_answer_9p)(out, n, in);
        if (files_server.lacks)
            fail_msg("message %u without a session", out[4]);
        if (fake_files.is_fuse)
            assert_int_equal(length == 0, queue == VWR_FS_QUEUE_HIPRIO);
        if (out[4] == fake_files.lie)
            vwr_p9_put(in + fake_files.at, fake_files.value, fake_files.width);
        give(f, queue);
    }
}

static void plug(struct world *w, const struct format *f, uint32_t id)
{
    memset(&fake_files, 0, sizeof(fake_files));
    fake_files.is_fuse = id == VWR_FS_ID;
    files_server_begin();
    format_plug(w, f);
    w->f.device_id = id;
    w->f.on_notify = fake_files_serve;
    memset(w->f.config, 0, sizeof(w->f.config));
}

void fake_9p_plug(struct world *w, const struct format *f)
{
    static const char tag[] = "fake";

    plug(w, f, VWR_9P_ID);
    w->f.queue[VWR_9P_QUEUE_REQUESTQ].size_max = f->size;
    fake_offer(&w->f, VWR_9P_F_MOUNT_TAG);
    fake_config(&w->f, VWR_9P_CONFIG_TAG_LEN, 2, sizeof(tag) - 1);
    memcpy(w->f.config + VWR_9P_CONFIG_TAG, tag, sizeof(tag) - 1);
    assert_int_equal(world_probe(w), VWR_OK);
}

void fake_fs_plug(struct world *w, const struct format *f)
{
    plug(w, f, VWR_FS_ID);
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 8;
    w->f.queue[VWR_FS_QUEUE_HIPRIO + 1].size_max = f->size;
    memcpy(w->f.config, "fake", 4);
    fake_config(&w->f, VWR_FS_CONFIG_NUM_REQUEST_QUEUES, 4, 1);
    assert_int_equal(world_probe(w), VWR_OK);
}
