/* SPDX-License-Identifier: MIT */
#include "host.h"
#include "session.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/*
 * A folder of the host: what a guest can reach through it. Whatever the guest and others on the host do, no
 * file outside of the folder is accessible.
 */

#define DEEP 800u
#define STEPS 16u  /* of a message */
#define DEPTH 256u /* names that the folder walks one by one, at most */

static struct host host;

static void make_path(char path[200], const char *folder, const char *name)
{
    (void)snprintf(path, 200, "%s/%s", folder, name);
}

/* Nested folders, all with the name "a", which the guest has as fid 1. */
static struct session *begin_deep(const void *format)
{
    char names[DEEP * 2];
    struct session *s;
    int fd;

    host_begin(&host, false);
    fd = open(host.path, O_PATH | O_DIRECTORY);
    memset(names, '/', sizeof(names));
    for (unsigned i = 0; i < DEEP; i++) {
        const int up = fd;

        names[2 * i] = 'a';
        assert_int_equal(mkdirat(up, "a", 0755), 0);
        fd = openat(up, "a", O_PATH | O_DIRECTORY);
        assert_true(fd >= 0);
        close(up);
    }
    close(fd);
    s = session_begin(format, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    for (unsigned i = 0; i < DEEP; i += STEPS) {
        names[2 * (i + STEPS) - 1] = '\0';
        assert_int_equal(session_walk(s, 1, 1, names + 2 * i), 0);
    }
    assert_int_equal(host.folder.files.work, 0);
    return s;
}

static int remove_fid(struct session *s, uint32_t fid)
{
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, fid);
    return session_send(s);
}

/* Moving up from a deep folder is one system call, charged by the number of names. */
static void goes_up_at_once(void **state)
{
    struct session *const s = begin_deep(*state);
    const int probe = (int)syscall(SYS_openat2, -1, NULL, NULL, 0);

    assert_int_equal(probe, -1);
    if (errno != ENOSYS && errno != EPERM) {
        assert_int_equal(session_walk(s, 1, 2, ".."), 0);
        assert_int_equal(host.folder.files.work, (DEEP - 1) * 128u);
        assert_int_equal(session_renameat(s, 2, "a", 2, "b"), 0);
        assert_int_equal(remove_fid(s, 1), 0);
        assert_int_equal(host.folder.files.work, (DEEP - 1) * 128u);
    }
    session_close(s);
    host_end(&host);
}

/* Without openat2() each name is a system call, and their number has a bound. */
static void goes_up_by_names(void **state)
{
    struct session *const s = begin_deep(*state);
    unsigned left = DEEP;

    host.folder.walks = true;
    assert_int_equal(session_walk(s, 1, 2, ".."), VWR_P9_ENAMETOOLONG);
    assert_int_equal(session_walk(s, 1, 2, ""), 0);
    assert_int_equal(remove_fid(s, 2), VWR_P9_ENAMETOOLONG);
    host.folder.walks = false;
    for (; left > DEPTH + 1; left--)
        assert_int_equal(session_walk(s, 1, 1, ".."), 0);
    host.folder.walks = true;
    assert_int_equal(session_walk(s, 1, 2, ".."), 0);
    assert_int_equal(host.folder.files.work, DEPTH * 4096u);
    session_close(s);
    host_end(&host);
}

/* As in a container whose system call filter does not know openat2(). */
static int go_up_filtered(struct session *s, int error)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (unsigned)error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog filter = {.len = sizeof(code) / sizeof(code[0]), .filter = code};

    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) != 0)
        return -1;
    return session_walk(s, 1, 2, "..");
}

static void goes_up_filtered(void **state)
{
    static const int error[] = {ENOSYS, EPERM};
    struct session *s;
    int status;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_mkdir(s, 0, "a", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, "a"), 0);
    assert_int_equal(session_mkdir(s, 1, "b", 0755), 0);
    assert_int_equal(session_walk(s, 1, 1, "b"), 0);
    for (unsigned i = 0; i < 2; i++) {
        const pid_t child = fork();

        if (child == 0) /* with the error that the guest gets */
            _exit(go_up_filtered(s, error[i]));
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_int_equal(status, 0);
    }
    session_close(s);
    host_end(&host);
}

/* A sync waits for the disk, which is charged. */
static void charges_long_work(void **state)
{
    struct session *s;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 3, ""), 0);
    assert_int_equal(session_create(s, 3, "file", VWR_P9_O_RDWR, 0644), 0);
    session_message(s, VWR_P9_TFSYNC);
    session_put(s, 4, 3);
    session_put(s, 4, 0);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(host.folder.files.work, 0x40000000u);
    session_close(s);
    host_end(&host);
}

/* Links on the host that lead out of the folder: the guest sees them as links and cannot follow them. */
static void links_lead_nowhere(void **state)
{
    struct session *s;
    char path[200];
    char text[200];

    host_begin(&host, false);
    make_path(path, host.path, "out");
    assert_int_equal(symlink(host.outside, path), 0);
    make_path(path, host.path, "file");
    make_path(text, host.outside, "secret");
    assert_int_equal(symlink(text, path), 0);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, "out/secret"), VWR_P9_ENOENT);
    assert_int_equal(session_walk(s, 0, 1, "out"), 0);
    assert_int_equal(session_readlink(s, 1, text, sizeof(text)), 0);
    assert_string_equal(text, host.outside);
    assert_int_equal(session_walk(s, 1, 2, "secret"), VWR_P9_ENOTDIR);
    assert_int_equal(session_open_fid(s, 1, 0), VWR_P9_ELOOP);
    assert_int_equal(session_mkdir(s, 1, "x", 0755), VWR_P9_ENOTDIR);
    assert_int_equal(session_unlinkat(s, 1, "secret", 0), VWR_P9_ENOTDIR);
    assert_int_equal(session_walk(s, 0, 3, "file"), 0);
    assert_int_equal(session_open_fid(s, 3, VWR_P9_O_RDWR), VWR_P9_ELOOP);
    assert_int_equal(session_truncate(s, 3, 0), VWR_P9_EINVAL);
    assert_int_equal(session_walk(s, 0, 4, ""), 0);
    assert_int_equal(session_create(s, 4, "file", VWR_P9_O_RDWR | VWR_P9_O_TRUNC, 0600), VWR_P9_ELOOP);
    session_close(s);
    assert_int_equal(host.folder.in_use, 0);
    host_end(&host);
}

/* ".." ends at the root, and fails if the folder was moved out meanwhile. */
static void up(void **state)
{
    struct session *s;
    char from[200];
    char to[200];
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;
    uint64_t root;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_getattr(s, 0, &a, &qid), 0);
    root = qid.path;
    assert_int_equal(session_mkdir(s, 0, "a", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, "a"), 0);
    assert_int_equal(session_mkdir(s, 1, "b", 0755), 0);
    assert_int_equal(session_walk(s, 1, 2, "b/../../../../.."), 0);
    assert_int_equal(session_getattr(s, 2, &a, &qid), 0);
    assert_int_equal(qid.path, root);
    make_path(from, host.path, "a");
    make_path(to, host.outside, "a");
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(session_walk(s, 1, 3, ".."), VWR_P9_ENOENT);
    assert_int_equal(session_walk(s, 1, 3, "b/.."), VWR_P9_ENOENT);
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, 1);
    assert_int_equal(session_send(s), VWR_P9_ENOENT);
    session_close(s);
    host_end(&host);
}

/* Files that are neither folders nor regular files cannot be opened or created. */
static void special(void **state)
{
    struct session *s;
    char path[200];

    host_begin(&host, false);
    make_path(path, host.path, "pipe");
    assert_int_equal(mkfifo(path, 0666), 0);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, "pipe"), 0);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDONLY), VWR_P9_EACCES);
    assert_int_equal(session_walk(s, 0, 2, ""), 0);
    assert_int_equal(session_create(s, 2, "pipe", VWR_P9_O_WRONLY, 0600), VWR_P9_EACCES);
    session_message(s, VWR_P9_TMKNOD);
    session_put(s, 4, 0);
    session_put_string(s, "null");
    session_put(s, 4, 020666);
    for (unsigned i = 0; i < 3; i++)
        session_put(s, 4, 1);
    assert_int_equal(session_send(s), VWR_P9_EPERM);
    session_close(s);
    host_end(&host);
}

static void set_user_id(void **state)
{
    struct session *s;
    struct vwr_vfiles_attr a;
    struct vwr_p9_qid qid;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 06755), 0);
    assert_int_equal(session_getattr(s, 1, &a, &qid), 0);
    assert_int_equal(a.mode, 0100755);
    session_close(s);
    host_end(&host);
}

static void read_only(void **state)
{
    struct session *s;
    char path[200];

    host_begin(&host, true);
    make_path(path, host.path, "f");
    assert_int_equal(close(open(path, O_CREAT | O_WRONLY, 0644)), 0);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), VWR_P9_EROFS);
    assert_int_equal(session_symlink(s, 0, "l", "x"), VWR_P9_EROFS);
    assert_int_equal(session_renameat(s, 0, "f", 0, "g"), VWR_P9_EROFS);
    assert_int_equal(session_unlinkat(s, 0, "f", 0), VWR_P9_EROFS);
    assert_int_equal(session_walk(s, 0, 1, "f"), 0);
    assert_int_equal(session_link(s, 0, 1, "g"), VWR_P9_EROFS);
    assert_int_equal(session_truncate(s, 1, 3), VWR_P9_EROFS);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_WRONLY), VWR_P9_EROFS);
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDONLY), 0);
    assert_int_equal(session_walk(s, 0, 2, ""), 0);
    assert_int_equal(session_create(s, 2, "n", VWR_P9_O_RDWR, 0644), VWR_P9_EROFS);
    session_close(s);
    host_end(&host);
}

/* The VMM limits the number of handles, and each handle uses at most two descriptors of this process. */
static void descriptors(void **state)
{
    struct session *s;
    uint32_t fid = 1;
    int before;
    int after;

    host_begin(&host, false);
    before = dup(0);
    (void)close(before);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    while (session_walk(s, 0, ++fid, "f") == 0)
        assert_int_equal(session_open_fid(s, fid, VWR_P9_O_RDWR), 0);
    assert_int_equal(host.folder.in_use, HOST_FILES);
    after = dup(0);
    (void)close(after);
    assert_true(after - before <= 2 * (int)HOST_FILES);
    session_close(s);
    assert_int_equal(host.folder.in_use, 0);
    after = dup(0);
    (void)close(after);
    assert_int_equal(after, before);
    host_end(&host);
}

/* The VMM reserves descriptors: the guest gets an error before the process has none left. */
static void descriptor_limit(void **state)
{
    const struct vwr_posix_folder_options o = {.file = host.file, .file_count = HOST_FILES, .descriptors = 5};
    struct session *s;

    host_begin(&host, false);
    vwr_posix_folder_close(&host.folder);
    assert_int_equal(vwr_posix_folder_open(&host.folder, host.path, &o), VWR_OK);
    s = session_begin(*state, &host.folder.files); /* 1: the root */
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0); /* 3 */
    assert_int_equal(session_walk(s, 0, 2, ""), 0);
    assert_int_equal(session_create(s, 2, "g", VWR_P9_O_RDWR, 0644), VWR_P9_ENFILE);
    assert_int_equal(session_walk(s, 0, 3, "g"), VWR_P9_ENOENT);
    assert_int_equal(session_walk(s, 0, 3, "f"), 0); /* 5 */
    assert_int_equal(session_open_fid(s, 3, VWR_P9_O_RDWR), VWR_P9_ENFILE);
    assert_int_equal(session_walk(s, 0, 4, "f"), VWR_P9_ENFILE);
    assert_int_equal(session_walk(s, 0, 4, ""), VWR_P9_ENFILE);
    assert_int_equal(session_truncate(s, 3, 10), 0);
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(session_open_fid(s, 3, VWR_P9_O_RDWR), 0);
    assert_int_equal(host.folder.open, 4);
    session_close(s);
    assert_int_equal(host.folder.open, 0);
    host_end(&host);
}

/* An open folder uses only its descriptors: no libc buffer, hence no fdopendir here. */
DIR *fdopendir(int fd)
{
    (void)fd;
    errno = ENOMEM;
    return NULL;
}

static void opened_folders(void **state)
{
    struct session *s;
    char names[200];

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_mkdir(s, 0, "a", 0755), 0);
    assert_int_equal(session_mkdir(s, 0, "b", 0755), 0);
    for (uint32_t fid = 1; fid < HOST_FILES; fid++) {
        assert_int_equal(session_walk(s, 0, fid, ""), 0);
        assert_int_equal(session_open_fid(s, fid, 0), 0);
        assert_int_equal(session_list(s, fid, 100, names, sizeof(names)), 0);
        assert_string_equal(names, "a\nb\n");
    }
    session_close(s);
    host_end(&host);
}

/* The qid path of ".." in a listing. */
static uint64_t listed_above(struct session *s, uint32_t fid)
{
    uint64_t above = 0;

    session_message(s, VWR_P9_TREADDIR);
    session_put(s, 4, fid);
    session_put(s, 8, 0);
    session_put(s, 4, 1000);
    assert_int_equal(session_send(s), 0);
    (void)session_get(s, 4);
    while (s->at < s->written) {
        uint64_t path;

        (void)session_get(s, 1);
        (void)session_get(s, 4);
        path = session_get(s, 8);
        (void)session_get(s, 8);
        (void)session_get(s, 1);
        if (strcmp(session_get_string(s), "..") == 0)
            above = path;
    }
    return above;
}

/* ".." in a listing is the folder that a walk reaches, and reveals nothing above the root. */
static void lists_up(void **state)
{
    struct vwr_p9_qid root;
    struct vwr_p9_qid qid;
    struct vwr_vfiles_attr a;
    struct session *s;
    char from[200];
    char to[200];

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_mkdir(s, 0, "a", 0755), 0);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_walk(s, 0, 2, "a"), 0);
    assert_int_equal(session_getattr(s, 1, &a, &root), 0);
    assert_int_equal(session_getattr(s, 2, &a, &qid), 0);
    assert_int_equal(session_open_fid(s, 1, 0), 0);
    assert_int_equal(session_open_fid(s, 2, 0), 0);
    assert_int_equal(listed_above(s, 1), root.path);
    assert_int_equal(listed_above(s, 2), root.path);
    make_path(from, host.path, "a");
    make_path(to, host.outside, "a");
    assert_int_equal(rename(from, to), 0);
    assert_int_equal(listed_above(s, 2), qid.path);
    session_close(s);
    host_end(&host);
}

/* Of "/", below which each system has mounts: procfs and sysfs have no handles, others only without the
 * option. */
static void mounts(void **state)
{
    struct vwr_posix_folder_options o = {.file = host.file, .file_count = HOST_FILES};
    struct stat top, devices;
    struct session *s;

    assert_int_equal(stat("/", &top), 0);
    assert_int_equal(stat("/dev/shm", &devices), 0);
    assert_int_not_equal(top.st_dev, devices.st_dev);
    for (unsigned one = 0; one < 2; one++) {
        o.one_file_system = one != 0;
        assert_int_equal(vwr_posix_folder_open(&host.folder, "/", &o), VWR_OK);
        s = session_begin(*state, &host.folder.files);
        assert_int_equal(session_walk(s, 0, 1, "proc"), VWR_P9_EACCES);
        assert_int_equal(session_walk(s, 0, 1, "sys"), VWR_P9_EACCES);
        assert_int_equal(session_walk(s, 0, 1, "etc"), 0);
        assert_int_equal(session_clunk(s, 1), 0);
        assert_int_equal(session_walk(s, 0, 1, "dev/shm"), one != 0 ? VWR_P9_EACCES : 0);
        session_close(s);
        vwr_posix_folder_close(&host.folder);
    }
    assert_int_equal(vwr_posix_folder_open(&host.folder, "/proc/self", &o), VWR_ENODEV);
    assert_int_equal(errno, EACCES);
}

/* RLIMIT_FSIZE causes an error for the guest. It does not cause a signal that ends the VMM, neither now
 * nor later. */
static void size_limit(void **state)
{
    static uint8_t data[8192];
    struct rlimit before;
    struct rlimit limit;
    struct session *s;
    sigset_t set;

    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    limit = before;
    limit.rlim_cur = 1 << 20;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_int_equal(session_truncate(s, 1, (1 << 20) + 1), VWR_P9_EFBIG);
    assert_int_equal(session_truncate(s, 1, 1 << 20), 0);
    assert_int_equal(session_write(s, 1, 1 << 20, data, 1), -VWR_P9_EFBIG);
    assert_int_equal(session_write(s, 1, (1 << 20) - 4096, data, sizeof(data)), 4096);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(sigpending(&set), 0);
    assert_int_equal(sigismember(&set, SIGXFSZ), 0);
    assert_int_equal(pthread_sigmask(SIG_BLOCK, NULL, &set), 0);
    assert_int_equal(sigismember(&set, SIGXFSZ), 0);
    assert_int_equal(session_write(s, 1, 1 << 20, data, 1), 1);
    session_close(s);
    host_end(&host);
}

/* ---- a race ---- */

#define RACES 4000u

static struct {
    atomic_bool stop;
    atomic_uint swaps;
} race;

/* Another process on the host swaps a folder and a link that leads out, as fast as possible. */
static void *swap(void *context)
{
    char a[200];
    char b[200];

    (void)context;
    make_path(a, host.path, "a");
    make_path(b, host.path, "b");
    while (!atomic_load(&race.stop)) {
        if (renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE) != 0)
            break;
        atomic_fetch_add(&race.swaps, 1);
    }
    return NULL;
}

/* By this name, the guest sees the folder or the link, but never the target of the link. */
static unsigned try_to_get_out(struct session *s)
{
    uint8_t bytes[8];
    unsigned got = 0;

    if (session_walk(s, 0, 1, "a/secret") == 0) {
        assert_int_equal(session_open_fid(s, 1, 0), 0);
        assert_int_equal(session_read(s, 1, 0, bytes, 6), 4);
        assert_memory_equal(bytes, "mine", 4);
        assert_int_equal(session_clunk(s, 1), 0);
        got = 1;
    }
    if (session_walk(s, 0, 2, "a") == 0) {
        if (session_create(s, 2, "new", VWR_P9_O_RDWR, 0644) == 0)
            assert_true(session_write(s, 2, 0, "x", 1) == 1);
        assert_int_equal(session_clunk(s, 2), 0);
    }
    if (session_walk(s, 0, 3, "a") == 0) {
        (void)session_unlinkat(s, 3, "new", 0);
        (void)session_mkdir(s, 3, "made", 0755);
        assert_int_equal(session_clunk(s, 3), 0);
    }
    return got;
}

static void races(void **state)
{
    struct session *s;
    pthread_t thread;
    char path[200];
    unsigned got = 0;
    FILE *f;

    host_begin(&host, false);
    make_path(path, host.path, "a");
    assert_int_equal(mkdir(path, 0755), 0);
    make_path(path, host.path, "a/secret");
    f = fopen(path, "w");
    assert_non_null(f);
    (void)fputs("mine", f);
    (void)fclose(f);
    make_path(path, host.path, "b");
    assert_int_equal(symlink(host.outside, path), 0);
    s = session_begin(*state, &host.folder.files);
    atomic_store(&race.stop, false);
    atomic_store(&race.swaps, 0);
    assert_int_equal(pthread_create(&thread, NULL, swap, NULL), 0);
    for (unsigned i = 0; i < RACES || (i < 100 * RACES && (got == 0 || atomic_load(&race.swaps) < RACES));
         i++)
        got += try_to_get_out(s);
    atomic_store(&race.stop, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_true(got > 0 && atomic_load(&race.swaps) > 0);
    session_close(s);
    make_path(path, host.outside, "new");
    assert_int_not_equal(access(path, F_OK), 0);
    make_path(path, host.outside, "made");
    assert_int_not_equal(access(path, F_OK), 0);
    make_path(path, host.outside, "secret");
    assert_int_equal(access(path, F_OK), 0);
    host_end(&host);
}

/*
 * The guest removes a file by its fid. Another process swaps a folder above the file for a link to one with
 * the same file outside, where it must stay.
 */
static void removes_in_a_race(void **state)
{
    struct session *s;
    pthread_t thread;
    char outside[200];
    char path[200];
    int folder;

    host_begin(&host, false);
    make_path(path, host.path, "a");
    assert_int_equal(mkdir(path, 0755), 0);
    make_path(path, host.path, "a/d");
    assert_int_equal(mkdir(path, 0755), 0);
    folder = open(path, O_PATH | O_DIRECTORY);
    assert_true(folder >= 0);
    make_path(path, host.path, "b");
    assert_int_equal(symlink(host.outside, path), 0);
    make_path(path, host.outside, "d");
    assert_int_equal(mkdir(path, 0755), 0);
    make_path(path, host.outside, "secret");
    make_path(outside, host.outside, "d/secret");
    assert_int_equal(rename(path, outside), 0);
    s = session_begin(*state, &host.folder.files);
    atomic_store(&race.stop, false);
    atomic_store(&race.swaps, 0);
    assert_int_equal(pthread_create(&thread, NULL, swap, NULL), 0);
    for (unsigned i = 0; i < RACES || (i < 100 * RACES && atomic_load(&race.swaps) < RACES); i++) {
        host.folder.walks = i % 4 < 2; /* without openat2(), and with it */
        (void)linkat(AT_FDCWD, outside, folder, "secret", 0);
        if (session_walk(s, 0, 1, i % 2 != 0 ? "a/d/secret" : "b/d/secret") == 0)
            (void)remove_fid(s, 1);
    }
    atomic_store(&race.stop, true);
    assert_int_equal(pthread_join(thread, NULL), 0);
    assert_int_equal(access(outside, F_OK), 0);
    assert_int_equal(close(folder), 0);
    session_close(s);
    host_end(&host);
}

/* Descriptor 0 is one like any other: a VMM may have no standard input. */
static void descriptor_zero(void **state)
{
    struct session *s;
    int input;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "f", VWR_P9_O_RDWR, 0644), 0);
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(session_walk(s, 0, 1, "f"), 0);
    input = dup(0);
    assert_true(input > 0);
    assert_int_equal(close(0), 0);
    assert_int_equal(session_mkdir(s, 0, "d", 0755), 0);
    assert_int_equal(fcntl(0, F_GETFD), -1); /* closed again */
    assert_int_equal(session_open_fid(s, 1, VWR_P9_O_RDWR), 0);
    assert_int_not_equal(fcntl(0, F_GETFD), -1);
    assert_int_equal(session_write(s, 1, 0, "ab", 2), 2);
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(fcntl(0, F_GETFD), -1);
    assert_int_equal(session_walk(s, 0, 1, "d"), 0); /* takes it */
    assert_int_equal(session_walk(s, 0, 2, "f"), 0);
    assert_int_equal(session_clunk(s, 1), 0);
    session_message(s, VWR_P9_TREMOVE);
    session_put(s, 4, 2);
    assert_int_equal(session_send(s), 0);
    assert_int_equal(fcntl(0, F_GETFD), -1);
    assert_int_equal(dup2(input, 0), 0);
    assert_int_equal(close(input), 0);
    session_close(s);
    host_end(&host);
}

/* ---- the number of system calls ---- */

#define NAMES 1000u

/* The linker replaces these calls (--wrap). */
static struct {
    unsigned lists, seeks, reads;
} calls;

ssize_t __real_getdents64(int fd, void *to, size_t n);
ssize_t __wrap_getdents64(int fd, void *to, size_t n);
off_t __real_lseek64(int fd, off_t offset, int whence);
off_t __wrap_lseek64(int fd, off_t offset, int whence);
ssize_t __real_preadv64(int fd, const struct iovec *at, int n, off_t offset);
ssize_t __wrap_preadv64(int fd, const struct iovec *at, int n, off_t offset);

ssize_t __wrap_getdents64(int fd, void *to, size_t n)
{
    calls.lists++;
    return __real_getdents64(fd, to, n);
}

off_t __wrap_lseek64(int fd, off_t offset, int whence)
{
    calls.seeks++;
    return __real_lseek64(fd, offset, whence);
}

ssize_t __wrap_preadv64(int fd, const struct iovec *at, int n, off_t offset)
{
    calls.reads++;
    return __real_preadv64(fd, at, n, offset);
}

static void make_names(const char *folder, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        char name[64];
        char path[200];
        int fd;

        (void)snprintf(name, sizeof(name), "%s/name-of-file-%u", folder, i);
        make_path(path, host.path, name);
        fd = open(path, O_CREAT | O_WRONLY, 0644);
        assert_true(fd >= 0);
        close(fd);
    }
}

/* Opens a folder with this many names, in the root, as a fid of the guest. */
static void make_folder(struct session *s, uint32_t fid, const char *name, unsigned names)
{
    assert_int_equal(session_mkdir(s, 0, name, 0755), 0);
    make_names(name, names);
    assert_int_equal(session_walk(s, 0, fid, name), 0);
    assert_int_equal(session_open_fid(s, fid, 0), 0);
}

/* Reads entries at *offset once, and updates it. Returns their number. */
static unsigned list_once(struct session *s, uint32_t fid, uint64_t *offset, uint32_t count)
{
    unsigned n = 0;
    uint32_t end;

    session_message(s, VWR_P9_TREADDIR);
    session_put(s, 4, fid);
    session_put(s, 8, *offset);
    session_put(s, 4, count);
    assert_int_equal(session_send(s), 0);
    end = (uint32_t)session_get(s, 4);
    for (end += s->at; s->at < end; n++) {
        (void)session_get(s, 5);
        (void)session_get(s, 8);
        *offset = session_get(s, 8);
        (void)session_get(s, 1);
        (void)session_get_string(s);
    }
    assert_int_equal(s->at, end);
    return n;
}

static unsigned count_lines(const char *text)
{
    unsigned n = 0;

    while ((text = strchr(text, '\n')) != NULL) {
        text++;
        n++;
    }
    return n;
}

/* A thousand names fit in one answer with any budget, and take three system calls with any answer size. */
static void lists_in_few_calls(void **state)
{
    struct session *s;
    uint64_t offset = 0;
    unsigned answers = 0, found = 0;
    unsigned n;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    make_folder(s, 1, "a", NAMES);
    vwr_v9p_dev(&s->device)->budget_bytes = 8192;
    memset(&calls, 0, sizeof(calls));
    assert_int_equal(list_once(s, 1, &offset, 60000), NAMES + 2);
    assert_int_equal(list_once(s, 1, &offset, 60000), 0);
    assert_int_equal(calls.seeks, 0);
    assert_in_range(calls.lists, 2, 4);
    assert_int_equal(session_clunk(s, 1), 0);
    assert_int_equal(session_walk(s, 0, 1, "a"), 0);
    assert_int_equal(session_open_fid(s, 1, 0), 0);
    memset(&calls, 0, sizeof(calls));
    for (offset = 0; (n = list_once(s, 1, &offset, 2048)) != 0; found += n)
        answers++;
    assert_int_equal(found, NAMES + 2);
    assert_in_range(answers, 18, 24); /* each contains as many as fit */
    assert_int_equal(calls.seeks, 0);
    assert_in_range(calls.lists, 2, 4);
    session_close(s);
    host_end(&host);
}

/* Lists two folders in turn, while the buffer holds entries of only one. A third folder reuses a handle. */
static void lists_in_turn(void **state)
{
    static char text[65536];
    uint64_t offset[2] = {0, 0};
    unsigned found[2] = {0, 0};
    struct session *s;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    make_folder(s, 1, "a", 100);
    make_folder(s, 2, "b", 200);
    for (unsigned i = 0; i < 2u * 202u; i++)
        found[i % 2] += list_once(s, 1 + i % 2, &offset[i % 2], 100);
    assert_int_equal(found[0], 102);
    assert_int_equal(found[1], 202);
    make_folder(s, 3, "d", 3);
    for (unsigned i = 0; i < 2; i++) {
        offset[0] = 0;
        assert_true(list_once(s, 1, &offset[0], 100) > 0); /* the others stay in the buffer */
        offset[1] = offset[0];
        if (i == 0) {
            assert_in_range(list_once(s, 3, &offset[1], 4096), 0, 5); /* they are not from the other folder */
            continue;
        }
        assert_int_equal(session_clunk(s, 1), 0);
        make_folder(s, 1, "c", 3);
        assert_in_range(list_once(s, 1, &offset[1], 4096), 0, 5);
    }
    assert_true(session_list(s, 1, 4096, text, sizeof(text)) == 0);
    assert_string_equal(text, "name-of-file-0\nname-of-file-1\nname-of-file-2\n");
    make_names("c", 4);
    assert_true(session_list(s, 1, 4096, text, sizeof(text)) == 0); /* from the beginning again */
    assert_int_equal(count_lines(text), 4);
    session_message(s, VWR_P9_TREADDIR);
    session_put(s, 4, 1);
    session_put(s, 8, UINT64_MAX);
    session_put(s, 4, 4096);
    assert_int_equal(session_send(s), VWR_P9_EINVAL);
    session_close(s);
    host_end(&host);
}

/* Data of the size of the budget take one system call, although the message is charged too. More data take
 * two. */
static void reads_at_once(void **state)
{
    static uint8_t bytes[49152];
    struct session *s;

    host_begin(&host, false);
    s = session_begin(*state, &host.folder.files);
    assert_int_equal(session_walk(s, 0, 1, ""), 0);
    assert_int_equal(session_create(s, 1, "file", VWR_P9_O_RDWR, 0644), 0);
    assert_int_equal(session_truncate(s, 1, sizeof(bytes)), 0);
    for (unsigned parts = 1; parts <= 4; parts *= 2) {
        vwr_v9p_dev(&s->device)->budget_bytes = sizeof(bytes) / parts;
        calls.reads = 0;
        assert_int_equal(session_read(s, 1, 0, bytes, sizeof(bytes)), sizeof(bytes));
        assert_int_equal(calls.reads, parts);
    }
    session_close(s);
    host_end(&host);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
#define CASE(function) \
    {.name = #function, .test_func = function, .initial_state = (void *)(uintptr_t)&host_vm_formats[6]}
        CASE(links_lead_nowhere),
        CASE(up),
        CASE(special),
        CASE(set_user_id),
        CASE(read_only),
        CASE(descriptors),
        CASE(descriptor_limit),
        CASE(descriptor_zero),
        CASE(races),
        CASE(removes_in_a_race),
        CASE(opened_folders),
        CASE(goes_up_at_once),
        CASE(goes_up_by_names),
        CASE(goes_up_filtered),
        CASE(charges_long_work),
        CASE(lists_up),
        CASE(lists_in_few_calls),
        CASE(lists_in_turn),
        CASE(reads_at_once),
        CASE(size_limit),
        CASE(mounts)};

    return cmocka_run_group_tests_name("folder", tests, NULL, NULL);
}
