/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "vwr_vhost_processes.h"

#include "vwr_vhost_back.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

/*
 * The first half of the file is the parent, the second one a child. They exchange messages of one byte
 * through a socket pair for each child. The parent makes no call on an object of a peer: README.md lists what
 * it calls.
 */

#define IS_OPEN 'o'        /* child: everything is open */
#define IS_OVER 'v'        /* child: the next child may begin */
#define IS_BUSY 'b'        /* child: its storage has requests; the next child may begin when this one ends */
#define SLEEPS 's'         /* child: the main thread sleeps, and the device has requests at its storage */
#define SLEEPS_QUIETLY 'q' /* child: the main thread sleeps, and the device has none */
#define GO 'g'             /* parent: serve, with the listening socket */

#define PAUSE_MS 500u /* before the first attempt after a process that ended soon; doubled each time */
#define LONGEST_PAUSE_MS 32000u
#define SOON_MS 1000u
#define CLIENT_MS 100u /* between the processes for a front end that listens */
#define LAST_MS 50u    /* for killed children to be collected */
#define WRONG 2
#define FAILED 1

static void tell(const struct vwr_vhost_processes *p, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void tell(const struct vwr_vhost_processes *p, const char *format, ...)
{
    char text[256];
    va_list values;

    va_start(values, format);
    (void)vsnprintf(text, sizeof(text), format, values);
    va_end(values);
    p->hooks->say(text);
}

static const char *name_of(const struct vwr_vhost_processes *p, unsigned socket)
{
    return p->path[socket] != NULL ? p->path[socket] : "a process without a socket";
}

/* ---- messages ---- */

/* Sends a byte, with a file descriptor unless it is -1. false: it is lost. */
static bool send_byte(int control, char byte, int file)
{
    struct iovec part = {&byte, 1};
    union vhost_files room;
    struct msghdr m;

    memset(&m, 0, sizeof(m));
    m.msg_iov = &part;
    m.msg_iovlen = 1;
    vhost_attach(&m, &room, &file, file >= 0);
    return sendmsg(control, &m, MSG_NOSIGNAL | MSG_DONTWAIT) == 1;
}

/* Returns the next byte, or 0. Closes the socket if there will be none: the child exits, which may take long.
 */
static char receive_byte(int *control)
{
    char byte;
    const ssize_t n = recv(*control, &byte, 1, MSG_DONTWAIT);

    if (n == 0)
        vhost_close(control);
    return n == 1 ? byte : '\0';
}

/* ---- the parent: children ---- */

static _Noreturn void be_child(struct vwr_vhost_processes *p, unsigned socket, int control);

static void lengthen_pause(struct vwr_vhost_process *c)
{
    c->pause_ms = c->pause_ms == 0 ? PAUSE_MS : 2u * c->pause_ms;
    if (c->pause_ms > LONGEST_PAUSE_MS)
        c->pause_ms = LONGEST_PAUSE_MS;
}

static void begin(struct vwr_vhost_processes *p, unsigned socket)
{
    struct vwr_vhost_process *const c = &p->process[socket];
    int pair[2] = {-1, -1};

    c->begun_ms = vhost_now_ms();
    c->opened = false;
    c->killed = false;
    (void)fflush(NULL); /* a child would print the rest of a buffer again */
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0)
        c->pid = fork();
    if (c->pid == 0 && pair[0] >= 0) {
        vhost_close(&pair[0]);
        be_child(p, socket, pair[1]);
    }
    vhost_close(&pair[1]);
    c->control = pair[0];
    if (c->pid > 0)
        return;
    tell(p, "%s: no process: %s", name_of(p, socket), strerror(errno));
    c->pid = 0;
    vhost_close(&c->control);
    lengthen_pause(c);
    c->again_ms = c->begun_ms + c->pause_ms;
    if (!p->serving)
        p->result = FAILED;
}

/*
 * A child to which the listening socket cannot be passed is killed, and another one begins after a pause:
 * the kernel refuses to pass it while the user has too many file descriptors in flight.
 */
static void go(struct vwr_vhost_processes *p, unsigned socket)
{
    struct vwr_vhost_process *const c = &p->process[socket];

    if (send_byte(c->control, GO, c->listener) || errno == EPIPE)
        return;
    tell(p, "%s: the socket cannot be passed to process %d: %s", name_of(p, socket), (int)c->pid,
         strerror(errno));
    c->killed = true;
    (void)kill(c->pid, SIGKILL);
}

/* The child exits, or sleeps: the socket has none for now. */
static void leave(struct vwr_vhost_processes *p, unsigned socket, bool kill_it)
{
    struct vwr_vhost_process *const c = &p->process[socket];
    struct vwr_vhost_leaving *const l = &p->leaving[p->leaving_count++];

    *l = (struct vwr_vhost_leaving){
        .pid = c->pid, .socket = socket, .until_ms = vhost_now_ms() + VWR_VHOST_PROCESSES_EXIT_MS};
    if (kill_it)
        (void)kill(c->pid, SIGKILL);
    l->killed = kill_it;
    vhost_close(&c->control);
    c->pid = 0;
    c->pause_ms = 0;
    c->again_ms = p->client ? c->begun_ms + CLIENT_MS : 0;
}

static void hear(struct vwr_vhost_processes *p, unsigned socket)
{
    struct vwr_vhost_process *const c = &p->process[socket];

    switch (receive_byte(&c->control)) {
    case IS_OPEN:
        c->opened = true;
        c->pause_ms = 0;
        if (p->serving)
            go(p, socket);
        break;
    case IS_OVER:
        leave(p, socket, false);
        p->over = p->once;
        break;
    case IS_BUSY:
        tell(p, "%s: process %d has requests at its storage; the next front end waits for its end",
             name_of(p, socket), (int)c->pid);
        break;
    case SLEEPS_QUIETLY:
        leave(p, socket, true);
        p->over = p->once;
        break;
    case SLEEPS: /* its end shows that storage is quiet */
        tell(p,
             "%s: process %d sleeps in a call, and its front end has hung up; the next one waits for its end",
             name_of(p, socket), (int)c->pid);
        c->killed = true;
        (void)kill(c->pid, SIGKILL);
        break;
    default:
        break;
    }
}

/* The process of a socket has ended without having said so. */
static void ended(struct vwr_vhost_processes *p, unsigned socket, int status)
{
    struct vwr_vhost_process *const c = &p->process[socket];
    const bool is_early = vhost_now_ms() - c->begun_ms < SOON_MS;
    const bool is_good = WIFEXITED(status) && WEXITSTATUS(status) == 0; /* its storage was busy */
    const pid_t pid = c->pid;

    vhost_close(&c->control);
    c->pid = 0;
    if (p->stopping)
        return;
    if (!p->serving) {
        p->result = WIFEXITED(status) && WEXITSTATUS(status) != 0 ? WEXITSTATUS(status) : FAILED;
        return;
    }
    if (WIFSIGNALED(status) && !c->killed)
        tell(p, "%s: signal %d has ended process %d", name_of(p, socket), WTERMSIG(status), (int)pid);
    if (is_good)
        p->over = p->once;
    else if (p->once)
        p->result = WRONG;
    if (is_good || !is_early)
        c->pause_ms = 0;
    else
        lengthen_pause(c);
    c->again_ms = vhost_now_ms() + c->pause_ms;
}

/* Forgets a child that has exited. */
static bool was_leaving(struct vwr_vhost_processes *p, pid_t pid)
{
    for (unsigned i = 0; i < p->leaving_count; i++) {
        if (p->leaving[i].pid != pid)
            continue;
        p->leaving[i] = p->leaving[--p->leaving_count];
        return true;
    }
    return false;
}

/* Collects children. What they have said before comes first. */
static void collect(struct vwr_vhost_processes *p)
{
    siginfo_t info = {.si_pid = 0};
    int status;
    pid_t pid;

    while (waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0) {
        pid = info.si_pid;
        for (unsigned i = 0; i < p->count; i++)
            if (p->process[i].pid == pid)
                hear(p, i);
        if (waitpid(pid, &status, WNOHANG) != pid)
            return;
        info.si_pid = 0;
        if (was_leaving(p, pid))
            continue;
        for (unsigned i = 0; i < p->count; i++)
            if (p->process[i].pid == pid)
                ended(p, i, status);
    }
}

/* ---- the parent: time ---- */

static void lower(uint64_t *until, uint64_t to)
{
    if (to < *until)
        *until = to;
}

/*
 * Whether the socket has room for one more process that may be left behind. Each socket has its own room: a
 * front end can leave processes that sleep, which must not keep the others from new ones.
 */
static bool has_room(const struct vwr_vhost_processes *p, unsigned socket)
{
    unsigned left = 0;

    for (unsigned i = 0; i < p->leaving_count; i++)
        left += p->leaving[i].socket == socket;
    return left < VWR_VHOST_PROCESSES_LEFT;
}

/* Starts the processes that are due, and kills those that take too long. Returns the next time for that. */
static uint64_t keep_time(struct vwr_vhost_processes *p)
{
    const uint64_t now = vhost_now_ms();
    uint64_t next = UINT64_MAX;

    for (unsigned i = 0; i < p->leaving_count; i++) {
        struct vwr_vhost_leaving *const l = &p->leaving[i];

        if (now < l->until_ms) {
            lower(&next, l->until_ms);
        } else if (!l->killed) {
            (void)kill(l->pid, SIGKILL);
            l->killed = true;
            l->until_ms = now + VWR_VHOST_PROCESSES_EXIT_MS;
            lower(&next, l->until_ms);
        } else if (!l->told) {
            tell(p,
                 "%s: process %d is left behind: it sleeps in the kernel, in a call for a former front end",
                 name_of(p, l->socket), (int)l->pid);
            l->told = true;
        }
    }
    for (unsigned i = 0; i < p->count && !p->stopping; i++) {
        struct vwr_vhost_process *const c = &p->process[i];

        if (c->pid != 0 || !has_room(p, i))
            continue;
        if (now >= c->again_ms)
            begin(p, i);
        if (c->pid == 0)
            lower(&next, c->again_ms);
    }
    return next;
}

/* ---- the parent: its sockets ---- */

static bool all_are_open(const struct vwr_vhost_processes *p)
{
    for (unsigned i = 0; i < p->count; i++)
        if (!p->process[i].opened)
            return false;
    return true;
}

/* Creates the sockets, and lets the children begin. */
static int begin_service(struct vwr_vhost_processes *p)
{
    char why[512];

    for (unsigned i = 0; i < p->count; i++) {
        if (p->client || p->path[i] == NULL)
            continue;
        p->process[i].listener = vwr_vhost_back_listen(p->path[i]);
        if (p->process[i].listener >= 0)
            continue;
        vwr_vhost_back_explain_path(p->path[i], errno, why, sizeof(why));
        p->hooks->say(why);
        return WRONG;
    }
    p->serving = true;
    for (unsigned i = 0; i < p->count; i++)
        go(p, i);
    return 0;
}

/*
 * Removes the sockets. A connection that nobody has accepted may have file descriptors of a peer in its
 * queue, which the last close of the listening socket closes. A last child therefore keeps the sockets until
 * the parent has ended.
 */
static void end_service(struct vwr_vhost_processes *p)
{
    bool any = false;

    for (unsigned i = 0; i < p->count; i++) {
        if (p->process[i].listener < 0)
            continue;
        any = true;
        (void)unlink(p->path[i]);
    }
    if (!any || fork() != 0)
        return;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (getppid() == p->parent)
        (void)poll(NULL, 0, 1000);
    _exit(0);
}

/* ---- the parent: the loop ---- */

/* Waits for a message, a signal or a time. Returns the number of the signal, if it ends the program. */
static int wait_for_any(struct vwr_vhost_processes *p, uint64_t until_ms)
{
    struct pollfd fds[VWR_VHOST_PROCESSES_SOCKETS + 1u];
    struct signalfd_siginfo signal;
    const uint64_t now = vhost_now_ms();
    int timeout = -1, number = 0;

    for (unsigned i = 0; i < p->count; i++) /* poll ignores -1 */
        fds[i] = (struct pollfd){.fd = p->process[i].control, .events = POLLIN};
    fds[p->count] = (struct pollfd){.fd = p->signals, .events = POLLIN};
    if (until_ms != UINT64_MAX)
        timeout = until_ms > now ? (int)(until_ms - now) : 0;
    if (poll(fds, p->count + 1u, timeout) < 0)
        return 0;
    for (unsigned i = 0; i < p->count; i++)
        if (fds[i].revents != 0)
            hear(p, i);
    while (read(p->signals, &signal, sizeof(signal)) == (ssize_t)sizeof(signal))
        if (signal.ssi_signo != SIGCHLD)
            number = (int)signal.ssi_signo;
    collect(p);
    return number;
}

static bool any_is_here(const struct vwr_vhost_processes *p)
{
    bool any = p->leaving_count != 0;

    for (unsigned i = 0; i < p->count; i++)
        any = any || p->process[i].pid != 0;
    return any;
}

static void signal_all(struct vwr_vhost_processes *p, int number)
{
    for (unsigned i = 0; i < p->count; i++)
        if (p->process[i].pid != 0)
            (void)kill(p->process[i].pid, number);
    for (unsigned i = 0; i < p->leaving_count; i++)
        (void)kill(p->leaving[i].pid, number);
}

static void wait_for_end(struct vwr_vhost_processes *p, unsigned ms)
{
    const uint64_t end = vhost_now_ms() + ms;

    while (any_is_here(p) && vhost_now_ms() < end)
        (void)wait_for_any(p, end);
}

/* Ends the children. The result is FAILED if one of them had to be killed while it served. */
static void stop_all(struct vwr_vhost_processes *p)
{
    p->stopping = true;
    signal_all(p, SIGTERM);
    wait_for_end(p, VWR_VHOST_PROCESSES_GRACE_MS);
    for (unsigned i = 0; i < p->count; i++) {
        if (p->process[i].pid == 0)
            continue;
        tell(p,
             "%s: a file, a server or an object of the front end holds the program, which ends "
             "without process %d",
             name_of(p, i), (int)p->process[i].pid);
        if (p->result == 0)
            p->result = FAILED;
    }
    signal_all(p, SIGKILL);
    wait_for_end(p, LAST_MS);
    for (unsigned i = 0; i < p->leaving_count; i++)
        tell(p, "%s: process %d is left behind: it sleeps in the kernel", name_of(p, p->leaving[i].socket),
             (int)p->leaving[i].pid);
    for (unsigned i = 0; i < p->count; i++)
        if (p->process[i].pid != 0)
            tell(p, "%s: process %d is left behind: it sleeps in the kernel", name_of(p, i),
                 (int)p->process[i].pid);
}

static bool take_signals(struct vwr_vhost_processes *p)
{
    sigset_t set;

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGCHLD);
    (void)sigprocmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
    (void)signal(SIGCHLD, SIG_DFL); /* with SIG_IGN, which a program may inherit, no child is reported */
    p->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return p->signals >= 0;
}

void vwr_vhost_processes_init(struct vwr_vhost_processes *p, const struct vwr_vhost_processes_hooks *hooks,
                              const char *const *path, unsigned count)
{
    memset(p, 0, sizeof(*p));
    p->hooks = hooks;
    p->path = path;
    p->count = count;
    p->listener = -1;
    p->stop = -1;
    p->signals = -1;
    p->control = -1;
    p->connection = -1;
    p->noticed = -1;
    for (unsigned i = 0; i < VWR_VHOST_PROCESSES_SOCKETS; i++) {
        p->process[i].control = -1;
        p->process[i].listener = -1;
    }
}

int vwr_vhost_processes_run(struct vwr_vhost_processes *p)
{
    int number = 0;

    p->parent = getpid();
    if (!take_signals(p)) {
        tell(p, "no signalfd: %s", strerror(errno));
        return FAILED;
    }
    while (number == 0 && p->result == 0 && !p->over) {
        const uint64_t next = keep_time(p);

        number = p->result == 0 ? wait_for_any(p, next) : 0;
        if (!p->serving && p->result == 0 && number == 0 && all_are_open(p))
            p->result = begin_service(p);
    }
    stop_all(p);
    end_service(p);
    return p->result;
}

/* ---- a child ---- */

static int stop_file; /* for the handler */

static void on_stop(int number)
{
    const int why = errno;

    (void)number;
    vhost_signal(stop_file);
    errno = why;
}

/* A child keeps nothing of its parent, and ends with it. */
static void drop_parent(struct vwr_vhost_processes *p)
{
    const struct sigaction stop = {.sa_handler = on_stop};
    sigset_t none;

    for (unsigned i = 0; i < p->count; i++) {
        vhost_close(&p->process[i].control);
        vhost_close(&p->process[i].listener);
    }
    vhost_close(&p->signals);
    stop_file = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    p->stop = stop_file;
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGTERM, &stop, NULL);
    (void)sigemptyset(&none);
    (void)sigprocmask(SIG_SETMASK, &none, NULL);
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != p->parent || stop_file < 0)
        _exit(FAILED);
}

/* Waits for the parent's message, and takes the listening socket. false: the process has to stop. */
static bool may_serve(struct vwr_vhost_processes *p)
{
    struct pollfd fds[2] = {{.fd = p->control, .events = POLLIN}, {.fd = p->stop, .events = POLLIN}};
    union vhost_files room;
    char byte = 0;
    struct iovec to = {&byte, 1};
    struct msghdr m;

    while (poll(fds, 2, -1) < 0 && errno == EINTR) {
    }
    if (fds[1].revents != 0)
        return false;
    memset(&m, 0, sizeof(m));
    m.msg_iov = &to;
    m.msg_iovlen = 1;
    m.msg_control = &room;
    m.msg_controllen = sizeof(room);
    if (recvmsg(p->control, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC) != 1 || byte != GO)
        return false;
    if (CMSG_FIRSTHDR(&m) != NULL)
        memcpy(&p->listener, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof(p->listener));
    return true;
}

static _Noreturn void be_child(struct vwr_vhost_processes *p, unsigned socket, int control)
{
    int r;

    p->control = control;
    p->socket = socket;
    drop_parent(p);
    r = p->hooks->open(p, socket);
    if (r != 0)
        exit(r);
    (void)send_byte(p->control, IS_OPEN, -1);
    if (may_serve(p))
        p->hooks->serve(p, socket);
    (void)send_byte(p->control, p->busy ? IS_BUSY : IS_OVER, -1);
    exit(0);
}

/* ---- a child: its front end hangs up ---- */

static bool is_ready(int fd, short events, int timeout_ms)
{
    struct pollfd one = {.fd = fd, .events = events};
    int r;

    do {
        r = poll(&one, 1, timeout_ms);
    } while (r < 0 && errno == EINTR);
    return r > 0;
}

/* The main thread has time to notice the end by itself. */
static void *watch(void *at)
{
    struct vwr_vhost_processes *const p = at;
    bool quiet;

    (void)is_ready(p->connection, POLLRDHUP, -1);
    if (is_ready(p->noticed, POLLIN, VWR_VHOST_PROCESSES_NOTICE_MS))
        return NULL;
    quiet = p->hooks->is_quiet == NULL || p->hooks->is_quiet(p, p->socket);
    (void)send_byte(p->control, quiet ? SLEEPS_QUIETLY : SLEEPS, -1);
    return NULL;
}

void vwr_vhost_processes_connected(struct vwr_vhost_processes *p, int fd)
{
    sigset_t all, before;
    pthread_t thread;
    int r;

    vhost_close(&p->listener);
    p->connection = fd;
    (void)sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    p->noticed = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    r = p->noticed >= 0 ? pthread_create(&thread, NULL, watch, p) : errno;
    if (r == 0)
        (void)pthread_detach(thread);
    else
        tell(p, "%s: no thread notices that the front end hangs up: %s", name_of(p, p->socket), strerror(r));
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void vwr_vhost_processes_ended(struct vwr_vhost_processes *p)
{
    vhost_signal(p->noticed);
}
