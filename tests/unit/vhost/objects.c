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
#include <sys/un.h>
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
        assert_true(vwr_vhost_back_stop(&f.h));
        assert_true(is_open(out));
        front_end(&f);
        assert_false(is_open(out));
        (void)close(out);
        assert_int_equal(count_files(), before);
    }
}

/* The files of a message whose last byte is urgent: also open until the detach. */
static void urgent_descriptors(void **state)
{
    const struct vwr_vhost_user_hdr hdr = {VWR_VHOST_USER_GET_FEATURES, V,
                                           0x78000000}; /* its last byte is the
                                                         * urgent one, 'x' */
    int in;
    const int out = make_pipe(&in);
    struct front f;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    assert_int_equal(send(f.fd, &hdr, sizeof(hdr) - 1u, 0), sizeof(hdr) - 1u);
    queue_file(f.fd, in, MSG_OOB);
    expect_end(&f, "Message 1 is too long");
    assert_true(is_open(out));
    front_end(&f);
    assert_false(is_open(out));
    (void)close(out);
}

/* All files that two parts of a message can have. */
static void descriptors_in_parts(void **state)
{
    const struct vwr_vhost_user_hdr hdr = {VWR_VHOST_USER_SET_MEM_TABLE, V, 400};
    const unsigned before = count_files();
    int files[FRONT_FILES];
    struct front f;
    unsigned open_files;

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    for (unsigned n = 0; n < FRONT_FILES; n++)
        files[n] = f.file;
    open_files = count_files();
    front_send(&f, hdr.request, V, NULL, hdr.size, files, VWR_VHOST_USER_MAX_FDS);
    assert_int_equal(front_work(&f), VWR_OK);
    front_send(&f, hdr.request, V, NULL, hdr.size, files, FRONT_FILES);
    expect_end(&f, "has more than 8 file descriptors");
    assert_int_equal(count_files(), open_files + VWR_VHOST_USER_MAX_FDS + FRONT_FILES);
    front_end(&f);
    assert_int_equal(count_files(), before);
}

/* Files of a message that succeeds: memory is closed after it. Another kind ends the connection. */
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
        if (i == 0)
            assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(count_files(), files);
    }
    (void)close(in);
    expect_end(&f, "The file of a region of memory to be removed is not a memfd");
    assert_true(is_open(out));
    front_end(&f);
    assert_false(is_open(out));
    (void)close(out);
}

static void make_sockets(int *ends)
{
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
}

/* Where a front end can pass a socket. */
enum { CALL, REQUESTS, SAVE, LOAD, PLACES };

static void pass_socket(struct front *f, unsigned place, int socket)
{
    const struct vwr_vhost_user_transfer_state to = {place == LOAD
                                                         ? VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD
                                                         : VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE,
                                                     VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED};

    if (place == CALL)
        front_tell_file(f, VWR_VHOST_USER_SET_VRING_CALL, 0, socket);
    else if (place == REQUESTS)
        front_send(f, VWR_VHOST_USER_SET_BACKEND_REQ_FD, V, NULL, 0, &socket, 1);
    else
        front_send(f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, V, &to, sizeof(to), &socket, 1);
}

/* How a file is queued, and what hides it. */
enum { PLAIN, URGENT, URGENT_READ, PEEKED, WAYS };

static void queue_in(int *ends, int file, unsigned way)
{
    const int past_the_end = 100;

    make_sockets(ends);
    if (way == PEEKED)
        assert_int_equal(setsockopt(ends[1], SOL_SOCKET, SO_PEEK_OFF, &past_the_end, sizeof(past_the_end)),
                         0);
    queue_file(ends[0], file, way == URGENT || way == URGENT_READ ? MSG_OOB : 0);
    if (way == URGENT_READ)
        assert_int_equal(recv(ends[1], &(char){0}, 1, MSG_OOB), 1);
}

/* A socket with a file in its queue is refused, and the file is open until the detach. */
static void sockets_with_files(void **state)
{
    const unsigned before = count_files();

    (void)state;
    for (unsigned place = CALL; place <= SAVE; place++)
        for (unsigned way = PLAIN; way < WAYS; way++) {
            struct front f;
            int ends[2], in;
            const int out = make_pipe(&in);

            front_begin(&f, NEGOTIATED, 0);
            queue_in(ends, in, way);
            pass_socket(&f, place, ends[1]);
            (void)close(ends[0]);
            (void)close(ends[1]);
            expect_end(&f, way == URGENT_READ ? "has 1 file descriptors in its receive queue"
                                              : "has 1 bytes in its receive queue");
            assert_true(is_open(out));
            front_end(&f);
            assert_false(is_open(out));
            (void)close(out);
            assert_int_equal(count_files(), before);
        }
}

/* Nothing can be queued to a socket that was accepted, so that its close does not wait. */
static void accepted_sockets(void **state)
{
    (void)state;
    for (unsigned place = CALL; place <= REQUESTS; place++) {
        struct front f;
        int first[2], ends[2];
        unsigned files;

        front_begin(&f, NEGOTIATED, 0);
        make_sockets(first);
        make_sockets(ends);
        pass_socket(&f, place, first[1]);
        assert_int_equal(front_work(&f), VWR_OK);
        assert_int_equal(send(first[0], "x", 1, MSG_NOSIGNAL), -1);
        assert_int_equal(errno, EPIPE);
        files = count_files();
        for (unsigned i = 0; i < 3; i++) {
            pass_socket(&f, place, ends[1]);
            assert_int_equal(front_work(&f), VWR_OK);
            assert_int_equal(count_files(), files);
        }
        front_end(&f);
        for (unsigned i = 0; i < 2; i++) {
            (void)close(first[i]);
            (void)close(ends[i]);
        }
    }
}

/* Such a socket can have connections, with files in their queues, at any time. */
static void not_connected(void **state)
{
    const struct sockaddr_un any = {.sun_family = AF_UNIX};

    (void)state;
    for (unsigned i = 0; i < 2 * PLACES; i++) {
        const int socket_file = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        struct front f;

        front_begin(&f, NEGOTIATED, 0);
        if (i / PLACES != 0) {
            assert_int_equal(bind(socket_file, (const struct sockaddr *)&any, sizeof(any.sun_family)), 0);
            assert_int_equal(listen(socket_file, 1), 0);
        }
        pass_socket(&f, i % PLACES, socket_file);
        expect_end(&f, "is not connected");
        front_end(&f);
        (void)close(socket_file);
    }
}

/* The front end leaves; whoever holds its end keeps the connection open. */
static void leave(struct front *f)
{
    (void)close(f->fd);
    f->fd = -1;
}

static void own_end(void **state)
{
    static const char *const names[PLACES] = {"calls of queue 0", "back-end requests", "the state",
                                              "the state"};

    (void)state;
    for (unsigned place = 0; place < PLACES; place++) {
        char says[96];
        struct front f;

        (void)snprintf(says, sizeof(says), "passes its own end of the connection as the socket for %s.",
                       names[place]);
        front_begin(&f, NEGOTIATED, 0);
        pass_socket(&f, place, f.fd);
        leave(&f);
        expect_end(&f, says);
        front_end(&f);
    }
}

/* A front end that leaves after it has passed another socket has not passed its own end. */
static void leaves_at_once(void **state)
{
    (void)state;
    for (unsigned place = 0; place < PLACES; place++) {
        struct front f;
        int ends[2];

        make_sockets(ends);
        front_begin(&f, NEGOTIATED, 0);
        pass_socket(&f, place, ends[1]);
        leave(&f);
        expect_end(&f, place < SAVE ? "The front end has closed the connection."
                                    : "The front end does not take a reply.");
        front_end(&f);
        (void)close(ends[0]);
        (void)close(ends[1]);
    }
}

static void own_end_in_a_queue(void **state)
{
    (void)state;
    for (unsigned i = 0; i < PLACES * WAYS; i++) {
        const unsigned place = i / WAYS;
        struct front f;
        int ends[2];

        front_begin(&f, NEGOTIATED, 0);
        queue_in(ends, dup(f.fd), i % WAYS);
        pass_socket(&f, place, ends[1]);
        (void)close(ends[0]);
        (void)close(ends[1]);
        leave(&f);
        assert_int_equal(front_work(&f), VWR_ENODEV);
        front_end(&f);
    }
}

/* Two connections, of which each gets the other's end: the second one ends. */
static void ends_of_each_other(void **state)
{
    (void)state;
    for (unsigned i = 0; i < PLACES * PLACES; i++) {
        struct front f[2];

        for (unsigned n = 0; n < 2; n++)
            front_begin(&f[n], NEGOTIATED, 0);
        pass_socket(&f[0], i / PLACES, f[1].fd);
        pass_socket(&f[1], i % PLACES, f[0].fd);
        for (unsigned n = 0; n < 2; n++)
            leave(&f[n]);
        assert_int_equal(vwr_vhost_back_poll(&f[0].h, 0), VWR_OK);
        expect_end(&f[1], "passes its own end of the connection");
        front_end(&f[1]);
        assert_int_equal(front_work(&f[0]), VWR_ENODEV);
        front_end(&f[0]);
    }
}

/* The file of a state: one of a wrong kind stays open, and so does a file that comes through a socket. */
static void files_of_a_state(void **state)
{
    const unsigned before = count_files();

    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct front f;
        int ends[2] = {-1, -1}, in;
        const int out = make_pipe(&in);

        front_begin(&f, i == 2 ? RUNNING : REMEMBERED, 0);
        if (i == 2) /* the device is in use, so the socket is not read */
            (void)front_stop(&f);
        queue_in(ends, in, PLAIN);
        if (i == 0) { /* a datagram socket, which is not verified, with the other one in its queue */
            const int stream = ends[1];

            (void)close(ends[0]);
            assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends), 0);
            queue_file(ends[0], stream, 0);
        }
        pass_socket(&f, LOAD, ends[1]);
        expect_end(&f, i == 0 ? "The descriptor for the state refers to a socket; it must be a pipe"
                              : "The state comes with file descriptors");
        (void)close(ends[0]);
        (void)close(ends[1]);
        assert_true(is_open(out));
        front_end(&f);
        assert_false(is_open(out));
        (void)close(out);
        assert_int_equal(count_files(), before);
    }
}

/* The same in a queue that is not read when another transfer takes the place of the first one. */
static void file_of_a_former_state(void **state)
{
    static const char bytes[100000];
    const int memory = memfd_create("state", MFD_CLOEXEC);
    const unsigned before = count_files();
    struct front f;
    int ends[2], in;
    const int out = make_pipe(&in);

    (void)state;
    front_begin(&f, NEGOTIATED, 0);
    make_sockets(ends);
    assert_int_equal(send(ends[0], bytes, sizeof(bytes), MSG_DONTWAIT), sizeof(bytes));
    queue_file(ends[0], in, 0);
    pass_socket(&f, LOAD, ends[1]);
    pass_socket(&f, LOAD, memory);
    (void)close(ends[0]);
    (void)close(ends[1]);
    expect_end(&f, "The state comes with file descriptors");
    assert_true(is_open(out));
    front_end(&f);
    assert_false(is_open(out));
    (void)close(out);
    assert_int_equal(count_files(), before);
    (void)close(memory);
}

/* A socket with a state that is refused is closed, whatever its queue has, and the connection goes on. */
static void refused_state(void **state)
{
    uint64_t answer;
    struct front f;
    unsigned files;
    int ends[2];

    (void)state;
    front_begin(&f, RUNNING, 0);
    (void)front_stop(&f);
    make_sockets(ends);
    files = count_files();
    for (unsigned i = 0; i < 3; i++)
        assert_int_equal(send(ends[0], f.bytes, 1000, MSG_NOSIGNAL), 1000);
    pass_socket(&f, LOAD, ends[1]);
    front_reply(&f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, &answer, sizeof(answer));
    assert_true((answer & 1u) != 0);
    assert_int_equal(count_files(), files);
    assert_int_equal(recv(ends[1], &(char){0}, 1, MSG_DONTWAIT), 0); /* the queue is empty */
    front_end(&f);
    (void)close(ends[0]);
    (void)close(ends[1]);
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
        cmocka_unit_test(huge_pages),
        cmocka_unit_test(other_file_systems),
        cmocka_unit_test(other_kinds),
        cmocka_unit_test(sockets),
        cmocka_unit_test(full_eventfds),
        cmocka_unit_test(kick_that_is_gone),
        cmocka_unit_test(fork_of_a_user),
        cmocka_unit_test(few_descriptors),
        cmocka_unit_test(most_descriptors),
        cmocka_unit_test(urgent_descriptors),
        cmocka_unit_test(descriptors_in_parts),
        cmocka_unit_test(files_of_a_good_message),
        cmocka_unit_test(sockets_with_files),
        cmocka_unit_test(accepted_sockets),
        cmocka_unit_test(not_connected),
        cmocka_unit_test(own_end),
        cmocka_unit_test(leaves_at_once),
        cmocka_unit_test(own_end_in_a_queue),
        cmocka_unit_test(ends_of_each_other),
        cmocka_unit_test(files_of_a_state),
        cmocka_unit_test(file_of_a_former_state),
        cmocka_unit_test(refused_state),
        cmocka_unit_test(no_connection),
    };

    return cmocka_run_group_tests_name("objects", tests, NULL, NULL);
}
