/* SPDX-License-Identifier: MIT */
#include "wire.h"

#include "machine.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

static int wire;

uint8_t *wire_open(int argc, char **argv)
{
    void *memory = MAP_FAILED;

    if (argc == 3) {
        wire = atoi(argv[1]);
        memory = mmap(NULL, MEMORY_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, atoi(argv[2]), 0);
    }
    return memory != MAP_FAILED ? memory : NULL;
}

/* Advances after a read or write of `n` bytes. */
static size_t moved(ssize_t n)
{
    if (n <= 0)
        exit(0);
    return (size_t)n;
}

void wire_send(const void *from, size_t bytes)
{
    for (size_t done = 0; done < bytes;)
        done += moved(write(wire, (const char *)from + done, bytes - done));
}

void wire_receive(void *to, size_t bytes)
{
    for (size_t done = 0; done < bytes;)
        done += moved(read(wire, (char *)to + done, bytes - done));
}
