/* SPDX-License-Identifier: MIT */
#include "peer.h"

#include "vwr/gen/features.h"

#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS_MOST 32
#define WORD_BYTES 500
#define START_MS 15000

/* The word with SOCKET and IMAGE replaced, in memory of the child. */
static char *replaced(const struct peer *p, const char *word)
{
    char *const to = calloc(1, WORD_BYTES);
    size_t at = 0;

    while (to != NULL && *word != '\0' && at + 1 < WORD_BYTES) {
        const char *with = NULL;

        if (strncmp(word, "SOCKET", 6) == 0)
            with = p->socket;
        if (strncmp(word, "IMAGE", 5) == 0)
            with = p->image;
        if (with == NULL) {
            to[at++] = *word++;
            continue;
        }
        at += (size_t)snprintf(to + at, WORD_BYTES - at, "%s", with);
        word += with == p->socket ? 6 : 5;
    }
    return to;
}

/* Removes what a killed program has left: its socket, a second one, and that for a guest's sockets. */
static void forget_sockets(const struct peer *p)
{
    static const char *const ends[] = {"", "2", ".v"};
    char path[sizeof(p->socket) + 2u];

    for (unsigned i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
        (void)snprintf(path, sizeof(path), "%s%s", p->socket, ends[i]);
        (void)unlink(path);
    }
}

static bool starts(struct peer *p)
{
    char *words[WORDS_MOST] = {NULL};
    const pid_t parent = getpid();

    forget_sockets(p);
    p->pid = fork();
    if (p->pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        for (int i = 0; i < WORDS_MOST - 1 && p->command[i] != NULL; i++)
            words[i] = replaced(p, p->command[i]);
        if (p->its_io >= 0 && (dup2(p->its_io, 0) < 0 || dup2(p->its_io, 1) < 0))
            _exit(1);
        (void)execvp(words[0], words);
        _exit(127);
    }
    for (int ms = 0; p->pid > 0 && ms < START_MS; ms += 5) {
        struct stat s;

        if (stat(p->socket, &s) == 0)
            return true;
        if (waitpid(p->pid, NULL, WNOHANG) == p->pid)
            break;
        (void)poll(NULL, 0, 5);
    }
    printf("FAILED: %s does not listen on %s\n", p->command[0], p->socket);
    return false;
}

static void connect_io(struct peer *p, bool talks)
{
    int pair[2] = {-1, -1};

    if (talks && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0)
        printf("FAILED: no sockets\n");
    p->io = pair[0];
    p->its_io = pair[1];
}

void peer_init(struct peer *p, bool talks)
{
    (void)memset(p, 0, sizeof(*p));
    connect_io(p, talks);
}

/* FTW_PHYS: does not follow links out of the folder. */
static int removes(const char *path, const struct stat *s, int what, struct FTW *at)
{
    (void)s;
    (void)what;
    (void)at;
    return remove(path);
}

bool peer_begin(struct peer *p, const char *folder, char **command, size_t bytes)
{
    int fd;
    bool ok;

    p->command = command;
    (void)mkdir(folder, 0777);
    if (chdir(folder) != 0)
        return false;
    (void)snprintf(p->socket, sizeof(p->socket), "back-end.sock"); /* the folder's path may be too long */
    (void)snprintf(p->image, sizeof(p->image), "disk.img");
    (void)nftw("files", removes, 8, FTW_DEPTH | FTW_PHYS); /* of a run that failed */
    (void)mkdir("files", 0777);
    (void)unlink(p->image);
    fd = open(p->image, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    ok = fd >= 0 && ftruncate(fd, (off_t)bytes) == 0;
    (void)close(fd);
    return ok && starts(p);
}

bool peer_begin_second(struct peer *p, const struct peer *first)
{
    *p = *first;
    connect_io(p, first->io >= 0);
    (void)snprintf(p->socket, sizeof(p->socket), "second.sock");
    return starts(p);
}

void peer_end(struct peer *p)
{
    if (p->pid > 0) {
        (void)kill(p->pid, SIGKILL);
        (void)waitpid(p->pid, NULL, 0);
    }
    p->pid = 0;
}

bool peer_restart(struct peer *p)
{
    peer_end(p);
    return starts(p);
}

bool peer_lives(struct peer *p)
{
    if (waitpid(p->pid, NULL, WNOHANG) == 0)
        return true;
    p->pid = 0;
    return starts(p);
}

bool peer_compare(const struct peer *p, const void *expected, size_t bytes)
{
    FILE *const f = fopen("expected.img", "w");
    char command[700];

    if (f == NULL || fwrite(expected, 1, bytes, f) != bytes || fclose(f) != 0)
        return false;
    (void)snprintf(command, sizeof(command), "cmp expected.img %s", p->image);
    return system(command) == 0;
}

static const unsigned ring_bits[] = {VWR_F_INDIRECT_DESC, VWR_F_EVENT_IDX, VWR_F_RING_PACKED, VWR_F_IN_ORDER};

bool peer_ring(unsigned kind, const struct vwr_features *offered, struct vwr_features *avoid)
{
    (void)memset(avoid, 0, sizeof(*avoid));
    for (unsigned i = 0; i < sizeof(ring_bits) / sizeof(ring_bits[0]); i++) {
        if ((kind >> i & 1u) == 0)
            vwr_features_add(avoid, ring_bits[i]);
        else if (!vwr_features_have(offered, ring_bits[i]))
            return false;
    }
    return true;
}

const char *peer_ring_name(unsigned kind)
{
    static char name[40];

    (void)snprintf(name, sizeof(name), "%s%s%s%s", kind & 4u ? "packed" : "split",
                   kind & 1u ? ", indirect" : "", kind & 2u ? ", event" : "", kind & 8u ? ", in order" : "");
    return name;
}
