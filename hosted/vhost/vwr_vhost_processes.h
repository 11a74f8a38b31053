/* SPDX-License-Identifier: MIT */
#ifndef VWR_VHOST_PROCESSES_H
#define VWR_VHOST_PROCESSES_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "vwr/base.h"

VWR_BEGIN_C

/**
 * DOC: A process for each front end
 *
 * The kernel works for a peer in each call on an object of that peer: the last close() of a socket with
 * SO_LINGER sleeps, the last munmap() frees gigabytes, a notification wakes a million watches. A program
 * bounds what its own code does for a peer, but not what the kernel does. The functions below therefore
 * give each connection a process of its own, and whatever sleeps there delays only that peer:
 *
 * - The parent owns the listening sockets, starts the processes and handles signals. It neither accepts a
 *   connection nor receives a file descriptor of a peer.
 * - A child opens what its device needs, and accepts one front end. When the connection has ended, it reports
 *   to the parent and exits; the exit closes and unmaps the peer's objects. On the report, the parent starts
 *   the next child for the socket, without waiting for the exit.
 * - A child that takes longer than VWR_VHOST_PROCESSES_EXIT_MS to exit afterwards is killed. If it sleeps
 *   uninterruptibly, it is left behind: it ends when the kernel wakes it, and nobody waits for it. A socket
 *   with VWR_VHOST_PROCESSES_LEFT such children gets no further one until one of them has ended.
 * - If a front end hangs up while its child sleeps in a call on its objects, a thread of the child reports
 *   that after VWR_VHOST_PROCESSES_NOTICE_MS. The parent kills the child and starts the next one: at once,
 *   or after the child's end if its device has requests at its storage.
 *
 * The children share nothing but what the program has created before vwr_vhost_processes_run(), such as
 * memory that is mapped with MAP_SHARED::
 *
 *     static const struct vwr_vhost_processes_hooks hooks = {.open = open_disk, .serve = serve_front_end};
 *     static const char *const path[] = {"disk.sock"};
 *     struct vwr_vhost_processes p;
 *
 *     vwr_vhost_processes_init(&p, &hooks, path, 1);
 *     return vwr_vhost_processes_run(&p);
 *
 * @serve waits for @p.listener and @p.stop, accepts, calls vwr_vhost_processes_connected(), attaches the
 * connection to its device, and serves it until it ends. It then calls vwr_vhost_processes_ended() and
 * vwr_vhost_back_stop(), after which the device does not use the rings, and returns.
 */

#define VWR_VHOST_PROCESSES_EXIT_MS 1000u   /* how long a child may take to exit before it is killed */
#define VWR_VHOST_PROCESSES_NOTICE_MS 1000u /* how long a child may take to notice that its peer hung up */
#define VWR_VHOST_PROCESSES_GRACE_MS 900u   /* how long the children may take to end after a signal */
#define VWR_VHOST_PROCESSES_SOCKETS 17u     /* maximum number of sockets */
#define VWR_VHOST_PROCESSES_LEFT 16u        /* maximum number of children of a socket that exit or sleep */

struct vwr_vhost_processes;

/**
 * struct vwr_vhost_processes_hooks - Functions of a program
 * @open: Called in a child. Opens what the device of a socket needs, such as its storage. Returns 0, or the
 *   program's exit code after an error message.
 * @serve: Called in a child, after the children of all sockets have opened. Serves one front end; returns
 *   when the connection has ended and storage is quiet, or when @p->stop is readable.
 * @is_quiet: Called in a thread of a child whose main thread sleeps although the front end has hung up:
 *   whether the device has no request at its storage, so that the next child may use the storage. NULL:
 *   always, since there is no storage.
 * @say: Prints a message: a sentence without a full stop.
 */
struct vwr_vhost_processes_hooks {
    int (*open)(struct vwr_vhost_processes *p, unsigned socket);
    void (*serve)(struct vwr_vhost_processes *p, unsigned socket);
    bool (*is_quiet)(struct vwr_vhost_processes *p, unsigned socket);
    void (*say)(const char *text);
};

/* A socket and the process that serves it; private. */
struct vwr_vhost_process {
    pid_t pid; /* 0: none */
    int control;
    int listener;
    bool opened;
    bool killed; /* by the parent, which has said why */
    uint64_t begun_ms;
    uint64_t again_ms; /* time of the next attempt, if there is no process */
    unsigned pause_ms; /* before it, after a process that ended soon */
};

/* A process that is about to exit; private. */
struct vwr_vhost_leaving {
    pid_t pid;
    unsigned socket;
    uint64_t until_ms;
    bool killed;
    bool told;
};

/**
 * struct vwr_vhost_processes - The processes of a program
 * @context: For the program.
 * @client: The front ends listen, and @serve connects.
 * @once: Serve one front end: vwr_vhost_processes_run() returns when a connection has ended.
 * @listener: In @serve: the listening socket, which does not block; -1: with @client, or for a socket
 *   without a path.
 * @stop: In @serve: readable when the process has to end.
 * @busy: Set by @serve if the storage still executes requests when it returns (vwr_vhost_back_stop() has
 *   returned false): the next process begins when this one has ended, for which the kernel waits for the
 *   requests.
 */
struct vwr_vhost_processes {
    void *context;
    bool client;
    bool once;
    int listener;
    int stop;
    bool busy;
    /* private: */
    const struct vwr_vhost_processes_hooks *hooks;
    const char *const *path;
    unsigned count;
    bool serving; /* all children have opened once */
    bool stopping;
    bool over; /* with `once`: a connection has ended */
    int result;
    int signals;
    pid_t parent;
    struct vwr_vhost_process process[VWR_VHOST_PROCESSES_SOCKETS];
    struct vwr_vhost_leaving leaving[VWR_VHOST_PROCESSES_LEFT * VWR_VHOST_PROCESSES_SOCKETS];
    unsigned leaving_count;
    /* of a child */
    unsigned socket;
    int control;
    int connection;
    int noticed;
};

/**
 * vwr_vhost_processes_init() - Initialise the processes of a program
 * @p: Processes. The caller may set @p->context, @p->client and @p->once afterwards.
 * @hooks: Functions of the program; they must stay valid.
 * @path: Path of each socket, which must not exist; NULL: a child without a socket. They must stay valid.
 * @count: Number of sockets, at most VWR_VHOST_PROCESSES_SOCKETS.
 *
 * Context: The program, which has one thread.
 */
void vwr_vhost_processes_init(struct vwr_vhost_processes *p, const struct vwr_vhost_processes_hooks *hooks,
                              const char *const *path, unsigned count);

/**
 * vwr_vhost_processes_run() - Serve the front ends until SIGINT or SIGTERM
 * @p: Processes.
 *
 * The sockets are created when all children have opened, and removed in the end. The function blocks SIGINT,
 * SIGTERM and SIGCHLD, and ignores SIGPIPE. After a signal, it waits for the children for at most
 * VWR_VHOST_PROCESSES_GRACE_MS, kills the others, and returns without those that sleep. A last child keeps
 * the listening sockets open until the program has ended.
 *
 * Context: The program, which has one thread. In a child, the function does not return.
 * Return: 0 after a signal, or, with @p->once, after a connection.
 * * The exit code of @open, if it failed before the sockets were created.
 * * 1: a child was killed because it did not end in time, or has died before the sockets were created; or
 *   no process or signalfd(2) can be created.
 * * 2: a socket cannot be created; or, with @p->once, a child has died while it served.
 */
VWR_MUST_CHECK int vwr_vhost_processes_run(struct vwr_vhost_processes *p);

/**
 * vwr_vhost_processes_connected() - Report that a front end is connected
 * @p: Processes of a child, in @serve.
 * @fd: Socket of the connection. It belongs to the caller, and stays open until vwr_vhost_processes_ended().
 *
 * The function closes @p->listener: the next front end belongs to the next child. It starts the thread that
 * watches the socket.
 *
 * Context: The main thread of a child. Does not wait.
 */
void vwr_vhost_processes_connected(struct vwr_vhost_processes *p, int fd);

/**
 * vwr_vhost_processes_ended() - Report that the process has noticed the end of its connection
 * @p: Processes of a child, in @serve.
 *
 * From here on, the main thread makes no call on an object of the peer that may sleep. It may still wait
 * for the storage, and for threads of the queues.
 *
 * Context: The main thread of a child. Does not wait.
 */
void vwr_vhost_processes_ended(struct vwr_vhost_processes *p);

VWR_END_C

#endif
