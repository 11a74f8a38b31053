/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "disk.h"
#include "ram.h"
#include "suspend.h"
#include "vmm.h"

#include "vwr/vsock.h"
#include "vwr/vvsock.h"
#include "vwr_posix_vsock.h"
#include "../common/random.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * Sockets of the driver and of the device: several connections that either end starts, streams and messages,
 * with buffers that are much smaller than what is sent, so that credit runs out in each direction. Each byte
 * and each end of a message is checked. Connections are refused, shut down, reset and closed; the device is
 * suspended, resets the transport, and fails meanwhile. Then the host's ends are Unix sockets of this
 * machine.
 */

#define SLOT 2u
#define QUEUE_SIZE 16u
#define SOCKETS 8u
#define BYTES 4096u /* of the larger receive buffer; the other end's is BYTES / LESS */
#define LESS 8u
#define LARGE 262144u     /* of a guest's receive buffer, as Linux's default */
#define PAIRS 4u          /* connections at a time */
#define TOTAL 8192u       /* bytes in each direction of each connection, multiplied by scale / 2 */
#define LONG_TOTAL 65536u /* the same, of the plain ring */
#define MESSAGE 3000u     /* longest part that is sent or read at once; a message fits the smaller buffer */
#define PORT 5000u
#define LATE 6000u /* the VMM answers later */
#define REFUSED 7000u
#define CID 42u
#define PATIENCE 200000u

struct flow {
    uint32_t seed;
    uint32_t sent, got;       /* bytes */
    uint32_t message, at;     /* of the sender: number of the message, and bytes of it */
    uint32_t message_got, in; /* of the receiver */
};

struct pair {
    struct vwr_socket *guest, *host;
    struct flow up, down; /* to the host, to the guest */
};

static struct {
    struct vwr_vvsock device;
    struct vwr_vqueue queue[VWR_VVSOCK_QUEUES];
    struct vwr_vqueue_entry own[VWR_VVSOCK_QUEUES * QUEUE_SIZE];
    uint8_t host_buffer[VWR_SOCKET_BYTES(SOCKETS, BYTES)];
    uint8_t guest_buffer[VWR_SOCKET_BYTES(SOCKETS, LARGE)];
    union vmm_end end;
    struct vwr_vsock driver;
    struct vwr_features avoid;
    uint32_t guest_bytes; /* of a receive buffer */
    struct vwr_socket *late;
    struct vwr_socket *listener[2];
    struct pair pair[PAIRS];
    unsigned ended, shut, accepted;
    unsigned credits, blocked; /* number of times that the VMM could send again, or not */
    uint64_t bytes;
} so;

/* The one behind the last is not of the table: who tells it that it can send needs a table that it does not
 * have. */
static struct vwr_socket host_socket[SOCKETS + 1];
static struct vwr_socket guest_socket[SOCKETS + 1];

static uint64_t state;

/* ---- the VMM ---- */

static int host_connect(struct vwr_vvsock *v, struct vwr_socket *s)
{
    CHECK(v == &so.device && s->cid == CID + (unsigned)so.driver.resets);
    s->context = NULL;
    if (s->local_port == LATE) {
        so.late = s;
        return VWR_LATER;
    }
    return s->local_port == PORT ? VWR_OK : VWR_ENODEV;
}

static void host_event(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event)
{
    CHECK(v == &so.device);
    switch (event) {
    case VWR_SOCKET_EVENT_ACCEPTED:
        CHECK(s->state == VWR_SOCKET_CONNECTED);
        so.accepted++;
        break;
    case VWR_SOCKET_EVENT_CREDIT:
        CHECK(s->state == VWR_SOCKET_CONNECTED);
        so.credits++;
        break;
    case VWR_SOCKET_EVENT_SHUTDOWN:
        CHECK(s->peer_shut == VWR_SOCKET_SEND);
        so.shut++;
        break;
    case VWR_SOCKET_EVENT_ENDED:
        CHECK(s->state == VWR_SOCKET_ENDED);
        so.ended++;
        break;
    case VWR_SOCKET_EVENT_DATA:
        break;
    }
}

static const struct vwr_vvsock_ops ops = {.connect = host_connect, .event = host_event};

/* ---- contents ---- */

static uint8_t byte_of(uint32_t seed, uint32_t at)
{
    return (uint8_t)(seed * 31u + at * 7u + (at >> 8));
}

static uint32_t length_of(uint32_t seed, uint32_t message)
{
    return 1u + (seed * 2654435761u + message * 40503u) % (BYTES / LESS);
}

/* How much this end sends at most now: half of the flows are, like Linux's, not ahead by more than its own
 * buffer. */
static uint32_t most(const struct vwr_socket *s, const struct flow *f)
{
    const uint32_t ahead = s->tx_cnt - s->peer_fwd;

    if (f->seed % 2 != 0)
        return MESSAGE;
    return s->table->capacity > ahead ? s->table->capacity - ahead : 0;
}

/* Sends a part from one end; `guest`: from the driver's end. */
static void send_part(struct vwr_socket *s, bool guest, struct flow *f)
{
    const bool messages = s->type == VWR_VSOCK_TYPE_SEQPACKET;
    const uint32_t wanted = 1 + random_below(&state, MESSAGE), limit = most(s, f);
    uint32_t n = wanted < limit ? wanted : limit;
    uint8_t bytes[MESSAGE];
    bool ends = false;
    int r;

    if (messages) {
        const uint32_t rest = length_of(f->seed, f->message) - f->at;

        ends = n >= rest;
        n = ends ? rest : n;
    }
    for (uint32_t i = 0; i < n; i++)
        bytes[i] = byte_of(f->seed, f->sent + i);
    r = guest ? vwr_socket_send(s, bytes, n, ends ? VWR_VSOCK_SEQ_EOM : 0u)
              : vwr_vvsock_send(&so.device, s, bytes, n, ends ? VWR_VSOCK_SEQ_EOM : 0u);
    CHECK(r >= 0 && (uint32_t)r <= n);
    so.blocked += r == 0;
    f->sent += (uint32_t)r;
    f->at += messages ? (uint32_t)r : 0;
    if (ends && (uint32_t)r == n) {
        f->message++;
        f->at = 0;
    }
}

/* Reads a part; the marks of messages are where the sender has set them. */
static unsigned receive_part(struct vwr_socket *s, bool guest, struct flow *f)
{
    const uint32_t n = 1 + random_below(&state, MESSAGE);
    unsigned flags = 0;
    uint8_t bytes[MESSAGE];
    const int r =
        guest ? vwr_socket_receive(s, bytes, n, &flags) : vwr_vvsock_receive(&so.device, s, bytes, n, &flags);

    CHECK(r >= 0 && (uint32_t)r <= n);
    for (uint32_t i = 0; i < (uint32_t)r; i++)
        CHECK_NUMBER(bytes[i], byte_of(f->seed, f->got + i));
    f->got += (uint32_t)r;
    f->in += (uint32_t)r;
    if (s->type == VWR_VSOCK_TYPE_SEQPACKET) {
        const uint32_t length = length_of(f->seed, f->message_got);

        CHECK(f->in <= length && (flags == VWR_VSOCK_SEQ_EOM) == (r > 0 && f->in == length));
        if (flags != 0) {
            f->message_got++;
            f->in = 0;
        }
    } else {
        CHECK_NUMBER(flags, 0);
    }
    so.bytes += (unsigned)r;
    return (unsigned)r;
}

/* ---- connections ---- */

static void step(void)
{
    (void)vmm_step();
    CHECK_NUMBER(vwr_vsock_poll(&so.driver), VWR_OK);
}

static void run_all(void)
{
    for (unsigned i = 0; i < 8; i++) {
        vmm_run_until_idle();
        CHECK_NUMBER(vwr_vsock_poll(&so.driver), VWR_OK);
    }
}

static struct vwr_socket *host_of(const struct vwr_socket *guest)
{
    for (unsigned i = 0; i < SOCKETS; i++)
        if (host_socket[i].state == VWR_SOCKET_CONNECTED && host_socket[i].port == guest->local_port &&
            host_socket[i].local_port == guest->port)
            return &host_socket[i];
    check_failed(__FILE__, __LINE__, "no socket of the host for port %u", guest->local_port);
}

static bool has_seqpacket(void)
{
    return vwr_dev_has(&so.end.dev, VWR_VSOCK_F_SEQPACKET);
}

static void connect_pair(struct pair *p, unsigned n)
{
    const unsigned type = n % 2 != 0 && has_seqpacket() ? VWR_VSOCK_TYPE_SEQPACKET : VWR_VSOCK_TYPE_STREAM;
    struct vwr_sockets *const t = &so.driver.sockets;

    memset(p, 0, sizeof(*p));
    p->up.seed = (uint32_t)random_below(&state, 1u << 20);
    p->down.seed = p->up.seed + 1;
    if (n < PAIRS / 2) { /* the guest connects; the second is answered later */
        CHECK_NUMBER(vwr_socket_connect(t, VWR_VSOCK_CID_HOST, n == 0 ? PORT : LATE, type, &p->guest),
                     VWR_OK);
        run_all();
        if (n != 0) {
            CHECK_NUMBER(p->guest->state, VWR_SOCKET_CONNECTS);
            vwr_vvsock_answer(&so.device, so.late, true);
        }
        CHECK(vwr_vsock_wait(&so.driver, p->guest, VWR_SOCKET_WRITABLE, PATIENCE) > 0);
        p->host = host_of(p->guest);
    } else { /* the host connects */
        const unsigned before = so.accepted;

        CHECK_NUMBER(vwr_vvsock_connect(&so.device, PORT, type, &p->host), VWR_OK);
        run_all();
        CHECK_NUMBER(vwr_socket_ready(so.listener[type - 1]), VWR_SOCKET_READABLE);
        p->guest = vwr_socket_accept(so.listener[type - 1]);
        CHECK(p->guest != NULL && vwr_socket_accept(so.listener[type - 1]) == NULL);
        run_all();
        CHECK(p->host->state == VWR_SOCKET_CONNECTED && so.accepted == before + 1);
        CHECK(p->host == host_of(p->guest));
    }
}

static void refuse(void)
{
    struct vwr_socket *s;

    CHECK_NUMBER(
        vwr_socket_connect(&so.driver.sockets, VWR_VSOCK_CID_HOST, REFUSED, VWR_VSOCK_TYPE_STREAM, &s),
        VWR_OK);
    CHECK_NUMBER(vwr_vsock_wait(&so.driver, s, VWR_SOCKET_WRITABLE, PATIENCE), VWR_SOCKET_AT_END);
    CHECK(s->state == VWR_SOCKET_ENDED && s->result == VWR_ENODEV);
    vwr_socket_close(s);
    CHECK_NUMBER(vwr_vvsock_connect(&so.device, REFUSED, VWR_VSOCK_TYPE_STREAM, &s), VWR_OK);
    run_all();
    CHECK(s->state == VWR_SOCKET_ENDED && s->result == VWR_ENODEV);
    vwr_vvsock_close(&so.device, s, false);
    CHECK_NUMBER(s->state, VWR_SOCKET_FREE);
}

static void exchange(uint32_t total)
{
    unsigned done = 0;

    for (unsigned idle = 0; done != PAIRS; idle++) {
        struct pair *const p = &so.pair[random_below(&state, PAIRS)];

        CHECK_AT_MOST(idle, PATIENCE);
        if (p->up.sent < total || p->up.at != 0)
            send_part(p->guest, true, &p->up);
        if (p->down.sent < total || p->down.at != 0)
            send_part(p->host, false, &p->down);
        if (random_below(&state, 2) != 0 && receive_part(p->host, false, &p->up) != 0)
            idle = 0;
        if (random_below(&state, 2) != 0 && receive_part(p->guest, true, &p->down) != 0)
            idle = 0;
        step();
        if (random_below(&state, 64) == 0)
            suspend_check(&so.end.dev, vwr_vvsock_dev(&so.device));
        for (done = 0; done < PAIRS; done++)
            if (so.pair[done].up.got < total || so.pair[done].down.got < total || so.pair[done].up.at != 0 ||
                so.pair[done].down.at != 0)
                break;
    }
}

/* More packets than the driver has posted buffers: the VMM is notified when it can send again. */
static void flood(struct pair *p)
{
    const unsigned before = so.credits;
    int r = 1;

    while (p->down.sent != p->down.got) {
        (void)receive_part(p->guest, true, &p->down);
        step();
    }
    for (unsigned i = 0; r == 1; i++) {
        const uint8_t byte = byte_of(p->down.seed, p->down.sent);

        CHECK_AT_MOST(i, BYTES / 2);
        r = vwr_vvsock_send(&so.device, p->host, &byte, 1, 0);
        p->down.sent += (unsigned)r;
    }
    CHECK_NUMBER(r, 0);
    run_all();
    CHECK(so.credits > before);
}

/* Each pair ends in a different way. Data that was sent before is read to the end. */
static void end_pair(struct pair *p, unsigned n)
{
    const unsigned shut = so.shut;

    while (p->up.sent != p->up.got || p->down.sent != p->down.got) {
        (void)receive_part(p->host, false, &p->up);
        (void)receive_part(p->guest, true, &p->down);
        step();
    }
    send_part(p->host, false, &p->down);
    run_all();
    if (n == 0) { /* half closed: the host still sends */
        CHECK_NUMBER(vwr_socket_shutdown(p->guest, VWR_SOCKET_SEND), VWR_OK);
        run_all();
        CHECK_NUMBER(so.shut, shut + 1);
        CHECK_NUMBER(vwr_socket_send(p->guest, "", 1, 0), VWR_EFAILED);
        CHECK_NUMBER(vwr_socket_ready(p->host) & VWR_SOCKET_AT_END, VWR_SOCKET_AT_END);
    } else if (n == 1) { /* the host resets, */
        vwr_vvsock_close(&so.device, p->host, true);
        run_all();
        CHECK(p->guest->state == VWR_SOCKET_ENDED && p->guest->result == VWR_ERESET);
    } else if (n == 2) { /* or closes */
        vwr_vvsock_close(&so.device, p->host, false);
        run_all();
        CHECK(p->guest->state == VWR_SOCKET_ENDED && p->guest->result == VWR_OK);
        CHECK_NUMBER(p->host->state, VWR_SOCKET_FREE);
    }
    while (receive_part(p->guest, true, &p->down) != 0)
        step();
    CHECK_NUMBER(p->down.got, p->down.sent);
    vwr_socket_close(p->guest);
    run_all();
    CHECK_NUMBER(p->guest->state, VWR_SOCKET_FREE);
    if (n == 0 || n == 3) {
        CHECK(p->host->state == VWR_SOCKET_ENDED && p->host->result == VWR_OK);
        vwr_vvsock_close(&so.device, p->host, false);
    }
    CHECK_NUMBER(p->host->state, VWR_SOCKET_FREE);
}

/* All connections end on both sides; the listeners stay. */
static void check_dropped(void)
{
    for (unsigned i = 0; i < PAIRS; i++) {
        CHECK(so.pair[i].guest->state == VWR_SOCKET_ENDED && so.pair[i].guest->result == VWR_ERESET);
        CHECK(so.pair[i].host->state == VWR_SOCKET_ENDED && so.pair[i].host->result == VWR_ERESET);
        vwr_socket_close(so.pair[i].guest);
        vwr_vvsock_close(&so.device, so.pair[i].host, false);
    }
    CHECK_NUMBER(so.driver.sockets.violations + so.device.sockets.violations, 0);
}

static void connect_all(void)
{
    for (unsigned i = 0; i < PAIRS; i++)
        connect_pair(&so.pair[i], i);
}

static void fail_and_recover(void)
{
    int r;

    connect_all();
    exchange(64);
    vmm_may_break = true;
    vwr_vdev_needs_reset(vwr_vvsock_dev(&so.device));
    vmm_may_break = false;
    CHECK_NUMBER(vwr_dev_check(&so.end.dev), VWR_ENEEDSRESET);
    while ((r = vwr_recover(&so.driver.bringup)) == VWR_EBUSY)
        continue;
    CHECK_NUMBER(r, VWR_OK);
    check_dropped();
}

static void reset_transport(void)
{
    const uint64_t cid = CID + so.driver.resets + 1u;

    connect_all();
    exchange(64);
    CHECK_NUMBER(vwr_vvsock_reset_transport(&so.device, VWR_VSOCK_CID_HOST), VWR_EINVAL);
    CHECK_NUMBER(vwr_vvsock_reset_transport(&so.device, cid), VWR_OK);
    run_all();
    CHECK_NUMBER(so.driver.sockets.cid, cid);
    check_dropped();
}

/* ---- the case ---- */

/* The buffers of the two ends are unlike; which is the larger one depends on the kind and the pass. */
static void init_device(unsigned kind, bool deferred, struct vwr_vvsock_options *posix)
{
    const bool host_is_larger = (deferred + (kind >> 1)) % 2 == 0;
    const uint32_t host_bytes = host_is_larger ? BYTES : BYTES / LESS;
    struct vwr_vdev_setup s = {
        .vm = &vmm, .line = SLOT, .queue = so.queue, .queue_count = VWR_VVSOCK_QUEUES, .own = so.own};
    const struct vwr_vvsock_options o = {
        .ops = &ops,
        .guest_cid = CID,
        .sockets = {host_socket, SOCKETS, so.host_buffer, VWR_SOCKET_BYTES(SOCKETS, host_bytes)},
        .seqpacket = (deferred + kind) % 2 == 0};

    vmm_begin(deferred);
    memset(&so, 0, sizeof(so));
    so.guest_bytes = host_is_larger ? BYTES / LESS : BYTES;
    memset(host_socket, 0, sizeof(host_socket));
    memset(guest_socket, 0, sizeof(guest_socket));
    host_socket[SOCKETS] =
        (struct vwr_socket){.state = VWR_SOCKET_CONNECTED, .blocked = true, .peer_alloc = 1};
    guest_socket[SOCKETS] = host_socket[SOCKETS];
    s.queue_size = QUEUE_SIZE;
    s.own_count = VWR_COUNT(so.own);
    s.legacy = (kind & DISK_LEGACY) != 0;
    s.budget_bytes = 1u + random_below(&state, 3u) * 8192u;
    disk_offer(&s.features, kind);
    disk_avoid(&so.avoid, kind);
    if (posix != NULL)
        posix->guest_cid = CID;
    CHECK_NUMBER(vwr_vvsock_init_with(&so.device, &s, posix != NULL ? posix : &o), VWR_OK);
    vmm_add(SLOT, vwr_vvsock_dev(&so.device));
}

static void open_driver(void)
{
    struct vwr_vsock_options o = {
        .sockets = {guest_socket, SOCKETS, so.guest_buffer, VWR_SOCKET_BYTES(SOCKETS, so.guest_bytes)},
        .avoid = so.avoid};
    struct vwr_sockets *const t = &so.driver.sockets;

    ram_reset();
    o.shared = ram_alloc_ring(sizeof(*o.shared));
    CHECK_NUMBER(vmm_find(&so.end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_vsock_open(&so.driver, &so.end.dev, &o), VWR_OK);
    CHECK_NUMBER(vwr_socket_listen(t, PORT, VWR_VSOCK_TYPE_STREAM, 2, &so.listener[0]), VWR_OK);
    CHECK_NUMBER(vwr_socket_listen(t, PORT, VWR_VSOCK_TYPE_SEQPACKET, 2, &so.listener[1]),
                 has_seqpacket() ? VWR_OK : VWR_EUNSUPP);
}

/* ---- Unix sockets ---- */

/*
 * The linker replaces these calls in vwr_posix_vsock.c and in this file (--wrap), to count them, and those
 * that return no connection or no data.
 */
static struct {
    unsigned accepts, receives;
    unsigned vain_accepts, vain_receives;
} calls;

int __real_accept4(int fd, struct sockaddr *a, socklen_t *n, int flags);
int __wrap_accept4(int fd, struct sockaddr *a, socklen_t *n, int flags);
ssize_t __real_recv(int fd, void *to, size_t n, int flags);
ssize_t __wrap_recv(int fd, void *to, size_t n, int flags);

int __wrap_accept4(int fd, struct sockaddr *a, socklen_t *n, int flags)
{
    const int r = __real_accept4(fd, a, n, flags);

    calls.accepts++;
    calls.vain_accepts += r < 0;
    return r;
}

ssize_t __wrap_recv(int fd, void *to, size_t n, int flags)
{
    const ssize_t r = __real_recv(fd, to, n, flags);

    calls.receives++;
    calls.vain_receives += r < 0;
    return r;
}

#define LONG 65536u /* bytes in each direction */
#define TIMES 200u  /* connections */
#define TINY 5000u  /* writes of a byte */
#define ASKED 8u    /* times that the adapter asks before it sends without a report */
#define WAIT_MS 60000

static struct vwr_posix_vsock posix, second;
static char folder[] = "/tmp/vwr_vsock_XXXXXX";

/* Waits for the descriptors and reports those that are ready. Returns the number of ready descriptors. */
static int report_ready(int ms)
{
    struct vwr_posix_vsock_watched watched[VWR_POSIX_VSOCK_WATCHED];
    struct pollfd p[VWR_POSIX_VSOCK_WATCHED];
    const unsigned n = vwr_posix_vsock_watch(&posix, watched);
    int r;

    for (unsigned i = 0; i < n; i++)
        p[i] = (struct pollfd){
            .fd = watched[i].fd,
            .events = (short)((watched[i].reads ? POLLIN : 0) | (watched[i].writes ? POLLOUT : 0))};
    r = poll(p, n, ms);
    for (unsigned i = 0; i < n; i++)
        if (p[i].revents != 0)
            vwr_posix_vsock_ready(&posix, p[i].fd, (p[i].revents & ~POLLOUT) != 0,
                                  (p[i].revents & ~POLLIN) != 0);
    return r;
}

static void pump(void)
{
    vmm_run_until_idle();
    (void)report_ready(0);
    (void)vwr_posix_vsock_serve(&posix);
    CHECK_NUMBER(vwr_vsock_poll(&so.driver), VWR_OK);
}

/* A Unix socket of a program: bound, or connected. */
static int program(const char *name, bool listens)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    (void)snprintf(a.sun_path, sizeof(a.sun_path), "%s/%s", folder, name);
    CHECK(fd >= 0);
    if (listens)
        CHECK(bind(fd, (struct sockaddr *)&a, sizeof(a)) == 0 && listen(fd, 4) == 0);
    else
        CHECK(connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0);
    CHECK(fcntl(fd, F_SETFL, O_NONBLOCK) == 0);
    return fd;
}

/* Whether a VMM that waits for the descriptors continues within this time. */
static bool is_ready_within(int ms)
{
    return report_ready(ms) != 0;
}

static bool is_ready(void)
{
    return is_ready_within(0);
}

/* Waits until the program can read, or has come to the end. */
static ssize_t program_reads(int fd, void *bytes, size_t n)
{
    ssize_t r = -1;

    for (unsigned i = 0; (r = read(fd, bytes, n)) < 0; i++) {
        CHECK(errno == EAGAIN);
        CHECK_AT_MOST(i, PATIENCE);
        pump();
    }
    return r;
}

static struct vwr_socket *guest_connects(uint32_t port, int listener, int *fd)
{
    struct vwr_socket *s;

    CHECK_NUMBER(vwr_socket_connect(&so.driver.sockets, VWR_VSOCK_CID_HOST, port, VWR_VSOCK_TYPE_STREAM, &s),
                 VWR_OK);
    for (unsigned i = 0; i < 16 && s->state == VWR_SOCKET_CONNECTS; i++)
        pump();
    if (s->state == VWR_SOCKET_CONNECTED) {
        *fd = accept(listener, NULL, NULL);
        CHECK(*fd >= 0 && fcntl(*fd, F_SETFL, O_NONBLOCK) == 0);
    }
    return s;
}

/* Bytes in both directions, each compared. */
static void exchange_with_program(struct vwr_socket *s, int fd)
{
    struct flow up = {.seed = 5}, down = {.seed = 6};
    uint8_t bytes[MESSAGE];

    for (unsigned idle = 0; up.got < LONG || down.got < LONG; idle++) {
        ssize_t n;

        CHECK_AT_MOST(idle, PATIENCE);
        if (up.sent < LONG)
            send_part(s, true, &up);
        (void)receive_part(s, true, &down);
        for (uint32_t i = 0; i < MESSAGE; i++)
            bytes[i] = byte_of(down.seed, down.sent + i);
        n = down.sent < LONG ? write(fd, bytes, 1 + random_below(&state, MESSAGE)) : 0;
        down.sent += n > 0 ? (uint32_t)n : 0;
        n = read(fd, bytes, sizeof(bytes));
        for (ssize_t i = 0; i < n; i++)
            CHECK_NUMBER(bytes[i], byte_of(up.seed, up.got + (uint32_t)i));
        up.got += n > 0 ? (uint32_t)n : 0;
        pump();
    }
    while (up.got < up.sent)
        up.got += (uint32_t)program_reads(fd, bytes, sizeof(bytes));
    while (down.got < down.sent)
        (void)(receive_part(s, true, &down) != 0 || (pump(), true));
}

/* Data from the guest must cause no recv() from the program and no accept(). */
static void guest_sends(struct vwr_socket *s, int fd)
{
    const unsigned accepts = calls.accepts, receives = calls.receives;
    struct flow up = {.seed = 8};
    uint8_t bytes[MESSAGE];

    for (unsigned idle = 0; up.got < LONG; idle++) {
        ssize_t n;

        CHECK_AT_MOST(idle, PATIENCE);
        if (up.sent < LONG)
            send_part(s, true, &up);
        pump();
        n = read(fd, bytes, sizeof(bytes));
        up.got += n > 0 ? (uint32_t)n : 0;
    }
    while (up.got < up.sent)
        up.got += (uint32_t)program_reads(fd, bytes, sizeof(bytes));
    CHECK_NUMBER(calls.accepts, accepts);
    CHECK_NUMBER(calls.receives, receives);
}

/* More than the guest takes: it waits, and nothing is lost. */
static void guest_reads_late(struct vwr_socket *s, int fd)
{
    struct flow down = {.seed = 7};
    uint8_t bytes[MESSAGE];

    while (down.sent < 8 * MESSAGE) {
        for (uint32_t i = 0; i < MESSAGE; i++)
            bytes[i] = byte_of(down.seed, down.sent + i);
        CHECK(write(fd, bytes, MESSAGE) == (ssize_t)MESSAGE);
        down.sent += MESSAGE;
        for (unsigned i = 0; i < 4; i++)
            pump();
    }
    for (unsigned idle = 0; down.got < down.sent; idle++) {
        CHECK_AT_MOST(idle, PATIENCE);
        if (receive_part(s, true, &down) == 0)
            pump();
    }
}

/* Programs that do not say what they want: as many as may wait are watched, and nobody else. */
static void silent_programs(void)
{
    struct vwr_posix_vsock_watched watched[VWR_POSIX_VSOCK_WATCHED];
    const uint64_t before = posix.refused;
    int fd[VWR_POSIX_VSOCK_WAITING + 1];

    for (unsigned i = 0; i <= VWR_POSIX_VSOCK_WAITING; i++) {
        fd[i] = program("v", false);
        pump();
    }
    CHECK_NUMBER(vwr_posix_vsock_watch(&posix, watched), 1 + VWR_POSIX_VSOCK_WAITING);
    CHECK(!is_ready());
    for (unsigned i = 0; i <= VWR_POSIX_VSOCK_WAITING; i++)
        (void)close(fd[i]);
    for (unsigned i = 0; i < 3; i++) /* the ends of those, the last program, its end */
        pump();
    CHECK_NUMBER(posix.refused, before + VWR_POSIX_VSOCK_WAITING + 1);
}

/*
 * The guest closes a connection whose program does not read, but writes. The program gets all that was sent
 * before, and its writes fail.
 */
static void ended_before_read(struct vwr_socket *s, int fd)
{
    static uint8_t bytes[LONG];
    uint32_t sent = 0, got = 0;
    unsigned idle = 0;
    ssize_t n;

    while (idle < 8) {
        n = vwr_socket_send(s, bytes, sizeof(bytes), 0);
        sent += n > 0 ? (uint32_t)n : 0;
        idle = n > 0 ? 0 : idle + 1;
        pump();
    }
    vwr_socket_close(s);
    for (unsigned i = 0; i < 8; i++)
        pump();
    CHECK(send(fd, "more", 4, MSG_NOSIGNAL) == 4 || errno == EPIPE);
    CHECK(!is_ready());
    CHECK(send(fd, "more", 4, MSG_NOSIGNAL) < 0 && errno == EPIPE);
    while ((n = program_reads(fd, bytes, sizeof(bytes))) > 0)
        got += (uint32_t)n;
    printf("unread: %u of %u bytes\n", got, sent);
    CHECK_NUMBER(got, sent);
    (void)close(fd);
}

/* "CONNECT P" in two parts, and what comes back. */
static struct vwr_socket *program_connects(int fd)
{
    struct vwr_socket *s = NULL;
    char line[32] = {0};

    CHECK(write(fd, "CONN", 4) == 4);
    pump();
    CHECK(write(fd, "ECT 5000\n", 9) == 9);
    for (unsigned i = 0; i < 16 && s == NULL; i++) {
        pump();
        s = vwr_socket_accept(so.listener[0]);
    }
    CHECK(s != NULL && program_reads(fd, line, sizeof(line) - 1) > 0);
    CHECK(strncmp(line, "OK ", 3) == 0 && (uint32_t)atoi(line + 3) == s->port &&
          line[strlen(line) - 1] == '\n');
    return s;
}

/* The program ends its direction, then the guest. */
static void half_closed(struct vwr_socket *s, int fd)
{
    char bytes[8];

    CHECK(write(fd, "last", 4) == 4 && shutdown(fd, SHUT_WR) == 0);
    for (unsigned i = 0; i < 16 && (vwr_socket_ready(s) & VWR_SOCKET_READABLE) == 0; i++)
        pump();
    CHECK_NUMBER(vwr_socket_receive(s, bytes, sizeof(bytes), NULL), 4);
    for (unsigned i = 0; i < 16 && (vwr_socket_ready(s) & VWR_SOCKET_AT_END) == 0; i++)
        pump();
    CHECK_NUMBER(vwr_socket_ready(s), VWR_SOCKET_AT_END | VWR_SOCKET_WRITABLE);
    CHECK_NUMBER(vwr_socket_send(s, "still", 5, 0), 5);
    vwr_socket_close(s);
    CHECK(program_reads(fd, bytes, sizeof(bytes)) == 5 && memcmp(bytes, "still", 5) == 0);
    CHECK(program_reads(fd, bytes, sizeof(bytes)) == 0);
    (void)close(fd);
}

static void refused_lines(void)
{
    static const char *const lines[] = {"HELLO\n",
                                        "CONNECT\n",
                                        "CONNECT \n",
                                        "CONNECT 5x\n",
                                        "CONNECT 99999999999\n",
                                        "CONNECT 111111111111111111111111111111111",
                                        "CONNECT 77\n"};
    char byte;

    for (unsigned i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        const int fd = program("v", false);
        const uint64_t before = posix.refused;

        CHECK(write(fd, lines[i], strlen(lines[i])) == (ssize_t)strlen(lines[i]));
        for (unsigned k = 0; k < 16 && posix.refused == before; k++)
            pump();
        CHECK_NUMBER(posix.refused, before + 1);
        CHECK(read(fd, &byte, 1) <= 0);
        (void)close(fd);
    }
}

/* The adapter's end of the only connection. */
static unsigned adapter_end(void)
{
    unsigned i = 0;

    while (posix.table[i].state != VWR_SOCKET_CONNECTED)
        CHECK_AT_MOST(++i, VWR_POSIX_VSOCK_SOCKETS - 1);
    return i;
}

/* Number of packets that the adapter has sent, and the guest has not reported as read. */
static unsigned unread_packets(void)
{
    struct vwr_socket_window w;

    vwr_vvsock_window(&so.device, &posix.table[adapter_end()], &w);
    return w.packets;
}

static void program_writes(int fd, struct flow *down, unsigned n)
{
    uint8_t bytes[MESSAGE];

    for (unsigned i = 0; i < n; i++)
        bytes[i] = byte_of(down->seed, down->sent + i);
    CHECK(write(fd, bytes, n) == (ssize_t)n);
    down->sent += n;
}

/*
 * Single bytes of a program, while the guest's program reads nothing. The first ones are sent at once. Then
 * the adapter collects them, so that few packets are in flight: Linux with these 256 KiB resets a connection
 * with more than 455. The guest reads everything at once, and everything else arrives without a further
 * write.
 */
static void tiny_writes(struct vwr_socket *s, int fd)
{
    struct flow down = {.seed = 8};
    struct vwr_posix_vsock_connection *const c = &posix.connection[adapter_end()];
    const uint64_t before = so.driver.rx.stats.buffers;
    unsigned at_once = 0;

    for (unsigned i = 0; i < TINY; i++) {
        program_writes(fd, &down, 1);
        for (unsigned k = 0; k < 3; k++)
            pump();
        at_once += at_once == i && s->rx_cnt == down.sent; /* later ones may be, when the timer expires */
    }
    printf(
        "tiny writes: %u of %u sent at once, then %u packets unread, and %u received with those that ask\n",
        at_once, TINY, unread_packets(), (unsigned)(so.driver.rx.stats.buffers - before));
    CHECK_NUMBER(at_once, LARGE / VWR_POSIX_VSOCK_PACKET);
    CHECK_AT_MOST(unread_packets(), 2 * at_once);
    CHECK_AT_MOST(so.driver.rx.stats.buffers - before, 3 * at_once);
    CHECK(s->rx_cnt > TINY - VWR_POSIX_VSOCK_COPY);
    while (receive_part(s, true, &down) != 0)
        continue;
    while (down.got < down.sent) { /* the adapter asks, and the answer says that everything was read */
        CHECK(c->asked == 0 || is_ready_within(WAIT_MS)); /* its timer */
        pump();
        (void)receive_part(s, true, &down);
    }
    for (unsigned i = 0; c->asked == 0; i++) { /* until bytes are collected again */
        CHECK_AT_MOST(i, TINY);
        program_writes(fd, &down, 1);
        pump();
    }
    c->asked = ASKED; /* as after 4 seconds: they are sent without a report */
    for (unsigned i = 0; s->rx_cnt != down.sent; i++) {
        CHECK_AT_MOST(i, 2 * ASKED);
        CHECK(c->asked == 0 || is_ready_within(WAIT_MS)); /* its timer */
        pump();
    }
    while (down.got < down.sent)
        CHECK(receive_part(s, true, &down) != 0);
}

static void unix_sockets(unsigned kind)
{
    struct vwr_posix_vsock_watched watched[VWR_POSIX_VSOCK_WATCHED];
    struct vwr_vvsock_options o = {0};
    struct vwr_socket *s;
    char path[64];
    int listener;
    int fd = -1;

    CHECK(mkdtemp(folder) != NULL);
    (void)snprintf(path, sizeof(path), "%s/v", folder);
    CHECK_NUMBER(vwr_posix_vsock_open(&posix, path, &o), VWR_OK);
    init_device(kind, true, &o);
    CHECK_NUMBER(vwr_posix_vsock_open(&second, path, &(struct vwr_vvsock_options){0}), VWR_ENODEV);
    CHECK_NUMBER(errno, EEXIST);
    CHECK_NUMBER(second.listener, -1);
    vwr_posix_vsock_attach(&posix, &so.device);
    open_driver();
    listener = program("v_5000", true);
    s = guest_connects(REFUSED, -1, &fd);
    CHECK(s->state == VWR_SOCKET_ENDED && s->result == VWR_ENODEV);
    vwr_socket_close(s);
    s = guest_connects(PORT, listener, &fd);
    exchange_with_program(s, fd);
    guest_sends(s, fd);
    guest_reads_late(s, fd);
    half_closed(s, fd);
    fd = program("v", false);
    s = program_connects(fd);
    exchange_with_program(s, fd);
    half_closed(s, fd);
    refused_lines();
    silent_programs();
    s = guest_connects(PORT, listener, &fd);
    ended_before_read(s, fd);
    for (unsigned i = 0; i < TIMES; i++) {
        char bytes[4];

        s = guest_connects(PORT, listener, &fd);
        CHECK_NUMBER(vwr_socket_send(s, "abc", 3, 0), 3);
        vwr_socket_close(s);
        CHECK(program_reads(fd, bytes, sizeof(bytes)) == 3 && program_reads(fd, bytes, sizeof(bytes)) == 0);
        (void)close(fd);
    }
    CHECK_NUMBER(vwr_close(&so.driver.bringup), VWR_OK);
    so.guest_bytes = LARGE;
    open_driver();
    pump();
    s = guest_connects(PORT, listener, &fd);
    tiny_writes(s, fd);
    half_closed(s, fd);
    for (unsigned i = 0; i < 16; i++)
        pump();
    CHECK_NUMBER(vwr_posix_vsock_watch(&posix, watched), 2); /* nothing is left */
    CHECK(calls.accepts != 0 && calls.receives != 0);
    CHECK_NUMBER(calls.vain_accepts, 0);
    CHECK_AT_MOST(calls.vain_receives, calls.receives / 64u); /* only after a call that filled the buffer */
    CHECK_NUMBER(vwr_close(&so.driver.bringup), VWR_OK);
    (void)close(listener);
    vwr_posix_vsock_close(&posix);
    (void)snprintf(path, sizeof(path), "%s/v_5000", folder);
    CHECK(unlink(path) == 0 && rmdir(folder) == 0); /* the socket v is gone */
}

void case_vsock(unsigned kind, unsigned scale)
{
    state = kind + 1;
    for (unsigned pass = 0; pass < 2; pass++) {
        init_device(kind, pass != 0, NULL);
        open_driver();
        disk_check_features(&so.end.dev, vwr_vvsock_dev(&so.device), kind);
        CHECK_NUMBER(so.driver.sockets.cid, CID);
        refuse();
        connect_all();
        exchange((kind == 0 ? LONG_TOTAL : TOTAL) * scale / 2u);
        flood(&so.pair[0]);
        for (unsigned i = 0; i < PAIRS; i++)
            end_pair(&so.pair[i], i);
        fail_and_recover();
        reset_transport();
        connect_all();
        exchange(64);
        CHECK_NUMBER(vwr_close(&so.driver.bringup), VWR_OK);
        check_dropped();
        printf("%s vsock: %u bytes, %u times no space, %u times again\n", disk_kind_name(kind),
               (unsigned)so.bytes, so.blocked, so.credits);
    }
    if (kind == 0)
        unix_sockets(kind);
}
