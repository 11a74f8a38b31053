/* SPDX-License-Identifier: MIT */
#include "vhost.h"

#include "vhost_host.h"

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const struct kind *const kinds[] = {&blk_kind,  &console_kind, &rng_kind, &v9p_kind,     &fs_kind,
                                           &scsi_kind, &vsock_kind,   &net_kind, &balloon_kind, &can_kind,
                                           &rtc_kind,  &scmi_kind,    &i2c_kind, &gpio_kind,    &spi_kind};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static struct options options;
static struct end end;

static void print_line(const char *format, va_list values)
{
    char text[512];

    vsnprintf(text, sizeof(text), format, values);
    fprintf(stderr, "vwr-vhost: %s\n", text);
}

void say(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    print_line(format, values);
    va_end(values);
}

int wrong(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    print_line(format, values);
    va_end(values);
    return WRONG;
}

int failed(const char *format, ...)
{
    va_list values;

    va_start(values, format);
    print_line(format, values);
    va_end(values);
    return FAILED;
}

void *make_room(size_t count, size_t bytes)
{
    void *const at = calloc(count, bytes);

    if (at == NULL) {
        say("there is no memory");
        exit(FAILED);
    }
    return at;
}

void *share_room(size_t bytes)
{
    void *const at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    return at != MAP_FAILED ? at : NULL;
}

/* ---- the command line ---- */

enum form { TEXT, TEXTS, NUMBER, LARGE, FLAG, TOLERATE };

struct row {
    const char *name;
    enum form form;
    size_t at;    /* in struct options */
    size_t count; /* TEXTS: number of them */
    unsigned most;
};

#define AT(member) offsetof(struct options, member)

static const struct row rows[] = {
    {"socket", TEXTS, AT(socket), AT(sockets), ENDS},
    {"client", FLAG, AT(client), 0, 0},
    {"packed", FLAG, AT(packed), 0, 0},
    {"in-order", FLAG, AT(in_order), 0, 0},
    {"any-memory", FLAG, AT(any_memory), 0, 0},
    {"look", NUMBER, AT(look), 0, 1000},
    {"tolerate", TOLERATE, AT(tolerate), 0, 0},
    {"file", TEXTS, AT(file), AT(files), UNITS},
    {"nbd", TEXT, AT(nbd), 0, 0},
    {"rbd", TEXT, AT(rbd), 0, 0},
    {"null", LARGE, AT(null_mib), 0, 1u << 30},
    {"queues", NUMBER, AT(queues), 0, 64},
    {"thread-per-queue", FLAG, AT(threads), 0, 0},
    {"read-only", FLAG, AT(read_only), 0, 0},
    {"one-file-system", FLAG, AT(one_file_system), 0, 0},
    {"id", TEXT, AT(id), 0, 0},
    {"timeout", NUMBER, AT(timeout), 0, 3600000},
    {"pty", FLAG, AT(pty), 0, 0},
    {"tag", TEXT, AT(tag), 0, 0},
    {"valid", NUMBER, AT(valid), 0, 86400},
    {"cid", NUMBER, AT(cid), 0, 0xfffffffe},
    {"host", TEXT, AT(host), 0, 0},
    {"interface", TEXT, AT(interface), 0, 0},
    {"chip", TEXTS, AT(chip), AT(chips), CHIPS},
    {"buffer", NUMBER, AT(buffer), 0, BUFFER_MOST},
    {"tap", TEXT, AT(tap), 0, 0},
    {"mac", TEXT, AT(mac), 0, 0},
    {"target", LARGE, AT(target_mib), 0, TARGET_MOST},
};
#define ROWS (sizeof(rows) / sizeof(rows[0]))

/* The options of every class, as a class's own are in struct kind. */
static const char common_options[] = " socket client packed in-order any-memory look tolerate ";

static void *member(struct options *o, size_t at)
{
    return (uint8_t *)o + at;
}

bool is_number(const char *text, unsigned most, uint64_t *value)
{
    char *end;

    errno = 0;
    *value = strtoull(text, &end, 10);
    return errno == 0 && end != text && *end == 0 && *text != '-' && *value <= most;
}

static int number(const char *name, const char *text, unsigned most, uint64_t *value)
{
    if (!is_number(text, most, value) || *value == 0)
        return wrong("--%s %s: it is a number from 1 to %u", name, text, most);
    return 0;
}

static int tolerate(enum vwr_tolerate *to, const char *text)
{
    if (strcmp(text, "qemu") != 0)
        return wrong("--tolerate %s: the only value is qemu", text);
    *to = VWR_TOLERATE_QEMU;
    return 0;
}

static int set(struct options *o, const struct row *row, const char *text)
{
    uint64_t value;
    int r = 0;

    switch (row->form) {
    case FLAG:
        *(bool *)member(o, row->at) = true;
        break;
    case TEXT:
        *(const char **)member(o, row->at) = text;
        break;
    case TEXTS: {
        unsigned *const n = member(o, row->count);

        if (*n == row->most)
            return wrong("--%s: at most %u times", row->name, row->most);
        ((const char **)member(o, row->at))[(*n)++] = text;
        break;
    }
    case NUMBER:
        r = number(row->name, text, row->most, &value);
        if (r == 0)
            *(unsigned *)member(o, row->at) = (unsigned)value;
        break;
    case LARGE:
        r = number(row->name, text, row->most, &value);
        if (r == 0)
            *(uint64_t *)member(o, row->at) = value;
        break;
    case TOLERATE:
        r = tolerate(member(o, row->at), text);
        break;
    }
    return r;
}

static const struct row *find_row(const struct kind *k, const char *word)
{
    char name[32];

    for (unsigned i = 0; i < ROWS; i++) {
        snprintf(name, sizeof(name), " %s ", rows[i].name);
        if (strcmp(word, rows[i].name) == 0 &&
            (strstr(common_options, name) != NULL || strstr(k->options, name) != NULL))
            return &rows[i];
    }
    return NULL;
}

static int parse(const struct kind *k, char **word, struct options *o)
{
    int r = 0;

    for (; *word != NULL && r == 0; word++) {
        const struct row *const row = strncmp(*word, "--", 2) == 0 ? find_row(k, *word + 2) : NULL;

        if (row == NULL && **word != '-' && o->folder == NULL && (k == &fs_kind || k == &v9p_kind))
            o->folder = *word;
        else if (row == NULL)
            return wrong("%s is no option of %s: vwr-vhost %s --socket PATH %s", *word, k->name, k->name,
                         k->usage);
        else if (row->form == FLAG)
            r = set(o, row, NULL);
        else if (word[1] == NULL)
            return wrong("--%s needs a value", row->name);
        else
            r = set(o, row, *++word);
    }
    if (r == 0 && o->sockets == 0)
        return wrong("--socket PATH is missing");
    if (r == 0 && o->threads && o->look != 0)
        return wrong("--look is of a program with one thread, without --thread-per-queue");
    if (r == 0 && o->sockets > 1 && k != &net_kind)
        return wrong("one --socket; only net has several");
    return r;
}

static void show_usage(void)
{
    printf("usage: vwr-vhost CLASS --socket PATH [OPTION...]\n\n"
           "Serves a virtio device to a vhost-user front end: QEMU, User Mode Linux, Cloud Hypervisor and "
           "others.\n\n");
    for (unsigned i = 0; i < KINDS; i++)
        printf("  %-8s %s\n%s%s%s", kinds[i]->name, kinds[i]->brief, *kinds[i]->usage ? "           " : "",
               kinds[i]->usage, *kinds[i]->usage ? "\n" : "");
    printf("\n--packed also offers packed rings, and --in-order IN_ORDER. --look US polls the rings for up "
           "to US\n"
           "microseconds before the program sleeps, as long as polling pays off: it takes more CPU time, and "
           "answers\n"
           "sooner.\n"
           "The socket must not exist; the program removes it when it ends, by SIGINT or SIGTERM. Each front "
           "end has\n"
           "a process of its own. When it leaves, the next one may connect. With --client the front end "
           "listens on the\n"
           "socket, and the program connects, again and again while nobody listens. The guest's memory is a "
           "memfd, or\n"
           "in shared memory or huge pages; --any-memory takes other files, of a front end that is trusted.\n"
           "--tolerate qemu also serves drivers for which a device must violate the specification or guess, "
           "as QEMU\n"
           "does. Use it only for a guest for which a message of the program names VWR_TOLERATE_QEMU.\n"
           "Exit code: 0 ended by a signal, 1 it ran and failed, 2 it could not run\n");
}

/* ---- the service ---- */

static int open_end(struct vwr_vhost_processes *p, unsigned number)
{
    end.processes = p;
    end.number = number;
    end.socket = number < options.sockets ? options.socket[number] : NULL;
    return end_open(&end, &options);
}

static void serve_end(struct vwr_vhost_processes *p, unsigned number)
{
    (void)number;
    loop_run(&end, p->stop, end_tick, options.look);
    end_finish(&end);
}

static bool is_end_quiet(struct vwr_vhost_processes *p, unsigned number)
{
    (void)p;
    (void)number;
    return end.kind->is_quiet == NULL || vwr_vhost_back_is_idle(&end.back) || end.kind->is_quiet(&end);
}

static void say_text(const char *text)
{
    say("%s", text);
}

static const struct vwr_vhost_processes_hooks hooks = {
    .open = open_end, .serve = serve_end, .is_quiet = is_end_quiet, .say = say_text};

/* A tap has a process of its own. */
static int serve(const struct kind *k)
{
    static struct vwr_vhost_processes p;
    int r = 0;

    signal(SIGXFSZ, SIG_IGN); /* a file that cannot grow is an I/O error for the guest */
    end.kind = k;
    vwr_vhost_processes_init(&p, &hooks, options.socket, options.sockets + (options.tap != NULL));
    p.client = options.client;
    if (k->share != NULL)
        r = k->share(&options);
    if (r != 0)
        return r;
    r = vwr_vhost_processes_run(&p);
    if (k->unshare != NULL)
        k->unshare();
    return r;
}

int main(int argc, char **argv)
{
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        show_usage();
        return 0;
    }
    for (unsigned i = 0; i < KINDS; i++) {
        if (strcmp(argv[1], kinds[i]->name) == 0) {
            const int r = parse(kinds[i], argv + 2, &options);

            return r != 0 ? r : serve(kinds[i]);
        }
    }
    return wrong("%s is no class: blk, console, rng, 9p, fs, scsi, vsock, net, balloon, can, rtc, scmi, i2c, "
                 "gpio, spi",
                 argv[1]);
}
