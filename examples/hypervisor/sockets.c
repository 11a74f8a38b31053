/* SPDX-License-Identifier: MIT */
#include "vwr/bytes.h"
#include "vwr/gen/ids.h"
#include "vplan.h"
#include "vwr/vvsock.h"

#include "hyp.h"

/*
 * Services for the sockets of a guest. Port 7 echoes what it receives. Port 9 compares the data with a
 * pattern and
 * answers with the number of bytes received and the number of wrong bytes. Port 19 sends the pattern. A
 * connection
 * to a port of the guest echoes what it receives, like port 7.
 *
 * A hook only marks its connection; the guest's own CPU serves one part of one connection at a time, and
 * others may take the lock in between.
 */
enum { ECHO = 7, SINK = 9, SOURCE = 19 };
#define TALKS 64u        /* connections of a guest: bits of talks.busy */
#define PART_BYTES 2048u /* while the lock is held */
#define PATTERN(at) ((uint8_t)((at) ^ ((at) >> 8) * 3u))

struct talk {
    struct vwr_socket *socket; /* NULL: none */
    unsigned service;
    bool made;          /* opened by the hypervisor, but not accepted yet */
    bool last;          /* closes when the part is sent */
    unsigned flags;     /* what ends with the part */
    uint32_t first;     /* of the part, */
    uint32_t end;       /* not sent yet */
    uint64_t answer[2]; /* number of bytes received, and of wrong bytes */
    uint8_t part[PART_BYTES];
};

static struct talks {
    uint64_t busy;
    unsigned done_last;
    uint64_t accepted;
    uint64_t made;
    uint64_t received;
    uint64_t sent;
    struct talk talk[TALKS];
} talks[GUESTS_MAX];

static struct vwr_vvsock *device_of(const struct guest *g)
{
    return (struct vwr_vvsock *)(void *)devices_find(g, VWR_ID_VSOCK);
}

static struct talks *talks_of(const struct guest *g)
{
    return &talks[g->number];
}

static void mark(struct guest *g, const struct talk *t)
{
    talks_of(g)->busy |= 1ull << (t - talks_of(g)->talk);
    guest_go_on(g, TO_DO_SOCKETS);
}

static struct talk *begin(struct guest *g, struct vwr_socket *s, unsigned service)
{
    struct talk *t = talks_of(g)->talk;

    while (t->socket != NULL)
        if (++t == talks_of(g)->talk + TALKS)
            return NULL;
    t->socket = s;
    t->service = service;
    t->made = false;
    t->last = false;
    t->first = 0;
    t->end = 0;
    t->answer[0] = 0;
    t->answer[1] = 0;
    s->context = t;
    return t;
}

/* ---- hooks ---- */

static int connects(struct vwr_vvsock *v, struct vwr_socket *s)
{
    struct guest *const g = devices_guest(vwr_vvsock_dev(v));
    struct talk *t;

    if (s->local_port != ECHO && s->local_port != SINK && s->local_port != SOURCE)
        return VWR_ENODEV;
    t = begin(g, s, s->local_port);
    if (t == NULL)
        return VWR_EFULL;
    talks_of(g)->accepted++;
    mark(g, t);
    return VWR_OK;
}

static void event(struct vwr_vvsock *v, struct vwr_socket *s, enum vwr_socket_event event)
{
    struct talk *const t = s->context;

    if (event == VWR_SOCKET_EVENT_ACCEPTED)
        t->made = false;
    else
        mark(devices_guest(vwr_vvsock_dev(v)), t);
}

void sockets_offer(struct vwr_vplan_host *host)
{
    static const struct vwr_vvsock_ops ops = {.connect = connects, .event = event};

    host->vsock = &ops;
}

/* ---- services: true: there is more to do now ---- */

static void end(struct vwr_vvsock *v, struct talk *t, bool reset)
{
    vwr_vvsock_close(v, t->socket, reset);
    t->socket = NULL;
}

static uint32_t receive(struct vwr_vvsock *v, struct talk *t)
{
    const int n = vwr_vvsock_receive(v, t->socket, t->part, PART_BYTES, &t->flags);

    t->first = 0;
    t->end = 0;
    if (n <= 0)
        return 0;
    talks_of(devices_guest(vwr_vvsock_dev(v)))->received += (unsigned)n;
    return (uint32_t)n;
}

/* Sends the rest of the part; false: there is no space for all of it, or the connection is closed. */
static bool send(struct vwr_vvsock *v, struct talk *t)
{
    const int n = vwr_vvsock_send(v, t->socket, t->part + t->first, t->end - t->first, t->flags);

    if (n < 0) {
        end(v, t, true);
        return false;
    }
    t->first += (uint32_t)n;
    talks_of(devices_guest(vwr_vvsock_dev(v)))->sent += (unsigned)n;
    return t->first == t->end;
}

static bool echo(struct vwr_vvsock *v, struct talk *t)
{
    t->end = receive(v, t);
    return t->end != 0 && send(v, t);
}

static bool sink(struct vwr_vvsock *v, struct talk *t)
{
    const uint32_t n = receive(v, t);

    for (uint32_t i = 0; i < n; i++)
        t->answer[1] += t->part[i] != PATTERN(t->answer[0] + i);
    t->answer[0] += n;
    return n != 0;
}

static bool source(struct vwr_vvsock *v, struct talk *t)
{
    for (uint32_t i = 0; i < PART_BYTES; i++)
        t->part[i] = PATTERN(t->answer[0] + i);
    t->answer[0] += PART_BYTES;
    t->first = 0;
    t->end = PART_BYTES;
    t->flags = 0;
    return send(v, t);
}

static bool serve_one(struct vwr_vvsock *v, struct talk *t)
{
    if (t->service == ECHO)
        return echo(v, t);
    return t->service == SINK ? sink(v, t) : source(v, t);
}

/*
 * The guest sends no more data: the sink answers, and the connection is closed when everything has been sent.
 */
static bool finish(struct vwr_vvsock *v, struct talk *t)
{
    if (t->service == SINK && !t->last) {
        t->last = true;
        vwr_copy(t->part, t->answer, sizeof(t->answer));
        t->first = 0;
        t->end = sizeof(t->answer);
        t->flags = 0;
        return true;
    }
    end(v, t, false);
    return false;
}

static bool serve(struct guest *g, struct vwr_vvsock *v, struct talk *t)
{
    if (t->socket->state == VWR_SOCKET_ENDED) {
        if (t->made) {
            console_line();
            print("hypervisor: guest %u: port %u is not open\n", g->number, t->socket->port);
        }
        end(v, t, false);
        return false;
    }
    if (t->socket->state != VWR_SOCKET_CONNECTED || (t->first != t->end && !send(v, t)))
        return false;
    if ((vwr_socket_ready(t->socket) & VWR_SOCKET_AT_END) != 0)
        return finish(v, t);
    return serve_one(v, t);
}

void sockets_go_on(struct guest *g)
{
    struct talks *const all = talks_of(g);
    const uint64_t later = all->busy & ~((2ull << all->done_last) - 1u);
    unsigned i;

    if (all->busy == 0)
        return;
    i = (unsigned)__builtin_ctzll(later != 0 ? later : all->busy);
    all->done_last = i;
    all->busy &= ~(1ull << i);
    if (all->talk[i].socket != NULL && serve(g, device_of(g), &all->talk[i]))
        all->busy |= 1ull << i;
    if (all->busy != 0)
        guest_go_on(g, TO_DO_SOCKETS);
}

/* ---- the prompt ---- */

void sockets_connect(struct guest *g, unsigned port)
{
    struct vwr_vvsock *const v = device_of(g);
    struct vwr_socket *s;
    struct talk *t;

    if (v == NULL || vwr_vvsock_connect(v, port, VWR_VSOCK_TYPE_STREAM, &s) != VWR_OK) {
        print("guest %u: no socket for port %u\n", g->number, port);
        return;
    }
    t = begin(g, s, ECHO);
    if (t == NULL) {
        vwr_vvsock_close(v, s, true);
        print("guest %u has too many connections\n", g->number);
        return;
    }
    t->made = true;
    talks_of(g)->made++;
    print("guest %u: connects to port %u\n", g->number, port);
}

void sockets_stats(const struct guest *g)
{
    const struct talks *const all = talks_of(g);

    print("  sockets: connections of the guest %llu, to it %llu, bytes of the guest %llu, to it %llu\n",
          (unsigned long long)all->accepted, (unsigned long long)all->made, (unsigned long long)all->received,
          (unsigned long long)all->sent);
}
