/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"
#include "ram.h"
#include "vmm.h"

#include "../../classes/ends.h"
#include "vwr/pmem.h"
#include "vwr_posix_pmem.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * Both ends on a file: a process that is killed after its flush; a flush that fails, and all later ones,
 * which the kernel would report as done. Time is that of the file: the driver waits as long as it takes.
 */

#define SLOT 1u
#define FILE_BYTES 65536u
#define START UINT64_C(0x100000000)
#define PATIENCE_US 4000000000u

static struct vwr_posix_pmem file;
static struct vwr_vpmem v;
static struct vwr_vpmem_own own;
static struct vwr_pmem p;
static union vmm_end end;

/* Sleeps while the file's thread works. */
static bool complete(void)
{
    struct pollfd ready = {.fd = file.ready, .events = POLLIN};

    return poll(&ready, 1, 1) == 1 && vwr_posix_pmem_service(&file) != 0;
}

static void *map(void *context, const struct vwr_region *r)
{
    return r->addr == START && r->bytes == FILE_BYTES ? context : NULL;
}

static void begin(const char *path)
{
    const struct vwr_vdev_setup s = {.vm = &vmm, .line = SLOT};
    const struct vwr_vpmem_options device = {
        .flush = vwr_posix_pmem_flush, .context = &file, .region = {START, FILE_BYTES}};
    struct vwr_pmem_options driver = {.map = map, .request.timeout_us = PATIENCE_US};

    vmm_begin(false);
    CHECK_NUMBER(vwr_posix_pmem_open(&file, path), VWR_OK);
    CHECK_NUMBER(vwr_vpmem_init(&v, &s, &own, &device), VWR_OK);
    vmm_add(SLOT, vwr_vpmem_dev(&v));
    vmm_work = complete;
    driver.context = file.memory;
    driver.shared = ram_alloc_ring(sizeof(struct vwr_pmem_shared));
    driver.request.requests = 2;
    CHECK_NUMBER(vmm_find(&end, SLOT), VWR_OK);
    CHECK_NUMBER(vwr_pmem_open(&p, &end.dev, &driver), VWR_OK);
    CHECK(p.memory == file.memory);
}

static void finish(void)
{
    vmm_work = NULL;
    CHECK_NUMBER(vwr_close(&p.bringup), VWR_OK);
    vwr_posix_pmem_close(&file);
}

static uint8_t byte_of(unsigned i)
{
    return (uint8_t)(i * 37u + i / 251u);
}

/* Tells the parent, once the flush has returned. */
static void write_and_wait(const char *path, int told)
{
    begin(path);
    for (unsigned i = 0; i < FILE_BYTES; i++)
        ((uint8_t *)p.memory)[i] = byte_of(i);
    if (vwr_pmem_flush(&p) == VWR_OK)
        (void)!write(told, "", 1);
    for (;;)
        (void)pause();
}

static void killed(const char *path)
{
    uint8_t bytes[FILE_BYTES];
    int told[2], fd, status;
    char byte;
    pid_t child;

    CHECK(pipe(told) == 0);
    child = fork();
    CHECK(child >= 0);
    if (child == 0)
        write_and_wait(path, told[1]);
    (void)close(told[1]);
    CHECK_NUMBER(read(told[0], &byte, 1), 1);
    CHECK(kill(child, SIGKILL) == 0);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status));
    (void)close(told[0]);
    fd = open(path, O_RDONLY);
    CHECK_NUMBER(read(fd, bytes, sizeof(bytes)), FILE_BYTES);
    (void)close(fd);
    for (unsigned i = 0; i < FILE_BYTES; i++)
        CHECK_NUMBER(bytes[i], byte_of(i));
}

/* Two flushes in flight while a reset ends them; then the file cannot be written. */
static void fails(const char *path)
{
    static struct vwr_pmem_request flush[2];
    struct vwr_pmem_request *done[2];

    begin(path);
    for (unsigned i = 0; i < 2; i++)
        CHECK_NUMBER(vwr_pmem_submit(&p, &flush[i]), VWR_OK);
    (void)vwr_pmem_kick(&p);
    for (unsigned i = 0; i < 2; i++)
        CHECK_NUMBER(vwr_pmem_wait(&p, &flush[i]), VWR_OK);
    CHECK_NUMBER(vwr_pmem_reap(&p, done, 2), 0);
    CHECK_NUMBER(vwr_pmem_flush(&p), VWR_OK);
    CHECK(munmap(file.memory, FILE_BYTES) == 0);
    if (msync(file.memory, FILE_BYTES, MS_SYNC) == 0) {
        puts("pmem: no failing flush, because msync() of unmapped memory succeeds here (as in qemu-user)");
        finish();
        return;
    }
    CHECK_NUMBER(vwr_pmem_flush(&p), VWR_EIO);
    CHECK(file.failed != 0);
    CHECK(mmap(file.memory, FILE_BYTES, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) ==
          file.memory);
    CHECK_NUMBER(vwr_pmem_flush(&p), VWR_EIO); /* msync() would succeed now */
    finish();
}

void case_pmem(unsigned kind, unsigned scale)
{
    char path[] = "pmem-XXXXXX";
    int fd;

    bench_run(&bench_pmem_driver, &bench_pmem_device, kind, scale);
    if (kind != 0)
        return;
    vmm_watch_none();
    fd = mkstemp(path);
    CHECK(fd >= 0 && ftruncate(fd, FILE_BYTES) == 0);
    (void)close(fd);
    killed(path);
    fails(path);
    CHECK(unlink(path) == 0);
    CHECK_NUMBER(vwr_posix_pmem_open(&file, path), VWR_ENODEV);
}
