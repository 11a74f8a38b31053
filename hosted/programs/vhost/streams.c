/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vwr/vconsole.h"
#include "vwr/ventropy.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <termios.h>
#include <unistd.h>

/* Streams of bytes: a console on standard input and output or on a pseudo terminal, and random bytes. */

#define SMALLEST_PAGE 4096u

/* ---- console ---- */

/*
 * What outlives a connection: the terminal, whose name is printed once, and the input that no guest has
 * accepted yet.
 */
struct terminal {
    int in;
    int out;
    bool pty;
    char byte[4096];
    uint32_t bytes;
    uint32_t at;
};

struct console {
    struct vwr_vconsole device;
    struct vwr_vconsole_port port;
};

static struct terminal *terminal;

static void can_read(void *context, int fd, short events);
static void can_write(void *context, int fd, short events);

/* Updates the descriptors to wait for: `out` only while it is full. */
static void watch(struct console *c, bool full)
{
    const struct terminal *const t = terminal;
    const short in = t->at == t->bytes ? POLLIN : 0;

    if (t->in == t->out) {
        loop_watch(t->in, (short)(in | (full ? POLLOUT : 0)), can_read, c);
        return;
    }
    if (in != 0)
        loop_watch(t->in, in, can_read, c);
    else
        loop_forget(t->in);
    if (full)
        loop_watch(t->out, POLLOUT, can_write, c);
    else
        loop_forget(t->out);
}

/* write() reports EFAULT where a load faults: with the load, the loss of the memory ends the connection. */
static void load(const uint8_t *bytes, uint32_t n)
{
    const volatile uint8_t *const at = bytes;

    for (uint32_t i = 0; i < n; i += SMALLEST_PAGE)
        (void)at[i];
    (void)at[n - 1u];
}

static uint32_t output(struct vwr_vconsole *v, unsigned port, const uint8_t *bytes, uint32_t n)
{
    struct console *const c = (struct console *)(void *)v;
    const ssize_t done = write(terminal->out, bytes, n);

    (void)port;
    if (done >= 0)
        return (uint32_t)done;
    if (errno == EFAULT)
        load(bytes, n);
    if (errno != EAGAIN && errno != EINTR)
        return n; /* no program has the terminal open: the bytes are lost, as on an unconnected serial line */
    watch(c, true);
    return 0;
}

static void give_input(struct console *c)
{
    struct terminal *const t = terminal;

    t->at += vwr_vconsole_input_locked(&c->device, 0, (const uint8_t *)t->byte + t->at, t->bytes - t->at);
}

static void input_wanted(struct vwr_vconsole *v, unsigned port)
{
    (void)port;
    give_input((struct console *)(void *)v);
}

static void can_write(void *context, int fd, short events)
{
    struct console *const c = context;

    (void)fd;
    (void)events;
    watch(c, false);
    vwr_vconsole_resume(&c->device, 0);
}

static void can_read(void *context, int fd, short events)
{
    struct console *const c = context;
    struct terminal *const t = terminal;
    ssize_t n;

    if ((events & POLLOUT) != 0)
        can_write(c, fd, events);
    if ((events & (POLLIN | POLLHUP)) == 0 || t->at < t->bytes)
        return;
    n = read(fd, t->byte, sizeof(t->byte));
    if (n <= 0 && !t->pty && (n == 0 || errno != EAGAIN)) {
        loop_forget(fd);
        return;
    }
    t->bytes = n > 0 ? (uint32_t)n : 0;
    t->at = 0;
    vwr_vdev_lock(&c->device.dev);
    give_input(c);
    vwr_vdev_unlock(&c->device.dev);
}

static const struct vwr_vconsole_ops console_ops = {.output = output, .input_wanted = input_wanted};

static int open_pty(struct terminal *to)
{
    struct termios t;

    to->in = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (to->in < 0 || grantpt(to->in) != 0 || unlockpt(to->in) != 0)
        return failed("no pseudo terminal: %s", strerror(errno));
    if (tcgetattr(to->in, &t) == 0) {
        cfmakeraw(&t);
        (void)tcsetattr(to->in, TCSANOW, &t);
    }
    (void)open(ptsname(to->in), O_RDWR | O_NOCTTY | O_CLOEXEC); /* so that the first user may leave again */
    printf("%s\n", ptsname(to->in));
    fflush(stdout);
    to->out = to->in;
    to->pty = true;
    return 0;
}

static int share_console(const struct options *o)
{
    int r = 0;

    terminal = share_room(sizeof(*terminal));
    if (terminal == NULL)
        return failed("there is no memory");
    terminal->in = STDIN_FILENO;
    terminal->out = STDOUT_FILENO;
    if (o->pty)
        r = open_pty(terminal);
    if (r != 0)
        return r;
    (void)fcntl(terminal->in, F_SETFL, fcntl(terminal->in, F_GETFL) | O_NONBLOCK);
    (void)fcntl(terminal->out, F_SETFL, fcntl(terminal->out, F_GETFL) | O_NONBLOCK);
    return 0;
}

static uint16_t console_queues(const struct options *o)
{
    (void)o;
    return VWR_VCONSOLE_QUEUES(1u);
}

static int make_console(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct console *const c = make_room(1, sizeof(*c));
    const struct vwr_vconsole_options co = {
        .ops = &console_ops, .port = &c->port, .port_count = 1, .emergency = true};
    int r;

    (void)o;
    c->port.console = true;
    r = vwr_vconsole_init_with(&c->device, s, &co);
    if (r != VWR_OK)
        return failed("this console cannot be offered: %s", vwr_strerror(r));
    watch(c, false);
    e->dev = &c->device.dev;
    e->state = c;
    return 0;
}

static void attend_console(struct end *e)
{
    struct terminal *const t = terminal;

    if (t->at == t->bytes && t->bytes > 0) {
        t->bytes = 0;
        t->at = 0;
        watch(e->state, false);
    } else if (t->at < t->bytes) {
        loop_forget(t->in);
    }
}

const struct kind console_kind = {
    .name = "console",
    .usage = "[--pty]",
    .brief = "a console, on standard input and output or on a pseudo terminal, whose name is printed",
    .options = " pty ",
    .queues = console_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_vconsole_state,
    .share = share_console,
    .make = make_console,
    .attend = attend_console,
};

/* ---- random bytes ---- */

/*
 * The kernel writes to memory of the program alone: where the guest's memory is gone, the copy faults as any
 * other access, and the connection ends. getrandom() would fail with EFAULT there.
 */
static uint32_t source(struct vwr_ventropy *v, uint8_t *bytes, uint32_t n)
{
    uint8_t random[256]; /* a call for up to 256 bytes is never interrupted */
    const ssize_t done = getrandom(random, n < sizeof(random) ? n : sizeof(random), 0);

    (void)v;
    if (done <= 0)
        return 0;
    memcpy(bytes, random, (size_t)done);
    return (uint32_t)done;
}

static uint16_t rng_queues(const struct options *o)
{
    (void)o;
    return VWR_VENTROPY_QUEUES;
}

static int make_rng(struct end *e, const struct options *o, const struct vwr_vdev_setup *s)
{
    struct vwr_ventropy *const v = make_room(1, sizeof(*v));
    const int r = vwr_ventropy_init_with(v, s, source, NULL);

    (void)o;
    if (r != VWR_OK)
        return failed("this source cannot be offered: %s", vwr_strerror(r));
    e->dev = &v->dev;
    e->state = v;
    return 0;
}

const struct kind rng_kind = {
    .name = "rng",
    .usage = "",
    .brief = "random bytes, from getrandom(2)",
    .options = " ",
    .queues = rng_queues,
    .queue_size = QUEUE_SIZE,
    .state = &vwr_ventropy_state,
    .make = make_rng,
};
