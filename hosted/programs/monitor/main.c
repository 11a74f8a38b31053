/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_notifier.h"

#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define USAGE                                                                                       \
    "--listen PATH --connect PATH [--beside | --one-in N] [--again] [--device NAME] [--pcap FILE] " \
    "[--json], "                                                                                    \
    "or --play FILE [--memory FILE@ADDR]... [--json]"
#define MOST_PARTS 65535u
#define ACCEPT_MS 10000 /* for a back end that listens but does not accept yet */
#define TRY_MS 20       /* between two attempts */
#define NOT_ACCEPTED "the back end listens, and has accepted nobody for 10 seconds"

struct options {
    const char *listen;
    const char *connect;
    bool json;
    bool again;
    struct way way;
    const char *play;
    const char *pcap;
    const char *device;
    const char *copy[MOST_MEMORIES];
    unsigned copies;
};

static struct session session;

static void print_line(const char *format, va_list values)
{
    fputs("vwr-monitor: ", stderr);
    vfprintf(stderr, format, values);
    fputc('\n', stderr);
}

void say(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    print_line(format, values);
    va_end(values);
}

int wrong(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    print_line(format, values);
    va_end(values);
    return WRONG;
}

static void show_usage(void)
{
    printf(
        "usage: vwr-monitor " USAGE "\n\n"
        "Stands between a vhost-user front end, which connects to the first socket, and a back end, which\n"
        "listens at the second one. When an end leaves, or by SIGINT, SIGTERM or SIGHUP, it reports the "
        "rules of "
        "the\n"
        "specification that driver or device have broken. --again lets the next front end connect; the "
        "report\n"
        "comes with the signal. --beside leaves notifications alone, and looks at the same time as the end\n"
        "that is notified. --one-in N does so one part in N of the time: it costs less, and sees fewer\n"
        "buffers. The socket does not say which device it is, so --device does: blk, net, rng ... The "
        "requests\n"
        "of a disk are judged then. --pcap writes the used buffers for Wireshark, and needs --device.\n\n"
        "--play reads the recording of a device instead, - from its input, which `./vwr monitor --trace` "
        "makes\n"
        "of a trace. --memory adds a copy of guest memory from its end.\n"
        "Exit code: 0 no rule was broken, 1 a rule was broken, 2 it could not run, 3 it is not known: "
        "nothing\n"
        "was seen, or the copies of memory lack an address\n");
}

static int address(const char *path, struct sockaddr_un *at)
{
    memset(at, 0, sizeof(*at));
    at->sun_family = AF_UNIX;
    if (strlen(path) >= sizeof(at->sun_path))
        return wrong("%s: the path of a socket has at most %u bytes", path,
                     (unsigned)sizeof(at->sun_path) - 1u);
    memcpy(at->sun_path, path, strlen(path));
    return 0;
}

static int parse_parts(const char *text, struct way *way)
{
    char *end;
    const unsigned long value = strtoul(text, &end, 10);

    way->is_beside = true;
    way->one_in = (unsigned)value;
    if (end != text && *end == 0 && *text != '-' && value != 0 && value <= MOST_PARTS)
        return 0;
    return wrong("--one-in %s: it is a number from 1 to %u", text, MOST_PARTS);
}

/* An option with a value. */
static int set(struct options *o, const char *name, const char *value)
{
    const char **const path = strcmp(name, "--listen") == 0    ? &o->listen
                              : strcmp(name, "--connect") == 0 ? &o->connect
                              : strcmp(name, "--play") == 0    ? &o->play
                              : strcmp(name, "--pcap") == 0    ? &o->pcap
                              : strcmp(name, "--device") == 0  ? &o->device
                                                               : NULL;
    const bool is_memory = strcmp(name, "--memory") == 0;

    if (path == NULL && !is_memory && strcmp(name, "--one-in") != 0)
        return wrong("%s is no option: vwr-monitor " USAGE, name);
    if (value == NULL)
        return wrong("%s needs a value", name);
    if (is_memory && o->copies == MOST_MEMORIES)
        return wrong("there are at most %u copies of memory", MOST_MEMORIES);
    if (is_memory)
        o->copy[o->copies++] = value;
    if (path == NULL)
        return is_memory ? 0 : parse_parts(value, &o->way);
    *path = value;
    return 0;
}

static int parse(char **word, struct options *o)
{
    struct sockaddr_un at;
    int r = 0;

    for (; *word != NULL && r == 0; word++) {
        if (strcmp(*word, "--json") == 0) {
            o->json = true;
        } else if (strcmp(*word, "--again") == 0) {
            o->again = true;
        } else if (strcmp(*word, "--beside") == 0) {
            o->way.is_beside = true;
        } else {
            r = set(o, word[0], word[1]);
            word += r == 0;
        }
    }
    if (r == 0 && o->play != NULL)
        return o->listen == NULL && o->connect == NULL ? 0 : wrong("--play needs no sockets");
    if (r == 0 && o->copies != 0)
        return wrong("--memory belongs to --play");
    if (r == 0 && (o->listen == NULL || o->connect == NULL))
        r = wrong("--%s PATH is missing", o->listen == NULL ? "listen" : "connect");
    if (r == 0 && o->pcap != NULL && o->device == NULL)
        r = wrong("--pcap needs --device");
    if (r == 0 && o->pcap != NULL && o->way.one_in > 1)
        r = wrong("--pcap writes all buffers, and --one-in does not see all");
    if (r == 0 && o->device != NULL && class_id(o->device) == 0)
        r = wrong("--device %s: there is no such class", o->device);
    if (r == 0 && o->device != NULL)
        o->way.device = class_id(o->device);
    return r != 0 ? r : address(o->connect, &at);
}

static int open_listener(const char *path, int *listener)
{
    char why[512];

    *listener = vwr_vhost_back_listen(path);
    if (*listener >= 0)
        return 0;
    vwr_vhost_back_explain_path(path, errno, why, sizeof(why));
    return wrong("%s", why);
}

/*
 * Connects to the back end. If a back end listens but does not accept, its backlog is full, and connect(2)
 * would wait. Returns a negative number after printing a message, or when the program has to end.
 */
static int open_back(const char *path)
{
    struct sockaddr_un at;
    int back, tries = ACCEPT_MS / TRY_MS;

    (void)address(path, &at);
    back = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    while (back >= 0 && connect(back, (const struct sockaddr *)&at, sizeof(at)) != 0) {
        const bool is_full = errno == EAGAIN;

        if (is_full && tries-- > 0 && stop_or_poll(-1, 0, TRY_MS) == 0 && !stop_is_wanted())
            continue;
        if (!stop_is_wanted())
            (void)wrong("%s: %s", path, is_full ? NOT_ACCEPTED : strerror(errno));
        close(back);
        return -1;
    }
    if (back < 0)
        (void)wrong("%s: %s", path, strerror(errno));
    return back;
}

/* Accepts a front end, if one is waiting (*served), and connects to the back end for it. */
static int serve_one(const struct options *o, int listener, bool *served)
{
    int front, back;

    if (stop_or_poll(listener, POLLIN, -1) <= 0)
        return VWR_OK;
    front = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
    if (front < 0)
        return VWR_OK;
    back = open_back(o->connect);
    if (back < 0) {
        close(front);
        return stop_is_wanted() ? VWR_OK : WRONG;
    }
    *served = true;
    session_run(&session, front, back, &o->way);
    if (session.front.ended)
        say("%s", session.front.why);
    return 0;
}

/* Front ends, one after another; without --again, one. */
static int serve(const struct options *o, int listener)
{
    bool served = false;
    int r = 0;

    while (!stop_is_wanted() && (o->again || (r == 0 && !served)))
        r = serve_one(o, listener, &served);
    return r;
}

static int open_all(const struct options *o, int *listener)
{
    int r = 0;

    if (!vwr_vhost_can_notify())
        r = wrong("This kernel cannot notify an eventfd without waiting (io_setup, preadv2): %s.",
                  strerror(errno));
    if (r == 0 && o->pcap != NULL)
        r = pcap_open(o->pcap, class_id(o->device));
    if (r == 0)
        r = open_listener(o->listen, listener);
    if (r == 0 && !stop_begin())
        r = wrong("no eventfd: %s", strerror(errno));
    return r;
}

int main(int argc, char **argv)
{
    struct options o = {.listen = NULL};
    int listener = -1, r;

    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        show_usage();
        return 0;
    }
    r = parse(argv + 1, &o);
    if (r == 0 && o.play != NULL) {
        r = play(o.play, o.copy, o.copies);
        return r != 0 ? r : report_print(stdout, o.json);
    }
    if (r == 0)
        r = open_all(&o, &listener);
    if (r != 0)
        return r;
    r = serve(&o, listener);
    close(listener);
    unlink(o.listen);
    stop_end();
    if (o.pcap != NULL && pcap_close(o.pcap) != 0)
        r = WRONG;
    if (r != 0 && !o.again)
        return r;
    return report_print(stdout, o.json);
}
