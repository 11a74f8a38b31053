/* SPDX-License-Identifier: MIT */
#ifndef VWR_PAIR_CASES_H
#define VWR_PAIR_CASES_H

#include <stdint.h>

/* Each function is a test, run once for each kind of ring (disk.h); a failed check ends the program. */
void case_traffic(unsigned kind, unsigned scale);
void case_sleep(unsigned kind, unsigned scale);
void case_reset(unsigned kind, unsigned scale);
void case_suspend(unsigned kind, unsigned scale);
void case_zones(unsigned kind, unsigned scale);
void case_wrap(unsigned kind, unsigned scale);
void case_raw(unsigned kind, unsigned scale);
void case_console(unsigned kind, unsigned scale);
void case_entropy(unsigned kind, unsigned scale);
void case_sound(unsigned kind, unsigned scale);
void case_ends(unsigned kind, unsigned scale);
void case_lamp(unsigned kind, unsigned scale);
void case_cancel(unsigned kind, unsigned scale);
void case_left(unsigned kind, unsigned scale);
void case_net(unsigned kind, unsigned scale);
void case_gpu(unsigned kind, unsigned scale);
void case_input(unsigned kind, unsigned scale);
void case_balloon(unsigned kind, unsigned scale);
void case_9p(unsigned kind, unsigned scale);
void case_fs(unsigned kind, unsigned scale);
void case_vsock(unsigned kind, unsigned scale);
void case_scsi(unsigned kind, unsigned scale);
void case_pcm(unsigned kind, unsigned scale);
void case_i2c(unsigned kind, unsigned scale);
void case_crypto(unsigned kind, unsigned scale);
void case_gpio(unsigned kind, unsigned scale);
void case_pmem(unsigned kind, unsigned scale);
void case_iommu(unsigned kind, unsigned scale);
void case_iommu_life(unsigned kind, unsigned scale);
void case_rtc(unsigned kind, unsigned scale);
void case_can(unsigned kind, unsigned scale);
void case_scmi(unsigned kind, unsigned scale);
void case_spi(unsigned kind, unsigned scale);
void case_can_bus(unsigned kind, unsigned scale);
void case_mem(unsigned kind, unsigned scale);
void case_echo(unsigned kind, unsigned scale);
void case_vnet(unsigned kind, unsigned scale);
void case_uplink(unsigned kind, unsigned scale);

/* Both ends of a bench (classes/). */
struct bench_driver;
struct bench_device;
void bench_run(const struct bench_driver *driver, const struct bench_device *device, unsigned kind,
               unsigned scale);

#endif
