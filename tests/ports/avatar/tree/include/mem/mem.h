/* SPDX-License-Identifier: MIT */
#ifndef MEM_H
#define MEM_H

#include "avatar_types.h"
#include "os_cfg.h"

void *kalloc_pages(uint32_t);

#endif
