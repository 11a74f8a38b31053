/* SPDX-License-Identifier: MIT */
#ifndef VHOST_LANES_H
#define VHOST_LANES_H

#include "vwr/vnet.h"
#include "vwr_vhost_processes.h"

#include <stdbool.h>

/*
 * Frames between the processes of a switch. A lane leads from one process to another: a ring in memory that
 * both share, with one producer and one consumer, so that no lock exists that a process could keep. A process
 * copies its guest's frames into lanes, and the frames of its lanes to its guest; the memory of a guest is
 * touched by its own process only. A process may end at any time; the next one takes its place.
 */

#define LANES_MOST VWR_VHOST_PROCESSES_SOCKETS /* processes */

/* Creates the lanes between `count` processes, before there are any. false: there is no memory. */
bool lanes_share(unsigned count);

/* In process `me`: drops the frames that came for its predecessor. Others wake the process's loop. */
void lanes_begin(unsigned me);

/*
 * Copies a packet into the lane to a process. VWR_EFULL: there is no room; lanes_has_room() tells when there
 * is, and this process is woken then.
 */
int lanes_put(unsigned to, const struct vwr_vnet_packet *p);
bool lanes_has_room(unsigned to);

/* Wakes a process, if it sleeps, because there are frames for it. */
void lanes_wake(unsigned to);

/*
 * Describes the next packet from a process; false: there is none. It stays valid, and in the lane, until
 * lanes_take() or the next lanes_look().
 */
bool lanes_look(unsigned from, struct vwr_vnet_packet *p);
void lanes_take(unsigned from);

/* Announces that this process is about to sleep, after which others wake it; awake: the opposite. */
void lanes_sleep(void);
void lanes_awake(void);

#endif
