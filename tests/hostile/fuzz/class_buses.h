/* SPDX-License-Identifier: MIT */
#ifndef VWR_FUZZ_CLASS_BUSES_H
#define VWR_FUZZ_CLASS_BUSES_H

#include "classes.h"

/* Small devices that share one fuzzer: class_buses.c. */
extern const struct world_service class_i2c;
extern const struct world_service class_crypto;
extern const struct world_service class_gpio;
extern const struct world_service class_iommu;
extern const struct world_service class_mem;
extern const struct world_service class_pmem;
extern const struct world_service class_rtc;
extern const struct world_service class_can;
extern const struct world_service class_spi;
extern const struct world_service class_scmi;

#endif
