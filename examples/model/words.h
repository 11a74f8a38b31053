/* SPDX-License-Identifier: MIT */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stdint.h>

/* What the program of words.c asks of a device model, and what the model tells it. */

/*
 * Starts the model, with the words of the command line. The guest's memory of `bytes` begins at guest address
 * `addr`. Returns the device's address.
 */
uint64_t model_start(int count, char **words, void *memory, uint64_t addr, uint64_t bytes);
/* Performs an access of a guest to a register. false: the model refuses it. */
bool model_access(uint64_t addr, unsigned bytes, bool is_write, uint64_t *value);
/* The model calls this when the level of its interrupt line changes. */
void model_line(bool level);

#endif
