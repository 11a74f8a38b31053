/* SPDX-License-Identifier: MIT */
/*
 * The device and the driver in two processes on Linux, which map the shared memory at different addresses.
 * Their bells are eventfds. Halfway, the device's process is killed, and another one goes on. Exit code 0:
 * the driver has read what it wrote.
 */
#include "shared.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define DISK_BYTES 0x20000u
#define ROUNDS 400u

static int to_device, to_driver, memory_file;
static void *of_driver;
static uint8_t *disk; /* survives the device's process */

static void send_bell(int file)
{
    const uint64_t one = 1;

    if (write(file, &one, sizeof(one)) != sizeof(one))
        _exit(3);
}

static void ring_device(void *context, uint32_t what)
{
    (void)context;
    (void)what;
    send_bell(to_device);
}

/* The driver of this example polls its ring; another one would sleep until this bell rings. */
static void ring_driver(void *context, uint32_t reason)
{
    (void)context;
    (void)reason;
    send_bell(to_driver);
}

static void *map(void)
{
    void *const p = mmap(NULL, SHARED_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, memory_file, 0);

    if (p == MAP_FAILED)
        _exit(3);
    return p;
}

static pid_t start_device(int ready)
{
    const pid_t child = fork();
    uint64_t rings;

    if (child != 0)
        return child;
    if (device_begin(map(), (uintptr_t)of_driver, disk, DISK_BYTES, ring_driver) != 0)
        _exit(4);
    send_bell(ready);
    while (read(to_device, &rings, sizeof(rings)) == sizeof(rings))
        device_rung();
    _exit(5);
}

static pid_t started(int ready)
{
    const pid_t child = start_device(ready);
    uint64_t one;

    if (child < 0 || read(ready, &one, sizeof(one)) != sizeof(one))
        exit(6);
    return child;
}

static void stop(pid_t child)
{
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
}

int main(void)
{
    const int ready = eventfd(0, 0);
    pid_t child;
    int r;

    to_device = eventfd(0, 0);
    to_driver = eventfd(0, 0);
    memory_file = memfd_create("shared", 0);
    disk = mmap(NULL, DISK_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory_file < 0 || ftruncate(memory_file, SHARED_BYTES) != 0 || disk == MAP_FAILED)
        return 2;
    of_driver = map();
    child = started(ready);
    r = driver_begin(of_driver, ring_device);
    for (unsigned i = 0; i < ROUNDS && r == 0; i++) {
        if (i == ROUNDS / 2) {
            stop(child);
            child = started(ready);
            r = driver_recover();
        }
        if (r == 0)
            r = driver_try(i);
    }
    if (r == 0)
        r = driver_end();
    stop(child);
    printf("%s %d\n", r == 0 ? "read what was written" : "failed", r);
    return r == 0 ? 0 : 1;
}
