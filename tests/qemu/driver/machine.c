/* SPDX-License-Identifier: MIT */
#include "machine.h"
#include "board.h"
#include "channel.h"
#include "check.h"
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define WORDS 120
#define WORD_BYTES 256
#define POLLS 40000u /* of half a millisecond each: 20 s */
#define LINES 48u    /* inputs of the interrupt controller that slots use */
#define ROM_FILE "idle.rom"
#define ROM_BYTES 65536
#define ROM_RESET 0xfff0 /* x86 reset address: cli; hlt; jmp . - 1 */
/* Relative names, because a socket's path must be short, and commas are special to QEMU. */
#define LOG_FILE "qemu.log"
#define QTEST_SOCKET "qtest.sock"
#define QMP_SOCKET "qmp.sock"

static struct {
    unsigned seconds; /* maximum lifetime of QEMU */
    bool legacy;
    pid_t pid; /* process id of timeout, QEMU's parent; 0: not running */
    struct channel qtest;
    struct channel qmp;
    char word[WORDS][WORD_BYTES];
    int words;
    char left[WORDS][WORD_BYTES]; /* the command line of a QEMU that is still running */
    int left_words;               /* 0: there is none */
    bool line[LINES];
    unsigned rises[LINES];
    unsigned number; /* number of machines started */
} machine = {.seconds = 60};

void machine_wait(unsigned *polls)
{
    CHECK_AT_MOST(++*polls, POLLS);
    usleep(500);
}

unsigned machine_number(void)
{
    return machine.number;
}

void machine_lives(unsigned seconds)
{
    machine.seconds = seconds;
}

static void add_word(const char *format, va_list rest)
{
    int length;

    CHECK(machine.words < WORDS - 1);
    length = vsnprintf(machine.word[machine.words++], WORD_BYTES, format, rest);
    CHECK(length >= 0 && length < WORD_BYTES);
}

void machine_add(const char *option, const char *format, ...)
{
    va_list rest;

    CHECK(machine.words < WORDS - 2);
    snprintf(machine.word[machine.words++], WORD_BYTES, "%s", option);
    va_start(rest, format);
    add_word(format, rest);
    va_end(rest);
}

void machine_begin(bool legacy)
{
    machine.legacy = legacy;
    machine.words = 0;
    machine_add("timeout", "-k");
    machine_add("5", "%u", machine.seconds);
    machine_add(board->program, "-S");
    machine_add("-machine", "%s", board->machine);
    machine_add(board->idle[0], "%s", board->idle[1]);
    machine_add("-m", "%zuM", GUEST_BYTES >> 20);
    machine_add("-object", "memory-backend-file,id=ram,mem-path=/proc/self/fd/%d,size=%zuM,share=on",
                GUEST_FD, GUEST_BYTES >> 20);
    machine_add("-accel", "tcg");
    machine_add("-display", "none");
    machine_add("-nodefaults", "-no-user-config");
    machine_add("-qtest", "unix:" QTEST_SOCKET);
    machine_add("-qtest-log", "/dev/null");
    machine_add("-qmp", "unix:" QMP_SOCKET);
    if (board->pci)
        return;
    machine_add("-global",
                "virtio-mmio.ioeventfd=off"); /* newer versions use it here too: see machine_disk_more */
    if (!legacy)                              /* QEMU's default is legacy */
        machine_add("-global", "virtio-mmio.force-legacy=false");
}

bool machine_is_legacy(void)
{
    return machine.legacy;
}

void machine_add_disk(unsigned slot, const char *drive, const char *device)
{
    machine_add("-drive", "if=none,id=d%u,format=raw,%s", slot, drive);
    machine_add_device(slot, "virtio-blk", "drive=d%u,id=vb%u%s%s%s", slot, slot, machine_disk_more(),
                       device[0] != '\0' ? "," : "", device);
}

/* QEMU gives the other devices MSI-X vectors, unless told otherwise. */
static bool has_vectors(const char *name)
{
    return strcmp(name, "virtio-balloon") != 0 && strcmp(name, "virtio-mem") != 0;
}

void machine_add_device(unsigned slot, const char *name, const char *format, ...)
{
    char more[WORD_BYTES];
    const bool modern_only = strcmp(name, "vhost-user-fs") == 0; /* it has no option for this */
    const char *comma = "";
    char *word;
    va_list rest;

    if (board->pci)
        machine_add("-device", "%s-pci,addr=%x%s%s%s", name, board_device(slot),
                    modern_only ? "" : board->device[machine.legacy],
                    strcmp(name, "virtio-net") == 0 ? ",romfile=" : "",
                    board->device[machine.legacy][0] != '\0' && !board_has_messages() && has_vectors(name)
                        ? ",vectors=0"
                        : "");
    else
        machine_add("-device", "%s-device,bus=virtio-mmio-bus.%u", name, slot);
    va_start(rest, format);
    CHECK_AT_MOST(vsnprintf(more, sizeof(more), format, rest), sizeof(more) - 1);
    va_end(rest);
    if (more[0] != '\0' && more[0] != ',')
        comma = ",";
    word = machine.word[machine.words - 1];
    CHECK_AT_MOST(strlen(word) + 1 + strlen(more), WORD_BYTES - 1);
    strcat(strcat(word, comma), more);
}

const char *machine_disk_more(void)
{
    return !board->pci       ? ""
           : !machine.legacy ? ",ioeventfd=off"
                             : ",ioeventfd=off,queue-size=64"; /* which a driver cannot change there */
}

/* Code for an idle x86 processor. Other boards have an option for that. */
static void make_rom(void)
{
    static const uint8_t code[] = {0xfa, 0xf4, 0xeb, 0xfd};
    static uint8_t rom[ROM_BYTES];
    FILE *f;

    if (strcmp(board->idle[1], ROM_FILE) != 0)
        return;
    memcpy(rom + ROM_RESET, code, sizeof(code));
    f = fopen(ROM_FILE, "wb");
    CHECK_SYS(f != NULL);
    CHECK_SYS(fwrite(rom, 1, sizeof(rom), f) == sizeof(rom));
    CHECK_SYS(fclose(f) == 0);
}

/* Becomes QEMU. If this program ends in any way, QEMU ends too. */
static void run(void)
{
    char *argv[WORDS + 1];
    int log = open(LOG_FILE, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int empty = open("/dev/null", O_RDONLY);

    for (int i = 0; i < machine.words; i++)
        argv[i] = machine.word[i];
    argv[machine.words] = NULL;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (log < 0 || empty < 0 || dup2(empty, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0)
        _exit(126);
    execvp(argv[0], argv);
    _exit(127);
}

static bool has_ended(void)
{
    int status;

    if (machine.pid == 0 || waitpid(machine.pid, &status, WNOHANG) == 0)
        return false;
    machine.pid = 0;
    return true;
}

static void start(void)
{
    int qtest = channel_listen(QTEST_SOCKET);
    int qmp = channel_listen(QMP_SOCKET);

    make_rom();
    machine.number++;
    guest_open(board->ram);
    machine.pid = fork();
    CHECK_SYS(machine.pid >= 0);
    if (machine.pid == 0)
        run();
    channel_accept(&machine.qtest, "qtest", qtest, has_ended);
    channel_accept(&machine.qmp, "QMP", qmp, has_ended);
    channel_receive(&machine.qmp); /* the greeting */
    (void)machine_qmp("{\"execute\": \"qmp_capabilities\"}");
}

/* "IRQ raise 47": an unsolicited message, when lines are watched. */
static bool is_line(const char *answer)
{
    unsigned number;
    char what[8];

    if (sscanf(answer, "IRQ %7s %u", what, &number) != 2)
        return false;
    if (number < LINES) {
        machine.line[number] = strcmp(what, "raise") == 0;
        machine.rises[number] += strcmp(what, "raise") == 0;
    }
    return true;
}

/* Sends one qtest command. Returns the text after OK. */
static const char *ask(const char *command)
{
    const char *answer;

    channel_send(&machine.qtest, command);
    do
        answer = channel_receive(&machine.qtest);
    while (is_line(answer));
    if (strncmp(answer, "OK", 2) != 0)
        check_failed(__FILE__, __LINE__, "qtest: \"%s\" was answered \"%s\"", command, answer);
    return answer + 2;
}

static char width(unsigned bytes)
{
    CHECK(bytes == 1 || bytes == 2 || bytes == 4);
    return bytes == 1 ? 'b' : bytes == 2 ? 'w' : 'l';
}

static bool is_port(uint64_t addr)
{
    return addr >= BOARD_PORTS && addr - BOARD_PORTS < BOARD_PORTS_BYTES;
}

/* qtest returns the number that the board's processor would load. Registers are little-endian. */
static uint32_t loaded(unsigned bytes, uint32_t value)
{
    if (!board->big || bytes == 1)
        return value;
    return bytes == 2 ? (uint16_t)(value << 8 | value >> 8) : vwr_swap32(value);
}

uint32_t machine_read(uint64_t addr, unsigned bytes)
{
    char command[64];
    const char *answer;
    char *end;
    unsigned long long value;

    if (is_port(addr))
        snprintf(command, sizeof(command), "in%c 0x%" PRIx64, width(bytes), addr - BOARD_PORTS);
    else
        snprintf(command, sizeof(command), "read%c 0x%" PRIx64, width(bytes), addr);
    answer = ask(command);
    value = strtoull(answer, &end, 16);
    if (end == answer || *end != '\0' || value >> (8 * bytes) != 0)
        check_failed(__FILE__, __LINE__, "qtest: \"%s\" was answered \"OK%s\"", command, answer);
    return loaded(bytes, (uint32_t)value);
}

void machine_write(uint64_t addr, unsigned bytes, uint32_t value)
{
    char command[64];

    value = loaded(bytes, value);
    if (is_port(addr))
        snprintf(command, sizeof(command), "out%c 0x%" PRIx64 " 0x%" PRIx32, width(bytes), addr - BOARD_PORTS,
                 value);
    else
        snprintf(command, sizeof(command), "write%c 0x%" PRIx64 " 0x%" PRIx32, width(bytes), addr, value);
    if (*ask(command) != '\0')
        check_failed(__FILE__, __LINE__, "qtest: \"%s\" was answered with a value", command);
}

static const char *ask_qmp(const char *command)
{
    const char *answer;

    channel_send(&machine.qmp, command);
    do {
        answer = channel_receive(&machine.qmp);
    } while (strstr(answer, "\"event\": ") != NULL); /* skips other events */
    return answer;
}

void machine_qmp_again(const char *command, const char *error)
{
    const char *answer;

    while (strstr(answer = ask_qmp(command), error) != NULL)
        sched_yield();
    if (strncmp(answer, "{\"return\":", 10) != 0)
        check_failed(__FILE__, __LINE__, "QMP: %s was answered %s", command, answer);
}

const char *machine_qmp_try(const char *command)
{
    const char *answer = ask_qmp(command);

    if (strstr(answer, "\"CommandNotFound\"") != NULL)
        return NULL;
    if (strncmp(answer, "{\"return\":", 10) != 0)
        check_failed(__FILE__, __LINE__, "QMP: %s was answered %s", command, answer);
    return answer;
}

const char *machine_qmp(const char *command)
{
    const char *answer = machine_qmp_try(command);

    if (answer == NULL)
        check_failed(__FILE__, __LINE__, "QMP: this QEMU does not know %s", command);
    return answer;
}

const char *machine_disk_path(unsigned slot)
{
    static char path[60];

    snprintf(path, sizeof(path), "/machine/peripheral/vb%u%s", slot, board->pci ? "/virtio-backend" : "");
    return path;
}

void machine_qemu_io(unsigned slot, const char *command)
{
    char qmp[256];
    const char *answer;

    snprintf(qmp, sizeof(qmp),
             "{\"execute\": \"human-monitor-command\", "
             "\"arguments\": {\"command-line\": \"qemu-io d%u \\\"%s\\\"\"}}",
             slot, command);
    answer = machine_qmp(qmp);
    if (strstr(answer, "\"return\": \"\"") == NULL) /* the human monitor returns errors as text */
        check_failed(__FILE__, __LINE__, "qemu-io: \"%s\" was answered %s", command, answer);
}

/* Finds the path of the interrupt controller, by its type. */
static void find_controller(char *path, size_t bytes)
{
    static const char begin[] = "{\"name\": \"";
    const char *answer =
        machine_qmp("{\"execute\": \"qom-list\", \"arguments\": {\"path\": \"/machine/unattached\"}}");
    const char *name = NULL;
    const char *type;
    char child[40];

    snprintf(child, sizeof(child), "\"child<%s>\"", board->controller);
    type = strstr(answer, child);
    for (const char *p = answer; type != NULL && (p = strstr(p, begin)) != NULL && p < type;)
        name = p += sizeof(begin) - 1;
    if (name == NULL)
        check_failed(__FILE__, __LINE__, "no interrupt controller in %s", answer);
    snprintf(path, bytes, "/machine/unattached/%.*s", (int)strcspn(name, "\""), name);
}

void machine_watch_lines(void)
{
    char path[80];
    char command[120];

    snprintf(path, sizeof(path), "%s", board->controller);
    if (path[0] != '/')
        find_controller(path, sizeof(path));
    snprintf(command, sizeof(command), "irq_intercept_in %s", path);
    memset(machine.line, 0, sizeof(machine.line));
    memset(machine.rises, 0, sizeof(machine.rises));
    (void)ask(command);
}

void machine_sync(void)
{
    (void)machine_read(board->ram, 4);
}

bool machine_line(unsigned slot)
{
    machine_sync();
    return machine.line[board_line(slot)];
}

unsigned machine_line_rises(unsigned slot)
{
    (void)machine_line(slot);
    return machine.rises[board_line(slot)];
}

/* Recognizes a line from QEMU itself; other lines come from libraries. */
static bool is_complaint(const char *line)
{
    const size_t length = strlen(board->program);

    return strncmp(line, board->program, length) == 0 && strncmp(line + length, ": ", 2) == 0 &&
           strstr(line, ": warning: ") == NULL;
}

static void check_log(bool complains)
{
    FILE *log = fopen(LOG_FILE, "r");
    char line[1024];
    bool found = false;

    CHECK_SYS(log != NULL);
    while (fgets(line, sizeof(line), log) != NULL) {
        if (is_complaint(line) && !complains)
            check_failed(__FILE__, __LINE__, "QEMU complained: %s", line);
        found = found || is_complaint(line);
    }
    fclose(log);
    if (found != complains)
        check_failed(__FILE__, __LINE__, "QEMU did not complain");
}

static void quit(bool complains)
{
    int status = 0;

    (void)machine_qmp("{\"execute\": \"quit\"}");
    CHECK_SYS(waitpid(machine.pid, &status, 0) == machine.pid);
    machine.pid = 0;
    channel_close(&machine.qtest);
    channel_close(&machine.qmp);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        check_failed(__FILE__, __LINE__, "QEMU ended with wait status 0x%x", (unsigned)status);
    check_log(complains);
}

static void stop(bool complains)
{
    guest_close();
    quit(complains);
}

void machine_stop(void)
{
    stop(false);
}

void machine_stop_complaining(void)
{
    stop(true);
}

void machine_leave(void)
{
    guest_close();
    memcpy(machine.left, machine.word, sizeof(machine.word));
    machine.left_words = machine.words;
}

void machine_end(void)
{
    if (machine.left_words == 0)
        return;
    machine.left_words = 0;
    quit(false);
}

static bool can_continue(void)
{
    for (int i = 0; i < machine.words; i++)
        if (strcmp(machine.left[i], machine.word[i]) != 0)
            return false;
    return machine.left_words == machine.words;
}

/*
 * QEMU answers before the reset, and reports when the reset is complete. The machine is stopped, as after a
 * start.
 */
static void reset(void)
{
    bool answered = false;
    bool done = false;

    (void)machine_qmp("{\"execute\": \"stop\"}");
    channel_send(&machine.qmp, "{\"execute\": \"system_reset\"}");
    while (!answered || !done) {
        const char *said = channel_receive(&machine.qmp);

        answered = answered || strncmp(said, "{\"return\":", 10) == 0;
        done = done || strstr(said, "\"event\": \"RESET\"") != NULL;
    }
}

void machine_start(void)
{
    if (can_continue()) {
        machine.left_words = 0;
        machine.number++;
        guest_open(board->ram);
        reset();
        return;
    }
    machine_end();
    start();
}

void machine_abandon(void)
{
    FILE *log = fopen(LOG_FILE, "r");
    char line[1024];

    if (machine.pid != 0) {
        kill(machine.pid, SIGTERM);
        waitpid(machine.pid, NULL, 0);
        machine.pid = 0;
    }
    fputs("QEMU's command line:", stderr);
    for (int i = 0; i < machine.words; i++)
        fprintf(stderr, " %s", machine.word[i]);
    fputs("\nQEMU's output:\n", stderr);
    while (log != NULL && fgets(line, sizeof(line), log) != NULL)
        fputs(line, stderr);
    if (log != NULL)
        fclose(log);
}
