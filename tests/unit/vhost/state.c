/* SPDX-License-Identifier: MIT */
#include "front.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost_host.h"

#include "vwr/gen/features.h"
#include "vwr/gen/status.h"

/*
 * DEVICE_STATE: the state of a device is transferred to another connection, and an invalid state is refused.
 */

#define STATE_BYTES 4096u
#define REFUSED (VWR_VHOST_USER_VRING_NOFD_MASK | 1u)
#define SHORT_MS 20u
#define LIMIT 20 /* seconds after which a sleeping back end is ended, and the test fails */

static const uint64_t formats[] = {0, (uint64_t)1 << VWR_F_RING_PACKED,
                                   (uint64_t)1 << VWR_F_RING_PACKED | (uint64_t)1 << VWR_F_IN_ORDER};

static uint8_t state[STATE_BYTES]; /* that a device had */
static size_t state_bytes;

static uint64_t set_file(struct front *f, uint32_t direction, uint32_t phase, int file)
{
    const struct vwr_vhost_user_transfer_state to = {direction, phase};
    uint64_t answer = 0;

    front_send(f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, VWR_VHOST_USER_VERSION, &to, sizeof(to), &file, 1);
    front_reply(f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, &answer, sizeof(answer));
    return answer;
}

static uint64_t saves_to(struct front *f, int file)
{
    return set_file(f, VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_SAVE,
                    VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED, file);
}

static uint64_t loads_from(struct front *f, int file)
{
    return set_file(f, VWR_VHOST_USER_TRANSFER_STATE_DIRECTION_LOAD,
                    VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED, file);
}

static uint64_t check(struct front *f)
{
    return front_ask(f, VWR_VHOST_USER_CHECK_DEVICE_STATE);
}

static void make_pipe(int *ends)
{
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
}

/* The state is in `state` afterwards. */
static void save(struct front *f)
{
    int ends[2];

    make_pipe(ends);
    assert_int_equal(saves_to(f, ends[1]), VWR_VHOST_USER_VRING_NOFD_MASK);
    (void)close(ends[1]);
    assert_int_equal(front_work(f), VWR_OK);
    state_bytes = (size_t)read(ends[0], state, sizeof(state));
    assert_in_range(state_bytes, 1, sizeof(state) - 1u);
    assert_int_equal(read(ends[0], state, 0), 0); /* its end is closed */
    (void)close(ends[0]);
    assert_int_equal(check(f), 0);
    assert_string_equal(f->h.refused, "");
}

/* Returns the answer to CHECK_DEVICE_STATE. */
static uint64_t load(struct front *f, const uint8_t *bytes, size_t count)
{
    int ends[2];

    make_pipe(ends);
    assert_int_equal(loads_from(f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    (void)close(ends[0]);
    assert_int_equal(write(ends[1], bytes, count), count);
    assert_int_equal(front_work(f), VWR_OK);
    (void)close(ends[1]);
    return check(f);
}

static void run(struct front *f, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        const uint8_t expected = f->next;
        uint8_t first = 0;

        front_add(f);
        assert_int_equal(front_work(f), VWR_OK);
        assert_true(front_take(f, &first));
        assert_int_equal(first, expected);
    }
}

/* The same front end with another back end: like QEMU, it loads before it sets features and memory. */
static void to_another(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
        struct front f;
        uint32_t base;

        front_begin(&f, RUNNING, formats[i]);
        run(&f, FRONT_SIZE + 3);
        base = front_stop(&f);
        save(&f);
        front_start(&f, base); /* it may stay here */
        run(&f, 2);
        base = front_stop(&f);
        front_reconnect(&f);
        front_tell(&f, VWR_VHOST_USER_SET_PROTOCOL_FEATURES,
                   front_ask(&f, VWR_VHOST_USER_GET_PROTOCOL_FEATURES) &
                       ~((uint64_t)1 << VWR_VHOST_USER_PROTOCOL_F_INBAND_NOTIFICATIONS));
        assert_int_equal(f.device.dev.status, VWR_STATUS_RESET);
        assert_int_equal(load(&f, state, state_bytes), 0);
        assert_true((f.device.dev.status & VWR_STATUS_DRIVER_OK) != 0);
        front_negotiate(&f);
        front_remember(&f);
        front_start(&f, base);
        run(&f, 2 * FRONT_SIZE);
        front_end(&f);
    }
}

/* A state with features other than the driver's is not used, and is not dropped silently. */
static void other_features(void **unused)
{
    struct front f;

    (void)unused;
    front_begin(&f, RUNNING, 0);
    (void)front_stop(&f);
    save(&f);
    front_end(&f);
    front_begin(&f, REMEMBERED, (uint64_t)1 << VWR_F_EVENT_IDX);
    assert_int_equal(load(&f, state, state_bytes), 0);
    front_try(&f, 0);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_non_null(strstr(f.h.why, "not those of the state"));
    front_end(&f);
}

/* The device is unchanged: a driver starts it. */
static void expect_refusal(struct front *f, uint64_t answer, uint64_t expected, const char *says)
{
    assert_int_equal(answer, expected);
    if (strstr(f->h.refused, says) == NULL)
        fail_msg("\"%s\", expected: %s", f->h.refused, says);
    assert_int_equal(f->h.refused[strlen(f->h.refused) - 1u], '.');
    f->h.refused[0] = '\0';
    assert_int_equal(check(f), 1);
}

static void begins(struct front *f)
{
    front_start(f, 0);
    run(f, FRONT_SIZE + 1);
}

static void have_state(void)
{
    struct front f;

    front_begin(&f, RUNNING, 0);
    (void)front_stop(&f);
    save(&f);
    front_end(&f);
}

static void expect_no_state(const uint8_t *bytes, size_t count, const char *says)
{
    const unsigned files = count_files();
    struct front f;

    front_begin(&f, REMEMBERED, 0);
    expect_refusal(&f, load(&f, bytes, count), 1, says);
    begins(&f);
    front_end(&f);
    assert_int_equal(count_files(), files);
}

static void not_a_state(void **unused)
{
    uint8_t bytes[STATE_BYTES];

    (void)unused;
    have_state();
    for (size_t n = 0; n < state_bytes; n += 5)
        expect_no_state(state, n, "cannot be loaded");
    memcpy(bytes, state, state_bytes);
    bytes[state_bytes] = 0;
    expect_no_state(bytes, state_bytes + 1u, "follow");
    for (size_t n = 0; n < state_bytes; n++) { /* of another class, with other features, ... */
        struct front f;

        bytes[n] ^= 0xff;
        front_begin(&f, REMEMBERED, 0);
        if (load(&f, bytes, state_bytes) != 0)
            begins(&f);
        front_end(&f);
        bytes[n] ^= 0xff;
    }
    bytes[16] ^= 1; /* the device ID, behind the header of the first part and the version */
    bytes[18] ^= 1;
    expect_no_state(bytes, state_bytes, "cannot be loaded");
}

/* A device that was used since its reset accepts no state. While it runs, the message ends the connection. */
static void in_use(void **unused)
{
    int ends[2];
    struct front f;
    uint32_t base;

    (void)unused;
    have_state();
    make_pipe(ends);
    front_begin(&f, RUNNING, 0);
    run(&f, 3);
    base = front_stop(&f);
    expect_refusal(&f, loads_from(&f, ends[0]), REFUSED, "after a reset");
    expect_refusal(&f, set_file(&f, 2, 0, ends[0]), REFUSED, "direction 2");
    expect_refusal(&f, set_file(&f, 0, 1, ends[1]), REFUSED, "phase 1");
    front_start(&f, base);
    run(&f, 3);
    front_end(&f);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

/* The queues start before the state is complete. */
static void started_meanwhile(void **unused)
{
    int ends[2];
    struct front f;

    (void)unused;
    have_state();
    make_pipe(ends);
    front_begin(&f, REMEMBERED, 0);
    assert_int_equal(loads_from(&f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(write(ends[1], state, state_bytes), state_bytes);
    front_start(&f, 0);
    run(&f, 3);
    (void)close(ends[1]);
    expect_refusal(&f, check(&f), 1, "Queue 0 is in use");
    run(&f, 3);
    front_end(&f);
    (void)close(ends[0]);
}

/* A file of another kind is not verified, so the connection ends. */
static void other_kinds(void **unused)
{
    static const char *const paths[] = {"/", "/dev/null", "/proc/self/exe"};
    static const char *const says[] = {"refers to a folder; it must be a pipe",
                                       "refers to a device; it must be a pipe",
                                       "refers to a regular file; it must be a pipe"};

    (void)unused;
    for (unsigned i = 0; i < 6; i++) {
        const int file = open(paths[i / 2u], O_RDONLY | O_CLOEXEC);
        const struct vwr_vhost_user_transfer_state to = {i % 2u, VWR_VHOST_USER_TRANSFER_STATE_PHASE_STOPPED};
        struct front f;

        assert_true(file >= 0);
        front_begin(&f, NEGOTIATED, 0);
        front_send(&f, VWR_VHOST_USER_SET_DEVICE_STATE_FD, VWR_VHOST_USER_VERSION, &to, sizeof(to), &file, 1);
        assert_int_equal(front_work(&f), VWR_ENODEV);
        assert_non_null(strstr(f.h.why, says[i / 2u]));
        front_end(&f);
        (void)close(file);
    }
}

/* A file on disk, if the program trusts the front end. */
static void file_on_disk(void **unused)
{
    const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    struct front f;

    (void)unused;
    assert_true(file >= 0);
    front_begin(&f, NEGOTIATED, 0);
    f.h.any_memory = true;
    assert_int_equal(saves_to(&f, file), VWR_VHOST_USER_VRING_NOFD_MASK);
    expect_refusal(&f, check(&f), 1, strerror(EBADF));
    front_end(&f);
    (void)close(file);
}

/* The flag of a pipe is the front end's too, which makes it block again. */
static void blocks_again(void **unused)
{
    struct front f;
    int ends[2];

    (void)unused;
    (void)alarm(LIMIT);
    front_begin(&f, RUNNING, 0);
    f.h.stop_ms = SHORT_MS;
    (void)front_stop(&f);
    make_pipe(ends);
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], state, 1) == 1)
        ;
    assert_int_equal(saves_to(&f, ends[1]), VWR_VHOST_USER_VRING_NOFD_MASK);
    (void)fcntl(ends[1], F_SETFL, 0);
    expect_refusal(&f, check(&f), 1, "within 20 ms");
    front_send(&f, VWR_VHOST_USER_RESET_DEVICE, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    (void)close(ends[0]);
    (void)close(ends[1]);
    make_pipe(ends);
    assert_int_equal(loads_from(&f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    (void)fcntl(ends[0], F_SETFL, 0);
    expect_refusal(&f, check(&f), 1, "within 20 ms");
    front_end(&f);
    (void)close(ends[0]);
    (void)close(ends[1]);
    (void)alarm(0);
}

/* The same with each kind of file: a socket, and a memfd. */
static void by_other_files(void **unused)
{
    const int file = memfd_create("state", MFD_CLOEXEC);
    uint8_t bytes[STATE_BYTES];
    uint8_t again[STATE_BYTES];
    struct front f;
    int ends[2];

    (void)unused;
    have_state();
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    front_begin(&f, REMEMBERED, 0);
    assert_int_equal(send(ends[1], state, state_bytes, 0), (ssize_t)state_bytes);
    (void)close(ends[1]);
    assert_int_equal(loads_from(&f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(check(&f), 0);
    (void)close(ends[0]);
    assert_int_equal(saves_to(&f, file), VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(check(&f), 0);
    assert_int_equal(pread(file, bytes, sizeof(bytes), 0), (ssize_t)state_bytes);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    assert_int_equal(saves_to(&f, ends[1]), VWR_VHOST_USER_VRING_NOFD_MASK);
    assert_int_equal(check(&f), 0);
    assert_int_equal(recv(ends[0], again, sizeof(again), 0), (ssize_t)state_bytes);
    assert_memory_equal(again, bytes, state_bytes);
    front_end(&f);
    (void)close(ends[0]);
    (void)close(ends[1]);
    (void)close(file);
}

/* Files that the back end grows, beyond RLIMIT_FSIZE: an error, and no signal that ends the program. */
static void size_limit(void **unused)
{
    const struct vwr_vhost_user_inflight record = {0, 0, 1, FRONT_SIZE};
    const int file = memfd_create("state", MFD_CLOEXEC);
    struct rlimit before, few;
    struct front f;
    sigset_t set;

    (void)unused;
    front_begin(&f, RUNNING, 0);
    (void)front_stop(&f);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    few = before;
    few.rlim_cur = 1;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &few), 0);
    (void)saves_to(&f, file);
    expect_refusal(&f, check(&f), 1, strerror(EFBIG));
    front_send(&f, VWR_VHOST_USER_GET_INFLIGHT_FD, VWR_VHOST_USER_VERSION, &record, sizeof(record), NULL, 0);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_non_null(strstr(f.h.why, strerror(EFBIG)));
    assert_int_equal(sigpending(&set), 0);
    assert_int_equal(sigismember(&set, SIGXFSZ), 0);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &set), 0);
    assert_int_equal(sigismember(&set, SIGXFSZ), 0);
    front_end(&f);
    (void)close(file);
}

/* Files that block, fail, or do not contain a state: nothing waits for longer than stop_ms. */
static void odd_files(void **unused)
{
    const unsigned files = count_files();
    int ends[2];
    struct front f;

    (void)unused;
    front_begin(&f, RUNNING, 0);
    f.h.stop_ms = SHORT_MS;
    (void)front_stop(&f);
    make_pipe(ends);
    (void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
    while (write(ends[1], state, 1) == 1)
        ;
    assert_int_equal(saves_to(&f, ends[1]), VWR_VHOST_USER_VRING_NOFD_MASK);
    expect_refusal(&f, check(&f), 1, "within 20 ms");
    assert_int_equal(saves_to(&f, ends[1]), VWR_VHOST_USER_VRING_NOFD_MASK);
    (void)close(ends[0]);
    expect_refusal(&f, check(&f), 1, strerror(EPIPE));
    (void)close(ends[1]);
    front_send(&f, VWR_VHOST_USER_RESET_DEVICE, VWR_VHOST_USER_VERSION, NULL, 0, NULL, 0);
    make_pipe(ends);
    assert_int_equal(loads_from(&f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    expect_refusal(&f, check(&f), 1, "within 20 ms");
    (void)close(ends[1]);
    (void)close(ends[0]);
    begins(&f);
    front_end(&f);
    assert_int_equal(count_files(), files);
}

/* A file with more bytes than a state may have: the excess is not read. */
static void too_long(void **unused)
{
    const int file = memfd_create("state", MFD_CLOEXEC);
    struct front f;

    (void)unused;
    assert_int_equal(ftruncate(file, (off_t)VHOST_STATE_BYTES * 2), 0);
    front_begin(&f, REMEMBERED, 0);
    assert_int_equal(loads_from(&f, file), VWR_VHOST_USER_VRING_NOFD_MASK);
    for (unsigned i = 0; i < 2000 && f.h.refused[0] == '\0'; i++)
        assert_int_equal(vwr_vhost_back_poll(&f.h, 0), VWR_OK);
    expect_refusal(&f, 1, 1, "File too large");
    begins(&f);
    front_end(&f);
    (void)close(file);
}

/* A transfer that is not complete ends with its connection. */
static void without(void **unused)
{
    const unsigned files = count_files();
    int ends[2];
    struct front f;

    (void)unused;
    front_begin(&f, NEGOTIATED, 0);
    make_pipe(ends);
    (void)loads_from(&f, ends[0]);
    front_end(&f);
    (void)close(ends[0]);
    assert_int_equal(write(ends[1], state, 1), -1); /* nobody reads it */
    assert_int_equal(errno, EPIPE);
    (void)close(ends[1]);
    assert_int_equal(count_files(), files);
}

/* The connection ends during a transfer: later data is not read. */
static void ends_meanwhile(void **unused)
{
    struct front f;
    int ends[2];
    int left = 0;

    (void)unused;
    front_begin(&f, NEGOTIATED, 0);
    make_pipe(ends);
    assert_int_equal(loads_from(&f, ends[0]), VWR_VHOST_USER_VRING_NOFD_MASK);
    front_tell(&f, VWR_VHOST_USER_SET_STATUS, 256);
    assert_int_equal(front_work(&f), VWR_ENODEV);
    assert_int_equal(write(ends[1], "later", 5), 5);
    assert_int_equal(vwr_vhost_back_poll(&f.h, 0), VWR_ENODEV);
    assert_int_equal(ioctl(ends[0], FIONREAD, &left), 0);
    assert_int_equal(left, 5);
    front_end(&f);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_again), cmocka_unit_test(by_other_files),    cmocka_unit_test(size_limit),
        cmocka_unit_test(to_another),   cmocka_unit_test(other_features),    cmocka_unit_test(not_a_state),
        cmocka_unit_test(in_use),       cmocka_unit_test(started_meanwhile), cmocka_unit_test(other_kinds),
        cmocka_unit_test(file_on_disk), cmocka_unit_test(odd_files),         cmocka_unit_test(too_long),
        cmocka_unit_test(without),      cmocka_unit_test(ends_meanwhile),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
