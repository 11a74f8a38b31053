/* SPDX-License-Identifier: MIT */
#ifndef VHOST_NOTIFIER_H
#define VHOST_NOTIFIER_H

#include <stdbool.h>

/*
 * File descriptors for notifications, which the other end also holds; private to both ends. O_NONBLOCK
 * belongs to the open file description, which both ends share: whoever passes an eventfd can clear the flag
 * and fill the counter. A write would then sleep for ever, and so would a read of an empty counter. No call
 * here depends on the flag.
 */

/*
 * Whether this kernel supports the functions below; the first call tests that. Call it before the others,
 * from any thread. false: errno says why.
 */
bool vwr_vhost_can_notify(void);

/* Whether a descriptor is an eventfd, according to the kernel; it is not notified. */
bool vwr_vhost_is_eventfd(int file);

/* Whether a descriptor is a Unix stream socket. */
bool vwr_vhost_is_socket(int file);

/* File type of a descriptor, for a message. */
const char *vwr_vhost_kind_of(int file);

/* Notifies an eventfd. A full counter stays full. false: it cannot be notified; errno says why. */
bool vwr_vhost_notify(int eventfd);

/* Notifies a Unix stream socket. A socket that is full, or that is not read, is left unchanged. */
void vwr_vhost_notify_socket(int socket);

/* Reads and clears the counter of an eventfd. false: it was 0. */
bool vwr_vhost_take(int eventfd);

#endif
