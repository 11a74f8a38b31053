/* SPDX-License-Identifier: MIT */
#include "registers.h"

/* Accesses of a guest to the registers of a device: G38 to G48. */
int main(void)
{
    int failed = hostile_run("access", &box_device, access_cases, access_case_count);

    failed += hostile_run("queues", &box_device, queue_cases, queue_case_count);
    failed += hostile_run("status", &box_device, status_cases, status_case_count);
    return failed;
}
