/* SPDX-License-Identifier: MIT */
#include "cases.h"
#include "check.h"

#include "../../classes/ends.h"
#include "vwr/vrtc.h"
#include "vwr_posix_clocks.h"

/* Clocks of this machine: UTC is after 2020, no clock goes back, and none smears or is read with a counter.
 */
static void clocks_of_this_machine(void)
{
    static struct vwr_vrtc_clock clocks[] = {
        {.type = VWR_RTC_CLOCK_UTC}, {.type = VWR_RTC_CLOCK_UTC_SMEARED}, {.type = VWR_RTC_CLOCK_MONOTONIC}};
    static struct vwr_vrtc v = {.clocks = clocks, .clock_count = VWR_COUNT(clocks)};
    int (*const read)(struct vwr_vrtc *, unsigned, uint64_t *) = vwr_posix_clocks_ops.clock_read;
    uint64_t ns, later;

    CHECK_NUMBER(read(&v, 0, &ns), VWR_OK);
    CHECK(ns / UINT64_C(1000000000) > 1577836800u);
    CHECK_NUMBER(read(&v, 2, &ns), VWR_OK);
    CHECK_NUMBER(read(&v, 2, &later), VWR_OK);
    CHECK(later >= ns);
    CHECK(read(&v, 1, &ns) != VWR_OK);
    CHECK(vwr_posix_clocks_ops.clock_cross == NULL);
}

void case_rtc(unsigned kind, unsigned scale)
{
    bench_run(&bench_rtc_driver, &bench_rtc_device, kind, scale);
    if (kind == 0)
        clocks_of_this_machine();
}
