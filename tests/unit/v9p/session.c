/* SPDX-License-Identifier: MIT */
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void open_client(struct session *s)
{
    const struct vwr_9p_client_options o = {
        .requests = {.requests = SESSION_REQUESTS, .segments = 14},
        .requestq = {s->memory->ring, sizeof(s->memory->ring), s->own, sizeof(s->own), SESSION_QUEUE},
    };

    assert_int_equal(vwr_9p_client_open(&s->client, &s->h.mmio.dev, &o), VWR_OK);
    assert_int_equal(s->client.info.tag_len, strlen(SESSION_TAG));
}

struct session *session_open(const struct host_vm_format *format, struct vwr_vfiles *files)
{
    struct session *const s = calloc(1, sizeof(*s));
    const struct vwr_v9p_options o = {.files = files,
                                      .tag = SESSION_TAG,
                                      .fid = s->fid,
                                      .fid_count = SESSION_FIDS,
                                      .message = s->message,
                                      .message_count = SESSION_REQUESTS,
                                      .call = s->call,
                                      .call_count = SESSION_REQUESTS,
                                      .seg = s->seg,
                                      .seg_count = VWR_COUNT(s->seg)};

    assert_non_null(s);
    host_vm_begin(&s->h, format);
    s->h.ops.again = NULL; /* a client call waits for its answer, so `again` is not needed */
    s->memory = host_vm_alloc(&s->h, sizeof(*s->memory));
    assert_int_equal(vwr_v9p_init_with(&s->device, &s->h.setup, &o), VWR_OK);
    host_vm_plug(&s->h, vwr_v9p_dev(&s->device));
    open_client(s);
    s->room = SESSION_BYTES;
    return s;
}

struct session *session_begin(const struct host_vm_format *format, struct vwr_vfiles *files)
{
    struct session *const s = session_open(format, files);

    assert_int_equal(session_version(s, SESSION_BYTES, VWR_P9_VERSION), 0);
    assert_int_equal(session_attach(s, 0), 0);
    return s;
}

void session_close(struct session *s)
{
    assert_int_equal(s->h.broken, 0);
    assert_int_equal(vwr_close(&s->client.bringup), VWR_OK);
    host_vm_end(&s->h);
    free(s);
}

void session_reopen(struct session *s)
{
    assert_int_equal(vwr_close(&s->client.bringup), VWR_OK);
    assert_int_equal(vwr_mmio_probe(&s->h.mmio, s->h.mmio.base, VWR_MMIO_SIZE), VWR_OK);
    memset(&s->client, 0, sizeof(s->client));
    memset(s->late, 0, sizeof(s->late));
    open_client(s);
}

/* ---- messages ---- */

void session_put_bytes(struct session *s, const void *bytes, uint32_t n)
{
    assert_true(s->bytes + n <= SESSION_BYTES);
    memcpy(s->memory->out + s->bytes, bytes, n);
    s->bytes += n;
}

void session_put(struct session *s, unsigned bytes, uint64_t number)
{
    uint8_t at[8];

    for (unsigned i = 0; i < bytes; i++)
        at[i] = (uint8_t)(number >> i * 8);
    session_put_bytes(s, at, bytes);
}

void session_put_string(struct session *s, const char *text)
{
    session_put(s, 2, strlen(text));
    session_put_bytes(s, text, (uint32_t)strlen(text));
}

void session_message(struct session *s, uint8_t type)
{
    s->bytes = 0;
    s->type = type;
    session_put(s, 4, 0);
    session_put(s, 1, type);
    session_put(s, 2, type == VWR_P9_TVERSION ? VWR_P9_NO_TAG : ++s->tag);
}

static void set_size(struct session *s)
{
    for (unsigned i = 0; i < 4; i++)
        s->memory->out[i] += (uint8_t)(s->bytes >> i * 8); /* a test may have set another size */
}

uint64_t session_get(struct session *s, unsigned bytes)
{
    uint64_t number = 0;

    assert_true(s->at + bytes <= s->written);
    for (unsigned i = 0; i < bytes; i++)
        number |= (uint64_t)s->memory->in[s->at++] << i * 8;
    return number;
}

const char *session_get_string(struct session *s)
{
    static char text[4096];
    const uint32_t n = (uint32_t)session_get(s, 2);

    assert_true(n < sizeof(text) && s->at + n <= s->written);
    memcpy(text, s->memory->in + s->at, n);
    text[n] = '\0';
    s->at += n;
    return text;
}

/* The answer is a valid message: checks its length, type and tag. */
static int answered(struct session *s, uint16_t tag)
{
    uint8_t type;

    s->at = 0;
    if (s->written == 0)
        return -1;
    assert_int_equal(session_get(s, 4), s->written);
    type = (uint8_t)session_get(s, 1);
    assert_int_equal(session_get(s, 2), tag);
    if (type == VWR_P9_RLERROR)
        return (int)session_get(s, 4);
    assert_int_equal(type, s->type + 1);
    return 0;
}

int session_send(struct session *s)
{
    int r;

    set_size(s);
    r = vwr_9p_client_request(&s->client, s->memory->out, s->bytes, s->memory->in, s->room, &s->written);
    assert_int_equal(r, VWR_OK);
    return answered(s, (uint16_t)(s->memory->out[5] | s->memory->out[6] << 8));
}

void session_submit(struct session *s, unsigned n)
{
    set_size(s);
    s->late[n].call.data_bytes = 0;
    memcpy(s->memory->out + SESSION_BYTES - 256u * (n + 1), s->memory->out, 256);
    assert_int_equal(vwr_9p_client_request_submit(&s->client, &s->late[n],
                                                  s->memory->out + SESSION_BYTES - 256u * (n + 1), s->bytes,
                                                  s->memory->late_in[n], sizeof(s->memory->late_in[n])),
                     VWR_OK);
    (void)vwr_request_kick(&s->client.requestq.requests);
}

int session_reap(struct session *s, unsigned n)
{
    const uint8_t *const out = s->memory->out + SESSION_BYTES - 256u * (n + 1);
    struct vwr_req *done[SESSION_REQUESTS];

    assert_true(vwr_request_reap(&s->client.requestq.requests, done, SESSION_REQUESTS) >= 0);
    if (s->late[n].call.req.state == VWR_REQ_IN_FLIGHT)
        return -2;
    assert_int_equal(s->late[n].call.req.result, VWR_OK);
    s->written = s->late[n].call.data_bytes;
    memcpy(s->memory->in, s->memory->late_in[n], sizeof(s->memory->late_in[n]));
    s->type = out[4];
    return answered(s, (uint16_t)(out[5] | out[6] << 8));
}

/* ---- exchanges ---- */

int session_version(struct session *s, uint32_t msize, const char *version)
{
    session_message(s, VWR_P9_TVERSION);
    session_put(s, 4, msize);
    session_put_string(s, version);
    return session_send(s);
}

int session_attach(struct session *s, uint32_t fid)
{
    session_message(s, VWR_P9_TATTACH);
    session_put(s, 4, fid);
    session_put(s, 4, VWR_P9_NO_FID);
    session_put_string(s, "root");
    session_put_string(s, "");
    session_put(s, 4, 0);
    return session_send(s);
}

int session_walk(struct session *s, uint32_t fid, uint32_t newfid, const char *path)
{
    unsigned names = *path != '\0';
    int r;

    for (const char *p = path; *p != '\0'; p++)
        names += *p == '/';
    session_message(s, VWR_P9_TWALK);
    session_put(s, 4, fid);
    session_put(s, 4, newfid);
    session_put(s, 2, names);
    while (*path != '\0') {
        const char *const end = path + strcspn(path, "/");

        session_put(s, 2, (uint64_t)(end - path));
        session_put_bytes(s, path, (uint32_t)(end - path));
        path = *end != '\0' ? end + 1 : end;
    }
    r = session_send(s);
    return r == 0 && session_get(s, 2) < names ? VWR_P9_ENOENT : r;
}

static int send_fid(struct session *s, uint8_t type, uint32_t fid)
{
    session_message(s, type);
    session_put(s, 4, fid);
    return session_send(s);
}

int session_clunk(struct session *s, uint32_t fid)
{
    return send_fid(s, VWR_P9_TCLUNK, fid);
}

int session_open_fid(struct session *s, uint32_t fid, uint32_t flags)
{
    session_message(s, VWR_P9_TLOPEN);
    session_put(s, 4, fid);
    session_put(s, 4, flags);
    return session_send(s);
}

int session_create(struct session *s, uint32_t fid, const char *name, uint32_t flags, uint32_t mode)
{
    session_message(s, VWR_P9_TLCREATE);
    session_put(s, 4, fid);
    session_put_string(s, name);
    session_put(s, 4, flags);
    session_put(s, 4, mode);
    session_put(s, 4, 0);
    return session_send(s);
}

int session_mkdir(struct session *s, uint32_t fid, const char *name, uint32_t mode)
{
    session_message(s, VWR_P9_TMKDIR);
    session_put(s, 4, fid);
    session_put_string(s, name);
    session_put(s, 4, mode);
    session_put(s, 4, 0);
    return session_send(s);
}

int session_symlink(struct session *s, uint32_t fid, const char *name, const char *target)
{
    session_message(s, VWR_P9_TSYMLINK);
    session_put(s, 4, fid);
    session_put_string(s, name);
    session_put_string(s, target);
    session_put(s, 4, 0);
    return session_send(s);
}

int session_link(struct session *s, uint32_t folder, uint32_t fid, const char *name)
{
    session_message(s, VWR_P9_TLINK);
    session_put(s, 4, folder);
    session_put(s, 4, fid);
    session_put_string(s, name);
    return session_send(s);
}

int session_renameat(struct session *s, uint32_t from, const char *name, uint32_t to, const char *second)
{
    session_message(s, VWR_P9_TRENAMEAT);
    session_put(s, 4, from);
    session_put_string(s, name);
    session_put(s, 4, to);
    session_put_string(s, second);
    return session_send(s);
}

int session_unlinkat(struct session *s, uint32_t fid, const char *name, uint32_t flags)
{
    session_message(s, VWR_P9_TUNLINKAT);
    session_put(s, 4, fid);
    session_put_string(s, name);
    session_put(s, 4, flags);
    return session_send(s);
}

int session_readlink(struct session *s, uint32_t fid, char *target, uint32_t room)
{
    const int r = send_fid(s, VWR_P9_TREADLINK, fid);

    if (r == 0)
        snprintf(target, room, "%s", session_get_string(s));
    return r;
}

int session_truncate(struct session *s, uint32_t fid, uint64_t bytes)
{
    session_message(s, VWR_P9_TSETATTR);
    session_put(s, 4, fid);
    session_put(s, 4, VWR_P9_SET_SIZE);
    for (unsigned i = 0; i < 3; i++)
        session_put(s, 4, 0);
    session_put(s, 8, bytes);
    for (unsigned i = 0; i < 4; i++)
        session_put(s, 8, 0);
    return session_send(s);
}

static void get_time(struct session *s, struct vwr_p9_time *t)
{
    t->seconds = session_get(s, 8);
    t->nanoseconds = session_get(s, 8);
}

int session_getattr(struct session *s, uint32_t fid, struct vwr_vfiles_attr *a, struct vwr_p9_qid *qid)
{
    int r;

    session_message(s, VWR_P9_TGETATTR);
    session_put(s, 4, fid);
    session_put(s, 8, VWR_P9_GET_BASIC);
    r = session_send(s);
    if (r != 0)
        return r;
    assert_int_equal(session_get(s, 8), VWR_P9_GET_BASIC);
    qid->type = (uint8_t)session_get(s, 1);
    qid->version = (uint32_t)session_get(s, 4);
    qid->path = session_get(s, 8);
    a->mode = (uint32_t)session_get(s, 4);
    a->uid = (uint32_t)session_get(s, 4);
    a->gid = (uint32_t)session_get(s, 4);
    a->links = session_get(s, 8);
    a->device = session_get(s, 8);
    a->bytes = session_get(s, 8);
    a->block_bytes = session_get(s, 8);
    a->blocks = session_get(s, 8);
    get_time(s, &a->accessed);
    get_time(s, &a->modified);
    get_time(s, &a->changed);
    assert_int_equal(s->written - s->at, 32);
    return 0;
}

int session_read(struct session *s, uint32_t fid, uint64_t offset, void *to, uint32_t bytes)
{
    uint32_t n;
    int r;

    session_message(s, VWR_P9_TREAD);
    session_put(s, 4, fid);
    session_put(s, 8, offset);
    session_put(s, 4, bytes);
    r = session_send(s);
    if (r != 0)
        return -r;
    n = (uint32_t)session_get(s, 4);
    assert_true(n <= bytes && s->at + n == s->written);
    memcpy(to, s->memory->in + s->at, n);
    return (int)n;
}

int session_write(struct session *s, uint32_t fid, uint64_t offset, const void *from, uint32_t bytes)
{
    int r;

    session_message(s, VWR_P9_TWRITE);
    session_put(s, 4, fid);
    session_put(s, 8, offset);
    session_put(s, 4, bytes);
    session_put_bytes(s, from, bytes);
    r = session_send(s);
    return r != 0 ? -r : (int)session_get(s, 4);
}

/* ---- listing ---- */

#define NAMES 512u

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Takes the entries of one answer; returns the offset behind the last. */
static uint64_t take_entries(struct session *s, char **name, unsigned *names)
{
    const uint32_t end = s->at + 4 + (uint32_t)session_get(s, 4);
    uint64_t next = 0;

    while (s->at < end) {
        const char *text;

        (void)session_get(s, 1);
        (void)session_get(s, 4);
        (void)session_get(s, 8);
        next = session_get(s, 8);
        (void)session_get(s, 1);
        text = session_get_string(s);
        if (strcmp(text, ".") == 0 || strcmp(text, "..") == 0)
            continue;
        assert_true(*names < NAMES);
        name[(*names)++] = strdup(text);
    }
    assert_int_equal(s->at, end);
    return next;
}

int session_list(struct session *s, uint32_t fid, uint32_t count, char *text, size_t room)
{
    char *name[NAMES];
    unsigned names = 0;
    uint64_t offset = 0;
    int r;

    do {
        session_message(s, VWR_P9_TREADDIR);
        session_put(s, 4, fid);
        session_put(s, 8, offset);
        session_put(s, 4, count);
        r = session_send(s);
        offset = r == 0 ? take_entries(s, name, &names) : 0;
    } while (offset != 0);
    qsort(name, names, sizeof(name[0]), by_name);
    *text = '\0';
    for (unsigned i = 0; i < names; i++) {
        assert_true(strlen(text) + strlen(name[i]) + 2 < room);
        strcat(strcat(text, name[i]), "\n");
        free(name[i]);
    }
    return r;
}
