/* SPDX-License-Identifier: MIT */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tool.h"

/*
 * files SECONDS SEED FOLDER FOLDER: executes the same random operations in both folders, one of which is on a
 * trusted file system. Results, errors, data and the attributes afterwards have to be equal at each step.
 */
#define BYTES_MAX 20000u
#define OFFSET_MAX 100000u
#define NAMES 6u
#define PATH 300u
#define ENTRIES 64u
#define SIDES 2u

/* An operation, identical for both folders. */
struct step {
    unsigned operation;
    char path[80];
    char other[80];
    uint32_t offset;
    uint32_t bytes;
    mode_t mode;
};

/* Its result. */
struct result {
    long value;
    int error;
    uint64_t sum;
    struct {
        mode_t mode;
        unsigned long links;
        long size;
        uid_t uid;
        gid_t gid;
        long seconds;
    } about[2]; /* of both paths */
};

static uint64_t state;
static char out[BYTES_MAX];
static char in[BYTES_MAX];

static uint32_t pick(uint32_t below)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 32) % below;
}

static uint64_t sum_of(uint64_t sum, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return sum;
}

static void pick_path(char *path, size_t bytes, bool folder)
{
    const uint32_t depth = pick(8);
    const uint32_t a = pick(NAMES);
    const uint32_t b = pick(NAMES);

    if (depth < 3 && !folder)
        (void)snprintf(path, bytes, "name%u", a);
    else if (depth < 7 && !folder)
        (void)snprintf(path, bytes, "folder%u/name%u", a % 3u, b);
    else
        (void)snprintf(path, bytes, "folder%u%s", a % 3u, b % 2u == 0 ? "" : "/inner");
}

static int close_as(int fd, struct result *r)
{
    r->error = r->value < 0 ? errno : 0;
    return fd >= 0 ? close(fd) : 0;
}

static void op_write(const struct step *s, const char *a, const char *b, struct result *r)
{
    const int fd = open(a, O_WRONLY | O_CREAT, s->mode);

    r->value = fd < 0 ? -1 : pwrite(fd, out, s->bytes, (off_t)s->offset);
    (void)close_as(fd, r);
}

static void op_append(const struct step *s, const char *a, const char *b, struct result *r)
{
    const int fd = open(a, O_WRONLY | O_APPEND);

    r->value = fd < 0 ? -1 : write(fd, out, s->bytes);
    if (fd >= 0 && r->value >= 0 && s->offset % 4u == 0)
        r->value = fsync(fd);
    (void)close_as(fd, r);
}

static void op_new(const struct step *s, const char *a, const char *b, struct result *r)
{
    const int fd = open(a, O_RDWR | O_CREAT | O_EXCL, s->mode);

    r->value = fd < 0 ? -1 : write(fd, out, s->bytes);
    (void)close_as(fd, r);
}

static void op_read(const struct step *s, const char *a, const char *b, struct result *r)
{
    const int fd = open(a, O_RDONLY);
    ssize_t n = -1;

    if (fd >= 0)
        while ((n = read(fd, in, s->bytes)) > 0)
            r->sum = sum_of(r->sum, in, (size_t)n);
    r->value = n;
    (void)close_as(fd, r);
}

static void op_read_at(const struct step *s, const char *a, const char *b, struct result *r)
{
    const int fd = open(a, O_RDONLY);

    r->value = fd < 0 ? -1 : pread(fd, in, s->bytes, (off_t)s->offset);
    r->sum = r->value > 0 ? sum_of(0, in, (size_t)r->value) : 0;
    (void)close_as(fd, r);
}

static void op_truncate(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = truncate(a, (off_t)s->offset);
    r->error = r->value < 0 ? errno : 0;
}

static void op_rename(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = rename(a, b);
    r->error = r->value < 0 ? errno : 0;
    if (r->error == EEXIST)
        r->error = ENOTEMPTY; /* POSIX allows both */
}

static void op_unlink(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = unlink(a);
    r->error = r->value < 0 ? errno : 0;
}

static void op_mkdir(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = mkdir(a, s->mode | S_IXUSR);
    r->error = r->value < 0 ? errno : 0;
}

static void op_rmdir(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = rmdir(a);
    r->error = r->value < 0 ? errno : 0;
}

static void op_symlink(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = symlink("name1", a);
    r->error = r->value < 0 ? errno : 0;
}

static void op_readlink(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = readlink(a, in, sizeof(in));
    r->error = r->value < 0 ? errno : 0;
    r->sum = r->value > 0 ? sum_of(0, in, (size_t)r->value) : 0;
}

static void op_link(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = link(a, b);
    r->error = r->value < 0 ? errno : 0;
}

static void op_chmod(const struct step *s, const char *a, const char *b, struct result *r)
{
    r->value = chmod(a, s->mode);
    r->error = r->value < 0 ? errno : 0;
}

static void op_times(const struct step *s, const char *a, const char *b, struct result *r)
{
    const struct timespec times[2] = {{.tv_sec = s->offset}, {.tv_sec = s->offset + 1}};
    struct stat about;

    r->value = utimensat(AT_FDCWD, a, times, 0);
    r->error = r->value < 0 ? errno : 0;
    if (r->value == 0 && stat(a, &about) == 0)
        r->sum = (uint64_t)about.st_mtime;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

static void op_list(const struct step *s, const char *a, const char *b, struct result *r)
{
    static char names[ENTRIES][80];
    DIR *const folder = opendir(a);
    const struct dirent *entry;
    unsigned n = 0;

    r->error = folder == NULL ? errno : 0;
    while (folder != NULL && (entry = readdir(folder)) != NULL && n < ENTRIES)
        (void)snprintf(names[n++], sizeof(names[0]), "%.70s %u", entry->d_name,
                       entry->d_name[0] == '.' ? 0u : (unsigned)entry->d_type);
    qsort(names, n, sizeof(names[0]), by_name);
    for (unsigned i = 0; i < n; i++)
        r->sum = sum_of(r->sum, names[i], strlen(names[i]));
    r->value = (long)n;
    if (folder != NULL)
        (void)closedir(folder);
}

static const struct {
    const char *name;
    void (*run)(const struct step *s, const char *a, const char *b, struct result *r);
    bool folder; /* mostly fails unless applied to a folder */
} operations[] = {
    {"write", op_write, false},       {"write", op_write, false},   {"append", op_append, false},
    {"new", op_new, false},           {"read", op_read, false},     {"read at", op_read_at, false},
    {"truncate", op_truncate, false}, {"rename", op_rename, false}, {"unlink", op_unlink, false},
    {"mkdir", op_mkdir, true},        {"rmdir", op_rmdir, true},    {"symlink", op_symlink, false},
    {"readlink", op_readlink, false}, {"link", op_link, false},     {"chmod", op_chmod, false},
    {"times", op_times, false},       {"list", op_list, false}};
#define OPERATIONS (sizeof(operations) / sizeof(operations[0]))

/* Size and link count of a folder depend on the file system. */
static void describe(const char *path, struct result *r, unsigned which)
{
    struct stat about;

    if (lstat(path, &about) != 0) {
        r->about[which].size = -errno;
        return;
    }
    r->about[which].mode = about.st_mode;
    r->about[which].uid = about.st_uid;
    r->about[which].gid = about.st_gid;
    if (!S_ISDIR(about.st_mode)) {
        r->about[which].links = about.st_nlink;
        r->about[which].size = about.st_size;
    }
}

static void run_in(const char *folder, const struct step *s, struct result *r)
{
    char a[PATH];
    char b[PATH];

    memset(r, 0, sizeof(*r));
    (void)snprintf(a, sizeof(a), "%s/%s", folder, s->path);
    (void)snprintf(b, sizeof(b), "%s/%s", folder, s->other);
    operations[s->operation].run(s, a, b, r);
    describe(a, r, 0);
    describe(b, r, 1);
}

static struct step next_step(void)
{
    struct step s = {
        .operation = pick(OPERATIONS), .offset = pick(OFFSET_MAX), .bytes = 1u + pick(BYTES_MAX)};

    s.mode = S_IRUSR | S_IWUSR | (mode_t)pick(S_IRWXG);
    pick_path(s.path, sizeof(s.path), operations[s.operation].folder);
    pick_path(s.other, sizeof(s.other), false);
    for (uint32_t i = 0; i < s.bytes; i += 97u)
        out[i] = (char)pick(256);
    return s;
}

static void print_result(const char *folder, const struct result *r)
{
    printf(
        "guest: %s: answers %ld, error %d (%s), sum %llx; mode %o/%o links %lu/%lu size %ld/%ld uid %u/%u\n",
        folder, r->value, r->error, strerror(r->error), (unsigned long long)r->sum, r->about[0].mode,
        r->about[1].mode, r->about[0].links, r->about[1].links, r->about[0].size, r->about[1].size,
        r->about[0].uid, r->about[1].uid);
}

int files_main(int argc, char **argv)
{
    const uint64_t end = now_us() + (argc > 0 ? strtoul(argv[0], NULL, 10) : 0) * 1000000u;
    struct result results[SIDES];
    unsigned long steps = 0;
    unsigned long good = 0;

    errno = EINVAL;
    if (argc != 4)
        fail("files SECONDS SEED FOLDER FOLDER");
    (void)umask(0);
    state = (strtoul(argv[1], NULL, 10) + 1u) * 0x9e3779b97f4a7c15u;
    for (; now_us() < end; steps++) {
        const struct step s = next_step();

        for (unsigned i = 0; i < SIDES; i++)
            run_in(argv[2 + i], &s, &results[i]);
        good += results[0].error == 0;
        if (memcmp(&results[0], &results[1], sizeof(results[0])) != 0) {
            printf("guest: FAILED: files: step %lu: %s %s %s offset %u bytes %u mode %o\n", steps,
                   operations[s.operation].name, s.path, s.other, s.offset, s.bytes, s.mode);
            for (unsigned i = 0; i < SIDES; i++)
                print_result(argv[2 + i], &results[i]);
            return 1;
        }
    }
    printf("files %lu steps, %lu without an error\n", steps, good);
    return 0;
}
