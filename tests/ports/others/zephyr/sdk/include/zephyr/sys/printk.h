/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_SYS_PRINTK_H
#define STANDIN_ZEPHYR_SYS_PRINTK_H

__attribute__((format(printf, 1, 2))) void printk(const char *fmt, ...);

#endif
