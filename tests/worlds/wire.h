/* SPDX-License-Identifier: MIT */
#ifndef WORLDS_WIRE_H
#define WORLDS_WIRE_H

#include <stddef.h>
#include <stdint.h>

/*
 * The socket to wire.py, and the memory that both processes share. The program ends when wire.py closes the
 * socket.
 */

/*
 * Maps the memory. The program's two arguments are the descriptors of the socket and of the memory. Returns
 * NULL if they are wrong.
 */
uint8_t *wire_open(int argc, char **argv);

void wire_send(const void *from, size_t bytes);
void wire_receive(void *to, size_t bytes);

#endif
