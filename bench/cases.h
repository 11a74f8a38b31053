/* SPDX-License-Identifier: MIT */
#ifndef BENCH_CASES_H
#define BENCH_CASES_H

/* A program that callgrind measures. It runs the case given by its arguments once. main() is in cases.c. */
int bench_main(int argc, char **argv);

#endif
