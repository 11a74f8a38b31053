/* SPDX-License-Identifier: MIT */
#ifndef __GIC_H__
#define __GIC_H__

#include "avatar_types.h"

#define SPI_ID_MAX 512

#include "os_cfg.h"

#endif
