/* SPDX-License-Identifier: MIT */
#ifndef STANDIN_ZEPHYR_SYS_PRINTK_H
#define STANDIN_ZEPHYR_SYS_PRINTK_H

#include <stdio.h>

#define printk printf

#endif
