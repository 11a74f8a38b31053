/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CASES_H
#define BENCH_CASES_H

/* A program that callgrind counts: it runs the case of its arguments once. cases.c has main(). */
int bench_main(int argc, char **argv);

#endif
