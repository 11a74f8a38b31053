/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/can.h>
#include <linux/can/error.h>
#include <linux/can/raw.h>

/*
 * can exchange A B COUNT: the interfaces A and B of one bus send COUNT frames each, and receive those of the
 * other. can send A FIRST COUNT: A sends frames, until the bus is off, or no answer comes any more. In both,
 * the kernel returns each frame that the device has reported as sent. can refused A: frames that the device
 * must not send.
 *
 * The host makes the same frames (soak_newest.py): the sender and its number are in each of them.
 */
enum { FLIGHT = 64, QUIET_MS = 4000, ROOM = 1 << 20, SENDER_SHIFT = 20 };

struct node {
    const char *name;
    int socket;
    uint32_t sender;
    uint32_t sent, confirmed, received;
    uint32_t refused; /* frames that the driver has reported as failed */
    bool is_off;
};

static int quiet_ms;

static int fail(const char *what)
{
    printf("guest: FAILED: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int wrong(const struct node *n, const char *what, uint32_t number)
{
    printf("guest: FAILED: %s: %s: %u\n", n->name, what, number);
    exit(1);
}

/* Classic and FD frames, both identifiers, and remote requests: its size. */
static size_t make(struct canfd_frame *f, uint32_t sender, uint32_t number)
{
    static const uint8_t lengths[] = {4, 8, 12, 16, 20, 24, 32, 48, 64};
    const bool fd = number % 2 == 1, rtr = number % 16 == 2;

    memset(f, 0, sizeof(*f));
    f->flags = fd ? CANFD_FDF : 0; /* as the kernel returns it */
    f->can_id = number % 4 < 2 ? sender : CAN_EFF_FLAG | sender << SENDER_SHIFT | (number & 0xfffff);
    f->can_id |= rtr ? CAN_RTR_FLAG : 0;
    f->len = fd    ? lengths[number % sizeof(lengths)]
             : rtr ? (uint8_t)(number / 16 % 9)
                   : (uint8_t)(4 + number % 5);
    for (unsigned i = 0; i < f->len && !rtr; i++)
        f->data[i] = i < 4 ? (uint8_t)(number >> 8 * i) : (uint8_t)(sender + i + number);
    return fd ? CANFD_MTU : CAN_MTU;
}

static void open_node(struct node *n, const char *name, uint32_t sender)
{
    const int on = 1, room = ROOM;
    const can_err_mask_t errors = CAN_ERR_MASK;
    struct sockaddr_can at = {.can_family = AF_CAN, .can_ifindex = (int)if_nametoindex(name)};

    *n = (struct node){
        .name = name, .sender = sender, .socket = socket(PF_CAN, SOCK_RAW | SOCK_NONBLOCK, CAN_RAW)};
    if (n->socket < 0 || at.can_ifindex == 0 ||
        setsockopt(n->socket, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, &on, sizeof(on)) != 0 ||
        setsockopt(n->socket, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, &on, sizeof(on)) != 0 ||
        setsockopt(n->socket, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &errors, sizeof(errors)) != 0 ||
        setsockopt(n->socket, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof(room)) != 0 ||
        bind(n->socket, (struct sockaddr *)&at, sizeof(at)) != 0)
        fail(name);
}

/* true: a frame was sent. */
static bool send_one(struct node *n, uint32_t number)
{
    struct canfd_frame f;
    const size_t size = make(&f, n->sender, number);

    if (write(n->socket, &f, size) == (ssize_t)size)
        return true;
    if (errno != ENOBUFS && errno != EAGAIN && errno != ENETDOWN)
        fail(n->name);
    return false;
}

static bool is_same(const struct canfd_frame *f, ssize_t size, uint32_t sender, uint32_t number)
{
    struct canfd_frame right;

    return size == (ssize_t)make(&right, sender, number) && memcmp(f, &right, (size_t)size) == 0;
}

/* The number of a frame; the sender's is known. */
static uint32_t number_of(const struct canfd_frame *f)
{
    return (f->can_id & CAN_EFF_FLAG) != 0 ? f->can_id & 0xfffff
                                           : f->data[0] | f->data[1] << 8 | (uint32_t)f->data[2] << 16;
}

/* One frame of the socket: 0 none, 1 an own one, 2 another, 3 an error. */
static int take(struct node *n, struct canfd_frame *f, ssize_t *size)
{
    struct iovec part = {.iov_base = f, .iov_len = sizeof(*f)};
    struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1};

    memset(f, 0, sizeof(*f));
    *size = recvmsg(n->socket, &m, 0);
    if (*size < 0 && (errno == EAGAIN || errno == ENETDOWN))
        return 0;
    if (*size < 0)
        fail("recvmsg");
    if ((f->can_id & CAN_ERR_FLAG) != 0) {
        n->is_off = n->is_off || (f->can_id & CAN_ERR_BUSOFF) != 0;
        n->refused += (f->can_id & CAN_ERR_CRTL) != 0;
        return 3;
    }
    return (m.msg_flags & MSG_CONFIRM) != 0 ? 1 : 2;
}

/*
 * Waits for a frame. The interface's queue may have been full: then there is no event for its room. false:
 * nothing has come for long.
 */
static bool wait_for(const struct node *n, unsigned count)
{
    struct pollfd fds[2];

    for (unsigned i = 0; i < count; i++)
        fds[i] = (struct pollfd){.fd = n[i].socket, .events = POLLIN};
    if (poll(fds, count, 1) != 0)
        quiet_ms = 0;
    return quiet_ms++ < QUIET_MS;
}

static void exchange_step(struct node *n, const struct node *other, uint32_t count)
{
    struct canfd_frame f;
    ssize_t size;
    int kind;

    while (n->sent < count && n->sent - n->confirmed < FLIGHT && send_one(n, n->sent))
        n->sent++;
    while ((kind = take(n, &f, &size)) != 0) {
        if (kind == 3)
            wrong(n, "an error", f.can_id);
        if (kind == 1 && !is_same(&f, size, n->sender, n->confirmed))
            wrong(n, "another frame was sent than", n->confirmed);
        if (kind == 2 && !is_same(&f, size, other->sender, n->received))
            wrong(n, "another frame was received than", n->received);
        n->confirmed += kind == 1;
        n->received += kind == 2;
    }
}

static int exchange(char **names, uint32_t count)
{
    struct node n[2];

    for (unsigned i = 0; i < 2; i++)
        open_node(&n[i], names[i], i + 1);
    while (n[0].confirmed < count || n[1].confirmed < count || n[0].received < count ||
           n[1].received < count) {
        exchange_step(&n[0], &n[1], count);
        exchange_step(&n[1], &n[0], count);
        if (!wait_for(n, 2))
            wrong(n, "no frame comes any more", n->received);
    }
    printf("can exchanged %u and %u frames\n", n[0].received, n[1].received);
    return 0;
}

/* The frames that were sent, as ranges. */
static void confirm(struct node *n, uint32_t number, uint32_t *first)
{
    if (number != n->confirmed && *first != n->confirmed)
        printf("can confirmed %u-%u\n", *first, n->confirmed - 1);
    if (number != n->confirmed)
        *first = number;
    if (number < n->confirmed)
        wrong(n, "a frame was confirmed after a later one", number);
    n->confirmed = number + 1;
}

static int send_frames(const char *name, uint32_t first, uint32_t count)
{
    struct node n;
    struct canfd_frame f;
    ssize_t size;
    uint32_t done = 0;

    open_node(&n, name, 1);
    n.sent = n.confirmed = first;
    while (!n.is_off && done + n.refused < count) {
        int kind;

        while (n.sent < first + count && n.sent - first - done - n.refused < FLIGHT && send_one(&n, n.sent))
            n.sent++;
        if (!wait_for(&n, 1))
            break;
        while ((kind = take(&n, &f, &size)) != 0) {
            if (kind == 1 && !is_same(&f, size, 1, number_of(&f)))
                wrong(&n, "this is no frame that was sent", number_of(&f));
            if (kind == 1)
                confirm(&n, number_of(&f), &first);
            done += kind == 1;
        }
    }
    if (n.confirmed != first)
        printf("can confirmed %u-%u\n", first, n.confirmed - 1);
    printf("can sent up to %u, confirmed %u, failed %u, bus %s\n", n.sent, done, n.refused,
           n.is_off ? "off" : "on");
    return 0;
}

int main(int argc, char **argv)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    if (argc == 5 && strcmp(argv[1], "exchange") == 0)
        return exchange(argv + 2, (uint32_t)atoi(argv[4]));
    if (argc == 5 && strcmp(argv[1], "send") == 0)
        return send_frames(argv[2], (uint32_t)atoi(argv[3]), (uint32_t)atoi(argv[4]));
    printf("guest: FAILED: can exchange A B COUNT, can send A FIRST COUNT\n");
    return 2;
}
