/* SPDX-License-Identifier: MIT */
#include "monitor.h"

#include "vhost_notifier.h"
#include "vwr_vhost_processes.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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
#define HAS_LEFT "the back end listens, and the front end has left before it was accepted"

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

static struct options options;
static struct shared *shared;

/* In one call: several processes print. */
static void print_line(const char *format, va_list values)
{
    char text[640];

    vsnprintf(text, sizeof(text), format, values);
    fprintf(stderr, "vwr-monitor: %s\n", text);
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

/*
 * Connects to the back end. If a back end listens but does not accept, its backlog is full, and connect(2)
 * would wait. Returns a negative number after printing a message, or when the process has to end, or when the
 * front end has left.
 */
static int open_back(const struct session *s, const char *path)
{
    struct sockaddr_un at;
    int back, tries = ACCEPT_MS / TRY_MS;

    (void)address(path, &at);
    back = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    while (back >= 0 && connect(back, (const struct sockaddr *)&at, sizeof(at)) != 0) {
        const bool is_full = errno == EAGAIN;

        if (is_full && tries-- > 0 && stop_or_poll(-1, 0, TRY_MS) == 0 && !stop_is_wanted() &&
            !wire_has_left(s))
            continue;
        if (!stop_is_wanted())
            (void)wrong("%s: %s", path, !is_full ? strerror(errno) : tries > 0 ? HAS_LEFT : NOT_ACCEPTED);
        close(back);
        return -1;
    }
    if (back < 0)
        (void)wrong("%s: %s", path, strerror(errno));
    return back;
}

/* ---- a process for each front end ---- */

static void say_text(const char *text)
{
    say("%s", text);
}

static int open_nothing(struct vwr_vhost_processes *p, unsigned socket)
{
    (void)p;
    (void)socket;
    return 0;
}

/* Returns a front end, or -1 when the process has to end. */
static int accept_one(int listener)
{
    int front = -1;

    while (front < 0 && !stop_is_wanted()) {
        if (stop_or_poll(listener, POLLIN, -1) <= 0)
            continue;
        front = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
        if (front < 0)
            (void)stop_or_poll(-1, 0, TRY_MS);
    }
    return front;
}

/*
 * Standard output belongs to the report of the parent: whoever reads it must not have to wait for a process
 * that sleeps in its exit.
 */
static void leave_output(void)
{
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

    (void)dup2(null, STDOUT_FILENO);
}

static void serve_front_end(struct vwr_vhost_processes *p, unsigned socket)
{
    struct session *const s = &shared->session;
    int front, back;

    (void)socket;
    shared->has_begun = true;
    leave_output();
    stop_begin(p->stop);
    report_session(s); /* of a process that was killed */
    front = accept_one(p->listener);
    if (front < 0)
        return;
    vwr_vhost_processes_connected(p, front);
    follow_begin(s, options.way.device);
    s->front.fd = front;
    back = open_back(s, options.connect);
    if (back >= 0)
        session_run(s, back, &options.way);
    else
        shared->is_wrong = !stop_is_wanted();
    if (s->front.ended)
        say("%s", s->front.why);
    vwr_vhost_processes_ended(p);
}

static const struct vwr_vhost_processes_hooks hooks = {
    .open = open_nothing, .serve = serve_front_end, .say = say_text};

/* ---- the parent ---- */

static bool ends_by_hangup; /* not below nohup */

/* Ends the program as SIGTERM does. */
static void on_hangup(int number)
{
    const int why = errno;

    (void)number;
    (void)raise(SIGTERM);
    errno = why;
}

static void hangup_begin(void)
{
    const struct sigaction a = {.sa_handler = on_hangup};

    ends_by_hangup = signal(SIGHUP, SIG_IGN) != SIG_IGN;
    if (ends_by_hangup)
        sigaction(SIGHUP, &a, NULL);
}

/* The remaining work depends on neither end; a second signal ends even that. */
static void signals_end(void)
{
    sigset_t none;

    if (ends_by_hangup)
        signal(SIGHUP, SIG_DFL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
}

static int open_all(void)
{
    void *const at = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    if (!vwr_vhost_can_notify())
        return wrong("This kernel cannot notify an eventfd without waiting (io_setup, preadv2): %s.",
                     strerror(errno));
    if (at == MAP_FAILED || !report_begin())
        return wrong("no memory: %s", strerror(errno));
    shared = at;
    return options.pcap != NULL ? pcap_open(options.pcap, options.way.device, &shared->pcap_failed) : 0;
}

/*
 * Returns 0 if there is a report, or WRONG. A process that did not end with the program does not change the
 * report; its counts so far are in it.
 */
static int serve(void)
{
    static struct vwr_vhost_processes p;
    int r;

    hangup_begin();
    vwr_vhost_processes_init(&p, &hooks, &options.listen, 1);
    p.once = !options.again;
    r = vwr_vhost_processes_run(&p);
    signals_end();
    return r == WRONG || (r != 0 && !shared->has_begun) ? WRONG : 0;
}

static int print_report(void)
{
    const int r = report_print(stdout, options.json);

    if (fflush(stdout) == 0 && !ferror(stdout))
        return r;
    return wrong("standard output cannot be written: %s", strerror(errno));
}

static int watch(void)
{
    int r = open_all();

    if (r != 0)
        return r;
    r = serve();
    report_session(&shared->session);
    if (options.pcap != NULL && pcap_close(options.pcap) != 0 && !options.again)
        r = WRONG;
    if (shared->is_wrong && !options.again)
        r = WRONG;
    return r != 0 ? r : print_report();
}

int main(int argc, char **argv)
{
    int r;

    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        show_usage();
        return 0;
    }
    r = parse(argv + 1, &options);
    if (r == 0 && options.play == NULL)
        return watch();
    if (r == 0 && !report_begin())
        r = wrong("no memory: %s", strerror(errno));
    if (r == 0)
        r = play(options.play, options.copy, options.copies);
    return r != 0 ? r : print_report();
}
