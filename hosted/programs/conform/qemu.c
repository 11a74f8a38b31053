/* SPDX-License-Identifier: MIT */
#include "conform.h"

#include "vwr/dev.h"

#include <fcntl.h>
#include <inttypes.h>
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
 * A device of QEMU on virtio-mmio. A register access is a line of the qtest protocol, on QEMU's standard
 * input and output. The guest's memory is a file that both processes map. The sessions share one QEMU, and
 * each leaves the device reset. If QEMU ends in a session, the next session starts another.
 */

#define RAM_BASE UINT64_C(0x40000000) /* QEMU's board virt */
#define SLOTS_BASE 0x0a000000u        /* likewise, as are the next two */
#define SLOT_BYTES 0x200u
#define SLOTS 32u
#define RAM_BYTES ((size_t)16 << 20)
#define RAM_OPTION "16M"
#define RAM_OBJECT "memory-backend-file,id=ram,mem-path=/proc/self/fd/3,share=on,size=" RAM_OPTION
#define FIRST_FREE ((size_t)2 << 20) /* the memory begins with QEMU's device tree */
#define PAGE ((size_t)4096)
#define RAM_FD 3 /* as RAM_OBJECT names it */
#define WORDS 64
#define ANSWER_MS 20000    /* a QEMU that is silent for so long has hung, even on a slow machine */
#define ANSWER_CPU_MS 2000 /* so has one that uses this much processor time */
#define ASK_MS 200         /* interval of these checks */
#define STEP_MS 10
#define LINE 80
#define ALL_ONES 0xffffffffu

static struct {
    char *word[WORDS]; /* the command line */
    int words;
    pid_t pid; /* 0: it is not running */
    int socket;
    uint8_t *ram;
    int ram_fd;
    size_t free;
    bool died; /* since qemu_has_died() was called last */
    char how[LINE];
} qemu;

void qemu_command(char **words, int count)
{
    static char *const board[] = {"-machine",    "virt,memory-backend=ram",
                                  "-cpu",        "cortex-a15,start-powered-off=on",
                                  "-m",          RAM_OPTION,
                                  "-object",     RAM_OBJECT,
                                  "-display",    "none",
                                  "-nodefaults", "-no-user-config",
                                  "-global",     "virtio-mmio.force-legacy=false",
                                  "-global",     "virtio-mmio.ioeventfd=off",
                                  "-qtest",      "stdio",
                                  "-qtest-log",  "/dev/null"};
    const int more = (int)(sizeof(board) / sizeof(board[0]));

    qemu.words = 0;
    for (int i = 0; i < count && qemu.words + more < WORDS - 1; i++) {
        qemu.word[qemu.words++] = words[i];
        for (int j = 0; j < more && i == 0; j++)
            qemu.word[qemu.words++] = board[j];
    }
}

/* ---- the process ---- */

/* Executes QEMU in this process. It is killed when the parent exits. */
static void become_qemu(int socket)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(socket, 0) < 0 || dup2(socket, 1) < 0 || dup2(qemu.ram_fd, RAM_FD) < 0)
        _exit(126);
    (void)fcntl(RAM_FD, F_SETFD, 0); /* dup2() of a descriptor to itself leaves its flags */
    (void)execvp(qemu.word[0], qemu.word);
    perror(qemu.word[0]);
    _exit(127);
}

static bool make_memory(void)
{
    qemu.ram_fd = memfd_create("ram", MFD_CLOEXEC);
    if (qemu.ram_fd < 0 || ftruncate(qemu.ram_fd, (off_t)RAM_BYTES) != 0)
        return false;
    qemu.ram = mmap(NULL, RAM_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, qemu.ram_fd, 0);
    if (qemu.ram == MAP_FAILED)
        qemu.ram = NULL;
    return qemu.ram != NULL;
}

/* Waits for the end of QEMU, and kills it if necessary. */
static void stop(const char *how)
{
    int status = 0;

    (void)kill(qemu.pid, SIGKILL); /* no effect on the status if QEMU has ended already */
    (void)waitpid(qemu.pid, &status, 0);
    (void)close(qemu.socket);
    qemu.pid = 0;
    qemu.died = true;
    if (WIFSIGNALED(status) && WTERMSIG(status) != SIGKILL)
        (void)snprintf(qemu.how, sizeof(qemu.how), "QEMU ended by signal %d", WTERMSIG(status));
    else
        (void)snprintf(qemu.how, sizeof(qemu.how), "%s", how);
}

static void stop_at_exit(void)
{
    if (qemu.pid != 0)
        stop("this program ends");
}

static bool start(void)
{
    int pair[2];

    if ((qemu.ram == NULL && (!make_memory() || atexit(stop_at_exit) != 0)) ||
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return false;
    qemu.pid = fork();
    if (qemu.pid == 0)
        become_qemu(pair[1]);
    (void)close(pair[1]);
    qemu.socket = pair[0];
    if (qemu.pid > 0)
        return true;
    qemu.pid = 0;
    (void)close(pair[0]);
    return false;
}

static bool qemu_has_died(struct session *s)
{
    const bool died = qemu.died;

    qemu.died = false;
    if (died)
        (void)snprintf(s->seen, sizeof(s->seen), "%s", qemu.how);
    return died;
}

/* ---- qtest ---- */

static uint64_t cpu_ms(void)
{
    struct timespec t = {0};
    clockid_t clock;

    if (clock_getcpuclockid(qemu.pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (uint64_t)t.tv_sec * 1000u + (uint64_t)t.tv_nsec / 1000000u;
}

/* Waits until there is something to read, or until QEMU hangs, busy or asleep. */
static bool answers(void)
{
    struct pollfd p = {.fd = qemu.socket, .events = POLLIN};
    const uint64_t before = cpu_ms();

    for (unsigned ms = 0; ms < ANSWER_MS && cpu_ms() - before < ANSWER_CPU_MS; ms += ASK_MS)
        if (poll(&p, 1, ASK_MS) > 0)
            return true;
    return false;
}

static bool receive_line(char *line)
{
    size_t used = 0;

    while (used < LINE - 1u && (used == 0 || line[used - 1] != '\n')) {
        ssize_t got;

        if (!answers()) {
            stop("QEMU does not answer");
            return false;
        }
        got = recv(qemu.socket, line + used, LINE - 1u - used, 0);
        if (got <= 0) {
            stop("QEMU ended");
            return false;
        }
        used += (size_t)got;
    }
    line[used] = '\0';
    return true;
}

/* Sends a command and returns the value of its answer "OK 0x...". Without QEMU, all bits are ones. */
static uint32_t ask(const char *command)
{
    char line[LINE];

    if (qemu.pid == 0)
        return ALL_ONES;
    if (send(qemu.socket, command, strlen(command), MSG_NOSIGNAL) < 0) {
        stop("QEMU ended");
        return ALL_ONES;
    }
    if (!receive_line(line))
        return ALL_ONES;
    return strncmp(line, "OK ", 3) == 0 ? (uint32_t)strtoull(line + 3, NULL, 16) : 0;
}

static char width(unsigned bytes)
{
    return bytes == 1 ? 'b' : bytes == 2 ? 'w' : 'l';
}

static uint32_t qemu_read(uint64_t addr, unsigned bytes)
{
    char command[LINE];

    (void)snprintf(command, sizeof(command), "read%c 0x%" PRIx64 "\n", width(bytes), addr);
    return ask(command);
}

static void qemu_write(uint64_t addr, unsigned bytes, uint32_t value)
{
    char command[LINE];

    (void)snprintf(command, sizeof(command), "write%c 0x%" PRIx64 " 0x%" PRIx32 "\n", width(bytes), addr,
                   value);
    (void)ask(command);
}

uint64_t device_address(const void *at)
{
    const uintptr_t offset = (uintptr_t)at - (uintptr_t)qemu.ram;

    return qemu.ram != NULL && offset < RAM_BYTES ? RAM_BASE + offset : (uintptr_t)at;
}

uint64_t vwr_host_dma(const void *p, size_t n, size_t *run)
{
    *run = n;
    return device_address(p);
}

/* ---- sessions ---- */

/* The device is in the same slot each time QEMU starts. */
static bool find(struct session *s)
{
    static volatile void *slot;
    const struct vwr_mmio_window window = {(volatile void *)(uintptr_t)SLOTS_BASE, SLOT_BYTES, SLOTS};
    struct vwr_mmio_scan scan = {.windows = &window, .count = 1};
    int r;

    if (slot != NULL)
        return vwr_mmio_probe(&s->mmio, slot, SLOT_BYTES) == VWR_OK;
    do
        r = vwr_mmio_scan_next(&scan, &s->mmio);
    while (r != 0 && (r != 1 || s->mmio.dev.type != s->class->type));
    if (r == 1)
        slot = s->mmio.base;
    return r == 1;
}

static bool qemu_connect(struct session *s)
{
    mmio_use(s->way);
    if (qemu.pid == 0 && !start()) {
        (void)snprintf(s->seen, sizeof(s->seen), "QEMU cannot be started");
        return false;
    }
    if (!find(s)) {
        (void)snprintf(s->seen, sizeof(s->seen), "%s",
                       qemu.pid == 0 ? qemu.how : "QEMU has no modern virtio-mmio device of this class");
        return false;
    }
    mmio_found(s);
    qemu.free = FIRST_FREE;
    return true;
}

static void qemu_end(struct session *s)
{
    if (qemu.pid != 0 && vwr_dev_reset(s->dev) != VWR_OK)
        stop("the device cannot be reset");
}

static void *qemu_memory(struct session *s, size_t bytes)
{
    uint8_t *const at = qemu.ram + qemu.free;

    (void)s;
    if (bytes > RAM_BYTES - qemu.free)
        return NULL;
    qemu.free += (bytes + PAGE - 1) & ~(PAGE - 1);
    return memset(at, 0, bytes);
}

/* qtest does not forward interrupts, so the register is read. */
static void qemu_step(struct session *s)
{
    (void)poll(NULL, 0, STEP_MS);
    mmio_events(s);
}

static bool qemu_is_there(const struct session *s)
{
    (void)s;
    return qemu.pid != 0;
}

const struct way qemu_way = {.connect = qemu_connect,
                             .end = qemu_end,
                             .memory = qemu_memory,
                             .kick = mmio_kick,
                             .step = qemu_step,
                             .is_there = qemu_is_there,
                             .has_died = qemu_has_died,
                             .read = qemu_read,
                             .write = qemu_write};
