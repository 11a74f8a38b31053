/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include "vwr/gen/features.h"
#include "vwr/9p.h"
#include "vwr/console.h"
#include "vwr/entropy.h"
#include "vwr/fs.h"
#include "vwr/gen/ids.h"
#include "vwr/net.h"
#include "vwr/scsi.h"
#include "vwr/vsock.h"
#include "vwr_vhost_front.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * classes FOLDER CLASS COMMAND...: our driver of a class on the back end COMMAND, in which the words SOCKET
 * and IMAGE are replaced, with each kind of ring. What arrives at the other end is compared: at the other
 * card, at standard input and output, in the image, in the folder. Fails if the back end does not offer every
 * kind. With --moves first, there are two such programs, and the device goes on in the other one again and
 * again.
 */

#define DATA_BYTES 131072u
#define TRIES 3000
#define START_TRIES 1000
#define FRAMES 200u
#define WINDOW 16u
#define SECTOR 512u
#define IMAGE_BYTES (2u * DATA_BYTES)

struct end {
    struct vwr_vhost_front v;
    void *shared;
    uint8_t *data; /* DATA_BYTES that the device sees */
    union {
        struct vwr_bringup bringup;
        struct vwr_net net;
        struct vwr_console console;
        struct vwr_entropy entropy;
        struct vwr_scsi scsi;
        struct vwr_9p p9;
        struct vwr_fs fs;
        struct vwr_vsock vsock;
    } device;
};

struct class
{
    const char *name;
    const struct vwr_bringup_class *bringup;
    size_t shared;
    unsigned ends;
    int (*open)(struct end *e, const struct vwr_features *avoid);
    bool (*works)(struct end *e);
};

static struct end end[2];
static uint8_t sent[DATA_BYTES]; /* private to the test */
static uint8_t image[IMAGE_BYTES];
static struct peer peer;
static struct peer second; /* --moves */
static bool moves;
static unsigned moved;
static uint32_t number = 1;

static uint32_t random_below(uint32_t limit)
{
    number = number * 1664525u + 1013904223u;
    return (number >> 8) % limit;
}

static void randomise(uint8_t *at, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        at[i] = (uint8_t)random_below(256);
}

static bool failed(const struct end *e, const char *what, int r)
{
    char text[300];

    (void)vwr_vhost_front_explain(&e->v, text, sizeof(text));
    printf("FAILED: %s: %d; %s; ", what, r, text);
    (void)vwr_dev_explain(&e->v.dev, text, sizeof(text));
    printf("%s\n", text);
    return false;
}

/* Sleeps until there is an interrupt, or a short time. */
static void rest(struct end *e)
{
    struct pollfd f = {.fd = vwr_vhost_front_fd(&e->v), .events = POLLIN};

    if (poll(&f, 1, 10) > 0)
        (void)vwr_dev_irq(&e->v.dev);
}

/* The second socket of a program has a 2 at its end. */
static void path_of(const struct end *e, const struct peer *p, char *path, size_t bytes)
{
    (void)snprintf(path, bytes, "%s%s", p->socket, e == end ? "" : "2");
}

/* To the other program, if there are two. */
static bool move(struct end *e)
{
    const unsigned ends = e->v.dev.type == VWR_ID_NET ? 2 : 1;

    if (!moves)
        return true;
    for (unsigned i = 0; i < ends; i++) {
        char path[sizeof(peer.socket) + 1u];
        int r;

        path_of(&e[i], moved % 2u == 0 ? &second : &peer, path, sizeof(path));
        r = vwr_vhost_front_move(&e[i].v, path);
        if (r != VWR_OK)
            return failed(&e[i], "move", r);
    }
    moved++;
    return true;
}

static struct vwr_request_options waiting(const struct end *e)
{
    return (struct vwr_request_options){.waiter = &e->v.waiter};
}

/* ---- network: two cards on the back end's switch ---- */

static struct vwr_net_pair pairs[2];

static int open_net(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_net_options o = {.pair = &pairs[e - end],
                                      .shared = e->shared,
                                      .pair_count = 1,
                                      .shared_count = 1,
                                      .avoid = *avoid,
                                      .request = waiting(e)};

    return vwr_net_open(&e->device.net, &e->v.dev, &o);
}

/* Takes frames until there are `count`, and compares them. */
static bool receives(struct end *to, uint8_t (*expected)[VWR_NET_FRAME], const uint32_t *bytes,
                     unsigned count)
{
    struct vwr_net_receiveq *const q = vwr_net_get_receiveq(&to->device.net, 0);
    struct vwr_slice slice[VWR_NET_SLICES];
    unsigned have = 0;

    for (unsigned tries = 0; have < count && tries < TRIES; tries++) {
        const int n = vwr_net_receive_reap(q, slice, VWR_NET_SLICES);

        if (n < 0)
            return failed(to, "receive", n);
        for (int i = 0; i < n; i++, have++) {
            if (have >= count || slice[i].more != 0 || slice[i].bytes != bytes[have] ||
                memcmp(slice[i].p, expected[have], bytes[have]) != 0)
                return failed(to, "another frame", (int)have);
            (void)vwr_net_receive_submit(q, &slice[i]);
        }
        (void)vwr_net_receive_kick(q);
        if (n == 0 && vwr_net_receive_arm(q, 1))
            rest(to);
    }
    return have == count || failed(to, "frames are missing", (int)have);
}

static bool returns(struct end *from, unsigned count)
{
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&from->device.net, 0);
    struct vwr_net_packet *done[WINDOW];
    unsigned have = 0;

    for (unsigned tries = 0; have < count && tries < TRIES; tries++) {
        const int n = vwr_net_reap(q, done, WINDOW);

        if (n < 0)
            return failed(from, "send", n);
        have += (unsigned)n;
        if (n == 0 && vwr_net_arm(q, 1))
            rest(from);
    }
    return have == count || failed(from, "packets do not return", (int)have);
}

static bool sends(struct end *from, struct end *to, unsigned count)
{
    static uint8_t frame[WINDOW][VWR_NET_FRAME];
    static struct vwr_net_packet packet[WINDOW];
    struct vwr_net_transmitq *const q = vwr_net_get_transmitq(&from->device.net, 0);
    uint32_t bytes[WINDOW];

    for (unsigned i = 0; i < count; i++) {
        bytes[i] = 60u + random_below(1514u - 60u + 1u);
        randomise(frame[i], bytes[i]);
        (void)memcpy(frame[i], to->device.net.info.mac, 6);
        (void)memcpy(frame[i] + 6, from->device.net.info.mac, 6);
        (void)memcpy(from->data + i * VWR_NET_FRAME, frame[i], bytes[i]);
        vwr_net_fill(&packet[i], from->data + i * VWR_NET_FRAME, bytes[i]);
        if (vwr_net_submit(q, &packet[i]) != VWR_OK)
            return failed(from, "submit", (int)i);
    }
    (void)vwr_net_kick(q);
    return receives(to, frame, bytes, count) && returns(from, count);
}

static bool works_net(struct end *e)
{
    bool ok = true;

    for (unsigned n = 0; ok && n < FRAMES; n += WINDOW)
        ok = sends(&e[0], &e[1], WINDOW) && sends(&e[1], &e[0], 1 + random_below(WINDOW)) &&
             (n % (4u * WINDOW) != 0 || move(e));
    return ok;
}

/* ---- console: its other end is a socket, which is the program's standard input and output ---- */

/* The program that has the device. */
static const struct peer *current(void)
{
    return moved % 2u == 0 ? &peer : &second;
}

#define CONSOLE_BYTES 20000u

static struct vwr_console_port ports[VWR_CONSOLE_QUEUES(1) / 2u];

static int open_console(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_console_options o = {.port = ports,
                                          .shared = e->shared,
                                          .port_count = VWR_CONSOLE_PORTS(1),
                                          .shared_count = VWR_CONSOLE_QUEUES(1),
                                          .avoid = *avoid};

    return vwr_console_open(&e->device.console, &e->v.dev, &o);
}

/* Adds what came to *have. false: it is not what was sent. */
static bool is_next(uint32_t *have, const uint8_t *bytes, ssize_t n, bool *any)
{
    if (n <= 0)
        return true;
    if (*have + (size_t)n > CONSOLE_BYTES || memcmp(bytes, sent + *have, (size_t)n) != 0)
        return false;
    *have += (uint32_t)n;
    *any = true;
    return true;
}

/* What the driver has written leaves through the former program before the move, or through the next one. */
static bool moves_console(struct end *e)
{
    struct vwr_console *const c = &e->device.console;
    const int former = current()->io;
    const int n = vwr_console_write(c, 0, sent, CONSOLE_BYTES);
    uint32_t arrived = 0;
    uint8_t some[700];
    bool any = true;

    if (n <= 0 || !move(e))
        return failed(e, "write", n);
    while (any) {
        any = false;
        if (!is_next(&arrived, some, read(former, some, sizeof(some)), &any))
            return failed(e, "other bytes have left before the move", (int)arrived);
    }
    for (unsigned tries = 0; tries < TRIES && arrived < (uint32_t)n; tries++) {
        if (!is_next(&arrived, some, read(current()->io, some, sizeof(some)), &any))
            return failed(e, "other bytes have left after the move", (int)arrived);
        if (vwr_console_arm(c, 0))
            rest(e);
    }
    return arrived == (uint32_t)n || failed(e, "bytes are missing", (int)arrived);
}

static bool exchanges(struct end *e)
{
    struct vwr_console *const c = &e->device.console;
    const int io = current()->io;
    uint32_t written = 0, arrived = 0, given = 0, have = 0;
    uint8_t some[700];

    randomise(sent, CONSOLE_BYTES);
    for (unsigned tries = 0; tries < TRIES && (arrived < CONSOLE_BYTES || have < CONSOLE_BYTES); tries++) {
        const int n = vwr_console_write(c, 0, sent + written, CONSOLE_BYTES - written);
        const ssize_t m = write(io, sent + given, CONSOLE_BYTES - given);
        bool any = n > 0 || m > 0;

        written += n > 0 ? (uint32_t)n : 0;
        given += m > 0 ? (uint32_t)m : 0;
        if (n < 0)
            return failed(e, "write", n);
        if (!is_next(&arrived, some, read(io, some, sizeof(some)), &any))
            return failed(e, "other bytes have left", (int)arrived);
        if (!is_next(&have, some, vwr_console_read(c, 0, some, sizeof(some)), &any))
            return failed(e, "other bytes have come", (int)have);
        if (!any && vwr_console_arm(c, 0))
            rest(e);
    }
    return (arrived == CONSOLE_BYTES && have == CONSOLE_BYTES) || failed(e, "bytes are missing", (int)have);
}

static bool works_console(struct end *e)
{
    return exchanges(e) && (!moves || (moves_console(e) && exchanges(e)));
}

/* ---- entropy: there is nothing to compare with; about half of the bits are set ---- */

static int open_entropy(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_entropy_options o = {.shared = e->shared, .avoid = *avoid};

    return vwr_entropy_open(&e->device.entropy, &e->v.dev, &o);
}

static bool works_entropy(struct end *e)
{
    const uint32_t bytes = 4096;
    uint32_t ones = 0;
    int r;

    (void)memset(sent, 0, 2u * bytes);
    if (!move(e))
        return false;
    r = vwr_entropy_fill(&e->device.entropy, sent, 2u * bytes, 20000000);
    for (uint32_t i = 0; i < 2u * bytes; i++)
        ones += (uint32_t)__builtin_popcount(sent[i]);
    if (r != VWR_OK || memcmp(sent, sent + bytes, bytes) == 0 || ones < 7u * bytes || ones > 9u * bytes)
        return failed(e, "bytes that are not random", r);
    return true;
}

/* ---- SCSI: a unit, whose image is compared at the end ---- */

static int open_scsi(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_scsi_options o = {.shared = e->shared, .avoid = *avoid, .request = waiting(e)};

    return vwr_scsi_open(&e->device.scsi, &e->v.dev, &o);
}

static bool works_scsi(struct end *e)
{
    struct vwr_scsi_disk d;
    int r = vwr_scsi_disk_open(&d, &e->device.scsi, VWR_SCSI_UNIT(0, 0));

    if (r != VWR_OK || d.blocks * d.block_bytes != IMAGE_BYTES)
        return failed(e, "unit", r);
    for (unsigned n = 0; n < 16; n++) {
        const uint32_t count = 1u + random_below(n == 0 ? DATA_BYTES / SECTOR : 16u);
        const uint32_t at = random_below(IMAGE_BYTES / SECTOR - count);

        randomise(e->data, (size_t)count * SECTOR);
        (void)memcpy(image + (size_t)at * SECTOR, e->data, (size_t)count * SECTOR);
        r = vwr_scsi_disk_write(&d, at, e->data, (size_t)count * SECTOR);
        if (r != VWR_OK)
            return failed(e, "write", r);
        (void)memset(e->data, 0, (size_t)count * SECTOR);
        if (n % 4u == 0 && !move(e))
            return false;
        r = vwr_scsi_disk_read(&d, at > 0 ? at - 1u : at, e->data, (size_t)count * SECTOR);
        if (r != VWR_OK ||
            memcmp(e->data, image + (size_t)(at > 0 ? at - 1u : at) * SECTOR, (size_t)count * SECTOR) != 0)
            return failed(e, "read", r);
    }
    r = vwr_scsi_disk_flush(&d);
    return r == VWR_OK || failed(e, "flush", r);
}

/* ---- a folder: files of the driver are read here, files from here by the driver ---- */

static bool host_file(const struct end *e, const char *name, bool writes)
{
    static uint8_t found[DATA_BYTES];
    FILE *const f = fopen(name, writes ? "w" : "r");
    const size_t n = f == NULL ? 0 : writes ? fwrite(sent, 1, DATA_BYTES, f) : fread(found, 1, DATA_BYTES, f);

    if (f == NULL || fclose(f) != 0 || n != DATA_BYTES || (!writes && memcmp(found, sent, DATA_BYTES) != 0))
        return failed(e, name, (int)n);
    return writes || unlink(name) == 0;
}

/* Contents for a file of the driver, which are in e->data too, or for a file of the host. */
static bool new_contents(struct end *e, bool driver)
{
    randomise(sent, DATA_BYTES);
    (void)memset(e->data, 0, DATA_BYTES);
    if (driver)
        (void)memcpy(e->data, sent, DATA_BYTES);
    return driver || host_file(e, "files/theirs", true);
}

static bool is_read(const struct end *e, int n)
{
    return (n == (int)DATA_BYTES && memcmp(e->data, sent, DATA_BYTES) == 0) || failed(e, "read", n);
}

static int open_9p(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_9p_options o = {
        .shared = e->shared, .avoid = *avoid, .request = waiting(e), .uid = getuid(), .gid = getgid()};

    return vwr_9p_open(&e->device.p9, &e->v.dev, &o);
}

static bool works_9p(struct end *e)
{
    struct vwr_9p *const p = &e->device.p9;
    const int root = vwr_9p_mount(p);
    int folder, file;
    int r = root < 0 ? root : vwr_9p_mkdir(p, root, "folder", 0755);

    folder = r < 0 ? r : vwr_9p_walk(p, root, "folder");
    file = folder < 0 ? folder : vwr_9p_create(p, folder, "ours", VWR_P9_O_RDWR, 0644);
    if (file < 0 || !new_contents(e, true) || !move(e))
        return failed(e, "create", file);
    r = vwr_9p_write(p, file, 0, e->data, DATA_BYTES);
    if (r != (int)DATA_BYTES || vwr_9p_clunk(p, file) != VWR_OK || !host_file(e, "files/folder/ours", false))
        return failed(e, "write", r);
    if (!new_contents(e, false))
        return false;
    file = vwr_9p_walk(p, root, "theirs");
    r = file < 0 ? file : vwr_9p_lopen(p, file, VWR_P9_O_RDONLY);
    if (r < 0 || !move(e) || !is_read(e, vwr_9p_read(p, file, 0, e->data, DATA_BYTES)))
        return failed(e, "open", r);
    r = vwr_9p_unlinkat(p, root, "folder", VWR_P9_AT_REMOVEDIR);
    return (r == VWR_OK && access("files/folder", F_OK) != 0) || failed(e, "remove", r);
}

static int open_fs(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_fs_options o = {
        .shared = e->shared, .avoid = *avoid, .request = waiting(e), .uid = getuid(), .gid = getgid()};

    return vwr_fs_open(&e->device.fs, &e->v.dev, &o);
}

static bool works_fs(struct end *e)
{
    struct vwr_fs *const p = &e->device.fs;
    struct vwr_fs_node root, folder, node;
    struct vwr_fs_file file;
    int r = vwr_fs_mount(p, &root);

    r = r != VWR_OK ? r : vwr_fs_mkdir(p, &root, "folder", 0755, &folder);
    r = r != VWR_OK ? r : vwr_fs_create(p, &folder, "ours", VWR_P9_O_RDWR, 0644, &node, &file);
    if (r != VWR_OK || !new_contents(e, true) || !move(e))
        return failed(e, "create", r);
    r = vwr_fs_write(p, &file, 0, e->data, DATA_BYTES);
    if (r != (int)DATA_BYTES || vwr_fs_release(p, &file) != VWR_OK ||
        !host_file(e, "files/folder/ours", false))
        return failed(e, "write", r);
    if (!new_contents(e, false))
        return false;
    r = vwr_fs_lookup(p, &root, "theirs", &node, NULL);
    r = r != VWR_OK ? r : vwr_fs_open_file(p, &node, VWR_P9_O_RDONLY, &file);
    if (r != VWR_OK || !move(e) || !is_read(e, vwr_fs_read(p, &file, 0, e->data, DATA_BYTES)))
        return failed(e, "open", r);
    r = vwr_fs_rmdir(p, &root, "folder");
    if (r != VWR_OK || access("files/folder", F_OK) == 0)
        return failed(e, "remove", r);
    r = vwr_fs_unmount(p);
    return r == VWR_OK || failed(e, "unmount", r);
}

/* ---- sockets: the host's end is a Unix socket of the program, here ---- */

#define PORT 52u
#define SOCKETS 4u
#define SOCKET_BYTES 16384u
#define WAIT_US 20000000u

static struct vwr_socket table[SOCKETS];
static uint8_t buffer[VWR_SOCKET_BYTES(SOCKETS, SOCKET_BYTES)];

static int open_vsock(struct end *e, const struct vwr_features *avoid)
{
    const struct vwr_vsock_options o = {
        .shared = e->shared, .sockets = {table, SOCKETS, buffer, sizeof(buffer)}, .avoid = *avoid};

    return vwr_vsock_open(&e->device.vsock, &e->v.dev, &o);
}

/* Where the program finds the host's port. */
static int listen_at_port(void)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (snprintf(a.sun_path, sizeof(a.sun_path), "%s.v_%u", current()->socket, PORT) >=
        (int)sizeof(a.sun_path))
        return -1;
    (void)unlink(a.sun_path);
    return bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 1) == 0 ? fd : -1;
}

/* A connection of the guest: *host is the other end. NULL: there is none. */
static struct vwr_socket *connects(struct end *e, int *host)
{
    struct vwr_vsock *const v = &e->device.vsock;
    const int listener = listen_at_port();
    struct vwr_socket *s = NULL;
    int r = vwr_socket_connect(&v->sockets, VWR_VSOCK_CID_HOST, PORT, VWR_VSOCK_TYPE_STREAM, &s);

    if (r == VWR_OK)
        r = vwr_vsock_wait(v, s, VWR_SOCKET_WRITABLE, WAIT_US);
    *host = r > 0 ? accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK) : -1;
    (void)close(listener);
    if (*host >= 0)
        return s;
    (void)failed(e, "connect", r);
    return NULL;
}

static bool exchanges_by(struct end *e, struct vwr_socket *s, int host)
{
    uint32_t written = 0, arrived = 0, given = 0, have = 0;
    uint8_t some[700];

    randomise(sent, CONSOLE_BYTES);
    for (unsigned tries = 0; tries < TRIES && (arrived < CONSOLE_BYTES || have < CONSOLE_BYTES); tries++) {
        const int n = vwr_socket_send(s, sent + written, CONSOLE_BYTES - written, 0);
        const ssize_t m = write(host, sent + given, CONSOLE_BYTES - given);
        bool any = n > 0 || m > 0;
        int r;

        written += n > 0 ? (uint32_t)n : 0;
        given += m > 0 ? (uint32_t)m : 0;
        if (!is_next(&arrived, some, read(host, some, sizeof(some)), &any))
            return failed(e, "other bytes have left", (int)arrived);
        if (!is_next(&have, some, vwr_socket_receive(s, some, sizeof(some), NULL), &any))
            return failed(e, "other bytes have come", (int)have);
        r = vwr_vsock_poll(&e->device.vsock);
        if (r < 0)
            return failed(e, "poll", r);
        if (!any && vwr_vsock_arm(&e->device.vsock))
            rest(e);
    }
    return (arrived == CONSOLE_BYTES && have == CONSOLE_BYTES) || failed(e, "bytes are missing", (int)have);
}

/* A move ends the connections, as the Unix sockets of the former program do: both ends learn it. */
static bool ends_by_move(struct end *e, struct vwr_socket *s, int host)
{
    uint32_t arrived = 0;
    uint8_t some[700];
    bool any = true;
    int n = vwr_socket_send(s, sent, CONSOLE_BYTES, 0);

    if (n <= 0 || !move(e))
        return failed(e, "send", n);
    for (unsigned tries = 0; tries < TRIES && s->state != VWR_SOCKET_ENDED; tries++) {
        if (vwr_vsock_poll(&e->device.vsock) < 0)
            return failed(e, "poll", 0);
        if (s->state != VWR_SOCKET_ENDED && vwr_vsock_arm(&e->device.vsock))
            rest(e);
    }
    if (s->state != VWR_SOCKET_ENDED || s->result != VWR_ERESET)
        return failed(e, "the connection did not end", s->state);
    for (unsigned tries = 0; tries < TRIES && n != 0; tries++) { /* until the host reads its end */
        n = (int)read(host, some, sizeof(some));
        if (!is_next(&arrived, some, n, &any))
            return failed(e, "other bytes have left", (int)arrived);
        if (n < 0)
            (void)poll(&(struct pollfd){.fd = host, .events = POLLIN}, 1, 10);
    }
    return n == 0 || failed(e, "the host's connection did not end", n);
}

static bool works_vsock(struct end *e)
{
    bool ok = true;

    for (unsigned i = 0; ok && i < (moves ? 2u : 1u); i++) {
        int host = -1;
        struct vwr_socket *const s = connects(e, &host);

        ok = s != NULL && exchanges_by(e, s, host) && (i != 0 || !moves || ends_by_move(e, s, host));
        if (s != NULL)
            vwr_socket_close(s);
        (void)close(host);
    }
    return ok;
}

/* ---- all of them ---- */

static const struct class classes[] = {
    {"net", &vwr_net_bringup, sizeof(struct vwr_net_shared), 2, open_net, works_net},
    {"console", &vwr_console_bringup, VWR_CONSOLE_QUEUES(1) * sizeof(struct vwr_console_shared), 1,
     open_console, works_console},
    {"rng", &vwr_entropy_bringup, sizeof(struct vwr_entropy_shared), 1, open_entropy, works_entropy},
    {"scsi", &vwr_scsi_bringup, sizeof(struct vwr_scsi_shared), 1, open_scsi, works_scsi},
    {"9p", &vwr_9p_bringup, sizeof(struct vwr_9p_shared), 1, open_9p, works_9p},
    {"fs", &vwr_fs_bringup, sizeof(struct vwr_fs_shared), 1, open_fs, works_fs},
    {"vsock", &vwr_vsock_bringup, sizeof(struct vwr_vsock_shared), 1, open_vsock, works_vsock},
};

static bool opens(const struct class *c, struct end *e, const struct vwr_features *avoid)
{
    char path[sizeof(peer.socket) + 1u];
    const struct vwr_net_config card = {.status = vwr_cpu_to_le16(VWR_NET_S_LINK_UP),
                                        .max_virtqueue_pairs = vwr_cpu_to_le16(1),
                                        .mtu = vwr_cpu_to_le16(1500)};
    const struct vwr_vhost_front_options o = {.path = path,
                                              .type = c->bringup->type,
                                              /* of a back end that serves no configuration: DPDK */
                                              .config = c->works == works_net ? &card : NULL,
                                              .config_bytes = sizeof(card)};
    int r = VWR_ENODEV;

    path_of(e, moved % 2u == 0 ? &peer : &second, path, sizeof(path));
    for (unsigned tries = 0; tries < START_TRIES && r == VWR_ENODEV; tries++) {
        (void)poll(NULL, 0, tries > 0 ? 10 : 0); /* it has a socket, and does not listen yet */
        r = vwr_vhost_front_probe(&e->v, &o);
        vwr_dev_want(&e->v.dev, VWR_F_IN_ORDER);
    }
    if (r != VWR_OK)
        return failed(e, "probe", r);
    e->shared = vwr_vhost_front_memory(&e->v, c->shared);
    e->data = vwr_vhost_front_memory(&e->v, DATA_BYTES);
    if (e->shared == NULL || e->data == NULL)
        return failed(e, "memory", 0);
    r = c->open(e, avoid);
    return r == VWR_OK || failed(e, "open", r);
}

static bool closes(struct end *e)
{
    const int r = vwr_close(&e->device.bringup);

    vwr_vhost_front_end(&e->v);
    return r == VWR_OK || failed(e, "close", r);
}

static bool run(const struct class *c, unsigned kind, struct vwr_features *offered)
{
    struct vwr_features avoid;
    bool ok = peer_ring(kind, offered, &avoid);

    if (!ok)
        return failed(&end[0], "a kind of ring that is not offered", (int)kind);
    for (unsigned i = 0; ok && i < c->ends; i++)
        ok = opens(c, &end[i], &avoid);
    *offered = (struct vwr_features){{(uint32_t)end[0].v.features, (uint32_t)(end[0].v.features >> 32)}};
    ok = ok && c->works(end);
    for (unsigned i = 0; ok && i < c->ends; i++)
        ok = closes(&end[i]);
    printf("%s: %s: %s\n", c->name, peer_ring_name(kind), ok ? "ok" : "FAILED");
    return ok;
}

int main(int count, char **words)
{
    struct vwr_features offered = {{~0u, ~0u, ~0u, ~0u}}; /* until the first run */
    const struct class *c = classes;
    const struct class *const last = classes + sizeof(classes) / sizeof(classes[0]);
    bool ok;

    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    moves = count > 1 && strcmp(words[1], "--moves") == 0;
    count -= moves;
    words += moves;
    while (count > 3 && c < last && strcmp(c->name, words[2]) != 0)
        c++;
    if (count < 4 || c == last) {
        printf("usage: classes [--moves] FOLDER CLASS COMMAND...\n");
        return 2;
    }
    peer_init(&peer, c->works == works_console);
    ok = peer_begin(&peer, words[1], words + 3, sizeof(image)) &&
         (!moves || peer_begin_second(&second, &peer));
    for (unsigned kind = 0; ok && kind < PEER_RINGS; kind++)
        ok = run(c, kind, &offered);
    peer_end(&peer);
    peer_end(&second);
    if (moves)
        printf("%u moves\n", moved);
    return !(ok && (!moves || moved >= PEER_RINGS) && peer_compare(&peer, image, sizeof(image)));
}
