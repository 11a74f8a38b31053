/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * This program uses two processes. One runs the cases and writes a line for each; the other forwards the
 * lines. The first may wait in a call that depends on the device. The second waits only for lines, signals
 * and the time limit, so that it can end the run immediately, and report which cases were not tried.
 */

#define ENDED_EARLY 1
#define NEVER_WORKED 3 /* 2: COULD_NOT_RUN */
#define CASE_MS 30000u /* of a case at most; a slow device leaves time for the others */
#define CASE_SHARE 4u  /* of the time of the run */
#define LINE 4096u
#define GONE_MS 500 /* for a process that was killed; it may be in a call that nothing interrupts */
#define STEP_MS 10

/* ---- output ---- */

static void print_string(const char *name, const char *text, const char *end)
{
    printf("\"%s\": \"", name);
    for (; *text != '\0'; text++) {
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text >= ' ')
            putchar(*text);
    }
    printf("\"%s", end);
}

static void print_case(const struct todo *t, enum verdict r, const char *seen)
{
    char name[80];

    (void)snprintf(name, sizeof(name), "%s%s", case_prefix(t), t->c->name);
    printf("{");
    print_string("case", name, ", ");
    print_string("basis", t->basis, ", ");
    print_string("expects", t->c->expects, ", ");
    print_string("result", verdict_words(r), ", ");
    print_string("seen", r == KEPT ? "" : seen, "}\n");
    (void)fflush(stdout);
}

/* ---- the process that tries ---- */

/* Ends with this program. */
static void try_all(struct session *s, const char *name, int out, pid_t parent)
{
    struct todo t;

    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || dup2(out, STDOUT_FILENO) < 0)
        _exit(COULD_NOT_RUN);
    if (!session_connect(s)) {
        fprintf(stderr, "vwr-conform: %s: %s\n", name, s->seen);
        exit(COULD_NOT_RUN);
    }
    session_end(s);
    for (unsigned i = 0; find_case(s, i, &t); i++) {
        const enum verdict r = try_case(s, &t);

        print_case(&t, r, s->seen);
    }
    exit(s->has_worked ? 0 : NEVER_WORKED);
}

/* ---- the process that watches ---- */

struct watch {
    pid_t pid;
    int lines;      /* of the other process */
    int signals;    /* a signalfd */
    unsigned tried; /* number of lines received */
    char why[80];   /* why the run has ended early */
};

/* The signals stay blocked: a second one, as of a terminal, must not end the program between its lines. */
static bool begin(struct watch *w, struct session *s, const char *name)
{
    const pid_t parent = getpid();
    sigset_t set, before;
    int pair[2];

    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGTERM);
    if (pipe2(pair, O_CLOEXEC) != 0 || sigprocmask(SIG_BLOCK, &set, &before) != 0)
        return false;
    w->lines = pair[0];
    w->signals = signalfd(-1, &set, SFD_CLOEXEC);
    w->pid = w->signals < 0 ? -1 : fork();
    if (w->pid == 0) {
        (void)sigprocmask(SIG_SETMASK, &before, NULL);
        try_all(s, name, pair[1], parent);
    }
    (void)close(pair[1]);
    return w->pid > 0;
}

/*
 * Forwards only complete lines, because the other process may be killed in the middle of one. false: there
 * are no more.
 */
static bool pass_lines(struct watch *w)
{
    static char text[LINE];
    static size_t used;
    const ssize_t n = read(w->lines, text + used, sizeof(text) - used);
    size_t done = 0;

    if (n <= 0)
        return n < 0 && errno == EINTR;
    used += (size_t)n;
    for (size_t i = 0; i < used; i++) {
        if (text[i] != '\n')
            continue;
        (void)fwrite(text + done, 1, i + 1 - done, stdout);
        done = i + 1;
        w->tried++;
    }
    (void)fflush(stdout);
    (void)memmove(text, text + done, used - done);
    used -= done;
    return true;
}

/* Waits until the other process ends, a signal arrives, or the time is over. */
static void pass_all(struct watch *w, unsigned seconds)
{
    const uint64_t end = now_ms() + seconds * UINT64_C(1000);
    struct pollfd fds[2] = {{.fd = w->lines, .events = POLLIN}, {.fd = w->signals, .events = POLLIN}};

    for (;;) {
        const uint64_t now = now_ms();
        const uint64_t left = now < end ? end - now : 0;

        if (poll(fds, 2, left < INT32_MAX ? (int)left : INT32_MAX) < 0)
            fds[0].revents = fds[1].revents = 0;
        if (fds[1].revents != 0)
            (void)snprintf(w->why, sizeof(w->why), "a signal ended the run before this case");
        else if (left == 0)
            (void)snprintf(w->why, sizeof(w->why), "the time of the run, %u s, was over before this case",
                           seconds);
        if (w->why[0] != '\0' || (fds[0].revents != 0 && !pass_lines(w)))
            return;
    }
}

/* Ends the other process. Returns its exit code; -1: it has none. */
static int end(struct watch *w)
{
    struct pollfd lines = {.fd = w->lines, .events = POLLIN};
    int status = 0;
    pid_t ended = 0;

    if (w->why[0] != '\0')
        (void)kill(w->pid, SIGKILL);
    for (int ms = 0; ms < GONE_MS && ended == 0; ms += STEP_MS) {
        ended = waitpid(w->pid, &status, WNOHANG);
        if (ended == 0)
            (void)poll(NULL, 0, STEP_MS);
    }
    while (poll(&lines, 1, 0) > 0 && pass_lines(w))
        ; /* of cases that were tried before */
    if (w->why[0] == '\0' && (ended != w->pid || !WIFEXITED(status)))
        (void)snprintf(w->why, sizeof(w->why), "vwr-conform itself ended by signal %d before this case",
                       ended == w->pid ? WTERMSIG(status) : 0);
    return ended == w->pid && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run(struct session *s, const char *name, unsigned seconds)
{
    const uint64_t share = (uint64_t)seconds * 1000u / CASE_SHARE;
    struct watch w = {.lines = -1, .signals = -1};
    struct todo t;
    int code;

    s->case_ms = share < CASE_MS ? share : CASE_MS;
    (void)fflush(stdout);
    if (!begin(&w, s, name)) {
        fprintf(stderr, "vwr-conform: %s\n", strerror(errno));
        return COULD_NOT_RUN;
    }
    pass_all(&w, seconds);
    code = end(&w);
    if (w.why[0] == '\0')
        return code;
    for (unsigned i = w.tried; find_case(s, i, &t); i++)
        print_case(&t, UNTESTED, w.why);
    return ENDED_EARLY;
}
