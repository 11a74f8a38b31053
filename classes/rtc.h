/* SPDX-License-Identifier: MIT */
#ifndef VWR_CLASSES_RTC_H
#define VWR_CLASSES_RTC_H

#include <stdint.h>

/* Clocks that the VMM moves. The first three have an alarm; the last one cannot be read. */

#define RTC_CLOCKS 5u
#define RTC_ALARMS 3u
#define RTC_BROKEN 4u
#define RTC_COUNTER 1u /* which the clocks can be read together with */

struct rtc_model {
    uint64_t now[RTC_CLOCKS]; /* since the start */
    uint64_t alarm[RTC_CLOCKS];
    uint8_t enabled[RTC_CLOCKS], armed[RTC_CLOCKS];
};

static inline uint64_t rtc_reading(const struct rtc_model *m, unsigned clock)
{
    return UINT64_C(0x1817161514131211) + ((uint64_t)clock << 56) + m->now[clock];
}

static inline uint64_t rtc_cycles(const struct rtc_model *m, unsigned clock)
{
    return ~rtc_reading(m, clock);
}

/* An event moves one clock. */
static inline void rtc_advance(struct rtc_model *m, uint32_t event)
{
    m->now[event % RTC_CLOCKS] += event / RTC_CLOCKS;
}

#endif
