/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "vwr_vhost_back.h"
#include "vwr_vhost_processes.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/un.h>
#include <sys/wait.h>

/*
 * A process for each front end. The program under test runs in a process of its own. Its front ends send a
 * byte, which tells the child what to do.
 */

#define PATIENCE_MS 20000u /* only detects hangs */
#define SOCKETS 2u

enum deed {
    ANSWERS = 'a', /* sends its own process number, and serves until the front end leaves */
    SLEEPS = 's',  /* answers, and then looks at nothing */
    CRASHES = 'c', /* answers, and dies */
    LINGERS = 'l', /* answers, and takes long to exit */
    UNSAFE = 'u',  /* answers, and exits when its storage has completed its requests */
    MUTE = 'm',    /* answers, and can report nothing more, as a process whose exit takes long */
};

/* Shared by all processes. */
static struct {
    char said[4096];
    int fails[SOCKETS]; /* exit code of open */
    int opened[SOCKETS];
    bool busy; /* storage has requests */
    bool done; /* they have completed */
} * world;

static void say(const char *text)
{
    const size_t n = strlen(world->said);

    (void)snprintf(world->said + n, sizeof(world->said) - n, "%s\n", text);
}

static int open_device(struct vwr_vhost_processes *p, unsigned socket)
{
    (void)p;
    __atomic_add_fetch(&world->opened[socket], 1, __ATOMIC_SEQ_CST);
    return world->fails[socket];
}

static bool is_quiet(struct vwr_vhost_processes *p, unsigned socket)
{
    (void)p;
    (void)socket;
    return !world->busy;
}

/* Waits for a descriptor or for the order to stop. false: it is the order. */
static bool waits_for(const struct vwr_vhost_processes *p, int fd)
{
    struct pollfd fds[2] = {{.fd = fd, .events = POLLIN}, {.fd = p->stop, .events = POLLIN}};

    while (poll(fds, 2, -1) < 0 && errno == EINTR) {
    }
    return fds[1].revents == 0;
}

static void sleep_for_ever(void)
{
    for (;;)
        (void)poll(NULL, 0, -1);
}

static void wait_for_storage(void)
{
    while (!__atomic_load_n(&world->done, __ATOMIC_SEQ_CST))
        (void)poll(NULL, 0, 2);
}

static void serve(struct vwr_vhost_processes *p, unsigned socket)
{
    const pid_t self = getpid();
    char deed = 0;
    int fd;

    (void)socket;
    if (!waits_for(p, p->listener))
        return;
    fd = accept(p->listener, NULL, NULL);
    vwr_vhost_processes_connected(p, fd);
    (void)!read(fd, &deed, 1);
    (void)!write(fd, &self, sizeof(self));
    if (deed == SLEEPS)
        sleep_for_ever();
    if (deed == CRASHES)
        (void)raise(SIGKILL);
    if (deed == MUTE) {
        vhost_close(&p->control);
        sleep_for_ever();
    }
    if (waits_for(p, fd))
        (void)!read(fd, &deed, 1);
    vwr_vhost_processes_ended(p);
    if (deed == LINGERS)
        (void)atexit(sleep_for_ever);
    p->busy = deed == UNSAFE;
    if (p->busy)
        (void)atexit(wait_for_storage);
}

static const struct vwr_vhost_processes_hooks hooks = {
    .open = open_device, .serve = serve, .is_quiet = is_quiet, .say = say};

/* ---- the program ---- */

static char path[SOCKETS][32];
static pid_t program;
static bool once; /* of the next program */

static void begin_program(unsigned sockets)
{
    static const char *paths[SOCKETS] = {path[0], path[1]};
    static struct vwr_vhost_processes p;

    for (unsigned i = 0; i < SOCKETS; i++)
        (void)snprintf(path[i], sizeof(path[i]), "processes%d.%u", (int)getpid(), i);
    world->said[0] = '\0';
    world->busy = false;
    program = fork();
    assert_true(program >= 0);
    if (program != 0)
        return;
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* if a test fails */
    vwr_vhost_processes_init(&p, &hooks, paths, sockets);
    p.once = once;
    _exit(vwr_vhost_processes_run(&p));
}

static bool is_there(const char *name)
{
    return access(name, F_OK) == 0;
}

static void until(bool (*is_so)(const void *with), const void *with, const char *what)
{
    const uint64_t end = vhost_now_ms() + PATIENCE_MS;

    while (!is_so(with)) {
        if (vhost_now_ms() > end)
            fail_msg("%s; it said: %s", what, world->said);
        (void)poll(NULL, 0, 2);
    }
}

static bool is_path(const void *name)
{
    return is_there(name);
}

static bool is_gone(const void *pid)
{
    return kill(*(const pid_t *)pid, 0) != 0;
}

static bool was_said(const void *text)
{
    return strstr(world->said, text) != NULL;
}

/* Connects, sends a byte and returns the child's number. */
static pid_t connect_as(unsigned socket, enum deed deed, int *fd)
{
    const char byte = (char)deed;
    struct pollfd one;
    pid_t pid = 0;

    until(is_path, path[socket], "no socket");
    *fd = vwr_vhost_back_connect(path[socket]);
    assert_true(*fd >= 0);
    assert_int_equal(write(*fd, &byte, 1), 1);
    one = (struct pollfd){.fd = *fd, .events = POLLIN};
    if (poll(&one, 1, PATIENCE_MS) != 1)
        fail_msg("a front end is not served; it said: %s", world->said);
    assert_int_equal(read(*fd, &pid, sizeof(pid)), sizeof(pid));
    return pid;
}

static void expect_served(unsigned socket)
{
    int fd;

    (void)connect_as(socket, ANSWERS, &fd);
    (void)close(fd);
}

/* Time on a processor. */
static double cost_of_program(void)
{
    char name[64];
    unsigned long user = 0, kernel = 0;
    FILE *file;

    (void)snprintf(name, sizeof(name), "/proc/%d/stat", (int)program);
    file = fopen(name, "r");
    assert_non_null(file);
    assert_int_equal(
        fscanf(file, "%*d %*s %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel), 2);
    (void)fclose(file);
    return (double)(user + kernel) / (double)sysconf(_SC_CLK_TCK);
}

/* Its exit code. */
static int end_program(void)
{
    int status;

    (void)kill(program, SIGTERM);
    assert_int_equal(waitpid(program, &status, 0), program);
    assert_true(WIFEXITED(status));
    for (unsigned i = 0; i < SOCKETS; i++)
        assert_false(is_there(path[i]));
    return WEXITSTATUS(status);
}

/* ---- tests ---- */

/* Each connection has a process, which ends with it. The program's end leaves nothing. */
static void one_after_another(void **state)
{
    pid_t pid[3], other;
    int fd, second;

    (void)state;
    begin_program(2);
    other = connect_as(1, ANSWERS, &second);
    for (unsigned i = 0; i < 3; i++) {
        pid[i] = connect_as(0, ANSWERS, &fd);
        (void)close(fd);
        until(is_gone, &pid[i], "a process is still there");
        assert_true(pid[i] != other && (i == 0 || pid[i] != pid[i - 1u]));
    }
    assert_false(is_gone(&other));
    assert_int_equal(end_program(), 0);
    assert_true(is_gone(&other));
    (void)close(second);
    assert_string_equal(world->said, "");
}

/* What cannot open ends the program before there is a socket. */
static void nothing_opens(void **state)
{
    int status;

    (void)state;
    world->fails[1] = 7;
    begin_program(2);
    assert_int_equal(waitpid(program, &status, 0), program);
    world->fails[1] = 0;
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    assert_false(is_there(path[0]));
}

/* Later, the next attempt comes after a pause, and the front end waits for it. */
static void opens_later(void **state)
{
    int fd, before;

    (void)state;
    begin_program(1);
    (void)connect_as(0, ANSWERS, &fd);
    before = world->opened[0];
    world->fails[0] = 3;
    (void)close(fd);
    while (__atomic_load_n(&world->opened[0], __ATOMIC_SEQ_CST) <
           before + 2) /* bounded by the test's timeout */
        (void)poll(NULL, 0, 2);
    world->fails[0] = 0;
    expect_served(0);
    assert_int_equal(end_program(), 0);
}

/* A path that is taken. */
static void path_is_taken(void **state)
{
    FILE *file;
    int status;

    (void)state;
    (void)snprintf(path[1], sizeof(path[1]), "processes%d.1", (int)getpid());
    file = fopen(path[1], "w");
    assert_non_null(file);
    (void)fclose(file);
    begin_program(2);
    assert_int_equal(waitpid(program, &status, 0), program);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
    assert_true(was_said("is there already"));
    assert_false(is_there(path[0]));
    assert_int_equal(unlink(path[1]), 0);
}

/* The death of a process is reported, and the next front end is served. */
static void one_crashes(void **state)
{
    int fd;

    (void)state;
    begin_program(1);
    (void)connect_as(0, CRASHES, &fd);
    (void)close(fd);
    expect_served(0);
    assert_true(was_said("signal 9 has ended process"));
    assert_int_equal(end_program(), 0);
}

/* The main thread sleeps, and its front end has left: the next one is served, and the process is killed. */
static void one_sleeps(void **state)
{
    pid_t pid;
    int fd;

    (void)state;
    begin_program(1);
    pid = connect_as(0, SLEEPS, &fd);
    (void)close(fd);
    expect_served(0);
    until(is_gone, &pid, "the process that sleeps is still there");
    assert_int_equal(end_program(), 0);
    assert_string_equal(world->said, "");
}

/* The same with requests at the storage: the next process begins after the end of this one. */
static void one_sleeps_with_requests(void **state)
{
    pid_t pid;
    int fd;

    (void)state;
    begin_program(1);
    pid = connect_as(0, SLEEPS, &fd);
    world->busy = true;
    (void)close(fd);
    expect_served(0);
    assert_true(is_gone(&pid));
    assert_true(was_said("the next one waits for its end"));
    assert_int_equal(end_program(), 0);
}

/* The next process does not begin while the storage still executes requests of this one. */
static void one_is_busy(void **state)
{
    struct pollfd one = {.events = POLLIN};
    pid_t pid, next = 0;

    (void)state;
    world->done = false;
    begin_program(1);
    pid = connect_as(0, UNSAFE, &one.fd);
    (void)close(one.fd);
    until(was_said, "the next front end waits for its end", "nothing is said");
    one.fd = vwr_vhost_back_connect(path[0]);
    assert_true(one.fd >= 0);
    assert_int_equal(write(one.fd, "a", 1), 1);
    assert_int_equal(poll(&one, 1, VWR_VHOST_PROCESSES_EXIT_MS), 0);
    assert_false(is_gone(&pid));
    __atomic_store_n(&world->done, true, __ATOMIC_SEQ_CST);
    assert_int_equal(poll(&one, 1, PATIENCE_MS), 1);
    assert_int_equal(read(one.fd, &next, sizeof(next)), sizeof(next));
    assert_true(next != pid && is_gone(&pid));
    (void)close(one.fd);
    assert_int_equal(end_program(), 0);
}

/* The next front end does not wait for the exit of the former one's process. */
static void one_lingers(void **state)
{
    pid_t pid;
    int fd, next;

    (void)state;
    begin_program(1);
    pid = connect_as(0, ANSWERS, &fd);
    assert_int_equal(write(fd, "l", 1), 1);
    (void)connect_as(0, ANSWERS, &next);
    (void)close(fd);
    until(is_gone, &pid, "the process that lingers is still there");
    assert_int_equal(end_program(), 0);
    (void)close(next);
}

/* A process that does not stop is killed, and the program says so. */
static void one_does_not_stop(void **state)
{
    pid_t pid;
    int fd;

    (void)state;
    begin_program(1);
    pid = connect_as(0, SLEEPS, &fd);
    assert_int_equal(end_program(), 1);
    assert_true(was_said("ends without process"));
    until(is_gone, &pid, "the process that does not stop is still there");
    (void)close(fd);
}

/* A program for one front end ends after it, whatever its process does; if that has died, by another code. */
static void one_front_end(void **state)
{
    static const enum deed deeds[] = {ANSWERS, SLEEPS, LINGERS, CRASHES};

    (void)state;
    once = true;
    for (unsigned i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        pid_t pid;
        int fd, status;

        begin_program(1);
        pid = connect_as(0, deeds[i], &fd);
        (void)close(fd);
        assert_int_equal(waitpid(program, &status, 0), program);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), deeds[i] == CRASHES ? 2 : 0);
        until(is_gone, &pid, "the process of the front end is still there");
        assert_false(is_there(path[0]));
    }
    once = false;
}

/* The parent sleeps while a process exits, however long that takes. */
static void one_is_mute(void **state)
{
    double before;
    int fd;

    (void)state;
    begin_program(1);
    (void)connect_as(0, MUTE, &fd);
    before = cost_of_program();
    (void)poll(NULL, 0, 1000);
    assert_true(cost_of_program() - before < 0.2);
    assert_int_equal(end_program(), 1);
    (void)close(fd);
}

/* A program may be started with SIGCHLD ignored: its children are collected all the same. */
static void signal_is_ignored(void **state)
{
    pid_t pid;
    int fd;

    (void)state;
    (void)signal(SIGCHLD, SIG_IGN);
    begin_program(1);
    (void)signal(SIGCHLD, SIG_DFL);
    for (unsigned i = 0; i < VWR_VHOST_PROCESSES_LEFT + 2u; i++) {
        pid = connect_as(0, ANSWERS, &fd);
        (void)close(fd);
        until(is_gone, &pid, "a process is still there");
    }
    assert_int_equal(end_program(), 0);
    assert_string_equal(world->said, "");
}

/* The children end with their parent, whatever ends it. */
static void parent_is_killed(void **state)
{
    pid_t pid;
    int fd, status;

    (void)state;
    begin_program(1);
    pid = connect_as(0, ANSWERS, &fd);
    (void)kill(program, SIGKILL);
    assert_int_equal(waitpid(program, &status, 0), program);
    until(is_gone, &pid, "a child has outlived its parent");
    (void)close(fd);
    assert_int_equal(unlink(path[0]), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_after_another), cmocka_unit_test(nothing_opens),
        cmocka_unit_test(opens_later),       cmocka_unit_test(path_is_taken),
        cmocka_unit_test(one_crashes),       cmocka_unit_test(one_sleeps),
        cmocka_unit_test(one_lingers),       cmocka_unit_test(one_sleeps_with_requests),
        cmocka_unit_test(one_does_not_stop), cmocka_unit_test(parent_is_killed),
        cmocka_unit_test(one_front_end),     cmocka_unit_test(one_is_busy),
        cmocka_unit_test(signal_is_ignored), cmocka_unit_test(one_is_mute),
    };

    world = mmap(NULL, sizeof(*world), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (world == MAP_FAILED)
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
