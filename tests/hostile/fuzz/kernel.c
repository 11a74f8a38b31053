/* SPDX-License-Identifier: MIT */
#include "vhost_host.h"

#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/magic.h>
#include <linux/sockios.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

#define FIRST 0x10000 /* descriptor number above the maximum that a process may have */
#define DESCRIPTORS 512u
#define FILES 256u
#define MAPPINGS 256u
#define MESSAGES 128u
#define STREAM 0x10000u
#define PIPE_BYTES 0x10000u
#define FREE_TRUNCATIONS 64u /* of a process; then one for so many inputs */
#define MOST_FILES 16u       /* beside a message */

struct file {
    unsigned users; /* descriptors, mappings and unread messages; 0: none */
    unsigned mappings;
    mode_t kind;
    uint8_t *memory; /* of a regular file */
    size_t bytes;
    size_t at;      /* where read and write go on */
    uint64_t count; /* of an eventfd; bytes in a pipe */
    size_t whole;   /* size to which it grows again after it was truncated */
    int real;       /* the file that contains the memory; -1: it is on the heap */
    bool truncated; /* also the real file */
    bool replaced;  /* by zero pages, after a SIGBUS */
};

struct mapping {
    uint8_t *at; /* NULL: none */
    size_t bytes;
    struct file *file; /* NULL: private */
};

/* Data sent by one call, and its files, which accompany the first byte. */
struct message {
    size_t end; /* in the stream */
    struct file *file[MOST_FILES];
    unsigned files;
};

static struct {
    bool runs;
    struct file file[FILES];
    struct file *descriptor[DESCRIPTORS];
    struct mapping mapping[MAPPINGS];
    struct message message[MESSAGES];
    unsigned first; /* message that is not read to its end */
    unsigned messages;
    uint8_t stream[STREAM];
    size_t read;
    size_t written;
    int sent_file;
    unsigned descriptors; /* this and the next two: entries that were in use */
    unsigned files;
    unsigned mappings;
    unsigned inputs;
    unsigned truncations;
    struct sigaction on_bus; /* while an input runs */
} kernel = {.sent_file = -1};

/* The linker's names for the calls; those with 64 are used with 64-bit offsets. */
ssize_t __wrap_recvmsg(int fd, struct msghdr *m, int flags);
ssize_t __real_recvmsg(int fd, struct msghdr *m, int flags);
ssize_t __wrap_sendmsg(int fd, const struct msghdr *m, int flags);
ssize_t __real_sendmsg(int fd, const struct msghdr *m, int flags);
int __wrap_close(int fd);
int __real_close(int fd);
ssize_t __wrap_read(int fd, void *to, size_t bytes);
ssize_t __real_read(int fd, void *to, size_t bytes);
ssize_t __wrap_write(int fd, const void *from, size_t bytes);
ssize_t __real_write(int fd, const void *from, size_t bytes);
int __wrap_fcntl64(int fd, int command, ...);
int __real_fcntl64(int fd, int command, ...);
int __wrap_fstat64(int fd, struct stat *s);
int __real_fstat64(int fd, struct stat *s);
int __wrap_getsockopt(int fd, int level, int name, void *value, socklen_t *bytes);
int __real_getsockopt(int fd, int level, int name, void *value, socklen_t *bytes);
int __wrap_getpeername(int fd, struct sockaddr *peer, socklen_t *bytes);
int __real_getpeername(int fd, struct sockaddr *peer, socklen_t *bytes);
int __wrap_ioctl(int fd, unsigned long request, ...);
int __real_ioctl(int fd, unsigned long request, ...);
long __wrap_syscall(long number, ...);
long __real_syscall(long number, ...);
int __wrap_statx(int fd, const char *path, int flags, unsigned mask, struct statx *s);
int __real_statx(int fd, const char *path, int flags, unsigned mask, struct statx *s);
int __wrap_fstatfs64(int fd, struct statfs *s);
int __real_fstatfs64(int fd, struct statfs *s);
int __wrap_ftruncate64(int fd, off_t bytes);
int __real_ftruncate64(int fd, off_t bytes);
int __wrap_memfd_create(const char *name, unsigned flags);
int __real_memfd_create(const char *name, unsigned flags);
void *__wrap_mmap64(void *at, size_t bytes, int access, int flags, int fd, off_t offset);
void *__real_mmap64(void *at, size_t bytes, int access, int flags, int fd, off_t offset);
int __wrap_munmap(void *at, size_t bytes);
int __real_munmap(void *at, size_t bytes);

int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *before);
int __real_sigaction(int number, const struct sigaction *action, struct sigaction *before);

static void expect(bool holds)
{
    if (!holds)
        abort();
}

void kernel_begin(void)
{
    if (kernel.inputs++ == 0) /* nobody changes it but by __wrap_sigaction */
        expect(__real_sigaction(SIGBUS, NULL, &kernel.on_bus) == 0);
    kernel.runs = true;
}

void kernel_end(void)
{
    kernel.runs = false;
}

/* ---- files ---- */

static struct file *new_file(mode_t kind)
{
    for (unsigned i = 0; i < FILES; i++) {
        struct file *const f = &kernel.file[i];

        if (f->users != 0)
            continue;
        *f = (struct file){.users = 1, .kind = kind, .real = -1};
        kernel.files = i < kernel.files ? kernel.files : i + 1;
        return f;
    }
    abort();
}

static void leave(struct file *f)
{
    expect(f->users != 0);
    if (--f->users != 0 || f->kind != S_IFREG)
        return;
    expect(f->real < 0); /* files of the input's language stay */
    free(f->memory);
    f->memory = NULL;
}

static int new_descriptor(struct file *f)
{
    for (unsigned i = 0; i < DESCRIPTORS; i++) {
        if (kernel.descriptor[i] != NULL)
            continue;
        kernel.descriptor[i] = f;
        kernel.descriptors = i < kernel.descriptors ? kernel.descriptors : i + 1;
        return FIRST + (int)i;
    }
    abort();
}

static bool is_ours(int fd)
{
    return kernel.runs && fd >= FIRST;
}

static struct file *file_of(int fd)
{
    expect((unsigned)(fd - FIRST) < DESCRIPTORS && kernel.descriptor[fd - FIRST] != NULL);
    return kernel.descriptor[fd - FIRST];
}

static uint8_t *map_all(const struct file *f, uint8_t *at)
{
    const int flags = MAP_SHARED | (at != NULL ? MAP_FIXED : 0);
    void *const map = __real_mmap64(at, f->bytes, PROT_READ | PROT_WRITE, flags, f->real, 0);

    expect(map != MAP_FAILED);
    return map;
}

int kernel_file(mode_t kind, size_t bytes, uint8_t **at)
{
    struct file *const f = new_file(kind);

    expect(!kernel.runs);
    if (kind == S_IFREG) {
        f->real = __real_memfd_create("fuzz_vhost", MFD_CLOEXEC);
        expect(f->real >= 0 && __real_ftruncate64(f->real, (off_t)bytes) == 0);
        f->whole = bytes;
        f->bytes = bytes;
        f->memory = map_all(f, NULL);
        *at = f->memory;
    }
    return new_descriptor(f);
}

/*
 * The real file is used only if this is visible, and not for each input, because it takes the kernel longer
 * than the
 * rest of an input.
 */
void kernel_truncate(int fd, size_t bytes)
{
    struct file *const f = file_of(fd);

    expect(f->real >= 0);
    if (bytes > f->whole)
        return;
    if (f->mappings != 0 && kernel.truncations > FREE_TRUNCATIONS + kernel.inputs / FREE_TRUNCATIONS)
        return;
    f->bytes = bytes;
    if (f->mappings == 0)
        return;
    kernel.truncations++;
    expect(__real_ftruncate64(f->real, (off_t)bytes) == 0);
    f->truncated = true;
}

void kernel_restore(int fd)
{
    struct file *const f = file_of(fd);

    f->bytes = f->whole;
    if (f->truncated)
        expect(__real_ftruncate64(f->real, (off_t)f->bytes) == 0);
    if (f->replaced)
        (void)map_all(f, f->memory);
    f->truncated = false;
    f->replaced = false;
}

/* As much as there is room for. */
static size_t store(const struct file *f, size_t offset, const void *from, size_t bytes)
{
    const size_t room = offset < f->bytes ? f->bytes - offset : 0;
    const size_t n = bytes < room ? bytes : room;

    if (n != 0)
        memcpy(f->memory + offset, from, n);
    return n;
}

void kernel_store(int fd, size_t offset, const void *from, size_t bytes)
{
    (void)store(file_of(fd), offset, from, bytes);
}

bool kernel_is_mapped(const void *at, size_t bytes)
{
    for (unsigned i = 0; i < kernel.mappings; i++) {
        const struct mapping *const m = &kernel.mapping[i];
        const size_t first = (uintptr_t)at - (uintptr_t)m->at;

        if (m->at != NULL && first < m->bytes && bytes <= m->bytes - first)
            return true;
    }
    return false;
}

unsigned kernel_count(void)
{
    unsigned n = 0;

    for (unsigned i = 0; i < kernel.descriptors; i++)
        n += kernel.descriptor[i] != NULL;
    for (unsigned i = 0; i < kernel.files; i++)
        n += kernel.file[i].users;
    for (unsigned i = 0; i < kernel.mappings; i++)
        n += kernel.mapping[i].at != NULL;
    return n;
}

/* ---- the connection ---- */

static void forget_messages(void)
{
    for (; kernel.first < kernel.messages; kernel.first++)
        while (kernel.message[kernel.first].files != 0)
            leave(kernel.message[kernel.first].file[--kernel.message[kernel.first].files]);
    kernel.first = 0;
    kernel.messages = 0;
    kernel.read = 0;
    kernel.written = 0;
}

int kernel_connect(void)
{
    forget_messages();
    return new_descriptor(new_file(S_IFSOCK));
}

static void append(const void *from, size_t bytes)
{
    if (bytes != 0)
        memcpy(kernel.stream + kernel.written, from, bytes);
    kernel.written += bytes;
}

void kernel_send(const void *header, size_t bytes, const void *payload, size_t more, const int *files,
                 unsigned count)
{
    struct message *m;

    if (kernel.first == kernel.messages)
        forget_messages();
    if (kernel.messages == MESSAGES || bytes + more > STREAM - kernel.written)
        return;
    m = &kernel.message[kernel.messages++];
    append(header, bytes);
    append(payload, more);
    m->end = kernel.written;
    expect(count <= MOST_FILES);
    for (m->files = 0; m->files < count; m->files++) {
        m->file[m->files] = file_of(files[m->files]);
        m->file[m->files]->users++;
    }
}

int kernel_sent_file(void)
{
    const int file = kernel.sent_file;

    kernel.sent_file = -1;
    return file;
}

/* Descriptors of the files, as many as there is space for. */
static void give_files(struct msghdr *to, struct message *m)
{
    const size_t room =
        to->msg_controllen < CMSG_LEN(0) ? 0 : (to->msg_controllen - CMSG_LEN(0)) / sizeof(int);
    struct cmsghdr *const c = to->msg_control;
    unsigned count = 0;

    for (unsigned i = 0; i < m->files; i++) {
        if (i >= room) {
            to->msg_flags |= MSG_CTRUNC;
            leave(m->file[i]);
            continue;
        }
        memcpy(CMSG_DATA(c) + i * sizeof(int), &(int){new_descriptor(m->file[i])}, sizeof(int));
        count++;
    }
    m->files = 0;
    to->msg_controllen = count != 0 ? CMSG_SPACE(count * sizeof(int)) : 0;
    if (count == 0)
        return;
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(count * sizeof(int));
}

/* Bytes of several messages, up to the first that has files: those of a message come with its first byte. */
static ssize_t take(struct msghdr *to)
{
    size_t got = 0;
    bool files = false;

    to->msg_flags = 0;
    while (kernel.first < kernel.messages && got < to->msg_iov->iov_len && !files) {
        struct message *const m = &kernel.message[kernel.first];
        const size_t left = m->end - kernel.read;
        const size_t room = to->msg_iov->iov_len - got;
        const size_t n = left < room ? left : room;

        memcpy((uint8_t *)to->msg_iov->iov_base + got, kernel.stream + kernel.read, n);
        got += n;
        kernel.read += n;
        files = m->files != 0;
        if (files)
            give_files(to, m);
        if (n < left)
            break;
        kernel.first++;
    }
    if (!files)
        to->msg_controllen = 0;
    return (ssize_t)got;
}

/* ---- calls of the back end ---- */

static int fail(int why)
{
    errno = why;
    return -1;
}

ssize_t __wrap_recvmsg(int fd, struct msghdr *m, int flags)
{
    ssize_t got;

    if (!is_ours(fd))
        return __real_recvmsg(fd, m, flags);
    expect(file_of(fd)->kind == S_IFSOCK && m->msg_iovlen == 1 && (flags & MSG_DONTWAIT) != 0);
    got = take(m);
    return got != 0 ? got : fail(EAGAIN);
}

/* Replies are not read, except for the file that accompanies one. */
ssize_t __wrap_sendmsg(int fd, const struct msghdr *m, int flags)
{
    ssize_t bytes = 0;
    int file;

    if (!is_ours(fd))
        return __real_sendmsg(fd, m, flags);
    if (file_of(fd)->kind != S_IFSOCK)
        return fail(ENOTSOCK);
    for (size_t i = 0; i < m->msg_iovlen; i++)
        bytes += (ssize_t)m->msg_iov[i].iov_len;
    if (m->msg_control == NULL)
        return bytes;
    memcpy(&file, CMSG_DATA(CMSG_FIRSTHDR(m)), sizeof(file));
    if (kernel.sent_file >= 0)
        expect(__wrap_close(kernel.sent_file) == 0);
    file_of(file)->users++;
    kernel.sent_file = new_descriptor(file_of(file));
    return bytes;
}

int __wrap_close(int fd)
{
    struct file *f;

    if (!is_ours(fd))
        return __real_close(fd);
    f = file_of(fd);
    kernel.descriptor[fd - FIRST] = NULL;
    if (f->kind == S_IFSOCK)
        forget_messages();
    leave(f);
    return 0;
}

ssize_t __wrap_read(int fd, void *to, size_t bytes)
{
    struct file *f;
    size_t n;

    if (!is_ours(fd))
        return __real_read(fd, to, bytes);
    f = file_of(fd);
    if (f->kind == S_IFCHR)
        return 0;
    if (f->kind == S_IFDIR)
        return fail(EISDIR);
    if (f->kind == S_IFREG) {
        n = f->at >= f->bytes ? 0 : f->bytes - f->at < bytes ? f->bytes - f->at : bytes;
        memcpy(to, f->memory + f->at, n);
        f->at += n;
        return (ssize_t)n;
    }
    if (f->kind != 0)
        return fail(EBADF);
    if (f->count == 0)
        return fail(EAGAIN);
    expect(bytes == sizeof(f->count));
    memcpy(to, &f->count, bytes);
    f->count = 0;
    return (ssize_t)bytes;
}

ssize_t __wrap_write(int fd, const void *from, size_t bytes)
{
    struct file *f;
    size_t n;

    if (!is_ours(fd))
        return __real_write(fd, from, bytes);
    f = file_of(fd);
    if (f->kind == S_IFDIR)
        return fail(EBADF);
    if (f->kind == S_IFIFO && f->count + bytes > PIPE_BYTES)
        return fail(EAGAIN);
    if (f->kind == S_IFREG) {
        n = store(f, f->at, from, bytes);
        f->at += n;
        return n != 0 ? (ssize_t)n : fail(EFBIG);
    }
    f->count += f->kind == S_IFIFO ? bytes : 1u;
    return (ssize_t)bytes;
}

int __wrap_getsockopt(int fd, int level, int name, void *value, socklen_t *bytes)
{
    if (!is_ours(fd))
        return __real_getsockopt(fd, level, name, value, bytes);
    expect(level == SOL_SOCKET && *bytes == sizeof(int));
    if (file_of(fd)->kind != S_IFSOCK)
        return (int)fail(ENOTSOCK);
    *(int *)value = name == SO_DOMAIN ? AF_UNIX : SOCK_STREAM;
    return 0;
}

/* A socket beside a message is connected, and its queue is empty. */
int __wrap_getpeername(int fd, struct sockaddr *peer, socklen_t *bytes)
{
    return is_ours(fd) ? 0 : __real_getpeername(fd, peer, bytes);
}

int __wrap_ioctl(int fd, unsigned long request, ...)
{
    va_list more;
    int *value;

    va_start(more, request);
    value = va_arg(more, int *);
    va_end(more);
    if (!is_ours(fd))
        return __real_ioctl(fd, request, value);
    expect(request == SIOCINQ && file_of(fd)->kind == S_IFSOCK);
    *value = 0;
    return 0;
}

/* Linux AIO, which has no functions of the C library: a read that notifies an eventfd of ours. */
static long submit(struct iocb *const *list)
{
    const struct iocb *const one = list[0];
    const int fd = (int)one->aio_resfd;

    expect((one->aio_flags & IOCB_FLAG_RESFD) != 0 && is_ours(fd));
    if (file_of(fd)->kind != 0)
        return fail(EINVAL);
    if (one->aio_nbytes != 0)
        return fail(EFAULT);
    file_of(fd)->count++;
    return 1;
}

long __wrap_syscall(long number, ...)
{
    const unsigned count = number == SYS_preadv2 ? 6 : 5; /* others have no sixth word on the stack */
    va_list more;
    long word[6] = {0};

    va_start(more, number);
    for (unsigned i = 0; i < count; i++)
        word[i] = va_arg(more, long);
    va_end(more);
    if (number == SYS_io_submit && is_ours((int)(*(struct iocb *const *)word[2])->aio_resfd))
        return submit((struct iocb *const *)word[2]);
    if (number == SYS_preadv2 && is_ours((int)word[0])) {
        const struct iovec *const to = (const struct iovec *)word[1];

        expect(word[2] == 1 && word[3] == -1 && (int)word[5] == RWF_NOWAIT);
        return __wrap_read((int)word[0], to->iov_base, to->iov_len);
    }
    return __real_syscall(number, word[0], word[1], word[2], word[3], word[4], word[5]);
}

int __wrap_fcntl64(int fd, int command, ...)
{
    va_list more;
    int value;

    va_start(more, command);
    value = va_arg(more, int);
    va_end(more);
    if (!is_ours(fd))
        return __real_fcntl64(fd, command, value);
    (void)file_of(fd);
    expect(command == F_GETFL || command == F_SETFL || command == F_GET_SEALS);
    if (command == F_GET_SEALS && file_of(fd)->kind != S_IFREG)
        return (int)fail(EINVAL);
    return 0; /* nothing waits here */
}

int __wrap_statx(int fd, const char *path, int flags, unsigned mask, struct statx *s)
{
    if (!is_ours(fd))
        return __real_statx(fd, path, flags, mask, s);
    expect(*path == 0 && (flags & AT_STATX_DONT_SYNC) != 0);
    memset(s, 0, sizeof(*s));
    s->stx_mode = (uint16_t)file_of(fd)->kind;
    return 0;
}

int __wrap_fstatfs64(int fd, struct statfs *s)
{
    if (!is_ours(fd))
        return __real_fstatfs64(fd, s);
    memset(s, 0, sizeof(*s));
    s->f_type = TMPFS_MAGIC;
    return 0;
}

int __wrap_fstat64(int fd, struct stat *s)
{
    if (!is_ours(fd))
        return __real_fstat64(fd, s);
    memset(s, 0, sizeof(*s));
    s->st_mode = file_of(fd)->kind;
    s->st_size = (off_t)file_of(fd)->bytes;
    return 0;
}

int __wrap_memfd_create(const char *name, unsigned flags)
{
    return kernel.runs ? new_descriptor(new_file(S_IFREG)) : __real_memfd_create(name, flags);
}

/* Of a file that memfd_create has made, once. */
int __wrap_ftruncate64(int fd, off_t bytes)
{
    struct file *f;

    if (!is_ours(fd))
        return __real_ftruncate64(fd, bytes);
    f = file_of(fd);
    expect(f->kind == S_IFREG && f->memory == NULL && bytes > 0);
    f->memory = calloc(1, (size_t)bytes);
    f->bytes = f->memory != NULL ? (size_t)bytes : 0;
    return f->memory != NULL ? 0 : fail(ENOSPC);
}

/* The handler of SIGBUS maps zero pages over a mapping. */
static void *replace(void *at, size_t bytes, int access, int flags)
{
    for (unsigned i = 0; i < FILES; i++) {
        struct file *const f = &kernel.file[i];

        if (f->users != 0 && f->real >= 0 && (size_t)((uint8_t *)at - f->memory) < f->whole)
            f->replaced = true;
    }
    return __real_mmap64(at, bytes, access, flags, -1, 0);
}

static void *add_mapping(uint8_t *at, size_t bytes, struct file *file)
{
    for (unsigned i = 0; i < MAPPINGS && at != NULL; i++) {
        if (kernel.mapping[i].at != NULL)
            continue;
        kernel.mapping[i] = (struct mapping){at, bytes, file};
        kernel.mappings = i < kernel.mappings ? kernel.mappings : i + 1;
        if (file != NULL) {
            file->mappings++;
            file->users++;
        }
        return at;
    }
    errno = ENOMEM;
    return MAP_FAILED;
}

void *__wrap_mmap64(void *at, size_t bytes, int access, int flags, int fd, off_t offset)
{
    struct file *f;

    if (!kernel.runs)
        return __real_mmap64(at, bytes, access, flags, fd, offset);
    if ((flags & MAP_FIXED) != 0)
        return replace(at, bytes, access, flags);
    if (fd < 0)
        return add_mapping(calloc(1, bytes), bytes, NULL);
    f = file_of(fd);
    expect(offset == 0);
    if (f->kind != S_IFREG) {
        errno = ENODEV;
        return MAP_FAILED;
    }
    expect(bytes <= f->bytes); /* or an access raises SIGBUS */
    return add_mapping(f->memory, bytes, f);
}

int __wrap_munmap(void *at, size_t bytes)
{
    if (!kernel.runs)
        return __real_munmap(at, bytes);
    for (unsigned i = 0; i < MAPPINGS; i++) {
        struct mapping *const m = &kernel.mapping[i];

        if (m->at != at || m->bytes != bytes)
            continue;
        if (m->file != NULL) {
            m->file->mappings--;
            leave(m->file);
        } else {
            free(m->at);
        }
        m->at = NULL;
        return 0;
    }
    abort(); /* it was not mapped, or with another length */
}

/* The current handler is queried for each connection. */
int __wrap_sigaction(int number, const struct sigaction *action, struct sigaction *before)
{
    if (!kernel.runs || number != SIGBUS)
        return __real_sigaction(number, action, before);
    if (before != NULL)
        *before = kernel.on_bus;
    if (action == NULL)
        return 0;
    kernel.on_bus = *action;
    return __real_sigaction(number, action, NULL);
}
