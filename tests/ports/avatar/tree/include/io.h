/* SPDX-License-Identifier: MIT */
#ifndef __IO_H__
#define __IO_H__

#include "avatar_types.h"
#include "avatar_arg.h"

void io_early_init();
void putc(char c);

int32_t my_snprintf(char *buf, int32_t size, const char *fmt, ...);
int32_t my_vsnprintf(char *buf, int32_t size, const char *fmt, va_list va);

int32_t logger(const char *fmt, ...);
int32_t logger_info(const char *fmt, ...);
int32_t logger_warn(const char *fmt, ...);
int32_t logger_error(const char *fmt, ...);
int32_t logger_debug(const char *fmt, ...);

#endif
