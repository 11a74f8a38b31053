/* SPDX-License-Identifier: MIT */
#ifndef MONITOR_PROGRAM_H
#define MONITOR_PROGRAM_H

#include "vwr/monitor.h"

#include "vwr_vhost_back.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * vwr-monitor: a vhost-user proxy that observes the traffic. main.c reads the command line, and starts a
 * process for each front end; session.c waits for the two ends; wire.c forwards messages and notifications,
 * without waiting for either end; follow.c passes the contents of messages to the monitor; report.c counts
 * and prints; pcap.c writes buffers for Wireshark. play.c replays the recording of a device, with the tables
 * in classes.c.
 *
 * The kernel can make a call on an object of an end wait for that end, also the last close. Such calls are
 * therefore made only in the process of that front end, and closes that may wait only by its exit. The
 * processes share the report (report_begin), struct shared and the file of --pcap; all of it belongs to this
 * program alone.
 */

#define QUEUES VWR_VHOST_BACK_QUEUES
#define QUEUE_SIZE 1024u /* of the queues that are followed */
#define BROKEN 1         /* exit code: a rule was broken */
#define WRONG 2          /* exit code: it could not run */
#define UNKNOWN 3        /* exit code: it is not known whether a rule was broken */
#define OTHER_FILES \
    256u /* file descriptors of other kinds than eventfds and memory that a session may pass */

/* State of a queue, and the eventfds that this program connects. */
struct ring {
    struct vwr_vhost_user_vring_addr addr;
    uint32_t size;
    uint32_t base;
    bool has_addr, has_kick;
    struct vwr_monitor_ring at; /* in guest memory; size 0: not split, or the layout is not known */
    uint16_t recorded;          /* --pcap: used index up to which buffers are written */
    int kick_in; /* of the front end; -1: none. With is_beside, notifications go through the two `in` */
    int kick_out;
    int call_in; /* of the back end */
    int call_out;
    uint64_t kicks, calls;
};

struct session {
    struct vwr_vhost_back front;  /* receives from the front end, and has its memory */
    struct vwr_vhost_back back;   /* receives from the back end */
    struct vwr_vhost_back asked;  /* receives requests from the back end */
    struct vwr_vhost_back answer; /* receives the front end's answers to these requests */
    struct ring ring[QUEUES];
    uint64_t offered, accepted;
    int wake;             /* epoll set for notifications that bypass the program; -1: they pass through it */
    unsigned one_in;      /* beside: the program observes for one part of the time in this many */
    bool has_translation; /* guest addresses are those of an IOMMU */
    uint64_t messages[2]; /* from the front end, from the back end */
    struct vwr_monitor monitor;
    int kept[OTHER_FILES]; /* file descriptors of the ends whose last close may wait: the exit closes them */
    unsigned kept_count;
    bool is_open; /* its counts are not yet in the report */
};

/* What the processes share besides the report. */
struct shared {
    struct session session; /* of the front end that is connected; its process may be killed */
    bool has_begun;         /* the socket is there */
    bool is_wrong;          /* the back end could not be reached */
    bool pcap_failed;
};

/*
 * How the program observes the rings: it forwards notifications itself, or, with is_beside, they bypass it.
 * one_in: with is_beside, it observes for one part of the time in this many; 0 or 1: always. device: the
 * device ID, because the protocol does not transfer it.
 */
struct way {
    bool is_beside;
    unsigned one_in;
    uint32_t device; /* device ID; 0: unknown */
};

/* session.c: returns when an end has disconnected, or the process has to end. s->front has its socket. */
void session_run(struct session *s, int back, const struct way *way);

/*
 * wire.c: the end of the process. begin: `fd` is readable when the process has to end. is_wanted: whether a
 * wait has seen that. fd: for a wait elsewhere, which reports it with see. or_poll: waits for a descriptor
 * too; positive: it is ready; 0: it is not, or the process has to end.
 */
void stop_begin(int fd);
bool stop_is_wanted(void);
int stop_fd(void);
void stop_see(short events);
int stop_or_poll(int fd, short events, int timeout_ms);

/*
 * wire.c: messages and notifications. pass: passes the message of an end to the other one, with its file
 * descriptors; false: that end has left, or does not read; s->front.why has the reason. receive: 1: the next
 * message of an end is in h; 0: there is none yet; negative: the end has left. can_notify: whether the file
 * descriptor of the message in s->front can be notified without waiting; if not, s->front.why has the reason.
 * notify: notifies a descriptor; -1: there is none. let_go: closes a descriptor of an end, or keeps it until
 * the exit if its last close may wait; s->front.why has the reason if there are too many. drop: the same for
 * the descriptors of a message. has_left: whether the front end has hung up.
 */
bool wire_pass(struct session *s, const struct vwr_vhost_back *from, const struct vwr_vhost_back *to);
int wire_receive(struct session *s, struct vwr_vhost_back *h);
bool wire_can_notify(struct session *s, unsigned queue, bool is_call);
void wire_notify(int to);
void wire_let_go(struct session *s, int *fd);
void wire_drop(struct session *s, struct vwr_vhost_back *h);
bool wire_has_left(const struct session *s);

/* follow.c */
void follow_begin(struct session *s, uint32_t device);
void follow_request(struct session *s); /* the message in s->front, before it is forwarded */
void follow_reply(struct session *s);   /* the message in s->back */
void follow_stop(struct session *s, unsigned queue);
void follow_end(struct session *s);
void follow_look(struct session *s);
uint64_t follow_features(uint64_t bits);                /* those of the device among those of the socket */
uint64_t follow_number(const struct vwr_vhost_back *h); /* that a message consists of, or 0 */

/*
 * pcap.c: used buffers of split rings for Wireshark, once it is open. 0, or WRONG. *failed: whether a process
 * could not write.
 */
int pcap_open(const char *path, uint32_t device, bool *failed);
int pcap_close(const char *path);
void pcap_config(uint32_t offset, const void *content, uint32_t bytes);
void pcap_look(struct session *s);

/* What was replayed. memory: "none", "copy" (at the end), "changes" (by both sides). */
struct play_sum {
    uint64_t accesses;
    uint32_t in_flight; /* buffers in the copy */
    const char *memory;
};

#define MOST_MEMORIES 16u /* copies of memory */

/* play.c: the recording of a device, and copies of memory at its end, FILE@ADDRESS. 0, or WRONG. */
int play(const char *path, const char *const *copies, unsigned count);

/* classes.c: the data from the description for the class with this device ID; the ID for a name, 0: none. */
void class_set(struct vwr_monitor_setup *s, uint32_t id);
uint32_t class_id(const char *name);

/* report.c: a row for each rule and queue. begin: memory that processes share; false: there is none. */
bool report_begin(void);
void report_add(void *context, const struct vwr_monitor *m, const struct vwr_monitor_finding *f);
void report_session(struct session *s); /* adds its counts, once, at the end */
void report_played(const struct vwr_monitor *m, const struct play_sum *played);
int report_print(FILE *out, bool json); /* the exit code */

void say(const char *format, ...) __attribute__((format(printf, 1, 2)));
int wrong(const char *format, ...) __attribute__((format(printf, 1, 2))); /* prints the message; WRONG */

#endif
