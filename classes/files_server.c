/* SPDX-License-Identifier: MIT */
#include "files_server.h"
#include "vwr/bytes.h"
#include "vwr/fuse.h"
#include "vwr/p9.h"

struct files_server files_server;

static const uint8_t *out; /* the message, */
static uint32_t out_bytes;
static uint8_t *in; /* and the answer */
static uint32_t length;

static uint32_t least(uint64_t a, uint32_t b)
{
    return a < b ? (uint32_t)a : b;
}

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

static void put_bytes(const void *from, uint32_t n)
{
    vwr_copy(in + length, from, n);
    length += n;
}

/* A read or write has its offset at `at`, and its count after it: these bytes of the file it moves. */
static uint32_t part(uint32_t at, uint32_t bytes)
{
    const uint64_t offset = vwr_p9_get(out + at, 8);

    return offset < bytes ? least(vwr_p9_get(out + at + 8, 4), least(bytes - offset, files_server.most)) : 0;
}

static void put_data(uint32_t at, const uint8_t *from, uint32_t bytes, bool counts)
{
    const uint32_t n = part(at, bytes);

    if (counts)
        put(4, n);
    put_bytes(from + (n != 0 ? vwr_p9_get(out + at, 8) : 0), n);
}

static void take_data(uint32_t at, uint32_t header)
{
    const uint32_t n = least(part(at, FILES_SIZE), out_bytes > header ? out_bytes - header : 0);

    if (n != 0)
        vwr_copy(files_server.file + vwr_p9_get(out + at, 8), out + header, n);
    put(4, n);
}

static bool must_fail(uint32_t type)
{
    if (type != files_server.fails || files_server.passes == 0)
        return type == files_server.fails;
    files_server.passes--;
    return false;
}

void files_server_begin(void)
{
    vwr_zero(&files_server, sizeof(files_server));
    files_server.most = UINT32_MAX;
    files_server.msize = UINT32_MAX;
    files_server.walks = UINT32_MAX;
    files_server.version = VWR_P9_VERSION;
    files_server.minor = VWR_FUSE_MINOR;
    files_server.max_write = UINT32_MAX;
    for (unsigned i = 0; i < FILES_SIZE; i++)
        files_server.file[i] = (uint8_t)(i * 7 + i / 256);
}

/* ---- 9P ---- */

#define P9_OFFSET (VWR_P9_HEADER + 4u) /* of a read or write */
#define P9_DATA (P9_OFFSET + 12u)

static void put_qid(uint8_t type)
{
    put(1, type);
    put(4, 7);
    put(8, FILES_ID);
}

static void put_version(void)
{
    uint32_t n = 0;

    while (files_server.version[n] != '\0')
        n++;
    files_server.session = true;
    put(4, least(vwr_p9_get(out + 7, 4), files_server.msize));
    put(2, n);
    put_bytes(files_server.version, n);
}

static void put_walk(void)
{
    const uint32_t names = least(least(vwr_p9_get(out + 15, 2), VWR_P9_NAMES), files_server.walks);

    put(2, names);
    for (uint32_t i = 0; i < names; i++)
        put_qid(VWR_P9_QT_FILE);
}

static void put_9p(uint8_t type)
{
    switch (type) {
    case VWR_P9_TVERSION:
        put_version();
        break;
    case VWR_P9_TATTACH:
    case VWR_P9_TMKDIR:
        put_qid(VWR_P9_QT_DIR);
        break;
    case VWR_P9_TWALK:
        put_walk();
        break;
    case VWR_P9_TLOPEN:
    case VWR_P9_TLCREATE:
        put_qid(VWR_P9_QT_FILE);
        put(4, files_server.iounit);
        break;
    case VWR_P9_TREAD:
        put_data(P9_OFFSET, files_server.file, FILES_SIZE, true);
        break;
    case VWR_P9_TREADDIR:
        put_data(P9_OFFSET, files_server.entries, files_server.entry_bytes, true);
        break;
    case VWR_P9_TWRITE:
        take_data(P9_OFFSET, P9_DATA);
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

uint32_t files_answer_9p(const uint8_t *message, uint32_t n, uint8_t *answer)
{
    out = message;
    out_bytes = n;
    in = answer;
    length = 0;
    if (n < VWR_P9_HEADER)
        return 0;
    put(4, 0);
    put(1, out[4] + 1u);
    put_bytes(out + 5, 2);
    if (must_fail(out[4])) {
        in[4] = VWR_P9_RLERROR;
        put(4, files_server.error);
    } else {
        files_server.lacks |= !files_server.session && out[4] != VWR_P9_TVERSION;
        put_9p(out[4]);
    }
    vwr_p9_put(in, length, 4);
    return length;
}

/* ---- FUSE ---- */

#define FUSE_OFFSET (VWR_FUSE_HEADER + 8u)
#define FUSE_DATA (VWR_FUSE_HEADER + VWR_FUSE_READ_IN)
#define ATTR "8888884444444444"

static void put_node(void)
{
    put(8, FILES_ID);
    put(8, 0);
    put(8, 0);
    put(8, 0);
    put(8, 0);
    put_numbers(ATTR);
}

static void put_handle(void)
{
    put(8, FILES_HANDLE);
    put(8, 0);
}

static void put_init(void)
{
    files_server.session = true;
    put(4, VWR_FUSE_MAJOR);
    put(4, files_server.minor);
    put(4, 0);
    put(4, files_server.flags);
    put(4, 0);
    put(4, files_server.max_write);
    put(4, 0);
    put(2, 0);
    put(2, files_server.map_alignment);
    for (unsigned i = 0; i < 8; i++)
        put(4, 0);
}

static void put_fuse(uint32_t opcode)
{
    switch (opcode) {
    case VWR_FUSE_INIT:
        put_init();
        break;
    case VWR_FUSE_LOOKUP:
    case VWR_FUSE_MKDIR:
        put_node();
        break;
    case VWR_FUSE_CREATE:
        put_node();
        put_handle();
        break;
    case VWR_FUSE_GETATTR:
    case VWR_FUSE_SETATTR:
        put(8, 0);
        put(8, 0);
        put_numbers(ATTR);
        break;
    case VWR_FUSE_OPEN:
    case VWR_FUSE_OPENDIR:
        put_handle();
        break;
    case VWR_FUSE_READ:
        put_data(FUSE_OFFSET, files_server.file, FILES_SIZE, false);
        break;
    case VWR_FUSE_READDIR:
        put_data(FUSE_OFFSET, files_server.entries, files_server.entry_bytes, false);
        break;
    case VWR_FUSE_WRITE:
        take_data(FUSE_OFFSET, FUSE_DATA);
        put(4, 0);
        break;
    case VWR_FUSE_STATFS:
        put_numbers("888884444444444");
        break;
    default:
        break;
    }
}

uint32_t files_answer_fuse(const uint8_t *message, uint32_t n, uint8_t *answer)
{
    const uint32_t opcode = n < VWR_FUSE_HEADER ? VWR_FUSE_FORGET : (uint32_t)vwr_p9_get(message + 4, 4);

    out = message;
    out_bytes = n;
    in = answer;
    length = 0;
    if (opcode == VWR_FUSE_FORGET)
        return 0;
    put(8, 0);
    put_bytes(out + 8, 8);
    if (must_fail(opcode)) {
        vwr_p9_put(in + 4, ~(uint64_t)files_server.error + 1, 4);
    } else {
        files_server.lacks |= !files_server.session && opcode != VWR_FUSE_INIT;
        put_fuse(opcode);
    }
    vwr_p9_put(in, length, 4);
    return length;
}
