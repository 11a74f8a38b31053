/* SPDX-License-Identifier: MIT */
#ifndef VHOST_NOTIFIER_H
#define VHOST_NOTIFIER_H

#include <stdbool.h>

/*
 * Files that the other end has too, for notifications; private to both ends. O_NONBLOCK belongs to the open
 * file, which both ends share: whoever passes an eventfd can clear the flag and fill the counter, and a write
 * would sleep for ever; likewise a read of an empty one. No call here depends on the flag.
 */

/*
 * Whether this kernel has what the others need, which may be called afterwards; the first call looks. false:
 * errno says why. Any thread.
 */
bool vwr_vhost_can_notify(void);

/* Whether a file is an eventfd, by the kernel's word and without a notification. */
bool vwr_vhost_is_eventfd(int file);

/* Whether a file is a Unix stream socket. */
bool vwr_vhost_is_socket(int file);

/* What a file is, for a message. */
const char *vwr_vhost_kind_of(int file);

/* Notifies an eventfd. A full counter stays full. false: it cannot be notified; errno says why. */
bool vwr_vhost_notify(int eventfd);

/* Notifies a Unix stream socket. One that is full, or that nobody reads, is left as it is. */
void vwr_vhost_notify_socket(int socket);

/* Takes the count of an eventfd. false: it has none. */
bool vwr_vhost_take(int eventfd);

#endif
