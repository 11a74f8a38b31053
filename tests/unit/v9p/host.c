/* SPDX-License-Identifier: MIT */
#include "host.h"
#include "cmocka_all.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void host_begin(struct host *h, bool read_only)
{
    const struct vwr_posix_folder_options o = {
        .file = h->file, .file_count = HOST_FILES, .read_only = read_only};
    char secret[96];
    FILE *f;

    memset(h, 0, sizeof(*h));
    (void)umask(0);
    (void)strcpy(h->path, "/tmp/vwr_v9p_XXXXXX");
    (void)strcpy(h->outside, "/tmp/vwr_v9p_XXXXXX");
    assert_non_null(mkdtemp(h->path));
    assert_non_null(mkdtemp(h->outside));
    assert_int_equal(chmod(h->path, 0755), 0);
    (void)snprintf(secret, sizeof(secret), "%s/secret", h->outside);
    f = fopen(secret, "w");
    assert_non_null(f);
    (void)fputs("secret", f);
    (void)fclose(f);
    assert_int_equal(vwr_posix_folder_open(&h->folder, h->path, &o), VWR_OK);
}

void host_end(struct host *h)
{
    const int proc = h->folder.proc;
    const int root = h->folder.root;

    vwr_posix_folder_close(&h->folder);
    assert_int_equal(fcntl(proc, F_GETFD), -1);
    assert_int_equal(fcntl(root, F_GETFD), -1);
    assert_int_equal(nftw(h->path, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
    assert_int_equal(nftw(h->outside, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}
