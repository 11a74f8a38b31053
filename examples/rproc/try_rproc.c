/* SPDX-License-Identifier: MIT */
/* Both processors in one process on Linux. Exit code 0: the host got what the firmware sent, twice. */
#include "shared.h"
#include "vwr/entropy.h"

#include <stdio.h>
#include <sys/mman.h>

#define HOST 0x10000u /* offset of the host's memory */
#define BYTES 0x40000u
#define READ 20u

struct shared *shared;

void mailbox_to_firmware(uint32_t notifyid)
{
    firmware_on_mailbox(notifyid);
}

void mailbox_to_host(uint32_t notifyid)
{
    host_on_mailbox(notifyid);
}

static int both(uint8_t *memory)
{
    uint8_t bytes[READ] = {0};
    int r = firmware_begin(memory, (uintptr_t)memory, BYTES);

    for (unsigned time = 0; time < 2 && r == VWR_OK; time++) {
        r = host_begin((void *)(memory + HOST));
        if (r == VWR_OK)
            r = host_read(bytes, READ);
        for (unsigned i = 0; i < READ; i++)
            printf("%02x%s", bytes[i], i + 1 == READ ? "\n" : " ");
        if (r == VWR_OK)
            r = host_end();
    }
    return r;
}

int main(void)
{
    uint8_t *const memory =
        mmap(NULL, BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
    int r;

    if (memory == MAP_FAILED)
        return 2;
    shared = (struct shared *)(void *)memory;
    r = both(memory);
    printf("%s\n", r == VWR_OK ? "done" : "failed");
    return r == VWR_OK ? 0 : 1;
}
