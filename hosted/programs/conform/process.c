/* SPDX-License-Identifier: MIT */
#include "hosted.h"

#include "vwr/dev.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/*
 * A virtio-mmio device in another process. A register access is a line on the standard input of the process,
 * and a line on its standard output. The guest's memory is a file that both processes map. The sessions share
 * one process, and each leaves the device reset. If the process ends in a session, the next session starts
 * another.
 */

#define FIRST_FREE ((size_t)2 << 20) /* QEMU's memory begins with a device tree */
#define PAGE ((size_t)4096)
#define WORDS 64
#define ANSWER_MS 20000    /* a process that is silent for so long has hung, even on a slow machine */
#define ANSWER_CPU_MS 2000 /* so has one that uses this much processor time */
#define ASK_MS 200         /* interval of these checks */

static struct {
    const char *name; /* in messages */
    char *word[WORDS];
    int words;
    pid_t pid; /* 0: it is not running */
    int socket;
    char text[2 * PROCESS_LINE]; /* received, and not a whole line yet */
    size_t used;
    uint8_t *ram;
    int ram_fd;
    size_t free;
    bool died; /* since process_has_died() was called last */
    char how[PROCESS_LINE];
} peer;

void process_command(const char *name, char **words, int count)
{
    peer.name = name;
    for (int i = 0; i < count && peer.words < WORDS - 1; i++)
        peer.word[peer.words++] = words[i];
}

/* ---- the process ---- */

/* Executes the command in this process. It is killed when the parent exits. */
static void become_peer(int socket)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(socket, 0) < 0 || dup2(socket, 1) < 0 || dup2(peer.ram_fd, PROCESS_RAM_FD) < 0)
        _exit(126);
    (void)fcntl(PROCESS_RAM_FD, F_SETFD, 0); /* dup2() of a descriptor to itself leaves its flags */
    (void)execvp(peer.word[0], peer.word);
    perror(peer.word[0]);
    _exit(127);
}

static bool make_memory(void)
{
    /* If the process could cut the memory, an access to it would end this program. */
    peer.ram_fd = memfd_create("ram", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    if (peer.ram_fd < 0 || ftruncate(peer.ram_fd, (off_t)PROCESS_RAM_BYTES) != 0 ||
        fcntl(peer.ram_fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return false;
    peer.ram = mmap(NULL, PROCESS_RAM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, peer.ram_fd, 0);
    if (peer.ram == MAP_FAILED)
        peer.ram = NULL;
    return peer.ram != NULL;
}

void process_stop(const char *how)
{
    int status = 0;

    if (peer.pid == 0)
        return;
    (void)kill(peer.pid, SIGKILL); /* no effect on the status if the process has ended already */
    (void)waitpid(peer.pid, &status, 0);
    (void)close(peer.socket);
    peer.pid = 0;
    peer.died = true;
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        (void)snprintf(peer.how, sizeof(peer.how), "%s ended by signal %d", peer.name, WTERMSIG(status));
    else
        (void)snprintf(peer.how, sizeof(peer.how), "%s %s", peer.name, how);
}

static void stop_at_exit(void)
{
    process_stop("was stopped, because this program ends");
}

static bool start(void)
{
    int pair[2];

    if ((peer.ram == NULL && (!make_memory() || atexit(stop_at_exit) != 0)) ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    peer.used = 0;
    peer.pid = fork();
    if (peer.pid == 0)
        become_peer(pair[1]);
    (void)close(pair[1]);
    peer.socket = pair[0];
    if (peer.pid > 0)
        return true;
    peer.pid = 0;
    (void)close(pair[0]);
    return false;
}

/* ---- lines ---- */

static uint64_t cpu_ms(void)
{
    struct timespec t = {0};
    clockid_t clock;

    if (clock_getcpuclockid(peer.pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

/* Waits until there is something to read, or until the process hangs, busy or asleep. */
static bool answers(void)
{
    struct pollfd p = {.fd = peer.socket, .events = POLLIN};
    const uint64_t before = cpu_ms();

    for (unsigned ms = 0; ms < ANSWER_MS && cpu_ms() - before < ANSWER_CPU_MS; ms += ASK_MS)
        if (poll(&p, 1, ASK_MS) > 0)
            return true;
    return false;
}

/* Takes a whole line from the received text, without its end. */
static bool take_line(char *line)
{
    const char *const end = memchr(peer.text, '\n', peer.used);
    const size_t bytes = end != NULL ? (size_t)(end - peer.text) : 0;

    if (end == NULL || bytes >= PROCESS_LINE)
        return false;
    (void)memcpy(line, peer.text, bytes);
    line[bytes] = '\0';
    peer.used -= bytes + 1;
    (void)memmove(peer.text, end + 1, peer.used);
    return true;
}

bool process_receive(char *line)
{
    while (!take_line(line)) {
        ssize_t got;

        if (peer.used >= PROCESS_LINE) {
            process_stop("sent a line that is too long");
            return false;
        }
        if (!answers()) {
            process_stop("does not answer");
            return false;
        }
        got = recv(peer.socket, peer.text + peer.used, sizeof(peer.text) - peer.used, 0);
        if (got <= 0) {
            process_stop("ended");
            return false;
        }
        peer.used += (size_t)got;
    }
    return true;
}

bool process_has_line(void)
{
    struct pollfd p = {.fd = peer.socket, .events = POLLIN};

    return peer.pid != 0 && (memchr(peer.text, '\n', peer.used) != NULL || poll(&p, 1, 0) > 0);
}

bool process_send(const char *line)
{
    if (peer.pid == 0)
        return false;
    if (send(peer.socket, line, strlen(line), MSG_NOSIGNAL) >= 0)
        return true;
    process_stop("ended");
    return false;
}

/* ---- sessions ---- */

uint64_t device_address(const void *at)
{
    const uintptr_t offset = (uintptr_t)at - (uintptr_t)peer.ram;

    return peer.ram != NULL && offset < PROCESS_RAM_BYTES ? PROCESS_RAM_BASE + offset : (uintptr_t)at;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return device_address(p);
}

bool process_connect(struct session *s, const struct bus *b, bool (*find)(struct session *s, bool is_new))
{
    const bool is_new = peer.pid == 0;

    bus_use(b);
    peer.free = FIRST_FREE;
    if (is_new && !start()) {
        (void)snprintf(s->seen, sizeof(s->seen), "%s cannot be started", peer.name);
        return false;
    }
    if (!find(s, is_new)) {
        if (peer.pid == 0)
            (void)snprintf(s->seen, sizeof(s->seen), "%s", peer.how);
        return false;
    }
    mmio_found(s);
    return true;
}

void process_end(struct session *s)
{
    if (peer.pid != 0 && vwr_dev_reset(s->dev) != VWR_OK)
        process_stop("has a device that cannot be reset");
}

void *process_memory(struct session *s, size_t bytes)
{
    uint8_t *const at = peer.ram + peer.free;

    (void)s;
    if (bytes > PROCESS_RAM_BYTES - peer.free)
        return NULL;
    peer.free += (bytes + PAGE - 1) & ~(PAGE - 1);
    return memset(at, 0, bytes);
}

bool process_is_there(const struct session *s)
{
    (void)s;
    return peer.pid != 0;
}

bool process_has_died(struct session *s)
{
    const bool died = peer.died;

    peer.died = false;
    if (died)
        (void)snprintf(s->seen, sizeof(s->seen), "%s", peer.how);
    return died;
}
