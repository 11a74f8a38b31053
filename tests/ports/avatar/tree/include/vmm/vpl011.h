/* SPDX-License-Identifier: MIT */
#ifndef __VPL011_H__
#define __VPL011_H__

#include "avatar_types.h"
#include "task/task.h"

int32_t vpl011_mmio_handler(uint64_t gpa, uint32_t reg_num, uint32_t len, uint64_t *reg_data, bool is_write);

#endif
