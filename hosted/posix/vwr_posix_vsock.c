/* SPDX-License-Identifier: MIT */
#include "posix_host.h"

#include "vwr_posix_vsock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define BACKLOG 8
#define ASK_MS 16u /* until a guest is asked for the second time; each further time takes twice as long */
#define ASKS 8u    /* until the bytes are sent without a report: after 4 seconds */
/* Without a report, small packets are sent up to this multiple of the number at which collecting starts. */
#define FACTOR 2u

/* ---- hooks: they only wake the thread that serves ---- */

static void wakes(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event)
{
    struct vwr_posix_vsock *const p = v->context;

    if (!__atomic_exchange_n(&p->is_woken, true, __ATOMIC_ACQ_REL)) {
        const ssize_t n = write(p->wake[1], "", 1); /* if the pipe is full, the thread wakes up anyway */

        (void)n;
    }
    (void)s;
    (void)event;
}

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    wakes(v, s, VWR_SOCKET_EVENT_DATA);
    return VWR_LATER;
}

static const struct vwr_vvsock_ops posix_vsock_ops = {.connect = connects, .event = wakes};

/* ---- descriptors ---- */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
    *fd = -1;
}

static bool would_block(void)
{
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

/* Appends _PORT to the path. false: the result is too long. */
static bool make_address(struct sockaddr_un *to, const char *path, char separator, unsigned long number)
{
    memset(to, 0, sizeof(*to));
    to->sun_family = AF_UNIX;
    return snprintf(to->sun_path, sizeof(to->sun_path), "%s%c%lu", path, separator, number) <
           (int)sizeof(to->sun_path);
}

static int unix_socket(void)
{
    return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/* Connects to PATH_P. -1: nothing listens there. */
static int connect_to(const char *path, uint32_t port)
{
    struct sockaddr_un address;
    int fd = make_address(&address, path, '_', port) ? unix_socket() : -1;

    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0)
        close_fd(&fd);
    return fd;
}

/*
 * Creates the socket under a temporary name and links it to its path when it listens, so that any program
 * that sees the path can connect. -1: errno is set.
 */
static int listen_at(const char *path)
{
    struct sockaddr_un address;
    int fd = make_address(&address, path, '.', (unsigned long)getpid()) ? unix_socket() : -1;
    int why;
    bool ok;

    if (fd < 0)
        return -1;
    (void)unlink(address.sun_path); /* left by a killed process with the same number */
    ok = bind(fd, (const struct sockaddr *)&address, sizeof(address)) == 0 && listen(fd, BACKLOG) == 0 &&
         link(address.sun_path, path) == 0;
    why = errno;
    (void)unlink(address.sun_path);
    if (!ok)
        close_fd(&fd);
    errno = why;
    return fd;
}

/* ---- a connection ---- */

static void forget(struct vwr_posix_vsock_connection *c)
{
    close_fd(&c->fd);
    memset(c, 0, offsetof(struct vwr_posix_vsock_connection, to_host));
    c->fd = -1;
}

static void end(struct vwr_posix_vsock *p, unsigned i, bool reset)
{
    vwr_vvsock_close(p->device, &p->table[i], reset);
    forget(&p->connection[i]);
}

/* The guest wants to connect to a port of the host. */
static bool arrives(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_socket *const s = &p->table[i];
    struct vwr_posix_vsock_connection *const c = &p->connection[i];

    forget(c);
    c->fd = s->type == VWR_VSOCK_TYPE_STREAM ? connect_to(p->path, s->local_port) : -1;
    p->connections += c->fd >= 0;
    p->refused += c->fd < 0;
    vwr_vvsock_answer(p->device, s, c->fd >= 0);
    return true;
}

/* Writes bytes for the host. false: nothing was written. */
static bool write_out(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    ssize_t n;

    if (c->is_full)
        return false;
    n = send(c->fd, c->to_host + c->out_at, c->out - c->out_at, MSG_NOSIGNAL);
    if (n > 0)
        c->out_at += (uint32_t)n;
    c->is_full = c->out_at < c->out;
    if (n >= 0 || would_block())
        return n > 0;
    end(p, i, true);
    return true;
}

static bool to_host(struct vwr_posix_vsock *p, unsigned i, bool at_end)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    int n = 0;

    if (c->out_at == c->out) {
        n = vwr_vvsock_receive(p->device, &p->table[i], c->to_host, sizeof(c->to_host), NULL);
        c->out_at = 0;
        c->out = n > 0 ? (uint32_t)n : 0;
    }
    if (c->out_at < c->out)
        return write_out(p, i) || n > 0;
    if (at_end && !c->guest_end) {
        c->guest_end = true;
        (void)shutdown(c->fd, SHUT_WR);
        return true;
    }
    return false;
}

/*
 * Whether there is room for bytes from the program: the previous ones were sent, or bytes are being collected
 * and the buffer has room.
 */
static bool has_place(const struct vwr_posix_vsock_connection *c)
{
    const uint32_t n = c->in - c->in_at;

    return !c->host_end && (n == 0 || (c->asked != 0 && n < sizeof(c->to_guest)));
}

static bool read_in(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    size_t room;
    ssize_t n;

    memmove(c->to_guest, c->to_guest + c->in_at, c->in - c->in_at);
    c->in -= c->in_at;
    c->in_at = 0;
    room = sizeof(c->to_guest) - c->in;
    n = recv(c->fd, c->to_guest + c->in, room, 0);
    c->has_bytes = n == (ssize_t)room; /* after a short read, wait for the next report */
    if (n < 0 && would_block())
        return false;
    if (n < 0) {
        end(p, i, true);
        return true;
    }
    c->in += (uint32_t)n;
    c->host_end = n == 0;
    return true;
}

static uint64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

/* Runs the timer, unless it expires earlier anyway. */
static void wait_until(struct vwr_posix_vsock *p, uint64_t ms)
{
    const struct itimerspec time = {
        .it_value = {.tv_sec = (time_t)(ms / 1000u), .tv_nsec = (long)(ms % 1000u) * 1000000L}};

    if (p->wait_ms != 0 && p->wait_ms <= ms)
        return;
    p->wait_ms = ms;
    (void)timerfd_settime(p->timer, TFD_TIMER_ABSTIME, &time, NULL);
}

/* Whether n bytes would be a small packet after many that the guest has not read. */
static bool is_crowded(const struct vwr_posix_vsock_connection *c, const struct vwr_socket_window *w,
                       uint32_t n)
{
    const uint64_t counted = (uint64_t)w->packets * VWR_POSIX_VSOCK_PACKET;

    if (w->packets == 0 || counted < w->size)
        return false;
    if (w->credit >= n && (n == sizeof(c->to_guest) || c->host_end)) /* nothing can be added */
        return false;
    return c->asked <= ASKS || counted >= (uint64_t)FACTOR * w->size;
}

/*
 * Whether n bytes wait for more bytes, or for the guest's report. Linux may read packets and not report it,
 * and its program may wait for these very bytes: therefore it is asked again, and the bytes are sent at last.
 */
static bool collects(struct vwr_posix_vsock *p, unsigned i, uint32_t n)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    const uint64_t now = now_ms();
    const bool asks = c->asked == 0 || now >= c->ask_ms;
    struct vwr_socket_window w;

    vwr_vvsock_window(p->device, &p->table[i], &w);
    c->asked += asks;
    if (!is_crowded(c, &w, n)) {
        c->asked = 0;
        return false;
    }
    if (c->asked > ASKS)
        c->asked = ASKS;
    if (asks) {
        vwr_vvsock_ask(p->device, &p->table[i]);
        c->ask_ms = now + (ASK_MS << (c->asked - 1u));
    }
    wait_until(p, c->ask_ms);
    return true;
}

static bool to_guest(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    struct vwr_socket *const s = &p->table[i];
    bool moved = false;
    int n;

    if (c->has_bytes && has_place(c))
        moved = read_in(p, i);
    if (c->in_at < c->in && collects(p, i, c->in - c->in_at))
        return moved;
    if (c->in_at < c->in) {
        n = vwr_vvsock_send(p->device, s, c->to_guest + c->in_at, c->in - c->in_at, 0);
        c->in_at = n >= 0 ? c->in_at + (uint32_t)n : c->in; /* the guest no longer reads */
        return moved || n != 0;
    }
    if (c->host_end && !c->notified) {
        c->notified = true;
        return vwr_vvsock_shutdown(p->device, s, VWR_SOCKET_SEND) == VWR_OK;
    }
    return moved;
}

/* The guest has accepted the connection of a program. */
static bool greet(struct vwr_posix_vsock_connection *c, uint32_t port)
{
    c->greets = false;
    c->out_at = 0;
    c->out = (uint32_t)snprintf((char *)c->to_host, sizeof(c->to_host), "OK %u\n", port);
    return true;
}

static bool serve_connected(struct vwr_posix_vsock *p, unsigned i, bool at_end)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];
    bool moved = false;

    if (c->greets)
        moved = greet(c, p->table[i].local_port);
    moved |= to_host(p, i, at_end);
    if (c->fd >= 0)
        moved |= to_guest(p, i);
    if (c->fd >= 0 && c->guest_end && c->notified) {
        end(p, i, false);
        return true;
    }
    return moved;
}

/* The host still receives what the guest sent before it closed its end. */
static bool serve_ended(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_posix_vsock_connection *const c = &p->connection[i];

    p->refused += c->greets;
    if (c->fd >= 0 && !c->greets && to_host(p, i, false))
        return true;
    if (c->fd < 0 || c->out_at == c->out) {
        end(p, i, p->table[i].result != VWR_OK);
    } else if (!c->host_end) { /* nobody reads what the program writes */
        c->host_end = true;
        (void)shutdown(c->fd, SHUT_RD);
    }
    return c->fd < 0;
}

static bool serve_one(struct vwr_posix_vsock *p, unsigned i)
{
    struct vwr_vdev *const v = vwr_vvsock_dev(p->device);
    unsigned state, ready;

    vwr_vdev_lock(v);
    state = p->table[i].state;
    ready = vwr_socket_ready(&p->table[i]);
    vwr_vdev_unlock(v);
    if (state == VWR_SOCKET_ARRIVED)
        return arrives(p, i);
    if (state == VWR_SOCKET_CONNECTED)
        return serve_connected(p, i, (ready & VWR_SOCKET_AT_END) != 0);
    return state == VWR_SOCKET_ENDED && serve_ended(p, i);
}

/* ---- programs of the host ---- */

static void greet_guest(struct vwr_posix_vsock *p, struct vwr_posix_vsock_line *line)
{
    char *const number = line->text + sizeof("CONNECT ") - 1;
    struct vwr_posix_vsock_connection *c;
    struct vwr_socket *s;
    unsigned long port = 0;
    char *rest = number;

    line->text[line->n - 1] = '\0';
    if (strncmp(line->text, "CONNECT ", sizeof("CONNECT ") - 1) == 0)
        port = strtoul(number, &rest, 10);
    if (rest == number || *rest != '\0' || port > UINT32_MAX ||
        vwr_vvsock_connect(p->device, (uint32_t)port, VWR_VSOCK_TYPE_STREAM, &s) != VWR_OK) {
        p->refused++;
        close_fd(&line->fd);
        return;
    }
    c = &p->connection[s - p->table];
    forget(c);
    c->fd = line->fd;
    c->greets = true;
    c->has_bytes = line->has_bytes;
    p->connections++;
    line->fd = -1;
}

/* Number of received bytes that belong to the line: up to its newline, or all of them. */
static size_t bytes_of_line(const char *text, size_t n)
{
    const char *const end = memchr(text, '\n', n);

    return end != NULL ? (size_t)(end - text) + 1u : n;
}

/* Reads a part of a line, but no byte after it, because later bytes are for the guest. */
static void serve_line(struct vwr_posix_vsock *p, struct vwr_posix_vsock_line *line)
{
    char *const at = line->text + line->n;
    const size_t room = sizeof(line->text) - line->n;
    ssize_t n = recv(line->fd, at, room, MSG_PEEK);

    line->has_bytes = n == (ssize_t)room;
    if (n < 0 && would_block())
        return;
    if (n > 0)
        n = recv(line->fd, at, bytes_of_line(at, (size_t)n), 0);
    line->n += n > 0 ? (uint32_t)n : 0;
    if (n > 0 && line->text[line->n - 1] == '\n') {
        greet_guest(p, line);
    } else if (n <= 0 || line->n == sizeof(line->text)) {
        p->refused++;
        close_fd(&line->fd);
    }
}

static void accept_program(struct vwr_posix_vsock *p, struct vwr_posix_vsock_line *line)
{
    p->has_program = false;
    line->fd = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    line->has_bytes = false;
    line->n = 0;
}

static bool serve_programs(struct vwr_posix_vsock *p)
{
    bool moved = false;

    for (unsigned i = 0; i < VWR_POSIX_VSOCK_WAITING; i++) {
        struct vwr_posix_vsock_line *const line = &p->waiting[i];

        if (line->fd < 0 && p->has_program)
            accept_program(p, line);
        if (line->fd < 0 || !line->has_bytes)
            continue;
        serve_line(p, line);
        moved = true;
    }
    return moved;
}

/* Empties the pipe and the timer, before the thread checks the sockets. */
static void wake_up(struct vwr_posix_vsock *p)
{
    const bool is_woken = __atomic_exchange_n(&p->is_woken, false, __ATOMIC_ACQ_REL);
    uint64_t bytes;
    ssize_t n = 0;

    if (is_woken || p->has_wake)
        n = read(p->wake[0], &bytes, sizeof(bytes));
    p->has_wake = false;
    if (p->has_expired && read(p->timer, &bytes, sizeof(bytes)) > 0)
        p->wait_ms = 0;
    p->has_expired = false;
    (void)n;
}

void vwr_posix_vsock_ready(struct vwr_posix_vsock *p, int fd, bool reads, bool writes)
{
    if (fd < 0)
        return;
    p->has_wake |= fd == p->wake[0] && reads;
    p->has_program |= fd == p->listener && reads;
    p->has_expired |= fd == p->timer && reads;
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_WAITING; i++)
        p->waiting[i].has_bytes |= fd == p->waiting[i].fd && reads;
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_SOCKETS; i++) {
        struct vwr_posix_vsock_connection *const c = &p->connection[i];

        c->has_bytes |= fd == c->fd && reads;
        c->is_full &= fd != c->fd || !writes;
    }
}

bool vwr_posix_vsock_serve(struct vwr_posix_vsock *p)
{
    bool moved;

    wake_up(p);
    moved = serve_programs(p);
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_SOCKETS; i++)
        moved |= serve_one(p, i);
    return moved;
}

/* ---- open to close ---- */

unsigned vwr_posix_vsock_watch(const struct vwr_posix_vsock *p, struct vwr_posix_vsock_watched *watched)
{
    bool collected = false;
    unsigned n = 0;

    watched[n++] = (struct vwr_posix_vsock_watched){p->wake[0], true, false};
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_WAITING; i++)
        if (p->waiting[i].fd >= 0)
            watched[n++] = (struct vwr_posix_vsock_watched){p->waiting[i].fd, true, false};
    if (n <= VWR_POSIX_VSOCK_WAITING) /* the next program can wait */
        watched[n++] = (struct vwr_posix_vsock_watched){p->listener, true, false};
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_SOCKETS; i++) {
        const struct vwr_posix_vsock_connection *const c = &p->connection[i];
        const bool reads = has_place(c);
        const bool writes = c->out_at < c->out;

        if (c->fd >= 0 && !c->greets && (reads || writes))
            watched[n++] = (struct vwr_posix_vsock_watched){c->fd, reads, writes};
        collected |= c->asked != 0;
    }
    if (collected)
        watched[n++] = (struct vwr_posix_vsock_watched){p->timer, true, false};
    return n;
}

int vwr_posix_vsock_open(struct vwr_posix_vsock *p, const char *path, struct vwr_vvsock_options *o)
{
    memset(p, 0, offsetof(struct vwr_posix_vsock, table));
    p->listener = p->timer = p->wake[0] = p->wake[1] = -1;
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_SOCKETS; i++)
        p->connection[i].fd = -1;
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_WAITING; i++)
        p->waiting[i].fd = -1;
    if (strlen(path) + sizeof("_4294967295") > sizeof(p->path))
        return VWR_EINVAL;
    memcpy(p->path, path, strlen(path) + 1);
    p->listener = listen_at(path);
    if (p->listener < 0)
        return VWR_ENODEV;
    p->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    if (p->timer < 0 || pipe2(p->wake, O_NONBLOCK | O_CLOEXEC) != 0) {
        vwr_posix_vsock_close(p);
        return VWR_ENODEV;
    }
    o->ops = &posix_vsock_ops;
    o->context = p;
    o->sockets = (struct vwr_sockets_memory){p->table, VWR_COUNT(p->table), p->buffer, sizeof(p->buffer)};
    o->seqpacket = false;
    return VWR_OK;
}

void vwr_posix_vsock_attach(struct vwr_posix_vsock *p, struct vwr_vvsock *device)
{
    p->device = device;
}

void vwr_posix_vsock_close(struct vwr_posix_vsock *p)
{
    if (p->listener >= 0)
        (void)unlink(p->path);
    close_fd(&p->listener);
    close_fd(&p->timer);
    close_fd(&p->wake[0]);
    close_fd(&p->wake[1]);
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_WAITING; i++)
        close_fd(&p->waiting[i].fd);
    for (unsigned i = 0; i < VWR_POSIX_VSOCK_SOCKETS; i++)
        forget(&p->connection[i]);
}
