/* SPDX-License-Identifier: MIT */
#include "types.h"
#include "riscv.h"
#include "defs.h"
#include "stand.h"

int main(void)
{
    printfinit();
    printf("\nthe kernel is booting\n\n");
    kinit();
    kvminit();
    kvminithart();
    procinit();
    trapinit();
    trapinithart();
    plicinit();
    plicinithart();
    virtio_disk_init();
    stand_start();
    scheduler();
}
