/* SPDX-License-Identifier: MIT */
#ifndef REGISTERS_H
#define REGISTERS_H

#include "box.h"

/* Groups of cases, one per file. */
extern const struct hostile_case access_cases[];
extern const unsigned access_case_count;
extern const struct hostile_case queue_cases[];
extern const unsigned queue_case_count;
extern const struct hostile_case status_cases[];
extern const unsigned status_case_count;

#endif
