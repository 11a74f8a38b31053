/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "front.h"
#include "vhost_notifier.h"

#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

/* Real kernel objects that a front end passes, and the front end's actions while they are in use. */

#define V VWR_VHOST_USER_VERSION
#define RESERVE "/proc/sys/vm/nr_hugepages"
#define HUGE_PAGES 4u /* that a test needs */

static void expect_end(struct front *f, const char *says)
{
    assert_int_equal(front_work(f), VWR_ENODEV);
    if (strstr(f->h.why, says) == NULL)
        fail_msg("\"%s\", expected: %s", f->h.why, says);
}

/* A number of /proc/meminfo. */
static unsigned long number_of(const char *name)
{
    FILE *const file = fopen("/proc/meminfo", "r");
    unsigned long found = 0;
    char line[128];

    assert_non_null(file);
    while (fgets(line, sizeof(line), file) != NULL)
        if (strncmp(line, name, strlen(name)) == 0)
            found = strtoul(line + strlen(name), NULL, 10);
    (void)fclose(file);
    return found;
}

static void reserve(unsigned long pages)
{
    FILE *const file = fopen(RESERVE, "w");

    if (file == NULL)
        return;
    (void)fprintf(file, "%lu\n", pages);
    (void)fclose(file);
}

/* After connections end, their pages return to the system. QEMU's first region is of this kind: 640 KiB. */
static void huge_pages(void **state)
{
    const unsigned long before = number_of("HugePages_Total:");
    const unsigned maps = count_maps();
    unsigned long free_pages;
    struct front f;

    (void)state;
    if (number_of("HugePages_Free:") < HUGE_PAGES)
        reserve(before + HUGE_PAGES); /* as root, and if there is room */
    free_pages = number_of("HugePages_Free:");
    if (free_pages < HUGE_PAGES) {
        print_message("note: no huge pages here: " RESERVE "\n");
        return;
    }
    front_huge_page = number_of("Hugepagesize:") << 10;
    for (unsigned i = 0; i < 2 * HUGE_PAGES; i++) {
        front_begin(&f, RUNNING, 0);
        front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_true(front_take(&f, &(uint8_t){0}));
        if (i % 2u != 0) { /* in use */
            front_put(&f);
            assert_int_equal(ftruncate(f.file, 0), 0);
            front_kick(&f);
            expect_end(&f, "has taken memory away");
        }
        front_end(&f);
        assert_int_equal(count_maps(), maps);
        assert_int_equal(number_of("HugePages_Free:"), free_pages);
    }
    front_huge_page = 0;
    if (number_of("HugePages_Total:") != before)
        reserve(before);
}

/* Pages of a file on disk, or served by a program through FUSE, may never arrive. */
static void other_file_systems(void **state)
{
    struct {
        struct vwr_vhost_user_memory head;
        struct vwr_vhost_user_memory_region r;
    } const table = {{1, 0}, {FRONT_GUEST, 4096, FRONT_USER, 0}};
    const uint64_t log[2] = {4096, 0};
    char path[] = "objects_XXXXXX";
    struct front f;
    struct statfs s;
    const int file = mkstemp(path);

    (void)state;
    assert_true(file >= 0 && unlink(path) == 0 && ftruncate(file, 4096) == 0 && fstatfs(file, &s) == 0);
    if (s.f_type == TMPFS_MAGIC) {
        print_message("note: the build folder is in memory\n");
        (void)close(file);
        return;
    }
    front_begin(&f, NEGOTIATED, 0);
    front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, V, &table, sizeof(table), &file, 1);
    expect_end(&f, "The file of a region of memory is not a memfd");
    front_end(&f);
    front_begin(&f, NEGOTIATED, (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL);
    front_send(&f, VWR_VHOST_USER_SET_LOG_BASE, V, log, sizeof(log), &file, 1);
    expect_end(&f, "The file of the log of written pages is not a memfd");
    front_end(&f);
    front_begin(&f, NEGOTIATED, 0);
    f.h.any_memory = true;
    front_send(&f, VWR_VHOST_USER_SET_MEM_TABLE, V, &table, sizeof(table), &file, 1);
    assert_int_equal(front_work(&f), VWR_OK);
    front_end(&f);
    (void)close(file);
}

/* ---- files of notifications ---- */

#define LIMIT 20 /* seconds after which a sleeping back end is ended, and the test fails */

enum { PIPE, SOCKET, MEMORY, FOLDER, DEVICE, KINDS };

static const char *const kind_names[KINDS] = {"a pipe", "a socket", "a regular file", "a folder", "a device"};

/* A file that is not an eventfd; for a pipe or a socket, the other end is *other. */
static int make_kind(unsigned kind, int *other)
{
    int ends[2] = {-1, -1};

    *other = -1;
    if (kind == PIPE)
        assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    else if (kind == SOCKET)
        assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
    else if (kind == MEMORY)
        ends[1] = memfd_create("memory", MFD_CLOEXEC);
    else if (kind == FOLDER)
        ends[1] = open("/", O_PATH | O_CLOEXEC);
    else
        ends[1] = open("/dev/null", O_RDWR | O_CLOEXEC);
    assert_true(ends[1] >= 0);
    *other = ends[0];
    return ends[1];
}

/* Each message with a file that has to be an eventfd, or a Unix stream socket. */
static void other_kinds(void **state)
{
    static const struct {
        uint32_t request;
        const char *says;
    } rows[] = {
        {VWR_VHOST_USER_SET_VRING_KICK, "Queue 0: the kick descriptor refers to "},
        {VWR_VHOST_USER_SET_VRING_CALL, "Queue 0: the call descriptor refers to "},
        {VWR_VHOST_USER_SET_VRING_ERR, "Queue 0: the err descriptor refers to "},
        {VWR_VHOST_USER_SET_LOG_FD, "The descriptor for log notifications refers to "},
        {VWR_VHOST_USER_SET_BACKEND_REQ_FD, "The descriptor for back-end requests refers to "},
    };
    const uint64_t queue = 0;
    const unsigned files = count_files();

    (void)state;
    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        for (unsigned kind = 0; kind < KINDS; kind++) {
            const bool plain = i > 2; /* no queue in the message */
            struct front f;
            char says[96];
            int other;
            const int file = make_kind(kind, &other);

            (void)snprintf(says, sizeof(says), "%s%s", rows[i].says, kind_names[kind]);
            front_begin(&f, NEGOTIATED, 0);
            front_send(&f, rows[i].request, V, plain ? NULL : &queue, plain ? 0 : sizeof(queue), &file, 1);
            expect_end(&f, says);
            front_end(&f);
            (void)close(file);
            if (other >= 0)
                (void)close(other);
        }
    assert_int_equal(count_files(), files);
}

/* User Mode Linux passes a socket for interrupts. A full socket means that an interrupt is pending. */
static void sockets(void **state)
{
    struct front f;
    int ends[2];
    uint64_t one;

    (void)state;
    (void)alarm(LIMIT);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    front_begin(&f, RUNNING, 0);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_CALL, 0, ends[1]);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_int_equal(read(ends[0], &one, sizeof(one)), sizeof(one));
    for (unsigned i = 0; i < 20000; i++) {
        front_tell_file(&f, VWR_VHOST_USER_SET_VRING_CALL, 0, ends[1]);
        assert_int_equal(vwr_vhost_back_poll(&f.h, 0), VWR_OK);
    }
    (void)close(ends[0]); /* nobody reads any more */
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_KICK, 0, ends[1]);
    expect_end(&f, "the kick descriptor refers to a socket");
    front_end(&f);
    (void)close(ends[1]);
    (void)alarm(0);
}

/* ---- files whose close may wait ---- */

/* The end of a pipe that is open as long as any descriptor of the other end, *in, is. */
static int make_pipe(int *in)
{
    int ends[2];

    assert_int_equal(pipe2(ends, O_CLOEXEC | O_NONBLOCK), 0);
    *in = ends[1];
    return ends[0];
}

static bool is_open(int pipe_out)
{
    return read(pipe_out, &(char){0}, 1) < 0 && errno == EAGAIN;
}

/* Sends one byte through a socket with a descriptor of a file, which is closed here. */
static void queue_file(int socket, int file, int flags)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int))];
    } room;
    struct iovec part = {"x", 1};
    struct msghdr m;

    memset(&m, 0, sizeof(m));
    m.msg_iov = &part;
    m.msg_iovlen = 1;
    memset(&room, 0, sizeof(room));
    m.msg_control = &room;
    m.msg_controllen = sizeof(room);
    room.align = (struct cmsghdr){
        .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
    memcpy(CMSG_DATA(&room.align), &file, sizeof(file));
    assert_int_equal(sendmsg(socket, &m, flags), 1);
    (void)close(file);
}

/* A message with too many files, or with a file of a wrong kind: all are open until the detach. */
static void most_descriptors(void **state)
{
    static const unsigned counts[] = {1, VWR_VHOST_USER_MAX_FDS, VWR_VHOST_USER_MAX_FDS + 1u, FRONT_FILES};
    const unsigned before = count_files();
    const uint64_t queue = 0;

    (void)state;
    for (unsigned i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        int files[FRONT_FILES], in;
        const int out = make_pipe(&in);
        struct front f;
        unsigned open_files;

        front_begin(&f, NEGOTIATED, 0);
        open_files = count_files();
        for (unsigned n = 0; n < counts[i]; n++)
            files[n] = in;
        front_send(&f, VWR_VHOST_USER_SET_VRING_CALL, V, &queue, sizeof(queue), files, counts[i]);
        (void)close(in);
        expect_end(&f, counts[i] == 1                        ? "the call descriptor refers to a pipe"
                       : counts[i] <= VWR_VHOST_USER_MAX_FDS ? "invalid number of file descriptors: 8"
                                                             : "has more than 8 file descriptors");
        assert_int_equal(count_files(), open_files - 1u + counts[i]);
        assert_true(is_open(out));
        vwr_vhost_back_stop(&f.h);
        assert_true(is_open(out));
        front_end(&f);
        assert_false(is_open(out));
        (void)close(out);
        assert_int_equal(count_files(), before);
    }
}

/* Files of a message that succeeds: memory is closed after it, what is not verified at the detach. */
static void files_of_a_good_message(void **state)
{
    struct vwr_vhost_user_mem_reg r = {
        .region = {FRONT_GUEST + FRONT_BYTES, 4096, FRONT_USER + FRONT_BYTES, 0}};
    struct front f;
    unsigned files;
    int in;
    const int out = make_pipe(&in);

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    files = count_files();
    for (unsigned i = 0; i < 2; i++) {
        front_send(&f, VWR_VHOST_USER_ADD_MEM_REG, V, &r, sizeof(r), &f.file, 1);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(count_files(), files);
        front_send(&f, VWR_VHOST_USER_REM_MEM_REG, V, &r, sizeof(r), i == 0 ? &f.file : &in, 1);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(count_files(), files + i);
    }
    (void)close(in);
    assert_true(is_open(out));
    front_end(&f);
    assert_false(is_open(out));
    (void)close(out);
}

static void pass_socket(struct front *f, unsigned i, int socket)
{
    if (i % 2u == 0)
        front_tell_file(f, VWR_VHOST_USER_SET_VRING_CALL, 0, socket);
    else
        front_send(f, VWR_VHOST_USER_SET_BACKEND_REQ_FD, V, NULL, 0, &socket, 1);
    assert_int_equal(front_work(f), VWR_OK);
}

/* How a socket with a file in its queue is replaced, and what hides the file from a read. */
enum { PLAIN, URGENT, PEEKED, WAYS };

/* Replaced sockets are closed, but not one with a file in its queue. Nothing is added after the check. */
static void sockets_with_files(void **state)
{
    const unsigned before = count_files();

    (void)state;
    for (unsigned i = 0; i < 2 * WAYS; i++) {
        const int past_the_end = 100;
        struct front f;
        int ends[2], in;
        const int out = make_pipe(&in);

        front_begin(&f, NEGOTIATED, 0);
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        pass_socket(&f, i, ends[1]); /* twice: the first one has nothing in its queue */
        pass_socket(&f, i, ends[1]);
        assert_int_equal(f.h.deferred_count, 0);
        assert_int_equal(send(ends[0], "x", 1, MSG_NOSIGNAL), -1);
        (void)close(ends[0]);
        (void)close(ends[1]);
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        if (i / 2u == PEEKED)
            assert_int_equal(
                setsockopt(ends[1], SOL_SOCKET, SO_PEEK_OFF, &past_the_end, sizeof(past_the_end)), 0);
        queue_file(ends[0], in, i / 2u == URGENT ? MSG_OOB : 0);
        pass_socket(&f, i, ends[1]);
        (void)close(ends[1]);
        if (i == 0)
            (void)front_stop(&f);
        else
            pass_socket(&f, i, ends[0]);
        (void)close(ends[0]);
        assert_int_equal(f.h.deferred_count, 1);
        assert_true(is_open(out));
        front_end(&f);
        assert_false(is_open(out));
        (void)close(out);
        assert_int_equal(count_files(), before);
    }
}

/* There is a limit to what one connection keeps open. */
static void many_sockets_with_files(void **state)
{
    const unsigned before = count_files();
    struct front f;
    unsigned passed = 0;
    int r = VWR_OK;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    for (; r == VWR_OK && passed < 2 * VWR_VHOST_BACK_DEFERRED; passed++) {
        int ends[2];

        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
        queue_file(ends[0], dup(ends[0]), 0);
        front_tell_file(&f, VWR_VHOST_USER_SET_VRING_CALL, 0, ends[1]);
        r = front_work(&f);
        (void)close(ends[0]);
        (void)close(ends[1]);
    }
    expect_end(&f, "256 file descriptors wait for the end of the connection");
    assert_int_equal(passed, VWR_VHOST_BACK_DEFERRED + 1u);
    front_end(&f);
    assert_int_equal(count_files(), before);
}

/* The file of a state: one of a wrong kind stays open, and so does a file that comes through a socket. */
static void files_of_a_state(void **state)
{
    const struct vwr_vhost_user_transfer_state load = {VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD,
                                                       VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED};
    const unsigned before = count_files();
    uint64_t answer;
    struct front f;
    int ends[2], in, other;
    const int folder = make_kind(FOLDER, &other);
    const int out = make_pipe(&in);
    unsigned files;

    (void)state;
    front_begin(&f, REMEMBERED, 0);
    files = count_files();
    front_send(&f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, V, &load, sizeof(load), &folder, 1);
    front_reply(&f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, &answer, sizeof(answer));
    assert_true((answer & 1u) != 0);
    assert_int_equal(count_files(), files + 1u);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    queue_file(ends[0], in, 0);
    front_send(&f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, V, &load, sizeof(load), &ends[1], 1);
    expect_end(&f, "The state comes with file descriptors");
    (void)close(ends[0]);
    (void)close(ends[1]);
    assert_true(is_open(out));
    front_end(&f);
    assert_false(is_open(out));
    (void)close(out);
    (void)close(folder);
    assert_int_equal(count_files(), before);
}

/* A program that passes on the result of an accept() that has failed. */
static void no_connection(void **state)
{
    struct front f;

    (void)state;
    front_begin(&f, CONNECTED, 0);
    vwr_vhost_back_detach(&f.h);
    assert_int_equal(vwr_vhost_back_attach(&f.h, &f.device.dev, -1), VWR_EINVAL);
    assert_string_equal(f.h.why, "There is no connection: the socket is -1.");
    assert_null(f.h.dev);
    front_end(&f);
}

/* The kernel drops a file for which the process has no descriptor: the message says so. */
static void few_descriptors(void **state)
{
    struct rlimit before, few;
    struct front f;
    int file;

    (void)state;
    front_begin(&f, RUNNING, 0);
    file = eventfd(0, EFD_CLOEXEC);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = (rlim_t)file + 1;
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_CALL, 0, file);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_non_null(
        strstr(f.h.why, "File descriptors of a message were lost: RLIMIT_NOFILE of this process is "));
    front_end(&f);
    (void)close(file);
}

/* The flag belongs to the open file description, which the front end shares. */
static void make_blocking(int file)
{
    assert_int_equal(fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK), 0);
}

static void fill(int file)
{
    const uint64_t most = UINT64_MAX - 1u;

    (void)vwr_vhost_take(file);
    assert_int_equal(write(file, &most, sizeof(most)), sizeof(most));
}

/* Eventfds that are full and block: interrupts, errors and the log. */
static void full_eventfds(void **state)
{
    const uint64_t log_bytes[2] = {FRONT_GUEST / 4096u, 0};
    const int log = memfd_create("log", MFD_CLOEXEC);
    struct front f;
    int err = eventfd(0, EFD_CLOEXEC);

    (void)state;
    (void)alarm(LIMIT);
    assert_int_equal(ftruncate(log, (off_t)log_bytes[0]), 0);
    front_begin(&f, REMEMBERED, (uint64_t)1 << VWR_VHOST_USER_F_LOG_ALL);
    front_send(&f, VWR_VHOST_USER_SET_LOG_BASE, V, log_bytes, sizeof(log_bytes), &log, 1);
    front_reply(&f, VWR_VHOST_USER_SET_LOG_BASE, &(uint64_t){0}, sizeof(uint64_t));
    front_send(&f, VWR_VHOST_USER_SET_LOG_FD, V, NULL, 0, &err, 1);
    front_tell_file(&f, VWR_VHOST_USER_SET_VRING_ERR, 0, err);
    front_start(&f, 0);
    fill(err);
    fill(f.call);
    make_blocking(f.call);
    for (unsigned i = 0; i < 300; i++) { /* more than the kernel keeps completions */
        front_add(&f);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_true(front_take(&f, &(uint8_t){0}));
    }
    f.added = 100; /* the driver breaks a rule: the device reports an error */
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(f.device.dev.broken);
    front_end(&f);
    (void)close(log);
    (void)close(err);
    (void)alarm(0);
}

/* poll(2) has said that there is a kick, and then the front end takes it: a read would sleep. */
static void kick_that_is_gone(void **state)
{
    struct pollfd fds[VWR_VHOST_BACK_FDS];
    int timeout_ms = -1;
    struct front f;
    unsigned n;

    (void)state;
    (void)alarm(LIMIT);
    front_begin(&f, RUNNING, 0);
    make_blocking(f.kick);
    (void)vwr_vhost_take(f.kick);
    n = vwr_vhost_back_fds(&f.h, fds, &timeout_ms);
    for (unsigned i = 0; i < n; i++)
        fds[i].revents = fds[i].fd == f.h.fd ? 0 : POLLIN;
    assert_int_equal(vwr_vhost_back_ready(&f.h, fds, n), VWR_OK);
    front_add(&f);
    assert_int_equal(front_work(&f), VWR_OK);
    assert_true(front_take(&f, &(uint8_t){0}));
    front_end(&f);
    (void)alarm(0);
}

static int notifies(int file)
{
    return vwr_vhost_notify(file) && vwr_vhost_take(file) ? 0 : 1;
}

/* A program that becomes a daemon forks while it is connected. */
static void fork_of_a_user(void **state)
{
    const int file = eventfd(0, EFD_CLOEXEC);
    int status = -1;
    pid_t child;

    (void)state;
    assert_int_equal(notifies(file), 0);
    child = fork();
    assert_true(child >= 0);
    if (child == 0)
        _exit(notifies(file));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_int_equal(notifies(file), 0);
    (void)close(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(huge_pages),         cmocka_unit_test(other_file_systems),
        cmocka_unit_test(other_kinds),        cmocka_unit_test(sockets),
        cmocka_unit_test(full_eventfds),      cmocka_unit_test(kick_that_is_gone),
        cmocka_unit_test(fork_of_a_user),     cmocka_unit_test(few_descriptors),
        cmocka_unit_test(most_descriptors),   cmocka_unit_test(files_of_a_good_message),
        cmocka_unit_test(sockets_with_files), cmocka_unit_test(many_sockets_with_files),
        cmocka_unit_test(files_of_a_state),   cmocka_unit_test(no_connection),
    };

    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
