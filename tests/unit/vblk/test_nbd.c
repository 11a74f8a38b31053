/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include "vwr_engine_nbd.h"

#include <errno.h>
#include <libnbd.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* nbdkit, accessed with libnbd: it answers late, with errors or not at all, disconnects, and returns. */

#define PAGE 4096u

static char path[64];
static char where[128];
static char uri[160];
static pid_t server;

static void name_socket(void)
{
    snprintf(where, sizeof(where), "vblk_nbd_%d", (int)getpid());
    unlink(where);
}

static void start_server(const char *filter, const char *first, const char *second)
{
    name_socket();
    server = fork();
    assert_true(server >= 0);
    if (server == 0) {
        execlp("nbdkit", "nbdkit", "-f", "--exit-with-parent", "-U", where, filter, "file", path, first,
               second, (char *)NULL);
        _exit(127);
    }
}

static void stop_server(void)
{
    int status;

    kill(server, SIGKILL);
    assert_int_equal(waitpid(server, &status, 0), server);
}

static void open_engine(struct vwr_engine_nbd *n)
{
    int r = VWR_ENODEV;

    snprintf(uri, sizeof(uri), "nbd+unix:///?socket=%s", where);
    for (unsigned i = 0; i < 200 && r != VWR_OK; i++) {
        r = vwr_engine_nbd_open(n, uri, &engines_few);
        if (r != VWR_OK)
            usleep(20000);
    }
    assert_int_equal(r, VWR_OK);
}

static struct guest *begin(const struct kind *k, struct vwr_engine_nbd *n, const char *filter,
                           const char *first)
{
    engines_make_file(path);
    start_server(filter, first, NULL);
    open_engine(n);
    assert_int_equal(n->engine.backend.sectors, SECTORS);
    return engines_plug(k, &n->engine);
}

static void end(struct vwr_engine_nbd *n)
{
    engines_unplug(&n->engine);
    stop_server();
    unlink(where);
    unlink(path);
}

static void answers_late(const struct kind *k)
{
    struct vwr_engine_nbd n;

    engines_use(begin(k, &n, "--filter=delay", "delay-write=20ms"));
    engines_has_been_used(path);
    end(&n);
}

static void answers_with_errors(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=error", "error-pread-rate=100%");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 1);

    stage_take_queue(g);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(engines_send(g, VWR_BLK_T_OUT, 3, at, SECTOR, status, 5000), 1);
    assert_int_equal(*status, VWR_BLK_S_OK);
    assert_int_equal(n.engine.errors, 1);
    assert_int_equal(n.connections, 1);
    end(&n);
}

/* The server is killed with a request in flight; the next two find the connection closed. Another server
 * answers
 * all of them. */
static void comes_back(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=10");
    uint8_t *const at = stage_alloc(g, 3 * SECTOR);
    uint8_t *const status = stage_alloc(g, 3);

    stage_take_queue(g);
    n.timeout = 10000;
    engines_put(g, VWR_BLK_T_IN, 3, at, SECTOR, status);
    vwr_engine_serve(&n.engine);
    stop_server();
    engines_put(g, VWR_BLK_T_IN, 4, at + SECTOR, SECTOR, status + 1);
    engines_put(g, VWR_BLK_T_IN, 5, at + 2 * SECTOR, SECTOR, status + 2);
    vwr_engine_serve(&n.engine);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    for (unsigned i = 0; i < 1000 && n.engine.busy > 0; i++) {
        usleep(5000);
        vwr_engine_serve(&n.engine);
    }
    assert_true(stage_all(status, VWR_BLK_S_OK, 3));
    stage_has_pattern(at, 3, 3 * SECTOR, 0);
    assert_int_equal(n.connections, 2);
    assert_int_equal(n.engine.errors, 0);
    end(&n);
}

/* More data than the socket accepts at once: the rest is sent when it accepts more, not at the next tick. */
static void reads_slowly(const struct kind *k)
{
    const uint32_t bytes = 1024 * SECTOR;
    const struct itimerspec never = {.it_value.tv_nsec = 0};
    struct vwr_engine_nbd n;
    struct pollfd ready = {.events = POLLIN};
    struct guest *g;
    uint8_t *status;
    uint8_t *at;

    engines_make_file(path);
    assert_int_equal(truncate(path, bytes), 0);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    open_engine(&n);
    g = engines_plug(k, &n.engine);
    at = stage_alloc(g, bytes);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    kill(server, SIGSTOP);
    assert_int_equal(waitpid(server, NULL, WUNTRACED), server); /* all its threads: one may be reading */
    engines_put(g, VWR_BLK_T_OUT, 0, at, bytes, status);
    timerfd_settime(n.timer, 0, &never, NULL);
    ready.fd = n.engine.fd;
    assert_int_equal(poll(&ready, 1, 0), 0);
    kill(server, SIGCONT);
    while (n.engine.busy > 0) {
        assert_int_equal(poll(&ready, 1, 5000), 1);
        vwr_engine_serve(&n.engine);
    }
    assert_int_equal(*status, VWR_BLK_S_OK);
    end(&n);
}

/* A server of the old protocol, which begins with the disk's size and its flags. */
static void old_server(uint64_t bytes)
{
    static const uint8_t head[] = {'N', 'B', 'D',  'M', 'A',  'G',  'I',  'C',
                                   0,   0,   0x42, 2,   0x81, 0x86, 0x12, 0x53};
    uint8_t hello[152] = {0};
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    const int listener = socket(AF_UNIX, SOCK_STREAM, 0);

    memcpy(hello, head, sizeof(head));
    for (unsigned i = 0; i < 8; i++)
        hello[16 + i] = (uint8_t)(bytes >> 8 * (7 - i));
    hello[27] = 1;
    name_socket();
    strcpy(a.sun_path, where);
    assert_int_equal(bind(listener, (const struct sockaddr *)&a, sizeof(a)), 0);
    assert_int_equal(listen(listener, 1), 0);
    server = fork();
    assert_true(server >= 0);
    if (server == 0) {
        const int fd = accept(listener, NULL, NULL);

        _exit(write(fd, hello, sizeof(hello)) == sizeof(hello) && pause() == 0);
    }
    close(listener);
}

static void sizes(const struct kind *k)
{
    struct vwr_engine_nbd n;

    (void)k;
    old_server(0);
    open_engine(&n);
    assert_int_equal(n.engine.backend.sectors, 0);
    vwr_engine_close(&n.engine);
    stop_server();
    old_server(UINT64_MAX);
    assert_int_equal(vwr_engine_nbd_open(&n, uri, &engines_few), VWR_ENODEV);
    assert_int_not_equal(n.reason[0], 0);
    stop_server();
    unlink(where);
}

/* A page of the guest's memory, which can be taken away from it. */
static uint8_t *alloc_page(struct guest *g)
{
    uint8_t *const at = stage_alloc(g, 2 * PAGE);

    return at + (PAGE - (uintptr_t)at % PAGE) % PAGE;
}

/*
 * Memory is taken away while the server works on a request: this request fails, is not sent to the next
 * connection, and the next request is served.
 */
static void loses_memory(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=50ms");
    uint8_t *const page = alloc_page(g);
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 3);
    struct vwr_chain *chain;

    stage_take_queue(g);
    n.timeout = 10000;
    for (unsigned i = 0; i < 2; i++) {
        const uint32_t type = i == 0 ? VWR_BLK_T_IN : VWR_BLK_T_OUT;

        if (type == VWR_BLK_T_OUT)
            assert_int_equal(mprotect(page, PAGE, PROT_NONE), 0);
        engines_put(g, type, 3, page, SECTOR, status + i);
        assert_int_equal(mprotect(page, PAGE, PROT_NONE), 0);
        for (unsigned pass = 0; pass < 1000 && n.engine.busy > 0; pass++) {
            usleep(5000);
            vwr_engine_serve(&n.engine);
        }
        assert_int_equal(mprotect(page, PAGE, PROT_READ | PROT_WRITE), 0);
        assert_int_equal(stage_take(g, &chain), 1);
        assert_int_equal(status[i], VWR_BLK_S_IOERR);
        assert_int_equal(n.engine.errors, i + 1);
        assert_int_equal(n.engine.last, EFAULT);
        assert_int_equal(n.connections, i + 1);
        assert_non_null(strstr(n.reason, "Bad address"));
        assert_int_equal(engines_send(g, VWR_BLK_T_IN, 4, at, SECTOR, status + 2, 8000), SECTOR + 1);
        assert_int_equal(status[2], VWR_BLK_S_OK);
        stage_has_pattern(at, 4, SECTOR, 0);
        assert_int_equal(n.connections, i + 2);
    }
    end(&n);
}

/* The server is unavailable: an I/O error in time; then it returns, with a smaller disk. */
static void stays_away(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=1ms");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 1);

    stage_take_queue(g);
    stop_server();
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(n.engine.last, ETIMEDOUT);
    assert_int_equal(truncate(path, 10 * SECTOR), 0);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    n.timeout = 10000;
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 4, at, SECTOR, status, 8000), SECTOR + 1);
    assert_int_equal(*status, VWR_BLK_S_OK);
    stage_has_pattern(at, 4, SECTOR, 0);
    assert_string_equal(n.reason, "the disk has shrunk");
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 20, at, SECTOR, status, 5000), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(n.engine.last, 0); /* beyond the end */
    assert_string_equal(n.reason, "the disk has shrunk");
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 5, at, SECTOR, status, 5000), SECTOR + 1);
    end(&n);
}

/* The disk is smaller at a reconnect, and has its size again: no other reconnect is needed. */
static void grows_again(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=1ms");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 1);
    unsigned failed = 0;

    stage_take_queue(g);
    n.timeout = 10000;
    stop_server();
    assert_int_equal(truncate(path, 10 * SECTOR), 0);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 4, at, SECTOR, status, 8000), SECTOR + 1);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 20, at, SECTOR, status, 5000), 0);
    assert_int_equal(truncate(path, SECTORS * SECTOR), 0);
    while (engines_send(g, VWR_BLK_T_IN, 20, at, SECTOR, status, 5000) == 0) {
        assert_true(++failed < 100);
        usleep(VWR_ENGINE_NBD_AGAIN_MS * 1000);
    }
    assert_int_equal(*status, VWR_BLK_S_OK);
    end(&n);
}

/* The server has no bytes at a reconnect: requests fail in time, or wait for the server with the right size.
 */
static void is_empty(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=1ms");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 2);

    stage_take_queue(g);
    stop_server();
    assert_int_equal(truncate(path, 0), 0);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    do { /* until the server has begun */
        assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 8000), 0);
        assert_int_equal(*status, VWR_BLK_S_IOERR);
        assert_true(n.engine.errors < 100);
    } while (n.engine.last == ETIMEDOUT);
    assert_int_equal(n.engine.last, 0); /* beyond the end */
    assert_string_equal(n.reason, "the disk has shrunk");
    assert_int_equal(n.connections, 1);
    assert_int_equal(truncate(path, SECTORS * SECTOR), 0);
    n.timeout = 10000;
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status + 1, 8000), SECTOR + 1);
    assert_int_equal(status[1], VWR_BLK_S_OK);
    assert_int_equal(n.connections, 2);
    end(&n);
}

/* Connected, but silent: all requests fail in time. A reset does not wait for the server. */
static void is_silent(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=20");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 2);

    stage_take_queue(g);
    engines_put(g, VWR_BLK_T_IN, 3, at, SECTOR, status);
    engines_put(g, VWR_BLK_T_IN, 4, at, SECTOR, status + 1);
    for (unsigned i = 0; i < 1000 && n.engine.busy > 0; i++) {
        usleep(5000);
        vwr_engine_serve(&n.engine);
    }
    assert_true(stage_all(status, VWR_BLK_S_IOERR, 2));
    assert_int_equal(n.engine.errors, 2);
    assert_int_equal(n.engine.last, ETIMEDOUT);
    *status = STAGE_POISON;
    for (unsigned i = 0; i < 1000 && !n.ready; i++) {
        usleep(5000);
        vwr_engine_serve(&n.engine);
    }
    engines_put(g, VWR_BLK_T_IN, 3, at, SECTOR, status);
    assert_int_equal(n.engine.busy, 1);
    vwr_vdev_reset(&g->disk.dev);
    assert_int_equal(n.engine.busy, 0);
    assert_false(g->disk.dev.unsafe);
    assert_int_equal(*status, STAGE_POISON);
    end(&n);
}

static struct guest *begin_with(const struct kind *k, struct vwr_engine_nbd *n, const char *limit)
{
    struct guest *g;

    engines_make_file(path);
    start_server("--filter=blocksize-policy", limit, "blocksize-error-policy=error");
    open_engine(n);
    g = engines_plug(k, &n->engine);
    stage_take_queue(g);
    return g;
}

/* Serves the request of the guest, which has this result. */
static void ends_with(struct guest *g, struct vwr_engine_nbd *n, const uint8_t *status, uint8_t value)
{
    struct vwr_chain *chain;

    for (unsigned i = 0; i < 1000 && n->engine.busy > 0; i++) {
        usleep(5000);
        vwr_engine_serve(&n->engine);
    }
    assert_int_equal(stage_take(g, &chain), 1);
    assert_int_equal(*status, value);
}

/* Three blocks of 4096 bytes in segments that are no blocks, which the engine may send only as blocks. */
static void put_odd(struct guest *g, uint32_t type, uint8_t *at, uint8_t *status)
{
    static const uint32_t len[] = {1000, 96, 3000, 4196, 1, 3995};
    static struct vwr_chain chain;
    struct segments p = {.out = 0};

    stage_segment(g, &p, stage_header(g, type, 8), 16, false);
    for (unsigned i = 0; i < sizeof(len) / sizeof(len[0]); at += len[i++])
        stage_segment(g, &p, at, len[i], type == VWR_BLK_T_IN);
    stage_segment(g, &p, status, 1, true);
    memset(&chain, 0, sizeof(chain));
    stage_put(g, &p, &chain);
}

/* A server that refuses parts of its blocks: the segments of a guest need not be whole blocks. */
static void whole_blocks(const struct kind *k)
{
    const uint32_t bytes = 24 * SECTOR;
    struct vwr_engine_nbd n;
    struct guest *const g = begin_with(k, &n, "blocksize-minimum=4096");
    uint8_t *const at = stage_alloc(g, bytes);
    uint8_t *const status = stage_alloc(g, 3);

    assert_int_equal(n.engine.backend.block_bytes, 4096);
    put_odd(g, VWR_BLK_T_IN, at, status);
    ends_with(g, &n, status, VWR_BLK_S_OK);
    stage_has_pattern(at, 8, bytes, 0);
    stage_pattern(at, 8, bytes, 1);
    put_odd(g, VWR_BLK_T_OUT, at, status + 1);
    ends_with(g, &n, status + 1, VWR_BLK_S_OK);
    memset(at, 0, bytes);
    put_odd(g, VWR_BLK_T_IN, at, status + 2);
    ends_with(g, &n, status + 2, VWR_BLK_S_OK);
    stage_has_pattern(at, 8, bytes, 1);
    end(&n);
}

/* The server comes back with larger blocks than the guest's, and at last with smaller ones. */
static void other_blocks(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin_with(k, &n, "blocksize-minimum=4096");
    uint8_t *const at = stage_alloc(g, 24 * SECTOR);
    uint8_t *const status = stage_alloc(g, 2);

    stop_server();
    start_server("--filter=blocksize-policy", "blocksize-minimum=8192", "blocksize-preferred=8192");
    put_odd(g, VWR_BLK_T_IN, at, status);
    ends_with(g, &n, status, VWR_BLK_S_IOERR);
    assert_non_null(strstr(n.reason, "minimum block of 8192 bytes"));
    assert_non_null(strstr(n.reason, "up to 4096"));
    assert_int_equal(n.connections, 1);
    stop_server();
    start_server("--filter=blocksize-policy", "blocksize-minimum=1024", "blocksize-maximum=4096");
    n.timeout = 10000;
    put_odd(g, VWR_BLK_T_IN, at, status + 1);
    ends_with(g, &n, status + 1, VWR_BLK_S_OK);
    stage_has_pattern(at, 8, 24 * SECTOR, 0);
    assert_int_equal(n.block, 1024);
    assert_int_equal(n.most, 4096);
    end(&n);
}

/* A server that accepts only small commands: a larger request needs more of them than are in flight. */
static void small_commands(const struct kind *k)
{
    const uint32_t bytes = 160 * 4096;
    struct vwr_engine_nbd n;
    struct guest *g;
    uint8_t *status;
    uint8_t *at;

    engines_make_file(path);
    assert_int_equal(truncate(path, bytes), 0);
    start_server("--filter=blocksize-policy", "blocksize-maximum=4096", "blocksize-error-policy=error");
    open_engine(&n);
    assert_int_equal(n.most, 4096);
    g = engines_plug(k, &n.engine);
    at = stage_alloc(g, bytes);
    status = stage_alloc(g, 1);
    stage_take_queue(g);
    stage_pattern(at, 0, bytes, 1);
    engines_put(g, VWR_BLK_T_OUT, 0, at, bytes, status);
    assert_int_equal(nbd_aio_in_flight(n.nbd), 128);
    ends_with(g, &n, status, VWR_BLK_S_OK);
    memset(at, 0, bytes);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 0, at, bytes, status, 5000), bytes + 1);
    stage_has_pattern(at, 0, bytes, 1);
    end(&n);
}

static void nobody_there(const struct kind *k)
{
    struct vwr_engine_nbd n;

    (void)k;
    assert_int_equal(vwr_engine_nbd_open(&n, "nbd+unix:///?socket=/no/such/socket", &engines_few),
                     VWR_ENODEV);
    assert_non_null(strstr(n.reason, "No such file"));
    assert_int_equal(vwr_engine_nbd_open(&n, "not a URI", &engines_few), VWR_ENODEV);
}

/* Each test uses one kind of ring, because they test the engine, and each starts a server. */
static const struct stage_row rows[] = {
    {"answers_late", answers_late},
    {"answers_with_errors", answers_with_errors},
    {"comes_back", comes_back},
    {"loses_memory", loses_memory},
    {"stays_away", stays_away},
    {"grows_again", grows_again},
    {"is_empty", is_empty},
    {"is_silent", is_silent},
    {"reads_slowly", reads_slowly},
    {"sizes", sizes},
    {"whole_blocks", whole_blocks},
    {"other_blocks", other_blocks},
    {"small_commands", small_commands},
    {"nobody_there", nobody_there},
};

static void run(void **state)
{
    const struct stage_row *const row = *state;
    void *none = NULL;

    stage_setup(&none);
    row->run(&stage_kinds[3]);
    stage_teardown(&none);
}

int main(void)
{
    struct CMUnitTest tests[sizeof(rows) / sizeof(rows[0])];

    for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        tests[i] = (struct CMUnitTest){rows[i].name, run, NULL, NULL, (void *)(uintptr_t)&rows[i]};
    return _cmocka_run_group_tests("nbd", tests, sizeof(rows) / sizeof(rows[0]), NULL, NULL);
}
