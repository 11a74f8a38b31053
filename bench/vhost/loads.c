/* SPDX-License-Identifier: MIT */
#include "../cases.h"
#include "vwr/9p.h"
#include "vwr/blk.h"
#include "vwr/fs.h"
#include "vwr/gen/ids.h"
#include "vwr/vsock.h"
#include "vwr_vhost_front.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * Loads of a back end in another process, one request at a time: reads of a disk, reads of a file and
 * listings of a folder by FUSE or 9P, and a stream between the guest and a program of the host. In each round
 * of a stream, one end sends BYTES, and the next round begins when the other end has received them. All data
 * are checked: byte I of a file, a disk or a stream is I / 4096, modulo 256.
 *
 *     bench_loads blk SOCKET BYTES ROUNDS
 *     bench_loads fs-read|fs-list|9p-read|9p-list SOCKET BYTES ROUNDS
 *     bench_loads up|down SOCKET BYTES ROUNDS HOST
 */

#define WAIT_MS 20000
#define PAGE 4096u
#define BYTES_MAX 131072u
#define STREAM 7u      /* port of the host */
#define BUFFER 262144u /* of a socket of the guest, as Linux's default */
#define FILE_BYTES 1048576u
#define FOLDER "names"
#define CONTENTS "contents"

static struct {
    struct vwr_vhost_front end;
    uint8_t *data;
    uint32_t bytes;
    uint64_t rounds;
    uint64_t moved; /* bytes, or names */
} load;

static union {
    struct vwr_blk blk;
    struct vwr_fs fs;
    struct vwr_9p plan9;
    struct vwr_vsock vsock;
} device;

static _Noreturn void fail(const char *what, long r)
{
    char text[200];

    (void)vwr_vhost_front_explain(&load.end, text, sizeof(text));
    fprintf(stderr, "bench_loads: %s: %ld; %s\n", what, r, text);
    exit(1);
}

static void must(const char *what, int r)
{
    if (r != VWR_OK)
        fail(what, r);
}

/* ---- the front end ---- */

static void probe(const char *path, uint32_t type, const void *config, uint32_t config_bytes)
{
    const struct vwr_vhost_front_options where = {.path = path,
                                                  .type = type,
                                                  .ring_max = 256,
                                                  .timeout_ms = WAIT_MS,
                                                  .config = config,
                                                  .config_bytes = config_bytes};

    must("probe", vwr_vhost_front_probe(&load.end, &where));
}

/* Memory of the queues, and the data behind it. */
static void *get_memory(size_t shared)
{
    const size_t whole = (shared + PAGE - 1u) / PAGE * PAGE;
    uint8_t *const m = vwr_vhost_front_memory(&load.end, whole + BYTES_MAX);

    if (m == NULL)
        fail("memory", 0);
    load.data = m + whole;
    return m;
}

static struct vwr_request_options waits(void)
{
    return (struct vwr_request_options){.waiter = &load.end.waiter, .timeout_us = WAIT_MS * 1000u};
}

static uint8_t byte_at(uint64_t at)
{
    return (uint8_t)(at / PAGE);
}

static void check(const uint8_t *data, uint64_t at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (data[i] != byte_at(at + i))
            fail("a byte differs", (long)(at + i));
}

/* Offset of a round's data in a file or on a disk. */
static uint64_t place(uint64_t round)
{
    return round % (FILE_BYTES / load.bytes) * load.bytes;
}

static void took(uint64_t round, int n)
{
    if (n != (int)load.bytes)
        fail("a short read", n);
    check(load.data, place(round), load.bytes);
    load.moved += load.bytes;
}

/* ---- disk ---- */

static void read_disk(void)
{
    static uint64_t own[(VWR_BLK_OWN_BYTES(256, 1) + 7u) / 8u];
    struct vwr_blk_options o = {.request = waits()};
    struct vwr_queue_memory m = {NULL, VWR_BLK_SHARED_BYTES(256, 1, 1), own, sizeof(own), 256};

    o.request.requests = 1;
    m.shared = get_memory(m.shared_bytes);
    must("open", vwr_blk_open_with(&device.blk, &load.end.dev, &m, &o));
    for (uint64_t i = 0; i < load.rounds; i++) {
        must("read", vwr_blk_read(&device.blk, place(i) / 512u, load.data, load.bytes / 512u));
        took(i, (int)load.bytes);
    }
}

/* ---- a folder by FUSE ---- */

static uint32_t take_fs_names(uint32_t bytes, uint64_t *next)
{
    struct vwr_fs_entry entry;
    uint32_t at = 0, names = 0;
    int r;

    for (; (r = vwr_fs_next_entry(load.data, bytes, &at, &entry)) > 0; names++)
        *next = entry.next;
    must("an entry", r);
    return names;
}

static void list_fs(const struct vwr_fs_node *folder)
{
    struct vwr_fs_file file;
    uint64_t next = 0;
    int n;

    must("open", vwr_fs_open_folder(&device.fs, folder, &file));
    while ((n = vwr_fs_readdir(&device.fs, &file, next, load.data, load.bytes)) > 0)
        load.moved += take_fs_names((uint32_t)n, &next);
    must("readdir", n);
    must("release", vwr_fs_release_folder(&device.fs, &file));
}

static void use_fs(bool lists)
{
    const struct vwr_fs_options o = {.shared = get_memory(sizeof(*o.shared)), .request = waits()};
    struct vwr_fs_node root, node;
    struct vwr_fs_file file;
    struct vwr_fs_attr attr;

    must("open", vwr_fs_open(&device.fs, &load.end.dev, &o));
    must("mount", vwr_fs_mount(&device.fs, &root));
    must("lookup", vwr_fs_lookup(&device.fs, &root, lists ? FOLDER : CONTENTS, &node, &attr));
    if (!lists)
        must("open", vwr_fs_open_file(&device.fs, &node, VWR_P9_O_RDONLY, &file));
    for (uint64_t i = 0; i < load.rounds; i++) {
        if (lists)
            list_fs(&node);
        else
            took(i, vwr_fs_read(&device.fs, &file, place(i), load.data, load.bytes));
    }
}

/* ---- a folder by 9P ---- */

static uint32_t take_9p_names(uint32_t bytes, uint64_t *next)
{
    struct vwr_9p_entry entry;
    uint32_t at = 0, names = 0;
    int r;

    for (; (r = vwr_9p_next_entry(load.data, bytes, &at, &entry)) > 0; names++)
        *next = entry.next;
    must("an entry", r);
    return names;
}

static int open_9p(int root, const char *name)
{
    const int fid = vwr_9p_walk(&device.plan9, root, name);

    if (fid < 0)
        fail("walk", fid);
    must("open", vwr_9p_lopen(&device.plan9, fid, VWR_P9_O_RDONLY));
    return fid;
}

static void list_9p(int root)
{
    const int fid = open_9p(root, FOLDER);
    uint64_t next = 0;
    int n;

    while ((n = vwr_9p_readdir(&device.plan9, fid, next, load.data, load.bytes)) > 0)
        load.moved += take_9p_names((uint32_t)n, &next);
    must("readdir", n);
    must("clunk", vwr_9p_clunk(&device.plan9, fid));
}

static void use_9p(bool lists)
{
    const struct vwr_9p_options o = {.shared = get_memory(sizeof(*o.shared)), .request = waits()};
    int root, fid = 0;

    must("open", vwr_9p_open(&device.plan9, &load.end.dev, &o));
    root = vwr_9p_mount(&device.plan9);
    if (root < 0)
        fail("mount", root);
    if (!lists)
        fid = open_9p(root, CONTENTS);
    for (uint64_t i = 0; i < load.rounds; i++) {
        if (lists)
            list_9p(root);
        else
            took(i, vwr_9p_read(&device.plan9, fid, place(i), load.data, load.bytes));
    }
}

/* ---- a stream ---- */

static int listen_at(const char *host)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    (void)snprintf(a.sun_path, sizeof(a.sun_path), "%s_%u", host, STREAM);
    (void)unlink(a.sun_path);
    if (bind(fd, (const struct sockaddr *)&a, sizeof(a)) != 0 || listen(fd, 1) != 0)
        fail("listen", 0);
    return fd;
}

/* Polls the device, and sleeps until it has an event. Returns the readiness of the socket. */
static unsigned wait_for(struct vwr_socket *s, unsigned what)
{
    struct pollfd f = {.fd = vwr_vhost_front_fd(&load.end), .events = POLLIN};

    for (;;) {
        must("poll", vwr_vsock_poll(&device.vsock));
        if ((vwr_socket_ready(s) & what) != 0)
            return vwr_socket_ready(s);
        if (!vwr_vsock_arm(&device.vsock))
            continue;
        if (poll(&f, 1, WAIT_MS) != 1)
            fail("the device is silent, ready", (long)vwr_socket_ready(s));
        (void)vwr_dev_irq(&load.end.dev);
    }
}

/* The guest sends, and the program reads after the device has received all bytes. */
static void send_up(struct vwr_socket *s, int program)
{
    for (uint32_t done = 0; done < load.bytes;) {
        const int n = vwr_socket_send(s, load.data + done, load.bytes - done, 0);

        if (n < 0)
            fail("send", n);
        done += (uint32_t)n;
        if (done < load.bytes)
            (void)wait_for(s, VWR_SOCKET_WRITABLE);
    }
    must("poll", vwr_vsock_poll(&device.vsock));
    for (uint32_t done = 0; done < load.bytes;) {
        static uint8_t got[BYTES_MAX];
        const ssize_t n = read(program, got, load.bytes - done);

        if (n <= 0)
            fail("read", (long)n);
        check(got, done, (uint32_t)n);
        done += (uint32_t)n;
    }
}

/* The program writes, and the guest reads. */
static void send_down(struct vwr_socket *s, int program)
{
    if (write(program, load.data, load.bytes) != (ssize_t)load.bytes)
        fail("write", 0);
    for (uint32_t done = 0; done < load.bytes;) {
        static uint8_t got[BYTES_MAX];
        int n;

        (void)wait_for(s, VWR_SOCKET_READABLE);
        n = vwr_socket_receive(s, got, load.bytes - done, NULL);
        if (n < 0)
            fail("receive", n);
        check(got, done, (uint32_t)n);
        done += (uint32_t)n;
    }
}

static void stream(bool up, const char *host)
{
    static struct vwr_socket socket[1];
    static uint8_t buffer[VWR_SOCKET_BYTES(1, BUFFER)];
    struct vwr_vsock_options o = {.shared = get_memory(sizeof(*o.shared)),
                                  .sockets = {socket, 1, buffer, sizeof(buffer)}};
    const int listener = listen_at(host);
    struct vwr_socket *s;
    int program;

    must("open", vwr_vsock_open(&device.vsock, &load.end.dev, &o));
    must("connect",
         vwr_socket_connect(&device.vsock.sockets, VWR_VSOCK_CID_HOST, STREAM, VWR_VSOCK_TYPE_STREAM, &s));
    (void)wait_for(s, VWR_SOCKET_WRITABLE);
    program = accept(listener, NULL, NULL);
    for (uint32_t i = 0; i < load.bytes; i++)
        load.data[i] = byte_at(i);
    for (uint64_t i = 0; i < load.rounds; i++) {
        if (up)
            send_up(s, program);
        else
            send_down(s, program);
        load.moved += load.bytes;
    }
}

/* ---- cases ---- */

static bool use(const char *what, const char *path, const char *host)
{
    static const uint8_t tag[44] = {
        'v', 'w', 'r', [36] = 1}; /* and one request queue; some back ends have no configuration space */
    static const uint64_t cid = 3;
    const bool up = strcmp(what, "up") == 0;

    if (strcmp(what, "blk") == 0) {
        probe(path, VWR_ID_BLOCK, NULL, 0);
        read_disk();
    } else if (strcmp(what, "fs-read") == 0 || strcmp(what, "fs-list") == 0) {
        probe(path, VWR_ID_FS, tag, sizeof(tag));
        use_fs(what[3] == 'l');
    } else if (strcmp(what, "9p-read") == 0 || strcmp(what, "9p-list") == 0) {
        probe(path, VWR_ID_9P, NULL, 0);
        use_9p(what[3] == 'l');
    } else if (host != NULL && (up || strcmp(what, "down") == 0)) {
        probe(path, VWR_ID_VSOCK, &cid, sizeof(cid));
        stream(up, host);
    } else {
        return false;
    }
    return true;
}

int bench_main(int argc, char **argv)
{
    if (argc == 5 || argc == 6) {
        load.bytes = (uint32_t)strtoul(argv[3], NULL, 10);
        load.rounds = strtoull(argv[4], NULL, 10);
    }
    if (load.bytes < 512 || load.bytes > BYTES_MAX || !use(argv[1], argv[2], argc == 6 ? argv[5] : NULL)) {
        fprintf(stderr, "usage: bench_loads blk|fs-read|fs-list|9p-read|9p-list SOCKET BYTES ROUNDS | "
                        "up|down SOCKET BYTES ROUNDS HOST\n");
        return 2;
    }
    printf("rounds=%llu moved=%llu\n", (unsigned long long)load.rounds, (unsigned long long)load.moved);
    vwr_vhost_front_end(&load.end);
    return 0;
}
