/* SPDX-License-Identifier: MIT */
#include "fake_fs.h"
#include "format.h"
#include "vwr/fuse.h"
#include "vwr/gen/fs.h"

#include <string.h>

struct fake_fs fake_fs;

static struct fake_chain chain;
static uint8_t out[FAKE_FS_FILE + 100];
static uint8_t in[FAKE_FS_FILE + 100];
static uint32_t length; /* of the answer; 0: none */

static void put(unsigned bytes, uint64_t number)
{
    vwr_p9_put(in + length, number, bytes);
    length += bytes;
}

/* Numbers that tell each field from the others. */
static void put_numbers(const char *widths)
{
    for (uint64_t n = 1; *widths != '\0'; widths++, n++)
        put((unsigned)(*widths - '0'), n << 8 | n);
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

uint64_t fake_fs_number(unsigned message, uint32_t at, unsigned bytes)
{
    return vwr_p9_get(fake_fs.message[message] + at, bytes);
}

/* Bytes of the file that the message moves. */
static uint32_t part(uint32_t bytes)
{
    const uint64_t offset = vwr_p9_get(out + VWR_FUSE_HEADER + 8, 8);

    return offset < bytes ? least((uint32_t)(bytes - offset),
                                  least((uint32_t)vwr_p9_get(out + VWR_FUSE_HEADER + 16, 4), fake_fs.most))
                          : 0;
}

static void put_data(const uint8_t *from, uint32_t bytes)
{
    const uint32_t n = part(bytes);

    memcpy(in + length, from + (n != 0 ? vwr_p9_get(out + VWR_FUSE_HEADER + 8, 8) : 0), n);
    length += n;
}

#define ATTR "8888884444444444"

static void put_entry(void)
{
    put(8, FAKE_FS_NODE);
    put(8, 0);
    put(8, 0);
    put(8, 0);
    put(8, 0);
    put_numbers(ATTR);
}

static void put_open(void)
{
    put(8, FAKE_FS_HANDLE);
    put(8, 0);
}

static void put_init(void)
{
    fake_fs.session = true;
    put(4, VWR_FUSE_MAJOR);
    put(4, fake_fs.minor);
    put(4, 0);
    put(4, fake_fs.flags);
    put(4, 0);
    put(4, fake_fs.max_write);
    put(4, 0);
    put(2, 0);
    put(2, fake_fs.map_alignment);
    for (unsigned i = 0; i < 8; i++)
        put(4, 0);
}

static void put_write(void)
{
    const uint32_t n = part(FAKE_FS_FILE);

    memcpy(fake_fs.file + vwr_p9_get(out + VWR_FUSE_HEADER + 8, 8), out + VWR_FUSE_HEADER + VWR_FUSE_READ_IN,
           n);
    put(4, n);
    put(4, 0);
}

static void put_fields(uint32_t opcode)
{
    switch (opcode) {
    case VWR_FUSE_INIT:
        put_init();
        break;
    case VWR_FUSE_LOOKUP:
    case VWR_FUSE_MKDIR:
        put_entry();
        break;
    case VWR_FUSE_CREATE:
        put_entry();
        put_open();
        break;
    case VWR_FUSE_GETATTR:
    case VWR_FUSE_SETATTR:
        put(8, 0);
        put(8, 0);
        put_numbers(ATTR);
        break;
    case VWR_FUSE_OPEN:
    case VWR_FUSE_OPENDIR:
        put_open();
        break;
    case VWR_FUSE_READ:
        put_data(fake_fs.file, FAKE_FS_FILE);
        break;
    case VWR_FUSE_READDIR:
        put_data(fake_fs.entries, fake_fs.entry_bytes);
        break;
    case VWR_FUSE_WRITE:
        put_write();
        break;
    case VWR_FUSE_STATFS:
        put_numbers("888884444444444");
        break;
    default:
        break;
    }
}

static bool must_fail(uint32_t opcode)
{
    if (opcode != fake_fs.fails || fake_fs.passes == 0)
        return opcode == fake_fs.fails;
    fake_fs.passes--;
    return false;
}

static void answer(uint32_t queue)
{
    const uint32_t opcode = (uint32_t)vwr_p9_get(out + 4, 4);

    length = 0;
    assert_int_equal(opcode == VWR_FUSE_FORGET, queue == VWR_FS_QUEUE_HIPRIO);
    if (opcode == VWR_FUSE_FORGET)
        return;
    put(8, 0);
    put(8, vwr_p9_get(out + 8, 8));
    if (must_fail(opcode))
        vwr_p9_put(in + 4, ~(uint64_t)fake_fs.error + 1, 4);
    else if (!fake_fs.session && opcode != VWR_FUSE_INIT)
        fail_msg("message %u without a session", (unsigned)opcode);
    else
        put_fields(opcode);
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
    assert_true(fake_fs.count < FAKE_FS_LOG);
    memcpy(fake_fs.message[fake_fs.count], out, least(n, FAKE_FS_MESSAGE));
    fake_fs.bytes[fake_fs.count++] = n;
}

static void give(struct fake *f, uint32_t queue)
{
    const bool lies = vwr_p9_get(out + 4, 4) == fake_fs.lie && fake_fs.used != 0;
    uint32_t n = 0;

    assert_true(chain.writable >= length);
    for (unsigned i = 0; i < chain.count; i++) {
        const uint32_t some = least(chain.segment[i].len, length - n);

        if (!chain.segment[i].write)
            continue;
        fake_ram_write(chain.segment[i].addr, in + n, some);
        n += some;
    }
    fake_ring_push(f, queue, chain.head, lies ? fake_fs.used : length);
}

void fake_fs_serve(struct fake *f, uint32_t queue)
{
    while (!fake_fs.silent && fake_ring_next(f, queue, &chain)) {
        take();
        answer(queue);
        if (vwr_p9_get(out + 4, 4) == fake_fs.lie)
            vwr_p9_put(in + fake_fs.at, fake_fs.value, fake_fs.width);
        give(f, queue);
    }
}

void fake_fs_plug(struct world *w, const struct format *f)
{
    memset(&fake_fs, 0, sizeof(fake_fs));
    fake_fs.minor = VWR_FUSE_MINOR;
    fake_fs.max_write = UINT32_MAX;
    fake_fs.most = UINT32_MAX;
    for (unsigned i = 0; i < FAKE_FS_FILE; i++)
        fake_fs.file[i] = (uint8_t)(i * 7 + i / 256);
    format_plug(w, f);
    w->f.device_id = VWR_FS_ID;
    w->f.on_notify = fake_fs_serve;
    w->f.queue[VWR_FS_QUEUE_HIPRIO].size_max = 8;
    w->f.queue[VWR_FS_QUEUE_HIPRIO + 1].size_max = f->size;
    memset(w->f.config, 0, sizeof(w->f.config));
    memcpy(w->f.config, "fake", 4);
    fake_config(&w->f, VWR_FS_CONFIG_NUM_REQUEST_QUEUES, 4, 1);
    assert_int_equal(world_probe(w), VWR_OK);
}
