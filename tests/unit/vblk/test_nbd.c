/* SPDX-License-Identifier: MIT */
#include "engines.h"

#include "vwr_engine_nbd.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* nbdkit by libnbd: it answers late, with errors, not at all, goes away, and comes back. */

static char path[64];
static char where[128];
static char uri[160];
static pid_t server;

static void start_server(const char *filter, const char *first, const char *second)
{
    unlink(where);
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
    snprintf(where, sizeof(where), "vblk_nbd_%d", (int)getpid());
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

/* Killed with a request in flight; another server answers it. */
static void comes_back(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=10");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 1);

    stage_take_queue(g);
    n.patience = 10000;
    engines_put(g, VWR_BLK_T_IN, 3, at, SECTOR, status);
    vwr_engine_serve(&n.engine);
    stop_server();
    vwr_engine_serve(&n.engine);
    start_server("--filter=delay", "delay-read=1ms", NULL);
    for (unsigned i = 0; i < 1000 && *status == STAGE_POISON; i++) {
        usleep(5000);
        vwr_engine_serve(&n.engine);
    }
    assert_int_equal(*status, VWR_BLK_S_OK);
    stage_has_pattern(at, 3, SECTOR, 0);
    assert_int_equal(n.connections, 2);
    assert_int_equal(n.engine.errors, 0);
    end(&n);
}

/* The server is away: an I/O error in time; and then it is there again, with a smaller disk. */
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
    n.patience = 10000;
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 4, at, SECTOR, status, 8000), SECTOR + 1);
    assert_int_equal(*status, VWR_BLK_S_OK);
    stage_has_pattern(at, 4, SECTOR, 0);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 20, at, SECTOR, status, 5000), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 5, at, SECTOR, status, 5000), SECTOR + 1);
    end(&n);
}

/* Connected, and silent: the request fails in time. A reset does not wait for the server. */
static void is_silent(const struct kind *k)
{
    struct vwr_engine_nbd n;
    struct guest *const g = begin(k, &n, "--filter=delay", "delay-read=20");
    uint8_t *const at = stage_alloc(g, SECTOR);
    uint8_t *const status = stage_alloc(g, 1);

    stage_take_queue(g);
    assert_int_equal(engines_send(g, VWR_BLK_T_IN, 3, at, SECTOR, status, 5000), 0);
    assert_int_equal(*status, VWR_BLK_S_IOERR);
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

static void nobody_there(const struct kind *k)
{
    struct vwr_engine_nbd n;

    (void)k;
    assert_int_equal(vwr_engine_nbd_open(&n, "nbd+unix:///?socket=/no/such/socket", &engines_few),
                     VWR_ENODEV);
    assert_non_null(strstr(n.reason, "No such file"));
    assert_int_equal(vwr_engine_nbd_open(&n, "not a URI", &engines_few), VWR_ENODEV);
}

/* Each with one kind of ring: they test the engine, and each starts a server. */
static const struct stage_row rows[] = {
    {"answers_late", answers_late}, {"answers_with_errors", answers_with_errors},
    {"comes_back", comes_back},     {"stays_away", stays_away},
    {"is_silent", is_silent},       {"nobody_there", nobody_there},
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
